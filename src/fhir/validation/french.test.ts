import assert from 'node:assert/strict';
import { test } from 'node:test';
import { errors, frenchExamples, frenchValidator, type Resource, withoutFrench } from './testing.ts';

const skip = withoutFrench;
const core = 'https://hl7.fr/ig/fhir/core/StructureDefinition/';
const identifiers = 'https://hl7.fr/ig/fhir/core/CodeSystem/fr-core-cs-v2-0203';

// biome-ignore lint/suspicious/noExplicitAny: the mutants reach into any part of a resource
type Loose = any;
const check = (resource: unknown) => errors(frenchValidator().validate(resource));
/** The errors of a copy changed by `change`. */
const mutant = (resource: unknown, change: (copy: Loose) => void): string[] => {
  const copy = structuredClone(resource);
  change(copy);
  return check(copy);
};

const patient = {
  resourceType: 'Patient',
  id: 'ins-1',
  meta: { profile: [`${core}fr-core-patient-ins`] },
  extension: [
    {
      url: `${core}fr-core-identity-reliability`,
      extension: [
        {
          url: 'identityStatus',
          valueCoding: { system: 'https://hl7.fr/ig/fhir/core/CodeSystem/fr-core-cs-v2-0445', code: 'VALI' },
        },
        {
          url: 'validationMode',
          valueCoding: {
            system: 'https://hl7.fr/ig/fhir/core/CodeSystem/fr-core-cs-mode-validation-identity',
            code: 'CN',
          },
        },
      ],
    },
    {
      url: 'http://hl7.org/fhir/StructureDefinition/patient-birthPlace',
      valueAddress: {
        city: 'Goulven',
        extension: [
          {
            url: `${core}fr-core-address-insee-code`,
            valueCoding: {
              system: 'https://mos.esante.gouv.fr/NOS/TRE_R13-CommuneOM/FHIR/TRE-R13-CommuneOM',
              code: '29064',
            },
          },
        ],
      },
    },
  ],
  identifier: [
    {
      use: 'official',
      type: { coding: [{ system: identifiers, code: 'INS-NIR' }] },
      system: 'urn:oid:1.2.250.1.213.1.4.8',
      value: '184102906401234',
    },
  ],
  name: [
    {
      use: 'official',
      family: 'THOBOIS',
      given: ['Jacques'],
      extension: [{ url: `${core}fr-core-patient-birth-list-given-name`, valueString: 'Jacques' }],
    },
  ],
  gender: 'male',
  birthDate: '1984-10-02',
};

test('ECH-1 a French patient with a qualified identity is accepted', { skip }, () => {
  assert.deepEqual(check(patient), []);
});

test('ECH-1 a French patient without the system of an identifier is refused with the path', { skip }, () => {
  const found = mutant(patient, (p) => delete p.identifier[0].system);
  assert.ok(found.includes('required Patient.identifier[0].system'), found.join());
});

test('ECH-1 a French patient without one of the traits of the INS is refused with the path', { skip }, () => {
  const without: [string, (p: Loose) => void][] = [
    ['required Patient.gender', (p) => delete p.gender],
    ['required Patient.birthDate', (p) => delete p.birthDate],
    ['required Patient.name[0].family', (p) => delete p.name[0].family],
    ['required Patient.name[0].given', (p) => delete p.name[0].given],
    ['required Patient.name', (p) => delete p.name[0].use],
    ['required Patient.name[0].extension', (p) => delete p.name[0].extension],
    ['required Patient.extension', (p) => p.extension.splice(1, 1)],
    [
      'required Patient.extension[1].value.ofType(Address).extension',
      (p) => delete p.extension[1].valueAddress.extension,
    ],
    ['required Patient.identifier', (p) => delete p.identifier],
    ['required Patient.identifier[0].value', (p) => delete p.identifier[0].value],
  ];
  for (const [expected, change] of without) {
    const found = mutant(patient, change);
    assert.ok(found.includes(expected), `${expected}: ${found.join()}`);
  }
});

test('ECH-1 a French patient with a wrong value is refused with the path', { skip }, () => {
  const place = 'Patient.extension[1].value.ofType(Address).extension[0].value.ofType(Coding)';
  const wrong: [string, (p: Loose) => void][] = [
    ['value Patient.identifier[0].system', (p) => (p.identifier[0].system = 'urn:oid:1.2.3')],
    ['code-invalid Patient.gender', (p) => (p.gender = 'other')],
    [
      `code-invalid ${place}`,
      (p) => (p.extension[1].valueAddress.extension[0].valueCoding.system = 'http://example.org/communes'),
    ],
    [
      'code-invalid Patient.extension[0].extension[1].value.ofType(Coding)',
      (p) => (p.extension[0].extension[1].valueCoding.code = 'XX'),
    ],
    [
      'structure Patient.extension[0].extension[0].value.ofType(string)',
      (p) => {
        p.extension[0].extension[0] = { url: 'identityStatus', valueString: 'VALI' };
      },
    ],
    ['structure Patient.extension[0].extension', (p) => p.extension[0].extension.push(p.extension[0].extension[0])],
    ['structure Patient.name', (p) => p.name.push(p.name[0])],
    ['value Patient.birthDate', (p) => (p.birthDate = '02/10/1984')],
    ['structure Patient.identifier', (p) => (p.identifier = p.identifier[0])],
    ['structure Patient.name[0].prenom', (p) => (p.name[0].prenom = 'Jacques')],
  ];
  for (const [expected, change] of wrong) {
    const found = mutant(patient, change);
    assert.ok(found.includes(expected), `${expected}: ${found.join()}`);
  }
});

