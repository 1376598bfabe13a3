/**
 * What a name says of its strength: «500 mg», «1 g/125 mg», «160/12,5 mg», «2 000 UI/0,2 mL», «100 mg/12,5 mg par mL», «12 µg/h». Parts stay in the order in which they are written; which substance each is of is
 * known only when the name, or a list, says the substances in the same order. Masses are milligrams. Nothing is made of a figure without a unit, unless what it is set beside knows it (`meant`).
 */
export interface Part {
  /** Milligrams, units, millimoles, percent; as written when there is no unit. */
  value: number;
  unit: 'mg' | 'UI' | 'mmol' | '%' | '';
  per: { value: number; unit: 'ml' | 'h' | 'dose' | 'g' } | null;
  /** The figure itself: 1 of «1 g». */
  written: number;
}
export interface Strength {
  parts: readonly Part[];
  /** The substance of each part, as `bareName` says it; null: not known. */
  of: readonly string[] | null;
}

const number = String.raw`(\d{1,3}(?: \d{3})+(?!\d)|\d+)(?:[.,](\d+))?`;
const masses: Record<string, number> = {
  mg: 1,
  milligramme: 1,
  milligrammes: 1,
  g: 1000,
  gramme: 1000,
  grammes: 1000,
  µg: 0.001,
  mcg: 0.001,
  ug: 0.001,
  microgramme: 0.001,
  microgrammes: 0.001,
};
const units = String.raw`mg|milligrammes?|grammes?|g|µg|mcg|ug|microgrammes?|m\.?u\.?i\.?|millions? d['’]?(?:ui|unités?)|u\.?i\.?|unités?(?: internationales?)?|u|mmol|%|pour ?cent`;
const volumes: readonly [RegExp, NonNullable<Part['per']>['unit']][] = [
  [/^m/, 'ml'],
  [/^h/, 'h'],
  [/^g/, 'g'],
  [/./, 'dose'],
];
const per = String.raw`\s*(?:\/|par|pour)\s*(?:${number}\s*(ml|millilitres?|h|heures?|doses?)|(ml|millilitres?|h|heures?|doses?|bouffées?|inhalations?|pulvérisations?|g|grammes?))(?!\p{L})`;
const figure = new RegExp(String.raw`(?<![\p{L}\d.,])${number}(?:\s*(${units})(?!\p{L}))?(?:${per})?`, 'gu');

const plain = (label: string): string =>
  label
    .normalize('NFC')
    .toLowerCase()
    .replace(/[\u00a0\u202f]/g, ' ')
    .replace(/\u03bc/g, 'µ');
const numberOf = (whole: string, part: string | undefined): number => Number(`${whole.replace(/ /g, '')}.${part ?? 0}`);
const near = (a: number, b: number): boolean => Math.abs(a - b) <= 1e-6 * Math.max(Math.abs(a), Math.abs(b));
function amount(value: number, unit: string | undefined): Pick<Part, 'value' | 'unit'> {
  if (!unit) return { value, unit: '' };
  if (masses[unit]) return { value: value * masses[unit]!, unit: 'mg' };
  if (/^(?:%|pour)/.test(unit)) return { value, unit: '%' };
  return unit === 'mmol' ? { value, unit } : { value: /^m/.test(unit) ? value * 1_000_000 : value, unit: 'UI' };
}

