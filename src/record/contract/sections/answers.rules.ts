import type { Questionnaire, QuestionnaireItemEnableWhen } from '@medplum/fhirtypes';
import { answersNear, isRows, type Place, rowKey, wholeOf, withinRow } from './repetition.ts';
import {
  type Answer,
  type Answered,
  boundsOf,
  calculatedOf,
  decimalsOf,
  isQuestion,
  type Item,
  itemsOf,
  unitOf,
  answerValue,
} from './form.ts';

const expected = (when: QuestionnaireItemEnableWhen): string | number | boolean | undefined =>
  when.answerBoolean ??
  when.answerDecimal ??
  when.answerInteger ??
  when.answerQuantity?.value ??
  when.answerCoding?.code ??
  when.answerDate ??
  when.answerString;
/** FHIR's seven operators; an answer of another kind never matches. */
export function holds(when: QuestionnaireItemEnableWhen, answers: readonly Answer[]): boolean {
  if (when.operator === 'exists') return answers.length > 0 === (when.answerBoolean ?? true);
  const wanted = expected(when);
  const given = answers.map(answerValue);
  switch (when.operator) {
    case '=':
      return given.includes(wanted);
    case '!=':
      return !given.includes(wanted);
    default:
      return given.some((value) => {
        if (value === undefined || wanted === undefined || typeof value !== typeof wanted) return false;
        return when.operator === '>'
          ? value > wanted
          : when.operator === '<'
            ? value < wanted
            : when.operator === '>='
              ? value >= wanted
              : value <= wanted;
      });
  }
}
/** Is this item asked, there? Its own conditions; those of the items above are the caller's. */
export function isEnabled(item: Item, place: Place): boolean {
  if (!item.enableWhen?.length) return true;
  const each = item.enableWhen.map((when) => holds(when, answersNear(place, when.question)));
  return item.enableBehavior === 'any' ? each.includes(true) : !each.includes(false);
}

/** What is not asked, empty answers and unknown items leave; the order is that of the form. Once more while a condition looked at what left. */
export function pruned(form: Questionnaire, answered: readonly Answered[]): Answered[] {
  let now = [...answered];
  for (let round = 0; round < 10; round++) {
    const next = keep(form.item, now, wholeOf(form, now));
    if (JSON.stringify(next) === JSON.stringify(now)) return next;
    now = next;
  }
  return now;
}
function keep(items: readonly Item[] | undefined, answered: readonly Answered[], place: Place): Answered[] {
  const kept: Answered[] = [];
  for (const item of items ?? []) {
    if (item.type === 'display' || !isEnabled(item, place)) continue;
    const own = answered.filter(({ linkId }) => linkId === item.linkId);
    for (const [at, one] of (isRows(item) ? own : own.slice(0, 1)).entries()) {
      const answer = (one.answer ?? [])
        .filter((each) => answerValue(each) !== undefined && answerValue(each) !== '')
        .slice(0, item.repeats || item.type === 'group' ? 100 : 1);
      const below = keep(item.item, one.item ?? [], isRows(item) ? withinRow(place, item, one, at + 1) : place);
      if (item.type === 'group' ? below.length > 0 : answer.length > 0)
        kept.push({
          linkId: item.linkId,
          ...(item.text && { text: item.text }),
          ...(isQuestion(item) && { answer }),
          ...(below.length > 0 && { item: below }),
        });
    }
  }
  return kept;
}
/** Repetitions with nothing in them leave: the number that each will have, from 1; null for one that leaves. */
export function numbersOf(part: Item, rows: readonly Answered[], place: Place): (number | null)[] {
  let number = 0;
  return rows.map((row) =>
    keep(part.item, row.item ?? [], withinRow(place, part, row, number + 1)).length > 0 ? ++number : null,
  );
}

