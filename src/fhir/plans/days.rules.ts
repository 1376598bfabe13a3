import { addDays, addMonths } from '../../platform/index.ts';

/** Days as YYYY-MM-DD, and the lengths of time a plan counts with. */
export interface Length {
  value: number;
  /** UCUM: s, min, h, d, wk, mo, a. */
  unit: string;
}

/** Less than a day is the same day. */
export function addLength(day: string, { value, unit }: Length, times = 1): string {
  const count = value * times;
  switch (unit) {
    case 'a':
      return addMonths(day, Math.round(count * 12));
    case 'mo':
      return addMonths(day, Math.round(count));
    case 'wk':
      return addDays(day, Math.round(count * 7));
    case 'd':
      return addDays(day, Math.round(count));
    case 'h':
      return addDays(day, Math.trunc(count / 24));
    default:
      return day;
  }
}
