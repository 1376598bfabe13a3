import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import { fileForm, newPractice, type TestPerson, type TestPractice } from '../../../test/app.ts';
import { dayInFrance } from '../../platform/index.ts';

// biome-ignore lint/suspicious/noExplicitAny: answers of every shape
type Json = any;
const ok = (answer: { status: number; text: string; body: Json }): Json => {
  if (answer.status >= 300) throw new Error(`${answer.status} ${answer.text}`);
  return answer.body;
};

describe('documents that are confided', () => {
  let practice: TestPractice;
  let doctor: TestPerson;
  let other: TestPerson;
  let nurse: TestPerson;
  let physio: TestPerson;
  let secretary: TestPerson;
  let stranger: TestPerson;
  let patient: string;
  let count = 0;
  before(async () => {
    practice = await newPractice('Maison des documents confiés');
    doctor = await practice.person('physician', { family: 'Kermarrec', given: 'Anne' });
    other = await practice.person('physician', { family: 'Cozic', given: 'Rozenn' });
    nurse = await practice.person('nurse', { family: 'Abgrall', given: 'Soizic' });
    physio = await practice.person('physiotherapist', { family: 'Le Bras', given: 'Noé' });
    secretary = await practice.person('medical-secretary', { family: 'Riou', given: 'Maël' });
    stranger = await (await newPractice()).person('physician');
    patient = ok(
      await doctor.send('POST', '/api/patients', {
        birthFamily: 'Confiemel',
        birthGivens: 'Yvonne',
        birthDate: '12/03/1948',
        sex: 'female',
      }),
    ).id;
    for (const one of [nurse, other, physio])
      ok(await doctor.send('POST', `/api/patients/${patient}/team`, { practitioner: one.practitioner }));
  });
  /** A document of the record, and its version. */
  async function newDocument(more: object = {}): Promise<{ id: string; title: string }> {
    const title = `Compte rendu d’hysteroscopie ${++count}`;
    const made = ok(
      await doctor.send('POST', '/fhir/R4/DocumentReference', {
        resourceType: 'DocumentReference',
        status: 'current',
        subject: { reference: `Patient/${patient}` },
        description: title,
        content: [
          { attachment: { contentType: 'text/plain', data: Buffer.from('Rien à signaler.').toString('base64') } },
        ],
        ...more,
      }),
    );
    return { id: made.id, title };
  }
  const versionOf = async (id: string) =>
    Number(ok(await doctor.send('GET', `/fhir/R4/DocumentReference/${id}`)).meta.versionId);
  const hand = async (who: TestPerson, id: string, to: TestPerson, more: object = {}) =>
    who.send('POST', `/api/patients/${patient}/documents/${id}/hand`, {
      version: await versionOf(id),
      to: to.practitioner,
      ...more,
    });
  const read = async (who: TestPerson, id: string, more: object = {}) =>
    who.send('POST', `/api/patients/${patient}/documents/${id}/read`, { version: await versionOf(id), ...more });
  const waits = async (who: TestPerson, id: string): Promise<Json> =>
    ok(await who.send('GET', '/api/documents/to-read')).lines.find((one: Json) => one.id === id);
  const tasks = async (who: TestPerson, view: string): Promise<Json[]> =>
    ok(await who.send('GET', `/api/tasks?view=${view}&patient=${patient}`)).tasks.filter(
      (one: Json) => one.kind === 'document',
    );
  const taskOf = async (who: TestPerson, id: string, view = 'mine'): Promise<Json> =>
    (await tasks(who, view)).find((one) => one.document === id);
  const task = async (who: TestPerson, id: string): Promise<Json> => ok(await who.send('GET', `/api/tasks/${id}`));

  test('DOS-10 COO-7 confided with a date, it waits in the list of who reads and as a task that is followed; reading it closes the task, taking the reading back opens it', async () => {
    const { id, title } = await newDocument();
    ok(await hand(doctor, id, nurse, { due: '+3j', words: 'Ton avis sur la plaie ?' }));
    const line = await waits(nurse, id);
    assert.equal(line.askedBy.name, 'Anne Kermarrec');
    assert.equal(line.awaited[0].words, 'Ton avis sur la plaie ?');
    const mine = await taskOf(nurse, id);
    assert.deepEqual(
      [mine.id, mine.title, mine.due, mine.mine, mine.requester.name, mine.may.done, mine.may.refuse, mine.may.accept],
      [line.task, `Document à lire : ${title}`, line.due, true, 'Anne Kermarrec', false, true, true],
    );
    assert.equal((await taskOf(doctor, id, 'asked')).ownerLabel, 'Soizic Abgrall');
    assert.equal(
      (await nurse.send('POST', `/api/tasks/${mine.id}/done`, { version: mine.version })).status,
      403,
      'it is read, not ticked',
    );
    ok(await nurse.send('POST', `/api/tasks/${mine.id}/accept`, { version: mine.version }));
    assert.ok(await waits(nurse, id), 'accepting is not reading');
    const done = ok(await read(nurse, id));
    assert.equal(await waits(nurse, id), undefined);
    const after = await task(doctor, mine.id);
    assert.deepEqual(
      [after.state, after.story.at(-1).act, after.story.at(-1).who.name],
      ['completed', 'done', 'Soizic Abgrall'],
    );
    ok(
      await nurse.send('POST', `/api/patients/${patient}/undo`, {
        entries: done.lines.map(({ type, id: one, version }: Json) => ({ type, id: one, version })),
      }),
    );
    assert.ok(await waits(nurse, id));
    assert.equal((await task(nurse, mine.id)).state, 'accepted');
  });
  test('DOS-10 asked for a signature, reading alone does not close it; a stand-in who signs does', async () => {
    const { id } = await newDocument();
    ok(await hand(doctor, id, other, { sign: true }));
    const mine = await taskOf(other, id);
    assert.match(mine.title, /^Document à signer : /);
    assert.equal(mine.due, null);
    ok(await read(other, id));
    assert.equal((await task(other, mine.id)).state, 'requested');
    const day = (days: number) => dayInFrance(new Date(Date.now() + days * 86_400_000));
    ok(
      await other.send('POST', '/api/messages/absences', { from: day(0), until: day(2), standIn: doctor.practitioner }),
    );
    ok(await read(doctor, id, { sign: true, for: other.practitioner }));
    assert.equal((await task(doctor, mine.id)).state, 'completed');
  });
  test('DOS-10 COO-7 refused with a reason it comes back to who asked, who gives it to someone else; handed on from the document it stays the same task', async () => {
    const { id } = await newDocument();
    ok(await hand(doctor, id, nurse));
    const mine = await taskOf(nurse, id);
    ok(
      await nurse.send('POST', `/api/tasks/${mine.id}/refuse`, {
        version: mine.version,
        reason: 'Je ne la suis plus.',
      }),
    );
    assert.equal(await waits(nurse, id), undefined);
    assert.ok(await waits(doctor, id), 'nothing is lost: it waits for who asked');
    const refused = await task(doctor, mine.id);
    assert.deepEqual([refused.state, refused.story.at(-1).text], ['rejected', 'Je ne la suis plus.']);
    ok(
      await doctor.send('POST', `/api/tasks/${mine.id}/change`, {
        version: refused.version,
        addressee: { to: 'person', practitioner: physio.practitioner },
      }),
    );
    assert.ok(await waits(physio, id));
    assert.equal(await waits(doctor, id), undefined);
    // Handed on by the second reader, with a date.
    ok(await hand(physio, id, other, { due: '+2j' }));
    const now = await task(other, mine.id);
    assert.deepEqual(
      [now.state, now.ownerLabel, now.requester.name, now.due !== null],
      ['requested', 'Rozenn Cozic', 'Anne Kermarrec', true],
    );
    assert.equal(await waits(physio, id), undefined);
    assert.equal(
      (await tasks(doctor, 'asked')).filter((one) => one.document === id).length,
      1,
      'one task, whoever has it',
    );
    // Given back by cancelling: nobody follows it, it waits for who asked.
    ok(await doctor.send('POST', `/api/tasks/${mine.id}/change`, { version: now.version, cancel: true }));
    assert.equal(await waits(other, id), undefined);
    assert.deepEqual([(await waits(doctor, id)).task], [null]);
  });
  test('DOS-10 taken back at once, replaced, entered in error or moved: the task ends with it', async () => {
    const undone = await newDocument();
    const written = ok(await hand(doctor, undone.id, nurse));
    const first = await taskOf(nurse, undone.id);
    ok(
      await doctor.send('POST', `/api/patients/${patient}/undo`, {
        entries: written.lines.map(({ type, id, version }: Json) => ({ type, id, version })),
      }),
    );
    assert.equal((await task(doctor, first.id)).state, 'cancelled');
    const wrong = await newDocument();
    ok(await hand(doctor, wrong.id, nurse));
    const second = await taskOf(nurse, wrong.id);
    ok(
      await doctor.send('POST', `/api/patients/${patient}/entries/DocumentReference/${wrong.id}/error`, {
        version: await versionOf(wrong.id),
        reason: 'autre patient',
      }),
    );
    assert.equal((await task(doctor, second.id)).state, 'cancelled');
    const moved = await newDocument();
    ok(await hand(doctor, moved.id, nurse));
    const third = await taskOf(nurse, moved.id);
    ok(
      await doctor.send('POST', `/api/patients/${patient}/documents/${moved.id}/move`, {
        version: await versionOf(moved.id),
        reason: 'à vérifier',
      }),
    );
    assert.equal((await task(doctor, third.id)).state, 'cancelled');
  });
  /** A file that this person puts in and sorts, for these readers; the version of the row among those to be sorted. */
  async function sorted(
    who: TestPerson,
    readers: readonly TestPerson[],
    more: object = {},
  ): Promise<{ id: string; version: number }> {
    const { document } = ok(
      await who.send(
        'POST',
        '/api/documents/inbox',
        ...fileForm(Buffer.from(`Courrier ${++count}, rien d’urgent.`), `courrier-${count}.txt`),
      ),
    );
    const line = ok(
      await who.send('POST', `/api/documents/inbox/${document}/sort`, {
        version: 1,
        patient,
        documentType: '11488-4',
        title: `Courrier ${count}`,
        readers: readers.map(({ practitioner }) => ({ practitioner, sign: true })),
        ...more,
      }),
    );
    return { id: document, version: line.version };
  }
  test('DOS-10 COO-7 each reader named while sorting has a task from who sorted, who reads nothing of it; sorting taken back ends them; nobody asks themselves', async () => {
    const { id, version } = await sorted(secretary, [doctor, nurse]);
    for (const who of [doctor, nurse]) {
      const mine = await taskOf(who, id);
      assert.deepEqual(
        [mine.title.startsWith('Document à signer : Courrier'), mine.requester.name, (await waits(who, id)).task],
        [true, 'Maël Riou', mine.id],
      );
    }
    const first = await taskOf(doctor, id);
    assert.equal(
      (await secretary.send('GET', `/api/tasks/${first.id}`)).body.title,
      null,
      'the secretary follows a task, not a document',
    );
    assert.equal((await tasks(secretary, 'asked')).filter((one) => one.patient?.id === patient).length, 2);
    assert.equal((await stranger.send('GET', `/api/tasks/${first.id}`)).status, 404);
    ok(await read(doctor, id, { sign: true }));
    assert.equal((await task(doctor, first.id)).state, 'completed');
    const wrong = await sorted(secretary, [doctor]);
    const second = await taskOf(doctor, wrong.id);
    ok(await secretary.send('POST', `/api/documents/inbox/${wrong.id}/back`, { version: wrong.version }));
    assert.equal((await task(secretary, second.id)).state, 'cancelled');
    assert.equal(
      (await secretary.send('POST', `/api/documents/inbox/${id}/back`, { version })).status,
      409,
      'it was signed since',
    );
    const own = await sorted(doctor, [doctor, nurse]);
    assert.equal(await taskOf(doctor, own.id), undefined);
    assert.equal((await taskOf(nurse, own.id)).requester.name, 'Anne Kermarrec');
    assert.equal((await waits(doctor, own.id)).task, null);
  });
  test('DOS-10 COO-7 refused by a reader whom a secretary named, it waits for whoever takes care of the patient, until someone reads it or it is given to someone else', async () => {
    const { id } = await sorted(secretary, [nurse, physio]);
    const [mine, others] = [await taskOf(nurse, id), await taskOf(physio, id)];
    ok(await nurse.send('POST', `/api/tasks/${mine.id}/refuse`, { version: mine.version, reason: 'Pas pour moi.' }));
    assert.deepEqual([(await waits(other, id)).team, (await waits(physio, id)).team], [true, false]);
    ok(
      await physio.send('POST', `/api/tasks/${others.id}/refuse`, { version: others.version, reason: 'Ni pour moi.' }),
    );
    for (const who of [doctor, other, nurse]) assert.equal((await waits(who, id)).team, true);
    assert.equal(await waits(secretary, id), undefined, 'who cannot read it is not asked to');
    const refused = await task(secretary, mine.id);
    assert.deepEqual(
      [refused.state, refused.story.at(-1).text],
      ['rejected', ''],
      'what professionals write to each other is not the secretary’s',
    );
    assert.equal((await task(doctor, mine.id)).story.at(-1).text, 'Pas pour moi.');
    ok(
      await secretary.send('POST', `/api/tasks/${mine.id}/change`, {
        version: refused.version,
        addressee: { to: 'person', practitioner: doctor.practitioner },
      }),
    );
    assert.deepEqual([(await waits(doctor, id)).task, (await task(doctor, mine.id)).state], [mine.id, 'requested']);
    ok(await read(doctor, id, { sign: true }));
    assert.deepEqual(
      [(await task(doctor, mine.id)).state, (await task(doctor, others.id)).state],
      ['completed', 'completed'],
    );
    assert.equal(await waits(other, id), undefined);
  });
  test('DOS-10 SEC-3 who may not: what cannot be read is not confided, not by a task either; who sees tasks sees no title, a forged task moves nothing', async () => {
    const security = [{ system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode', code: 'PSY' }];
    const hidden = await newDocument({ meta: { security } });
    const refused = await hand(doctor, hidden.id, physio);
    assert.deepEqual([refused.status, Object.keys(refused.body.fields)], [422, ['readers']]);
    assert.match(refused.body.detail, /sensible/);
    ok(await hand(doctor, hidden.id, nurse, { due: 'demain' }));
    const mine = await taskOf(nurse, hidden.id);
    const given = await doctor.send('POST', `/api/tasks/${mine.id}/change`, {
      version: mine.version,
      addressee: { to: 'person', practitioner: physio.practitioner },
    });
    assert.equal(given.status, 422);
    assert.equal((await task(doctor, mine.id)).ownerLabel, 'Soizic Abgrall', 'nothing was changed');
    // Colleagues and the secretary see that there is something, never which document.
    for (const who of [physio, secretary]) {
      const seen = await who.send('GET', `/api/tasks/${mine.id}`);
      assert.doesNotMatch(seen.text, new RegExp(`${hidden.title}|${hidden.id}`));
      assert.equal(seen.body.document, null);
      assert.ok(!(await who.send('GET', `/api/tasks?view=team&patient=${patient}`)).text.includes(hidden.title));
    }
    assert.equal((await secretary.send('GET', `/api/tasks/${mine.id}`)).body.title, null);
    assert.doesNotMatch((await physio.send('GET', `/fhir/R4/Task/${mine.id}`)).text, new RegExp(hidden.title));
    assert.equal((await stranger.send('GET', `/api/tasks/${mine.id}`)).status, 404);
    assert.equal(
      (
        await stranger.send('POST', `/api/patients/${patient}/documents/${hidden.id}/hand`, {
          version: 1,
          to: nurse.practitioner,
        })
      ).status,
      403,
    );
    // A task that the document does not name decides nothing of it.
    const before = await versionOf(hidden.id);
    ok(
      await physio.send('POST', '/fhir/R4/Task', {
        resourceType: 'Task',
        status: 'requested',
        intent: 'order',
        code: { coding: [{ system: 'urn:estran:task-kind', code: 'document' }] },
        basedOn: [{ reference: `DocumentReference/${hidden.id}` }],
        for: { reference: `Patient/${patient}` },
        owner: { reference: `Practitioner/${physio.practitioner}` },
        requester: { reference: `Practitioner/${physio.practitioner}` },
      }),
    );
    assert.equal(await versionOf(hidden.id), before);
    assert.equal(await waits(physio, hidden.id), undefined);
    assert.equal(
      (
        await physio.send('POST', '/api/tasks', {
          kind: 'document',
          title: 'x',
          patient,
          addressee: { to: 'person', practitioner: nurse.practitioner },
        })
      ).status,
      422,
    );
    for (const due of ['hier', 'zz', '01/01/2001', {}])
      assert.equal((await hand(doctor, hidden.id, other, { due })).status, 422, String(due));
  });
});
