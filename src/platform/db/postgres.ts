import { setTimeout as wait } from 'node:timers/promises';
import pg from 'pg';
import { type Db, gone, inTransaction, parseInt8, retrying, type Sql, sqlState } from './db.ts';
import { createNames, manner } from './prepared.ts';

interface Connection extends pg.PoolClient {
  /** The practice this connection speaks for; row-level security follows it. */
  estranTenant?: number;
}

const usual = pg.types.getTypeParser(1184, 'text') as (text: string) => Date;
/** Instants in UTC, as our connections speak them; the library's own way costs more than the rest of a row. */
const parseInstant = (text: string): Date => {
  if (text.length > 29 || text.length < 22 || !text.endsWith('+00') || text[10] !== ' ') return usual(text);
  const two = (at: number) => (text.charCodeAt(at) - 48) * 10 + text.charCodeAt(at + 1) - 48;
  const ms = text.length > 23 ? Math.trunc(Number(`0${text.slice(19, -3)}`) * 1000 + 1e-6) : 0;
  return new Date(Date.UTC(two(0) * 100 + two(2), two(5) - 1, two(8), two(11), two(14), two(17), ms));
};

const types: pg.CustomTypesConfig = {
  getTypeParser: ((oid: number, format?: 'text' | 'binary') =>
    oid === 20
      ? parseInt8
      : oid === 1184
        ? parseInstant
        : pg.types.getTypeParser(oid, format as 'text')) as typeof pg.types.getTypeParser,
};

const nameOf = createNames();

/**
 * By callback: rows that come by the library's own promise outlive the young generation, each of them, until the engine looks through its whole
 * heap. A page of record makes a megabyte of them (bench/README.md, docs/adr/0049).
 */
const rowsOf = (client: pg.ClientBase, query: pg.QueryConfig): Promise<unknown[]> =>
  new Promise((resolve, reject) => {
    client.query(query, (error, result) => (error ? reject(error) : resolve(result.rows)));
  });
const sqlOn = (client: pg.ClientBase): Sql => ({
  async query<Row>(text: string, params: readonly unknown[] = []) {
    const query = params.length === 0 ? { text, types } : { text, values: [...params], name: nameOf(text), types };
    try {
      return (await rowsOf(client, query)) as Row[];
    } catch (error) {
      // The stack that led here, not the socket's.
      if (error instanceof Error) Error.captureStackTrace(error);
      throw error;
    }
  },
});

/** Codes of the wire, as Node tells them. A file that is missing or a disk that is full, met by who works with the database, has codes like these and is none. */
const wire = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ECONNABORTED',
  'EPIPE',
  'ETIMEDOUT',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'EHOSTDOWN',
  'ENETUNREACH',
  'ENETDOWN',
  'EADDRNOTAVAIL',
]);
/** The wire's errors and the library's own have no code of the database's: they get the one that says the same. */
function named(error: unknown, code: string): unknown {
  if (!(error instanceof Error) || 'severity' in error) return error;
  const own = 'code' in error ? String(error.code) : '';
  const broken =
    wire.has(own) ||
    ('syscall' in error && error.syscall === 'connect') ||
    /^(Connection terminated|Client has encountered a connection error|Client was closed|timeout exceeded when trying to connect|timeout expired)/.test(
      error.message,
    );
  return broken ? Object.assign(new Error(error.message, { cause: error }), { code }) : error;
}

/** A connection that is broken off on this side alone leaves its statement at work on the other, with all it has locked. */
async function endSessions(url: string, pids: readonly number[]): Promise<void> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 2_000, query_timeout: 2_000 });
  client.on('error', () => undefined);
  try {
    await client.connect();
    await client.query('select pg_terminate_backend(pid) from unnest($1::int[]) pid', [pids]);
  } catch {
    // It is away: so are its statements.
  }
  void client.end();
}

/** PostgreSQL 15 or later. `url` is a role that owns the schema and may take the role estran_app. */
export async function openPostgres(url: string, options: { connections?: number } = {}): Promise<Db> {
  const pool = new pg.Pool({ connectionString: url, max: options.connections ?? 6, idleTimeoutMillis: 60_000 });
  const owners = new pg.Pool({ connectionString: url, max: 2, idleTimeoutMillis: 10_000 });
  // A server that restarts ends idle connections; the next query opens a new one.
  const lent = new Set<pg.PoolClient & { processID?: number }>();
  let isCut = false;
  for (const one of [pool, owners]) {
    one.on('error', () => undefined);
    one.on('acquire', (client) => lent.add(client));
    one.on('release', (_error, client) => lent.delete(client));
    // The pool listens to idle connections only: one that is cut while it is lent, between two statements, would end the process.
    one.on('connect', (client) => client.on('error', () => undefined));
  }

  /** A server that has no connection left for one more gives one back in a moment: waited for, as for the pool's own. */
  async function connectedTo(from: pg.Pool): Promise<pg.PoolClient> {
    for (let waited = 0; ; waited += 100)
      try {
        if (isCut) throw Object.assign(new Error('The server is stopping.'), { code: gone.unreached });
        return await from.connect();
      } catch (error) {
        if (sqlState(error) !== '53300' || waited >= 5_000) throw named(error, gone.unreached);
        await wait(100);
      }
  }

  async function asTenant<T>(tenantId: number, work: (sql: Sql) => Promise<T>): Promise<T> {
    const client = (await connectedTo(pool)) as Connection;
    let broken: Error | undefined;
    try {
      if (client.estranTenant !== tenantId) {
        await client.query(
          `${manner}; set timezone = 'UTC'; set role estran_app; select set_config('estran.tenant', '${Number(tenantId)}', false)`,
        );
        client.estranTenant = tenantId;
      }
      return await work(sqlOn(client));
    } catch (thrown) {
      const error = named(thrown, gone.lost);
      if (error instanceof Error && !('severity' in error && error.severity === 'ERROR')) broken = error;
      throw error;
    } finally {
      // An error of ours leaves the connection sound; one of the wire does not.
      client.release(
        broken && 'code' in broken && typeof broken.code === 'string' && /^(08|57|E)/.test(broken.code)
          ? broken
          : undefined,
      );
    }
  }

  return {
    engine: 'postgres',
    tenant: asTenant,
    transaction: (tenantId, work) => retrying(() => asTenant(tenantId, (sql) => inTransaction(sql, work))),
    async owner(_reason, work) {
      const client = await connectedTo(owners);
      try {
        return await work(sqlOn(client));
      } catch (error) {
        throw named(error, gone.lost);
      } finally {
        client.release();
      }
    },
    async close() {
      await Promise.all([pool.end(), owners.end()]);
    },
    cut() {
      isCut = true;
      void endSessions(
        url,
        [...lent].flatMap(({ processID }) => processID ?? []),
        // Where the database cannot be asked any more.
      ).finally(() => [...lent].map((client) => client.end()));
    },
  };
}
