import type { Sql } from '../../platform/index.ts';
import type { UseMonth } from './use-port.ts';

export interface MonthRow {
  month: string;
  source: 'practice' | 'typed';
  figures: Omit<UseMonth, 'month'>;
  version: number;
  by: string;
  at: Date;
}
export const monthsOf = (sql: Sql, tenant: number, project: string): Promise<MonthRow[]> =>
  sql.query(
    'select month, source, figures, version, by_name as by, at from programme.use_month where tenant_id = $1 and project = $2 order by month',
    [tenant, project],
  );
/** Figures of the practice, month by month: what stands is not written over, unless it was typed. */
export const keepMonths = (
  sql: Sql,
  tenant: number,
  project: string,
  rows: readonly Pick<MonthRow, 'month' | 'figures'>[],
  by: string,
  at: Date,
) =>
  sql.query(
    `insert into programme.use_month as u (tenant_id, project, month, source, figures, version, by_name, at) select $1, $2, m, 'practice', f::jsonb, 1, $5, $6::timestamptz from unnest($3::text[], $4::text[]) as g (m, f)
     on conflict (tenant_id, project, month) do update set source = 'practice', figures = excluded.figures, version = u.version + 1, by_name = excluded.by_name, at = excluded.at where u.source = 'typed'`,
    [
      tenant,
      project,
      rows.map(({ month }) => month),
      rows.map(({ figures }) => JSON.stringify(figures)),
      by,
      at.toISOString(),
    ],
  );
/** Undefined when it is no longer at the version that was seen. */
export const typeMonth = async (
  sql: Sql,
  tenant: number,
  project: string,
  row: Pick<MonthRow, 'month' | 'figures' | 'by' | 'at'> & { seen: number },
): Promise<number | undefined> =>
  (
    await sql.query<{ version: number }>(
      row.seen === 0
        ? `insert into programme.use_month (tenant_id, project, month, source, figures, version, by_name, at) values ($1, $2, $3, 'typed', $4::jsonb, 1, $5, $6::timestamptz) on conflict do nothing returning version`
        : `update programme.use_month set figures = $4::jsonb, version = version + 1, by_name = $5, at = $6::timestamptz where tenant_id = $1 and project = $2 and month = $3 and source = 'typed' and version = $7::int returning version`,
      [
        tenant,
        project,
        row.month,
        JSON.stringify(row.figures),
        row.by,
        row.at.toISOString(),
        ...(row.seen === 0 ? [] : [row.seen]),
      ],
    )
  )[0]?.version;
export const dropMonths = (sql: Sql, tenant: number, project: string, source: MonthRow['source'], month?: string) =>
  sql.query(
    `delete from programme.use_month where tenant_id = $1 and project = $2 and source = $3${month ? ' and month = $4' : ''}`,
    [tenant, project, source, ...(month ? [month] : [])],
  );
