import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { ProtocolModel, ProtocolStep } from '../contract/protocol-model.ts';
import { problemsOf, timelineOf } from './check.rules.ts';
import { difference, later, newExpressions, nextEdition } from './editions.rules.ts';

const step = (id: string, over: Partial<ProtocolStep> = {}): ProtocolStep => ({
  id,
  title: `Étape ${id}`,
  detail: '',
  kind: 'act',
  roles: ['nurse'],
  after: { step: null, delay: { value: 0, unit: 'd' } },
  repeat: null,
  condition: null,
  documents: [],
  forPatient: 'Pour vous.',
  ...over,
});
const model = (steps: ProtocolStep[], over: Partial<ProtocolModel> = {}): ProtocolModel => ({
  title: 'Essai',
  theme: 'other',
  summary: '',
  patients: { words: 'Tous', problems: [], ages: null },
  goals: [],
  steps,
  alerts: [],
  documents: [],
  sources: [{ title: 'Guide', publisher: 'HAS', year: '2024', url: null }],
  reviewDate: '2027-01-01',
  ...over,
});
const after = (id: string, value = 7) => ({ step: id, delay: { value, unit: 'd' as const } });
const held = new Set(['nurse']);
const words = (problems: { step: string | null; words: string; severity: string }[], severity: string) =>
  problems.filter((one) => one.severity === severity).map((one) => `${one.step}: ${one.words}`);

test('COO-2 a protocol that is complete has nothing to say; each fault is told at its step, in words', () => {
  assert.deepEqual(problemsOf(model([step('a'), step('b', { after: after('a') })]), held, '2026-03-01'), []);
  const errors = words(
    problemsOf(
      model([
        step('a', { after: after('b') }),
        step('b', { after: after('a') }),
        step('c', { after: after('gone') }),
        step('d', { roles: ['astrologer'] }),
        step('e'),
        step('e'),
        step('f', { condition: { words: 'si', expression: 'Observation.where(' } }),
        step('g', { condition: { words: 'si', expression: "'a'.matches('(a+)+$')" } }),
      ]),
      held,
      '2026-03-01',
    ),
    'error',
  );
  assert.equal(errors.length, 7, errors.join('\n'));
  for (const said of [
    /^a: .*elle-même/,
    /^b: .*elle-même/,
    /^c: .*plus dans le protocole/,
    /^d: .*astrologer/,
    /^e: .*même identifiant/,
    /^f: .*pas lisible/,
    /^g: .*matches/,
  ])
    assert.ok(
      errors.some((one) => said.test(one)),
      String(said),
    );
  const warnings = words(
    problemsOf(
      model(
        [
          step('a', { repeat: { every: { value: 1, unit: 'mo' }, times: null }, forPatient: '' }),
          step('b', { after: after('a'), roles: ['dietician'] }),
        ],
        { sources: [], reviewDate: '2026-02-01' },
      ),
      held,
      '2026-03-01',
    ),
    'warning',
  );
  for (const said of [
    /^b: .*revient sans fin/,
    /^b: .*Personne dans la structure n’est diététicien/,
    /^a: Rien n’est écrit/,
    /^null: Aucune source/,
    /^null: .*relecture est passée/,
  ])
    assert.ok(
      warnings.some((one) => said.test(one)),
      `${said} in ${warnings.join('\n')}`,
    );
  assert.deepEqual(words(problemsOf(model([]), held, '2026-03-01'), 'error'), ['null: Le protocole n’a aucune étape.']);
});

test('COO-2 the steps are laid out in days: months of the calendar, repeats unrolled for a year, what follows counted from the end', () => {
  const laid = timelineOf(
    model([
      step('first'),
      step('quarterly', {
        after: { step: null, delay: { value: 3, unit: 'mo' } },
        repeat: { every: { value: 3, unit: 'mo' }, times: null },
      }),
      step('course', { after: after('first', 14), repeat: { every: { value: 1, unit: 'wk' }, times: 4 } }),
      step('last', { after: after('course', 7), condition: { words: 'si besoin', expression: null } }),
      step('late', { after: after('quarterly', 10) }),
    ]),
    '2026-01-31',
  );
  const days = (id: string) => laid.filter((one) => one.step === id).map((one) => one.day);
  assert.deepEqual(days('first'), [0]);
  assert.deepEqual(days('quarterly'), [89, 180, 272, 364], '30 April, 30 July, 30 October, 30 January');
  assert.deepEqual(days('course'), [14, 21, 28, 35]);
  assert.deepEqual([days('last'), laid.find((one) => one.step === 'last')!.conditional], [[42], 'si besoin']);
  assert.deepEqual(days('late'), [99], 'after the first time of what comes back for ever');
});

test('COO-2 whatever the steps, the lay-out ends, stays within a year and no step comes before what it follows', () => {
  const ids = ['a', 'b', 'c', 'd', 'e'];
  const delay = fc.record({
    value: fc.integer({ min: 0, max: 30 }),
    unit: fc.constantFrom('d' as const, 'wk' as const, 'mo' as const),
  });
  const any = fc.tuple(
    ...ids.map((id) =>
      fc
        .record({
          after: fc.record({ step: fc.option(fc.constantFrom(...ids), { nil: null }), delay }),
          repeat: fc.option(
            fc.record({
              every: fc.record({
                value: fc.integer({ min: 1, max: 30 }),
                unit: fc.constantFrom('d' as const, 'wk' as const, 'mo' as const),
              }),
              times: fc.option(fc.integer({ min: 2, max: 60 }), { nil: null }),
            }),
            { nil: null },
          ),
        })
        .map((over) => step(id, over)),
    ),
  );
  fc.assert(
    fc.property(any, (steps) => {
      const written = model(steps);
      const laid = timelineOf(written, '2026-02-28');
      const wrong = new Set(words(problemsOf(written, held, '2026-02-28'), 'error').map((one) => one[0]));
      for (const one of steps) {
        const own = laid.filter((moment) => moment.step === one.id);
        assert.ok(
          own.every(
            (moment, at) =>
              moment.day >= 0 &&
              moment.day <= 366 &&
              moment.round === at + 1 &&
              (at === 0 || moment.day > own[at - 1]!.day),
          ),
        );
        if (wrong.has(one.id)) assert.deepEqual(own, [], 'what follows itself has no day');
        const before = laid.find((moment) => moment.step === one.after.step);
        if (own[0] && before) assert.ok(own[0].day >= before.day);
      }
    }),
  );
});

test('COO-2 editions: numbers go up, and a new one says what it adds, takes away and changes', () => {
  assert.deepEqual(
    [
      nextEdition(undefined),
      nextEdition('1.0'),
      nextEdition('1.9'),
      nextEdition('1.2', '2.0'),
      nextEdition('2.3', '2.0'),
      nextEdition(undefined, '3.1'),
    ],
    ['1.0', '1.1', '1.10', '2.0', '2.4', '3.1'],
  );
  assert.deepEqual([later('1.10', '1.9'), later('1.9', '1.10'), later('2.0', '2.0')], [true, false, false]);
  const old = model([step('a'), step('b'), step('c')]);
  assert.deepEqual(difference(old, model([step('a'), step('c', { title: 'Autre' }), step('d')])), {
    added: ['Étape d'],
    removed: ['Étape b'],
    changed: ['Autre'],
  });
  assert.deepEqual(newExpressions(model([step('a', { condition: { words: 'x', expression: 'true' } })]), old), [
    'true',
  ]);
});
