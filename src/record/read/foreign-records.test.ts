/** What other software wrote, as it comes by a take-over or the interface: named, in words, and not taken for what it is not. */
import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { newPractice, type TestPerson } from '../../../test/app.ts';

let doctor: TestPerson;
let nurse: TestPerson;
let outsider: TestPerson;
before(async () => {
  const practice = await newPractice('Maison de santé des reprises');
  doctor = await practice.person('physician', { family: 'Kermarrec', given: 'Anne' });
  nurse = await practice.person('nurse', { family: 'Morvan', given: 'Paul' });
  outsider = await practice.person('social-worker', { family: 'Riou', given: 'Léa' });
});
const ok = async (asked: ReturnType<TestPerson['send']>) => {
  const answer = await asked;
  assert.ok(answer.status < 300, answer.text);
  return answer.body;
};
const write = (resource: { resourceType: string }) =>
  ok(doctor.send('POST', `/fhir/R4/${resource.resourceType}`, resource));
async function newPatient(birthFamily: string): Promise<string> {
  const { id } = await ok(
    doctor.send('POST', '/api/patients', {
      birthFamily,
      birthGivens: 'Aline',
      birthDate: '12/03/1951',
      sex: 'female',
    }),
  );
  for (const { practitioner } of [nurse, outsider])
    await ok(doctor.send('POST', `/api/patients/${id}/team`, { practitioner }));
  return id;
}
const snomed = (code: string, text: string) => ({ coding: [{ system: 'http://snomed.info/sct', code }], text });

test('DOS-5 ECH-7 a treatment that only points to its medicine is named in the record, its history, its page and its panel, for whoever sees treatments; nobody else reads the name', async () => {
  const id = await newPatient('Kerbrat');
  const subject = { reference: `Patient/${id}` };
  const order = {
    resourceType: 'MedicationRequest',
    status: 'active',
    intent: 'order',
    subject,
    authoredOn: '2024-03-12',
  };
  const medicine = await write({ resourceType: 'Medication', code: { text: 'Furosémide 40 mg' } } as never);
  const pointing = await write({
    ...order,
    medicationReference: { reference: `Medication/${medicine.id}` },
    dosageInstruction: [
      {
        timing: { repeat: { frequency: 1, period: 1, periodUnit: 'd' } },
        doseAndRate: [{ doseQuantity: { value: 1 } }],
      },
    ],
  } as never);
  await write({
    ...order,
    contained: [{ resourceType: 'Medication', id: 'm', code: { text: 'Bisoprolol 5 mg' } }],
    medicationReference: { reference: '#m' },
  } as never);
  for (const who of [doctor, nurse]) {
    const page = await ok(who.send('GET', `/api/patients/${id}/record`));
    assert.deepEqual(page.treatments.map((one: { label: string }) => one.label).sort(), [
      'Bisoprolol 5 mg',
      'Furosémide 40 mg',
    ]);
    const { groups } = await ok(who.send('GET', `/api/patients/${id}/timeline`));
    const titles = JSON.stringify(groups);
    for (const name of ['Bisoprolol 5 mg', 'Furosémide 40 mg']) assert.match(titles, new RegExp(name));
    assert.match(JSON.stringify(await ok(who.send('GET', `/api/patients/${id}/timeline?q=furosemide`))), /Furosémide/);
    assert.match(JSON.stringify(await ok(who.send('GET', `/api/patients/${id}/treatments`))), /Furosémide 40 mg/);
  }
  const entry = await ok(doctor.send('GET', `/api/patients/${id}/entries/MedicationRequest/${pointing.id}`));
  assert.match(JSON.stringify(entry), /Furosémide 40 mg/);
  assert.match(JSON.stringify(entry), /1, 1 fois par jour/);
  for (const path of ['record', 'timeline'])
    assert.doesNotMatch(
      JSON.stringify(await ok(outsider.send('GET', `/api/patients/${id}/${path}`))),
      /Furosémide|Bisoprolol/,
    );
});

test('DOS-1 ECH-7 words of exchange are not shown as words of the clinic: marks of a profile, ends of SNOMED names, codes of units; a note of a visit is no result', async () => {
  const id = await newPatient('Le Floch');
  const subject = { reference: `Patient/${id}` };
  await write({
    resourceType: 'CarePlan',
    status: 'active',
    intent: 'order',
    subject,
    category: [
      { coding: [{ system: 'http://hl7.org/fhir/us/core/CodeSystem/careplan-category', code: 'assess-plan' }] },
      snomed('698360004', 'Diabetes self management plan'),
    ],
    activity: [
      { detail: { status: 'in-progress', code: snomed('160670007', 'Diabetic diet') } },
      { detail: { status: 'in-progress', code: snomed('229065009', 'Exercise therapy (regime/therapy)') } },
    ],
  } as never);
  await write({
    resourceType: 'Condition',
    subject,
    clinicalStatus: {
      coding: [{ system: 'http://terminology.hl7.org/CodeSystem/condition-clinical', code: 'active' }],
    },
    code: snomed('233604007', 'Pneumonia (disorder)'),
  } as never);
  await write({
    resourceType: 'DiagnosticReport',
    status: 'final',
    subject,
    category: [{ coding: [{ system: 'http://loinc.org', code: '34117-2', display: 'History and physical note' }] }],
    code: { text: 'History and physical note' },
    effectiveDateTime: '2024-03-12',
    presentedForm: [{ contentType: 'text/plain', data: Buffer.from('Vu ce jour.').toString('base64') }],
  } as never);
  await write({
    resourceType: 'Observation',
    status: 'final',
    subject,
    category: [
      { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/observation-category', code: 'laboratory' }] },
    ],
    code: { coding: [{ system: 'http://loinc.org', code: '2019-8' }], text: 'PCO2' },
    effectiveDateTime: '2024-03-12',
    valueQuantity: { value: 35.3, unit: 'mm[Hg]', system: 'http://unitsofmeasure.org', code: 'mm[Hg]' },
  } as never);
  const page = await ok(doctor.send('GET', `/api/patients/${id}/record`));
  assert.deepEqual(
    page.plans.map((one: { label: string; detail: string }) => [one.label, one.detail]),
    [['Diabetes self management plan', 'Diabetic diet · Exercise therapy']],
  );
  assert.deepEqual(
    page.problems.map((one: { label: string }) => one.label),
    ['Pneumonia'],
  );
  assert.deepEqual(page.results, []);
  const history = JSON.stringify(await ok(doctor.send('GET', `/api/patients/${id}/timeline`)));
  assert.match(history, /History and physical note/);
  assert.match(history, /35,3 mmHg/);
});
