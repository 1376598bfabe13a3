import { Sparkline } from '../../../web/ui/Sparkline.tsx';
import { Card, WhoWhen } from '../../../web/ui/bits.tsx';
import { Nothing } from '../../../web/ui/states.tsx';
import { isOutOfRange, type RecordPage } from '../../contract.ts';
import { usePanel } from '../use-record.ts';
import { AddButton } from './AddButton.tsx';
import { Flag } from './Flag.tsx';
import { useFolded } from './Summary.tsx';
import css from './summary.module.css';

type Lines = NonNullable<RecordPage['measures']>;

/** «− 2,5 en 3 mois»: the unit stands just above. */
const changeOf = ({ change, values }: Lines[number]): string =>
  values[0]?.unit ? change.replace(values[0].unit, '').replace(/\s+en /, ' en ') : change;

/** Last values with their trend; each opens its curve. */
export function MeasuresCard({ lines }: { lines: Lines }) {
  const [, setPanel] = usePanel();
  const [shown, more] = useFolded(lines, 10);
  return (
    <Card title="Dernières mesures" action={<AddButton panel="mesure" kind="measures" label="Ajouter une mesure" />}>
      {!lines.length && <Nothing>Aucune mesure.</Nothing>}
      <ul className="plain">
        {shown.map((line) => (
          <li key={line.code} className={css.line}>
            <button type="button" className={css.measure} onClick={() => setPanel(`courbe:${line.code}`)}>
              <span className="vh">Voir la courbe : </span>
              {line.fresh && <span className={css.fresh} />}
              <span className={css.measureName}>{line.label}</span>
              <Sparkline
                points={
                  line.values[0]?.value != null && line.at
                    ? [...line.trend, { at: line.at, value: line.values[0].value }]
                    : line.trend
                }
                flagged={isOutOfRange(line.flag)}
              />
              <span className={css.measureValue}>
                <span className={css.valueNumber}>
                  <Flag flag={line.flag} label={line.flagLabel} />
                  <b data-off={isOutOfRange(line.flag) || undefined}>{line.display}</b>
                </span>
              </span>
              <span className={css.measured}>
                <WhoWhen who={line.who} when={line.at} short />
              </span>
              <span className={`dim tiny nowrap ${css.measureChange}`}>{line.change && changeOf(line)}</span>
            </button>
          </li>
        ))}
      </ul>
      {more}
    </Card>
  );
}
