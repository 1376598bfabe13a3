import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import fc from 'fast-check';
import type { Profession } from '../../access/index.ts';
import { type Answer, newPractice, testHouse, type TestPerson } from '../../../test/app.ts';
import { addDays } from '../dates.rules.ts';
import { readPosology } from '../contract/treatments/read.rules.ts';
import { coveredUntil, daysFor, daysOf, lateBy } from './dispense.rules.ts';

// biome-ignore lint/suspicious/noExplicitAny: tests look into answers of every shape
type Json = any;
const ok = (answer: Answer): Json => {
  assert.equal(answer.status, 200, answer.text);
  return answer.body;
};
const today = new Intl.DateTimeFormat('fr-CA', { timeZone: 'Europe/Paris' }).format(new Date());
const french = (day: string): string => day.split('-').reverse().join('/');

test('DOS-5 days of supply follow from a quantity only when the posology is a fixed amount in the same unit', () => {
  const days = (value: number, unit: string, dosage: string) => daysFor({ value, unit }, readPosology(dosage).posology);
  assert.deepEqual(
    [
      days(30, 'comprimé', '1 comprimé le matin'),
      days(30, 'comprimés', '1 comprimé matin et soir'),
      days(28, 'comprimé', '2 le matin, 1 le soir'),
    ],
    [30, 15, 9],
  );
  assert.deepEqual(
    [
      days(30, 'comprimé', '1 comprimé si douleur'),
      days(30, 'comprimé', '500 mg matin et soir'),
      days(1, 'boîte', '1 le matin'),
      days(30, '', '1 le matin'),
      days(0.5, 'comprimé', '1 comprimé le matin'),
      daysFor({ value: 30, unit: 'comprimé' }, null),
    ],
    [null, null, null, null, null, null],
  );
  const said = (daysSupply: object) =>
    daysOf({ resourceType: 'MedicationDispense', status: 'completed', daysSupply } as never, null)?.days;
  assert.deepEqual(
    [
      said({ value: 30 }),
      said({ value: 4, code: 'wk' }),
      said({ value: 1, code: 'mo' }),
      said({ value: 3, code: 'lune' }),
      said({ value: -2 }),
    ],
    [30, 28, 30, undefined, undefined],
  );
});
const supplies = fc.array(
  fc.record({
    at: fc.integer({ min: 0, max: 400 }).map((days) => addDays('2026-01-01', days)),
    days: fc.integer({ min: 1, max: 90 }),
  }),
  { minLength: 1, maxLength: 12 },
);
test('DOS-5 supplies add up: in any order, one more never covers less, and nothing is counted twice', () => {
  fc.assert(
    fc.property(
      supplies,
      fc.record({ at: fc.constant('2026-06-01'), days: fc.integer({ min: 1, max: 90 }) }),
      (all, more) => {
        const until = coveredUntil(all)!;
        assert.equal(coveredUntil(all.toReversed()), until);
        assert.ok(coveredUntil([...all, more])! >= until);
        const first = all.map(({ at }) => at).sort()[0]!;
        const last = all
          .map(({ at }) => at)
          .sort()
          .at(-1)!;
        const sum = all.reduce((total, { days }) => total + days, 0);
        assert.ok(
          until <= addDays(last, sum - 1) &&
            until >= addDays(first, sum - 1 < 0 ? 0 : Math.max(...all.map(({ days }) => days)) - 1),
        );
      },
    ),
  );
  assert.equal(
    coveredUntil([
      { at: '2026-01-01', days: 30 },
      { at: '2026-01-25', days: 30 },
    ]),
    '2026-03-01',
    'taken early, what was left is taken after',
  );
  assert.equal(
    coveredUntil([
      { at: '2026-01-01', days: 30 },
      { at: '2026-03-01', days: null },
    ]),
    null,
    'how long the last one lasts is not known',
  );
  assert.equal(coveredUntil([]), null);
});
test('DOS-5 a late renewal: after a week, until half a year, of what is taken regularly', () => {
  const late = (days: number, expects = true) => lateBy(addDays('2026-11-26', -days), '2026-11-26', expects);
  assert.deepEqual(
    [late(-3), late(0), late(7), late(8), late(180), late(181), late(20, false), lateBy(null, '2026-11-26', true)],
    [null, null, null, 8, 180, null, null, null],
  );
});

