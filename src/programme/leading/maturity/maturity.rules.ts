/** A level of a dimension, from 1 to 4; absent: not answered. */
export type Levels = Readonly<Record<string, number>>;
export interface MissingStep {
  title: string;
  why: string;
  model: string;
  help: string;
  /** A screen of the product, for a team that works with it. */
  to?: string;
  toWords?: string;
}
export interface Dimension {
  id: string;
  label: string;
  /** Below this level the organisation is not defined, whatever the rest. */
  least: number;
  /** In words, from the lowest. */
  levels: readonly string[];
  step: MissingStep;
}
export interface Axis {
  id: string;
  label: string;
  short: string;
  /** Is of the organisation: read before any choice of software. */
  gates: boolean;
  why: string;
  dimensions: readonly Dimension[];
}
export interface Matrix {
  id: string;
  title: string;
  source: string;
  method: string;
  /** Mean of an axis of the organisation from which it is defined, in tenths. */
  thresholdTenths: number;
  axes: readonly Axis[];
}

/** Mean of an axis in tenths, rounded down; null until each of its dimensions has a level. */
export function meanTenths(axis: Axis, levels: Levels): number | null {
  const given = axis.dimensions.map(({ id }) => levels[id]);
  return given.every((level) => level !== undefined)
    ? Math.floor((given.reduce((sum, level) => sum + level!, 0) * 10) / given.length)
    : null;
}
export const allGiven = (matrix: Matrix, levels: Levels): boolean =>
  matrix.axes.every((axis) => meanTenths(axis, levels) !== null);

export interface Lacking {
  axis: string;
  dimension: string;
  level: number;
  /** The level to reach. */
  target: number;
  step: MissingStep;
}
export interface Readiness {
  state: 'not-assessed' | 'undefined' | 'defined';
  /** Why, in words; empty when defined. */
  reasons: string[];
  /** Steps that are missing before a choice of software, the most basic first. */
  missing: Lacking[];
}

/**
 * Is the organisation of the team defined (REC-1)? Each axis of the organisation has to reach the threshold, and each of its basic dimensions its least level. When it is not, the
 * steps that would bring it there are named: those of dimensions below their least level, then those that keep a weak axis low.
 */
export function readinessOf(matrix: Matrix, levels: Levels | null): Readiness {
  if (!levels || !allGiven(matrix, levels))
    return { state: 'not-assessed', reasons: ['L’autoévaluation de l’organisation n’est pas faite.'], missing: [] };
  const threshold = matrix.thresholdTenths;
  const reasons: string[] = [];
  const missing: Lacking[] = [];
  for (const axis of matrix.axes.filter(({ gates }) => gates)) {
    const weak = meanTenths(axis, levels)! < threshold;
    const target = Math.ceil(threshold / 10);
    if (weak)
      reasons.push(
        `L’axe « ${axis.label} » est à ${sayTenths(meanTenths(axis, levels)!)} ; il faut ${sayTenths(threshold)}.`,
      );
    for (const { id, label, least, step } of axis.dimensions) {
      const level = levels[id]!;
      if (level < least) reasons.push(`« ${label} » est au niveau ${level} ; il faut le niveau ${least}.`);
      if (level < least || (weak && level < target))
        missing.push({ axis: axis.id, dimension: id, level, target: weak ? Math.max(least, target) : least, step });
    }
  }
  const below = ({ axis, dimension, level }: Lacking) =>
    level < matrix.axes.find(({ id }) => id === axis)!.dimensions.find(({ id }) => id === dimension)!.least;
  missing.sort((a, b) => Number(below(b)) - Number(below(a)) || a.level - b.level);
  return { state: reasons.length > 0 ? 'undefined' : 'defined', reasons, missing };
}
export const sayTenths = (tenths: number): string => `${Math.floor(tenths / 10)},${tenths % 10}`;

/** How the answers of the members spread over the levels of a dimension: how many at 1, 2, 3, 4. */
export function spreadOf(matrix: Matrix, views: readonly Levels[]): Record<string, number[]> {
  return Object.fromEntries(
    matrix.axes.flatMap(({ dimensions }) =>
      dimensions.map(({ id, levels }) => [
        id,
        levels.map((_, at) => views.filter((view) => view[id] === at + 1).length),
      ]),
    ),
  );
}
/** What a majority holds, dimension by dimension: the lower median, where there are answers. Only a proposal: the team decides. */
export function proposed(matrix: Matrix, views: readonly Levels[]): Levels {
  return Object.fromEntries(
    matrix.axes.flatMap(({ dimensions }) =>
      dimensions.flatMap(({ id }) => {
        const given = views.flatMap((view) => view[id] ?? []).sort((a, b) => a - b);
        return given.length ? [[id, given[Math.floor((given.length - 1) / 2)]!] as const] : [];
      }),
    ),
  );
}
