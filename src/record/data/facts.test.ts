/** What can be checked of the facts without a network: codes, units, ranges, sources. What a professional must read is in docs/faits-a-relire.md. */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import fc from 'fast-check';
import { analytes, knownBefore, rangeSources } from './analytes.ts';
import { inOwnUnit, unitsOf } from './lab-units.ts';
import { measureAliases, measureOf, measures, measureSources, rangeFor } from './measures.ts';
import { labAnalytes, panels, rangeSourceOf } from './panels.ts';
import { plainName } from '../contract/results/read.ts';

/** Luhn's modulus 10, as LOINC writes it after the hyphen. */
const checkDigit = (digits: string): number => (10 - ([...digits].reverse().reduce((sum, digit, at) => sum + (at % 2 ? Number(digit) : ((Number(digit) * 2) % 10) + Math.floor((Number(digit) * 2) / 10)), 0) % 10)) % 10;
const formerly = new Set(analytes.flatMap((one) => one.formerly ?? []));
const everyCode = [...new Set([...analytes, ...measures].map(({ code }) => code)), ...Object.keys(measureAliases)].filter((code) => !code.startsWith('x-') && !formerly.has(code));

test('DOS-7 DOS-8 DOS-11 every LOINC code of the data carries its check digit', () => {
  assert.deepEqual(
    ['718-7', '2823-3', '85354-9', '62292-8'].map((code) => checkDigit(code.split('-')[0]!)),
    [7, 3, 9, 8],
  );
  const here = import.meta.dirname;
  for (const file of readdirSync(here, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts') && !name.includes('.test.'))) {
    const text = readFileSync(join(here, file), 'utf8').replace(/[LRD]\. ?\d{3,4}-\d+(?:-\d+)?/g, '');
    for (const [whole, digits, check] of text.matchAll(/(?<![\w.+-])(\d{3,6})-(\d)(?![\w-])/g)) assert.ok(formerly.has(whole) || checkDigit(digits!) === Number(check), `${file}: ${whole}`);
  }
});

/** Example units of LOINC 2.67 as the National Library of Medicine lists them, for the codes used here: they tell which property a code has (mass, moles, a share, a percentile). LOINC, © Regenstrief Institute. */
const exampleUnits: Readonly<Record<string, string>> = {
  '10*6/uL': '789-8',
  '%': '4544-3 20570-8 788-0 5894-1 2502-3 12841-3 4548-4 59261-8 2708-6 59408-5 20564-1 17856-6',
  fL: '787-2 30428-7',
  pg: '785-6 28539-5',
  'g/dL': '786-4 28540-3 2885-2 1751-7 718-7',
  '10*3/uL': '6690-2 751-8 26499-4 711-2 26449-9 704-7 26444-0 731-0 26474-7 742-7 26484-6 777-3 26515-7 60474-4',
  'mm/h': '30341-2 4537-7',
  'mmol/L': '2075-0 1963-8 2028-9 22664-7 2000-8 29265-6 14879-1 2601-3 14771-0 76629-5 14749-6 15074-8 14647-2 14646-4 14927-8 2951-2 2823-3 22748-8 39469-2',
  'mg/dL': '3091-6 17861-6 2777-1 19123-9 3084-1 1558-6 53049-3 2345-7 1507-3 1518-0 2093-3 2085-9 43396-1 2571-8 1644-4 1975-2 1968-7 3255-7 3034-6 2160-0 2089-1 13457-7 18262-6 41653-7 32016-8',
  'mL/min': '35591-7',
  'umol/L': '14933-6 14631-6 14629-0 29760-6 14798-3 14682-9',
  'U/L': '1920-8 30239-8 1742-6 1743-4 2324-2 6768-6 2532-0 14804-9 3040-3 2157-6',
  'pmol/L': '14920-3 14928-6 14685-2',
  'ng/dL': '3024-7',
  'pg/mL': '3051-0 33762-6 30934-4 2132-9',
  '{ratio}': '63561-5',
  'ng/mL{FEU}': '48065-7',
  'mg/L': '1988-5',
  'ng/L': '67151-1 89579-7',
  'ug/dL': '2498-4',
  'ng/mL': '62292-8 83070-3 1989-3 2284-8 2857-1 2276-4',
  'nmol/L': '68438-1 14635-7 14732-2',
  '/uL': '30405-5 30391-7',
  '[IU]/mL': '21198-7 5388-4 5334-8',
  'mL/min/{1.73_m2}': '62238-1 88294-4 98979-8',
  'm[IU]/L': '3016-3 11580-8',
  '{INR}': '6301-6 34714-6',
  'mg/g{creat}': '9318-7 14959-1',
  'mg/mmol{creat}': '32294-1 30000-4',
  'mm[Hg]': '8480-6 8462-4 85354-9 55284-4',
  '{beats}/min': '8867-4 55283-6',
  Cel: '8310-5 8331-1',
  '{breaths}/min': '9279-1',
  kg: '29463-7 3141-9',
  cm: '8302-2 3137-7 8306-3 9843-4 8280-0 11881-0 8287-5',
  'kg/m2': '39156-5',
  '{score}': '72514-3 9269-2 38227-5 72106-8',
  'L/min': '33452-4',
};
/** Answered in words, or without a unit. */
const unitless = '630-4 5799-2 5802-4 20454-5 5794-3 25428-4 2514-8 5803-2 25542-2 5196-1 16128-1 56888-1 22587-0 24312-1 882-1 890-4'.split(' ');

test('DOS-7 DOS-11 every code, and every other code that means the same, is measured in what its unit says: what comes in its usual unit is understood', () => {
  const known = new Map(Object.entries(exampleUnits).flatMap(([unit, codes]) => codes.split(' ').map((code) => [code, unit] as const)));
  for (const code of everyCode) {
    const measure = measureOf(code)!;
    if (unitless.includes(code)) {
      assert.equal(measure.unit, '1', code);
      continue;
    }
    const unit = known.get(code);
    assert.ok(unit, `${code} (${measure.label}) is not in the table of units`);
    const plain = unit.replace(/\{(?:creat|FEU|beats|breaths)\}/, '');
    assert.ok(inOwnUnit(measure.code, measure.unit, plain, 1) !== null, `${code} ${measure.label}: ${plain} is no ${measure.unit}`);
  }
  // A percentile is not the measure itself, nor a filtration with a coefficient of origin the one without.
  for (const other of ['59576-9', '88293-6']) assert.equal(measureOf(other), undefined, other);
});

/** As much of UCUM as is used here: atoms with their prefix and exponent, products, quotients, annotations. */
const atom = /^(?:[fpnumcdk]?(?:g|L|mol|m|s|U|eq|\[IU\])[23]?|mm\[Hg\]|h|min|%|Cel|\[HPF\]|10\*\d{1,2}|\d+|)$/;
const isUcum = (unit: string): boolean =>
  unit === '1' ||
  (unit !== '' &&
    unit
      .replace(/\{[^{}]+\}/g, '')
      .split(/[/.()]/)
      .every((part) => atom.test(part)));
test('DOS-7 DOS-11 units are UCUM, and no analyte has two units of one spelling that mean two things', () => {
  for (const one of [...labAnalytes, ...measures]) for (const unit of unitsOf(one.code, one.unit)) assert.ok(isUcum(unit), `${one.label}: ${unit}`);
  for (const wrong of ['mg/dl ', 'µmol/L', 'G/L x', 'furlong', 'mmHg', '']) assert.ok(!isUcum(wrong), wrong);
  for (const one of labAnalytes) assert.equal(new Set(unitsOf(one.code, one.unit)).size, unitsOf(one.code, one.unit).length, one.label);
});

test('DOS-7 DOS-11 ranges: bounds in order, inside what is plausible, one at most for each age and sex', () => {
  for (const one of [...analytes, ...measures]) {
    for (const range of one.ranges) {
      const chain = [range.criticalLow, range.low, range.high, range.criticalHigh].filter((bound) => bound !== undefined);
      assert.deepEqual(
        [...chain].sort((x, y) => x - y),
        chain,
        one.label,
      );
      assert.ok(
        chain.every((bound) => bound >= one.plausible[0] && bound <= one.plausible[1]),
        `${one.label}: ${chain.join(' ')} outside ${one.plausible.join('–')}`,
      );
      assert.ok((range.fromAge ?? 0) < (range.toAge ?? 200), one.label);
    }
    assert.ok(one.plausible[0] <= one.plausible[1], one.label);
  }
  fc.assert(
    fc.property(fc.constantFrom(...analytes, ...measures), fc.integer({ min: 0, max: 119 }), fc.constantFrom('male', 'female'), (one, age, sex) => {
      const fitting = one.ranges.filter((range) => (range.sex === undefined || range.sex === sex) && (range.fromAge ?? 0) <= age && age < (range.toAge ?? 200));
      assert.ok(fitting.length <= 1, `${one.label} at ${age}`);
      assert.equal(rangeFor(one, age, sex), fitting[0]);
    }),
    { numRuns: 2000 },
  );
});

test('DOS-7 DOS-11 every range says where it comes from, and nothing without a range pretends to', () => {
  for (const one of analytes) assert.ok(one.ranges.length === 0 || (one.from !== 'none' && rangeSources[one.from].length > 10), one.label);
  for (const one of measures) assert.equal(measureSources[one.code] !== undefined, one.ranges.length > 0, one.label);
  for (const code of Object.keys(measureSources))
    assert.ok(
      measures.some((one) => one.code === code),
      code,
    );
  for (const code of Object.keys(knownBefore)) assert.ok(measureOf(code), code);
  for (const one of [...analytes, ...measures]) assert.equal(rangeSourceOf(one.code) !== '', one.ranges.length > 0, one.label);
});

/** Kost GJ, JAMA 1990;263:704-7: mean low and high limits of 92 centres, adults, in our units. */
const kost: Readonly<Record<string, readonly [low: number | null, high: number | null]>> = {
  '2823-3': [2.8, 6.2],
  '2951-2': [120, 158],
  '2000-8': [1.65, 3.22],
  '29265-6': [1.65, 3.22],
  '1963-8': [11, 40],
  '22664-7': [null, 37.1],
  '2601-3': [0.41, 2.02],
  '14879-1': [0.39, 2.87],
  '1558-6': [0.46, 4.84],
  '2345-7': [0.46, 4.84],
  '14631-6': [null, 257],
  '718-7': [6.6, 19.9],
  '6690-2': [2, 37],
  '777-3': [37, 910],
  '3255-7': [0.88, 7.75],
};
test('DOS-11 a critical limit is never more careless than the mean it is taken from', () => {
  for (const one of labAnalytes)
    for (const range of one.ranges) {
      if (range.criticalLow === undefined && range.criticalHigh === undefined) continue;
      if (['62238-1', '6301-6', '751-8'].includes(one.code)) continue;
      const mean = kost[one.code];
      assert.ok(mean, `${one.label} has a critical limit and no source`);
      if (range.criticalLow !== undefined) assert.ok(mean[0] !== null && range.criticalLow >= mean[0], `${one.label} low`);
      if (range.criticalHigh !== undefined) assert.ok(mean[1] !== null && range.criticalHigh <= mean[1], `${one.label} high`);
    }
});

test('DOS-11 one code, one analyte; one name, one analyte; what earlier versions wrote is still read', () => {
  const all = [
    ...labAnalytes.map(({ code }) => code),
    ...measures
      .filter(({ group }) => group !== 'laboratory')
      .map(({ code }) => code)
      .filter((code) => !labAnalytes.some((one) => one.code === code)),
  ];
  assert.equal(new Set(all).size, all.length);
  for (const [alias, code] of Object.entries(measureAliases)) assert.ok(!all.includes(alias) && all.includes(code), `${alias} → ${code}`);
  const names = new Map<string, string>();
  for (const one of labAnalytes)
    for (const name of new Set([one.label, one.short, ...one.names].map(plainName))) {
      assert.ok(!names.has(name), `«${name}»: ${names.get(name)} and ${one.code}`);
      names.set(name, one.code);
    }
  for (const [before, now] of [
    ['x-tca', '63561-5'],
    ['11598-2', '5388-4'],
    ['x-toxo-igm', '25542-2'],
    ['x-syphilis', '22587-0'],
    ['1989-3', '62292-8'],
  ])
    assert.equal(measureOf(before!)?.code, now);
  for (const panel of panels) assert.ok(panel.loinc === null || checkDigit(panel.loinc.split('-')[0]!) === Number(panel.loinc.split('-')[1]), panel.label);
});
