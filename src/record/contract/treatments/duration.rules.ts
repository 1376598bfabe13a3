import type { Period } from './posology.ts';

/** The last day of so long from a day on. */
export function endOf(start: string, { value, unit }: { value: number; unit: Period }): string | null {
  const day = new Date(`${start.slice(0, 10)}T12:00:00Z`);
  if (Number.isNaN(day.getTime())) return null;
  if (unit === 'd' || unit === 'wk') day.setUTCDate(day.getUTCDate() + Math.ceil(value * (unit === 'wk' ? 7 : 1)) - 1);
  else if (unit === 'h' || unit === 'min')
    day.setUTCDate(day.getUTCDate() + Math.max(0, Math.ceil(value / (unit === 'h' ? 24 : 1440)) - 1));
  else {
    const last = day.getUTCDate();
    day.setUTCDate(1);
    day.setUTCMonth(day.getUTCMonth() + Math.ceil(value * (unit === 'a' ? 12 : 1)));
    const most = new Date(Date.UTC(day.getUTCFullYear(), day.getUTCMonth() + 1, 0)).getUTCDate();
    day.setUTCDate(Math.min(last, most) - (last <= most ? 1 : 0));
  }
  return Number.isNaN(day.getTime()) ? null : day.toISOString().slice(0, 10);
}
