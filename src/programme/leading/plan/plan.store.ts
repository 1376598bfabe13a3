import { randomUUID } from 'node:crypto';
import type { Sql } from '../../../platform/index.ts';
import type { Attendee, Phase, PlanLine, Session } from './plan.rules.ts';
import { french } from '../../../platform/index.ts';

export interface ItemRow extends PlanLine {
  id: string;
  doneOn: string | null;
  removed: boolean;
  version: number;
}
const columns = `id, kind, phase, title, aim, professions, owner, minutes, planned_from::text as "from", planned_to::text as "to", done_on::text as "doneOn", removed, version`;
export const itemsOf = (sql: Sql, tenant: number, project: string): Promise<ItemRow[]> =>
  sql.query(
    `select ${columns} from programme.plan_item where tenant_id = $1 and project = $2 and not removed order by planned_from, kind = 'phase' desc, planned_to, title${french}, id limit 600`,
    [tenant, project],
  );
export const itemRow = async (sql: Sql, tenant: number, project: string, id: string): Promise<ItemRow | undefined> =>
  (
    await sql.query<ItemRow>(
      `select ${columns} from programme.plan_item where tenant_id = $1 and project = $2 and id = $3`,
      [tenant, project, id],
    )
  )[0];
export async function insertItem(
  sql: Sql,
  tenant: number,
  project: string,
  row: PlanLine,
  by: string,
  at: Date,
): Promise<string> {
  const id = randomUUID();
  await sql.query(
    `insert into programme.plan_item (tenant_id, id, project, kind, phase, title, aim, professions, owner, minutes, planned_from, planned_to, version, by_name, at) values ($1, $2, $3, $4, $5, $6, $7, $8::text[], $9, $10::int, $11::date, $12::date, 1, $13, $14::timestamptz)`,
    [
      tenant,
      id,
      project,
      row.kind,
      row.phase,
      row.title,
      row.aim,
      [...row.professions],
      row.owner,
      row.minutes,
      row.from,
      row.to,
      by,
      at.toISOString(),
    ],
  );
  return id;
}
export const setItem = (
  sql: Sql,
  tenant: number,
  id: string,
  row: Omit<ItemRow, 'id' | 'kind' | 'phase' | 'version'>,
  by: string,
  at: Date,
) =>
  sql.query(
    `update programme.plan_item set title = $3, aim = $4, professions = $5::text[], owner = $6, minutes = $7::int, planned_from = $8::date, planned_to = $9::date, done_on = $10::date, removed = $11, by_name = $12, at = $13::timestamptz, version = version + 1 where tenant_id = $1 and id = $2`,
    [
      tenant,
      id,
      row.title,
      row.aim,
      [...row.professions],
      row.owner,
      row.minutes,
      row.from,
      row.to,
      row.doneOn,
      row.removed,
      by,
      at.toISOString(),
    ],
  );

export interface SessionRow extends Session {
  id: string;
  day: string;
  minutes: number;
  place: string;
  trainer: string;
  people: Attendee[];
  version: number;
}
const sessionColumns = 'id, module, day::text, minutes, place, trainer, state, people, version';
export const sessionsOf = (sql: Sql, tenant: number, project: string): Promise<SessionRow[]> =>
  sql.query(
    `select ${sessionColumns} from programme.training_session where tenant_id = $1 and project = $2 order by day, id limit 600`,
    [tenant, project],
  );
export async function insertSession(
  sql: Sql,
  tenant: number,
  project: string,
  row: Omit<SessionRow, 'id' | 'version' | 'state'>,
  by: string,
  at: Date,
): Promise<string> {
  const id = randomUUID();
  await sql.query(
    `insert into programme.training_session (tenant_id, id, project, module, day, minutes, place, trainer, state, people, version, by_name, at) values ($1, $2, $3, $4, $5::date, $6::int, $7, $8, 'planned', $9::jsonb, 1, $10, $11::timestamptz)`,
    [
      tenant,
      id,
      project,
      row.module,
      row.day,
      row.minutes,
      row.place,
      row.trainer,
      JSON.stringify(row.people),
      by,
      at.toISOString(),
    ],
  );
  return id;
}
export const setSession = (
  sql: Sql,
  tenant: number,
  id: string,
  row: Omit<SessionRow, 'id' | 'version' | 'module'>,
  by: string,
  at: Date,
) =>
  sql.query(
    `update programme.training_session set day = $3::date, minutes = $4::int, place = $5, trainer = $6, state = $7, people = $8::jsonb, by_name = $9, at = $10::timestamptz, version = version + 1 where tenant_id = $1 and id = $2`,
    [
      tenant,
      id,
      row.day,
      row.minutes,
      row.place,
      row.trainer,
      row.state,
      JSON.stringify(row.people),
      by,
      at.toISOString(),
    ],
  );

export interface ProgressRow {
  phase: Phase;
  profession: string;
  begunOn: string | null;
  doneOn: string | null;
  reason: string;
  version: number;
}
export const progressOf = (sql: Sql, tenant: number, project: string): Promise<ProgressRow[]> =>
  sql.query(
    `select phase, profession, begun_on::text as "begunOn", done_on::text as "doneOn", reason, version from programme.phase_progress where tenant_id = $1 and project = $2`,
    [tenant, project],
  );
export const putProgress = (
  sql: Sql,
  tenant: number,
  project: string,
  row: Omit<ProgressRow, 'version'>,
  by: string,
  at: Date,
) =>
  sql.query(
    `insert into programme.phase_progress (tenant_id, project, phase, profession, begun_on, done_on, reason, version, by_name, at) values ($1, $2, $3, $4, $5::date, $6::date, $7, 1, $8, $9::timestamptz)
     on conflict (tenant_id, project, phase, profession) do update set begun_on = $5::date, done_on = $6::date, reason = $7, version = programme.phase_progress.version + 1, by_name = $8, at = $9::timestamptz`,
    [tenant, project, row.phase, row.profession, row.begunOn, row.doneOn, row.reason, by, at.toISOString()],
  );
