import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import * as Y from 'yjs';
import { newPractice, testHouse, type TestPerson, type TestPractice } from '../../test/app.ts';
import { compositionOf, paramedical, suggestedMeetings, supportLacks, supportModes } from './contract/composition.ts';
import { aciCore, outlineOf } from './policy/outlines/index.ts';
import { yearFrom } from './policy/tracks.rules.ts';
import { newRegion, pdf, publish } from './programme.fixture.ts';

const path = (track: string, more = '') => `/api/programme/tracks/${track}${more}`;
const about = {
  askedBy: 'professionals',
  territory: 'Lannilis, Landéda',
  members: { physician: 3, nurse: 4, pharmacist: 1 },
  generalists: 2,
  themes: ['Personnes âgées fragiles'],
  association: { name: 'Santé des Essais', seat: '1 rue de l’Essai', president: 'Camille Riou', purpose: '' },
  contact: { name: 'Camille Riou', role: 'Coordinatrice', mail: 'camille.riou@essai.example' },
};
const meeting = {
  phase: 1,
  day: '2026-01-15',
  place: 'Mairie',
  minutes: 'Chacun a dit ce qu’il attend.\nProchaine rencontre en mars.',
  halfDays: 0,
  present: [
    { name: 'Anne Kerm', side: 'team', profession: 'physician' },
    { name: 'Soizic A.', side: 'team', profession: 'nurse' },
    { name: 'Paul P.', side: 'team', profession: 'pharmacist' },
    { name: 'Ann Pog', side: 'essort', profession: null },
  ],
};
const why = 'Le projet répond aux besoins du territoire.';
const sign = { signatory: 'Jeanne Ars', role: 'Directrice' };
const ok = (answer: { status: number; text: string; body: unknown }) => {
  assert.ok(answer.status < 300, `${answer.status} ${answer.text}`);
  // biome-ignore lint/suspicious/noExplicitAny: answers of every shape
  return answer.body as any;
};

interface World {
  region: TestPractice;
  practice: TestPractice;
  coordinator: TestPerson;
  nurse: TestPerson;
  officer: TestPerson;
  reviewer: TestPerson;
  gcs: TestPerson;
  consultant: TestPerson;
  partner: TestPerson;
  vendor: TestPerson;
  keeper: TestPerson;
  /** Of another practice of the region, and of another region. */
  neighbour: TestPerson;
  foreign: TestPerson;
  track: string;
}
async function world(kind: 'esp' | 'msp' = 'msp'): Promise<World> {
  const region = await newRegion();
  const practice = await newPractice(undefined, { region: region.id });
  const coordinator = await practice.person('coordinator', { roles: ['coordinator'] });
  const person = (profession: Parameters<TestPractice['person']>[0]) => region.person(profession);
  const track = ok(await coordinator.send('POST', '/api/programme/tracks', { kind })).id as string;
  return {
    region,
    practice,
    coordinator,
    nurse: await practice.person('nurse'),
    officer: await person('ars-officer'),
    reviewer: await person('commission-member'),
    gcs: await person('gcs-officer'),
    consultant: await person('consultant'),
    partner: await person('partner'),
    vendor: await person('vendor'),
    keeper: await region.person('administrator', { roles: ['owner'] }),
    neighbour: await (await newPractice(undefined, { region: region.id })).person('coordinator', {
      roles: ['coordinator'],
    }),
    foreign: await (await newRegion()).person('ars-officer'),
    track,
  };
}
const read = async (who: TestPerson, track: string) => ok(await who.send('GET', path(track)));
const version = async ({ coordinator, track }: World): Promise<number> => (await read(coordinator, track)).version;
const save = async (one: World, patch: Record<string, unknown> = {}, kind?: string) => {
  const now = await read(one.coordinator, one.track);
  return one.coordinator.send('PUT', path(one.track), {
    kind: kind ?? now.kind,
    about: { ...about, ...patch },
    seen: now.version,
  });
};
/** To phase 2: the team said, met, asked; ARS checked and accepted. */
async function supported(kind: 'esp' | 'msp' = 'msp'): Promise<World> {
  const one = await world(kind);
  ok(await save(one));
  ok(await one.coordinator.send('POST', path(one.track, '/meetings'), meeting));
  ok(await one.coordinator.send('POST', path(one.track, '/request'), { seen: await version(one) }));
  for (const subject of ['professions', 'territory'])
    ok(await one.officer.send('PUT', path(one.track, `/checks/${subject}`), { answer: true, note: '', seen: 0 }));
  ok(await one.officer.send('POST', path(one.track, '/request/answer'), { accept: true, seen: await version(one) }));
  return one;
}
class Writer {
  readonly doc = new Y.Doc();
  seq = 0;
  readonly who: TestPerson;
  readonly track: string;
  constructor(who: TestPerson, track: string) {
    this.who = who;
    this.track = track;
  }
  async pull() {
    const { seq, updates } = ok(await this.who.send('GET', path(this.track, `/text?since=${this.seq}`)));
    for (const update of updates) Y.applyUpdate(this.doc, Buffer.from(update, 'base64'));
    this.seq = Math.max(this.seq, seq);
  }
  async type(section: string, words: string, at = this.doc.getText(section).length) {
    const before = Y.encodeStateVector(this.doc);
    this.doc.getText(section).insert(Math.min(at, this.doc.getText(section).length), words);
    return this.push(Y.encodeStateAsUpdate(this.doc, before));
  }
  push(update: Uint8Array) {
    return this.who.send('POST', path(this.track, '/text'), { update: Buffer.from(update).toString('base64') });
  }
}
/** Before the commission: every part has words, a support is chosen. */
async function submitted(kind: 'esp' | 'msp' = 'msp'): Promise<World> {
  const one = await supported(kind);
  ok(
    await one.coordinator.send(
      'PUT',
      path(one.track, '/support'),
      kind === 'msp' ? { mode: 'self', amount: 9, seen: 0 } : { mode: 'meetings', amount: 4, seen: 0 },
    ),
  );
  const writer = new Writer(one.coordinator, one.track);
  for (const { id, title } of outlineOf(kind).sections) ok(await writer.type(id, `${title} : ce que nous ferons.`));
  ok(await one.coordinator.send('POST', path(one.track, '/submit'), { seen: await version(one) }));
  return one;
}
async function validated(kind: 'esp' | 'msp' = 'msp'): Promise<World> {
  const one = await submitted(kind);
  ok(await one.reviewer.send('PUT', path(one.track, '/opinion'), { opinion: 'favourable', reason: why, seen: 0 }));
  ok(
    await one.officer.send('POST', path(one.track, '/decide'), {
      outcome: 'validated',
      ...sign,
      opinions: 1,
      seen: await version(one),
    }),
  );
  return one;
}

