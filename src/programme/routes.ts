import type { Ctx } from '../access/index.ts';
import { type Handlers, notFound } from '../platform/index.ts';
import type { Facts } from './calls/conditions.rules.ts';
import type { Edition } from './calls/contract.ts';
import { shippedEditions } from './calls/editions/index.ts';
import { deadlineInstant, eligibilityOf } from './calls/eligibility.rules.ts';
import { moneyOf } from './calls/funding.rules.ts';
import type { programmeContract } from './contract.ts';

function editionNamed(id: string): Edition {
  const found = shippedEditions.find((one) => one.id === id);
  if (!found) throw notFound('Cet appel à candidatures');
  return found;
}

export function programmeHandlers(now: () => Date): Handlers<typeof programmeContract, Ctx> {
  return {
    calls: async () => ({
      calls: shippedEditions.map(({ id, title, year, publisher, deadline, places, placesWords }) => ({ id, title, year, publisher, deadline, places, placesWords, open: now().getTime() <= deadlineInstant(deadline) })).sort((a, b) => b.year - a.year),
    }),
    call: async ({ params }) => editionNamed(params.id),
    simulate: async ({ params, body }) => {
      const edition = editionNamed(params.id);
      const today = body.on ?? now().toISOString().slice(0, 10);
      const moments = { holds: today, answer: today };
      const facts: Facts = body.facts;
      const { verdict, results } = eligibilityOf(edition, facts, moments);
      const money = moneyOf(edition.funding, body.team, { subscriptionCents: body.subscriptionCents, facts, moments });
      return {
        eligibility: { verdict, results: results.map(({ rule, answer, facts: looked }) => ({ id: rule.id, title: rule.title, source: rule.source, answer, fails: rule.fails, mend: rule.mend, facts: looked })) },
        money: { lines: money.lines, ceilingCents: money.ceilingCents, totalCents: money.totalCents, basis: edition.funding.basis, payments: money.payments, notes: money.notes, neverPaid: edition.funding.notPaid.map((one) => one.words) },
      };
    },
  };
}
