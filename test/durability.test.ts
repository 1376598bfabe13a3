import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, describe, test } from 'node:test';
import { freePort, Product, type Reply } from './durability-server.ts';
import { postgresPrograms, startPostgres } from './postgres.ts';

/** How often the product is killed on each engine, and the database server. Fewer only where a run must be short: the output says so. */
const kills = Number(process.env.ESTRAN_KILLS ?? 50);
const serverKills = Math.ceil(kills * 0.24);
const hasPostgres = postgresPrograms() !== undefined;
if (!hasPostgres)
  console.log('SEC-10, SEC-11: there is no PostgreSQL server on this machine, the embedded engine alone is tested.');

const folders: string[] = [];
const folder = () => folders[folders.push(mkdtempSync(join(tmpdir(), 'estran-durability-'))) - 1]!;
after(() => {
  for (const one of folders) rmSync(one, { recursive: true, force: true });
});

const observation = (id: string | undefined, value: number, mark = '') => ({
  resourceType: 'Observation',
  ...(id && { id }),
  status: 'final',
  ...(mark && { identifier: [{ system: 'urn:durability', value: mark }] }),
  code: { coding: [{ system: 'http://loinc.org', code: '29463-7', display: 'Body weight' }], text: 'Poids' },
  subject: { reference: 'Patient/p1' },
  effectiveDateTime: '2026-11-02T09:00:00Z',
  valueQuantity: { value, unit: 'kg', system: 'http://unitsofmeasure.org', code: 'kg' },
});

/** What the writers were told: what was acknowledged must be there after any kill, what was sent and not acknowledged may be. */
interface Told {
  created: Map<string, number>;
  /** Of an updated resource: highest version acknowledged, with its value, and the highest value sent. */
  updated: Map<string, { version: number; value: number; sent: number }>;
  /** Marks of transactions of five: acknowledged or only sent. */
  bundles: Map<string, boolean>;
}

/** Writes until the server is gone: two writers of single resources, two of updates, two of transactions. */
function load(product: Product, told: Told, round: number) {
  let stop = false;
  let count = 0;
  /** False: the database is gone (503, which acknowledges nothing). Nothing more is sent, so that what may have been done is known to be the last. */
  const done = (reply: Reply, ...right: number[]): boolean => {
    if (reply.status === 503) {
      assert.ok(reply.headers['retry-after'], 'a 503 says when to try again');
      assert.match(reply.body, /OperationOutcome/);
      assert.doesNotMatch(reply.body, /\bat \S+:\d+:\d+|Error:/, 'a 503 shows a stack');
      return false;
    }
    assert.ok(right.includes(reply.status), `${reply.status} ${reply.body}`);
    return true;
  };
  const loop = async (work: (n: number) => Promise<boolean>) => {
    for (let n = 0; !stop; n++) {
      try {
        if (!(await work(n))) return;
        count++;
      } catch (error) {
        // The connection broke: the server is dead, or about to be.
        if (error instanceof assert.AssertionError) throw error;
        return;
      }
    }
  };
  const creates = (who: number) =>
    loop(async (n) => {
      const value = round * 1000 + n;
      const reply = await product.send(
        'POST',
        '/fhir/R4/Observation',
        observation(undefined, value, `c${round}-${who}-${n}`),
        { prefer: 'return=representation' },
      );
      if (!done(reply, 201)) return false;
      told.created.set((JSON.parse(reply.body) as { id: string }).id, value);
      return true;
    });
  const updates = (who: number) =>
    loop(async (n) => {
      const id = `u${who}`;
      const known = told.updated.get(id) ?? { version: 0, value: 0, sent: 0 };
      told.updated.set(id, known);
      known.sent = round * 100_000 + n + 1;
      const reply = await product.send('PUT', `/fhir/R4/Observation/${id}`, observation(id, known.sent));
      if (!done(reply, 200, 201)) return false;
      known.version = Number(/\d+/.exec(String(reply.headers.etag))![0]);
      known.value = known.sent;
      return true;
    });
  const bundles = (who: number) =>
    loop(async (n) => {
      const mark = `b${round}-${who}-${n}`;
      told.bundles.set(mark, false);
      const entry = Array.from({ length: 5 }, (_, i) => ({
        resource: observation(undefined, i, mark),
        request: { method: 'POST', url: 'Observation' },
      }));
      const reply = await product.send('POST', '/fhir/R4', { resourceType: 'Bundle', type: 'transaction', entry });
      if (!done(reply, 200)) return false;
      told.bundles.set(mark, true);
      return true;
    });
  const writers = Promise.all([creates(0), creates(1), updates(0), updates(1), bundles(0), bundles(1)]);
  return {
    /** Writes acknowledged in this round. */
    get count() {
      return count;
    },
    async stop() {
      stop = true;
      await writers;
      return count;
    },
  };
}

