import { z } from 'zod';
import { contract } from '../../platform/http/contract.ts';
import { reminded, reminderDays } from '../contract/reminders.ts';
import { isoDay, projectId, typed } from '../projects/contract.ts';

const id = z.string().regex(/^[A-Za-z0-9-]{1,64}$/, 'inconnu');
const practitioner = z.string().regex(/^[A-Za-z0-9\-.]{1,64}$/, 'inconnu');
const seen = z.number().int().min(0);
const support = { practice: 'support-projects' } as const;
/** Wall clock in France. */
const moment = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}T([01]\d|2[0-3]):[0-5]\d$/, 'une date et une heure')
  .refine((value) => isoDay.safeParse(value.slice(0, 10)).success, 'une date qui existe');
const profession = z.string().max(60);
export const answer = z.enum(['yes', 'maybe', 'no']);
export const side = z.enum(['officer', 'gcs', 'consultant', 'team', 'other']);
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
const pollOf = projectId.extend({ poll: id });
const personOf = pollOf.extend({ person: id });
const answers = z.record(id, answer);
const name = typed(120).min(2, 'à renseigner');

const slotLine = z.object({
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
const linkedPoll = z.object({
  title: z.string(),
  note: z.string(),
  project: z.string(),
  region: z.string(),
  deadline: z.string(),
  state: z.enum(['open', 'chosen', 'cancelled']),
  takes: z.boolean(),
  slot: z.string().nullable(),
  slots: z.array(slotLine),
  me: z.object({
    name: z.string(),
    profession: z.string(),
    side,
    version: z.number().int(),
    answers,
    answered: z.boolean(),
  }),
});
const token = z.object({ token: z.string().regex(/^\d{1,9}\.[A-Za-z0-9_-]{20,80}$/, 'inconnu') });

/** Date polls. `signed-in`: the handler looks at the project with the caller's Viewer (projects/reach.ts). `public`: behind a personal link. */
const polls = {
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
  pollInvitable: {
    method: 'GET',
    path: '/api/programme/projects/:project/polls/:poll/invitable',
    may: 'signed-in',
    does: 'People with an account who are not asked yet, for those who may ask them',
    params: pollOf,
    reply: z.array(z.object({ practitioner: z.string(), name: z.string(), profession: z.string(), side })),
  },
  inviteToPoll: {
    method: 'POST',
    path: '/api/programme/projects/:project/polls/:poll/people',
    may: 'signed-in',
    does: 'Asks people: those with an account, and guests, who are sent a personal link',
    params: pollOf,
    body: z.object({
      people: z.array(practitioner).max(100).default([]),
      guests: z
        .array(
          z.object({
            name: typed(120),
            profession: profession.default(''),
            email: z.union([z.literal(''), z.email('une adresse électronique').max(200)]),
          }),
        )
        .max(60)
        .default([]),
    }),
    reply: z.object({ asked: z.number().int() }),
  },
  uninviteFromPoll: {
    method: 'DELETE',
    path: '/api/programme/projects/:project/polls/:poll/people/:person',
    may: 'signed-in',
    does: 'Takes someone out of a poll',
    params: personOf,
  },
  restoreToPoll: {
    method: 'POST',
    path: '/api/programme/projects/:project/polls/:poll/people/:person/restore',
    may: 'signed-in',
    does: 'Puts someone who was taken out back, with their answers',
    params: personOf,
  },
  personLink: {
    method: 'POST',
    path: '/api/programme/projects/:project/polls/:poll/people/:person/link',
    may: 'signed-in',
    does: 'A new personal link to hand over; it is shown once',
    params: personOf,
    reply: z.object({ path: z.string(), expiresOn: z.string() }),
  },
  answerPoll: {
    method: 'PUT',
    path: '/api/programme/projects/:project/polls/:poll/people/:person/answers',
    may: 'signed-in',
    does: 'Answers, or writes down what someone answered; `seen`: version of the answers on screen',
    params: personOf,
    body: z.object({ seen, answers }),
    reply: z.object({ version: z.number().int() }),
  },
  chooseSlot: {
    method: 'POST',
    path: '/api/programme/projects/:project/polls/:poll/choose',
    may: support,
    does: 'Chooses the date and invites: a date that a profession cannot keep needs a reason',
    params: pollOf,
    body: z.object({ seen, slot: id, reason: typed(2000).default('') }),
    reply: z.object({ paper: z.string() }),
  },
  pollCalendar: {
    method: 'GET',
    path: '/api/programme/projects/:project/polls/:poll/calendar',
    may: 'signed-in',
    does: 'The meeting that was chosen, iCalendar',
    params: pollOf,
  },
  linkedPoll: {
    method: 'GET',
    path: '/api/programme/poll-links/:token',
    may: 'public',
    does: 'The poll behind a personal link: its dates and my answers',
    params: token,
    reply: linkedPoll,
  },
  answerLink: {
    method: 'PUT',
    path: '/api/programme/poll-links/:token',
    may: 'public',
    does: 'Answers behind a personal link',
    params: token,
    body: z.object({ seen, name, profession: profession.min(1, 'à choisir'), answers }),
    reply: z.object({ version: z.number().int() }),
  },
  linkCalendar: {
    method: 'GET',
    path: '/api/programme/poll-links/:token/calendar',
    may: 'public',
    does: 'The meeting that was chosen, iCalendar, behind a personal link',
    params: token,
  },
} as const;

const sheetOf = projectId.extend({ sheet: id });
const fieldOf = sheetOf.extend({ field: z.string().regex(/^[a-z][a-zA-Z.-]{0,60}$/, 'inconnu') });
const day = z.union([z.literal(''), isoDay]);
/** Saved while one types: spaces at the end are still wanted. */
const kept = (most: number) => z.string().max(most, `${most} signes au plus`);
/** Who was at a meeting: by side, and by profession in a team. */
export const presence = z.object({ name: kept(120).min(1, 'un nom'), profession, side, there: z.boolean() });
const longText = z.string().max(20_000, '20 000 signes au plus');
/** Fields of minutes beside the items of the agenda, which are texts. */
export const minutesFields = {
  heldOn: day,
  place: kept(300),
  present: z.array(presence).max(150),
  decisions: z.array(kept(1000)).max(60),
  slides: kept(300),
} as const;
export const takeOverStates = ['done', 'partial', 'none', 'not-wanted'] as const;
export const verdicts = ['good', 'reserves', 'not-yet'] as const;
/** Fields of the completion report (PRJ-8): what was installed and verified, the verdict. */
export const completionFields = {
  installedOn: day,
  product: kept(200),
  vendor: kept(200),
  modules: z
    .array(
      z.object({ name: kept(120).min(1, 'un nom'), state: z.enum(['in-use', 'installed', 'absent']), note: kept(500) }),
    )
    .max(40),
  sites: z
    .array(
      z.object({
        name: kept(160).min(1, 'un nom'),
        workstations: z.number().int().min(0).max(500),
        verified: z.boolean(),
        note: kept(500),
      }),
    )
    .max(40),
  takeOver: z.object({ state: z.enum(takeOverStates), note: kept(2000) }).nullable(),
  trainings: z
    .array(
      z.object({
        title: kept(160).min(1, 'un intitulé'),
        on: day,
        people: z.number().int().min(0).max(500),
        professions: z.array(profession).max(30),
      }),
    )
    .max(40),
  observations: longText,
  reserves: longText,
  verdict: z.union([z.literal(''), z.enum(verdicts)]),
  signatory: z.object({ name: kept(120), role: kept(120) }),
} as const;
export type CompletionFields = { [K in keyof typeof completionFields]: z.infer<(typeof completionFields)[K]> };
export const sheetField = z.object({ value: z.unknown(), version: z.number().int(), by: z.string(), at: z.string() });
const issued = z.object({
  paper: z.string(),
  reference: z.string(),
  version: z.number().int(),
  at: z.string(),
  by: z.string(),
});
const actionState = z.enum(['open', 'done', 'dropped']);
export const actionLine = z.object({
  id: z.string(),
  sheet: z.string(),
  words: z.string(),
  owner: z.string(),
  due: z.string().nullable(),
  state: actionState,
  late: z.boolean(),
  endedOn: z.string().nullable(),
  version: z.number().int(),
});
const actionBody = z.object({
  words: typed(500).min(3, 'à renseigner'),
  owner: typed(120).min(2, 'à renseigner'),
  due: isoDay.nullable(),
});
const minutesKind = z.enum(['launch-minutes', 'follow-up-minutes']);
const minutesLine = z.object({
  id: z.string(),
  kind: minutesKind,
  heldOn: z.string(),
  place: z.string(),
  issued: issued.nullable(),
  changed: z.boolean(),
  by: z.string(),
  at: z.string(),
});
/** Minutes (PRJ-3, PRJ-7) and what was decided to do. */
const minutes = {
  projectMinutes: {
    method: 'GET',
    path: '/api/programme/projects/:project/minutes',
    may: 'signed-in',
    does: 'The minutes of a project and the actions that were decided; drafts to those who write them',
    params: projectId,
    reply: z.object({
      writes: z.boolean(),
      follows: z.boolean(),
      minutes: z.array(minutesLine),
      actions: z.array(actionLine),
    }),
  },
  addMinutes: {
    method: 'POST',
    path: '/api/programme/projects/:project/minutes',
    may: support,
    does: 'Begins minutes, filled in with the model of the meeting and those who were to come',
    params: projectId,
    body: z.object({ kind: minutesKind, poll: id.nullable().default(null) }),
    reply: z.object({ id: z.string() }),
  },
  minutesSheet: {
    method: 'GET',
    path: '/api/programme/projects/:project/sheets/:sheet',
    may: support,
    does: 'Minutes as they are written, field by field',
    params: sheetOf,
    reply: z.object({
      id: z.string(),
      kind: minutesKind,
      agenda: z.array(z.object({ id: z.string(), title: z.string() })),
      fields: z.record(z.string(), sheetField),
      issued: issued.nullable(),
      changed: z.boolean(),
      professions: z.array(z.string()),
      missing: z.array(z.string()),
      blockers: z.array(z.string()),
      writes: z.boolean(),
      sendsTo: z.number().int(),
    }),
  },
  saveSheetField: {
    method: 'PUT',
    path: '/api/programme/projects/:project/sheets/:sheet/fields/:field',
    may: support,
    does: 'Saves one field; `seen`: its version on screen. 409 with what stands there when someone else wrote',
    params: fieldOf,
    body: z.object({ seen, value: z.unknown() }),
    reply: sheetField,
  },
  issueMinutes: {
    method: 'POST',
    path: '/api/programme/projects/:project/sheets/:sheet/issue',
    may: support,
    does: 'Issues minutes as a numbered paper, or their next version; sends them to those who were asked to the meeting, when wanted',
    params: sheetOf,
    body: z.object({ send: z.boolean().default(false) }),
    reply: issued,
  },
  removeMinutes: {
    method: 'POST',
    path: '/api/programme/projects/:project/sheets/:sheet/remove',
    may: support,
    does: 'Takes out minutes that were never issued',
    params: sheetOf,
  },
  restoreMinutes: {
    method: 'POST',
    path: '/api/programme/projects/:project/sheets/:sheet/restore',
    may: support,
    does: 'Puts minutes back',
    params: sheetOf,
  },
  addMeetingAction: {
    method: 'POST',
    path: '/api/programme/projects/:project/actions',
    may: support,
    does: 'Writes down what someone is to do, in the minutes in which it was decided',
    params: projectId,
    body: actionBody.extend({ sheet: id }),
    reply: z.object({ id: z.string() }),
  },
  changeMeetingAction: {
    method: 'PUT',
    path: '/api/programme/projects/:project/actions/:action',
    may: 'signed-in',
    does: 'Changes an action, or says that it is done; `seen`: its version on screen',
    params: projectId.extend({ action: id }),
    body: actionBody.extend({ seen, state: actionState }),
  },
} as const;

const bounds = z.object({ low: z.number(), high: z.number() });
const month = z.string().regex(/^\d{4}-(0[1-9]|1[0-2])$/, 'un mois AAAA-MM');
const count = z
  .number('un nombre')
  .int('un nombre entier')
  .min(0, 'un nombre positif')
  .max(1_000_000, 'un nombre plus petit');
const shown = count.nullable();
export const useMonth = z.object({
  month: z.string(),
  records: bounds,
  shared: bounds,
  professionals: shown,
  professions: shown,
  meetings: count,
  protocols: count,
  messages: shown,
  tasks: shown,
  source: z.enum(['practice', 'typed']),
  by: z.string(),
  version: z.number().int(),
});
const sign = z.object({
  id: z.string(),
  label: z.string(),
  atLeast: z.number(),
  unit: z.enum(['count', 'share']),
  source: z.string(),
  value: bounds.nullable(),
  met: z.enum(['yes', 'no', 'unknown']),
});
const monthOf = projectId.extend({ month });
const signature = z.object({ name: z.string(), at: z.string() });
/** Figures of use (PRJ-11) and the completion report (PRJ-8). */
const use = {
  useFigures: {
    method: 'GET',
    path: '/api/programme/projects/:project/use',
    may: 'signed-in',
    does: 'Figures of use month by month and the signs of good use; of a practice that works with this product, once it shows them',
    params: projectId,
    reply: z.object({
      here: z.boolean(),
      share: z.object({ shared: z.boolean(), by: z.string(), at: z.string() }).nullable(),
      months: z.array(useMonth),
      open: z.array(z.string()),
      signs: z.array(sign),
      over: z.number().int(),
      note: z.string(),
      may: z.object({ share: z.boolean(), withdraw: z.boolean(), type: z.boolean() }),
    }),
  },
  shareUse: {
    method: 'POST',
    path: '/api/programme/projects/:project/use/share',
    may: { practice: 'apply' },
    does: 'Shows the practice’s own figures of use to its project; nothing is read before',
    params: projectId,
  },
  withdrawUse: {
    method: 'POST',
    path: '/api/programme/projects/:project/use/withdraw',
    may: { practice: 'apply' },
    does: 'Takes the figures back, as long as the completion report is not issued',
    params: projectId,
  },
  typeUseMonth: {
    method: 'PUT',
    path: '/api/programme/projects/:project/use/:month',
    may: 'signed-in',
    does: 'Types the figures of a month of a team that does not show its own here; small counts are hidden before they are kept',
    params: monthOf,
    body: z.object({
      seen,
      records: count,
      shared: count,
      professionals: count,
      professions: count,
      meetings: count,
      protocols: count,
      messages: count,
      tasks: count,
    }),
    reply: z.object({ version: z.number().int() }),
  },
  removeUseMonth: {
    method: 'DELETE',
    path: '/api/programme/projects/:project/use/:month',
    may: 'signed-in',
    does: 'Takes out a month that was typed',
    params: monthOf,
  },
  completionReport: {
    method: 'GET',
    path: '/api/programme/projects/:project/completion',
    may: 'signed-in',
    does: 'The completion report as it is being written, its signatures and what it lacks',
    params: projectId,
    reply: z.object({
      fields: z.record(z.string(), sheetField),
      issued: issued.nullable(),
      changed: z.boolean(),
      blockers: z.array(z.string()),
      signatures: z.object({ consultant: signature.nullable(), team: signature.nullable() }),
      evidence: z.number().int(),
      may: z.object({ write: z.boolean(), issue: z.boolean(), sign: z.boolean() }),
    }),
  },
  saveCompletionField: {
    method: 'PUT',
    path: '/api/programme/projects/:project/completion/fields/:field',
    may: support,
    does: 'Saves one field of the completion report; `seen`: its version on screen. 409 with what stands there when someone else wrote',
    params: projectId.extend({ field: fieldOf.shape.field }),
    body: z.object({ seen, value: z.unknown() }),
    reply: sheetField,
  },
  issueCompletion: {
    method: 'POST',
    path: '/api/programme/projects/:project/completion/issue',
    may: support,
    does: 'Issues the completion report, signed by the consultant, or its next version',
    params: projectId,
    reply: issued,
  },
  signCompletion: {
    method: 'POST',
    path: '/api/programme/projects/:project/completion/sign',
    may: { practice: 'apply' },
    does: 'Signs the completion report for the team: its next version carries both signatures',
    params: projectId,
    body: z.object({ version: z.number().int().min(1), remarks: typed(3000).default('') }),
    reply: issued,
  },
} as const;

export const gatheringsContract = contract({ ...polls, ...minutes, ...use });
