import assert from 'node:assert/strict';
import { test } from 'node:test';
import { newPractice, testHouse } from '../../../test/app.ts';

test('ECH-7 SEC-3 a Provenance of many targets belongs to the patient of what it points to, whatever else the practice holds', async () => {
  const { fhir } = await testHouse();
  const practice = await newPractice();
  const client = await practice.client('system/*.cruds');
  const store = fhir.asSystem(practice.tenant, 'test');
  const entriesOf = async (patient: string, mark: string) => {
    const made = await store.createMany(
      Array.from({ length: 500 }, (_, i) => ({
        resourceType: 'Observation' as const,
        id: `${mark}${i}`,
        status: 'final' as const,
        code: { text: 'Poids' },
        subject: { reference: `Patient/${patient}` },
      })),
    );
    return made.map(({ id }) => ({ reference: `Observation/${id}` }));
  };
  const patient = async (family: string): Promise<string> =>
    (await client('POST', '/fhir/R4/Patient', { resourceType: 'Patient', name: [{ family }] })).body.id;
  const [cozan, riou] = [await patient('Cozan'), await patient('Riou')];
  const targets = await entriesOf(cozan, 'c');
  await entriesOf(riou, 'r');
  const made = await client('POST', '/fhir/R4/Provenance', {
    resourceType: 'Provenance',
    recorded: '2026-01-01T00:00:00Z',
    agent: [{ who: { display: 'Ancien logiciel' } }],
    target: targets,
  });
  assert.equal(made.status, 201, made.text);
  const countOf = async (id: string): Promise<number> =>
    (await client('GET', `/fhir/R4/Patient/${id}/Provenance?_summary=count`)).body.total;
  assert.deepEqual([await countOf(cozan), await countOf(riou)], [1, 0]);
});
