import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { before, test } from 'node:test';
import { type Answer, newPractice, testHouse, type TestPerson, type TestPractice } from '../../../test/app.ts';
import { dayInFrance } from '../../platform/index.ts';

let practice: TestPractice;
let doctor: TestPerson;
let nurse: TestPerson;
let physio: TestPerson;
let secretary: TestPerson;
let elsewhere: TestPerson;
before(async () => {
  practice = await newPractice();
  doctor = await practice.person('physician', { family: 'Kermarrec', given: 'Anne' });
  nurse = await practice.person('nurse', { family: 'Morvan', given: 'Paul' });
  physio = await practice.person('physiotherapist', { family: 'Tanguy', given: 'Yann' });
  secretary = await practice.person('medical-secretary', { family: 'Riou' });
  elsewhere = await (await newPractice()).person('physician');
});
const ok = (answer: Answer) => {
  assert.ok(answer.status < 300, answer.text);
  return answer.body;
};
let count = 0;
async function newPatient(): Promise<string> {
  const family = `Avis${[...String(++count * 7919)].map((digit) => 'ABCDEFGHIJ'[Number(digit)]).join('')}`;
  const { id } = ok(
    await doctor.send('POST', '/api/patients', {
      birthFamily: family,
      birthGivens: 'Essai',
      birthDate: `${10 + count}/03/1940`,
      sex: 'female',
    }),
  );
  ok(await doctor.send('POST', `/api/patients/${id}/team`, { practitioner: nurse.practitioner }));
  return id;
}
const ask = (who: TestPerson, patient: string, over: object = {}) =>
  who.send('POST', `/api/patients/${patient}/opinions`, {
    kind: 'opinion',
    question: 'Que pensez-vous de cette plaie ?',
    detail: 'Depuis trois semaines.',
    addressee: { to: 'person', practitioner: nurse.practitioner },
    due: '+1s',
    parts: [],
    ...over,
  });
const mine = async (who: TestPerson, view: string) =>
  ok(await who.send('GET', `/api/opinions?view=${view}`)).opinions as {
    id: string;
    question: string;
    answer: { text: string; read: boolean } | null;
  }[];

test('DOS-15 a question goes with the needed part of the record and its deadline, and comes back with the answer tied to it', async () => {
  const patient = await newPatient();
  const { lines } = ok(await doctor.send('POST', `/api/patients/${patient}/problems`, { label: 'Ulcère veineux' }));
  ok(await doctor.send('POST', `/api/patients/${patient}/measures`, { values: [{ code: '29463-7', value: 71 }] }));
  const { groups } = ok(await doctor.send('GET', `/api/patients/${patient}/opinions/parts`));
  const problem = groups.find((group: { label: string }) => group.label === 'Problèmes').parts[0];
  assert.equal(problem.id, lines[0].id);
  const asked = ok(await ask(doctor, patient, { parts: [{ type: problem.type, id: problem.id }] }));
  assert.match(asked.parts[0].label, /Ulcère veineux/);
  assert.ok((await mine(nurse, 'to-me')).some((one) => one.id === asked.id));
  assert.ok((await mine(doctor, 'by-me')).some((one) => one.id === asked.id));
  const seen = ok(await nurse.send('GET', `/api/opinions/${asked.id}`));
  assert.deepEqual([seen.toMe, seen.may.answer, seen.asker.name], [true, true, 'Anne Kermarrec']);
  const answered = ok(
    await nurse.send('POST', `/api/opinions/${asked.id}/answer`, {
      version: seen.version,
      text: 'Compression et pansement hydrocellulaire.',
    }),
  );
  assert.equal(answered.state, 'completed');
  const [back] = (await mine(doctor, 'by-me')).filter((one) => one.id === asked.id);
  assert.deepEqual([back!.answer!.text, back!.answer!.read], ['Compression et pansement hydrocellulaire.', false]);
  const read = ok(await doctor.send('POST', `/api/opinions/${asked.id}/read`, { version: answered.version }));
  assert.equal(read.answer.read, true);
  assert.ok(!(await mine(doctor, 'by-me')).some((one) => one.id === asked.id), 'read, it is settled');
  assert.ok((await mine(doctor, 'done')).some((one) => one.id === asked.id));
  const inRecord = ok(await nurse.send('GET', `/api/patients/${patient}/opinions`)).opinions;
  assert.equal(inRecord[0].answer.text, 'Compression et pansement hydrocellulaire.');
});

