/** The wire of the money of projects. */
import { z } from 'zod';
import { contract } from '../../platform/http/contract.ts';
import { editionId } from '../applications/contract.ts';
import { projectId, typed } from '../projects/contract.ts';
import { agreementShape, agreementsContract, amendmentShape, paymentShape } from './contract/agreements.ts';
import { cents, fund, id, reason, seen, validate } from './contract/common.ts';
import { quoteShape, quotesContract } from './contract/quotes.ts';

export { offeredQuote, quoteShape } from './contract/quotes.ts';

const ceilingLine = z.object({
  rule: z.string(),
  words: z.string(),
  count: z.number().int(),
  unitCents: z.number().int(),
  capCents: z.number().int().nullable(),
  cents: z.number().int(),
});
const requestShape = z.object({
  id: z.string(),
  words: z.string(),
  cents: z.number().int().nullable(),
  state: z.enum(['asked', 'examined', 'withdrawn']),
  answer: z.string(),
  answeredBy: z.string().nullable(),
  version: z.number().int(),
  by: z.string(),
  at: z.string(),
});
const teamShape = z.object({
  version: z.number().int(),
  members: z.record(z.string(), z.number().int()),
  applied: z.record(z.string(), z.number().int()),
  subscriptionCents: z.number().int(),
  subscriptionFrom: z.enum(['typed', 'quotes', 'none']),
  typedCents: z.number().int().nullable(),
  facts: z.array(z.object({ id: z.string(), label: z.string(), value: z.boolean().nullable() })),
  history: z.array(
    z.object({
      version: z.number().int(),
      reason: z.string(),
      by: z.string(),
      at: z.string(),
      members: z.record(z.string(), z.number().int()),
    }),
  ),
});
const totals = z.object({
  basis: z.enum(['flat', 'cost']),
  ceilingCents: z.number().int(),
  /** Quotes that can be paid for. */
  payableCents: z.number().int(),
  /** What is granted: the agreement's, or what would be. */
  totalCents: z.number().int(),
  agreed: z.boolean(),
  orderedCents: z.number().int(),
  paidCents: z.number().int(),
  /** Paid too much, not paid back yet. */
  recoverCents: z.number().int(),
});
export const moneyShape = totals.extend({
  /** Line by line, for those who read the lines; null for the others of the practice. */
  detail: z
    .object({
      lines: z.array(ceilingLine),
      notes: z.array(z.string()),
      neverPaid: z.array(z.string()),
      notBefore: z.string(),
      planned: z.array(z.object({ percent: z.number().int(), occasion: z.string(), cents: z.number().int() })),
      team: teamShape,
      quotes: z.array(quoteShape),
      pending: z.number().int(),
      ask: z.object({ version: z.number().int(), words: z.string(), by: z.string(), at: z.string() }).nullable(),
      agreements: z.array(agreementShape),
      /** Of the agreement in force, newest first. */
      amendments: z.array(amendmentShape),
      /** What the figures on screen would make of the agreement, while an amendment is open. */
      amending: z
        .object({
          beforeCents: z.number().int(),
          afterCents: z.number().int(),
          held: z.array(z.string()),
          parts: z.array(
            z.object({
              number: z.number().int(),
              occasion: z.string(),
              kind: z.enum(['share', 'supplement', 'recovery']),
              state: z.enum(['due', 'ordered', 'paid']),
              cents: z.number().int(),
            }),
          ),
        })
        .nullable(),
      payments: z.array(paymentShape),
      requests: z.array(requestShape),
      certificate: z.object({ paper: z.string(), reference: z.string(), at: z.string() }).nullable(),
      reported: z.boolean(),
      /** Names the figures on screen: an act on figures that changed meanwhile is refused. */
      stamp: z.string(),
      /** Why no agreement can be issued. */
      held: z.array(z.string()),
      signatory: z.object({ name: z.string(), role: z.string() }),
    })
    .nullable(),
  may: z.object({ fund: z.boolean(), validate: z.boolean(), offer: z.boolean(), order: z.boolean() }),
});
const figures = {
  envelopeCents: z.number().int().nullable(),
  engagedCents: z.number().int(),
  orderedCents: z.number().int(),
  paidCents: z.number().int(),
  forecastCents: z.number().int(),
};
const budgetLine = z.object({
  project: z.string(),
  reference: z.string(),
  team: z.string(),
  state: z.enum(['open', 'closed', 'stopped']),
  ceilingCents: z.number().int(),
  agreement: z.string().nullable(),
  agreementCents: z.number().int().nullable(),
  signedOn: z.string().nullable(),
  /** Signed amendments. */
  amendments: z.array(z.string()),
  orderedCents: z.number().int(),
  paidCents: z.number().int(),
  recoverCents: z.number().int(),
  engagedCents: z.number().int(),
  forecastCents: z.number().int(),
});

