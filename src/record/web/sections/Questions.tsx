import { ActionIcon, Button, Select, Textarea, TextInput } from '@mantine/core';
import { useId } from 'react';
import { sayNumber } from '../../../web/say.ts';
import { DateField } from '../../../web/ui/DateField.tsx';
import { PlusIcon, RemoveIcon } from '../../../web/ui/icons.ts';
import {
  type Answer,
  type Answered,
  boundsOf,
  calculatedOf,
  controlOf,
  isEnabled,
  isHidden,
  isRows,
  isScore,
  type Item,
  itemsOf,
  namingOf,
  numbersOf,
  type Place,
  rowKey,
  rowName,
  unitOf,
  withinRow,
} from '../../contract.ts';
import { PhotoAnswer } from './PhotoAnswer.tsx';
import { type Curve, ScoreLine } from './Scores.tsx';
import css from './sections.module.css';

/** What the questions of one level need: from where they are asked (conditions look near, then around), and where words from elsewhere stand. */
export interface Asking {
  /** Null where nothing is filled: the preview of the editor. */
  patient: string | null;
  place: Place;
  /** By `rowKey`, as the scores. */
  errors: Record<string, string>;
  scores: ReadonlyMap<string, number>;
  /** What the scores were before, of the repetition of this name. */
  curve: (linkId: string, name: string) => Curve;
  /** Where an answer came from, by linkId. */
  from: Record<string, string>;
  /** Numbers as they are typed, by linkId and row: «1,» is not a number yet. */
  typed: Record<string, string>;
  type: (key: string, words: string) => void;
}
export function Questions({
  items,
  answered,
  onChange,
  asking,
  path = '',
}: {
  items: readonly Item[] | undefined;
  answered: readonly Answered[];
  onChange: (next: Answered[]) => void;
  asking: Asking;
  path?: string;
}) {
  return (items ?? []).map((item) => {
    if (!isEnabled(item, asking.place) || isHidden(item) || calculatedOf(item) || controlOf(item) === 'help')
      return null;
    if (item.type === 'display')
      return (
        <p key={item.linkId} className="small dim">
          {item.text}
        </p>
      );
    const own = answered.filter(({ linkId }) => linkId === item.linkId);
    const replace = (next: Answered[]) =>
      onChange([...answered.filter(({ linkId }) => linkId !== item.linkId), ...next]);
    if (item.type === 'group')
      return <Group key={item.linkId} item={item} own={own} replace={replace} asking={asking} path={path} />;
    return (
      <Question
        key={item.linkId}
        item={item}
        answers={own[0]?.answer ?? []}
        onChange={(answer) =>
          replace(answer.length > 0 ? [{ linkId: item.linkId, ...(item.text && { text: item.text }), answer }] : [])
        }
        asking={asking}
        path={path}
      />
    );
  });
}

