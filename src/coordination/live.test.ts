import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { test } from 'node:test';
import { newPractice, testHouse, type TestPerson } from '../../test/app.ts';

test('SEC-11 a stream of hints that opens after something was told says so first, to whom it was told and to nobody else', async () => {
  const { app, outbox } = await testHouse();
  const address = app.server.listening
    ? app.server.address()
    : await app.listen({ port: 0, host: '127.0.0.1' }).then(() => app.server.address());
  const { port } = address as { port: number };
  const practice = await newPractice('Maison des signes');
  const anne = await practice.person('physician', { family: 'Signe' });
  const nurse = await practice.person('nurse', { family: 'Entendue' });
  const other = await practice.person('nurse', { family: 'Tranquille' });
  const write = async (to: TestPerson) => {
    const answer = await anne.send('POST', '/api/messages/threads', {
      key: randomUUID(),
      topic: 'Bonjour',
      text: 'À lire',
      to: { people: [to.practitioner] },
    });
    assert.equal(answer.status, 200, answer.text);
    await outbox.drained();
  };
  /** Topics told from the opening to a message of now. */
  const topics = async (who: TestPerson) => {
    const stop = new AbortController();
    const { body } = await fetch(`http://127.0.0.1:${port}/api/live`, {
      headers: { cookie: who.cookie },
      signal: stop.signal,
    });
    let text = '';
    const reading = (async () => {
      for await (const piece of body!.pipeThrough(new TextDecoderStream())) text += piece;
    })().catch(() => undefined);
    await write(who);
    for (let turn = 0; turn < 400 && !text.includes('"topic":"messages"'); turn++)
      await new Promise((resolve) => setTimeout(resolve, 25));
    stop.abort();
    await reading;
    const heard = [...text.matchAll(/"topic":"(\w+)"/g)].map(([, topic]) => topic);
    return heard.slice(0, heard.indexOf('messages') + 1);
  };
  await write(nurse);
  assert.deepEqual(await topics(other), ['messages']);
  assert.deepEqual(await topics(nurse), ['reopened', 'messages']);
});
