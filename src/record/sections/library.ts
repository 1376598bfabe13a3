import type { Questionnaire } from '@medplum/fhirtypes';
import { mayCall } from '../../access/index.ts';
import { newId, type Stored } from '../../fhir/index.ts';
import { Problem } from '../../platform/index.ts';
import type { SectionLine, Sensitivity } from '../contract.ts';
import { editionsOf, type Shelved } from '../editions/editions.ts';
import { problemsOf } from './check.rules.ts';
import type { ShippedSection } from '../data/sections/build.ts';
import { themes } from '../data/sections/themes.ts';
import { professionsOf, sectionUrl, sensitiveOf, sourceOf, themeOf, urls } from '../contract/sections/form.ts';

export interface Shelf extends Shelved {
  shipped: readonly ShippedSection[];
}
export interface Held {
  stored: Stored<'Questionnaire'>;
  form: Questionnaire;
}
const editions = editionsOf<Shelf, 'Questionnaire', Held>({
  type: 'Questionnaire',
  address: 'urn:estran:volet',
  words: { trace: 'volet', noun: 'volet', missing: 'Ce volet' },
  marks: { draftOf: urls.draftOf, shipped: urls.shipped },
  held: (stored) => ({ stored, form: stored.resource }),
  shipped: ({ shipped }) => shipped.map(({ key, edition, form }) => ({ key, edition, resource: () => form })),
});
const allSections = (shelf: Shelf): Promise<Held[]> => editions.all(shelf);
/** Errors: 404. */
export const sectionHeld = (shelf: Shelf, id: string): Promise<Held> => editions.one(shelf, id);
/** A section as it was in one edition: answers keep theirs. */
export async function editionHeld(shelf: Shelf, id: string, edition: string): Promise<Questionnaire> {
  const now = await sectionHeld(shelf, id);
  if (now.form.version === edition && now.form.status !== 'draft') return now.form;
  const { versions } = await shelf.store.history('Questionnaire', id, { count: 200 });
  const found = versions
    .flatMap((one) => (one.deleted ? [] : [one.resource]))
    .find((form) => form.version === edition && form.status !== 'draft');
  if (!found) throw editions.missing();
  return found;
}

export function lineOfSection(shelf: Shelf, one: Held, all: readonly Held[]): SectionLine {
  const { form } = one;
  const professions = professionsOf(form);
  const theme = themeOf(form);
  return {
    ...editions.standing(shelf, one, all),
    title: form.title ?? '',
    description: form.description ?? '',
    theme,
    themeLabel: Object.hasOwn(themes, theme) ? themes[theme as keyof typeof themes] : themes.other,
    professions,
    sensitive: (sensitiveOf(form) as Sensitivity | undefined) ?? null,
    source: sourceOf(form),
    mine: professions.includes(shelf.caller.profession),
  };
}
const writesSections = ({ room, caller }: Pick<Shelf, 'room' | 'caller'>): Promise<boolean> =>
  mayCall(room.db, caller, { practice: 'write-sections' });

export async function listSections(shelf: Shelf) {
  const writes = await writesSections(shelf);
  const all = await allSections(shelf);
  const lines = all
    .filter(({ form }) => writes || form.status === 'active')
    .map((one) => lineOfSection(shelf, one, all));
  return {
    sections: lines.sort((a, b) => Number(b.mine) - Number(a.mine) || a.title.localeCompare(b.title, 'fr')),
    writes,
  };
}
export async function sectionDetail(shelf: Shelf, id: string) {
  const one = await sectionHeld(shelf, id);
  const writes = await writesSections(shelf);
  if (one.form.status === 'draft' && !writes) throw editions.missing();
  return {
    ...lineOfSection(shelf, one, await allSections(shelf)),
    form: one.form,
    problems: problemsOf(one.form),
    writes,
  };
}

