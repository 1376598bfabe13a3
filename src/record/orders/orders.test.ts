import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import fc from 'fast-check';
import { anyone, newPractice, testHouse, type TestPerson, type TestPractice } from '../../../test/app.ts';
import { professionCodes } from '../../access/index.ts';
import { wordsOf } from '../../platform/pdf/pdf-words-for-tests.ts';
import { type OrderAct, orderLineBody } from '../contract/orders/line.ts';
import { nextActs, progressOf } from '../contract/orders/order.rules.ts';
import { dosagesFromText } from '../contract/treatments/dosage.rules.ts';
import { sayDosages } from '../contract/treatments/say-dosages.rules.ts';
import { unitOfLabel } from '../contract/treatments/read.rules.ts';
import { orderKinds } from '../data/orders/families.ts';
import { mayPrescribe, prescribers } from '../data/orders/prescribers.ts';
import { shippedTemplates } from '../data/orders/templates.ts';
import { addDays } from '../dates.rules.ts';
import { openRecord } from '../index.ts';
import { bodyOf, kindOfOrder, resourceOf, typeOfKind } from './line.rules.ts';
import { courseOfSessions } from './sessions.rules.ts';

// biome-ignore lint/suspicious/noExplicitAny: answers of every shape
type Json = any;
const ok = (answer: { status: number; text: string; body: Json }): Json => {
  if (answer.status >= 300) throw new Error(`${answer.status} ${answer.text}`);
  return answer.body;
};
const biology = (label = 'HbA1c') => ({ kind: 'biology', label });
const dressing = { kind: 'dressing', label: 'Pansements hydrocellulaires', quantity: 2 };
const care = (quantity = 3) => ({
  kind: 'nursing',
  label: 'Réfection de pansement',
  instructions: 'tous les deux jours',
  quantity,
  home: true,
});
const metformin = {
  kind: 'medicine',
  label: 'Metformine 1 000 mg, comprimé',
  instructions: '1 comprimé matin et soir',
  duration: { value: 3, unit: 'mo' },
  repeats: 1,
  follow: true,
};

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
    const { id } = ok(
      await doctor.send('POST', '/api/patients', {
        birthFamily: `Ordonnet${letters[count % 10]}${letters[Math.floor(count / 10)]}`,
        birthGivens: 'Yvonne',
        birthDate: `${String((count % 27) + 1).padStart(2, '0')}/03/1948`,
        sex: 'female',
      }),
    );
    for (const one of team)
      ok(await doctor.send('POST', `/api/patients/${id}/team`, { practitioner: one.practitioner }));
    return id;
  }
  const at = (patient: string, more = '') => `/api/patients/${patient}/orders${more}`;
  const page = async (who: TestPerson, patient: string) => ok(await who.send('GET', at(patient)));
  const sign = async (who: TestPerson, patient: string, lines: object[], more: object = {}) =>
    ok(await who.send('POST', at(patient), { lines, ...more }));
  const lineOf = async (who: TestPerson, patient: string, label: string): Promise<Json> =>
    (await page(who, patient)).prescriptions
      .flatMap((one: Json) => one.lines)
      .find((one: Json) => one.label.startsWith(label));
  const say = async (who: TestPerson, patient: string, label: string, act: string) => {
    const { status } = await lineOf(who, patient, label);
    return who.send('POST', at(patient, `/follow/${status.task}`), { version: status.version, act });
  };
  const pdf = async (who: TestPerson, patient: string, id: string): Promise<string> => {
    const { app } = await testHouse();
    const answer = await app.inject({
      method: 'GET',
      url: at(patient, `/${id}/pdf`),
      headers: { cookie: who.cookie, origin: 'http://localhost:3000' },
    });
    assert.equal(answer.statusCode, 200, answer.body);
    assert.match(answer.rawPayload.toString('latin1'), /pdfaid/, 'PDF/A');
    return wordsOf(answer.rawPayload).replace(/\s+/g, ' ');
  };

  test('DOS-14 DOS-16 a signed prescription is not withdrawn behind its own back: marked as an error elsewhere its treatments would run on and its care stay asked for', async () => {
    const patient = await newPatient(nurse, pharmacist);
    const signed = ok(await doctor.send('POST', at(patient), { lines: [metformin, care()] }));
    const error = (type: string, id: string, version: number) =>
      doctor.send('POST', `/api/patients/${patient}/entries/${type}/${id}/error`, { version, reason: 'Autre patient' });
    for (const one of [{ type: 'Composition', ...signed }, ...signed.lines]) {
      const refused = await error(one.type, one.id, one.version);
      assert.deepEqual([refused.status, refused.body.code], [409, 'of-order'], one.type);
      assert.equal(
        ok(await doctor.send('GET', `/api/patients/${patient}/entries/${one.type}/${one.id}`)).line.canEdit,
        false,
        'nor does the screen offer it',
      );
    }
    assert.equal(
      (
        await doctor.send('POST', `/api/patients/${patient}/undo`, {
          entries: [{ type: 'Composition', id: signed.id, version: signed.version }],
        })
      ).status,
      409,
    );
    ok(
      await doctor.send('POST', at(patient, `/${signed.id}/cancel`), {
        version: signed.version,
        reason: 'Autre patient',
      }),
    );
    assert.deepEqual(
      ok(await pharmacist.send('GET', `/api/patients/${patient}/treatments`)).lines.filter(
        (one: Json) => one.state === 'current',
      ),
      [],
    );
  });

  test('DOS-14 care, tests, devices and medicines in one signed prescription; each is followed to its end by whoever does it', async () => {
    const patient = await newPatient(nurse, physio, pharmacist);
    const made = await sign(
      doctor,
      patient,
      [metformin, biology(), care(), { kind: 'physio', label: 'Rééducation du rachis', quantity: 10 }, dressing],
      { note: 'À jeun pour la prise de sang.' },
    );
    assert.equal(made.state, 'signed');
    assert.deepEqual(
      made.lines.map((one: Json) => [one.label, one.status.stateLabel]),
      [
        ['Metformine 1 000 mg, comprimé', 'À délivrer'],
        ['HbA1c', 'À faire'],
        ['Réfection de pansement', 'À faire'],
        ['Rééducation du rachis', 'À faire'],
        ['Pansements hydrocellulaires', 'À délivrer'],
      ],
    );
    assert.equal(made.lines[0].sentence, '1 comprimé le matin et le soir, pendant 3 mois, à renouveler 1 fois');
    assert.deepEqual(
      ok(await doctor.send('GET', `/fhir/R4/MedicationRequest/${made.lines[0].id}`)).dosageInstruction[0].timing.repeat
        .when,
      ['MORN', 'EVE'],
      'the posology is structured',
    );
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
    assert.deepEqual(
      [last.state, last.count, last.events.map((one: Json) => one.who.name)],
      ['done', 3, ['Soizic Abgrall', 'Soizic Abgrall', 'Soizic Abgrall']],
    );
    const request = await lineOf(nurse, patient, 'Réfection');
    assert.equal(ok(await nurse.send('GET', `/fhir/R4/ServiceRequest/${request.id}`)).status, 'completed');
    assert.equal(
      ok(await say(nurse, patient, 'Réfection', 'back')).stateLabel,
      '2 passages sur 3',
      'one’s own word is taken back',
    );
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

  test('DOS-14 a course of sessions: which one, how many are left, when it ends; any one is corrected; each is an encounter based on the request', async () => {
    const colleague = await practice.person('physiotherapist');
    const patient = await newPatient(physio, nurse, colleague);
    const made = await sign(doctor, patient, [
      { kind: 'physio', label: 'Rééducation de l’épaule', quantity: 4, duration: { value: 6, unit: 'wk' } },
    ]);
    const line = () => lineOf(physio, patient, 'Rééducation');
    const [{ id: request, status: first }] = made.lines;
    assert.deepEqual(
      [first.course.words.replace(/\d\d\/\d\d\/\d{4}/, 'J'), first.course.few],
      ['4 séances à faire, fin prévue le J', false],
    );
    const send = (who: TestPerson, path: string, body: object) => who.send('POST', at(patient, path), body);
    const follow = `/follow/${first.task}`;
    let now = ok(await send(physio, follow, { version: first.version, act: 'session' }));
    assert.match(now.course.words, /^séance 1 sur 4, reste 3, fin prévue le/);
    now = ok(await send(physio, follow, { version: now.version, act: 'session', day: 'auj' }));
    assert.match(now.course.words, /^séance 2 sur 4, reste 2, .*renouvellement à demander/);
    const encounters = async () =>
      ok(await physio.send('GET', `/fhir/R4/Encounter?patient=${patient}`)).entry?.map((one: Json) => one.resource) ??
      [];
    const held = await encounters();
    assert.deepEqual(
      held.map((one: Json) => [one.status, one.basedOn[0].reference, one.participant[0].individual.reference]),
      Array(2).fill(['finished', `ServiceRequest/${request}`, `Practitioner/${physio.practitioner}`]),
    );

    // One that was counted wrongly is taken out, wherever it stands; not by whoever did not say it, though they may say others.
    for (const [who, words] of [
      [nurse, /^Les séances se corrigent par qui les réalise/],
      [colleague, /^Une séance se corrige par qui l’a dite/],
    ] as const) {
      const refused = await send(who, `${follow}/sessions`, { version: now.version, event: 0 });
      assert.equal(refused.status, 403);
      assert.match(refused.body.detail, words);
    }
    const stale = await send(physio, `${follow}/sessions`, { version: first.version, event: 0 });
    assert.deepEqual([stale.status, stale.body.code, stale.body.current.count], [409, 'edited-meanwhile', 2]);
    for (const body of [
      { event: 9 },
      { event: -1 },
      { event: 'un' },
      { event: 0, day: '+3s' },
      { event: 0, day: '01/01/2020' },
      { event: 0, day: 'bof' },
      { event: 0, day: '2026' },
    ])
      assert.equal(
        (await send(physio, `${follow}/sessions`, { version: now.version, ...body })).status,
        422,
        JSON.stringify(body),
      );
    assert.equal((await send(physio, follow, { version: now.version, act: 'session', day: '+1j' })).status, 422);
    now = ok(await send(physio, `${follow}/sessions`, { version: now.version, event: 0 }));
    assert.equal(now.count, 1);
    assert.deepEqual((await encounters()).map((one: Json) => one.status).sort(), ['entered-in-error', 'finished']);
    now = ok(await send(physio, `${follow}/sessions`, { version: now.version, event: 0, day: 'auj' }));
    assert.equal(now.count, 1);

    // Another software’s encounter counts, and no more when it is taken back; one about someone else does not.
    const client = await practice.client('system/Encounter.cu system/Encounter.rs');
    const other = await newPatient();
    const elsewhere = {
      resourceType: 'Encounter',
      status: 'finished',
      class: { system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode', code: 'AMB' },
      subject: { reference: `Patient/${patient}` },
      basedOn: [{ reference: `ServiceRequest/${request}` }],
      period: { start: '2026-11-25T10:00:00Z' },
    };
    const stored = ok(await client('POST', '/fhir/R4/Encounter', elsewhere));
    assert.equal((await line()).status.count, 2);
    ok(
      await client('PUT', `/fhir/R4/Encounter/${stored.id}`, {
        ...elsewhere,
        id: stored.id,
        status: 'entered-in-error',
      }),
    );
    assert.equal((await line()).status.count, 1);
    const foreign = ok(
      await client('POST', '/fhir/R4/Encounter', { ...elsewhere, subject: { reference: `Patient/${other}` } }),
    );
    assert.equal((await line()).status.count, 1);
    // SEC-4 a Task that another software makes name someone else’s encounter opens no way to it.
    const writer = await practice.client('system/Task.rus');
    const task = ok(await writer('GET', `/fhir/R4/Task/${first.task}`));
    const forged = JSON.parse(JSON.stringify(task).replace(/Encounter\/[A-Za-z0-9-]+/g, `Encounter/${foreign.id}`));
    assert.notDeepEqual(forged, task);
    assert.equal((await writer('PUT', `/fhir/R4/Task/${first.task}`, forged)).status, 409);
    ok(await send(physio, `${follow}/sessions`, { version: (await line()).status.version, event: 0, day: 'auj' }));
    assert.equal(ok(await client('GET', `/fhir/R4/Encounter/${foreign.id}`)).meta.versionId, foreign.meta.versionId);
    now = (await line()).status;
    // To its end, and the prescriber sees it; the last word taken back takes its session along.
    for (let more = 0; more < 3; more++) now = ok(await say(physio, patient, 'Rééducation', 'session'));
    assert.deepEqual([now.state, now.course.words], ['done', '4 séances sur 4']);
    assert.equal((await lineOf(doctor, patient, 'Rééducation')).status.course.words, '4 séances sur 4');
    ok(await say(physio, patient, 'Rééducation', 'back'));
    assert.equal((await encounters()).filter((one: Json) => one.status === 'finished' && one.participant).length, 3);
    assert.equal(ok(await doctor.send('GET', `/fhir/R4/ServiceRequest/${request}`)).status, 'active');
    // Cancelled: nothing more is corrected.
    const page = await doctor.send('GET', at(patient, `/${made.id}`));
    ok(await doctor.send('POST', at(patient, `/${made.id}/cancel`), { version: page.body.version, reason: 'opéré' }));
    const gone = (await line()).status;
    assert.equal((await send(physio, `${follow}/sessions`, { version: gone.version, event: 0 })).status, 409);
    assert.ok(
      [403, 404].includes(
        (await stranger.send('POST', at(patient, `${follow}/sessions`), { version: 1, event: 0 })).status,
      ),
    );
    assert.equal(
      (await secretary.send('POST', at(patient, `${follow}/sessions`), { version: gone.version, event: 0 })).status,
      403,
    );
  });

  test('DOS-14 what the house notes of a prescription by itself is at the hour of the record’s clock', async () => {
    const { db, fhir, access } = await testHouse();
    const record = openRecord({
      db,
      fhirFor: fhir.storeFor,
      guard: access.guard,
      house: fhir.asSystem,
      now: () => new Date('2031-05-06T07:08:09.000Z'),
      lent: { standsFor: async () => [], tell: () => undefined },
    });
    const heard = (id: string, resource: Json) =>
      db.transaction(practice.tenant, async (sql) => {
        for (const [types, each] of record.hooks)
          if (types.includes(resource.resourceType)) await each(sql, practice.tenant, id, resource);
      });
    const patient = await newPatient(nurse);
    await sign(doctor, patient, [biology('Natrémie'), biology('Kaliémie')]);
    const line = await lineOf(doctor, patient, 'Natrémie');
    await heard('undated', {
      resourceType: 'DiagnosticReport',
      status: 'final',
      basedOn: [{ reference: `ServiceRequest/${line.id}` }],
      code: { text: 'Natrémie' },
      subject: { reference: `Patient/${patient}` },
    });
    assert.equal((await lineOf(doctor, patient, 'Natrémie')).status.events.at(-1).at, '2031-05-06T07:08:09.000Z');
    const other = await lineOf(doctor, patient, 'Kaliémie');
    const request = ok(await doctor.send('GET', `/fhir/R4/ServiceRequest/${other.id}`));
    await heard(other.id, { ...request, status: 'revoked' });
    const tasks = ok(await doctor.send('GET', `/fhir/R4/Task?focus=ServiceRequest/${other.id}`));
    assert.deepEqual(
      tasks.entry.map(({ resource }: Json) => [resource.status, resource.lastModified]),
      [['cancelled', '2031-05-06T07:08:09.000Z']],
    );
  });

  test('DOS-14 a result that names its request closes it, in the record and for whoever waits; taken back, it opens it again', async () => {
    const patient = await newPatient(nurse);
    await sign(doctor, patient, [biology('Créatininémie')]);
    const line = await lineOf(doctor, patient, 'Créatininémie');
    const client = await practice.client('system/DiagnosticReport.cu system/DiagnosticReport.rs');
    const report = {
      resourceType: 'DiagnosticReport',
      status: 'final',
      basedOn: [{ reference: `ServiceRequest/${line.id}` }],
      code: { text: 'Créatininémie' },
      subject: { reference: `Patient/${patient}` },
      issued: '2026-11-25T10:00:00Z',
      performer: [{ display: 'Laboratoire des Abers' }],
    };
    const stored = ok(await client('POST', '/fhir/R4/DiagnosticReport', { ...report, status: 'preliminary' }));
    assert.equal((await lineOf(doctor, patient, 'Créatininémie')).status.state, 'to-do', 'a preliminary one does not');
    ok(await client('PUT', `/fhir/R4/DiagnosticReport/${stored.id}`, { ...report, id: stored.id }));
    const closed = (await lineOf(doctor, patient, 'Créatininémie')).status;
    assert.deepEqual([closed.stateLabel, closed.events.at(-1).who.name], ['Résultat reçu', 'Laboratoire des Abers']);
    assert.equal(ok(await doctor.send('GET', `/fhir/R4/ServiceRequest/${line.id}`)).status, 'completed');
    assert.ok(!JSON.stringify(ok(await doctor.send('GET', '/api/orders?view=mine'))).includes(line.id));
    ok(
      await client('PUT', `/fhir/R4/DiagnosticReport/${stored.id}`, {
        ...report,
        id: stored.id,
        status: 'entered-in-error',
      }),
    );
    assert.equal((await lineOf(doctor, patient, 'Créatininémie')).status.state, 'to-do');
    // A report about someone else closes nothing.
    const other = await newPatient();
    ok(await client('POST', '/fhir/R4/DiagnosticReport', { ...report, subject: { reference: `Patient/${other}` } }));
    assert.equal((await lineOf(doctor, patient, 'Créatininémie')).status.state, 'to-do');
  });

  test('DOS-14 who may prescribe what: every profession × every kind of line, by the table of the law', async () => {
    const care = professionCodes.filter((code) => code !== 'administrator');
    const people = new Map<string, TestPerson>();
    for (const code of care) people.set(code, await practice.person(code));
    const patient = await newPatient(
      ...care.filter((code) => !['medical-secretary', 'coordinator'].includes(code)).map((code) => people.get(code)!),
    );
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...care), fc.constantFrom(...orderKinds), async (profession, kind) => {
        const answer = await people.get(profession)!.send('POST', at(patient), {
          lines: [
            {
              kind,
              label: `Essai ${kind}`,
              instructions: 'selon les besoins',
              quantity: 1,
              ...(kind === 'transport' && {
                transport: {
                  reason: 'hospital',
                  mode: 'ambulance',
                  states: ['lying'],
                  from: 'domicile',
                  to: 'hôpital',
                  way: 'out',
                  times: 1,
                },
              }),
            },
          ],
        });
        const may = mayPrescribe(profession, kind);
        // What is only renewed needs the prescription it renews.
        assert.equal(answer.status, may && may.scope !== 'renew' ? 200 : 403, `${profession} ${kind}: ${answer.text}`);
        if (answer.status === 200)
          assert.deepEqual(
            answer.body.lines.map((one: Json) => [one.kind, one.status?.state]),
            [[kind, 'to-do']],
            `${profession} reads what they have prescribed: ${kind}`,
          );
        else assert.match(answer.body.detail, /Rien n’a été signé|vos droits ne permettent pas/);
      }),
      { numRuns: 140 },
    );
    for (const [profession, row] of Object.entries(prescribers))
      for (const [kind, one] of Object.entries(row))
        assert.ok(one.source.length > 8, `${profession} ${kind} names its text`);
    for (const code of [
      'medical-secretary',
      'coordinator',
      'medical-assistant',
      'dietician',
      'psychologist',
      'radiographer',
      'laboratory-technician',
      'psychomotor-therapist',
    ])
      assert.equal(Object.hasOwn(prescribers, code), false);
  });

  test('DOS-14 renewals: what runs out is told to its prescriber, renewed once, by a nurse where the law lets her and only from a prescription that may be', async () => {
    const patient = await newPatient(nurse, pharmacist);
    const made = await sign(doctor, patient, [
      { ...metformin, duration: { value: 20, unit: 'd' }, repeats: 0 },
      {
        kind: 'compression',
        label: 'Bas de compression, classe 2',
        quantity: 2,
        duration: { value: 25, unit: 'd' },
        follow: true,
      },
      { ...metformin, label: 'Ramipril 5 mg', duration: { value: 6, unit: 'mo' } },
    ]);
    const [first, stockings] = made.lines;
    const due = (await page(doctor, patient)).renewals.map((one: Json) => one.label);
    assert.deepEqual(
      due.sort(),
      ['Bas de compression, classe 2', 'Metformine 1 000 mg, comprimé'],
      'six months is not within the month',
    );
    const list = ok(await doctor.send('GET', '/api/orders?view=renew')).lines.filter(
      (one: Json) => one.patient.id === patient,
    );
    assert.deepEqual(list.map((one: Json) => one.line.label).sort(), due.sort());
    // A nurse renews stockings as they were, and begins none.
    assert.equal((await nurse.send('POST', at(patient), { lines: [stockings.body] })).status, 403);
    assert.equal(
      (await nurse.send('POST', at(patient), { lines: [{ ...first.body, renews: `${first.type}/${first.id}` }] }))
        .status,
      403,
    );
    assert.equal(
      (await nurse.send('POST', at(patient), { lines: [{ ...stockings.body, renews: `${first.type}/${first.id}` }] }))
        .status,
      403,
      'of the same kind',
    );
    const renewed = await sign(nurse, patient, [{ ...stockings.body, renews: `${stockings.type}/${stockings.id}` }]);
    assert.equal(renewed.lines[0].label, 'Bas de compression, classe 2');
    assert.ok(
      !(await page(doctor, patient)).renewals.some((one: Json) => one.id === stockings.id),
      'what was renewed is not to be renewed',
    );
    const twice = await nurse.send('POST', at(patient), {
      lines: [{ ...stockings.body, renews: `${stockings.type}/${stockings.id}` }],
    });
    assert.deepEqual([twice.status, twice.body.code], [409, 'renewed']);
    // The renewed medicine takes the place of the other among the treatments.
    await sign(doctor, patient, [{ ...first.body, repeats: 2, renews: `${first.type}/${first.id}` }]);
    const treatments = ok(await doctor.send('GET', `/api/patients/${patient}/record`)).treatments;
    assert.deepEqual(
      treatments.filter((one: Json) => one.state === 'current' && one.label.startsWith('Metformine')).length,
      1,
    );
    assert.equal(ok(await doctor.send('GET', `/fhir/R4/MedicationRequest/${first.id}`)).status, 'completed');
    // A renewal that is corrected renews all the same; taken back, what it renewed runs on and is to be renewed again.
    const toRenew = async () => (await page(doctor, patient)).renewals.map((one: Json) => one.label);
    const again = await sign(doctor, patient, [
      { ...metformin, label: 'Zolmitriptan 2,5 mg', duration: { value: 12, unit: 'd' }, repeats: 0 },
    ]).then(({ lines: [one] }) =>
      sign(doctor, patient, [{ ...one.body, from: null, due: null, renews: `${one.type}/${one.id}` }]).then(
        (renewal) => ({ one, renewal }),
      ),
    );
    assert.ok(!(await page(doctor, patient)).renewals.some((one: Json) => one.id === again.one.id));
    const kept = { replaces: { id: again.renewal.id, version: again.renewal.version, reason: 'Dose à revoir' } };
    assert.equal(
      (
        await nurse.send('POST', at(patient), {
          lines: [{ ...again.renewal.lines[0].body, from: null, due: null }],
          ...kept,
        })
      ).status,
      403,
    );
    const better = await sign(
      doctor,
      patient,
      [{ ...again.renewal.lines[0].body, from: null, due: null, instructions: '1 comprimé le soir' }],
      kept,
    );
    assert.deepEqual(
      [better.lines[0].body.renews, ok(await doctor.send('GET', `/fhir/R4/MedicationRequest/${again.one.id}`)).status],
      [`MedicationRequest/${again.one.id}`, 'completed'],
    );
    ok(await doctor.send('POST', at(patient, `/${better.id}/cancel`), { version: better.version, reason: 'trop tôt' }));
    assert.equal(ok(await doctor.send('GET', `/fhir/R4/MedicationRequest/${again.one.id}`)).status, 'active');
    assert.ok((await toRenew()).includes('Zolmitriptan 2,5 mg'));
    await sign(doctor, patient, [
      { ...again.one.body, from: null, due: null, renews: `MedicationRequest/${again.one.id}` },
    ]);
    // Not to be renewed: it leaves the lists, by a physician or whoever prescribed.
    const third = renewed.lines[0];
    assert.equal(
      (
        await pharmacist.send('POST', at(patient, `/follow/${third.status.task}/stop`), {
          version: third.status.version,
        })
      ).status,
      403,
    );
    ok(await doctor.send('POST', at(patient, `/follow/${third.status.task}/stop`), { version: third.status.version }));
    assert.ok(!(await page(doctor, patient)).renewals.some((one: Json) => one.id === third.id));
  });

  test('DOS-14 DOS-16 signed, nothing is written over: cancelled with a reason, replaced by a corrected one, 409 for who saw an older version', async () => {
    const patient = await newPatient(nurse, pharmacist);
    const made = await sign(doctor, patient, [metformin, biology(), care(2)]);
    ok(await say(nurse, patient, 'Réfection', 'done'));
    // By the forms of notes, by a nurse, without a reason: no.
    assert.equal(
      (
        await doctor.send('PUT', `/api/patients/${patient}/notes/${made.id}`, {
          text: 'écrasée',
          version: made.version,
        })
      ).status,
      422,
    );
    assert.equal(
      (await nurse.send('POST', at(patient, `/${made.id}/cancel`), { version: made.version, reason: 'erreur' })).status,
      403,
    );
    assert.equal(
      (await doctor.send('POST', at(patient, `/${made.id}/cancel`), { version: made.version, reason: ' ' })).status,
      422,
    );
    assert.equal(
      (
        await doctor.send('POST', at(patient, `/${made.id}/cancel`), {
          version: made.version,
          reason: 'erreur',
          lines: ['MedicationRequest/autre'],
        })
      ).status,
      422,
    );
    // One line.
    const partly = ok(
      await doctor.send('POST', at(patient, `/${made.id}/cancel`), {
        version: made.version,
        reason: 'Bilan déjà fait',
        lines: [`ServiceRequest/${made.lines[1].id}`],
      }),
    );
    assert.deepEqual(
      [partly.state, partly.lines.map((one: Json) => one.cancelled)],
      ['signed', [null, 'Bilan déjà fait', null]],
    );
    const stale = await doctor.send('POST', at(patient, `/${made.id}/cancel`), {
      version: made.version,
      reason: 'trop tard',
    });
    assert.deepEqual(
      [stale.status, stale.body.code, stale.body.comparison !== undefined],
      [409, 'edited-meanwhile', true],
    );
    // Corrected: the dose.
    const corrected = await sign(doctor, patient, [{ ...metformin, instructions: '1 comprimé le soir' }], {
      replaces: { id: made.id, version: partly.version, reason: 'Dose à revoir' },
    });
    const page1 = await page(doctor, patient);
    const old = page1.prescriptions.find((one: Json) => one.id === made.id);
    assert.deepEqual(
      [old.state, old.reason, old.replacedBy, corrected.replaces],
      ['replaced', 'Dose à revoir', corrected.id, made.id],
    );
    assert.deepEqual(
      old.lines.map((one: Json) => [one.status.state, one.cancelled]),
      [
        ['cancelled', 'Dose à revoir'],
        ['cancelled', 'Bilan déjà fait'],
        ['done', null],
      ],
      'what was done stays done',
    );
    assert.equal(ok(await doctor.send('GET', `/fhir/R4/MedicationRequest/${made.lines[0].id}`)).status, 'cancelled');
    assert.match(await pdf(doctor, patient, made.id), /Remplacée : Dose à revoir. Ne pas délivrer, ne pas réaliser\./);
    const again = await doctor.send('POST', at(patient, `/${made.id}/cancel`), {
      version: old.version,
      reason: 'encore',
    });
    assert.deepEqual([again.status, again.body.code], [409, 'ended']);
    const versions = ok(await doctor.send('GET', `/api/patients/${patient}/entries/Composition/${made.id}/versions`));
    assert.ok(versions.versions.length >= 3);
    // Said on a version that has gone: both are told.
    const line = await lineOf(pharmacist, patient, 'Metformine');
    ok(
      await pharmacist.send('POST', at(patient, `/follow/${line.status.task}`), {
        version: line.status.version,
        act: 'part',
      }),
    );
    const late = await pharmacist.send('POST', at(patient, `/follow/${line.status.task}`), {
      version: line.status.version,
      act: 'deliver',
    });
    assert.deepEqual(
      [late.status, late.body.code, late.body.current.state, late.body.mine],
      [409, 'edited-meanwhile', 'partial', 'Délivré'],
    );
    const never = await pharmacist.send('POST', at(patient, `/follow/${line.status.task}`), {
      version: late.body.current.version,
      act: 'sample',
    });
    assert.deepEqual([never.status, never.body.code], [409, 'not-now']);
  });

  test('DOS-14 printed: one sheet a receiver, two zones for an ALD, legal mentions, numbers, the child’s weight', async () => {
    const patient = await newPatient(nurse);
    const made = await sign(
      doctor,
      patient,
      [
        { ...metformin, ald: true, notSubstitutable: 'MTE' },
        { kind: 'medicine', label: 'Paracétamol 1 g', instructions: '1 comprimé si douleur', quantity: 2 },
        biology(),
        { ...care(), quantity: 15 },
      ],
      { note: 'Revoir dans trois mois.' },
    );
    const words = await pdf(doctor, patient, made.id);
    for (const expected of [
      /Maison des ordonnances/,
      /Ordonnance : médicaments/,
      /Camille|Anne Kermarrec/,
      /Médecin/,
      /Yvonne/,
      /Femme, née le/,
      /AFFECTION EXONÉRANTE.*1\. Metformine 1 000 mg, comprimé 1 comprimé le matin et le soir, pendant 3 mois, à renouveler 1 fois, non substituable \(MTE\) : mar(?:ge)? thérapeutique étroite/,
      /MALADIES INTERCURRENTES.*2\. Paracétamol 1 g/,
      /Nombre de médicaments prescrits : 2/,
      /Ordonnance : examens de biologie médicale.*1\. HbA1c/,
      /Ordonnance : soins infirmiers.*tous les deux jours, 15 passages, à domicile/,
      /R\. 5132-3/,
      /Signature du prescripteur/,
      /page 1\/3/,
      /3 feuilles/,
      /Revoir dans trois mois/,
    ])
      assert.match(words, expected);
    const child = ok(
      await doctor.send('POST', '/api/patients', {
        birthFamily: 'Ordonnetpetit',
        birthGivens: 'Malo',
        birthDate: '03/02/2023',
        sex: 'male',
      }),
    ).id;
    ok(await doctor.send('POST', `/api/patients/${child}/measures`, { values: [{ code: '29463-7', value: '14,2' }] }));
    const small = await sign(doctor, child, [
      {
        kind: 'medicine',
        label: 'Amoxicilline 250 mg/5 mL',
        instructions: 'une dose 14 kg matin et soir',
        duration: { value: 6, unit: 'd' },
      },
    ]);
    const printed = await pdf(doctor, child, small.id);
    assert.match(printed, /Poids : 14,2 kg/);
    assert.doesNotMatch(printed, /AFFECTION EXONÉRANTE/);
  });

  test('DOS-14 usual prescriptions: kept from a past one in one gesture, changed by who made it, offered to whoever may sign them whole', async () => {
    const patient = await newPatient(nurse);
    const made = await sign(doctor, patient, [biology(), care()]);
    const kept = ok(
      await doctor.send('POST', '/api/orders/templates', {
        title: 'Mon bilan',
        lines: made.lines.map((one: Json) => one.body),
      }),
    );
    assert.deepEqual(
      [kept.mine, kept.lines.map((one: Json) => one.label), kept.lines[1].home],
      [true, ['HbA1c', 'Réfection de pansement'], true],
    );
    const of = async (who: TestPerson) => ok(await who.send('GET', '/api/orders/templates')).templates;
    assert.equal((await of(doctor))[0].title, 'Mon bilan');
    assert.ok(
      (await of(outsider)).some((one: Json) => one.title === 'Mon bilan' && !one.mine),
      'of the team',
    );
    assert.ok(
      !(await of(nurse)).some((one: Json) => one.title === 'Mon bilan'),
      'what she may not sign is not offered',
    );
    assert.ok((await of(nurse)).some((one: Json) => one.id === 'sevrage-tabac'));
    assert.deepEqual(
      [await of(dietician), await of(secretary), (await of(stranger)).some((one: Json) => one.title === 'Mon bilan')],
      [[], [], false],
    );
    assert.equal(
      (
        await outsider.send('PUT', `/api/orders/templates/${kept.id}`, {
          version: kept.version,
          title: 'Pris',
          lines: kept.lines,
        })
      ).status,
      403,
    );
    assert.equal((await nurse.send('POST', '/api/orders/templates', { title: 'x', lines: kept.lines })).status, 403);
    const changed = ok(
      await doctor.send('PUT', `/api/orders/templates/${kept.id}`, {
        version: kept.version,
        title: 'Mon bilan annuel',
        lines: [kept.lines[0]],
      }),
    );
    assert.deepEqual([changed.title, changed.lines.length], ['Mon bilan annuel', 1]);
    const late = await doctor.send('PUT', `/api/orders/templates/${kept.id}`, {
      version: kept.version,
      title: 'Autre',
      lines: kept.lines,
    });
    assert.deepEqual([late.status, late.body.current.title], [409, 'Mon bilan annuel']);
    assert.equal(
      (await stranger.send('POST', `/api/orders/templates/${kept.id}/retire`, { version: changed.version })).status,
      404,
    );
    assert.equal(
      (await outsider.send('POST', `/api/orders/templates/${kept.id}/retire`, { version: changed.version })).status,
      403,
    );
    assert.equal(
      (await doctor.send('POST', `/api/orders/templates/${kept.id}/retire`, { version: kept.version })).status,
      409,
    );
    const retired = ok(
      await doctor.send('POST', `/api/orders/templates/${kept.id}/retire`, { version: changed.version }),
    );
    assert.deepEqual([retired.status, retired.lines.length], ['retired', 1]);
    assert.ok(!(await of(doctor)).some((one: Json) => one.id === kept.id));
    const frozen = await doctor.send('PUT', `/api/orders/templates/${kept.id}`, {
      version: retired.version,
      title: 'Autre',
      lines: kept.lines,
    });
    assert.deepEqual([frozen.status, frozen.body.code], [409, 'retired']);
    assert.equal(
      (await doctor.send('POST', `/api/orders/templates/${kept.id}/retire`, { version: retired.version })).body.code,
      'not-now',
    );
    ok(await doctor.send('POST', `/api/orders/templates/${kept.id}/retire`, { version: retired.version, back: true }));
    assert.ok((await of(doctor)).some((one: Json) => one.id === kept.id && one.title === 'Mon bilan annuel'));
    for (const { lines } of shippedTemplates)
      for (const line of lines) assert.ok(orderLineBody.safeParse(line).success, line.label);
  });

  test('DOS-14 SEC-11 a usual prescription of the practice is changed by whoever may sign it whole, in any order of lines; whose is whose, and who may not', async () => {
    const shelf = async (who: TestPerson) => ok(await who.send('GET', '/api/orders/templates/all'));
    const find = async (who: TestPerson, id: string): Promise<Json> =>
      (await shelf(who)).templates.find((one: Json) => one.id === id);
    const made = ok(
      await doctor.send('POST', '/api/orders/templates', {
        title: 'Bilan de la structure',
        scope: 'practice',
        note: 'À jeun.',
        lines: [biology(), biology('TSH'), { ...care(), from: 'auj', due: '+3s', performer: nurse.practitioner }],
      }),
    );
    assert.deepEqual(
      [made.scope, made.lines[2].from ?? null, made.lines[2].due ?? null, made.lines[2].performer],
      ['practice', null, null, null],
      'nothing of one day or one person',
    );
    assert.deepEqual((await find(outsider, made.id)).canEdit, true);
    const seen = await find(nurse, made.id);
    assert.deepEqual(
      [
        seen.usable,
        seen.canEdit,
        seen.canRetire,
        seen.professions.includes('physician'),
        seen.professions.includes('nurse'),
      ],
      [false, false, false, true, false],
      'read, and signed by others',
    );
    const put = (who: TestPerson, body: object) =>
      who.send('PUT', `/api/orders/templates/${made.id}`, {
        title: made.title,
        lines: made.lines,
        version: made.version,
        ...body,
      });
    assert.equal((await put(nurse, { lines: [dressing] })).status, 403);
    assert.equal((await put(outsider, { scope: 'mine' })).status, 403, 'what is everybody’s is not taken by one');
    const turned = ok(
      await put(outsider, { title: 'Bilan annuel', lines: [made.lines[2], made.lines[0], made.lines[1]] }),
    );
    assert.deepEqual(
      [turned.title, turned.scope, turned.by, turned.lines.map((one: Json) => one.label)],
      ['Bilan annuel', 'practice', 'Anne Kermarrec', ['Réfection de pansement', 'HbA1c', 'TSH']],
    );
    const late = await put(doctor, { title: 'Bilan à moi' });
    assert.deepEqual(
      [late.status, late.body.code, late.body.current.title, late.body.mine],
      [409, 'edited-meanwhile', 'Bilan annuel', 'Bilan à moi'],
    );
    const both = await Promise.all(
      [1, 2].map((which) => put(doctor, { version: turned.version, title: `Ensemble ${which}` })),
    );
    assert.deepEqual(both.map(({ status }) => status).sort(), [200, 409], 'two at once: one is told');
    const now = await find(doctor, made.id);
    assert.equal(
      ok(await put(doctor, { version: now.version, scope: 'mine' })).scope,
      'mine',
      'its author takes it back',
    );
    assert.equal((await find(outsider, made.id)).canEdit, false);

    // What is only renewed makes no model; who does not prescribe writes none and reads none, but who runs the practice retires.
    assert.equal(
      (
        await nurse.send('POST', '/api/orders/templates', {
          title: 'Bas',
          lines: [{ kind: 'compression', label: 'Bas de contention' }],
        })
      ).status,
      403,
    );
    assert.ok(!(await shelf(nurse)).may.some((one: Json) => one.kind === 'compression'));
    const empty = await shelf(dietician);
    assert.deepEqual([empty.templates, empty.may, /ne prescrit pas/.test(empty.words)], [[], [], true]);
    assert.deepEqual((await shelf(secretary)).templates, []);
    assert.equal(
      (await secretary.send('POST', '/api/orders/templates', { title: 'x', lines: [biology()] })).status,
      403,
    );
    const manager = await practice.person('administrator', { roles: ['administrator'] });
    const managed = (await find(manager, made.id)) as Json;
    assert.deepEqual([managed.canEdit, managed.canRetire], [false, true]);
    const retired = ok(
      await manager.send('POST', `/api/orders/templates/${made.id}/retire`, { version: managed.version }),
    );
    assert.equal((await find(doctor, made.id)).status, 'retired');
    ok(await manager.send('POST', `/api/orders/templates/${made.id}/retire`, { version: retired.version, back: true }));
    assert.equal(await find(stranger, made.id), undefined);
    assert.equal((await anyone('GET', '/api/orders/templates/all')).status, 401);

    // Bad input changes nothing.
    const before = JSON.stringify(await find(doctor, made.id));
    const { version } = JSON.parse(before);
    for (const body of [
      { title: '', version },
      { lines: [], version },
      { lines: 'x', version },
      { title: 'y'.repeat(121), version },
      { scope: 'region', version },
      { version: 'un' },
      { lines: Array(41).fill(biology()), version },
    ])
      assert.equal((await put(doctor, body)).status, 422, JSON.stringify(body).slice(0, 60));
    for (const id of ['absent', 'diabete-trimestre', '..%2Fx'])
      assert.equal(
        (await doctor.send('PUT', `/api/orders/templates/${id}`, { title: 'x', lines: [biology()], version: 1 }))
          .status,
        404,
        id,
      );
    assert.equal(
      (await doctor.send('POST', `/api/orders/templates/${made.id}/retire`, { version, back: 'peut-être' })).status,
      422,
    );
    assert.equal(JSON.stringify(await find(doctor, made.id)), before);
  });

  test('DOS-14 SEC-3 who may not: another practice, nobody, out of the team, opposed; a secretary sees that it waits and no word of it', async () => {
    const patient = await newPatient(nurse, speech, physio);
    const made = await sign(doctor, patient, [
      { ...metformin, label: 'SECRET-MÉDICAMENT' },
      biology('SECRET-BIOLOGIE'),
      { ...care(), label: 'SECRET-SOIN' },
    ]);
    for (const [who, status] of [
      [stranger, 404],
      [outsider, 403],
    ] as const) {
      for (const [method, path, body] of [
        ['GET', ''],
        ['GET', `/${made.id}`],
        ['GET', `/${made.id}/pdf`],
        ['POST', '', { lines: [biology()] }],
        ['POST', `/${made.id}/cancel`, { version: 1, reason: 'essai' }],
        ['POST', `/follow/${made.lines[1].status.task}`, { version: 1, act: 'sample' }],
      ] as const) {
        const answer = await who.send(method, at(patient, path), body);
        assert.ok(
          answer.status === status || answer.status === 403 || answer.status === 404,
          `${method} ${path} ${answer.status}`,
        );
        assert.ok(!answer.text.includes('SECRET'));
      }
    }
    assert.equal((await anyone('GET', at(patient))).status, 401);
    assert.equal((await anyone('GET', '/api/orders')).status, 401);
    // The secretary: what waits, in the record and in the practice, without a word; and says nothing of it.
    const seen = await secretary.send('GET', at(patient));
    assert.equal(seen.status, 200);
    assert.ok(!seen.text.includes('SECRET'));
    assert.deepEqual(
      [seen.body.prescriptions, seen.body.may, seen.body.wordless.length, seen.body.wordless[0].stateLabel],
      [[], [], 3, 'À faire'],
    );
    const waiting = await secretary.send('GET', '/api/orders');
    assert.ok(!waiting.text.includes('SECRET'));
    assert.ok(waiting.body.lines.filter((one: Json) => one.patient.id === patient).length >= 3);
    assert.equal(
      (await secretary.send('POST', at(patient, `/follow/${made.lines[1].status.task}`), { version: 1, act: 'sample' }))
        .status,
      403,
    );
    assert.ok([403, 404].includes((await secretary.send('GET', at(patient, `/${made.id}`))).status));
    assert.equal((await secretary.send('POST', at(patient), { lines: [biology()] })).status, 403);
    // A speech therapist has neither treatments nor results: the rest of the prescription is theirs to read.
    const heard = await speech.send('GET', at(patient, `/${made.id}`));
    assert.deepEqual(
      heard.body.lines.map((one: Json) => one.label),
      ['SECRET-SOIN'],
    );
    assert.ok(!heard.text.includes('SECRET-MÉDICAMENT') && !heard.text.includes('SECRET-BIOLOGIE'));
    assert.doesNotMatch(await pdf(speech, patient, made.id), /SECRET-MÉDICAMENT|SECRET-BIOLOGIE/);
    // What a patient closes to one person is closed in every list.
    ok(
      await doctor.send('POST', `/api/patients/${patient}/choices`, {
        decision: 'oppose',
        practitioner: physio.practitioner,
        kinds: ['treatments', 'exchanges', 'results'],
      }),
    );
    for (const path of [at(patient), '/api/orders', at(patient, `/${made.id}`)])
      assert.ok(!(await physio.send('GET', path)).text.includes('SECRET'), path);
    assert.equal(
      (await physio.send('POST', at(patient), { lines: [{ kind: 'equipment', label: 'Canne simple' }] })).status,
      403,
      'nor prescribed where it is closed',
    );
    // A sensitive prescription is closed to who may not read such things.
    const sensitive = await sign(doctor, patient, [{ ...biology('SENSIBLE-VIH') }], { sensitive: 'sexual-health' });
    for (const path of [
      at(patient),
      at(patient, `/${sensitive.id}`),
      '/api/orders',
      `/api/patients/${patient}/timeline?count=200`,
      `/api/patients/${patient}/record`,
    ])
      assert.ok(!(await nurse.send('GET', path)).text.includes('SENSIBLE'), path);
    // The follower of a line is no task of the coordination room.
    assert.equal((await doctor.send('GET', `/api/tasks/${made.lines[1].status.task}`)).status, 404);
  });

  test('DOS-14 bad input of any kind is refused in words and changes nothing', async () => {
    const patient = await newPatient(nurse);
    const other = await newPatient();
    const foreign = await sign(doctor, other, [metformin]);
    const before = JSON.stringify((await page(doctor, patient)).prescriptions);
    const bad: [object, number][] = [
      [{}, 422],
      [{ lines: [] }, 422],
      [{ lines: 'x' }, 422],
      [{ lines: [{ kind: 'inconnu', label: 'x' }] }, 422],
      [{ lines: [{ kind: 'biology', label: '' }] }, 422],
      [{ lines: [{ kind: 'biology', label: 'x'.repeat(301) }] }, 422],
      [{ lines: Array(41).fill(biology()) }, 422],
      [{ lines: [{ ...metformin, duration: { value: 7, unit: 'mo' }, repeats: 1 }] }, 422],
      [{ lines: [{ ...metformin, duration: null }] }, 422],
      [{ lines: [{ ...metformin, duration: null, repeats: 0, follow: false }] }, 422],
      [{ lines: [{ ...metformin, instructions: '' }] }, 422],
      [{ lines: [{ ...biology(), from: '01/01/2020' }] }, 422],
      [{ lines: [{ ...biology(), from: 'bof' }] }, 422],
      [{ lines: [{ ...biology(), due: 'hier' }] }, 422],
      [{ lines: [{ ...care(), quantity: 0 }] }, 422],
      [{ lines: [{ ...care(), quantity: 1.5 }] }, 422],
      [{ lines: [{ ...care(), performer: outsider.practitioner }] }, 422],
      [{ lines: [{ ...care(), performer: doctor.practitioner }] }, 422],
      [{ lines: [{ ...care(), performer: '../x' }] }, 422],
      [{ lines: [{ ...biology(), notSubstitutable: 'MTE' }] }, 422],
      [{ lines: [{ ...metformin, renews: `MedicationRequest/${foreign.lines[0].id}` }] }, 404],
      [{ lines: [{ ...metformin, renews: 'Patient/1' }] }, 422],
      [{ lines: [{ ...metformin, renews: 'MedicationRequest/absent' }] }, 404],
      [{ lines: [metformin], replaces: { id: foreign.id, version: 1, reason: 'autre patient' } }, 404],
      [{ lines: [metformin], replaces: { id: 'absent', version: 1, reason: 'absent' } }, 404],
      [{ lines: [metformin], sensitive: 'x' }, 422],
    ];
    for (const [body, status] of bad) {
      const answer = await doctor.send('POST', at(patient), body);
      assert.equal(answer.status, status, `${JSON.stringify(body).slice(0, 120)} ${answer.text.slice(0, 300)}`);
      assert.match(answer.headers['content-type'] ?? '', /problem/);
    }
    for (const [path, body] of [
      ['/follow/absent', { version: 1, act: 'done' }],
      ['/follow/x%2Fy', { version: 1, act: 'done' }],
      [`/follow/${foreign.lines[0].status.task}`, { version: 1, act: 'deliver' }],
      ['/absent/cancel', { version: 1, reason: 'absent' }],
    ] as const)
      assert.ok([404, 422].includes((await doctor.send('POST', at(patient, path), body)).status), path);
    assert.equal(
      (await doctor.send('POST', at(patient, `/follow/${foreign.lines[0].status.task}`), { version: 1, act: 'manger' }))
        .status,
      422,
    );
    assert.equal((await doctor.send('GET', '/api/orders?view=tout')).status, 400);
    assert.equal(JSON.stringify((await page(doctor, patient)).prescriptions), before);
  });
});

