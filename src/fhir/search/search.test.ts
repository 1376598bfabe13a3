import { join } from 'node:path';
import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { gunzipSync } from 'node:zlib';
import fc from 'fast-check';
import type { Sight } from '../../access/index.ts';
import { hash64 } from '../../platform/index.ts';
import { extract, normalise, parseSearch, resourceTypes, SearchProblem } from './index.ts';
import { everything, Harness, type Resource } from './search-harness.ts';

const loinc = 'http://loinc.org';
const ucum = 'http://unitsofmeasure.org';
const coded = (system: string | undefined, code: string, display?: string) => ({
  coding: [{ ...(system && { system }), code, ...(display && { display }) }],
});
const quantity = (value: number, code = 'mmol/L', unit = code, more = {}) => ({
  value,
  unit,
  system: ucum,
  code,
  ...more,
});

const fixture: Resource[] = [
  {
    resourceType: 'Organization',
    id: 'org',
    name: 'Maison de santé des Glénan',
    telecom: [{ system: 'phone', value: '0298000000' }],
  },
  { resourceType: 'Practitioner', id: 'dr', name: [{ family: 'Kergoat', given: ['Anne'] }] },
  {
    resourceType: 'Patient',
    id: 'jean',
    active: true,
    gender: 'male',
    birthDate: '1950-06-15',
    meta: {
      tag: [{ system: 'urn:t', code: 'vip' }],
      profile: ['http://p/fr-core-patient'],
      security: [{ system: 'urn:s', code: 'R' }],
      source: 'urn:src:a',
    },
    identifier: [
      {
        system: 'urn:ins',
        value: '150|06',
        type: { coding: [{ system: 'urn:types', code: 'INS-NIR' }], text: 'Matricule INS' },
      },
    ],
    name: [{ family: 'Lebœuf', given: ['Jean-François', 'Marie'] }, { text: 'Papy' }],
    telecom: [
      { system: 'email', value: 'jean@ex.fr' },
      { system: 'phone', value: '0611' },
    ],
    address: [{ line: ['3 rue de l’Église'], city: 'Quimper', postalCode: '29000', country: 'FR' }],
    generalPractitioner: [{ reference: 'Practitioner/dr' }],
    managingOrganization: { reference: 'Organization/org' },
  },
  {
    resourceType: 'Patient',
    id: 'alice',
    gender: 'female',
    birthDate: '1990-01',
    deceasedDateTime: '2024-02-03T10:00:00+01:00',
    name: [{ family: 'Martin', given: ['Alice'] }],
    telecom: [{ system: 'phone', value: 'jean@ex.fr' }],
    identifier: [{ value: 'A1' }],
    link: [{ other: { reference: 'Patient/jean' }, type: 'seealso' }],
  },
  { resourceType: 'Patient', id: 'blank' },
  {
    resourceType: 'Encounter',
    id: 'e1',
    status: 'finished',
    class: { system: 'urn:act', code: 'AMB' },
    subject: { reference: 'Patient/jean' },
    period: { start: '2024-03-01T10:00:00Z', end: '2024-03-01T11:00:00Z' },
    serviceProvider: { reference: 'Organization/org' },
  },
  {
    resourceType: 'Encounter',
    id: 'e2',
    status: 'in-progress',
    class: { code: 'AMB' },
    subject: { reference: 'Patient/alice' },
    period: { start: '2023-01-01' },
  },
  {
    resourceType: 'Observation',
    id: 'k',
    status: 'final',
    code: { ...coded(loinc, '2823-3', 'Potassium'), text: 'Kaliémie' },
    category: [coded('urn:cat', 'laboratory')],
    subject: { reference: 'Patient/jean' },
    encounter: { reference: 'Encounter/e1' },
    performer: [{ reference: 'Practitioner/dr' }],
    effectiveDateTime: '2024-03-01T10:30:00Z',
    valueQuantity: quantity(5.4),
  },
  {
    resourceType: 'Observation',
    id: 'klow',
    status: 'preliminary',
    code: coded(loinc, '2823-3', 'Potassium'),
    subject: { reference: 'Patient/alice' },
    effectiveDateTime: '2024',
    valueQuantity: quantity(3, 'mmol/L', 'mmol/L', { comparator: '<' }),
  },
  {
    resourceType: 'Observation',
    id: 'same-code',
    status: 'final',
    code: coded('urn:local', '2823-3'),
    subject: { reference: 'Patient/alice' },
    effectivePeriod: { start: '2020-01-01', end: '2023-12-31' },
    valueQuantity: { value: 5.4, unit: 'meq' },
  },
  {
    resourceType: 'Observation',
    id: 'bp',
    status: 'final',
    code: coded(loinc, '85354-9'),
    subject: { reference: 'Patient/jean' },
    effectiveDateTime: '2024-03-02',
    component: [
      { code: coded(loinc, '8480-6'), valueQuantity: quantity(142, 'mm[Hg]', 'mmHg') },
      { code: coded(loinc, '8462-4'), valueQuantity: quantity(88, 'mm[Hg]', 'mmHg') },
    ],
  },
  {
    resourceType: 'Observation',
    id: 'group',
    status: 'final',
    code: coded(undefined, 'X1'),
    subject: { identifier: { system: 'urn:ins', value: '150' } },
    valueString: 'Trace de protéines',
    hasMember: [{ reference: 'Observation/bp' }],
    focus: [{ reference: 'urn:uuid:0c3151bd-1cbf-4d64-b04d-cd9187a4c6e0' }],
  },
  {
    resourceType: 'Observation',
    id: 'concept',
    status: 'final',
    code: coded(loinc, '11341-5'),
    subject: { reference: 'Patient/jean' },
    component: [
      { code: coded(loinc, 'A'), valueCodeableConcept: coded('urn:v', 'yes') },
      { code: coded(loinc, 'B'), valueCodeableConcept: coded('urn:v', 'no') },
    ],
    valueCodeableConcept: coded('urn:v', 'root'),
  },
  {
    resourceType: 'Provenance',
    id: 'prov',
    target: [{ reference: 'Observation/k' }],
    recorded: '2024-03-01T12:00:00Z',
    agent: [{ who: { reference: 'Practitioner/dr' } }],
  },
  { resourceType: 'ValueSet', id: 'vs', status: 'active', url: 'http://ex.fr/fhir/ValueSet/a', name: 'A' },
  {
    resourceType: 'DocumentReference',
    id: 'doc',
    status: 'current',
    subject: { reference: 'Patient/jean' },
    relatesTo: [
      { code: 'replaces', target: { reference: 'DocumentReference/old' } },
      { code: 'appends', target: { reference: 'DocumentReference/other' } },
    ],
    content: [{ attachment: {} }],
  },
  {
    resourceType: 'Measure',
    id: 'm',
    status: 'active',
    relatedArtifact: [{ type: 'depends-on', resource: 'http://ex.fr/Library/l|2' }],
    useContext: [
      { code: { system: 'urn:u', code: 'age' }, valueQuantity: quantity(40, 'a') },
      { code: { system: 'urn:u', code: 'focus' }, valueCodeableConcept: coded('urn:v', 'yes') },
    ],
  },
  {
    resourceType: 'RiskAssessment',
    id: 'risk',
    status: 'final',
    subject: { reference: 'Patient/jean' },
    prediction: [{ probabilityDecimal: 0.25 }],
  },
];

