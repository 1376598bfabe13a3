import { z } from 'zod';
import { contract } from '../../platform/http/contract.ts';
import { isoDay, projectId, typed } from '../projects/contract.ts';

const id = z.string().regex(/^[A-Za-z0-9-]{1,64}$/, 'inconnu');
const practitioner = z.string().regex(/^[A-Za-z0-9\-.]{1,64}$/, 'inconnu');
const seen = z.number().int().min(0);
const support = { practice: 'support-projects' } as const;
/** Wall clock in France. */
const moment = z.string().regex(/^\d{4}-\d{2}-\d{2}T([01]\d|2[0-3]):[0-5]\d$/, 'une date et une heure').refine((value) => isoDay.safeParse(value.slice(0, 10)).success, 'une date qui existe');
const profession = z.string().max(60);
export const answer = z.enum(['yes', 'maybe', 'no']);
export const side = z.enum(['officer', 'gcs', 'consultant', 'team', 'other']);
const link = z.string().trim().max(500).refine((value) => value === '' || /^https:\/\/[^\s<>"]+$/.test(value), 'une adresse qui commence par https://');
const slotBody = z.object({ id: id.optional(), starts: moment, minutes: z.number('une durée').int().min(15, '15 minutes au moins').max(600, '10 heures au plus'), place: typed(200).default(''), visio: link.default('') }).refine(({ place, visio }) => place !== '' || visio !== '', { message: 'un lieu ou une adresse de visioconférence', path: ['place'] });
const slots = z.array(slotBody).min(1, 'au moins une date').max(20, '20 dates au plus').refine((all) => new Set(all.map(({ starts }) => starts)).size === all.length, 'chaque date une seule fois');
const pollBody = z.object({ title: typed(160).min(3, 'à renseigner'), note: typed(2000).default(''), deadline: isoDay, slots });
const pollOf = projectId.extend({ poll: id });
const personOf = pollOf.extend({ person: id });
const answers = z.record(id, answer);
const name = typed(120).min(2, 'à renseigner');

const slotLine = z.object({ id: z.string(), starts: z.string(), minutes: z.number().int(), place: z.string(), visio: z.string() });
const slotView = slotLine.extend({ yes: z.number().int(), maybe: z.number().int(), no: z.number().int(), silent: z.number().int(), missing: z.array(z.string()), unsure: z.array(z.string()), absent: z.array(z.string()), complete: z.boolean(), rank: z.number().int(), why: z.string(), lack: z.string() });
const personLine = z.object({ id: z.string(), side, name: z.string(), profession: z.string(), /** Has an account here; otherwise a link. */ account: z.boolean(), me: z.boolean(), /** To those who organise. */ email: z.string().nullable(), answeredAt: z.string().nullable(), answeredBy: z.string(), version: z.number().int(), answers });
export const pollLine = z.object({
  id: z.string(), purpose: z.enum(['launch', 'follow-up', 'other']), title: z.string(), note: z.string(), deadline: z.string(), state: z.enum(['open', 'chosen', 'cancelled']), /** Answers are taken. */ takes: z.boolean(), slot: z.string().nullable(), reason: z.string(), paper: z.string().nullable(), version: z.number().int(), by: z.string(),
  slots: z.array(slotView), people: z.array(personLine),
});
const linkedPoll = z.object({ title: z.string(), note: z.string(), project: z.string(), region: z.string(), deadline: z.string(), state: z.enum(['open', 'chosen', 'cancelled']), takes: z.boolean(), slot: z.string().nullable(), slots: z.array(slotLine), me: z.object({ name: z.string(), profession: z.string(), side, version: z.number().int(), answers, answered: z.boolean() }) });
const token = z.object({ token: z.string().regex(/^\d{1,9}\.[A-Za-z0-9_-]{20,80}$/, 'inconnu') });

/** Date polls. `signed-in`: the handler looks at the project with the caller's Viewer (projects/reach.ts). `public`: behind a personal link. */
const polls = {
  polls: { method: 'GET', path: '/api/programme/projects/:project/polls', may: 'signed-in', does: 'The date polls of a project, each with its grid and its slots, the best first', params: projectId, reply: z.object({ professions: z.array(z.string()), may: z.object({ organise: z.boolean(), invite: z.boolean() }), polls: z.array(pollLine) }) },
  addPoll: { method: 'POST', path: '/api/programme/projects/:project/polls', may: support, does: 'Proposes dates for a meeting; ARS, GCS and the consultant are asked at once', params: projectId, body: pollBody.extend({ purpose: z.enum(['launch', 'follow-up', 'other']) }), reply: z.object({ id: z.string() }) },
  changePoll: { method: 'PUT', path: '/api/programme/projects/:project/polls/:poll', may: support, does: 'Changes the dates or the deadline; `seen`: its version on screen. Answers to dates that stay are kept', params: pollOf, body: pollBody.extend({ seen }) },
  cancelPoll: { method: 'POST', path: '/api/programme/projects/:project/polls/:poll/cancel', may: support, does: 'Gives a poll up', params: pollOf, body: z.object({ seen, reason: typed(1000).default('') }) },
  reopenPoll: { method: 'POST', path: '/api/programme/projects/:project/polls/:poll/reopen', may: support, does: 'Opens a poll again, until a deadline', params: pollOf, body: z.object({ seen, deadline: isoDay }) },
  pollInvitable: { method: 'GET', path: '/api/programme/projects/:project/polls/:poll/invitable', may: 'signed-in', does: 'People with an account who are not asked yet, for those who may ask them', params: pollOf, reply: z.array(z.object({ practitioner: z.string(), name: z.string(), profession: z.string(), side })) },
  invite: {
    method: 'POST', path: '/api/programme/projects/:project/polls/:poll/people', may: 'signed-in', does: 'Asks people: those with an account, and guests, who are sent a personal link', params: pollOf,
    body: z.object({ people: z.array(practitioner).max(100).default([]), guests: z.array(z.object({ name: typed(120), profession: profession.default(''), email: z.union([z.literal(''), z.email('une adresse électronique').max(200)]) })).max(60).default([]) }), reply: z.object({ asked: z.number().int() }),
  },
  uninvite: { method: 'DELETE', path: '/api/programme/projects/:project/polls/:poll/people/:person', may: 'signed-in', does: 'Takes someone out of a poll', params: personOf },
  personLink: { method: 'POST', path: '/api/programme/projects/:project/polls/:poll/people/:person/link', may: 'signed-in', does: 'A new personal link to hand over; it is shown once', params: personOf, reply: z.object({ path: z.string(), expiresOn: z.string() }) },
  answerPoll: { method: 'PUT', path: '/api/programme/projects/:project/polls/:poll/people/:person/answers', may: 'signed-in', does: 'Answers, or writes down what someone answered; `seen`: version of the answers on screen', params: personOf, body: z.object({ seen, answers }), reply: z.object({ version: z.number().int() }) },
  chooseSlot: { method: 'POST', path: '/api/programme/projects/:project/polls/:poll/choose', may: support, does: 'Chooses the date and invites: a date that a profession cannot keep needs a reason', params: pollOf, body: z.object({ seen, slot: id, reason: typed(2000).default('') }), reply: z.object({ paper: z.string() }) },
  pollCalendar: { method: 'GET', path: '/api/programme/projects/:project/polls/:poll/calendar', may: 'signed-in', does: 'The meeting that was chosen, iCalendar', params: pollOf },
  linkedPoll: { method: 'GET', path: '/api/programme/poll-links/:token', may: 'public', does: 'The poll behind a personal link: its dates and my answers', params: token, reply: linkedPoll },
  answerLink: { method: 'PUT', path: '/api/programme/poll-links/:token', may: 'public', does: 'Answers behind a personal link', params: token, body: z.object({ seen, name, profession: profession.min(1, 'à choisir'), answers }), reply: z.object({ version: z.number().int() }) },
  linkCalendar: { method: 'GET', path: '/api/programme/poll-links/:token/calendar', may: 'public', does: 'The meeting that was chosen, iCalendar, behind a personal link', params: token },
} as const;

export const gatheringsContract = contract({ ...polls });
