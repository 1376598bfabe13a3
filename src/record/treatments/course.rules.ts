import { isOneOf, isResource, type Resource, type Stored } from '../../fhir/index.ts';
import type { Dosage, MedicationRequest, MedicationStatement, Period } from '@medplum/fhirtypes';
import { posologyFrom } from '../contract/treatments/dosage.rules.ts';
import type { Posology } from '../contract/treatments/posology.ts';
import { endOf } from '../contract/treatments/duration.rules.ts';
import { readPosology } from '../contract/treatments/read.rules.ts';
import { addDays, dayOf, daysBetween } from '../dates.rules.ts';

/** How a treatment runs: when it began, when it ends, whether it is a long one. */
export type Medicine = MedicationRequest | MedicationStatement;
export type StoredMedicine = Stored<Medicine['resourceType']>;
/** A treatment, or what is proposed, drafted or denied as one. */
export const isMedicine = (stored: Stored): stored is StoredMedicine =>
  stored.type === 'MedicationRequest' || stored.type === 'MedicationStatement';
/** Marks of ours: long or short of a statement (`MedicationRequest` has an element for it), the day a prescription was stopped. */
export const courseUrl = 'urn:estran:course';
export const endedUrl = 'urn:estran:ended';
/** From so many days on a treatment with an end is a long one; without an end it is, unless told or taken as needed. Three months, as a prescription of a long treatment is written at most at once. */
const longDays = 84;
export type Course = 'continuous' | 'acute';

export const dosagesIn = (medicine: Medicine): Dosage[] =>
  (medicine.resourceType === 'MedicationRequest' ? medicine.dosageInstruction : medicine.dosage) ?? [];
/** Sentences read lately: a page asks for the same one several times, and most treatments are taken alike. */
const lately = new Map<string, Posology | null>();
function readLately(text: string): Posology | null {
  let read = lately.get(text);
  if (read === undefined) {
    if (lately.size >= 1000) lately.clear();
    lately.set(text, (read = readPosology(text).posology));
  }
  return read;
}
/** The structure of a posology, also of one that another hand wrote as a text. */
export function posologyIn(dosages: readonly Dosage[]): Posology | null {
  const only = dosages.length === 1 ? dosages[0]! : null;
  return only?.text && !only.doseAndRate ? readLately(only.text) : posologyFrom(dosages);
}
const stated = (medicine: Medicine): Period => {
  if (medicine.resourceType === 'MedicationStatement')
    return medicine.effectivePeriod ?? { start: medicine.effectiveDateTime };
  const bounds =
    medicine.dosageInstruction?.map(({ timing }) => timing?.repeat?.boundsPeriod).filter((one) => one !== undefined) ??
    [];
  return {
    start: bounds[0]?.start ?? medicine.authoredOn,
    end: medicine.extension?.find(({ url }) => url === endedUrl)?.valueDate ?? bounds.at(-1)?.end,
  };
};
/** The day the posology itself ends: «pendant 5 jours», «… puis 20 mg pendant 3 jours». */
function endByPosology(start: string | undefined, posology: Posology | null): string | undefined {
  const last = posology?.steps.at(-1);
  if (!posology || !last) return undefined;
  if (last.until) return last.until;
  if (start?.length !== 10 || posology.steps.some(({ duration }) => !duration)) return undefined;
  let day = start;
  posology.steps.forEach(({ duration }, at) => {
    day = endOf(at === 0 ? day : addDays(day, 1), duration!) ?? day;
  });
  return day;
}
/** From when to when, what the posology says of its length included. Partial dates stay partial. */
export function treatmentPeriod(medicine: Medicine): Period {
  const { start, end } = stated(medicine);
  const from = start?.includes('T') ? dayOf(start) : start;
  const until = end ?? endByPosology(from, posologyIn(dosagesIn(medicine)));
  return { ...(from && { start: from }), ...(until && { end: until }) };
}

