import assert from 'node:assert/strict';
import { rmSync } from 'node:fs';
import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { type Db, migrate, openPglite } from '../index.ts';
import { restore } from './restore.ts';

const quiet = { line: () => undefined, progress: () => undefined, json: () => undefined };
/** What a server of the first version had: no tasks, no messages, no results that wait, no circle of the whole practice. */
const migrations = [
  '0001_platform.sql',
  '0002_fhir_store.sql',
  '0003_access.sql',
  '0004_accounts.sql',
  '0006_record.sql',
  '0007_exchange.sql',
];
let folder: string;
let db: Db;
before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'estran-older-'));
  db = await openPglite('memory://');
  await migrate(db);
});
after(() => db?.close());
process.on('exit', () => folder && rmSync(folder, { recursive: true, force: true }));

const query = <Row>(text: string, params: unknown[] = []): Promise<Row[]> =>
  db.owner('test', (sql) => sql.query<Row>(text, params));
const keyOf = async (reference: string): Promise<string> =>
  (await query<{ key: string }>('select access.key_of($1)::text as key', [reference]))[0]!.key;

/** A backup as the first version wrote it: clear, without the number of rows in its head. Keys are longer than a number holds: they go in as text. */
async function backupOfThen(tables: Record<string, Record<string, unknown>[]>, head: object = {}): Promise<string> {
  const lines = Object.entries(tables).flatMap(([table, rows]) => [
    JSON.stringify({ table, rows: rows.length }),
    ...rows.map((row) => JSON.stringify(row)),
  ]);
  const text = [JSON.stringify({ migrations, at: '2026-11-22T20:00:00Z', ...head }), ...lines, ''].join('\n');
  const path = join(folder, `${Math.random().toString(36).slice(2)}.estran`);
  await writeFile(path, Buffer.concat([Buffer.from('ESTRANB1'), Buffer.from([0]), gzipSync(text)]));
  return path;
}
async function practiceOfThen(): Promise<Record<string, Record<string, unknown>[]>> {
  const at = new Date(Date.now() - 3 * 86_400_000).toISOString();
  const stored = async (rid: number, kind: number, resource: { resourceType: string; id: string }) => ({
    tenant_id: 1,
    rid,
    type: resource.resourceType,
    id: resource.id,
    version: 1,
    updated: at,
    deleted: false,
    kind,
    key: await keyOf(`${resource.resourceType}/${resource.id}`),
    patient: await keyOf('Patient/rose'),
    patients: null,
    author: null,
    at,
    tokens: [],
    refs: [],
    sort_text: null,
    content: JSON.stringify(resource),
  });
  const nurse = {
    tenant_id: 1,
    id: '7ff322df-2e96-4307-858e-78d1324bf6ec',
    practitioner: 'pro-anne',
    practitioner_key: await keyOf('Practitioner/pro-anne'),
    login: 'anne',
    family: 'Kermarrec',
    given: 'Anne',
    profession: 'nurse',
    kind: 'care',
    status: 'active',
    roles: [],
    sites: [],
    demo: false,
    code_confirmed: false,
    code_last_step: 0,
    recovery_hashes: [],
    created_at: at,
  };
  const report = {
    resourceType: 'DiagnosticReport',
    id: 'r1',
    status: 'final',
    code: { text: 'Biologie' },
    subject: { reference: 'Patient/rose' },
    resultsInterpreter: [{ reference: 'Practitioner/pro-anne' }],
  };
  return {
    'platform.tenant': [{ tenant_id: 1, id: 'msp', name: 'Maison de santé', settings: {}, created_at: at }],
    'access.account': [nurse],
    'fhir.resource': [await stored(513, 1, { resourceType: 'Patient', id: 'rose' }), await stored(514, 7, report)],
  };
}
const tables = async () =>
  (await query<{ name: string }>(`select schemaname || '.' || tablename as name from pg_tables order by 1`)).map(
    ({ name }) => name,
  );

test('SEC-13 a backup of an older version that is not whole changes nothing: the database is as today’s version made it', async () => {
  const held = await tables();
  await assert.rejects(
    restore(db, folder, await backupOfThen(await practiceOfThen(), { rows: 12 }), undefined, quiet),
    /annonce 12 lignes et en contient 4/,
  );
  const later = await backupOfThen({}, { migrations: [...migrations, '9999_tomorrow.sql'] });
  await assert.rejects(restore(db, folder, later, undefined, quiet), /version plus récente d’Estran \(9999_tomorrow/);
  assert.deepEqual(await tables(), held);
  assert.deepEqual(await migrate(db), []);
  assert.deepEqual(await query('select 1 from platform.tenant'), []);
});

test('SEC-13 COO-8 DOS-12 a backup of an older version comes back as an update would have made it: everyone in the circle of the practice, results that wait for their reader', async () => {
  const held = await tables();
  const path = await backupOfThen(await practiceOfThen());
  assert.equal((await restore(db, folder, path, undefined, quiet)).rows, 4);
  assert.deepEqual(await tables(), held, 'the tables are today’s');
  assert.deepEqual(await migrate(db), [], 'no migration is left to be run');
  assert.deepEqual(
    await query(
      `select practitioner from access.care_relation where tenant_id = 1 and patient = 'Group/practice' and source = 'Group/practice'`,
    ),
    [{ practitioner: 'pro-anne' }],
  );
  assert.deepEqual(await query('select id, patient, reader from record.result_waiting where tenant_id = 1'), [
    { id: 'r1', patient: 'rose', reader: 'pro-anne' },
  ]);
  const [next] = await query<{ free: boolean }>(
    `select nextval('fhir.rid_block') > (select max(rid) from fhir.resource) as free`,
  );
  assert.equal(next!.free, true, 'numbers go on after those that are taken');
});
