import { Link } from '@tanstack/react-router';
import { Card, Tag, WhoWhen } from '../../../web/ui/bits.tsx';
import { sayCount } from '../../../web/say.ts';
import { Nothing } from '../../../web/ui/states.tsx';
import { isCritical, isOutOfRange, type RecordPage } from '../../contract.ts';
import { usePanel, useRecord } from '../use-record.ts';
import { AddButton } from './AddButton.tsx';
import { Flag } from './Flag.tsx';
import { LineMarks } from './RecordLine.tsx';
import { useFolded } from './Summary.tsx';
import css from './summary.module.css';

type Lines = NonNullable<RecordPage['results']>;

/** Results, out-of-range values first in sight; what nobody has validated yet says so. */
export function ResultsCard({ lines }: { lines: Lines }) {
  const { patient } = useRecord().header;
  const [shown, more] = useFolded(lines, 3);
  return (
    <Card
      title="Résultats"
      count={lines.length || undefined}
      action={
        <span className="row">
          {lines.length > 0 && (
            <Link
              className="small no-print touch"
              to={`/patients/${patient.id}/resultats` as string}
              aria-keyshortcuts="G"
            >
              Tableau
            </Link>
          )}
          <AddButton panel="saisir-resultats" kind="results" label="Saisir des résultats" />
        </span>
      }
    >
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
  const rank = (flag: string): number => (isCritical(flag) ? 0 : isOutOfRange(flag) ? 1 : 2);
  const values = [...line.values].sort((a, b) => rank(a.flag) - rank(b.flag)).slice(0, 8);
  return (
    <li className={css.line}>
      <button type="button" className={css.open} onClick={() => setPanel(`resultat:${line.id}`)}>
        {line.fresh && <span className={css.fresh} />}
        <span className={css.main}>
          <span className={css.title}>
            {line.label} {isCritical(line.flag) && <Tag tone="danger">critique</Tag>}{' '}
            {line.toRead && <Tag tone="warning">à valider</Tag>}
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
          {values.map((value, at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: an analysis may stand twice in one report
            <li key={`${value.code} ${at}`}>
              <button
                type="button"
                className={css.value}
                onClick={() => setPanel(value.value === null ? `resultat:${line.id}` : `courbe:${value.code}`)}
              >
                <span className="vh">{value.value === null ? 'Voir le résultat : ' : 'Voir la courbe : '}</span>
                <span className="clip">{value.label}</span>
                <span className={css.valueNumber}>
                  <Flag flag={value.flag} label={value.flagLabel} />
                  <b data-off={isOutOfRange(value.flag) || undefined} className="num">
                    {value.text} <small>{value.unit}</small>
                  </b>
                </span>
                <span className="dim tiny num nowrap">{value.reference}</span>
              </button>
            </li>
          ))}
          {line.values.length > values.length && (
            <li className={`dim tiny ${css.others}`}>
              et {sayCount(line.values.length - values.length, 'autre valeur', 'autres valeurs')}
            </li>
          )}
        </ul>
      )}
    </li>
  );
}