/** What keeps the answers from being signed, or as a draft from being kept, by linkId; inside a repetition by `rowKey`. */
export function flaws(
  form: Questionnaire,
  answered: readonly Answered[],
  as: 'draft' | 'signed' = 'signed',
): Record<string, string> {
  const found: Record<string, string> = {};
  check(form.item, answered, wholeOf(form, answered), { as, found });
  return found;
}
function check(
  items: readonly Item[] | undefined,
  answered: readonly Answered[],
  place: Place,
  flaws: { as: 'draft' | 'signed'; found: Record<string, string> },
): void {
  const { as, found } = flaws;
  for (const item of items ?? []) {
    if (!isEnabled(item, place)) continue;
    const own = answered.filter(({ linkId }) => linkId === item.linkId);
    const answers = own.flatMap(({ answer }) => answer ?? []);
    const key = rowKey(item.linkId, place.row);
    if (isQuestion(item)) {
      if (as === 'signed' && item.required && answers.length === 0 && !calculatedOf(item))
        found[key] = 'Cette réponse est attendue.';
      for (const answer of answers) {
        const wrong = wrongAnswer(item, answer);
        if (wrong) found[key] = wrong;
      }
    } else if (as === 'signed' && item.type === 'group' && item.required && own.length === 0)
      found[key] = 'Cette partie est attendue.';
    if (isRows(item))
      for (const [at, one] of own.entries())
        check(item.item, one.item ?? [], withinRow(place, item, one, at + 1), flaws);
    else check(item.item, own[0]?.item ?? [], place, flaws);
  }
}
const say = (value: number): string => String(value).replace('.', ',');
/** An answer of the wrong type, outside of the bounds or of the list. */
export function wrongAnswer(item: Item, answer: Answer): string | undefined {
  const numeric = (value: number | undefined) => {
    if (value === undefined || !Number.isFinite(value)) return 'Un nombre est attendu.';
    const { min, max } = boundsOf(item);
    if ((min !== undefined && value < min) || (max !== undefined && value > max))
      return `Entre ${min === undefined ? '…' : say(min)} et ${max === undefined ? '…' : say(max)}.`;
    const decimals = item.type === 'integer' ? 0 : decimalsOf(item);
    return decimals !== undefined && Math.abs(value - Number(value.toFixed(decimals))) > 1e-9
      ? decimals === 0
        ? 'Un nombre entier est attendu.'
        : `${decimals} décimales au plus.`
      : undefined;
  };
  switch (item.type) {
    case 'boolean':
      return typeof answer.valueBoolean === 'boolean' ? undefined : 'Oui ou non.';
    case 'integer':
      return numeric(answer.valueInteger);
    case 'decimal':
      return numeric(answer.valueDecimal);
    case 'quantity':
      return unitOf(item) && answer.valueQuantity?.code !== unitOf(item)!.code
        ? 'L’unité n’est pas celle du volet.'
        : numeric(answer.valueQuantity?.value);
    case 'date':
      return /^\d{4}(-\d{2}(-\d{2})?)?$/.test(answer.valueDate ?? '') ? undefined : 'Une date est attendue.';
    case 'choice':
    case 'open-choice': {
      const code = answer.valueCoding?.code;
      if (item.type === 'open-choice' && answer.valueString !== undefined)
        return answer.valueString.length <= 500 ? undefined : '500 caractères au plus.';
      return item.answerOption?.some((option) => option.valueCoding?.code === code)
        ? undefined
        : 'À choisir dans la liste.';
    }
    case 'attachment':
      return /^DocumentReference\/[A-Za-z0-9\-.]{1,64}$/.test(answer.valueAttachment?.url ?? '')
        ? undefined
        : 'Une image est attendue.';
    case 'string':
    case 'text':
      return typeof answer.valueString === 'string' && answer.valueString.length <= (item.maxLength ?? 10_000)
        ? undefined
        : `${item.maxLength ?? 10_000} caractères au plus.`;
    default:
      return 'Ce genre de question n’est pas pris en charge.';
  }
}

/** Puts the form's own option (words, weight) in place of the code that came, and its unit beside a quantity: what is kept says what was asked. */
export function withOwnWords(form: Questionnaire, answered: readonly Answered[]): Answered[] {
  const items = new Map([...itemsOf(form.item)].map(({ item }) => [item.linkId, item]));
  const walk = (list: readonly Answered[]): Answered[] =>
    list.map((one) => {
      const item = items.get(one.linkId);
      return {
        ...one,
        ...(one.answer && {
          answer: one.answer.map((answer) => {
            const option =
              answer.valueCoding &&
              item?.answerOption?.find((each) => each.valueCoding?.code === answer.valueCoding!.code)?.valueCoding;
            return option ? { ...answer, valueCoding: option } : answer;
          }),
        }),
        ...(one.item && { item: walk(one.item) }),
      };
    });
  return walk(answered);
}