test('DOS-15 DOS-16 COO-8 an answer is not taken back through a conversation: a message is withdrawn from its own, and nothing else is', async () => {
  const patient = await newPatient();
  const asked = ok(await ask(doctor, patient));
  const { version } = ok(await nurse.send('GET', `/api/opinions/${asked.id}`));
  ok(await nurse.send('POST', `/api/opinions/${asked.id}/answer`, { version, text: 'Compression.' }));
  const { fhir } = await testHouse();
  const [note] = (
    await fhir.storeFor(nurse.caller).search('Communication', [
      ['subject', `Patient/${patient}`],
      ['_count', '10'],
    ])
  ).resources;
  const talk = async (patientOf: string): Promise<string> =>
    ok(
      await nurse.send('POST', '/api/messages/threads', {
        key: randomUUID(),
        topic: 'Plaie',
        text: 'Vue ce matin',
        patient: patientOf,
        to: { people: [doctor.practitioner] },
      }),
    ).id;
  const [thread, other] = [await talk(patient), await talk(patient)];
  for (const [id, of] of [
    [note!.id, thread],
    [other, thread],
  ] as const)
    assert.equal(
      (await nurse.send('POST', `/api/messages/threads/${of}/messages/${id}/withdraw`, { version: 1 })).status,
      404,
    );
  assert.equal(ok(await doctor.send('GET', `/api/opinions/${asked.id}`)).answer.text, 'Compression.');
  ok(await nurse.send('POST', `/api/messages/threads/${other}/messages/${other}/withdraw`, { version: 1 }));
});

test('DOS-15 COO-8 SEC-6 a question asked of someone who is away is answered by who stands in, under their own name; nobody else answers it, nor the stand-in once the other is back', async () => {
  const mate = await practice.person('nurse', { family: 'Le Bihan', given: 'Maël' });
  const patient = await newPatient();
  ok(await doctor.send('POST', `/api/patients/${patient}/team`, { practitioner: mate.practitioner }));
  const [first, second] = [ok(await ask(doctor, patient)), ok(await ask(doctor, patient))];
  const toMate = async () => (await mine(mate, 'to-me')).map(({ id }) => id).filter((id) => id !== undefined);
  const answer = async (who: TestPerson, id: string) => {
    const { version } = ok(await who.send('GET', `/api/opinions/${id}`));
    return who.send('POST', `/api/opinions/${id}/answer`, { version, text: 'Compression.' });
  };
  assert.ok(!(await toMate()).includes(first.id));
  assert.equal((await answer(mate, first.id)).status, 403);
  const day = (days: number): string => dayInFrance(new Date(Date.now() + days * 86_400_000));
  const away = ok(
    await nurse.send('POST', '/api/messages/absences', { from: day(0), until: day(4), standIn: mate.practitioner }),
  );
  assert.ok((await toMate()).includes(first.id));
  assert.deepEqual(ok(await mate.send('GET', `/api/opinions/${first.id}`)).may, {
    answer: true,
    accept: true,
    refuse: true,
    cancel: false,
    acknowledge: false,
  });
  const there = `/api/opinions/${first.id}`;
  assert.equal((await physio.send('GET', there)).status, 404);
  assert.equal((await physio.send('POST', `${there}/answer`, { version: 1, text: 'Compression.' })).status, 404);
  const answered = ok(await answer(mate, first.id));
  assert.deepEqual([answered.answer.who.name, answered.owner.name], ['Maël Le Bihan', 'Maël Le Bihan']);
  // Who stands in does not answer what they asked themselves of the absent.
  const own = ok(await ask(mate, patient));
  assert.deepEqual([own.may.answer, (await toMate()).includes(own.id)], [false, false]);
  ok(await nurse.send('POST', `/api/messages/absences/${away.id}/end`));
  assert.ok(!(await toMate()).includes(second.id));
  assert.equal((await answer(mate, second.id)).status, 403);
  ok(await answer(nurse, second.id));
});

test('DOS-15 a question that nobody could read is not sent: who does not read exchanges of care, a profession with nobody else in the care team', async () => {
  const patient = await newPatient();
  for (const addressee of [
    { to: 'person', practitioner: secretary.practitioner },
    { to: 'profession', profession: 'radiographer' },
    { to: 'profession', profession: 'physician' },
  ]) {
    const refused = await ask(doctor, patient, { addressee });
    assert.equal(refused.status, 422, JSON.stringify([addressee, refused.body]));
    assert.ok(refused.body.fields.addressee);
  }
  assert.deepEqual(ok(await nurse.send('GET', `/api/patients/${patient}/opinions`)).opinions, []);
});

