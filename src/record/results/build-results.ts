import type { DiagnosticReport, Observation, ObservationReferenceRange, Quantity } from '@medplum/fhirtypes';
import { newId } from '../../fhir/index.ts';
import { Problem } from '../../platform/index.ts';
import type { ResultsBody, ResultValue } from '../contract.ts';
import { type Computed, computedFrom } from '../contract/results/compute.rules.ts';
import { analyteFor, flagOfCompared, isCritical, isOutOfRange, rangeIn } from '../contract/results/flags.rules.ts';
import { numberIn } from '../contract/results/read.ts';
import { inOwnUnit, unitShown, unitsNamed } from '../data/lab-units.ts';
import { type Analyte, panelOf } from '../data/panels.ts';
import { ageYears, dayOf, daysBetween } from '../dates.rules.ts';
import { concept, loinc, numberLabel, ucum } from '../fhir-words.ts';
import type { Entered } from '../read/enter.ts';
import { author, stamped, subjectOf } from '../write/author.ts';
import { computedUrl, interpretationOf } from './report.rules.ts';

/** One value as it will be kept. */
export interface Kept {
  given: ResultValue;
  analyte: Analyte | undefined;
  label: string;
  value: number | null;
  text: string | null;
  unit: string;
  /** The unit is a UCUM code, not only words. */
  coded: boolean;
  /** In the catalogue's unit, when it is a plain number. */
  own: number | null;
  flag: string;
  computed?: Computed;
}
const analyteSystem = 'urn:estran:analyte';

/** Words that are no good news: a germ, «positif» where nothing is expected. */
const unwelcome = (analyte: Analyte | undefined, text: string): boolean =>
  analyte?.words === true &&
  !['882-1', 'x-antibiogram', 'x-ecbu-count'].includes(analyte.code) &&
  !/n[ée]gati|st[ée]ril|absen|ind[ée]tect|non retrouv|flore|^0$|^-$/i.test(text) &&
  (analyte.code === '630-4' || /positi|pr[ée]sen|traces?|^\+/i.test(text));

/** A unit that is not known, or not one of this analyte: asked about, it may be a slip. */
function doubtOfUnit(label: string, unit: string, own: string | null, known: boolean): string {
  const usual = own === null ? '' : `, d’ordinaire en ${unitShown(own) || 'nombre sans unité'}`;
  return known
    ? `${label} : « ${unit} » n’est pas une unité de cette analyse${usual}. Corrigez-la, ou confirmez : la valeur sera gardée à part, sans courbe.`
    : `${label} : l’unité « ${unit} » n’est pas connue${usual}. Corrigez-la, ou confirmez : elle sera gardée telle quelle.`;
}

/**
 * Values as typed or read → what will be kept; words under each field when they are none.
 * @param asked what is unlikely was confirmed; units are the laboratory's own, printed in a file that nobody typed
 */
