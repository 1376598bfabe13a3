import { parentPort, workerData } from 'node:worker_threads';
import { PGlite } from '@electric-sql/pglite';
import { pg_trgm } from '@electric-sql/pglite/contrib/pg_trgm';
import { unaccent } from '@electric-sql/pglite/contrib/unaccent';
import { parseInt8 } from './db.ts';

/** The engine's own thread: a long statement does not hold up the server, and the second core serves. */
export type Asked = { id: number; text: string; params: readonly unknown[] } | { id: number; close: true };
export type Answered = { id: number; rows: unknown[] } | { id: number; error: Record<string, unknown> };

const port = parentPort!;
const engine = await PGlite.create(workerData as string, { extensions: { pg_trgm, unaccent }, parsers: { 20: (text: string) => parseInt8(text) } });

port.on('message', async (asked: Asked) => {
  try {
    if ('close' in asked) {
      await engine.close();
      port.postMessage({ id: asked.id, rows: [] } satisfies Answered);
      port.close();
      return;
    }
    const { rows } = await engine.query(asked.text, asked.params as unknown[]);
    port.postMessage({ id: asked.id, rows } satisfies Answered);
  } catch (error) {
    const { message, code, severity, detail, hint, constraint, position } = error as Record<string, unknown>;
    port.postMessage({ id: asked.id, error: { message: String(message), code, severity, detail, hint, constraint, position } } satisfies Answered);
  }
});
port.postMessage({ id: 0, rows: [] } satisfies Answered);
