/**
 * `npm run bench`: what the product costs, from outside: as a process of its own, on a fresh database, over HTTP with keep-alive from
 * another process. --engine pglite|postgres|both --patients N --resources N --quick --json FILE --coordination --programme --record --load --documents --terms FOLDER
 */
import { fork } from 'node:child_process';
import { createWriteStream, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { postgresPrograms } from '../test/postgres.ts';
import { coordination } from './coordination.ts';
import { copyRate } from './copy-rate.ts';
import { documents } from './documents.ts';
import type { Outcome, Task } from './driver.ts';
import { benchResources } from './generate.ts';
import { load } from './load.ts';
import { fanOut, prepareMessages } from './messages.ts';
import { type Measured, startProduct } from './product.ts';
import { programme } from './programme.ts';
import { record } from './record.ts';
import { terms } from './terms.ts';
import { type Result, table, writeReadme } from './report.ts';
import { prepareScenarios } from './scenarios.ts';

const { values } = parseArgs({
  options: {
    engine: { type: 'string', default: 'both' },
    patients: { type: 'string', default: '10000' },
    resources: { type: 'string', default: '1000000' },
    quick: { type: 'boolean' },
    json: { type: 'string' },
    'pglite-resources': { type: 'string', default: '100000' },
    coordination: { type: 'boolean' },
    programme: { type: 'boolean' },
    record: { type: 'boolean' },
    load: { type: 'boolean' },
    documents: { type: 'boolean' },
    terms: { type: 'string' },
  },
});
const quick = values.quick === true;
const seconds = quick ? 2 : 8;
const say = (text: string) => process.stderr.write(`${new Date().toISOString().slice(11, 19)} ${text}\n`);

/** The load process, once for all. */
const driver = fork(join(import.meta.dirname, 'driver.ts'), { stdio: 'inherit' });
let driverEnded: string | undefined;
driver.once('exit', (code, signal) => (driverEnded = `the load process has ended (${signal ?? `code ${code}`})`));
const drive = (task: Task): Promise<Outcome> =>
  new Promise((resolve, reject) => {
    if (driverEnded) return reject(new Error(driverEnded));
    const ended = () => reject(new Error(driverEnded));
    driver.once('exit', ended);
    driver.once('message', (outcome) => {
      driver.off('exit', ended);
      resolve(outcome as Outcome);
    });
    driver.send(task);
  });

/** The generated practice as NDJSON; bytes and resources. */
async function write(
  file: string,
  patients: number,
  resourcesPerPatient: number,
): Promise<{ resources: number; bytes: number }> {
  const out = createWriteStream(file);
  let resources = 0;
  for (const batch of benchResources({ patients, resourcesPerPatient })) {
    resources += batch.length;
    if (!out.write(batch.map((one) => `${JSON.stringify(one)}\n`).join('')))
      await new Promise<void>((resolve) => out.once('drain', () => resolve()));
  }
  await new Promise<void>((resolve) => out.end(() => resolve()));
  return { resources, bytes: statSync(file).size };
}

async function fetchJson(product: Measured, path: string, headers: Record<string, string>, body?: string) {
  const reply = await fetch(`http://127.0.0.1:${product.port}${path}`, {
    method: body === undefined ? 'GET' : 'POST',
    headers,
    ...(body !== undefined && { body }),
  });
  // biome-ignore lint/suspicious/noExplicitAny: answers of every shape
  return { status: reply.status, headers: reply.headers, body: (await reply.json().catch(() => undefined)) as any };
}

async function measure(engine: 'pglite' | 'postgres', patients: number, resources: number): Promise<Result> {
  const perPatient = Math.max(10, Math.round(resources / patients));
  say(`${engine}: ${patients} patients, ${patients * perPatient} resources; generating`);
  const file = join(tmpdir(), `estran-bench-${process.pid}.ndjson`);
  const made = await write(file, patients, perPatient);
  const product = await startProduct(engine);
  try {
    const practice = (
      JSON.parse(product.command(['practice', 'list', '--json']).out) as { id: string; name: string }[]
    )[0]!;
    const before = await product.disk();
    say('importing');
    const began = performance.now();
    const used = product.usage();
    const progress = setInterval(
      () =>
        say(
          `  importing for ${Math.round((performance.now() - began) / 1000)} s, server ${product.memory().server} MB`,
        ),
      30_000,
    );
    const imported = await product.commandLater(['import', file, '--practice', practice.id, '--json']);
    clearInterval(progress);
    const after = product.usage();
    const report = JSON.parse(imported || '{}') as { created?: number; rejected?: number; seconds?: number };
    // The server's own count of its work; the command's start is not the import's.
    const took = report.seconds || (performance.now() - began) / 1000;
    const created = report.created ?? 0;
    if (created === 0) throw new Error(`the import took nothing in: ${imported.slice(0, 500)}`);
    say(
      `imported ${created} in ${took.toFixed(1)} s (${Math.round(created / took)}/s), ${report.rejected ?? 0} rejected`,
    );
    const result: Result = {
      engine,
      patients,
      resources: created,
      jsonBytesPerResource: made.bytes / made.resources,
      rows: [],
      import: {
        perSecond: created / took,
        rejected: report.rejected ?? 0,
        cpuServer: ((after.server - used.server) * 1000) / created,
        cpuDatabase: ((after.database - used.database) * 1000) / created,
      },
    };
    const importMemory = product.memory();
    if (engine === 'postgres') {
      result.copyPerSecond = copyRate(product.postgres!.url, file, postgresPrograms()!) * made.resources;
      await product.sql('vacuum (analyze)');
    }
    result.bytesPerResource = ((await product.disk()) - before) / created;
    // As after a night: memory of the load is given back.
    await product.restart();
    const scenarios = await prepareScenarios(product, practice.id, fetchJson, patients);
    scenarios.push(...(await prepareMessages(product, practice.id, fetchJson)));
    for (const scenario of scenarios) {
      const task = (length: number): Task => ({
        port: product.port,
        clients: scenario.clients,
        seconds: length,
        shots: scenario.shots,
        headers: scenario.headers,
        ...(scenario.once && { once: true }),
      });
      // Plans, caches and compiled code are those of a server that has been running.
      if (!scenario.once) await drive(task(quick ? 0.7 : 2));
      const first = product.usage();
      const outcome = await drive(task(seconds));
      const last = product.usage();
      const each = scenario.resourcesEach ?? 1;
      result.rows.push({
        name: scenario.name,
        clients: scenario.clients,
        perSecond: (outcome.done * each) / outcome.seconds,
        unit: scenario.unit ?? 'requests',
        p50: outcome.p50,
        p95: outcome.p95,
        p99: outcome.p99,
        cpuServer: ((last.server - first.server) * 1000) / outcome.done,
        cpuDatabase: ((last.database - first.database) * 1000) / outcome.done,
        failed: outcome.failed,
        ...(outcome.firstFailure && { firstFailure: outcome.firstFailure }),
        ...(scenario.key && { key: scenario.key }),
      });
      say(
        `  ${scenario.name}: ${Math.round((outcome.done * each) / outcome.seconds)}/s, p95 ${outcome.p95.toFixed(1)} ms${outcome.failed ? `, ${outcome.failed} FAILED: ${outcome.firstFailure}` : ''}`,
      );
    }
    const told = await fanOut(product, fetchJson, quick ? 5 : 40);
    result.rows.push(told);
    say(
      `  ${told.name}: p50 ${told.p50.toFixed(0)} ms, p95 ${told.p95.toFixed(0)} ms${told.failed ? `, ${told.failed} FAILED` : ''}`,
    );
    result.memory = { ...product.memory(), serverAfterImport: importMemory.server };
    return result;
  } finally {
    product.stop();
    rmSync(file, { force: true });
  }
}

const results: Result[] = [];
const engines = (values.engine === 'both' ? ['postgres', 'pglite'] : [values.engine]) as ('pglite' | 'postgres')[];
if (values.coordination) {
  const here = engines.filter((engine) => engine === 'pglite' || postgresPrograms());
  process.stdout.write(`${await coordination(here, drive, fetchJson, say, quick ? 2 : 6)}\n`);
  driver.disconnect();
  process.exit(0);
}
if (values.programme) {
  const here = engines.filter((engine) => engine === 'pglite' || postgresPrograms());
  process.stdout.write(`${await programme(here, say, !quick)}\n`);
  driver.disconnect();
  process.exit(0);
}
if (values.record) {
  const here = engines.filter((engine) => engine === 'pglite' || postgresPrograms());
  process.stdout.write(`${await record(here, drive, fetchJson, say, !quick)}\n`);
  driver.disconnect();
  process.exit(0);
}
if (values.load) {
  process.stdout.write(`${await load(say, !quick)}\n`);
  driver.disconnect();
  process.exit(0);
}
if (values.documents) {
  const here = engines.filter((engine) => engine === 'pglite' || postgresPrograms());
  process.stdout.write(`${await documents(here, quick ? 20_000 : 200_000, say, !quick)}\n`);
  driver.disconnect();
  process.exit(0);
}
if (values.terms !== undefined) {
  const here = engines.filter((engine) => engine === 'pglite' || postgresPrograms());
  process.stdout.write(`${await terms(values.terms, here, say, !quick)}\n`);
  driver.disconnect();
  process.exit(0);
}
for (const engine of engines) {
  if (engine === 'postgres' && !postgresPrograms()) {
    say('There is no PostgreSQL server on this machine: only the embedded engine is measured.');
    continue;
  }
  const patients = Number(values.patients);
  const resources = Number(values.resources);
  const full = engine === 'pglite' ? Math.min(resources, Number(values['pglite-resources'])) : resources;
  const sizes: [number, number][] = [[Math.max(10, Math.round((patients * 10_000) / resources)), 10_000]];
  if (!quick && full > 10_000) sizes.push([Math.round((patients * full) / resources), full]);
  for (const [people, count] of sizes) results.push(await measure(engine, people, count));
}
driver.disconnect();
process.stdout.write(`${table(results)}\n`);
if (values.json) writeFileSync(values.json, JSON.stringify(results, null, 2));
if (!quick) writeReadme(results);
process.exit(0);
