import { Button, Checkbox, Select, Textarea, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { call, Refusal } from '../../../web/api.ts';
import { useUrl } from '../../../web/routes.tsx';
import { sayDate } from '../../../web/say.ts';
import { Card, Tag } from '../../../web/ui/bits.tsx';
import { DateField } from '../../../web/ui/DateField.tsx';
import { PanelForm } from '../../../web/ui/PanelForm.tsx';
import { Nothing } from '../../../web/ui/states.tsx';
import { done, failed } from '../../../web/ui/undo.tsx';
import { programmeContract } from '../../contract.ts';
import own from './leading.module.css';
import { changedMaturity, type Improvement, type Maturity, noPatient } from './words.ts';

const bodyOf = ({ title, means, owner, due, doneOn }: Improvement) => ({ title, means, owner, due, doneOn });

/** What the team decided to do about its organisation: who, for when, done. */
export function Improvements({ maturity }: { maturity: Maturity }) {
  const { actions, may, today } = maturity;
  const [url, setUrl] = useUrl();
  const [act, id] = (url.volet ?? '').split(':');
  const change = useMutation({
    mutationFn: ({
      one,
      patch,
    }: {
      one: Improvement;
      patch: Partial<ReturnType<typeof bodyOf>> & { removed?: boolean };
    }) =>
      call(programmeContract.changeImprovement, {
        params: { improvement: one.id },
        body: { ...bodyOf(one), ...patch, seen: one.version },
      }),
    onSuccess: changedMaturity,
    onError: (error) => {
      failed(error);
      changedMaturity();
    },
  });
  const chosen = actions.find((one) => one.id === id);
  return (
    <Card
      title="Actions décidées"
      count={actions.length}
      action={
        may.agree && (
          <Button size="compact-sm" variant="subtle" onClick={() => setUrl({ volet: 'action' })}>
            Ajouter
          </Button>
        )
      }
    >
      {actions.length === 0 && (
        <Nothing>
          Aucune action encore. Une autoévaluation débouche sur quelques actions, avec un responsable et une date.
        </Nothing>
      )}
      {actions.map((one) => (
        <div key={one.id} className={own.item}>
          <Checkbox
            checked={one.doneOn !== null}
            disabled={!may.agree}
            aria-label={`Fait : ${one.title}`}
            onChange={(event) => change.mutate({ one, patch: { doneOn: event.currentTarget.checked ? today : null } })}
          />
          <div className="stack tight">
            {may.agree ? (
              <button
                type="button"
                className="plain-button strong"
                onClick={() => setUrl({ volet: `action:${one.id}` })}
              >
                {one.title}
              </button>
            ) : (
              <span className="strong">{one.title}</span>
            )}
            <span className="small dim">
              {[one.owner, one.doneOn ? `fait le ${sayDate(one.doneOn)}` : one.due && `pour le ${sayDate(one.due)}`]
                .filter(Boolean)
                .join(' · ')}
            </span>
            {one.means && <span className="small">{one.means}</span>}
          </div>
          {one.late && <Tag tone="danger">en retard</Tag>}
        </div>
      ))}
      {act === 'action' && (!id || chosen) && (
        <ActionPanel
          key={id ?? 'new'}
          maturity={maturity}
          action={chosen}
          preset={url.pour}
          onClose={() => setUrl({ volet: undefined, pour: undefined })}
        />
      )}
    </Card>
  );
}

function ActionPanel({
  maturity: { matrix, project },
  action,
  preset,
  onClose,
}: {
  maturity: Maturity;
  action: Improvement | undefined;
  preset: string | undefined;
  onClose: () => void;
}) {
  const dimensions = matrix.axes.flatMap((axis) => axis.dimensions);
  const wanted = dimensions.find(({ id }) => id === preset);
  const [form, setForm] = useState({
    dimension: action?.dimension ?? wanted?.id ?? dimensions[0]!.id,
    title: action?.title ?? wanted?.step.title ?? '',
    means: action?.means ?? wanted?.step.model ?? '',
    owner: action?.owner ?? '',
    due: action?.due ?? '',
  });
  const body = { title: form.title, means: form.means, owner: form.owner, due: form.due || null };
  const save = useMutation({
    mutationFn: (removed: boolean) =>
      action
        ? call(programmeContract.changeImprovement, {
            params: { improvement: action.id },
            body: { ...body, doneOn: action.doneOn, removed, seen: action.version },
          })
        : call(programmeContract.addImprovement, { body: { ...body, dimension: form.dimension, project } }),
    onSuccess: (_, removed) => {
      changedMaturity();
      if (removed && action)
        done(
          'Action retirée.',
          () =>
            call(programmeContract.changeImprovement, {
              params: { improvement: action.id },
              body: { ...bodyOf(action), removed: false, seen: action.version + 1 },
            }).then(changedMaturity),
          'Action remise.',
        );
      else done(action ? 'Action changée.' : 'Action ajoutée.');
      onClose();
    },
  });
  const refusal = save.error instanceof Refusal ? save.error : null;
  return (
    <PanelForm
      title={action ? 'Action de l’équipe' : 'Nouvelle action'}
      verb={action ? 'Enregistrer' : 'Ajouter l’action'}
      pending={save.isPending}
      ready={form.title.trim() !== ''}
      refusal={refusal}
      onSubmit={() => save.mutate(false)}
      onClose={onClose}
      beside={
        action && (
          <Button variant="subtle" color="red" onClick={() => save.mutate(true)}>
            Retirer
          </Button>
        )
      }
    >
      <TextInput
        label="Action"
        value={form.title}
        error={refusal?.fields.title}
        onChange={(event) => setForm({ ...form, title: event.currentTarget.value })}
      />
      <Select
        label="Dimension"
        disabled={action !== undefined}
        value={form.dimension}
        allowDeselect={false}
        data={matrix.axes.map(({ label, dimensions: own }) => ({
          group: label,
          items: own.map((one) => ({ value: one.id, label: one.label })),
        }))}
        onChange={(dimension) => dimension && setForm({ ...form, dimension })}
      />
      <TextInput
        label="Responsable"
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
      <Textarea
        label="Moyens"
        description={noPatient}
        autosize
        minRows={3}
        value={form.means}
        error={refusal?.fields.means}
        onChange={(event) => setForm({ ...form, means: event.currentTarget.value })}
      />
    </PanelForm>
  );
}
