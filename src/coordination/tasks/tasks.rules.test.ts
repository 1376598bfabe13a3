import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { TaskState } from '../contract/tasks.ts';
import { dueInstant, isWorkday, oneWorkingDayBefore, troubleOf } from './due.rules.ts';
import {
  after,
  isForMe,
  isMine,
  isOpen,
  type LifeAct,
  mayOn,
  requestStatus,
  type Standing,
  stateOf,
  type TaskFacts,
} from './tasks.rules.ts';

const states: TaskState[] = ['requested', 'accepted', 'in-progress', 'completed', 'rejected', 'cancelled', 'on-hold'];
const acts: LifeAct[] = ['accept', 'start', 'refuse', 'done', 'give', 'cancel', 'reopen', 'pause', 'resume'];
const state = fc.constantFrom(...states);
const person = fc.constantFrom('me', 'other', 'third');
const facts: fc.Arbitrary<TaskFacts> = fc.record({
  state,
  owner: fc.option(person),
  profession: fc.option(fc.constantFrom('nurse', 'physician')),
  team: fc.boolean(),
  requester: fc.option(person),
});
const standing: fc.Arbitrary<Standing> = fc.record({
  me: fc.constant('me'),
  profession: fc.constantFrom('nurse', 'physician', 'medical-secretary'),
  standsFor: fc.subarray(['other']),
  inTeam: fc.boolean(),
  everywhere: fc.boolean(),
  reads: fc.boolean(),
  writes: fc.boolean(),
  coordinates: fc.boolean(),
});

test('COO-7 from any state, whatever the acts, a task never leaves its seven states, and what is over only opens again', () => {
  fc.assert(
    fc.property(state, fc.array(fc.constantFrom(...acts), { maxLength: 12 }), (start, done) => {
      let now = start;
      for (const act of done) {
        const next = after(now, act);
        if (next === undefined) continue;
        assert.ok(states.includes(next));
        if (!isOpen(now)) assert.ok(act === 'reopen' && next === 'requested', `${now} ${act} ${next}`);
        now = next;
      }
    }),
  );
});
test('COO-7 every open task can be ended and given to someone else: none is stuck', () => {
  for (const one of states.filter(isOpen)) {
    assert.equal(after(one, 'cancel'), 'cancelled');
    assert.ok(after(one, 'give'), one);
  }
});
test('COO-7 who may not change tasks, or does not read the words, takes nothing on, refuses nothing and ends nothing', () => {
  fc.assert(
    fc.property(facts, standing, (task, who) => {
      const blind = mayOn(task, { ...who, reads: false });
      assert.deepEqual([blind.accept, blind.refuse, blind.done, blind.note], [false, false, false, false]);
      assert.ok(Object.values(mayOn(task, { ...who, writes: false })).every((may) => !may));
    }),
  );
});
test('COO-7 a stranger to the patient who has no part in a task may do nothing to it', () => {
  fc.assert(
    fc.property(facts, standing, (task, who) => {
      const stranger = { ...who, me: 'stranger', standsFor: [], inTeam: false, everywhere: false, coordinates: false };
      assert.ok(Object.values(mayOn(task, stranger)).every((may) => !may));
    }),
  );
});
test('COO-7 only its owner refuses a task; one that is offered is never mine before I take it', () => {
  fc.assert(
    fc.property(facts, standing, (task, who) => {
      if (mayOn(task, who).refuse)
        assert.ok(task.owner !== null && (task.owner === who.me || who.standsFor.includes(task.owner)));
      assert.ok(!(isMine(task, who) && isForMe(task, who)));
    }),
  );
});
test('COO-7 a task that nobody owns can always be given to someone by who asked for it and by the coordinator', () => {
  fc.assert(
    fc.property(facts, standing, (task, who) => {
      if (!isOpen(task.state)) return;
      assert.ok(mayOn({ ...task, requester: 'me' }, { ...who, writes: true }).change);
      assert.ok(mayOn(task, { ...who, writes: true, coordinates: true }).change);
    }),
  );
});
test('COO-7 any FHIR status has one of our states, and its request a FHIR status', () => {
  for (const status of [
    'draft',
    'requested',
    'received',
    'accepted',
    'rejected',
    'ready',
    'cancelled',
    'in-progress',
    'on-hold',
    'failed',
    'completed',
    'entered-in-error',
  ]) {
    assert.ok(states.includes(stateOf(status)), status);
    assert.ok(['active', 'completed', 'revoked', 'on-hold'].includes(requestStatus(stateOf(status))));
  }
});