const practitioner = {
  resourceType: 'Practitioner',
  meta: { profile: [`${core}fr-core-practitioner`] },
  identifier: [
    {
      type: { coding: [{ system: identifiers, code: 'RPPS' }] },
      system: 'https://rpps.esante.gouv.fr',
      value: '10101201234',
    },
  ],
  name: [{ family: 'LECLERC', given: ['Sophie'], prefix: ['MME'], suffix: ['DR'] }],
};

test('ECH-1 a French practitioner: the RPPS number has its type, names have their titles', { skip }, () => {
  assert.deepEqual(check(practitioner), []);
  assert.deepEqual(
    mutant(practitioner, (p) => delete p.identifier[0].type),
    ['required Practitioner.identifier[0].type'],
  );
  assert.deepEqual(
    mutant(practitioner, (p) => (p.identifier[0].type.coding[0].code = 'IDNPS')),
    ['value Practitioner.identifier[0].type'],
  );
  assert.deepEqual(
    mutant(practitioner, (p) => delete p.identifier[0].value),
    ['required Practitioner.identifier[0].value'],
  );
  assert.deepEqual(
    mutant(practitioner, (p) => (p.gender = 'F')),
    ['code-invalid Practitioner.gender'],
  );
});

const organization = {
  resourceType: 'Organization',
  meta: { profile: [`${core}fr-core-organization`] },
  identifier: [
    {
      type: { coding: [{ system: identifiers, code: 'FINEG' }] },
      system: 'https://finess.esante.gouv.fr',
      value: '350012345',
    },
  ],
  name: 'Maison de santé de l’estran',
};

test('ECH-1 a French organization: types, targets and known extensions', { skip }, () => {
  assert.deepEqual(check(organization), []);
  const member = { url: `${core}fr-core-organization-short-name`, valueInteger: 1 };
  assert.deepEqual(
    mutant(organization, (o) => (o.extension = [member])),
    ['structure Organization.extension[0].value.ofType(integer)'],
  );
  assert.deepEqual(
    mutant(organization, (o) => (o.identifier[0].system = 1)),
    ['value Organization.identifier[0].system'],
  );
  assert.deepEqual(
    mutant(organization, (o) => (o.partOf = { reference: 'Patient/1' })),
    ['structure Organization.partOf'],
  );
});

