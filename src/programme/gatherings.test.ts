import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { anyone, testHouse, type TestPerson } from '../../test/app.ts';
import { leastCount, saidIfMany, saidOf } from '../access/index.ts';
import { joinedTo } from './gatherings/calendar.rules.ts';
import { type Answer, type Asked, slotsOf } from './gatherings/polls.rules.ts';
import { monthsBetween, signsOf } from './gatherings/use.rules.ts';
import { withLinks } from './mails/links.ts';
import { paperOf } from './papers/papers.store.ts';
import { addFile, inDays, openedProject } from './programme.fixture.ts';

const path = (project: string, more = '') => `/api/programme/projects/${project}${more}`;
export const day = (days: number) => inDays(days).slice(0, 10);
const slot = (days: number, hour = '12:30') => ({
  starts: `${day(days)}T${hour}`,
  minutes: 90,
  place: 'Maison de santé, salle de réunion',
  visio: '',
});
const body = (more: Record<string, unknown> = {}) => ({
  purpose: 'launch',
  title: 'Réunion de lancement',
  note: '',
  deadline: day(10),
  slots: [slot(20), slot(21), slot(22, '20:00')],
  ...more,
});
/** A poll with its people: the officer, the consultant and GCS are asked at once. */
async function opened(professions: Record<string, number> = { physician: 2, nurse: 1 }) {
  const one = await openedProject({ 'team.members': professions });
  const made = await one.officer.send('POST', path(one.project, '/polls'), body());
  assert.equal(made.status, 200, made.text);
  const poll = made.body.id as string;
  const read = async (who: TestPerson = one.officer) =>
    (await who.send('GET', path(one.project, '/polls'))).body.polls.find(({ id }: { id: string }) => id === poll);
  const guest = async (profession: string, name = `Invité ${profession}`, email = '') => {
    const asked = await one.consultant.send('POST', path(one.project, `/polls/${poll}/people`), {
      guests: [{ name, profession, email }],
    });
    assert.equal(asked.status, 200, asked.text);
    const person = (await read()).people.find((each: { name: string }) => each.name === name);
    const link = await one.consultant.send('POST', path(one.project, `/polls/${poll}/people/${person.id}/link`));
    return { person: person.id as string, token: link.body.path.split('/').at(-1) as string };
  };
  const answer = (who: TestPerson, person: string, answers: Record<string, Answer>, seen = 0) =>
    who.send('PUT', path(one.project, `/polls/${poll}/people/${person}/answers`), { seen, answers });
  return { ...one, poll, read, guest, answer };
}

