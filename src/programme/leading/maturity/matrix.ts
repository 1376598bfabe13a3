import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { matrixShape } from './contract.ts';
import type { Levels, Matrix } from './maturity.rules.ts';

const read = (id: string): Matrix =>
  matrixShape.parse(JSON.parse(readFileSync(join(import.meta.dirname, `${id}.json`), 'utf8'))) as Matrix;
/** The matrices that come with the product, oldest first. An assessment keeps the one it was made with. */
const matrices: readonly Matrix[] = ['primary-care-1'].map(read);
export const currentMatrix = matrices.at(-1)!;
export const matrixOf = (id: string): Matrix => matrices.find((one) => one.id === id) ?? currentMatrix;

/** Levels of all dimensions of the newest matrix, given by axis. */
export const matrixLevels = (axes: Readonly<Record<string, number>>): Record<string, number> =>
  Object.fromEntries(
    currentMatrix.axes.flatMap(({ id, dimensions }) => dimensions.map((one) => [one.id, axes[id] ?? 1] as const)),
  );

/** Why these levels do not fit the matrix, by dimension; empty when they do. */
export function wrongLevels(matrix: Matrix, levels: Levels): Record<string, string> {
  const known = new Map(
    matrix.axes.flatMap(({ dimensions }) => dimensions.map(({ id, levels }) => [id, levels.length] as const)),
  );
  return Object.fromEntries(
    Object.entries(levels).flatMap(([id, level]) =>
      known.has(id) && level <= known.get(id)! ? [] : [[`levels.${id}`, 'un niveau de la grille']],
    ),
  );
}
