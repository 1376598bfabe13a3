import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { professionCodes } from '../../access/index.ts';
import { createTerminology, createValidator, type Resource } from '../../fhir/index.ts';
import { type ProtocolModel, protocolModel, protocolThemes, stepKinds } from '../contract/protocol-model.ts';
import { modelOf, planDefinitionOf } from './plan-definition.rules.ts';

const words = (most: number) =>
  fc
    .string({ unit: 'grapheme', minLength: 1, maxLength: most })
    .filter((text) => text.length <= most && !/[\p{Cc}\p{Cs}]/u.test(text));
const maybe = (most: number) => fc.oneof(fc.constant(''), words(most));
const url = fc.option(
  fc.webUrl({ withFragments: true }).filter((text) => text.length < 500),
  { nil: null },
);
const unit = fc.constantFrom('d' as const, 'wk' as const, 'mo' as const, 'a' as const);
const roles = (least: number) =>
  fc.uniqueArray(fc.constantFrom(...professionCodes), { minLength: least, maxLength: 6 });
const documents = fc.array(fc.record({ title: words(60), url }), { maxLength: 4 });
const day = fc
  .date({ min: new Date('2000-01-01'), max: new Date('2100-01-01'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10));
const age = fc.option(fc.integer({ min: 0, max: 120 }), { nil: null });
const id = fc.stringMatching(/^[a-z0-9-]{1,40}$/);
const model: fc.Arbitrary<ProtocolModel> = fc.uniqueArray(id, { maxLength: 12 }).chain((ids) =>
  fc.record({
    title: words(160),
    theme: fc.constantFrom(...(Object.keys(protocolThemes) as (keyof typeof protocolThemes)[])),
    summary: maybe(300),
    patients: fc.record({
      words: maybe(200),
      problems: fc.array(
        fc.record({
          system: fc.constantFrom('http://hl7.org/fhir/sid/icd-10', 'http://hl7.org/fhir/sid/icpc-2'),
          code: fc.stringMatching(/^[A-Z]\d{2}(\.\d)?$/),
          label: maybe(80),
        }),
        { maxLength: 5 },
      ),
      ages: fc.option(
        fc
          .record({ from: age, until: age })
          .filter(({ from, until }) => (from !== null || until !== null) && (from ?? 0) <= (until ?? 120)),
        { nil: null },
      ),
    }),
    goals: fc.array(words(200), { maxLength: 5 }),
    steps: fc.tuple(
      ...ids.map((own) =>
        fc.record({
          id: fc.constant(own),
          title: words(160),
          detail: maybe(300),
          kind: fc.constantFrom(...(Object.keys(stepKinds) as (keyof typeof stepKinds)[])),
          roles: roles(1),
          after: fc.record({
            step: fc.option(fc.constantFrom(...ids), { nil: null }),
            delay: fc.record({ value: fc.integer({ min: 0, max: 400 }), unit }),
          }),
          repeat: fc.option(
            fc.record({
              every: fc.record({ value: fc.integer({ min: 1, max: 400 }), unit }),
              times: fc.option(fc.integer({ min: 2, max: 60 }), { nil: null }),
            }),
            { nil: null },
          ),
          condition: fc.option(fc.record({ words: words(200), expression: fc.option(words(200), { nil: null }) }), {
            nil: null,
          }),
          documents,
          forPatient: maybe(200),
        }),
      ),
    ),
    alerts: fc.array(fc.record({ sign: words(100), act: words(100), roles: roles(0) }), { maxLength: 4 }),
    documents,
    sources: fc.array(fc.record({ title: words(100), publisher: maybe(60), year: maybe(10), url }), { maxLength: 4 }),
    reviewDate: fc.option(day, { nil: null }),
  }),
);

test('COO-2 a protocol is a valid PlanDefinition, and comes back from it unchanged, whatever is in it', () => {
  const validator = createValidator(undefined, createTerminology());
  fc.assert(
    fc.property(model, (written) => {
      const definition = planDefinitionOf(written, {
        id: 'p1',
        status: 'active',
        edition: '1.0',
        published: '2026-01-15',
        now: '2026-01-15T09:00:00Z',
        note: 'Première édition',
        by: { reference: 'Practitioner/a', display: 'Anne' },
        shipped: { key: 'k', edition: '1.0' },
      });
      assert.deepEqual(
        validator.validate(definition as unknown as Resource).filter((issue) => issue.severity === 'error'),
        [],
      );
      assert.deepEqual(modelOf(definition), protocolModel.parse(written));
    }),
    { numRuns: 150 },
  );
});

test('COO-2 a PlanDefinition that the editor could not show whole is not taken for a protocol of the practice', () => {
  assert.equal(modelOf({ resourceType: 'PlanDefinition', status: 'active', action: [{ title: 'Order set' }] }), null);
});
