import { plainArray, type Sql, textArray } from '../../platform/index.ts';
import type { FoundFile } from './find-files.ts';

export type RunState =
  | 'receiving'
  | 'ready'
  | 'checking'
  | 'running'
  | 'stopped'
  | 'done'
  | 'failed'
  | 'undoing'
  | 'undone';
export interface TypeCounts {
  created: number;
  updated: number;
  unchanged: number;
  /** Already here by another way (condition of the bundle, same resource in the practice). */
  existing: number;
  rejected: number;
}
export type Counts = Record<string, TypeCounts>;

export interface Progress {
  /** Resources dealt with. */
  resources: number;
  /** How many there will be, guessed from the bytes read; 0 while unknown. */
  expected: number;
  bytes: number;
  bytesTotal: number;
  filesDone: number;
  filesTotal: number;
  /** File at hand. */
  file: string;
  /** Seconds of work. */
  seconds: number;
}

export interface Run {
  id: number;
  source: string;
  state: RunState;
  stored: boolean;
  createdAt: string;
  startedAt: string | null;
  endedAt: string | null;
  beatAt: Date | null;
  worker: string | null;
  actor: string;
  actorName: string;
  progress: Partial<Progress>;
  counts: Counts;
  checked: unknown;
  report: unknown;
  failure: string | null;
}
interface RunRow extends Omit<Run, 'createdAt' | 'startedAt' | 'endedAt'> {
  createdAt: Date;
  startedAt: Date | null;
  endedAt: Date | null;
}

const columns = `id, source, state, stored, created_at as "createdAt", started_at as "startedAt", ended_at as "endedAt", beat_at as "beatAt", worker, actor,
  actor_name as "actorName", progress, counts, checked, report, failure`;
const runOf = (row: RunRow): Run => ({
  ...row,
  createdAt: row.createdAt.toISOString(),
  startedAt: row.startedAt?.toISOString() ?? null,
  endedAt: row.endedAt?.toISOString() ?? null,
});

export const insertRun = async (
  sql: Sql,
  tenant: number,
  run: Pick<Run, 'source' | 'state' | 'stored' | 'actor' | 'actorName'>,
): Promise<Run> =>
  runOf(
    (
      await sql.query<RunRow>(
        `insert into exchange.run (tenant_id, source, state, stored, actor, actor_name) values ($1, $2, $3, $4, $5, $6) returning ${columns}`,
        [tenant, run.source, run.state, run.stored, run.actor, run.actorName],
      )
    )[0]!,
  );

export const readRun = async (sql: Sql, tenant: number, id: number): Promise<Run | null> => {
  const [row] = await sql.query<RunRow>(
    `select ${columns} from exchange.run where tenant_id = $1 and id = $2::bigint`,
    [tenant, id],
  );
  return row ? runOf(row) : null;
};
export const listRuns = async (sql: Sql, tenant: number): Promise<Run[]> =>
  (
    await sql.query<RunRow>(`select ${columns} from exchange.run where tenant_id = $1 order by id desc limit 200`, [
      tenant,
    ])
  ).map(runOf);

/** Takes a run for this process, when it is in one of these states; null when another was quicker. */
export const takeRun = async (
  sql: Sql,
  tenant: number,
  id: number,
  from: readonly RunState[],
  to: RunState,
  worker: string,
): Promise<boolean> =>
  (
    await sql.query(
      `update exchange.run set state = $4, worker = $5, beat_at = now(), started_at = coalesce(started_at, now()), ended_at = null, failure = null
       where tenant_id = $1 and id = $2::bigint and state = any($3::text[]) and (state <> 'undoing' or worker is null) returning 1 as taken`,
      [tenant, id, textArray(from), to, worker],
    )
  ).length > 0;

export const beat = (sql: Sql, tenant: number, id: number, progress: Progress, counts: Counts | null) =>
  sql.query(
    'update exchange.run set beat_at = now(), progress = $3::jsonb, counts = coalesce($4::jsonb, counts) where tenant_id = $1 and id = $2::bigint',
    [tenant, id, JSON.stringify(progress), counts && JSON.stringify(counts)],
  );

export const endRun = (
  sql: Sql,
  tenant: number,
  id: number,
  state: RunState,
  more: { checked?: unknown; report?: unknown; failure?: string; counts?: Counts } = {},
) =>
  sql.query(
    `update exchange.run set state = $3, worker = null, ended_at = case when $3 in ('ready', 'stopped') then null else now() end, checked = coalesce($4::jsonb, checked),
       report = coalesce($5::jsonb, report), failure = $6, counts = coalesce($7::jsonb, counts) where tenant_id = $1 and id = $2::bigint`,
    [
      tenant,
      id,
      state,
      more.checked === undefined ? null : JSON.stringify(more.checked),
      more.report === undefined ? null : JSON.stringify(more.report),
      more.failure ?? null,
      more.counts ? JSON.stringify(more.counts) : null,
    ],
  );

