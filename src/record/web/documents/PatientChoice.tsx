import { Combobox, TextInput, useCombobox } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { type RefObject, useEffect, useEffectEvent, useState } from 'react';
import { reading } from '../../../web/api.ts';
import { SearchIcon } from '../../../web/ui/icons.ts';
import { type PatientBrief, recordContract } from '../../contract.ts';

/** A patient of the practice, found as one types: arrows and Enter choose. */
export function PatientChoice({
  label,
  inputRef,
  onChoose,
  autoFocus,
}: {
  label: string;
  inputRef?: RefObject<HTMLInputElement | null>;
  onChoose: (patient: PatientBrief) => void;
  autoFocus?: boolean;
}) {
  const [typed, setTyped] = useState('');
  const [asked] = useDebouncedValue(typed.trim(), 150);
  const query = useQuery({
    ...reading(recordContract.searchPatients, { query: { q: asked } }),
    enabled: asked.length > 1,
  });
  const combobox = useCombobox({ onDropdownClose: () => combobox.resetSelectedOption() });
  const hits = asked.length > 1 ? (query.data?.patients ?? []).slice(0, 8) : [];
  // They arrive after what was typed: Enter takes the first of them.
  const first = hits[0]?.id;
  const mark = useEffectEvent(() => combobox.selectFirstOption());
  useEffect(() => {
    if (first) mark();
  }, [first]);
  return (
    <Combobox
      store={combobox}
      onOptionSubmit={(id) => {
        const hit = hits.find((one) => one.id === id);
        if (!hit) return;
        onChoose(hit);
        setTyped('');
        combobox.closeDropdown();
      }}
    >
      <Combobox.Target>
        <TextInput
          ref={inputRef}
          label={label}
          placeholder="Nom, date de naissance, INS"
          leftSection={<SearchIcon size={16} />}
          autoFocus={autoFocus}
          value={typed}
          onChange={(event) => {
            setTyped(event.currentTarget.value);
            combobox.openDropdown();
          }}
          onFocus={() => typed && combobox.openDropdown()}
          onBlur={() => combobox.closeDropdown()}
        />
      </Combobox.Target>
      <Combobox.Dropdown hidden={hits.length === 0 && !(asked.length > 1 && query.isSuccess)}>
        <Combobox.Options>
          {hits.map((hit) => (
            <Combobox.Option key={hit.id} value={hit.id}>
              <span className="strong">{hit.name}</span>{' '}
              <span className="dim small">
                {[hit.birthName, hit.birthDateLabel, hit.place].filter(Boolean).join(' · ')}
              </span>
            </Combobox.Option>
          ))}
          {hits.length === 0 && <Combobox.Empty>Aucun patient de ce nom</Combobox.Empty>}
        </Combobox.Options>
      </Combobox.Dropdown>
    </Combobox>
  );
}
