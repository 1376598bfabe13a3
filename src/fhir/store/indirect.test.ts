import assert from 'node:assert/strict';
import { test } from 'node:test';
import { newPractice, testHouse } from '../../../test/app.ts';

test('ECH-7 SEC-3 what a Provenance of many targets belongs to is looked up, not looked for: a large practice costs it no more than a small one', async () => {
  const { fhir } = await testHouse();
  const targets = 500;
  /** Milliseconds of one Provenance of many targets, in a practice of so many resources; the best of three. */
  const cost = async (size: number): Promise<number> => {
    const practice = await newPractice();
    const client = await practice.client('system/*.cruds');
    const patient = await client('POST', '/fhir/R4/Patient', { resourceType: 'Patient', name: [{ family: 'Cozan' }] });
    const subject = { reference: `Patient/${patient.body.id}` };
    const store = fhir.asSystem(practice.tenant, 'test');
    for (let at = 0; at < size; at += 500)
      await store.createMany(
        Array.from({ length: 500 }, (_, i) => ({
          resourceType: 'Observation' as const,
          id: `o${at + i}`,
          status: 'final' as const,
          code: { text: 'Poids' },
          subject,
        })),
      );
    const provenance = {
      resourceType: 'Provenance',
      recorded: '2026-01-01T00:00:00Z',
      agent: [{ who: { display: 'Ancien logiciel' } }],
      target: Array.from({ length: targets }, (_, i) => ({ reference: `Observation/o${i}` })),
    };
    let best = Number.POSITIVE_INFINITY;
    for (let time = 0; time < 3; time++) {
      const began = performance.now();
      const made = await client('POST', '/fhir/R4/Provenance', provenance);
      best = Math.min(best, performance.now() - began);
      assert.equal(made.status, 201, made.text);
      // It belongs to the patient of what it points to.
      const found = await client('GET', `/fhir/R4/Patient/${patient.body.id}/Provenance?_summary=count`);
      assert.equal(found.body.total, time + 1);
    }
    return best;
  };
  const small = await cost(500);
  const large = await cost(8_000);
  assert.ok(
    large < 3 * small + 300,
    `${Math.round(small)} ms in a small practice, ${Math.round(large)} in a large one`,
  );
});
