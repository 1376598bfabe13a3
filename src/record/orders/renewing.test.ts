import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import { type Answer, newPractice, testHouse, type TestPerson, type TestPractice } from '../../../test/app.ts';
import { addDays, addMonths } from '../dates.rules.ts';
import { dayInFrance } from '../../platform/index.ts';

// biome-ignore lint/suspicious/noExplicitAny: answers of every shape
type Json = any;
const ok = (answer: Answer): Json => {
  assert.ok(answer.status < 300, `${answer.status} ${answer.text}`);
  return answer.body;
};
const pill = {
  kind: 'contraceptive',
  label: 'Lévonorgestrel 150 µg, éthinylestradiol 30 µg',
  instructions: '1 comprimé par jour',
  duration: { value: 3, unit: 'mo' },
  repeats: 1,
  follow: true,
};
const stockings = {
  kind: 'compression',
  label: 'Bas de compression, classe 2',
  quantity: 2,
  duration: { value: 25, unit: 'd' },
  follow: true,
};
const insoles = { kind: 'insole', label: 'Orthèses plantaires', quantity: 1 };

describe('renewing', () => {
  let practice: TestPractice;
  let doctor: TestPerson;
  let nurse: TestPerson;
  let other: TestPerson;
  let midwife: TestPerson;
  let chiropodist: TestPerson;
  let pharmacist: TestPerson;
  let count = 0;
  before(async () => {
    practice = await newPractice('Maison des renouvellements');
    doctor = await practice.person('physician', { family: 'Kermarrec', given: 'Anne' });
    nurse = await practice.person('nurse', { family: 'Abgrall', given: 'Soizic' });
    other = await practice.person('nurse', { family: 'Riou', given: 'Maël' });
    midwife = await practice.person('midwife', { family: 'Cozic', given: 'Lena' });
    pharmacist = await practice.person('pharmacist', { family: 'Hénaff', given: 'Lucie' });
    chiropodist = await practice.person('chiropodist', { family: 'Morvan', given: 'Paul' });
  });
  async function newPatient(): Promise<string> {
    const name = [...String(++count * 7919)].map((digit) => 'abcdefghij'[Number(digit)]).join('');
    const { id } = ok(
      await doctor.send('POST', '/api/patients', {
        birthFamily: `Renouvel${name}`,
        birthGivens: `Nolwenn${name}`,
        birthDate: `${String((count % 27) + 1).padStart(2, '0')}/03/1990`,
        sex: 'female',
      }),
    );
    for (const { practitioner } of [nurse, other, midwife, chiropodist, pharmacist])
      ok(await doctor.send('POST', `/api/patients/${id}/team`, { practitioner }));
    return id;
  }
  const orders = (patient: string, more = '') => `/api/patients/${patient}/orders${more}`;
  const sign = async (who: TestPerson, patient: string, ...lines: object[]): Promise<Json> =>
    ok(await who.send('POST', orders(patient), { lines }));
  const again = (one: Json, over: object = {}) => ({
    ...one.body,
    from: null,
    due: null,
    ...over,
    renews: `${one.type}/${one.id}`,
  });
  const house = async () => (await testHouse()).fhir.asSystem(practice.tenant, 'essai');
  /** As if it had been signed so long ago, or by someone else. */
  async function changed(one: Json, change: (resource: Json) => object): Promise<void> {
    const store = await house();
    const { resource } = await store.read(one.type, one.id);
    await store.update(JSON.parse(JSON.stringify({ ...resource, ...change(resource) })));
  }
  const signedOn = (one: Json, day: string) => changed(one, () => ({ authoredOn: `${day}T09:00:00+02:00` }));
  const refused = async (who: TestPerson, patient: string, line: object, why: RegExp): Promise<void> => {
    const before = ok(await doctor.send('GET', orders(patient))).prescriptions.length;
    const answer = await who.send('POST', orders(patient), { lines: [line] });
    assert.equal(answer.status, 403, answer.text);
    assert.match(answer.body.detail, why);
    assert.match(answer.body.detail, /votre profession renouvelle seulement.*Rien n’a été signé/);
    assert.equal(ok(await doctor.send('GET', orders(patient))).prescriptions.length, before);
  };
  const today = dayInFrance(new Date());

  test('DOS-14 who may not renew: from a prescription that is too old, to the day; whoever may begin it is not bound', async () => {
    const patient = await newPatient();
    const [first] = (await sign(doctor, patient, pill)).lines;
    await signedOn(first, addDays(addMonths(today, -12), -2));
    await refused(nurse, patient, again(first), /date de plus d’un an/);
    ok(await midwife.send('POST', orders(patient), { lines: [again(first)] }));
    const [young] = (await sign(doctor, patient, { ...pill, label: 'Désogestrel 75 µg' })).lines;
    await signedOn(young, addDays(addMonths(today, -12), 2));
    ok(await nurse.send('POST', orders(patient), { lines: [again(young)] }));
    const [sole] = (await sign(doctor, patient, insoles)).lines;
    await signedOn(sole, addDays(addMonths(today, -36), -2));
    await refused(chiropodist, patient, again(sole), /date de plus de 3 ans/);
    await signedOn(sole, addDays(addMonths(today, -36), 2));
    ok(await chiropodist.send('POST', orders(patient), { lines: [again(sole)] }));
    // What says no day may be of any day.
    const [undated] = (await sign(doctor, patient, insoles)).lines;
    await changed(undated, () => ({ authoredOn: undefined }));
    await refused(chiropodist, patient, again(undated), /date de plus de 3 ans/);
  });

  test('DOS-14 who may not renew: from what nobody entitled began, whatever the chain in between; stopped at its origin, it is not renewed behind the prescriber’s back', async () => {
    const patient = await newPatient();
    const [first] = (await sign(doctor, patient, stockings)).lines;
    const [second] = (await sign(nurse, patient, again(first))).lines;
    const [third] = (await sign(other, patient, again(second))).lines;
    assert.equal(third.body.renews, `${second.type}/${second.id}`, 'the physician is two steps behind');
    const by = (who: TestPerson, profession: string) => (resource: Json) => ({
      requester: {
        ...resource.requester,
        reference: `Practitioner/${who.practitioner}`,
        extension: (resource.requester.extension ?? []).map((one: Json) =>
          one.valueCode ? { ...one, valueCode: profession } : one,
        ),
      },
    });
    await changed(first, by(other, 'nurse'));
    await refused(nurse, patient, again(third), /On ne retrouve pas d’ordonnance d’origine/);
    await changed(first, by(doctor, 'physician'));
    const page = ok(await doctor.send('GET', orders(patient)));
    const origin = page.prescriptions.find((one: Json) => one.lines.some((line: Json) => line.id === first.id));
    ok(
      await doctor.send('POST', orders(patient, `/${origin.id}/cancel`), {
        version: origin.version,
        reason: 'Artériopathie : contre-indiqué',
      }),
    );
    await refused(nurse, patient, again(third), /L’ordonnance d’origine a été annulée ou arrêtée depuis/);
    ok(await doctor.send('POST', orders(patient), { lines: [again(third)] }));
  });

  test('DOS-14 a nurse renews a contraceptive for six months at most and once: the next is for whoever may begin it (art. L. 4311-1)', async () => {
    const patient = await newPatient();
    const [first] = (await sign(doctor, patient, { ...pill, duration: { value: 12, unit: 'mo' }, repeats: 0 })).lines;
    for (const over of [
      {},
      { duration: { value: 3, unit: 'mo' }, repeats: 2 },
      { duration: null, quantity: 12, follow: false },
    ]) {
      const long = await nurse.send('POST', orders(patient), { lines: [again(first, over)] });
      assert.equal(long.status, 422, long.text);
      assert.match(long.body.fields['lines.0.duration'], /6 mois au plus/);
    }
    const [second] = (await sign(nurse, patient, again(first, { duration: { value: 6, unit: 'mo' } }))).lines;
    const shorter = { duration: { value: 1, unit: 'mo' } };
    await refused(other, patient, again(second, shorter), /déjà fait une fois/);
    const [third] = (await sign(midwife, patient, again(second, { duration: { value: 12, unit: 'mo' } }))).lines;
    ok(await nurse.send('POST', orders(patient), { lines: [again(third, { duration: { value: 6, unit: 'mo' } })] }));
  });

  const lineOf = async (who: TestPerson, patient: string, id: string): Promise<Json> =>
    ok(await who.send('GET', orders(patient)))
      .prescriptions.flatMap((one: Json) => one.lines)
      .find((one: Json) => one.id === id);
  const waitingFor = async (who: TestPerson, patient: string): Promise<string[]> =>
    ok(await who.send('GET', '/api/orders?view=asked')).lines.flatMap((one: Json) =>
      one.patient.id === patient ? [one.line.id] : [],
    );
  const say = async (who: TestPerson, patient: string, id: string, act: string): Promise<Answer> => {
    const { status } = await lineOf(who, patient, id);
    return who.send('POST', orders(patient, `/follow/${status.task}`), { version: status.version, act });
  };
  const metformin = {
    kind: 'medicine',
    label: 'Metformine 1 000 mg, comprimé',
    instructions: '1 comprimé matin et soir',
    duration: { value: 1, unit: 'mo' },
    repeats: 2,
    follow: true,
  };

  test('DOS-14 renewed before it was given out, a line waits no more beside the new one, nor does what is left of it; taken back, it waits again', async () => {
    const patient = await newPatient();
    const [first] = (await sign(doctor, patient, metformin)).lines;
    assert.deepEqual(await waitingFor(pharmacist, patient), [first.id]);
    const renewal = await sign(doctor, patient, again(first));
    const [second] = renewal.lines;
    assert.deepEqual(await waitingFor(pharmacist, patient), [second.id]);
    const { status } = await lineOf(pharmacist, patient, first.id);
    assert.deepEqual(
      [status.state, status.stateLabel, status.late, status.toRenew],
      ['renewed', 'Renouvelé', false, false],
    );
    ok(
      await doctor.send('POST', orders(patient, `/${renewal.id}/cancel`), {
        version: renewal.version,
        reason: 'trop tôt',
      }),
    );
    assert.deepEqual(await waitingFor(pharmacist, patient), [first.id]);
    assert.equal((await lineOf(pharmacist, patient, first.id)).status.stateLabel, 'À délivrer');
    // One box of three: what is left is given out on the new one.
    ok(await say(pharmacist, patient, first.id, 'deliver'));
    const [third] = (await sign(doctor, patient, again(first))).lines;
    assert.deepEqual(await waitingFor(pharmacist, patient), [third.id]);
    // Given out all the same, on the old sheet: it is said, and taken back.
    assert.equal(ok(await say(pharmacist, patient, first.id, 'deliver')).count, 2);
    assert.equal(ok(await say(pharmacist, patient, first.id, 'back')).count, 1);
    assert.deepEqual(await waitingFor(pharmacist, patient), [third.id]);
  });

  test('DOS-14 a renewal that begins later leaves the line as it is until then, and the treatment goes on', async () => {
    const patient = await newPatient();
    const [first] = (await sign(doctor, patient, { ...metformin, repeats: 0 })).lines;
    const from = addDays(today, 20);
    const renewal = await sign(doctor, patient, again(first, { from }));
    const [second] = renewal.lines;
    assert.deepEqual((await waitingFor(pharmacist, patient)).sort(), [first.id, second.id].sort());
    assert.equal((await lineOf(pharmacist, patient, first.id)).status.stateLabel, 'À délivrer');
    const taken = async (): Promise<string[][]> =>
      ok(await doctor.send('GET', `/api/patients/${patient}/treatments`))
        .lines.map((one: Json) => [one.id, one.state])
        .sort();
    assert.deepEqual(
      await taken(),
      [
        [first.id, 'current'],
        [second.id, 'planned'],
      ].sort(),
    );
    assert.equal((await lineOf(doctor, patient, first.id)).status.toRenew, false);
    // Corrected, it begins today: the first is over; corrected again, it runs on until the new one begins.
    const now = ok(
      await doctor.send('POST', orders(patient), {
        lines: [again(first)],
        replaces: { id: renewal.id, version: renewal.version, reason: 'Dès aujourd’hui' },
      }),
    );
    assert.deepEqual(
      (await taken()).filter(([, state]) => state !== 'past'),
      [[now.lines[0].id, 'current']],
    );
    assert.equal((await lineOf(pharmacist, patient, first.id)).status.state, 'renewed');
    const later = ok(
      await doctor.send('POST', orders(patient), {
        lines: [again(first, { from })],
        replaces: { id: now.id, version: now.version, reason: 'Dans vingt jours' },
      }),
    );
    assert.deepEqual(
      (await taken()).filter(([, state]) => state !== 'past'),
      [
        [first.id, 'current'],
        [later.lines[0].id, 'planned'],
      ].sort(),
    );
    assert.equal((await lineOf(pharmacist, patient, first.id)).status.state, 'to-do');
    ok(
      await doctor.send('POST', orders(patient, `/${later.id}/cancel`), {
        version: later.version,
        reason: 'trop tôt',
      }),
    );
    assert.deepEqual(
      (await taken()).filter(([, state]) => state !== 'past'),
      [[first.id, 'current']],
    );
  });

  test('DOS-14 a course of sessions under way goes on beside its renewal; one that was not begun gives way to it', async () => {
    const patient = await newPatient();
    const care = { kind: 'nursing', label: 'Réfection de pansement', instructions: 'tous les deux jours', quantity: 3 };
    const [begun, later] = (await sign(doctor, patient, care, { ...care, label: 'Injection' })).lines;
    ok(await say(nurse, patient, begun.id, 'session'));
    const renewed = (await sign(doctor, patient, again(begun), again(later))).lines.map((one: Json) => one.id);
    assert.deepEqual((await waitingFor(nurse, patient)).sort(), [begun.id, ...renewed].sort());
    assert.equal((await lineOf(nurse, patient, later.id)).status.state, 'renewed');
  });

  test('DOS-14 of a patient who has died nothing is waited for in the lists, nor to be renewed; the record still says how far each line was', async () => {
    const patient = await newPatient();
    const [first] = (await sign(doctor, patient, { ...metformin, repeats: 0, duration: { value: 12, unit: 'd' } }))
      .lines;
    const lists = async (): Promise<string[]> => {
      const found: string[] = [];
      for (const [who, view] of [
        [pharmacist, 'asked'],
        [doctor, 'mine'],
        [doctor, 'renew'],
      ] as const) {
        const { lines, views } = ok(await who.send('GET', `/api/orders?view=${view}`));
        assert.equal(views.find((one: Json) => one.view === view).count, lines.length);
        if (lines.some((one: Json) => one.line.id === first.id)) found.push(view);
      }
      return found;
    };
    assert.deepEqual(await lists(), ['asked', 'mine', 'renew']);
    const died = async (deceasedOn: string | null) => {
      const { form, version } = ok(await doctor.send('GET', `/api/patients/${patient}/identity`));
      ok(await doctor.send('PUT', `/api/patients/${patient}/identity`, { ...form, deceasedOn, version, reason: null }));
    };
    await died(today.split('-').reverse().join('/'));
    assert.deepEqual(await lists(), []);
    assert.equal((await lineOf(pharmacist, patient, first.id)).status.stateLabel, 'À délivrer');
    await died(null);
    assert.deepEqual(await lists(), ['asked', 'mine', 'renew']);
  });

  test('DOS-14 DOS-5 what a pharmacist notes as handed over is given out on its prescription too, once; taken back or entered in error, it waits again; another software’s counts as well', async () => {
    const patient = await newPatient();
    const [first] = (await sign(doctor, patient, metformin)).lines;
    const status = async () => {
      const { status: now } = await lineOf(doctor, patient, first.id);
      return [now.state, now.count, now.events.at(-1)?.who?.name ?? null];
    };
    const dispense = async (at: string): Promise<Json> => {
      const { version } = await lineOf(pharmacist, patient, first.id);
      return ok(
        await pharmacist.send(
          'POST',
          `/api/patients/${patient}/treatments/entries/${first.type}/${first.id}/dispenses`,
          {
            version,
            quantity: 60,
            at,
          },
        ),
      ).lines[0];
    };
    assert.deepEqual(await status(), ['to-do', 0, null]);
    const one = await dispense('auj');
    assert.deepEqual(await status(), ['in-progress', 1, 'Lucie Hénaff']);
    ok(await pharmacist.send('POST', `/api/patients/${patient}/undo`, { entries: [one] }));
    assert.deepEqual(await status(), ['to-do', 0, null]);
    // Said by hand, then noted with its quantity: one box.
    ok(await say(pharmacist, patient, first.id, 'deliver'));
    const noted = await dispense('auj');
    assert.deepEqual((await status()).slice(0, 2), ['in-progress', 1]);
    ok(
      await pharmacist.send('POST', `/api/patients/${patient}/entries/MedicationDispense/${noted.id}/error`, {
        version: noted.version,
        reason: 'Autre patient',
      }),
    );
    assert.deepEqual((await status()).slice(0, 2), ['in-progress', 1], 'what was said by hand stays');
    const store = await house();
    const elsewhere = (day: string) =>
      store.create({
        resourceType: 'MedicationDispense',
        status: 'completed',
        subject: { reference: `Patient/${patient}` },
        medicationCodeableConcept: { text: metformin.label },
        authorizingPrescription: [{ reference: `MedicationRequest/${first.id}` }],
        whenHandedOver: day,
      });
    const second = await elsewhere(addDays(today, -3));
    assert.deepEqual((await status()).slice(0, 2), ['in-progress', 2]);
    await elsewhere(addDays(today, -2));
    assert.deepEqual((await status()).slice(0, 2), ['done', 3]);
    assert.deepEqual(await waitingFor(pharmacist, patient), []);
    await elsewhere(addDays(today, -1));
    assert.deepEqual((await status()).slice(0, 2), ['done', 3], 'no more than was prescribed');
    await store.update({ ...second.resource, status: 'entered-in-error' });
    assert.deepEqual((await status()).slice(0, 2), ['in-progress', 2]);
    assert.deepEqual(await waitingFor(pharmacist, patient), [first.id]);
  });

  test('DOS-14 DOS-5 a treatment that was stopped by mistake is given out again once the stop is taken back, as far as it was; a cancelled prescription is not', async () => {
    const patient = await newPatient();
    const made = await sign(doctor, patient, metformin);
    const [first] = made.lines;
    ok(await say(pharmacist, patient, first.id, 'deliver'));
    const label = async () => (await lineOf(pharmacist, patient, first.id)).status.stateLabel;
    const act = async (body: object): Promise<Json> => {
      const { version } = await lineOf(doctor, patient, first.id);
      return ok(
        await doctor.send('POST', `/api/patients/${patient}/treatments/entries/${first.type}/${first.id}`, {
          version,
          ...body,
        }),
      ).lines[0];
    };
    const stopped = await act({ act: 'stop', reason: 'Mauvais patient' });
    assert.equal(await label(), 'Annulé');
    assert.deepEqual(await waitingFor(pharmacist, patient), []);
    ok(await doctor.send('POST', `/api/patients/${patient}/undo`, { entries: [stopped] }));
    assert.equal(await label(), 'Délivré 1 fois sur 3');
    assert.deepEqual(await waitingFor(pharmacist, patient), [first.id]);
    await act({ act: 'stop', reason: 'Toux' });
    await act({ act: 'resume' });
    assert.equal(await label(), 'Délivré 1 fois sur 3');
    const { version } = ok(await doctor.send('GET', orders(patient))).prescriptions[0];
    ok(await doctor.send('POST', orders(patient, `/${made.id}/cancel`), { version, reason: 'Autre patient' }));
    await act({ act: 'resume' });
    assert.deepEqual(await waitingFor(pharmacist, patient), []);
  });
});
