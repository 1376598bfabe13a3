// https://hl7.org/fhir/R4/patient-operation-everything.html
import { sightPredicate } from '../../access/index.ts';
import { auditInsert } from '../../platform/index.ts';
import { FhirProblem } from '../outcome.ts';
import { keyOf } from './concerns.ts';
import { run, type Session, traceOf } from './engine.ts';
import { type ResourceRow, rowColumns, storedFromRow } from './rows.ts';
import type { EverythingQuery, Stored } from './store.ts';

/** First the compartment, then what it points to outside; each in the order of row numbers, which never change. */
type Place = { part: 'inside' | 'outside'; after: number };

export async function everything(
  session: Session,
  patient: string,
  query: EverythingQuery,
): Promise<{ resources: Stored[]; next?: string }> {
  const start: Place = query.cursor ? parse(query.cursor) : { part: 'inside', after: 0 };
  const rows: (ResourceRow & { part: Place['part'] })[] = [];
  for (const part of start.part === 'inside' ? (['inside', 'outside'] as const) : (['outside'] as const)) {
    const room = query.count + 1 - rows.length;
    if (room <= 0) break;
    const found = await page(session, patient, query, part, part === start.part ? start.after : 0, room);
    rows.push(...found.map((row) => ({ ...row, part })));
  }
  const shown = rows.slice(0, query.count);
  const last = shown.at(-1);
  return {
    resources: shown.map(storedFromRow),
    next: rows.length > query.count && last ? Buffer.from(`${last.part}:${last.rid}`).toString('base64url') : undefined,
  };
}

async function page(
  session: Session,
  patient: string,
  query: EverythingQuery,
  part: Place['part'],
  after: number,
  count: number,
): Promise<ResourceRow[]> {
  const sight = await session.engine.sightOf(session.caller, 'read', session.sql);
  const params: unknown[] = [session.caller.tenant, String(keyOf(`Patient/${patient}`)), after, count];
  const param = (value: unknown) => `$${params.push(value)}`;
  const inside = `r.tenant_id = $1::int and r.patient = $2::bigint and not r.deleted and ${sightPredicate(sight, 'r', param, '$2')}`;
  const limits = (row: string): string => {
    const parts: string[] = [];
    if (query.types) parts.push(`${row}.type = any(${param([...query.types])}::text[])`);
    if (query.since) parts.push(`${row}.updated >= ${param(query.since)}::timestamptz`);
    if (query.start) parts.push(`(${row}.at is null or ${row}.at >= ${param(query.start)}::timestamptz)`);
    if (query.end) parts.push(`(${row}.at is null or ${row}.at < ${param(query.end)}::timestamptz + interval '1 day')`);
    return parts.map((text) => ` and ${text}`).join('');
  };
  // The dates are of care: the patient and what stands outside (places, people) are not cut by them.
  const text =
    part === 'inside'
      ? `select ${rowColumns('r')} from fhir.resource r where ${inside}${limits('r')} and r.rid > $3::bigint order by r.rid limit $4::int`
      : `select ${rowColumns('o')} from fhir.resource o where o.tenant_id = $1::int and o.key in (select unnest(r.refs) from fhir.resource r where ${inside})
          and o.patient is null and not o.deleted and ${sightPredicate(sight, 'o', param)}${query.types ? ` and o.type = any(${param([...query.types])}::text[])` : ''} and o.rid > $3::bigint order by o.rid limit $4::int`;
  const trace = auditInsert(
    [traceOf(session, { action: 'read', target: `Patient/${patient}/$everything`, patients: [patient] })],
    param,
    session.caller.tenant,
  );
  return run(session, (sql) =>
    sql.query<ResourceRow>(`with found as materialized (${text}), ${trace} select * from found`, params),
  );
}

function parse(cursor: string): Place {
  const match = /^(inside|outside):(\d{1,15})$/.exec(Buffer.from(cursor, 'base64url').toString('utf8'));
  if (!match)
    throw new FhirProblem(400, 'value', 'This page link is damaged: start again from the first page.', {
      expression: '_cursor',
    });
  return { part: match[1] as Place['part'], after: Number(match[2]) };
}
