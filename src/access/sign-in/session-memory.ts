import type { Db } from '../../platform/index.ts';
import type { Session } from './sessions.ts';
import { findSession } from './sessions.store.ts';

const defaultLockAfterMinutes = 30;

export interface SessionMemory {
  load(tenant: number, hash: string): Promise<Session | undefined>;
  /** Whether it is time to write down again that the person of this session is there. */
  isToWrite(session: Session, now: Date): boolean;
  forget(tenant: number, hash: string): void;
  forgetAll(): void;
}
/**
 * Sessions as they were read last, so that a page of many requests asks the database once.
 * @param remember how long one is trusted, ms
 */
export function sessionMemory(db: Db, clock: () => Date, remember: number): SessionMemory {
  const known = new Map<string, { until: number; session: Session; written: number }>();
  /** How often something was forgotten: what was read before a session ended is not remembered after it. */
  let forgotten = 0;
  return {
    async load(tenant, hash) {
      const entry = known.get(`${tenant}.${hash}`);
      const left = entry ? entry.until - clock().getTime() : 0;
      if (entry && left > 0 && left <= remember) return entry.session;
      const before = forgotten;
      const row = await db.tenant(tenant, (sql) => findSession(sql, tenant, hash, clock()));
      if (!row) {
        known.delete(`${tenant}.${hash}`);
        return undefined;
      }
      if (entry && entry.session.last_seen_at > row.last_seen_at) row.last_seen_at = entry.session.last_seen_at;
      const session: Session = {
        ...row,
        tenant,
        lockAfterMinutes: Math.min(120, Math.max(1, row.settings.lockAfterMinutes ?? defaultLockAfterMinutes)),
      };
      if (forgotten !== before) return session;
      if (known.size > 20_000) known.clear();
      known.set(`${tenant}.${hash}`, {
        until: clock().getTime() + remember,
        session,
        written: entry?.written ?? row.last_seen_at.getTime(),
      });
      return session;
    },
    isToWrite(session, now) {
      const entry = known.get(`${session.tenant}.${session.hash}`);
      // Written at most each 20 s: the lock after an idle time is that precise.
      if (entry && Math.abs(now.getTime() - entry.written) < 20_000) return false;
      if (entry) entry.written = now.getTime();
      return true;
    },
    forget(tenant, hash) {
      forgotten++;
      known.delete(`${tenant}.${hash}`);
    },
    forgetAll() {
      forgotten++;
      known.clear();
    },
  };
}
