import { type Db, isTiff, pdfOfTiff, type Recognised, type Recogniser } from '../../platform/index.ts';
import type { FhirStore } from '../../fhir/index.ts';
import { normalise } from '../fhir-words.ts';
import { typeByContent } from '../write/documents.ts';
import { asRecognised, factsOf } from './facts.rules.ts';
import { clean } from './index-words.ts';
import { proposalsOf } from './propose.ts';
import { keepFacts, receivedRow } from './received.store.ts';
import { keepPage, type Scan, takeScan } from './scans.store.ts';
import { heldBytes } from './text-reader.ts';

/** A page that has twice ended its reader is left as a picture. */
const mostTries = 2;
const nothing: Recognised = { text: '', confidence: 0 };

/**
 * Recognises the words of what was scanned or photographed, a page at a time, each kept as soon as it is read: a server or a reader that ends loses the page at hand, and takes it up again. What is waiting stands in
 * the database, so that a heap of scans takes no memory.
 */
export class ScanReader {
  readonly #db: Db;
  readonly #house: (tenant: number, reason: string) => FhirStore;
  readonly #now: () => Date;
  readonly #recogniser: Recogniser;
  #running: Promise<void> | null = null;
  #again = false;
  #stopped = false;
  constructor(db: Db, house: (tenant: number, reason: string) => FhirStore, now: () => Date, recogniser: Recogniser) {
    this.#db = db;
    this.#house = house;
    this.#now = now;
    this.#recogniser = recogniser;
  }
  get works(): boolean {
    return this.#recogniser.works;
  }
  /** Resolves when nothing is left to recognise. */
  run(): Promise<void> {
    this.#again = true;
    this.#running ??= this.#all();
    return this.#running;
  }
  async stop(): Promise<void> {
    this.#stopped = true;
    await this.#recogniser.close();
    await this.#running?.catch(() => undefined);
  }
  async #all(): Promise<void> {
    try {
      while (this.#again && !this.#stopped && this.works) {
        this.#again = false;
        for (let one = await this.#next(); one; one = this.#stopped || !this.works ? null : await this.#next())
          await this.#page(one);
      }
    } finally {
      this.#running = null;
    }
  }
  readonly #next = (): Promise<Scan | null> => this.#db.owner('pages to recognise', takeScan);

  async #page(one: Scan): Promise<void> {
    const read = one.tries > mostTries ? nothing : await this.#recognise(one);
    if (this.#stopped || !this.works || !read) return;
    await this.#db.transaction(one.tenant, async (sql) => {
      const body = await keepPage(sql, one, { ...read, text: clean(read.text) });
      const row = body ? await receivedRow(sql, one.tenant, one.id) : null;
      if (!body || row?.state !== 'waiting') return;
      const facts = asRecognised(factsOf(body, row.name, this.#now()));
      await keepFacts(sql, one.tenant, one.id, {
        ...facts,
        matches: await proposalsOf(sql, one.tenant, facts, body, row.name),
      });
    });
  }
  async #recognise({ tenant, id, page }: Scan): Promise<Recognised | null> {
    const { bytes } = await heldBytes(this.#house(tenant, 'reconnaissance du texte des documents'), id);
    if (!bytes) return nothing;
    const pdf = isTiff(bytes) ? pdfOfTiff(bytes) : bytes;
    const read = await this.#recogniser.page({ bytes: pdf, pdf: typeByContent(pdf) === 'application/pdf', page });
    return read && normalise(read.text) === '' ? nothing : read;
  }
}
