import type { Condition } from '@medplum/fhirtypes';
import type { Chart, Result, Visit } from './chart.ts';
import { vital } from './codes.ts';
import { addDays, workday, yearsBetween } from './dates.ts';

/** The bodily state that diseases bend over the years; read at each visit. */
export interface Body {
  weight: (date: string) => number;
  height: number;
  systolic: (date: string) => number;
  diastolic: (date: string) => number;
}

/** A course of illness: what is looked at and said at each follow-up, and the blood tests it asks for. */
export interface Course {
  condition: Condition;
  label: string;
  /** Follow-ups a year. */
  rate: number;
  at?: (visit: Visit) => void;
  tests?: (date: string) => Result[];
  words: (date: string) => string;
}

/** Straight lines between dated points, flat outside. */
export function line(...points: [string, number][]): (date: string) => number {
  return (date) => {
    const first = points[0]!;
    if (date <= first[0]) return first[1];
    for (let i = 1; i < points.length; i++) {
      const [to, b] = points[i]!;
      const [from, a] = points[i - 1]!;
      if (date <= to) return a + ((b - a) * yearsBetween(from, date)) / Math.max(0.01, yearsBetween(from, to));
    }
    return points.at(-1)![1];
  };
}

export const firstVisit = (chart: Chart, date: string, what: Parameters<Chart['problem']>[0], note: string): Visit =>
  chart.visit(workday(date), chart.physician, what, { note });
export const jitter = (chart: Chart, value: number, spread: number) => value + chart.chance.bell() * spread;

/** A series of sessions by one profession, with pain measured at the first and the last for physiotherapy. */
export function sessions(
  chart: Chart,
  reason: string,
  profession: Parameters<Chart['pro']>[0],
  start: string,
  count: number,
  words: readonly string[],
) {
  if (!chart.has(profession)) return;
  const pro = chart.pro(profession, start);
  let date = workday(start);
  for (let i = 0; i < count && date < chart.today; i++) {
    const visit = chart.visit(date, pro, reason, i % 2 === 0 ? { note: words[(i / 2) % words.length]! } : {});
    if (profession === 'physiotherapist' && i % 2 === 0)
      chart.measure(visit, vital.pain, Math.max(0, Math.round(6 - (i * 4) / count + chart.chance.bell() * 0.6)));
    date = workday(addDays(date, chart.chance.int(3, 8)));
  }
}
