import { createHash } from 'node:crypto';
import type { CodeableConcept, Composition, DocumentReference, Reference } from '@medplum/fhirtypes';
import type { ResourceOf, WrittenOne } from '../../fhir/index.ts';
import { type Sql, textOfPdf, tiffPages } from '../../platform/index.ts';
import { documentTypeOf } from '../data/choices.ts';
import { firstCode, labelOf, normalise, textOfHtml } from '../fhir-words.ts';
import { documentTitle, extensionText, noteUrl } from '../read/labels.ts';
import { authorOf, statusOf, writerOf } from '../read/reading.ts';
import { typeByContent } from '../write/documents.ts';
import { awaitedOf } from './readers.rules.ts';
import { keepReadings } from './reading.store.ts';
import { dropWords, keepWords, type ReadText, type Words } from './words.store.ts';

/** What PostgreSQL cannot hold, and what nobody can read, goes out of a text. */
export const clean = (text: string): string =>
  text
    .toWellFormed()
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must not come in
    .replace(/[\u0000-\u0008\u000b\u000e-\u001f\ufffd]/g, ' ')
    .replace(/[ \t\u00a0]{2,}/g, '  ')
    .trim();
const hashOf = (content: string | Uint8Array): string => createHash('sha256').update(content).digest('hex');

const narrative = (sections: Composition['section']): string[] =>
  (sections ?? []).flatMap((section) => [
    section.title ?? '',
    section.text?.status === 'generated' ? '' : textOfHtml(section.text?.div),
    ...narrative(section.section),
  ]);
/** What is said of a resource of each of these types; no body: the text of its file, read later. */
const saidOf = (
  resource: WithWords,
): { title: string; type?: CodeableConcept; people: readonly (Reference | undefined)[]; body: string | null } => {
  switch (resource.resourceType) {
    case 'DocumentReference':
      return { title: documentTitle(resource), type: resource.type, people: resource.author ?? [], body: null };
    case 'Composition':
      return {
        title: resource.title,
        type: resource.type,
        people: resource.author,
        body: narrative(resource.section).filter(Boolean).join('\n'),
      };
    case 'ClinicalImpression':
      return {
        title: resource.description ?? '',
        people: [],
        body: [resource.summary, ...(resource.note ?? []).map(({ text }) => text)].filter(Boolean).join('\n'),
      };
  }
};
/** The file a document's text is read from. */
export const sourceOf = (document: DocumentReference): string => {
  const attachment = document.content?.[0]?.attachment;
  return attachment?.url ? attachment.url.slice(0, 200) : attachment?.data ? hashOf(attachment.data) : '';
};

/** Types whose words are found, for fhir.onWriteAll. */
export const wordTypes = ['DocumentReference', 'Composition', 'ClinicalImpression'] as const;
type WithWords = ResourceOf<(typeof wordTypes)[number]>;
type Written = WrittenOne<WithWords>;
export type WordsWritten = [sql: Sql, tenant: number, written: readonly Written[]];
/** In the transaction of every write of these types: the row says what the resource says, and is gone when the resource is or was entered in error. */
export async function onTextsWritten(...[sql, tenant, written, now]: [...WordsWritten, now: Date]): Promise<void> {
  const standing = (one: Written): one is Written & { resource: WithWords } =>
    one.resource !== null && statusOf(one.resource) !== 'entered-in-error';
  for (const one of written)
    if (one.type === 'DocumentReference')
      await keepReadings(
        sql,
        tenant,
        one.id,
        standing(one) && one.resource.resourceType === 'DocumentReference' ? awaitedOf(one.resource) : [],
      );
  await dropWords(
    sql,
    tenant,
    written.filter((one) => !standing(one)),
  );
  await keepWords(sql, tenant, written.filter(standing).map(wordsOf), now.toISOString());
}
function wordsOf({ type, id, resource, byProgram = false }: Written & { resource: WithWords }): Words {
  const document = resource.resourceType === 'DocumentReference' ? resource : null;
  const said = saidOf(resource);
  const code = firstCode(said.type) ?? '';
  const people = [authorOf(resource), writerOf(resource), ...said.people].map((one) => one?.display ?? '');
  const author = [...new Set(people.filter(Boolean))].join(', ');
  const heading = clean(
    [said.title, documentTypeOf(code) ?? labelOf(said.type), author, document ? extensionText(document, noteUrl) : '']
      .filter(Boolean)
      .join(' \n'),
  ).slice(0, 8_000);
  return {
    type,
    id,
    heading,
    author: normalise(author),
    code,
    source: document ? sourceOf(document) : '',
    unclaimed: byProgram && document !== null && !document.subject,
    body: said.body === null ? null : clean(said.body).slice(0, 1_000_000),
  };
}

/** The text of a file by its content, whatever it is called. Rejects when `stopping` breaks it off. */
export async function readText(bytes: Buffer, declared: string, stopping?: AbortSignal): Promise<ReadText> {
  const none = { body: '', pages: null, bytesHash: hashOf(bytes), textHash: '' };
  const type = typeByContent(bytes);
  if (type === 'image/png' || type === 'image/jpeg') return { ...none, state: 'scanned', pages: 1 };
  if (type === 'image/tiff') return pagesIn(bytes, none);
  let raw: string | undefined;
  let pages: number | null = 1;
  if (type === 'application/pdf') {
    const read = await textOfPdf(bytes, {}, stopping);
    if (!read) return { ...none, state: 'unreadable' };
    [raw, pages] = [read.text, read.pages];
  } else if (declared.startsWith('text/plain')) {
    const letters = /charset=windows-1252$/i.test(declared) ? 'windows-1252' : isPlainText(bytes) ? 'utf-8' : undefined;
    // Signs between the fields of a laboratory's file are no letters of a word («HB~Hémoglobine~L»).
    if (letters)
      raw = new TextDecoder(letters)
        .decode(bytes)
        .slice(0, 1_000_000)
        .replace(/[|~^]+/g, ' ');
  }
  const body = clean(raw ?? '');
  const words = normalise(body);
  return {
    ...none,
    body,
    pages,
    state: words !== '' ? 'read' : type === 'application/pdf' ? 'scanned' : 'empty',
    textHash: words.length > 80 ? hashOf(words) : '',
  };
}
/** Nothing of a TIFF is words; one that came in by another way than the screens may be damaged. */
function pagesIn(bytes: Buffer, none: Omit<ReadText, 'state'>): ReadText {
  try {
    return { ...none, state: 'scanned', pages: tiffPages(bytes).length };
  } catch {
    return { ...none, state: 'unreadable' };
  }
}
/** UTF-8 without a control character: what a browser shows as it is. */
export function isPlainText(bytes: Uint8Array): boolean {
  if (bytes.includes(0)) return false;
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return (
      // biome-ignore lint/suspicious/noControlCharactersInRegex: what no text holds, but for tabs, ends of lines and pages, and the mark at the end of old files
      !/[\u0001-\u0008\u000e-\u0019\u001b-\u001f]/.test(text) && !/^\s*<(!doctype|html|\?xml|script|svg)/i.test(text)
    );
  } catch {
    return false;
  }
}
