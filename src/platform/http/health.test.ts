import assert from 'node:assert/strict';
import { test } from 'node:test';
import { postgresPrograms, startPostgres } from '../../../test/postgres.ts';
import { type Db, openPglite, openPostgres } from '../index.ts';
import { healthOf } from './health.ts';
import { toProblem } from './server.ts';

test('SEC-10 a database that answers and may write nothing is not said to be well, and is again once it may', {
  skip: postgresPrograms() === undefined,
}, async () => {
  const postgres = await startPostgres({ fsync: 'off' });
  /** Asks one that is opened anew, under what the role is then allowed. */
  const within = async (limit: string, look: (health: ReturnType<typeof healthOf>, db: Db) => Promise<void>) => {
    const db = await openPostgres(postgres.url);
    await db.owner('test', (sql) => sql.query(`alter role estran set temp_file_limit = '${limit}'`));
    await db.close();
    const anew = await openPostgres(postgres.url);
    await look(healthOf(anew), anew).finally(() => anew.close());
  };
  try {
    await within('-1', async (health) => {
      assert.deepEqual(await health(), { status: 'ok', engine: 'postgres' });
    });
    await within('64kB', async (health, db) => {
      for (const _again of [1, 2])
        await assert.rejects(health, (error) => {
          const { status, title, message, headers } = toProblem(error);
          assert.deepEqual([status, title, headers?.['retry-after']], [503, 'Disque de la base plein', '10']);
          return /rien ne s’enregistre/.test(message) && /Prévenez/.test(message);
        });
      // Nothing of the question is left behind: the connection serves others.
      assert.equal((await db.owner('test', (sql) => sql.query<{ n: number }>('select 1 as n')))[0]!.n, 1);
    });
    await within('-1', async (health) => {
      assert.equal((await health()).status, 'ok');
    });
  } finally {
    postgres.stop();
  }
});

test('SEC-10 what a full disk refuses is told as a full disk, not as a database that is away', () => {
  const full = Object.assign(new Error('could not extend file'), { code: '53100', severity: 'ERROR' });
  assert.deepEqual([toProblem(full).status, toProblem(full).title], [503, 'Disque de la base plein']);
  const many = Object.assign(new Error('too many connections'), { code: '53300', severity: 'FATAL' });
  assert.equal(toProblem(many).title, 'Base de données indisponible');
});

test('SEC-10 the embedded engine is asked in the same way; asked without end, the database is asked now and then', async () => {
  const db = await openPglite('memory://');
  let asked = 0;
  const health = healthOf({
    ...db,
    owner: (reason, work) => {
      asked++;
      return db.owner(reason, work);
    },
  });
  try {
    for (const one of await Promise.all(Array.from({ length: 50 }, health)))
      assert.deepEqual(one, { status: 'ok', engine: 'pglite' });
    assert.equal(asked, 1);
  } finally {
    await db.close();
  }
});
