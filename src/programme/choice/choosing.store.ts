import type { Sql } from '../../platform/index.ts';
import type { CoverageAnswer, SolutionBody, VisitBody } from './contract.ts';
import { french } from '../../platform/index.ts';

/** A row that someone writes at a version: who and when. */
export interface Written {
  id: string;
  version: number;
  by: string;
  at: Date;
}
export const written = 'version, by_name as by, at';

type Removable = 'requirement' | 'solution' | 'demonstration' | 'site_visit';
/** Takes a row out (`at`) or puts it back (null); false when there is none. */
export const setRemoved = async (
  sql: Sql,
  tenant: number,
  table: Removable,
  project: string,
  id: string,
  at: Date | null,
): Promise<boolean> =>
  (
    await sql.query(
      `update programme.${table} set removed_at = $4::timestamptz where tenant_id = $1 and project = $2 and id = $3 returning 1`,
      [tenant, project, id, at?.toISOString() ?? null],
    )
  ).length > 0;

export interface SolutionRow extends Written {
  vendor: string | null;
  body: SolutionBody;
}
export const solutionsOf = (sql: Sql, tenant: number, project: string): Promise<SolutionRow[]> =>
  sql.query(
    `select id, vendor, body, ${written} from programme.solution where tenant_id = $1 and project = $2 and removed_at is null order by (body ->> 'name')${french}, id`,
    [tenant, project],
  );
export const insertSolution = (
  sql: Sql,
  tenant: number,
  project: string,
  id: string,
  body: SolutionBody,
  by: string,
  at: Date,
) =>
  sql.query(
    'insert into programme.solution (tenant_id, id, project, vendor, body, version, by_name, at) values ($1, $2, $3, $4, $5::jsonb, 1, $6, $7::timestamptz)',
    [tenant, id, project, body.vendor, JSON.stringify(body), by, at.toISOString()],
  );
export const updateSolution = async (
  sql: Sql,
  tenant: number,
  project: string,
  id: string,
  seen: number,
  body: SolutionBody,
  by: string,
  at: Date,
): Promise<number | undefined> =>
  (
    await sql.query<{ version: number }>(
      'update programme.solution set vendor = $5, body = $6::jsonb, version = version + 1, by_name = $7, at = $8::timestamptz where tenant_id = $1 and project = $2 and id = $3 and version = $4 and removed_at is null returning version',
      [tenant, project, id, seen, body.vendor, JSON.stringify(body), by, at.toISOString()],
    )
  )[0]?.version;

export interface CoverageRow {
  solution: string;
  requirement: string;
  answer: CoverageAnswer;
  note: string;
  version: number;
}
export const coverageOf = (sql: Sql, tenant: number, solutions: readonly string[]): Promise<CoverageRow[]> =>
  sql.query(
    'select solution, requirement, answer, note, version from programme.coverage where tenant_id = $1 and solution = any($2::text[])',
    [tenant, [...solutions]],
  );
export async function writeCoverage(
  sql: Sql,
  tenant: number,
  seen: number,
  row: Omit<CoverageRow, 'version'> & { by: string; at: Date },
): Promise<number | undefined> {
  const params = [tenant, row.solution, row.requirement, row.answer, row.note, row.by, row.at.toISOString()];
  const [saved] = await (seen === 0
    ? sql.query<{ version: number }>(
        'insert into programme.coverage (tenant_id, solution, requirement, answer, note, version, by_name, at) values ($1, $2, $3, $4, $5, 1, $6, $7::timestamptz) on conflict do nothing returning version',
        params,
      )
    : sql.query<{ version: number }>(
        'update programme.coverage set answer = $4, note = $5, version = version + 1, by_name = $6, at = $7::timestamptz where tenant_id = $1 and solution = $2 and requirement = $3 and version = $8 returning version',
        [...params, seen],
      ));
  return saved?.version;
}

export interface DemonstrationRow extends Written {
  solution: string;
  on: string;
  time: string;
  place: string;
}
const demonstration = `id, solution, held_on::text as on, held_at as time, place, ${written}`;
export const demonstrationsOf = (sql: Sql, tenant: number, project: string): Promise<DemonstrationRow[]> =>
  sql.query(
    `select ${demonstration} from programme.demonstration where tenant_id = $1 and project = $2 and removed_at is null order by held_on, held_at, id`,
    [tenant, project],
  );
