import { randomUUID } from 'node:crypto';
import type { Sql } from '../../platform/index.ts';

export interface OpinionRow {
  track: string;
  submission: number;
  reviewer: string;
  name: string;
  opinion: 'favourable' | 'reserved' | 'unfavourable';
  reason: string;
  version: number;
  at: Date;
}
/** Opinions on the submissions of these tracks, first given first. */
export const opinionsOf = (sql: Sql, tenant: number, tracks: readonly string[]): Promise<OpinionRow[]> =>
  sql.query(
    'select track, submission, reviewer, reviewer_name as name, opinion, reason, version, at from programme.track_opinion where tenant_id = $1 and track = any($2::text[]) order by at, reviewer',
    [tenant, [...tracks]],
  );
/** Writes an opinion; the caller holds the track's row and has looked at the version. */
export const putOpinion = (sql: Sql, tenant: number, row: Omit<OpinionRow, 'version'>) =>
  sql.query(
    `insert into programme.track_opinion (tenant_id, track, submission, reviewer, reviewer_name, opinion, reason, version, at) values ($1, $2, $3, $4, $5, $6, $7, 1, $8::timestamptz)
     on conflict (tenant_id, track, submission, reviewer) do update set opinion = $6, reason = $7, version = programme.track_opinion.version + 1, at = $8::timestamptz`,
    [tenant, row.track, row.submission, row.reviewer, row.name, row.opinion, row.reason, row.at.toISOString()],
  );

export interface DecisionRow {
  number: number;
  outcome: 'validated' | 'returned';
  reason: string;
  submission: number;
  day: string;
  paper: string;
  by: string;
  at: Date;
}
/** Newest first. */
export const decisionsOf = (sql: Sql, tenant: number, track: string): Promise<DecisionRow[]> =>
  sql.query(
    'select number, outcome, reason, submission, day::text as day, paper, by_name as by, at from programme.track_decision where tenant_id = $1 and track = $2 order by number desc',
    [tenant, track],
  );
export const insertDecision = (sql: Sql, tenant: number, track: string, row: Omit<DecisionRow, 'number'>) =>
  sql.query(
    `insert into programme.track_decision (tenant_id, track, number, outcome, reason, submission, day, paper, by_name, at)
     select $1, $2, coalesce(max(number), 0) + 1, $3, $4, $5::int, $6::date, $7, $8, $9::timestamptz from programme.track_decision where tenant_id = $1 and track = $2`,
    [tenant, track, row.outcome, row.reason, row.submission, row.day, row.paper, row.by, row.at.toISOString()],
  );

export interface AgreementRow {
  startsOn: string;
  endsOn: string;
  amountCents: number;
  signatory: string;
  signatoryRole: string;
  paper: string | null;
  closedOn: string | null;
  closing: string;
  version: number;
}
export const agreementOf = async (sql: Sql, tenant: number, track: string): Promise<AgreementRow | undefined> =>
  (
    await sql.query<AgreementRow>(
      `select starts_on::text as "startsOn", ends_on::text as "endsOn", amount_cents as "amountCents", signatory, signatory_role as "signatoryRole", paper, closed_on::text as "closedOn", closing, version from programme.track_agreement where tenant_id = $1 and track = $2`,
      [tenant, track],
    )
  )[0];
/** Writes the agreement; the caller holds the track's row and has looked at the version. */
export const putAgreement = (
  sql: Sql,
  tenant: number,
  track: string,
  row: Omit<AgreementRow, 'version'>,
  by: string,
  at: Date,
) =>
  sql.query(
    `insert into programme.track_agreement (tenant_id, track, starts_on, ends_on, amount_cents, signatory, signatory_role, paper, closed_on, closing, version, by_name, at) values ($1, $2, $3::date, $4::date, $5::int, $6, $7, $8, $9::date, $10, 1, $11, $12::timestamptz)
     on conflict (tenant_id, track) do update set starts_on = $3::date, ends_on = $4::date, amount_cents = $5::int, signatory = $6, signatory_role = $7, paper = $8, closed_on = $9::date, closing = $10, version = programme.track_agreement.version + 1, by_name = $11, at = $12::timestamptz`,
    [
      tenant,
      track,
      row.startsOn,
      row.endsOn,
      row.amountCents,
      row.signatory,
      row.signatoryRole,
      row.paper,
      row.closedOn,
      row.closing,
      by,
      at.toISOString(),
    ],
  );

export interface ActionFacts {
  requirement: string;
  section: string | null;
  title: string;
  who: string;
  due: string;
}
export interface ActionRow extends ActionFacts {
  id: string;
  track: string;
  state: 'todo' | 'doing' | 'done';
  doneOn: string | null;
  version: number;
}
const action = `id, track, requirement, section, title, who, due::text as due, state, done_on::text as "doneOn", version`;
export const actionsOf = (sql: Sql, tenant: number, tracks: readonly string[]): Promise<ActionRow[]> =>
  sql.query(
    `select ${action} from programme.track_action where tenant_id = $1 and track = any($2::text[]) and removed_at is null order by due, at, id`,
    [tenant, [...tracks]],
  );
/** Whether it was taken out or not. */
export const actionOf = async (sql: Sql, tenant: number, track: string, id: string): Promise<ActionRow | undefined> =>
  (
    await sql.query<ActionRow>(
      `select ${action} from programme.track_action where tenant_id = $1 and track = $2 and id = $3`,
      [tenant, track, id],
    )
  )[0];
export async function insertAction(
  sql: Sql,
  tenant: number,
  track: string,
  facts: ActionFacts,
  by: string,
  at: Date,
): Promise<string> {
  const id = randomUUID();
  await sql.query(
    `insert into programme.track_action (tenant_id, id, track, requirement, section, title, who, due, state, version, by_name, at) values ($1, $2, $3, $4, $5, $6, $7, $8::date, 'todo', 1, $9, $10::timestamptz)`,
    [tenant, id, track, facts.requirement, facts.section, facts.title, facts.who, facts.due, by, at.toISOString()],
  );
  return id;
}
/** Writes over an action; the caller holds the track's row and has looked at the version. */
export const updateAction = (
  sql: Sql,
  tenant: number,
  id: string,
  row: ActionFacts & Pick<ActionRow, 'state' | 'doneOn'>,
  by: string,
  at: Date,
) =>
  sql.query(
    'update programme.track_action set requirement = $3, section = $4, title = $5, who = $6, due = $7::date, state = $8, done_on = $9::date, version = version + 1, by_name = $10, at = $11::timestamptz where tenant_id = $1 and id = $2',
    [
      tenant,
      id,
      row.requirement,
      row.section,
      row.title,
      row.who,
      row.due,
      row.state,
      row.doneOn,
      by,
      at.toISOString(),
    ],
  );
export const setActionRemoved = (sql: Sql, tenant: number, id: string, at: Date | null) =>
  sql.query('update programme.track_action set removed_at = $3::timestamptz where tenant_id = $1 and id = $2', [
    tenant,
    id,
    at?.toISOString() ?? null,
  ]);
