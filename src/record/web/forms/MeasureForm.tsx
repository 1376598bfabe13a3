import { Checkbox, Select, TextInput } from '@mantine/core';
import { useState } from 'react';
import { call } from '../../../web/api.ts';
import { readDate, sayCount, sayDate, sayNumber } from '../../../web/say.ts';
import { useMe } from '../../../web/session.ts';
import { DateField } from '../../../web/ui/DateField.tsx';
import { type Measure, measureOf, measures, recordContract, usualMeasuresOf } from '../../contract.ts';
import { EntryForm } from './EntryForm.tsx';
import css from './forms.module.css';
import { MeasureRow } from './MeasureRow.tsx';
import { oddOf, unlikely } from './measure-values.ts';
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
        confirmed: values.confirmed !== '' && values.confirmed === oddOf(values.typed),
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
  const odd = unlikely(values.typed);
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
      ready={filled.length > 0 && (odd.length === 0 || values.confirmed === oddOf(values.typed))}
      onClose={onClose}
    >
      <div className={css.measures}>
        {shown.map((measure, at) => (
          <MeasureRow
            key={measure.code}
            measure={measure}
            typed={values.typed}
            set={(typed) => set({ typed })}
            first={at === 0}
            error={serverError}
          />
        ))}
      </div>
      {odd.length > 0 && (
        <Checkbox
          required
          label={`${odd.map(({ measure, value }) => `${measure.label} : ${sayNumber(value)} ${measure.shown}`).join(', ')}. ${odd.length > 1 ? 'Ces valeurs sont inhabituelles, je les confirme.' : 'Cette valeur est inhabituelle, je la confirme.'}`}
          checked={values.confirmed === oddOf(values.typed)}
          onChange={(event) => set({ confirmed: event.currentTarget.checked ? oddOf(values.typed) : '' })}
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
      <MomentField day={values.day} time={values.time} set={set} />
      <TextInput
        label="Remarque"
        placeholder="au repos, bras gauche…"
        value={values.note}
        onChange={(event) => set({ note: event.currentTarget.value })}
      />
    </EntryForm>
  );
}

/** Now, unless someone says otherwise. */
function MomentField({
  day,
  time,
  set,
}: {
  day: string;
  time: string;
  set: (moment: { day?: string; time?: string }) => void;
}) {
  const [timed, setTimed] = useState(false);
  if (!timed && !day && !time)
    return (
      <button type="button" className={`plain-button small ${css.link}`} onClick={() => setTimed(true)}>
        Mesuré maintenant. Changer la date ou l’heure
      </button>
    );
  return (
    <div className="row" style={{ alignItems: 'flex-start' }}>
      <DateField
        className="grow"
        label="Date de la mesure"
        value={day}
        onChange={(day) => set({ day })}
        max={readDate('auj')!}
      />
      <TextInput
        w={110}
        label="Heure"
        placeholder="hh:mm"
        inputMode="numeric"
        value={time}
        onChange={(event) => set({ time: event.currentTarget.value })}
      />
    </div>
  );
}
