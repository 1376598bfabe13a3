import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createValidator, packageOf } from './index.ts';
import { errors } from './testing.ts';

type Element = Record<string, unknown>;
const hl7 = 'http://hl7.org/fhir/StructureDefinition/';
const url = (name: string) => `http://example.org/${name}`;

/** A profile of few elements: snapshots may be this short, what they leave out is R4's. */
const profile = (name: string, type: string, elements: Element[]) => ({
  resourceType: 'StructureDefinition',
  url: url(name),
  version: '1.0',
  name,
  type,
  kind: 'resource',
  derivation: 'constraint',
  baseDefinition: hl7 + type,
  snapshot: { element: [{ id: type, path: type, min: 0, max: '*' }, ...elements] },
});
const el = (id: string, more: Element = {}): Element => {
  const path = id.replace(/:[^.]+/g, '');
  const base = { path: more.basePath ?? path, min: 0, max: '*' };
  const { basePath: _, ...rest } = more;
  return {
    id,
    path,
    min: 0,
    max: '*',
    base,
    ...(id.includes(':') && !/:[^.]+\./.test(id) && { sliceName: id.split(':')[1] }),
    ...rest,
  };
};
const sliced = (id: string, type: string, path: string, rules = 'open', more: Element = {}) =>
  el(id, { slicing: { discriminator: [{ type, path }], rules, ...more } });

const check = (definitions: object[], resource: Record<string, unknown>, name: string) =>
  errors(createValidator(packageOf(definitions)).validate(resource, { profiles: [url(name)] }));

const identifiers = (rules: string, more: Element = {}) =>
  profile('ids', 'Patient', [
    sliced('Patient.identifier', 'value', 'system', rules, more),
    el('Patient.identifier:a', { min: 1, max: '1' }),
    el('Patient.identifier:a.system', { fixedUri: 'urn:a', min: 1, max: '1', basePath: 'Identifier.system' }),
    el('Patient.identifier:a.value', { min: 1, max: '1', basePath: 'Identifier.value' }),
    el('Patient.identifier:b', {}),
    el('Patient.identifier:b.system', { patternUri: 'urn:b', min: 1, max: '1', basePath: 'Identifier.system' }),
  ]);
const patient = (...systems: string[]) => ({
  resourceType: 'Patient',
  identifier: systems.map((system) => ({ system: `urn:${system}`, value: '1' })),
});

test('ECH-1 slices by value: how many of each, what each must hold', () => {
  const ids = [identifiers('open')];
  assert.deepEqual(check(ids, patient('a', 'b', 'c'), 'ids'), []);
  assert.deepEqual(check(ids, patient('b'), 'ids'), ['required Patient.identifier']);
  assert.deepEqual(check(ids, patient('a', 'a'), 'ids'), ['structure Patient.identifier']);
  const noValue = { resourceType: 'Patient', identifier: [{ system: 'urn:b' }, { system: 'urn:a' }] };
  assert.deepEqual(check(ids, noValue, 'ids'), ['required Patient.identifier[1].value']);
});

test('ECH-1 closed slicing, open at its end, in order', () => {
  assert.deepEqual(check([identifiers('closed')], patient('a', 'c'), 'ids'), ['structure Patient.identifier[1]']);
  assert.deepEqual(check([identifiers('openAtEnd')], patient('a', 'b', 'c'), 'ids'), []);
  assert.deepEqual(check([identifiers('openAtEnd')], patient('c', 'a'), 'ids'), ['structure Patient.identifier[1]']);
  assert.deepEqual(check([identifiers('open', { ordered: true })], patient('a', 'b'), 'ids'), []);
  assert.deepEqual(check([identifiers('open', { ordered: true })], patient('b', 'a'), 'ids'), [
    'structure Patient.identifier[1]',
  ]);
});

test('ECH-1 slices by pattern of the item itself, and slices of a slice', () => {
  const loinc = { coding: [{ system: 'http://loinc.org' }] };
  const definition = profile('cat', 'Observation', [
    sliced('Observation.category', 'pattern', '$this'),
    el('Observation.category:loinc', {
      min: 1,
      patternCodeableConcept: loinc,
      slicing: { discriminator: [{ type: 'exists', path: 'text' }], rules: 'open' },
    }),
    el('Observation.category:loinc/told', { max: '1', sliceName: 'loinc/told' }),
    el('Observation.category:loinc/told.text', { min: 1, max: '1', basePath: 'CodeableConcept.text' }),
  ]);
  const observation = (...category: object[]) => ({
    resourceType: 'Observation',
    status: 'final',
    code: { text: 'x' },
    category,
  });
  const coded = { coding: [{ system: 'http://loinc.org', code: '1' }] };
  assert.deepEqual(check([definition], observation(coded, { ...coded, text: 'a' }, { text: 'b' }), 'cat'), []);
  assert.deepEqual(check([definition], observation({ text: 'b' }), 'cat'), ['required Observation.category']);
  assert.deepEqual(check([definition], observation({ ...coded, text: 'a' }, { ...coded, text: 'b' }), 'cat'), [
    'structure Observation.category',
  ]);
});

