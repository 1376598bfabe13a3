import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fhirServer, patientNamed, weight } from './fhir-server-for-tests.ts';

// The letter of the standard where a client of the field found it not kept.
const { ask } = await fhirServer();
const strict = { prefer: 'handling=strict' };
const matches = (
  answer: { status: number; text: string; json: { entry?: { resource: { id: string }; search: { mode: string } }[] } },
  mode = 'match',
): string[] => {
  assert.equal(answer.status, 200, answer.text);
  return (answer.json.entry ?? [])
    .filter((entry) => entry.search.mode === mode)
    .map((entry) => entry.resource.id)
    .sort();
};
const put = async (resource: { resourceType: string; id: string; [key: string]: unknown }): Promise<void> => {
  const { status, text } = await ask('PUT', `/${resource.resourceType}/${resource.id}`, resource);
  assert.ok(status === 200 || status === 201, text);
};
const versionsIn = (answer: { json: { entry?: { resource: { meta: { versionId: string } } }[] } }): string[] =>
  (answer.json.entry ?? []).map(({ resource }) => resource.meta.versionId);

test('ECH-1 history: _at is a time as long as it is written, what stood at some moment of it is shown, page after page', async () => {
  await put({ ...patientNamed('Unan'), id: 'at-1' });
  const between = new Date(Date.now() + 2).toISOString();
  await new Promise((resolve) => setTimeout(resolve, 5));
  for (const family of ['Daou', 'Tri']) await put({ ...patientNamed(family), id: 'at-1' });
  const history = (query: string) => ask('GET', `/Patient/at-1/_history?${query}`);
  assert.deepEqual(versionsIn(await history(`_at=${between}`)), ['1']);
  const today = between.slice(0, 10);
  for (const at of [today, today.slice(0, 7), today.slice(0, 4)])
    assert.deepEqual(versionsIn(await history(`_at=${at}`)), ['3', '2', '1'], at);
  assert.deepEqual(versionsIn(await history('_at=2001')), []);
  const last = (await history('_count=1')).json.entry[0].response.lastModified;
  assert.deepEqual(
    versionsIn(await history(`_at=${new Date(Date.parse(last) + 60_000).toISOString().slice(0, 16)}Z`)),
    ['3'],
    'a minute that is still to come',
  );
  let url = `/Patient/_history?_at=${between}&_count=1`;
  const seen: string[] = [];
  for (let pages = 0; url && pages < 50; pages++) {
    const { json } = await ask('GET', url);
    seen.push(
      ...(json.entry ?? []).map(
        (entry: { resource: { id: string; meta: { versionId: string } } }) =>
          `${entry.resource.id}/${entry.resource.meta.versionId}`,
      ),
    );
    url = json.link.find((link: { relation: string }) => link.relation === 'next')?.url.replace(/^.*\/fhir\/R4/, '');
  }
  assert.deepEqual(
    seen.filter((one) => one.startsWith('at-1')),
    ['at-1/1'],
    'the next page does not go back to an older version',
  );
  for (const query of ['_since=2020', '_at=2026', ''])
    assert.equal((await ask('GET', `/Patient/never/_history?${query}`)).status, 404, query);
});

test('ECH-1 what is pointed to by its url is included as what is pointed to by its id, with its version or without; a chain over it is refused and not empty', async () => {
  const url = 'http://example.org/q/one';
  await put({ resourceType: 'Questionnaire', id: 'can-1', status: 'active', url, version: '1.0' });
  await put({ resourceType: 'Questionnaire', id: 'can-2', status: 'active', url, version: '2.0' });
  const response = (id: string, questionnaire: string) =>
    put({ resourceType: 'QuestionnaireResponse', id, status: 'in-progress', questionnaire });
  await response('any', url);
  await response('old', `${url}|1.0`);
  await response('none', 'http://example.org/q/other');
  const included = async (query: string) => matches(await ask('GET', query, undefined, strict), 'include');
  const along = (id: string) =>
    included(`/QuestionnaireResponse?_id=${id}&_include=QuestionnaireResponse:questionnaire`);
  assert.deepEqual(await along('old'), ['can-1']);
  assert.deepEqual(await along('any'), ['can-1', 'can-2']);
  assert.deepEqual(await along('none'), []);
  assert.deepEqual(await included('/QuestionnaireResponse?_id=old&_include=*'), ['can-1']);
  assert.deepEqual(
    await included('/QuestionnaireResponse?_id=old&_include=QuestionnaireResponse:questionnaire:Questionnaire'),
    ['can-1'],
  );
  assert.deepEqual(
    await included('/QuestionnaireResponse?_id=old&_include=QuestionnaireResponse:questionnaire:PlanDefinition'),
    [],
  );
  const back = (id: string, what = 'QuestionnaireResponse:questionnaire') =>
    included(`/Questionnaire?_id=${id}&_revinclude=${what}`);
  assert.deepEqual(await back('can-1'), ['any', 'old']);
  assert.deepEqual(await back('can-2'), ['any']);
  assert.deepEqual(await back('can-2', '*'), ['any']);
  for (const query of [
    '/QuestionnaireResponse?questionnaire.version=1.0',
    '/Questionnaire?_has:QuestionnaireResponse:questionnaire:status=completed',
  ]) {
    const { status, json } = await ask('GET', query);
    assert.deepEqual([status, /points by url/.test(json.issue[0].diagnostics)], [400, true], query);
  }
});

