import { sayNumber } from '../say.ts';
import css from './charts.module.css';
import type { CurveSeries, GrowthLine, Scale, Target } from './curve-scale.ts';

/** Where the curve is drawn, and where a moment and a value stand in it. */
export interface Plot {
  left: number;
  right: number;
  top: number;
  bottom: number;
  x: (at: string | number) => number;
  y: (value: number) => number;
  /** At its edge what is out of sight. */
  clampY: (value: number) => number;
}
const lineOf = (points: readonly { at: string; value: number }[], { x, y }: Plot): string =>
  points.map(({ at, value }, order) => `${order ? 'L' : 'M'}${x(at).toFixed(1)} ${y(value).toFixed(1)}`).join('');

/** Of the only series, its reference range. */
export function Band({ reference, plot }: { reference: CurveSeries['reference']; plot: Plot }) {
  const { left, right, top, bottom, clampY } = plot;
  if ((reference?.low ?? reference?.high) == null) return null;
  const [from, to] = [
    reference?.high == null ? top : clampY(reference.high),
    reference?.low == null ? bottom : clampY(reference.low),
  ];
  return <rect x={left} width={right - left} y={from} height={Math.max(0, to - from)} className={css.band} />;
}

/** Of one of several series, the bound that is not to be passed. */
export function Bound({
  series: { label, reference },
  plot,
  decimals,
}: {
  series: CurveSeries;
  plot: Plot;
  decimals: number;
}) {
  const { left, right, clampY } = plot;
  if (reference?.high == null) return null;
  const y = clampY(reference.high);
  return (
    <g>
      <line x1={left} x2={right} y1={y} y2={y} className={css.bound} />
      <text x={right - 4} y={y - 5} textAnchor="end" className={css.tick}>
        {label} : limite {sayNumber(reference.high, decimals)}
      </text>
    </g>
  );
}

export function Axes({
  values,
  moments,
  plot,
  height,
}: {
  values: readonly number[];
  moments: readonly { at: number; label: string }[];
  plot: Plot;
  height: number;
}) {
  const { left, right, x, y } = plot;
  return (
    <>
      {values.map((value) => (
        <g key={value}>
          <line x1={left} x2={right} y1={y(value)} y2={y(value)} className={css.grid} />
          <text x={left - 8} y={y(value) + 4} textAnchor="end" className={css.tick}>
            {sayNumber(value)}
          </text>
        </g>
      ))}
      {moments.map((tick) => (
        <text key={tick.at} x={x(tick.at)} y={height - 8} textAnchor="middle" className={css.tick}>
          {tick.label}
        </text>
      ))}
    </>
  );
}

/** A percentile behind the curve, as far as the curve is in sight. */
export function Growth({
  curve,
  scale: { t0, t1 },
  plot,
  clip,
}: {
  curve: GrowthLine;
  scale: Scale;
  plot: Plot;
  clip: string;
}) {
  const { right, y } = plot;
  const shown = curve.points.filter(
    (point, index) =>
      Date.parse((curve.points[index + 1] ?? point).at) >= t0 &&
      Date.parse((curve.points[index - 1] ?? point).at) <= t1,
  );
  const end = shown.filter((point) => Date.parse(point.at) <= t1).at(-1);
  return (
    <g>
      <path
        d={lineOf(shown, plot)}
        clipPath={clip}
        className={css.growth}
        data-middle={curve.percentile === 50 || undefined}
      />
      {end && (
        <text
          x={right + 6}
          y={y(end.value) + 4}
          className={css.tick}
          data-middle={curve.percentile === 50 || undefined}
        >
          P{curve.percentile}
        </text>
      )}
    </g>
  );
}

export function Targets({
  targets,
  plot,
  say,
}: {
  targets: readonly Target[];
  plot: Plot;
  say: (value: number) => string;
}) {
  const { left, right, y } = plot;
  return targets.flatMap((target) =>
    [target.low, target.high]
      .filter((bound) => bound !== null)
      .map((bound) => (
        <g key={`${target.label}-${bound}`}>
          <line x1={left} x2={right} y1={y(bound)} y2={y(bound)} className={css.target} />
          <text x={left + 6} y={y(bound) - 5} className={css.targetLabel}>
            Objectif {bound === target.high ? '≤' : '≥'} {say(bound)}
          </text>
        </g>
      )),
  );
}

/** One series: its line, its points, triangles for those out of range. */
export function SeriesLine({
  series: one,
  index,
  plot,
  chosen,
  ended,
}: {
  series: CurveSeries;
  index: number;
  plot: Plot;
  /** The moment that is read. */
  chosen: string | null | undefined;
  /** Words of its last value, where its line ends. */
  ended: ((value: number) => string) | null;
}) {
  const { right, x, y } = plot;
  const sorted = [...one.points].sort((a, b) => a.at.localeCompare(b.at));
  const last = sorted.at(-1);
  return (
    <g data-series={index} className={css.series}>
      <path d={lineOf(sorted, plot)} className={css.line} strokeDasharray={index ? '5 3' : undefined} />
      {sorted.map((point) =>
        point.off ? (
          <path key={point.at} d={`M${x(point.at)} ${y(point.value) - 5.5}l5 9.500h-10z`} className={css.off} />
        ) : (
          <circle
            key={point.at}
            cx={x(point.at)}
            cy={y(point.value)}
            r={point.at === chosen ? 5 : sorted.length > 40 ? 2 : 3.2}
            className={css.dot}
          />
        ),
      )}
      {last && ended && (
        <text x={right + 6} y={y(last.value) + 4} className={css.endLabel}>
          {ended(last.value)}
        </text>
      )}
    </g>
  );
}
