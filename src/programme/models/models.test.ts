import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { anyone, testHouse, type TestPerson } from '../../../test/app.ts';
import { changesOf, lostLines, modelFlaws, type ModelLine, modelLines, takenLines } from '../contract/models.ts';
import { openedProject, type OpenedProject, publish } from '../programme.fixture.ts';
import { shippedModels } from './shipped.ts';

const models = '/api/programme/models';
const at = (project: string, more: string) => `/api/programme/projects/${project}/${more}`;
const day = (days: number): string =>
  new Date(Date.now() + days * 86_400_000).toLocaleDateString('sv-SE', { timeZone: 'Europe/Paris' });
const line = (id: string, more: Partial<ModelLine> = {}): ModelLine => ({
  id,
  group: '',
  title: `Ligne ${id}`,
  help: '',
  words: '',
  weight: 1,
  must: false,
  ...more,
});
const clause = (id: string, more: Partial<ModelLine> = {}): ModelLine =>
  line(id, { group: 'Rubrique', must: true, ...more });
interface Held {
  status: number;
  // biome-ignore lint/suspicious/noExplicitAny: tests look into answers of every shape
  body: any;
}
const held = (who: TestPerson, project: string, kind: string): Promise<Held> =>
  who.send('GET', at(project, `models/${kind}`));
const ids = (lines: readonly ModelLine[]): string[] => lines.map(({ id }) => id);
/** The officer publishes these lines as the next edition of a model. */
async function published(
  officer: TestPerson,
  kind: string,
  lines: readonly ModelLine[],
  call = '',
  words = 'Une ligne de plus, demandée par les équipes.',
): Promise<number> {
  const seen = (await officer.send('GET', `${models}/${kind}?call=${call}`)).body.draftVersion as number;
  const saved = await officer.send('PUT', `${models}/${kind}/draft`, { call, seen, lines });
  assert.equal(saved.status, 200, saved.text);
  const made = await officer.send('POST', `${models}/${kind}/publish`, { call, seen: saved.body.version, words });
  assert.equal(made.status, 200, made.text);
  return made.body.version as number;
}
/** A demonstration that was held today. */
async function demonstrated(): Promise<
  OpenedProject & { demonstration: string; score: (scores: Record<string, number>, seen?: number) => Promise<Held> }
> {
  const one = await openedProject();
  const solution = (
    await one.consultant.send('POST', at(one.project, 'solutions'), {
      name: 'Phare',
      company: 'Éditions du Phare',
      label: 'advanced',
      mode: 'saas',
      hds: 'yes',
      host: '',
      note: '',
      vendor: null,
      costs: [],
    })
  ).body.id;
  const demonstration = (
    await one.consultant.send('POST', at(one.project, 'demonstrations'), {
      solution,
      on: day(0),
      time: '12:30',
      place: 'Salle',
    })
  ).body.id as string;
  return {
    ...one,
    demonstration,
    score: (scores, seen = 0) =>
      one.nurse.send('PUT', at(one.project, `demonstrations/${demonstration}/sheet`), { scores, comment: '', seen }),
  };
}

