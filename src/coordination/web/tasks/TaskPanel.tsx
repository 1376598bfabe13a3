import { ActionIcon, Button, Menu, Textarea } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { Kbd, Tag } from '../../../web/ui/bits.tsx';
import { CheckIcon, DoneIcon, MoreIcon, ReminderIcon } from '../../../web/ui/icons.ts';
import { useKeys } from '../../../web/ui/keys.ts';
import { SidePanel } from '../../../web/ui/SidePanel.tsx';
import { Bone, Failure, Note } from '../../../web/ui/states.tsx';
import { sayAgo, sayDateTime, sayDue } from '../../../web/say.ts';
import type { TaskDetail } from '../../contract.ts';
import { ChangeForm } from './ChangeForm.tsx';
import { Story } from './Story.tsx';
import { TaskMarks, TaskTitle } from './TaskRow.tsx';
import css from './tasks.module.css';
import { accept, change, finish, note, refuse, remind, useTask, useTasksLive } from './use-tasks.ts';

type Mode = 'refuse' | 'done' | 'give' | 'move' | null;

/** One task: what, for whom, until when, everything said and done, and what one may do. */
export function TaskPanel({
  id,
  inRecord,
  refusing,
  onClose,
}: {
  id: string;
  /** The patient is around it. */
  inRecord?: boolean;
  refusing?: boolean;
  onClose: () => void;
}) {
  useTasksLive();
  const query = useTask(id);
  const [mode, setMode] = useState<Mode>(refusing ? 'refuse' : null);
  const [busy, setBusy] = useState(false);
  const task = query.data;
  const act = async (what: Promise<unknown>) => {
    setBusy(true);
    const after = await what;
    setBusy(false);
    if (after) setMode(null);
  };
  // In the list the page's own keys act on the line; in a record the panel listens.
  useKeys(
    {
      ...(task?.may.accept && { a: () => void act(accept(task)) }),
      ...(task?.may.done && { f: () => void act(finish(task)) }),
      ...(task?.may.refuse && { r: () => setMode('refuse') }),
    },
    !!task && !!inRecord,
  );
  return (
    <SidePanel
      title={task ? <TaskTitle line={task} /> : 'Tâche'}
      subtitle={task?.kindLabel}
      onClose={onClose}
      footer={task && mode === null && <Acts task={task} busy={busy} act={act} setMode={setMode} />}
    >
      <Failure of={query} />
      {query.isPending && (
        <div className="stack">
          <Bone h={90} />
          <Bone h={140} />
        </div>
      )}
      {task && (
        <div className="stack loose">
          <Facts task={task} inRecord={inRecord} />
          {mode === 'refuse' && (
            <Words
              label="Pourquoi refusez-vous ?"
              description="La personne qui demande lit votre raison et peut confier la tâche à quelqu’un d’autre."
              verb="Refuser la tâche"
              color="red"
              needed
              busy={busy}
              onSend={(text) => void act(refuse(task, text))}
              onCancel={() => setMode(null)}
            />
          )}
          {mode === 'done' && (
            <Words
              label="Ce que vous avez fait"
              verb="Fait"
              busy={busy}
              onSend={(text) => void act(finish(task, text))}
              onCancel={() => setMode(null)}
            />
          )}
          {(mode === 'give' || mode === 'move') && <ChangeForm task={task} what={mode} onDone={() => setMode(null)} />}
          <Story task={task} />
          {task.may.note && mode === null && <AddNote task={task} />}
        </div>
      )}
    </SidePanel>
  );
}

function Acts({
  task,
  busy,
  act,
  setMode,
}: {
  task: TaskDetail;
  busy: boolean;
  act: (what: Promise<unknown>) => Promise<void>;
  setMode: (mode: Mode) => void;
}) {
  const { may } = task;
  return (
    <>
      {may.accept && (
        <Button
          leftSection={<CheckIcon size={16} />}
          rightSection={<Kbd>A</Kbd>}
          loading={busy}
          onClick={() => void act(accept(task))}
        >
          {task.forMe || task.state === 'rejected' ? 'Je m’en charge' : 'Accepter'}
        </Button>
      )}
      {may.done && (
        <Button
          variant={may.accept ? 'default' : 'filled'}
          leftSection={!may.accept && <DoneIcon size={16} />}
          rightSection={<Kbd>F</Kbd>}
          loading={busy}
          onClick={() => void act(finish(task))}
        >
          Fait
        </Button>
      )}
      {may.refuse && (
        <Button variant="default" rightSection={<Kbd>R</Kbd>} onClick={() => setMode('refuse')}>
          Refuser…
        </Button>
      )}
      {may.remind && (
        <Button
          variant="default"
          leftSection={<ReminderIcon size={16} />}
          loading={busy}
          onClick={() => void act(remind(task))}
        >
          Relancer
        </Button>
      )}
      {(may.change || may.done) && (
        <Menu position="top-end">
          <Menu.Target>
            <ActionIcon size={36} variant="default" aria-label="Autres actes sur cette tâche">
              <MoreIcon size={18} />
            </ActionIcon>
          </Menu.Target>
          <Menu.Dropdown>
            {may.done && <Menu.Item onClick={() => setMode('done')}>Fait, avec un mot</Menu.Item>}
            {may.change && task.state !== 'completed' && task.state !== 'cancelled' && (
              <Menu.Item onClick={() => setMode('give')}>Confier à quelqu’un d’autre</Menu.Item>
            )}
            {may.change && task.state !== 'completed' && task.state !== 'cancelled' && (
              <Menu.Item onClick={() => setMode('move')}>Changer la date ou l’urgence</Menu.Item>
            )}
            {may.change && (task.state === 'completed' || task.state === 'cancelled' || task.state === 'rejected') && (
              <Menu.Item onClick={() => void act(change(task, { reopen: true }, 'Tâche rouverte.'))}>Rouvrir</Menu.Item>
            )}
            {may.change && task.state !== 'completed' && task.state !== 'cancelled' && (
              <Menu.Item color="red" onClick={() => void act(change(task, { cancel: true }, 'Tâche annulée.'))}>
                Annuler la tâche
              </Menu.Item>
            )}
          </Menu.Dropdown>
        </Menu>
      )}
    </>
  );
}

