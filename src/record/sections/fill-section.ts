import type { Condition, Observation, Questionnaire, QuestionnaireResponse } from '@medplum/fhirtypes';
import type { z } from 'zod';
import { FhirProblem, kindOfResource, newId, placeOf, type Resource, type Stored } from '../../fhir/index.ts';
import { conflict, Problem } from '../../platform/index.ts';
import type { Sensitivity, sectionBody, Written } from '../contract.ts';
import { measureOf } from '../data/measures.ts';
import { dateLabel, dayOf, daysBetween } from '../dates.rules.ts';
import { concept, firstCode, loinc, sensitivityOf } from '../fhir-words.ts';
import type { Entered } from '../read/enter.ts';
import { sectionTitle } from '../read/labels.ts';
import { curveOf } from '../read/measures.rules.ts';
import { lineOf, statusOf } from '../read/reading.ts';
import { author, momentIn, stamped, subjectOf } from '../write/author.ts';
import { measureResources } from '../write/enter-measures.ts';
import { inError } from '../write/life.ts';
import { entryOf, replace, written } from '../write/save.ts';
import { flaws, pruned, withOwnWords } from '../contract/sections/answers.rules.ts';
import { calculated } from '../contract/sections/calculate.ts';
import { givenOf } from '../contract/sections/repetition.ts';
import {
  type Answered,
  becomes,
  becomesObservation,
  canonicalParts,
  isAdministrative,
  loincOf,
  lookBackDays,
  sectionUrl,
  sensitiveOf,
  urls,
  answerValue,
} from '../contract/sections/form.ts';
import { editionHeld, type Shelf, sectionHeld } from './library.ts';
import { aboutPatient, newest, scoresOf } from './populate.ts';

type Body = z.infer<typeof sectionBody>;
/** What came out of the answers, so that a correction finds it again. */
const extractedUrl = 'urn:estran:section-extracted';
/** Of which repetition of a part the value is, in words: two wounds give two values of one score at the same moment. */
const rowUrl = 'urn:estran:section-row';
const extractedOf = (response: QuestionnaireResponse): string[] =>
  (response.extension ?? [])
    .filter(({ url }) => url === extractedUrl)
    .flatMap(({ valueReference }) => valueReference?.reference ?? []);

/** The answers as they will be kept: our own words and points, what is asked only, scores worked out here whatever the screen said. */
function answersFrom(entered: Entered, form: Questionnaire, body: Body): Answered[] {
  const own = withOwnWords(form, pruned(form, body.items as Answered[]));
  const about = aboutPatient(entered);
  const items = calculated(form, own, { age: about.age ?? undefined, gender: about.gender ?? undefined });
  const found = flaws(form, items);
  // A draft may lack answers; a wrong one is told at once.
  const wrong = Object.entries(found).filter(
    ([, words]) => !body.draft || !/attendue\.$/.test(words) || words.startsWith('Une'),
  );
  if (wrong.length > 0)
    throw new Problem(
      422,
      'Saisie à corriger',
      `${wrong.length > 1 ? `${wrong.length} réponses sont à revoir` : 'Une réponse est à revoir'}. Rien n’a été enregistré.`,
      { fields: Object.fromEntries(wrong) },
    );
  if (items.length === 0)
    throw new Problem(422, 'Volet vide', 'Répondez au moins à une question. Rien n’a été enregistré.', { fields: {} });
  return items;
}
function responseOf(
  entered: Entered,
  form: Questionnaire,
  body: Body,
  items: Answered[],
  base?: Resource,
): QuestionnaireResponse {
  const old = base as QuestionnaireResponse | undefined;
  const status = body.draft ? 'in-progress' : old && statusOf(base!) !== 'draft' ? 'amended' : 'completed';
  return {
    ...old,
    resourceType: 'QuestionnaireResponse',
    id: old?.id ?? newId(),
    status,
    questionnaire: `${sectionUrl(body.section)}|${body.edition}`,
    subject: subjectOf(entered),
    authored: body.at || !old?.authored ? momentIn(entered, 'at', body.at ?? null) : old.authored,
    author: old?.author ?? author(entered),
    item: items,
    ...({ _questionnaire: { extension: [{ url: urls.display, valueString: form.title }] } } as object),
  };
}
const sensitivity = (form: Questionnaire, body: Body): Sensitivity | null =>
  (sensitiveOf(form) as Sensitivity | undefined) ?? body.sensitive ?? null;

