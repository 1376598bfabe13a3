import { type Profession, type Sight, sightOf, sightPredicate } from '../../access/index.ts';
import { keyOf } from '../../fhir/index.ts';
import type { Sql } from '../../platform/index.ts';

/** A thread as its index row tells it; words are in the resources. */
export interface Thread {
  id: string;
  /** 'Patient/id' or 'Group/id'. */
  about: string;
  kind: number;
  last_n: number;
  last_id: string;
  last_at: Date;
  urgent_n: number;
  to_team: boolean;
  box: string | null;
  box_state: 'open' | 'taken' | 'done' | null;
  box_since: Date | null;
  handler: string | null;
  /** Mine, when I take part. */
  read_n: number | null;
  /** Messages that I have not read, without those that were taken back. */
  unread: number;
  mentioned_n: number | null;
  muted: boolean | null;
  archived: boolean | null;
}
export type View = 'mine' | 'unread' | 'mentions' | 'patients' | 'archived' | 'box' | 'patient';
export interface Query {
  view: View;
  box?: string | undefined;
  state?: 'todo' | 'mine' | 'done' | undefined;
  /** Patient id, for the view `patient`. */
  patient?: string | undefined;
  after?: { at: string; id: string } | undefined;
  most: number;
}

const unreadOf =
  'from coordination.message m where m.tenant_id = t.tenant_id and m.thread = t.id and m.n > p.read_n and not m.withdrawn';
const columns = `t.id, t.about, t.kind, t.last_n, t.last_id, t.last_at, t.urgent_n, t.to_team, t.box, t.box_state, t.box_since, t.handler, p.read_n, case when t.last_n > p.read_n then (select count(*)::int ${unreadOf}) else 0 end as unread, p.mentioned_n, p.muted, p.archived`;
const key = (reference: string) => String(keyOf(reference));
const unread = `t.last_n > p.read_n and (not p.muted or p.mentioned_n > p.read_n) and exists (select 1 ${unreadOf})`;

/** Threads of a view that the caller may read, newest first. */
export async function threadsOf(sql: Sql, tenant: number, sight: Sight, me: string, query: Query): Promise<Thread[]> {
  const params: unknown[] = [tenant, key(`Practitioner/${me}`)];
  const param = (value: unknown) => `$${params.push(value)}`;
  const mine = ['mine', 'unread', 'mentions', 'archived'].includes(query.view);
  const where = [sightPredicate(sight, 't', param)];
  if (query.view === 'mine') where.push('not p.archived');
  if (query.view === 'archived') where.push('p.archived');
  if (query.view === 'unread') where.push(unread);
  if (query.view === 'mentions') where.push('p.mentioned_n > 0');
  if (query.view === 'patients') where.push(`t.about >= 'Patient/' and t.about < 'Patient0'`);
  if (query.view === 'patient') where.push(`t.patient = ${param(key(`Patient/${query.patient}`))}::bigint`);
  if (query.view === 'box') {
    where.push(`t.box = ${param(query.box ?? '')}`);
    if (query.state === 'todo') where.push(`t.box_state <> 'done'`);
    if (query.state === 'mine') where.push(`t.box_state = 'taken' and t.handler = ${param(me)}`);
    if (query.state === 'done') where.push(`t.box_state = 'done'`);
  }
  if (query.after) where.push(`(t.last_at, t.id) < (${param(query.after.at)}::timestamptz, ${param(query.after.id)})`);
  return sql.query<Thread>(
    `select ${columns} from coordination.thread t ${mine ? 'join' : 'left join'} coordination.thread_person p on p.tenant_id = t.tenant_id and p.person = $2::bigint and p.thread = t.id
     where t.tenant_id = $1 and ${where.join(' and ')} order by t.last_at desc, t.id desc limit ${param(query.most)}::int`,
    params,
  );
}
/** These threads, in no order, of those the caller may read. */
export async function threadsById(
  sql: Sql,
  tenant: number,
  sight: Sight,
  me: string,
  ids: readonly string[],
): Promise<Thread[]> {
  const params: unknown[] = [tenant, key(`Practitioner/${me}`), [...ids]];
  const where = sightPredicate(sight, 't', (value) => `$${params.push(value)}`);
  return sql.query<Thread>(
    `select ${columns} from coordination.thread t left join coordination.thread_person p on p.tenant_id = t.tenant_id and p.person = $2::bigint and p.thread = t.id
     where t.tenant_id = $1 and t.id = any($3::text[]) and ${where}`,
    params,
  );
}

