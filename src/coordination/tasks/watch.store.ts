import { oppositions } from '../../access/index.ts';
import { type Sql, textArray } from '../../platform/index.ts';
import type { TaskState, Trouble } from '../contract/tasks.ts';

export async function practicesWithTasks(sql: Sql): Promise<number[]> {
  return (await sql.query<{ tenant_id: number }>('select distinct tenant_id from coordination.task where open')).map(
    (row) => row.tenant_id,
  );
}

/** One process at a time looks at a practice, to the end of the transaction. */
export async function holdWatch(sql: Sql, tenant: number): Promise<boolean> {
  const [row] = await sql.query<{ held: boolean }>('select pg_try_advisory_xact_lock($1::int, 7078) as held', [tenant]);
  return row?.held ?? false;
}

/** The day on which the patient `p` died, as far as it is known; of a death without a day, the one on which it was noted. */
const deathOf = `coalesce(substring(p.content from '"deceasedDateTime":"([0-9-]+)'), to_char(p.updated at time zone 'Europe/Paris', 'YYYY-MM-DD'))`;
/** Steps of a palliative protocol go on with those who stay. */
const goesOn = `t.task_kind = 'protocol' and exists (select 1 from coordination.plan c join fhir.resource d on d.tenant_id = c.tenant_id and d.type = 'PlanDefinition' and d.id = c.protocol
  where c.tenant_id = t.tenant_id and c.patient_key = t.subject_key and c.state in ('active', 'on-hold') and d.content like '%"urn:estran:protocol-theme","code":"palliative"%')`;
/**
 * What was asked before the day on which its patient died is late no more, nor told to anyone; what is asked from that day on (of the family, of what is to be given back) is a task like any other.
 * A death that was noted by mistake is taken back the same way.
 */
export const noteDeaths = (sql: Sql, tenant: number): Promise<unknown> =>
  sql.query(
    `update coordination.task u set outlived = w.outlived, trouble = case when not w.outlived then u.trouble end, escalated = case when not w.outlived then u.escalated end
     from (select t.id, t.outlived as known, coalesce(p.dead and to_char(t.asked at time zone 'Europe/Paris', 'YYYY-MM-DD') < p.day and not (${goesOn}), false) as outlived
       from coordination.task t left join lateral (
         select p.content ~ '"deceased(DateTime":"|Boolean":true)' as dead, ${deathOf} as day from fhir.resource p
         where p.tenant_id = t.tenant_id and p.type = 'Patient' and p.id = t.patient_id and not p.deleted and p.content like '%"deceased%') p on true
       where t.tenant_id = $1 and t.open and t.patient_id is not null) w
     where u.tenant_id = $1 and u.id = w.id and w.known <> w.outlived`,
    [tenant],
  );

export interface WatchedRow {
  id: string;
  task_kind: string;
  state: TaskState;
  urgent: boolean;
  owner: string | null;
  due: Date | null;
  since: Date;
  trouble: Trouble | null;
  patient_id: string | null;
  owner_is: 'here' | 'gone' | 'outside' | 'barred';
  /** The owner is away until then and nobody who may see the task stands in. */
  absent_until: Date | null;
}
/**
 * On a task `t`: the patient keeps this person from its words, which stand in what it focuses on. Row-level security lets no function into an
 * index: the parts of the reference are made first.
 */
const barred = (person: string, profession: string): string =>
  `exists (select 1 ${oppositions('o', '= t.subject_key', person, profession)}
     and o.kinds & (1 << t.data_kind | coalesce((select 1 << r.kind from (select split_part(t.focus, '/', 1) as type, split_part(t.focus, '/', 2) as id offset 0) f
       join fhir.resource r on r.tenant_id = t.tenant_id and r.type = f.type and r.id = f.id), 0)) <> 0)`;
