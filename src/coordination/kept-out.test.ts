import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { before, test } from 'node:test';
import { type Answer, newPractice, testHouse, type TestPerson, type TestPractice } from '../../test/app.ts';
import { professionSystem } from '../access/index.ts';
import { watchPractice } from './tasks/watch.ts';
import { dayInFrance } from '../platform/index.ts';

// biome-ignore lint/suspicious/noExplicitAny: resources of every shape
type Json = Record<string, any>;
let practice: TestPractice;
let doctor: TestPerson;
let nurse: TestPerson;
let physio: TestPerson;
let other: TestPerson;
before(async () => {
  practice = await newPractice();
  doctor = await practice.person('physician', { family: 'Kermarrec', given: 'Anne' });
  nurse = await practice.person('nurse', { family: 'Morvan', given: 'Paul' });
  physio = await practice.person('physiotherapist', { family: 'Tanguy', given: 'Yann' });
  other = await practice.person('physician', { family: 'Le Gall', given: 'Mona' });
});
const ok = (answer: Answer) => {
  assert.ok(answer.status < 300, answer.text);
  return answer.body;
};
let count = 0;
/** A patient whose care team has all of them. */
async function newPatient(): Promise<string> {
  const letters = [...String(++count * 7919)].map((digit) => 'ABCDEFGHIJ'[Number(digit)]).join('');
  const { id } = ok(
    await doctor.send('POST', '/api/patients', {
      birthFamily: `Refus${letters}`,
      birthGivens: 'Essai',
      birthDate: `${10 + count}/03/1940`,
      sex: 'female',
    }),
  );
  for (const one of [nurse, physio, other])
    ok(await doctor.send('POST', `/api/patients/${id}/team`, { practitioner: one.practitioner }));
  return id;
}
const oppose = async (patient: string, choice: object) =>
  ok(await doctor.send('POST', `/api/patients/${patient}/choices`, { decision: 'oppose', ...choice })).choices;
const toPerson = (who: TestPerson) => ({ to: 'person', practitioner: who.practitioner });
const toProfession = (profession: string) => ({ to: 'profession', profession });

/** Everything by which a colleague is asked or told something about a patient. */
const ways: Record<string, (patient: string, addressee: object, practitioner: string) => Promise<Answer>> = {
  opinion: (patient, addressee) =>
    doctor.send('POST', `/api/patients/${patient}/opinions`, {
      kind: 'opinion',
      question: 'Que pensez-vous de cette plaie ?',
      addressee,
      parts: [],
    }),
  task: (patient, addressee) => doctor.send('POST', '/api/tasks', { title: 'Passer le voir', patient, addressee }),
  handover: (patient, addressee) =>
    doctor.send('POST', `/api/patients/${patient}/handovers`, { text: 'Pansement refait', addressee }),
  letter: (patient, _, practitioner) =>
    doctor.send('POST', `/api/patients/${patient}/letters`, {
      template: null,
      title: 'Pour avis',
      documentType: '11488-4',
      text: 'Cher confrère',
      recipients: [{ kind: 'team', name: 'Destinataire', practitioner }],
      act: 'keep',
    }),
  signature: (patient, _, practitioner) =>
    doctor.send('POST', `/api/patients/${patient}/letters`, {
      template: null,
      title: 'À signer',
      documentType: '11488-4',
      text: 'Cher confrère',
      recipients: [],
      signatory: practitioner,
      act: 'keep',
    }),
  message: (patient, _, practitioner) =>
    doctor.send('POST', '/api/messages/threads', {
      key: randomUUID(),
      topic: 'Plaie',
      text: 'À voir',
      patient,
      to: { people: [practitioner] },
    }),
  team: (patient, _, practitioner) => doctor.send('POST', `/api/patients/${patient}/team`, { practitioner }),
};
const personal = Object.keys(ways);
const byProfession = ['opinion', 'task', 'handover'];

test('SEC-4 COO-7 DOS-15 nothing is asked of, told or addressed to someone whom the patient keeps out: refused before it leaves, without saying why, and nothing is written', async () => {
  const patient = await newPatient();
  for (const way of personal) ok(await ways[way]!(patient, toPerson(nurse), nurse.practitioner));
  await oppose(patient, { practitioner: nurse.practitioner });
  const written = () =>
    Promise.all(
      ['Task', 'ServiceRequest', 'Communication', 'DocumentReference', 'CareTeam'].map(async (type) => {
        const found = ok(await doctor.send('GET', `/fhir/R4/${type}?patient=${patient}&_total=accurate&_count=1`));
        return [type, found.total, found.entry?.[0]?.resource.meta.versionId];
      }),
    );
  const before = await written();
  for (const way of personal) {
    const refused = await ways[way]!(patient, toPerson(nurse), nurse.practitioner);
    assert.deepEqual([refused.status, refused.body.code], [409, 'cannot-read'], `${way} ${refused.text}`);
    assert.match(refused.body.detail, /Morvan|Paul/, way);
    assert.doesNotMatch(refused.text, /oppos/i, `${way}: whose choice it is is read in the record`);
  }
  assert.deepEqual(await written(), before, 'nothing was written');
  for (const way of personal) ok(await ways[way]!(patient, toPerson(physio), physio.practitioner));
});

