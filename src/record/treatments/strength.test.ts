import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { FoundTerm } from '../../fhir/index.ts';
import { meaningOf } from './brands.rules.ts';
import { difference } from './compare.rules.ts';
import { sameStrength } from './strength.rules.ts';
import { nameWords, strengthOf, substanceOf } from './substance.rules.ts';

const parts = (label: string) =>
  strengthOf(label)?.parts.map(
    ({ value, unit, per }) =>
      `${Number(value.toPrecision(9))} ${unit}${per ? `/${per.value === 1 ? '' : per.value}${per.unit}` : ''}`,
  ) ?? null;
const row = (label: string, ...substances: [string, string | null][]): FoundTerm => ({
  list: 'bdpm',
  code: label,
  label,
  place: 1,
  rank: 1,
  detail: { substances: substances.map(([name, strength]) => ({ code: null, label: name, strength, per: null })) },
});
const list = [
  row('AUGMENTIN 500 mg/62,5 mg, comprimé', ['AMOXICILLINE ANHYDRE', '500 mg'], ['ACIDE CLAVULANIQUE', '62,5 mg']),
  row('AUGMENTIN 1 g/125 mg, poudre', ['ACIDE CLAVULANIQUE', '125 mg'], ['AMOXICILLINE ANHYDRE', '1 g']),
  row('COVERAM 5 mg/10 mg, comprimé', ['PÉRINDOPRIL ARGININE', '5 mg'], ['AMLODIPINE', '10 mg']),
  row('COVERAM 10 mg/5 mg, comprimé', ['PÉRINDOPRIL ARGININE', '10 mg'], ['AMLODIPINE', '5 mg']),
  row('COVERAM 5 mg/5 mg, comprimé', ['PÉRINDOPRIL ARGININE', '5 mg'], ['AMLODIPINE', '5 mg']),
];
const strength = (label: string, rows: readonly FoundTerm[] = list) =>
  meaningOf(label, substanceOf(undefined, label), rows, 'BDPM')?.strength;
const compare = (a: [string, string], b: [string, string], rows: readonly FoundTerm[] = []) =>
  difference(
    { label: a[0], dosage: a[1], state: 'current', strength: strength(a[0], rows) },
    { label: b[0], dosage: b[1], strength: strength(b[0], rows) },
  );

