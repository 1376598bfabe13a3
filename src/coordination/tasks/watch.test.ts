import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import { testHouse, type TestPerson } from '../../../test/app.ts';
import { addDays, today } from '../../record/index.ts';
import { ask, ids, type Json, newPatient, newTeam, person, type Team } from './tasks.fixture.ts';
import { watchPractice } from './watch.ts';

describe('nothing assigned is lost from sight', () => {
  let team: Team;
  let patient: string;
  const later = async (hours: number) => {
    const { db, outbox } = await testHouse();
    await watchPractice({ db, now: () => new Date(Date.now() + hours * 3_600_000) }, team.practice.tenant);
    await outbox.drained();
  };
  const line = async (who: TestPerson, id: string, view = 'unowned'): Promise<Json | undefined> =>
    (await who.send('GET', `/api/tasks?view=${view}`)).body.tasks.find((one: Json) => one.id === id);
  const notices = async (who: TestPerson, kind: string): Promise<Json[]> =>
    (await who.send('GET', '/api/notices')).body.filter((one: Json) => one.kind === kind);
  before(async () => {
    team = await newTeam();
    patient = await newPatient(team.doctor, [team.nurse, team.mate]);
  });

  test('COO-7 what nobody took is shown to the coordinator once, without a word of what, and is eased when someone takes it', async () => {
    const { doctor, nurse, coordinator } = team;
    const task = await ask(doctor, {
      title: 'Secret médical',
      patient,
      addressee: { to: 'profession', profession: 'nurse' },
    });
    await later(0);
    assert.equal((await line(coordinator, task.id))?.escalated, false, 'in the list at once, told of later');
    await later(24 * 8);
    const told = await line(coordinator, task.id);
    assert.equal(told?.escalated, true);
    assert.match(told?.trouble, /Personne/);
    const before = (await notices(coordinator, 'task-escalated')).length;
    assert.equal(before, 1);
    assert.doesNotMatch((await coordinator.send('GET', '/api/notices')).text, /Secret/);
    await later(24 * 8 + 1);
    assert.equal((await notices(coordinator, 'task-escalated')).length, before, 'not told twice');
    await nurse.send('POST', `/api/tasks/${task.id}/accept`, { version: 1 });
    assert.equal(await line(coordinator, task.id), undefined);
    assert.equal((await coordinator.send('GET', `/api/tasks/${task.id}`)).body.escalated, false);
  });

  test('COO-7 an urgent task without an answer is told after two hours, a refused one after a day, a late one after a day', async () => {
    const { doctor, nurse, mate, coordinator } = team;
    const urgent = await ask(doctor, { patient, addressee: person(nurse), priority: 'urgent' });
    const refused = await ask(doctor, { patient, addressee: person(nurse) });
    await nurse.send('POST', `/api/tasks/${refused.id}/refuse`, { version: 1, reason: 'non' });
    const late = await ask(doctor, { patient, addressee: person(mate), due: 'auj' });
    await mate.send('POST', `/api/tasks/${late.id}/accept`, { version: 1 });
    await later(1);
    assert.equal((await coordinator.send('GET', `/api/tasks/${urgent.id}`)).body.escalated, false);
    await later(3);
    assert.match((await coordinator.send('GET', `/api/tasks/${urgent.id}`)).body.trouble, /Urgente/);
    assert.equal((await line(coordinator, refused.id))?.escalated, false);
    await later(50);
    assert.match((await line(coordinator, refused.id))?.trouble, /Refusée/);
    assert.match((await coordinator.send('GET', `/api/tasks/${late.id}`)).body.trouble, /retard/);
    const moved = await doctor.send('POST', `/api/tasks/${late.id}/change`, { version: 2, due: '+9j' });
    assert.equal(moved.body.escalated, false, 'eased at once');
  });

  test('COO-7 SEC-4 a task whose owner left the care team or the practice is shown to the coordinator, and given to another', async () => {
    const { doctor, mate, coordinator, administrator, practice } = team;
    const own = await newPatient(doctor, [mate]);
    const leaver = await practice.person('nurse', { family: 'Tanguy', given: 'Yann' });
    await doctor.send('POST', `/api/patients/${own}/team`, { practitioner: leaver.practitioner });
    const task = await ask(doctor, { patient: own, addressee: person(leaver) });
    await doctor.send('POST', `/api/patients/${own}/team/end`, { practitioner: leaver.practitioner });
    assert.ok(!ids(await leaver.send('GET', '/api/tasks')).includes(task.id), 'who left sees it no more');
    await later(0);
    assert.match((await line(coordinator, task.id))?.trouble, /équipe de soins/);
    await doctor.send('POST', `/api/patients/${own}/team`, { practitioner: leaver.practitioner });
    await later(0);
    assert.equal((await coordinator.send('GET', `/api/tasks/${task.id}`)).body.trouble, null, 'back in the team');
    const people = (await administrator.send('GET', '/api/people')).body as Json[];
    const account = people.find((one) => one.practitioner === leaver.practitioner)!;
    const shut = await administrator.send('POST', `/api/people/${account.id}/disable`);
    assert.ok(shut.status < 300, shut.text);
    await later(0);
    const gone = await line(coordinator, task.id);
    assert.match(gone?.trouble, /quitté la structure/);
    const given = await coordinator.send('POST', `/api/tasks/${task.id}/change`, {
      version: gone?.version,
      addressee: person(mate),
    });
    assert.equal(given.status, 200, given.text);
    assert.ok(ids(await mate.send('GET', '/api/tasks')).includes(task.id));
  });

  test('COO-7 COO-8 the tasks of someone absent go to who stands in; without anyone, the coordinator is shown what cannot wait', async () => {
    const { doctor, nurse, mate, coordinator } = team;
    const own = await newPatient(doctor, [nurse, mate]);
    const soon = await ask(doctor, { patient: own, addressee: person(nurse), due: '+2j' });
    const far = await ask(doctor, { patient: own, addressee: person(nurse), due: '+40j' });
    const from = today(new Date());
    const away = await nurse.send('POST', '/api/messages/absences', { from, until: addDays(from, 8) });
    assert.equal(away.status, 200, away.text);
    await later(0.1);
    assert.match((await line(coordinator, soon.id))?.trouble, /absente/);
    assert.equal((await coordinator.send('GET', `/api/tasks/${far.id}`)).body.trouble, null, 'back in time for it');
    await nurse.send('POST', `/api/messages/absences/${away.body.id}/end`);
    const covered = await nurse.send('POST', '/api/messages/absences', {
      from,
      until: addDays(from, 8),
      standIn: mate.practitioner,
    });
    assert.equal(covered.status, 200, covered.text);
    await later(0.1);
    assert.equal((await coordinator.send('GET', `/api/tasks/${soon.id}`)).body.trouble, null);
    assert.ok(ids(await mate.send('GET', `/api/tasks?patient=${own}`)).includes(soon.id));
    assert.equal((await mate.send('POST', `/api/tasks/${soon.id}/done`, { version: 1 })).status, 200);
    await nurse.send('POST', `/api/messages/absences/${covered.body.id}/end`);
  });

  test('COO-7 on its day a task is told to its owner, in one notice for all of them, once', async () => {
    const { doctor, nurse } = team;
    await later(0);
    const before = (await notices(nurse, 'task-due')).length;
    for (let at = 0; at < 3; at++) await ask(doctor, { patient, addressee: person(nurse), due: '+20j' });
    const noon = (Date.parse(`${addDays(today(new Date()), 20)}T11:00:00Z`) - Date.now()) / 3_600_000;
    await later(noon);
    const told = await notices(nurse, 'task-due');
    assert.equal(told.length, before + 1);
    assert.match(told[0]!.words, /3 tâches/);
    await later(noon + 1);
    assert.equal((await notices(nurse, 'task-due')).length, before + 1);
  });

  test('COO-7 a reminder reaches the notices of the owner; a handover nobody reads reaches the coordinator', async () => {
    const { doctor, nurse, mate, coordinator } = team;
    const task = await ask(doctor, { patient, addressee: person(nurse) });
    await doctor.send('POST', `/api/tasks/${task.id}/remind`, { version: 1 });
    await later(0);
    assert.match((await notices(nurse, 'task-reminder'))[0]!.words, /Anne Kermarrec vous relance/);
    const handed = await nurse.send('POST', `/api/patients/${patient}/handovers`, {
      text: 'À lire',
      addressee: { to: 'profession', profession: 'nurse' },
    });
    await later(24 * 8);
    assert.match((await line(coordinator, handed.body.id))?.trouble, /personne n’a lue/);
    await mate.send('POST', `/api/handovers/${handed.body.id}/read`);
    await later(24 * 8);
    assert.equal(await line(coordinator, handed.body.id), undefined);
  });

  test('COO-7 COO-3 what was asked before its patient died waits to be ended, and is late no more nor told to anyone; what is asked of the family since is a task like any other; a death noted by mistake is taken back', async () => {
    const { doctor, nurse, coordinator, practice } = team;
    const gone = await newPatient(doctor, [nurse]);
    const day = (days: number): string => addDays(today(new Date()), days);
    /** As if it had been asked so many days ago, for the day before yesterday. */
    const since = async (id: string, days: number): Promise<void> => {
      const store = (await testHouse()).fhir.asSystem(practice.tenant, 'essai');
      const { resource } = await store.read('Task', id);
      const at = `${day(-days)}T09:00:00+01:00`;
      await store.update({
        ...resource,
        authoredOn: at,
        lastModified: at,
        restriction: { ...resource.restriction, period: { end: day(-2) } },
      });
    };
    const died = async (deceasedOn: string | null): Promise<void> => {
      const { form, version } = (await doctor.send('GET', `/api/patients/${gone}/identity`)).body;
      const answer = await doctor.send('PUT', `/api/patients/${gone}/identity`, {
        ...form,
        deceasedOn,
        version,
        reason: null,
      });
      assert.equal(answer.status, 200, answer.text);
      await later(0);
    };
    const french = (iso: string): string => iso.split('-').reverse().join('/');
    const mine = async (): Promise<Json> => (await nurse.send('GET', '/api/tasks?view=mine')).body;
    const late = async (): Promise<string[]> =>
      (await coordinator.send('GET', '/api/tasks?view=late')).body.tasks
        .filter((one: Json) => one.patient?.id === gone)
        .map((one: Json) => one.id)
        .sort();
    const told = async (): Promise<unknown[]> =>
      (await notices(coordinator, 'task-escalated')).filter((one) => one.patient?.id === gone || one.patient === gone);
    const before = await ask(doctor, { title: 'Bilan podologique', patient: gone, addressee: person(nurse) });
    const family = await ask(doctor, { title: 'Appeler la famille', patient: gone, addressee: person(nurse) });
    await since(before.id, 9);
    await since(family.id, 4);
    await later(0);
    assert.deepEqual(await late(), [before.id, family.id].sort());
    const people = async (): Promise<number> =>
      (await coordinator.send('GET', '/api/tasks/team-day')).body.people.find(
        (one: Json) => one.who.id === nurse.practitioner,
      )?.late ?? 0;
    const [behind, counted] = [await people(), (await told()).length];
    await died(french(day(-5)));
    assert.deepEqual(await late(), [family.id]);
    const { tasks } = await mine();
    const [line] = tasks.filter((one: Json) => one.id === before.id);
    assert.deepEqual([line.late, line.trouble, line.escalated, line.patient.deceased], [false, null, false, true]);
    assert.equal(await people(), behind - 1);
    await later(72);
    assert.equal((await told()).length, counted, 'nobody is told of it');
    await died(null);
    assert.deepEqual(await late(), [before.id, family.id].sort());
    // It is ended as any other.
    await died(french(day(-5)));
    const { version } = (await nurse.send('GET', `/api/tasks/${before.id}`)).body;
    assert.equal(
      (await nurse.send('POST', `/api/tasks/${before.id}/done`, { version, note: 'Sans objet.' })).status,
      200,
    );
  });
});
