import { Button, Checkbox, Textarea } from '@mantine/core';
import { useState } from 'react';
import { DateField } from '../../../web/ui/DateField.tsx';
import { Note } from '../../../web/ui/states.tsx';
import type { Addressee, TaskDetail } from '../../contract.ts';
import { AddresseeField, useChosen } from '../AddresseeField.tsx';
import { change } from './use-tasks.ts';

/** Gives a task to someone else, or changes its date and urgency. */
export function ChangeForm({ task, what, onDone }: { task: TaskDetail; what: 'give' | 'move'; onDone: () => void }) {
  const patient = task.patient?.id;
  const [to, setTo] = useState<Addressee | null>(null);
  const [due, setDue] = useState(task.due?.slice(0, 10) ?? '');
  const [urgent, setUrgent] = useState(task.priority !== 'routine');
  const [agreed, setAgreed] = useState(false);
  const [words, setWords] = useState('');
  const [busy, setBusy] = useState(false);
  const chosen = useChosen(to, patient);
  const toJoin = chosen?.outside === true && to?.to === 'person';
  const ready = what === 'move' || (to !== null && !(toJoin && !agreed));
  const send = async () => {
    setBusy(true);
    const note = words.trim() ? { note: words.trim() } : {};
    const after =
      what === 'give'
        ? await change(
            task,
            { addressee: to!, ...(toJoin && { joinTeam: { agreed: true } }), ...note },
            `Tâche confiée à ${chosen?.name ?? 'quelqu’un d’autre'}.`,
          )
        : await change(
            task,
            {
              ...(due !== (task.due?.slice(0, 10) ?? '') && { due: due || null }),
              ...(urgent !== (task.priority !== 'routine') && { priority: urgent ? 'urgent' : 'routine' }),
              ...note,
            },
            'Tâche changée.',
          );
    setBusy(false);
    if (after) onDone();
  };
  return (
    <form
      className="stack card pad"
      onSubmit={(event) => {
        event.preventDefault();
        if (ready) void send();
      }}
    >
      {what === 'give' ? (
        <>
          <AddresseeField patient={patient} value={to} onChange={setTo} label="À qui" autoFocus />
          {toJoin && (
            <Note tone="warning">
              {chosen.name} n’est pas dans l’équipe de soins de ce patient.
              <Checkbox
                mt={8}
                size="sm"
                label={`Le patient est d’accord pour que ${chosen.name} rejoigne son équipe de soins et lise son dossier`}
                checked={agreed}
                onChange={(event) => setAgreed(event.currentTarget.checked)}
              />
            </Note>
          )}
          {chosen?.blind && !task.administrative && patient && (
            <Note tone="warning">
              {chosen.name} ne lit pas les contenus de soin : cette tâche ne peut pas lui être confiée telle quelle.
            </Note>
          )}
        </>
      ) : (
        <>
          <DateField label="Pour quand" placeholder="demain, +3j, 28/11…" value={due} onChange={setDue} />
          <Checkbox
            size="sm"
            label="Urgent"
            checked={urgent}
            onChange={(event) => setUrgent(event.currentTarget.checked)}
          />
        </>
      )}
      {task.title !== null && (
        <Textarea
          label="Un mot"
          autosize
          minRows={1}
          maxRows={6}
          value={words}
          onChange={(event) => setWords(event.currentTarget.value)}
        />
      )}
      <div className="row">
        <Button type="submit" loading={busy} disabled={!ready}>
          {what === 'give' ? 'Confier la tâche' : 'Changer la tâche'}
        </Button>
        <Button variant="subtle" onClick={onDone}>
          Renoncer
        </Button>
      </div>
    </form>
  );
}
