import type { Sql } from '../../platform/index.ts';

export interface PlaceRow {
  practice: string;
  commune: string | null;
  department: string;
  label: string;
  x: number;
  y: number;
}
export const placesOf = async (sql: Sql, tenant: number): Promise<Map<string, PlaceRow>> =>
  new Map(
    (
      await sql.query<PlaceRow>(
        'select practice, commune, department, label, x, y from programme.place where tenant_id = $1',
        [tenant],
      )
    ).map((row) => [row.practice, row]),
  );
export const putPlace = (sql: Sql, tenant: number, row: PlaceRow & { by: string; at: Date }) =>
  sql.query(
    `insert into programme.place (tenant_id, practice, commune, department, label, x, y, by_name, at) values ($1, $2, $3, $4, $5, $6::int, $7::int, $8, $9::timestamptz)
     on conflict (tenant_id, practice) do update set commune = $3, department = $4, label = $5, x = $6::int, y = $7::int, by_name = $8, at = $9::timestamptz`,
    [tenant, row.practice, row.commune, row.department, row.label, row.x, row.y, row.by, row.at.toISOString()],
  );
export const removePlace = async (sql: Sql, tenant: number, practice: string): Promise<boolean> =>
  (
    await sql.query('delete from programme.place where tenant_id = $1 and practice = $2 returning 1', [
      tenant,
      practice,
    ])
  ).length > 0;
/** How many professions wrote in shared records in the last month of which something can be said, by project; null where each month has too few patients behind it. */
export const lastUse = async (
  sql: Sql,
  tenant: number,
  projects: readonly string[],
): Promise<Map<string, { professions: number | null; month: string }>> =>
  new Map(
    (
      await sql.query<{ project: string; month: string; professions: number | null }>(
        `select distinct on (project) project, month, (figures ->> 'professions')::int as professions from programme.use_month where tenant_id = $1 and project = any($2::text[]) order by project, figures ->> 'professions' is null, month desc`,
        [tenant, [...projects]],
      )
    ).map(({ project, month, professions }) => [project, { professions, month }]),
  );
