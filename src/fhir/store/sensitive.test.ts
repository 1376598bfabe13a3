import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import { type Answer, newPractice, type Send, type TestPerson } from '../../../test/app.ts';

const ok = (answer: Answer) => {
  assert.ok(answer.status < 300, answer.text);
  return answer.body;
};
const act = 'http://terminology.hl7.org/CodeSystem/v3-ActCode';
const degree = 'http://terminology.hl7.org/CodeSystem/v3-Confidentiality';
const label = (code: string, system = act) => ({ meta: { security: [{ system, code }] } });

describe('labels of sensitivity', () => {
  let doctor: TestPerson;
  let nurse: TestPerson;
  let psychologist: TestPerson;
  let physio: TestPerson;
  let program: Send;
  let patient: string;
  before(async () => {
    const practice = await newPractice('Maison des étiquettes');
    doctor = await practice.person('physician');
    nurse = await practice.person('nurse');
    psychologist = await practice.person('psychologist');
    physio = await practice.person('physiotherapist');
    program = await practice.client('system/*.cruds');
    patient = ok(
      await doctor.send('POST', '/api/patients', {
        birthFamily: 'Etiquettel',
        birthGivens: 'Yvonne',
        birthDate: '12/03/1948',
        sex: 'female',
      }),
    ).id;
    for (const one of [nurse, psychologist, physio])
      ok(await doctor.send('POST', `/api/patients/${patient}/team`, { practitioner: one.practitioner }));
  });
  const condition = async (more: object): Promise<string> =>
    ok(
      await program('POST', '/fhir/R4/Condition', {
        resourceType: 'Condition',
        subject: { reference: `Patient/${patient}` },
        code: { text: 'Ce qui est étiqueté' },
        ...more,
      }),
    ).id;
  const readers = async (type: string, id: string): Promise<string> => {
    const found: string[] = [];
    for (const [name, who] of Object.entries({ doctor, nurse, psychologist, physio }))
      if ((await who.send('GET', `/fhir/R4/${type}/${id}`)).status === 200) found.push(name);
    return found.join(' ');
  };

  test('SEC-3 ECH-7 each label of HL7 closes what bears it as narrowly as the house can; several labels, as the most closed of them', async () => {
    assert.equal(await readers('Condition', await condition({})), 'doctor nurse physio');
    for (const code of ['BH', 'EMOTDIS', 'COGN', 'DVD', 'MH', 'PSY', 'PSYTHPN', 'ETH', 'ETHUD', 'SUD', 'OPIOIDUD'])
      assert.equal(await readers('Condition', await condition(label(code))), 'doctor nurse psychologist', code);
    for (const code of [
      'MST',
      'SDV',
      'VIO',
      'SEX',
      'HIV',
      'STD',
      'PREGNANT',
      'GDIS',
      'SCA',
      'SICKLE',
      'SPI',
      'TBOO',
      'PRS',
    ])
      assert.equal(await readers('Condition', await condition(label(code))), 'doctor', code);
    for (const code of ['R', 'V'])
      assert.equal(await readers('Condition', await condition(label(code, degree))), 'doctor', code);
    for (const more of [label('N', degree), label('R', 'urn:autre'), label('COMPT')])
      assert.equal(await readers('Condition', await condition(more)), 'doctor nurse physio', JSON.stringify(more));
    const two = { meta: { security: [...label('PSY').meta.security, ...label('HIV').meta.security] } };
    assert.equal(await readers('Condition', await condition(two)), 'doctor');
  });

  test('SEC-3 ECH-7 a document says it in its own label, a Composition in its confidentiality; a person stays to be found', async () => {
    const document = ok(
      await program('POST', '/fhir/R4/DocumentReference', {
        resourceType: 'DocumentReference',
        status: 'current',
        subject: { reference: `Patient/${patient}` },
        securityLabel: [{ coding: [{ system: degree, code: 'V' }] }],
        content: [{ attachment: { contentType: 'text/plain', data: 'UmllbiDDoCBzaWduYWxlci4=' } }],
      }),
    );
    assert.equal(await readers('DocumentReference', document.id), 'doctor');
    const composition = ok(
      await program('POST', '/fhir/R4/Composition', {
        resourceType: 'Composition',
        status: 'final',
        type: { text: 'Note' },
        subject: { reference: `Patient/${patient}` },
        date: '2026-03-02',
        author: [{ display: 'Hôpital' }],
        title: 'Note',
        confidentiality: 'R',
      }),
    );
    assert.equal(await readers('Composition', composition.id), 'doctor');
    const hidden = ok(
      await program('POST', '/fhir/R4/Patient', {
        resourceType: 'Patient',
        ...label('V', degree),
        name: [{ family: 'Cachee', given: ['Rose'] }],
      }),
    );
    assert.equal((await physio.send('GET', `/fhir/R4/Patient/${hidden.id}`)).status, 200);
  });

  test('SEC-3 on screen what is only restricted says so, and stays so when it is corrected', async () => {
    const id = await condition(label('GDIS'));
    const at = `/api/patients/${patient}/problems/${id}`;
    const entry = ok(await doctor.send('GET', `/api/patients/${patient}/entries/Condition/${id}`));
    assert.equal(entry.line.sensitive, 'restricted');
    assert.equal(entry.line.kindLabel, 'Diffusion restreinte');
    const { version } = entry.line;
    ok(await doctor.send('PUT', at, { ...entry.form, label: 'Dit autrement', version }));
    assert.equal(await readers('Condition', id), 'doctor');
  });
});
