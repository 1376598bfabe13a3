import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { ResponseBodyError } from 'openid-client';
import type { Config } from '../../platform/index.ts';
import { type Account, accountsByRpps, updateAccount } from '../accounts.store.ts';
import type { SignInReply } from '../contract.ts';
import type { Ctx } from '../guard.ts';
import type { House } from '../house.ts';
import { createProvider, type Flow, type Identity, type Returned } from './psc-provider.ts';
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
const cookiePath = '/api/sign-in/psc';

/** Of one who came back: what opens a session and keeps it. */
interface Held {
  refresh?: Buffer;
  identity: Identity;
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

const back = (reply: FastifyReply, error: string) => void reply.redirect(`/connexion?erreur=${error}`, 302);

/** @param stopping what is being asked then is given up */
export function createProSanteConnect(
  settings: NonNullable<Config['psc']>,
  publicUrl: string,
  stopping?: AbortSignal,
): ProSanteConnect {
  const provider = createProvider(settings, `${publicUrl}${cookiePath}/return`, stopping);
  const box = createTokenBox();
  /** Session hash → what keeps it alive. */
  const alive = new Map<string, { tenant: number; hash: string; refresh: Buffer; checked: number }>();
  /** Between the return and the choice of a practice. */
  const waiting = new Map<string, Held & { until: number }>();

  async function openFor(
    house: House,
    account: Account,
    { refresh, identity }: Held,
    request: FastifyRequest,
    reply: FastifyReply,
  ): Promise<void> {
    const { tenant_id: tenant, id, status } = account;
    const hash = await house.sessions.start(request, reply, account, 'psc', 'open');
    await house.db.tenant(tenant, (sql) =>
      updateAccount(sql, tenant, id, {
        psc: JSON.stringify({ ...identity, at: house.clock().toISOString() }),
        ...(status === 'invited' && { status: 'active' as const }),
      }),
    );
    if (refresh) alive.set(hash, { tenant, hash, refresh, checked: house.clock().getTime() });
  }

  return {
    async start(house, { reply }) {
      const flow = provider.newFlow();
      let address: string;
      try {
        address = await provider.address(flow);
      } catch {
        return back(reply, 'psc-indisponible');
      }
      const ticket = await house.db.tenant(0, (sql) =>
        issueTicket(sql, 0, { purpose: 'psc', data: flow, expires: new Date(house.clock().getTime() + 10 * minutes) }),
      );
      // Lax: the browser comes back from another site. It names a flow and opens nothing by itself.
      reply.setCookie(cookie, ticket, {
        path: cookiePath,
        httpOnly: true,
        sameSite: 'lax',
        secure: publicUrl.startsWith('https:'),
        maxAge: 600,
      });
      reply.redirect(address, 302);
    },

    async returned(house, { request, reply }) {
      const flow = await house.db.tenant(0, (sql) =>
        takeTicket<Flow>(sql, 0, 'psc', request.cookies[cookie] ?? '', house.clock()),
      );
      reply.clearCookie(cookie, { path: cookiePath });
      if (!flow) return back(reply, 'expire');
      let returned: Returned | string;
      try {
        returned = await provider.identify(new URL(request.url, publicUrl).search, flow);
      } catch (error) {
        request.log.warn({ error: error instanceof Error ? error.message : 'unknown' }, 'Pro Santé Connect');
        return back(reply, 'psc-refuse');
      }
      if (typeof returned === 'string') return back(reply, returned);
      const { identity, refresh } = returned;
      const accounts = await house.db.owner('sign-in: the practices of an RPPS', (sql) =>
        accountsByRpps(sql, identity.rpps),
      );
      if (accounts.length === 0) return back(reply, 'psc-inconnu');
      const held: Held = { refresh: refresh ? box.seal(refresh) : undefined, identity };
      if (accounts.length === 1) {
        await openFor(house, accounts[0]!, held, request, reply);
        return void reply.redirect('/', 302);
      }
      const now = house.clock().getTime();
      for (const [key, { until }] of waiting) if (until < now) waiting.delete(key);
      const handle = randomBytes(16).toString('base64url');
      waiting.set(handle, { ...held, until: now + 5 * minutes });
      const choice = await admit(house, request, reply, accounts, 'psc', true, handle);
      reply.redirect(`/connexion?choix=${choice.ticket}`, 302);
    },

    async open(house, account, handle, request, reply) {
      const held = waiting.get(handle);
      waiting.delete(handle);
      if (!held || account.rpps !== held.identity.rpps) return { state: 'pending' };
      await openFor(house, account, held, request, reply);
      return { state: 'open' };
    },

    async check(house) {
      const now = house.clock().getTime();
      for (const session of [...alive.values()]) {
        if (now - session.checked < 4 * minutes) continue;
        try {
          const renewed = await provider.stands(box.open(session.refresh));
          if (renewed) session.refresh = box.seal(renewed);
          session.checked = now;
          await house.db.tenant(session.tenant, (sql) => confirmPsc(sql, session.tenant, session.hash, house.clock()));
        } catch (error) {
          // Refused: the session at Pro Santé Connect is over, so is ours. Unreachable: it stands until it is unconfirmed for too long.
          if (!(error instanceof ResponseBodyError)) continue;
          alive.delete(session.hash);
          await house.sessions.endByHash(session.tenant, session.hash, 'psc');
        }
      }
    },
  };
}
