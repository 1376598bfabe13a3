import { randomUUID } from 'node:crypto';
import { type Sql, updatesIn } from '../../platform/index.ts';

/** The health project of a track while it is written. */
export const projectText = updatesIn({ table: 'programme.text_update', text: 'text', author: 'author' });
export const textOf = (track: string): `Track/${string}` => `Track/${track}`;

export interface TextPart {
  id: string;
  title: string;
  text: string;
}
export interface VersionRow {
  number: number;
  name: string;
  submitted: boolean;
  by: string;
  at: Date;
}
const version = 'number, name, submitted, by_name as by, at';
/** Newest first. */
export const versionsOf = (sql: Sql, tenant: number, track: string): Promise<VersionRow[]> =>
  sql.query(`select ${version} from programme.text_version where tenant_id = $1 and text = $2 order by number desc`, [
    tenant,
    textOf(track),
  ]);
export const versionOf = async (
  sql: Sql,
  tenant: number,
  track: string,
  number: number,
): Promise<(VersionRow & { parts: TextPart[] }) | undefined> =>
  (
    await sql.query<VersionRow & { parts: TextPart[] }>(
      `select ${version}, parts from programme.text_version where tenant_id = $1 and text = $2 and number = $3`,
      [tenant, textOf(track), number],
    )
  )[0];
/** Freezes a version under the next number; the caller holds the track's row. */
export async function insertVersion(
  sql: Sql,
  tenant: number,
  track: string,
  row: { name: string; parts: TextPart[]; submitted: boolean; by: string; at: Date },
): Promise<number> {
  const [made] = await sql.query<{ number: number }>(
    `insert into programme.text_version (tenant_id, text, number, name, parts, submitted, by_name, at)
     select $1, $2, coalesce(max(number), 0) + 1, $3, $4::jsonb, $5, $6, $7::timestamptz from programme.text_version where tenant_id = $1 and text = $2 returning number`,
    [tenant, textOf(track), row.name, JSON.stringify(row.parts), row.submitted, row.by, row.at.toISOString()],
  );
  return made!.number;
}

export interface RemarkRow {
  id: string;
  section: string;
  words: string;
  practitioner: string;
  by: string;
  at: Date;
  resolvedBy: string | null;
  resolvedAt: Date | null;
}
const remark = `id, part as section, words, by as practitioner, by_name as by, at, resolved_by as "resolvedBy", resolved_at as "resolvedAt"`;
export const remarksOf = (sql: Sql, tenant: number, track: string): Promise<RemarkRow[]> =>
  sql.query(
    `select ${remark} from programme.text_remark where tenant_id = $1 and text = $2 and removed_at is null order by at, id`,
    [tenant, textOf(track)],
  );
/** Whether it was taken out or not. */
export const remarkOf = async (sql: Sql, tenant: number, track: string, id: string): Promise<RemarkRow | undefined> =>
  (
    await sql.query<RemarkRow>(
      `select ${remark} from programme.text_remark where tenant_id = $1 and text = $2 and id = $3`,
      [tenant, textOf(track), id],
    )
  )[0];
export async function insertRemark(
  sql: Sql,
  tenant: number,
  track: string,
  row: { section: string; words: string; practitioner: string; by: string; at: Date },
): Promise<string> {
  const id = randomUUID();
  await sql.query(
    'insert into programme.text_remark (tenant_id, id, text, part, words, by, by_name, at) values ($1, $2, $3, $4, $5, $6, $7, $8::timestamptz)',
    [tenant, id, textOf(track), row.section, row.words, row.practitioner, row.by, row.at.toISOString()],
  );
  return id;
}
export const setRemarkResolved = (sql: Sql, tenant: number, id: string, by: string | null, at: Date | null) =>
  sql.query(
    'update programme.text_remark set resolved_by = $3, resolved_at = $4::timestamptz where tenant_id = $1 and id = $2',
    [tenant, id, by, at?.toISOString() ?? null],
  );
export const setRemarkRemoved = (sql: Sql, tenant: number, id: string, at: Date | null) =>
  sql.query('update programme.text_remark set removed_at = $3::timestamptz where tenant_id = $1 and id = $2', [
    tenant,
    id,
    at?.toISOString() ?? null,
  ]);
