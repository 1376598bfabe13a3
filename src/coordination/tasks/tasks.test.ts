import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import { newPractice, testHouse, type TestPerson, type TestPractice } from '../../../test/app.ts';

type Json = Record<string, any>;

describe('tasks', () => {
  let practice: TestPractice;
  let doctor: TestPerson;
  let nurse: TestPerson;
  let secretary: TestPerson;
  let patient: string;
  before(async () => {
    practice = await newPractice();
    doctor = await practice.person('physician', { family: 'Kermarrec', given: 'Anne' });
    nurse = await practice.person('nurse', { family: 'Abgrall', given: 'Soizic' });
    secretary = await practice.person('medical-secretary', { family: 'Pellen', given: 'Maryvonne' });
    patient = await newPatient(doctor, [nurse]);
  });

  test('COO-7 a task is asked, accepted, done; its story says who and when', async () => {
    const asked = await doctor.send('POST', '/api/tasks', { title: 'Refaire le pansement', detail: 'Plaie du talon', patient, addressee: { to: 'person', practitioner: nurse.practitioner }, due: 'demain' });
    assert.equal(asked.status, 200, asked.text);
    assert.equal(asked.body.title, 'Refaire le pansement');
    const list = await nurse.send('GET', '/api/tasks');
    assert.equal(list.status, 200, list.text);
    assert.equal(list.body.tasks[0].id, asked.body.id);
    assert.equal(list.body.counts.mine, 1);
    const accepted = await nurse.send('POST', `/api/tasks/${asked.body.id}/accept`, { version: 1 });
    assert.equal(accepted.status, 200, accepted.text);
    const done = await nurse.send('POST', `/api/tasks/${asked.body.id}/done`, { version: 2, note: 'Plaie propre.' });
    assert.equal(done.status, 200, done.text);
    assert.deepEqual(done.body.story.map((one: Json) => [one.act, one.who.name, one.text]), [
      ['asked', 'Anne Kermarrec', ''],
      ['accepted', 'Soizic Abgrall', ''],
      ['done', 'Soizic Abgrall', 'Plaie propre.'],
    ]);
    const seen = await secretary.send('GET', '/api/tasks?view=team');
    assert.equal(seen.status, 200, seen.text);
    await (await testHouse()).outbox.drained();
  });
});

export async function newPatient(by: TestPerson, team: TestPerson[] = []): Promise<string> {
  const made = await by.send('POST', '/api/patients', { birthFamily: `Ker${Math.random().toString(36).slice(2, 10).replace(/\d/g, 'a')}`, birthGivens: 'Morgane', birthDate: '12/03/1948', sex: 'female' });
  assert.equal(made.status, 200, made.text);
  for (const one of team) assert.equal((await by.send('POST', `/api/patients/${made.body.id}/team`, { practitioner: one.practitioner })).status, 200);
  return made.body.id;
}
