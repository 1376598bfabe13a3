import type { Sql } from '../../platform/index.ts';
import { french } from '../../platform/index.ts';

/** The decision in force in each call. */
export const lastDecisions = (
  sql: Sql,
  tenant: number,
): Promise<{ edition: string; number: number; at: Date; notifiedAt: Date | null }[]> =>
  sql.query(
    'select distinct on (edition) edition, number, at, notified_at as "notifiedAt" from programme.decision where tenant_id = $1 order by edition, number desc',
    [tenant],
  );

/** The words and figures behind an outcome, as they were when it was decided. */
export interface Because {
  words: string[];
  /** Ranking: points by criterion, the mark of the review, why it stands behind the one before. */
  scores: { title: string; points: number; words: string[] }[];
  mark: number | null;
  behind: string;
  /** Eligibility: what refuses. */
  refused: string[];
}
export type Outcome = 'chosen' | 'waiting' | 'refused';
export interface DecidedRow {
  application: string;
  outcome: Outcome;
  rank: number | null;
  waiting: number | null;
  because: Because;
}
/** The newest notified outcome of one application, with the letter that told it: the one of an earlier decision where nothing changed for this team. */
export async function notifiedOutcome(
  sql: Sql,
  tenant: number,
  edition: string,
  application: string,
): Promise<(DecidedRow & { number: number; notifiedAt: Date; letter: string | null }) | undefined> {
  const [row] = await sql.query<DecidedRow & { number: number; notifiedAt: Date; letter: string | null }>(
    `select o.application, o.outcome, o.rank, o.waiting, o.because, d.number, d.notified_at as "notifiedAt",
       (select l.id from programme.letter l where l.tenant_id = $1 and l.edition = $2 and l.decision <= d.number and l.application = $3 order by l.decision desc, l.version desc limit 1) as letter
     from programme.decision d join programme.decided o on o.tenant_id = d.tenant_id and o.edition = d.edition and o.number = d.number and o.application = $3
     where d.tenant_id = $1 and d.edition = $2 and d.notified_at is not null order by d.number desc limit 1`,
    [tenant, edition, application],
  );
  return row;
}
export interface DecisionRow {
  number: number;
  version: number;
  places: number;
  reason: string;
  by: string;
  at: Date;
  notifiedAt: Date | null;
}
export const decisionsOf = (sql: Sql, tenant: number, edition: string): Promise<DecisionRow[]> =>
  sql.query(
    'select number, edition_version as version, places, reason, by_name as by, at, notified_at as "notifiedAt" from programme.decision where tenant_id = $1 and edition = $2 order by number desc',
    [tenant, edition],
  );
/** Where the teams of each call stand today: the decision in force, once it is told to them. */
export const decidedNow = (
  sql: Sql,
  tenant: number,
): Promise<(Pick<DecidedRow, 'application' | 'outcome' | 'waiting'> & { edition: string })[]> =>
  sql.query(
    `select o.edition, o.application, o.outcome, o.waiting from programme.decided o
     join (select distinct on (edition) edition, number, notified_at from programme.decision where tenant_id = $1 order by edition, number desc) d on d.edition = o.edition and d.number = o.number
     where o.tenant_id = $1 and d.notified_at is not null`,
    [tenant],
  );
export const decidedIn = (
  sql: Sql,
  tenant: number,
  edition: string,
  number: number,
): Promise<(DecidedRow & { name: string })[]> =>
  sql.query(
    `select o.application, o.outcome, o.rank, o.waiting, o.because, a.practice_name as name from programme.decided o join programme.application a on a.tenant_id = o.tenant_id and a.id = o.application
     where o.tenant_id = $1 and o.edition = $2 and o.number = $3 order by o.rank nulls last, o.waiting nulls first, a.practice_name${french}`,
    [tenant, edition, number],
  );
export async function insertDecision(
  sql: Sql,
  tenant: number,
  edition: string,
  decision: Omit<DecisionRow, 'notifiedAt'>,
  lines: readonly DecidedRow[],
): Promise<void> {
  await sql.query(
    'insert into programme.decision (tenant_id, edition, number, edition_version, places, reason, by_name, at) values ($1, $2, $3, $4, $5, $6, $7, $8::timestamptz)',
    [
      tenant,
      edition,
      decision.number,
      decision.version,
      decision.places,
      decision.reason,
      decision.by,
      decision.at.toISOString(),
    ],
  );
  await sql.query(
    `insert into programme.decided (tenant_id, edition, number, application, outcome, rank, waiting, because) select $1, $2, $3, application, outcome, rank, waiting, because
     from jsonb_to_recordset($4::jsonb) as l(application text, outcome text, rank int, waiting int, because jsonb)`,
    [tenant, edition, decision.number, JSON.stringify(lines)],
  );
}
export const setNotified = (sql: Sql, tenant: number, edition: string, number: number, at: Date) =>
  sql.query(
    'update programme.decision set notified_at = coalesce(notified_at, $4::timestamptz) where tenant_id = $1 and edition = $2 and number = $3',
    [tenant, edition, number, at.toISOString()],
  );
