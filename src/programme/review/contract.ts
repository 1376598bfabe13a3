import { z } from 'zod';
import { contract } from '../../platform/http/contract.ts';
import {
  answerValue,
  applicationId,
  documentLine,
  editionId,
  outcome,
  ruleLine,
  submissionLine,
  verdict,
} from '../applications/contract.ts';
import { edition } from '../calls/contract.ts';

const ofEdition = z.object({ edition: editionId });
const words = (least = 10) =>
  z.string('à renseigner').trim().min(least, `${least} caractères au moins`).max(4000, '4 000 caractères au plus');
const points = z.number('un nombre').int('un nombre entier').min(0, 'de 0 à 5').max(5, 'de 0 à 5');

export const fileLine = z.object({
  id: z.string(),
  team: z.string(),
  receipt: z.string(),
  submittedAt: z.string(),
  verdict,
  overruled: z.boolean(),
  territory: z.string(),
  fragile: z.boolean().nullable(),
  aci: z.boolean().nullable(),
  /** My part: all scored, in part, nothing; or an interest that I declared. */
  mine: z.enum(['done', 'started', 'none', 'interest']),
  reviewers: z.number().int(),
  mark: z.number().int().nullable(),
  outcome: outcome.nullable(),
  renounced: z.boolean(),
});
const overrule = z.object({
  rule: z.string(),
  answer: z.enum(['yes', 'no']).nullable(),
  reason: z.string(),
  by: z.string(),
  at: z.string(),
});
const score = z.object({
  criterion: z.string(),
  points: z.number().int(),
  reason: z.string(),
  version: z.number().int(),
  at: z.string(),
});
export const fileReply = z.object({
  id: z.string(),
  team: z.string(),
  edition,
  version: z.number().int(),
  submission: submissionLine,
  answers: z.record(z.string(), answerValue),
  documents: z.array(documentLine.omit({ by: true, at: true })),
  verdict,
  /** The rules with the officer's answers in them; `own`: what the rule says by itself. */
  results: z.array(ruleLine.extend({ own: z.enum(['yes', 'no', 'unknown']), overrules: z.array(overrule) })),
  criteria: z.array(
    z.object({ id: z.string(), title: z.string(), points: z.number().int(), words: z.array(z.string()) }),
  ),
  /** Mine; those of the others once I have given mine, or for the officer. */
  scores: z.array(score),
  others: z.array(z.object({ reviewer: z.string(), mark: z.number().int().nullable(), scores: z.array(score) })),
  mark: z.number().int().nullable(),
  interest: z.object({ reason: z.string(), at: z.string() }).nullable(),
  interests: z.array(z.object({ reviewer: z.string(), reason: z.string(), at: z.string() })),
  may: z.object({ score: z.boolean(), overrule: z.boolean() }),
  before: z.string().nullable(),
  after: z.string().nullable(),
});

export const rankedLine = z.object({
  id: z.string(),
  team: z.string(),
  receipt: z.string(),
  territory: z.string(),
  rank: z.number().int(),
  outcome: z.enum(['chosen', 'tie', 'waiting']),
  /** Absent for who declared an interest in it. */
  figures: z
    .object({
      scores: z.array(z.object({ title: z.string(), points: z.number().int(), words: z.array(z.string()) })),
      mark: z.number().int().nullable(),
      because: z.string(),
    })
    .nullable(),
});
export const rankingReply = z.object({
  edition: z.string(),
  title: z.string(),
  version: z.number().int(),
  places: z.number().int(),
  placesOfCall: z.number().int(),
  placesWords: z.string(),
  open: z.boolean(),
  reviewed: z.boolean(),
  ranked: z.array(rankedLine),
  refused: z.array(z.object({ id: z.string(), team: z.string(), reasons: z.array(z.string()) })),
  unclear: z.array(z.object({ id: z.string(), team: z.string(), reasons: z.array(z.string()) })),
  unmarked: z.number().int(),
  /** What this ranking is: sent back with the decision. */
  seen: z.string(),
  may: z.object({ decide: z.boolean() }),
});
const decisionLine = z.object({
  number: z.number().int(),
  version: z.number().int(),
  places: z.number().int(),
  reason: z.string(),
  by: z.string(),
  at: z.string(),
  notifiedAt: z.string().nullable(),
});
const decidedLine = z.object({
  application: z.string(),
  team: z.string(),
  outcome,
  rank: z.number().int().nullable(),
  waiting: z.number().int().nullable(),
  words: z.array(z.string()),
  scores: z.array(z.object({ title: z.string(), points: z.number().int(), words: z.array(z.string()) })),
  mark: z.number().int().nullable(),
  behind: z.string(),
});

