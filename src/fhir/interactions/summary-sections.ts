// https://hl7.org/fhir/uv/ips/STU2/Structure-of-the-International-Patient-Summary.html
import type { KindOfData } from '../../access/index.ts';
import { kindOfResource } from '../store/kind-of-type.ts';
import type { JsonResource, ResourceType } from '../store/store.ts';

export interface IpsSection {
  title: string;
  code: string;
  display: string;
  /** There whatever the record holds. */
  required: boolean;
  kind: KindOfData;
  types: readonly ResourceType[];
  /** What to say, and in which code of list-empty-reason, when a required section has nothing. */
  empty: { words: string; reason: 'unavailable' | 'notasked' };
  takes(resource: JsonResource): boolean;
  /** Of what was taken, what is told; all of it when absent. */
  among?(found: readonly JsonResource[]): readonly JsonResource[];
  /** One line of the narrative. */
  words(resource: JsonResource): string;
}
interface Concept {
  text?: string;
  coding?: { code?: string; display?: string }[];
}
const list = <T>(value: unknown): T[] => (Array.isArray(value) ? value : value === undefined ? [] : [value]) as T[];
export const label = (value: unknown): string => {
  const concept = value as Concept | undefined;
  return concept?.text ?? concept?.coding?.find(({ display }) => display)?.display ?? concept?.coding?.[0]?.code ?? '';
};
const code = (value: unknown): string => (value as Concept | undefined)?.coding?.[0]?.code ?? '';
const day = (value: unknown): string => (typeof value === 'string' ? value.slice(0, 10) : '');
const period = (value: unknown): string => day((value as { start?: string } | undefined)?.start);
const said = (...parts: (string | false | undefined)[]): string => parts.filter(Boolean).join(', ');
const past = (resource: JsonResource): boolean =>
  list<Concept>(resource.category).some(({ text }) => /ant[eé]c[eé]dent/i.test(text ?? ''));
const ongoing = (resource: JsonResource): boolean =>
  ['', 'active', 'recurrence', 'relapse'].includes(code(resource.clinicalStatus));
const valid = (resource: JsonResource): boolean =>
  !['refuted', 'entered-in-error'].includes(code(resource.verificationStatus));
/** Signed and standing. */
const done = (resource: JsonResource): boolean =>
  ['final', 'amended', 'corrected', 'appended', 'completed', 'active'].includes(String(resource.status));
const quantity = (value: unknown): string => {
  const { value: number, unit, code: ucum } = (value ?? {}) as { value?: number; unit?: string; code?: string };
  return number === undefined ? '' : `${number} ${unit ?? ucum ?? ''}`.trim();
};
const value = (holder: Record<string, unknown>): string =>
  quantity(holder.valueQuantity) ||
  String(holder.valueString ?? holder.valueInteger ?? holder.valueBoolean ?? '') ||
  label(holder.valueCodeableConcept);
const observation = (resource: JsonResource): string =>
  said(
    `${label(resource.code)} : ${
      value(resource) ||
      list<Record<string, unknown>>(resource.component)
        .map((one) => `${label(one.code)} ${value(one)}`)
        .join(' ; ')
    }`,
    day(resource.effectiveDateTime) || period(resource.effectivePeriod),
  );
const medicine = (resource: JsonResource): string =>
  said(
    label(resource.medicationCodeableConcept) ||
      String((resource.medicationReference as { display?: string } | undefined)?.display ?? ''),
    list<{ text?: string }>(resource.dosage ?? resource.dosageInstruction)
      .map(({ text }) => text)
      .filter(Boolean)
      .join(' ; '),
  );
const condition = (resource: JsonResource): string => said(label(resource.code), day(resource.onsetDateTime));
const none = (words: string, reason: 'unavailable' | 'notasked' = 'unavailable') => ({ words, reason });

const standing = (resource: JsonResource): boolean => ['', 'active'].includes(code(resource.clinicalStatus));
const noneCodes = new Set(['716186003', '409137002', '429625007', '428607008']);
/** «No known allergy», of any substance or of one class. */
export const saysNoAllergy = (resource: object): boolean =>
  list<{ code?: string }>((resource as { code?: Concept }).code?.coding).some(({ code: one }) =>
    noneCodes.has(one ?? ''),
  );
/** Listed, none known, not asked (DOS-3): active allergies; else the newest «none known»; else those that were, which is not «not asked». */
function toldAllergies(found: readonly JsonResource[]): readonly JsonResource[] {
  const listed = found.filter((one) => !saysNoAllergy(one));
  const active = listed.filter(standing);
  const none = found.find((one) => saysNoAllergy(one) && standing(one));
  return active.length > 0 ? active : none ? [none] : listed;
}

