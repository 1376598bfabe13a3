import { Checkbox, Select, TextInput } from '@mantine/core';
import { useState } from 'react';
import { call } from '../../../web/api.ts';
import { readDate, sayAgo, sayCount, sayDate, sayNumber } from '../../../web/say.ts';
import { useMe } from '../../../web/session.ts';
import { DateField } from '../../../web/ui/DateField.tsx';
import {
  asSaid,
  type Measure,
  measureOf,
  measures,
  rangeFor,
  recordContract,
  usualMeasuresOf,
} from '../../contract.ts';
import { Flag } from '../summary/Flag.tsx';
import { useRecord } from '../use-record.ts';
import { EntryForm } from './EntryForm.tsx';
import css from './forms.module.css';
import { type Editing, useEntry } from './use-entry.ts';

interface Values {
  typed: Record<string, string>;
  more: string[];
  day: string;
  time: string;
  note: string;
  /** The unlikely values that were confirmed, as they were typed: another one is asked about anew. */
  confirmed: string;
}
const number = (typed: string): number | null => {
  const value = Number(typed.replace(',', '.').replace(/\s/g, ''));
  return typed.trim() === '' || Number.isNaN(value) ? null : value;
};
/** As it will be kept: «16» is 160 mmHg. */
const kept = (measure: Measure, typed: string | undefined): number | null => {
  const value = number(typed ?? '');
  return value === null ? null : asSaid(measure, value);
};
const sayKept = (value: number | null): string => (value === null ? '…' : sayNumber(value));
const flagOf = (measure: Measure, value: number, age: number | null, sex: string) => {
  const range = rangeFor(measure, age, sex);
  if (!range) return { flag: 'unknown', label: '' };
  if (range.criticalHigh !== undefined && value >= range.criticalHigh)
    return { flag: 'critical-high', label: 'Critique' };
  if (range.criticalLow !== undefined && value <= range.criticalLow) return { flag: 'critical-low', label: 'Critique' };
  if (range.high !== undefined && value > range.high) return { flag: 'high', label: 'Élevé' };
  if (range.low !== undefined && value < range.low) return { flag: 'low', label: 'Bas' };
  return { flag: 'normal', label: '' };
};

const unlikely = ({ typed }: Pick<Values, 'typed'>) =>
  Object.entries(typed).flatMap(([code, words]) => {
    const measure = measureOf(code);
    const value = measure ? kept(measure, words) : null;
    return measure && value !== null && (value < measure.plausible[0] || value > measure.plausible[1])
      ? [{ measure, value }]
      : [];
  });
const oddOf = (values: Pick<Values, 'typed'>): string =>
  unlikely(values)
    .map(({ measure, value }) => `${measure.code} ${value}`)
    .join(';');

