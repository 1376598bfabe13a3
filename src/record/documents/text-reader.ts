import type { DocumentReference } from '@medplum/fhirtypes';
import { type FhirStore, ifThere } from '../../fhir/index.ts';
import type { Db } from '../../platform/index.ts';
import { factsOf } from './facts.rules.ts';
import { claimed } from './from-client.ts';
import { readText } from './index-words.ts';
import { proposalsOf } from './propose.ts';
import { keepFacts, receivedAmong } from './received.store.ts';
import { giveBack, keepTexts, type ReadText, takeWaiting, type Waiting } from './words.store.ts';

/** Documents of one transaction, and how long they may wait for the others (ms): a take-over brings tens of thousands, a letter brings one. */
const most = 16;
const patience = 300;
type Read = Waiting & ReadText;

/** The file of a document, wherever it stands; null: it is kept elsewhere. */
export async function heldBytes(
  store: FhirStore,
  id: string,
): Promise<{ document: DocumentReference; bytes: Buffer | null; declared: string }> {
  const document = (await store.read('DocumentReference', id)).resource;
  const attachment = document.content?.[0]?.attachment;
  const binary = /(?:^|\/)Binary\/([A-Za-z0-9\-.]{1,64})$/.exec(attachment?.url ?? '')?.[1];
  const held = attachment?.data ?? (binary ? (await ifThere(store.read('Binary', binary)))?.resource?.data : undefined);
  return { document, bytes: held ? Buffer.from(held, 'base64') : null, declared: attachment?.contentType ?? '' };
}
/** Reads the files whose text is not read yet, one after the other; what was left by a server that stopped is taken up again. */
export class TextReader {
  readonly #db: Db;
  readonly #house: (tenant: number, reason: string) => FhirStore;
  readonly #now: () => Date;
  readonly #after: () => void;
  #running: Promise<void> | null = null;
  #again = false;
  readonly #stopping = new AbortController();
  /** @param after hears that all are read: what has no words of its own may then be recognised */
  constructor(
    db: Db,
    house: (tenant: number, reason: string) => FhirStore,
    now: () => Date,
    after: () => void = () => undefined,
  ) {
    this.#after = after;
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
  /** Breaks off the file at hand; it waits for the next start with the others. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    await this.#running?.catch(() => undefined);
  }
  async #all(): Promise<void> {
    try {
      while (this.#again && !this.#stopped) {
        this.#again = false;
        for (let some = await this.#next(); some.length > 0; some = this.#stopped ? [] : await this.#next())
          await this.#readSome(some);
      }
    } finally {
      // In the same moment as the last look at #again: whoever calls from here on begins anew.
      this.#running = null;
      if (!this.#stopped) this.#after();
    }
  }
  get #stopped(): boolean {
    return this.#stopping.signal.aborted;
  }
  readonly #next = (): Promise<Waiting[]> => this.#db.owner('documents to read', (sql) => takeWaiting(sql, most));

  async #readSome(some: readonly Waiting[]): Promise<void> {
    let read: Read[] = [];
    let began = performance.now();
    for (const [at, one] of some.entries()) {
      const text = this.#stopped ? null : await this.#unlessStopped(this.#read(one));
      if (!text) {
        await this.#db.owner('documents to read', (sql) => giveBack(sql, some.slice(at)));
        break;
      }
      read.push({ ...one, ...text });
      if (performance.now() - began < patience) continue;
      await this.#keep(read);
      [read, began] = [[], performance.now()];
    }
    await this.#keep(read);
  }
  #unlessStopped(reading: Promise<ReadText>): Promise<ReadText | null> {
    return reading.catch((error: unknown) => {
      if (this.#stopped) return null;
      throw error;
    });
  }
  async #read({ tenant, id, unclaimed }: Waiting): Promise<ReadText> {
    const house = this.#house(tenant, 'texte des documents');
    const { document, bytes, declared } = await heldBytes(house, id);
    // One that is taken in to be sorted is read again, as it then is.
    if (unclaimed && bytes && (await claimed(house, document, bytes, this.#now().toISOString()))) this.#again = true;
    return bytes
      ? readText(bytes, declared, this.#stopping.signal)
      : { state: 'empty', body: '', pages: null, bytesHash: '', textHash: '' };
  }
  async #keep(read: readonly Read[]): Promise<void> {
    for (const [tenant, here] of Map.groupBy(read, (one) => one.tenant))
      await this.#db.transaction(tenant, async (sql) => {
        await keepTexts(sql, tenant, here);
        for (const { document, name } of await receivedAmong(
          sql,
          tenant,
          here.map(({ id }) => id),
        )) {
          const { body } = here.find(({ id }) => id === document)!;
          const facts = factsOf(body, name, this.#now());
          await keepFacts(sql, tenant, document, {
            ...facts,
            matches: await proposalsOf(sql, tenant, facts, body, name),
          });
        }
      });
  }
}
