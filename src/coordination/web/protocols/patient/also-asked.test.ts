import assert from 'node:assert/strict';
import { test } from 'node:test';
import { alsoAsked, followedTwice } from './also-asked.rules.ts';

const step = (title: string, state: string, due: string | null = null) => ({ title, state, due, round: 1 }) as never;
const plan = (id: string, protocol: string, steps: never[], state = 'active', stopped = false) =>
  ({ id, state, stopped, protocol: { id: protocol, title: `Protocole ${protocol}` }, steps }) as never;

test('COO-3 what another running protocol still asks under the same title is told once, with its nearest day', () => {
  const plans = [
    plan('1', 'a', [step('Bilan partagé de médication', 'requested', '2027-02-01')]),
    plan('2', 'b', [
      step('Bilan partagé de MEDICATION', 'planned', '2028-01-01'),
      step('Bilan partagé de médication', 'accepted', '2027-01-10'),
      step('Pesée', 'completed', '2026-01-01'),
    ]),
    plan('3', 'c', [step('Bilan partagé de médication', 'requested', '2027-01-01')], 'revoked'),
    plan('4', 'd', [step('Bilan partagé de médication', 'requested', '2027-01-01')], 'active', true),
  ];
  assert.deepEqual(alsoAsked(plans, 'Bilan partagé de médication', '1'), [
    { protocol: 'Protocole b', due: '2027-01-10' },
  ]);
  assert.deepEqual(
    alsoAsked(plans, 'bilan partagé de medication', null).map(({ protocol }) => protocol),
    ['Protocole a', 'Protocole b'],
  );
  assert.deepEqual(alsoAsked(plans, 'Pesée', null), []);
});

test('COO-3 IDV-2 a patient whose records were one person’s follows a protocol twice until one of the two is ended', () => {
  const [one, two] = [plan('1', 'a', []), plan('2', 'a', [], 'on-hold')];
  assert.deepEqual([followedTwice([one, two], one), followedTwice([one, two], two)], [true, true]);
  const ended = plan('2', 'a', [], 'revoked');
  assert.deepEqual([followedTwice([one, ended], one), followedTwice([one, ended], ended)], [false, false]);
  assert.equal(followedTwice([one, plan('3', 'b', [])], one), false);
});