test('ECH-1 _include by url shows nothing that the reader may not read', async () => {
  await put({ resourceType: 'Questionnaire', id: 'can-3', status: 'active', url: 'http://example.org/q/three' });
  await put({ ...patientNamed('Kuzh'), id: 'can-p' });
  const { status, json } = await ask(
    'GET',
    '/Questionnaire?_id=can-3&_revinclude=QuestionnaireResponse:questionnaire',
    undefined,
    { authorization: 'patients' },
  );
  assert.deepEqual([status, json.entry], [200, undefined]);
});

test('ECH-1 _list: what is an item of a list', async () => {
  for (const id of ['li-1', 'li-2', 'li-3']) await put({ ...patientNamed('Listennet'), id });
  await put({
    resourceType: 'List',
    id: 'li',
    status: 'current',
    mode: 'working',
    entry: [{ item: { reference: 'Patient/li-1' } }, { item: { reference: 'Patient/li-3' } }],
  });
  assert.deepEqual(matches(await ask('GET', '/Patient?_list=li', undefined, strict)), ['li-1', 'li-3']);
  assert.deepEqual(matches(await ask('GET', '/Patient?_list=li&_id=li-1,li-2', undefined, strict)), ['li-1']);
  assert.deepEqual(matches(await ask('GET', '/Patient?_list=unknown', undefined, strict)), []);
  assert.deepEqual(
    matches(await ask('GET', '/Patient?_list=li', undefined, { ...strict, authorization: 'patients' })),
    [],
    'who does not see the list is not told by it',
  );
  for (const list of ['$current-problems', 'a b', ','])
    assert.equal((await ask('GET', `/Patient?_list=${encodeURIComponent(list)}`)).status, 400, list);
});

test('ECH-1 a conditional create that finds its resource says where it is; a search by POST in a batch brings its answer', async () => {
  const patient = patientNamed('Hentez', { identifier: [{ system: 'urn:x', value: 'where' }] });
  const condition = { 'if-none-exist': 'identifier=urn:x|where' };
  const { json } = await ask('POST', '/Patient', patient, condition);
  const again = await ask('POST', '/Patient', patient, { ...condition, prefer: 'return=minimal' });
  assert.deepEqual([again.status, again.text], [200, '']);
  assert.match(again.headers.location ?? '', new RegExp(`/fhir/R4/Patient/${json.id}/_history/1$`));
  const batch = await ask('POST', '/', {
    resourceType: 'Bundle',
    type: 'batch',
    entry: [{ request: { method: 'POST', url: 'Patient/_search?identifier=urn:x|where' } }],
  });
  assert.equal(batch.json.entry[0].resource?.entry[0].resource.id, json.id);
});

test('ECH-1 $everything takes _type as often as it is given', async () => {
  await put({ ...patientNamed('Holl'), id: 'every' });
  await put({ ...weight('Patient/every', 70), id: 'every-w' });
  await put({ resourceType: 'Condition', id: 'every-c', subject: { reference: 'Patient/every' }, code: { text: 'x' } });
  const both = ['every', 'every-w'];
  assert.deepEqual(matches(await ask('GET', '/Patient/every/$everything?_type=Patient&_type=Observation')), both);
  const parameter = ['Patient', 'Observation'].map((valueCode) => ({ name: '_type', valueCode }));
  assert.deepEqual(
    matches(await ask('POST', '/Patient/every/$everything', { resourceType: 'Parameters', parameter })),
    both,
  );
  const first = await ask('GET', '/Patient/every/$everything?_type=Patient&_type=Observation&_count=1');
  const next = first.json.link
    .find((link: { relation: string }) => link.relation === 'next')
    .url.replace(/^.*\/fhir\/R4/, '');
  assert.deepEqual([...matches(first), ...matches(await ask('GET', next))].sort(), both, 'the next page keeps them');
});

