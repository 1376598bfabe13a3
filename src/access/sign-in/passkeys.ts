import type { AuthenticationResponseJSON, RegistrationResponseJSON } from '@simplewebauthn/server';
import type { FastifyRequest } from 'fastify';
import { conflict, notFound, Problem, record } from '../../platform/index.ts';
import { findAccount, fullName } from '../accounts.store.ts';
import { actorOf } from '../caller.ts';
import type { SignInReply } from '../contract.ts';
import { type Ctx, noSession } from '../guard.ts';
import type { House } from '../house.ts';
import { tellNotice } from '../notices.store.ts';
import { addressSubject } from './brute-force.ts';
import { deletePasskey, insertPasskey, passkeyById, passkeysOf, notePasskeyUse } from './passkeys.store.ts';
import type { Session } from './sessions.ts';
import { expired, readRef, refOf } from './sign-in.ts';
import { issueTicket, takeTicket } from './tickets.store.ts';
import { lockedSession } from './unlock.ts';

/** WebAuthn level 2, by @simplewebauthn/server. A passkey with user verification is both factors at once. The library and its certificates' parts load with the first passkey. */
const webauthn = () => import('@simplewebauthn/server');

interface Challenge {
  challenge: string;
  purpose: 'register' | 'sign-in' | 'unlock';
  /** Of the session that asked, when one did. */
  session?: string;
}
type Response = Record<string, unknown> & { id: string };

const refusedKey = () =>
  new Problem(
    403,
    'Clé d’accès refusée',
    'Cette clé d’accès n’est pas reconnue ici. Réessayez, ou connectez-vous avec votre mot de passe.',
    { extra: { reason: 'refused' } },
  );

/** The origin of this browser, which the guard compared with our host; behind a public address, that one alone names the passkeys. */
function partyOf(house: House, request: FastifyRequest): { origin: string; id: string } {
  const own = new URL(house.config.publicUrl);
  const origin = new URL(request.headers.origin!);
  return own.hostname === 'localhost'
    ? { origin: origin.origin, id: origin.hostname }
    : { origin: own.origin, id: own.hostname };
}

const keepChallenge = (house: House, data: Challenge) =>
  house.db.tenant(0, (sql) =>
    issueTicket(sql, 0, { purpose: 'challenge', data, expires: new Date(house.clock().getTime() + 5 * 60_000) }),
  );

async function takeChallenge(
  house: House,
  ticket: string,
  purpose: Challenge['purpose'],
  session?: Session,
): Promise<string> {
  const kept = await house.db.tenant(0, (sql) => takeTicket<Challenge>(sql, 0, 'challenge', ticket, house.clock()));
  if (!kept || kept.purpose !== purpose || kept.session !== session?.hash) throw expired();
  return kept.challenge;
}

const fresh = 10 * 60_000;
/**
 * Registering asks for an open session, or for a pending one that has no second factor yet. A key opens the account for good: it is added soon after one proved who one is, not on a
 * computer that someone left open, nor by who took a cookie.
 */
function mayRegister({ clock }: House, { session }: Ctx): Session {
  if (!session) throw noSession();
  if (session.state === 'pending' && (session.has_code || session.passkeys > 0))
    throw new Problem(
      403,
      'Second facteur nécessaire',
      'Terminez d’abord la connexion avec le second facteur que vous avez déjà.',
    );
  if (session.demo)
    throw new Problem(403, 'Compte de démonstration', 'Les comptes de démonstration n’ont pas de clé d’accès.');
  if (session.state === 'open' && clock().getTime() - session.created_at.getTime() > fresh)
    throw new Problem(
      403,
      'Reconnexion nécessaire',
      'Votre connexion date de plus de dix minutes. Pour ajouter une clé d’accès, déconnectez-vous puis reconnectez-vous : personne n’en ajoute ainsi à votre compte sur un poste laissé ouvert.',
      { extra: { reason: 'sign-in-again' } },
    );
  return session;
}

export async function passkeyOptions(
  house: House,
  ctx: Ctx,
): Promise<{ ticket: string; options: Record<string, unknown> }> {
  const session = mayRegister(house, ctx);
  const known = await house.db.tenant(session.tenant, (sql) => passkeysOf(sql, session.tenant, session.account));
  const options = await (await webauthn()).generateRegistrationOptions({
    rpName: 'Estran',
    rpID: partyOf(house, ctx.request).id,
    userName: session.login,
    userDisplayName: fullName(session),
    userID: new TextEncoder().encode(refOf({ tenant_id: session.tenant, id: session.account })),
    excludeCredentials: known.map(({ id, transports }) => ({ id, transports })),
    authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
    attestationType: 'none',
  });
  return {
    ticket: await keepChallenge(house, { challenge: options.challenge, purpose: 'register', session: session.hash }),
    options: { ...options },
  };
}

