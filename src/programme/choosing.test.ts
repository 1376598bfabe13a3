import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { anyone, type TestPerson } from '../../test/app.ts';
import { choiceContract, type CoverageAnswer, type Importance } from './choice/contract.ts';
import {
  costOf,
  explainedScore,
  itemMeans,
  professionMeans,
  ranks,
  scoreOf,
  weightedMean,
} from './choice/grid.rules.ts';
import { byWords } from './choice/professions.rules.ts';
import { importanceOf } from './choice/requirements.rules.ts';
import { groupsOf, resultOf, synthesisOf, themesOf } from './choice/synthesis.rules.ts';
import { shippedForm } from './choice/questionnaire.ts';
import { openedProject, type OpenedProject } from './programme.fixture.ts';

const at = (project: string, more: string) => `/api/programme/projects/${project}/${more}`;
const inDays = (days: number): string =>
  new Date(Date.now() + days * 86_400_000).toLocaleDateString('sv-SE', { timeZone: 'Europe/Paris' });
const solution = (name: string, more: Record<string, unknown> = {}) => ({
  name,
  company: 'Éditions du Phare',
  label: 'advanced',
  mode: 'saas',
  hds: 'yes',
  host: 'Hébergeur du Ponant',
  note: '',
  vendor: null,
  costs: [
    { label: 'Mise en place', every: 'once', cents: 150_000, count: 1 },
    { label: 'Abonnement', every: 'month', cents: 4_200, count: 11 },
  ],
  ...more,
});

async function answered(): Promise<OpenedProject> {
  const one = await openedProject();
  await one.consultant.send('POST', at(one.project, 'needs/people'), {
    people: [
      { name: 'Anne', profession: 'physician', mail: '' },
      { name: 'Bruno', profession: 'nurse', mail: '' },
      { name: 'Chloé', profession: 'nurse', mail: '' },
    ],
  });
  await one.consultant.send('POST', at(one.project, 'needs/open'), { seen: 0, closesOn: inDays(10) });
  for (const [i, { id }] of (await one.consultant.send('GET', at(one.project, 'needs/people'))).body.people.entries()) {
    const token = (await one.consultant.send('POST', at(one.project, `needs/people/${id}/link`))).body.link
      .split('/')
      .at(-1);
    const given = {
      software: 'Un logiciel',
      expected: 'Un dossier commun.',
      'shared-record': { summary: 3, notes: i === 2 ? 3 : 1, measures: 0 },
      devices: ['desk', ...(i === 0 ? ['tablet'] : [])],
    };
    for (const [question, value] of Object.entries(given))
      await anyone('PUT', `/api/programme/questionnaires/${token}/answers/${question}`, { value });
    await anyone('POST', `/api/programme/questionnaires/${token}/submit`);
  }
  return one;
}
const requirementsOf = async (who: TestPerson, project: string) =>
  (await who.send('GET', at(project, 'specification'))).body.requirements as {
    id: string;
    source: string;
    importance: string;
    computed: string;
    sentence: string;
    version: number;
    professions: string[];
    because: string;
    area: string;
    reason: string;
  }[];

