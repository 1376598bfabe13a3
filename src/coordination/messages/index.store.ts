import { keyOf } from '../../fhir/index.ts';
import type { Sql } from '../../platform/index.ts';
import type { RightsRow } from './threads.store.ts';

const key = (id: string) => String(keyOf(`Practitioner/${id}`));

/** What the store decided of a Communication's rights, in the transaction of its write; null when it is about nobody. */
export async function rightsOfMessage(
  sql: Sql,
  tenant: number,
  id: string,
): Promise<(RightsRow & { subject: string | null }) | null> {
  const [row] = await sql.query<RightsRow & { subject: string | null }>(
    `select r.kind, r.patient::text as patient, r.patients::text as patients, r.author::text as author,
       (select 'Patient/' || p.id from fhir.resource p where p.tenant_id = r.tenant_id and p.key = r.patient and p.type = 'Patient' limit 1) as subject
     from fhir.resource r where r.tenant_id = $1 and r.type = 'Communication' and r.id = $2 and r.patient is not null`,
    [tenant, id],
  );
  return row ?? null;
}

export interface Placed {
  thread: string;
  n: number;
  to_team: boolean;
  box: string | null;
}
/** The thread of a message that is known already. */
export async function placeOf(sql: Sql, tenant: number, id: string): Promise<Placed | null> {
  const [row] = await sql.query<Placed>(
    'select m.thread, m.n, t.to_team, t.box from coordination.message m join coordination.thread t on t.tenant_id = m.tenant_id and t.id = m.thread where m.tenant_id = $1 and m.id = $2',
    [tenant, id],
  );
  return row ?? null;
}
/** The thread that begins with `head`, when it stands under the very same rights. */
export async function sameRights(sql: Sql, tenant: number, head: string, row: RightsRow): Promise<boolean> {
  const rows = await sql.query(
    'select 1 from coordination.thread where tenant_id = $1 and id = $2 and kind = $3 and patient = $4::bigint and patients is not distinct from $5::bigint[]',
    [tenant, head, row.kind, row.patient, row.patients ?? null],
  );
  return rows.length > 0;
}

export interface NewMessage {
  id: string;
  thread: string;
  about: string;
  rights: RightsRow;
  at: string;
  urgent: boolean;
  toTeam: boolean;
  box: string | null;
  words: string;
}
/** Numbers a message in its thread, which it opens when it is the first; the row of the thread is locked to the end of the transaction. */
export async function addMessage(sql: Sql, tenant: number, one: NewMessage): Promise<Placed> {
  const { rights } = one;
  const [thread] = await sql.query<{ n: number; to_team: boolean; box: string | null }>(
    `insert into coordination.thread as t (tenant_id, id, about, kind, patient, patients, author, last_n, last_id, last_at, urgent_n, to_team, box, box_state, box_since)
     values ($1, $2, $3, $4, $5::bigint, $6::bigint[], $7::bigint, 1, $8, $9::timestamptz, case when $10::boolean then 1 else 0 end, $11, $12, case when $12::text is not null then 'open' end, case when $12::text is not null then $9::timestamptz end)
     on conflict (tenant_id, id) do update set last_n = t.last_n + 1, last_id = excluded.last_id, last_at = greatest(t.last_at, excluded.last_at),
       urgent_n = case when $10::boolean then t.last_n + 1 else t.urgent_n end, to_team = t.to_team or excluded.to_team
     returning last_n as n, to_team, box`,
    [
      tenant,
      one.thread,
      one.about,
      rights.kind,
      rights.patient,
      rights.patients ?? null,
      rights.author ?? null,
      one.id,
      one.at,
      one.urgent,
      one.toTeam,
      one.box,
    ],
  );
  const { n, to_team, box } = thread!;
  await sql.query(
    'insert into coordination.message (tenant_id, id, thread, n, at, author, urgent, said) values ($1, $2, $3, $4, $5::timestamptz, $6::bigint, $7, $8)',
    [tenant, one.id, one.thread, n, one.at, rights.author ?? null, one.urgent, one.words],
  );
  return { thread: one.thread, n, to_team, box };
}
/** Rights of a thread follow its first message when that one is corrected. */
export const moveThread = (sql: Sql, tenant: number, id: string, about: string, row: RightsRow) =>
  sql.query(
    'update coordination.thread set about = $3, kind = $4, patient = $5::bigint, patients = $6::bigint[], author = $7::bigint where tenant_id = $1 and id = $2',
    [tenant, id, about, row.kind, row.patient, row.patients ?? null, row.author ?? null],
  );

/** What a message says now, for who looks for words. */
export const keepWords = (sql: Sql, tenant: number, id: string, words: string) =>
  sql.query('update coordination.message set said = $3 where tenant_id = $1 and id = $2 and said is distinct from $3', [
    tenant,
    id,
    words,
  ]);

