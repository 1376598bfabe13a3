import { randomUUID } from 'node:crypto';
import type { Sql } from '../platform/index.ts';

export const insertEmergencyAccess = (
  sql: Sql,
  tenant: number,
  row: { id: string; practitioner: string; patient: string; reason: string; until: Date },
) =>
  sql.query(
    'insert into access.emergency_access (tenant_id, id, practitioner, patient, reason, until) values ($1, $2, $3, $4, $5, $6::timestamptz)',
    [tenant, row.id, row.practitioner, row.patient, row.reason, row.until.toISOString()],
  );

export const insertNotice = (
  sql: Sql,
  tenant: number,
  row: { id: string; practitioner: string; kind: string; patient: string | null; words: string },
) =>
  sql.query(
    'insert into access.notice (tenant_id, id, practitioner, kind, patient, words) values ($1, $2, $3, $4, $5, $6)',
    [tenant, row.id, row.practitioner, row.kind, row.patient, row.words],
  );

/**
 * A notice of another room, without content. `once`: nothing is added while one of this kind (about this patient) waits to be read.
 * In the transaction of what it tells.
 */
export async function tellNotice(
  sql: Sql,
  tenant: number,
  notice: { practitioner: string; kind: string; patient: string | null; words: string },
  options: { once?: boolean } = {},
): Promise<void> {
  if (options.once) {
    const waiting = await sql.query(
      'select 1 from access.notice where tenant_id = $1 and practitioner = $2 and kind = $3 and patient is not distinct from $4::text and read_at is null limit 1',
      [tenant, notice.practitioner, notice.kind, notice.patient],
    );
    if (waiting.length > 0) return;
  }
  await insertNotice(sql, tenant, { id: randomUUID(), ...notice });
}

interface NoticeRow {
  id: string;
  kind: string;
  patient: string | null;
  words: string;
  at: Date;
  read_at: Date | null;
}
export const noticesOf = (sql: Sql, tenant: number, practitioner: string): Promise<NoticeRow[]> =>
  sql.query<NoticeRow>(
    'select id, kind, patient, words, at, read_at from access.notice where tenant_id = $1 and practitioner = $2 order by at desc, id limit 200',
    [tenant, practitioner],
  );
/** What others did to this person's account, read or not. */
export const accountNoticesOf = (sql: Sql, tenant: number, practitioner: string): Promise<NoticeRow[]> =>
  sql.query<NoticeRow>(
    `select id, kind, patient, words, at, read_at from access.notice where tenant_id = $1 and practitioner = $2 and kind like 'account-%' order by at desc, id limit 50`,
    [tenant, practitioner],
  );
export const unreadNotices = async (sql: Sql, tenant: number, practitioner: string): Promise<number> =>
  (
    await sql.query<{ n: number }>(
      'select count(*)::int as n from access.notice where tenant_id = $1 and practitioner = $2 and read_at is null',
      [tenant, practitioner],
    )
  )[0]!.n;
export const markNotice = async (sql: Sql, tenant: number, practitioner: string, id: string): Promise<boolean> =>
  (
    await sql.query(
      'update access.notice set read_at = coalesce(read_at, now()) where tenant_id = $1 and practitioner = $2 and id = $3 returning 1',
      [tenant, practitioner, id],
    )
  ).length > 0;