test('DOS-5 the strength of a name is read into parts with their units, however it is written', () => {
  const read: [string, string[] | null][] = [
    ['Metformine 1 000 mg, comprimé', ['1000 mg']],
    ['Metformine, comprimé 1000 mg', ['1000 mg']],
    ['AMOXICILLINE/ACIDE CLAVULANIQUE EG 1 g/125 mg, poudre', ['1000 mg', '125 mg']],
    ['Augmentin 1000 mg / 125 mg', ['1000 mg', '125 mg']],
    ['Valsartan et hydrochlorothiazide 160/12,5 mg', ['160 mg', '12.5 mg']],
    ['Périndopril et indapamide 2,5 mg/0,625 mg', ['2.5 mg', '0.625 mg']],
    ['Codoliprane 500 mg/30 mg', ['500 mg', '30 mg']],
    ['Calcium et vitamine D 500 mg/400 UI', ['500 mg', '400 UI']],
    ['Béclométasone, formotérol et glycopyrronium 87 µg/5 µg/9 µg, suspension', ['0.087 mg', '0.005 mg', '0.009 mg']],
    ['AUGMENTIN 100 mg/12,50 mg par mL ENFANTS, poudre', ['100 mg/ml', '12.5 mg/ml']],
    ['Gaviscon 500 mg/267 mg pour 10 mL', ['500 mg/10ml', '267 mg/10ml']],
    ['Amoxicilline 250 mg/5 mL', ['250 mg/5ml']],
    ['Énoxaparine 4 000 UI/0,4 mL', ['4000 UI/0.4ml']],
    ['Insuline glargine 100 U/mL', ['100 UI/ml']],
    ['Spiramycine 1,5 MUI', ['1500000 UI']],
    ['Paracétamol 2,4 %, solution buvable', ['2.4 %']],
    ['Fentanyl 12 µg/h', ['0.012 mg/h']],
    ['Trinitrine 5 mg/24 h', ['5 mg/24h']],
    ['Salbutamol 100 microgrammes/dose, 200 doses', ['0.1 mg/dose']],
    ['LÉVOTHYROXINE 75\u00a0\u03bcg', ['0.075 mg']],
    ['Bicarbonate 8,4 % (84 mg/mL)', ['8.4 %']],
    ['Paracétamol 500 mg + codéine 30 mg', ['500 mg', '30 mg']],
    ['Vitamine B12 250 µg', ['0.25 mg']],
    ['Levothyrox 75', null],
    ['Doliprane', null],
    ['', null],
    ['Ramipril 5 mg comprimé 1/2', ['5 mg']],
    ['Amlodipine 0 /0 mg', null],
    ['Amlodipine 5 mg/0 ml', null],
    ['Coversyl 5 mg 30 cp', ['5 mg']],
  ];
  for (const [label, wanted] of read) assert.deepEqual(parts(label), wanted, label);
  assert.ok(
    sameStrength(strengthOf('Paracétamol 2,4 %'), strengthOf('Paracétamol 24 mg/mL')),
    'one percent is 10 mg in a millilitre',
  );
  assert.deepEqual(
    [
      'Paracétamol 500 mg + codéine 30 mg',
      'codéine 30 mg/paracétamol 500 mg, comprimé',
      'PARACETAMOL/CODEINE ARROW 500 mg/30 mg, comprimé',
    ].map((label) => substanceOf(undefined, label).key),
    Array(3).fill('codeine+paracetamol'),
    'both names of an association, wherever they stand',
  );
  assert.notEqual(nameWords('Vitamine B12 250 µg'), nameWords('Vitamine B6 250 mg'));
});
test('DOS-5 associations are compared part by part: units, both orders when the substances are said, the dose of a day', () => {
  const twice = 'matin et soir';
  const cases: [[string, string], [string, string], string][] = [
    [
      ['Amoxicilline et acide clavulanique 1 g/125 mg', `1 sachet ${twice}`],
      ['amoxicilline/acide clavulanique 1000 mg / 125 mg', `1 sachet ${twice}`],
      'same',
    ],
    [
      ['Amoxicilline et acide clavulanique 1 g/125 mg', `1 sachet ${twice}`],
      ['acide clavulanique/amoxicilline 125 mg/1 g', `1 sachet ${twice}`],
      'same',
    ],
    [
      ['Amoxicilline et acide clavulanique 1 g/125 mg', `1 sachet ${twice}`],
      ['amoxicilline/acide clavulanique 500 mg/62,5 mg', `2 comprimés ${twice}`],
      'same-day',
    ],
    [
      ['Amoxicilline et acide clavulanique 1 g/125 mg', `1 sachet ${twice}`],
      ['amoxicilline/acide clavulanique 500 mg/62,5 mg', `1 comprimé ${twice}`],
      'dose',
    ],
    [
      ['Valsartan et hydrochlorothiazide 160 mg/12,5 mg', '1 le matin'],
      ['valsartan/hydrochlorothiazide 160/12,5', '1 le matin'],
      'same',
    ],
    [
      ['Valsartan et hydrochlorothiazide 160 mg/12,5 mg', '1 le matin'],
      ['valsartan/hydrochlorothiazide 80 mg/12,5 mg', '2 le matin'],
      'dose',
    ],
    [
      ['Périndopril et amlodipine 5 mg/10 mg', '1 le matin'],
      ['amlodipine/périndopril 10 mg/5 mg', '1 le matin'],
      'same',
    ],
    [
      ['Périndopril et amlodipine 5 mg/10 mg', '1 le matin'],
      ['périndopril/amlodipine 10 mg/5 mg', '1 le matin'],
      'dose',
    ],
    [
      ['Paracétamol 500 mg + codéine 30 mg', `1 cp ${twice}`],
      ['codéine 30 mg/paracétamol 500 mg', `1 cp ${twice}`],
      'same',
    ],
    [['Amoxicilline 250 mg/5 ml', `10 ml ${twice}`], ['amoxicilline 50 mg/ml', `10 ml ${twice}`], 'same-day'],
    [['Amoxicilline 250 mg/5 ml', `10 ml ${twice}`], ['amoxicilline 500 mg, gélule', `1 gélule ${twice}`], 'same-day'],
    [
      ['Énoxaparine 4 000 UI/0,4 ml', '1 injection le soir'],
      ['énoxaparine 6000 UI/0,6 ml', '1 injection le soir'],
      'dose',
    ],
    [
      ['Énoxaparine 4 000 UI/0,4 ml', '1 injection le soir'],
      ['énoxaparine 4000 UI', '1 injection le soir'],
      'same-day',
    ],
    [['Insuline glargine 100 U/ml', '14 UI le soir'], ['insuline glargine 300 U/ml', '14 UI le soir'], 'unknown'],
    [['Diazépam 1 %, gouttes', '1 ml le soir'], ['diazépam 10 mg', '1 comprimé le soir'], 'same-day'],
    [['Salbutamol 100 µg/dose', `2 bouffées ${twice}`], ['salbutamol 200 µg/dose', `1 bouffée ${twice}`], 'same-day'],
    [
      ['Calcium et vitamine D 500 mg/400 UI', `1 comprimé ${twice}`],
      ['calcium/vitamine D 1 g/800 UI', '1 comprimé le soir'],
      'same-day',
    ],
  ];
  for (const [a, b, wanted] of cases) {
    assert.equal(compare(a, b), wanted, `${a} | ${b}`);
    assert.equal(compare(b, a), wanted, `${b} | ${a}`);
  }
});
test('DOS-5 the list says of which substance each figure of a brand is; without it, the same figures the other way round are not compared', () => {
  const day = '1 le matin';
  assert.equal(compare(['Coveram 5 mg/10 mg', day], ['Coveram 10 mg/5 mg', day], []), 'unknown');
  assert.equal(compare(['Coveram 5 mg/10 mg', day], ['Coveram 10 mg/5 mg', day], list), 'dose');
  assert.equal(compare(['Coveram 5/10', day], ['amlodipine 10 mg/périndopril 5 mg', day], list), 'same');
  assert.equal(compare(['Coveram 5/10', day], ['périndopril/amlodipine 10 mg/5 mg', day], list), 'dose');
  assert.equal(
    compare(['Augmentin 1 g', day], ['amoxicilline/acide clavulanique 1 g/125 mg', day], list),
    'same',
    'one speciality only has a gram',
  );
  assert.equal(
    compare(['Augmentin 1 g', day], ['amoxicilline/acide clavulanique 1 g/125 mg', day], []),
    'same',
    'our own list says it too',
  );
  assert.equal(compare(['Coveram 5', day], ['périndopril/amlodipine 5 mg/5 mg', day], list), 'unknown', 'two have a 5');
  assert.equal(compare(['Inconnuplus 5', day], ['Inconnuplus 5 mg/5 mg', day], list), 'unknown');
});

