import { parentPort, workerData } from 'node:worker_threads';
import { PGlite } from '@electric-sql/pglite';
import { pg_trgm } from '@electric-sql/pglite/contrib/pg_trgm';
import { unaccent } from '@electric-sql/pglite/contrib/unaccent';
import { parseInt8 } from './db.ts';
import { preparing } from './pglite-prepared.ts';

/** The engine's own thread: a long statement does not hold up the server, and the second core serves. */
export type Asked = { id: number; text: string; params: readonly unknown[] } | { id: number; close: true };
export type Answered = { id: number; rows: unknown[] } | { id: number; error: Record<string, unknown> };

/** `empty`: an empty database as it was made before in this process; making it takes seconds, reading it half a second. */
export interface Place {
  folder: string;
  empty?: Blob;
}

const port = parentPort!;
const { folder, empty } = workerData as Place;
const engine = await PGlite.create(folder, {
  extensions: { pg_trgm, unaccent },
  parsers: { 20: (text: string) => parseInt8(text) },
  ...(empty && { loadDataDir: empty }),
});

const query = await preparing(engine);

async function answer(asked: Asked): Promise<void> {
  try {
    if ('close' in asked) {
      await engine.close();
      port.postMessage({ id: asked.id, rows: [] } satisfies Answered);
      port.close();
      return;
    }
    const rows = await query(asked.text, asked.params);
    port.postMessage({ id: asked.id, rows } satisfies Answered);
  } catch (error) {
    const { message, code, severity, detail, hint, constraint, position } = error as Record<string, unknown>;
    port.postMessage({
      id: asked.id,
      error: { message: String(message), code, severity, detail, hint, constraint, position },
    } satisfies Answered);
  }
}

let last: Promise<void> = Promise.resolve();
port.on('message', (asked: Asked) => {
  last = last.then(() => answer(asked));
});
const made = folder.startsWith('memory:') && !empty ? [await engine.dumpDataDir('none')] : [];
port.postMessage({ id: 0, rows: made } satisfies Answered);
