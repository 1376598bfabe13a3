import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { anyone, type TestPerson, testHouse } from '../../../test/app.ts';
import { queueMail } from '../mails/mails.store.ts';
import { openedProject } from '../programme.fixture.ts';

const path = '/api/programme/outbox';
const read = async (who: TestPerson, query = '') =>
  (await who.send('GET', path + query)).body as {
    mails: boolean;
    lines: { id: string; kind: string; subject: string; state: string; page: string; at: string }[];
    more: string | null;
    counts: { state: string; count: number }[];
  };

describe('the region’s outbox', () => {
  test('AAP-9 PRJ-10 ACT-1 all letters and mails of the region stand in one list with how far each is; without a mail server it says what would be sent; page after page, none twice', async () => {
    const one = await openedProject();
    const { db, outbox } = await testHouse();
    const { tenant } = one.region;
    const mail = (key: string, at: Date, subjectOf: 'Project/x' | `Project/${string}` | `Track/${string}`) =>
      db.transaction(tenant, (sql) =>
        queueMail(sql, tenant, {
          key,
          subjectOf,
          batch: 'essai',
          recipient: 'equipe@test.example',
          name: 'Camille Riou',
          subject: `Message ${key}`,
          words: 'Bonjour,\n\n[lien personnel sondage:abc]',
          paper: null,
          at,
        }),
      );
    await mail('a', new Date(), `Project/${one.project}`);
    await mail('b', new Date(), 'Track/xyz');
    await outbox.drained();
    const whole = await read(one.officer);
    assert.deepEqual(
      [whole.mails, whole.lines.map(({ kind, state }) => `${kind} ${state}`).sort(), whole.more],
      [false, ['letter to-hand', 'mail to-hand', 'mail to-hand'], null],
    );
    assert.deepEqual(whole.counts, [{ state: 'to-hand', count: 3 }]);
    assert.equal(
      whole.lines.find(({ kind }) => kind === 'letter')!.page,
      `/programme/dossiers/courriers?appel=${one.call}`,
    );
    assert.deepEqual(
      (await read(one.officer, '?kind=mail&q=MESSAGE%20A')).lines.map(({ subject }) => subject),
      ['Message a'],
    );
    assert.equal((await read(one.officer, '?state=sent')).lines.length, 0);
    assert.deepEqual(
      (await read(one.gcs)).lines.map(({ subject }) => subject),
      ['Message a'],
      'GCS: mails of projects',
    );
    for (let i = 0; i < 130; i++) await mail(`n${i}`, new Date(Date.now() - (i % 7) * 1000), `Project/${one.project}`);
    const seen: string[] = [];
    for (let more: string | null = ''; more !== null; ) {
      const next: Awaited<ReturnType<typeof read>> = await read(
        one.officer,
        more ? `?before=${encodeURIComponent(more)}` : '',
      );
      seen.push(...next.lines.map(({ id }) => id));
      more = next.more;
    }
    assert.deepEqual([seen.length, new Set(seen).size], [133, 133]);
    assert.equal((await one.officer.send('GET', `${path}?before=hier`)).status, 422);
  });

  test('AAP-9 a message is sent again on purpose, not twice; who may not: commission, consultant, vendor, partner, practice, another region, nobody', async () => {
    const one = await openedProject();
    const { db, outbox } = await testHouse();
    const { tenant } = one.region;
    await db.transaction(tenant, async (sql) => {
      for (const subjectOf of [`Project/${one.project}`, 'Track/xyz'] as const)
        await queueMail(sql, tenant, {
          key: subjectOf,
          subjectOf,
          batch: 'essai',
          recipient: '',
          name: '',
          subject: subjectOf,
          words: 'Bonjour',
          paper: null,
          at: new Date(),
        });
    });
    await outbox.drained();
    const { lines } = await read(one.officer);
    const [project, track] = ['Project/', 'Track/'].map(
      (begin) => lines.find(({ subject }) => subject.startsWith(begin))!,
    );
    assert.equal((await one.gcs.send('POST', `${path}/mails/${track!.id}/send`)).status, 404);
    assert.equal((await one.gcs.send('POST', `${path}/mails/${project!.id}/send`)).status, 204);
    assert.equal((await one.officer.send('POST', `${path}/mails/${project!.id}/send`)).status, 409, 'it is on its way');
    assert.equal(
      (await one.officer.send('GET', `${path}/mails/${project!.id}/paper`)).status,
      404,
      'nothing is joined',
    );
    for (const who of [
      one.strangers.reviewer,
      one.consultant,
      one.strangers.vendor,
      one.strangers.partner,
      one.team.coordinator,
      one.nurse,
    ]) {
      assert.equal((await who.send('GET', path)).status, 403);
      assert.equal((await who.send('POST', `${path}/mails/${track!.id}/send`)).status, 403);
      assert.equal((await who.send('GET', `${path}/mails/${track!.id}/paper`)).status, 403);
    }
    assert.equal((await read(one.foreign)).lines.length, 0);
    assert.equal((await one.foreign.send('POST', `${path}/mails/${track!.id}/send`)).status, 404);
    assert.equal((await anyone('GET', path)).status, 401);
  });
});
