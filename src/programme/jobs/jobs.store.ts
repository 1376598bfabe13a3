import type { z } from 'zod';
import type { Sql } from '../../platform/index.ts';
import type { jobKind, jobState } from './contract.ts';

export type JobKind = z.infer<typeof jobKind>;
export type JobState = z.infer<typeof jobState>;
/** What one part is made of. */
export type JobItem = { name: string } & (
  | { type: 'letter'; id: string }
  | { type: 'paper'; id: string }
  | { type: 'receipt'; region: string; application: string; number: number }
  | { type: 'attachment'; application: string; id: string }
  | { type: 'sheet'; of: 'files' | 'decision' }
);
export interface JobRow {
  id: string;
  kind: JobKind;
  edition: string;
  name: string;
  plan: JobItem[];
  state: JobState;
  done: number;
  total: number;
  attempts: number;
  failure: string | null;
  claim: string | null;
  practitioner: string;
  by: string;
  at: Date;
  changedAt: Date;
}
const columns = `id, kind, edition, name, plan, state, done, total, attempts, failure, claim, by as practitioner, by_name as by, at, changed_at as "changedAt"`;

export const insertJob = (
  sql: Sql,
  tenant: number,
  row: Pick<JobRow, 'id' | 'kind' | 'edition' | 'name' | 'plan' | 'practitioner' | 'by' | 'at'>,
) =>
  sql.query(
    `insert into programme.job (tenant_id, id, kind, edition, name, plan, state, total, by, by_name, at, changed_at) values ($1, $2, $3, $4, $5, $6::jsonb, 'waiting', $7::int, $8, $9, $10::timestamptz, $10::timestamptz)`,
    [
      tenant,
      row.id,
      row.kind,
      row.edition,
      row.name,
      JSON.stringify(row.plan),
      row.plan.length,
      row.practitioner,
      row.by,
      row.at.toISOString(),
    ],
  );
export const jobOf = async (sql: Sql, tenant: number, id: string, lock = false): Promise<JobRow | undefined> =>
  (
    await sql.query<JobRow>(
      `select ${columns} from programme.job where tenant_id = $1 and id = $2${lock ? ' for update' : ''}`,
      [tenant, id],
    )
  )[0];
/** Newest first, without their plans. */
export const jobsOf = (sql: Sql, tenant: number, edition: string): Promise<Omit<JobRow, 'plan'>[]> =>
  sql.query(
    `select ${columns.replace('plan, ', '')} from programme.job where tenant_id = $1 and edition = $2 order by at desc, id limit 30`,
    [tenant, edition],
  );
/** Takes the work: it waits, or its last run was cut. @param stale what did not move since then was cut */
export const claimJob = async (
  sql: Sql,
  tenant: number,
  id: string,
  claim: string,
  at: Date,
  stale: Date,
): Promise<JobRow | undefined> =>
  (
    await sql.query<JobRow>(
      `update programme.job set state = 'running', claim = $3, changed_at = $4::timestamptz where tenant_id = $1 and id = $2 and (state = 'waiting' or (state = 'running' and changed_at < $5::timestamptz)) returning ${columns}`,
      [tenant, id, claim, at.toISOString(), stale.toISOString()],
    )
  )[0];
/** Says how far it is, while this run still holds it; false when it was taken over or stopped. */
export const setJob = async (
  sql: Sql,
  tenant: number,
  id: string,
  claim: string | null,
  state: JobState,
  done: number,
  at: Date,
  more: { attempts?: number; failure?: string | null } = {},
): Promise<boolean> =>
  (
    await sql.query(
      `update programme.job set state = $4, done = $5::int, changed_at = $6::timestamptz, attempts = coalesce($7::int, attempts), failure = $8 where tenant_id = $1 and id = $2 and ($3::text is null or (claim = $3 and state = 'running')) returning 1`,
      [tenant, id, claim, state, done, at.toISOString(), more.attempts ?? null, more.failure ?? null],
    )
  ).length > 0;
export const insertPart = (sql: Sql, tenant: number, job: string, number: number, name: string, bytes: Buffer) =>
  sql.query(
    `insert into programme.job_part (tenant_id, job, number, name, bytes) values ($1, $2, $3::int, $4, decode($5, 'base64')) on conflict do nothing`,
    [tenant, job, number, name, bytes.toString('base64')],
  );
export async function partOf(
  sql: Sql,
  tenant: number,
  job: string,
  number: number,
): Promise<{ name: string; bytes: Buffer } | undefined> {
  const [row] = await sql.query<{ name: string; content: string }>(
    `select name, encode(bytes, 'base64') as content from programme.job_part where tenant_id = $1 and job = $2 and number = $3::int`,
    [tenant, job, number],
  );
  return row && { name: row.name, bytes: Buffer.from(row.content, 'base64') };
}
export const dropParts = (sql: Sql, tenant: number, job: string) =>
  sql.query('delete from programme.job_part where tenant_id = $1 and job = $2', [tenant, job]);
/** Work that no run holds, or whose run does not move any more. */
export const leftJobs = (
  sql: Sql,
  tenant: number,
): Promise<Pick<JobRow, 'id' | 'state' | 'attempts' | 'changedAt'>[]> =>
  sql.query(
    `select id, state, attempts, changed_at as "changedAt" from programme.job where tenant_id = $1 and state in ('waiting', 'running') order by at limit 50`,
    [tenant],
  );
export const oldJobs = (sql: Sql, tenant: number, before: Date): Promise<{ id: string; done: number }[]> =>
  sql.query(
    `select id, done from programme.job where tenant_id = $1 and state in ('done', 'failed') and changed_at < $2::timestamptz limit 50`,
    [tenant, before.toISOString()],
  );
export const applicationNames = async (
  sql: Sql,
  tenant: number,
  applications: readonly string[],
): Promise<ReadonlyMap<string, string>> =>
  new Map(
    (
      await sql.query<{ id: string; name: string }>(
        'select id, practice_name as name from programme.application where tenant_id = $1 and id = any($2::text[])',
        [tenant, [...applications]],
      )
    ).map(({ id, name }) => [id, name]),
  );
