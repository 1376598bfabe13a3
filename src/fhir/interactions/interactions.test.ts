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
  assert.equal(answer.headers['content-type'], 'application/fhir+json; charset=utf-8');
  assert.equal(answer.json.resourceType, 'OperationOutcome');
  if (words) assert.match(answer.json.issue[0].diagnostics, words);
};
const form = { 'content-type': 'application/x-www-form-urlencoded' };
const newPatient = async (family: string, more: object = {}): Promise<string> =>
  (await ask('POST', '/Patient', patientNamed(family, more))).json.id;

test('ECH-1 create, read, update, delete and the versions in between', async () => {
  const created = await ask('POST', '/Patient', { ...patientNamed('Kervella'), id: 'mine' });
  assert.equal(created.status, 201, created.text);
  const { id } = created.json;
  assert.notEqual(id, 'mine', 'the server gives the id');
  assert.equal(created.headers.location, `http://localhost:3000/fhir/R4/Patient/${id}/_history/1`);
  assert.equal(created.headers.etag, 'W/"1"');
  assert.ok(Date.parse(created.headers['last-modified']!));

  const read = await ask('GET', `/Patient/${id}`);
  assert.equal(read.status, 200);
  assert.equal(read.json.name[0].family, 'Kervella');
  assert.equal(read.json.meta.versionId, '1');
  const head = await ask('HEAD', `/Patient/${id}`);
  assert.equal(head.status, 200);
  assert.equal(head.text, '');
  assert.equal(head.headers.etag, 'W/"1"');

  const updated = await ask('PUT', `/Patient/${id}`, { ...patientNamed('Kervella-Le Bris'), id });
  assert.equal(updated.status, 200, updated.text);
  assert.equal(updated.headers.etag, 'W/"2"');
  assert.equal((await ask('GET', `/Patient/${id}/_history/1`)).json.name[0].family, 'Kervella');
  assert.equal((await ask('GET', `/Patient/${id}/_history/2`)).json.name[0].family, 'Kervella-Le Bris');
  isOutcome(await ask('GET', `/Patient/${id}/_history/9`), 404);

  assert.equal((await ask('DELETE', `/Patient/${id}`)).status, 204);
  assert.equal((await ask('DELETE', `/Patient/${id}`)).status, 204, 'twice is once');
  isOutcome(await ask('GET', `/Patient/${id}`), 410);
  isOutcome(await ask('GET', '/Patient/never-was'), 404);

  const history = (await ask('GET', `/Patient/${id}/_history`)).json;
  assert.equal(history.type, 'history');
  assert.deepEqual(
    history.entry.map((e: { request: { method: string } }) => e.request.method),
    ['DELETE', 'PUT', 'POST'],
  );
  const first = (await ask('GET', `/Patient/${id}/_history?_count=2`)).json;
  assert.equal(first.entry.length, 2);
  const next = first.link
    .find((l: { relation: string }) => l.relation === 'next')
    .url.replace('http://localhost:3000/fhir/R4', '');
  assert.deepEqual(
    (await ask('GET', next)).json.entry.map((e: { request: { method: string } }) => e.request.method),
    ['POST'],
  );
  assert.equal((await ask('GET', '/Patient/_history?_count=1')).json.entry.length, 1);
  assert.equal((await ask('GET', '/_history?_count=3')).json.entry.length, 3);
  assert.equal((await ask('GET', `/Patient/${id}/_history?_since=2099-01-01`)).json.entry, undefined);
  isOutcome(await ask('GET', '/Patient/_history?_since=yesterday'), 400, /_since/);
  isOutcome(await ask('GET', '/Patient/_history?_count=-1'), 400, /_count/);
});

test('ECH-1 update creates under a given id; the id must be the one of the address', async () => {
  const put = await ask('PUT', '/Patient/given-id', { ...patientNamed('Tanguy'), id: 'given-id' });
  assert.equal(put.status, 201, put.text);
  assert.equal(put.headers.location, 'http://localhost:3000/fhir/R4/Patient/given-id/_history/1');
  isOutcome(await ask('PUT', '/Patient/given-id', { ...patientNamed('Tanguy'), id: 'another' }), 400, /another/);
  isOutcome(await ask('PUT', '/Patient/given-id', patientNamed('Tanguy')), 400, /no id/);
  isOutcome(await ask('PUT', '/Patient/given-id', weight('Patient/given-id', 3)), 400, /Observation/);
});

