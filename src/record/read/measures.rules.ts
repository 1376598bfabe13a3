import type { Observation, ObservationComponent, ObservationReferenceRange, Quantity } from '@medplum/fhirtypes';
import type { MeasureValue } from '../contract.ts';
import { flagOf, flagOfCompared } from '../contract/results/flags.rules.ts';
import { inOwnUnit, unitShown } from '../data/lab-units.ts';
import { type Measure, measureOf, rangeFor } from '../data/measures.ts';
import { ageYears } from '../dates.rules.ts';
import { firstCode, labelOf, numberLabel } from '../fhir-words.ts';

type Flag = MeasureValue['flag'];
export const flagLabels: Record<Flag, string> = {
  low: 'Bas',
  normal: '',
  high: 'Élevé',
  'critical-low': 'Très bas',
  'critical-high': 'Très élevé',
  unknown: '',
};
const byInterpretation: Record<string, Flag> = {
  N: 'normal',
  L: 'low',
  LL: 'critical-low',
  LU: 'low',
  H: 'high',
  HH: 'critical-high',
  HU: 'high',
  A: 'high',
  AA: 'critical-high',
  '<': 'critical-low',
  '>': 'critical-high',
};
const weight: Record<Flag, number> = { unknown: 0, normal: 1, low: 2, high: 2, 'critical-low': 3, 'critical-high': 3 };
/** The one that needs eyes first. */
export const worst = (flags: readonly Flag[]): Flag =>
  flags.reduce<Flag>((a, b) => (weight[b] > weight[a] ? b : a), 'unknown');

export interface Person {
  birth: string | undefined;
  sex: string | undefined;
}

interface Range {
  low?: number;
  high?: number;
  criticalLow?: number;
  criticalHigh?: number;
}
/** The laboratory's own range, else the catalogue's for the age at that time, when the unit is the catalogue's. */
export function rangeOf(
  measure: Measure | undefined,
  unit: string | undefined,
  own: ObservationReferenceRange[] | undefined,
  person: Person,
  at: string | null,
): Range | undefined {
  const given = own?.find((range) => range.low?.value !== undefined || range.high?.value !== undefined);
  const usual =
    measure && (unit === undefined || unit === measure.unit)
      ? rangeFor(measure, at ? ageYears(person.birth, at) : null, person.sex)
      : undefined;
  if (!given) return usual;
  return {
    low: given.low?.value,
    high: given.high?.value,
    criticalLow: usual?.criticalLow,
    criticalHigh: usual?.criticalHigh,
  };
}
/** Whose range it is: the report's own, ours, nobody's. */
export const rangeFrom = (
  range: Range | undefined,
  own: ObservationReferenceRange[] | undefined,
): MeasureValue['referenceFrom'] =>
  !range || (range.low === undefined && range.high === undefined)
    ? 'none'
    : own?.some((one) => one.low?.value !== undefined || one.high?.value !== undefined)
      ? 'report'
      : 'usual';
export { flagOf };
/** Another unit of the same thing becomes the catalogue's, with the range beside it: one curve, one row. */
function inCatalogueUnit(
  measure: Measure | undefined,
  quantity: Quantity,
  own: ObservationReferenceRange[] | undefined,
): { quantity: Quantity; own: ObservationReferenceRange[] | undefined } {
  if (!measure || quantity.value === undefined || !quantity.code || quantity.code === measure.unit)
    return { quantity, own };
  const from = quantity.code;
  const value = inOwnUnit(measure.code, measure.unit, from, quantity.value);
  if (value === null) return { quantity, own };
  const bound = (limit: Quantity | undefined): Quantity | undefined =>
    limit?.value === undefined
      ? undefined
      : { value: inOwnUnit(measure.code, measure.unit, limit.code ?? from, limit.value) ?? undefined };
  return {
    quantity: { ...quantity, value: Number(value.toPrecision(6)), code: measure.unit, unit: measure.shown },
    own: own?.map((range) => ({
      ...range,
      low: bound(range.low) as ObservationReferenceRange['low'],
      high: bound(range.high) as ObservationReferenceRange['high'],
    })),
  };
}
/** An observation's own range, in the catalogue's unit. */
export const ownRangeOf = (observation: Observation): ObservationReferenceRange[] | undefined =>
  observation.valueQuantity
    ? inCatalogueUnit(
        measureOf(firstCode(observation.code) ?? ''),
        observation.valueQuantity,
        observation.referenceRange,
      ).own
    : observation.referenceRange;
