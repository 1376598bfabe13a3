import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { type Answer, newPractice, type Send, type TestPerson, type TestPractice, testHouse } from '../../test/app.ts';
import { exportCommand } from '../fhir/index.ts';
import { ask, type Desk, lines, openDesk, patient as someone, total, weight } from './exchange.fixture.ts';
import type { ImportReport } from './take-over/report.ts';
import type { UndoReport } from './take-over/undo.ts';

// biome-ignore lint/suspicious/noExplicitAny: resources of every shape
type Json = any;
const ok = (answer: Answer): Json => {
  assert.ok(answer.status < 300, `${answer.status} ${answer.text}`);
  return answer.body;
};
const folders: string[] = [];
after(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});
async function exported(practice: TestPractice): Promise<string> {
  const { db } = await testHouse();
  const folder = mkdtempSync(join(tmpdir(), 'estran-merged-'));
  folders.push(folder);
  const code = await exportCommand.run(
    { db, practice: async (id: string) => ({ tenant: practice.tenant, id, name: 'x' }) },
    {
      values: { practice: practice.id },
      positionals: [folder],
      cwd: folder,
      signal: new AbortController().signal,
    } as never,
    { progress() {}, line() {}, json() {} } as never,
  );
  assert.equal(code, 0);
  return folder;
}
const reportOf = (run: { report: unknown }) => run.report as ImportReport & { undo?: UndoReport };

