import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import { type Answered, base, fhirServer, patientNamed, weight } from './fhir-server-for-tests.ts';

describe('compartments', () => {
  let ask: Awaited<ReturnType<typeof fhirServer>>['ask'];
  const ids = (answer: Answered): string[] =>
    (answer.json.entry ?? [])
      .map(
        (entry: { resource: { resourceType: string; id: string } }) =>
          `${entry.resource.resourceType}/${entry.resource.id}`,
      )
      .sort();
  const get = async (path: string) => {
    const answer = await ask('GET', path);
    assert.equal(answer.status, 200, `${path}: ${answer.text}`);
    return ids(answer);
  };

  before(async () => {
    ({ ask } = await fhirServer());
    const put = async (type: string, id: string, rest: object) => {
      const answer = await ask('PUT', `/${type}/${id}`, { ...rest, resourceType: type, id });
      assert.equal(answer.status, 201, answer.text);
    };
    const visit = {
      status: 'finished',
      class: { system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode', code: 'AMB' },
      subject: { reference: 'Patient/c-p' },
    };
    const inside = { encounter: { reference: 'Encounter/c-e' } };
    await put('Practitioner', 'c-doc', { name: [{ family: 'Le Bris' }] });
    await put(
      'Patient',
      'c-p',
      patientNamed('Compartiment', { generalPractitioner: [{ reference: 'Practitioner/c-doc' }] }),
    );
    await put('RelatedPerson', 'c-r', { patient: { reference: 'Patient/c-p' } });
    await put('Device', 'c-d', { deviceName: [{ name: 'Tensiomètre', type: 'user-friendly-name' }] });
    await put('Encounter', 'c-e', {
      ...visit,
      participant: [
        { individual: { reference: 'Practitioner/c-doc' } },
        { individual: { reference: 'RelatedPerson/c-r' } },
      ],
    });
    await put('Encounter', 'c-other', visit);
    await put(
      'Observation',
      'c-o1',
      weight('Patient/c-p', 70, {
        ...inside,
        performer: [{ reference: 'Practitioner/c-doc' }],
        device: { reference: 'Device/c-d' },
      }),
    );
    await put(
      'Observation',
      'c-o2',
      weight('Patient/c-p', 71, { ...inside, performer: [{ reference: `${base}/RelatedPerson/c-r` }] }),
    );
    await put('Observation', 'c-o3', weight('Patient/c-p', 72, { encounter: { reference: 'Encounter/c-other' } }));
    await put('Condition', 'c-c', { subject: { reference: 'Patient/c-p' }, ...inside, code: { text: 'x' } });
    await put('Device', 'c-d2', { parent: { reference: 'Device/c-d' } });
  });

  test('ECH-1 compartments of Encounter, Practitioner, RelatedPerson and Device: one type or all, with search parameters, by GET and POST', async () => {
    assert.deepEqual(await get('/Encounter/c-e/Observation'), ['Observation/c-o1', 'Observation/c-o2']);
    assert.deepEqual(await get('/Encounter/c-e/Observation?value-quantity=gt70'), ['Observation/c-o2']);
    assert.deepEqual(await get('/Encounter/c-e/Encounter'), ['Encounter/c-e'], 'the visit is in its own compartment');
    assert.deepEqual(await get('/Encounter/c-e/*'), [
      'Condition/c-c',
      'Encounter/c-e',
      'Observation/c-o1',
      'Observation/c-o2',
    ]);
    assert.deepEqual(await get('/Encounter/c-e/*?_type=Condition,Observation&_count=10&_sort=-_lastUpdated'), [
      'Condition/c-c',
      'Observation/c-o1',
      'Observation/c-o2',
    ]);
    assert.deepEqual(await get('/Practitioner/c-doc/Observation'), ['Observation/c-o1']);
    assert.deepEqual(await get('/Practitioner/c-doc/*'), [
      'Encounter/c-e',
      'Observation/c-o1',
      'Patient/c-p',
      'Practitioner/c-doc',
    ]);
    assert.deepEqual(await get('/RelatedPerson/c-r/*'), ['Encounter/c-e', 'Observation/c-o2', 'RelatedPerson/c-r']);
    assert.deepEqual(await get('/Device/c-d/Observation'), ['Observation/c-o1']);
    assert.deepEqual(await get('/Patient/c-p/*?_type=Encounter'), ['Encounter/c-e', 'Encounter/c-other']);
    const posted = await ask('POST', '/Encounter/c-e/Observation/_search', 'value-quantity=70&_total=accurate', {
      'content-type': 'application/x-www-form-urlencoded',
    });
    assert.deepEqual([ids(posted), posted.json.total], [['Observation/c-o1'], 1]);
    const first = await ask('GET', '/Encounter/c-e/*?_count=3&_total=accurate');
    assert.equal(first.json.total, 4);
    const next = first.json.link.find((link: { relation: string }) => link.relation === 'next').url as string;
    assert.ok(next.startsWith(`${base}/Encounter/c-e/*?`));
    assert.equal((await get(next.slice(base.length))).length, 1);
    const inBundle = await ask('POST', '/', {
      resourceType: 'Bundle',
      type: 'batch',
      entry: [{ request: { method: 'GET', url: 'Encounter/c-e/Observation?_summary=count' } }],
    });
    assert.equal(inBundle.json.entry[0].resource.total, 2);
  });

  test('ECH-1 SEC-16 what is never in a compartment is a 400, an unknown one a 404, an empty one an empty page; the statement names the five', async () => {
    assert.equal((await ask('GET', '/Encounter/c-e/Patient')).status, 400);
    assert.equal((await ask('GET', '/Device/c-d/Encounter')).status, 400);
    assert.equal((await ask('GET', '/Encounter/none/Observation')).status, 404);
    assert.equal((await ask('GET', '/Organization/x/Observation')).status, 404);
    assert.deepEqual(await get('/Encounter/c-e/Procedure'), []);
    const { rest } = (await ask('GET', '/metadata')).json;
    assert.deepEqual(
      rest[0].compartment.map((url: string) => url.split('/').at(-1)),
      ['patient', 'encounter', 'practitioner', 'relatedPerson', 'device'],
    );
  });

  test('ECH-1 SEC-3 who may not: another practice and nobody find no compartment, a client of patients only no observation', async () => {
    for (const path of ['/Encounter/c-e/Observation', '/Encounter/c-e/*', '/Practitioner/c-doc/*']) {
      assert.equal((await ask('GET', path, undefined, { authorization: 'other' })).status, 404, path);
      assert.equal((await ask('GET', path, undefined, { authorization: 'none' })).status, 401, path);
    }
    assert.doesNotMatch((await ask('GET', '/Encounter/c-e/*', undefined, { authorization: 'patients' })).text, /c-o1/);
    assert.deepEqual(ids(await ask('GET', '/Practitioner/c-doc/*', undefined, { authorization: 'patients' })), [
      'Patient/c-p',
    ]);
  });
});
