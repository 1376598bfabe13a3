import type { FastifyReply, FastifyRequest } from 'fastify';
import { Problem, record } from '../../platform/index.ts';
import { type Account, accountsByLogin, findAccount, fullName } from '../accounts.store.ts';
import type { SessionReply, SignInReply } from '../contract.ts';
import type { Ctx } from '../guard.ts';
import type { House } from '../house.ts';
import { countPractices } from '../practices.store.ts';
import { accountSubject, addressSubject } from './brute-force.ts';
import { verifyPassword } from './passwords.ts';
import { sameText } from './secrets.ts';
import type { SignInMethod } from './sessions.store.ts';
import type { Session } from './sessions.ts';
import { accountRef, nameOf } from './sessions.ts';
import { issueTicket, peekTicket, takeTicket } from './tickets.store.ts';

const minutes = 60_000;
export const demoPassword = 'demo';

/** One wording whatever was wrong: the answer does not say whether the address exists. */
export const refused = (): Problem =>
  new Problem(401, 'Connexion refusée', 'L’adresse ou le mot de passe ne convient pas. Vérifiez-les puis réessayez.', {
    extra: { reason: 'refused' },
  });
export const expired = (): Problem =>
  new Problem(410, 'Délai dépassé', 'Cette étape a expiré ou a déjà servi. Recommencez la connexion.', {
    extra: { reason: 'expired' },
  });

export const refOf = (account: { tenant_id: number; id: string }): string => `${account.tenant_id}.${account.id}`;
export const readRef = (ref: string): { tenant: number; id: string } | undefined => {
  const match = /^(\d{1,9})\.([A-Za-z0-9-]{1,64})$/.exec(ref);
  return match ? { tenant: Number(match[1]), id: match[2]! } : undefined;
};

/** What a pending person must do: prove the factor there is, or enrol one when there is none. */
export const needsOf = (person: { code: boolean; passkeys: number }): 'code' | 'passkey' | 'enrol' =>
  person.code ? 'code' : person.passkeys > 0 ? 'passkey' : 'enrol';

/** A first proof was given: a session opens (or stays pending), or the person chooses among several accounts. */
export async function admit(
  house: House,
  request: FastifyRequest,
  reply: FastifyReply,
  accounts: readonly Account[],
  method: SignInMethod,
  complete: boolean,
  psc?: string,
): Promise<SignInReply> {
  const [account] = accounts;
  if (!account) throw refused();
  if (accounts.length > 1) {
    const data: Choice = { accounts: accounts.map(refOf), method, complete, psc };
    const ticket = await house.db.tenant(0, (sql) =>
      issueTicket(sql, 0, { purpose: 'choice', data, expires: new Date(house.clock().getTime() + 5 * minutes) }),
    );
    return { state: 'choose', ticket, choices: accounts.map(choiceOf) };
  }
  await house.sessions.start(request, reply, account, method, complete ? 'open' : 'pending');
  return complete
    ? { state: 'open' }
    : { state: 'pending', needs: needsOf({ code: account.code_confirmed, passkeys: account.passkeys }) };
}

interface Choice {
  accounts: string[];
  method: SignInMethod;
  complete: boolean;
  /** Session material of Pro Santé Connect, kept by the process under this handle. */
  psc?: string;
}
const choiceOf = (account: Account) => ({
  account: refOf(account),
  practice: account.practice,
  kind: account.kind,
  profession: account.profession,
});

/** A refusal is not told sooner than this, ms: an address that is known costs a line of the ledger more, and the time of the answer would say so. */
const refusedAfter = 150;
const patience = (began: number) =>
  new Promise<void>((resolve) => setTimeout(resolve, Math.max(0, refusedAfter - (performance.now() - began))));

