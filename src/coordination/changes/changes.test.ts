import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { type Answer, newPractice, type TestPerson, type TestPractice } from '../../../test/app.ts';

let practice: TestPractice;
let doctor: TestPerson;
let nurse: TestPerson;
let outsider: TestPerson;
let secretary: TestPerson;
let elsewhere: TestPerson;
before(async () => {
  practice = await newPractice();
  doctor = await practice.person('physician', { family: 'Kermarrec', given: 'Anne' });
  nurse = await practice.person('nurse', { family: 'Morvan', given: 'Paul' });
  outsider = await practice.person('physiotherapist', { family: 'Tanguy' });
  secretary = await practice.person('medical-secretary', { family: 'Riou' });
  elsewhere = await (await newPractice()).person('physician', { family: 'Cozic' });
});

const ok = (answer: Answer) => {
  assert.ok(answer.status < 300, answer.text);
  return answer.body;
};
let count = 0;
async function newPatient(): Promise<string> {
  count++;
  const family = `Nouveau${[...String(count * 7919)].map((digit) => 'ABCDEFGHIJ'[Number(digit)]).join('')}`;
  const { id } = ok(
    await doctor.send('POST', '/api/patients', {
      birthFamily: family,
      birthGivens: 'Essai',
      birthDate: '12/03/1948',
      sex: 'female',
    }),
  );
  ok(await doctor.send('POST', `/api/patients/${id}/team`, { practitioner: nurse.practitioner }));
  return id;
}
interface Line {
  type: string;
  id: string;
  attention: string | null;
  act: string;
  label: string;
  who: { name: string; me: boolean };
}
const changes = async (who: TestPerson, query = '') =>
  ok(await who.send('GET', `/api/changes${query}`)) as {
    patients: { patient: { id: string }; changes: Line[]; attention: number; count: number }[];
    attention: number;
    until: string;
  };
const of = async (who: TestPerson, patient: string, query = '') =>
  (await changes(who, query)).patients.find((one) => one.patient.id === patient);
const weigh = async (who: TestPerson, patient: string, value: number) =>
  ok(await who.send('POST', `/api/patients/${patient}/measures`, { values: [{ code: '29463-7', value }] }));

test('COO-10 what a colleague writes stands in my list until I open the record; my own writing never does', async () => {
  const patient = await newPatient();
  ok(await doctor.send('GET', `/api/patients/${patient}/record`));
  await weigh(doctor, patient, 71);
  assert.equal(await of(doctor, patient), undefined, 'what I wrote is no news to me');
  await weigh(nurse, patient, 72);
  const mine = (await of(doctor, patient))!;
  assert.equal(mine.count, 1);
  assert.match(mine.changes[0]!.label, /72/);
  assert.equal(mine.changes[0]!.who.name, 'Paul Morvan');
  assert.match(
    (await of(nurse, patient))!.changes[0]!.label,
    /71/,
    'the nurse reads what the physician wrote, though she has never opened the record',
  );
  ok(await doctor.send('GET', `/api/patients/${patient}/record`));
  assert.equal(await of(doctor, patient), undefined, 'the record was opened');
});

test('COO-10 what needs me comes first: an allergy before a measure, and only such patients in the view of what needs attention', async () => {
  const [calm, urgent] = [await newPatient(), await newPatient()];
  ok(
    await nurse.send('POST', `/api/patients/${urgent}/allergies`, {
      label: 'Pénicilline',
      criticality: 'high',
      kindOfReaction: 'allergy',
    }),
  );
  await weigh(nurse, urgent, 80);
  await weigh(nurse, calm, 60);
  const all = await changes(doctor);
  const order = all.patients.map((one) => one.patient.id);
  assert.ok(
    order.indexOf(urgent) < order.indexOf(calm),
    'the patient with an allergy stands before, though written earlier',
  );
  assert.deepEqual(
    (await of(doctor, urgent))!.changes.map((line) => line.attention),
    ['allergy', null],
  );
  const attention = await changes(doctor, '?view=attention');
  assert.ok(attention.patients.every((one) => one.attention > 0));
  assert.ok(!attention.patients.some((one) => one.patient.id === calm));
});

test('COO-10 marked as seen without opening, one patient or all, and taken back', async () => {
  const patient = await newPatient();
  await weigh(nurse, patient, 65);
  const { until } = await changes(doctor);
  ok(await doctor.send('POST', '/api/changes/seen', { patient, until }));
  assert.equal(await of(doctor, patient), undefined);
  ok(await doctor.send('POST', '/api/changes/unseen', { patient }));
  assert.equal((await of(doctor, patient))?.count, 1);
  ok(await doctor.send('POST', '/api/changes/seen', { patient: null, until: (await changes(doctor)).until }));
  assert.deepEqual((await changes(doctor)).patients, []);
  await weigh(nurse, patient, 66);
  assert.equal((await of(doctor, patient))?.count, 1, 'what comes later is new again');
  const bad = await doctor.send('POST', '/api/changes/seen', { patient: null, until: '2999-01-01T00:00:00Z' });
  assert.equal(bad.status, 422);
});

test('COO-10 SEC-4 SEC-7 who may not: outside the team, the secretary, another practice and whom the patient opposes learn nothing', async () => {
  const patient = await newPatient();
  await weigh(nurse, patient, 90);
  assert.equal(await of(outsider, patient), undefined);
  assert.equal(await of(secretary, patient), undefined);
  assert.equal(await of(elsewhere, patient), undefined);
  assert.equal(
    (await elsewhere.send('POST', '/api/changes/seen', { patient, until: new Date().toISOString() })).status,
    404,
  );
  assert.ok(await of(doctor, patient));
  ok(
    await nurse.send('POST', `/api/patients/${patient}/choices`, {
      decision: 'oppose',
      practitioner: doctor.practitioner,
    }),
  );
  assert.equal(await of(doctor, patient), undefined, 'an opposition closes it at once');
});

test('COO-10 DOS-9 a private note of a colleague makes no news', async () => {
  const patient = await newPatient();
  ok(await nurse.send('POST', `/api/patients/${patient}/notes`, { text: 'Pour moi seul.', personal: true }));
  assert.equal(await of(doctor, patient), undefined);
});
