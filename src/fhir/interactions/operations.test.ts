import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { type Answered, fhirServer, patientNamed, weight } from './fhir-server-for-tests.ts';

let server: Awaited<ReturnType<typeof fhirServer>>;
before(async () => {
  server = await fhirServer();
});

const ask = (method: string, url: string, body?: unknown, headers: Record<string, string> = {}) =>
  server.ask(method, url, body, headers);
const isOutcome = (answer: Answered, status: number, words?: RegExp) => {
  assert.equal(answer.status, status, answer.text);
  assert.equal(answer.json.resourceType, 'OperationOutcome');
  if (words) assert.match(answer.json.issue[0].diagnostics, words);
};
const types = (answer: Answered): string[] =>
  (answer.json.entry ?? []).map((e: { resource: { resourceType: string } }) => e.resource.resourceType).sort();
const parameter = (answer: Answered, name: string) =>
  answer.json.parameter.find((p: { name: string }) => p.name === name);
const errors = (answer: Answered) => answer.json.issue.filter((i: { severity: string }) => i.severity === 'error');
const next = (answer: Answered): string | undefined =>
  answer.json.link
    .find((l: { relation: string }) => l.relation === 'next')
    ?.url.replace('http://localhost:3000/fhir/R4', '');

test('ECH-1 $everything: the patient, what is about them, whom it points to; by pages, dates and types', async () => {
  const doctor = (await ask('POST', '/Practitioner', { resourceType: 'Practitioner', name: [{ family: 'Riou' }] })).json
    .id;
  const id = (
    await ask(
      'POST',
      '/Patient',
      patientNamed('Tout', { generalPractitioner: [{ reference: `Practitioner/${doctor}` }] }),
    )
  ).json.id;
  const other = (await ask('POST', '/Patient', patientNamed('Autre'))).json.id;
  for (const [kg, date] of [
    [60, '2024-02-01'],
    [61, '2025-02-01'],
    [62, '2026-02-01'],
  ])
    await ask('POST', '/Observation', weight(`Patient/${id}`, Number(kg), { effectiveDateTime: date }));
  await ask('POST', '/Observation', weight(`Patient/${other}`, 90));
  const all = await ask('GET', `/Patient/${id}/$everything`);
  assert.equal(all.status, 200, all.text);
  assert.deepEqual(types(all), ['Observation', 'Observation', 'Observation', 'Patient', 'Practitioner']);
  assert.equal(next(all), undefined);
  assert.deepEqual(types(await ask('GET', `/Patient/${id}/$everything?_type=Observation`)), [
    'Observation',
    'Observation',
    'Observation',
  ]);
  const values = (answer: Answered) =>
    answer.json.entry
      .filter((e: { resource: { resourceType: string } }) => e.resource.resourceType === 'Observation')
      .map((e: { resource: { valueQuantity: { value: number } } }) => e.resource.valueQuantity.value);
  assert.deepEqual(values(await ask('GET', `/Patient/${id}/$everything?start=2025-01-01&end=2025-12`)), [61]);
  assert.deepEqual(values(await ask('GET', `/Patient/${id}/$everything?end=2025-02-01`)), [60, 61]);
  assert.equal(
    (await ask('GET', `/Patient/${id}/$everything?_since=2099-01-01T00:00:00Z&_type=Observation`)).json.entry,
    undefined,
  );
  const posted = await ask('POST', `/Patient/${id}/$everything`, {
    resourceType: 'Parameters',
    parameter: [{ name: '_count', valueInteger: 2 }],
  });
  const seen = types(posted);
  for (let url = next(posted); url; ) {
    const page = await ask('GET', url);
    assert.ok(types(page).length <= 2);
    seen.push(...types(page));
    url = next(page);
  }
  assert.deepEqual(seen.sort(), types(all));
  isOutcome(await ask('GET', '/Patient/none/$everything'), 404);
  isOutcome(await ask('GET', `/Patient/${id}/$everything?start=soon`), 400, /start/);
  isOutcome(await ask('GET', `/Patient/${id}/$everything?_type=Nothing`), 400, /_type/);
  isOutcome(await ask('GET', `/Patient/${id}/$everything?_cursor=zzz`), 400);

  const every: string[] = [];
  for (let url: string | undefined = '/Patient/$everything?_type=Patient,Observation'; url; ) {
    const page = await ask('GET', url);
    assert.equal(page.status, 200, page.text);
    every.push(...types(page));
    url = next(page);
  }
  assert.deepEqual(every.sort(), ['Observation', 'Observation', 'Observation', 'Observation', 'Patient', 'Patient']);
});

