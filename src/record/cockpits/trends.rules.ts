import { daysBetween } from '../dates.rules.ts';

/** The days on which someone was seen, as one course: what comes before a gap longer than `gap` days was another one. */
export function courseOf(
  days: readonly string[],
  today: string,
  gap: number,
): { count: number; first: string; last: string } | undefined {
  const sorted = [...new Set(days)].filter((day) => day <= today).sort((a, b) => b.localeCompare(a));
  const last = sorted[0];
  if (!last || daysBetween(last, today) > gap) return undefined;
  let count = 1;
  while (count < sorted.length && daysBetween(sorted[count]!, sorted[count - 1]!) <= gap) count++;
  return { count, first: sorted[count - 1]!, last };
}

export interface Weighed {
  /** YYYY-MM-DD. */
  day: string;
  kilos: number;
}
export interface WeightChange {
  now: Weighed;
  before: Weighed;
  /** In hundredths of the weight before; negative: lost. */
  percent: number;
  days: number;
  /** Loss that the HAS counts as undernutrition: 5 % in a month or 10 % in six months (2019, 2021). */
  severe: boolean;
}
/** The largest change up to the last weight within six months; undefined under 5 %, with one weight, or when the last one is older than a year. */
export function weightChange(weights: readonly Weighed[], today: string): WeightChange | undefined {
  const sorted = weights
    .filter(({ day, kilos }) => day <= today && kilos > 0)
    .sort((a, b) => b.day.localeCompare(a.day));
  const now = sorted[0];
  if (!now || daysBetween(now.day, today) > 365) return undefined;
  const changes = sorted
    .slice(1)
    .map((before): WeightChange => {
      const [percent, days] = [((now.kilos - before.kilos) / before.kilos) * 100, daysBetween(before.day, now.day)];
      return { now, before, percent, days, severe: (percent <= -5 && days <= 31) || percent <= -10 };
    })
    .filter(({ days, percent }) => days > 0 && days <= 184 && Math.abs(percent) >= 5);
  return changes.sort((a, b) => Number(b.severe) - Number(a.severe) || Math.abs(b.percent) - Math.abs(a.percent))[0];
}
