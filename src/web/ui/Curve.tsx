import { useElementSize } from '@mantine/hooks';
import { useId, useMemo, useState, type KeyboardEvent } from 'react';
import { sayDate, sayNumber } from '../say.ts';
import css from './charts.module.css';
import {
  ageTicks,
  type CurveSeries,
  type GrowthLine,
  scaleOf,
  type Target,
  ticksOf,
  timeTicks,
} from './curve-scale.ts';
import { Axes, Band, Bound, Growth, type Plot, SeriesLine, Targets } from './CurveParts.tsx';

interface CurveProps {
  title: string;
  unit: string;
  decimals: number;
  /** One or two: blood pressure has two. Told apart by label and by dash, not by colour alone. */
  series: CurveSeries[];
  targets?: Target[];
  /** Percentile lines behind the curve. */
  growth?: GrowthLine[];
  /** Of a child: ages stand under the curve in place of dates. */
  birth?: string | null;
  height?: number;
}

/** A curve over time: reference range as a band, target as a line, labelled where the lines end; arrows move from point to point. */
export function Curve({ title, unit, decimals, series, targets = [], growth = [], birth, height = 260 }: CurveProps) {
  const { ref, width } = useElementSize<HTMLDivElement>();
  const [at, setAt] = useState<number | null>(null);
  const hint = useId();
  const w = Math.max(width, 280);
  const pad = { left: 44, right: series.length > 1 ? 92 : growth.length ? 44 : 60, top: 14, bottom: 26 };
  const scale = useMemo(() => scaleOf(series, targets, growth, birth), [series, targets, growth, birth]);
  const [left, right, top, bottom] = [pad.left, w - pad.right, pad.top, height - pad.bottom];
  const x = (at: string | number) =>
    left + (((typeof at === 'string' ? Date.parse(at) : at) - scale.t0) / (scale.t1 - scale.t0)) * (right - left);
  const y = (value: number) => top + (1 - (value - scale.min) / (scale.max - scale.min)) * (bottom - top);
  const clampY = (value: number) => Math.min(bottom, Math.max(top, y(value)));
  const plot: Plot = { left, right, top, bottom, x, y, clampY };
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
      if (Math.abs(x(moment) - px) < Math.abs(x(moments[best]!) - px)) best = index;
    setAt(best);
  };
  const only = series.length === 1 ? series[0]!.reference : null;
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
            <rect x={left} y={0} width={right - left} height={bottom} />
          </clipPath>
        )}
        <Band reference={only} plot={plot} />
        {series.length > 1 &&
          series.map((one) => <Bound key={one.label} series={one} plot={plot} decimals={decimals} />)}
        <Axes
          values={ticksOf(scale.min, scale.max, 5)}
          moments={
            birth && growth.length
              ? ageTicks(birth, scale.t0, scale.t1, Math.max(2, (right - left) / 80))
              : timeTicks(scale.t0, scale.t1, Math.max(2, (right - left) / 90))
          }
          plot={plot}
          height={height}
        />
        {growth.map((curve) => (
          <Growth key={curve.percentile} curve={curve} scale={scale} plot={plot} clip={`url(#${hint}-plot)`} />
        ))}
        <Targets targets={targets} plot={plot} say={say} />
        {chosen && <line x1={x(chosen)} x2={x(chosen)} y1={top} y2={bottom} className={css.cursor} />}
        {series.map((one, index) => (
          <SeriesLine
            key={one.label}
            series={one}
            index={index}
            plot={plot}
            chosen={chosen}
            ended={
              growth.length > 0
                ? null
                : (value) => (series.length > 1 ? `${one.label} ${sayNumber(value, decimals)}` : say(value))
            }
          />
        ))}
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