function Group({
  item,
  own,
  replace,
  asking,
  path,
}: {
  item: Item;
  own: Answered[];
  replace: (next: Answered[]) => void;
  asking: Asking;
  path: string;
}) {
  const help = item.item?.find((one) => controlOf(one) === 'help')?.text;
  const head = (
    <>
      {item.text && <legend>{item.text}</legend>}
      {help && <p className="small dim">{help}</p>}
      {asking.errors[rowKey(item.linkId, asking.place.row)] && (
        <p className="small" style={{ color: 'var(--danger)' }} role="alert">
          {asking.errors[rowKey(item.linkId, asking.place.row)]}
        </p>
      )}
    </>
  );
  const withItems = (at: number, items: Answered[]): Answered[] => {
    const next = [...own];
    next[at] = { linkId: item.linkId, ...(item.text && { text: item.text }), item: items };
    return next;
  };
  if (!isRows(item))
    return (
      <fieldset className={css.group}>
        {head}
        <Questions
          items={item.item}
          answered={own[0]?.item ?? []}
          onChange={(items) => replace(withItems(0, items))}
          asking={asking}
          path={`${path}/${item.linkId}`}
        />
      </fieldset>
    );
  const rows: Answered[] = own.length > 0 ? own : [{ linkId: item.linkId }];
  const numbers = numbersOf(item, rows, asking.place);
  return (
    <fieldset className={css.group}>
      {head}
      {rows.map((row, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: rows have no identity of their own, and keep their order
        <div key={at} className={css.row} role="group" aria-label={`${item.text ?? 'Ligne'} ${at + 1}`}>
          <div className={css.rowHead}>
            <span className="small dim num">{at + 1}</span>
            {rows.length > 1 && (
              <ActionIcon
                aria-label={`Retirer : ${item.text ?? 'ligne'} ${at + 1}`}
                onClick={() => replace(rows.filter((_, other) => other !== at))}
              >
                <RemoveIcon size={16} />
              </ActionIcon>
            )}
          </div>
          <Questions
            items={item.item}
            answered={row.item ?? []}
            onChange={(items) => replace(own.length > 0 ? withItems(at, items) : withItems(0, items))}
            asking={{ ...asking, place: withinRow(asking.place, item, row, numbers[at] ?? 0) }}
            path={`${path}/${item.linkId}.${at}`}
          />
          <RowScores part={item} row={row} number={numbers[at] ?? null} asking={asking} />
        </div>
      ))}
      <div>
        <Button
          size="compact-md"
          variant="default"
          leftSection={<PlusIcon size={15} />}
          onClick={() => replace([...rows, { linkId: item.linkId, ...(item.text && { text: item.text }) }])}
        >
          Ajouter{item.text ? ` : ${item.text.toLowerCase()}` : ''}
        </Button>
      </div>
    </fieldset>
  );
}

/** What one repetition comes to, under its own questions. */
function RowScores({
  part,
  row,
  number,
  asking,
}: {
  part: Item;
  row: Answered;
  number: number | null;
  asking: Asking;
}) {
  const name = rowName(row, namingOf(part));
  const place = number === null ? null : withinRow(asking.place, part, row, number).row;
  const scores = [...itemsOf(part.item)]
    .filter(({ item, above }) => isScore(item) && !above.some(isRows))
    .map(({ item }) => ({
      item,
      value: place === null ? undefined : asking.scores.get(rowKey(item.linkId, place)),
      curve: asking.curve(item.linkId, name),
    }));
  const shown = scores.filter(({ value, curve }) => value !== undefined || curve.length > 0);
  if (shown.length === 0) return null;
  return (
    <div
      className={css.scores}
      role="status"
      aria-label={`Scores : ${name || `${part.text ?? 'ligne'} ${number ?? ''}`.trim()}`}
    >
      {shown.map((one) => (
        <ScoreLine key={one.item.linkId} {...one} />
      ))}
    </div>
  );
}

function Question({
  item,
  answers,
  onChange,
  asking,
  path,
}: {
  item: Item;
  answers: Answer[];
  onChange: (answers: Answer[]) => void;
  asking: Asking;
  path: string;
}) {
  const help = item.item?.find((one) => controlOf(one) === 'help')?.text;
  const below = item.item?.filter((one) => one.type === 'display' && controlOf(one) !== 'help') ?? [];
  const from = asking.from[item.linkId];
  return (
    <div className={css.question} data-question={item.linkId}>
      <Field item={item} answers={answers} onChange={onChange} asking={asking} path={path} help={help} />
      {from && answers.length > 0 && <span className="tiny dim">Repris du dossier : {from}</span>}
      {below.map((one) => (
        <p key={one.linkId} className="small dim">
          {one.text}
        </p>
      ))}
    </div>
  );
}

