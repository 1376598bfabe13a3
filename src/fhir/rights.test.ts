import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { wordsOf } from '../platform/pdf/pdf-words-for-tests.ts';
import { newPractice, type Send, type TestPerson, type TestPractice, testHouse } from '../../test/app.ts';

// One secret datum (a haemoglobin of a patient whose team is Dr A alone) and every way there is to it.
let practice: TestPractice;
let treating: TestPerson;
let outsider: TestPerson;
let secretary: TestPerson;
let administrator: TestPerson;
let house: Send;
const secret = 'SECRET-718-7';

async function put(send: Send, resource: { resourceType: string; id: string } & Record<string, unknown>) {
  const answer = await send('PUT', `/fhir/R4/${resource.resourceType}/${resource.id}`, resource);
  assert.ok(
    answer.status === 200 || answer.status === 201,
    `${resource.resourceType}: ${answer.status} ${answer.text}`,
  );
}

before(async () => {
  practice = await newPractice();
  treating = await practice.person('physician');
  outsider = await practice.person('physician');
  secretary = await practice.person('medical-secretary');
  administrator = await practice.person('administrator', { roles: ['owner', 'administrator'] });
  house = await practice.client('system/*.cruds');
  await put(house, {
    resourceType: 'Patient',
    id: 'p1',
    name: [{ family: 'Quéméner', given: ['Yves'] }],
    birthDate: '1950-05-05',
  });
  await put(house, {
    resourceType: 'CareTeam',
    id: 't1',
    status: 'active',
    subject: { reference: 'Patient/p1' },
    participant: [{ member: { reference: `Practitioner/${treating.practitioner}` } }],
  });
  await put(house, {
    resourceType: 'Encounter',
    id: 'e1',
    status: 'finished',
    class: { system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode', code: 'AMB' },
    subject: { reference: 'Patient/p1' },
    period: { start: '2024-03-01' },
  });
  await put(house, {
    resourceType: 'Observation',
    id: 'o1',
    status: 'final',
    code: { coding: [{ system: 'http://loinc.org', code: '718-7' }], text: secret },
    subject: { reference: 'Patient/p1' },
    encounter: { reference: 'Encounter/e1' },
    performer: [{ reference: 'Practitioner/doctor' }],
    effectiveDateTime: '2024-03-01',
    valueQuantity: { value: 9.1, unit: 'g/dL', system: 'http://unitsofmeasure.org', code: 'g/dL' },
  });
  await put(house, {
    resourceType: 'Binary',
    id: 'b1',
    contentType: 'text/plain',
    data: Buffer.from(secret).toString('base64'),
    securityContext: { reference: 'Patient/p1' },
  });
  await put(house, {
    resourceType: 'Provenance',
    id: 'v1',
    target: [{ reference: 'Observation/o1' }],
    recorded: '2024-03-01T10:00:00Z',
    agent: [{ who: { display: secret } }],
  });
});

const people = () =>
  [
    ['a physician outside the care team', outsider],
    ['a secretary', secretary],
    ['an administrator', administrator],
  ] as const;

/** Each must give what it would give if the datum did not exist. */
const readPaths = [
  '/fhir/R4/Observation/o1',
  '/fhir/R4/Observation/o1/_history',
  '/fhir/R4/Observation/o1/_history/1',
  '/fhir/R4/Binary/b1',
  '/fhir/R4/Provenance/v1',
];
const searchPaths = [
  '/fhir/R4/Observation?_total=accurate',
  '/fhir/R4/Observation?patient=Patient/p1&_total=accurate',
  '/fhir/R4/Observation?code=718-7&_summary=count',
  '/fhir/R4/Observation?code=http://loinc.org|718-7&_total=accurate',
  '/fhir/R4/Observation?code:text=secret&_total=accurate',
  '/fhir/R4/Observation?value-quantity=lt10&_total=accurate',
  '/fhir/R4/Observation?subject.name=quemener&_total=accurate',
  '/fhir/R4/Observation?date=2024-03-01&_total=accurate',
  '/fhir/R4/Observation/_history',
  '/fhir/R4/_history?_count=500',
  '/fhir/R4/Patient?_has:Observation:patient:code=718-7&_total=accurate',
  '/fhir/R4/Patient?_has:Observation:subject:value-quantity=lt10&_total=accurate',
  '/fhir/R4/Encounter?_has:Observation:encounter:code=718-7&_total=accurate',
  '/fhir/R4/Patient/p1/Observation?_total=accurate',
  '/fhir/R4/Patient/p1/*?_type=Observation&_total=accurate',
  '/fhir/R4/Encounter/e1/Observation?_total=accurate',
  '/fhir/R4/Encounter/e1/*?_type=Observation&_total=accurate',
  '/fhir/R4/Practitioner/doctor/Observation?_total=accurate',
  '/fhir/R4/Provenance?target=Observation/o1&_total=accurate',
  '/fhir/R4?_type=Observation,Binary,Provenance&_total=accurate',
];
const includePaths = [
  '/fhir/R4/Patient?_id=p1&_revinclude=Observation:patient',
  '/fhir/R4/Patient?_id=p1&_revinclude=*',
  '/fhir/R4/Patient?_id=p1&_revinclude=Encounter:patient&_revinclude:iterate=Observation:encounter',
  '/fhir/R4/Patient/p1/$everything',
  '/fhir/R4/Patient/$everything',
];

test('SEC-3 SEC-4 the treating physician reaches the datum by every path', async () => {
  for (const path of [...readPaths, ...includePaths]) {
    const answer = await treating.send('GET', path);
    assert.equal(answer.status, 200, `${path}: ${answer.text}`);
    assert.match(answer.text, /SECRET|U0VDUkVU/, path);
  }
  for (const path of searchPaths) {
    const answer = await treating.send('GET', path);
    assert.equal(answer.status, 200, `${path}: ${answer.text}`);
    assert.ok((answer.body.total ?? answer.body.entry?.length) > 0, path);
  }
});

test('SEC-3 SEC-4 who is not in the care team finds no path to the datum, not even by a count', async () => {
  for (const [who, person] of people()) {
    for (const path of readPaths) {
      const answer = await person.send('GET', path);
      assert.equal(answer.status, 404, `${who} ${path}: ${answer.status} ${answer.text}`);
    }
    for (const path of searchPaths) {
      const answer = await person.send('GET', path);
      assert.doesNotMatch(answer.text, /SECRET|U0VDUkVU|"o1"|Observation\/o1"/, `${who} ${path}`);
      if (answer.status === 200 && answer.body.type === 'searchset')
        assert.equal(answer.body.total ?? 0, 0, `${who} ${path}: total ${answer.text}`);
    }
    for (const path of includePaths) {
      const answer = await person.send('GET', path);
      assert.doesNotMatch(answer.text, /SECRET|U0VDUkVU|Observation\/o1/, `${who} ${path}`);
    }
  }
});

test('SEC-3 a coordinator sees who is around a patient, not what is aimed at: goals and care plans are clinical content', async () => {
  const coordinator = await practice.person('coordinator', { roles: ['coordinator'] });
  const goal = {
    resourceType: 'Goal',
    id: 'g1',
    lifecycleStatus: 'active',
    description: { text: 'HbA1c sous 7 %' },
    subject: { reference: 'Patient/p1' },
  };
  const plan = {
    resourceType: 'CarePlan',
    id: 'c1',
    status: 'active',
    intent: 'plan',
    title: 'Diabète',
    subject: { reference: 'Patient/p1' },
    goal: [{ reference: 'Goal/g1' }],
  };
  await put(house, goal);
  await put(house, plan);
  assert.equal((await treating.send('GET', '/fhir/R4/Goal/g1')).status, 200);
  assert.equal((await treating.send('PUT', '/fhir/R4/CarePlan/c1', plan)).status, 200);
  assert.equal((await coordinator.send('GET', '/fhir/R4/CareTeam/t1')).status, 200);
  for (const [who, person] of [...people(), ['a coordinator', coordinator]] as const) {
    for (const path of ['/fhir/R4/Goal/g1', '/fhir/R4/CarePlan/c1', '/fhir/R4/CarePlan/c1/_history'])
      assert.equal((await person.send('GET', path)).status, 404, `${who} ${path}`);
    for (const path of [
      '/fhir/R4/Goal?patient=p1&_total=accurate',
      '/fhir/R4/CarePlan?_include=CarePlan:goal&_total=accurate',
      '/fhir/R4/Patient/p1/$everything',
      '/fhir/R4/Patient?_id=p1&_revinclude=*',
      '/api/patients/p1/record',
      '/api/patients/p1/timeline',
    ])
      assert.doesNotMatch((await person.send('GET', path)).text, /HbA1c|Diabète|Goal\/g1/, `${who} ${path}`);
    for (const resource of [goal, plan])
      assert.ok(
        [403, 404].includes(
          (await person.send('PUT', `/fhir/R4/${resource.resourceType}/${resource.id}`, resource)).status,
        ),
        who,
      );
    assert.ok(
      [403, 404].includes((await person.send('POST', '/api/patients/p1/goals', { label: 'HbA1c sous 6 %' })).status),
      who,
    );
  }
});

test('SEC-4 who may not read may not write either: nothing changes and nothing is told', async () => {
  const changed = {
    resourceType: 'Observation',
    id: 'o1',
    status: 'final',
    code: { text: 'other' },
    subject: { reference: 'Patient/p1' },
  };
  for (const [who, person] of people()) {
    for (const [method, path, body] of [
      ['PUT', '/fhir/R4/Observation/o1', changed],
      ['DELETE', '/fhir/R4/Observation/o1', undefined],
      ['POST', '/fhir/R4/Observation', { ...changed, id: undefined }],
      ['PUT', '/fhir/R4/Observation/new-one', { ...changed, id: 'new-one' }],
      [
        'PUT',
        '/fhir/R4/CareTeam/t1',
        {
          resourceType: 'CareTeam',
          id: 't1',
          status: 'active',
          subject: { reference: 'Patient/p1' },
          participant: [{ member: { reference: `Practitioner/${person.practitioner}` } }],
        },
      ],
      [
        'POST',
        '/fhir/R4/CareTeam',
        {
          resourceType: 'CareTeam',
          status: 'active',
          subject: { reference: 'Patient/p1' },
          participant: [{ member: { reference: `Practitioner/${person.practitioner}` } }],
        },
      ],
    ] as const) {
      const answer = await person.send(method, path, body);
      assert.ok(
        answer.status === 403 || answer.status === 404,
        `${who} ${method} ${path}: ${answer.status} ${answer.text}`,
      );
      assert.doesNotMatch(answer.text, /SECRET/);
    }
    const patched = await person.send(
      'PATCH',
      '/fhir/R4/Observation/o1',
      [{ op: 'replace', path: '/status', value: 'amended' }],
      { 'content-type': 'application/json-patch+json' },
    );
    assert.ok(patched.status === 403 || patched.status === 404, `${who} PATCH: ${patched.status}`);
    const bundle = await person.send('POST', '/fhir/R4', {
      resourceType: 'Bundle',
      type: 'transaction',
      entry: [
        { request: { method: 'GET', url: 'Observation/o1' } },
        { request: { method: 'GET', url: 'Observation?code=718-7' } },
      ],
    });
    assert.doesNotMatch(bundle.text, /SECRET/, who);
  }
  const now = await treating.send('GET', '/fhir/R4/Observation/o1');
  assert.equal(now.body.meta.versionId, '1');
});

test('SEC-4 an opposition closes the datum to a member of the team, by every path', async () => {
  const member = await practice.person('nurse');
  await put(house, {
    resourceType: 'CareTeam',
    id: 't2',
    status: 'active',
    subject: { reference: 'Patient/p1' },
    participant: [{ member: { reference: `Practitioner/${member.practitioner}` } }],
  });
  assert.equal((await member.send('GET', '/fhir/R4/Observation/o1')).status, 200);
  await put(house, {
    resourceType: 'Consent',
    id: 'c1',
    status: 'active',
    scope: { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/consentscope', code: 'patient-privacy' }] },
    category: [{ coding: [{ system: 'http://loinc.org', code: '59284-0' }] }],
    patient: { reference: 'Patient/p1' },
    dateTime: '2024-05-01',
    policyRule: { text: 'Opposition' },
    provision: {
      type: 'deny',
      actor: [{ role: { text: 'Professionnel' }, reference: { reference: `Practitioner/${member.practitioner}` } }],
    },
  });
  for (const path of [...readPaths.slice(0, 3)]) assert.equal((await member.send('GET', path)).status, 404, path);
  for (const path of searchPaths) {
    const answer = await member.send('GET', path);
    assert.doesNotMatch(answer.text, /SECRET|Observation\/o1"/, path);
    if (answer.status === 200 && answer.body.type === 'searchset' && !path.includes('Patient?'))
      assert.equal(answer.body.total ?? 0, 0, path);
  }
  assert.equal((await treating.send('GET', '/fhir/R4/Observation/o1')).status, 200, 'the others still see it');
  assert.equal(
    (await member.send('DELETE', '/fhir/R4/Consent/c1')).status,
    403,
    'whom the choice keeps out may not unmake it',
  );
  assert.equal(
    (
      await member.send('PUT', '/fhir/R4/Consent/c1', {
        ...(
          await house('GET', '/fhir/R4/Consent/c1')
        ).body,
        status: 'inactive',
      })
    ).status,
    403,
  );
});

test('SEC-3 a private note is its author’s alone', async () => {
  const colleague = await practice.person('nurse');
  await put(house, {
    resourceType: 'CareTeam',
    id: 't3',
    status: 'active',
    subject: { reference: 'Patient/p1' },
    participant: [{ member: { reference: `Practitioner/${colleague.practitioner}` } }],
  });
  const made = await treating.send('POST', '/fhir/R4/ClinicalImpression', {
    resourceType: 'ClinicalImpression',
    status: 'completed',
    subject: { reference: 'Patient/p1' },
    summary: 'PRIVATE',
    meta: { tag: [{ system: 'urn:estran:tag', code: 'private-note' }] },
  });
  assert.equal(made.status, 201, made.text);
  assert.equal((await treating.send('GET', `/fhir/R4/ClinicalImpression/${made.body.id}`)).status, 200);
  for (const send of [colleague.send, secretary.send, house]) {
    assert.equal((await send('GET', `/fhir/R4/ClinicalImpression/${made.body.id}`)).status, 404);
    assert.doesNotMatch((await send('GET', '/fhir/R4/Patient/p1/$everything')).text, /PRIVATE/);
    assert.doesNotMatch((await send('GET', '/fhir/R4/ClinicalImpression?patient=p1')).text, /PRIVATE/);
  }
});

test('SEC-7 another practice sees nothing, knows nothing, and cannot write into this one', async () => {
  const other = await newPractice();
  const foreign = await other.client('system/*.cruds');
  const physician = await other.person('physician');
  for (const send of [foreign, physician.send]) {
    for (const path of readPaths) assert.equal((await send('GET', path)).status, 404, path);
    for (const path of [...searchPaths, ...includePaths])
      assert.doesNotMatch((await send('GET', path)).text, /SECRET|Observation\/o1"|Qu.m.ner/, path);
  }
  const { db } = await testHouse();
  const rows = await db.tenant(other.tenant, (sql) =>
    sql.query(
      'select tenant_id from fhir.resource where tenant_id = $1 union all select tenant_id from audit.entry where tenant_id = $1 union all select tenant_id from access.account where tenant_id = $1',
      [practice.tenant],
    ),
  );
  assert.deepEqual(rows, [], 'the database itself hides the rows');
  await assert.rejects(
    db.tenant(other.tenant, (sql) =>
      sql.query(`insert into fhir.token (tenant_id, hash, rid) values ($1, 1, 1)`, [practice.tenant]),
    ),
    /row-level security/,
  );
  await assert.rejects(
    db.tenant(other.tenant, (sql) => sql.query('alter table fhir.resource disable row level security')),
    /owner/,
  );
});

test('SEC-8 each access leaves its line in the ledger, in the same transaction', async () => {
  const { db } = await testHouse();
  const count = async () =>
    Number(
      (
        await db.tenant(practice.tenant, (sql) =>
          sql.query<{ n: number }>(
            `select count(*) as n from audit.entry where actor = $1 and action = 'read' and target = 'Observation/o1' and patient = 'p1'`,
            [`Practitioner/${treating.practitioner}`],
          ),
        )
      )[0]!.n,
    );
  const earlier = await count();
  await treating.send('GET', '/fhir/R4/Observation/o1');
  assert.equal(await count(), earlier + 1);
  await assert.rejects(
    db.tenant(practice.tenant, (sql) => sql.query('delete from audit.entry')),
    /permission denied/,
  );
  await assert.rejects(
    db.tenant(practice.tenant, (sql) => sql.query(`update audit.entry set actor = 'x'`)),
    /permission denied/,
  );
});

test('ECH-2 scopes bound a client: type, letter, patient', async () => {
  const reader = await practice.client('system/Observation.rs');
  assert.equal((await reader('GET', '/fhir/R4/Observation/o1')).status, 200);
  assert.ok([403, 404].includes((await reader('GET', '/fhir/R4/Patient/p1')).status));
  assert.equal((await reader('DELETE', '/fhir/R4/Observation/o1')).status, 403);
  assert.doesNotMatch(
    (await reader('GET', '/fhir/R4/Observation?_id=o1&_include=Observation:subject')).text,
    /Qu.m.ner/,
  );
  assert.equal(
    (await reader('GET', '/fhir/R4/Observation?subject.name=quemener&_total=accurate')).body.total ?? 0,
    0,
    'a chain does not look where the scope does not',
  );
  await put(house, { resourceType: 'Patient', id: 'p2', name: [{ family: 'Autre' }] });
  const own = await practice.client('patient/*.rs', { patient: 'p2' });
  assert.equal((await own('GET', '/fhir/R4/Patient/p2')).status, 200);
  assert.equal((await own('GET', '/fhir/R4/Patient/p1')).status, 404);
  assert.equal((await own('GET', '/fhir/R4/Observation?_total=accurate')).body.total, 0);
});

test('ECH-2 each letter of a SMART v2 scope opens its own interactions and no other', async () => {
  await put(house, { resourceType: 'Patient', id: 'p5', name: [{ family: 'Lettrec' }] });
  const observation = (id: string) => ({
    resourceType: 'Observation',
    id,
    status: 'final',
    code: { text: 'x' },
    subject: { reference: 'Patient/p5' },
  });
  const only = (letters: string) => practice.client(`system/Patient.${letters} system/Observation.${letters}`);
  const found = async (send: Send, path: string) => {
    const { status, body } = await send('GET', `/fhir/R4/${path}`);
    return status !== 200 ? 0 : body.resourceType === 'Bundle' ? (body.total ?? body.entry?.length ?? 0) : 1;
  };
  await put(house, observation('o5'));
  const byId = [
    'Patient/p5',
    'Patient/p5/_history',
    'Patient/p5/_history/1',
    'Observation/o5',
    'Patient/p5/$everything',
  ];
  const bySearch = [
    'Patient?name=lettrec',
    'Patient?_summary=count',
    'Observation?subject:Patient.name=lettrec',
    'Patient?_has:Observation:patient:status=final',
    'Patient/_history',
    '_history',
    '?_type=Patient',
    'Patient/p5/Observation',
    'Patient/$everything',
  ];
  const [reader, searcher] = [await only('r'), await only('s')];
  for (const path of byId)
    assert.deepEqual([(await found(reader, path)) > 0, await found(searcher, path)], [true, 0], path);
  for (const path of bySearch.slice(0, -1))
    assert.deepEqual([await found(reader, path), (await found(searcher, path)) > 0], [0, true], path);
  assert.equal(await found(reader, bySearch.at(-1)!), 0);
  const does = async (letters: string) => {
    const send = await only(letters);
    await put(house, observation('o6'));
    const answers = {
      c: (await send('POST', '/fhir/R4/Observation', { ...observation('x'), id: undefined })).status,
      born: (await send('PUT', `/fhir/R4/Observation/born-${letters}`, observation(`born-${letters}`))).status,
      u: (await send('PUT', '/fhir/R4/Observation/o6', observation('o6'))).status,
      d: (await send('DELETE', '/fhir/R4/Observation/o6')).status,
    };
    // Whoever might delete is told that an entry of a record is kept: 409.
    return Object.entries(answers)
      .filter(([, status]) => status < 300 || status === 409)
      .map(([act]) => act)
      .join(' ');
  };
  assert.deepEqual(
    [await does('cr'), await does('ru'), await does('rd'), await does('rs'), await does('cruds')],
    ['c born', 'u', 'd', '', 'c born u d'],
  );
});

test('SEC-3 Provenance and bytes are as closed as what they belong to: when they are written, and when it becomes sensitive afterwards', async () => {
  const physiotherapist = await practice.person('physiotherapist');
  const psychologist = await practice.person('psychologist');
  const sensitive = {
    meta: { security: [{ system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode', code: 'PSY' }] },
  };
  await put(house, { resourceType: 'Patient', id: 'p7', name: [{ family: 'Cozic' }] });
  await put(house, {
    resourceType: 'CareTeam',
    id: 't7',
    status: 'active',
    subject: { reference: 'Patient/p7' },
    participant: [treating, physiotherapist, psychologist].map(({ practitioner }) => ({
      member: { reference: `Practitioner/${practitioner}` },
    })),
  });
  const letter = {
    resourceType: 'DocumentReference',
    id: 'd7',
    status: 'current',
    subject: { reference: 'Patient/p7' },
    content: [{ attachment: { contentType: 'text/plain', url: 'Binary/b7' } }],
  };
  await put(house, letter);
  await put(house, {
    resourceType: 'Observation',
    id: 'o7',
    ...sensitive,
    status: 'final',
    code: { text: secret },
    subject: { reference: 'Patient/p7' },
  });
  await put(house, {
    resourceType: 'Binary',
    id: 'b7',
    contentType: 'text/plain',
    data: Buffer.from(secret).toString('base64'),
    securityContext: { reference: 'DocumentReference/d7' },
  });
  const provenance = (id: string, ...targets: string[]) => ({
    resourceType: 'Provenance',
    id,
    target: targets.map((reference) => ({ reference })),
    recorded: '2024-03-01T10:00:00Z',
    reason: [{ text: secret }],
    agent: [{ who: { display: 'x' } }],
  });
  await put(house, provenance('v7', 'Observation/o7/_history/1', 'DocumentReference/d7'));
  await put(house, provenance('v8', 'Patient/p7', 'Observation/o7'));
  await put(house, provenance('v9', 'DocumentReference/d7'));
  const sees = async (person: TestPerson, ...references: string[]) => {
    const found: string[] = [];
    for (const reference of references)
      if ((await person.send('GET', `/fhir/R4/${reference}`)).status === 200) found.push(reference);
    return found;
  };
  const all = ['Provenance/v7', 'Provenance/v8', 'Provenance/v9', 'Binary/b7'];
  assert.deepEqual(await sees(treating, ...all), all);
  assert.deepEqual(await sees(psychologist, ...all), all);
  assert.deepEqual(await sees(physiotherapist, ...all), ['Provenance/v9', 'Binary/b7']);
  for (const path of [
    'Provenance?target=Observation/o7&_total=accurate',
    'Observation?_id=o7&_revinclude=Provenance:target',
    'Provenance/_history',
    'Patient/p7/$everything?_count=200',
  ])
    assert.doesNotMatch((await physiotherapist.send('GET', `/fhir/R4/${path}`)).text, /Provenance\/v[78]"/, path);
  // Who writes about what they do not see is not told what it is.
  const blind = await physiotherapist.send('POST', '/fhir/R4/Provenance', {
    ...provenance('x', 'Observation/o7'),
    id: undefined,
  });
  assert.equal(blind.status, 403);
  assert.doesNotMatch(blind.text, /mental|p7/);
  // The letter becomes sensitive: what belongs to it closes, and opens again with it. By a person, and by a program.
  const versioned = async (send: Send, resource: object) =>
    assert.equal((await send('PUT', '/fhir/R4/DocumentReference/d7', resource)).status, 200);
  await versioned(treating.send, { ...letter, ...sensitive });
  assert.deepEqual(await sees(physiotherapist, ...all), []);
  assert.deepEqual(await sees(psychologist, ...all), all);
  await versioned(house, letter);
  assert.deepEqual(await sees(physiotherapist, ...all), ['Provenance/v9', 'Binary/b7']);
});

test('SEC-4 what concerns two patients is closed by the opposition of either', async () => {
  const nurse = await practice.person('nurse');
  for (const id of ['p8', 'p9']) {
    await put(house, { resourceType: 'Patient', id, name: [{ family: id }] });
    await put(house, {
      resourceType: 'CareTeam',
      id: `t-${id}`,
      status: 'active',
      subject: { reference: `Patient/${id}` },
      participant: [{ member: { reference: `Practitioner/${nurse.practitioner}` } }],
    });
  }
  await put(house, {
    resourceType: 'Observation',
    id: 'o8',
    status: 'final',
    code: { text: secret },
    subject: { reference: 'Patient/p8' },
    focus: [{ reference: 'Patient/p9' }],
  });
  assert.equal((await nurse.send('GET', '/fhir/R4/Observation/o8')).status, 200);
  const concept = { text: 'x' };
  let count = 0;
  const consent = (kinds: string[], actor?: TestPerson) => ({
    resourceType: 'Consent',
    id: `c9-${++count}`,
    status: 'active',
    scope: { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/consentscope', code: 'patient-privacy' }] },
    category: [concept],
    policyRule: concept,
    patient: { reference: 'Patient/p9' },
    provision: {
      type: 'deny',
      ...(kinds.length > 0 && { class: kinds.map((code) => ({ system: 'urn:estran:kind-of-data', code })) }),
      ...(actor && { actor: [{ role: concept, reference: { reference: `Practitioner/${actor.practitioner}` } }] }),
    },
  });
  for (const denied of [consent([]), consent(['results']), consent([], nurse)]) {
    await put(house, denied);
    assert.equal((await nurse.send('GET', '/fhir/R4/Observation/o8')).status, 404, JSON.stringify(denied.provision));
    assert.doesNotMatch((await nurse.send('GET', '/fhir/R4/Patient/p8/$everything')).text, /SECRET/);
    assert.equal((await nurse.send('GET', '/fhir/R4/Observation?patient=p8&_total=accurate')).body.total, 0);
    await put(house, { ...denied, status: 'inactive' });
  }
  await put(house, consent(['vaccines']));
  assert.equal((await nurse.send('GET', '/fhir/R4/Observation/o8')).status, 200);
});

test('SEC-8 the log says that something hidden was changed, and why only to who sees it', async () => {
  const physiotherapist = await practice.person('physiotherapist');
  await put(house, { resourceType: 'Patient', id: 'p10', name: [{ family: 'Motivec' }] });
  await put(house, {
    resourceType: 'CareTeam',
    id: 't10',
    status: 'active',
    subject: { reference: 'Patient/p10' },
    participant: [treating, physiotherapist].map(({ practitioner }) => ({
      member: { reference: `Practitioner/${practitioner}` },
    })),
  });
  const observation = (id: string, label?: string) => ({
    resourceType: 'Observation',
    id,
    ...(label && { meta: { security: [{ system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode', code: label }] } }),
    status: 'final',
    code: { text: 'x' },
    subject: { reference: 'Patient/p10' },
  });
  for (const one of [observation('hidden10', 'SEX'), observation('plain10')]) {
    await put(treating.send, one);
    assert.equal(
      (
        await treating.send('POST', `/api/patients/p10/entries/Observation/${one.id}/error`, {
          version: 1,
          reason: `Motif de ${one.id}`,
        })
      ).status,
      200,
    );
  }
  const reasons = async (person: TestPerson) =>
    (await person.send('GET', '/api/patients/p10/access-log')).body.lines.flatMap(
      ({ reason }: { reason: string | null }) => reason ?? [],
    );
  assert.deepEqual(await reasons(treating), ['Motif de plain10', 'Motif de hidden10']);
  assert.deepEqual(await reasons(physiotherapist), ['Motif de plain10']);
  // The same on paper, for the patient; printing it is in it.
  const paper = async (person: TestPerson) => {
    const { app } = await testHouse();
    const answer = await app.inject({
      method: 'GET',
      url: '/api/patients/p10/access-log/pdf',
      headers: { cookie: person.cookie },
    });
    return {
      status: answer.statusCode,
      text: answer.statusCode === 200 ? await wordsOf(answer.rawPayload) : answer.body,
    };
  };
  const [whole, cut] = [await paper(treating), await paper(physiotherapist)];
  assert.match(whole.text, /Qui a consulté le dossier de Motivec/);
  assert.match(whole.text, /Motif : Motif de hidden10/);
  assert.match(cut.text, /Motif : Motif de plain10/);
  assert.doesNotMatch(cut.text, /hidden10/);
  for (const person of [outsider, secretary, administrator]) assert.equal((await paper(person)).status, 403);
  assert.equal(
    (await treating.send('GET', '/api/patients/p10/access-log')).body.lines.filter(
      ({ what, target }: { what: string; target: string }) => `${what} ${target}` === 'a imprimé le journal des accès',
    ).length,
    2,
  );
});

test('SEC-4 SEC-8 a consent that lets someone in is told to the referents, and flagged when they wrote it down themselves', async () => {
  const [referent, curious, invited] = [
    await practice.person('physician', { family: 'Référent' }),
    await practice.person('nurse', { family: 'Curieux' }),
    await practice.person('nurse', { family: 'Invité' }),
  ];
  await put(house, { resourceType: 'Patient', id: 'p11', name: [{ family: 'Accordec' }] });
  await put(house, {
    resourceType: 'CareTeam',
    id: 't11',
    status: 'active',
    subject: { reference: 'Patient/p11' },
    participant: [{ member: { reference: `Practitioner/${referent.practitioner}` } }],
  });
  const agree = (by: TestPerson, whom: TestPerson) =>
    by.send('POST', '/api/patients/p11/choices', {
      decision: 'agree',
      practitioner: whom.practitioner,
      collected: 'oral',
    });
  assert.equal((await agree(curious, curious)).status, 200);
  assert.equal((await curious.send('GET', '/api/patients/p11/record')).status, 200);
  assert.equal((await agree(referent, invited)).status, 200);
  const consent = (who: TestPerson, dateTime: string) => ({
    resourceType: 'Consent',
    status: 'active',
    scope: { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/consentscope', code: 'patient-privacy' }] },
    category: [{ text: 'x' }],
    policyRule: { text: 'x' },
    patient: { reference: 'Patient/p11' },
    dateTime,
    provision: {
      type: 'permit',
      period: { end: '2999-01-01' },
      actor: [{ role: { text: 'x' }, reference: { reference: `Practitioner/${who.practitioner}` } }],
    },
  });
  assert.equal(
    (await curious.send('POST', '/fhir/R4/Consent', consent(curious, new Date().toISOString()))).status,
    201,
  );
  // What is taken over from years ago is no news.
  assert.equal((await house('POST', '/fhir/R4/Consent', consent(invited, '2020-01-01'))).status, 201);
  const told = async (person: TestPerson) =>
    (await person.send('GET', '/api/notices')).body
      .filter(({ kind }: { kind: string }) => kind === 'consent-given')
      .map(
        ({ words, patient }: { words: string; patient: string }) =>
          `${patient} ${/(Curieux|Invité) \(infirmier/.exec(words)?.[1]}`,
      );
  assert.deepEqual((await told(referent)).sort(), ['p11 Curieux', 'p11 Curieux', 'p11 Invité']);
  assert.deepEqual([await told(curious), await told(invited)], [[], []]);
  const flags = (await administrator.send('GET', '/api/unusual-accesses')).body.filter(
    ({ rule }: { rule: string }) => rule === 'own-consent',
  );
  assert.deepEqual(
    flags.map(({ actorName, count }: { actorName: string; count: number }) => [actorName, count]),
    [['Camille Curieux', 2]],
  );
  assert.match(flags[0].words, /accord qui lui ouvre le dossier de Accordec/);
});

test('SEC-6 who may declare a delegation does not give themselves a colleague’s patients, and the responsible person is told', async () => {
  const coordinating = await practice.person('nurse', { roles: ['coordinator'] });
  const other = await practice.person('nurse');
  const period = { from: new Date().toISOString(), until: new Date(Date.now() + 86_400_000).toISOString() };
  const declare = (delegate: TestPerson) =>
    coordinating.send('POST', '/api/delegations', {
      kind: 'locum',
      delegate: delegate.practitioner,
      responsible: treating.practitioner,
      ...period,
    });
  const refused = await declare(coordinating);
  assert.equal(refused.status, 422);
  assert.match(refused.text, /vous-même/);
  assert.notEqual((await coordinating.send('GET', '/api/patients/p1/record')).status, 200);
  assert.equal((await declare(other)).status, 200);
  const told = async (person: TestPerson) =>
    (await person.send('GET', '/api/notices')).body.find(({ kind }: { kind: string }) => kind === 'delegation')?.words;
  assert.match(
    await told(treating),
    /accède aux dossiers de vos patients du .* \(remplacement\), sous votre responsabilité/,
  );
  assert.match(await told(other), /sous sa responsabilité/);
  // What the locum does stands in the log with who answers for it, while it lasts and no longer.
  assert.equal((await other.send('GET', '/api/patients/p1/record')).status, 200);
  const whos = async () =>
    [
      ...new Set(
        (await treating.send('GET', '/api/patients/p1/access-log')).body.lines.map(({ who }: { who: string }) => who),
      ),
    ] as string[];
  assert.ok((await whos()).includes(`${other.caller.name}, sous la responsabilité de ${treating.caller.name}`));
  const [{ id }] = (await coordinating.send('GET', '/api/delegations')).body;
  assert.equal((await coordinating.send('POST', `/api/delegations/${id}/end`)).status, 204);
  assert.equal((await other.send('GET', '/api/patients/p1/record')).status, 403);
  assert.equal((await other.send('GET', '/fhir/R4/Observation/o1')).status, 404);
});
