import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { anyone, testHouse } from '../../test/app.ts';
import { withLinks } from './mails/links.ts';
import { openedProject, type OpenedProject } from './programme.fixture.ts';

const at = (project: string, more: string) => `/api/programme/projects/${project}/${more}`;
const inDays = (days: number): string =>
  new Date(Date.now() + days * 86_400_000).toLocaleDateString('sv-SE', { timeZone: 'Europe/Paris' });
const link = (token: string, more = '') => `/api/programme/questionnaires/${token}${more}`;
const tokenIn = (path: string): string => path.split('/').at(-1)!;
const good = {
  software: 'Médistory 4',
  expected: 'Voir les notes des infirmiers.',
  'shared-record': { summary: 3, notes: 3, measures: 1 },
  satisfaction: 2,
  fears: ['time', 'data'],
};

interface Asked extends OpenedProject {
  /** By name: the token of each. */
  tokens: Record<string, string>;
}
/** A questionnaire that is open, with a physician, two nurses and a midwife asked by name. */
async function asked(): Promise<Asked> {
  const one = await openedProject();
  const people = [
    ['Anne Médecin', 'physician', 'anne@equipe.example'],
    ['Bruno Infirmier', 'nurse', 'bruno@equipe.example'],
    ['Chloé Infirmière', 'nurse', ''],
    ['Dora Sage-femme', 'midwife', 'dora@equipe.example'],
  ].map(([name, profession, mail]) => ({ name, profession, mail }));
  assert.equal((await one.consultant.send('POST', at(one.project, 'needs/people'), { people })).status, 200);
  const opened = await one.consultant.send('POST', at(one.project, 'needs/open'), { seen: 0, closesOn: inDays(10) });
  assert.equal(opened.status, 200, opened.text);
  const tokens: Record<string, string> = {};
  for (const { id, name } of (await one.consultant.send('GET', at(one.project, 'needs/people'))).body.people)
    tokens[name] = tokenIn((await one.consultant.send('POST', at(one.project, `needs/people/${id}/link`))).body.link);
  return { ...one, tokens };
}
async function answers(token: string, given: Record<string, unknown>, submit = true): Promise<void> {
  for (const [question, value] of Object.entries(given)) {
    const saved = await anyone('PUT', link(token, `/answers/${question}`), { value });
    assert.equal(saved.status, 200, saved.text);
  }
  if (submit) assert.equal((await anyone('POST', link(token, '/submit'))).status, 200);
}