test('SEC-11 ECH-1 If-Match: an edit that met another is a 412 and changes nothing', async () => {
  const id = await newPatient('Abgrall');
  const put = (family: string, match: string) =>
    ask('PUT', `/Patient/${id}`, { ...patientNamed(family), id }, { 'if-match': match });
  assert.equal((await put('A', 'W/"1"')).status, 200);
  isOutcome(await put('B', 'W/"1"'), 412);
  assert.equal((await put('C', '"2"')).status, 200);
  assert.equal((await put('D', '*')).status, 200);
  isOutcome(await put('E', 'W/"3", W/"4"'), 400, /If-Match/);
  isOutcome(await ask('DELETE', `/Patient/${id}`, undefined, { 'if-match': 'W/"1"' }), 412);
  isOutcome(
    await ask('PATCH', `/Patient/${id}`, [{ op: 'add', path: '/gender', value: 'female' }], {
      'content-type': 'application/json-patch+json',
      'if-match': 'W/"1"',
    }),
    412,
  );
  assert.equal((await ask('GET', `/Patient/${id}`)).json.name[0].family, 'D');
  isOutcome(await ask('PUT', '/Patient/none-yet', { ...patientNamed('F'), id: 'none-yet' }, { 'if-match': '*' }), 412);
  isOutcome(await ask('PUT', `/Patient/${id}`, { ...patientNamed('G'), id }, { 'if-none-match': '*' }), 412);
});

test('ECH-1 conditional read: 304 without a body', async () => {
  const id = await newPatient('Bozec');
  const fresh = await ask('GET', `/Patient/${id}`, undefined, { 'if-none-match': 'W/"1"' });
  assert.equal(fresh.status, 304);
  assert.equal(fresh.text, '');
  assert.equal(fresh.headers.etag, 'W/"1"');
  assert.equal((await ask('GET', `/Patient/${id}`, undefined, { 'if-none-match': 'W/"2"' })).status, 200);
  const { headers } = await ask('GET', `/Patient/${id}`);
  assert.equal(
    (await ask('GET', `/Patient/${id}`, undefined, { 'if-modified-since': headers['last-modified']! })).status,
    304,
  );
  assert.equal(
    (await ask('GET', `/Patient/${id}`, undefined, { 'if-modified-since': 'Mon, 01 Jan 2001 00:00:00 GMT' })).status,
    200,
  );
});

test('ECH-1 conditional create, update, patch and delete', async () => {
  const identifier = [{ system: 'urn:oid:1.2.3', value: 'cond-1' }];
  const where = 'identifier=urn:oid:1.2.3|cond-1';
  const first = await ask('POST', '/Patient', patientNamed('Cadiou', { identifier }), { 'if-none-exist': where });
  assert.equal(first.status, 201, first.text);
  const again = await ask('POST', '/Patient', patientNamed('Cadiou', { identifier }), { 'if-none-exist': where });
  assert.equal(again.status, 200);
  assert.equal(again.json.id, first.json.id);

  const update = await ask('PUT', `/Patient?${where}`, patientNamed('Cadiou-Roy', { identifier }));
  assert.equal(update.status, 200, update.text);
  assert.equal(update.json.id, first.json.id);
  const made = await ask(
    'PUT',
    '/Patient?identifier=urn:oid:1.2.3|cond-2',
    patientNamed('New', { identifier: [{ system: 'urn:oid:1.2.3', value: 'cond-2' }] }),
  );
  assert.equal(made.status, 201, made.text);
  isOutcome(await ask('PUT', `/Patient?${where}`, { ...patientNamed('X', { identifier }), id: 'other' }), 400);

  const patched = await ask('PATCH', `/Patient?${where}`, [{ op: 'add', path: '/gender', value: 'male' }], {
    'content-type': 'application/json-patch+json',
  });
  assert.equal(patched.status, 200, patched.text);
  assert.equal(patched.json.gender, 'male');

  await ask('POST', '/Patient', patientNamed('Cadiou', { identifier }));
  for (const answer of [
    await ask('POST', '/Patient', patientNamed('Cadiou', { identifier }), { 'if-none-exist': where }),
    await ask('PUT', `/Patient?${where}`, patientNamed('Y', { identifier })),
    await ask('PATCH', `/Patient?${where}`, [{ op: 'remove', path: '/gender' }], {
      'content-type': 'application/json-patch+json',
    }),
    await ask('DELETE', `/Patient?${where}`),
    await ask('DELETE', '/Patient'),
    await ask('DELETE', '/Patient?_count=1'),
    await ask('PUT', '/Patient', patientNamed('Z')),
  ])
    isOutcome(answer, 412);
  isOutcome(await ask('DELETE', '/Patient?idntifier=x'), 400, /idntifier/);
  assert.equal((await ask('DELETE', '/Patient?identifier=urn:oid:1.2.3|cond-2')).status, 204);
  isOutcome(await ask('GET', `/Patient/${made.json.id}`), 410);
  assert.equal((await ask('DELETE', '/Patient?identifier=urn:oid:1.2.3|cond-2')).status, 204, 'none to delete');
});

