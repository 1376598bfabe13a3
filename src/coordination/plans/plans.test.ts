import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { type Answer, newPractice, type TestPerson, type TestPractice } from '../../../test/app.ts';

let practice: TestPractice;
let doctor: TestPerson;
let nurse: TestPerson;
let outsider: TestPerson;
let secretary: TestPerson;
let coordinator: TestPerson;
let elsewhere: TestPerson;
before(async () => {
  practice = await newPractice();
  doctor = await practice.person('physician', { family: 'Kermarrec', given: 'Anne' });
  nurse = await practice.person('nurse', { family: 'Morvan', given: 'Paul' });
  outsider = await practice.person('physiotherapist', { family: 'Tanguy' });
  secretary = await practice.person('medical-secretary', { family: 'Riou' });
  coordinator = await practice.person('coordinator', { roles: ['coordinator'] });
  elsewhere = await (await newPractice()).person('physician');
});
const ok = (answer: Answer) => {
  assert.ok(answer.status < 300, answer.text);
  return answer.body;
};
let count = 0;
async function newPatient(): Promise<string> {
  const family = `Plan${[...String(++count * 7919)].map((digit) => 'ABCDEFGHIJ'[Number(digit)]).join('')}`;
  const { id } = ok(
    await doctor.send('POST', '/api/patients', {
      birthFamily: family,
      birthGivens: 'Essai',
      birthDate: '12/03/1940',
      sex: 'female',
    }),
  );
  ok(await doctor.send('POST', `/api/patients/${id}/team`, { practitioner: nurse.practitioner }));
  return id;
}
const plan = (over: object = {}) => ({
  version: null,
  goals: [
    { words: 'Pouvoir retourner au marché à pied', aim: '400 m sans s’arrêter', due: '+3m' },
    { words: 'Ne plus avoir peur de tomber' },
  ],
  needs: 'Vit seule, escalier sans rampe.',
  actions: [
    { title: 'Marcher chaque jour', who: { kind: 'patient' }, when: 'tous les jours', goal: 0 },
    {
      title: 'Équilibre',
      detail: 'deux séances',
      who: { kind: 'profession', profession: 'physiotherapist' },
      when: 'le mardi et le vendredi',
      goal: 1,
    },
    { title: 'Poser une rampe', who: { kind: 'other', name: 'Son fils Yann' }, when: 'avant Noël', goal: 1 },
    {
      title: 'Relire les médicaments',
      who: { kind: 'person', practitioner: doctor.practitioner, name: 'Anne Kermarrec' },
    },
  ],
  review: '+6m',
  agreement: { how: 'oral' },
  ...over,
});
const read = async (who: TestPerson, patient: string) =>
  ok(await who.send('GET', `/api/patients/${patient}/care-plan`));

test('COO-6 the plan keeps the goals in the patient’s words, who does what and when, the review date and how the patient agreed', async () => {
  const patient = await newPatient();
  assert.equal((await read(doctor, patient)).plan, null);
  const written = ok(await doctor.send('PUT', `/api/patients/${patient}/care-plan`, plan()));
  assert.deepEqual([written.state, written.version, written.goals.length, written.actions.length], ['active', 1, 2, 4]);
  const { plan: seen, mayWrite } = await read(nurse, patient);
  assert.equal(mayWrite, true);
  assert.equal(seen.goals[0].words, 'Pouvoir retourner au marché à pied');
  assert.deepEqual(
    seen.actions.map((one: { whoLabel: string }) => one.whoLabel),
    ['Le patient', 'Masseur-kinésithérapeute', 'Son fils Yann', 'Anne Kermarrec'],
  );
  assert.deepEqual(
    seen.actions.map((one: { goal: number | null }) => one.goal),
    [0, 1, 1, null],
  );
  assert.equal(seen.agreement.how, 'oral');
  assert.equal(seen.agreement.collectedBy.name, 'Anne Kermarrec');
  assert.equal(seen.by.name, 'Anne Kermarrec');
  const draft = ok(
    await doctor.send('PUT', `/api/patients/${await newPatient()}/care-plan`, plan({ agreement: null })),
  );
  assert.equal(draft.state, 'draft', 'without the patient’s agreement it stays a draft');
});

