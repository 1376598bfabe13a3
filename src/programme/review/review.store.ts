import type { Sql } from '../../platform/index.ts';
import { french } from '../../platform/index.ts';

export interface OverruleRow {
  application: string;
  rule: string;
  number: number;
  answer: 'yes' | 'no' | null;
  reason: string;
  by: string;
  at: Date;
}
/** Oldest first: the last of a rule counts. */
export const overrulesOf = (sql: Sql, tenant: number, applications: readonly string[]): Promise<OverruleRow[]> =>
  sql.query(
    'select application, rule, number, answer, reason, by_name as by, at from programme.overrule where tenant_id = $1 and application = any($2::text[]) order by application, rule, number',
    [tenant, [...applications]],
  );
export const insertOverrule = (sql: Sql, tenant: number, row: Omit<OverruleRow, 'number'>) =>
  sql.query(
    `insert into programme.overrule (tenant_id, application, rule, number, answer, reason, by_name, at)
     select $1, $2, $3, coalesce(max(number), 0) + 1, $4, $5, $6, $7::timestamptz from programme.overrule where tenant_id = $1 and application = $2 and rule = $3`,
    [tenant, row.application, row.rule, row.answer, row.reason, row.by, row.at.toISOString()],
  );

export interface ScoreRow {
  application: string;
  reviewer: string;
  criterion: string;
  points: number;
  reason: string;
  reviewerName: string;
  version: number;
  at: Date;
}
const score = `application, reviewer, criterion, points, reason, reviewer_name as "reviewerName", version, at`;
export const scoresOf = (sql: Sql, tenant: number, applications: readonly string[]): Promise<ScoreRow[]> =>
  sql.query(
    `select ${score} from programme.score where tenant_id = $1 and application = any($2::text[]) order by application, reviewer_name${french}, reviewer, criterion`,
    [tenant, [...applications]],
  );
/** Writes a score that was at version `seen` (0: none); undefined when it has changed. */
export async function writeScore(
  sql: Sql,
  tenant: number,
  seen: number,
  row: Omit<ScoreRow, 'version'>,
): Promise<ScoreRow | undefined> {
  const params = [
    tenant,
    row.application,
    row.reviewer,
    row.criterion,
    row.points,
    row.reason,
    row.reviewerName,
    row.at.toISOString(),
  ];
  const [saved] = await (seen === 0
    ? sql.query<ScoreRow>(
        `insert into programme.score (tenant_id, application, reviewer, criterion, points, reason, reviewer_name, at, version) values ($1, $2, $3, $4, $5, $6, $7, $8::timestamptz, 1) on conflict (tenant_id, application, reviewer, criterion) do nothing returning ${score}`,
        params,
      )
    : sql.query<ScoreRow>(
        `update programme.score set points = $5, reason = $6, reviewer_name = $7, at = $8::timestamptz, version = version + 1 where tenant_id = $1 and application = $2 and reviewer = $3 and criterion = $4 and version = $9 returning ${score}`,
        [...params, seen],
      ));
  return saved;
}

export interface InterestRow {
  application: string;
  reviewer: string;
  reviewerName: string;
  reason: string;
  at: Date;
}
/** Those in force. */
export const interestsOf = (sql: Sql, tenant: number, applications: readonly string[]): Promise<InterestRow[]> =>
  sql.query(
    `select application, reviewer, reviewer_name as "reviewerName", reason, at from programme.interest where tenant_id = $1 and application = any($2::text[]) and withdrawn_at is null order by at`,
    [tenant, [...applications]],
  );
export const writeInterest = (sql: Sql, tenant: number, row: InterestRow) =>
  sql.query(
    `insert into programme.interest (tenant_id, application, reviewer, reviewer_name, reason, at) values ($1, $2, $3, $4, $5, $6::timestamptz)
     on conflict (tenant_id, application, reviewer) do update set reason = excluded.reason, reviewer_name = excluded.reviewer_name, at = excluded.at, withdrawn_at = null`,
    [tenant, row.application, row.reviewer, row.reviewerName, row.reason, row.at.toISOString()],
  );
export const endInterest = async (
  sql: Sql,
  tenant: number,
  application: string,
  reviewer: string,
  at: Date,
): Promise<boolean> =>
  (
    await sql.query(
      'update programme.interest set withdrawn_at = $4::timestamptz where tenant_id = $1 and application = $2 and reviewer = $3 and withdrawn_at is null returning 1',
      [tenant, application, reviewer, at.toISOString()],
    )
  ).length > 0;
