import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { type Db, migrate, openPglite } from '../index.ts';
import { type Consumer, openOutbox, publish } from './outbox.ts';

describe('events', () => {
  const tenant = 1;
  let db: Db;
  before(async () => {
    db = await openPglite('memory://');
    await migrate(db);
  });
  after(() => db.close());
  const tell = (topic: string, payload = {}) => db.transaction(tenant, (sql) => publish(sql, tenant, topic, payload));
  const waiting = () =>
    db.tenant(tenant, (sql) =>
      sql.query<{ topic: string; attempts: number; failure: string | null }>(
        'select topic, attempts, failure from platform.outbox where tenant_id = $1 order by seq',
        [tenant],
      ),
    );
  /** An outbox that looks only when it is asked to. */
  async function deliver(consumers: readonly Consumer[]): Promise<unknown[]> {
    const failures: unknown[] = [];
    const outbox = openOutbox(db, consumers, (error) => failures.push(error), 60_000);
    await outbox.drained();
    await outbox.stop();
    return failures;
  }

  test('SEC-10 what fails after the commit is told; what else was to be told goes out, and the event is over', async () => {
    const heard: string[] = [];
    const broken: Consumer = {
      name: 'broken',
      topics: ['one'],
      handle: async () => () => {
        throw new Error('no stream');
      },
    };
    const late: Consumer = {
      name: 'late',
      topics: ['one'],
      handle: async () => async () => {
        throw new Error('no mail');
      },
    };
    const sound: Consumer = {
      name: 'sound',
      topics: ['one', 'two'],
      handle:
        async (_sql, _tenant, { topic }) =>
        () =>
          void heard.push(topic),
    };
    await tell('one');
    await tell('two');
    const failures = await deliver([broken, late, sound]);
    assert.deepEqual(heard, ['one', 'two']);
    assert.deepEqual(
      failures.map((error) => (error as Error).message),
      ['no stream', 'no mail'],
    );
    assert.deepEqual(await waiting(), []);
  });

  test('SEC-10 an event that fails takes nothing of its consumers along, waits longer each time and holds up none behind it', async () => {
    const heard: unknown[] = [];
    const consumer: Consumer = {
      name: 'picky',
      topics: ['told'],
      async handle(sql, _tenant, { payload }) {
        await sql.query(
          `insert into platform.outbox (tenant_id, topic, payload, not_before) values ($1, 'trace', '{}', now() + interval '1 day')`,
          [tenant],
        );
        if (payload.bad) throw new Error('not this one');
        heard.push(payload.name);
      },
    };
    await tell('told', { bad: true });
    await tell('told', { name: 'behind' });
    const failures = await deliver([consumer]);
    assert.deepEqual(heard, ['behind']);
    assert.equal(failures.length, 1);
    assert.deepEqual(await waiting(), [
      { topic: 'told', attempts: 1, failure: 'not this one' },
      { topic: 'trace', attempts: 0, failure: null },
    ]);
    await deliver([consumer]);
    assert.equal((await waiting())[0]!.attempts, 1, 'not before its time');
  });
});
