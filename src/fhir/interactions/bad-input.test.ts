import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import fc from 'fast-check';
import { type Answered, fhirServer, patientNamed, weight } from './fhir-server-for-tests.ts';

let server: Awaited<ReturnType<typeof fhirServer>>;
let patient: string;
before(async () => {
  server = await fhirServer();
  patient = (await server.ask('POST', '/Patient', patientNamed('Stable'))).json.id;
  await server.ask('POST', '/Observation', weight(`Patient/${patient}`, 70));
});

const ask = (method: string, url: string, body?: unknown, headers: Record<string, string> = {}) =>
  server.ask(method, url, body, headers);
const refused = (answer: Answered, statuses: number[], words?: RegExp) => {
  assert.ok(statuses.includes(answer.status), `${answer.status} ${answer.text.slice(0, 300)}`);
  assert.equal(answer.json?.resourceType, 'OperationOutcome', answer.text.slice(0, 300));
  assert.ok(answer.json.issue[0].diagnostics.length > 10);
  assert.doesNotMatch(answer.text, /node:internal|\.ts:\d+|select |insert /);
  if (words) assert.match(answer.json.issue[0].diagnostics, words);
};
/** The server answers, and holds what it held. */
const unharmed = async (count: number) => {
  assert.equal(await server.versions(), count);
  assert.equal((await ask('GET', `/Patient/${patient}`)).json.name[0].family, 'Stable');
};

test('SEC-16 bodies that are not FHIR JSON: 4xx, what and where, nothing stored', async () => {
  const count = await server.versions();
  const json = JSON.stringify;
  const deep = (open: string, close: string, n: number) => `${open.repeat(n)}${close.repeat(n)}`;
  const bodies: [string | Buffer, number[], RegExp?][] = [
    ['', [400], /empty/],
    ['   \n', [400], /empty/],
    ['{"resourceType":"Patient",}', [400], /line 1, column 27|position 26/],
    ['{"resourceType":"Patient"', [400], /breaks at/],
    ['null', [400], /null/],
    ['42', [400], /a number/],
    ['"Patient"', [400], /a string/],
    ['[]', [400], /an array/],
    ['{}', [400], /resourceType/],
    ['{"resourceType":["Patient"]}', [400], /resourceType/],
    ['{"resourceType":"Observation"}', [400], /Observation/],
    ['{"resourceType":"Patient","meta":3}', [400]],
    ['{"resourceType":"Patient","id":3}', [400]],
    [json(patientNamed('a\u0000b')), [400], /NUL/],
    ['{"resourceType":"Patient","name":[{"family":"\\ud800"}]}', [400], /surrogate/],
    ['{"resourceType":"Patient","multipleBirthInteger":1e999}', [400], /out of range/],
    [Buffer.from([0x7b, 0x22, 0xff, 0xfe, 0x22, 0x7d]), [400], /UTF-8/],
    [
      Buffer.concat([
        Buffer.from('{"resourceType":"Patient","name":[{"family":"'),
        Buffer.from('é', 'latin1'),
        Buffer.from('"}]}'),
      ]),
      [400],
      /UTF-8/,
    ],
    [deep('[', ']', 200_000), [400], /deeper/],
    [deep('{"a":', '}', 101).replace('}', '1}'), [400], /deeper/],
    [`{"resourceType":"Patient","contact":${deep('[', ']', 99)}}`, [422]],
    [
      `{"resourceType":"Patient","extension":${'[{"url":"http://x","extension":'.repeat(45)}[]${'}]'.repeat(45)}}`,
      [422],
    ],
    ['{"resourceType":"Patient","__proto__":{"polluted":1}}', [422]],
    ['{"resourceType":"Patient","constructor":{"prototype":{"polluted":1}}}', [422]],
    ['{"resourceType":"Patient","birthDate":"0000-00-00"}', [422]],
    ['{"resourceType":"Patient","birthDate":"2024-02-31"}', [422]],
    [
      '{"resourceType":"Patient","contained":[{"resourceType":"Patient","contained":[{"resourceType":"Nothing"}]}]}',
      [422],
    ],
    ['{"resourceType":"Patient","link":{"a":1},"link":[1]}', [400], /twice/],
    ['PATIENT', [400], /position|line/],
    ['<Patient xmlns="http://hl7.org/fhir"/>', [400]],
    ['a=b&c=d', [400]],
  ];
  for (const [body, statuses, words] of bodies) {
    refused(await ask('POST', '/Patient', body), statuses, words);
    refused(await ask('PUT', `/Patient/${patient}`, body), [...statuses, 400]);
    refused(await ask('POST', '', body), [400, 422]);
  }
  await unharmed(count);
  assert.equal(({} as { polluted?: unknown }).polluted, undefined);
  // Which of the two was meant nobody knows: neither is lost in silence.
  const twice =
    '{"resourceType":"Patient","name":[{"family":"A"},{"family":"B : C","given":["x"], "family" : "D"}],"active":true}';
  refused(await ask('POST', '/Patient', twice), [400], /name\[1\]\.family is given twice/);
  refused(
    await ask('POST', '/Patient', '{"resourceType":"Patient","active":false,"a\\u0063tive":true}'),
    [400],
    /active is given twice/,
  );
  await unharmed(count);
});

