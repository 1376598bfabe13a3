import { Problem, record } from '../../platform/index.ts';
import { findAccount } from '../accounts.store.ts';
import { actorOf } from '../caller.ts';
import type { SignInReply } from '../contract.ts';
import { type Ctx, noSession } from '../guard.ts';
import type { House } from '../house.ts';
import { accountSubject, addressSubject } from './brute-force.ts';
import { verifyPassword } from './passwords.ts';
import { sameText } from './secrets.ts';
import { callerOf, type Session } from './sessions.ts';
import { demoPassword } from './sign-in.ts';

/** The locked session of this browser. */
export function lockedSession({ session }: Ctx): Session {
  if (!session || session.state === 'pending') throw noSession();
  return session;
}

/** Quick unlock (SEC-1): the session was opened with both factors, the password shows that its person is back. */
export async function unlockWithPassword(house: House, body: { password: string }, ctx: Ctx): Promise<SignInReply> {
  const session = lockedSession(ctx);
  const subjects = [addressSubject(ctx.address), accountSubject(session.login)];
  await house.slow.attempt(subjects);
  const account = await house.db.tenant(session.tenant, (sql) => findAccount(sql, session.tenant, session.account));
  const good = account?.demo
    ? house.config.demo && sameText(body.password, demoPassword)
    : await verifyPassword(account?.password_hash, body.password);
  if (!good) {
    await house.db.tenant(session.tenant, (sql) =>
      record(sql, session.tenant, [
        { ...actorOf(callerOf(session, ctx.address)), action: 'sign-in-refused', details: { method: 'unlock' } },
      ]),
    );
    throw new Problem(
      403,
      'Mot de passe refusé',
      'Ce mot de passe ne convient pas. La session reste verrouillée ; réessayez, ou changez d’utilisateur.',
      { extra: { reason: 'refused' } },
    );
  }
  await house.slow.succeeded(subjects);
  await house.sessions.unlock(session, ctx.request);
  return { state: 'open' };
}
