import type { EntrySink } from './entry-sink.ts';
import { escaped, hashOf } from './hashes.ts';
import { isObject, textIn } from './paths.ts';

/** A quantity as searched: bounds, and the texts of its unit forms (`|system|code`, `||code`). */
export interface Measured {
  low: number;
  high: number;
  units: string[];
}

const buffer = new DataView(new ArrayBuffer(8));
/** The next double above (`up`) or below: an open end written as a closed one. */
export function neighbour(value: number, up: boolean): number {
  if (!Number.isFinite(value)) return value;
  if (value === 0) return up ? Number.MIN_VALUE : -Number.MIN_VALUE;
  buffer.setFloat64(0, value);
  const bits = buffer.getBigInt64(0);
  buffer.setBigInt64(0, bits + (value > 0 === up ? 1n : -1n));
  return buffer.getFloat64(0);
}

const number = (value: unknown): number | undefined =>
  typeof value === 'number' && Number.isFinite(value) ? (value === 0 ? 0 : value) : undefined;

/** Forms in which a unit can be asked for: system and code, code or printed unit alone. */
const unitForms = (system: string | undefined, code: string | undefined, unit: string | undefined): string[] => {
  const forms: string[] = [];
  if (system && code) forms.push(`|${escaped(system)}|${escaped(code)}`);
  if (code) forms.push(`||${escaped(code)}`);
  if (unit && unit !== code) forms.push(`||${escaped(unit)}`);
  return forms;
};

/** Reads a number, Quantity, Money or Range; null when it holds no number. */
export function measuredOf(type: string, value: unknown): Measured | null {
  const alone = number(value);
  if (alone !== undefined) return { low: alone, high: alone, units: [] };
  if (!isObject(value)) return null;
  if (type === 'Range') {
    const low = isObject(value.low) ? measuredOf('Quantity', value.low) : null;
    const high = isObject(value.high) ? measuredOf('Quantity', value.high) : null;
    if (!low && !high) return null;
    return { low: low?.low ?? -Infinity, high: high?.high ?? Infinity, units: (low ?? high)!.units };
  }
  const amount = number(value.value);
  if (amount === undefined) return null;
  const units =
    type === 'Money'
      ? unitForms('urn:iso:std:iso:4217', textIn(value.currency), undefined)
      : unitForms(textIn(value.system), textIn(value.code), textIn(value.unit));
  switch (value.comparator) {
    case '<':
      return { low: -Infinity, high: neighbour(amount, false), units };
    case '<=':
      return { low: -Infinity, high: amount, units };
    case '>':
      return { low: neighbour(amount, true), high: Infinity, units };
    case '>=':
      return { low: amount, high: Infinity, units };
    default:
      return { low: amount, high: amount, units };
  }
}

/**
 * Rows of one parameter. A value has one row, without its unit; the unit forms are tokens of the resource when all its values under this
 * parameter share them (nearly always), and rows of their own otherwise.
 */
export function addQuantities(sink: EntrySink, prefix: string, values: readonly Measured[]): void {
  const shared = values.every((value) => value.units.join() === values[0]!.units.join());
  for (const { low, high, units } of values) {
    sink.quantity(prefix, '0', low, high);
    for (const unit of units) {
      if (shared) sink.token(`${prefix}:unit${unit}`);
      else sink.quantity(prefix, hashOf(`unit${unit}`), low, high);
    }
  }
}
