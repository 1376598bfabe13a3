import { readPosology, unitOfLabel } from './read.rules.ts';

export interface TypedLine {
  label: string;
  dosage: string;
}
const least = 3;
/** «Metformine 1000 1-0-1», «Kardégic 75 mg : 1 le midi»: the medicine, then how it is taken. Where a sign parts them it does; otherwise the longest end that reads as a posology. */
export function readLine(typed: string): TypedLine | null {
  const text = typed
    .replace(/^\s*(?:[-•*–]|\d{1,2}[.)])\s+/, '')
    .replace(/\s+/g, ' ')
    .trim();
  if (text.length < least) return null;
  const parted = /^(.{3,300}?)(?:\s*[:;\t|]\s*|\s+[–—]\s+)(.+)$/.exec(text);
  if (parted) return { label: parted[1]!.trim(), dosage: parted[2]!.trim() };
  const words = text.split(' ');
  for (let at = 1; at < words.length; at++) {
    const label = words.slice(0, at).join(' ');
    const dosage = words.slice(at).join(' ');
    // «1000 mg» alone is a strength.
    if (label.length >= least && /\p{L}{3}/u.test(label) && readPosology(dosage, unitOfLabel(label)).posology)
      return { label: label.replace(/[,.]$/, ''), dosage };
  }
  return { label: text.slice(0, 300), dosage: '' };
}
/** One medicine a line, as a letter or a patient says them. */
export const readLines = (typed: string): TypedLine[] =>
  typed
    .split('\n')
    .map(readLine)
    .filter((line) => line !== null)
    .slice(0, 60);
