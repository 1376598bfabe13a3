import { hash64, type Sql } from '../platform/index.ts';
import { oppositions } from './sight.ts';

/** Bounds are PostgreSQL timestamps, undefined: open. The latest start and the earliest end count. */
interface Span {
  from: (string | undefined)[];
  until: (string | undefined)[];
}
export interface RelationRow extends Span {
  practitioner: string;
  /** A patient's id, or `Group/id` for the circle of a conversation. */
  patient: string;
  role: string;
  /** The relation ends one year after this instant. */
  yearFrom?: string;
}
export interface OppositionRow extends Span {
  patient: string;
  practitioner?: string;
  profession?: string;
  kinds: number;
}

const keyOf = (type: string, id: string) => String(hash64(`${type}/${id}`));
const at = (bounds: (string | undefined)[], index: number) =>
  bounds.filter((bound) => bound !== undefined)[index] ?? null;

/** Puts these relations in place of all those of the source; several of one person are told apart by `source#n`. */
export async function replaceRelations(
  sql: Sql,
  tenant: number,
  source: string,
  rows: readonly RelationRow[],
): Promise<void> {
  // '#' is followed by '$': the range holds `source#0`, `source#1`… and nothing else.
  await sql.query(
    `delete from access.care_relation where tenant_id = $1 and (source = $2 or (source >= $2 || '#' and source < $2 || '$'))`,
    [tenant, source],
  );
  if (rows.length === 0) return;
  const times = new Map<string, number>();
  const sources = rows.map((row) => {
    const key = `${row.practitioner} ${row.patient}`;
    const n = times.get(key) ?? 0;
    times.set(key, n + 1);
    return n === 0 ? source : `${source}#${n}`;
  });
  await sql.query(
    `insert into access.care_relation (tenant_id, practitioner_key, patient_key, source, practitioner, patient, role, valid_from, valid_until)
     select $1, * from (
       select r.practitioner_key, r.patient_key, r.source, r.practitioner, r.patient, left(r.role, 200),
         greatest(coalesce(r.from1, '-infinity'), coalesce(r.from2, '-infinity')) as valid_from,
         least(coalesce(r.until1, 'infinity'), coalesce(r.until2, 'infinity'), coalesce(r.year_from + interval '1 year', 'infinity')) as valid_until
       from unnest($2::bigint[], $3::bigint[], $4::text[], $5::text[], $6::text[], $7::text[], $8::timestamptz[], $9::timestamptz[], $10::timestamptz[], $11::timestamptz[], $12::timestamptz[])
         as r (practitioner_key, patient_key, source, practitioner, patient, role, from1, from2, until1, until2, year_from)
     ) v where v.valid_from < v.valid_until`,
    [
      tenant,
      rows.map((row) => keyOf('Practitioner', row.practitioner)),
      rows.map((row) =>
        row.patient.startsWith('Group/') ? String(hash64(row.patient)) : keyOf('Patient', row.patient),
      ),
      sources,
      rows.map((row) => row.practitioner),
      rows.map((row) => row.patient),
      rows.map((row) => row.role),
      rows.map((row) => at(row.from, 0)),
      rows.map((row) => at(row.from, 1)),
      rows.map((row) => at(row.until, 0)),
      rows.map((row) => at(row.until, 1)),
      rows.map((row) => row.yearFrom ?? null),
    ],
  );
}

export async function replaceOppositions(
  sql: Sql,
  tenant: number,
  source: string,
  rows: readonly OppositionRow[],
): Promise<void> {
  await sql.query('delete from access.opposition where tenant_id = $1 and source = $2', [tenant, source]);
  if (rows.length === 0) return;
  await sql.query(
    `insert into access.opposition (tenant_id, patient_key, source, line, practitioner_key, profession, kinds, valid_from, valid_until)
     select $1, o.patient_key, $2, o.line, o.practitioner_key, o.profession, o.kinds,
       greatest(coalesce(o.from1, '-infinity'), coalesce(o.from2, '-infinity')), least(coalesce(o.until1, 'infinity'), coalesce(o.until2, 'infinity'))
     from unnest($3::bigint[], $4::int[], $5::bigint[], $6::text[], $7::int[], $8::timestamptz[], $9::timestamptz[], $10::timestamptz[], $11::timestamptz[])
       as o (patient_key, line, practitioner_key, profession, kinds, from1, from2, until1, until2)`,
    [
      tenant,
      source,
      rows.map((row) => keyOf('Patient', row.patient)),
      rows.map((_, line) => line),
      rows.map((row) => (row.practitioner ? keyOf('Practitioner', row.practitioner) : null)),
      rows.map((row) => row.profession ?? null),
      rows.map((row) => row.kinds),
      rows.map((row) => at(row.from, 0)),
      rows.map((row) => at(row.from, 1)),
      rows.map((row) => at(row.until, 0)),
      rows.map((row) => at(row.until, 1)),
    ],
  );
}

export interface Opened {
  practitioner: string;
  patient: string;
  until: Date;
}
/** Whom a source opens a record to, now or later. */
export const openedBy = (sql: Sql, tenant: number, source: string): Promise<Opened[]> =>
  sql.query<Opened>(
    `select practitioner, patient, max(valid_until) as until from access.care_relation where tenant_id = $1 and (source = $2 or (source >= $2 || '#' and source < $2 || '$')) and valid_until > now() group by 1, 2`,
    [tenant, source],
  );

/** One relation that does not come from a resource (emergency access). */
export async function insertRelation(
  sql: Sql,
  tenant: number,
  row: { practitioner: string; patient: string; source: string; role: string; until: Date },
): Promise<void> {
  await sql.query(
    `insert into access.care_relation (tenant_id, practitioner_key, patient_key, source, practitioner, patient, role, valid_from, valid_until)
     values ($1, $2::bigint, $3::bigint, $4, $5, $6, $7, now(), $8::timestamptz)`,
    [
      tenant,
      keyOf('Practitioner', row.practitioner),
      keyOf('Patient', row.patient),
      row.source,
      row.practitioner,
      row.patient,
      row.role,
      row.until.toISOString(),
    ],
  );
}

/** People with a running relation to a patient, by FHIR id. */
export const teamOf = (
  sql: Sql,
  tenant: number,
  patient: string,
): Promise<{ practitioner: string; role: string; source: string }[]> =>
  sql.query(
    'select practitioner, role, source from access.care_relation where tenant_id = $1 and patient_key = $2::bigint and valid_from <= now() and valid_until > now() order by source, practitioner',
    [tenant, keyOf('Patient', patient)],
  );

/** Every clinical kind is closed to this person by the patient's opposition. */
export async function closedByOpposition(
  sql: Sql,
  of: { patient: string; practitioner: string; profession: string },
  clinical: number,
): Promise<boolean> {
  const rows = await sql.query<{ kinds: number }>(
    `select coalesce(bit_or(o.kinds), 0) as kinds ${oppositions('o', '= $1::bigint', '$2::bigint', '$3::text')}`,
    [keyOf('Patient', of.patient), keyOf('Practitioner', of.practitioner), of.profession],
  );
  return (Number(rows[0]?.kinds ?? 0) & clinical) === clinical;
}
