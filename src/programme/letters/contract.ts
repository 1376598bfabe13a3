import { z } from 'zod';
import { contract } from '../../platform/http/contract.ts';
import { editionId, outcome } from '../applications/contract.ts';

const ofEdition = z.object({ edition: editionId });
const letterId = z.object({ letter: z.string().regex(/^[A-Za-z0-9-]{1,64}$/, 'inconnu') });
export const letterState = z.enum(['waiting', 'sending', 'sent', 'failed', 'unsure', 'to-hand']);
const letter = z.object({
  id: z.string(),
  application: z.string(),
  team: z.string(),
  outcome,
  reference: z.string(),
  version: z.number().int(),
  decision: z.number().int(),
  mail: z.string(),
  subject: z.string(),
  words: z.string(),
  state: letterState,
  attempts: z.number().int(),
  failure: z.string().nullable(),
  changedAt: z.string(),
});
const decide = { practice: 'decide-applications' } as const;
const text = (max: number) =>
  z.string('à renseigner').trim().min(2, 'à renseigner').max(max, `${max} caractères au plus`);
export const resultsReply = z.object({
  region: z.string(),
  title: z.string(),
  publisher: z.string(),
  decidedOn: z.string(),
  publishedAt: z.string(),
  places: z.number().int(),
  chosen: z.array(z.object({ team: z.string(), territory: z.string() })),
  waiting: z.array(z.object({ team: z.string(), territory: z.string(), place: z.number().int() })),
  refused: z.number().int(),
});
export const lettersContract = contract({
  notify: {
    method: 'POST',
    path: '/api/programme/editions/:edition/notify',
    may: decide,
    does: 'Writes and sends the letters of the decision in force; those already written are left alone',
    params: ofEdition,
    body: z.object({ signatory: text(120), role: text(200), note: z.string().trim().max(2000).default('') }),
    reply: z.object({ written: z.number().int() }),
  },
  letters: {
    method: 'GET',
    path: '/api/programme/editions/:edition/letters',
    may: { practice: 'review-applications' },
    does: 'The letters of a call and how far each is',
    params: ofEdition,
    reply: z.object({
      title: z.string(),
      mails: z.boolean(),
      /** Letters that the decision in force has still to write. */
      toWrite: z.number().int(),
      letters: z.array(letter),
    }),
  },
  letterPdf: {
    method: 'GET',
    path: '/api/programme/letters/:letter/pdf',
    may: 'signed-in',
    does: 'A letter of decision, PDF: its team once notified, the region',
    params: letterId,
  },
  sendAgain: {
    method: 'POST',
    path: '/api/programme/letters/:letter/send',
    may: decide,
    does: 'Sends a letter again on purpose: one that failed, or whose sending was cut',
    params: letterId,
  },
  correctLetter: {
    method: 'POST',
    path: '/api/programme/letters/:letter/correct',
    may: decide,
    does: 'Writes the next version of a letter and sends it',
    params: letterId,
    body: z.object({
      mail: z
        .string()
        .trim()
        .toLowerCase()
        .max(200)
        .regex(/^[^\s@]+@[^\s@]+$/, 'une adresse électronique'),
      note: z.string().trim().max(2000),
    }),
    reply: z.object({ id: z.string() }),
  },
  publishResults: {
    method: 'POST',
    path: '/api/programme/editions/:edition/results',
    may: decide,
    does: 'Publishes the list of results, or takes it back',
    params: ofEdition,
    body: z.object({ on: z.boolean() }),
  },
  results: {
    method: 'GET',
    path: '/api/programme/regions/:region/calls/:edition/results',
    may: 'public',
    does: 'The published list: teams chosen, waiting list, number of refusals',
    params: ofEdition.extend({ region: z.string().max(80) }),
    reply: resultsReply,
  },
});
