import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { engine } from '../../../test/app.ts';
import { startPostgres } from '../../../test/postgres.ts';
import { assemble, type Estran } from '../../main.ts';
import { migrate, openPglite, openPostgres, readConfig } from '../../platform/index.ts';

const origin = 'http://localhost:3000';

/** A server that is started again on the same data. */
async function house(): Promise<{ start(): Promise<Estran>; end(): void }> {
  const data = mkdtempSync(join(tmpdir(), 'estran-outbox-'));
  const postgres = engine === 'postgres' ? await startPostgres({ fsync: 'off' }) : null;
  return {
    async start() {
      const db = postgres ? await openPostgres(postgres.url) : await openPglite(join(data, 'pglite'));
      await migrate(db);
      const estran = await assemble({ ...readConfig({}), data, demo: true, logLevel: 'silent', publicUrl: origin }, db);
      await estran.app.ready();
      return estran;
    },
    end() {
      postgres?.stop();
      rmSync(data, { recursive: true, force: true, maxRetries: 3 });
    },
  };
}

test('SEC-10 COO-8 a message acknowledged just before the server dies is there once, unread once and told once when it starts again', async () => {
  const { start, end } = await house();
  let estran = await start();
  try {
    const { tenant } = await estran.access.createPractice('Maison de santé du redémarrage');
    const person = async (family: string) => {
      const made = await estran.access.createUser(tenant, {
        login: `${family}@test.example`,
        family,
        given: 'Camille',
        profession: 'physician',
        roles: [],
        kind: 'care',
        demo: true,
      });
      return { practitioner: made.practitioner, account: `${tenant}.${made.id}` };
    };
    const [anne, yann] = [await person('Kermarrec'), await person('Tanguy')];
    const signIn = async (account: string) =>
      String(
        (
          await estran.app.inject({
            method: 'POST',
            url: '/api/sign-in/demo',
            headers: { origin, 'content-type': 'application/json' },
            payload: JSON.stringify({ account }),
          })
        ).headers['set-cookie'],
      ).split(';')[0]!;
    const send = async (cookie: string, method: 'GET' | 'POST', url: string, body?: unknown) => {
      const answer = await estran.app.inject({
        method,
        url,
        headers: { origin, cookie, ...(body !== undefined && { 'content-type': 'application/json' }) },
        ...(body !== undefined && { payload: JSON.stringify(body) }),
      });
      assert.equal(answer.statusCode, 200, answer.body);
      return JSON.parse(answer.body);
    };
    const waiting = () =>
      estran.db.tenant(tenant, (sql) =>
        sql.query<{ topic: string }>(
          `select topic from platform.outbox where tenant_id = $1 and topic = 'message.sent'`,
          [tenant],
        ),
      );
    await estran.outbox.drained();

    // Dies between the commit and the delivery.
    await estran.outbox.stop();
    const message = {
      key: randomUUID(),
      topic: 'Avant la coupure',
      text: 'Rien ne se perd',
      urgent: true,
      to: { people: [yann.practitioner] },
    };
    const { id } = await send(await signIn(anne.account), 'POST', '/api/messages/threads', message);
    assert.equal((await waiting()).length, 1, 'the event waits with the message');
    await estran.db.tenant(tenant, (sql) =>
      sql.query(`update platform.outbox set not_before = now() + interval '1 hour' where tenant_id = $1`, [tenant]),
    );
    await estran.close();

    estran = await start();
    const cookie = await signIn(yann.account);
    assert.deepEqual(
      (await send(cookie, 'GET', '/api/messages/counts')).unread,
      1,
      'unread, before anything is delivered',
    );
    const address = await estran.app.listen({ port: 0, host: '127.0.0.1' });
    const stop = new AbortController();
    const reader = (await fetch(`${address}/api/live`, { headers: { cookie }, signal: stop.signal })).body!.getReader();
    let text = '';
    const reading = (async () => {
      for (const decoder = new TextDecoder(); ; ) {
        const { value, done } = await reader.read();
        if (done) return;
        text += decoder.decode(value);
      }
    })().catch(() => undefined);
    await estran.db.tenant(tenant, (sql) =>
      sql.query('update platform.outbox set not_before = now() where tenant_id = $1', [tenant]),
    );
    for (let turn = 0; turn < 3; turn++) await estran.outbox.drained();
    // The sender's program, which never got its answer, sends again.
    await send(await signIn(anne.account), 'POST', '/api/messages/threads', message);
    await estran.outbox.drained();
    for (let turn = 0; turn < 400 && !text.includes('event: hint'); turn++)
      await new Promise((resolve) => setTimeout(resolve, 5));
    stop.abort();
    await reading;
    assert.deepEqual(
      [...text.matchAll(/data: (\{"topic":"messages".*)\n/g)].map((found) => JSON.parse(found[1]!)),
      [{ topic: 'messages', thread: id }],
    );
    assert.deepEqual(await waiting(), []);
    const [line] = (await send(cookie, 'GET', '/api/messages/threads?view=unread')).threads;
    assert.deepEqual([line.id, line.unread, line.count, line.urgent], [id, 1, 1, true]);
  } finally {
    await estran.close();
    end();
  }
});
