import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createValidator, packageOf } from './index.ts';
import { errors, warnings } from './testing.ts';

const validator = createValidator();
const check = (resource: unknown) => errors(validator.validate(resource));

const observation = {
  resourceType: 'Observation',
  id: 'weight-1',
  meta: { versionId: '1', lastUpdated: '2026-01-05T10:00:00.000+01:00' },
  status: 'final',
  category: [
    { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/observation-category', code: 'vital-signs' }] },
  ],
  code: { coding: [{ system: 'http://loinc.org', code: '29463-7', display: 'Body weight' }] },
  subject: { reference: 'Patient/p1' },
  effectiveDateTime: '2026-01-05T10:00:00+01:00',
  valueQuantity: { value: 80.2, unit: 'kg', system: 'http://unitsofmeasure.org', code: 'kg' },
};
const patient = {
  resourceType: 'Patient',
  name: [{ family: 'DUPONT', given: ['Jean', 'Paul'] }],
  birthDate: '1980-02-29',
};

test('ECH-1 a resource that follows R4 has no issue', () => {
  assert.deepEqual(validator.validate(observation), []);
  assert.deepEqual(validator.validate(patient), []);
});

test('ECH-1 an unknown property is refused with its path and the nearest name', () => {
  const [issue, ...others] = validator.validate({ ...patient, name: [{ familly: 'DUPONT' }] });
  assert.deepEqual(others, []);
  assert.equal(issue?.expression, 'Patient.name[0].familly');
  assert.equal(issue?.code, 'structure');
  assert.match(issue?.diagnostics ?? '', /did you mean “family”/);
});

test('ECH-1 what is required, at most one or a list is refused with the path', () => {
  const { status: _, ...unstated } = observation;
  assert.deepEqual(check(unstated), ['required Observation.status']);
  assert.deepEqual(check({ ...patient, birthDate: ['1980-01-01'] }), ['structure Patient.birthDate']);
  assert.deepEqual(check({ ...patient, name: { family: 'DUPONT' } }), ['structure Patient.name']);
  assert.deepEqual(check({ ...patient, name: 'DUPONT' }), ['structure Patient.name']);
  assert.deepEqual(check({ ...patient, name: ['DUPONT'] }), ['structure Patient.name[0]']);
  assert.deepEqual(check({ ...patient, contact: [{ id: 'a' }] }).includes('invariant Patient.contact[0]'), true);
});

test('ECH-1 only one value[x] is allowed', () => {
  assert.deepEqual(check({ ...observation, valueString: 'x' }), ['structure Observation.value']);
  assert.deepEqual(check({ ...observation, dataAbsentReason: { text: 'x' } }), ['invariant Observation']);
});

test('ECH-1 empty strings, arrays, objects and nulls are refused', () => {
  assert.deepEqual(check({ ...patient, name: [{ family: '' }] }), ['value Patient.name[0].family']);
  assert.deepEqual(check({ ...patient, name: [] }), ['structure Patient.name']);
  assert.deepEqual(check({ ...patient, name: [{}] }), ['invariant Patient.name[0]']);
  assert.deepEqual(check({ ...patient, name: [null] }), ['structure Patient.name[0]']);
  assert.deepEqual(check({ ...patient, birthDate: null }), ['value Patient.birthDate']);
  assert.deepEqual(check({ ...patient, name: [{ given: ['Jean', null] }] }), ['structure Patient.name[0].given[1]']);
});

test('ECH-1 extensions of primitives stand beside them, item for item', () => {
  const extension = [{ url: 'http://example.org/x', valueString: 'y' }];
  assert.deepEqual(check({ ...patient, _birthDate: { extension } }), []);
  assert.deepEqual(check({ resourceType: 'Patient', _birthDate: { extension } }), []);
  assert.deepEqual(check({ ...patient, name: [{ given: ['Jean', null], _given: [null, { extension }] }] }), []);
  assert.deepEqual(check({ ...patient, name: [{ given: ['Jean', 'Paul'], _given: [{ extension }] }] }), [
    'structure Patient.name[0].given',
  ]);
  assert.deepEqual(check({ ...patient, _birthDate: { value: 'x' } }), ['structure Patient.birthDate.value']);
  assert.deepEqual(check({ ...patient, _name: [{ extension }] }), ['structure Patient._name']);
});

test('ECH-1 primitives have the form that R4 gives them', () => {
  const wrong: [Record<string, unknown>, string][] = [
    [{ birthDate: '1981-02-29' }, 'Patient.birthDate'],
    [{ birthDate: '05/02/1981' }, 'Patient.birthDate'],
    [{ birthDate: '1981-2-5' }, 'Patient.birthDate'],
    [{ active: 'true' }, 'Patient.active'],
    [{ id: 'é' }, 'Patient.id'],
    [{ id: 'a'.repeat(65) }, 'Patient.id'],
    [{ gender: ' male' }, 'Patient.gender'],
    [{ multipleBirthInteger: 1.5 }, 'Patient.multipleBirth.ofType(integer)'],
    [{ multipleBirthInteger: '1' }, 'Patient.multipleBirth.ofType(integer)'],
    [{ deceasedDateTime: '2026-01-05T10:00:00' }, 'Patient.deceased.ofType(dateTime)'],
    [{ deceasedDateTime: '2026-01-05T25:00:00Z' }, 'Patient.deceased.ofType(dateTime)'],
    [{ photo: [{ contentType: 'image/png', data: 'abc' }] }, 'Patient.photo[0].data'],
    [{ photo: [{ contentType: 'image/png', size: -1 }] }, 'Patient.photo[0].size'],
    [{ telecom: [{ rank: 0 }] }, 'Patient.telecom[0].rank'],
    [{ identifier: [{ system: 'a b' }] }, 'Patient.identifier[0].system'],
    [{ meta: { lastUpdated: '2026-01-05' } }, 'Patient.meta.lastUpdated'],
  ];
  for (const [change, path] of wrong) {
    assert.deepEqual(check({ ...patient, ...change }), [`value ${path}`], JSON.stringify(change));
  }
  const right = [
    { birthDate: '1981' },
    { birthDate: '1981-02' },
    { deceasedDateTime: '2026-01-05T10:00:00.123+14:00' },
    { multipleBirthInteger: 2 },
    { photo: [{ contentType: 'image/png', data: 'aGVs\nbG8=' }] },
  ];
  for (const change of right) assert.deepEqual(check({ ...patient, ...change }), [], JSON.stringify(change));
});

test('ECH-1 a code outside a required binding is an error, outside an extensible one a warning', () => {
  assert.deepEqual(check({ ...patient, gender: 'homme' }), ['code-invalid Patient.gender']);
  assert.deepEqual(check({ ...observation, status: 'finale' }), ['code-invalid Observation.status']);
  const clinicalStatus = {
    coding: [{ system: 'http://terminology.hl7.org/CodeSystem/condition-clinical', code: 'actif' }],
  };
  const condition = { resourceType: 'Condition', subject: { reference: 'Patient/1' }, clinicalStatus };
  assert.deepEqual(check(condition), ['code-invalid Condition.clinicalStatus']);
  const married = { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/v3-MaritalStatus', code: 'marié' }] };
  const issues = validator.validate({ ...patient, maritalStatus: married });
  assert.deepEqual(
    [errors(issues), warnings(issues)],
    [[], ['code-invalid Patient.maritalStatus.coding[0]', 'code-invalid Patient.maritalStatus']],
  );
  assert.deepEqual(validator.validate({ ...patient, gender: 'homme' }, { bindings: false }), []);
});

test('ECH-1 a reference to a resource of the wrong type is refused', () => {
  assert.deepEqual(check({ ...observation, subject: { reference: 'Practitioner/1' } }), [
    'structure Observation.subject',
  ]);
  const withDevice = (reference: string) => ({
    ...observation,
    contained: [{ resourceType: 'Device', id: 'd' }],
    device: { reference },
  });
  assert.deepEqual(check(withDevice('#d')), []);
  assert.deepEqual(check(withDevice('#e')), ['invariant Observation.contained[0]', 'invariant Observation.device']);
  assert.deepEqual(check({ ...observation, subject: { reference: 'urn:uuid:9c57-nowhere' } }), []);
});

test('ECH-1 SEC-16 a reference is Type/id, absolute, contained, or in a Bundle a condition; its type is that of what it names', () => {
  const to = (subject: object) => check({ ...observation, subject });
  for (const reference of [
    'Patient/p1',
    'Patient/p1/_history/2',
    'https://a.fr/fhir/Patient/p1',
    'urn:uuid:9c57-nowhere',
    'urn:oid:1.2.3',
  ])
    assert.deepEqual(to({ reference }), [], reference);
  for (const reference of [
    'Patient/',
    'Patient',
    'p1',
    'patient/p1',
    'Malade/p1',
    'Madame Le Goff',
    'Patient/p 1',
    `Patient/${'a'.repeat(65)}`,
    'Patient?identifier=x',
    '/Patient/p1',
    '../Patient/p1',
  ])
    assert.ok(to({ reference }).includes('value Observation.subject.reference'), reference);
  assert.deepEqual(to({ reference: 'Patient/p1', type: 'Group' }), ['value Observation.subject.type']);
  assert.deepEqual(to({ reference: 'Patient/p1', type: 'Patient' }), []);
  const asked = { ...observation, subject: { reference: 'Patient?identifier=urn:oid:1.2|x' } };
  assert.deepEqual(
    check({
      resourceType: 'Bundle',
      type: 'transaction',
      entry: [{ resource: asked, request: { method: 'POST', url: 'Observation' } }],
    }),
    [],
  );
});

test('ECH-1 SEC-16 what may change the meaning of a resource is known or refused; what cannot is no modifier', () => {
  const modified = (url: string) =>
    validator
      .validate({ ...observation, modifierExtension: [{ url, valueBoolean: true }] })
      .filter(({ severity }) => severity === 'error');
  const [unknown, ...others] = modified('http://example.org/negated');
  assert.deepEqual([unknown?.code, unknown?.expression, others], ['extension', 'Observation.modifierExtension[0]', []]);
  assert.match(unknown?.diagnostics ?? '', /leave it out, or install the package/);
  const place = { url: 'http://hl7.org/fhir/StructureDefinition/patient-birthPlace', valueAddress: { city: 'Rennes' } };
  assert.deepEqual(check({ ...patient, modifierExtension: [place] }), ['extension Patient.modifierExtension[0]']);
  const negated = (key: string) => ({ ...observation, [key]: [{ url: 'urn:x:negated', valueBoolean: true }] });
  const definition = {
    resourceType: 'StructureDefinition',
    url: 'urn:x:negated',
    name: 'Negated',
    type: 'Extension',
    kind: 'complex-type',
    derivation: 'constraint',
    snapshot: {
      element: [
        { id: 'Extension', path: 'Extension', min: 0, max: '*', isModifier: true },
        { id: 'Extension.value[x]', path: 'Extension.value[x]', min: 1, max: '1', type: [{ code: 'boolean' }] },
      ],
    },
  };
  const knowing = createValidator(packageOf([definition]));
  assert.deepEqual(errors(knowing.validate(negated('modifierExtension'))), []);
  assert.deepEqual(errors(knowing.validate(negated('extension'))), ['extension Observation.extension[0]']);
});

test('ECH-1 base64 is filled at its end only; contained resources have ids of their own; a narrative that is refused says why', () => {
  const photo = (data: string) => check({ ...patient, photo: [{ contentType: 'image/png', data }] });
  for (const data of ['YWJj', 'YWI=', 'YQ==', 'YWJj\nYWI=']) assert.deepEqual(photo(data), [], data);
  for (const data of ['YW=j', '====', 'Y===', 'YWJj====', 'YQ==YQ==', 'YWJ', 'YW J'])
    assert.deepEqual(photo(data), ['value Patient.photo[0].data'], data);
  const inside = { resourceType: 'Organization', id: 'o', name: 'A' };
  assert.deepEqual(check({ ...patient, contained: [inside, inside], managingOrganization: { reference: '#o' } }), [
    'invariant Patient.contained[1].id',
  ]);
  const told = validator.validate({
    ...patient,
    text: { status: 'generated', div: '<div xmlns="http://www.w3.org/1999/xhtml"><script>x</script></div>' },
  });
  assert.match(told[0]?.diagnostics ?? '', /the element <script> is not allowed/);
});

test('ECH-1 a profile of another version than the one installed is checked against that one, and a warning says so', () => {
  const definition = {
    resourceType: 'StructureDefinition',
    url: 'urn:x:named',
    version: '2.0',
    name: 'Named',
    type: 'Patient',
    kind: 'resource',
    derivation: 'constraint',
    snapshot: {
      element: [
        { id: 'Patient', path: 'Patient', min: 0, max: '*' },
        {
          id: 'Patient.gender',
          path: 'Patient.gender',
          min: 1,
          max: '1',
          base: { path: 'Patient.gender', min: 0, max: '1' },
        },
      ],
    },
  };
  const knowing = createValidator(packageOf([definition]));
  const declared = (profile: string) =>
    knowing
      .validate({ ...patient, meta: { profile: [profile] } })
      .map(({ severity, expression }) => `${severity} ${expression}`);
  assert.deepEqual(declared('urn:x:named|2.0'), ['error Patient.gender']);
  assert.deepEqual(declared('urn:x:named|1.0'), ['warning Patient.meta.profile[0]', 'error Patient.gender']);
});

test('ECH-1 contained resources and entries of a Bundle are checked in their place', () => {
  const bundle = {
    resourceType: 'Bundle',
    type: 'collection',
    entry: [{ resource: { ...patient, gender: 'x' } }, { resource: { id: 'a' } }],
  };
  assert.deepEqual(check(bundle), [
    'code-invalid Bundle.entry[0].resource.gender',
    'structure Bundle.entry[1].resource',
  ]);
  const contained = [{ resourceType: 'Patient', id: 'p', active: 1 }];
  assert.deepEqual(check({ ...observation, contained, subject: { reference: '#p' } }), [
    'value Observation.contained[0].active',
  ]);
  assert.deepEqual(check({ resourceType: 'Bundle', type: 'batch', entry: [{ resource: patient }] }), [
    'invariant Bundle',
  ]);
});

test('ECH-1 an extension has a value or extensions of its own; a known one follows its definition', () => {
  const url = 'http://hl7.org/fhir/StructureDefinition/patient-birthPlace';
  const extended = (extension: unknown) => check({ ...patient, extension: [extension] });
  assert.deepEqual(extended({ url, valueAddress: { city: 'Rennes' } }), []);
  assert.deepEqual(extended({ url, valueString: 'Rennes' }), ['structure Patient.extension[0].value.ofType(string)']);
  assert.deepEqual(extended({ url: 'http://example.org/unknown', valueString: 'x' }), []);
  assert.deepEqual(extended({ url: 'http://example.org/unknown' }), ['invariant Patient.extension[0]']);
  assert.deepEqual(extended({ valueString: 'x' }), ['required Patient.extension[0].url']);
});

test('ECH-1 rules of R4 are applied: a period that ends before it begins, a group without a name', () => {
  const name = [{ family: 'X', period: { start: '2026-02-01', end: '2026-01-01' } }];
  assert.deepEqual(check({ ...patient, name }), ['invariant Patient.name[0].period']);
  assert.deepEqual(check({ resourceType: 'Organization', active: true }), ['invariant Organization']);
  assert.deepEqual(check({ ...patient, contact: [{ gender: 'male' }] }), ['invariant Patient.contact[0]']);
  const questionnaire = {
    resourceType: 'Questionnaire',
    status: 'draft',
    item: [
      { linkId: '1', type: 'group' },
      { linkId: '1', type: 'display' },
    ],
  };
  assert.deepEqual(check(questionnaire), ['invariant Questionnaire', 'invariant Questionnaire.item[0]']);
});

test('ECH-1 a narrative holds no script and says something', () => {
  const told = (div: string) =>
    check({ ...patient, text: { status: 'generated', div: `<div xmlns="http://www.w3.org/1999/xhtml">${div}</div>` } });
  const right = [
    '<p>Jean</p>',
    '<a href="https://example.org/a">x</a>',
    '<img src="#i" alt="x"/>',
    'a<br/>b &amp; c',
    '<!-- x -->y',
  ];
  for (const div of right) assert.deepEqual(told(div), [], div);
  const hidden = [
    '<a href="javascript:x()">y</a>',
    '<a href="&#106;avascript:x()">y</a>',
    '<p style="background:url(x)">y</p>',
    '<b>x',
    '<p x>y</p>',
  ];
  for (const div of hidden) assert.deepEqual(told(div), ['invariant Patient.text.div'], div);
  for (const div of ['<script>x</script>', '<p onclick="x()">y</p>', ' ', '<iframe src="x"/>']) {
    assert.deepEqual(told(div), ['invariant Patient.text.div'], div);
  }
});

test('ECH-1 HL7 profiles are known; a profile that nobody installed is a warning', () => {
  const url = 'http://hl7.org/fhir/StructureDefinition/bodyweight';
  assert.deepEqual(errors(validator.validate(observation, { profiles: [url] })), []);
  const inPounds = { ...observation, valueQuantity: { ...observation.valueQuantity, code: 'st' } };
  assert.deepEqual(errors(validator.validate({ ...inPounds, meta: { profile: [url] } })), [
    'code-invalid Observation.value.ofType(Quantity).code',
  ]);
  const declared = validator.validate({ ...patient, meta: { profile: ['http://example.org/none'] } });
  assert.deepEqual([errors(declared), warnings(declared)], [[], ['not-found Patient.meta.profile[0]']]);
  assert.deepEqual(check({ ...patient, meta: { profile: [url] } }), ['structure Patient.meta.profile[0]']);
});
