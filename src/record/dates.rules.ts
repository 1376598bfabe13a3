import {
  addDays,
  addMonths,
  dayInFrance,
  daysBetween as wholeDays,
  isoDay,
  parisInstant,
  wallClock,
} from '../platform/index.ts';

/** Dates as people type and read them. FHIR partial dates stay partial: «1948-03» is not the first of March. */

export { addDays, addMonths, parisInstant, wallClock };
/** Today in France, YYYY-MM-DD. */
export const today = dayInFrance;
/** The day in France of a FHIR date or instant. */
export const dayOf = (text: string): string => (text.includes('T') ? today(new Date(text)) : text.slice(0, 10));

const pad = (n: number, size = 2): string => String(n).padStart(size, '0');
const exists = (year: number, month: number, day: number): boolean => {
  const date = new Date(Date.UTC(year, month - 1, day));
  return year >= 1850 && year <= 2200 && date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
};
/** A two-digit year is this century up to next year, else the one before. */
const fullYear = (text: string, now: Date): number => {
  const value = Number(text);
  if (text.length === 4) return value;
  const century = Math.floor(wallClock(now).year / 100) * 100;
  return century + value > wallClock(now).year + 1 ? century - 100 + value : century + value;
};

/** A date as typed: «12/03/1948», «12.03.48», «03/1948», «00/03/1948», «1948», ISO, «auj», «hier», «+3s». Null when it is none. */
export function parseDate(typed: string, now: Date): string | null {
  const text = typed
    .trim()
    .toLowerCase()
    .replace(/^le\s+/, '');
  if (/^(auj|aujourd['’]?hui|ajd|j)$/.test(text)) return today(now);
  if (text === 'hier') return addDays(today(now), -1);
  if (text === 'demain') return addDays(today(now), 1);
  const relative = /^([+-])\s?(\d{1,3})\s?(j|s|sem|m|mois|a|an|ans)$/.exec(text);
  if (relative) {
    const count = Number(relative[2]) * (relative[1] === '-' ? -1 : 1);
    const unit = relative[3]!;
    if (unit === 'j') return addDays(today(now), count);
    if (unit.startsWith('s')) return addDays(today(now), count * 7);
    return addMonths(today(now), unit.startsWith('m') ? count : count * 12);
  }
  const iso = /^(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?$/.exec(text);
  if (iso) return partial(Number(iso[1]), iso[2], iso[3]);
  const french = /^(?:(?:(\d{1,2})[\s/.-])?(\d{1,2})[\s/.-])?(\d{4}|\d{2})$/.exec(text);
  if (french && (french[2] !== undefined || french[3]!.length === 4)) {
    // Two numbers are a month and a year only when the year has four digits.
    if (french[1] === undefined && french[2] !== undefined && french[3]!.length === 2)
      return dayOfYear(french[2], french[3]!, now);
    return partial(fullYear(french[3]!, now), french[2], french[1]);
  }
  const packed = /^(\d{2})(\d{2})(\d{4}|\d{2})$/.exec(text);
  return packed ? partial(fullYear(packed[3]!, now), packed[2], packed[1]) : null;
}
const dayOfYear = (day: string, month: string, now: Date): string | null => partial(wallClock(now).year, month, day);
/** Day or month «00»: unknown. */
function partial(year: number, month: string | undefined, day: string | undefined): string | null {
  if (month === undefined || Number(month) === 0) return exists(year, 1, 1) ? pad(year, 4) : null;
  if (day === undefined || Number(day) === 0)
    return exists(year, Number(month), 1) ? `${pad(year, 4)}-${pad(Number(month))}` : null;
  return exists(year, Number(month), Number(day)) ? isoDay({ year, month: Number(month), day: Number(day) }) : null;
}

/** A date with an hour when one is typed: «auj 9h15», «12/03/2026 09:15», an ISO instant. */
export function parseMoment(typed: string, now: Date): string | null {
  const text = typed.trim();
  if (/^\d{4}-\d{2}-\d{2}T/.test(text)) {
    if (!Number.isFinite(Date.parse(text))) return null;
    return /(?:Z|[+-]\d{2}:\d{2})$/.test(text) ? text : parseMoment(text.replace('T', ' ').slice(0, 16), now);
  }
  const hour = /^(?:(.*?)\s+)?(?:à\s*)?([01]?\d|2[0-3])\s?[h:]\s?([0-5]\d)?$/i.exec(text);
  if (!hour || (text.includes('/') && hour[1] === undefined)) return parseDate(text, now);
  const day = parseDate(hour[1] ?? 'auj', now);
  if (day?.length !== 10) return null;
  const [year = 0, month = 0, date = 0] = day.split('-').map(Number);
  return parisInstant({ year, month, day: date, hour: Number(hour[2]), minute: Number(hour[3] ?? 0) });
}

/** «12/03/1948», «03/1948», «1948»; with the hour for an instant when `hour` is asked. */
export function dateLabel(text: string | null | undefined, hour = false): string {
  if (!text) return '';
  const day = dayOf(text);
  const [year, month, date] = day.split('-');
  const label = [date, month, year].filter(Boolean).join('/');
  if (!hour || !text.includes('T')) return label;
  const wall = wallClock(new Date(text));
  return `${label} à ${pad(wall.hour)}:${pad(wall.minute)}`;
}

/** «12/03/1948 09:15», as a form shows what it will read again (`parseMoment`). */
export const typedMoment = (text: string | null | undefined): string => dateLabel(text, true).replace(' à ', ' ');

/** A FHIR instant, where the standard wants one (DocumentReference.date): a day alone means noon in France. */
export const instantOf = (date: string): string =>
  date.includes('T')
    ? date
    : `${date.length === 4 ? `${date}-01-01` : date.length === 7 ? `${date}-01` : date}T12:00:00+01:00`;

/** First and last day a partial date can mean. */
export function dateSpan(text: string): [string, string] {
  const day = dayOf(text);
  if (day.length === 4) return [`${day}-01-01`, `${day}-12-31`];
  if (day.length === 7) return [`${day}-01`, addDays(addMonths(`${day}-01`, 1), -1)];
  return [day, day];
}
/** Days from one date to another; a partial date counts from its first day. */
export const daysBetween = (from: string, to: string): number => wholeDays(dateSpan(from)[0], dateSpan(to)[0]);
/** Completed months between two dates. */
export function monthsBetween(from: string, to: string): number {
  const [a, b] = [dateSpan(from)[0], dateSpan(to)[0]];
  const months = (Number(b.slice(0, 4)) - Number(a.slice(0, 4))) * 12 + Number(b.slice(5, 7)) - Number(a.slice(5, 7));
  return Number(b.slice(8)) < Number(a.slice(8)) ? months - 1 : months;
}
/** Completed years, null when the birth date is unknown. */
export const ageYears = (birth: string | undefined, on: string): number | null =>
  birth ? Math.floor(monthsBetween(birth, on) / 12) : null;
/** «78 ans», «14 mois», «9 jours». */
export function ageLabel(birth: string | undefined, on: string): string {
  if (!birth) return 'âge inconnu';
  const days = daysBetween(birth, on);
  if (days < 0) return 'à naître';
  if (days < 31) return `${days} jour${days > 1 ? 's' : ''}`;
  const months = monthsBetween(birth, on);
  return months < 36 ? `${months} mois` : `${Math.floor(months / 12)} ans`;
}
/** How long, in words: «3 mois», «12 jours». */
export function spanLabel(days: number): string {
  if (days < 1) return 'le même jour';
  if (days < 45) return `en ${days} jour${days > 1 ? 's' : ''}`;
  const months = Math.round(days / 30.4);
  return months < 24 ? `en ${months} mois` : `en ${Math.round(months / 12)} ans`;
}
