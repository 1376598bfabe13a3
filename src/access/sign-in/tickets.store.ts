import type { Sql } from '../../platform/index.ts';
import { randomToken, sha256 } from './secrets.ts';

/** What serves once: `invitation` in its practice, all others under tenant 0. */
export type Purpose = 'invitation' | 'choice' | 'challenge' | 'psc' | 'setup' | 'jti';

/** Keeps `data` behind a random token, of which only the hash is stored. */
export async function issueTicket(
  sql: Sql,
  tenant: number,
  ticket: { purpose: Purpose; data: unknown; expires: Date; subject?: string; token?: string },
): Promise<string> {
  const token = ticket.token ?? randomToken();
  await sql.query(
    'insert into access.ticket (tenant_id, hash, purpose, subject, data, expires_at) values ($1, $2, $3, $4, $5::jsonb, $6::timestamptz)',
    [
      tenant,
      sha256(token),
      ticket.purpose,
      ticket.subject ?? '',
      JSON.stringify(ticket.data),
      ticket.expires.toISOString(),
    ],
  );
  return token;
}

/** Uses the ticket up: of two who come together, one gets it. */
export async function takeTicket<Data>(
  sql: Sql,
  tenant: number,
  purpose: Purpose,
  token: string,
  now: Date,
): Promise<Data | undefined> {
  const rows = await sql.query<{ data: Data; live: boolean }>(
    'delete from access.ticket where tenant_id = $1 and purpose = $2 and hash = $3 returning data, expires_at > $4::timestamptz as live',
    [tenant, purpose, sha256(token), now.toISOString()],
  );
  return rows[0]?.live ? rows[0].data : undefined;
}

export async function peekTicket<Data>(
  sql: Sql,
  tenant: number,
  purpose: Purpose,
  token: string,
  now: Date,
): Promise<{ data: Data; expiresAt: Date } | undefined> {
  const rows = await sql.query<{ data: Data; expires_at: Date }>(
    'select data, expires_at from access.ticket where tenant_id = $1 and purpose = $2 and hash = $3 and expires_at > $4::timestamptz',
    [tenant, purpose, sha256(token), now.toISOString()],
  );
  return rows[0] && { data: rows[0].data, expiresAt: rows[0].expires_at };
}

/** Forgets earlier tickets on the same subject: a new invitation makes the old link useless. */
export async function forgetTickets(sql: Sql, tenant: number, purpose: Purpose, subject: string): Promise<void> {
  await sql.query('delete from access.ticket where tenant_id = $1 and purpose = $2 and subject = $3', [
    tenant,
    purpose,
    subject,
  ]);
}

/** First sight of an identifier? False when it was seen before. */
export async function firstSeen(sql: Sql, tenant: number, identifier: string, expires: Date): Promise<boolean> {
  const rows = await sql.query(
    "insert into access.ticket (tenant_id, hash, purpose, expires_at) values ($1, $2, 'jti', $3::timestamptz) on conflict do nothing returning 1",
    [tenant, sha256(identifier), expires.toISOString()],
  );
  return rows.length > 0;
}

export const dropExpiredTickets = (sql: Sql, tenant: number, now: Date) =>
  sql.query('delete from access.ticket where tenant_id = $1 and expires_at < $2::timestamptz', [
    tenant,
    now.toISOString(),
  ]);
