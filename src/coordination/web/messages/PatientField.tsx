import { Select } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { sources } from '../../../web/palette.ts';

export interface PatientChosen {
  id: string;
  name: string;
}
/** A patient found as one types, by what the palette finds patients by. */
export function PatientField({
  value,
  onChange,
  error,
}: {
  value: PatientChosen | null;
  onChange: (patient: PatientChosen | null) => void;
  error?: string | undefined;
}) {
  const [typed, setTyped] = useState('');
  const [asked] = useDebouncedValue(typed, 150);
  const found = useQuery({
    queryKey: ['patients-to-write-about', asked],
    queryFn: async ({ signal }) =>
      ((await sources.find((one) => one.title === 'Patients')?.search(asked, signal, () => undefined)) ?? []).map(
        (one) => ({ id: one.id.replace(/^patient-/, ''), name: one.title, detail: one.detail ?? '' }),
      ),
    staleTime: 30_000,
    placeholderData: (before) => before,
  });
  const all = found.data ?? [];
  const data = [
    ...(value && !all.some((one) => one.id === value.id) ? [{ value: value.id, label: value.name }] : []),
    ...all.map((one) => ({ value: one.id, label: one.name })),
  ];
  return (
    <Select
      label="Patient"
      placeholder="Nom, prénom, date de naissance"
      searchable
      clearable
      data={data}
      filter={({ options }) => options}
      value={value?.id ?? null}
      error={error}
      searchValue={typed}
      onSearchChange={setTyped}
      nothingFoundMessage={asked.trim() ? 'Aucun patient trouvé' : 'Écrivez un nom'}
      onChange={(id) => {
        const one = all.find((other) => other.id === id);
        onChange(one ? { id: one.id, name: one.name } : null);
      }}
      renderOption={({ option }) => (
        <span>
          {option.label} <span className="dim small">{all.find((one) => one.id === option.value)?.detail}</span>
        </span>
      )}
    />
  );
}
