import type { Profession } from '../../access/index.ts';
import type { Wanted } from '../../fhir/index.ts';
import { sectionUrl } from '../contract/sections/form.ts';
import type { Rule } from '../data/cockpits/lists.ts';
import { measureAliases } from '../data/measures.ts';
import { coursesWanted } from './courses.ts';

/** A section that comes with the product, as the store finds its answers. */
export const answersTo = (key: string): readonly [string, string] => ['questionnaire', sectionUrl(`volet-${key}`)];
/** A measure under every code that means it. */
export const codesOf = (code: string): readonly (readonly [string, string])[] =>
  [
    code,
    ...Object.entries(measureAliases)
      .filter(([, same]) => same === code)
      .map(([other]) => other),
  ].map((one) => ['code', one] as const);

/** The newest ones may be drafts or entered in error: some more are read. */
const few = 5;
const answers = (key: string, each: number): Wanted => ({
  name: `answers ${key}`,
  type: 'QuestionnaireResponse',
  each,
  any: [answersTo(key)],
});
const values = (code: string, each: number): Wanted => ({
  name: `values ${code}`,
  type: 'Observation',
  each,
  any: codesOf(code),
});
const problems: Wanted = {
  name: 'problems',
  type: 'Condition',
  each: 40,
  any: [
    ['clinical-status', 'active'],
    ['clinical-status', 'recurrence'],
    ['clinical-status', 'relapse'],
  ],
};
const treatments: readonly Wanted[] = [
  { name: 'treatments', type: 'MedicationRequest', each: 30, any: [['status', 'active']] },
  { name: 'treatments', type: 'MedicationStatement', each: 20, any: [['status', 'active']] },
];

const mine = (me: string, each: number): Wanted[] => [
  { name: 'encounters', type: 'Encounter', each, any: [['participant', me]] },
  { name: 'notes', type: 'Composition', each, any: [['author', me]] },
  { name: 'notes', type: 'ClinicalImpression', each: 1, any: [['assessor', me]] },
  { name: 'forms', type: 'QuestionnaireResponse', each: Math.min(each, 20), any: [['author', me]] },
];

/** What must be read of each patient to say this; `me`: `Practitioner/id`. Lists that read nothing of a record want nothing. */
export function wantedBy(rule: Rule, me: string, profession: Profession): readonly Wanted[] {
  switch (rule.what) {
    case 'section':
      return [answers(rule.section, few)];
    case 'due':
      return [
        ...(rule.who.problems ? [problems] : []),
        ...(rule.who.treatments ? treatments : []),
        ...(rule.section ? [answers(rule.section, few)] : []),
        ...(rule.measure ? [values(rule.measure, few)] : []),
      ];
    case 'who':
      return [...(rule.who.problems ? [problems] : []), ...(rule.who.treatments ? treatments : [])];
    case 'ald':
      return [problems];
    case 'pregnancies':
      return [
        answers('grossesse', 8),
        {
          name: 'pregnant',
          type: 'Condition',
          each: 3,
          any: ['Z32.1', 'Z33', 'Z34', 'Z34.0', 'Z34.8', 'Z34.9', 'Z35.9', 'O24.4', 'O13'].map(
            (code) => ['code', code] as const,
          ),
        },
      ];
    case 'weights':
      return [values('29463-7', 12)];
    case 'quiet':
      return mine(me, 1);
    case 'sessions':
      return [...mine(me, 60), ...coursesWanted(me, profession)];
    case 'vaccines':
      return [
        { name: 'vaccines', type: 'Immunization', each: 60 },
        { name: 'situations', type: 'ImmunizationRecommendation', each: 5 },
        problems,
      ];
    case 'renewals':
      return [...treatments, { name: 'dispenses', type: 'MedicationDispense', each: 60 }];
    case 'medicines':
      return [...treatments, answers('bilan-medication', few)];
    default:
      return [];
  }
}
/** Each wanted thing once, with the larger count, whichever list asks for it. */
export function together(all: readonly Wanted[]): Wanted[] {
  const found = new Map<string, Wanted>();
  for (const one of all) {
    const key = `${one.name} ${one.type}`;
    const known = found.get(key);
    if (!known || known.each < one.each) found.set(key, one);
  }
  return [...found.values()];
}
