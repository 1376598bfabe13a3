import { Button, NumberInput, TextInput } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { call, queries, reading, Refusal, failureOf } from '../../../web/api.ts';
import { meQuery } from '../../../web/session.ts';
import { Failure, ListBones, Note } from '../../../web/ui/states.tsx';
import { done } from '../../../web/ui/undo.tsx';
import { accessContract } from '../../contract.ts';

/** Name, lock delay, threshold of mass reading. */
export default function Settings() {
  const query = useQuery(reading(accessContract.practice));
  const [form, setForm] = useState({
    name: '',
    lockAfterMinutes: 30 as number | string,
    massReading: 60 as number | string,
  });
  useEffect(() => {
    if (query.data) setForm({ name: query.data.name, ...query.data.settings });
  }, [query.data]);
  const save = useMutation({
    mutationFn: () =>
      call(accessContract.changePractice, {
        body: {
          name: form.name,
          settings: { lockAfterMinutes: Number(form.lockAfterMinutes), massReading: Number(form.massReading) },
        },
      }),
    onSuccess: (saved) => {
      queries.setQueryData(reading(accessContract.practice).queryKey, saved);
      void queries.invalidateQueries(meQuery);
      done('Réglages enregistrés.');
    },
  });
  const fields = save.error instanceof Refusal ? save.error.fields : {};
  if (failureOf(query)) return <Failure of={query} />;
  if (!query.data) return <ListBones rows={4} height={56} />;
  return (
    <form
      className="card pad stack narrow"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        save.mutate();
      }}
    >
      <TextInput
        label="Nom de la structure"
        value={form.name}
        error={fields.name}
        onChange={(event) => setForm({ ...form, name: event.currentTarget.value })}
      />
      <NumberInput
        label="Verrouiller un poste après"
        description="Sans geste pendant ce temps, l’écran se verrouille. Deux heures au plus."
        suffix=" minutes"
        min={1}
        max={120}
        value={form.lockAfterMinutes}
        error={fields['settings.lockAfterMinutes']}
        onChange={(lockAfterMinutes) => setForm({ ...form, lockAfterMinutes })}
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
        onChange={(massReading) => setForm({ ...form, massReading })}
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
