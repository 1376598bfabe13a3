import type { FastifyReply, FastifyRequest } from 'fastify';
import { type AuditEntry, type Db, record, type Sql } from '../../platform/index.ts';
import { type Account, fullName } from '../accounts.store.ts';
import type { PersonCaller } from '../caller.ts';
import { randomToken, sha256 } from './secrets.ts';
import { sessionMemory } from './session-memory.ts';
import {
  deleteSession,
  deleteSessionsOf,
  insertSession,
  type SessionRow,
  type SessionState,
  type SignInMethod,
  setSessionState,
  touchSession,
} from './sessions.store.ts';

const cookieName = 'estran';
const minutes = 60_000;
/** By how much a clock may be set right and nobody need be told. */
const drift = 10 * minutes;
/** Absolute end of a session; of one whose second factor is missing; how long a PSC session stands without a confirmed refresh. */
const life = { open: 12 * 60 * minutes, pending: 15 * minutes, pscUnconfirmed: 30 * minutes };

export interface Session extends SessionRow {
  tenant: number;
  lockAfterMinutes: number;
}

export interface Sessions {
  /** The session of this browser, locked when idle for too long; undefined when there is none. */
  read(request: FastifyRequest): Promise<Session | undefined>;
  /** Notes that its person is there. */
  touch(session: Session): Promise<void>;
  /** Opens a session for an account and gives its cookie. Whatever session this browser had ends: nothing of it is parked. */
  start(
    request: FastifyRequest,
    reply: FastifyReply,
    account: Account,
    method: SignInMethod,
    state: 'pending' | 'open',
  ): Promise<string>;
  /** The second factor is there: the session opens, under a new cookie. */
  raise(session: Session, request: FastifyRequest, reply: FastifyReply): Promise<void>;
  lock(session: Session, request: FastifyRequest): Promise<void>;
  unlock(session: Session, request: FastifyRequest): Promise<void>;
  end(session: Session, request: FastifyRequest, reply: FastifyReply, why?: string): Promise<void>;
  /** Ends one session without its browser (Pro Santé Connect said so). */
  endByHash(tenant: number, hash: string, why: string): Promise<void>;
  endAllOf(sql: Sql, tenant: number, account: string, except?: string): Promise<void>;
  /** Forgets what is remembered of sessions: after a change of a person or of the practice's settings. */
  forget(): void;
}

/** The account of a session, as the wire names it. */
export const accountRef = (session: Session): string => `${session.tenant}.${session.account}`;
export const nameOf = (session: Session): string => fullName(session);
export const callerOf = (session: Session, address?: string): PersonCaller => ({
  kind: 'person',
  tenant: session.tenant,
  practitioner: session.practitioner,
  // Whatever the table says, a privileged account acts as administrator: no clinical sight (SEC-1).
  profession: session.kind === 'privileged' ? 'administrator' : session.profession,
  roles: session.roles,
  name: nameOf(session),
  session: session.hash,
  address,
  onBehalfOf: session.responsible ?? undefined,
  responsibleName: session.responsible_name ?? undefined,
  ...(session.settings.kind === 'region' && { region: true as const }),
});

const cookieOf = (request: FastifyRequest): { tenant: number; hash: string } | undefined => {
  const match = /^(\d{1,9})\.([A-Za-z0-9_-]{43})$/.exec(request.cookies[cookieName] ?? '');
  return match ? { tenant: Number(match[1]), hash: sha256(match[2]!) } : undefined;
};
const line = (
  who: { practitioner: string; family: string; given: string; profession: string },
  action: string,
  address: string,
  details?: unknown,
): AuditEntry => ({
  actor: `Practitioner/${who.practitioner}`,
  actorName: fullName(who),
  role: who.profession,
  action,
  address,
  details,
});

