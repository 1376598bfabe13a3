import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { before, describe, test } from 'node:test';
import fc from 'fast-check';
import * as Y from 'yjs';
import { type Answer, newPractice, testHouse, type TestPerson, type TestPractice } from '../../../test/app.ts';
import type { MailFile } from '../../access/index.ts';
import { dayInFrance, Live, type Sql } from '../../platform/index.ts';
import { wordsOf } from '../../platform/pdf/pdf-words-for-tests.ts';
import type { Room } from '../room.ts';
import { meetingConsumers } from './events.ts';

const ok = (answer: Answer) => {
  assert.ok(answer.status < 300, `${answer.status} ${answer.text}`);
  return answer.body;
};
const refused = (answer: Answer, status: number, code?: string) => {
  assert.equal(answer.status, status, answer.text);
  if (code) assert.equal(answer.body.code, code);
  assert.match(answer.headers['content-type']!, /problem\+json/);
  return answer.body;
};
let count = 0;
/** Names unlike each other: patients too much alike would be taken for one. */
const letters = (n: number): string =>
  createHash('sha256')
    .update(String(n))
    .digest('hex')
    .replace(/[^a-f]/g, '')
    .slice(0, 10);

interface Staffed {
  practice: TestPractice;
  doctor: TestPerson;
  nurse: TestPerson;
  physio: TestPerson;
  pharmacist: TestPerson;
  coordinator: TestPerson;
  secretary: TestPerson;
  administrator: TestPerson;
}
async function staffed(): Promise<Staffed> {
  const practice = await newPractice();
  return {
    practice,
    doctor: await practice.person('physician', { family: 'Kermarrec', given: 'Anne' }),
    nurse: await practice.person('nurse', { family: 'Abgrall', given: 'Soizic' }),
    physio: await practice.person('physiotherapist', { family: 'Quéméneur', given: 'Erwan' }),
    pharmacist: await practice.person('pharmacist', { family: 'Hénaff', given: 'Lucie' }),
    coordinator: await practice.person('coordinator', { family: 'Le Corre', given: 'Tristan', roles: ['coordinator'] }),
    secretary: await practice.person('medical-secretary', { family: 'Pellen', given: 'Maryvonne' }),
    administrator: await practice.person('administrator', {
      family: 'Miossec',
      given: 'Aurore',
      roles: ['owner', 'administrator'],
    }),
  };
}
async function newPatient(
  { doctor }: Staffed,
  team: TestPerson[] = [],
  birthDate = `${String(1 + (count % 28)).padStart(2, '0')}/0${1 + (count % 9)}/${1936 + (count % 9)}`,
): Promise<{ id: string; family: string }> {
  const family = `Ker${letters(++count * 7919)}`;
  const { id } = ok(
    await doctor.send('POST', '/api/patients', {
      birthFamily: family,
      birthGivens: `Ro${letters(count * 104729)}`,
      birthDate,
      sex: 'female',
    }),
  );
  for (const one of team) ok(await doctor.send('POST', `/api/patients/${id}/team`, { practitioner: one.practitioner }));
  return { id, family };
}
const propose = async (who: TestPerson, patient: string, reason = 'Plaie qui ne cicatrise pas', more: object = {}) =>
  ok(await who.send('POST', `/api/patients/${patient}/meeting-proposals`, { reason, ...more }));
const detail = async (who: TestPerson, id: string) => ok(await who.send('GET', `/api/meetings/${id}`));
const tomorrow = (days = 1, hour = 12) =>
  `${dayInFrance(new Date(Date.now() + days * 86_400_000))}T${String(hour).padStart(2, '0')}:30`;
const plan = async (
  house: Staffed,
  patients: string[] = [],
  people = [house.doctor, house.nurse, house.physio],
  more: object = {},
) =>
  ok(
    await house.coordinator.send('POST', '/api/meetings', {
      start: tomorrow(),
      minutes: 60,
      place: 'Salle de réunion',
      participants: people.map((one) => one.practitioner),
      patients,
      ...more,
    }),
  );
const run = async (house: Staffed, id: string) =>
  ok(
    await house.coordinator.send('POST', `/api/meetings/${id}/start`, {
      version: (await detail(house.coordinator, id)).version,
    }),
  );
const close = async (house: Staffed, id: string) =>
  house.coordinator.send('POST', `/api/meetings/${id}/close`, {
    version: (await detail(house.coordinator, id)).version,
  });
const sign = async (who: TestPerson, id: string, body: object = { state: 'present' }) =>
  who.send('POST', `/api/meetings/${id}/presence`, body);

/** Someone who types, as the screen does: a document of their own that takes and gives updates. */
class Writer {
  doc = new Y.Doc();
  seq = 0;
  waiting: Uint8Array[] = [];
  person: TestPerson;
  path: string;
  constructor(person: TestPerson, meeting: string, discussion: string) {
    this.person = person;
    this.path = `/api/meetings/${meeting}/discussions/${discussion}/minutes`;
    this.doc.on('update', (update: Uint8Array, origin: unknown) => {
      if (origin !== this) this.waiting.push(update);
    });
  }
  type(section: string, words: string, at?: number) {
    const text = this.doc.getText(section);
    text.insert(Math.min(at ?? text.length, text.length), words);
  }
  async send() {
    if (this.waiting.length === 0) return;
    const update = Buffer.from(Y.mergeUpdates(this.waiting)).toString('base64');
    ok(await this.person.send('POST', this.path, { update }));
    this.waiting = [];
  }
  async read() {
    const { seq, updates } = ok(await this.person.send('GET', `${this.path}?since=${this.seq}`));
    for (const update of updates) Y.applyUpdate(this.doc, new Uint8Array(Buffer.from(update, 'base64')), this);
    this.seq = seq;
  }
  text = (section: string) => this.doc.getText(section).toString();
}