export const ipsSections: readonly IpsSection[] = [
  {
    title: 'Problèmes actifs',
    code: '11450-4',
    display: 'Problem list - Reported',
    required: true,
    kind: 'history',
    types: ['Condition'],
    empty: none('Aucun problème actif n’est noté dans ce dossier.'),
    takes: (one) => valid(one) && ongoing(one) && !past(one),
    words: condition,
  },
  {
    title: 'Allergies et intolérances',
    code: '48765-2',
    display: 'Allergies and adverse reactions Document',
    required: true,
    kind: 'allergies',
    types: ['AllergyIntolerance'],
    empty: none('La question des allergies n’a pas été posée dans ce dossier.', 'notasked'),
    takes: valid,
    among: toldAllergies,
    words: (one) =>
      said(
        label(one.code),
        !standing(one) && (code(one.clinicalStatus) === 'resolved' ? 'résolue' : 'inactive'),
        one.criticality === 'high' && 'criticité élevée',
      ),
  },
  {
    title: 'Traitements',
    code: '10160-0',
    display: 'History of Medication use Narrative',
    required: true,
    kind: 'treatments',
    types: ['MedicationStatement', 'MedicationRequest'],
    empty: none('Aucun traitement n’est noté dans ce dossier.'),
    takes: (one) =>
      one.intent !== 'proposal' && ['active', 'intended', 'on-hold'].includes(String(one.status)) && !ended(one),
    words: medicine,
  },
  {
    title: 'Vaccinations',
    code: '11369-6',
    display: 'History of Immunization Narrative',
    required: false,
    kind: 'vaccines',
    types: ['Immunization'],
    empty: none(''),
    takes: (one) => one.status === 'completed',
    words: (one) => said(label(one.vaccineCode), day(one.occurrenceDateTime)),
  },
  {
    title: 'Résultats',
    code: '30954-2',
    display: 'Relevant diagnostic tests/laboratory data Narrative',
    required: false,
    kind: 'results',
    types: ['Observation', 'DiagnosticReport'],
    empty: none(''),
    takes: done,
    words: (one) =>
      one.resourceType === 'Observation'
        ? observation(one)
        : said(label(one.code), day(one.effectiveDateTime), typeof one.conclusion === 'string' && one.conclusion),
  },
  {
    title: 'Actes',
    code: '47519-4',
    display: 'History of Procedures Document',
    required: false,
    kind: 'history',
    types: ['Procedure'],
    empty: none(''),
    takes: (one) => one.status === 'completed',
    words: (one) => said(label(one.code), day(one.performedDateTime) || period(one.performedPeriod)),
  },
  {
    title: 'Constantes',
    code: '8716-3',
    display: 'Vital signs',
    required: false,
    kind: 'measures',
    types: ['Observation'],
    empty: none(''),
    takes: done,
    words: observation,
  },
  {
    title: 'Antécédents',
    code: '11348-0',
    display: 'History of Past illness Narrative',
    required: false,
    kind: 'history',
    types: ['Condition'],
    empty: none(''),
    takes: (one) => valid(one) && (past(one) || !ongoing(one)),
    words: condition,
  },
  {
    title: 'Mode de vie',
    code: '29762-2',
    display: 'Social history Narrative',
    required: false,
    kind: 'lifestyle',
    types: ['Observation'],
    empty: none(''),
    takes: done,
    words: observation,
  },
  {
    title: 'Alertes',
    code: '104605-1',
    display: 'Alert',
    required: false,
    kind: 'summary',
    types: ['Flag'],
    empty: none(''),
    takes: (one) => one.status === 'active',
    words: (one) => label(one.code),
  },
  {
    title: 'Plan de soins',
    code: '18776-5',
    display: 'Plan of care note',
    required: false,
    kind: 'summary',
    types: ['CarePlan'],
    empty: none(''),
    takes: (one) => one.status === 'active',
    words: (one) =>
      said(
        String(one.title ?? '') || label(list(one.category)[0]),
        typeof one.description === 'string' && one.description,
      ),
  },
];
function ended(resource: JsonResource): boolean {
  const end = (resource.effectivePeriod as { end?: string } | undefined)?.end;
  return end !== undefined && Date.parse(end) < Date.now() - 86_400_000;
}
export const ipsTypes = [...new Set(ipsSections.flatMap(({ types }) => types))];
/** Of the section's kind and nothing else: labelled entries (mental health, sexual health) and private notes have kinds of their own, and enter no summary. */
export const isOf = (section: IpsSection, resource: JsonResource): boolean =>
  section.types.includes(resource.resourceType) && kindOfResource(resource) === section.kind && section.takes(resource);
/** Of measures and results that repeat, the newest of each code is enough. */
export const repeats = (section: IpsSection): boolean =>
  section.kind === 'measures' || section.kind === 'results' || section.code === '29762-2';
