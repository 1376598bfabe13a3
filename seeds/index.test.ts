import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { test } from 'node:test';
import type {
  AllergyIntolerance,
  Appointment,
  Condition,
  MedicationRequest,
  Observation,
  Patient,
  Resource,
} from '@medplum/fhirtypes';
import { INS_TEST, nirKey } from './identity.ts';
import { demoRegion } from './index.ts';

const today = '2026-11-22';
const region = demoRegion({ today });
const worlds = region.map((practice) => {
  const resources = [...practice.resources()];
  return { practice, resources, text: resources.map((resource) => JSON.stringify(resource)).join('\n') };
});
const only = <T extends Resource>(resources: Resource[], type: T['resourceType']): T[] =>
  resources.filter((one): one is T => one.resourceType === type);
const hash = (text: string) => createHash('sha256').update(text).digest('hex');

test('the demo world is the same twice, down to the bytes', () => {
  for (const [i, practice] of demoRegion({ today }).entries()) {
    const again = [...practice.resources()].map((resource) => JSON.stringify(resource)).join('\n');
    assert.equal(hash(again), hash(worlds[i]!.text));
  }
  // A second reading of one practice begins afresh too.
  const small = demoRegion({ today, patientsPerPractice: [30, 30] })[1]!;
  assert.equal(JSON.stringify([...small.resources()]), JSON.stringify([...small.resources()]));
});

test('400 patients with records of a believable size, in two practices', () => {
  assert.deepEqual(
    region.map((practice) => practice.patients),
    [260, 140],
  );
  const total = worlds.reduce((sum, { resources }) => sum + resources.length, 0);
  assert.ok(total >= 25_000 && total <= 45_000, `${total} resources`);
  for (const { practice, resources } of worlds)
    assert.equal(only<Patient>(resources, 'Patient').length, practice.patients);
});

test('ids are valid, unique, and every reference resolves inside the practice', () => {
  for (const { resources, text } of worlds) {
    const ids = new Set(resources.map((one) => `${one.resourceType}/${one.id}`));
    assert.equal(ids.size, resources.length);
    for (const one of resources) assert.match(one.id!, /^[A-Za-z0-9.-]{1,64}$/);
    // What a resource contains is named by «#».
    const contained = new Set(
      resources.flatMap((one) => ((one as { contained?: { id: string }[] }).contained ?? []).map(({ id }) => `#${id}`)),
    );
    for (const [, reference] of text.matchAll(/"reference":"([^"]+)"/g))
      assert.ok(ids.has(reference!.replace(/\/_history\/1$/, '')) || contained.has(reference!), reference);
    for (const [, url] of text.matchAll(/"url":"(Binary\/[^"]+)"/g)) assert.ok(ids.has(url!), url);
  }
});

test('nobody is prescribed what they were known not to bear, nor an anti-inflammatory under an anticoagulant', () => {
  const wrong: string[] = [];
  for (const { resources } of worlds) {
    const medicines = only<MedicationRequest>(resources, 'MedicationRequest').map((one) => ({
      atc: one.medicationCodeableConcept?.coding?.[0]?.code ?? '',
      at: one.authoredOn!,
      whose: one.subject.reference!,
      text: one.medicationCodeableConcept?.text,
    }));
    for (const one of only<AllergyIntolerance>(resources, 'AllergyIntolerance')) {
      const atc = one.code?.coding?.find(({ system }) => system?.includes('atc'))?.code;
      if (atc)
        wrong.push(
          ...medicines
            .filter(
              (given) =>
                given.whose === one.patient.reference && given.at >= one.recordedDate! && given.atc.startsWith(atc),
            )
            .map((given) => `${given.whose} ${given.text}`),
        );
    }
    for (const thinner of medicines.filter(({ atc }) => /^B01A[AF]/.test(atc)))
      wrong.push(
        ...medicines
          .filter((given) => given.whose === thinner.whose && given.at >= thinner.at && given.atc.startsWith('M01A'))
          .map((given) => `${given.whose} ${given.text} with ${thinner.text}`),
      );
  }
  assert.deepEqual(wrong, []);
});

test('nobody with asthma has a beta-blocker, nobody with heart failure diltiazem', () => {
  for (const { resources } of worlds) {
    const medicines = only<MedicationRequest>(resources, 'MedicationRequest');
    for (const [disease, drugs] of [
      [/^J45/, /^C07/],
      [/^I50/, /^C08D/],
    ] as const) {
      const ill = only<Condition>(resources, 'Condition')
        .filter((one) => one.code?.coding?.some(({ code }) => disease.test(code ?? '')))
        .map((one) => one.subject.reference);
      assert.ok(ill.length > 0);
      for (const one of medicines)
        if (one.medicationCodeableConcept?.coding?.some(({ code }) => drugs.test(code ?? '')))
          assert.ok(
            !ill.includes(one.subject.reference),
            `${one.medicationCodeableConcept.text} ${one.subject.display}`,
          );
    }
  }
});

test('at least 14 professionals of 10 professions, and a secretary, a coordinator, an administrator apart in each practice', () => {
  const people = region.flatMap((practice) => practice.people);
  assert.ok(new Set(people.map((person) => person.profession)).size >= 18);
  assert.equal(new Set(people.map((person) => person.login)).size, people.length);
  for (const { practice, resources } of worlds) {
    assert.ok(practice.people.length >= 14 && practice.sites.length >= 2);
    for (const profession of ['medical-secretary', 'coordinator', 'administrator'])
      assert.ok(practice.people.some((person) => person.profession === profession));
    for (const person of practice.people) {
      assert.equal(person.kind === 'privileged', person.profession === 'administrator');
      assert.ok(!person.rpps || /^9999\d{7}$/.test(person.rpps), 'no number that could be a real one');
      assert.match(person.email, /@demo\.estran\.example$/);
      assert.ok(resources.some((one) => one.resourceType === 'Practitioner' && one.id === person.practitionerId));
    }
  }
});