describe('rules of the policy track', () => {
  const team = fc.record({
    members: fc.dictionary(
      fc.constantFrom('physician', 'nurse', 'midwife', 'pharmacist', 'physiotherapist', 'medical-secretary'),
      fc.integer({ min: 0, max: 9 }),
    ),
    generalists: fc.integer({ min: 0, max: 9 }),
  });
  test('POL-2 an ESP has several first-line professionals of whom one general practitioner, an MSP two general practitioners and one paramedical professional; what is missing is counted', () => {
    const esp = (members: Record<string, number>, generalists: number) =>
      compositionOf('esp', { members, generalists });
    assert.equal(esp({ physician: 1, nurse: 1 }, 1).ok, true);
    assert.deepEqual(
      esp({ nurse: 2 }, 0).rules.map(({ missing }) => missing),
      ['', 'Il manque un médecin généraliste.'],
    );
    assert.deepEqual(
      esp({ physician: 1 }, 1).rules.map(({ missing }) => missing),
      ['Il manque un professionnel de premier recours.', ''],
    );
    assert.equal(
      esp({ physician: 1, 'medical-secretary': 4 }, 1).ok,
      false,
      'a secretary is no first-line professional',
    );
    const msp = (members: Record<string, number>, generalists: number) =>
      compositionOf('msp', { members, generalists });
    assert.equal(msp({ physician: 2, physiotherapist: 1 }, 2).ok, true);
    assert.deepEqual(
      msp({}, 0).rules.map(({ missing }) => missing),
      ['Il manque 2 médecins généralistes.', 'Il manque un professionnel paramédical.'],
    );
    assert.equal(
      msp({ physician: 3, midwife: 2, pharmacist: 2 }, 3).ok,
      false,
      'neither a midwife nor a pharmacist is paramedical',
    );
    assert.equal(msp({ physician: 1, nurse: 1 }, 2).ok, false, 'no more general practitioners than physicians');
  });
  test('POL-2 whatever the team, someone more never undoes it, an MSP is an ESP, and a rule fails exactly when it says what is missing', () => {
    fc.assert(
      fc.property(
        team,
        fc.constantFrom('physician', ...paramedical, 'midwife'),
        fc.constantFrom('esp' as const, 'msp' as const),
        (one, more, kind) => {
          const before = compositionOf(kind, one);
          const after = compositionOf(kind, {
            members: { ...one.members, [more]: (one.members[more] ?? 0) + 1 },
            generalists: one.generalists,
          });
          assert.ok(!before.ok || after.ok);
          if (compositionOf('msp', one).ok) assert.ok(compositionOf('esp', one).ok);
          for (const { ok: holds, missing, needs, has } of before.rules)
            assert.deepEqual([holds, missing !== ''], [has >= needs, has < needs]);
        },
      ),
    );
  });
  test('POL-4 POL-5 a support is taken inside its range and refused outside, with the range in words; its proposal stays inside and grows with the team', () => {
    const asked = { provider: '', consultant: 'someone', coordinatorSince: '2020-01-01', pacte: true };
    fc.assert(
      fc.property(
        fc.constantFrom('meetings' as const, 'consultant' as const, 'pool' as const, 'self' as const),
        fc.integer({ min: -5, max: 30 }),
        (mode, amount) => {
          const { kind, from, to } = supportModes[mode];
          const lacks = supportLacks(kind, { ...asked, mode, amount }, '2026-06-01');
          assert.equal(lacks.amount === undefined, amount >= from && amount <= to);
          if (lacks.amount) assert.match(lacks.amount, new RegExp(`de ${from} à ${to}`));
          assert.ok(supportLacks(kind === 'esp' ? 'msp' : 'esp', { ...asked, mode, amount }, '2026-06-01').mode);
        },
      ),
    );
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 60 }), fc.integer({ min: 0, max: 12 }), (people, themes) => {
        const meetings = suggestedMeetings(people, themes);
        assert.ok(
          meetings >= 3 &&
            meetings <= 7 &&
            suggestedMeetings(people + 1, themes) >= meetings &&
            suggestedMeetings(people, themes + 1) >= meetings,
        );
      }),
    );
    assert.deepEqual(
      supportLacks('esp', { ...asked, mode: 'meetings', amount: null, provider: 'Cabinet Ker' }, '2026-06-01'),
      {},
      'an outside provider alone',
    );
    assert.ok(supportLacks('esp', { ...asked, mode: 'meetings', amount: null }, '2026-06-01').amount);
    assert.ok(
      supportLacks('msp', { ...asked, mode: 'pool', amount: 9, coordinatorSince: '2025-06-02' }, '2026-06-01')
        .coordinatorSince,
    );
    assert.deepEqual(
      supportLacks('msp', { ...asked, mode: 'pool', amount: 9, coordinatorSince: '2025-06-01' }, '2026-06-01'),
      {},
    );
    assert.ok(supportLacks('msp', { ...asked, mode: 'pool', amount: 9, pacte: false }, '2026-06-01').pacte);
  });
  test('POL-6 POL-8 the outlines and the core of the ACI are whole data: every requirement is drawn from parts that exist', () => {
    assert.deepEqual(
      outlineOf('esp').sections.map(({ id }) => id),
      ['territory', 'professionals', 'themes', 'case-meetings', 'protocols', 'secure-messaging'],
    );
    assert.deepEqual(
      [...new Set(outlineOf('msp').sections.map(({ part }) => part))],
      ['L’équipe et son territoire', 'Accès aux soins', 'Travail en équipe', 'Partage d’information'],
    );
    const known = new Set([...outlineOf('esp').sections, ...outlineOf('msp').sections].map(({ id }) => id));
    assert.deepEqual(
      [...new Set(aciCore.requirements.map(({ axis }) => axis))],
      ['Accès aux soins', 'Travail en équipe', 'Système d’information'],
    );
    for (const { sections } of aciCore.requirements)
      assert.ok(sections.length > 0 && sections.every((id) => known.has(id)));
    assert.deepEqual(
      [yearFrom('2026-03-01'), yearFrom('2026-01-01'), yearFrom('2028-02-29')],
      ['2027-02-28', '2026-12-31', '2029-02-28'],
    );
  });
});

