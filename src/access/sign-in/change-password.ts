import { Problem, record } from '../../platform/index.ts';
import { findAccount, updateAccount } from '../accounts.store.ts';
import { actorOf } from '../caller.ts';
import type { Ctx } from '../guard.ts';
import type { House } from '../house.ts';
import { accountSubject, addressSubject } from './brute-force.ts';
import { checkPassword, hashPassword } from './passwords.ts';

export async function changePassword(
  house: House,
  body: { current: string; next: string },
  ctx: Ctx,
  verify: (hashed: string | null, password: string) => Promise<boolean>,
): Promise<void> {
  const session = ctx.session!;
  const { caller } = ctx;
  // As at the door: whoever found this session open knows everything but the password.
  const subjects = [addressSubject(ctx.address), accountSubject(session.login)];
  await house.slow.attempt(subjects);
  const account = await house.db.tenant(caller.tenant, (sql) => findAccount(sql, caller.tenant, session.account));
  if (!account || account.demo || !(await verify(account.password_hash, body.current))) {
    await house.db.tenant(caller.tenant, (sql) =>
      record(sql, caller.tenant, [
        { ...actorOf(caller), action: 'sign-in-refused', details: { method: 'change-password' } },
      ]),
    );
    throw new Problem(403, 'Mot de passe refusé', 'Le mot de passe actuel ne convient pas. Rien n’a été modifié.', {
      extra: { reason: 'refused' },
    });
  }
  await house.slow.succeeded(subjects);
  checkPassword(body.next, account.login);
  const hashed = await hashPassword(body.next);
  await house.db.transaction(caller.tenant, async (sql) => {
    await updateAccount(sql, caller.tenant, account.id, { password_hash: hashed });
    await house.sessions.endAllOf(sql, caller.tenant, account.id, session.hash);
    await record(sql, caller.tenant, [{ ...actorOf(caller), action: 'password' }]);
  });
  house.sessions.forget();
}