test('ECH-1 $validate: what is wrong, where; nothing is stored', async () => {
  const before = await server.versions();
  const good = await ask('POST', '/Patient/$validate', patientNamed('Bon'));
  assert.equal(good.status, 200);
  assert.deepEqual(errors(good), []);
  const bad = await ask('POST', '/Patient/$validate', { resourceType: 'Patient', gender: 'x', nmae: [] });
  assert.ok(
    errors(bad).some((i: { expression: string[] }) => i.expression[0] === 'Patient.gender'),
    bad.text,
  );
  const wrapped = (resource: unknown, more: object[] = []) => ({
    resourceType: 'Parameters',
    parameter: [{ name: 'resource', resource }, ...more],
  });
  assert.ok(
    errors(await ask('POST', '/Patient/$validate', wrapped({ resourceType: 'Patient', gender: 'x' }))).length > 0,
  );
  const profile = 'http://hl7.org/fhir/StructureDefinition/bodyweight';
  const observation = weight('Patient/1', 3, { valueQuantity: undefined, valueString: 'heavy', category: undefined });
  assert.deepEqual(errors(await ask('POST', '/Observation/$validate', observation)), []);
  assert.ok(
    errors(await ask('POST', '/Observation/$validate', wrapped(observation, [{ name: 'profile', valueUri: profile }])))
      .length > 0,
  );
  assert.ok(errors(await ask('POST', `/Observation/$validate?profile=${profile}`, observation)).length > 0);
  isOutcome(
    await ask('POST', '/Patient/$validate', wrapped(patientNamed('A'), [{ name: 'mode', valueCode: 'dream' }])),
    400,
    /mode/,
  );
  isOutcome(await ask('POST', '/Patient/$validate', weight('Patient/1', 3)), 400, /Observation/);
  isOutcome(await ask('POST', '/Patient/$validate'), 400);
  isOutcome(await ask('POST', '/Patient/$validate', '[1]'), 400);
  isOutcome(await ask('POST', '/Patient/$validate', '{"resourceType":'), 400);
  assert.equal(await server.versions(), before);
  const id = (await ask('POST', '/Patient', patientNamed('Instance'))).json.id;
  assert.deepEqual(errors(await ask('GET', `/Patient/${id}/$validate`)), []);
  assert.deepEqual(errors(await ask('POST', `/Patient/${id}/$validate?mode=delete`)), []);
  assert.ok(
    errors(await ask('POST', `/Patient/${id}/$validate?mode=update`, { ...patientNamed('A'), id: 'b' })).length > 0,
  );
  isOutcome(await ask('GET', '/Patient/none/$validate'), 404);
});

