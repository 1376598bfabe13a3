import { kindsOfData } from '../access/index.ts';
import type { Sql } from '../platform/index.ts';

export interface ShareRow {
  shared: boolean;
  by: string;
  at: Date;
}
export const lastShare = async (sql: Sql, tenant: number, project: string): Promise<ShareRow | undefined> =>
  (
    await sql.query<ShareRow>(
      'select shared, by_name as by, at from coordination.use_share where tenant_id = $1 and project = $2 order by n desc limit 1',
      [tenant, project],
    )
  )[0];
export const addShare = (
  sql: Sql,
  tenant: number,
  row: { project: string; shared: boolean; by: string; byName: string; at: Date },
) =>
  sql.query(
    `insert into coordination.use_share (tenant_id, project, n, shared, by, by_name, at) select $1, $2, coalesce(max(n), 0) + 1, $3, $4, $5, $6::timestamptz from coordination.use_share where tenant_id = $1 and project = $2`,
    [tenant, row.project, row.shared, row.by, row.byName, row.at.toISOString()],
  );

/** Entries whose date is that of an act of care; a problem or an allergy is of the day on which it began. */
const entries = [
  'Observation',
  'Encounter',
  'Composition',
  'ClinicalImpression',
  'DocumentReference',
  'DiagnosticReport',
  'Immunization',
  'MedicationRequest',
  'Procedure',
  'QuestionnaireResponse',
  'ServiceRequest',
];
export interface RawMonth {
  month: string;
  /** Patients in whose record something was written, and those of them for whom two professions did. */
  records: number;
  shared: number;
  professionals: number;
  professions: number;
  meetings: number;
  protocols: number;
  messages: number;
  messagesOf: number;
  tasks: number;
  tasksOf: number;
}
/** A plan may begin on a day before it was written: it counts from when it was. Counts by month in France, in one statement. No row of it leaves without going through access/small-counts.ts. */
export const rawMonths = (sql: Sql, tenant: number, months: readonly string[]): Promise<RawMonth[]> =>
  sql.query<RawMonth>(
    `with m as (select month, (month || '-01')::timestamp at time zone 'Europe/Paris' as low, ((month || '-01')::timestamp + interval '1 month') at time zone 'Europe/Paris' as high from unnest($2::text[]) as month),
     e as (select m.month, r.patient, r.author, a.profession from m join fhir.resource r on r.tenant_id = $1 and r.type = any($3::text[]) and not r.deleted and r.patient is not null and r.kind <> ${kindsOfData['private-notes'].bit} and r.at >= m.low and r.at < m.high
       join access.account a on a.tenant_id = r.tenant_id and a.practitioner_key = r.author),
     p as (select month, patient, count(distinct profession) as professions from e group by month, patient)
     select m.month,
       (select count(*)::int from p where p.month = m.month) as records, (select count(*)::int from p where p.month = m.month and p.professions > 1) as shared,
       (select count(distinct e.author)::int from e where e.month = m.month) as professionals, (select count(distinct e.profession)::int from e where e.month = m.month) as professions,
       (select count(*)::int from coordination.meeting c where c.tenant_id = $1 and c.state = 'fulfilled' and c.starts >= m.low and c.starts < m.high) as meetings,
       (select count(distinct c.protocol)::int from coordination.plan c join fhir.resource r on r.tenant_id = c.tenant_id and r.type = 'CarePlan' and r.id = c.id and not r.deleted
         where c.tenant_id = $1 and coalesce((r.content::jsonb ->> 'created')::timestamptz, r.at) < m.high and (c.state = 'active' or coalesce((r.content::jsonb #>> '{period,end}')::timestamptz, r.updated) >= m.low)) as protocols,
       x.messages, x.of as "messagesOf", y.tasks, y.of as "tasksOf"
     from m
     cross join lateral (select count(*)::int as messages, count(distinct t.patient)::int as of from coordination.message c join coordination.thread t on t.tenant_id = c.tenant_id and t.id = c.thread and t.about like 'Patient/%' where c.tenant_id = $1 and c.at >= m.low and c.at < m.high) x
     cross join lateral (select count(*)::int as tasks, count(distinct c.patient_id)::int as of from coordination.task c where c.tenant_id = $1 and c.patient_id is not null and c.asked >= m.low and c.asked < m.high) y
     order by m.month`,
    [tenant, [...months], entries],
  );
