import { type Sql, textArray } from '../../platform/index.ts';
import type { Facts } from './facts.rules.ts';
import type { LabFile } from './lab-file.rules.ts';
import type { Match } from './match.rules.ts';

export interface ReceivedFacts extends Facts {
  /** As of when the text was read; whoever opens the file has them worked out anew. */
  matches: Match[];
}
export interface Received {
  document: string;
  name: string;
  content_type: string;
  size: number;
  by: string;
  by_name: string;
  at: Date;
  state: 'waiting' | 'sorted' | 'refused';
  version: number;
  facts: ReceivedFacts | null;
  /** What a laboratory's file says of itself; null: it is none. */
  lab: LabFile | null;
  patient: string | null;
  document_version: number | null;
  reason: string;
  sorted_by: string | null;
  sorted_name: string | null;
  sorted_at: Date | null;
}
const columns =
  'document, name, content_type, size, by, by_name, at, state, version, facts, lab, patient, document_version, reason, sorted_by, sorted_name, sorted_at';
type Row = Omit<Received, 'facts' | 'lab'> & { facts: string | null; lab: string | null };
const read = (row: Row): Received => ({
  ...row,
  facts: row.facts ? (JSON.parse(row.facts) as ReceivedFacts) : null,
  lab: row.lab ? (JSON.parse(row.lab) as LabFile) : null,
});

export async function addReceived(
  sql: Sql,
  tenant: number,
  one: Pick<Received, 'document' | 'name' | 'content_type' | 'size' | 'by' | 'by_name'> & { lab?: LabFile | null },
  at: string,
): Promise<void> {
  await sql.query(
    `insert into record.received (tenant_id, document, name, content_type, size, by, by_name, at, lab) values ($1::int, $2, $3, $4, $5::int, $6, $7, $8::timestamptz, $9)
     on conflict (tenant_id, document) do update set state = 'waiting', version = received.version + 1, patient = null, document_version = null, reason = '', by = excluded.by, by_name = excluded.by_name, at = excluded.at, sorted_by = null, sorted_name = null, sorted_at = null`,
    [
      tenant,
      one.document,
      one.name,
      one.content_type,
      one.size,
      one.by,
      one.by_name,
      at,
      one.lab ? JSON.stringify(one.lab) : null,
    ],
  );
}
export async function receivedRow(sql: Sql, tenant: number, document: string, lock = false): Promise<Received | null> {
  const [row] = await sql.query<Row>(
    `select ${columns} from record.received where tenant_id = $1 and document = $2 ${lock ? 'for update' : ''}`,
    [tenant, document],
  );
  return row ? read(row) : null;
}
/** Those of these documents that arrived and were to be sorted by someone. */
export async function receivedAmong(sql: Sql, tenant: number, documents: readonly string[]): Promise<Received[]> {
  return (
    await sql.query<Row>(`select ${columns} from record.received where tenant_id = $1 and document = any($2::text[])`, [
      tenant,
      textArray(documents),
    ])
  ).map(read);
}
/** A document about nobody that no person wrote and that nobody sorts yet. */
export async function isUnclaimed(sql: Sql, tenant: number, document: string): Promise<boolean> {
  const rows = await sql.query(
    `select 1 from fhir.resource r where r.tenant_id = $1::int and r.type = 'DocumentReference' and r.id = $2 and not r.deleted and r.patient is null and r.author is null
       and not exists (select 1 from record.received w where w.tenant_id = r.tenant_id and w.document = r.id)`,
    [tenant, document],
  );
  return rows.length > 0;
}
/** `by`: those this person put in; null: all. Oldest first. */
export async function waitingRows(sql: Sql, tenant: number, by: string | null, most: number): Promise<Received[]> {
  const rows = await sql.query<Row>(
    `select ${columns} from record.received where tenant_id = $1 and state = 'waiting' and ($2::text is null or by = $2::text) order by at, document limit $3::int`,
    [tenant, by, most],
  );
  return rows.map(read);
}
export async function doneRows(
  sql: Sql,
  tenant: number,
  by: string | null,
  since: string,
  most: number,
): Promise<Received[]> {
  const rows = await sql.query<Row>(
    `select ${columns} from record.received where tenant_id = $1 and state <> 'waiting' and ($2::text is null or by = $2::text or sorted_by = $2::text) and sorted_at > $3::timestamptz order by sorted_at desc limit $4::int`,
    [tenant, by, since, most],
  );
  return rows.map(read);
}
export async function keepFacts(sql: Sql, tenant: number, document: string, facts: ReceivedFacts): Promise<void> {
  await sql.query('update record.received set facts = $3 where tenant_id = $1 and document = $2', [
    tenant,
    document,
    JSON.stringify(facts),
  ]);
}
export async function keepState(
  sql: Sql,
  tenant: number,
  document: string,
  next: Pick<Received, 'state' | 'patient' | 'document_version' | 'reason' | 'sorted_by' | 'sorted_name'>,
  at: string,
): Promise<void> {
  await sql.query(
    `update record.received set state = $3, version = version + 1, patient = $4, document_version = $5::int, reason = $6, sorted_by = $7, sorted_name = $8, sorted_at = $9::timestamptz where tenant_id = $1::int and document = $2`,
    [
      tenant,
      document,
      next.state,
      next.patient,
      next.document_version,
      next.reason,
      next.sorted_by,
      next.sorted_name,
      at,
    ],
  );
}
/** Of these documents, those that still wait, and whether this person put them in. */
export async function waitingAmong(
  sql: Sql,
  tenant: number,
  ids: readonly string[],
): Promise<Map<string, { by: string; at: Date; name: string }>> {
  const rows = await sql.query<{ document: string; by: string; at: Date; name: string }>(
    `select document, by, at, name from record.received where tenant_id = $1 and state = 'waiting' and document = any($2::text[])`,
    [tenant, textArray(ids)],
  );
  return new Map(rows.map((row) => [row.document, row]));
}
export async function countWaiting(
  sql: Sql,
  tenant: number,
  by: string | null,
): Promise<{ count: number; oldest: Date | null }> {
  const [row] = await sql.query<{ count: number; oldest: Date | null }>(
    `select count(*)::int as count, min(at) as oldest from record.received where tenant_id = $1 and state = 'waiting' and ($2::text is null or by = $2::text)`,
    [tenant, by],
  );
  return row!;
}
