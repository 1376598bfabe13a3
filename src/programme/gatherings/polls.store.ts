import { randomUUID } from 'node:crypto';
import type { Sql } from '../../platform/index.ts';
import type { Answer, Side } from './polls.rules.ts';
import { french } from '../../platform/index.ts';

export interface PollRow {
  id: string;
  project: string;
  purpose: 'launch' | 'follow-up' | 'other';
  title: string;
  note: string;
  /** ISO day, in France, the last on which one answers. */
  deadline: string;
  /** Days before it on which who has not answered is reminded; none: never. */
  remindBefore: number[];
  state: 'open' | 'chosen' | 'cancelled';
  slot: string | null;
  reason: string;
  paper: string | null;
  version: number;
  by: string;
}
export interface SlotRow {
  poll: string;
  id: string;
  /** Wall clock in France, `2025-06-12T12:30`. */
  starts: string;
  /** The same, as an instant. */
  at: Date;
  minutes: number;
  place: string;
  visio: string;
}
export interface PersonRow {
  poll: string;
  id: string;
  side: Side;
  practitioner: string | null;
  name: string;
  profession: string;
  email: string;
  answeredAt: Date | null;
  answeredBy: string;
  version: number;
}
const pollColumns = `id, project, purpose, title, note, deadline::text as deadline, remind_before as "remindBefore", state, slot, reason, paper, version, by_name as by`;

export const pollsOf = (sql: Sql, tenant: number, project: string): Promise<PollRow[]> =>
  sql.query(
    `select ${pollColumns} from programme.poll where tenant_id = $1 and project = $2 order by state = 'open' desc, at desc, id`,
    [tenant, project],
  );
export const pollRow = async (sql: Sql, tenant: number, project: string, id: string): Promise<PollRow | undefined> =>
  (
    await sql.query<PollRow>(
      `select ${pollColumns} from programme.poll where tenant_id = $1 and project = $2 and id = $3`,
      [tenant, project, id],
    )
  )[0];
/** The poll of a link, whatever its project. */
export const linkedPollRow = async (sql: Sql, tenant: number, id: string, lock = false): Promise<PollRow | undefined> =>
  (
    await sql.query<PollRow>(
      `select ${pollColumns} from programme.poll where tenant_id = $1 and id = $2${lock ? ' for update' : ''}`,
      [tenant, id],
    )
  )[0];
export async function insertPoll(
  sql: Sql,
  tenant: number,
  row: Pick<PollRow, 'project' | 'purpose' | 'title' | 'note' | 'deadline' | 'remindBefore' | 'by'>,
  at: Date,
): Promise<string> {
  const id = randomUUID();
  await sql.query(
    `insert into programme.poll (tenant_id, id, project, purpose, title, note, deadline, remind_before, state, version, by_name, at, changed_at) values ($1, $2, $3, $4, $5, $6, $7::date, $10::int[], 'open', 1, $8, $9::timestamptz, $9::timestamptz)`,
    [
      tenant,
      id,
      row.project,
      row.purpose,
      row.title,
      row.note,
      row.deadline,
      row.by,
      at.toISOString(),
      row.remindBefore,
    ],
  );
  return id;
}
/** Writes what changed of a poll; the caller holds the project's row and has looked at the version. */
export const setPoll = (
  sql: Sql,
  tenant: number,
  id: string,
  row: Pick<PollRow, 'title' | 'note' | 'deadline' | 'state' | 'slot' | 'reason' | 'paper'>,
  at: Date,
) =>
  sql.query(
    `update programme.poll set title = $3, note = $4, deadline = $5::date, state = $6, slot = $7, reason = $8, paper = $9, version = version + 1, changed_at = $10::timestamptz where tenant_id = $1 and id = $2`,
    [tenant, id, row.title, row.note, row.deadline, row.state, row.slot, row.reason, row.paper, at.toISOString()],
  );
export const setPollReminders = (sql: Sql, tenant: number, id: string, days: readonly number[], at: Date) =>
  sql.query(
    'update programme.poll set remind_before = $3::int[], version = version + 1, changed_at = $4::timestamptz where tenant_id = $1 and id = $2',
    [tenant, id, [...days], at.toISOString()],
  );
