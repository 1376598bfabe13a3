/** Changes to the text of a letter by its fields, as one writes: what the screen does without the server. */
const tag = /\{\{([^{}\n]*)\}\}/g;
const termsOf = (inside: string): string[] =>
  inside.startsWith('si ')
    ? inside
        .slice(3)
        .split(/ et | ou /)
        .map((term) => term.replace(/^non /, '').trim())
    : inside.startsWith('pour ')
      ? [
          inside
            .slice(5)
            .replace(/^chaque /, '')
            .trim(),
        ]
      : ['fin', 'sinon'].includes(inside)
        ? []
        : [inside];
const tags = (text: string) =>
  [...text.matchAll(tag)].map((found) => ({
    at: found.index,
    end: found.index + found[0].length,
    inside: found[1]!.trim().replace(/\s+/g, ' '),
  }));
/** Written at the signature, by the server. */
export const isLate = (key: string): boolean => key.startsWith('signataire.');

/** Fields and conditions that still wait in a text, once each, in their order. */
export const openKeysIn = (text: string): string[] =>
  [...new Set(tags(text).flatMap(({ inside }) => termsOf(inside)))].filter((key) => key !== '' && !isLate(key));
/** Where a field or its part first stands. */
export function placeOf(text: string, key: string): [from: number, to: number] | null {
  const found = tags(text).find(({ inside }) => termsOf(inside).includes(key));
  return found ? [found.at, found.end] : null;
}
/** Ours in place of the field, wherever it stands by itself; parts that depend on it are left. */
export const withWords = (text: string, key: string, words: string): string =>
  text.replace(tag, (all, inside: string) => (inside.trim() === key ? words : all));

/** Without a field: its line when it stands alone, the words around it otherwise stay; parts that depend on it go whole. */
export function withoutField(text: string, key: string): string {
  let left = text;
  for (let part = partOf(left, key); part; part = partOf(left, key))
    left = left.slice(0, part[0]) + left.slice(part[1]);
  return left
    .split('\n')
    .filter((line) => line.replace(/^\s*[-•]\s*/, '').trim() !== `{{${key}}}`)
    .join('\n')
    .replace(tag, (all, inside: string) => (inside.trim() === key ? '' : all))
    .replace(/\n{3,}/g, '\n\n');
}
function partOf(text: string, key: string): [from: number, to: number] | null {
  const all = tags(text);
  const first = all.findIndex(({ inside }) => /^(si|pour) /.test(inside) && termsOf(inside).includes(key));
  if (first < 0) return null;
  let depth = 0;
  for (const { end, inside } of all.slice(first)) {
    if (/^(si|pour) /.test(inside)) depth++;
    if (inside === 'fin' && --depth === 0) return [all[first]!.at, end];
  }
  return [all[first]!.at, all[first]!.end];
}
