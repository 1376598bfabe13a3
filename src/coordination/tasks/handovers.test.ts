import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import { type Json, newPatient, newTeam, person, type Team } from './tasks.fixture.ts';

describe('handovers', () => {
  let team: Team;
  let patient: string;
  const hand = (body: Json, by = team.nurse, about = patient) =>
    by.send('POST', `/api/patients/${about}/handovers`, {
      text: 'Pansement refait, tension basse.',
      addressee: { to: 'profession', profession: 'nurse' },
      ...body,
    });
  before(async () => {
    team = await newTeam();
    patient = await newPatient(team.doctor, [team.nurse, team.mate]);
  });

  test('COO-7 a handover waits for each nurse of the team until she has read it, and stays in the record with who read it', async () => {
    const { nurse, mate, doctor } = team;
    const third = await team.practice.person('nurse', { family: 'Cadiou', given: 'Nolwenn' });
    await doctor.send('POST', `/api/patients/${patient}/team`, { practitioner: third.practitioner });
    const made = await hand({ watch: true, tomorrow: true });
    assert.equal(made.status, 200, made.text);
    assert.ok(made.body.forDay && made.body.watch && !made.body.toRead);
    const waits = async (who: typeof mate) =>
      (await who.send('GET', '/api/handovers')).body.handovers.some((one: Json) => one.id === made.body.id);
    assert.deepEqual(
      [await waits(mate), await waits(third), await waits(nurse), await waits(doctor)],
      [true, true, false, false],
    );
    const read = await mate.send('POST', `/api/handovers/${made.body.id}/read`);
    assert.deepEqual(
      read.body.readBy.map((one: Json) => one.who.name),
      ['Maël Le Bihan'],
    );
    assert.deepEqual([await waits(mate), await waits(third)], [false, true]);
    assert.equal((await nurse.send('GET', `/api/patients/${patient}/tasks`)).body.handovers[0].over, false);
    const [again] = await Promise.all([
      mate.send('POST', `/api/handovers/${made.body.id}/read`),
      third.send('POST', `/api/handovers/${made.body.id}/read`),
    ]);
    assert.equal(again.status, 200);
    const after = (await nurse.send('GET', `/api/patients/${patient}/tasks`)).body.handovers.find(
      (one: Json) => one.id === made.body.id,
    );
    assert.deepEqual(after.readBy.map((one: Json) => one.who.name).sort(), ['Maël Le Bihan', 'Nolwenn Cadiou']);
    assert.equal(after.over, true);
    const history = await doctor.send('GET', `/api/patients/${patient}/timeline?kind=coordination`);
    assert.match(history.text, /Transmission/);
    assert.match(history.text, /Pansement refait/);
  });

  test('COO-7 two who read at the same moment are both kept', async () => {
    const { doctor, nurse, mate } = team;
    const own = await newPatient(doctor, [nurse, mate]);
    const made = await hand({ addressee: { to: 'team' } }, nurse, own);
    const both = await Promise.all(
      [doctor, mate].map((one) => one.send('POST', `/api/handovers/${made.body.id}/read`)),
    );
    assert.deepEqual(
      both.map((one) => one.status),
      [200, 200],
    );
    assert.equal((await nurse.send('GET', `/api/patients/${own}/tasks`)).body.handovers[0].readBy.length, 2);
  });

  test('COO-7 a handover is no task: it is not in the list of what is to be done, and is neither accepted nor done', async () => {
    const { mate } = team;
    const made = await hand({});
    assert.ok(!(await mate.send('GET', '/api/tasks')).body.tasks.some((one: Json) => one.id === made.body.id));
    for (const act of ['accept', 'done'])
      assert.equal((await mate.send('POST', `/api/tasks/${made.body.id}/${act}`, { version: 1 })).status, 403);
    assert.equal(
      (await mate.send('POST', '/api/tasks', { kind: 'handover', title: 'x', patient, addressee: { to: 'team' } }))
        .status,
      422,
    );
  });

  test('SEC-4 COO-7 who may not hand over, read, or see what was handed over', async () => {
    const { doctor, nurse, mate, physio, secretary, coordinator, administrator, stranger } = team;
    const made = await hand({ text: 'Confidence de la patiente' });
    const at = `/api/handovers/${made.body.id}/read`;
    for (const who of [physio, stranger, administrator, secretary]) assert.equal((await hand({}, who)).status, 403);
    for (const [who, wanted] of [
      [physio, 404],
      [stranger, 404],
      [administrator, 403],
      [secretary, 403],
    ] as const)
      assert.equal((await who.send('POST', at)).status, wanted);
    for (const who of [physio, secretary, stranger]) {
      assert.doesNotMatch((await who.send('GET', '/api/handovers')).text, /Confidence/);
      assert.doesNotMatch((await who.send('GET', `/api/patients/${patient}/tasks`)).text, /Confidence/);
      assert.doesNotMatch(
        (await who.send('GET', `/fhir/R4/Communication?subject=Patient/${patient}`)).text,
        /Confidence/,
      );
    }
    const shown = (await secretary.send('GET', `/api/patients/${patient}/tasks`)).body.handovers.find(
      (one: Json) => one.id === made.body.id,
    );
    assert.equal(shown.text, null, 'a secretary sees that it exists');
    assert.equal(
      (await coordinator.send('GET', '/api/handovers')).body.handovers.length,
      0,
      'not addressed to coordinators',
    );
    assert.equal((await hand({ addressee: person(physio) })).status, 409, 'nobody outside the team is told');
    assert.equal((await hand({ addressee: person(secretary) })).status, 422, 'nor who would not read it');
    assert.equal((await hand({ text: '   ' })).status, 422);
    assert.equal((await doctor.send('POST', `/api/handovers/inconnu/read`)).status, 404);
    assert.equal((await mate.send('POST', at)).status, 200);
    assert.equal((await nurse.send('POST', at)).body.readBy.length, 1, 'its author has nothing to read');
  });
});
