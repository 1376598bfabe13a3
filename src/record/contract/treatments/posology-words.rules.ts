import { type Day, weekDays as days, periodNames, type Period, doseUnits as units } from './posology.ts';

/** One character for one: where something stands in the folded text is where it stands in what was typed. */
export const fold = (text: string): string =>
  [...text]
    .map((typed) => {
      const lower = typed.toLowerCase();
      const char = lower.length === typed.length ? lower : typed;
      if (char.length > 1) return '?'.repeat(char.length);
      if (/\s/.test(char)) return ' ';
      if (char === '’' || char === '‘') return "'";
      if (char === '×' || char === '*') return 'x';
      if (char === 'μ') return 'µ';
      const base = char.normalize('NFD')[0]!;
      return /[a-z]/.test(base) ? base : char;
    })
    .join('');

const words: Record<string, number> = {
  un: 1,
  une: 1,
  deux: 2,
  trois: 3,
  quatre: 4,
  cinq: 5,
  six: 6,
  sept: 7,
  huit: 8,
  dix: 10,
  douze: 12,
  quinze: 15,
  'un demi': 0.5,
  'une demi': 0.5,
  'une demie': 0.5,
  demi: 0.5,
  'un quart': 0.25,
  'un quart de': 0.25,
  'trois quarts': 0.75,
  'trois quarts de': 0.75,
  'un et demi': 1.5,
  'une et demie': 1.5,
  'deux et demi': 2.5,
};
const signs: Record<string, number> = { '½': 0.5, '¼': 0.25, '¾': 0.75, '1/2': 0.5, '1/4': 0.25, '3/4': 0.75 };
const N = `(?:(?:\\d{1,3}(?: \\d{3})+(?!\\d)|\\d+)(?:[.,]\\d+)?(?: ?(?:[½¼¾]|(?<= )[13]/[24](?!\\d)))?(?: et demie?)?|[½¼¾]|[13] ?/ ?[24](?!\\d)|(?:${Object.keys(
  words,
)
  .sort((a, b) => b.length - a.length)
  .join('|')})\\b)`;
/** Fractions come first: «1/2» is not one, then something else. */
export const number = `(?:[13] ?/ ?[24](?!\\d)|${N})`;
export function numberOf(text: string): number {
  const said = text.trim();
  if (said in words) return words[said]!;
  const sign = said.replace(/ ?\/ ?/, '/');
  if (sign in signs) return signs[sign]!;
  const [, whole = '', part, half] = /^([\d ]*?(?:[.,]\d+)?)(?: ?([½¼¾]|[13]\/[24]))?( et demie?)?$/.exec(said) ?? [];
  return Number(whole.replace(/ /g, '').replace(',', '.') || '0') + (part ? signs[part]! : 0) + (half ? 0.5 : 0);
}
/** What doses are counted in, a group for each unit. */
export const unitPattern = units.map(({ words: one }, at) => `(?<u${at}>${one.source})`).join('|');
export const unitOf = (groups: Record<string, string | undefined>): string => {
  const found = units.findIndex((_, at) => groups[`u${at}`] !== undefined);
  return found < 0 ? '' : units[found]!.label;
};
/** A length of time, as the group `p`. */
export const period = `(?<p>${Object.entries(periodNames)
  .map(([code, { words: one }]) => `(?<p_${code}>${one.source})`)
  .join('|')})`;
export const periodOf = (groups: Record<string, string | undefined>): Period =>
  (Object.keys(periodNames) as Period[]).find((code) => groups[`p_${code}`] !== undefined)!;
export const date = '(\\d{1,2})[/.](\\d{1,2})[/.](\\d{4}|\\d{2})(?!\\d)';
export function isoDay(day: string, month: string, year: string): string | null {
  const full = `${year.length === 2 ? `20${year}` : year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  const parsed = new Date(`${full}T00:00:00Z`);
  return Number.isNaN(parsed.getTime()) || parsed.toISOString().slice(0, 10) !== full ? null : full;
}
const dayCodes: Record<string, Day> = {
  lun: 'mon',
  mar: 'tue',
  mer: 'wed',
  jeu: 'thu',
  ven: 'fri',
  sam: 'sat',
  dim: 'sun',
};
/** A day of the week. */
export const weekDay = '(?:lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|lun|mar|mer|jeu|ven|sam|dim)s?\\b';
export const dayOf = (text: string): Day => dayCodes[text.slice(0, 3)]!;
/** From one day of the week to another, over Sunday when need be. */
export const span = (from: Day, to: Day): Day[] => {
  const codes = days.map(({ code }) => code);
  const [a, b] = [codes.indexOf(from), codes.indexOf(to)];
  return a <= b ? codes.slice(a, b + 1) : [...codes.slice(a), ...codes.slice(0, b + 1)];
};
