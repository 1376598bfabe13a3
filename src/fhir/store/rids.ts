import type { Db, Sql } from '../../platform/index.ts';

const blockSize = 512;

/** Hands out row numbers from blocks taken off the database's sequence; a block lost in a crash is a harmless gap. */
export class Rids {
  readonly #db: Db;
  #next = 0;
  #end = 0;
  constructor(db: Db) {
    this.#db = db;
  }

  /** `count` numbers, increasing. `sql` is the running transaction: inside one, no other connection may be waited for. */
  async take(tenant: number, count: number, sql?: Sql): Promise<number[]> {
    const found = this.#cut(count);
    while (found.length < count) {
      const wanted = Math.ceil((count - found.length) / blockSize);
      const ask = (on: Sql) =>
        on.query<{ start: number }>(`select nextval('fhir.rid_block') as start from generate_series(1, $1::int)`, [
          wanted,
        ]);
      const rows = sql ? await ask(sql) : await this.#db.tenant(tenant, ask);
      for (const { start } of rows) {
        const first = Number(start);
        const part = Math.min(blockSize, count - found.length);
        for (let i = 0; i < part; i++) found.push(first + i);
        // What is left serves the next ones; of two left-overs the longer is kept.
        if (blockSize - part > this.#end - this.#next) {
          this.#next = first + part;
          this.#end = first + blockSize;
        }
      }
    }
    return found;
  }

  #cut(count: number): number[] {
    const part = Math.min(count, this.#end - this.#next);
    const first = this.#next;
    this.#next += part;
    return Array.from({ length: part }, (_, i) => first + i);
  }
}
