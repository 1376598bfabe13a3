import { Select } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useMemo, useRef } from 'react';
import { reading } from '../../../web/api.ts';
import { SearchIcon } from '../../../web/ui/icons.ts';
import { letterFields, recordContract } from '../../contract.ts';

/** Fields of the record, found by their words. `what`: those one writes, those a condition asks, lists. */
export function FieldPicker({
  what,
  label,
  onPick,
  administrative,
}: {
  what: 'field' | 'test' | 'list';
  label: string;
  onPick: (key: string) => void;
  administrative?: boolean;
}) {
  const sections = useQuery(reading(recordContract.sections));
  const data = useMemo(() => {
    const shown = letterFields.filter(
      (one) =>
        (what === 'field' ? !one.test : what === 'list' ? one.parts : true) &&
        !(
          administrative &&
          one.kinds.some((kind) => !['directory', 'identity', 'administrative', 'agenda'].includes(kind))
        ),
    );
    const groups = new Map<string, { value: string; label: string }[]>();
    const add = (group: string, value: string, words: string) =>
      groups.set(group, [...(groups.get(group) ?? []), { value, label: words }]);
    for (const one of shown) add(one.group, one.key, one.label);
    if (what !== 'list' && !administrative)
      for (const one of sections.data?.sections ?? [])
        if (one.status === 'active') add('Volets', `volet.${one.id}`, `Dernières réponses : ${one.title}`);
    return [...groups].map(([group, items]) => ({ group, items }));
  }, [what, administrative, sections.data]);
  const picked = useRef(onPick);
  picked.current = onPick;
  // The list is long and stands beside a text: it is not drawn anew at each key.
  return useMemo(
    () => (
      <Select
        size="xs"
        w={210}
        aria-label={label}
        placeholder={label}
        searchable
        limit={60}
        leftSection={<SearchIcon size={14} />}
        nothingFoundMessage="Aucun champ ne correspond"
        comboboxProps={{ width: 340, position: 'bottom-start' }}
        data={data}
        value={null}
        onChange={(key) => key && picked.current(key)}
      />
    ),
    [label, data],
  );
}
