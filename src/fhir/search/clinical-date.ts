import { normalise } from './normalise.ts';
import { isObject, type Json, listIn, textIn } from './paths.ts';
import { dateSpan, instantText } from './periods.ts';

/** The date professionals mean, first found wins; `main` is the search parameter whose sort it stands for. */
const clinicalDates: Record<string, { main: string; from: readonly string[] }> = {
  AllergyIntolerance: { main: 'date', from: ['recordedDate', 'onsetDateTime', 'onsetPeriod', 'lastOccurrence'] },
  Appointment: { main: 'date', from: ['start', 'requestedPeriod', 'created'] },
  CarePlan: { main: 'date', from: ['period', 'created'] },
  CareTeam: { main: 'date', from: ['period'] },
  Claim: { main: 'created', from: ['created', 'billablePeriod'] },
  ClinicalImpression: { main: 'date', from: ['date', 'effectiveDateTime', 'effectivePeriod'] },
  Communication: { main: 'sent', from: ['sent', 'received'] },
  Composition: { main: 'date', from: ['date'] },
  Condition: { main: 'onset-date', from: ['onsetDateTime', 'onsetPeriod', 'recordedDate'] },
  Consent: { main: 'date', from: ['dateTime'] },
  DiagnosticReport: { main: 'date', from: ['effectiveDateTime', 'effectivePeriod', 'issued'] },
  DocumentReference: { main: 'date', from: ['date', 'context.period'] },
  Encounter: { main: 'date', from: ['period'] },
  EpisodeOfCare: { main: 'date', from: ['period'] },
  ExplanationOfBenefit: { main: 'created', from: ['created', 'billablePeriod'] },
  FamilyMemberHistory: { main: 'date', from: ['date'] },
  Flag: { main: 'date', from: ['period'] },
  Goal: { main: 'start-date', from: ['startDate', 'statusDate'] },
  ImagingStudy: { main: 'started', from: ['started'] },
  Immunization: { main: 'date', from: ['occurrenceDateTime', 'recorded'] },
  List: { main: 'date', from: ['date'] },
  MedicationAdministration: { main: 'effective-time', from: ['effectiveDateTime', 'effectivePeriod'] },
  MedicationDispense: { main: 'whenhandedover', from: ['whenHandedOver', 'whenPrepared'] },
  MedicationRequest: { main: 'authoredon', from: ['authoredOn'] },
  MedicationStatement: { main: 'effective', from: ['effectiveDateTime', 'effectivePeriod', 'dateAsserted'] },
  Observation: {
    main: 'date',
    from: ['effectiveDateTime', 'effectivePeriod', 'effectiveInstant', 'effectiveTiming', 'issued'],
  },
  Patient: { main: 'birthdate', from: ['birthDate'] },
  Person: { main: 'birthdate', from: ['birthDate'] },
  Procedure: { main: 'date', from: ['performedDateTime', 'performedPeriod'] },
  Provenance: { main: 'recorded', from: ['recorded'] },
  QuestionnaireResponse: { main: 'authored', from: ['authored'] },
  RelatedPerson: { main: 'birthdate', from: ['birthDate'] },
  RiskAssessment: { main: 'date', from: ['occurrenceDateTime', 'occurrencePeriod'] },
  ServiceRequest: { main: 'authored', from: ['authoredOn', 'occurrenceDateTime', 'occurrencePeriod'] },
  Slot: { main: 'start', from: ['start'] },
  Specimen: { main: 'collected', from: ['collection.collectedDateTime', 'collection.collectedPeriod', 'receivedTime'] },
  Task: { main: 'authored-on', from: ['authoredOn', 'executionPeriod'] },
};
const otherwise = [
  'effectiveDateTime',
  'effectivePeriod',
  'occurrenceDateTime',
  'occurrencePeriod',
  'period',
  'date',
  'authoredOn',
  'created',
  'start',
  'issued',
  'recorded',
  'recordedDate',
  'sent',
];

const dig = (resource: Json, path: string): unknown => {
  let node: unknown = resource;
  for (const key of path.split('.')) node = isObject(node) ? node[key] : undefined;
  return node;
};

