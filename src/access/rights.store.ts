import type { Sql } from '../platform/index.ts';
import type { Reach } from './rights-table.ts';

export interface RightChange {
  profession: string;
  kind: string;
  reach: Reach;
  write: boolean;
}

/** The practice's own lines over the ready-made table. */
export const loadRightChanges = (sql: Sql, tenant: number): Promise<RightChange[]> =>
  sql.query<RightChange>('select profession, kind, reach, write from access.profession_right where tenant_id = $1', [
    tenant,
  ]);

export async function saveRightChange(sql: Sql, tenant: number, change: RightChange): Promise<void> {
  await sql.query(
    `insert into access.profession_right (tenant_id, profession, kind, reach, write) values ($1, $2, $3, $4, $5)
     on conflict (tenant_id, profession, kind) do update set reach = excluded.reach, write = excluded.write`,
    [tenant, change.profession, change.kind, change.reach, change.write],
  );
}

export async function removeRightChange(sql: Sql, tenant: number, profession: string, kind: string): Promise<void> {
  await sql.query('delete from access.profession_right where tenant_id = $1 and profession = $2 and kind = $3', [
    tenant,
    profession,
    kind,
  ]);
}
