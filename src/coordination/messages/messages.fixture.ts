import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import type { PracticeRole, Profession } from '../../access/index.ts';
import { type Answer, testHouse, type TestPerson, type TestPractice } from '../../../test/app.ts';

export interface Hand extends TestPerson {
  get(path: string): Promise<Answer>;
  post(path: string, body?: unknown): Promise<Answer>;
  /** Opens a conversation; `key` and `text` are made up when they are not given. */
  open(body: Record<string, unknown>): Promise<Answer>;
  reply(thread: string, body: Record<string, unknown>): Promise<Answer>;
  // biome-ignore lint/suspicious/noExplicitAny: answers of every shape
  list(query?: string): Promise<any[]>;
  counts(): Promise<{ unread: number; urgent: number; mentions: number; todo: number }>;
}
export async function hand(
  practice: TestPractice,
  profession: Profession,
  family: string,
  options: { roles?: PracticeRole[] } = {},
): Promise<Hand> {
  const person = await practice.person(profession, { family, given: 'Camille', ...options });
  const get = (path: string) => person.send('GET', path);
  const post = (path: string, body: unknown = {}) => person.send('POST', path, body);
  return {
    ...person,
    get,
    post,
    open: (body) =>
      post('/api/messages/threads', { key: randomUUID(), topic: 'Objet', text: 'Bonjour', to: {}, ...body }),
    reply: (thread, body) =>
      post(`/api/messages/threads/${thread}/messages`, { key: randomUUID(), text: 'Bien reçu', ...body }),
    list: async (query = '') => ok(await get(`/api/messages/threads?${query}`)).body.threads,
    counts: async () => ok(await get('/api/messages/counts')).body,
  };
}
export const ok = (answer: Answer, status = 200): Answer => {
  assert.equal(answer.status, status, answer.text);
  return answer;
};
let count = 0;
const letters = (n: number): string => [...String(n)].map((digit) => 'ABCDEFGHIJ'[Number(digit)]).join('');
/** A patient of `by`, with these in the care team. */
export async function newPatient(by: Hand, ...team: Hand[]): Promise<string> {
  count++;
  const { id } = ok(
    await by.post('/api/patients', {
      birthFamily: `Message${letters(count * 7919)}`,
      birthGivens: `Prenom${letters(count * 104729)}`,
      birthDate: `${String((count % 27) + 1).padStart(2, '0')}/04/${1930 + (count % 60)}`,
      sex: 'female',
    }),
  ).body;
  for (const one of team) ok(await by.post(`/api/patients/${id}/team`, { practitioner: one.practitioner }));
  return id;
}
/** A message with files, as a form sends it. */
export function form(
  message: Record<string, unknown>,
  files: readonly { name: string; bytes: Buffer }[],
): { body: Buffer; headers: Record<string, string> } {
  const edge = `edge${randomUUID()}`;
  const part = (head: string, bytes: Buffer) =>
    Buffer.concat([Buffer.from(`--${edge}\r\n${head}\r\n\r\n`), bytes, Buffer.from('\r\n')]);
  const body = Buffer.concat([
    part('Content-Disposition: form-data; name="message"', Buffer.from(JSON.stringify(message))),
    ...files.map((file) =>
      part(
        `Content-Disposition: form-data; name="file"; filename="${file.name}"\r\nContent-Type: application/octet-stream`,
        file.bytes,
      ),
    ),
    Buffer.from(`--${edge}--\r\n`),
  ]);
  return { body, headers: { 'content-type': `multipart/form-data; boundary=${edge}` } };
}
export const pdf = Buffer.from('%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF');

/** Hints that reach a person's browser while `act` runs and a little after: over a real stream, as a browser opens it. */
export async function hintsDuring(
  who: Hand,
  act: () => Promise<unknown>,
): Promise<{ topic: string; thread?: string }[]> {
  const house = await testHouse();
  await house.outbox.drained();
  const address = house.app.server.listening
    ? `http://127.0.0.1:${(house.app.server.address() as { port: number }).port}`
    : await house.app.listen({ port: 0, host: '127.0.0.1' });
  const stop = new AbortController();
  const answer = await fetch(`${address}/api/live`, { headers: { cookie: who.cookie }, signal: stop.signal });
  const reader = answer.body!.getReader();
  let text = '';
  const reading = (async () => {
    const decoder = new TextDecoder();
    for (;;) {
      const { value, done } = await reader.read();
      if (done) return;
      text += decoder.decode(value);
    }
  })().catch(() => undefined);
  while (!text.includes('retry: ')) await new Promise((resolve) => setTimeout(resolve, 5));
  await act();
  await house.outbox.drained();
  // What was told after the delivery has been written to the socket; the loop must turn once for it to be read.
  for (let turn = 0; turn < 20; turn++) await new Promise((resolve) => setTimeout(resolve, 5));
  stop.abort();
  await reading;
  // What was told before the stream was open comes in one word, at its opening: it is not of the act.
  return [...text.matchAll(/event: hint\ndata: (.*)\n/g)]
    .map((found) => JSON.parse(found[1]!))
    .filter(({ topic }) => topic !== 'reopened');
}
