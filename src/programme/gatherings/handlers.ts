import type { Ctx } from '../../access/index.ts';
import type { Handlers } from '../../platform/index.ts';
import type { Desk } from '../desk.ts';
import { addAction, changeAction } from './actions.ts';
import { answerLink, answerPoll, linkCalendar, linkedPoll, pollCalendar } from './answer-poll.ts';
import { chooseSlot } from './choose-slot.ts';
import { completion, issueCompletion, saveCompletionField, signCompletion } from './completion.ts';
import type { gatheringsContract } from './contract.ts';
import { invite, personLink, pollInvitable, uninvite } from './invite.ts';
import { addMinutes, issueMinutes, minutes, minutesSheet } from './minutes.ts';
import { polls } from './read-polls.ts';
import { use } from './read-use.ts';
import { addPoll, cancelPoll, changePoll, planPollReminders, reopenPoll } from './write-poll.ts';
import { saveSheetField, turnMinutes } from './write-sheet.ts';
import { removeUseMonth, shareUse, typeUseMonth, withdrawUse } from './write-use.ts';

export const gatheringsHandlers = (desk: Desk): Handlers<typeof gatheringsContract, Ctx> => ({
  datePolls: ({ params }, ctx) => polls(desk, params.project, ctx),
  addPoll: ({ params, body }, ctx) => addPoll(desk, params.project, body, ctx),
  changePoll: ({ params, body }, ctx) => changePoll(desk, params.project, params.poll, body, ctx),
  planPollReminders: ({ params, body }, ctx) => planPollReminders(desk, params.project, params.poll, body, ctx),
  cancelPoll: ({ params, body }, ctx) => cancelPoll(desk, params.project, params.poll, body, ctx),
  reopenPoll: ({ params, body }, ctx) => reopenPoll(desk, params.project, params.poll, body, ctx),
  pollInvitable: ({ params }, ctx) => pollInvitable(desk, params.project, params.poll, ctx),
  inviteToPoll: ({ params, body }, ctx) => invite(desk, params.project, params.poll, body, ctx),
  uninviteFromPoll: ({ params }, ctx) => uninvite(desk, params.project, params.poll, params.person, ctx),
  restoreToPoll: ({ params }, ctx) => uninvite(desk, params.project, params.poll, params.person, ctx, false),
  personLink: ({ params }, ctx) => personLink(desk, params.project, params.poll, params.person, ctx),
  answerPoll: ({ params, body }, ctx) => answerPoll(desk, params.project, params.poll, params.person, body, ctx),
  chooseSlot: ({ params, body }, ctx) => chooseSlot(desk, params.project, params.poll, body, ctx),
  pollCalendar: ({ params }, ctx) => pollCalendar(desk, params.project, params.poll, ctx),
  linkedPoll: ({ params }, ctx) => linkedPoll(desk, params.token, ctx),
  answerLink: ({ params, body }, ctx) => answerLink(desk, params.token, body, ctx),
  linkCalendar: ({ params }, ctx) => linkCalendar(desk, params.token, ctx),
  projectMinutes: ({ params }, ctx) => minutes(desk, params.project, ctx),
  addMinutes: ({ params, body }, ctx) => addMinutes(desk, params.project, body, ctx),
  minutesSheet: ({ params }, ctx) => minutesSheet(desk, params.project, params.sheet, ctx),
  saveSheetField: ({ params, body }, ctx) =>
    saveSheetField(desk, params.project, params.sheet, params.field, body, ctx),
  issueMinutes: ({ params, body }, ctx) => issueMinutes(desk, params.project, params.sheet, body, ctx),
  removeMinutes: ({ params }, ctx) => turnMinutes(desk, params.project, params.sheet, false, ctx),
  restoreMinutes: ({ params }, ctx) => turnMinutes(desk, params.project, params.sheet, true, ctx),
  addMeetingAction: ({ params, body }, ctx) => addAction(desk, params.project, body, ctx),
  useFigures: ({ params }, ctx) => use(desk, params.project, ctx),
  shareUse: ({ params }, ctx) => shareUse(desk, params.project, ctx),
  withdrawUse: ({ params }, ctx) => withdrawUse(desk, params.project, ctx),
  typeUseMonth: ({ params, body }, ctx) => typeUseMonth(desk, params.project, params.month, body, ctx),
  removeUseMonth: ({ params }, ctx) => removeUseMonth(desk, params.project, params.month, ctx),
  completionReport: ({ params }, ctx) => completion(desk, params.project, ctx),
  saveCompletionField: ({ params, body }, ctx) => saveCompletionField(desk, params.project, params.field, body, ctx),
  issueCompletion: ({ params }, ctx) => issueCompletion(desk, params.project, ctx),
  signCompletion: ({ params, body }, ctx) => signCompletion(desk, params.project, body, ctx),
  changeMeetingAction: ({ params, body }, ctx) => changeAction(desk, params.project, params.action, body, ctx),
});
