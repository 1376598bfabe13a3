import assert from 'node:assert/strict';
import { test } from 'node:test';
import { newPractice, testHouse } from '../../../test/app.ts';
import { watchResults } from './watch.ts';

/** A practice in which a laboratory's program has left a report that nobody has looked at. */
async function practiceWithReport() {
  const practice = await newPractice();
  const send = await practice.client('system/*.cruds');
  const made = async (resource: { resourceType: string; [element: string]: unknown }) => {
    const answer = await send('POST', `/fhir/R4/${resource.resourceType}`, resource);
    assert.equal(answer.status, 201, answer.text);
    return answer.body.id as string;
  };
  const subject = {
    reference: `Patient/${await made({ resourceType: 'Patient', name: [{ family: 'Kervella', given: ['Loïc'] }] })}`,
  };
  const value = await made({
    resourceType: 'Observation',
    status: 'final',
    code: { coding: [{ system: 'http://loinc.org', code: '2823-3' }], text: 'Potassium' },
    subject,
    effectiveDateTime: new Date().toISOString(),
    valueQuantity: { value: 6.9, unit: 'mmol/L', system: 'http://unitsofmeasure.org', code: 'mmol/L' },
  });
  await made({
    resourceType: 'DiagnosticReport',
    status: 'final',
    category: [{ coding: [{ system: 'http://terminology.hl7.org/CodeSystem/v2-0074', code: 'LAB' }] }],
    code: { text: 'Ionogramme' },
    subject,
    issued: new Date().toISOString(),
    result: [{ reference: `Observation/${value}` }],
  });
  return practice.tenant;
}

test('DOS-11 SEC-10 a practice whose results cannot be looked at holds up no other practice’s critical one', async () => {
  const { db, record } = await testHouse();
  const [broken, sound] = [await practiceWithReport(), await practiceWithReport()];
  const critical = async (tenant: number) =>
    (
      await db.tenant(tenant, (sql) =>
        sql.query<{ critical: boolean | null }>('select critical from record.result_waiting where tenant_id = $1', [
          tenant,
        ]),
      )
    )[0]?.critical;
  const { room } = record;
  const house: typeof room.house = (tenant, reason, sql) => {
    if (tenant === broken) throw new Error('this practice is broken');
    return room.house(tenant, reason, sql);
  };
  await assert.rejects(watchResults({ ...room, house }), /broken/);
  assert.deepEqual([await critical(broken), await critical(sound)], [null, true]);
});
