import { randomInt } from 'node:crypto';
import { generateSecret, generateURI, verify } from 'otplib';
import { Problem, record, type Sql } from '../../platform/index.ts';
import { type Account, findAccount, updateAccount, spendCodeStep, spendRecoveryCode } from '../accounts.store.ts';
import { actorOf } from '../caller.ts';
import type { SignInReply } from '../contract.ts';
import { type Ctx, noSession } from '../guard.ts';
import type { House } from '../house.ts';
import { accountSubject, addressSubject } from './brute-force.ts';
import { sha256 } from './secrets.ts';
import { proposeCode, proposedCode } from './sessions.store.ts';
import { accountRef, type Session } from './sessions.ts';

const refusedCode = () =>
  new Problem(403, 'Code refusé', 'Ce code ne convient pas ou a déjà servi. Attendez le code suivant puis réessayez.', {
    extra: { reason: 'refused' },
  });

function sessionOf({ session }: Ctx): Session {
  if (!session) throw noSession();
  return session;
}
const accountOf = async (sql: Sql, session: Session): Promise<Account> => {
  const account = await findAccount(sql, session.tenant, session.account);
  if (!account) throw noSession();
  return account;
};

/** A secret that was sealed with another key is as good as lost: said so, with the ways that are left. */
function opened(house: House, sealed: string, session: Session): string {
  try {
    return house.vault.open(sealed, accountRef(session));
  } catch {
    throw new Problem(
      403,
      'Application de codes à relier de nouveau',
      'La clé du serveur a changé : votre application de codes ne s’ouvre plus. Utilisez un code de secours ou une clé d’accès, ou demandez au responsable de la structure de réinitialiser votre connexion.',
      { extra: { reason: 'refused' } },
    );
  }
}

/** RFC 6238, 6 digits, 30 s; one step of clock drift either way, each step once. */
async function checkCode(house: House, sql: Sql, session: Session, account: Account, code: string): Promise<boolean> {
  if (!account.code_secret || !/^\d{6}$/.test(code)) return false;
  const result = await verify({
    secret: opened(house, account.code_secret, session),
    token: code,
    epoch: Math.floor(house.clock().getTime() / 1000),
    epochTolerance: 30,
  });
  return result.valid && 'timeStep' in result && spendCodeStep(sql, session.tenant, session.account, result.timeStep);
}

const normalise = (code: string) => code.replace(/[\s-]/g, '').toLowerCase();
const newRecoveryCodes = (): string[] =>
  Array.from({ length: 10 }, () =>
    Array.from({ length: 10 }, () => 'abcdefghjkmnpqrstuvwxyz23456789'[randomInt(31)])
      .join('')
      .replace(/^.{5}/, '$&-'),
  );

/** Proves the second factor, slowed like a password. Throws when the code is wrong. */
async function prove(house: House, ctx: Ctx, code: string): Promise<void> {
  const session = sessionOf(ctx);
  const subjects = [addressSubject(ctx.address), accountSubject(`code:${accountRef(session)}`)];
  await house.slow.attempt(subjects);
  const good = await house.db.tenant(session.tenant, async (sql) => {
    const account = await accountOf(sql, session);
    if (!account.code_confirmed) return false;
    if (await checkCode(house, sql, session, account, code)) return true;
    if (!(await spendRecoveryCode(sql, session.tenant, session.account, sha256(normalise(code))))) return false;
    await record(sql, session.tenant, [
      { ...actorOf(ctx.caller), action: 'recovery-code', details: { left: account.recovery_hashes.length - 1 } },
    ]);
    return true;
  });
  if (!good) {
    await house.db.tenant(session.tenant, (sql) =>
      record(sql, session.tenant, [{ ...actorOf(ctx.caller), action: 'sign-in-refused', details: { method: 'code' } }]),
    );
    throw refusedCode();
  }
  await house.slow.succeeded(subjects);
}

export async function verifyCode(house: House, body: { code: string }, ctx: Ctx): Promise<SignInReply> {
  await prove(house, ctx, body.code);
  if (sessionOf(ctx).state === 'pending') await house.sessions.raise(sessionOf(ctx), ctx.request, ctx.reply);
  return { state: 'open' };
}

