import { withoutAccents } from '../../platform/index.ts';

/** The words of a label without accents, case and punctuation: `Médecin généraliste` is `medecin`, `generaliste`. */
export const wordsOf = (text: string): string[] =>
  withoutAccents(text)
    .replace(/œ/gi, 'oe')
    .toLowerCase()
    .split(/[^\p{Letter}\p{Number}]+/u)
    .filter((word) => word !== '');

/** Whether every typed word begins a word of the label, of another wording, or the code. */
export function matches(typed: string[], code: string, display?: string, designations?: string[]): boolean {
  const words = wordsOf([code, display, ...(designations ?? [])].join(' '));
  return typed.every((word) => words.some((candidate) => candidate.startsWith(word)));
}
