import type { Desk, Viewer } from '../desk.ts';
import { addActionAs, changeActionAs } from './actions.ts';
import { answerPollAs } from './answer-poll.ts';
import { chooseSlotAs } from './choose-slot.ts';
import { issueCompletionAs, saveCompletionFieldAs, signCompletionAs } from './completion.ts';
import { inviteAs } from './invite.ts';
import { addMinutesAs, issueMinutesAs } from './minutes.ts';
import { pollsAs } from './read-polls.ts';
import { addPollAs } from './write-poll.ts';
import { saveSheetFieldAs } from './write-sheet.ts';
import { shareUseAs, typeUseMonthAs } from './write-use.ts';

/** The acts of meetings and of the end of a project, for the demo region. */
export const gatheringsActs = (desk: Desk) => ({
  addPoll: (viewer: Viewer, project: string, body: Parameters<typeof addPollAs>[3]) =>
    addPollAs(desk, viewer, project, body),
  inviteToPoll: (viewer: Viewer, project: string, poll: string, body: Parameters<typeof inviteAs>[4]) =>
    inviteAs(desk, viewer, project, poll, body),
  pollOf: async (viewer: Viewer, project: string, poll: string) =>
    (await pollsAs(desk, viewer, project)).polls.find(({ id }) => id === poll)!,
  answerPoll: (
    viewer: Viewer,
    project: string,
    poll: string,
    person: string,
    answers: Parameters<typeof answerPollAs>[5]['answers'],
  ) => answerPollAs(desk, viewer, project, poll, person, { seen: 0, answers }),
  chooseSlot: (viewer: Viewer, project: string, poll: string, body: Parameters<typeof chooseSlotAs>[4]) =>
    chooseSlotAs(desk, viewer, project, poll, body),
  addMinutes: (viewer: Viewer, project: string, body: Parameters<typeof addMinutesAs>[3]) =>
    addMinutesAs(desk, viewer, project, body),
  /** Fields as minutes were begun with: each is written once. */
  writeMinutes: async (viewer: Viewer, project: string, sheet: string, fields: Record<string, unknown>) => {
    for (const [name, value] of Object.entries(fields))
      await saveSheetFieldAs(desk, viewer, project, sheet, name, { seen: 1, value });
  },
  issueMinutes: (viewer: Viewer, project: string, sheet: string) =>
    issueMinutesAs(desk, viewer, project, sheet, { send: false }),
  addMeetingAction: (viewer: Viewer, project: string, body: Parameters<typeof addActionAs>[3]) =>
    addActionAs(desk, viewer, project, body),
  changeMeetingAction: (viewer: Viewer, project: string, action: string, body: Parameters<typeof changeActionAs>[4]) =>
    changeActionAs(desk, viewer, project, action, body),
  shareUse: (viewer: Viewer, project: string) => shareUseAs(desk, viewer, project),
  typeUseMonth: (
    viewer: Viewer,
    project: string,
    month: string,
    body: Omit<Parameters<typeof typeUseMonthAs>[4], 'seen'>,
  ) => typeUseMonthAs(desk, viewer, project, month, { ...body, seen: 0 }),
  /** Fields that nobody wrote yet. */
  writeCompletion: async (viewer: Viewer, project: string, fields: Record<string, unknown>) => {
    for (const [name, value] of Object.entries(fields))
      await saveCompletionFieldAs(desk, viewer, project, name, { seen: 0, value });
  },
  issueCompletion: (viewer: Viewer, project: string) => issueCompletionAs(desk, viewer, project),
  signCompletion: (viewer: Viewer, project: string, body: Parameters<typeof signCompletionAs>[3]) =>
    signCompletionAs(desk, viewer, project, body),
});
