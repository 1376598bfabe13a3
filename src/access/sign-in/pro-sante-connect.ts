import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';
import * as oidc from 'openid-client';
import type { Config } from '../../platform/index.ts';
import { type Account, accountsByRpps, updateAccount } from '../accounts.store.ts';
import type { SignInReply } from '../contract.ts';
import type { Ctx } from '../guard.ts';
import type { House } from '../house.ts';
import { confirmPsc } from './sessions.store.ts';
import { admit } from './sign-in.ts';
import { issueTicket, takeTicket } from './tickets.store.ts';

/**
 * Pro Santé Connect, the national OpenID Connect provider of health professionals.
 * https://industriels.esante.gouv.fr/produits-et-services/pro-sante-connect/documentation-technique
 */
export interface ProSanteConnect {
  /** Sends the browser to Pro Santé Connect. */
  start(house: House, ctx: Ctx): Promise<void>;
  /** Takes the browser back. */
  returned(house: House, ctx: Ctx): Promise<void>;
  /** Opens the session of an account chosen among several. */
  open(
    house: House,
    account: Account,
    handle: string,
    request: FastifyRequest,
    reply: FastifyReply,
  ): Promise<SignInReply>;
  /** Asks Pro Santé Connect whether each session still stands; ends those that do not. Run it each minute. */
  check(house: House): Promise<void>;
}

const minutes = 60_000;
const cookie = 'estran_psc';
const acceptedAcr = new Set(['eidas1', 'eidas2', 'eidas3']);

interface Flow {
  state: string;
  nonce: string;
  verifier: string;
}
/** What is kept of a person: never a token. */
interface Identity {
  subject: string;
  rpps: string;
  name: string;
  profession?: string;
}

/** Refresh tokens live in this process only, sealed by a key that dies with it. */
function createTokenBox() {
  const key = randomBytes(32);
  return {
    seal(text: string): Buffer {
      const iv = randomBytes(12);
      const cipher = createCipheriv('aes-256-gcm', key, iv);
      const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
      return Buffer.concat([iv, cipher.getAuthTag(), body]);
    },
    open(sealed: Buffer): string {
      const cipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(0, 12)).setAuthTag(sealed.subarray(12, 28));
      return Buffer.concat([cipher.update(sealed.subarray(28)), cipher.final()]).toString('utf8');
    },
  };
}

/** The RPPS of a userinfo answer: SubjectNameID is the national identifier, `8` + RPPS; otherIds may also carry it. */
export function rppsOf(info: Record<string, unknown>): string | undefined {
  const subject = String(info.SubjectNameID ?? info.preferred_username ?? '');
  if (/^8\d{11}$/.test(subject)) return subject.slice(1);
  const others = Array.isArray(info.otherIds) ? (info.otherIds as Record<string, unknown>[]) : [];
  const rpps = others.find((other) => other?.origine === 'RPPS')?.identifiant;
  return typeof rpps === 'string' && /^8?\d{11}$/.test(rpps) ? rpps.slice(-11) : undefined;
}

const professionOf = (info: Record<string, unknown>): string | undefined => {
  const exercises = (info.SubjectRefPro as { exercices?: { codeProfession?: string }[] } | undefined)?.exercices;
  const role = Array.isArray(info.SubjectRole) ? String(info.SubjectRole[0] ?? '') : '';
  return exercises?.[0]?.codeProfession ?? (role.split('^')[0] || undefined);
};