describe('date polls', () => {
  test('PRJ-2 dates are proposed, a guest answers by a personal link without an account, the best date is first and says why; the one without a profession is refused, then chosen with a reason', async () => {
    const one = await opened();
    const first = await one.read();
    assert.deepEqual(
      first.people.map(({ side }: { side: string }) => side),
      ['officer', 'gcs', 'consultant'],
    );
    const [a, b, c] = [...first.slots]
      .sort((x: { starts: string }, y: { starts: string }) => x.starts.localeCompare(y.starts))
      .map(({ id }: { id: string }) => id) as [string, string, string];
    const me = (side: string) => first.people.find((each: { side: string }) => each.side === side).id;
    for (const [who, side] of [
      [one.officer, 'officer'],
      [one.gcs, 'gcs'],
      [one.consultant, 'consultant'],
    ] as const)
      assert.equal((await one.answer(who, me(side), { [a]: 'yes', [b]: 'yes', [c]: 'yes' })).status, 200);
    const [doctor, nurse] = [await one.guest('physician'), await one.guest('', 'Le cabinet infirmier')];
    const seen = await anyone('GET', `/api/programme/poll-links/${doctor.token}`);
    assert.equal(seen.status, 200, seen.text);
    assert.equal(seen.body.slots.length, 3);
    assert.equal(seen.body.people, undefined);
    assert.equal(
      (
        await anyone('PUT', `/api/programme/poll-links/${doctor.token}`, {
          seen: 0,
          name: 'Dr Anne Le Bris',
          profession: 'physician',
          answers: { [a]: 'yes', [b]: 'maybe' },
        })
      ).status,
      200,
    );
    assert.equal(
      (
        await anyone('PUT', `/api/programme/poll-links/${doctor.token}`, {
          seen: 0,
          name: 'Dr Anne Le Bris',
          profession: 'physician',
          answers: {},
        })
      ).status,
      409,
    );
    assert.equal(
      (
        await anyone('PUT', `/api/programme/poll-links/${nurse.token}`, {
          seen: 0,
          name: 'Loïc Pen',
          profession: 'plombier',
          answers: {},
        })
      ).status,
      422,
    );
    assert.equal(
      (
        await anyone('PUT', `/api/programme/poll-links/${nurse.token}`, {
          seen: 0,
          name: 'Loïc Pen',
          profession: 'nurse',
          answers: { [b]: 'yes' },
        })
      ).status,
      200,
    );
    const { slots, version } = await one.read();
    assert.equal(slots[0].id, b);
    assert.deepEqual([slots[0].complete, slots[0].missing, slots[0].unsure], [true, [], ['physician']]);
    assert.match(slots[0].why, /Si besoin seulement : médecin\. 4 oui, 1 si besoin/);
    assert.deepEqual(slots.find(({ id }: { id: string }) => id === a).missing, ['nurse']);
    const refused = await one.gcs.send('POST', path(one.project, `/polls/${one.poll}/choose`), {
      seen: version,
      slot: a,
    });
    assert.equal(refused.status, 422);
    assert.match(refused.body.detail, /la profession infirmier/);
    assert.deepEqual(refused.body.missing, ['nurse']);
    assert.equal(
      (
        await one.gcs.send('POST', path(one.project, `/polls/${one.poll}/choose`), {
          seen: version + 1,
          slot: a,
          reason: 'Le cabinet infirmier délègue.',
        })
      ).status,
      409,
    );
    const chosen = await one.gcs.send('POST', path(one.project, `/polls/${one.poll}/choose`), {
      seen: version,
      slot: a,
      reason: 'Le cabinet infirmier sera représenté par le médecin.',
    });
    assert.equal(chosen.status, 200, chosen.text);
    // The invitation is the deliverable of the step, and says why.
    const step = (await one.officer.send('GET', path(one.project))).body.steps.find(
      ({ id }: { id: string }) => id === 'launch-planning',
    );
    assert.match(step.deliverables[0].held[0].reference, /-INV1$/);
    const pdf = await one.nurse.send('GET', path(one.project, `/papers/${chosen.body.paper}`));
    assert.equal(pdf.status, 200);
    // The meeting in a calendar, for those with an account and behind the link.
    for (const got of [
      await one.nurse.send('GET', path(one.project, `/polls/${one.poll}/calendar`)),
      await anyone('GET', `/api/programme/poll-links/${doctor.token}/calendar`),
    ]) {
      assert.equal(got.headers['content-type'], 'text/calendar; charset=utf-8');
      assert.match(got.text, new RegExp(`DTSTART:${day(20).replaceAll('-', '')}T1[01]3000Z`));
    }
    assert.equal(
      (
        await anyone('PUT', `/api/programme/poll-links/${nurse.token}`, {
          seen: 1,
          name: 'Loïc Pen',
          profession: 'nurse',
          answers: { [a]: 'yes' },
        })
      ).status,
      409,
    );
  });
  test('PRJ-2 PRJ-3 what a date or a meeting lacks is said by professions as a French reader looks for them, names with their capitals', async () => {
    const one = await opened({ midwife: 1, 'asalee-nurse': 1, physician: 2, nurse: 1 });
    const french = ['nurse', 'asalee-nurse', 'physician', 'midwife'];
    const { slots, version } = await one.read();
    assert.deepEqual(slots[0].missing, french);
    const refused = await one.gcs.send('POST', path(one.project, `/polls/${one.poll}/choose`), {
      seen: version,
      slot: slots[0].id,
    });
    assert.match(refused.body.detail, /les professions infirmier, infirmier Asalée, médecin et sage-femme,/);
    const begun = await one.consultant.send('POST', path(one.project, '/minutes'), { kind: 'launch-minutes' });
    const sheet = (await one.consultant.send('GET', path(one.project, `/sheets/${begun.body.id}`))).body;
    assert.deepEqual(sheet.missing, french);
    assert.match(
      sheet.fields['item.stakes'].value,
      /qui réunit infirmier, infirmier Asalée, médecin, sage-femme : écrire/,
    );
  });

  test('PRJ-2 SEC-17 a personal link is at rest nowhere: the mail holds a mark, the link is made as it leaves, its hash alone stays; typed words are never taken for a mark; it expires, and stops when the person is taken out', async () => {
    const one = await opened();
    const { db } = await testHouse();
    const region = one.region.tenant;
    const asked = await one.officer.send('POST', path(one.project, `/polls/${one.poll}/people`), {
      guests: [
        { name: 'Anne [lien personnel sondage:x/y]', profession: 'nurse', email: 'anne@essai.example' },
        { name: '', profession: '', email: 'ANNE@essai.example' },
      ],
    });
    assert.equal(asked.body.asked, 1);
    const [mail] = await db.tenant(region, (sql) =>
      sql.query<{ words: string; recipient: string }>(
        `select words, recipient from programme.mail where tenant_id = $1 and key like $2 and recipient = 'anne@essai.example'`,
        [region, `poll/${one.poll}/asked/%`],
      ),
    );
    const person = (await one.read()).people.find((each: { account: boolean }) => !each.account);
    assert.match(mail!.words, new RegExp(`\\[lien personnel sondage:${one.poll}/${person.id}\\]`));
    assert.doesNotMatch(mail!.words, /programme\/sondage/);
    const sent = await db.transaction(region, (sql) =>
      withLinks(sql, region, mail!.words, 'https://estran.example', new Date()),
    );
    const token = /https:\/\/estran\.example\/programme\/sondage\/(\S+)/.exec(sent)?.[1] ?? '';
    assert.match(sent, /Bonjour Anne \(lien personnel sondage:x\/y\]/);
    assert.equal((await anyone('GET', `/api/programme/poll-links/${token}`)).status, 200);
    const kept = JSON.stringify(
      await db.tenant(region, (sql) =>
        sql.query('select * from programme.poll_link where tenant_id = $1 and person = $2', [region, person.id]),
      ),
    );
    assert.ok(!kept.includes(token) && !kept.includes(token.split('.')[1]!));
    for (const wrong of [`${token}x`, token.replace(/^\d+/, '999999'), `${region}.${'a'.repeat(43)}`])
      assert.equal((await anyone('GET', `/api/programme/poll-links/${wrong}`)).status, 410);
    assert.equal((await anyone('GET', '/api/programme/poll-links/nimporte')).status, 400);
    await db.owner('a link that has expired', (sql) =>
      sql.query(
        `update programme.poll_link set expires_at = now() - interval '1 second' where tenant_id = $1 and person = $2`,
        [region, person.id],
      ),
    );
    assert.equal((await anyone('GET', `/api/programme/poll-links/${token}`)).status, 410);
    const again = await one.gcs.send('POST', path(one.project, `/polls/${one.poll}/people/${person.id}/link`));
    const second = again.body.path.split('/').at(-1);
    assert.equal((await anyone('GET', `/api/programme/poll-links/${second}`)).status, 200);
    assert.equal(
      (await one.team.coordinator.send('DELETE', path(one.project, `/polls/${one.poll}/people/${person.id}`))).status,
      204,
    );
    assert.equal((await anyone('GET', `/api/programme/poll-links/${second}`)).status, 410);
    assert.equal(
      (await one.team.coordinator.send('POST', path(one.project, `/polls/${one.poll}/people/${person.id}/restore`)))
        .status,
      204,
    );
    // Asked again, the same person is not written to twice.
    await one.officer.send('POST', path(one.project, `/polls/${one.poll}/people`), {
      guests: [{ name: 'Anne', profession: 'nurse', email: 'anne@essai.example' }],
    });
    const mails = await db.tenant(region, (sql) =>
      sql.query(`select 1 from programme.mail where tenant_id = $1 and recipient = 'anne@essai.example'`, [region]),
    );
    assert.equal(mails.length, 1);
  });
  test('PRJ-2 people of the practice answer in their own project; each for oneself; those who organise may write an answer down and are named', async () => {
    const one = await opened();
    const invitable = await one.team.coordinator.send('GET', path(one.project, `/polls/${one.poll}/invitable`));
    assert.deepEqual(
      invitable.body.map(({ side }: { side: string }) => side),
      ['team', 'team'],
    );
    assert.equal(JSON.stringify(invitable.body).includes('@'), false);
    assert.equal(
      (
        await one.team.coordinator.send('POST', path(one.project, `/polls/${one.poll}/people`), {
          people: [one.nurse.practitioner],
        })
      ).body.asked,
      1,
    );
    assert.equal(
      (
        await one.team.coordinator.send('POST', path(one.project, `/polls/${one.poll}/people`), {
          people: [one.officer.practitioner],
        })
      ).status,
      422,
    );
    const read = await one.read(one.nurse);
    const me = read.people.find((each: { me: boolean }) => each.me);
    assert.equal(me.name, one.nurse.caller.name);
    assert.equal(
      read.people.every((each: { email: string | null }) => each.email === null),
      true,
    );
    const [first] = read.slots;
    assert.equal((await one.answer(one.nurse, me.id, { [first.id]: 'maybe' })).status, 200);
    assert.equal((await one.answer(one.nurse, me.id, { [first.id]: 'yes' })).status, 409);
    assert.equal((await one.answer(one.nurse, me.id, { 'autre-date': 'yes' }, 1)).status, 409);
    assert.equal((await one.answer(one.team.coordinator, me.id, { [first.id]: 'no' }, 1)).status, 403);
    assert.equal((await one.answer(one.consultant, me.id, { [first.id]: 'yes' }, 1)).status, 200);
    assert.equal(
      (await one.read()).people.find(({ id }: { id: string }) => id === me.id).answeredBy,
      one.consultant.caller.name,
    );
  });
  test('PRJ-2 a poll is changed, given up, opened again: answers to dates that stay are kept, those to a date that moved are not; the next choice replaces the invitation, each mail goes once', async () => {
    const one = await opened();
    const { db } = await testHouse();
    const { slots, version, people } = await one.read();
    const [a, b, c] = [...slots].sort((x: { starts: string }, y: { starts: string }) =>
      x.starts.localeCompare(y.starts),
    );
    const gcs = people.find(({ side }: { side: string }) => side === 'gcs').id;
    await one.answer(one.gcs, gcs, { [a.id]: 'yes', [b.id]: 'yes', [c.id]: 'no' });
    const change = (who: TestPerson, seen: number, more: Record<string, unknown> = {}) =>
      who.send('PUT', path(one.project, `/polls/${one.poll}`), {
        title: 'Réunion de lancement',
        note: '',
        deadline: day(12),
        slots: [{ ...slot(20), id: a.id }, { ...slot(25), id: b.id }, slot(26)],
        seen,
        ...more,
      });
    assert.equal((await change(one.consultant, version + 5)).status, 409);
    assert.equal((await change(one.consultant, version, { deadline: day(-1) })).status, 422);
    assert.equal((await change(one.consultant, version, { slots: [{ ...slot(20), id: 'inconnu' }] })).status, 422);
    assert.equal((await change(one.consultant, version, { slots: [{ ...slot(20), place: '' }] })).status, 422);
    assert.equal(
      (await change(one.consultant, version, { slots: [{ ...slot(20), visio: 'javascript:alert(1)' }] })).status,
      422,
    );
    assert.equal((await change(one.consultant, version)).status, 204);
    const after = await one.read();
    assert.deepEqual(after.people.find(({ id }: { id: string }) => id === gcs).answers, { [a.id]: 'yes' });
    assert.equal(after.slots.length, 3);
    const choose = (seen: number, id: string) =>
      one.officer.send('POST', path(one.project, `/polls/${one.poll}/choose`), {
        seen,
        slot: id,
        reason: 'Une date qui convient au plus grand nombre.',
      });
    const first = await choose(version + 1, a.id);
    assert.equal(first.status, 200, first.text);
    assert.equal(
      (await one.gcs.send('POST', path(one.project, `/polls/${one.poll}/cancel`), { seen: version + 2 })).status,
      409,
    );
    assert.equal(
      (
        await one.gcs.send('POST', path(one.project, `/polls/${one.poll}/reopen`), {
          seen: version + 2,
          deadline: day(14),
        })
      ).status,
      204,
    );
    const second = await choose(version + 3, b.id);
    assert.equal(second.status, 200, second.text);
    const papers = (await one.officer.send('GET', path(one.project, '/papers'))).body.papers.filter(
      ({ kind }: { kind: string }) => kind === 'invitation',
    );
    assert.deepEqual(
      papers.map((paper: { reference: string; version: number }) => [paper.reference.slice(-4), paper.version]),
      [
        ['INV1', 2],
        ['INV1', 1],
      ],
    );
    const ics = await one.gcs.send('GET', path(one.project, `/polls/${one.poll}/calendar`));
    assert.match(ics.text, /SEQUENCE:1\r\n/);
    assert.ok(ics.text.split('\r\n').every((line) => Buffer.byteLength(line) <= 75));
    // The mail of the invitation carries the paper and the meeting.
    const row = await db.tenant(one.region.tenant, (sql) => paperOf(sql, one.region.tenant, second.body.paper));
    const [joined] = joinedTo(row!);
    assert.deepEqual(
      [joined!.filename, Buffer.from(String(joined!.content), 'base64').toString()],
      ['reunion.ics', ics.text],
    );
    const keys = await db.tenant(one.region.tenant, (sql) =>
      sql.query<{ key: string }>('select key from programme.mail where tenant_id = $1 and key like $2', [
        one.region.tenant,
        `poll/${one.poll}/%`,
      ]),
    );
    assert.equal(new Set(keys.map(({ key }) => key)).size, keys.length);
    assert.equal(keys.filter(({ key }) => key.includes(`/chosen/${papers[0].reference}/2/`)).length, 3);
    // Given up: no more answers, by whatever door.
    const other = await one.gcs.send(
      'POST',
      path(one.project, '/polls'),
      body({ purpose: 'other', title: 'Point d’étape' }),
    );
    assert.equal(
      (
        await one.gcs.send('POST', path(one.project, `/polls/${other.body.id}/cancel`), {
          seen: 1,
          reason: 'Plus utile.',
        })
      ).status,
      204,
    );
    assert.equal(
      (
        await one.gcs.send('POST', path(one.project, `/polls/${other.body.id}/people`), {
          guests: [{ name: 'Trop tard', profession: 'nurse', email: '' }],
        })
      ).status,
      409,
    );
  });
  test('PRJ-2 a date that has passed, or is of no poll, is not chosen; nor is one of a poll whose date is chosen, or that was given up', async () => {
    const one = await opened();
    const { db } = await testHouse();
    const { slots, version } = await one.read();
    const [past, ahead] = slots.map(({ id }: { id: string }) => id);
    await db.tenant(one.region.tenant, (sql) =>
      sql.query(
        `update programme.poll_slot set starts = starts - interval '40 days' where tenant_id = $1 and poll = $2 and id = $3`,
        [one.region.tenant, one.poll, past],
      ),
    );
    const act = (what: string, seen: number, more: Record<string, unknown>) =>
      one.officer.send('POST', path(one.project, `/polls/${one.poll}/${what}`), { seen, ...more });
    const choose = (seen: number, slot: string) =>
      act('choose', seen, { slot, reason: 'Une date qui convient au plus grand nombre.' });
    const late = await choose(version, past);
    assert.deepEqual([late.status, late.body.detail], [409, 'Cette date est passée : proposez-en une autre.']);
    assert.equal((await choose(version, 'inconnue')).status, 404);
    assert.equal((await choose(version, ahead)).status, 200);
    const again = await choose(version + 1, ahead);
    assert.equal(again.status, 409);
    assert.match(again.body.detail, /^La date est déjà choisie/);
    assert.equal((await act('reopen', version + 1, { deadline: day(5) })).status, 204);
    assert.equal((await act('cancel', version + 2, { reason: 'Plus utile.' })).status, 204);
    const given = await choose(version + 3, ahead);
    assert.equal(given.status, 409);
    assert.match(given.body.detail, /^Ce sondage est abandonné/);
  });

  test('PRJ-2 PRJ-3 PRJ-8 who may not: every entry of these tabs refuses who does not know of the project, and who may not act in it', async () => {
    const one = await opened();
    const person = (await one.read()).people[0].id;
    const begun = await one.consultant.send('POST', path(one.project, '/minutes'), { kind: 'follow-up-minutes' });
    const slots = body().slots;
    const support: [string, string, unknown?][] = [
      ['POST', '/polls', body()],
      ['PUT', `/polls/${one.poll}`, { ...body(), seen: 1, slots }],
      ['POST', `/polls/${one.poll}/cancel`, { seen: 1 }],
      ['POST', `/polls/${one.poll}/reopen`, { seen: 1, deadline: day(3) }],
      ['POST', `/polls/${one.poll}/choose`, { seen: 1, slot: 'x' }],
      ['POST', '/minutes', { kind: 'launch-minutes' }],
      ['GET', `/sheets/${begun.body.id}`],
      ['PUT', `/sheets/${begun.body.id}/fields/place`, { seen: 1, value: 'x' }],
      ['POST', `/sheets/${begun.body.id}/issue`, {}],
      ['POST', `/sheets/${begun.body.id}/remove`],
      ['POST', `/sheets/${begun.body.id}/restore`],
      ['POST', '/actions', { sheet: begun.body.id, words: 'Écrire', owner: 'Nous', due: null }],
      ['PUT', '/completion/fields/product', { seen: 0, value: 'x' }],
      ['POST', '/completion/issue'],
    ];
    const team: [string, string, unknown?][] = [
      ['GET', `/polls/${one.poll}/invitable`],
      ['POST', `/polls/${one.poll}/people`, { people: [] }],
      ['DELETE', `/polls/${one.poll}/people/${person}`],
      ['POST', `/polls/${one.poll}/people/${person}/restore`],
      ['POST', `/polls/${one.poll}/people/${person}/link`],
      ['PUT', '/actions/x', { seen: 1, words: 'Écrire', owner: 'Nous', due: null, state: 'done' }],
      [
        'PUT',
        `/use/${monthBack(1)}`,
        {
          seen: 0,
          records: 0,
          shared: 0,
          professionals: 0,
          professions: 0,
          meetings: 0,
          protocols: 0,
          messages: 0,
          tasks: 0,
        },
      ],
      ['DELETE', `/use/${monthBack(1)}`],
    ];
    const readers: [string, string, unknown?][] = [
      ['GET', '/polls'],
      ['PUT', `/polls/${one.poll}/people/${person}/answers`, { seen: 0, answers: {} }],
      ['GET', '/minutes'],
      ['GET', '/use'],
      ['GET', '/completion'],
    ];
    const strangers = [
      one.strangers.vendor,
      one.strangers.partner,
      one.strangers.consultant,
      one.strangers.neighbour,
      one.foreign,
    ];
    for (const [method, more, sent] of [...support, ...team, ...readers])
      for (const who of strangers)
        assert.ok(
          [403, 404].includes((await who.send(method, path(one.project, more), sent)).status),
          `${method} ${more}`,
        );
    for (const [method, more, sent] of support)
      for (const who of [one.nurse, one.team.coordinator, one.strangers.reviewer])
        assert.equal((await who.send(method, path(one.project, more), sent)).status, 403, `${method} ${more}`);
    for (const [method, more, sent] of team)
      for (const who of [one.nurse, one.strangers.reviewer])
        assert.equal((await who.send(method, path(one.project, more), sent)).status, 403, `${method} ${more}`);
    for (const [method, more, sent] of [...support, ...team, ...readers])
      assert.equal((await anyone(method, path(one.project, more), sent)).status, 401, `${method} ${more}`);
    // A partner reads the papers that are shared, not who answered what.
    await one.team.coordinator.send('PUT', path(one.project, `/parties/${one.strangers.partner.practitioner}`), {
      sees: ['steps', 'papers'],
    });
    for (const more of ['/polls', '/minutes', '/use', '/completion'])
      assert.equal((await one.strangers.partner.send('GET', path(one.project, more))).status, 403);
    // A project that is stopped no longer changes.
    await one.officer.send('POST', path(one.project, '/stop'), { reason: 'L’équipe se sépare.' });
    for (const [method, more, sent] of [
      ...support.filter(([verb]) => verb !== 'GET'),
      ['POST', `/polls/${one.poll}/people`, { people: [] }] as const,
    ])
      assert.equal((await one.officer.send(method, path(one.project, more), sent)).status, 403, `${method} ${more}`);
  });
});

