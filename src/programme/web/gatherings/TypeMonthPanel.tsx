import { NumberInput, Select } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { call, Refusal } from '../../../web/api.ts';
import { sayMonth } from '../../../web/say.ts';
import { PanelForm } from '../../../web/ui/PanelForm.tsx';
import { done } from '../../../web/ui/undo.tsx';
import { programmeContract } from '../../contract.ts';
import { changedGatherings, type Use } from './words.ts';

const figures = [
  ['records', 'Dossiers où l’on a écrit'],
  ['shared', 'dont par deux professions au moins'],
  ['professionals', 'Personnes qui ont écrit'],
  ['professions', 'Professions qui ont écrit'],
  ['meetings', 'Réunions de concertation tenues'],
  ['protocols', 'Protocoles suivis'],
  ['messages', 'Messages à propos de patients'],
  ['tasks', 'Tâches confiées à propos de patients'],
] as const;
type Figures = Record<(typeof figures)[number][0], number | ''>;

/** The figures of one month, typed. What was hidden before is typed anew. */
export function TypeMonthPanel({
  project,
  use,
  month: given,
  onClose,
}: {
  project: string;
  use: Use;
  month: string | undefined;
  onClose: () => void;
}) {
  const before = use.months.find((one) => one.month === given);
  const exact = (name: keyof Figures): number | '' => {
    const value = before?.[name];
    return value === undefined || value === null
      ? ''
      : typeof value === 'number'
        ? value
        : value.low === value.high
          ? value.low
          : '';
  };
  const [month, setMonth] = useState(given ?? use.open.at(-1) ?? '');
  const [form, setForm] = useState<Figures>(
    () => Object.fromEntries(figures.map(([name]) => [name, exact(name)])) as Figures,
  );
  const send = useMutation({
    mutationFn: () =>
      call(programmeContract.typeUseMonth, {
        params: { project, month },
        body: {
          ...(Object.fromEntries(figures.map(([name]) => [name, Number(form[name])])) as Record<keyof Figures, number>),
          seen: before?.version ?? 0,
        },
      }),
    onSuccess: () => {
      void changedGatherings();
      done(`Chiffres de ${sayMonth(`${month}-01`)} enregistrés.`);
      onClose();
    },
  });
  const refusal = send.error instanceof Refusal ? send.error : null;
  return (
    <PanelForm
      title={before ? 'Corriger un mois' : 'Saisir un mois'}
      verb="Enregistrer"
      pending={send.isPending}
      ready={month !== '' && figures.every(([name]) => form[name] !== '')}
      refusal={refusal}
      onSubmit={() => send.mutate()}
      onClose={onClose}
    >
      <Select
        label="Mois"
        allowDeselect={false}
        disabled={before !== undefined}
        data={(before ? [before.month] : use.open).map((value) => ({ value, label: sayMonth(`${value}-01`) }))}
        value={month || null}
        error={refusal?.fields.month}
        onChange={(value) => setMonth(value ?? '')}
      />
      {figures.map(([name, label]) => (
        <NumberInput
          key={name}
          label={label}
          min={0}
          max={1_000_000}
          allowDecimal={false}
          allowNegative={false}
          value={form[name]}
          error={refusal?.fields[name]}
          onChange={(value) => setForm({ ...form, [name]: value === '' ? '' : Number(value) })}
        />
      ))}
      <p className="small dim">
        Ce qui concerne moins de onze patients n’est pas gardé : il s’affiche « &lt; 11 ». Joignez au projet les
        documents qui prouvent ces chiffres.
      </p>
    </PanelForm>
  );
}