describe('rules of orders', () => {
  test('DOS-14 a course never ends before today, nor has less than nothing left; its end follows its own rhythm', () => {
    const start = '2026-09-01';
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 40 }),
        fc.array(fc.integer({ min: 0, max: 80 }), { maxLength: 45 }),
        fc.boolean(),
        (of, gaps, over) => {
          const course = courseOfSessions({
            days: gaps.map((days) => addDays(start, days)),
            of,
            until: addDays(start, 120),
            today: '2026-11-26',
            unit: 'séance',
            over,
          });
          assert.equal(course.left, Math.max(0, of - gaps.length));
          assert.ok(course.expected === null || course.expected >= '2026-11-26');
          assert.ok(!course.few || (course.left > 0 && !over));
        },
      ),
    );
    const weekly = courseOfSessions({
      days: [0, 7, 14, 21].map((days) => addDays('2026-11-02', days)),
      of: 10,
      until: null,
      today: '2026-11-26',
      unit: 'séance',
    });
    assert.deepEqual(
      [weekly.words, weekly.expected],
      ['séance 4 sur 10, reste 6, fin prévue le 04/01/2027', '2027-01-04'],
    );
  });
  const line = fc.record({
    kind: fc.constantFrom(...orderKinds),
    label: fc.string({ minLength: 1, maxLength: 60 }).filter((text) => text.trim().length > 0),
    instructions: fc.string({ maxLength: 80 }).map((text) => text.trim()),
    quantity: fc.option(fc.integer({ min: 1, max: 500 })),
    unit: fc.constant(null),
    duration: fc.option(
      fc.record({
        value: fc.integer({ min: 1, max: 400 }),
        unit: fc.constantFrom('d' as const, 'wk' as const, 'mo' as const),
      }),
    ),
    repeats: fc.integer({ min: 0, max: 12 }),
    ald: fc.boolean(),
    urgent: fc.boolean(),
    home: fc.boolean(),
    follow: fc.boolean(),
    reason: fc.constant(null),
    notSubstitutable: fc.constant(null),
    performer: fc.constant(null),
    renews: fc.constant(null),
    code: fc.constant(null),
    system: fc.constant(null),
    controlled: fc.constant(null),
    transport: fc.constant(null),
  });
  test('DOS-14 a line comes back from FHIR as it was written', () => {
    fc.assert(
      fc.property(line, (one) => {
        const body = {
          ...one,
          label: one.label.trim(),
          home: one.home && typeOfKind(one.kind) !== 'MedicationRequest',
        };
        const resource = resourceOf(body, {
          id: 'x',
          subject: { reference: 'Patient/1' },
          requester: { reference: 'Practitioner/1' },
          authoredOn: '2026-11-26T10:00:00Z',
          group: 'g',
          from: '2026-11-26',
        });
        const back = bodyOf(JSON.parse(JSON.stringify(resource)), kindOfOrder(resource as never)!);
        const said =
          typeOfKind(body.kind) === 'MedicationRequest'
            ? sayDosages(dosagesFromText(body.instructions, unitOfLabel(body.label)))
            : body.instructions;
        assert.deepEqual(back, JSON.parse(JSON.stringify({ ...body, instructions: said })));
      }),
    );
  });
  test('DOS-14 whatever is said of a line, its state follows, and the last word can be taken back', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('supply' as const, 'test' as const, 'imaging' as const, 'sessions' as const, 'once' as const),
        fc.integer({ min: 1, max: 6 }),
        fc.array(fc.integer({ min: 0, max: 9 }), { maxLength: 20 }),
        (way, of, choices) => {
          const said: OrderAct[] = [];
          for (const choice of choices) {
            const now = progressOf(way, of, said);
            const next = nextActs(way, now);
            assert.ok(next.length > 0);
            const act = next[choice % next.length]!;
            if (act === 'back') {
              said.pop();
              continue;
            }
            said.push(act);
            const after = progressOf(way, of, said);
            assert.notDeepEqual([after.state, after.count], ['to-do', 0]);
            assert.ok(after.count <= Math.max(of, 1) || way === 'once' || way === 'test' || way === 'imaging');
            assert.deepEqual(progressOf(way, of, said.slice(0, -1)), now);
            assert.ok(!nextActs(way, after).includes('session') || after.count < of);
          }
        },
      ),
    );
  });
});
