import type { Questionnaire } from '@medplum/fhirtypes';
import { mayCall } from '../../access/index.ts';
import { FhirProblem, type FhirStore, newId, type Resource, type Stored } from '../../fhir/index.ts';
import { conflict, notFound, Problem } from '../../platform/index.ts';
import type { SectionLine, Sensitivity } from '../contract.ts';
import type { PersonCaller, Room } from '../room.ts';
import { problemsOf } from './check.rules.ts';
import type { ShippedSection } from '../data/sections/build.ts';
import { themes } from '../data/sections/themes.ts';
import { extensionOf, professionsOf, sectionUrl, sensitiveOf, sourceOf, themeOf, urls } from '../contract/sections/form.ts';

export interface Shelf {
  room: Room;
  caller: PersonCaller;
  store: FhirStore;
  shipped: readonly ShippedSection[];
}
export interface Held {
  stored: Stored;
  form: Questionnaire;
}
const held = (stored: Stored): Held => ({ stored, form: stored.resource as unknown as Questionnaire });
const house = (store: FhirStore, what: string): FhirStore => store.asHouse(`volet : ${what}`);
const noSection = () => notFound('Ce volet');
const isSection = ({ form }: Held): boolean => form.url?.startsWith('urn:estran:volet:') ?? false;

const given = new WeakMap<Room, Set<number>>();
/** Puts the sections that come with the product into a practice that has not had them; what the practice made of one stays. */
async function giveShipped({ room, caller, store, shipped }: Shelf): Promise<void> {
  const done = given.get(room) ?? new Set<number>();
  given.set(room, done);
  if (done.has(caller.tenant)) return;
  const there = new Set((await allStored(house(store, 'livrés avec le produit'))).map(({ stored }) => stored.id));
  const missing = shipped.filter(({ form }) => !there.has(form.id!)).map(({ form }) => form as unknown as Resource);
  // Another process may give them at the same moment: then they are there.
  if (missing.length > 0)
    await house(store, 'livrés avec le produit').createMany(missing).catch((error: unknown) => {
      if (!(error instanceof FhirProblem) || ![409, 410, 412].includes(error.status)) throw error;
    });
  done.add(caller.tenant);
}
async function allStored(store: FhirStore): Promise<Held[]> {
  const { resources } = await store.search('Questionnaire', [['url:below', 'urn:estran:volet'], ['_count', '500']]).catch(() => store.search('Questionnaire', [['_count', '500']]));
  return resources.map(held).filter(isSection);
}
export async function allSections(shelf: Shelf): Promise<Held[]> {
  await giveShipped(shelf);
  return allStored(shelf.store);
}
/** Errors: 404. */
export async function sectionHeld(shelf: Shelf, id: string): Promise<Held> {
  await giveShipped(shelf);
  const found = await shelf.store.read('Questionnaire', id).then(held, (error: unknown) => {
    if (error instanceof FhirProblem && (error.status === 404 || error.status === 410)) return undefined;
    throw error;
  });
  if (!found || !isSection(found)) throw noSection();
  return found;
}
/** A section as it was in one edition: answers keep theirs. */
export async function editionHeld(shelf: Shelf, id: string, edition: string): Promise<Questionnaire> {
  const now = await sectionHeld(shelf, id);
  if (now.form.version === edition && now.form.status !== 'draft') return now.form;
  const { versions } = await shelf.store.history('Questionnaire', id, { count: 200 });
  const found = versions.find((one) => !one.deleted && held(one).form.version === edition && held(one).form.status !== 'draft');
  if (!found) throw noSection();
  return held(found).form;
}