/** Keeps the answers; signed, their measures, scores and problems enter the record in the same transaction (extraction of SDC). */
export async function addSection(shelf: Shelf, entered: Entered, body: Body): Promise<Written> {
  const { form } = await sectionHeld(shelf, body.section);
  if (form.status !== 'active')
    throw conflict('Ce volet n’est plus en service. Rien n’a été enregistré ; votre saisie reste sur cet écran.');
  if (form.version !== body.edition)
    throw conflict(
      'Une nouvelle édition de ce volet vient d’être mise en service. Votre saisie reste sur cet écran : rouvrez le volet, les réponses qui y sont encore sont gardées.',
      { code: 'newer-edition', edition: form.version },
    );
  const items = answersFrom(entered, form, body);
  const response = responseOf(entered, form, body, items);
  const sensitive = sensitivity(form, body);
  const out = body.draft ? [] : await extracted(entered, form, response, { sensitive, encounter: body.encounter });
  const kept = {
    ...response,
    extension: out.map(({ resourceType, id }) => ({
      url: extractedUrl,
      valueReference: { reference: `${resourceType}/${id}` },
    })),
  };
  return written(
    entered,
    await entered.store.createMany([
      stamped(entered, kept, { sensitive, administrative: isAdministrative(form), encounter: body.encounter }),
      ...out,
    ]),
  );
}

/** Corrects or signs: a new version, and what came from the answers follows. */
export async function correctSection(shelf: Shelf, entered: Entered, id: string, body: Body): Promise<Written> {
  const stored = await entryOf(entered, 'QuestionnaireResponse', id);
  if (body.version === undefined)
    throw new Problem(
      422,
      'Saisie à corriger',
      'La version que vous corrigez manque. Rechargez la page puis recommencez.',
      { fields: { version: 'Version manquante.' } },
    );
  const old = stored.resource;
  const of = canonicalParts(old.questionnaire);
  if (!of || of.id !== body.section) throw conflict('Ces réponses sont celles d’un autre volet. Rien n’a été modifié.');
  if (statusOf(stored.resource) === 'entered-in-error')
    throw conflict('Cet élément a été marqué comme saisi par erreur : il ne se corrige plus. Ajoutez-en un nouveau.', {
      code: 'entered-in-error',
    });
  if (body.draft && statusOf(stored.resource) !== 'draft')
    throw conflict('Ces réponses sont signées : une correction se signe aussi. Rien n’a été modifié.');
  const form = await editionHeld(shelf, of.id, of.edition);
  const items = answersFrom(entered, form, { ...body, edition: of.edition });
  const response = responseOf(entered, form, { ...body, edition: of.edition }, items, stored.resource);
  const sensitive = sensitivity(form, {
    ...body,
    sensitive: body.sensitive === undefined ? sensitivityOf(stored.resource as never) : body.sensitive,
  });
  const before = extractedOf(old);
  const out = body.draft
    ? []
    : await extracted(entered, form, response, { sensitive, encounter: body.encounter }, before);
  const done = await entered.store.transaction(async (store) => {
    const within = { ...entered, store };
    const lines = await follow(within, before, out, body.reason);
    const extension = [
      ...(old.extension ?? []).filter(({ url }) => url !== extractedUrl),
      ...lines
        .filter(({ resource }) => statusOf(resource) !== 'entered-in-error')
        .map(({ type, id: one }) => ({ url: extractedUrl, valueReference: { reference: `${type}/${one}` } })),
    ];
    const next = stamped(
      within,
      { ...response, extension },
      { base: stored.resource, sensitive, reason: body.reason, encounter: body.encounter },
    );
    return [await replace(within, stored, body.version!, next, body.reason), ...lines];
  });
  return written(entered, done);
}
/** What comes of answers. */
type Extracted = Observation | Condition;
const codeOf = (resource: Extracted): string =>
  resource.resourceType === 'Observation' ? curveOf(resource) : (firstCode(resource.code) ?? '');
