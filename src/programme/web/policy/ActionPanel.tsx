import { Button, Select, Textarea, TextInput } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { call, reading, Refusal } from '../../../web/api.ts';
import { DateField } from '../../../web/ui/DateField.tsx';
import { PanelForm } from '../../../web/ui/PanelForm.tsx';
import { done } from '../../../web/ui/undo.tsx';
import { programmeContract } from '../../contract.ts';
import { useKept } from './use-kept.ts';
import { changedTrack, type PlanAction, type Track } from './words.ts';

/** Writes an action, drawn from a part of the health project. */
export function ActionPanel({
  track,
  requirement,
  action,
  onClose,
}: {
  track: Track;
  requirement: string;
  action?: PlanAction;
  onClose: () => void;
}) {
  const known = track.core.requirements.find(({ id }) => id === requirement);
  const drawn = track.outline.sections.filter(({ id }) => known?.sections.includes(id));
  const form = useKept(`action:${track.id}:${action?.id ?? requirement}`, {
    title: action?.title ?? '',
    who: action?.who ?? '',
    due: action?.due ?? '',
    section: action?.section ?? drawn[0]?.id ?? null,
    state: action?.state ?? ('todo' as PlanAction['state']),
    seen: action?.version ?? 0,
  });
  const project = useQuery({
    ...reading(programmeContract.projectVersion, { params: { track: track.id, number: track.submitted } }),
  });
  const save = useMutation({
    mutationFn: async () => {
      const { seen, state, ...facts } = form.values;
      if (action)
        await call(programmeContract.changeAction, {
          params: { track: track.id, action: action.id },
          body: { ...facts, requirement, state, seen },
        });
      else await call(programmeContract.addAction, { params: { track: track.id }, body: { ...facts, requirement } });
    },
    onSuccess: () => {
      form.drop();
      changedTrack();
      onClose();
      done(action ? 'Action enregistrée.' : 'Action ajoutée.');
    },
  });
  const refusal = save.error instanceof Refusal ? save.error : null;
  const text = project.data?.parts.find(({ id }) => id === form.values.section)?.text;
  return (
    <PanelForm
      title={action ? 'Action' : 'Nouvelle action'}
      subtitle={known?.title}
      verb={action ? 'Enregistrer l’action' : 'Ajouter l’action'}
      pending={save.isPending}
      refusal={refusal}
      onSubmit={() => save.mutate()}
      onClose={onClose}
    >
      {refusal?.status === 409 && action && (
        <Button
          size="compact-sm"
          variant="default"
          onClick={() => form.set({ seen: track.plan.find(({ id }) => id === action.id)?.version ?? form.values.seen })}
        >
          J’ai relu, enregistrer la mienne ensuite
        </Button>
      )}
      <Select
        label="Tirée du projet de santé"
        clearable
        data={track.outline.sections.map(({ id, title }) => ({ value: id, label: title }))}
        value={form.values.section}
        onChange={(section) => form.set({ section })}
      />
      {text && (
        <blockquote
          className="small dim"
          style={{
            margin: 0,
            paddingLeft: 12,
            borderLeft: '3px solid var(--line-strong)',
            whiteSpace: 'pre-line',
            maxHeight: 180,
            overflow: 'auto',
          }}
          // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls is reached by keyboard
          tabIndex={0}
          aria-label="Ce que dit le projet"
        >
          {text}
        </blockquote>
      )}
      <Textarea
        label="Action"
        autosize
        minRows={2}
        value={form.values.title}
        error={refusal?.fields.title}
        onChange={(event) => form.set({ title: event.currentTarget.value })}
        data-autofocus
      />
      <TextInput
        label="Qui"
        value={form.values.who}
        error={refusal?.fields.who}
        onChange={(event) => form.set({ who: event.currentTarget.value })}
      />
      <DateField
        label="Échéance"
        value={form.values.due}
        error={refusal?.fields.due}
        onChange={(due) => form.set({ due })}
      />
    </PanelForm>
  );
}
