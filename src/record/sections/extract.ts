/** What signed answers give the record: Observation-based and definition-based extraction of SDC (http://hl7.org/fhir/uv/sdc/extraction.html). */
import type { Condition, Observation, Questionnaire, QuestionnaireResponse } from '@medplum/fhirtypes';
import { kindOfResource, newId } from '../../fhir/index.ts';
import type { Sensitivity } from '../contract.ts';
import {
  answerValue,
  becomes,
  becomesObservation,
  loincOf,
  lookBackDays,
  sensitiveOf,
} from '../contract/sections/form.ts';
import { type Given, givenOf } from '../contract/sections/repetition.ts';
import { type Measure, measureOf } from '../data/measures.ts';
import { dayOf, daysBetween, typedMoment } from '../dates.rules.ts';
import { concept, loinc } from '../fhir-words.ts';
import type { Entered } from '../read/enter.ts';
import { statusOf } from '../read/reading.ts';
import { author, stamped, subjectOf } from '../write/author.ts';
import { measureResources } from '../write/enter-measures.ts';
import { newest } from './populate.ts';

export type Extracted = Observation | Condition;
/** Of which repetition of a part the value is, in words: two wounds give two values of one score at the same moment. */
const rowUrl = 'urn:estran:section-row';
/** The repetition that `extracted` wrote on what it gave; '' for none. */
export const repetitionOf = (resource: Extracted): string =>
  resource.extension?.find(({ url }) => url === rowUrl)?.valueString ?? '';

/** One act of answering: who answered and what all that comes of it shares. */
interface Answers {
  entered: Entered;
  form: Questionnaire;
  response: QuestionnaireResponse;
  given: readonly Given[];
  /** What these answers gave before: `Observation/…`, `Condition/…`. */
  before: readonly string[];
  shared: { sensitive: Sensitivity | null; encounter?: string | null | undefined };
}

/** Observations and problems that the answers give, of the kinds that this person may write: the rest stays in the answers, where it can be read. */
export async function extracted(
  entered: Entered,
  form: Questionnaire,
  response: QuestionnaireResponse,
  shared: Answers['shared'],
  before: readonly string[] = [],
): Promise<Extracted[]> {
  const answers = { entered, form, response, given: givenOf(form, response.item ?? []), before, shared };
  const found = [...(await measuresIn(answers)), ...scoresIn(answers), ...(await problemsIn(answers))];
  return found.filter((one) => entered.rights.add.has(kindOfResource(one)));
}

/** Each repetition is a measure of its own: lying and standing are two blood pressures. */
async function measuresIn(answers: Answers): Promise<Observation[]> {
  const { entered, form, response, shared } = answers;
  const found: Observation[] = [];
  for (const of of Map.groupBy(await measured(answers), ({ row }) => row).values()) {
    const name = nameOf(of[0]!);
    const made = await measureResources(entered, {
      values: of.flatMap(({ measure, value }) => (typeof value === 'number' ? [{ code: measure.code, value }] : [])),
      at: typedMoment(response.authored),
      confirmed: true,
      // A weight tells nothing of what the form is about; what a person marked stays marked.
      ...(sensitiveOf(form) ? { encounter: shared.encounter } : shared),
      ...(name && { note: name }),
    });
    for (const one of made)
      found.push({
        ...one,
        ...(name && { extension: [...(one.extension ?? []), ...rowExtension(name)] }),
        derivedFrom: [...(one.derivedFrom ?? []), ...derivedFrom(response)],
      });
  }
  return found;
}
interface Measured extends Given {
  measure: Measure;
  value: ReturnType<typeof answerValue>;
}
/** Answers that are measures of the house. What the record said, and nobody changed, is there already: it is not measured a second time. */
async function measured({ entered, given, before }: Answers): Promise<Measured[]> {
  const all = given.flatMap((one): Measured[] => {
    const measure = becomesObservation(one.item) ? measureOf(loincOf(one.item)!) : undefined;
    return measure ? [{ ...one, measure, value: answerValue(one.answer[0]) }] : [];
  });
  const prefilled = all.filter(({ item }) => lookBackDays(item) !== undefined);
  const there = await newest(
    entered,
    prefilled.map(({ measure }) => measure.code),
  );
  return all.filter(({ item, row, measure, value }) => {
    const known = there.get(measure.code);
    const within = lookBackDays(item);
    return (
      row !== '' ||
      within === undefined ||
      known === undefined ||
      known.value !== value ||
      before.includes(known.from) ||
      daysBetween(dayOf(known.at), entered.reading.today) > within
    );
  });
}

/** Scores that are no measure of the house. */
function scoresIn({ entered, response, given, shared }: Answers): Observation[] {
  return given.flatMap((one) => {
    const { item } = one;
    const value = answerValue(one.answer[0]);
    if (!becomesObservation(item) || measureOf(loincOf(item)!) || typeof value !== 'number') return [];
    const name = nameOf(one);
    const score: Observation = {
      resourceType: 'Observation',
      id: newId(),
      status: 'final',
      category: [concept('observation-category', 'survey')],
      code: {
        coding: [{ system: loinc, code: loincOf(item)!, display: item.text }],
        text: `${item.text ?? ''}${name ? `, ${name}` : ''}`,
      },
      subject: subjectOf(entered),
      effectiveDateTime: response.authored,
      performer: [author(entered)],
      ...(item.type === 'integer' ? { valueInteger: value } : { valueQuantity: { value } }),
      derivedFrom: derivedFrom(response),
      ...(name && { extension: rowExtension(name) }),
    };
    return [stamped(entered, score, shared)];
  });
}

/** Problems chosen; one that is in the record already is not added a second time. */
async function problemsIn({ entered, response, given, before, shared }: Answers): Promise<Condition[]> {
  const chosen = new Map(
    given.flatMap(({ item, answer }) =>
      becomes(item) === 'Condition'
        ? answer.flatMap(({ valueCoding }) => (valueCoding ? [[valueCoding.code ?? '', valueCoding] as const] : []))
        : [],
    ),
  );
  const found: Condition[] = [];
  for (const { system, code, display } of chosen.values()) {
    if (await isProblemHere(entered, code ?? '', before)) continue;
    const problem: Condition = {
      resourceType: 'Condition',
      id: newId(),
      clinicalStatus: concept('condition-clinical', 'active'),
      verificationStatus: concept('condition-ver-status', 'confirmed'),
      category: [concept('condition-category', 'problem-list-item', 'Problème')],
      code: { coding: [{ system, code, display }], text: display },
      subject: subjectOf(entered),
      recordedDate: response.authored,
      recorder: author(entered),
      asserter: author(entered),
      evidence: [{ detail: derivedFrom(response) }],
    };
    found.push(stamped(entered, problem, shared));
  }
  return found;
}
/** `own`: what these answers gave before. */
async function isProblemHere(entered: Entered, code: string, own: readonly string[]): Promise<boolean> {
  const { resources } = await entered.store.search('Condition', [
    ['patient', `Patient/${entered.patientId}`],
    ['code', code],
    ['clinical-status', 'active'],
    ['_count', '5'],
  ]);
  return resources.some(
    ({ id, resource }) => statusOf(resource) !== 'entered-in-error' && !own.includes(`Condition/${id}`),
  );
}

const nameOf = ({ name, label }: Given): string => name || label;
const rowExtension = (name: string) => [{ url: rowUrl, valueString: name }];
const derivedFrom = (response: QuestionnaireResponse) => [{ reference: `QuestionnaireResponse/${response.id}` }];
