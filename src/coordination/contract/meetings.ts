import { z } from 'zod';
import { contract } from '../../platform/http/contract.ts';
import { idParams, patientBrief, patientParams, seen, when, who } from './common.ts';
import { taskState } from './tasks.ts';

export { type Candidate, type Decision, parseDecisions } from './decisions.ts';

export const meetingStates = {
  proposed: 'À confirmer',
  booked: 'Prévue',
  running: 'En cours',
  closed: 'Close',
  cancelled: 'Annulée',
} as const;
export const meetingState = z.enum(['proposed', 'booked', 'running', 'closed', 'cancelled']);
export type MeetingState = z.infer<typeof meetingState>;
export const attendanceStates = {
  present: 'Présent',
  remote: 'À distance',
  excused: 'Excusé',
  absent: 'Absent',
} as const;
export const attendanceState = z.enum(['present', 'remote', 'excused', 'absent']);
export const sections = { situation: 'Situation', discussion: 'Discussion', decisions: 'Décisions' } as const;
export const section = z.enum(['situation', 'discussion', 'decisions']);
export type Section = z.infer<typeof section>;

export const meetingCard = z.object({
  id: z.string(),
  version: z.number().int(),
  title: z.string(),
  place: z.string().nullable(),
  start: when.nullable(),
  end: when.nullable(),
  state: meetingState,
  stateLabel: z.string(),
  organiser: who.nullable(),
  invited: z.number().int(),
  /** Of those who were present once it is closed, of those invited before. */
  professions: z.number().int(),
  /** I am invited. */
  mine: z.boolean(),
  /** Patients that I may see, and the others: a number and nothing else. */
  patients: z.number().int(),
  others: z.number().int(),
});
export type MeetingCard = z.infer<typeof meetingCard>;

/** A patient proposed for a meeting, or discussed in one. */
export const proposal = z.object({
  id: z.string(),
  version: z.number().int(),
  patient: patientBrief,
  reason: z.string(),
  urgent: z.boolean(),
  /** Codes of professions wished around the table. */
  wished: z.array(z.object({ code: z.string(), label: z.string() })),
  proposer: who.nullable(),
  proposed: when,
  state: z.enum(['planned', 'in-progress', 'finished', 'cancelled']),
  stateLabel: z.string(),
  /** Minutes set aside. */
  minutes: z.number().int(),
  /** I may change or withdraw it. */
  canEdit: z.boolean(),
});
export type Proposal = z.infer<typeof proposal>;
export const decided = z.object({
  id: z.string(),
  words: z.string(),
  ownerLabel: z.string(),
  due: when.nullable(),
  state: taskState,
  stateLabel: z.string(),
  late: z.boolean(),
});
export const minutesOf = z.object({
  /** Composition, with its version. */
  id: z.string(),
  version: z.number().int(),
  status: z.enum(['final', 'amended']),
  statusLabel: z.string(),
  reason: z.string().nullable(),
  sections: z.array(z.object({ title: z.string(), text: z.string() })),
  decisions: z.array(decided),
  attesters: z.array(z.object({ who: who.nullable(), at: when.nullable() })),
});
export const discussion = proposal.extend({
  began: when.nullable(),
  ended: when.nullable(),
  /** This patient's care team, for «@» in the decisions. */
  team: z.array(z.object({ id: z.string(), name: z.string(), profession: z.string() })),
  /** People of the meeting who may not see this patient, shown to whoever runs it. */
  outside: z.array(z.object({ id: z.string(), name: z.string(), opposed: z.boolean() })),
  /** In the record, once the meeting is closed. */
  minutesFiled: minutesOf.nullable(),
});
export type Discussion = z.infer<typeof discussion>;
export const participant = z.object({
  /** Practitioner id; null: someone from outside, known by name. */
  id: z.string().nullable(),
  name: z.string(),
  profession: z.string().nullable(),
  role: z.string(),
  me: z.boolean(),
  reply: z.enum(['accepted', 'declined', 'tentative', 'needs-action']),
  replyLabel: z.string(),
  attendance: attendanceState.nullable(),
  attendanceLabel: z.string(),
  attendanceAt: when.nullable(),
  /** Signed in one's own session; false: marked by `markedBy`. */
  signed: z.boolean(),
  markedBy: z.string().nullable(),
});
export const meetingDetail = meetingCard.extend({
  minutes: z.number().int(),
  participants: z.array(participant),
  discussions: z.array(discussion),
  /** Encounter under discussion, when I may see it. */
  current: z.string().nullable(),
  closedAt: when.nullable(),
  closedBy: who.nullable(),
  reopened: z.string().nullable(),
  cancelled: z.string().nullable(),
  may: z.object({ run: z.boolean(), sign: z.boolean(), write: z.boolean() }),
  mailed: z.boolean(),
});
export type MeetingDetail = z.infer<typeof meetingDetail>;