export function rangeText(range: Range | undefined, decimals: number): string {
  if (!range) return '';
  const [low, high] = [range.low, range.high].map((bound) =>
    bound === undefined ? undefined : numberLabel(bound, decimals),
  );
  if (low !== undefined && high !== undefined) return low === high ? low : `${low} – ${high}`;
  return low !== undefined ? `≥ ${low}` : high !== undefined ? `≤ ${high}` : '';
}

const words: Record<string, string> = { '<': '< ', '<=': '≤ ', '>': '> ', '>=': '≥ ' };
function readValue(holder: Observation | ObservationComponent, person: Person, at: string | null): MeasureValue | null {
  const code = firstCode(holder.code) ?? labelOf(holder.code);
  const measure = measureOf(code);
  const base = { code: measure?.code ?? code, label: measure?.label ?? labelOf(holder.code, code) };
  const received: Quantity | undefined =
    holder.valueQuantity ?? (holder.valueInteger !== undefined ? { value: holder.valueInteger } : undefined);
  const { quantity, own } = received
    ? inCatalogueUnit(measure, received, holder.referenceRange)
    : { quantity: undefined, own: undefined };
  const interpreted = holder.interpretation
    ?.map((one) => byInterpretation[firstCode(one) ?? ''])
    .find((flag) => flag !== undefined);
  if (quantity?.value !== undefined) {
    const known = quantity.code === undefined || quantity.code === measure?.unit;
    const decimals = known && measure ? measure.decimals : decimalsOf(quantity.value);
    const range = rangeOf(measure, quantity.code, own, person, at);
    const seen = flagOfCompared(quantity.value, quantity.comparator, range);
    const flag = interpreted && weight[interpreted] >= weight[seen] ? interpreted : seen;
    return {
      ...base,
      value: quantity.value,
      text: `${words[quantity.comparator ?? ''] ?? ''}${numberLabel(quantity.value, decimals, known && decimals > 0 && measure !== undefined && measure.group !== 'growth')}`,
      unit: (known ? measure?.shown : undefined) ?? unitShown(quantity.unit ?? quantity.code ?? ''),
      decimals,
      flag,
      flagLabel: flagLabels[flag],
      reference: rangeText(range, Math.max(decimals, 1)),
      referenceFrom: rangeFrom(range, own),
    };
  }
  const text =
    holder.valueString ??
    (holder.valueCodeableConcept ? labelOf(holder.valueCodeableConcept) : undefined) ??
    (holder.valueBoolean !== undefined ? (holder.valueBoolean ? 'Oui' : 'Non') : undefined) ??
    holder.valueDateTime;
  if (text === undefined) return null;
  const flag = interpreted ?? 'unknown';
  return {
    ...base,
    value: null,
    text,
    unit: '',
    decimals: 0,
    flag,
    // Words are not high or low.
    flagLabel: flag === 'high' ? 'Anormal' : flagLabels[flag],
    reference: holder.referenceRange?.[0]?.text ?? '',
    referenceFrom: holder.referenceRange?.[0]?.text ? 'report' : 'none',
  };
}
/** The number `valuesOf` gives for this code, without the words around it: a curve needs no more. */
export function numberFor(observation: Observation, code: string): number | null {
  for (const holder of [observation, ...(observation.component ?? [])]) {
    const own = firstCode(holder.code) ?? labelOf(holder.code);
    if ((measureOf(own)?.code ?? own) !== code) continue;
    const value = holder.valueQuantity
      ? inCatalogueUnit(measureOf(own), holder.valueQuantity, undefined).quantity.value
      : holder.valueInteger;
    if (value !== undefined) return value;
    if (
      holder.valueString !== undefined ||
      holder.valueCodeableConcept ||
      holder.valueBoolean !== undefined ||
      holder.valueDateTime !== undefined
    )
      return null;
  }
  return null;
}
/** A point of the curve `code`: its number and its moment. */
export function pointOf(observation: Observation, code: string): { at: string; value: number } | null {
  const value = numberFor(observation, code);
  const at = observation.effectiveDateTime ?? observation.effectivePeriod?.start ?? observation.issued;
  return value !== null && at ? { at, value } : null;
}
const decimalsOf = (value: number): number =>
  Number.isInteger(value) ? 0 : Math.min(3, (String(value).split('.')[1] ?? '').length);

