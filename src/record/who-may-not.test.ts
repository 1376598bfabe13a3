import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import { type Answer, newPractice, testHouse, type TestPerson, type TestPractice } from '../../test/app.ts';

// biome-ignore lint/suspicious/noExplicitAny: answers of every shape
type Json = any;
const ok = (answer: Answer): Json => {
  assert.ok(answer.status < 300, `${answer.status} ${answer.text}`);
  return answer.body;
};

/** Rules of right of the record that stand behind an entry open to whoever is signed in. */
describe('who may not, in the record', () => {
  let practice: TestPractice;
  let doctor: TestPerson;
  let nurse: TestPerson;
  let pharmacist: TestPerson;
  /** Reads coordination and documents, writes neither. */
  let reader: TestPerson;
  let coordinator: TestPerson;
  let count = 0;
  before(async () => {
    practice = await newPractice('Maison des droits');
    doctor = await practice.person('physician', { family: 'Kermarrec', given: 'Anne' });
    nurse = await practice.person('nurse', { family: 'Abgrall', given: 'Soizic' });
    pharmacist = await practice.person('pharmacist', { family: 'Riou', given: 'Maël' });
    reader = await practice.person('radiographer', { family: 'Le Roux', given: 'Maud' });
    coordinator = await practice.person('coordinator', {
      family: 'Le Corre',
      given: 'Tristan',
      roles: ['coordinator'],
    });
  });
  async function newPatient(...team: TestPerson[]): Promise<string> {
    const name = [...String(++count * 7919)].map((digit) => 'abcdefghij'[Number(digit)]).join('');
    const { id } = ok(
      await doctor.send('POST', '/api/patients', {
        birthFamily: `Droit${name}`,
        birthGivens: `Yvonne${name}`,
        birthDate: `${String((count % 27) + 1).padStart(2, '0')}/03/1948`,
        sex: 'female',
      }),
    );
    for (const { practitioner } of team) ok(await doctor.send('POST', `/api/patients/${id}/team`, { practitioner }));
    return id;
  }
  const teamOf = async (patient: string): Promise<string[]> =>
    ok(await doctor.send('GET', `/api/patients/${patient}/record`))
      .header.team.members.map((one: Json) => one.id)
      .sort();

  test('COO-1 SEC-3 the care team is made by who writes coordination: whoever only reads it, or is kept out of it by the patient, neither lets in nor sends away, not even themselves', async () => {
    const patient = await newPatient(nurse, reader);
    const before = await teamOf(patient);
    ok(
      await doctor.send('POST', `/api/patients/${patient}/choices`, {
        decision: 'oppose',
        practitioner: nurse.practitioner,
        kinds: ['coordination'],
      }),
    );
    for (const who of [reader, nurse])
      for (const [path, body] of [
        ['team', { practitioner: pharmacist.practitioner }],
        ['team', { practitioner: who.practitioner, treating: false, role: 'Référent' }],
        ['team', { name: 'Dr Ailleurs' }],
        ['team/end', { practitioner: doctor.practitioner, reason: 'Parti' }],
        ['team/end', { practitioner: who.practitioner }],
      ] as const) {
        const answer = await who.send('POST', `/api/patients/${patient}/${path}`, body);
        assert.equal(answer.status, 403, `${who.caller.profession} ${path}: ${answer.text}`);
        assert.match(answer.body.detail, /Rien n’a été modifié/);
      }
    assert.deepEqual(await teamOf(patient), before);
    ok(await coordinator.send('POST', `/api/patients/${patient}/team/end`, { practitioner: reader.practitioner }));
    assert.deepEqual(
      await teamOf(patient),
      before.filter((one) => one !== reader.practitioner),
    );
  });

  test('DOS-13 SEC-3 a letter is written by who writes documents or the administrative part: whoever reads both begins, changes, replaces, throws away and signs none', async () => {
    const patient = await newPatient(reader);
    const at = (more = '') => `/api/patients/${patient}/letters${more}`;
    const body = (more: object = {}) => ({
      template: null,
      title: 'Essai',
      documentType: '34109-9',
      text: 'Cher confrère,\n\nBonjour.',
      recipients: [],
      act: 'keep',
      ...more,
    });
    const [draft] = ok(await doctor.send('POST', at(), body())).lines;
    const [signed] = ok(await doctor.send('POST', at(), body({ act: 'sign', title: 'Signé' }))).lines;
    ok(await reader.send('GET', at(`/${signed.id}`)));
    for (const [method, path, sent] of [
      ['POST', '', body()],
      ['POST', '', body({ act: 'sign' })],
      ['PUT', `/${draft.id}`, body({ version: draft.version, title: 'Changé' })],
      ['POST', `/${signed.id}/amend`, { ...body(), version: signed.version, reason: 'Dose à revoir' }],
      ['POST', `/${signed.id}/given`, { version: signed.version, way: 'printed' }],
    ] as const) {
      const answer = await reader.send(method, at(path), sent);
      assert.equal(answer.status, 403, `${method} ${path}: ${answer.text}`);
      assert.match(answer.body.detail, /Vos droits ne permettent pas d’écrire de courrier/);
    }
    assert.equal((await reader.send('POST', at(`/${draft.id}/drop`), { version: draft.version })).status, 403);
    assert.equal(ok(await reader.send('GET', at())).canWrite, false);
    const { letters } = ok(await doctor.send('GET', at()));
    assert.deepEqual(letters.map((one: Json) => one.title).sort(), ['Essai', 'Signé']);
  });

  test('DOS-10 SEC-3 who may not: a document of a kind that one reads and does not write is neither moved to another record, nor among those to be sorted, nor into a record where it could not be written', async () => {
    const midwife = await practice.person('midwife', { family: 'Morvan', given: 'Rozenn' });
    const [patient, other] = [await newPatient(nurse, midwife), await newPatient(nurse, midwife)];
    const store = (await testHouse()).fhir.storeFor(doctor.caller);
    const filed = async (code?: string): Promise<Json> =>
      store.create({
        resourceType: 'DocumentReference',
        status: 'current',
        ...(code && { meta: { security: [{ system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode', code }] } }),
        subject: { reference: `Patient/${patient}` },
        content: [{ attachment: { contentType: 'text/plain', title: 'Compte rendu de psychiatrie' } }],
      });
    const move = (who: TestPerson, one: Json, to: string | null) =>
      who.send('POST', `/api/patients/${patient}/documents/${one.id}/move`, {
        version: one.version,
        to,
        reason: 'Autre patient',
      });
    const mind = await filed('PSY');
    assert.equal((await nurse.send('GET', `/fhir/R4/DocumentReference/${mind.id}`)).status, 200, 'a nurse reads it');
    for (const to of [other, null]) {
      const answer = await move(nurse, mind, to);
      assert.equal(answer.status, 403, answer.text);
      assert.match(answer.body.detail, /Rien n’a été modifié/);
    }
    assert.equal((await store.read('DocumentReference', mind.id)).version, mind.version);
    // Of a kind that they write here, and do not there.
    ok(
      await doctor.send('POST', `/api/patients/${other}/choices`, {
        decision: 'oppose',
        practitioner: midwife.practitioner,
        kinds: ['sexual-health'],
      }),
    );
    const intimate = await filed('SEX');
    assert.equal((await move(midwife, intimate, other)).status, 403);
    ok(await move(nurse, await filed(), other));
    ok(await move(doctor, mind, other));
  });

  const prescribed = async (patient: string, over: object = {}): Promise<Json> =>
    (await testHouse()).fhir.storeFor(doctor.caller).create({
      resourceType: 'MedicationRequest',
      status: 'active',
      intent: 'order',
      subject: { reference: `Patient/${patient}` },
      medicationCodeableConcept: { text: 'Ramipril 5 mg, comprimé' },
      authoredOn: '2026-01-10',
      requester: { reference: `Practitioner/${doctor.practitioner}` },
      dosageInstruction: [{ text: '1 comprimé le matin' }],
      ...over,
    });

  test('DOS-5 who may not: a proposal is made by who reconciles treatments, answered by who decides of them, once, with the treatment under their eyes, and taken back by its author alone', async () => {
    const midwife = await practice.person('midwife', { family: 'Cozic', given: 'Lena' });
    const patient = await newPatient(nurse, pharmacist, midwife);
    const about = await prescribed(patient);
    const at = (more = '') => `/api/patients/${patient}/treatments/proposals${more}`;
    const body = {
      act: 'stop',
      about: { type: about.type, id: about.id, version: about.version },
      reason: 'Toux depuis un mois',
    };
    assert.equal((await nurse.send('POST', at(), body)).status, 403, 'a nurse tells, and proposes nothing');
    const made = ok(await pharmacist.send('POST', at(), body));
    const proposal = made.lines[0];
    const back = { version: proposal.version };
    for (const who of [doctor, midwife]) {
      const answer = await who.send('POST', at(`/${proposal.id}/withdraw`), back);
      assert.deepEqual([answer.status, /Seul son auteur/.test(answer.body.detail)], [403, true], answer.text);
    }
    const answer = { version: proposal.version, accept: true, answer: 'Oui' };
    assert.equal((await pharmacist.send('POST', at(`/${proposal.id}/answer`), { ...answer, seen: 1 })).status, 403);
    assert.equal((await nurse.send('POST', at(`/${proposal.id}/answer`), { ...answer, seen: 1 })).status, 403);
    assert.equal((await doctor.send('POST', at(`/${proposal.id}/answer`), answer)).status, 422, 'not seen');
    assert.equal(
      (await doctor.send('POST', at(`/${proposal.id}/answer`), { ...answer, accept: false, answer: '' })).status,
      422,
      'a refusal says why',
    );
    // A treatment is not a proposal, nor a proposal a treatment.
    assert.equal((await doctor.send('POST', at(`/${about.id}/answer`), { ...answer, seen: 1 })).status, 409);
    const twice = { ...body, about: { type: 'MedicationRequest', id: proposal.id, version: proposal.version } };
    assert.equal((await pharmacist.send('POST', at(), twice)).status, 409);
    const other = await newPatient(pharmacist);
    assert.equal(
      (await pharmacist.send('POST', `/api/patients/${other}/treatments/proposals`, body)).status,
      404,
      'of another record',
    );
    const stands = async (): Promise<string> =>
      ok(await doctor.send('GET', `/api/patients/${patient}/treatments`)).lines.find((one: Json) => one.id === about.id)
        .state;
    assert.equal(await stands(), 'current');
    ok(await doctor.send('POST', at(`/${proposal.id}/answer`), { ...answer, seen: about.version }));
    assert.equal(await stands(), 'past');
    const again = await midwife.send('POST', at(`/${proposal.id}/answer`), { ...answer, accept: false, answer: 'Non' });
    assert.equal(again.status, 409);
    assert.equal((await pharmacist.send('POST', at(`/${proposal.id}/withdraw`), back)).status, 409);
  });

  test('DOS-5 DOS-14 SEC-4 whoever the patient keeps out of a kind of data neither reads its page nor prescribes it blind', async () => {
    const midwife = await practice.person('midwife', { family: 'Salaün', given: 'Enora' });
    const patient = await newPatient(midwife);
    const orders = `/api/patients/${patient}/orders`;
    const pill = {
      kind: 'medicine',
      label: 'Fer 80 mg',
      instructions: '1 comprimé par jour',
      duration: { value: 1, unit: 'mo' },
    };
    ok(
      await doctor.send('POST', `/api/patients/${patient}/choices`, {
        decision: 'oppose',
        practitioner: midwife.practitioner,
        kinds: ['treatments'],
      }),
    );
    assert.equal((await midwife.send('GET', `/api/patients/${patient}/treatments`)).status, 403);
    const blind = await midwife.send('POST', orders, { lines: [pill] });
    assert.deepEqual(
      [blind.status, /n’ouvrent pas ce type d’information/.test(blind.body.detail)],
      [403, true],
      blind.text,
    );
    assert.ok(!ok(await midwife.send('GET', orders)).may.some((one: Json) => one.kind === 'medicine'));
    // One line that is closed to them, and the whole sheet is not signed.
    const both = await midwife.send('POST', orders, { lines: [{ kind: 'biology', label: 'NFS' }, pill] });
    assert.equal(both.status, 403);
    assert.deepEqual(ok(await doctor.send('GET', orders)).prescriptions, []);
    ok(await midwife.send('POST', orders, { lines: [{ kind: 'biology', label: 'NFS' }] }));
  });

  test('DOS-14 DOS-16 what was cancelled is not renewed, one line not twice, what is done not cancelled; a renewal is not dropped on an older version', async () => {
    const patient = await newPatient(nurse);
    const orders = (more = '') => `/api/patients/${patient}/orders${more}`;
    const bandage = {
      kind: 'dressing',
      label: 'Compresses',
      quantity: 1,
      duration: { value: 10, unit: 'd' },
      follow: true,
    };
    const first = ok(await doctor.send('POST', orders(), { lines: [bandage] }));
    const renewing = {
      ...first.lines[0].body,
      from: null,
      due: null,
      renews: `${first.lines[0].type}/${first.lines[0].id}`,
    };
    const twice = await doctor.send('POST', orders(), { lines: [renewing, renewing] });
    assert.deepEqual([twice.status, /renouvelée deux fois/.test(twice.body.detail)], [422, true], twice.text);
    const drop = (version: number) =>
      doctor.send('POST', orders(`/follow/${first.lines[0].status.task}/stop`), { version });
    assert.equal((await drop(first.lines[0].status.version + 1)).status, 409);
    ok(await doctor.send('POST', orders(`/${first.id}/cancel`), { version: first.version, reason: 'Autre patient' }));
    const gone = await doctor.send('POST', orders(), { lines: [renewing] });
    assert.deepEqual([gone.status, gone.body.code], [409, 'cancelled'], gone.text);
    const done = ok(await doctor.send('POST', orders(), { lines: [{ kind: 'biology', label: 'NFS' }] }));
    const { task, version } = done.lines[0].status;
    ok(await doctor.send('POST', orders(`/follow/${task}`), { version, act: 'result' }));
    const over = await doctor.send('POST', orders(`/${done.id}/cancel`), {
      version: done.version,
      reason: 'Trop tard',
    });
    assert.deepEqual([over.status, over.body.code], [409, 'over'], over.text);
  });

  test('DOS-14 who may not: a usual prescription is neither kept nor changed into what its author may not prescribe, or only renews', async () => {
    const midwife = await practice.person('midwife', { family: 'Tanguy', given: 'Lena' });
    const biology = { kind: 'biology', label: 'NFS' };
    const kept = ok(await midwife.send('POST', '/api/orders/templates', { title: 'Bilan', lines: [biology] }));
    const mine = ok(
      await nurse.send('POST', '/api/orders/templates', {
        title: 'Pansement',
        lines: [{ kind: 'dressing', label: 'Compresses' }],
      }),
    );
    for (const [who, one, line] of [
      [midwife, kept, { kind: 'physio', label: 'Rééducation', quantity: 10 }],
      [nurse, mine, { kind: 'compression', label: 'Bas de contention, classe 2' }],
      [nurse, mine, biology],
    ] as const) {
      const answer = await who.send('PUT', `/api/orders/templates/${one.id}`, {
        version: one.version,
        title: one.title,
        lines: [...one.lines, line],
      });
      assert.deepEqual([answer.status, /Un modèle ne contient que/.test(answer.body.detail)], [403, true], answer.text);
      const fresh = await who.send('POST', '/api/orders/templates', { title: 'Autre', lines: [line] });
      assert.equal(fresh.status, 403);
    }
    ok(
      await midwife.send('PUT', `/api/orders/templates/${kept.id}`, {
        version: kept.version,
        title: 'Bilan du troisième trimestre',
        lines: [biology],
      }),
    );
  });

  test('DOS-12 who may not: whoever signs the summary takes out the words of another, and puts none in their name', async () => {
    const patient = await newPatient(nurse);
    const { id } = ok(await nurse.send('POST', `/api/patients/${patient}/summaries`));
    const change = (who: TestPerson, words: string, by?: string) =>
      who.send('POST', `/api/patients/${patient}/summaries/${id}/changes`, {
        act: 'words',
        section: 'plan',
        words,
        by,
      });
    ok(await change(nurse, 'Pansement tous les deux jours.'));
    const forged = await change(doctor, 'Pansement une fois par mois.', nurse.practitioner);
    assert.deepEqual([forged.status, /ne se réécrivent pas/.test(forged.body.detail)], [403, true], forged.text);
    assert.equal((await change(nurse, '', doctor.practitioner)).status, 403, 'only who signs takes them out');
    const said = async (): Promise<string[]> =>
      ok(await doctor.send('GET', `/api/patients/${patient}/summaries`))
        .draft.sections.find((one: Json) => one.code === 'plan')
        .words.map((one: Json) => one.text);
    assert.deepEqual(await said(), ['Pansement tous les deux jours.']);
    ok(await change(doctor, '', nurse.practitioner));
    assert.deepEqual(await said(), []);
  });
});
