import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { type Answered, fhirServer, patientNamed, weight } from './fhir-server-for-tests.ts';

let server: Awaited<ReturnType<typeof fhirServer>>;
before(async () => {
  server = await fhirServer();
});

const ask = (method: string, url: string, body?: unknown, headers: Record<string, string> = {}) =>
  server.ask(method, url, body, headers);
const urn = (n: number) => `urn:uuid:00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;
type Entry = { fullUrl?: string; resource?: object; request: object };
const bundle = (type: string, entry: Entry[]) => ({ resourceType: 'Bundle', type, entry });
const post = (url: string, resource: object, fullUrl?: string, more: object = {}): Entry => ({
  ...(fullUrl && { fullUrl }),
  resource,
  request: { method: 'POST', url, ...more },
});
const send = (type: string, entry: Entry[], headers = {}) => ask('POST', '', bundle(type, entry), headers);
const statuses = (answer: Answered) =>
  answer.json.entry.map((e: { response: { status: string } }) => Number.parseInt(e.response.status, 10));
const located = (answer: Answered, i: number): string =>
  answer.json.entry[i].response.location.replace(/\/_history.*$/, '');
const refused = async (answer: Answered, status: number, words: RegExp, before: number) => {
  assert.equal(answer.status, status, answer.text);
  assert.equal(answer.json.resourceType, 'OperationOutcome');
  assert.match(JSON.stringify(answer.json.issue[0]), words);
  assert.equal(await server.versions(), before, 'nothing was stored');
};

test('ECH-1 batch: each entry on its own, in its place', async () => {
  const answer = await send('batch', [
    post('Patient', patientNamed('Lagadec')),
    post('Patient', { resourceType: 'Patient', gender: 'unheard-of' }),
    { request: { method: 'GET', url: 'Patient?family=Lagadec' } },
    { request: { method: 'GET', url: 'Patient/none' } },
    { request: { method: 'GET', url: '/Patient/none/_history' } },
    { request: { method: 'DELETE', url: 'Nothing/1' } },
    { request: { method: 'POST', url: 'Patient' } },
    { request: { method: 'GET', url: 'http://localhost:3000/fhir/R4/Patient?_summary=count' } },
    { request: { method: 'POST', url: '' }, resource: bundle('batch', []) },
    { resource: {}, request: { method: 'BREW', url: 'Patient' } },
    {} as Entry,
  ]);
  assert.equal(answer.status, 200, answer.text);
  assert.equal(answer.json.type, 'batch-response');
  assert.deepEqual(statuses(answer), [201, 422, 200, 404, 404, 404, 400, 200, 400, 400, 400]);
  assert.equal(answer.json.entry[2].resource.entry.length, 1);
  assert.match(answer.json.entry[1].response.outcome.issue[0].expression[0], /^Bundle\.entry\[1\]\.resource\.gender/);
  assert.ok(answer.json.entry[0].response.etag);
  assert.ok(answer.json.entry[0].response.lastModified);
  assert.equal((await ask('GET', `/${located(answer, 0)}`)).json.name[0].family, 'Lagadec');
});

test('ECH-1 transaction: references between entries, in narratives and attachments', async () => {
  const answer = await send(
    'transaction',
    [
      post(
        'Observation',
        weight(urn(1), 61, {
          performer: [{ reference: urn(2) }],
          identifier: [{ system: 'urn:ietf:rfc:3986', value: urn(1) }],
          text: {
            status: 'generated',
            div: `<div xmlns="http://www.w3.org/1999/xhtml"><a href="${urn(1)}">${urn(1)}</a></div>`,
          },
        }),
        urn(3),
      ),
      post('Patient', patientNamed('Masson'), urn(1)),
      post('Practitioner', { resourceType: 'Practitioner', name: [{ family: 'Riou' }] }, urn(2)),
      post('Binary', { resourceType: 'Binary', contentType: 'text/plain', data: 'YQ==' }, 'urn:oid:1.2.3'),
      post('DocumentReference', {
        resourceType: 'DocumentReference',
        status: 'current',
        subject: { reference: urn(1) },
        content: [{ attachment: { url: 'urn:oid:1.2.3' } }],
      }),
    ],
    { prefer: 'return=representation' },
  );
  assert.equal(answer.status, 200, answer.text);
  assert.equal(answer.json.type, 'transaction-response');
  assert.deepEqual(statuses(answer), [201, 201, 201, 201, 201]);
  const observation = answer.json.entry[0].resource;
  assert.equal(observation.subject.reference, located(answer, 1));
  assert.equal(observation.performer[0].reference, located(answer, 2));
  assert.equal(observation.identifier[0].value, urn(1), 'an identifier is no reference');
  assert.equal(
    observation.text.div,
    `<div xmlns="http://www.w3.org/1999/xhtml"><a href="${located(answer, 1)}">${urn(1)}</a></div>`,
  );
  assert.equal(answer.json.entry[4].resource.content[0].attachment.url, located(answer, 3));
  assert.match(answer.json.entry[1].response.lastModified, /^\d{4}-/);
  assert.equal((await ask('GET', `/Observation?subject=${located(answer, 1)}`)).json.entry.length, 1);
  const minimal = await send('transaction', [post('Patient', patientNamed('Masson'))]);
  assert.equal(minimal.json.entry[0].resource, undefined);
});

test('ECH-1 transaction: all or nothing, and the place of what is wrong', async () => {
  const before = await server.versions();
  await refused(
    await send('transaction', [
      post('Patient', patientNamed('A')),
      post('Patient', { resourceType: 'Patient', gender: 'x' }),
    ]),
    422,
    /Bundle\.entry\[1\]\.resource\.gender/,
    before,
  );
  await refused(
    await send('transaction', [
      post('Patient', patientNamed('A')),
      { request: { method: 'GET', url: 'Patient/none' } },
    ]),
    400,
    /Bundle\.entry\[1\]/,
    before,
  );
  await refused(
    await send('transaction', [
      post('Patient', patientNamed('A')),
      { request: { method: 'PATCH', url: 'Patient/none' }, resource: { resourceType: 'Parameters' } },
    ]),
    400,
    /Bundle\.entry\[1\]/,
    before,
  );
  await refused(
    await send('transaction', [post('Observation', weight(urn(9), 1))]),
    400,
    /Bundle\.entry\[0\]\.resource\.subject\.reference/,
    before,
  );
  await refused(
    await send('transaction', [post('Patient', patientNamed('A'), urn(1)), post('Patient', patientNamed('B'), urn(1))]),
    400,
    /fullUrl/,
    before,
  );
  await refused(
    await send('transaction', [post('Patient', patientNamed('A')), {} as Entry]),
    400,
    /Bundle\.entry\[1\]\.request/,
    before,
  );
  await refused(
    await send('transaction', [
      post('Patient', patientNamed('A')),
      { request: { method: 'GET', url: 'Patient?_count=x' } },
    ]),
    400,
    /_count/,
    before,
  );
  await refused(await send('collection', []), 400, /batch or transaction/, before);
  await refused(
    await ask('POST', '', { resourceType: 'Bundle', type: 'transaction', entry: {} }),
    400,
    /array/,
    before,
  );
  const put = (id: string) => ({
    resource: { ...patientNamed('A'), id },
    request: { method: 'PUT', url: `Patient/${id}` },
  });
  await refused(await send('transaction', [put('twice'), put('twice')]), 400, /Patient\/twice/, before);
  await refused(
    await send('transaction', [post('Patient', patientNamed('A'))], { authorization: 'reader' }),
    403,
    /may not/,
    before,
  );
  assert.deepEqual(
    statuses(await ask('POST', '', { resourceType: 'Bundle', type: 'transaction', entry: [put('once')] })),
    [201],
  );
  assert.equal((await ask('POST', '', { resourceType: 'Bundle', type: 'transaction' })).json.entry, undefined);
});

test('ECH-1 transaction: deletes, then creates, updates and reads, whatever their order', async () => {
  const old = (await ask('POST', '/Patient', patientNamed('Old'))).json.id;
  const kept = (await ask('POST', '/Patient', patientNamed('Kept'))).json.id;
  const answer = await send('transaction', [
    { request: { method: 'GET', url: `Patient?family=Ordre&_summary=count` } },
    {
      request: { method: 'PATCH', url: `Patient/${kept}` },
      resource: {
        resourceType: 'Binary',
        contentType: 'application/json-patch+json',
        data: Buffer.from(JSON.stringify([{ op: 'replace', path: '/name/0/family', value: 'Ordre' }])).toString(
          'base64',
        ),
      },
    },
    post('Patient', patientNamed('Ordre')),
    { request: { method: 'DELETE', url: `Patient/${old}` } },
    { request: { method: 'GET', url: `Patient/${kept}` } },
  ]);
  assert.equal(answer.status, 200, answer.text);
  assert.deepEqual(statuses(answer), [200, 200, 201, 204, 200]);
  assert.equal(answer.json.entry[0].resource.total, 2);
  assert.equal(answer.json.entry[4].resource.name[0].family, 'Ordre');
  assert.equal((await ask('GET', `/Patient/${old}`)).status, 410);
});

test('ECH-1 transaction: conditional references, creates, updates and deletes', async () => {
  const id = (value: string) => ({ identifier: [{ system: 'urn:oid:1.9', value }] });
  const practitioner = (value: string, family: string) => ({
    resourceType: 'Practitioner',
    ...id(value),
    name: [{ family }],
  });
  const first = await send('transaction', [
    post(
      'Patient',
      { ...patientNamed('Cond'), generalPractitioner: [{ reference: 'Practitioner?identifier=urn:oid:1.9|p1' }] },
      urn(1),
    ),
    post('Practitioner', practitioner('p1', 'Riou'), urn(2), { ifNoneExist: 'identifier=urn:oid:1.9|p1' }),
  ]);
  assert.equal(first.status, 200, first.text);
  assert.equal(
    (await ask('GET', `/${located(first, 0)}`)).json.generalPractitioner[0].reference,
    located(first, 1),
    'also to what the transaction creates',
  );

  const second = await send('transaction', [
    post('Practitioner', practitioner('p1', 'Riou'), urn(2), { ifNoneExist: 'identifier=urn:oid:1.9|p1' }),
    {
      fullUrl: urn(3),
      resource: practitioner('p2', 'Salaun'),
      request: { method: 'PUT', url: 'Practitioner?identifier=urn:oid:1.9|p2' },
    },
    post('Patient', {
      ...patientNamed('Cond'),
      generalPractitioner: [
        { reference: urn(2) },
        { reference: urn(3) },
        { reference: 'Practitioner?identifier=urn:oid:1.9|p1' },
      ],
    }),
  ]);
  assert.equal(second.status, 200, second.text);
  assert.deepEqual(statuses(second), [200, 201, 201]);
  assert.equal(located(second, 0), located(first, 1));
  assert.deepEqual(
    (await ask('GET', `/${located(second, 2)}`)).json.generalPractitioner.map(
      (r: { reference: string }) => r.reference,
    ),
    [located(first, 1), located(second, 1), located(first, 1)],
  );

  const third = await send('transaction', [
    {
      resource: practitioner('p2', 'Salaun-Roy'),
      request: { method: 'PUT', url: 'Practitioner?identifier=urn:oid:1.9|p2', ifMatch: 'W/"1"' },
    },
    { request: { method: 'DELETE', url: 'Practitioner?identifier=urn:oid:1.9|none' } },
  ]);
  assert.deepEqual(statuses(third), [200, 204], third.text);
  const before = await server.versions();
  await refused(
    await send('transaction', [
      {
        resource: practitioner('p2', 'X'),
        request: { method: 'PUT', url: 'Practitioner?identifier=urn:oid:1.9|p2', ifMatch: 'W/"1"' },
      },
    ]),
    412,
    /version/,
    before,
  );
  await refused(
    await send('transaction', [
      post('Patient', {
        ...patientNamed('C'),
        generalPractitioner: [{ reference: 'Practitioner?identifier=urn:oid:1.9|nobody' }],
      }),
    ]),
    412,
    /nobody/,
    before,
  );
  await refused(
    await send('transaction', [
      post('Patient', { ...patientNamed('C'), managingOrganization: { reference: 'Organization?nmae=x' } }),
    ]),
    400,
    /nmae/,
    before,
  );
  await ask('POST', '/Practitioner', practitioner('p1', 'Double'));
  const more = await server.versions();
  await refused(
    await send('transaction', [
      post('Patient', {
        ...patientNamed('C'),
        generalPractitioner: [{ reference: 'Practitioner?identifier=urn:oid:1.9|p1' }],
      }),
    ]),
    412,
    /several/,
    more,
  );
  await refused(
    await send('transaction', [
      post('Practitioner', practitioner('p1', 'T'), undefined, { ifNoneExist: 'identifier=urn:oid:1.9|p1' }),
    ]),
    412,
    /several/,
    more,
  );
  await refused(
    await send('transaction', [{ request: { method: 'DELETE', url: 'Practitioner?identifier=urn:oid:1.9|p1' } }]),
    412,
    /several/,
    more,
  );
});

test('ECH-1 the same condition in many requests at once creates one resource', async () => {
  const resource = { ...patientNamed('Unique'), identifier: [{ system: 'urn:oid:1.9', value: 'race' }] };
  const where = 'identifier=urn:oid:1.9|race';
  const one = [
    () => ask('POST', '/Patient', resource, { 'if-none-exist': where }),
    () => ask('PUT', `/Patient?${where}`, resource),
    () => send('transaction', [post('Patient', resource, undefined, { ifNoneExist: where })]),
  ];
  const answers = await Promise.all(Array.from({ length: 12 }, (_, i) => one[i % 3]!()));
  for (const answer of answers) assert.ok(answer.status < 300, answer.text);
  assert.equal((await ask('GET', `/Patient?${where}&_summary=count`)).json.total, 1);
});

test('ECH-1 batch keeps the order between kinds of entries', async () => {
  const many = Array.from({ length: 40 }, (_, i) => post('Patient', patientNamed(`Suite${i % 2}`)));
  const count = { request: { method: 'GET', url: 'Patient?family=Suite1&_summary=count' } };
  const answer = await send('batch', [count, ...many, count]);
  assert.equal(answer.json.entry[0].resource.total, 0);
  assert.equal(answer.json.entry[41].resource.total, 20);
});

test('ECH-1 transaction of 50 resources in one go', async () => {
  const entries = [
    post('Patient', patientNamed('Cinquante'), urn(1)),
    ...Array.from({ length: 49 }, (_, i) => post('Observation', weight(urn(1), 50 + i))),
  ];
  const answer = await send('transaction', entries);
  assert.equal(answer.json.entry.length, 50, answer.text);
  assert.equal((await ask('GET', `/Observation?patient=${located(answer, 0)}&_summary=count`)).json.total, 49);
});
