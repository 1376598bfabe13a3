/** What comes of an act of the record is not written by hand through FHIR (docs/adr/0045). */
import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import { newPractice, type TestPerson, type TestPractice } from '../../../test/app.ts';

// biome-ignore lint/suspicious/noExplicitAny: resources of every shape
type Json = any;
const ok = (answer: { status: number; text: string; body: Json }): Json => {
  assert.ok(answer.status < 300, `${answer.status} ${answer.text}`);
  return answer.body;
};

describe('what comes of an act is left to the act', () => {
  let practice: TestPractice;
  let doctor: TestPerson;
  let nurse: TestPerson;
  let pharmacist: TestPerson;
  let secretary: TestPerson;
  let program: Awaited<ReturnType<TestPractice['client']>>;
  let count = 0;
  before(async () => {
    practice = await newPractice('Maison de la porte');
    doctor = await practice.person('physician', { family: 'Kermarrec', given: 'Anne' });
    nurse = await practice.person('nurse', { family: 'Abgrall', given: 'Soizic' });
    pharmacist = await practice.person('pharmacist', { family: 'Riou', given: 'Maël' });
    secretary = await practice.person('medical-secretary');
    program = await practice.client('system/*.cruds');
  });
  async function newPatient(): Promise<string> {
    const { id } = ok(
      await doctor.send('POST', '/api/patients', {
        birthFamily: `Porte${'abcdefghijklmno'[count++]}`,
        birthGivens: 'Yvonne',
        birthDate: `${10 + count}/03/1948`,
        sex: 'female',
      }),
    );
    for (const one of [nurse, pharmacist])
      ok(await doctor.send('POST', `/api/patients/${id}/team`, { practitioner: one.practitioner }));
    return id;
  }
  const get = async (type: string, id: string): Promise<Json> => ok(await program('GET', `/fhir/R4/${type}/${id}`));
  const put = (send: TestPerson['send'], resource: Json) =>
    send('PUT', `/fhir/R4/${resource.resourceType}/${resource.id}`, resource);
  /** Refused in words, and nothing is changed. */
  async function refused(send: TestPerson['send'], resource: Json, status: number, words: RegExp): Promise<void> {
    const standing = await get(resource.resourceType, resource.id);
    const answer = await put(send, resource);
    assert.equal(answer.status, status, answer.text);
    assert.match(answer.body.issue[0].diagnostics, words);
    assert.deepEqual(await get(resource.resourceType, resource.id), standing);
  }
  const me = (who: TestPerson) => ({ reference: `Practitioner/${who.practitioner}` });
  const metformin = {
    kind: 'medicine',
    label: 'Metformine 1 000 mg, comprimé',
    instructions: '1 comprimé matin et soir',
    duration: { value: 3, unit: 'mo' },
    repeats: 1,
    follow: true,
  };
  const care = {
    kind: 'nursing',
    label: 'Réfection de pansement',
    instructions: 'tous les deux jours',
    quantity: 3,
    home: true,
  };
  const orders = async (patient: string) =>
    ok(await doctor.send('GET', `/api/patients/${patient}/orders`)).prescriptions[0];
  const states = async (patient: string) =>
    Object.fromEntries((await orders(patient)).lines.map((one: Json) => [one.label.slice(0, 9), one.status.state]));

  for (const status of ['stopped', 'cancelled', 'entered-in-error'])
    test(`DOS-14 ECH-1 a line of a prescription that becomes ${status} by FHIR is no longer to be dispensed, and does not run again`, async () => {
      const patient = await newPatient();
      ok(await doctor.send('POST', `/api/patients/${patient}/orders`, { lines: [metformin, care] }));
      assert.deepEqual(await states(patient), { Metformin: 'to-do', Réfection: 'to-do' });
      const line = ok(await program('GET', `/fhir/R4/MedicationRequest?patient=${patient}`)).entry[0].resource;
      ok(await put(program, { ...line, status, statusReason: { text: 'Intolérance' } }));
      assert.deepEqual(await states(patient), { Metformin: 'cancelled', Réfection: 'to-do' });
      await refused(
        program,
        { ...line, status: 'active' },
        409,
        status === 'entered-in-error' ? /stays so/ : /does not run again/,
      );
      const stays = ok(await program('GET', `/fhir/R4/ServiceRequest?patient=${patient}`)).entry[0].resource;
      ok(await put(program, { ...stays, status: 'revoked' }));
      assert.deepEqual(await states(patient), { Metformin: 'cancelled', Réfection: 'cancelled' });
      const whole = await doctor.send('POST', `/api/patients/${patient}/orders/${(await orders(patient)).id}/cancel`, {
        version: (await orders(patient)).version,
        reason: 'Erreur',
      });
      assert.equal(whole.status, 409, 'nothing of it is open');
    });

  test('DOS-14 DOS-16 SEC-3 a signed prescription, its lines and what follows them are not written over, nor signed in another way; who may not stop a line on screen does not by FHIR', async () => {
    const patient = await newPatient();
    ok(await doctor.send('POST', `/api/patients/${patient}/orders`, { lines: [metformin] }));
    const [line, document] = [
      ok(await program('GET', `/fhir/R4/MedicationRequest?patient=${patient}`)).entry[0].resource,
      await get('Composition', (await orders(patient)).id),
    ];
    for (const send of [doctor.send, program]) {
      await refused(send, { ...line, dosageInstruction: [{ text: '12 comprimés' }] }, 409, /not written over/);
      await refused(send, { ...line, groupIdentifier: undefined }, 409, /not written over/);
      await refused(send, { ...document, title: 'Autre' }, 409, /cancelled or replaced/);
      await refused(send, { ...document, status: 'entered-in-error' }, 409, /cancelled or replaced/);
    }
    await refused(nurse.send, { ...line, status: 'stopped' }, 403, /who signed it/);
    const task = ok(await program('GET', `/fhir/R4/Task?focus=MedicationRequest/${line.id}`)).entry[0].resource;
    for (const send of [secretary.send, doctor.send, program]) {
      await refused(send, { ...task, status: 'completed' }, 409, /follows a line/);
      assert.equal((await send('DELETE', `/fhir/R4/Task/${task.id}`)).status, 409);
    }
    const { id: _, meta: __, ...copy } = line;
    for (const resource of [copy, { ...document, id: undefined, meta: undefined }])
      assert.equal((await nurse.send('POST', `/fhir/R4/${resource.resourceType}`, resource)).status, 403);
    assert.equal(
      (
        await nurse.send('PUT', `/fhir/R4/MedicationRequest/made-by-hand-${count}`, {
          ...copy,
          id: `made-by-hand-${count}`,
          requester: me(nurse),
        })
      ).status,
      403,
      'a new id',
    );
    ok(await put(program, line));
  });

  test('DOS-13 DOS-16 a signed letter keeps its words, who wrote it and who signed it; nobody signs, validates or reads in the name of another', async () => {
    const patient = await newPatient();
    const signed = ok(
      await doctor.send('POST', `/api/patients/${patient}/letters`, {
        template: null,
        title: 'Lettre',
        documentType: '11488-4',
        text: 'Cher confrère',
        recipients: [],
        act: 'sign',
      }),
    ).lines[0];
    const letter = await get('DocumentReference', signed.id);
    for (const send of [nurse.send, program]) {
      await refused(
        send,
        { ...letter, content: [{ attachment: { contentType: 'text/plain', data: 'bW90cw==' } }] },
        409,
        /replaces/,
      );
      await refused(send, { ...letter, author: [me(nurse)] }, 409, /replaces/);
      await refused(send, { ...letter, authenticator: undefined }, 409, /replaces/);
      await refused(
        send,
        {
          ...letter,
          extension: [
            ...(letter.extension ?? []),
            {
              url: 'urn:estran:read',
              extension: [
                { url: 'by', valueReference: me(doctor) },
                { url: 'at', valueDateTime: letter.date },
              ],
            },
          ],
        },
        409,
        /who reads, validates or signs/,
      );
    }
    ok(await put(program, { ...letter, description: 'Lettre au cardiologue' }));
    const note = {
      resourceType: 'Composition',
      status: 'final',
      type: { text: 'Note' },
      date: '2026-03-02',
      title: 'Note',
      subject: { reference: `Patient/${patient}` },
    };
    assert.equal((await nurse.send('POST', '/fhir/R4/Composition', { ...note, author: [me(doctor)] })).status, 403);
    ok(await nurse.send('POST', '/fhir/R4/Composition', { ...note, author: [me(nurse)] }));
    ok(await program('POST', '/fhir/R4/Composition', { ...note, author: [me(doctor)] }));
  });

  test('DOS-11 DOS-16 a result is validated by the act alone; a value or a report that is corrected waits again', async () => {
    const patient = await newPatient();
    const lines = ok(
      await nurse.send('POST', `/api/patients/${patient}/results`, { values: [{ code: '2823-3', value: '4,1' }] }),
    ).lines;
    const { id } = lines.find(({ type }: Json) => type === 'DiagnosticReport');
    const view = async () => ok(await doctor.send('GET', `/api/patients/${patient}/results/${id}`));
    const validate = async () =>
      void ok(
        await doctor.send('POST', `/api/patients/${patient}/results/${id}/acknowledge`, {
          version: (await view()).version,
          decision: 'Vu',
        }),
      );
    const before = await get('DiagnosticReport', id);
    for (const send of [nurse.send, program])
      await refused(
        send,
        {
          ...before,
          extension: [
            {
              url: 'urn:estran:read',
              extension: [
                { url: 'by', valueReference: me(doctor) },
                { url: 'at', valueDateTime: '2026-03-02T10:00:00Z' },
              ],
            },
          ],
        },
        409,
        /who reads, validates or signs/,
      );
    await validate();
    assert.equal((await view()).acknowledgement.waiting, false);
    const validated = await get('DiagnosticReport', id);
    await refused(nurse.send, { ...validated, extension: undefined }, 409, /not taken away/);
    await refused(program, { ...validated, conclusion: 'Tout autre chose' }, 409, /validated again/);
    const observation = await get('Observation', validated.result[0].reference.split('/')[1]);
    ok(await put(program, { ...observation, note: [{ text: 'Tube n° 4' }] }));
    assert.equal((await view()).acknowledgement.waiting, false, 'a remark changes no value');
    ok(await put(nurse.send, { ...observation, valueQuantity: { ...observation.valueQuantity, value: 6.9 } }));
    assert.equal((await view()).acknowledgement.waiting, true, 'the value is not the one that was validated');
    await validate();
    const [report, value] = [await get('DiagnosticReport', id), await get('Observation', observation.id)];
    const entry = (resource: Json) => ({
      resource,
      request: {
        method: 'PUT',
        url: `${resource.resourceType}/${resource.id}`,
        ifMatch: `W/"${resource.meta.versionId}"`,
      },
    });
    ok(
      await program('POST', '/fhir/R4', {
        resourceType: 'Bundle',
        type: 'transaction',
        entry: [
          entry({ ...value, valueQuantity: { ...value.valueQuantity, value: 5.1 } }),
          entry({ ...report, status: 'corrected', conclusion: 'Corrigé', extension: undefined }),
        ],
      }),
    );
    assert.deepEqual(
      [(await view()).acknowledgement.waiting, (await get('DiagnosticReport', id)).conclusion],
      [true, 'Corrigé'],
      'a laboratory that corrects both says so once',
    );
  });

  test('DOS-5 what was dispensed is said and taken back by a pharmacist; by a program that may write it too', async () => {
    const patient = await newPatient();
    const dispense = {
      resourceType: 'MedicationDispense',
      status: 'completed',
      subject: { reference: `Patient/${patient}` },
      medicationCodeableConcept: { text: 'Metformine' },
      whenHandedOver: '2026-11-01',
    };
    for (const who of [doctor, nurse])
      assert.equal((await who.send('POST', '/fhir/R4/MedicationDispense', dispense)).status, 403);
    const given = ok(await program('POST', '/fhir/R4/MedicationDispense', dispense));
    await refused(doctor.send, { ...given, status: 'entered-in-error' }, 403, /pharmacist/);
    ok(await put(pharmacist.send, { ...given, status: 'entered-in-error' }));
  });

  test('SEC-10 DOS-16 a Provenance and an AuditEvent say what happened: not in another’s name, and not written over', async () => {
    const patient = await newPatient();
    const flag = ok(
      await program('POST', '/fhir/R4/Flag', {
        resourceType: 'Flag',
        status: 'active',
        code: { text: 'Chute' },
        subject: { reference: `Patient/${patient}` },
      }),
    );
    const said = (who: TestPerson) => ({
      resourceType: 'Provenance',
      target: [{ reference: `Flag/${flag.id}` }],
      recorded: '2026-03-02T10:00:00Z',
      agent: [{ who: me(who) }],
    });
    assert.equal((await nurse.send('POST', '/fhir/R4/Provenance', said(doctor))).status, 403);
    const mine = ok(await nurse.send('POST', '/fhir/R4/Provenance', said(nurse)));
    const event = {
      resourceType: 'AuditEvent',
      type: { code: 'rest' },
      recorded: '2026-01-01T00:00:00Z',
      agent: [{ requestor: true }],
      source: { observer: { display: 'Officine' } },
      entity: [{ what: { reference: `Patient/${patient}` } }],
    };
    assert.equal((await nurse.send('POST', '/fhir/R4/AuditEvent', event)).status, 403);
    const heard = ok(await program('POST', '/fhir/R4/AuditEvent', event));
    for (const [one, more] of [
      [mine, { recorded: '2020-01-01T00:00:00Z' }],
      [heard, { recorded: '2020-01-01T00:00:00Z' }],
    ])
      for (const send of [nurse.send, program]) await refused(send, { ...one, ...more }, 409, /add another/);
    assert.equal((await program('DELETE', `/fhir/R4/AuditEvent/${heard.id}`)).status, 409);
  });

  test('IDV-2 records are not merged nor separated by hand; SEC-4 what a patient decided is ended, not written over', async () => {
    const [patient, other] = [await newPatient(), await newPatient()];
    const identity = await get('Patient', patient);
    for (const send of [secretary.send, program])
      for (const type of ['replaced-by', 'replaces'])
        await refused(
          send,
          { ...identity, link: [{ other: { reference: `Patient/${other}` }, type }] },
          409,
          /merged and separated/,
        );
    ok(await put(program, { ...identity, link: [{ other: { reference: `Patient/${other}` }, type: 'seealso' }] }));
    ok(
      await doctor.send('POST', `/api/patients/${patient}/choices`, {
        decision: 'oppose',
        practitioner: nurse.practitioner,
        kinds: [],
        collected: 'oral',
      }),
    );
    const choice = ok(await program('GET', `/fhir/R4/Consent?patient=${patient}`)).entry[0].resource;
    for (const send of [secretary.send, program]) {
      await refused(send, { ...choice, provision: { ...choice.provision, type: 'permit' } }, 409, /not written over/);
      await refused(send, { ...choice, patient: { reference: `Patient/${other}` } }, 409, /not written over/);
      assert.equal((await send('DELETE', `/fhir/R4/Consent/${choice.id}`)).status, 409);
    }
    ok(await put(program, { ...choice, status: 'inactive' }));
    await refused(program, choice, 409, /taken up again/);
  });

  const core = 'https://hl7.fr/ig/fhir/core';
  const coded = (url: string, list: string, code: string) => ({
    url,
    valueCoding: { system: `${core}/CodeSystem/${list}`, code },
  });
  const reliability = (status: string, method = 'SM', proof?: string, on = '2026-03-02') => ({
    url: `${core}/StructureDefinition/fr-core-identity-reliability`,
    extension: [
      coded('identityStatus', 'fr-core-cs-v2-0445', status),
      coded('methodCollection', 'fr-core-cs-method-collection', method),
      ...(proof
        ? [
            { url: 'validationDate', valueDate: on },
            coded('validationMode', 'fr-core-cs-mode-validation-identity', proof),
          ]
        : []),
    ],
  });
  const ins = { use: 'official', system: 'urn:oid:1.2.250.1.213.1.4.10', value: '248032901900114' };
  const said = (patient: Json, extension: Json, identifier: Json[] = []) => ({
    ...patient,
    extension: [...(patient.extension ?? []).filter((one: Json) => one.url !== extension.url), extension],
    ...(identifier.length > 0 && { identifier }),
  });

  test('IDV-1 how far an identity is proven, its INS and the strict traits of one that is are not written by hand, alone or in a bundle, new or known', async () => {
    const id = await newPatient();
    const one = await get('Patient', id);
    const scoped = await practice.client('patient/*.cruds', { patient: id });
    for (const send of [secretary.send, doctor.send, scoped]) {
      await refused(send, said(one, reliability('VALI', 'SM', 'CN')), 409, /validated, or loses that, in the record/);
      await refused(send, { ...one, identifier: [ins] }, 409, /INSi teleservice/);
    }
    const {
      id: _,
      meta: __,
      ...born
    } = said({ ...one, birthDate: '1931-01-01' }, reliability('VALI', 'INSI', 'CN'), [ins]);
    for (const send of [secretary.send, doctor.send])
      assert.equal((await send('POST', '/fhir/R4/Patient', born)).status, 409);
    const bundle = {
      resourceType: 'Bundle',
      type: 'transaction',
      entry: [{ resource: born, request: { method: 'POST', url: 'Patient' } }],
    };
    assert.equal((await secretary.send('POST', '/fhir/R4', bundle)).status, 409);
    const page = ok(await secretary.send('GET', `/api/patients/${id}/identity`));
    ok(
      await secretary.send('PUT', `/api/patients/${id}/identity`, {
        ...page.form,
        insStatus: 'validated',
        proof: { kind: 'CN', seenOn: 'hier' },
        version: page.version,
      }),
    );
    const proven = await get('Patient', id);
    for (const send of [secretary.send, doctor.send]) {
      await refused(send, { ...proven, birthDate: '1950-01-01' }, 409, /strict trait/);
      await refused(
        send,
        { ...proven, name: [{ use: 'official', family: 'Autre', given: ['Yvonne'] }] },
        409,
        /strict/,
      );
      await refused(send, said(proven, reliability('PROV')), 409, /loses that/);
      await refused(send, said(proven, reliability('VALI', 'SM', 'PA')), 409, /document seen/);
    }
    ok(await put(secretary.send, { ...proven, telecom: [{ system: 'phone', value: '0298000000' }] }));
  });

  test('IDV-1 a program that the practice linked says what it saw and asked: the document of a validated identity, and the teleservice for its INS', async () => {
    const id = await newPatient();
    const one = await get('Patient', id);
    for (const [extension, identifier] of [
      [reliability('VALI', 'INSI'), []],
      [reliability('VALI', 'INSI', 'CV'), []],
      [reliability('VALI', 'SM', 'CN'), [ins]],
      [reliability('VALI', 'CV', 'CN'), [ins]],
    ] as [Json, Json[]][])
      await refused(program, said(one, extension, identifier), 409, /document|teleservice/);
    ok(await put(program, { ...one, identifier: [ins] }));
    assert.equal(ok(await doctor.send('GET', `/api/patients/${id}/identity`)).patient.insStatus, 'retrieved');
    ok(await put(program, said(await get('Patient', id), reliability('VALI', 'INSI', 'CN'), [ins])));
    const page = ok(await doctor.send('GET', `/api/patients/${id}/identity`));
    assert.deepEqual([page.patient.insStatus, page.form.proof.kind], ['qualified', 'CN']);
    const proven = await get('Patient', id);
    await refused(program, { ...proven, birthDate: '1950-01-01' }, 409, /strict trait/);
    ok(
      await put(program, said({ ...proven, birthDate: '1948-04-01' }, reliability('VALI', 'INSI', 'CN', '2026-04-02'))),
    );
  });
});
