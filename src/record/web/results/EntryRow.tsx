import { ActionIcon, Autocomplete, NativeSelect, TextInput } from '@mantine/core';
import { sayNumber } from '../../../web/say.ts';
import { CloseIcon } from '../../../web/ui/icons.ts';
import { analyteOf, isOutOfRange, unitShown, usualWords } from '../../contract.ts';
import { Flag } from '../summary/Flag.tsx';
import css from './results.module.css';
import { parsed, type Row, seen, unitChoices } from './rows.ts';

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
const answersInWords = ({ code }: Row): boolean => !!(code && analyteOf(code)?.words);

interface Field {
  row: Row;
  /** What it is called to whoever hears the form. */
  name: string;
  change: (patch: Partial<Row>) => void;
  error: string | undefined;
}

/** One value: what was measured, the number or the words, its unit, its range. */
export function EntryRow({
  row,
  ranges,
  person,
  error,
  change,
  remove,
}: {
  row: Row;
  ranges: boolean;
  person: { age: number | null; sex: string };
  /** Of a part of it; nothing while it is empty. */
  error: (part: string) => string | undefined;
  change: (patch: Partial<Row>) => void;
  remove: () => void;
}) {
  const name = row.label || 'Analyse libre';
  return (
    <div className={css.entryRow}>
      <Measured row={row} person={person} change={change} />
      <div className={css.entryFields}>
        <ValueField row={row} name={name} change={change} error={['value', 'label', 'low'].map(error).find(Boolean)} />
        <UnitField row={row} name={name} change={change} error={error('unit')} />
        {ranges && !answersInWords(row) && (
          <span className={css.entryRange}>
            <TextInput
              aria-label={`Norme basse : ${name}`}
              placeholder="de"
              w={64}
              value={row.low}
              onChange={(event) => change({ low: event.currentTarget.value })}
            />
            <TextInput
              aria-label={`Norme haute : ${name}`}
              placeholder="à"
              w={64}
              value={row.high}
              onChange={(event) => change({ high: event.currentTarget.value })}
            />
          </span>
        )}
        {(row.read || !row.code) && (
          <ActionIcon aria-label={`Retirer : ${name}`} onClick={remove}>
            <CloseIcon size={16} />
          </ActionIcon>
        )}
      </div>
    </div>
  );
}

/** What was measured, whether it is out of range, and what of a pasted line was not understood. */
function Measured({
  row,
  person,
  change,
}: Pick<Field, 'row' | 'change'> & { person: { age: number | null; sex: string } }) {
  const { flag, range, from, known } = seen(row, person);
  return (
    <div className={css.entryName}>
      {row.code || row.read ? (
        <span className="strong">{row.label}</span>
      ) : (
        <TextInput
          aria-label="Nom de l’analyse"
          placeholder="Nom de l’analyse"
          value={row.label}
          onChange={(event) => change({ label: event.currentTarget.value })}
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
  );
}

function ValueField({ row, name, change, error }: Field) {
  if (answersInWords(row))
    return (
      <Autocomplete
        aria-label={name}
        data-value
        w={200}
        maxLength={1000}
        data={[...usualWords]}
        value={row.typed}
        error={error}
        onChange={(typed) => change({ typed })}
      />
    );
  const known = row.code !== null && analyteOf(row.code) !== undefined;
  const odd =
    known && row.typed.trim() !== '' && parsed(row.typed).value === null && /^[\d.,\s-]+$/.test(row.typed)
      ? 'Un nombre'
      : undefined;
  return (
    <TextInput
      aria-label={unitChoices(row).length > 0 ? `${name} (${unitShown(row.unit)})` : name}
      data-value
      w={94}
      autoComplete="off"
      value={row.typed}
      error={error ?? odd}
      onChange={(event) => change({ typed: event.currentTarget.value })}
    />
  );
}

/** Chosen where the analyte has several, typed where nothing says which they are. */
function UnitField({ row, name, change, error }: Field) {
  const units = unitChoices(row);
  if (units.length > 1)
    return (
      <NativeSelect
        aria-label={`Unité : ${name}`}
        w={112}
        value={row.unit}
        data={units}
        error={error}
        onChange={(event) => change({ unit: event.currentTarget.value })}
      />
    );
  if (row.code !== null && units.length === 1)
    return <span className={`dim small ${css.entryUnit}`}>{units[0]!.label}</span>;
  if (answersInWords(row)) return null;
  return (
    <TextInput
      aria-label={`Unité : ${name}`}
      placeholder="unité"
      w={112}
      maxLength={30}
      value={row.unit}
      error={error}
      onChange={(event) => change({ unit: event.currentTarget.value })}
    />
  );
}
