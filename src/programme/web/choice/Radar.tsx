import css from './choice.module.css';
import { sayDecimal } from './words.ts';

const dashes = ['', '6 3', '2 3', '8 3 2 3'];
/** Scores from 0 to 5 on as many axes as there are items. The same figures stand in the table beside it: readers are given that one. */
export function Radar({
  axes,
  series,
}: {
  axes: readonly { id: string; label: string }[];
  series: readonly { name: string; values: Readonly<Record<string, number>> }[];
}) {
  const [middle, reach] = [230, 118];
  const point = (at: number, value: number): [number, number] => {
    const angle = (Math.PI * 2 * at) / axes.length - Math.PI / 2;
    return [middle + Math.cos(angle) * reach * (value / 500), middle + Math.sin(angle) * reach * (value / 500)];
  };
  const ring = (value: number) =>
    axes
      .map((_, at) =>
        point(at, value)
          .map((one) => one.toFixed(1))
          .join(','),
      )
      .join(' ');
  return (
    <svg
      viewBox="0 44 460 372"
      className={css.radar}
      role="img"
      aria-label={`Notes de ${series.map(({ name }) => name).join(', ')}. Les chiffres sont dans le tableau.`}
    >
      {[100, 200, 300, 400, 500].map((value) => (
        <polygon key={value} points={ring(value)} fill="none" stroke="var(--line)" />
      ))}
      {axes.map(({ id, label }, at) => {
        const [x, y] = point(at, 500);
        const [tx, ty] = point(at, 565);
        const anchor = Math.abs(tx - middle) < 12 ? 'middle' : tx > middle ? 'start' : 'end';
        return (
          <g key={id}>
            <line x1={middle} y1={middle} x2={x} y2={y} stroke="var(--line)" />
            <text x={tx} y={ty} textAnchor={anchor} dominantBaseline="middle" aria-hidden>
              {split(label).map((part, line) => (
                <tspan key={part} x={tx} dy={line === 0 ? 0 : 13}>
                  {part}
                </tspan>
              ))}
            </text>
          </g>
        );
      })}
      {series.map(({ name, values }, index) => (
        <polygon
          key={name}
          points={axes
            .map(({ id }, at) =>
              point(at, values[id] ?? 0)
                .map((one) => one.toFixed(1))
                .join(','),
            )
            .join(' ')}
          fill={index === 0 ? 'var(--accent)' : 'none'}
          fillOpacity={0.14}
          stroke={index === 0 ? 'var(--accent)' : 'var(--warning)'}
          strokeWidth={2}
          strokeDasharray={dashes[index % dashes.length]}
        >
          <title>{`${name} : ${axes.map(({ id, label }) => `${label} ${sayDecimal(values[id] ?? 0)}`).join(', ')}`}</title>
        </polygon>
      ))}
    </svg>
  );
}
/** Lines of sixteen signs or so. */
function split(words: string): string[] {
  const lines: string[] = [];
  for (const word of words.split(' ')) {
    const last = lines.at(-1);
    if (last !== undefined && `${last} ${word}`.length <= 16) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines;
}
