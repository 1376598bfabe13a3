import { type Sight, sightPredicate } from '../../access/index.ts';
import { type Sql, textArray } from '../../platform/index.ts';
import { anyone, type Awaited } from './readers.rules.ts';

/** Makes the rows of one document what its readers say. */
export async function keepReadings(sql: Sql, tenant: number, id: string, awaited: readonly Awaited[]): Promise<void> {
  await sql.query(`delete from record.reading where tenant_id = $1 and id = $2 and not (reader = any($3::text[]))`, [
    tenant,
    id,
    textArray(awaited.map((one) => one.reader)),
  ]);
  if (awaited.length === 0) return;
  await sql.query(
    `insert into record.reading (tenant_id, rid, id, reader, sign, since) select r.tenant_id, r.rid, r.id, a.reader, a.sign, coalesce(nullif(a.since, '')::timestamptz, r.updated) from fhir.resource r
       cross join unnest($3::text[], $4::boolean[], $5::text[]) as a (reader, sign, since) where r.tenant_id = $1::int and r.type = 'DocumentReference' and r.id = $2
     on conflict (tenant_id, rid, reader) do update set sign = excluded.sign, since = excluded.since`,
    [
      tenant,
      id,
      textArray(awaited.map((one) => one.reader)),
      textArray(awaited.map((one) => String(one.sign))),
      textArray(awaited.map((one) => one.since)),
    ],
  );
}
export interface ReadingRow {
  id: string;
  reader: string;
  sign: boolean;
  since: Date;
}
/** What waits for these readers, oldest first, of what this person may see. */
export async function readingsOf(
  sql: Sql,
  tenant: number,
  sight: Sight,
  readers: readonly string[],
  most: number,
): Promise<ReadingRow[]> {
  const params: unknown[] = [tenant, textArray([...readers, anyone]), most];
  const seen = sightPredicate(sight, 'r', (value) => `$${params.push(value)}`);
  return sql.query(
    `select w.id, w.reader, w.sign, w.since from record.reading w join fhir.resource r on r.tenant_id = w.tenant_id and r.rid = w.rid
     where w.tenant_id = $1::int and w.reader = any($2::text[]) and not r.deleted and ${seen} order by w.since, w.rid limit $3::int`,
    params,
  );
}
/** How many wait for each, and how many since before `since`: numbers, about nobody's patient. */
export async function countReadings(
  sql: Sql,
  tenant: number,
  since: string,
): Promise<{ reader: string; waiting: number; late: number }[]> {
  return sql.query(
    `select reader, count(*)::int as waiting, count(*) filter (where since < $2::timestamptz)::int as late from record.reading where tenant_id = $1 group by reader`,
    [tenant, since],
  );
}
