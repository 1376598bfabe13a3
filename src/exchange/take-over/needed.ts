import { type Importer, keyOf } from '../../fhir/index.ts';
import type { Db } from '../../platform/index.ts';
import { createdBy } from './origin.store.ts';
import type { Run } from './run.store.ts';

const page = { created: 1000, patients: 25, keys: 500 };
const pages = (all: Iterable<string>, size: number): string[][] => {
  const list = [...all];
  return Array.from({ length: Math.ceil(list.length / size) }, (_, i) => list.slice(i * size, (i + 1) * size));
};

/**
 * What of a run people have built upon since: the patients in whose records they wrote, and what their writing points to. Taken away, it
 * would leave their words in records that nobody can open.
 */
export class Needed {
  readonly #importer: Importer;
  /** Keys of what the run brought and nobody has touched: what it may take back. */
  readonly #own = new Set<bigint>();
  readonly #kept = new Set<bigint>();

  private constructor(importer: Importer) {
    this.#importer = importer;
  }

  /** Looks through the records that the run touched; null when it was stopped meanwhile. */
  static async of(db: Db, tenant: number, run: Run, importer: Importer, signal: AbortSignal): Promise<Needed | null> {
    const needed = new Needed(importer);
    const patients = new Set<string>();
    for (let after = String(-(2n ** 63n)); ; ) {
      if (signal.aborted) return null;
      const rows = await db.tenant(tenant, (sql) => createdBy(sql, tenant, run.id, after, page.created));
      if (rows.length === 0) break;
      after = rows.at(-1)!.origin;
      for (const one of await importer.look((look) =>
        look.whose(rows.map(({ type, id, version }) => ({ type, id, version: version! }))),
      )) {
        needed.#own.add(BigInt(one.key));
        for (const patient of one.patients) patients.add(patient);
      }
    }
    for (const some of pages(patients, page.patients)) {
      if (signal.aborted) return null;
      await needed.#lookAt(some);
    }
    return needed;
  }

  has(type: string, id: string): boolean {
    return this.#kept.has(keyOf(`${type}/${id}`));
  }

  /** Once more, right before these patients go: somebody may just have written. */
  async lookAgain(patients: readonly string[]): Promise<void> {
    for (const some of pages(
      patients.map((id) => String(keyOf(`Patient/${id}`))),
      page.patients,
    ))
      await this.#lookAt(some);
  }

  async #lookAt(patients: readonly string[]): Promise<void> {
    const standing = await this.#importer.look((look) => look.inRecordsOf(patients));
    let reached = this.#keep(standing.flatMap(({ key, references }) => (this.#own.has(BigInt(key)) ? [] : references)));
    // What is kept points to more, which stays with it.
    while (reached.length > 0) {
      const next: string[] = [];
      for (const some of pages(reached.map(String), page.keys))
        next.push(
          ...(await this.#importer.look((look) => look.pointing(some))).flatMap(({ references }) => references),
        );
      reached = this.#keep(next);
    }
  }

  /** Those that are the run's own and were not kept yet. */
  #keep(references: readonly string[]): bigint[] {
    const fresh = [...new Set(references.map(keyOf))].filter((key) => this.#own.has(key) && !this.#kept.has(key));
    for (const key of fresh) this.#kept.add(key);
    return fresh;
  }
}
