import { soundOf } from '../../fhir/index.ts';

/**
 * Names that differ by a slip of the finger or of the ear: «amoxicilinne», «doliprrane», «kardegik». Two specialities of the French market differ by three letters at least (rule of the agency for new names), and
 * still are confused: so one letter is forgiven, two in a long name, after what sounds alike was put together; and never in a short name.
 */
export function lettersApart(a: string, b: string, most: number): number {
  if (Math.abs(a.length - b.length) > most) return most + 1;
  let [before, last] = [[] as number[], Array.from({ length: b.length + 1 }, (_, at) => at)];
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const swapped =
        i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]
          ? before[j - 2]! + 1
          : Number.POSITIVE_INFINITY;
      row.push(Math.min(last[j]! + 1, row[j - 1]! + 1, last[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1), swapped));
    }
    [before, last] = [last, row];
  }
  return Math.min(last[b.length]!, most + 1);
}
const heard = new Map<string, string>();
function soundLately(word: string): string {
  let sound = heard.get(word);
  if (sound === undefined) {
    if (heard.size >= 20_000) heard.clear();
    heard.set(word, (sound = soundOf(word)));
  }
  return sound;
}
const forgiven = (sound: string): number => (sound.length >= 9 ? 2 : sound.length >= 6 ? 1 : 0);
/** How far apart two names are, word by word; null: too far to be the same. */
export function distance(a: string, b: string): number | null {
  // Most names are nothing like it: no sound is written with six letters more.
  if (Math.abs(a.length - b.length) > 6) return null;
  const [x, y] = [a, b].map((name) => name.split(' ').map((word) => ({ word, sound: soundLately(word) }))) as [
    { word: string; sound: string }[],
    { word: string; sound: string }[],
  ];
  if (x.length !== y.length) return null;
  let sum = 0;
  for (const [at, one] of x.entries()) {
    const other = y[at]!;
    if (one.word === other.word) continue;
    const most = Math.min(forgiven(one.sound), forgiven(other.sound));
    const apart = lettersApart(one.sound, other.sound, most);
    if (Math.min(one.word.length, other.word.length) < 5 || apart > most) return null;
    sum += apart;
  }
  return sum;
}
const begins = (name: string): string => soundLately(name.split(' ')[0]!)[0] ?? '';
/**
 * The only candidate that is close enough and begins alike, of the first group that has any; null when none is, or when another that `means` something else is as close, or nearly, to the ear or to the finger:
 * «prednisoone» sounds like prednisone, and is prednisolone without its l.
 */
export function nearest<T extends { name: string }>(
  name: string,
  groups: readonly (readonly T[])[],
  means: (one: T) => string,
): T | null {
  for (const candidates of groups) {
    const close = candidates
      .flatMap((one) =>
        ((apart) => (apart === null ? [] : [{ one, apart }]))(one.name === name ? null : distance(name, one.name)),
      )
      .sort((a, b) => a.apart - b.apart);
    const [first] = close;
    if (!first) continue;
    const rivals = [
      ...close.filter(({ apart }) => apart <= first.apart + 1).map(({ one }) => one),
      ...candidates.filter((one) => one.name !== name && lettersApart(name, one.name, 1) <= 1),
    ];
    return begins(name) === begins(first.one.name) && rivals.every((one) => means(one) === means(first.one))
      ? first.one
      : null;
  }
  return null;
}
