import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ageLabel, dateLabel, parisInstant, parseDate, parseMoment } from './dates.rules.ts';

const now = new Date('2026-11-22T08:00:00Z');
test('IDV-1 dates as people type them, partial and lunar ones included', () => {
  const cases: [string, string | null][] = [
    ['12/03/1948', '1948-03-12'],
    ['12.03.48', '1948-03-12'],
    ['12 03 1948', '1948-03-12'],
    ['12031948', '1948-03-12'],
    ['00/03/1948', '1948-03'],
    ['00/00/1948', '1948'],
    ['03/1948', '1948-03'],
    ['1948', '1948'],
    ['1948-03-12', '1948-03-12'],
    ['31/02/1948', null],
    ['12/03/26', '2026-03-12'],
    ['auj', '2026-11-22'],
    ['hier', '2026-11-21'],
    ['+3s', '2026-12-13'],
    ['+1m', '2026-12-22'],
    ['bonjour', null],
    ['', null],
  ];
  for (const [typed, expected] of cases) assert.equal(parseDate(typed, now), expected, typed);
  assert.equal(parseMoment('auj 9h15', now), '2026-11-22T09:15:00+01:00');
  assert.equal(parseMoment('12/07/2026 18:30', now), '2026-07-12T18:30:00+02:00');
  assert.equal(parseMoment('9h', now), '2026-11-22T09:00:00+01:00');
  assert.equal(parisInstant({ year: 2026, month: 3, day: 29, hour: 12, minute: 0 }), '2026-03-29T12:00:00+02:00');
  assert.equal(ageLabel('2024-11-01', '2026-11-22'), '24 mois');
  assert.equal(ageLabel('1948-03-12', '2026-11-22'), '78 ans');
  assert.equal(dateLabel('1948-03'), '03/1948');
});
