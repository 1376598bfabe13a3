import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { before, describe, test } from 'node:test';
import { newPractice, testHouse, type TestPractice } from '../../../test/app.ts';
import { form, type Hand, hand, hintsDuring, newPatient, ok, pdf } from './messages.fixture.ts';

describe('messages', () => {
  let practice: TestPractice;
  let doctor: Hand;
  let nurse: Hand;
  let physio: Hand;
  let outsider: Hand;
  let secretary: Hand;
  let coordinator: Hand;
  let administrator: Hand;
  let elsewhere: Hand;
  before(async () => {
    practice = await newPractice('Maison de santé des messages');
    doctor = await hand(practice, 'physician', 'Kermarrec');
    nurse = await hand(practice, 'nurse', 'Morvan');
    physio = await hand(practice, 'physiotherapist', 'Tanguy');
    outsider = await hand(practice, 'nurse', 'Cozic');
    secretary = await hand(practice, 'medical-secretary', 'Riou');
    coordinator = await hand(practice, 'coordinator', 'Abgrall', { roles: ['coordinator'] });
    administrator = await hand(practice, 'administrator', 'Quentel', { roles: ['administrator'] });
    elsewhere = await hand(await newPractice('Autre maison'), 'physician', 'Hénaff');
  });
  /** Everyone who must know nothing of a conversation: no list, no count, no search, no line by its id, no file, no FHIR. */
  async function seesNothing(who: Hand, thread: string, words: string, files: string[] = []): Promise<void> {
    for (const view of ['mine', 'unread', 'mentions', 'patients', 'archived'])
      assert.ok(!(await who.list(`view=${view}`)).some((one) => one.id === thread), `view ${view}`);
    assert.deepEqual(
      (await who.list(`q=${encodeURIComponent(words)}`)).map((one) => one.id),
      [],
      'search',
    );
    ok(await who.get(`/api/messages/threads/${thread}`), 404);
    ok(await who.reply(thread, {}), 404);
    ok(await who.post(`/api/messages/threads/${thread}/read`, { upTo: 1 }), 404);
    ok(await who.post(`/api/messages/threads/${thread}/settings`, { following: true }), 404);
    for (const file of files) ok(await who.get(file), 404);
    assert.ok([403, 404].includes((await who.get(`/fhir/R4/Communication/${thread}`)).status), 'FHIR read');
    const found = ok(await who.get(`/fhir/R4/Communication?_id=${thread}&_total=accurate`)).body;
    assert.equal(found.total, 0, 'FHIR search and its total');
    for (const file of files)
      assert.ok([403, 404].includes((await who.get(`/fhir/R4/Binary/${file.split('/').at(-1)}`)).status), 'FHIR file');
  }

  test('COO-8 a message about a patient reaches whom it names, stays in the record and is unknown to everyone else', async () => {
    const patient = await newPatient(doctor, nurse, physio);
    const sent = ok(
      await doctor.open({
        patient,
        topic: 'Pansement',
        text: 'La plaie suinte zibeline, pouvez-vous passer ?',
        urgent: true,
        to: { people: [nurse.practitioner] },
      }),
    ).body;
    assert.deepEqual(
      [sent.topic, sent.messages[0].text, sent.messages[0].who.me, sent.unread],
      ['Pansement', 'La plaie suinte zibeline, pouvez-vous passer ?', true, 0],
    );
    const [line] = await nurse.list();
    assert.deepEqual(
      [line.id, line.unread, line.urgent, line.last.who.name.includes('Kermarrec'), line.patient.id],
      [sent.id, 1, true, true, patient],
    );
    assert.deepEqual(await nurse.counts(), { unread: 1, urgent: 1, mentions: 0, todo: 0 });
    // The physiotherapist is in the care team: it is in the record, and not among what waits for them.
    assert.equal((await physio.counts()).unread, 0);
    assert.deepEqual(
      ok(await physio.get(`/api/patients/${patient}/threads`)).body.threads.map((one: { id: string }) => one.id),
      [sent.id],
    );
    const { resource } = await (await testHouse()).fhir
      .asSystem(practice.tenant, 'test')
      .read('Communication', sent.id);
    assert.deepEqual(
      [
        (resource.subject as { reference: string }).reference,
        resource.priority,
        (resource.recipient as { reference: string }[])[0]!.reference,
      ],
      [`Patient/${patient}`, 'urgent', `Practitioner/${nurse.practitioner}`],
    );
    // A coordinator runs the coordination of every patient, and reads nothing of what carers say to one another (SEC-3).
    for (const who of [outsider, secretary, administrator, coordinator]) await seesNothing(who, sent.id, 'zibeline');
    await seesNothing(elsewhere, sent.id, 'zibeline');
    ok(await elsewhere.get(`/api/patients/${patient}/threads`), 404);
    ok(await elsewhere.open({ patient, to: {} }), 404);
    ok(await outsider.open({ patient, to: {} }), 403);
    ok(await administrator.open({ patient, to: {} }), 404);
    const answered = ok(await nurse.reply(sent.id, { text: 'J’y passe à midi' })).body;
    assert.deepEqual([answered.messages.length, answered.unread], [2, 0]);
    assert.equal((await doctor.list('view=unread'))[0].last.text, 'J’y passe à midi');
    assert.equal((await doctor.list('q=midi passe'))[0].found.excerpt, 'J’y passe à midi', 'words in any order');
  });

  test('COO-8 sent again after a lost answer, a message is one message; someone else’s id makes none', async () => {
    const patient = await newPatient(doctor, nurse);
    const body = {
      key: randomUUID(),
      patient,
      topic: 'Une fois',
      text: 'Une seule fois',
      to: { people: [nurse.practitioner] },
    };
    const answers = await Promise.all([doctor.open(body), doctor.open(body), doctor.open(body)]);
    assert.deepEqual(
      answers.map((one) => one.status),
      [200, 200, 200],
      answers.map((one) => one.text).join(),
    );
    const [{ id }] = answers.map((one) => one.body);
    assert.ok(answers.every((one) => one.body.id === id && one.body.messages.length === 1));
    const key = randomUUID();
    ok(await doctor.reply(id, { key, text: 'Suite' }));
    ok(await doctor.reply(id, { key, text: 'Suite' }));
    assert.equal((await nurse.list())[0].unread, 2);
    ok(await nurse.reply(id, { key, text: 'Usurpé' }), 409);
    assert.equal(ok(await doctor.get(`/api/messages/threads/${id}`)).body.messages.length, 2);
  });

  test('SEC-4 whoever loses the right to a conversation counts, sees, searches, opens and is told of nothing, and it comes back with the right', async () => {
    const patient = await newPatient(doctor, nurse, physio);
    const message = form(
      {
        key: randomUUID(),
        topic: 'Radio',
        text: 'Voici la radio hydravion',
        patient,
        to: { people: [nurse.practitioner, physio.practitioner] },
      },
      [{ name: 'radio.pdf', bytes: pdf }],
    );
    const { id, messages } = ok(await doctor.send('POST', '/api/messages/threads', message.body, message.headers)).body;
    const [{ url }] = messages[0].files;
    const before = await nurse.counts();
    ok(await nurse.get(url));
    await oppose(patient, nurse);
    await seesNothing(nurse, id, 'hydravion', [url]);
    assert.equal((await nurse.counts()).unread, before.unread - 1, 'not even in the count');
    const hints = await hintsDuring(nurse, () => doctor.reply(id, { text: 'Encore hydravion' }));
    assert.deepEqual(
      hints.filter((one) => one.thread === id),
      [],
      'not even a hint',
    );
    assert.equal(
      (await hintsDuring(physio, () => doctor.reply(id, { text: 'Toujours' }))).filter(
        (one) => one.thread === id && one.topic === 'messages',
      ).length,
      1,
      'the others hear of it, once',
    );
    ok(await doctor.post(`/api/patients/${patient}/team/end`, { practitioner: physio.practitioner }));
    await seesNothing(physio, id, 'hydravion', [url]);
    ok(await doctor.post(`/api/patients/${patient}/team`, { practitioner: physio.practitioner }));
    assert.equal((await physio.list('view=unread')).find((one) => one.id === id).unread, 3);
  });
  /** The patient opposes sharing with one professional. */
  async function oppose(patient: string, who: Hand) {
    ok(await doctor.post(`/api/patients/${patient}/choices`, { decision: 'oppose', practitioner: who.practitioner }));
  }

  test('SEC-17 a file has the rights of its message: whoever reads the thread opens it, nobody by its link; it is what its bytes say and never runs', async () => {
    const patient = await newPatient(doctor, nurse, physio);
    const send = (files: { name: string; bytes: Buffer }[], body: Record<string, unknown> = {}) => {
      const message = form(
        { key: randomUUID(), topic: 'Ordonnance', text: '', patient, to: { people: [physio.practitioner] }, ...body },
        files,
      );
      return doctor.send('POST', '/api/messages/threads', message.body, message.headers);
    };
    const { id, messages } = ok(await send([{ name: 'Ordonnance kiné.pdf', bytes: pdf }])).body;
    const { url, title } = messages[0].files[0];
    assert.equal(title, 'Ordonnance kiné');
    const opened = ok(await physio.get(url));
    assert.deepEqual(
      [opened.headers['content-type'], opened.headers['x-content-type-options'], opened.headers['cache-control']],
      ['application/pdf', 'nosniff', 'private, no-store'],
    );
    assert.match(opened.headers['content-security-policy']!, /default-src 'none'/);
    assert.match(opened.headers['content-disposition']!, /^inline; filename="Ordonnance kine.pdf"$/);
    for (const who of [outsider, secretary, administrator, elsewhere]) await seesNothing(who, id, 'Ordonnance', [url]);
    // The file of another message by this thread's link.
    const other = await newPatient(doctor);
    const theirs = ok(await send([{ name: 'a.pdf', bytes: pdf }], { patient: other, to: {} })).body;
    ok(await physio.get(`/api/messages/threads/${id}/messages/${id}/files/${theirs.messages[0].files[0].id}`), 404);
    ok(await physio.get(url.replace(id, theirs.id)), 404);
    ok(await send([{ name: 'page.pdf', bytes: Buffer.from('<script>alert(1)</script>') }]), 415);
    ok(await send([{ name: 'vide.pdf', bytes: Buffer.alloc(0) }]), 415);
    ok(await send([1, 2, 3, 4, 5, 6].map((n) => ({ name: `${n}.pdf`, bytes: pdf }))), 413);
    ok(await send([]), 422);
    ok(await doctor.send('POST', '/api/messages/threads', 'pas du json', { 'content-type': 'text/plain' }), 422);
    // An administrative message's file is read by the secretariat, which reads no document of the record.
    const administrative = ok(
      await send([{ name: 'mutuelle.pdf', bytes: pdf }], {
        administrative: true,
        to: { people: [secretary.practitioner] },
      }),
    ).body;
    ok(await secretary.get(administrative.messages[0].files[0].url));
  });

  test('COO-8 naming someone outside the care team asks for the patient’s agreement, then they join it in the same act; an opposition holds', async () => {
    const patient = await newPatient(doctor);
    const ask = { patient, topic: 'Avis', text: 'Votre avis ?', to: { people: [physio.practitioner] } };
    const refused = ok(await doctor.open(ask), 409);
    assert.deepEqual(
      [refused.body.code, refused.body.where, refused.body.people.map((one: { id: string }) => one.id)],
      ['outside', 'team', [physio.practitioner]],
    );
    assert.deepEqual(ok(await doctor.get(`/api/patients/${patient}/threads`)).body.threads, [], 'nothing was written');
    const { id } = ok(await doctor.open({ ...ask, letIn: true })).body;
    assert.equal((await physio.list('view=unread'))[0].id, id);
    ok(await physio.get(`/api/patients/${patient}/record`));
    await oppose(patient, nurse);
    const barred = ok(
      await doctor.reply(id, { mentions: { people: [nurse.practitioner], professions: [] }, letIn: true }),
      409,
    );
    assert.equal(barred.body.code, 'cannot-read');
    ok(await nurse.get(`/api/patients/${patient}/record`), 403);
    assert.equal(ok(await doctor.get(`/api/messages/threads/${id}`)).body.messages.length, 1, 'nothing was written');
    assert.equal(
      ok(await doctor.open({ patient, to: { people: [administrator.practitioner] } }), 409).body.code,
      'cannot-read',
    );
    ok(await doctor.open({ patient, to: { people: [elsewhere.practitioner] } }), 422);
    ok(await doctor.open({ patient, to: { people: [], professions: ['nurse'] } }), 422);
    ok(await doctor.open({ patient, to: { everyone: true } }), 422);
  });

  test('COO-8 the secretariat reads administrative messages about any patient and no clinical one', async () => {
    const patient = await newPatient(doctor, nurse);
    const clinical = ok(await doctor.open({ patient, topic: 'Clinique', text: 'potassium bas', to: { team: true } }))
      .body.id;
    const administrative = ok(
      await doctor.open({
        patient,
        topic: 'Rendez-vous',
        text: 'à rappeler pour un rendez-vous',
        administrative: true,
        to: { people: [secretary.practitioner] },
      }),
    ).body.id;
    assert.deepEqual(
      ok(await secretary.get(`/api/patients/${patient}/threads`)).body.threads.map((one: { id: string }) => one.id),
      [administrative],
    );
    await seesNothing(secretary, clinical, 'potassium');
    assert.equal(ok(await secretary.reply(administrative, { text: 'C’est fait' })).body.messages.length, 2);
    ok(await secretary.open({ patient, text: 'clinique', to: { people: [nurse.practitioner] } }), 403);
    ok(
      await secretary.open({
        patient,
        text: 'administratif',
        administrative: true,
        to: { people: [nurse.practitioner] },
      }),
    );
    assert.equal(
      ok(await doctor.open({ patient, to: { people: [secretary.practitioner] } }), 409).body.code,
      'cannot-read',
    );
    // A reply labelled otherwise through the FHIR API does not ride on the thread's rights.
    ok(
      await doctor.send('POST', '/fhir/R4/Communication', {
        resourceType: 'Communication',
        status: 'completed',
        partOf: [{ reference: `Communication/${administrative}` }],
        subject: { reference: `Patient/${patient}` },
        sender: { reference: `Practitioner/${doctor.practitioner}` },
        recipient: [{ reference: `Practitioner/${secretary.practitioner}` }],
        payload: [{ contentString: 'clinique sans étiquette' }],
      }),
      201,
    );
    assert.equal(ok(await secretary.get(`/api/messages/threads/${administrative}`)).body.messages.length, 2);
    assert.deepEqual(await secretary.list('q=etiquette'), []);
  });

  test('COO-8 a conversation about the practice is its members’ alone; someone named from outside comes in when that is said', async () => {
    const { id } = ok(
      await doctor.open({
        topic: 'Planning',
        text: 'mirabelle',
        to: { people: [nurse.practitioner], professions: ['medical-secretary'] },
      }),
    ).body;
    assert.equal(
      (await nurse.counts()).unread > 0 && (await secretary.list('view=unread')).some((one) => one.id === id),
      true,
    );
    for (const who of [physio, coordinator, administrator, elsewhere]) await seesNothing(who, id, 'mirabelle');
    const client = await practice.client('system/*.cruds');
    assert.equal(
      (await client('GET', `/fhir/R4/Communication/${id}`)).status,
      404,
      'no program reads what professionals say among themselves',
    );
    const named = {
      text: '@Camille Tanguy qu’en dis-tu ?',
      mentions: { people: [physio.practitioner], professions: [] },
    };
    assert.equal(ok(await nurse.reply(id, named), 409).body.code, 'outside');
    ok(await nurse.reply(id, { ...named, letIn: true }));
    const [line] = await physio.list('view=unread');
    assert.deepEqual([line.id, line.mentioned, line.unread], [id, true, 2]);
    const everyone = ok(await doctor.open({ topic: 'Fermeture', text: 'Fermé vendredi', to: { everyone: true } })).body;
    for (const who of [physio, coordinator, administrator, secretary])
      assert.ok((await who.list('view=unread')).some((one) => one.id === everyone.id));
    await seesNothing(elsewhere, everyone.id, 'vendredi');
    ok(await doctor.open({ topic: 'Personne', text: 'Seul', to: {} }), 422);
    ok(await doctor.open({ topic: '', text: 'Sans objet', to: { everyone: true } }), 422);
  });

  test('COO-8 who read what and when is said without a new version; a muted or put-away conversation stays quiet until one is named', async () => {
    const patient = await newPatient(doctor, nurse);
    const { id } = ok(await doctor.open({ patient, to: { people: [nurse.practitioner] } })).body;
    const unread = (await nurse.counts()).unread;
    const hints = await hintsDuring(doctor, async () =>
      assert.equal(ok(await nurse.post(`/api/messages/threads/${id}/read`, { upTo: 1 })).body.unread, unread - 1),
    );
    assert.deepEqual(
      hints.map((one) => one.topic),
      ['messages.read'],
    );
    const [message] = ok(await doctor.get(`/api/messages/threads/${id}`)).body.messages;
    assert.deepEqual([message.readBy.map((one: { id: string }) => one.id), message.version], [[nurse.practitioner], 1]);
    ok(await nurse.post(`/api/messages/threads/${id}/settings`, { muted: true, archived: true }));
    assert.deepEqual(await hintsDuring(nurse, () => doctor.reply(id, {})), []);
    assert.equal((await nurse.counts()).unread, unread - 1);
    ok(await doctor.reply(id, { mentions: { people: [nurse.practitioner], professions: [] } }));
    assert.deepEqual(await nurse.counts().then((all) => [all.unread, all.mentions]), [unread, 1]);
    ok(await nurse.post(`/api/messages/threads/${id}/read`, { upTo: 0 }));
    assert.equal(ok(await nurse.get(`/api/messages/threads/${id}`)).body.unread, 3, 'marked as unread');
    ok(await nurse.post(`/api/messages/threads/${id}/read`, { upTo: -1 }), 422);
    ok(await nurse.post(`/api/messages/threads/${id}/read`, { upTo: 10_000_000 }));
    ok(await doctor.reply(id, {}));
    assert.equal(
      ok(await nurse.get(`/api/messages/threads/${id}`)).body.unread,
      1,
      'nothing to come was marked as read',
    );
  });

  test('COO-8 a sender takes back a message: its words and files are gone from the conversation, nobody else may', async () => {
    const patient = await newPatient(doctor, nurse);
    const message = form(
      {
        key: randomUUID(),
        topic: 'Erreur',
        text: 'mauvais patient rhododendron',
        patient,
        to: { people: [nurse.practitioner] },
      },
      [{ name: 'a.pdf', bytes: pdf }],
    );
    const { id, messages } = ok(await doctor.send('POST', '/api/messages/threads', message.body, message.headers)).body;
    ok(await nurse.post(`/api/messages/threads/${id}/messages/${id}/withdraw`, { version: 1 }), 403);
    ok(await doctor.post(`/api/messages/threads/${id}/messages/${id}/withdraw`, { version: 7 }), 409);
    const after = ok(await doctor.post(`/api/messages/threads/${id}/messages/${id}/withdraw`, { version: 1 })).body
      .messages[0];
    assert.deepEqual([after.text, after.files], [null, []]);
    ok(await nurse.get(messages[0].files[0].url), 404);
    assert.equal((await nurse.get(`/fhir/R4/Binary/${messages[0].files[0].id}`)).status, 410);
    assert.deepEqual(await nurse.list('q=rhododendron'), []);
  });

  test('COO-8 a message that was taken back is nothing to read: not counted, no longer urgent, names nobody', async () => {
    const patient = await newPatient(doctor, nurse);
    const { id } = ok(await doctor.open({ patient, to: { people: [nurse.practitioner] } })).body;
    ok(await nurse.post(`/api/messages/threads/${id}/read`, { upTo: 1 }));
    const before = await nurse.counts();
    const last = (conversation: { messages: { id: string; version: number }[] }) => conversation.messages.at(-1)!;
    const kept = last(
      ok(await doctor.reply(id, { text: 'À toi', mentions: { people: [nurse.practitioner], professions: [] } })).body,
    );
    const gone = last(
      ok(
        await doctor.reply(id, {
          text: 'Pas ici',
          urgent: true,
          mentions: { people: [nurse.practitioner], professions: [] },
        }),
      ).body,
    );
    const seen = async () => {
      const { unread, urgent, mentioned } = ok(await nurse.get(`/api/messages/threads/${id}`)).body;
      return [unread, urgent, mentioned];
    };
    assert.deepEqual(await seen(), [2, true, true]);
    ok(await doctor.post(`/api/messages/threads/${id}/messages/${gone.id}/withdraw`, { version: gone.version }));
    assert.deepEqual(await seen(), [1, false, true], 'what is left names her still');
    ok(await doctor.post(`/api/messages/threads/${id}/messages/${kept.id}/withdraw`, { version: kept.version }));
    assert.deepEqual(await seen(), [0, false, false]);
    assert.deepEqual(await nurse.counts(), before);
    assert.ok(!(await nurse.list('view=unread')).some((one: { id: string }) => one.id === id));
    assert.ok(!(await nurse.list('view=mentions')).some((one: { id: string }) => one.id === id));
    ok(await doctor.reply(id, { text: 'Voici le bon' }));
    assert.deepEqual(await seen(), [1, false, false]);
  });

  test('ECH-1 a Communication written through the FHIR API is a message like another; what is imported from years ago wakes nobody', async () => {
    const patient = await newPatient(doctor, nurse);
    const client = await practice.client('system/*.cruds');
    const before = (await nurse.counts()).unread;
    const write = (sent: string, text: string) =>
      client('POST', '/fhir/R4/Communication', {
        resourceType: 'Communication',
        status: 'completed',
        subject: { reference: `Patient/${patient}` },
        sender: { reference: `Practitioner/${doctor.practitioner}` },
        sent,
        payload: [{ contentString: text }],
      });
    const made = ok(await write(new Date().toISOString(), 'Par un autre logiciel'), 201);
    ok(await write('2019-05-01T10:00:00Z', 'Il y a longtemps'), 201);
    assert.equal((await nurse.counts()).unread, before + 1);
    const [line] = await nurse.list('view=unread');
    assert.deepEqual([line.id, line.topic, line.unread], [made.body.id, 'Par un autre logiciel', 1]);
    assert.equal(ok(await nurse.get(`/api/patients/${patient}/threads`)).body.threads.length, 2);
    assert.equal(
      (await client('DELETE', `/fhir/R4/Communication/${made.body.id}`)).status,
      409,
      'a message is withdrawn, not deleted',
    );
    ok(await client('PUT', `/fhir/R4/Communication/${made.body.id}`, { ...made.body, status: 'entered-in-error' }));
    assert.doesNotMatch(ok(await nurse.get(`/api/messages/threads/${made.body.id}`)).text, /Par un autre logiciel/);
    assert.doesNotMatch(JSON.stringify(await nurse.list('view=unread')), /Par un autre logiciel/);
  });

  test('SEC-16 ids, texts and cursors of any shape get a clear refusal', async () => {
    for (const id of ['..', 'a b', 'x'.repeat(300), '%00', "'; drop table coordination.thread; --"])
      assert.ok([400, 404].includes((await doctor.get(`/api/messages/threads/${encodeURIComponent(id)}`)).status), id);
    for (const query of [
      'cursor=zzz',
      'cursor=2026-01-01|%27',
      'view=box',
      'view=box&box=nulle-part',
      'q=%25%27',
      'q=%20',
    ])
      ok(await doctor.get(`/api/messages/threads?${query}`));
    ok(await doctor.get('/api/messages/threads?view=autre'), 400);
    ok(await doctor.open({ key: 'pas-un-uuid', to: { everyone: true } }), 422);
    ok(await doctor.open({ text: 'x'.repeat(8001), to: { everyone: true } }), 422);
    ok(await doctor.open({ to: { people: Array.from({ length: 300 }, () => 'x') } }), 422);
  });

  test('COO-8 SEC-4 nobody changes who is in a conversation by the FHIR API, member or not, and no program writes in one', async () => {
    const { id } = ok(await doctor.open({ to: { people: [nurse.practitioner], professions: [] } })).body;
    const about = (
      JSON.parse((await doctor.send('GET', `/fhir/R4/Communication/${id}`)).text) as { subject: { reference: string } }
    ).subject.reference;
    const { body: group } = await doctor.send('GET', `/fhir/R4/${about}`);
    assert.equal(group.resourceType, 'Group');
    const wider = {
      ...group,
      member: [...group.member, { entity: { reference: `Practitioner/${outsider.practitioner}` } }],
    };
    for (const who of [doctor, nurse, outsider])
      assert.ok([403, 404].includes((await who.send('PUT', `/fhir/R4/${about}`, wider)).status));
    ok(await outsider.get(`/api/messages/threads/${id}`), 404);
    const program = await practice.client('system/*.cruds');
    assert.equal((await program('GET', `/fhir/R4/${about}`)).status, 404);
    assert.ok([403, 404].includes((await program('PUT', `/fhir/R4/${about}`, wider)).status));
    assert.equal(
      (
        await program('POST', '/fhir/R4/Communication', {
          resourceType: 'Communication',
          status: 'completed',
          subject: { reference: about },
          payload: [{ contentString: 'intrus' }],
        })
      ).status,
      403,
    );
  });
});
