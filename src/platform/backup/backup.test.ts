import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { newPractice, testHouse } from '../../../test/app.ts';
import { type Db, migrate, openPglite, seal, verify } from '../index.ts';
import { backup, restore } from './backup.ts';

const quiet = { line: () => undefined, progress: () => undefined, json: () => undefined };
const passphrase = 'trois petits bateaux sur la grève';
let folder: string;
let empty: Db;

before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'estran-backup-'));
  empty = await openPglite('memory://');
  await migrate(empty);
});
after(async () => {
  await empty.close();
  await rm(folder, { recursive: true, force: true });
});

test('SEC-13 a backup brings every row back into an empty database, ledger and numbers included', async () => {
  const { db, config } = await testHouse();
  const practice = await newPractice();
  const client = await practice.client('system/*.cruds');
  const made = await client('POST', '/fhir/R4/Patient', { resourceType: 'Patient', name: [{ family: 'Sauvegardé', given: ['Éloi'] }] });
  assert.equal(made.status, 201);
  await client('PUT', `/fhir/R4/Patient/${made.body.id}`, { ...made.body, gender: 'male' });
  await seal(db, practice.tenant);

  const path = join(folder, 'tout.estran');
  const done = await backup(db, config.data, path, passphrase, quiet);
  assert.ok(done.rows > 10);
  assert.doesNotMatch(await readFile(path, 'latin1'), /Sauvegard/, 'nothing can be read in the file');

  await assert.rejects(restore(empty, folder, path, 'une autre phrase', quiet), /passphrase or damaged/);
  await assert.rejects(restore(empty, folder, path, undefined, quiet), /encrypted/);
  const bytes = await readFile(path);
  bytes[bytes.length - 40]! ^= 1;
  await writeFile(join(folder, 'abîmé'), bytes);
  await assert.rejects(restore(empty, folder, join(folder, 'abîmé'), passphrase, quiet), /damaged/);
  assert.deepEqual(await empty.owner('test', (sql) => sql.query('select 1 from platform.tenant')), [], 'a refused restore changes nothing');

  const restored = await restore(empty, folder, path, passphrase, quiet);
  assert.equal(restored.rows, done.rows);
  const versions = await empty.tenant(practice.tenant, (sql) => sql.query<{ version: number; content: string }>('select version, content from fhir.resource where id = $1 union all select version, content from fhir.history where id = $1 order by version', [made.body.id]));
  assert.deepEqual(versions.map((row) => row.version), [1, 2]);
  assert.equal(JSON.parse(versions[1]!.content).gender, 'male');

  const before = await verify(empty, practice.tenant);
  assert.equal(before.brokenAt, undefined);
  await empty.transaction(practice.tenant, (sql) => sql.query(`insert into audit.entry (tenant_id, actor, action) values ($1, 'System', 'after')`, [practice.tenant]));
  await seal(empty, practice.tenant);
  const later = await verify(empty, practice.tenant);
  assert.deepEqual([later.brokenAt, later.entries], [undefined, before.entries + 1], 'the chain goes on after its past');
  assert.equal(await readFile(join(folder, 'keys', 'secrets.key'), 'utf8'), await readFile(join(config.data, 'keys', 'secrets.key'), 'utf8'));
  await assert.rejects(restore(empty, folder, path, passphrase, quiet), /already holds practices/);
});
