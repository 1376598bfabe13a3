/** Who is asked, what they answer, the date that is chosen; behind a personal link too. */
import { z } from 'zod';
import { contract } from '../../../platform/http/contract.ts';
import { typed } from '../../projects/contract.ts';
import { id, profession, seen, side, support } from './common.ts';
import { answers, pollOf, slotLine } from './polls.ts';

const practitioner = z.string().regex(/^[A-Za-z0-9\-.]{1,64}$/, 'inconnu');
const personOf = pollOf.extend({ person: id });
const name = typed(120).min(2, 'à renseigner');
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

export const pollAnswersContract = contract({
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
});
