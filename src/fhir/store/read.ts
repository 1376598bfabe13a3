// https://hl7.org/fhir/R4/http.html#read
import { kindsOfData, sightPredicate } from '../../access/index.ts';
import { type AuditEntry, auditInsert, type Sql, textArray } from '../../platform/index.ts';
import { FhirProblem } from '../outcome.ts';
import { type Engine, run, type Session, traceOf } from './engine.ts';
import { shapeOf } from './look.ts';
import { type ResourceRow, rowColumns, storedFromRow } from './rows.ts';
import { isStored, type ResourceType, type Stored } from './store.ts';

export interface ReadItem {
  type: string;
  id: string;
  /** Values of the sight's parameters, in the order of the shape. */
  sight: unknown[];
  trace: Omit<AuditEntry, 'patients' | 'target' | 'version'>;
}

export async function read<T extends ResourceType>(session: Session, type: T, id: string): Promise<Stored<T>> {
  const sight = await session.engine.sightOf(session.caller, 'read', session.sql);
  const { shape, values } = shapeOf(sight);
  const item: ReadItem = { type, id, sight: values, trace: traceOf(session, { action: 'read' }) };
  const found = session.sql
    ? (await readAll(session.sql, session.caller.tenant, shape, [item]))[0]
    : await session.engine.reads(session.caller.tenant, shape).push(item);
  if (!found || !isStored(found, type))
    throw new FhirProblem(404, 'not-found', `${type}/${id} is not known, or your rights do not reach it.`, {
      expression: type,
    });
  if (found.deleted)
    throw new FhirProblem(410, 'deleted', `${type}/${id} was deleted; its earlier versions are in its history.`, {
      expression: type,
    });
  return found;
}

export const gatheredRead =
  (engine: Engine, tenant: number, shape: string) =>
  (items: ReadItem[]): Promise<(Stored | null)[]> =>
    engine.db.tenant(tenant, (sql) => readAll(sql, tenant, shape, items));

/** Reads with their trace: one statement, so that nothing is handed out that the ledger does not know. A private note names no patient there (create.ts). */
async function readAll(
  sql: Sql,
  tenant: number,
  shape: string,
  items: readonly ReadItem[],
): Promise<(Stored | null)[]> {
  const texts = items.map((item) => textArray(item.sight as string[]));
  const rows = await sql.query<ResourceRow & { ord: number }>(
    `with q as materialized (select a.type, a.id, a.s::text[] as s, a.actor, a.actor_name, a.role, a.address, a.reason, a.ord
        from unnest($2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[], $9::text[]) with ordinality as a (type, id, s, actor, actor_name, role, address, reason, ord)),
      found as materialized (select ${rowColumns('r')}, case when r.kind <> ${kindsOfData['private-notes'].bit} then r.patient end as patient, q.ord, q.actor, q.actor_name, q.role, q.address, q.reason
        from q cross join lateral (select * from fhir.resource r where r.tenant_id = $1::int and r.type = q.type and r.id = q.id limit 1) r where ${shape}),
      trace as (insert into audit.entry (tenant_id, actor, actor_name, role, action, target, patient, version, reason, address)
        select $1::int, f.actor, f.actor_name, f.role, 'read', f.type || '/' || f.id, (select p.id from fhir.resource p where p.tenant_id = $1::int and p.key = f.patient limit 1), f.version, f.reason, f.address from found f)
     select f.*, f.ord::int as ord from found f`,
    [
      tenant,
      items.map((i) => i.type),
      items.map((i) => i.id),
      texts,
      items.map((i) => i.trace.actor),
      items.map((i) => i.trace.actorName ?? ''),
      items.map((i) => i.trace.role ?? ''),
      items.map((i) => i.trace.address ?? null),
      items.map((i) => i.trace.reason ?? null),
    ],
  );
  const answers: (Stored | null)[] = items.map(() => null);
  for (const row of rows) answers[row.ord - 1] = storedFromRow(row);
  return answers;
}

/** https://hl7.org/fhir/R4/http.html#vread */
export async function readVersion<T extends ResourceType>(
  session: Session,
  type: T,
  id: string,
  version: string,
): Promise<Stored<T>> {
  const wanted = Number(version);
  if (!/^\d{1,9}$/.test(version)) throw new FhirProblem(404, 'not-found', `${type}/${id} has no version «${version}».`);
  const sight = await session.engine.sightOf(session.caller, 'read', session.sql);
  const params: unknown[] = [session.caller.tenant, type, id, wanted];
  const param = (value: unknown) => `$${params.push(value)}`;
  // The right is asked of the version and of what stands now: an item that became sensitive is closed with its past.
  const now = sightPredicate(sight, 'r', param);
  const then = sightPredicate(sight, 'h', param);
  const trace = auditInsert(
    [traceOf(session, { action: 'vread', target: `${type}/${id}`, version: wanted })],
    param,
    session.caller.tenant,
  );
  const rows = await run(session, (sql) =>
    sql.query<ResourceRow<T>>(
      `with found as materialized (
         select ${rowColumns('r')} from fhir.resource r where r.tenant_id = $1 and r.type = $2 and r.id = $3 and r.version = $4::int and ${now}
         union all
         select ${rowColumns('h')} from fhir.resource r join fhir.history h on h.tenant_id = $1 and h.rid = r.rid and h.version = $4::int
         where r.tenant_id = $1 and r.type = $2 and r.id = $3 and ${now} and ${then}
       ), ${trace} select * from found`,
      params,
    ),
  );
  const found = rows[0];
  if (!found)
    throw new FhirProblem(404, 'not-found', `${type}/${id} has no version ${version}, or your rights do not reach it.`);
  if (found.deleted) throw new FhirProblem(410, 'deleted', `Version ${version} of ${type}/${id} is its deletion.`);
  return storedFromRow(found);
}
