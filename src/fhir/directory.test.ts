import assert from 'node:assert/strict';
import { test } from 'node:test';
import { newPractice } from '../../test/app.ts';
import { errors, frenchValidator, withoutFrench } from './validation/testing.ts';

test('ECH-1 SEC-2 a professional’s resource follows the account: the RPPS number has its type, what others wrote stays, FR Core accepts it', async () => {
  const practice = await newPractice();
  const software = await practice.client('system/*.cruds');
  const admin = await practice.person('administrator', { roles: ['owner'] });
  const physician = await practice.person('physician', { family: 'Riou', given: 'Anne Marie' });
  const path = `/fhir/R4/Practitioner/${physician.practitioner}`;
  const before = (await software('GET', path)).body;
  const national = {
    type: { coding: [{ system: 'https://hl7.fr/ig/fhir/core/CodeSystem/fr-core-cs-v2-0203', code: 'IDNPS' }] },
    system: 'urn:oid:1.2.250.1.71.4.2.1',
    value: '810999999992',
  };
  const kept = {
    ...before,
    meta: { profile: ['https://hl7.fr/ig/fhir/core/StructureDefinition/fr-core-practitioner'] },
    identifier: [national],
    name: [
      { ...before.name[0], prefix: ['MME'], suffix: ['DR'] },
      { use: 'maiden', family: 'Salaün' },
    ],
  };
  assert.equal((await software('PUT', path, kept)).status, 200);
  const { id } = (await admin.send('GET', '/api/people')).body.find(
    (one: { practitioner: string }) => one.practitioner === physician.practitioner,
  );
  const changed = await admin.send('PATCH', `/api/people/${id}`, { family: 'Riou-Cozic', rpps: '10999999992' });
  assert.equal(changed.status, 200, changed.text);
  const { body } = await software('GET', path);
  assert.deepEqual(
    body.identifier.map((one: { system: string; value: string; type: { coding: { code: string }[] } }) => [
      one.system,
      one.value,
      one.type.coding[0]?.code,
    ]),
    [
      ['https://rpps.esante.gouv.fr', '10999999992', 'RPPS'],
      [national.system, national.value, 'IDNPS'],
    ],
  );
  assert.deepEqual(body.name, [
    { use: 'official', family: 'Riou-Cozic', given: ['Anne', 'Marie'], prefix: ['MME'], suffix: ['DR'] },
    { use: 'maiden', family: 'Salaün' },
  ]);
  if (!withoutFrench) assert.deepEqual(errors(frenchValidator().validate(body)), []);
});
