import { plainArray, type Sql, textArray } from '../../platform/index.ts';
import type { Flaw } from './words.ts';

export type Cause =
  | 'unreadable'
  | 'invalid'
  | 'identity'
  | 'changed'
  | 'exists'
  | 'blocked'
  | 'unsupported'
  | 'merged'
  | 'refused';
export type QuarantineStatus = 'open' | 'corrected' | 'discarded';

export interface Reject {
  file: string;
  unit: 'entry' | 'line';
  place: number;
  type: string;
  origin: string;
  originKey: string;
  targetId: string | null;
  /** Kind of data of the content; '' when it cannot be told. */
  kind: string;
  contentHash: string;
  cause: Cause;
  issues: Flaw[];
  content: string;
}
export interface QuarantineItem extends Reject {
  id: number;
  run: number;
  status: QuarantineStatus;
  createdAt: Date;
  decidedAt: Date | null;
  decidedBy: string;
  version: number;
}

/** PostgreSQL holds no NUL and jsonb no half character. */
const clean = (text: string): string => text.replaceAll('\u0000', ' ').toWellFormed();
const issuesText = (issues: readonly Flaw[]): string =>
  JSON.stringify(
    issues.slice(0, 50).map(({ path, words, diagnostics }) => ({
      path: clean(path),
      words: clean(words),
      ...(diagnostics !== undefined && { diagnostics: clean(diagnostics) }),
    })),
  );

/** The same reject of a second run is the same line; one that was discarded or corrected stays so. */
export const saveRejects = (sql: Sql, tenant: number, run: number, rejects: readonly Reject[]) =>
  sql.query(
    `insert into exchange.quarantine (tenant_id, run, file, unit, place, type, origin, origin_key, target_id, kind, content_hash, cause, issues, content)
     select one.* from (select distinct on (q.origin, q.content_hash) $1::int, $2::bigint, q.file, q.unit, q.place, q.type, q.origin, q.origin_key, q.target_id, q.kind, q.content_hash, q.cause, q.issues::jsonb, q.content
     from unnest($3::text[], $4::text[], $5::bigint[], $6::text[], $7::bigint[], $8::text[], $9::text[], $10::text[], $11::bigint[], $12::text[], $13::text[], $14::text[])
       as q (file, unit, place, type, origin, origin_key, target_id, kind, content_hash, cause, issues, content)
     order by q.origin, q.content_hash, q.place) one order by one.file, one.place
     on conflict (tenant_id, origin, content_hash) do update set run = excluded.run, kind = excluded.kind, file = excluded.file, place = excluded.place, cause = excluded.cause, issues = excluded.issues
       where quarantine.status = 'open'`,
    [
      tenant,
      run,
      textArray(rejects.map((r) => clean(r.file))),
      textArray(rejects.map((r) => r.unit)),
      plainArray(rejects.map((r) => r.place)),
      textArray(rejects.map((r) => clean(r.type).slice(0, 64))),
      plainArray(rejects.map((r) => r.origin)),
      textArray(rejects.map((r) => clean(r.originKey).slice(0, 500))),
      textArray(rejects.map((r) => r.targetId)),
      textArray(rejects.map((r) => r.kind)),
      plainArray(rejects.map((r) => r.contentHash)),
      textArray(rejects.map((r) => r.cause)),
      textArray(rejects.map((r) => issuesText(r.issues))),
      textArray(rejects.map((r) => clean(r.content))),
    ],
  );

const columns = `id, run, file, unit, place, type, origin::text as origin, origin_key as "originKey", target_id as "targetId", kind, content_hash::text as "contentHash", cause, issues,
  status, created_at as "createdAt", decided_at as "decidedAt", decided_by as "decidedBy", version`;

