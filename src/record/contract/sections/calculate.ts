import type { Questionnaire } from '@medplum/fhirtypes';
import fhirpath from 'fhirpath';
import { pruned } from './answers.rules.ts';
import { type Answer, type Answered, calculatedOf, decimalsOf, type Item, itemsOf, unitOf } from './form.ts';
import { harmless } from './harmless.ts';

/** As much of FHIR's shapes as expressions over answers need: a whole model would weigh half a megabyte on the screen. */
const value = [
  'Boolean',
  'Decimal',
  'Integer',
  'Date',
  'DateTime',
  'Time',
  'String',
  'Uri',
  'Attachment',
  'Coding',
  'Quantity',
  'Reference',
];
const model = {
  version: 'r4' as const,
  score: {
    propertyURI: 'http://hl7.org/fhir/concept-properties#ordinalValue',
    extensionURI: ['http://hl7.org/fhir/StructureDefinition/ordinalValue'],
  },
  choiceTypePaths: {
    'QuestionnaireResponse.item.answer.value': value,
    'QuestionnaireResponse.item.item.answer.value': value,
    'QuestionnaireResponse.item.answer.item.answer.value': value,
    'Extension.value': value,
  },
  pathsDefinedElsewhere: {
    'QuestionnaireResponse.item.item': 'QuestionnaireResponse.item',
    'QuestionnaireResponse.item.answer.item': 'QuestionnaireResponse.item',
  },
  type2Parent: {},
  path2Type: {},
  path2TypeWithoutElements: {},
  resourcesWithUrlParam: {},
  availableTypes: new Set<string>(),
};

export interface About {
  /** ISO birth date and FHIR gender of the patient. */
  birthDate?: string | undefined;
  gender?: string | undefined;
  /** Age in years on the day of the answers. */
  age?: number | undefined;
}
const answerFor = (item: Item, result: unknown): Answer | undefined => {
  if (result === undefined || result === null) return undefined;
  if (item.type === 'boolean') return typeof result === 'boolean' ? { valueBoolean: result } : undefined;
  if (item.type === 'string' || item.type === 'text') return { valueString: String(result) };
  const number = typeof result === 'number' ? result : Number(result);
  if (!Number.isFinite(number)) return undefined;
  const rounded = Number(number.toFixed(item.type === 'integer' ? 0 : (decimalsOf(item) ?? 2)));
  if (item.type === 'integer') return { valueInteger: rounded };
  if (item.type === 'quantity')
    return {
      valueQuantity: {
        value: rounded,
        ...(unitOf(item) && { unit: unitOf(item)!.display, system: unitOf(item)!.system, code: unitOf(item)!.code }),
      },
    };
  return { valueDecimal: rounded };
};

/**
 * Works out every calculated item (FHIRPath over the answers; `%age`, `%gender` of the patient), until nothing moves: a score may stand on another. An expression that has nothing to
 * work on, or fails, leaves its item without an answer: a score is shown whole or not at all.
 */
export function calculated(form: Questionnaire, answered: readonly Answered[], about: About = {}): Answered[] {
  const scores = [...itemsOf(form.item)].filter(({ item }) => calculatedOf(item));
  let now = pruned(form, answered);
  for (let round = 0; round < 5 && scores.length > 0; round++) {
    let next = now;
    const resource = { resourceType: 'QuestionnaireResponse', status: 'in-progress', item: now };
    for (const { item, above } of scores)
      next = worked(next, [...above, item], (seen) =>
        evaluate(item, { ...resource, item: numbered(seen) }, form, about),
      );
    next = pruned(form, next);
    if (JSON.stringify(next) === JSON.stringify(now)) return next;
    now = next;
  }
  return now;
}
/** `repeat()` gives equal nodes once (https://hl7.org/fhirpath/#repeatprojection-expression-collection): two wounds answered alike are two all the same. */
function numbered(answered: readonly Answered[], above = ''): Answered[] {
  return answered.map((one, at) => ({
    ...one,
    id: `${above}${at}`,
    ...(one.item && { item: numbered(one.item, `${above}${at}.`) }),
  }));
}
function evaluate(item: Item, resource: object, form: Questionnaire, about: About): Answer | undefined {
  if (!harmless(calculatedOf(item)!)) return undefined;
  try {
    const results = fhirpath.evaluate(
      resource,
      calculatedOf(item)!,
      { resource, questionnaire: form, age: about.age ?? [], gender: about.gender ?? [] },
      model as never,
    ) as unknown[];
    return answerFor(item, results.length === 1 ? results[0] : undefined);
  } catch {
    return undefined;
  }
}
/** Works one item out where it stands; inside a repeating group once per repetition, which sees its own answers and none of its siblings'. */
function worked(
  answered: readonly Answered[],
  path: readonly Item[],
  work: (seen: readonly Answered[]) => Answer | undefined,
  around: (own: readonly Answered[]) => readonly Answered[] = (own) => own,
): Answered[] {
  const [item, ...rest] = path;
  const group = rest.length > 0 && path.some(({ repeats }, at) => repeats && at < path.length - 1);
  if (!group) return withAnswer(answered, path, work(around(answered)));
  const others = answered.filter(({ linkId }) => linkId !== item!.linkId);
  return answered.map((one) =>
    one.linkId === item!.linkId
      ? { ...one, item: worked(one.item ?? [], rest, work, (own) => around([...others, { ...one, item: [...own] }])) }
      : one,
  );
}
/** Puts an answer at the end of a path of items, making the groups on the way. */
export function withAnswer(
  answered: readonly Answered[],
  path: readonly Item[],
  answer: Answer | undefined,
): Answered[] {
  const [item, ...rest] = path;
  const at = answered.findIndex(({ linkId }) => linkId === item!.linkId);
  const before = at >= 0 ? answered[at]! : { linkId: item!.linkId, ...(item!.text && { text: item!.text }) };
  const { answer: _, ...others } = before;
  const after: Answered =
    rest.length > 0
      ? { ...before, item: withAnswer(before.item ?? [], rest, answer) }
      : { ...others, ...(answer && { answer: [answer] }) };
  return at >= 0 ? answered.map((one, index) => (index === at ? after : one)) : [...answered, after];
}
