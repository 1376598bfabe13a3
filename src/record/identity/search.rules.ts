import { dateSpan, parseDate } from '../dates.rules.ts';
import { normalise } from '../fhir-words.ts';
import { compactIns } from './ins.rules.ts';
import type { PatientQuery } from './patient-index.store.ts';
import { phoneKey } from './patient-index.store.ts';

const datePattern =
  /(?<!\d)(?:\d{4}-\d{2}(?:-\d{2})?|\d{1,2}[/.-]\d{1,2}[/.-](?:\d{4}|\d{2})|\d{1,2}[/.]\d{4}|\d{1,2} \d{1,2} \d{4}|\d{8}|\d{6}|(?:18|19|20)\d{2})(?!\d)/;

/** What one typed in one box, told apart: INS, telephone, birth date, names. */
export function understand(typed: string, now: Date, most: number): PatientQuery {
  const none = { words: [], birthLow: '', birthHigh: '', ins: '', phone: '', fuzzy: false, most };
  const compact = compactIns(typed);
  if (/^(?:[12378]\d{4}(?:\d{2}|2[AB])\d{3,8})$/.test(compact) && compact.length >= 10 && !/^0/.test(compact))
    return { ...none, ins: compact };
  const found = datePattern.exec(typed);
  const date = found ? parseDate(found[0], now) : null;
  const phone = phoneIn(typed);
  // «061298» is a day while it can be one.
  if (
    phone &&
    (phone.length === 10 || !phone.startsWith('0') || !date || found![0].replace(/\D/g, '').length < phone.length)
  )
    return { ...none, phone };
  const rest = normalise(date && found ? typed.replace(found[0], ' ') : typed);
  // A part of an INS or of a telephone is not a name.
  const words = rest.split(' ').filter((word) => word && !/^\d+$/.test(word));
  const [birthLow, birthHigh] = date ? widen(date) : ['', ''];
  return { ...none, words: words.slice(0, 8), birthLow, birthHigh };
}
/** A number, or its beginning from four figures on: «06 39», «+33 6 39 98»; of another country with its code: «+32 47», «0041 79». */
function phoneIn(typed: string): string | null {
  const digits = phoneKey(typed);
  if (!/^[\d\s.+()-]+$/.test(typed)) return null;
  const foreign = /^\s*(?:\+|00)/.test(typed) && !digits.startsWith('0');
  return (foreign ? /^[1-9]\d{3,14}$/ : /^0[1-9]\d{2,8}$/).test(digits) ? digits : null;
}
/** A partial date in the record answers to a full one typed, and the other way round: bounds are text, «1948» ≤ «1948-03» ≤ «1948-03-12». */
const widen = (date: string): [string, string] => (date.length === 10 ? [date, date] : [date, dateSpan(date)[1]]);

/** Ranges of the words in a label, accents and case aside, whole text positions kept. */
export function highlight(label: string | null, words: readonly string[]): [number, number][] {
  if (!label || words.length === 0) return [];
  const found: [number, number][] = [];
  for (const match of label.matchAll(/[\p{L}\p{N}]+/gu)) {
    const word = normalise(match[0]);
    const hit = words.filter((typed) => word.startsWith(typed)).sort((a, b) => b.length - a.length)[0];
    if (hit) found.push([match.index, match.index + Math.min(hit.length, match[0].length)]);
  }
  return found;
}

/** The part of a shown number that was typed, as a range; none when it is another of the patient's. */
export function highlightPhone(shown: string, typed: string): [number, number][] {
  for (let end = 1; end <= shown.length; end++) if (phoneKey(shown.slice(0, end)) === typed) return [[0, end]];
  return [];
}