/** Marks a message that was taken back, or given back: what is urgent and who is named are what the others say. Nothing when it was so already. */
export async function markWithdrawn(
  sql: Sql,
  tenant: number,
  thread: string,
  id: string,
  withdrawn: boolean,
): Promise<void> {
  const changed = await sql.query(
    'update coordination.message set withdrawn = $3 where tenant_id = $1 and id = $2 and withdrawn <> $3 returning id',
    [tenant, id, withdrawn],
  );
  if (changed.length > 0) await recount(sql, tenant, thread);
}
/** The last urgent message of a thread, and the last that names each of its people, among those that are still there to be read. */
async function recount(sql: Sql, tenant: number, thread: string): Promise<void> {
  await sql.query(
    `update coordination.thread t set urgent_n = coalesce((select max(m.n) from coordination.message m where m.tenant_id = $1 and m.thread = $2 and m.urgent and not m.withdrawn), 0) where t.tenant_id = $1 and t.id = $2`,
    [tenant, thread],
  );
  // Whom the first message is sent to is in the conversation, not named in it.
  await sql.query(
    `update coordination.thread_person p set mentioned_n = coalesce((select max(m.n) from coordination.message m join fhir.resource r on r.tenant_id = m.tenant_id and r.type = 'Communication' and r.id = m.id
       where m.tenant_id = $1 and m.thread = $2 and m.id <> m.thread and not m.withdrawn and nullif(r.content, '')::jsonb -> 'recipient' @> jsonb_build_array(jsonb_build_object('reference', 'Practitioner/' || p.practitioner))), 0)
     where p.tenant_id = $1 and p.thread = $2`,
    [tenant, thread],
  );
}

/** Takes a deleted message out of the index; its thread when nothing is left of it. */
export async function forgetMessage(sql: Sql, tenant: number, id: string): Promise<string | null> {
  const [gone] = await sql.query<{ thread: string }>(
    'delete from coordination.message where tenant_id = $1 and id = $2 returning thread',
    [tenant, id],
  );
  if (!gone) return null;
  await sql.query('delete from coordination.receipt where tenant_id = $1 and message = $2', [tenant, id]);
  const [last] = await sql.query<{ id: string; at: Date }>(
    'select id, at from coordination.message where tenant_id = $1 and thread = $2 order by n desc limit 1',
    [tenant, gone.thread],
  );
  if (last) {
    await sql.query(
      'update coordination.thread set last_id = $3, last_at = $4::timestamptz where tenant_id = $1 and id = $2',
      [tenant, gone.thread, last.id, new Date(last.at).toISOString()],
    );
    await recount(sql, tenant, gone.thread);
  } else
    for (const table of ['thread_person', 'box_step'])
      await sql.query(`delete from coordination.${table} where tenant_id = $1 and thread = $2`, [tenant, gone.thread]);
  if (!last) await sql.query('delete from coordination.thread where tenant_id = $1 and id = $2', [tenant, gone.thread]);
  return gone.thread;
}

export interface Joins {
  practitioner: string;
  mentioned?: boolean;
  standsInFor?: string | null;
}
/**
 * Puts people in a thread, or their mention on those who are there.
 * @param readTo what newcomers are taken to have read
 */
export async function joinThread(
  sql: Sql,
  tenant: number,
  thread: string,
  n: number,
  readTo: number,
  people: readonly Joins[],
): Promise<void> {
  const unique = new Map<string, Joins>();
  for (const one of people) {
    const known = unique.get(one.practitioner);
    unique.set(one.practitioner, {
      ...one,
      mentioned: !!(known?.mentioned || one.mentioned),
      standsInFor: known ? (known.standsInFor && one.standsInFor) || null : (one.standsInFor ?? null),
    });
  }
  const all = [...unique.values()];
  if (all.length === 0) return;
  await sql.query(
    `insert into coordination.thread_person as p (tenant_id, person, thread, practitioner, read_n, mentioned_n, stands_in_for)
     select $1, u.key, $2, u.id, $3::int, case when u.mentioned then $4::int else 0 end, nullif(u.stands, '') from unnest($5::text[], $6::bigint[], $7::boolean[], $8::text[]) u (id, key, mentioned, stands)
     on conflict (tenant_id, person, thread) do update set mentioned_n = greatest(p.mentioned_n, excluded.mentioned_n)`,
    [
      tenant,
      thread,
      readTo,
      n,
      all.map((one) => one.practitioner),
      all.map((one) => key(one.practitioner)),
      all.map((one) => one.mentioned ?? false),
      all.map((one) => one.standsInFor ?? ''),
    ],
  );
}
/** A new message takes a conversation out of what was put away, unless it was muted. */
export const wakeThread = (sql: Sql, tenant: number, thread: string) =>
  sql.query(
    'update coordination.thread_person set archived = false where tenant_id = $1 and thread = $2 and archived and not muted',
    [tenant, thread],
  );
/** Who writes has read what is above. */
export const readByAuthor = (sql: Sql, tenant: number, thread: string, practitioner: string, n: number) =>
  sql.query(
    'update coordination.thread_person set read_n = $4::int where tenant_id = $1 and person = $2::bigint and thread = $3',
    [tenant, key(practitioner), thread, n],
  );

export const threadsAbout = (
  sql: Sql,
  tenant: number,
  about: string,
): Promise<{ id: string; last_n: number; box: string | null }[]> =>
  sql.query('select id, last_n, box from coordination.thread where tenant_id = $1 and patient = $2::bigint', [
    tenant,
    String(keyOf(about)),
  ]);