let doctor: TestPerson;
let pharmacist: TestPerson;
let nurse: TestPerson;
let therapist: TestPerson;
let secretary: TestPerson;
let outsider: TestPerson;
let elsewhere: TestPerson;
before(async () => {
  const practice = await newPractice('Maison de santé des délivrances');
  const person = (profession: Profession, family: string) => practice.person(profession, { family, given: 'Camille' });
  [doctor, pharmacist, nurse, therapist, secretary, outsider] = await Promise.all([
    person('physician', 'Kermarrec'),
    person('pharmacist', 'Cozic'),
    person('nurse', 'Morvan'),
    person('occupational-therapist', 'Tanguy'),
    person('medical-secretary', 'Riou'),
    person('pharmacist', 'Abgrall'),
  ]);
  elsewhere = await (await newPractice('Autre maison des délivrances')).person('pharmacist', { family: 'Quentel' });
});
let count = 0;
const letters = (n: number): string => [...String(n)].map((digit) => 'ABCDEFGHIJ'[Number(digit)]).join('');
async function newPatient(): Promise<string> {
  count++;
  const { id } = ok(
    await doctor.send('POST', '/api/patients', {
      birthFamily: `Delivre${letters(count * 7919)}`,
      birthGivens: `Prenom${letters(count * 104729)}`,
      birthDate: `${(count % 27) + 1}/06/${1941 + count}`,
      sex: 'female',
    }),
  );
  for (const one of [pharmacist, nurse, therapist])
    ok(await doctor.send('POST', `/api/patients/${id}/team`, { practitioner: one.practitioner }));
  return id;
}
const at = (id: string) => `/api/patients/${id}/treatments`;
const page = async (who: TestPerson, id: string): Promise<Json> => ok(await who.send('GET', at(id)));
const prescribed = async (id: string, over: object = {}): Promise<Json> =>
  (await testHouse()).fhir.storeFor(doctor.caller).create({
    resourceType: 'MedicationRequest',
    status: 'active',
    intent: 'order',
    subject: { reference: `Patient/${id}` },
    medicationCodeableConcept: { text: 'Ramipril 5 mg, comprimé' },
    authoredOn: '2026-01-10',
    requester: { reference: `Practitioner/${doctor.practitioner}` },
    dosageInstruction: [{ text: '1 comprimé le matin' }],
    ...over,
  });
const dispense = (who: TestPerson, id: string, treatment: Json, body: object = {}) =>
  who.send('POST', `${at(id)}/entries/${treatment.type}/${treatment.id}/dispenses`, {
    version: treatment.version,
    quantity: 30,
    ...body,
  });

