import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import type { Profession } from '../../access/index.ts';
import { watchProposals } from './follow-proposals.ts';
import { type Answer, newPractice, testHouse, type TestPerson, type TestPractice } from '../../../test/app.ts';

// biome-ignore lint/suspicious/noExplicitAny: tests look into answers of every shape
type Json = any;
const ok = (answer: Answer): Json => {
  assert.equal(answer.status, 200, answer.text);
  return answer.body;
};
const get = async (who: TestPerson, path: string): Promise<Json> => ok(await who.send('GET', path));
const post = async (who: TestPerson, path: string, body: unknown = {}): Promise<Json> =>
  ok(await who.send('POST', path, body));

let practice: TestPractice;
let doctor: TestPerson;
let other: TestPerson;
let pharmacist: TestPerson;
let nurse: TestPerson;
let secretary: TestPerson;
let elsewhere: TestPerson;
before(async () => {
  practice = await newPractice('Maison de santé des propositions');
  const person = (profession: Profession, family: string) => practice.person(profession, { family, given: 'Camille' });
  [doctor, other, pharmacist, nurse, secretary] = await Promise.all([
    person('physician', 'Kermarrec'),
    person('physician', 'Abgrall'),
    person('pharmacist', 'Cozic'),
    person('nurse', 'Morvan'),
    person('medical-secretary', 'Riou'),
  ]);
  elsewhere = await (await newPractice('Autre maison des propositions')).person('physician', { family: 'Quentel' });
});
let count = 0;
const letters = (n: number): string => [...String(n)].map((digit) => 'ABCDEFGHIJ'[Number(digit)]).join('');
async function newPatient(team: TestPerson[] = [other, pharmacist, nurse]): Promise<string> {
  count++;
  const { id } = await post(doctor, '/api/patients', {
    birthFamily: `Propose${letters(count * 7919)}`,
    birthGivens: `Prenom${letters(count * 104729)}`,
    birthDate: `${(count % 27) + 1}/04/${1941 + count}`,
    sex: 'male',
  });
  for (const one of team) await post(doctor, `/api/patients/${id}/team`, { practitioner: one.practitioner });
  return id;
}
const prescribed = async (id: string, by: TestPerson, over: object = {}): Promise<Json> =>
  (await testHouse()).fhir.storeFor(by.caller).create({
    resourceType: 'MedicationRequest',
    status: 'active',
    intent: 'order',
    subject: { reference: `Patient/${id}` },
    medicationCodeableConcept: { text: 'Ramipril 5 mg, comprimé' },
    authoredOn: '2026-01-10',
    requester: { reference: `Practitioner/${by.practitioner}` },
    dosageInstruction: [{ text: '1 comprimé le matin' }],
    ...over,
  });
const propose = (id: string, about: Json, over: object = {}) =>
  post(pharmacist, `/api/patients/${id}/treatments/proposals`, {
    act: 'dose',
    about: { type: about.type, id: about.id, version: about.version },
    dosage: '2 comprimés le matin',
    reason: 'Tension à 160',
    ...over,
  });
const referent = async (id: string, who: TestPerson): Promise<void> => {
  const { fhir } = await testHouse();
  const house = fhir.asSystem(practice.tenant, 'essai');
  const patient = await house.read('Patient', id);
  await house.update({
    ...patient.resource,
    id,
    generalPractitioner: [{ reference: `Practitioner/${who.practitioner}` }],
  });
};
const waiting = async (who: TestPerson, patient: string): Promise<{ asked: Json[]; mine: Json[] }> => {
  const { asked, mine } = await get(who, '/api/treatment-proposals');
  return {
    asked: asked.filter((one: Json) => one.patient.id === patient),
    mine: mine.filter((one: Json) => one.patient.id === patient),
  };
};
const drained = async (): Promise<void> => (await testHouse()).outbox.drained();
const notices = async (who: TestPerson, patient: string): Promise<string[]> => {
  await drained();
  return (await get(who, '/api/notices')).filter((one: Json) => one.patient === patient).map((one: Json) => one.kind);
};

