import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import fc from 'fast-check';
import { newPractice, testHouse, type TestPractice } from '../../../test/app.ts';
import { dayInFrance, Live } from '../../platform/index.ts';
import { ChangeFeed, Directory } from '../../record/index.ts';
import type { Room } from '../room.ts';
import { type Absence, absenceOf, standInFor } from './absence.rules.ts';
import { watchBoxes } from './boxes.ts';
import { type Hand, hand, newPatient, ok } from './messages.fixture.ts';

const day = (shift: number): string => dayInFrance(new Date(Date.now() + shift * 86_400_000));

describe('boxes and absences', () => {
  let practice: TestPractice;
  let doctor: Hand;
  let nurse: Hand;
  let second: Hand;
  let secretary: Hand;
  let colleague: Hand;
  let coordinator: Hand;
  let elsewhere: Hand;
  before(async () => {
    practice = await newPractice('Maison de santé des boîtes');
    doctor = await hand(practice, 'physician', 'Kermarrec');
    nurse = await hand(practice, 'nurse', 'Morvan');
    second = await hand(practice, 'nurse', 'Cozic');
    secretary = await hand(practice, 'medical-secretary', 'Riou');
    colleague = await hand(practice, 'medical-secretary', 'Pellen');
    coordinator = await hand(practice, 'coordinator', 'Abgrall', { roles: ['coordinator'] });
    elsewhere = await hand(await newPractice('Autre maison'), 'medical-secretary', 'Hénaff');
  });
  const boxes = async (who: Hand) => ok(await who.get('/api/messages/boxes')).body;
  const boxNamed = async (who: Hand, name: string) =>
    (await boxes(who)).boxes.find((one: { name: string }) => one.name === name);
  const handle = (who: Hand, id: string, act: string, to?: string) =>
    who.post(`/api/messages/threads/${id}/handle`, { act, ...(to && { to }) });

  test('COO-9 every practice has its two boxes; a message to one waits until someone takes it, and two at once do not both have it', async () => {
    const box = await boxNamed(doctor, 'Secrétariat');
    assert.deepEqual(
      box.members.map((one: { id: string }) => one.id).sort(),
      [secretary.practitioner, colleague.practitioner].sort(),
    );
    assert.equal(box.member, false);
    assert.deepEqual(((await boxes(doctor)).boxes as { name: string }[]).map((one) => one.name).sort(), [
      'Cabinet infirmier',
      'Secrétariat',
    ]);
    const { id } = ok(
      await doctor.open({ topic: 'Fax', text: 'Le fax cormoran est en panne', to: { box: box.id } }),
    ).body;
    assert.equal((await boxNamed(secretary, 'Secrétariat')).todo, 1);
    assert.deepEqual(
      [await secretary.counts().then((all) => [all.todo, all.unread]), (await nurse.counts()).todo],
      [[1, 0], 0],
    );
    assert.equal((await secretary.list(`view=box&box=${box.id}&state=todo`))[0].box.state, 'open');
    // Not a member: nothing of it, whatever the way in.
    assert.deepEqual(await nurse.list(`view=box&box=${box.id}`), []);
    ok(await nurse.get(`/api/messages/threads/${id}`), 404);
    ok(await handle(nurse, id, 'take'), 404);
    ok(await handle(elsewhere, id, 'take'), 404);
    ok(await handle(doctor, id, 'take'), 403);
    const both = await Promise.all([handle(secretary, id, 'take'), handle(colleague, id, 'take')]);
    assert.deepEqual(both.map((one) => one.status).sort(), [200, 409], both.map((one) => one.text).join());
    const [winner, loser] = both[0]!.status === 200 ? [secretary, colleague] : [colleague, secretary];
    const lost = both.find((one) => one.status === 409)!.body;
    assert.deepEqual([lost.code, lost.who.id], ['taken', winner.practitioner]);
    assert.match(lost.detail, /s’en occupe déjà/);
    ok(await handle(winner, id, 'take'), 200);
    ok(await handle(loser, id, 'done'), 409);
    assert.equal((await loser.list(`view=box&box=${box.id}&state=mine`)).length, 0);
    ok(await handle(winner, id, 'hand-over', doctor.practitioner), 422);
    ok(await handle(winner, id, 'hand-over', loser.practitioner));
    assert.equal(
      (await loser.list('view=unread')).some((one) => one.id === id),
      true,
      'whoever it was handed to is told',
    );
    ok(await loser.reply(id, { text: 'Réparé' }));
    const done = ok(await handle(loser, id, 'done')).body;
    assert.deepEqual(
      [done.box.state, done.box.handler.id, done.steps.map((step: { act: string }) => step.act)],
      ['done', loser.practitioner, ['take', 'hand-over', 'done']],
    );
    assert.equal((await boxNamed(secretary, 'Secrétariat')).todo, 0);
    ok(await handle(winner, id, 'done'), 409);
    ok(await handle(winner, id, 'take'), 409);
    // The one who asked writes again: it is to be handled again.
    ok(await doctor.reply(id, { text: 'Encore en panne' }));
    const again = ok(await secretary.get(`/api/messages/threads/${id}`)).body;
    assert.deepEqual([again.box.state, again.box.handler], ['open', null]);
  });

  test('COO-9 a box about a patient follows the patient’s rights; what nobody of the box may read is refused and nothing waits unseen', async () => {
    const patient = await newPatient(doctor, nurse);
    const [secretariat, nurses] = [await boxNamed(doctor, 'Secrétariat'), await boxNamed(doctor, 'Cabinet infirmier')];
    const refused = ok(
      await doctor.open({ patient, topic: 'Clinique', text: 'INR à 5', to: { box: secretariat.id } }),
      409,
    );
    assert.equal(refused.body.code, 'nobody-reads');
    ok(
      await doctor.open({
        patient,
        administrative: true,
        topic: 'Rendez-vous',
        text: 'à rappeler',
        to: { box: secretariat.id },
      }),
    );
    assert.ok(
      (await secretary.list(`view=box&box=${secretariat.id}`)).some(
        (one) => one.topic === 'Rendez-vous' && one.patient.id === patient,
      ),
    );
    const { id } = ok(
      await doctor.open({ patient, topic: 'Prise de sang', text: 'INR lundi', to: { box: nurses.id } }),
    ).body;
    assert.equal((await nurse.list(`view=box&box=${nurses.id}`))[0].id, id);
    assert.deepEqual(
      await second.list(`view=box&box=${nurses.id}`),
      [],
      'a nurse out of the care team has the box and not this',
    );
    assert.equal((await boxNamed(second, 'Cabinet infirmier')).todo, 0);
    ok(await handle(second, id, 'take'), 404);
    ok(await handle(nurse, id, 'hand-over', second.practitioner), 422);
    ok(await handle(nurse, id, 'take'));
  });

  test('COO-9 who coordinates says who is in a box; who leaves it reads nothing of it any more; nobody else may', async () => {
    const made = ok(
      await coordinator.post('/api/messages/boxes', {
        name: 'Planning',
        professions: ['medical-secretary'],
        people: [doctor.practitioner],
      }),
    ).body;
    const { id } = ok(await nurse.open({ topic: 'Congés', text: 'gypaète en août', to: { box: made.id } })).body;
    assert.equal((await secretary.list(`view=box&box=${made.id}`))[0].id, id);
    const change = (who: Hand, body: object) =>
      who.send('PUT', `/api/messages/boxes/${made.id}`, {
        name: 'Planning',
        professions: [],
        people: [doctor.practitioner],
        version: made.version,
        ...body,
      });
    for (const who of [doctor, secretary, nurse]) ok(await change(who, {}), 403);
    ok(
      await elsewhere.send('PUT', `/api/messages/boxes/${made.id}`, {
        name: 'x',
        professions: [],
        people: [],
        version: 1,
      }),
      403,
    );
    ok(await change(coordinator, { professions: ['astrologue'] }), 422);
    const changed = ok(await change(coordinator, {})).body;
    assert.deepEqual(
      changed.members.map((one: { id: string }) => one.id),
      [doctor.practitioner],
    );
    ok(await change(coordinator, {}), 409);
    assert.deepEqual(await secretary.list(`view=box&box=${made.id}`), []);
    ok(await secretary.get(`/api/messages/threads/${id}`), 404);
    assert.equal((await secretary.get(`/fhir/R4/Communication/${id}`)).status, 404);
    ok(await doctor.get(`/api/messages/threads/${id}`));
    assert.equal(
      (await coordinator.get(`/api/messages/threads/${id}`)).status,
      404,
      'who coordinates sets the box and does not read it',
    );
  });

  test('COO-9 what nobody took for half a day is told to who coordinates: how many and since when, never what', async () => {
    const box = await boxNamed(coordinator, 'Secrétariat');
    const { id } = ok(await doctor.open({ topic: 'Oublié', text: 'personne ne lit', to: { box: box.id } })).body;
    const house = await testHouse();
    await house.db.tenant(practice.tenant, (sql) =>
      sql.query(
        `update coordination.thread set box_since = now() - interval '5 hours' where tenant_id = $1 and id = $2`,
        [practice.tenant, id],
      ),
    );
    const told: string[] = [];
    const room = {
      db: house.db,
      fhirFor: house.fhir.storeFor,
      now: () => new Date(),
      directory: new Directory(),
      feed: new ChangeFeed(),
      house: house.fhir.asSystem,
      live: Object.assign(new Live(), {
        tell: (_tenant: number, practitioner: string) => void told.push(practitioner),
      }),
    } as unknown as Room;
    await watchBoxes(room, practice.tenant);
    assert.deepEqual(told, [coordinator.practitioner]);
    await watchBoxes(room, practice.tenant);
    assert.equal(told.length, 1, 'told once');
    const waiting = (await boxNamed(coordinator, 'Secrétariat')).waiting;
    assert.ok(waiting.count >= 1 && waiting.since);
    assert.equal((await boxNamed(secretary, 'Secrétariat')).waiting, null);
    assert.equal((await secretary.list(`view=box&box=${box.id}`)).find((one) => one.id === id).box.late, true);
    ok(await coordinator.get(`/api/messages/threads/${id}`), 404);
  });

  test('COO-8 during an absence the stand-in receives what is addressed to the absent, who writes is told, and it ends', async () => {
    const declared = ok(
      await nurse.post('/api/messages/absences', { from: day(0), until: day(3), standIn: second.practitioner }),
    ).body;
    assert.deepEqual([declared.running, declared.standIn.id, declared.mine], [true, second.practitioner, true]);
    ok(
      await doctor.post('/api/messages/absences', { practitioner: nurse.practitioner, from: day(0), until: day(1) }),
      403,
    );
    ok(await nurse.post('/api/messages/absences', { from: day(2), until: day(1) }), 422);
    ok(await nurse.post('/api/messages/absences', { from: day(0), until: day(1), standIn: nurse.practitioner }), 422);
    ok(
      await nurse.post('/api/messages/absences', { from: day(0), until: day(1), standIn: elsewhere.practitioner }),
      422,
    );
    const seen = (await doctor.get('/api/addressees')).body.colleagues.find(
      (one: { id: string }) => one.id === nurse.practitioner,
    );
    assert.equal(seen.absentUntil.slice(0, 10) >= day(2), true);
    // About the practice: into the conversation, until the absence is over.
    const { id, absent } = ok(
      await doctor.open({ topic: 'Stock', text: 'Commander des compresses', to: { people: [nurse.practitioner] } }),
    ).body;
    assert.deepEqual(
      [absent[0].id, absent[0].standIn.id, absent[0].standIn.here],
      [nurse.practitioner, second.practitioner, true],
    );
    assert.ok((await second.list('view=unread')).some((one) => one.id === id));
    // About a patient: only who may read it by rights of their own.
    const [known, unknown] = [await newPatient(doctor, nurse, second), await newPatient(doctor, nurse)];
    const first = ok(await doctor.open({ patient: known, to: { people: [nurse.practitioner] } })).body;
    const other = ok(await doctor.open({ patient: unknown, to: { people: [nurse.practitioner] } })).body;
    assert.ok((await second.list('view=unread')).some((one) => one.id === first.id));
    ok(await second.get(`/api/messages/threads/${other.id}`), 404);
    assert.deepEqual(
      [first.absent[0].standIn.here, other.absent[0].standIn.here],
      [true, false],
      'the sender is told which',
    );
    // The delegation of SEC-6 gives that right, for its time.
    ok(
      await coordinator.post('/api/delegations', {
        kind: 'locum',
        delegate: second.practitioner,
        responsible: nurse.practitioner,
        from: new Date(Date.now() - 60_000).toISOString(),
        until: new Date(Date.now() + 86_400_000).toISOString(),
      }),
    );
    ok(await doctor.reply(other.id, { mentions: { people: [nurse.practitioner], professions: [] } }));
    assert.ok((await second.list('view=unread')).some((one) => one.id === other.id));
    // A box shows who stands in, and lets them in.
    ok(
      await coordinator.post('/api/messages/absences', {
        practitioner: secretary.practitioner,
        from: day(0),
        until: day(1),
        standIn: doctor.practitioner,
      }),
    );
    const box = await boxNamed(colleague, 'Secrétariat');
    assert.ok(
      box.members.some(
        (one: { id: string; standsInFor: string | null }) => one.id === doctor.practitioner && one.standsInFor,
      ),
    );
    assert.ok(box.members.find((one: { id: string }) => one.id === secretary.practitioner).absentUntil);
    ok(await doctor.post(`/api/messages/absences/${declared.id}/end`), 403);
    ok(await elsewhere.post(`/api/messages/absences/${declared.id}/end`), 404);
    assert.equal(ok(await nurse.post(`/api/messages/absences/${declared.id}/end`)).body.running, false);
    ok(await second.get(`/api/messages/threads/${id}`), 404);
    assert.equal(
      (await doctor.get('/api/addressees')).body.colleagues.find((one: { id: string }) => one.id === nurse.practitioner)
        .absentUntil,
      null,
    );
  });

  test('COO-8 a stand-in is never absent, never the absent one, and no chain of absences turns for ever', () => {
    const people = ['a', 'b', 'c', 'd'];
    const absences = fc.array(
      fc
        .record({
          id: fc.uuid(),
          practitioner: fc.constantFrom(...people),
          delegate: fc.option(fc.constantFrom(...people), { nil: null }),
          starts: fc.integer({ min: 0, max: 20 }),
          length: fc.integer({ min: 1, max: 20 }),
        })
        .map(({ length, ...one }): Absence => ({ ...one, ends: one.starts + length })),
      { maxLength: 8 },
    );
    fc.assert(
      fc.property(absences, fc.constantFrom(...people), fc.integer({ min: 0, max: 40 }), (all, who, at) => {
        const instead = standInFor(all, who, at);
        if (!absenceOf(all, who, at)) assert.equal(instead, null);
        if (instead !== null) {
          assert.notEqual(instead, who);
          assert.equal(absenceOf(all, instead, at), null);
        }
      }),
    );
  });
});
