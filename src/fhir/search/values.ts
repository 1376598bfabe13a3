import { spanOf } from './periods.ts';
import { type Prefix, prefixes, SearchProblem, type Test } from './request.ts';

/** Splits at an unescaped separator; the pieces keep their escapes. */
export function splitValue(text: string, separator: ',' | '|' | '$'): string[] {
  const pieces: string[] = [];
  let piece = '';
  for (let i = 0; i < text.length; i++) {
    if (text[i] === '\\' && i + 1 < text.length) {
      piece += text[i]! + text[++i]!;
    } else if (text[i] === separator) {
      pieces.push(piece);
      piece = '';
    } else piece += text[i];
  }
  pieces.push(piece);
  return pieces;
}
export const unescaped = (text: string): string => text.replace(/\\([,|$\\])/g, '$1');

function prefixed(text: string): { prefix: Prefix; rest: string } {
  const start = text.slice(0, 2) as Prefix;
  return prefixes.includes(start) ? { prefix: start, rest: text.slice(2) } : { prefix: 'eq', rest: text };
}

/** `ge2024-03` … A `+` that a form turned into a space is put back. */
export function dateTest(text: string, parameter: string, now: number = Date.now()): Test {
  const { prefix, rest } = prefixed(text.trim());
  const span = spanOf(rest.trim().replace(/ (\d{2}:\d{2})$/, '+$1'));
  if (!span) {
    throw new SearchProblem(
      'value',
      `${parameter}: “${text.slice(0, 60)}” is not a date; write YYYY, YYYY-MM, YYYY-MM-DD or YYYY-MM-DDThh:mm:ss with an offset, after an optional prefix (${prefixes.join(', ')})`,
      parameter,
    );
  }
  let { low, high } = span;
  if (prefix === 'ap') {
    // R4: a tenth of the distance to now, or the precision given when that is wider.
    const margin = Math.abs(now - (low + high) / 2) / 10;
    low = Math.floor(low - margin);
    high = Math.ceil(high + margin);
  }
  return { prefix, low, high, value: low };
}

/** `lt5.40`: for `eq` and `ne` the precision written is the range (5.395 to 5.405); for `ap` a tenth around. */
export function numberTest(text: string, parameter: string): Test {
  const { prefix, rest } = prefixed(text.trim());
  const match = /^([+-]?)(\d{1,40})(?:\.(\d{1,40}))?(?:[eE]([+-]?\d{1,3}))?$/.exec(rest);
  const value = match ? Number(rest) : Number.NaN;
  if (!match || !Number.isFinite(value)) {
    throw new SearchProblem(
      'value',
      `${parameter}: “${text.slice(0, 60)}” is not a number; write for example 5.4, ge100 or 1.2e-3`,
      parameter,
    );
  }
  const exponent = Number(match[4] ?? 0);
  const decimals = (match[3]?.length ?? 0) - exponent;
  // 100 is 99.5 to 100.5; 1e2 is 50 to 150.
  const half = Number(`5e${-decimals - 1}`);
  const tenth = Math.abs(value) / 10;
  const margin = prefix === 'ap' ? Math.max(tenth, half) : half;
  return { prefix, low: exactly(value - margin), high: exactly(value + margin), value };
}
/** Takes the noise of binary fractions away: 5.4 − 0.05 is 5.35. */
const exactly = (value: number): number => Number(value.toPrecision(15));
