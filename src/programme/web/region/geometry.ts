/** The shapes of the map, loaded when a map is shown: départements in the units of region/communes.ts. IGN Admin Express COG 2018, Licence Ouverte 2.0. */
export interface Shape {
  code: string;
  name: string;
  region: string;
  path: string;
}
export interface Box {
  x: number;
  y: number;
  width: number;
  height: number;
}
export const loadShapes = async (region: string | null): Promise<{ shapes: Shape[]; box: Box }> => {
  const { default: all } = await import('./data/france.json');
  const shapes = (all as Shape[]).filter((one) =>
    region === null ? !one.code.startsWith('97') : one.region === region,
  );
  return { shapes, box: boxOf(shapes.map(({ path }) => path)) };
};
/** Paths hold one absolute point a ring, then steps. */
function pointsOf(path: string): [number, number][] {
  const points: [number, number][] = [];
  for (const ring of path.split('z')) {
    const numbers = (ring.match(/-?\d+/g) ?? []).map(Number);
    let [x, y] = [0, 0];
    for (let i = 0; i + 1 < numbers.length; i += 2) {
      x += numbers[i]!;
      y += numbers[i + 1]!;
      points.push([x, y]);
    }
  }
  return points;
}
export function boxOf(paths: readonly string[], margin = 0.03): Box {
  const points = paths.flatMap(pointsOf);
  const [left, right] = [Math.min(...points.map(([x]) => x)), Math.max(...points.map(([x]) => x))];
  const [top, bottom] = [Math.min(...points.map(([, y]) => y)), Math.max(...points.map(([, y]) => y))];
  const around = (right - left) * margin;
  return {
    x: Math.floor(left - around),
    y: Math.floor(top - around),
    width: Math.ceil(right - left + 2 * around),
    height: Math.ceil(bottom - top + 2 * around),
  };
}
export function middleOf({ path }: Shape): { x: number; y: number } {
  const [largest] = path.split('z').toSorted((a, b) => b.length - a.length);
  const box = boxOf([`${largest}z`], 0);
  return { x: Math.round(box.x + box.width / 2), y: Math.round(box.y + box.height / 2) };
}
