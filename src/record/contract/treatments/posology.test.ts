import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Dosage } from '@medplum/fhirtypes';
import fc from 'fast-check';
import { createValidator } from '../../../fhir/index.ts';
import { dosagesFromText, dosagesOf, posologyFrom } from './dosage.rules.ts';
import { sayDosages } from './say-dosages.rules.ts';
import {
  weekDays as days,
  isSound,
  mealTimes as meals,
  dayMoments as moments,
  type Period,
  dosePlaces as places,
  type Posology,
  type Step,
  type Take,
  tidy,
  doseUnits as units,
} from './posology.ts';
import { readPosology, unitOfLabel } from './read.rules.ts';
import { sayPosology } from './say.rules.ts';

const saidAloud: [typed: string, said: string][] = [
  ['1 matin et soir pendant 5 jours', '1 le matin et le soir pendant 5 jours'],
  ['1 cp x3/j', '1 comprimé 3 fois par jour'],
  ['1-0-1', '1 le matin et le soir'],
  ['1-0-1-½ cp', '1 comprimé le matin et le soir et ½ comprimé au coucher'],
  ['500 mg toutes les 6 h si douleur, max 4 g/j', '500 mg toutes les 6 heures, si douleur, maximum 4 g par jour'],
  ['1 le lundi', '1 le lundi'],
  ['1 cp un jour, ½ cp le lendemain', '1 comprimé un jour et ½ comprimé le jour suivant, en alternance'],
  ['1 cp et ¾ cp en alternance un jour sur deux', '1 comprimé un jour et ¾ comprimé le jour suivant, en alternance'],
  [
    '40 mg le matin pendant 3 jours puis 20 mg le matin pendant 3 jours',
    '40 mg le matin pendant 3 jours, puis 20 mg le matin pendant 3 jours',
  ],
  [
    '40 mg le matin, diminuer de 10 mg tous les 3 jours',
    '40 mg le matin pendant 3 jours, puis 30 mg le matin pendant 3 jours, puis 20 mg le matin pendant 3 jours, puis 10 mg le matin pendant 3 jours',
  ],
  [
    '20 mg le matin, diminuer de 5 mg par semaine jusqu’à 10 mg',
    '20 mg le matin pendant 1 semaine, puis 15 mg le matin pendant 1 semaine, puis 10 mg le matin',
  ],
  ['14 UI le matin et 10 UI le soir', '14 unités le matin et 10 unités le soir'],
  ['3 gouttes dans l’œil droit 4 fois par jour', '3 gouttes 4 fois par jour dans l’œil droit'],
  ['2 bouffées si gêne, max 8 bouffées/j', '2 bouffées, si gêne, maximum 8 bouffées par jour'],
  ['1 patch toutes les 72 h', '1 patch toutes les 72 heures'],
  ['1/2 cp matin', '½ comprimé le matin'],
  ['un comprimé et demi le matin', '1 ½ comprimé le matin'],
  ['1 cp matin midi soir au cours des repas', '1 comprimé le matin, à midi et le soir au cours du repas'],
  ['1 sachet 3 fois par jour avant les repas', '1 sachet 3 fois par jour avant le repas'],
  ['50 µg le matin à jeun', '50 µg le matin à jeun'],
  ['1 cp à 8h et 20h', '1 comprimé à 8 h et à 20 h'],
  ['1 cp le matin jusqu’au 12/12/2026', '1 comprimé le matin jusqu’au 12/12/2026'],
  ['1 cp le matin à partir du 01/12/2026 pendant 10 jours', '1 comprimé le matin du 01/12/2026 au 10/12/2026'],
  ['matin 1 soir 2', '1 le matin et 2 le soir'],
  ['1 cp au petit déjeuner et au dîner', '1 comprimé le matin et le soir au cours du repas'],
  [
    '1 à 2 cp toutes les 4 à 6 heures si fièvre > 38,5, max 3 g par jour',
    '1 à 2 comprimés toutes les 4 à 6 heures, si fièvre > 38,5, maximum 3 g par jour',
  ],
  ['1 cp matin (à distance du fer)', '1 comprimé le matin (à distance du fer)'],
  ['1 cp tous les jours sauf le dimanche', '1 comprimé du lundi au samedi'],
  ['1 cp le lundi et ½ cp le mardi et le jeudi', '1 comprimé le lundi et ½ comprimé le mardi et le jeudi'],
  ['1 cp un jour sur deux le soir', '1 comprimé le soir un jour sur deux'],
  ['3 x 1 g/j', '1 g 3 fois par jour'],
  ['20 mg/j', '20 mg par jour'],
  ['1 injection sc tous les 3 mois', '1 injection tous les 3 mois en sous-cutané'],
  ['15 mg/kg toutes les 6 h', '15 mg/kg toutes les 6 heures'],
  ['1 cp matin et soir, 1 semaine', '1 comprimé le matin et le soir pendant 1 semaine'],
  ['1 pulvérisation dans chaque narine matin et soir', '1 pulvérisation le matin et le soir dans chaque narine'],
  ['1 comprimé si besoin', '1 comprimé, si besoin'],
  ['1 comprimé si douleur, 3 par jour au plus', '1 comprimé, si douleur, maximum 3 prises par jour'],
  ['1 comprimé par jour, à distance des repas', '1 comprimé par jour à distance des repas'],
  ['1 ampoule tous les trois mois', '1 ampoule tous les 3 mois'],
  ['1 comprimé 3 fois par jour au repas, 5 jours', '1 comprimé 3 fois par jour au cours du repas pendant 5 jours'],
  ['2 cp en une prise', '2 comprimés en une seule fois'],
];
const leftAsTyped: [typed: string, unread: string][] = [
  ['selon INR', 'selon INR'],
  ['1 cp matin et soir ou plus', 'ou plus'],
  // Eight puffs or eight times two puffs: not ours to decide.
  ['2 bouffées si gêne, max 8/j', 'max 8/j'],
  // Twenty in all, or twenty each time?
  ['20 mg/j matin et soir', ''],
  ['1 cp 3 fois par jour le matin', ''],
  ['2 cp matin 1 cp soir un jour sur deux', ''],
  ['1 cp le matin, 2 fois par jour', ''],
  ['0 cp le matin', ''],
  ['1 cp le matin jusqu’au 31/02/2026', ''],
  ['1 cp x3', 'x3'],
];