test('SEC-16 bodies too large: 413, before and after they are read', async () => {
  const count = await server.versions();
  const large = JSON.stringify(patientNamed('x'.repeat(21 * 1024 * 1024)));
  refused(await ask('POST', '/Patient', large), [413], /20 MB/);
  refused(
    await ask('POST', '', `{"resourceType":"Bundle","type":"batch","x":"${'x'.repeat(51 * 1024 * 1024)}"}`),
    [413],
    /50 MB/,
  );
  await unharmed(count);
});

test('SEC-16 addresses and headers that make no sense: 4xx', async () => {
  const count = await server.versions();
  for (const url of [
    '/Patient?name=%00',
    '/Patient?_id=%00',
    '/Patient?%00=1',
    `/Patient?name=${'x'.repeat(30_000)}`,
    '/Patient?_sort=%F0%9F%92%A9',
    '/Patient?birthdate=99999-01-01',
    '/Patient?_lastUpdated=ge0000-00-00',
    '/Observation?value-quantity=1e999',
    '/Patient?_include=Nothing:x',
    '/Patient?_has:a:b:c=d',
    `/Patient?${'a.'.repeat(50)}b=1`,
  ]) {
    const answer = await ask('GET', url, undefined, { prefer: 'handling=strict' });
    refused(answer, [400, 414]);
  }
  // They reach no interaction: the form is FHIR's all the same.
  for (const url of ['/Patient/%ZZ', '/%C3', '/Patient/%E9t%E9/_history'])
    refused(await ask('GET', url), [400], /Nothing was changed/);
  for (const header of ['W/"', '"a b"', 'é', '\t', ',', 'W/"1" W/"2"', '*, *']) {
    refused(
      await ask('PUT', `/Patient/${patient}`, { ...patientNamed('X'), id: patient }, { 'if-match': header }),
      [400, 412],
    );
  }
  refused(await ask('POST', '/Patient', patientNamed('X'), { 'if-none-exist': '?' }), [412]);
  refused(await ask('POST', '/Patient', patientNamed('X'), { 'if-none-exist': 'nothing-known=1' }), [400]);
  await unharmed(count);
});

