import { Select, Textarea, TextInput } from '@mantine/core';
import { useId } from 'react';
import { DateField } from '../../../web/ui/DateField.tsx';
import { type Answer, controlOf, type Item, rowKey } from '../../contract.ts';
import { PhotoAnswer } from './PhotoAnswer.tsx';
import type { Asking } from './asking.ts';
import { NumberAnswer } from './NumberAnswer.tsx';
import { Options } from './Options.tsx';

/** The field in which one question is answered, by its type. */
export function AnswerField({
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
        <NumberAnswer
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
          waits={(on) => asking.waits(id, on)}
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