test('ECH-1 JSON Patch and FHIRPath Patch', async () => {
  const id = await newPatient('Daoulas');
  const json = (patch: unknown, headers = {}) =>
    ask('PATCH', `/Patient/${id}`, patch, { 'content-type': 'application/json-patch+json', ...headers });
  const ok = await json(
    [
      { op: 'test', path: '/name/0/family', value: 'Daoulas' },
      { op: 'add', path: '/birthDate', value: '1956-03-02' },
    ],
    { 'if-match': 'W/"1"' },
  );
  assert.equal(ok.status, 200, ok.text);
  assert.equal(ok.headers.etag, 'W/"2"');
  isOutcome(await json([{ op: 'test', path: '/name/0/family', value: 'Other' }]), 422);
  isOutcome(await json([{ op: 'replace', path: '/nothing/0', value: 1 }]), 422);
  isOutcome(await json([{ op: 'replace', path: '/id', value: 'other' }]), 422, /id or resourceType/);
  isOutcome(await json([{ op: 'replace', path: '/resourceType', value: 'Person' }]), 422);
  isOutcome(await json([{ op: 'add', path: '/birthDate', value: 'hier' }]), 422);
  isOutcome(await json({ op: 'add' }), 400);
  const operation = (path: string, value: object) => ({
    resourceType: 'Parameters',
    parameter: [
      {
        name: 'operation',
        part: [
          { name: 'type', valueCode: 'replace' },
          { name: 'path', valueString: path },
          { name: 'value', ...value },
        ],
      },
    ],
  });
  const fp = await ask('PATCH', `/Patient/${id}`, operation('Patient.birthDate', { valueDate: '1957-03-02' }));
  assert.equal(fp.status, 200, fp.text);
  assert.equal(fp.json.birthDate, '1957-03-02');
  isOutcome(await ask('PATCH', `/Patient/${id}`, operation('Patient.nothing', { valueDate: '1957-03-02' })), 422);
  isOutcome(await ask('PATCH', `/Patient/${id}`, '<diff/>', { 'content-type': 'application/xml-patch+xml' }), 415);
  isOutcome(await ask('PATCH', '/Patient/none', operation('Patient.birthDate', { valueDate: '1957-03-02' })), 404);
  assert.equal((await ask('GET', `/Patient/${id}`)).headers.etag, 'W/"3"');
});

