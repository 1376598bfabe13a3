import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import { professionCodes } from '../../access/index.ts';
import { type Answer, newPractice, type TestPerson, type TestPractice } from '../../../test/app.ts';
import { answersFrom } from '../contract/sections/values.ts';
import { shippedSections } from '../data/sections/index.ts';

// biome-ignore lint/suspicious/noExplicitAny: answers of every shape
type Json = any;
const ok = (answer: Answer): Json => {
  if (answer.status >= 300) throw new Error(`${answer.status} ${answer.text}`);
  return answer.body;
};
const answers = (key: string, said: Parameters<typeof answersFrom>[1]) => {
  const { form, edition } = shippedSections.find((one) => one.key === key)!;
  return { section: form.id!, edition, items: answersFrom(form, said) };
};

describe('cockpits', () => {
  let practice: TestPractice;
  let doctor: TestPerson;
  let nurse: TestPerson;
  let other: TestPerson;
  let midwife: TestPerson;
  let pharmacist: TestPerson;
  let dietician: TestPerson;
  let physio: TestPerson;
  let secretary: TestPerson;
  let stranger: TestPerson;
  let count = 0;
  before(async () => {
    practice = await newPractice('Maison des cockpits');
    doctor = await practice.person('physician', { family: 'Kermarrec', given: 'Anne' });
    nurse = await practice.person('nurse', { family: 'Abgrall', given: 'Soizic' });
    other = await practice.person('nurse', { family: 'Morvan', given: 'Paul' });
    midwife = await practice.person('midwife');
    pharmacist = await practice.person('pharmacist');
    dietician = await practice.person('dietician');
    physio = await practice.person('physiotherapist');
    secretary = await practice.person('medical-secretary');
    stranger = await (await newPractice()).person('nurse');
  });
  const letters = 'abcdefghij';
  async function newPatient(team: TestPerson[], birthDate = '12/03/1944', sex = 'female'): Promise<string> {
    count++;
    const { id } = ok(
      await doctor.send('POST', '/api/patients', {
        birthFamily: `${['Kerbrat', 'Tréguier', 'Quentin', 'Vaillant', 'Jezequel'][count % 5]}${letters[count % 10]}`,
        birthGivens: `Prenom${letters[(count * 7) % 10]}${letters[Math.floor(count / 10) % 10]}`,
        birthDate: birthDate.replace(/^\d\d/, String(count + 10)),
        sex,
      }),
    );
    for (const one of team)
      ok(await doctor.send('POST', `/api/patients/${id}/team`, { practitioner: one.practitioner }));
    return id;
  }
  const list = async (who: TestPerson, name: string): Promise<Json> =>
    ok(await who.send('GET', `/api/patient-lists/${name}`));
  const lineOf = async (who: TestPerson, name: string, patient: string): Promise<Json> =>
    (await list(who, name)).lines.find((line: Json) => line.patient.id === patient);
  const fill = async (
    who: TestPerson,
    patient: string,
    key: string,
    said: Parameters<typeof answersFrom>[1],
    more: object = {},
  ) => ok(await who.send('POST', `/api/patients/${patient}/sections`, { ...answers(key, said), ...more }));

  test('DOS-1 every profession opens its cockpit, its day and each of its lists, and no other profession’s', async () => {
    for (const profession of professionCodes) {
      const who = await practice.person(profession, profession === 'administrator' ? { kind: 'privileged' } : {});
      const cockpit = ok(await who.send('GET', '/api/cockpit'));
      const day = ok(await who.send('GET', '/api/day'));
      assert.equal(cockpit.profession, profession);
      assert.deepEqual([cockpit.version, cockpit.day.order], [0, day.blocks], profession);
      for (const entry of cockpit.entries.order.filter((one: string) => one.startsWith('volet:')))
        assert.ok(
          cockpit.sections.some(({ id }: Json) => `volet:${id}` === entry),
          `${profession}: ${entry}`,
        );
      for (const { name } of cockpit.lists) assert.deepEqual((await list(who, name)).name, name, profession);
      for (const block of day.blocks.filter((one: string) => one.startsWith('liste:')))
        assert.ok(
          day.lists.some(({ name }: Json) => `liste:${name}` === block),
          `${profession}: ${block}`,
        );
    }
    for (const [who, name] of [
      [secretary, 'plaies'],
      [secretary, 'grossesses'],
      [physio, 'grossesses'],
      [nurse, 'humeur'],
      [nurse, 'nulle-part'],
      [nurse, '__proto__'],
      [nurse, 'x'.repeat(80)],
    ] as const)
      assert.equal((await who.send('GET', `/api/patient-lists/${name}`)).status, 404, name);
    assert.ok((await nurse.send('GET', `/api/patient-lists/${'x'.repeat(900)}`)).status < 500);
  });

  test('DOS-8 a wound that is followed stands in the nurse’s list until it has healed; not in that of a nurse outside of the team, of an opposed one, of another practice', async () => {
    const patient = await newPatient([nurse]);
    await fill(nurse, patient, 'plaie', {
      'plaie-nom': 'Malléole gauche',
      longueur: 4,
      largeur: 3,
      evolution: 'premiere',
    });
    const first = await lineOf(nurse, 'plaies', patient);
    assert.deepEqual(
      [first.head, first.tone, first.details],
      ['aujourd’hui', 'neutral', ['Malléole gauche, 12 cm², première fois']],
    );
    assert.equal(first.enter.panel, 'volet:volet-plaie');
    await fill(nurse, patient, 'plaie', { 'plaie-nom': 'Malléole gauche', longueur: 5, largeur: 3, evolution: 'pire' });
    const worse = await lineOf(nurse, 'plaies', patient);
    assert.deepEqual([worse.tone, worse.details], ['danger', ['Malléole gauche, 15 cm² (12 avant), s’aggrave']]);
    const day = ok(await nurse.send('GET', '/api/day'));
    assert.ok(
      day.lists.find(({ name }: Json) => name === 'plaies').lines.some((line: Json) => line.patient.id === patient),
      'on the page of the day as well',
    );
    for (const who of [other, stranger]) assert.equal(await lineOf(who, 'plaies', patient), undefined);
    const { lines } = await fill(nurse, patient, 'plaie', { 'plaie-nom': 'Malléole gauche', evolution: 'cicatrisee' });
    assert.equal(await lineOf(nurse, 'plaies', patient), undefined, 'healed');
    ok(
      await nurse.send('POST', `/api/patients/${patient}/entries/${lines[0].type}/${lines[0].id}/error`, {
        version: lines[0].version,
        reason: 'Mauvais patient',
      }),
    );
    assert.ok(await lineOf(nurse, 'plaies', patient), 'what was entered in error counts for nothing');
    await fill(nurse, patient, 'plaie', { 'plaie-nom': 'Malléole gauche', evolution: 'cicatrisee' }, { draft: true });
    assert.ok(await lineOf(nurse, 'plaies', patient), 'nor does a draft');
    ok(
      await secretary.send('POST', `/api/patients/${patient}/choices`, {
        decision: 'oppose',
        practitioner: nurse.practitioner,
        kinds: [],
      }),
    );
    assert.equal(await lineOf(nurse, 'plaies', patient), undefined, 'opposed');
    assert.ok(!JSON.stringify(ok(await nurse.send('GET', '/api/day')).lists).includes(patient));
  });

  test('DOS-8 pregnancies by term with what is due; the midwife’s, and nobody’s else', async () => {
    const patient = await newPatient([midwife, physio], '12/03/1996');
    await fill(midwife, patient, 'grossesse', { 'terme-sa': 28, 'terme-jours': 2, groupe: 'o-neg', niveau: 'a' });
    const line = await lineOf(midwife, 'grossesses', patient);
    assert.equal(line.head, '28 SA + 2');
    assert.ok(line.details.includes('Anti-D (rhésus négatif)'), line.details.join());
    assert.equal((await physio.send('GET', '/api/patient-lists/grossesses')).status, 404);
    assert.ok(!JSON.stringify(ok(await physio.send('GET', '/api/day'))).includes('SA + 2'));
  });

  test('DOS-5 DOS-7 five treatments at 65 are a medication review to propose; weights that change are the dietician’s; notes are the sessions of a physiotherapist', async () => {
    const patient = await newPatient([pharmacist, dietician, physio]);
    const weigh = async (value: number, at?: string) =>
      ok(
        await dietician.send('POST', `/api/patients/${patient}/measures`, {
          values: [{ code: '29463-7', value }],
          ...(at && { at }),
        }),
      );
    await weigh(70, '-3m');
    assert.equal(await lineOf(dietician, 'poids', patient), undefined, 'one weight says nothing');
    await weigh(64);
    const line = await lineOf(dietician, 'poids', patient);
    assert.deepEqual(
      [line.head, line.tone, line.trend.map((one: Json) => one.value)],
      ['− 8,6 %', 'warning', [70, 64]],
    );
    for (const label of ['Metformine 1 g', 'Ramipril 5 mg', 'Atorvastatine 20 mg', 'Bisoprolol 2,5 mg'])
      ok(await doctor.send('POST', `/api/patients/${patient}/treatments`, { label, dosage: '1 par jour' }));
    assert.equal(await lineOf(pharmacist, 'medicaments', patient), undefined, 'four');
    ok(
      await doctor.send('POST', `/api/patients/${patient}/treatments`, {
        label: 'Paracétamol 1 g',
        dosage: '1 par jour',
      }),
    );
    const medicines = await lineOf(pharmacist, 'medicaments', patient);
    assert.deepEqual([medicines.head, medicines.details], ['5 traitements', ['aucun bilan rempli']]);
    assert.equal(
      (await dietician.send('GET', '/api/patient-lists/medicaments')).status,
      404,
      'a list of the pharmacist’s',
    );
    for (const at of ['-9j', '-4j', 'auj'])
      ok(await physio.send('POST', `/api/patients/${patient}/notes`, { text: `Séance du ${at}`, at }));
    const sessions = await lineOf(physio, 'seances', patient);
    assert.equal(sessions.head, '3 séances');
    assert.match(sessions.details.join(), /« Séance du auj »/);
    ok(await doctor.send('POST', `/api/patients/${patient}/notes`, { text: 'Vue aussi' }));
    assert.equal((await lineOf(physio, 'seances', patient)).head, '3 séances', 'another’s note is no session of mine');
    const private_ = ok(
      await physio.send('POST', `/api/patients/${patient}/notes`, { text: 'À moi seul', personal: true, at: '-1j' }),
    );
    assert.ok(private_);
    assert.ok(
      !JSON.stringify(await list(doctor, 'miens')).includes('À moi seul'),
      'a private note is seen by its author alone',
    );
  });

  test('DOS-14 DOS-1 a prescribed course in the physiotherapist’s list and on the line of the appointment: which session, how many are left; nobody else’s, gone at its end', async () => {
    const patient = await newPatient([physio, nurse]);
    const signed = ok(
      await doctor.send('POST', `/api/patients/${patient}/orders`, {
        lines: [
          { kind: 'physio', label: 'Rééducation du genou', quantity: 3 },
          { kind: 'nursing', label: 'Pansement du genou', quantity: 5 },
        ],
      }),
    );
    const course = await lineOf(physio, 'seances', patient);
    assert.deepEqual(
      [course.head, course.details, course.enter],
      [
        '0 sur 3',
        ['Rééducation du genou', '3 séances à faire'],
        { panel: `seance:${signed.lines[0].status.task}`, short: 'Séance' },
      ],
    );
    const hold = async () => {
      const { status } = ok(await physio.send('GET', `/api/patients/${patient}/orders`)).prescriptions[0].lines.find(
        (one: Json) => one.kind === 'physio',
      );
      return ok(
        await physio.send('POST', `/api/patients/${patient}/orders/follow/${status.task}`, {
          version: status.version,
          act: 'session',
        }),
      );
    };
    await hold();
    const second = await lineOf(physio, 'seances', patient);
    assert.deepEqual(
      [second.head, second.details],
      ['1 sur 3', ['Rééducation du genou', 'séance 1 sur 3, reste 2', 'dernière aujourd’hui']],
    );
    const client = await practice.client('system/Appointment.cu');
    const start = new Date(Date.now() + 60_000).toISOString();
    for (const who of [physio, nurse])
      ok(
        await client('POST', '/fhir/R4/Appointment', {
          resourceType: 'Appointment',
          status: 'booked',
          start,
          end: new Date(Date.now() + 1_860_000).toISOString(),
          participant: [
            { actor: { reference: `Patient/${patient}` }, status: 'accepted' },
            { actor: { reference: `Practitioner/${who.practitioner}` }, status: 'accepted' },
          ],
        }),
      );
    const booked = async (who: TestPerson): Promise<Json> =>
      ok(await who.send('GET', '/api/day')).appointments.find((one: Json) => one.patient?.id === patient);
    const line = await booked(physio);
    assert.deepEqual([line.last[0], line.enter[0].short], ['Rééducation du genou : séance 1 sur 3, reste 2', 'Séance']);
    assert.deepEqual(
      (await booked(nurse)).last[0],
      'Pansement du genou : 5 passages à faire',
      'each profession its own',
    );
    for (const who of [other, stranger])
      assert.ok(!JSON.stringify(ok(await who.send('GET', '/api/day'))).includes('Rééducation du genou'));
    ok(
      await doctor.send('POST', `/api/patients/${patient}/choices`, {
        decision: 'oppose',
        practitioner: nurse.practitioner,
        kinds: ['exchanges'],
      }),
    );
    assert.ok(!JSON.stringify((await booked(nurse)) ?? {}).includes('Pansement du genou'), 'opposed');
    await hold();
    await hold();
    const after = await lineOf(physio, 'seances', patient);
    assert.ok(after?.head !== '3 sur 3', 'at its end it is a course no more');
    assert.ok(!JSON.stringify(await booked(physio)).includes('Rééducation du genou'));
  });

  test('DOS-5 a renewal that is expected stands in the pharmacist’s list until it is dispensed; in nobody else’s', async () => {
    const patient = await newPatient([pharmacist, dietician]);
    const [treatment] = ok(
      await doctor.send('POST', `/api/patients/${patient}/treatments`, {
        label: 'Ramipril 5 mg, comprimé',
        dosage: '1 le matin',
        source: 'elsewhere',
      }),
    ).lines;
    const dispense = async (at?: string) =>
      ok(
        await pharmacist.send(
          'POST',
          `/api/patients/${patient}/treatments/entries/${treatment.type}/${treatment.id}/dispenses`,
          { version: treatment.version, quantity: 30, ...(at && { at }) },
        ),
      );
    await dispense('-45j');
    const line = await lineOf(pharmacist, 'renouvellements', patient);
    assert.deepEqual([line.head, line.tone, line.details], ['depuis 16 jours', 'warning', ['Ramipril 5 mg, comprimé']]);
    assert.equal(
      (await dietician.send('GET', '/api/patient-lists/renouvellements')).status,
      404,
      'a list of the pharmacist’s',
    );
    await dispense();
    assert.equal(await lineOf(pharmacist, 'renouvellements', patient), undefined);
  });

  test('DOS-1 one’s own order: kept, hidden, seen by nobody else, given back; a stale version is refused with the newer one, nothing lost', async () => {
    const who = await practice.person('nurse');
    const before = ok(await who.send('GET', '/api/cockpit'));
    const entries = { order: ['note', 'volet:volet-chute', 'mesure'], hidden: ['document', 'volet:volet-plaie'] };
    const mine = ok(await who.send('PUT', '/api/cockpit', { version: 0, entries }));
    assert.deepEqual(
      [mine.version, mine.entries.order.slice(0, 3), mine.entries.hidden],
      [1, entries.order, entries.hidden],
    );
    assert.ok(
      mine.entries.order.includes('vaccin') && !mine.entries.order.includes('document'),
      'what I did not place comes after, what I hid is gone',
    );
    const cards = { columns: [['measures', 'forms'], ['problems'], ['tasks']], hidden: ['vaccines'] };
    const both = ok(
      await who.send('PUT', '/api/cockpit', {
        version: 1,
        cards,
        day: { order: ['tasks', 'liste:plaies'], hidden: ['recent'] },
      }),
    );
    assert.deepEqual(
      [
        both.version,
        both.entries.order.slice(0, 3),
        both.cards.columns.map((one: string[]) => one[0]),
        both.cards.columns.flat().includes('vaccines'),
      ],
      [2, entries.order, ['measures', 'problems', 'tasks'], false],
      'one part leaves the others',
    );
    const day = ok(await who.send('GET', '/api/day'));
    assert.deepEqual([day.blocks.slice(0, 2), day.recent, day.hidden], [['tasks', 'liste:plaies'], null, ['recent']]);
    const stale = await who.send('PUT', '/api/cockpit', { version: 1, entries: { order: ['mesure'], hidden: [] } });
    assert.deepEqual([stale.status, stale.body.code, stale.body.theirs.version], [409, 'edited-meanwhile', 2]);
    assert.deepEqual(ok(await nurse.send('GET', '/api/cockpit')).version, 0, 'a colleague keeps theirs');
    for (const body of [
      {},
      { version: 'x' },
      { version: 2, entries: { order: 'mesure' } },
      { version: 2, entries: { order: [''], hidden: [] } },
      { version: 2, cards: { columns: [[]], hidden: [] } },
      { version: 2, day: { order: Array.from({ length: 100 }, (_, at) => `b${at}`), hidden: [] } },
      { version: 2, entries: { order: ['x'.repeat(200)], hidden: [] } },
      [],
      null,
    ]) {
      const { status } = await who.send('PUT', '/api/cockpit', body);
      assert.ok(status >= 400 && status < 500, JSON.stringify(body));
    }
    assert.equal(ok(await who.send('GET', '/api/cockpit')).version, 2, 'nothing of that was kept');
    assert.equal(
      ok(
        await who.send('PUT', '/api/cockpit', {
          version: 2,
          entries: { order: ['nulle-part', '__proto__', 'mesure'], hidden: ['constructor'] },
        }),
      ).entries.order.includes('mesure'),
      true,
      'unknown names do no harm',
    );
    assert.deepEqual(ok(await who.send('DELETE', '/api/cockpit')), { ...before, version: 0 });
  });

  test('DOS-1 two screens that arrange at the same moment: one is kept, the other is told', async () => {
    const who = await practice.person('pharmacist');
    const both = await Promise.all(
      ['note', 'vaccin'].map((first) =>
        who.send('PUT', '/api/cockpit', { version: 0, entries: { order: [first], hidden: [] } }),
      ),
    );
    assert.deepEqual(both.map(({ status }) => status).sort(), [200, 409]);
    const kept = both.find(({ status }) => status === 200)!.body.entries.order[0];
    assert.equal(ok(await who.send('GET', '/api/cockpit')).entries.order[0], kept);
  });

  test('SEC-3 a list whose kinds the practice took from a profession is not offered, so that it says nothing wrong', async () => {
    const own = await newPractice();
    const [owner, midwifeThere] = [
      await own.person('administrator', { roles: ['owner'], kind: 'privileged' }),
      await own.person('nurse'),
    ];
    assert.ok(ok(await midwifeThere.send('GET', '/api/cockpit')).lists.some(({ name }: Json) => name === 'plaies'));
    const changed = await owner.send('PUT', '/api/rights/nurse/sections', { reach: 'none', write: false });
    assert.ok(changed.status < 300, changed.text);
    const now = ok(await midwifeThere.send('GET', '/api/cockpit'));
    assert.ok(!now.lists.some(({ name }: Json) => name === 'plaies') && !now.day.order.includes('liste:plaies'));
    assert.equal((await midwifeThere.send('GET', '/api/patient-lists/plaies')).status, 404);
  });

  test('SEC-2 DOS-1 a list of somebody who follows nobody says how one comes to follow, not that all patients are well; the day says the same', async () => {
    const own = await newPractice();
    const alone = await own.person('nurse');
    const words = /Vous ne suivez encore personne\..*équipe de soins/;
    for (const name of ['avk', 'diabete', 'vaccins', 'revoir-mois'])
      assert.match(ok(await alone.send('GET', `/api/patient-lists/${name}`)).empty, words, name);
    const onDay = ok(await alone.send('GET', '/api/day')).lists as { name: string; empty: string }[];
    assert.match(onDay.find(({ name }) => name === 'avk')!.empty, words);
    assert.match(onDay.find(({ name }) => name === 'plaies')!.empty, /^Aucun suivi de plaie/);
    const made = await alone.send('POST', '/api/patients', {
      birthFamily: 'Seul',
      birthGivens: 'Élie',
      birthDate: '12/03/1948',
      sex: 'male',
      joinCareTeam: true,
    });
    ok(made);
    assert.match(ok(await alone.send('GET', '/api/patient-lists/avk')).empty, /^Tous vos patients sous AVK/);
  });
});
