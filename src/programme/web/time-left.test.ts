import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sayLeft } from './time-left.ts';

test('AAP-1 how long one may still apply is counted in days of the calendar in France, whatever the hour, across the change of clocks', () => {
  const left = (deadline: string, now: string) => sayLeft(deadline, Date.parse(now));
  for (const [deadline, now, words] of [
    ['2027-01-08T11:00:00Z', '2027-01-06T13:00:00Z', 'dans 2 jours'],
    ['2027-01-08T11:00:00Z', '2027-01-07T13:00:00Z', 'demain'],
    ['2027-01-08T11:00:00Z', '2027-01-08T10:59:59Z', 'aujourd’hui'],
    ['2027-01-08T11:00:00Z', '2027-01-08T11:00:01Z', 'passée'],
    // Half past midnight in France is still the day before elsewhere.
    ['2027-01-08T22:59:59Z', '2027-01-07T23:30:00Z', 'aujourd’hui'],
    // The nights of 28 March and 31 October 2027.
    ['2027-03-29T21:59:59Z', '2027-03-27T23:30:00Z', 'demain'],
    ['2027-11-01T22:59:59Z', '2027-10-30T21:30:00Z', 'dans 2 jours'],
  ] as const)
    assert.equal(left(deadline, now), words, `${now} → ${deadline}`);
});