describe('choosing', () => {
  test('REC-4 the specification is made of the answers: importance and professions are computed, changed with a reason, kept when it is built again; vendors who are asked read the issued version only', async () => {
    const { project, consultant, team, strangers, officer } = await answered();
    assert.equal((await consultant.send('POST', at(project, 'specification/issue'))).status, 409);
    assert.deepEqual((await consultant.send('POST', at(project, 'specification/build'))).body, {
      added: 3,
      changed: 0,
    });
    const rows = await requirementsOf(consultant, project);
    assert.deepEqual(
      rows.map(({ source, importance, professions }) => [source, importance, professions]),
      [
        ['devices/tablet', 'could', []],
        ['shared-record/summary', 'must', ['nurse', 'physician']],
        ['shared-record/notes', 'must', ['physician']],
      ] as never,
    );
    const [tablet, summary] = [rows[0]!, rows[1]!];
    assert.match(summary.because, /3 sur 3 réponses « indispensable »/);
    const body = {
      area: tablet.area,
      sentence: 'Le logiciel s’utilise sur une tablette au domicile des patients.',
      importance: 'should',
      reason: '',
      professions: tablet.professions,
    };
    assert.equal(
      (await consultant.send('PUT', at(project, `requirements/${tablet.id}`), { ...body, seen: 1 })).status,
      422,
    );
    const changed = await consultant.send('PUT', at(project, `requirements/${tablet.id}`), {
      ...body,
      reason: 'Trois tournées par jour.',
      seen: 1,
    });
    assert.deepEqual([changed.status, changed.body.importance, changed.body.version], [200, 'should', 2]);
    assert.equal(
      (
        await officer.send('PUT', at(project, `requirements/${tablet.id}`), {
          ...body,
          reason: 'Autre raison.',
          seen: 1,
        })
      ).status,
      409,
    );
    assert.deepEqual((await consultant.send('POST', at(project, 'specification/build'))).body, {
      added: 0,
      changed: 0,
    });
    await consultant.send('POST', at(project, `requirements/${rows[2]!.id}/remove`));
    const added = (
      await consultant.send('POST', at(project, 'requirements'), {
        area: 'Sur place',
        sentence: 'L’éditeur se déplace sur chaque site.',
        importance: 'could',
      })
    ).body.id;
    assert.deepEqual(
      (await requirementsOf(team.coordinator, project)).map(({ id }) => id),
      [tablet.id, summary.id, added],
    );
    // Not issued yet, and the vendor is not asked.
    const vendor = strangers.vendor;
    assert.equal((await vendor.send('GET', `/api/programme/specifications/${project}`)).status, 404);
    await consultant.send('PUT', `/api/programme/projects/${project}/parties/${vendor.practitioner}`, { sees: [] });
    assert.equal((await vendor.send('GET', `/api/programme/specifications/${project}`)).status, 404);
    const issued = await consultant.send('POST', at(project, 'specification/issue'));
    assert.equal(issued.status, 200, issued.text);
    const read = await vendor.send('GET', `/api/programme/specifications/${project}`);
    assert.deepEqual(
      [
        read.status,
        read.body.version,
        read.body.requirements.map(({ number, importance }: { number: string; importance: string }) => [
          number,
          importance,
        ]),
      ],
      [
        200,
        1,
        [
          ['1.1', 'should'],
          ['2.1', 'must'],
          ['3.1', 'could'],
        ],
      ],
    );
    assert.match((await vendor.send('GET', `/api/programme/specifications/${project}/pdf`)).text, /^%PDF-/);
    // What changes on screen is not what vendors read, until the next version.
    await consultant.send('POST', at(project, `requirements/${added}/remove`));
    assert.equal((await vendor.send('GET', `/api/programme/specifications/${project}`)).body.requirements.length, 3);
    await consultant.send('POST', at(project, 'specification/issue'));
    const second = (await vendor.send('GET', '/api/programme/specifications')).body;
    assert.deepEqual(
      second.map((one: { project: string; version: number }) => [one.project, one.version]),
      [[project, 2]],
    );
    for (const who of [strangers.partner, team.coordinator, strangers.consultant]) {
      assert.deepEqual((await who.send('GET', '/api/programme/specifications')).body, []);
      assert.equal((await who.send('GET', `/api/programme/specifications/${project}`)).status, 404);
    }
  });
  test('REC-4 solutions are compared requirement by requirement: the score is explained, what is indispensable and missing is said, the cost of three years is to the cent', async () => {
    const { project, consultant, strangers, officer } = await answered();
    await consultant.send('POST', at(project, 'specification/build'));
    const rows = await requirementsOf(consultant, project);
    assert.equal(
      (
        await consultant.send(
          'POST',
          at(project, 'solutions'),
          solution('Phare', { vendor: strangers.vendor.practitioner }),
        )
      ).status,
      422,
    );
    await consultant.send('PUT', `/api/programme/projects/${project}/parties/${strangers.vendor.practitioner}`, {
      sees: [],
    });
    const [phare, ponant] = [
      (
        await consultant.send(
          'POST',
          at(project, 'solutions'),
          solution('Phare', { vendor: strangers.vendor.practitioner }),
        )
      ).body.id,
      (
        await consultant.send(
          'POST',
          at(project, 'solutions'),
          solution('Ponant', { label: 'none', mode: 'on-site', costs: [] }),
        )
      ).body.id,
    ];
    const cover = (id: string, requirement: string, answer: string, seen = 0) =>
      consultant.send('PUT', at(project, `solutions/${id}/coverage/${requirement}`), { answer, note: '', seen });
    await cover(phare, rows[0]!.id, 'yes');
    await cover(phare, rows[1]!.id, 'yes');
    assert.equal((await cover(phare, rows[1]!.id, 'no')).status, 409);
    assert.equal((await cover(phare, 'inconnue', 'no')).status, 404);
    await cover(ponant, rows[1]!.id, 'no');
    await cover(ponant, rows[2]!.id, 'partly');
    const { solutions, weights } = (await consultant.send('GET', at(project, 'grid'))).body;
    assert.deepEqual(
      weights.map(({ weight }: { weight: number }) => weight),
      [3, 2, 1],
    );
    const [first, second] = solutions;
    // 1 could, 2 must: 7 at most; the first covers 1 and 3, the second half of 3.
    assert.deepEqual(
      [first.score.points, first.score.most, first.score.percent, first.score.unknown, first.rank],
      [8, 14, 57, 1, 1],
    );
    assert.deepEqual([second.score.percent, second.rank, second.score.lacking], [21, 2, [rows[1]!.sentence]]);
    assert.deepEqual(
      [first.cost.threeYearsCents, first.cost.firstYearCents],
      [150_000 + 36 * 11 * 4_200, 150_000 + 12 * 11 * 4_200],
    );
    assert.equal(
      (await officer.send('PUT', at(project, `solutions/${phare}`), { ...solution('Phare 2'), seen: 1 })).body.version,
      2,
    );
    assert.equal(
      (await consultant.send('PUT', at(project, `solutions/${phare}`), { ...solution('Phare 3'), seen: 1 })).status,
      409,
    );
    await consultant.send('POST', at(project, `solutions/${ponant}/remove`));
    assert.equal((await consultant.send('GET', at(project, 'grid'))).body.solutions.length, 1);
    await consultant.send('POST', at(project, `solutions/${ponant}/restore`));
    assert.equal((await consultant.send('GET', at(project, 'grid'))).body.solutions.length, 2);
  });
  test('REC-4 each profession fills the sheet of a demonstration, once it is held; visits are told; the vendor sees the date of its own and nothing else', async () => {
    const { project, consultant, team, nurse, strangers } = await answered();
    await consultant.send('PUT', `/api/programme/projects/${project}/parties/${strangers.vendor.practitioner}`, {
      sees: [],
    });
    const [mine, other] = [
      (
        await consultant.send(
          'POST',
          at(project, 'solutions'),
          solution('Phare', { vendor: strangers.vendor.practitioner }),
        )
      ).body.id,
      (await consultant.send('POST', at(project, 'solutions'), solution('Ponant'))).body.id,
    ];
    const plan = (of: string, on: string) =>
      consultant.send('POST', at(project, 'demonstrations'), {
        solution: of,
        on,
        time: '18:30',
        place: 'Salle de réunion',
      });
    const [held, coming] = [(await plan(mine, inDays(0))).body.id, (await plan(other, inDays(5))).body.id];
    const sheet = { scores: { entry: 4, find: 5 }, comment: 'Clair.', seen: 0 };
    const score = (who: TestPerson, id: string, body: Record<string, unknown> = sheet) =>
      who.send('PUT', at(project, `demonstrations/${id}/sheet`), body);
    assert.equal((await score(nurse, coming)).status, 409);
    for (const wrong of [{}, { entry: 6 }, { inconnu: 3 }])
      assert.equal((await score(nurse, held, { ...sheet, scores: wrong })).status, 422);
    assert.equal((await score(nurse, held)).body.version, 1);
    assert.equal((await score(nurse, held)).status, 409);
    assert.equal((await score(nurse, held, { ...sheet, scores: { entry: 2 }, seen: 1 })).body.version, 2);
    assert.equal((await score(consultant, held)).status, 403);
    for (const who of [strangers.vendor, strangers.partner, strangers.neighbour, strangers.consultant])
      assert.equal((await score(who, held)).status, 404);
    assert.equal(
      (
        await consultant.send('POST', at(project, `demonstrations/${held}/sheets`), {
          name: 'Anne',
          profession: 'physician',
          scores: { entry: 5, trust: 3 },
          comment: '',
        })
      ).status,
      200,
    );
    const seen = (await team.coordinator.send('GET', at(project, 'demonstrations'))).body.demonstrations.find(
      (one: { id: string }) => one.id === held,
    );
    assert.deepEqual(
      seen.byProfession.map(({ profession, mean }: { profession: string; mean: number }) => [profession, mean]),
      [
        ['nurse', 200],
        ['physician', 450],
      ],
    );
    assert.deepEqual(
      [seen.silent, seen.means.find(({ item }: { item: string }) => item === 'entry')],
      [[], { item: 'entry', n: 2, mean: 350 }],
    );
    const visit = {
      solution: mine,
      practice: 'MSP du Léon',
      on: inDays(-3),
      who: 'Bruno, infirmier',
      good: 'La tournée.',
      bad: 'L’ordonnance est lente.',
      again: 'yes',
    };
    assert.equal((await nurse.send('POST', at(project, 'visits'), visit)).status, 403);
    const made = (await team.coordinator.send('POST', at(project, 'visits'), visit)).body.id;
    assert.equal(
      (await consultant.send('PUT', at(project, `visits/${made}`), { ...visit, again: 'unsure', seen: 1 })).body
        .version,
      2,
    );
    assert.equal(
      (await team.coordinator.send('PUT', at(project, `visits/${made}`), { ...visit, seen: 1 })).status,
      409,
    );
    assert.deepEqual(
      (await nurse.send('GET', at(project, 'demonstrations'))).body.visits.map(({ again }: { again: string }) => again),
      ['unsure'],
    );
    await consultant.send('POST', at(project, 'specification/build'));
    await consultant.send('POST', at(project, 'specification/issue'));
    assert.deepEqual(
      (await strangers.vendor.send('GET', `/api/programme/specifications/${project}`)).body.demonstrations,
      [{ solution: 'Phare', on: inDays(0), time: '18:30', place: 'Salle de réunion' }],
    );
  });
  test('REC-4 the final choice is recorded with its reasons and who took part, a later one takes its place; the step «choice» waits for it', async () => {
    const { project, consultant, team, nurse, officer } = await answered();
    const phare = (await consultant.send('POST', at(project, 'solutions'), solution('Phare'))).body.id;
    const blockers = async () =>
      (await officer.send('GET', `/api/programme/projects/${project}`)).body.steps.find(
        (one: { id: string }) => one.id === 'choice',
      ).blockers as string[];
    assert.ok((await blockers()).some((one) => /choix du logiciel n’est pas enregistré/.test(one)));
    const body = {
      solution: phare,
      reasons: 'Le plus clair pour les infirmiers.',
      tookPart: [{ name: 'Anne', profession: 'physician' }],
      decidedOn: inDays(0),
      seen: 0,
    };
    for (const who of [nurse]) assert.equal((await who.send('POST', at(project, 'choice'), body)).status, 403);
    for (const wrong of [
      { reasons: 'court' },
      { tookPart: [] },
      { decidedOn: inDays(2) },
      { tookPart: [{ name: 'X', profession: 'vendor' }] },
      { solution: null, product: '' },
    ])
      assert.equal(
        (await team.coordinator.send('POST', at(project, 'choice'), { ...body, ...wrong })).status,
        422,
        JSON.stringify(wrong),
      );
    assert.deepEqual((await team.coordinator.send('POST', at(project, 'choice'), body)).body, { number: 1 });
    assert.equal((await consultant.send('POST', at(project, 'choice'), body)).status, 409);
    assert.ok(!(await blockers()).some((one) => /choix du logiciel/.test(one)));
    const read = (await nurse.send('GET', at(project, 'choice'))).body;
    assert.deepEqual([read.choices[0].product, read.missing, read.may.write], ['Phare', ['nurse'], false]);
    assert.deepEqual(
      (
        await consultant.send('POST', at(project, 'choice'), {
          ...body,
          solution: null,
          product: 'Déjà installé',
          seen: 1,
        })
      ).body,
      { number: 2 },
    );
    assert.deepEqual(
      (await nurse.send('GET', at(project, 'choice'))).body.choices.map(
        ({ number, already }: { number: number; already: boolean }) => [number, already],
      ),
      [
        [2, true],
        [1, false],
      ],
    );
  });
  test('REC-5 the clauses of the contract are read one by one: those that are missing come first, each with a reason, a sentence to ask for and its file; the checklist is a paper', async () => {
    const { project, consultant, team, nurse } = await openedProject();
    const first = (await team.coordinator.send('GET', at(project, 'clauses'))).body;
    for (const word of [
      'Phases du déploiement',
      'Formation',
      'Assistance téléphonique',
      'Maintenance',
      'Réparation',
      'Réversibilité',
      'Reprise des données',
      'Propriété des données',
      'Niveaux de service',
    ])
      assert.ok(
        first.clauses.some(
          ({ title, why, model }: { title: string; why: string; model: string }) =>
            title.includes(word) && why && model,
        ),
        word,
      );
    assert.equal(first.counts.unread, first.clauses.length);
    const answer = (who: TestPerson, clause: string, body: Record<string, unknown>) =>
      who.send('PUT', at(project, `clauses/${clause}`), { seen: 0, ...body });
    assert.equal((await answer(team.coordinator, 'training', { answer: 'present', article: '4.2' })).body.version, 1);
    assert.equal(
      (
        await answer(consultant, 'reversibility', {
          answer: 'missing',
          note: 'Rien n’est dit de la remise des données.',
        })
      ).body.version,
      1,
    );
    assert.equal((await answer(consultant, 'reversibility', { answer: 'weak' })).status, 409);
    assert.equal((await answer(nurse, 'support', { answer: 'weak' })).status, 403);
    assert.equal((await answer(consultant, 'inconnue', { answer: 'weak' })).status, 404);
    assert.equal((await answer(consultant, 'support', { answer: 'weak', file: 'pas-la' })).status, 422);
    const { clauses, counts } = (await nurse.send('GET', at(project, 'clauses'))).body;
    assert.deepEqual(
      [clauses[0].id, clauses.at(-1).id, counts.missing, counts.present],
      ['reversibility', 'training', 1, 1],
    );
    const issued = await consultant.send('POST', at(project, 'clauses/issue'));
    assert.match((await team.coordinator.send('GET', at(project, `papers/${issued.body.paper}`))).text, /^%PDF-/);
  });
  test('ACT-3 ACT-4 ACT-5 ACT-6 SEC-7 who may call what, route by route: those who support the project write, the team reads, a partner reads synthesis and grid only once they are shared, nobody else reaches it', async () => {
    const { project, officer, gcs, consultant, team, nurse, strangers, foreign } = await answered();
    const ids = {
      project,
      person: 'nul',
      requirement: 'nul',
      solution: 'nul',
      demonstration: 'nul',
      visit: 'nul',
      clause: 'nul',
      part: 'synthesis.lead',
    };
    await consultant.send('PUT', `/api/programme/projects/${project}/parties/${strangers.partner.practitioner}`, {
      sees: ['needs'],
    });
    await consultant.send('PUT', `/api/programme/projects/${project}/parties/${strangers.vendor.practitioner}`, {
      sees: [],
    });
    const tokenEntries = Object.entries(choiceContract).filter(([, { path }]) => path.includes(':token'));
    assert.deepEqual(
      tokenEntries.map(([name, { may }]) => [name, may]),
      tokenEntries.map(([name]) => [name, 'public']),
    );
    const forPartner = ['synthesis', 'grid'];
    const forTeam = ['needs', 'synthesis', 'specification', 'grid', 'demonstrations', 'choice', 'clauses'];
    for (const [name, entry] of Object.entries(choiceContract)) {
      if (entry.path.includes(':token') || entry.path.startsWith('/api/programme/specifications')) continue;
      const path = entry.path.replace(/:(\w+)/g, (_, key: keyof typeof ids) => ids[key]);
      const status = async (who: TestPerson) =>
        (await who.send(entry.method, path, entry.method === 'GET' ? undefined : {})).status;
      const reads = entry.method === 'GET';
      for (const who of [officer, gcs, consultant])
        assert.ok(
          name === 'myNeeds'
            ? (await status(who)) === 403
            : reads
              ? (await status(who)) === 200
              : ![401, 403].includes(await status(who)) || name === 'scoreDemonstration',
          `${name} ${who.caller.profession}`,
        );
      for (const who of [strangers.neighbour, strangers.consultant, strangers.vendor, foreign])
        assert.ok([403, 404, 422].includes(await status(who)), `${name} ${who.caller.profession}`);
      if (reads) {
        for (const who of [strangers.neighbour, strangers.consultant, strangers.vendor, foreign])
          assert.ok([403, 404].includes(await status(who)), `${name} ${who.caller.profession}`);
        assert.equal(await status(strangers.partner), forPartner.includes(name) ? 200 : 403, name);
        for (const who of [nurse, team.coordinator, strangers.reviewer])
          assert.equal(await status(who), forTeam.includes(name) ? 200 : 403, `${name} ${who.caller.profession}`);
      } else {
        for (const who of [strangers.partner, strangers.reviewer])
          assert.ok([403, 404, 422].includes(await status(who)), `${name} ${who.caller.profession}`);
        if (typeof entry.may === 'object')
          for (const who of [nurse, team.coordinator, strangers.partner, strangers.reviewer, strangers.vendor])
            assert.equal(await status(who), 403, `${name} ${who.caller.profession}`);
      }
      assert.equal((await anyone(entry.method, path, reads ? undefined : {})).status, 401, name);
    }
    // With a body that would be taken: still refused.
    const bodies = {
      addVisit: { solution: 'x', practice: 'x', on: inDays(0), who: 'x', good: '', bad: '', again: 'yes' },
      choose: {
        solution: null,
        product: 'X',
        reasons: 'Une raison assez longue',
        tookPart: [{ name: 'A', profession: 'nurse' }],
        decidedOn: inDays(0),
        seen: 0,
      },
      answerClause: { answer: 'weak', seen: 0 },
    };
    for (const [name, body] of Object.entries(bodies)) {
      const { method, path } = choiceContract[name as keyof typeof bodies];
      for (const [who, expected] of [
        [strangers.partner, 403],
        [strangers.reviewer, 403],
        [nurse, 403],
        [strangers.vendor, 404],
        [strangers.neighbour, 404],
        [strangers.consultant, 404],
        [foreign, 404],
      ] as const)
        assert.equal(
          (await who.send(method, path.replace(':project', project).replace(':clause', 'training'), body)).status,
          expected,
          `${name} ${who.caller.profession}`,
        );
    }
  });
});

