import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { anyone, type TestPerson, testHouse } from '../../../test/app.ts';
import { wordsOf } from '../../platform/pdf/pdf-words-for-tests.ts';
import { inDays, newRegion, publish, submitted, type Team } from '../programme.fixture.ts';
import { claimJob, jobOf, partOf } from './jobs.store.ts';
import { type MakePart, openJobs } from './run.ts';

const sent = async (who: TestPerson, method: string, path: string, body?: unknown) => {
  const answer = await who.send(method, path, body);
  if (answer.status >= 400) throw new Error(`${path}: ${answer.text}`);
  return answer.body;
};
/** A call of three teams, decided and notified. */
async function notified(call: string) {
  const region = await newRegion(`Région ${call}`);
  await publish(region, call, { places: 1, review: [] });
  const teams: Team[] = [];
  for (const letter of 'ABC')
    teams.push(
      await submitted(region, call, letter === 'A' ? {} : { 'coordination.protocols': 0 }, `Équipe ${call} ${letter}`),
    );
  await publish(region, call, { places: 3, review: [], deadline: inDays(-1) });
  const officer = await region.person('ars-officer');
  const at = `/api/programme/editions/${call}`;
  const { seen } = await sent(officer, 'GET', `${at}/ranking`);
  await sent(officer, 'POST', `${at}/decide`, { places: 3, seen });
  await sent(officer, 'POST', `${at}/notify`, { signatory: 'Jeanne Ars', role: 'Directrice', note: '' });
  return { region, teams, officer, at };
}
/** Entries of a zip that is not compressed, by its directory; the checks of each are those of the file itself. */
function entriesOf(zip: Buffer): Map<string, Buffer> {
  const end = zip.lastIndexOf(Buffer.from('PK\x05\x06', 'latin1'));
  const found = new Map<string, Buffer>();
  let at = zip.readUInt32LE(end + 16);
  for (let i = 0; i < zip.readUInt16LE(end + 10); i++) {
    assert.equal(zip.subarray(at, at + 4).toString('latin1'), 'PK\x01\x02');
    const [size, named, local] = [zip.readUInt32LE(at + 24), zip.readUInt16LE(at + 28), zip.readUInt32LE(at + 42)];
    const name = zip.subarray(at + 46, at + 46 + named).toString();
    const from = local + 30 + zip.readUInt16LE(local + 26) + zip.readUInt16LE(local + 28);
    assert.equal(zip.subarray(local, local + 4).toString('latin1'), 'PK\x03\x04');
    found.set(name, zip.subarray(from, from + size));
    at += 46 + named;
  }
  return found;
}
const file = async (who: TestPerson, job: string) =>
  (await (await testHouse()).app.inject({ url: `/api/programme/jobs/${job}/file`, headers: { cookie: who.cookie } }))
    .rawPayload;
const lines = async (who: TestPerson, at: string) =>
  (await sent(who, 'GET', `${at}/jobs`)).lines as {
    id: string;
    kind: string;
    state: string;
    done: number;
    total: number;
    failure: string | null;
  }[];

