/** Growth curves against the published tables of the WHO (percentiles and deviations as printed, one decimal). */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { type GrowthMeasure, growthTables } from '../data/growth.ts';
import { growthOf, growthRow, growthValue, growthWords, growthZ, percentileOf } from './growth.rules.ts';

const [weight, height, bmi, head] = ['29463-7', '8302-2', '39156-5', '9843-4'].map((code) => growthTables[code]!) as [
  GrowthMeasure,
  GrowthMeasure,
  GrowthMeasure,
  GrowthMeasure,
];
const month = 30.4375;
const row = (table: GrowthMeasure['male'], months: number) =>
  [-1.88079, -1.03643, 0, 1.03643, 1.88079].map((z) => +growthValue(table, Math.round(months * month), z)!.toFixed(1));

test('DOS-7 the curves are those that the WHO prints: P3, P15, P50, P85, P97', () => {
  assert.deepEqual(row(weight.male, 0), [2.5, 2.9, 3.3, 3.9, 4.3]);
  assert.deepEqual(row(weight.male, 12), [7.8, 8.6, 9.6, 10.8, 11.8]);
  assert.deepEqual(row(weight.female, 12), [7.1, 7.9, 8.9, 10.2, 11.3]);
  assert.deepEqual(row(height.male, 12).map(Math.round), [71, 73, 76, 78, 80]);
  assert.equal(row(height.male, 12)[2], 75.7);
  assert.equal(row(height.female, 12)[2], 74);
  assert.equal(row(head.male, 12)[2], 46.1);
  assert.equal(row(head.female, 12)[2], 44.9);
  assert.equal(row(bmi.male, 24.1)[2], 16);
});

test('DOS-7 the rows kept give back the rows that were left out', () => {
  // [table, days, L, M, S] of the tables by day.
  for (const [table, days, l, m, s] of [
    [weight.male, 365, 0.0645, 9.646, 0.10925],
    [weight.female, 365, -0.2022, 8.9462, 0.12267],
    [weight.male, 366, 0.0642, 9.6535, 0.10926],
    [height.male, 365, 1, 75.7391, 0.03137],
    [height.female, 366, 1, 74.0451, 0.03479],
    [head.male, 365, 1, 46.0637, 0.02789],
    [head.female, 1826, 1, 49.9225, 0.0285],
    [bmi.female, 365, -0.3665, 16.3578, 0.08797],
    [bmi.female, 229 * month, -0.7496, 21.4269, 0.14441],
    [height.female, 229 * month, 1, 163.1548, 0.04009],
    [weight.female, 10 * 365.25 + month, -0.5958, 31.8578, 0.17262],
  ] as const) {
    const found = growthRow(table, Math.round(days * 10) / 10)!;
    assert.ok(
      Math.abs(found.m - m) / m < 0.0003 && Math.abs(found.l - l) < 0.02 && Math.abs(found.s - s) < 0.0003,
      `${days}: ${JSON.stringify(found)}`,
    );
  }
});

test('DOS-7 lying down until 730 days, standing from 731: the median falls by 0.7 cm', () => {
  assert.equal(+(growthValue(height.male, 730, 0)! - growthValue(height.male, 731, 0)!).toFixed(1), 0.7);
});

test('DOS-7 value and deviation are each other’s inverse at every age, curves never cross', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(weight, height, bmi, head),
      fc.constantFrom('male' as const, 'female' as const),
      fc.integer({ min: 0, max: 1826 }),
      fc.double({ min: -3, max: 3, noNaN: true }),
      (measure, sex, days, z) => {
        const value = growthValue(measure[sex], days, z)!;
        assert.ok(Math.abs(growthZ(measure[sex], days, value)! - z) < 1e-6);
        assert.ok(growthValue(measure[sex], days, z + 0.1)! > value);
      },
    ),
  );
});

test('DOS-7 where a child stands is said in words, out of the curves too', () => {
  assert.equal(Math.round(percentileOf(-1.88079)), 3);
  assert.equal(growthWords(0), 'P50 (0 DS)');
  assert.equal(growthWords(-0.124), 'P45 (−0,1 DS)');
  assert.equal(growthWords(-2), 'P2 (−2 DS), sous P3');
  assert.equal(growthWords(2.5), 'P99 (+2,5 DS), au-dessus de P97');
  assert.equal(growthWords(-3.4), 'très bas, sous −3 DS');
  assert.equal(growthWords(4), 'très haut, au-dessus de +3 DS');
});

test('DOS-7 no curve for an adult, for a measure without one, without a birth date; without a sex it says why', () => {
  const child = { birth: '2026-01-10', sex: 'male', today: '2026-11-20' };
  const points = [{ id: 'a', at: '2026-11-10T10:00:00+01:00', value: 9.1 }];
  assert.equal(growthOf('29463-7', { ...child, birth: '1980-01-01' }, points), null);
  assert.equal(growthOf('8867-4', child, points), null);
  assert.equal(growthOf('29463-7', { ...child, birth: '2026' }, points), null);
  assert.match(growthOf('29463-7', { ...child, sex: 'unknown' }, points)!.note!, /sexe/);
  const found = growthOf('29463-7', child, points)!;
  assert.deepEqual(
    found.curves.map((curve) => curve.percentile),
    [3, 15, 50, 85, 97],
  );
  assert.equal(found.standing[0]!.words, 'P48 (−0,1 DS)');
  assert.match(growthOf('29463-7', { ...child, birth: '2014-01-10' }, points)!.note!, /après 10 ans/);
});
