/** A date poll, its dates and its deadline. */
import { z } from 'zod';
import { contract } from '../../../platform/http/contract.ts';
import { reminded, reminderDays } from '../../contract/reminders.ts';
import { isoDay, projectId, typed } from '../../projects/contract.ts';
import { id, seen, side, support } from './common.ts';

/** Wall clock in France. */
const moment = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}T([01]\d|2[0-3]):[0-5]\d$/, 'une date et une heure')
  .refine((value) => isoDay.safeParse(value.slice(0, 10)).success, 'une date qui existe');
const link = z
  .string()
  .trim()
  .max(500)
  .refine((value) => value === '' || /^https:\/\/[^\s<>"]+$/.test(value), 'une adresse qui commence par https://');
const slotBody = z
  .object({
    id: id.optional(),
    starts: moment,
    minutes: z.number('une durée').int().min(15, '15 minutes au moins').max(600, '10 heures au plus'),
    place: typed(200).default(''),
    visio: link.default(''),
  })
  .refine(({ place, visio }) => place !== '' || visio !== '', {
    message: 'un lieu ou une adresse de visioconférence',
    path: ['place'],
  });
const slots = z
  .array(slotBody)
  .min(1, 'au moins une date')
  .max(20, '20 dates au plus')
  .refine((all) => new Set(all.map(({ starts }) => starts)).size === all.length, 'chaque date une seule fois');
const pollBody = z.object({
  title: typed(160).min(3, 'à renseigner'),
  note: typed(2000).default(''),
  deadline: isoDay,
  slots,
});
export const pollOf = projectId.extend({ poll: id });
export const answer = z.enum(['yes', 'maybe', 'no']);
export const answers = z.record(id, answer);

export const slotLine = z.object({
  id: z.string(),
  starts: z.string(),
  minutes: z.number().int(),
  place: z.string(),
  visio: z.string(),
});
const slotView = slotLine.extend({
  yes: z.number().int(),
  maybe: z.number().int(),
  no: z.number().int(),
  silent: z.number().int(),
  missing: z.array(z.string()),
  unsure: z.array(z.string()),
  absent: z.array(z.string()),
  complete: z.boolean(),
  rank: z.number().int(),
  why: z.string(),
  lack: z.string(),
});
const personLine = z.object({
  id: z.string(),
  side,
  name: z.string(),
  profession: z.string(),
  /** Has an account here; otherwise a link. */
  account: z.boolean(),
  me: z.boolean(),
  /** To those who organise. */
  email: z.string().nullable(),
  answeredAt: z.string().nullable(),
  answeredBy: z.string(),
  version: z.number().int(),
  answers,
});
export const pollLine = z.object({
  id: z.string(),
  purpose: z.enum(['launch', 'follow-up', 'other']),
  title: z.string(),
  note: z.string(),
  deadline: z.string(),
  /** Days before it on which who has not answered is reminded. */
  remindBefore: z.array(z.number().int()),
  reminded,
  state: z.enum(['open', 'chosen', 'cancelled']),
  /** Answers are taken. */
  takes: z.boolean(),
  slot: z.string().nullable(),
  reason: z.string(),
  paper: z.string().nullable(),
  version: z.number().int(),
  by: z.string(),
  slots: z.array(slotView),
  people: z.array(personLine),
});

/** Date polls. `signed-in`: the handler looks at the project with the caller's Viewer (projects/reach.ts). `public`: behind a personal link. */
export const pollsContract = contract({
  datePolls: {
    method: 'GET',
    path: '/api/programme/projects/:project/polls',
    may: 'signed-in',
    does: 'The date polls of a project, each with its grid and its slots, the best first',
    params: projectId,
    reply: z.object({
      professions: z.array(z.string()),
      /** Days of reminders that the call or the region plans. */
      usual: z.array(z.number().int()),
      may: z.object({ organise: z.boolean(), invite: z.boolean() }),
      polls: z.array(pollLine),
    }),
  },
  addPoll: {
    method: 'POST',
    path: '/api/programme/projects/:project/polls',
    may: support,
    does: 'Proposes dates for a meeting; ARS, GCS and the consultant are asked at once',
    params: projectId,
    body: pollBody.extend({ purpose: z.enum(['launch', 'follow-up', 'other']) }),
    reply: z.object({ id: z.string() }),
  },
  changePoll: {
    method: 'PUT',
    path: '/api/programme/projects/:project/polls/:poll',
    may: support,
    does: 'Changes the dates or the deadline; `seen`: its version on screen. Answers to dates that stay are kept',
    params: pollOf,
    body: pollBody.extend({ seen }),
  },
  planPollReminders: {
    method: 'PUT',
    path: '/api/programme/projects/:project/polls/:poll/reminders',
    may: support,
    does: 'Plans the reminders that leave by themselves, in days before the last day to answer; none: off. `seen`: version on screen',
    params: pollOf,
    body: z.object({ seen, days: reminderDays }),
  },
  cancelPoll: {
    method: 'POST',
    path: '/api/programme/projects/:project/polls/:poll/cancel',
    may: support,
    does: 'Gives a poll up',
    params: pollOf,
    body: z.object({ seen, reason: typed(1000).default('') }),
  },
  reopenPoll: {
    method: 'POST',
    path: '/api/programme/projects/:project/polls/:poll/reopen',
    may: support,
    does: 'Opens a poll again, until a deadline',
    params: pollOf,
    body: z.object({ seen, deadline: isoDay }),
  },
});
