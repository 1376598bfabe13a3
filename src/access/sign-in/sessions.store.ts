import type { Sql } from '../../platform/index.ts';
import type { PracticeRole } from '../caller.ts';
import type { Profession } from '../professions.ts';

export type SessionState = 'pending' | 'open' | 'locked';
export type SignInMethod = 'password' | 'passkey' | 'psc' | 'demo' | 'invitation';

/** A session with what a request must know of its person; read together, in one statement. */
export interface SessionRow {
  hash: string;
  account: string;
  state: SessionState;
  method: SignInMethod;
  created_at: Date;
  last_seen_at: Date;
  expires_at: Date;
  psc_checked_at: Date | null;
  kind: 'care' | 'privileged';
  login: string;
  practitioner: string;
  family: string;
  given: string;
  profession: Profession;
  roles: PracticeRole[];
  demo: boolean;
  has_password: boolean;
  has_code: boolean;
  passkeys: number;
  practice_id: string;
  practice: string;
  settings: { lockAfterMinutes?: number; massReading?: number; kind?: string; region?: string };
  /** Under whom a locum or a trainee acts now. */
  responsible: string | null;
  responsible_name: string | null;
}

export const findSession = async (sql: Sql, tenant: number, hash: string, now: Date): Promise<SessionRow | undefined> =>
  (
    await sql.query<SessionRow>(
      `select s.hash, s.account, s.state, s.method, s.created_at, s.last_seen_at, s.expires_at, s.psc_checked_at, a.kind, a.login, a.practitioner, a.family, a.given,
         a.profession, a.roles, a.demo, a.password_hash is not null as has_password, a.code_confirmed as has_code,
         (select count(*)::int from access.passkey p where p.tenant_id = $1 and p.account = a.id) as passkeys,
         t.id as practice_id, t.name as practice, t.settings,
         under.responsible, under.name as responsible_name
       from access.session s join access.account a on a.tenant_id = s.tenant_id and a.id = s.account join platform.tenant t on t.tenant_id = s.tenant_id
       left join lateral (select d.responsible, trim(r.given || ' ' || r.family) as name from access.delegation d join access.account r on r.tenant_id = $1 and r.practitioner = d.responsible
         where d.tenant_id = $1 and d.delegate = a.practitioner and d.kind <> 'delegation' and d.valid_from <= $3::timestamptz and d.valid_until > $3::timestamptz order by d.valid_from desc limit 1) under on true
       where s.tenant_id = $1 and s.hash = $2 and s.expires_at > $3::timestamptz and a.status = 'active'`,
      [tenant, hash, now.toISOString()],
    )
  )[0];

export async function insertSession(
  sql: Sql,
  tenant: number,
  session: {
    hash: string;
    account: string;
    state: SessionState;
    method: SignInMethod;
    address: string;
    now: Date;
    expires: Date;
    pscCheckedAt?: Date;
  },
): Promise<void> {
  await sql.query(
    `insert into access.session (tenant_id, hash, account, state, method, address, created_at, last_seen_at, expires_at, psc_checked_at)
     values ($1, $2, $3, $4, $5, $6, $7::timestamptz, $7::timestamptz, $8::timestamptz, $9::timestamptz)`,
    [
      tenant,
      session.hash,
      session.account,
      session.state,
      session.method,
      session.address,
      session.now.toISOString(),
      session.expires.toISOString(),
      session.pscCheckedAt?.toISOString() ?? null,
    ],
  );
}

export const setSessionState = (sql: Sql, tenant: number, hash: string, state: SessionState, now: Date) =>
  sql.query('update access.session set state = $3, last_seen_at = $4::timestamptz where tenant_id = $1 and hash = $2', [
    tenant,
    hash,
    state,
    now.toISOString(),
  ]);
export const touchSession = (sql: Sql, tenant: number, hash: string, now: Date) =>
  sql.query(
    'update access.session set last_seen_at = greatest(last_seen_at, $3::timestamptz) where tenant_id = $1 and hash = $2',
    [tenant, hash, now.toISOString()],
  );
export const deleteSession = (sql: Sql, tenant: number, hash: string) =>
  sql.query<{ hash: string; account: string }>(
    'delete from access.session where tenant_id = $1 and hash = $2 returning hash, account',
    [tenant, hash],
  );
/** Ends the sessions of an account, but for one. */
export const deleteSessionsOf = (sql: Sql, tenant: number, account: string, except = '') =>
  sql.query<{ hash: string }>(
    'delete from access.session where tenant_id = $1 and account = $2 and hash <> $3 returning hash',
    [tenant, account, except],
  );
export const confirmPsc = (sql: Sql, tenant: number, hash: string, now: Date) =>
  sql.query('update access.session set psc_checked_at = $3::timestamptz where tenant_id = $1 and hash = $2', [
    tenant,
    hash,
    now.toISOString(),
  ]);
export const dropExpiredSessions = (sql: Sql, tenant: number, now: Date) =>
  sql.query('delete from access.session where tenant_id = $1 and expires_at <= $2::timestamptz', [
    tenant,
    now.toISOString(),
  ]);
export const proposeCode = (sql: Sql, tenant: number, hash: string, sealed: string | null) =>
  sql.query('update access.session set code_proposed = $3 where tenant_id = $1 and hash = $2', [tenant, hash, sealed]);
export const proposedCode = async (sql: Sql, tenant: number, hash: string): Promise<string | null> =>
  (
    await sql.query<{ code_proposed: string | null }>(
      'select code_proposed from access.session where tenant_id = $1 and hash = $2',
      [tenant, hash],
    )
  )[0]?.code_proposed ?? null;
