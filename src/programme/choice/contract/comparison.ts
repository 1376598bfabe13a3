/** The solutions side by side: what they cover, what they cost. */
import { z } from 'zod';
import { contract } from '../../../platform/http/contract.ts';
import { projectId, typed } from '../../projects/contract.ts';
import { id, label, seen, support } from './common.ts';
import { importance, requirement } from './specification.ts';

const costLine = z.object({
  label: label(160),
  every: z.enum(['once', 'month', 'year']),
  /** One unit, cents. */
  cents: z.number().int().min(0, 'un montant').max(1_000_000_000),
  count: z.number().int().min(1, 'au moins 1').max(10_000),
});
export type CostLine = z.infer<typeof costLine>;
/** Label: «e-santé Logiciel maisons et centres de santé» of the ANS. */
export const solutionBody = z.object({
  name: label(120),
  company: label(120),
  label: z.enum(['advanced', 'standard', 'asked', 'none', 'unknown']),
  mode: z.enum(['saas', 'on-site', 'unknown']),
  hds: z.enum(['yes', 'no', 'unknown']),
  host: typed(200),
  note: typed(2000),
  costs: z.array(costLine).max(40),
  vendor: z.string().max(64).nullable(),
});
export type SolutionBody = z.infer<typeof solutionBody>;
export const coverageAnswer = z.enum(['yes', 'partly', 'no', 'unknown']);
export type CoverageAnswer = z.infer<typeof coverageAnswer>;
const score = z.object({
  percent: z.number().int(),
  points: z.number().int(),
  most: z.number().int(),
  unknown: z.number().int(),
});
const solution = solutionBody.extend({
  id: z.string(),
  version: z.number().int(),
  by: z.string(),
  at: z.string(),
  vendorName: z.string().nullable(),
  coverage: z.array(
    z.object({ requirement: z.string(), answer: coverageAnswer, note: z.string(), version: z.number().int() }),
  ),
  score: score.extend({
    byImportance: z.array(score.extend({ importance, count: z.number().int() })),
    byProfession: z.array(score.extend({ profession: z.string() })),
    /** Sentences of what is indispensable and not covered. */
    lacking: z.array(z.string()),
  }),
  cost: z.object({
    lines: z.array(z.object({ label: z.string(), times: z.number().int(), cents: z.number().int() })),
    threeYearsCents: z.number().int(),
    firstYearCents: z.number().int(),
  }),
  rank: z.number().int(),
});
const solutionId = projectId.extend({ solution: id });

export const comparisonContract = contract({
  grid: {
    method: 'GET',
    path: '/api/programme/projects/:project/grid',
    may: 'signed-in',
    does: 'The solutions side by side, with their scores and costs',
    params: projectId,
    reply: z.object({
      requirements: z.array(requirement),
      weights: z.array(z.object({ importance, weight: z.number().int() })),
      solutions: z.array(solution),
      vendors: z.array(z.object({ practitioner: z.string(), name: z.string() })),
      chosen: z.string().nullable(),
      may: z.object({ write: z.boolean() }),
    }),
  },
  addSolution: {
    method: 'POST',
    path: '/api/programme/projects/:project/solutions',
    may: support,
    does: 'Adds a solution to compare',
    params: projectId,
    body: solutionBody,
    reply: z.object({ id: z.string() }),
  },
  changeSolution: {
    method: 'PUT',
    path: '/api/programme/projects/:project/solutions/:solution',
    may: support,
    does: 'Changes what is said of a solution',
    params: solutionId,
    body: solutionBody.extend({ seen }),
    reply: z.object({ version: z.number().int() }),
  },
  removeSolution: {
    method: 'POST',
    path: '/api/programme/projects/:project/solutions/:solution/remove',
    may: support,
    does: 'Takes a solution out of the comparison',
    params: solutionId,
  },
  restoreSolution: {
    method: 'POST',
    path: '/api/programme/projects/:project/solutions/:solution/restore',
    may: support,
    does: 'Puts a solution back',
    params: solutionId,
  },
  cover: {
    method: 'PUT',
    path: '/api/programme/projects/:project/solutions/:solution/coverage/:requirement',
    may: support,
    does: 'Whether a solution covers a requirement',
    params: solutionId.extend({ requirement: id }),
    body: z.object({ answer: coverageAnswer, note: typed(600).default(''), seen }),
    reply: z.object({ version: z.number().int() }),
  },
});
