import { z } from 'zod';
import { contract } from '../../platform/http/contract.ts';
import { idParams, seen, when } from './common.ts';
import { proposal, meetingDetail, text, meetingCard, slot, attendanceState } from './meeting-shapes.ts';
import { discussionEntries } from './meeting-discussions.ts';
import { meetingProposalEntries } from './meeting-proposals.ts';

export { type Candidate, type Decision, parseDecisions } from './decisions.ts';

const people = z.array(z.string().regex(/^[A-Za-z0-9\-.]{1,64}$/)).max(40);
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
    does: 'Open the meeting; or take back that it was opened, while nobody’s presence is signed.',
    params: idParams,
    body: seen.extend({ back: z.boolean().default(false) }),
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
  ...discussionEntries,
  ...meetingProposalEntries,
});
