import { z } from 'zod';
import { contract } from '../../platform/http/contract.ts';
import { applicationId, editionId } from '../applications/contract.ts';

const reason = z.string('à renseigner').trim().min(10, '10 caractères au moins').max(2000, '2 000 caractères au plus');
const ofEdition = z.object({ edition: editionId });
const renunciation = z.object({
  application: z.string(),
  team: z.string(),
  outcome: z.enum(['chosen', 'waiting']),
  decision: z.number().int(),
  reason: z.string(),
  by: z.string(),
  at: z.string(),
});
const waitingTeam = z.object({ application: z.string(), team: z.string(), waiting: z.number().int() });
/** What becomes of a place once the decision is known: a team gives it up, the next of the waiting list is offered it. */
export const placesContract = contract({
  renounce: {
    method: 'POST',
    path: '/api/programme/applications/:application/renounce',
    may: { practice: 'apply' },
    does: 'The team gives up its place, or its rank on the waiting list, for good: its project stops',
    params: applicationId,
    body: z.object({ reason }),
  },
  renunciations: {
    method: 'GET',
    path: '/api/programme/editions/:edition/renunciations',
    may: { practice: 'review-applications' },
    does: 'Teams that gave up their place, places that are free, who is next on the waiting list',
    params: ofEdition,
    reply: z.object({
      lines: z.array(renunciation),
      decision: z.number().int().nullable(),
      free: z.number().int(),
      /** Of the waiting list: who has a free place without anything to settle. */
      next: z.array(waitingTeam),
      /** Those between whom the last of the free places, `left` of them, are to be settled. */
      equals: z.array(waitingTeam),
      left: z.number().int(),
      may: z.object({ offer: z.boolean() }),
    }),
  },
  offerPlace: {
    method: 'POST',
    path: '/api/programme/editions/:edition/offer-place',
    may: { practice: 'decide-applications' },
    does: 'Takes the decision that gives the free places to the next of the waiting list; the others keep theirs. `decision`: the one on screen; `settled`: who has it among equals',
    params: ofEdition,
    body: z.object({
      reason,
      decision: z.number().int().min(1),
      settled: z.array(z.string().max(64)).max(500).default([]),
    }),
    reply: z.object({ number: z.number().int(), chosen: z.number().int() }),
  },
});
