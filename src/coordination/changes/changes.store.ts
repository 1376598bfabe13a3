import { keyOf } from '../../fhir/index.ts';
import type { Sql } from '../../platform/index.ts';

const keyFor = (patient: string | null): string => (patient === null ? '0' : String(keyOf(`Patient/${patient}`)));

/** Marks of a person by patient key, ISO; under '0' the one for all. */
export async function marksOf(sql: Sql, tenant: number, practitionerKey: string): Promise<Map<string, string>> {
  const rows = await sql.query<{ patient_key: string | number; at: Date }>(
    'select patient_key, at from coordination.seen where tenant_id = $1 and practitioner_key = $2::bigint',
    [tenant, practitionerKey],
  );
  return new Map(rows.map((row) => [String(row.patient_key), new Date(row.at).toISOString()]));
}

/** Moves a mark forward, never back; what stood before is kept for the undo. */
export async function mark(
  sql: Sql,
  tenant: number,
  practitionerKey: string,
  patient: string | null,
  until: string,
): Promise<void> {
  await sql.query(
    `insert into coordination.seen as s (tenant_id, practitioner_key, patient_key, at) values ($1, $2::bigint, $3::bigint, $4::timestamptz)
     on conflict (tenant_id, practitioner_key, patient_key) do update set before = case when excluded.at > s.at then s.at else s.before end, at = greatest(s.at, excluded.at)`,
    [tenant, practitionerKey, keyFor(patient), until],
  );
}
export async function unmark(sql: Sql, tenant: number, practitionerKey: string, patient: string | null): Promise<void> {
  const where = 'tenant_id = $1 and practitioner_key = $2::bigint and patient_key = $3::bigint';
  await sql.query(`delete from coordination.seen where ${where} and before is null`, [
    tenant,
    practitionerKey,
    keyFor(patient),
  ]);
  await sql.query(`update coordination.seen set at = before, before = null where ${where} and before is not null`, [
    tenant,
    practitionerKey,
    keyFor(patient),
  ]);
}