export const insertDemonstration = (
  sql: Sql,
  tenant: number,
  project: string,
  row: Omit<DemonstrationRow, 'version'>,
) =>
  sql.query(
    'insert into programme.demonstration (tenant_id, id, project, solution, held_on, held_at, place, version, by_name, at) values ($1, $2, $3, $4, $5::date, $6, $7, 1, $8, $9::timestamptz)',
    [tenant, row.id, project, row.solution, row.on, row.time, row.place, row.by, row.at.toISOString()],
  );
export const updateDemonstration = async (
  sql: Sql,
  tenant: number,
  project: string,
  seen: number,
  row: Omit<DemonstrationRow, 'version'>,
): Promise<number | undefined> =>
  (
    await sql.query<{ version: number }>(
      'update programme.demonstration set solution = $5, held_on = $6::date, held_at = $7, place = $8, version = version + 1, by_name = $9, at = $10::timestamptz where tenant_id = $1 and project = $2 and id = $3 and version = $4 and removed_at is null returning version',
      [tenant, project, row.id, seen, row.solution, row.on, row.time, row.place, row.by, row.at.toISOString()],
    )
  )[0]?.version;
/** Demonstrations to which this vendor comes. */
export const demonstrationsFor = (
  sql: Sql,
  tenant: number,
  project: string,
  vendor: string,
): Promise<{ solution: string; on: string; time: string; place: string }[]> =>
  sql.query(
    `select s.body ->> 'name' as solution, d.held_on::text as on, d.held_at as time, d.place from programme.demonstration d join programme.solution s on s.tenant_id = d.tenant_id and s.id = d.solution and s.removed_at is null
     where d.tenant_id = $1 and d.project = $2 and s.vendor = $3 and d.removed_at is null order by d.held_on, d.held_at`,
    [tenant, project, vendor],
  );

export interface SheetRow {
  demonstration: string;
  id: string;
  name: string;
  profession: string;
  scores: Record<string, number>;
  comment: string;
  typedBy: string;
  version: number;
}
export const sheetsOf = (sql: Sql, tenant: number, demonstrations: readonly string[]): Promise<SheetRow[]> =>
  sql.query(
    `select demonstration, id, name, profession, scores, comment, typed_by as "typedBy", version from programme.demonstration_sheet where tenant_id = $1 and demonstration = any($2::text[]) order by profession, name${french}, id`,
    [tenant, [...demonstrations]],
  );
export async function writeSheet(
  sql: Sql,
  tenant: number,
  seen: number,
  row: Omit<SheetRow, 'version'> & { at: Date },
): Promise<number | undefined> {
  const params = [
    tenant,
    row.demonstration,
    row.id,
    row.name,
    row.profession,
    JSON.stringify(row.scores),
    row.comment,
    row.typedBy,
    row.at.toISOString(),
  ];
  const [saved] = await (seen === 0
    ? sql.query<{ version: number }>(
        'insert into programme.demonstration_sheet (tenant_id, demonstration, id, name, profession, scores, comment, typed_by, version, at) values ($1, $2, $3, $4, $5, $6::jsonb, $7, $8, 1, $9::timestamptz) on conflict do nothing returning version',
        params,
      )
    : sql.query<{ version: number }>(
        'update programme.demonstration_sheet set name = $4, profession = $5, scores = $6::jsonb, comment = $7, typed_by = $8, version = version + 1, at = $9::timestamptz where tenant_id = $1 and demonstration = $2 and id = $3 and version = $10 returning version',
        [...params, seen],
      ));
  return saved?.version;
}

export interface VisitRow extends Written {
  solution: string;
  body: VisitBody;
}
export const visitsOf = (sql: Sql, tenant: number, project: string): Promise<VisitRow[]> =>
  sql.query(
    `select id, solution, body, ${written} from programme.site_visit where tenant_id = $1 and project = $2 and removed_at is null order by body ->> 'on', id`,
    [tenant, project],
  );
export const insertVisit = (
  sql: Sql,
  tenant: number,
  project: string,
  id: string,
  body: VisitBody,
  by: string,
  at: Date,
) =>
  sql.query(
    'insert into programme.site_visit (tenant_id, id, project, solution, body, version, by_name, at) values ($1, $2, $3, $4, $5::jsonb, 1, $6, $7::timestamptz)',
    [tenant, id, project, body.solution, JSON.stringify(body), by, at.toISOString()],
  );