describe('minutes', () => {
  test('PRJ-3 PRJ-10 minutes of the launch begin with the model of the meeting and those who were to come, are written field by field, issued as a numbered paper, corrected as the next version', async () => {
    const one = await opened({ physician: 1, nurse: 1 });
    const doctor = await one.guest('physician', 'Dr Anne Le Bris');
    const { slots } = await one.read();
    const [first] = slots.map(({ id }: { id: string }) => id);
    await anyone('PUT', `/api/programme/poll-links/${doctor.token}`, {
      seen: 0,
      name: 'Dr Anne Le Bris',
      profession: 'physician',
      answers: { [first]: 'yes' },
    });
    const { version } = await one.read();
    assert.equal(
      (
        await one.officer.send('POST', path(one.project, `/polls/${one.poll}/choose`), {
          seen: version,
          slot: first,
          reason: 'Les autres suivront en visioconférence.',
        })
      ).status,
      200,
    );
    const begun = await one.consultant.send('POST', path(one.project, '/minutes'), {
      kind: 'launch-minutes',
      poll: one.poll,
    });
    assert.equal(begun.status, 200, begun.text);
    const at = (more = '') => path(one.project, `/sheets/${begun.body.id}${more}`);
    const sheet = (await one.consultant.send('GET', at())).body;
    assert.deepEqual(
      sheet.agenda.map(({ id }: { id: string }) => id),
      ['welcome', 'sip', 'stakes', 'solutions', 'funding', 'calendar', 'questions'],
    );
    assert.match(sheet.fields['item.funding'].value, /80 %/);
    assert.match(sheet.fields['item.calendar'].value, /Recueil des besoins/);
    assert.deepEqual(
      sheet.fields.present.value
        .filter(({ there }: { there: boolean }) => there)
        .map(({ name }: { name: string }) => name),
      ['Dr Anne Le Bris'],
    );
    assert.deepEqual(sheet.missing, ['nurse']);
    // The meeting is still to come: nothing to issue yet, and every reason is told.
    const early = await one.consultant.send('POST', at('/issue'), {});
    assert.equal(early.status, 422);
    assert.deepEqual(early.body.blockers, ['Dites quel jour la réunion s’est tenue.']);
    const save = (who: TestPerson, field: string, value: unknown, seen: number) =>
      who.send('PUT', at(`/fields/${field}`), { value, seen });
    assert.equal((await save(one.consultant, 'heldOn', day(-1), 1)).status, 200);
    assert.equal((await save(one.consultant, 'heldOn', '2025-02-30', 2)).status, 422);
    assert.equal((await save(one.consultant, 'item.ailleurs', 'x', 0)).status, 404);
    assert.equal((await save(one.officer, 'item.sip', 'Une base commune.', 1)).status, 200);
    const clash = await save(one.consultant, 'item.sip', 'Un dossier partagé.', 1);
    assert.equal(clash.status, 409);
    assert.equal(clash.body.theirs.value, 'Une base commune.');
    assert.equal((await save(one.consultant, 'decisions', ['Le questionnaire part lundi.'], 1)).status, 200);
    const added = await one.consultant.send('POST', path(one.project, '/actions'), {
      sheet: begun.body.id,
      words: 'Envoyer le questionnaire',
      owner: 'Le consultant',
      due: day(-3),
    });
    assert.equal(added.status, 200, added.text);
    // A draft is for those who write it.
    assert.deepEqual((await one.nurse.send('GET', path(one.project, '/minutes'))).body, {
      writes: false,
      follows: false,
      minutes: [],
      actions: [],
    });
    const issued = await one.consultant.send('POST', at('/issue'), { send: true });
    assert.equal(issued.status, 200, issued.text);
    assert.match(issued.body.reference, /-CRL1$/);
    assert.equal((await one.consultant.send('POST', at('/issue'), {})).status, 409);
    assert.equal((await one.nurse.send('GET', path(one.project, `/papers/${issued.body.paper}`))).status, 200);
    const shown = (await one.team.coordinator.send('GET', path(one.project, '/minutes'))).body;
    assert.equal(shown.actions[0].late, true);
    // The team says that it is done; it does not write it anew.
    const action = (who: TestPerson, more: Record<string, unknown>) =>
      who.send('PUT', path(one.project, `/actions/${added.body.id}`), {
        words: 'Envoyer le questionnaire',
        owner: 'Le consultant',
        due: day(-3),
        state: 'open',
        seen: 1,
        ...more,
      });
    assert.equal((await action(one.team.coordinator, { words: 'Ne rien envoyer' })).status, 403);
    assert.equal((await action(one.team.coordinator, { state: 'done' })).status, 204);
    assert.equal((await action(one.consultant, { state: 'open' })).status, 409);
    assert.equal((await save(one.gcs, 'place', 'Mairie', 1)).status, 200);
    const next = await one.gcs.send('POST', at('/issue'), {});
    assert.deepEqual([next.body.reference, next.body.version], [issued.body.reference, 2]);
    assert.equal((await one.consultant.send('POST', at('/remove'))).status, 409);
    // The next meeting begins with what is still to be done.
    await one.consultant.send('POST', path(one.project, '/actions'), {
      sheet: begun.body.id,
      words: 'Réserver la salle',
      owner: 'Le GCS',
      due: null,
    });
    const follow = await one.consultant.send('POST', path(one.project, '/minutes'), { kind: 'follow-up-minutes' });
    const former = (await one.consultant.send('GET', path(one.project, `/sheets/${follow.body.id}`))).body.fields[
      'item.former'
    ].value;
    assert.match(former, /Réserver la salle \(Le GCS\) : en cours/);
    assert.doesNotMatch(former, /Envoyer/);
    assert.equal(
      (await one.consultant.send('POST', path(one.project, `/sheets/${follow.body.id}/remove`))).status,
      204,
    );
    assert.equal(
      (await one.consultant.send('POST', path(one.project, `/sheets/${follow.body.id}/restore`))).status,
      204,
    );
    const step = (await one.officer.send('GET', path(one.project))).body.steps.find(
      ({ id }: { id: string }) => id === 'launch',
    );
    assert.equal(step.deliverables[0].held[0].version, 2);
  });
});