/** Conversations with something I have not read; a right that was lost takes them out. `todo`: of my boxes, what is not handled. */
export async function countsOf(
  sql: Sql,
  tenant: number,
  sight: Sight,
  me: string,
): Promise<{ unread: number; urgent: number; mentions: number; todo: number }> {
  const params: unknown[] = [tenant, key(`Practitioner/${me}`)];
  const param = (value: unknown) => `$${params.push(value)}`;
  const seen = sightPredicate(sight, 't', param);
  const [row] = await sql.query<{ unread: number; urgent: number; mentions: number }>(
    `select count(*)::int as unread, (count(*) filter (where t.urgent_n > p.read_n))::int as urgent, (count(*) filter (where p.mentioned_n > p.read_n))::int as mentions
     from coordination.thread_person p join coordination.thread t on t.tenant_id = p.tenant_id and t.id = p.thread where p.tenant_id = $1 and p.person = $2::bigint and ${unread} and ${seen}`,
    params,
  );
  const [boxes] = await sql.query<{ todo: number }>(
    `select count(*)::int as todo from coordination.thread t join coordination.box b on b.tenant_id = t.tenant_id and b.id = t.box and ${param(me)} = any(b.members)
     where t.tenant_id = $1 and $2::bigint is not null and (t.box_state = 'open' or (t.box_state = 'taken' and t.handler = ${param(me)})) and ${seen}`,
    params,
  );
  return { ...row!, todo: boxes!.todo };
}

/** Ids of a thread's messages before a number, newest first, and their numbers. */
export const messagesOf = (
  sql: Sql,
  tenant: number,
  thread: string,
  before: number | null,
  most: number,
): Promise<{ id: string; n: number; at: Date }[]> =>
  sql.query(
    'select id, n, at from coordination.message where tenant_id = $1 and thread = $2 and n < coalesce($3::int, 2147483647) order by n desc limit $4::int',
    [tenant, thread, before, most],
  );

export interface Person {
  practitioner: string;
  person: string;
  read_n: number;
  muted: boolean;
  mentioned_n: number;
  stands_in_for: string | null;
}
export const peopleOf = (
  sql: Sql,
  tenant: number,
  threads: readonly string[],
): Promise<(Person & { thread: string })[]> =>
  sql.query(
    'select thread, practitioner, person::text as person, read_n, muted, mentioned_n, stands_in_for from coordination.thread_person where tenant_id = $1 and thread = any($2::text[]) order by practitioner',
    [tenant, [...threads]],
  );
export const receiptsOf = (
  sql: Sql,
  tenant: number,
  messages: readonly string[],
): Promise<{ message: string; practitioner: string; at: Date }[]> =>
  sql.query(
    'select message, practitioner, at from coordination.receipt where tenant_id = $1 and message = any($2::text[]) order by at',
    [tenant, [...messages]],
  );

/** Moves how far someone has read, and leaves a receipt on what others wrote. `upTo` below what was read: marked as unread again. */
export async function setRead(
  sql: Sql,
  tenant: number,
  thread: string,
  me: string,
  upTo: number,
  now: Date,
): Promise<void> {
  const person = key(`Practitioner/${me}`);
  await sql.query(
    `update coordination.thread_person p set read_n = least($4::int, t.last_n) from coordination.thread t where t.tenant_id = $1 and t.id = $3 and p.tenant_id = $1 and p.person = $2::bigint and p.thread = $3`,
    [tenant, person, thread, upTo],
  );
  await sql.query(
    `insert into coordination.receipt (tenant_id, message, person, practitioner, at) select $1, m.id, $2::bigint, $5, $6::timestamptz from coordination.message m
     where m.tenant_id = $1 and m.thread = $3 and m.n <= $4::int and m.author is distinct from $2::bigint on conflict do nothing`,
    [tenant, person, thread, upTo, me, now.toISOString()],
  );
}
export async function setFollowing(
  sql: Sql,
  tenant: number,
  thread: string,
  me: string,
  set: { muted?: boolean | undefined; archived?: boolean | undefined; following?: boolean | undefined },
): Promise<void> {
  const person = key(`Practitioner/${me}`);
  if (set.following === true)
    await sql.query(
      'insert into coordination.thread_person (tenant_id, person, thread, practitioner, read_n) select tenant_id, $2::bigint, id, $4, last_n from coordination.thread where tenant_id = $1 and id = $3 on conflict do nothing',
      [tenant, person, thread, me],
    );
  if (set.following === false)
    await sql.query(
      'delete from coordination.thread_person where tenant_id = $1 and person = $2::bigint and thread = $3',
      [tenant, person, thread],
    );
  if (set.muted !== undefined || set.archived !== undefined)
    await sql.query(
      'update coordination.thread_person set muted = coalesce($4::boolean, muted), archived = coalesce($5::boolean, archived) where tenant_id = $1 and person = $2::bigint and thread = $3',
      [tenant, person, thread, set.muted ?? null, set.archived ?? null],
    );
}

