// https://hl7.org/fhir/R4/http.html#history
import { sightPredicate } from '../../access/index.ts';
import { auditInsert } from '../../platform/index.ts';
import { FhirProblem } from '../outcome.ts';
import { run, type Session, traceOf } from './engine.ts';
import { type ResourceRow, rowColumns, storedFromRow } from './rows.ts';
import type { ResourceType, Stored } from './store.ts';

export interface HistoryQuery {
  count: number;
  /** ISO instant: versions at or after. */
  since?: string;
  /** ISO instants: what stood at some moment of this time, `to` not included. */
  at?: { from: string; to: string };
  cursor?: string;
}

/** Versions newest first, of one resource, a type, or everything the caller may see. */
export async function history<T extends ResourceType>(
  session: Session,
  type: T | null,
  id: string | null,
  query: HistoryQuery,
): Promise<{ versions: Stored<T>[]; next?: string }> {
  const sight = await session.engine.sightOf(session.caller, id === null ? 'search' : 'read', session.sql);
  const params: unknown[] = [session.caller.tenant];
  const param = (value: unknown) => `$${params.push(value)}`;
  const typeIs = type === null ? '' : param(type);
  const idIs = id === null ? '' : param(id);
  const since = query.since ? param(instant(query.since, '_since')) : '';
  const [from, to] = query.at ? [param(instant(query.at.from, '_at')), param(instant(query.at.to, '_at'))] : [];
  const after = query.cursor ? parseCursor(query.cursor) : null;
  const limits = (row: string): string => {
    const parts = [`${row}.tenant_id = $1::int`, sightPredicate(sight, row, param)];
    if (typeIs) parts.push(`${row}.type = ${typeIs}`);
    if (idIs) parts.push(`${row}.id = ${idIs}`);
    if (since) parts.push(`${row}.updated >= ${since}::timestamptz`);
    if (to) parts.push(`${row}.updated < ${to}::timestamptz`);
    else if (after) parts.push(earlier(row));
    return parts.join(' and ');
  };
  const earlier = (row: string): string =>
    `(${row}.updated, ${row}.rid, ${row}.version) < (${param(after![0])}::timestamptz, ${param(after![1])}::bigint, ${param(after![2])}::int)`;
  const limit = param(query.count + 1);
  const branch = (table: string, row: string, extra = '') =>
    `(select ${rowColumns(row)} from ${table} ${row} ${extra} where ${limits(row)}${extra ? ` and ${sightPredicate(sight, 'c', param)}` : ''} order by ${row}.updated desc, ${row}.rid desc, ${row}.version desc ${from ? '' : `limit ${limit}::int`})`;
  // What stood at some moment of a time is, of each resource, the last version before it and those of that time.
  const versions = (union: string): string =>
    from
      ? `(select w.* from (select u.*, max(u.version) filter (where u.updated <= ${from}::timestamptz) over (partition by u.rid) as before from ${union} u) w where w.version >= coalesce(w.before, 0)${after ? ` and ${earlier('w')}` : ''})`
      : union;
  const text = `with found as materialized (select * from ${versions(`(${branch('fhir.resource', 'r')} union all ${branch('fhir.history', 'h', 'join fhir.resource c on c.tenant_id = h.tenant_id and c.rid = h.rid')})`)} v
      order by v.updated desc, v.rid desc, v.version desc limit ${limit}::int),
    ${auditInsert([traceOf(session, { action: 'history', target: [type, id].filter(Boolean).join('/') || '*', patients: type === 'Patient' && id ? [id] : [] })], param, session.caller.tenant)}
    select * from found`;
  const rows = await run(session, (sql) => sql.query<ResourceRow<T>>(text, params));
  // Nothing of that time may be nothing at all.
  if (id !== null && rows.length === 0 && !query.cursor && (query.since || query.at))
    await history(session, type, id, { count: 1 });
  else if (id !== null && rows.length === 0 && !query.cursor)
    throw new FhirProblem(404, 'not-found', `${type}/${id} is not known, or your rights do not reach it.`);
  const page = rows.slice(0, query.count);
  const last = page.at(-1);
  return { versions: page.map(storedFromRow), next: rows.length > query.count && last ? cursorOf(last) : undefined };
}

const cursorOf = (row: ResourceRow): string =>
  Buffer.from(JSON.stringify([row.updated.toISOString(), row.rid, row.version])).toString('base64url');

function parseCursor(text: string): [string, number, number] {
  try {
    const value: unknown = JSON.parse(Buffer.from(text, 'base64url').toString('utf8'));
    if (
      Array.isArray(value) &&
      value.length === 3 &&
      Number.isFinite(Date.parse(String(value[0]))) &&
      Number.isSafeInteger(value[1]) &&
      Number.isSafeInteger(value[2])
    )
      return value as [string, number, number];
  } catch {
    // Fall through to the refusal.
  }
  throw new FhirProblem(400, 'value', 'This page link is damaged: start again from the first page.', {
    expression: '_cursor',
  });
}

function instant(text: string, parameter: string): string {
  const time = Date.parse(text);
  if (!/^\d{4}-\d{2}-\d{2}T/.test(text) && !/^\d{4}(-\d{2}(-\d{2})?)?$/.test(text))
    throw new FhirProblem(400, 'value', `${parameter} must be an instant such as 2026-11-22T08:00:00Z.`, {
      expression: parameter,
    });
  if (!Number.isFinite(time) || Math.abs(time) > 8e15 || new Date(time).getUTCFullYear() > 9999)
    throw new FhirProblem(400, 'value', `${parameter} is not a date: ${text}.`, { expression: parameter });
  return new Date(time).toISOString();
}
