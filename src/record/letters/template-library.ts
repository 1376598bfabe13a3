import type { Library } from '@medplum/fhirtypes';
import { mayCall } from '../../access/index.ts';
import { FhirProblem, type FhirStore, newId, type Resource, type Stored } from '../../fhir/index.ts';
import { conflict, invalid, notFound, Problem } from '../../platform/index.ts';
import { templateBody, type TemplateBody, type TemplateDetail, type TemplateLine } from '../contract/wire-letter-templates.ts';
import { letterUses } from '../data/letters/uses.ts';
import type { ShippedTemplate } from '../data/letters/templates/build.ts';
import type { Ctx, PersonCaller, Room } from '../room.ts';
import { bodyOf, flawsOf, libraryOf, stringOf, urls } from './template.rules.ts';

export interface LetterShelf {
  room: Room;
  caller: PersonCaller;
  store: FhirStore;
  shipped: readonly ShippedTemplate[];
}
export interface HeldTemplate {
  stored: Stored;
  library: Library;
  body: TemplateBody;
}
const held = (stored: Stored): HeldTemplate => {
  const library = stored.resource as unknown as Library;
  return { stored, library, body: bodyOf(library) };
};
/** The contract has said who writes templates: they are of the practice, in nobody's record. */
const house = (store: FhirStore, what: string): FhirStore => store.asHouse(`modèle de courrier : ${what}`);
const noTemplate = () => notFound('Ce modèle de courrier');
const isTemplate = ({ library }: HeldTemplate): boolean => library.url?.startsWith('urn:estran:modele:') ?? false;

const given = new WeakMap<Room, Set<number>>();
/** Puts the templates that come with the product into a practice that has not had them; what the practice made of one stays. */
async function giveShipped({ room, caller, store, shipped }: LetterShelf): Promise<void> {
  const done = given.get(room) ?? new Set<number>();
  given.set(room, done);
  if (done.has(caller.tenant)) return;
  const there = new Set((await allStored(house(store, 'livrés avec le produit'))).map(({ stored }) => stored.id));
  const missing = shipped.filter(({ key }) => !there.has(`modele-${key}`)).map(({ key, edition, body }) => libraryOf(body, { id: `modele-${key}`, status: 'active', version: edition, shipped: `${key}|${edition}` }) as unknown as Resource);
  // Another process may give them at the same moment: then they are there.
  if (missing.length > 0)
    await house(store, 'livrés avec le produit').createMany(missing).catch((error: unknown) => {
      if (!(error instanceof FhirProblem) || ![409, 410, 412].includes(error.status)) throw error;
    });
  done.add(caller.tenant);
}
async function allStored(store: FhirStore): Promise<HeldTemplate[]> {
  const { resources } = await store.search('Library', [['url:below', 'urn:estran:modele'], ['_count', '500']]);
  return resources.map(held).filter(isTemplate);
}
async function allTemplates(shelf: LetterShelf): Promise<HeldTemplate[]> {
  await giveShipped(shelf);
  return allStored(shelf.store);
}
/** Errors: 404. */
export async function templateHeld(shelf: LetterShelf, id: string): Promise<HeldTemplate> {
  if (!/^[A-Za-z0-9\-.]{1,64}$/.test(id)) throw noTemplate();
  await giveShipped(shelf);
  const found = await shelf.store.read('Library', id).then(held, (error: unknown) => {
    if (error instanceof FhirProblem && (error.status === 404 || error.status === 410)) return undefined;
    throw error;
  });
  if (!found || !isTemplate(found)) throw noTemplate();
  return found;
}

const draftOf = ({ library }: HeldTemplate): string | null => stringOf(library, urls.draftOf);
function lineOfTemplate(shelf: LetterShelf, one: HeldTemplate, all: readonly HeldTemplate[]): TemplateLine {
  const { stored, library, body: { text: _, subject: __, ...body } } = one;
  const mark = stringOf(library, urls.shipped);
  const shipped = shelf.shipped.find(({ key }) => mark?.startsWith(`${key}|`));
  return {
    ...body, id: stored.id, edition: library.version ?? '', version: stored.version, status: library.status as TemplateLine['status'], useLabel: letterUses[body.use], mine: body.professions.length === 0 || body.professions.includes(shelf.caller.profession),
    shipped: shipped !== undefined && mark === `${shipped.key}|${library.version}`, newer: shipped !== undefined && mark !== `${shipped.key}|${shipped.edition}`, draft: all.find((other) => draftOf(other) === stored.id)?.stored.id ?? null, draftOf: draftOf(one),
  };
}
const writesTemplates = ({ room, caller }: LetterShelf): Promise<boolean> => mayCall(room.db, caller, { practice: 'write-letter-templates' });