/** What rights on a resource are decided on. */
export interface RightsRow {
  kind: number;
  /** Key of the patient, or of the circle. */
  patient: string;
  patients?: string | null;
  author?: string | null;
}
/** Of these people, those who may read what stands under `row`, by the predicate that filters every list. */
export async function readersOf(
  sql: Sql,
  tenant: number,
  row: RightsRow,
  people: readonly { practitioner: string; profession: Profession }[],
): Promise<Set<string>> {
  const readers = new Set<string>();
  for (const profession of new Set(people.map((one) => one.profession))) {
    const ids = people.filter((one) => one.profession === profession).map((one) => one.practitioner);
    const sight = await sightOf(
      sql,
      { kind: 'person', tenant, practitioner: '', profession, roles: [], name: '', session: '' },
      'read',
    );
    const params: unknown[] = [
      tenant,
      ids,
      ids.map((id) => key(`Practitioner/${id}`)),
      row.kind,
      row.patient,
      row.patients ?? null,
      row.author ?? null,
    ];
    // One statement for all of a profession: in the place of the caller stands each of them.
    const nobody = String(0n);
    const where = sightPredicate({ ...sight, practitionerKey: 0n }, 'r', (value) =>
      value === nobody ? 'p.key' : `$${params.push(value)}`,
    );
    const rows = await sql.query<{ id: string }>(
      `select p.id from unnest($2::text[], $3::bigint[]) p (id, key), (select $1::int as tenant_id, 'Communication' as type, $4::smallint as kind, $5::bigint as patient, $6::bigint[] as patients, $7::bigint as author) r where ${where}`,
      params,
    );
    for (const { id } of rows) readers.add(id);
  }
  return readers;
}
/** What the rights to a thread hang on; null when there is no such thread. */
export async function rightsRowOf(
  sql: Sql,
  tenant: number,
  thread: string,
): Promise<(RightsRow & { about: string; box: string | null }) | null> {
  const [row] = await sql.query<RightsRow & { about: string; box: string | null }>(
    'select kind, patient::text as patient, patients::text as patients, author::text as author, about, box from coordination.thread where tenant_id = $1 and id = $2',
    [tenant, thread],
  );
  return row ?? null;
}

/**
 * Messages of my conversations that hold these words and that I may read, newest first. Words first, rights after: they are asked of few. Where
 * the words of a message are not known it is among them: its resource says what it says.
 */
export async function messagesSaying(
  sql: Sql,
  tenant: number,
  sight: Sight,
  me: string,
  words: readonly string[],
  after: { at: string; id: string } | null,
  most: number,
): Promise<{ id: string; thread: string; at: Date; content: string }[]> {
  const params: unknown[] = [tenant, key(`Practitioner/${me}`), most];
  const param = (value: unknown) => `$${params.push(value)}`;
  const said = words.map((word) => `strpos(m.said, ${param(word)}::text) > 0`).join(' and ');
  const before = after ? `and (m.at, m.id) < (${param(after.at)}::timestamptz, ${param(after.id)})` : '';
  const seen = sightPredicate(sight, 'r', param);
  return sql.query(
    `select h.id, h.thread, h.at, r.content from (
       select m.id, m.thread, m.at from coordination.thread_person p join coordination.message m on m.tenant_id = p.tenant_id and m.thread = p.thread
       where p.tenant_id = $1 and p.person = $2::bigint and (m.said is null or (${said})) ${before} order by m.at desc, m.id desc offset 0) h
     join fhir.resource r on r.tenant_id = $1 and r.type = 'Communication' and r.id = h.id and not r.deleted
     where ${seen} order by h.at desc, h.id desc limit $3::int`,
    params,
  );
}
/** Circles into which someone was brought to stand in for this person: relations of people who did not come for good. */
export async function circlesWithStandIn(sql: Sql, tenant: number, absent: string): Promise<string[]> {
  const rows = await sql.query<{ about: string }>(
    `select distinct t.about from coordination.thread_person me join coordination.thread t on t.tenant_id = me.tenant_id and t.id = me.thread and t.about >= 'Group/' and t.about < 'Group0' and t.about <> 'Group/practice'
     join access.care_relation c on c.tenant_id = t.tenant_id and c.patient_key = t.patient and c.valid_until < 'infinity' and c.valid_until > now() where me.tenant_id = $1 and me.person = $2::bigint`,
    [tenant, key(`Practitioner/${absent}`)],
  );
  return rows.map((row) => row.about);
}
