import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import type { CarePlan } from '@medplum/fhirtypes';
import { type Answer, newPractice, testHouse, type TestPerson, type TestPractice } from '../../../test/app.ts';
import { addDays, addMonths, today as dayIn } from '../../record/index.ts';
import type { ProtocolModel, ProtocolStep } from '../contract/protocol-model.ts';
import type { PlanStep, RunningPlanDetail } from '../contract/running-plans.ts';
import { watchPractice } from '../tasks/watch.ts';
import { goOn } from './go-on.ts';

const step = (id: string, over: Partial<ProtocolStep> = {}): ProtocolStep => ({
  id,
  title: `Étape ${id}`,
  detail: '',
  kind: 'act',
  roles: ['nurse'],
  after: { step: null, delay: { value: 0, unit: 'd' } },
  repeat: null,
  condition: null,
  documents: [],
  forPatient: 'Pour vous.',
  ...over,
});
const after = (id: string | null, value: number, unit: 'd' | 'wk' | 'mo' = 'd') => ({
  step: id,
  delay: { value, unit },
});
const steps = [
  step('first', { title: 'Bilan initial', detail: 'Tension, poids.', roles: ['physician'] }),
  step('second', { title: 'Entretien infirmier', after: after('first', 7) }),
  step('monthly', {
    title: 'Pesée',
    after: after(null, 1, 'mo'),
    repeat: { every: { value: 1, unit: 'mo' }, times: null },
  }),
  step('diet', { title: 'Diététique', roles: ['dietician'], after: after(null, 10) }),
  step('high', {
    title: 'Si HbA1c haute',
    after: after(null, 3),
    condition: {
      words: 'HbA1c supérieure à 8 %',
      expression: "Observation.where(code.coding.exists(code = '4548-4')).first().value.value > 8",
    },
  }),
  step('word', {
    title: 'Si besoin',
    roles: ['physician'],
    after: after(null, 4),
    condition: { words: 'en cas de plainte', expression: null },
  }),
  step('after-word', { title: 'Suite du besoin', roles: ['physician'], after: after('word', 2) }),
  step('far', { title: 'Dans six mois', roles: ['physician'], after: after(null, 6, 'mo') }),
];
const model = (over: Partial<ProtocolModel> = {}): ProtocolModel => ({
  title: 'Suivi d’essai',
  theme: 'diabetes',
  summary: 'Essai.',
  patients: {
    words: 'Adultes',
    problems: [{ system: 'http://hl7.org/fhir/sid/icd-10', code: 'E11', label: 'Diabète' }],
    ages: { from: 18, until: null },
  },
  goals: ['Aller mieux'],
  steps,
  alerts: [{ sign: 'Fièvre', act: 'Appeler', roles: ['physician'] }],
  documents: [],
  sources: [{ title: 'Guide', publisher: 'HAS', year: '2024', url: null }],
  reviewDate: '2030-01-01',
  ...over,
});
const ok = (answer: Answer): Answer['body'] => {
  assert.equal(answer.status, 200, answer.text);
  return answer.body;
};
const day = dayIn(new Date());
const at = (plan: RunningPlanDetail, id: string, round = 1): PlanStep => {
  const found = plan.steps.find((one) => one.step === id && one.round === round);
  assert.ok(found, `${id} ${round} in ${plan.steps.map((one) => `${one.step} ${one.round}`).join(', ')}`);
  return found;
};
let count = 0;

