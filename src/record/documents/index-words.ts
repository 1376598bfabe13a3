import { createHash } from 'node:crypto';
import type { Binary, ClinicalImpression, Composition, DocumentReference } from '@medplum/fhirtypes';
import type { FhirStore, Resource, WrittenOne } from '../../fhir/index.ts';
import { type Db, type Sql, textOfPdf } from '../../platform/index.ts';
import { documentTypeOf } from '../data/choices.ts';
import { firstCode, labelOf, normalise, textOfHtml } from '../fhir-words.ts';
import { documentTitle, extensionText, noteUrl } from '../read/labels.ts';
import { authorOf, statusOf, writerOf } from '../read/reading.ts';
import { typeByContent } from '../write/documents.ts';
import { factsOf } from './facts.rules.ts';
import { proposalsOf } from './propose.ts';
import { awaitedOf } from './readers.rules.ts';
import { keepReadings } from './reading.store.ts';
import { keepFacts, receivedRow } from './received.store.ts';
import { dropWords, keepText, keepWords, type ReadText, takeWaiting, type Waiting, type Words } from './words.store.ts';

/** What PostgreSQL cannot hold, and what nobody can read, goes out of a text. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must not come in
export const clean = (text: string): string => text.toWellFormed().replace(/[\u0000-\u0008\u000b\u000e-\u001f\ufffd]/g, ' ').replace(/[ \t\u00a0]{2,}/g, '  ').trim();
const hashOf = (content: string | Uint8Array): string => createHash('sha256').update(content).digest('hex');

const narrative = (sections: Composition['section']): string[] =>
  (sections ?? []).flatMap((section) => [section.title ?? '', section.text?.status === 'generated' ? '' : textOfHtml(section.text?.div), ...narrative(section.section)]);
const bodyOf: Record<string, (resource: never) => string> = {
  Composition: (one: Composition) => narrative(one.section).filter(Boolean).join('\n'),
  ClinicalImpression: (one: ClinicalImpression) => [one.summary, ...(one.note ?? []).map(({ text }) => text)].filter(Boolean).join('\n'),
};
const titleOf: Record<string, (resource: never) => string> = {
  DocumentReference: documentTitle as never,
  Composition: (one: Composition) => one.title,
  ClinicalImpression: (one: ClinicalImpression) => one.description ?? '',
};
/** The file a document's text is read from. */
export const sourceOf = (document: DocumentReference): string => {
  const attachment = document.content?.[0]?.attachment;
  return attachment?.url ? attachment.url.slice(0, 200) : attachment?.data ? hashOf(attachment.data) : '';
};

/** Types whose words are found, for fhir.onWriteAll. */
export const wordTypes = ['DocumentReference', 'Composition', 'ClinicalImpression'] as const;
/** In the transaction of every write of these types: the row says what the resource says, and is gone when the resource is or was entered in error. */
export async function onTextsWritten(sql: Sql, tenant: number, written: readonly WrittenOne[]): Promise<void> {
  const standing = (one: WrittenOne): one is WrittenOne & { resource: Resource } => one.resource !== null && statusOf(one.resource) !== 'entered-in-error';
  for (const one of written) if (one.type === 'DocumentReference') await keepReadings(sql, tenant, one.id, standing(one) ? awaitedOf(one.resource as unknown as DocumentReference) : []);
  await dropWords(sql, tenant, written.filter((one) => !standing(one)));
  await keepWords(sql, tenant, written.filter(standing).map(wordsOf), new Date().toISOString());
}
function wordsOf({ type, id, resource }: WrittenOne & { resource: Resource }): Words {
  const document = type === 'DocumentReference' ? (resource as unknown as DocumentReference) : null;
  const code = firstCode(resource.type as never) ?? '';
  const people = [authorOf(resource), writerOf(resource), ...((resource.author as never[]) ?? [])].map((one) => (one as { display?: string } | undefined)?.display ?? '');
  const author = [...new Set(people.filter(Boolean))].join(', ');
  const heading = clean([titleOf[type]!(resource as never), documentTypeOf(code) ?? labelOf(resource.type as never), author, document ? extensionText(document, noteUrl) : ''].filter(Boolean).join(' \n')).slice(0, 8_000);
  return { type, id, heading, author: normalise(author), code, source: document ? sourceOf(document) : '', body: document ? null : clean(bodyOf[type]!(resource as never)).slice(0, 1_000_000) };
}

