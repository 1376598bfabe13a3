import { Card, Tag, WhoWhen } from '../../../web/ui/bits.tsx';
import { Nothing } from '../../../web/ui/states.tsx';
import type { RecordPage } from '../../contract.ts';
import { usePanel } from '../use-record.ts';
import { Flag, isOff } from './MeasuresCard.tsx';
import { LineMarks } from './RecordLine.tsx';
import { useFolded } from './Summary.tsx';
import css from './summary.module.css';

type Lines = NonNullable<RecordPage['results']>;

/** Results, out-of-range values first in sight; what nobody has read yet says so. */
export function ResultsCard({ lines }: { lines: Lines }) {
  const [shown, more] = useFolded(lines, 3);
  return (
    <Card title="Résultats" count={lines.length || undefined}>
      {!lines.length && <Nothing>Aucun résultat reçu.</Nothing>}
      <ul className="plain">
        {shown.map((line) => (
          <Result key={line.id} line={line} />
        ))}
      </ul>
      {more}
    </Card>
  );
}

function Result({ line }: { line: Lines[number] }) {
  const [, setPanel] = usePanel();
  const values = line.values.slice(0, 8);
  return (
    <li className={css.line}>
      <button type="button" className={css.open} onClick={() => setPanel(`entree:${line.type}:${line.id}`)}>
        {line.fresh && <span className={css.fresh} />}
        <span className={css.main}>
          <span className={css.title}>
            {line.label} {line.toRead && <Tag tone="warning">à lire</Tag>}
            <LineMarks line={line} />
          </span>
          {line.conclusion && <span className={css.detail}>{line.conclusion}</span>}
        </span>
        <span className={css.end}>
          <WhoWhen who={line.who} when={line.at} short />
        </span>
      </button>
      {values.length > 0 && (
        <ul className={`plain ${css.values}`}>
          {values.map((value) => (
            <li key={value.code}>
              <button type="button" className={css.value} onClick={() => setPanel(`courbe:${value.code}`)}>
                <span className="vh">Voir la courbe : </span>
                <span className="clip">{value.label}</span>
                <span className={css.valueNumber}>
                  <Flag flag={value.flag} label={value.flagLabel} />
                  <b data-off={isOff(value.flag) || undefined} className="num">
                    {value.text} <small>{value.unit}</small>
                  </b>
                </span>
                <span className="dim tiny num nowrap">{value.reference}</span>
              </button>
            </li>
          ))}
          {line.values.length > values.length && <li className="dim tiny">et {line.values.length - values.length} autres valeurs</li>}
        </ul>
      )}
    </li>
  );
}
