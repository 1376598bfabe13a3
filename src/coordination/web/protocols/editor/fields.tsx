import { ActionIcon, Button, MultiSelect, NumberInput, Select, TextInput } from '@mantine/core';
import { type ReactNode, useRef } from 'react';
import { PlusIcon, RemoveIcon } from '../../../../web/ui/icons.ts';
import { Note } from '../../../../web/ui/states.tsx';
import { professionChoices } from '../../../../web/words.ts';
import type { Span } from '../../../contract.ts';
import type { Checked } from '../use-protocol.ts';
import { unitChoices } from '../words.ts';
import css from './editor.module.css';

/** Who may do it, in order: the first is the usual one. */
export function RolesField({
  label,
  value,
  onChange,
  error,
  onBlur,
  ordered,
}: {
  label: string;
  value: string[];
  onChange: (roles: string[]) => void;
  error?: string | undefined;
  onBlur?: () => void;
  ordered?: boolean;
}) {
  return (
    <div className="stack tight">
      <MultiSelect
        label={label}
        placeholder={value.length ? undefined : 'Choisir une profession'}
        data={professionChoices}
        value={value}
        onChange={onChange}
        maxValues={6}
        searchable
        hidePickedOptions
        nothingFoundMessage="Aucune profession de ce nom"
        error={error}
        onBlur={onBlur}
        comboboxProps={{ shadow: 'md' }}
      />
      {ordered && value.length > 1 && (
        <Select
          size="xs"
          label="Le plus souvent"
          allowDeselect={false}
          data={professionChoices.filter((one) => value.includes(one.value))}
          value={value[0]!}
          onChange={(first) => first && onChange([first, ...value.filter((one) => one !== first)])}
          w={260}
        />
      )}
    </div>
  );
}

/** «3 mois»: a number and its unit, read as one. */
export function SpanField({
  label,
  value,
  onChange,
  min = 0,
  children,
}: {
  label: string;
  value: Span;
  onChange: (span: Span) => void;
  min?: number;
  children?: ReactNode;
}) {
  return (
    <div className={css.span}>
      <NumberInput
        label={label}
        aria-label={label}
        min={min}
        max={400}
        allowDecimal={false}
        allowNegative={false}
        clampBehavior="strict"
        value={value.value}
        onChange={(next) => onChange({ ...value, value: Math.max(min, Number(next) || 0) })}
        w={92}
      />
      <Select
        aria-label={`${label} : unité`}
        allowDeselect={false}
        data={unitChoices}
        value={value.unit}
        onChange={(unit) => unit && onChange({ ...value, unit: unit as Span['unit'] })}
        w={118}
      />
      {children}
    </div>
  );
}

/** A list of short rows that grows by a button or by Enter in its last row. */
export function Rows<T>({
  label,
  rows,
  onChange,
  blank,
  render,
  add,
  most,
}: {
  label: string;
  rows: readonly T[];
  onChange: (rows: T[]) => void;
  blank: T;
  render: (row: T, set: (patch: Partial<T> | T) => void, at: number) => ReactNode;
  add: string;
  most: number;
}) {
  const list = useRef<HTMLUListElement>(null);
  const set = (at: number, row: T) => onChange(rows.map((one, index) => (index === at ? row : one)));
  const grow = () => {
    if (rows.length >= most) return;
    onChange([...rows, blank]);
    requestAnimationFrame(() => list.current?.lastElementChild?.querySelector<HTMLElement>('input, textarea')?.focus());
  };
  return (
    <fieldset className={css.rows}>
      <legend>{label}</legend>
      <ul ref={list} className="plain">
        {rows.map((row, at) => (
          <li
            // biome-ignore lint/suspicious/noArrayIndexKey: rows have no name of their own, and none moves
            key={at}
            className={css.rowLine}
            onKeyDown={(event) => {
              if (
                event.key !== 'Enter' ||
                event.defaultPrevented ||
                (event.target as HTMLElement).tagName !== 'INPUT' ||
                (event.target as HTMLElement).getAttribute('aria-expanded') === 'true'
              )
                return;
              event.preventDefault();
              if (at === rows.length - 1) grow();
            }}
          >
            <div className="grow">
              {render(
                row,
                (patch) =>
                  set(
                    at,
                    typeof patch === 'object' && patch !== null && !Array.isArray(patch)
                      ? { ...row, ...patch }
                      : (patch as T),
                  ),
                at,
              )}
            </div>
            <ActionIcon
              aria-label={`Retirer la ligne ${at + 1}`}
              onClick={() => onChange(rows.filter((_, index) => index !== at))}
            >
              <RemoveIcon size={16} />
            </ActionIcon>
          </li>
        ))}
      </ul>
      {rows.length < most && (
        <Button size="compact-sm" variant="subtle" leftSection={<PlusIcon size={15} />} onClick={grow}>
          {add}
        </Button>
      )}
    </fieldset>
  );
}

/** A document: its title, and its address where it has one. */
export function Papers({
  label,
  rows,
  onChange,
  most,
}: {
  label: string;
  rows: readonly { title: string; url: string | null }[];
  onChange: (rows: { title: string; url: string | null }[]) => void;
  most: number;
}) {
  return (
    <Rows
      label={label}
      rows={rows}
      onChange={onChange}
      most={most}
      blank={{ title: '', url: null as string | null }}
      add="Ajouter un document"
      render={(row, set) => (
        <div className={css.two}>
          <TextInput
            aria-label="Titre du document"
            placeholder="Titre"
            maxLength={200}
            value={row.title}
            onChange={(event) => set({ title: event.currentTarget.value })}
          />
          <TextInput
            aria-label="Adresse du document"
            placeholder="https://… (si le document est en ligne)"
            value={row.url ?? ''}
            onChange={(event) => set({ url: event.currentTarget.value.replace(/\s/g, '') || null })}
          />
        </div>
      )}
    />
  );
}

/** What the check found, beside what it is about. */
export function Problems({ problems }: { problems: Checked['problems'] }) {
  if (problems.length === 0) return null;
  return (
    <div className="stack tight">
      {problems.map((one) => (
        <Note key={one.words} tone={one.severity === 'error' ? 'danger' : 'warning'}>
          {one.words}
        </Note>
      ))}
    </div>
  );
}
