import { Button, SegmentedControl, Select } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { call, queries, reading, Refusal } from '../../../web/api.ts';
import { sayDate } from '../../../web/say.ts';
import { Tag } from '../../../web/ui/bits.tsx';
import { DateField } from '../../../web/ui/DateField.tsx';
import { PlusIcon, SwitchIcon } from '../../../web/ui/icons.ts';
import { SidePanel } from '../../../web/ui/SidePanel.tsx';
import { EmptyState, Failure, ListBones, Note } from '../../../web/ui/states.tsx';
import { done, failed } from '../../../web/ui/undo.tsx';
import { professionLabel } from '../../../web/words.ts';
import { accessContract } from '../../contract.ts';
import css from './structure.module.css';

const kinds = { locum: 'Remplacement', trainee: 'Stage', delegation: 'Délégation' } as const;
const changed = () => queries.invalidateQueries({ queryKey: [accessContract.delegations.path] });

/** For a period, someone acts under a named responsible person (SEC-6). */
export default function Delegations() {
  const query = useQuery(reading(accessContract.delegations));
  const [adding, setAdding] = useState(false);
  const end = useMutation({
    mutationFn: (id: string) => call(accessContract.endDelegation, { params: { id } }),
    onSuccess: () => {
      void changed();
      done('Terminé dès maintenant.');
    },
    onError: failed,
  });
  return (
    <div className="stack narrow">
      <div>
        <Button leftSection={<PlusIcon size={17} />} onClick={() => setAdding(true)}>
          Déclarer un remplacement, un stage, une délégation
        </Button>
      </div>
      <div className="card">
        <Failure of={query} />
        {query.isPending && <ListBones rows={3} height={48} />}
        {query.data?.length === 0 && (
          <EmptyState icon={SwitchIcon} title="Aucun remplacement en cours">
            Un remplaçant ou un stagiaire accède aux patients de la personne responsable, pour la période déclarée
            seulement.
          </EmptyState>
        )}
        <ul className="plain">
          {query.data?.map((one) => (
            <li key={one.id} className={css.item}>
              <div className="grow">
                <div>
                  <b>{one.delegate.name}</b> sous la responsabilité de <b>{one.responsible.name}</b>
                </div>
                <div className="dim small">
                  {kinds[one.kind]}, du {sayDate(one.from)} au {sayDate(one.until)}
                </div>
              </div>
              <Tag tone={one.running ? 'success' : 'neutral'}>
                {one.running ? 'en cours' : one.until < new Date().toISOString() ? 'terminé' : 'à venir'}
              </Tag>
              {(one.running || one.from > new Date().toISOString()) && (
                <Button
                  size="compact-sm"
                  variant="subtle"
                  loading={end.isPending && end.variables === one.id}
                  onClick={() => end.mutate(one.id)}
                  aria-label={`Mettre fin : ${one.delegate.name}`}
                >
                  Mettre fin
                </Button>
              )}
            </li>
          ))}
        </ul>
      </div>
      {adding && <DelegationPanel onClose={() => setAdding(false)} />}
    </div>
  );
}

function DelegationPanel({ onClose }: { onClose: () => void }) {
  const colleagues = useQuery(reading(accessContract.colleagues));
  const [form, setForm] = useState({
    kind: 'locum' as keyof typeof kinds,
    delegate: null as string | null,
    responsible: null as string | null,
    from: new Date().toISOString().slice(0, 10),
    until: '',
  });
  const declare = useMutation({
    mutationFn: () =>
      call(accessContract.declareDelegation, {
        // The period runs from the first morning to the last evening, in local time.
        body: {
          kind: form.kind,
          delegate: form.delegate!,
          responsible: form.responsible!,
          from: new Date(`${form.from}T00:00:00`).toISOString(),
          until: new Date(`${form.until}T23:59:59`).toISOString(),
        },
      }),
    onSuccess: () => {
      void changed();
      done(`${kinds[form.kind]} déclaré.`);
      onClose();
    },
  });
  const fields = declare.error instanceof Refusal ? declare.error.fields : {};
  const people = (colleagues.data ?? []).map((one) => ({
    value: one.practitioner,
    label: `${one.name}, ${professionLabel(one.profession)}`,
  }));
  return (
    <SidePanel
      title="Déclarer une période"
      onClose={onClose}
      footer={
        <Button
          type="submit"
          form="delegation-form"
          loading={declare.isPending}
          disabled={!form.delegate || !form.responsible || !form.until}
        >
          Déclarer
        </Button>
      }
    >
      <form
        id="delegation-form"
        className="stack"
        onSubmit={(event) => {
          event.preventDefault();
          declare.mutate();
        }}
      >
        <SegmentedControl
          aria-label="Nature"
          value={form.kind}
          onChange={(kind) => setForm({ ...form, kind: kind as keyof typeof kinds })}
          data={Object.entries(kinds).map(([value, label]) => ({ value, label }))}
        />
        <Select
          label={form.kind === 'locum' ? 'Remplaçant' : form.kind === 'trainee' ? 'Stagiaire' : 'Personne qui agit'}
          searchable
          data={people.filter((one) => one.value !== form.responsible)}
          value={form.delegate}
          error={fields.delegate}
          onChange={(delegate) => setForm({ ...form, delegate })}
        />
        <Select
          label="Sous la responsabilité de"
          searchable
          data={people.filter((one) => one.value !== form.delegate)}
          value={form.responsible}
          error={fields.responsible}
          onChange={(responsible) => setForm({ ...form, responsible })}
        />
        <DateField label="Du" value={form.from} error={fields.from} onChange={(from) => setForm({ ...form, from })} />
        <DateField
          label="Au"
          placeholder="+3s, 31/12/2026…"
          value={form.until}
          error={fields.until}
          onChange={(until) => setForm({ ...form, until })}
        />
        {declare.error && (
          <Note tone="danger" live>
            {declare.error.message}
          </Note>
        )}
      </form>
    </SidePanel>
  );
}