let h: Harness;
before(async () => {
  h = await Harness.open();
  for (const resource of fixture)
    await h.put(resource, {
      kind:
        resource.resourceType === 'Patient'
          ? 1
          : ['Organization', 'Practitioner'].includes(resource.resourceType)
            ? 0
            : 7,
    });
  await h.put(
    {
      resourceType: 'Observation',
      id: 'gone',
      status: 'final',
      code: coded(loinc, '2823-3'),
      subject: { reference: 'Patient/jean' },
    },
    { deleted: true },
  );
});
after(() => h.db.close());

/** Each search with exactly what it must find: what is missing from a list is what must not match. */
const cases: Record<string, Record<string, string[]>> = {
  'tokens: code, system, no system, :not, :missing, :of-type, :text': {
    'Observation?code=2823-3': ['k', 'klow', 'same-code'],
    'Observation?code=http://loinc.org|2823-3': ['k', 'klow'],
    'Observation?code=urn:local|': ['same-code'],
    'Observation?code=|2823-3': [],
    'Observation?code=|X1': ['group'],
    'Observation?code=http://loinc.org|2823-3,X1': ['k', 'klow', 'group'],
    'Observation?code=2823-3&status=preliminary': ['klow'],
    'Observation?code:not=2823-3': ['bp', 'group', 'concept'],
    'Observation?code:not=http://loinc.org|2823-3,85354-9': ['same-code', 'group', 'concept'],
    'Observation?encounter:missing=false': ['k'],
    'Patient?birthdate:missing=true': ['blank'],
    'Patient?gender=http://hl7.org/fhir/administrative-gender|male': ['jean'],
    'Patient?gender=urn:other|male': [],
    'Patient?active=true': ['jean'],
    'Patient?active=false': [],
    'Patient?deceased=true': ['alice'],
    'Patient?deceased=false': ['jean', 'blank'],
    'Patient?identifier=urn:ins|150\\|06': ['jean'],
    'Patient?identifier=150\\|06': ['jean'],
    'Patient?identifier=urn:other|150\\|06': [],
    'Patient?identifier=urn:ins|': ['jean'],
    'Patient?identifier=|A1': ['alice'],
    'Patient?identifier:of-type=urn:types|INS-NIR|150\\|06': ['jean'],
    'Patient?identifier:of-type=urn:types|OTHER|150\\|06': [],
    'Patient?identifier:text=matricule': ['jean'],
    'Observation?code:text=kalie': ['k'],
    'Observation?code:text=potas': ['k', 'klow'],
    'Observation?code:text=tassium': [],
    'Patient?email=jean@ex.fr': ['jean'],
    'Patient?telecom=jean@ex.fr': ['jean', 'alice'],
    'Patient?phone=0611': ['jean'],
    'Patient?phone:missing=false': ['jean', 'alice'],
    'Patient?email:missing=true': ['alice', 'blank'],
    'Observation?combo-code=8480-6': ['bp'],
    'Observation?combo-code=http://loinc.org|2823-3': ['k', 'klow'],
    'Observation?combo-code:missing=true': [],
  },
  'strings: prefix, accents, :exact, :contains': {
    'Patient?name=LEBOEUF': ['jean'],
    'Patient?name=Jean-Fran%C3%A7ois%20leb': ['jean'],
    'Patient?name=lebœuf%20jean': ['jean'],
    'Patient?name=jean%20francois%20marie%20leb': ['jean'],
    'Patient?name=marie': ['jean'],
    'Patient?name=boeuf': [],
    'Patient?name=papy': ['jean'],
    'Patient?family=leb,mart': ['jean', 'alice'],
    'Patient?family=leb&given=alice': [],
    'Patient?family:exact=Lebœuf': ['jean'],
    'Patient?family:exact=lebœuf': [],
    'Patient?family:contains=boeu': ['jean'],
    'Patient?family:contains=zzz': [],
    'Patient?family:missing=true': ['blank'],
    'Patient?address=rue': [],
    'Patient?address=3%20rue%20de%20l%20eglise': ['jean'],
    'Patient?address-city=quim': ['jean'],
    'Observation?value-string=trace': ['group'],
    'Organization?name:contains=glenan': ['org'],
  },
  'references: forms, types, :identifier, aliases': {
    'Observation?subject=Patient/alice': ['klow', 'same-code'],
    'Observation?subject=alice': ['klow', 'same-code'],
    'Observation?subject=Patient/alice/_history/3': ['klow', 'same-code'],
    'Observation?subject:Patient=alice': ['klow', 'same-code'],
    'Observation?subject:Group=alice': [],
    'Observation?patient=alice,jean': ['k', 'klow', 'same-code', 'bp', 'concept'],
    'Observation?patient=Group/alice': [],
    'Observation?patient=nobody': [],
    'Observation?subject:identifier=urn:ins|150': ['group'],
    'Observation?subject:identifier=urn:x|150': [],
    'Observation?subject:identifier=150': ['group'],
    'Observation?patient:missing=true': ['group'],
    'Observation?focus=urn:uuid:0c3151bd-1cbf-4d64-b04d-cd9187a4c6e0': ['group'],
    'Observation?focus=urn:uuid:other': [],
    'Observation?patient=jean&code=2823-3': ['k'],
    'Measure?depends-on=http://ex.fr/Library/l': ['m'],
    'Measure?depends-on=http://ex.fr/Library/l|2': ['m'],
    'Measure?depends-on=http://ex.fr/Library/l|3': [],
  },
  'dates: every prefix over instants, days, years and periods': {
    'Observation?date=2024-03-01': ['k'],
    'Observation?date=eq2024': ['k', 'klow', 'bp'],
    'Observation?date=ne2024': ['same-code'],
    'Observation?date=gt2024-03-01': ['klow', 'bp'],
    'Observation?date=ge2024-03-02': ['klow', 'bp'],
    'Observation?date=lt2024-01-01': ['same-code'],
    'Observation?date=lt2024-03-01': ['klow', 'same-code'],
    'Observation?date=le2024-03-01': ['k', 'klow', 'same-code'],
    'Observation?date=sa2024-03-01': ['bp'],
    'Observation?date=eb2024': ['same-code'],
    'Observation?date=ge2024-03-01&date=lt2024-03-02': ['k', 'klow'],
    'Observation?date=2024-03-01T11:30:00%2B01:00': ['k'],
    'Observation?date=2024-03-01T11:30:00Z': [],
    'Encounter?date=gt2030': ['e2'],
    'Encounter?date=ap2024-03-01T10:30:00Z': ['e1', 'e2'],
    'Patient?birthdate=1990': ['alice'],
    'Patient?birthdate=lt1960,gt1985': ['jean', 'alice'],
    'Patient?death-date=2024-02-03': ['alice'],
  },
  'quantities and numbers: prefixes, units, comparators, precision': {
    'Observation?value-quantity=5.4': ['k', 'same-code'],
    'Observation?value-quantity=5': ['k', 'same-code'],
    'Observation?value-quantity=5.40': ['k', 'same-code'],
    'Observation?value-quantity=5.41': [],
    'Observation?value-quantity=5.4|http://unitsofmeasure.org|mmol/L': ['k'],
    'Observation?value-quantity=5.4|urn:x|mmol/L': [],
    'Observation?value-quantity=5.4||mmol/L': ['k'],
    'Observation?value-quantity=5.4||meq': ['same-code'],
    'Observation?value-quantity=ne5.4': ['klow'],
    'Observation?value-quantity=gt5.4': [],
    'Observation?value-quantity=gt5.3': ['k', 'same-code'],
    'Observation?value-quantity=ge5.4': ['k', 'same-code'],
    'Observation?value-quantity=ge3||mmol/L': ['k'],
    'Observation?value-quantity=lt3': ['klow'],
    'Observation?value-quantity=lt1': ['klow'],
    'Observation?value-quantity=le5.4': ['k', 'klow', 'same-code'],
    'Observation?value-quantity=sa5.3': ['k', 'same-code'],
    'Observation?value-quantity=eb3': ['klow'],
    'Observation?value-quantity=ap5': ['k', 'same-code'],
    'Observation?value-quantity=ap6.1': [],
    'Observation?component-value-quantity=gt140||mmHg': ['bp'],
    'Observation?component-value-quantity=gt140||kPa': [],
    'Observation?combo-value-quantity=ge88': ['bp'],
    'RiskAssessment?probability=gt0.2': ['risk'],
    'RiskAssessment?probability=lt0.2': [],
  },
  'composites: parts in the same element only': {
    'Observation?code-value-quantity=2823-3$gt5': ['k', 'same-code'],
    'Observation?code-value-quantity=http://loinc.org|2823-3$gt5': ['k'],
    'Observation?component-code-value-quantity=8480-6$gt140': ['bp'],
    'Observation?component-code-value-quantity=8462-4$gt140': [],
    'Observation?component-code-value-quantity=http://loinc.org|8480-6$142|http://unitsofmeasure.org|mm[Hg]': ['bp'],
    'Observation?component-code-value-quantity=urn:x|8480-6$142': [],
    'Observation?component-code-value-quantity=8480-6$142||kPa': [],
    'Observation?combo-code-value-quantity=8480-6$gt140,2823-3$gt5': ['k', 'same-code', 'bp'],
    'Observation?component-code-value-concept=A$yes': ['concept'],
    'Observation?component-code-value-concept=A$no': [],
    'Observation?component-code-value-concept=http://loinc.org|B$urn:v|no': ['concept'],
    'Observation?code-value-concept=11341-5$root': ['concept'],
    'Observation?combo-code-value-concept=B$no': ['concept'],
    'DocumentReference?relationship=replaces$DocumentReference/old': ['doc'],
    'DocumentReference?relationship=appends$DocumentReference/old': [],
    'Measure?context-type-quantity=urn:u|age$gt30': ['m'],
    'Measure?context-type-quantity=focus$gt30': [],
    'Measure?context-type-value=focus$yes': ['m'],
  },
  'what every resource has': {
    'Patient?_id=jean,alice': ['jean', 'alice'],
    'Patient?_id=nobody': [],
    'Patient?_id:not=jean': ['alice', 'blank'],
    'Patient?_tag=urn:t|vip': ['jean'],
    'Patient?_tag=urn:t|other': [],
    'Patient?_security=R': ['jean'],
    'Patient?_profile=http://p/fr-core-patient': ['jean'],
    'Patient?_profile:missing=true': ['alice', 'blank'],
    'Patient?_source=urn:src:a': ['jean'],
    'Patient?_lastUpdated=lt2000': [],
    'Patient?_lastUpdated=gt2000': ['jean', 'alice', 'blank'],
    '?_id=jean': ['jean'],
    '?_tag=vip': ['jean'],
    '?_type=Patient,Organization&_tag:not=vip': ['org', 'alice', 'blank'],
    'ValueSet?url=http://ex.fr/fhir/ValueSet/a': ['vs'],
    'ValueSet?url:below=http://ex.fr/fhir': ['vs'],
    'ValueSet?url:below=http://other': [],
    'ValueSet?url:above=http://ex.fr/fhir/ValueSet/a/b': ['vs'],
    'ValueSet?url:above=http://ex.fr/fhir': [],
  },
  'chains and _has': {
    'Observation?subject:Patient.name=lebo': ['k', 'bp', 'concept'],
    'Observation?subject.gender=female': ['klow', 'same-code'],
    'Observation?patient.identifier=urn:ins|150\\|06&code=2823-3': ['k'],
    'Observation?patient=jean&encounter.class=urn:act|AMB': ['k'],
    'Observation?patient=jean&encounter.class=urn:other|AMB': [],
    'Observation?encounter.service-provider:Organization.name=maison': ['k'],
    'Observation?encounter.patient.general-practitioner:Practitioner.family=kergoat': ['k'],
    'Observation?encounter.patient.general-practitioner:Practitioner.family=other': [],
    'Observation?subject:Patient.name=martin,lebo&status=preliminary': ['klow'],
    'Patient?_has:Observation:patient:code=85354-9': ['jean'],
    'Patient?_has:Observation:patient:code=nothing': [],
    'Patient?_has:Observation:patient:status=preliminary&gender=female': ['alice'],
    'Practitioner?_has:Observation:performer:_has:Provenance:target:agent=Practitioner/dr': ['dr'],
    'Practitioner?_has:Patient:general-practitioner:_has:Encounter:patient:status=in-progress': [],
    'Observation?subject:Patient._has:Encounter:patient:status=in-progress': ['klow', 'same-code'],
    'Patient?_has:Patient:link:name=martin': ['jean'],
  },
};
for (const [title, searches] of Object.entries(cases)) {
  test(`ECH-1 ${title}`, async () => {
    for (const [query, expected] of Object.entries(searches)) {
      assert.deepEqual((await h.ids(query)).sort(), [...expected].sort(), query);
      const [path, search] = query.split('?');
      assert.equal(
        (await h.run(`${path}?${search}&_total=accurate&_count=1`)).total,
        expected.length,
        `total of ${query}`,
      );
    }
  });
}

