/** Days and clocks in France. A day is YYYY-MM-DD, whatever the hour where the server stands. Pure, without imports. */

const zone = 'Europe/Paris';
const parts = new Intl.DateTimeFormat('fr-FR', {
  timeZone: zone,
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  hourCycle: 'h23',
});
const [minuteMs, hourMs, dayMs] = [60_000, 3_600_000, 86_400_000];

/** What a clock on the wall shows. */
export interface Wall {
  year: number;
  month: number;
  day: number;
  hour: number;
  minute: number;
}
const read = (instant: Date): Wall & { second: number } => {
  const found = Object.fromEntries(parts.formatToParts(instant).map((part) => [part.type, Number(part.value)]));
  return {
    year: found.year!,
    month: found.month!,
    day: found.day!,
    hour: found.hour!,
    minute: found.minute!,
    second: found.second!,
  };
};
/** Before this day the offset was not of whole minutes; after the other one nobody knows. */
const [whole, known] = [Date.UTC(1912, 0, 1), Date.UTC(2200, 0, 1)];
const fortnight = 14 * dayMs;
/** Minutes ahead of UTC by the fortnight or the hour an instant is in; null in a fortnight in which the clocks change. */
const offsets = new Map<number, number | null>();
const offsetAt = (ms: number): number => {
  const wall = read(new Date(ms));
  return Math.round(
    (Date.UTC(wall.year, wall.month - 1, wall.day, wall.hour, wall.minute, wall.second) - ms) / minuteMs,
  );
};
function offsetOf(ms: number): number {
  const start = Math.floor(ms / fortnight) * fortnight;
  let offset = offsets.get(start);
  if (offset === undefined) {
    const first = offsetAt(start);
    offset = first === offsetAt(start + fortnight) ? first : null;
    offsets.set(start, offset);
  }
  if (offset !== null) return offset;
  // Keyed apart from the fortnights, which begin on whole hours too. Clocks change on a whole hour of UTC.
  const within = Math.floor(ms / hourMs) * hourMs + 1;
  offset = offsets.get(within) ?? null;
  if (offset === null) offsets.set(within, (offset = offsetAt(within - 1)));
  return offset;
}
/** Minutes that clocks in France are ahead of UTC at an instant (ms). */
export const aheadInFrance = (ms: number): number => (ms >= whole && ms < known ? offsetOf(ms) : offsetAt(ms));
/** What the clock on the wall shows in France at an instant. Asked for every line of a page: the calendar's own way costs ten times as much. */
export function wallClock(instant: Date): Wall & { second: number } {
  const ms = instant.getTime();
  if (!(ms >= whole && ms < known)) return read(instant);
  const wall = new Date(ms + offsetOf(ms) * minuteMs);
  return {
    year: wall.getUTCFullYear(),
    month: wall.getUTCMonth() + 1,
    day: wall.getUTCDate(),
    hour: wall.getUTCHours(),
    minute: wall.getUTCMinutes(),
    second: wall.getUTCSeconds(),
  };
}
const pad = (n: number, size = 2): string => String(n).padStart(size, '0');
export const isoDay = ({ year, month, day }: { year: number; month: number; day: number }): string =>
  `${pad(year, 4)}-${pad(month)}-${pad(day)}`;
/** The day an instant is of in France: what begins after midnight does not begin the day before. */
export const dayInFrance = (at: Date): string => isoDay(wallClock(at));

/** The instant at which the wall clock shows this in France, with its offset: `2026-03-12T09:15:00+01:00`. */
export function parisInstant(wall: Wall): string {
  const asUtc = Date.UTC(wall.year, wall.month - 1, wall.day, wall.hour, wall.minute);
  let offset = 60;
  for (let turn = 0; turn < 2; turn++) {
    const seen = wallClock(new Date(asUtc - offset * minuteMs));
    offset += Math.round((Date.UTC(seen.year, seen.month - 1, seen.day, seen.hour, seen.minute) - asUtc) / minuteMs);
  }
  return `${isoDay(wall)}T${pad(wall.hour)}:${pad(wall.minute)}:00+${pad(Math.floor(offset / 60))}:${pad(offset % 60)}`;
}

/** @param day or an instant, whose first ten signs are taken */
export function addDays(day: string, days: number): string {
  const date = new Date(`${day.slice(0, 10)}T12:00:00Z`);
  date.setUTCDate(date.getUTCDate() + days);
  return date.toISOString().slice(0, 10);
}
/** A day so many months later; the 31st becomes the last of the month. */
export function addMonths(day: string, months: number): string {
  const [year = 0, month = 1, date = 1] = day.slice(0, 10).split('-').map(Number);
  const first = new Date(Date.UTC(year, month - 1 + months, 1));
  const last = new Date(Date.UTC(first.getUTCFullYear(), first.getUTCMonth() + 1, 0)).getUTCDate();
  return isoDay({ year: first.getUTCFullYear(), month: first.getUTCMonth() + 1, day: Math.min(date, last) });
}
/** Days since the first of January 1970. */
export const dayNumber = (day: string): number => Date.parse(`${day.slice(0, 10)}T00:00:00Z`) / dayMs;
/** How many days from one day to another; negative when it is before. */
export const daysBetween = (from: string, to: string): number => dayNumber(to) - dayNumber(from);
