import { Checkbox, MultiSelect, Select, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { reading } from '../../../web/api.ts';
import { readDate, sayDate } from '../../../web/say.ts';
import { DateField } from '../../../web/ui/DateField.tsx';
import { recordContract } from '../../contract.ts';
import type { Entry } from '../forms/use-entry.ts';
import { useRecord } from '../use-record.ts';
import css from './results.module.css';
import type { Values } from './report-values.ts';

const acknowledgers = new Set(['physician', 'midwife', 'dental-surgeon', 'advanced-practice-nurse']);

/** When, by which laboratory, for whom to read, and what it answers to. */
export function AboutReport({ entry }: { entry: Entry<Values> }) {
  const record = useRecord();
  const { patient, values, set } = entry;
  const orders = useQuery({
    ...reading(recordContract.orders, { params: { patient } }),
    enabled: record.rights.see.includes('exchanges'),
  });
  const asked = (orders.data?.prescriptions ?? []).flatMap((one) =>
    one.lines
      .filter(
        (line) =>
          line.type === 'ServiceRequest' &&
          line.kind === 'biology' &&
          (['to-do', 'sampled', 'in-progress'].includes(line.status?.state ?? '') || values.requests.includes(line.id)),
      )
      .map((line) => ({ value: line.id, label: `${line.label}, du ${sayDate(one.at)}` })),
  );
  const readers = [
    ...record.header.team.members
      .filter((one) => one.inside && one.id && acknowledgers.has(one.profession ?? ''))
      .map((one) => ({ value: one.id!, label: one.name })),
  ];
  return (
    <div className={css.about}>
      <DateField
        label="Prélevé le"
        description="Vide : maintenant"
        value={values.day}
        onChange={(day) => set({ day })}
        max={readDate('auj')!}
        error={entry.error('at')}
      />
      <TextInput
        label="Heure"
        placeholder="hh:mm"
        inputMode="numeric"
        value={values.time}
        onChange={(event) => set({ time: event.currentTarget.value })}
      />
      <TextInput
        label="Laboratoire"
        value={values.lab}
        maxLength={150}
        onChange={(event) => set({ lab: event.currentTarget.value })}
      />
      <TextInput
        label="N° du compte rendu"
        value={values.number}
        maxLength={60}
        onChange={(event) => set({ number: event.currentTarget.value })}
      />
      <Select
        label="À valider par"
        placeholder="Prescripteur ou médecin traitant"
        clearable
        value={values.reader || null}
        data={readers}
        error={entry.error('reader')}
        onChange={(reader) => set({ reader: reader ?? '' })}
      />
      {asked.length > 0 && (
        <MultiSelect
          label="Répond à la prescription"
          placeholder={values.requests.length ? undefined : 'Choisir'}
          clearable
          value={values.requests}
          data={asked}
          error={entry.error('requests')}
          onChange={(requests) => set({ requests })}
        />
      )}
      <Checkbox
        label="Résultat partiel, la suite viendra"
        checked={values.partial}
        onChange={(event) => set({ partial: event.currentTarget.checked })}
      />
    </div>
  );
}
