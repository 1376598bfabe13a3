import type { Library } from '@medplum/fhirtypes';
import { mayCall } from '../../access/index.ts';
import { newId, type Stored } from '../../fhir/index.ts';
import { fileNameOf, invalid, Problem, refusalWords } from '../../platform/index.ts';
import {
  templateBody,
  type TemplateBody,
  type TemplateDetail,
  type TemplateLine,
} from '../contract/wire-letter-templates.ts';
import { letterUses } from '../data/letters/uses.ts';
import type { ShippedTemplate } from '../data/letters/templates/build.ts';
import { editionsOf, type Shelved } from '../editions/editions.ts';
import type { Ctx } from '../room.ts';
import { bodyOf, flawsOf, libraryOf, stringOf, urls } from './template.rules.ts';

export interface LetterShelf extends Shelved {
  shipped: readonly ShippedTemplate[];
}
export interface HeldTemplate {
  stored: Stored<'Library'>;
  library: Library;
  body: TemplateBody;
}
const editions = editionsOf<LetterShelf, 'Library', HeldTemplate>({
  type: 'Library',
  address: 'urn:estran:modele',
  words: { trace: 'modèle de courrier', noun: 'modèle', missing: 'Ce modèle de courrier' },
  marks: { draftOf: urls.draftOf, shipped: urls.shipped },
  held: (stored) => ({
    stored,
    library: stored.resource,
    body: bodyOf(stored.resource),
  }),
  shipped: ({ shipped }) =>
    shipped.map(({ key, edition, body }) => ({
      key,
      edition,
      resource: () =>
        libraryOf(body, {
          id: `modele-${key}`,
          status: 'active',
          version: edition,
          shipped: `${key}|${edition}`,
        }),
    })),
});
/** Errors: 404. */
export const templateHeld = (shelf: LetterShelf, id: string): Promise<HeldTemplate> => editions.one(shelf, id);

function lineOfTemplate(shelf: LetterShelf, one: HeldTemplate, all: readonly HeldTemplate[]): TemplateLine {
  const { text: _, subject: __, ...body } = one.body;
  return {
    ...body,
    ...editions.standing(shelf, one, all),
    useLabel: letterUses[body.use],
    mine: body.professions.length === 0 || body.professions.includes(shelf.caller.profession),
  };
}
const writesTemplates = ({ room, caller }: LetterShelf): Promise<boolean> =>
  mayCall(room.db, caller, { practice: 'write-letter-templates' });

export async function listTemplates(shelf: LetterShelf) {
  const writes = await writesTemplates(shelf);
  const all = await editions.all(shelf);
  const lines = all
    .filter(({ library }) => writes || library.status === 'active')
    .map((one) => lineOfTemplate(shelf, one, all));
  return {
    templates: lines.sort((a, b) => Number(b.mine) - Number(a.mine) || a.title.localeCompare(b.title, 'fr')),
    writes,
  };
}
export async function templateDetail(shelf: LetterShelf, id: string): Promise<TemplateDetail> {
  const one = await templateHeld(shelf, id);
  const writes = await writesTemplates(shelf);
  if (one.library.status === 'draft' && !writes) throw editions.missing();
  return {
    ...lineOfTemplate(shelf, one, await editions.all(shelf)),
    subject: one.body.subject,
    text: one.body.text,
    flaws: flawsOf(one.body),
    writes,
  };
}
/** As a file: what the practice made of it, without its place here. */
export async function sendTemplateFile(shelf: LetterShelf, id: string, { reply }: Ctx): Promise<undefined> {
  const { library, body } = await templateHeld(shelf, id);
  if (library.status === 'draft' && !(await writesTemplates(shelf))) throw editions.missing();
  const name = fileNameOf(body.title, 'modele');
  await reply
    .type('application/fhir+json; charset=utf-8')
    .header('Content-Disposition', `attachment; filename="${name}.json"`)
    .header('Cache-Control', 'private, no-store')
    .send(JSON.stringify(libraryOf(body, { id, status: 'active', version: library.version }), null, 2));
  return undefined;
}

