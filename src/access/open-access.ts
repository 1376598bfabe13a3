import type { FastifyInstance, FastifyRequest } from 'fastify';
import { type Config, type Db, type Guard, mount, type Sql } from '../platform/index.ts';
import { type Account, fullName } from './accounts.store.ts';
import type { Caller, ClientCaller, PersonCaller } from './caller.ts';
import { dropExpiredTokens } from './clients/clients.store.ts';
import { createBearers, createClient, type NewClient } from './clients/clients.ts';
import { mountOAuth } from './clients/token.ts';
import { onConsentWritten } from './consent-given.ts';
import { accessContract } from './contract.ts';
import { type Ctx, checkOrigin, createGuard } from './guard.ts';
import type { Hooks, House, Mailer, MailFile } from './house.ts';
import { createMailer } from './mailer.ts';
import { invite } from './invitations.ts';
import { createUser, type NewUser } from './people.ts';
import { allPractices, type Practice, practiceById, type Site, saveSite } from './practices.store.ts';
import { createPractice, newSetupCode } from './practices.ts';
import { keyFits, startAdvice } from './start-advice.ts';
import { enterRegion } from './regions.ts';
import type { Resolver } from './relations.ts';
import { accessHandlers } from './routes.ts';
import { createBruteForce } from './sign-in/brute-force.ts';
import { createProSanteConnect } from './sign-in/pro-sante-connect.ts';
import { serverKey, vaultOf } from './sign-in/secrets.ts';
import { dropExpiredSessions } from './sign-in/sessions.store.ts';
import { callerOf, createSessions, type Sessions } from './sign-in/sessions.ts';
import { dropExpiredTickets } from './sign-in/tickets.store.ts';
import { dailyLook } from './unusual-accesses.ts';

export interface AccessDeps {
  db: Db;
  config: Config;
  /** Replaces the one of `config.smtpUrl`. */
  mailer?: Mailer;
  /** The server gives up what it waits for. */
  stopping?: AbortSignal;
  clock?: () => Date;
  hooks?: Hooks;
  /** How long a session or a token is trusted without asking the database, ms. */
  remember?: number;
}

/** The room as main.ts wires it. */
export interface Access {
  /** Mounts `/api/…` of this room, `POST /oauth2/token` and SMART's discovery. */
  mount(app: FastifyInstance): void;
  /** The guard of every room's contract. */
  guard: Guard<Ctx>;
  sessions: Sessions;
  /** The client behind `Authorization: Bearer …`; undefined: answer 401. */
  callerFromBearer(token: string, address?: string): Promise<ClientCaller | undefined>;
  /** The person of an open session of the screens, for routes outside a contract; undefined: answer 401. Refuses another origin's writes. */
  callerFromSession(request: FastifyRequest): Promise<PersonCaller | undefined>;
  createPractice(name: string, options?: { region?: string }): Promise<Practice>;
  /** A tenant of its own with other people: it leads the programme of the practices that belong to it. */
  createRegion(name: string): Promise<Practice>;
  /** Both by their ids; throws when either is not there. */
  joinRegion(practice: string, region: string): Promise<void>;
  listPractices(): Promise<Practice[]>;
  /** By its id, as commands name it. */
  findPractice(id: string): Promise<Practice | undefined>;
  /** Creates an account. Without a password (nor demo) `link` is the invitation to hand over, unless it was mailed. */
  createUser(
    tenant: number,
    user: NewUser,
    by?: Caller,
  ): Promise<{ id: string; practitioner: string; name: string; link?: string; mailed?: boolean }>;
  createClient(tenant: number, client: NewClient, by?: Caller): Promise<{ client_id: string; client_secret?: string }>;
  addSite(tenant: number, site: Site): Promise<void>;
  /** A one-time code to print on the console when there is no practice and no demo; undefined otherwise. */
  newSetupCode(): Promise<string | undefined>;
  /** In French, for whoever starts the server: what keeps people out, or their data from being safe. */
  startAdvice(): Promise<string[]>;
  /** Whether the server's key opens what this database holds sealed. */
  keyFits(): Promise<boolean>;
  /** A patient's choice was written: who is kept out, who comes in. In the transaction of the write. */
  onConsentWritten(
    sql: Sql,
    tenant: number,
    id: string,
    consent: Record<string, unknown> | null,
    resolve: Resolver,
  ): Promise<void>;
  /** Sends a mail, where an SMTP server is set. `messageId`: the same for each attempt of one message. */
  mail:
    | ((to: string, subject: string, text: string, attachments?: MailFile[], messageId?: string) => Promise<void>)
    | undefined;
  /** Background work: Pro Santé Connect sessions that ended, expired rows, unusual accesses once a day. Run it each minute. */
  tick(): Promise<void>;
}

