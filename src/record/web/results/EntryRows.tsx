import { ActionIcon, Autocomplete, NativeSelect, TextInput } from '@mantine/core';
import { useRef } from 'react';
import { sayNumber } from '../../../web/say.ts';
import { CloseIcon } from '../../../web/ui/icons.ts';
import { analyteOf, isOutOfRange, unitShown, usualWords } from '../../contract.ts';
import { Flag } from '../summary/Flag.tsx';
import { filled, parsed, type Row, seen, unitChoices } from './rows.ts';
import css from './results.module.css';

const words: Record<string, string> = {
  low: 'Bas',
  high: 'Élevé',
  'critical-low': 'Très bas',
  'critical-high': 'Très élevé',
};
const rangeWords = (low: number | undefined, high: number | undefined): string =>
  low !== undefined && high !== undefined
    ? `${sayNumber(low)} – ${sayNumber(high)}`
    : low !== undefined
      ? `≥ ${sayNumber(low)}`
      : high !== undefined
        ? `≤ ${sayNumber(high)}`
        : '';

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
  const change = (at: number, patch: Partial<Row>) =>
    onChange(rows.map((row, index) => (index === at ? { ...row, ...patch } : row)));
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
        const analyte = row.code ? analyteOf(row.code) : undefined;
        const { flag, range, from, known } = seen(row, person);
        const { value } = parsed(row.typed);
        const place = sent.indexOf(row);
        const unitRefused = place < 0 ? undefined : error(`values.${place}.unit`);
        const refused =
          place < 0
            ? undefined
            : ['value', 'label', 'low'].map((part) => error(`values.${place}.${part}`)).find(Boolean);
        const odd =
          row.typed.trim() !== '' && value === null && analyte && !analyte.words && /^[\d.,\s-]+$/.test(row.typed)
            ? 'Un nombre'
            : undefined;
        const units = unitChoices(row);
        const name = row.label || 'Analyse libre';
        return (
          <div key={row.key} className={css.entryRow}>
            <div className={css.entryName}>
              {row.code || row.read ? (
                <span className="strong">{row.label}</span>
              ) : (
                <TextInput
                  aria-label="Nom de l’analyse"
                  placeholder="Nom de l’analyse"
                  value={row.label}
                  onChange={(event) => change(at, { label: event.currentTarget.value })}
                />
              )}
              <Flag flag={flag} label={words[flag] ?? ''} />
              <span className="dim tiny">
                {[
                  range && !isOutOfRange(flag) && rangeWords(range.low, range.high),
                  from === 'usual' && range && row.typed.trim() !== '' && '(valeurs usuelles)',
                ]
                  .filter(Boolean)
                  .join(' ')}
              </span>{' '}
              <span className="warning tiny">
                {[
                  row.read && !known && row.code !== null && 'unité non reconnue : gardé sans code',
                  row.read && row.code === null && 'gardé sous ce nom',
                  row.left && `non lu : ${row.left}`,
                ]
                  .filter(Boolean)
                  .join(' · ')}
              </span>
            </div>
            <div className={css.entryFields}>
              {analyte?.words ? (
                <Autocomplete
                  aria-label={name}
                  data-value
                  w={200}
                  maxLength={1000}
                  data={[...usualWords]}
                  value={row.typed}
                  error={refused}
                  onChange={(typed) => change(at, { typed })}
                />
              ) : (
                <TextInput
                  aria-label={units.length > 0 ? `${name} (${unitShown(row.unit)})` : name}
                  data-value
                  w={94}
                  autoComplete="off"
                  value={row.typed}
                  error={refused ?? odd}
                  onChange={(event) => change(at, { typed: event.currentTarget.value })}
                />
              )}
              {units.length > 1 ? (
                <NativeSelect
                  aria-label={`Unité : ${name}`}
                  w={112}
                  value={row.unit}
                  data={units}
                  error={unitRefused}
                  onChange={(event) => change(at, { unit: event.currentTarget.value })}
                />
              ) : row.code === null || units.length === 0 ? (
                !analyte?.words && (
                  <TextInput
                    aria-label={`Unité : ${name}`}
                    placeholder="unité"
                    w={112}
                    maxLength={30}
                    value={row.unit}
                    error={unitRefused}
                    onChange={(event) => change(at, { unit: event.currentTarget.value })}
                  />
                )
              ) : (
                <span className={`dim small ${css.entryUnit}`}>{units[0]!.label}</span>
              )}
              {ranges && !analyte?.words && (
                <span className={css.entryRange}>
                  <TextInput
                    aria-label={`Norme basse : ${name}`}
                    placeholder="de"
                    w={64}
                    value={row.low}
                    onChange={(event) => change(at, { low: event.currentTarget.value })}
                  />
                  <TextInput
                    aria-label={`Norme haute : ${name}`}
                    placeholder="à"
                    w={64}
                    value={row.high}
                    onChange={(event) => change(at, { high: event.currentTarget.value })}
                  />
                </span>
              )}
              {(row.read || !row.code) && (
                <ActionIcon
                  aria-label={`Retirer : ${name}`}
                  onClick={() => onChange(rows.filter((_, index) => index !== at))}
                >
                  <CloseIcon size={16} />
                </ActionIcon>
              )}
            </div>
          </div>
        );
      })}
    </div>
  );
}
