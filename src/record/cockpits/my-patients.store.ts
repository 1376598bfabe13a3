import { clinicalKinds, maskOf, oppositions, type Sight } from '../../access/index.ts';
import type { Sql } from '../../platform/index.ts';

/** A patient in my care, and when I last opened the record. */
export interface Mine {
  patient: string;
  seen: string | null;
  /** Kinds of data that a choice of the patient closes to me, as a mask. */
  closed: number;
}
/** My patients, those seen last first; not those who keep me from everything clinical that I would read. */
export async function patientsInMyCare(sql: Sql, tenant: number, sight: Sight, most: number): Promise<Mine[]> {
  const rows = await sql.query<{ patient: string; seen: Date | string | null; closed: number }>(
    `select c.patient, v.at as seen, o.closed from (select distinct c.patient_key, c.patient from access.care_relation c
       where c.tenant_id = $1::int and c.practitioner_key = $2::bigint and c.valid_from <= now() and c.valid_until > now() and c.patient not like 'Group/%') c
     cross join lateral (select coalesce(bit_or(p.kinds), 0)::int as closed ${oppositions('p', '= c.patient_key', '$2::bigint', '$4::text')}) o
     left join record.last_visit v on v.tenant_id = $1::int and v.practitioner_key = $2::bigint and v.patient_key = c.patient_key
     where $5::int = 0 or $5::int & ~o.closed <> 0
     order by v.at desc nulls last, c.patient limit $3::int`,
    [tenant, String(sight.practitionerKey), most, sight.profession, sight.teamMask & maskOf(clinicalKinds)],
  );
  return rows.map(({ patient, seen, closed }) => ({
    patient,
    seen: seen === null ? null : new Date(seen).toISOString(),
    closed,
  }));
}