/** Polls that take answers on that day and have reminders planned. */
export const pollsToRemind = (sql: Sql, tenant: number, today: string): Promise<PollRow[]> =>
  sql.query(
    `select ${pollColumns} from programme.poll where tenant_id = $1 and state = 'open' and deadline >= $2::date and remind_before <> '{}' and project in (select p.id from programme.project p where p.tenant_id = $1 and p.state = 'open') order by id`,
    [tenant, today],
  );

export const slotRows = (sql: Sql, tenant: number, polls: readonly string[]): Promise<SlotRow[]> =>
  sql.query(
    `select poll, id, to_char(starts at time zone 'Europe/Paris', 'YYYY-MM-DD"T"HH24:MI') as starts, starts as at, minutes, place, visio from programme.poll_slot
     where tenant_id = $1 and poll = any($2::text[]) and removed_at is null order by poll_slot.starts, id`,
    [tenant, [...polls]],
  );
/** A date proposed, changed, or put back. */
export const putSlot = (
  sql: Sql,
  tenant: number,
  poll: string,
  slot: { id?: string | undefined; starts: string; minutes: number; place: string; visio: string },
) =>
  sql.query(
    `insert into programme.poll_slot (tenant_id, poll, id, starts, minutes, place, visio) values ($1, $2, $3, $4::timestamp at time zone 'Europe/Paris', $5::int, $6, $7)
     on conflict (tenant_id, poll, id) do update set starts = excluded.starts, minutes = excluded.minutes, place = excluded.place, visio = excluded.visio, removed_at = null`,
    [tenant, poll, slot.id ?? randomUUID(), slot.starts, slot.minutes, slot.place, slot.visio],
  );
export const removeSlots = (sql: Sql, tenant: number, poll: string, ids: readonly string[], at: Date) =>
  sql.query(
    'update programme.poll_slot set removed_at = $4::timestamptz where tenant_id = $1 and poll = $2 and id = any($3::text[])',
    [tenant, poll, [...ids], at.toISOString()],
  );
/** Answers to dates that moved are no answers any more. */
export const forgetAnswers = (sql: Sql, tenant: number, poll: string, slots: readonly string[]) =>
  sql.query('delete from programme.poll_answer where tenant_id = $1 and poll = $2 and slot = any($3::text[])', [
    tenant,
    poll,
    [...slots],
  ]);

const personColumns = `poll, id, side, practitioner, name, profession, email, answered_at as "answeredAt", answered_by as "answeredBy", version`;
export const peopleOf = (sql: Sql, tenant: number, polls: readonly string[]): Promise<PersonRow[]> =>
  sql.query(
    `select ${personColumns} from programme.poll_person where tenant_id = $1 and poll = any($2::text[]) and removed_at is null order by array_position(array['officer','gcs','consultant','team','other'], side), profession, name${french}, id`,
    [tenant, [...polls]],
  );
/** Those who have an address, were asked before that day, have not answered, and were not written to about this poll since. */
export const silentSince = (
  sql: Sql,
  tenant: number,
  project: string,
  poll: string,
  day: string,
): Promise<PersonRow[]> =>
  sql.query(
    `select ${personColumns} from programme.poll_person p where tenant_id = $1 and poll = $2 and removed_at is null and answered_at is null and email <> ''
     and (greatest(at, (select max(m.at) from programme.mail m where m.tenant_id = $1 and m.subject_of = 'Project/' || $3::text and m.key like 'poll/' || p.poll || '/%/' || p.id)) at time zone 'Europe/Paris')::date < $4::date order by id`,
    [tenant, poll, project, day],
  );
export const personRow = async (
  sql: Sql,
  tenant: number,
  poll: string,
  id: string,
  lock = false,
  removed = false,
): Promise<PersonRow | undefined> =>
  (
    await sql.query<PersonRow>(
      `select ${personColumns} from programme.poll_person where tenant_id = $1 and poll = $2 and id = $3${removed ? '' : ' and removed_at is null'}${lock ? ' for update' : ''}`,
      [tenant, poll, id],
    )
  )[0];