export function keptValues(
  entered: Entered,
  at: string,
  values: readonly ResultValue[],
  asked: { confirmed: boolean; printed: boolean },
): Kept[] {
  const fields: Record<string, string> = {};
  const doubts: Record<string, string> = {};
  const person = { age: ageYears(entered.reading.birth, dayOf(at)), sex: entered.reading.sex };
  const found: Kept[] = [];
  values.forEach((given, index) => {
    const field = `values.${index}.value`;
    const typed = typeof given.value === 'number' ? String(given.value) : given.value;
    if (typed.trim() === '') return;
    const known = analyteFor(given.code);
    if (given.code && !known) {
      fields[field] = 'Cette analyse n’est pas dans la liste.';
      return;
    }
    const value = typeof given.value === 'number' ? given.value : numberIn(typed);
    if (value === null && known && !known.words && /^[\d.,\s+-]*$/.test(typed)) {
      fields[field] = `${known.label} : écrivez un nombre.`;
      return;
    }
    const named = given.unit ? unitsNamed(given.unit) : [];
    // A unit that this analyte does not have makes it another thing: kept under its name, without our code.
    const fit = !known
      ? undefined
      : !given.unit
        ? known.unit
        : [given.unit, ...named].find((unit) => inOwnUnit(known.code, known.unit, unit, 1) !== null);
    const analyte = known && (known.words || value === null || fit !== undefined) ? known : undefined;
    const label = known?.label ?? given.label.trim();
    if (!label) {
      fields[`values.${index}.label`] = 'Nommez cette analyse.';
      return;
    }
    if (
      !asked.printed &&
      value !== null &&
      given.unit &&
      (known && !known.words ? fit === undefined : named.length === 0)
    )
      doubts[`values.${index}.unit`] = doubtOfUnit(
        label,
        given.unit,
        known && !known.words ? known.unit : null,
        named.length > 0,
      );
    const unit = analyte ? (value === null ? '' : (fit ?? '')) : (named[0] ?? given.unit);
    const own =
      analyte && value !== null && !given.comparator && !analyte.words
        ? inOwnUnit(analyte.code, analyte.unit, unit, value)
        : null;
    const shown =
      analyte && value !== null && !analyte.words ? inOwnUnit(analyte.code, analyte.unit, unit, value) : null;
    if (analyte && shown !== null && (shown < analyte.plausible[0] || shown > analyte.plausible[1]))
      doubts[field] =
        `${label} : ${numberLabel(value!)} ${unitShown(unit)} est hors de ce qui est attendu. Vérifiez la valeur et l’unité, ou confirmez.`;
    if (typeof given.low === 'number' && typeof given.high === 'number' && given.low > given.high) {
      fields[`values.${index}.low`] = `${label} : la borne basse dépasse la borne haute.`;
      return;
    }
    const text = value === null || analyte?.words ? typed.trim() : null;
    const { range } = rangeIn(analyte, unit, { low: given.low ?? null, high: given.high ?? null }, person);
    const seen =
      text !== null
        ? unwelcome(analyte, text)
          ? 'abnormal'
          : 'unknown'
        : flagOfCompared(value!, given.comparator, range);
    const theirs = given.flag
      ? { L: 'low', H: 'high', LL: 'critical-low', HH: 'critical-high', A: 'abnormal' }[given.flag]
      : 'unknown';
    const flag = isCritical(seen)
      ? seen
      : isCritical(theirs)
        ? theirs
        : isOutOfRange(seen)
          ? seen
          : theirs !== 'unknown'
            ? theirs
            : seen;
    found.push({
      given,
      analyte,
      label,
      value: text === null ? value : null,
      text,
      unit,
      coded: analyte !== undefined || named.length > 0,
      own,
      flag,
    });
  });
  if (Object.keys(fields).length)
    throw new Problem(422, 'Saisie à corriger', `${Object.values(fields)[0]} Rien n’a été enregistré.`, { fields });
  if (Object.keys(doubts).length && !asked.confirmed)
    throw new Problem(
      422,
      Object.keys(doubts).every((field) => field.endsWith('.unit')) ? 'Unité à vérifier' : 'Valeur inattendue',
      `${Object.values(doubts)[0]} Rien n’a été enregistré.`,
      { fields: doubts, extra: { code: 'implausible' } },
    );
  // A laboratory prints one value in two units: kept once, as it came first.
  return found.filter(
    (one, index) =>
      !found.some(
        (before, other) =>
          other < index &&
          before.analyte &&
          before.analyte === one.analyte &&
          before.own !== null &&
          one.own !== null &&
          before.unit !== one.unit &&
          Math.abs(before.own - one.own) <= 0.03 * Math.abs(before.own),
      ),
  );
}

