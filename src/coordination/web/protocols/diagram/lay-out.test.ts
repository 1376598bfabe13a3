import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { ProtocolStep } from '../../../contract/protocol-model.ts';
import { layOut, neighbour, type Round, wrap } from './lay-out.rules.ts';

const roles = ['physician', 'nurse', 'pharmacist', 'coordinator'];
const arbitrary = fc
  .array(
    fc.record({
      role: fc.constantFrom(...roles),
      day: fc.option(fc.integer({ min: 0, max: 900 }), { nil: null }),
      rounds: fc.integer({ min: 1, max: 9 }),
      every: fc.integer({ min: 1, max: 120 }),
      after: fc.option(fc.nat(24), { nil: null }),
      conditional: fc.boolean(),
    }),
    { maxLength: 25 },
  )
  .map((drawn) => {
    const steps = drawn.map(
      (one, at): ProtocolStep => ({
        id: `s${at}`,
        title: `Étape ${at}`,
        detail: '',
        kind: 'act',
        roles: [one.role],
        after: { step: one.after === null ? null : `s${one.after}`, delay: { value: 0, unit: 'd' } },
        repeat: null,
        condition: one.conditional ? { words: 'si', expression: null } : null,
        documents: [],
        forPatient: '',
      }),
    );
    const rounds: Round[] = drawn.flatMap((one, at) =>
      one.day === null
        ? []
        : Array.from({ length: one.rounds }, (_, round) => ({
            step: `s${at}`,
            round: round + 1,
            day: one.day! + round * one.every,
          })),
    );
    return { steps, rounds };
  });

test('COO-2 in the diagram every step stands once, in the lane of who does it, and nothing lies on anything, pulses included', () => {
  fc.assert(
    fc.property(arbitrary, ({ steps, rounds }) => {
      const { placed, lanes, columns, links } = layOut(steps, rounds);
      assert.deepEqual(placed.map((one) => one.step.id).sort(), steps.map((one) => one.id).sort());
      const cells = new Set<string>();
      for (const one of placed) {
        assert.equal(lanes[one.lane]!.role, one.step.roles[0]);
        assert.ok(one.row < lanes[one.lane]!.rows && one.column < columns.length);
        for (let column = one.column; column <= (one.pulses.at(-1)?.column ?? one.column); column++) {
          const cell = `${one.lane} ${one.row} ${column}`;
          assert.ok(!cells.has(cell), `two things in ${cell}`);
          cells.add(cell);
        }
      }
      // No empty column, no empty lane.
      assert.equal(new Set(placed.map((one) => one.column)).size, columns.length);
      assert.equal(new Set(placed.map((one) => one.lane)).size, lanes.length);
      for (const { from, to } of links)
        assert.ok(from !== to && steps.some((one) => one.id === from) && steps.some((one) => one.id === to));
    }),
  );
});

test('COO-2 columns go with time, and a step without a day stands last', () => {
  fc.assert(
    fc.property(arbitrary, ({ steps, rounds }) => {
      const { placed } = layOut(steps, rounds);
      for (const a of placed)
        for (const b of placed)
          if (a.day !== null && (b.day === null || a.day < b.day)) assert.ok(a.column <= b.column);
    }),
  );
});

test('COO-2 arrow keys reach every step of a diagram and never leave it', () => {
  fc.assert(
    fc.property(arbitrary, ({ steps, rounds }) => {
      const { placed } = layOut(steps, rounds);
      const first = placed[0] && neighbour(placed, placed[0].step.id, 'Home');
      const seen = new Set<string>(first ? [first] : []);
      for (const at of seen) {
        for (const key of ['ArrowLeft', 'ArrowRight', 'ArrowUp', 'ArrowDown', 'End']) {
          const next = neighbour(placed, at, key);
          assert.ok(next === undefined || placed.some((one) => one.step.id === next));
          if (next) seen.add(next);
        }
      }
      assert.equal(seen.size, placed.length);
    }),
  );
});

test('COO-2 words wrap on so many lines and never grow', () => {
  fc.assert(
    fc.property(
      fc.array(fc.string({ minLength: 1, maxLength: 30, unit: fc.constantFrom(...'abcdé’-') }), {
        minLength: 1,
        maxLength: 20,
      }),
      fc.integer({ min: 4, max: 40 }),
      fc.integer({ min: 1, max: 4 }),
      (words, chars, lines) => {
        const made = wrap(words.join(' '), chars, lines);
        assert.ok(made.length <= lines && made.every((line) => line.length <= chars));
      },
    ),
  );
  assert.deepEqual(wrap('Bilan initial et objectifs partagés', 18, 2), ['Bilan initial et', 'objectifs partagés']);
  assert.deepEqual(wrap('Premier entretien : ce que la personne sait et souhaite', 18, 2), [
    'Premier',
    'entretien : ce qu…',
  ]);
});