test('ECH-1 sort by one key or several, what has no value last', async () => {
  const sorted: Record<string, string[]> = {
    'Observation?code=2823-3&_sort=date': ['same-code', 'klow', 'k'],
    'Observation?code=2823-3&_sort=-date': ['k', 'klow', 'same-code'],
    'Patient?_sort=birthdate': ['blank', 'jean', 'alice'],
    'Patient?_sort=-birthdate': ['alice', 'jean', 'blank'],
    'Patient?_sort=family': ['jean', 'alice', 'blank'],
    'Patient?_sort=-given': ['jean', 'alice', 'blank'],
    'Patient?_sort=gender,-_id': ['alice', 'jean', 'blank'],
    'Patient?_sort=-death-date,_id': ['alice', 'blank', 'jean'],
    'Observation?code=2823-3&_sort=-value-quantity,status,_id': ['k', 'same-code', 'klow'],
    'Patient?_sort=-_id': ['jean', 'blank', 'alice'],
  };
  for (const [query, expected] of Object.entries(sorted)) assert.deepEqual(await h.ids(query), expected, query);
});

test('ECH-1 _include and _revinclude, by type, by target, with * and :iterate', async () => {
  const included: Record<string, string[]> = {
    'Observation?_id=k&_include=Observation:patient': ['jean'],
    'Observation?_id=k&_include=Observation:subject:Group': [],
    'Observation?_id=k&_include=Observation:encounter': ['e1'],
    'Observation?_id=k&_include=*': ['dr', 'e1', 'jean'],
    'Observation?_id=k&_include=Observation:*': ['dr', 'e1', 'jean'],
    'Observation?_id=k&_include=Observation:encounter&_include:iterate=Encounter:service-provider': ['e1', 'org'],
    'Observation?_id=k&_include=Observation:encounter&_include:iterate=Patient:organization': ['e1'],
    'Observation?_id=group&_include=Observation:has-member&_include:iterate=Observation:subject': ['bp', 'jean'],
    'Patient?_id=alice&_revinclude=Observation:patient': ['klow', 'same-code'],
    'Patient?_id=alice&_revinclude=Encounter:patient&_revinclude=Observation:subject': ['e2', 'klow', 'same-code'],
    'Patient?_id=jean&_revinclude=Observation:patient&_revinclude:iterate=Provenance:target': [
      'bp',
      'concept',
      'k',
      'prov',
    ],
    'Encounter?_id=e1&_revinclude=*': ['k'],
    'Patient?_id=alice&_include=Patient:link': ['jean'],
    'Patient?_id=jean,alice&_include=Patient:link': [],
  };
  for (const [query, expected] of Object.entries(included)) {
    assert.deepEqual((await h.run(query)).included.map((row) => row.id).sort(), expected, query);
  }
});

