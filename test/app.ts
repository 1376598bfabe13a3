import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { PersonCaller, PracticeRole, Profession } from '../src/access/index.ts';
import { assemble, type Estran } from '../src/main.ts';
import { type Db, migrate, openPglite, openPostgres, readConfig } from '../src/platform/index.ts';
import { startPostgres } from './postgres.ts';

/** The engine this run is on: ESTRAN_TEST_ENGINE=postgres starts a server of its own. */
export const engine = process.env.ESTRAN_TEST_ENGINE === 'postgres' ? 'postgres' : 'pglite';
const origin = 'http://localhost:3000';

async function open(): Promise<{ db: Db; stop?(): void }> {
  if (engine === 'pglite') return { db: await openPglite('memory://') };
  const postgres = await startPostgres({ fsync: 'off' });
  return { db: await openPostgres(postgres.url), stop: postgres.stop };
}

let house: Promise<Estran> | undefined;
/** The whole product on a real database, one for all tests of the process: each test takes a practice of its own. */
export function testHouse(): Promise<Estran> {
  house ??= (async () => {
    const folder = mkdtempSync(join(tmpdir(), 'estran-test-'));
    process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
    const { db, stop } = await open();
    if (stop) process.on('exit', stop);
    await migrate(db);
    const config = { ...readConfig({}), data: folder, demo: true, ocr: false, logLevel: 'silent', publicUrl: origin };
    const estran = await assemble(config, db);
    await estran.app.ready();
    return estran;
  })();
  return house;
}

export interface Answer {
  status: number;
  headers: Record<string, string>;
  // biome-ignore lint/suspicious/noExplicitAny: tests look into answers of every shape
  body: any;
  text: string;
}
export type Send = (method: string, path: string, body?: unknown, headers?: Record<string, string>) => Promise<Answer>;

export interface TestPerson {
  caller: PersonCaller;
  practitioner: string;
  cookie: string;
  /** Calls as this person, from our own pages. */
  send: Send;
}
export interface TestPractice {
  tenant: number;
  id: string;
  person(
    profession: Profession,
    options?: { roles?: PracticeRole[]; family?: string; given?: string; kind?: 'care' | 'privileged' },
  ): Promise<TestPerson>;
  /** Calls as a system client with these scopes. */
  client(scope: string, options?: { patient?: string }): Promise<Send>;
}

let count = 0;
const names = ['Le Goff', 'Kermarrec', 'Riou', 'Tanguy', 'Morvan', 'Abgrall', 'Cozic', 'Quentel', 'Salaün', 'Hénaff'];

/** `remoteAddress` among the headers: where the call comes from, for what is counted by address. */
async function send(
  method: string,
  path: string,
  body: unknown,
  { remoteAddress, ...headers }: Record<string, string>,
): Promise<Answer> {
  const { app } = await testHouse();
  const raw = typeof body === 'string' || body instanceof Buffer;
  const answer = await app.inject({
    method: method as 'GET',
    url: path,
    ...(remoteAddress !== undefined && { remoteAddress }),
    headers: {
      ...(body !== undefined &&
        !raw && { 'content-type': path.startsWith('/fhir/') ? 'application/fhir+json' : 'application/json' }),
      ...headers,
    },
    ...(body !== undefined && { payload: raw ? body : JSON.stringify(body) }),
  });
  let parsed: unknown;
  try {
    parsed = JSON.parse(answer.body);
  } catch {
    parsed = undefined;
  }
  return {
    status: answer.statusCode,
    headers: answer.headers as Record<string, string>,
    body: parsed,
    text: answer.body,
  };
}

/** Body and headers of a form with one file. */
export const fileForm = (
  bytes: Buffer,
  name = 'scan.pdf',
  fields: Record<string, string> = {},
): [Buffer, Record<string, string>] => {
  const boundary = 'estran-test-boundary';
  const text = Object.entries(fields)
    .map(([key, value]) => `--${boundary}\r\nContent-Disposition: form-data; name="${key}"\r\n\r\n${value}\r\n`)
    .join('');
  return [
    Buffer.concat([
      Buffer.from(
        `${text}--${boundary}\r\nContent-Disposition: form-data; name="file"; filename="${name}"\r\nContent-Type: application/octet-stream\r\n\r\n`,
      ),
      bytes,
      Buffer.from(`\r\n--${boundary}--\r\n`),
    ]),
    { 'content-type': `multipart/form-data; boundary=${boundary}` },
  ];
};
/** Calls without a session. */
export const anyone: Send = (method, path, body, headers = {}) => send(method, path, body, { origin, ...headers });

export async function newPractice(
  name = `Maison de santé ${++count}`,
  options: { region?: string } = {},
): Promise<TestPractice> {
  const { access } = await testHouse();
  return tenantNamed(await access.createPractice(name, options));
}
/** A region: its people lead the programme. */
export async function newRegion(name = `Région ${++count}`): Promise<TestPractice> {
  const { access } = await testHouse();
  return tenantNamed(await access.createRegion(name));
}
async function tenantNamed({ tenant, id }: { tenant: number; id: string }): Promise<TestPractice> {
  const { access } = await testHouse();
  return {
    tenant,
    id,
    async person(profession, options = {}) {
      const family = options.family ?? names[++count % names.length]!;
      const given = options.given ?? 'Camille';
      const roles = options.roles ?? [];
      const made = await access.createUser(tenant, {
        login: `p${++count}@test.example`,
        family,
        given,
        profession,
        roles,
        kind: options.kind ?? (profession === 'administrator' ? 'privileged' : 'care'),
        demo: true,
      });
      const signed = await anyone('POST', '/api/sign-in/demo', { account: `${tenant}.${made.id}` });
      const cookie = String(signed.headers['set-cookie'] ?? '').split(';')[0]!;
      if (signed.status !== 200 || !cookie) throw new Error(`sign-in failed: ${signed.text}`);
      const caller: PersonCaller = {
        kind: 'person',
        tenant,
        practitioner: made.practitioner,
        profession,
        roles,
        name: made.name,
        session: cookie,
      };
      return {
        caller,
        practitioner: made.practitioner,
        cookie,
        send: (method, path, body, headers = {}) => send(method, path, body, { origin, cookie, ...headers }),
      };
    },
    async client(scope, options = {}) {
      const { client_id, client_secret } = await access.createClient(tenant, { name: 'Logiciel', scope, ...options });
      const token = await send('POST', '/oauth2/token', 'grant_type=client_credentials', {
        'content-type': 'application/x-www-form-urlencoded',
        authorization: `Basic ${Buffer.from(`${client_id}:${client_secret}`).toString('base64')}`,
      });
      if (token.status !== 200) throw new Error(`no token: ${token.text}`);
      return (method, path, body, headers = {}) =>
        send(method, path, body, { authorization: `Bearer ${token.body.access_token}`, ...headers });
    },
  };
}
