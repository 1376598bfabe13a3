import { Button, NumberInput, SegmentedControl, Select, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { call, queries, Refusal } from '../../../web/api.ts';
import { SidePanel } from '../../../web/ui/SidePanel.tsx';
import { ErrorState } from '../../../web/ui/states.tsx';
import { programmeContract } from '../../contract.ts';
import type { Call } from './CallsPage.tsx';

/** The next call begins as a copy of one that is there, or from a small frame. */
export function BeginPanel({
  calls,
  onClose,
  onMade,
}: {
  calls: readonly Call[];
  onClose: () => void;
  onMade: (id: string) => void;
}) {
  const year = Math.max(new Date().getFullYear(), ...calls.map((one) => one.year)) + 1;
  const [copies, setCopies] = useState(calls.length > 0);
  const [form, setForm] = useState({ from: calls[0]?.id ?? '', year, title: `Appel à candidatures SIP ${year}` });
  const begin = useMutation({
    mutationFn: () => call(programmeContract.beginCall, { body: { ...form, from: copies ? form.from : null } }),
    onSuccess: ({ id }) => {
      void queries.invalidateQueries({ queryKey: [programmeContract.regionCalls.path] });
      onMade(id);
    },
  });
  const fields = begin.error instanceof Refusal ? begin.error.fields : {};
  return (
    <SidePanel
      title="Nouvel appel"
      onClose={onClose}
      footer={
        <Button type="submit" form="commencer" loading={begin.isPending}>
          {copies ? 'Copier et modifier' : 'Commencer'}
        </Button>
      }
    >
      <form
        id="commencer"
        className="stack"
        onSubmit={(event) => {
          event.preventDefault();
          if (!begin.isPending) begin.mutate();
        }}
      >
        {calls.length > 0 && (
          <SegmentedControl
            aria-label="Commencer par"
            fullWidth
            value={copies ? 'copy' : 'blank'}
            onChange={(value) => setCopies(value === 'copy')}
            data={[
              { value: 'copy', label: 'Copie d’un appel' },
              { value: 'blank', label: 'Cadre vierge' },
            ]}
          />
        )}
        {copies && (
          <Select
            label="À partir de"
            allowDeselect={false}
            data={calls.map((one) => ({ value: one.id, label: one.title }))}
            value={form.from}
            onChange={(from) => setForm({ ...form, from: from ?? form.from })}
          />
        )}
        <NumberInput
          label="Année"
          min={2000}
          max={2100}
          allowDecimal={false}
          value={form.year}
          error={fields.year}
          onChange={(next) =>
            setForm({
              ...form,
              year: Number(next) || form.year,
              title: form.title.replace(String(form.year), String(next)),
            })
          }
        />
        <TextInput
          label="Titre"
          value={form.title}
          error={fields.title}
          onChange={(event) => setForm({ ...form, title: event.currentTarget.value })}
        />
        <p className="dim small">
          {copies
            ? 'Règles, montants, formulaire et pièces sont copiés ; les dates passent à la nouvelle année.'
            : 'Un formulaire court, une condition, un critère de classement, les étapes habituelles et les montants par personne de 2021 : tout se change.'}{' '}
          Rien n’est visible des équipes avant la publication.
        </p>
        {begin.error && !Object.keys(fields).length && <ErrorState compact error={begin.error} />}
      </form>
    </SidePanel>
  );
}
