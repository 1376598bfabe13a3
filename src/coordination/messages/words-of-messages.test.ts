import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { before, describe, test } from 'node:test';
import type { Communication } from '@medplum/fhirtypes';
import fc from 'fast-check';
import { newPractice, testHouse, type TestPractice } from '../../../test/app.ts';
import { normalise } from '../../record/index.ts';
import { type Hand, hand, newPatient, ok } from './messages.fixture.ts';

describe('words of messages', { timeout: 240_000 }, () => {
  let practice: TestPractice;
  let doctor: Hand;
  let nurse: Hand;
  let patients: string[];
  before(async () => {
    practice = await newPractice();
    doctor = await hand(practice, 'physician', 'Auffret');
    nurse = await hand(practice, 'nurse', 'Bozec');
    patients = [];
    for (let i = 0; i < 4; i++) patients.push(await newPatient(doctor, nurse));
  });

  const said = [
    'Œdème',
    'oedème',
    'cœur',
    'D’ÉTÉ',
    '38,5 °C',
    'a^b',
    'naïf',
    'x·y',
    'Ñandú',
    'Ωmega',
    'retour',
    'e\u0301te',
  ];
  const sql = async <Row>(text: string, params: unknown[] = []): Promise<Row[]> =>
    (await testHouse()).db.owner('words of messages, in a test', (db) => db.query<Row>(text, params));
  const found = async (who: Hand, q: string) =>
    (await who.list(`q=${encodeURIComponent(q)}`)).map((one) => [one.id, one.found.message]);
  /** As it was before words were kept: every message of their conversations that they may read, newest first, looked through. */
  async function slowly(who: Hand, q: string): Promise<string[][]> {
    const rows = await sql<{ id: string; thread: string }>(
      `select m.id, m.thread from coordination.message m join coordination.thread_person p on p.tenant_id = m.tenant_id and p.thread = m.thread
       where m.tenant_id = $1 and p.practitioner = $2 order by m.at desc, m.id desc`,
      [practice.tenant, who.practitioner],
    );
    const hits = new Map<string, string>();
    const { entry = [] } = ok(await who.get('/fhir/R4/Communication?_count=200')).body as {
      entry?: { resource: Communication }[];
    };
    const seen = new Map(entry.map(({ resource }) => [resource.id, resource]));
    for (const { id, thread } of rows) {
      const one = seen.get(id);
      if (!one || one.status === 'entered-in-error' || hits.has(thread)) continue;
      const files = (one.payload ?? []).flatMap((it) => it.contentAttachment?.title ?? []);
      const texts = (one.payload ?? []).flatMap((it) => it.contentString ?? []);
      const all = normalise(
        [one.topic?.text, ...texts, one.subject?.display, one.sender?.display, ...files].filter(Boolean).join(' '),
      );
      if (
        normalise(q)
          .split(' ')
          .every((word) => all.includes(word))
      )
        hits.set(thread, id);
    }
    return [...hits].slice(0, 30);
  }

  test('COO-8 SEC-4 words find the messages that reading every one of them finds, and none without the right', async () => {
    const threads: string[] = [];
    for (const [n, word] of said.entries()) {
      const text = [word, said[(n * 5 + 1) % said.length], n % 3 ? 'bonjour' : 'Pansement, sortie'].join(' ');
      const thread = n % 4 ? threads[n % threads.length] : undefined;
      const sent = thread
        ? ok(await (n % 2 ? doctor : nurse).reply(thread, { text })).body
        : ok(
            await doctor.open({
              patient: patients[n % patients.length],
              topic: `Objet ${word}`,
              text,
              to: { people: [nurse.practitioner] },
            }),
          ).body;
      if (!thread) threads.push(sent.id);
    }
    const taken = ok(await doctor.reply(threads[0]!, { text: 'zibeline retirée' })).body.messages.at(-1);
    assert.equal((await found(nurse, 'zibeline')).length, 1);
    ok(
      await doctor.post(`/api/messages/threads/${threads[0]}/messages/${taken.id}/withdraw`, {
        version: taken.version,
      }),
    );
    assert.deepEqual(await found(nurse, 'zibeline'), [], 'what was taken back');
    const look = () =>
      fc.assert(
        fc.asyncProperty(
          fc.array(fc.constantFrom(...said, 'bonjour', 'pans', 'tie', 'et', 'objet', 'auffret', 'e'), {
            minLength: 1,
            maxLength: 3,
          }),
          fc.constantFrom('doctor', 'nurse'),
          async (words, whose) => {
            const who = whose === 'doctor' ? doctor : nurse;
            fc.pre(normalise(words.join(' ')) !== '');
            assert.deepEqual(await found(who, words.join(' ')), await slowly(who, words.join(' ')), words.join(' '));
          },
        ),
        { numRuns: 40 },
      );
    await look();
    // The nurse loses the right to one patient's messages: their words are found no more, the rest is.
    const lost = patients[0]!;
    const before = (await found(nurse, 'bonjour')).length + (await found(nurse, 'pansement')).length;
    ok(await doctor.post(`/api/patients/${lost}/choices`, { decision: 'oppose', practitioner: nurse.practitioner }));
    assert.ok((await found(nurse, 'bonjour')).length + (await found(nurse, 'pansement')).length < before);
    await look();
    // What was written before words were kept: drawn by the migration as the server draws them, or looked for in the resource.
    const kept = await sql<{ id: string; said: string }>(
      'select id, said from coordination.message where tenant_id = $1 order by id',
      [practice.tenant],
    );
    assert.ok(kept.every(({ said }) => said !== null));
    await sql('update coordination.message set said = null where tenant_id = $1', [practice.tenant]);
    await look();
    const migration = readFileSync(new URL('../../../migrations/0066_message_words.sql', import.meta.url), 'utf8');
    await sql(migration.slice(migration.indexOf('update coordination.message')));
    const drawn = await sql<{ id: string; said: string | null }>(
      'select id, said from coordination.message where tenant_id = $1 order by id',
      [practice.tenant],
    );
    const sorted = (text: string) => text.split(' ').sort().join(' ');
    for (const [at, { id, said: now }] of drawn.entries())
      if (now !== null) assert.equal(sorted(now), sorted(kept[at]!.said), id);
    assert.ok(drawn.filter(({ said: now }) => now !== null).length > kept.length / 2);
    await look();
  });
});