/** A password alone must not change the second factor: where there is one, it is proved first. */
async function ownsSecondFactor(house: House, ctx: Ctx, code: string | undefined): Promise<void> {
  const session = sessionOf(ctx);
  const account = await house.db.tenant(session.tenant, (sql) => accountOf(sql, session));
  if (account.demo)
    throw new Problem(403, 'Compte de démonstration', 'Les comptes de démonstration n’ont pas de second facteur.');
  if (account.code_confirmed) {
    if (!code)
      throw new Problem(
        403,
        'Code nécessaire',
        'Un code à usage unique protège déjà ce compte : donnez-en un pour le remplacer.',
        { extra: { reason: 'code-needed' } },
      );
    await prove(house, ctx, code);
  } else if (session.state === 'pending' && account.passkeys > 0)
    throw new Problem(403, 'Clé d’accès nécessaire', 'Une clé d’accès protège ce compte : connectez-vous avec elle.', {
      extra: { reason: 'passkey-needed' },
    });
}

export async function enrolCode(
  house: House,
  body: { code?: string },
  ctx: Ctx,
): Promise<{ secret: string; uri: string }> {
  await ownsSecondFactor(house, ctx, body.code);
  const session = sessionOf(ctx);
  const secret = generateSecret();
  // Until it is confirmed the new secret waits apart: the present one keeps working.
  await house.db.tenant(session.tenant, (sql) =>
    proposeCode(sql, session.tenant, session.hash, house.vault.seal(secret, accountRef(session))),
  );
  return { secret, uri: generateURI({ issuer: 'Estran', label: session.login, secret }) };
}

export async function confirmCode(
  house: House,
  body: { code: string },
  ctx: Ctx,
): Promise<SignInReply & { recoveryCodes: string[] }> {
  const session = sessionOf(ctx);
  const sealed = await house.db.tenant(session.tenant, (sql) => proposedCode(sql, session.tenant, session.hash));
  if (!sealed)
    throw new Problem(
      409,
      'Inscription à reprendre',
      'L’inscription du code n’a pas commencé ou a déjà abouti. Affichez un nouveau code à scanner.',
    );
  const secret = opened(house, sealed, session);
  await house.slow.attempt([addressSubject(ctx.address)]);
  const result = await verify({
    secret,
    token: body.code,
    epoch: Math.floor(house.clock().getTime() / 1000),
    epochTolerance: 30,
  }).catch(() => ({ valid: false as const }));
  if (!result.valid || !('timeStep' in result)) throw refusedCode();
  await house.slow.succeeded([addressSubject(ctx.address)]);
  const recoveryCodes = newRecoveryCodes();
  await house.db.transaction(session.tenant, async (sql) => {
    await updateAccount(sql, session.tenant, session.account, {
      code_secret: sealed,
      code_confirmed: true,
      code_last_step: result.timeStep,
      recovery_hashes: recoveryCodes.map((code) => sha256(normalise(code))),
    });
    await proposeCode(sql, session.tenant, session.hash, null);
    await record(sql, session.tenant, [
      { ...actorOf(ctx.caller), action: 'second-factor', details: { method: 'code' } },
    ]);
  });
  house.sessions.forget();
  if (session.state === 'pending') await house.sessions.raise(session, ctx.request, ctx.reply);
  return { state: 'open', recoveryCodes };
}

export async function renewRecoveryCodes(
  house: House,
  body: { code: string },
  ctx: Ctx,
): Promise<{ recoveryCodes: string[] }> {
  await prove(house, ctx, body.code);
  const session = sessionOf(ctx);
  const recoveryCodes = newRecoveryCodes();
  await house.db.transaction(session.tenant, async (sql) => {
    await updateAccount(sql, session.tenant, session.account, {
      recovery_hashes: recoveryCodes.map((code) => sha256(normalise(code))),
    });
    await record(sql, session.tenant, [{ ...actorOf(ctx.caller), action: 'recovery-codes' }]);
  });
  return { recoveryCodes };
}
