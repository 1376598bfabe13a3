import { ActionIcon, Popover, TextInput, type TextInputProps } from '@mantine/core';
import { DatePicker } from '@mantine/dates';
import { useEffect, useState } from 'react';
import { readDate, sayDate, sayLongDate } from '../say.ts';
import { CalendarIcon } from './icons.ts';

export interface DateFieldProps extends Omit<TextInputProps, 'value' | 'onChange'> {
  /** ISO date, '' when empty. */
  value: string;
  onChange: (iso: string) => void;
  /** Two-digit years fall in the past: births, onsets. */
  past?: boolean;
  /** A month or a year alone will do: «03/2019», «2019». */
  partial?: boolean;
  /** Latest ISO date accepted. */
  max?: string;
}

/** No form goes without a date that stands in it and was not understood: the field says why, and has the focus. */
document.addEventListener(
  'submit',
  (event) => {
    const field = (event.target as HTMLFormElement).querySelector<HTMLInputElement>('input[data-not-understood]');
    if (!field) return;
    event.preventDefault();
    event.stopPropagation();
    field.focus();
  },
  true,
);

/** A typed date: JJ/MM/AAAA, «auj», «hier», «+3s», «-2m». Says in words what it understood; a calendar stays one click away. */
export function DateField({ value: given, onChange, past, partial, max, error, description, ...rest }: DateFieldProps) {
  const value = !given || /^\d{4}(-|$)/.test(given) ? given : (readDate(given, { past, partial }) ?? '');
  const [typed, setTyped] = useState(sayDate(value));
  const [editing, setEditing] = useState(false);
  // Once said in words it stays said: a line that left on blur would move what is being clicked from under the hand.
  const [told, setTold] = useState(false);
  const [open, setOpen] = useState(false);
  // What was not understood stays as it was typed, with why beside it.
  const [asked, setAsked] = useState(false);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new value alone changes what stands here
  useEffect(() => {
    if (!editing) setTyped(sayDate(value));
  }, [value]);
  const read = typed.trim() ? readDate(typed, { past, partial }) : '';
  const late = read && max && read > max;
  const wrong =
    read === null
      ? 'Date non comprise. Exemples : 12/03/1968, auj, hier, -3s.'
      : late
        ? `Cette date est dans le futur (${sayDate(read)}).`
        : null;
  return (
    <TextInput
      placeholder="JJ/MM/AAAA"
      inputMode="text"
      autoComplete="off"
      {...rest}
      value={typed}
      error={error ?? (editing && !asked ? null : wrong)}
      data-not-understood={wrong ? true : undefined}
      description={told && read ? sayLongDate(read) : description}
      inputWrapperOrder={['label', 'input', 'description', 'error']}
      onFocus={() => {
        setEditing(true);
        setTold(true);
      }}
      onKeyDown={(event) => {
        if (event.key === 'Enter') setAsked(true);
        rest.onKeyDown?.(event);
      }}
      onChange={(event) => {
        setTyped(event.currentTarget.value);
        const iso = readDate(event.currentTarget.value, { past, partial });
        if (iso && !(max && iso > max)) onChange(iso);
        else if (!event.currentTarget.value.trim()) onChange('');
      }}
      onBlur={(event) => {
        setEditing(false);
        setAsked(wrong !== null);
        if (wrong === null) setTyped(sayDate(value));
        rest.onBlur?.(event);
      }}
      rightSection={
        <Popover opened={open} onChange={setOpen} position="bottom-end" trapFocus returnFocus shadow="md">
          <Popover.Target>
            <ActionIcon
              size="md"
              aria-label="Ouvrir le calendrier"
              onClick={() => setOpen((was) => !was)}
              tabIndex={-1}
            >
              <CalendarIcon size={16} />
            </ActionIcon>
          </Popover.Target>
          <Popover.Dropdown>
            <DatePicker
              locale="fr"
              value={value.length === 10 ? value : null}
              defaultDate={value.length === 10 ? value : undefined}
              maxDate={max}
              onChange={(iso) => {
                if (iso) onChange(String(iso).slice(0, 10));
                setOpen(false);
              }}
            />
          </Popover.Dropdown>
        </Popover>
      }
    />
  );
}
