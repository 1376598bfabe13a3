import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { FastifyInstance } from 'fastify';
import { type Answer, newPractice, type TestPerson, type TestPractice, testHouse } from '../../test/app.ts';
import { createValidator, isResourceType, placeOf } from '../fhir/index.ts';
import { createServer } from '../platform/index.ts';
import { type Exchange, openExchange } from './index.ts';
import type { CheckReport } from './take-over/report.ts';
import type { Run } from './take-over/run.store.ts';

/** A practice with its take-overs, for tests. */
export interface Desk {
  practice: TestPractice;
  owner: TestPerson;
  exchange: Exchange;
  /** Lays files into a new folder; returns it. */
  lay(files: Record<string, string | Buffer>): Promise<string>;
  /** Imports (or checks) paths to the end. */
  take(
    paths: string | string[],
    options?: { source?: string; dry?: boolean },
  ): Promise<Run & { checked: CheckReport | null }>;
  again(run: number, what: 'import' | 'undo'): Promise<Run>;
  read(reference: string): Promise<Answer>;
  // biome-ignore lint/suspicious/noExplicitAny: tests look into resources of every shape
  find(search: string): Promise<any[]>;
}

let shared: Promise<{ app: FastifyInstance; exchange: Exchange }> | undefined;
/** The room on the house's database, with a server of its own. */
export function room(): Promise<{ app: FastifyInstance; exchange: Exchange }> {
  shared ??= (async () => {
    const { db, fhir, access, config } = await testHouse();
    // Small limits, so that a test need not be large to meet them.
    const limits = { whole: 6_000_000, line: 1_000_000, lines: 80_000_000, ratio: 100 };
    const exchange = openExchange({
      db,
      validator: createValidator(),
      importer: fhir.importer,
      guard: access.guard,
      data: config.data,
      limits,
    });
    const app = await createServer({ logLevel: 'silent' });
    exchange.mount(app);
    await app.ready();
    return { app, exchange };
  })();
  return shared;
}

export const actor = { actor: 'System', actorName: 'test', role: 'system' };
const origin = 'http://localhost:3000';

/** Calls the room's wire as a person, or as nobody. */
export async function ask(
  person: TestPerson | null,
  method: string,
  path: string,
  body?: unknown,
  headers: Record<string, string> = {},
): Promise<Answer> {
  const { app } = await room();
  const raw = body instanceof Buffer;
  const answer = await app.inject({
    method: method as 'GET',
    url: path,
    headers: {
      origin,
      ...(person && { cookie: person.cookie }),
      ...(body !== undefined && !raw && { 'content-type': 'application/json' }),
      ...headers,
    },
    ...(body !== undefined && { payload: raw ? body : JSON.stringify(body) }),
  });
  return {
    status: answer.statusCode,
    headers: answer.headers as Record<string, string>,
    body: answer.body ? JSON.parse(answer.body) : undefined,
    text: answer.body,
  };
}

const laid: string[] = [];
process.on('exit', () => {
  for (const folder of laid) rmSync(folder, { recursive: true, force: true });
});

/** Files as a browser sends them. */
export function form(files: Record<string, string | Buffer>): { body: Buffer; headers: Record<string, string> } {
  const parts: Buffer[] = [];
  for (const [name, content] of Object.entries(files)) {
    parts.push(
      Buffer.from(
        `--xx\r\ncontent-disposition: form-data; name="name"\r\n\r\n${name}\r\n--xx\r\ncontent-disposition: form-data; name="file"; filename="f"\r\ncontent-type: application/octet-stream\r\n\r\n`,
      ),
    );
    parts.push(Buffer.from(content), Buffer.from('\r\n'));
  }
  return {
    body: Buffer.concat([...parts, Buffer.from('--xx--\r\n')]),
    headers: { 'content-type': 'multipart/form-data; boundary=xx' },
  };
}

export async function openDesk(): Promise<Desk> {
  const practice = await newPractice();
  const owner = await practice.person('administrator', { roles: ['owner'] });
  const { exchange } = await room();
  const { fhir } = await testHouse();
  const { takeOvers } = exchange;
  const { tenant } = practice;
  const finish = async (run: number) => {
    await takeOvers.finished(tenant, run);
    return (await takeOvers.read(tenant, run)) as Run & { checked: CheckReport | null };
  };
  const store = fhir.asSystem(tenant, 'test');
  return {
    practice,
    owner,
    exchange,
    async lay(files) {
      const folder = mkdtempSync(join(tmpdir(), 'estran-lay-'));
      laid.push(folder);
      for (const [name, content] of Object.entries(files)) {
        await mkdir(dirname(join(folder, name)), { recursive: true });
        writeFileSync(join(folder, name), content);
      }
      return folder;
    },
    async take(paths, options = {}) {
      const run = await takeOvers.create(tenant, actor, options.source ?? '', false);
      await takeOvers.addPaths(tenant, run.id, [paths].flat());
      await takeOvers.begin(tenant, run.id, options.dry ? 'check' : 'import', actor);
      return finish(run.id);
    },
    async again(run, what) {
      await takeOvers.begin(tenant, run, what, actor);
      return finish(run);
    },
    async read(reference) {
      const place = placeOf(reference);
      try {
        const stored = await store.read(place!.type, place!.id);
        return { status: 200, headers: {}, body: stored.resource, text: stored.text };
      } catch (error) {
        return {
          status: (error as { status?: number }).status ?? 500,
          headers: {},
          body: undefined,
          text: String(error),
        };
      }
    },
    async find(search) {
      const [type, query] = search.split('?');
      assert.ok(isResourceType(type!));
      return (await store.search(type, query ?? '', { strict: true })).resources.map((stored) => stored.resource);
    },
  };
}

export const lines = (...resources: unknown[]): string =>
  resources.map((resource) => `${JSON.stringify(resource)}\n`).join('');
export const patient = (id: string, more: Record<string, unknown> = {}) => ({
  resourceType: 'Patient',
  id,
  name: [{ use: 'official', family: `Nom-${id}`, given: ['Anne'] }],
  birthDate: '1950-02-03',
  ...more,
});
export const weight = (id: string, of: string, value: unknown = 70, more: Record<string, unknown> = {}) => ({
  resourceType: 'Observation',
  id,
  status: 'final',
  code: { coding: [{ system: 'http://loinc.org', code: '29463-7' }] },
  subject: { reference: of },
  effectiveDateTime: '2024-03-01',
  valueQuantity: { value, unit: 'kg', system: 'http://unitsofmeasure.org', code: 'kg' },
  ...more,
});
export const total = (run: Run) => {
  const sum = { created: 0, updated: 0, unchanged: 0, existing: 0, rejected: 0 };
  for (const one of Object.values(run.counts))
    for (const name of Object.keys(sum) as (keyof typeof sum)[]) sum[name] += one[name];
  return sum;
};