const monthBack = (back: number): string => {
  const now = new Date();
  return new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - back, 15)).toISOString().slice(0, 7);
};
/** A project that began four months ago, whose practice wrote in `records` records last month, in `shared` of them by two professions. */
async function using(records: number, shared: number) {
  const one = await openedProject();
  const { db, fhir } = await testHouse();
  await db.tenant(one.region.tenant, (sql) =>
    sql.query('update programme.project set started_on = $3::date where tenant_id = $1 and id = $2', [
      one.region.tenant,
      one.project,
      `${monthBack(4)}-10`,
    ]),
  );
  const doctor = await one.team.practice.person('physician');
  const at = (who: TestPerson, patient: number) => ({
    resourceType: 'Observation',
    status: 'final',
    code: { text: 'Pression artérielle' },
    subject: { reference: `Patient/p${patient}` },
    performer: [{ reference: `Practitioner/${who.practitioner}` }],
    effectiveDateTime: `${monthBack(1)}-12T10:00:00+01:00`,
  });
  const patients = Array.from({ length: records }, (_, n) => ({
    resourceType: 'Patient',
    id: `p${n}`,
    name: [{ family: `Essai${n}` }],
  }));
  await fhir
    .asSystem(one.team.practice.tenant, 'essai')
    .createMany([
      ...patients,
      ...patients.map((_, n) => at(doctor, n)),
      ...patients.slice(0, shared).map((_, n) => at(one.nurse, n)),
    ] as never);
  return { ...one, doctor };
}
const useOf = async (who: TestPerson, project: string) => (await who.send('GET', path(project, '/use'))).body;
const lastOf = (use: { months: { month: string }[] }) =>
  use.months.find(({ month }) => month === monthBack(1)) as Record<string, unknown> | undefined;