const review = { practice: 'review-applications' } as const;
const decide = { practice: 'decide-applications' } as const;
/** What was submitted, by the region's officer and the members of its commission. */
export const reviewContract = contract({
  files: {
    method: 'GET',
    path: '/api/programme/editions/:edition/files',
    may: review,
    does: 'The applications submitted to a call',
    params: ofEdition,
    reply: z.object({ edition: z.string(), title: z.string(), open: z.boolean(), files: z.array(fileLine) }),
  },
  file: {
    method: 'GET',
    path: '/api/programme/files/:application',
    may: review,
    does: 'One application beside the rules',
    params: applicationId,
    reply: fileReply,
  },
  overrule: {
    method: 'POST',
    path: '/api/programme/files/:application/overrule',
    may: decide,
    does: 'Answers a rule in its place, or gives it back (null), with the reason',
    params: applicationId,
    body: z.object({ rule: z.string().max(80), answer: z.enum(['yes', 'no']).nullable(), reason: words() }),
  },
  score: {
    method: 'PUT',
    path: '/api/programme/files/:application/scores/:criterion',
    may: review,
    does: 'My score of one item, with its reason; `seen`: its version on screen, 0 for none',
    params: applicationId.extend({ criterion: z.string().max(60) }),
    body: z.object({ points, reason: words(3), seen: z.number().int().min(0) }),
    reply: score,
  },
  declareInterest: {
    method: 'POST',
    path: '/api/programme/files/:application/interest',
    may: review,
    does: 'I have a link with this team: I do not score it and see none of its figures',
    params: applicationId,
    body: z.object({ reason: words(3) }),
  },
  withdrawInterest: {
    method: 'POST',
    path: '/api/programme/files/:application/interest/withdraw',
    may: review,
    does: 'Takes my declaration back',
    params: applicationId,
  },
  ranking: {
    method: 'GET',
    path: '/api/programme/editions/:edition/ranking',
    may: review,
    does: 'The ranking, for a number of places: nothing is kept',
    params: ofEdition,
    query: z.object({ places: z.coerce.number().int().min(1).max(500).optional() }),
    reply: rankingReply,
  },
  decide: {
    method: 'POST',
    path: '/api/programme/editions/:edition/decide',
    may: decide,
    does: 'Decides; equals at the last place are settled by hand, with the reason',
    params: ofEdition,
    body: z.object({
      places: z.number().int().min(1).max(500),
      reason: z.string().trim().max(4000).default(''),
      settled: z.array(z.string().max(64)).max(500).default([]),
      seen: z.string().max(64),
    }),
    reply: z.object({ number: z.number().int() }),
  },
  decisions: {
    method: 'GET',
    path: '/api/programme/editions/:edition/decisions',
    may: review,
    does: 'The decisions of a call, the one in force first',
    params: ofEdition,
    reply: z.object({
      title: z.string(),
      year: z.number().int(),
      decisions: z.array(decisionLine),
      lines: z.array(decidedLine),
      resultsAt: z.string().nullable(),
      may: z.object({ decide: z.boolean() }),
    }),
  },
});