test('SEC-16 any bytes, JSON, query and headers at every address: never a 5xx, nothing stored but bytes sent as a Binary', async () => {
  const count = await server.versions();
  let raw = 0;
  const ids = fc.constantFrom(
    patient,
    'none',
    '$everything',
    '_history',
    '_search',
    '%00',
    '..',
    '*',
    "'; drop table x;--",
  );
  const type = fc.constantFrom(
    'Patient',
    'Observation',
    'Bundle',
    'Parameters',
    'Binary',
    'ValueSet',
    'CodeSystem',
    'Nothing',
    'metadata',
    '_history',
    '$validate',
    '__proto__',
  );
  const tail = fc.constantFrom(
    '_history',
    '_history/1',
    '_history/x',
    '$everything',
    '$validate',
    'Observation',
    '*',
    '$expand',
    '_search',
    'a/b/c',
  );
  const path = fc.oneof(
    fc.constant(''),
    fc.constant('/'),
    type.map((t) => `/${t}`),
    fc.tuple(type, ids).map((p) => `/${p.join('/')}`),
    fc.tuple(type, ids, tail).map((p) => `/${p.join('/')}`),
    fc.webPath(),
  );
  const name = fc.constantFrom(
    '_count',
    '_sort',
    '_cursor',
    '_summary',
    '_elements',
    '_include',
    '_revinclude',
    '_total',
    '_type',
    '_id',
    '_lastUpdated',
    '_since',
    '_at',
    '_format',
    '_pretty',
    'name',
    'birthdate:missing',
    'date',
    'value-quantity',
    'patient',
    'subject:Patient.name',
    '_has:Observation:patient:code',
    'code:in',
    'identifier:of-type',
    'url',
    'code',
    'start',
    'profile',
    'mode',
  );
  const value = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 20 }),
    fc.constantFrom(
      '1',
      '-1',
      '99999999999',
      'Patient/1',
      'ge2024',
      'a|b',
      '|',
      ',',
      '\\',
      '$',
      'Observation:patient',
      '*',
      'true',
      'eyJ9',
      'xml',
    ),
  );
  const query = fc
    .array(fc.tuple(name, value), { maxLength: 3 })
    .map((pairs) =>
      pairs.length > 0 ? `?${new URLSearchParams(pairs.map(([n, v]): [string, string] => [n, v.toWellFormed()]))}` : '',
    );
  const headers = fc.record(
    {
      'content-type': fc.constantFrom(
        'application/fhir+json',
        'application/json-patch+json',
        'application/x-www-form-urlencoded',
        'text/plain',
        ';',
        'application/fhir+json; charset=utf-16',
      ),
      accept: fc.constantFrom(
        '*/*',
        'application/fhir+json',
        'text/html',
        ';;,',
        'application/fhir+json; fhirVersion=9',
      ),
      'if-match': fc.string({ maxLength: 10 }).map((text) => text.replace(/[^\x20-\x7e]/g, '')),
      'if-none-match': fc.constantFrom('*', 'W/"1"', '"'),
      'if-none-exist': fc.constantFrom('', '?', 'name=zz', 'x'),
      'if-modified-since': fc.constantFrom('soon', 'Mon, 01 Jan 2001 00:00:00 GMT'),
      prefer: fc.constantFrom('return=minimal', 'handling=strict', ',;=', 'return=OperationOutcome; handling=lenient'),
      'x-request-id': fc.constantFrom('a', 'x'.repeat(500)),
    },
    { requiredKeys: [] },
  );
  const patch = fc.array(
    fc.record(
      {
        op: fc.constantFrom('add', 'remove', 'test', 'move', 'copy', 'replace', 'x'),
        path: fc.constantFrom('/id', '/name/-1', '/__proto__/x', '', '/name/0', '/a/b', '~'),
        from: fc.constantFrom('/name', '/', '/name/0/family'),
        value: fc.jsonValue(),
      },
      { requiredKeys: [] },
    ),
    { maxLength: 3 },
  );
  const parameters = fc
    .array(
      fc.record(
        {
          name: fc.constantFrom('operation', 'resource', 'url', 'code', '_count', 'mode'),
          valueString: fc.string(),
          part: fc.array(
            fc.record(
              {
                name: fc.constantFrom('type', 'path', 'name', 'value', 'index'),
                valueString: fc.constantFrom(
                  'Patient.name',
                  'x',
                  '%context',
                  "'a'",
                  'Patient.name.where(',
                  'Patient.repeat(name)',
                ),
                valueCode: fc.constantFrom('add', 'delete', 'replace', 'insert', 'move'),
                valueInteger: fc.integer(),
              },
              { requiredKeys: ['name'] },
            ),
          ),
        },
        { requiredKeys: [] },
      ),
    )
    .map((parameter) => ({ resourceType: 'Parameters', parameter }));
  // Requests that would really write are left out: what is invalid must leave no trace.
  const broken = fc.jsonValue({ maxDepth: 3 });
  const entry = fc.record(
    {
      fullUrl: fc.constantFrom('urn:uuid:1', 'x', 3),
      resource: broken,
      request: fc.record(
        {
          method: fc.constantFrom('GET', 'POST', 'PUT', 'PATCH', 'HEAD', 'X'),
          url: fc.constantFrom(
            'Patient',
            'Patient/none',
            'Patient?_id=x',
            '',
            '?',
            '%',
            'Nothing',
            'Patient/$validate',
            'metadata',
            '$x',
          ),
          ifMatch: fc.constantFrom('W/"1"', '?'),
        },
        { requiredKeys: [] },
      ),
    },
    { requiredKeys: [] },
  );
  const bundle = fc.record({
    resourceType: fc.constant('Bundle'),
    type: fc.constantFrom('batch', 'transaction', 'x'),
    entry: fc.oneof(fc.array(fc.oneof(entry, broken), { maxLength: 4 }), broken),
  });
  const body = fc.oneof(
    fc.uint8Array({ maxLength: 200 }).map((bytes) => Buffer.from(bytes)),
    fc.string({ unit: 'binary', maxLength: 100 }).map((text) => Buffer.from(text)),
    fc.oneof(broken, patch, parameters, bundle).map((json) => JSON.stringify(json)),
    broken.map((json) =>
      JSON.stringify({
        ...(typeof json === 'object' && !Array.isArray(json) ? json : { x: json }),
        resourceType: 'Patient',
        unknown: 1,
      }),
    ),
    fc.constant(undefined),
  );
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom('GET', 'HEAD', 'POST', 'PUT', 'PATCH'),
      path,
      query,
      headers,
      body,
      async (method, url, search, given, payload) => {
        const sent = method === 'GET' || method === 'HEAD' ? undefined : payload;
        const answer = await ask(method, `${url}${search}`, sent, given as Record<string, string>);
        assert.ok(answer.status < 500, `${method} ${url}${search} → ${answer.status} ${answer.text}`);
        // Any bytes make a Binary.
        if (
          url.startsWith('/Binary') &&
          (method === 'POST' || method === 'PUT') &&
          (answer.status === 201 || (method === 'PUT' && answer.status === 200))
        )
          raw++;
        if (answer.status >= 400 && method !== 'HEAD')
          assert.equal(answer.json?.resourceType, 'OperationOutcome', `${method} ${url}${search} ${answer.text}`);
        if (answer.json?.resourceType === 'Bundle')
          for (const one of answer.json.entry ?? [])
            if (one.response) assert.ok(Number.parseInt(one.response.status, 10) < 500, JSON.stringify(one));
      },
    ),
    { numRuns: Number(process.env.FUZZ_RUNS ?? 600) },
  );
  await unharmed(count + raw);
});