const vital = (profile: string, code: string, value: object) => ({
  resourceType: 'Observation',
  meta: { profile: [core + profile] },
  status: 'final',
  category: [
    { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/observation-category', code: 'vital-signs' }] },
  ],
  code: { coding: [{ system: 'http://loinc.org', code }] },
  subject: { reference: 'Patient/1' },
  effectiveDateTime: '2026-01-05T10:00:00+01:00',
  ...value,
});
const quantity = (value: number, code: string) => ({ value, unit: code, system: 'http://unitsofmeasure.org', code });
const weight = vital('fr-core-observation-body-weight', '29463-7', { valueQuantity: quantity(80, 'kg') });
const part = (code: string, value: number) => ({
  code: { coding: [{ system: 'http://loinc.org', code }] },
  valueQuantity: quantity(value, 'mm[Hg]'),
});
const pressure = vital('fr-core-observation-bp', '85354-9', { component: [part('8480-6', 120), part('8462-4', 80)] });

test('ECH-1 French vital signs: the category, the code, the unit and the parts that the profile wants', {
  skip,
}, () => {
  assert.deepEqual(check(weight), []);
  assert.deepEqual(check(pressure), []);
  const paths: [unknown, string, (o: Loose) => void][] = [
    [weight, 'required Observation.category', (o) => delete o.category],
    [weight, 'required Observation.subject', (o) => delete o.subject],
    [weight, 'required Observation.code.coding', (o) => (o.code.coding[0].code = '8302-2')],
    [weight, 'code-invalid Observation.value.ofType(Quantity).code', (o) => (o.valueQuantity.code = 'st')],
    [weight, 'required Observation.value.ofType(Quantity).unit', (o) => delete o.valueQuantity.unit],
    [
      weight,
      'structure Observation.value.ofType(string)',
      (o) => {
        delete o.valueQuantity;
        o.valueString = '80 kg';
      },
    ],
    [weight, 'code-invalid Observation.status', (o) => (o.status = 'fini')],
    [pressure, 'required Observation.component', (o) => o.component.pop()],
    [
      pressure,
      'value Observation.component[0].value.ofType(Quantity).code',
      (o) => (o.component[0].valueQuantity.code = 'cm[Hg]'),
    ],
  ];
  for (const [resource, expected, change] of paths) {
    const found = mutant(resource, change);
    assert.ok(found.includes(expected), `${expected}: ${found.join()}`);
  }
});

test('ECH-1 a care circle, an appointment, a document: mutants of the examples are refused with the path', {
  skip,
}, () => {
  const examples = frenchExamples();
  const example = (name: string): Resource => {
    const found = examples.get(name);
    assert.ok(found, `no example ${name} among ${[...examples.keys()].join()}`);
    return found;
  };
  const circle = structuredClone(example('cds/CareTeam-cds-careteam-example')) as Loose;
  delete circle._name;
  const appointment = example('gap/Appointment-example-req-appointment');
  const document = example('pdsm/DocumentReference-PDSmSimplifiedExample');
  const access = example('trace-evt/AuditEvent-TDEAuditEventExample');
  const related = example('cds/RelatedPerson-cds-relatedperson-example');
  for (const resource of [circle, appointment, document, access, related]) assert.deepEqual(check(resource), []);
  const paths: [unknown, string, (o: Loose) => void][] = [
    [circle, 'required CareTeam.subject', (o) => delete o.subject],
    [circle, 'required CareTeam.name', (o) => delete o.name],
    [circle, 'structure CareTeam.subject', (o) => (o.subject = { reference: 'Organization/1' })],
    [appointment, 'required Appointment.participant', (o) => delete o.participant],
    [appointment, 'code-invalid Appointment.status', (o) => (o.status = 'pris')],
    [document, 'required DocumentReference.content', (o) => delete o.content],
    [document, 'required DocumentReference.status', (o) => delete o.status],
    [document, 'value DocumentReference.content[0].attachment.data', (o) => (o.content[0].attachment.data = 'é')],
    [access, 'required AuditEvent.agent', (o) => delete o.agent],
    [related, 'required RelatedPerson.patient', (o) => delete o.patient],
  ];
  for (const [resource, expected, change] of paths) {
    const found = mutant(resource, change);
    assert.ok(found.includes(expected), `${expected}: ${found.join()}`);
  }
});

/**
 * What is really wrong in the published examples. INSEE: they name the system TRE_R13-Commune, the value set of FR Core 2.2.0 holds
 * TRE_R13-CommuneOM only. Canonical: the slices of meta.profile want the version after the bar.
 */
const insee = 'address of a commune under the old system TRE_R13-Commune';
const empty = 'an empty valueString';
const rpps = 'the RPPS number without its type';
const canonical = 'meta.profile without version where the profile fixes one';
const expected: Record<string, string[]> = {
  'annuaire/Organization-158480': [insee],
  'annuaire/Organization-158480DP': [insee],
  'annuaire/Organization-example-organization-fictive': [insee],
  'annuaire/Organization-example-organization-nancy': [insee],
  'annuaire/Person-pp16dr-person': [insee, canonical],
  'annuaire/Person-pp19dr-person': [insee, canonical],
  'annuaire/Practitioner-334081': [insee],
  'annuaire/Practitioner-3719500': [insee],
  'cdl/Bundle-cdl-bundle-creation-note': [insee],
  'cdl/Patient-0d920958-b596-4b91-af67-9bafc707820b': [insee],
  'cds/Bundle-cds-bundle-transaction-creation-example': [insee, empty],
  'cds/CareTeam-cds-careteam-example': [empty],
  'cds/Organization-cds-organization-example': [empty],
  'cds/Patient-cds-patient-example': [insee],
  'notif-evt/CommunicationRequest-com1': ['the mode of validation without its system', rpps],
  'notif-evt/CommunicationRequest-com2': ['the mode of validation without its system'],
  'notif-evt/Subscription-sub1': ['the mode of validation without its system', rpps],
  'pdsm/DocumentReference-exemple-pdsm-documentreference': [
    'a contained resource with lastUpdated, to which nothing refers',
    'another meta.source',
    canonical,
  ],
  'pdsm/List-ExampleSubmissionSet': ['contained resources with lastUpdated', 'another meta.source', canonical],
  'pdsm/Organization-org-example': ['another meta.source', canonical],
  'trace-evt/Practitioner-PractitionerExample': [rpps],
};

test('ECH-1 every valid example of the French packages is accepted, and only those that are wrong are refused', {
  skip,
}, () => {
  const refused: Record<string, string[]> = {};
  for (const [name, resource] of frenchExamples()) {
    const found = check(resource);
    if (found.length > 0) refused[name] = found;
  }
  assert.deepEqual(Object.keys(refused).sort(), Object.keys(expected).sort());
  // An example that is wrong for one reason must not hide another fault of ours.
  for (const [name, reasons] of Object.entries(expected)) {
    if (reasons.length === 1 && reasons[0] === insee)
      assert.ok(
        refused[name]?.every((e) => /^code-invalid .*ofType\(Coding\)$/.test(e)),
        name,
      );
    if (reasons.length === 1 && reasons[0] === empty)
      assert.ok(
        refused[name]?.every((e) => /^value .*ofType\(string\)$/.test(e)),
        name,
      );
  }
});
