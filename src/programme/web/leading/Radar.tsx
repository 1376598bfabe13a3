import { sayDate } from '../../../web/say.ts';
import css from './leading.module.css';
import { type Maturity, sayTenths } from './words.ts';

const [size, middle, reach] = [340, 170, 108];
/** Where a mean of an axis stands: 1 near the middle, 4 at the edge. */
const point = (at: number, of: number, tenths: number): [number, number] => {
  const angle = (Math.PI * 2 * at) / of - Math.PI / 2;
  const far = (reach * (tenths - 5)) / 35;
  return [middle + far * Math.cos(angle), middle + far * Math.sin(angle)];
};
const shape = (values: readonly number[]): string =>
  values
    .map((value, at) =>
      point(at, values.length, value)
        .map((one) => one.toFixed(1))
        .join(','),
    )
    .join(' ');

/** The axes of the newest assessment over the former one; the bars beside say the same in figures. */
export function Radar({ matrix, past }: Pick<Maturity, 'matrix' | 'past'>) {
  const [now, before] = past;
  if (!now) return null;
  const of = matrix.axes.length;
  const values = (one: typeof now) => matrix.axes.map(({ id }) => one.means[id] ?? 10);
  const words = matrix.axes
    .map(
      ({ id, label }) =>
        `${label} ${sayTenths(now.means[id] ?? 10)}${before ? `, avant ${sayTenths(before.means[id] ?? 10)}` : ''}`,
    )
    .join(' ; ');
  return (
    <div className="stack tight">
      <svg
        className={css.radar}
        viewBox={`0 0 ${size} ${size}`}
        role="img"
        aria-label={`Niveaux par axe, sur 4. ${words}.`}
      >
        {[10, 20, 30, 40].map((level) => (
          <g key={level}>
            <polygon className={css.ring} points={shape(matrix.axes.map(() => level))} />
            <text className={css.scale} x={middle + 4} y={point(0, of, level)[1] + 10}>
              {level / 10}
            </text>
          </g>
        ))}
        <polygon className={css.limit} points={shape(matrix.axes.map(() => matrix.thresholdTenths))} />
        {before && <polygon className={css.before} points={shape(values(before))} />}
        <polygon className={css.now} points={shape(values(now))} />
        {matrix.axes.map(({ id, short }, at) => {
          const [x, y] = point(at, of, 46);
          return (
            <text
              key={id}
              x={x}
              y={y + 4}
              textAnchor={Math.abs(x - middle) < 8 ? 'middle' : x > middle ? 'start' : 'end'}
              dx={Math.abs(x - middle) < 8 ? 0 : x > middle ? -14 : 14}
              dy={Math.abs(x - middle) < 8 ? 0 : -8}
            >
              {short}
            </text>
          );
        })}
      </svg>
      <p className={css.legend}>
        <span>{sayDate(now.agreedOn)}</span>
        {before && <span data-kind="before">{sayDate(before.agreedOn)}</span>}
        <span data-kind="limit">seuil d’une organisation définie</span>
      </p>
    </div>
  );
}
