import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { anyone, type TestPerson, testHouse } from '../../../test/app.ts';
import { wordsOf } from '../../platform/pdf/pdf-words-for-tests.ts';
import { inDays, newRegion, publish, submitted, type Team } from '../programme.fixture.ts';
import type { DecidedRow } from '../review/decisions.store.ts';
import { freed, offered } from './offer.rules.ts';

const wording = { signatory: 'Jeanne Ars', role: 'Directrice', note: '' };
const reason = 'Deux médecins quittent l’équipe à l’automne.';
const sent = async (who: TestPerson, method: string, path: string, body?: unknown) => {
  const answer = await who.send(method, path, body);
  if (answer.status >= 400) throw new Error(`${path}: ${answer.text}`);
  return answer.body;
};
/** A call with one place, decided and notified: the first is chosen, two wait, one is refused. */
async function decided(call: string) {
  const region = await newRegion(`Région ${call}`);
  const patch = { places: 1, review: [] };
  await publish(region, call, patch);
  const teams: Team[] = [];
  for (const [i, answers] of [
    {},
    { 'coordination.protocols': 0 },
    { 'coordination.protocols': 0, 'coordination.complexCases': false },
    {},
  ].entries())
    teams.push(await submitted(region, call, answers, `Équipe ${call} ${'ABCD'[i]}`));
  const officer = await region.person('ars-officer');
  await sent(officer, 'POST', `/api/programme/files/${teams[3]!.application}/overrule`, {
    rule: 'software',
    answer: 'no',
    reason: 'Le logiciel n’est plus labellisé.',
  });
  await publish(region, call, { ...patch, deadline: inDays(-1) });
  const { seen } = await sent(officer, 'GET', `/api/programme/editions/${call}/ranking`);
  await sent(officer, 'POST', `/api/programme/editions/${call}/decide`, { places: 1, seen });
  const at = `/api/programme/editions/${call}`;
  const told = async (one: Team) =>
    (await one.coordinator.send('GET', `/api/programme/applications/${one.application}`)).body.told;
  const renounce = (one: Team, who = one.coordinator, body: unknown = { reason }) =>
    who.send('POST', `/api/programme/applications/${one.application}/renounce`, body);
  return {
    region,
    teams: teams as [Team, Team, Team, Team],
    officer,
    at,
    told,
    renounce,
    notify: () => sent(officer, 'POST', `${at}/notify`, wording),
  };
}