describe('long work', () => {
  test('PRJ-10 AAP-9 all letters of a call, and all of its file, are put together behind the screens and downloaded as one; asked twice at once it is done once', async () => {
    const { officer, at, teams } = await notified('lot-a');
    const asked = await Promise.all([1, 2, 3].map(() => sent(officer, 'POST', `${at}/jobs`, { kind: 'letters' })));
    assert.deepEqual([new Set(asked.map(({ id }) => id)).size, asked.filter(({ created }) => created).length], [1, 1]);
    assert.equal((await officer.send('GET', `/api/programme/jobs/${asked[0].id}/file`)).status, 409, 'not ready yet');
    const { outbox } = await testHouse();
    await outbox.drained();
    assert.deepEqual(
      (await lines(officer, at)).map(({ kind, state, done, total }) => [kind, state, done, total]),
      [['letters', 'done', 3, 3]],
    );
    const letters = entriesOf(await file(officer, asked[0].id));
    assert.deepEqual(
      [...letters.keys()],
      ['A', 'B', 'C'].map((letter, i) => `LOT-A-C000${i + 1} Équipe lot-a ${letter}.pdf`),
    );
    assert.match(wordsOf([...letters.values()][0]!), /est retenue/);

    const { id } = await sent(officer, 'POST', `${at}/jobs`, { kind: 'files' });
    await outbox.drained();
    const whole = entriesOf(await file(officer, id));
    assert.equal(whole.size, 2 + 3 * 3 + 3, 'two lists, a receipt and two documents a team, three letters');
    assert.match(
      whole.get('candidatures.csv')!.toString(),
      /LOT-A-0001;Équipe lot-a A[^\n]*\n[^\n]*LOT-A-0002;Équipe lot-a B[^\n]*\n[^\n]*LOT-A-0003;Équipe lot-a C/,
      'by name',
    );
    assert.match(whole.get('decision.csv')!.toString(), /Équipe lot-a A;Retenue;1/);
    assert.match(wordsOf(whole.get('LOT-A-0001 Équipe lot-a A/recepisse LOT-A-0001.pdf')!), /accuse réception/);
    assert.ok((await sent(officer, 'GET', `${at}/jobs`)).may.includes('papers'));
    assert.equal(
      (await officer.send('POST', `${at}/jobs`, { kind: 'papers' })).status,
      409,
      'no project has a paper yet',
    );
    assert.equal(teams.length, 3);
  });

  test('PRJ-10 work that was cut goes on after its last part; two runs at once make no part twice; what fails is tried again, then by hand, and nothing made is lost', async () => {
    const { region, officer, at } = await notified('lot-b');
    const { db, outbox } = await testHouse();
    const { id } = await sent(officer, 'POST', `${at}/jobs`, { kind: 'letters' });
    const made: string[] = [];
    let breaks = 0;
    let day = Date.now();
    const make: MakePart = async (_tenant, _job, item) => {
      if (made.length === 1 && breaks-- > 0) throw new Error('broken');
      made.push(item.name);
      return Buffer.from(item.name);
    };
    const errors: unknown[] = [];
    const runner = () =>
      openJobs({ db, now: () => new Date(day), tell: () => undefined } as never, make, (error) => errors.push(error));
    const now = async () => (await db.tenant(region.tenant, (sql) => jobOf(sql, region.tenant, id)))!;
    // A process takes the work and dies at once.
    await db.transaction(region.tenant, (sql) => claimJob(sql, region.tenant, id, 'dead', new Date(day), new Date(0)));
    await outbox.drained();
    assert.deepEqual([(await now()).state, (await now()).done], ['running', 0], 'nobody takes what may still run');
    day += 3 * 60_000;
    breaks = 5;
    await Promise.all([runner().work(region.tenant, id), runner().work(region.tenant, id)]);
    // The second finds it taken, or, when the first was quick, waiting again: it is then one more attempt.
    assert.deepEqual([(await now()).state, (await now()).done, made.length], ['waiting', 1, 1]);
    assert.ok(errors.length === 1 || errors.length === 2, `${errors.length} attempts`);
    assert.equal((await now()).attempts, errors.length);
    for (let i = 0; i < 3; i++) await runner().work(region.tenant, id);
    assert.deepEqual([(await now()).state, (await now()).done], ['failed', 1]);
    assert.match((await lines(officer, at))[0]!.failure!, /n’a pas pu être fait/);
    await runner().work(region.tenant, id);
    assert.equal((await now()).done, 1, 'what failed for good is not taken up by itself');
    assert.equal((await officer.send('POST', `/api/programme/jobs/${id}/retry`)).status, 204);
    breaks = 0;
    await Promise.all([
      runner().work(region.tenant, id),
      runner().work(region.tenant, id),
      runner().work(region.tenant, id),
    ]);
    assert.deepEqual([(await now()).state, (await now()).done, made.length, new Set(made).size], ['done', 3, 3, 3]);
    assert.equal(
      (await db.tenant(region.tenant, (sql) => partOf(sql, region.tenant, id, 2)))?.bytes.toString(),
      made[2],
    );
    assert.equal((await officer.send('POST', `/api/programme/jobs/${id}/retry`)).status, 409);
    day += 8 * 86_400_000;
    await runner().tick([region.tenant]);
    assert.deepEqual(
      [(await now()).state, (await officer.send('GET', `/api/programme/jobs/${id}/file`)).status],
      ['stopped', 409],
      'kept a week',
    );
  });

  test('PRJ-10 work is stopped on purpose, in the middle too; who may not: commission, consultants, vendors, partners, practices, another region, nobody', async () => {
    const { region, officer, at, teams } = await notified('lot-c');
    const { id } = await sent(officer, 'POST', `${at}/jobs`, { kind: 'letters' });
    const { db } = await testHouse();
    const runner = openJobs(
      { db, now: () => new Date(), tell: () => undefined } as never,
      async () => {
        await officer.send('POST', `/api/programme/jobs/${id}/stop`);
        return Buffer.from('x');
      },
      (error) => {
        throw error as Error;
      },
    );
    await runner.work(region.tenant, id);
    const [stopped] = await lines(officer, at);
    assert.deepEqual(
      [stopped!.state, await db.tenant(region.tenant, (sql) => partOf(sql, region.tenant, id, 0))],
      ['stopped', undefined],
    );
    const gcs = await region.person('gcs-officer');
    assert.deepEqual(await sent(gcs, 'GET', `${at}/jobs`), { lines: [], may: ['papers'] });
    assert.equal((await gcs.send('POST', `${at}/jobs`, { kind: 'files' })).status, 403);
    assert.equal((await gcs.send('GET', `/api/programme/jobs/${id}/file`)).status, 404);
    const others = [
      await region.person('commission-member'),
      await region.person('consultant'),
      await region.person('vendor'),
      await region.person('partner'),
      teams[0]!.coordinator,
    ];
    for (const who of others)
      for (const [method, path] of [
        ['GET', `${at}/jobs`],
        ['POST', `${at}/jobs`],
        ['GET', `/api/programme/jobs/${id}/file`],
        ['POST', `/api/programme/jobs/${id}/stop`],
        ['POST', `/api/programme/jobs/${id}/retry`],
      ] as const)
        assert.equal((await who.send(method, path, method === 'POST' ? { kind: 'letters' } : undefined)).status, 403);
    const foreign = await (await newRegion()).person('ars-officer');
    assert.equal((await foreign.send('GET', `${at}/jobs`)).status, 404);
    assert.equal((await foreign.send('POST', `/api/programme/jobs/${id}/stop`)).status, 404);
    assert.equal((await anyone('GET', `/api/programme/jobs/${id}/file`)).status, 401);
  });
});
