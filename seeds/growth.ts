/** WHO medians and about one deviation by month: weight kg, length cm, head cm (child growth standards 2006, rounded), then French school ages. */
type Row = readonly [months: number, weight: number, height: number, head: number];
const girls: readonly Row[] = [
  [0, 3.2, 49.1, 33.9],
  [1, 4.2, 53.7, 36.5],
  [2, 5.1, 57.1, 38.3],
  [3, 5.8, 59.8, 39.5],
  [4, 6.4, 62.1, 40.6],
  [6, 7.3, 65.7, 42.2],
  [9, 8.2, 70.1, 43.8],
  [12, 8.9, 74, 44.9],
  [18, 10.2, 80.7, 46.2],
  [24, 11.5, 86.4, 47.2],
  [36, 13.9, 95.1, 48.5],
  [48, 16.1, 102.7, 49.3],
  [60, 18.2, 109.4, 49.9],
  [84, 22.4, 120.8, 51],
  [120, 31.9, 138.6, 52],
  [144, 41.5, 151.2, 53],
  [168, 49, 159.8, 54],
  [192, 54, 162.9, 54.5],
  [216, 56.5, 163.4, 54.7],
];
const boys: readonly Row[] = [
  [0, 3.3, 49.9, 34.5],
  [1, 4.5, 54.7, 37.3],
  [2, 5.6, 58.4, 39.1],
  [3, 6.4, 61.4, 40.5],
  [4, 7, 63.9, 41.6],
  [6, 7.9, 67.6, 43.3],
  [9, 8.9, 72, 45],
  [12, 9.6, 75.7, 46.1],
  [18, 10.9, 82.3, 47.4],
  [24, 12.2, 87.8, 48.3],
  [36, 14.3, 96.1, 49.5],
  [48, 16.3, 103.3, 50.2],
  [60, 18.3, 110, 50.7],
  [84, 22.9, 121.7, 52],
  [120, 31.2, 137.8, 53],
  [144, 39.8, 149.1, 54],
  [168, 50.8, 163.2, 55],
  [192, 60.8, 172.9, 55.5],
  [216, 66.5, 176.1, 56],
];

/** Growth of one child at an age, `z` deviations from the median all along. */
export function growth(
  gender: 'male' | 'female',
  months: number,
  z: number,
): { weight: number; height: number; head: number } {
  const rows = gender === 'male' ? boys : girls;
  let i = 0;
  while (i < rows.length - 2 && rows[i + 1]![0] <= months) i++;
  const a = rows[i]!;
  const b = rows[i + 1]!;
  const t = Math.max(0, Math.min(1, (months - a[0]) / (b[0] - a[0])));
  const at = (k: 1 | 2 | 3) => a[k] + (b[k] - a[k]) * t;
  return { weight: at(1) * (1 + 0.11 * z), height: at(2) * (1 + 0.035 * z), head: at(3) * (1 + 0.028 * z) };
}
