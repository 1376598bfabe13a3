import { type Sight, sightPredicate } from '../../access/index.ts';
import { keyOf } from '../../fhir/index.ts';
import { hash64, type Sql } from '../../platform/index.ts';

/** A meeting without words. */
export interface MeetingRow {
  id: string;
  state: string;
  people: string[];
  current: string | null;
}
export interface DiscussionRow {
  id: string;
  patient: string;
  /** '': waits for a meeting. */
  meeting: string;
  state: string;
  position: number;
}
const columns = 'd.id, d.patient, d.meeting, d.state, d.position';

export async function putMeeting(
  sql: Sql,
  tenant: number,
  row: { id: string; state: string; starts: string | null; people: readonly string[] } | { id: string; state: null },
): Promise<void> {
  if (row.state === null)
    await sql.query('delete from coordination.meeting where tenant_id = $1 and id = $2', [tenant, row.id]);
  else
    await sql.query(
      `insert into coordination.meeting (tenant_id, id, state, starts, people) values ($1, $2, $3, coalesce($4::timestamptz, 'infinity'), $5::text[])
       on conflict (tenant_id, id) do update set state = excluded.state, starts = excluded.starts, people = excluded.people`,
      [tenant, row.id, row.state, row.starts, [...row.people]],
    );
}
export async function putDiscussion(
  sql: Sql,
  tenant: number,
  row:
    | {
        id: string;
        patient: string;
        meeting: string;
        state: string;
        position: number;
        urgent: boolean;
        proposed: string;
      }
    | { id: string; state: null },
): Promise<void> {
  if (row.state === null)
    await sql.query('delete from coordination.discussion where tenant_id = $1 and id = $2', [tenant, row.id]);
  else
    await sql.query(
      `insert into coordination.discussion (tenant_id, id, patient, patient_key, meeting, state, position, urgent, proposed) values ($1, $2, $3, $4::bigint, $5, $6, $7, $8, $9::timestamptz)
       on conflict (tenant_id, id) do update set patient = excluded.patient, patient_key = excluded.patient_key, meeting = excluded.meeting, state = excluded.state, position = excluded.position, urgent = excluded.urgent, proposed = excluded.proposed`,
      [
        tenant,
        row.id,
        row.patient,
        String(keyOf(`Patient/${row.patient}`)),
        row.meeting,
        row.state,
        row.position,
        row.urgent,
        row.proposed,
      ],
    );
}
export const setCurrent = (sql: Sql, tenant: number, meeting: string, discussion: string | null) =>
  sql.query('update coordination.meeting set current = $3 where tenant_id = $1 and id = $2', [
    tenant,
    meeting,
    discussion,
  ]);

/** Ids of the meetings to come, those without a date last; of those over, and of those that were booked and never held, newest first. */
export async function comingMeetings(sql: Sql, tenant: number, from: string, most: number): Promise<string[]> {
  const rows = await sql.query<{ id: string }>(
    `select id from coordination.meeting where tenant_id = $1 and (state in ('proposed', 'arrived') or (state = 'booked' and starts >= $2::timestamptz)) order by starts, id limit $3::int`,
    [tenant, from, most],
  );
  return rows.map((row) => row.id);
}
export async function pastMeetings(
  sql: Sql,
  tenant: number,
  from: string,
  before: string,
  most: number,
): Promise<string[]> {
  const rows = await sql.query<{ id: string }>(
    `select id from coordination.meeting where tenant_id = $1 and starts < $3::timestamptz and (state in ('fulfilled', 'cancelled') or (state = 'booked' and starts < $2::timestamptz)) order by starts desc, id limit $4::int`,
    [tenant, from, before, most],
  );
  return rows.map((row) => row.id);
}
export async function meetingRow(sql: Sql, tenant: number, id: string): Promise<MeetingRow | undefined> {
  return (
    await sql.query<MeetingRow>(
      'select id, state, people, current from coordination.meeting where tenant_id = $1 and id = $2',
      [tenant, id],
    )
  )[0];
}
/** Every patient of a meeting, in order, whoever may see them. */
export const discussionsOf = (sql: Sql, tenant: number, meeting: string): Promise<DiscussionRow[]> =>
  sql.query<DiscussionRow>(
    `select ${columns} from coordination.discussion d where d.tenant_id = $1 and d.meeting = $2 and d.state <> 'cancelled' order by d.position, d.id`,
    [tenant, meeting],
  );