test('DOS-15 asked of someone outside of the practice: followed by who asked, with its part of the record and its deadline; the answer and the document that brought it are tied to the question', async () => {
  const patient = await newPatient();
  const other = await newPatient();
  const { lines } = ok(await doctor.send('POST', `/api/patients/${patient}/problems`, { label: 'Souffle aortique' }));
  const addressee = { to: 'outside', name: 'Dr Hervé Toularastel', role: 'Cardiologue', contact: '02 99 00 00 00' };
  assert.equal((await ask(doctor, patient, { addressee: { to: 'outside', name: ' ' } })).status, 422);
  const asked = ok(
    await ask(doctor, patient, {
      kind: 'referral',
      addressee,
      due: '+7j',
      parts: [{ type: 'Condition', id: lines[0].id }],
    }),
  );
  assert.deepEqual(
    [asked.outside, asked.ownerLabel, asked.stateLabel, asked.toMe, asked.byMe, asked.parts.length],
    [
      { name: addressee.name, role: addressee.role, contact: addressee.contact },
      addressee.name,
      'En attente de réponse',
      false,
      true,
      1,
    ],
  );
  assert.ok(!(await mine(doctor, 'to-me')).some((one) => one.id === asked.id), 'not asked of oneself');
  assert.ok((await mine(doctor, 'by-me')).some((one) => one.id === asked.id));
  assert.equal((await physio.send('GET', `/api/opinions/${asked.id}`)).status, 404, 'outside of the team');
  assert.equal(
    (await elsewhere.send('POST', `/api/opinions/${asked.id}/answer`, { version: asked.version, text: 'Non' })).status,
    404,
  );
  assert.doesNotMatch(
    (await doctor.send('GET', `/fhir/R4/Task/${asked.id}`)).text,
    /Toularastel/,
    'the task says nothing of whom',
  );
  const letter = (of: string) =>
    doctor
      .send('POST', `/api/patients/${of}/letters`, {
        template: null,
        title: 'Réponse du cardiologue',
        documentType: '11488-4',
        text: 'Rétrécissement modéré.',
        recipients: [],
        act: 'sign',
      })
      .then((answer) => ok(answer).lines[0].id as string);
  const foreign = await nurse.send('POST', `/api/opinions/${asked.id}/answer`, {
    version: asked.version,
    text: 'Rétrécissement modéré.',
    document: await letter(other),
  });
  assert.equal(foreign.status, 404);
  const document = await letter(patient);
  const noted = ok(
    await nurse.send('POST', `/api/opinions/${asked.id}/answer`, {
      version: asked.version,
      text: 'Rétrécissement modéré, revoir dans un an.',
      document,
    }),
  );
  assert.deepEqual(
    [noted.state, noted.answer.who.name, noted.answer.notedBy.name, noted.answer.document.id],
    ['completed', addressee.name, 'Paul Morvan', document],
  );
  const late = await doctor.send('POST', `/api/opinions/${asked.id}/answer`, {
    version: asked.version,
    text: 'Deux fois.',
  });
  assert.deepEqual([late.status, late.body.code], [409, 'edited-meanwhile']);
  const [back] = (await mine(doctor, 'by-me')).filter((one) => one.id === asked.id);
  assert.equal(back!.answer!.read, false);
  ok(await doctor.send('POST', `/api/opinions/${asked.id}/read`, { version: noted.version }));
  assert.equal((await mine(doctor, 'done')).filter((one) => one.id === asked.id).length, 1);
  // Whoever notes the answer to their own question has read it.
  const own = ok(await ask(doctor, patient, { addressee }));
  assert.equal(
    ok(await doctor.send('POST', `/api/opinions/${own.id}/answer`, { version: own.version, text: 'Rien.' })).answer
      .read,
    true,
  );
  // Ticked among the tasks, it is closed and not answered.
  const ticked = ok(await ask(doctor, patient, { addressee }));
  ok(await doctor.send('POST', `/api/tasks/${ticked.id}/done`, { version: ticked.version }));
  assert.deepEqual(
    ((line) => [line.stateLabel, line.answer])(ok(await doctor.send('GET', `/api/opinions/${ticked.id}`))),
    ['Clos sans réponse', null],
  );
  const inside = ok(await ask(doctor, patient));
  assert.equal(
    (await nurse.send('POST', `/api/opinions/${inside.id}/answer`, { version: inside.version, text: 'Oui', document }))
      .status,
    422,
  );
});

