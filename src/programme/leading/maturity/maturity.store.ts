import { randomUUID } from 'node:crypto';
import type { Sql } from '../../../platform/index.ts';
import type { Levels } from './maturity.rules.ts';
import { french } from '../../../platform/index.ts';

export interface AssessmentRow {
  id: string;
  practice: string;
  practiceName: string;
  practiceTenant: number | null;
  /** Which matrix it was made with. */
  model: string;
  state: 'open' | 'agreed';
  openedOn: string;
  agreedOn: string | null;
  levels: Levels;
  words: string;
  version: number;
  by: string;
}
const columns = `id, practice, practice_name as "practiceName", practice_tenant as "practiceTenant", model, state, opened_on::text as "openedOn", agreed_on::text as "agreedOn", levels, words, version, by_name as by`;

/** Newest first: the open one before those that are agreed. */
export const assessmentsOf = (sql: Sql, tenant: number, practice: string): Promise<AssessmentRow[]> =>
  sql.query<AssessmentRow>(
    `select ${columns} from programme.assessment where tenant_id = $1 and practice = $2 order by state = 'agreed', agreed_on desc, at desc, id limit 100`,
    [tenant, practice],
  );
/** What each of these teams agreed on last, by practice. */
export const newestAgreed = async (
  sql: Sql,
  tenant: number,
  practices: readonly string[],
): Promise<Map<string, Pick<AssessmentRow, 'model' | 'levels'>>> =>
  new Map(
    (
      await sql.query<Pick<AssessmentRow, 'practice' | 'model' | 'levels'>>(
        `select distinct on (practice) practice, model, levels from programme.assessment where tenant_id = $1 and practice = any($2::text[]) and state = 'agreed' order by practice, agreed_on desc, at desc, id`,
        [tenant, [...practices]],
      )
    ).map(({ practice, ...agreed }) => [practice, agreed]),
  );
export const assessmentOf = async (
  sql: Sql,
  tenant: number,
  id: string,
  lock = false,
): Promise<AssessmentRow | undefined> =>
  (
    await sql.query<AssessmentRow>(
      `select ${columns} from programme.assessment where tenant_id = $1 and id = $2${lock ? ' for update' : ''}`,
      [tenant, id],
    )
  )[0];
/** Begins one; undefined when one is open. */
export async function insertAssessment(
  sql: Sql,
  tenant: number,
  row: Pick<AssessmentRow, 'practice' | 'practiceName' | 'practiceTenant' | 'model' | 'openedOn' | 'by'> & { at: Date },
): Promise<string | undefined> {
  // One that is being opened again is waited for.
  await sql.query('select 1 from programme.assessment where tenant_id = $1 and practice = $2 for update', [
    tenant,
    row.practice,
  ]);
  const [made] = await sql.query<{ id: string }>(
    `insert into programme.assessment (tenant_id, id, practice, practice_name, practice_tenant, model, state, opened_on, version, by_name, at) values ($1, $2, $3, $4, $5::int, $6, 'open', $7::date, 1, $8, $9::timestamptz)
     on conflict (tenant_id, practice) where state = 'open' do nothing returning id`,
    [
      tenant,
      randomUUID(),
      row.practice,
      row.practiceName,
      row.practiceTenant,
      row.model,
      row.openedOn,
      row.by,
      row.at.toISOString(),
    ],
  );
  return made?.id;
}
export const setAssessment = (
  sql: Sql,
  tenant: number,
  id: string,
  row: Pick<AssessmentRow, 'state' | 'agreedOn' | 'levels' | 'words' | 'by'>,
  at: Date,
) =>
  sql.query(
    `update programme.assessment set state = $3, agreed_on = $4::date, levels = $5::jsonb, words = $6, by_name = $7, at = $8::timestamptz, version = version + 1 where tenant_id = $1 and id = $2`,
    [tenant, id, row.state, row.agreedOn, JSON.stringify(row.levels), row.words, row.by, at.toISOString()],
  );

export interface OpinionRow {
  assessment: string;
  practitioner: string;
  name: string;
  profession: string;
  levels: Levels;
  version: number;
  at: Date;
}
export const opinionsOf = (sql: Sql, tenant: number, assessments: readonly string[]): Promise<OpinionRow[]> =>
  sql.query(
    `select assessment, practitioner, name, profession, levels, version, at from programme.assessment_view where tenant_id = $1 and assessment = any($2::text[]) order by name${french}, practitioner`,
    [tenant, [...assessments]],
  );