/** Start of the date professionals mean, as an ISO instant; null when the resource has none. */
export function clinicalDate(type: string, resource: Json): string | null {
  const table = Object.hasOwn(clinicalDates, type) ? clinicalDates[type]!.from : otherwise;
  for (const path of table) {
    const value = path.includes('.') ? dig(resource, path) : resource[path];
    if (value === undefined || value === null) continue;
    const span = dateSpan(value);
    if (!span) continue;
    const start = span.low === Number.NEGATIVE_INFINITY ? span.high : span.low;
    const text = instantText(start);
    if (!text.endsWith('infinity')) return text;
  }
  return null;
}

/** The date parameter that `fhir.resource.at` sorts for, if the type has one. */
export const mainDate = (type: string): string | null =>
  Object.hasOwn(clinicalDates, type) ? clinicalDates[type]!.main : null;

const people = new Set(['Patient', 'Practitioner', 'Person', 'RelatedPerson']);
const concepts: Record<string, { from: string; parameter: string | null }> = {
  AllergyIntolerance: { from: 'code', parameter: 'code' },
  Appointment: { from: 'serviceType', parameter: 'service-type' },
  Condition: { from: 'code', parameter: 'code' },
  DiagnosticReport: { from: 'code', parameter: 'code' },
  DocumentReference: { from: 'type', parameter: 'type' },
  Composition: { from: 'title', parameter: 'title' },
  Encounter: { from: 'type', parameter: 'type' },
  Immunization: { from: 'vaccineCode', parameter: 'vaccine-code' },
  Medication: { from: 'code', parameter: 'code' },
  MedicationAdministration: { from: 'medicationCodeableConcept', parameter: 'code' },
  MedicationDispense: { from: 'medicationCodeableConcept', parameter: 'code' },
  MedicationRequest: { from: 'medicationCodeableConcept', parameter: 'code' },
  MedicationStatement: { from: 'medicationCodeableConcept', parameter: 'code' },
  Observation: { from: 'code', parameter: 'code' },
  Procedure: { from: 'code', parameter: 'code' },
  ServiceRequest: { from: 'code', parameter: 'code' },
  Task: { from: 'description', parameter: null },
};

/** The token parameter whose first text is `fhir.resource.sort_text`. */
export const labelParameter = (type: string): string | null => {
  const parameter = Object.hasOwn(concepts, type) ? concepts[type]!.parameter : null;
  return parameter === 'title' ? null : parameter;
};
/** Types whose `sort_text` is a name, and the string parameters it sorts for. */
export const sortsByName = (type: string, code: string): boolean =>
  people.has(type) ? code === 'name' || code === 'family' : code === 'name' || code === 'title';

const conceptText = (value: unknown): string | undefined => {
  if (!isObject(value)) return undefined;
  const text = textIn(value.text);
  if (text) return text;
  for (const coding of listIn(value.coding))
    if (isObject(coding) && textIn(coding.display)) return textIn(coding.display);
  return undefined;
};

/** «family given» of a HumanName: the official one first, an old one last. */
function personName(resource: Json): string | undefined {
  const rank = (name: Json) => (name.use === 'official' ? 0 : name.use === 'old' || name.use === 'maiden' ? 2 : 1);
  const names = listIn(resource.name).filter(isObject);
  const best = names.sort((a, b) => rank(a) - rank(b))[0];
  if (!best) return undefined;
  const parts = [textIn(best.family), ...listIn(best.given).map(textIn)].filter((part) => part !== undefined);
  return parts.length > 0 ? parts.join(' ') : textIn(best.text);
}

/** Normalised name or label by which people look for this resource; null when it has none. */
export function sortText(type: string, resource: Json): string | null {
  let label: string | undefined;
  if (people.has(type)) label = personName(resource);
  else {
    const table = Object.hasOwn(concepts, type) ? concepts[type]! : null;
    const value = table ? listIn(resource[table.from])[0] : undefined;
    if (table) label = textIn(value) ?? conceptText(value);
    else label = textIn(resource.name) ?? textIn(resource.title) ?? conceptText(listIn(resource.code)[0]);
  }
  const text = label === undefined ? '' : normalise(label);
  return text === '' ? null : text;
}