test('DOS-15 DOS-13 the letter that carries a question outside is begun with whom, what, until when, what goes with it and the record in brief; under the rights of who writes', async () => {
  const patient = await newPatient();
  const other = await newPatient();
  ok(await doctor.send('POST', `/api/patients/${patient}/problems`, { label: 'Souffle aortique' }));
  ok(
    await doctor.send('POST', `/api/patients/${patient}/problems`, { label: 'Dépression', sensitive: 'mental-health' }),
  );
  const all = ok(await doctor.send('GET', `/api/patients/${patient}/opinions/parts`))
    .groups.flatMap(({ parts }: { parts: { type: string; id: string }[] }) => parts)
    .map(({ type, id }: { type: string; id: string }) => ({ type, id }));
  assert.equal(all.length, 2);
  const addressee = {
    to: 'outside',
    name: 'Dr Hervé Toularastel',
    role: 'Cardiologue',
    contact: 'CHU, 2 rue du Port, tél : 02 99 00 00 00, h.toularastel@chu.mssante.fr',
  };
  const asked = ok(
    await ask(doctor, patient, {
      kind: 'referral',
      addressee,
      question: 'Avis sur {{patient.nir}} et **ce souffle**',
      detail: '- essoufflé',
      parts: all,
      priority: 'urgent',
    }),
  );
  const begin = (who: TestPerson, of: string, task: string) =>
    who.send('GET', `/api/patients/${of}/letters/for/${task}`);
  const begun = ok(await begin(doctor, patient, asked.id));
  assert.deepEqual(begun.recipients, [
    {
      kind: 'outside',
      name: addressee.name,
      role: 'Cardiologue',
      address: 'CHU, 2 rue du Port',
      phone: '02 99 00 00 00',
      mssante: 'h.toularastel@chu.mssante.fr',
      practitioner: null,
      copy: false,
    },
  ]);
  assert.equal(begun.documentType, '57133-1');
  assert.match(begun.subject, /^Adressage de AVIS/);
  const words = begun.text.replaceAll('\u200b', '');
  for (const said of [
    /Avis sur \{\{patient\.nir\}\} et \*\*ce souffle/,
    /- essoufflé/,
    /Demande urgente/,
    /Une réponse avant le/,
    /- Souffle aortique, Actif/,
    /## Problèmes en cours\n- Souffle aortique/,
    /## Traitements en cours/,
  ])
    assert.match(words, said);
  assert.doesNotMatch(words, /Dépression/, 'what is sensitive is joined by who writes, knowing it');
  assert.ok(begun.leftOut >= 1);
  assert.deepEqual(
    begun.open.filter(({ key }: { key: string }) => key === 'patient.nir'),
    [],
    'what was typed is no field',
  );
  const kept = ok(
    await doctor.send('POST', `/api/patients/${patient}/letters`, {
      template: null,
      title: begun.subject,
      documentType: begun.documentType,
      text: begun.text,
      recipients: begun.recipients,
      fields: begun.fields.map(({ key, value }: { key: string; value: string }) => ({ key, value })),
      act: 'keep',
    }),
  );
  assert.deepEqual(ok(await doctor.send('GET', `/api/patients/${patient}/letters/${kept.lines[0].id}`)).recipients, [
    addressee.name,
  ]);
  assert.equal((await begin(doctor, other, asked.id)).status, 404, 'another patient’s question');
  assert.equal((await begin(doctor, patient, 'no-such')).status, 404);
  assert.equal(
    (await begin(doctor, patient, ok(await ask(doctor, patient)).id)).status,
    404,
    'a question of the house has no letter',
  );
  for (const who of [secretary, physio, elsewhere])
    assert.ok([403, 404].includes((await begin(who, patient, asked.id)).status), who.practitioner);
  assert.match(ok(await begin(nurse, patient, asked.id)).text, /Souffle aortique/);
});

test('DOS-15 COO-1 a question that fails leaves nobody in the care team', async () => {
  const patient = await newPatient();
  const program = await practice.client('system/*.cruds');
  const gone = ok(
    await program('POST', '/fhir/R4/Practitioner', {
      resourceType: 'Practitioner',
      name: [{ family: 'Sanscompte', given: ['Iris'] }],
    }),
  ).id;
  const team = async () =>
    JSON.stringify(
      ok(await doctor.send('GET', `/fhir/R4/CareTeam?patient=${patient}`)).entry.map(
        ({ resource }: { resource: { participant: unknown } }) => resource.participant,
      ),
    );
  const before = await team();
  const refused = await ask(doctor, patient, {
    addressee: { to: 'person', practitioner: gone },
    joinTeam: { agreed: true },
  });
  assert.equal(refused.status, 422, refused.text);
  assert.equal(await team(), before);
  assert.deepEqual(ok(await doctor.send('GET', `/api/patients/${patient}/opinions`)).opinions, []);
});

