import type { FastifyInstance, InjectOptions } from 'fastify';
import { generate } from 'otplib';
import { startPostgres } from '../../test/postgres.ts';
import {
  type Config,
  createServer,
  type Db,
  migrate,
  openPglite,
  openPostgres,
  readConfig,
} from '../platform/index.ts';
import { type Access, type AccessDeps, openAccess } from './open-access.ts';
import type { NewUser } from './people.ts';

let server: ReturnType<typeof startPostgres> | undefined;
let databases = 0;
/** An empty database on the engine of this run (ESTRAN_TEST_ENGINE). */
async function openDatabase(): Promise<Db> {
  if (process.env.ESTRAN_TEST_ENGINE !== 'postgres') return openPglite('memory://');
  if (!server) {
    server = startPostgres({ fsync: 'off' });
    const { stop } = await server;
    process.on('exit', stop);
  }
  const { url } = await server;
  const name = `access_${++databases}`;
  const owner = await openPostgres(url, { connections: 1 });
  await owner.owner('a database of our own', (sql) => sql.query(`create database ${name}`));
  await owner.close();
  const own = new URL(url);
  own.pathname = `/${name}`;
  return openPostgres(own.href);
}

/** The real app of this room on an empty database, with a clock the test moves. */
export interface TestHouse {
  db: Db;
  app: FastifyInstance;
  access: Access;
  /** Moves the clock, ms. */
  wait(ms: number): void;
  now(): Date;
  browser(address?: string): Browser;
  close(): Promise<void>;
}

export interface Answer {
  status: number;
  // biome-ignore lint/suspicious/noExplicitAny: a test reads any answer
  body: any;
  headers: Record<string, unknown>;
  text: string;
}

/** A browser: keeps its cookies, says its origin. */
export interface Browser {
  cookies: Map<string, string>;
  get(url: string, headers?: Record<string, string>): Promise<Answer>;
  send(
    method: 'POST' | 'PUT' | 'PATCH' | 'DELETE',
    url: string,
    payload?: unknown,
    headers?: Record<string, string>,
  ): Promise<Answer>;
  post(url: string, payload?: unknown, headers?: Record<string, string>): Promise<Answer>;
}

export const testConfig = (over: Partial<Config> = {}): Config => ({
  ...readConfig({}),
  data: 'memory:',
  demo: false,
  publicUrl: 'http://localhost',
  logLevel: 'silent',
  ...over,
});

export async function openTestHouse(
  over: Partial<Config> = {},
  deps: Partial<AccessDeps> = {},
  shared?: Db,
): Promise<TestHouse> {
  const db = shared ?? (await openDatabase());
  await migrate(db);
  let offset = 0;
  const clock = () => new Date(Date.now() + offset);
  const access = await openAccess({ db, config: testConfig(over), clock, remember: 0, ...deps });
  const app = await createServer({ logLevel: 'silent' });
  access.mount(app);
  await app.ready();
  return {
    db,
    app,
    access,
    now: clock,
    wait(ms) {
      offset += ms;
    },
    browser: (address = '127.0.0.1') => createBrowser(app, address),
    async close() {
      await app.close();
      if (!shared) await db.close();
    },
  };
}

function createBrowser(app: FastifyInstance, remoteAddress: string): Browser {
  const cookies = new Map<string, string>();
  async function call(options: InjectOptions): Promise<Answer> {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const response = await app.inject({
      remoteAddress,
      ...options,
      headers: { ...(cookie && { cookie }), ...options.headers },
    });
    for (const { name, value } of response.cookies) value === '' ? cookies.delete(name) : cookies.set(name, value);
    return {
      status: response.statusCode,
      body: response.headers['content-type']?.toString().includes('json') ? response.json() : undefined,
      headers: response.headers,
      text: response.body,
    };
  }
  const browser: Browser = {
    cookies,
    get: (url, headers) => call({ method: 'GET', url, headers }),
    send: (method, url, payload, headers) =>
      call({ method, url, payload: payload as object, headers: { origin: 'http://localhost', ...headers } }),
    post: (url, payload, headers) => browser.send('POST', url, payload, headers),
  };
  return browser;
}

export const goodPassword = 'vingt grains de sel';

/** A person with a password and a one-time code, already through the door. */
export async function enter(
  house: TestHouse,
  tenant: number,
  user: NewUser,
): Promise<{ browser: Browser; secret: string; practitioner: string; id: string; recoveryCodes: string[] }> {
  const made = await house.access.createUser(tenant, { password: goodPassword, ...user });
  const browser = house.browser();
  await browser.post('/api/sign-in/password', { login: user.login, password: goodPassword });
  const { body } = await browser.post('/api/second-factor/enrol', {});
  const confirmed = await browser.post('/api/second-factor/confirm', { code: await codeAt(body.secret, house.now()) });
  if (confirmed.status !== 200) throw new Error(`sign-in failed: ${confirmed.text}`);
  return {
    browser,
    secret: body.secret,
    practitioner: made.practitioner,
    id: made.id,
    recoveryCodes: confirmed.body.recoveryCodes,
  };
}

export const codeAt = (secret: string, at: Date): Promise<string> =>
  generate({ secret, epoch: Math.floor(at.getTime() / 1000) });