/** Figures joined by a sign, and the words that stand before them. */
interface Chain {
  parts: Part[];
  before: string;
}
function chainsIn(text: string): Chain[] {
  const chains: Chain[] = [];
  let end = 0;
  for (const found of text.matchAll(figure)) {
    const [all, whole, decimals, unit, perWhole, perDecimals, counted, alone] = found as unknown as [
      string,
      string,
      ...(string | undefined)[],
    ];
    const value = numberOf(whole, decimals);
    const over = counted ?? alone;
    const within = perWhole ? numberOf(perWhole, perDecimals) : 1;
    // Nothing, or something in nothing, is no strength.
    if (value === 0 || within === 0) continue;
    const part: Part = {
      ...amount(value, unit),
      per: over ? { value: within, unit: volumes.find(([pattern]) => pattern.test(over))![1] } : null,
      written: value,
    };
    const before = text.slice(end, found.index);
    const last = chains.at(-1);
    if (last && /^\s*[/+]\s*$/.test(before)) last.parts.push(part);
    else chains.push({ parts: [part], before });
    end = found.index + all.length;
  }
  // «160/12,5 mg», «100 mg/12,5 mg par ml»: what is said at the end is said of all.
  for (const { parts } of chains)
    for (let at = parts.length - 2; at >= 0; at--) {
      const [one, next] = [parts[at]!, parts[at + 1]!];
      const unit = one.unit === '' ? next.unit : one.unit;
      parts[at] = {
        ...one,
        unit,
        value: one.unit === '' && next.unit !== '' ? (next.value / next.written) * one.written : one.value,
        per: one.per ?? next.per,
      };
    }
  return chains;
}
/** Where the form begins: «, comprimé», «(…)»; a comma between figures is a decimal, and one between names is none. */
const head = (text: string): string => /^[^\d(;]*(?:\d[^(;]*?)?(?=,(?!\d)|\(|;|$)/.exec(text)?.[0] ?? text;

/** Words of a name and the figures of its strength: «paracétamol 500 mg + codéine 30 mg» has two names with a figure each. `isName`: whether words between two figures are a name and not a form. */
export function readName(label: string, isName: (words: string) => boolean): { names: string; parts: Part[] } {
  const text = plain(label);
  const own = chainsIn(head(text));
  const all = own.length > 0 ? own : chainsIn(text).filter(({ parts }) => parts.some(({ unit }) => unit !== ''));
  const first = all.find(({ parts }) => parts.some(({ unit }) => unit !== '')) ?? all[0];
  // «B12» is a name; a figure of its own ends one.
  const unread = text.split(/[,(;]|(?<!\p{L})\d/u)[0]!;
  if (!first) return { names: unread, parts: [] };
  const from = all.indexOf(first);
  const more = all
    .slice(from + 1)
    .filter(({ parts, before }) => parts.every(({ unit }) => unit !== '') && isName(before));
  const start =
    own.length > 0
      ? all
          .slice(0, from + 1)
          .map(({ before }) => before)
          .join(' ')
      : unread;
  return {
    names: [start, ...more.map(({ before }) => before.replace(/^\s*(?:[/+]|et|plus)\s*/, ''))].join(' / '),
    parts: [first, ...more].flatMap(({ parts }) => parts),
  };
}

/** The same amount in the same volume; 1 % is 10 mg in a millilitre. */
export function samePart(a: Part, b: Part): boolean {
  if (a.unit === '%' && b.unit === 'mg' && b.per?.unit === 'ml') return near(a.value * 10, b.value / b.per.value);
  if (b.unit === '%' && a.unit === 'mg' && a.per?.unit === 'ml') return samePart(b, a);
  const over =
    (a.per === null) === (b.per === null) &&
    (a.per === null || (a.per.unit === b.per!.unit && (a.per.unit === 'h' || near(a.per.value, b.per!.value))));
  const rate = a.per?.unit === 'h' && b.per?.unit === 'h';
  return (
    a.unit === b.unit && over && (rate ? near(a.value / a.per!.value, b.value / b.per!.value) : near(a.value, b.value))
  );
}
/** Whether figures are these of a known strength, in its order: the same amount, or the same figure without its unit («Levothyrox 75», «Augmentin 1000/125»). */
export const meant = (figures: readonly Part[], known: Strength): boolean =>
  figures.length > 0 &&
  figures.length === known.parts.length &&
  figures.every((one, at) => {
    const other = known.parts[at]!;
    return one.unit === ''
      ? (near(one.value, other.value) || near(one.written, other.written)) &&
          (one.per === null || samePart({ ...other, per: one.per }, other))
      : samePart(one, other);
  });
/** Every part of one stands once in the other, in whatever order. */
export function permuted(a: readonly Part[], b: readonly Part[]): boolean {
  const free = [...b];
  return (
    a.length === b.length &&
    a.every((one) =>
      ((at) => at >= 0 && free.splice(at, 1).length === 1)(free.findIndex((other) => samePart(one, other))),
    )
  );
}
/** `b` in the order of `a`, when both say which part is of which substance; as it is written otherwise. */
export function inOrderOf(a: Strength, b: Strength): { parts: readonly Part[]; sure: boolean } {
  if (a.of && b.of && a.of.length === b.of.length && a.of.every((name) => b.of!.includes(name)))
    return { parts: a.of.map((name) => b.parts[b.of!.indexOf(name)]!), sure: true };
  return { parts: b.parts, sure: a.parts.length === 1 && b.parts.length === 1 };
}
export const sameStrength = (a: Strength | null, b: Strength | null): boolean => {
  if (!a || !b || a.parts.length !== b.parts.length) return false;
  const { parts } = inOrderOf(a, b);
  return a.parts.every((one, at) => samePart(one, parts[at]!));
};