test('ECH-1 search: links, pages, modes, count, lenient and strict, POST and compartment', async () => {
  const id = await newPatient('Elleouet');
  for (const kg of [70, 71, 72])
    assert.equal(
      (await ask('POST', '/Observation', weight(`Patient/${id}`, kg, { effectiveDateTime: `2026-01-${kg - 60}` })))
        .status,
      201,
    );
  const page = (
    await ask('GET', `/Observation?patient=Patient/${id}&_sort=-date&_count=2&_include=Observation:patient`)
  ).json;
  assert.equal(page.type, 'searchset');
  assert.equal(page.total, undefined);
  assert.deepEqual(
    page.entry.map((e: { search: { mode: string } }) => e.search.mode),
    ['match', 'match', 'include'],
  );
  assert.equal(page.entry[0].resource.valueQuantity.value, 72);
  assert.equal(page.entry[0].fullUrl, `http://localhost:3000/fhir/R4/Observation/${page.entry[0].resource.id}`);
  const next = page.link.find((l: { relation: string }) => l.relation === 'next').url;
  assert.match(next, /_cursor=/);
  const last = (await ask('GET', next.replace('http://localhost:3000/fhir/R4', ''))).json;
  assert.equal(last.entry[0].resource.valueQuantity.value, 70);
  assert.equal(
    last.link.some((l: { relation: string }) => l.relation === 'next'),
    false,
  );

  // The same on every page, whether the page holds all of them, is the last, or has more after it; what is included is not counted.
  for (const size of [1, 2, 3, 4, 50]) {
    for (
      let at: string | undefined =
        `/Observation?patient=Patient/${id}&_total=accurate&_count=${size}&_include=Observation:patient`;
      at;
    ) {
      const { json } = await ask('GET', at);
      assert.equal(json.total, 3, at);
      at = json.link
        .find((l: { relation: string }) => l.relation === 'next')
        ?.url.replace('http://localhost:3000/fhir/R4', '');
    }
  }
  const count = (await ask('GET', `/Observation?patient=Patient/${id}&_summary=count`)).json;
  assert.equal(count.total, 3);
  assert.equal(count.entry, undefined);

  const lenient = (await ask('GET', `/Observation?patient=Patient/${id}&nonsense=1`)).json;
  assert.doesNotMatch(lenient.link[0].url, /nonsense/, 'the self link says what was really used');
  assert.equal(lenient.entry.at(-1).search.mode, 'outcome');
  isOutcome(
    await ask('GET', `/Observation?patient=Patient/${id}&nonsense=1`, undefined, { prefer: 'handling=strict' }),
    400,
    /nonsense/,
  );

  const posted = await ask('POST', '/Observation/_search?_count=1', `patient=Patient/${id}`, form);
  assert.equal(posted.json.entry.length, 1, posted.text);
  assert.equal((await ask('POST', '/_search', `_type=Patient&_id=${id}`, form)).json.entry.length, 1);
  assert.equal((await ask('GET', `/?_type=Patient&_id=${id}`)).json.entry.length, 1);
  assert.equal((await ask('GET', `?_type=Patient&_id=${id}`)).json.entry.length, 1);
  isOutcome(await ask('POST', '/Observation/_search', { a: 1 }), 415);

  assert.equal((await ask('GET', `/Patient/${id}/Observation?code=29463-7`)).json.entry.length, 3);
  assert.equal((await ask('GET', `/Patient/${id}/Condition`)).json.entry, undefined);
  assert.equal((await ask('GET', `/Patient/${id}/*`)).json.entry.length, 4);
  isOutcome(await ask('GET', '/Patient/unknown-one/Observation'), 404);
  isOutcome(await ask('GET', '/Organization/x/Observation'), 404);

  for (const query of [
    '_count=x',
    '_count=-1',
    '_count=1.5',
    'date=hier',
    '_sort=nothing',
    '_summary=all',
    '_cursor=abc',
    `patient=Patient/${id}&_cursor=e30`,
  ]) {
    isOutcome(await ask('GET', `/Observation?${query}`), 400);
  }
});

