import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import { newPractice, testHouse, type TestPerson, type TestPractice } from '../../../test/app.ts';
import { wordsOf } from '../../platform/pdf/pdf-words-for-tests.ts';
import { vaccineProducts } from '../data/vaccine-products.ts';
import { addMonths, today } from '../dates.rules.ts';

// biome-ignore lint/suspicious/noExplicitAny: answers of every shape
type Json = any;
const ok = (answer: { status: number; text: string; body: Json }): Json => {
  if (answer.status >= 300) throw new Error(`${answer.status} ${answer.text}`);
  return answer.body;
};
const french = (day: string): string => day.split('-').reverse().join('/');

describe('vaccines of a record', () => {
  let practice: TestPractice;
  let doctor: TestPerson;
  let nurse: TestPerson;
  let pharmacist: TestPerson;
  let midwife: TestPerson;
  let physio: TestPerson;
  let outsider: TestPerson;
  let secretary: TestPerson;
  let stranger: TestPerson;
  let count = 0;
  before(async () => {
    practice = await newPractice('Maison des vaccins');
    doctor = await practice.person('physician', { family: 'Kermarrec', given: 'Anne' });
    nurse = await practice.person('nurse', { family: 'Abgrall', given: 'Soizic' });
    pharmacist = await practice.person('pharmacist', { family: 'Le Dantec', given: 'Hugo' });
    midwife = await practice.person('midwife');
    physio = await practice.person('physiotherapist');
    outsider = await practice.person('physician');
    secretary = await practice.person('medical-secretary');
    stranger = await (await newPractice()).person('physician');
  });
  const now = today(new Date());
  async function newPatient(birth: string, ...team: TestPerson[]): Promise<string> {
    count++;
    const { id } = ok(
      await doctor.send('POST', '/api/patients', {
        birthFamily: `${['Vaccinetto', 'Piqurier', 'Doseval', 'Rappelec', 'Seringuet', 'Immunez', 'Carnetou', 'Bouclard'][count % 8]}${'abcdefghij'[Math.floor(count / 8)]}`,
        birthGivens: ['Lou', 'Nolwenn', 'Azenor'][count % 3],
        birthDate: french(birth),
        sex: 'female',
      }),
    );
    for (const one of team)
      ok(await doctor.send('POST', `/api/patients/${id}/team`, { practitioner: one.practitioner }));
    return id;
  }
  const give = async (who: TestPerson, id: string, body: object): Promise<Json> =>
    ok(await who.send('POST', `/api/patients/${id}/vaccines`, body)).lines[0];
  const book = async (who: TestPerson, id: string): Promise<Json> =>
    ok(await who.send('GET', `/api/patients/${id}/vaccine-book`));
  const row = (page: Json, target: string): Json => page.diseases.find((one: Json) => one.target === target);
  const fhir = async (who: TestPerson, path: string): Promise<Json> => ok(await who.send('GET', `/fhir/R4/${path}`));
  const hexyon = vaccineProducts.find(({ name }) => name === 'Hexyon')!;

  test('DOS-6 ECH-1 a box that was scanned: product, lot and expiry on the wire with NUVA first, ATC and CIP; a combined vaccine counts for each disease', async () => {
    const id = await newPatient(addMonths(now, -5), nurse);
    const line = await give(nurse, id, {
      vaccine: hexyon.nuva,
      cip: hexyon.cip[0],
      lot: 'U3K12A',
      expires: '05/2027',
      site: 'Cuisse droite',
      route: 'Intramusculaire',
      dose: '1',
      at: french(addMonths(now, -2)),
    });
    const resource = await fhir(doctor, `Immunization/${line.id}`);
    assert.deepEqual(resource.vaccineCode, {
      coding: [
        { system: 'http://smt.esante.gouv.fr/terminologie-nuva', code: hexyon.nuva, display: 'Hexyon' },
        { system: 'http://www.whocc.no/atc', code: 'J07CA09', display: 'Hexavalent DTCaP-Hib-HépB' },
        { system: 'urn:oid:1.2.250.1.213.2.3.2', code: hexyon.cip[0] },
      ],
      text: 'Hexyon',
    });
    assert.deepEqual(
      [
        resource.status,
        resource.lotNumber,
        resource.expirationDate,
        resource.primarySource,
        resource.site.coding[0].code,
        resource.route.coding[0].code,
        resource.protocolApplied[0].doseNumberPositiveInt,
        resource.performer[0].actor.reference,
      ],
      ['completed', 'U3K12A', '2027-05', true, 'RT', 'IM', 1, `Practitioner/${nurse.practitioner}`],
    );
    assert.equal(
      (
        await fhir(
          doctor,
          `Immunization?patient=${id}&vaccine-code=http://smt.esante.gouv.fr/terminologie-nuva|${hexyon.nuva}`,
        )
      ).entry.length,
      1,
    );
    const page = await book(doctor, id);
    for (const target of ['dtp', 'pertussis', 'hib', 'hepatitis-b'])
      assert.deepEqual(
        [row(page, target).doses.length, row(page, target).next.state, row(page, target).next.mandatory !== null],
        [1, 'due', true],
        target,
      );
    assert.equal(page.calendar.year, 2025);
    // The form finds its values again.
    const values = ok(await doctor.send('GET', `/api/patients/${id}/entries/Immunization/${line.id}`)).values;
    assert.deepEqual(
      [values.vaccine, values.cip, values.expires, values.dose],
      [hexyon.nuva, hexyon.cip[0], '05/2027', '1'],
    );
  });

  test('DOS-6 given elsewhere says where and names nobody as having given it; given by a colleague names the colleague; both say who wrote', async () => {
    const id = await newPatient('1960-05-02', nurse);
    const elsewhere = await give(nurse, id, {
      vaccine: 'VAC0030',
      reported: true,
      elsewhere: 'Carnet de santé',
      at: '2021',
    });
    const one = await fhir(doctor, `Immunization/${elsewhere.id}`);
    assert.deepEqual(
      [one.primarySource, one.reportOrigin.text, one.performer, elsewhere.who.name],
      [false, 'Carnet de santé', undefined, 'Soizic Abgrall'],
    );
    const mine = await give(nurse, id, { vaccine: 'VAC0567', by: doctor.practitioner, at: 'auj' });
    const other = await fhir(doctor, `Immunization/${mine.id}`);
    assert.deepEqual(
      [other.performer[0].actor.reference, mine.who.name],
      [`Practitioner/${doctor.practitioner}`, 'Soizic Abgrall'],
    );
    assert.equal(
      (await book(nurse, id)).lines.find((line: Json) => line.id === elsewhere.id).elsewhere,
      'Carnet de santé',
    );
  });

  test('DOS-6 DOS-16 refused, contraindicated, not done: not late; taken back later; every version is kept', async () => {
    const id = await newPatient('1955-03-12', nurse);
    const state = async (target: string) => row(await book(doctor, id), target)?.next?.state;
    assert.equal(await state('zoster'), 'late');
    const no = await give(nurse, id, {
      vaccine: 'J07BK03',
      outcome: 'refused',
      why: 'Attend de voir',
      at: '01/02/2026',
    });
    const resource = await fhir(doctor, `Immunization/${no.id}`);
    assert.deepEqual(
      [resource.status, resource.statusReason.coding[0].code, resource.statusReason.text, resource.lotNumber],
      ['not-done', 'PATOBJ', 'Attend de voir', undefined],
    );
    assert.equal(await state('zoster'), 'refused');
    ok(
      await nurse.send('PUT', `/api/patients/${id}/vaccines/${no.id}`, {
        vaccine: 'J07BK03',
        outcome: 'refused',
        why: 'Attend de voir',
        at: '01/02/2026',
        until: 'auj',
        version: 1,
        reason: 'a changé d’avis',
      }),
    );
    assert.equal(await state('zoster'), 'late');
    const versions = ok(await nurse.send('GET', `/api/patients/${id}/entries/Immunization/${no.id}/versions`)).versions;
    assert.deepEqual(
      [
        versions.length,
        versions[0].reason,
        versions[0].changes.some((one: Json) => one.label === 'Jusqu’au' && one.changed),
      ],
      [2, 'a changé d’avis', true],
    );
    const contra = await give(doctor, id, { vaccine: 'J07AL02', outcome: 'contraindicated', why: 'Réaction grave' });
    assert.equal((await fhir(doctor, `Immunization/${contra.id}`)).statusReason.coding[0].code, 'MEDPREC');
    assert.equal(await state('pneumococcus'), 'contraindicated');
    const stock = await give(doctor, id, { vaccine: 'J07BK03', outcome: 'not-done', why: 'Rupture' });
    assert.equal((await fhir(doctor, `Immunization/${stock.id}`)).statusReason.coding, undefined);
    assert.equal(await state('zoster'), 'late');
  });

  test('DOS-6 what cannot be is refused in words and nothing is written: expired, before birth, in the future, no vaccine, another’s entry, a stale version', async () => {
    const id = await newPatient('2020-03-12', nurse);
    const refused = async (body: object, field: string, status = 422) => {
      const answer = await nurse.send('POST', `/api/patients/${id}/vaccines`, body);
      assert.equal(answer.status, status, answer.text);
      assert.ok(answer.body.fields?.[field], answer.text);
    };
    await refused({ vaccine: 'VAC0567', expires: '01/2024' }, 'expires');
    await refused({ vaccine: 'VAC0567', at: '01/01/2019' }, 'at');
    await refused({ vaccine: 'VAC0567', at: '01/01/2090' }, 'at');
    await refused({}, 'vaccine');
    await refused({ vaccine: 'VAC0567', cip: '34009' }, 'cip');
    await refused({ vaccine: 'VAC0567', outcome: 'refused', until: 'un jour' }, 'until');
    await refused({ vaccine: 'VAC0567', outcome: 'refused', at: '01/02/2026', until: '01/01/2026' }, 'until');
    for (const body of [[], 'x', { vaccine: {} }, { vaccine: 'VAC0567', by: '../x' }, { vaccine: 'x'.repeat(100_000) }])
      assert.equal(
        Math.floor((await nurse.send('POST', `/api/patients/${id}/vaccines`, body)).status / 100),
        4,
        JSON.stringify(body).slice(0, 80),
      );
    assert.equal((await book(nurse, id)).lines.length, 0);
    ok(
      await nurse.send('POST', `/api/patients/${id}/vaccines`, {
        vaccine: 'VAC0567',
        expires: '01/2024',
        confirmed: true,
      }),
    );
    const other = await newPatient('2019-01-01', nurse);
    const line = (await book(nurse, id)).lines[0];
    assert.equal(
      (await nurse.send('PUT', `/api/patients/${other}/vaccines/${line.id}`, { vaccine: 'VAC0567', version: 1 }))
        .status,
      404,
    );
    ok(
      await nurse.send('PUT', `/api/patients/${id}/vaccines/${line.id}`, { vaccine: 'VAC0567', lot: 'A', version: 1 }),
    );
    assert.equal(
      (await nurse.send('PUT', `/api/patients/${id}/vaccines/${line.id}`, { vaccine: 'VAC0567', lot: 'B', version: 1 }))
        .body.code,
      'edited-meanwhile',
    );
  });

  test('DOS-6 situations make more due: read in the problems that the reader sees, or said by the team; ended, and hidden where sensitive', async () => {
    const id = await newPatient('1990-03-12', nurse, midwife, pharmacist);
    assert.equal(row(await book(nurse, id), 'influenza'), undefined);
    ok(
      await doctor.send('POST', `/api/patients/${id}/problems`, {
        label: 'Asthme',
        code: 'J45',
        system: 'http://hl7.org/fhir/sid/icd-10',
      }),
    );
    assert.deepEqual(
      (await book(nurse, id)).situations.map((one: Json) => [one.situation, one.entry, one.detail]),
      [['lung', null, 'Asthme']],
    );
    assert.ok(row(await book(nurse, id), 'influenza'));
    const at = `/api/patients/${id}/vaccine-situations`;
    assert.equal((await midwife.send('POST', at, { situation: 'pregnancy' })).body.fields.term !== undefined, true);
    const term = french(addMonths(now, 4));
    const said = ok(await midwife.send('POST', at, { situation: 'pregnancy', term, sensitive: 'sexual-health' }))
      .lines[0];
    assert.deepEqual((await book(midwife, id)).situations.map((one: Json) => one.situation).sort(), [
      'lung',
      'pregnancy',
    ]);
    assert.equal(row(await book(midwife, id), 'mmr').next.state, 'contraindicated');
    assert.deepEqual(
      [
        (await book(nurse, id)).situations.map((one: Json) => one.situation),
        row(await book(nurse, id), 'mmr').next.state,
      ],
      [['lung'], 'to-discuss'],
      'labelled: not for a nurse',
    );
    assert.match((await book(nurse, id)).closed, /santé sexuelle/i);
    assert.equal(
      ok(await doctor.send('GET', `/fhir/R4/ImmunizationRecommendation/${said.id}`)).recommendation[0].forecastReason[0]
        .coding[0].code,
      'pregnancy',
    );
    ok(
      await midwife.send('PUT', `${at}/${said.id}`, {
        situation: 'pregnancy',
        term,
        until: 'auj',
        sensitive: 'sexual-health',
        version: 1,
        reason: 'accouchée',
      }),
    );
    assert.deepEqual(
      (await book(midwife, id)).situations.map((one: Json) => one.situation),
      ['lung'],
    );
    const work = ok(await nurse.send('POST', at, { situation: 'health-professional' }));
    assert.equal(row(await book(nurse, id), 'hepatitis-b').next.mandatory, 'CSP, art. L. 3111-4');
    ok(
      await nurse.send('POST', `/api/patients/${id}/undo`, {
        entries: work.lines.map(({ type, id: entry, version }: Json) => ({ type, id: entry, version })),
      }),
    );
    assert.equal(
      (await book(nurse, id)).situations.some((one: Json) => one.situation === 'health-professional'),
      false,
    );
    assert.equal(
      (await nurse.send('PUT', `${at}/${said.id}`, { situation: 'pregnancy', version: 2 })).status,
      404,
      'labelled: not for a nurse to change either',
    );
  });

  test('DOS-6 what makes a recommendation: the booklet says it apart with its condition and source; what is due says its rule and source; an ended situation says nothing more', async () => {
    const id = await newPatient('1990-03-12', nurse);
    const at = `/api/patients/${id}/vaccine-situations`;
    assert.deepEqual((await book(nurse, id)).particular, []);
    const travel = ok(await nurse.send('POST', at, { situation: 'travel' })).lines[0];
    const stored = ok(await doctor.send('GET', `/fhir/R4/ImmunizationRecommendation/${travel.id}`));
    assert.ok(stored.recommendation.length > 3, 'FHIR wants at least one');
    const page = await book(nurse, id);
    assert.deepEqual(
      page.particular.map((one: Json) => [one.id, one.because]),
      [['travel', 'Voyage prévu']],
    );
    assert.match(page.particular[0].source, /HCSP.*\(2025\)/);
    assert.equal(row(page, 'typhoid'), undefined, 'a recommendation is not a need');
    ok(await nurse.send('POST', at, { situation: 'guyane' }));
    const fever = row(await book(nurse, id), 'yellow-fever').next;
    assert.deepEqual(
      [fever.state, fever.rule, /Guyane/.test(fever.mandatory), /Guyane.*2025/.test(fever.source)],
      ['to-discuss', 'yellow-fever-guyane', true, true],
    );
    assert.match((await book(nurse, id)).calendar.caution, /2026/);
    assert.ok((await book(nurse, id)).due.every((one: Json) => one.rule && /2025/.test(one.source)));
    ok(
      await nurse.send('PUT', `${at}/${travel.id}`, {
        situation: 'travel',
        until: 'auj',
        version: 1,
        reason: 'rentré',
      }),
    );
    assert.deepEqual(
      (await book(nurse, id)).particular.map((one: Json) => one.id),
      ['guyane', 'dengue'],
      'of the other one only',
    );
    // A premature birth is read in the problems, as far as the reader sees them.
    const baby = await newPatient(addMonths(now, -3), nurse, physio);
    ok(
      await doctor.send('POST', `/api/patients/${baby}/problems`, {
        label: 'Prématurité',
        code: 'P07.3',
        system: 'http://hl7.org/fhir/sid/icd-10',
      }),
    );
    const small = await book(nurse, baby);
    assert.ok(small.particular.some((one: Json) => one.id === 'premature-hexavalent'));
    assert.equal(row(small, 'pneumococcus').next.rule, 'pneumococcus-premature');
    for (const who of [stranger, outsider, secretary, physio])
      for (const patient of [id, baby]) {
        const answer = await who.send('GET', `/api/patients/${patient}/vaccine-book`);
        assert.ok([403, 404].includes(answer.status) && !/prématur|Guyane|Voyage/i.test(answer.text));
      }
    for (const body of [{ situation: 'moon' }, { situation: null }, { situation: ['travel'] }, {}])
      assert.equal(Math.floor((await nurse.send('POST', at, body)).status / 100), 4);
    for (const who of [stranger, outsider, secretary])
      assert.ok([403, 404].includes((await who.send('POST', at, { situation: 'travel' })).status));
  });

  test('DOS-6 who may not: other practice, out of the team, a profession without the kind', async () => {
    const id = await newPatient('1955-03-12', nurse, physio);
    for (const path of [`/api/patients/${id}/vaccine-book`, `/api/patients/${id}/vaccine-book/pdf`])
      for (const who of [stranger, outsider, secretary, physio]) {
        const answer = await who.send('GET', path);
        assert.ok([403, 404].includes(answer.status), `${path} ${answer.status}`);
        assert.ok(!answer.text.includes('Zona'));
      }
    for (const who of [stranger, outsider, secretary])
      for (const body of [{ situation: 'institution' }])
        assert.ok([403, 404].includes((await who.send('POST', `/api/patients/${id}/vaccine-situations`, body)).status));
    assert.ok([403, 404].includes((await secretary.send('GET', '/api/vaccines-to-do')).status));
  });

  test('DOS-6 the list of what is to be done: my patients only, late and compulsory first', async () => {
    const baby = await newPatient(addMonths(now, -6), pharmacist);
    const old = await newPatient('1950-03-12', pharmacist);
    const list = ok(await pharmacist.send('GET', '/api/vaccines-to-do'));
    const ids = list.patients.map((one: Json) => one.patient.id);
    assert.ok(ids.indexOf(baby) >= 0 && ids.indexOf(baby) < ids.indexOf(old));
    assert.equal(list.complete, true);
    const mine = ok(await outsider.send('GET', '/api/vaccines-to-do'));
    assert.deepEqual([mine.looked, mine.patients], [0, []]);
    const late = ok(await pharmacist.send('GET', '/api/vaccines-to-do?only=late'));
    assert.ok(late.patients.every((one: Json) => one.due.every((due: Json) => due.state === 'late')));
    assert.equal((await pharmacist.send('GET', '/api/vaccines-to-do?only=toto')).status, 400);
  });

  test('DOS-6 SEC-4 of whose vaccines one reads nothing, none is said to be due: a choice of the patient on them, or on everything', async () => {
    const id = await newPatient('1950-03-12', pharmacist);
    const listed = async (): Promise<boolean[]> =>
      Promise.all(
        [
          ['/api/vaccines-to-do', 'patients'],
          ['/api/patient-lists/vaccins', 'lines'],
          ['/api/patient-lists/miens', 'lines'],
        ].map(async ([path, part]) =>
          ok(await pharmacist.send('GET', path!))[part!].some((one: Json) => one.patient.id === id),
        ),
      );
    assert.deepEqual(await listed(), [true, true, true]);
    for (const [kinds, still] of [
      [['vaccines'], [false, false, true]],
      [[], [false, false, false]],
      [['measures'], [true, true, true]],
    ] as const) {
      const choice = { decision: 'oppose', practitioner: pharmacist.practitioner, kinds };
      const [made] = ok(await doctor.send('POST', `/api/patients/${id}/choices`, choice)).choices;
      assert.deepEqual(await listed(), still, kinds.join());
      const end = { version: made.version, reason: 'Autre avis' };
      ok(await doctor.send('POST', `/api/patients/${id}/choices/${made.id}/end`, end));
      assert.deepEqual(await listed(), [true, true, true]);
    }
  });

  test('DOS-6 IDV-1 the booklet on paper: by disease, injections with lot and site, the calendar’s year; an INS that is not qualified is not on it', async () => {
    const id = await newPatient('1955-03-12', nurse);
    await give(nurse, id, { vaccine: 'VAC0567', lot: 'ZX81', site: 'Deltoïde gauche', at: '01/02/2026' });
    const { app } = await testHouse();
    const answer = await app.inject({
      method: 'GET',
      url: `/api/patients/${id}/vaccine-book/pdf`,
      headers: { cookie: nurse.cookie, origin: 'http://localhost:3000' },
    });
    assert.equal(answer.statusCode, 200, answer.body);
    const words = wordsOf(answer.rawPayload).replace(/\s+/g, ' ');
    assert.match(words, /Carnet de vaccination.*Zona.*Shingrix.*ZX81.*Deltoïde gauche.*Soizic Abgrall.*2025/);
  });
});
