import { addDays, parisInstant, wallClock } from '../../record/index.ts';

/** Opening hours in minutes since midnight, on these days of the week (1: Monday). */
const practiceHours = {
  days: [1, 2, 3, 4, 5],
  open: 8 * 60,
  close: 19 * 60,
  lunchFrom: 12 * 60,
  lunchTo: 14 * 60,
} as const;
export interface Busy {
  practitioner: string;
  /** Instants. */
  start: string;
  end: string;
}
export interface Slot {
  start: string;
  end: string;
  missing: string[];
  lunch: boolean;
}
const step = 15;
const most = 8;

/** Day of the week of an ISO day, 1 Monday … 7 Sunday. */
const weekdayOf = (day: string): number => new Date(`${day}T12:00:00Z`).getUTCDay() || 7;
const holidays = new Set(['01-01', '05-01', '05-08', '07-14', '08-15', '11-01', '11-11', '12-25']);
/** Easter Sunday (Meeus), from which three French holidays are counted. */
function easter(year: number): string {
  const [a, b, c] = [year % 19, Math.floor(year / 100), year % 100];
  const h = (19 * a + b - Math.floor(b / 4) - Math.floor((b - Math.floor((b + 8) / 25) + 1) / 3) + 15) % 30;
  const l = (32 + 2 * (b % 4) + 2 * Math.floor(c / 4) - h - (c % 4)) % 7;
  const m = Math.floor((a + 11 * h + 22 * l) / 451);
  const month = Math.floor((h + l - 7 * m + 114) / 31);
  return `${year}-${String(month).padStart(2, '0')}-${String(((h + l - 7 * m + 114) % 31) + 1).padStart(2, '0')}`;
}
export function isHoliday(day: string): boolean {
  if (holidays.has(day.slice(5))) return true;
  const sunday = easter(Number(day.slice(0, 4)));
  return [1, 39, 50].some((days) => addDays(sunday, days) === day);
}

/** Minutes since midnight of a busy time within one day; null when it is of another day. */
function within(day: string, busy: Busy): [number, number] | null {
  const [from, to] = [wallClock(new Date(busy.start)), wallClock(new Date(busy.end))];
  const iso = (wall: { year: number; month: number; day: number }) =>
    `${wall.year}-${String(wall.month).padStart(2, '0')}-${String(wall.day).padStart(2, '0')}`;
  if (iso(from) > day || iso(to) < day) return null;
  return [iso(from) < day ? 0 : from.hour * 60 + from.minute, iso(to) > day ? 1440 : to.hour * 60 + to.minute];
}

/**
 * Slots in which these people are free, the best first: everybody there, then over lunch, then the sooner. Slots with people missing come
 * when they save waiting; never with more than a third missing. At most one before, one over and one after lunch a day.
 * @param from,to ISO days, both included. @param after nothing earlier than this instant
 */
export function commonSlots(
  people: readonly string[],
  busy: readonly Busy[],
  given: { minutes: number; from: string; to: string; after: Date },
): Slot[] {
  const found: (Slot & { day: string })[] = [];
  const { open, close, lunchFrom, lunchTo } = practiceHours;
  for (let day = given.from; day <= given.to; day = addDays(day, 1)) {
    if (!(practiceHours.days as readonly number[]).includes(weekdayOf(day)) || isHoliday(day)) continue;
    const taken = busy.flatMap((one) => {
      const span = within(day, one);
      return span ? [{ practitioner: one.practitioner, from: span[0], to: span[1] }] : [];
    });
    const best = new Map<string, Slot & { day: string }>();
    for (let start = open; start + given.minutes <= close; start += step) {
      const end = start + given.minutes;
      const instant = parisInstant({
        year: +day.slice(0, 4),
        month: +day.slice(5, 7),
        day: +day.slice(8),
        hour: Math.floor(start / 60),
        minute: start % 60,
      });
      if (Date.parse(instant) <= given.after.getTime()) continue;
      const missing = people.filter((id) =>
        taken.some((one) => one.practitioner === id && one.from < end && one.to > start),
      );
      if (missing.length * 3 > people.length) continue;
      const lunch = start >= lunchFrom && end <= lunchTo;
      const part = lunch ? 'lunch' : start < lunchFrom ? 'morning' : 'afternoon';
      const known = best.get(part);
      if (!known || missing.length < known.missing.length)
        best.set(part, {
          day,
          start: instant,
          end: parisInstant({
            year: +day.slice(0, 4),
            month: +day.slice(5, 7),
            day: +day.slice(8),
            hour: Math.floor(end / 60),
            minute: end % 60,
          }),
          missing,
          lunch,
        });
    }
    found.push(...best.values());
  }
  const rank = (one: Slot & { day: string }) => [one.missing.length, one.lunch ? 0 : 1, Date.parse(one.start)] as const;
  return found
    .sort((a, b) => {
      const [x, y] = [rank(a), rank(b)];
      return x[0] - y[0] || x[1] - y[1] || x[2] - y[2];
    })
    .slice(0, most)
    .map(({ day: _, ...slot }) => slot);
}