/** Several values of one moment: what this profession measures most, in the order it is said; any other one press away. */
export function MeasureForm({
  patient,
  first,
  editing,
  onClose,
}: {
  patient: string;
  first?: string;
  editing?: Editing;
  onClose: () => void;
}) {
  const me = useMe();
  const record = useRecord();
  const { birthDate, sex } = record.header.patient;
  const age = birthDate ? Math.floor((Date.now() - Date.parse(birthDate)) / 31_557_600_000) : null;
  const [timed, setTimed] = useState(false);
  const edited = editing?.values as
    | { at?: string; values?: { code: string; value: number | string }[]; note?: string }
    | undefined;
  // As it is read: «12/03/2025 00:30».
  const [day = '', time = ''] = edited?.at?.split(' ') ?? [];
  const entry = useEntry<Values>({
    patient,
    form: 'measures',
    label: 'Mesures',
    initial: { typed: {}, more: first ? [first] : [], day: '', time: '', note: '', confirmed: '' },
    editing: editing &&
      edited && {
        ...editing,
        values: {
          typed: Object.fromEntries(edited.values?.map((one) => [one.code, String(one.value).replace('.', ',')]) ?? []),
          day: readDate(day) ?? '',
          time,
          note: edited.note ?? '',
        },
      },
    send: (values, version, sending) => {
      const body = {
        values: Object.entries(values.typed)
          .filter(([, typed]) => typed.trim())
          .map(([code, value]) => ({ code, value })),
        // Untouched, the moment stays what it was, to the second.
        at:
          editing && values.day === (readDate(day) ?? '') && values.time === time
            ? null
            : values.day
              ? `${sayDate(values.day)}${values.time ? ` ${values.time}` : ''}`
              : values.time
                ? `auj ${values.time}`
                : null,
        note: values.note || null,
        confirmed: values.confirmed !== '' && values.confirmed === oddOf(values),
      };
      return version === undefined
        ? call(recordContract.enterMeasures, { params: { patient }, body }, sending)
        : call(recordContract.correctMeasure, { params: { patient, id: editing!.id }, body: { ...body, version } });
    },
    message: (values) =>
      editing
        ? 'Mesure corrigée.'
        : `${sayCount(Object.values(values.typed).filter((one) => one.trim()).length, 'mesure ajoutée', 'mesures ajoutées')}.`,
    onDone: onClose,
  });
  const { values, set } = entry;
  const codes = editing
    ? (editing.values.values as { code: string }[]).map((one) => one.code)
    : [...new Set([...(first ? [first] : []), ...usualMeasuresOf(me.profession), ...values.more])];
  const shown = codes
    .map((code) => measureOf(code))
    .filter((one): one is Measure => !!one && !(one.partOf && !editing));
  const filled = Object.entries(values.typed).filter(([, typed]) => typed.trim());
  const odd = unlikely(values);
  const type = (code: string, typed: string) => set({ typed: { ...values.typed, [code]: typed } });
  const serverError = (code: string) => {
    const at = filled.findIndex(([one]) => one === code);
    return at < 0 ? undefined : entry.error(`values.${at}`);
  };
  return (
    <EntryForm
      entry={entry}
      title={editing ? 'Corriger une mesure' : 'Ajouter des mesures'}
      verb={
        editing ? 'Corriger la mesure' : filled.length > 1 ? `Ajouter ${filled.length} mesures` : 'Ajouter la mesure'
      }
      ready={filled.length > 0 && (odd.length === 0 || values.confirmed === oddOf(values))}
      onClose={onClose}
    >
      <div className={css.measures}>
        {shown.map((measure, index) => {
          const parts = measure.components?.map((code) => measureOf(code)!) ?? [measure];
          const before = record.measures?.find((line) => line.code === measure.code);
          const smaller = parts.some((part) => {
            const value = number(values.typed[part.code] ?? '');
            return value !== null && kept(part, values.typed[part.code]) !== value;
          });
          const flags = parts.flatMap((part) => {
            const value = kept(part, values.typed[part.code]);
            const found = value === null ? null : flagOf(part, value, age, sex);
            return found?.label ? [{ ...found, part }] : [];
          });
          return (
            <fieldset key={measure.code} className={css.measure}>
              <legend>
                {measure.label}
                {flags.map(({ flag, label, part }) => (
                  <Flag
                    key={part.code}
                    flag={flag}
                    label={parts.length > 1 ? `${part.label} : ${label.toLowerCase()}` : label}
                  />
                ))}
                {smaller && (
                  <span className="dim tiny">
                    {`soit ${parts.map((part) => sayKept(kept(part, values.typed[part.code]))).join('/')} ${measure.shown}`}
                  </span>
                )}
                {before && flags.length === 0 && !smaller && (
                  <span className="dim tiny">
                    {' '}
                    {before.display}, {sayAgo(before.at)}
                  </span>
                )}
              </legend>
              <div className={css.inputs}>
                {parts.map((part, at) => {
                  const value = number(values.typed[part.code] ?? '');
                  return (
                    <span key={part.code} className={css.input}>
                      {at > 0 && <span aria-hidden>/</span>}
                      <TextInput
                        aria-label={`${parts.length > 1 ? `${measure.label}, ${part.label.toLowerCase()}` : measure.label} (${part.shown})`}
                        data-measure={part.code}
                        data-autofocus={(index === 0 && at === 0) || undefined}
                        inputMode="decimal"
                        autoComplete="off"
                        w={72}
                        value={values.typed[part.code] ?? ''}
                        error={
                          serverError(part.code) ??
                          (values.typed[part.code]?.trim() && value === null ? 'Un nombre' : undefined)
                        }
                        onChange={(event) => {
                          const typed = event.currentTarget.value;
                          // «148/86» typed in one go fills both.
                          if (at === 0 && parts[1] && typed.includes('/')) {
                            const [one, two] = typed.split('/');
                            set({ typed: { ...values.typed, [part.code]: one!.trim(), [parts[1].code]: two!.trim() } });
                            document.querySelector<HTMLInputElement>(`[data-measure="${parts[1].code}"]`)?.focus();
                          } else type(part.code, typed);
                        }}
                      />
                      {at === parts.length - 1 && <span className={`dim small ${css.unit}`}>{part.shown}</span>}
                    </span>
                  );
                })}
              </div>
            </fieldset>
          );
        })}
      </div>
      {odd.length > 0 && (
        <Checkbox
          required
          label={`${odd.map(({ measure, value }) => `${measure.label} : ${sayNumber(value)} ${measure.shown}`).join(', ')}. ${odd.length > 1 ? 'Ces valeurs sont inhabituelles, je les confirme.' : 'Cette valeur est inhabituelle, je la confirme.'}`}
          checked={values.confirmed === oddOf(values)}
          onChange={(event) => set({ confirmed: event.currentTarget.checked ? oddOf(values) : '' })}
        />
      )}
      {!editing && (
        <Select
          aria-label="Ajouter une autre mesure"
          placeholder="Autre mesure…"
          searchable
          clearable
          value={null}
          data={measures
            .filter((one) => !one.partOf && !one.computed && !codes.includes(one.code))
            .map((one) => ({ value: one.code, label: `${one.label} (${one.shown})` }))}
          onChange={(code) => code && set({ more: [...values.more, code] })}
        />
      )}
      {timed || values.day || values.time ? (
        <div className="row" style={{ alignItems: 'flex-start' }}>
          <DateField
            className="grow"
            label="Date de la mesure"
            value={values.day}
            onChange={(day) => set({ day })}
            max={readDate('auj')!}
          />
          <TextInput
            w={110}
            label="Heure"
            placeholder="hh:mm"
            inputMode="numeric"
            value={values.time}
            onChange={(event) => set({ time: event.currentTarget.value })}
          />
        </div>
      ) : (
        <button type="button" className={`plain-button small ${css.link}`} onClick={() => setTimed(true)}>
          Mesuré maintenant. Changer la date ou l’heure
        </button>
      )}
      <TextInput
        label="Remarque"
        placeholder="au repos, bras gauche…"
        value={values.note}
        onChange={(event) => set({ note: event.currentTarget.value })}
      />
    </EntryForm>
  );
}