test('COO-7 a working day skips weekends and the holidays of France, Easter’s too', () => {
  assert.ok(!isWorkday('2026-11-28') && !isWorkday('2026-11-29') && isWorkday('2026-11-30'));
  assert.ok(!isWorkday('2026-04-06'), 'Easter Monday');
  assert.ok(!isWorkday('2026-05-14'), 'Ascension');
  assert.ok(!isWorkday('2026-05-25'), 'Whit Monday');
  assert.ok(!isWorkday('2026-07-14') && isWorkday('2026-07-15'));
  const monday = new Date('2026-11-30T10:00:00+01:00');
  assert.equal(oneWorkingDayBefore(monday).toISOString(), '2026-11-27T09:00:00.000Z');
  const sunday = new Date('2026-11-29T10:00:00+01:00');
  assert.ok(
    oneWorkingDayBefore(sunday) < new Date('2026-11-27T08:00:00+01:00'),
    'nothing asked on Friday is told on Sunday',
  );
});
test('COO-7 one working day before is always earlier by a day at least, and never by more than a long holiday', () => {
  fc.assert(
    fc.property(fc.date({ min: new Date('2020-01-01'), max: new Date('2035-12-31'), noInvalidDate: true }), (now) => {
      const before = now.getTime() - oneWorkingDayBefore(now).getTime();
      assert.ok(before >= 23 * 3_600_000 && before <= 7 * 86_400_000, String(before));
    }),
  );
});
test('COO-7 what is due on a day is late when the day is over in France; a month with its last day', () => {
  assert.equal(dueInstant('2026-11-30')?.toISOString(), '2026-11-30T23:00:00.000Z');
  assert.equal(dueInstant('2026-07-14')?.toISOString(), '2026-07-14T22:00:00.000Z');
  assert.equal(dueInstant('2026-02')?.toISOString(), '2026-02-28T23:00:00.000Z');
  assert.equal(dueInstant('2026')?.toISOString(), '2026-12-31T23:00:00.000Z');
  assert.equal(dueInstant('2026-11-30T10:00:00+01:00')?.toISOString(), '2026-11-30T09:00:00.000Z');
  assert.equal(dueInstant(null), null);
});
test('COO-7 the coordinator is told of what nobody took, of what was refused, of what is late, of who is gone; never of what is paused or over', () => {
  const now = new Date('2026-11-26T10:00:00+01:00');
  const ago = (hours: number) => new Date(now.getTime() - hours * 3_600_000);
  const task = {
    state: 'requested' as TaskState,
    urgent: false,
    owner: null as string | null,
    due: null,
    since: ago(1),
    ownerIs: 'here' as const,
    absentUntil: null as Date | null,
    handover: false,
  };
  assert.equal(troubleOf(task, now), null);
  assert.equal(troubleOf({ ...task, since: ago(25) }, now), 'unowned');
  assert.equal(troubleOf({ ...task, urgent: true, since: ago(3) }, now), 'urgent');
  assert.equal(troubleOf({ ...task, urgent: true, owner: 'a', since: ago(3) }, now), 'urgent');
  assert.equal(troubleOf({ ...task, urgent: true, owner: 'a', state: 'accepted', since: ago(3) }, now), null);
  assert.equal(troubleOf({ ...task, owner: 'a', due: ago(30) }, now), 'late');
  assert.equal(troubleOf({ ...task, owner: 'a', due: ago(20) }, now), null);
  assert.equal(troubleOf({ ...task, owner: 'a', state: 'rejected', since: ago(25) }, now), 'refused');
  assert.equal(troubleOf({ ...task, owner: 'a', ownerIs: 'gone' }, now), 'gone');
  const away = {
    ...task,
    owner: 'a',
    state: 'accepted' as const,
    absentUntil: new Date(now.getTime() + 5 * 86_400_000),
  };
  assert.equal(troubleOf(away, now), 'absent');
  assert.equal(troubleOf({ ...away, due: ago(-24 * 3) as never }, now), 'absent');
  assert.equal(troubleOf({ ...away, due: ago(-24 * 9) as never }, now), null, 'back in time');
  assert.equal(troubleOf({ ...away, absentUntil: ago(-24) }, now), null, 'one day without a date');
  assert.equal(troubleOf({ ...away, urgent: true, absentUntil: ago(-1) }, now), 'absent');
  assert.equal(
    troubleOf({ ...task, handover: true, state: 'in-progress', since: ago(200) }, now),
    null,
    'read by someone',
  );
  for (const over of ['completed', 'cancelled', 'on-hold'] as const)
    assert.equal(troubleOf({ ...task, state: over, since: ago(500), due: ago(500) as never }, now), null);
});
