import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Observation } from '@medplum/fhirtypes';
import fc from 'fast-check';
import { curveInText, curveOf, numberFor, pointInText, pointOf, valuesOf } from './measures.rules.ts';

const coding = fc.record(
  {
    system: fc.constantFrom('http://loinc.org', 'urn:x'),
    code: fc.constantFrom('29463-7', '3141-9', '85354-9', '8480-6', 'x"y', 'a\\'),
    display: fc.oneof(fc.string(), fc.constantFrom('{"code":{', '\\"', '}')),
  },
  { requiredKeys: ['code'] },
);
const concept = fc.record(
  {
    coding: fc.array(coding, { maxLength: 2 }),
    text: fc.oneof(fc.string(), fc.constantFrom('"code":{', '\\', 'cancelled')),
  },
  { requiredKeys: [] },
);
const quantity = fc.record(
  {
    value: fc.double({ noNaN: true, noDefaultInfinity: true }),
    unit: fc.constantFrom('kg', '}', '\\'),
    code: fc.constantFrom('kg', 'g', '{score}'),
  },
  { requiredKeys: ['unit'] },
);
const holder = { code: concept, valueQuantity: quantity, valueInteger: fc.integer(), valueString: fc.string() };
const observation = fc.record(
  {
    resourceType: fc.constant('Observation'),
    status: fc.constantFrom('final', 'cancelled', 'entered-in-error'),
    ...holder,
    effectiveDateTime: fc.constantFrom('2026', '2026-03-04', '2026-03-04T05:06:07+01:00'),
    issued: fc.constant('2026-03-05T05:06:07Z'),
    extension: fc.array(fc.record({ url: fc.constant('urn:y'), valueQuantity: quantity }), {
      minLength: 1,
      maxLength: 1,
    }),
    component: fc.array(fc.record(holder, { requiredKeys: ['code'] }), { maxLength: 2 }),
    note: fc.array(fc.record({ text: fc.string() }), { maxLength: 1 }),
  },
  { requiredKeys: ['resourceType', 'status', 'code'] },
) as fc.Arbitrary<Observation>;

test('DOS-1 the curve an observation belongs to is read from its text as from the observation, or not at all', () => {
  let read = 0;
  fc.assert(
    fc.property(observation, (one) => {
      const found = curveInText(JSON.stringify(one));
      if (found === undefined) return;
      read++;
      assert.equal(found, curveOf(one));
      assert.equal(one.status, 'final');
    }),
    { numRuns: 3000 },
  );
  assert.ok(read > 150, `only ${read} were read from their text`);
});
test('DOS-1 the number on a curve is the one its value shows', () => {
  const person = { birth: '1950-02-03', sex: 'female' };
  fc.assert(
    fc.property(observation, fc.constantFrom('29463-7', '85354-9', '8480-6', 'x"y', ''), (one, code) => {
      assert.equal(numberFor(one, code), valuesOf(one, person).find((value) => value.code === code)?.value ?? null);
    }),
    { numRuns: 3000 },
  );
});
/** As most observations of a page are: one code, one quantity, one date. */
const plain = fc.record(
  {
    resourceType: fc.constant('Observation'),
    status: fc.constant('final'),
    code: concept,
    effectiveDateTime: fc.constantFrom('2026', '2026-03-04T05:06:07+01:00'),
    valueQuantity: quantity,
    note: fc.array(fc.record({ text: fc.string() }), { maxLength: 1 }),
  },
  { requiredKeys: ['resourceType', 'status', 'code', 'valueQuantity'] },
) as fc.Arbitrary<Observation>;
test('DOS-1 a point is read from the text of an observation as from the observation, or not at all', () => {
  let read = 0;
  fc.assert(
    fc.property(fc.oneof(observation, plain), fc.constantFrom('its own', '29463-7', 'x"y', ''), (one, asked) => {
      const code = asked === 'its own' ? curveOf(one) : asked;
      const text = JSON.stringify(one);
      const found = pointInText(text, code);
      if (found === undefined) return;
      read++;
      // As it comes back from its text: JSON has one zero.
      assert.deepEqual(found, pointOf(JSON.parse(text) as Observation, code));
    }),
    { numRuns: 10_000 },
  );
  assert.ok(read > 500, `only ${read} were read from their text`);
});
