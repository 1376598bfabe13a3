import { type MeasureRange, rangeFor } from '../../data/measures.ts';
import { type Analyte, analyteOf } from '../../data/panels.ts';
import { fromOwnUnit, inOwnUnit } from '../../data/lab-units.ts';

export type ResultFlag = 'low' | 'normal' | 'high' | 'critical-low' | 'critical-high' | 'unknown';
export interface Range {
  low?: number;
  high?: number;
  criticalLow?: number;
  criticalHigh?: number;
}
export const isCritical = (flag: string): boolean => flag === 'critical-low' || flag === 'critical-high';
export const isOutOfRange = (flag: string): boolean => flag !== 'normal' && flag !== 'unknown';

export function flagOf(value: number, range: Range | undefined): ResultFlag {
  if (!range) return 'unknown';
  if (range.criticalLow !== undefined && value < range.criticalLow) return 'critical-low';
  if (range.criticalHigh !== undefined && value >= range.criticalHigh) return 'critical-high';
  if (range.low !== undefined && value < range.low) return 'low';
  if (range.high !== undefined && value > range.high) return 'high';
  return range.low === undefined && range.high === undefined ? 'unknown' : 'normal';
}
/** «< 5» under a bound of 8 is not low, «> 90» above 60 is not high: what the sign leaves open is not flagged. */
export function flagOfCompared(
  value: number,
  comparator: string | null | undefined,
  range: Range | undefined,
): ResultFlag {
  const flag = flagOf(value, range);
  if (!comparator || !range) return flag;
  const under = comparator.startsWith('<');
  if (under && (flag === 'high' || flag === 'critical-high')) return 'unknown';
  if (!under && (flag === 'low' || flag === 'critical-low')) return 'unknown';
  if (flag !== 'normal') return flag;
  return (under ? range.low === undefined : range.high === undefined) ? 'normal' : 'unknown';
}

/** The report's own range, else the usual one of this age and sex; critical limits are the catalogue's. In the unit of the value. */
export function rangeIn(
  analyte: Analyte | undefined,
  unit: string,
  own: { low?: number | null; high?: number | null } | null,
  person: { age: number | null; sex: string | undefined },
): { range: Range | undefined; from: 'report' | 'usual' | null } {
  const usual: MeasureRange | undefined =
    analyte && inOwnUnit(analyte.code, analyte.unit, unit, 1) !== null
      ? rangeFor(analyte, person.age, person.sex)
      : undefined;
  const there = (bound: number | undefined): number | undefined =>
    bound === undefined || !analyte ? undefined : (fromOwnUnit(analyte.code, analyte.unit, unit, bound) ?? undefined);
  const limits = usual && {
    ...(usual.criticalLow !== undefined && { criticalLow: there(usual.criticalLow)! }),
    ...(usual.criticalHigh !== undefined && { criticalHigh: there(usual.criticalHigh)! }),
  };
  if (own && (typeof own.low === 'number' || typeof own.high === 'number'))
    return {
      range: {
        ...limits,
        ...(typeof own.low === 'number' && { low: own.low }),
        ...(typeof own.high === 'number' && { high: own.high }),
      },
      from: 'report',
    };
  if (
    !usual ||
    (usual.low === undefined &&
      usual.high === undefined &&
      usual.criticalLow === undefined &&
      usual.criticalHigh === undefined)
  )
    return { range: undefined, from: null };
  return {
    range: {
      ...limits,
      ...(usual.low !== undefined && { low: there(usual.low)! }),
      ...(usual.high !== undefined && { high: there(usual.high)! }),
    },
    from: 'usual',
  };
}
export const analyteFor = (code: string | null): Analyte | undefined => (code ? analyteOf(code) : undefined);
