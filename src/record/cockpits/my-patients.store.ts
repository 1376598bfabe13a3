import type { Sight } from '../../access/index.ts';
import type { Sql } from '../../platform/index.ts';

/** A patient in my care, and when I last opened the record. */
export interface Mine {
  patient: string;
  seen: string | null;
}
/** My patients, those seen last first. */
export async function patientsInMyCare(sql: Sql, tenant: number, sight: Sight, most: number): Promise<Mine[]> {
  const rows = await sql.query<{ patient: string; seen: Date | string | null }>(
    `select c.patient, v.at as seen from (select distinct c.patient_key, c.patient from access.care_relation c
       where c.tenant_id = $1::int and c.practitioner_key = $2::bigint and c.valid_from <= now() and c.valid_until > now() and c.patient not like 'Group/%') c
     left join record.last_visit v on v.tenant_id = $1::int and v.practitioner_key = $2::bigint and v.patient_key = c.patient_key
     order by v.at desc nulls last, c.patient limit $3::int`,
    [tenant, String(sight.practitionerKey), most],
  );
  return rows.map(({ patient, seen }) => ({ patient, seen: seen === null ? null : new Date(seen).toISOString() }));
}