test('INS of the test kind only, with a valid key and the traits of the patient', () => {
  for (const { resources, text } of worlds) {
    assert.doesNotMatch(text, /1\.2\.250\.1\.213\.1\.4\.(?!10")/);
    const patients = only<Patient>(resources, 'Patient');
    let known = 0;
    for (const patient of patients) {
      const ins = patient.identifier!.find((identifier) => identifier.system === INS_TEST)?.value;
      if (!ins) continue;
      known++;
      assert.match(ins, /^[12]\d{4}(\d{5}|2[AB]\d{3})\d{5}$/);
      assert.equal(ins.slice(13), nirKey(ins.slice(0, 13)));
      assert.equal(ins[0], patient.gender === 'male' ? '1' : '2');
      assert.equal(ins.slice(1, 5), patient.birthDate!.slice(2, 4) + patient.birthDate!.slice(5, 7));
    }
    assert.ok(known / patients.length > 0.6 && known / patients.length < 0.85, `${known} of ${patients.length}`);
    assert.equal(
      new Set([...text.matchAll(new RegExp(`"${INS_TEST}","value":"(\\d\\w+)"`, 'g'))].map(([, value]) => value)).size,
      known,
      'no two patients share one',
    );
  }
});

test('telephone numbers come from the ranges kept for fiction', () => {
  for (const { text } of worlds)
    for (const [, value] of text.matchAll(/"system":"phone","value":"([^"]+)"/g))
      assert.match(value!, /^(01 99 00|02 61 91|03 53 01|04 65 71|05 36 49|06 39 98) \d\d \d\d$/);
});

test('every clinical entry has an author and no date to come', () => {
  const author: Record<string, string> = {
    Observation: 'performer',
    Condition: 'recorder',
    Encounter: 'participant',
    ClinicalImpression: 'assessor',
    MedicationRequest: 'requester',
    MedicationStatement: 'informationSource',
    Immunization: 'performer',
    Procedure: 'recorder',
    DiagnosticReport: 'performer',
    AllergyIntolerance: 'recorder',
    DocumentReference: 'author',
    Flag: 'author',
    Goal: 'expressedBy',
    CarePlan: 'author',
  };
  for (const { resources } of worlds)
    for (const one of resources as (Resource & Record<string, unknown>)[]) {
      const key = author[one.resourceType];
      // A patient who waits for a meeting has no date yet.
      if (!key || (one.resourceType === 'Encounter' && one.status === 'planned')) continue;
      assert.ok(one[key], `${one.resourceType}/${one.id} lacks ${key}`);
      const date = (one.effectiveDateTime ??
        one.recordedDate ??
        (one.period as { start?: string })?.start ??
        one.authoredOn ??
        one.occurrenceDateTime ??
        one.performedDateTime ??
        one.date ??
        one.startDate ??
        one.dateAsserted) as string;
      assert.ok(date && date.slice(0, 10) <= today, `${one.resourceType}/${one.id} ${date}`);
    }
});

test('the stories are there, and tell what they should', () => {
  const abers = worlds[0]!.resources;
  const of = (key: string) => abers.filter((one) => one.id!.startsWith(`${key}-`));
  const a1c = only<Observation>(of('jean-kerleau'), 'Observation').filter(
    (one) => one.code.coding?.[0]?.code === '4548-4',
  );
  assert.ok(a1c[0]!.valueQuantity!.value! > 7.5 && a1c.at(-1)!.valueQuantity!.value! < 7, 'HbA1c falls');
  assert.ok(
    only<Condition>(of('jean-kerleau'), 'Condition').some((one) =>
      one.category!.some((c) => c.coding![0]!.code === 'ald'),
    ),
  );
  assert.ok(
    of('jeanne-le-goff').some((one) => one.resourceType === 'Condition' && one.code!.text === 'Chute à domicile'),
  );
  assert.ok(
    of('enora-talarmin').some(
      (one) =>
        one.resourceType === 'Consent' &&
        one.provision!.actor![0]!.reference!.reference === 'Practitioner/pro-soizic-abgrall',
    ),
  );
  assert.ok(of('sandrine-guillou').some((one) => one.meta?.security?.[0]?.code === 'ETH'));
  for (const id of [
    'malo-riou',
    'camille-morvan',
    'rene-abiven',
    'lena-hamon',
    'lea-hamon',
    'marie-le-gall-a',
    'marie-le-gall-b',
    'yann-gueguen',
    'yan-gueguen',
  ])
    assert.ok(
      abers.some((one) => one.id === `pat-${id}`),
      id,
    );
});

test('today is not empty for whoever sees patients, even on another day', () => {
  const monday = demoRegion({ today: '2027-03-29' })[0]!;
  for (const [practice, resources, day] of [
    ...worlds.map(({ practice, resources }) => [practice, resources, today] as const),
    [monday, [...monday.resources()], '2027-03-29'] as const,
  ]) {
    const todays = only<Appointment>([...resources], 'Appointment').filter((one) => one.start!.startsWith(day));
    for (const person of practice.people) {
      if (['medical-secretary', 'coordinator', 'administrator'].includes(person.profession)) continue;
      const mine = todays.filter(
        (one) => one.participant[1]!.actor!.reference === `Practitioner/${person.practitionerId}`,
      );
      assert.ok(mine.length >= 3, `${person.login}: ${mine.length}`);
      assert.equal(new Set(mine.map((one) => one.start)).size, mine.length);
    }
  }
});
