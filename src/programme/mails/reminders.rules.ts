import { addDays } from '../../platform/index.ts';

/**
 * The day on which the reminder that may leave today was planned; undefined: none. One that could not leave on its day leaves on the next, no later, and never after the last day.
 * @param before how many days before the last day
 * @param lastDay ISO day, included
 */
export function plannedFor(before: readonly number[], lastDay: string, today: string): string | undefined {
  if (today > lastDay) return undefined;
  const planned = new Set(before.map((days) => addDays(lastDay, -days)));
  return [today, addDays(today, -1)].find((day) => planned.has(day));
}
/** In the day, in France: nobody's telephone rings at midnight. */
export function inTheDay(at: Date): boolean {
  const hour = Number(at.toLocaleString('en-GB', { timeZone: 'Europe/Paris', hour: '2-digit', hourCycle: 'h23' }));
  return hour >= 8 && hour < 20;
}
