import { normalise } from '../fhir-words.ts';

/** What was typed, as words and as phrases between quotation marks. */
export function understandWords(typed: string): { words: string[]; phrases: string[] } {
  const phrases: string[] = [];
  const rest = typed.normalize('NFC').replace(/["«“]\s*([^"»”]{2,150}?)\s*["»”]/g, (_, phrase: string) => {
    if (/[\s-]/.test(phrase)) phrases.push(phrase);
    return /[\s-]/.test(phrase) ? ' ' : ` ${phrase} `;
  });
  const words = [...rest.matchAll(/[\p{L}\p{N}]+(?:[-.][\p{L}\p{N}]+)*/gu)]
    .map(([word]) => word)
    .filter((word) => word.length > 1 || /\d/.test(word));
  return { words: [...new Set(words)].slice(0, 10), phrases: phrases.slice(0, 4) };
}

const letters: Record<string, string> = {
  a: '[aàâäáã]',
  c: '[cç]',
  e: '[eéèêë]',
  i: '[iîïí]',
  n: '[nñ]',
  o: '[oôöóõ]',
  u: '[uùûüú]',
  y: '[yÿ]',
};
/** Words of a text that may be one of those typed: they begin alike, accents aside. Whether they are is the dictionary's to say. */
export function candidatesFor(words: readonly string[], phrases: readonly string[]): RegExp | null {
  const starts = [...words, ...phrases.flatMap((phrase) => phrase.split(/[\s-]+/))]
    .flatMap((word) => normalise(word).split(' '))
    .filter((word) => word.length > 1);
  if (starts.length === 0) return null;
  const patterns = starts.map((word) =>
    [...word.slice(0, Math.max(2, Math.min(4, word.length - 1)))]
      .map((letter) => letters[letter] ?? letter)
      .join('')
      .replace(/\[oôöóõ\]\[eéèêë\]/g, '(?:œ|[oôöóõ][eéèêë])')
      .replace(/\[aàâäáã\]\[eéèêë\]/g, '(?:æ|[aàâäáã][eéèêë])'),
  );
  return new RegExp(`(?<![\\p{L}\\p{N}])(?:${[...new Set(patterns)].join('|')})[\\p{L}\\p{N}]*`, 'giu');
}
export type Range = [start: number, end: number];
export const rangesIn = (text: string, candidates: RegExp, isOne: (word: string) => boolean): Range[] =>
  [...text.matchAll(candidates)]
    .filter(([word]) => isOne(word))
    .map((match) => [match.index, match.index + match[0].length]);

const width = 240;
/** The part of a text in which most of the words stand, in one line, with their ranges. */
export function snippetOf(
  text: string,
  candidates: RegExp,
  isOne: (word: string) => boolean,
): { snippet: string; marks: Range[] } {
  const line = text.replace(/\s+/g, ' ').trim();
  const found = rangesIn(line, candidates, isOne);
  if (found.length === 0) return { snippet: line.slice(0, width) + (line.length > width ? '…' : ''), marks: [] };
  let [best, most] = [0, 0];
  for (let at = 0, until = 0; at < found.length; at++) {
    while (until < found.length && found[until]![1] <= found[at]![0] + width - 60) until++;
    const different =
      new Set(found.slice(at, until).map(([start, end]) => normalise(line.slice(start, Math.min(end, start + 4)))))
        .size *
        10 +
      (until - at);
    if (different > most) [best, most] = [at, different];
  }
  let start = Math.max(0, found[best]![0] - 60);
  if (start > 0) start = line.indexOf(' ', start) + 1 || start;
  let end = Math.min(line.length, start + width);
  if (end < line.length) end = Math.max(line.lastIndexOf(' ', end), found[best]![1]);
  const lead = start > 0 ? '… ' : '';
  const marks = found
    .filter(([from, to]) => from >= start && to <= end)
    .map(([from, to]): Range => [from - start + lead.length, to - start + lead.length]);
  return { snippet: `${lead}${line.slice(start, end)}${end < line.length ? ' …' : ''}`, marks };
}