const valueIn = (resource: Extracted): string =>
  resource.resourceType === 'Condition'
    ? ''
    : JSON.stringify([
        resource.valueQuantity,
        resource.valueInteger,
        resource.component?.map((one) => one.valueQuantity),
        resource.effectiveDateTime,
      ]);
/** The repetition it came from, as `extracted` says it. */
const rowIn = (resource: Extracted): string => resource.extension?.find(({ url }) => url === rowUrl)?.valueString ?? '';
/** What came from the answers before, brought to what comes from them now: changed, added, or entered in error. */
async function follow(
  entered: Entered,
  before: readonly string[],
  now: readonly Extracted[],
  reason: string | null | undefined,
): Promise<Stored[]> {
  const left = [...now];
  const lines: Stored[] = [];
  const held: Stored<Extracted['resourceType']>[] = [];
  for (const reference of before) {
    const place = placeOf(reference);
    if (place?.type !== 'Observation' && place?.type !== 'Condition') continue;
    const stored = await entered.store.read(place.type, place.id).catch((error: unknown) => {
      if (error instanceof FhirProblem && [403, 404, 410].includes(error.status)) return undefined;
      throw error;
    });
    // What someone marked as entered in error, or may not be reached, is left as it is.
    if (stored && statusOf(stored.resource) !== 'entered-in-error') held.push(stored);
  }
  const pairs = new Map<Stored, Extracted>();
  const pair = (same: (one: Extracted, stored: Extracted) => boolean): void => {
    for (const stored of held) {
      const at = pairs.has(stored)
        ? -1
        : left.findIndex(
            (one) =>
              one.resourceType === stored.type && codeOf(one) === codeOf(stored.resource) && same(one, stored.resource),
          );
      if (at >= 0) pairs.set(stored, left.splice(at, 1)[0]!);
    }
  };
  // Each repetition first finds what came from itself; one that was given another name follows the code alone.
  pair((one, stored) => rowIn(one) === rowIn(stored));
  pair(() => true);
  for (const stored of held) {
    const next = pairs.get(stored);
    if (
      next &&
      rowIn(next) === rowIn(stored.resource) &&
      (stored.type === 'Condition' || valueIn(next) === valueIn(stored.resource))
    )
      lines.push(stored);
    else if (next)
      lines.push(
        await replace(
          entered,
          stored,
          stored.version,
          stamped(
            entered,
            { ...next, id: stored.id, ...(stored.type === 'Observation' && { status: 'amended' }) },
            { base: stored.resource, reason },
          ),
          reason,
        ),
      );
    else
      lines.push(
        await replace(
          entered,
          stored,
          stored.version,
          stamped(entered, inError(stored.resource), {
            base: stored.resource,
            reason: reason ?? 'La réponse dont elle venait a été corrigée',
          }),
          reason,
        ),
      );
  }
  return left.length > 0 ? [...lines, ...(await entered.store.createMany(left))] : lines;
}