test('DOS-5 a pharmacist dispenses from the treatment in few keys; nurse and physician read what, how much, until when', async () => {
  const id = await newPatient();
  const request = await prescribed(id);
  assert.deepEqual((await page(pharmacist, id)).may.dispense, true);
  ok(await dispense(pharmacist, id, request));
  for (const who of [nurse, doctor, pharmacist]) {
    const [of] = (await page(who, id)).dispensed;
    assert.deepEqual([of.entry, of.until, of.late], [`MedicationRequest/${request.id}`, addDays(today, 29), null]);
    const [line] = of.lines;
    assert.deepEqual(
      [line.product, line.quantity, line.days, line.amount.value, line.workedOut, line.who.name, line.substitution],
      ['Ramipril 5 mg, comprimé', '30 comprimés', 30, 30, true, 'Camille Cozic', null],
    );
  }
  // Again, another product, with its reason: it adds up.
  ok(
    await dispense(pharmacist, id, request, {
      quantity: 90,
      days: 90,
      product: 'Ramipril Biogaran 5 mg, comprimé',
      substitution: 'shortage',
      reason: 'rupture jusqu’en janvier',
      note: 'Prévenue',
    }),
  );
  const [of] = (await page(nurse, id)).dispensed;
  assert.deepEqual(
    [of.lines.length, of.until, of.lines[0].product, of.lines[0].substitution],
    [2, addDays(today, 119), 'Ramipril Biogaran 5 mg, comprimé', 'Rupture ou indisponible, rupture jusqu’en janvier'],
  );
  const { fhir } = await testHouse();
  const stored = (await fhir.storeFor(doctor.caller).read('MedicationDispense', of.lines[0].id)).resource as Json;
  assert.deepEqual(
    [
      stored.authorizingPrescription[0].reference,
      stored.performer[0].actor.reference,
      stored.daysSupply.value,
      stored.substitution.type.coding[0].code,
      stored.substitution.reason[0].coding[0].code,
      stored.dosageInstruction[0].text,
    ],
    [
      `MedicationRequest/${request.id}`,
      `Practitioner/${pharmacist.practitioner}`,
      90,
      'E',
      'OS',
      '1 comprimé le matin',
    ],
  );
  assert.ok(
    (await nurse.send('GET', `/api/patients/${id}/timeline`)).text.includes('90 comprimés, pour 90 jours'),
    'in the history',
  );
  assert.equal((await page(doctor, id)).lines.length, 1, 'a dispense is no treatment of its own');
});
test('DOS-5 a renewal that is late is said; one of another pharmacy, taken in from FHIR, shows the same way and counts', async () => {
  const id = await newPatient();
  const request = await prescribed(id);
  const old = addDays(today, -50);
  ok(await dispense(pharmacist, id, request, { at: french(old), days: 30 }));
  assert.deepEqual(
    (await page(doctor, id)).dispensed.map((of: Json) => [of.until, of.late]),
    [[addDays(old, 29), 21]],
  );
  const { fhir } = await testHouse();
  const taken = (over: object) =>
    fhir.storeFor(doctor.caller).create({
      resourceType: 'MedicationDispense',
      status: 'completed',
      subject: { reference: `Patient/${id}` },
      medicationCodeableConcept: { text: 'RAMIPRIL SANDOZ 5 mg, comprimé' },
      whenHandedOver: `${addDays(today, -10)}T10:00:00Z`,
      quantity: { value: 30, unit: 'comprimés' },
      ...over,
    });
  await taken({});
  const [of] = (await page(doctor, id)).dispensed;
  assert.deepEqual(
    [of.lines.length, of.lines[0].product, of.lines[0].days, of.until, of.late],
    [2, 'RAMIPRIL SANDOZ 5 mg, comprimé', 30, addDays(today, 19), null],
  );
  await taken({ status: 'entered-in-error' });
  await taken({ status: 'declined' });
  await taken({ medicationCodeableConcept: { text: 'Apixaban 5 mg' } });
  assert.equal((await page(doctor, id)).dispensed[0].lines.length, 2);
  // Taken as needed: nothing is expected.
  const needed = await newPatient();
  ok(
    await dispense(
      pharmacist,
      needed,
      await prescribed(needed, {
        medicationCodeableConcept: { text: 'Paracétamol 1 g, comprimé' },
        dosageInstruction: [{ text: '1 comprimé si douleur' }],
      }),
      { at: french(old), days: 8 },
    ),
  );
  assert.equal((await page(doctor, needed)).dispensed[0].late, null);
});
test('DOS-5 a dispense is taken back, or marked as entered in error: it no longer counts', async () => {
  const id = await newPatient();
  const request = await prescribed(id);
  const { lines } = ok(await dispense(pharmacist, id, request));
  ok(
    await pharmacist.send('POST', `/api/patients/${id}/undo`, {
      entries: lines.map((one: Json) => ({ type: one.type, id: one.id, version: one.version })),
    }),
  );
  assert.deepEqual((await page(doctor, id)).dispensed, []);
});
const put = (who: TestPerson, id: string, dispense: string, body: object) =>
  who.send('PUT', `${at(id)}/dispenses/${dispense}`, {
    quantity: 30,
    unit: 'comprimé',
    why: 'Erreur de frappe',
    ...body,
  });
const versionsOf = async (who: TestPerson, id: string, dispense: string): Promise<Json[]> =>
  ok(await who.send('GET', `/api/patients/${id}/entries/MedicationDispense/${dispense}/versions`)).versions;
