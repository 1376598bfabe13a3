import { AsyncLocalStorage } from 'node:async_hooks';
import { PGlite } from '@electric-sql/pglite';
import { pg_trgm } from '@electric-sql/pglite/contrib/pg_trgm';
import { unaccent } from '@electric-sql/pglite/contrib/unaccent';
import { type Db, inTransaction, parseInt8, retrying, type Sql } from './db.ts';

/**
 * The embedded engine: PostgreSQL in WebAssembly, in this process, one connection. Callers queue for it.
 * @param folder where the data live; `memory://` keeps nothing.
 */
export async function openPglite(folder: string): Promise<Db> {
  const engine = await PGlite.create(folder, {
    extensions: { pg_trgm, unaccent },
    parsers: { 20: (text: string) => parseInt8(text) },
  });
  let last: Promise<unknown> = Promise.resolve();
  let current = '';
  const sql: Sql = {
    async query<Row>(text: string, params: readonly unknown[] = []) {
      const result = await engine.query<Row>(text, params as unknown[]);
      return result.rows;
    },
  };

  // One connection: waiting for it while holding it would wait for ever. Say so instead.
  const holding = new AsyncLocalStorage<boolean>();

  /** Takes the connection's turn and makes it speak for `who` ('' is the owner). */
  function turn<T>(who: string, work: () => Promise<T>): Promise<T> {
    if (holding.getStore())
      throw new Error(
        'Use the statement runner you were given: the embedded engine has one connection and you hold it.',
      );
    const mine = last.then(async () => {
      if (who !== current) {
        if (who === '') await engine.exec("reset role; select set_config('estran.tenant', '', false)");
        else await engine.exec(`set role estran_app; select set_config('estran.tenant', '${Number(who)}', false)`);
        current = who;
      }
      return holding.run(true, work);
    });
    last = mine.catch(() => undefined);
    return mine;
  }

  return {
    engine: 'pglite',
    tenant: (tenantId, work) => turn(String(tenantId), () => work(sql)),
    transaction: (tenantId, work) => turn(String(tenantId), () => retrying(() => inTransaction(sql, work))),
    owner: (_reason, work) => turn('', () => work(sql)),
    async close() {
      await last;
      await engine.close();
    },
  };
}