export async function signInWithPassword(
  house: House,
  body: { login: string; password: string },
  { request, reply }: Ctx,
): Promise<SignInReply> {
  const began = performance.now();
  const subjects = [addressSubject(request.ip), accountSubject(body.login)];
  await house.slow.attempt(subjects);
  const candidates = await house.db.owner('sign-in: the practice is not known yet', (sql) =>
    accountsByLogin(sql, body.login),
  );
  const right: Account[] = [];
  if (candidates.length === 0) await verifyPassword(undefined, body.password);
  for (const account of candidates) {
    // The shown password of the demo region opens flagged accounts in demo mode only; outside it they do not open at all.
    const typed = await verifyPassword(account.demo ? undefined : account.password_hash, body.password);
    const good = account.demo ? house.config.demo && sameText(body.password, demoPassword) : typed;
    if (good) right.push(account);
  }
  if (right.length === 0) {
    for (const account of candidates) {
      await house.db.tenant(account.tenant_id, (sql) =>
        record(sql, account.tenant_id, [
          {
            actor: `Practitioner/${account.practitioner}`,
            actorName: fullName(account),
            role: account.profession,
            action: 'sign-in-refused',
            address: request.ip,
            details: { method: 'password' },
          },
        ]),
      );
    }
    await patience(began);
    throw refused();
  }
  await house.slow.succeeded(subjects);
  const demo = right.every((account) => account.demo);
  return admit(
    house,
    request,
    reply,
    demo ? right : right.filter((account) => !account.demo),
    demo ? 'demo' : 'password',
    demo,
  );
}

export async function signInDemo(
  house: House,
  body: { account: string },
  { request, reply }: Ctx,
): Promise<SignInReply> {
  const ref = readRef(body.account);
  const account =
    house.config.demo && ref
      ? await house.db.tenant(ref.tenant, (sql) => findAccount(sql, ref.tenant, ref.id))
      : undefined;
  if (!account?.demo || account.status !== 'active')
    throw new Problem(403, 'Compte indisponible', 'Ce compte n’est pas un compte de démonstration ouvert.');
  return admit(house, request, reply, [account], 'demo', true);
}

export async function choices(house: House, body: { ticket: string }): Promise<SignInReply> {
  const ticket = await house.db.tenant(0, (sql) => peekTicket<Choice>(sql, 0, 'choice', body.ticket, house.clock()));
  if (!ticket) throw expired();
  const accounts = await Promise.all(ticket.data.accounts.map((ref) => accountOf(house, ref)));
  return {
    state: 'choose',
    ticket: body.ticket,
    choices: accounts.filter((account) => account !== undefined).map(choiceOf),
  };
}

export async function chooseAccount(
  house: House,
  body: { ticket: string; account: string },
  { request, reply }: Ctx,
): Promise<SignInReply> {
  const choice = await house.db.tenant(0, (sql) => takeTicket<Choice>(sql, 0, 'choice', body.ticket, house.clock()));
  if (!choice?.accounts.includes(body.account)) throw expired();
  const account = await accountOf(house, body.account);
  if (!account) throw expired();
  if (choice.method === 'psc') return house.psc!.open(house, account, choice.psc ?? '', request, reply);
  return admit(house, request, reply, [account], choice.method, choice.complete);
}

async function accountOf(house: House, ref: string): Promise<Account | undefined> {
  const parts = readRef(ref);
  if (!parts) return undefined;
  const account = await house.db.tenant(parts.tenant, (sql) => findAccount(sql, parts.tenant, parts.id));
  return account && account.status !== 'disabled' ? account : undefined;
}

/** What the first screen must be. */
export async function sessionState(house: House, { session }: Ctx): Promise<SessionReply> {
  const installation = {
    demo: house.config.demo,
    psc: Boolean(house.psc),
    setup: !house.config.demo && (await house.db.owner('is there a practice yet', countPractices)) === 0,
  };
  if (!session) return { state: 'none', ...installation };
  return {
    state: session.state,
    account: accountRef(session),
    name: nameOf(session),
    practice: session.practice,
    needs: session.state === 'pending' ? needsOf({ code: session.has_code, passkeys: session.passkeys }) : undefined,
    unlock: session.state === 'locked' ? unlockWays(house, session) : undefined,
    ...installation,
  };
}

function unlockWays(house: House, session: Session): ('password' | 'passkey' | 'psc')[] {
  const ways: ('password' | 'passkey' | 'psc')[] = [];
  if (session.has_password || (session.demo && house.config.demo)) ways.push('password');
  if (session.passkeys > 0) ways.push('passkey');
  if (session.method === 'psc' && house.psc) ways.push('psc');
  return ways;
}