describe('needs', () => {
  test('PRJ-4 the questionnaire of the product is changed for a project, opened until a day, and its people are written to once each by a link that is kept nowhere', async () => {
    const { project, consultant, officer, team, region } = await openedProject();
    const first = (await consultant.send('GET', at(project, 'needs'))).body;
    assert.deepEqual([first.state, first.version, first.sections.length], ['draft', 0, 6]);
    const sections = [
      ...first.sections.slice(0, 5),
      {
        id: 'own',
        title: 'À nous',
        questions: [{ id: 'own-1', type: 'single', label: 'Le midi ?', choices: [{ code: 'a', label: 'Oui' }] }],
      },
    ];
    assert.equal(
      (await consultant.send('PUT', at(project, 'needs'), { seen: 0, title: 'Nos besoins', intro: '', sections })).body
        .version,
      1,
    );
    assert.equal(
      (await officer.send('PUT', at(project, 'needs'), { seen: 0, title: 'Autre', intro: '', sections })).status,
      409,
    );
    const flawed = await consultant.send('POST', at(project, 'needs/open'), { seen: 1, closesOn: inDays(5) });
    assert.equal(flawed.status, 422);
    assert.match(flawed.body.detail, /« Le midi \? » : il faut au moins deux réponses possibles/);
    sections[5]!.questions[0].choices.push({ code: 'b', label: 'Non' });
    await consultant.send('PUT', at(project, 'needs'), { seen: 1, title: 'Nos besoins', intro: '', sections });
    assert.equal(
      (await consultant.send('POST', at(project, 'needs/open'), { seen: 2, closesOn: inDays(-1) })).status,
      422,
    );
    assert.equal(
      (
        await consultant.send('POST', at(project, 'needs/people'), {
          people: [{ name: 'X', profession: 'vendor', mail: '' }],
        })
      ).status,
      422,
    );
    assert.equal(
      (
        await consultant.send('POST', at(project, 'needs/people'), {
          people: [{ name: 'X', profession: 'nurse', mail: 'pas une adresse' }],
        })
      ).status,
      422,
    );
    const staff = await consultant.send('POST', at(project, 'needs/people'), {
      staff: true,
      people: [{ name: 'Marie Libérale', profession: 'pharmacist', mail: 'marie@officine.example' }],
    });
    assert.deepEqual(staff.body, { added: 3, mails: 0 });
    assert.deepEqual(
      (
        await consultant.send('POST', at(project, 'needs/people'), {
          staff: true,
          people: [{ name: 'Marie', profession: 'pharmacist', mail: 'MARIE@officine.example' }],
        })
      ).body,
      { added: 0, mails: 0 },
    );
    assert.deepEqual(
      (await consultant.send('POST', at(project, 'needs/open'), { seen: 2, closesOn: inDays(5) })).body,
      { mails: 3 },
    );
    assert.deepEqual(
      (await consultant.send('POST', at(project, 'needs/open'), { seen: 3, closesOn: inDays(8) })).body,
      { mails: 0 },
    );
    const { lines } = (await consultant.send('GET', at(project, 'mails'))).body;
    assert.equal(lines.length, 3);
    for (const { words } of lines) assert.doesNotMatch(words, /programme\/questionnaire\/\d/);
    // Nobody has begun: it is taken back, changed, opened again without a second mail.
    assert.equal((await consultant.send('POST', at(project, 'needs/redraft'), { seen: 4 })).status, 204);
    assert.equal(
      (await consultant.send('PUT', at(project, 'needs'), { seen: 5, title: 'Nos besoins', intro: 'Merci.', sections }))
        .status,
      200,
    );
    assert.deepEqual(
      (await consultant.send('POST', at(project, 'needs/open'), { seen: 6, closesOn: inDays(8) })).body,
      { mails: 0 },
    );
    // Someone with an account is told inside the product, once, and answers from the page of the project.
    const notices = (await team.coordinator.send('GET', '/api/notices')).body as { kind: string }[];
    assert.equal(notices.filter(({ kind }) => kind === 'programme:needs').length, 1);
    const mine = await team.coordinator.send('POST', at(project, 'needs/mine'));
    assert.equal(mine.status, 200, mine.text);
    await answers(mine.body.token, { software: 'Aucun' }, false);
    assert.equal((await team.coordinator.send('GET', at(project, 'needs'))).body.mine, 'started');
    assert.equal((await consultant.send('POST', at(project, 'needs/redraft'), { seen: 7 })).status, 409);
    const { db } = await testHouse();
    const hashes = await db.tenant(region.tenant, (sql) =>
      sql.query<{ hash: string }>('select hash from programme.needs_token where tenant_id = $1', [region.tenant]),
    );
    assert.ok(
      hashes.length > 0 && hashes.every(({ hash }) => hash !== mine.body.token && !mine.body.token.includes(hash)),
    );
  });
  test('PRJ-4 an answer is saved as it is given, resumed by the same link, sent once and still changed until the closing; what cannot be an answer is refused and the one before stays', async () => {
    const { tokens, project, consultant } = await asked();
    const token = tokens['Anne Médecin']!;
    const start = (await anyone('GET', link(token))).body;
    assert.deepEqual(
      [start.open, start.name, start.profession, start.alone, start.shared],
      [true, 'Anne Médecin', 'physician', true, false],
    );
    await answers(token, { software: 'Médistory', satisfaction: 4 }, false);
    for (const [question, value] of [
      ['satisfaction', 9],
      ['record', 'ailleurs'],
      ['devices', ['desk', 'desk']],
      ['shared-record', { inconnu: 2 }],
      ['shared-record', { summary: 4 }],
      ['take-over', -3],
    ] as const)
      assert.equal((await anyone('PUT', link(token, `/answers/${question}`), { value })).status, 422, question);
    assert.equal((await anyone('PUT', link(token, '/answers/nulle-part'), { value: 'x' })).status, 404);
    const early = await anyone('POST', link(token, '/submit'));
    assert.equal(early.status, 422);
    assert.deepEqual(early.body.questions, ['expected']);
    assert.deepEqual((await anyone('GET', link(token))).body.answers, { software: 'Médistory', satisfaction: 4 });
    await answers(token, { expected: 'Un dossier commun.' });
    await answers(token, { satisfaction: 1 });
    // Two tabs of one person: neither takes back what the other wrote.
    await Promise.all([
      anyone('PUT', link(token, '/answers/fears'), { value: ['time'] }),
      anyone('PUT', link(token, '/answers/lost'), { value: 'Les bilans.' }),
    ]);
    const held = (await anyone('GET', link(token))).body.answers;
    assert.deepEqual([held.satisfaction, held.fears, held.lost], [1, ['time'], 'Les bilans.']);
    assert.deepEqual((await consultant.send('GET', at(project, 'needs'))).body.rates, [
      { profession: 'midwife', asked: 1, started: 0, submitted: 0 },
      { profession: 'nurse', asked: 2, started: 0, submitted: 0 },
      { profession: 'physician', asked: 1, started: 1, submitted: 1 },
    ]);
    assert.equal((await consultant.send('POST', at(project, 'needs/close'), { seen: 1 })).status, 204);
    const closed = await anyone('PUT', link(token, '/answers/satisfaction'), { value: 5 });
    assert.deepEqual([closed.status, closed.body.reason], [409, 'closed']);
    const shut = (await anyone('GET', link(token))).body;
    assert.deepEqual([shut.open, shut.sections, shut.answers, shut.submittedAt !== null], [false, [], {}, true]);
    assert.equal((await anyone('POST', link(token, '/submit'))).status, 409);
  });
  test('PRJ-4 a link that is wrong, expired or taken out opens nothing; one of a project writes in its own only; the shared link gives each person one of their own', async () => {
    const [one, other] = [await asked(), await asked()];
    assert.equal((await anyone('GET', link('1.aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa'))).status, 404);
    assert.equal(
      (await anyone('GET', link(`${one.region.tenant}.aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa`))).body.reason,
      'unknown',
    );
    assert.equal((await anyone('GET', link('pas-un-lien'))).status, 400);
    // The secret of one region under the number of another.
    assert.equal(
      (await anyone('GET', link(`${other.region.tenant}.${one.tokens['Anne Médecin']!.split('.')[1]}`))).status,
      404,
    );
    await answers(one.tokens['Anne Médecin']!, good);
    assert.equal(
      (await other.consultant.send('GET', at(other.project, 'needs'))).body.rates.reduce(
        (sum: number, rate: { started: number }) => sum + rate.started,
        0,
      ),
      0,
    );
    const stranger = (await one.consultant.send('GET', at(one.project, 'needs/people'))).body.people[0].id;
    for (const act of ['link', 'remove', 'restore'])
      assert.equal(
        (await other.consultant.send('POST', at(other.project, `needs/people/${stranger}/${act}`))).status,
        404,
        act,
      );
    // Taken out of the list: the link opens nothing until the person is back.
    const bruno = (await one.consultant.send('GET', at(one.project, 'needs/people'))).body.people.find(
      ({ name }: { name: string }) => name === 'Bruno Infirmier',
    ).id;
    await one.consultant.send('POST', at(one.project, `needs/people/${bruno}/remove`));
    assert.equal((await anyone('GET', link(one.tokens['Bruno Infirmier']!))).status, 404);
    await one.consultant.send('POST', at(one.project, `needs/people/${bruno}/restore`));
    assert.equal((await anyone('GET', link(one.tokens['Bruno Infirmier']!))).status, 200);
    // Once someone began, whoever supports the project can neither take them out nor make a link to their answers.
    const anne = (await one.consultant.send('GET', at(one.project, 'needs/people'))).body.people.find(
      ({ name }: { name: string }) => name === 'Anne Médecin',
    ).id;
    for (const act of ['link', 'remove'])
      assert.equal(
        (await one.consultant.send('POST', at(one.project, `needs/people/${anne}/${act}`))).status,
        409,
        act,
      );
    const { db } = await testHouse();
    await db.owner('a link grows old', (sql) =>
      sql.query(
        `update programme.needs_token set expires_at = now() - interval '1 day' where tenant_id = $1 and person = $2`,
        [one.region.tenant, bruno],
      ),
    );
    const old = await anyone('GET', link(one.tokens['Bruno Infirmier']!));
    assert.deepEqual([old.status, old.body.reason], [410, 'expired']);
    // The shared link.
    const shared = tokenIn((await one.consultant.send('POST', at(one.project, 'needs/share'))).body.link);
    assert.deepEqual(
      [
        (await anyone('GET', link(shared))).body.shared,
        (await anyone('PUT', link(shared, '/answers/software'), { value: 'x' })).status,
      ],
      [true, 409],
    );
    assert.equal((await anyone('POST', link(shared, '/start'), { profession: 'ars-officer' })).status, 422);
    const own = (await anyone('POST', link(shared, '/start'), { profession: 'pharmacist' })).body.token;
    await answers(own, good);
    assert.equal((await anyone('GET', link(own))).body.nameless, true);
    const next = tokenIn((await one.consultant.send('POST', at(one.project, 'needs/share'))).body.link);
    assert.deepEqual(
      [
        (await anyone('GET', link(shared))).status,
        (await anyone('GET', link(next))).status,
        (await anyone('GET', link(own))).status,
      ],
      [404, 200, 200],
    );
    await one.consultant.send('POST', at(one.project, 'needs/unshare'));
    assert.equal((await anyone('GET', link(next))).status, 404);
    // A stopped project takes no answer.
    await one.officer.send('POST', `/api/programme/projects/${one.project}/stop`, { reason: 'L’équipe se sépare.' });
    assert.equal((await anyone('PUT', link(own, '/answers/software'), { value: 'x' })).status, 409);
  });
  test('PRJ-4 who has not answered is reminded by mail, once a day; who asked for no name has none in the answers, and no profession of their own in the synthesis when they are alone in it', async () => {
    const { tokens, project, consultant, team, nurse } = await asked();
    await answers(tokens['Anne Médecin']!, good);
    await answers(tokens['Bruno Infirmier']!, { ...good, expected: 'Moins de téléphone.', satisfaction: 4 });
    await anyone('PUT', link(tokens['Dora Sage-femme']!, '/nameless'), { nameless: true });
    await answers(tokens['Dora Sage-femme']!, { ...good, expected: 'Moins de papier.' });
    // Written to today already: nobody is reminded before tomorrow.
    assert.deepEqual((await consultant.send('POST', at(project, 'needs/remind'))).body, {
      mails: 0,
      notices: 0,
      already: 0,
      unreachable: 1,
    });
    const { answers: given } = (await consultant.send('GET', at(project, 'needs/answers'))).body;
    assert.deepEqual(
      given.map(({ name, profession }: { name: string | null; profession: string }) => [name, profession]),
      [
        [null, 'midwife'],
        ['Bruno Infirmier', 'nurse'],
        ['Anne Médecin', 'physician'],
      ],
    );
    for (const who of [team.coordinator, nurse]) {
      assert.equal((await who.send('GET', at(project, 'needs/answers'))).status, 403);
      const { body, text } = await who.send('GET', at(project, 'needs/synthesis'));
      assert.doesNotMatch(text, /Anne|Bruno|Dora/);
      assert.deepEqual(
        [
          body.submitted,
          body.asked,
          body.silent,
          body.together,
          body.professions.map(({ profession }: { profession: string }) => profession),
        ],
        [3, 4, [], ['midwife'], ['nurse', 'physician']],
      );
    }
    const { sections } = (await consultant.send('GET', at(project, 'needs/synthesis'))).body;
    const result = (id: string) =>
      sections
        .flatMap((one: { results: { question: { id: string } }[] }) => one.results)
        .find((one: { question: { id: string } }) => one.question.id === id);
    assert.deepEqual(
      [result('satisfaction').figures.mean, result('satisfaction').byProfession],
      [
        267,
        [
          { profession: 'nurse', n: 1, mean: 400 },
          { profession: 'physician', n: 1, mean: 200 },
        ],
      ],
    );
    assert.deepEqual(
      result('fears')
        .choices.filter(({ count }: { count: number }) => count > 0)
        .map(({ code, count }: { code: string; count: number }) => [code, count]),
      [
        ['time', 3],
        ['data', 3],
      ],
    );
    assert.deepEqual(result('expected').texts.length, 3);
    assert.deepEqual(result('shared-record').rows[0].counts, [0, 0, 0, 3]);
    // Words around it, at a version; then the paper, which counts for the step.
    const words = await consultant.send('PUT', at(project, 'choice-texts/synthesis.lead'), {
      seen: 0,
      words: 'Une équipe prête.',
    });
    assert.equal(words.body.version, 1);
    assert.equal(
      (await consultant.send('PUT', at(project, 'choice-texts/synthesis.lead'), { seen: 0, words: 'Autre.' })).status,
      409,
    );
    const issued = await consultant.send('POST', at(project, 'needs/synthesis/issue'));
    assert.equal(issued.status, 200, issued.text);
    const pdf = await team.coordinator.send('GET', at(project, `papers/${issued.body.paper}`));
    assert.match(pdf.text, /^%PDF-/);
    await consultant.send('POST', at(project, 'needs/synthesis/issue'));
    assert.deepEqual(
      (await consultant.send('GET', at(project, 'needs/synthesis'))).body.papers.map(
        ({ version }: { version: number }) => version,
      ),
      [2, 1],
    );
    const step = (await consultant.send('GET', `/api/programme/projects/${project}`)).body.steps.find(
      (one: { id: string }) => one.id === 'needs',
    );
    assert.ok(!step.blockers.some((one: string) => /synthèse/.test(one)));
  });
  test('PRJ-4 the link of an invitation is made as the mail leaves and opens for its person; a reminder of another day brings one more, the first stays good; who has neither address nor account waits for a link', async () => {
    const { project, consultant, region } = await openedProject();
    await consultant.send('POST', at(project, 'needs/people'), {
      people: [
        { name: 'Anne Médecin', profession: 'physician', mail: 'anne@equipe.example' },
        { name: 'Sans adresse', profession: 'nurse', mail: '' },
      ],
    });
    await consultant.send('POST', at(project, 'needs/open'), { seen: 0, closesOn: inDays(10) });
    const states = async () =>
      (await consultant.send('GET', at(project, 'needs/people'))).body.people.map(
        ({ name, state }: { name: string; state: string }) => [name, state],
      );
    assert.deepEqual(await states(), [
      ['Sans adresse', 'listed'],
      ['Anne Médecin', 'invited'],
    ]);
    const { db } = await testHouse();
    const leaving = async (at: number) => {
      const { lines } = (await consultant.send('GET', `/api/programme/projects/${project}/mails`)).body;
      const words = await db.transaction(region.tenant, (sql) =>
        withLinks(sql, region.tenant, lines[at].words, 'https://estran.example', new Date()),
      );
      return tokenIn(/https:\/\/estran\.example(\/programme\/questionnaire\/\S+)/.exec(words)![1]!);
    };
    const first = await leaving(0);
    assert.equal((await anyone('GET', link(first))).body.name, 'Anne Médecin');
    await db.owner('yesterday', (sql) =>
      sql.query(
        `update programme.needs_person set invited_at = invited_at - interval '1 day' where tenant_id = $1 and project = $2`,
        [region.tenant, project],
      ),
    );
    assert.deepEqual((await consultant.send('POST', at(project, 'needs/remind'))).body, {
      mails: 1,
      notices: 0,
      already: 0,
      unreachable: 1,
    });
    assert.deepEqual((await consultant.send('POST', at(project, 'needs/remind'))).body, {
      mails: 0,
      notices: 0,
      already: 1,
      unreachable: 1,
    });
    const second = await leaving(0);
    assert.notEqual(first, second);
    await answers(first, { software: 'Papier' }, false);
    assert.equal((await anyone('GET', link(second))).body.answers.software, 'Papier');
  });
  test('PRJ-4 SEC-1 whoever tries links is told to wait, and the links of others still open; a shared link does not make people without end', async () => {
    const { tokens, project, consultant } = await asked();
    // From an address of its own: the other tests of this process are not told to wait.
    const stranger = async (url: string) =>
      (await anyone('GET', url, undefined, { remoteAddress: '192.0.2.7' })).status;
    const statuses: number[] = [];
    for (let tries = 0; tries < 34; tries++)
      statuses.push(await stranger(link(`1.${String(tries).padStart(43, 'a')}`)));
    assert.equal(statuses.at(-1), 429);
    assert.ok(statuses.every((status) => status === 404 || status === 429));
    assert.equal(await stranger(link(tokens['Anne Médecin']!)), 200);
    const shared = tokenIn((await consultant.send('POST', at(project, 'needs/share'))).body.link);
    const made: number[] = [];
    for (let tries = 0; tries < 122; tries++)
      made.push((await anyone('POST', link(shared, '/start'), { profession: 'nurse' })).status);
    assert.deepEqual([made[0], made.at(-1)], [200, 429]);
  });
});
