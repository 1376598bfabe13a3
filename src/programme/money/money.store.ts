import { randomUUID } from 'node:crypto';
import type { Sql } from '../../platform/index.ts';
import type { Versioned } from './quotes.store.ts';
import type { Part } from './settle.rules.ts';

export interface TeamRow extends Versioned {
  members: Record<string, number>;
  subscriptionCents: number | null;
  facts: Record<string, boolean>;
  reason: string;
}
/** Changes of the persons who are counted, newest first. */
export const teamsOf = (sql: Sql, tenant: number, projects: readonly string[]): Promise<TeamRow[]> =>
  sql.query(
    'select project, version, members, subscription_cents as "subscriptionCents", facts, reason, by_name as by, at from programme.project_team where tenant_id = $1 and project = any($2::text[]) order by project, version desc',
    [tenant, [...projects]],
  );
export const insertTeam = (sql: Sql, tenant: number, row: TeamRow) =>
  sql.query(
    'insert into programme.project_team (tenant_id, project, version, members, subscription_cents, facts, reason, by_name, at) values ($1, $2, $3, $4::jsonb, $5::int, $6::jsonb, $7, $8, $9::timestamptz)',
    [
      tenant,
      row.project,
      row.version,
      JSON.stringify(row.members),
      row.subscriptionCents,
      JSON.stringify(row.facts),
      row.reason,
      row.by,
      row.at.toISOString(),
    ],
  );

export interface AgreementRow extends Versioned {
  paper: string;
  reference: string;
  amountCents: number;
  ceilingCents: number;
  state: 'issued' | 'signed' | 'cancelled';
  signedOn: string | null;
  signedTeam: string;
  signedRegion: string;
  reason: string;
}
/** Newest first. */
export const agreementsOf = (sql: Sql, tenant: number, projects: readonly string[]): Promise<AgreementRow[]> =>
  sql.query(
    `select project, version, paper, reference, amount_cents::float8 as "amountCents", ceiling_cents::float8 as "ceilingCents", state, signed_on::text as "signedOn", signed_team as "signedTeam", signed_region as "signedRegion", reason, by_name as by, at
     from programme.agreement where tenant_id = $1 and project = any($2::text[]) order by project, version desc`,
    [tenant, [...projects]],
  );
export const insertAgreement = (
  sql: Sql,
  tenant: number,
  row: Pick<AgreementRow, 'project' | 'version' | 'paper' | 'reference' | 'amountCents' | 'ceilingCents' | 'by' | 'at'>,
) =>
  sql.query(
    `insert into programme.agreement (tenant_id, project, version, paper, reference, amount_cents, ceiling_cents, state, by_name, at) values ($1, $2, $3, $4, $5, $6::bigint, $7::bigint, 'issued', $8, $9::timestamptz)`,
    [
      tenant,
      row.project,
      row.version,
      row.paper,
      row.reference,
      row.amountCents,
      row.ceilingCents,
      row.by,
      row.at.toISOString(),
    ],
  );
export const setAgreement = (
  sql: Sql,
  tenant: number,
  row: Pick<AgreementRow, 'project' | 'version' | 'state' | 'signedOn' | 'signedTeam' | 'signedRegion' | 'reason'>,
) =>
  sql.query(
    'update programme.agreement set state = $4, signed_on = $5::date, signed_team = $6, signed_region = $7, reason = $8 where tenant_id = $1 and project = $2 and version = $3',
    [tenant, row.project, row.version, row.state, row.signedOn, row.signedTeam, row.signedRegion, row.reason],
  );

export interface PaymentRow extends Part {
  project: string;
  agreement: number;
  orderedOn: string | null;
  paidOn: string | null;
  reference: string;
  version: number;
}
export const paymentsFor = (sql: Sql, tenant: number, projects: readonly string[]): Promise<PaymentRow[]> =>
  sql.query(
    `select project, agreement, number, percent, occasion, cents::float8 as cents, kind, state, ordered_on::text as "orderedOn", paid_on::text as "paidOn", reference, version from programme.payment where tenant_id = $1 and project = any($2::text[]) order by project, agreement, number`,
    [tenant, [...projects]],
  );
/** Of an agreement that is signed, again after its signature was taken back: amounts are those of the agreement. */
export const insertPayment = (
  sql: Sql,
  tenant: number,
  row: Pick<PaymentRow, 'project' | 'agreement' | 'number' | 'percent' | 'occasion' | 'cents' | 'kind'>,
) =>
  sql.query(
    `insert into programme.payment (tenant_id, project, agreement, number, percent, occasion, cents, kind, state, version) values ($1, $2, $3, $4, $5, $6, $7::bigint, $8, 'due', 1) on conflict (tenant_id, project, agreement, number) do nothing`,
    [tenant, row.project, row.agreement, row.number, row.percent, row.occasion, row.cents, row.kind],
  );
