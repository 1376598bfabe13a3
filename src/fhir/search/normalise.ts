/** Longest value kept in fhir.string; what is searched is cut the same way. */
export const longestString = 200;

/**
 * A text as strings are compared: no case, no accent, ligatures apart, punctuation and hyphens as one space, at most 200 characters.
 * `Jean-François  LEBŒUF` → `jean francois leboeuf`.
 */
export function normalise(text: string): string {
  if (plain.test(text)) return text.slice(0, longestString).trimEnd();
  const known = remembered.get(text);
  if (known !== undefined) return known;
  const normal = fold(text);
  if (text.length <= 120) {
    if (remembered.size >= 20_000) remembered.clear();
    remembered.set(text, normal);
  }
  return normal;
}
/** The same displays come back with every resource. */
const remembered = new Map<string, string>();

function fold(text: string): string {
  return text
    .slice(0, 4 * longestString)
    .normalize('NFKD')
    .toLowerCase()
    .normalize('NFD')
    .replace(/\p{M}+/gu, '')
    .replace(/œ/g, 'oe')
    .replace(/æ/g, 'ae')
    .replace(/ß/g, 'ss')
    .replace(/ø/g, 'o')
    .replace(/ł/g, 'l')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
    .slice(0, longestString)
    .trimEnd();
}
const plain = /^[a-z0-9]+(?: [a-z0-9]+)*$/;