test('ECH-1 pages hold everything once while others write', async () => {
  const own = await Harness.open();
  try {
    const patient = (i: number, more = {}): Resource => ({
      resourceType: 'Patient',
      id: `p${i}`,
      birthDate: `19${50 + (i % 7)}`,
      gender: i % 3 ? 'male' : 'female',
      ...(i % 5 && { name: [{ family: `N${i % 4}` }] }),
      ...more,
    });
    for (let i = 0; i < 40; i++) await own.put(patient(i));
    let more = 1000;
    for (const sort of [
      '',
      '&_sort=birthdate',
      '&_sort=-birthdate',
      '&_sort=family',
      '&_sort=-family',
      '&_sort=-_lastUpdated',
      '&_sort=gender,-given',
      '&_sort=given,-birthdate',
      '&_sort=_id',
      '&_sort=-death-date',
    ]) {
      const whole = await own.ids(`Patient?_count=1000${sort}`);
      const read: string[] = [];
      let cursor: string | null = '';
      while (cursor !== null) {
        const page: { rows: { id: string }[]; next: string | null } = await own.run(
          `Patient?_count=7${sort}${cursor && `&_cursor=${cursor}`}`,
        );
        read.push(...page.rows.map((row) => row.id));
        cursor = page.next;
        await own.put(patient(more++, { birthDate: '1953', name: [{ family: 'N2' }] }));
      }
      assert.deepEqual(sort === '' ? read.filter((id) => whole.includes(id)) : read, whole, sort);
      assert.equal(new Set(read).size, read.length, sort);
    }
    // By the beginning of a name: whoever has several names that begin so comes once, at the first of them.
    await own.put(patient(900, { name: [{ family: 'Nolff', given: ['N1', 'Naïg', 'Zoé'] }, { family: 'N0' }] }));
    await own.put(patient(901, { name: [{ given: ['Néo', 'N3'] }], deceasedBoolean: true }));
    await own.put(patient(902, { name: [{ family: 'Nolff' }] }), { deleted: true });
    for (const query of ['name=n', 'name=N1', 'name=n1,no', 'family=n', 'name=n&gender=male', 'name=n&name=no']) {
      const whole = await own.ids(`Patient?_count=1000&${query}`);
      const read: string[] = [];
      let cursor: string | null = '';
      while (cursor !== null) {
        const page: { rows: { id: string }[]; next: string | null } = await own.run(
          `Patient?_count=3&${query}${cursor && `&_cursor=${cursor}`}`,
        );
        read.push(...page.rows.map((row) => row.id));
        cursor = page.next;
        await own.put(patient(more++, { name: [{ family: 'N2', given: ['Naïg'] }] }));
      }
      assert.deepEqual(read, whole, query);
      const { total } = await own.run(`Patient?_count=0&_total=accurate&${query}`);
      assert.ok(whole.length === new Set(whole).size && total! >= whole.length && whole.length > 0, query);
      const sorted = await own.ids(`Patient?_count=1000&_sort=_id&${query}`);
      assert.deepEqual([...whole].sort(), sorted.filter((id) => whole.includes(id)).sort(), query);
    }
    const order = await own.ids('Patient?name=n&_count=1000');
    assert.ok(order.indexOf('p900') < order.indexOf('p1'), 'in the order of what was found');
  } finally {
    await own.db.close();
  }
});