const report: Record<string, unknown> = {
  installedOn: day(-40),
  product: 'Logiciel d’essai',
  modules: [{ name: 'Dossier patient partagé', state: 'in-use', note: '' }],
  sites: [{ name: 'Pôle principal', workstations: 9, verified: true, note: '' }],
  takeOver: { state: 'done', note: '' },
  trainings: [{ title: 'Prise en main', on: day(-30), people: 8, professions: ['physician', 'nurse'] }],
  verdict: 'good',
  observations: 'L’équipe vient de commencer ses réunions.',
  signatory: { name: 'Camille Riou', role: 'Présidente' },
};
async function writeReport(who: TestPerson, project: string, more: Record<string, unknown> = {}) {
  for (const [field, value] of Object.entries({ ...report, ...more })) {
    const seen = (await who.send('GET', path(project, '/completion'))).body.fields[field].version;
    const saved = await who.send('PUT', path(project, `/completion/fields/${field}`), { seen, value });
    assert.equal(saved.status, 200, saved.text);
  }
}

describe('figures of use and the completion report', () => {
  test('PRJ-11 SEC-7 nothing is read of a practice before its coordinator shows its figures; counts of months that are over then, small ones hidden, no name; they can be taken back', async () => {
    const one = await using(40, 15);
    const { db } = await testHouse();
    const practice = one.team.practice.tenant;
    const read = () =>
      db.tenant(practice, (sql) =>
        sql.query(
          `select action, actor from audit.entry where tenant_id = $1 and action like '%-figures' order by seq`,
          [practice],
        ),
      );
    assert.deepEqual([(await useOf(one.officer, one.project)).months, await read()], [[], []]);
    // Nobody of the region, nobody else of the practice, no other practice shows them.
    for (const who of [one.officer, one.gcs, one.consultant, one.strangers.reviewer, one.strangers.vendor, one.nurse])
      assert.equal((await who.send('POST', path(one.project, '/use/share'))).status, 403);
    for (const who of [one.strangers.neighbour])
      assert.equal((await who.send('POST', path(one.project, '/use/share'))).status, 404);
    // The port itself refuses: whoever asks, from whatever handler.
    const { openUseFigures } = await import('../coordination/index.ts');
    const port = openUseFigures(db);
    await assert.rejects(port.read(practice, one.project, [monthBack(1)]), { status: 403 });
    await assert.rejects(port.share(practice, one.project, true, one.officer.caller), { status: 403 });
    await assert.rejects(port.share(practice, one.project, true, one.strangers.neighbour.caller), { status: 403 });
    assert.equal((await one.team.coordinator.send('POST', path(one.project, '/use/share'))).status, 204);
    const shown = await useOf(one.officer, one.project);
    assert.deepEqual(
      shown.months.map(({ month }: { month: string }) => month),
      [4, 3, 2, 1].map(monthBack),
    );
    assert.deepEqual(lastOf(shown), {
      month: monthBack(1),
      source: 'practice',
      records: { low: 40, high: 40 },
      shared: { low: 15, high: 15 },
      professionals: 2,
      professions: 2,
      meetings: 0,
      protocols: 0,
      messages: null,
      tasks: null,
      version: 1,
      by: shown.months[0].by,
    });
    assert.deepEqual(shown.months[0].records, { low: 0, high: 10 });
    assert.equal(shown.signs.find(({ id }: { id: string }) => id === 'shared').met, 'yes');
    assert.doesNotMatch(JSON.stringify(shown), new RegExp(`${one.doctor.practitioner}|Essai|p0`));
    // What was read stands in the practice's own ledger.
    assert.deepEqual(
      (await read()).map(({ action }) => action),
      ['share-figures', 'read-figures'],
    );
    // The port gives them to this project only, and never of a month that runs.
    await assert.rejects(port.read(practice, 'un-autre-projet', [monthBack(1)]), { status: 403 });
    assert.deepEqual(await port.read(practice, one.project, [monthBack(0)]), []);
    for (const who of [
      one.strangers.vendor,
      one.strangers.partner,
      one.strangers.consultant,
      one.strangers.neighbour,
      one.foreign,
    ])
      assert.equal((await who.send('GET', path(one.project, '/use'))).status, 404);
    assert.equal(
      (
        await one.consultant.send('PUT', path(one.project, `/use/${monthBack(1)}`), {
          seen: 0,
          records: 90,
          shared: 50,
          professionals: 5,
          professions: 4,
          meetings: 1,
          protocols: 1,
          messages: 9,
          tasks: 9,
        })
      ).status,
      409,
    );
    for (const who of [one.officer, one.consultant, one.nurse])
      assert.equal((await who.send('POST', path(one.project, '/use/withdraw'))).status, 403);
    assert.equal((await one.team.coordinator.send('POST', path(one.project, '/use/withdraw'))).status, 204);
    assert.deepEqual((await useOf(one.officer, one.project)).months, []);
    await assert.rejects(port.read(practice, one.project, [monthBack(1)]), { status: 403 });
  });
  test('PRJ-11 COO-3 a protocol counts from the day on which a patient was entered, whatever day the plan begins: no month that is over gains use afterwards', async () => {
    const one = await using(12, 3);
    const store = (await testHouse()).fhir.asSystem(one.team.practice.tenant, 'essai');
    const { id } = (
      await one.doctor.send('POST', '/api/patients', {
        birthFamily: 'Essai',
        birthGivens: 'Rozenn',
        birthDate: '02/03/1950',
        sex: 'female',
      })
    ).body;
    const [protocol] = (await one.doctor.send('GET', '/api/protocols')).body.protocols;
    const plan = await one.doctor.send('POST', `/api/patients/${id}/plans`, {
      protocol: protocol.id,
      start: `05/${monthBack(3).slice(5)}/${monthBack(3).slice(0, 4)}`,
    });
    assert.equal(plan.status, 200, plan.text);
    assert.equal((await one.team.coordinator.send('POST', path(one.project, '/use/share'))).status, 204);
    const { openUseFigures } = await import('../coordination/index.ts');
    const port = openUseFigures((await testHouse()).db);
    const counted = async () =>
      (await port.read(one.team.practice.tenant, one.project, [4, 3, 2, 1].map(monthBack))).map(
        ({ protocols }) => protocols,
      );
    assert.deepEqual(await counted(), [0, 0, 0, 0]);
    const held = await store.read('CarePlan', plan.body.id);
    await store.update({ ...held.resource, created: `${monthBack(2)}-20T10:00:00+01:00` });
    assert.deepEqual(await counted(), [0, 0, 1, 1]);
  });
  test('PRJ-11 a small rest is not told by difference: twelve records of which eleven are shared say neither number', async () => {
    const one = await using(12, 11);
    await one.team.coordinator.send('POST', path(one.project, '/use/share'));
    const month = lastOf(await useOf(one.gcs, one.project))!;
    assert.deepEqual(
      [month.records, month.shared],
      [
        { low: 11, high: 20 },
        { low: 11, high: 20 },
      ],
    );
  });
  test('PRJ-8 PRJ-10 the consultant writes and issues the report, refused with all that it lacks; the team signs what it read; figures can no longer be taken back', async () => {
    const one = await using(40, 15);
    const empty = await one.consultant.send('POST', path(one.project, '/completion/issue'));
    assert.equal(empty.status, 422);
    for (const words of [/Dites quand le logiciel/, /aucun mois de chiffres/, /Rendez votre conclusion/])
      assert.match(empty.body.detail, words);
    for (const who of [one.team.coordinator, one.nurse, one.strangers.reviewer]) {
      assert.equal(
        (await who.send('PUT', path(one.project, '/completion/fields/product'), { seen: 0, value: 'x' })).status,
        403,
      );
      assert.equal((await who.send('POST', path(one.project, '/completion/issue'))).status, 403);
      assert.equal((await who.send('GET', path(one.project, '/completion'))).status, 200);
    }
    for (const who of [one.strangers.consultant, one.strangers.partner, one.strangers.neighbour, one.foreign])
      assert.equal((await who.send('GET', path(one.project, '/completion'))).status, 404);
    await writeReport(one.consultant, one.project, { observations: '' });
    await one.team.coordinator.send('POST', path(one.project, '/use/share'));
    const why = await one.consultant.send('POST', path(one.project, '/completion/issue'));
    assert.deepEqual(why.body.blockers, [
      'Des repères de bon usage ne sont pas atteints : dites dans les observations pourquoi l’usage est bon.',
    ]);
    await writeReport(one.consultant, one.project);
    const clash = await one.gcs.send('PUT', path(one.project, '/completion/fields/product'), {
      seen: 1,
      value: 'Autre',
    });
    assert.equal(clash.status, 409);
    assert.equal(clash.body.theirs.value, 'Logiciel d’essai');
    assert.equal(
      (
        await one.consultant.send('PUT', path(one.project, '/completion/fields/sites'), {
          seen: 2,
          value: [{ name: '', workstations: 1, verified: true, note: '' }],
        })
      ).status,
      422,
    );
    // ARS does not conclude in the consultant's place.
    assert.equal((await one.officer.send('POST', path(one.project, '/completion/issue'))).status, 403);
    const issued = await one.consultant.send('POST', path(one.project, '/completion/issue'));
    assert.equal(issued.status, 200, issued.text);
    assert.match(issued.body.reference, /-PV1$/);
    assert.equal((await one.consultant.send('POST', path(one.project, '/completion/issue'))).status, 409);
    const pdf = await one.officer.send('GET', path(one.project, `/papers/${issued.body.paper}`));
    assert.equal(pdf.headers['content-type'], 'application/pdf');
    assert.equal((await one.team.coordinator.send('POST', path(one.project, '/use/withdraw'))).status, 409);
    for (const who of [one.consultant, one.officer, one.nurse])
      assert.equal((await who.send('POST', path(one.project, '/completion/sign'), { version: 1 })).status, 403);
    assert.equal(
      (await one.team.coordinator.send('POST', path(one.project, '/completion/sign'), { version: 2 })).status,
      409,
    );
    const signed = await one.team.coordinator.send('POST', path(one.project, '/completion/sign'), {
      version: 1,
      remarks: 'Nous remercions le consultant.',
    });
    assert.deepEqual([signed.status, signed.body.reference, signed.body.version], [200, issued.body.reference, 2]);
    assert.equal(
      (await one.team.coordinator.send('POST', path(one.project, '/completion/sign'), { version: 2 })).status,
      409,
    );
    const { signatures } = (await one.officer.send('GET', path(one.project, '/completion'))).body;
    assert.deepEqual(
      [signatures.consultant.name, signatures.team.name],
      [one.consultant.caller.name, one.team.coordinator.caller.name],
    );
    const closing = async () =>
      (await one.officer.send('GET', path(one.project))).body.steps.find(({ id }: { id: string }) => id === 'closing');
    const step = await closing();
    assert.equal(step.deliverables[0].held[0].version, 2);
    const held = (blockers: string[]) => blockers.filter((words) => words.startsWith('Le procès-verbal'));
    assert.deepEqual(held(step.blockers), []);
    // A report that says «not yet» holds the step, and so does one that is being corrected; a correction takes the team's signature off.
    await writeReport(one.consultant, one.project, {
      verdict: 'not-yet',
      reserves: 'Les infirmiers n’écrivent pas encore.',
    });
    assert.deepEqual(held((await closing()).blockers), ['Le procès-verbal est corrigé et n’est pas émis de nouveau.']);
    assert.equal((await one.consultant.send('POST', path(one.project, '/completion/issue'))).body.version, 3);
    assert.deepEqual(held((await closing()).blockers), [
      'Le procès-verbal conclut que l’usage pluriprofessionnel n’est pas encore bon.',
    ]);
    assert.equal((await one.officer.send('GET', path(one.project, '/completion'))).body.signatures.team, null);
  });
  test('PRJ-11 elsewhere figures are typed by month with documents; what is small is hidden before it is kept; months to come and impossible sums are refused', async () => {
    const one = await using(0, 0);
    const type = (who: TestPerson, month: string, more: Record<string, unknown> = {}) =>
      who.send('PUT', path(one.project, `/use/${month}`), {
        seen: 0,
        records: 60,
        shared: 20,
        professionals: 8,
        professions: 4,
        meetings: 2,
        protocols: 3,
        messages: 80,
        tasks: 10,
        ...more,
      });
    for (const who of [one.nurse, one.strangers.reviewer]) assert.equal((await type(who, monthBack(1))).status, 403);
    assert.equal((await type(one.team.coordinator, monthBack(1))).status, 200);
    assert.equal((await type(one.consultant, monthBack(1))).status, 409);
    assert.equal((await type(one.consultant, monthBack(0))).status, 422);
    assert.equal((await type(one.consultant, monthBack(9))).status, 422);
    assert.equal((await type(one.consultant, monthBack(2), { shared: 61 })).status, 422);
    assert.equal((await type(one.consultant, monthBack(2), { records: 4, shared: 2 })).status, 200);
    const shown = await useOf(one.officer, one.project);
    assert.deepEqual(
      shown.months.map(({ records, professions, messages }: Record<string, unknown>) => [
        records,
        professions,
        messages,
      ]),
      [
        [{ low: 0, high: 10 }, null, null],
        [{ low: 60, high: 60 }, 4, 80],
      ],
    );
    await writeReport(one.consultant, one.project);
    assert.deepEqual((await one.consultant.send('POST', path(one.project, '/completion/issue'))).body.blockers, [
      'Les chiffres sont saisis : joignez au moins un document qui les prouve.',
    ]);
    assert.equal((await addFile(one.team.coordinator, one.project, 'evidence')).status, 200);
    assert.equal((await one.consultant.send('POST', path(one.project, '/completion/issue'))).status, 200);
    assert.equal((await one.team.coordinator.send('DELETE', path(one.project, `/use/${monthBack(2)}`))).status, 204);
  });
});

