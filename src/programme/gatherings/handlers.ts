import type { Ctx } from '../../access/index.ts';
import type { Handlers } from '../../platform/index.ts';
import type { Desk } from '../desk.ts';
import { answerLink, answerPoll, linkCalendar, linkedPoll, pollCalendar } from './answer-poll.ts';
import { chooseSlot } from './choose-slot.ts';
import type { gatheringsContract } from './contract.ts';
import { invite, personLink, pollInvitable, uninvite } from './invite.ts';
import { polls } from './read-polls.ts';
import { addPoll, cancelPoll, changePoll, reopenPoll } from './write-poll.ts';

export const gatheringsHandlers = (desk: Desk): Handlers<typeof gatheringsContract, Ctx> => ({
  polls: ({ params }, ctx) => polls(desk, params.project, ctx),
  addPoll: ({ params, body }, ctx) => addPoll(desk, params.project, body, ctx),
  changePoll: ({ params, body }, ctx) => changePoll(desk, params.project, params.poll, body, ctx),
  cancelPoll: ({ params, body }, ctx) => cancelPoll(desk, params.project, params.poll, body, ctx),
  reopenPoll: ({ params, body }, ctx) => reopenPoll(desk, params.project, params.poll, body, ctx),
  pollInvitable: ({ params }, ctx) => pollInvitable(desk, params.project, params.poll, ctx),
  invite: ({ params, body }, ctx) => invite(desk, params.project, params.poll, body, ctx),
  uninvite: ({ params }, ctx) => uninvite(desk, params.project, params.poll, params.person, ctx),
  personLink: ({ params }, ctx) => personLink(desk, params.project, params.poll, params.person, ctx),
  answerPoll: ({ params, body }, ctx) => answerPoll(desk, params.project, params.poll, params.person, body, ctx),
  chooseSlot: ({ params, body }, ctx) => chooseSlot(desk, params.project, params.poll, body, ctx),
  pollCalendar: ({ params }, ctx) => pollCalendar(desk, params.project, params.poll, ctx),
  linkedPoll: ({ params }, ctx) => linkedPoll(desk, params.token, ctx),
  answerLink: ({ params, body }, ctx) => answerLink(desk, params.token, body, ctx),
  linkCalendar: ({ params }, ctx) => linkCalendar(desk, params.token, ctx),
});