export async function listTemplates(shelf: LetterShelf) {
  const writes = await writesTemplates(shelf);
  const all = await allTemplates(shelf);
  const lines = all.filter(({ library }) => writes || library.status === 'active').map((one) => lineOfTemplate(shelf, one, all));
  return { templates: lines.sort((a, b) => Number(b.mine) - Number(a.mine) || a.title.localeCompare(b.title, 'fr')), writes };
}
export async function templateDetail(shelf: LetterShelf, id: string): Promise<TemplateDetail> {
  const one = await templateHeld(shelf, id);
  const writes = await writesTemplates(shelf);
  if (one.library.status === 'draft' && !writes) throw noTemplate();
  return { ...lineOfTemplate(shelf, one, await allTemplates(shelf)), subject: one.body.subject, text: one.body.text, flaws: flawsOf(one.body), writes };
}
/** As a file: what the practice made of it, without its place here. */
export async function sendTemplateFile(shelf: LetterShelf, id: string, { reply }: Ctx): Promise<undefined> {
  const { library, body } = await templateHeld(shelf, id);
  if (library.status === 'draft' && !(await writesTemplates(shelf))) throw noTemplate();
  const name = body.title.normalize('NFD').replace(/\p{Diacritic}/gu, '').replace(/[^A-Za-z0-9 _-]+/g, ' ').trim().slice(0, 80) || 'modele';
  await reply.type('application/fhir+json; charset=utf-8').header('Content-Disposition', `attachment; filename="${name}.json"`).header('Cache-Control', 'private, no-store').send(JSON.stringify(libraryOf(body, { id, status: 'active', version: library.version }), null, 2));
  return undefined;
}

const blank = (title: string): TemplateBody => ({ title, description: '', use: 'autre', documentType: '34109-9', professions: [], signers: [], administrative: false, sensitive: null, subject: '', text: 'Madame, Monsieur,\n\n' });
export async function beginTemplate(shelf: LetterShelf, body: { from?: string | undefined; file?: Record<string, unknown> | undefined; title?: string | undefined }): Promise<TemplateDetail> {
  const id = newId();
  const from = body.from === undefined ? undefined : (await templateHeld(shelf, body.from)).body;
  const base = body.file ? broughtIn(body.file) : from ? { ...from, title: `${from.title.slice(0, 180)} (copie)` } : blank('Nouveau modèle');
  await house(shelf.store, 'brouillon').create(libraryOf({ ...base, ...(body.title && { title: body.title }) }, { id, status: 'draft' }) as unknown as Resource);
  return templateDetail(shelf, id);
}
/** A file from elsewhere holds what it likes: read as a template, and refused when it is none. */
function broughtIn(file: Record<string, unknown>): TemplateBody {
  const refused = (why: string) => new Problem(422, 'Modèle illisible', `Ce fichier n’est pas un modèle de courrier exporté : ${why}. Rien n’a été enregistré.`, { fields: { file: why } });
  const list = (value: unknown): boolean => value === undefined || (Array.isArray(value) && value.every((one) => typeof one === 'object' && one !== null));
  if (!list(file.content) || !list(file.extension)) throw refused('son contenu est mal formé');
  const texts = ((file.content ?? []) as { contentType?: unknown; data?: unknown }[]).filter(({ contentType, data }) => typeof contentType === 'string' && contentType.startsWith('text/markdown') && typeof data === 'string');
  if (texts.length === 0) throw refused('il n’a pas de texte');
  const parsed = templateBody.safeParse(bodyOf({ ...file, title: typeof file.title === 'string' ? file.title : '', description: typeof file.description === 'string' ? file.description : '', content: texts } as Library));
  if (!parsed.success) throw refused(parsed.error.issues[0]?.message ?? 'il est mal formé');
  if (parsed.data.text.includes('\u0000') || parsed.data.text.includes('\uFFFD')) throw refused('son texte est illisible');
  return parsed.data;
}