test('SEC-4 COO-7 a profession that the patient keeps out is asked nothing, nor one of which the only member of the team is kept out; the administrative words still reach it', async () => {
  for (const choice of [{ profession: 'nurse' }, { practitioner: nurse.practitioner, kinds: ['exchanges'] }]) {
    const patient = await newPatient();
    for (const way of byProfession) ok(await ways[way]!(patient, toProfession('nurse'), ''));
    await oppose(patient, choice);
    for (const way of byProfession) {
      const refused = await ways[way]!(patient, toProfession('nurse'), '');
      assert.deepEqual([refused.status, refused.body.code], [409, 'cannot-read'], `${way} ${refused.text}`);
    }
    const plain = { kind: 'call', title: 'Rappeler', patient, addressee: toPerson(nurse), administrative: true };
    ok(await doctor.send('POST', '/api/tasks', plain));
    ok(await ways.opinion!(patient, toProfession('physiotherapist'), ''));
  }
});

test('SEC-4 COO-7 a task is not handed on, and a prescription not given to do, to someone whom the patient keeps out', async () => {
  const patient = await newPatient();
  const task = ok(await ways.task!(patient, toPerson(physio), ''));
  const order = (performer: string) =>
    doctor.send('POST', `/api/patients/${patient}/orders`, {
      lines: [
        {
          kind: 'nursing',
          label: 'Réfection de pansement',
          instructions: 'tous les deux jours',
          quantity: 3,
          performer,
        },
      ],
    });
  ok(await order(nurse.practitioner));
  await oppose(patient, { practitioner: nurse.practitioner });
  const given = await doctor.send('POST', `/api/tasks/${task.id}/change`, {
    version: task.version,
    addressee: toPerson(nurse),
  });
  assert.deepEqual([given.status, given.body.code], [409, 'cannot-read'], given.text);
  assert.equal(ok(await doctor.send('GET', `/api/tasks/${task.id}`)).version, task.version);
  const ordered = await order(nurse.practitioner);
  assert.equal(ordered.status, 422, ordered.text);
  assert.match(ordered.body.fields['lines.0.performer'], /n’a pas accès/);
});

test('SEC-4 an agreement beside an opposition would open nothing: it is refused with what to do, and taken once the opposition is ended', async () => {
  const patient = await newPatient();
  const [choice] = await oppose(patient, { practitioner: nurse.practitioner });
  const agree = () =>
    doctor.send('POST', `/api/patients/${patient}/choices`, { decision: 'agree', practitioner: nurse.practitioner });
  const refused = await agree();
  assert.deepEqual([refused.status, refused.body.code], [409, 'opposed'], refused.text);
  ok(
    await doctor.send('POST', `/api/patients/${patient}/choices/${choice.id}/end`, {
      version: choice.version,
      reason: 'A changé d’avis',
    }),
  );
});

test('SEC-4 DOS-11 a result is put before someone whom the patient lets read it', async () => {
  const patient = await newPatient();
  ok(await doctor.send('POST', `/api/patients/${patient}/team`, { practitioner: other.practitioner, treating: true }));
  const result = (who: TestPerson) =>
    who.send('POST', `/api/patients/${patient}/results`, { values: [{ code: '2823-3', value: '4,1' }] });
  ok(await result(nurse));
  await oppose(patient, { practitioner: other.practitioner });
  ok(await result(doctor));
  const lines = async (who: TestPerson) =>
    (ok(await who.send('GET', '/api/results/waiting')).lines as { patient: { id: string } }[]).filter(
      (one) => one.patient.id === patient,
    ).length;
  assert.deepEqual([await lines(doctor), await lines(other)], [1, 0]);
});

