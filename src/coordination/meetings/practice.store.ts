import type { Sql } from '../../platform/index.ts';

/** Name and address of the practice, as its paper shows them. */
export async function printedPractice(sql: Sql, tenant: number): Promise<{ name: string; lines: string[] }> {
  const [row] = await sql.query<{ name: string; address: string | null }>(
    'select t.name, (select s.address from access.site s where s.tenant_id = t.tenant_id and s.removed_at is null order by s.id limit 1) as address from platform.tenant t where t.tenant_id = $1',
    [tenant],
  );
  return { name: row?.name ?? '', lines: row?.address ? [row.address] : [] };
}
