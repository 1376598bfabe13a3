import { type Db, inTransaction, sqlState } from '../db/db.ts';
import { Problem } from './problem.ts';

export interface Health {
  status: 'ok';
  engine: Db['engine'];
}
/** How long an answer stands, ms: whoever asks without end costs one question in this time. */
const stands = 2_000;

/**
 * Does the database answer, and has it room? Reading alone tells nothing of a full disk. A list too long for the memory it is given goes
 * through a temporary file of the database (300 kB), which is gone at the end: nothing is written, locked or left.
 */
async function look(db: Db): Promise<void> {
  await db.owner('health', (sql) =>
    inTransaction(sql, async () => {
      await sql.query(`set local work_mem = '64kB'`);
      await sql.query('select count(*) from generate_series(1, 20000)');
    }),
  );
}

/** For who watches the server and for a page that waits until it may try again. Errors: 503 */
export function healthOf(db: Db): () => Promise<Health> {
  let last: { at: number; seen: Promise<void> } | undefined;
  return async () => {
    if (!last || performance.now() - last.at > stands) last = { at: performance.now(), seen: look(db) };
    try {
      await last.seen;
    } catch (error) {
      throw isFull(error) ? diskFull() : error;
    }
    return { status: 'ok', engine: db.engine };
  };
}

/** No room left on the database's disk, or no more than its owner allows. */
export const isFull = (error: unknown): boolean => /^(53100|53400)$/.test(sqlState(error) ?? '');
export const diskFull = (): Problem =>
  new Problem(
    503,
    'Disque de la base plein',
    'Le disque de la base de données est plein : rien ne s’enregistre ni ne se lit. Ce que vous avez saisi est conservé sur cet écran. Prévenez la personne qui administre le serveur : tout reprend dès qu’il y a de la place.',
    { headers: { 'retry-after': '10' } },
  );