/** What the FHIR interface writes of the same ways, by a person or by a program. */
const byFhir = (patient: string, who: TestPerson): Record<string, object> => {
  const subject = { reference: `Patient/${patient}` };
  const to = { reference: `Practitioner/${who.practitioner}` };
  const words = { code: { text: 'Refaire le pansement' } };
  return {
    task: {
      resourceType: 'Task',
      status: 'requested',
      intent: 'order',
      description: 'À faire',
      for: subject,
      owner: to,
    },
    restricted: {
      resourceType: 'Task',
      status: 'requested',
      intent: 'order',
      description: 'À faire',
      for: subject,
      restriction: { recipient: [to] },
    },
    communication: { resourceType: 'Communication', status: 'completed', subject, recipient: [to] },
    planned: { resourceType: 'CommunicationRequest', status: 'active', subject, recipient: [to] },
    request: { resourceType: 'ServiceRequest', status: 'active', intent: 'order', subject, performer: [to], ...words },
  };
};

test('SEC-4 ECH-1 COO-7 the FHIR interface refuses as the screen does what is addressed to someone whom the patient keeps out: says what to do and not why, alone, in a bundle and by a patch, and writes nothing', async () => {
  const patient = await newPatient();
  const program = await practice.client('system/*.cruds');
  const before = byFhir(patient, nurse);
  const standing = ok(await program('POST', '/fhir/R4/Task', before.task));
  for (const one of Object.values(before)) ok(await doctor.send('POST', `/fhir/R4/${(one as Json).resourceType}`, one));
  await oppose(patient, { practitioner: nurse.practitioner });
  const count = async () =>
    Promise.all(
      ['Task', 'ServiceRequest', 'Communication', 'CommunicationRequest'].map(
        async (type) => ok(await program('GET', `/fhir/R4/${type}?patient=${patient}&_total=accurate&_count=0`)).total,
      ),
    );
  const stood = await count();
  const refused = (answer: Answer, element: RegExp) => {
    assert.equal(answer.status, 409, answer.text);
    assert.equal(answer.body.resourceType, 'OperationOutcome');
    assert.equal(answer.body.issue[0].code, 'business-rule');
    assert.match(answer.body.issue[0].expression[0], element);
    assert.match(answer.body.issue[0].diagnostics, /address it to someone else/);
    assert.doesNotMatch(answer.text, /oppos|consent|refus/i, 'whose choice it is is read in the record');
  };
  for (const [way, resource] of Object.entries(byFhir(patient, nurse)))
    for (const send of [doctor.send, program]) {
      const { resourceType: type } = resource as Json;
      refused(await send('POST', `/fhir/R4/${type}`, resource), /owner|recipient|performer/);
      const id = randomUUID();
      refused(await send('PUT', `/fhir/R4/${type}/${id}`, { ...resource, id }), /owner|recipient|performer/);
      refused(
        await send('POST', '/fhir/R4', {
          resourceType: 'Bundle',
          type: 'transaction',
          entry: [
            { request: { method: 'POST', url: type }, resource: byFhir(patient, physio)[way] },
            { request: { method: 'POST', url: type }, resource },
          ],
        }),
        /^Bundle\.entry\[1\]\.resource\.(owner|restriction\.recipient|recipient|performer)$/,
      );
      refused(
        await send('POST', '/fhir/R4', {
          resourceType: 'Bundle',
          type: 'transaction',
          entry: [
            { request: { method: 'PUT', url: `${type}/${id}` }, resource: { ...resource, id } },
            { request: { method: 'POST', url: type }, resource: byFhir(patient, physio)[way] },
          ],
        }),
        /^Bundle\.entry\[0\]\.resource\.(owner|restriction\.recipient|recipient|performer)$/,
      );
    }
  assert.deepEqual(await count(), stood, 'nothing was written, not even the rest of the bundle');
  // The task is handed on by a patch to a colleague, and not back.
  const patch = (reference: string) =>
    program(
      'PATCH',
      `/fhir/R4/Task/${standing.id}`,
      JSON.stringify([{ op: 'replace', path: '/owner/reference', value: reference }]),
      {
        'content-type': 'application/json-patch+json',
      },
    );
  ok(await patch(`Practitioner/${physio.practitioner}`));
  refused(await patch(`Practitioner/${nurse.practitioner}`), /Task\.owner/);
  for (const one of Object.values(byFhir(patient, physio)))
    ok(await program('POST', `/fhir/R4/${(one as Json).resourceType}`, one));
});

