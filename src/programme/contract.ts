/** The wire of the programme room: calls, simulation. It carries no health data, by construction. */
import { z } from 'zod';
import { contract } from '../platform/http/contract.ts';
import { edition } from './calls/contract.ts';

export { edition, type Edition, type EligibilityRule } from './calls/contract.ts';

export const callLine = z.object({ id: z.string(), title: z.string(), year: z.number().int(), publisher: z.string(), deadline: z.string(), open: z.boolean(), places: z.number().int(), placesWords: z.string() });
const fact = z.union([z.string().max(4000), z.number(), z.boolean(), z.null()]);
export const simulateBody = z.object({
  /** Persons by profession code. */
  team: z.record(z.string().max(60), z.number().int().min(0, 'Un nombre de personnes.').max(500, '500 personnes au plus par profession.')),
  /** Subscription a month and person, cents. */
  subscriptionCents: z.number().int().min(0).max(100_000).default(0),
  facts: z.record(z.string().max(80), fact).default({}),
  /** ISO day on which the conditions must hold; today when absent. */
  on: z.string().regex(/^\d{4}-\d{2}-\d{2}$/, 'Une date AAAA-MM-JJ.').optional(),
});
const cents = z.number().int();
export const moneyReply = z.object({
  lines: z.array(z.object({ rule: z.string(), words: z.string(), count: z.number().int(), unitCents: cents, capCents: cents.nullable(), cents })), ceilingCents: cents, totalCents: cents, basis: z.enum(['flat', 'cost']),
  payments: z.array(z.object({ percent: z.number(), when: z.string(), cents })), notes: z.array(z.string()), neverPaid: z.array(z.string()),
});
export const eligibilityReply = z.object({
  verdict: z.enum(['eligible', 'not-eligible', 'unknown']),
  results: z.array(z.object({ id: z.string(), title: z.string(), source: z.string(), answer: z.enum(['yes', 'no', 'unknown']), fails: z.string(), mend: z.string(), facts: z.array(z.object({ id: z.string(), label: z.string(), value: fact })) })),
});

export const programmeContract = contract({
  calls: { method: 'GET', path: '/api/programme/calls', may: 'public', does: 'The calls for applications.', reply: z.object({ calls: z.array(callLine) }) },
  call: { method: 'GET', path: '/api/programme/calls/:id', may: 'public', does: 'One call, whole: form, documents, rules, ranking, money.', params: z.object({ id: z.string().max(60) }), reply: edition },
  simulate: { method: 'POST', path: '/api/programme/calls/:id/simulate', may: 'public', does: 'What a team would be told and could receive: nothing is kept.', params: z.object({ id: z.string().max(60) }), body: simulateBody, reply: z.object({ eligibility: eligibilityReply, money: moneyReply }) },
});