export interface RunFile {
  ord: number;
  name: string;
  path: string;
  bytes: number;
  stamp: string;
  rank: number;
  state: 'waiting' | 'reading' | 'done' | 'refused' | 'ignored';
  done: number;
  atByte: number;
  reason: string | null;
}
const fileColumns = 'ord, name, path, bytes, stamp, rank, state, done, at_byte as "atByte", reason';

export const insertFiles = (
  sql: Sql,
  tenant: number,
  run: number,
  files: readonly Pick<FoundFile, 'name' | 'path' | 'bytes' | 'stamp' | 'rank'>[],
  from = 0,
) =>
  sql.query(
    `insert into exchange.file (tenant_id, run, ord, name, path, bytes, stamp, rank)
     select $1, $2::bigint, f.* from unnest($3::int[], $4::text[], $5::text[], $6::bigint[], $7::text[], $8::smallint[]) f`,
    [
      tenant,
      run,
      plainArray(files.map((_, i) => from + i)),
      textArray(files.map((file) => file.name)),
      textArray(files.map((file) => file.path)),
      plainArray(files.map((file) => file.bytes)),
      textArray(files.map((file) => file.stamp)),
      plainArray(files.map((file) => file.rank)),
    ],
  );
export const filesOf = (sql: Sql, tenant: number, run: number): Promise<RunFile[]> =>
  sql.query<RunFile>(
    `select ${fileColumns} from exchange.file where tenant_id = $1 and run = $2::bigint order by rank, name, ord`,
    [tenant, run],
  );
export const filesOfNote = (sql: Sql, tenant: number, run: number): Promise<RunFile[]> =>
  sql.query<RunFile>(
    `select ${fileColumns} from exchange.file where tenant_id = $1 and run = $2::bigint and state in ('refused', 'ignored') order by rank, name, ord limit 1000`,
    [tenant, run],
  );
export const countFiles = async (sql: Sql, tenant: number, run: number): Promise<{ files: number; bytes: number }> =>
  (
    await sql.query<{ files: number; bytes: number }>(
      'select count(*)::int as files, coalesce(sum(bytes), 0)::bigint as bytes from exchange.file where tenant_id = $1 and run = $2::bigint',
      [tenant, run],
    )
  )[0]!;
export const markFile = (
  sql: Sql,
  tenant: number,
  run: number,
  file: Pick<RunFile, 'ord' | 'state' | 'done' | 'atByte' | 'reason' | 'stamp'>,
) =>
  sql.query(
    'update exchange.file set state = $4, done = $5::bigint, at_byte = $6::bigint, reason = $7, stamp = $8 where tenant_id = $1 and run = $2::bigint and ord = $3::int',
    [tenant, run, file.ord, file.state, file.done, file.atByte, file.reason, file.stamp],
  );
export const rankFiles = (sql: Sql, tenant: number, run: number, files: readonly { ord: number; rank: number }[]) =>
  sql.query(
    'update exchange.file f set rank = r.rank from unnest($3::int[], $4::smallint[]) as r (ord, rank) where f.tenant_id = $1 and f.run = $2::bigint and f.ord = r.ord',
    [tenant, run, plainArray(files.map((file) => file.ord)), plainArray(files.map((file) => file.rank))],
  );

/** Resources a second of the practice's last imports; null before the first. */
export const lastRate = async (sql: Sql, tenant: number): Promise<number | null> =>
  (
    await sql.query<{ rate: number | null }>(
      `select max((progress->>'resources')::float8 / nullif((progress->>'seconds')::float8, 0)) as rate from (select progress from exchange.run
       where tenant_id = $1 and state = 'done' and (progress->>'resources')::float8 > 2000 order by id desc limit 3) r`,
      [tenant],
    )
  )[0]?.rate ?? null;

/** Number of the next file; of two uploads at once the second waits. */
export const nextOrd = async (sql: Sql, tenant: number, run: number): Promise<number> => {
  await sql.query('select 1 from exchange.run where tenant_id = $1 and id = $2::bigint for update', [tenant, run]);
  return (
    await sql.query<{ ord: number }>(
      'select coalesce(max(ord), -1)::int + 1 as ord from exchange.file where tenant_id = $1 and run = $2::bigint',
      [tenant, run],
    )
  )[0]!.ord;
};
/** Forgets a run that has brought nothing in; false when it has, or is at work. */
export const dropRun = async (sql: Sql, tenant: number, run: number): Promise<boolean> => {
  const gone = await sql.query(
    `delete from exchange.run where tenant_id = $1 and id = $2::bigint and state in ('receiving', 'ready') returning 1 as gone`,
    [tenant, run],
  );
  if (gone.length > 0)
    await sql.query('delete from exchange.file where tenant_id = $1 and run = $2::bigint', [tenant, run]);
  return gone.length > 0;
};
/** Files and bytes of several runs. */
export const filesOfRuns = (
  sql: Sql,
  tenant: number,
  runs: readonly number[],
): Promise<{ run: number; files: number; bytes: number }[]> =>
  sql.query(
    'select run, count(*)::int as files, sum(bytes)::bigint as bytes from exchange.file where tenant_id = $1 and run = any($2::bigint[]) group by run',
    [tenant, plainArray(runs)],
  );
