import { randomUUID } from 'node:crypto';
import type { Sql } from '../../../platform/index.ts';
import type { Member } from './time.rules.ts';
import { french } from '../../../platform/index.ts';

export interface MemberRow extends Member {
  practitioner: string | null;
  name: string;
  role: string;
  removed: boolean;
  version: number;
}
const columns = `id, practitioner, name, profession, leader, role, minutes_month as "minutesMonth", since::text, removed, version`;
/** All who are or were members: time that was given by who left still counts. */
export const membersOf = (sql: Sql, tenant: number, project: string): Promise<MemberRow[]> =>
  sql.query(
    `select ${columns} from programme.project_member where tenant_id = $1 and project = $2 order by leader desc, name${french}, id`,
    [tenant, project],
  );
export async function insertMember(
  sql: Sql,
  tenant: number,
  project: string,
  row: Omit<MemberRow, 'id' | 'version' | 'removed'>,
  by: string,
  at: Date,
): Promise<string> {
  const id = randomUUID();
  await sql.query(
    `insert into programme.project_member (tenant_id, id, project, practitioner, name, profession, leader, role, minutes_month, since, version, by_name, at) values ($1, $2, $3, $4, $5, $6, $7, $8, $9::int, $10::date, 1, $11, $12::timestamptz)`,
    [
      tenant,
      id,
      project,
      row.practitioner,
      row.name,
      row.profession,
      row.leader,
      row.role,
      row.minutesMonth,
      row.since,
      by,
      at.toISOString(),
    ],
  );
  return id;
}
export const setMember = (
  sql: Sql,
  tenant: number,
  id: string,
  row: Pick<MemberRow, 'name' | 'profession' | 'leader' | 'role' | 'minutesMonth' | 'removed'>,
  by: string,
  at: Date,
) =>
  sql.query(
    `update programme.project_member set name = $3, profession = $4, leader = $5, role = $6, minutes_month = $7::int, removed = $8, by_name = $9, at = $10::timestamptz, version = version + 1 where tenant_id = $1 and id = $2`,
    [tenant, id, row.name, row.profession, row.leader, row.role, row.minutesMonth, row.removed, by, at.toISOString()],
  );
/** A project has one leader. */
export const noOtherLeader = (sql: Sql, tenant: number, project: string, leader: string) =>
  sql.query(
    'update programme.project_member set leader = false, version = version + 1 where tenant_id = $1 and project = $2 and id <> $3 and leader',
    [tenant, project, leader],
  );

export interface TimeRow {
  id: string;
  member: string;
  day: string;
  minutes: number;
  what: string;
  removed: boolean;
  practitioner: string;
  by: string;
}
const timeColumns = `id, member, day::text, minutes, what, removed, by as practitioner, by_name as by`;
/** Newest first. */
export const timeOf = (sql: Sql, tenant: number, project: string): Promise<TimeRow[]> =>
  sql.query(
    `select ${timeColumns} from programme.time_entry where tenant_id = $1 and project = $2 and not removed order by day desc, at desc, id limit 5000`,
    [tenant, project],
  );
export const timeRow = async (sql: Sql, tenant: number, project: string, id: string): Promise<TimeRow | undefined> =>
  (
    await sql.query<TimeRow>(
      `select ${timeColumns} from programme.time_entry where tenant_id = $1 and project = $2 and id = $3`,
      [tenant, project, id],
    )
  )[0];
export async function insertTime(
  sql: Sql,
  tenant: number,
  project: string,
  row: Omit<TimeRow, 'id' | 'removed'>,
  at: Date,
): Promise<string> {
  const id = randomUUID();
  await sql.query(
    `insert into programme.time_entry (tenant_id, id, project, member, day, minutes, what, by, by_name, at) values ($1, $2, $3, $4, $5::date, $6::int, $7, $8, $9, $10::timestamptz)`,
    [tenant, id, project, row.member, row.day, row.minutes, row.what, row.practitioner, row.by, at.toISOString()],
  );
  return id;
}
export const setTimeRemoved = (sql: Sql, tenant: number, id: string, removed: boolean) =>
  sql.query('update programme.time_entry set removed = $3 where tenant_id = $1 and id = $2', [tenant, id, removed]);

export const ratesOf = async (sql: Sql, tenant: number, project: string): Promise<Record<string, number>> =>
  Object.fromEntries(
    (
      await sql.query<{ profession: string; cents: number }>(
        'select profession, cents from programme.hourly_rate where tenant_id = $1 and project = $2',
        [tenant, project],
      )
    ).map(({ profession, cents }) => [profession, cents]),
  );
export const putRate = (
  sql: Sql,
  tenant: number,
  project: string,
  profession: string,
  cents: number,
  by: string,
  at: Date,
) =>
  sql.query(
    `insert into programme.hourly_rate (tenant_id, project, profession, cents, by_name, at) values ($1, $2, $3, $4::int, $5, $6::timestamptz) on conflict (tenant_id, project, profession) do update set cents = $4::int, by_name = $5, at = $6::timestamptz`,
    [tenant, project, profession, cents, by, at.toISOString()],
  );