export async function registerPasskey(
  house: House,
  body: { ticket: string; response: Response; name: string },
  ctx: Ctx,
): Promise<SignInReply> {
  const session = mayRegister(house, ctx);
  const expectedChallenge = await takeChallenge(house, body.ticket, 'register', session);
  const party = partyOf(house, ctx.request);
  const { verifyRegistrationResponse } = await webauthn();
  const result = await verifyRegistrationResponse({
    // As the browser sent it: what it holds is what is verified here.
    response: body.response as unknown as RegistrationResponseJSON,
    expectedChallenge,
    expectedOrigin: party.origin,
    expectedRPID: party.id,
    requireUserVerification: true,
  }).catch(() => undefined);
  if (!result?.verified) throw refusedKey();
  const { credential } = result.registrationInfo;
  await house.db.transaction(session.tenant, async (sql) => {
    if (await passkeyById(sql, session.tenant, credential.id))
      throw conflict('Cette clé d’accès est déjà enregistrée.');
    await insertPasskey(sql, session.tenant, {
      id: credential.id,
      account: session.account,
      public_key: Buffer.from(credential.publicKey).toString('base64url'),
      counter: credential.counter,
      transports: (credential.transports ?? []).map(String),
      name: body.name,
      created_at: house.clock(),
    });
    await record(sql, session.tenant, [
      { ...actorOf(ctx.caller), action: 'second-factor', details: { method: 'passkey', name: body.name } },
    ]);
    await tellNotice(sql, session.tenant, {
      practitioner: session.practitioner,
      kind: 'second-factor',
      patient: null,
      words: `La clé d’accès « ${body.name} » a été ajoutée à votre compte. Si ce n’est pas par vous, retirez-la dans « Mes moyens de connexion », changez votre mot de passe et prévenez le responsable de la structure.`,
    });
  });
  house.sessions.forget();
  if (session.state === 'pending') await house.sessions.raise(session, ctx.request, ctx.reply);
  return { state: 'open' };
}

export async function passkeySignInOptions(
  house: House,
  ctx: Ctx,
  session?: Session,
): Promise<{ ticket: string; options: Record<string, unknown> }> {
  const allowCredentials =
    session &&
    (await house.db.tenant(session.tenant, (sql) => passkeysOf(sql, session.tenant, session.account))).map(
      ({ id, transports }) => ({ id, transports }),
    );
  const options = await (await webauthn()).generateAuthenticationOptions({
    rpID: partyOf(house, ctx.request).id,
    userVerification: 'required',
    allowCredentials,
  });
  return {
    ticket: await keepChallenge(house, {
      challenge: options.challenge,
      purpose: session ? 'unlock' : 'sign-in',
      session: session?.hash,
    }),
    options: { ...options },
  };
}

/** Checks a signed challenge against a registered key; its counter must advance where the authenticator keeps one. */
async function checkKey(
  house: House,
  ctx: Ctx,
  tenant: number,
  account: string,
  expectedChallenge: string,
  response: Response,
): Promise<void> {
  await house.slow.attempt([addressSubject(ctx.address)]);
  const key = await house.db.tenant(tenant, (sql) => passkeyById(sql, tenant, response.id));
  if (!key || key.account !== account) throw refusedKey();
  const party = partyOf(house, ctx.request);
  const { verifyAuthenticationResponse } = await webauthn();
  const result = await verifyAuthenticationResponse({
    // As the browser sent it: what it holds is what is verified here.
    response: response as unknown as AuthenticationResponseJSON,
    expectedChallenge,
    expectedOrigin: party.origin,
    expectedRPID: party.id,
    requireUserVerification: true,
    credential: {
      id: key.id,
      publicKey: new Uint8Array(Buffer.from(key.public_key, 'base64url')),
      counter: key.counter,
    },
  }).catch(() => undefined);
  if (!result?.verified) throw refusedKey();
  await house.db.tenant(tenant, (sql) =>
    notePasskeyUse(sql, tenant, key.id, result.authenticationInfo.newCounter, house.clock()),
  );
  await house.slow.succeeded([addressSubject(ctx.address)]);
}

export async function signInWithPasskey(
  house: House,
  body: { ticket: string; response: Response },
  ctx: Ctx,
): Promise<SignInReply> {
  const challenge = await takeChallenge(house, body.ticket, 'sign-in');
  // The user handle is the one we gave at registration: it says the practice and the account, the signature then proves them.
  const handle = (body.response.response as { userHandle?: unknown } | undefined)?.userHandle;
  const ref = typeof handle === 'string' ? readRef(Buffer.from(handle, 'base64url').toString('utf8')) : undefined;
  if (!ref) throw refusedKey();
  await checkKey(house, ctx, ref.tenant, ref.id, challenge, body.response);
  const account = await house.db.tenant(ref.tenant, (sql) => findAccount(sql, ref.tenant, ref.id));
  if (account?.status !== 'active') throw refusedKey();
  await house.sessions.start(ctx.request, ctx.reply, account, 'passkey', 'open');
  return { state: 'open' };
}

export const unlockPasskeyOptions = (house: House, ctx: Ctx) => passkeySignInOptions(house, ctx, lockedSession(ctx));

export async function unlockWithPasskey(
  house: House,
  body: { ticket: string; response: Response },
  ctx: Ctx,
): Promise<SignInReply> {
  const session = lockedSession(ctx);
  await checkKey(
    house,
    ctx,
    session.tenant,
    session.account,
    await takeChallenge(house, body.ticket, 'unlock', session),
    body.response,
  );
  await house.sessions.unlock(session, ctx.request);
  return { state: 'open' };
}

export async function listPasskeys(house: House, { session }: Ctx) {
  if (!session) throw noSession();
  const keys = await house.db.tenant(session.tenant, (sql) => passkeysOf(sql, session.tenant, session.account));
  return keys.map((key) => ({
    id: key.id,
    name: key.name,
    createdAt: key.created_at.toISOString(),
    lastUsedAt: key.last_used_at?.toISOString() ?? null,
  }));
}

export async function removePasskey(house: House, id: string, ctx: Ctx): Promise<void> {
  const { session } = ctx;
  if (!session) throw noSession();
  if (!session.has_code && session.passkeys <= 1)
    throw conflict(
      'C’est votre seul second facteur : ajoutez d’abord un code à usage unique ou une autre clé d’accès.',
    );
  await house.db.transaction(session.tenant, async (sql) => {
    if (!(await deletePasskey(sql, session.tenant, session.account, id))) throw notFound('Cette clé d’accès');
    await record(sql, session.tenant, [
      { ...actorOf(ctx.caller), action: 'second-factor', details: { method: 'passkey', removed: true } },
    ]);
  });
  house.sessions.forget();
}