test('ECH-1 :in, :not-in, :below and :above stand for codes: of a value set that is loaded or stored here, of a system with its tree', async () => {
  const system = 'http://terminology.hl7.org/CodeSystem/v3-ActCode';
  const encounter = (id: string, code: string, status: string) =>
    put({ resourceType: 'Encounter', id, status, class: { system, code } });
  await encounter('in-1', 'AMB', 'finished');
  await encounter('in-2', 'IMP', 'planned');
  await encounter('in-3', 'ACUTE', 'planned');
  await put({
    resourceType: 'ValueSet',
    id: 'mine',
    status: 'active',
    url: 'http://example.org/vs/mine',
    compose: { include: [{ system, concept: [{ code: 'AMB' }, { code: 'ACUTE' }] }] },
  });
  await put({
    resourceType: 'ValueSet',
    id: 'ruled',
    status: 'active',
    url: 'http://example.org/vs/ruled',
    compose: {
      include: [{ system: 'http://snomed.info/sct', filter: [{ property: 'concept', op: 'is-a', value: '1' }] }],
    },
  });
  const ids = '_id=in-1,in-2,in-3';
  const found = async (criterion: string) =>
    matches(await ask('GET', `/Encounter?${ids}&${criterion}`, undefined, strict));
  for (const set of ['http://example.org/vs/mine', 'ValueSet/mine'])
    assert.deepEqual(await found(`class:in=${set}`), ['in-1', 'in-3'], set);
  assert.deepEqual(await found('class:not-in=http://example.org/vs/mine'), ['in-2']);
  assert.deepEqual(await found('status:in=http://hl7.org/fhir/ValueSet/encounter-status'), ['in-1', 'in-2', 'in-3']);
  assert.deepEqual(await found(`class:below=${system}|IMP`), ['in-2', 'in-3']);
  assert.deepEqual(await found(`class:above=${system}|ACUTE`), ['in-2', 'in-3']);
  assert.deepEqual(await found(`class:below=${system}|ACUTE`), ['in-3']);
  const { json } = await ask('GET', `/Encounter?${ids}&class:in=ValueSet/mine&_count=1`);
  const link = (relation: string): string =>
    json.link.find((one: { relation: string }) => one.relation === relation).url;
  assert.match(link('self'), /class:in=ValueSet\/mine/, 'links say what was asked');
  assert.deepEqual(matches(await ask('GET', link('next').replace(/^.*\/fhir\/R4/, ''))), ['in-3']);
  await put({ ...patientNamed('Rummad'), id: 'in-p', gender: 'female' });
  await put({ ...weight('Patient/in-p', 60), id: 'in-w' });
  assert.deepEqual(
    matches(
      await ask(
        'GET',
        '/Observation?_id=in-w&subject:Patient.gender:in=http://hl7.org/fhir/ValueSet/administrative-gender',
        undefined,
        strict,
      ),
    ),
    ['in-w'],
    'at the end of a chain',
  );
  for (const [criterion, words] of [
    ['class:in=http://example.org/vs/none', /not known here/],
    ['class:in=http://example.org/vs/ruled', /not all known here/],
    ['class:below=AMB', /write system\|code/],
    ['class:below=http://snomed.info/sct|1', /not loaded whole/],
  ] as const) {
    const refused = await ask('GET', `/Encounter?${criterion}`);
    assert.equal(refused.status, 400, criterion);
    assert.match(refused.json.issue[0].diagnostics, words);
  }
  assert.equal(
    (await ask('GET', '/Encounter?class:in=ValueSet/mine', undefined, { authorization: 'other' })).status,
    400,
    'the value set of another practice is not known',
  );
  assert.deepEqual(
    matches(await ask('GET', '/Questionnaire?url:below=http://example.org/q/three', undefined, strict)),
    ['can-3'],
    'an address keeps its own :below',
  );
});

