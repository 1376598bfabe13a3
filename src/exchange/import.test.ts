import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { before, describe, test } from 'node:test';
import { gzipSync } from 'node:zlib';
import type { Group } from '@medplum/fhirtypes';
import { testHouse } from '../../test/app.ts';
import { circleSystem } from '../fhir/index.ts';
import { actor, type Desk, lines, openDesk, patient, total, weight } from './exchange.fixture.ts';
import { importCommand } from './import-command.ts';
import { listQuarantine, readQuarantine } from './take-over/quarantine.store.ts';
import { filesOfNote } from './take-over/run.store.ts';

describe('take-over of FHIR files', () => {
  let desk: Desk;
  before(async () => {
    desk = await openDesk();
  });
  const rejects = async (of: Desk, run: number) =>
    (await testHouse()).db.tenant(of.practice.tenant, (sql) =>
      listQuarantine(sql, of.practice.tenant, { run, count: 100 }),
    );

  test('ECH-7 every shape of file comes in: bundle, NDJSON, array, single resource; plain, gzip, bzip2; with or without BOM; names do not matter', async () => {
    const folder = await desk.lay({
      'un.txt': JSON.stringify(patient('forme-1'), null, 2),
      'deux.json': JSON.stringify([patient('forme-2'), patient('forme-3')]),
      'trois.csv': `\ufeff${lines(patient('forme-4'), patient('forme-5'))}`,
      'quatre.bin': gzipSync(
        JSON.stringify({ resourceType: 'Bundle', type: 'collection', entry: [{ resource: patient('forme-6') }] }),
      ),
      cinq: Buffer.from(
        'QlpoOTFBWSZTWb210MsAAD9fgAAQEAYwEBQARAo/J956IAB0EqhhAGgNA0xqCVEGmjTQHqAND1FOx1Xogg0gMUgDT6UQUvJgY8eXEjkQcSIF5E+FCzpoPGjmkAYOJi3iDBhmViCmIREJTJiGB+LuSKcKEhe2uhlg',
        'base64',
      ),
      'sous/six.ndjson': lines(
        {
          resourceType: 'Bundle',
          type: 'searchset',
          entry: [
            { resource: patient('forme-7') },
            { search: { mode: 'outcome' }, resource: { resourceType: 'OperationOutcome', issue: [] } },
          ],
        },
        patient('forme-8'),
      ),
      'LISEZMOI.md': '# Une notice',
      '.cache': 'x',
    });
    const run = await desk.take(folder);
    assert.equal(run.state, 'done', run.failure ?? '');
    assert.deepEqual(total(run), { created: 10, updated: 0, unchanged: 0, existing: 0, rejected: 0 });
    assert.equal((await desk.read('Patient/forme-5')).body.name[0].family, 'Nom-forme-5');
    assert.equal((await desk.read('Patient/bz-2')).body.name[0].family, 'Deux');
  });

  const bundle = (ids: { patient: string; visit: string; doctor: string }) => ({
    resourceType: 'Bundle',
    type: 'transaction',
    entry: [
      {
        fullUrl: `urn:uuid:${ids.patient}`,
        resource: { ...patient('x'), id: ids.patient, name: [{ family: 'Tanguy', given: ['Yann'] }] },
        request: { method: 'POST', url: 'Patient' },
      },
      // Points forward, backward, into another file, and to nothing.
      {
        resource: {
          ...weight('', `urn:uuid:${ids.patient}`),
          id: undefined,
          encounter: { reference: `urn:uuid:${ids.visit}` },
          performer: [{ reference: `Practitioner?identifier=urn:test|${ids.doctor}`, display: 'Dr R' }],
        },
        fullUrl: `urn:uuid:${randomUUID()}`,
        request: { method: 'POST', url: 'Observation' },
      },
      {
        fullUrl: `urn:uuid:${ids.visit}`,
        resource: {
          resourceType: 'Encounter',
          status: 'finished',
          class: { system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode', code: 'AMB' },
          subject: { reference: `urn:uuid:${ids.patient}` },
          serviceProvider: { reference: 'Organization?identifier=urn:test|absent' },
        },
        request: { method: 'POST', url: 'Encounter' },
      },
    ],
  });
  const doctors = (id: string, number: string) => ({
    resourceType: 'Bundle',
    type: 'batch',
    entry: [
      {
        fullUrl: `urn:uuid:${id}`,
        resource: {
          resourceType: 'Practitioner',
          id,
          identifier: [{ system: 'urn:test', value: number }],
          name: [{ family: 'Riou' }],
        },
        request: { method: 'POST', url: 'Practitioner', ifNoneExist: `identifier=urn:test|${number}` },
      },
    ],
  });

  test('ECH-7 references inside a bundle and by condition meet their resources; run twice, nothing is doubled', async () => {
    const ids = { patient: randomUUID(), visit: randomUUID(), doctor: `D${Date.now()}` };
    const doctor = randomUUID();
    const folder = await desk.lay({
      'b-dossier.json': JSON.stringify(bundle(ids)),
      'a-practitioners.json': JSON.stringify(doctors(doctor, ids.doctor)),
    });
    const first = await desk.take(folder);
    assert.deepEqual(total(first), { created: 4, updated: 0, unchanged: 0, existing: 0, rejected: 0 });
    const [observation] = await desk.find(`Observation?patient=${ids.patient}`);
    assert.equal(observation.subject.reference, `Patient/${ids.patient}`);
    assert.equal(observation.encounter.reference, `Encounter/${ids.visit}`);
    assert.deepEqual(observation.performer, [{ reference: `Practitioner/${doctor}`, display: 'Dr R' }]);
    const visit = (await desk.read(`Encounter/${ids.visit}`)).body;
    assert.deepEqual(
      visit.serviceProvider,
      { type: 'Organization', identifier: { system: 'urn:test', value: 'absent' } },
      'kept as a logical reference',
    );
    assert.deepEqual((first.report as { pending: unknown[] }).pending, [
      { target: 'Organization', system: 'urn:test', value: 'absent', count: 1 },
    ]);
    const second = await desk.take(folder);
    assert.deepEqual(total(second), { created: 0, updated: 0, unchanged: 4, existing: 0, rejected: 0 });
    assert.equal((await desk.read(`Patient/${ids.patient}`)).body.meta.versionId, '1');
    // The same professional from elsewhere: ifNoneExist finds the one that is here.
    const other = randomUUID();
    const third = await desk.take(await desk.lay({ 'x.json': JSON.stringify(doctors(other, ids.doctor)) }));
    assert.equal(total(third).existing, 1);
    assert.equal((await desk.read(`Practitioner/${other}`)).status, 404);
  });

  test('ECH-7 a condition that met nothing is tried again when all files are in; the second run finds nothing to change', async () => {
    const ids = { patient: randomUUID(), visit: randomUUID(), doctor: `L${Date.now()}` };
    const doctor = randomUUID();
    // The name hides what is in it, and it comes last.
    const folder = await desk.lay({
      'patients.json': JSON.stringify(bundle(ids)),
      'zz.json': JSON.stringify({
        resourceType: 'Bundle',
        type: 'batch',
        entry: [...doctors(doctor, ids.doctor).entry, { resource: patient(`retard-${ids.doctor}`) }],
      }),
    });
    const first = await desk.take(folder);
    assert.equal((first.report as { settled: number }).settled, 1);
    const [observation] = await desk.find(`Observation?patient=${ids.patient}`);
    assert.deepEqual(observation.performer, [{ reference: `Practitioner/${doctor}`, display: 'Dr R' }]);
    const second = await desk.take(folder);
    assert.deepEqual(
      { ...total(second), unchanged: 0 },
      { created: 0, updated: 0, unchanged: 0, existing: 0, rejected: 0 },
    );
  });

  test('ECH-7 changed content is a new version; what people changed here is not overwritten (SEC-11)', async () => {
    await desk.take(
      await desk.lay({
        'a.ndjson': lines(
          patient('vers-1'),
          weight('vers-o1', 'Patient/vers-1', 70),
          weight('vers-o2', 'Patient/vers-1', 71),
        ),
      }),
    );
    const { fhir } = await testHouse();
    const here = fhir.asSystem(desk.practice.tenant, 'test');
    await here.update({ ...(await here.read('Observation', 'vers-o2')).resource, status: 'amended' });
    const run = await desk.take(
      await desk.lay({
        'b.ndjson': lines(
          patient('vers-1'),
          weight('vers-o1', 'Patient/vers-1', 80),
          weight('vers-o2', 'Patient/vers-1', 81),
        ),
      }),
    );
    assert.deepEqual(total(run), { created: 0, updated: 1, unchanged: 1, existing: 0, rejected: 1 });
    const [newer, kept] = [
      (await desk.read('Observation/vers-o1')).body,
      (await desk.read('Observation/vers-o2')).body,
    ];
    assert.deepEqual(
      [newer.meta.versionId, newer.valueQuantity.value, kept.status, kept.valueQuantity.value],
      ['2', 80, 'amended', 71],
    );
    assert.equal((await rejects(desk, run.id))[0]!.cause, 'changed');
    assert.equal((await desk.find('Observation?patient=vers-1&value-quantity=80')).length, 1, 'the index follows');
    assert.equal((await desk.find('Observation?patient=vers-1&value-quantity=70')).length, 0);
  });

  test('ECH-7 what is not valid waits with its file, line and reason; the rest of the bundle is in', async () => {
    const folder = await desk.lay({
      'rejets.ndjson': `${lines(patient('rej-1'))}{"resourceType":"Patient",\n${lines({ resourceType: 'Licorne', id: 'l' }, weight('rej-o', 'Patient/rej-2'), { ...patient('rej-2'), birthDate: '03/02/1950' })}`,
    });
    const run = await desk.take(folder);
    assert.deepEqual([total(run).created, total(run).rejected], [2, 3]);
    const set = (await rejects(desk, run.id)).map(({ place, type, cause, issues }) => [
      place,
      type,
      cause,
      issues[0]!.path,
    ]);
    assert.deepEqual(set, [
      [2, '', 'unreadable', ''],
      [3, 'Licorne', 'invalid', 'resourceType'],
      [5, 'Patient', 'invalid', 'Patient.birthDate'],
    ]);
    assert.match((await rejects(desk, run.id))[2]!.issues[0]!.words, /n’est pas une date/);
    assert.equal(
      (await desk.read('Observation/rej-o')).body.subject.reference,
      'Patient/rej-2',
      'kept for when it is corrected',
    );
    const again = await desk.take(folder);
    assert.equal(total(again).rejected, 3);
    assert.equal((await rejects(desk, run.id)).length, 0, 'the same lines belong to the newer run');
    assert.equal((await rejects(desk, again.id)).length, 3);
  });

  test('ECH-7 two programs with the same short numbers stay apart; the same number for another person is stopped with all that hangs on it', async () => {
    const one = await desk.lay({
      'a.ndjson': lines(patient('7', { name: [{ family: 'Morvan', given: ['Luc'] }] }), weight('700', 'Patient/7')),
    });
    const two = await desk.lay({
      'a.ndjson': lines(
        patient('7', { name: [{ family: 'Cozic', given: ['Zoé'] }], birthDate: '2001-01-01' }),
        weight('700', 'Patient/7', 12),
      ),
    });
    await desk.take(one, { source: 'Logiciel A' });
    const apart = await desk.take(two, { source: 'Logiciel B' });
    assert.deepEqual(total(apart), { created: 2, updated: 0, unchanged: 0, existing: 0, rejected: 0 });
    const [zoe] = await desk.find('Patient?family=Cozic');
    assert.notEqual(zoe.id, '7');
    const [light] = await desk.find(`Observation?patient=${zoe.id}`);
    assert.equal(light.valueQuantity.value, 12);
    const mixed = await desk.take(two, { source: 'Logiciel A' });
    assert.deepEqual([total(mixed).updated, total(mixed).rejected], [0, 2]);
    assert.deepEqual(
      (await rejects(desk, mixed.id)).map((one) => one.cause),
      ['identity', 'blocked'],
    );
    assert.equal((await desk.read('Patient/7')).body.name[0].family, 'Morvan');
  });

  test('ECH-7 dry run: counts, rejects, possible duplicates and a time, and nothing written', async () => {
    const of = await openDesk();
    const ins = { system: 'urn:oid:1.2.250.1.213.1.4.10', value: '2 50 02 29 019 001 12' };
    await of.take(
      await of.lay({ 'a.ndjson': lines(patient('la', { name: [{ family: 'Le Goff', given: ['Anne'] }] })) }),
    );
    const folder = await of.lay({
      'b.ndjson': lines(
        patient('d1', { name: [{ family: 'LE GOFF', given: ['Anne', 'Marie'] }] }),
        patient('d2', { identifier: [ins] }),
        patient('d3', { identifier: [ins], birthDate: '1950-02' }),
        { ...patient('d4'), gender: 'inconnu' },
      ),
    });
    const { checked, state } = await of.take(folder, { dry: true });
    assert.equal(state, 'ready');
    assert.deepEqual(
      [
        checked!.resources,
        checked!.counts.Patient!.created,
        checked!.rejected,
        checked!.rejects[0]!.file,
        checked!.rejects[0]!.place,
      ],
      [4, 3, 1, 'b.ndjson', 4],
    );
    assert.deepEqual(checked!.duplicates.list.map((one) => [one.where, one.otherWhere, one.otherId, one.why]).sort(), [
      ['b.ndjson, ligne 1', 'dans la structure', 'la', 'name'],
      ['b.ndjson, ligne 3', 'b.ndjson, ligne 2', null, 'ins'],
    ]);
    assert.ok(checked!.estimatedSeconds >= 1);
    assert.equal((await of.find('Patient')).length, 1);
    const { db } = await testHouse();
    const left = await db.tenant(of.practice.tenant, (sql) =>
      sql.query("select 1 as one from exchange.quarantine union all select 1 from exchange.origin where id <> 'la'"),
    );
    assert.equal(left.length, 0);
  });

  test('ECH-7 stopped or killed, a run goes on where it was', async () => {
    const of = await openDesk();
    const all = Array.from({ length: 7000 }, (_, i) => patient(`arret-${i}`));
    const folder = await of.lay({
      'a.ndjson': lines(...all.slice(0, 2000)),
      'b.ndjson.gz': gzipSync(lines(...all.slice(2000))),
    });
    const { takeOvers } = of.exchange;
    const { tenant } = of.practice;
    const { id } = await takeOvers.create(tenant, actor, '', false);
    await takeOvers.addPaths(tenant, id, [folder]);
    for (const minimum of [1, 2100]) {
      await takeOvers.begin(tenant, id, 'import', actor);
      await assert.rejects(takeOvers.begin(tenant, id, 'import', actor), { status: 409 });
      while ((takeOvers.progress(tenant, id)?.resources ?? 9999) < minimum)
        await new Promise((wake) => setTimeout(wake, 2));
      takeOvers.stop(tenant, id);
      await takeOvers.finished(tenant, id);
      const run = await takeOvers.read(tenant, id);
      assert.equal(run.state, 'stopped');
      const { length } = await of.find('Patient?_count=1000');
      assert.ok(length >= Math.min(minimum, 1000) && total(run).created < 7000, `${total(run).created} are in`);
    }
    // As a killed process leaves it.
    const { db } = await testHouse();
    await db.tenant(tenant, (sql) =>
      sql.query(
        `update exchange.run set state = 'running', worker = 'elsewhere:1:x', beat_at = now() - interval '1 hour' where tenant_id = $1 and id = $2`,
        [tenant, id],
      ),
    );
    const killed = await takeOvers.read(tenant, id);
    assert.deepEqual([killed.state, /reprendre/.test(killed.failure ?? '')], ['stopped', true]);
    const run = await of.again(id, 'import');
    assert.deepEqual(
      [run.state, total(run)],
      ['done', { created: 7000, updated: 0, unchanged: 0, existing: 0, rejected: 0 }],
    );
    assert.equal(
      (
        await db.tenant(tenant, (sql) =>
          sql.query<{ n: number }>(`select count(*)::int as n from fhir.resource where type = 'Patient'`),
        )
      )[0]!.n,
      7000,
    );
    const undone = await of.again(id, 'undo');
    assert.deepEqual((undone.report as { undo: unknown }).undo, {
      removed: 7000,
      restored: 0,
      left: { total: 0, list: [] },
    });
  });

  test('ECH-7 undone whole: what it created is gone, what it changed is back, what people touched since is left and named', async () => {
    const of = await openDesk();
    await of.take(await of.lay({ 'a.ndjson': lines(patient('undo-0'), weight('undo-old', 'Patient/undo-0', 60)) }));
    const file = await of.lay({
      'b.ndjson': lines(
        patient('undo-1'),
        weight('undo-old', 'Patient/undo-0', 61),
        weight('undo-new', 'Patient/undo-1', 62),
        weight('undo-kept', 'Patient/undo-1', 63),
      ),
    });
    const run = await of.take(file);
    assert.deepEqual(total(run), { created: 3, updated: 1, unchanged: 0, existing: 0, rejected: 0 });
    const { fhir, db } = await testHouse();
    const here = fhir.asSystem(of.practice.tenant, 'test');
    await here.update({ ...(await here.read('Observation', 'undo-kept')).resource, status: 'amended' });
    const undone = await of.again(run.id, 'undo');
    assert.equal(undone.state, 'undone', undone.failure ?? '');
    const { undo } = undone.report as { undo: { left: { list: string[] } } };
    assert.deepEqual(
      { ...undo, left: undo.left.list.sort() },
      { removed: 1, restored: 1, left: ['Observation/undo-kept', 'Patient/undo-1'] },
    );
    assert.deepEqual(
      [
        (await of.read('Patient/undo-1')).status,
        (await of.read('Observation/undo-new')).status,
        (await of.read('Observation/undo-kept')).status,
      ],
      [200, 410, 200],
    );
    const old = (await of.read('Observation/undo-old')).body;
    assert.deepEqual([old.valueQuantity.value, old.meta.versionId], [60, '3']);
    assert.equal(
      (await here.history('Observation', 'undo-new', { count: 10 })).versions.length,
      2,
      'its versions stay in the history',
    );
    // The same files can come again.
    const again = await of.take(file);
    assert.deepEqual([total(again).created, total(again).updated, total(again).unchanged], [1, 1, 2]);
    assert.equal((await of.read('Observation/undo-new')).body.meta.versionId, '3');
    const trace = await db.tenant(of.practice.tenant, (sql) =>
      sql.query<{ action: string }>(`select distinct action from audit.entry where action like 'import%' order by 1`),
    );
    assert.deepEqual(
      trace.map((row) => row.action),
      ['import', 'import-done', 'import-start', 'import-undo', 'import-undone'],
    );
  });

  test('ECH-7 what comes again after an undoing is undone with the run that brought it; so is what an earlier run only spoke of', async () => {
    const of = await openDesk();
    const file = await of.lay({ 'a.ndjson': lines(patient('twice-p'), weight('twice-w', 'Patient/twice-p')) });
    const removed = async (run: number) =>
      ((await of.again(run, 'undo')).report as { undo: { removed: number } }).undo.removed;
    const first = await of.take(file);
    assert.equal(await removed(first.id), 2);
    const second = await of.take(file);
    assert.equal(total(second).created, 2);
    assert.equal(await removed(second.id), 2);
    assert.equal((await of.read('Patient/twice-p')).status, 410);

    const spoke = await of.take(await of.lay({ 'b.ndjson': lines(weight('spoken-w', 'Patient/spoken-p')) }));
    const brought = await of.take(await of.lay({ 'c.ndjson': lines(patient('spoken-p')) }));
    assert.equal(await removed(spoke.id), 1);
    assert.equal((await of.read('Patient/spoken-p')).status, 200, 'the other run brought them');
    assert.equal(await removed(brought.id), 1);
    assert.equal((await of.read('Patient/spoken-p')).status, 410);
  });

  test('ECH-7 DOS-7 an undoing leaves the patients on whom somebody wrote since, and what that writing points to', async () => {
    const of = await openDesk();
    const about = (type: 'Condition' | 'Observation' | 'ClinicalImpression', more: object) => ({
      resourceType: type,
      subject: { reference: 'Patient/un-1' },
      ...more,
    });
    const problem = about('Condition', {
      id: 'un-problem',
      clinicalStatus: {
        coding: [{ system: 'http://terminology.hl7.org/CodeSystem/condition-clinical', code: 'active' }],
      },
      code: { text: 'Asthme' },
      recorder: { reference: 'Practitioner/un-dr' },
    });
    const run = await of.take(
      await of.lay({
        'a.ndjson': lines(
          { resourceType: 'Practitioner', id: 'un-dr' },
          { resourceType: 'Practitioner', id: 'un-other' },
          patient('un-1'),
          patient('un-2'),
          problem,
          weight('un-w1', 'Patient/un-1'),
          weight('un-w2', 'Patient/un-2'),
        ),
      }),
    );
    assert.equal(total(run).created, 7);
    // What a colleague writes on one of these patients, about a problem that the take-over brought.
    const { fhir } = await testHouse();
    await fhir.asSystem(of.practice.tenant, 'test').create(
      about('ClinicalImpression', {
        status: 'completed',
        description: 'Sifflements à l’effort',
        problem: [{ reference: 'Condition/un-problem' }],
      }),
    );
    const undone = await of.again(run.id, 'undo');
    const { undo } = undone.report as { undo: { removed: number; left: { list: string[] } } };
    assert.deepEqual(
      [undone.state, undo.removed, undo.left.list.sort()],
      ['undone', 4, ['Condition/un-problem', 'Patient/un-1', 'Practitioner/un-dr']],
      undone.failure ?? '',
    );
    const status = async (...references: string[]) =>
      Promise.all(references.map(async (one) => (await of.read(one)).status));
    assert.deepEqual(await status('Patient/un-1', 'Condition/un-problem', 'Practitioner/un-dr'), [200, 200, 200]);
    assert.deepEqual(
      await status('Patient/un-2', 'Observation/un-w1', 'Observation/un-w2', 'Practitioner/un-other'),
      [410, 410, 410, 410],
    );
    assert.equal(
      (await of.find('ClinicalImpression?subject=Patient/un-1')).length,
      1,
      'their words are in a record that opens',
    );
  });

  test('ECH-7 IDV-1 the import too says who is perhaps there twice, each pair once', async () => {
    const of = await openDesk();
    await of.take(
      await of.lay({ 'a.ndjson': lines(patient('tw-1', { name: [{ family: 'Le Bras', given: ['Yves'] }] })) }),
    );
    const run = await of.take(
      await of.lay({
        'b.ndjson': lines(
          patient('tw-2', { name: [{ family: 'LE BRAS', given: ['Yves'] }] }),
          patient('tw-3', { name: [{ family: 'Prat', given: ['Ana'] }] }),
          patient('tw-4', { name: [{ family: 'Prat', given: ['Ana'] }] }),
        ),
      }),
    );
    const { duplicates } = run.report as { duplicates: { total: number; list: { where: string; otherId: string }[] } };
    assert.deepEqual(
      [
        duplicates.total,
        duplicates.list.map(({ where, otherId }) => [where, `Patient/${otherId}`].sort().join(' ')).sort(),
      ],
      [2, ['Patient/tw-1 Patient/tw-2', 'Patient/tw-3 Patient/tw-4']],
    );
  });

  test('ECH-8 a file of an export that has not the count of its manifest is said, whichever is read first, in a dry run too; what is there comes in', async () => {
    const of = await openDesk();
    const manifest = (Patient: number) =>
      JSON.stringify({ practice: { id: 'x', name: 'X' }, resources: Patient, types: { Patient }, editions: {} });
    const folder = async (count: number) =>
      of.lay({
        'Patient.ndjson': lines(patient('count-1'), patient('count-2')),
        'manifest.json': manifest(count),
      });
    const { db } = await testHouse();
    const refused = async (run: number) =>
      (await db.tenant(of.practice.tenant, (sql) => filesOfNote(sql, of.practice.tenant, run))).map(
        ({ name, reason }) => `${name} ${reason}`,
      );
    for (const dry of [true, false]) {
      const short = await of.take(await folder(3), { dry });
      assert.equal(total(short).created, dry ? 0 : 2);
      const [said] = await refused(short.id);
      assert.match(said ?? '', /manifest\.json .*Patient\.ndjson : 2 ressources, 3 annoncées/, String(dry));
    }
    assert.deepEqual(await refused((await of.take(await folder(2))).id), []);
  });

  test('ECH-7 a reject whose corrected file comes later no longer waits', async () => {
    const of = await openDesk();
    const run = await of.take(
      await of.lay({
        'a.ndjson': lines(
          patient('cor-1'),
          weight('cor-2', 'Patient/cor-1', 70, { status: 'nonsense' }),
          weight('cor-3', 'Patient/cor-1', 70, { status: 'nonsense' }),
        ),
      }),
    );
    assert.equal((await rejects(of, run.id)).length, 2);
    await of.take(await of.lay({ 'a.ndjson': lines(patient('cor-1'), weight('cor-2', 'Patient/cor-1', 70)) }));
    const all = await (await testHouse()).db.tenant(of.practice.tenant, (sql) =>
      listQuarantine(sql, of.practice.tenant, { count: 10 }),
    );
    assert.deepEqual(
      all.map(({ originKey, status }) => [originKey, status]),
      [
        ['|Observation/cor-2', 'corrected'],
        ['|Observation/cor-3', 'open'],
      ],
    );
  });

  test('ECH-7 a history brings the newest version only; what was deleted at its source stays out and is told', async () => {
    const of = await openDesk();
    const put = (id: string, versionId: string, more = {}) => ({
      fullUrl: `https://ex.org/fhir/Patient/${id}`,
      resource: patient(id, { meta: { versionId }, ...more }),
      request: { method: 'PUT', url: `Patient/${id}` },
    });
    const gone = { fullUrl: 'https://ex.org/fhir/Patient/hi-2', request: { method: 'DELETE', url: 'Patient/hi-2' } };
    const run = await of.take(
      await of.lay({
        'h.json': JSON.stringify({
          resourceType: 'Bundle',
          type: 'history',
          entry: [put('hi-1', '2', { gender: 'female' }), put('hi-1', '1'), gone, put('hi-2', '1')],
        }),
      }),
    );
    assert.deepEqual(total(run), { created: 1, updated: 0, unchanged: 0, existing: 0, rejected: 1 });
    assert.deepEqual(
      [(await of.read('Patient/hi-1')).body.gender, (await of.read('Patient/hi-2')).status],
      ['female', 404],
    );
  });

  test('ECH-1 ECH-7 decimals come in as they are written, from lines and bundles, in quarantine too; the same file again changes nothing', async () => {
    const of = await openDesk();
    const [one, two, wrong] = [
      weight('dec-1', 'Patient/dec', 0),
      weight('dec-2', 'Patient/dec', 0),
      weight('dec-3', 'Patient/dec', 0, { status: 'wrong' }),
    ].map((resource, i) => JSON.stringify(resource).replace('"value":0', `"value":7${i}.50`));
    const folder = await of.lay({
      'a.ndjson': `${lines(patient('dec'))}${one}\n${wrong}\n`,
      'b.json': `{"resourceType":"Bundle","type":"collection","entry":[{"resource":${two}}]}`,
    });
    const run = await of.take(folder);
    assert.deepEqual(total(run), { created: 3, updated: 0, unchanged: 0, existing: 0, rejected: 1 });
    assert.match((await of.read('Observation/dec-1')).text, /"value":70\.50,/);
    assert.match((await of.read('Observation/dec-2')).text, /"value":71\.50,/);
    const [line] = await rejects(of, run.id);
    const kept = await (await testHouse()).db.tenant(of.practice.tenant, (sql) =>
      readQuarantine(sql, of.practice.tenant, line!.id),
    );
    assert.match(kept!.content, /"value":72\.50,/);
    assert.deepEqual(total(await of.take(folder)), { created: 0, updated: 0, unchanged: 3, existing: 0, rejected: 1 });
  });

  test('ECH-7 the command line: report, exit codes, JSON', async () => {
    const of = await openDesk();
    const folder = await of.lay({ 'a.ndjson': lines(patient('cli-1'), { ...patient('cli-2'), birthDate: 'hier' }) });
    const run = async (values: Record<string, string | boolean>, positionals: string[] = []) => {
      const said: string[] = [];
      let json: Record<string, unknown> = {};
      const out = {
        line: (text: string) => void said.push(text),
        progress: () => undefined,
        json: (value: unknown) => void (json = value as typeof json),
      };
      const context = { exchange: of.exchange, practice: async () => of.practice as never };
      const code = await importCommand.run(
        context,
        {
          values: { practice: of.practice.id, ...values },
          positionals,
          cwd: folder,
          signal: new AbortController().signal,
        },
        out,
      );
      return { code, json, said: said.join('\n') };
    };
    const dry = await run({ 'dry-run': true, json: true }, ['.']);
    assert.deepEqual([dry.code, dry.json.created, dry.json.rejected], [2, 1, 1]);
    const words = await run({}, ['a.ndjson']);
    assert.equal(words.code, 2);
    assert.match(words.said, /a\.ndjson, ligne 2, Patient : Patient\.birthDate/);
    const good = await run({ json: true }, [
      join(await of.lay({ 'b.json': JSON.stringify(patient('cli-3')) }), 'b.json'),
    ]);
    assert.deepEqual([good.code, good.json.created, good.json.rejected], [0, 1, 0]);
    const undone = await run({ undo: String(good.json.run), json: true });
    assert.deepEqual([undone.code, undone.json.removed], [0, 1]);
    await assert.rejects(run({}, ['nowhere']), /nowhere.*n’existe pas/);
    await assert.rejects(run({}), /au moins un fichier/);
    await assert.rejects(run({ resume: 'x' }), /est un numéro/);
  });

  test('ECH-8 the circle of everyone, given back with the rest, is the one of the practice that takes it in: no reject, what was said there is said here, whichever file is read first', async () => {
    const circle = (name: string) => ({
      resourceType: 'Group',
      id: 'practice',
      type: 'practitioner',
      actual: true,
      active: true,
      code: { coding: [{ system: circleSystem, code: 'practice' }] },
      name,
    });
    const task = (id: string) => ({
      resourceType: 'Task',
      id,
      status: 'requested',
      intent: 'order',
      for: { reference: 'Group/practice' },
    });
    for (const [first, second] of [
      [circle('Toute l’équipe de Là-bas'), task('pour-tous-1')],
      [task('pour-tous-2'), circle('Toute l’équipe de Là-bas')],
    ]) {
      const of = await openDesk();
      const { fhir } = await testHouse();
      await fhir.asSystem(of.practice.tenant, 'test').update(circle('Toute l’équipe d’ici') as Group);
      const run = await of.take(await of.lay({ '1.ndjson': lines(first), '2.ndjson': lines(second) }));
      assert.deepEqual(total(run), { created: 1, updated: 0, unchanged: 0, existing: 1, rejected: 0 });
      assert.deepEqual((run.report as { missing: object }).missing, { total: 0, examples: [] });
      const again = await of.take(await of.lay({ '1.ndjson': lines(first, second) }));
      assert.deepEqual([total(again).created, total(again).rejected], [0, 0], 'the same files again change nothing');
      const groups = await of.find('Group?_count=5');
      assert.deepEqual(
        groups.map(({ id, name }) => [id, name]),
        [['practice', 'Toute l’équipe d’ici']],
      );
      const [asked] = await of.find('Task?_count=5');
      assert.equal(asked.for.reference, 'Group/practice');
    }
  });

  const synthea = join(import.meta.dirname, '../../../shared/data/synthea-r4-120');
  test('ECH-7 real files: hospitals, professionals and three patients of Synthea, without a reject', {
    skip: existsSync(synthea) ? false : 'there is no ../shared here',
  }, async () => {
    const of = await openDesk();
    const files = readdirSync(synthea)
      .filter((name) => name.endsWith('.bz2'))
      .sort();
    const run = await of.take(files.slice(0, 5).map((name) => join(synthea, name)));
    assert.equal(run.state, 'done', run.failure ?? '');
    const { created, rejected } = total(run);
    assert.deepEqual([rejected, run.counts.Patient!.created], [0, 3]);
    assert.ok(created > 1500);
    assert.deepEqual(run.report, { ...(run.report as object), missing: { total: 0, examples: [] }, pending: [] });
    const [one] = await of.find('Patient?_count=1');
    assert.ok(
      (await of.find(`Encounter?patient=${one.id}&_count=5`)).every((visit) =>
        /^Practitioner\/[0-9a-f-]{36}$/.test(visit.participant[0].individual.reference),
      ),
    );
  });
});