/** What is due is computed anew; whoever had the former amount on screen is told so. */
export const setPaymentCents = (
  sql: Sql,
  tenant: number,
  row: Pick<PaymentRow, 'project' | 'agreement' | 'number' | 'occasion' | 'cents'>,
) =>
  sql.query(
    `update programme.payment set cents = $5::bigint, occasion = $6, version = version + 1 where tenant_id = $1 and project = $2 and agreement = $3 and number = $4 and state = 'due' and (cents, occasion) is distinct from ($5::bigint, $6)`,
    [tenant, row.project, row.agreement, row.number, row.cents, row.occasion],
  );
export interface PaymentAct {
  agreement: number;
  number: number;
  act: 'order' | 'pay' | 'cancel';
  on: string;
  reference: string;
  reason: string;
  by: string;
  at: Date;
}
export async function setPayment(
  sql: Sql,
  tenant: number,
  row: PaymentRow,
  act: Pick<PaymentAct, 'act' | 'on' | 'reference' | 'reason' | 'by' | 'at'>,
): Promise<void> {
  await sql.query(
    'update programme.payment set state = $5, ordered_on = $6::date, paid_on = $7::date, reference = $8, version = version + 1 where tenant_id = $1 and project = $2 and agreement = $3 and number = $4',
    [tenant, row.project, row.agreement, row.number, row.state, row.orderedOn, row.paidOn, row.reference],
  );
  await sql.query(
    `insert into programme.payment_act (tenant_id, project, agreement, number, seq, act, on_day, reference, reason, by_name, at)
     select $1, $2, $3, $4, count(*)::int + 1, $5, $6::date, $7, $8, $9, $10::timestamptz from programme.payment_act where tenant_id = $1 and project = $2 and agreement = $3 and number = $4`,
    [
      tenant,
      row.project,
      row.agreement,
      row.number,
      act.act,
      act.on,
      act.reference,
      act.reason,
      act.by,
      act.at.toISOString(),
    ],
  );
}
export const paymentActs = (sql: Sql, tenant: number, project: string): Promise<PaymentAct[]> =>
  sql.query(
    'select agreement, number, act, on_day::text as on, reference, reason, by_name as by, at from programme.payment_act where tenant_id = $1 and project = $2 order by agreement, number, seq',
    [tenant, project],
  );

export interface RequestRow {
  id: string;
  project: string;
  words: string;
  cents: number | null;
  state: 'asked' | 'examined' | 'withdrawn';
  answer: string;
  answeredBy: string | null;
  answeredAt: Date | null;
  version: number;
  by: string;
  at: Date;
}
export const requestsOf = (sql: Sql, tenant: number, project: string): Promise<RequestRow[]> =>
  sql.query(
    'select id, project, words, cents, state, answer, answered_by as "answeredBy", answered_at as "answeredAt", version, by_name as by, at from programme.hardware_request where tenant_id = $1 and project = $2 order by at, id',
    [tenant, project],
  );
export async function insertRequest(
  sql: Sql,
  tenant: number,
  row: Pick<RequestRow, 'project' | 'words' | 'cents' | 'by' | 'at'>,
): Promise<string> {
  const id = randomUUID();
  await sql.query(
    `insert into programme.hardware_request (tenant_id, id, project, words, cents, state, version, by_name, at) values ($1, $2, $3, $4, $5::int, 'asked', 1, $6, $7::timestamptz)`,
    [tenant, id, row.project, row.words, row.cents, row.by, row.at.toISOString()],
  );
  return id;
}
export const setRequest = (
  sql: Sql,
  tenant: number,
  row: Pick<RequestRow, 'id' | 'state' | 'answer' | 'answeredBy' | 'answeredAt'>,
) =>
  sql.query(
    'update programme.hardware_request set state = $3, answer = $4, answered_by = $5, answered_at = $6::timestamptz, version = version + 1 where tenant_id = $1 and id = $2',
    [tenant, row.id, row.state, row.answer, row.answeredBy, row.answeredAt?.toISOString() ?? null],
  );

export interface BudgetRow {
  edition: string;
  version: number;
  cents: number;
  reason: string;
  by: string;
  at: Date;
}
/** Newest first. */
export const budgetsOf = (sql: Sql, tenant: number): Promise<BudgetRow[]> =>
  sql.query(
    'select edition, version, cents::float8 as cents, reason, by_name as by, at from programme.budget where tenant_id = $1 order by edition, version desc',
    [tenant],
  );
export const insertBudget = (sql: Sql, tenant: number, row: BudgetRow) =>
  sql.query(
    'insert into programme.budget (tenant_id, edition, version, cents, reason, by_name, at) values ($1, $2, $3, $4::bigint, $5, $6, $7::timestamptz)',
    [tenant, row.edition, row.version, String(row.cents), row.reason, row.by, row.at.toISOString()],
  );