const editedMeanwhile = () => conflict('Ce modèle a été modifié par quelqu’un d’autre depuis que vous l’avez ouvert. Rechargez-le pour voir sa version ; la vôtre reste sur cet écran.', { code: 'edited-meanwhile' });
async function replace(shelf: LetterShelf, library: Library, seen: number): Promise<void> {
  try {
    await house(shelf.store, 'écriture').update(library as unknown as Resource, { ifMatch: `W/"${seen}"` });
  } catch (error) {
    if (error instanceof FhirProblem && error.status === 412) throw editedMeanwhile();
    throw error;
  }
}
async function seenHeld(shelf: LetterShelf, id: string, seen: number): Promise<HeldTemplate> {
  const one = await templateHeld(shelf, id);
  if (one.stored.version !== seen) throw editedMeanwhile();
  return one;
}
/** A draft is changed in place; one in use gets a draft beside it. */
export async function changeTemplate(shelf: LetterShelf, id: string, { version, ...body }: TemplateBody & { version: number }): Promise<TemplateDetail> {
  const one = await seenHeld(shelf, id, version);
  if (body.text.includes('\u0000')) throw invalid('Le texte contient un caractère illisible. Rien n’a été modifié.', { text: 'Caractère illisible.' });
  if (one.library.status === 'retired') throw conflict('Ce modèle est retiré : remettez-le en service, ou copiez-le. Rien n’a été modifié.');
  const shipped = stringOf(one.library, urls.shipped);
  if (one.library.status === 'draft') {
    await replace(shelf, libraryOf(body, { id, status: 'draft', version: one.library.version, shipped, draftOf: draftOf(one) }), version);
    return templateDetail(shelf, id);
  }
  const other = (await allTemplates(shelf)).find((each) => draftOf(each) === id);
  if (other) throw conflict('Ce modèle a déjà un brouillon : continuez-le, ou jetez-le d’abord. Rien n’a été modifié.', { code: 'draft-exists', draft: other.stored.id });
  const draft = newId();
  await house(shelf.store, 'brouillon').create(libraryOf(body, { id: draft, status: 'draft', version: one.library.version, shipped, draftOf: id }) as unknown as Resource);
  return templateDetail(shelf, draft);
}
/** `1.0` → `1.1`; nothing → `1.0`. */
const nextEdition = (edition: string | undefined): string => {
  const [major = '1', minor = '0'] = /^(\d+)\.(\d+)/.exec(edition ?? '')?.slice(1) ?? [];
  return edition ? `${major}.${Number(minor) + 1}` : '1.0';
};
export async function publishTemplate(shelf: LetterShelf, id: string, { version }: { version: number }): Promise<TemplateDetail> {
  const draft = await seenHeld(shelf, id, version);
  if (draft.library.status !== 'draft') throw conflict('Ce modèle n’est pas un brouillon : modifiez-le pour préparer une nouvelle édition.');
  const errors = flawsOf(draft.body).filter(({ severity }) => severity === 'error');
  if (errors.length > 0) throw new Problem(422, 'Modèle à corriger', `${errors.length > 1 ? `${errors.length} points empêchent` : 'Un point empêche'} sa mise en service : ${errors[0]!.words} Le brouillon est conservé.`, { extra: { code: 'not-ready', flaws: errors } });
  const base = draftOf(draft);
  const target = await shelf.store.transaction(async (tx) => {
    const inside = { ...shelf, store: tx };
    const current = base === null ? undefined : await templateHeld(inside, base);
    await replace(inside, libraryOf(draft.body, { id: base ?? id, status: 'active', version: nextEdition(current?.library.version), shipped: stringOf(draft.library, urls.shipped), date: shelf.room.now().toISOString() }), current?.stored.version ?? version);
    if (current) await house(tx, 'mise en service').delete('Library', id, { ifMatch: `W/"${version}"` });
    return base ?? id;
  });
  return templateDetail(shelf, target);
}
export async function retireTemplate(shelf: LetterShelf, id: string, { version, back }: { version: number; back: boolean }): Promise<TemplateDetail> {
  const one = await seenHeld(shelf, id, version);
  if (one.library.status !== (back ? 'retired' : 'active')) throw conflict(back ? 'Ce modèle n’est pas retiré.' : 'Seul un modèle en service se retire ; un brouillon se jette.');
  await replace(shelf, { ...one.library, status: back ? 'active' : 'retired' }, version);
  return templateDetail(shelf, id);
}
export async function dropTemplate(shelf: LetterShelf, id: string, { version }: { version: number }): Promise<void> {
  const one = await seenHeld(shelf, id, version);
  if (one.library.status !== 'draft') throw conflict('Seul un brouillon se jette ; un modèle en service se retire.');
  await house(shelf.store, 'brouillon jeté').delete('Library', id, { ifMatch: `W/"${version}"` });
}