export const updateVisit = async (
  sql: Sql,
  tenant: number,
  project: string,
  id: string,
  seen: number,
  body: VisitBody,
  by: string,
  at: Date,
): Promise<number | undefined> =>
  (
    await sql.query<{ version: number }>(
      'update programme.site_visit set solution = $5, body = $6::jsonb, version = version + 1, by_name = $7, at = $8::timestamptz where tenant_id = $1 and project = $2 and id = $3 and version = $4 and removed_at is null returning version',
      [tenant, project, id, seen, body.solution, JSON.stringify(body), by, at.toISOString()],
    )
  )[0]?.version;

export interface ChoiceRow {
  number: number;
  solution: string | null;
  product: string;
  already: boolean;
  reasons: string;
  tookPart: { name: string; profession: string }[];
  decidedOn: string;
  by: string;
  at: Date;
}
/** Newest first: it counts. */
export const choicesOf = (sql: Sql, tenant: number, project: string): Promise<ChoiceRow[]> =>
  sql.query(
    'select number, solution, product, already, reasons, took_part as "tookPart", decided_on::text as "decidedOn", by_name as by, at from programme.choice where tenant_id = $1 and project = $2 order by number desc',
    [tenant, project],
  );
/** Those of these projects in which a choice is recorded. */
export const chosenIn = async (sql: Sql, tenant: number, projects: readonly string[]): Promise<Set<string>> =>
  new Set(
    (
      await sql.query<{ project: string }>(
        'select distinct project from programme.choice where tenant_id = $1 and project = any($2::text[])',
        [tenant, [...projects]],
      )
    ).map(({ project }) => project),
  );
export const insertChoice = (sql: Sql, tenant: number, project: string, row: ChoiceRow) =>
  sql.query(
    'insert into programme.choice (tenant_id, project, number, solution, product, already, reasons, took_part, decided_on, by_name, at) values ($1, $2, $3, $4, $5, $6, $7, $8::jsonb, $9::date, $10, $11::timestamptz)',
    [
      tenant,
      project,
      row.number,
      row.solution,
      row.product,
      row.already,
      row.reasons,
      JSON.stringify(row.tookPart),
      row.decidedOn,
      row.by,
      row.at.toISOString(),
    ],
  );

export interface ClauseRow {
  clause: string;
  answer: 'present' | 'weak' | 'missing' | 'not-needed' | null;
  article: string;
  note: string;
  file: string | null;
  version: number;
  by: string;
  at: Date;
}
export const clausesOf = (sql: Sql, tenant: number, project: string): Promise<ClauseRow[]> =>
  sql.query(
    `select clause, answer, article, note, file, ${written} from programme.clause where tenant_id = $1 and project = $2`,
    [tenant, project],
  );
export async function writeClause(
  sql: Sql,
  tenant: number,
  project: string,
  seen: number,
  row: Omit<ClauseRow, 'version'>,
): Promise<number | undefined> {
  const params = [
    tenant,
    project,
    row.clause,
    row.answer,
    row.article,
    row.note,
    row.file,
    row.by,
    row.at.toISOString(),
  ];
  const [saved] = await (seen === 0
    ? sql.query<{ version: number }>(
        'insert into programme.clause (tenant_id, project, clause, answer, article, note, file, version, by_name, at) values ($1, $2, $3, $4, $5, $6, $7, 1, $8, $9::timestamptz) on conflict do nothing returning version',
        params,
      )
    : sql.query<{ version: number }>(
        'update programme.clause set answer = $4, article = $5, note = $6, file = $7, version = version + 1, by_name = $8, at = $9::timestamptz where tenant_id = $1 and project = $2 and clause = $3 and version = $10 returning version',
        [...params, seen],
      ));
  return saved?.version;
}

/** Projects in which this vendor is asked. */
export const askedOf = (
  sql: Sql,
  tenant: number,
  vendor: string,
): Promise<{ project: string; team: string; application: string | null }[]> =>
  sql.query(
    `select p.id as project, p.practice_name as team, p.application from programme.project p join programme.project_party y on y.tenant_id = p.tenant_id and y.project = p.id where p.tenant_id = $1 and y.practitioner = $2 and y.role = 'vendor' and y.removed_at is null order by p.practice_name${french}, p.id`,
    [tenant, vendor],
  );