export const draftOf = (form: Questionnaire): string | null => extensionOf(form, urls.draftOf)?.valueString ?? null;
const shippedAs = (form: Questionnaire): string | undefined => extensionOf(form, urls.shipped)?.valueString;
export function lineOfSection(shelf: Shelf, { stored, form }: Held, all: readonly Held[]): SectionLine {
  const professions = professionsOf(form);
  const shipped = shelf.shipped.find(({ key }) => shippedAs(form)?.startsWith(`${key}|`));
  const theme = themeOf(form);
  return {
    id: stored.id, edition: form.version ?? '', version: stored.version, title: form.title ?? '', description: form.description ?? '', theme, themeLabel: Object.hasOwn(themes, theme) ? themes[theme as keyof typeof themes] : themes.other, professions, status: form.status as SectionLine['status'],
    sensitive: (sensitiveOf(form) as Sensitivity | undefined) ?? null, source: sourceOf(form), mine: professions.includes(shelf.caller.profession), shipped: shipped !== undefined && shippedAs(form) === `${shipped.key}|${form.version}`,
    newer: shipped !== undefined && shippedAs(form) !== `${shipped.key}|${shipped.edition}`, draft: all.find((one) => draftOf(one.form) === stored.id)?.stored.id ?? null, draftOf: draftOf(form),
  };
}
export const writesSections = ({ room, caller }: Pick<Shelf, 'room' | 'caller'>): Promise<boolean> => mayCall(room.db, caller, { practice: 'write-sections' });

export async function listSections(shelf: Shelf) {
  const writes = await writesSections(shelf);
  const all = await allSections(shelf);
  const lines = all.filter(({ form }) => writes || form.status === 'active').map((one) => lineOfSection(shelf, one, all));
  return { sections: lines.sort((a, b) => Number(b.mine) - Number(a.mine) || a.title.localeCompare(b.title, 'fr')), writes };
}
export async function sectionDetail(shelf: Shelf, id: string) {
  const one = await sectionHeld(shelf, id);
  const writes = await writesSections(shelf);
  if (one.form.status === 'draft' && !writes) throw noSection();
  return { ...lineOfSection(shelf, one, await allSections(shelf)), form: one.form, problems: problemsOf(one.form), writes };
}

const blank = (title: string): Questionnaire => ({ resourceType: 'Questionnaire', status: 'draft', title, subjectType: ['Patient'], extension: [{ url: urls.theme, valueCode: 'other' }], item: [{ linkId: 'partie-1', type: 'group', text: 'Première partie', item: [{ linkId: 'question-1', type: 'string', text: 'Question' }] }] });
/** Without what is empty: FHIR has no empty list, text or object. */
function compact(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(compact).filter((one) => one !== undefined);
  if (typeof value === 'object' && value !== null)
    return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, compact(one)] as const).filter(([, one]) => one !== undefined && one !== null && one !== '' && !(Array.isArray(one) && one.length === 0) && !(typeof one === 'object' && Object.keys(one as object).length === 0)));
  return value;
}
/** What a writer may set; the rest is ours. */
function drafted(form: Questionnaire, id: string, about: { draftOf?: string | undefined; keepShipped?: boolean }): Questionnaire {
  const extension = (form.extension ?? []).filter(({ url }) => url !== urls.draftOf && (about.keepShipped || url !== urls.shipped));
  const { meta: _, ...rest } = compact(form) as Questionnaire;
  return { ...rest, resourceType: 'Questionnaire', id, url: sectionUrl(about.draftOf ?? id), status: 'draft', subjectType: ['Patient'], extension: [...extension, ...(about.draftOf ? [{ url: urls.draftOf, valueString: about.draftOf }] : [])] };
}
export async function beginSection(shelf: Shelf, body: { from?: string | undefined; form?: Questionnaire | undefined; title?: string | undefined }) {
  const id = newId();
  const from = body.from === undefined ? undefined : (await sectionHeld(shelf, body.from)).form;
  const base = body.form ?? (from ? { ...from, title: `${(from.title ?? '').slice(0, 180)} (copie)` } : blank(body.title ?? 'Nouveau volet'));
  const { version: _, ...form } = drafted({ ...base, ...(body.title && { title: body.title }) }, id, {});
  demandForm(form);
  await house(shelf.store, 'brouillon').create(form as unknown as Resource);
  return sectionDetail(shelf, id);
}
/** What could not even be kept as a draft: nothing to show or to change in it. */
function demandForm(form: Questionnaire): void {
  const broken = problemsOf(form).find(({ where }) => where === 'form');
  if (broken) throw new Problem(422, 'Volet illisible', `${broken.words} Rien n’a été enregistré.`);
}
async function replace(shelf: Shelf, form: Questionnaire, seen: number): Promise<Stored> {
  try {
    return await house(shelf.store, 'écriture').update(form as unknown as Resource, { ifMatch: `W/"${seen}"` });
  } catch (error) {
    if (error instanceof FhirProblem && error.status === 412) throw editedMeanwhile();
    throw error;
  }
}
const editedMeanwhile = () => conflict('Ce volet a été modifié par quelqu’un d’autre depuis que vous l’avez ouvert. Rechargez-le pour voir sa version ; la vôtre reste sur cet écran.', { code: 'edited-meanwhile' });
async function seenHeld(shelf: Shelf, id: string, seen: number): Promise<Held> {
  const one = await sectionHeld(shelf, id);
  if (one.stored.version !== seen) throw editedMeanwhile();
  return one;
}