/** Writes one member's answers; false when they changed since version `seen`. */
export const putOpinion = async (
  sql: Sql,
  tenant: number,
  row: Omit<OpinionRow, 'version'>,
  seen: number,
): Promise<boolean> =>
  (
    await sql.query(
      `insert into programme.assessment_view (tenant_id, assessment, practitioner, name, profession, levels, version, at) values ($1, $2, $3, $4, $5, $6::jsonb, 1, $7::timestamptz)
     on conflict (tenant_id, assessment, practitioner) do update set name = $4, profession = $5, levels = $6::jsonb, version = programme.assessment_view.version + 1, at = $7::timestamptz where programme.assessment_view.version = $8::int returning 1`,
      [
        tenant,
        row.assessment,
        row.practitioner,
        row.name,
        row.profession,
        JSON.stringify(row.levels),
        row.at.toISOString(),
        seen,
      ],
    )
  ).length > 0;

export interface ImprovementRow {
  id: string;
  practice: string;
  dimension: string;
  title: string;
  means: string;
  owner: string;
  due: string | null;
  doneOn: string | null;
  removed: boolean;
  version: number;
  by: string;
}
const actionColumns = `id, practice, dimension, title, means, owner, due::text, done_on::text as "doneOn", removed, version, by_name as by`;
/** Those that are not taken out, the first due first. */
export const improvementsOf = (sql: Sql, tenant: number, practice: string): Promise<ImprovementRow[]> =>
  sql.query(
    `select ${actionColumns} from programme.improvement where tenant_id = $1 and practice = $2 and not removed order by done_on is not null, due nulls last, at, id limit 300`,
    [tenant, practice],
  );
export const improvementOf = async (sql: Sql, tenant: number, id: string): Promise<ImprovementRow | undefined> =>
  (
    await sql.query<ImprovementRow>(
      `select ${actionColumns} from programme.improvement where tenant_id = $1 and id = $2 for update`,
      [tenant, id],
    )
  )[0];
export async function insertImprovement(
  sql: Sql,
  tenant: number,
  row: Omit<ImprovementRow, 'id' | 'version' | 'removed' | 'doneOn'>,
  at: Date,
): Promise<string> {
  const id = randomUUID();
  await sql.query(
    `insert into programme.improvement (tenant_id, id, practice, dimension, title, means, owner, due, version, by_name, at) values ($1, $2, $3, $4, $5, $6, $7, $8::date, 1, $9, $10::timestamptz)`,
    [tenant, id, row.practice, row.dimension, row.title, row.means, row.owner, row.due, row.by, at.toISOString()],
  );
  return id;
}
export const setImprovement = (
  sql: Sql,
  tenant: number,
  id: string,
  row: Pick<ImprovementRow, 'title' | 'means' | 'owner' | 'due' | 'doneOn' | 'removed' | 'by'>,
  at: Date,
) =>
  sql.query(
    `update programme.improvement set title = $3, means = $4, owner = $5, due = $6::date, done_on = $7::date, removed = $8, by_name = $9, at = $10::timestamptz, version = version + 1 where tenant_id = $1 and id = $2`,
    [tenant, id, row.title, row.means, row.owner, row.due, row.doneOn, row.removed, row.by, at.toISOString()],
  );

export const overruleOf = async (
  sql: Sql,
  tenant: number,
  project: string,
): Promise<{ reason: string; by: string; at: Date } | undefined> =>
  (
    await sql.query<{ reason: string; by: string; at: Date }>(
      'select reason, by_name as by, at from programme.readiness_overrule where tenant_id = $1 and project = $2 and withdrawn_at is null',
      [tenant, project],
    )
  )[0];
/** Those of these projects whose choice may go on without a defined organisation. */
export const overruled = async (sql: Sql, tenant: number, projects: readonly string[]): Promise<Set<string>> =>
  new Set(
    (
      await sql.query<{ project: string }>(
        'select project from programme.readiness_overrule where tenant_id = $1 and project = any($2::text[]) and withdrawn_at is null',
        [tenant, [...projects]],
      )
    ).map(({ project }) => project),
  );
export const putOverrule = (sql: Sql, tenant: number, project: string, reason: string, by: string, at: Date) =>
  sql.query(
    `insert into programme.readiness_overrule (tenant_id, project, reason, by_name, at) values ($1, $2, $3, $4, $5::timestamptz) on conflict (tenant_id, project) do update set reason = $3, by_name = $4, at = $5::timestamptz, withdrawn_at = null`,
    [tenant, project, reason, by, at.toISOString()],
  );
export const withdrawOverrule = async (sql: Sql, tenant: number, project: string, at: Date): Promise<boolean> =>
  (
    await sql.query(
      'update programme.readiness_overrule set withdrawn_at = $3::timestamptz where tenant_id = $1 and project = $2 and withdrawn_at is null returning 1',
      [tenant, project, at.toISOString()],
    )
  ).length > 0;
