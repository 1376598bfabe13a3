import { type Sql, textArray } from '../../platform/index.ts';

export interface ProposalRow {
  id: string;
  patient: string;
  asked: string | null;
  author: string | null;
  at: Date;
  answered: Date | null;
}
const columns = 'id, patient, asked, author, at, answered';

export const proposalRow = async (sql: Sql, tenant: number, id: string): Promise<ProposalRow | null> =>
  (
    await sql.query<ProposalRow>(`select ${columns} from record.treatment_proposal where tenant_id = $1 and id = $2`, [
      tenant,
      id,
    ])
  )[0] ?? null;
export const proposalRows = (sql: Sql, tenant: number, ids: readonly string[]): Promise<ProposalRow[]> =>
  sql.query<ProposalRow>(
    `select ${columns} from record.treatment_proposal where tenant_id = $1 and id = any($2::text[])`,
    [tenant, textArray([...ids])],
  );
/** It waits: newly, or again because an answer was taken back. */
export const putProposal = (sql: Sql, tenant: number, row: Omit<ProposalRow, 'at' | 'answered'> & { at: string }) =>
  sql.query(
    `insert into record.treatment_proposal (tenant_id, id, patient, asked, author, at) values ($1, $2, $3, $4, $5, $6::timestamptz)
     on conflict (tenant_id, id) do update set patient = excluded.patient, answered = null`,
    [tenant, row.id, row.patient, row.asked, row.author, row.at],
  );
/** Found afterwards who is asked. */
export const noteAsked = (sql: Sql, tenant: number, id: string, asked: string) =>
  sql.query('update record.treatment_proposal set asked = $3 where tenant_id = $1 and id = $2', [tenant, id, asked]);
/** Practices with proposals that are put to nobody in particular, and those proposals: accounts or a care team may have come since. */
export const practicesUnasked = async (sql: Sql): Promise<number[]> =>
  (
    await sql.query<{ tenant_id: number }>(
      'select distinct tenant_id from record.treatment_proposal where answered is null and asked is null',
    )
  ).map((row) => row.tenant_id);
export const unasked = (sql: Sql, tenant: number, most: number): Promise<ProposalRow[]> =>
  sql.query<ProposalRow>(
    `select ${columns} from record.treatment_proposal where tenant_id = $1 and answered is null and asked is null order by at desc, id limit $2::int for update skip locked`,
    [tenant, most],
  );
export const noteAnswered = (sql: Sql, tenant: number, id: string, at: Date) =>
  sql.query('update record.treatment_proposal set answered = $3::timestamptz where tenant_id = $1 and id = $2', [
    tenant,
    id,
    at.toISOString(),
  ]);
export const dropProposal = (sql: Sql, tenant: number, id: string) =>
  sql.query('delete from record.treatment_proposal where tenant_id = $1 and id = $2', [tenant, id]);

/** Those put to these people or to nobody in particular, and those that nobody answered by `late`: the oldest first. */
export const proposalsAskedOf = (
  sql: Sql,
  tenant: number,
  people: readonly string[],
  late: Date,
  most: number,
): Promise<ProposalRow[]> =>
  sql.query<ProposalRow>(
    `select ${columns} from record.treatment_proposal where tenant_id = $1 and answered is null and (asked is null or asked = any($2::text[]) or at < $3::timestamptz)
     order by coalesce(asked = any($2::text[]), false) desc, at, id limit $4::int`,
    [tenant, textArray([...people]), late.toISOString(), most],
  );
/** One's own: those that wait, and those that were answered since; what happened last comes first. */
export const proposalsBy = (
  sql: Sql,
  tenant: number,
  author: string,
  since: Date,
  most: number,
): Promise<ProposalRow[]> =>
  sql.query<ProposalRow>(
    `select ${columns} from record.treatment_proposal where tenant_id = $1 and author = $2 and (answered is null or answered > $3::timestamptz) order by coalesce(answered, at) desc, id limit $4::int`,
    [tenant, author, since.toISOString(), most],
  );
/** Told long enough. */
export const forgetAnswered = (sql: Sql) =>
  sql.query(`delete from record.treatment_proposal where answered < now() - interval '30 days'`);
