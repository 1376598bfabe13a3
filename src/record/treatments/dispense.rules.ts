import type { MedicationDispense } from '@medplum/fhirtypes';
import { doseUnitOf, doseUnits, type Posology } from '../contract/treatments/posology.ts';
import { type SubstitutionCode, substitutions } from '../contract/treatments/dispense.ts';
import { sayNumber, sayUnit } from '../contract/treatments/say.rules.ts';
import { addDays, daysBetween } from '../dates.rules.ts';
import { firstCode, labelOf } from '../fhir-words.ts';
import { dailyAmount } from './compare.rules.ts';
import { posologyIn } from './course.rules.ts';

/**
 * What was dispensed and how far it goes: MedicationDispense (https://hl7.org/fhir/R4/medicationdispense.html), ours and those that are taken in, alike. Nothing is said of how someone takes a
 * treatment: only until when what was noted lasts.
 */
/** A week is nobody's delay; after half a year without any, the pharmacy may simply be another one. */
const [grace, saidFor] = [7, 180];

export const isDispensed = (dispense: MedicationDispense): boolean =>
  dispense.status === 'completed' || (dispense.status === 'in-progress' && dispense.whenHandedOver !== undefined);
export const handedOver = (dispense: MedicationDispense): string | null =>
  dispense.whenHandedOver ?? dispense.whenPrepared ?? null;
/** `Type/id` of the treatments it names. */
export const namedBy = (dispense: MedicationDispense): string[] =>
  [...(dispense.authorizingPrescription ?? []), ...(dispense.supportingInformation ?? [])].flatMap(({ reference }) =>
    reference && /^Medication(?:Request|Statement)\//.test(reference)
      ? [reference.split('/').slice(0, 2).join('/')]
      : [],
  );

const perUnit: Readonly<Record<string, number>> = { d: 1, day: 1, days: 1, jour: 1, jours: 1, wk: 7, mo: 30, a: 365 };
/** As the posology writes it: «comprimés», «Comprimé» are «comprimé». */
const unitName = (unit: string): string =>
  doseUnits.find(({ label, plural }) => [label, plural].includes(unit.trim().toLowerCase()))?.label ?? unit.trim();
/** How many days a quantity lasts, when the posology says a fixed amount a day in the same unit; null otherwise. */
export function daysFor(quantity: { value: number; unit: string }, posology: Posology | null): number | null {
  const daily = dailyAmount(posology);
  if (!daily || daily.value <= 0) return null;
  const [a, b] = [quantity.unit, daily.unit].map(unitName) as [string, string];
  // «1» alone may be a box; «1 comprimé» is what «1 le matin» takes.
  if (a === '' || (a !== b && !(b === '' && doseUnitOf(a)?.plural))) return null;
  const days = Math.floor(quantity.value / daily.value + 1e-9);
  return days >= 1 && days <= 1000 ? days : null;
}
/** Days that a dispense says it lasts, or that follow from its quantity and its posology (its own, else the treatment's). */
export function daysOf(
  dispense: MedicationDispense,
  posology: Posology | null,
): { days: number; workedOut: boolean } | null {
  const { value, code, unit } = dispense.daysSupply ?? {};
  const per = perUnit[code ?? unit ?? 'd'];
  if (value !== undefined && value > 0 && per)
    return {
      days: Math.round(value * per),
      workedOut: dispense.extension?.some(({ url, valueBoolean }) => url === workedOutUrl && valueBoolean) ?? false,
    };
  if (!dispense.quantity?.value) return null;
  const own = posologyIn(dispense.dosageInstruction ?? []);
  const days = daysFor({ value: dispense.quantity.value, unit: dispense.quantity.unit ?? '' }, own ?? posology);
  return days === null ? null : { days, workedOut: true };
}
/** On a dispense: its days were not said, they follow from the quantity. */
export const workedOutUrl = 'urn:estran:days-worked-out';

export interface Supply {
  /** Day it was handed over. */
  at: string;
  days: number | null;
}
/** The last day covered: what was left over is taken after, so that supplies add up. Null when how long the last one lasts is not known. */
export function coveredUntil(supplies: readonly Supply[]): string | null {
  const sorted = supplies.toSorted((a, b) => a.at.localeCompare(b.at));
  let until: string | null = null;
  for (const { at, days } of sorted) {
    if (days === null) continue;
    const from: string = until !== null && until >= at ? addDays(until, 1) : at;
    until = addDays(from, days - 1);
  }
  const last = sorted.at(-1);
  return last && last.days === null && (until === null || until < last.at) ? null : until;
}
/** Days since a renewal is expected; null when there is nothing to say. */
export function lateBy(until: string | null, today: string, expects: boolean): number | null {
  if (!expects || until === null) return null;
  const days = daysBetween(until, today);
  return days > grace && days <= saidFor ? days : null;
}

export const sayQuantity = (dispense: MedicationDispense): string => {
  const { value, unit } = dispense.quantity ?? {};
  return value === undefined
    ? ''
    : [sayNumber(value), unit && sayUnit(unitName(unit), value)].filter(Boolean).join(' ');
};
export function saySubstitution(dispense: MedicationDispense): string | null {
  const { wasSubstituted, type, reason } = dispense.substitution ?? {};
  if (!wasSubstituted) return null;
  const words = [labelOf(type), ...(reason ?? []).map((one) => labelOf(one))].filter(Boolean);
  return [...new Set(words)].join(', ') || 'Produit substitué';
}
/** Which of the choices of the form a substitution is, and the words that were added. */
export function substitutionIn(dispense: MedicationDispense): { code: SubstitutionCode | null; reason: string } {
  const { wasSubstituted, type, reason } = dispense.substitution ?? {};
  if (!wasSubstituted) return { code: null, reason: '' };
  const [kind, why] = [firstCode(type), firstCode(reason?.[0])];
  const known =
    (Object.keys(substitutions) as SubstitutionCode[]).find((code) => substitutions[code].label === type?.text) ??
    (Object.keys(substitutions) as SubstitutionCode[]).find(
      (code) => substitutions[code].type === kind && substitutions[code].reason === (why ?? null),
    ) ??
    'other';
  const words = labelOf(reason?.[0]);
  return { code: known, reason: words === substitutions[known].label ? '' : words };
}
const hl7 = 'http://terminology.hl7.org/CodeSystem';
export const substitutionOf = (
  code: SubstitutionCode,
  reason: string,
  by: NonNullable<NonNullable<MedicationDispense['substitution']>['responsibleParty']>[number],
): MedicationDispense['substitution'] => {
  const known = substitutions[code];
  return {
    wasSubstituted: true,
    type: { coding: [{ system: `${hl7}/v3-substanceAdminSubstitution`, code: known.type }], text: known.label },
    responsibleParty: [by],
    ...((known.reason || reason) && {
      reason: [
        {
          ...(known.reason && { coding: [{ system: `${hl7}/v3-ActReason`, code: known.reason }] }),
          text: reason || known.label,
        },
      ],
    }),
  };
};
