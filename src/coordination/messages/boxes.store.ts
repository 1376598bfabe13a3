import type { Sql } from '../../platform/index.ts';
import { french } from '../../platform/index.ts';

export interface BoxRow {
  id: string;
  name: string;
  professions: string[];
  people: string[];
  members: string[];
}
export const boxesOf = (sql: Sql, tenant: number): Promise<BoxRow[]> =>
  sql.query(
    `select id, name, professions, people, members from coordination.box where tenant_id = $1 order by name${french}, id`,
    [tenant],
  );
export async function boxOf(sql: Sql, tenant: number, id: string): Promise<BoxRow | null> {
  const [row] = await sql.query<BoxRow>(
    'select id, name, professions, people, members from coordination.box where tenant_id = $1 and id = $2',
    [tenant, id],
  );
  return row ?? null;
}
export const keepBox = (sql: Sql, tenant: number, box: BoxRow) =>
  sql.query(
    `insert into coordination.box (tenant_id, id, name, professions, people, members) values ($1, $2, $3, $4::text[], $5::text[], $6::text[])
     on conflict (tenant_id, id) do update set name = excluded.name, professions = excluded.professions, people = excluded.people, members = excluded.members`,
    [tenant, box.id, box.name, box.professions, box.people, box.members],
  );
export const dropBox = (sql: Sql, tenant: number, id: string) =>
  sql.query('delete from coordination.box where tenant_id = $1 and id = $2', [tenant, id]);

/** Version of the box's Group, for a change over it. */
export async function versionOfBox(sql: Sql, tenant: number, id: string): Promise<number> {
  const [row] = await sql.query<{ version: number }>(
    `select version from fhir.resource where tenant_id = $1 and type = 'Group' and id = $2`,
    [tenant, id],
  );
  return row?.version ?? 0;
}

/** Circles of the conversations of a box (those about a patient have none: their rights are the patient's). */
export const circlesOfBox = (sql: Sql, tenant: number, box: string): Promise<{ id: string; about: string }[]> =>
  sql.query(
    `select id, about from coordination.thread where tenant_id = $1 and box = $2 and about >= 'Group/' and about < 'Group0'`,
    [tenant, box],
  );

export interface BoxState {
  box: string;
  box_state: 'open' | 'taken' | 'done';
  handler: string | null;
}
export async function boxStateOf(sql: Sql, tenant: number, thread: string): Promise<BoxState | null> {
  const [row] = await sql.query<BoxState>(
    'select box, box_state, handler from coordination.thread where tenant_id = $1 and id = $2 and box is not null',
    [tenant, thread],
  );
  return row ?? null;
}
/** Changes the state when it still is what was seen; false when someone was faster. */
export async function changeBoxState(
  sql: Sql,
  tenant: number,
  thread: string,
  seen: BoxState,
  next: { state: BoxState['box_state']; handler: string | null },
  now: Date,
): Promise<boolean> {
  const rows = await sql.query(
    `update coordination.thread set box_state = $5, handler = $6, box_since = $7::timestamptz, told = null
     where tenant_id = $1 and id = $2 and box_state = $3 and handler is not distinct from $4 returning 1`,
    [tenant, thread, seen.box_state, seen.handler, next.state, next.handler, now.toISOString()],
  );
  return rows.length > 0;
}
export const noteStep = (
  sql: Sql,
  tenant: number,
  thread: string,
  step: { act: string; practitioner: string; whom?: string | null },
  now: Date,
) =>
  sql.query(
    'insert into coordination.box_step (tenant_id, thread, act, practitioner, whom, at) values ($1, $2, $3, $4, $5, $6::timestamptz)',
    [tenant, thread, step.act, step.practitioner, step.whom ?? null, now.toISOString()],
  );
export const stepsOf = (
  sql: Sql,
  tenant: number,
  thread: string,
): Promise<{ act: 'take' | 'hand-over' | 'done' | 'reopen'; practitioner: string; whom: string | null; at: Date }[]> =>
  sql.query(
    'select act, practitioner, whom, at from coordination.box_step where tenant_id = $1 and thread = $2 order by n',
    [tenant, thread],
  );

/** Half a day of work: what nobody took for that long is shown to those who coordinate. */
const patienceOfBox = "interval '4 hours'";
/** How many wait in each box for longer than that, and since when; of what is not said. */
export const waitingOf = (
  sql: Sql,
  tenant: number,
  now: Date,
): Promise<{ box: string; count: number; since: Date }[]> =>
  sql.query(
    `select box, count(*)::int as count, min(box_since) as since from coordination.thread where tenant_id = $1 and box_state = 'open' and box_since < $2::timestamptz - ${patienceOfBox} group by box`,
    [tenant, now.toISOString()],
  );
/** Marks as told those of which nobody was told; true when there were some. */
export async function tellWaiting(sql: Sql, tenant: number, now: Date): Promise<boolean> {
  const rows = await sql.query(
    `update coordination.thread set told = $2::timestamptz where tenant_id = $1 and box_state = 'open' and told is null and box_since < $2::timestamptz - ${patienceOfBox} returning 1`,
    [tenant, now.toISOString()],
  );
  return rows.length > 0;
}
/** Practices with something in a box, or with someone absent: all that the minute's work is about. */
export const practicesWithBoxes = (sql: Sql): Promise<{ tenant_id: number }[]> =>
  sql.query('select distinct tenant_id from coordination.box');