test('DOS-15 whoever is outside the care team joins it with the patient’s agreement, or nothing is sent', async () => {
  const patient = await newPatient();
  const to = { addressee: { to: 'person', practitioner: physio.practitioner } };
  const refused = await ask(doctor, patient, to);
  assert.deepEqual([refused.status, refused.body.code, refused.body.name], [409, 'outside-team', 'Yann Tanguy']);
  assert.deepEqual(await mine(physio, 'to-me'), []);
  const asked = ok(await ask(doctor, patient, { ...to, joinTeam: { agreed: true } }));
  assert.equal(ok(await physio.send('GET', `/api/opinions/${asked.id}`)).question, 'Que pensez-vous de cette plaie ?');
  ok(await physio.send('GET', `/api/patients/${patient}/record`));
});

test('DOS-15 asked of a profession, the first of the team who answers closes it; the second is told and loses nothing', async () => {
  const patient = await newPatient();
  const other = await practice.person('nurse', { family: 'Salaün', given: 'Rozenn' });
  ok(await doctor.send('POST', `/api/patients/${patient}/team`, { practitioner: other.practitioner }));
  const asked = ok(await ask(doctor, patient, { addressee: { to: 'profession', profession: 'nurse' } }));
  assert.equal(asked.ownerLabel, 'Infirmier');
  const answers = await Promise.all(
    [nurse, other].map((who) =>
      who.send('POST', `/api/opinions/${asked.id}/answer`, { version: asked.version, text: `De ${who.practitioner}` }),
    ),
  );
  assert.deepEqual(answers.map((answer) => answer.status).sort(), [200, 409]);
  const late = answers.find((answer) => answer.status === 409)!;
  assert.equal(late.body.code, 'edited-meanwhile');
  const { total } = ok(await doctor.send('GET', `/fhir/R4/Communication?patient=${patient}&_summary=count`));
  assert.equal(total, 1, 'the answer that came second left nothing half done');
});

test('DOS-15 a refusal says why to whoever asked', async () => {
  const patient = await newPatient();
  const asked = ok(await ask(doctor, patient));
  ok(
    await nurse.send('POST', `/api/tasks/${asked.id}/refuse`, {
      version: asked.version,
      reason: 'Je suis absent cette semaine.',
    }),
  );
  const [back] = (await mine(doctor, 'by-me')).filter((one) => one.id === asked.id) as unknown as {
    state: string;
    refusal: { text: string };
  }[];
  assert.equal(back!.state, 'rejected');
  assert.equal(back!.refusal.text, 'Je suis absent cette semaine.');
});

test('DOS-15 SEC-16 what is missing or wrong is said and nothing is sent', async () => {
  const [patient, other] = [await newPatient(), await newPatient()];
  const { lines } = ok(await doctor.send('POST', `/api/patients/${other}/problems`, { label: 'Asthme' }));
  for (const [over, status] of [
    [{ question: ' ' }, 422],
    [{ due: 'hier' }, 422],
    [{ addressee: { to: 'team' } }, 422],
    [{ addressee: { to: 'person', practitioner: doctor.practitioner } }, 422],
    [{ addressee: { to: 'person', practitioner: 'nobody' } }, 422],
    [{ parts: [{ type: 'Patient', id: patient }] }, 422],
    [{ parts: [{ type: 'Condition', id: lines[0].id }] }, 404],
    [{ parts: [{ type: 'Condition', id: 'no-such' }] }, 404],
  ] as const) {
    const refused = await ask(doctor, patient, over);
    assert.equal(refused.status, status, `${JSON.stringify(over)}: ${refused.text}`);
  }
  assert.deepEqual(ok(await doctor.send('GET', `/api/patients/${patient}/opinions`)).opinions, []);
});