/** Typed or pasted words; signs that no text holds fall away. */
const text = z
  .string()
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
  .transform((typed) => typed.replace(/[\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F]/g, '').trim());
const reason = text.pipe(
  z.string().min(1, 'Dites pourquoi ce patient est proposé.').max(1000, '1 000 caractères au plus.'),
);
const wished = z.array(z.string().max(60)).max(12).default([]);
const people = z.array(z.string().regex(/^[A-Za-z0-9\-.]{1,64}$/)).max(40);
export const proposalBody = z.object({
  reason,
  urgent: z.boolean().default(false),
  wished,
  /** Of which meeting; absent: waits for one. */ meeting: z.string().max(64).optional(),
});
export const planBody = z.object({
  title: text.pipe(z.string().max(120)).default('Concertation pluriprofessionnelle'),
  place: text.pipe(z.string().max(200)).optional(),
  /** ISO instant; absent: a date is still to be found. */
  start: z.string().max(40).optional(),
  minutes: z.number().int().min(10, '10 minutes au moins.').max(480, '8 heures au plus.').default(60),
  participants: people.min(1, 'Choisissez au moins un participant.'),
  /** Proposals that wait, put on the agenda in this order. */
  patients: z.array(z.string().max(64)).max(40).default([]),
});
export const slot = z.object({
  start: when,
  end: when,
  missing: z.array(z.object({ id: z.string(), name: z.string() })),
  /** Over lunch, as most teams meet. */
  lunch: z.boolean(),
});
export const sheetLine = z.object({
  label: z.string(),
  detail: z.string(),
  at: when.nullable(),
  tone: z.enum(['neutral', 'warning', 'danger']),
});
export const preparation = z.object({
  patient: patientBrief,
  /** A list is null when my rights do not open it. */
  alerts: z.array(sheetLine).nullable(),
  problems: z.array(sheetLine).nullable(),
  treatments: z.array(sheetLine).nullable(),
  measures: z
    .array(
      sheetLine.extend({
        direction: z.enum(['up', 'down', 'steady', 'none']),
        trend: z.array(z.object({ at: when, value: z.number() })),
      }),
    )
    .nullable(),
  notes: z.array(sheetLine.extend({ who: who.nullable() })).nullable(),
  protocols: z.array(sheetLine).nullable(),
  tasks: z.array(sheetLine).nullable(),
  hidden: z.array(z.string()),
});
export const figures = z.object({
  year: z.number().int(),
  held: z.number().int(),
  wanted: z.number().int(),
  /** Distinct patients discussed. */
  discussed: z.number().int(),
  /** Files: a patient discussed in two meetings counts twice. */
  files: z.number().int(),
  /** Patients of a treating physician of the practice who are in ALD or above the age. */
  population: z.number().int(),
  age: z.number().int(),
  share: z.number().nullable(),
  target: z.number(),
  months: z.array(
    z.object({ month: z.string(), held: z.number().int(), discussed: z.number().int(), share: z.number().nullable() }),
  ),
  meetings: z.array(
    z.object({
      id: z.string(),
      start: when,
      title: z.string(),
      files: z.number().int(),
      professions: z.number().int(),
      present: z.number().int(),
    }),
  ),
});
const discussionParams = z.object({ id: z.string(), discussion: z.string() });

