import type { InjectOptions } from 'fastify';
import { type Caller, sightOf } from '../../access/index.ts';
import { createServer, migrate, openPglite } from '../../platform/index.ts';
import { FhirProblem } from '../outcome.ts';
import { openFhir } from '../store/open.ts';
import { createTerminology } from '../terminology/index.ts';
import { createValidator } from '../validation/index.ts';
import { mountFhir } from './index.ts';

export interface Answered {
  status: number;
  headers: Record<string, string | undefined>;
  text: string;
  // biome-ignore lint/suspicious/noExplicitAny: FHIR JSON of any shape, read by assertions
  json: any;
}

/** The REST surface alone, on the real store in memory. `Authorization: none` asks without a caller. */
export async function fhirServer() {
  const db = await openPglite('memory://');
  await migrate(db);
  const tenants = await db.owner('tests', (sql) =>
    sql.query<{ tenant_id: number }>(
      "insert into platform.tenant (id, name) values ('p1', 'Maison de santé'), ('p2', 'Autre maison') returning tenant_id",
    ),
  );
  const [tenant, other] = tenants.map((row) => row.tenant_id) as [number, number];
  const terminology = createTerminology();
  const validator = createValidator(undefined, terminology);
  const fhir = openFhir({ db, validator, sightOf: (caller, act, sql) => sightOf(sql ?? db, caller, act) });
  const house: Caller = { kind: 'client', tenant, clientId: 'test', name: 'Test', scopes: ['system/*.cruds'] };
  const callers: Record<string, Caller> = {
    reader: { ...house, clientId: 'reader', scopes: ['system/*.rs'] },
    patients: { ...house, clientId: 'patients', scopes: ['system/Patient.cruds'] },
    other: { ...house, tenant: other },
  };
  const app = await createServer({ logLevel: 'silent' });
  mountFhir(app, {
    storeFor: fhir.storeFor,
    callerOf: async (request) => {
      const { authorization } = request.headers;
      if (authorization === 'none') throw new FhirProblem(401, 'login', 'Sign in, or send a Bearer token.');
      return callers[authorization ?? ''] ?? house;
    },
    validator,
    terminology,
    publicUrl: 'http://test',
  });
  await app.ready();

  async function ask(
    method: string,
    url: string,
    body?: unknown,
    headers: Record<string, string> = {},
  ): Promise<Answered> {
    const payload =
      body === undefined || typeof body === 'string' || Buffer.isBuffer(body) ? body : JSON.stringify(body);
    const type = payload === undefined ? {} : { 'content-type': 'application/fhir+json' };
    const reply = await app.inject({
      method: method as NonNullable<InjectOptions['method']>,
      url: `/fhir/R4${url}`,
      headers: { ...type, ...headers },
      ...(payload !== undefined && { payload: payload as string }),
    } as InjectOptions);
    let json: unknown;
    try {
      json = JSON.parse(reply.body);
    } catch {
      json = undefined;
    }
    return { status: reply.statusCode, headers: reply.headers as Answered['headers'], text: reply.body, json };
  }
  /** How many versions the store holds: unchanged when nothing was written. */
  const versions = async (): Promise<number> =>
    (
      await db.owner('tests', (sql) =>
        sql.query<{ n: number }>(
          'select ((select count(*) from fhir.resource) + (select count(*) from fhir.history))::int as n',
        ),
      )
    )[0]!.n;
  return {
    app,
    ask,
    versions,
    async close() {
      await app.close();
      await db.close();
    },
  };
}

export const patientNamed = (family: string, more: object = {}) => ({
  resourceType: 'Patient',
  name: [{ family }],
  ...more,
});
export const weight = (patient: string, value: number, more: object = {}) => ({
  resourceType: 'Observation',
  status: 'final',
  code: { coding: [{ system: 'http://loinc.org', code: '29463-7' }] },
  subject: { reference: patient },
  effectiveDateTime: '2026-01-05',
  valueQuantity: { value, unit: 'kg', system: 'http://unitsofmeasure.org', code: 'kg' },
  ...more,
});