/** @param stopping what is being asked then is given up */
export function createProSanteConnect(
  settings: NonNullable<Config['psc']>,
  publicUrl: string,
  stopping?: AbortSignal,
): ProSanteConnect {
  const box = createTokenBox();
  /** Session hash → what keeps it alive. */
  const alive = new Map<string, { tenant: number; hash: string; refresh: Buffer; checked: number }>();
  /** Between the return and the choice of a practice. */
  const waiting = new Map<string, { refresh?: Buffer; identity: Identity; until: number }>();
  const redirect = `${publicUrl}/api/sign-in/psc/return`;

  let discovered: Promise<oidc.Configuration> | undefined;
  const configuration = () => {
    const plain = settings.issuer.startsWith('http://');
    discovered ??= oidc.discovery(new URL(settings.issuer), settings.clientId, settings.clientSecret, undefined, {
      timeout: 10,
      [oidc.customFetch]: (url, options) =>
        fetch(url, {
          ...options,
          body: options.body as BodyInit,
          signal: AbortSignal.any([options.signal, stopping].filter((one) => one !== undefined)),
        }),
      ...(plain && { execute: [oidc.allowInsecureRequests] }),
    });
    discovered.catch(() => {
      discovered = undefined;
    });
    return discovered;
  };

  async function keep(
    house: House,
    account: Account,
    hash: string,
    held: { refresh?: Buffer; identity: Identity },
  ): Promise<void> {
    await house.db.tenant(account.tenant_id, (sql) =>
      updateAccount(sql, account.tenant_id, account.id, {
        psc: JSON.stringify({ ...held.identity, at: house.clock().toISOString() }),
        ...(account.status === 'invited' && { status: 'active' as const }),
      }),
    );
    if (held.refresh)
      alive.set(hash, { tenant: account.tenant_id, hash, refresh: held.refresh, checked: house.clock().getTime() });
  }

  const back = (reply: FastifyReply, error: string) => void reply.redirect(`/connexion?erreur=${error}`, 302);

  const connect: ProSanteConnect = {
    async start(house, { reply }) {
      let server: oidc.Configuration;
      try {
        server = await configuration();
      } catch {
        return back(reply, 'psc-indisponible');
      }
      const flow: Flow = {
        state: oidc.randomState(),
        nonce: oidc.randomNonce(),
        verifier: oidc.randomPKCECodeVerifier(),
      };
      const ticket = await house.db.tenant(0, (sql) =>
        issueTicket(sql, 0, { purpose: 'psc', data: flow, expires: new Date(house.clock().getTime() + 10 * minutes) }),
      );
      const url = oidc.buildAuthorizationUrl(server, {
        redirect_uri: redirect,
        scope: 'openid scope_all',
        acr_values: 'eidas1',
        state: flow.state,
        nonce: flow.nonce,
        code_challenge: await oidc.calculatePKCECodeChallenge(flow.verifier),
        code_challenge_method: 'S256',
      });
      // Lax: the browser comes back from another site. It names a flow and opens nothing by itself.
      reply.setCookie(cookie, ticket, {
        path: '/api/sign-in/psc',
        httpOnly: true,
        sameSite: 'lax',
        secure: publicUrl.startsWith('https:'),
        maxAge: 600,
      });
      reply.redirect(url.href, 302);
    },

    async returned(house, { request, reply }) {
      const flow = await house.db.tenant(0, (sql) =>
        takeTicket<Flow>(sql, 0, 'psc', request.cookies[cookie] ?? '', house.clock()),
      );
      reply.clearCookie(cookie, { path: '/api/sign-in/psc' });
      if (!flow) return back(reply, 'expire');
      let identity: Identity;
      let refresh: string | undefined;
      try {
        const server = await configuration();
        const current = new URL(redirect);
        current.search = new URL(request.url, publicUrl).search;
        const tokens = await oidc.authorizationCodeGrant(server, current, {
          pkceCodeVerifier: flow.verifier,
          expectedState: flow.state,
          expectedNonce: flow.nonce,
          idTokenExpected: true,
        });
        const claims = tokens.claims()!;
        if (typeof claims.acr !== 'string' || !acceptedAcr.has(claims.acr)) return back(reply, 'psc-niveau');
        const info = (await oidc.fetchUserInfo(server, tokens.access_token, claims.sub)) as Record<string, unknown>;
        const rpps = rppsOf(info);
        if (!rpps) return back(reply, 'psc-sans-rpps');
        identity = {
          subject: claims.sub,
          rpps,
          name: [info.given_name, info.family_name].filter(Boolean).join(' '),
          profession: professionOf(info),
        };
        refresh = tokens.refresh_token;
      } catch (error) {
        request.log.warn({ error: error instanceof Error ? error.message : 'unknown' }, 'Pro Santé Connect');
        return back(reply, 'psc-refuse');
      }
      const accounts = await house.db.owner('sign-in: the practices of an RPPS', (sql) =>
        accountsByRpps(sql, identity.rpps),
      );
      if (accounts.length === 0) return back(reply, 'psc-inconnu');
      const held = {
        refresh: refresh ? box.seal(refresh) : undefined,
        identity,
        until: house.clock().getTime() + 5 * minutes,
      };
      if (accounts.length === 1) {
        const account = accounts[0]!;
        await keep(house, account, await house.sessions.start(request, reply, account, 'psc', 'open'), held);
        return void reply.redirect('/', 302);
      }
      for (const [key, { until }] of waiting) if (until < house.clock().getTime()) waiting.delete(key);
      const handle = randomBytes(16).toString('base64url');
      waiting.set(handle, held);
      const choice = await admit(house, request, reply, accounts, 'psc', true, handle);
      reply.redirect(`/connexion?choix=${choice.ticket}`, 302);
    },

    async open(house, account, handle, request, reply) {
      const held = waiting.get(handle);
      waiting.delete(handle);
      if (!held || account.rpps !== held.identity.rpps) return { state: 'pending' };
      await keep(house, account, await house.sessions.start(request, reply, account, 'psc', 'open'), held);
      return { state: 'open' };
    },

    async check(house) {
      const now = house.clock().getTime();
      for (const session of [...alive.values()]) {
        if (now - session.checked < 4 * minutes) continue;
        try {
          const tokens = await oidc.refreshTokenGrant(await configuration(), box.open(session.refresh));
          if (tokens.refresh_token) session.refresh = box.seal(tokens.refresh_token);
          session.checked = now;
          await house.db.tenant(session.tenant, (sql) => confirmPsc(sql, session.tenant, session.hash, house.clock()));
        } catch (error) {
          // Refused: the session at Pro Santé Connect is over, so is ours. Unreachable: it stands until it is unconfirmed for too long.
          if (!(error instanceof oidc.ResponseBodyError)) continue;
          alive.delete(session.hash);
          await house.sessions.endByHash(session.tenant, session.hash, 'psc');
        }
      }
    },
  };
  return connect;
}
