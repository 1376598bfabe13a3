import { hash64, type Sql } from '../platform/index.ts';

/**
 * Two records that have become one (docs/adr/0017-merge.md): rights follow. Relations and oppositions that come from resources follow those
 * resources; here is what does not, and the copies under the key of the patient that has gone, by which the versions written before stay
 * readable to the same people and closed to the same people.
 */
const keyOf = (patient: string) => String(hash64(`Patient/${patient}`));

export interface MergedPatient {
  gone: string;
  kept: string;
}

/**
 * The rights on `gone` become those on `kept`, both ways. In the transaction of the merge, before its resources are rewritten. One that a
 * take-over brings (`takenBy`) is none when the one who stays has gone already (false), and opens nothing to whoever is at the other in an emergency.
 */
export async function followMerge(
  sql: Sql,
  tenant: number,
  { gone, kept }: MergedPatient,
  takenBy: number | null = null,
): Promise<boolean> {
  const params = [tenant, keyOf(gone), keyOf(kept), kept];
  const made = await sql.query(
    `insert into access.merged_patient (tenant_id, gone_key, gone, kept_key, kept, taken_by) select $1, $2::bigint, $5, $3::bigint, $4, $6::bigint
       where $6::bigint is null or not exists (select 1 from access.merged_patient m where m.tenant_id = $1 and m.gone_key in ($2::bigint, $3::bigint)) returning 1 as made`,
    [...params, gone, takenBy],
  );
  if (made.length === 0) return false;
  await sql.query(
    `insert into access.care_relation (tenant_id, practitioner_key, patient_key, source, practitioner, patient, role, valid_from, valid_until)
     select tenant_id, practitioner_key, $2::bigint, source, practitioner, $4, role, valid_from, valid_until from access.care_relation
     where tenant_id = $1 and patient_key = $3::bigint and source not like 'delegation/%' on conflict do nothing`,
    params,
  );
  // An emergency access comes from no resource: the same hours, to what the record has become.
  if (takenBy === null)
    await sql.query(
      `insert into access.care_relation (tenant_id, practitioner_key, patient_key, source, practitioner, patient, role, valid_from, valid_until)
     select tenant_id, practitioner_key, $3::bigint, source, practitioner, $4, role, valid_from, valid_until from access.care_relation
     where tenant_id = $1 and patient_key = $2::bigint and source like 'emergency/%' and patient <> $4 on conflict do nothing`,
      params,
    );
  await sql.query(
    `insert into access.opposition (tenant_id, patient_key, source, line, practitioner_key, profession, kinds, valid_from, valid_until)
     select tenant_id, $2::bigint, source, line, practitioner_key, profession, kinds, valid_from, valid_until from access.opposition
     where tenant_id = $1 and patient_key = $3::bigint on conflict do nothing`,
    params.slice(0, 3),
  );
  return true;
}

/** What take-overs brought together. */
export const takenMerges = (sql: Sql, tenant: number): Promise<MergedPatient[]> =>
  sql.query<MergedPatient>(
    'select gone, kept from access.merged_patient where tenant_id = $1 and taken_by is not null order by gone',
    [tenant],
  );

/** Takes the copies away. In the transaction of the separation; what resources that are given back bring of their own stays. */
export async function endMerge(sql: Sql, tenant: number, { gone, kept }: MergedPatient): Promise<void> {
  const [goneKey, keptKey] = [keyOf(gone), keyOf(kept)];
  // What had gone into this one before goes with it.
  const rows = await sql.query<{ key: string }>(
    `with recursive below as (select gone_key from access.merged_patient where tenant_id = $1 and gone_key = $2::bigint
       union select m.gone_key from access.merged_patient m join below b on m.tenant_id = $1 and m.kept_key = b.gone_key)
     select gone_key::text as key from below`,
    [tenant, goneKey],
  );
  const keys = rows.map((row) => row.key);
  await sql.query('delete from access.merged_patient where tenant_id = $1 and gone_key = $2::bigint', [
    tenant,
    goneKey,
  ]);
  await sql.query(
    `delete from access.care_relation k where k.tenant_id = $1 and k.patient_key = $2::bigint and k.source like 'emergency/%'
       and exists (select 1 from access.care_relation g where g.tenant_id = $1 and g.practitioner_key = k.practitioner_key and g.patient_key = $3::bigint and g.source = k.source and g.patient <> $4)`,
    [tenant, keptKey, goneKey, kept],
  );
  await sql.query(
    `delete from access.care_relation where tenant_id = $1 and patient_key = any($2::bigint[]) and patient = $3 and source not like 'delegation/%'`,
    [tenant, keys, kept],
  );
  // What a Consent given back already says of this patient alone is no copy.
  await sql.query(
    `delete from access.opposition o where o.tenant_id = $1 and o.patient_key = any($2::bigint[])
       and exists (select 1 from access.opposition k where k.tenant_id = $1 and k.patient_key = $3::bigint and k.source = o.source and k.line = o.line)`,
    [tenant, keys, keptKey],
  );
}

/** Where these patients' records have gone, to the last of them; those that have not are absent. */
export async function mergedInto(sql: Sql, tenant: number, patients: readonly string[]): Promise<Map<string, string>> {
  if (patients.length === 0) return new Map();
  const rows = await sql.query<{ asked: string; kept: string }>(
    `with recursive way as (select m.gone as asked, m.kept, m.kept_key from access.merged_patient m where m.tenant_id = $1 and m.gone_key = any($2::bigint[])
       union select w.asked, m.kept, m.kept_key from way w join access.merged_patient m on m.tenant_id = $1 and m.gone_key = w.kept_key)
     select w.asked, w.kept from way w where not exists (select 1 from access.merged_patient m where m.tenant_id = $1 and m.gone_key = w.kept_key)`,
    [tenant, patients.map(keyOf)],
  );
  return new Map(rows.map((row) => [row.asked, row.kept]));
}

/** SQLSTATE of a write that names a patient whose record has gone into another (migrations/0027_record_merge.sql). */
export const mergedState = 'ESM01';