describe('a policy track', () => {
  test('POL-3 a team opens its track once, with what the practice says of itself; statutes are at hand with its words; its members read it, who manages writes', async () => {
    const one = await world('msp');
    assert.deepEqual(ok(await one.coordinator.send('POST', '/api/programme/tracks', { kind: 'esp' })), {
      id: one.track,
      created: false,
    });
    assert.equal((await one.nurse.send('POST', '/api/programme/tracks', { kind: 'esp' })).status, 403);
    ok(await save(one));
    const now = await read(one.nurse, one.track);
    assert.match(now.reference, /^PAR-\d{4}-01$/);
    assert.deepEqual(
      [now.state, now.phase, now.composition.ok, now.lacks, now.may.manage, now.may.read],
      ['meeting', 1, true, [], false, true],
    );
    assert.equal((await one.nurse.send('PUT', path(one.track), { kind: 'msp', about, seen: now.version })).status, 403);
    const { paper } = ok(await one.coordinator.send('POST', path(one.track, '/statutes')));
    const drawn = await one.nurse.send('GET', path(one.track, `/papers/${paper}`));
    assert.equal(drawn.headers['content-type'], 'application/pdf');
    const again = ok(await one.coordinator.send('POST', path(one.track, '/statutes')));
    const { papers } = await read(one.coordinator, one.track);
    assert.deepEqual(
      papers.map((each: { id: string; version: number; kind: string }) => [each.id, each.version, each.kind]),
      [
        [again.paper, 2, 'statutes'],
        [paper, 1, 'statutes'],
      ],
    );
  });
  test('POL-3 SEC-11 two people change what the team says at once: the second is told, nothing is overwritten; wrong values are refused in words', async () => {
    const one = await world();
    const seen = await version(one);
    const put = (patch: Record<string, unknown>, at = seen) =>
      one.coordinator.send('PUT', path(one.track), { kind: 'msp', about: { ...about, ...patch }, seen: at });
    const race = await Promise.all(Array.from({ length: 6 }, (_, at) => put({ territory: `Commune ${at}` })));
    assert.deepEqual(race.map(({ status }) => status).sort(), [200, 409, 409, 409, 409, 409]);
    const kept = (await read(one.coordinator, one.track)).about.territory;
    for (const patch of [
      { members: { wizard: 2 } },
      { members: { physician: -1 } },
      { members: { 'ars-officer': 1 } },
      { generalists: 9 },
      { contact: { ...about.contact, mail: 'pas une adresse' } },
      { askedBy: 'nobody' },
      { territory: 'x'.repeat(600) },
      { themes: [''] },
    ])
      assert.equal((await put(patch, await version(one))).status, 422, JSON.stringify(patch));
    assert.equal((await read(one.coordinator, one.track)).about.territory, kept);
  });
  test('POL-1 site meetings are logged with who took part, by the team, ARS and a partner with whom the track is shared; minutes are numbered papers; what is missing is shown', async () => {
    const one = await world();
    ok(await save(one));
    const put = (who: TestPerson, patch: Record<string, unknown> = {}) =>
      who.send('POST', path(one.track, '/meetings'), { ...meeting, ...patch });
    assert.equal((await put(one.partner)).status, 404, 'a partner before the track is shared with them');
    ok(await one.coordinator.send('PUT', path(one.track, `/people/${one.partner.practitioner}`)));
    const { id } = ok(
      await put(one.partner, { present: meeting.present.filter(({ profession }) => profession !== 'pharmacist') }),
    );
    assert.equal((await put(one.nurse)).status, 403);
    assert.equal((await put(one.gcs)).status, 403);
    for (const patch of [
      { day: '2999-01-01' },
      { day: '2026-02-31' },
      { present: [] },
      { place: ' ' },
      { phase: 2 },
      { halfDays: 2 },
      { present: [{ name: 'X', side: 'mafia', profession: null }] },
    ])
      assert.equal((await put(one.coordinator, patch)).status, 422, JSON.stringify(patch));
    const now = await read(one.officer, one.track);
    assert.deepEqual(
      now.checks[0].facts.map((fact: { ok: boolean }) => fact.ok),
      [true, true, false],
    );
    assert.ok(
      now.checks[0].facts.some((fact: { words: string }) =>
        /^Pharmacien \(1\) : absent des réunions$/.test(fact.words),
      ),
    );
    // A correction over what was seen; the second of two is told.
    const corrected = { ...meeting, seen: 1 };
    assert.equal((await one.nurse.send('PUT', path(one.track, `/meetings/${id}`), corrected)).status, 403);
    ok(await one.coordinator.send('PUT', path(one.track, `/meetings/${id}`), corrected));
    const late = await one.partner.send('PUT', path(one.track, `/meetings/${id}`), { ...corrected, minutes: 'Autre' });
    assert.deepEqual([late.status, late.body.theirs.minutes], [409, meeting.minutes]);
    const { paper } = ok(await one.partner.send('POST', path(one.track, `/meetings/${id}/minutes`)));
    const drawn = await one.partner.send('GET', path(one.track, `/papers/${paper}`));
    assert.equal(drawn.status, 200);
    // Taken out and put back.
    ok(await one.coordinator.send('POST', path(one.track, `/meetings/${id}/remove`)));
    assert.equal((await read(one.coordinator, one.track)).meetings.length, 0);
    ok(await one.coordinator.send('POST', path(one.track, `/meetings/${id}/restore`)));
    assert.equal((await read(one.coordinator, one.track)).meetings[0].paper, paper);
    // Two teams that say the same commune see it.
    const other = ok(await one.neighbour.send('POST', '/api/programme/tracks', { kind: 'msp' })).id;
    ok(
      await one.neighbour.send('PUT', path(other), {
        kind: 'msp',
        about: { ...about, territory: 'LANDEDA ; Ploudalmézeau' },
        seen: 1,
      }),
    );
    assert.ok(
      (await read(one.officer, one.track)).checks[1].facts.some(
        (fact: { words: string; ok: boolean }) => !fact.ok && /Landéda/.test(fact.words),
      ),
    );
  });
  test('POL-2 POL-3 the request for support is refused with all it lacks, then sent; ARS opens phase 2 only when both checks hold, or sends it back with reasons by letter and mail', async () => {
    const one = await world();
    const bare = await one.coordinator.send('POST', path(one.track, '/request'), { seen: await version(one) });
    assert.equal(bare.status, 422);
    assert.ok(
      bare.body.lacks.length >= 4 &&
        bare.body.lacks.some((words: string) => /médecins généralistes/.test(words)) &&
        bare.body.lacks.some((words: string) => /association/.test(words)),
    );
    ok(await save(one));
    assert.equal((await one.nurse.send('POST', path(one.track, '/request'), { seen: await version(one) })).status, 403);
    ok(await one.coordinator.send('POST', path(one.track, '/request'), { seen: await version(one) }));
    assert.equal(
      (await one.coordinator.send('POST', path(one.track, '/request'), { seen: await version(one) })).status,
      409,
    );
    const answer = async (accept: boolean, reason = '', who = one.officer) =>
      who.send('POST', path(one.track, '/request/answer'), { accept, reason, seen: await version(one) });
    for (const who of [one.coordinator, one.gcs, one.reviewer, one.consultant])
      assert.equal((await answer(true, '', who)).status, 403);
    const early = await answer(true);
    assert.deepEqual([early.status, early.body.lacks.length], [422, 2]);
    assert.equal((await answer(false, 'court')).status, 422);
    ok(await answer(false, 'Il manque les infirmiers du secteur nord.'));
    const back = await read(one.coordinator, one.track);
    assert.deepEqual([back.state, back.reason], ['meeting', 'Il manque les infirmiers du secteur nord.']);
    ok(await one.coordinator.send('POST', path(one.track, '/request'), { seen: back.version }));
    assert.equal(
      (await one.officer.send('PUT', path(one.track, '/checks/territory'), { answer: false, note: '', seen: 0 }))
        .status,
      422,
      '«no» says what is missing',
    );
    for (const subject of ['professions', 'territory'])
      ok(await one.officer.send('PUT', path(one.track, `/checks/${subject}`), { answer: true, note: '', seen: 0 }));
    assert.equal(
      (await one.coordinator.send('PUT', path(one.track, '/checks/territory'), { answer: true, note: '', seen: 1 }))
        .status,
      403,
    );
    assert.equal(
      (await one.officer.send('PUT', path(one.track, '/checks/territory'), { answer: true, note: '', seen: 0 })).status,
      409,
    );
    ok(await save(one, { members: { physician: 1, nurse: 4 }, generalists: 1 }));
    assert.match(
      (await answer(true)).body.detail,
      /Au moins deux médecins généralistes/,
      'what the team became meanwhile counts',
    );
    ok(await save(one));
    ok(await answer(true));
    assert.deepEqual(
      [(await read(one.coordinator, one.track)).state, (await read(one.coordinator, one.track)).phase],
      ['writing', 2],
    );
    const mails = ok(await one.officer.send('GET', path(one.track, '/mails')));
    assert.deepEqual(
      mails.lines.map((line: { recipient: string }) => line.recipient),
      ['camille.riou@essai.example', 'camille.riou@essai.example'],
    );
    assert.equal((await one.coordinator.send('GET', path(one.track, '/mails'))).status, 403);
  });
  test('POL-4 POL-5 the support of phase 2 is refused outside its range, which is said; the chosen consultant has their part in the track, another has none', async () => {
    const esp = await supported('esp');
    const plan = (one: World, body: Record<string, unknown>, seen = 0, who = one.coordinator) =>
      who.send('PUT', path(one.track, '/support'), { seen, ...body });
    for (const amount of [2, 8]) {
      const refused = await plan(esp, { mode: 'meetings', amount });
      assert.deepEqual([refused.status, /de 3 à 7 réunions/.test(refused.body.fields.amount)], [422, true]);
    }
    assert.equal((await plan(esp, { mode: 'consultant', amount: 9 })).status, 422);
    ok(await plan(esp, { mode: 'meetings', amount: 5, provider: 'Cabinet Ker' }));
    assert.equal((await plan(esp, { mode: 'meetings', amount: 6 })).status, 409, 'over a version that was not seen');
    assert.equal((await read(esp.coordinator, esp.track)).suggested, 4);
    const msp = await supported('msp');
    assert.equal(
      (await plan(msp, { mode: 'consultant', amount: 13, consultant: msp.consultant.practitioner })).body.fields.amount,
      'Consultant agréé : de 7 à 12 jours. 13 est hors de ces bornes.',
    );
    assert.equal((await plan(msp, { mode: 'consultant', amount: 9, consultant: msp.vendor.practitioner })).status, 422);
    assert.equal((await plan(msp, { mode: 'self', amount: 9 }, 0, msp.nurse)).status, 403);
    assert.equal((await msp.consultant.send('GET', path(msp.track))).status, 404);
    ok(await plan(msp, { mode: 'consultant', amount: 9, consultant: msp.consultant.practitioner }));
    assert.equal((await read(msp.consultant, msp.track)).may.write, true);
    assert.equal((await (await msp.region.person('consultant')).send('GET', path(msp.track))).status, 404);
    ok(await msp.consultant.send('POST', path(msp.track, '/meetings'), { ...meeting, phase: 2, halfDays: 3 }));
    assert.deepEqual((await read(msp.coordinator, msp.track)).used, { meetings: 1, halfDays: 3 });
    ok(await plan(msp, { mode: 'pool', amount: 8, coordinator: 'Jo', coordinatorSince: '2020-01-01', pacte: true }, 1));
  });
});