function Field({
  item,
  answers,
  onChange,
  asking,
  path,
  help,
}: {
  item: Item;
  answers: Answer[];
  onChange: (answers: Answer[]) => void;
  asking: Asking;
  path: string;
  help: string | undefined;
}) {
  const id = useId();
  const label = item.text ?? item.linkId;
  const error = asking.errors[rowKey(item.linkId, asking.place.row)];
  const common = {
    label,
    error,
    description: help,
    required: item.required === true,
    withAsterisk: item.required === true,
  };
  const [first] = answers;
  switch (item.type) {
    case 'boolean':
      return (
        <Options
          id={id}
          {...common}
          multiple={false}
          options={[
            ['true', 'Oui'],
            ['false', 'Non'],
          ]}
          chosen={first?.valueBoolean === undefined ? [] : [String(first.valueBoolean)]}
          onChange={([code]) => onChange(code === undefined ? [] : [{ valueBoolean: code === 'true' }])}
        />
      );
    case 'choice':
    case 'open-choice': {
      const options = (item.answerOption ?? []).map(
        ({ valueCoding }) => [valueCoding?.code ?? '', valueCoding?.display ?? valueCoding?.code ?? ''] as const,
      );
      const take = (codes: readonly string[]): Answer[] =>
        codes.flatMap((code) =>
          (item.answerOption ?? [])
            .filter(({ valueCoding }) => valueCoding?.code === code)
            .map(({ valueCoding }) => ({ valueCoding: valueCoding! })),
        );
      const chosen = answers.flatMap(({ valueCoding }) => valueCoding?.code ?? []);
      if (!item.repeats && (controlOf(item) === 'drop-down' || options.length > 9))
        return (
          <Select
            {...common}
            searchable
            clearable
            data={options.map(([value, words]) => ({ value, label: words }))}
            value={chosen[0] ?? null}
            onChange={(code) => onChange(code === null ? [] : take([code]))}
          />
        );
      const words = answers.find(({ valueString }) => valueString !== undefined)?.valueString ?? '';
      return (
        <>
          <Options
            id={id}
            {...common}
            multiple={item.repeats === true}
            options={options}
            chosen={chosen}
            onChange={(codes) => onChange(take(codes))}
          />
          {item.type === 'open-choice' && (
            <TextInput
              size="xs"
              aria-label={`${label}, autre`}
              placeholder="Autre…"
              value={words}
              onChange={(event) =>
                onChange(event.currentTarget.value ? [{ valueString: event.currentTarget.value }] : [])
              }
            />
          )}
        </>
      );
    }
    case 'integer':
    case 'decimal':
    case 'quantity':
      return (
        <NumberField
          item={item}
          answer={first}
          onChange={onChange}
          asking={asking}
          at={`${path}/${item.linkId}`}
          common={common}
        />
      );
    case 'date':
      return (
        <DateField
          {...common}
          partial
          value={first?.valueDate ?? ''}
          onChange={(iso) => onChange(iso ? [{ valueDate: iso }] : [])}
        />
      );
    case 'attachment':
      return (
        <PhotoAnswer
          patient={asking.patient}
          label={label}
          answer={first}
          onChange={(answer) => onChange(answer ? [answer] : [])}
          error={error}
        />
      );
    case 'text':
      return (
        <Textarea
          {...common}
          autosize
          minRows={2}
          maxRows={12}
          value={first?.valueString ?? ''}
          onChange={(event) => onChange(event.currentTarget.value ? [{ valueString: event.currentTarget.value }] : [])}
        />
      );
    default:
      return (
        <TextInput
          {...common}
          value={first?.valueString ?? ''}
          onChange={(event) => onChange(event.currentTarget.value ? [{ valueString: event.currentTarget.value }] : [])}
        />
      );
  }
}

