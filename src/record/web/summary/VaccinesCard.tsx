import { Link } from '@tanstack/react-router';
import { Card, Tag } from '../../../web/ui/bits.tsx';
import { Nothing } from '../../../web/ui/states.tsx';
import type { RecordPage } from '../../contract.ts';
import { mayAdd, usePanel, useRecord } from '../use-record.ts';
import { AddButton } from './AddButton.tsx';
import { RecordLine } from './RecordLine.tsx';
import { useFolded } from './Summary.tsx';
import css from './summary.module.css';
import { dueDay } from '../vaccines/due-day.ts';

export const dueTones = {
  late: 'danger',
  due: 'warning',
  coming: 'neutral',
  refused: 'neutral',
  contraindicated: 'neutral',
  'to-discuss': 'info',
} as const;

/** What the calendar asks for next, then what was given. */
export function VaccinesCard({ vaccines }: { vaccines: NonNullable<RecordPage['vaccines']> }) {
  const [, setPanel] = usePanel();
  const record = useRecord();
  const may = mayAdd(record, 'vaccines');
  const [given, more] = useFolded(vaccines.given, 4);
  const due = vaccines.due.filter(
    (one) => one.state !== 'coming' || !vaccines.due.some((other) => other.state !== 'coming'),
  );
  return (
    <Card
      title="Vaccins"
      count={vaccines.given.length || undefined}
      action={
        <>
          <Link
            to={`/patients/${record.header.patient.id}/vaccins` as string}
            className="small touch"
            title="Ouvrir le carnet de vaccination"
          >
            Carnet
          </Link>
          <AddButton panel="vaccin" kind="vaccines" label="Ajouter un vaccin" />
        </>
      }
    >
      {due.length > 0 && (
        <ul className="plain">
          {due.map((one) => {
            const content = (
              <>
                <span className={css.main}>
                  <span className={css.title}>
                    {one.label} <Tag tone={dueTones[one.state]}>{one.stateLabel}</Tag>
                  </span>
                  <span className={css.detail} title={one.source}>
                    {one.why}
                  </span>
                </span>
                <span className={css.end}>
                  <span className="dim small num">{dueDay(one)}</span>
                </span>
              </>
            );
            return (
              <li key={one.target} className={css.line}>
                {may ? (
                  <button type="button" className={css.open} onClick={() => setPanel(`vaccin:${one.target}`)}>
                    {content}
                  </button>
                ) : (
                  <div className={css.open}>{content}</div>
                )}
              </li>
            );
          })}
        </ul>
      )}
      {!vaccines.given.length && !due.length && <Nothing>Aucun vaccin noté.</Nothing>}
      {vaccines.given.length > 0 && <h3 className={css.topic}>Reçus</h3>}
      <ul className="plain">
        {given.map((line) => (
          <RecordLine
            key={line.id}
            line={line}
            title={line.label}
            marks={
              line.outcome !== 'given' && (
                <Tag tone={line.outcome === 'refused' ? 'warning' : 'neutral'}>{line.outcomeLabel}</Tag>
              )
            }
            detail={[line.lot && `lot ${line.lot}`, line.site, line.reason].filter(Boolean).join(' · ') || undefined}
          />
        ))}
      </ul>
      {more}
    </Card>
  );
}
