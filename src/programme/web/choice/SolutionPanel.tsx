import { ActionIcon, Button, NumberInput, Select, Textarea, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { call, Refusal } from '../../../web/api.ts';
import { PlusIcon, RemoveIcon } from '../../../web/ui/icons.ts';
import { PanelForm } from '../../../web/ui/PanelForm.tsx';
import { done } from '../../../web/ui/undo.tsx';
import { programmeContract } from '../../contract.ts';
import { euros } from '../words.ts';
import { changedChoice, everyLabels, type Grid, hdsLabels, labelLabels, modeLabels, type Solution } from './words.ts';

const options = <Code extends string>(labels: Record<Code, string>) =>
  (Object.entries(labels) as [Code, string][]).map(([value, label]) => ({ value, label }));
const times = { once: 1, month: 36, year: 3 };
type Cost = Solution['costs'][number];

/** What a solution is and costs. */
export function SolutionPanel({
  project,
  solution,
  vendors,
  onClose,
}: {
  project: string;
  solution?: Solution;
  vendors: Grid['vendors'];
  onClose: () => void;
}) {
  const [form, setForm] = useState({
    name: solution?.name ?? '',
    company: solution?.company ?? '',
    label: solution?.label ?? ('unknown' as const),
    mode: solution?.mode ?? ('unknown' as const),
    hds: solution?.hds ?? ('unknown' as const),
    host: solution?.host ?? '',
    note: solution?.note ?? '',
    vendor: solution?.vendor ?? null,
    costs: solution?.costs ?? ([] as Cost[]),
  });
  const save = useMutation({
    mutationFn: async () => {
      if (solution)
        await call(programmeContract.changeSolution, {
          params: { project, solution: solution.id },
          body: { ...form, seen: solution.version },
        });
      else await call(programmeContract.addSolution, { params: { project }, body: form });
    },
    onSuccess: () => {
      changedChoice();
      done(solution ? 'Solution enregistrée.' : 'Solution ajoutée.');
      onClose();
    },
    onError: changedChoice,
  });
  const refusal = save.error instanceof Refusal ? save.error : null;
  const setCost = (at: number, patch: Partial<Cost>) =>
    setForm({ ...form, costs: form.costs.map((one, index) => (index === at ? { ...one, ...patch } : one)) });
  const total = form.costs.reduce((sum, { every, cents, count }) => sum + times[every] * cents * count, 0);
  return (
    <PanelForm
      title={solution ? solution.name : 'Nouvelle solution'}
      verb={solution ? 'Enregistrer' : 'Ajouter'}
      pending={save.isPending}
      ready={
        form.name.trim() !== '' && form.company.trim() !== '' && form.costs.every(({ label }) => label.trim() !== '')
      }
      refusal={refusal}
      onSubmit={() => save.mutate()}
      onClose={onClose}
      wide
    >
      <TextInput
        label="Logiciel"
        value={form.name}
        maxLength={120}
        onChange={(event) => setForm({ ...form, name: event.currentTarget.value })}
      />
      <TextInput
        label="Éditeur"
        value={form.company}
        maxLength={120}
        onChange={(event) => setForm({ ...form, company: event.currentTarget.value })}
      />
      {vendors.length > 0 && (
        <Select
          label="Son représentant dans le projet"
          description="Il lira les dates de ses démonstrations"
          clearable
          data={vendors.map(({ practitioner, name }) => ({ value: practitioner, label: name }))}
          value={form.vendor}
          error={refusal?.fields.vendor}
          onChange={(vendor) => setForm({ ...form, vendor })}
        />
      )}
      <Select
        label="Label e-santé (ANS)"
        allowDeselect={false}
        data={options(labelLabels)}
        value={form.label}
        onChange={(label) => label && setForm({ ...form, label })}
      />
      <Select
        label="Mode"
        allowDeselect={false}
        data={options(modeLabels)}
        value={form.mode}
        onChange={(mode) => mode && setForm({ ...form, mode })}
      />
      <Select
        label="Hébergement des données de santé"
        allowDeselect={false}
        data={options(hdsLabels)}
        value={form.hds}
        onChange={(hds) => hds && setForm({ ...form, hds })}
      />
      <TextInput
        label="Hébergeur"
        value={form.host}
        maxLength={200}
        onChange={(event) => setForm({ ...form, host: event.currentTarget.value })}
      />
      <fieldset className="plain stack">
        <legend className="strong small" style={{ padding: 0 }}>
          Coût sur trois ans : {euros(total)}
        </legend>
        {form.costs.map((one, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a line has no name of its own
          <div key={at} className="row wrap" style={{ alignItems: 'end' }}>
            <TextInput
              label="Ligne"
              style={{ flex: '1 1 160px' }}
              value={one.label}
              maxLength={160}
              onChange={(event) => setCost(at, { label: event.currentTarget.value })}
            />
            <NumberInput
              label="Prix"
              w={120}
              min={0}
              max={10_000_000}
              decimalScale={2}
              decimalSeparator=","
              thousandSeparator=" "
              suffix=" €"
              value={one.cents / 100}
              onChange={(value) => setCost(at, { cents: Math.round(Number(value || 0) * 100) })}
            />
            <Select
              label="Quand"
              w={120}
              allowDeselect={false}
              data={options(everyLabels)}
              value={one.every}
              onChange={(every) => every && setCost(at, { every })}
            />
            <NumberInput
              label="Nombre"
              w={90}
              min={1}
              max={10_000}
              allowDecimal={false}
              value={one.count}
              onChange={(value) => setCost(at, { count: Math.max(1, Number(value) || 1) })}
            />
            <ActionIcon
              aria-label={`Retirer la ligne ${one.label || at + 1}`}
              onClick={() => setForm({ ...form, costs: form.costs.filter((_, index) => index !== at) })}
            >
              <RemoveIcon size={16} />
            </ActionIcon>
          </div>
        ))}
        <div>
          <Button
            size="compact-sm"
            variant="subtle"
            leftSection={<PlusIcon size={14} />}
            onClick={() =>
              setForm({
                ...form,
                costs: [
                  ...form.costs,
                  {
                    label: form.costs.length === 0 ? 'Mise en place' : '',
                    every: form.costs.length === 0 ? 'once' : 'month',
                    cents: 0,
                    count: 1,
                  },
                ],
              })
            }
          >
            Ajouter une ligne de coût
          </Button>
        </div>
      </fieldset>
      <Textarea
        label="Remarques"
        autosize
        minRows={2}
        maxLength={2000}
        value={form.note}
        onChange={(event) => setForm({ ...form, note: event.currentTarget.value })}
      />
    </PanelForm>
  );
}
