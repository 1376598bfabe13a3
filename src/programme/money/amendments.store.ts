import type { Sql } from '../../platform/index.ts';

export interface AmendmentRow {
  project: string;
  seq: number;
  /** Version of the agreement that it amends. */
  agreement: number;
  /** Of its paper; null until it is issued. */
  number: number | null;
  paper: string | null;
  reference: string;
  reason: string;
  amountCents: number | null;
  ceilingCents: number | null;
  /** `open`: its figures are being set; `issued`: frozen, waits for signatures. */
  state: 'open' | 'issued' | 'signed' | 'cancelled';
  signedOn: string | null;
  signedTeam: string;
  signedRegion: string;
  cancelledReason: string;
  by: string;
  at: Date;
  issuedAt: Date | null;
}
/** Newest first. */
export const amendmentsOf = (sql: Sql, tenant: number, projects: readonly string[]): Promise<AmendmentRow[]> =>
  sql.query(
    `select project, seq, agreement, number, paper, reference, reason, amount_cents::float8 as "amountCents", ceiling_cents::float8 as "ceilingCents", state, signed_on::text as "signedOn", signed_team as "signedTeam", signed_region as "signedRegion",
       cancelled_reason as "cancelledReason", by_name as by, at, issued_at as "issuedAt"
     from programme.amendment where tenant_id = $1 and project = any($2::text[]) order by project, seq desc`,
    [tenant, [...projects]],
  );
export const insertAmendment = (
  sql: Sql,
  tenant: number,
  row: Pick<AmendmentRow, 'project' | 'seq' | 'agreement' | 'reason' | 'by' | 'at'>,
) =>
  sql.query(
    `insert into programme.amendment (tenant_id, project, seq, agreement, reason, state, by_name, at) values ($1, $2, $3, $4, $5, 'open', $6, $7::timestamptz)`,
    [tenant, row.project, row.seq, row.agreement, row.reason, row.by, row.at.toISOString()],
  );
export const setAmendment = (sql: Sql, tenant: number, row: AmendmentRow) =>
  sql.query(
    `update programme.amendment set number = $4, paper = $5, reference = $6, amount_cents = $7::bigint, ceiling_cents = $8::bigint, state = $9, signed_on = $10::date, signed_team = $11, signed_region = $12, cancelled_reason = $13, issued_at = $14::timestamptz
     where tenant_id = $1 and project = $2 and seq = $3`,
    [
      tenant,
      row.project,
      row.seq,
      row.number,
      row.paper,
      row.reference,
      row.amountCents,
      row.ceilingCents,
      row.state,
      row.signedOn,
      row.signedTeam,
      row.signedRegion,
      row.cancelledReason,
      row.issuedAt?.toISOString() ?? null,
    ],
  );