test('DOS-5 whoever prescribed the treatment finds the proposal on their day and is told; answered, its author is', async () => {
  const id = await newPatient();
  await referent(id, doctor);
  await propose(id, await prescribed(id, other));
  const [line] = (await waiting(other, id)).asked;
  assert.deepEqual(
    [line.actLabel, line.label, line.dosage, line.reason, line.who.name, line.askedOf.me, line.about.dosage, line.days],
    [
      'Changer la posologie',
      'Ramipril 5 mg, comprimé',
      '2 comprimés le matin',
      'Tension à 160',
      'Camille Cozic',
      true,
      '1 comprimé le matin',
      0,
    ],
  );
  assert.deepEqual((await waiting(doctor, id)).asked, [], 'asked of who prescribed it, not of who follows the patient');
  assert.deepEqual(
    (await waiting(pharmacist, id)).mine.map((one) => [one.state, one.askedOf.name]),
    [['waiting', 'Camille Abgrall']],
  );
  assert.deepEqual(
    [await notices(other, id), await notices(doctor, id), await notices(pharmacist, id)],
    [['treatment-proposal'], [], []],
  );
  const view = await get(pharmacist, `/api/patients/${id}/treatments`);
  assert.equal(view.proposals[0].askedOf.name, 'Camille Abgrall');
  await post(other, `/api/patients/${id}/treatments/proposals/${line.id}/answer`, {
    version: line.version,
    accept: true,
    seen: line.about.version,
    answer: 'Oui, dès ce soir',
  });
  assert.deepEqual((await waiting(other, id)).asked, []);
  assert.deepEqual(
    (await waiting(pharmacist, id)).mine.map((one) => [one.state, one.answer, one.answeredBy.name]),
    [['accepted', 'Oui, dès ce soir', 'Camille Abgrall']],
  );
  assert.deepEqual(
    [await notices(pharmacist, id), await notices(other, id)],
    [['treatment-answer'], ['treatment-proposal']],
  );
});
test('DOS-5 a treatment of nobody here is asked of who follows the patient; without one, of whoever of the team decides; nobody else is told', async () => {
  const id = await newPatient();
  await referent(id, doctor);
  const [said] = (
    await post(nurse, `/api/patients/${id}/treatments`, {
      label: 'Ibuprofène 400 mg',
      dosage: '1 le soir',
      source: 'self',
    })
  ).lines;
  await propose(id, said, { act: 'stop', dosage: '' });
  assert.deepEqual([(await waiting(doctor, id)).asked.length, (await waiting(other, id)).asked.length], [1, 0]);
  const free = await newPatient();
  await propose(
    free,
    (await post(nurse, `/api/patients/${free}/treatments`, { label: 'Ibuprofène 400 mg', source: 'self' })).lines[0],
    { act: 'stop', dosage: '' },
  );
  assert.deepEqual(
    [(await waiting(doctor, free)).asked.map((one) => one.askedOf), (await waiting(other, free)).asked.length],
    [[null], 1],
  );
  assert.deepEqual(
    [
      await notices(doctor, free),
      await notices(other, free),
      await notices(nurse, free),
      await notices(secretary, free),
    ],
    [['treatment-proposal'], ['treatment-proposal'], [], []],
  );
  // A week without an answer: those of the team who decide see what was asked of another.
  const { db } = await testHouse();
  await db.owner('essai', (sql) =>
    sql.query(`update record.treatment_proposal set at = now() - interval '8 days' where patient = $1`, [id]),
  );
  assert.deepEqual(
    (await waiting(other, id)).asked.map((one) => one.askedOf.name),
    ['Camille Kermarrec'],
  );
});
test('DOS-5 taken back, or in error, a proposal asks nobody; an answer taken back asks again', async () => {
  const id = await newPatient();
  const about = await prescribed(id, doctor);
  const [first] = (await propose(id, about)).lines;
  await post(pharmacist, `/api/patients/${id}/treatments/proposals/${first.id}/withdraw`, { version: 1 });
  assert.deepEqual([(await waiting(doctor, id)).asked, (await waiting(pharmacist, id)).mine], [[], []]);
  const [second] = (await propose(id, about)).lines;
  await post(pharmacist, `/api/patients/${id}/undo`, {
    entries: [{ type: second.type, id: second.id, version: second.version }],
  });
  assert.deepEqual((await waiting(doctor, id)).asked, []);
  const [third] = (await propose(id, about)).lines;
  const { lines } = await post(doctor, `/api/patients/${id}/treatments/proposals/${third.id}/answer`, {
    version: 1,
    accept: false,
    answer: 'Pas maintenant',
  });
  assert.deepEqual((await waiting(doctor, id)).asked, []);
  await post(doctor, `/api/patients/${id}/undo`, {
    entries: lines.map((one: Json) => ({ type: one.type, id: one.id, version: one.version })),
  });
  assert.deepEqual(
    (await waiting(doctor, id)).asked.map((one) => one.id),
    [third.id],
  );
});
test('DOS-5 a proposal of another software asks too; whoever stands in sees it in the place of the absent', async () => {
  const id = await newPatient();
  const about = await prescribed(id, doctor);
  const { fhir, record } = await testHouse();
  const made = await fhir.storeFor(pharmacist.caller).create({
    resourceType: 'MedicationRequest',
    status: 'active',
    intent: 'proposal',
    doNotPerform: true,
    subject: { reference: `Patient/${id}` },
    medicationCodeableConcept: { text: 'Ramipril' },
    requester: { reference: `Practitioner/${pharmacist.practitioner}` },
    supportingInformation: [{ reference: `MedicationRequest/${about.id}` }],
    reasonCode: [{ text: 'Toux' }],
  });
  assert.deepEqual(
    (await waiting(doctor, id)).asked.map((one) => [one.id, one.actLabel, one.reason]),
    [[made.id, 'Arrêter', 'Toux']],
  );
  const before = record.room.standsFor;
  try {
    record.room.standsFor = async (_sql, _tenant, one) => (one === other.practitioner ? [doctor.practitioner] : []);
    assert.deepEqual(
      (await waiting(other, id)).asked.map((one) => one.inPlaceOf.name),
      ['Camille Kermarrec'],
    );
  } finally {
    record.room.standsFor = before;
  }
});
test('DOS-5 taken in before the care team was, it is put to who follows the patient once the team is there', async () => {
  const { fhir } = await testHouse();
  const house = fhir.asSystem(practice.tenant, 'essai');
  const patient = await house.create({
    resourceType: 'Patient',
    name: [{ family: 'REPRISE', given: ['Morgane'] }],
    birthDate: '1950-02-03',
    gender: 'female',
    generalPractitioner: [{ reference: `Practitioner/${doctor.practitioner}` }],
  });
  await house.transaction(async (store) => {
    await store.create({
      resourceType: 'MedicationRequest',
      status: 'active',
      intent: 'proposal',
      subject: { reference: `Patient/${patient.id}` },
      medicationCodeableConcept: { text: 'Vitamine D' },
      requester: { reference: `Practitioner/${pharmacist.practitioner}` },
      reasonCode: [{ text: 'Carence' }],
    });
    await store.create({
      resourceType: 'CareTeam',
      status: 'active',
      subject: { reference: `Patient/${patient.id}` },
      participant: [doctor, pharmacist].map((one) => ({ member: { reference: `Practitioner/${one.practitioner}` } })),
    });
  });
  assert.deepEqual(await notices(doctor, patient.id), ['treatment-proposal']);
  assert.deepEqual(
    (await waiting(doctor, patient.id)).asked.map((one) => one.askedOf?.me),
    [true],
  );
});
test('DOS-5 taken in before people had accounts, it is put to who follows the patient once they have', async () => {
  const id = await newPatient([pharmacist]);
  await referent(id, doctor);
  await propose(id, await prescribed(id, doctor));
  await drained();
  const { db, record } = await testHouse();
  await db.owner('essai', (sql) =>
    sql.query('update record.treatment_proposal set asked = null where patient = $1', [id]),
  );
  await watchProposals(record.room);
  assert.deepEqual(
    (await waiting(doctor, id)).asked.map((one) => one.askedOf?.me),
    [true],
  );
  assert.deepEqual(await notices(doctor, id), ['treatment-proposal'], 'told once');
});
test('DOS-5 a live hint without a word goes to who is asked and to the author', async () => {
  const { record } = await testHouse();
  const told: [string, Json][] = [];
  const before = record.room.tell;
  try {
    record.room.tell = (_tenant, one, hint) => void told.push([one, hint]);
    const id = await newPatient();
    await propose(id, await prescribed(id, other), { reason: 'MOT-CACHÉ' });
    await drained();
    const mine = told.filter(([, hint]) => hint.patient === id || hint.topic === 'notices');
    assert.deepEqual(
      new Set(mine.map(([one, hint]) => `${one} ${hint.topic}`)),
      new Set([
        `${other.practitioner} proposals`,
        `${other.practitioner} notices`,
        `${pharmacist.practitioner} proposals`,
      ]),
    );
    assert.ok(!JSON.stringify(told).includes('MOT-CACHÉ'));
  } finally {
    record.room.tell = before;
  }
});
test('DOS-5 who may not: nothing of a proposal reaches another practice, who is out of the team, opposed, or does not read treatments', async () => {
  const id = await newPatient([pharmacist, nurse]);
  await referent(id, doctor);
  const about = await prescribed(id, doctor);
  await propose(id, about, { reason: 'MOT-SECRET' });
  assert.equal((await secretary.send('GET', '/api/treatment-proposals')).status, 403, 'no right on treatments');
  for (const one of [other, nurse, elsewhere])
    assert.ok(!JSON.stringify(await get(one, '/api/treatment-proposals')).includes('MOT-SECRET'), one.caller.name);
  assert.deepEqual((await get(nurse, '/api/treatment-proposals')).may, { answer: false, propose: false });
  await drained();
  for (const one of [doctor, pharmacist])
    assert.ok(!JSON.stringify(await get(one, '/api/notices')).includes('Ramipril'), 'a notice says nothing of it');
  assert.deepEqual(
    [await notices(nurse, id), await notices(secretary, id), await notices(elsewhere, id), await notices(other, id)],
    [[], [], [], []],
  );
  // Opposed afterwards: the line is gone from their day.
  const away = await newPatient();
  const its = await prescribed(away, other);
  await propose(away, its, { reason: 'MOT-SECRET' });
  assert.equal((await waiting(other, away)).asked.length, 1);
  await post(doctor, `/api/patients/${away}/choices`, {
    decision: 'oppose',
    practitioner: other.practitioner,
    kinds: ['treatments'],
  });
  assert.deepEqual((await waiting(other, away)).asked, []);
  // Who proposed it and is kept out since hears nothing of what was answered.
  const closed = await newPatient();
  await propose(closed, await prescribed(closed, other), { reason: 'Avant' });
  const [asked] = (await waiting(other, closed)).asked;
  await post(doctor, `/api/patients/${closed}/choices`, {
    decision: 'oppose',
    practitioner: pharmacist.practitioner,
  });
  await post(other, `/api/patients/${closed}/treatments/proposals/${asked!.id}/answer`, {
    version: asked!.version,
    accept: false,
    seen: asked!.about!.version,
    answer: 'Non',
  });
  assert.deepEqual(await notices(pharmacist, closed), []);
  // Opposed before: who follows the patient is asked instead.
  await referent(away, doctor);
  await propose(away, its, { reason: 'Encore' });
  assert.deepEqual(
    (await waiting(doctor, away)).asked.map((one) => one.reason),
    ['Encore'],
  );
});

