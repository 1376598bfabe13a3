import { type Sight, sightPredicate } from '../../access/index.ts';
import { type Sql, textArray } from '../../platform/index.ts';
import type { TaskFilter, TaskState, Trouble } from '../contract/tasks.ts';

/** The index of tasks: no words, rights by the one predicate. */

export interface TaskRow {
  id: string;
  task_kind: string;
  state: TaskState;
  open: boolean;
  urgent: boolean;
  due: string | null;
  owner: string | null;
  profession: string | null;
  team: boolean;
  requester: string | null;
  patient_id: string | null;
  focus: string | null;
  data_kind: number;
  subject_key: string | null;
  author_key: string | null;
  asked: string;
  changed: string;
  readers: string[];
}
export interface Before {
  owner: string | null;
  state: TaskState;
}

/** Makes the index of one task equal to what it is now; gives what it was. What had been told of it is forgotten when it waits for someone else. */
export async function saveTask(sql: Sql, tenant: number, row: TaskRow, now: Date): Promise<Before | null> {
  const [before] = await sql.query<Before>(
    'select owner, state from coordination.task where tenant_id = $1 and id = $2',
    [tenant, row.id],
  );
  await sql.query(
    `insert into coordination.task as t (tenant_id, id, task_kind, state, open, urgent, due, owner, profession, team, requester, patient_id, data_kind, subject_key, author_key, asked, changed, since, readers, focus)
     values ($1, $2, $3, $4, $5, $6, coalesce($7::timestamptz, 'infinity'), $8, $9, $10, $11, $12, $13::smallint, $14::bigint, $15::bigint, $16::timestamptz, $17::timestamptz, $18::timestamptz, $19::text[], $21)
     on conflict (tenant_id, id) do update set task_kind = excluded.task_kind, state = excluded.state, open = excluded.open, urgent = excluded.urgent, due = excluded.due, owner = excluded.owner,
       profession = excluded.profession, team = excluded.team, requester = excluded.requester, patient_id = excluded.patient_id, data_kind = excluded.data_kind, subject_key = excluded.subject_key,
       author_key = excluded.author_key, asked = excluded.asked, changed = excluded.changed, readers = excluded.readers, focus = excluded.focus,
       since = case when t.state = excluded.state and t.owner is not distinct from excluded.owner and t.profession is not distinct from excluded.profession and t.team = excluded.team then t.since else $20::timestamptz end,
       due_told = t.due_told and t.due = excluded.due and t.owner is not distinct from excluded.owner,
       seen = case when t.state = excluded.state then t.seen end,
       -- Looked at again within the minute; what is solved is no longer shown meanwhile.
       trouble = case when excluded.open and t.state = excluded.state and t.owner is not distinct from excluded.owner and t.due = excluded.due then t.trouble end,
       escalated = case when excluded.open and t.state = excluded.state and t.owner is not distinct from excluded.owner and t.due = excluded.due then t.escalated end`,
    [
      tenant,
      row.id,
      row.task_kind,
      row.state,
      row.open,
      row.urgent,
      row.due,
      row.owner,
      row.profession,
      row.team,
      row.requester,
      row.patient_id,
      row.data_kind,
      row.subject_key,
      row.author_key,
      row.asked,
      row.changed,
      before ? now.toISOString() : row.asked,
      textArray(row.readers),
      now.toISOString(),
      row.focus,
    ],
  );
  return before ?? null;
}
export async function dropTask(sql: Sql, tenant: number, id: string): Promise<Before | null> {
  const [gone] = await sql.query<Before>(
    'delete from coordination.task where tenant_id = $1 and id = $2 returning owner, state',
    [tenant, id],
  );
  return gone ?? null;
}

/** Who asks, for the views. */
export interface Viewer {
  sight: Sight;
  me: string;
  profession: string;
}
type Param = (value: unknown) => string;
/** Tasks that this person may see, as rows `t`: cut by the one predicate. */
const visible = (viewer: Viewer, param: Param, where: string) =>
  `select t.* from (select x.*, 'Task'::text as type, x.data_kind as kind, x.subject_key as patient, null::bigint[] as patients, x.author_key as author from coordination.task x where x.tenant_id = $1::int and ${where}) t where ${sightPredicate(viewer.sight, 't', param)}`;
