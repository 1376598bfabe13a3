import { keyOf } from '../../fhir/index.ts';
import { hash64, type Sql } from '../../platform/index.ts';
import { merged } from './minutes.rules.ts';

/** So many rows of one patient's minutes are merged into one. */
const most = 64;

/** One writer of one patient's minutes at a time: numbers are given in the order of the commits, so that «since» misses nothing. Held to the end of the transaction. */
const alone = (sql: Sql, tenant: number, discussion: string) => sql.query('select pg_advisory_xact_lock($1::bigint)', [String(hash64(`minutes ${tenant} ${discussion}`))]);

export async function updatesSince(sql: Sql, tenant: number, discussion: string, since: number): Promise<{ seq: number; bytes: Uint8Array }[]> {
  const rows = await sql.query<{ seq: number; bytes: string }>(`select seq, encode(bytes, 'base64') as bytes from coordination.minutes_update where tenant_id = $1 and discussion = $2 and seq > $3::bigint order by seq`, [tenant, discussion, String(since)]);
  return rows.map(({ seq, bytes }) => ({ seq: Number(seq), bytes: new Uint8Array(Buffer.from(bytes, 'base64')) }));
}
/** Keeps an update and gives its number; inside a transaction. Long rows of updates become one, under the last number. */
export async function keepUpdate(sql: Sql, tenant: number, discussion: string, practitioner: string, update: Uint8Array): Promise<number> {
  await alone(sql, tenant, discussion);
  const [last] = await sql.query<{ seq: number; count: number; size: number }>('select coalesce(max(seq), 0) as seq, count(*)::int as count, coalesce(sum(length(bytes)), 0)::int as size from coordination.minutes_update where tenant_id = $1 and discussion = $2', [tenant, discussion]);
  const seq = Number(last!.seq) + 1;
  let bytes = update;
  if (last!.count >= most) {
    bytes = merged([...(await updatesSince(sql, tenant, discussion, 0)).map((one) => one.bytes), update]);
    await sql.query('delete from coordination.minutes_update where tenant_id = $1 and discussion = $2', [tenant, discussion]);
  }
  await sql.query(`insert into coordination.minutes_update (tenant_id, discussion, seq, author_key, bytes) values ($1, $2, $3::bigint, $4::bigint, decode($5, 'base64'))`, [
    tenant, discussion, String(seq), String(keyOf(`Practitioner/${practitioner}`)), Buffer.from(bytes).toString('base64'),
  ]);
  return seq;
}
export async function sizeOf(sql: Sql, tenant: number, discussion: string): Promise<number> {
  const [row] = await sql.query<{ size: number }>('select coalesce(sum(length(bytes)), 0)::int as size from coordination.minutes_update where tenant_id = $1 and discussion = $2', [tenant, discussion]);
  return row!.size;
}
/** Holds the writers of these minutes until the end of the transaction: what is read now is what is filed. */
export async function holdMinutes(sql: Sql, tenant: number, discussions: readonly string[]): Promise<void> {
  for (const discussion of [...discussions].sort()) await alone(sql, tenant, discussion);
}
/** Minutes that stand in records closed so long ago that nobody's computer can still hold words for them. */
export const dropOldMinutes = (sql: Sql, before: string) =>
  sql.query(
    `delete from coordination.minutes_update m where not exists (select 1 from coordination.discussion d where d.tenant_id = m.tenant_id and d.id = m.discussion and d.state in ('planned', 'in-progress'))
     and not exists (select 1 from coordination.minutes_update n where n.tenant_id = m.tenant_id and n.discussion = m.discussion and n.at >= $1::timestamptz)`,
    [before],
  );
