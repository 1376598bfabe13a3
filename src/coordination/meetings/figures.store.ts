import { hash64, type Sql } from '../../platform/index.ts';

/** A meeting that was held, in figures. */
export interface HeldRow {
  id: string;
  start: Date;
  title: string;
  files: number;
  /** Keys of the patients discussed. */
  patients: string[];
  /** Practitioner ids of those who were there; someone from outside is null. */
  present: (string | null)[];
}
/** Meetings closed between two instants. */
export const heldMeetings = (sql: Sql, tenant: number, from: string, to: string): Promise<HeldRow[]> =>
  sql.query<HeldRow>(
    `select m.id, m.starts as start, coalesce(a.content::jsonb ->> 'description', '') as title,
       (select count(*)::int from coordination.discussion d where d.tenant_id = $1 and d.meeting = m.id and d.state = 'finished') as files,
       array(select distinct d.patient_key::text from coordination.discussion d where d.tenant_id = $1 and d.meeting = m.id and d.state = 'finished') as patients,
       array(select t.practitioner from coordination.attendance t where t.tenant_id = $1 and t.meeting = m.id and t.there order by t.id) as present
     from coordination.meeting m join fhir.resource a on a.tenant_id = m.tenant_id and a.type = 'Appointment' and a.id = m.id
     where m.tenant_id = $1 and m.state = 'fulfilled' and m.starts >= $2::timestamptz and m.starts < $3::timestamptz order by m.starts`,
    [tenant, from, to],
  );

/**
 * Patients whose treating physician is one of these, who have a long-term condition (ALD) that runs or are old enough: how many, in one statement. Nobody is named.
 * @param bornBefore ISO day: born before it is old enough
 */
export async function referencePopulation(
  sql: Sql,
  tenant: number,
  physicians: readonly string[],
  bornBefore: string,
  today: string,
): Promise<number> {
  const [row] = await sql.query<{ count: number }>(
    `select count(*)::int as count from fhir.resource p
     where p.tenant_id = $1 and p.type = 'Patient' and not p.deleted and p.refs && $2::bigint[] and p.content not like '%"deceased%'
       and (exists (select 1 from fhir.date b where b.tenant_id = $1 and b.rid = p.rid and b.param = $3::bigint and b.low < $4::timestamp at time zone 'Europe/Paris')
         or exists (select 1 from fhir.resource c where c.tenant_id = $1 and c.patient = p.key and c.type = 'Condition' and not c.deleted and $5::bigint = any(c.tokens)
           and c.content not like '%"entered-in-error"%'
           and not jsonb_path_exists(c.content::jsonb, '$.extension[*] ? (@.url == "urn:estran:ald").extension[*].valuePeriod.end ? (@ < $day)', jsonb_build_object('day', $6::text))))`,
    [
      tenant,
      physicians.map((id) => String(hash64(`Practitioner/${id}`))),
      String(hash64('Patient|birthdate')),
      bornBefore,
      String(hash64('Condition|category|urn:estran:condition-category|ald')),
      today,
    ],
  );
  return row!.count;
}
export const putAttendance = (
  sql: Sql,
  tenant: number,
  row: { id: string; meeting: string; practitioner: string | null; there: boolean },
) =>
  sql.query(
    `insert into coordination.attendance (tenant_id, id, meeting, practitioner, there) values ($1, $2, $3, $4, $5)
     on conflict (tenant_id, id) do update set meeting = excluded.meeting, practitioner = excluded.practitioner, there = excluded.there`,
    [tenant, row.id, row.meeting, row.practitioner, row.there],
  );
export const dropAttendance = (sql: Sql, tenant: number, id: string) =>
  sql.query('delete from coordination.attendance where tenant_id = $1 and id = $2', [tenant, id]);
