import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { identityForm, type IdentityForm, type InsStatus } from '../contract.ts';
import { insDoubts, insProblem, nirKey, statusOf } from './ins.rules.ts';
import { changedTraits, isProving, isProvenStatus, refusedMove } from './moves.rules.ts';

const statuses: InsStatus[] = ['provisional', 'retrieved', 'validated', 'qualified'];
const base = identityForm.parse({
  birthFamily: 'Le Goff',
  birthGivens: 'Marie Louise',
  birthDate: '12/03/1948',
  sex: 'female',
  birthPlace: '2A004',
});
const forms = fc
  .record({
    insStatus: fc.constantFrom(...statuses),
    birthFamily: fc.constantFrom('Le Goff', 'LE GOFF', 'Le Gof'),
    birthDate: fc.constantFrom('12/03/1948', '13/03/1948'),
    proof: fc.constantFrom(
      null,
      { kind: 'CN', seenOn: '01/02/2026' },
      { kind: 'PA', seenOn: '01/02/2026' },
      { kind: 'CV', seenOn: '01/02/2026' },
    ),
    ins: fc.constantFrom(null, '248032A00412345'),
    marks: fc.subarray(['homonym', 'doubtful', 'fictive'] as const),
  })
  .map((change): IdentityForm => ({ ...base, ...change }) as IdentityForm);

test('IDV-1 a strict trait of a proven identity never changes without a document seen again; trust is never lost without a reason', () => {
  fc.assert(
    fc.property(forms, forms, fc.constantFrom(null, 'motif'), (before, after, reason) => {
      const refused = refusedMove(before, after, reason);
      const seen =
        after.proof !== null &&
        (after.proof?.kind !== before.proof?.kind || after.proof?.seenOn !== before.proof?.seenOn);
      if (
        isProvenStatus(before.insStatus) &&
        isProvenStatus(after.insStatus) &&
        changedTraits(before, after).length > 0 &&
        !seen
      )
        assert.ok(refused['proof.seenOn']);
      if (
        statuses.indexOf(after.insStatus) < statuses.indexOf(before.insStatus) &&
        !(before.insStatus === 'validated' && after.insStatus === 'retrieved') &&
        reason === null
      )
        assert.ok(refused.reason, `${before.insStatus} → ${after.insStatus}`);
      if (after.marks.some((mark) => mark !== 'homonym') && (after.ins || after.insStatus !== 'provisional'))
        assert.ok(Object.keys(refused).length > 0);
      assert.deepEqual(refusedMove(before, before, null).reason, undefined, 'what stays the same needs no reason');
    }),
  );
  assert.deepEqual(
    changedTraits(base, { ...base, birthFamily: 'LE GOFF', birthGivens: 'marie-louise' }),
    [],
    'written otherwise is not another name',
  );
  assert.deepEqual(['CN', 'PA', 'CS', 'DC', 'IE', 'LE', 'AN', 'AC', 'CV', 'PC', 'OTH', '', undefined].map(isProving), [
    true,
    true,
    true,
    true,
    true,
    true,
    true,
    true,
    false,
    false,
    false,
    false,
    false,
  ]);
});

test('IDV-1 the key of a NIR: every digit counts, Corsica too; department 20 is Corsica of before 1976', () => {
  const bodies = fc
    .tuple(
      fc.constantFrom('1', '2'),
      fc.stringMatching(/^\d{4}$/),
      fc.oneof(fc.stringMatching(/^\d{2}$/), fc.constantFrom('2A', '2B')),
      fc.stringMatching(/^\d{6}$/),
    )
    .map((parts) => parts.join(''));
  fc.assert(
    fc.property(bodies, fc.nat(12), fc.integer({ min: 1, max: 9 }), (body, at, by) => {
      const ins = body + String(nirKey(body)).padStart(2, '0');
      assert.equal(insProblem(ins), null);
      assert.equal(insProblem(ins.replace(/(.{3})/g, '$1 ').toLowerCase()), null, 'as it is written on a card');
      if (!/\d/.test(ins[at]!)) return;
      assert.notEqual(insProblem(ins.slice(0, at) + String((Number(ins[at]) + by) % 10) + ins.slice(at + 1)), null);
    }),
  );
  assert.equal(nirKey('2990120004001'.replace(/^(.{5})20/, '$12A')), 97 - Number(2990119004001n % 97n));
  assert.equal(nirKey('2990120004001'.replace(/^(.{5})20/, '$12B')), 97 - Number(2990118004001n % 97n));
  assert.deepEqual(insDoubts('248032000400112', { sex: 'female', birthDate: '1948-03-12', birthPlace: '2A004' }), []);
  assert.equal(insDoubts('148032900400112', { sex: 'female', birthDate: '1949-04-12', birthPlace: '75001' }).length, 4);
  assert.deepEqual(
    [statusOf(false, false), statusOf(false, true), statusOf(true, false), statusOf(true, true)],
    statuses,
  );
});
