import { Checkbox, MultiSelect, Radio, Select, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { reading } from '../../../web/api.ts';
import { DateField } from '../../../web/ui/DateField.tsx';
import { documentTypes, recordContract } from '../../contract.ts';
import { codesOf } from '../forms/choices.ts';
import { SensitivityField } from '../forms/SensitivityField.tsx';
import type { Sorting } from './use-sorting.ts';

/** What the document is, and who must read or sign it. */
export function SortFields({
  form,
  set,
  errors,
}: {
  form: Sorting;
  set: (patch: Partial<Sorting>) => void;
  errors: Record<string, string>;
}) {
  const professionals = useQuery({ ...reading(recordContract.professionals), staleTime: 5 * 60_000 });
  const people = (professionals.data?.professionals ?? [])
    .filter((one) => one.care)
    .map((one) => ({ value: one.id, label: `${one.name}, ${one.role.toLowerCase()}` }));
  // A reader who is proposed before the list is here, or who cares for nobody any more, has a name all the same.
  const others = form.readers
    .filter((id) => !people.some((one) => one.value === id))
    .map((id) => ({
      value: id,
      label:
        professionals.data?.professionals.find((one) => one.id === id)?.name ??
        (professionals.isPending ? '…' : 'Professionnel'),
    }));
  return (
    <>
      <TextInput
        label="Titre"
        value={form.title}
        error={errors.title}
        onChange={(event) => set({ title: event.currentTarget.value })}
      />
      <Select
        label="Nature"
        searchable
        allowDeselect={false}
        data={codesOf(documentTypes)}
        value={form.documentType}
        error={errors.documentType}
        onChange={(documentType) => documentType && set({ documentType })}
      />
      <DateField
        label="Date de l’acte"
        placeholder="aujourd’hui"
        value={form.at}
        error={errors.at}
        onChange={(at) => set({ at })}
      />
      <TextInput
        label="Auteur"
        value={form.author}
        error={errors.author}
        onChange={(event) => set({ author: event.currentTarget.value })}
      />
      <MultiSelect
        label="À lire par"
        placeholder={form.readers.length ? undefined : 'Personne en particulier'}
        data={[...people, ...others]}
        value={form.readers}
        searchable
        clearable
        error={errors.readers}
        onChange={(readers) => set({ readers })}
      />
      {form.readers.length > 0 ? (
        <Radio.Group
          aria-label="Ce qui est demandé"
          value={form.sign ? 'sign' : 'read'}
          onChange={(what) => set({ sign: what === 'sign' })}
        >
          <div className="row">
            <Radio value="read" label="À lire" />
            <Radio value="sign" label="À signer" />
          </div>
        </Radio.Group>
      ) : (
        <Checkbox
          label="À lire par l’équipe de soins du patient"
          checked={form.team}
          onChange={(event) => set({ team: event.currentTarget.checked })}
        />
      )}
      <SensitivityField value={form.sensitive} onChange={(sensitive) => set({ sensitive })} />
    </>
  );
}
