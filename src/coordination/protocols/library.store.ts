import { type Sight, sightPredicate } from '../../access/index.ts';
import { type Sql, textArray } from '../../platform/index.ts';

/** Of these keys, those that the practice was not given yet; they are noted as given. Two at the same moment: one of them gets a key. */
export async function notGivenYet(sql: Sql, tenant: number, keys: readonly string[]): Promise<string[]> {
  const rows = await sql.query<{ key: string }>(
    'insert into coordination.shipped_protocol (tenant_id, key) select $1::int, k from unnest($2::text[]) as k on conflict do nothing returning key',
    [tenant, textArray([...keys])],
  );
  return rows.map((row) => row.key);
}

/** How many patients of the practice follow each protocol now. */
export async function runningOf(sql: Sql, tenant: number): Promise<Map<string, number>> {
  const rows = await sql.query<{ protocol: string; count: number }>(
    `select protocol, count(*)::int as count from coordination.plan where tenant_id = $1 and state in ('active', 'on-hold') group by protocol`,
    [tenant],
  );
  return new Map(rows.map((row) => [row.protocol, row.count]));
}
/** How many follow a version of it from before `version`, of those whom the reader may see. */
export async function outdatedOf(
  sql: Sql,
  tenant: number,
  sight: Sight,
  protocol: string,
  version: number,
): Promise<number> {
  const params: unknown[] = [tenant, protocol, version];
  const seen = sightPredicate(sight, 'r', (value) => `$${params.push(value)}`);
  const [row] = await sql.query<{ count: number }>(
    `select count(*)::int as count from (select p.tenant_id, 'CarePlan'::text as type, 15::smallint as kind, p.patient_key as patient, null::bigint[] as patients, null::bigint as author
       from coordination.plan p where p.tenant_id = $1::int and p.protocol = $2 and p.version < $3::int and p.state in ('active', 'on-hold')) r where ${seen}`,
    params,
  );
  return row?.count ?? 0;
}