/** The values of an observation, its own first, then its components; blood pressure gives systolic then diastolic. */
export function valuesOf(observation: Observation, person: Person): MeasureValue[] {
  const at = observation.effectiveDateTime ?? observation.effectivePeriod?.start ?? observation.issued ?? null;
  const values = [
    readValue(observation, person, at),
    ...(observation.component ?? []).map((component) => readValue(component, person, at)),
  ].filter((value) => value !== null);
  const order = measureOf(firstCode(observation.code) ?? '')?.components;
  return order ? values.sort((a, b) => order.indexOf(a.code) - order.indexOf(b.code)) : values;
}
/** «132/78 mmHg», «72,4 kg», «positif». */
export function displayOf(values: readonly MeasureValue[]): string {
  if (values.length === 0) return '';
  const [first, second] = values;
  if (values.length === 2 && first!.code === '8480-6' && second!.code === '8462-4')
    return `${first!.text}/${second!.text} ${first!.unit}`;
  if (values.length === 1) return `${first!.text}${first!.unit.startsWith('/') ? '' : ' '}${first!.unit}`.trim();
  return values.map((value) => `${value.label} ${value.text} ${value.unit}`.trim()).join(' · ');
}
/** The JSON object of a text that opens at `start`, whatever its strings hold. */
function objectAt(text: string, start: number): string | undefined {
  let depth = 0;
  for (let end = start; end < text.length; end++) {
    const c = text.charCodeAt(end);
    if (c === 0x22) {
      for (end++; end < text.length && text.charCodeAt(end) !== 0x22; end++) if (text.charCodeAt(end) === 0x5c) end++;
    } else if (c === 0x7b) depth++;
    else if (c === 0x7d && --depth === 0) return text.slice(start, end + 1);
  }
  return undefined;
}
const curves = new Map<string, string>();
/**
 * `curveOf` of an observation that counts, from its text as the store keeps it (no blanks): most observations of a page are only counted, and
 * parsing all of them is what a page takes longest for. Undefined when only parsing tells: other `code` elements beside its own, or words that
 * may be a status that does not count.
 */
export function curveInText(text: string): string | undefined {
  const key = '"code":{';
  const at = text.indexOf(key);
  if (
    at < 0 ||
    text.indexOf(key, at + key.length) >= 0 ||
    text.includes('entered-in-error') ||
    text.includes('cancelled')
  )
    return undefined;
  const code = objectAt(text, at + key.length - 1);
  if (code === undefined) return undefined;
  let curve = curves.get(code);
  if (curve === undefined) {
    try {
      curve = curveOf({ code: JSON.parse(code) } as Observation);
    } catch {
      return undefined;
    }
    if (curves.size > 5000) curves.clear();
    curves.set(code, curve);
  }
  return curve;
}
const quantityKey = '"valueQuantity":{';
const dateKey = '"effectiveDateTime":"';
/**
 * A point of the curve `code` from the text of an observation, as `numberFor` and its date would give it. Undefined when only parsing tells:
 * another code, parts, extensions, no quantity, no plain date.
 */
export function pointInText(text: string, code: string): { at: string; value: number } | undefined {
  if (text.includes('"extension":[') || text.includes('"contained":[') || curveInText(text) !== code) return undefined;
  const value = text.indexOf(quantityKey);
  const date = text.indexOf(dateKey);
  if (value < 0 || date < 0) return undefined;
  const quantity = objectAt(text, value + quantityKey.length - 1);
  if (quantity === undefined) return undefined;
  const from = date + dateKey.length;
  const read = inCatalogueUnit(measureOf(code), JSON.parse(quantity) as Quantity, undefined).quantity.value;
  return read === undefined ? undefined : { at: text.slice(from, text.indexOf('"', from)), value: read };
}
/** The key of a curve: the catalogue's code whatever the origin. */
export const curveOf = (observation: Observation): string => {
  const code = firstCode(observation.code) ?? labelOf(observation.code);
  return measureOf(code)?.code ?? code;
};
