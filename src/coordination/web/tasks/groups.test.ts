import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { TaskLine } from '../../contract.ts';
import { grouped } from './groups.ts';

test('COO-7 what is paused stands under its own heading, after what is to be done, whatever its date; what is over comes last', () => {
  const line = (id: string, due: string | null, state: TaskLine['state'], late = false) =>
    ({ id, due, state, late, escalated: false }) as TaskLine;
  const now = new Date(2026, 10, 25, 9);
  const lines = [
    line('ended', '2026-11-01', 'completed'),
    line('paused long ago', '2026-11-10', 'on-hold'),
    line('late', '2026-11-20', 'accepted', true),
    line('today', '2026-11-25', 'requested'),
    line('paused to come', '2027-01-01', 'on-hold'),
    line('this week', '2026-11-29', 'requested'),
    line('later', '2026-11-30', 'requested'),
    line('one day', null, 'requested'),
  ];
  assert.deepEqual(
    grouped(lines, 'asked', now).map((one) => [one.title, one.lines.map(({ id }) => id)]),
    [
      ['En retard', ['late']],
      ['Aujourd’hui', ['today']],
      ['Cette semaine', ['this week']],
      ['Plus tard', ['later']],
      ['Sans date', ['one day']],
      ['En pause', ['paused long ago', 'paused to come']],
      ['Terminées', ['ended']],
    ],
  );
});
