import type { MouseEventHandler } from 'react';
import css from './charts.module.css';

/** The trend at a glance: line, last point, reference band when known. It only repeats what the line says in words, so it is hidden from readers. */
export function Sparkline({
  points,
  low,
  high,
  width = 84,
  height = 26,
  flagged,
  onClick,
}: {
  points: readonly { at: string; value: number }[];
  low?: number | null;
  high?: number | null;
  width?: number;
  height?: number;
  flagged?: boolean;
  onClick?: MouseEventHandler;
}) {
  if (points.length < 2) return <svg width={width} height={height} aria-hidden />;
  const times = points.map((point) => Date.parse(point.at));
  const values = points.map((point) => point.value);
  const min = Math.min(...values);
  const max = Math.max(...values);
  const span = max - min || Math.abs(max) * 0.1 || 1;
  const t0 = times[0]!;
  const t1 = times.at(-1)!;
  const x = (time: number) => 3 + ((time - t0) / (t1 - t0 || 1)) * (width - 8);
  const y = (value: number) => 4 + (1 - (value - min) / span) * (height - 8);
  const path = values
    .map((value, at) => `${at ? 'L' : 'M'}${x(times[at]!).toFixed(1)} ${y(value).toFixed(1)}`)
    .join('');
  const clamp = (value: number) => Math.min(height, Math.max(0, value));
  const top = high != null ? clamp(y(high)) : 0;
  const bottom = low != null ? clamp(y(low)) : height;
  return (
    <svg
      width={width}
      height={height}
      viewBox={`0 0 ${width} ${height}`}
      aria-hidden
      className={css.spark}
      onClick={onClick}
      data-flagged={flagged || undefined}
    >
      {(low != null || high != null) && bottom > top && (
        <rect x={0} y={top} width={width} height={bottom - top} className={css.band} />
      )}
      <path d={path} className={css.line} />
      <circle cx={x(t1)} cy={y(values.at(-1)!)} r={2.6} className={css.dot} />
    </svg>
  );
}
