import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { professionCodes } from '../../access/index.ts';
import { answersFrom } from '../contract/sections/values.ts';
import { cockpitOf, sectionShorts } from '../data/cockpits/cockpits.ts';
import { listOf, lists } from '../data/cockpits/lists.ts';
import { measureOf, usualMeasuresOf } from '../data/measures.ts';
import { shippedSections } from '../data/sections/index.ts';
import { addDays, daysBetween } from '../dates.rules.ts';
import { pregnancyOf } from './pregnancy.rules.ts';
import { courseOf, weightChange } from './trends.rules.ts';
import { together, wantedBy } from './wanted.rules.ts';

const today = '2026-11-26';
const form = shippedSections.find(({ key }) => key === 'grossesse')!.form;
const visit = (daysAgo: number, said: Parameters<typeof answersFrom>[1]) => ({
  at: addDays(today, -daysAgo),
  items: answersFrom(form, said),
});
const day = fc.integer({ min: 0, max: 900 }).map((ago) => addDays(today, -ago));

test('DOS-1 every name of every cockpit exists: sections, lists, measures; no profession has an empty day, and the six first entries are its own', () => {
  const sections = new Set(shippedSections.map(({ key }) => key));
  for (const profession of professionCodes.filter((code) => code !== 'administrator')) {
    const { day: blocks, entries, lists: names, cards, views } = cockpitOf(profession);
    for (const entry of entries.filter((one) => one.startsWith('volet:')))
      assert.ok(sections.has(entry.slice(6)) && sectionShorts[entry.slice(6)], `${profession}: ${entry}`);
    for (const block of blocks.filter((one) => one.startsWith('liste:')))
      assert.ok(listOf(block.slice(6)), `${profession}: ${block}`);
    assert.ok(names.includes('jour') && names.includes('vus'), profession);
    assert.ok(entries.length >= 4 && blocks.length >= 5 && views.length >= 1, profession);
    assert.equal(new Set(entries).size, entries.length, profession);
    assert.equal(new Set(cards.flat()).size, cards.flat().length, `${profession}: a card stands twice`);
    for (const code of usualMeasuresOf(profession)) assert.ok(measureOf(code), `${profession}: ${code}`);
  }
  for (const [name, { rule, enter }] of Object.entries(lists) as [string, NonNullable<ReturnType<typeof listOf>>][]) {
    if ('section' in rule && rule.section) assert.ok(sections.has(rule.section), name);
    if (enter?.panel.startsWith('volet:volet-'))
      assert.ok(sections.has(enter.panel.slice('volet:volet-'.length)), name);
  }
  assert.notDeepEqual(cockpitOf('speech-therapist').entries, cockpitOf('nurse').entries);
  assert.notDeepEqual(usualMeasuresOf('speech-therapist'), usualMeasuresOf('nurse'));
});

test('DOS-1 what several lists want is read once, with the larger count', () => {
  fc.assert(
    fc.property(fc.subarray(Object.keys(lists), { minLength: 1 }), (names) => {
      const all = names.flatMap((name) => wantedBy(listOf(name)!.rule, 'Practitioner/p', 'physiotherapist'));
      const once = together(all);
      assert.equal(new Set(once.map(({ name, type }) => `${name} ${type}`)).size, once.length);
      for (const one of all)
        assert.ok(once.some((other) => other.name === one.name && other.type === one.type && other.each >= one.each));
    }),
  );
});

test('DOS-1 a course of sessions counts the days since the last long gap, whatever their order and how often a day comes', () => {
  fc.assert(
    fc.property(fc.array(day, { maxLength: 40 }), fc.integer({ min: 1, max: 200 }), (days, gap) => {
      const course = courseOf(days, today, gap);
      const distinct = [...new Set(days)].sort();
      if (distinct.length === 0 || daysBetween(distinct.at(-1)!, today) > gap) return assert.equal(course, undefined);
      assert.ok(course);
      const inside = distinct.filter((one) => one >= course.first);
      assert.deepEqual([course.last, course.count], [distinct.at(-1), inside.length]);
      for (const [at, one] of inside.slice(1).entries()) assert.ok(daysBetween(inside[at]!, one) <= gap);
      const before = distinct.filter((one) => one < course.first).at(-1);
      if (before) assert.ok(daysBetween(before, course.first) > gap, 'what came before was another course');
      assert.deepEqual(courseOf(days.toReversed(), today, gap), course);
    }),
  );
});