/** Answers to press: one at most (pressed again, none), or several. Arrows go from one to the next. */
function Options({
  id,
  label,
  error,
  description,
  required,
  multiple,
  options,
  chosen,
  onChange,
}: {
  id: string;
  label: string;
  error: string | undefined;
  description: string | undefined;
  required: boolean;
  multiple: boolean;
  options: readonly (readonly [string, string])[];
  chosen: readonly string[];
  onChange: (codes: string[]) => void;
}) {
  const press = (code: string) =>
    onChange(
      multiple
        ? chosen.includes(code)
          ? chosen.filter((one) => one !== code)
          : [...options.map(([each]) => each).filter((each) => chosen.includes(each) || each === code)]
        : chosen.includes(code)
          ? []
          : [code],
    );
  const reached = Math.max(
    0,
    options.findIndex(([code]) => chosen.includes(code)),
  );
  return (
    <div>
      <span id={id} className={css.label}>
        {label}
        {required && (
          <span aria-hidden style={{ color: 'var(--danger)' }}>
            {' '}
            *
          </span>
        )}
      </span>
      {description && <p className="small dim">{description}</p>}
      <div
        className={css.options}
        role={multiple ? 'group' : 'radiogroup'}
        aria-labelledby={id}
        aria-required={multiple ? undefined : required || undefined}
        aria-invalid={multiple ? undefined : error ? true : undefined}
        style={{ marginTop: 4 }}
        onKeyDown={(event) => {
          const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
          if (!step) return;
          event.preventDefault();
          const buttons = [...event.currentTarget.querySelectorAll('button')];
          buttons[
            (buttons.indexOf(document.activeElement as HTMLButtonElement) + step + buttons.length) % buttons.length
          ]?.focus();
        }}
      >
        {options.map(([code, words], at) => (
          <button
            key={code}
            type="button"
            className={css.option}
            role={multiple ? undefined : 'radio'}
            aria-checked={multiple ? undefined : chosen.includes(code)}
            aria-pressed={multiple ? chosen.includes(code) : undefined}
            tabIndex={multiple || at === reached ? 0 : -1}
            onClick={() => press(code)}
          >
            {words}
          </button>
        ))}
      </div>
      {error && (
        <p className="small" style={{ color: 'var(--danger)', marginTop: 4 }} role="alert">
          {error}
        </p>
      )}
    </div>
  );
}

const plain = (value: number): string => String(value).replace('.', ',');
function NumberField({
  item,
  answer,
  onChange,
  asking,
  at,
  common,
}: {
  item: Item;
  answer: Answer | undefined;
  onChange: (answers: Answer[]) => void;
  asking: Asking;
  at: string;
  common: { label: string; error: string | undefined; description: string | undefined; required: boolean };
}) {
  const unit = unitOf(item);
  const value = answer?.valueQuantity?.value ?? answer?.valueDecimal ?? answer?.valueInteger;
  const { min, max } = boundsOf(item);
  const kept = asking.typed[at];
  const typed =
    kept !== undefined && (Number(kept.replace(',', '.')) === value || value === undefined)
      ? kept
      : value === undefined
        ? ''
        : plain(value);
  const wrong =
    typed.trim() !== '' && value === undefined
      ? item.type === 'integer'
        ? 'Un nombre entier.'
        : 'Un nombre.'
      : undefined;
  const type = (words: string) => {
    asking.type(at, words);
    const number = Number(words.replace(',', '.').replace(/\s/g, ''));
    if (words.trim() === '' || !Number.isFinite(number) || (item.type === 'integer' && !Number.isInteger(number)))
      return onChange([]);
    onChange([
      item.type === 'integer'
        ? { valueInteger: number }
        : item.type === 'decimal'
          ? { valueDecimal: number }
          : {
              valueQuantity: {
                value: number,
                ...(unit && { unit: unit.display, system: unit.system, code: unit.code }),
              },
            },
    ]);
  };
  return (
    <TextInput
      {...common}
      error={common.error ?? wrong}
      inputMode="decimal"
      autoComplete="off"
      style={{ maxWidth: 200 }}
      rightSection={unit?.display ? <span className="dim small">{unit.display}</span> : undefined}
      rightSectionWidth={unit?.display ? Math.max(44, unit.display.length * 9 + 16) : undefined}
      placeholder={
        min !== undefined && max !== undefined && max - min <= 200 ? `${sayNumber(min)} à ${sayNumber(max)}` : undefined
      }
      value={typed}
      onChange={(event) => type(event.currentTarget.value)}
    />
  );
}