const running = 'and c.valid_from <= now() and c.valid_until > now()';
const inCare = (viewer: Viewer, param: Param) =>
  `exists (select 1 from access.care_relation c where c.tenant_id = $1::int and c.practitioner_key = ${param(String(viewer.sight.practitionerKey))}::bigint and c.patient_key = t.subject_key ${running})`;
/** Me, and those whom I stand in for: a delegate or a locum has the tasks of whom they replace, as far as their own rights go. */
const mine = (viewer: Viewer, param: Param) =>
  `(select ${param(viewer.me)}::text as id union all select d.responsible from access.delegation d where d.tenant_id = $1::int and d.delegate = ${param(viewer.me)}::text and d.kind in ('delegation', 'locum') and d.valid_from <= now() and d.valid_until > now()
    union all select b.practitioner from coordination.absence b where b.tenant_id = $1::int and b.delegate = ${param(viewer.me)}::text and b.starts <= now() and b.ends > now())`;

/** The condition of each view on a row `t`, and the rank by which it is ordered before its date. */
function viewOf(
  view: TaskFilter,
  viewer: Viewer,
  now: Date,
  param: Param,
): { where: string; rank: string; key: string } {
  const toDo = `t.open and t.task_kind <> 'handover'`;
  const byDue = `extract(epoch from t.due)`;
  const offered = () =>
    `t.owner is null and t.state = 'requested' and (t.profession = ${param(viewer.profession)}::text or t.team) and (not t.team or ${inCare(viewer, param)})`;
  const at = () => `${param(now.toISOString())}::timestamptz`;
  switch (view) {
    case 'mine':
      return {
        where: `${toDo} and t.state <> 'rejected' and (t.owner in (select m.id from ${mine(viewer, param)} m) or (${offered()}))`,
        rank: '0',
        key: byDue,
      };
    case 'team':
      return { where: toDo, rank: '0', key: byDue };
    case 'asked':
      return {
        where: `t.requester = ${param(viewer.me)}::text and t.owner is distinct from ${param(viewer.me)}::text and t.task_kind <> 'handover' and (t.open or t.changed > ${at()} - interval '7 days')`,
        rank: `case when t.state = 'rejected' then case when t.seen is null then 0 else 1 end when t.open then 2 else 3 end`,
        key: byDue,
      };
    case 'unowned':
      return {
        where: `t.open and t.state <> 'on-hold' and (t.owner is null or t.trouble in ('gone', 'outside', 'absent', 'barred')) and (t.task_kind <> 'handover' or t.trouble is not null)`,
        rank: `case when t.trouble is not null then 0 else 1 end`,
        key: byDue,
      };
    case 'late':
      return {
        where: `${toDo} and t.state not in ('on-hold', 'rejected') and not t.outlived and t.due < ${at()}`,
        rank: '0',
        key: byDue,
      };
    case 'done':
      return {
        where: `not t.open and t.state = 'completed' and t.task_kind <> 'handover' and t.owner = ${param(viewer.me)}::text and t.changed > ${at()} - interval '30 days'`,
        rank: '0',
        key: '-extract(epoch from t.changed)',
      };
  }
}
const scope: Record<TaskFilter, string> = {
  mine: 'x.open',
  team: 'x.open',
  asked: 'x.requester = $2::text',
  unowned: 'x.open',
  late: 'x.open',
  done: 'not x.open and x.owner = $2::text',
};

export interface Cursor {
  rank: number;
  key: string;
  id: string;
}
/** A task as lists walk it: enough to read it, its words and its patient at once. */
export interface Walked {
  id: string;
  focus: string | null;
  patient: string | null;
}
/** One page of a view, in its order; stable under additions, by rank, date, id. */
export async function pageOfTasks(
  sql: Sql,
  tenant: number,
  viewer: Viewer,
  view: TaskFilter,
  now: Date,
  page: {
    after?: Cursor | undefined;
    most: number;
    patient?: string | undefined;
    urgent?: boolean | undefined;
    before?: Date | undefined;
  },
): Promise<(Walked & { cursor: Cursor })[]> {
  const params: unknown[] = [tenant, viewer.me];
  const param: Param = (value) => `$${params.push(value)}`;
  const narrowed = [
    scope[view],
    page.patient && `x.patient_id = ${param(page.patient)}::text`,
    page.urgent && 'x.urgent',
    page.before && `not x.outlived and x.due <= ${param(page.before.toISOString())}::timestamptz`,
  ]
    .filter(Boolean)
    .join(' and ');
  const seen = visible(viewer, param, narrowed);
  const { where, rank, key } = viewOf(view, viewer, now, param);
  const past = page.after
    ? `where (v.rank, v.key, v.id) > (${param(page.after.rank)}::int, ${param(page.after.key)}::numeric, ${param(page.after.id)}::text)`
    : '';
  const rows = await sql.query<Walked & { rank: number; key: string }>(
    `select v.id, v.focus, v.patient, v.rank, v.key::text as key from (select t.id, t.focus, t.patient_id as patient, (${rank})::int as rank, (${key})::numeric as key from (${seen}) t where $2::text is not null and ${where}) v ${past} order by v.rank, v.key, v.id limit ${page.most}`,
    params,
  );
  return rows.map(({ rank: at, key: date, ...walked }) => ({
    ...walked,
    cursor: { rank: at, key: date, id: walked.id },
  }));
}