/** Observations and problems that the answers give, of the kinds that this person may write: the rest stays in the answers, where it can be read. */
async function extracted(
  entered: Entered,
  form: Questionnaire,
  response: QuestionnaireResponse,
  given: { sensitive: Sensitivity | null; encounter?: string | null | undefined },
  before: readonly string[] = [],
): Promise<Extracted[]> {
  const answers = givenOf(form, response.item ?? []).map((one) => ({
    ...one,
    value: answerValue(one.answer[0]),
    label: one.name || one.label,
  }));
  const derivedFrom = [{ reference: `QuestionnaireResponse/${response.id}` }];
  const shared = { sensitive: given.sensitive, encounter: given.encounter };
  const ofRow = (label: string) => (label ? { extension: [{ url: rowUrl, valueString: label }] } : {});
  const measured = answers.filter(({ item }) => becomesObservation(item) && measureOf(loincOf(item)!));
  // What the record said, and nobody changed, is there already: it is not measured a second time.
  const there = await newest(
    entered,
    measured.filter(({ item }) => lookBackDays(item) !== undefined).map(({ item }) => loincOf(item)!),
  );
  const measures = measured.filter(({ item, row, value }) => {
    const known = there.get(measureOf(loincOf(item)!)!.code);
    return (
      row !== '' ||
      lookBackDays(item) === undefined ||
      known?.value !== value ||
      before.includes(known?.from ?? '') ||
      daysBetween(dayOf(known!.at), entered.reading.today) > lookBackDays(item)!
    );
  });
  const out: Extracted[] = [];
  // Each repetition is a measure of its own: lying and standing are two blood pressures.
  for (const of of Map.groupBy(measures, ({ row }) => row).values()) {
    const values = of.flatMap(({ item, value }) =>
      typeof value === 'number' ? [{ code: loincOf(item)!, value }] : [],
    );
    const { label } = of[0]!;
    const made = await measureResources(entered, {
      values,
      at: response.authored ? dateLabel(response.authored, true).replace(' à ', ' ') : null,
      confirmed: true,
      encounter: given.encounter,
      ...(label && { note: label }),
    } as never);
    out.push(
      ...made.map((one) => ({
        ...one,
        ...(label && { extension: [...(one.extension ?? []), ...ofRow(label).extension!] }),
        derivedFrom: [...(one.derivedFrom ?? []), ...derivedFrom],
      })),
    );
  }
  for (const { item, value, label } of answers) {
    if (!becomesObservation(item) || measureOf(loincOf(item)!) || typeof value !== 'number') continue;
    const score: Observation = {
      resourceType: 'Observation',
      id: newId(),
      status: 'final',
      category: [concept('observation-category', 'survey')],
      code: {
        coding: [{ system: loinc, code: loincOf(item)!, display: item.text }],
        text: `${item.text ?? ''}${label ? `, ${label}` : ''}`,
      },
      subject: subjectOf(entered),
      effectiveDateTime: response.authored,
      performer: [author(entered)],
      ...(item.type === 'integer' ? { valueInteger: value } : { valueQuantity: { value } }),
      derivedFrom,
      ...ofRow(label),
    };
    out.push(stamped(entered, score, shared));
  }
  const problems = new Map(
    answers.flatMap(({ item, answer }) =>
      becomes(item) === 'Condition'
        ? answer.flatMap(({ valueCoding }) => (valueCoding ? [[valueCoding.code ?? '', valueCoding] as const] : []))
        : [],
    ),
  );
  for (const { system, code, display } of problems.values()) {
    const condition: Condition = {
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
      evidence: [{ detail: derivedFrom }],
    };
    if (!(await known(entered, code ?? '', before))) out.push(stamped(entered, condition, shared));
  }
  return out.filter((one) => entered.rights.add.has(kindOfResource(one)));
}
/** A problem that is in the record already is not added a second time; `own`: what these answers gave before. */
async function known(entered: Entered, code: string, own: readonly string[]): Promise<boolean> {
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
/** The answers with their form, of the edition they were given to. */
export async function readSection(shelf: Shelf, entered: Entered, id: string) {
  const stored = await entryOf(entered, 'QuestionnaireResponse', id);
  const response = stored.resource;
  const of = canonicalParts(response.questionnaire);
  if (!of) throw conflict('Ces réponses viennent d’un autre logiciel : elles se lisent dans l’historique.');
  const form = await editionHeld(shelf, of.id, of.edition);
  await entered.room.directory.learn(entered.store, [stored]);
  return {
    form,
    edition: of.edition,
    title: sectionTitle(response),
    items: response.item ?? [],
    line: lineOf(entered.reading, stored),
    scores: scoresOf(form, response.item ?? []),
    sensitive: sensitivityOf(stored.resource as never),
    encounter: response.encounter?.reference?.split('/')[1] ?? null,
  };
}