test('DOS-7 a weight that changed: five per cent at least within six months, a loss of 5 % in a month or 10 % in six months is severe (HAS)', () => {
  const weigh = (...points: [number, number][]) => points.map(([ago, kilos]) => ({ day: addDays(today, -ago), kilos }));
  assert.equal(weightChange(weigh([0, 70]), today), undefined, 'one weight');
  assert.equal(weightChange(weigh([0, 70], [90, 72]), today), undefined, 'under 5 %');
  assert.equal(weightChange(weigh([400, 60], [420, 80]), today), undefined, 'too old to say anything of today');
  assert.deepEqual(
    [
      weightChange(weigh([0, 66], [25, 70]), today)?.severe,
      weightChange(weigh([0, 66], [120, 70]), today)?.severe,
      weightChange(weigh([0, 62], [170, 70]), today)?.severe,
    ],
    [true, false, true],
  );
  assert.equal(weightChange(weigh([0, 62], [200, 70]), today), undefined, 'longer ago than six months');
  fc.assert(
    fc.property(
      fc.array(fc.record({ day, kilos: fc.double({ min: 30, max: 150, noNaN: true }) }), { maxLength: 12 }),
      (weights) => {
        const change = weightChange(weights, today);
        if (!change) return;
        assert.ok(Math.abs(change.percent) >= 5 && change.days > 0 && change.days <= 184);
        assert.ok(Math.abs((change.now.kilos / change.before.kilos - 1) * 100 - change.percent) < 1e-9);
        assert.equal(
          change.now.day,
          weights
            .map((one) => one.day)
            .sort()
            .at(-1),
        );
      },
    ),
  );
});

test('DOS-8 a pregnancy: term from the expected term, the beginning, the weeks counted or the last period; due steps leave once they are noted', () => {
  const known = pregnancyOf([visit(16, { 'terme-sa': 26, 'terme-jours': 0, groupe: 'o-neg' })], today)!;
  assert.deepEqual([known.weeks, known.days], [28, 2]);
  const words = (visits: Parameters<typeof pregnancyOf>[0]) => pregnancyOf(visits, today)!.due.map((one) => one.words);
  assert.ok(words([visit(16, { 'terme-sa': 26, groupe: 'o-neg' })]).includes('Anti-D (rhésus négatif)'));
  assert.ok(
    !words([visit(16, { 'terme-sa': 26, groupe: 'o-pos' })]).includes('Anti-D (rhésus négatif)'),
    'only for whom it is',
  );
  assert.ok(
    !words([visit(16, { 'terme-sa': 26, groupe: 'o-neg', rhesus: 'faite' })]).includes('Anti-D (rhésus négatif)'),
  );
  assert.ok(words([visit(16, { 'terme-sa': 26 })]).includes('Vaccin contre la coqueluche'));
  assert.ok(
    !words([visit(16, { 'terme-sa': 26 }), visit(60, { 'terme-sa': 20, vaccins: ['coqueluche'] })]).includes(
      'Vaccin contre la coqueluche',
    ),
    'noted at a visit before',
  );
  assert.ok(words([visit(44, { 'terme-sa': 20 })]).includes('Consultation du mois'));
  assert.deepEqual(
    pregnancyOf([visit(10, { 'terme-sa': 41 })], today)!.due.map((one) => one.words),
    ['Visite postnatale'],
    'after the term',
  );
  assert.equal(pregnancyOf([visit(110, { 'terme-sa': 40 })], today), undefined, 'long over');
  assert.equal(pregnancyOf([], today), undefined);
  assert.equal(
    pregnancyOf([visit(3, { dpa: addDays(today, 100), 'terme-sa': 10 })], today)!.term,
    addDays(today, 100),
    'the term that ultrasound gave wins over weeks typed',
  );
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 300 }),
      fc.integer({ min: 4, max: 43 }),
      fc.integer({ min: 0, max: 6 }),
      (ago, weeks, days) => {
        const found = pregnancyOf([visit(ago, { 'terme-sa': weeks, 'terme-jours': days })], today);
        const count = weeks * 7 + days + ago;
        if (count > 287 + 61) return assert.equal(found, undefined);
        assert.ok(found);
        assert.equal(found.weeks * 7 + found.days, count);
        assert.equal(daysBetween(found.from, found.term), 287);
        assert.ok(found.due.every(({ words: one }) => one.length > 3));
      },
    ),
  );
});
