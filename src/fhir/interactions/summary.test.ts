import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import { newPractice, testHouse } from '../../../test/app.ts';
import { base, fhirServer, patientNamed, weight } from './fhir-server-for-tests.ts';

// biome-ignore lint/suspicious/noExplicitAny: FHIR JSON of any shape
type Json = any;
const term = (name: string, code: string) => ({
  coding: [{ system: `http://terminology.hl7.org/CodeSystem/${name}`, code }],
});
const condition = (subject: string, text: string, more: object = {}) => ({
  resourceType: 'Condition',
  subject: { reference: subject },
  code: { text },
  clinicalStatus: term('condition-clinical', 'active'),
  verificationStatus: term('condition-ver-status', 'confirmed'),
  ...more,
});
const section = (bundle: Json, code: string): Json =>
  bundle.entry[0].resource.section.find((one: Json) => one.code.coding[0].code === code);
/** Every local reference of a document, with the addresses it has. */
function dangling(bundle: Json): string[] {
  const have = new Set(bundle.entry.map((one: Json) => one.fullUrl));
  const found: string[] = [];
  const walk = (value: Json, at: string): void => {
    if (typeof value !== 'object' || value === null) return;
    if (typeof value.reference === 'string' && !value.reference.startsWith('#')) {
      const url = /^(https?|urn):/.test(value.reference)
        ? value.reference
        : `${at.replace(/\/[A-Z][A-Za-z]+\/[^/]+$/, '')}/${value.reference}`;
      if (!have.has(url)) found.push(url);
    }
    for (const one of Object.values(value)) walk(one, at);
  };
  for (const one of bundle.entry) walk(one.resource, one.fullUrl);
  return found;
}

