/** Laboratory results (DOS-11): entry, flags, who acknowledges, trends; who may not. */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { before, describe, test } from 'node:test';
import { anyone, newPractice, testHouse, type TestPerson, type TestPractice } from '../../../test/app.ts';
import { watchPracticeResults } from './watch.ts';
import { dayInFrance } from '../../platform/index.ts';

// biome-ignore lint/suspicious/noExplicitAny: answers of every shape
type Json = any;
const ok = (answer: { status: number; text: string; body: Json }): Json => {
  if (answer.status >= 300) throw new Error(`${answer.status} ${answer.text}`);
  return answer.body;
};

describe('laboratory results', () => {
  let practice: TestPractice;
  let doctor: TestPerson;
  let colleague: TestPerson;
  let nurse: TestPerson;
  let physio: TestPerson;
  let outsider: TestPerson;
  let secretary: TestPerson;
  let stranger: TestPerson;
  let count = 0;
  before(async () => {
    practice = await newPractice('Maison des résultats');
    doctor = await practice.person('physician', { family: 'Kermarrec', given: 'Anne' });
    colleague = await practice.person('physician', { family: 'Riou', given: 'Hélène' });
    nurse = await practice.person('nurse', { family: 'Abgrall', given: 'Soizic' });
    physio = await practice.person('physiotherapist', { family: 'Cozic', given: 'Maël' });
    outsider = await practice.person('physician', { family: 'Morvan', given: 'Ronan' });
    secretary = await practice.person('medical-secretary');
    stranger = await (await newPractice()).person('physician');
  });
  const letters = 'abcdefghij';
  async function newPatient(team: TestPerson[] = [nurse], more: object = {}): Promise<string> {
    count++;
    const made = ok(
      await doctor.send('POST', '/api/patients', {
        birthFamily: `Resultetto${letters[count % 10]}${letters[Math.floor(count / 10)]}`,
        birthGivens: 'Yvonne',
        birthDate: `${String((count % 27) + 1).padStart(2, '0')}/03/1948`,
        sex: 'female',
        ...more,
      }),
    );
    for (const one of [doctor, ...team])
      ok(
        await doctor.send('POST', `/api/patients/${made.id}/team`, {
          practitioner: one.practitioner,
          treating: one === doctor,
        }),
      );
    return made.id;
  }
  const at = (patient: string, more = '') => `/api/patients/${patient}/results${more}`;
  const value = (code: string | null, amount: number | string, more: object = {}) => ({ code, value: amount, ...more });
  const add = async (who: TestPerson, patient: string, values: object[], more: object = {}): Promise<Json> =>
    ok(await who.send('POST', at(patient), { values, ...more })).lines;
  const page = async (who: TestPerson, patient: string) => ok(await who.send('GET', at(patient)));
  const view = async (who: TestPerson, patient: string, id: string) => ok(await who.send('GET', at(patient, `/${id}`)));
  const waiting = async (who: TestPerson) => ok(await who.send('GET', '/api/results/waiting')).lines as Json[];
  const row = (shown: Json, code: string): Json => shown.rows.find((one: Json) => one.code === code);
  const resource = async (who: TestPerson, type: string, id: string) =>
    ok(await who.send('GET', `/fhir/R4/${type}/${id}`));

  test('DOS-11 SEC-3 a report marked as sensitive, or no longer, by a correction marks all its values alike; a value added to it is marked too', async () => {
    const patient = await newPatient();
    const report = (await add(doctor, patient, [value('2823-3', '4,4')])).find(
      (one: Json) => one.type === 'DiagnosticReport',
    );
    const marks = async () => {
      const house = (await testHouse()).fhir.asSystem(practice.tenant, 'test');
      const { resources } = await house.search('Observation', [['patient', patient]]);
      return Object.fromEntries(
        resources.map(({ resource: one }) => [one.code.coding?.[0]?.code, one.meta?.security?.[0]?.code ?? 'open']),
      );
    };
    const correct = async (version: number, values: object[], more: object) =>
      ok(await doctor.send('PUT', at(patient, `/${report.id}`), { version, values, reason: 'Relu', ...more }));
    await correct(1, [value('2823-3', '4,4')], { sensitive: 'mental-health' });
    assert.deepEqual(await marks(), { '2823-3': 'PSY' });
    await correct(2, [value('2823-3', '4,4'), value('2951-2', 138)], {});
    assert.deepEqual(await marks(), { '2823-3': 'PSY', '2951-2': 'PSY' });
    await correct(3, [value('2823-3', '4,4'), value('2951-2', 138)], { sensitive: null });
    assert.deepEqual(await marks(), { '2823-3': 'open', '2951-2': 'open' });
  });

  test('DOS-11 a nurse types a panel; flags, ranges of the report, what is worked out, and FHIR as it should be', async () => {
    const patient = await newPatient();
    const lines = await add(
      nurse,
      patient,
      [
        value('718-7', '11,2', { unit: 'g/dL', low: 12, high: 16 }),
        value('14682-9', '12', { unit: 'mg/L' }),
        value('2823-3', '6,4'),
        value('777-3', 250),
        value(null, '25', { label: 'Facteur V', unit: '%', low: 70, high: 120 }),
      ],
      { panel: 'nfs', lab: 'Laboratoire Bio-Abers', at: 'hier 08:15', comment: 'Sérum non hémolysé.' },
    );
    const report = lines.find((one: Json) => one.type === 'DiagnosticReport');
    const shown = await view(doctor, patient, report.id);
    const said = Object.fromEntries(shown.values.map((one: Json) => [one.label, [one.text, one.unit, one.flag]]));
    assert.deepEqual(said.Hémoglobine, ['11,2', 'g/dL', 'low'], 'the report’s own range');
    assert.deepEqual(said.Créatinine, ['106', 'µmol/L', 'high'], 'in the unit of the row');
    assert.deepEqual(said.Potassium, ['6,4', 'mmol/L', 'critical-high']);
    assert.deepEqual(said.Plaquettes, ['250', 'G/L', 'normal']);
    assert.deepEqual(
      ['Hémoglobine', 'Potassium', 'Facteur V'].map(
        (label) => shown.values.find((one: Json) => one.label === label).referenceFrom,
      ),
      ['report', 'usual', 'report'],
      'whose range it is',
    );
    assert.deepEqual(said['Facteur V'], ['25', '%', 'low'], 'what is not known here keeps its name and its range');
    assert.match(said['DFG estimé (CKD-EPI)'][0], /^4\d$/);
    assert.equal(shown.values.find((one: Json) => one.code === '62238-1').computed, 'CKD-EPI 2009');
    assert.equal(shown.values.find((one: Json) => one.code === '14682-9').given, '12 mg/L');
    assert.deepEqual(
      [
        shown.label,
        shown.lab,
        shown.critical,
        shown.who.name,
        shown.acknowledgement.waiting,
        shown.acknowledgement.by.name,
      ],
      ['NFS', 'Laboratoire Bio-Abers', true, 'Soizic Abgrall', true, 'Anne Kermarrec'],
      'the treating physician must acknowledge what a nurse typed',
    );
    const fhir = await resource(doctor, 'DiagnosticReport', report.id);
    assert.deepEqual(
      [
        fhir.status,
        fhir.category[0].coding[0].code,
        fhir.code.coding[0].code,
        fhir.performer[0].display,
        fhir.resultsInterpreter[0].reference,
        fhir.conclusion,
      ],
      [
        'final',
        'LAB',
        '58410-2',
        'Laboratoire Bio-Abers',
        `Practitioner/${doctor.practitioner}`,
        'Sérum non hémolysé.',
      ],
    );
    assert.ok(fhir.issued && fhir.result.length === 6);
    const potassium = await resource(
      doctor,
      'Observation',
      lines.find(
        (one: Json) =>
          one.type === 'Observation' &&
          one.id === shown.values.find((each: Json) => each.code === '2823-3').observation,
      ).id,
    );
    assert.deepEqual(
      [
        potassium.interpretation[0].coding[0].code,
        potassium.code.coding[0].code,
        potassium.valueQuantity.code,
        potassium.category[0].coding[0].code,
        potassium.specimen.display,
      ],
      ['HH', '2823-3', 'mmol/L', 'laboratory', 'Sang veineux'],
    );
    const egfr = await resource(
      doctor,
      'Observation',
      shown.values.find((one: Json) => one.code === '62238-1').observation,
    );
    assert.deepEqual([egfr.method.text, egfr.derivedFrom.length], ['Calculé : CKD-EPI 2009', 1]);
    // The summary's card and the curve say the same.
    const record = ok(await doctor.send('GET', `/api/patients/${patient}/record`));
    assert.equal(record.results[0].values.find((one: Json) => one.code === '14682-9').text, '106');
    assert.equal(
      ok(await doctor.send('GET', `/api/patients/${patient}/measures/14682-9`)).points[0].values[0].value,
      106.08,
    );
    const from = async (code: string) =>
      ok(await doctor.send('GET', `/api/patients/${patient}/measures/${code}`)).components[0].reference.from;
    assert.deepEqual([await from('718-7'), await from('2823-3')], ['report', 'usual']);
  });

  test('DOS-11 analytes by dates: trend with earlier results in whatever unit, loose measures in their day, critical first', async () => {
    const patient = await newPatient();
    await add(
      doctor,
      patient,
      [value('1558-6', '7,0', { unit: 'mmol/L', low: 4.1, high: 5.9 }), value('2823-3', '4,2')],
      { at: '10/01/2026', panel: 'glycemie' },
    );
    await add(
      doctor,
      patient,
      [value('1558-6', '1,10', { unit: 'g/L', low: 0.7, high: 1.1 }), value('2823-3', '6,8'), value('4548-4', '8,1')],
      { at: '10/06/2026' },
    );
    ok(
      await doctor.send('POST', `/api/patients/${patient}/measures`, {
        at: '12/07/2026',
        values: [{ code: '4548-4', value: '7,4' }],
      }),
    );
    const shown = await page(nurse, patient);
    assert.deepEqual(
      shown.columns.map((one: Json) => [one.at.slice(0, 10), one.report?.label ?? null]),
      [
        ['2026-07-12', null],
        ['2026-06-10', 'Biologie'],
        ['2026-01-10', 'Glycémie et HbA1c'],
      ],
    );
    assert.deepEqual(
      row(shown, '1558-6').cells.map((one: Json) => one && [one.text, one.flag, one.given]),
      [null, ['1,10', 'normal', ''], ['1,26', 'high', '7 mmol/L']],
    );
    assert.deepEqual(
      row(shown, '4548-4').cells.map((one: Json) => one?.text ?? null),
      ['7,4', '8,1', null],
    );
    assert.deepEqual(shown.attention.map((one: Json) => [one.code, one.cell.flag]).slice(0, 2), [
      ['2823-3', 'critical-high'],
      ['4548-4', 'high'],
    ]);
    assert.equal(shown.attention[0].direction, 'up');
    assert.deepEqual([shown.canAdd, shown.canAcknowledge], [true, false]);
    const one = await view(nurse, patient, shown.columns[1].key);
    assert.deepEqual(one.values.find((each: Json) => each.code === '1558-6').earlier.text, '1,26 g/L');
  });

  test('DOS-11 codes of other programs and of earlier versions mean the analyte they are the code of: one row, one curve; a percentile of the body mass index is no body mass index', async () => {
    const patient = await newPatient();
    const send = (code: string, system: string, amount: number, unit: string, day: string) =>
      doctor.send('POST', '/fhir/R4/Observation', {
        resourceType: 'Observation',
        status: 'final',
        category: [
          { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/observation-category', code: 'laboratory' }] },
        ],
        code: { coding: [{ system, code }], text: code },
        subject: { reference: `Patient/${patient}` },
        effectiveDateTime: day,
        valueQuantity: { value: amount, unit, system: 'http://unitsofmeasure.org', code: unit },
      });
    const loinc = 'http://loinc.org';
    const sent: [string, string, number, string, string][] = [
      ['26499-4', loinc, 5.1, '10*3/uL', '2026-01-05'],
      ['751-8', loinc, 4.2, '10*3/uL', '2026-02-05'],
      ['x-tca', 'urn:estran:analyte', 1.1, '{ratio}', '2026-01-05'],
      ['63561-5', loinc, 1.4, '{ratio}', '2026-02-05'],
      ['1989-3', loinc, 20, 'ng/mL', '2026-01-05'],
      ['68438-1', loinc, 75, 'nmol/L', '2026-02-05'],
      ['59576-9', loinc, 97, '%', '2026-02-05'],
    ];
    for (const one of sent) assert.equal((await send(...one)).status, 201, one[0]);
    const shown = await page(doctor, patient);
    const texts = (code: string) => row(shown, code).cells.map((one: Json) => one?.text ?? null);
    assert.deepEqual(
      [texts('751-8'), texts('63561-5'), texts('62292-8')],
      [
        ['4,20', '5,10'],
        ['1,40', '1,10'],
        ['30', '20'],
      ],
    );
    assert.equal(ok(await doctor.send('GET', `/api/patients/${patient}/measures/63561-5`)).points.length, 2);
    assert.equal((await doctor.send('GET', `/api/patients/${patient}/measures/39156-5`)).body.points?.length ?? 0, 0);
  });

  test('DOS-11 acknowledgement by a named professional, with the decision; not by a nurse, nor by two at once; undone for ten seconds', async () => {
    const patient = await newPatient([nurse, colleague]);
    const [report] = await add(nurse, patient, [value('2951-2', '132')]);
    assert.ok((await waiting(doctor)).some((one) => one.id === report.id));
    assert.ok(!(await waiting(colleague)).some((one) => one.id === report.id), 'it is not theirs');
    const refused = await nurse.send('POST', at(patient, `/${report.id}/acknowledge`), { version: report.version });
    assert.equal(refused.status, 403);
    assert.equal(
      (
        await nurse.send('POST', `/api/patients/${patient}/entries/DiagnosticReport/${report.id}/read`, {
          version: report.version,
        })
      ).status,
      403,
      'nor by another way',
    );
    const both = await Promise.all(
      [doctor, colleague].map((who) =>
        who.send('POST', at(patient, `/${report.id}/acknowledge`), {
          version: report.version,
          decision: 'Contrôle dans un mois.',
        }),
      ),
    );
    assert.deepEqual(both.map(({ status }) => status).sort(), [200, 409]);
    const after = await view(nurse, patient, report.id);
    assert.equal(after.acknowledgement.done.length, 1);
    assert.deepEqual(
      [after.acknowledgement.waiting, after.acknowledgement.done[0].decision, after.status],
      [false, 'Contrôle dans un mois.', 'final'],
      'what the laboratory said is not corrected by being acknowledged',
    );
    assert.ok(!(await waiting(doctor)).some((one) => one.id === report.id));
    const winner = both[0]!.status === 200 ? doctor : colleague;
    ok(
      await winner.send('POST', `/api/patients/${patient}/undo`, {
        entries: [{ type: 'DiagnosticReport', id: report.id, version: after.version }],
      }),
    );
    assert.equal((await view(nurse, patient, report.id)).acknowledgement.waiting, true);
    assert.ok((await waiting(doctor)).some((one) => one.id === report.id));
  });

  test('DOS-11 critical results: first in the list, words needed, never in bulk; normal ones go together', async () => {
    const patient = await newPatient();
    const [normal] = await add(nurse, patient, [value('2951-2', '140'), value('2823-3', '4,1')]);
    const [low] = await add(nurse, patient, [value('718-7', '11')]);
    const [critical] = await add(nurse, patient, [value('2823-3', '6,8')]);
    const [said] = await add(nurse, patient, [value('2823-3', '4,0')], {
      comment: 'Prélèvement hémolysé, à contrôler.',
    });
    const mine = (await waiting(doctor)).filter((one) => one.patient.id === patient);
    assert.equal(mine[0].id, critical.id);
    assert.deepEqual(
      [mine.find((one) => one.id === normal.id).allNormal, mine.find((one) => one.id === said.id).allNormal],
      [true, false],
    );
    const bulk = ok(
      await doctor.send('POST', '/api/results/acknowledge', {
        results: [normal, low, critical, said].map((one: Json) => ({ patient, id: one.id, version: one.version })),
      }),
    );
    assert.deepEqual(
      [bulk.lines.map((one: Json) => one.id), bulk.left.map((one: Json) => one.id)],
      [[normal.id], [low.id, critical.id, said.id]],
    );
    assert.equal(
      (await nurse.send('POST', '/api/results/acknowledge', { results: [{ patient, id: low.id, version: 1 }] })).status,
      403,
    );
    const silent = await doctor.send('POST', at(patient, `/${critical.id}/acknowledge`), { version: critical.version });
    assert.deepEqual([silent.status, silent.body.code], [422, 'critical']);
    ok(
      await doctor.send('POST', at(patient, `/${critical.id}/acknowledge`), {
        version: critical.version,
        decision: 'Patiente appelée, ramipril arrêté, contrôle demain.',
      }),
    );
    const bodies = [{}, { results: [] }, { results: 'x' }, { results: [{ patient: '../x', id: 'a', version: 1 }] }];
    for (const body of bodies) assert.equal((await doctor.send('POST', '/api/results/acknowledge', body)).status, 422);
    const elsewhere = ok(
      await doctor.send('POST', '/api/results/acknowledge', {
        results: [{ patient: 'nobody', id: 'nothing', version: 1 }],
      }),
    );
    assert.equal(elsewhere.left.length, 1);
  });

  test('DOS-11 COO-8 whoever stands in during an absence sees the results and acknowledges in their place', async () => {
    const patient = await newPatient([nurse, colleague]);
    const [report] = await add(nurse, patient, [value('2823-3', '6,9')], { reader: doctor.practitioner });
    const day = (days: number) => dayInFrance(new Date(Date.now() + days * 86_400_000));
    const absence = ok(
      await doctor.send('POST', '/api/messages/absences', {
        from: day(0),
        until: day(3),
        standIn: colleague.practitioner,
      }),
    );
    const line = (await waiting(colleague)).find((one) => one.id === report.id);
    assert.equal(line.inPlaceOf.name, 'Anne Kermarrec');
    ok(
      await colleague.send('POST', at(patient, `/${report.id}/acknowledge`), {
        version: report.version,
        decision: 'Adressée aux urgences.',
      }),
    );
    const after = await view(nurse, patient, report.id);
    assert.deepEqual(
      [after.acknowledgement.done[0].who.name, after.acknowledgement.done[0].inPlaceOf.name],
      ['Hélène Riou', 'Anne Kermarrec'],
    );
    ok(await doctor.send('POST', `/api/messages/absences/${absence.id}/end`, {}));
  });

  test('DOS-11 COO-7 a critical result that nobody acknowledges becomes a task of the care team, once, and the task is over when someone does', async () => {
    const patient = await newPatient();
    const [report] = await add(nurse, patient, [value('718-7', '6,1')]);
    await watchPracticeResults(await jobRoom(1), practice.tenant);
    const tasks = async () =>
      (ok(await nurse.send('GET', `/api/tasks?view=team&patient=${patient}`)).tasks as Json[]).filter((one) =>
        /critique/.test(one.title ?? ''),
      );
    assert.equal((await tasks()).length, 0);
    await watchPracticeResults(await jobRoom(3), practice.tenant);
    await watchPracticeResults(await jobRoom(4), practice.tenant);
    const [task, another] = await tasks();
    assert.ok(task && !another);
    assert.match(task.title, /Résultat critique à valider : Hémoglobine 6,1 g\/dL/);
    assert.equal(task.priority, 'urgent');
    assert.ok((await waiting(doctor)).find((one) => one.id === report.id).escalated);
    ok(
      await doctor.send('POST', at(patient, `/${report.id}/acknowledge`), {
        version: report.version,
        decision: 'Transfusion demain, adressée.',
      }),
    );
    assert.equal((await tasks()).length, 0);
  });

  test('DOS-16 what was just entered is taken back by its author, report and values; it waits for nobody any more', async () => {
    const patient = await newPatient();
    const lines = await add(nurse, patient, [value('2823-3', '6,9'), value('2951-2', '140')]);
    const entries = lines.map(({ type, id, version }: Json) => ({ type, id, version }));
    assert.equal(
      (await doctor.send('POST', `/api/patients/${patient}/undo`, { entries })).status,
      409,
      'by its author only',
    );
    ok(await nurse.send('POST', `/api/patients/${patient}/undo`, { entries }));
    assert.deepEqual(
      [(await page(nurse, patient)).columns, (await waiting(doctor)).filter((one) => one.id === lines[0].id)],
      [[], []],
    );
  });

  test('DOS-11 DOS-16 preliminary, then final, then corrected: the earlier value stays readable, and it must be acknowledged anew', async () => {
    const patient = await newPatient();
    const [report] = await add(nurse, patient, [value('2823-3', '5,9')], {
      status: 'preliminary',
      lab: 'Bio-Abers',
      number: 'A-12',
    });
    const first = await view(doctor, patient, report.id);
    assert.equal(first.partial, true);
    const observation = first.values[0].observation;
    const whole = ok(
      await nurse.send('PUT', at(patient, `/${report.id}`), {
        version: report.version,
        reason: 'Résultat complet',
        values: [value('2823-3', '5,9', { observation }), value('2951-2', '138')],
        lab: 'Bio-Abers',
        number: 'A-12',
      }),
    );
    const full = await view(doctor, patient, report.id);
    assert.deepEqual([full.partial, full.values.length, full.version], [false, 2, whole.lines[0].version]);
    const done = ok(
      await doctor.send('POST', at(patient, `/${report.id}/acknowledge`), {
        version: full.version,
        decision: 'Contrôle',
      }),
    ).lines[0];
    const stale = await nurse.send('PUT', at(patient, `/${report.id}`), {
      version: 1,
      reason: 'Correction',
      values: [value('2823-3', '4,9', { observation })],
    });
    assert.deepEqual([stale.status, stale.body.code], [409, 'edited-meanwhile']);
    ok(
      await nurse.send('PUT', at(patient, `/${report.id}`), {
        version: done.version,
        reason: 'Erreur du laboratoire',
        values: [value('2823-3', '4,9', { observation })],
      }),
    );
    const now = await view(doctor, patient, report.id);
    assert.deepEqual(
      [
        now.corrected,
        now.acknowledgement.waiting,
        now.reason,
        now.values.map((one: Json) => [one.text, one.before, one.observation]),
      ],
      [true, true, 'Erreur du laboratoire', [['4,9', '5,9 mmol/L', observation]]],
    );
    const versions = ok(
      await nurse.send('GET', `/api/patients/${patient}/entries/Observation/${observation}/versions`),
    );
    assert.ok(versions.versions.length >= 2);
    const fhir = await resource(doctor, 'DiagnosticReport', report.id);
    assert.deepEqual(
      [fhir.status, fhir.extension.some((one: Json) => one.url === 'urn:estran:read')],
      ['corrected', false],
    );
    // The same number again is not a second report.
    const again = await nurse.send('POST', at(patient), {
      values: [value('2823-3', '4,9')],
      lab: 'Bio-Abers',
      number: 'A-12',
    });
    assert.deepEqual([again.status, again.body.code, again.body.report], [409, 'already-here', report.id]);
  });

  test('DOS-11 a unit that is not known, or not one of this analyte, is asked about before it is kept; confirmed it is kept as it was typed, put right it has its code', async () => {
    const patient = await newPatient();
    const count = async () =>
      ok(await nurse.send('GET', `/fhir/R4/Observation?patient=${patient}&_summary=count`)).total;
    for (const [given, words] of [
      [value('2823-3', '4,1', { unit: 'bananes' }), /« bananes » n’est pas connue, d’ordinaire en mmol\/L/],
      [value(null, '25', { label: 'Facteur V', unit: 'bananes' }), /« bananes » n’est pas connue/],
      [value('2823-3', '4,1', { unit: 'g/L' }), /pas une unité de cette analyse/],
    ] as const) {
      const asked = await nurse.send('POST', at(patient), {
        values: [value('718-7', '12,1', { unit: 'g/dL' }), given],
      });
      assert.deepEqual(
        [asked.status, asked.body.title, asked.body.code, Object.keys(asked.body.fields)],
        [422, 'Unité à vérifier', 'implausible', ['values.1.unit']],
        asked.text,
      );
      assert.match(asked.body.fields['values.1.unit'], words);
    }
    assert.equal(await count(), 0, 'nothing was kept');
    const lines = await add(
      nurse,
      patient,
      [value('2823-3', '4,1', { unit: 'bananes' }), value(null, '25', { label: 'Facteur V', unit: 'kUI/L' })],
      { confirmed: true },
    );
    const shown = await view(doctor, patient, lines.find((one: Json) => one.type === 'DiagnosticReport').id);
    assert.deepEqual(
      shown.values.map((one: Json) => [one.label, one.text, one.unit]),
      [
        ['Potassium', '4,1', 'bananes'],
        ['Facteur V', '25', 'kUI/L'],
      ],
    );
    const right = await add(nurse, patient, [
      value('2823-3', '4,1', { unit: 'mEq/L' }),
      value('882-1', 'O positif', { unit: 'bananes' }),
    ]);
    assert.equal(row(await page(doctor, patient), '2823-3').unit, 'mmol/L', JSON.stringify(right));
  });

  test('DOS-11 a source that names another patient is refused unless confirmed; hostile and wrong bodies are 4xx and change nothing', async () => {
    const patient = await newPatient();
    const source = 'A1\nDUPONT\nJEAN\n1 rue\n\n29000 QUIMPER\n01/01/1950\nHémoglobine : 13,8 g/dL (12,0-16,0)';
    const body = { values: [value('718-7', '13,8')], source };
    const other = await nurse.send('POST', at(patient), body);
    assert.deepEqual([other.status, other.body.code], [422, 'other-patient']);
    const [kept] = ok(await nurse.send('POST', at(patient), { ...body, samePatient: true })).lines;
    assert.match((await view(nurse, patient, kept.id)).source, /DUPONT/);
    const many = Array.from({ length: 201 }, () => value('718-7', 12));
    const wrong: object[] = [
      {},
      { values: 'x' },
      { values: [] },
      { values: [value('718-7', '12,3,4')] },
      { values: [value('718-7', 12), value(null, 'x', { label: 'a\u0000b' })], comment: '\u0000' },
      { values: many },
      { values: [value('999-9', 1)] },
      { values: [value('718-7', '9999')] },
      { values: [value(null, 3)] },
      { values: [value('718-7', 12, { low: 5, high: 2 })] },
      { values: [value('718-7', 12)], at: 'demain' },
      { values: [value('718-7', 12)], panel: 'nope' },
      { values: [value('718-7', 12)], reader: nurse.practitioner },
      { values: [value('718-7', 12)], reader: stranger.practitioner },
      { values: [value('718-7', 12)], requests: ['nothing'] },
      { values: [value('718-7', 1e300)] },
      { values: [value('718-7', 12)], source: 'x'.repeat(200_001) },
      { values: [value(null, '<script>alert(1)</script>', { label: 'x'.repeat(400) })] },
    ];
    const before = (await page(nurse, patient)).columns.length;
    for (const one of wrong) {
      const answer = await nurse.send('POST', at(patient), one);
      assert.ok(answer.status >= 400 && answer.status < 500, `${answer.status} ${JSON.stringify(one).slice(0, 120)}`);
      assert.match(answer.text, /Rien n’a été|[A-Z]/);
    }
    for (const raw of ['{', 'null', '[]', '"x"'])
      assert.ok((await nurse.send('POST', at(patient), raw, { 'content-type': 'application/json' })).status < 500);
    assert.equal((await page(nurse, patient)).columns.length, before);
    for (const id of ['nothing', '../x', '%00', 'a'.repeat(200)])
      assert.ok([400, 404].includes((await nurse.send('GET', at(patient, `/${encodeURIComponent(id)}`))).status));
    const foreign = await newPatient();
    const [elsewhere] = await add(nurse, foreign, [value('718-7', 13)]);
    assert.equal((await nurse.send('GET', at(patient, `/${elsewhere.id}`))).status, 404, 'another patient’s');
    assert.equal(
      (
        await nurse.send('PUT', at(patient, `/${kept.id}`), {
          version: kept.version,
          reason: 'essai',
          values: [
            value('718-7', 12, { observation: (await view(nurse, foreign, elsewhere.id)).values[0].observation }),
          ],
        })
      ).status,
      404,
    );
  });

  test('DOS-11 SEC-3 who may not: nobody, another practice, a secretary, who is out of the team, who only reads', async () => {
    const patient = await newPatient([nurse, physio]);
    const [report] = await add(nurse, patient, [value('718-7', '6,2')]);
    assert.equal((await anyone('GET', at(patient))).status, 401);
    assert.equal((await anyone('GET', '/api/results/waiting')).status, 401);
    for (const [who, expected] of [
      [stranger, [403, 404]],
      [secretary, [403]],
      [outsider, [403]],
    ] as const)
      for (const [method, path, body] of [
        ['GET', ''],
        ['GET', `/${report.id}`],
        ['POST', '', { values: [value('718-7', 12)] }],
        ['PUT', `/${report.id}`, { version: 1, reason: 'essai', values: [] }],
        ['POST', `/${report.id}/acknowledge`, { version: 1, decision: 'x' }],
      ] as const) {
        const answer = await who.send(method, at(patient, path), body);
        assert.ok(
          (expected as readonly number[]).includes(answer.status),
          `${who.caller.profession} ${method} ${path} ${answer.status}`,
        );
        assert.ok(!answer.text.includes('Hémoglobine'));
      }
    assert.equal((await page(physio, patient)).rows.length > 0, true, 'a physiotherapist of the team reads');
    assert.equal(
      (await physio.send('POST', at(patient), { values: [value('718-7', 12)] })).status,
      403,
      'and does not write',
    );
    for (const who of [secretary, physio, nurse]) assert.deepEqual(await waiting(who), []);
    assert.ok(!(await waiting(outsider)).some((one) => one.id === report.id));
    // A patient who opposes: the line leaves the list at once.
    const opposed = await newPatient();
    const [theirs] = await add(nurse, opposed, [value('718-7', '6,2')], { reader: colleague.practitioner });
    assert.ok(!(await waiting(colleague)).some((one) => one.id === theirs.id));
  });

  test('DOS-11 what another program sends waits too: its reader, or the physician who follows the patient; critical ones are found', async () => {
    const patient = await newPatient();
    const send = await practice.client('system/*.cruds');
    const observation = ok(
      await send('POST', '/fhir/R4/Observation', {
        resourceType: 'Observation',
        status: 'final',
        category: [
          { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/observation-category', code: 'laboratory' }] },
        ],
        code: { coding: [{ system: 'http://loinc.org', code: '2823-3' }] },
        subject: { reference: `Patient/${patient}` },
        effectiveDateTime: new Date().toISOString(),
        valueQuantity: { value: 7.1, unit: 'mmol/L', system: 'http://unitsofmeasure.org', code: 'mmol/L' },
      }),
    );
    const report = ok(
      await send('POST', '/fhir/R4/DiagnosticReport', {
        resourceType: 'DiagnosticReport',
        status: 'final',
        category: [{ coding: [{ system: 'http://terminology.hl7.org/CodeSystem/v2-0074', code: 'LAB' }] }],
        code: { text: 'Ionogramme' },
        subject: { reference: `Patient/${patient}` },
        issued: new Date().toISOString(),
        result: [{ reference: `Observation/${observation.id}` }],
      }),
    );
    await watchPracticeResults(await jobRoom(), practice.tenant);
    const line = (await waiting(doctor)).find((one) => one.id === report.id);
    assert.deepEqual([line.critical, line.values[0].flag], [true, 'critical-high']);
    ok(await send('PUT', `/fhir/R4/DiagnosticReport/${report.id}`, { ...report, status: 'entered-in-error' }));
    assert.ok(!(await waiting(doctor)).some((one) => one.id === report.id));
  });
});

/** As main.ts gives it to the job of every minute. */
async function jobRoom(hours = 0) {
  const { db, fhir } = await testHouse();
  return { db, house: fhir.asSystem, now: () => new Date(Date.now() + hours * 3_600_000), standsFor: async () => [] };
}

const samples = new URL('../../../../shared/data/hprim-sante/', import.meta.url);
const there = (() => {
  try {
    return readdirSync(samples).filter((name) => /\.hp[rm]$/.test(name));
  } catch {
    return [];
  }
})();
test('DOS-11 files of laboratories as they are found are read without a word lost', {
  skip: there.length === 0 && 'no samples here',
}, async () => {
  const { readLabFile } = await import('../contract/results/read-hprim.rules.ts');
  for (const name of there) assert.ok(readLabFile(readFileSync(new URL(name, samples))).values.length > 0, name);
});
