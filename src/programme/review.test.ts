import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { type TestPerson, type TestPractice, testHouse } from '../../test/app.ts';
import { shippedEditions } from './calls/editions/index.ts';
import { markOf, meanOf, rank } from './calls/ranking.rules.ts';
import { inDays, newRegion, publish, submitted, team, type Team } from './programme.fixture.ts';

const items = ['project', 'organisation', 'calendar'];
const read = async (who: TestPerson, path: string) => (await who.send('GET', path)).body;
const scoreAll = async (who: TestPerson, id: string, points: number[]) => {
  for (const [i, item] of items.entries()) {
    const saved = await who.send('PUT', `/api/programme/files/${id}/scores/${item}`, {
      points: points[i],
      reason: 'Lu dans le projet de santé.',
      seen: 0,
    });
    if (saved.status !== 200) throw new Error(saved.text);
  }
};
/** A closed call with these teams submitted: the deadline passes once they are in. */
async function closedCall(
  region: TestPractice,
  call: string,
  answers: Record<string, unknown>[],
  patch: Record<string, unknown> = {},
): Promise<Team[]> {
  await publish(region, call, patch);
  const teams: Team[] = [];
  for (const [i, one] of answers.entries())
    teams.push(await submitted(region, call, one, `Équipe ${call} ${String.fromCharCode(65 + i)}`));
  await publish(region, call, { ...patch, deadline: inDays(-1) });
  return teams;
}
const decide = async (who: TestPerson, call: string, body: Record<string, unknown>) => {
  const { seen } = await read(who, `/api/programme/editions/${call}/ranking?places=${String(body.places)}`);
  return who.send('POST', `/api/programme/editions/${call}/decide`, { seen, ...body });
};