test('DOS-16 DOS-5 a dispense is corrected: a new version with the reason and who, both compared; who handed over, for which treatment and at what hour stay', async () => {
  const id = await newPatient();
  const request = await prescribed(id);
  const [line] = ok(
    await dispense(pharmacist, id, request, {
      quantity: 300,
      product: 'Ramipril Biogaran 5 mg, comprimé',
      substitution: 'generic',
      reason: 'à sa demande',
      note: 'Prévenue',
    }),
  ).lines;
  assert.deepEqual([line.form, line.canEdit], ['dispense', true]);
  const { values } = ok(await pharmacist.send('GET', `/api/patients/${id}/entries/MedicationDispense/${line.id}`));
  assert.deepEqual(
    [
      values.quantity,
      values.unit,
      values.days,
      values.product,
      values.substitution,
      values.reason,
      values.note,
      values.other,
    ],
    [300, 'comprimé', null, 'Ramipril Biogaran 5 mg, comprimé', 'generic', 'à sa demande', 'Prévenue', true],
    'what the form holds',
  );
  const { fhir } = await testHouse();
  const stored = async (): Promise<Json> =>
    (await fhir.storeFor(doctor.caller).read('MedicationDispense', line.id)).resource;
  const before = await stored();
  const { lines: done } = ok(
    await put(pharmacist, id, line.id, { version: 1, ...values, quantity: 30, why: 'Une boîte de 30, pas de 300' }),
  );
  const after = await stored();
  assert.deepEqual(
    [
      after.quantity.value,
      after.daysSupply.value,
      after.whenHandedOver,
      after.performer,
      after.authorizingPrescription,
      after.substitution,
      after.note,
    ],
    [30, 30, before.whenHandedOver, before.performer, before.authorizingPrescription, before.substitution, before.note],
  );
  const [of] = (await page(nurse, id)).dispensed;
  assert.deepEqual(
    [of.lines.length, of.until, of.lines[0].quantity, of.lines[0].version, of.lines[0].corrected],
    [1, addDays(today, 29), '30 comprimés', 2, true],
  );
  const [second, first] = await versionsOf(nurse, id, line.id);
  assert.deepEqual(
    [second.version, second.reason, second.who.name, first.version, first.who.name],
    [2, 'Une boîte de 30, pas de 300', 'Camille Cozic', 1, 'Camille Cozic'],
  );
  assert.deepEqual(
    second.changes.filter((one: Json) => one.changed).map((one: Json) => [one.label, one.before, one.after]),
    [['Quantité', '300 comprimés, pour 300 jours', '30 comprimés, pour 30 jours']],
  );
  // Taken back at once, it is as it was; both stay readable.
  ok(
    await pharmacist.send('POST', `/api/patients/${id}/undo`, {
      entries: done.map((one: Json) => ({ type: one.type, id: one.id, version: one.version })),
    }),
  );
  assert.deepEqual(
    [(await page(nurse, id)).dispensed[0].lines[0].quantity, (await versionsOf(nurse, id, line.id)).length],
    ['300 comprimés', 3],
  );
  // The product of the prescription after all: no substitution, the day moved, no days but those of the posology.
  ok(await put(pharmacist, id, line.id, { version: 3, at: french(addDays(today, -3)), note: '' }));
  const [last] = (await page(doctor, id)).dispensed[0].lines;
  assert.deepEqual(
    [last.product, last.substitution, last.at, last.note, last.days],
    ['Ramipril 5 mg, comprimé', null, addDays(today, -3), null, 30],
  );
});
test('DOS-16 SEC-11 two who correct one dispense: the second is shown both and loses nothing; marked as entered in error, it is corrected no more', async () => {
  const id = await newPatient();
  const [line] = ok(await dispense(pharmacist, id, await prescribed(id))).lines;
  ok(await put(pharmacist, id, line.id, { version: 1, quantity: 28, unit: 'comprimés' }));
  const late = await put(pharmacist, id, line.id, { version: 1, quantity: 90, unit: 'comprimés' });
  assert.deepEqual([late.status, late.body.code, late.body.current.version], [409, 'edited-meanwhile', 2]);
  assert.deepEqual(
    late.body.comparison.filter((one: Json) => one.changed).map((one: Json) => [one.label, one.before, one.after]),
    [['Quantité', '28 comprimés, pour 28 jours', '90 comprimés, pour 90 jours']],
  );
  assert.equal((await page(doctor, id)).dispensed[0].lines[0].quantity, '28 comprimés');
  const error = (who: TestPerson, version: number, reason = 'Autre patient') =>
    who.send('POST', `/api/patients/${id}/entries/MedicationDispense/${line.id}/error`, { version, reason });
  const refused = await error(doctor, 2);
  assert.deepEqual(
    [refused.status, /pharmacien/.test(refused.body.detail)],
    [403, true],
    'a physician does not put a dispense right',
  );
  ok(await error(pharmacist, 2));
  assert.deepEqual((await page(doctor, id)).dispensed, []);
  assert.equal((await put(pharmacist, id, line.id, { version: 3 })).status, 409);
  assert.deepEqual(
    (await versionsOf(nurse, id, line.id)).map((one: Json) => [one.version, one.statusLabel]),
    [
      [3, 'Saisi par erreur'],
      [2, 'Corrigé'],
      [1, 'Signé'],
    ],
  );
});
test('DOS-16 SEC-3 who may not correct a dispense: physician, nurse, other practice, no care link, no kind, opposed; bad input changes nothing', async () => {
  const [id, other] = [await newPatient(), await newPatient()];
  const [line] = ok(await dispense(pharmacist, id, await prescribed(id))).lines;
  for (const who of [doctor, nurse, therapist, secretary, outsider])
    assert.equal((await put(who, id, line.id, { version: 1 })).status, 403, who.caller.name);
  assert.ok([403, 404].includes((await put(elsewhere, id, line.id, { version: 1 })).status));
  assert.equal((await put(pharmacist, other, line.id, { version: 1 })).status, 404, 'another patient’s');
  assert.deepEqual(
    [
      (await page(doctor, id)).dispensed[0].lines[0].canEdit,
      (await page(nurse, id)).dispensed[0].lines[0].canEdit,
      (await page(pharmacist, id)).dispensed[0].lines[0].canEdit,
    ],
    [false, false, true],
  );
  for (const body of [
    {},
    { version: 'un' },
    { version: 0 },
    { version: 1, why: '' },
    { version: 1, why: 'x'.repeat(400) },
    { version: 1, quantity: null },
    { version: 1, quantity: -1 },
    { version: 1, quantity: 'mille' },
    { version: 1, at: 'jamais' },
    { version: 1, at: '2026' },
    { version: 1, at: french(addDays(today, 4)) },
    { version: 1, substitution: 'generic' },
    { version: 1, substitution: 'other', product: 'X' },
    { version: 9 },
  ]) {
    const answer = await put(pharmacist, id, line.id, body);
    assert.ok(answer.status >= 400 && answer.status < 500, `${JSON.stringify(body)}: ${answer.status}`);
    assert.ok(typeof answer.body.detail === 'string' && answer.body.detail.length > 10, answer.text);
  }
  for (const wrong of ['absent', '..', 'x'.repeat(90)])
    assert.ok([400, 404, 422].includes((await put(pharmacist, id, wrong, { version: 1 })).status), wrong);
  const [kept] = (await page(doctor, id)).dispensed[0].lines;
  assert.deepEqual([kept.version, kept.quantity], [1, '30 comprimés']);
  ok(
    await doctor.send('POST', `/api/patients/${id}/choices`, {
      decision: 'oppose',
      practitioner: pharmacist.practitioner,
      kinds: ['treatments'],
    }),
  );
  assert.equal((await put(pharmacist, id, line.id, { version: 1 })).status, 404, 'nor does it say that it is there');
});
test('DOS-16 a dispense of another software is corrected too: what our form does not hold stays', async () => {
  const id = await newPatient();
  await prescribed(id);
  const { fhir } = await testHouse();
  const taken = await fhir.storeFor(doctor.caller).create({
    resourceType: 'MedicationDispense',
    status: 'completed',
    subject: { reference: `Patient/${id}` },
    medicationCodeableConcept: {
      text: 'RAMIPRIL SANDOZ 5 mg, comprimé',
      coding: [{ system: 'https://smt.esante.gouv.fr/terminologie-bdpm', code: '60000001' }],
    },
    whenHandedOver: `${addDays(today, -10)}T10:00:00Z`,
    quantity: { value: 90, unit: 'comprimés' },
    identifier: [{ system: 'urn:autre', value: 'D-1' }],
    daysSupply: { value: 4, code: 'wk', system: 'http://unitsofmeasure.org', unit: 'semaines' },
  } as never);
  const { values } = ok(await pharmacist.send('GET', `/api/patients/${id}/entries/MedicationDispense/${taken.id}`));
  assert.deepEqual([values.days, values.at], [28, french(addDays(today, -10))]);
  ok(
    await put(pharmacist, id, taken.id, {
      ...values,
      product: '',
      substitution: null,
      reason: '',
      version: 1,
      days: 30,
      why: 'Trente jours',
    }),
  );
  const after = (await fhir.storeFor(doctor.caller).read('MedicationDispense', taken.id)).resource as Json;
  assert.deepEqual(
    [
      after.identifier[0].value,
      after.medicationCodeableConcept.coding[0].code,
      after.whenHandedOver,
      after.daysSupply.value,
      after.quantity.value,
    ],
    ['D-1', '60000001', `${addDays(today, -10)}T10:00:00Z`, 30, 90],
  );
});
test('DOS-5 bad dispenses are refused in words and change nothing; a treatment that changed meanwhile is told', async () => {
  const id = await newPatient();
  const request = await prescribed(id);
  const tries: object[] = [
    { quantity: null },
    { quantity: -3 },
    { quantity: 'trente' },
    { quantity: 0 },
    { days: 0 },
    { days: 4000 },
    { days: 1.5 },
    { at: 'jamais' },
    { at: french(addDays(today, 3)) },
    { at: '2026' },
    { substitution: 'lune' },
    { substitution: 'generic' },
    { substitution: 'other', product: 'X' },
    { product: 'x'.repeat(400) },
    { version: 'un' },
    { version: null },
  ];
  for (const body of tries) {
    const answer = await dispense(pharmacist, id, request, body);
    assert.ok(answer.status >= 400 && answer.status < 500, `${JSON.stringify(body)}: ${answer.status}`);
    assert.ok(typeof answer.body.detail === 'string' && answer.body.detail.length > 10, answer.text);
  }
  const other = await newPatient();
  assert.equal((await dispense(pharmacist, other, request)).status, 404, 'another patient’s');
  assert.equal(
    (await pharmacist.send('POST', `${at(id)}/entries/Patient/${id}/dispenses`, { version: 1, quantity: 1 })).status,
    400,
  );
  ok(
    await doctor.send('POST', `${at(id)}/entries/MedicationRequest/${request.id}`, {
      act: 'dose',
      version: 1,
      dosage: '2 cp le matin',
    }),
  );
  const late = await dispense(pharmacist, id, request);
  assert.deepEqual(
    [late.status, late.body.code, late.body.current.dosage, late.body.version],
    [409, 'changed-since', '2 comprimés le matin', 2],
  );
  ok(
    await doctor.send('POST', `${at(id)}/entries/MedicationRequest/${request.id}`, {
      act: 'stop',
      version: 2,
      reason: 'Toux',
    }),
  );
  assert.equal((await dispense(pharmacist, id, { ...request, version: 3 })).status, 409);
  assert.deepEqual((await page(doctor, id)).dispensed, []);
});
test('DOS-5 SEC-3 who may not: only a pharmacist of the team dispenses; nobody without the kind, opposed, or elsewhere reads it; a sensitive treatment’s is as closed', async () => {
  const id = await newPatient();
  const request = await prescribed(id);
  for (const who of [doctor, nurse, therapist, secretary, outsider])
    assert.equal((await dispense(who, id, request)).status, 403, who.caller.name);
  assert.ok([403, 404].includes((await dispense(elsewhere, id, request)).status));
  assert.deepEqual([(await page(nurse, id)).may.dispense, (await page(doctor, id)).may.dispense], [false, false]);
  ok(await dispense(pharmacist, id, request, { note: 'MOT-SECRET' }));
  const { fhir } = await testHouse();
  const secret = await fhir.storeFor(doctor.caller).create({
    resourceType: 'MedicationDispense',
    status: 'completed',
    meta: { security: [{ system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode', code: 'PSY' }] },
    subject: { reference: `Patient/${id}` },
    medicationCodeableConcept: { text: 'SECRET-LITHIUM' },
    whenHandedOver: today,
  } as never);
  assert.ok(secret.id);
  assert.ok(!JSON.stringify(await page(pharmacist, id)).includes('SECRET-LITHIUM'));
  for (const who of [therapist, secretary, outsider, elsewhere])
    assert.ok(
      !(await who.send('GET', `/fhir/R4/MedicationDispense?patient=${id}`)).text.includes('SECRET'),
      who.caller.name,
    );
  ok(
    await doctor.send('POST', `/api/patients/${id}/choices`, {
      decision: 'oppose',
      practitioner: pharmacist.practitioner,
      kinds: ['treatments'],
    }),
  );
  assert.equal((await dispense(pharmacist, id, request)).status, 404, 'nor does it say that it is there');
});