test('ECH-1 terminology: $validate-code, $expand, $lookup, by GET and POST', async () => {
  const set = 'http://hl7.org/fhir/ValueSet/administrative-gender';
  const system = 'http://hl7.org/fhir/administrative-gender';
  assert.equal(
    parameter(await ask('GET', `/ValueSet/$validate-code?url=${set}&system=${system}&code=female`), 'result')
      .valueBoolean,
    true,
  );
  const wrong = await ask('GET', `/ValueSet/$validate-code?url=${set}&system=${system}&code=femelle`);
  assert.equal(parameter(wrong, 'result').valueBoolean, false);
  assert.match(parameter(wrong, 'message').valueString, /femelle/);
  const posted = await ask('POST', '/ValueSet/$validate-code', {
    resourceType: 'Parameters',
    parameter: [
      { name: 'url', valueUri: set },
      {
        name: 'codeableConcept',
        valueCodeableConcept: {
          coding: [
            { system, code: 'nope' },
            { system, code: 'male' },
          ],
        },
      },
    ],
  });
  assert.equal(parameter(posted, 'result').valueBoolean, true, posted.text);
  assert.equal(
    parameter(await ask('GET', `/CodeSystem/$validate-code?url=${system}&code=male`), 'result').valueBoolean,
    true,
  );
  assert.equal(
    parameter(await ask('GET', `/CodeSystem/$validate-code?url=${system}&code=x`), 'result').valueBoolean,
    false,
  );
  const expanded = await ask('GET', `/ValueSet/$expand?url=${set}&filter=fem&count=10`);
  assert.deepEqual(
    expanded.json.expansion.contains.map((c: { code: string }) => c.code),
    ['female'],
  );
  assert.equal(
    (
      await ask('POST', '/ValueSet/$expand', {
        resourceType: 'Parameters',
        parameter: [
          { name: 'url', valueUri: set },
          { name: 'offset', valueInteger: 1 },
          { name: 'count', valueInteger: 2 },
        ],
      })
    ).json.expansion.contains.length,
    2,
  );
  assert.equal(
    (
      await ask('POST', '/ValueSet/$expand', `url=${encodeURIComponent(set)}`, {
        'content-type': 'application/x-www-form-urlencoded',
      })
    ).json.expansion.total,
    4,
  );
  assert.equal(
    parameter(await ask('GET', `/CodeSystem/$lookup?system=${system}&code=female`), 'display').valueString,
    'Female',
  );
  isOutcome(await ask('GET', `/CodeSystem/$lookup?system=${system}&code=zz`), 404);
  isOutcome(await ask('GET', '/CodeSystem/$lookup'), 400);
  isOutcome(await ask('GET', '/ValueSet/$expand?url=http://nowhere'), 404);
  // Of what is not loaded nothing is claimed, neither that a code is in it nor that it is not; nor of another version than the one that is loaded.
  isOutcome(await ask('GET', '/ValueSet/$validate-code?url=http://nowhere&code=x'), 404, /not known here/);
  isOutcome(await ask('GET', '/CodeSystem/$validate-code?url=http://nowhere&code=x'), 404, /not known here/);
  isOutcome(await ask('GET', `/ValueSet/$expand?url=${set}|9.9`), 404, /version 4\.0\.1, not 9\.9/);
  isOutcome(await ask('GET', `/ValueSet/$validate-code?url=${set}&valueSetVersion=9.9&code=male`), 404, /version/);
  isOutcome(await ask('GET', `/CodeSystem/$validate-code?url=${system}&version=9.9&code=male`), 404, /version/);
  assert.equal((await ask('GET', `/ValueSet/$expand?url=${set}&valueSetVersion=4.0.1`)).json.expansion.total, 4);
  const elsewhere = {
    resourceType: 'Parameters',
    parameter: [
      { name: 'url', valueUri: system },
      { name: 'coding', valueCoding: { system: 'http://nowhere', code: 'male' } },
    ],
  };
  const other = await ask('POST', '/CodeSystem/$validate-code', elsewhere);
  assert.equal(parameter(other, 'result').valueBoolean, false);
  assert.match(parameter(other, 'message').valueString, /http:\/\/nowhere/);
  isOutcome(await ask('GET', '/ValueSet/$expand'), 400);
  isOutcome(await ask('GET', `/ValueSet/$expand?url=${set}&count=many`), 400, /count/);
  const id = (await ask('POST', '/ValueSet', { resourceType: 'ValueSet', status: 'active', url: set })).json.id;
  assert.equal((await ask('GET', `/ValueSet/${id}/$expand`)).json.expansion.total, 4);
  assert.equal(
    parameter(await ask('GET', `/ValueSet/${id}/$validate-code?code=male&system=${system}`), 'result').valueBoolean,
    true,
  );
});