test('ECH-1 _summary, _elements, _pretty: less than the whole says so', async () => {
  const id = await newPatient('Floch', {
    birthDate: '1970-01-01',
    maritalStatus: { text: 'mariée' },
    text: { status: 'generated', div: '<div xmlns="http://www.w3.org/1999/xhtml">Floch</div>' },
  });
  const tags = (answer: Answered) => (answer.json.meta.tag ?? []).map((tag: { code: string }) => tag.code);
  const summary = await ask('GET', `/Patient/${id}?_summary=true`);
  assert.deepEqual(tags(summary), ['SUBSETTED']);
  assert.equal(summary.json.birthDate, '1970-01-01');
  assert.equal(summary.json.maritalStatus, undefined);
  const elements = await ask('GET', `/Patient/${id}?_elements=birthDate`);
  assert.deepEqual(Object.keys(elements.json).sort(), ['birthDate', 'id', 'meta', 'resourceType']);
  assert.equal((await ask('GET', `/Patient/${id}?_summary=data`)).json.text, undefined);
  assert.deepEqual(Object.keys((await ask('GET', `/Patient/${id}?_summary=text`)).json).sort(), [
    'id',
    'meta',
    'resourceType',
    'text',
  ]);
  assert.deepEqual(tags(await ask('GET', `/Patient/${id}`)), []);
  const found = await ask('GET', `/Patient?_id=${id}&_elements=birthDate`);
  assert.deepEqual(
    found.json.entry[0].resource.meta.tag.map((tag: { code: string }) => tag.code),
    ['SUBSETTED'],
  );
  const observation = (await ask('POST', '/Observation', weight(`Patient/${id}`, 60))).json.id;
  assert.equal((await ask('GET', `/Observation/${observation}?_elements=value`)).json.valueQuantity.value, 60);
  assert.match((await ask('GET', `/Patient/${id}?_pretty=true`)).text, /\n {2}"/);
  isOutcome(await ask('GET', `/Patient/${id}?_summary=some`), 400);
});

test('ECH-1 Prefer return, X-Request-Id, formats and versions', async () => {
  const minimal = await ask('POST', '/Patient', patientNamed('Gourvil'), { prefer: 'return=minimal' });
  assert.equal(minimal.status, 201);
  assert.equal(minimal.text, '');
  assert.ok(minimal.headers.location);
  const outcome = await ask('POST', '/Patient', patientNamed('Gourvil'), {
    prefer: 'return=OperationOutcome',
    'x-request-id': 'abc-1',
  });
  assert.equal(outcome.json.resourceType, 'OperationOutcome');
  assert.equal(outcome.headers['x-request-id'], 'abc-1');
  for (const accept of [
    'application/fhir+json',
    'application/json;q=0.9, text/html',
    '*/*',
    'application/fhir+json; fhirVersion=4.0',
  ]) {
    assert.equal((await ask('GET', '/Patient?_count=1', undefined, { accept })).status, 200, accept);
  }
  for (const accept of [
    'application/fhir+xml',
    'text/html',
    'application/fhir+json; fhirVersion=5.0',
    'application/fhir+json;q=0',
  ]) {
    isOutcome(await ask('GET', '/Patient?_count=1', undefined, { accept }), 406);
  }
  for (const format of ['json', 'application/fhir%2Bjson', 'application/fhir+json', 'application/json'])
    assert.equal((await ask('GET', `/Patient?_count=1&_format=${format}`)).status, 200, format);
  for (const format of ['xml', 'ttl', 'html']) isOutcome(await ask('GET', `/Patient?_count=1&_format=${format}`), 406);
  for (const type of [
    'application/fhir+xml',
    'text/plain',
    'application/x-www-form-urlencoded',
    'application/fhir+json; charset=iso-8859-1',
    'application/fhir+json; fhirVersion=3.0',
    'nonsense',
    'multipart/form-data; boundary=x',
  ]) {
    isOutcome(await ask('POST', '/Patient', JSON.stringify(patientNamed('X')), { 'content-type': type }), 415);
  }
  isOutcome(await ask('POST', '/Patient', JSON.stringify(patientNamed('X')), { 'content-encoding': 'gzip' }), 415);
});

test('ECH-1 unknown types, addresses and methods', async () => {
  isOutcome(await ask('GET', '/Patientt'), 404, /Patientt/);
  isOutcome(await ask('GET', '/patient/1'), 404);
  isOutcome(await ask('GET', '/Patient/1/2/3/4'), 404);
  isOutcome(await ask('GET', '/Observation/$everything'), 404, /\$everything/);
  isOutcome(await ask('GET', `/Patient/${'a'.repeat(65)}`), 404);
  isOutcome(await ask('GET', '/__proto__/constructor'), 404);
  const put = await ask('PUT', '/', { resourceType: 'Bundle' });
  isOutcome(put, 405);
  assert.equal(put.headers.allow, 'POST, GET, HEAD');
  isOutcome(await ask('POST', '/metadata', {}), 405);
  isOutcome(await ask('POST', '/Patient/1/_history', {}), 405);
});

test('SEC-16 who may not: without a caller, of another practice, without the scope', async () => {
  const id = await newPatient('Huon');
  isOutcome(await ask('GET', `/Patient/${id}`, undefined, { authorization: 'none' }), 401);
  isOutcome(await ask('POST', '/Patient', 'x'.repeat(100), { authorization: 'none' }), 401);
  for (const url of [
    `/Patient/${id}`,
    `/Patient/${id}/_history`,
    `/Patient/${id}/_history/1`,
    `/Patient/${id}/$everything`,
    `/Patient/${id}/Observation`,
  ]) {
    isOutcome(await ask('GET', url, undefined, { authorization: 'other' }), 404);
  }
  assert.equal(
    (await ask('GET', `/Patient?_id=${id}&_total=accurate`, undefined, { authorization: 'other' })).json.total,
    0,
  );
  isOutcome(await ask('POST', '/Patient', patientNamed('X'), { authorization: 'reader' }), 403);
  isOutcome(await ask('PUT', `/Patient/${id}`, { ...patientNamed('X'), id }, { authorization: 'reader' }), 403);
  isOutcome(await ask('DELETE', `/Patient/${id}`, undefined, { authorization: 'reader' }), 403);
  isOutcome(
    await ask('PATCH', `/Patient/${id}`, [{ op: 'add', path: '/gender', value: 'male' }], {
      authorization: 'reader',
      'content-type': 'application/json-patch+json',
    }),
    403,
  );
  isOutcome(await ask('POST', '/Observation', weight(`Patient/${id}`, 50), { authorization: 'patients' }), 403);
  assert.equal((await ask('GET', '/metadata', undefined, { authorization: 'none' })).status, 200);
});

test('ECH-1 the CapabilityStatement says what is there', async () => {
  const { json } = await ask('GET', '/metadata');
  assert.equal(json.fhirVersion, '4.0.1');
  assert.deepEqual(json.format, ['application/fhir+json']);
  assert.deepEqual(json.patchFormat, ['application/json-patch+json', 'application/fhir+json']);
  const [rest] = json.rest;
  assert.ok(rest.resource.length >= 145, String(rest.resource.length));
  assert.deepEqual(rest.interaction.map((i: { code: string }) => i.code).sort(), [
    'batch',
    'history-system',
    'search-system',
    'transaction',
  ]);
  const patient = rest.resource.find((r: { type: string }) => r.type === 'Patient');
  assert.deepEqual(patient.interaction.map((i: { code: string }) => i.code).sort(), [
    'create',
    'delete',
    'history-instance',
    'history-type',
    'patch',
    'read',
    'search-type',
    'update',
    'vread',
  ]);
  assert.equal(patient.versioning, 'versioned-update');
  assert.deepEqual(patient.operation.map((o: { name: string }) => o.name).sort(), [
    'everything',
    'summary',
    'validate',
  ]);
  // Each declared parameter is one that a strict search takes.
  const sample: Record<string, string> = {
    token: 'x',
    string: 'x',
    date: '2020',
    reference: 'Patient/1',
    uri: 'http://x',
    number: '1',
    quantity: '1',
  };
  for (const type of ['Patient', 'Observation', 'Encounter', 'MedicationRequest']) {
    for (const { name, type: kind } of rest.resource.find((r: { type: string }) => r.type === type).searchParam) {
      if (kind === 'composite' || kind === 'special') continue;
      const answer = await ask('GET', `/${type}?${name}=${sample[kind] ?? 'x'}&_count=1`, undefined, {
        prefer: 'handling=strict',
      });
      assert.equal(answer.status, 200, `${type}?${name}: ${answer.text}`);
    }
  }
  const valid = await ask('POST', '/CapabilityStatement/$validate', json);
  assert.deepEqual(
    valid.json.issue.filter((i: { severity: string }) => i.severity === 'error'),
    [],
  );
});
