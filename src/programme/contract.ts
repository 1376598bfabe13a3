/** The wire of the programme room. It carries no health data, by construction. */
import { z } from 'zod';
import { contract } from '../platform/http/contract.ts';
import { applicationsContract, editionId, eligibilityShape, fact } from './applications/contract.ts';
import { edition } from './calls/contract.ts';
import { choiceContract } from './choice/contract.ts';
import { editionsContract } from './contract/editions.ts';
import { gatheringsContract } from './gatherings/contract.ts';
import { leadingContract } from './leading/contract.ts';
import { jobsContract } from './jobs/contract.ts';
import { lettersContract } from './letters/contract.ts';
import { outboxContract } from './outbox/contract.ts';
import { modelsContract } from './models/contract.ts';
import { moneyContract } from './money/contract.ts';
import { policyContract } from './policy/contract.ts';
import { placesContract } from './places/contract.ts';
import { projectsContract } from './projects/contract.ts';
import { regionContract } from './region/contract.ts';
import { reviewContract } from './review/contract.ts';

export type { Edition } from './calls/contract.ts';
export { equipmentLabels, practiceStatusLabels } from './contract/labels.ts';
export { spendingOf, useOf } from './contract/region.ts';
export { kindCodes, lineTotal, type QuoteKind, quoteKinds, scaled, signedScaled } from './contract/quote-lines.ts';
export type { AnswerValue } from './applications/contract.ts';
export { changesOf, type ModelKind, modelFlaws, modelKinds, type ModelLine } from './contract/models.ts';
export { usualReminders } from './contract/reminders.ts';
export { someOf } from './contract/some-of.ts';
export { compositionOf, type SupportMode, supportLacks, supportModes } from './contract/composition.ts';

export const callLine = z.object({
  id: z.string(),
  title: z.string(),
  year: z.number().int(),
  publisher: z.string(),
  deadline: z.string(),
  open: z.boolean(),
  places: z.number().int(),
  placesWords: z.string(),
});
export const simulateBody = z.object({
  /** Persons by profession code. */
  team: z.record(
    z.string().max(60),
    z.number().int().min(0, 'Un nombre de personnes.').max(500, '500 personnes au plus par profession.'),
  ),
  /** Subscription a month and person, cents. */
  subscriptionCents: z.number().int().min(0).max(100_000).default(0),
  facts: z.record(z.string().max(80), fact).default({}),
  /** ISO day on which the conditions must hold; today when absent. */
  on: z
    .string()
    .regex(/^\d{4}-\d{2}-\d{2}$/, 'Une date AAAA-MM-JJ.')
    .optional(),
});
const cents = z.number().int();
export const moneyReply = z.object({
  lines: z.array(
    z.object({
      rule: z.string(),
      words: z.string(),
      count: z.number().int(),
      unitCents: cents,
      capCents: cents.nullable(),
      cents,
    }),
  ),
  ceilingCents: cents,
  totalCents: cents,
  basis: z.enum(['flat', 'cost']),
  payments: z.array(z.object({ percent: z.number(), when: z.string(), cents })),
  notes: z.array(z.string()),
  neverPaid: z.array(z.string()),
});
/** Of which region; what comes with the product when absent. */
const ofRegion = z.object({ region: z.string().max(80).optional() });
const callId = z.object({ id: z.string().max(60) });
const regionalCall = callLine.extend({
  version: z.number().int(),
  draft: z.boolean(),
  counts: z.object({ drafts: z.number().int(), submitted: z.number().int() }).nullable(),
  decidedAt: z.string().nullable(),
  notifiedAt: z.string().nullable(),
  resultsAt: z.string().nullable(),
});

export const programmeContract = contract({
  regions: {
    method: 'GET',
    path: '/api/programme/regions',
    may: 'public',
    does: 'The regions of this server.',
    reply: z.object({ regions: z.array(z.object({ id: z.string(), name: z.string() })) }),
  },
  calls: {
    method: 'GET',
    path: '/api/programme/calls',
    may: 'public',
    does: 'The calls for applications.',
    query: ofRegion,
    reply: z.object({ calls: z.array(callLine) }),
  },
  call: {
    method: 'GET',
    path: '/api/programme/calls/:id',
    may: 'public',
    does: 'One call, whole: form, documents, rules, ranking, money.',
    params: callId,
    query: ofRegion,
    reply: edition,
  },
  simulate: {
    method: 'POST',
    path: '/api/programme/calls/:id/simulate',
    may: 'public',
    does: 'What a team would be told and could receive: nothing is kept.',
    params: callId,
    query: ofRegion,
    body: simulateBody,
    reply: z.object({ eligibility: eligibilityShape, money: moneyReply }),
  },
  home: {
    method: 'GET',
    path: '/api/programme/home',
    may: 'signed-in',
    does: 'Who I am in the programme of my region, and which calls are open',
    reply: z.object({
      as: z.enum(['practice', 'officer', 'reviewer', 'gcs', 'consultant', 'vendor', 'partner', 'other']),
      manages: z.boolean(),
      region: z.object({ id: z.string(), name: z.string() }),
      profession: z.string(),
      open: z.array(callLine),
    }),
  },
  regionCalls: {
    method: 'GET',
    path: '/api/programme/editions',
    may: 'signed-in',
    does: 'The calls of my region, for its people; how many files in each for those who examine them',
    reply: z.object({ calls: z.array(regionalCall), writes: z.boolean() }),
  },
  regionCall: {
    method: 'GET',
    path: '/api/programme/editions/:edition',
    may: 'signed-in',
    does: 'A call of my region, whole, of one version; with the draft for the officer',
    params: z.object({ edition: editionId }),
    query: z.object({ version: z.coerce.number().int().min(1).optional() }),
    reply: z.object({
      id: z.string(),
      edition: edition.nullable(),
      version: z.number().int(),
      published: z.number().int(),
      writes: z.boolean(),
      open: z.boolean(),
      versions: z.array(z.object({ version: z.number().int(), by: z.string(), at: z.string() })),
      draft: z.object({ edition, version: z.number().int(), by: z.string(), at: z.string().nullable() }).nullable(),
      draftVersion: z.number().int(),
      resultsAt: z.string().nullable(),
    }),
  },
  ...editionsContract,
  ...applicationsContract,
  ...reviewContract,
  ...lettersContract,
  ...projectsContract,
  ...choiceContract,
  ...gatheringsContract,
  ...leadingContract,
  ...moneyContract,
  ...modelsContract,
  ...policyContract,
  ...regionContract,
  ...placesContract,
  ...jobsContract,
  ...outboxContract,
});