/** Reads everything back: every acknowledged write, no half transaction. */
async function check(product: Product, told: Told): Promise<void> {
  const get = async (path: string) =>
    JSON.parse((await product.send('GET', path)).body) as {
      resourceType: string;
      id: string;
      meta: { versionId: string };
      valueQuantity: { value: number };
      total?: number;
    };
  await Promise.all(
    [...told.created].map(async ([id, value]) => {
      const found = await get(`/fhir/R4/Observation/${id}`);
      assert.equal(found.valueQuantity?.value, value, `the acknowledged Observation/${id} is lost`);
    }),
  );
  told.created.clear();
  for (const [id, known] of told.updated) {
    if (known.version === 0) continue;
    const found = await get(`/fhir/R4/Observation/${id}`);
    const version = Number(found.meta.versionId);
    assert.ok(version >= known.version, `Observation/${id} went back from version ${known.version} to ${version}`);
    assert.equal(
      found.valueQuantity.value,
      version === known.version ? known.value : known.sent,
      `Observation/${id} holds what nobody wrote`,
    );
    const before = await get(`/fhir/R4/Observation/${id}/_history/${known.version}`);
    assert.equal(before.valueQuantity?.value, known.value, `version ${known.version} of Observation/${id} is lost`);
    known.version = version;
    known.value = found.valueQuantity.value;
  }
  await Promise.all(
    [...told.bundles].map(async ([mark, acknowledged]) => {
      const { total } = await get(
        `/fhir/R4/Observation?identifier=${encodeURIComponent(`urn:durability|${mark}`)}&_summary=count`,
      );
      assert.ok(
        total === 5 || (total === 0 && !acknowledged),
        `transaction ${mark}, ${acknowledged ? 'acknowledged' : 'not acknowledged'}: ${total} of 5 are there`,
      );
    }),
  );
  told.bundles.clear();
}

async function prepare(product: Product): Promise<void> {
  const { id } = product.command('practice', 'create', '--name', 'Durability') as { id: string };
  const client = product.command('client', 'create', '--practice', id, '--scope', 'system/*.cruds') as {
    client_id: string;
    client_secret: string;
  };
  await product.start();
  await product.signIn(client);
  const reply = await product.send('PUT', '/fhir/R4/Patient/p1', {
    resourceType: 'Patient',
    id: 'p1',
    name: [{ family: 'Kermarrec', given: ['Anne'] }],
    birthDate: '1950-02-03',
  });
  assert.equal(reply.status, 201, reply.body);
}

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** Rounds of: write, kill, start again, read back. */
async function rounds(product: Product, times: number, kill: () => Promise<unknown>): Promise<string> {
  const told: Told = { created: new Map(), updated: new Map(), bundles: new Map() };
  let written = 0;
  let slowest = 0;
  for (let round = 1; round <= times; round++) {
    const writing = load(product, told, round);
    // At any moment of the load: some time after some writes, however slow the machine is today.
    const enough = Math.random() * 30;
    const latest = Date.now() + 10_000;
    while (writing.count < enough && Date.now() < latest) await pause(5);
    await pause(Math.random() * 30);
    await kill();
    written += await writing.stop();
    slowest = Math.max(slowest, await product.start());
    await check(product, told);
  }
  await product.end('SIGTERM');
  const chain = product.command('audit', 'verify') as { name: string; entries: number; brokenAt?: number }[];
  assert.ok(
    chain.every((one) => one.brokenAt === undefined),
    JSON.stringify(chain),
  );
  assert.ok(
    chain.some((one) => one.entries >= written),
    'the ledger knows fewer acts than were acknowledged',
  );
  assert.ok(written > times * 3, `only ${written} writes were acknowledged: the kills came too soon to say anything`);
  return `${times} kills, ${written} acknowledged writes, none lost, no half transaction, ledger sound; slowest start ${(slowest / 1000).toFixed(1)} s`;
}

