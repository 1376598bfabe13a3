import type { Questionnaire } from '@medplum/fhirtypes';
import { type Answer, type Answered, type Item, isQuestion, itemsOf, answerValue } from './form.ts';

/** Answers anywhere below, by linkId. */
export function answersTo(answered: readonly Answered[] | undefined, linkId: string): Answer[] {
  return (answered ?? []).flatMap((one) => [
    ...(one.linkId === linkId ? (one.answer ?? []) : []),
    ...answersTo(one.item, linkId),
    ...(one.answer ?? []).flatMap((answer) => answersTo(answer.item, linkId)),
  ]);
}

/**
 * From where a question is asked: the whole form, or one repetition of a part that repeats (one wound among several), with what stands around it. `row` numbers the repetitions on the way,
 * from 1: «2», «2.1»; '' outside of any.
 */
export interface Place {
  items: readonly Item[] | undefined;
  answered: readonly Answered[];
  row: string;
  around?: Place;
}
export const wholeOf = (form: Pick<Questionnaire, 'item'>, answered: readonly Answered[]): Place => ({
  items: form.item,
  answered,
  row: '',
});
/** `number`: which repetition of the part it is, from 1. */
export const withinRow = (around: Place, part: Item, row: Answered, number: number): Place => ({
  items: part.item,
  answered: row.item ?? [],
  row: around.row ? `${around.row}.${number}` : String(number),
  around,
});
export const isRows = (item: Item): boolean => item.type === 'group' && item.repeats === true;

const below = new WeakMap<readonly Item[], ReadonlySet<string>>();
function asks(items: readonly Item[] | undefined, linkId: string): boolean {
  if (!items) return false;
  const known = below.get(items) ?? new Set([...itemsOf(items)].map(({ item }) => item.linkId));
  below.set(items, known);
  return known.has(linkId);
}
/**
 * The answers that a condition looks at: those of the nearest repetition whose part asks the question, were it unanswered there; never those of the repetition beside (enableWhen, «nearest
 * question occurrence»: https://hl7.org/fhir/R4/questionnaire-definitions.html#Questionnaire.item.enableWhen.question). From outside of the part that repeats: those of all its repetitions.
 */
export function answersNear(place: Place, linkId: string): Answer[] {
  let here = place;
  while (here.around && !asks(here.items, linkId)) here = here.around;
  return answersTo(here.answered, linkId);
}

/** One answer of one repetition, as an error or a score names it: «aspect#2»; outside of any, «aspect». */
export const rowKey = (linkId: string, row: string): string => (row ? `${linkId}#${row}` : linkId);

/** The question whose answer names a repetition: the first one of its part, when it is told in words. */
export const namingOf = (part: Item): string | undefined => {
  const first = part.item?.find(isQuestion);
  return first &&
    (first.type === 'string' || (!first.repeats && (first.type === 'choice' || first.type === 'open-choice')))
    ? first.linkId
    : undefined;
};
const said = (answer: Answer | undefined): string => answer?.valueString?.trim() || answer?.valueCoding?.display || '';
/** «Talon droit»; '' when it has no name. */
export const rowName = (row: Answered, naming: string | undefined): string =>
  said(row.item?.find(({ linkId }) => linkId === naming)?.answer?.[0]);
/** Answers are kept in the order of their form: the first one of each repetition names it, where there is no form to tell. */
export const namingAmong = (rows: readonly Answered[]): string | undefined => {
  const first = rows[0]?.item?.[0]?.linkId;
  return rows.every(({ item }) => item?.[0]?.linkId === first && said(item?.[0]?.answer?.[0]) !== '')
    ? first
    : undefined;
};
/** «Plaie 2 (Talon droit)»; `number` from 1, absent where there is only one. */
export const rowLabel = (part: string | undefined, number: number | undefined, name: string): string =>
  [part || 'Ligne', ...(number === undefined ? [] : [String(number)]), ...(name ? [`(${name})`] : [])].join(' ');

export interface Given {
  item: Item;
  answer: Answer[];
  row: string;
  /** What the nearest repetition is called, for whoever reads the answer away from its form; '' outside of any. */
  label: string;
  name: string;
}
/** Every answer with its question and the repetition it stands in, in the order of the form. */
export function givenOf(form: Pick<Questionnaire, 'item'>, answered: readonly Answered[]): Given[] {
  const walk = (
    items: readonly Item[] | undefined,
    list: readonly Answered[],
    at: Pick<Given, 'row' | 'label' | 'name'>,
  ): Given[] =>
    (items ?? []).flatMap((item) => {
      const own = list.filter(({ linkId }) => linkId === item.linkId);
      if (isRows(item))
        return own.flatMap((one, index) => {
          const name = rowName(one, namingOf(item));
          return walk(item.item, one.item ?? [], {
            row: at.row ? `${at.row}.${index + 1}` : String(index + 1),
            label: rowLabel(item.text, own.length > 1 ? index + 1 : undefined, name),
            name,
          });
        });
      const answer = own[0]?.answer ?? [];
      return [
        ...(isQuestion(item) && answer.some((one) => answerValue(one) !== undefined) ? [{ item, answer, ...at }] : []),
        ...walk(item.item, own[0]?.item ?? [], at),
      ];
    });
  return walk(form.item, answered, { row: '', label: '', name: '' });
}