describe('models of a region', () => {
  test('REC-4 an officer writes the sheet of demonstrations as a draft and publishes it; a project that has not begun follows it, one that has keeps its own, is offered the next and takes it without losing a score', async () => {
    const one = await demonstrated();
    const { project, officer, consultant, nurse } = one;
    assert.deepEqual(
      (await officer.send('GET', models)).body.models.map(
        ({ kind, version, own }: { kind: string; version: number; own: boolean }) => [kind, version, own],
      ),
      [
        ['sheet', 0, true],
        ['clauses', 0, true],
        ['outline-esp', 0, true],
        ['outline-msp', 0, true],
      ],
    );
    const first = [...shippedModels.sheet, line('tours', { title: 'Préparer une tournée', weight: 2 })];
    assert.equal(await published(officer, 'sheet', first), 1);
    assert.deepEqual(
      [(await held(nurse, project, 'sheet')).body.version, (await held(nurse, project, 'sheet')).body.begun],
      [1, false],
      'nothing begun: it follows',
    );
    assert.deepEqual(ids((await nurse.send('GET', at(project, 'demonstrations'))).body.items), ids(first));
    assert.equal((await one.score({ tours: 4, entry: 2 })).body.version, 1);

    const second = [line('screen', { title: 'Clarté', weight: 5 }), ...first.filter(({ id }) => id !== 'tours')];
    assert.equal(await published(officer, 'sheet', second, '', 'La clarté compte davantage.'), 2);
    const kept = (await held(consultant, project, 'sheet')).body;
    assert.deepEqual(
      [kept.version, kept.begun, ids(kept.lines), kept.filled.toSorted()],
      [1, true, ids(first), ['entry', 'tours']],
    );
    assert.deepEqual(
      [kept.offer.version, kept.offer.words, kept.offer.declined],
      [2, 'La clarté compte davantage.', false],
    );
    assert.equal((await held(nurse, project, 'sheet')).body.offer, null, 'offered to those who may take it');
    assert.equal((await officer.send('GET', models)).body.models[0].behind, 1);
    const reply = (take: boolean, seen = kept.seen, version = 2, who: TestPerson = consultant) =>
      who.send('POST', at(project, 'models/sheet/offer'), { seen, call: '', version, take });
    assert.equal((await reply(true, kept.seen, 1)).status, 409);
    assert.equal((await reply(true, 9)).status, 409);
    const left = (await reply(false)).body.version as number;
    assert.deepEqual(
      [
        (await held(consultant, project, 'sheet')).body.version,
        (await held(consultant, project, 'sheet')).body.offer.declined,
      ],
      [1, true],
    );
    assert.equal((await reply(true, left)).status, 200, 'what was left aside can still be taken');
    const after = (await held(consultant, project, 'sheet')).body;
    assert.deepEqual(
      [after.version, after.offer, ids(after.lines)],
      [2, null, [...ids(second), 'tours']],
      'what is scored stays, at the end',
    );
    const read = (await nurse.send('GET', at(project, 'demonstrations'))).body.demonstrations[0];
    assert.deepEqual(read.sheets[0].scores, { tours: 4, entry: 2 });
    assert.equal((await one.score({ tours: 4, entry: 2, screen: 5 }, 1)).status, 200);
    assert.equal((await officer.send('GET', models)).body.models[0].behind, 0);
    // A published edition stays as it was.
    assert.deepEqual(ids((await consultant.send('GET', `${models}/sheet?version=1`)).body.lines), ids(first));
    assert.equal((await consultant.send('GET', `${models}/sheet?version=7`)).status, 404);
  });

  test('REC-5 a call may have clauses of its own; the consultant adapts them for one project, where what is filled stays; a change of somebody else is never written over', async () => {
    const one = await openedProject();
    const { project, officer, consultant, team, call } = one;
    await publish(one.region, 'autre');
    assert.equal(await published(officer, 'clauses', [...shippedModels.clauses, clause('region')]), 1);
    assert.equal(await published(officer, 'clauses', [clause('hds'), clause('own')], call), 1);
    assert.equal(await published(officer, 'clauses', [clause('elsewhere')], 'autre'), 1);
    assert.deepEqual(ids((await held(team.coordinator, project, 'clauses')).body.lines), ['hds', 'own']);
    assert.deepEqual(
      (await officer.send('GET', `${models}?call=${call}`)).body.models.map(
        ({ kind, own }: { kind: string; own: boolean }) => [kind, own],
      ),
      [
        ['sheet', false],
        ['clauses', true],
      ],
    );
    assert.equal(
      (await team.coordinator.send('PUT', at(project, 'clauses/region'), { answer: 'weak', seen: 0 })).status,
      404,
    );
    assert.equal(
      (
        await team.coordinator.send('PUT', at(project, 'clauses/own'), {
          answer: 'missing',
          article: 'Article 3',
          seen: 0,
        })
      ).status,
      200,
    );

    const adjust = (who: TestPerson, lines: unknown, seen: number) =>
      who.send('PUT', at(project, 'models/clauses'), { seen, lines });
    const lost = await adjust(consultant, [clause('hds')], 1);
    assert.deepEqual([lost.status, /« Ligne own ».*déjà relue/.test(lost.body.detail)], [422, true]);
    const saved = await adjust(
      consultant,
      [clause('own', { title: 'À notre façon' }), clause('garage', { must: false })],
      1,
    );
    assert.deepEqual([saved.status, saved.body.version], [200, 2]);
    const late = await adjust(one.gcs, [clause('own')], 1);
    assert.deepEqual([late.status, late.body.theirs.seen, ids(late.body.theirs.lines)], [409, 2, ['own', 'garage']]);
    const now = (await held(consultant, project, 'clauses')).body;
    assert.deepEqual([now.adjusted, ids(now.lines), now.offer], [true, ['own', 'garage'], null]);
    const read = (await team.coordinator.send('GET', at(project, 'clauses'))).body;
    assert.deepEqual(
      read.clauses.map(({ id, title, article }: { id: string; title: string; article: string }) => [
        id,
        title,
        article,
      ]),
      [
        ['own', 'À notre façon', 'Article 3'],
        ['garage', 'Ligne garage', ''],
      ],
    );
    assert.deepEqual(
      ids((await officer.send('GET', `${models}/clauses?call=${call}`)).body.lines),
      ['hds', 'own'],
      'the model has not moved',
    );
    const printed = await team.coordinator.send('GET', at(project, 'models/clauses/pdf'));
    assert.match(printed.text, /^%PDF-/);
    assert.match((await officer.send('GET', `${models}/clauses/pdf?call=${call}&version=1`)).text, /^%PDF-/);
    // Another edition over what was adapted: taken on purpose only, and what is filled stays.
    await published(officer, 'clauses', [clause('new')], call);
    const offered = (await held(consultant, project, 'clauses')).body;
    assert.deepEqual([ids(offered.lines), offered.offer.version], [['own', 'garage'], 2]);
    assert.equal(
      (await consultant.send('POST', at(project, 'models/clauses/offer'), { seen: 2, call, version: 2, take: true }))
        .status,
      200,
    );
    assert.deepEqual(
      (await held(consultant, project, 'clauses')).body.lines.map(({ id, must }: ModelLine) => [id, must]),
      [
        ['new', true],
        ['own', false],
      ],
    );
    await officer.send('POST', at(project, 'stop'), { reason: 'L’équipe se sépare.' });
    assert.equal((await adjust(consultant, [clause('own')], 3)).status, 403);
    assert.equal((await held(consultant, project, 'clauses')).body.may.adjust, false);
  });

  test('POL-6 a team keeps the outline of the day on which phase 2 opened; ARS adapts it for one team, a part that is written stays, the next edition is offered and taken with what is written', async () => {
    const { region, officer, team, consultant, strangers } = await openedProject();
    const { db } = await testHouse();
    const { coordinator } = team;
    const track = (await coordinator.send('POST', '/api/programme/tracks', { kind: 'esp' })).body.id as string;
    const path = `/api/programme/tracks/${track}`;
    const outline = (who: TestPerson) => who.send('GET', `${path}/outline`);
    assert.equal(
      await published(officer, 'outline-esp', [
        clause('why', { title: 'Pourquoi' }),
        clause('how', { title: 'Comment', must: false }),
      ]),
      1,
    );
    assert.deepEqual([(await outline(coordinator)).body.version, (await outline(coordinator)).body.begun], [1, false]);
    assert.equal(
      (await officer.send('PUT', `${path}/outline`, { seen: 0, lines: [clause('why')] })).status,
      409,
      'phase 1',
    );
    const about = {
      askedBy: 'professionals',
      territory: 'Crozon',
      members: { physician: 2, nurse: 2 },
      generalists: 2,
      themes: ['Diabète'],
      association: { name: 'Association', seat: 'Mairie', president: 'Anne Riou', purpose: '' },
      contact: { name: 'Anne Riou', role: 'Médecin', mail: 'anne@example.org' },
    };
    const version = async () => (await coordinator.send('GET', path)).body.version as number;
    const ok = ({ status, text }: { status: number; text: string }) => assert.ok(status < 300, text);
    ok(await coordinator.send('PUT', path, { kind: 'esp', about, seen: await version() }));
    ok(await coordinator.send('POST', `${path}/request`, { seen: await version() }));
    for (const subject of ['professions', 'territory'])
      ok(await officer.send('PUT', `${path}/checks/${subject}`, { answer: true, note: '', seen: 0 }));
    ok(await officer.send('POST', `${path}/request/answer`, { accept: true, seen: await version() }));
    assert.equal((await outline(coordinator)).body.begun, true);
    assert.deepEqual(
      (await coordinator.send('GET', path)).body.outline.sections.map(
        ({ id, required }: { id: string; required: boolean }) => [id, required],
      ),
      [
        ['why', true],
        ['how', false],
      ],
    );

    const { Doc, encodeStateAsUpdate } = await import('yjs');
    const doc = new Doc();
    doc.getText('why').insert(0, 'Parce que.');
    ok(
      await coordinator.send('POST', `${path}/text`, {
        update: Buffer.from(encodeStateAsUpdate(doc)).toString('base64'),
      }),
    );
    const adjust = (who: TestPerson, lines: unknown, seen = 1) => who.send('PUT', `${path}/outline`, { seen, lines });
    assert.deepEqual(
      [
        (await adjust(officer, [clause('how')])).status,
        /« Pourquoi »/.test((await adjust(officer, [clause('how')])).body.detail),
      ],
      [422, true],
    );
    for (const who of [coordinator, strangers.reviewer, team.coordinator])
      assert.ok([403, 404].includes((await adjust(who, [clause('why')])).status));
    assert.equal((await adjust(consultant, [clause('why')])).status, 404, 'a consultant without a part in the track');
    ok(await adjust(officer, [clause('why', { title: 'Pourquoi' }), clause('local', { title: 'Notre île' })]));
    assert.deepEqual(
      (await coordinator.send('GET', path)).body.toSubmit.filter((words: string) => /partie/.test(words)),
      ['La partie « Notre île » est vide.'],
    );
    await published(officer, 'outline-esp', [clause('new', { title: 'Nouveau plan' })]);
    const offer = (await outline(officer)).body;
    assert.deepEqual([offer.offer.version, offer.version, (await outline(coordinator)).body.offer], [2, 1, null]);
    ok(await officer.send('POST', `${path}/outline/offer`, { seen: offer.seen, call: '', version: 2, take: true }));
    const read = (await coordinator.send('GET', `${path}/versions/0`)).body.parts;
    assert.deepEqual(
      read.map(({ id, text }: { id: string; text: string }) => [id, text]),
      [
        ['new', ''],
        ['why', 'Parce que.'],
      ],
    );
    assert.match((await coordinator.send('GET', `${path}/outline/pdf`)).text, /^%PDF-/);
    const ledger = await db.tenant(region.tenant, (sql) =>
      sql.query<{ action: string }>(
        `select action from audit.entry where tenant_id = $1 and target = $2 and action like '%model'`,
        [region.tenant, `Track/${track}`],
      ),
    );
    assert.deepEqual(ledger.map(({ action }) => action).sort(), ['adjust-model', 'take-model']);
  });

  test('REC-4 REC-5 SEC-11 what is sent is looked at whole: flaws keep a draft from being published, another’s draft is never written over, nothing foreign or malformed enters', async () => {
    const { officer, call, project, consultant } = await openedProject();
    const put = (lines: unknown, seen = 0, more: Record<string, unknown> = {}) =>
      officer.send('PUT', `${models}/sheet/draft`, { call: '', seen, lines, ...more });
    for (const bad of [
      null,
      'x',
      [null],
      [{}],
      [line('Majuscule')],
      [line('x', { weight: 9 })],
      [line('x', { title: 'x'.repeat(200) })],
      Array.from({ length: 61 }, (_, n) => line(`l${n}`)),
    ])
      assert.equal((await put(bad)).status, 422, JSON.stringify(bad)?.slice(0, 60));
    assert.equal((await put([line('x')], 0, { call: 'nul' })).status, 404);
    assert.equal(
      (await officer.send('PUT', `${models}/outline-esp/draft`, { call, seen: 0, lines: [clause('x')] })).status,
      404,
      'an outline is of no call',
    );
    assert.equal((await officer.send('PUT', `${models}/inconnu/draft`, { call: '', seen: 0, lines: [] })).status, 400);
    assert.equal((await officer.send('POST', `${models}/sheet/publish`, { call: '', seen: 0 })).status, 409);
    assert.deepEqual(
      (await put([line('a', { title: '' }), line('b', { title: 'Même' }), line('c', { title: 'même' })])).body,
      { version: 1 },
    );
    const other = await put([line('z')], 0);
    assert.deepEqual([other.status, other.body.version, ids(other.body.theirs)], [409, 1, ['a', 'b', 'c']]);
    const flawed = await officer.send('POST', `${models}/sheet/publish`, { call: '', seen: 1 });
    assert.deepEqual(
      [flawed.status, flawed.body.flaws],
      [422, ['La ligne 1 n’a pas de titre.', '« même » est là deux fois.']],
    );
    assert.equal((await officer.send('GET', `${models}/sheet`)).body.published, 0);
    assert.equal((await put([line('a')], 1)).status, 200);
    assert.equal((await officer.send('POST', `${models}/sheet/publish`, { call: '', seen: 2 })).body.version, 1);
    assert.equal((await put([line('a'), line('b')], 3)).status, 200);
    const silent = await officer.send('POST', `${models}/sheet/publish`, { call: '', seen: 4, words: 'court' });
    assert.deepEqual([silent.status, silent.body.fields], [422, { words: '10 caractères au moins' }]);
    assert.equal((await officer.send('POST', `${models}/sheet/draft/discard`, { call: '', seen: 4 })).status, 204);
    assert.equal((await officer.send('GET', `${models}/sheet`)).body.draft, null);
    assert.equal((await consultant.send('PUT', at(project, 'models/sheet'), { seen: 0, lines: [] })).status, 422);
    assert.equal(
      (await consultant.send('PUT', at(project, 'models/outline-esp'), { seen: 0, lines: [line('a')] })).status,
      400,
    );
    assert.equal(
      (await consultant.send('PUT', at(project, 'models/sheet'), { seen: 0, lines: [line('a'), line('a')] })).status,
      422,
    );
  });

  test('ACT-1 ACT-2 ACT-3 ACT-4 ACT-5 ACT-6 SEC-7 who may not: an officer alone writes the region’s models and days; who supports the project adapts its own; nobody else reaches either', async () => {
    const { project, officer, gcs, consultant, team, nurse, strangers, foreign } = await openedProject();
    const write = { call: '', seen: 0, lines: [line('a')] };
    for (const who of [
      gcs,
      consultant,
      strangers.reviewer,
      strangers.vendor,
      strangers.partner,
      team.coordinator,
      nurse,
      strangers.neighbour,
    ]) {
      assert.equal((await who.send('PUT', `${models}/sheet/draft`, write)).status, 403, who.caller.profession);
      assert.equal((await who.send('POST', `${models}/sheet/publish`, { call: '', seen: 0 })).status, 403);
      assert.equal(
        (await who.send('PUT', `${models}/reminders`, { call: '', seen: 0, questionnaire: [3], poll: [] })).status,
        403,
      );
    }
    for (const [who, status] of [
      [officer, 200],
      [gcs, 200],
      [consultant, 200],
      [strangers.reviewer, 200],
      [strangers.vendor, 403],
      [strangers.partner, 403],
      [team.coordinator, 403],
      [nurse, 403],
    ] as const)
      for (const path of [models, `${models}/sheet`, `${models}/sheet/pdf`])
        assert.equal((await who.send('GET', path)).status, status, `${path} ${who.caller.profession}`);
    assert.equal((await foreign.send('GET', `${models}/sheet`)).body.published, 0, 'another region sees its own');
    for (const who of [team.coordinator, nurse, strangers.reviewer, strangers.vendor, strangers.partner])
      assert.equal(
        (await who.send('PUT', at(project, 'models/sheet'), { seen: 0, lines: [line('a')] })).status,
        403,
        who.caller.profession,
      );
    for (const who of [strangers.consultant, foreign])
      assert.equal((await who.send('PUT', at(project, 'models/sheet'), { seen: 0, lines: [line('a')] })).status, 404);
    for (const who of [strangers.neighbour, strangers.consultant, strangers.vendor, strangers.partner, foreign])
      for (const path of ['models/sheet', 'models/clauses/pdf'])
        assert.ok([403, 404].includes((await who.send('GET', at(project, path))).status), who.caller.profession);
    for (const path of [models, `${models}/sheet`, at(project, 'models/sheet')])
      assert.equal((await anyone('GET', path)).status, 401);
  });

  test('PRJ-2 PRJ-4 an officer chooses the days of reminders for the region or one call: what opens afterwards follows them, what is open keeps its own', async () => {
    const { project, officer, consultant, call } = await openedProject();
    const plan = (body: Record<string, unknown>) =>
      officer.send('PUT', `${models}/reminders`, { call: '', seen: 0, questionnaire: [10, 3], poll: [1], ...body });
    const needs = async () => (await consultant.send('GET', at(project, 'needs'))).body;
    const poll = async () => {
      const { status, text } = await officer.send('POST', at(project, 'polls'), {
        purpose: 'launch',
        title: 'Lancement',
        note: '',
        deadline: day(10),
        slots: [{ starts: `${day(20)}T12:30`, minutes: 90, place: 'Salle', visio: '' }],
      });
      assert.equal(status, 200, text);
      return (await officer.send('GET', at(project, 'polls'))).body.polls.map(
        ({ remindBefore }: { remindBefore: number[] }) => remindBefore.join(),
      );
    };
    assert.deepEqual(await poll(), ['7,2']);
    for (const bad of [
      { questionnaire: [0] },
      { questionnaire: [31] },
      { poll: [2, 2] },
      { poll: [1, 2, 3, 4, 5] },
      { poll: 'x' },
    ])
      assert.equal((await plan(bad)).status, 422, JSON.stringify(bad));
    assert.equal((await plan({ call: 'nul' })).status, 404);
    assert.deepEqual((await plan({})).body, { version: 1 });
    const late = await plan({});
    assert.deepEqual([late.status, late.body.theirs.version], [409, 1]);
    assert.deepEqual(
      [(await needs()).remindBefore, (await needs()).usual],
      [
        [10, 3],
        [10, 3],
      ],
    );
    assert.deepEqual((await poll()).sort(), ['1', '7,2'], 'the poll that was open keeps its days');
    assert.equal((await plan({ call, questionnaire: [14, 5], poll: [] })).status, 200);
    assert.equal(
      (await consultant.send('POST', at(project, 'needs/open'), { seen: 0, closesOn: day(20) })).status,
      200,
    );
    assert.equal((await plan({ call, seen: 1, questionnaire: [] })).status, 200);
    const open = await needs();
    assert.deepEqual([open.remindBefore, open.usual, open.reminded], [[14, 5], [], []]);
    assert.deepEqual((await poll()).sort(), ['1', '1', '7,2']);
    assert.deepEqual((await officer.send('GET', `${models}?call=${call}`)).body.reminders.own, true);
  });
});