test('ECH-1 slices by existence', () => {
  const definition = profile('names', 'Patient', [
    sliced('Patient.name', 'exists', 'period', 'closed'),
    el('Patient.name:now', { max: '1' }),
    el('Patient.name:now.period', { max: '0', basePath: 'HumanName.period' }),
    el('Patient.name:then', {}),
    el('Patient.name:then.period', { min: 1, max: '1', basePath: 'HumanName.period' }),
  ]);
  const named = (...name: object[]) => ({ resourceType: 'Patient', name });
  const then = { family: 'A', period: { end: '2020' } };
  assert.deepEqual(check([definition], named({ family: 'B' }, then, then), 'names'), []);
  assert.deepEqual(check([definition], named({ family: 'B' }, { family: 'C' }), 'names'), ['structure Patient.name']);
});

test('ECH-1 slices by type of value[x], by type and by profile of what is referred to', () => {
  const typed = profile('value', 'Observation', [
    sliced('Observation.value[x]', 'type', '$this', 'closed'),
    el('Observation.value[x]:valueQuantity', { min: 1, max: '1', type: [{ code: 'Quantity' }] }),
    el('Observation.value[x]:valueQuantity.unit', { min: 1, max: '1', basePath: 'Quantity.unit' }),
  ]);
  const observation = { resourceType: 'Observation', status: 'final', code: { text: 'x' } };
  assert.deepEqual(check([typed], { ...observation, valueQuantity: { value: 1, unit: 'kg' } }, 'value'), []);
  assert.deepEqual(check([typed], { ...observation, valueQuantity: { value: 1 } }, 'value'), [
    'required Observation.value.ofType(Quantity).unit',
  ]);
  assert.deepEqual(check([typed], { ...observation, valueString: 'x' }, 'value'), [
    'required Observation.value',
    'structure Observation.value.ofType(string)',
  ]);

  const who = (type: string, targets: string[]) =>
    profile('who', 'Observation', [
      sliced('Observation.performer', type, 'resolve()'),
      el('Observation.performer:pro', { min: 1, max: '1', type: [{ code: 'Reference', targetProfile: targets }] }),
    ]);
  const performed = (...performer: object[]) => ({ ...observation, performer });
  const byType = [who('type', [`${hl7}Practitioner`])];
  assert.deepEqual(check(byType, performed({ reference: 'Practitioner/1' }, { reference: 'Patient/1' }), 'who'), []);
  assert.deepEqual(check(byType, performed({ reference: 'Patient/1' }), 'who'), ['required Observation.performer']);

  const active = profile('active', 'Practitioner', [
    el('Practitioner.active', { min: 1, max: '1', fixedBoolean: true }),
  ]);
  const byProfile = [who('profile', [url('active')]), active];
  const contained = (own: object) => ({
    ...performed({ reference: '#p' }),
    contained: [{ resourceType: 'Practitioner', id: 'p', ...own }],
  });
  assert.deepEqual(check(byProfile, contained({ active: true }), 'who'), []);
  assert.deepEqual(check(byProfile, contained({ active: false }), 'who'), ['required Observation.performer']);
});

test('ECH-1 slices by an extension, and along ofType()', () => {
  const kind = url('kind');
  const definition = profile('contacts', 'Patient', [
    sliced('Patient.contact', 'value', `extension('${kind}').value.ofType(code)`),
    el('Patient.contact:kin', { max: '1' }),
    el('Patient.contact:kin.extension', {
      slicing: { discriminator: [{ type: 'value', path: 'url' }], rules: 'open' },
      basePath: 'Element.extension',
    }),
    el('Patient.contact:kin.extension:kind', {
      min: 1,
      max: '1',
      type: [{ code: 'Extension', profile: [kind] }],
      sliceName: 'kind',
      basePath: 'Element.extension',
    }),
    el('Patient.contact:kin.extension:kind.value[x]', {
      min: 1,
      max: '1',
      type: [{ code: 'code' }],
      patternCode: 'kin',
      basePath: 'Extension.value[x]',
    }),
    el('Patient.contact:kin.gender', { min: 1, max: '1', basePath: 'Patient.contact.gender' }),
  ]);
  const contact = (code: string, more: object = {}) => ({
    name: { text: 'x' },
    extension: [{ url: kind, valueCode: code }],
    ...more,
  });
  const of = (...list: object[]) => check([definition], { resourceType: 'Patient', contact: list }, 'contacts');
  assert.deepEqual(of(contact('kin', { gender: 'male' }), contact('friend')), []);
  assert.deepEqual(of(contact('friend'), contact('kin')), ['required Patient.contact[1].gender']);
});

