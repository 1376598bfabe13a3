import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { firstSentence, tellYear } from './story.rules.ts';

const round = fc.record({
  step: fc.constantFrom('a', 'b', 'c', 'd'),
  round: fc.integer({ min: 1, max: 30 }),
  day: fc.integer({ min: 0, max: 500 }),
  role: fc.constantFrom('nurse', 'physician'),
  title: fc.constant('Titre'),
  forPatient: fc.constantFrom('', 'Une phrase. Une autre.'),
  conditional: fc.constantFrom(null, 'si besoin'),
});

test('COO-2 the year told to the patient holds every meeting of the first twelve months, once a month each, and nothing of later', () => {
  fc.assert(
    fc.property(fc.array(round, { maxLength: 60 }), (timeline) => {
      const year = tellYear(timeline);
      const told = year.reduce((sum, month) => sum + month.moments.reduce((times, one) => times + one.times, 0), 0);
      assert.equal(told, timeline.filter((one) => one.day <= 368).length);
      for (const { moments, roles } of year) {
        assert.equal(new Set(moments.map((one) => one.step)).size, moments.length);
        assert.deepEqual(
          [...roles].sort(),
          [...new Set(moments.filter((one) => one.maybe === null).map((one) => one.role))].sort(),
        );
      }
      assert.deepEqual(
        year.map((one) => one.month),
        [...year.map((one) => one.month)].sort((a, b) => a - b),
      );
      // In full the first time only.
      for (const step of ['a', 'b', 'c', 'd'])
        assert.ok(year.flatMap((month) => month.moments).filter((one) => one.step === step && !one.again).length <= 1);
    }),
  );
});

test('COO-2 the first sentence of what is told', () => {
  assert.equal(
    firstSentence('Une prise de sang tous les trois mois. Elle montre la moyenne.'),
    'Une prise de sang tous les trois mois.',
  );
  assert.equal(firstSentence('Le 3.5 compte'), 'Le 3.5 compte');
});