test('ECH-1 the short names of the standard’s own formats are taken where it speaks of them, nowhere else', async () => {
  const statement = {
    resourceType: 'CapabilityStatement',
    status: 'draft',
    date: '2026',
    kind: 'requirements',
    description: 'x',
    fhirVersion: '4.0.1',
    rest: [{ mode: 'server' }],
  };
  assert.equal((await ask('POST', '/CapabilityStatement', { ...statement, format: ['json', 'xml'] })).status, 201);
  assert.equal((await ask('POST', '/CapabilityStatement', { ...statement, format: ['jsn'] })).status, 422);
  assert.equal(
    (
      await ask('POST', '/DocumentReference', {
        resourceType: 'DocumentReference',
        status: 'current',
        content: [{ attachment: { contentType: 'json', url: 'http://example.org/x' } }],
      })
    ).status,
    422,
  );
});

test('ECH-1 SEC-16 what was read in part does not overwrite the whole: alone, by condition, in a batch and in a transaction', async () => {
  const whole = {
    ...patientNamed('Leun', { identifier: [{ system: 'urn:x', value: 'whole' }] }),
    id: 'whole',
    birthDate: '1980-01-01',
  };
  await put(whole);
  for (const part of ['_summary=text', '_elements=name']) {
    const { json } = await ask('GET', `/Patient/whole?${part}`);
    const refused = await ask('PUT', '/Patient/whole', json);
    assert.deepEqual([refused.status, /SUBSETTED/.test(refused.json.issue[0].diagnostics)], [422, true], part);
    assert.equal((await ask('PUT', '/Patient?identifier=urn:x|whole', json)).status, 422);
    const entry = [{ resource: json, request: { method: 'PUT', url: 'Patient/whole' } }];
    assert.equal((await ask('POST', '/', { resourceType: 'Bundle', type: 'transaction', entry })).status, 422);
    assert.match(
      (await ask('POST', '/', { resourceType: 'Bundle', type: 'batch', entry })).json.entry[0].response.status,
      /^422/,
    );
  }
  const { json } = await ask('GET', '/Patient/whole');
  assert.deepEqual([json.meta.versionId, json.birthDate], ['1', '1980-01-01']);
});

test('ECH-1 SEC-11 writers who ask for no version and come at the same moment all get through, and nothing of them is lost', async () => {
  await put({ ...patientNamed('Asambles'), id: 'same' });
  const patch = (url: string, i: number) =>
    ask('PATCH', url, [{ op: 'add', path: '/name/-', value: { text: `n${i}` } }], {
      'content-type': 'application/json-patch+json',
    });
  const urls = ['/Patient/same', '/Patient?_id=same'];
  const done = await Promise.all(Array.from({ length: 12 }, (_, i) => patch(urls[i % 2]!, i)));
  assert.deepEqual(
    done.map(({ status }) => status),
    done.map(() => 200),
    done.find(({ status }) => status !== 200)?.text,
  );
  assert.equal((await ask('GET', '/Patient/same')).json.name.length, 13);
  const created = (id: string) => ({ ...patientNamed('Nevez'), id });
  const puts = await Promise.all(Array.from({ length: 6 }, () => ask('PUT', '/Patient/same-new', created('same-new'))));
  assert.deepEqual(
    puts.map(({ status }) => status).sort(),
    [200, 200, 200, 200, 200, 201],
    puts.find(({ status }) => status > 201)?.text,
  );
  const bundle = {
    resourceType: 'Bundle',
    type: 'transaction',
    entry: [{ resource: created('same-tx'), request: { method: 'PUT', url: 'Patient/same-tx' } }],
  };
  const bundles = await Promise.all(Array.from({ length: 6 }, () => ask('POST', '/', bundle)));
  assert.deepEqual(
    bundles.map(({ status }) => status),
    bundles.map(() => 200),
    bundles.find(({ status }) => status > 200)?.text,
  );
});