const names = [
  'amlodipine',
  'valsartan',
  'hydrochlorothiazide',
  'paracétamol',
  'codéine',
  'indapamide',
  'métronidazole',
];
const said = (mg: number) =>
  fc.constantFrom(
    `${String(mg).replace('.', ',')} mg`,
    `${String(mg / 1000).replace('.', ',')} g`,
    `${mg * 1000} µg`,
    `${mg * 1000} microgrammes`,
  );
const made = fc.tuple(
  fc.shuffledSubarray(names, { minLength: 2, maxLength: 3 }),
  fc.array(fc.integer({ min: 1, max: 900 }), { minLength: 3, maxLength: 3 }),
);
test('DOS-5 one association is the same in any order and in any unit when the substances are said; another strength never is', () => {
  fc.assert(
    fc.property(
      made.chain(([of, mg]) =>
        fc.tuple(
          fc.constant(of),
          fc.constant(mg),
          fc.shuffledSubarray(
            of.map((_, at) => at),
            { minLength: of.length },
          ),
          fc.tuple(...mg.map(said)),
          fc.tuple(...mg.map(said)),
          fc.constantFrom(' / ', '/', ' + '),
          fc.integer({ min: 1, max: 4 }),
        ),
      ),
      ([of, mg, order, one, other, sign, times]) => {
        const label = `${of.join('/')} ${of.map((_, at) => one[at]).join('/')}, comprimé`;
        const turned = `${order.map((at) => of[at]).join(sign)} ${order.map((at) => other[at]).join(sign)}`;
        const dosage = `1 comprimé ${times} fois par jour`;
        assert.equal(compare([label, dosage], [turned, dosage]), 'same', `${label} | ${turned}`);
        const apart = order.map((at) => `${of[at]} ${other[at]}`).join(sign);
        assert.equal(compare([label, dosage], [apart, dosage]), 'same', `${label} | ${apart}`);
        const more = `${of.join('/')} ${of.map((_, at) => `${mg[at]! + (at === 0 ? 1 : 0)} mg`).join('/')}`;
        assert.equal(compare([label, dosage], [more, dosage]), 'dose', more);
        assert.equal(compare([label, `2 comprimés ${times} fois par jour`], [turned, dosage]), 'dose');
        const double = `${of.join('/')} ${of.map((_, at) => `${mg[at]! * 2} mg`).join('/')}`;
        assert.equal(compare([label, `2 comprimés ${times} fois par jour`], [double, dosage]), 'same-day', double);
      },
    ),
    { numRuns: 400 },
  );
});
test('DOS-5 comparing is symmetric and never fails, whatever is written', () => {
  const label = fc.oneof(
    fc.string({ maxLength: 40 }),
    fc
      .tuple(
        fc.constantFrom(...names, 'Coveram', ''),
        fc.array(
          fc.tuple(
            fc.integer({ min: 0, max: 2000 }),
            fc.constantFrom('mg', 'g', 'µg', 'UI', '%', '', 'ml', 'mg/ml', 'mg par 5 ml', 'µg/h'),
          ),
          { maxLength: 3 },
        ),
        fc.constantFrom('/', ' + ', ' '),
      )
      .map(([name, figures, sign]) => `${name} ${figures.map(([value, unit]) => `${value} ${unit}`).join(sign)}`),
  );
  const dosage = fc.constantFrom(
    '1 le matin',
    '2 cp matin et soir',
    '5 ml 3 fois par jour',
    '500 mg le soir',
    '1 injection par jour',
    'selon besoin',
    '',
  );
  fc.assert(
    fc.property(label, dosage, label, dosage, (a, x, b, y) => {
      assert.equal(compare([a, x], [b, y]), compare([b, y], [a, x]));
      if (strengthOf(a)) assert.ok(sameStrength(strengthOf(a), strengthOf(a)));
    }),
    { numRuns: 2000 },
  );
});
