export interface Piece {
  text: string;
  kind: 'same' | 'gone' | 'put';
}
const most = 4_000_000;
/** Words and blanks: joined again they make the text. */
const wordsOf = (text: string): string[] => text.match(/\s+|\S+/g) ?? [];

/** What was taken out and what was put in between two texts, word by word (longest common subsequence). Of texts too long for that: all of one, all of the other. */
export function compared(before: string, after: string): Piece[] {
  if (before === after) return before ? [{ text: before, kind: 'same' }] : [];
  const [a, b] = [wordsOf(before), wordsOf(after)];
  if (a.length * b.length > most)
    return [
      ...(before ? [{ text: before, kind: 'gone' as const }] : []),
      ...(after ? [{ text: after, kind: 'put' as const }] : []),
    ];
  const width = b.length + 1;
  const longest = new Uint32Array((a.length + 1) * width);
  for (let i = a.length - 1; i >= 0; i--)
    for (let j = b.length - 1; j >= 0; j--)
      longest[i * width + j] =
        a[i] === b[j]
          ? longest[(i + 1) * width + j + 1]! + 1
          : Math.max(longest[(i + 1) * width + j]!, longest[i * width + j + 1]!);
  const pieces: Piece[] = [];
  const add = (text: string, kind: Piece['kind']) => {
    const last = pieces.at(-1);
    if (last?.kind === kind) last.text += text;
    else pieces.push({ text, kind });
  };
  let [i, j] = [0, 0];
  while (i < a.length || j < b.length) {
    if (i < a.length && j < b.length && a[i] === b[j]) {
      add(a[i++]!, 'same');
      j++;
    } else if (i < a.length && (j === b.length || longest[(i + 1) * width + j]! >= longest[i * width + j + 1]!))
      add(a[i++]!, 'gone');
    else add(b[j++]!, 'put');
  }
  return pieces;
}