describe('rules', () => {
  const professions = ['physician', 'nurse', 'pharmacist'];
  const people = fc.array(
    fc.record({
      side: fc.constantFrom('officer', 'gcs', 'consultant', 'team'),
      profession: fc.constantFrom(...professions, 'midwife'),
      a: fc.constantFrom('yes', 'maybe', 'no', null),
      b: fc.constantFrom('yes', 'maybe', 'no', null),
    }),
    { maxLength: 14 },
  );
  const asked = (all: { side: string; profession: string; a: string | null; b: string | null }[]): Asked[] =>
    all.map((one, n) => ({
      id: `${n}`,
      side: one.side as Asked['side'],
      profession: one.profession,
      answers: Object.fromEntries(
        [
          ['a', one.a],
          ['b', one.b],
        ].filter(([, answer]) => answer !== null),
      ) as Record<string, Answer>,
    }));
  const slots = [
    { id: 'a', starts: '2025-06-01T10:00' },
    { id: 'b', starts: '2025-06-02T10:00' },
  ];
  test('PRJ-2 a slot is complete when each profession, ARS, GCS and the consultant have somebody who could come, and only then; what is missing is said; the first lacks no more than the others', () => {
    fc.assert(
      fc.property(people, (all) => {
        const views = slotsOf(slots, asked(all), professions);
        for (const view of views) {
          const could = (side: string, profession?: string) =>
            all.some(
              (one) =>
                one.side === side &&
                (profession === undefined || one.profession === profession) &&
                ['yes', 'maybe'].includes(one[view.id as 'a'] ?? ''),
            );
          assert.deepEqual(
            view.missing,
            professions.filter((one) => !could('team', one)),
          );
          assert.deepEqual(
            view.absent,
            ['officer', 'gcs', 'consultant'].filter((side) => !could(side)),
          );
          assert.equal(view.complete, view.missing.length + view.absent.length === 0);
          assert.equal(view.yes + view.maybe + view.no + view.silent, all.length);
        }
        assert.deepEqual(
          views.map(({ rank }) => rank),
          [1, 2],
        );
        assert.ok(views[0]!.missing.length <= views[1]!.missing.length);
        // The order does not depend on the order in which dates or people come.
        assert.deepEqual(
          slotsOf([...slots].reverse(), asked([...all].reverse()), professions).map(({ id }) => id),
          views.map(({ id }) => id),
        );
      }),
    );
  });
  test('PRJ-2 SEC-17 whoever tries links is told to wait, and the links of others still open', async () => {
    const one = await opened();
    const doctor = await one.guest('physician');
    // From an address of its own: the other tests of this process are not told to wait.
    const statuses: number[] = [];
    for (let tries = 0; tries < 34; tries++)
      statuses.push(
        (
          await anyone('GET', `/api/programme/poll-links/1.${String(tries).padStart(43, 'b')}`, undefined, {
            remoteAddress: '192.0.2.9',
          })
        ).status,
      );
    assert.deepEqual([statuses[0], statuses.at(-1)], [410, 429]);
    assert.equal(
      (await anyone('GET', `/api/programme/poll-links/${doctor.token}`, undefined, { remoteAddress: '192.0.2.9' }))
        .status,
      200,
    );
    assert.equal((await anyone('GET', `/api/programme/poll-links/1.${'c'.repeat(43)}`)).status, 410);
  });
  test('PRJ-2 one more «yes» never makes a date worse', () => {
    fc.assert(
      fc.property(
        people,
        fc.constantFrom('officer', 'gcs', 'consultant', 'team'),
        fc.constantFrom(...professions),
        (all, side, profession) => {
          const before = slotsOf(slots, asked(all), professions).find(({ id }) => id === 'b')!;
          const after = slotsOf(slots, asked([...all, { side, profession, a: null, b: 'yes' }]), professions).find(
            ({ id }) => id === 'b',
          )!;
          assert.ok(
            after.rank <= before.rank &&
              after.missing.length <= before.missing.length &&
              after.absent.length <= before.absent.length,
          );
        },
      ),
    );
  });

  /** Every truth that would say the same, up to `most` records. */
  const alike = (whole: number, part: number, most = 60) => {
    const said = JSON.stringify(saidOf(whole, part));
    const found: { whole: number; part: number }[] = [];
    for (let w = 0; w <= most; w++)
      for (let p = 0; p <= w; p++) if (JSON.stringify(saidOf(w, p)) === said) found.push({ whole: w, part: p });
    return found;
  };
  test('PRJ-11 no group of fewer than eleven patients is known, by itself or by difference: ten sizes at least would have said the same; what is said is true', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 49 }), fc.integer({ min: 0, max: 49 }), (x, y) => {
        const [whole, part] = [Math.max(x, y), Math.min(x, y)];
        const said = saidOf(whole, part);
        for (const [bounds, count] of [
          [said.whole, whole],
          [said.part, part],
        ] as const)
          assert.ok(bounds.low <= count && count <= bounds.high);
        const others = alike(whole, part);
        for (const size of [
          (one: { whole: number; part: number }) => one.whole,
          (one: { whole: number; part: number }) => one.part,
          (one: { whole: number; part: number }) => one.whole - one.part,
        ]) {
          if (size({ whole, part }) >= leastCount) continue;
          assert.ok(
            new Set(others.map(size)).size >= 10,
            `${whole}, ${part}: ${JSON.stringify([...new Set(others.map(size))])}`,
          );
        }
        // A count that is said in full is never one of a small group.
        for (const bounds of [said.whole, said.part]) assert.ok(bounds.low !== bounds.high || bounds.low >= leastCount);
      }),
      { numRuns: 400 },
    );
    assert.deepEqual([saidIfMany(5, 10), saidIfMany(5, 11)], [null, 5]);
  });
  test('PRJ-11 signs of good use come from what was said only: a sign that is met stays so for every truth behind it', () => {
    const month = (records: number, shared: number) => {
      const { whole, part } = saidOf(records, shared);
      return {
        month: '2025-03',
        records: whole,
        shared: part,
        professionals: 4,
        professions: 3,
        meetings: 1,
        protocols: 1,
        messages: 20,
        tasks: 1,
      };
    };
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 60 }), fc.integer({ min: 0, max: 60 }), (x, y) => {
        const [whole, part] = [Math.max(x, y), Math.min(x, y)];
        const sign = signsOf([month(whole, part)]).find(({ id }) => id === 'shared')!;
        if (sign.met === 'yes') assert.ok(part / whole >= sign.atLeast);
        if (sign.met === 'no') assert.ok(part / whole < sign.atLeast);
      }),
    );
    assert.deepEqual(monthsBetween('2024-11-20', null, '2025-02-01'), ['2024-11', '2024-12', '2025-01']);
    assert.deepEqual(monthsBetween('2024-11-20', '2024-12-05', '2025-02-01'), ['2024-11', '2024-12']);
    assert.equal(monthsBetween('2020-01-01', null, '2025-02-01').length, 24);
  });
});
