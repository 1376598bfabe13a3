import { randomUUID } from 'node:crypto';
import type { Sql } from '../../platform/index.ts';
import type { ProjectRow, Shareable } from './reach.ts';
import type { StepFacts } from './steps.rules.ts';
import { french } from '../../platform/index.ts';

export interface NewProject
  extends Pick<
    ProjectRow,
    'edition' | 'editionVersion' | 'application' | 'practice' | 'practiceName' | 'practiceTenant' | 'startedOn'
  > {
  by: string;
  at: Date;
}
/** Opens a project under the next number of its call; undefined when this application has one. The caller holds the call's row. */
export async function insertProject(sql: Sql, tenant: number, row: NewProject): Promise<string | undefined> {
  const [count] = await sql.query<{ n: number }>(
    'select count(*)::int as n from programme.project where tenant_id = $1 and edition = $2',
    [tenant, row.edition],
  );
  const id = randomUUID();
  const [made] = await sql.query<{ id: string }>(
    `insert into programme.project (tenant_id, id, reference, edition, edition_version, application, practice, practice_name, practice_tenant, state, started_on, by_name, at)
     values ($1, $2, $3, $4, $5::int, $6, $7, $8, $9::int, 'open', $10::date, $11, $12::timestamptz) on conflict (tenant_id, application) do nothing returning id`,
    [
      tenant,
      id,
      `${row.edition.toUpperCase()}-P${String(count!.n + 1).padStart(2, '0')}`,
      row.edition,
      row.editionVersion,
      row.application,
      row.practice,
      row.practiceName,
      row.practiceTenant,
      row.startedOn,
      row.by,
      row.at.toISOString(),
    ],
  );
  return made?.id;
}
export const setProjectState = (
  sql: Sql,
  tenant: number,
  id: string,
  state: ProjectRow['state'],
  reason: string,
  on: string | null,
) =>
  sql.query(
    'update programme.project set state = $3, reason = $4, ended_on = $5::date where tenant_id = $1 and id = $2',
    [tenant, id, state, reason, on],
  );
/** Applications of the region, or of one call, that have their project. */
export const openedFor = async (sql: Sql, tenant: number, edition?: string): Promise<Set<string>> =>
  new Set(
    (
      await sql.query<{ application: string }>(
        'select application from programme.project where tenant_id = $1 and ($2::text is null or edition = $2) and application is not null',
        [tenant, edition ?? null],
      )
    ).map(({ application }) => application),
  );

export interface Party {
  project: string;
  practitioner: string;
  name: string;
  role: 'consultant' | 'vendor' | 'partner';
  sees: Shareable[];
  by: string;
  at: Date;
}
export const partiesOf = (sql: Sql, tenant: number, projects: readonly string[]): Promise<Party[]> =>
  sql.query(
    `select project, practitioner, name, role, sees, by_name as by, at from programme.project_party where tenant_id = $1 and project = any($2::text[]) and removed_at is null order by role, name${french}`,
    [tenant, [...projects]],
  );
export const putParty = (sql: Sql, tenant: number, row: Party) =>
  sql.query(
    `insert into programme.project_party (tenant_id, project, practitioner, name, role, sees, by_name, at) values ($1, $2, $3, $4, $5, $6::text[], $7, $8::timestamptz)
     on conflict (tenant_id, project, practitioner) do update set name = $4, role = $5, sees = $6::text[], by_name = $7, at = $8::timestamptz, removed_at = null`,
    [tenant, row.project, row.practitioner, row.name, row.role, row.sees, row.by, row.at.toISOString()],
  );
export const removeParty = async (
  sql: Sql,
  tenant: number,
  project: string,
  practitioner: string,
  at: Date,
): Promise<boolean> =>
  (
    await sql.query(
      'update programme.project_party set removed_at = $4::timestamptz where tenant_id = $1 and project = $2 and practitioner = $3 and removed_at is null returning 1',
      [tenant, project, practitioner, at.toISOString()],
    )
  ).length > 0;

export const stepRows = (
  sql: Sql,
  tenant: number,
  projects: readonly string[],
): Promise<(StepFacts & { project: string })[]> =>
  sql.query(
    `select project, step, planned_from::text as "plannedFrom", planned_to::text as "plannedTo", state, reason, ended_on::text as "endedOn", version, by_name as by from programme.project_step where tenant_id = $1 and project = any($2::text[])`,
    [tenant, [...projects]],
  );
/** Writes a step; the caller holds the project's row and has looked at the version. */
export const putStep = (sql: Sql, tenant: number, project: string, row: Omit<StepFacts, 'version'>, at: Date) =>
  sql.query(
    `insert into programme.project_step (tenant_id, project, step, planned_from, planned_to, state, reason, ended_on, version, by_name, at) values ($1, $2, $3, $4::date, $5::date, $6, $7, $8::date, 1, $9, $10::timestamptz)
     on conflict (tenant_id, project, step) do update set planned_from = $4::date, planned_to = $5::date, state = $6, reason = $7, ended_on = $8::date, version = programme.project_step.version + 1, by_name = $9, at = $10::timestamptz`,
    [
      tenant,
      project,
      row.step,
      row.plannedFrom,
      row.plannedTo,
      row.state,
      row.reason,
      row.endedOn,
      row.by,
      at.toISOString(),
    ],
  );
/** Kinds of papers and files of each project. The letter that announced the choice counts as `notification`. */
export async function kindsThere(
  sql: Sql,
  tenant: number,
  projects: readonly string[],
): Promise<Map<string, Set<string>>> {
  const rows = await sql.query<{ project: string; kind: string }>(
    `select substr(subject, 9) as project, kind from programme.paper where tenant_id = $1 and subject = any($2::text[]) union select substr(subject, 9), kind from programme.file where tenant_id = $1 and subject = any($2::text[]) and removed_at is null
     union select p.id, 'notification' from programme.project p join programme.letter l on l.tenant_id = p.tenant_id and l.application = p.application where p.tenant_id = $1 and p.id = any($3::text[])`,
    [tenant, projects.map((id) => `Project/${id}`), [...projects]],
  );
  const kinds = new Map<string, Set<string>>(projects.map((id) => [id, new Set()]));
  for (const { project, kind } of rows) kinds.get(project)?.add(kind);
  return kinds;
}
/** What the team answered to one field of its application, by application: the territory, who signs. */
export const answeredIn = async (
  sql: Sql,
  tenant: number,
  applications: readonly string[],
  field: string,
): Promise<Map<string, unknown>> =>
  new Map(
    (
      await sql.query<{ application: string; value: unknown }>(
        `select distinct on (application) application, answers -> $3 as value from programme.submission where tenant_id = $1 and application = any($2::text[]) order by application, number desc`,
        [tenant, [...applications], field],
      )
    ).map(({ application, value }) => [application, value]),
  );
/** One of those answers in words; empty when the project comes from no application, or it says nothing. */
export async function wordsAnswered(
  sql: Sql,
  tenant: number,
  { application }: { application: string | null },
  field: string,
): Promise<string> {
  const value = application ? (await answeredIn(sql, tenant, [application], field)).get(application) : '';
  return typeof value === 'string' ? value : '';
}
