import type { Bounds } from '../../access/index.ts';
import goodUse from './good-use.json' with { type: 'json' };
import type { UseMonth } from './use-port.ts';

export interface Threshold {
  id: string;
  figure: 'professions' | 'sharedShare' | 'meetings' | 'protocols' | 'exchanges';
  label: string;
  atLeast: number;
  unit: 'count' | 'share';
  source: string;
}
/** Signs of good multi-professional use, as data; looked at over the last months that are known. */
export const goodUseOver = goodUse.over;
export const goodUseNote = goodUse.note;
export const thresholds = goodUse.thresholds as Threshold[];

const fixed = (value: number): Bounds => ({ low: value, high: value });
/** Bounds of a figure of one month; undefined: nothing is said of it. */
function boundsOf(figure: Threshold['figure'], month: UseMonth): Bounds | undefined {
  switch (figure) {
    case 'professions':
      return month.professions === null ? undefined : fixed(month.professions);
    case 'sharedShare':
      return month.records.low === 0 || month.records.low !== month.records.high
        ? undefined
        : { low: month.shared.low / month.records.low, high: Math.min(1, month.shared.high / month.records.low) };
    case 'exchanges':
      return month.messages === null && month.tasks === null
        ? undefined
        : fixed((month.messages ?? 0) + (month.tasks ?? 0));
    default:
      return fixed(month[figure]);
  }
}
export interface Sign extends Threshold {
  /** Mean over the months, between two bounds; null: nothing can be said. */
  value: Bounds | null;
  met: 'yes' | 'no' | 'unknown';
}
/** Each sign, met or not, from what was said of the last months only: nothing hidden is used. */
export function signsOf(months: readonly UseMonth[]): Sign[] {
  const last = [...months].sort((a, b) => a.month.localeCompare(b.month)).slice(-goodUseOver);
  return thresholds.map((one) => {
    const known = last.flatMap((month) => boundsOf(one.figure, month) ?? []);
    if (known.length === 0) return { ...one, value: null, met: 'unknown' };
    const mean = (of: (bounds: Bounds) => number) => known.reduce((sum, bounds) => sum + of(bounds), 0) / known.length;
    const value = { low: mean(({ low }) => low), high: mean(({ high }) => high) };
    return { ...one, value, met: value.low >= one.atLeast ? 'yes' : value.high < one.atLeast ? 'no' : 'unknown' };
  });
}

const next = (month: string): string =>
  month.endsWith('-12')
    ? `${Number(month.slice(0, 4)) + 1}-01`
    : `${month.slice(0, 5)}${String(Number(month.slice(5)) + 1).padStart(2, '0')}`;
export const mostMonths = 24;
/** Months of a project that are over: from the one in which it began to the one before this day, or the one in which it ended; the last two years at most. */
export function monthsBetween(startedOn: string, endedOn: string | null, today: string): string[] {
  const months: string[] = [];
  for (
    let month = startedOn.slice(0, 7);
    month < today.slice(0, 7) && (endedOn === null || month <= endedOn.slice(0, 7));
    month = next(month)
  )
    months.push(month);
  return months.slice(-mostMonths);
}