/** How many of each view. */
export async function countTasks(
  sql: Sql,
  tenant: number,
  viewer: Viewer,
  now: Date,
): Promise<Record<TaskFilter | 'refused', number>> {
  const params: unknown[] = [tenant, viewer.me];
  const param: Param = (value) => `$${params.push(value)}`;
  const counted = (view: TaskFilter) =>
    `count(*) filter (where ${viewOf(view, viewer, now, param).where})::int as ${view}`;
  const [open] = await sql.query<Record<'mine' | 'team' | 'unowned' | 'late', number>>(
    `select ${(['mine', 'team', 'unowned', 'late'] as const).map(counted).join(', ')} from (${visible(viewer, param, 'x.open')}) t where $2::text is not null`,
    params,
  );
  const others: unknown[] = [tenant, viewer.me];
  const other: Param = (value) => `$${others.push(value)}`;
  const asked = viewOf('asked', viewer, now, other).where;
  const done = viewOf('done', viewer, now, other).where;
  const [rest] = await sql.query<Record<'asked' | 'refused' | 'done', number>>(
    `select a.asked, a.refused, (select count(*)::int from (${visible(viewer, other, 'not x.open and x.owner = $2::text')}) t where ${done}) as done
     from (select count(*)::int as asked, count(*) filter (where t.state = 'rejected')::int as refused from (${visible(viewer, other, 'x.requester = $2::text')}) t where ${asked}) a`,
    others,
  );
  return { ...open!, ...rest! };
}

export interface TaskNotes {
  id: string;
  trouble: Trouble | null;
  escalated: Date | null;
  reminded: Date | null;
  seen: Date | null;
  outlived: boolean;
}
/** What the index alone knows of these tasks. */
export async function notesOf(sql: Sql, tenant: number, ids: readonly string[]): Promise<Map<string, TaskNotes>> {
  if (ids.length === 0) return new Map();
  const rows = await sql.query<TaskNotes>(
    'select id, trouble, escalated, reminded, seen, outlived from coordination.task where tenant_id = $1 and id = any($2::text[])',
    [tenant, textArray([...ids])],
  );
  return new Map(rows.map((row) => [row.id, row]));
}
/** Whom this person stands in for now. */
export async function standsFor(sql: Sql, tenant: number, me: string): Promise<string[]> {
  const rows = await sql.query<{ id: string }>(
    `select responsible as id from access.delegation where tenant_id = $1 and delegate = $2 and kind in ('delegation', 'locum') and valid_from <= now() and valid_until > now()
     union select practitioner from coordination.absence where tenant_id = $1 and delegate = $2 and starts <= now() and ends > now()`,
    [tenant, me],
  );
  return rows.map((row) => row.id);
}

/** Notes a reminder unless one was sent since; false when one was. */
export async function noteReminder(sql: Sql, tenant: number, id: string, now: Date, since: Date): Promise<boolean> {
  const rows = await sql.query(
    'update coordination.task set reminded = $3::timestamptz where tenant_id = $1 and id = $2 and (reminded is null or reminded < $4::timestamptz) returning 1',
    [tenant, id, now.toISOString(), since.toISOString()],
  );
  return rows.length > 0;
}
/** Who asked for it has looked at what became of it. */
export async function markSeen(sql: Sql, tenant: number, id: string, now: Date): Promise<void> {
  await sql.query('update coordination.task set seen = $3::timestamptz where tenant_id = $1 and id = $2', [
    tenant,
    id,
    now.toISOString(),
  ]);
}

