import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { rmSync } from 'node:fs';
import { mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { newPractice, testHouse } from '../../../test/app.ts';
import { ask, newTeam, person } from '../../coordination/tasks/tasks.fixture.ts';
import { newRegion, publish, team } from '../../programme/programme.fixture.ts';
import { type Db, migrate, openPglite, seal, type Sql, verify } from '../index.ts';
import { backup } from './backup.ts';
import { restore } from './restore.ts';

const quiet = { line: () => undefined, progress: () => undefined, json: () => undefined };
const passphrase = 'trois petits bateaux sur la grève';
let folder: string;
let empty: Db;

before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'estran-backup-'));
  empty = await openPglite('memory://');
  await migrate(empty);
});
after(() => empty?.close());
process.on('exit', () => folder && rmSync(folder, { recursive: true, force: true }));

/** Rows of each table, of every schema that is not the database's own. */
async function census(sql: Sql): Promise<Record<string, number>> {
  const tables = await sql.query<{ name: string }>(
    `select schemaname || '.' || tablename as name from pg_tables where schemaname not in ('pg_catalog', 'information_schema')`,
  );
  const counted: Record<string, number> = {};
  for (const { name } of tables)
    counted[name] = (await sql.query<{ rows: number }>(`select count(*) as rows from ${name}`))[0]!.rows;
  return counted;
}

test('SEC-13 a backup brings every row back into an empty database, ledger and numbers included', async () => {
  const { db, config } = await testHouse();
  const practice = await newPractice();
  const client = await practice.client('system/*.cruds');
  const made = await client('POST', '/fhir/R4/Patient', {
    resourceType: 'Patient',
    name: [{ family: 'Sauvegardé', given: ['Éloi'], text: 'lignes\u2028d’un\u2029autre\u0085logiciel' }],
  });
  assert.equal(made.status, 201);
  await client('PUT', `/fhir/R4/Patient/${made.body.id}`, { ...made.body, gender: 'male' });
  const { doctor, nurse } = await newTeam();
  await ask(doctor, { addressee: person(nurse) });
  const region = await newRegion();
  await publish(region, 'sauvegarde');
  await team(region, 'sauvegarde', {});
  const scan = await client('POST', '/fhir/R4/Binary', {
    resourceType: 'Binary',
    contentType: 'application/pdf',
    data: randomBytes(3_000_000).toString('base64'),
  });
  assert.equal(scan.status, 201);
  const edition = await db.tenant(practice.tenant, (sql) =>
    sql.query<{ edition: number }>(
      `insert into fhir.term_list (tenant_id, edition, list, state, version, by_name) values ($1, nextval('fhir.term_edition'), 'cim-10', 'current', '2026', 'Essai') returning edition`,
      [practice.tenant],
    ),
  );
  await seal(db, practice.tenant);

  const path = join(folder, 'tout.estran');
  const held = await db.owner('test', census);
  const done = await backup(db, config.data, path, passphrase, quiet);
  assert.ok(done.rows > 10);
  assert.doesNotMatch(await readFile(path, 'latin1'), /Sauvegard/, 'nothing can be read in the file');

  await assert.rejects(
    restore(empty, folder, path, 'une autre phrase', quiet),
    /phrase n’est pas la bonne, ou le fichier est abîmé/,
  );
  await assert.rejects(restore(empty, folder, path, undefined, quiet), /est chiffrée/);
  const bytes = await readFile(path);
  bytes[bytes.length - 40]! ^= 1;
  await writeFile(join(folder, 'abîmé'), bytes);
  await assert.rejects(restore(empty, folder, join(folder, 'abîmé'), passphrase, quiet), /abîmé/);
  assert.deepEqual(
    await empty.owner('test', (sql) => sql.query('select 1 from platform.tenant')),
    [],
    'a refused restore changes nothing',
  );

  await empty.owner('test', (sql) =>
    sql.query(`insert into audit.entry (tenant_id, actor, action) values (0, 'System', 'first start')`),
  );
  await seal(empty, 0);
  const restored = await restore(empty, folder, path, passphrase, quiet);
  assert.equal(restored.rows, done.rows);
  for (const name of ['coordination.task', 'programme.application', 'programme.answer', 'fhir.term_list'])
    assert.ok(held[name]! > 0, `${name} holds something`);
  // The house seals its ledger and delivers its events meanwhile.
  const { 'audit.seal': _seals, 'platform.outbox': _events, ...expected } = held;
  const { 'audit.seal': _kept, 'platform.outbox': _waiting, ...found } = await empty.owner('test', census);
  assert.deepEqual(found, expected, 'every table of every room');
  assert.ok(
    (await empty.owner('test', (sql) => sql.query<{ next: number }>(`select nextval('fhir.term_edition') as next`)))[0]!
      .next > edition[0]!.edition,
    'the next edition has a number of its own',
  );
  const versions = await empty.tenant(practice.tenant, (sql) =>
    sql.query<{ version: number; content: string }>(
      'select version, content from fhir.resource where id = $1 union all select version, content from fhir.history where id = $1 order by version',
      [made.body.id],
    ),
  );
  assert.deepEqual(
    versions.map((row) => row.version),
    [1, 2],
  );
  assert.equal(JSON.parse(versions[1]!.content).gender, 'male');
  assert.equal(
    JSON.parse(versions[1]!.content).name[0].text,
    'lignes\u2028d’un\u2029autre\u0085logiciel',
    'a text may hold any sign that ends lines',
  );

  const before = await verify(empty, practice.tenant);
  assert.equal(before.brokenAt, undefined);
  await empty.transaction(practice.tenant, (sql) =>
    sql.query(`insert into audit.entry (tenant_id, actor, action) values ($1, 'System', 'after')`, [practice.tenant]),
  );
  await seal(empty, practice.tenant);
  const later = await verify(empty, practice.tenant);
  assert.deepEqual(
    [later.brokenAt, later.entries],
    [undefined, before.entries + 1],
    'the chain goes on after its past',
  );
  assert.equal(
    await readFile(join(folder, 'keys', 'secrets.key'), 'utf8'),
    await readFile(join(config.data, 'keys', 'secrets.key'), 'utf8'),
  );
  await assert.rejects(restore(empty, folder, path, passphrase, quiet), /contient déjà des structures/);
});