/** The text of a file by its content, whatever it is called. */
export async function readText(bytes: Buffer, declared: string): Promise<ReadText> {
  const none = { body: '', pages: null, bytesHash: hashOf(bytes), textHash: '' };
  const type = typeByContent(bytes);
  if (type === 'image/png' || type === 'image/jpeg') return { ...none, state: 'empty', pages: 1 };
  let raw: string | undefined;
  let pages: number | null = 1;
  if (type === 'application/pdf') {
    const read = await textOfPdf(bytes);
    if (!read) return { ...none, state: 'unreadable' };
    [raw, pages] = [read.text, read.pages];
  } else if (declared.startsWith('text/plain')) {
    const letters = /charset=windows-1252$/i.test(declared) ? 'windows-1252' : isPlainText(bytes) ? 'utf-8' : undefined;
    // Signs between the fields of a laboratory's file are no letters of a word («HB~Hémoglobine~L»).
    if (letters) raw = new TextDecoder(letters).decode(bytes).slice(0, 1_000_000).replace(/[|~^]+/g, ' ');
  }
  const body = clean(raw ?? '');
  const words = normalise(body);
  return { ...none, body, pages, state: words === '' ? 'empty' : 'read', textHash: words.length > 80 ? hashOf(words) : '' };
}
/** UTF-8 without a control character: what a browser shows as it is. */
export function isPlainText(bytes: Uint8Array): boolean {
  if (bytes.includes(0)) return false;
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return !/^\s*<(!doctype|html|\?xml|script|svg)/i.test(text);
  } catch {
    return false;
  }
}

/** Reads the files whose text is not read yet, one after the other; what was left by a server that stopped is taken up again. */
export class TextReader {
  readonly #db: Db;
  readonly #house: (tenant: number, reason: string) => FhirStore;
  readonly #now: () => Date;
  #running: Promise<void> | null = null;
  #again = false;
  #stopped = false;
  constructor(db: Db, house: (tenant: number, reason: string) => FhirStore, now: () => Date) {
    this.#db = db;
    this.#house = house;
    this.#now = now;
  }
  /** Resolves when nothing waits to be read. */
  run(): Promise<void> {
    this.#again = true;
    this.#running ??= this.#all();
    return this.#running;
  }
  async stop(): Promise<void> {
    this.#stopped = true;
    await this.#running?.catch(() => undefined);
  }
  async #all(): Promise<void> {
    try {
      while (this.#again && !this.#stopped) {
        this.#again = false;
        for (let one = await this.#next(); one && !this.#stopped; one = await this.#next()) await this.#read(one);
      }
    } finally {
      // In the same moment as the last look at #again: whoever calls from here on begins anew.
      this.#running = null;
    }
  }
  readonly #next = (): Promise<Waiting | null> => this.#db.owner('documents to read', takeWaiting);

  async #read(one: Waiting): Promise<void> {
    const store = this.#house(one.tenant, 'texte des documents');
    const document = (await store.read('DocumentReference', one.id)).resource as unknown as DocumentReference;
    const attachment = document.content?.[0]?.attachment;
    const binary = /(?:^|\/)Binary\/([A-Za-z0-9\-.]{1,64})$/.exec(attachment?.url ?? '')?.[1];
    const held = attachment?.data ?? (binary ? ((await store.read('Binary', binary).catch(() => null))?.resource as unknown as Binary | undefined)?.data : undefined);
    const read: ReadText = held ? await readText(Buffer.from(held, 'base64'), attachment?.contentType ?? '') : { state: 'empty', body: '', pages: null, bytesHash: '', textHash: '' };
    const row = await this.#db.tenant(one.tenant, (sql) => receivedRow(sql, one.tenant, one.id));
    const facts = row ? factsOf(read.body, row.name, this.#now()) : null;
    await this.#db.transaction(one.tenant, async (sql) => {
      await keepText(sql, one, read);
      if (row && facts) await keepFacts(sql, one.tenant, one.id, { ...facts, matches: await proposalsOf(sql, one.tenant, facts, read.body, row.name) });
    });
  }
}