describe('$summary', () => {
  let server: Awaited<ReturnType<typeof fhirServer>>;
  before(async () => {
    server = await fhirServer();
  });
  const create = async (resource: object): Promise<string> => {
    const { status, text, json } = await server.ask('POST', `/${(resource as Json).resourceType}`, resource);
    assert.equal(status, 201, text);
    return `${json.resourceType}/${json.id}`;
  };

  test('ECH-1 DOS-12 $summary is a document that stands on its own: sections, narratives, every reference resolved, valid R4', async () => {
    const organization = await create({ resourceType: 'Organization', name: 'Cabinet' });
    const doctor = await create({ resourceType: 'Practitioner', name: [{ family: 'Riou' }] });
    const patient = await create(
      patientNamed('Sommaire', { birthDate: '1950-03-01', managingOrganization: { reference: organization } }),
    );
    const problem = await create(condition(patient, 'Diabète & <suites>', { recorder: { reference: doctor } }));
    await create(condition(patient, 'Appendicite', { clinicalStatus: term('condition-clinical', 'resolved') }));
    await create(
      condition(patient, 'Réfuté', {
        clinicalStatus: undefined,
        verificationStatus: term('condition-ver-status', 'refuted'),
      }),
    );
    const encounter = await create({
      resourceType: 'Encounter',
      status: 'finished',
      class: { system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode', code: 'AMB' },
      subject: { reference: patient },
    });
    await create({
      resourceType: 'AllergyIntolerance',
      patient: { reference: patient },
      code: { text: 'Pénicilline' },
      clinicalStatus: term('allergyintolerance-clinical', 'active'),
    });
    await create({
      resourceType: 'MedicationStatement',
      status: 'active',
      subject: { reference: patient },
      medicationCodeableConcept: { text: 'Metformine' },
      context: { reference: encounter },
      dosage: [{ text: '1 matin' }],
    });
    await create(
      weight(patient, 71, { effectiveDateTime: '2025-01-05', category: [term('observation-category', 'vital-signs')] }),
    );
    const newest = await create({ ...weight(patient, 72.5), category: [term('observation-category', 'vital-signs')] });
    for (const method of ['GET', 'POST']) {
      const { status, json, text } = await server.ask(
        method,
        `/${patient}/$summary`,
        method === 'POST' ? { resourceType: 'Parameters' } : undefined,
      );
      assert.equal(status, 200, text);
      assert.deepEqual(
        [
          json.type,
          json.entry[0].resource.resourceType,
          json.entry[0].resource.type.coding[0].code,
          json.entry[0].resource.subject.reference,
        ],
        ['document', 'Composition', '60591-5', `${base}/${patient}`],
      );
      assert.deepEqual(section(json, '11450-4').entry, [{ reference: `${base}/${problem}` }]);
      assert.match(section(json, '11450-4').text.div, /Diabète &amp; &lt;suites&gt;/);
      assert.match(section(json, '11348-0').text.div, /Appendicite/);
      assert.match(section(json, '10160-0').text.div, /Metformine, 1 matin/);
      assert.deepEqual(
        section(json, '8716-3').entry,
        [{ reference: `${base}/${newest}` }],
        'the newest of each measure',
      );
      assert.equal(section(json, '11369-6'), undefined, 'a recommended section with nothing is not there');
      assert.ok(!text.includes('Réfuté') && !text.includes(encounter));
      assert.deepEqual(dangling(json), []);
      assert.ok(
        json.entry.some((one: Json) => one.fullUrl === `${base}/${doctor}`) &&
          json.entry.some((one: Json) => one.fullUrl === `${base}/${organization}`),
      );
      const checked = await server.ask('POST', '/Bundle/$validate', json);
      assert.deepEqual(
        checked.json.issue.filter((one: Json) => ['error', 'fatal'].includes(one.severity)),
        [],
      );
    }
  });

  test('ECH-1 DOS-3 required sections are there with nothing in them: unavailable, not asked, and none known are three things', async () => {
    const patient = await create(patientNamed('Vide'));
    const { json } = await server.ask('GET', `/${patient}/$summary`);
    const why = (code: string) => section(json, code).emptyReason.coding[0].code;
    assert.deepEqual(['11450-4', '48765-2', '10160-0'].map(why), ['unavailable', 'notasked', 'unavailable']);
    await create({
      resourceType: 'AllergyIntolerance',
      patient: { reference: patient },
      clinicalStatus: term('allergyintolerance-clinical', 'active'),
      verificationStatus: term('allergyintolerance-verification', 'confirmed'),
      code: { coding: [{ system: 'http://snomed.info/sct', code: '716186003' }], text: 'Aucune allergie connue' },
    });
    const told = (await server.ask('GET', `/${patient}/$summary`)).json;
    assert.match(section(told, '48765-2').text.div, /Aucune allergie connue/);
    assert.equal(section(told, '48765-2').emptyReason, undefined);
    assert.equal(
      (await server.ask('POST', '/Bundle/$validate', told)).json.issue.filter((one: Json) => one.severity === 'error')
        .length,
      0,
    );
  });

  test('ECH-1 $summary in the CapabilityStatement, and 404, 401, 400 as elsewhere', async () => {
    const patient = await create(patientNamed('Refus'));
    const { json } = await server.ask('GET', '/metadata');
    const declared = json.rest[0].resource.find((one: Json) => one.type === 'Patient').operation;
    assert.ok(
      declared.some(
        (one: Json) =>
          one.name === 'summary' && one.definition === 'http://hl7.org/fhir/uv/ips/OperationDefinition/summary',
      ),
    );
    assert.equal((await server.ask('GET', '/Patient/nobody/$summary')).status, 404);
    assert.equal(
      (await server.ask('GET', `/${patient}/$summary`, undefined, { authorization: 'other' })).status,
      404,
      'another practice',
    );
    assert.equal((await server.ask('GET', `/${patient}/$summary`, undefined, { authorization: 'none' })).status, 401);
    assert.equal((await server.ask('POST', `/${patient}/$summary`, { resourceType: 'Patient' })).status, 400);
    assert.equal((await server.ask('GET', `/${patient}/$summary`, undefined, { authorization: 'reader' })).status, 200);
  });

  test('ECH-1 SEC-3 what scopes or rights close is withheld, whether or not anything is there; sensitive entries and private notes never come, by no reference either', async () => {
    const patient = await create(patientNamed('Clos'));
    const blank = await create(patientNamed('Blanc'));
    const secret = await create(
      condition(patient, 'SENSIBLE', {
        meta: { security: [{ system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode', code: 'PSY' }] },
      }),
    );
    await create(condition(patient, 'Ordinaire'));
    await create({
      resourceType: 'MedicationStatement',
      status: 'active',
      subject: { reference: patient },
      medicationCodeableConcept: { text: 'Sertraline' },
      reasonReference: [{ reference: secret, display: 'SENSIBLE' }],
    });
    const { text, json } = await server.ask('GET', `/${patient}/$summary`);
    assert.ok(!text.includes('SENSIBLE') && !text.includes(secret) && text.includes('Ordinaire'));
    assert.deepEqual(dangling(json), []);
    const narrow = async (id: string) =>
      (await server.ask('GET', `/${id}/$summary`, undefined, { authorization: 'patients' })).json;
    const [one, other] = [await narrow(patient), await narrow(blank)];
    for (const code of ['11450-4', '48765-2', '10160-0', '30954-2'])
      assert.equal(section(one, code).emptyReason.coding[0].code, 'withheld', code);
    assert.deepEqual(
      one.entry[0].resource.section,
      other.entry[0].resource.section,
      'the same for a record with and without',
    );
    assert.equal(
      (await server.ask('POST', '/Bundle/$validate', one)).json.issue.filter((each: Json) => each.severity === 'error')
        .length,
      0,
    );
  });

  test('ECH-1 DOS-9 $summary of a person is cut to their rights; a client of one patient has that one', async () => {
    const practice = await newPractice();
    const doctor = await practice.person('physician');
    const nurse = await practice.person('nurse');
    const speech = await practice.person('speech-therapist');
    const { id } = (
      await doctor.send('POST', '/api/patients', {
        birthFamily: 'Droits',
        birthGivens: 'Yvonne',
        birthDate: '01/03/1948',
        sex: 'female',
      })
    ).body;
    const { id: other } = (
      await doctor.send('POST', '/api/patients', {
        birthFamily: 'Voisin',
        birthGivens: 'Paul',
        birthDate: '02/03/1948',
        sex: 'male',
      })
    ).body;
    assert.equal(
      (await doctor.send('POST', `/api/patients/${id}/team`, { practitioner: speech.practitioner })).status,
      200,
    );
    await doctor.send('POST', `/api/patients/${id}/treatments`, { label: 'Metformine' });
    await doctor.send('POST', `/api/patients/${id}/problems`, { label: 'Diabète' });
    const house = (await testHouse()).fhir.asSystem(practice.tenant, 'test');
    await house.create(
      condition(`Patient/${id}`, 'PRIVE', {
        meta: { tag: [{ system: 'urn:estran:tag', code: 'private-note' }] },
        recorder: { reference: `Practitioner/${doctor.practitioner}` },
      }) as never,
    );
    const path = `/fhir/R4/Patient/${id}/$summary`;
    const mine = await doctor.send('GET', path);
    assert.ok(mine.text.includes('Metformine') && !mine.text.includes('PRIVE'), 'not even the author’s');
    const cut = await speech.send('GET', path);
    assert.ok(!cut.text.includes('Metformine') && cut.text.includes('Diabète'));
    assert.equal(section(cut.body, '10160-0').emptyReason.coding[0].code, 'withheld');
    const out = await nurse.send('GET', path);
    assert.ok(
      out.status === 404 ||
        out.status === 403 ||
        (!out.text.includes('Diabète') && section(out.body, '11450-4').emptyReason.coding[0].code === 'withheld'),
      'out of the care team',
    );
    const single = await practice.client('patient/*.rs', { patient: id });
    assert.equal((await single('GET', path)).status, 200);
    assert.equal((await single('GET', `/fhir/R4/Patient/${other}/$summary`)).status, 404);
    assert.ok(!(await single('GET', path)).text.includes('PRIVE'));
  });
});
