import { AsyncLocalStorage } from 'node:async_hooks';
import { existsSync } from 'node:fs';
import { readdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { CommandError } from '../cli/command.ts';
import { makeFolder } from '../folder.ts';
import { type Db, gone, inTransaction, retrying, type Sql } from './db.ts';
import type { Answered, Asked, Place } from './pglite-worker.ts';

/** The first database in memory (tests open many), empty, for the next ones. */
let empty: Promise<Blob> | undefined;

/**
 * The engine makes a new, empty database wherever it does not recognise one, over what is there. So it is let near a folder only when that is new,
 * was never finished, or looks like a database. Returns what to do once it has started.
 */
async function guard(folder: string): Promise<() => Promise<void>> {
  const begun = `${folder}.begun`;
  // Cut off while it was being made: nothing was ever written to it.
  if (existsSync(begun)) await rm(folder, { recursive: true, force: true });
  const held = await readdir(folder).catch(() => []);
  if (held.length > 0) {
    if (!existsSync(join(folder, 'PG_VERSION'))) throw damaged(folder);
    return async () => undefined;
  }
  await makeFolder(dirname(folder));
  await writeFile(begun, '');
  return () => rm(begun, { force: true });
}

const damaged = (folder: string, cause?: unknown): CommandError =>
  new CommandError(
    `La base de ${folder} est abîmée, ou n’en est pas une : elle est laissée telle quelle. Gardez une copie du dossier, puis ramenez la dernière sauvegarde dans un dossier neuf : ESTRAN_DATA=DOSSIER_NEUF ESTRAN_DEMO=0 npm run --silent estran -- restore FICHIER --passphrase-file F.`,
    { cause },
  );

/** Talks to the engine's thread: statements go and answers come in order. */
async function startEngine(folder: string) {
  const inMemory = folder.startsWith('memory:');
  const template = inMemory ? await empty?.catch(() => undefined) : undefined;
  const worker = new Worker(new URL('./pglite-worker.ts', import.meta.url), {
    workerData: { folder, ...(template && { empty: template }) } satisfies Place,
  });
  const waiting = new Map<number, { resolve: (rows: unknown[]) => void; reject: (error: Error) => void }>();
  let ids = 0;
  let ended: Error | undefined;
  const end = (error: Error) => {
    ended = error;
    for (const { reject } of waiting.values()) reject(error);
    waiting.clear();
  };
  worker.on('message', (answer: Answered) => {
    const asker = waiting.get(answer.id);
    waiting.delete(answer.id);
    if ('error' in answer) asker?.reject(Object.assign(new Error(String(answer.error.message)), answer.error));
    else asker?.resolve(answer.rows);
  });
  worker.on('error', (error) => end(error as Error));
  worker.on('exit', () => end(Object.assign(new Error('The embedded database has stopped.'), { code: gone.lost })));
  const started = new Promise<unknown[]>((resolve, reject) => waiting.set(0, { resolve, reject }));
  if (inMemory && !empty) {
    empty = started.then(([blob]) => blob as Blob);
    empty.catch(() => {
      empty = undefined;
    });
  }
  await started;
  const ask = (message: { text: string; params: readonly unknown[] } | { close: true }): Promise<unknown[]> =>
    new Promise((resolve, reject) => {
      if (ended) return reject(ended);
      const id = ++ids;
      waiting.set(id, { resolve, reject });
      worker.postMessage({ id, ...message } as Asked);
    });
  return { ask, cut: () => void worker.terminate() };
}

async function startOn(folder: string) {
  if (folder.startsWith('memory:')) return startEngine(folder);
  const started = await guard(folder);
  const engine = await startEngine(folder).catch((error: unknown) => {
    // A full disk, a folder that may not be written: the machine's own words say what to do.
    throw error instanceof Error && 'syscall' in error ? error : damaged(folder, error);
  });
  await started();
  return engine;
}

/**
 * The embedded engine: PostgreSQL in WebAssembly, in a thread of this process, one connection. Callers queue for it.
 * @param folder where the data live; `memory://` keeps nothing.
 */
export async function openPglite(folder: string): Promise<Db> {
  const { ask, cut } = await startOn(folder);
  let isCut = false;
  let last: Promise<unknown> = Promise.resolve();
  let current = '';
  const sql: Sql = {
    query: <Row>(text: string, params: readonly unknown[] = []) => ask({ text, params }) as Promise<Row[]>,
  };
  // One connection: waiting for it while holding it would wait for ever. Say so instead.
  const holding = new AsyncLocalStorage<boolean>();

  /** Takes the connection's turn and makes it speak for `who` ('' is the owner). */
  function turn<T>(who: string, work: () => Promise<T>): Promise<T> {
    if (holding.getStore())
      throw new Error(
        'Use the statement runner you were given: the embedded engine has one connection and you hold it.',
      );
    const mine = last.then(async () => {
      if (who !== current) {
        current = 'changing';
        await sql.query(who === '' ? 'reset role' : 'set role estran_app');
        await sql.query(`select set_config('estran.tenant', $1, false)`, [who]);
        current = who;
      }
      return holding.run(true, work);
    });
    last = mine.catch(() => undefined);
    return mine;
  }

  return {
    engine: 'pglite',
    tenant: (tenantId, work) => turn(String(tenantId), () => work(sql)),
    transaction: (tenantId, work) => turn(String(tenantId), () => retrying(() => inTransaction(sql, work))),
    owner: (_reason, work) => turn('', () => work(sql)),
    async close() {
      await last;
      if (!isCut) await ask({ close: true });
    },
    cut() {
      isCut = true;
      cut();
    },
  };
}
