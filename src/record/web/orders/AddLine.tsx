import { Autocomplete, Button, Select } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import { fold } from '../../../web/palette.ts';
import { PlusIcon } from '../../../web/ui/icons.ts';
import {
  loadUsualOrders,
  type MayOrder,
  type OrderKind,
  type OrderLineBody,
  orderFamilies,
  orderGroups,
  type Term,
} from '../../contract.ts';
import { TermField } from '../forms/TermField.tsx';
import css from './orders.module.css';
import { startTransport } from './TransportFields.tsx';
import { newLine } from './order-draft.ts';

type Usual = Awaited<ReturnType<typeof loadUsualOrders>>['usualOrders'];

const standsOnOption = (field: Element): boolean =>
  document.getElementById(field.getAttribute('aria-controls') ?? '')?.querySelector('[data-combobox-selected]') != null;

/** One line more: its kind, its words, Enter. Words of the list bring their code and their kind. */
export function AddLine({
  may,
  kind,
  setKind,
  onAdd,
}: {
  may: readonly MayOrder[];
  kind: OrderKind;
  setKind: (kind: OrderKind) => void;
  onAdd: (line: OrderLineBody) => void;
}) {
  const [typed, setTyped] = useState('');
  const [term, setTerm] = useState<Term | null>(null);
  const [usual, setUsual] = useState<Usual>({});
  useEffect(() => void loadUsualOrders().then(({ usualOrders }) => setUsual(usualOrders)), []);
  const taken = useRef<string | null>(null);
  const chosen = may.find((one) => one.kind === kind);
  const medicine = kind === 'medicine' || kind === 'contraceptive';
  const add = (label: string, found: Term | null = null) => {
    if (!label.trim()) return;
    const known = usual[kind]?.find((one) => fold(one.label) === fold(label));
    onAdd(
      newLine(kind, label.trim(), {
        ...(found?.code && found.system && { code: found.code, system: found.system }),
        ...(known?.code && { code: known.code, system: known.system }),
        ...(kind === 'vaccine' && { quantity: 1 }),
        ...(kind === 'transport' && { transport: startTransport(label) }),
      }),
    );
    setTyped('');
    setTerm(null);
  };
  const onEnter = (event: React.KeyboardEvent) => {
    if (event.key !== 'Enter' || event.ctrlKey || event.metaKey || event.defaultPrevented) return;
    // On a line of the list, Enter takes that line: what was typed to find it is not what is prescribed.
    if (standsOnOption(event.currentTarget)) return;
    event.preventDefault();
    add(typed, term);
  };
  return (
    <div className={css.add}>
      <Select
        label="Prescrire"
        allowDeselect={false}
        data={Object.entries(orderGroups)
          .map(([group, label]) => ({
            group: label,
            items: may
              .filter((one) => orderFamilies[one.kind].group === group)
              .map((one) => ({ value: one.kind, label: orderFamilies[one.kind].label })),
          }))
          .filter(({ items }) => items.length > 0)}
        value={kind}
        onChange={(value) => value && setKind(value as OrderKind)}
      />
      {medicine ? (
        <TermField
          list="medicines"
          label="Médicament"
          data-autofocus
          placeholder={orderFamilies[kind].example}
          value={typed}
          onChange={(label, found) => {
            setTyped(label);
            setTerm(found);
          }}
          onKeyDown={onEnter}
        />
      ) : (
        <Autocomplete
          key={kind}
          label={orderFamilies[kind].label}
          data-autofocus
          placeholder={orderFamilies[kind].example}
          data={(usual[kind] ?? []).map(({ label }) => label)}
          limit={12}
          maxLength={300}
          filter={({ options, search }) =>
            options.filter((one) => 'label' in one && fold(one.label).includes(fold(search)))
          }
          value={typed}
          onChange={(label) => {
            // What was taken from the list is a line already: the field is free for the next one.
            if (label !== taken.current) setTyped(label);
            taken.current = null;
          }}
          onOptionSubmit={(label) => {
            taken.current = label;
            add(label);
          }}
          onKeyDown={onEnter}
        />
      )}
      <Button
        variant="default"
        leftSection={<PlusIcon size={16} />}
        disabled={!typed.trim()}
        onClick={() => add(typed, term)}
      >
        Ajouter
      </Button>
      {chosen?.condition && (
        <p className={`small dim ${css.condition}`}>
          {chosen.condition} <span className="tiny">({chosen.source})</span>
        </p>
      )}
    </div>
  );
}
