import { hash64, type Sql } from '../platform/index.ts';

export interface DelegationRow {
  id: string;
  kind: 'delegation' | 'locum' | 'trainee';
  delegate: string;
  responsible: string;
  valid_from: Date;
  valid_until: Date;
}
export const listDelegations = (sql: Sql, tenant: number): Promise<DelegationRow[]> =>
  sql.query<DelegationRow>(
    'select id, kind, delegate, responsible, valid_from, valid_until from access.delegation where tenant_id = $1 order by valid_from desc, id limit 500',
    [tenant],
  );
export const insertDelegation = (sql: Sql, tenant: number, row: DelegationRow & { by: string }) =>
  sql.query(
    `insert into access.delegation (tenant_id, id, kind, delegate, responsible, responsible_key, valid_from, valid_until, created_by)
     values ($1, $2, $3, $4, $5, $6::bigint, $7::timestamptz, $8::timestamptz, $9)`,
    [
      tenant,
      row.id,
      row.kind,
      row.delegate,
      row.responsible,
      String(hash64(`Practitioner/${row.responsible}`)),
      row.valid_from.toISOString(),
      row.valid_until.toISOString(),
      row.by,
    ],
  );
/** Ends a delegation that runs or is to come. */
export const closeDelegation = async (sql: Sql, tenant: number, id: string, now: Date): Promise<boolean> =>
  (
    await sql.query(
      'update access.delegation set valid_until = greatest(valid_from, $3::timestamptz) where tenant_id = $1 and id = $2 and valid_until > $3::timestamptz returning 1',
      [tenant, id, now.toISOString()],
    )
  ).length > 0;
/** Ends every delegation, running or to come, of which this person is one of the two. */
export const closeDelegationsOf = (
  sql: Sql,
  tenant: number,
  practitioner: string,
  now: Date,
): Promise<Pick<DelegationRow, 'id' | 'delegate' | 'responsible'>[]> =>
  sql.query(
    `update access.delegation set valid_until = greatest(valid_from, $3::timestamptz)
     where tenant_id = $1 and (delegate = $2 or responsible = $2) and valid_until > $3::timestamptz returning id, delegate, responsible`,
    [tenant, practitioner, now.toISOString()],
  );
