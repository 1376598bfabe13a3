import { TextInput } from '@mantine/core';
import { sayNumber } from '../../../web/say.ts';
import { type Answer, boundsOf, type Item, unitOf } from '../../contract.ts';
import type { Asking } from './asking.ts';

const plain = (value: number): string => String(value).replace('.', ',');
export function NumberAnswer({
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
