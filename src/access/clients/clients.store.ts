import type { Sql } from '../../platform/index.ts';

export interface ClientRow {
  id: string;
  name: string;
  scope: string;
  patient: string | null;
  secret_hash: string | null;
  jwks: { keys: Record<string, unknown>[] } | null;
  created_at: Date;
  revoked_at: Date | null;
  /** Practitioner id of who linked it; null: by command. */
  created_by: string | null;
}
const columns = 'id, name, scope, patient, secret_hash, jwks, created_at, revoked_at, created_by';

export const listClients = (sql: Sql, tenant: number): Promise<ClientRow[]> =>
  sql.query<ClientRow>(`select ${columns} from access.client where tenant_id = $1 order by created_at desc, id`, [
    tenant,
  ]);
/** A client whose access is open. */
export const findClient = async (sql: Sql, tenant: number, id: string): Promise<ClientRow | undefined> =>
  (
    await sql.query<ClientRow>(
      `select ${columns} from access.client where tenant_id = $1 and id = $2 and revoked_at is null`,
      [tenant, id],
    )
  )[0];
export const insertClient = (
  sql: Sql,
  tenant: number,
  client: Pick<ClientRow, 'id' | 'name' | 'scope' | 'patient' | 'secret_hash' | 'jwks' | 'created_by'>,
) =>
  sql.query(
    'insert into access.client (tenant_id, id, name, scope, patient, secret_hash, jwks, created_by) values ($1, $2, $3, $4, $5, $6, $7::jsonb, $8)',
    [
      tenant,
      client.id,
      client.name,
      client.scope,
      client.patient,
      client.secret_hash,
      client.jwks ? JSON.stringify(client.jwks) : null,
      client.created_by,
    ],
  );
/** Programs with an open access that this person linked. */
export const countClientsBy = async (sql: Sql, tenant: number, practitioner: string): Promise<number> =>
  (
    await sql.query<{ n: number }>(
      'select count(*)::int as n from access.client where tenant_id = $1 and created_by = $2 and revoked_at is null',
      [tenant, practitioner],
    )
  )[0]!.n;
/** Closes a client and drops its tokens; false when there is none open. */
export async function closeClient(sql: Sql, tenant: number, id: string, now: Date): Promise<boolean> {
  await sql.query('delete from access.client_token where tenant_id = $1 and client = $2', [tenant, id]);
  return (
    (
      await sql.query(
        'update access.client set revoked_at = $3::timestamptz where tenant_id = $1 and id = $2 and revoked_at is null returning 1',
        [tenant, id, now.toISOString()],
      )
    ).length > 0
  );
}
export const insertToken = (
  sql: Sql,
  tenant: number,
  token: { hash: string; client: string; scope: string; expires: Date },
) =>
  sql.query(
    'insert into access.client_token (tenant_id, hash, client, scope, expires_at) values ($1, $2, $3, $4, $5::timestamptz)',
    [tenant, token.hash, token.client, token.scope, token.expires.toISOString()],
  );
export const dropExpiredTokens = (sql: Sql, tenant: number, now: Date) =>
  sql.query('delete from access.client_token where tenant_id = $1 and expires_at <= $2::timestamptz', [
    tenant,
    now.toISOString(),
  ]);
export const findToken = async (sql: Sql, tenant: number, hash: string, now: Date) =>
  (
    await sql.query<{ client: string; name: string; scope: string; patient: string | null; expires_at: Date }>(
      `select t.client, c.name, t.scope, c.patient, t.expires_at from access.client_token t join access.client c on c.tenant_id = t.tenant_id and c.id = t.client
       where t.tenant_id = $1 and t.hash = $2 and t.expires_at > $3::timestamptz and c.revoked_at is null`,
      [tenant, hash, now.toISOString()],
    )
  )[0];
