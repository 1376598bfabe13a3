import type { Sql } from '../../platform/index.ts';

/** Figures of the whole practice, about nobody. */
export async function countPatients(
  sql: Sql,
  tenant: number,
): Promise<{ all: number; incomplete: number; withTeam: number }> {
  const rows = await sql.query<{ all: number; incomplete: number; with_team: number }>(
    `select count(*)::int as all, count(*) filter (where p.incomplete)::int as incomplete,
       (select count(distinct c.patient_key)::int from access.care_relation c where c.tenant_id = $1::int and c.valid_from <= now() and c.valid_until > now() and c.patient not like 'Group/%') as with_team
     from record.patient_name p where p.tenant_id = $1::int`,
    [tenant],
  );
  return { all: rows[0]!.all, incomplete: rows[0]!.incomplete, withTeam: rows[0]!.with_team };
}
