import type { Condition, MedicationRequest, MedicationStatement } from '@medplum/fhirtypes';
import { type Found, ofType, type ResourceType, type Stored } from '../../fhir/index.ts';
import type { PatientBrief } from '../contract.ts';
import type { ListLine } from '../contract/wire-cockpits.ts';
import type { Rule, Who } from '../data/cockpits/lists.ts';
import { classificationOf } from '../data/problems.ts';
import { ageYears, dayOf, daysBetween } from '../dates.rules.ts';
import { clinicalDate, isMedicalSummary, type Reading, statusOf } from '../read/reading.ts';

/** What is known of one patient for the lists of the day. */
export interface Known {
  brief: PatientBrief;
  seen: string | null;
  found: readonly Found[];
  /** Today's appointment with me, and whether there is one to come. */
  today: { start: string; label: string } | null;
  booked: boolean;
}
/** Lines sort by this before what they show is cut: the first ones are those to look at. */
export type Ranked = Omit<ListLine, 'patient' | 'enter'> & {
  rank: string;
  /** Instead of what the whole list enters. */
  enter?: ListLine['enter'];
};
export const plain = { tone: 'neutral', details: [] as string[], at: null, trend: [] as ListLine['trend'] } as const;

/** «il y a 3 jours», «il y a 8 mois». */
export function ago(at: string, today: string): string {
  const days = daysBetween(dayOf(at), today);
  if (days <= 0) return 'aujourd’hui';
  if (days === 1) return 'hier';
  if (days < 60) return `il y a ${days} jours`;
  const months = Math.round(days / 30.4);
  return months < 24 ? `il y a ${months} mois` : `il y a ${Math.round(months / 12)} ans`;
}
/** Last first: a later date has a smaller rank. */
export const lastFirst = (at: string): string =>
  String(99_999_999 - Number(dayOf(at).replaceAll('-', '').padEnd(8, '0'))).padStart(8, '0');
const valid = (stored: Stored): boolean => !['entered-in-error', 'draft'].includes(statusOf(stored.resource));
export const named = <T extends ResourceType>({ found }: Known, name: string, ...types: readonly T[]): Stored<T>[] =>
  ofType(
    found.filter((one) => one.wanted === name && valid(one.stored)).map(({ stored }) => stored),
    ...types,
  );
export const newest = <T extends ResourceType>(all: readonly Stored<T>[]): Stored<T> | undefined =>
  all.toSorted((a, b) => (clinicalDate(b.resource) ?? '').localeCompare(clinicalDate(a.resource) ?? ''))[0];

export const codesIn = (concept: { coding?: { system?: string; code?: string }[] } | undefined): string[] =>
  (concept?.coding ?? []).flatMap(({ code }) => code ?? []);
/** CISP-2 writes some codes like CIM-10 and means something else (N18). */
const cim10In = (concept: Condition['code']): string[] =>
  codesIn({ coding: (concept?.coding ?? []).filter(({ system }) => classificationOf(system) === 'icd10') });
export const begins = (codes: readonly string[], prefixes: readonly string[]): boolean =>
  codes.some((code) => prefixes.some((prefix) => code.startsWith(prefix)));
export const running = (known: Known): (MedicationRequest | MedicationStatement)[] =>
  named(known, 'treatments', 'MedicationRequest', 'MedicationStatement').map(({ resource }) => resource);
export function isOne(known: Known, who: Who, today: string): boolean {
  const age = ageYears(known.brief.birthDate ?? undefined, today);
  if (
    (who.fromAge !== undefined || who.toAge !== undefined) &&
    (age === null || age < (who.fromAge ?? 0) || age > (who.toAge ?? 200))
  )
    return false;
  if (
    who.problems &&
    !named(known, 'problems', 'Condition').some((stored) => begins(cim10In(stored.resource.code), who.problems!))
  )
    return false;
  return (
    !who.treatments || running(known).some((one) => begins(codesIn(one.medicationCodeableConcept), who.treatments!))
  );
}

/** When I was with this patient: encounters, notes and sections of mine. */
export const meetings = (known: Known): string[] =>
  [
    ...named(known, 'encounters', 'Encounter'),
    ...named(known, 'notes', 'Composition', 'ClinicalImpression'),
    ...named(known, 'forms', 'QuestionnaireResponse'),
  ]
    .filter(({ resource }) => !isMedicalSummary(resource))
    .flatMap(
      (stored) => (stored.type === 'Encounter' ? stored.resource.period?.start : clinicalDate(stored.resource)) ?? [],
    );

/** Makes the line of one patient in a list of this rule; null: not in it. */
export type Maker<R extends Rule> = (known: Known, rule: R, today: string, r: Reading) => Ranked | null;
export type Makers = { [W in Rule['what']]?: Maker<Extract<Rule, { what: W }>> };
