import dayjs from 'dayjs';

export interface CurveSeries {
  label: string;
  points: { at: string; value: number; note?: string; off?: boolean; words?: string }[];
  reference?: { low: number | null; high: number | null; text: string } | null;
}
export interface Target {
  label: string;
  low: number | null;
  high: number | null;
}
export interface GrowthLine {
  percentile: number;
  points: { at: string; value: number }[];
}
/** What is in sight: values from `min` to `max`, instants from `t0` to `t1`. */
export interface Scale {
  min: number;
  max: number;
  t0: number;
  t1: number;
}

/** Every point and target is in sight, with a little room; a bound only when it is near. */
export function scaleOf(
  series: readonly CurveSeries[],
  targets: readonly Target[],
  growth: readonly GrowthLine[],
  birth: string | null | undefined,
): Scale {
  const values = [
    ...series.flatMap((one) => one.points.map((point) => point.value)),
    ...targets.flatMap((target) => [target.low, target.high].filter((value) => value !== null)),
  ];
  for (const { reference } of series)
    for (const bound of [reference?.low, reference?.high])
      if (bound != null && values.length && bound > Math.min(...values) * 0.6 && bound < Math.max(...values) * 1.4)
        values.push(bound);
  let min = Math.min(...values);
  let max = Math.max(...values);
  const times = series.flatMap((one) => one.points.map((point) => Date.parse(point.at)));
  let t0 = Math.min(...times);
  let t1 = Math.max(...times);
  if (t1 - t0 < 30 * 864e5) {
    t0 -= 15 * 864e5;
    t1 += 15 * 864e5;
  }
  if (growth.length && birth) {
    // A child is seen from birth while that is near, with a little of what comes next; the outer curves are always in sight.
    const born = dayjs(birth).valueOf();
    t0 = Math.max(born, t0 - born < (t1 - t0) * 0.5 ? born : t0);
    t1 += (t1 - t0) * 0.08;
    for (const curve of growth)
      for (const point of curve.points)
        if (Date.parse(point.at) >= t0 && Date.parse(point.at) <= t1)
          [min, max] = [Math.min(min, point.value), Math.max(max, point.value)];
  }
  const room = (max - min || Math.abs(max) * 0.2 || 1) * (growth.length ? 0.04 : 0.1);
  min = min >= 0 ? Math.max(0, min - room) : min - room;
  max += room;
  return { min, max, t0, t1 };
}

const steps = [0.1, 0.2, 0.25, 0.5, 1, 2, 2.5, 5, 10, 20, 25, 50, 100, 200, 250, 500, 1000];
export const ticksOf = (min: number, max: number, want: number): number[] => {
  const step = steps.find((one) => (max - min) / one <= want) ?? (max - min) / want;
  const from = Math.ceil(min / step) * step;
  return Array.from({ length: Math.floor((max - from) / step + 1e-9) + 1 }, (_, at) => +(from + at * step).toFixed(4));
};
export const timeTicks = (from: number, to: number, want: number): { at: number; label: string }[] => {
  const months = Math.max(1, dayjs(to).diff(dayjs(from), 'month', true));
  const step = [1, 2, 3, 6, 12, 24, 60, 120].find((one) => months / one <= want) ?? 240;
  let at = dayjs(from).startOf(step >= 12 ? 'year' : 'month');
  while (at.month() % Math.min(step, 12) && step < 12) at = at.add(1, 'month');
  const ticks = [];
  for (; at.valueOf() <= to; at = at.add(step, 'month'))
    if (at.valueOf() >= from)
      ticks.push({
        at: at.valueOf(),
        label: step >= 12 ? at.format('YYYY') : at.month() === 0 ? at.format('YYYY') : at.format('MMM'),
      });
  return ticks;
};

export const ageTicks = (birth: string, from: number, to: number, want: number): { at: number; label: string }[] => {
  const born = dayjs(birth);
  const months = Math.max(1, dayjs(to).diff(dayjs(from), 'month', true));
  const step = [1, 2, 3, 6, 12, 24, 36].find((one) => months / one <= want) ?? 48;
  const first = Math.max(0, Math.ceil((dayjs(from).diff(born, 'month', true) - 0.1) / step) * step);
  const ticks = [];
  for (let age = first; born.add(age, 'month').valueOf() <= to; age += step)
    ticks.push({
      at: born.add(age, 'month').valueOf(),
      label: age === 0 ? 'naissance' : age % 12 ? `${age} mois` : age === 12 ? '1 an' : `${age / 12} ans`,
    });
  return ticks;
};