function Facts({ task, inRecord }: { task: TaskDetail; inRecord: boolean | undefined }) {
  return (
    <div className="stack tight">
      <div className="row wrap">
        <TaskMarks line={task} owner />
        {task.administrative && <Tag tone="info">lisible par le secrétariat</Tag>}
      </div>
      {task.trouble && <Note tone="warning">{task.trouble}. Le coordinateur le voit.</Note>}
      {task.detail && <p className={css.detail}>{task.detail}</p>}
      <dl className={css.facts}>
        {task.patient && !inRecord && (
          <div>
            <dt>Patient</dt>
            <dd>
              <Link to="/patients/$patient" params={{ patient: task.patient.id }}>
                {task.patient.name}
              </Link>{' '}
              <span className="dim small">{task.patient.age}</span>
            </dd>
          </div>
        )}
        {task.document && task.patient && (
          <div>
            <dt>Document</dt>
            <dd>
              <Link
                to={
                  (task.mine
                    ? `/documents?vue=lire&doc=${task.document}`
                    : `/patients/${task.patient.id}?volet=fichier:${task.document}`) as string
                }
              >
                {task.mine ? 'Ouvrir pour lire ou signer' : 'Ouvrir le document'}
              </Link>
            </dd>
          </div>
        )}
        {task.renews && task.patient && (
          <div>
            <dt>Ordonnance</dt>
            <dd>
              <Link
                to={
                  `/patients/${task.patient.id}/ordonnances${task.mine && ['requested', 'accepted', 'in-progress'].includes(task.state) ? `?volet=prescrire:ligne:${task.renews.replace('/', ':')}` : ''}` as string
                }
              >
                {task.mine ? 'Renouveler' : 'Ouvrir les ordonnances'}
              </Link>
            </dd>
          </div>
        )}
        <div>
          <dt>{task.state === 'rejected' ? 'Refusée par' : 'Responsable'}</dt>
          <dd>
            {task.owner?.me ? 'Vous' : task.ownerLabel}
            {task.owner?.role && <span className="dim small">, {task.owner.role}</span>}
            {!task.owner && task.state !== 'completed' && (
              <span className="dim small"> (personne ne l’a encore prise)</span>
            )}
          </dd>
        </div>
        <div>
          <dt>Pour</dt>
          <dd className={css.due} data-late={task.late || undefined}>
            {task.due ? sayDue(task.due) : <span className="dim">sans date</span>}
          </dd>
        </div>
        <div>
          <dt>Demandée par</dt>
          <dd>
            {task.requester?.me ? 'Vous' : (task.requester?.name ?? 'Inconnu')}
            <span className="dim small" title={sayDateTime(task.asked)}>
              , {sayAgo(task.asked)}
            </span>
          </dd>
        </div>
        {task.reminded && (
          <div>
            <dt>Relancée</dt>
            <dd>{sayAgo(task.reminded)}</dd>
          </div>
        )}
      </dl>
    </div>
  );
}

function Words({
  label,
  description,
  verb,
  color,
  needed,
  busy,
  onSend,
  onCancel,
}: {
  label: string;
  description?: string;
  verb: string;
  color?: string;
  needed?: boolean;
  busy: boolean;
  onSend: (text: string) => void;
  onCancel: () => void;
}) {
  const [text, setText] = useState('');
  return (
    <form
      className="stack card pad"
      onSubmit={(event) => {
        event.preventDefault();
        if (text.trim() || !needed) onSend(text.trim());
      }}
    >
      <Textarea
        label={label}
        description={description}
        autosize
        minRows={2}
        maxRows={8}
        autoFocus
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && (event.ctrlKey || event.metaKey) && (text.trim() || !needed))
            onSend(text.trim());
        }}
      />
      <div className="row">
        <Button type="submit" color={color} loading={busy} disabled={needed && !text.trim()}>
          {verb}
        </Button>
        <Button variant="subtle" onClick={onCancel}>
          Renoncer
        </Button>
      </div>
    </form>
  );
}

function AddNote({ task }: { task: TaskDetail }) {
  const [text, setText] = useState('');
  const send = () => {
    if (text.trim()) void note(task, text.trim()).then((after) => after && setText(''));
  };
  return (
    <form
      className="stack tight"
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      <Textarea
        aria-label="Ajouter un mot"
        placeholder="Ajouter un mot"
        autosize
        minRows={1}
        maxRows={6}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) send();
        }}
      />
      {text.trim() && (
        <div>
          <Button type="submit" size="compact-md">
            Ajouter ce mot
          </Button>
        </div>
      )}
    </form>
  );
}
