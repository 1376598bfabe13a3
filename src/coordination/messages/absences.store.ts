import type { Sql } from '../../platform/index.ts';
import type { Absence } from './absence.rules.ts';

interface Row extends Omit<Absence, 'starts' | 'ends'> {
  starts: Date;
  ends: Date;
}
const plain = (row: Row): Absence => ({
  ...row,
  starts: new Date(row.starts).getTime(),
  ends: new Date(row.ends).getTime(),
});
/** Nobody stands in any more when the account of who did is closed. */
const columns = `id, practitioner, (select a.practitioner from access.account a where a.tenant_id = absence.tenant_id and a.practitioner = absence.delegate and a.status <> 'disabled') as delegate, starts, ends`;

/** Absences that run or are to come. */
export const absencesFrom = async (sql: Sql, tenant: number, now: Date): Promise<Absence[]> =>
  (
    await sql.query<Row>(
      `select ${columns} from coordination.absence where tenant_id = $1 and ends > $2::timestamptz order by starts, id limit 500`,
      [tenant, now.toISOString()],
    )
  ).map(plain);
export async function absenceById(sql: Sql, tenant: number, id: string): Promise<Absence | null> {
  const [row] = await sql.query<Row>(`select ${columns} from coordination.absence where tenant_id = $1 and id = $2`, [
    tenant,
    id,
  ]);
  return row ? plain(row) : null;
}
export const insertAbsence = (
  sql: Sql,
  tenant: number,
  one: { id: string; practitioner: string; delegate: string | null; starts: string; ends: string; by: string },
) =>
  sql.query(
    'insert into coordination.absence (tenant_id, id, practitioner, delegate, starts, ends, declared_by) values ($1, $2, $3, $4, $5::timestamptz, $6::timestamptz, $7)',
    [tenant, one.id, one.practitioner, one.delegate, one.starts, one.ends, one.by],
  );
/** Ends it now; one that has not begun never will. */
export const endAbsenceNow = (sql: Sql, tenant: number, id: string, now: Date) =>
  sql.query(
    'update coordination.absence set ends = $3::timestamptz, starts = least(starts, $3::timestamptz) where tenant_id = $1 and id = $2 and ends > $3::timestamptz',
    [tenant, id, now.toISOString()],
  );

/** Until when each person is absent now, for lists of people one chooses from. */
export async function absentUntil(sql: Sql, tenant: number, now: Date): Promise<Map<string, string>> {
  const rows = await sql.query<{ practitioner: string; ends: Date }>(
    'select practitioner, max(ends) as ends from coordination.absence where tenant_id = $1 and starts <= $2::timestamptz and ends > $2::timestamptz group by practitioner',
    [tenant, now.toISOString()],
  );
  // The end is the midnight after the last day.
  return new Map(
    rows.map(({ practitioner, ends }) => [practitioner, new Date(new Date(ends).getTime() - 1000).toISOString()]),
  );
}
