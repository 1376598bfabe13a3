import { Link } from '@tanstack/react-router';
import { sayDate, sayDue } from '../../../web/say.ts';
import { Card, Tag } from '../../../web/ui/bits.tsx';
import { CalendarIcon, ClipIcon, DocumentIcon, ImageIcon } from '../../../web/ui/icons.ts';
import { Nothing } from '../../../web/ui/states.tsx';
import type { RecordPage } from '../../contract.ts';
import { usePatientId } from '../use-record.ts';
import { AddButton } from './AddButton.tsx';
import { RecordLine } from './RecordLine.tsx';
import { useFolded } from './Summary.tsx';
import css from './summary.module.css';

/** Appointments, orders, tasks to come. */
export function PlannedCard({ lines }: { lines: NonNullable<RecordPage['planned']> }) {
  const [shown, more] = useFolded(lines, 4);
  if (!lines.length) return null;
  return (
    <Card title="À venir" count={lines.length}>
      <ul className="plain">
        {shown.map((line) => (
          <RecordLine
            key={line.id}
            line={line}
            title={line.label}
            marks={<Tag>{line.stateLabel}</Tag>}
            detail={[line.place, line.with.join(', ')].filter(Boolean).join(' · ') || undefined}
            when={null}
            end={
              line.start && (
                <span className="small num">
                  <CalendarIcon size={13} style={{ verticalAlign: -2 }} /> {sayDue(line.start)}
                </span>
              )
            }
          />
        ))}
      </ul>
      {more}
    </Card>
  );
}

/** The page brings the newest of a record that has many: from there on it is the history that knows all. */
const counted = 50;

export function DocumentsCard({ lines }: { lines: NonNullable<RecordPage['documents']> }) {
  const [shown, more] = useFolded(lines, 5);
  const patient = usePatientId();
  return (
    <Card
      title="Courriers et documents"
      count={lines.length < counted ? lines.length || undefined : `plus de ${counted - 1}`}
      action={<AddButton panel="document" kind="documents" label="Ajouter un document" />}
    >
      {!lines.length && <Nothing>Aucun document.</Nothing>}
      <ul className="plain">
        {shown.map((line) => {
          const Icon = line.contentType.startsWith('image/') ? ImageIcon : line.contentUrl ? ClipIcon : DocumentIcon;
          return (
            <RecordLine
              key={line.id}
              line={line}
              panel={`fichier:${line.id}`}
              title={
                <>
                  <Icon size={14} style={{ verticalAlign: -2, marginRight: 5 }} />
                  {line.title}
                </>
              }
              marks={line.toRead && <Tag tone="warning">à lire</Tag>}
              detail={line.documentType.label !== line.title ? line.documentType.label : undefined}
            />
          );
        })}
      </ul>
      {more}
      {lines.length >= counted && (
        <p className="small no-print" style={{ padding: '0 16px 12px' }}>
          <Link to={`/patients/${patient}` as string} search={{ genre: 'document' } as never} hash="historique">
            Tous les documents, dans l’historique
          </Link>
        </p>
      )}
    </Card>
  );
}

export function PlansCard({ lines }: { lines: NonNullable<RecordPage['plans']> }) {
  const [shown, more] = useFolded(lines, 5);
  return (
    <Card
      title="Objectifs et plans"
      count={lines.length}
      action={<AddButton panel="objectif" kind="summary" label="Fixer un objectif" />}
    >
      <ul className="plain">
        {shown.map((line) => (
          <RecordLine
            key={line.id}
            line={line}
            title={line.label}
            marks={line.state !== 'active' && <Tag>{line.stateLabel}</Tag>}
            detail={[line.target, line.detail].filter(Boolean).join(' · ') || undefined}
            when={null}
            end={line.due && <span className="dim small num">avant le {sayDate(line.due)}</span>}
          />
        ))}
      </ul>
      {more}
    </Card>
  );
}

export function NotesCard({ lines }: { lines: NonNullable<RecordPage['notes']> }) {
  const [shown, more] = useFolded(lines, 3);
  return (
    <Card title="Dernières notes" action={<AddButton panel="note" kind="summary" label="Écrire une note" />}>
      <ul className="plain">
        {shown.map((line) => (
          <RecordLine
            key={line.id}
            line={line}
            title={line.title}
            detail={<span className={css.text}>{line.text}</span>}
          />
        ))}
      </ul>
      {more}
    </Card>
  );
}