test('DOS-5 a posology typed as it is said aloud is structured, and said in French', () => {
  for (const [typed, said] of saidAloud) {
    const { posology, unread } = readPosology(typed);
    assert.ok(posology, `${typed}: « ${unread} » not understood`);
    assert.equal(sayPosology(posology), said, typed);
  }
});
test('DOS-5 what is not understood, or could mean two things, stays the words that were typed', () => {
  for (const [typed, unread] of leftAsTyped) {
    assert.deepEqual(readPosology(typed), { posology: null, unread }, typed);
    assert.deepEqual(dosagesFromText(typed), [{ text: typed }]);
    assert.equal(sayDosages(dosagesFromText(typed)), typed);
  }
});
test('DOS-5 a dose without its unit is counted as the medicine is', () => {
  assert.equal(unitOfLabel('METFORMINE BIOGARAN 1 000 mg, comprimé pelliculé'), 'comprimé');
  assert.equal(unitOfLabel('AMOXICILLINE 500 mg, gélule'), 'gélule');
  assert.equal(unitOfLabel('Metformine 1 000 mg'), '');
  assert.equal(
    sayPosology(readPosology('1 matin et 2 soir', 'comprimé').posology!),
    '1 comprimé le matin et 2 comprimés le soir',
  );
  assert.equal(
    sayPosology(readPosology('2 gélules le matin, 1 le soir', 'comprimé').posology!),
    '2 gélules le matin et 1 gélule le soir',
  );
});

