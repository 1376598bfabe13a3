import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Questionnaire } from '@medplum/fhirtypes';
import fc from 'fast-check';
import { isProfession, type Profession, readyMadeRights } from '../../../access/index.ts';
import { sensitivity } from '../../contract/common.ts';
import { measureOf } from '../measures.ts';
import { flaws, pruned } from '../../contract/sections/answers.rules.ts';
import { calculated } from '../../contract/sections/calculate.ts';
import { problemsOf } from '../../sections/check.rules.ts';
import { type Answer, type Answered, bandFor, bandsOf, becomes, becomesObservation, boundsOf, calculatedOf, decimalsOf, isAdministrative, isQuestion, type Item, itemsOf, loincOf, professionsOf, sensitiveOf, sourceOf, themeOf, unitOf, answerValue, weightOf } from '../../contract/sections/form.ts';
import { themes } from './themes.ts';
import { shippedSections } from './index.ts';

const forms = shippedSections.map(({ form }) => form);
const formOf = (key: string): Questionnaire => shippedSections.find((one) => one.key === key)!.form;
const all = (form: Questionnaire): { item: Item; above: readonly Item[] }[] => [...itemsOf(form.item)];
const itemOf = (form: Questionnaire, linkId: string): Item => all(form).find(({ item }) => item.linkId === linkId)!.item;
/** Ids that a calculation names. */
const named = (item: Item): string[] => [...(calculatedOf(item) ?? '').matchAll(/linkId (?:in \(([^)]*)\)|= ('[^']*'))/g)].flatMap(([, many, one]) => [...(many ?? one ?? '').matchAll(/'([^']*)'/g)].map(([, id]) => id!));

test('DOS-8 each care profession, the medical assistant and the secretary find a section of theirs', () => {
  const care = [
    'physician',
    'dental-surgeon',
    'midwife',
    'pharmacist',
    'nurse',
    'advanced-practice-nurse',
    'asalee-nurse',
    'physiotherapist',
    'chiropodist',
    'speech-therapist',
    'orthoptist',
    'occupational-therapist',
    'psychomotor-therapist',
    'radiographer',
    'laboratory-technician',
    'dietician',
    'psychologist',
    'social-worker',
    'medical-assistant',
    'medical-secretary',
  ];
  for (const profession of care)
    assert.ok(
      forms.some((form) => professionsOf(form)[0] === profession),
      `${profession} has no section of its own`,
    );
  for (const form of forms) for (const profession of professionsOf(form)) assert.ok(isProfession(profession), `${form.id}: ${profession}`);
});

test('DOS-8 SEC-3 those a section is for may write it under the ready-made rights', () => {
  for (const form of forms) {
    const sensitive = sensitiveOf(form);
    const kind = isAdministrative(form) ? 'administrative' : sensitive === 'sexual-health' ? 'sexual-health' : sensitive ? 'mental-health' : 'sections';
    // A laboratory technician has no right on sections until a practice gives it.
    for (const profession of professionsOf(form)) if (profession !== 'laboratory-technician') assert.ok(readyMadeRights[profession as Profession][kind].write, `${form.id}: ${profession} may not write ${kind}`);
  }
});

test('DOS-8 shipped sections are well formed: one key, one id a line, sources, themes, sensitivities, measures that exist', () => {
  assert.equal(new Set(shippedSections.map(({ key }) => key)).size, shippedSections.length);
  for (const form of forms) {
    assert.deepEqual(problemsOf(form), [], form.id);
    assert.ok(Object.hasOwn(themes, themeOf(form)), `${form.id}: theme`);
    if (sensitiveOf(form)) assert.ok(sensitivity.safeParse(sensitiveOf(form)).success, `${form.id}: sensitivity`);
    assert.ok(form.description!.length >= 20 && form.description!.length <= 160, `${form.id}: description`);
    for (const { item } of all(form)) {
      assert.match(item.linkId, /^[a-z0-9]+(-[a-z0-9]+)*$/, `${form.id}: ${item.linkId}`);
      assert.ok((item.text ?? '').length <= 200 || item.type === 'display', `${form.id}: ${item.linkId} is long`);
      assert.ok(!(item.text ?? '').includes("'"), `${form.id}: ${item.linkId} has a straight apostrophe`);
      if (becomesObservation(item)) assert.ok(measureOf(loincOf(item)!) || /^\d+-\d$/.test(loincOf(item)!), `${form.id}: ${item.linkId}`);
      if (becomes(item)) for (const { valueCoding } of item.answerOption!) assert.match(valueCoding!.code!, /^[A-Z]\d\d(\.\d)?$/, `${form.id}: ${valueCoding!.display}`);
      const froms = bandsOf(item).map(({ from }) => from);
      assert.equal(new Set(froms).size, froms.length, `${form.id}: bands of ${item.linkId}`);
    }
    // A measure of the record is given back once: two answers to one code would be two values at the same moment.
    const codes = all(form)
      .filter(({ item }) => becomesObservation(item))
      .map(({ item }) => loincOf(item));
    assert.equal(new Set(codes).size, codes.length, `${form.id}: a measure is asked twice`);
    for (const { item, above } of all(form))
      if (becomesObservation(item) || becomes(item))
        assert.ok(
          above.every(({ repeats }) => !repeats),
          `${form.id}: ${item.linkId} repeats`,
        );
  }
});

test('DOS-8 conditions and scores refer to questions that exist, to answers that can be given, and every option of a score has points', () => {
  for (const form of forms) {
    const known = new Map(all(form).map(({ item }) => [item.linkId, item]));
    for (const { item } of all(form)) {
      for (const when of item.enableWhen ?? []) {
        const asked = known.get(when.question);
        assert.ok(asked && isQuestion(asked), `${form.id}: ${item.linkId} depends on ${when.question}`);
        if (when.answerCoding)
          assert.ok(
            asked.answerOption?.some(({ valueCoding }) => valueCoding?.code === when.answerCoding!.code),
            `${form.id}: ${item.linkId} waits for ${when.answerCoding.code}`,
          );
        if (when.answerBoolean !== undefined && when.operator !== 'exists') assert.equal(asked.type, 'boolean', `${form.id}: ${item.linkId}`);
        if (when.answerInteger !== undefined) assert.ok(['integer', 'decimal', 'quantity'].includes(asked.type), `${form.id}: ${item.linkId}`);
      }
      for (const id of named(item)) {
        const asked = known.get(id);
        assert.ok(asked && isQuestion(asked), `${form.id}: ${item.linkId} reads ${id}`);
        if (calculatedOf(item)!.includes('ordinalValue') && asked.answerOption) for (const { valueCoding } of asked.answerOption) assert.notEqual(weightOf(valueCoding), undefined, `${form.id}: ${id}, ${valueCoding?.display}`);
      }
      const own = all(form).some(({ item: score }) => (calculatedOf(score) ?? '').includes('ordinalValue') && named(score).includes(item.linkId));
      if (item.answerOption?.some(({ valueCoding }) => weightOf(valueCoding) !== undefined) && !own) assert.ok(['force', 'dyspnee'].includes(item.linkId), `${form.id}: the points of ${item.linkId} are used by no score`);
    }
  }
});

test('DOS-8 instruments whose terms allow it say so; those whose terms do not are entered by their total only', () => {
  for (const key of ['phq-9', 'gad-7', 'mini-gds', 'audit-c', 'sppb', 'escarre', 'autonomie', 'bilan-dietetique', 'memoire', 'entretien-postnatal', 'tabac', 'douleur']) assert.ok(sourceOf(formOf(key)).length > 60, key);
  const totals: [key: string, linkId: string, max: number][] = [
    ['memoire', 'mmse', 30],
    ['memoire', 'moca', 30],
    ['entretien-postnatal', 'epds-total', 30],
    ['tabac', 'fagerstrom', 10],
    ['douleur', 'dn4', 10],
    ['douleur', 'algoplus', 5],
    ['escarre', 'braden', 23],
    ['bilan-dietetique', 'mna', 30],
  ];
  for (const [key, linkId, max] of totals) {
    const item = itemOf(formOf(key), linkId);
    assert.equal(calculatedOf(item), undefined);
    assert.equal(boundsOf(item).max, max);
    assert.ok(bandsOf(item).length >= 2);
  }
});

/** Every answer of a form: `give` decides of each question. */
function answersFor(items: readonly Item[] | undefined, give: (item: Item) => Answer[], times: (item: Item) => number = () => 1): Answered[] {
  return (items ?? []).flatMap((item): Answered[] => {
    if (item.type === 'display' || calculatedOf(item)) return [];
    if (item.type === 'group') return Array.from({ length: item.repeats ? times(item) : 1 }, () => ({ linkId: item.linkId, item: answersFor(item.item, give, times) }));
    const answer = give(item);
    return answer.length > 0 ? [{ linkId: item.linkId, answer }] : [];
  });
}
const numberIn = (item: Item, share: number): number => {
  const { min = 0, max = 100 } = boundsOf(item);
  return Number((min + (max - min) * share).toFixed(item.type === 'integer' ? 0 : (decimalsOf(item) ?? 2)));
};
/** A right answer, drawn by a share between 0 and 1. */
function rightAnswer(item: Item, share: number): Answer {
  switch (item.type) {
    case 'boolean':
      return { valueBoolean: share >= 0.5 };
    case 'integer':
      return { valueInteger: numberIn(item, share) };
    case 'decimal':
      return { valueDecimal: numberIn(item, share) };
    case 'quantity':
      return { valueQuantity: { value: numberIn(item, share), ...unitOf(item), unit: unitOf(item)!.display } };
    case 'date':
      return { valueDate: '2026-05-12' };
    case 'choice':
    case 'open-choice':
      return { valueCoding: item.answerOption![Math.min(item.answerOption!.length - 1, Math.floor(share * item.answerOption!.length))]!.valueCoding! };
    case 'attachment':
      return { valueAttachment: { url: 'DocumentReference/photo-1', title: 'Photo' } };
    default:
      return { valueString: 'Texte' };
  }
}
const answersIn = (answered: readonly Answered[], linkId: string): Answer[] => answered.flatMap((one) => [...(one.linkId === linkId ? (one.answer ?? []) : []), ...answersIn(one.item ?? [], linkId)]);
/** The value of a score once these answers are given, wherever the questions stand. */
function score(key: string, linkId: string, given: Readonly<Record<string, string | number | boolean>>, about: { age?: number; gender?: string } = {}): number | undefined {
  const form = formOf(key);
  for (const id of Object.keys(given))
    assert.ok(
      all(form).some(({ item }) => item.linkId === id),
      `${key}: ${id}`,
    );
  const answered = answersFor(form.item, (item) => {
    const value = given[item.linkId];
    if (value === undefined) return [];
    if (item.type === 'boolean') return [{ valueBoolean: value as boolean }];
    if (item.type === 'integer') return [{ valueInteger: value as number }];
    if (item.type === 'quantity') return [{ valueQuantity: { value: value as number, code: unitOf(item)!.code } }];
    const option = item.answerOption?.find(({ valueCoding }) => (typeof value === 'number' ? weightOf(valueCoding) === value : valueCoding?.code === value));
    assert.ok(option, `${key}: ${item.linkId} = ${value}`);
    return [{ valueCoding: option.valueCoding! }];
  });
  const value = answerValue(answersIn(calculated(form, answered, about), linkId)[0]);
  return value as number | undefined;
}
const words = (key: string, linkId: string, value: number): string | undefined => bandFor(itemOf(formOf(key), linkId), value)?.words;
/** Points spread over questions, as high as each allows, until the total is reached. */
function spread(key: string, ids: readonly string[], total: number): Record<string, number> {
  let left = total;
  const form = formOf(key);
  const lowest = (id: string): number => Math.min(...itemOf(form, id).answerOption!.map(({ valueCoding }) => weightOf(valueCoding)!));
  left -= ids.reduce((sum, id) => sum + lowest(id), 0);
  return Object.fromEntries(
    ids.map((id) => {
      const points = itemOf(form, id)
        .answerOption!.map(({ valueCoding }) => weightOf(valueCoding)!)
        .filter((one) => one - lowest(id) <= left);
      const most = Math.max(...points);
      left -= most - lowest(id);
      return [id, most];
    }),
  );
}
const numbered = (prefix: string, count: number): string[] => Array.from({ length: count }, (_, at) => `${prefix}-${at + 1}`);

/** Lowest and highest totals and every cut-off of the publications. */
const instruments: { key: string; total: string; of: string[]; min: number; max: number; cuts: [from: number, words: RegExp][] }[] = [
  {
    key: 'phq-9',
    total: 'phq9-total',
    of: numbered('phq9', 9),
    min: 0,
    max: 27,
    cuts: [
      [0, /minimes/],
      [5, /légers/],
      [10, /^Symptômes modérés/],
      [15, /modérément sévères/],
      [20, /^Symptômes sévères/],
    ],
  },
  {
    key: 'gad-7',
    total: 'gad7-total',
    of: numbered('gad7', 7),
    min: 0,
    max: 21,
    cuts: [
      [0, /minime/],
      [5, /légère/],
      [10, /modérée/],
      [15, /sévère/],
    ],
  },
  {
    key: 'mini-gds',
    total: 'gds-total',
    of: ['gds-triste', 'gds-vide', 'gds-heureux', 'gds-desespere'],
    min: 0,
    max: 4,
    cuts: [
      [0, /très peu probable/],
      [1, /^Dépression probable/],
    ],
  },
  {
    key: 'audit-c',
    total: 'auditc-total',
    of: ['alcool-frequence', 'alcool-verres', 'alcool-six'],
    min: 0,
    max: 12,
    cuts: [
      [0, /Pas de mésusage/],
      [3, /femme/],
      [4, /^Mésusage possible/],
      [10, /Dépendance/],
    ],
  },
  {
    key: 'sppb',
    total: 'sppb-total',
    of: ['pieds-joints', 'semi-tandem', 'tandem', 'marche', 'levers'],
    min: 0,
    max: 12,
    cuts: [
      [0, /faible/],
      [7, /intermédiaire/],
      [10, /Bonne/],
    ],
  },
  {
    key: 'autonomie',
    total: 'katz',
    of: ['toilette', 'habillage', 'wc', 'locomotion', 'continence', 'repas'],
    min: 0,
    max: 6,
    cuts: [
      [0, /importante/],
      [3, /partielle/],
      [6, /Autonome/],
    ],
  },
  {
    key: 'autonomie',
    total: 'instrumentales-total',
    of: ['telephone', 'transports', 'medicaments', 'budget'],
    min: 0,
    max: 4,
    cuts: [
      [0, /Aucune/],
      [1, /Fragilité/],
      [3, /Perte/],
    ],
  },
  {
    key: 'escarre',
    total: 'norton-total',
    of: ['condition', 'mental', 'activite', 'mobilite', 'incontinence'],
    min: 5,
    max: 20,
    cuts: [
      [5, /élevé/],
      [13, /moyen/],
      [15, /faible/],
      [17, /Pas de risque/],
    ],
  },
  {
    key: 'bilan-dietetique',
    total: 'sarcf-total',
    of: ['sarcf-force', 'sarcf-marche', 'sarcf-lever', 'sarcf-escalier', 'sarcf-chutes'],
    min: 0,
    max: 10,
    cuts: [
      [0, /peu probable/],
      [4, /à rechercher/],
    ],
  },
];
for (const { key, total, of, min, max, cuts } of instruments)
  test(`DOS-8 ${total}: lowest, highest and cut-offs of its publication; whole or not at all`, () => {
    assert.equal(score(key, total, spread(key, of, min)), min);
    assert.equal(score(key, total, spread(key, of, max)), max);
    for (const [from, meaning] of cuts) {
      const given = spread(key, of, from);
      assert.equal(score(key, total, given), from);
      assert.match(words(key, total, from) ?? '', meaning);
      const step = key === 'autonomie' && total === 'katz' ? 0.5 : 1;
      if (from > min) assert.doesNotMatch(words(key, total, from - step) ?? '', meaning);
    }
    const { [of[0]!]: _, ...missing } = spread(key, of, max);
    assert.equal(score(key, total, missing), undefined);
  });

test('DOS-8 totals typed from an instrument that is not shipped are read by its cut-offs', () => {
  const cases: [key: string, linkId: string, value: number, meaning: RegExp][] = [
    ['entretien-postnatal', 'epds-total', 9, /peu probable/],
    ['entretien-postnatal', 'epds-total', 10, /possible/],
    ['entretien-postnatal', 'epds-total', 12, /possible/],
    ['entretien-postnatal', 'epds-total', 13, /^Dépression probable/],
    ['memoire', 'mmse', 24, /Pas d’altération/],
    ['memoire', 'mmse', 23, /légère/],
    ['memoire', 'mmse', 9, /sévère/],
    ['memoire', 'moca', 25, /dessous/],
    ['memoire', 'moca', 26, /Dans la norme/],
    ['tabac', 'fagerstrom', 2, /Pas de dépendance/],
    ['tabac', 'fagerstrom', 3, /faible/],
    ['tabac', 'fagerstrom', 5, /moyenne/],
    ['tabac', 'fagerstrom', 7, /forte/],
    ['douleur', 'dn4', 3, /peu probable/],
    ['douleur', 'dn4', 4, /neuropathique probable/],
    ['douleur', 'algoplus', 1, /Pas de douleur/],
    ['douleur', 'algoplus', 2, /traiter/],
    ['escarre', 'braden', 12, /élevé/],
    ['escarre', 'braden', 14, /modéré/],
    ['escarre', 'braden', 18, /faible/],
    ['escarre', 'braden', 19, /Pas de risque/],
    ['bilan-dietetique', 'mna', 16, /Mauvais/],
    ['bilan-dietetique', 'mna', 17, /Risque/],
    ['bilan-dietetique', 'mna', 24, /satisfaisant/],
    ['aidant', 'zarit', 20, /faible/],
    ['aidant', 'zarit', 21, /légère/],
    ['aidant', 'zarit', 41, /modérée à sévère/],
    ['aidant', 'zarit', 61, /Charge sévère/],
  ];
  for (const [key, linkId, value, meaning] of cases) assert.match(words(key, linkId, value) ?? '', meaning, `${key} ${linkId} ${value}`);
});

test('DOS-8 body mass index, weight loss and malnutrition follow the criteria of the HAS by age', () => {
  assert.equal(score('denutrition', 'imc', { poids: 70, taille: 175 }), 22.9);
  assert.equal(score('denutrition', 'perte-6', { poids: 63, 'poids-6': 70 }), 10);
  assert.equal(score('denutrition', 'perte-6', { poids: 63 }), undefined);
  const grade = (given: Record<string, string | number>, age: number) => score('denutrition', 'conclusion', given, { age });
  assert.equal(grade({}, 50), undefined);
  assert.equal(grade({ poids: 60, taille: 170 }, 50), 0);
  assert.equal(grade({ poids: 60, taille: 170, causes: 'aigue' }, 75), 2, '20.8 is under 22 after 70');
  assert.equal(grade({ poids: 60, taille: 170, causes: 'aigue' }, 69), 0, 'and not before');
  assert.equal(grade({ poids: 56, taille: 170, causes: 'aigue' }, 75), 3, '19.4 is severe after 70');
  assert.equal(grade({ poids: 52, taille: 170, causes: 'aigue' }, 50), 2, '18.0');
  assert.equal(grade({ poids: 49, taille: 170, causes: 'aigue' }, 50), 3, '17.0');
  assert.equal(grade({ poids: 52, taille: 170 }, 50), 1, 'no cause');
  assert.equal(grade({ poids: 76, taille: 170, 'poids-1': 80, causes: 'apports-moitie' }, 50), 2, '5 % in a month');
  assert.equal(grade({ poids: 72, taille: 170, 'poids-1': 80, causes: 'apports-moitie' }, 50), 3, '10 % in a month');
  assert.equal(grade({ poids: 68, taille: 170, 'poids-habituel': 80, causes: 'chronique' }, 80), 3, '15 % of the usual weight');
  assert.equal(grade({ poids: 75, taille: 170, muscle: 'confirmee', causes: 'chronique' }, 80), 2);
  assert.equal(grade({ poids: 75, taille: 170, muscle: 'confirmee', causes: 'chronique', albumine: 29 }, 80), 3);
  assert.equal(score('bilan-dietetique', 'kcal', { poids: 60, 'kcal-kg': 30 }), 1800);
  assert.equal(score('bilan-dietetique', 'couverture', { poids: 60, 'kcal-kg': 30, 'kcal-actuel': 1350 }), 75);
});

test('DOS-8 the diabetic foot is graded from 0 to 3', () => {
  const none = { neuropathie: false, arteriopathie: false, deformation: false, ulcere: false, amputation: false };
  const grade = (given: Partial<Record<keyof typeof none, boolean>>) => score('pied-diabetique', 'grade', { ...none, ...given });
  assert.equal(grade({}), 0);
  assert.equal(grade({ arteriopathie: true }), 0, 'isolated artery disease is said by a note');
  assert.equal(grade({ neuropathie: true }), 1);
  assert.equal(grade({ neuropathie: true, arteriopathie: true }), 2);
  assert.equal(grade({ neuropathie: true, deformation: true }), 2);
  assert.equal(grade({ ulcere: true }), 3);
  assert.equal(grade({ neuropathie: true, amputation: true }), 3);
  assert.equal(score('pied-diabetique', 'grade', { neuropathie: true, arteriopathie: false }), undefined, 'not before all is looked at');
});

test('DOS-8 each wound has its own area and tissues', () => {
  const form = formOf('plaie');
  const cm = (linkId: string, value: number): Answered => ({ linkId, answer: [{ valueQuantity: { value, code: 'cm' } }] });
  const percent = (linkId: string, value: number): Answered => ({ linkId, answer: [{ valueQuantity: { value, code: '%' } }] });
  const wounds = calculated(form, [
    { linkId: 'plaie', item: [cm('longueur', 4), cm('largeur', 2.5), percent('fibrine', 60), percent('bourgeon', 40)] },
    { linkId: 'plaie', item: [cm('longueur', 3)] },
    { linkId: 'plaie', item: [cm('longueur', 1.5), cm('largeur', 1), percent('necrose', 90)] },
  ]);
  assert.deepEqual(
    wounds.map((wound) => answerValue(answersIn([wound], 'surface')[0])),
    [10, undefined, 1.5],
  );
  assert.deepEqual(
    wounds.map((wound) => answerValue(answersIn([wound], 'tissus')[0])),
    [100, undefined, 90],
  );
  assert.match(words('plaie', 'tissus', 90) ?? '', /devrait/);
});

test('DOS-8 falls: orthostatic drop at its lowest, chair rises against age and sex', () => {
  assert.equal(score('chute', 'chute-pas', { pas: 150, 'pas-1': 140, 'pas-3': 128 }), 22);
  assert.equal(score('chute', 'chute-pas', { pas: 150, 'pas-1': 131 }), 19);
  assert.equal(score('chute', 'chute-pas', { pas: 150 }), undefined);
  assert.match(words('chute', 'chute-pas', 20) ?? '', /Hypotension/);
  assert.match(words('chute', 'chute-pas', 19) ?? '', /Pas d’hypotension/);
  assert.match(words('chute', 'chute-pad', 10) ?? '', /Hypotension/);
  const norms: [gender: string, age: number, norm: number | undefined][] = [
    ['male', 59, undefined],
    ['male', 60, 14],
    ['male', 65, 12],
    ['male', 74, 12],
    ['male', 75, 11],
    ['male', 80, 10],
    ['male', 85, 8],
    ['male', 90, 7],
    ['female', 64, 12],
    ['female', 65, 11],
    ['female', 70, 10],
    ['female', 79, 10],
    ['female', 80, 9],
    ['female', 85, 8],
    ['female', 94, 4],
    ['unknown', 80, undefined],
  ];
  for (const [gender, age, norm] of norms) assert.equal(score('chute', 'lever-norme', { 'lever-30': 9 }, { age, gender }), norm, `${gender} ${age}`);
  assert.equal(score('chute', 'lever-ecart', { 'lever-30': 9 }, { age: 82, gender: 'female' }), 0);
  assert.equal(score('fragilite', 'vitesse', { 'marche-4': 5 }), 0.8);
});

test('DOS-8 pregnancy: expected uterine height, gestational diabetes at its thresholds', () => {
  for (const [weeks, height] of [
    [15, undefined],
    [16, 12],
    [24, 20],
    [32, 28],
    [36, 30],
    [40, 32],
  ] as const)
    assert.equal(score('grossesse', 'hu-attendue', { 'terme-sa': weeks }), height);
  const over = (fasting: number, one: number, two: number) => score('grossesse', 'diabete', { 'glycemie-jeun': fasting, 'glycemie-1h': one, 'glycemie-2h': two });
  assert.equal(over(0.91, 1.79, 1.52), 0);
  assert.equal(over(0.92, 1.79, 1.52), 1);
  assert.equal(over(0.91, 1.8, 1.53), 2);
  assert.equal(score('grossesse', 'diabete', { 'glycemie-jeun': 0.95 }), 1);
});

test('DOS-8 other calculations: pack-years, counts of yes and of ticks, indices', () => {
  assert.equal(score('tabac', 'paquets-annees', { 'tabac-statut': 'quotidien', cigarettes: 15, annees: 20 }), 15);
  assert.equal(score('tabac', 'paquets-annees', { 'tabac-statut': 'jamais', cigarettes: 15, annees: 20 }), undefined, 'not asked of who never smoked');
  const habits = { oubli: true, manque: false, horaire: true, arret: false, trop: true, doute: false };
  assert.equal(score('bilan-medication', 'observance', habits), 3);
  assert.equal(score('bilan-medication', 'observance', { oubli: true }), undefined);
  assert.equal(score('bilan-buccodentaire', 'cao', { c: 2, a: 1, o: 5 }), 8);
  assert.equal(score('bilan-buccodentaire', 'rci-nombre', { rci: 'sucres' }), 1);
  assert.equal(score('bilan-buccodentaire', 'rci-nombre', {}), undefined);
  assert.equal(score('bilan-orthoptique', 'difference', { 'av-loin-od': 4, 'av-loin-og': 10 }), 6);
  assert.equal(score('suivi-diabete', 'ecart', { hba1c: 7.8, cible: 7 }), 0.8);
  assert.equal(score('insuffisance-cardiaque', 'prise-3-jours', { poids: 74.5, 'poids-3-jours': 72.4 }), 2.1);
  assert.match(words('insuffisance-cardiaque', 'prise-3-jours', 2) ?? '', /rapide/);
  assert.equal(score('insuffisance-cardiaque', 'alertes-nombre', { essoufflement: false, 'poids-pris': false, oedemes: true, fatigue: true }), 2);
  assert.equal(score('examen-enfant', 'imc', { age: '3', poids: 14.5, taille: 96 }), 15.7);
  assert.equal(score('examen-enfant', 'imc', { age: '2-5', poids: 6, taille: 62 }), undefined, 'not before walking age');
});

test('DOS-8 a section fully answered has no flaw, whatever the right answers', () => {
  for (const form of forms)
    for (const share of [0, 0.5, 0.999]) {
      const answered = calculated(
        form,
        answersFor(
          form.item,
          (item) => [rightAnswer(item, share)],
          () => 2,
        ),
        { age: 76, gender: 'female' },
      );
      assert.deepEqual(flaws(form, answered), {}, form.id);
      assert.deepEqual(pruned(form, answered), answered, form.id);
    }
});

/** The lowest and highest that a sum of points or a count can reach; undefined: another kind of calculation. */
function boundsOfScore(form: Questionnaire, item: Item): [number, number] | undefined {
  const expression = calculatedOf(item)!;
  const of = [...new Set(named(item))].map((id) => itemOf(form, id));
  if (expression.includes('ordinalValue')) {
    const points = of.map(({ answerOption }) => answerOption!.map(({ valueCoding }) => weightOf(valueCoding)!));
    return [points.reduce((sum, each) => sum + Math.min(...each), 0), points.reduce((sum, each) => sum + Math.max(...each), 0)];
  }
  return expression.includes('.count()') ? [0, of.reduce((sum, { answerOption }) => sum + (answerOption?.length ?? 1), 0)] : undefined;
}
test('DOS-8 random answers never break a section; totals stay within what their points allow', () => {
  for (const form of forms) {
    const scores = all(form).filter(({ item }) => calculatedOf(item));
    fc.assert(
      fc.property(fc.array(fc.double({ min: 0, max: 0.999, noNaN: true }), { minLength: 40, maxLength: 40 }), fc.option(fc.integer({ min: 0, max: 105 }), { nil: undefined }), fc.constantFrom('male', 'female', 'unknown', undefined), (shares, age, gender) => {
        let at = 0;
        const next = () => shares[at++ % shares.length]!;
        // A question in four is left out; several boxes may be ticked.
        const give = (item: Item): Answer[] => (next() < 0.25 ? [] : Array.from({ length: item.repeats ? 1 + Math.floor(next() * 3) : 1 }, () => rightAnswer(item, next())));
        const answered = calculated(
          form,
          answersFor(form.item, give, () => Math.floor(next() * 3)),
          { age, gender },
        );
        assert.deepEqual(
          Object.entries(flaws(form, answered)).filter(([, words]) => words !== 'Cette réponse est attendue.'),
          [],
          form.id,
        );
        for (const { item } of scores)
          for (const answer of answersIn(answered, item.linkId)) {
            const value = answerValue(answer) as number;
            assert.ok(Number.isFinite(value), `${form.id}: ${item.linkId} = ${value}`);
            const bounds = boundsOfScore(form, item);
            if (bounds) assert.ok(bounds[0] <= value && value <= bounds[1], `${form.id}: ${item.linkId} = ${value}`);
          }
      }),
      { numRuns: 15, seed: 8 },
    );
  }
});
