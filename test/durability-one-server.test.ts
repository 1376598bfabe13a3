/** One server for a folder and for a database, whoever starts the second and from where. */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { hostname, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import pg from 'pg';
import { freePort, Product } from './durability-server.ts';
import { socketPath } from '../src/platform/folder.ts';
import {
  askServer,
  DatabaseInUse,
  FolderInUse,
  holdDatabase,
  lockFolder,
  type Terminal,
} from '../src/platform/index.ts';
import { postgresPrograms, startPostgres, type TestPostgres } from './postgres.ts';

const folders: string[] = [];
const folder = () => folders[folders.push(mkdtempSync(join(tmpdir(), 'estran-one-'))) - 1]!;
const products: Product[] = [];
const product = async (data: string, database: string) =>
  products[products.push(new Product(await freePort(), { ESTRAN_DATA: data, DATABASE_URL: database })) - 1]!;
after(async () => {
  await Promise.all(products.map((one) => one.end()));
  for (const one of folders) rmSync(one, { recursive: true, force: true });
});

const silent: Terminal = {
  line: () => undefined,
  error: () => undefined,
  json: () => undefined,
  progress: () => undefined,
};
/** Null: no server answers commands there. */
const answersCommands = (data: string, database?: string) =>
  askServer(data, ['practice', 'list'], silent, new AbortController().signal, database);

test('SEC-10 a second server on the folder of one on the embedded engine is refused with 1, and the first goes on', async () => {
  const data = folder();
  const [first, second] = [await product(data, ''), await product(data, '')];
  await first.start();
  await assert.rejects(
    second.start(),
    new RegExp(`answered \\(1\\): \\n?Le dossier ${data} est déjà utilisé par le processus ${first.pid}\\.`),
  );
  assert.equal(await answersCommands(data), 0);
});

test('SEC-10 the lock of a process that ended, and that nobody has asked after, is nobody’s', {
  skip: process.platform !== 'linux' && 'there is no /proc',
}, async () => {
  const data = folder();
  const words = `import { lockFolder } from ${JSON.stringify(new URL('../src/platform/lock.ts', import.meta.url).href)}; lockFolder(process.argv[1]).then(() => console.log(process.pid)); setInterval(() => {}, 1000);`;
  // «sleep» takes the place of the shell and never asks after the child that it finds there.
  const parent = spawn(
    'sh',
    ['-c', '"$0" --input-type=module --eval "$1" "$2" & exec sleep 60', process.execPath, words, data],
    {
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  );
  try {
    const pid = Number(await new Promise((resolve) => parent.stdout.once('data', resolve)));
    await assert.rejects(lockFolder(data), new RegExp(`déjà utilisé par le processus ${pid}`));
    process.kill(pid, 'SIGKILL');
    await wait(200);
    process.kill(pid, 0);
    await (await lockFolder(data))();
  } finally {
    parent.kill('SIGKILL');
  }
});

test('SEC-10 a folder in which a server of another container answers is not taken, whatever number its lock bears; once it is gone, it is', async () => {
  const data = folder();
  for (const owner of ['999999999 1', `${process.pid} 1`]) {
    writeFileSync(join(data, 'estran.lock'), `${owner}\n`);
    const other = createServer();
    await new Promise<void>((resolve) => other.listen(socketPath(data), resolve));
    await assert.rejects(
      lockFolder(data),
      (error: Error) => error instanceof FolderInUse && /répond déjà dans le dossier/.test(error.message),
    );
    await new Promise((resolve) => other.close(resolve));
    await (await lockFolder(data))();
  }
});

describe('one server a database', { skip: !postgresPrograms() && 'no PostgreSQL server on this machine' }, () => {
  let server: TestPostgres;
  before(async () => {
    server = await startPostgres({ fsync: 'off' });
  });
  after(() => server?.stop());
  const connected = async () => {
    const client = new pg.Client(server.url);
    client.on('error', () => undefined);
    await client.connect();
    return client;
  };
  const never = () => assert.fail('it was lost');
  const quiet = { say: () => undefined, lost: never };
  const lock = 'select pg_advisory_lock(727242)';
  const terminate = `select pg_terminate_backend(pid) from pg_stat_activity where application_name like 'estran %'`;

  test('SEC-10 a second server is refused with 1 and told whom to stop, on the same folder and on another; commands still go to the first; killed, it is followed at once', async () => {
    const [here, there] = [folder(), folder()];
    const first = await product(here, server.url);
    const beside = await product(here, server.url);
    const elsewhere = await product(there, server.url);
    await first.start();
    await assert.rejects(
      beside.start(),
      new RegExp(`\\(1\\): \\n?Le dossier ${here} est déjà utilisé par le processus ${first.pid}`),
    );
    await assert.rejects(
      elsewhere.start(),
      new RegExp(
        `\\(1\\): [^]*tient déjà la base de DATABASE_URL \\(processus ${first.pid} de cette machine\\) : [^]*Arrêtez-le d’abord, ou donnez`,
      ),
    );
    assert.equal(await answersCommands(here, server.url), 0, 'the first still answers commands');
    assert.equal(await answersCommands(there, server.url), null);
    assert.ok(Array.isArray(elsewhere.command('practice', 'list')), 'a command works beside it');
    await first.end('SIGKILL');
    await elsewhere.start();
    await elsewhere.end('SIGTERM');
    await beside.start();
    await beside.end();
  });

  test('SEC-10 a command goes to the server of its database however DATABASE_URL writes it, and never to that of another database', async () => {
    const data = folder();
    const serving = await product(data, server.url);
    await serving.start();
    const { host, port } = new URL(server.url);
    assert.equal(host, `127.0.0.1:${port}`);
    const written = (change: string) => server.url.replace('127.0.0.1', change);
    const socket = `postgres://estran@${encodeURIComponent(dirname(server.data))}:${port}/postgres`;
    for (const url of [written('localhost'), written('[::ffff:127.0.0.1]'), `${server.url}?connect_timeout=5`, socket])
      assert.equal(await answersCommands(data, url), 0, url);
    const admin = await connected();
    await admin.query('create database neighbour');
    const neighbour = server.url.replace(/postgres$/, 'neighbour');
    assert.equal(await answersCommands(data, neighbour), null, 'of the same PostgreSQL, with nobody who serves it');
    const other = new pg.Client(neighbour);
    await other.connect();
    await other.query(lock);
    for (const name of ['psql', `estran ${serving.pid! + 1} ${hostname()}`, `estran ${serving.pid} elsewhere`]) {
      await other.query(`select set_config('application_name', $1, false)`, [name]);
      assert.equal(await answersCommands(data, neighbour), null, `held by ${name}`);
    }
    assert.equal(await answersCommands(data, server.url.replace(port, '1')), null, 'where nobody answers');
    await Promise.all([other.end(), admin.end()]);
    await serving.end();
  });

  test('SEC-10 a command whose version would change the schema does not while a server serves the database; then it does', async () => {
    const admin = await connected();
    await admin.query('create database younger');
    const url = server.url.replace(/postgres$/, 'younger');
    const serving = new pg.Client(url);
    await serving.connect();
    await serving.query(lock);
    const elsewhere = await product(folder(), url);
    assert.throws(
      () => elsewhere.command('practice', 'list'),
      /a d’abord la base à mettre à jour, ce qui ne se fait pas pendant qu’un serveur la sert\. .*Arrêtez-le d’abord/,
    );
    assert.deepEqual((await serving.query('select name from public.estran_migration')).rows, []);
    await serving.query('select pg_advisory_unlock_all()');
    assert.deepEqual(elsewhere.command('practice', 'list'), []);
    await Promise.all([serving.end(), admin.end()]);
  });

  test('SEC-10 the connection of a server that has just been killed is waited for, and that is said once; one that stays is not waited for without end', async () => {
    const killed = await connected();
    await killed.query(lock);
    const said: string[] = [];
    const follows = holdDatabase(server.url, { ...quiet, patience: 20_000, say: (words) => said.push(words) });
    await wait(600);
    await killed.end();
    const release = await follows;
    assert.equal(said.length, 1);
    assert.match(said[0]!, /s’il s’arrête dans les 20 s, celui-ci le suit/);
    await assert.rejects(holdDatabase(server.url, { ...quiet, patience: 300 }), DatabaseInUse);
    await release();
    await (await holdDatabase(server.url, { ...quiet, patience: 0 }))();
  });

  test('SEC-10 a cut connection and a restarted PostgreSQL are survived: the database is held again; whoever took it meanwhile keeps it, and the first is told', async () => {
    const lost: Error[] = [];
    const release = await holdDatabase(server.url, { ...quiet, patience: 300, lost: (error) => lost.push(error) });
    const admin = await connected();
    const heldAgain = async () => {
      for (let tries = 0; tries < 100; tries++) {
        await wait(100);
        const client = await connected();
        const { rows } = await client.query(
          `select 1 from pg_locks where locktype = 'advisory' and objid = 727242 and granted`,
        );
        await client.end();
        if (rows.length > 0) return true;
      }
      return false;
    };
    await admin.query(terminate);
    assert.ok(await heldAgain());
    server.restart();
    assert.ok(await heldAgain());
    await assert.rejects(holdDatabase(server.url, { ...quiet, patience: 0 }), DatabaseInUse);
    assert.equal(lost.length, 0);
    // Another waits in the database's own queue, and comes before whoever connects anew.
    const another = await connected();
    const taken = another.query(lock);
    await wait(200);
    const killer = await connected();
    await killer.query(terminate);
    await taken;
    for (let tries = 0; tries < 100 && lost.length === 0; tries++) await wait(50);
    assert.ok(lost[0] instanceof DatabaseInUse);
    await Promise.all([release(), another.end(), killer.end()]);
  });
});
