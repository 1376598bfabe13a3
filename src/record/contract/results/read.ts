/** What a laboratory's text or file says, read: the same shape whatever the format. Nothing is written from it before someone has looked. */
export interface ReadValue {
  /** Line of the source, from 1. */
  line: number;
  raw: string;
  /** Code of data/panels.ts; null: not known here, kept under its own name. */
  code: string | null;
  label: string;
  value: number | null;
  comparator: '<' | '<=' | '>' | '>=' | null;
  /** Answered in words. */
  text: string | null;
  /** UCUM, '' when there is none or it is not known; `unitText`: as written. */
  unit: string;
  unitText: string;
  low: number | null;
  high: number | null;
  /** The laboratory's own mark. */
  flag: 'L' | 'H' | 'LL' | 'HH' | 'A' | null;
  status: 'preliminary' | 'final' | 'corrected' | null;
  /** What stood on the line and was not read (an earlier value). */
  left: string;
}
export interface Traits {
  family: string;
  birthFamily: string;
  given: string;
  /** ISO day; '' when not told. */
  birthDate: string;
  sex: 'male' | 'female' | null;
}
export interface ReadReport {
  format: 'text' | 'hprim' | 'hprim-sante';
  values: ReadValue[];
  /** Words of the laboratory, and lines that were not understood: kept as text. */
  comments: string[];
  /** Lines before the first value: letterhead, address. */
  head: string[];
  traits: Traits | null;
  lab: string;
  /** The laboratory's number of this report. */
  number: string;
  /** When it was taken: ISO day or local moment `2026-03-12T08:15`; '' when not told. */
  at: string;
}
export const mostText = 200_000;
export const mostLines = 2000;
export const mostValues = 200;

/** Accents, case and punctuation away. */
export const plainName = (text: string): string =>
  text
    .normalize('NFD')
    .replace(/\p{Diacritic}/gu, '')
    .replace(/œ/gi, 'oe')
    .replace(/[β]/g, 'beta ')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, ' ')
    .trim();

/** Letters of a file: UTF-8 when it is valid, else what Windows wrote. Never throws. */
export function lettersOf(bytes: Uint8Array): string {
  const cut = bytes.subarray(0, mostText);
  let text: string;
  if (cut[0] === 0xff && cut[1] === 0xfe) text = new TextDecoder('utf-16le').decode(cut);
  else
    try {
      text = new TextDecoder('utf-8', { fatal: true }).decode(
        cut.length < bytes.length ? cut.subarray(0, cut.length - 4) : cut,
      );
    } catch {
      text = new TextDecoder('windows-1252').decode(cut);
    }
  // Characters that neither a screen nor JSON needs.
  return text.replace(/^\uFEFF/, '').replace(/(?![\t\n\r])\p{Cc}/gu, '');
}
export const linesOf = (text: string): string[] =>
  text
    .slice(0, mostText)
    .split(/\r\n|\r|\n/)
    .slice(0, mostLines)
    .map((line) => line.slice(0, 1000));

/** «12,5», «1.42», «-8», «4 520»; null when it is no number. */
export function numberIn(text: string): number | null {
  const clean = text
    .trim()
    .replace(/[\u00a0\u202f ](?=\d{3}(?:\D|$))/g, '')
    .replace(',', '.');
  return /^[-+]?\d{1,12}(?:\.\d{1,6})?$/.test(clean) ? Number(clean) : null;
}
/** «12/03/1950», «12-03-1950», «19500312», «120350»; '' when it is no day that exists. */
export function dayIn(text: string): string {
  const t = text.trim();
  const found = /^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})$/.exec(t) ?? undefined;
  const whole = found
    ? [found[3]!, found[2]!, found[1]!]
    : (/^(\d{4})(\d{2})(\d{2})\d{0,6}$/.exec(t)?.slice(1, 4) ?? /^(\d{4})-(\d{2})-(\d{2})$/.exec(t)?.slice(1, 4));
  if (!whole) return '';
  const day = `${whole[0]}-${whole[1]!.padStart(2, '0')}-${whole[2]!.padStart(2, '0')}`;
  const at = new Date(`${day}T12:00:00Z`);
  return !Number.isNaN(at.getTime()) && at.toISOString().startsWith(day) && day > '1880' && day < '2200' ? day : '';
}
/** «201204281412» → «2012-04-28T14:12». */
export function momentIn(text: string): string {
  const found = /^(\d{8})(\d{2})(\d{2})/.exec(text.trim());
  const day = dayIn(text.trim().slice(0, 8));
  return found && day && Number(found[2]) < 24 && Number(found[3]) < 60 ? `${day}T${found[2]}:${found[3]}` : day;
}