const refused = (query: string, code: SearchProblem['code'], words: RegExp, strict = true) => {
  const [path, search] = query.split('?') as [string, string];
  assert.throws(
    () => parseSearch(path || null, new URLSearchParams(search), { strict }),
    (error) =>
      error instanceof SearchProblem && error.status === 400 && error.code === code && words.test(error.diagnostics),
    query,
  );
};

test('ECH-1 a search that cannot be answered is refused with words that help', () => {
  refused('Patient?nme=x', 'not-supported', /no search parameter “nme”/);
  refused('Patient?name:regex=x', 'not-supported', /modifier “:regex”/);
  refused('Observation?code:in=http://vs', 'not-supported', /\$expand/, false);
  refused('Observation?code:below=1', 'not-supported', /expand/);
  refused('Patient?birthdate=soon', 'value', /is not a date/);
  refused('Patient?birthdate=2024-02-31', 'value', /is not a date/);
  refused('Observation?value-quantity=much', 'value', /is not a number/);
  refused('Observation?value-quantity=1|x', 'value', /number\|system\|code/);
  refused('Observation?code-value-quantity=1', 'value', /code\$value-quantity/);
  refused('Observation?focus=123', 'value', /say the type of the target/);
  refused('Observation?patient:missing=maybe', 'value', /true or false/);
  refused('Patient?name.family=x', 'invalid', /cannot be chained/);
  refused('Observation?focus._id=x', 'invalid', /say the type/);
  refused('Patient?_has:Observation:code=x', 'invalid', /_has:Type/);
  refused('Patient?_has:Observation:encounter:code=x', 'value', /never points to Patient/);
  refused(`Patient?_id=${Array(501).fill('a').join()}`, 'too-costly', /at most 500/);
  refused(`Patient?${Array(51).fill('name=a').join('&')}`, 'too-costly', /50 criteria/);
  refused('Patient?link.link.link.link.link.link.name=x'.replace(/link/g, 'link:Patient'), 'too-costly', /at most 4/);
  refused('Patient?_sort=nothing', 'not-supported', /_sort/);
  refused('Patient?_count=-1', 'value', /whole number/);
  refused('Patient?_summary=perhaps', 'value', /one of true/);
  refused('Patient?_include=Observation:subject', 'value', /not what is searched/);
  refused('Patient?_include=Patient:name', 'not-supported', /no reference parameter/);
  refused('Patient?_list=$current-problems', 'value', /List/);
  refused('Patient?_content=x', 'not-supported', /not indexed/);
  refused('?name=x', 'not-supported', /common to every resource/);
  refused('Foo?_id=1', 'not-supported', /not a resource type/);
  refused('Patient?name=%00', 'value', /U\+0000/);
  for (const cursor of ['', 'x', 'W10', Buffer.from('["1","2","3"]').toString('base64url'), 'é'.repeat(9000)]) {
    refused(`Patient?_cursor=${encodeURIComponent(cursor)}`, 'invalid', /start the search again/);
  }
});

test('ECH-1 lenient handling leaves an unknown parameter out and says so', async () => {
  const { request, rows } = await h.run('Patient?nme=x&name=&_text=a&gender=male', everything, false);
  assert.deepEqual(
    request.ignored.map(({ parameter }) => parameter),
    ['nme', 'name', '_text'],
  );
  assert.deepEqual(request.understood, [['gender', 'male']]);
  assert.deepEqual(
    rows.map((row) => row.id),
    ['jean'],
  );
});

test('ECH-1 a cursor serves the search it was made for only', async () => {
  const { next } = await h.run('Observation?_count=1&status=final');
  refused(`Observation?status=preliminary&_cursor=${next}`, 'invalid', /start the search again/);
  refused(`Observation?status=final&_sort=-date&_cursor=${next}`, 'invalid', /start the search again/);
});

test('ECH-1 _count=0 and _summary=count ask for the number only', async () => {
  for (const query of ['Patient?_count=0', 'Patient?_summary=count']) {
    const { rows, total } = await h.run(query);
    assert.deepEqual([rows.length, total], [0, 3]);
  }
  assert.equal((await h.run('Patient?_id=jean')).total, null);
});

test('ECH-1 nothing a search can hold reaches the database unread', async () => {
  const words = fc.oneof(
    fc.string({ maxLength: 12 }),
    fc.constantFrom(
      'gt',
      '|',
      '$',
      '\\',
      ',',
      '2024-13',
      '1e999',
      '-0',
      "'; drop table x --",
      '\u{10FFFF}',
      '\uD800',
      '%',
      'Patient/',
    ),
  );
  const names = fc.constantFrom(
    'name',
    'code',
    'date',
    'patient',
    'value-quantity',
    'code-value-quantity',
    '_id',
    '_sort',
    '_count',
    '_include',
    'identifier:of-type',
    'subject:Patient.name',
    '_has:Observation:patient:code',
    '_cursor',
    '_lastUpdated',
    'birthdate',
    'url:above',
    '_elements',
  );
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom('Patient', 'Observation', 'ValueSet', ''),
      fc.array(
        fc.tuple(
          names,
          fc.array(words, { maxLength: 3 }).map((w) => w.join('')),
        ),
        { maxLength: 3 },
      ),
      async (type, pairs) => {
        try {
          await h.run(`${type}?${new URLSearchParams(pairs)}`, everything, false);
        } catch (error) {
          assert.ok(error instanceof SearchProblem, `${type} ${JSON.stringify(pairs)}: ${error}`);
        }
      },
    ),
    { numRuns: 300 },
  );
});