test('SEC-4 ECH-1 COO-7 what FHIR asks of a whole profession that the patient keeps out is refused like the rest, and waits for the others; what waited already is changed without being asked anew', async () => {
  const patient = await newPatient();
  const program = await practice.client('system/*.cruds');
  const { task, request } = byFhir(patient, nurse) as Record<'task' | 'request', Json>;
  const asked = (one: Json, profession: string) => ({
    ...one,
    owner: undefined,
    restriction: undefined,
    performer: undefined,
    performerType:
      one.resourceType === 'Task'
        ? [{ coding: [{ system: professionSystem, code: profession }] }]
        : { coding: [{ system: professionSystem, code: profession }] },
  });
  const waiting = ok(await program('POST', '/fhir/R4/Task', asked(task, 'nurse')));
  await oppose(patient, { profession: 'nurse' });
  for (const one of [task, request])
    for (const send of [doctor.send, program]) {
      const url = `/fhir/R4/${one.resourceType}`;
      const refused = await send('POST', url, asked(one, 'nurse'));
      assert.deepEqual(
        [refused.status, refused.body.issue?.[0].expression],
        [409, [`${one.resourceType}.performerType`]],
        refused.text,
      );
      assert.doesNotMatch(refused.text, /oppos|consent|refus/i);
      ok(await send('POST', url, asked(one, 'physiotherapist')));
    }
  const bundle = await program('POST', '/fhir/R4', {
    resourceType: 'Bundle',
    type: 'transaction',
    entry: ['physiotherapist', 'nurse'].map((code) => ({
      request: { method: 'POST', url: 'Task' },
      resource: asked(task, code),
    })),
  });
  assert.deepEqual(
    [bundle.status, bundle.body.issue[0].expression],
    [409, ['Bundle.entry[1].resource.performerType']],
    bundle.text,
  );
  ok(await program('PUT', `/fhir/R4/Task/${waiting.id}`, { ...waiting, priority: 'urgent' }));
});

test('SEC-4 ECH-1 a task that someone has when the patient keeps them out is ended or changed by FHIR without being asked anew; what is over is not taken up again in their name', async () => {
  const patient = await newPatient();
  const program = await practice.client('system/*.cruds');
  const task = ok(await program('POST', '/fhir/R4/Task', byFhir(patient, nurse).task));
  await oppose(patient, { practitioner: nurse.practitioner });
  const put = (change: object) => program('PUT', `/fhir/R4/Task/${task.id}`, { ...task, ...change });
  ok(await put({ priority: 'urgent' }));
  ok(await put({ status: 'cancelled' }));
  const again = await put({ status: 'requested' });
  assert.deepEqual([again.status, again.body.issue[0].expression], [409, ['Task.owner']], again.text);
  // Rights come first: whoever may not write learns nothing of what the patient chose.
  const outside = await practice.person('nurse', { family: 'Dehors' });
  const stranger = await outside.send('POST', '/fhir/R4/Task', byFhir(patient, nurse).task);
  assert.equal(stranger.status, 403, stranger.text);
});

test('SEC-4 COO-7 someone kept out afterwards hears nothing more of a task that is theirs: no notice on its day, no reminder; whoever asks again is told what to do, and the coordinator is shown the task', async () => {
  const { db, outbox } = await testHouse();
  const patient = await newPatient();
  const coordinator = await practice.person('coordinator', { family: 'Le Corre', roles: ['coordinator'] });
  const task = ok(
    await doctor.send('POST', '/api/tasks', {
      title: 'Passer le voir',
      patient,
      addressee: toPerson(nurse),
      due: 'auj',
    }),
  );
  const offered = ok(await ways.task!(patient, { to: 'team' }, ''));
  await oppose(patient, { practitioner: nurse.practitioner });
  const noon = new Date(`${dayInFrance(new Date())}T11:00:00Z`);
  const told = async (who: TestPerson) =>
    (ok(await who.send('GET', '/api/notices')) as Json[]).filter((one) => /^task-(due|reminder)/.test(one.kind)).length;
  const before = await told(nurse);
  await watchPractice({ db, now: () => noon }, practice.tenant);
  await outbox.drained();
  const refused = await doctor.send('POST', `/api/tasks/${task.id}/remind`, { version: task.version });
  assert.deepEqual([refused.status, refused.body.code], [409, 'cannot-read'], refused.text);
  assert.doesNotMatch(refused.text, /oppos/i);
  const physioBefore = await told(physio);
  ok(await doctor.send('POST', `/api/tasks/${offered.id}/remind`, { version: offered.version }));
  await outbox.drained();
  assert.equal(await told(nurse), before, 'neither on its day, nor by a reminder to the team');
  assert.equal(await told(physio), physioBefore + 1, 'the others of the team are reminded');
  const shown = (ok(await coordinator.send('GET', '/api/tasks?view=unowned')).tasks as Json[]).find(
    (one) => one.id === task.id,
  );
  assert.match(shown?.trouble ?? '', /ne pourrait pas en lire/);
  assert.doesNotMatch(JSON.stringify(shown), /oppos/i);
  ok(await doctor.send('POST', `/api/tasks/${task.id}/change`, { version: task.version, addressee: toPerson(physio) }));
  await watchPractice({ db, now: () => noon }, practice.tenant);
  assert.equal(ok(await coordinator.send('GET', `/api/tasks/${task.id}`)).trouble, null);
});