const parentOf = (pid: number): number | undefined => {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return Number(text.slice(text.lastIndexOf(')') + 2).split(' ')[1]);
  } catch {
    return undefined;
  }
};
/** Kills the database server's first process and all it started. */
async function crash(pid: number): Promise<void> {
  // Stopped first: one that it starts after we looked would outlive it and keep its memory.
  process.kill(pid, 'SIGSTOP');
  const children = readdirSync('/proc')
    .map(Number)
    .filter((one) => one > 0 && parentOf(one) === pid);
  for (const one of [pid, ...children])
    try {
      process.kill(one, 'SIGKILL');
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
    }
  // The shared memory is free again when the last of them is gone.
  const there = (one: number) => {
    try {
      return !/\) [ZX] /.test(readFileSync(`/proc/${one}/stat`, 'utf8'));
    } catch {
      return false;
    }
  };
  while ([pid, ...children].some(there)) await pause(10);
}
/** Starts it again on the same folder and port, and waits until it is back from its log. */
async function comeBack(data: string): Promise<void> {
  // Where nobody collects the dead, the server would take the killed one for alive.
  rmSync(join(data, 'postmaster.pid'), { force: true });
  for (const name of readdirSync(dirname(data)))
    if (name.startsWith('.s.PGSQL')) rmSync(join(dirname(data), name), { force: true });
  const options = ['-D', data, '-w', '-t', '300', '-l', join(dirname(data), 'log'), '-o', settings(data), 'start'];
  const root = process.getuid?.() === 0;
  const program = join(postgresPrograms()!, 'pg_ctl');
  const [file, args] = root
    ? ['setpriv', ['--reuid=postgres', '--regid=postgres', '--clear-groups', program, ...options]]
    : [program, options];
  const code = await new Promise((resolve, reject) =>
    spawn(file, args, { stdio: 'ignore', cwd: dirname(data) })
      .once('error', reject)
      .once('exit', resolve),
  );
  assert.equal(
    code,
    0,
    `PostgreSQL did not come back: ${readFileSync(join(dirname(data), 'log'), 'utf8').slice(-600)}`,
  );
}
/** What the server was started with, for its next start. */
const settings = (data: string): string =>
  execFileSync('head', ['-n1', join(data, 'postmaster.opts')], { encoding: 'utf8' })
    .replace(/^\S+\s+/, '')
    .replace(/"-D"\s+"[^"]*"/, '')
    .replaceAll('"', '')
    .replace(/-c ([a-z_]+)=(\S+)/g, "-c $1='$2'")
    .trim();

// Two at a time: each waits for its disk and for starts most of the time, and a machine that does other things makes the moments of the kills more various.
describe('killed under load', { concurrency: 2 }, () => {
  test(`SEC-10 the product is killed ${kills} times under load on the embedded engine: nothing acknowledged is lost, nothing is half done`, async (t) => {
    const product = new Product(await freePort(), { ESTRAN_DATA: folder(), DATABASE_URL: '' });
    t.after(() => product.end());
    await prepare(product);
    t.diagnostic(`pglite: ${await rounds(product, kills, () => product.end())}`);
  });

  test(`SEC-10 the product is killed ${kills} times under load on PostgreSQL: nothing acknowledged is lost, nothing is half done`, {
    skip: !hasPostgres && 'no PostgreSQL server on this machine',
  }, async (t) => {
    const postgres = await startPostgres({ fsync: 'on' });
    const product = new Product(await freePort(), { ESTRAN_DATA: folder(), DATABASE_URL: postgres.url });
    t.after(async () => {
      await product.end();
      postgres.stop();
    });
    await prepare(product);
    t.diagnostic(`postgres: ${await rounds(product, kills, () => product.end())}`);
  });

  test(`SEC-10 the PostgreSQL server itself is killed ${serverKills} times under load: nothing acknowledged is lost, nothing is half done`, {
    skip: !hasPostgres && 'no PostgreSQL server on this machine',
  }, async (t) => {
    const postgres = await startPostgres({ fsync: 'on' });
    const product = new Product(await freePort(), { ESTRAN_DATA: folder(), DATABASE_URL: postgres.url });
    t.after(async () => {
      await product.end();
      postgres.stop();
    });
    await prepare(product);
    const pidOf = () =>
      Number(execFileSync('head', ['-n1', join(postgres.data, 'postmaster.pid')], { encoding: 'utf8' }));
    const kill = async () => {
      await crash(pidOf());
      await comeBack(postgres.data);
      await product.end();
    };
    t.diagnostic(`postgres: server ${await rounds(product, serverKills, kill)}`);
  });
});