// Rights -------------------------------------------------------------------------------------------------------------------------

const client = (types: string[] | null, onlyPatient: string | null = null): Sight => ({
  ...everything,
  caller: { kind: 'client', tenant: 1, clientId: 'c', name: 'c', scopes: [] },
  everything: false,
  types: types && new Set(types),
  onlyPatient: onlyPatient === null ? null : hash64(onlyPatient),
});

test('SEC-3 a chain, _has, a total and an include never pass through what one may not see', async () => {
  const observations = client(['Observation']);
  assert.deepEqual(await h.ids('Observation?subject:Patient.name=lebo', observations), []);
  assert.equal((await h.run('Observation?subject:Patient.name=lebo&_total=accurate', observations)).total, 0);
  assert.deepEqual(
    await h.ids('Observation?patient=jean&subject:Patient.name=lebo', observations),
    [],
    'as a filter too',
  );
  assert.deepEqual((await h.ids('Observation?patient=jean', observations)).sort(), ['bp', 'concept', 'k']);
  assert.deepEqual((await h.run('Observation?_id=k&_include=*&_include:iterate=*', observations)).included, []);
  const patients = client(['Patient']);
  assert.deepEqual(await h.ids('Patient?_has:Observation:patient:code=2823-3', patients), []);
  assert.deepEqual(
    await h.ids('Patient?_id=jean&_has:Observation:patient:code=2823-3', patients),
    [],
    'as a filter too',
  );
  assert.deepEqual(
    (await h.run('Patient?_id=jean&_revinclude=*', patients)).included.map((row) => row.id),
    ['alice'],
    'a Patient that links to it',
  );
  // A middle link that is not seen breaks the chain.
  assert.deepEqual(
    await h.ids(
      'Observation?encounter.service-provider:Organization.name=maison',
      client(['Observation', 'Organization']),
    ),
    [],
  );
  assert.deepEqual(
    await h.ids(
      'Observation?encounter.service-provider:Organization.name=maison',
      client(['Observation', 'Organization', 'Encounter']),
    ),
    ['k'],
  );
});

test('SEC-3 a client of one patient searches, counts and includes that patient only', async () => {
  const alice = client(null, 'Patient/alice');
  assert.deepEqual((await h.ids('Observation?code=2823-3', alice)).sort(), ['klow', 'same-code']);
  assert.equal((await h.run('Observation?code=2823-3&_total=accurate', alice)).total, 2);
  assert.deepEqual(await h.ids('Observation?patient=jean', alice), []);
  assert.deepEqual(await h.ids('Patient?', alice), ['alice']);
  assert.deepEqual((await h.run('Patient?_id=alice&_include=Patient:link', alice)).included, []);
});

test('SEC-3 a professional searches, chains and counts within the care team, whatever the way in', async () => {
  const nurse: Sight = {
    ...everything,
    caller: { kind: 'person', tenant: 1, practitioner: 'n', profession: 'nurse', roles: [], name: 'n', session: 's' },
    everything: false,
    practiceMask: 1,
    teamMask: 0x3ffff,
    practitionerKey: hash64('Practitioner/n'),
    profession: 'nurse',
  };
  await h.db.tenant(1, (sql) =>
    sql.query(
      `insert into access.care_relation (tenant_id, practitioner_key, patient_key, source, practitioner, patient) values (1, $1, $2, 'CareTeam/t', 'n', 'alice')`,
      [String(nurse.practitionerKey), String(hash64('Patient/alice'))],
    ),
  );
  const searches: Record<string, string[]> = {
    'Observation?code=2823-3': ['klow', 'same-code'],
    'Observation?patient=jean': [],
    'Observation?patient=alice': ['klow', 'same-code'],
    'Observation?patient=jean,alice': ['klow', 'same-code'],
    'Observation?subject:Patient.name=lebo': [],
    'Patient?': ['alice'],
    'Patient?name=lebo': [],
    'Patient?link:Patient.name=lebo': [],
    'Patient?_has:Encounter:patient:status=finished': [],
    'Practitioner?_has:Observation:performer:code=2823-3': [],
    'Practitioner?_has:Patient:general-practitioner:name=lebo': [],
    'Organization?_has:Encounter:service-provider:class=AMB': [],
    'Patient?_id=alice&_sort=-birthdate': ['alice'],
  };
  for (const [query, expected] of Object.entries(searches)) {
    assert.deepEqual((await h.ids(query, nurse)).sort(), expected, query);
    assert.equal((await h.run(`${query}&_total=accurate`, nurse)).total, expected.length, `total of ${query}`);
  }
  assert.deepEqual((await h.run('Patient?_id=alice&_include=*', nurse)).included, []);
  // What the patient does not want shared with her profession goes away as well.
  await h.db.tenant(1, (sql) =>
    sql.query(
      `insert into access.opposition (tenant_id, patient_key, source, line, profession, kinds) values (1, $1, 'Consent/c', 1, 'nurse', $2)`,
      [String(hash64('Patient/alice')), 1 << 7],
    ),
  );
  assert.deepEqual(await h.ids('Observation?patient=alice', nurse), []);
  assert.deepEqual(await h.ids('Patient?_has:Observation:patient:code=2823-3', nurse), []);
  assert.deepEqual(await h.ids('Patient?', nurse), ['alice']);
});

test('SEC-7 another practice finds nothing', async () => {
  const request = parseSearch('Patient', [], { strict: true });
  const { buildSearch } = await import('./index.ts');
  const { page } = buildSearch(request, { tenant: 1, sight: everything });
  assert.equal((await h.db.tenant(2, (sql) => sql.query(page!.text, page!.params))).length, 0);
});

// The index agrees with a plain reading of the standard ---------------------------------------------------------------------------

const sample = <T>(arbitrary: fc.Arbitrary<T>, n: number) => fc.sample(arbitrary, { numRuns: n, seed: 7 });
const pad = (n: number) => String(n).padStart(2, '0');
const partial = fc
  .tuple(
    fc.integer({ min: 1999, max: 2003 }),
    fc.integer({ min: 1, max: 12 }),
    fc.integer({ min: 1, max: 28 }),
    fc.integer({ min: 0, max: 23 }),
    fc.integer({ min: 1, max: 5 }),
  )
  .map(
    ([y, m, d, hour, precision]) =>
      [
        `${y}`,
        `${y}-${pad(m)}`,
        `${y}-${pad(m)}-${pad(d)}`,
        `${y}-${pad(m)}-${pad(d)}T${pad(hour)}:00:00Z`,
        `${y}-${pad(m)}-${pad(d)}T${pad(hour)}:30:00.500+02:00`,
      ][precision - 1]!,
  );
