import { randomUUID } from 'node:crypto';
import type { Sql } from '../../../platform/index.ts';
import { french } from '../../../platform/index.ts';

export interface TickRow {
  item: string;
  state: 'to-do' | 'done' | 'not-applicable';
  note: string;
  owner: string;
  version: number;
  by: string;
  at: Date;
}
export const ticksOf = (sql: Sql, tenant: number, project: string): Promise<TickRow[]> =>
  sql.query(
    'select item, state, note, owner, version, by_name as by, at from programme.checklist_item where tenant_id = $1 and project = $2',
    [tenant, project],
  );
/** False when it changed since version `seen`. */
export const putTick = async (
  sql: Sql,
  tenant: number,
  project: string,
  row: Omit<TickRow, 'version'>,
  seen: number,
): Promise<boolean> =>
  (
    await sql.query(
      `insert into programme.checklist_item (tenant_id, project, item, state, note, owner, version, by_name, at) select $1::int, $2, $3, $4, $5, $6, 1, $7, $8::timestamptz
     on conflict (tenant_id, project, item) do update set state = $4, note = $5, owner = $6, version = programme.checklist_item.version + 1, by_name = $7, at = $8::timestamptz where programme.checklist_item.version = $9::int returning 1`,
      [tenant, project, row.item, row.state, row.note, row.owner, row.by, row.at.toISOString(), seen],
    )
  ).length > 0;

export interface EquipmentRow {
  id: string;
  site: string;
  kind: string;
  name: string;
  profession: string;
  quantity: number | null;
  down: number | null;
  up: number | null;
  state: 'good' | 'to-replace' | 'unknown';
  note: string;
  version: number;
  by: string;
  at: Date;
}
const columns = `id, site, kind, name, profession, quantity, down_mbits::float8 as down, up_mbits::float8 as up, state, note, version, by_name as by, at`;
export const equipmentOf = (sql: Sql, tenant: number, project: string): Promise<EquipmentRow[]> =>
  sql.query(
    `select ${columns} from programme.equipment where tenant_id = $1 and project = $2 and not removed order by site${french}, kind, name${french}, id limit 2000`,
    [tenant, project],
  );
export const equipmentRow = async (
  sql: Sql,
  tenant: number,
  project: string,
  id: string,
): Promise<EquipmentRow | undefined> =>
  (
    await sql.query<EquipmentRow>(
      `select ${columns} from programme.equipment where tenant_id = $1 and project = $2 and id = $3 for update`,
      [tenant, project, id],
    )
  )[0];
type Written = Omit<EquipmentRow, 'id' | 'version' | 'at'>;
const values = (row: Written) => [
  row.site,
  row.kind,
  row.name,
  row.profession,
  row.quantity,
  row.down,
  row.up,
  row.state,
  row.note,
  row.by,
];
export async function insertEquipment(
  sql: Sql,
  tenant: number,
  project: string,
  row: Written,
  at: Date,
): Promise<string> {
  const id = randomUUID();
  await sql.query(
    `insert into programme.equipment (tenant_id, project, id, at, site, kind, name, profession, quantity, down_mbits, up_mbits, state, note, by_name, version) values ($1, $2, $3, $4::timestamptz, $5, $6, $7, $8, $9::int, $10::numeric, $11::numeric, $12, $13, $14, 1)`,
    [tenant, project, id, at.toISOString(), ...values(row)],
  );
  return id;
}
export const setEquipment = (
  sql: Sql,
  tenant: number,
  project: string,
  id: string,
  row: Written & { removed: boolean },
  at: Date,
) =>
  sql.query(
    `update programme.equipment set at = $4::timestamptz, site = $5, kind = $6, name = $7, profession = $8, quantity = $9::int, down_mbits = $10::numeric, up_mbits = $11::numeric, state = $12, note = $13, by_name = $14, removed = $15, version = version + 1 where tenant_id = $1 and project = $2 and id = $3`,
    [tenant, project, id, at.toISOString(), ...values(row), row.removed],
  );
