import { type Along, keyOf } from '../fhir/index.ts';
import type { Sql } from '../platform/index.ts';

/** A record stays «open» this long: coming back within it does not hide what was new. */
const sameVisit = "interval '30 minutes'";

/** Notes, along with the page, that this person opens this record, and tells the visit before (ISO), null at the first one. */
export const noteVisit = (
  { tenant, practitioner }: { tenant: number; practitioner: string },
  patient: string,
  now: Date,
  tell: (before: string | null) => void,
): Along => ({
  sql: (param) => {
    const key = `${param(String(keyOf(`Patient/${patient}`)))}::bigint`;
    return `insert into record.last_visit as v (tenant_id, practitioner_key, patient_key, patient, at)
       select p.tenant_id, ${param(String(keyOf(`Practitioner/${practitioner}`)))}::bigint, p.key, p.id, ${param(now.toISOString())}::timestamptz
       from fhir.resource p where p.tenant_id = ${param(tenant)}::int and p.key = ${key} and p.type = 'Patient' and not p.deleted
     on conflict (tenant_id, practitioner_key, patient_key) do update
       set before = case when excluded.at - v.at > ${sameVisit} then v.at else v.before end, at = greatest(v.at, excluded.at)
     returning to_char(before at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;
  },
  said: tell,
});

export interface Visit {
  patient: string;
  at: string;
}
export async function recentVisits(sql: Sql, tenant: number, practitionerKey: string, most: number): Promise<Visit[]> {
  const rows = await sql.query<{ patient: string; at: Date }>(
    'select patient, at from record.last_visit where tenant_id = $1 and practitioner_key = $2::bigint order by at desc limit $3::int',
    [tenant, practitionerKey, most],
  );
  return rows.map((row) => ({ patient: row.patient, at: new Date(row.at).toISOString() }));
}
/** The last visit of each of these records by this person. */
export async function visitsOf(sql: Sql, tenant: number, practitionerKey: string): Promise<Map<string, string>> {
  const rows = await sql.query<{ patient: string; at: Date }>(
    'select patient, at from record.last_visit where tenant_id = $1 and practitioner_key = $2::bigint order by at desc limit 2000',
    [tenant, practitionerKey],
  );
  return new Map(rows.map((row) => [row.patient, new Date(row.at).toISOString()]));
}