const amount = fc.constantFrom(0.25, 0.5, 0.75, 1, 1.5, 2, 2.5, 3, 4, 10, 12.5, 40, 100, 1000, 1250.5, 12000);
const dose = fc.record({ low: amount, high: fc.option(amount) });
const whole = fc.integer({ min: 1, max: 30 });
const period = fc.constantFrom<Period>('min', 'h', 'd', 'wk', 'mo', 'a');
const day = fc
  .date({ min: new Date('2000-01-01'), max: new Date('2099-12-31'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10));
const take = fc.record({
  dose: fc.option(dose, { freq: 10 }),
  unit: fc.constantFrom('', ...units.map(({ label }) => label)),
  moments: fc.subarray(moments.map(({ code }) => code)),
  times: fc.oneof({ weight: 5, arbitrary: fc.constant([]) }, fc.subarray(['07:00', '08:30', '20:00', '23:45'])),
  days: fc.oneof({ weight: 4, arbitrary: fc.constant([]) }, fc.subarray(days.map(({ code }) => code))),
  rhythm: fc.option(
    fc.record({ times: whole, timesMax: fc.option(whole), every: whole, everyMax: fc.option(whole), unit: period }),
  ),
  total: fc.option(fc.constantFrom('d' as const, 'wk' as const), { freq: 1 }),
  alternate: fc.constant(null),
  once: fc.boolean(),
});
const words = fc.constantFrom('douleur', 'fièvre > 38,5', 'crise d’asthme', 'nausées ou vertiges', 'TA > 16/9');
const step: fc.Arbitrary<Step> = fc.record({
  takes: fc.oneof(
    fc.array(take, { minLength: 1, maxLength: 1 }) as fc.Arbitrary<Take[]>,
    // Several at moments of the day, or each on its days, or two in turn.
    fc
      .array(
        fc.record({
          dose,
          moments: fc.subarray(
            moments.map(({ code }) => code),
            { minLength: 1 },
          ),
        }),
        { minLength: 2, maxLength: 4 },
      )
      .map((all) => all.map((one): Take => ({ ...none, ...one, unit: 'comprimé' }))),
    fc
      .array(
        fc.record({
          dose,
          days: fc.subarray(
            days.map(({ code }) => code),
            { minLength: 1 },
          ),
        }),
        { minLength: 2, maxLength: 3 },
      )
      .map((all) => all.map((one): Take => ({ ...none, ...one, unit: 'mg' }))),
    fc.tuple(dose, dose).map(([a, b]): Take[] => [
      { ...none, dose: a, unit: 'comprimé', alternate: 'first' },
      { ...none, dose: b, unit: 'comprimé', alternate: 'next' },
    ]),
  ),
  meals: fc.option(fc.constantFrom(...meals.map(({ code }) => code)), { freq: 1 }),
  where: fc.option(fc.constantFrom(...places.map(({ code }) => code)), { freq: 1 }),
  needed: fc.option(fc.oneof(fc.constant(''), words), { freq: 1 }),
  max: fc.option(
    fc.record({
      value: amount,
      unit: fc.constantFrom('', 'g', 'mg', 'comprimé', 'bouffée'),
      per: fc.constantFrom('d' as const, 'wk' as const, 'take' as const),
    }),
    { freq: 1 },
  ),
  duration: fc.option(fc.record({ value: whole, unit: period }), { freq: 1 }),
  from: fc.option(day, { freq: 1 }),
  until: fc.option(day, { freq: 1 }),
  note: fc.oneof(
    fc.constant(''),
    fc.constantFrom('à distance du fer', 'bien agiter', 'ne pas croquer, avec un verre d’eau'),
  ),
});
const none: Take = {
  dose: null,
  unit: '',
  moments: [],
  times: [],
  days: [],
  rhythm: null,
  total: null,
  alternate: null,
  once: false,
};
/** What the form can hold, said in one way. */
const posology = fc
  .array(step, { minLength: 1, maxLength: 3 })
  .map((steps) => tidy(JSON.parse(JSON.stringify({ steps })) as Posology))
  .filter((one) => isSound(one) && oneUnit(one));
/** A dose without unit takes that of the others; a maximum per time needs its unit; so do all of a form. */
const oneUnit = ({ steps }: Posology): boolean => {
  const all = steps.flatMap(({ takes }) => takes);
  return (
    (all.every(({ unit, dose: one }) => !one || unit !== '') ||
      all.every(({ unit, dose: one }) => !one || unit === '')) &&
    all.every(({ unit, dose: one }) => one || unit === '') &&
    steps.every(({ max }) => max?.per !== 'take' || max.unit !== '')
  );
};

test('DOS-5 what is said is read back as it was: for every posology of the form', () => {
  fc.assert(
    fc.property(posology, (one) => {
      const said = sayPosology(one);
      fc.pre(said.length <= 500);
      assert.deepEqual(readPosology(said), { posology: one, unread: '' }, said);
    }),
    { numRuns: 3000 },
  );
});
test('DOS-5 FHIR holds all of a posology and gives it back; its dosages are valid R4', () => {
  const validator = createValidator();
  fc.assert(
    fc.property(posology, (one) => {
      const dosages = dosagesOf(one);
      assert.deepEqual(posologyFrom(dosages), one, JSON.stringify(dosages));
      assert.equal(sayDosages(dosages), sayPosology(one));
      const statement = {
        resourceType: 'MedicationStatement',
        status: 'active',
        medicationCodeableConcept: { text: 'Paracétamol' },
        subject: { reference: 'Patient/1' },
        dosage: dosages,
      };
      assert.deepEqual(
        validator.validate(statement as never).filter(({ severity }) => severity === 'error'),
        [],
        JSON.stringify(dosages),
      );
    }),
    { numRuns: 1000 },
  );
});

const text = fc.constantFrom(
  'ne pas conduire',
  'avec un grand verre d’eau',
  'éviter le soleil',
  'arrêter en cas d’éruption',
);
const quantity = fc.record({ value: amount, unit: fc.constantFrom('mg', 'comprimé', 'mL', 'tablet', 'µg') });
const anyDosage: fc.Arbitrary<Dosage> = fc.record(
  {
    text: fc.constantFrom('1 tablet twice daily', 'selon protocole', '2 cp'),
    additionalInstruction: fc.array(
      text.map((one) => ({ text: one })),
      { maxLength: 2 },
    ),
    patientInstruction: text,
    asNeededCodeableConcept: words.map((one) => ({ text: one })),
    timing: fc.record({
      repeat: fc.record(
        {
          frequency: whole,
          period: whole,
          periodUnit: period,
          when: fc.subarray(['MORN', 'ACM', 'EVE.late', 'PC'] as const).map((one) => [...one]),
          count: whole,
          boundsDuration: fc.record({ value: whole, unit: fc.constant('jours'), code: fc.constant('d') }),
        },
        { requiredKeys: [] },
      ),
    }),
    doseAndRate: fc.array(
      fc.oneof(
        quantity.map((one) => ({ doseQuantity: one })),
        quantity.map((one) => ({ rateQuantity: one })),
      ),
      { maxLength: 2 },
    ),
    maxDosePerPeriod: quantity.map((one) => ({ numerator: one, denominator: { value: 1, code: 'd', unit: 'day' } })),
    maxDosePerAdministration: quantity,
    maxDosePerLifetime: quantity,
    route: fc.constantFrom(
      { text: 'voie orale' },
      { coding: [{ system: 'http://standardterms.edqm.eu', code: '20053000', display: 'Voie orale' }] },
    ),
    site: fc.constant({ text: 'bras gauche' }),
    method: fc.constant({ text: 'avaler' }),
  },
  { requiredKeys: [] },
) as fc.Arbitrary<Dosage>;
test('DOS-5 any FHIR dosage is said, its words as they were written, and never without its warnings', () => {
  fc.assert(
    fc.property(fc.array(anyDosage, { minLength: 1, maxLength: 3 }), (dosages) => {
      const said = sayDosages(dosages);
      for (const one of dosages) {
        if (one.text) assert.ok(said.includes(one.text));
        for (const warning of [
          ...(one.additionalInstruction ?? []).map((each) => each.text),
          one.patientInstruction,
          one.asNeededCodeableConcept?.text,
        ])
          if (warning) assert.ok(said.includes(warning), `${warning} is not in « ${said} »`);
        for (const most of [
          one.maxDosePerAdministration,
          one.maxDosePerLifetime,
          (one.maxDosePerPeriod as { numerator?: { unit?: string } } | undefined)?.numerator,
        ])
          if (most) assert.match(said, /maximum/);
      }
      assert.doesNotMatch(said, /undefined|null|NaN|\[object/);
    }),
    { numRuns: 1500 },
  );
});
test('DOS-5 what another program says by a code is said in French: no word of a terminology stays on screen', () => {
  const sct = (code: string, display: string, text?: string) => ({
    coding: [{ system: 'http://snomed.info/sct', code, display }],
    ...(text && { text }),
  });
  const said = (dosage: Dosage) => sayDosages([dosage]);
  const oftenName = 'Every four to six hours (qualifier value)';
  assert.equal(
    said({
      asNeededCodeableConcept: sct('297217002', 'Rib Pain (finding)'),
      additionalInstruction: [sct('225757006', oftenName, oftenName)],
      route: sct('26643006', 'Oral route (qualifier value)'),
      method: sct('421521009', 'Swallow - dosing instruction imperative (qualifier value)'),
    }),
    'à avaler par voie orale, si Rib Pain, toutes les 4 à 6 heures',
  );
  // A code that is not known here keeps its name; what a hand wrote beside a known one is kept as it is.
  assert.equal(said({ additionalInstruction: [sct('1', 'Every nine hours (qualifier value)')] }), 'Every nine hours');
  assert.equal(said({ route: sct('26643006', 'Oral route', 'par la bouche, écrasé') }), 'par la bouche, écrasé');
  assert.equal(said({ method: sct('2', 'Push - dosing instruction imperative (qualifier value)') }), 'Push');
  assert.equal(said({ patientInstruction: 'Loin du fer (substance)' }), '(Loin du fer (substance))');
  const twice = { system: 'http://terminology.hl7.org/CodeSystem/v3-GTSAbbreviation', code: 'BID', display: 'BID' };
  assert.equal(said({ timing: { code: { coding: [twice] } } }), 'deux fois par jour');
});
test('DOS-5 whatever is typed, nothing breaks, nothing is lost', () => {
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string({ maxLength: 120, unit: 'grapheme' }),
        fc
          .array(
            fc.constantFrom(
              '1',
              '½',
              'cp',
              'matin',
              'soir',
              'puis',
              '(',
              ')',
              'x3/j',
              '-',
              'si',
              'max',
              ',',
              'tous les',
              '2',
              'jours',
              'jusqu’au',
              '12/12/2026',
              'İ',
              '𝒳',
            ),
            { maxLength: 12 },
          )
          .map((all) => all.join(' ')),
      ),
      (typed) => {
        const { posology: read } = readPosology(typed);
        const said = sayDosages(dosagesFromText(typed));
        if (!read) assert.equal(said, typed.trim());
        else assert.deepEqual(readPosology(said).posology, read, `${typed} → ${said}`);
      },
    ),
    { numRuns: 5000 },
  );
});