export interface QuarantineQuery {
  run?: number;
  status?: QuarantineStatus;
  after?: number;
  count: number;
}
export const listQuarantine = (
  sql: Sql,
  tenant: number,
  query: QuarantineQuery,
): Promise<Omit<QuarantineItem, 'content'>[]> =>
  sql.query(
    `select ${columns} from exchange.quarantine where tenant_id = $1 and ($2::bigint is null or run = $2::bigint) and ($3::text is null or status = $3::text) and id > $4::bigint
     order by id limit $5::int`,
    [tenant, query.run ?? null, query.status ?? null, query.after ?? 0, query.count],
  );
export const countQuarantine = (
  sql: Sql,
  tenant: number,
  run: number | null,
): Promise<{ status: QuarantineStatus; cause: Cause; type: string; count: number }[]> =>
  sql.query(
    'select status, cause, type, count(*)::int as count from exchange.quarantine where tenant_id = $1 and ($2::bigint is null or run = $2::bigint) group by 1, 2, 3',
    [tenant, run],
  );
export const readQuarantine = async (sql: Sql, tenant: number, id: number): Promise<QuarantineItem | null> =>
  (
    await sql.query<QuarantineItem>(
      `select ${columns}, content from exchange.quarantine where tenant_id = $1 and id = $2::bigint`,
      [tenant, id],
    )
  )[0] ?? null;

/** Decides on an open line; false when another was quicker. */
export const decideQuarantine = async (
  sql: Sql,
  tenant: number,
  id: number,
  seen: number,
  status: 'corrected' | 'discarded',
  by: string,
): Promise<boolean> =>
  (
    await sql.query(
      `update exchange.quarantine set status = $4, decided_at = now(), decided_by = $5, version = version + 1 where tenant_id = $1 and id = $2::bigint and version = $3::int and status = 'open' returning 1 as done`,
      [tenant, id, seen, status, by],
    )
  ).length > 0;
/** Origins of lines that wait, of every run. */
export const openOrigins = async (sql: Sql, tenant: number): Promise<string[]> =>
  (
    await sql.query<{ origin: string }>(
      `select distinct origin::text as origin from exchange.quarantine where tenant_id = $1 and status = 'open' and target_id is not null`,
      [tenant],
    )
  ).map((row) => row.origin);
/** What was wrong has come in by another file: its lines wait for nobody any more. */
export const closeLines = (sql: Sql, tenant: number, origins: readonly string[], by: string) =>
  sql.query(
    `update exchange.quarantine set status = 'corrected', decided_at = now(), decided_by = $3, version = version + 1 where tenant_id = $1 and origin = any($2::bigint[]) and status = 'open'`,
    [tenant, plainArray(origins), by],
  );
/** Keeps a correction that is not good enough yet, with what is still wrong. */
export const keepDraft = async (
  sql: Sql,
  tenant: number,
  id: number,
  seen: number,
  content: string,
  type: string,
  kind: string,
  issues: readonly Flaw[],
): Promise<boolean> =>
  (
    await sql.query(
      `update exchange.quarantine set content = $4, type = $5, issues = $6::jsonb, kind = $7, cause = 'invalid', version = version + 1 where tenant_id = $1 and id = $2::bigint and version = $3::int and status = 'open' returning 1 as done`,
      [tenant, id, seen, clean(content), clean(type).slice(0, 64), issuesText(issues), kind],
    )
  ).length > 0;
export const blockedKeys = async (sql: Sql, tenant: number, run: number): Promise<string[]> =>
  (
    await sql.query<{ key: string }>(
      `select origin_key as key from exchange.quarantine where tenant_id = $1 and run = $2::bigint and cause = 'identity' and status = 'open'`,
      [tenant, run],
    )
  ).map((row) => row.key);
/** Open lines of a run that was undone go with it. */
export const dropOpen = (sql: Sql, tenant: number, run: number) =>
  sql.query(`delete from exchange.quarantine where tenant_id = $1 and run = $2::bigint and status = 'open'`, [
    tenant,
    run,
  ]);