/** Weight that still holds, for a clearance; null when there is none or it is not mine to see. */
export async function recentWeight(entered: Entered, at: string): Promise<number | null> {
  if (!entered.rights.see.has('measures')) return null;
  const { resources } = await entered.store.search('Observation', [
    ['patient', `Patient/${entered.patientId}`],
    ['code', '29463-7,3141-9'],
    ['_sort', '-date'],
    ['_count', '5'],
  ]);
  const last = resources
    .map((one) => one.resource)
    .find(
      (one) =>
        one.status !== 'entered-in-error' && one.effectiveDateTime && one.effectiveDateTime.slice(0, 10) <= dayOf(at),
    );
  const days = last ? daysBetween(dayOf(last.effectiveDateTime!), dayOf(at)) : Infinity;
  return last?.valueQuantity?.code === 'kg' && last.valueQuantity.value !== undefined && days <= 180
    ? last.valueQuantity.value
    : null;
}
const inputs = new Set(['14682-9', '2093-3', '2085-9', '2571-8']);
/** What follows from the values and the report does not say. */
export function withComputed(entered: Entered, at: string, kept: readonly Kept[], kilograms: number | null): Kept[] {
  const person = { age: ageYears(entered.reading.birth, dayOf(at)), sex: entered.reading.sex };
  const of = (code: string): number | undefined => {
    const one = kept.find(({ analyte }) => analyte?.code === code);
    // «> 90» is said, and is not worked out again; but nothing is worked out from «> 90».
    return one && (one.own ?? (inputs.has(code) ? undefined : (one.value ?? Number.NaN)));
  };
  return computedFrom(of, person, kilograms).map((computed): Kept => {
    const analyte = analyteFor(computed.code)!;
    const { range } = rangeIn(analyte, analyte.unit, null, person);
    return {
      given: { code: computed.code, label: '', value: computed.value, unit: analyte.unit },
      analyte,
      label: analyte.label,
      value: computed.value,
      text: null,
      unit: analyte.unit,
      coded: true,
      own: computed.value,
      flag: flagOfCompared(computed.value, null, range),
      computed,
    };
  });
}

const quantity = (value: number, { unit, coded }: Kept): Quantity => ({
  value,
  ...(unitShown(unit) && { unit: unitShown(unit) }),
  ...(coded && unit && { system: ucum, code: unit }),
});
const rangeOf = (kept: Kept): ObservationReferenceRange[] | undefined => {
  const { given } = kept;
  const bound = (value: number | null | undefined) =>
    typeof value === 'number' ? (quantity(value, kept) as NonNullable<ObservationReferenceRange['low']>) : undefined;
  return typeof given.low === 'number' || typeof given.high === 'number'
    ? [{ low: bound(given.low), high: bound(given.high) }]
    : undefined;
};

/** The Observation of one value; `base`: the one it takes the place of. */
export function observationFor(
  entered: Entered,
  kept: Kept,
  given: {
    at: string;
    lab: string;
    specimen: string;
    preliminary: boolean;
    sensitive: ResultsBody['sensitive'];
    base?: Observation;
    reason?: string;
    ids: ReadonlyMap<string, string>;
  },
): Observation {
  const { analyte, computed } = kept;
  const old = given.base;
  const built: Observation = {
    resourceType: 'Observation',
    id: given.base?.id ?? newId(),
    status: given.preliminary ? 'preliminary' : old && old.status !== 'preliminary' ? 'corrected' : 'final',
    category: [concept('observation-category', 'laboratory')],
    code: {
      ...(analyte && {
        coding: [
          { system: analyte.code.startsWith('x-') ? analyteSystem : loinc, code: analyte.code, display: analyte.label },
        ],
      }),
      text: kept.label,
    },
    subject: subjectOf(entered),
    effectiveDateTime: given.at,
    performer: [
      ...(given.lab && !computed ? [{ display: given.lab }] : []),
      author(entered),
    ] as Observation['performer'],
    ...(kept.text !== null
      ? { valueString: kept.text }
      : {
          valueQuantity: {
            ...quantity(kept.value!, kept),
            ...(kept.given.comparator && { comparator: kept.given.comparator }),
          },
        }),
    interpretation: interpretationOf(kept.flag),
    referenceRange: rangeOf(kept),
    specimen: given.specimen ? { display: given.specimen } : undefined,
    ...(computed && {
      method: { text: `Calculé : ${computed.formula}` },
      extension: [{ url: computedUrl, valueString: computed.formula }],
      derivedFrom: computed.of.flatMap((code) =>
        given.ids.has(code) ? [{ reference: `Observation/${given.ids.get(code)}` }] : [],
      ),
    }),
  };
  return stamped(entered, built, {
    ...(given.base && { base: given.base, reason: given.reason ?? null }),
    ...(given.sensitive !== undefined && { sensitive: given.sensitive ?? null }),
  });
}
export const titleOf = (body: Pick<ResultsBody, 'title' | 'panel'>): string =>
  body.title || panelOf(body.panel ?? '')?.label || 'Biologie';
export const codeOfReport = (body: Pick<ResultsBody, 'title' | 'panel'>): DiagnosticReport['code'] => ({
  coding: [{ system: loinc, code: panelOf(body.panel ?? '')?.loinc ?? '11502-2' }],
  text: titleOf(body),
});
