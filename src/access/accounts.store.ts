import { french, hash64, type Sql } from '../platform/index.ts';
import type { PracticeRole } from './caller.ts';
import type { ChangedRow } from './practices.store.ts';
import type { Profession } from './professions.ts';

export interface Account extends ChangedRow {
  tenant_id: number;
  id: string;
  kind: 'care' | 'privileged';
  login: string;
  practitioner: string;
  family: string;
  given: string;
  profession: Profession;
  rpps: string | null;
  roles: PracticeRole[];
  sites: string[];
  status: 'invited' | 'active' | 'disabled';
  demo: boolean;
  password_hash: string | null;
  code_secret: string | null;
  code_confirmed: boolean;
  code_last_step: number;
  recovery_hashes: string[];
  practice: string;
  passkeys: number;
}

const columns = `a.tenant_id, a.id, a.kind, a.login, a.practitioner, a.family, a.given, a.profession, a.rpps, a.roles, a.sites, a.status, a.demo, a.password_hash,
  a.code_secret, a.code_confirmed, a.code_last_step, a.recovery_hashes, a.version, a.changed_by, a.changed_at, t.name as practice,
  (select count(*)::int from access.passkey p where p.tenant_id = a.tenant_id and p.account = a.id) as passkeys`;
const from = 'from access.account a join platform.tenant t on t.tenant_id = a.tenant_id';

export const fullName = (person: { family: string; given: string }): string =>
  [person.given, person.family].filter(Boolean).join(' ');

export const findAccount = async (sql: Sql, tenant: number, id: string): Promise<Account | undefined> =>
  (await sql.query<Account>(`select ${columns} ${from} where a.tenant_id = $1 and a.id = $2`, [tenant, id]))[0];
export const findByPractitioner = async (
  sql: Sql,
  tenant: number,
  practitioner: string,
): Promise<Account | undefined> =>
  (
    await sql.query<Account>(`select ${columns} ${from} where a.tenant_id = $1 and a.practitioner = $2`, [
      tenant,
      practitioner,
    ])
  )[0];
export const listAccounts = (sql: Sql, tenant: number): Promise<Account[]> =>
  sql.query<Account>(
    `select ${columns} ${from} where a.tenant_id = $1 order by a.family${french}, a.given${french}, a.id`,
    [tenant],
  );

/** Across practices: accounts that a real person has or will have. */
export const countRealAccounts = async (sql: Sql): Promise<number> =>
  (
    await sql.query<{ count: number }>(
      "select count(*)::int as count from access.account where not demo and status <> 'disabled'",
    )
  )[0]!.count;
/** Across practices: a secret that the server's key seals. */
export const aSealedCode = async (
  sql: Sql,
): Promise<{ tenant_id: number; id: string; code_secret: string } | undefined> =>
  (
    await sql.query<{ tenant_id: number; id: string; code_secret: string }>(
      'select tenant_id, id, code_secret from access.account where code_secret is not null order by tenant_id, id limit 1',
    )
  )[0];

/** Across practices: only for a sign-in, under the owner's role. */
export const accountsByLogin = (sql: Sql, login: string): Promise<Account[]> =>
  sql.query<Account>(
    `select ${columns} ${from} where a.login = $1 and a.status = 'active' order by a.tenant_id, a.kind limit 10`,
    [login],
  );
/** Across practices, care accounts only: an authenticated RPPS also opens an account whose invitation is still unread. */
export const accountsByRpps = (sql: Sql, rpps: string): Promise<Account[]> =>
  sql.query<Account>(
    `select ${columns} ${from} where a.rpps = $1 and a.kind = 'care' and a.status <> 'disabled' order by a.tenant_id limit 50`,
    [rpps],
  );
export const demoAccounts = (sql: Sql): Promise<Account[]> =>
  sql.query<Account>(
    `select ${columns} ${from} where a.demo and a.status = 'active' order by a.tenant_id, a.kind, a.family${french}, a.given${french} limit 200`,
  );

export async function insertAccount(
  sql: Sql,
  account: Pick<
    Account,
    | 'tenant_id'
    | 'id'
    | 'kind'
    | 'login'
    | 'practitioner'
    | 'family'
    | 'given'
    | 'profession'
    | 'rpps'
    | 'roles'
    | 'sites'
    | 'status'
    | 'demo'
    | 'password_hash'
  >,
): Promise<void> {
  await sql.query(
    `insert into access.account (tenant_id, id, kind, login, practitioner, practitioner_key, family, given, profession, rpps, roles, sites, status, demo, password_hash)
     values ($1, $2, $3, $4, $5, $6::bigint, $7, $8, $9, $10, $11::text[], $12::text[], $13, $14, $15)`,
    [
      account.tenant_id,
      account.id,
      account.kind,
      account.login,
      account.practitioner,
      String(hash64(`Practitioner/${account.practitioner}`)),
      account.family,
      account.given,
      account.profession,
      account.rpps,
      account.roles,
      account.sites,
      account.status,
      account.demo,
      account.password_hash,
    ],
  );
}

/** Writes the columns named; the names come from code, never from a request. */
export async function updateAccount(
  sql: Sql,
  tenant: number,
  id: string,
  change: Partial<Omit<Account, 'tenant_id' | 'id' | 'practice' | 'passkeys' | keyof ChangedRow>> &
    Partial<Pick<Account, 'version' | 'changed_by'>> & { changed_at?: string; psc?: string },
): Promise<void> {
  const entries = Object.entries(change).filter(([, value]) => value !== undefined);
  if (entries.length === 0) return;
  const cast = (name: string) =>
    name === 'roles' || name === 'sites' || name === 'recovery_hashes'
      ? '::text[]'
      : name === 'psc'
        ? '::jsonb'
        : name === 'changed_at'
          ? '::timestamptz'
          : '';
  const set = entries.map(([name], at) => `${name} = $${at + 3}${cast(name)}`).join(', ');
  await sql.query(`update access.account set ${set} where tenant_id = $1 and id = $2`, [
    tenant,
    id,
    ...entries.map(([, value]) => value),
  ]);
}

/** A one-time code serves once: true for the first to bring this time step. A step far ahead of it was spent under a clock that has been set right since. */
export const spendCodeStep = async (sql: Sql, tenant: number, id: string, step: number): Promise<boolean> =>
  (
    await sql.query(
      'update access.account set code_last_step = $3 where tenant_id = $1 and id = $2 and (code_last_step < $3 or code_last_step > $3 + 10) returning 1',
      [tenant, id, step],
    )
  ).length > 0;
/** A recovery code serves once. */
export const spendRecoveryCode = async (sql: Sql, tenant: number, id: string, hash: string): Promise<boolean> =>
  (
    await sql.query(
      'update access.account set recovery_hashes = array_remove(recovery_hashes, $3) where tenant_id = $1 and id = $2 and $3 = any(recovery_hashes) returning 1',
      [tenant, id, hash],
    )
  ).length > 0;

/** Those who can act: an invitation that nobody has accepted runs out. */
export const otherOwners = async (sql: Sql, tenant: number, id: string): Promise<number> =>
  (
    await sql.query<{ n: number }>(
      `select count(*)::int as n from access.account where tenant_id = $1 and id <> $2 and status = 'active' and 'owner' = any(roles)`,
      [tenant, id],
    )
  )[0]?.n ?? 0;
