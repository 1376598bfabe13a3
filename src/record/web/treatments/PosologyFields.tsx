import { Button, Checkbox, Select, TextInput } from '@mantine/core';
import { useId, useState } from 'react';
import { CheckIcon, InfoIcon } from '../../../web/ui/icons.ts';
import {
  mealTimes as meals,
  dayMoments as moments,
  type Period,
  periodNames,
  readPosology,
  sayPosology,
  doseUnits as units,
} from '../../contract.ts';
import { type Composed, fieldsOf, gridMoments, nothing, rhythms, sentenceOf } from './compose.ts';
import css from './treatments.module.css';

export interface PosologyFieldsProps {
  /** The sentence: what is sent, read by the same engine on the server. */
  value: string;
  onChange: (text: string) => void;
  /** What the medicine is counted in (`unitOfLabel`). */
  unit?: string;
  label?: string;
  error?: string | undefined;
}

/** A posology, typed as it is said aloud, with what was understood beside it; its parts can be composed by fields, which write the same sentence. */
export function PosologyFields({ value, onChange, unit = '', label = 'Posologie', error }: PosologyFieldsProps) {
  const id = useId();
  const [open, setOpen] = useState(false);
  /** What the fields hold, as long as the sentence is theirs. */
  const [held, setHeld] = useState<{ fields: Composed; text: string } | null>(null);
  const { posology, unread } = readPosology(value, unit);
  const fields =
    held && held.text === value ? held.fields : posology ? fieldsOf(posology) : value.trim() ? null : nothing(unit);
  const change = (patch: Partial<Composed>) => {
    const next = { ...(fields ?? nothing(unit)), ...patch };
    const text = sentenceOf(next);
    setHeld({ fields: next, text });
    onChange(text);
  };
  return (
    <div className={css.posology}>
      <TextInput
        label={label}
        placeholder="1 matin et soir pendant 5 jours"
        autoComplete="off"
        maxLength={500}
        value={value}
        error={error}
        onChange={(event) => onChange(event.currentTarget.value)}
        aria-describedby={`${id}-read`}
      />
      <p
        id={`${id}-read`}
        className={`${css.read} small`}
        data-understood={posology ? true : undefined}
        aria-live="polite"
      >
        {posology ? (
          <>
            <CheckIcon size={14} /> <span>Compris : {sayPosology(posology)}.</span>
          </>
        ) : value.trim() ? (
          <>
            <InfoIcon size={14} />{' '}
            <span>
              Gardé en texte libre, tel quel
              {unread
                ? `. Non compris : « ${unread} »`
                : ' : ces mots ne vont pas ensemble ou peuvent vouloir dire deux choses'}
              .
            </span>
          </>
        ) : (
          <span className="dim">
            1 cp x3/j · 1-0-1 · 500 mg toutes les 6 h si douleur, max 4 g/j · une précision se met (entre parenthèses)
          </span>
        )}
      </p>
      <Button
        size="compact-sm"
        variant="subtle"
        aria-expanded={open}
        onClick={() => setOpen(!open)}
        className={css.toggle}
      >
        {open ? 'Replier les champs' : 'Composer par champs'}
      </Button>
      {open &&
        (fields ? (
          <Fields fields={fields} change={change} />
        ) : (
          <p className="small dim">Cette posologie en dit plus que les champs : modifiez-la dans la phrase.</p>
        ))}
    </div>
  );
}

function Fields({ fields, change }: { fields: Composed; change: (patch: Partial<Composed>) => void }) {
  const set = (patch: Partial<Composed>) => change(patch);
  return (
    <div className={css.fields} role="group" aria-label="Composer la posologie">
      <div className={css.grid}>
        {gridMoments.map((moment) => (
          <TextInput
            key={moment}
            label={moments.find(({ code }) => code === moment)!.label}
            inputMode="decimal"
            placeholder="0"
            value={fields.cells[moment]}
            onChange={(event) =>
              set({ cells: { ...fields.cells, [moment]: event.currentTarget.value }, dose: '', rhythm: '' })
            }
          />
        ))}
      </div>
      <div className={css.often}>
        <Select
          label="Unité"
          searchable
          clearable
          data={units.map(({ label }) => label)}
          value={fields.unit || null}
          onChange={(unit) => set({ unit: unit ?? '' })}
        />
        <TextInput
          label="Ou dose"
          inputMode="decimal"
          placeholder="1"
          value={fields.dose}
          onChange={(event) => set({ dose: event.currentTarget.value, cells: nothing('').cells })}
        />
        <Select
          label="Fréquence"
          clearable
          data={[...new Set([...rhythms, ...(fields.rhythm ? [fields.rhythm] : [])])]}
          value={fields.rhythm || null}
          onChange={(rhythm) => set({ rhythm: rhythm ?? '', cells: nothing('').cells })}
        />
      </div>
      <div className={css.pair}>
        <div className={css.length}>
          <TextInput
            label="Pendant"
            inputMode="numeric"
            placeholder="5"
            value={fields.length}
            onChange={(event) => set({ length: event.currentTarget.value })}
          />
          <Select
            aria-label="Unité de durée"
            allowDeselect={false}
            data={(['d', 'wk', 'mo', 'a'] as const).map((code) => ({ value: code, label: periodNames[code].many }))}
            value={fields.lengthUnit}
            onChange={(unit) => unit && set({ lengthUnit: unit as Period })}
          />
        </div>
        <Select
          label="Repas"
          clearable
          data={meals.map(({ code, label }) => ({ value: code, label }))}
          value={fields.meal || null}
          onChange={(meal) => set({ meal: meal ?? '' })}
        />
      </div>
      <div className={css.pair}>
        <div>
          <Checkbox
            label="Si besoin"
            checked={fields.needed !== null}
            onChange={(event) => set({ needed: event.currentTarget.checked ? '' : null })}
            mb={6}
          />
          <TextInput
            aria-label="Si besoin, pour quoi"
            placeholder="douleur"
            disabled={fields.needed === null}
            value={fields.needed ?? ''}
            onChange={(event) => set({ needed: event.currentTarget.value })}
          />
        </div>
        <TextInput
          label="Maximum"
          placeholder="4 g par jour"
          value={fields.max}
          onChange={(event) => set({ max: event.currentTarget.value })}
        />
      </div>
    </div>
  );
}