/** Open tasks of which there may be something to tell, or to untell; the rule itself is troubleOf (due.rules.ts). */
export async function tasksToWatch(
  sql: Sql,
  tenant: number,
  everywhere: readonly string[],
  now: Date,
): Promise<WatchedRow[]> {
  return sql.query<WatchedRow>(
    `select * from (
       select t.id, t.task_kind, t.state, t.urgent, t.owner, nullif(t.due, 'infinity') as due, t.since, t.trouble, t.patient_id,
         case when t.owner is null then 'here'
           when a.practitioner is null then 'gone'
           when t.patient_id is not null and not (a.profession = any($4::text[])) and not exists (
             select 1 from access.care_relation c where c.tenant_id = t.tenant_id and c.practitioner_key = a.practitioner_key and c.patient_key = t.subject_key and c.valid_from <= now() and c.valid_until > now()) then 'outside'
           when t.patient_id is not null and ${barred('a.practitioner_key', 'a.profession')} then 'barred'
           else 'here' end as owner_is,
         (select max(b.ends) from coordination.absence b where b.tenant_id = t.tenant_id and b.practitioner = t.owner and b.starts <= $5::timestamptz and b.ends > $5::timestamptz
           and not exists (select 1 from (
             select o.delegate from coordination.absence o where o.tenant_id = t.tenant_id and o.practitioner = t.owner and o.starts <= $5::timestamptz and o.ends > $5::timestamptz
             union all select d.delegate from access.delegation d where d.tenant_id = t.tenant_id and d.responsible = t.owner and d.kind in ('delegation', 'locum') and d.valid_from <= now() and d.valid_until > now()) s
             join access.account e on e.tenant_id = t.tenant_id and e.practitioner = s.delegate and e.status <> 'disabled'
             where t.patient_id is null or (exists (select 1 from access.care_relation c where c.tenant_id = t.tenant_id and c.practitioner_key = e.practitioner_key and c.patient_key = t.subject_key and c.valid_from <= now() and c.valid_until > now())
               and not ${barred('e.practitioner_key', 'e.profession')}))) as absent_until
       from coordination.task t left join access.account a on a.tenant_id = t.tenant_id and a.practitioner = t.owner and a.status <> 'disabled'
       where t.tenant_id = $1 and t.open and t.state <> 'on-hold' and not t.outlived) w
     where w.trouble is not null or w.owner_is <> 'here' or w.absent_until is not null or w.state = 'rejected' or w.due < $2::timestamptz or (w.since < $3::timestamptz and (w.owner is null or (w.urgent and w.state = 'requested')))
     order by w.id limit 5000`,
    [
      tenant,
      new Date(now.getTime() - 86_400_000).toISOString(),
      new Date(now.getTime() - 2 * 3_600_000).toISOString(),
      textArray([...everywhere]),
      now.toISOString(),
    ],
  );
}
export async function noteTrouble(
  sql: Sql,
  tenant: number,
  id: string,
  trouble: Trouble | null,
  now: Date,
): Promise<void> {
  await sql.query(
    'update coordination.task set trouble = $3::text, escalated = case when $3::text is null then null else coalesce(escalated, $4::timestamptz) end where tenant_id = $1 and id = $2',
    [tenant, id, trouble, now.toISOString()],
  );
}

/** Tasks to be done by the end of this day of which the owner was not told, once it is eight o’clock there. */
export async function dueToday(
  sql: Sql,
  tenant: number,
  day: string,
  now: Date,
): Promise<{ id: string; owner: string }[]> {
  return sql.query<{ id: string; owner: string }>(
    `select t.id, t.owner from coordination.task t left join access.account a on a.tenant_id = t.tenant_id and a.practitioner = t.owner
     where t.tenant_id = $1 and t.open and t.owner is not null and t.state not in ('rejected', 'on-hold') and t.task_kind <> 'handover' and not t.due_told and not t.outlived
       and t.due > $3::timestamptz and t.due <= (($2::date + 1)::timestamp at time zone 'Europe/Paris') and ($3::timestamptz at time zone 'Europe/Paris')::time >= '08:00'
       and (t.patient_id is null or not ${barred('a.practitioner_key', 'a.profession')}) order by t.owner, t.id`,
    [tenant, day, now.toISOString()],
  );
}
/** Of these people, those who may read the words of a task as far as its patient decides. */
export async function letIn(sql: Sql, tenant: number, task: string, people: readonly string[]): Promise<string[]> {
  const rows = await sql.query<{ id: string }>(
    `select a.practitioner as id from coordination.task t join access.account a on a.tenant_id = t.tenant_id and a.practitioner = any($3::text[])
     where t.tenant_id = $1 and t.id = $2 and (t.patient_id is null or not ${barred('a.practitioner_key', 'a.profession')})`,
    [tenant, task, textArray([...people])],
  );
  const found = new Set(rows.map((row) => row.id));
  return people.filter((one) => found.has(one));
}
export async function noteDueTold(sql: Sql, tenant: number, ids: readonly string[]): Promise<void> {
  await sql.query('update coordination.task set due_told = true where tenant_id = $1 and id = any($2::text[])', [
    tenant,
    textArray([...ids]),
  ]);
}
