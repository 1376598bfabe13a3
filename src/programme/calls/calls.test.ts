import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import fc from 'fast-check';
import { answerOf, type Facts } from './conditions.rules.ts';
import type { Condition } from './contract.ts';
import { shippedEditions } from './editions/index.ts';
import { deadlineInstant, eligibilityOf, inTime, missingFrom } from './eligibility.rules.ts';
import { moneyOf, shares } from './funding.rules.ts';
import { rank } from './ranking.rules.ts';

interface Cases {
  eligibility: { title: string; moments: Record<string, string>; facts: Facts; verdict: string; refused: string[] }[];
  ranking: {
    title: string;
    places: number;
    candidates: { id: string; facts: Facts }[];
    order: string[];
    outcomes: string[];
  }[];
  funding: {
    title: string;
    team: Record<string, number>;
    subscriptionCents: number;
    facts: Facts;
    quotes?: never[];
    lines: number[];
    totalCents: number;
    refused?: string[];
    payments?: number[];
  }[];
}
const moments = { holds: '2024-05-20', answer: '2024-05-01' };
const facts = fc.dictionary(
  fc.constantFrom(
    ...new Set(
      shippedEditions.flatMap((one) => one.sections.flatMap((section) => section.fields.map((field) => field.id))),
    ),
  ),
  fc.oneof(
    fc.boolean(),
    fc.integer({ min: 0, max: 20 }),
    fc.constantFrom('2020-01-01', '2024-05-20', '2026-01-01'),
    fc.constant(null),
  ),
  { maxKeys: 25 },
);