describe('places that are given up', () => {
  test('AAP-7 AAP-9 AAP-10 once the decision is known a team gives up its place with a reason: its project stops, the list shows it no more, the next has the place by a decision of its own', async () => {
    const {
      region,
      teams: [a, b, c],
      officer,
      at,
      told,
      renounce,
      notify,
    } = await decided('place-a');
    assert.equal((await renounce(a)).status, 409, 'before the decision is known there is nothing to give up');
    await notify();
    const refusal = await a.coordinator.send('POST', `/api/programme/applications/${a.application}/withdraw`);
    assert.equal(refusal.status, 409);
    assert.match(refusal.body.detail, /désistement/);
    await sent(officer, 'POST', `${at}/projects`);
    await sent(officer, 'POST', `${at}/results`, { on: true });
    assert.equal(
      (await officer.send('POST', `${at}/offer-place`, { reason, decision: 1 })).status,
      409,
      'no place is free',
    );
    assert.equal((await renounce(a, a.coordinator, { reason: 'non' })).status, 422);
    assert.equal((await renounce(a)).status, 204);
    assert.equal((await renounce(a)).status, 409, 'once');
    assert.ok((await told(a)).renouncedAt);

    const [project] = (await sent(officer, 'GET', '/api/programme/projects')).projects;
    assert.equal(project.state, 'stopped');
    assert.equal(
      (await officer.send('POST', `/api/programme/projects/${project.id}/resume`)).status,
      409,
      'and does not start again',
    );
    assert.match(
      (await sent(officer, 'GET', `/api/programme/projects/${project.id}`)).reason,
      /Désistement de l’équipe : Deux médecins/,
    );
    const list = async () =>
      (await anyone('GET', `/api/programme/regions/${region.id}/calls/place-a/results`)).body as {
        chosen: { team: string }[];
        waiting: { team: string; place: number }[];
      };
    assert.deepEqual([(await list()).chosen, (await list()).waiting.map(({ team }) => team.at(-1))], [[], ['B', 'C']]);
    assert.equal(
      (await sent(officer, 'GET', `/api/programme/files/${a.application}`)).id,
      a.application,
      'its file can still be read',
    );
    assert.deepEqual(
      (await sent(officer, 'GET', `${at}/files`)).files
        .filter((one: { renounced: boolean }) => one.renounced)
        .map(({ id }: { id: string }) => id),
      [a.application],
    );
    assert.ok(
      !(await sent(officer, 'GET', `${at}/ranking`)).ranked.some(({ id }: { id: string }) => id === a.application),
      'it is ranked no more',
    );
    assert.ok(
      (await sent(officer, 'GET', '/api/notices')).some(({ words }: { words: string }) => /s’est désistée/.test(words)),
      'the officers hear of it',
    );

    const free = await sent(officer, 'GET', `${at}/renunciations`);
    assert.deepEqual(
      [
        free.free,
        free.decision,
        free.lines[0].reason,
        free.next.map(({ application }: { application: string }) => application),
      ],
      [1, 1, reason, [b.application]],
    );
    assert.equal(
      (await officer.send('POST', `${at}/offer-place`, { reason, decision: 2 })).status,
      409,
      'another decision than the one on screen',
    );
    assert.deepEqual(
      await sent(officer, 'POST', `${at}/offer-place`, { reason: 'Place libérée par l’équipe A.', decision: 1 }),
      { number: 2, chosen: 1 },
    );
    assert.equal((await told(b)).outcome, 'waiting', 'nothing is known before it is notified');
    assert.equal((await sent(officer, 'GET', `${at}/letters`)).toWrite, 1);
    assert.deepEqual(await notify(), { written: 1 }, 'only the team for which something changed gets a letter');
    assert.deepEqual([(await told(b)).outcome, (await told(c)).waiting], ['chosen', 1]);
    assert.match((await told(b)).words.at(-1), /retenue sur une place libérée/);
    assert.ok((await told(c)).letter, 'the letter of before is still there');
    assert.deepEqual(await sent(officer, 'POST', `${at}/projects`), { opened: 1 });
    assert.deepEqual(
      [
        (await list()).chosen.map(({ team }) => team.at(-1)),
        (await list()).waiting.map(({ team, place }) => [team.at(-1), place]),
      ],
      [['B'], [['C', 1]]],
    );
  });

  test('AAP-8 AAP-9 a team that waits gives up its rank; one that is refused has none; a project that is closed keeps its place; before the decision a team withdraws', async () => {
    const {
      region,
      teams: [a, b, c, d],
      officer,
      at,
      renounce,
      notify,
    } = await decided('place-b');
    assert.equal(
      (await c.coordinator.send('POST', `/api/programme/applications/${c.application}/withdraw`)).status,
      204,
      'not notified: a withdrawal',
    );
    await notify();
    assert.equal((await renounce(d)).status, 409);
    assert.equal((await renounce(c)).status, 409);
    assert.equal((await renounce(b)).status, 204);
    assert.deepEqual((await sent(officer, 'GET', `${at}/renunciations`)).free, 0, 'a rank is no place');
    await sent(officer, 'POST', `${at}/projects`);
    const { db } = await testHouse();
    await db.transaction(region.tenant, (sql) =>
      sql.query(`update programme.project set state = 'closed' where tenant_id = $1`, [region.tenant]),
    );
    assert.equal((await renounce(a)).status, 409);
  });

  test('AAP-9 who may not: members, other teams, regional people and other regions give up nothing; only an officer without a link offers a place', async () => {
    const {
      region,
      teams: [a, b],
      officer,
      at,
      renounce,
      notify,
    } = await decided('place-c');
    const linked = await region.person('ars-officer');
    await sent(linked, 'POST', `/api/programme/files/${b.application}/interest`, { reason: 'Un proche y exerce.' });
    await notify();
    const nurse = await a.practice.person('nurse');
    assert.equal((await renounce(a, nurse)).status, 403);
    assert.equal((await renounce(a, b.coordinator)).status, 404);
    assert.equal((await renounce(a, officer)).status, 403);
    assert.equal(
      (await anyone('POST', `/api/programme/applications/${a.application}/renounce`, { reason })).status,
      401,
    );
    await renounce(a);
    const foreign = await (await newRegion()).person('ars-officer');
    assert.equal((await foreign.send('POST', `${at}/offer-place`, { reason, decision: 1 })).status, 404);
    assert.equal((await foreign.send('GET', `${at}/renunciations`)).status, 404);
    for (const profession of ['commission-member', 'gcs-officer', 'consultant', 'vendor', 'partner'] as const) {
      const who = await region.person(profession);
      assert.equal((await who.send('POST', `${at}/offer-place`, { reason, decision: 1 })).status, 403);
      assert.equal(
        (await who.send('GET', `${at}/renunciations`)).status,
        profession === 'commission-member' ? 200 : 403,
      );
    }
    assert.equal((await linked.send('POST', `${at}/offer-place`, { reason, decision: 1 })).status, 403);
    const both = await Promise.all(
      [1, 1].map((decision) => officer.send('POST', `${at}/offer-place`, { reason, decision })),
    );
    assert.deepEqual(both.map(({ status }) => status).sort(), [200, 409], 'two officers at once take one decision');
  });

  test('AAP-8 AAP-10 equals on the waiting list share their place, in letters and in the public list; the place that is given up goes to the one whom an officer names, with the reason', async () => {
    const region = await newRegion('Région ex æquo');
    const patch = { places: 1, review: [], tie: 'none' as const, title: 'SIP des îles' };
    await publish(region, 'place-d', patch);
    const behind = { 'coordination.protocols': 0 };
    const [a, b, c, d] = [
      await submitted(region, 'place-d', {}, 'Équipe première'),
      await submitted(region, 'place-d', behind, 'MSP du Bout'),
      await submitted(region, 'place-d', behind, 'Équipe du Bois'),
      await submitted(region, 'place-d', { ...behind, 'coordination.complexCases': false }, 'Dernière'),
    ];
    const officer = await region.person('ars-officer');
    await publish(region, 'place-d', { ...patch, deadline: inDays(-1) });
    const at = '/api/programme/editions/place-d';
    const { seen, ranked } = await sent(officer, 'GET', `${at}/ranking`);
    assert.deepEqual(
      ranked.map(({ team, rank }: { team: string; rank: number }) => [team, rank]),
      [
        ['Équipe première', 1],
        ['Équipe du Bois', 2],
        ['MSP du Bout', 2],
        ['Dernière', 4],
      ],
      'equals by their names, as a French reader looks for them',
    );
    await sent(officer, 'POST', `${at}/decide`, { places: 1, seen });
    await sent(officer, 'POST', `${at}/notify`, wording);
    await sent(officer, 'POST', `${at}/results`, { on: true });
    const told = async (one: Team) =>
      (await one.coordinator.send('GET', `/api/programme/applications/${one.application}`)).body.told;
    assert.deepEqual([(await told(b)).waiting, (await told(c)).waiting, (await told(d)).waiting], [1, 1, 3]);
    assert.match((await told(b)).words.at(-1), /1ʳᵉ ex æquo de la liste d’attente/);
    assert.match((await told(d)).words.at(-1), /: 3ᵉ de la liste d’attente/);
    const letter = await (await testHouse()).app.inject({
      url: `/api/programme/letters/${(await told(b)).letter}/pdf`,
      headers: { cookie: b.coordinator.cookie },
    });
    assert.match(
      wordsOf(letter.rawPayload).replace(/\s+/g, ' '),
      /à l’appel à candidatures « SIP des îles »[\s\S]*place n° 1 de la liste d’attente[\s\S]*: 1re ex æquo de la liste d’attente/,
    );
    const list = await anyone('GET', `/api/programme/regions/${region.id}/calls/place-d/results`);
    assert.deepEqual(
      list.body.waiting.map(({ team, place }: { team: string; place: number }) => [team, place]),
      [
        ['Équipe du Bois', 1],
        ['MSP du Bout', 1],
        ['Dernière', 3],
      ],
    );

    await sent(a.coordinator, 'POST', `/api/programme/applications/${a.application}/renounce`, { reason });
    const free = await sent(officer, 'GET', `${at}/renunciations`);
    assert.deepEqual(
      [free.free, free.left, free.next, free.equals.map(({ team }: { team: string }) => team)],
      [1, 1, [], ['Équipe du Bois', 'MSP du Bout']],
    );
    const offer = (settled: string[]) =>
      officer.send('POST', `${at}/offer-place`, { reason: 'Le territoire le moins doté.', decision: 1, settled });
    for (const wrong of [[], [d.application], [b.application, c.application], [a.application]]) {
      const refusal = await offer(wrong);
      assert.equal(refusal.status, 422);
      assert.match(refusal.body.detail, /à égalité sur la liste d’attente : Équipe du Bois, MSP du Bout/);
    }
    assert.equal((await offer([b.application])).status, 200);
    await sent(officer, 'POST', `${at}/notify`, wording);
    assert.equal((await told(b)).outcome, 'chosen');
    assert.deepEqual([(await told(c)).waiting, (await told(d)).waiting], [1, 2]);
    assert.match((await told(c)).words.join(' '), /départagée ainsi : Le territoire le moins doté\./);
    await sent(b.coordinator, 'POST', `/api/programme/applications/${b.application}/renounce`, { reason });
    assert.equal(
      (await officer.send('POST', `${at}/offer-place`, { reason, decision: 2, settled: [c.application] })).status,
      422,
      'nothing is left to settle: the list decides',
    );
    assert.equal((await officer.send('POST', `${at}/offer-place`, { reason, decision: 2 })).status, 200);
  });

  test('AAP-8 whoever gives up, places are never more than before, those who wait keep their order, nobody is in twice and nobody who gave up is in', () => {
    const because = { words: ['Rang 1.'], scores: [], mark: null, behind: '', refused: [] };
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 12 }),
        fc.integer({ min: 0, max: 12 }),
        fc.array(fc.nat(23), { maxLength: 12 }),
        fc.array(fc.boolean(), { minLength: 12, maxLength: 12 }),
        (places, waits, gone, alike) => {
          // Alike: it shares the place of the one before.
          const order: number[] = [];
          for (let i = 0; i < waits; i++) order.push(i > 0 && alike[i] ? order[i - 1]! : i + 1);
          const lines = Array.from({ length: places + waits }, (_, i): DecidedRow & { name: string } => ({
            application: `a${i}`,
            name: `É${i}`,
            outcome: i < places ? 'chosen' : 'waiting',
            rank: i < places ? i + 1 : places + order[i - places]!,
            waiting: i < places ? null : order[i - places]!,
            because,
          }));
          const renounced = new Map(gone.map((i) => [`a${i}`, true]));
          const { free, next, sure, equals, left } = freed(lines, renounced);
          const who = new Set(equals.slice(0, left).map(({ application }) => application));
          const after = offered(lines, renounced, { who, reason: 'Motif.' }).lines;
          const chosen = after.filter(({ outcome }) => outcome === 'chosen');
          const waiting = after.filter(({ outcome }) => outcome === 'waiting');
          return (
            sure.length + left === Math.min(free, next.length) &&
            (equals.length === 0 ? left === 0 : left > 0 && left < equals.length) &&
            chosen.length === places - free + Math.min(free, next.length) &&
            chosen.length <= places &&
            new Set(after.map(({ application }) => application)).size === after.length &&
            after.every(({ application }) => !renounced.has(application)) &&
            waiting.every((one) => one.waiting === 1 + waiting.filter(({ rank }) => rank! < one.rank!).length) &&
            chosen.every((one) => waiting.every((other) => one.rank! <= other.rank!))
          );
        },
      ),
    );
  });
});
