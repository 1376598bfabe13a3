import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import fc from 'fast-check';
import { professionCodes } from '../../access/index.ts';
import { type Answer, newPractice, type TestPerson, type TestPractice } from '../../../test/app.ts';
import { laidOver } from './order.rules.ts';

// biome-ignore lint/suspicious/noExplicitAny: answers of every shape
type Json = any;
const ok = (answer: Answer): Json => {
  if (answer.status >= 300) throw new Error(`${answer.status} ${answer.text}`);
  return answer.body;
};

describe('the order that a practice gives to the day of a profession', () => {
  let practice: TestPractice;
  let owner: TestPerson;
  let coordinator: TestPerson;
  before(async () => {
    practice = await newPractice('Maison des journées');
    owner = await practice.person('administrator', {
      roles: ['owner'],
      kind: 'privileged',
      family: 'Riou',
      given: 'Yann',
    });
    coordinator = await practice.person('coordinator', { family: 'Le Corre', given: 'Tristan' });
  });
  const days = async (who: TestPerson): Promise<Json> => ok(await who.send('GET', '/api/practice-days'));
  const dayOf = async (profession: string): Promise<Json> =>
    (await days(owner)).professions.find((one: Json) => one.profession === profession);
  const set = (who: TestPerson, profession: string, version: number, order: string[], hidden: string[] = []) =>
    who.send('PUT', `/api/practice-days/${profession}`, { version, day: { order, hidden } });
  const cockpit = async (who: TestPerson): Promise<Json> => ok(await who.send('GET', '/api/cockpit'));

  test('DOS-1 the practice’s order is everybody’s of that profession, and of nobody else’s; one’s own stands above it, and one goes back to it', async () => {
    const [nurse, colleague, physio] = [
      await practice.person('nurse'),
      await practice.person('nurse'),
      await practice.person('physiotherapist'),
    ];
    const [usual, physios] = [(await cockpit(nurse)).day.order, (await cockpit(physio)).day];
    assert.equal((await cockpit(nurse)).practiceDay, false);
    const kept = ok(await set(coordinator, 'nurse', 0, ['tasks', 'liste:plaies'], ['recent', 'meetings']));
    assert.deepEqual(
      [kept.version, kept.day.order.slice(0, 2), kept.day.hidden, kept.changed.who.name, kept.people],
      [1, ['tasks', 'liste:plaies'], ['recent', 'meetings'], 'Tristan Le Corre', 2],
    );
    for (const who of [nurse, colleague]) {
      const [now, day] = [await cockpit(who), ok(await who.send('GET', '/api/day'))];
      assert.deepEqual(
        [now.practiceDay, now.own, now.version, now.day.order.slice(0, 2), now.day.hidden],
        [true, [], 0, ['tasks', 'liste:plaies'], ['recent', 'meetings']],
      );
      assert.deepEqual([day.blocks, day.recent, day.hidden], [now.day.order, null, ['recent', 'meetings']]);
      assert.deepEqual(
        [...now.day.order, ...now.day.hidden].sort(),
        [...usual].sort(),
        'nothing is lost of the product’s day',
      );
    }
    assert.deepEqual((await cockpit(physio)).day, physios);

    const mine = ok(
      await nurse.send('PUT', '/api/cockpit', {
        version: 0,
        day: { order: ['recent', 'messages'], hidden: ['tasks'] },
        entries: { order: ['note'], hidden: [] },
      }),
    );
    assert.deepEqual(
      [mine.own, mine.day.order.slice(0, 3), mine.day.hidden],
      [
        ['day', 'entries'],
        ['recent', 'messages', 'liste:plaies'],
        ['tasks', 'meetings'],
      ],
      'what I placed is shown although the practice hides it, what I say nothing of stays as the practice has it',
    );
    ok(await set(owner, 'nurse', 1, ['appointments'], []));
    assert.deepEqual((await cockpit(nurse)).day.order.slice(0, 3), ['recent', 'messages', 'appointments']);
    assert.equal((await cockpit(colleague)).day.order[0], 'appointments');
    const back = ok(await nurse.send('DELETE', '/api/cockpit?part=day'));
    assert.deepEqual(
      [back.own, back.day, back.entries.order[0], back.version],
      [['entries'], (await cockpit(colleague)).day, 'note', 2],
      'my entries stay mine',
    );
    ok(await nurse.send('PUT', '/api/cockpit', { version: 2, day: { order: ['recent'], hidden: [] } }));
    assert.equal(ok(await nurse.send('DELETE', '/api/cockpit')).version, 0);

    const gone = ok(await coordinator.send('DELETE', '/api/practice-days/nurse?version=2'));
    assert.deepEqual([gone.version, gone.changed, gone.day], [0, null, { order: usual, hidden: [] }]);
    assert.deepEqual((await cockpit(colleague)).day, { order: usual, hidden: [] });
  });

  test('DOS-1 who may not: carers, desks, another practice; what nobody brings, a list of another profession, what is no profession', async () => {
    for (const profession of professionCodes) {
      const who = await practice.person(profession, profession === 'administrator' ? { kind: 'privileged' } : {});
      const may = profession === 'coordinator';
      for (const [method, path, body] of [
        ['GET', '/api/practice-days', undefined],
        ['PUT', '/api/practice-days/dietician', { version: 99, day: { order: ['tasks'], hidden: [] } }],
        ['DELETE', '/api/practice-days/dietician?version=99', undefined],
      ] as const)
        assert.equal(
          (await who.send(method, path, body)).status,
          may ? (method === 'GET' ? 200 : 409) : 403,
          `${profession} ${method}`,
        );
    }
    const region = await practice.person('nurse', { roles: ['coordinator'] });
    assert.equal((await region.send('GET', '/api/practice-days')).status, 200, 'a carer who coordinates');
    const there = await newPractice();
    const stranger = await there.person('administrator', { roles: ['owner'], kind: 'privileged' });
    ok(await set(owner, 'dietician', 0, ['tasks']));
    assert.deepEqual(
      (await days(stranger)).professions.filter((one: Json) => one.version > 0 || one.changed),
      [],
    );
    assert.equal(
      (await set(stranger, 'dietician', 1, ['messages'])).status,
      409,
      'another practice’s order is none of theirs',
    );
    assert.equal((await dayOf('dietician')).version, 1);
    for (const name of ['plombier', '__proto__', 'ars-officer', '%00', 'x'.repeat(80)])
      assert.ok([404, 400, 422].includes((await set(owner, name, 0, ['tasks'])).status), name);
    assert.equal((await set(owner, 'physiotherapist', 0, ['liste:grossesses'])).status, 422);
    for (const body of [
      {},
      null,
      [],
      { version: 0 },
      { version: -1, day: { order: [], hidden: [] } },
      { version: 0, day: { order: 'tasks', hidden: [] } },
      { version: 0, day: { order: [''], hidden: [] } },
      { version: 0, day: { order: Array.from({ length: 100 }, (_, at) => `b${at}`), hidden: [] } },
      { version: 1e12, day: { order: [], hidden: [] } },
    ]) {
      const { status } = await owner.send('PUT', '/api/practice-days/physiotherapist', body);
      assert.ok(status >= 400 && status < 500, JSON.stringify(body));
    }
    for (const version of ['', '?version=-1', '?version=x', '?version=99999999999999'])
      assert.ok(
        ((one) => one >= 400 && one < 500)(
          (await owner.send('DELETE', `/api/practice-days/physiotherapist${version}`)).status,
        ),
        version,
      );
    assert.equal((await dayOf('physiotherapist')).version, 0);
    ok(await set(owner, 'physiotherapist', 0, ['nulle-part', '__proto__', 'tasks'], ['constructor']));
    assert.ok(
      ok(await (await practice.person('physiotherapist')).send('GET', '/api/day')).blocks.includes('messages'),
      'a name that nobody brings does no harm',
    );
  });

  test('SEC-11 two who keep the practice at the same moment: one order is kept, the other is told which and by whom', async () => {
    const both = await Promise.all([set(owner, 'midwife', 0, ['tasks']), set(coordinator, 'midwife', 0, ['messages'])]);
    assert.deepEqual(both.map(({ status }) => status).sort(), [200, 409]);
    const [won, lost] = [
      both.find(({ status }) => status === 200)!.body,
      both.find(({ status }) => status === 409)!.body,
    ];
    assert.deepEqual(
      [lost.code, lost.theirs.day, lost.theirs.version, lost.theirs.changed.who.name],
      ['edited-meanwhile', won.day, 1, won.changed.who.name],
    );
    assert.match(lost.detail, new RegExp(won.changed.who.name));
    for (const stale of [0, 7])
      assert.equal((await owner.send('DELETE', `/api/practice-days/midwife?version=${stale}`)).status, 409);
    assert.deepEqual((await dayOf('midwife')).day, won.day);
  });

  test('SEC-3 an order gives no right: a list whose kinds the practice took away leaves the day and the screen', async () => {
    const there = await newPractice();
    const [head, nurse] = [
      await there.person('administrator', { roles: ['owner'], kind: 'privileged' }),
      await there.person('nurse'),
    ];
    ok(await set(head, 'nurse', 0, ['liste:plaies', 'tasks']));
    assert.equal((await cockpit(nurse)).day.order[0], 'liste:plaies');
    const changed = await head.send('PUT', '/api/rights/nurse/sections', { reach: 'none', write: false });
    assert.ok(changed.status < 300, changed.text);
    assert.equal((await cockpit(nurse)).day.order[0], 'tasks');
    const shown = (await days(head)).professions.find((one: Json) => one.profession === 'nurse');
    assert.ok(!shown.day.order.includes('liste:plaies') && !shown.lists.some((one: Json) => one.name === 'plaies'));
  });

  test('DOS-1 laid over: nothing is lost, nothing stands twice, what is hidden is not in the order', () => {
    const names = fc.array(fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f'), { maxLength: 8 });
    const order = fc.record({ order: names, hidden: names });
    fc.assert(
      fc.property(
        fc.option(order, { nil: undefined }),
        fc.option(order, { nil: undefined }),
        names,
        (own, practice_, product) => {
          const below = laidOver(practice_, { order: product, hidden: [] });
          const day = laidOver(own, below);
          const all = [...day.order, ...day.hidden];
          assert.equal(new Set(all).size, all.length);
          for (const name of product) assert.ok(all.includes(name));
          if (own) for (const name of own.order) assert.equal(day.order.includes(name), !own.hidden.includes(name));
          if (!own) assert.deepEqual(day, below);
          assert.deepEqual(laidOver(day, below), day, 'said again it stays');
        },
      ),
    );
  });
});