test('DOS-15 SEC-3 SEC-4 SEC-7 who may not: outside the team, secretary, another practice, a colleague to whom it is not asked', async () => {
  const patient = await newPatient();
  const asked = ok(await ask(doctor, patient));
  for (const who of [physio, secretary, elsewhere]) {
    assert.ok([403, 404].includes((await who.send('GET', `/api/opinions/${asked.id}`)).status));
    assert.ok([403, 404].includes((await who.send('GET', `/api/patients/${patient}/opinions`)).status));
    assert.ok([403, 404].includes((await ask(who, patient)).status));
    assert.ok(
      [403, 404].includes(
        (await who.send('POST', `/api/opinions/${asked.id}/answer`, { version: asked.version, text: 'Moi' })).status,
      ),
    );
  }
  assert.equal(
    (await doctor.send('POST', `/api/opinions/${asked.id}/answer`, { version: asked.version, text: 'Moi-même' }))
      .status,
    403,
  );
  assert.equal((await nurse.send('POST', `/api/opinions/${asked.id}/read`, { version: asked.version })).status, 403);
  const tasks = ok(await secretary.send('GET', `/fhir/R4/Task?patient=${patient}`));
  assert.equal(tasks.entry.length, 1, 'the secretary sees that a task exists');
  assert.ok(!JSON.stringify(tasks).includes('plaie'), 'and nothing of what it says');
  assert.equal(ok(await secretary.send('GET', `/fhir/R4/ServiceRequest?patient=${patient}`)).entry?.length ?? 0, 0);
});

test('DOS-15 DOS-13 the letter that carries a question outside stays tied to it: to be signed, to be sent, sent and when; corrected, it is the new one; the answer closes the question; under the rights of who reads', async () => {
  const patient = await newPatient();
  const other = await newPatient();
  const addressee = { to: 'outside', name: 'Dr Hervé Toularastel', role: 'Cardiologue', contact: '' };
  const asked = ok(await ask(doctor, patient, { addressee }));
  const begun = ok(await doctor.send('GET', `/api/patients/${patient}/letters/for/${asked.id}`));
  const body = {
    template: null,
    title: 'Demande d’avis',
    documentType: begun.documentType,
    text: 'Madame, Monsieur, votre avis ?',
    recipients: begun.recipients,
  };
  const write = (of: string, more: object) => doctor.send('POST', `/api/patients/${of}/letters`, { ...body, ...more });
  for (const [of, request, status] of [
    [other, asked.id, 404],
    [patient, 'inconnue', 404],
    [patient, ok(await ask(doctor, patient)).id, 404],
  ] as const)
    assert.equal((await write(of, { act: 'keep', request })).status, status);
  const line = async (who = doctor) => ok(await who.send('GET', `/api/opinions/${asked.id}`));
  assert.deepEqual([(await line()).letters, (await line()).stateLabel], [[], 'En attente de réponse']);
  const [kept] = ok(await write(patient, { act: 'keep', request: asked.id })).lines;
  assert.deepEqual(
    [(await line()).letters.map((one: { state: string }) => one.state), (await line()).stateLabel],
    [['draft'], 'Courrier à signer'],
  );
  const at = `/api/patients/${patient}/letters/${kept.id}`;
  const [signed] = ok(await doctor.send('PUT', at, { ...body, act: 'sign', version: kept.version })).lines;
  assert.equal((await line()).stateLabel, 'Courrier à envoyer');
  const [given] = ok(
    await doctor.send('POST', `${at}/given`, { version: signed.version, way: 'posted', to: addressee.name }),
  ).lines;
  const [sent] = (await line()).letters;
  assert.deepEqual([sent.id, sent.state, sent.way], [kept.id, 'sent', 'posted']);
  assert.ok(Math.abs(Date.parse(sent.at) - Date.now()) < 60_000);
  assert.equal((await line()).stateLabel, 'En attente de réponse');
  const [corrected] = ok(
    await doctor.send('POST', `${at}/amend`, { ...body, version: given.version, reason: 'Oubli' }),
  ).lines;
  assert.deepEqual(
    (await line()).letters.map(({ id, state }: { id: string; state: string }) => [id, state]),
    [[corrected.id, 'signed']],
  );
  // Who reads exchanges of care and no letter of this patient sees the question alone.
  ok(
    await doctor.send('POST', `/api/patients/${patient}/choices`, {
      decision: 'oppose',
      practitioner: nurse.practitioner,
      kinds: ['documents'],
    }),
  );
  assert.deepEqual((await line(nurse)).letters, []);
  const answered = ok(
    await doctor.send('POST', `/api/opinions/${asked.id}/answer`, {
      version: (await line()).version,
      text: 'Rétrécissement modéré.',
    }),
  );
  assert.deepEqual([answered.state, answered.stateLabel, answered.letters.length], ['completed', 'Répondu', 1]);
});
