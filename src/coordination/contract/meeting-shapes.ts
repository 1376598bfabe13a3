import { z } from 'zod';
import { patientBrief, when, who } from './common.ts';
import { taskState } from './tasks.ts';

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

export const slot = z.object({
  start: when,
  end: when,
  missing: z.array(z.object({ id: z.string(), name: z.string() })),
  /** Over lunch, as most teams meet. */
  lunch: z.boolean(),
});

/** Typed or pasted words; signs that no text holds fall away. */
export const text = z
  .string()
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
  .transform((typed) => typed.replace(/[\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F]/g, '').trim());