export async function openAccess({
  db,
  config,
  mailer,
  stopping,
  clock = () => new Date(),
  hooks = {},
  remember,
}: AccessDeps): Promise<Access> {
  const house: House = {
    db,
    config,
    clock,
    hooks,
    mailer: mailer ?? (config.smtpUrl ? createMailer(config.smtpUrl, config.publicUrl, stopping) : undefined),
    psc: config.psc && createProSanteConnect(config.psc, config.publicUrl, stopping),
    sessions: createSessions(db, clock, { secure: config.publicUrl.startsWith('https:'), remember }),
    slow: createBruteForce(db, clock),
    vault: vaultOf(await serverKey(config.data)),
  };
  const bearers = createBearers(db, clock, remember);
  const guard = createGuard(house);
  const console: (tenant: number) => Caller = (tenant) => ({ kind: 'system', tenant, reason: 'console' });
  const practices = async () =>
    (await db.owner('every practice', allPractices)).map(({ tenant, id, name }) => ({ tenant, id, name }));
  const lookForUnusual = dailyLook(house, practices);
  return {
    mount(app) {
      mount(app, accessContract, accessHandlers(house, bearers), guard);
      mountOAuth(app, house);
    },
    guard,
    sessions: house.sessions,
    callerFromBearer: bearers.callerFromBearer,
    async callerFromSession(request) {
      const session = await house.sessions.read(request);
      if (session?.state !== 'open') return undefined;
      checkOrigin(request, config.publicUrl);
      await house.sessions.touch(session);
      return callerOf(session, request.ip);
    },
    async createPractice(name, { region } = {}) {
      const made = await createPractice(house, name);
      if (region) await enterRegion(house, made.id, region);
      return made;
    },
    createRegion: (name) => createPractice(house, name, { kind: 'region' }),
    joinRegion: (practice, region) => enterRegion(house, practice, region),
    listPractices: practices,
    async findPractice(id) {
      const row = await db.owner('a practice by its id', (sql) => practiceById(sql, id));
      return row && { tenant: row.tenant, id: row.id, name: row.name };
    },
    async createUser(tenant, user, by = console(tenant)) {
      const account: Account = await createUser(house, tenant, user, by);
      const invited = account.status === 'invited' ? await invite(house, account) : undefined;
      return {
        id: account.id,
        practitioner: account.practitioner,
        name: fullName(account),
        ...(invited && { mailed: invited.mailed, ...(invited.link && { link: invited.link }) }),
      };
    },
    createClient: (tenant, client, by = console(tenant)) => createClient(house, tenant, client, by),
    async addSite(tenant, site) {
      await db.transaction(tenant, async (sql) => {
        await saveSite(sql, tenant, site);
        await hooks.onSite?.(sql, tenant, { ...site, active: true });
      });
    },
    onConsentWritten: (sql, tenant, id, consent, resolve) => onConsentWritten(house, sql, tenant, id, consent, resolve),
    mail:
      house.mailer &&
      ((to, subject, text, attachments, messageId) =>
        house.mailer!.send({
          to,
          subject,
          text,
          ...(attachments && { attachments }),
          ...(messageId && { messageId }),
        })),
    newSetupCode: () => newSetupCode(house),
    startAdvice: () => startAdvice(house),
    keyFits: () => keyFits(house),
    async tick() {
      await lookForUnusual();
      await house.psc?.check(house);
      for (const { tenant } of [{ tenant: 0 }, ...(await practices())])
        await db.tenant(tenant, async (sql) => {
          await dropExpiredTickets(sql, tenant, clock());
          await dropExpiredTokens(sql, tenant, clock());
          await dropExpiredSessions(sql, tenant, clock());
        });
    },
  };
}