test('SEC-10 while the database is away every request is told so, in words and with when to try again; when it is back the product goes on', {
  skip: !hasPostgres && 'no PostgreSQL server on this machine',
}, async (t) => {
  const postgres = await startPostgres({ fsync: 'off' });
  const product = new Product(await freePort(), {
    ESTRAN_DATA: folder(),
    DATABASE_URL: postgres.url,
    LOG_LEVEL: 'silent',
  });
  t.after(async () => {
    await product.end();
    postgres.stop();
  });
  await prepare(product);
  await crash(postgres.pid);
  const asked = await Promise.all([
    product.send('GET', '/fhir/R4/Patient/p1'),
    product.send('GET', '/fhir/R4/Observation?patient=Patient/p1&_total=accurate'),
    product.send('POST', '/fhir/R4/Observation', observation(undefined, 1)),
    product.send('PUT', '/fhir/R4/Observation/away', observation('away', 1)),
    product.send('POST', '/fhir/R4', {
      resourceType: 'Bundle',
      type: 'transaction',
      entry: [{ resource: observation(undefined, 1), request: { method: 'POST', url: 'Observation' } }],
    }),
    product.send('GET', '/api/health'),
  ]);
  for (const reply of asked) {
    assert.equal(reply.status, 503, reply.body);
    assert.match(String(reply.headers['retry-after']), /^\d+$/);
    assert.doesNotMatch(reply.body, /ECONN|node:|\bat \S+:\d+:\d+|Error:/);
  }
  assert.equal((JSON.parse(asked[0]!.body) as { resourceType: string }).resourceType, 'OperationOutcome');
  assert.match(asked.at(-1)!.body, /base de données/i);
  await comeBack(postgres.data);
  for (let tries = 0; (await product.send('GET', '/fhir/R4/Patient/p1')).status !== 200; tries++) {
    assert.ok(tries < 100, 'the product does not find its database again');
    await pause(50);
  }
  assert.equal((await product.send('PUT', '/fhir/R4/Observation/away', observation('away', 1))).status, 201);
});

for (const engine of ['pglite', ...(hasPostgres ? ['postgres'] : [])])
  test(`SEC-11 20 clients update one resource with If-Match on ${engine}: no update is lost`, async (t) => {
    const postgres = engine === 'postgres' ? await startPostgres({ fsync: 'off' }) : undefined;
    const product = new Product(await freePort(), { ESTRAN_DATA: folder(), DATABASE_URL: postgres?.url ?? '' });
    t.after(async () => {
      await product.end();
      postgres?.stop();
    });
    await prepare(product);
    const path = '/fhir/R4/Observation/shared';
    assert.equal((await product.send('PUT', path, observation('shared', 0))).status, 201);
    const wanted = 10;
    let refused = 0;
    // Each client adds one to the value, again and again until it has been let through ten times.
    await Promise.all(
      Array.from({ length: 20 }, async () => {
        for (let done = 0; done < wanted; ) {
          const read = await product.send('GET', path);
          const seen = JSON.parse(read.body) as { valueQuantity: { value: number } };
          const reply = await product.send('PUT', path, observation('shared', seen.valueQuantity.value + 1), {
            'if-match': String(read.headers.etag),
          });
          if (reply.status === 200) done++;
          else {
            assert.equal(reply.status, 412, reply.body);
            refused++;
          }
        }
      }),
    );
    const last = JSON.parse((await product.send('GET', path)).body) as {
      meta: { versionId: string };
      valueQuantity: { value: number };
    };
    assert.equal(last.valueQuantity.value, 20 * wanted);
    assert.equal(Number(last.meta.versionId), 20 * wanted + 1);
    assert.ok(refused > 0, 'the clients never met');
    t.diagnostic(`${engine}: 200 updates, ${refused} told to read again, final version ${last.meta.versionId}`);
  });
