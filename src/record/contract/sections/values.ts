import type { Questionnaire } from '@medplum/fhirtypes';
import { type Answer, type Answered, type Item, isQuestion, unitOf } from './form.ts';

/** A value as one would say it: yes or no, a number, an option's code or several, words, an ISO day. */
export type Said = boolean | number | string | readonly string[];

function answerOf(item: Item, value: boolean | number | string): Answer {
  const unit = unitOf(item);
  switch (item.type) {
    case 'boolean':
      return { valueBoolean: value === true };
    case 'integer':
      return { valueInteger: Number(value) };
    case 'decimal':
      return { valueDecimal: Number(value) };
    case 'quantity':
      return {
        valueQuantity: {
          value: Number(value),
          ...(unit && { ...(unit.display && { unit: unit.display }), system: unit.system, code: unit.code }),
        },
      };
    case 'date':
      return { valueDate: String(value) };
    case 'choice':
    case 'open-choice':
      return {
        valueCoding: item.answerOption?.find(({ valueCoding }) => valueCoding?.code === value)?.valueCoding ?? {
          code: String(value),
        },
      };
    default:
      return { valueString: String(value) };
  }
}
/** Answers to a section from values by linkId; scores are worked out apart (`calculated`). */
export function answersFrom(form: Questionnaire, said: Readonly<Record<string, Said>>): Answered[] {
  const walk = (items: readonly Item[] | undefined): Answered[] =>
    (items ?? []).flatMap((item): Answered[] => {
      const about = { linkId: item.linkId, ...(item.text && { text: item.text }) };
      if (!isQuestion(item)) {
        const below = walk(item.item);
        return below.length > 0 ? [{ ...about, item: below }] : [];
      }
      const value = said[item.linkId];
      if (value === undefined) return [];
      return [
        {
          ...about,
          answer: (Array.isArray(value) ? [...(value as readonly string[])] : [value as boolean | number | string]).map(
            (one) => answerOf(item, one),
          ),
        },
      ];
    });
  return walk(form.item);
}
