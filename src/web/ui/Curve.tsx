import { useElementSize } from '@mantine/hooks';
import dayjs from 'dayjs';
import { useId, useMemo, useState, type KeyboardEvent } from 'react';
import { sayDate, sayNumber } from '../say.ts';
import css from './charts.module.css';

export interface CurveSeries {
  label: string;
  points: { at: string; value: number; note?: string; off?: boolean; words?: string }[];
  reference?: { low: number | null; high: number | null; text: string } | null;
}
export interface CurveProps {
  title: string;
  unit: string;
  decimals: number;
  /** One or two: blood pressure has two. Told apart by label and by dash, not by colour alone. */
  series: CurveSeries[];
  targets?: { label: string; low: number | null; high: number | null }[];
  /** Percentile lines behind the curve. */
  growth?: { percentile: number; points: { at: string; value: number }[] }[];
  /** Of a child: ages stand under the curve in place of dates. */
  birth?: string | null;
  height?: number;
}

const steps = [0.1, 0.2, 0.25, 0.5, 1, 2, 2.5, 5, 10, 20, 25, 50, 100, 200, 250, 500, 1000];
const ticksOf = (min: number, max: number, want: number): number[] => {
  const step = steps.find((one) => (max - min) / one <= want) ?? (max - min) / want;
  const from = Math.ceil(min / step) * step;
  return Array.from({ length: Math.floor((max - from) / step + 1e-9) + 1 }, (_, at) => +(from + at * step).toFixed(4));
};
const timeTicks = (from: number, to: number, want: number): { at: number; label: string }[] => {
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

const ageTicks = (birth: string, from: number, to: number, want: number): { at: number; label: string }[] => {
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

/** A curve over time: reference range as a band, target as a line, labelled where the lines end; arrows move from point to point. */
export function Curve({ title, unit, decimals, series, targets = [], growth = [], birth, height = 260 }: CurveProps) {
  const { ref, width } = useElementSize<HTMLDivElement>();
  const [at, setAt] = useState<number | null>(null);
  const hint = useId();
  const w = Math.max(width, 280);
  const pad = { left: 44, right: series.length > 1 ? 92 : growth.length ? 44 : 60, top: 14, bottom: 26 };
  const scale = useMemo(() => {
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
  }, [series, targets, growth, birth]);
  const x = (time: number) => pad.left + ((time - scale.t0) / (scale.t1 - scale.t0)) * (w - pad.left - pad.right);
  const y = (value: number) =>
    pad.top + (1 - (value - scale.min) / (scale.max - scale.min)) * (height - pad.top - pad.bottom);
  const clampY = (value: number) => Math.min(height - pad.bottom, Math.max(pad.top, y(value)));
  const moments = useMemo(
    () => [...new Set(series.flatMap((one) => one.points.map((point) => point.at)))].sort(),
    [series],
  );
  const chosen = at === null ? null : moments[at];
  const say = (value: number) => `${sayNumber(value, decimals)}${unit && ` ${unit}`}`;
  const words = chosen
    ? `${sayDate(chosen)} : ${series
        .map((one) => ({ one, point: one.points.find((point) => point.at === chosen) }))
        .filter(({ point }) => point)
        .map(
          ({ one, point }) =>
            `${series.length > 1 ? `${one.label} ` : ''}${say(point!.value)}${point!.words ? `, ${point!.words}` : ''}`,
        )
        .join(', ')}`
    : '';
  const move = (event: KeyboardEvent) => {
    const to = { ArrowLeft: (at ?? moments.length) - 1, ArrowRight: (at ?? -1) + 1, Home: 0, End: moments.length - 1 }[
      event.key
    ];
    if (to === undefined) return;
    setAt(Math.min(Math.max(to, 0), moments.length - 1));
    event.preventDefault();
  };
  const nearest = (clientX: number, box: DOMRect) => {
    const px = clientX - box.left;
    let best = 0;
    for (const [index, moment] of moments.entries())
      if (Math.abs(x(Date.parse(moment)) - px) < Math.abs(x(Date.parse(moments[best]!)) - px)) best = index;
    setAt(best);
  };
  const xMax = w - pad.right;
  const only = series.length === 1 ? series[0]!.reference : null;
  const top = only?.high == null ? pad.top : clampY(only.high);
  const bottom = only?.low == null ? height - pad.bottom : clampY(only.low);
  return (
    <div ref={ref} className={css.curve}>
      <svg
        width={w}
        height={height}
        role="img"
        aria-label={`${title}, ${moments.length} valeurs${words ? `. ${words}` : ''}`}
        aria-describedby={hint}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: its points are read one by one with the arrows
        tabIndex={0}
        onKeyDown={move}
        onMouseMove={(event) => nearest(event.clientX, event.currentTarget.getBoundingClientRect())}
        onMouseLeave={() => setAt(null)}
        onBlur={() => setAt(null)}
      >
        {growth.length > 0 && (
          <clipPath id={`${hint}-plot`}>
            <rect x={pad.left} y={0} width={w - pad.left - pad.right} height={height - pad.bottom} />
          </clipPath>
        )}
        {(only?.low ?? only?.high) != null && (
          <rect x={pad.left} width={xMax - pad.left} y={top} height={Math.max(0, bottom - top)} className={css.band} />
        )}
        {series.length > 1 &&
          series.map(
            ({ label, reference }) =>
              reference?.high != null && (
                <g key={label}>
                  <line
                    x1={pad.left}
                    x2={xMax}
                    y1={clampY(reference.high)}
                    y2={clampY(reference.high)}
                    className={css.bound}
                  />
                  <text x={xMax - 4} y={clampY(reference.high) - 5} textAnchor="end" className={css.tick}>
                    {label} : limite {sayNumber(reference.high, decimals)}
                  </text>
                </g>
              ),
          )}
        {ticksOf(scale.min, scale.max, 5).map((value) => (
          <g key={value}>
            <line x1={pad.left} x2={xMax} y1={y(value)} y2={y(value)} className={css.grid} />
            <text x={pad.left - 8} y={y(value) + 4} textAnchor="end" className={css.tick}>
              {sayNumber(value)}
            </text>
          </g>
        ))}
        {(birth && growth.length
          ? ageTicks(birth, scale.t0, scale.t1, Math.max(2, (w - pad.left - pad.right) / 80))
          : timeTicks(scale.t0, scale.t1, Math.max(2, (w - pad.left - pad.right) / 90))
        ).map((tick) => (
          <text key={tick.at} x={x(tick.at)} y={height - 8} textAnchor="middle" className={css.tick}>
            {tick.label}
          </text>
        ))}
        {growth.map((curve) => {
          const shown = curve.points.filter(
            (point, index) =>
              Date.parse((curve.points[index + 1] ?? point).at) >= scale.t0 &&
              Date.parse((curve.points[index - 1] ?? point).at) <= scale.t1,
          );
          const end = shown.filter((point) => Date.parse(point.at) <= scale.t1).at(-1);
          return (
            <g key={curve.percentile}>
              <path
                d={shown
                  .map(
                    (point, index) =>
                      `${index ? 'L' : 'M'}${x(Date.parse(point.at)).toFixed(1)} ${y(point.value).toFixed(1)}`,
                  )
                  .join('')}
                clipPath={`url(#${hint}-plot)`}
                className={css.growth}
                data-middle={curve.percentile === 50 || undefined}
              />
              {end && (
                <text
                  x={xMax + 6}
                  y={y(end.value) + 4}
                  className={css.tick}
                  data-middle={curve.percentile === 50 || undefined}
                >
                  P{curve.percentile}
                </text>
              )}
            </g>
          );
        })}
        {targets.flatMap((target) =>
          [target.low, target.high]
            .filter((bound) => bound !== null)
            .map((bound) => (
              <g key={`${target.label}-${bound}`}>
                <line x1={pad.left} x2={xMax} y1={y(bound)} y2={y(bound)} className={css.target} />
                <text x={pad.left + 6} y={y(bound) - 5} className={css.targetLabel}>
                  Objectif {bound === target.high ? '≤' : '≥'} {say(bound)}
                </text>
              </g>
            )),
        )}
        {chosen && (
          <line
            x1={x(Date.parse(chosen))}
            x2={x(Date.parse(chosen))}
            y1={pad.top}
            y2={height - pad.bottom}
            className={css.cursor}
          />
        )}
        {series.map((one, index) => {
          const sorted = [...one.points].sort((a, b) => a.at.localeCompare(b.at));
          const last = sorted.at(-1);
          return (
            <g key={one.label} data-series={index} className={css.series}>
              <path
                d={sorted
                  .map(
                    (point, order) =>
                      `${order ? 'L' : 'M'}${x(Date.parse(point.at)).toFixed(1)} ${y(point.value).toFixed(1)}`,
                  )
                  .join('')}
                className={css.line}
                strokeDasharray={index ? '5 3' : undefined}
              />
              {sorted.map((point) =>
                point.off ? (
                  <path
                    key={point.at}
                    d={`M${x(Date.parse(point.at))} ${y(point.value) - 5.5}l5 9.500h-10z`}
                    className={css.off}
                  />
                ) : (
                  <circle
                    key={point.at}
                    cx={x(Date.parse(point.at))}
                    cy={y(point.value)}
                    r={point.at === chosen ? 5 : sorted.length > 40 ? 2 : 3.2}
                    className={css.dot}
                  />
                ),
              )}
              {last && !growth.length && (
                <text x={xMax + 6} y={y(last.value) + 4} className={css.endLabel}>
                  {series.length > 1 ? `${one.label} ${sayNumber(last.value, decimals)}` : say(last.value)}
                </text>
              )}
            </g>
          );
        })}
      </svg>
      <p className={css.words} id={hint} aria-live="polite">
        {words || (
          <span className="dim">
            Flèches ← →, survol ou toucher pour lire chaque valeur.
            {growth.length
              ? ' Lignes grises : percentiles de l’OMS.'
              : `${only ? ' Bande grise : valeurs de référence.' : ''} Triangle : hors des valeurs.`}
          </span>
        )}
      </p>
    </div>
  );
}