export const meetingEntries = contract({
  meetings: {
    method: 'GET',
    path: '/api/meetings',
    may: { read: 'agenda' },
    does: 'Case meetings: the next ones, those held, and the patients who wait for one, as far as I may see them.',
    query: z.object({ before: z.string().max(40).optional() }),
    reply: z.object({
      coming: z.array(meetingCard),
      past: z.array(meetingCard),
      more: z.boolean(),
      waiting: z.array(proposal),
      may: z.object({ run: z.boolean(), propose: z.boolean() }),
    }),
  },
  meetingFigures: {
    method: 'GET',
    path: '/api/meetings/figures',
    may: { practice: 'coordinate' },
    does: 'Figures of the year for the ACI: meetings held, patients discussed, share of the reference population.',
    query: z.object({ year: z.coerce.number().int().min(2000).max(2100).optional() }),
    reply: figures,
  },
  findDate: {
    method: 'GET',
    path: '/api/meetings/dates',
    may: { write: 'coordination' },
    does: 'Slots common to these people’s calendars, best first.',
    query: z.object({
      people: z.string().min(1, 'Choisissez des participants.').max(2000),
      minutes: z.coerce.number().int().min(10).max(480).default(60),
      from: z
        .string()
        .regex(/^\d{4}-\d\d-\d\d$/)
        .optional(),
      to: z
        .string()
        .regex(/^\d{4}-\d\d-\d\d$/)
        .optional(),
    }),
    reply: z.object({ slots: z.array(slot), looked: z.number().int() }),
  },
  meeting: {
    method: 'GET',
    path: '/api/meetings/:id',
    may: { read: 'agenda' },
    does: 'One meeting: who is invited, its agenda as far as I may see it.',
    params: idParams,
    reply: meetingDetail,
  },
  planMeeting: {
    method: 'POST',
    path: '/api/meetings',
    may: { write: 'coordination' },
    does: 'Plan a meeting and invite.',
    body: planBody,
    reply: meetingDetail,
  },
  changeMeeting: {
    method: 'POST',
    path: '/api/meetings/:id',
    may: { write: 'coordination' },
    does: 'Change the title, place, date or people of a meeting.',
    params: idParams,
    body: seen.extend(planBody.omit({ patients: true }).partial().shape),
    reply: meetingDetail,
  },
  cancelMeeting: {
    method: 'POST',
    path: '/api/meetings/:id/cancel',
    may: { write: 'coordination' },
    does: 'Cancel a meeting; its patients wait for another.',
    params: idParams,
    body: seen.extend({ reason: text.pipe(z.string().min(1, 'Dites pourquoi.').max(300)) }),
    reply: meetingDetail,
  },
  inviteGuest: {
    method: 'POST',
    path: '/api/meetings/:id/guests',
    may: { write: 'coordination' },
    does: 'Invite a professional from outside: a mail with date and place, without content.',
    params: idParams,
    body: z.object({
      name: text.pipe(z.string().min(2, 'Écrivez son nom.').max(120)),
      role: text.pipe(z.string().max(120)).default(''),
      email: z.email('Cette adresse n’est pas complète.').max(200).optional(),
    }),
    reply: meetingDetail,
  },
  setAgenda: {
    method: 'POST',
    path: '/api/meetings/:id/agenda',
    may: { write: 'coordination' },
    does: 'Put patients on the agenda, in order, with the minutes for each; those left out wait again.',
    params: idParams,
    body: z.object({
      items: z
        .array(
          z.object({ id: z.string().max(64), version: z.number().int(), minutes: z.number().int().min(1).max(240) }),
        )
        .max(60),
      out: z
        .array(z.object({ id: z.string().max(64), version: z.number().int() }))
        .max(60)
        .default([]),
    }),
    reply: meetingDetail,
  },
  replyMeeting: {
    method: 'POST',
    path: '/api/meetings/:id/reply',
    may: { read: 'agenda' },
    does: 'Say whether I come.',
    params: idParams,
    body: z.object({ reply: z.enum(['accepted', 'declined', 'tentative']) }),
    reply: meetingDetail,
  },
  signPresence: {
    method: 'POST',
    path: '/api/meetings/:id/presence',
    may: { read: 'agenda' },
    does: 'Sign my presence, or mark someone’s who has no computer there.',
    params: idParams,
    body: z.object({
      state: attendanceState,
      practitioner: z.string().max(64).optional(),
      guest: z.string().max(120).optional(),
    }),
    reply: meetingDetail,
  },
  startMeeting: {
    method: 'POST',
    path: '/api/meetings/:id/start',
    may: { write: 'coordination' },
    does: 'Open the meeting.',
    params: idParams,
    body: seen,
    reply: meetingDetail,
  },
  closeMeeting: {
    method: 'POST',
    path: '/api/meetings/:id/close',
    may: { write: 'coordination' },
    does: 'Close: minutes into each record, decisions become tasks, all in one transaction.',
    params: idParams,
    body: seen,
    reply: meetingDetail,
  },
  reopenMeeting: {
    method: 'POST',
    path: '/api/meetings/:id/reopen',
    may: { write: 'coordination' },
    does: 'Reopen a closed meeting, with the reason: what is closed again is an amended version.',
    params: idParams,
    body: seen.extend({ reason: text.pipe(z.string().min(3, 'Dites pourquoi.').max(300)) }),
    reply: meetingDetail,
  },
  meetingPdf: {
    method: 'GET',
    path: '/api/meetings/:id/pdf',
    may: { read: 'agenda' },
    does: 'The meeting as a PDF, cut to what I may see.',
    params: idParams,
  },
  meetingCalendar: {
    method: 'GET',
    path: '/api/meetings/:id/ics',
    may: { read: 'agenda' },
    does: 'The meeting as an iCalendar file, without patients.',
    params: idParams,
  },

  discuss: {
    method: 'POST',
    path: '/api/meetings/:id/discussions/:discussion/start',
    may: { write: 'coordination' },
    does: 'This patient is discussed now.',
    params: discussionParams,
    reply: meetingDetail,
  },
  preparation: {
    method: 'GET',
    path: '/api/meetings/:id/discussions/:discussion/preparation',
    may: { read: 'coordination' },
    does: 'Preparation sheet, gathered from the record by my own rights.',
    params: discussionParams,
    reply: preparation,
  },
  joinForMeeting: {
    method: 'POST',
    path: '/api/meetings/:id/discussions/:discussion/team',
    may: { write: 'coordination' },
    does: 'With the patient’s agreement, someone of the meeting joins the care team.',
    params: discussionParams,
    body: z.object({
      practitioner: z.string().max(64),
      agreed: z.literal(true, 'Le patient doit avoir donné son accord.'),
    }),
    reply: meetingDetail,
  },
  liveMinutes: {
    method: 'GET',
    path: '/api/meetings/:id/discussions/:discussion/minutes',
    may: { read: 'coordination' },
    does: 'Yjs updates of the live minutes since a number.',
    params: discussionParams,
    query: z.object({ since: z.coerce.number().int().min(0).default(0) }),
    reply: z.object({ seq: z.number().int(), updates: z.array(z.string()), open: z.boolean() }),
  },
  typeMinutes: {
    method: 'POST',
    path: '/api/meetings/:id/discussions/:discussion/minutes',
    may: { write: 'coordination' },
    does: 'A Yjs update of the live minutes (base64); on disk when it is acknowledged.',
    params: discussionParams,
    body: z.object({
      update: z
        .string()
        .min(2)
        .max(400_000)
        .regex(/^[A-Za-z0-9+/]+={0,2}$/, 'Ce n’est pas du base64.'),
    }),
    reply: z.object({ seq: z.number().int() }),
  },
  typingMinutes: {
    method: 'POST',
    path: '/api/meetings/:id/discussions/:discussion/typing',
    may: { write: 'coordination' },
    does: 'Where I type, told to those who may see it.',
    params: discussionParams,
    body: z.object({ section: section.nullable() }),
  },

  proposeForMeeting: {
    method: 'POST',
    path: '/api/patients/:patient/meeting-proposals',
    may: { write: 'coordination' },
    does: 'Propose this patient for a case meeting, with the reason.',
    params: patientParams,
    body: proposalBody,
    reply: proposal,
  },
  patientMeetings: {
    method: 'GET',
    path: '/api/patients/:patient/meetings',
    may: { read: 'coordination' },
    does: 'Meetings in which this patient was, is or waits to be discussed.',
    params: patientParams,
    reply: z.object({
      meetings: z.array(
        proposal.extend({
          meeting: z
            .object({ id: z.string(), start: when.nullable(), state: meetingState, stateLabel: z.string() })
            .nullable(),
          composition: z.string().nullable(),
          decisions: z.number().int(),
        }),
      ),
    }),
  },
  minutesPdf: {
    method: 'GET',
    path: '/api/patients/:patient/minutes/:id/pdf',
    may: { read: 'coordination' },
    does: 'Minutes of one patient as a PDF.',
    params: z.object({ patient: z.string(), id: z.string() }),
  },
  changeProposal: {
    method: 'POST',
    path: '/api/meeting-proposals/:id',
    may: { write: 'coordination' },
    does: 'Change a proposal, or take back its withdrawal.',
    params: idParams,
    body: seen.extend({
      reason: reason.optional(),
      urgent: z.boolean().optional(),
      wished: z.array(z.string().max(60)).max(12).optional(),
      restore: z.boolean().optional(),
    }),
    reply: proposal,
  },
  withdrawProposal: {
    method: 'POST',
    path: '/api/meeting-proposals/:id/withdraw',
    may: { write: 'coordination' },
    does: 'Withdraw a proposal.',
    params: idParams,
    body: seen,
    reply: proposal,
  },
});
