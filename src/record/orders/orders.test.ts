import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import { anyone, newPractice, testHouse, type TestPerson, type TestPractice } from '../../../test/app.ts';
import { wordsOf } from '../../platform/pdf/pdf-words-for-tests.ts';

// biome-ignore lint/suspicious/noExplicitAny: answers of every shape
type Json = any;
const ok = (answer: { status: number; text: string; body: Json }): Json => {
  if (answer.status >= 300) throw new Error(`${answer.status} ${answer.text}`);
  return answer.body;
};
const biology = (label = 'HbA1c') => ({ kind: 'biology', label });
const dressing = { kind: 'dressing', label: 'Pansements hydrocellulaires', quantity: 2 };
const care = (quantity = 3) => ({ kind: 'nursing', label: 'Réfection de pansement', instructions: 'tous les deux jours', quantity, home: true });
const metformin = { kind: 'medicine', label: 'Metformine 1 000 mg, comprimé', instructions: '1 comprimé matin et soir', duration: { value: 3, unit: 'mo' }, repeats: 1, follow: true };

describe('prescriptions and orders', () => {
  let practice: TestPractice;
  let doctor: TestPerson;
  let nurse: TestPerson;
  let physio: TestPerson;
  let pharmacist: TestPerson;
  let dietician: TestPerson;
  let speech: TestPerson;
  let secretary: TestPerson;
  let outsider: TestPerson;
  let stranger: TestPerson;
  let count = 0;
  before(async () => {
    practice = await newPractice('Maison des ordonnances');
    doctor = await practice.person('physician', { family: 'Kermarrec', given: 'Anne' });
    nurse = await practice.person('nurse', { family: 'Abgrall', given: 'Soizic' });
    physio = await practice.person('physiotherapist', { family: 'Morvan', given: 'Paul' });
    pharmacist = await practice.person('pharmacist', { family: 'Riou', given: 'Maël' });
    dietician = await practice.person('dietician', { family: 'Cozic', given: 'Lena' });
    speech = await practice.person('speech-therapist', { family: 'Quentel', given: 'Iris' });
    secretary = await practice.person('medical-secretary');
    outsider = await practice.person('physician', { family: 'Salaün', given: 'Rozenn' });
    stranger = await (await newPractice()).person('physician');
  });
  const letters = 'abcdefghij';
  async function newPatient(...team: TestPerson[]): Promise<string> {
    count++;
    const { id } = ok(await doctor.send('POST', '/api/patients', { birthFamily: `Ordonnet${letters[count % 10]}${letters[Math.floor(count / 10)]}`, birthGivens: 'Yvonne', birthDate: `${String((count % 27) + 1).padStart(2, '0')}/03/1948`, sex: 'female' }));
    for (const one of team) ok(await doctor.send('POST', `/api/patients/${id}/team`, { practitioner: one.practitioner }));
    return id;
  }
  const at = (patient: string, more = '') => `/api/patients/${patient}/orders${more}`;
  const page = async (who: TestPerson, patient: string) => ok(await who.send('GET', at(patient)));
  const sign = async (who: TestPerson, patient: string, lines: object[], more: object = {}) => ok(await who.send('POST', at(patient), { lines, ...more }));
  const lineOf = async (who: TestPerson, patient: string, label: string): Promise<Json> => (await page(who, patient)).prescriptions.flatMap((one: Json) => one.lines).find((one: Json) => one.label.startsWith(label));
  const say = async (who: TestPerson, patient: string, label: string, act: string) => {
    const { status } = await lineOf(who, patient, label);
    return who.send('POST', at(patient, `/follow/${status.task}`), { version: status.version, act });
  };
  const pdf = async (who: TestPerson, patient: string, id: string): Promise<string> => {
    const { app } = await testHouse();
    const answer = await app.inject({ method: 'GET', url: at(patient, `/${id}/pdf`), headers: { cookie: who.cookie, origin: 'http://localhost:3000' } });
    assert.equal(answer.statusCode, 200, answer.body);
    assert.match(answer.rawPayload.toString('latin1'), /pdfaid/, 'PDF/A');
    return wordsOf(answer.rawPayload).replace(/\s+/g, ' ');
  };

  test('DOS-14 care, tests, devices and medicines in one signed prescription; each is followed to its end by whoever does it', async () => {
    const patient = await newPatient(nurse, physio, pharmacist);
    const made = await sign(doctor, patient, [metformin, biology(), care(), { kind: 'physio', label: 'Rééducation du rachis', quantity: 10 }, dressing], { note: 'À jeun pour la prise de sang.' });
    assert.equal(made.state, 'signed');
    assert.deepEqual(made.lines.map((one: Json) => [one.label, one.status.stateLabel]), [['Metformine 1 000 mg, comprimé', 'À délivrer'], ['HbA1c', 'À faire'], ['Réfection de pansement', 'À faire'], ['Rééducation du rachis', 'À faire'], ['Pansements hydrocellulaires', 'À délivrer']]);
    assert.equal(made.lines[0].sentence, '1 comprimé matin et soir, pendant 3 mois, à renouveler 1 fois');
    assert.equal(made.lines[2].sentence, 'tous les deux jours, 3 passages, à domicile');
    // One group for all of them.
    const groups = new Set<string>();
    for (const { type, id } of made.lines) {
      const resource = ok(await doctor.send('GET', `/fhir/R4/${type}/${id}`));
      groups.add((resource.groupIdentifier ?? resource.requisition).value);
      assert.equal(resource.status, 'active');
    }
    assert.deepEqual([...groups], [made.id]);

    // The nurse samples, then counts her passages.
    assert.equal(ok(await say(nurse, patient, 'HbA1c', 'sample')).stateLabel, 'Prélevé');
    assert.equal(ok(await say(nurse, patient, 'Réfection', 'session')).stateLabel, '1 passage sur 3');
    ok(await say(nurse, patient, 'Réfection', 'session'));
    const last = ok(await say(nurse, patient, 'Réfection', 'session'));
    assert.deepEqual([last.state, last.count, last.events.map((one: Json) => one.who.name)], ['done', 3, ['Soizic Abgrall', 'Soizic Abgrall', 'Soizic Abgrall']]);
    const request = await lineOf(nurse, patient, 'Réfection');
    assert.equal(ok(await nurse.send('GET', `/fhir/R4/ServiceRequest/${request.id}`)).status, 'completed');
    assert.equal(ok(await say(nurse, patient, 'Réfection', 'back')).stateLabel, '2 passages sur 3', 'one’s own word is taken back');
    assert.equal(ok(await nurse.send('GET', `/fhir/R4/ServiceRequest/${request.id}`)).status, 'active');
    // The pharmacist gives out, in part then wholly, and again at the renewal.
    assert.equal(ok(await say(pharmacist, patient, 'Metformine', 'part')).stateLabel, 'Délivré en partie');
    assert.equal(ok(await say(pharmacist, patient, 'Metformine', 'deliver')).stateLabel, 'Délivré 1 fois sur 2');
    assert.equal(ok(await say(pharmacist, patient, 'Metformine', 'deliver')).stateLabel, 'Délivré');
    // Whoever does not do it says nothing of it.
    assert.equal((await say(physio, patient, 'Réfection', 'session')).status, 403);
    assert.equal((await say(nurse, patient, 'Rééducation', 'session')).status, 403);
    assert.equal((await say(physio, patient, 'Rééducation', 'session')).body.stateLabel, '1 séance sur 10');
  });

  test('DOS-14 a result that names its request closes it, in the record and for whoever waits; taken back, it opens it again', async () => {
    const patient = await newPatient(nurse);
    await sign(doctor, patient, [biology('Créatininémie')]);
    const line = await lineOf(doctor, patient, 'Créatininémie');
    const client = await practice.client('system/DiagnosticReport.cu system/DiagnosticReport.rs');
    const report = { resourceType: 'DiagnosticReport', status: 'final', basedOn: [{ reference: `ServiceRequest/${line.id}` }], code: { text: 'Créatininémie' }, subject: { reference: `Patient/${patient}` }, issued: '2026-11-25T10:00:00Z', performer: [{ display: 'Laboratoire des Abers' }] };
    const stored = ok(await client('POST', '/fhir/R4/DiagnosticReport', { ...report, status: 'preliminary' }));
    assert.equal((await lineOf(doctor, patient, 'Créatininémie')).status.state, 'to-do', 'a preliminary one does not');
    ok(await client('PUT', `/fhir/R4/DiagnosticReport/${stored.id}`, { ...report, id: stored.id }));
    const closed = (await lineOf(doctor, patient, 'Créatininémie')).status;
    assert.deepEqual([closed.stateLabel, closed.events.at(-1).who.name], ['Résultat reçu', 'Laboratoire des Abers']);
    assert.equal(ok(await doctor.send('GET', `/fhir/R4/ServiceRequest/${line.id}`)).status, 'completed');
    assert.ok(!JSON.stringify(ok(await doctor.send('GET', '/api/orders?view=mine'))).includes(line.id));
    ok(await client('PUT', `/fhir/R4/DiagnosticReport/${stored.id}`, { ...report, id: stored.id, status: 'entered-in-error' }));
    assert.equal((await lineOf(doctor, patient, 'Créatininémie')).status.state, 'to-do');
    // A report about someone else closes nothing.
    const other = await newPatient();
    ok(await client('POST', '/fhir/R4/DiagnosticReport', { ...report, subject: { reference: `Patient/${other}` } }));
    assert.equal((await lineOf(doctor, patient, 'Créatininémie')).status.state, 'to-do');
  });
});
