import { useRef } from 'react';
import { EntryRow } from './EntryRow.tsx';
import css from './results.module.css';
import { filled, type Row } from './rows.ts';

/** Lines of a panel: number, unit, range. Enter goes to the next line; what is out of range shows as one types. */
export function EntryRows({
  rows,
  ranges,
  person,
  error,
  onChange,
}: {
  rows: readonly Row[];
  ranges: boolean;
  person: { age: number | null; sex: string };
  error: (name: string) => string | undefined;
  onChange: (rows: Row[]) => void;
}) {
  const list = useRef<HTMLDivElement>(null);
  const next = (event: React.KeyboardEvent<HTMLElement>) => {
    if (event.key !== 'Enter' || event.ctrlKey || event.metaKey || event.defaultPrevented) return;
    const fields = [...(list.current?.querySelectorAll<HTMLInputElement>('[data-value]') ?? [])];
    const here = fields.indexOf(event.target as HTMLInputElement);
    if (here < 0) return;
    event.preventDefault();
    fields[here + 1]?.focus();
  };
  const sent = filled(rows);
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the keys are those of the fields within
    <div className={css.entry} ref={list} onKeyDown={next}>
      {rows.map((row, at) => {
        const place = sent.indexOf(row);
        return (
          <EntryRow
            key={row.key}
            row={row}
            ranges={ranges}
            person={person}
            error={(part) => (place < 0 ? undefined : error(`values.${place}.${part}`))}
            change={(patch) => onChange(rows.map((one, index) => (index === at ? { ...one, ...patch } : one)))}
            remove={() => onChange(rows.filter((_, index) => index !== at))}
          />
        );
      })}
    </div>
  );
}
