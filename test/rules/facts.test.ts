import assert from 'node:assert/strict';
import { test } from 'node:test';
import { factsToRead } from '../../scripts/derive-facts.ts';
import { measures } from '../../src/record/data/measures.ts';
import { labAnalytes } from '../../src/record/data/panels.ts';
import { shippedSections } from '../../src/record/data/sections/index.ts';
import { vaccineAdvice } from '../../src/record/data/vaccine-advice.ts';
import { calendarEditions } from '../../src/record/data/vaccine-calendar.ts';

test('DOS-6 DOS-7 DOS-8 DOS-11 every analyte, measure, rule of the calendar, recommendation and section is a line of the document that professions read, and no line is left blank where a source is due', () => {
  const lines = factsToRead().split('\n');
  const rows = lines
    .filter((line) => line.startsWith('| '))
    .map((line) =>
      line
        .split(/(?<!\\)\|/)
        .slice(1, -1)
        .map((cell) => cell.trim()),
    );
  const first = new Set(rows.map(([cell]) => cell));
  for (const one of [...labAnalytes, ...measures]) assert.ok(first.has(one.label), one.label);
  for (const edition of calendarEditions) for (const rule of edition.rules) assert.ok(first.has(rule.id), rule.id);
  for (const one of vaccineAdvice)
    assert.ok(first.has(one.id) && rows.find(([cell]) => cell === one.id)!.at(-1) === String(one.year), one.id);
  for (const { form } of shippedSections) assert.ok(first.has(form.title), form.title);
  assert.ok(!lines.some((line) => /undefined|NaN|\[object/.test(line)));
  assert.match(lines.join('\n'), /Personne qui ait un titre n’a relu ces lignes/);
});