test('ECH-1 one condition is one condition however it is written: of many who create under it at the same moment one creates', async () => {
  const condition = (value: string, i: number) =>
    [
      `identifier=urn:x|${value}`,
      `identifier=${encodeURIComponent(`urn:x|${value}`)}`,
      `?identifier=urn:x|${value}`,
      `identifier=urn%3Ax%7C${value}`,
    ][i % 4]!;
  const patient = (value: string) => patientNamed('Unan', { identifier: [{ system: 'urn:x', value }] });
  const asked: Record<string, (value: string, i: number) => ReturnType<typeof ask>> = {
    create: (value, i) => ask('POST', '/Patient', patient(value), { 'if-none-exist': condition(value, i) }),
    update: (value, i) => ask('PUT', `/Patient?${condition(value, i).replace('?', '')}`, patient(value)),
    both: (value, i) => asked[i < 4 ? 'create' : 'update']!(value, i),
    bundle: (value, i) =>
      ask('POST', '/', {
        resourceType: 'Bundle',
        type: 'transaction',
        entry: [
          { resource: patient(value), request: { method: 'POST', url: 'Patient', ifNoneExist: condition(value, i) } },
        ],
      }),
  };
  for (const [value, way] of Object.entries(asked)) {
    const answers = await Promise.all(Array.from({ length: 8 }, (_, i) => way(value, i)));
    assert.ok(
      answers.every(({ status }) => status < 300),
      answers.find(({ status }) => status >= 300)?.text,
    );
    assert.equal((await ask('GET', `/Patient?identifier=urn:x|${value}&_summary=count`)).json.total, 1, value);
  }
  const marked = patientNamed('Goulenn', { identifier: [{ system: 'http://x/?of', value: 'a&b=c' }] });
  const twice = [1, 2].map(() =>
    ask('POST', '/Patient', marked, { 'if-none-exist': `identifier=${encodeURIComponent('http://x/?of|a&b=c')}` }),
  );
  assert.deepEqual(
    (await Promise.all(twice)).map(({ status }) => status).sort(),
    [200, 201],
    'signs of a query inside a value',
  );
  assert.equal(
    (await ask('POST', '/Patient', marked, { 'if-none-exist': 'identifier=http://x/?of|a%26b%3Dc' })).status,
    200,
  );
});

test('ECH-1 _elements brings along what changes the meaning of what it brings', async () => {
  await put({ ...patientNamed('Nann'), id: 'not-p' });
  const order = {
    resourceType: 'MedicationRequest',
    id: 'not',
    status: 'active',
    intent: 'order',
    doNotPerform: true,
    priority: 'routine',
    medicationCodeableConcept: { text: 'aspirine' },
    subject: { reference: 'Patient/not-p' },
  };
  await put(order);
  const { json } = await ask('GET', '/MedicationRequest/not?_elements=medication');
  assert.deepEqual(Object.keys(json).sort(), [
    'doNotPerform',
    'id',
    'intent',
    'medicationCodeableConcept',
    'meta',
    'resourceType',
    'status',
    'subject',
  ]);
});

test('ECH-1 every search parameter that the statement declares for every type, and for the whole server, is answered', async () => {
  const { rest } = (await ask('GET', '/metadata')).json;
  const names = (list: { name: string }[]) => list.map(({ name }) => name);
  const values: Record<string, string> = {
    _id: 'x',
    _lastUpdated: 'gt2020',
    _tag: 'x',
    _profile: 'http://x',
    _security: 'x',
    _list: 'x',
    _source: 'urn:x',
    _type: 'Patient',
  };
  const patient = names(rest[0].resource.find(({ type }: { type: string }) => type === 'Patient').searchParam).filter(
    (name) => name.startsWith('_'),
  );
  for (const [path, list] of [
    ['/Patient', patient],
    ['/', names(rest[0].searchParam)],
  ] as const) {
    assert.ok(list.includes('_list'));
    for (const name of list)
      assert.equal(
        (await ask('GET', `${path}?${name}=${values[name]}&_count=1`, undefined, strict)).status,
        200,
        `${path}?${name}`,
      );
  }
});

test('ECH-1 a transaction does not answer with what it deletes', async () => {
  const patient = patientNamed('Skarzhet', { identifier: [{ system: 'urn:x', value: 'gone' }] });
  await put({ ...patient, id: 'gone' });
  const entry = [
    { request: { method: 'DELETE', url: 'Patient/gone' } },
    { resource: patient, request: { method: 'POST', url: 'Patient', ifNoneExist: 'identifier=urn:x|gone' } },
  ];
  const refused = await ask('POST', '/', { resourceType: 'Bundle', type: 'transaction', entry });
  assert.deepEqual([refused.status, refused.json.issue[0].expression], [400, ['Bundle.entry[1]']], refused.text);
  assert.equal((await ask('GET', '/Patient/gone')).status, 200);
});

test('ECH-1 $validate of a deletion says what the deletion would be refused for', async () => {
  await put({ ...patientNamed('Dilemel'), id: 'del-p' });
  await put({ ...weight('Patient/del-p', 60), id: 'del-w' });
  const said = async (what: string) => (await ask('POST', `/${what}/$validate?mode=delete`)).json.issue[0];
  const kept = await said('Observation/del-w');
  assert.deepEqual([kept.severity, /entered-in-error/.test(kept.diagnostics)], ['error', true]);
  assert.equal((await ask('DELETE', '/Observation/del-w')).status, 409);
  assert.equal((await said('Patient/del-p')).severity, 'information');
});