export const waitingDiscussions = (sql: Sql, tenant: number, most: number): Promise<DiscussionRow[]> =>
  sql.query<DiscussionRow>(
    `select ${columns} from coordination.discussion d where d.tenant_id = $1 and d.meeting = '' and d.state = 'planned' order by d.urgent desc, d.proposed, d.id limit $2::int`,
    [tenant, most],
  );
export const discussionsAbout = (sql: Sql, tenant: number, patient: string): Promise<DiscussionRow[]> =>
  sql.query<DiscussionRow>(
    `select ${columns} from coordination.discussion d where d.tenant_id = $1 and d.patient_key = $2::bigint and d.state <> 'cancelled' order by d.proposed desc, d.id limit 100`,
    [tenant, String(keyOf(`Patient/${patient}`))],
  );
export async function discussionRow(sql: Sql, tenant: number, id: string): Promise<DiscussionRow | undefined> {
  return (
    await sql.query<DiscussionRow>(
      `select ${columns} from coordination.discussion d where d.tenant_id = $1 and d.id = $2`,
      [tenant, id],
    )
  )[0];
}

/** Of each meeting: how many patients, and how many of them this person may see. */
export async function countsOf(
  sql: Sql,
  tenant: number,
  meetings: readonly string[],
  sight: Sight,
): Promise<Map<string, { all: number; seen: number }>> {
  if (meetings.length === 0) return new Map();
  const params: unknown[] = [tenant, [...meetings]];
  const seen = sightPredicate(sight, 'r', (value) => `$${params.push(value)}`);
  const rows = await sql.query<{ meeting: string; all: number; seen: number }>(
    `select d.meeting, count(*)::int as all, count(*) filter (where ${seen})::int as seen from coordination.discussion d
     join fhir.resource r on r.tenant_id = d.tenant_id and r.type = 'Encounter' and r.id = d.id
     where d.tenant_id = $1 and d.meeting = any($2::text[]) and d.state <> 'cancelled' group by d.meeting`,
    params,
  );
  return new Map(rows.map((row) => [row.meeting, row]));
}
/** Of these discussions, those this sight reaches: asked for someone else, to know whom to tell or to warn about. */
export async function seenBy(
  sql: Sql,
  tenant: number,
  discussions: readonly string[],
  sight: Sight,
): Promise<Set<string>> {
  if (discussions.length === 0) return new Set();
  const params: unknown[] = [tenant, [...discussions]];
  const seen = sightPredicate(sight, 'r', (value) => `$${params.push(value)}`);
  const rows = await sql.query<{ id: string }>(
    `select r.id from fhir.resource r where r.tenant_id = $1 and r.type = 'Encounter' and r.id = any($2::text[]) and not r.deleted and ${seen}`,
    params,
  );
  return new Set(rows.map((row) => row.id));
}

/** When these people are taken between two instants: times only, of whatever it is about. */
export async function busyTimes(
  sql: Sql,
  tenant: number,
  people: readonly string[],
  from: string,
  to: string,
): Promise<{ practitioner: string; start: string; end: string }[]> {
  const rows = await sql.query<{ practitioner: string; start: string; end: string }>(
    `select p.id as practitioner, r.content::jsonb ->> 'start' as start, r.content::jsonb ->> 'end' as end
     from fhir.date t join fhir.resource r on r.tenant_id = t.tenant_id and r.type = 'Appointment' and r.rid = t.rid and not r.deleted
     join unnest($3::text[], $4::bigint[]) p (id, key) on p.key = any(r.refs)
     where t.tenant_id = $1 and t.param = $2::bigint and t.low >= $5::timestamptz - interval '1 day' and t.low < $6::timestamptz
       and r.content::jsonb ->> 'status' in ('booked', 'arrived', 'checked-in', 'pending') and r.content::jsonb ->> 'end' is not null`,
    [
      tenant,
      String(hash64('Appointment|date')),
      [...people],
      people.map((id) => String(keyOf(`Practitioner/${id}`))),
      from,
      to,
    ],
  );
  return rows;
}