describe('a health project', () => {
  test('POL-6 COO-4 several people write at once in any interleaving, through merges: not one word is lost, and each reads the same', async () => {
    const one = await supported('esp');
    ok(await one.coordinator.send('PUT', path(one.track, `/people/${one.nurse.practitioner}`)));
    const sections = outlineOf('esp').sections.map(({ id }) => id);
    const { db } = await testHouse();
    const typed: string[] = [];
    let count = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.array(
          fc.record({
            who: fc.integer({ min: 0, max: 2 }),
            section: fc.constantFrom(...sections),
            at: fc.integer({ min: 0, max: 200 }),
            pull: fc.boolean(),
          }),
          { minLength: 6, maxLength: 16 },
        ),
        async (acts) => {
          const writers = [one.coordinator, one.nurse, one.officer].map((who) => new Writer(who, one.track));
          await Promise.all(
            writers.map(async (writer, index) => {
              for (const act of acts.filter(({ who }) => who === index)) {
                if (act.pull) await writer.pull();
                const word = `<${++count}>`;
                typed.push(word);
                ok(await writer.type(act.section, word, 0));
              }
            }),
          );
          const states: string[] = [];
          for (const writer of writers) {
            await writer.pull();
            states.push(JSON.stringify(sections.map((id) => writer.doc.getText(id).toString())));
          }
          assert.ok(states.every((state) => state === states[0]));
          for (const word of typed) assert.ok(states[0]!.includes(word), word);
        },
      ),
      { numRuns: 12 },
    );
    const [rows] = await db.tenant(one.region.tenant, (sql) =>
      sql.query<{ n: number }>('select count(*)::int as n from programme.text_update where tenant_id = $1', [
        one.region.tenant,
      ]),
    );
    assert.ok(rows!.n < typed.length, 'rows were merged');
    const now = ok(await one.coordinator.send('GET', path(one.track, '/versions/0')));
    for (const word of typed) assert.ok(now.parts.some(({ text }: { text: string }) => text.includes(word)));
  });
  test('POL-6 who may not write reads, who may not read is told nothing; what is no update is refused; a member writes once they were chosen', async () => {
    const one = await supported('msp');
    const writer = (who: TestPerson) => new Writer(who, one.track);
    assert.equal((await writer(one.nurse).type('opening', 'x')).status, 403);
    ok(await one.nurse.send('GET', path(one.track, '/text')));
    ok(await one.gcs.send('GET', path(one.track, '/text')));
    assert.equal((await writer(one.gcs).type('opening', 'x')).status, 403);
    ok(await one.coordinator.send('PUT', path(one.track, `/people/${one.partner.practitioner}`)));
    assert.equal(
      (await one.partner.send('GET', path(one.track, '/text'))).status,
      403,
      'a partner meets, and does not read the project',
    );
    for (const who of [one.reviewer, one.consultant, one.vendor, one.keeper, one.neighbour, one.foreign]) {
      assert.equal((await who.send('GET', path(one.track, '/text'))).status, 404);
      assert.equal((await writer(who).type('opening', 'x')).status, 404);
    }
    for (const update of ['zzzzzzzz', 'AQID'])
      assert.equal((await one.coordinator.send('POST', path(one.track, '/text'), { update })).status, 422, update);
    ok(await one.coordinator.send('PUT', path(one.track, `/people/${one.nurse.practitioner}`)));
    ok(await writer(one.nurse).type('opening', 'Ouvert de 8 h à 20 h.'));
    ok(await one.coordinator.send('DELETE', path(one.track, `/people/${one.nurse.practitioner}`)));
    assert.equal((await writer(one.nurse).type('opening', 'x')).status, 403);
    assert.deepEqual((await read(one.nurse, one.track)).written, ['opening']);
  });
  test('POL-6 versions are named and frozen, readable, printed; comments are resolved, opened again, taken out by their author', async () => {
    const one = await supported('msp');
    const writer = new Writer(one.coordinator, one.track);
    assert.equal((await one.coordinator.send('POST', path(one.track, '/versions'), { name: 'Vide' })).status, 409);
    ok(await writer.type('opening', 'Ouvert de 8 h à 19 h.'));
    assert.equal(
      ok(await one.coordinator.send('POST', path(one.track, '/versions'), { name: 'Avant l’été' })).number,
      1,
    );
    ok(await writer.type('opening', ' Et le samedi.'));
    const first = ok(await one.nurse.send('GET', path(one.track, '/versions/1')));
    assert.deepEqual(
      [first.name, first.parts.find(({ id }: { id: string }) => id === 'opening').text],
      ['Avant l’été', 'Ouvert de 8 h à 19 h.'],
    );
    const drawn = await one.nurse.send('GET', path(one.track, '/versions/1/pdf'));
    assert.equal(drawn.headers['content-type'], 'application/pdf');
    assert.equal((await one.nurse.send('GET', path(one.track, '/versions/7'))).status, 404);
    assert.equal((await one.nurse.send('POST', path(one.track, '/versions'), { name: 'La mienne' })).status, 403);
    const { id } = ok(
      await one.nurse.send('POST', path(one.track, '/remarks'), {
        section: 'opening',
        words: 'Et pendant les vacances ?',
      }),
    );
    assert.equal(
      (await one.nurse.send('POST', path(one.track, '/remarks'), { section: 'nulle-part', words: 'x' })).status,
      404,
    );
    assert.equal(
      (await one.gcs.send('POST', path(one.track, '/remarks'), { section: 'opening', words: 'x' })).status,
      403,
    );
    const turn = (who: TestPerson, act: string) => who.send('POST', path(one.track, `/remarks/${id}/${act}`));
    const other = await one.practice.person('midwife');
    assert.equal((await turn(other, 'resolve')).status, 403);
    ok(await turn(one.coordinator, 'resolve'));
    assert.ok(ok(await one.nurse.send('GET', path(one.track, '/remarks')))[0].resolvedBy);
    ok(await turn(one.nurse, 'reopen'));
    assert.equal((await turn(one.coordinator, 'remove')).status, 403);
    ok(await turn(one.nurse, 'remove'));
    assert.equal(ok(await one.nurse.send('GET', path(one.track, '/remarks'))).length, 0);
    ok(await turn(one.nurse, 'restore'));
    assert.equal(ok(await one.nurse.send('GET', path(one.track, '/remarks'))).length, 1);
    for (const who of [one.neighbour, one.vendor, one.foreign, one.reviewer])
      for (const more of ['/remarks', '/versions/1', '/versions/0', '/versions/1/pdf'])
        assert.equal((await who.send('GET', path(one.track, more))).status, 404);
  });
  test('POL-7 SEC-7 the project goes to the commission whole or is refused with each empty part, and with an identity number in it; what is submitted is frozen, what comes later is told so; it is taken back while nobody has spoken', async () => {
    const one = await supported('msp');
    const writer = new Writer(one.coordinator, one.track);
    ok(await writer.type('opening', 'Ouvert.'));
    const early = await one.coordinator.send('POST', path(one.track, '/submit'), { seen: await version(one) });
    assert.deepEqual([early.status, early.body.lacks.length], [422, outlineOf('msp').sections.length]);
    // SEC-7: what came letter by letter is looked at whole.
    ok(await writer.type('opening', 'Mme Le Goff, 2 49 05 29 019 123 45.'));
    const named = await one.coordinator.send('POST', path(one.track, '/submit'), { seen: await version(one) });
    assert.match(named.body.lacks.at(-1), /^« .+ » : aucune donnée de patient ici/);
    assert.equal((await one.reviewer.send('GET', path(one.track))).status, 404);
    const two = await submitted('msp');
    const late = await new Writer(two.coordinator, two.track).type('opening', 'trop tard');
    assert.deepEqual([late.status, late.body.code], [409, 'project-closed']);
    const seen = await read(two.reviewer, two.track);
    assert.deepEqual([seen.state, seen.versions.length, seen.written, seen.may.judge], ['submitted', 1, null, true]);
    assert.match(
      ok(await two.reviewer.send('GET', path(two.track, '/versions/1'))).parts[0].text,
      /ce que nous ferons/,
    );
    assert.equal((await two.reviewer.send('GET', path(two.track, '/versions/0'))).status, 404);
    assert.equal((await two.reviewer.send('POST', path(two.track, '/withdraw'))).status, 403);
    ok(await two.coordinator.send('POST', path(two.track, '/withdraw')));
    ok(await new Writer(two.coordinator, two.track).type('opening', 'plus '));
    ok(await two.coordinator.send('POST', path(two.track, '/submit'), { seen: await version(two) }));
    ok(await two.reviewer.send('PUT', path(two.track, '/opinion'), { opinion: 'reserved', reason: why, seen: 0 }));
    assert.equal((await two.coordinator.send('POST', path(two.track, '/withdraw'))).status, 409);
    const papers = (await read(two.coordinator, two.track)).papers.filter(
      ({ kind }: { kind: string }) => kind === 'health-project',
    );
    assert.deepEqual(
      papers.map((paper: { version: number }) => paper.version),
      [2, 1],
    );
  });
  test('POL-7 members of the commission give opinions with reasons, read those of the others after; ARS decides after them, over what it read; a return keeps its reasons, a validation gives the status from this day', async () => {
    const one = await submitted('msp');
    const second = await one.region.person('commission-member', { family: 'Ollivier' });
    const give = (who: TestPerson, opinion: string, seen = 0, reason = why) =>
      who.send('PUT', path(one.track, '/opinion'), { opinion, reason, seen });
    const decide = async (body: Record<string, unknown>, who = one.officer) =>
      who.send('POST', path(one.track, '/decide'), { ...sign, seen: await version(one), ...body });
    assert.equal((await decide({ outcome: 'validated', opinions: 0 })).status, 409, 'the commission first');
    assert.equal((await give(one.reviewer, 'favourable', 0, 'bof')).status, 422);
    for (const who of [one.officer, one.coordinator, one.gcs, one.vendor, one.consultant])
      assert.ok([403, 404].includes((await give(who, 'favourable')).status));
    ok(await give(one.reviewer, 'favourable'));
    assert.deepEqual((await read(second, one.track)).opinionsGiven, [], 'before giving one’s own');
    ok(await give(second, 'reserved'));
    assert.equal((await read(second, one.track)).opinionsGiven.length, 2);
    assert.equal((await give(second, 'favourable', 0)).status, 409);
    ok(await give(second, 'unfavourable', 1));
    assert.equal(
      (await read(one.coordinator, one.track)).opinionsGiven,
      null,
      'the team reads the decision, not the opinions',
    );
    assert.equal(
      (await decide({ outcome: 'returned', reason: 'La permanence des soins manque.', opinions: 1 })).status,
      409,
      'an opinion that was not read',
    );
    assert.equal((await decide({ outcome: 'returned', reason: 'non', opinions: 2 })).status, 422);
    for (const who of [one.coordinator, one.reviewer, one.gcs])
      assert.equal((await decide({ outcome: 'validated', opinions: 2 }, who)).status, 403);
    ok(await decide({ outcome: 'returned', reason: 'La permanence des soins manque.', opinions: 2 }));
    const back = await read(one.coordinator, one.track);
    assert.deepEqual(
      [back.state, back.reason, back.validatedOn, back.decisions[0].outcome],
      ['returned', 'La permanence des soins manque.', null, 'returned'],
    );
    ok(await new Writer(one.coordinator, one.track).type('continuity', ' La permanence est tenue.'));
    ok(await one.coordinator.send('POST', path(one.track, '/submit'), { seen: back.version }));
    assert.equal(
      (await read(one.officer, one.track)).opinionsGiven.length,
      0,
      'a new submission waits for new opinions',
    );
    ok(await give(one.reviewer, 'favourable'));
    const { paper } = ok(await decide({ outcome: 'validated', opinions: 1 }));
    const end = await read(one.coordinator, one.track);
    const today = new Date().toLocaleDateString('sv-SE', { timeZone: 'Europe/Paris' });
    assert.deepEqual([end.state, end.phase, end.validatedOn, end.decisions.length], ['validated', 3, today, 2]);
    const drawn = await one.coordinator.send('GET', path(one.track, `/papers/${paper}`));
    assert.equal(drawn.status, 200);
    const mails = ok(await one.officer.send('GET', path(one.track, '/mails'))).lines;
    assert.equal(mails.filter((line: { subject: string }) => /projet de santé/.test(line.subject)).length, 2);
    assert.equal((await decide({ outcome: 'returned', reason: 'Trop tard pour cela.', opinions: 1 })).status, 409);
  });
  test('POL-7 AAP-3 the MSP status held here is said in the application form of a call; an ESP’s, another team’s is not', async () => {
    const [msp, esp] = [await validated('msp'), await validated('esp')];
    for (const one of [msp, esp]) await publish(one.region, 'appel-apres');
    const first = async (who: TestPerson) => {
      const { id } = ok(await who.send('POST', '/api/programme/applications', { edition: 'appel-apres' }));
      return ok(await who.send('GET', `/api/programme/applications/${id}`)).answers;
    };
    const today = new Date().toLocaleDateString('sv-SE', { timeZone: 'Europe/Paris' });
    const said = await first(msp.coordinator);
    assert.deepEqual(
      [
        said['healthProject.written'].value,
        said['healthProject.validated'].value,
        said['healthProject.validatedOn'].value,
      ],
      [true, true, today],
    );
    assert.equal((await first(esp.coordinator))['healthProject.validated'], undefined);
    assert.equal((await first(msp.neighbour))['healthProject.validated'], undefined);
    // A recognised ESP may begin its way to an MSP; an MSP is at the end of its own.
    assert.equal((await msp.coordinator.send('POST', '/api/programme/tracks', { kind: 'msp' })).status, 409);
    assert.deepEqual(
      [
        ok(await msp.coordinator.send('GET', '/api/programme/tracks')).mayOpen,
        ok(await esp.coordinator.send('GET', '/api/programme/tracks')).mayOpen,
      ],
      [false, true],
    );
    assert.equal(ok(await esp.coordinator.send('POST', '/api/programme/tracks', { kind: 'msp' })).created, true);
  });
});

