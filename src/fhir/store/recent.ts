import { sightPredicate } from '../../access/index.ts';
import { auditInsert } from '../../platform/index.ts';
import { run, type Session, traceOf } from './engine.ts';
import { type ResourceRow, rowColumns, storedFromRow } from './rows.ts';
import type { RecentQuery, ResourceType, Stored } from './store.ts';

/**
 * What others wrote lately about the patients whom the caller takes care of, newest first within a type, cut to the caller's rights, in one
 * statement with its trace. Nothing for a caller who is no person: a program and the house have no patients of their own.
 */
export async function recent<T extends ResourceType>(session: Session, query: RecentQuery<T>): Promise<Stored<T>[]> {
  const sight = await session.engine.sightOf(session.caller, 'read', session.sql);
  if (sight.caller.kind !== 'person') return [];
  const params: unknown[] = [
    session.caller.tenant,
    [...query.types],
    query.since,
    query.each,
    String(sight.practitionerKey),
  ];
  const param = (value: unknown) => `$${params.push(value)}`;
  const mine =
    'exists (select 1 from access.care_relation c where c.tenant_id = $1::int and c.practitioner_key = $5::bigint and c.patient_key = r.patient and c.valid_from <= now() and c.valid_until > now())';
  const found = `found as materialized (
    select x.* from unnest($2::text[]) as t (type) cross join lateral (
      select ${rowColumns('r')}, r.patient from fhir.resource r
      where r.tenant_id = $1::int and r.type = t.type and r.updated > $3::timestamptz and not r.deleted and r.patient is not null
        and r.author is distinct from $5::bigint and ${mine} and ${sightPredicate(sight, 'r', param)}
      order by r.updated desc, r.rid desc limit $4::int) x)`;
  const people =
    'array(select distinct p.id from fhir.resource p where p.tenant_id = $1::int and p.key in (select f.patient from found f))';
  const trace = auditInsert(
    [traceOf(session, { action: 'search', target: 'recent' })],
    param,
    session.caller.tenant,
    people,
  );
  const rows = await run(session, (sql) =>
    sql.query<ResourceRow<T>>(`with ${found}, ${trace} select * from found`, params),
  );
  return rows.map(storedFromRow);
}
