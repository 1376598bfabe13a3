import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import fc from 'fast-check';
import { type Answer, newPractice, type Send, type TestPerson, testHouse } from '../../../test/app.ts';
import { patientNamed, weight } from './fhir-server-for-tests.ts';

const ok = (answer: Answer) => {
  assert.ok(answer.status < 300, `${answer.status} ${answer.text}`);
  return answer.body;
};
const bundleOf = (type: string, ...entry: object[]) => ({ resourceType: 'Bundle', type, entry });

describe('the FHIR interface under attack', () => {
  let tenant: number;
  let elsewhere: number;
  let house: Send;
  let nurse: TestPerson;
  let doctor: TestPerson;
  let open = '';
  let kept = '';
  let measure = '';
  const hidden: string[] = [];
  const callers: Record<string, { send: Send; mayReadHidden: boolean }> = {};

  before(async () => {
    const practice = await newPractice();
    tenant = practice.tenant;
    house = await practice.client('system/*.cruds');
    doctor = await practice.person('physician');
    nurse = await practice.person('nurse');
    const other = await newPractice();
    elsewhere = other.tenant;
    const there = await other.client('system/*.cruds');
    const create = async (send: Send, resource: { resourceType: string }): Promise<string> =>
      ok(await send('POST', `/fhir/R4/${resource.resourceType}`, resource)).id;
    open = await create(house, patientNamed('Ouvertel'));
    kept = await create(house, patientNamed('Opposel'));
    for (const [patient, members] of [
      [open, [doctor, nurse]],
      [kept, [doctor]],
    ] as const)
      await create(house, {
        resourceType: 'CareTeam',
        status: 'active',
        subject: { reference: `Patient/${patient}` },
        participant: members.map(({ practitioner }) => ({ member: { reference: `Practitioner/${practitioner}` } })),
      } as never);
    measure = await create(house, weight(`Patient/${open}`, 70, { note: [{ text: 'lisible' }] }));
    hidden.push(await create(house, weight(`Patient/${kept}`, 71, { note: [{ text: 'SECRETGARDE' }] })));
    const foreigner = await create(there, patientNamed('SECRETAILLEURS'));
    hidden.push(
      foreigner,
      await create(there, weight(`Patient/${foreigner}`, 72, { note: [{ text: 'SECRETAILLEURS' }] })),
    );
    const role = async (profession: Parameters<typeof practice.person>[0]) => (await practice.person(profession)).send;
    Object.assign(callers, {
      house: { send: house, mayReadHidden: true },
      reader: { send: await practice.client('system/*.rs'), mayReadHidden: true },
      patients: { send: await practice.client('system/Patient.cruds'), mayReadHidden: false },
      doctor: { send: doctor.send, mayReadHidden: true },
      nurse: { send: nurse.send, mayReadHidden: false },
      outsider: { send: await role('physician'), mayReadHidden: false },
      secretary: { send: await role('medical-secretary'), mayReadHidden: false },
      pharmacist: { send: await role('pharmacist'), mayReadHidden: false },
      administrator: {
        send: (await practice.person('administrator', { roles: ['owner', 'administrator'] })).send,
        mayReadHidden: false,
      },
    });
  });

  /** Every version of both practices: what stands, its number and its content. */
  async function held(): Promise<string> {
    const { db } = await testHouse();
    const of = (one: number) =>
      db.tenant(one, (sql) =>
        sql.query<{ n: string }>(
          `select coalesce(string_agg(md5(r.content) || r.version || r.deleted, ',' order by r.rid), '') || (select count(*) from fhir.history h where h.tenant_id = $1) as n from fhir.resource r where r.tenant_id = $1`,
          [one],
        ),
      );
    return JSON.stringify([await of(tenant), await of(elsewhere)]);
  }

  test('ECH-1 SEC-4 SEC-7 SEC-16 whatever is sent, as whoever: never a 5xx, never a change on a refusal, never a datum of another practice or of a record one is not in', async () => {
    const id = fc.constantFrom(
      () => open,
      () => kept,
      () => measure,
      () => hidden[0]!,
      () => hidden[1]!,
      () => hidden[2]!,
      () => 'nobody',
      () => '%00',
      () => '..%2f..',
      () => 'é'.repeat(40),
      () => 'a'.repeat(200),
      () => '%ff%fe',
      () => "x'or'1'='1",
    );
    const type = fc.constantFrom(
      'Patient',
      'Observation',
      'Provenance',
      'Binary',
      'Task',
      'Composition',
      'Nothing',
      'patient',
      '$everything',
      '_history',
    );
    const tail = fc.constantFrom(
      '',
      '/_history',
      '/_history/1',
      '/_history/0',
      '/_history/-1',
      '/_history/99999999999',
      '/_history/1e3',
      '/$everything',
      '/$validate',
      '/$summary',
      '/$meta',
      '/$nonsense',
      '/Observation',
      '/*',
      '/Observation/_search',
      '/_search',
      '//',
    );
    const param = fc.constantFrom(
      '',
      '_cursor=AAAA',
      '_cursor=W10',
      `_cursor=${Buffer.from('["2020-01-01T00:00:00Z",9007199254740993,1]').toString('base64url')}`,
      `_cursor=${Buffer.from('["2020-01-01T00:00:00Z",1,99999999999]').toString('base64url')}`,
      `_cursor=${Buffer.from('["-271821-04-20T00:00:00Z",1,1]').toString('base64url')}`,
      `_cursor=${Buffer.from('[1,2]').toString('base64url')}`,
      '_count=0',
      '_count=-1',
      '_count=1e9',
      '_count=99999999999999999999',
      '_count=abc',
      '_sort=nothing',
      '_sort=-,-',
      '_sort=_id,-_lastUpdated,date',
      '_total=accurate',
      '_summary=count',
      '_summary=x',
      '_elements=id,,',
      '_format=xml',
      '_pretty=maybe',
      '_since=yesterday',
      '_since=9999-12-31T23:59:59Z',
      '_since=-0001-01-01T00:00:00Z',
      '_at=2026-13-45',
      '_lastUpdated=gt2020&_lastUpdated=lt9999999',
      '_has:Observation:subject:code=29463-7',
      '_has:Observation:subject:_has:Provenance:target:recorded=2020',
      `${'_has:Observation:subject:'.repeat(40)}code=1`,
      `subject:Patient.${'link.'.repeat(30)}name=x`,
      'subject.name=SECRETAILLEURS',
      'subject:Patient.family=Opposel',
      'patient.family=Opposel',
      'code:above=http://loinc.org|29463-7',
      'code:below=|',
      'code:in=http://nowhere/vs',
      'code:not-in=',
      'code:text=%00',
      'family:contains=%',
      'family:exact=%ED%A0%80',
      'family=\\',
      'family=$|,\\,',
      'value-quantity=gt1e400',
      'value-quantity=70||',
      'value-quantity=eqNaN',
      'date=ap0000',
      'date=2026-02-30',
      'date=ge2026-01-01T25:61',
      'birthdate:missing=perhaps',
      'identifier=|||',
      '_id=a,b,,c',
      `_id=${'x,'.repeat(3000)}y`,
      '_list=nobody',
      '_include=*',
      '_include=*:*',
      '_include:iterate=Observation:subject',
      '_revinclude=*',
      '_revinclude:iterate=Provenance:target',
      '_include=Nothing:x',
      '_contained=both',
      '_type=Nothing,Patient',
      '_text=x',
      '_content=x',
      '_filter=name eq x',
      '_query=x',
      '_id',
      '=x',
      '&&&',
      '%',
      '%zz=%zz',
      '__proto__=x',
      'constructor=x',
      'hasOwnProperty:exact=x',
      '_has=x',
      '_has:::=',
      'note=SECRETGARDE',
      '_tag=x|',
      '_security:not=x',
      '_profile:below=http://',
      'onlyCertainFields=1',
    );
    const header = fc.constantFrom<Record<string, string>>(
      {},
      { 'if-match': '*' },
      { 'if-match': 'W/"1"' },
      { 'if-match': '1' },
      { 'if-match': 'W/"-1"' },
      { 'if-match': 'W/"99999999999"' },
      { 'if-match': 'W/"1", W/"2"' },
      { 'if-match': '""' },
      { 'if-none-match': '*' },
      { 'if-none-match': 'W/"1"' },
      { 'if-none-match': 'x' },
      { 'if-modified-since': 'hier' },
      { 'if-modified-since': 'Fri, 31 Dec 9999 23:59:59 GMT' },
      { 'if-none-exist': 'family=Ouvertel' },
      { 'if-none-exist': '' },
      { 'if-none-exist': '_cursor=AAAA' },
      { 'if-none-exist': '%zz' },
      { prefer: 'return=minimal' },
      { prefer: 'return=OperationOutcome' },
      { prefer: 'handling=strict' },
      { prefer: 'handling=lenient; return=nothing;;;' },
      { prefer: 'respond-async' },
      { accept: 'application/fhir+xml' },
      { accept: '*/*;q=0' },
      { accept: 'x'.repeat(3000) },
      { accept: 'application/fhir+json; fhirVersion=9.0' },
      { 'content-type': 'text/plain' },
      { 'content-type': 'application/json-patch+json' },
      { 'content-type': 'application/fhir+json; charset=latin1' },
      { 'content-type': 'application/fhir+json; charset=utf-16' },
      { 'content-type': 'application/x-www-form-urlencoded' },
      { 'content-type': 'multipart/form-data' },
      { 'content-type': ';;' },
      { 'content-encoding': 'gzip' },
      { 'x-provenance': '{' },
      { 'x-forwarded-for': '::ffff:%' },
    );
    const of = (resource: object) => () => resource;
    const body = fc.constantFrom<() => unknown>(
      () => undefined,
      () => '',
      () => '{',
      () => 'null',
      () => '[]',
      () => '[{}]',
      () => `${'['.repeat(5000)}${']'.repeat(5000)}`,
      () => '{"resourceType":"Patient","resourceType":"Observation"}',
      () => '{"resourceType":"Patient","__proto__":{"x":1}}',
      () => `{"resourceType":"Patient","id":"${open}","multipleBirthInteger":1e400}`,
      () => '{"resourceType":"Patient","name":[{"family":"\\ud800"}]}',
      () => '{"resourceType":"Patient","name":[{"family":"\\u0000"}]}',
      () => Buffer.from([0xff, 0xfe, 0x7b, 0x00]),
      () => ({ ...patientNamed('Change'), id: open }),
      () => ({ ...patientNamed('Change'), id: kept }),
      () => ({ ...patientNamed('Change'), id: hidden[1] }),
      () => ({ ...weight(`Patient/${kept}`, 1), id: measure }),
      () => ({ ...weight(`Patient/${hidden[1]}`, 1), id: measure }),
      () => ({ ...weight(`Patient/${open}`, 1), id: measure, meta: { versionId: '7', lastUpdated: 'x' } }),
      () => [{ op: 'replace', path: '/status', value: 'entered-in-error' }],
      () => [{ op: 'remove', path: '/id' }],
      () => [{ op: 'replace', path: '/subject/reference', value: `Patient/${kept}` }],
      () => [{ op: 'copy', from: '', path: '/note/-' }],
      () => [{ op: 'add', path: '/__proto__/x', value: 1 }],
      () => [{ op: 'move', from: '/status', path: '/status/x' }],
      () => [{ op: 'test', path: '/note/0/text', value: 'SECRETGARDE' }],
      () => [{ op: 'add', path: `/${'a/'.repeat(900)}`, value: 1 }],
      of({
        resourceType: 'Parameters',
        parameter: [
          {
            name: 'operation',
            part: [
              { name: 'type', valueCode: 'delete' },
              { name: 'path', valueString: 'Observation.subject' },
            ],
          },
        ],
      }),
      of({
        resourceType: 'Parameters',
        parameter: [
          {
            name: 'operation',
            part: [
              { name: 'type', valueCode: 'replace' },
              { name: 'path', valueString: 'Observation.where((((' },
            ],
          },
        ],
      }),
      of({ resourceType: 'Parameters', parameter: [{ name: 'operation' }, null] }),
      of({ resourceType: 'Parameters', parameter: {} }),
      of(bundleOf('transaction', {}, null as never)),
      of(bundleOf('nonsense', { request: { method: 'GET', url: 'Patient' } })),
      () =>
        bundleOf(
          'batch',
          { request: { method: 'GET', url: `Patient/${kept}/$everything` } },
          { request: { method: 'GET', url: `Observation?subject=Patient/${hidden[1]}&_include=*` } },
          { request: { method: 'GET', url: `Observation/${hidden[2]}/_history/1` } },
          {
            request: { method: 'PATCH', url: `Observation/${hidden[0]}` },
            resource: { resourceType: 'Binary', contentType: 'application/json-patch+json', data: 'W10=' },
          },
        ),
      () =>
        bundleOf(
          'transaction',
          {
            request: { method: 'POST', url: 'Patient', ifNoneExist: 'family=SECRETAILLEURS' },
            resource: patientNamed('Neuf'),
          },
          { request: { method: 'DELETE', url: `Observation/${hidden[0]}` } },
          {
            request: { method: 'PUT', url: 'Observation?subject=Patient/nobody' },
            resource: weight('Patient?family=Opposel', 1),
          },
        ),
      () =>
        bundleOf('transaction', {
          request: { method: 'PUT', url: `Patient/${open}`, ifMatch: 'W/"0"' },
          resource: { ...patientNamed('Change'), id: open },
        }),
      () =>
        bundleOf('transaction', {
          request: { method: 'POST', url: 'Bundle' },
          resource: bundleOf('transaction', { request: { method: 'POST', url: '' } }),
        }),
      of(
        bundleOf(
          'transaction',
          ...Array.from({ length: 30 }, () => ({
            fullUrl: 'urn:uuid:x',
            request: { method: 'POST', url: 'Basic' },
            resource: { resourceType: 'Basic', code: {}, subject: { reference: 'urn:uuid:x' } },
          })),
        ),
      ),
      () => 'family=Opposel&_cursor=AAAA',
    );
    // What is there and well said, three times out of four: the deep ways in are behind it.
    const there = fc.constantFrom(
      () => `Patient/${open}`,
      () => `Patient/${kept}`,
      () => `Patient/${hidden[1]}`,
      () => `Observation/${measure}`,
      () => `Observation/${hidden[0]}`,
      () => `Observation/${hidden[2]}`,
      () => 'Observation',
      () => 'Patient',
      () => '',
    );
    const odd = fc.tuple(type, fc.option(id)).map(
      ([of, at]) =>
        () =>
          [of, at?.()].filter(Boolean).join('/'),
    );
    const place = fc.oneof({ weight: 3, arbitrary: there }, { weight: 1, arbitrary: odd });
    const end = fc.oneof(
      { weight: 3, arbitrary: fc.constantFrom('', '/_history', '/_history/1') },
      { weight: 1, arbitrary: tail },
    );
    const few = <T>(of: fc.Arbitrary<T>, most: number) =>
      fc.oneof(
        { weight: 2, arbitrary: fc.constant<T[]>([]) },
        { weight: 3, arbitrary: fc.array(of, { maxLength: most }) },
      );
    const method = fc.constantFrom('GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS');
    const who = fc.constantFrom(...Object.keys(callers));
    const met = new Set<number>();
    await fc.assert(
      fc.asyncProperty(
        who,
        method,
        place,
        end,
        few(param, 3),
        few(header, 2),
        body,
        fc.integer({ min: 0, max: 11 }),
        async (name, any, at, end, params, headers, some, turn) => {
          const target = at();
          const [of, id] = target.split('/');
          // Two times out of three the method is one that the place knows, and what is sent is meant for it.
          const fits = turn < 8;
          const verb = !fits
            ? any
            : id
              ? ['GET', 'PUT', 'PATCH', 'DELETE', 'GET', 'PUT', 'PATCH', 'PUT'][turn]!
              : turn % 2
                ? 'GET'
                : 'POST';
          // A program that may do everything takes nothing away: what comes after needs it.
          const may = verb === 'DELETE' && callers[name]!.mayReadHidden ? 'outsider' : name;
          const rest = fits && verb !== 'GET' ? '' : end;
          const meant = of === 'Patient' ? patientNamed('Change') : weight(`Patient/${turn % 3 ? open : kept}`, turn);
          const sent =
            verb === 'PUT' && turn % 4
              ? { ...meant, id }
              : verb === 'PATCH' && turn === 2
                ? [{ op: 'add', path: '/language', value: 'fr' }]
                : some();
          const caller = callers[may]!;
          const content = ['GET', 'HEAD', 'OPTIONS', 'DELETE'].includes(verb) ? undefined : sent;
          const type =
            verb === 'PATCH' && Array.isArray(content) ? 'application/json-patch+json' : 'application/fhir+json';
          const url = `/fhir/R4/${target}${rest}${params.length ? `?${params.join('&')}` : ''}`;
          const before = await held();
          const answer = await caller.send(verb, url, content, {
            ...(content !== undefined && { 'content-type': type }),
            ...Object.assign({}, ...headers),
          });
          const what = `${may} ${verb} ${url} ${JSON.stringify(headers)} → ${answer.status} ${answer.text.slice(0, 400)}`;
          met.add(answer.status);
          assert.ok(answer.status < 500 && answer.status >= 200, what);
          const asked = `${url}${JSON.stringify(content ?? '')}`;
          // What one asked with may be said again.
          for (const word of ['SECRETAILLEURS', ...(caller.mayReadHidden ? [] : ['SECRETGARDE'])])
            if (!asked.includes(word)) assert.ok(!answer.text.includes(word), what);
          if (!answer.text.includes('batch-response') && answer.status >= 400) assert.equal(await held(), before, what);
          if (answer.status < 400 && ['GET', 'HEAD', 'OPTIONS'].includes(verb))
            assert.equal(await held(), before, what);
        },
      ),
      {
        numRuns: Number(process.env.ESTRAN_ATTACKS ?? 400),
        ...(process.env.ESTRAN_SEED && { seed: Number(process.env.ESTRAN_SEED) }),
      },
    );
    for (const status of [200, 400, 403, 404]) assert.ok(met.has(status), `${status} was never met`);
  });

  test('ECH-1 SEC-4 a right that is missing in a transaction is told with its entry, whatever the order of the work, and nothing of it stands', async () => {
    const before = await held();
    const request = (method: string, url: string) => ({ request: { method, url } });
    const signed = {
      resourceType: 'Composition',
      status: 'final',
      type: { text: 'Note' },
      date: '2026-03-02',
      title: 'Note',
      subject: { reference: `Patient/${open}` },
      author: [{ reference: `Practitioner/${doctor.practitioner}` }],
    };
    const mine = weight(`Patient/${open}`, 75);
    const theirs = weight(`Patient/${kept}`, 75);
    for (const [at, entries] of [
      [
        1,
        [
          { ...request('POST', 'Observation'), resource: mine },
          { ...request('POST', 'Observation'), resource: theirs },
        ],
      ],
      [
        0,
        [
          { ...request('POST', 'Observation'), resource: theirs },
          { ...request('POST', 'Observation'), resource: mine },
        ],
      ],
      [
        2,
        [
          { ...request('GET', `Patient/${open}`) },
          { ...request('PUT', `Observation/${measure}`), resource: { ...mine, id: measure } },
          { ...request('POST', 'Composition'), resource: signed },
        ],
      ],
    ] as const) {
      const answer = await nurse.send('POST', '/fhir/R4', bundleOf('transaction', ...entries));
      assert.ok([403, 404, 422].includes(answer.status), answer.text);
      assert.match(answer.body.issue[0].expression[0], new RegExp(`^Bundle\\.entry\\[${at}\\]`), answer.text);
      assert.equal(await held(), before);
    }
  });
});
