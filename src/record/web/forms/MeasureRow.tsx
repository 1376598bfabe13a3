import { TextInput } from '@mantine/core';
import { sayAgo, sayNumber } from '../../../web/say.ts';
import { type Measure, measureOf } from '../../contract.ts';
import { Flag } from '../summary/Flag.tsx';
import { useRecord } from '../use-record.ts';
import css from './forms.module.css';
import { flagOf, kept, numberIn, type Typed } from './measure-values.ts';

const sayKept = (value: number | null): string => (value === null ? '…' : sayNumber(value));

/** One measure: what is typed of it, or of each of its parts. */
export function MeasureRow({
  measure,
  typed,
  set,
  first,
  error,
}: {
  measure: Measure;
  typed: Typed;
  set: (typed: Record<string, string>) => void;
  /** The first of the form. */
  first: boolean;
  error: (code: string) => string | undefined;
}) {
  const parts = measure.components?.map((code) => measureOf(code)!) ?? [measure];
  const type = (part: Measure, at: number, words: string) => {
    const next = parts[at + 1];
    // «148/86» typed in one go fills both.
    if (at === 0 && next && words.includes('/')) {
      const [one, two] = words.split('/');
      set({ ...typed, [part.code]: one!.trim(), [next.code]: two!.trim() });
      document.querySelector<HTMLInputElement>(`[data-measure="${next.code}"]`)?.focus();
    } else set({ ...typed, [part.code]: words });
  };
  return (
    <fieldset className={css.measure}>
      <MeasureLegend measure={measure} parts={parts} typed={typed} />
      <div className={css.inputs}>
        {parts.map((part, at) => (
          <span key={part.code} className={css.input}>
            {at > 0 && <span aria-hidden>/</span>}
            <TextInput
              aria-label={`${parts.length > 1 ? `${measure.label}, ${part.label.toLowerCase()}` : measure.label} (${part.shown})`}
              data-measure={part.code}
              data-autofocus={(first && at === 0) || undefined}
              inputMode="decimal"
              autoComplete="off"
              w={72}
              value={typed[part.code] ?? ''}
              error={
                error(part.code) ??
                (typed[part.code]?.trim() && numberIn(typed[part.code]) === null ? 'Un nombre' : undefined)
              }
              onChange={(event) => type(part, at, event.currentTarget.value)}
            />
            {at === parts.length - 1 && <span className={`dim small ${css.unit}`}>{part.shown}</span>}
          </span>
        ))}
      </div>
    </fieldset>
  );
}

/** What is out of range, what will be kept when that is not what was typed; else what it was before. */
function MeasureLegend({ measure, parts, typed }: { measure: Measure; parts: readonly Measure[]; typed: Typed }) {
  const { header, measures } = useRecord();
  const { birthDate, sex } = header.patient;
  const age = birthDate ? Math.floor((Date.now() - Date.parse(birthDate)) / 31_557_600_000) : null;
  const before = measures?.find((line) => line.code === measure.code);
  const smaller = parts.some((part) => {
    const value = numberIn(typed[part.code]);
    return value !== null && kept(part, typed[part.code]) !== value;
  });
  const flags = parts.flatMap((part) => {
    const value = kept(part, typed[part.code]);
    const found = value === null ? null : flagOf(part, value, age, sex);
    return found?.label ? [{ ...found, part }] : [];
  });
  return (
    <legend>
      {measure.label}
      {flags.map(({ flag, label, part }) => (
        <Flag key={part.code} flag={flag} label={parts.length > 1 ? `${part.label} : ${label.toLowerCase()}` : label} />
      ))}
      {smaller && (
        <span className="dim tiny">
          {`soit ${parts.map((part) => sayKept(kept(part, typed[part.code]))).join('/')} ${measure.shown}`}
        </span>
      )}
      {before && flags.length === 0 && !smaller && (
        <span className="dim tiny">
          {' '}
          {before.display}, {sayAgo(before.at)}
        </span>
      )}
    </legend>
  );
}
