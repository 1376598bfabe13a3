import { plainArray, textArray } from '../db/arrays.ts';
import type { Sql } from '../db/db.ts';

/** One line of the ledger: who did what to what, in which role, why. */
export interface AuditEntry {
  actor: string;
  actorName?: string;
  role?: string;
  action: string;
  target?: string;
  patients?: readonly string[];
  version?: number;
  reason?: string;
  address?: string;
  details?: unknown;
}

/** Appends in the caller's transaction: the act and its trace stand or fall together. */
export async function record(sql: Sql, tenantId: number, entries: readonly AuditEntry[]): Promise<void> {
  if (entries.length === 0) return;
  const params: unknown[] = [];
  const text = auditInsert(entries, (value) => `$${params.push(value)}`, tenantId);
  await sql.query(`with ${text} select 1`, params);
}

/**
 * The ledger's part of a larger statement, as common table expressions `trace` and `trace_others`: a hot write takes its trace along in the
 * same round trip. `param` adds a parameter and returns its placeholder. `patients`: SQL of a text array that takes the entries' place for them.
 * `joined`: a join on `e.ord`, the number of the entry from 1, that says which of them are written.
 */
export function auditInsert(
  entries: readonly AuditEntry[],
  param: (value: unknown) => string,
  tenantId: number,
  patients = 'e.patients::text[]',
  joined = '',
): string {
  const column = (pick: (entry: AuditEntry) => unknown, type = 'text') =>
    `${param((type === 'text' ? textArray : plainArray)(entries.map(pick) as string[]))}::${type}[]`;
  const tenant = `${param(tenantId)}::int`;
  return `trace as (
    insert into audit.entry (tenant_id, actor, actor_name, role, action, target, patient, patients, version, reason, address, details)
    select ${tenant}, e.actor, e.actor_name, e.role, e.action, e.target, about.ids[1],
           case when cardinality(about.ids) > 1 then about.ids end, e.version, e.reason, e.address, e.details::jsonb
    from unnest(${column((e) => e.actor)}, ${column((e) => e.actorName ?? '')}, ${column((e) => e.role ?? '')}, ${column((e) => e.action)}, ${column((e) => e.target ?? '')},
      ${column((e) => (e.patients?.length ? textArray(e.patients) : null))}, ${column((e) => e.version ?? null, 'int')}, ${column((e) => e.reason ?? null)}, ${column((e) => e.address ?? null)},
      ${column((e) => (e.details === undefined ? null : JSON.stringify(e.details)))}) with ordinality as e (actor, actor_name, role, action, target, patients, version, reason, address, details, ord) ${joined}
    cross join lateral (select ${patients} as ids offset 0) about
    returning seq, patients
  ), trace_others as (
    insert into audit.entry_patient (tenant_id, patient, seq) select distinct ${tenant}, p, e.seq from trace e, unnest(e.patients[2:]) p
  )`;
}
