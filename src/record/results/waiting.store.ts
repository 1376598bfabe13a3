import { type Sql, textArray } from '../../platform/index.ts';

export interface WaitingRow {
  id: string;
  patient: string;
  reader: string | null;
  at: Date;
  critical: boolean | null;
  told: Date | null;
  task: string | null;
}
const columns = 'id, patient, reader, at, critical, told, task';

/** A report waits; what is newly said of it is looked at anew. */
export const putWaiting = (
  sql: Sql,
  tenant: number,
  row: { id: string; patient: string; reader: string | null; at: string },
) =>
  sql.query(
    `insert into record.result_waiting (tenant_id, id, patient, reader, at) values ($1, $2, $3, $4, $5::timestamptz)
     on conflict (tenant_id, id) do update set patient = excluded.patient, reader = excluded.reader, critical = null`,
    [tenant, row.id, row.patient, row.reader, row.at],
  );
/** It waits no more. @returns the Task through which it was escalated */
export async function dropWaiting(sql: Sql, tenant: number, id: string): Promise<string | null> {
  const [row] = await sql.query<{ task: string | null }>(
    'delete from record.result_waiting where tenant_id = $1 and id = $2 returning task',
    [tenant, id],
  );
  return row?.task ?? null;
}
/**
 * Those of these people, and those that are nobody's: critical ones first, then the oldest. Of those who have left the practice: the ones of patients whom `me` takes care of, or the rest
 * would stand before what can be read.
 */
export const waitingFor = (
  sql: Sql,
  tenant: number,
  me: string,
  readers: readonly string[],
  gone: readonly string[],
  most: number,
): Promise<WaitingRow[]> =>
  sql.query<WaitingRow>(
    `select ${columns} from record.result_waiting w where tenant_id = $1 and (reader is null or (reader = any($2::text[]) and (reader <> all($4::text[]) or exists (
       select 1 from access.care_relation c where c.tenant_id = $1 and c.practitioner_key = access.key_of('Practitioner/' || $5) and c.patient_key = access.key_of('Patient/' || w.patient)
         and c.valid_from <= now() and c.valid_until > now())))) order by critical desc nulls last, (reader is null), at desc, id limit $3::int`,
    [tenant, textArray([...readers]), most, textArray([...gone]), me],
  );
export const waitingOf = (sql: Sql, tenant: number, ids: readonly string[]): Promise<WaitingRow[]> =>
  sql.query<WaitingRow>(`select ${columns} from record.result_waiting where tenant_id = $1 and id = any($2::text[])`, [
    tenant,
    textArray([...ids]),
  ]);

/** Which practices have something to look at. */
export const practicesWaiting = async (sql: Sql, before: Date): Promise<number[]> =>
  (
    await sql.query<{ tenant_id: number }>(
      `select distinct tenant_id from record.result_waiting where critical is null or (critical and task is null and at < $1::timestamptz and at > $1::timestamptz - interval '7 days')`,
      [before.toISOString()],
    )
  ).map((row) => row.tenant_id);
/** Not looked at yet. Two processes take different ones. */
export const unjudged = (sql: Sql, tenant: number, most: number): Promise<WaitingRow[]> =>
  sql.query<WaitingRow>(
    `select ${columns} from record.result_waiting where tenant_id = $1 and critical is null order by at desc, id limit $2::int for update skip locked`,
    [tenant, most],
  );
/** Of the last week: what is older came with a take-over, and is shown without alarm. */
export const overdue = (sql: Sql, tenant: number, before: Date): Promise<WaitingRow[]> =>
  sql.query<WaitingRow>(
    `select ${columns} from record.result_waiting where tenant_id = $1 and critical and task is null and at < $2::timestamptz and at > $2::timestamptz - interval '7 days' order by at, id limit 50 for update skip locked`,
    [tenant, before.toISOString()],
  );
export const judge = (sql: Sql, tenant: number, id: string, critical: boolean, reader: string | null) =>
  sql.query('update record.result_waiting set critical = $3, reader = $4 where tenant_id = $1 and id = $2', [
    tenant,
    id,
    critical,
    reader,
  ]);
export const noteTold = (sql: Sql, tenant: number, id: string, at: Date) =>
  sql.query('update record.result_waiting set told = $3::timestamptz where tenant_id = $1 and id = $2', [
    tenant,
    id,
    at.toISOString(),
  ]);
export const noteTask = (sql: Sql, tenant: number, id: string, task: string) =>
  sql.query('update record.result_waiting set task = $3 where tenant_id = $1 and id = $2', [tenant, id, task]);