export type TreatmentState = 'current' | 'past' | 'planned' | 'suspended';
const treatmentStates: Record<TreatmentState, string> = {
  current: 'En cours',
  past: 'Terminé',
  planned: 'À venir',
  suspended: 'Suspendu',
};
export function treatmentState(medicine: Medicine, today = '9999'): { code: TreatmentState; label: string } {
  const of = (code: TreatmentState, label = treatmentStates[code]) => ({ code, label });
  if (medicine.status === 'on-hold') return of('suspended');
  if (medicine.status === 'stopped' || medicine.status === 'cancelled') return of('past', 'Arrêté');
  if (medicine.status === 'not-taken') return of('past', 'Non pris');
  if (['completed', 'entered-in-error', 'ended'].includes(medicine.status ?? '')) return of('past');
  const { start, end } = treatmentPeriod(medicine);
  if (medicine.status === 'intended' || (start && today !== '9999' && start.slice(0, 10) > today)) return of('planned');
  return end && today !== '9999' && end.slice(0, 10) < today ? of('past') : of('current');
}

/** What was said of its length, null when nothing was. */
export function toldCourse(medicine: Medicine): Course | null {
  const code =
    medicine.resourceType === 'MedicationRequest'
      ? medicine.courseOfTherapyType?.coding?.[0]?.code
      : medicine.extension?.find(({ url }) => url === courseUrl)?.valueCode;
  return code === 'continuous' ? 'continuous' : code === 'acute' || code === 'seasonal' ? 'acute' : null;
}
export function isLongTerm(medicine: Medicine, today: string): boolean {
  const told = toldCourse(medicine);
  if (told) return told === 'continuous';
  const { start, end } = treatmentPeriod(medicine);
  const posology = posologyIn(dosagesIn(medicine));
  const last = posology?.steps.at(-1);
  if (end) return start !== undefined && daysBetween(start, end) >= longDays;
  // A length is said and no day to count it from.
  if (last?.duration)
    return (
      { min: 1 / 1440, h: 1 / 24, d: 1, wk: 7, mo: 30, a: 365 }[last.duration.unit] * last.duration.value >= longDays
    );
  const asNeeded =
    dosagesIn(medicine).some(
      ({ asNeededBoolean, asNeededCodeableConcept }) => asNeededBoolean || asNeededCodeableConcept,
    ) || posology?.steps.some(({ needed }) => needed !== null);
  return asNeeded || last?.takes.some(({ once }) => once)
    ? start !== undefined && !last?.takes.some(({ once }) => once) && daysBetween(start, today) >= longDays
    : true;
}

/** Where a treatment comes from. */
export const sources = {
  prescription: 'Prescrit ici',
  elsewhere: 'Prescrit ailleurs',
  patient: 'Déclaré par le patient',
  self: 'Automédication',
  document: 'Lu dans un document',
  dispense: 'Délivré en pharmacie',
} as const;
export type Source = keyof typeof sources;
export const isSource = (text: string | undefined): text is Source =>
  text !== undefined && Object.hasOwn(sources, text);

/** Proposals, drafts and «no treatment» are not treatments. IPS: http://hl7.org/fhir/uv/ips/CodeSystem/absent-unknown-uv-ips */
export const absentSystem = 'http://hl7.org/fhir/uv/ips/CodeSystem/absent-unknown-uv-ips';
export const noneCode = 'no-known-medications';
export const isNoTreatment = (medicine: { medicationCodeableConcept?: { coding?: { code?: string }[] } }): boolean =>
  medicine.medicationCodeableConcept?.coding?.some(({ code }) => code === noneCode) ?? false;
export const isProposal = (resource: Resource): boolean =>
  isResource(resource, 'MedicationRequest') && resource.intent === 'proposal';
export const isTreatment = (resource: Resource): boolean =>
  isOneOf(resource, ['MedicationRequest', 'MedicationStatement']) &&
  !isProposal(resource) &&
  resource.status !== 'draft' &&
  resource.status !== 'entered-in-error' &&
  !isNoTreatment(resource);
