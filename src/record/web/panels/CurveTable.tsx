import { Button } from '@mantine/core';
import { sayAge, sayDateTime, sayNumber } from '../../../web/say.ts';
import { WhoWhen } from '../../../web/ui/bits.tsx';
import { EditIcon } from '../../../web/ui/icons.ts';
import { isOutOfRange, type Series } from '../../contract.ts';
import { Flag } from '../summary/Flag.tsx';
import { usePanel } from '../use-record.ts';
import css from './panels.module.css';

const flagWords: Record<string, string> = {
  high: 'Élevé',
  low: 'Bas',
  'critical-high': 'Critique',
  'critical-low': 'Critique',
};

/** The values behind a curve, newest first; whoever may correct one does it from here. `birth`: of a child, whose age at each value is said. */
export function CurveTable({ data, points, birth }: { data: Series; points: Series['points']; birth: string | null }) {
  const [, setPanel] = usePanel();
  const standing = new Map(data.growth?.standing.map(({ id, words }) => [id, words]));
  return (
    <table className={css.table}>
      <caption className="vh">{data.label}</caption>
      <thead>
        <tr>
          <th scope="col">Date</th>
          <th scope="col">Valeur</th>
          <th scope="col">Par</th>
          <th scope="col">
            <span className="vh">Corriger</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {points.toReversed().map((point) => (
          <tr key={point.id}>
            <td className="num nowrap">
              {sayDateTime(point.at)}
              {birth && <div className="dim tiny">{sayAge(birth, point.at)}</div>}
            </td>
            <td>
              <b data-off={isOutOfRange(point.flag) || undefined}>
                {point.display || sayNumber(point.values[0]?.value ?? 0)}
              </b>{' '}
              <Flag flag={point.flag} label={flagWords[point.flag] ?? ''} />
              {standing.has(point.id) && <div className="dim tiny">{standing.get(point.id)}</div>}
              {point.note && <div className="dim tiny">{point.note}</div>}
            </td>
            <td>
              <WhoWhen who={point.who} />
            </td>
            <td>
              {point.canEdit && point.form && (
                <Button
                  size="compact-sm"
                  variant="subtle"
                  aria-label={`Corriger la valeur du ${sayDateTime(point.at)}`}
                  onClick={() => setPanel(`corriger:${point.type}:${point.id}`)}
                >
                  <EditIcon size={15} />
                </Button>
              )}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