for (const edition of shippedEditions) {
  const cases = JSON.parse(readFileSync(join(import.meta.dirname, 'cases', `${edition.id}.json`), 'utf8')) as Cases;
  for (const one of cases.eligibility)
    test(`AAP-3 AAP-4 AAP-5 AAP-6 ${edition.year}: ${one.title}`, () => {
      const { verdict, results } = eligibilityOf(edition, one.facts, one.moments);
      assert.deepEqual(
        [verdict, results.filter(({ answer }) => answer === 'no').map(({ rule }) => rule.id)],
        [one.verdict, one.refused],
      );
    });
  for (const one of cases.ranking)
    test(`AAP-7 AAP-8 ${edition.year}: ${one.title}`, () => {
      const ranked = rank(
        edition,
        one.candidates.map((candidate) => ({
          ...candidate,
          name: candidate.id,
          moments,
          submitted: '2024-04-01T10:00:00Z',
        })),
        one.places,
      );
      assert.deepEqual(
        [ranked.map(({ candidate }) => candidate.id), ranked.map(({ outcome }) => outcome)],
        [one.order, one.outcomes],
      );
    });
  for (const one of cases.funding)
    test(`FIN-1 FIN-2 FIN-3 FIN-4 FIN-5 FIN-6 FIN-8 ${edition.year}: ${one.title}`, () => {
      const money = moneyOf(edition.funding, one.team, {
        subscriptionCents: one.subscriptionCents,
        facts: one.facts,
        moments,
        quotes: one.quotes,
      });
      assert.deepEqual([money.lines.map((line) => line.cents), money.totalCents], [one.lines, one.totalCents]);
      if (one.refused)
        assert.deepEqual(
          money.refused.map(({ line }) => line.id),
          one.refused,
        );
      if (one.payments)
        assert.deepEqual(
          money.payments.map((payment) => payment.cents),
          one.payments,
        );
      for (const { words } of money.refused) assert.ok(words.length > 10);
    });
  test(`AAP-10 ${edition.year}: no application is both eligible and refused, and each answer tells its facts (property)`, () => {
    fc.assert(
      fc.property(facts, (given) => {
        const { verdict, results } = eligibilityOf(edition, given, moments);
        const refused = results.some(({ answer }) => answer === 'no');
        assert.equal(verdict === 'not-eligible', refused);
        assert.ok(verdict !== 'eligible' || results.every(({ answer }) => answer === 'yes'));
        for (const result of results) assert.ok(result.facts.length > 0);
      }),
    );
  });
  test(`AAP-8 ${edition.year}: more points never rank lower, the order does not depend on the order of arrival in the list, and no more are chosen than there are places (property)`, () => {
    fc.assert(
      fc.property(
        fc.array(facts, { minLength: 1, maxLength: 25 }),
        fc.integer({ min: 1, max: 12 }),
        (given, places) => {
          const candidates = given.map((one, i) => ({
            id: String(i).padStart(3, '0'),
            name: `Équipe ${i}`,
            facts: one,
            moments,
            submitted: '2024-04-01T10:00:00Z',
          }));
          const ranked = rank(edition, candidates, places);
          assert.deepEqual(rank(edition, candidates.toReversed(), places), ranked);
          assert.ok(ranked.filter(({ outcome }) => outcome === 'chosen').length <= places);
          for (let i = 1; i < ranked.length; i++) {
            const [before, after] = [
              ranked[i - 1]!.scores.map(({ points }) => points),
              ranked[i]!.scores.map(({ points }) => points),
            ];
            const at = before.findIndex((points, k) => points !== after[k]);
            assert.ok(at < 0 ? ranked[i]!.rank === ranked[i - 1]!.rank : before[at]! > after[at]!);
          }
          // More places never take one away.
          const more = rank(edition, candidates, places + 1);
          for (const one of ranked)
            if (one.outcome === 'chosen')
              assert.equal(more.find(({ candidate }) => candidate.id === one.candidate.id)!.outcome, 'chosen');
        },
      ),
    );
  });
  test(`FIN-7 FIN-8 ${edition.year}: lines add up to the cent, nothing above the ceiling is paid, payments add up to the total (property)`, () => {
    const quote = fc.record({
      id: fc.uuid(),
      label: fc.constant('x'),
      kind: fc.constantFrom('licence', 'training', 'hardware', 'subscription', 'physician-subscription'),
      cents: fc.integer({ min: 0, max: 5_000_000 }),
      on: fc.constantFrom(null, '2023-06-01', '2024-06-01'),
      validated: fc.boolean(),
    });
    const team = fc.dictionary(
      fc.constantFrom(
        'physician',
        'nurse',
        'asalee-nurse',
        'physiotherapist',
        'medical-secretary',
        'coordinator',
        'pharmacist',
      ),
      fc.integer({ min: 0, max: 30 }),
    );
    fc.assert(
      fc.property(
        team,
        fc.integer({ min: 0, max: 9000 }),
        fc.option(fc.array(quote, { maxLength: 12 }), { nil: undefined }),
        fc.boolean(),
        (people, subscriptionCents, quotes, member) => {
          const money = moneyOf(edition.funding, people, {
            subscriptionCents,
            facts: { 'aci.member': member },
            moments,
            quotes,
          });
          assert.equal(
            money.lines.reduce((sum, line) => sum + line.cents, 0),
            money.ceilingCents,
          );
          for (const line of money.lines) assert.equal(line.count * line.unitCents, line.cents);
          assert.ok(money.totalCents <= money.ceilingCents);
          assert.equal(
            money.payments.reduce((sum, { cents }) => sum + cents, 0),
            money.totalCents,
          );
          const { subscription } = edition.funding;
          const subscriptions = money.payable.filter(({ kind }) => kind === 'subscription');
          if (member && edition.year === 2024)
            assert.deepEqual(subscriptions, [], 'a team of the ACI is paid no subscription, whatever its quotes');
          const others = money.payable.reduce((sum, { kind, cents }) => sum + (kind === 'subscription' ? 0 : cents), 0);
          assert.ok(
            money.payableCents - others <=
              Object.values(people).reduce((sum, count) => sum + count, 0) *
                subscription!.months *
                subscription!.capCents,
          );
          assert.equal(
            money.payable.length + money.refused.length,
            quotes?.length ?? 0,
            'each quote is paid for or refused with its reason',
          );
        },
      ),
    );
  });
  test(`AAP-9 AAP-11 ${edition.year}: an empty form lacks everything it asks for; a field is asked for only when its condition holds`, () => {
    const empty = missingFrom(edition, {}, new Set(), moments);
    assert.equal(empty.share, 0);
    assert.ok(!empty.fields.some(({ id }) => id === 'healthProject.validatedOn'));
    assert.ok(
      missingFrom(edition, { 'healthProject.validated': true }, new Set(), moments).fields.some(
        ({ id }) => id === 'healthProject.validatedOn',
      ),
    );
    const all = Object.fromEntries(
      edition.sections.flatMap((section) =>
        section.fields.map((field) => [
          field.id,
          field.type === 'yes-no' ? true : field.type === 'number' ? 3 : field.type === 'date' ? '2024-01-01' : 'x',
        ]),
      ),
    );
    assert.deepEqual(missingFrom(edition, all, new Set(edition.documents.map(({ id }) => id)), moments), {
      fields: [],
      documents: [],
      share: 1,
    });
  });
}

