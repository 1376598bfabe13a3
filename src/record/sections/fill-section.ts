import type { Questionnaire, QuestionnaireResponse } from '@medplum/fhirtypes';
import type { z } from 'zod';
import { newId, type Resource } from '../../fhir/index.ts';
import { conflict, Problem } from '../../platform/index.ts';
import type { Sensitivity, sectionBody, Written } from '../contract.ts';
import { flaws, pruned, withOwnWords } from '../contract/sections/answers.rules.ts';
import { calculated } from '../contract/sections/calculate.ts';
import {
  type Answered,
  canonicalParts,
  isAdministrative,
  sectionUrl,
  sensitiveOf,
  urls,
} from '../contract/sections/form.ts';
import { idOf, sensitivityOf } from '../fhir-words.ts';
import type { Entered } from '../read/enter.ts';
import { sectionTitle } from '../read/labels.ts';
import { lineOf, statusOf } from '../read/reading.ts';
import { author, momentIn, stamped, subjectOf } from '../write/author.ts';
import { entryOf, replace, written } from '../write/save.ts';
import { extracted } from './extract.ts';
import { followAnswers } from './follow-answers.ts';
import { editionHeld, type Shelf, sectionHeld } from './library.ts';
import { aboutPatient, scoresOf } from './populate.ts';

type Body = z.infer<typeof sectionBody>;
/** What came out of the answers, so that a correction finds it again. */
const extractedUrl = 'urn:estran:section-extracted';
const extractedOf = (response: QuestionnaireResponse): string[] =>
  (response.extension ?? [])
    .filter(({ url }) => url === extractedUrl)
    .flatMap(({ valueReference }) => valueReference?.reference ?? []);
const extractedExtension = (reference: string) => ({ url: extractedUrl, valueReference: { reference } });

/** The answers as they will be kept: our own words and points, what is asked only, scores worked out here whatever the screen said. */
function answersFrom(entered: Entered, form: Questionnaire, body: Body): Answered[] {
  const own = withOwnWords(form, pruned(form, body.items as Answered[]));
  const about = aboutPatient(entered);
  const items = calculated(form, own, { age: about.age ?? undefined, gender: about.gender ?? undefined });
  // A draft may lack answers; a wrong one is told at once.
  const fields = flaws(form, items, body.draft ? 'draft' : 'signed');
  const wrong = Object.keys(fields).length;
  if (wrong > 0)
    throw new Problem(
      422,
      'Saisie à corriger',
      `${wrong > 1 ? `${wrong} réponses sont à revoir` : 'Une réponse est à revoir'}. Rien n’a été enregistré.`,
      { fields },
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
    extension: out.map(({ resourceType, id }) => extractedExtension(`${resourceType}/${id}`)),
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
    sensitive: body.sensitive === undefined ? sensitivityOf(stored.resource) : body.sensitive,
  });
  const before = extractedOf(old);
  const out = body.draft
    ? []
    : await extracted(entered, form, response, { sensitive, encounter: body.encounter }, before);
  const done = await entered.store.transaction(async (store) => {
    const within = { ...entered, store };
    const { lines, beyond } = await followAnswers(within, before, out, {
      reason: body.reason,
      markedAnew: sensitive !== sensitivityOf(old),
    });
    const standing = lines.filter(({ resource }) => statusOf(resource) !== 'entered-in-error');
    const extension = [
      ...(old.extension ?? []).filter(({ url }) => url !== extractedUrl),
      ...[...standing.map((line) => `${line.type}/${line.id}`), ...beyond].map(extractedExtension),
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
    sensitive: sensitivityOf(stored.resource),
    encounter: idOf(response.encounter, 'Encounter') ?? null,
  };
}