test('ECH-1 entries of a Bundle by the type and the profile of their resource', () => {
  const male = profile('male', 'Patient', [el('Patient.gender', { min: 1, max: '1', fixedCode: 'male' })]);
  const bundle = (type: string) =>
    profile('bundle', 'Bundle', [
      sliced('Bundle.entry', type, 'resource'),
      el('Bundle.entry:p', { min: 1, max: '1' }),
      el('Bundle.entry:p.resource', {
        min: 1,
        max: '1',
        type: [{ code: 'Patient', profile: [url('male')] }],
        basePath: 'Bundle.entry.resource',
      }),
    ]);
  const of = (type: string, ...genders: string[]) =>
    check(
      [bundle(type), male],
      {
        resourceType: 'Bundle',
        type: 'collection',
        entry: genders.map((gender) => ({ resource: { resourceType: 'Patient', gender } })),
      },
      'bundle',
    );
  assert.deepEqual(of('type', 'male'), []);
  assert.deepEqual(of('type', 'female'), ['value Bundle.entry[0].resource.gender']);
  assert.deepEqual(of('profile', 'male', 'female'), []);
  assert.deepEqual(of('profile', 'female'), ['required Bundle.entry']);
  // Of a slice that names a type and no profile, the type is the profile.
  const plain = profile('plain', 'Bundle', [
    sliced('Bundle.entry', 'profile', 'resource'),
    el('Bundle.entry:d', { min: 0, max: '1' }),
    el('Bundle.entry:d.resource', { min: 1, max: '1', type: [{ code: 'Device' }], basePath: 'Bundle.entry.resource' }),
  ]);
  const held = (...types: string[]) =>
    check(
      [plain],
      {
        resourceType: 'Bundle',
        type: 'collection',
        entry: types.map((resourceType, i) => ({ resource: { resourceType, id: `${i}` } })),
      },
      'plain',
    );
  assert.deepEqual(held('Device', 'Patient'), []);
  assert.deepEqual(held('Device', 'Device'), ['structure Bundle.entry']);
});

test('ECH-1 fixed and pattern values, narrowed bindings, rules and targets of a profile', () => {
  const valueSet = {
    resourceType: 'ValueSet',
    url: url('vs'),
    compose: { include: [{ system: 'urn:s', concept: [{ code: 'a' }] }] },
  };
  const definition = profile('narrow', 'Observation', [
    el('Observation.code', { min: 1, max: '1', binding: { strength: 'required', valueSet: url('vs') } }),
    el('Observation.note', { max: '0' }),
    el('Observation.subject', { min: 1, max: '1', type: [{ code: 'Reference', targetProfile: [`${hl7}Patient`] }] }),
    el('Observation.value[x]', { type: [{ code: 'string' }], maxLength: 3, max: '1' }),
    el('Observation.bodySite', {
      constraint: [
        { key: 'x-1', severity: 'error', human: 'A text is needed', expression: 'text.exists() and text.length() > 1' },
      ],
    }),
  ]);
  const right = {
    resourceType: 'Observation',
    status: 'final',
    code: { coding: [{ system: 'urn:s', code: 'a' }] },
    subject: { reference: 'Patient/1' },
  };
  const of = (change: object) => check([definition, valueSet], { ...right, ...change }, 'narrow');
  assert.deepEqual(of({ valueString: 'abc', bodySite: { text: 'bras' } }), []);
  assert.deepEqual(of({ code: { coding: [{ system: 'urn:s', code: 'b' }] } }), ['code-invalid Observation.code']);
  // Without its value set a code is taken, and said not to have been checked.
  const unchecked = createValidator(packageOf([definition])).validate(right, { profiles: [definition.url] });
  assert.deepEqual(
    unchecked.map(({ severity, code, expression }) => `${severity} ${code} ${expression}`),
    ['warning not-found Observation.code'],
  );
  assert.deepEqual(of({ note: [{ text: 'x' }] }), ['structure Observation.note']);
  assert.deepEqual(of({ subject: { reference: 'Group/1' } }), ['structure Observation.subject']);
  assert.deepEqual(of({ valueString: 'abcd' }), ['too-long Observation.value.ofType(string)']);
  assert.deepEqual(of({ valueInteger: 1 }), ['structure Observation.value.ofType(integer)']);
  assert.deepEqual(of({ bodySite: { text: 'x' } }), ['invariant Observation.bodySite']);
});