/** Midnight of that day where it is that day in France. */
function midnight(day: number): number {
  if (day < Date.UTC(1980, 0)) return day - 3_600_000;
  const wanted = new Date(day).toISOString().slice(0, 10);
  return [day - 7_200_000, day - 3_600_000].find(
    (at) => new Date(at).toLocaleString('sv-SE', { timeZone: 'Europe/Paris' }) === `${wanted} 00:00:00`,
  )!;
}
function plainSpan(text: string): [number, number] {
  const low = Date.parse(text.length === 4 ? `${text}-01-01` : text.length === 7 ? `${text}-01` : text);
  if (text.length > 10) return [low, low + (text.includes('.') ? 1 : 1000)];
  const next = new Date(low);
  if (text.length === 4) next.setUTCFullYear(next.getUTCFullYear() + 1);
  else if (text.length === 7) next.setUTCMonth(next.getUTCMonth() + 1);
  else next.setUTCDate(next.getUTCDate() + 1);
  return [midnight(low), midnight(next.getTime())];
}

test('ECH-1 a date without a time is that day in France, summer and winter, among instants of any offset and among days; with an offset it is what it says', async () => {
  const days: [id: string, at: string][] = [
    ['summer-night', '2026-07-14T22:30:00Z'],
    ['summer-day', '2026-07-15T10:00:00+02:00'],
    ['reunion', '2026-07-16T01:30:00+04:00'],
    ['martinique', '2026-07-15T17:59:00-04:00'],
    ['after', '2026-07-15T18:00:00-04:00'],
    ['winter-night', '2026-01-14T23:30:00Z'],
    ['only-a-day', '2026-07-15'],
    ['only-a-month', '2026-07'],
    ['long-ago', '1934-07-15'],
  ];
  for (const [id, date] of days) await h.put({ resourceType: 'Composition', id, status: 'final', date });
  const found = async (query: string) =>
    (await h.ids(`Composition?date=${encodeURIComponent(query)}`)).sort().join(' ');
  assert.equal(await found('2026-07-15'), 'martinique only-a-day reunion summer-day summer-night');
  assert.equal(await found('2026-01-15'), 'winter-night');
  assert.equal(await found('1934-07-15'), 'long-ago');
  assert.equal(await found('2026-07'), 'after martinique only-a-day only-a-month reunion summer-day summer-night');
  assert.equal(await found('ge2026-07-16'), 'after only-a-month');
  assert.equal(await found('2026-07-14T22:30:00Z'), 'summer-night');
});

test('ECH-1 dates agree with a naive reading of the prefixes', async () => {
  const values = sample(
    fc.oneof(
      partial.map((start) => ({ start, end: start })),
      fc.tuple(partial, fc.option(partial)).map(([start, end]) => ({ start, end })),
      partial.map((end) => ({ start: null, end })),
    ),
    60,
  ).filter(({ start, end }) => !start || !end || plainSpan(start)[0] < plainSpan(end)[1]);
  for (const [i, { start, end }] of values.entries())
    await h.put({
      resourceType: 'EpisodeOfCare',
      id: `e${i}`,
      status: 'x',
      period: { ...(start && { start }), ...(end && { end }) },
    });
  await fc.assert(
    fc.asyncProperty(
      partial,
      fc.constantFrom('', 'eq', 'ne', 'gt', 'ge', 'lt', 'le', 'sa', 'eb'),
      fc.boolean(),
      async (text, prefix, filtered) => {
        const [from, to] = plainSpan(text);
        const expected = values.flatMap(({ start, end }, i) => {
          const low = start ? plainSpan(start)[0] : -Infinity;
          const high = end ? plainSpan(end)[1] : Infinity;
          const inside = low >= from && high <= to;
          const match = {
            '': inside,
            eq: inside,
            ne: !inside,
            gt: high > to,
            lt: low < from,
            ge: high > to || inside,
            le: low < from || inside,
            sa: low >= to,
            eb: high <= from,
          }[prefix];
          return match ? [`e${i}`] : [];
        });
        // The same test as the way in, and as a filter on rows found otherwise.
        const other = filtered ? `&_id=${values.map((_value, i) => `e${i}`).join()}` : '';
        assert.deepEqual(
          (await h.ids(`EpisodeOfCare?_count=1000&date=${prefix}${text}${other}`)).sort(),
          expected.sort(),
          `${prefix}${text}`,
        );
      },
    ),
    { numRuns: 150 },
  );
});

test('ECH-1 quantities agree with a naive reading of prefixes, comparators and precision', async () => {
  const amount = fc.tuple(fc.integer({ min: -30, max: 30 }), fc.constantFrom(1, 2, 4)).map(([n, d]) => n / d);
  const values = sample(
    fc.record({
      value: amount,
      comparator: fc.constantFrom(undefined, undefined, '<', '<=', '>', '>='),
      code: fc.constantFrom('g', 'mg', undefined),
    }),
    60,
  );
  for (const [i, { value, comparator, code }] of values.entries())
    await h.put({
      resourceType: 'ChargeItem',
      id: `o${i}`,
      status: 'x',
      quantity: { value, ...(comparator && { comparator }), ...(code && { code, system: ucum }) },
    });
  const number = fc.tuple(amount, fc.integer({ min: 0, max: 3 })).map(([n, decimals]) => n.toFixed(decimals));
  await fc.assert(
    fc.asyncProperty(
      number,
      fc.constantFrom('', 'eq', 'ne', 'gt', 'ge', 'lt', 'le', 'sa', 'eb'),
      fc.constantFrom('', '||g', `|${ucum}|mg`),
      fc.boolean(),
      async (text, prefix, unit, filtered) => {
        const asked = Number(text);
        const half = 0.5 * 10 ** -(text.split('.')[1]?.length ?? 0);
        const expected = values.flatMap(({ value, comparator, code }, i) => {
          if (unit && !unit.endsWith(`|${code}`)) return [];
          // Bounds, and whether the value itself is among them.
          const low = comparator?.startsWith('<') ? -Infinity : value;
          const high = comparator?.startsWith('>') ? Infinity : value;
          const openLow = comparator === '>';
          const openHigh = comparator === '<';
          const inside = low >= asked - half - 1e-9 && high < asked + half - 1e-9 && !comparator;
          const match = {
            '': inside,
            eq: inside,
            ne: !inside,
            gt: high > asked,
            lt: low < asked,
            ge: high > asked || (high === asked && !openHigh),
            le: low < asked || (low === asked && !openLow),
            sa: low > asked || (low === asked && openLow),
            eb: high < asked || (high === asked && openHigh),
          }[prefix];
          return match ? [`o${i}`] : [];
        });
        const other = filtered ? `&_id=${values.map((_value, i) => `o${i}`).join()}` : '';
        assert.deepEqual(
          (await h.ids(`ChargeItem?_count=1000&quantity=${prefix}${text}${unit}${other}`)).sort(),
          expected.sort(),
          `${prefix}${text}${unit}`,
        );
      },
    ),
    { numRuns: 150 },
  );
});

