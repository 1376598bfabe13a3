import { Button, Select } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { call, queries, reading, Refusal } from '../../../web/api.ts';
import { sayDate } from '../../../web/say.ts';
import { DateField } from '../../../web/ui/DateField.tsx';
import { Note } from '../../../web/ui/states.tsx';
import { done } from '../../../web/ui/undo.tsx';
import { recordContract } from '../../contract.ts';

/** While I am away, someone reads for me: from a day to a day, each document under their own rights. */
export function AwayForm({ me, delegation, onClose }: { me: string; delegation: { delegate: { id: string | null; name: string }; from: string; until: string } | null; onClose: () => void }) {
  const professionals = useQuery({ ...reading(recordContract.professionals), staleTime: 5 * 60_000 });
  const [form, setForm] = useState({ delegate: delegation?.delegate.id ?? null, from: delegation ? sayDate(delegation.from) : 'auj', until: delegation ? sayDate(delegation.until) : '' });
  const again = () => queries.invalidateQueries({ queryKey: [recordContract.toRead.path] });
  const keep = useMutation({
    mutationFn: (delegate: string) => call(recordContract.delegateReading, { body: { delegate, from: form.from, until: form.until } }),
    onSuccess: (kept) => {
      void again();
      done(`${kept.delegate.name} lit pour vous jusqu’au ${sayDate(kept.until)}.`);
      onClose();
    },
  });
  const end = useMutation({
    mutationFn: () => call(recordContract.endReadingDelegation),
    onSuccess: () => {
      void again();
      done('Vos documents ne reviennent qu’à vous.');
      onClose();
    },
  });
  const error = keep.error ?? end.error;
  const fields = error instanceof Refusal ? error.fields : {};
  return (
    <form
      className="card pad stack"
      aria-label="Qui lit pendant mon absence"
      style={{ marginBottom: 12, maxWidth: 620 }}
      onSubmit={(event) => {
        event.preventDefault();
        if (form.delegate) keep.mutate(form.delegate);
      }}
    >
      <Select label="Qui lit pour moi" searchable autoFocus data={(professionals.data?.professionals ?? []).filter((one) => one.care && one.id !== me).map((one) => ({ value: one.id, label: `${one.name}, ${one.role.toLowerCase()}` }))} value={form.delegate} error={fields.delegate} onChange={(delegate) => setForm({ ...form, delegate })} />
      <div className="row wrap" style={{ alignItems: 'start' }}>
        <DateField label="Du" value={form.from} error={fields.from} onChange={(from) => setForm({ ...form, from })} />
        <DateField label="Au" value={form.until} error={fields.until} onChange={(until) => setForm({ ...form, until })} />
      </div>
      <p className="dim small">Cette personne verra vos documents des seuls patients dont elle peut lire le dossier.</p>
      {error && Object.keys(fields).length === 0 && <Note tone="danger">{error.message}</Note>}
      <div className="row wrap">
        <Button type="submit" disabled={!form.delegate || !form.until} loading={keep.isPending}>
          Enregistrer l’absence
        </Button>
        {delegation && (
          <Button variant="default" loading={end.isPending} onClick={() => end.mutate()}>
            Je suis de retour
          </Button>
        )}
        <Button variant="subtle" onClick={onClose}>
          Fermer
        </Button>
      </div>
    </form>
  );
}
