import { Select } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { sources } from '../../web/palette.ts';

/** The patients' own search, which the record lends to the palette. */
const prefix = 'patient-';
const find = async (typed: string, signal: AbortSignal) => {
  const found = (await sources.find((one) => one.title === 'Patients')?.search(typed, signal, () => undefined)) ?? [];
  return found
    .filter((one) => one.id.startsWith(prefix))
    .map((one) => ({ value: one.id.slice(prefix.length), label: [one.title, one.detail].filter(Boolean).join(' · ') }));
};

/** A patient one looks for as one types; nothing typed gives those seen lately. */
export function PatientField({
  value,
  name,
  onChange,
  label = 'Patient',
  description,
  error,
}: {
  value: string | null;
  /** Of the patient chosen before. */
  name?: string;
  onChange: (patient: string | null, name: string) => void;
  label?: string;
  description?: string;
  error?: string | undefined;
}) {
  const [typed, setTyped] = useState('');
  const query = useQuery({
    queryKey: ['find-patients', null, typed],
    queryFn: ({ signal }) => find(typed, signal),
    placeholderData: (before) => before,
  });
  const found = query.data ?? [];
  const data = value && name && !found.some((one) => one.value === value) ? [{ value, label: name }, ...found] : found;
  return (
    <Select
      label={label}
      description={description}
      error={error}
      placeholder="Nom, date de naissance, INS"
      searchable
      selectFirstOptionOnChange
      clearable
      data={data}
      value={value}
      filter={({ options }) => options}
      nothingFoundMessage={query.isFetching ? 'Recherche…' : 'Aucun patient trouvé'}
      onSearchChange={(search) => setTyped(data.some((one) => one.label === search) ? '' : search)}
      onChange={(patient, option) => onChange(patient, option?.label.split(' · ')[0] ?? '')}
    />
  );
}
