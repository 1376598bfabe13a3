import { randomUUID } from 'node:crypto';
import type { Sql } from '../../platform/index.ts';

export interface Field {
  value: unknown;
  version: number;
  by: string;
  /** Instant, ISO. */
  at: string;
}
export type SheetKind = 'launch-minutes' | 'follow-up-minutes' | 'completion-report';
export interface SheetRow {
  id: string;
  project: string;
  kind: SheetKind;
  poll: string | null;
  fields: Record<string, Field>;
  paper: string | null;
  /** Since it was issued. */
  changed: boolean;
  by: string;
  at: Date;
}
const columns = `id, project, kind, poll, fields, paper, changed, by_name as by, at`;
export const sheetsOf = (sql: Sql, tenant: number, project: string, kinds: readonly SheetKind[]): Promise<SheetRow[]> =>
  sql.query(
    `select ${columns} from programme.sheet where tenant_id = $1 and project = $2 and kind = any($3::text[]) and removed_at is null order by coalesce(nullif(fields #>> '{heldOn,value}', ''), '9999') desc, at desc, id`,
    [tenant, project, [...kinds]],
  );
export const sheetRow = async (
  sql: Sql,
  tenant: number,
  project: string,
  id: string,
  removed = false,
): Promise<SheetRow | undefined> =>
  (
    await sql.query<SheetRow>(
      `select ${columns} from programme.sheet where tenant_id = $1 and project = $2 and id = $3${removed ? '' : ' and removed_at is null'}`,
      [tenant, project, id],
    )
  )[0];
/** Whether the completion report of a project was issued. */
export const completionIssued = async (sql: Sql, tenant: number, project: string): Promise<boolean> =>
  (
    await sql.query(
      `select 1 from programme.sheet where tenant_id = $1 and project = $2 and kind = 'completion-report' and paper is not null and removed_at is null`,
      [tenant, project],
    )
  ).length > 0;
/** What the report in force of each project concludes, and whether it has been corrected since; nothing of those for which none was issued here. */
export const completionSaid = (
  sql: Sql,
  tenant: number,
  projects: readonly string[],
): Promise<{ project: string; conclusion: string | null; changed: boolean }[]> =>
  sql.query(
    `select s.project, p.data ->> 'conclusion' as conclusion, s.changed from programme.sheet s join programme.paper p on p.tenant_id = s.tenant_id and p.id = s.paper where s.tenant_id = $1 and s.project = any($2::text[]) and s.kind = 'completion-report' and s.removed_at is null`,
    [tenant, [...projects]],
  );
/** Undefined when there is a completion report of this project already. */
export async function insertSheet(
  sql: Sql,
  tenant: number,
  row: Pick<SheetRow, 'project' | 'kind' | 'poll' | 'by' | 'at'> & { values: Record<string, unknown> },
): Promise<string | undefined> {
  const id = randomUUID();
  const fields = Object.fromEntries(
    Object.entries(row.values).map(([name, value]) => [
      name,
      { value, version: 1, by: row.by, at: row.at.toISOString() },
    ]),
  );
  const [made] = await sql.query<{ id: string }>(
    `insert into programme.sheet (tenant_id, id, project, kind, poll, fields, changed, by_name, at, changed_at) values ($1, $2, $3, $4, $5, $6::jsonb, false, $7, $8::timestamptz, $8::timestamptz) on conflict do nothing returning id`,
    [tenant, id, row.project, row.kind, row.poll, JSON.stringify(fields), row.by, row.at.toISOString()],
  );
  return made?.id;
}
/** Writes one field; the caller holds the project's row and has looked at the field's version. */
export const putField = (sql: Sql, tenant: number, id: string, name: string, field: Field) =>
  sql.query(
    `update programme.sheet set fields = jsonb_set(fields, array[$3::text], $4::jsonb), changed = paper is not null, changed_at = $5::timestamptz where tenant_id = $1 and id = $2`,
    [tenant, id, name, JSON.stringify(field), field.at],
  );
export const setIssued = (sql: Sql, tenant: number, id: string, paper: string, at: Date) =>
  sql.query(
    'update programme.sheet set paper = $3, changed = false, changed_at = $4::timestamptz where tenant_id = $1 and id = $2',
    [tenant, id, paper, at.toISOString()],
  );
export const setSheetRemoved = (sql: Sql, tenant: number, id: string, at: Date | null) =>
  sql.query('update programme.sheet set removed_at = $3::timestamptz where tenant_id = $1 and id = $2', [
    tenant,
    id,
    at?.toISOString() ?? null,
  ]);

export interface ActionRow {
  id: string;
  sheet: string;
  words: string;
  owner: string;
  /** ISO day. */
  due: string | null;
  state: 'open' | 'done' | 'dropped';
  endedOn: string | null;
  version: number;
}
const actionColumns = `a.id, a.sheet, a.words, a.owner, a.due::text as due, a.state, a.ended_on::text as "endedOn", a.version`;
/** Open ones first, by day; none of minutes that were taken out. */
export const actionsOf = (sql: Sql, tenant: number, project: string): Promise<ActionRow[]> =>
  sql.query(
    `select ${actionColumns} from programme.meeting_action a join programme.sheet s on s.tenant_id = a.tenant_id and s.id = a.sheet and s.removed_at is null
     where a.tenant_id = $1 and a.project = $2 order by a.state <> 'open', a.due nulls last, a.at, a.id`,
    [tenant, project],
  );
export async function insertAction(
  sql: Sql,
  tenant: number,
  row: Pick<ActionRow, 'sheet' | 'words' | 'owner' | 'due'> & { project: string; by: string; at: Date },
): Promise<string> {
  const id = randomUUID();
  await sql.query(
    `insert into programme.meeting_action (tenant_id, id, project, sheet, words, owner, due, state, version, by_name, at) values ($1, $2, $3, $4, $5, $6, $7::date, 'open', 1, $8, $9::timestamptz)`,
    [tenant, id, row.project, row.sheet, row.words, row.owner, row.due, row.by, row.at.toISOString()],
  );
  return id;
}
/** False when it is no longer at the version that was seen. */
export const setAction = async (
  sql: Sql,
  tenant: number,
  project: string,
  row: Omit<ActionRow, 'sheet'>,
): Promise<boolean> =>
  (
    await sql.query(
      `update programme.meeting_action set words = $4, owner = $5, due = $6::date, state = $7, ended_on = $8::date, version = version + 1 where tenant_id = $1 and project = $2 and id = $3 and version = $9::int returning 1`,
      [tenant, project, row.id, row.words, row.owner, row.due, row.state, row.endedOn, row.version],
    )
  ).length > 0;
