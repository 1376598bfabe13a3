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
  const column = <T>(pick: (entry: AuditEntry) => T) => entries.map(pick);
  await sql.query(insertEntries, [
    tenantId,
    column((e) => e.actor),
    column((e) => e.actorName ?? ''),
    column((e) => e.role ?? ''),
    column((e) => e.action),
    column((e) => e.target ?? ''),
    column((e) => (e.patients?.length ? `{${e.patients.map((id) => JSON.stringify(id)).join(',')}}` : null)),
    column((e) => e.version ?? null),
    column((e) => e.reason ?? null),
    column((e) => e.address ?? null),
    column((e) => (e.details === undefined ? null : JSON.stringify(e.details))),
  ]);
}

const insertEntries = `with e as (
    insert into audit.entry (tenant_id, actor, actor_name, role, action, target, patient, patients, version, reason, address, details)
    select $1, e.actor, e.actor_name, e.role, e.action, e.target, (e.patients::text[])[1],
           case when cardinality(e.patients::text[]) > 1 then e.patients::text[] end, e.version, e.reason, e.address, e.details::jsonb
    from unnest($2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::int[], $9::text[], $10::text[], $11::text[])
      as e (actor, actor_name, role, action, target, patients, version, reason, address, details)
    returning seq, patients
  ) insert into audit.entry_patient (tenant_id, patient, seq)
    select distinct $1::int, p, e.seq from e, unnest(e.patients[2:]) p`;
