import { ActionIcon, Button, Tooltip } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { ofName, sayDue } from '../../../web/say.ts';
import { Face, Tag } from '../../../web/ui/bits.tsx';
import { DoneIcon, HiddenIcon } from '../../../web/ui/icons.ts';
import type { TaskLine } from '../../contract.ts';
import css from './tasks.module.css';
import { accept, finish } from './use-tasks.ts';

/** Words of a task, or that it exists and nothing of what. */
export function TaskTitle({ line }: { line: TaskLine }): ReactNode {
  if (line.title !== null) return line.title;
  return (
    <span className="dim">
      <HiddenIcon size={14} style={{ verticalAlign: -2 }} /> {line.kindLabel}, contenu réservé aux soignants
    </span>
  );
}
/** What sets a task apart, in words. */
export function TaskMarks({ line, owner }: { line: TaskLine; owner?: boolean }) {
  return (
    <>
      {line.priority !== 'routine' && line.state !== 'completed' && line.state !== 'cancelled' && (
        <Tag tone="danger">urgent</Tag>
      )}
      {line.late && <Tag tone="danger">en retard</Tag>}
      {line.patient?.deceased && line.state !== 'completed' && line.state !== 'cancelled' && <Tag>patient décédé</Tag>}
      {line.state === 'rejected' && <Tag tone="danger">refusée</Tag>}
      {line.state === 'on-hold' && <Tag>en pause</Tag>}
      {line.state === 'cancelled' && <Tag>annulée</Tag>}
      {line.state === 'completed' && <Tag tone="success">faite</Tag>}
      {line.forMe && <Tag tone="accent">à prendre</Tag>}
      {owner && line.state === 'accepted' && <Tag tone="success">acceptée</Tag>}
      {line.trouble && line.state !== 'rejected' && !line.late && line.priority === 'routine' && (
        <Tag tone="warning" title="Personne ne s’en occupe : la coordination le sait">
          signalée
        </Tag>
      )}
    </>
  );
}
/** The two acts one does most, without opening. */
export function QuickActs({ line }: { line: TaskLine }) {
  return (
    <span className={css.acts}>
      {line.may.accept && (
        <Button
          size="compact-sm"
          variant="subtle"
          aria-label={`Accepter : ${line.title ?? line.kindLabel}`}
          onClick={() => void accept(line)}
        >
          Accepter
        </Button>
      )}
      {line.may.done && (
        <Tooltip label="Fait (F)">
          <ActionIcon size="md" aria-label={`Fait : ${line.title ?? line.kindLabel}`} onClick={() => void finish(line)}>
            <DoneIcon size={18} />
          </ActionIcon>
        </Tooltip>
      )}
    </span>
  );
}

/** One line of the list; `data-task` is what the keys of the page act on. */
export function TaskRow({
  line,
  chosen,
  onOpen,
  showOwner,
}: {
  line: TaskLine;
  chosen: boolean;
  onOpen: (id: string) => void;
  showOwner: boolean;
}) {
  return (
    <li
      className={css.row}
      data-task={line.id}
      data-on={chosen || undefined}
      data-ended={line.state === 'completed' || line.state === 'cancelled' || undefined}
      data-late={line.late || undefined}
    >
      <button
        type="button"
        className={css.open}
        data-row
        onClick={() => onOpen(line.id)}
        aria-current={chosen || undefined}
      >
        {line.unread && (
          <span className={css.fresh}>
            <span className="vh">Nouveau : </span>
          </span>
        )}
        <span className={css.title}>
          <TaskTitle line={line} />
        </span>
        <span className={css.marks}>
          <TaskMarks line={line} owner={showOwner} />
        </span>
      </button>
      <span className={css.patient}>
        {line.patient ? (
          <Link
            to="/patients/$patient"
            params={{ patient: line.patient.id }}
            search={{ volet: `tache:${line.id}` }}
            className="clip"
          >
            {line.patient.name} <span className="dim tiny">{line.patient.age}</span>
          </Link>
        ) : (
          <span className="dim small">La structure</span>
        )}
      </span>
      <span className={css.who}>
        <Who line={line} showOwner={showOwner} />
      </span>
      <span className={css.due} data-late={line.late || undefined}>
        {line.due ? sayDue(line.due) : <span className="dim">sans date</span>}
      </span>
      <QuickActs line={line} />
    </li>
  );
}
function Who({ line, showOwner }: { line: TaskLine; showOwner: boolean }) {
  const person = showOwner ? line.owner : line.requester;
  const words = showOwner ? line.ownerLabel : (line.requester?.name ?? '');
  // What was asked by nobody, a result that nobody validated.
  if (!words) return null;
  return (
    <>
      {person ? <Face name={person.name} profession={person.profession} size={22} quiet /> : null}
      <span className="small">
        {showOwner && <span className="dim">{line.state === 'rejected' ? 'refusée par ' : 'à '}</span>}
        {showOwner ? (person?.me ? 'vous' : words) : ofName(person?.me ? 'vous' : words)}
      </span>
    </>
  );
}