describe('rules of models', () => {
  const lines = fc
    .uniqueArray(fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f'), { maxLength: 6 })
    .map((all) => all.map((id) => clause(id)));
  test('REC-4 REC-5 POL-6 whatever is filled and whatever the next edition, taking it loses nothing that is filled, keeps all of the edition in its order, and taking it again changes nothing', () => {
    fc.assert(
      fc.property(
        lines,
        lines,
        fc.uniqueArray(fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f')),
        (before, next, those) => {
          const filled = new Set(those);
          const taken = takenLines(next, before, filled);
          assert.deepEqual(taken.slice(0, next.length), next);
          assert.deepEqual(lostLines(taken, before, filled), []);
          assert.equal(new Set(ids(taken)).size, taken.length);
          assert.deepEqual(takenLines(next, taken, filled), taken);
          const { added, gone } = changesOf(before, next);
          assert.deepEqual(
            [added.length - gone.length, next.length - before.length],
            [next.length - before.length, next.length - before.length],
          );
        },
      ),
    );
  });
  test('REC-4 REC-5 POL-6 what comes with the product is whole, and a model without a line, a title, a group or anything asked for is said to be so', () => {
    for (const [kind, shipped] of Object.entries(shippedModels))
      assert.deepEqual([modelFlaws(kind as 'sheet', shipped), modelLines.safeParse(shipped).success], [[], true], kind);
    assert.deepEqual(modelFlaws('sheet', []), ['Il n’y a aucune ligne.']);
    assert.deepEqual(modelFlaws('clauses', [line('a', { title: 'Durée' })]), [
      '« Durée » : rubrique à remplir.',
      'Aucune clause n’est « attendue dans tout contrat ».',
    ]);
  });
});