describe('a merge made in another practice', () => {
  let home: TestPractice;
  let doctor: TestPerson;
  let desk: Desk;
  let there: Send;
  const bornTwice = (given: string) => ({
    birthFamily: 'Réunic',
    birthGivens: given,
    birthDate: '12/03/1948',
    sex: 'female',
  });
  const create = async (given: string): Promise<string> => {
    const form = bornTwice(given);
    const alike = ok(await doctor.send('POST', '/api/patients/duplicates', form)).candidates;
    return ok(
      await doctor.send('POST', '/api/patients', { ...form, despite: alike.map((one: { id: string }) => one.id) }),
    ).id;
  };
  const version = async (id: string): Promise<number> =>
    Number(ok(await doctor.send('GET', `/fhir/R4/Patient/${id}`)).meta.versionId);
  const merge = async (gone: string, kept: string): Promise<string> =>
    ok(
      await doctor.send('POST', '/api/merges', {
        gone,
        kept,
        goneVersion: await version(gone),
        keptVersion: await version(kept),
      }),
    ).id;
  /** Weights found under a number, and whether the answer says that they are another's. */
  const weights = async (send: Send, id: string) => {
    const { entry = [] } = ok(await send('GET', `/fhir/R4/Observation?subject=Patient/${id}`));
    const found = entry.map(({ resource }: Json) => resource);
    return {
      ids: found.filter((one: Json) => one.resourceType === 'Observation').map((one: Json) => one.id),
      said: JSON.stringify(found.filter((one: Json) => one.resourceType === 'OperationOutcome')),
    };
  };
  const write = (send: Send, id: string) =>
    send('POST', '/fhir/R4/Observation', { ...weight('x', `Patient/${id}`, 81), id: undefined });

  before(async () => {
    home = await newPractice('Maison où l’on réunit');
    doctor = await home.person('physician', { family: 'Rivoal' });
    desk = await openDesk();
    there = await desk.practice.client('system/*.cruds');
  });

  test('IDV-2 ECH-7 ECH-8 it is a merge here: the old number leads to the record that stands and is written no more', async () => {
    const [first, middle, last] = [await create('Yvonne'), await create('Yvonne'), await create('Yvonne')];
    const mine = ok(await write(await home.client('system/*.cruds'), first)).id;
    await merge(first, middle);
    await merge(middle, last);
    const done = await desk.take(await exported(home));
    assert.equal(total(done).rejected, 0);
    assert.equal(reportOf(done).merges?.joined, 2);
    assert.deepEqual(reportOf(done).merges?.apart.examples, []);
    for (const id of [first, middle]) {
      const found = await weights(there, id);
      assert.deepEqual(found.ids, [mine], 'what is asked under the old number is answered from the record that stands');
      assert.match(found.said, new RegExp(`merged into Patient/${last}`));
      const refused = await write(there, id);
      assert.equal(refused.status, 409, refused.text);
      assert.match(refused.text, new RegExp(`Patient/${last}|Patient/${middle}`));
    }
    assert.equal((await write(there, last)).status, 201);
    const again = await desk.take(await exported(home));
    assert.deepEqual(
      [total(again).created, total(again).updated, total(again).rejected, reportOf(again).merges?.joined],
      [0, 0, 0, 0],
      'run twice without doubling',
    );
    const { db } = await testHouse();
    const told = await db.tenant(desk.practice.tenant, (sql) =>
      sql.query<{ n: number }>(
        `select count(*)::int as n from audit.entry where tenant_id = $1 and action = 'merge' and target = any($2)`,
        [desk.practice.tenant, [`Patient/${middle}`, `Patient/${last}`]],
      ),
    );
    assert.equal(told[0]!.n, 2, 'in the log of each record');
  });

  test('IDV-2 ECH-7 undone with its take-over; what stays because people wrote in it stays merged', async () => {
    const [gone, kept] = [await create('Aline'), await create('Aline')];
    const [left, stays] = [await create('Berthe'), await create('Berthe')];
    await write(await home.client('system/*.cruds'), gone);
    await merge(gone, kept);
    await merge(left, stays);
    const house = await openDesk();
    const send = await house.practice.client('system/*.cruds');
    const done = await house.take(await exported(home));
    assert.equal((await write(send, gone)).status, 409);
    ok(await write(send, stays));
    const undone = await house.again(done.id, 'undo');
    assert.equal(undone.state, 'undone');
    assert.equal((await send('GET', `/fhir/R4/Patient/${gone}`)).status, 410);
    const { db } = await testHouse();
    const rows = await db.tenant(house.practice.tenant, (sql) =>
      sql.query<{ gone: string }>('select gone from access.merged_patient where tenant_id = $1', [
        house.practice.tenant,
      ]),
    );
    assert.deepEqual(
      rows.map((row) => row.gone),
      [left],
      'nothing of a merge is left but of the two who stay',
    );
    assert.equal((await write(send, left)).status, 409);
    const back = await house.take(await exported(home));
    assert.equal(total(back).rejected, 0);
    assert.equal((await write(send, gone)).status, 409, 'and again when it comes again');
  });

  test('IDV-2 ECH-7 what its practice merges or separates later comes with the next take-over', async () => {
    const house = await openDesk();
    const send = await house.practice.client('system/*.cruds');
    const [gone, kept] = [await create('Chantal'), await create('Chantal')];
    const own = await home.client('system/*.cruds');
    const mine = ok(await write(own, gone)).id;
    await house.take(await exported(home));
    assert.deepEqual((await weights(send, gone)).ids, [mine]);
    assert.deepEqual((await weights(send, kept)).ids, []);
    const id = await merge(gone, kept);
    const merged = await house.take(await exported(home));
    assert.equal(total(merged).rejected, 0);
    assert.deepEqual((await weights(send, kept)).ids, [mine]);
    assert.equal((await write(send, gone)).status, 409);
    ok(await doctor.send('POST', `/api/merges/${id}/separate`, {}));
    const separated = await house.take(await exported(home));
    assert.equal(total(separated).rejected, 0);
    assert.equal(reportOf(separated).merges?.ended, 1);
    assert.deepEqual((await weights(send, gone)).ids, [mine], 'two again');
    assert.deepEqual((await weights(send, kept)).ids, []);
    assert.equal((await write(send, gone)).status, 201);
  });

  test('IDV-2 ECH-7 a number under which lines stand is not closed: that is said, and nothing goes out of sight', async () => {
    const house = await openDesk();
    const send = await house.practice.client('system/*.cruds');
    const folder = await house.lay({
      'Patient.ndjson': lines(
        someone('a', { active: false, link: [{ other: { reference: 'Patient/b' }, type: 'replaced-by' }] }),
        someone('b', { link: [{ other: { reference: 'Patient/a' }, type: 'replaces' }] }),
        someone('c', { active: false, link: [{ other: { reference: 'Patient/d' }, type: 'replaced-by' }] }),
        someone('d', { active: false, link: [{ other: { reference: 'Patient/c' }, type: 'replaced-by' }] }),
        someone('e', { active: false, link: [{ other: { reference: 'Patient/never' }, type: 'replaced-by' }] }),
        someone('f', { link: [{ other: { reference: 'Patient/b' }, type: 'replaced-by' }] }),
      ),
      'Observation.ndjson': lines(weight('under-a', 'Patient/a')),
    });
    const done = await house.take(folder);
    assert.equal(total(done).rejected, 0);
    const { merges } = reportOf(done);
    assert.equal(merges?.joined, 1, 'f');
    assert.deepEqual([...(merges?.apart.examples ?? [])].sort(), ['Patient/a', 'Patient/c', 'Patient/d']);
    assert.deepEqual((await weights(send, 'a')).ids, ['under-a']);

    // On screen too: by its number and by its name, until somebody makes them one here.
    const [clerk, nurse] = [
      await house.practice.person('medical-secretary'),
      await house.practice.person('nurse', { family: 'Quéré' }),
    ];
    const found = async (): Promise<string[]> =>
      ok(await clerk.send('GET', '/api/patients?q=Nom'))
        .patients.map((one: Json) => one.id)
        .sort();
    assert.deepEqual(await found(), ['a', 'b', 'c', 'd', 'e'], 'all but f, which is b here');
    ok(await nurse.send('POST', '/api/patients/a/emergency-access', { reason: 'Malaise à domicile, seule.' }));
    const { header, measures } = ok(await nurse.send('GET', '/api/patients/a/record'));
    assert.deepEqual([header.patient.id, measures.length], ['a', 1]);
    const pair = ok(await clerk.send('GET', '/api/patient-pairs/a/b'));
    assert.deepEqual([pair.refused, pair.suggested], [null, 'b']);
    const joinedByHand = async (gone: string, kept: string) =>
      clerk.send('POST', '/api/merges', {
        gone,
        kept,
        goneVersion: Number(ok(await send('GET', `/fhir/R4/Patient/${gone}`)).meta.versionId),
        keptVersion: Number(ok(await send('GET', `/fhir/R4/Patient/${kept}`)).meta.versionId),
      });
    assert.equal((await joinedByHand('b', 'a')).status, 422, 'one that is said to have gone does not stay');
    ok(await joinedByHand('a', 'b'));
    assert.deepEqual((await weights(send, 'b')).ids, ['under-a']);
    assert.deepEqual(await found(), ['b', 'c', 'd', 'e']);
    assert.equal((await joinedByHand('a', 'b')).status, 409, 'once');
    ok(await joinedByHand('e', 'b'));
  });

  test('IDV-2 ECH-7 who may not: another practice with the same numbers is none the wiser; lines that name a record merged here wait, the rest comes in', async () => {
    const [gone, kept] = [await create('Denise'), await create('Denise')];
    const before = await exported(home);
    const house = await openDesk();
    const send = await house.practice.client('system/*.cruds');
    await house.take(before);
    const neighbour = await openDesk();
    await neighbour.take(before);
    const own = await home.client('system/*.cruds');
    await merge(gone, kept);
    await house.take(await exported(home));
    assert.equal((await write(send, gone)).status, 409);
    const beside = await neighbour.practice.client('system/*.cruds');
    assert.equal((await write(beside, gone)).status, 201, 'there they are two still');

    // Merged by hand in this practice: an older file names the old number.
    const late = await home.person('nurse');
    const folder = await desk.lay({
      'Observation.ndjson': lines(weight('late-1', `Patient/${gone}`), weight('late-2', `Patient/${kept}`)),
    });
    const { exchange } = desk;
    const run = await exchange.takeOvers.create(
      home.tenant,
      { actor: 'System', actorName: 'test', role: 'system' },
      '',
      false,
    );
    await exchange.takeOvers.addPaths(home.tenant, run.id, [folder]);
    await exchange.takeOvers.begin(home.tenant, run.id, 'import', {
      actor: 'System',
      actorName: 'test',
      role: 'system',
    });
    await exchange.takeOvers.finished(home.tenant, run.id);
    const taken = await exchange.takeOvers.read(home.tenant, run.id);
    assert.equal(taken.state, 'done', taken.failure ?? '');
    assert.deepEqual([total(taken).created, total(taken).rejected], [1, 1]);
    assert.deepEqual((await weights(own, kept)).ids, ['late-2']);
    const owner = await home.person('administrator', { roles: ['owner'] });
    const [line] = ok(await ask(owner, 'GET', `/api/quarantine?run=${run.id}`)).lines;
    assert.equal(line.cause, 'merged');
    assert.match(line.issues[0].words, new RegExp(kept));
    assert.equal((await ask(late, 'GET', `/api/quarantine?run=${run.id}`)).status, 403);
    const { content, version: seen } = ok(await ask(owner, 'GET', `/api/quarantine/${line.id}`));
    const submit = (text: string) => ask(owner, 'PUT', `/api/quarantine/${line.id}`, { version: seen, content: text });
    const still = await submit(content);
    assert.deepEqual([still.status, still.body.detail.includes(`Patient/${kept}`)], [409, true], still.text);
    assert.equal(ok(await submit(content.replace(`Patient/${gone}`, `Patient/${kept}`))).done, true);
    assert.deepEqual((await weights(own, kept)).ids.sort(), ['late-1', 'late-2']);
  });

  test('IDV-2 SEC-4 who may not: an emergency access to a patient of one’s own files does not become one to somebody else’s record', async () => {
    const house = await openDesk();
    const [hostile, treating] = [await house.practice.person('physician'), await house.practice.person('physician')];
    const aimed = ok(await treating.send('POST', '/api/patients', bornTwice('Visée'))).id;
    await house.take(await house.lay({ 'a.ndjson': lines(someone('bait')) }));
    const reason = { reason: 'Patiente inconsciente, sans proche.' };
    ok(await hostile.send('POST', '/api/patients/bait/emergency-access', reason));
    assert.equal((await hostile.send('GET', '/api/patients/bait/record')).status, 200);
    const linked = { active: false, link: [{ other: { reference: `Patient/${aimed}` }, type: 'replaced-by' }] };
    const done = await house.take(await house.lay({ 'b.ndjson': lines(someone('bait', linked)) }));
    assert.equal(reportOf(done).merges?.joined, 1);
    for (const id of ['bait', aimed])
      assert.equal((await hostile.send('GET', `/api/patients/${id}/record`)).status, 403, id);
    assert.equal((await treating.send('GET', '/api/patients/bait/record')).status, 200, 'who treats them is led there');
  });
});