test('DOS-5 a proposal says how its dose differs from what is taken, when both are plainly of the same substances: associations part by part', async () => {
  const id = await newPatient();
  const request = await prescribed(id, doctor, {
    medicationCodeableConcept: { text: 'Amoxicilline et acide clavulanique 500 mg/62,5 mg, comprimé' },
    dosageInstruction: [{ text: '2 comprimés matin et soir' }],
  });
  const about = { type: request.type, id: request.id, version: request.version };
  const at = `/api/patients/${id}/treatments`;
  for (const body of [
    { act: 'replace', label: 'amoxicilline/acide clavulanique 1 g / 125 mg', dosage: '1 sachet matin et soir' },
    { act: 'dose', dosage: '1 comprimé matin et soir' },
    { act: 'replace', label: 'Pristinamycine 500 mg', dosage: '2 cp matin et soir' },
    { act: 'stop' },
  ])
    await post(pharmacist, `${at}/proposals`, { about, reason: 'Essai de comparaison', ...body });
  const { proposals } = await get(doctor, at);
  assert.deepEqual(
    proposals.map((one: Json) => [one.act, one.label.split(' ')[0].toLowerCase(), one.about.differenceLabel]).sort(),
    [
      ['dose', 'amoxicilline', 'Posologie différente'],
      ['replace', 'amoxicilline/acide', 'Même dose par jour, prise autrement'],
      ['replace', 'pristinamycine', null],
      ['stop', 'amoxicilline', null],
    ],
  );
});

test('DOS-5 of one’s own proposals what happened last comes first, answered or not', async () => {
  const id = await newPatient();
  const request = await prescribed(id, doctor);
  for (const dosage of ['2 le matin', '3 le matin']) await propose(id, request, { dosage });
  const { mine } = await get(pharmacist, '/api/treatment-proposals');
  assert.equal(mine[0].dosage.startsWith('3'), true, mine[0].dosage);
  await post(doctor, `/api/patients/${id}/treatments/proposals/${mine[1].id}/answer`, {
    version: mine[1].version,
    accept: false,
    answer: 'Non, merci',
  });
  const after = (await get(pharmacist, '/api/treatment-proposals')).mine;
  assert.deepEqual([after[0].id, after[0].state, after[1].id], [mine[1].id, 'refused', mine[0].id]);
});