describe('review and decision', () => {
  test('AAP-10 one application is read beside the rules: facts, documents and verdict of each; an officer overrules with a reason that is kept and shown; a commission member does not', async () => {
    const region = await newRegion();
    const [one] = await closedCall(region, 'appel-r', [{}]);
    const [officer, member] = [
      await region.person('ars-officer', { given: 'Léa', family: 'Ars' }),
      await region.person('commission-member'),
    ];
    const before = await read(officer, `/api/programme/files/${one!.application}`);
    assert.equal(before.verdict, 'eligible');
    const aci = before.results.find((rule: { id: string }) => rule.id === 'aci');
    assert.deepEqual(
      [
        aci.answer,
        aci.facts.find((fact: { id: string }) => fact.id === 'aci.member').value,
        before.documents.map((doc: { document: string }) => doc.document),
      ],
      ['yes', true, ['health-project', 'validation']],
    );
    const overrule = (who: TestPerson, body: unknown) =>
      who.send('POST', `/api/programme/files/${one!.application}/overrule`, body);
    assert.equal(
      (await overrule(officer, { rule: 'aci', answer: 'no', reason: 'court' })).status,
      422,
      'no overruling without a written reason',
    );
    assert.equal(
      (await overrule(member, { rule: 'aci', answer: 'no', reason: 'La convention n’est pas signée.' })).status,
      403,
    );
    assert.equal(
      (await overrule(officer, { rule: 'nothing', answer: 'no', reason: 'La convention n’est pas signée.' })).status,
      404,
    );
    assert.equal(
      (await overrule(officer, { rule: 'aci', answer: 'no', reason: 'La convention n’est pas signée.' })).status,
      204,
    );
    const after = await read(member, `/api/programme/files/${one!.application}`);
    const line = after.results.find((rule: { id: string }) => rule.id === 'aci');
    assert.deepEqual(
      [
        after.verdict,
        line.own,
        line.answer,
        line.overrules.map((past: { reason: string; by: string }) => [past.reason, past.by]),
      ],
      ['not-eligible', 'yes', 'no', [['La convention n’est pas signée.', 'Léa Ars']]],
    );
    assert.equal(
      (await overrule(officer, { rule: 'aci', answer: null, reason: 'La convention signée est arrivée.' })).status,
      204,
    );
    const back = await read(officer, `/api/programme/files/${one!.application}`);
    assert.deepEqual(
      [back.verdict, back.results.find((rule: { id: string }) => rule.id === 'aci').overrules.length],
      ['eligible', 2],
    );
    const { db } = await testHouse();
    const traced = await db.tenant(region.tenant, (sql) =>
      sql.query<{ reason: string }>(
        `select reason from audit.entry where tenant_id = $1 and action = 'overrule' order by seq`,
        [region.tenant],
      ),
    );
    assert.deepEqual(
      traced.map(({ reason }) => reason),
      ['La convention n’est pas signée.', 'La convention signée est arrivée.'],
    );
  });

  test('AAP-8 AAP-10 reviewers score with weights and written reasons; each gives their own before reading the others’; the mean decides only between equals', async () => {
    const region = await newRegion();
    const [a, b] = await closedCall(region, 'appel-s', [{}, {}]);
    const [officer, first, second] = [
      await region.person('ars-officer'),
      await region.person('commission-member', { family: 'Un' }),
      await region.person('commission-member', { family: 'Deux' }),
    ];
    await scoreAll(first, a!.application, [2, 2, 2]);
    await scoreAll(second, a!.application, [3, 3, 3]);
    await scoreAll(first, b!.application, [5, 4, 3]);
    assert.equal(
      (
        await first.send('PUT', `/api/programme/files/${a!.application}/scores/project`, {
          points: 6,
          reason: 'trop',
          seen: 1,
        })
      ).status,
      422,
    );
    assert.equal(
      (
        await first.send('PUT', `/api/programme/files/${a!.application}/scores/project`, {
          points: 4,
          reason: '',
          seen: 1,
        })
      ).status,
      422,
      'no score without its reason',
    );
    const stale = await first.send('PUT', `/api/programme/files/${a!.application}/scores/project`, {
      points: 4,
      reason: 'Relu.',
      seen: 0,
    });
    assert.deepEqual([stale.status, stale.body.theirs.points], [409, 2]);
    assert.deepEqual((await read(second, `/api/programme/files/${b!.application}`)).others, [], 'not before one’s own');
    assert.equal((await read(second, `/api/programme/files/${a!.application}`)).others[0].reviewer, 'Camille Un');
    assert.equal((await read(officer, `/api/programme/files/${a!.application}`)).mark, 250);
    const { ranked } = await read(officer, '/api/programme/editions/appel-s/ranking?places=1');
    assert.deepEqual(
      ranked.map((one: { id: string; rank: number; outcome: string }) => [one.id, one.rank, one.outcome]),
      [
        [b!.application, 1, 'chosen'],
        [a!.application, 2, 'waiting'],
      ],
    );
    assert.match(ranked[1].figures.because, /note de l’examen 2,50, contre 4,20/);
  });

  test('AAP-10 SEC-3 a reviewer who declares an interest no longer scores, earlier scores count no more, and no figure of that application is shown to them', async () => {
    const region = await newRegion();
    const [a, b] = await closedCall(region, 'appel-i', [{}, {}]);
    const [officer, first, second] = [
      await region.person('ars-officer'),
      await region.person('commission-member'),
      await region.person('commission-member'),
    ];
    await scoreAll(first, a!.application, [5, 5, 5]);
    await scoreAll(second, a!.application, [2, 2, 2]);
    for (const who of [first, second]) await scoreAll(who, b!.application, [3, 3, 3]);
    assert.equal((await read(officer, `/api/programme/files/${a!.application}`)).mark, 350);
    assert.equal(
      (await first.send('POST', `/api/programme/files/${a!.application}/interest`, { reason: 'Ma sœur y exerce.' }))
        .status,
      204,
    );
    assert.equal(
      (
        await first.send('PUT', `/api/programme/files/${a!.application}/scores/project`, {
          points: 5,
          reason: 'Encore.',
          seen: 1,
        })
      ).status,
      403,
    );
    const mine = await read(first, `/api/programme/files/${a!.application}`);
    assert.deepEqual(
      [mine.mark, mine.scores, mine.others, mine.may.score, mine.interest.reason],
      [null, [], [], false, 'Ma sœur y exerce.'],
    );
    assert.equal(
      (await read(officer, `/api/programme/files/${a!.application}`)).mark,
      200,
      'their score counts no more',
    );
    const seen = (await read(first, '/api/programme/editions/appel-i/ranking')).ranked;
    assert.equal(seen.find((one: { id: string }) => one.id === a!.application).figures, null);
    assert.ok(!JSON.stringify(seen).includes(`pour Équipe appel-i A`) && !JSON.stringify(seen).includes('2,00'));
    assert.equal(
      (await read(first, '/api/programme/editions/appel-i/files')).files.find(
        (one: { id: string }) => one.id === a!.application,
      ).mark,
      null,
    );
    assert.deepEqual((await read(officer, `/api/programme/files/${a!.application}`)).interests.length, 1);
    assert.equal((await first.send('POST', `/api/programme/files/${a!.application}/interest/withdraw`)).status, 204);
    assert.equal((await read(officer, `/api/programme/files/${a!.application}`)).mark, 350);
  });

  test('AAP-7 AAP-8 AAP-10 a decision: places by rank, a waiting list, refusals with their reasons, under the version of the call; equals at the last place are settled by hand with a reason', async () => {
    const region = await newRegion();
    const teams = await closedCall(
      region,
      'appel-d',
      [
        { 'coordination.meetings': 12 },
        {},
        {},
        { 'aci.member': false, 'aci.plans': true, 'aci.plannedOn': inDays(90).slice(0, 10) },
      ],
      { places: 2, review: [] },
    );
    const [officer, member] = [await region.person('ars-officer'), await region.person('commission-member')];
    const overruled = teams[3]!.application;
    await officer.send('POST', `/api/programme/files/${overruled}/overrule`, {
      rule: 'referent',
      answer: 'no',
      reason: 'Le référent annoncé a quitté l’équipe.',
    });
    const two = await read(officer, '/api/programme/editions/appel-d/ranking');
    assert.equal(two.places, 2);
    // The same points for the first three: a tie for two places.
    assert.deepEqual(
      two.ranked.map((one: { rank: number; outcome: string }) => [one.rank, one.outcome]),
      [
        [1, 'tie'],
        [1, 'tie'],
        [1, 'tie'],
      ],
    );
    assert.match(two.ranked[0].figures.because, /^En tête, ex æquo avec /);
    assert.deepEqual(
      (await read(officer, '/api/programme/editions/appel-d/ranking?places=3')).ranked.map(
        (one: { outcome: string }) => one.outcome,
      ),
      ['chosen', 'chosen', 'chosen'],
      'a simulation keeps nothing',
    );
    const chosen = [teams[0]!.application, teams[2]!.application];
    assert.equal((await decide(member, 'appel-d', { places: 2 })).status, 403);
    // Nor an officer who has a link with one of them, who does not answer a rule in its place either.
    const tied = teams[1]!.application;
    await officer.send('POST', `/api/programme/files/${tied}/interest`, { reason: 'Mon frère y exerce.' });
    const whole = { places: 2, settled: chosen, reason: 'Territoires les plus éloignés.' };
    for (const refused of [
      await decide(officer, 'appel-d', whole),
      await officer.send('POST', `/api/programme/files/${tied}/overrule`, {
        rule: 'referent',
        answer: 'no',
        reason: 'Le référent annoncé a quitté l’équipe.',
      }),
    ]) {
      assert.equal(refused.status, 403);
      assert.match(refused.body.detail, /^Vous avez déclaré un lien avec .* : un autre instructeur doit /);
    }
    assert.equal((await read(officer, '/api/programme/editions/appel-d/decisions')).decisions.length, 0);
    assert.equal((await officer.send('POST', `/api/programme/files/${tied}/interest/withdraw`)).status, 204);
    assert.equal((await decide(officer, 'appel-d', { places: 2 })).status, 422);
    assert.equal(
      (await decide(officer, 'appel-d', { places: 2, settled: chosen })).status,
      422,
      'a reason is asked for',
    );
    assert.equal(
      (
        await decide(officer, 'appel-d', {
          places: 2,
          settled: [...chosen, teams[1]!.application],
          reason: 'Territoires les plus éloignés.',
        })
      ).status,
      422,
    );
    assert.equal(
      (
        await decide(officer, 'appel-d', {
          places: 2,
          settled: [teams[0]!.application, overruled],
          reason: 'Territoires les plus éloignés.',
        })
      ).status,
      422,
      'nobody who is not eligible',
    );
    assert.equal(
      (
        await decide(officer, 'appel-d', {
          places: 2,
          settled: chosen,
          reason: 'Territoires les plus éloignés.',
          seen: 'autre',
        })
      ).status,
      409,
      'not on another ranking than the one on screen',
    );
    assert.equal(
      (await decide(officer, 'appel-d', { places: 2, settled: chosen, reason: 'Territoires les plus éloignés.' })).body
        .number,
      1,
    );
    const taken = await read(officer, '/api/programme/editions/appel-d/decisions');
    assert.deepEqual(
      [taken.decisions[0].version, taken.decisions[0].places, taken.decisions[0].notifiedAt],
      [2, 2, null],
    );
    const line = (id: string) => taken.lines.find((one: { application: string }) => one.application === id);
    assert.deepEqual(
      teams.map(({ application }) => [line(application).outcome, line(application).waiting]),
      [
        ['chosen', null],
        ['waiting', 1],
        ['chosen', null],
        ['refused', null],
      ],
    );
    assert.deepEqual(line(overruled).words, [
      'Coordinateur ou référent du projet : Le référent annoncé a quitté l’équipe.',
    ]);
    assert.match(line(teams[1]!.application).words.join(' '), /À égalité[\s\S]*Territoires les plus éloignés/);
    // A later version of the call changes nothing of what was decided; the team learns nothing before it is notified.
    await publish(region, 'appel-d', { places: 9, deadline: inDays(-1) });
    assert.equal((await read(officer, '/api/programme/editions/appel-d/decisions')).decisions[0].version, 2);
    assert.equal(
      (await read(teams[0]!.coordinator, `/api/programme/applications/${teams[0]!.application}`)).told,
      null,
    );
    assert.equal((await decide(officer, 'appel-d', { places: 3 })).status, 422, 'a new decision says why');
    assert.equal(
      (await decide(officer, 'appel-d', { places: 3, reason: 'Une place de plus est financée.' })).body.number,
      2,
    );
  });

  test('AAP-9 who may not, and when: a call that is open is not decided; before submission and after a withdrawal the region sees nothing; vendors, practices and another region see no file', async () => {
    const [region, elsewhere] = [await newRegion(), await newRegion()];
    await publish(region, 'appel-w');
    const draft = await team(region, 'appel-w', {});
    const sent = await submitted(region, 'appel-w');
    const [officer, member] = [await region.person('ars-officer'), await region.person('commission-member')];
    assert.deepEqual(
      (await read(officer, '/api/programme/editions/appel-w/files')).files.map((one: { id: string }) => one.id),
      [sent.application],
    );
    for (const who of [officer, member])
      assert.equal((await who.send('GET', `/api/programme/files/${draft.application}`)).status, 404);
    assert.equal((await decide(officer, 'appel-w', { places: 1 })).status, 409);
    const strangers = [
      await region.person('vendor'),
      await region.person('partner'),
      await region.person('gcs-officer'),
      await region.person('consultant'),
      sent.coordinator,
      draft.coordinator,
    ];
    const routes: [string, string, unknown?][] = [
      ['GET', '/api/programme/editions/appel-w/files'],
      ['GET', `/api/programme/files/${sent.application}`],
      ['GET', '/api/programme/editions/appel-w/ranking'],
      ['GET', '/api/programme/editions/appel-w/decisions'],
      ['GET', '/api/programme/editions/appel-w/letters'],
      [
        'POST',
        `/api/programme/files/${sent.application}/overrule`,
        { rule: 'aci', answer: 'no', reason: 'Sans droit de le faire.' },
      ],
      ['PUT', `/api/programme/files/${sent.application}/scores/project`, { points: 5, reason: 'Sans droit.', seen: 0 }],
      ['POST', `/api/programme/files/${sent.application}/interest`, { reason: 'Sans droit.' }],
      ['POST', '/api/programme/editions/appel-w/decide', { places: 1, seen: 'x' }],
      ['POST', '/api/programme/editions/appel-w/notify', { signatory: 'Moi', role: 'Personne' }],
      ['POST', '/api/programme/editions/appel-w/results', { on: true }],
    ];
    for (const who of strangers)
      for (const [method, path, body] of routes)
        assert.equal((await who.send(method, path, body)).status, 403, `${who.caller.profession} ${method} ${path}`);
    const foreign = await elsewhere.person('ars-officer');
    for (const [method, path, body] of routes)
      assert.ok([404, 422].includes((await foreign.send(method, path, body)).status), `other region ${method} ${path}`);
    await sent.coordinator.send('POST', `/api/programme/applications/${sent.application}/withdraw`);
    assert.equal((await officer.send('GET', `/api/programme/files/${sent.application}`)).status, 404);
  });

  test('AAP-8 the reviewers’ mark orders equals only, needs everyone’s among them, and never takes a place from more points (property)', () => {
    const edition = shippedEditions[1]!;
    const facts = fc.record({ 'aci.member': fc.boolean(), 'coordination.coordinator': fc.boolean() });
    fc.assert(
      fc.property(
        fc.array(fc.tuple(facts, fc.option(fc.integer({ min: 0, max: 500 }))), { minLength: 1, maxLength: 15 }),
        fc.integer({ min: 1, max: 10 }),
        (given, places) => {
          const candidates = given.map(([one, mark], i) => ({
            id: String(i).padStart(2, '0'),
            name: `É${i}`,
            facts: one,
            moments: { holds: '2024-05-01', answer: '2024-05-01' },
            submitted: '2024-04-01T10:00:00Z',
            mark,
          }));
          const ranked = rank(edition, candidates, places);
          assert.deepEqual(rank(edition, candidates.toReversed(), places), ranked);
          const points = (one: (typeof ranked)[number]) => one.scores.map((score) => score.points);
          for (let i = 1; i < ranked.length; i++) {
            const [x, y] = [points(ranked[i - 1]!), points(ranked[i]!)];
            const at = x.findIndex((value, k) => value !== y[k]);
            if (at >= 0) assert.ok(x[at]! > y[at]!);
            else {
              const equals = ranked.filter((one) => points(one).join() === y.join());
              if (equals.some(({ candidate }) => candidate.mark === null))
                assert.equal(ranked[i]!.rank, ranked[i - 1]!.rank);
              else assert.ok(ranked[i - 1]!.candidate.mark! >= ranked[i]!.candidate.mark!);
            }
          }
        },
      ),
    );
    assert.equal(markOf(edition.review, { project: 5, organisation: 4, calendar: 3 }), 420);
    assert.equal(markOf(edition.review, { project: 5 }), null);
    assert.equal(meanOf([null, 300, 401]), 351);
  });
});