const fortnight = `interval '14 days'`;
/** Handovers addressed to this person that they have not read, on rows `t`. */
const toRead = (viewer: Viewer, param: Param, now: Date) =>
  `t.open and t.task_kind = 'handover' and t.requester is distinct from ${param(viewer.me)}::text and not (${param(viewer.me)}::text = any(t.readers)) and t.asked > ${param(now.toISOString())}::timestamptz - ${fortnight}
    and (t.owner in (select m.id from ${mine(viewer, param)} m) or (t.owner is null and (t.profession = ${param(viewer.profession)}::text or t.team) and ${inCare(viewer, param)}))`;
export async function handoversToRead(sql: Sql, tenant: number, viewer: Viewer, now: Date): Promise<Walked[]> {
  const params: unknown[] = [tenant];
  const param: Param = (value) => `$${params.push(value)}`;
  return sql.query<Walked>(
    `select t.id, t.focus, t.patient_id as patient from (${visible(viewer, param, `x.open and x.task_kind = 'handover'`)}) t where ${toRead(viewer, param, now)} order by t.urgent desc, t.asked desc, t.id limit 50`,
    params,
  );
}
/** What waits for this person. */
export async function countForMe(
  sql: Sql,
  tenant: number,
  viewer: Viewer,
  now: Date,
): Promise<{ mine: number; late: number; handovers: number; unowned: number }> {
  const params: unknown[] = [tenant];
  const param: Param = (value) => `$${params.push(value)}`;
  const { where } = viewOf('mine', viewer, now, param);
  const unowned = viewOf('unowned', viewer, now, param).where;
  const [row] = await sql.query<{ mine: number; late: number; handovers: number; unowned: number }>(
    `select count(*) filter (where ${where})::int as mine, count(*) filter (where ${where} and t.state <> 'on-hold' and not t.outlived and t.due < ${param(now.toISOString())}::timestamptz)::int as late,
       count(*) filter (where ${toRead(viewer, param, now)})::int as handovers, count(*) filter (where ${unowned})::int as unowned from (${visible(viewer, param, 'x.open')}) t`,
    params,
  );
  return row!;
}
/** How much waits for each owner, of what this person may see. */
export async function dayOfPeople(
  sql: Sql,
  tenant: number,
  viewer: Viewer,
  now: Date,
  midnight: Date,
): Promise<{ owner: string; open: number; today: number; late: number; toTake: number }[]> {
  const params: unknown[] = [tenant];
  const param: Param = (value) => `$${params.push(value)}`;
  const at = `${param(now.toISOString())}::timestamptz`;
  return sql.query(
    `select t.owner, count(*)::int as open, count(*) filter (where not t.outlived and t.due >= ${at} and t.due <= ${param(midnight.toISOString())}::timestamptz)::int as today, count(*) filter (where not t.outlived and t.due < ${at})::int as late,
       count(*) filter (where t.state = 'requested')::int as "toTake"
     from (${visible(viewer, param, `x.open and x.owner is not null and x.task_kind <> 'handover'`)}) t where t.state not in ('rejected', 'on-hold') group by t.owner`,
    params,
  );
}
/** Tasks about one patient: what is open, what was ended lately, and the handovers of the last fortnight. */
export async function tasksOfPatient(
  sql: Sql,
  tenant: number,
  viewer: Viewer,
  patient: string,
  now: Date,
): Promise<{ open: Walked[]; ended: Walked[]; handovers: Walked[] }> {
  const params: unknown[] = [tenant];
  const param: Param = (value) => `$${params.push(value)}`;
  const at = `${param(now.toISOString())}::timestamptz`;
  const rows = await sql.query<Walked & { part: 'open' | 'ended' | 'handovers' }>(
    `select t.id, t.focus, t.patient_id as patient, case when t.task_kind = 'handover' then 'handovers' when t.open then 'open' else 'ended' end as part from (${visible(viewer, param, `x.patient_id = ${param(patient)}::text`)}) t
     where case when t.task_kind = 'handover' then t.state <> 'cancelled' and t.asked > ${at} - ${fortnight} when t.open then true else t.changed > ${at} - interval '30 days' end
     order by case when t.task_kind = 'handover' then -extract(epoch from t.asked) when t.open then extract(epoch from t.due) else -extract(epoch from t.changed) end, t.id limit 200`,
    params,
  );
  const of = (part: string) => rows.filter((row) => row.part === part);
  return { open: of('open'), ended: of('ended').slice(0, 10), handovers: of('handovers').slice(0, 20) };
}
