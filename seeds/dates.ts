const DAY = 86_400_000;
const ms = (date: string) => Date.parse(`${date.slice(0, 10)}T00:00:00Z`);
const iso = (time: number) => new Date(time).toISOString().slice(0, 10);

export const addDays = (date: string, days: number): string => iso(ms(date) + Math.round(days) * DAY);
export const daysBetween = (from: string, to: string): number => Math.round((ms(to) - ms(from)) / DAY);
export const yearsBetween = (from: string, to: string): number => daysBetween(from, to) / 365.25;

/** The same day `months` later, or the last day of that month. */
export function addMonths(date: string, months: number): string {
  const [y, m, d] = date.split('-').map(Number) as [number, number, number];
  const first = Date.UTC(y, m - 1 + months, 1);
  const last = new Date(Date.UTC(new Date(first).getUTCFullYear(), new Date(first).getUTCMonth() + 1, 0)).getUTCDate();
  return iso(first + (Math.min(d, last) - 1) * DAY);
}

/** Whole years of age. */
export function ageAt(birth: string, date: string): number {
  const years = Number(date.slice(0, 4)) - Number(birth.slice(0, 4));
  return date.slice(5) < birth.slice(5) ? years - 1 : years;
}

/** 0 Sunday … 6 Saturday */
export const weekday = (date: string): number => new Date(ms(date)).getUTCDay();
const holidays = new Set(['01-01', '05-01', '05-08', '07-14', '08-15', '11-01', '11-11', '12-25']);
/** The date, or the next day that is neither of a weekend nor a fixed public holiday. */
export const workday = (date: string): string => {
  const day = weekday(date);
  if (day === 0) return workday(addDays(date, 1));
  if (day === 6) return workday(addDays(date, 2));
  return holidays.has(date.slice(5)) ? workday(addDays(date, 1)) : date;
};

const lastSunday = (year: number, month: number): string => {
  const last = addDays(`${year}-${String(month + 1).padStart(2, '0')}-01`, -1);
  return addDays(last, -weekday(last));
};
const summer = new Map<string, readonly [string, string]>();

/** An instant in Europe/Paris with its offset, from a date and minutes since midnight. Changes of hour (at night) fall on whole days here. */
export function parisInstant(date: string, minutes: number): string {
  const year = date.slice(0, 4);
  let bounds = summer.get(year);
  if (!bounds) {
    bounds = [lastSunday(Number(year), 3), lastSunday(Number(year), 10)];
    summer.set(year, bounds);
  }
  const offset = date >= bounds[0] && date < bounds[1] ? '+02:00' : '+01:00';
  const hour = String(Math.floor(minutes / 60)).padStart(2, '0');
  return `${date}T${hour}:${String(minutes % 60).padStart(2, '0')}:00${offset}`;
}

export const french = (date: string): string => `${date.slice(8, 10)}/${date.slice(5, 7)}/${date.slice(0, 4)}`;