describe('plans', () => {
  let practice: TestPractice;
  let doctor: TestPerson;
  let nurse: TestPerson;
  let outsider: TestPerson;
  let coordinator: TestPerson;
  let secretary: TestPerson;
  let elsewhere: TestPerson;
  let protocol: string;
  before(async () => {
    practice = await newPractice('Maison des parcours');
    doctor = await practice.person('physician', { family: 'Kermarrec', given: 'Anne' });
    nurse = await practice.person('nurse', { family: 'Morvan', given: 'Paul' });
    outsider = await practice.person('physiotherapist', { family: 'Tanguy', given: 'Yann' });
    coordinator = await practice.person('coordinator', { family: 'Abgrall', given: 'Inès' });
    secretary = await practice.person('medical-secretary', { family: 'Riou', given: 'Léa' });
    elsewhere = await (await newPractice('Ailleurs')).person('physician', { family: 'Cozic', given: 'Rozenn' });
    protocol = await published(model());
  });
  async function published(written: ProtocolModel): Promise<string> {
    const one = ok(await doctor.send('POST', '/api/protocols', { model: written }));
    return ok(await doctor.send('POST', `/api/protocols/${one.id}/publish`, { version: one.version })).id;
  }
  async function newEdition(id: string, written: ProtocolModel, note: string): Promise<void> {
    const current = ok(await doctor.send('GET', `/api/protocols/${id}`));
    const draft = ok(await doctor.send('PUT', `/api/protocols/${id}`, { version: current.version, model: written }));
    ok(await doctor.send('POST', `/api/protocols/${draft.id}/publish`, { version: draft.version, note }));
  }
  async function newPatient(): Promise<string> {
    count++;
    const letters = [...String(count * 7919)].map((digit) => 'ABCDEFGHIJ'[Number(digit)]).join('');
    const { id } = ok(
      await doctor.send('POST', '/api/patients', {
        birthFamily: `Parcours${letters}`,
        birthGivens: `Prenom${letters}`,
        birthDate: `${String((count % 27) + 1).padStart(2, '0')}/03/1950`,
        sex: 'female',
      }),
    );
    ok(await doctor.send('POST', `/api/patients/${id}/team`, { practitioner: nurse.practitioner }));
    return id;
  }
  const plansOf = async (patient: string, who = doctor) =>
    ok(await who.send('GET', `/api/patients/${patient}/plans`)) as {
      plans: RunningPlanDetail[];
      proposed: { id: string; why: string }[];
      mayEnter: boolean;
    };
  const enter = async (patient: string, more: object = {}, who = doctor, of = protocol): Promise<RunningPlanDetail> =>
    ok(await who.send('POST', `/api/patients/${patient}/plans`, { protocol: of, ...more }));
  const change = (patient: string, plan: RunningPlanDetail, body: object, who = doctor) =>
    who.send('POST', `/api/patients/${patient}/plans/${plan.id}`, { version: plan.version, ...body });
  const changeStep = (patient: string, plan: RunningPlanDetail, body: object, who = doctor) =>
    who.send('POST', `/api/patients/${patient}/plans/${plan.id}/steps`, { version: plan.version, ...body });
  const fresh = async (patient: string, who = doctor): Promise<RunningPlanDetail> =>
    (await plansOf(patient, who)).plans[0]!;
  const settle = async () => (await testHouse()).outbox.drained();
  const finish = async (one: PlanStep, who: TestPerson) => {
    ok(await who.send('POST', `/api/tasks/${one.task}/done`, { version: one.version }));
    await settle();
  };
  const house = async () => (await testHouse()).fhir.asSystem(practice.tenant, 'test');
  const days = async (id: string, now: string) => goOn(await house(), id, new Date(`${now}T09:00:00Z`));

  test('COO-3 a preview says what entering would ask of whom and when, who is missing, and writes nothing', async () => {
    const patient = await newPatient();
    const preview = ok(await nurse.send('POST', `/api/patients/${patient}/plans/preview`, { protocol }));
    const of = (id: string, round = 1) => preview.steps.find((one: PlanStep) => one.step === id && one.round === round);
    assert.deepEqual(
      [of('first').owner.name, of('first').due, of('second').owner.name, of('second').due],
      ['Anne Kermarrec', day, 'Paul Morvan', addDays(day, 7)],
    );
    assert.deepEqual(
      [of('diet').owner, of('diet').ownerLabel, preview.missing],
      [null, 'Diététicien', [{ role: 'dietician', label: 'Diététicien' }]],
    );
    assert.deepEqual(
      [of('monthly', 3).due, preview.steps.filter((one: PlanStep) => one.step === 'monthly').length],
      [addMonths(day, 3), 3],
    );
    // The nurse may see neither all results nor all of history by default table? She does: what does not hold is left out for her.
    assert.ok(of('high') === undefined || of('high').conditionMet === null);
    assert.deepEqual([of('word').condition, of('word').conditionMet], ['en cas de plainte', null]);
    assert.deepEqual((await plansOf(patient)).plans, []);
    assert.equal((await (await house()).search('Task', [['patient', patient]])).resources.length, 0);
  });

  test('COO-3 entering is one act: roles become the people of the team, what is due within two months becomes their tasks, the rest waits', async () => {
    const patient = await newPatient();
    const plan = await enter(patient);
    assert.deepEqual(
      [plan.state, plan.since, plan.protocol.edition, plan.by?.name],
      ['active', day, '1.0', 'Anne Kermarrec'],
    );
    assert.deepEqual(
      [at(plan, 'first').state, at(plan, 'first').owner?.name, at(plan, 'first').mine, at(plan, 'first').due],
      ['accepted', 'Anne Kermarrec', true, day],
    );
    assert.equal(at(plan, 'second').state, 'planned', 'it follows what is not done');
    assert.deepEqual(
      [at(plan, 'monthly').state, at(plan, 'monthly', 2).state, at(plan, 'far').state],
      ['requested', 'planned', 'planned'],
    );
    assert.deepEqual(
      [at(plan, 'diet').owner, at(plan, 'diet').ownerLabel],
      [null, 'Diététicien'],
      'nobody of the team: offered to the profession',
    );
    assert.deepEqual([at(plan, 'high').state, at(plan, 'high').conditionMet], ['planned', false]);
    const mine = ok(await doctor.send('GET', '/api/tasks')).tasks.filter(
      (one: { plan: string }) => one.plan === plan.id,
    );
    assert.deepEqual(mine.map((one: { title: string; kind: string }) => [one.title, one.kind]).sort(), [
      ['Bilan initial', 'protocol'],
      ['Si besoin', 'protocol'],
    ]);
    assert.match(
      mine.find((one: { title: string }) => one.title === 'Si besoin').detail,
      /Seulement si : en cas de plainte/,
    );
    const resource = (await (await house()).read('CarePlan', plan.id)).resource as unknown as CarePlan;
    assert.deepEqual(
      [resource.status, resource.instantiatesCanonical?.[0]],
      ['active', `urn:estran:protocol:${protocol}|1.0`],
    );
    assert.ok(resource.careTeam?.[0]?.reference?.startsWith('CareTeam/'));
    const again = await nurse.send('POST', `/api/patients/${patient}/plans`, { protocol });
    assert.deepEqual([again.status, again.body.code, again.body.plan], [409, 'already-running', plan.id]);
    const seen = await fresh(patient, nurse);
    assert.deepEqual([seen.total, seen.done, seen.late, seen.next?.title], [plan.total, 0, 0, 'Bilan initial']);
  });

  test('SEC-3 COO-3 COO-7 a coordinator of the team is given a step of a protocol and reads it; given a carer’s own task, no', async () => {
    const patient = await newPatient();
    ok(await doctor.send('POST', `/api/patients/${patient}/team`, { practitioner: coordinator.practitioner }));
    const plan = await enter(patient);
    const step = at(plan, 'first');
    const given = ok(
      await doctor.send('POST', `/api/tasks/${step.task}/change`, {
        version: step.version,
        addressee: { to: 'person', practitioner: coordinator.practitioner },
      }),
    );
    assert.equal(given.owner.name, 'Inès Abgrall');
    assert.equal(ok(await coordinator.send('GET', `/api/tasks/${step.task}`)).title, 'Bilan initial');
    const own = ok(
      await doctor.send('POST', '/api/tasks', {
        title: 'Revoir la plaie',
        patient,
        addressee: { to: 'person', practitioner: nurse.practitioner },
      }),
    );
    assert.equal(
      (
        await doctor.send('POST', `/api/tasks/${own.id}/change`, {
          version: own.version,
          addressee: { to: 'person', practitioner: coordinator.practitioner },
        })
      ).status,
      422,
    );
  });

  test('COO-3 a step that is done brings what follows, exactly once; taking it back withdraws it; the next round comes when the one before is over', async () => {
    const patient = await newPatient();
    const plan = await enter(patient);
    await finish(at(plan, 'first'), doctor);
    const next = await fresh(patient);
    assert.deepEqual(
      [at(next, 'first').state, at(next, 'first').doneBy?.name, next.done],
      ['completed', 'Anne Kermarrec', 1],
    );
    assert.deepEqual(
      [at(next, 'second').state, at(next, 'second').owner?.name, at(next, 'second').due],
      ['requested', 'Paul Morvan', addDays(day, 7)],
    );
    assert.equal(next.story.at(-1)!.text, 'Étape faite : Bilan initial');
    await days(plan.id, day);
    await days(plan.id, day);
    const asked = await (await house()).search('ServiceRequest', [
      ['identifier', `urn:estran:plan-step|${plan.id}#second#1`],
    ]);
    assert.equal(asked.resources.length, 1, 'looking again asks for nothing twice');
    ok(
      await doctor.send('POST', `/api/tasks/${at(next, 'first').task}/change`, {
        version: at(next, 'first').version,
        reopen: true,
      }),
    );
    await settle();
    const back = await fresh(patient);
    assert.deepEqual(
      [at(back, 'first').state, at(back, 'second').state, at(back, 'second').task],
      ['requested', 'planned', null],
    );
    await finish(at(back, 'monthly'), nurse);
    const later = await fresh(patient);
    assert.deepEqual(
      [at(later, 'monthly').state, at(later, 'monthly', 2).state],
      ['completed', 'planned'],
      'two months from now: not yet',
    );
    await days(plan.id, addDays(addMonths(day, 2), -59));
    const came = await fresh(patient);
    assert.deepEqual([at(came, 'monthly', 2).state, at(came, 'monthly', 2).due], ['requested', addMonths(day, 2)]);
  });

  test('COO-3 of a patient who has died nothing more is asked, whatever time passes or ends; what was noted by mistake goes on, and palliative care does for those who stay', async () => {
    const dead = async (patient: string, deceasedOn: string | null) => {
      const { form, version } = ok(await doctor.send('GET', `/api/patients/${patient}/identity`));
      ok(await doctor.send('PUT', `/api/patients/${patient}/identity`, { ...form, deceasedOn, version, reason: null }));
    };
    const halfYear = addMonths(day, 5);
    const patient = await newPatient();
    const plan = await enter(patient);
    assert.deepEqual([at(plan, 'far').state, at(plan, 'second').state], ['planned', 'planned']);
    await dead(patient, day.split('-').reverse().join('/'));
    await finish(at(plan, 'first'), doctor);
    await days(plan.id, halfYear);
    const still = await fresh(patient);
    assert.deepEqual(
      still.steps.map((one) => [one.step, one.state]),
      [
        ['first', 'completed'],
        ['word', 'accepted'],
        ['diet', 'requested'],
        ['monthly', 'requested'],
      ],
      'what would have come is shown no more',
    );
    assert.equal(still.state, 'active', 'ending it is left to who follows it');
    assert.deepEqual([plan.stopped, still.stopped, still.late, still.next], [false, true, 0, null]);
    assert.ok(still.steps.every((one) => !one.late));
    await dead(patient, null);
    await days(plan.id, halfYear);
    const again = await fresh(patient);
    assert.equal(again.stopped, false);
    assert.ok(at(again, 'far').task !== null && at(again, 'second').task !== null);

    const home = await published(model({ title: 'Soins à domicile', theme: 'palliative' }));
    const other = await newPatient();
    const kept = await enter(other, {}, doctor, home);
    await dead(other, day.split('-').reverse().join('/'));
    await days(kept.id, halfYear);
    const there = await fresh(other);
    assert.deepEqual([there.stopped, at(there, 'far').task === null], [false, false]);
  });

  test('COO-3 COO-7 a step that was asked before the patient died is late no more, one of palliative care is', async () => {
    const home = await published(model({ title: 'Soins palliatifs', theme: 'palliative' }));
    for (const [of, stays] of [
      [protocol, false],
      [home, true],
    ] as const) {
      const patient = await newPatient();
      const asked = at(await enter(patient, {}, doctor, of), 'first');
      const store = await house();
      const { resource } = await store.read('Task', asked.task!);
      const long = `${addDays(day, -9)}T09:00:00+01:00`;
      const period = { end: addDays(day, -3) };
      await store.update({
        ...resource,
        authoredOn: long,
        lastModified: long,
        restriction: { ...resource.restriction, period },
      });
      const late = async (): Promise<boolean> => {
        const { db } = await testHouse();
        await watchPractice({ db, now: () => new Date() }, practice.tenant);
        return ok(await doctor.send('GET', `/api/tasks/${asked.task}`)).late;
      };
      assert.equal(await late(), true);
      const { form, version } = ok(await doctor.send('GET', `/api/patients/${patient}/identity`));
      const deceasedOn = addDays(day, -5).split('-').reverse().join('/');
      ok(await doctor.send('PUT', `/api/patients/${patient}/identity`, { ...form, deceasedOn, version, reason: null }));
      assert.equal(await late(), stays, model().theme);
    }
  });

  test('COO-3 the secretariat is asked for an appointment by its title alone, and for nothing that it would not read', async () => {
    const of = await published(
      model({
        title: 'Avec le secrétariat',
        steps: [
          step('book', {
            title: 'Rendez-vous d’ophtalmologie',
            detail: 'Rétinopathie à dépister.',
            kind: 'appointment',
            roles: ['medical-secretary'],
          }),
          step('care', { title: 'Peser', roles: ['medical-secretary', 'nurse'] }),
        ],
      }),
    );
    const patient = await newPatient();
    const preview = ok(await doctor.send('POST', `/api/patients/${patient}/plans/preview`, { protocol: of }));
    assert.deepEqual(
      [preview.missing, preview.steps.map((one: PlanStep) => one.ownerLabel).sort()],
      [[], ['Léa Riou', 'Paul Morvan']],
      'the office works for every patient',
    );
    const refused = await doctor.send('POST', `/api/patients/${patient}/plans`, {
      protocol: of,
      instead: { care: { to: 'person', practitioner: secretary.practitioner } },
    });
    assert.equal(refused.status, 422);
    const plan = await enter(patient, {}, doctor, of);
    const mine = ok(await secretary.send('GET', '/api/tasks')).tasks.filter(
      (one: { plan: string }) => one.plan === plan.id,
    );
    assert.deepEqual(
      mine.map((one: { title: string; detail: string | null }) => [one.title, one.detail]),
      [['Rendez-vous d’ophtalmologie', null]],
    );
    assert.equal(
      (
        await changeStep(patient, plan, {
          act: 'give',
          step: 'care',
          addressee: { to: 'person', practitioner: secretary.practitioner },
        })
      ).status,
      422,
    );
    assert.equal(
      (
        await changeStep(patient, plan, {
          act: 'add',
          title: 'Peser',
          due: 'auj',
          addressee: { to: 'profession', profession: 'medical-secretary' },
        })
      ).status,
      422,
    );
  });

  test('COO-3 a condition on the record is asked when the step is at hand; «sans objet» leaves out what follows only from it', async () => {
    const patient = await newPatient();
    await hba1c(patient, 9.1);
    const plan = await enter(patient);
    assert.deepEqual([at(plan, 'high').state, at(plan, 'high').owner?.name], ['requested', 'Paul Morvan']);
    const skipped = ok(
      await changeStep(patient, plan, { act: 'skip', step: 'word', reason: 'Aucune plainte.' }),
    ) as RunningPlanDetail;
    assert.deepEqual(
      [at(skipped, 'word').state, at(skipped, 'word').stateLabel, at(skipped, 'after-word').state],
      ['cancelled', 'Sans objet', 'cancelled'],
    );
    assert.ok(skipped.total < plan.total);
    const again = ok(await changeStep(patient, skipped, { act: 'again', step: 'word' })) as RunningPlanDetail;
    assert.deepEqual([at(again, 'word').state, at(again, 'after-word').state], ['requested', 'planned']);
    const often = await published(
      model({
        title: 'Séances',
        steps: [
          step('sessions', {
            after: after(null, 3),
            repeat: { every: { value: 1, unit: 'wk' }, times: 15 },
            condition: { words: 'en cas de chute', expression: null },
          }),
          step('then', { after: after('sessions', 7) }),
        ],
      }),
    );
    const sessions = await enter(patient, {}, doctor, often);
    assert.equal(sessions.steps.filter((one) => one.step === 'sessions').length, 15);
    const none = ok(
      await changeStep(patient, sessions, { act: 'skip', step: 'sessions', reason: 'Pas de chute.' }),
    ) as RunningPlanDetail;
    assert.deepEqual(
      none.steps.map((one) => [one.step, one.round, one.state]),
      [
        ['sessions', 1, 'cancelled'],
        ['then', 1, 'cancelled'],
      ],
      'said once for all sessions',
    );
    const low = await newPatient();
    await hba1c(low, 6.2);
    const other = await enter(low, { start: addDays(day, -10) });
    assert.equal(at(other, 'high').conditionMet, false);
    const seen = await fresh(low, coordinator);
    assert.deepEqual(
      [at(seen, 'high').conditionMet, seen.next?.step],
      [false, 'first'],
      'who sees no result is not told to expect it',
    );
    await hba1c(low, 9.4);
    await days(other.id, addDays(day, 1));
    assert.equal(at(await fresh(low), 'high').state, 'requested', 'the record changed: the step comes');
  });
  async function hba1c(patient: string, value: number): Promise<void> {
    await (await house()).create({
      resourceType: 'Observation',
      status: 'final',
      code: { coding: [{ system: 'http://loinc.org', code: '4548-4' }] },
      subject: { reference: `Patient/${patient}` },
      effectiveDateTime: new Date().toISOString(),
      valueQuantity: { value, unit: '%', system: 'http://unitsofmeasure.org', code: '%' },
    });
  }

  test('COO-3 a pause stops the time: tasks wait, and dates move by its length; leaving needs a reason and cancels what is open', async () => {
    const patient = await newPatient();
    const plan = await enter(patient, { start: addDays(day, -20) });
    assert.deepEqual(
      [plan.late, at(plan, 'first').late, at(plan, 'diet').late, at(plan, 'word').late],
      [3, true, true, true],
    );
    const paused = ok(await change(patient, plan, { act: 'pause', reason: 'Hospitalisée' })) as RunningPlanDetail;
    assert.deepEqual(
      [paused.state, paused.reason, paused.late, at(paused, 'first').state],
      ['on-hold', 'Hospitalisée', 0, 'on-hold'],
    );
    assert.equal((await change(patient, paused, { act: 'pause' })).body.code, 'wrong-state');
    // Ten days ago rather than today: the time of the test does not pass.
    const store = await house();
    const stored = await store.read('CarePlan', plan.id);
    await store.update(
      JSON.parse(
        stored.text.replace(`"valuePeriod":{"start":"${day}"}`, `"valuePeriod":{"start":"${addDays(day, -10)}"}`),
      ),
    );
    const resumed = ok(await change(patient, await fresh(patient), { act: 'resume' })) as RunningPlanDetail;
    assert.deepEqual(
      [resumed.state, at(resumed, 'first').state, at(resumed, 'first').due],
      ['active', 'requested', addDays(day, -10)],
    );
    assert.equal(
      at(resumed, 'far').due,
      addDays(addMonths(addDays(day, -20), 6), 10),
      'what was still to come waits as long',
    );
    assert.equal((await change(patient, resumed, { act: 'leave' })).status, 422, 'no reason');
    const left = ok(
      await change(patient, resumed, { act: 'leave', reason: 'Déménage à Quimper' }),
    ) as RunningPlanDetail;
    assert.deepEqual(
      [left.state, left.reason, left.until, left.steps.every((one) => one.state === 'cancelled')],
      ['revoked', 'Déménage à Quimper', day, true],
    );
    const detail = ok(await doctor.send('GET', `/api/tasks/${at(left, 'first').task}`));
    assert.ok(detail.story.some((one: { text: string }) => one.text === 'Déménage à Quimper'));
    assert.equal((await change(patient, left, { act: 'resume' })).body.code, 'wrong-state');
    assert.equal(
      (await changeStep(patient, left, { act: 'add', title: 'Trop tard', due: 'auj' })).body.code,
      'wrong-state',
    );
    assert.equal((await enter(patient)).state, 'active', 'one may enter again');
  });

  test('COO-3 SEC-4 no step is asked of someone whom the patient keeps out: not at entering, not when it falls due, not by hand; the plan goes on and the step is shown to be given', async () => {
    const patient = await newPatient();
    const oppose = () =>
      doctor
        .send('POST', `/api/patients/${patient}/choices`, { decision: 'oppose', practitioner: nurse.practitioner })
        .then(ok);
    const first = await enter(patient);
    assert.equal(at(first, 'monthly').owner?.name, 'Paul Morvan');
    await oppose();
    await finish(at(first, 'first'), doctor);
    let plan = await fresh(patient);
    assert.deepEqual(
      [at(plan, 'second').state, at(plan, 'second').owner, at(plan, 'second').ownerLabel],
      ['requested', null, 'Équipe de soins'],
      'asked of the team: who coordinates gives it to someone',
    );
    const given = await changeStep(patient, plan, {
      act: 'give',
      step: 'far',
      addressee: { to: 'person', practitioner: nurse.practitioner },
    });
    assert.deepEqual([given.status, given.body.code], [409, 'cannot-read'], given.text);
    ok(await change(patient, plan, { act: 'leave', reason: 'Recommencer' }));
    const instead = await doctor.send('POST', `/api/patients/${patient}/plans`, {
      protocol,
      instead: { monthly: { to: 'profession', profession: 'nurse' } },
    });
    assert.deepEqual([instead.status, instead.body.code], [409, 'cannot-read'], instead.text);
    plan = await enter(patient);
    assert.ok(plan.steps.every((one) => one.owner?.name !== 'Paul Morvan'));
  });

  test('COO-3 a step added, moved, given or left out is this patient’s alone; the protocol stays as it is', async () => {
    const patient = await newPatient();
    let plan = await enter(patient, {
      without: ['diet'],
      instead: { monthly: { to: 'profession', profession: 'physician' } },
    });
    assert.deepEqual(
      [at(plan, 'diet').state, at(plan, 'diet').own, at(plan, 'monthly').ownerLabel],
      ['cancelled', true, 'Médecin'],
    );
    plan = ok(
      await changeStep(patient, plan, {
        act: 'add',
        title: 'Appeler sa fille',
        kind: 'call',
        due: '+3j',
        addressee: { to: 'person', practitioner: nurse.practitioner },
      }),
    );
    assert.deepEqual(
      [
        at(plan, 'own-1').title,
        at(plan, 'own-1').kind,
        at(plan, 'own-1').owner?.name,
        at(plan, 'own-1').own,
        at(plan, 'own-1').due,
      ],
      ['Appeler sa fille', 'call', 'Paul Morvan', true, addDays(day, 3)],
    );
    plan = ok(await changeStep(patient, plan, { act: 'move', step: 'first', due: addDays(day, 12) }, nurse));
    assert.deepEqual(
      [at(plan, 'first').due, at(plan, 'first').own, at(plan, 'second').due],
      [addDays(day, 12), true, addDays(day, 19)],
      'what follows is counted from it',
    );
    plan = ok(await changeStep(patient, plan, { act: 'move', step: 'far', due: addDays(day, 20) }));
    assert.deepEqual(
      [at(plan, 'far').due, at(plan, 'far').state],
      [addDays(day, 20), 'accepted'],
      'near enough to be asked for',
    );
    plan = ok(
      await changeStep(patient, plan, {
        act: 'give',
        step: 'second',
        addressee: { to: 'person', practitioner: doctor.practitioner },
      }),
    );
    assert.deepEqual([at(plan, 'second').state, at(plan, 'second').owner?.name], ['planned', 'Anne Kermarrec']);
    await finish(at(plan, 'first'), doctor);
    plan = await fresh(patient);
    assert.deepEqual(
      [at(plan, 'second').state, at(plan, 'second').owner?.name],
      ['accepted', 'Anne Kermarrec'],
      'asked of whom it was given to',
    );
    const outside = await changeStep(patient, plan, {
      act: 'give',
      step: 'second',
      addressee: { to: 'person', practitioner: outsider.practitioner },
    });
    assert.deepEqual([outside.status, outside.body.code], [409, 'outside-team']);
    const stale = await changeStep(
      patient,
      { ...plan, version: plan.version - 1 },
      { act: 'skip', step: 'second', reason: 'x' },
    );
    assert.deepEqual([stale.status, stale.body.code], [409, 'edited-meanwhile']);
    for (const body of [
      { act: 'move', step: 'second', due: 'jamais' },
      { act: 'skip', step: 'second' },
      { act: 'give', step: 'second' },
      { act: 'add', due: 'auj' },
    ])
      assert.equal((await changeStep(patient, plan, body)).status, 422, JSON.stringify(body));
    assert.equal((await changeStep(patient, plan, { act: 'skip', step: 'nothing', reason: 'x' })).status, 404);
    assert.deepEqual(ok(await doctor.send('GET', `/api/protocols/${protocol}`)).model, model());
  });

  test('COO-3 a new edition is proposed with its difference, never forced: taken, what is done stays, what is new comes, what went is cancelled', async () => {
    const of = await published(model({ title: 'À deux éditions' }));
    const [one, two] = [await newPatient(), await newPatient()];
    const [before, other] = [await enter(one, {}, doctor, of), await enter(two, {}, doctor, of)];
    await finish(at(before, 'first'), doctor);
    const moved = ok(
      await changeStep(one, await fresh(one), { act: 'move', step: 'monthly', due: addDays(day, 40) }),
    ) as RunningPlanDetail;
    await newEdition(
      of,
      model({
        title: 'À deux éditions',
        steps: [
          ...steps
            .filter((it) => it.id !== 'diet')
            .map((it) => (it.id === 'second' ? { ...it, title: 'Entretien, nouvelle trame' } : it)),
          step('new', { title: 'Vaccin', after: after(null, 14) }),
        ],
      }),
      'Vaccination ajoutée.',
    );
    const proposed = await fresh(one);
    assert.deepEqual(
      [proposed.protocol.edition, proposed.version, proposed.newer],
      [
        '1.0',
        moved.version,
        {
          edition: '1.1',
          note: 'Vaccination ajoutée.',
          added: ['Vaccin'],
          removed: ['Diététique'],
          changed: ['Entretien, nouvelle trame'],
        },
      ],
      'nothing has moved by itself',
    );
    assert.equal(ok(await doctor.send('GET', `/api/protocols/${of}`)).outdated, 2);
    assert.equal(ok(await outsider.send('GET', `/api/protocols/${of}`)).outdated, 0, 'of those one may see');
    const taken = ok(
      await nurse.send('POST', `/api/patients/${one}/plans/${proposed.id}/edition`, {
        version: proposed.version,
        take: true,
      }),
    ) as RunningPlanDetail;
    assert.deepEqual(
      [
        taken.protocol.edition,
        taken.newer,
        at(taken, 'first').state,
        at(taken, 'new').owner?.name,
        at(taken, 'diet').state,
      ],
      ['1.1', null, 'completed', 'Paul Morvan', 'cancelled'],
    );
    assert.deepEqual(
      [at(taken, 'monthly').due, at(taken, 'monthly').own, at(taken, 'second').title],
      [addDays(day, 40), true, 'Entretien, nouvelle trame'],
    );
    const kept = ok(
      await doctor.send('POST', `/api/patients/${two}/plans/${other.id}/edition`, {
        version: other.version,
        take: false,
      }),
    ) as RunningPlanDetail;
    assert.deepEqual([kept.protocol.edition, kept.newer, at(kept, 'diet').state], ['1.0', null, 'requested']);
    await newEdition(of, model({ title: 'À deux éditions' }), 'Troisième.');
    assert.equal((await fresh(two)).newer?.edition, '1.2', 'an even newer one is proposed again');
  });

  test('COO-3 an edition that is taken says everything of its steps: conditions and documents too; one taken out of use and put back is not a new one', async () => {
    const [when, plain] = [
      step('when', {
        detail: 'Peser.',
        documents: [{ title: 'Fiche', url: null }],
        condition: { words: 'en cas de plainte', expression: null },
      }),
      step('plain', { detail: 'Appeler.' }),
    ];
    const of = await published(model({ title: 'Avec documents', steps: [when, plain] }));
    const patient = await newPatient();
    await enter(patient, {}, doctor, of);
    await newEdition(
      of,
      model({
        title: 'Avec documents',
        steps: [
          { ...when, title: 'Pesée, autrement' },
          { ...plain, documents: [{ title: 'Numéros', url: null }] },
        ],
      }),
      'Documents ajoutés.',
    );
    const { id, version } = await fresh(patient);
    const taken = ok(
      await doctor.send('POST', `/api/patients/${patient}/plans/${id}/edition`, { version, take: true }),
    ) as RunningPlanDetail;
    const words = async (one: string) => ok(await nurse.send('GET', `/api/tasks/${at(taken, one).task}`)).detail;
    assert.deepEqual(
      [await words('when'), await words('plain')],
      ['Seulement si : en cas de plainte\nPeser.\nDocuments : Fiche', 'Appeler.\nDocuments : Numéros'],
    );
    const retire = async (back: boolean) => {
      const current = ok(await doctor.send('GET', `/api/protocols/${of}`));
      return ok(await doctor.send('POST', `/api/protocols/${of}/retire`, { version: current.version, back }));
    };
    await retire(false);
    const back = await retire(true);
    assert.deepEqual([back.edition, back.outdated, (await fresh(patient)).newer], ['1.1', 0, null]);
    const still = await fresh(patient);
    const again = await doctor.send('POST', `/api/patients/${patient}/plans/${id}/edition`, {
      version: still.version,
      take: true,
    });
    assert.deepEqual([again.status, again.body.code], [409, 'no-newer']);
    await newEdition(of, model({ title: 'Avec documents', steps: [when] }), 'Moins.');
    assert.equal((await fresh(patient)).newer?.edition, '1.2');
  });

  test('COO-3 COO-7 while a step is late nothing after it is dated in the past; done late, the next round is counted from its day', async () => {
    const patient = await newPatient();
    const late = await enter(patient, { start: addDays(day, -400).split('-').reverse().join('/') });
    const planned = late.steps.filter((one) => one.state === 'planned' && one.step !== 'high');
    assert.deepEqual(
      planned.map((one) => [one.step, one.round, one.due]),
      [
        ['after-word', 1, addDays(day, 2)],
        ['second', 1, addDays(day, 7)],
        ['monthly', 2, addMonths(day, 1)],
      ],
    );
    assert.deepEqual([late.late, at(late, 'monthly').due], [5, addMonths(addDays(day, -400), 1)]);
    await finish(at(late, 'monthly'), nurse);
    const next = at(await fresh(patient), 'monthly', 2);
    assert.deepEqual([next.state, next.due], ['requested', addMonths(day, 1)]);
  });

  test('COO-3 COO-7 a professional leaves the practice: what was to be asked of them is shown with whoever will have it, what they have says that they are gone and is given on', async () => {
    const leaving = await practice.person('nurse', { family: 'Guéguen', given: 'Yves' });
    const owner = await practice.person('administrator', { roles: ['owner', 'administrator'], kind: 'privileged' });
    const patient = await newPatient();
    ok(await doctor.send('POST', `/api/patients/${patient}/team`, { practitioner: leaving.practitioner }));
    const to = { to: 'person', practitioner: leaving.practitioner };
    const plan = await enter(patient, { instead: { monthly: to, second: to } });
    assert.deepEqual(
      [at(plan, 'second').owner?.name, at(plan, 'monthly').owner?.name, at(plan, 'monthly').trouble],
      ['Yves Guéguen', 'Yves Guéguen', null],
    );
    const account = ok(await owner.send('GET', '/api/people')).find(
      (one: { practitioner: string }) => one.practitioner === leaving.practitioner,
    );
    ok(await owner.send('POST', `/api/people/${account.id}/disable`, {}));
    await watchPractice({ db: (await testHouse()).db, now: () => new Date() }, practice.tenant);
    const gone = await fresh(patient);
    assert.deepEqual(
      [at(gone, 'second').owner?.name, at(gone, 'monthly', 2).owner?.name, at(gone, 'monthly').owner?.name],
      ['Paul Morvan', 'Paul Morvan', 'Yves Guéguen'],
    );
    assert.equal(at(gone, 'monthly').trouble, 'La personne a quitté la structure');
    await finish(at(gone, 'first'), doctor);
    const now = await fresh(patient);
    assert.equal(at(now, 'second').owner?.name, 'Paul Morvan', 'asked of whom it was shown with');
    const given = ok(
      await changeStep(patient, now, {
        act: 'give',
        step: 'monthly',
        addressee: { to: 'person', practitioner: nurse.practitioner },
      }),
    ) as RunningPlanDetail;
    assert.deepEqual([at(given, 'monthly').owner?.name, at(given, 'monthly').trouble], ['Paul Morvan', null]);
  });

  test('COO-3 COO-7 a step is said done by whoever has it or asked for it; one that was refused is the team’s after a pause; none is opened again of a plan that waits or has ended', async () => {
    const patient = await newPatient();
    const plan = await enter(patient);
    const may = async (who: TestPerson) => {
      const seen = await fresh(patient, who);
      return [at(seen, 'first').mayFinish, at(seen, 'monthly').mayFinish, at(seen, 'far').mayFinish];
    };
    assert.deepEqual(
      [await may(doctor), await may(nurse)],
      [
        [true, true, false],
        [false, true, false],
      ],
    );
    const monthly = at(plan, 'monthly');
    ok(await nurse.send('POST', `/api/tasks/${monthly.task}/refuse`, { version: monthly.version, reason: 'Absent.' }));
    await finish(at(plan, 'first'), doctor);
    const paused = ok(await change(patient, await fresh(patient), { act: 'pause' })) as RunningPlanDetail;
    const first = at(paused, 'first');
    const reopen = () =>
      doctor.send('POST', `/api/tasks/${first.task}/change`, { version: first.version, reopen: true });
    const waits = await reopen();
    assert.deepEqual([waits.status, /en pause/.test(waits.text)], [409, true]);
    const resumed = ok(await change(patient, paused, { act: 'resume' })) as RunningPlanDetail;
    assert.deepEqual(
      [at(resumed, 'monthly').state, at(resumed, 'monthly').ownerLabel],
      ['requested', 'Équipe de soins'],
    );
    ok(await change(patient, resumed, { act: 'leave', reason: 'Hospitalisé.' }));
    const over = await reopen();
    assert.deepEqual([over.status, /arrêté ou terminé/.test(over.text)], [409, true]);
  });

  test('COO-3 protocols that fit are proposed from the problems and the age, with the reason; whoever does not see problems is told none', async () => {
    const patient = await newPatient();
    ok(
      await doctor.send('POST', `/api/patients/${patient}/problems`, {
        label: 'Diabète de type 2',
        code: 'E11.9',
        system: 'http://hl7.org/fhir/sid/icd-10',
        onset: '2011',
      }),
    );
    const { proposed, mayEnter } = await plansOf(patient);
    assert.equal(proposed.find((one) => one.id === protocol)?.why, 'Diabète de type 2 au dossier depuis 2011');
    assert.equal(mayEnter, true);
    assert.deepEqual((await plansOf(patient, coordinator)).proposed, []);
    await enter(patient, {}, coordinator);
    assert.ok(
      !(await plansOf(patient)).proposed.some((one) => one.id === protocol),
      'no longer proposed once followed',
    );
    const line = ok(await doctor.send('GET', '/api/protocols')).protocols.find(
      (one: { id: string }) => one.id === protocol,
    );
    assert.ok(line.running >= 1);
  });

  test('COO-3 SEC-11 two people at the same moment: one enters the patient, one change is written, the other is told', async () => {
    const patient = await newPatient();
    const both = await Promise.all(
      [doctor, nurse].map((who) => who.send('POST', `/api/patients/${patient}/plans`, { protocol })),
    );
    assert.deepEqual(both.map((one) => one.status).sort(), [200, 409]);
    assert.equal(both.find((one) => one.status === 409)!.body.code, 'already-running');
    const plan = await fresh(patient);
    const changes = await Promise.all([
      change(patient, plan, { act: 'pause' }, doctor),
      change(patient, plan, { act: 'leave', reason: 'x' }, nurse),
      changeStep(patient, plan, { act: 'skip', step: 'word', reason: 'x' }, nurse),
    ]);
    assert.deepEqual(changes.map((one) => one.status).sort(), [200, 409, 409]);
    assert.ok(changes.filter((one) => one.status === 409).every((one) => one.body.code === 'edited-meanwhile'));
    await settle();
    await Promise.all([days(plan.id, day), days(plan.id, day), days(plan.id, day)]);
    const requests = (
      await (
        await house()
      ).search('ServiceRequest', [
        ['based-on', `CarePlan/${plan.id}`],
        ['_count', '100'],
      ])
    ).resources.map((one) => (one.resource.identifier as { value: string }[])[0]!.value);
    assert.equal(new Set(requests).size, requests.length, 'nothing is asked twice');
  });

  test('COO-3 who may not: out of the team, secretary, opposed, another practice; a plan is reached by its own patient only', async () => {
    const patient = await newPatient();
    const plan = await enter(patient);
    const paths = (of: string, id: string): [string, object][] => [
      [`/api/patients/${of}/plans`, { protocol }],
      [`/api/patients/${of}/plans/preview`, { protocol }],
      [`/api/patients/${of}/plans/${id}`, { version: plan.version, act: 'pause' }],
      [`/api/patients/${of}/plans/${id}/steps`, { version: plan.version, act: 'skip', step: 'first', reason: 'x' }],
      [`/api/patients/${of}/plans/${id}/edition`, { version: plan.version, take: true }],
    ];
    const administrator = await practice.person('administrator');
    for (const [who, status] of [
      [outsider, 403],
      [secretary, 403],
      [administrator, 403],
      [elsewhere, 403],
    ] as const) {
      assert.equal((await who.send('GET', `/api/patients/${patient}/plans`)).status, status);
      for (const [path, body] of paths(patient, plan.id))
        assert.equal((await who.send('POST', path, body)).status, status, path);
    }
    const own = ok(
      await elsewhere.send('POST', '/api/patients', {
        birthFamily: 'Ailleurs',
        birthGivens: 'Jean',
        birthDate: '01/02/1950',
        sex: 'male',
      }),
    ).id;
    for (const [path, body] of paths(own, plan.id))
      assert.equal(
        (await elsewhere.send('POST', path, body)).status,
        404,
        `a plan or a protocol of another practice: ${path}`,
      );
    const other = await newPatient();
    assert.equal((await change(other, plan, { act: 'pause' })).status, 404, 'not through another patient');
    const opposed = await practice.person('nurse', { family: 'Quentel', given: 'Luc' });
    ok(await doctor.send('POST', `/api/patients/${patient}/team`, { practitioner: opposed.practitioner }));
    assert.equal((await opposed.send('GET', `/api/patients/${patient}/plans`)).status, 200);
    await (await house()).create({
      resourceType: 'Consent',
      status: 'active',
      scope: { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/consentscope', code: 'patient-privacy' }] },
      category: [{ coding: [{ system: 'http://loinc.org', code: '59284-0' }] }],
      patient: { reference: `Patient/${patient}` },
      dateTime: day,
      policyRule: { text: 'Opposition' },
      provision: {
        provision: [
          {
            type: 'deny',
            actor: [
              { role: { text: 'Professionnel' }, reference: { reference: `Practitioner/${opposed.practitioner}` } },
            ],
          },
        ],
      },
    });
    assert.equal((await opposed.send('GET', `/api/patients/${patient}/plans`)).status, 403);
    for (const [path, body] of paths(patient, plan.id))
      assert.equal((await opposed.send('POST', path, body)).status, 403, path);
    assert.equal((await fresh(patient)).version, plan.version, 'nothing was changed by all this');
  });

  test('COO-3 each change is told to the team and the coordination at once, without a word', async () => {
    const patient = await newPatient();
    await settle();
    const { app } = await testHouse();
    if (!app.server.listening) await app.listen({ port: 0, host: '127.0.0.1' });
    const { port } = app.server.address() as { port: number };
    const hints = async (who: TestPerson) => {
      const stream = await fetch(`http://127.0.0.1:${port}/api/live`, {
        headers: { cookie: who.cookie, origin: 'http://localhost:3000' },
      });
      const reader = stream.body!.pipeThrough(new TextDecoderStream()).getReader();
      let text = '';
      const until = async (sought: string) => {
        while (!text.includes(sought)) text += (await reader.read()).value ?? '';
        return text;
      };
      await until('retry: ');
      return { until, stop: () => reader.cancel(), text: () => text };
    };
    const [paul, ines, yann] = [await hints(nurse), await hints(coordinator), await hints(outsider)];
    const plan = await enter(patient);
    const hint = JSON.stringify({ topic: 'plans', patient, plan: plan.id });
    assert.match(await paul.until(hint), /event: hint/);
    assert.match(await ines.until(hint), /event: hint/);
    ok(await doctor.send('POST', '/api/protocols', { model: model() }));
    const told = await yann.until('"protocols"');
    assert.ok(!told.includes('"plans"'), 'out of the team: nothing of a patient');
    assert.ok(!paul.text().includes('Bilan'), 'no word');
    for (const one of [paul, ines, yann]) await one.stop();
  });

  test('COO-3 who may not enter: nobody enters a draft, a protocol that was retired, an edition that no longer has the step, a day out of reach, nor a patient who has died', async () => {
    const patient = await newPatient();
    const entering = async (of: string, status: number, code: string | null, more: object = {}) => {
      const answer = await doctor.send('POST', `/api/patients/${patient}/plans`, { protocol: of, ...more });
      assert.deepEqual([answer.status, answer.body.code ?? null], [status, code], answer.text);
      assert.match(answer.body.detail, /Rien n’a été enregistré/);
    };
    const draft = ok(await doctor.send('POST', '/api/protocols', { model: model({ title: 'Brouillon' }) }));
    await entering(draft.id, 409, 'not-active');
    const gone = await published(model({ title: 'Retiré' }));
    const { version } = ok(await doctor.send('GET', `/api/protocols/${gone}`));
    ok(await doctor.send('POST', `/api/protocols/${gone}/retire`, { version, note: 'Remplacé' }));
    await entering(gone, 409, 'not-active');
    const preview = await doctor.send('POST', `/api/patients/${patient}/plans/preview`, { protocol: gone });
    assert.deepEqual([preview.status, preview.body.code], [409, 'not-active']);
    await entering(protocol, 422, null, { without: ['unknown'] });
    await entering(protocol, 422, null, { start: 'bientôt' });
    await entering(protocol, 422, null, { start: addDays(day, -800) });
    await entering(protocol, 422, null, { start: addDays(day, 400) });
    const { form, version: seen } = ok(await doctor.send('GET', `/api/patients/${patient}/identity`));
    const deceasedOn = day.split('-').reverse().join('/');
    ok(
      await doctor.send('PUT', `/api/patients/${patient}/identity`, {
        ...form,
        deceasedOn,
        version: seen,
        reason: null,
      }),
    );
    await entering(protocol, 409, 'deceased');
    assert.deepEqual((await plansOf(patient)).plans, []);
    assert.deepEqual(ok(await doctor.send('GET', `/api/patients/${patient}/tasks`)).tasks, []);
  });

  test('COO-3 a step that is over is moved, given and set aside no more, one that is not is not taken up again; nothing changes of it', async () => {
    const patient = await newPatient();
    let plan = await enter(patient);
    await finish(at(plan, 'first'), doctor);
    plan = ok(await changeStep(patient, await fresh(patient), { act: 'skip', step: 'far', reason: 'Sans objet' }));
    const later = addDays(day, 30).split('-').reverse().join('/');
    const to = { addressee: { to: 'person', practitioner: nurse.practitioner } };
    for (const [step, body] of [
      ['first', { act: 'move', due: later }],
      ['first', { act: 'give', ...to }],
      ['first', { act: 'skip', reason: 'Sans objet' }],
      ['far', { act: 'move', due: later }],
      ['far', { act: 'give', ...to }],
      ['far', { act: 'skip', reason: 'Encore' }],
      ['diet', { act: 'again' }],
      ['after-word', { act: 'again' }],
    ] as const) {
      const answer = await changeStep(patient, plan, { step, ...body });
      assert.equal(answer.status, 409, `${step} ${body.act}: ${answer.text}`);
      assert.match(answer.body.detail, /Rien n’a été modifié/);
    }
    const { version } = await fresh(patient);
    assert.equal(version, plan.version);
    const back = ok(await changeStep(patient, plan, { act: 'again', step: 'far' }));
    assert.equal(at(back, 'far').state, 'planned');
    assert.equal(at(ok(await changeStep(patient, back, { act: 'again', step: 'first' })), 'first').state, 'requested');
  });
});