/** The money of projects. `signed-in`: the handler looks at the project with the caller's Viewer (money/reach.ts). */
export const moneyContract = contract({
  money: {
    method: 'GET',
    path: '/api/programme/projects/:project/money',
    may: 'signed-in',
    does: 'The money of a project: ceiling line by line, quotes, agreement, payments; totals only for the practice’s other people',
    params: projectId,
    reply: moneyShape,
  },
  countTeam: {
    method: 'PUT',
    path: '/api/programme/projects/:project/money/team',
    may: validate,
    does: 'Changes the persons who are counted, with the reason; `seen`: the version on screen',
    params: projectId,
    body: z.object({
      seen,
      members: z.record(
        z.string().max(60),
        z.number().int('un nombre de personnes').min(0, 'zéro ou plus').max(500, '500 au plus'),
      ),
      subscriptionCents: cents(100_000).nullable(),
      facts: z.record(z.string().max(80), z.boolean()).default({}),
      reason,
    }),
  },
  ...quotesContract,
  ...agreementsContract,
  askHardware: {
    method: 'POST',
    path: '/api/programme/projects/:project/hardware',
    may: 'signed-in',
    does: 'Asks that hardware be examined, without promise',
    params: projectId,
    body: z.object({
      words: z.string('à renseigner').trim().min(10, 'au moins 10 caractères').max(4000, '4 000 caractères au plus'),
      cents: cents().nullable().default(null),
    }),
    reply: z.object({ id: z.string() }),
  },
  answerHardware: {
    method: 'POST',
    path: '/api/programme/projects/:project/hardware/:request',
    may: 'signed-in',
    does: 'Says what came of the request (ARS), withdraws it or brings it back',
    params: projectId.extend({ request: id }),
    body: z.object({ seen, state: z.enum(['asked', 'examined', 'withdrawn']), answer: typed(4000).default('') }),
  },

  budget: {
    method: 'GET',
    path: '/api/programme/budget',
    may: { practice: 'lead-projects' },
    does: 'The budget of each call: envelope, engaged, ordered, paid, forecast, project by project',
    reply: z.object({
      calls: z.array(
        z.object({
          edition: z.string(),
          title: z.string(),
          year: z.number().int(),
          ...figures,
          lines: z.array(budgetLine),
          history: z.array(
            z.object({
              version: z.number().int(),
              cents: z.number().int(),
              reason: z.string(),
              by: z.string(),
              at: z.string(),
            }),
          ),
        }),
      ),
      writes: z.boolean(),
    }),
  },
  setBudget: {
    method: 'PUT',
    path: '/api/programme/editions/:edition/budget',
    may: fund,
    does: 'Sets the envelope of a call; `seen`: its version on screen',
    params: z.object({ edition: editionId }),
    body: z.object({ seen, cents: cents(1_000_000_000_000), reason: typed(2000).default('') }),
  },
  exportBudget: {
    method: 'GET',
    path: '/api/programme/budget/export',
    may: { practice: 'lead-projects' },
    does: 'Projects and payments for accounting, CSV or XLSX',
    query: z.object({
      format: z.enum(['csv', 'xlsx']).default('csv'),
      edition: editionId.optional(),
      of: z.enum(['projects', 'payments']).default('projects'),
    }),
  },
});
