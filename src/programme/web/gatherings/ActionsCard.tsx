import { Button, Checkbox, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { call, Refusal } from '../../../web/api.ts';
import { sayDate } from '../../../web/say.ts';
import { Card, Tag } from '../../../web/ui/bits.tsx';
import { DateField } from '../../../web/ui/DateField.tsx';
import { Note, Nothing } from '../../../web/ui/states.tsx';
import { done, failed } from '../../../web/ui/undo.tsx';
import { programmeContract } from '../../contract.ts';
import css from '../programme.module.css';
import type { Project } from '../projects/tabs.ts';
import own from './gatherings.module.css';
import { type Action, changedGatherings } from './words.ts';

/** What was decided to do: who, for when, done or late. */
export function ActionsCard({
  project,
  actions,
  writes,
  follows,
}: {
  project: Project;
  actions: Action[];
  writes: boolean;
  follows: boolean;
}) {
  const open = actions.filter(({ state }) => state === 'open').length;
  return (
    <Card title="Actions décidées" count={open ? `${open} à faire` : actions.length}>
      {actions.length === 0 && (
        <Nothing>Aucune action. Elles se notent dans un compte rendu, avec qui et pour quand.</Nothing>
      )}
      <div className={css.body}>
        {actions.map((one) => (
          <ActionLine key={one.id} project={project.id} action={one} follows={follows} writes={writes} />
        ))}
      </div>
    </Card>
  );
}
export function ActionLine({
  project,
  action,
  follows,
  writes,
}: {
  project: string;
  action: Action;
  follows: boolean;
  writes: boolean;
}) {
  const { id: _, sheet: __, late, endedOn, version, ...what } = action;
  const turn = useMutation({
    mutationFn: (state: Action['state']) =>
      call(programmeContract.changeMeetingAction, {
        params: { project, action: action.id },
        body: { ...what, state, seen: version },
      }),
    onSuccess: (_reply, state) => {
      done(
        state === 'done' ? 'Action faite.' : state === 'dropped' ? 'Action abandonnée.' : 'Action rouverte.',
        () =>
          call(programmeContract.changeMeetingAction, {
            params: { project, action: action.id },
            body: { ...what, seen: version + 1 },
          }).then(changedGatherings),
        'Remise comme avant.',
      );
      // Shown as asked until what is read says the same.
      return changedGatherings();
    },
    onError: (error) => {
      void changedGatherings();
      failed(error);
    },
  });
  return (
    <div className={own.line}>
      <Checkbox
        disabled={!follows || turn.isPending || action.state === 'dropped'}
        checked={(turn.isPending ? turn.variables : action.state) === 'done'}
        onChange={(event) => turn.mutate(event.currentTarget.checked ? 'done' : 'open')}
        label={action.words}
        styles={{ label: action.state === 'open' ? {} : { textDecoration: 'line-through' } }}
      />
      <span className="dim small">
        {action.owner}
        {action.due && `, pour le ${sayDate(action.due)}`}
      </span>
      <span className="grow" />
      {late && <Tag tone="danger">en retard</Tag>}
      {action.state === 'done' && <Tag tone="success">fait le {sayDate(endedOn)}</Tag>}
      {action.state === 'dropped' && <Tag>abandonnée</Tag>}
      {writes && action.state === 'open' && (
        <Button
          size="compact-sm"
          variant="subtle"
          onClick={() => turn.mutate('dropped')}
          aria-label={`Abandonner : ${action.words}`}
        >
          Abandonner
        </Button>
      )}
      {writes && action.state === 'dropped' && (
        <Button
          size="compact-sm"
          variant="subtle"
          onClick={() => turn.mutate('open')}
          aria-label={`Rouvrir : ${action.words}`}
        >
          Rouvrir
        </Button>
      )}
    </div>
  );
}

/** One more action, in these minutes. */
export function NewAction({ project, sheet }: { project: string; sheet: string }) {
  const [form, setForm] = useState({ words: '', owner: '', due: '' });
  const add = useMutation({
    mutationFn: () =>
      call(programmeContract.addMeetingAction, {
        params: { project },
        body: { sheet, words: form.words, owner: form.owner, due: form.due || null },
      }),
    onSuccess: () => {
      void changedGatherings();
      setForm({ words: '', owner: '', due: '' });
    },
  });
  const refusal = add.error instanceof Refusal ? add.error : null;
  return (
    <form
      className="stack"
      onSubmit={(event) => {
        event.preventDefault();
        if (form.words.trim() && form.owner.trim()) add.mutate();
      }}
    >
      <div className={own.row}>
        <TextInput
          label="Action"
          value={form.words}
          error={refusal?.fields.words}
          onChange={(event) => setForm({ ...form, words: event.currentTarget.value })}
        />
        <TextInput
          label="Qui"
          value={form.owner}
          error={refusal?.fields.owner}
          onChange={(event) => setForm({ ...form, owner: event.currentTarget.value })}
        />
        <DateField
          label="Pour le"
          value={form.due}
          error={refusal?.fields.due}
          onChange={(due) => setForm({ ...form, due })}
        />
        <Button
          type="submit"
          variant="default"
          loading={add.isPending}
          disabled={!form.words.trim() || !form.owner.trim()}
        >
          Ajouter
        </Button>
      </div>
      {refusal && Object.keys(refusal.fields).length === 0 && (
        <Note tone="danger" live>
          {refusal.message}
        </Note>
      )}
    </form>
  );
}