test('COO-6 DOS-16 a new version keeps the goals’ identity, cancels what is taken out, and the versions stay readable', async () => {
  const patient = await newPatient();
  const first = ok(await doctor.send('PUT', `/api/patients/${patient}/care-plan`, plan()));
  const [kept, gone] = first.goals;
  const second = ok(
    await nurse.send(
      'PUT',
      `/api/patients/${patient}/care-plan`,
      plan({
        version: first.version,
        goals: [{ ...kept, state: 'completed' }, { words: 'Revoir sa sœur à Brest' }],
        actions: [],
        agreement: { how: 'oral' },
      }),
    ),
  );
  assert.equal(second.version, 2);
  assert.deepEqual(
    second.goals.map((goal: { id: string; state: string }) => [goal.id === kept.id, goal.state]),
    [
      [true, 'completed'],
      [false, 'active'],
    ],
  );
  assert.equal(second.by.name, 'Paul Morvan');
  assert.equal(second.agreement.collectedBy.name, 'Anne Kermarrec', 'who collected the agreement stays');
  const entry = ok(await doctor.send('GET', `/api/patients/${patient}/entries/Goal/${gone.id}/versions`));
  assert.equal(entry.versions.length, 2, 'the goal that was taken out is still there, cancelled');
  const versions = ok(await doctor.send('GET', `/api/patients/${patient}/entries/CarePlan/${first.id}/versions`));
  assert.equal(versions.versions.length, 2);
});

test('COO-6 SEC-11 two people write over the same version: the second is told by whom and sees the other plan, nothing is overwritten', async () => {
  const patient = await newPatient();
  const first = ok(await doctor.send('PUT', `/api/patients/${patient}/care-plan`, plan()));
  ok(
    await nurse.send(
      'PUT',
      `/api/patients/${patient}/care-plan`,
      plan({ version: first.version, needs: 'La rampe est posée.' }),
    ),
  );
  const late = await doctor.send(
    'PUT',
    `/api/patients/${patient}/care-plan`,
    plan({ version: first.version, needs: 'Autre chose.' }),
  );
  assert.equal(late.status, 409);
  assert.equal(late.body.code, 'edited-meanwhile');
  assert.equal(late.body.current.needs, 'La rampe est posée.');
  assert.equal((await read(doctor, patient)).plan.needs, 'La rampe est posée.');
});

test('COO-6 the plan ends, reached or given up with its reason, and another can begin', async () => {
  const patient = await newPatient();
  const first = ok(await doctor.send('PUT', `/api/patients/${patient}/care-plan`, plan()));
  assert.equal(
    (await doctor.send('POST', `/api/patients/${patient}/care-plan/end`, { version: 1, reached: false })).status,
    422,
  );
  assert.equal(
    ok(await doctor.send('POST', `/api/patients/${patient}/care-plan/end`, { version: first.version, reached: true }))
      .state,
    'completed',
  );
  const { plan: none, past } = await read(doctor, patient);
  assert.deepEqual([none, past.length], [null, 1]);
  assert.equal(
    (await doctor.send('POST', `/api/patients/${patient}/care-plan/end`, { version: 2, reached: true })).status,
    404,
  );
  assert.equal(ok(await doctor.send('PUT', `/api/patients/${patient}/care-plan`, plan())).version, 1);
});

test('COO-6 SEC-16 what is missing or wrong is said beside its field and nothing is written', async () => {
  const patient = await newPatient();
  for (const [over, field] of [
    [{ goals: [] }, 'goals'],
    [{ review: 'hier' }, 'review'],
    [{ review: 'bientôt' }, 'review'],
    [{ goals: [{ words: 'Marcher', due: 'le 32' }] }, 'goals.0.due'],
    [{ goals: [{ words: ' ' }] }, 'goals.0.words'],
  ] as const) {
    const refused = await doctor.send('PUT', `/api/patients/${patient}/care-plan`, plan(over));
    assert.equal(refused.status, 422, refused.text);
    assert.ok(refused.body.fields[field], `${field}: ${refused.text}`);
  }
  assert.equal((await read(doctor, patient)).plan, null);
});

test('COO-6 SEC-3 SEC-4 SEC-7 who may not: outside the team, secretary, coordinator, another practice, an opposed professional', async () => {
  const patient = await newPatient();
  ok(await doctor.send('PUT', `/api/patients/${patient}/care-plan`, plan()));
  for (const who of [outsider, secretary, coordinator]) {
    assert.equal((await who.send('GET', `/api/patients/${patient}/care-plan`)).status, 403);
    assert.equal((await who.send('PUT', `/api/patients/${patient}/care-plan`, plan({ version: 1 }))).status, 403);
  }
  assert.ok([403, 404].includes((await elsewhere.send('GET', `/api/patients/${patient}/care-plan`)).status));
  for (const who of [secretary, coordinator, outsider]) {
    const search = await who.send('GET', `/fhir/R4/Goal?patient=${patient}`);
    assert.equal(search.body.entry?.length ?? 0, 0, 'no goal by the FHIR API either');
  }
  ok(
    await nurse.send('POST', `/api/patients/${patient}/choices`, {
      decision: 'oppose',
      practitioner: doctor.practitioner,
    }),
  );
  assert.equal((await doctor.send('GET', `/api/patients/${patient}/care-plan`)).status, 403);
});
