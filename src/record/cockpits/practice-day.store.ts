import type { Sql } from '../../platform/index.ts';
import type { CockpitReply } from '../contract/wire-cockpits.ts';

export type DayOrder = CockpitReply['day'];
export interface PracticeOrder {
  profession: string;
  version: number;
  day: DayOrder;
  practitioner: string;
  updated: Date;
}
type Row = Omit<PracticeOrder, 'day'> & { day: string };
const read = (row: Row): PracticeOrder => ({ ...row, day: JSON.parse(row.day) as DayOrder });
const columns = 'profession, version, day, practitioner, updated';

/** The orders that this practice set, by profession. */
export async function practiceOrders(sql: Sql, tenant: number): Promise<PracticeOrder[]> {
  return (
    await sql.query<Row>(`select ${columns} from record.practice_cockpit where tenant_id = $1 order by profession`, [
      tenant,
    ])
  ).map(read);
}
export async function practiceOrderOf(
  sql: Sql,
  tenant: number,
  profession: string,
): Promise<PracticeOrder | undefined> {
  return (
    await sql.query<Row>(`select ${columns} from record.practice_cockpit where tenant_id = $1 and profession = $2`, [
      tenant,
      profession,
    ])
  ).map(read)[0];
}
/** Writes over the version that was seen (0: none); false when there is another one. */
export async function keepPracticeOrder(
  sql: Sql,
  tenant: number,
  profession: string,
  seen: number,
  day: DayOrder,
  practitioner: string,
): Promise<boolean> {
  const values = [tenant, profession, JSON.stringify(day), practitioner];
  const rows =
    seen === 0
      ? await sql.query(
          'insert into record.practice_cockpit (tenant_id, profession, version, day, practitioner) values ($1, $2, 1, $3, $4) on conflict do nothing returning version',
          values,
        )
      : await sql.query(
          'update record.practice_cockpit set version = version + 1, day = $3, practitioner = $4, updated = now() where tenant_id = $1 and profession = $2 and version = $5::int returning version',
          [...values, seen],
        );
  return rows.length > 0;
}
export async function dropPracticeOrder(sql: Sql, tenant: number, profession: string, seen: number): Promise<boolean> {
  return (
    (
      await sql.query(
        'delete from record.practice_cockpit where tenant_id = $1 and profession = $2 and version = $3::int returning version',
        [tenant, profession, seen],
      )
    ).length > 0
  );
}