/** Asks someone; someone with an account who was taken out comes back with their answers. Undefined: asked already. */
export async function insertPerson(
  sql: Sql,
  tenant: number,
  row: Pick<PersonRow, 'poll' | 'side' | 'practitioner' | 'name' | 'profession' | 'email'>,
  at: Date,
): Promise<string | undefined> {
  const [made] = await sql.query<{ id: string }>(
    `insert into programme.poll_person as p (tenant_id, poll, id, side, practitioner, name, profession, email, version, at) values ($1, $2, $3, $4, $5, $6, $7, $8, 0, $9::timestamptz)
     on conflict (tenant_id, poll, practitioner) where practitioner is not null do update set removed_at = null, name = excluded.name, profession = excluded.profession, side = excluded.side, email = excluded.email where p.removed_at is not null returning id`,
    [tenant, row.poll, randomUUID(), row.side, row.practitioner, row.name, row.profession, row.email, at.toISOString()],
  );
  return made?.id;
}
/** Takes someone out (`at`), or puts them back (null). */
export const setPersonRemoved = (sql: Sql, tenant: number, poll: string, id: string, at: Date | null) =>
  sql.query(
    'update programme.poll_person set removed_at = $4::timestamptz where tenant_id = $1 and poll = $2 and id = $3',
    [tenant, poll, id, at?.toISOString() ?? null],
  );

export const answersOf = (
  sql: Sql,
  tenant: number,
  polls: readonly string[],
): Promise<{ poll: string; person: string; slot: string; answer: Answer }[]> =>
  sql.query(
    'select poll, person, slot, answer from programme.poll_answer where tenant_id = $1 and poll = any($2::text[])',
    [tenant, [...polls]],
  );
/** All answers of one person at once; the caller holds their row. */
export async function writeAnswers(
  sql: Sql,
  tenant: number,
  person: PersonRow,
  answers: Readonly<Record<string, Answer>>,
  who: { name: string; profession: string; by: string },
  at: Date,
): Promise<void> {
  await sql.query('delete from programme.poll_answer where tenant_id = $1 and poll = $2 and person = $3', [
    tenant,
    person.poll,
    person.id,
  ]);
  const given = Object.entries(answers);
  if (given.length > 0)
    await sql.query(
      'insert into programme.poll_answer (tenant_id, poll, person, slot, answer) select $1, $2, $3, s, a from unnest($4::text[], $5::text[]) as g (s, a)',
      [tenant, person.poll, person.id, given.map(([slot]) => slot), given.map(([, value]) => value)],
    );
  await sql.query(
    'update programme.poll_person set name = $4, profession = $5, answered_by = $6, answered_at = $7::timestamptz, version = version + 1 where tenant_id = $1 and poll = $2 and id = $3',
    [tenant, person.poll, person.id, who.name, who.profession, who.by, at.toISOString()],
  );
}

/** A personal link, by the hash of its token. */
export const insertLink = (
  sql: Sql,
  tenant: number,
  row: { hash: string; poll: string; person: string; expires: Date; at: Date },
) =>
  sql.query(
    'insert into programme.poll_link (tenant_id, hash, poll, person, expires_at, at) values ($1, $2, $3, $4, $5::timestamptz, $6::timestamptz)',
    [tenant, row.hash, row.poll, row.person, row.expires.toISOString(), row.at.toISOString()],
  );
export const linkRow = async (
  sql: Sql,
  tenant: number,
  hash: string,
): Promise<{ poll: string; person: string; expiresAt: Date } | undefined> =>
  (
    await sql.query<{ poll: string; person: string; expiresAt: Date }>(
      'select poll, person, expires_at as "expiresAt" from programme.poll_link where tenant_id = $1 and hash = $2',
      [tenant, hash],
    )
  )[0];
/** Links of someone who is asked no more, or whose links are replaced. */
export const dropLinks = (sql: Sql, tenant: number, poll: string, person: string) =>
  sql.query('delete from programme.poll_link where tenant_id = $1 and poll = $2 and person = $3', [
    tenant,
    poll,
    person,
  ]);