describe('case meetings', () => {
  let house: Staffed;
  let elsewhere: TestPerson;
  before(async () => {
    house = await staffed();
    elsewhere = await (await newPractice()).person('coordinator', { roles: ['coordinator'] });
  });

  test('COO-4 a member of the care team proposes a patient with the reason; it waits, is changed, withdrawn and taken back; who may not propose is told why', async () => {
    const patient = await newPatient(house, [house.nurse]);
    const made = await propose(house.nurse, patient.id, 'Trois chutes en un mois', {
      urgent: true,
      wished: ['physiotherapist', 'pharmacist'],
    });
    assert.deepEqual(
      [
        made.reason,
        made.urgent,
        made.state,
        made.proposer.name,
        made.wished.map((one: { label: string }) => one.label),
      ],
      ['Trois chutes en un mois', true, 'planned', 'Soizic Abgrall', ['Masseur-kinésithérapeute', 'Pharmacien']],
    );
    for (const who of [house.doctor, house.nurse, house.coordinator])
      assert.ok(
        ok(await who.send('GET', '/api/meetings')).waiting.some((one: { id: string }) => one.id === made.id),
        who.caller.profession,
      );
    for (const who of [house.physio, house.secretary, house.pharmacist])
      assert.ok(
        !ok(await who.send('GET', '/api/meetings')).waiting.some((one: { id: string }) => one.id === made.id),
        who.caller.profession,
      );
    refused(
      await house.doctor.send('POST', `/api/patients/${patient.id}/meeting-proposals`, { reason: 'encore' }),
      409,
      'already-proposed',
    );
    const changed = ok(
      await house.doctor.send('POST', `/api/meeting-proposals/${made.id}`, {
        version: made.version,
        reason: 'Quatre chutes',
        urgent: false,
      }),
    );
    assert.deepEqual([changed.reason, changed.urgent, changed.wished.length], ['Quatre chutes', false, 2]);
    refused(
      await house.nurse.send('POST', `/api/meeting-proposals/${made.id}`, {
        version: made.version,
        reason: 'sur une version dépassée',
      }),
      409,
      'edited-meanwhile',
    );
    const gone = ok(
      await house.nurse.send('POST', `/api/meeting-proposals/${made.id}/withdraw`, { version: changed.version }),
    );
    assert.equal(gone.state, 'cancelled');
    assert.ok(
      !ok(await house.doctor.send('GET', '/api/meetings')).waiting.some((one: { id: string }) => one.id === made.id),
    );
    const back = ok(
      await house.nurse.send('POST', `/api/meeting-proposals/${made.id}`, { version: gone.version, restore: true }),
    );
    assert.equal(back.state, 'planned');
    const body = { reason: 'de l’extérieur' };
    for (const who of [house.physio, house.pharmacist, house.secretary, house.administrator, elsewhere])
      assert.ok(
        [403, 404].includes((await who.send('POST', `/api/patients/${patient.id}/meeting-proposals`, body)).status),
        who.caller.profession,
      );
    for (const who of [house.physio, house.secretary, house.administrator, elsewhere]) {
      assert.ok(
        [403, 404].includes(
          (await who.send('POST', `/api/meeting-proposals/${made.id}`, { version: back.version, reason: 'x' })).status,
        ),
      );
      assert.ok(
        [403, 404].includes(
          (await who.send('POST', `/api/meeting-proposals/${made.id}/withdraw`, { version: back.version })).status,
        ),
      );
    }
    assert.equal(
      (await house.nurse.send('POST', `/api/patients/${patient.id}/meeting-proposals`, { reason: '  ' })).status,
      422,
    );
    assert.equal(
      (
        await house.nurse.send('POST', `/api/patients/${patient.id}/meeting-proposals`, {
          reason: 'x',
          wished: ['sorcier'],
        })
      ).status,
      422,
    );
  });

  test('COO-4 a date is found from the calendars: free for all first, over lunch first, then with who is missing; one press books, invites, and gives a calendar file without patients', async () => {
    const here = await staffed();
    const { fhir } = await testHouse();
    const store = fhir.asSystem(here.practice.tenant, 'test');
    const day = (n: number) => dayInFrance(new Date(Date.now() + n * 86_400_000));
    const people = [here.doctor, here.nurse, here.physio];
    // Everybody’s lunch is taken on the whole period, but for the physician’s.
    for (let n = 0; n <= 9; n++)
      for (const one of [here.nurse, here.physio])
        await store.create({
          resourceType: 'Appointment',
          status: 'booked',
          start: `${day(n)}T11:00:00+01:00`,
          end: `${day(n)}T15:00:00+01:00`,
          participant: [{ actor: { reference: `Practitioner/${one.practitioner}` }, status: 'accepted' }],
        });
    const found = ok(
      await here.coordinator.send(
        'GET',
        `/api/meetings/dates?people=${people.map((one) => one.practitioner).join(',')}&minutes=60&from=${day(1)}&to=${day(8)}`,
      ),
    );
    assert.ok(found.slots.length > 0 && found.looked > 0);
    assert.deepEqual(found.slots[0].missing, []);
    const [start, end] = [new Date(found.slots[0].start), new Date(found.slots[0].end)];
    assert.equal(end.getTime() - start.getTime(), 3_600_000);
    for (const slot of found.slots)
      if (slot.lunch) assert.ok(slot.missing.length > 0, 'lunch is taken for two of them');
    const alone = ok(
      await here.coordinator.send(
        'GET',
        `/api/meetings/dates?people=${here.doctor.practitioner}&from=${day(1)}&to=${day(8)}`,
      ),
    );
    assert.equal(alone.slots[0].lunch, true, 'the physician alone is free over lunch');
    const made = await plan(here, [], people, { start: found.slots[0].start, title: 'Concertation des chutes' });
    assert.deepEqual(
      [made.state, made.minutes, made.participants.length, made.title],
      ['booked', 60, 3, 'Concertation des chutes'],
    );
    const taken = ok(
      await here.coordinator.send(
        'GET',
        `/api/meetings/dates?people=${people.map((one) => one.practitioner).join(',')}&from=${day(1)}&to=${day(8)}`,
      ),
    );
    assert.ok(
      !taken.slots.some(
        (one: { start: string; missing: unknown[] }) => one.start === found.slots[0].start && one.missing.length === 0,
      ),
      'the booked hour is no longer free',
    );
    const { outbox } = await testHouse();
    await outbox.drained();
    const notices = ok(await here.nurse.send('GET', '/api/notices'));
    assert.match(notices[0].words, /Concertation des chutes/);
    const file = await here.nurse.send('GET', `/api/meetings/${made.id}/ics`);
    assert.equal(file.status, 200);
    assert.match(file.text, /BEGIN:VEVENT[\s\S]*SUMMARY:Concertation des chutes[\s\S]*END:VEVENT/);
    for (const line of file.text.split('\r\n')) assert.ok(Buffer.byteLength(line) <= 75, line);
    for (const who of [here.nurse, here.secretary, here.administrator, elsewhere])
      assert.equal(
        (await who.send('GET', `/api/meetings/dates?people=${here.doctor.practitioner}`)).status,
        who === elsewhere ? 422 : 403,
        who.caller.profession,
      );
    assert.equal(
      (
        await here.coordinator.send(
          'GET',
          `/api/meetings/dates?people=${here.doctor.practitioner}&from=${day(1)}&to=${day(200)}`,
        )
      ).status,
      422,
    );
  });

  test('COO-4 an invitation by mail says when and where, carries a calendar file, and names no patient; a professional from outside gets the same', async () => {
    const patient = await newPatient(house, [house.nurse]);
    const meeting = await plan(
      house,
      [(await propose(house.doctor, patient.id, 'Motif confidentiel')).id],
      [house.doctor, house.nurse, house.coordinator],
      { title: 'Concertation du mardi' },
    );
    const { fhir, db } = await testHouse();
    const sent: { to: string; words: string; files: MailFile[] }[] = [];
    const mail = async (to: string, subject: string, text: string, files: MailFile[] = []) =>
      void sent.push({ to, words: `${subject}\n${text}`, files });
    const room = {
      house: (tenant: number, reason: string, sql?: Sql) => fhir.asSystem(tenant, reason, sql),
      live: new Live(),
      mail,
      publicUrl: 'https://estran.example',
    } as unknown as Room;
    const invites = meetingConsumers(room).find((one) => one.topics.includes('meeting.invited'))!;
    const payload = {
      meeting: meeting.id,
      people: [house.doctor, house.nurse, house.coordinator].map((one) => one.practitioner),
      by: house.coordinator.practitioner,
      guest: { email: 'rozenn@exemple.example', name: 'Dr Rozenn Cozic' },
    };
    const after = await db.transaction(house.practice.tenant, (sql) =>
      invites.handle(sql, house.practice.tenant, { seq: 1, topic: 'meeting.invited', payload, at: new Date() }),
    );
    await after?.();
    assert.equal(sent.length, 3, 'the two others and the guest; whoever invites is told nothing');
    assert.ok(sent.some((one) => one.to === 'rozenn@exemple.example' && /Dr Rozenn Cozic/.test(one.words)));
    for (const { words, files } of sent) {
      assert.match(words, /Concertation du mardi/);
      assert.match(files[0]!.content, /BEGIN:VCALENDAR[\s\S]*SUMMARY:Concertation du mardi/);
      for (const hidden of [patient.family, 'confidentiel', patient.id])
        assert.ok(!`${words}${files[0]!.content}`.toLowerCase().includes(hidden.toLowerCase()), hidden);
    }
  });

  test('COO-4 only whoever coordinates plans, orders, runs and closes; another practice knows nothing of it', async () => {
    const patient = await newPatient(house, [house.nurse]);
    const made = await propose(house.doctor, patient.id);
    const meeting = await plan(house, [made.id]);
    const acts: [string, object][] = [
      [`/api/meetings/${meeting.id}`, { version: meeting.version, title: 'x' }],
      [`/api/meetings/${meeting.id}/cancel`, { version: meeting.version, reason: 'x' }],
      [`/api/meetings/${meeting.id}/guests`, { name: 'Dr Extérieur' }],
      [`/api/meetings/${meeting.id}/agenda`, { items: [] }],
      [`/api/meetings/${meeting.id}/start`, { version: meeting.version }],
      [`/api/meetings/${meeting.id}/close`, { version: meeting.version }],
      [`/api/meetings/${meeting.id}/reopen`, { version: meeting.version, reason: 'pour voir' }],
      [`/api/meetings/${meeting.id}/discussions/${made.id}/start`, {}],
      ['/api/meetings', { participants: [house.nurse.practitioner] }],
    ];
    for (const [path, body] of acts)
      for (const who of [house.doctor, house.nurse, house.secretary, house.administrator])
        assert.equal((await who.send('POST', path, body)).status, 403, `${path} ${who.caller.profession}`);
    for (const [path, body] of acts.slice(0, -1))
      assert.equal((await elsewhere.send('POST', path, body)).status, 404, path);
    for (const path of ['', '/ics', '/pdf'])
      assert.equal((await elsewhere.send('GET', `/api/meetings/${meeting.id}${path}`)).status, 404);
    assert.equal((await house.administrator.send('GET', `/api/meetings/${meeting.id}`)).status, 403);
    for (const bad of ['x', '../../etc', 'a'.repeat(200), '%00'])
      assert.ok(
        [400, 404].includes((await house.nurse.send('GET', `/api/meetings/${encodeURIComponent(bad)}`)).status),
        bad,
      );
    assert.equal(
      (await house.coordinator.send('POST', '/api/meetings', { participants: [elsewhere.practitioner] })).status,
      422,
      'someone of another practice',
    );
    assert.equal(
      (
        await house.coordinator.send('POST', '/api/meetings', {
          participants: [house.nurse.practitioner],
          start: '31/02/2027',
        })
      ).status,
      422,
    );
    const ordinary = (
      await (await testHouse()).fhir.asSystem(house.practice.tenant, 'test').create({
        resourceType: 'Appointment',
        status: 'booked',
        start: '2027-01-05T09:00:00+01:00',
        end: '2027-01-05T09:15:00+01:00',
        participant: [{ actor: { reference: `Patient/${patient.id}` }, status: 'accepted' }],
      })
    ).id;
    assert.equal(
      (await house.coordinator.send('GET', `/api/meetings/${ordinary}`)).status,
      404,
      'a visit is no meeting',
    );
  });

  test('COO-4 the agenda is ordered, and what one may not see is a number: no name, no reason; left out, a patient waits again', async () => {
    const [a, b, c] = [
      await newPatient(house, [house.nurse]),
      await newPatient(house, [house.physio]),
      await newPatient(house, []),
    ];
    const [pa, pb, pc] = [
      await propose(house.doctor, a.id, 'Motif alpha'),
      await propose(house.doctor, b.id, 'Motif bravo'),
      await propose(house.doctor, c.id, 'Motif charlie'),
    ];
    const meeting = await plan(house, [pa.id, pb.id]);
    const items = [pc, ...[...meeting.discussions].reverse()].map((one: { id: string; version: number }) => ({
      id: one.id,
      version: one.version,
      minutes: 12,
    }));
    const ordered = ok(await house.coordinator.send('POST', `/api/meetings/${meeting.id}/agenda`, { items }));
    assert.deepEqual(
      ordered.discussions.map((one: { reason: string }) => one.reason),
      ['Motif charlie', 'Motif bravo', 'Motif alpha'],
    );
    assert.deepEqual(
      ordered.discussions.map((one: { minutes: number }) => one.minutes),
      [12, 12, 12],
    );
    refused(
      await house.coordinator.send('POST', `/api/meetings/${meeting.id}/agenda`, { items }),
      409,
      'edited-meanwhile',
    );
    const seen = async (who: TestPerson) => {
      const answer = await who.send('GET', `/api/meetings/${meeting.id}`);
      return { ...ok(answer), text: answer.text };
    };
    const physio = await seen(house.physio);
    assert.deepEqual(
      [physio.discussions.map((one: { reason: string }) => one.reason), physio.others, physio.patients],
      [['Motif bravo'], 2, 1],
    );
    for (const hidden of [a.family, c.family, 'alpha', 'charlie', pa.id, pc.id, a.id, c.id])
      assert.ok(!physio.text.toLowerCase().includes(hidden.toLowerCase()), hidden);
    const secretary = await seen(house.secretary);
    assert.deepEqual([secretary.discussions, secretary.others], [[], 3]);
    assert.equal((await seen(house.doctor)).discussions.length, 3);
    const card = ok(await house.physio.send('GET', '/api/meetings')).coming.find(
      (one: { id: string }) => one.id === meeting.id,
    );
    assert.deepEqual([card.patients, card.others, card.mine], [1, 2, true]);
    const out = ordered.discussions[2];
    const shorter = ok(
      await house.coordinator.send('POST', `/api/meetings/${meeting.id}/agenda`, {
        items: [],
        out: [{ id: out.id, version: out.version }],
      }),
    );
    assert.equal(shorter.discussions.length, 2);
    assert.ok(
      ok(await house.doctor.send('GET', '/api/meetings')).waiting.some((one: { id: string }) => one.id === pa.id),
    );
    const off = ok(
      await house.coordinator.send('POST', `/api/meetings/${meeting.id}/cancel`, {
        version: (await detail(house.coordinator, meeting.id)).version,
        reason: 'Grippe',
      }),
    );
    assert.deepEqual([off.state, off.cancelled, off.discussions.length], ['cancelled', 'Grippe', 0]);
    assert.ok(
      ok(await house.doctor.send('GET', '/api/meetings')).waiting.some((one: { id: string }) => one.id === pc.id),
      'the patients of a cancelled meeting wait again',
    );
  });

  test('COO-4 the one who runs is told who around the table may not hear of a patient; with the patient’s agreement they join the team; an opposition closes it at once everywhere', async () => {
    const patient = await newPatient(house, [house.nurse]);
    const made = await propose(house.doctor, patient.id, 'Motif secret');
    const meeting = await plan(house, [made.id]);
    assert.deepEqual(meeting.discussions[0].outside, [
      { id: house.physio.practitioner, name: 'Erwan Quéméneur', opposed: false },
    ]);
    assert.deepEqual(
      (await detail(house.doctor, meeting.id)).discussions[0].outside,
      [],
      'told to whoever runs it alone',
    );
    const team = `/api/meetings/${meeting.id}/discussions/${made.id}/team`;
    const minutes = `/api/meetings/${meeting.id}/discussions/${made.id}/minutes`;
    assert.equal((await house.physio.send('GET', minutes)).status, 404);
    assert.equal(
      (await house.physio.send('POST', team, { practitioner: house.physio.practitioner, agreed: true })).status,
      404,
      'nobody lets themselves in',
    );
    assert.equal(
      (await house.coordinator.send('POST', team, { practitioner: house.physio.practitioner, agreed: false })).status,
      422,
    );
    const joined = ok(
      await house.coordinator.send('POST', team, { practitioner: house.physio.practitioner, agreed: true }),
    );
    assert.deepEqual(joined.discussions[0].outside, []);
    assert.equal((await detail(house.physio, meeting.id)).discussions.length, 1);
    const writer = new Writer(house.nurse, meeting.id, made.id);
    writer.type('discussion', 'La plaie bourgeonne.');
    await writer.send();
    assert.equal((await house.physio.send('GET', minutes)).status, 200);
    ok(
      await house.doctor.send('POST', `/api/patients/${patient.id}/choices`, {
        decision: 'oppose',
        practitioner: house.physio.practitioner,
        kinds: [],
        collected: 'oral',
      }),
    );
    const after = await house.physio.send('GET', `/api/meetings/${meeting.id}`);
    assert.deepEqual([after.body.discussions, after.body.others], [[], 1]);
    for (const path of [minutes, `/api/meetings/${meeting.id}/discussions/${made.id}/preparation`])
      assert.equal((await house.physio.send('GET', path)).status, 404, path);
    assert.equal(
      (
        await house.physio.send('POST', minutes, {
          update: Buffer.from(Y.encodeStateAsUpdate(writer.doc)).toString('base64'),
        })
      ).status,
      404,
    );
    assert.equal(
      (
        await house.physio.send('POST', `/api/meetings/${meeting.id}/discussions/${made.id}/typing`, {
          section: 'discussion',
        })
      ).status,
      404,
    );
    const words = wordsOf(Buffer.from((await pdf(house.physio, `/api/meetings/${meeting.id}/pdf`)).bytes));
    assert.ok(!words.includes('secret') && /1 autre patient/.test(words), words);
    assert.deepEqual(
      (await detail(house.coordinator, meeting.id)).discussions[0].outside.map((one: { id: string }) => one.id),
      [house.physio.practitioner],
    );
  });

  test('COO-4 who may not: whoever only reads coordination follows the minutes and writes none; a patient is discussed in their own meeting, and while it is held', async () => {
    const reader = await house.practice.person('radiographer', { family: 'Le Roux', given: 'Maud' });
    const patient = await newPatient(house, [house.nurse, reader]);
    const made = await propose(house.doctor, patient.id);
    const meeting = await plan(house, [made.id], [house.doctor, house.nurse, reader]);
    const of = `/api/meetings/${meeting.id}/discussions/${made.id}`;
    assert.equal(refused(await house.coordinator.send('POST', `${of}/start`), 409, 'not-running').status, 409);
    await run(house, meeting.id);
    ok(await house.coordinator.send('POST', `${of}/start`));
    const writer = new Writer(house.nurse, meeting.id, made.id);
    writer.type('discussion', 'La plaie bourgeonne.');
    await writer.send();
    const seen = ok(await reader.send('GET', `${of}/minutes`));
    const update = Buffer.from(Y.encodeStateAsUpdate(writer.doc)).toString('base64');
    for (const [path, body] of [
      ['minutes', { update }],
      ['typing', { section: 'discussion' }],
      ['start', undefined],
      ['team', { practitioner: house.physio.practitioner, agreed: true }],
    ] as const)
      refused(await reader.send('POST', `${of}/${path}`, body), 403);
    assert.equal(ok(await reader.send('GET', `${of}/minutes`)).seq, seen.seq);
    assert.deepEqual((await detail(reader, meeting.id)).may, { run: false, sign: true, write: false });
    // Of another meeting: its patient is not here.
    const other = await plan(house, [], [house.doctor, house.nurse, reader]);
    await run(house, other.id);
    const there = `/api/meetings/${other.id}/discussions/${made.id}`;
    for (const [method, path, body] of [
      ['POST', 'start', undefined],
      ['POST', 'team', { practitioner: house.physio.practitioner, agreed: true }],
      ['GET', 'preparation', undefined],
      ['GET', 'minutes', undefined],
      ['POST', 'minutes', { update }],
    ] as const)
      refused(await house.coordinator.send(method, `${there}/${path}`, body), 404);
  });

  test('COO-4 the preparation sheet is gathered from the record by each reader’s own rights', async () => {
    const patient = await newPatient(house, [house.nurse, house.pharmacist]);
    ok(
      await house.doctor.send('POST', `/api/patients/${patient.id}/problems`, {
        label: 'Insuffisance cardiaque',
        onset: '2021',
      }),
    );
    ok(
      await house.doctor.send('POST', `/api/patients/${patient.id}/measures`, {
        values: [{ code: '29463-7', value: 82 }],
        at: '01/03/2026',
      }),
    );
    ok(
      await house.nurse.send('POST', `/api/patients/${patient.id}/measures`, {
        values: [{ code: '29463-7', value: 86 }],
      }),
    );
    ok(
      await house.doctor.send('POST', `/api/patients/${patient.id}/notes`, {
        text: 'Essoufflée à l’effort, œdèmes des chevilles.',
      }),
    );
    const made = await propose(house.doctor, patient.id);
    const meeting = await plan(house, [made.id], [house.doctor, house.nurse, house.pharmacist]);
    const sheet = async (who: TestPerson) =>
      ok(await who.send('GET', `/api/meetings/${meeting.id}/discussions/${made.id}/preparation`));
    const doctor = await sheet(house.doctor);
    assert.equal(doctor.problems[0].label, 'Insuffisance cardiaque');
    assert.match(doctor.measures[0].detail, /86/);
    assert.equal(doctor.measures[0].direction, 'up');
    assert.match(doctor.notes[0].detail, /œdèmes/);
    assert.deepEqual(doctor.hidden, []);
    const coordinator = await sheet(house.coordinator);
    assert.deepEqual(
      [coordinator.problems, coordinator.measures, coordinator.notes, coordinator.treatments],
      [null, null, null, null],
    );
    assert.ok(coordinator.hidden.includes('problèmes'));
    assert.equal(
      (await house.physio.send('GET', `/api/meetings/${meeting.id}/discussions/${made.id}/preparation`)).status,
      404,
    );
    await sheet(house.pharmacist);
    const first = ok(await house.pharmacist.send('GET', `/api/patients/${patient.id}/record`));
    assert.equal(first.lastVisit, null, 'reading the sheet is no visit: what is new stays new');
  });

  test('COO-4 presence: one signs for oneself; the coordinator marks someone without a computer, and the trace says so; what is signed is not unsigned by another', async () => {
    const meeting = await plan(house, [], [house.doctor, house.nurse, house.physio]);
    const of = (body: { participants: { id: string | null; name: string }[] }, who: TestPerson) =>
      body.participants.find((one) => one.id === who.practitioner) as unknown as {
        attendance: string;
        signed: boolean;
        markedBy: string | null;
        attendanceAt: string;
        reply: string;
      };
    assert.equal(
      of(ok(await house.nurse.send('POST', `/api/meetings/${meeting.id}/reply`, { reply: 'declined' })), house.nurse)
        .reply,
      'declined',
    );
    refused(
      await house.pharmacist.send('POST', `/api/meetings/${meeting.id}/reply`, { reply: 'accepted' }),
      409,
      'not-invited',
    );
    await run(house, meeting.id);
    const signed = of(ok(await sign(house.doctor, meeting.id)), house.doctor);
    assert.deepEqual([signed.attendance, signed.signed, signed.markedBy], ['present', true, null]);
    assert.ok(Math.abs(Date.parse(signed.attendanceAt) - Date.now()) < 60_000);
    const marked = of(
      ok(await sign(house.coordinator, meeting.id, { state: 'present', practitioner: house.physio.practitioner })),
      house.physio,
    );
    assert.deepEqual([marked.attendance, marked.signed, marked.markedBy], ['present', false, 'Tristan Le Corre']);
    refused(
      await sign(house.coordinator, meeting.id, { state: 'absent', practitioner: house.doctor.practitioner }),
      409,
      'signed',
    );
    assert.equal(
      (await sign(house.nurse, meeting.id, { state: 'absent', practitioner: house.physio.practitioner })).status,
      403,
      'a nurse marks nobody else',
    );
    assert.equal((await sign(house.administrator, meeting.id)).status, 403);
    assert.equal((await sign(elsewhere, meeting.id)).status, 404);
    const both = await Promise.all([
      sign(house.nurse, meeting.id, { state: 'remote' }),
      sign(house.coordinator, meeting.id, { state: 'absent', practitioner: house.nurse.practitioner }),
    ]);
    assert.ok(
      both.every((one) => [200, 409].includes(one.status)),
      both.map((one) => one.text).join(),
    );
    ok(
      await house.coordinator.send('POST', `/api/meetings/${meeting.id}/guests`, {
        name: 'Dr Rozenn Cozic',
        role: 'Cardiologue',
      }),
    );
    const guest = ok(await sign(house.coordinator, meeting.id, { state: 'present', guest: 'Dr Rozenn Cozic' }));
    const line = guest.participants.find((one: { name: string }) => one.name === 'Dr Rozenn Cozic');
    assert.deepEqual([line.attendance, line.role, line.id], ['present', 'Cardiologue', null]);
  });

  test('COO-4 a meeting opened by mistake is taken back, and one to which nobody came is cancelled: its patients are to be spoken of, what was typed is kept, nothing is counted; once a presence is signed it is neither', async () => {
    const patient = await newPatient(house, [house.nurse]);
    const proposed = await propose(house.doctor, patient.id);
    const meeting = await plan(house, [proposed.id]);
    const at = `/api/meetings/${meeting.id}`;
    const version = async () => (await detail(house.coordinator, meeting.id)).version;
    const back = async (who = house.coordinator) =>
      who.send('POST', `${at}/start`, { version: await version(), back: true });
    const discussion = async () => (await detail(house.doctor, meeting.id)).discussions[0];
    assert.equal(ok(await back()).state, 'booked', 'it was not opened: nothing changes');
    await run(house, meeting.id);
    ok(await house.coordinator.send('POST', `${at}/discussions/${proposed.id}/start`, {}));
    const typist = new Writer(house.doctor, meeting.id, proposed.id);
    typist.type('discussion', 'Écrit trop tôt.');
    await typist.send();
    for (const who of [house.doctor, house.secretary, house.administrator]) refused(await back(who), 403);
    assert.equal((await back(elsewhere)).status, 404);
    refused(await house.coordinator.send('POST', `${at}/start`, { version: 1, back: true }), 409);
    const taken = ok(await back());
    assert.deepEqual([taken.state, taken.current], ['booked', null]);
    assert.deepEqual([(await discussion()).began, (await discussion()).ended], [null, null]);
    await run(house, meeting.id);
    const again = new Writer(house.nurse, meeting.id, proposed.id);
    await again.read();
    assert.equal(again.text('discussion'), 'Écrit trop tôt.');

    ok(await sign(house.nurse, meeting.id));
    refused(await back(), 409, 'held');
    refused(
      await house.coordinator.send('POST', `${at}/cancel`, { version: await version(), reason: 'Erreur' }),
      409,
      'held',
    );
    ok(await sign(house.nurse, meeting.id, { state: 'excused' }));
    const gone = ok(
      await house.coordinator.send('POST', `${at}/cancel`, { version: await version(), reason: 'Personne n’est venu' }),
    );
    assert.equal(gone.state, 'cancelled');
    const waits = ok(await house.doctor.send('GET', '/api/meetings')).waiting as { id: string }[];
    assert.ok(
      waits.some((one) => one.id === proposed.id),
      'the patient waits for another meeting',
    );
    const figures = ok(await house.coordinator.send('GET', '/api/meetings/figures')).meetings as { id: string }[];
    assert.ok(!figures.some((one) => one.id === meeting.id));
    refused(await back(), 409);
  });

  test('COO-4 COO-5 ECH-1 by the FHIR interface nobody answers an invitation in another’s name, signs a presence, or plans, moves, holds and closes a meeting; a calendar program says who comes', async () => {
    const patient = await newPatient(house, [house.nurse]);
    const proposed = await propose(house.doctor, patient.id);
    const meeting = await plan(house, [proposed.id]);
    const program = await house.practice.client('system/*.cruds');
    const get = async (place: string) => ok(await program('GET', `/fhir/R4/${place}`));
    const put = (send: TestPerson['send'], resource: Record<string, unknown>) =>
      send('PUT', `/fhir/R4/${resource.resourceType}/${resource.id}`, resource);
    const answer = (who: TestPerson, id: string) => ({
      resourceType: 'AppointmentResponse',
      id,
      appointment: { reference: `Appointment/${meeting.id}` },
      actor: { reference: `Practitioner/${who.practitioner}` },
      participantStatus: 'declined',
    });
    const no = async (given: Promise<Answer>, status: number, words: RegExp) => {
      const { status: found, body, text } = await given;
      assert.equal(found, status, text);
      assert.match(body.issue[0].diagnostics, words);
    };
    ok(await house.doctor.send('POST', `/api/meetings/${meeting.id}/reply`, { reply: 'accepted' }));
    const [mine] = (await get(`AppointmentResponse?appointment=Appointment/${meeting.id}`)).entry.map(
      (one: { resource: Record<string, unknown> }) => one.resource,
    );
    const own = /in one’s own name/;
    await no(put(house.nurse.send, { ...mine, participantStatus: 'declined' }), 403, own);
    await no(put(house.nurse.send, answer(house.physio, `r-${meeting.id}`)), 403, own);
    await no(house.coordinator.send('POST', '/fhir/R4/AppointmentResponse', answer(house.physio, 'x')), 403, own);
    await no(house.nurse.send('DELETE', `/fhir/R4/AppointmentResponse/${mine.id}`), 403, own);
    const present = {
      url: 'urn:estran:attendance',
      extension: [
        { url: 'state', valueCode: 'present' },
        { url: 'at', valueDateTime: new Date().toISOString() },
        { url: 'by', valueReference: { reference: `Practitioner/${house.doctor.practitioner}` } },
      ],
    };
    const signed = /Presence is signed in the meeting/;
    for (const send of [house.doctor.send, program])
      await no(put(send, { ...mine, extension: [present] }), 409, signed);
    ok(await sign(house.doctor, meeting.id));
    const standing = await get(`AppointmentResponse/${mine.id}`);
    for (const send of [house.doctor.send, program]) {
      await no(put(send, { ...standing, extension: undefined }), 409, signed);
      await no(send('DELETE', `/fhir/R4/AppointmentResponse/${mine.id}`, undefined), 409, signed);
    }
    // One’s own answer, and a program that speaks for a calendar.
    ok(await put(house.doctor.send, { ...standing, comment: 'En retard de dix minutes' }));
    ok(await put(program, answer(house.physio, `p-${meeting.id}`)));

    const appointment = await get(`Appointment/${meeting.id}`);
    const elsewhere = /in its pages/;
    for (const who of [house.doctor, house.nurse, house.secretary]) {
      const refusal = await put(who.send, { ...appointment, status: 'cancelled' });
      assert.equal(refusal.status, 403, refusal.text);
    }
    await no(put(house.coordinator.send, { ...appointment, comment: 'Autre salle' }), 403, elsewhere);
    await no(house.coordinator.send('DELETE', `/fhir/R4/Appointment/${meeting.id}`), 403, elsewhere);
    const { id: _, meta: __, ...another } = appointment;
    await no(house.coordinator.send('POST', '/fhir/R4/Appointment', another), 403, elsewhere);
    await no(put(program, { ...appointment, status: 'fulfilled' }), 409, /by being closed/);
    const encounter = await get(`Encounter/${proposed.id}`);
    await no(put(house.nurse.send, { ...encounter, status: 'finished' }), 403, elsewhere);
    await no(put(program, { ...encounter, status: 'finished' }), 409, /by being closed/);
    const shown = await detail(house.coordinator, meeting.id);
    assert.deepEqual([shown.state, shown.version], ['booked', meeting.version]);
    assert.equal((await get(`Encounter/${proposed.id}`)).meta.versionId, encounter.meta.versionId);
    // A meeting of another sort is an appointment like any other.
    const { serviceType: ___, ...plain } = another;
    ok(await program('POST', '/fhir/R4/Appointment', plain));
  });

  test('COO-4 the minutes take two people typing at once in any interleaving of what is sent and read, through merges and restarts, without losing a word', async () => {
    const patient = await newPatient(house, [house.nurse]);
    const step = fc.record({
      who: fc.integer({ min: 0, max: 1 }),
      act: fc.constantFrom('type', 'type', 'type', 'send', 'read'),
      section: fc.constantFrom('situation', 'discussion', 'decisions'),
      at: fc.nat(40),
    });
    const made = await propose(house.doctor, patient.id);
    const meeting = await plan(house, [made.id]);
    const { db } = await testHouse();
    let words = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 4, maxLength: 30 }), async (steps) => {
        const writers = [new Writer(house.doctor, meeting.id, made.id), new Writer(house.nurse, meeting.id, made.id)];
        const typed: string[] = [];
        for (const { who, act, section, at } of steps) {
          const writer = writers[who]!;
          if (act === 'type') {
            const word = `mot${++words}é `;
            typed.push(word.trim());
            // Words go in between words: one must not be cut by the other hand.
            const text = writer.text(section);
            const gap = text.indexOf(' ', at);
            writer.type(section, word, gap < 0 ? text.length : gap + 1);
          } else if (act === 'send') await writer.send();
          else await writer.read();
        }
        for (const writer of writers) await writer.send();
        for (const writer of writers) await writer.read();
        const fresh = new Writer(house.coordinator, meeting.id, made.id);
        await fresh.read();
        for (const section of ['situation', 'discussion', 'decisions'])
          assert.ok(
            writers.every((one) => one.text(section) === fresh.text(section)),
            'all see the same',
          );
        const all = ['situation', 'discussion', 'decisions']
          .map((section) => fresh.text(section))
          .join(' ')
          .split(/\s+/);
        for (const word of typed) assert.equal(all.filter((one) => one === word).length, 1, word);
      }),
      { numRuns: 25 },
    );
    const rows = await db.tenant(house.practice.tenant, (sql) =>
      sql.query<{ n: number }>(
        'select count(*)::int as n from coordination.minutes_update where tenant_id = $1 and discussion = $2',
        [house.practice.tenant, made.id],
      ),
    );
    assert.ok(rows[0]!.n <= 65, `updates are merged now and then: ${rows[0]!.n} rows`);
  });

  test('COO-4 many hands at once: every acknowledged update has a number of its own, and reading since a number misses none', async () => {
    const patient = await newPatient(house, [house.nurse, house.physio]);
    const made = await propose(house.doctor, patient.id);
    const meeting = await plan(house, [made.id]);
    const writers = [house.doctor, house.nurse, house.physio, house.coordinator].map(
      (one) => new Writer(one, meeting.id, made.id),
    );
    const follower = new Writer(house.doctor, meeting.id, made.id);
    await Promise.all([
      ...writers.map(async (writer, at) => {
        for (let n = 0; n < 25; n++) {
          writer.type('discussion', `<${at}-${n}>`);
          await writer.send();
        }
      }),
      (async () => {
        for (let n = 0; n < 30; n++) await follower.read();
      })(),
    ]);
    await follower.read();
    for (let at = 0; at < 4; at++)
      for (let n = 0; n < 25; n++) assert.ok(follower.text('discussion').includes(`<${at}-${n}>`), `<${at}-${n}>`);
    for (const update of ['zzzzzzzz', Buffer.from('pas du yjs').toString('base64'), '////'])
      assert.equal((await house.nurse.send('POST', follower.path, { update })).status, 422, update);
    assert.equal((await house.nurse.send('POST', follower.path, { update: 'é' })).status, 422);
    assert.equal((await house.secretary.send('POST', follower.path, { update: 'AAAA' })).status, 403);
    assert.equal(
      (await house.pharmacist.send('POST', follower.path, { update: 'AAAA' })).status,
      404,
      'outside of the team',
    );
    assert.equal((await elsewhere.send('GET', follower.path)).status, 404);
    const other = await plan(house, []);
    assert.equal(
      (await house.doctor.send('GET', `/api/meetings/${other.id}/discussions/${made.id}/minutes`)).status,
      404,
      'through another meeting',
    );
  });

  test('COO-5 closing files the minutes in each record at once, decisions become tasks with owner and date, nobody spoken of waits no longer; each reads only their patients', async () => {
    const [a, b, c] = [
      await newPatient(house, [house.nurse, house.physio]),
      await newPatient(house, [house.nurse]),
      await newPatient(house, []),
    ];
    const [pa, pb, pc] = [
      await propose(house.doctor, a.id, 'Ulcère de jambe'),
      await propose(house.doctor, b.id, 'Chutes'),
      await propose(house.doctor, c.id, 'À voir si le temps le permet'),
    ];
    const meeting = await plan(house, [pa.id, pb.id, pc.id]);
    refused(await close(house, meeting.id), 409, 'meeting-over');
    await run(house, meeting.id);
    ok(await house.coordinator.send('POST', `/api/meetings/${meeting.id}/discussions/${pa.id}/start`, {}));
    assert.equal((await detail(house.nurse, meeting.id)).current, pa.id);
    const [doctor, nurse] = [new Writer(house.doctor, meeting.id, pa.id), new Writer(house.nurse, meeting.id, pa.id)];
    doctor.type('discussion', 'Contention à revoir.\n');
    nurse.type(
      'decisions',
      '@Soizic pansement tous les 2 jours avant le 12/12\n- @kiné marche 3 fois par semaine sous 15 jours\nRevoir la contention',
    );
    await Promise.all([doctor.send(), nurse.send()]);
    ok(await house.coordinator.send('POST', `/api/meetings/${meeting.id}/discussions/${pb.id}/start`, {}));
    const second = new Writer(house.coordinator, meeting.id, pb.id);
    second.type('decisions', '@Erwan bilan d’équilibre');
    await second.send();
    refused(await close(house, meeting.id), 409, 'nobody');
    for (const who of [house.doctor, house.nurse, house.physio]) ok(await sign(who, meeting.id));
    const stopped = refused(await close(house, meeting.id), 409, 'outside-team');
    assert.match(stopped.detail, /Erwan Quéméneur n’est pas dans l’équipe de soins de .+ \(« .+ »\)/);
    ok(
      await house.doctor.send('POST', `/api/patients/${b.id}/choices`, {
        decision: 'oppose',
        practitioner: house.physio.practitioner,
      }),
    );
    const joins = { practitioner: house.physio.practitioner, agreed: true };
    const barred = await house.doctor.send('POST', `/api/meetings/${meeting.id}/discussions/${pb.id}/team`, joins);
    refused(barred, 409, 'cannot-read');
    assert.equal((await detail(house.nurse, meeting.id)).state, 'running', 'all or nothing');
    assert.equal(ok(await house.doctor.send('GET', `/api/patients/${a.id}/meetings`)).meetings[0].composition, null);
    second.doc.getText('decisions').delete(0, second.text('decisions').length);
    second.type('decisions', 'Bilan d’équilibre chez le kinésithérapeute');
    await second.send();
    const closed = ok(await close(house, meeting.id));
    assert.equal(closed.state, 'closed');
    assert.equal(closed.discussions.length, 2, 'nobody spoke of the third');
    assert.ok(
      ok(await house.doctor.send('GET', '/api/meetings')).waiting.some((one: { id: string }) => one.id === pc.id),
    );
    const page = ok(await house.physio.send('GET', '/api/meetings'));
    assert.ok(
      page.past.some((one: { id: string }) => one.id === meeting.id) &&
        !page.coming.some((one: { id: string }) => one.id === meeting.id),
      'closed today, it is past today',
    );
    const filed = closed.discussions.find((one: { id: string }) => one.id === pa.id).minutesFiled;
    assert.deepEqual(
      filed.sections.map((one: { title: string }) => one.title),
      ['Situation', 'Discussion', 'Décisions'],
    );
    assert.match(filed.sections[0].text, /Motif : Ulcère de jambe/);
    const due =
      new Date().toISOString().slice(5, 10) <= '12-12'
        ? `${new Date().getFullYear()}-12-12`
        : `${new Date().getFullYear() + 1}-12-12`;
    assert.deepEqual(
      filed.decisions
        .map((one: { words: string; ownerLabel: string; due: string | null }) => [
          one.words,
          one.ownerLabel,
          one.due?.slice(0, 10) ?? null,
        ])
        .sort()[1],
      ['Pansement tous les 2 jours', 'Soizic Abgrall', due],
    );
    assert.equal(filed.decisions.length, 3);
    assert.ok(filed.attesters.some((one: { who: { name: string } }) => one.who.name === 'Erwan Quéméneur'));
    const other = closed.discussions.find((one: { id: string }) => one.id === pb.id).minutesFiled;
    assert.ok(
      !other.attesters.some((one: { who: { name: string } }) => one.who.name === 'Erwan Quéméneur'),
      'who may not see a patient signs nothing about them',
    );
    const mine = ok(
      await house.nurse.send(
        'GET',
        `/fhir/R4/Task?owner=Practitioner/${house.nurse.practitioner}&encounter=Encounter/${pa.id}`,
      ),
    );
    assert.equal(mine.entry.length, 1);
    assert.equal(mine.entry[0].resource.code.coding[0].code, 'decision');
    const physio = await detail(house.physio, meeting.id);
    assert.deepEqual([physio.discussions.map((one: { id: string }) => one.id), physio.others], [[pa.id], 1]);
    const line = ok(await house.nurse.send('GET', `/api/patients/${a.id}/timeline?kind=note`))
      .groups.flatMap((one: { items: unknown[] }) => one.items)
      .find((one: { type: string }) => one.type === 'Composition');
    assert.match(line.title, /Concertation du/);
    assert.match(line.details, /Contention à revoir/);
    const found = ok(
      await house.nurse.send(
        'GET',
        `/fhir/R4/Composition?patient=Patient/${a.id}&category=urn:estran:category|case-meeting`,
      ),
    );
    assert.equal(found.entry.length, 1, 'queryable');
    for (const who of [house.pharmacist, house.secretary, house.administrator, elsewhere])
      assert.ok(
        [403, 404].includes((await who.send('GET', `/api/patients/${a.id}/minutes/${filed.id}/pdf`)).status),
        who.caller.profession,
      );
    assert.equal(
      (await house.nurse.send('GET', `/api/patients/${b.id}/minutes/${filed.id}/pdf`)).status,
      404,
      'through another patient',
    );
    assert.equal(
      (
        await house.doctor.send('POST', doctor.path, {
          update: Buffer.from(Y.encodeStateAsUpdate(doctor.doc)).toString('base64'),
        })
      ).status,
      409,
      'nothing is typed after the close',
    );
    // Paper: the right words, and only those.
    const one = await pdf(house.nurse, `/api/patients/${a.id}/minutes/${filed.id}/pdf`);
    const words = wordsOf(one.bytes);
    for (const part of [
      'Concertation du',
      'Contention à revoir',
      'Pansement tous les 2 jours',
      'Soizic Abgrall',
      'Ont pris part',
    ])
      assert.ok(words.includes(part), `${part} in ${words}`);
    const whole = wordsOf((await pdf(house.physio, `/api/meetings/${meeting.id}/pdf`)).bytes);
    assert.ok(
      whole.toUpperCase().includes(a.family.toUpperCase()) &&
        !whole.toUpperCase().includes(b.family.toUpperCase()) &&
        whole.includes('1 autre patient'),
      whole,
    );
    assert.match(whole, /présence signée le/);
  });

  test('COO-5 a later correction is a new version with its reason; tasks already given are not given twice', async () => {
    const patient = await newPatient(house, [house.nurse]);
    const made = await propose(house.doctor, patient.id);
    const meeting = await plan(house, [made.id]);
    await run(house, meeting.id);
    const writer = new Writer(house.nurse, meeting.id, made.id);
    writer.type('discussion', 'Première version.');
    writer.type('decisions', '@Soizic pansement');
    await writer.send();
    ok(await sign(house.doctor, meeting.id));
    const closed = ok(await close(house, meeting.id));
    const first = closed.discussions[0].minutesFiled;
    refused(
      await house.coordinator.send('POST', `/api/meetings/${meeting.id}/reopen`, {
        version: closed.version,
        reason: ' ',
      }),
      422,
    );
    const open = ok(
      await house.coordinator.send('POST', `/api/meetings/${meeting.id}/reopen`, {
        version: closed.version,
        reason: 'Une décision manquait',
      }),
    );
    assert.deepEqual(
      [open.state, open.reopened, open.discussions[0].minutesFiled.status],
      ['running', 'Une décision manquait', 'final'],
    );
    writer.type('decisions', '\n@Anne appeler le cardiologue avant le 3/1');
    await writer.send();
    const again = ok(await close(house, meeting.id)).discussions[0].minutesFiled;
    assert.deepEqual(
      [again.id, again.status, again.version, again.reason, again.decisions.length],
      [first.id, 'amended', first.version + 1, 'Une décision manquait', 2],
    );
    const versions = ok(
      await house.nurse.send('GET', `/api/patients/${patient.id}/entries/Composition/${first.id}/versions`),
    );
    assert.equal(versions.versions.length, 2);
    assert.equal(versions.versions[0].reason, 'Une décision manquait');
    const tasks = ok(await house.nurse.send('GET', `/fhir/R4/Task?encounter=Encounter/${made.id}`));
    assert.equal(tasks.entry.length, 2, 'one task a decision, not one more');
  });

  test('COO-5 minutes leave in a letter: what was said, what was decided and by whom, who was there, from the record of that patient; a letter of care, begun by whoever writes some', async () => {
    const patient = await newPatient(house, [house.nurse]);
    const made = await propose(house.doctor, patient.id, 'Ulcère {{patient.nom}} **qui** traîne');
    const meeting = await plan(house, [made.id]);
    await run(house, meeting.id);
    ok(await house.coordinator.send('POST', `/api/meetings/${meeting.id}/discussions/${made.id}/start`, {}));
    const writer = new Writer(house.doctor, meeting.id, made.id);
    writer.type('discussion', 'Contention mal portée.');
    const long = `Prévenir la fille ${'et le voisin '.repeat(20)}`.trim();
    writer.type(
      'decisions',
      `@Soizic pansement tous les 2 jours avant le 12/12/2099\n@équipe ${long}\nRevoir dans un mois`,
    );
    await writer.send();
    ok(await sign(house.doctor, meeting.id));
    ok(await sign(house.nurse, meeting.id));
    ok(await close(house, meeting.id));
    const filed = (await detail(house.doctor, meeting.id)).discussions[0].minutesFiled;
    const path = (id: string, of = patient.id) => `/api/patients/${of}/letters/minutes/${id}`;
    const letter = ok(await house.doctor.send('GET', path(filed.id)));
    const words = letter.text as string;
    assert.match(letter.subject, new RegExp(`Concertation du .*${patient.family}`, 'i'));
    assert.match(words, /Contention mal portée/);
    assert.match(words, /- Pansement tous les 2 jours \(Soizic Abgrall, avant le 12\/12\/2099\)/);
    assert.ok(words.includes(`${long} (`), 'a long decision is there whole');
    assert.match(words, /- Revoir \(équipe de soins, avant le/i);
    assert.doesNotMatch(words, /@/, 'nobody outside knows whom a first name calls');
    assert.match(words, /Présents :\*\* .*Anne Kermarrec/);
    const plain = words.replaceAll(/[^\p{L}\p{N}{}* .]/gu, '');
    assert.ok(plain.includes('Ulcère {{patient.nom}} **qui** traîne'), 'what was typed is no field and no markup');
    ok(await house.nurse.send('GET', path(filed.id)));
    for (const who of [house.coordinator, house.secretary, house.administrator, house.physio])
      assert.equal((await who.send('GET', path(filed.id))).status, 403, who.caller.profession);
    assert.ok([403, 404].includes((await elsewhere.send('GET', path(filed.id))).status));
    const other = await newPatient(house, [house.nurse]);
    assert.equal((await house.doctor.send('GET', path(filed.id, other.id))).status, 404, 'of another record');
    const note = ok(await house.doctor.send('POST', `/api/patients/${patient.id}/notes`, { text: 'Une note' }));
    assert.equal((await house.doctor.send('GET', path(note.id ?? note.line?.id))).status, 404, 'a note is no minutes');
    assert.equal((await house.doctor.send('GET', path('x'))).status, 404);
  });

  test('COO-5 what was typed cannot become markup: neither in the record nor on paper', async () => {
    const patient = await newPatient(house, [house.nurse]);
    const wicked = '<img src=x onerror=alert(1)> &amp; #panic("boum") $x$ *gras* @a \\ 🎉 ﷽ œuvre \u0007 fin';
    const made = await propose(house.doctor, patient.id, `#include "/etc/passwd" ${wicked}`);
    const meeting = await plan(house, [made.id], undefined, { title: `Titre #sys.inputs ${wicked}`.slice(0, 110) });
    await run(house, meeting.id);
    const writer = new Writer(house.nurse, meeting.id, made.id);
    writer.type('discussion', wicked);
    await writer.send();
    ok(await sign(house.doctor, meeting.id));
    const filed = ok(await close(house, meeting.id)).discussions[0].minutesFiled;
    assert.ok(
      filed.sections[1].text.startsWith('<img src=x onerror=alert(1)> &amp; #panic("boum")'),
      filed.sections[1].text,
    );
    const { bytes } = await pdf(house.nurse, `/api/patients/${patient.id}/minutes/${filed.id}/pdf`);
    assert.match(wordsOf(bytes), /onerror=alert/);
    assert.match(bytes.toString('latin1'), /pdfaid:part/);
    await pdf(house.nurse, `/api/meetings/${meeting.id}/pdf`);
  });

  test('COO-5 the figures for the ACI come out of the meetings: held, patients once, share of the reference population; figures for those who coordinate only', async () => {
    const here = await staffed();
    const young = await newPatient(here, [here.nurse], '12/03/1990');
    const ald = await newPatient(here, [here.nurse], '12/03/1991');
    const old = await newPatient(here, [here.nurse], '12/03/1940');
    await newPatient(here, [here.nurse], '12/03/1939');
    for (const one of [young, ald, old])
      ok(
        await here.doctor.send('POST', `/api/patients/${one.id}/team`, {
          practitioner: here.doctor.practitioner,
          treating: true,
        }),
      );
    ok(
      await here.doctor.send('POST', `/api/patients/${ald.id}/problems`, {
        label: 'Diabète de type 1',
        ald: { number: '8', from: '01/01/2020' },
      }),
    );
    const hold = async (patients: { id: string }[]) => {
      const ids = [];
      for (const one of patients) ids.push((await propose(here.doctor, one.id)).id);
      const meeting = await plan(here, ids, [here.doctor, here.nurse], {
        start: `${dayInFrance(new Date())}T08:00`,
      });
      await run(here, meeting.id);
      for (const id of ids) {
        const writer = new Writer(here.coordinator, meeting.id, id);
        writer.type('discussion', 'Discuté.');
        await writer.send();
      }
      for (const who of [here.doctor, here.nurse]) ok(await sign(who, meeting.id));
      ok(await close(here, meeting.id));
    };
    await hold([old, young]);
    await hold([old]);
    await plan(here, [(await propose(here.doctor, ald.id)).id]);
    const figures = ok(await here.coordinator.send('GET', `/api/meetings/figures?year=${new Date().getFullYear()}`));
    assert.deepEqual(
      [
        figures.held,
        figures.files,
        figures.discussed,
        figures.population,
        figures.share,
        figures.target,
        figures.wanted,
      ],
      [2, 3, 2, 2, 1, 0.05, 6],
    );
    assert.deepEqual(
      figures.meetings
        .map((one: { professions: number; present: number; files: number }) => [
          one.professions,
          one.present,
          one.files,
        ])
        .sort(),
      [
        [2, 2, 1],
        [2, 2, 2],
      ],
    );
    assert.equal(
      figures.months.reduce((sum: number, one: { held: number }) => sum + one.held, 0),
      2,
    );
    assert.equal(ok(await here.administrator.send('GET', '/api/meetings/figures')).held, 2, 'the owner');
    for (const who of [here.doctor, here.nurse, here.secretary])
      assert.equal((await who.send('GET', '/api/meetings/figures')).status, 403);
    assert.equal(ok(await elsewhere.send('GET', '/api/meetings/figures')).held, 0);
    assert.equal(ok(await here.coordinator.send('GET', '/api/meetings/figures?year=2019')).held, 0);
    assert.equal((await here.coordinator.send('GET', '/api/meetings/figures?year=douze')).status, 400);
  });
});

/** A PDF as bytes: what the harness reads as text. */
async function pdf(who: TestPerson, path: string): Promise<{ bytes: Buffer }> {
  const { app } = await testHouse();
  const answer = await app.inject({
    method: 'GET',
    url: path,
    headers: { cookie: who.cookie, origin: 'http://localhost:3000' },
  });
  assert.equal(answer.statusCode, 200, answer.body.slice(0, 500));
  assert.equal(answer.headers['content-type'], 'application/pdf');
  assert.equal(answer.rawPayload.subarray(0, 5).toString(), '%PDF-');
  return { bytes: answer.rawPayload };
}