const blank = (title: string): TemplateBody => ({
  title,
  description: '',
  use: 'autre',
  documentType: '34109-9',
  professions: [],
  signers: [],
  administrative: false,
  sensitive: null,
  subject: '',
  text: 'Madame, Monsieur,\n\n',
});
export async function beginTemplate(
  shelf: LetterShelf,
  body: { from?: string | undefined; file?: Record<string, unknown> | undefined; title?: string | undefined },
): Promise<TemplateDetail> {
  const id = newId();
  const from = body.from === undefined ? undefined : (await templateHeld(shelf, body.from)).body;
  const base = body.file
    ? broughtIn(body.file)
    : from
      ? { ...from, title: `${from.title.slice(0, 180)} (copie)` }
      : blank('Nouveau modèle');
  await editions.begin(
    shelf,
    libraryOf({ ...base, ...(body.title && { title: body.title }) }, { id, status: 'draft' }),
  );
  return templateDetail(shelf, id);
}
/** A file from elsewhere holds what it likes: read as a template, and refused when it is none. */
function broughtIn(file: Record<string, unknown>): TemplateBody {
  const refused = (why: string) =>
    new Problem(
      422,
      'Modèle illisible',
      `Ce fichier n’est pas un modèle de courrier exporté : ${why}. Rien n’a été enregistré.`,
      { fields: { file: why } },
    );
  const list = (value: unknown): boolean =>
    value === undefined || (Array.isArray(value) && value.every((one) => typeof one === 'object' && one !== null));
  if (!list(file.content) || !list(file.extension)) throw refused('son contenu est mal formé');
  const texts = ((file.content ?? []) as { contentType?: unknown; data?: unknown }[]).filter(
    ({ contentType, data }) =>
      typeof contentType === 'string' && contentType.startsWith('text/markdown') && typeof data === 'string',
  );
  if (texts.length === 0) throw refused('il n’a pas de texte');
  const parsed = templateBody.safeParse(
    bodyOf({
      ...file,
      title: typeof file.title === 'string' ? file.title : '',
      description: typeof file.description === 'string' ? file.description : '',
      content: texts,
    } as Library),
    { error: refusalWords },
  );
  if (!parsed.success) throw refused(parsed.error.issues[0]?.message ?? 'il est mal formé');
  if (parsed.data.text.includes('\u0000') || parsed.data.text.includes('\uFFFD'))
    throw refused('son texte est illisible');
  return parsed.data;
}

/** A draft is changed in place; one in use gets a draft beside it. */
export async function changeTemplate(
  shelf: LetterShelf,
  id: string,
  { version, ...body }: TemplateBody & { version: number },
): Promise<TemplateDetail> {
  if (body.text.includes('\u0000'))
    throw invalid('Le texte contient un caractère illisible. Rien n’a été modifié.', { text: 'Caractère illisible.' });
  return templateDetail(
    shelf,
    await editions.change(shelf, id, version, (to) =>
      libraryOf(body, {
        id: to.id,
        status: 'draft',
        version: to.edition,
        shipped: to.shipped,
        draftOf: to.draftOf,
      }),
    ),
  );
}
export async function publishTemplate(
  shelf: LetterShelf,
  id: string,
  { version }: { version: number },
): Promise<TemplateDetail> {
  const target = await editions.publish(
    shelf,
    id,
    version,
    { of: ({ body }) => flawsOf(body), told: (flaws) => ({ flaws }) },
    ({ library, body }, to) =>
      libraryOf(body, {
        id: to.id,
        status: 'active',
        version: to.edition,
        shipped: stringOf(library, urls.shipped),
        date: to.date,
      }),
  );
  return templateDetail(shelf, target);
}
export async function retireTemplate(
  shelf: LetterShelf,
  id: string,
  body: { version: number; back: boolean },
): Promise<TemplateDetail> {
  await editions.retire(shelf, id, body);
  return templateDetail(shelf, id);
}
export const dropTemplate = (shelf: LetterShelf, id: string, body: { version: number }): Promise<void> =>
  editions.drop(shelf, id, body);
