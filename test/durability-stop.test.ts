/** The end of the server when parts of it wait for somebody who does not answer. */
import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import pg from 'pg';
import { socketPath } from '../src/platform/folder.ts';
import { openPglite, sqlState } from '../src/platform/index.ts';
import { freePort, Product } from './durability-server.ts';
import { postgresPrograms, startPostgres, type TestPostgres } from './postgres.ts';

const thing = { resourceType: 'Basic', code: { text: 'Repère' } };

describe('a server that is asked to stop', {
  skip: !postgresPrograms() && 'no PostgreSQL server on this machine',
}, () => {
  const data = mkdtempSync(join(tmpdir(), 'estran-stop-'));
  process.on('exit', () => rmSync(data, { recursive: true, force: true }));
  // Greets, and then says no more.
  const silentMail = createServer((socket) => socket.on('error', () => undefined).write('220 silence\r\n'));
  let server: TestPostgres;
  let product: Product;
  let admin: pg.Client;
  let practice: string;
  let client: { client_id: string; client_secret: string };
  before(async () => {
    await new Promise<void>((resolve) => silentMail.listen(0, '127.0.0.1', resolve));
    const { port } = silentMail.address() as { port: number };
    server = await startPostgres({ fsync: 'off' });
    admin = new pg.Client(server.url);
    await admin.connect();
    product = new Product(await freePort(), {
      ESTRAN_DATA: data,
      DATABASE_URL: server.url,
      SMTP_URL: `smtp://127.0.0.1:${port}?ignoreTLS=true`,
      LOG_LEVEL: 'fatal',
    });
    practice = (product.command('practice', 'create', '--name', 'Arrêt') as { id: string }).id;
    client = product.command('client', 'create', '--practice', practice, '--scope', 'system/*.cruds') as typeof client;
  });
  after(async () => {
    await product?.end();
    await admin?.end();
    server?.stop();
    silentMail.close();
  });

  const begin = async () => {
    await product.start();
    await product.signIn(client);
  };
  const locked = (...tables: string[]) =>
    admin.query(`begin; lock table ${tables.join(', ')} in access exclusive mode`);
  const free = () => admin.query('rollback');
  /** As many sessions wait for what is locked. */
  const waiting = async (count: number) => {
    for (let found = 0; found < count; await wait(50))
      found = (await admin.query('select distinct pid from pg_locks where not granted')).rows.length;
  };
  const sessions = async () =>
    (
      await admin.query(
        `select 1 from pg_stat_activity where backend_type = 'client backend' and pid <> pg_backend_pid()`,
      )
    ).rows.length;
  const inviting = (login: string) => {
    const args = ['user', 'create', '--practice', practice, '--login', login, '--family', 'Riou', '--given', 'Anne'];
    const child = spawn(
      process.execPath,
      [join(import.meta.dirname, '../src/main.ts'), ...args, '--profession', 'nurse', '--json'],
      { env: product.env, stdio: ['ignore', 'pipe', 'pipe'] },
    );
    let said = '';
    child.stdout.on('data', (text) => (said += String(text)));
    return new Promise<string>((resolve) => child.once('exit', () => resolve(said)));
  };

  test('SEC-10 a write that is on its way is answered, and then the server ends with 0', async () => {
    await begin();
    await locked('fhir.resource');
    const writing = product.send('POST', '/fhir/R4/Basic', thing);
    await waiting(1);
    const ended = product.end('SIGTERM');
    await wait(500);
    await free();
    assert.equal((await writing).status, 201);
    assert.equal(await ended, 0);
    assert.equal(product.said, '');
  });

  test('SEC-10 a request, statements of jobs, commands and a mail that come to no end are broken off: it ends with 0 all the same, says so, loses nothing that was acknowledged and leaves nothing at work in the database', async () => {
    await begin();
    const kept = await product.send('POST', '/fhir/R4/Basic', thing, { prefer: 'return=representation' });
    assert.equal(kept.status, 201);
    const invited = inviting('anne@arret.example');
    for (let mails = 0; mails === 0; await wait(50))
      mails = await new Promise<number>((resolve) => silentMail.getConnections((_, count) => resolve(count)));
    const mute = connect(socketPath(data));
    mute.on('error', () => undefined);
    await locked('fhir.resource', 'platform.outbox', 'audit.seal');
    const cut = product.send('POST', '/fhir/R4/Basic', thing).then(
      () => 'answered',
      () => 'cut',
    );
    await waiting(3);
    const ended = product.end('SIGTERM');
    assert.equal(await ended, 0, product.said);
    assert.match(product.said, /au bout de 10 s est interrompu/);
    assert.doesNotMatch(product.said, /forcé|immédiat|\bat \S+:\d+:\d+/);
    assert.equal(await cut, 'cut');
    assert.match(await invited, /invitation#/, 'the account stands, and its link is handed over');
    assert.equal(await sessions(), 0);
    await free();
    await product.start();
    const { id } = JSON.parse(kept.body) as { id: string };
    assert.equal((await product.send('GET', `/fhir/R4/Basic/${id}`)).status, 200);
    assert.equal(await product.end('SIGTERM'), 0);
  });

  test('SEC-10 asked a second time it ends at once, with 1; the same signal passed on by npm is no second time', async () => {
    await begin();
    await locked('fhir.resource');
    const cut = product.send('POST', '/fhir/R4/Basic', thing).catch(() => 'cut');
    await waiting(1);
    const { pid } = product;
    const ended = product.end('SIGTERM');
    process.kill(pid!, 'SIGINT');
    await wait(1_500);
    assert.equal(product.said, '');
    process.kill(pid!, 'SIGTERM');
    assert.equal(await ended, 1);
    assert.match(product.said, /^Arrêt immédiat/);
    assert.equal(await cut, 'cut');
    await free();
  });
});

test('SEC-10 what does not let itself be broken off is left: the process ends with 1 and says so', () => {
  const words = `import { stopper } from ${JSON.stringify(new URL('../src/platform/stop.ts', import.meta.url).href)}; stopper({ end: () => new Promise(() => {}), cut: () => console.log('cut') }, console.log, { cut: 100, leave: 300 })();`;
  const { status, stdout } = spawnSync(process.execPath, ['--input-type=module', '--eval', words], {
    encoding: 'utf8',
  });
  assert.deepEqual([status, stdout.match(/interrompu|^cut$|forcé/gm)], [1, ['interrompu', 'cut', 'forcé']]);
});

test('SEC-10 a statement of the embedded engine that comes to no end is broken off, and the engine with it', async () => {
  const db = await openPglite('memory://');
  const endless = db.owner('test', (sql) => sql.query('select count(*) from generate_series(1, 100000000000)'));
  const refused = assert.rejects(endless, (error) => sqlState(error) === '08006');
  await wait(200);
  db.cut();
  await refused;
  await db.close();
});
