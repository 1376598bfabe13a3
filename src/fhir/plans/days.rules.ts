/** Days as YYYY-MM-DD, and the lengths of time a plan counts with. */
export interface Length {
  value: number;
  /** UCUM: s, min, h, d, wk, mo, a. */
  unit: string;
}

/** A plan begun after midnight does not begin the day before. */
export const dayInFrance = (at: Date): string => at.toLocaleDateString('sv-SE', { timeZone: 'Europe/Paris' });
export function addDays(day: string, days: number): string {
  const date = new Date(`${day}T12:00:00Z`);
  date.setUTCDate(date.getUTCDate() + days);
  return date.toISOString().slice(0, 10);
}
/** The 31st becomes the last of the month. */
function addMonths(day: string, months: number): string {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number);
  const last = new Date(Date.UTC(year, month + months, 0)).getUTCDate();
  return new Date(Date.UTC(year, month - 1 + months, Math.min(date, last), 12)).toISOString().slice(0, 10);
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
export const daysFrom = (from: string, to: string): number =>
  Math.round((Date.parse(`${to}T12:00:00Z`) - Date.parse(`${from}T12:00:00Z`)) / 86_400_000);