export async function changeSection(shelf: Shelf, id: string, { version, form }: { version: number; form: Questionnaire }) {
  const one = await seenHeld(shelf, id, version);
  demandForm(form);
  if (one.form.status === 'retired') throw conflict('Ce volet est retiré : remettez-le en service, ou copiez-le. Rien n’a été modifié.');
  if (one.form.status === 'draft') {
    await replace(shelf, { ...drafted(form, id, { draftOf: draftOf(one.form) ?? undefined, keepShipped: true }), ...(one.form.version && { version: one.form.version }) }, version);
    return sectionDetail(shelf, id);
  }
  const other = (await allSections(shelf)).find((each) => draftOf(each.form) === id);
  if (other) throw conflict('Ce volet a déjà un brouillon : continuez-le, ou jetez-le d’abord. Rien n’a été modifié.', { code: 'draft-exists', draft: other.stored.id });
  const draft = newId();
  await house(shelf.store, 'brouillon').create(drafted(form, draft, { draftOf: id, keepShipped: true }) as unknown as Resource);
  return sectionDetail(shelf, draft);
}
/** `1.0` → `1.1`; nothing → `1.0`. */
const nextEdition = (edition: string | undefined): string => {
  const [major = '1', minor = '0'] = /^(\d+)\.(\d+)/.exec(edition ?? '')?.slice(1) ?? [];
  return edition ? `${major}.${Number(minor) + 1}` : '1.0';
};
export async function publishSection(shelf: Shelf, id: string, { version }: { version: number }) {
  const draft = await seenHeld(shelf, id, version);
  if (draft.form.status !== 'draft') throw conflict('Ce volet n’est pas un brouillon : modifiez-le pour préparer une nouvelle édition.');
  const errors = problemsOf(draft.form).filter(({ severity }) => severity === 'error');
  if (errors.length > 0) throw new Problem(422, 'Volet à corriger', `${errors.length > 1 ? `${errors.length} points empêchent` : 'Un point empêche'} sa mise en service : ${errors[0]!.words} Le brouillon est conservé.`, { extra: { code: 'not-ready', problems: errors } });
  const base = draftOf(draft.form);
  const target = await shelf.store.transaction(async (tx) => {
    const inside = { ...shelf, store: tx };
    const current = base === null ? undefined : await sectionHeld(inside, base);
    const extension = (draft.form.extension ?? []).filter(({ url }) => url !== urls.draftOf);
    await replace(inside, { ...draft.form, id: base ?? id, status: 'active', version: nextEdition(current?.form.version), date: shelf.room.now().toISOString(), extension }, current?.stored.version ?? version);
    if (current) await house(tx, 'mise en service').delete('Questionnaire', id, { ifMatch: `W/"${version}"` });
    return base ?? id;
  });
  return sectionDetail(shelf, target);
}
export async function retireSection(shelf: Shelf, id: string, { version, back }: { version: number; back: boolean }) {
  const one = await seenHeld(shelf, id, version);
  if (one.form.status !== (back ? 'retired' : 'active')) throw conflict(back ? 'Ce volet n’est pas retiré.' : 'Seul un volet en service se retire ; un brouillon se jette.');
  await replace(shelf, { ...one.form, status: back ? 'active' : 'retired' }, version);
  return sectionDetail(shelf, id);
}
export async function dropSection(shelf: Shelf, id: string, { version }: { version: number }): Promise<void> {
  const one = await seenHeld(shelf, id, version);
  if (one.form.status !== 'draft') throw conflict('Seul un brouillon se jette ; un volet en service se retire.');
  await house(shelf.store, 'brouillon jeté').delete('Questionnaire', id, { ifMatch: `W/"${version}"` });
}
