import { keyOf } from '../../fhir/index.ts';
import { type Sql, updatesIn } from '../../platform/index.ts';

const minutes = updatesIn({
  table: 'coordination.minutes_update',
  text: 'discussion',
  author: 'author_key',
  as: '::bigint',
});
export const updatesSince = minutes.since;
/** Keeps an update and gives its number; inside a transaction. */
export const keepUpdate = (
  sql: Sql,
  tenant: number,
  discussion: string,
  practitioner: string,
  update: Uint8Array,
): Promise<number> => minutes.keep(sql, tenant, discussion, String(keyOf(`Practitioner/${practitioner}`)), update);
/** Holds the writers of these minutes until the end of the transaction: what is read now is what is filed. */
export async function holdMinutes(sql: Sql, tenant: number, discussions: readonly string[]): Promise<void> {
  for (const discussion of [...discussions].sort()) await minutes.hold(sql, tenant, discussion);
}
/** Minutes that stand in records closed so long ago that nobody's computer can still hold words for them. */
export const dropOldMinutes = (sql: Sql, before: string) =>
  sql.query(
    `delete from coordination.minutes_update m where not exists (select 1 from coordination.discussion d where d.tenant_id = m.tenant_id and d.id = m.discussion and d.state in ('planned', 'in-progress'))
     and not exists (select 1 from coordination.minutes_update n where n.tenant_id = m.tenant_id and n.discussion = m.discussion and n.at >= $1::timestamptz)`,
    [before],
  );
