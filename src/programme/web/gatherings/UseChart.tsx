import { useElementSize } from '@mantine/hooks';
import { sayMonth, sayNumber } from '../../../web/say.ts';
import { Scrolled } from '../parts.tsx';
import own from './gatherings.module.css';
import type { Month } from './words.ts';

type Bounds = Month['records'];
/** `< 11`, `30 à 40`, `42`. */
export const sayBounds = ({ low, high }: Bounds): string =>
  low === high ? sayNumber(low) : low === 0 && high === 10 ? '< 11' : `${sayNumber(low)} à ${sayNumber(high)}`;
export const sayShown = (count: number | null): string => (count === null ? '< 11' : sayNumber(count));

const [h, left, right, top, bottom] = [220, 40, 40, 16, 34];
/** Records written in by month, as bars, the part by two professions dark; professions that write, as a line. */
export function UseChart({ months }: { months: Month[] }) {
  const { ref, width } = useElementSize<HTMLDivElement>();
  const w = Math.max(300, width, left + right + months.length * 38);
  const most = Math.max(10, ...months.map(({ records }) => (records.low === records.high ? records.low : 0)));
  const scale = [10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000, 20_000].find((one) => one >= most) ?? most;
  const ceiling = Math.max(4, ...months.map(({ professions }) => professions ?? 0));
  const step = (w - left - right) / Math.max(1, months.length);
  const x = (at: number) => left + step * (at + 0.5);
  const y = (value: number) => h - bottom - (value / scale) * (h - top - bottom);
  const line = (value: number) => h - bottom - (value / ceiling) * (h - top - bottom) * 0.94;
  const wide = Math.min(30, step * 0.6);
  const known = months
    .map(({ professions }, at) => ({ professions, at }))
    .filter((one): one is { professions: number; at: number } => one.professions !== null);
  const words = months
    .map(
      (one) =>
        `${sayMonth(`${one.month}-01`)} : ${sayBounds(one.records)} dossiers, dont ${sayBounds(one.shared)} à deux professions, ${sayShown(one.professions)} professions`,
    )
    .join(' ; ');
  return (
    <Scrolled ref={ref} label="Graphique de l’usage">
      <svg width={w} height={h} className={own.chart} role="img" aria-label={`Usage mois par mois. ${words}.`}>
        {[0, 0.5, 1].map((share) => (
          <g key={share}>
            <line
              x1={left}
              x2={w - right}
              y1={y(scale * share)}
              y2={y(scale * share)}
              className={share === 0 ? own.axis : own.gridline}
            />
            <text x={left - 6} y={y(scale * share) + 4} textAnchor="end" className={own.tick}>
              {sayNumber(scale * share)}
            </text>
          </g>
        ))}
        {months.map((one, at) => (
          <g key={one.month}>
            {one.records.low === one.records.high ? (
              <>
                <rect
                  x={x(at) - wide / 2}
                  y={y(one.records.low)}
                  width={wide}
                  height={h - bottom - y(one.records.low)}
                  className={own.bar}
                />
                <rect
                  x={x(at) - wide / 2}
                  y={y(one.shared.low)}
                  width={wide}
                  height={h - bottom - y(one.shared.low)}
                  className={own.part}
                />
              </>
            ) : (
              <text x={x(at)} y={h - bottom - 6} textAnchor="middle" className={own.tick}>
                {sayBounds(one.records)}
              </text>
            )}
            <text x={x(at)} y={h - bottom + 15} textAnchor="middle" className={own.tick}>
              {sayMonth(`${one.month}-01`).slice(0, 4).replace(/\s.*$/, '')}
            </text>
            {(at === 0 || one.month.endsWith('-01')) && (
              <text x={x(at)} y={h - 4} textAnchor="middle" className={own.tick}>
                {one.month.slice(0, 4)}
              </text>
            )}
          </g>
        ))}
        <path
          d={known
            .map(
              (one, n) =>
                `${n > 0 && known[n - 1]!.at === one.at - 1 ? 'L' : 'M'}${x(one.at)} ${line(one.professions)}`,
            )
            .join('')}
          className={own.series}
        />
        {known.map((one) => (
          <g key={one.at}>
            <circle cx={x(one.at)} cy={line(one.professions)} r={3.5} className={own.point} />
            <text x={x(one.at) + 7} y={line(one.professions) - 5} className={own.value}>
              {one.professions}
            </text>
          </g>
        ))}
      </svg>
    </Scrolled>
  );
}

const heads = [
  'Personnes qui écrivent',
  'Professions',
  'Dossiers',
  'À deux professions',
  'Réunions',
  'Protocoles',
  'Messages',
  'Tâches',
];
export function UseTable({
  months,
  act,
}: {
  months: Month[];
  /** At the end of each line. */
  act?: (month: Month) => React.ReactNode;
}) {
  return (
    <Scrolled label="Tableau de l’usage">
      <table className={own.months}>
        <caption className="vh">Usage mois par mois</caption>
        <thead>
          <tr>
            <th scope="col">Mois</th>
            {heads.map((head) => (
              <th key={head} scope="col">
                {head}
              </th>
            ))}
            {act && (
              <th scope="col">
                <span className="vh">Actes</span>
              </th>
            )}
          </tr>
        </thead>
        <tbody>
          {months.map((one) => (
            <tr key={one.month}>
              <th scope="row">{sayMonth(`${one.month}-01`)}</th>
              {[
                sayShown(one.professionals),
                sayShown(one.professions),
                sayBounds(one.records),
                sayBounds(one.shared),
                sayNumber(one.meetings),
                sayNumber(one.protocols),
                sayShown(one.messages),
                sayShown(one.tasks),
              ].map((value, at) => (
                <td key={heads[at]}>{value}</td>
              ))}
              {act && <td>{act(one)}</td>}
            </tr>
          ))}
        </tbody>
      </table>
    </Scrolled>
  );
}
