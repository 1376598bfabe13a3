import { sightPredicate } from '../../access/index.ts';
import { auditInsert } from '../../platform/index.ts';
import { keyOf } from './concerns.ts';
import { run, type Session, traceOf } from './engine.ts';
import { type ResourceRow, rowColumns, storedFromRow } from './rows.ts';
import type { CompartmentQuery, Stored } from './store.ts';

/** What a page about one patient is made of, in one statement: the newest of each type, cut to the caller's rights, with its trace. */
export async function compartment(session: Session, patient: string, query: CompartmentQuery): Promise<Stored[]> {
  const sight = await session.engine.sightOf(session.caller, 'read', session.sql);
  const params: unknown[] = [session.caller.tenant, String(keyOf(`Patient/${patient}`)), [...query.types], query.each];
  const param = (value: unknown) => `$${params.push(value)}`;
  const seen = sightPredicate(sight, 'r', param, '$2');
  const trace = auditInsert(
    [traceOf(session, { action: 'read', target: `Patient/${patient}/record`, patients: [patient] })],
    param,
    session.caller.tenant,
  );
  const rows = await run(session, (sql) =>
    sql.query<ResourceRow>(
      `with ${trace}
       select x.* from unnest($3::text[]) as t (type) cross join lateral (
         select ${rowColumns('r')} from fhir.resource r
         where r.tenant_id = $1::int and r.patient = $2::bigint and r.type = t.type and not r.deleted and ${seen}
         order by r.at desc nulls last, r.rid limit $4::int) x`,
      params,
    ),
  );
  return rows.map(storedFromRow);
}
