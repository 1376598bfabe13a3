import { Button, MultiSelect, NumberInput, SegmentedControl, Select, Textarea, TextInput } from '@mantine/core';
import { useState } from 'react';
import { sayAgo } from '../../../web/say.ts';
import { DateField } from '../../../web/ui/DateField.tsx';
import { CheckIcon } from '../../../web/ui/icons.ts';
import { Note } from '../../../web/ui/states.tsx';
import { professionChoices } from '../../../web/words.ts';
import type { AnswerValue } from '../../contract.ts';
import css from '../programme.module.css';
import { type Field, sayValue } from '../words.ts';
import type { OwnFile } from './use-file.ts';

const usual = [
  'physician',
  'nurse',
  'asalee-nurse',
  'advanced-practice-nurse',
  'physiotherapist',
  'pharmacist',
  'midwife',
  'medical-secretary',
  'coordinator',
];
const others = professionChoices.filter(({ value }) => value !== 'administrator' && !usual.includes(value));
const first = usual.map((code) => professionChoices.find(({ value }) => value === code)!);

/** One field of the form: what it asks, what was answered by whom and when, and where what is typed stands. */
export function FieldInput({ field, file, disabled }: { field: Field; file: OwnFile; disabled: boolean }) {
  const answer = file.query.data?.answers[field.id];
  const state = file.fields[field.id] ?? {};
  const value: AnswerValue = state.pending ? state.pending.value : ((answer?.value ?? null) as AnswerValue);
  const required = field.required ? undefined : ' (facultatif)';
  const label = `${field.label}${required ?? ''}`;
  const change = (next: AnswerValue, at: 'once' | 'later' = 'later') => file.change(field.id, next, at);
  const leave = () => state.pending && !state.theirs && void file.send(field.id);
  return (
    <div className={css.field} id={`champ-${field.id}`}>
      {inputOf()}
      {state.theirs && (
        <Note
          tone="warning"
          live
          action={
            <span className="row wrap">
              <Button size="compact-sm" variant="default" onClick={() => file.takeTheirs(field.id)}>
                Garder la sienne
              </Button>
              <Button size="compact-sm" variant="light" onClick={() => file.keepMine(field.id)}>
                Garder la mienne
              </Button>
            </span>
          }
        >
          <b>{state.theirs.by}</b> a écrit ici {sayAgo(state.theirs.at)} : «{' '}
          {sayValue(field, state.theirs.value as AnswerValue) || 'vide'} ». Votre saisie est conservée au-dessus.
        </Note>
      )}
      <div className={`${css.foot} dim`} aria-live="polite">
        {state.saving ? (
          <span>Enregistrement…</span>
        ) : state.pending && state.error ? (
          <span className="danger">
            {state.error}{' '}
            <button
              type="button"
              className="plain-button"
              style={{ textDecoration: 'underline' }}
              onClick={() => void file.send(field.id)}
            >
              Réessayer
            </button>
          </span>
        ) : state.pending ? (
          <span>Saisie en cours</span>
        ) : answer ? (
          <span className="row" style={{ gap: 4 }}>
            <CheckIcon size={12} aria-hidden /> {answer.by}, <time dateTime={answer.at}>{sayAgo(answer.at)}</time>
          </span>
        ) : null}
      </div>
    </div>
  );

  function inputOf() {
    const shared = { label, description: field.help || undefined, disabled, onBlur: leave };
    switch (field.type) {
      case 'yes-no':
        return (
          <div className={css.question}>
            <span id={`q-${field.id}`}>{label}</span>
            <SegmentedControl
              aria-labelledby={`q-${field.id}`}
              size="sm"
              disabled={disabled}
              value={value === true ? 'oui' : value === false ? 'non' : ''}
              onChange={(next) => change(next === '' ? null : next === 'oui', 'once')}
              data={[
                { value: '', label: '?' },
                { value: 'oui', label: 'Oui' },
                { value: 'non', label: 'Non' },
              ]}
            />
          </div>
        );
      case 'choice':
        return (
          <Select
            {...shared}
            clearable
            data={field.choices.map(({ code, label: words }) => ({ value: code, label: words }))}
            value={typeof value === 'string' ? value : null}
            onChange={(next) => change(next, 'once')}
            maw={360}
          />
        );
      case 'choices':
        return (
          <MultiSelect
            {...shared}
            data={field.choices.map(({ code, label: words }) => ({ value: code, label: words }))}
            value={Array.isArray(value) ? [...value] : []}
            onChange={(next) => change(next, 'once')}
          />
        );
      case 'number':
        return (
          <NumberInput
            {...shared}
            styles={{ wrapper: { maxWidth: 160 } }}
            min={0}
            max={100_000}
            allowDecimal={false}
            allowNegative={false}
            value={typeof value === 'number' ? value : ''}
            onChange={(next) => change(next === '' ? null : Number(next))}
          />
        );
      case 'date':
        return (
          <DateField
            {...shared}
            styles={{ wrapper: { maxWidth: 220 } }}
            value={typeof value === 'string' ? value : ''}
            onChange={(day) => change(day || null, 'once')}
          />
        );
      case 'long-text':
        return (
          <Textarea
            {...shared}
            autosize
            minRows={3}
            maxRows={14}
            value={typeof value === 'string' ? value : ''}
            onChange={(event) => change(event.currentTarget.value)}
          />
        );
      case 'team':
        return (
          <TeamInput
            label={label}
            help={field.help}
            disabled={disabled}
            value={
              value !== null && typeof value === 'object' && !Array.isArray(value)
                ? (value as Record<string, number>)
                : {}
            }
            onChange={(next) => change(next)}
            onLeave={leave}
          />
        );
      default:
        return (
          <TextInput
            {...shared}
            autoComplete="off"
            value={typeof value === 'string' ? value : ''}
            onChange={(event) => change(event.currentTarget.value)}
          />
        );
    }
  }
}

function TeamInput({
  label,
  help,
  value,
  onChange,
  onLeave,
  disabled,
}: {
  label: string;
  help: string;
  value: Record<string, number>;
  onChange: (next: Record<string, number>) => void;
  onLeave: () => void;
  disabled: boolean;
}) {
  const [all, setAll] = useState(others.some((one) => (value[one.value] ?? 0) > 0));
  const total = Object.values(value).reduce((sum, count) => sum + count, 0);
  const shown = all ? [...first, ...others] : [...first, ...others.filter((one) => (value[one.value] ?? 0) > 0)];
  return (
    <fieldset className="plain">
      <legend style={{ padding: 0, marginBottom: 6 }}>
        {label} <b className="num">{total > 0 && `: ${total}`}</b>
        {help && <span className="dim small"> {help}</span>}
      </legend>
      <div className={css.people}>
        {shown.map(({ value: code, label: words }) => (
          <NumberInput
            key={code}
            size="xs"
            label={words}
            disabled={disabled}
            min={0}
            max={500}
            allowDecimal={false}
            allowNegative={false}
            value={value[code] || ''}
            placeholder="0"
            onBlur={onLeave}
            onChange={(count) =>
              onChange(
                Object.fromEntries(
                  Object.entries({ ...value, [code]: count === '' ? 0 : Number(count) }).filter(([, one]) => one > 0),
                ),
              )
            }
          />
        ))}
      </div>
      {!all && !disabled && (
        <Button variant="subtle" size="compact-sm" mt={8} onClick={() => setAll(true)}>
          Autres professions
        </Button>
      )}
    </fieldset>
  );
}