describe('rules of needs and choice', () => {
  const level = fc.integer({ min: 0, max: 3 });
  const order = ['could', 'should', 'must'];
  const rank = (one: ReturnType<typeof importanceOf>): number => (one ? order.indexOf(one.importance) : -1);
  test('PRJ-4 REC-4 importance never falls when one person finds a function more important', () => {
    fc.assert(
      fc.property(
        fc.dictionary(
          fc.constantFrom('physician', 'nurse', 'midwife', 'pharmacist'),
          fc.array(level, { minLength: 1, maxLength: 6 }),
          { minKeys: 1 },
        ),
        fc.nat(),
        fc.nat(),
        (levels, who, which) => {
          const before = importanceOf(new Map(Object.entries(levels)));
          const professions = Object.keys(levels);
          const profession = professions[who % professions.length]!;
          const raised = levels[profession]!.map((one, index) =>
            index === which % levels[profession]!.length ? Math.min(3, one + 1) : one,
          );
          const after = importanceOf(new Map(Object.entries({ ...levels, [profession]: raised })));
          assert.ok(rank(after) >= rank(before));
          for (const concerned of before?.professions ?? []) assert.ok(after!.professions.includes(concerned));
        },
      ),
    );
    assert.equal(importanceOf(new Map()), undefined);
    assert.equal(importanceOf(new Map([['nurse', [0, 0]]])), undefined);
  });
  test('REC-4 a score is between 0 and 100, is 100 only when all is covered, and never falls when a requirement is better covered; equals share a place', () => {
    const asked = fc.array(
      fc.record({
        importance: fc.constantFrom<Importance>('must', 'should', 'could'),
        answer: fc.constantFrom<CoverageAnswer>('yes', 'partly', 'no', 'unknown'),
      }),
      { minLength: 1, maxLength: 30 },
    );
    fc.assert(
      fc.property(asked, fc.nat(), (all, which) => {
        const rows = all.map(({ importance }, index) => ({
          id: String(index),
          importance,
          sentence: `${index}`,
          professions: [index % 2 ? 'nurse' : 'physician'],
        }));
        const answers = new Map(all.map(({ answer }, index) => [String(index), answer]));
        const before = scoreOf(rows, answers);
        assert.ok(before.percent >= 0 && before.percent <= 100);
        assert.equal(
          before.percent === 100,
          all.every(({ answer }) => answer === 'yes'),
        );
        const better = new Map(answers).set(String(which % all.length), 'yes');
        assert.ok(scoreOf(rows, better).points >= before.points);
        const { byImportance, byProfession } = explainedScore(rows, answers);
        assert.equal(
          byImportance.reduce((sum, one) => sum + one.points, 0),
          before.points,
        );
        assert.equal(
          byProfession.reduce((sum, one) => sum + one.most, 0),
          before.most,
        );
      }),
    );
    assert.deepEqual(ranks([80, 90, 80, 10]), [2, 1, 2, 4]);
    assert.equal(scoreOf([], new Map()).percent, 0);
  });
  test('REC-4 what three years cost is the sum of its lines, in whole cents', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.record({
            label: fc.constant('x'),
            every: fc.constantFrom('once' as const, 'month' as const, 'year' as const),
            cents: fc.integer({ min: 0, max: 10_000_000 }),
            count: fc.integer({ min: 1, max: 500 }),
          }),
          { maxLength: 12 },
        ),
        (lines) => {
          const { lines: detailed, threeYearsCents, firstYearCents } = costOf(lines);
          assert.equal(
            threeYearsCents,
            detailed.reduce((sum, one) => sum + one.cents, 0),
          );
          assert.ok(Number.isSafeInteger(threeYearsCents) && firstYearCents <= threeYearsCents);
        },
      ),
    );
  });
  test('PRJ-4 REC-4 professions stand in questionnaires, synthesis and grids as a French reader looks for them, whatever their codes; those who are counted together come last', () => {
    const codes = ['chiropodist', 'midwife', 'nurse', 'physician', 'advanced-practice-nurse'];
    const french = ['nurse', 'advanced-practice-nurse', 'physician', 'chiropodist', 'midwife'];
    assert.deepEqual([...codes, 'autres'].sort(byWords), [...french, 'autres']);
    const rows = codes.map((profession) => ({
      id: profession,
      importance: 'must' as const,
      sentence: 'x',
      professions: [profession],
    }));
    assert.deepEqual(
      explainedScore(rows, new Map()).byProfession.map(({ profession }) => profession),
      french,
    );
    const voices = codes.flatMap((profession) => [1, 2].map(() => ({ profession, nameless: false, answers: {} })));
    assert.deepEqual(
      synthesisOf(shippedForm.sections, voices).professions.map(({ profession }) => profession),
      french,
    );
  });
  test('PRJ-4 counts of a question add up to its answers, over all professions; a nameless person alone in their profession is in no line of their own', () => {
    const voice = fc.record({
      profession: fc.constantFrom('physician', 'nurse', 'midwife', 'dietician'),
      nameless: fc.boolean(),
      answers: fc.record({
        record: fc.constantFrom('shared', 'own', 'paper', null),
        satisfaction: fc.option(fc.integer({ min: 1, max: 5 })),
        'shared-record': fc.option(fc.dictionary(fc.constantFrom('summary', 'notes'), level)),
      }),
    });
    fc.assert(
      fc.property(fc.array(voice, { maxLength: 20 }), (voices) => {
        const { groups } = groupsOf(voices);
        const questions = shippedForm.sections.flatMap((section) => section.questions);
        const single = resultOf(questions.find(({ id }) => id === 'record')!, voices, groups);
        assert.equal(
          single.choices.reduce((sum, { count }) => sum + count, 0),
          single.answered,
        );
        for (const { count, byProfession } of single.choices)
          assert.ok(byProfession.reduce((sum, one) => sum + one.count, 0) <= count);
        for (const row of resultOf(questions.find(({ id }) => id === 'shared-record')!, voices, groups).rows)
          assert.equal(
            row.counts.reduce((sum, one) => sum + one, 0),
            row.answered,
          );
        const { professions } = synthesisOf(shippedForm.sections, voices);
        for (const { profession } of professions) {
          const those = voices.filter((one) => one.profession === profession);
          assert.ok(profession === 'autres' || those.length > 1 || !those[0]!.nameless);
        }
        const other = professions.find(({ profession }) => profession === 'autres');
        assert.ok(!other || other.n > 1);
      }),
    );
  });
  test('PRJ-4 free texts that say the same are told once with how many said it; words that come back are the way in', () => {
    const question = { id: 'q', type: 'long-text' as const, label: 'Q' };
    const voices = [
      'Les comptes rendus arrivent tard.',
      'les comptes-rendus arrivent tard',
      'Trop de téléphone.',
      'Le téléphone sonne sans cesse.',
    ].map((text, index) => ({ profession: index % 2 ? 'nurse' : 'physician', nameless: false, answers: { q: text } }));
    const { texts, themes } = resultOf(question, voices, groupsOf(voices).groups);
    assert.deepEqual(texts.map(({ text, times }) => [text, times])[0], ['Les comptes rendus arrivent tard.', 2]);
    assert.ok(themes.some(({ word, times }) => word === 'téléphone' && times === 2));
    assert.deepEqual(themesOf([{ text: 'Seul', times: 1 }]), []);
  });
  test('REC-4 the mean of a demonstration weighs its items; each profession has its own', () => {
    const items = [
      { id: 'a', weight: 3 },
      { id: 'b', weight: 1 },
    ];
    const sheets: { profession: string; scores: Record<string, number> }[] = [
      { profession: 'nurse', scores: { a: 5, b: 1 } },
      { profession: 'physician', scores: { a: 1 } },
    ];
    assert.deepEqual(
      [itemMeans(items, sheets), weightedMean(items, sheets), weightedMean(items, [])],
      [
        [
          { item: 'a', n: 2, mean: 300 },
          { item: 'b', n: 1, mean: 100 },
        ],
        250,
        null,
      ],
    );
    assert.deepEqual(
      professionMeans(items, sheets).map(({ profession, mean }) => [profession, mean]),
      [
        ['nurse', 400],
        ['physician', 100],
      ],
    );
  });
});