/** @param remember how long a session read is trusted without asking the database, ms. */
export function createSessions(db: Db, clock: () => Date, options: { secure: boolean; remember?: number }): Sessions {
  const memory = sessionMemory(db, clock, options.remember ?? 3_000);
  const give = (reply: FastifyReply, tenant: number, random: string) =>
    reply.setCookie(cookieName, `${tenant}.${random}`, {
      path: '/',
      httpOnly: true,
      sameSite: 'strict',
      secure: options.secure,
    });

  async function change(session: Session, state: SessionState, entry: AuditEntry): Promise<void> {
    await db.transaction(session.tenant, async (sql) => {
      await setSessionState(sql, session.tenant, session.hash, state, clock());
      await record(sql, session.tenant, [entry]);
    });
    session.state = state;
    session.last_seen_at = clock();
    memory.forget(session.tenant, session.hash);
  }

  async function drop(tenant: number, hash: string, entry: AuditEntry): Promise<void> {
    memory.forget(tenant, hash);
    await db.transaction(tenant, async (sql) => {
      const ended = await deleteSession(sql, tenant, hash);
      if (ended.length > 0) await record(sql, tenant, [entry]);
    });
    memory.forget(tenant, hash);
  }

  const sessions: Sessions = {
    async read(request) {
      const cookie = cookieOf(request);
      if (!cookie) return undefined;
      const session = await memory.load(cookie.tenant, cookie.hash);
      if (!session) return undefined;
      const now = clock().getTime();
      // One that would last longer than any is of a clock that was ahead: it ends too.
      const left = session.expires_at.getTime() - now;
      if (left <= 0 || left > life.open + drift) return undefined;
      if (session.method === 'psc' && now - (session.psc_checked_at?.getTime() ?? 0) > life.pscUnconfirmed) {
        await drop(session.tenant, session.hash, line(session, 'sign-out', request.ip, { why: 'psc-unconfirmed' }));
        return undefined;
      }
      const idle = now - session.last_seen_at.getTime();
      if (session.state === 'open' && (idle > session.lockAfterMinutes * minutes || idle < -drift))
        await change(session, 'locked', line(session, 'lock', request.ip, { why: 'idle' }));
      return session;
    },
    async touch(session) {
      const now = clock();
      session.last_seen_at = now;
      if (!memory.isToWrite(session, now)) return;
      await db.tenant(session.tenant, (sql) => touchSession(sql, session.tenant, session.hash, now));
    },
    async start(request, reply, account, method, state) {
      const previous = await sessions.read(request);
      if (previous)
        await drop(previous.tenant, previous.hash, line(previous, 'sign-out', request.ip, { why: 'switch' }));
      const random = randomToken();
      const now = clock();
      await db.transaction(account.tenant_id, async (sql) => {
        await insertSession(sql, account.tenant_id, {
          hash: sha256(random),
          account: account.id,
          state,
          method,
          address: request.ip,
          now,
          expires: new Date(now.getTime() + life[state]),
          pscCheckedAt: method === 'psc' ? now : undefined,
        });
        await record(sql, account.tenant_id, [
          line(account, state === 'open' ? 'sign-in' : 'sign-in-pending', request.ip, { method }),
        ]);
      });
      give(reply, account.tenant_id, random);
      return sha256(random);
    },
    async raise(session, request, reply) {
      const random = randomToken();
      const now = clock();
      memory.forget(session.tenant, session.hash);
      await db.transaction(session.tenant, async (sql) => {
        // The pending cookie dies: one that was stolen before the second factor opens nothing.
        if ((await deleteSession(sql, session.tenant, session.hash)).length === 0) return;
        await insertSession(sql, session.tenant, {
          hash: sha256(random),
          account: session.account,
          state: 'open',
          method: session.method,
          address: request.ip,
          now,
          expires: new Date(now.getTime() + life.open),
        });
        await record(sql, session.tenant, [line(session, 'sign-in', request.ip, { method: session.method })]);
      });
      give(reply, session.tenant, random);
    },
    lock: (session, request) => change(session, 'locked', line(session, 'lock', request.ip)),
    unlock: (session, request) => change(session, 'open', line(session, 'unlock', request.ip)),
    async end(session, request, reply, why) {
      await drop(session.tenant, session.hash, line(session, 'sign-out', request.ip, why ? { why } : undefined));
      reply.clearCookie(cookieName, { path: '/' });
    },
    endByHash: (tenant, hash, why) => drop(tenant, hash, { actor: 'System', action: 'sign-out', details: { why } }),
    async endAllOf(sql, tenant, account, except) {
      for (const { hash } of await deleteSessionsOf(sql, tenant, account, except)) memory.forget(tenant, hash);
    },
    forget: memory.forgetAll,
  };
  return sessions;
}
