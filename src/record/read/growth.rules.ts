import { type GrowthRow, type GrowthTable, growthTables } from '../data/growth.ts';
import { dayOf } from '../dates.rules.ts';
import { numberLabel } from '../fhir-words.ts';

const day = 864e5;
/** Percentiles drawn, as on the charts of the WHO, with their deviations. */
const drawn = [
  [3, -1.88079],
  [15, -1.03643],
  [50, 0],
  [85, 1.03643],
  [97, 1.88079],
] as const;
const growthSource = 'OMS, standards 2006 (0 à 5 ans) et référence 2007 (5 à 19 ans)';
/** Whoever is older is no child for a curve of growth. */
const lastDay = 229 * 30.4375;

const at = ({ l, m, s }: GrowthRow, z: number): number =>
  Math.abs(l) < 1e-6 ? m * Math.exp(s * z) : m * (1 + l * s * z) ** (1 / l);
/** LMS at this age, on the line between its neighbours; undefined where the table has nothing. */
export function growthRow(table: GrowthTable, days: number): GrowthRow | undefined {
  const after = table.findIndex((row) => row.days >= days);
  if (days < 0 || after < 0) return undefined;
  const b = table[after]!;
  const a = table[after - 1] ?? b;
  const share = b.days === a.days ? 0 : (days - a.days) / (b.days - a.days);
  const mix = (key: 'l' | 'm' | 's') => a[key] + share * (b[key] - a[key]);
  return { days, l: mix('l'), m: mix('m'), s: mix('s') };
}
/** The value at so many deviations from the median. */
export const growthValue = (table: GrowthTable, days: number, z: number): number | undefined => {
  const row = growthRow(table, days);
  return row && at(row, z);
};
/** How many deviations from the median. */
export function growthZ(table: GrowthTable, days: number, value: number): number | undefined {
  const row = growthRow(table, days);
  if (!row || value <= 0) return undefined;
  return Math.abs(row.l) < 1e-6 ? Math.log(value / row.m) / row.s : ((value / row.m) ** row.l - 1) / (row.l * row.s);
}
/** Share of the reference below, in percent (Abramowitz and Stegun 26.2.17, error under 1e-7). */
export function percentileOf(z: number): number {
  const t = 1 / (1 + 0.2316419 * Math.abs(z));
  const tail =
    (Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI)) *
    t *
    (0.31938153 + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))));
  return 100 * (z > 0 ? 1 - tail : tail);
}
/** «P45 (−0,1 DS)»; out of the curves it says so. */
export function growthWords(z: number): string {
  if (z < -3) return 'très bas, sous −3 DS';
  if (z > 3) return 'très haut, au-dessus de +3 DS';
  const rounded = Math.round(z * 10) / 10;
  const deviations = `${rounded < 0 ? '−' : rounded > 0 ? '+' : ''}${numberLabel(Math.abs(rounded), 1)} DS`;
  const percentile = Math.round(percentileOf(z));
  return `${percentile < 1 ? 'sous P1' : percentile > 99 ? 'au-dessus de P99' : `P${percentile}`} (${deviations})${z < -1.88079 ? ', sous P3' : z > 1.88079 ? ', au-dessus de P97' : ''}`;
}

export interface Growth {
  source: string;
  /** What the curves cannot say here, in words. */
  note: string | null;
  curves: { percentile: number; points: { at: string; value: number }[] }[];
  standing: { id: string; words: string; outside: boolean }[];
}
/**
 * What stands behind the points of a child: the curves from birth to a little after the newest point, and where each point stands.
 * Null for a measure that has no curve and for adults.
 */
export function growthOf(
  code: string,
  person: { birth: string | undefined; sex: string | undefined; today: string },
  points: readonly { id: string; at: string; value: number | null }[],
): Growth | null {
  const tables = growthTables[code];
  const birth = person.birth && /^\d{4}-\d{2}-\d{2}$/.test(person.birth) ? Date.parse(person.birth) : undefined;
  if (!tables || birth === undefined || (Date.parse(person.today) - birth) / day > lastDay) return null;
  const nothing = (note: string): Growth => ({ source: growthSource, note, curves: [], standing: [] });
  if (person.sex !== 'male' && person.sex !== 'female')
    return nothing('Sans le sexe, aucune courbe ne peut être choisie.');
  const table = tables[person.sex];
  const end = table.at(-1)!.days;
  const ages = points.map((point) => (Date.parse(dayOf(point.at)) - birth) / day);
  const newest = Math.max(0, ...ages);
  const until = Math.min(end, newest + Math.max(30, newest * 0.15));
  const steps = [
    ...new Set([
      ...table.map((row) => row.days).filter((days) => days < until),
      ...Array.from({ length: 60 }, (_, step) => (until * step) / 59),
    ]),
  ].sort((a, b) => a - b);
  const standing = points.flatMap((point, index) => {
    const z = point.value === null ? undefined : growthZ(table, ages[index]!, point.value);
    return z === undefined ? [] : [{ id: point.id, words: growthWords(z), outside: Math.abs(z) > 1.88079 }];
  });
  const years = Math.floor(end / 365.25);
  return {
    source: growthSource,
    note:
      newest > end
        ? `L’OMS ne donne pas de courbe après ${years} ans pour cette mesure.${code === '29463-7' ? ' Voir l’indice de masse corporelle.' : ''}`
        : null,
    curves: drawn.map(([percentile, z]) => ({
      percentile,
      points: steps.map((days) => ({
        at: new Date(birth + days * day).toISOString(),
        value: +growthValue(table, days, z)!.toFixed(3),
      })),
    })),
    standing,
  };
}
