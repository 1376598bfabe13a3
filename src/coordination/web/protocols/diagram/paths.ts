import type { Layout, Placed } from './lay-out.rules.ts';

const labels = 116;
const axis = 34;
const gutter = 26;
const pad = 12;
const gap = 10;
const cardHeight = 62;

/** Sizes of a drawing that fills this width, or is wider where cards would be too narrow to read. */
export function measure(layout: Layout, available: number) {
  const columns = Math.max(1, layout.columns.length);
  const cardWidth = Math.min(230, Math.max(128, Math.floor((available - labels - columns * gutter) / columns)));
  const laneHeight = (lane: number) => layout.lanes[lane]!.rows * (cardHeight + gap) - gap + 2 * pad;
  const laneTop: number[] = [];
  let y = axis;
  for (let lane = 0; lane < layout.lanes.length; lane++) {
    laneTop.push(y);
    y += laneHeight(lane);
  }
  const columnLeft = (column: number) => labels + gutter / 2 + column * (cardWidth + gutter);
  return {
    width: labels + columns * (cardWidth + gutter),
    height: y + 2,
    gutter,
    cardWidth,
    cardHeight,
    laneTop,
    laneHeight,
    columnLeft,
    corner: (one: Placed) => ({
      x: columnLeft(one.column),
      y: laneTop[one.lane]! + pad + one.row * (cardHeight + gap),
    }),
  };
}
type Sizes = ReturnType<typeof measure>;

/** Straight runs with rounded corners. */
function rounded(points: readonly (readonly [number, number])[], radius = 6): string {
  const [first, ...rest] = points.filter(
    (point, at) => at === 0 || Math.hypot(point[0] - points[at - 1]![0], point[1] - points[at - 1]![1]) > 0.5,
  );
  let path = `M${first![0]} ${first![1]}`;
  let before = first!;
  for (const [at, point] of rest.entries()) {
    const next = rest[at + 1];
    if (next) {
      const r = Math.min(
        radius,
        Math.hypot(point[0] - before[0], point[1] - before[1]) / 2,
        Math.hypot(next[0] - point[0], next[1] - point[1]) / 2,
      );
      const from = [
        point[0] - Math.sign(point[0] - before[0]) * r,
        point[1] - Math.sign(point[1] - before[1]) * r,
      ] as const;
      const to = [point[0] + Math.sign(next[0] - point[0]) * r, point[1] + Math.sign(next[1] - point[1]) * r] as const;
      path += ` L${from[0]} ${from[1]} Q${point[0]} ${point[1]} ${to[0]} ${to[1]}`;
    } else path += ` L${point[0]} ${point[1]}`;
    before = point;
  }
  return path;
}

/** An arrow from the end of one step to another: through the gutters and between the rows, never over a card. */
export function linkPath(from: Placed, to: Placed, sizes: Sizes): string {
  const a = sizes.corner(from);
  const b = sizes.corner(to);
  const ay = a.y + sizes.cardHeight / 2 + 8;
  const by = b.y + sizes.cardHeight / 2;
  const leave = a.x + sizes.cardWidth;
  const out = leave + sizes.gutter / 2 - 4;
  // In the same column: around the right side, back into the right edge.
  if (to.column <= from.column) {
    const turn = sizes.columnLeft(to.column) + sizes.cardWidth + sizes.gutter / 2 + 3;
    const right = b.x + sizes.cardWidth + 1;
    return from.column === to.column
      ? rounded([
          [leave, ay],
          [turn, ay],
          [turn, by],
          [right, by],
        ])
      : rounded([
          [leave, ay],
          [out, ay],
          [out, b.y - gap / 2],
          [turn, b.y - gap / 2],
          [turn, by],
          [right, by],
        ]);
  }
  const into = b.x - sizes.gutter / 2 + 4;
  if (to.column === from.column + 1)
    return rounded([
      [leave, ay],
      [out, ay],
      [out, by],
      [b.x - 1, by],
    ]);
  // Further away: along the space above the row it goes to.
  const channel = b.y - gap / 2;
  return rounded([
    [leave, ay],
    [out, ay],
    [out, channel],
    [into, channel],
    [into, by],
    [b.x - 1, by],
  ]);
}