test('AAP-1 the deadline is the wall clock of France to the second, in winter and in summer', () => {
  assert.equal(new Date(deadlineInstant('2020-12-18T23:59:59')).toISOString(), '2020-12-18T22:59:59.000Z');
  assert.equal(new Date(deadlineInstant('2024-05-01T23:59:59')).toISOString(), '2024-05-01T21:59:59.000Z');
  const [, edition2024] = shippedEditions;
  assert.ok(inTime(edition2024!, new Date('2024-05-01T21:59:59.999Z')));
  assert.ok(!inTime(edition2024!, new Date('2024-05-01T22:00:00.000Z')));
});
test('AAP-2 a condition of what is not known is neither yes nor no; groups and negation keep to it (property)', () => {
  const leaf: fc.Arbitrary<Condition> = fc.record({ fact: fc.constantFrom('a', 'b', 'c'), is: fc.boolean() });
  const tree = fc.letrec<{ node: Condition }>((tie) => ({
    node: fc.oneof(
      { maxDepth: 4 },
      leaf,
      fc.record({ all: fc.array(tie('node'), { minLength: 1, maxLength: 3 }) }),
      fc.record({ any: fc.array(tie('node'), { minLength: 1, maxLength: 3 }) }),
      fc.record({ not: tie('node') }),
    ),
  })).node;
  fc.assert(
    fc.property(tree, fc.dictionary(fc.constantFrom('a', 'b', 'c'), fc.boolean()), (test_, known) => {
      const { answer } = answerOf(test_, known, {});
      if (answer === 'unknown') return;
      // Whatever the rest turns out to be, the answer stands.
      for (const rest of [true, false])
        assert.equal(answerOf(test_, { a: rest, b: rest, c: rest, ...known }, {}).answer, answer);
    }),
  );
});
test('FIN-7 a sum is split to the cent', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 10 ** 9 }), (total) =>
      assert.equal(
        shares(total, [
          { percent: 80, when: 'a' },
          { percent: 20, when: 'b' },
        ]).reduce((sum, { cents }) => sum + cents, 0),
        total,
      ),
    ),
  );
});

test('FIN-4 FIN-5 FIN-7 what quotes ask beyond the call is left out and told: subscriptions over their cap, a discount without its expense, one that exceeds its quote', () => {
  const { funding } = shippedEditions.find(({ year }) => year === 2024)!;
  const line = (id: string, quote: string, kind: string, cents: number, on: string | null = '2024-06-01') => ({
    id,
    label: id,
    quote,
    kind,
    cents,
    on,
    validated: true,
  });
  const quotes = [
    line('abonnements', 'Q1', 'subscription', 50_000),
    line('formation d’avant', 'Q2', 'training', 40_000, '2023-06-01'),
    line('remise sur formation', 'Q2', 'training', -5_000),
    line('licence', 'Q3', 'licence', 10_000),
    line('remise commerciale', 'Q3', 'training', -15_000),
  ];
  const of = (team: Record<string, number>, member = false) =>
    moneyOf(funding, team, {
      subscriptionCents: 3_000,
      facts: { 'aci.member': member },
      moments: { holds: '2024-05-20', answer: '2024-05-01' },
      quotes,
    });
  const two = of({ physician: 1, nurse: 2 });
  // Two nurses, six months, thirty euros.
  assert.deepEqual([two.payableCents, two.overCents], [36_000, { subscriptions: 14_000, discounts: 5_000 }]);
  assert.deepEqual(
    two.notes.slice(-2).map((words) => words.replace(/\s/gu, ' ')),
    [
      'Les devis d’abonnement font 500,00 € ; 360,00 € au plus sont financés : 2 personnes, 6 mois.',
      'Des remises dépassent de 50,00 € les dépenses retenues de leur devis : elles ne diminuent aucun autre devis.',
    ],
  );
  assert.deepEqual(
    two.refused.map((one) => [one.line.id, one.words]),
    [
      ['formation d’avant', 'Dépense du 01/06/2023, antérieure à l’année de l’appel.'],
      ['remise sur formation', 'La dépense que cette remise diminue n’est pas financée.'],
    ],
  );
  const whyNot = (money: ReturnType<typeof of>) => money.refused.find((one) => one.line.id === 'abonnements')?.words;
  assert.equal(
    whyNot(of({ physician: 1, nurse: 2 }, true)),
    'Abonnements non financés : l’équipe est déjà dans l’ACI.',
  );
  assert.equal(whyNot(of({ physician: 3 })), 'Personne dans l’équipe n’a d’abonnement financé par cet appel.');
});
