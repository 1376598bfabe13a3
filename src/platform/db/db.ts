/** One way to the database for both engines: PostgreSQL and PGlite speak the same SQL. */
export interface Sql {
  /** Runs one statement with `$1…` parameters and returns its rows. int8 arrives as a number when it is a safe integer, else as a string. */
  query<Row = Record<string, unknown>>(text: string, params?: readonly unknown[]): Promise<Row[]>;
}

export interface Db {
  readonly engine: 'pglite' | 'postgres';
  /** Statements of one practice, each committed on its own, under the role that row-level security binds. */
  tenant<T>(tenantId: number, work: (sql: Sql) => Promise<T>): Promise<T>;
  /** All or nothing, for one practice. Serialisation failures and deadlocks are tried again. */
  transaction<T>(tenantId: number, work: (sql: Sql) => Promise<T>): Promise<T>;
  /** Under the owner's role: migrations, a new practice, a sign-in that does not know its practice yet. `reason` is for the reader. */
  owner<T>(reason: string, work: (sql: Sql) => Promise<T>): Promise<T>;
  close(): Promise<void>;
  /** Breaks off what is at work and begins nothing more: what waits for an answer gets an error, nothing that was not committed stays. */
  cut(): void;
}

/** Parses int8 as both engines must: numbers stay numbers while they are exact. */
export const parseInt8 = (text: string): number | string => {
  const value = Number(text);
  return Number.isSafeInteger(value) ? value : text;
};

const retryable = new Set(['40001', '40P01']);

/** Runs `work` between begin and commit on one connection, rolling back on any error. */
export async function inTransaction<T>(sql: Sql, work: (sql: Sql) => Promise<T>): Promise<T> {
  await sql.query('begin');
  try {
    const result = await work(sql);
    await sql.query('commit');
    return result;
  } catch (error) {
    await sql.query('rollback').catch(() => undefined);
    throw error;
  }
}

export async function retrying<T>(attempt: () => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries++) {
    try {
      return await attempt();
    } catch (error) {
      if (tries >= 4 || !retryable.has(sqlState(error) ?? '')) throw error;
    }
  }
}

/** Error code of a database that is not there, and of one that went away while it was at work. */
export const gone = { unreached: '08001', lost: '08006' } as const;
/** Whether an error says that the database is not there, is stopping or has no room for one more: the request was not refused, it may be repeated. */
export const isUnavailable = (error: unknown): boolean => /^(08|53|57)/.test(sqlState(error) ?? '');
/** Whether what was asked may have been done all the same: the database went away before it could say so. */
export const mayBeDone = (error: unknown): boolean =>
  isUnavailable(error) && !/^(08001|53|57P03)/.test(sqlState(error) ?? '');

/** PostgreSQL's five-character error code, when the error comes from the database. */
export const sqlState = (error: unknown): string | undefined =>
  typeof error === 'object' && error !== null && 'code' in error && typeof error.code === 'string'
    ? error.code
    : undefined;
