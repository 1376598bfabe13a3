import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { resourceTypes, structure } from '../definitions/index.ts';
import { createValidator, type Issue } from './index.ts';
import { frenchExamples, frenchValidator, withoutFrench } from './testing.ts';

const validator = createValidator();

const wellFormed = (issues: Issue[]): void => {
  assert.ok(issues.length <= 200);
  for (const issue of issues) {
    assert.ok(['error', 'warning', 'information'].includes(issue.severity));
    assert.notEqual(issue.code, 'exception', issue.diagnostics);
    assert.equal(typeof issue.expression, 'string');
    assert.ok(issue.diagnostics.length > 5 && issue.diagnostics.length < 1_000, issue.diagnostics);
  }
};

const names = fc.constantFrom(
  ...new Set(
    resourceTypes().flatMap(
      (type) => structure(type)?.elements.map((e) => e.path.split('.').at(-1)!.replace('[x]', 'String')) ?? [],
    ),
  ),
  'resourceType',
  '_id',
  '_value',
  'valueQuantity',
  'url',
  'reference',
  '__proto__',
  'constructor',
  'toString',
  '',
);
const anything = fc.letrec((tie) => ({
  value: fc.oneof(
    { depthSize: 'small' },
    fc.constantFrom(
      null,
      true,
      0,
      -1,
      1.5,
      1e300,
      '',
      ' ',
      '#',
      '#a',
      'Patient/1',
      '2026-01-01',
      'http://loinc.org',
      'active',
    ),
    fc.string(),
    fc.array(tie('value'), { maxLength: 4 }),
    fc.dictionary(names, tie('value'), { maxKeys: 6 }),
    fc.record(
      { resourceType: fc.constantFrom(...resourceTypes()), contained: tie('value') },
      { requiredKeys: ['resourceType'] },
    ),
  ),
})).value;

test('ECH-1 whatever JSON comes in, the answer is a list of issues', () => {
  fc.assert(
    fc.property(anything, (value) => wellFormed(validator.validate(value))),
    { numRuns: 1_000 },
  );
  for (const value of [
    undefined,
    null,
    1,
    'x',
    [],
    {},
    [null],
    { resourceType: 1 },
    { resourceType: 'datatypes' },
    { resourceType: 'HumanName' },
  ]) {
    assert.notDeepEqual(validator.validate(value), []);
  }
});

test('ECH-1 every type with any value under any of its names', () => {
  const typed = fc.constantFrom(...resourceTypes()).chain((type) => {
    const keys = structure(type)!
      .elements.filter((e) => e.path.split('.').length === 2)
      .map((e) => e.path.split('.')[1]!.replace('[x]', 'String'));
    return fc
      .dictionary(fc.constantFrom(...keys), anything, { maxKeys: 8 })
      .map((body) => ({ ...body, resourceType: type }));
  });
  fc.assert(
    fc.property(typed, (value) => wellFormed(validator.validate(value))),
    { numRuns: 1_500 },
  );
});

/** Puts `value` in the place of the n-th node of a copy. */
const replaced = (resource: unknown, n: number, value: unknown): unknown => {
  let left = n;
  const copy = (node: unknown): unknown => {
    if (left-- === 0) return value;
    if (Array.isArray(node)) return node.map(copy);
    if (typeof node === 'object' && node !== null)
      return Object.fromEntries(Object.entries(node).map(([k, v]) => [k, copy(v)]));
    return node;
  };
  return copy(resource);
};

test('ECH-1 French examples with any of their parts replaced by anything', { skip: withoutFrench }, () => {
  const examples = [...frenchExamples().values()].filter((r) => JSON.stringify(r).length < 30_000);
  const changed = fc
    .tuple(fc.constantFrom(...examples), fc.nat(150), anything)
    .map(([r, n, value]) => replaced(r, n, value));
  fc.assert(
    fc.property(changed, (value) => wellFormed(frenchValidator().validate(value))),
    { numRuns: 600 },
  );
});

const timed = (value: unknown): number => {
  const start = performance.now();
  wellFormed(validator.validate(value));
  return performance.now() - start;
};

test('ECH-1 what is very deep or very large is answered in bounded time', () => {
  let deep: Record<string, unknown> = { url: 'http://example.org/x', valueString: 'x' };
  for (let i = 0; i < 5_000; i++) deep = { url: 'http://example.org/x', extension: [deep] };
  assert.ok(timed({ resourceType: 'Patient', extension: [deep] }) < 1_000);
  let nested: Record<string, unknown> = { resourceType: 'Patient' };
  for (let i = 0; i < 5_000; i++)
    nested = { resourceType: 'Bundle', type: 'collection', entry: [{ resource: nested }] };
  assert.ok(timed(nested) < 1_000);
  let lists: unknown = 1;
  for (let i = 0; i < 5_000; i++) lists = [lists];
  assert.ok(timed({ resourceType: 'Patient', name: lists }) < 1_000);
  const many = (item: unknown) => Array.from({ length: 100_000 }, () => item);
  assert.ok(timed({ resourceType: 'Patient', name: many({ family: 'X' }) }) < 3_000);
  assert.ok(timed({ resourceType: 'Patient', name: many(1) }) < 1_000);
  assert.ok(
    timed({ resourceType: 'Questionnaire', status: 'draft', item: many({ linkId: 'a', type: 'display' }) }) < 5_000,
  );
  assert.ok(timed({ resourceType: 'Patient', ...Object.fromEntries(many(0).map((_, i) => [`k${i}`, 1])) }) < 2_000);
  assert.ok(timed({ resourceType: 'Binary', contentType: 'text/plain', data: 'aaaa'.repeat(2_000_000) }) < 2_000);
  assert.ok(timed({ resourceType: 'Patient', gender: `${'a '.repeat(200_000)} ` }) < 1_000);
});

test('ECH-1 a narrative is read in bounded time, whatever it holds', () => {
  const parts = ['<', '<div ', '<div a=', '<p a="b">', '&#x', ' a ', 'x', 'x=', ' ', '"', '<a href="', '<img src="'];
  for (const part of parts) {
    const div = `<div ${part.startsWith('<') ? '>' : ''}${part.repeat(200_000)}`;
    assert.ok(timed({ resourceType: 'Patient', text: { status: 'generated', div } }) < 2_000, part);
  }
});

test('ECH-1 a depth of 90 elements is still read', () => {
  let item: Record<string, unknown> = { linkId: 'last', type: 'display', text: 'x' };
  for (let i = 0; i < 90; i++) item = { linkId: `g${i}`, type: 'group', item: [item] };
  assert.deepEqual(validator.validate({ resourceType: 'Questionnaire', status: 'draft', item: [item] }), []);
});