describe('phase 3', () => {
  const action = {
    requirement: 'case-meetings',
    section: 'case-meetings',
    title: 'Six réunions par an',
    who: 'Camille Riou',
    due: '2099-06-30',
  };
  test('POL-8 actions are drawn against the core of the ACI, with progress, lateness, proofs; the agreement of one year is a paper that carries them', async () => {
    const before = await submitted('msp');
    assert.equal(
      (await before.coordinator.send('POST', path(before.track, '/actions'), action)).status,
      409,
      'not before the validation',
    );
    const one = await validated('msp');
    const agree = (body: Record<string, unknown>, who = one.officer) =>
      who.send('PUT', path(one.track, '/agreement'), {
        startsOn: '2099-01-01',
        amountCents: 1_234_567,
        signatory: 'Jeanne Ars',
        signatoryRole: 'Directrice',
        seen: 0,
        ...body,
      });
    assert.equal((await agree({}, one.coordinator)).status, 403);
    assert.equal((await agree({ startsOn: '2001-01-01' })).status, 422);
    assert.equal((await agree({ amountCents: -1 })).status, 422);
    ok(await agree({}));
    assert.equal((await agree({})).status, 409);
    assert.equal((await one.officer.send('POST', path(one.track, '/agreement/paper'))).status, 409, 'without a plan');
    const { id } = ok(await one.coordinator.send('POST', path(one.track, '/actions'), action));
    ok(
      await one.coordinator.send('POST', path(one.track, '/actions'), {
        ...action,
        requirement: 'crisis',
        section: null,
        title: 'Écrire le plan',
        due: '2020-01-01',
      }),
    );
    for (const patch of [{ requirement: 'wizardry' }, { section: 'nulle-part' }, { due: '2026-02-30' }, { title: '' }])
      assert.equal(
        (await one.coordinator.send('POST', path(one.track, '/actions'), { ...action, ...patch })).status,
        422,
        JSON.stringify(patch),
      );
    assert.equal((await one.nurse.send('POST', path(one.track, '/actions'), action)).status, 403);
    const put = (body: Record<string, unknown>) =>
      one.coordinator.send('PUT', path(one.track, `/actions/${id}`), { ...action, ...body });
    ok(await put({ state: 'done', seen: 1 }));
    assert.equal((await put({ state: 'todo', seen: 1 })).status, 409);
    const attach = (who: TestPerson, kind: string, bytes = pdf()) =>
      who.send(
        'POST',
        path(one.track, '/files'),
        Buffer.concat([
          Buffer.from(
            `--xx\r\ncontent-disposition: form-data; name="document"\r\n\r\n${kind}\r\n--xx\r\ncontent-disposition: form-data; name="file"; filename="preuve.pdf"\r\ncontent-type: application/pdf\r\n\r\n`,
          ),
          bytes,
          Buffer.from('\r\n--xx--\r\n'),
        ]),
        { 'content-type': 'multipart/form-data; boundary=xx' },
      );
    const proof = ok(await attach(one.coordinator, `proof-${id}`));
    assert.equal((await attach(one.coordinator, 'proof-nulle-part')).status, 422);
    assert.equal(
      (await attach(one.coordinator, `proof-${id}`, Buffer.from('<html>non</html>'.padEnd(300)))).status,
      415,
    );
    assert.equal((await attach(one.nurse, `proof-${id}`)).status, 403);
    const now = await read(one.gcs, one.track);
    assert.deepEqual(now.actions, { done: 1, of: 2, late: 1 });
    const shown = now.plan.find((each: { id: string }) => each.id === id);
    assert.ok(shown.state === 'done' && shown.doneOn && shown.proofs[0].id === proof.id);
    ok(await one.nurse.send('GET', path(one.track, `/files/${proof.id}`)));
    ok(await one.coordinator.send('POST', path(one.track, `/files/${proof.id}/remove`)));
    assert.equal((await one.nurse.send('GET', path(one.track, `/files/${proof.id}`))).status, 404);
    ok(await one.coordinator.send('POST', path(one.track, `/files/${proof.id}/restore`)));
    const { paper } = ok(await one.officer.send('POST', path(one.track, '/agreement/paper')));
    assert.equal((await one.coordinator.send('GET', path(one.track, `/papers/${paper}`))).status, 200);
    assert.deepEqual(
      [now.agreement.endsOn, (await read(one.officer, one.track)).agreement.paper],
      ['2099-12-31', paper],
    );
    ok(await one.coordinator.send('POST', path(one.track, `/actions/${id}/remove`)));
    ok(await one.coordinator.send('POST', path(one.track, `/actions/${id}/restore`)));
    ok(
      await one.officer.send('POST', path(one.track, '/agreement/close'), {
        words: 'Socle atteint, sauf le plan de crise.',
        seen: (await read(one.officer, one.track)).agreement.version,
      }),
    );
    assert.equal((await put({ state: 'todo', seen: 2 })).status, 409);
  });
  test('POL-1 POL-6 POL-7 POL-8 ACT-1 ACT-2 ACT-3 ACT-5 ACT-6 each entry answers each actor as it must: vendor, keeper of accounts, another practice and another region reach nothing', async () => {
    const one = await validated('msp');
    const { papers } = await read(one.coordinator, one.track);
    const gets = ['', '/people', '/text', '/remarks', '/versions/1', '/versions/1/pdf', `/papers/${papers[0].id}`];
    for (const who of [one.vendor, one.keeper, one.neighbour, one.foreign, one.consultant, one.partner]) {
      for (const more of gets) assert.equal((await who.send('GET', path(one.track, more))).status, 404, more);
      assert.deepEqual(ok(await who.send('GET', '/api/programme/tracks')).tracks, []);
    }
    const posts: [string, string, unknown?][] = [
      ['PUT', '', { kind: 'msp', about, seen: 1 }],
      ['POST', '/stop', { reason: 'Une raison assez longue' }],
      ['POST', '/resume'],
      ['PUT', `/people/${one.partner.practitioner}`],
      ['DELETE', `/people/${one.partner.practitioner}`],
      ['POST', '/meetings', meeting],
      ['POST', '/statutes'],
      ['POST', '/request', { seen: 1 }],
      ['PUT', '/support', { mode: 'self', amount: 9, seen: 0 }],
      ['POST', '/text', { update: Buffer.from(Y.encodeStateAsUpdate(new Y.Doc())).toString('base64') }],
      ['POST', '/remarks', { section: 'opening', words: 'x' }],
      ['POST', '/versions', { name: 'x' }],
      ['POST', '/submit', { seen: 1 }],
      ['POST', '/withdraw'],
      ['POST', '/actions', action],
    ];
    for (const [method, more, body] of posts) {
      for (const who of [one.vendor, one.keeper, one.neighbour, one.foreign, one.consultant, one.partner])
        assert.equal((await who.send(method, path(one.track, more), body)).status, 404, `${method} ${more}`);
      if (more !== '/remarks')
        assert.equal((await one.nurse.send(method, path(one.track, more), body)).status, 403, `member ${more}`);
      for (const who of [one.gcs, one.reviewer])
        assert.equal(
          (await who.send(method, path(one.track, more), body)).status,
          403,
          `${who.caller.profession} ${more}`,
        );
    }
    const officers: [string, string, unknown][] = [
      ['PUT', '/checks/territory', { answer: true, note: '', seen: 0 }],
      ['POST', '/request/answer', { accept: true, seen: 1 }],
      ['POST', '/decide', { outcome: 'validated', ...sign, opinions: 0, seen: 1 }],
      ['PUT', '/agreement', { startsOn: '2099-01-01', amountCents: 1, signatory: 'x', signatoryRole: 'y', seen: 0 }],
      ['POST', '/agreement/paper', {}],
      ['POST', '/agreement/close', { words: 'Une fin assez longue', seen: 1 }],
    ];
    for (const [method, more, body] of officers) {
      for (const who of [
        one.coordinator,
        one.nurse,
        one.gcs,
        one.reviewer,
        one.consultant,
        one.partner,
        one.vendor,
        one.neighbour,
      ])
        assert.equal(
          (await who.send(method, path(one.track, more), body)).status,
          403,
          `${who.caller.profession} ${more}`,
        );
      assert.equal((await one.foreign.send(method, path(one.track, more), body)).status, 404, `foreign ${more}`);
    }
    for (const who of [one.officer, one.gcs, one.reviewer, one.coordinator, one.nurse])
      assert.equal(ok(await who.send('GET', '/api/programme/tracks')).tracks.length, 1, who.caller.profession);
  });
  test('POL-3 ACT-1 an officer leads the track of a team that has no account here, to its end; stopped, a track waits and goes on where it was', async () => {
    const region = await newRegion();
    const officer = await region.person('ars-officer');
    assert.equal((await officer.send('POST', '/api/programme/tracks', { kind: 'esp' })).status, 422);
    const { id } = ok(
      await officer.send('POST', '/api/programme/tracks', {
        kind: 'esp',
        team: { name: 'Équipe de l’Aulne', contact: 'Nora Le Bihan', mail: 'nora@aulne.example' },
      }),
    );
    ok(await officer.send('PUT', path(id), { kind: 'esp', about, seen: 1 }));
    ok(await officer.send('POST', path(id, '/stop'), { reason: 'Le médecin part à la retraite.' }));
    assert.equal((await officer.send('POST', path(id, '/meetings'), meeting)).status, 409);
    ok(await officer.send('POST', path(id, '/resume')));
    ok(await officer.send('POST', path(id, '/meetings'), meeting));
    ok(await officer.send('POST', path(id, '/request'), { seen: (await read(officer, id)).version }));
    assert.equal((await read(officer, id)).state, 'requested');
    for (const profession of ['gcs-officer', 'commission-member', 'consultant', 'partner', 'vendor'] as const)
      assert.equal(
        (
          await (
            await region.person(profession)
          ).send('POST', '/api/programme/tracks', {
            kind: 'esp',
            team: { name: 'x', contact: 'y', mail: 'z@x.example' },
          })
        ).status,
        403,
      );
  });
});
