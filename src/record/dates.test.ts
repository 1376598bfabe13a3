import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { ageLabel, dateLabel, parisInstant, parseDate, parseMoment, wallClock } from './dates.rules.ts';
import { numberLabel } from './fhir-words.ts';

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

test('DOS-1 the clock on the wall is the calendar’s, in every year and around every change of the hour', () => {
  const calendar = new Intl.DateTimeFormat('sv-SE', {
    timeZone: 'Europe/Paris',
    dateStyle: 'short',
    timeStyle: 'medium',
  });
  const shown = (instant: Date): string => {
    const { year, month, day, hour, minute, second } = wallClock(instant);
    const two = (n: number) => String(n).padStart(2, '0');
    return `${String(year).padStart(4, '0')}-${two(month)}-${two(day)} ${two(hour)}:${two(minute)}:${two(second)}`;
  };
  const same = (ms: number) =>
    assert.equal(shown(new Date(ms)), calendar.format(new Date(ms)), new Date(ms).toISOString());
  fc.assert(fc.property(fc.integer({ min: Date.UTC(1880, 0), max: Date.UTC(2230, 0) }), same), { numRuns: 3000 });
  // Clocks change within these days, in peace and in war.
  for (const day of [
    '1940-02-25',
    '1940-06-14',
    '1942-11-02',
    '1943-03-29',
    '1944-08-25',
    '1944-10-08',
    '1945-04-02',
    '1976-03-28',
    '1995-09-24',
    '2026-03-29',
    '2026-10-25',
  ])
    for (let hours = -30; hours <= 30; hours++)
      for (const seconds of [-1, 0, 1]) same(Date.parse(`${day}T00:00:00Z`) + hours * 3_600_000 + seconds * 1000);
});
test('DOS-1 numbers are written as the calendar of France writes them, by the short way too', () => {
  fc.assert(
    fc.property(
      fc.oneof(
        fc.integer({ min: -2000, max: 2000 }),
        fc.double({ noNaN: true }),
        fc.integer({ min: -99_999, max: 99_999 }).map((n) => n / 100),
      ),
      fc.integer({ min: 0, max: 4 }),
      fc.boolean(),
      (value, decimals, fixed) => {
        assert.equal(
          numberLabel(value, decimals, fixed),
          new Intl.NumberFormat('fr-FR', {
            maximumFractionDigits: decimals,
            minimumFractionDigits: fixed ? decimals : 0,
          }).format(value),
        );
      },
    ),
    { numRuns: 2000 },
  );
});
