import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { flawsOf } from '../calls/consistency.rules.ts';
import { shippedEditions } from '../calls/editions/index.ts';
import { kindCodes, lineTotal, scaled, signedScaled } from '../contract/quote-lines.ts';
import { inEuros } from './cents.rules.ts';
import {
  type Decision,
  discountsAgainst,
  type HeldQuote,
  heldBy,
  paymentsOf,
  projectMoney,
  sumsOf,
  type BudgetLine,
} from './money.rules.ts';
import type { Figures } from './figures.ts';
import { payableTable } from './papers.ts';
import { type Part, settle, signedCents } from './settle.rules.ts';
import { flawOf, kindNamed, quotesFrom } from './quotes.rules.ts';

const [of2021, of2024] = shippedEditions;
const moments = { holds: '2024-05-20', answer: '2024-05-01' };
const sheet = (...rows: string[][]) => rows.map((cells, at) => ({ line: at + 1, cells }));
const head = [
  'Fournisseur',
  'Numéro',
  'Date',
  'Libellé',
  'Genre',
  'Quantité',
  'Prix unitaire HT',
  'TVA',
  'Total TTC',
  'Mensuel',
];

describe('money', () => {
  test('FIN-8 a line is computed in whole cents: price and tax are each rounded once, and the total is their sum (property)', () => {
    assert.deepEqual(lineTotal({ quantity: 1000, unitCents: 3333, vat: 2000 }), {
      netCents: 3333,
      taxCents: 667,
      totalCents: 4000,
    });
    assert.deepEqual(lineTotal({ quantity: 2500, unitCents: 45001, vat: 550 }), {
      netCents: 112503,
      taxCents: 6188,
      totalCents: 118691,
    });
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 100_000_000 }),
        fc.integer({ min: 0, max: 1_000_000_000 }),
        fc.integer({ min: 0, max: 10_000 }),
        (quantity, unitCents, vat) => {
          const { netCents, taxCents, totalCents } = lineTotal({ quantity, unitCents, vat });
          // A discount takes off to the cent what the same price adds.
          assert.equal(lineTotal({ quantity, unitCents: -unitCents, vat }).totalCents + totalCents, 0);
          assert.equal(netCents + taxCents, totalCents);
          // Never further than half a cent from the exact figure.
          assert.ok(
            2n * BigInt(netCents) * 1000n - 2n * BigInt(quantity) * BigInt(unitCents) <= 1000n &&
              2n * BigInt(quantity) * BigInt(unitCents) - 2n * BigInt(netCents) * 1000n <= 1000n,
          );
          assert.ok(Number.isSafeInteger(totalCents));
        },
      ),
    );
  });
  test('FIN-8 an amount that is typed is read to the cent, and what is not one is not (property)', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 10 ** 11 }), (cents) => assert.equal(scaled(inEuros(cents), 2), cents)),
    );
    fc.assert(
      fc.property(fc.integer({ min: -(10 ** 11), max: 10 ** 11 }), (cents) =>
        assert.equal(signedScaled(inEuros(cents), 2), cents),
      ),
    );
    for (const typed of ['-12,5', '− 12,50 €', '–12.5']) assert.equal(signedScaled(typed, 2), -1250, typed);
    for (const typed of ['', '-', '--3', '3-', '-1e3']) assert.equal(signedScaled(typed, 2), undefined, typed);
    for (const [typed, cents] of [
      ['12', 1200],
      ['12,5', 1250],
      ['1 234,56 €', 123456],
      ['1.234,56', 123456],
      ['1,234.56', 123456],
      ['0,10', 10],
      ['7.00', 700],
    ] as const)
      assert.equal(scaled(typed, 2), cents, typed);
    for (const typed of ['', 'douze', '12,345', '-3', '1.2.3', '1e3', '=1+1', '12,3,4', 'NaN'])
      assert.equal(scaled(typed, 2), undefined, typed);
  });

  test('FIN-4 FIN-8 quotes are read from a spreadsheet whatever the order of its columns; a row that cannot stand is told with its line and why, the others are kept', () => {
    const read = quotesFrom(
      sheet(
        head,
        ['Logiciel & Co', 'D1', '15/10/2024', 'Licence', 'licence', '1', '1 000,00', '20 %', '1200', 'non'],
        ['Logiciel & Co', 'D1', '15/10/2024', 'Abonnement', '', '12', '25', '0.2', '', 'oui'],
        ['Logiciel & Co', 'D1', '32/10/2024', 'Formation', '', '2', '450', '20', '', ''],
        ['Autre', 'D9', '2024-10-20', 'Reprise', 'chose', 'deux', 'x', '20', '', ''],
        ['Autre', 'D9', '2024-10-20', 'Reprise', 'Reprise des données', '1', '100', '20', '150', ''],
        ['Autre', 'D9', '2024-10-20', 'Reprise des dossiers', '', '1,5', '100', '5,5', '', ''],
        ['', '', '', 'Total TTC', '', '', '', '', '9999', ''],
      ),
    );
    assert.deepEqual(
      read.quotes.map((quote) => [
        quote.vendor,
        quote.number,
        quote.dated,
        quote.lines.map(({ kind, quantity, vat, totalCents, recurring }) => [
          kind,
          quantity,
          vat,
          totalCents,
          recurring,
        ]),
      ]),
      [
        [
          'Logiciel & Co',
          'D1',
          '2024-10-15',
          [
            ['licence', 1000, 2000, 120000, false],
            ['subscription', 12000, 2000, 36000, true],
          ],
        ],
        ['Autre', 'D9', '2024-10-20', [['take-over', 1500, 550, 15825, false]]],
      ],
    );
    assert.deepEqual(
      read.rejects.map(({ line, words }) => [line, words]),
      [
        [4, 'Date du devis non comprise.'],
        [5, 'Quantité non comprise, prix unitaire non compris, genre inconnu (« chose »).'],
        [6, 'Le total indiqué (150,00\u00a0€) n’est pas celui du calcul (120,00\u00a0€).'],
      ],
    );
    assert.match(
      quotesFrom(sheet(['Qui', 'Quoi'], ['a', 'b'])).rejects[0]!.words,
      /Il manque : « Libellé », « Quantité », « Prix unitaire HT »/,
    );
    assert.equal(quotesFrom([]).rejects.length, 1);
    assert.deepEqual(
      ['Postes de travail', 'Abonnement des médecins', 'Infirmières Asalée', 'formation'].map(kindNamed),
      ['hardware', 'physician-subscription', 'asalee', 'training'],
    );
    // Whatever is in the cells, a line that comes out stands.
    fc.assert(
      fc.property(
        fc.array(
          fc.array(
            fc.oneof(
              fc.string({ maxLength: 12 }),
              fc.integer().map(String),
              fc.constantFrom('20 %', '12,5', '15/10/2024'),
            ),
            { minLength: 10, maxLength: 10 },
          ),
          { maxLength: 20 },
        ),
        (rows) => {
          const { quotes, rejects } = quotesFrom(sheet(head, ...rows));
          for (const line of quotes.flatMap((quote) => quote.lines)) assert.equal(flawOf(line), undefined);
          for (const { words } of rejects) assert.ok(words.length > 5);
        },
      ),
    );
  });

  const line = fc.record({
    label: fc.constant('x'),
    kind: fc.constantFrom(...kindCodes),
    quantity: fc.constantFrom(1000, 2500, 12_000),
    unitCents: fc.integer({ min: -1_000_000, max: 1_000_000 }),
    vat: fc.constantFrom(0, 550, 2000),
    recurring: fc.boolean(),
    spentOn: fc.constantFrom(null, '2023-11-30', '2024-06-01'),
    decision: fc.constantFrom('pending' as const, 'validated' as const, 'refused' as const),
    reason: fc.constant('Hors du projet'),
    by: fc.constant('B. Salou'),
  });
  const quotes = fc
    .array(
      fc.record({
        dated: fc.constantFrom('2023-12-31', '2024-09-01'),
        state: fc.constantFrom('proposed' as const, 'accepted' as const, 'withdrawn' as const),
        lines: fc.array(line, { maxLength: 8 }),
      }),
      { maxLength: 5 },
    )
    .map((list): HeldQuote[] =>
      list.map((quote, q) => ({
        id: `q${q}`,
        vendor: 'V',
        number: `${q}`,
        dated: quote.dated,
        state: quote.state,
        lines: quote.lines.map((one, l) => ({
          ...one,
          id: `q${q}l${l}`,
          quote: `q${q}`,
          totalCents: lineTotal(one).totalCents,
        })),
      })),
    );
  const team = fc.dictionary(
    fc.constantFrom('physician', 'nurse', 'asalee-nurse', 'physiotherapist', 'coordinator'),
    fc.integer({ min: 0, max: 20 }),
  );
  for (const edition of [of2021!, of2024!])
    test(`FIN-4 FIN-6 FIN-7 ${edition.year}: each line has one fate and its reason; what is granted never exceeds the ceiling nor, on actual cost, the quotes; payments make it up to the cent (property)`, () => {
      fc.assert(
        fc.property(team, quotes, fc.boolean(), (people, held, member) => {
          const money = projectMoney(edition.funding, {
            team: people,
            typedCents: null,
            facts: { 'aci.member': member },
            moments,
            quotes: held,
          });
          const all = held.flatMap((quote) => quote.lines);
          assert.equal(money.fates.length, all.length);
          assert.equal(new Set(money.fates.map((one) => one.line)).size, all.length);
          const cents = (fate: string) =>
            money.fates
              .filter((one) => one.fate === fate)
              .reduce((sum, one) => sum + all.find(({ id }) => id === one.line)!.totalCents, 0);
          for (const { fate, words } of money.fates) assert.ok(fate === 'payable' ? words === '' : words.length > 10);
          assert.ok(money.totalCents <= money.ceilingCents);
          if (edition.funding.basis === 'cost') {
            assert.equal(money.totalCents, Math.min(money.payableCents, money.ceilingCents));
            // Subscriptions alone are cut by their own cap (FIN-5), and discounts alone are stopped at their own quote.
            const { subscriptions, discounts } = money.overCents;
            assert.equal(money.payableCents, cents('payable') - subscriptions + discounts);
            assert.ok(money.totalCents >= 0 && subscriptions >= 0 && discounts >= 0);
            const payable = money.fates
              .filter(({ fate }) => fate === 'payable')
              .map(({ line }) => all.find(({ id }) => id === line)!);
            assert.ok(subscriptions === 0 || payable.some(({ kind }) => kind === 'subscription'));
            assert.ok(discounts === 0 || payable.some(({ totalCents }) => totalCents < 0));
            // The table of the papers adds up as it is read.
            const read = payableTable({ quotes: held, money } as unknown as Figures)!.rows.map(
              (row) => signedScaled(row.at(-1) as string, 2)!,
            );
            assert.equal(
              read.slice(0, -1).reduce((sum, one) => sum + one, 0),
              read.at(-1),
            );
            // No quote is paid for beyond what it bills of what is paid for.
            const billed = held.map(({ id }) =>
              Math.max(
                0,
                payable.filter(({ quote }) => quote === id).reduce((sum, one) => sum + one.totalCents, 0),
              ),
            );
            assert.ok(money.payableCents <= billed.reduce((sum, one) => sum + one, 0));
          }
          for (const one of money.fates.filter(({ fate }) => fate === 'payable')) {
            const found = all.find(({ id }) => id === one.line)!;
            const quote = held.find(({ id }) => id === found.quote)!;
            assert.ok(found.decision === 'validated' && quote.state === 'accepted');
            assert.ok(
              !['hardware', 'physician-subscription', 'asalee'].includes(found.kind) &&
                (found.spentOn ?? quote.dated) >= edition.funding.notBefore,
            );
          }
          const payments = paymentsOf(money.totalCents, edition.funding.payments);
          assert.equal(
            payments.reduce((sum, one) => sum + one.cents, 0),
            money.totalCents,
          );
          for (const one of payments) assert.ok(one.cents >= 0);
          assert.deepEqual(
            paymentsOf(money.totalCents, []).map((one) => one.cents),
            [money.totalCents],
          );
        }),
      );
    });
  test('FIN-1 FIN-2 FIN-3 FIN-5 the worked check of 2021 stands with the subscription of a validated quote: 10 940 €', () => {
    const held: HeldQuote[] = [
      {
        id: 'q',
        vendor: 'V',
        number: '1',
        dated: '2021-03-01',
        state: 'accepted',
        lines: [
          {
            id: 'l',
            quote: 'q',
            label: 'Abonnement',
            kind: 'subscription',
            quantity: 6000,
            unitCents: 3500,
            vat: 2000,
            totalCents: 25200,
            recurring: true,
            spentOn: null,
            decision: 'validated',
            reason: '',
            by: 'B. Salou',
          },
        ],
      },
    ];
    const money = projectMoney(of2021!.funding, {
      team: { physician: 3, nurse: 4, 'asalee-nurse': 1, physiotherapist: 2, 'medical-secretary': 1, coordinator: 1 },
      typedCents: null,
      facts: {},
      moments,
      quotes: held,
    });
    assert.deepEqual(
      [money.subscriptionCents, money.lines.map(({ cents }) => cents), money.totalCents],
      [4200, [500000, 210000, 240000, 144000], 1094000],
    );
  });
  test('FIN-4 FIN-5 FIN-6 FIN-8 a discount goes with what it lowers, lowers no other quote, and lowers the subscription that is retained', () => {
    const made = (id: string, lines: [kind: string, cents: number, decision?: string, more?: object][]): HeldQuote => ({
      id,
      vendor: 'V',
      number: id,
      dated: '2024-09-01',
      state: 'accepted',
      lines: lines.map(([kind, cents, decision = 'validated', more = {}], at) => ({
        id: `${id}${at}`,
        quote: id,
        label: 'x',
        kind: kind as 'licence',
        quantity: 1000,
        unitCents: cents,
        vat: 0,
        totalCents: cents,
        recurring: false,
        spentOn: null,
        decision: decision as 'validated',
        reason: 'Hors du projet',
        by: 'B. Salou',
        ...more,
      })),
    });
    const of = (...quotes: HeldQuote[]) =>
      projectMoney(of2024!.funding, {
        team: { physician: 9, nurse: 2 },
        typedCents: null,
        facts: { 'aci.member': false },
        moments,
        quotes,
      });
    const fates = (money: ReturnType<typeof of>) => money.fates.map(({ fate }) => fate);
    assert.equal(
      of(
        made('a', [
          ['licence', 100_000],
          ['licence', -15_000],
        ]),
      ).totalCents,
      85_000,
    );
    // What is never paid for takes its discount with it, and so does what was spent too early.
    const hardware = of(
      made('a', [
        ['licence', 100_000],
        ['hardware', 80_000],
        ['hardware', -30_000],
      ]),
    );
    assert.deepEqual([hardware.totalCents, fates(hardware)], [100_000, ['payable', 'refused', 'refused']]);
    const early = of(
      made('a', [
        ['training', 50_000, 'validated', { spentOn: '2023-06-01' }],
        ['training', -20_000],
        ['licence', 70_000],
      ]),
    );
    assert.deepEqual([early.totalCents, fates(early)], [70_000, ['refused', 'refused', 'payable']]);
    assert.match(early.fates[1]!.words, /La dépense que cette remise diminue/);
    // On the whole of a quote of which little is kept: nothing is taken from another.
    const beyond = of(
      made('a', [
        ['licence', 10_000],
        ['training', 90_000, 'refused'],
        ['other', -40_000],
      ]),
      made('b', [['licence', 50_000]]),
    );
    assert.deepEqual([beyond.totalCents, beyond.overCents], [50_000, { subscriptions: 0, discounts: 30_000 }]);
    assert.match(beyond.notes.join(), /dépassent de 300,00/);
    // 2 nurses × 6 months × 24 €: the retained subscription is the price less its discount.
    const monthly = { recurring: true, quantity: 12_000 };
    const subscribed = of(
      made('a', [
        ['subscription', 36_000, 'validated', monthly],
        ['subscription', -7_200, 'validated', monthly],
      ]),
    );
    assert.deepEqual([subscribed.subscriptionCents, subscribed.totalCents], [2_400, 28_800]);
  });
  test('FIN-4 a discount is decided with what it lowers, or by itself on the whole of its quote', () => {
    const lines = (...all: [kind: 'licence' | 'training' | 'other', cents: number, decision: Decision][]) =>
      discountsAgainst(all.map(([kind, totalCents, decision]) => ({ kind, totalCents, decision }))).length;
    assert.equal(lines(['licence', 9, 'validated'], ['licence', -1, 'refused']), 1);
    assert.equal(lines(['licence', 9, 'refused'], ['licence', -1, 'validated']), 1);
    assert.equal(lines(['licence', 9, 'refused'], ['licence', 9, 'pending'], ['licence', -1, 'validated']), 0);
    assert.equal(lines(['licence', 9, 'validated'], ['licence', -1, 'pending'], ['training', 5, 'refused']), 0);
    for (const decision of ['refused', 'validated'] as const)
      assert.equal(lines(['licence', 9, 'validated'], ['training', 9, 'refused'], ['other', -1, decision]), 0);
  });
  test('FIN-4 FIN-8 a discount is read from a spreadsheet; a quote below zero is told and not kept', () => {
    const read = quotesFrom(
      sheet(
        head,
        ['V', 'D1', '15/10/2024', 'Licence', 'licence', '1', '1000', '20', '', ''],
        ['V', 'D1', '15/10/2024', 'Remise', 'licence', '1', '-100,50 €', '20', '−120,60', ''],
        ['V', 'D2', '15/10/2024', 'Licence', 'licence', '1', '100', '20', '', ''],
        ['V', 'D2', '15/10/2024', 'Remise', 'licence', '1', '-200', '20', '', ''],
      ),
    );
    assert.deepEqual(
      read.quotes.map(({ number, lines }) => [number, lines.map(({ totalCents }) => totalCents)]),
      [['D1', [120_000, -12_060]]],
    );
    assert.deepEqual(
      read.rejects.map(({ line, words }) => [line, words]),
      [[4, 'Devis D2 : les remises dépassent le total des autres lignes.']],
    );
  });
  test('FIN-7 the first payment waits for nothing but the signature, the last of several for the report and the certificate, one after the other', () => {
    const due = (number: number, cents = 100) => ({ number, state: 'due' as const, cents, kind: 'share' as const });
    assert.deepEqual(heldBy([due(1), due(2)], 1, new Set()), []);
    assert.equal(heldBy([due(1), due(2)], 2, new Set()).length, 3);
    assert.deepEqual(
      heldBy([{ ...due(1), state: 'ordered' }, due(2)], 2, new Set(['completion-report', 'certificate'])),
      [],
    );
    assert.deepEqual(heldBy([due(1)], 1, new Set()), []);
    // Nothing holds what is paid back, nor what an amendment adds once all is ordered; zero is not ordered.
    assert.deepEqual(
      heldBy([{ ...due(1), state: 'paid' }, due(2, 0), { ...due(3), kind: 'recovery' }], 3, new Set()),
      [],
    );
    assert.deepEqual(
      heldBy(
        [
          { ...due(1), state: 'paid' },
          { ...due(2), kind: 'supplement' },
        ],
        2,
        new Set(),
      ),
      [],
    );
    assert.deepEqual(heldBy([{ ...due(1), state: 'paid' }, due(2, 0)], 2, new Set()), ['Rien n’est à verser.']);
  });
  test('FIN-7 whatever amendments follow and whatever is ordered or taken back between them, the parts make the amount to the cent; what is ordered stays; nothing is below zero; one never pays and claims back at once (property)', () => {
    const calls = fc.constantFrom(
      of2021!.funding.payments,
      of2024!.funding.payments,
      [
        { percent: 50, when: 'a' },
        { percent: 33, when: 'b' },
        { percent: 17, when: 'c' },
      ],
      [],
    );
    const act = fc.oneof(
      fc.record({ act: fc.constant('amend' as const), cents: fc.integer({ min: 1, max: 5_000_000 }) }),
      fc.record({ act: fc.constantFrom('order' as const, 'pay' as const, 'cancel' as const), cents: fc.constant(0) }),
    );
    fc.assert(
      fc.property(
        calls,
        fc.integer({ min: 1, max: 5_000_000 }),
        fc.array(act, { maxLength: 14 }),
        (call, first, acts) => {
          let amount = first;
          let parts: Part[] = paymentsOf(amount, call).map((one) => ({ ...one, kind: 'share', state: 'due' }));
          for (const [at, one] of acts.entries()) {
            const before = parts;
            if (one.act === 'amend') parts = settle((amount = one.cents), call, parts, `avenant n° ${at}`);
            else {
              const row =
                one.act === 'order'
                  ? parts.find(({ state, cents }) => state === 'due' && cents > 0)
                  : one.act === 'pay'
                    ? parts.find(({ state }) => state === 'ordered')
                    : parts.findLast(({ state }) => state === 'ordered');
              if (row)
                parts = parts.map((part) =>
                  part === row
                    ? { ...part, state: one.act === 'order' ? 'ordered' : one.act === 'pay' ? 'paid' : 'due' }
                    : part,
                );
              if (one.act === 'cancel') parts = settle(amount, call, parts, 'avenant n° 1');
            }
            assert.equal(
              parts.reduce((sum, part) => sum + signedCents(part), 0),
              amount,
            );
            assert.ok(parts.every(({ cents }) => Number.isSafeInteger(cents) && cents >= 0));
            if (one.act === 'amend')
              for (const part of before.filter(({ state }) => state !== 'due'))
                assert.deepEqual(
                  parts.find(({ number }) => number === part.number),
                  part,
                );
            const due = parts.filter(({ state, cents }) => state === 'due' && cents > 0);
            assert.ok(!(due.some(({ kind }) => kind === 'recovery') && due.some(({ kind }) => kind !== 'recovery')));
            assert.equal(new Set(parts.map(({ number }) => number)).size, parts.length);
          }
        },
      ),
      { numRuns: 2000 },
    );
    // Told plainly: 960 € ordered of 1 200 €, brought to 700 €.
    const [one, two] = paymentsOf(120_000, of2024!.funding.payments);
    const settled = settle(
      70_000,
      of2024!.funding.payments,
      [
        { ...one!, kind: 'share', state: 'paid' as const },
        { ...two!, kind: 'share', state: 'due' as const },
      ],
      'avenant n° 1',
    );
    assert.deepEqual(settled.map(({ occasion, cents, kind }) => [occasion, cents, kind]).slice(1), [
      [of2024!.funding.payments[1]!.when, 0, 'share'],
      ['Trop-perçu à reverser, avenant n° 1', 26_000, 'recovery'],
    ]);
  });
  test('FIN-7 a budget adds up: ordered never exceeds what is engaged, paid never what is ordered, a project is engaged or foreseen, not both (property)', () => {
    // What an amendment left to pay back makes more ordered than agreed.
    const row = fc
      .record({
        state: fc.constantFrom('open' as const, 'closed' as const, 'stopped' as const),
        ceilingCents: fc.nat(10 ** 7),
        agreementCents: fc.option(fc.nat(10 ** 7)),
        ordered: fc.integer({ min: 0, max: 130 }),
        paid: fc.integer({ min: 0, max: 100 }),
      })
      .map(({ ordered, paid, ...one }): BudgetLine => {
        const orderedCents = Math.floor(((one.agreementCents ?? 0) * ordered) / 100);
        return { ...one, orderedCents, paidCents: Math.floor((orderedCents * paid) / 100) };
      });
    fc.assert(
      fc.property(fc.array(row, { maxLength: 20 }), (lines) => {
        const sums = sumsOf(lines);
        assert.ok(sums.paidCents <= sums.orderedCents && sums.orderedCents <= sums.engagedCents);
        assert.equal(
          sums.forecastCents,
          lines
            .filter((one) => one.agreementCents === null && one.state === 'open')
            .reduce((sum, one) => sum + one.ceilingCents, 0),
        );
      }),
    );
  });
  test('FIN-3 FIN-6 a call in which a profession has two amounts, or an amount is nobody’s, is not published', () => {
    const { funding } = of2024!;
    const flaws = (patch: Partial<typeof funding>) =>
      flawsOf({ ...of2024!, funding: { ...funding, ...patch } }).map(({ words }) => words);
    assert.deepEqual(flaws({}), []);
    const [one, others] = funding.perPerson;
    assert.deepEqual(
      flaws({ perPerson: [one!, { professions: ['nurse', 'physician'], cents: 1, words: 'x' }, others!] }),
      ['« Médecin » a deux montants par personne.'],
    );
    assert.deepEqual(flaws({ perPerson: [one!, others!, { ...others!, words: 'y' }] }), [
      '« Les autres professions » a deux montants par personne.',
    ]);
    assert.deepEqual(flaws({ perPerson: [one!, { professions: [], cents: 1, words: 'Personne' }] }), [
      '« Personne » n’est le montant d’aucune profession.',
    ]);
    assert.deepEqual(flaws({ excluded: [...funding.excluded, ...funding.excluded] }), [
      '« Infirmier Asalée » est écarté deux fois.',
    ]);
  });
});
