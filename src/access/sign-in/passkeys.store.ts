import type { Sql } from '../../platform/index.ts';

export interface Passkey {
  id: string;
  account: string;
  public_key: string;
  counter: number;
  transports: string[];
  name: string;
  created_at: Date;
  last_used_at: Date | null;
}
const columns = 'id, account, public_key, counter, transports, name, created_at, last_used_at';

export const passkeysOf = (sql: Sql, tenant: number, account: string): Promise<Passkey[]> =>
  sql.query<Passkey>(
    `select ${columns} from access.passkey where tenant_id = $1 and account = $2 order by created_at, id`,
    [tenant, account],
  );
export const passkeyById = async (sql: Sql, tenant: number, id: string): Promise<Passkey | undefined> =>
  (await sql.query<Passkey>(`select ${columns} from access.passkey where tenant_id = $1 and id = $2`, [tenant, id]))[0];
export const insertPasskey = (sql: Sql, tenant: number, key: Omit<Passkey, 'last_used_at'>) =>
  sql.query(
    'insert into access.passkey (tenant_id, id, account, public_key, counter, transports, name, created_at) values ($1, $2, $3, $4, $5, $6::text[], $7, $8::timestamptz)',
    [tenant, key.id, key.account, key.public_key, key.counter, key.transports, key.name, key.created_at.toISOString()],
  );
export const notePasskeyUse = (sql: Sql, tenant: number, id: string, counter: number, now: Date) =>
  sql.query('update access.passkey set counter = $3, last_used_at = $4::timestamptz where tenant_id = $1 and id = $2', [
    tenant,
    id,
    counter,
    now.toISOString(),
  ]);
export const deletePasskey = async (sql: Sql, tenant: number, account: string, id: string): Promise<boolean> =>
  (
    await sql.query('delete from access.passkey where tenant_id = $1 and account = $2 and id = $3 returning 1', [
      tenant,
      account,
      id,
    ])
  ).length > 0;
export const deletePasskeysOf = (sql: Sql, tenant: number, account: string) =>
  sql.query('delete from access.passkey where tenant_id = $1 and account = $2', [tenant, account]);
