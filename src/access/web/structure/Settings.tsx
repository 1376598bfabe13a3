import { Button, NumberInput, TextInput } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { call, queries, reading, Refusal, failureOf } from '../../../web/api.ts';
import { meQuery } from '../../../web/session.ts';
import { ConflictPanel } from '../../../web/ui/ConflictPanel.tsx';
import { Failure, ListBones, Note } from '../../../web/ui/states.tsx';
import { done } from '../../../web/ui/undo.tsx';
import { accessContract, type Practice } from '../../contract.ts';

interface Typed {
  name: string;
  lockAfterMinutes: number | string;
  massReading: number | string;
}
const formOf = ({ name, settings }: Practice): Typed => ({ name, ...settings });
const compared = (theirs: Typed, mine: Typed) =>
  (
    [
      ['Nom de la structure', 'name', ''],
      ['Verrouiller un poste après', 'lockAfterMinutes', ' minutes'],
      ['Signaler une lecture massive à partir de', 'massReading', ' dossiers'],
    ] as const
  ).map(([label, field, unit]) => ({
    label,
    before: `${theirs[field]}${unit}`,
    after: `${mine[field]}${unit}`,
    changed: String(theirs[field]) !== String(mine[field]),
  }));

/** Name, lock delay, threshold of mass reading. */
export default function Settings() {
  const query = useQuery(reading(accessContract.practice));
  /** What is typed, and the version it was begun on: what another keeps meanwhile moves nothing under the hand, and saving tells of it. */
  const [draft, setDraft] = useState<{ form: Typed; version: number } | null>(null);
  const [theirs, setTheirs] = useState<Practice | null>(null);
  const kept = (now: Practice) => {
    queries.setQueryData(reading(accessContract.practice).queryKey, now);
    void queries.invalidateQueries(meQuery);
    setDraft(null);
    setTheirs(null);
  };
  const save = useMutation({
    mutationFn: ({ form, version }: { form: Typed; version: number }) =>
      call(accessContract.changePractice, {
        body: {
          version,
          name: form.name,
          settings: { lockAfterMinutes: Number(form.lockAfterMinutes), massReading: Number(form.massReading) },
        },
      }),
    onSuccess: (saved) => {
      kept(saved);
      done('Réglages enregistrés.');
    },
    onError: (error) =>
      setTheirs(error instanceof Refusal ? ((error.extra.theirs as Practice | undefined) ?? null) : null),
  });
  const fields = save.error instanceof Refusal ? save.error.fields : {};
  if (failureOf(query)) return <Failure of={query} />;
  if (!query.data) return <ListBones rows={4} height={56} />;
  const { form, version } = draft ?? { form: formOf(query.data), version: query.data.version };
  const type = (change: Partial<Typed>) => setDraft({ form: { ...form, ...change }, version });
  if (theirs)
    return (
      <div className="card pad narrow">
        <ConflictPanel
          who={theirs.changed?.who || 'Un autre responsable'}
          when={theirs.changed?.at ?? new Date().toISOString()}
          rows={compared(formOf(theirs), form)}
          pending={save.isPending}
          onTakeTheirs={() => {
            save.reset();
            kept(theirs);
          }}
          onKeepMine={() => save.mutate({ form, version: theirs.version })}
        />
      </div>
    );
  return (
    <form
      className="card pad stack narrow"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        save.mutate({ form, version });
      }}
    >
      <TextInput
        label="Nom de la structure"
        value={form.name}
        error={fields.name}
        onChange={(event) => type({ name: event.currentTarget.value })}
      />
      <NumberInput
        label="Verrouiller un poste après"
        description="Sans geste pendant ce temps, l’écran se verrouille. Deux heures au plus."
        suffix=" minutes"
        min={1}
        max={120}
        value={form.lockAfterMinutes}
        error={fields['settings.lockAfterMinutes']}
        onChange={(lockAfterMinutes) => type({ lockAfterMinutes })}
        hideControls
      />
      <NumberInput
        label="Signaler une lecture massive à partir de"
        description="Dossiers ouverts en une heure par la même personne."
        suffix=" dossiers"
        min={10}
        max={10_000}
        value={form.massReading}
        error={fields['settings.massReading']}
        onChange={(massReading) => type({ massReading })}
        hideControls
      />
      {save.error && (
        <Note tone="danger" live>
          {save.error.message}
        </Note>
      )}
      <div>
        <Button type="submit" loading={save.isPending}>
          Enregistrer les réglages
        </Button>
      </div>
    </form>
  );
}
