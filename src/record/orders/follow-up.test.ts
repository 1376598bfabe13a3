import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import fc from 'fast-check';
import { newPractice, type TestPerson, type TestPractice } from '../../../test/app.ts';
import { reportText } from './report.rules.ts';

// biome-ignore lint/suspicious/noExplicitAny: answers of every shape
type Json = any;
const ok = (answer: { status: number; text: string; body: Json }): Json => {
  if (answer.status >= 300) throw new Error(`${answer.status} ${answer.text}`);
  return answer.body;
};
const course = { kind: 'physio', label: 'Rééducation de l’épaule', quantity: 3, reason: 'capsulite' };
const ramipril = {
  kind: 'medicine',
  label: 'SECRET-RAMIPRIL 5 mg',
  instructions: '1 comprimé le matin',
  duration: { value: 20, unit: 'd' },
  follow: true,
};

describe('what becomes of a prescription: its report, its renewal', () => {
  let practice: TestPractice;
  let doctor: TestPerson;
  let physio: TestPerson;
  let nurse: TestPerson;
  let pharmacist: TestPerson;
  let speech: TestPerson;
  let secretary: TestPerson;
  let outsider: TestPerson;
  let stranger: TestPerson;
  let count = 0;
  before(async () => {
    practice = await newPractice('Maison des suites');
    doctor = await practice.person('physician', { family: 'Kermarrec', given: 'Anne' });
    physio = await practice.person('physiotherapist', { family: 'Morvan', given: 'Paul' });
    nurse = await practice.person('nurse');
    pharmacist = await practice.person('pharmacist', { family: 'Riou', given: 'Maël' });
    speech = await practice.person('speech-therapist');
    secretary = await practice.person('medical-secretary');
    outsider = await practice.person('physician');
    stranger = await (await newPractice()).person('physician');
  });
  async function newPatient(...team: TestPerson[]): Promise<string> {
    count++;
    const { id } = ok(
      await doctor.send('POST', '/api/patients', {
        birthFamily: `Suivet${'abcdefghij'[count % 10]}`,
        birthGivens: 'Yvonne',
        birthDate: `${String((count % 27) + 1).padStart(2, '0')}/04/1948`,
        sex: 'female',
      }),
    );
    for (const one of team)
      ok(await doctor.send('POST', `/api/patients/${id}/team`, { practitioner: one.practitioner }));
    return id;
  }
  const at = (patient: string, more = '') => `/api/patients/${patient}/orders${more}`;
  const sign = async (patient: string, lines: object[], more: object = {}) =>
    ok(await doctor.send('POST', at(patient), { lines, ...more }));
  const lineOf = async (who: TestPerson, patient: string, label: string): Promise<Json> =>
    ok(await who.send('GET', at(patient)))
      .prescriptions.flatMap((one: Json) => one.lines)
      .find((one: Json) => one.label.startsWith(label));
  const held = async (patient: string, task: string, version: number): Promise<Json> =>
    ok(await physio.send('POST', at(patient, `/follow/${task}`), { version, act: 'session' }));
  const words = {
    findings: 'Gain de 40 degrés en élévation.',
    outcome: 'Épaule indolore, reprise du jardin.',
    next: 'Autoentretien.',
  };

  test('DOS-14 whose act a line is: of whoever does it, not of the physician who asked; of the prescriber where nobody of a team does it', async () => {
    const patient = await newPatient(physio, nurse, secretary);
    await sign(patient, [
      course,
      { kind: 'optical', label: 'Verres correcteurs, vision de loin' },
      { kind: 'biology', label: 'Ionogramme sanguin' },
    ]);
    const seen = async (who: TestPerson) =>
      Promise.all(
        ['Rééducation', 'Verres', 'Ionogramme'].map(async (label) => {
          const { status } = await lineOf(who, patient, label);
          return [status.ofMine, status.acts.length > 0];
        }),
      );
    // The physician may say all of it; only the glasses are hers to say.
    assert.deepEqual(await seen(doctor), [
      [false, true],
      [true, true],
      [false, true],
    ]);
    assert.deepEqual((await seen(physio))[0], [true, true]);
    assert.deepEqual((await seen(nurse))[2], [true, true]);
    assert.deepEqual((await seen(nurse))[0], [false, false]);
    for (const { ofMine } of ok(await secretary.send('GET', at(patient))).wordless) assert.equal(ofMine, false);
  });

  test('DOS-14 the report at the end of a course is written from its order: filed, tied to the request, waiting for its prescriber, and it closes the line', async () => {
    const patient = await newPatient(physio, nurse);
    const [{ id: request, status }] = (await sign(patient, [course])).lines;
    const report = (who: TestPerson, version: number, body: object = words) =>
      who.send('POST', at(patient, `/follow/${status.task}/report`), { version, ...body });
    const early = await report(physio, status.version);
    assert.deepEqual([early.status, early.body.code], [409, 'no-session'], 'a report says sessions');
    let now = await held(patient, status.task, status.version);
    now = await held(patient, status.task, now.version);
    assert.equal(now.mayReport, true);
    for (const body of [
      {},
      { ...words, findings: ' ' },
      { ...words, outcome: 12 },
      { ...words, findings: 'x'.repeat(6001) },
    ])
      assert.equal((await report(physio, now.version, body)).status, 422, JSON.stringify(body).slice(0, 50));
    const stale = await report(physio, status.version);
    assert.deepEqual([stale.status, stale.body.code], [409, 'edited-meanwhile']);
    assert.equal((await report(nurse, now.version)).status, 403, 'not by whoever does not do it');
    for (const who of [stranger, outsider, secretary])
      assert.ok([403, 404].includes((await report(who, now.version)).status));
    assert.equal(
      ok(await doctor.send('GET', `/api/patients/${patient}/letters`)).letters.length,
      0,
      'nothing was written',
    );

    const done = ok(await report(physio, now.version));
    assert.deepEqual(
      [done.state, done.stateLabel, done.report.who.name, done.mayReport],
      ['done', 'Fait', 'Paul Morvan', false],
    );
    assert.equal(ok(await doctor.send('GET', `/fhir/R4/ServiceRequest/${request}`)).status, 'completed');
    const letter = ok(await doctor.send('GET', `/api/patients/${patient}/letters/${done.report.id}`));
    assert.deepEqual(
      [letter.title, letter.status, letter.recipients],
      ['Compte rendu de fin de séances : Rééducation de l’épaule', 'final', ['Anne Kermarrec']],
    );
    assert.match(
      letter.body.text,
      /^Vous avez prescrit le \d\d\/\d\d\/\d{4} : Rééducation de l’épaule, pour capsulite\. 2 séances sur 3 ont été réalisées, le .*Gain de 40 degrés.*Autoentretien\.$/s,
    );
    const document = ok(await doctor.send('GET', `/fhir/R4/DocumentReference/${done.report.id}`));
    assert.deepEqual(document.context.related, [{ reference: `ServiceRequest/${request}` }]);
    const waiting = ok(await doctor.send('GET', '/api/documents/to-read')).lines.filter(
      (one: Json) => one.patient.id === patient,
    );
    assert.deepEqual(
      waiting.map((one: Json) => one.id),
      [done.report.id],
      'among the documents that the prescriber has to read',
    );
    assert.equal((await lineOf(doctor, patient, 'Rééducation')).status.report.id, done.report.id);
    const twice = await report(physio, done.version);
    assert.deepEqual([twice.status, twice.body.code], [409, 'reported']);
    // Another patient's line, a line that is no course.
    const other = await newPatient(physio);
    assert.ok(
      [404, 422].includes(
        (await physio.send('POST', at(other, `/follow/${status.task}/report`), { version: done.version, ...words }))
          .status,
      ),
    );
    const [biology] = (await sign(patient, [{ kind: 'biology', label: 'HbA1c' }])).lines;
    assert.equal(
      (
        await doctor.send('POST', at(patient, `/follow/${biology.status.task}/report`), {
          version: biology.status.version,
          ...words,
        })
      ).status,
      422,
    );
  });

  test('DOS-14 COO-7 a renewal is asked of the prescriber in one press, seen on their day, renewed, and told back to who asked', async () => {
    const patient = await newPatient(physio, pharmacist, speech, nurse);
    const [medicine, sessions] = (await sign(patient, [ramipril, { ...course, quantity: 12 }])).lines;
    const ask = (who: TestPerson, line: Json, body: object = {}) =>
      who.send('POST', at(patient, `/follow/${line.status.task}/ask-renewal`), {
        version: line.status.version,
        ...body,
      });
    // Who may not: the prescriber renews, a course that has just begun asks for nothing, whoever does not see the line, or is not there.
    const own = await ask(doctor, medicine);
    assert.deepEqual([own.status, own.body.code], [409, 'not-now']);
    assert.equal((await ask(physio, sessions)).status, 409);
    for (const who of [speech, secretary, outsider, stranger])
      assert.ok([403, 404].includes((await ask(who, medicine)).status));
    for (const body of [{ version: 'un' }, { words: 'x'.repeat(1001) }, { back: 'oui' }])
      assert.equal((await ask(pharmacist, medicine, body)).status, 422);
    assert.equal((await ask(pharmacist, medicine, { version: medicine.status.version + 1 })).status, 409);
    assert.equal((await lineOf(pharmacist, patient, 'SECRET')).status.renewal.mayAsk, true);

    const asked = ok(await ask(pharmacist, medicine, { words: 'Il reste trois jours.' }));
    assert.deepEqual(
      [asked.renewal.mayAsk, asked.renewal.asked.who.name, asked.renewal.asked.mine],
      [false, 'Maël Riou', true],
    );
    const again = await ask(nurse, await lineOf(nurse, patient, 'SECRET'));
    assert.deepEqual([again.status, again.body.code], [409, 'asked']);
    // On the prescriber's day: among the tasks, with what it is, and among what is to be renewed; the secretariat reads no word of it.
    const mine = ok(await doctor.send('GET', '/api/tasks?view=mine')).tasks.filter(
      (one: Json) => one.patient?.id === patient,
    );
    assert.deepEqual(
      mine.map((one: Json) => [one.kind, one.title, one.detail, one.renews, one.may.done, one.may.refuse]),
      [
        [
          'renewal',
          'Renouvellement demandé : SECRET-RAMIPRIL 5 mg',
          'Il reste trois jours.',
          `MedicationRequest/${medicine.id}`,
          false,
          true,
        ],
      ],
    );
    assert.ok(
      ok(await doctor.send('GET', '/api/orders?view=renew')).lines.some(
        (one: Json) => one.line?.id === medicine.id && one.status.renewal.asked.who.name === 'Maël Riou',
      ),
    );
    for (const who of [secretary, speech])
      for (const path of ['/api/tasks?view=team', '/api/tasks?view=mine', at(patient), `/api/tasks/${mine[0].id}`])
        assert.ok(!(await who.send('GET', path)).text.includes('SECRET'), path);

    // Taken back by who asked, and by nobody else; then asked again.
    assert.equal((await ask(nurse, await lineOf(nurse, patient, 'SECRET'), { back: true })).status, 403);
    const back = ok(await ask(pharmacist, await lineOf(pharmacist, patient, 'SECRET'), { back: true }));
    assert.deepEqual([back.renewal.asked, back.renewal.mayAsk], [null, true]);
    assert.equal(ok(await pharmacist.send('GET', `/api/tasks/${mine[0].id}`)).state, 'cancelled');
    ok(await ask(pharmacist, await lineOf(pharmacist, patient, 'SECRET')));
    // Renewed: the task is done, and comes back to who asked.
    const renewal = await sign(patient, [{ ...medicine.body, renews: `MedicationRequest/${medicine.id}` }]);
    const told = ok(await pharmacist.send('GET', '/api/tasks?view=asked')).tasks.filter(
      (one: Json) => one.patient?.id === patient && one.unread,
    );
    assert.deepEqual(
      told.map((one: Json) => [one.state, one.owner.name]),
      [['completed', 'Anne Kermarrec']],
    );
    assert.equal((await lineOf(pharmacist, patient, 'SECRET')).status.renewal.asked, null);
    // What renewed it is taken back: it runs out as before, and is asked for again.
    ok(
      await doctor.send('POST', at(patient, `/${renewal.id}/cancel`), { version: renewal.version, reason: 'trop tôt' }),
    );
    const before = ok(await pharmacist.send('GET', at(patient)))
      .prescriptions.flatMap((one: Json) => one.lines)
      .find((one: Json) => one.id === medicine.id);
    assert.deepEqual([before.status.renewal.asked, before.status.renewal.mayAsk], [null, true]);
    ok(await ask(pharmacist, before));
  });

  test('DOS-14 COO-7 a renewal that is refused is told with its reason, and may be asked again; «ne pas renouveler» answers too', async () => {
    const patient = await newPatient(pharmacist);
    const [medicine, second] = (await sign(patient, [ramipril, { ...ramipril, label: 'Amlodipine 5 mg' }])).lines;
    const ask = async (label: string) =>
      ((line: Json) =>
        pharmacist.send('POST', at(patient, `/follow/${line.status.task}/ask-renewal`), {
          version: line.status.version,
        }))(await lineOf(pharmacist, patient, label));
    ok(await ask('SECRET'));
    const [task] = ok(await doctor.send('GET', '/api/tasks?view=mine')).tasks.filter(
      (one: Json) => one.patient?.id === patient,
    );
    assert.equal(
      (await doctor.send('POST', `/api/tasks/${task.id}/done`, { version: task.version })).status,
      403,
      'it is renewed on the prescription',
    );
    ok(
      await doctor.send('POST', `/api/tasks/${task.id}/refuse`, {
        version: task.version,
        reason: 'À revoir en consultation.',
      }),
    );
    const line = await lineOf(pharmacist, patient, 'SECRET');
    assert.deepEqual(
      [line.status.renewal.asked, line.status.renewal.mayAsk],
      [null, true],
      'refused: it may be asked again',
    );
    ok(await ask('Amlodipine'));
    const now = await lineOf(doctor, patient, 'Amlodipine');
    ok(await doctor.send('POST', at(patient, `/follow/${second.status.task}/stop`), { version: now.status.version }));
    const told = ok(await pharmacist.send('GET', '/api/tasks?view=asked')).tasks.filter(
      (one: Json) => one.patient?.id === patient,
    );
    assert.deepEqual(
      told.map((one: Json) => [one.state, one.unread]),
      [
        ['rejected', true],
        ['rejected', true],
      ],
    );
    assert.equal((await ask('Amlodipine')).status, 409);
    assert.ok(medicine.id);
  });

  test('DOS-14 COO-7 of a line that is stopped or cancelled while its renewal is asked nothing is asked any more: the request leaves the prescriber’s tasks', async () => {
    const patient = await newPatient(pharmacist);
    const made = await sign(patient, [ramipril, { ...ramipril, label: 'Amlodipine 5 mg' }]);
    const waiting = async (): Promise<Json[]> =>
      ok(await doctor.send('GET', '/api/tasks?view=mine')).tasks.filter((one: Json) => one.patient?.id === patient);
    for (const label of ['SECRET', 'Amlodipine']) {
      const { status } = await lineOf(pharmacist, patient, label);
      ok(await pharmacist.send('POST', at(patient, `/follow/${status.task}/ask-renewal`), { version: status.version }));
    }
    assert.equal((await waiting()).length, 2);
    const [first, second] = made.lines;
    ok(
      await doctor.send('POST', `/api/patients/${patient}/treatments/entries/${first.type}/${first.id}`, {
        act: 'stop',
        version: first.version,
        reason: 'Toux',
      }),
    );
    assert.deepEqual(
      (await waiting()).map((one) => one.renews),
      [`${second.type}/${second.id}`],
    );
    assert.equal((await lineOf(pharmacist, patient, 'SECRET')).status.renewal.asked, null);
    const { version } = ok(await doctor.send('GET', at(patient))).prescriptions.find((one: Json) => one.id === made.id);
    ok(await doctor.send('POST', at(patient, `/${made.id}/cancel`), { version, reason: 'Autre patient' }));
    assert.deepEqual(await waiting(), []);
    assert.deepEqual(
      ok(await pharmacist.send('GET', '/api/tasks?view=asked'))
        .tasks.filter((one: Json) => one.patient?.id === patient)
        .map((one: Json) => one.state),
      ['cancelled', 'cancelled'],
      'whoever asked sees what became of it',
    );
  });
});

test('DOS-14 a report counts its sessions, says their days in order, and keeps the words of the carer', () => {
  fc.assert(
    fc.property(
      fc.uniqueArray(fc.integer({ min: 1, max: 28 }), { minLength: 1, maxLength: 20 }),
      fc.constantFrom('séance', 'passage'),
      (days, unit) => {
        const text = reportText({
          label: 'Soin',
          unit,
          prescribed: '2026-10-01T09:00:00Z',
          sessions: days.map((day) => `2026-11-${String(day).padStart(2, '0')}T10:00:00Z`),
          of: 20,
          reason: '',
          findings: 'Mieux.',
          outcome: 'Bien.',
          next: '',
        });
        assert.match(
          text,
          new RegExp(
            `${days.length} ${unit}${days.length > 1 ? 's' : ''} sur 20 ${days.length > 1 ? 'ont été' : 'a été'} réalisé${unit === 'séance' ? 'e' : ''}${days.length > 1 ? 's' : ''}, `,
          ),
        );
        assert.ok(text.includes('Mieux.') && text.includes('Bien.') && !text.includes('Suite proposée'));
      },
    ),
  );
});