const blank = (title: string): Questionnaire => ({
  resourceType: 'Questionnaire',
  status: 'draft',
  title,
  subjectType: ['Patient'],
  extension: [{ url: urls.theme, valueCode: 'other' }],
  item: [
    {
      linkId: 'partie-1',
      type: 'group',
      text: 'Première partie',
      item: [{ linkId: 'question-1', type: 'string', text: 'Question' }],
    },
  ],
});
/** Without what is empty: FHIR has no empty list, text or object. */
function compact(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(compact).filter((one) => one !== undefined);
  if (typeof value === 'object' && value !== null)
    return Object.fromEntries(
      Object.entries(value)
        .map(([name, one]) => [name, compact(one)] as const)
        .filter(
          ([, one]) =>
            one !== undefined &&
            one !== null &&
            one !== '' &&
            !(Array.isArray(one) && one.length === 0) &&
            !(typeof one === 'object' && Object.keys(one as object).length === 0),
        ),
    );
  return value;
}
/** What a writer may set; the rest is ours. */
function drafted(
  form: Questionnaire,
  id: string,
  about: { draftOf?: string | undefined; keepShipped?: boolean },
): Questionnaire {
  const extension = (form.extension ?? []).filter(
    ({ url }) => url !== urls.draftOf && (about.keepShipped || url !== urls.shipped),
  );
  const { meta: _, ...rest } = compact(form) as Questionnaire;
  return {
    ...rest,
    resourceType: 'Questionnaire',
    id,
    url: sectionUrl(about.draftOf ?? id),
    status: 'draft',
    subjectType: ['Patient'],
    extension: [...extension, ...(about.draftOf ? [{ url: urls.draftOf, valueString: about.draftOf }] : [])],
  };
}
export async function beginSection(
  shelf: Shelf,
  body: { from?: string | undefined; form?: Questionnaire | undefined; title?: string | undefined },
) {
  const id = newId();
  const from = body.from === undefined ? undefined : (await sectionHeld(shelf, body.from)).form;
  const base =
    body.form ??
    (from ? { ...from, title: `${(from.title ?? '').slice(0, 180)} (copie)` } : blank(body.title ?? 'Nouveau volet'));
  const { version: _, ...form } = drafted({ ...base, ...(body.title && { title: body.title }) }, id, {});
  demandForm(form);
  await editions.begin(shelf, form);
  return sectionDetail(shelf, id);
}
/** What could not even be kept as a draft: nothing to show or to change in it. */
function demandForm(form: Questionnaire): void {
  const broken = problemsOf(form).find(({ where }) => where === 'form');
  if (broken) throw new Problem(422, 'Volet illisible', `${broken.words} Rien n’a été enregistré.`);
}
export async function changeSection(
  shelf: Shelf,
  id: string,
  { version, form }: { version: number; form: Questionnaire },
) {
  demandForm(form);
  return sectionDetail(
    shelf,
    await editions.change(shelf, id, version, (to) => ({
      ...drafted(form, to.id, { draftOf: to.draftOf ?? undefined, keepShipped: true }),
      ...(to.edition && { version: to.edition }),
    })),
  );
}
export async function publishSection(shelf: Shelf, id: string, { version }: { version: number }) {
  const target = await editions.publish(
    shelf,
    id,
    version,
    { of: ({ form }) => problemsOf(form), told: (problems) => ({ problems }) },
    ({ form }, to) => {
      const extension = (form.extension ?? []).filter(({ url }) => url !== urls.draftOf);
      return {
        ...form,
        id: to.id,
        status: 'active',
        version: to.edition,
        date: to.date,
        extension,
      };
    },
  );
  return sectionDetail(shelf, target);
}
export async function retireSection(shelf: Shelf, id: string, body: { version: number; back: boolean }) {
  await editions.retire(shelf, id, body);
  return sectionDetail(shelf, id);
}
export const dropSection = (shelf: Shelf, id: string, body: { version: number }): Promise<void> =>
  editions.drop(shelf, id, body);
