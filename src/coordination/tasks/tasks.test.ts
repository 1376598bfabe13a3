import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import { anyone, testHouse } from '../../../test/app.ts';
import { ask, ids, type Json, newPatient, newTeam, person, type Team } from './tasks.fixture.ts';

describe('tasks', () => {
  let team: Team;
  let patient: string;
  before(async () => {
    team = await newTeam();
    patient = await newPatient(team.doctor, [team.nurse, team.mate]);
  });

  test('COO-7 a task is asked, accepted, done; its story says who, what and when', async () => {
    const { doctor, nurse } = team;
    const task = await ask(doctor, {
      detail: 'Plaie du talon',
      patient,
      addressee: person(nurse),
      due: 'demain',
      priority: 'urgent',
    });
    assert.equal(task.state, 'requested');
    const mine = await nurse.send('GET', '/api/tasks');
    assert.ok(ids(mine).includes(task.id));
    const accepted = await nurse.send('POST', `/api/tasks/${task.id}/accept`, { version: 1 });
    assert.equal(accepted.body.state, 'accepted');
    const done = await nurse.send('POST', `/api/tasks/${task.id}/done`, { version: 2, note: 'Plaie propre.' });
    assert.deepEqual(
      done.body.story.map((one: Json) => [one.act, one.who.name, one.text]),
      [
        ['asked', 'Anne Kermarrec', ''],
        ['accepted', 'Soizic Abgrall', ''],
        ['done', 'Soizic Abgrall', 'Plaie propre.'],
      ],
    );
    assert.ok(!ids(await nurse.send('GET', '/api/tasks')).includes(task.id));
    assert.ok(ids(await nurse.send('GET', '/api/tasks?view=done')).includes(task.id));
    const asked = await doctor.send('GET', '/api/tasks?view=asked');
    assert.ok(asked.body.tasks.find((one: Json) => one.id === task.id).unread, 'who asked is told');
    await doctor.send('GET', `/api/tasks/${task.id}`);
    assert.equal(
      (await doctor.send('GET', '/api/tasks?view=asked')).body.tasks.find((one: Json) => one.id === task.id).unread,
      false,
    );
  });

  test('COO-7 a task refused comes back first to who asked, with the reason, and is given to someone else', async () => {
    const { doctor, nurse, mate } = team;
    await ask(doctor, { title: 'Avant', patient, addressee: person(mate), due: 'auj' });
    const task = await ask(doctor, { patient, addressee: person(nurse), due: '+2s' });
    assert.equal((await nurse.send('POST', `/api/tasks/${task.id}/refuse`, { version: 1, reason: '  ' })).status, 422);
    const refused = await nurse.send('POST', `/api/tasks/${task.id}/refuse`, { version: 1, reason: 'En congé.' });
    assert.equal(refused.body.state, 'rejected');
    const asked = await doctor.send('GET', '/api/tasks?view=asked');
    assert.equal(asked.body.tasks[0].id, task.id);
    assert.ok(ids(await doctor.send('GET', '/api/tasks?view=unowned')).includes(task.id), 'nobody has it');
    assert.equal((await doctor.send('GET', `/api/tasks/${task.id}`)).body.story.at(-1).text, 'En congé.');
    const given = await doctor.send('POST', `/api/tasks/${task.id}/change`, {
      version: 2,
      addressee: person(mate),
      note: 'Tu peux ?',
    });
    assert.equal(given.body.state, 'requested');
    assert.equal(given.body.owner.name, 'Maël Le Bihan');
    assert.ok(ids(await mate.send('GET', '/api/tasks')).includes(task.id));
    assert.ok(!ids(await nurse.send('GET', '/api/tasks')).includes(task.id));
  });

  test('COO-7 SEC-11 of two who take the same task one wins, the other is told who was faster', async () => {
    const { doctor, nurse, mate } = team;
    const task = await ask(doctor, { patient, addressee: { to: 'profession', profession: 'nurse' } });
    for (const one of [nurse, mate])
      assert.equal(
        (await one.send('GET', '/api/tasks')).body.tasks.find((line: Json) => line.id === task.id).forMe,
        true,
      );
    const both = await Promise.all(
      [nurse, mate].map((one) => one.send('POST', `/api/tasks/${task.id}/accept`, { version: 1 })),
    );
    assert.deepEqual(both.map((one) => one.status).sort(), [200, 409]);
    const winner = both.find((one) => one.status === 200)!.body.owner.name;
    const loser = both.find((one) => one.status === 409)!.body;
    assert.equal(loser.code, 'edited-meanwhile');
    assert.match(loser.detail, new RegExp(`${winner} a pris`));
    assert.equal(loser.current.owner.name, winner);
  });

  test('COO-7 undo: what was done in the last seconds stands as before, with its words taken back; by who did it, once', async () => {
    const { doctor, nurse, mate } = team;
    const task = await ask(doctor, { patient, addressee: { to: 'profession', profession: 'nurse' } });
    await nurse.send('POST', `/api/tasks/${task.id}/done`, { version: 1, note: 'Mauvais patient' });
    assert.equal((await mate.send('POST', `/api/tasks/${task.id}/undo`, { version: 2 })).status, 409, 'not by another');
    const back = await nurse.send('POST', `/api/tasks/${task.id}/undo`, { version: 2 });
    assert.equal(back.status, 200, back.text);
    assert.deepEqual([back.body.state, back.body.owner, back.body.ownerLabel], ['requested', null, 'Infirmier']);
    assert.deepEqual(
      back.body.story.map((one: Json) => one.act),
      ['asked'],
    );
    assert.ok(!back.text.includes('Mauvais patient'));
    const request = (await doctor.send('GET', `/fhir/R4/ServiceRequest?subject=Patient/${patient}&_sort=-authored`))
      .body.entry[0].resource;
    assert.equal(request.status, 'active');
  });

  test('COO-7 who asked changes the date, cancels and opens again; a date that is past or none is refused with words', async () => {
    const { doctor, nurse } = team;
    const task = await ask(doctor, { patient, addressee: person(nurse) });
    for (const due of ['01/02/2020', 'bientôt']) {
      const wrong = await doctor.send('POST', `/api/tasks/${task.id}/change`, { version: 1, due });
      assert.equal(wrong.status, 422);
      assert.ok(wrong.body.fields.due);
    }
    const moved = await doctor.send('POST', `/api/tasks/${task.id}/change`, {
      version: 1,
      due: '+3j',
      priority: 'urgent',
    });
    assert.equal(moved.body.priority, 'urgent');
    const cancelled = await doctor.send('POST', `/api/tasks/${task.id}/change`, {
      version: 2,
      cancel: true,
      note: 'Hospitalisé',
    });
    assert.equal(cancelled.body.state, 'cancelled');
    assert.equal((await doctor.send('POST', `/api/tasks/${task.id}/change`, { version: 3, cancel: true })).status, 409);
    const open = await doctor.send('POST', `/api/tasks/${task.id}/change`, { version: 3, reopen: true });
    assert.equal(open.body.state, 'requested');
    assert.deepEqual(
      open.body.story.map((one: Json) => one.act),
      ['asked', 'moved', 'cancelled', 'reopened'],
    );
  });

  test('COO-7 SEC-3 a secretary sees that a task exists, for whom and until when, and nothing of what; her own words are hers to read', async () => {
    const { doctor, nurse, secretary, coordinator } = team;
    const clinical = await ask(doctor, {
      title: 'Hémoculture si fièvre',
      detail: 'Suspicion d’endocardite',
      patient,
      addressee: person(nurse),
      due: 'demain',
    });
    const plain = await ask(doctor, {
      title: 'Prendre rendez-vous chez le cardiologue',
      patient,
      addressee: person(secretary),
      administrative: true,
    });
    await nurse.send('POST', `/api/tasks/${clinical.id}/refuse`, { version: 1, reason: 'Pas de flacon stérile' });
    const list = await secretary.send('GET', '/api/tasks?view=team');
    const line = list.body.tasks.find((one: Json) => one.id === clinical.id);
    assert.deepEqual(
      [line.title, line.detail, line.patient.id, line.owner.name],
      [null, null, patient, 'Soizic Abgrall'],
    );
    assert.equal(
      list.body.tasks.find((one: Json) => one.id === plain.id).title,
      'Prendre rendez-vous chez le cardiologue',
    );
    for (const path of [
      `/api/tasks/${clinical.id}`,
      '/api/tasks?view=unowned',
      '/api/tasks?view=team&q=endocardite',
      `/api/patients/${patient}/tasks`,
      '/api/tasks/team-day',
      `/fhir/R4/Task/${clinical.id}`,
      `/fhir/R4/Task?patient=${patient}&_include=Task:focus&_revinclude=Communication:based-on`,
      `/fhir/R4/Task/${clinical.id}/_history`,
      `/fhir/R4/Patient/${patient}/$everything`,
    ])
      assert.doesNotMatch((await secretary.send('GET', path)).text, /endocardite|Hémoculture|flacon/, path);
    assert.equal(
      (await secretary.send('GET', '/api/tasks?view=team&q=endocardite')).body.tasks.length,
      0,
      'not found by its words either',
    );
    assert.equal((await secretary.send('POST', `/api/tasks/${clinical.id}/notes`, { text: 'Vu' })).status, 403);
    // Whoever runs the coordination ends it without having read it, and says nothing in it.
    const { version } = (await coordinator.send('GET', `/api/tasks/${clinical.id}`)).body;
    const end = (note?: string) =>
      coordinator.send('POST', `/api/tasks/${clinical.id}/change`, { version, cancel: true, note });
    const word = await end('Sans objet');
    assert.deepEqual([word.status, /ne lisez pas le contenu/.test(word.body.detail)], [403, true], word.text);
    assert.equal((await doctor.send('GET', `/api/tasks/${clinical.id}`)).body.version, version);
    assert.equal((await end()).status, 200);
    const done = await secretary.send('POST', `/api/tasks/${plain.id}/done`, { version: 1, note: 'Le 12 à 9 h.' });
    assert.equal(done.status, 200, done.text);
    assert.equal((await doctor.send('GET', `/api/tasks/${plain.id}`)).body.story.at(-1).text, 'Le 12 à 9 h.');
  });
  test('COO-7 what is asked of the secretariat must be readable there, and a secretary asks in words for the secretariat', async () => {
    const { doctor, secretary, nurse } = team;
    const blind = await doctor.send('POST', '/api/tasks', { title: 'Rappeler', patient, addressee: person(secretary) });
    assert.equal(blind.status, 422);
    assert.ok(blind.body.fields.administrative);
    assert.equal(
      (
        await doctor.send('POST', '/api/tasks', {
          title: 'Rappeler',
          patient,
          addressee: { to: 'profession', profession: 'medical-secretary' },
        })
      ).status,
      422,
    );
    assert.equal(
      (await secretary.send('POST', '/api/tasks', { title: 'Rappeler', patient, addressee: person(nurse) })).status,
      403,
      'no clinical words from a secretary',
    );
    const asked = await secretary.send('POST', '/api/tasks', {
      title: 'Rappeler la fille',
      patient,
      addressee: person(nurse),
      administrative: true,
    });
    assert.equal(asked.status, 200, asked.text);
    assert.ok(ids(await nurse.send('GET', '/api/tasks')).includes(asked.body.id));
  });

  test('COO-7 the practice’s own tasks are read by everyone in it, and taken by whoever is free', async () => {
    const { secretary, physio, coordinator, administrator, stranger } = team;
    const task = await ask(secretary, { title: 'Changer la serrure', addressee: { to: 'team' } });
    for (const one of [physio, coordinator])
      assert.equal(
        (await one.send('GET', '/api/tasks?view=team')).body.tasks.find((line: Json) => line.id === task.id)?.title,
        'Changer la serrure',
      );
    assert.equal((await administrator.send('GET', '/api/tasks')).status, 403);
    assert.ok(!ids(await stranger.send('GET', '/api/tasks?view=team')).includes(task.id));
    const taken = await physio.send('POST', `/api/tasks/${task.id}/accept`, { version: 1 });
    assert.equal(taken.status, 200, taken.text);
    assert.ok(ids(await physio.send('GET', '/api/tasks')).includes(task.id));
  });

  test('SEC-4 COO-7 someone outside the care team is asked only with the patient’s agreement, and joins the team with the task', async () => {
    const { doctor, physio } = team;
    const own = await newPatient(doctor);
    const refused = await doctor.send('POST', '/api/tasks', {
      title: 'Bilan',
      patient: own,
      addressee: person(physio),
    });
    assert.equal(refused.status, 409);
    assert.equal(refused.body.code, 'outside-team');
    const asked = await doctor.send('POST', '/api/tasks', {
      title: 'Bilan',
      patient: own,
      addressee: person(physio),
      joinTeam: { agreed: true },
    });
    assert.equal(asked.status, 200, asked.text);
    assert.match(
      asked.body.story.length > 1
        ? asked.body.story[1].text
        : (await doctor.send('GET', `/api/tasks/${asked.body.id}`)).text,
      /accord du patient/,
    );
    assert.equal((await physio.send('GET', `/api/patients/${own}/record`)).status, 200);
    assert.ok(ids(await physio.send('GET', '/api/tasks')).includes(asked.body.id));
  });

  test('SEC-3 SEC-4 COO-7 a coordinator gives a task of the secretariat to someone outside with the patient’s agreement; steps and decisions are written by their own rooms', async () => {
    const { doctor, physio, coordinator } = team;
    const own = await newPatient(doctor);
    const given = await coordinator.send('POST', '/api/tasks', {
      title: 'Appeler pour un transport',
      patient: own,
      addressee: person(physio),
      administrative: true,
      joinTeam: { agreed: true },
    });
    assert.equal(given.status, 200, given.text);
    assert.match((await coordinator.send('GET', `/api/tasks/${given.body.id}`)).text, /accord du patient/);
    assert.equal((await physio.send('GET', `/api/patients/${own}/record`)).status, 200);
    const words = await coordinator.send('POST', '/api/tasks', {
      title: 'Refaire le pansement',
      patient: own,
      addressee: person(coordinator),
    });
    assert.equal(words.status, 422, 'a coordinator reads no words of care');
    for (const kind of ['protocol', 'decision', 'handover'])
      for (const who of [doctor, coordinator])
        assert.equal(
          (await who.send('POST', '/api/tasks', { kind, title: 'x', patient: own, addressee: person(doctor) })).status,
          422,
          kind,
        );
  });

  test('SEC-4 COO-7 who may not, act by act: outside the team, another practice, an administrator, someone without a part in it, nobody at all', async () => {
    const { doctor, nurse, mate, physio, secretary, coordinator, administrator, stranger } = team;
    const task = await ask(doctor, { patient, addressee: person(nurse) });
    const at = `/api/tasks/${task.id}`;
    const acts: [string, string, Json | undefined][] = [
      ['GET', at, undefined],
      ['POST', `${at}/accept`, { version: 1 }],
      ['POST', `${at}/refuse`, { version: 1, reason: 'non' }],
      ['POST', `${at}/done`, { version: 1 }],
      ['POST', `${at}/change`, { version: 1, cancel: true }],
      ['POST', `${at}/undo`, { version: 1 }],
      ['POST', `${at}/remind`, { version: 1 }],
      ['POST', `${at}/notes`, { text: 'mot' }],
    ];
    for (const [method, path, body] of acts) {
      assert.equal((await physio.send(method, path, body)).status, 404, `outside the team: ${path}`);
      assert.equal((await stranger.send(method, path, body)).status, 404, `another practice: ${path}`);
      assert.equal((await administrator.send(method, path, body)).status, 403, `administrator: ${path}`);
      assert.equal((await anyone(method, path, body)).status, 401, `nobody: ${path}`);
    }
    for (const act of ['accept', 'refuse', 'done']) {
      const body = { version: 1, ...(act === 'refuse' && { reason: 'non' }) };
      assert.equal((await mate.send('POST', `${at}/${act}`, body)).status, 403, `another of the team: ${act}`);
      assert.equal((await secretary.send('POST', `${at}/${act}`, body)).status, 403, `secretary: ${act}`);
      assert.equal((await coordinator.send('POST', `${at}/${act}`, body)).status, 403, `coordinator: ${act}`);
    }
    assert.equal((await mate.send('POST', `${at}/change`, { version: 1, cancel: true })).status, 403);
    assert.equal((await secretary.send('POST', `${at}/change`, { version: 1, due: 'demain' })).status, 403);
    assert.equal((await doctor.send('GET', at)).body.version, 1, 'nothing was changed');
    for (const [who, wanted] of [
      [physio, 403],
      [stranger, 404],
      [administrator, 403],
    ] as const) {
      assert.equal(
        (await who.send('POST', '/api/tasks', { title: 'x', patient, addressee: { to: 'team' } })).status,
        wanted,
      );
      assert.ok([403, 404].includes((await who.send('GET', `/api/patients/${patient}/tasks`)).status));
    }
    assert.equal(
      (await coordinator.send('POST', `${at}/change`, { version: 1, addressee: person(mate) })).status,
      200,
      'the coordinator may give it to another of the team',
    );
  });

  test('SEC-4 COO-7 a professional whom the patient opposes sees no words, takes nothing and asks nothing', async () => {
    const { doctor, nurse } = team;
    const own = await newPatient(doctor, [nurse]);
    const task = await ask(doctor, { title: 'Secret du patient', patient: own, addressee: person(nurse) });
    const choice = await doctor.send('POST', `/api/patients/${own}/choices`, {
      decision: 'oppose',
      practitioner: nurse.practitioner,
    });
    assert.equal(choice.status, 200, choice.text);
    const seen = await nurse.send('GET', `/api/tasks/${task.id}`);
    assert.doesNotMatch(seen.text, /Secret/);
    for (const [act, body] of [
      ['accept', {}],
      ['done', {}],
      ['refuse', { reason: 'non' }],
    ] as const)
      assert.ok(
        [403, 404].includes((await nurse.send('POST', `/api/tasks/${task.id}/${act}`, { version: 1, ...body })).status),
        act,
      );
    assert.equal(
      (await nurse.send('POST', '/api/tasks', { title: 'x', patient: own, addressee: { to: 'team' } })).status,
      403,
    );
    assert.equal(
      (await nurse.send('POST', `/api/patients/${own}/handovers`, { text: 'x', addressee: { to: 'team' } })).status,
      403,
    );
  });

  test('COO-7 a reminder goes to the owner, once an hour whoever sends it', async () => {
    const { doctor, nurse, mate } = team;
    const task = await ask(doctor, { patient, addressee: person(nurse) });
    assert.equal((await nurse.send('POST', `/api/tasks/${task.id}/remind`, { version: 1 })).status, 403, 'not oneself');
    const reminded = await doctor.send('POST', `/api/tasks/${task.id}/remind`, { version: 1 });
    assert.equal(reminded.status, 200, reminded.text);
    assert.ok(reminded.body.reminded);
    assert.equal(reminded.body.story.at(-1).act, 'reminded');
    const again = await mate.send('POST', `/api/tasks/${task.id}/remind`, { version: 1 });
    assert.equal(again.status, 409);
    assert.equal(again.body.code, 'reminded-lately');
  });

  test('COO-7 any Task has its line, whoever wrote it: one with words by the FHIR API is seen by carers, and not by the secretariat', async () => {
    const { doctor, nurse, secretary, practice } = team;
    const program = await practice.client('system/*.cruds');
    const made = await program('POST', '/fhir/R4/Task', {
      resourceType: 'Task',
      status: 'requested',
      intent: 'order',
      description: 'Relevé de glycémie',
      for: { reference: `Patient/${patient}` },
      owner: { reference: `Practitioner/${nurse.practitioner}` },
      authoredOn: '2026-11',
      restriction: { period: { end: '2031' } },
    });
    assert.equal(made.status, 201, made.text);
    assert.equal(
      (await nurse.send('GET', '/api/tasks')).body.tasks.find((one: Json) => one.id === made.body.id)?.title,
      'Relevé de glycémie',
    );
    assert.ok(!ids(await secretary.send('GET', '/api/tasks?view=team')).includes(made.body.id));
    assert.equal((await program('DELETE', `/fhir/R4/Task/${made.body.id}`)).status, 204);
    assert.ok(!ids(await nurse.send('GET', '/api/tasks')).includes(made.body.id));
    for (const odd of [
      { authoredOn: '9999-12-31' },
      { restriction: { period: { end: '9999-12-31' } } },
      { owner: { display: 'Personne' } },
      { for: { reference: 'Group/practice' } },
    ])
      assert.equal(
        (
          await program('POST', '/fhir/R4/Task', {
            resourceType: 'Task',
            status: 'requested',
            intent: 'order',
            for: { reference: `Patient/${patient}` },
            ...odd,
          })
        ).status < 500,
        true,
      );
    assert.equal((await doctor.send('GET', '/api/tasks?view=team')).status, 200);
  });

  test('COO-7 a long list comes in pages that hold still, each task once; a broken page is refused with words', async () => {
    const { doctor, nurse } = team;
    const own = await newPatient(doctor, [nurse]);
    for (let at = 0; at < 60; at++)
      await ask(doctor, {
        title: `Tâche ${at}`,
        patient: own,
        addressee: person(nurse),
        due: at % 3 === 0 ? null : `+${at % 9}j`,
        ...(at % 5 === 0 && { priority: 'urgent' }),
      });
    const seen: string[] = [];
    let cursor = '';
    do {
      const page = await nurse.send('GET', `/api/tasks?view=team&patient=${own}${cursor && `&cursor=${cursor}`}`);
      seen.push(...ids(page));
      if (!cursor) await ask(doctor, { title: 'Entre deux pages', patient: own, addressee: person(nurse), due: 'auj' });
      cursor = page.body.next ?? '';
    } while (cursor);
    assert.equal(seen.length, 60);
    assert.equal(new Set(seen).size, 60);
    const found = await nurse.send('GET', `/api/tasks?view=team&patient=${own}&q=tache%2042`);
    assert.deepEqual(
      found.body.tasks.map((one: Json) => one.title),
      ['Tâche 42'],
    );
    assert.ok(
      (await nurse.send('GET', `/api/tasks?view=team&patient=${own}&urgent=1`)).body.tasks.every(
        (one: Json) => one.priority === 'urgent',
      ),
    );
    // What is asked for last of hundreds is found as well.
    const many = await newPatient(doctor, [nurse]);
    const program = await team.practice.client('system/*.cruds');
    for (let start = 0; start < 640; start += 160)
      assert.equal(
        (
          await program('POST', '/fhir/R4', {
            resourceType: 'Bundle',
            type: 'transaction',
            entry: Array.from({ length: 160 }, (_, at) => ({
              resource: {
                resourceType: 'Task',
                status: 'requested',
                intent: 'order',
                description: start + at === 639 ? 'Livrer le rhododendron' : 'Rappeler',
                for: { reference: `Patient/${many}` },
                owner: { reference: `Practitioner/${nurse.practitioner}` },
                authoredOn: '2026-01-01',
                restriction: { period: { end: `${2030 + start / 160 + (start + at === 639 ? 5 : 0)}-01-01` } },
              },
              request: { method: 'POST', url: 'Task' },
            })),
          })
        ).status,
        200,
      );
    const last = await nurse.send('GET', `/api/tasks?view=team&patient=${many}&q=rhododendron`);
    assert.equal(last.body.tasks.length, 1, last.text.slice(0, 300));
    for (const broken of [
      'x',
      Buffer.from('9|zz|a').toString('base64url'),
      Buffer.from("0|1|'; drop").toString('base64url'),
    ])
      assert.equal((await nurse.send('GET', `/api/tasks?cursor=${broken}`)).status, 422);
  });

  test('COO-7 SEC-6 a locum has the tasks of whom they replace', async () => {
    const { doctor, nurse, administrator, practice } = team;
    const locum = await practice.person('nurse', { family: 'Riou', given: 'Léo' });
    const own = await newPatient(doctor, [nurse]);
    const task = await ask(doctor, { patient: own, addressee: person(nurse) });
    const mine = `/api/tasks?patient=${own}`;
    assert.ok(!ids(await locum.send('GET', mine)).includes(task.id));
    const now = Date.now();
    const declared = await administrator.send('POST', '/api/delegations', {
      kind: 'locum',
      delegate: locum.practitioner,
      responsible: nurse.practitioner,
      from: new Date(now - 60_000).toISOString(),
      until: new Date(now + 86_400_000).toISOString(),
    });
    assert.ok(declared.status < 300, declared.text);
    assert.ok(ids(await locum.send('GET', mine)).includes(task.id));
    const done = await locum.send('POST', `/api/tasks/${task.id}/done`, { version: 1 });
    assert.equal(done.status, 200, done.text);
    assert.equal(done.body.owner.name, 'Léo Riou');
  });

  test('COO-7 whom one can ask: the care team first, and who is of a team is told only to those who may know', async () => {
    const { nurse, physio, secretary } = team;
    const own = await newPatient(team.doctor, [nurse, team.mate]);
    const list = (await nurse.send('GET', `/api/addressees?patient=${own}`)).body;
    assert.deepEqual(
      list.colleagues.slice(0, 3).map((one: Json) => one.inTeam),
      [true, true, true],
    );
    assert.equal(list.colleagues.find((one: Json) => one.id === secretary.practitioner).reads, false);
    assert.ok(list.professions.find((one: Json) => one.code === 'nurse').inTeam >= 2);
    assert.ok(
      (await physio.send('GET', `/api/addressees?patient=${own}`)).body.colleagues.every((one: Json) => !one.inTeam),
      'outside the team',
    );
  });
  test('COO-1 COO-7 in the lists one chooses from and in the day of the team, a profession is said of a woman when she is known to be one', async () => {
    const { fhir } = await testHouse();
    const she = await team.practice.person('nurse', { family: 'Cozic', given: 'Rozenn' });
    const house = fhir.asSystem(team.practice.tenant, 'test');
    const stored = await house.read('Practitioner', she.practitioner);
    await house.update({ ...stored.resource, gender: 'female' });
    const own = await newPatient(team.doctor, [she]);
    await ask(team.doctor, { patient: own, addressee: person(she) });
    const listed = (await team.doctor.send('GET', '/api/addressees')).body.colleagues.find(
      (one: Json) => one.id === she.practitioner,
    );
    assert.equal(listed.professionLabel, 'Infirmière');
    const day = (await team.secretary.send('GET', '/api/tasks/team-day')).body.people;
    assert.equal(day.find((one: Json) => one.who.id === she.practitioner).who.role, 'Infirmière');
  });
  test('COO-7 the day of the team: how much waits for whom, of the tasks one may see', async () => {
    const { nurse, secretary, physio } = team;
    const day = (await secretary.send('GET', '/api/tasks/team-day')).body;
    assert.ok(day.people.find((one: Json) => one.who.id === nurse.practitioner).open > 0);
    assert.ok(
      !(await physio.send('GET', '/api/tasks/team-day')).body.people.some(
        (one: Json) => one.who.id === nurse.practitioner,
      ),
    );
    const count = (await nurse.send('GET', '/api/tasks/count')).body;
    assert.equal(count.mine, (await nurse.send('GET', '/api/tasks')).body.counts.mine);
  });
});
