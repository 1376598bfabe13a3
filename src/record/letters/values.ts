import { type ResourceType, ofType } from '../../fhir/index.ts';
import { kindsOfData } from '../../access/index.ts';
import { type FieldValue, keysIn, parseTemplate, type Resolve } from '../../platform/index.ts';
import { fieldOf } from '../data/letters/fields.ts';
import type { Entered } from '../read/enter.ts';
import { headerTypes } from '../read/header.ts';
import { kindOfStored } from '../read/reading.ts';
import type { Letterhead } from '../contract/wire-letter-templates.ts';
import { type FieldOf, type Held, known, longDate, orMissing, stands } from './field-value.ts';
import { careFields } from './care-fields.ts';
import { measureFields, newestOf } from './measure-fields.ts';
import { personFields } from './person-fields.ts';

/** Which types of resource a field is made of: only these are read, and only these are in the access log. */
const typesOf: Record<string, readonly ResourceType[]> = {
  enceinte: ['Condition', 'Observation'],
  problemes: ['Condition'],
  ald: ['Condition'],
  antecedents: ['Condition', 'Procedure'],
  'antecedents-familiaux': ['FamilyMemberHistory'],
  risques: ['Observation'],
  allergies: ['AllergyIntolerance'],
  traitements: ['MedicationRequest', 'MedicationStatement'],
  mesures: ['Observation'],
  resultats: ['DiagnosticReport', 'Observation'],
  vaccins: ['Immunization'],
  vaccin: ['Immunization'],
  alertes: ['Flag'],
  objectifs: ['Goal', 'CarePlan'],
  'sante-mentale': ['Condition', 'MedicationRequest', 'MedicationStatement'],
  'sante-sexuelle': ['Condition', 'MedicationRequest', 'MedicationStatement'],
  note: ['Composition', 'ClinicalImpression'],
  equipe: headerTypes,
  'medecin-traitant': headerTypes,
  patient: ['RelatedPerson'],
  'rendez-vous': ['Appointment'],
  volet: ['QuestionnaireResponse'],
};
const family = (key: string): string => key.split('.')[0]!;

const makers: Record<string, FieldOf> = {
  ...personFields,
  ...careFields,
  ...measureFields,
  structure({ head }, key) {
    if (key === 'structure.nom') return known(head.name);
    return key === 'structure.adresse'
      ? orMissing(head.lines.join(', '), 'adresse de la structure à régler dans l’en-tête')
      : orMissing(head.phone, 'téléphone de la structure à régler dans l’en-tête');
  },
  date: ({ r }) => known(longDate(r.today)),
  lieu: ({ head }) => orMissing(head.place, 'commune à régler dans l’en-tête'),
  signataire: () => ({ state: 'late', words: 'écrit à la signature' }),
};

/** Values of the fields that these texts name, as this person may read them: nothing else of the record is opened. */
export async function valuesFor(
  entered: Entered,
  head: Letterhead,
  texts: readonly string[],
): Promise<{ resolve: Resolve; leftOut: number }> {
  const { reading: r, rights } = entered;
  const keys = [...new Set(texts.flatMap((text) => keysIn(parseTemplate(text).nodes).map(({ key }) => key)))].filter(
    (key) => fieldOf(key),
  );
  const open = keys.filter(
    (key) => !fieldOf(key)!.kinds.length || fieldOf(key)!.kinds.some((kind) => rights.see.has(kind)),
  );
  const types = [...new Set(open.flatMap((key) => typesOf[family(key)] ?? []))];
  const everything =
    types.length > 0
      ? await entered.store.compartment(entered.patientId, {
          types,
          each: types.map((type) => (type === 'Observation' || type === 'Condition' ? 400 : 100)),
        })
      : [];
  const measured = await newestOf(entered, [
    ...new Set(open.filter((key) => /^(mesure|valeur)\./.test(key)).map((key) => key.slice(key.indexOf('.') + 1))),
  ]);
  await entered.room.directory.learn(entered.store, [entered.stored, ...everything, ...measured.values()]);
  const standing = everything.filter(stands);
  const held: Held = {
    entered,
    r,
    head,
    everything,
    measured,
    of: (kinds, ...wanted) =>
      ofType(
        standing.filter((one) => kinds.includes(kindOfStored(one))),
        ...wanted,
      ),
  };
  const made = new Map<string, FieldValue>();
  const resolve: Resolve = (key) => {
    const field = fieldOf(key);
    if (!field) return undefined;
    if (!made.has(key))
      made.set(
        key,
        open.includes(key)
          ? makers[family(key)]!(held, key)
          : {
              state: 'hidden',
              words: `non accessible avec vos droits (${field.kinds.map((kind) => kindsOfData[kind].fr.toLowerCase()).join(', ')})`,
            },
      );
    return made.get(key);
  };
  const taken = new Set(keys.flatMap((key) => fieldOf(key)!.kinds));
  const sensitive = standing.filter(
    (one) =>
      ['mental-health', 'sexual-health'].includes(kindOfStored(one)) &&
      !taken.has(kindOfStored(one)) &&
      ['Condition', 'MedicationRequest', 'MedicationStatement'].includes(one.type),
  );
  return { resolve, leftOut: sensitive.length };
}