test('ECH-1 strings agree with a naive comparison without case or accents', async () => {
  const word = fc
    .array(fc.constantFrom('a', 'À', 'e', 'É', 'œ', 'B', '-', ' ', 'ç', "'"), { minLength: 1, maxLength: 5 })
    .map((letters) => letters.join(''));
  const values = sample(word, 80);
  for (const [i, city] of values.entries()) await h.put({ resourceType: 'Location', id: `p${i}`, address: { city } });
  const plain = (text: string) =>
    text
      .toLowerCase()
      .replaceAll('œ', 'oe')
      .normalize('NFD')
      .replace(/[\u0300-\u036f]/g, '')
      .replace(/[-' ]+/g, ' ')
      .trim();
  await fc.assert(
    fc.asyncProperty(
      word,
      fc.constantFrom('', ':contains', ':exact'),
      fc.boolean(),
      async (text, modifier, filtered) => {
        const asked = plain(text);
        fc.pre(asked !== '' && text.trim() !== '');
        const expected = values.flatMap((city, i) => {
          const match =
            modifier === ':exact'
              ? city === text
              : modifier === ''
                ? plain(city).startsWith(asked)
                : plain(city).includes(asked);
          return match ? [`p${i}`] : [];
        });
        const other = filtered ? `&_id=${values.map((_value, i) => `p${i}`).join()}` : '';
        assert.deepEqual(
          (await h.ids(`Location?_count=1000&address-city${modifier}=${encodeURIComponent(text)}${other}`)).sort(),
          expected.sort(),
          `${modifier} ${text}`,
        );
      },
    ),
    { numRuns: 150 },
  );
});

// Extraction ----------------------------------------------------------------------------------------------------------------------

test('ECH-1 normalise folds case, accents, ligatures and punctuation', () => {
  assert.equal(normalise('  Jean-François  LEBŒUF '), 'jean francois leboeuf');
  assert.equal(normalise('ﬁn Straße Ærø'), 'fin strasse aero');
  assert.equal(normalise('—'), '');
  assert.equal(normalise('é'.repeat(500)).length, 200);
});

test('ECH-1 an ordinary result stays light in the index', () => {
  const entry = extract({ ...fixture.find(({ id }) => id === 'k')!, meta: { profile: ['http://p/o'] } });
  assert.ok(entry.keys.length <= 8, `${entry.keys.length} keys`);
  assert.ok(entry.tokens.length <= 30, `${entry.tokens.length} tokens`);
  assert.equal(entry.dates.length + entry.quantities.length + entry.strings.length, 3);
  assert.ok(entry.keys.every((key) => entry.tokens.includes(key)));
  assert.equal(new Set(entry.tokens).size, entry.tokens.length);
  assert.equal(entry.at, '2024-03-01T10:30:00.000Z');
});

test('ECH-1 absolute references under our own address are relative ones', () => {
  const about = (reference: string) =>
    extract({ resourceType: 'Observation', subject: { reference } }, 'https://ex.fr/fhir/R4').keys;
  assert.deepEqual(about('https://ex.fr/fhir/R4/Patient/1'), about('Patient/1'));
  assert.notDeepEqual(about('https://other.fr/fhir/R4/Patient/1'), about('Patient/1'));
});

test('ECH-1 any JSON is indexed without a throw', () => {
  const json = fc.jsonValue({ maxDepth: 4 });
  const keys = [
    'name',
    'subject',
    'code',
    'coding',
    'period',
    'start',
    'effectiveDateTime',
    'valueQuantity',
    'value',
    'component',
    'identifier',
    'telecom',
    'meta',
    'tag',
    'profile',
    'entry',
    'birthDate',
    'address',
    'reference',
    'system',
    'low',
    'event',
    'repeat',
    'text',
    'useContext',
    '__proto__',
    'constructor',
  ];
  const { tree } = fc.letrec((tie) => ({
    tree: fc.oneof(
      { depthSize: 'small' },
      json,
      fc.array(tie('tree'), { maxLength: 3 }),
      fc.dictionary(fc.constantFrom(...keys), tie('tree'), { maxKeys: 5 }),
    ),
  }));
  fc.assert(
    fc.property(
      fc.constantFrom(...resourceTypes, 'Nothing', 'constructor', '__proto__'),
      fc.dictionary(fc.constantFrom(...keys), tree),
      (resourceType, rest) => {
        const entry = extract({ ...rest, resourceType });
        assert.ok(
          entry.dates.every(
            ({ low, high }) => /^(-?infinity|\d{4}-.*Z)$/.test(low) && /^(-?infinity|\d{4}-.*Z)$/.test(high),
          ),
        );
        assert.ok(entry.quantities.every(({ low, high }) => !Number.isNaN(low) && !Number.isNaN(high)));
      },
    ),
    { numRuns: 1500 },
  );
  for (const other of [null, undefined, 3, 'x', [], {}]) assert.equal(extract(other).tokens.length, 0);
});

const examples = join(import.meta.dirname, '../../../../shared/data/fhir-r4-official-examples/examples-r4.ndjson.gz');
test('ECH-1 the official examples are all indexed', {
  skip: !existsSync(examples) && 'official examples are not here',
}, () => {
  const resources = gunzipSync(readFileSync(examples))
    .toString()
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as Resource);
  const types = new Set(resources.map(({ resourceType }) => resourceType));
  assert.ok(types.size > 100);
  const silent = resources
    .filter((resource) => extract(resource).tokens.length === 0)
    .map(({ resourceType }) => resourceType);
  assert.ok(silent.length < resources.length / 10, [...new Set(silent)].join());
});
