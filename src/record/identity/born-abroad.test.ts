import assert from 'node:assert/strict';
import { test } from 'node:test';
import { newPractice } from '../../../test/app.ts';
import { errors, frenchValidator, withoutFrench } from '../../fhir/validation/testing.ts';

test('IDV-1 a person born abroad is recorded with the code of the country, corrected, and accepted with the French packages too', async () => {
  const practice = await newPractice();
  const nurse = await practice.person('nurse');
  const software = await practice.client('system/Patient.rs');
  const typed = {
    birthFamily: 'DIALLO',
    birthGivens: 'Awa',
    birthDate: '1990-02-03',
    sex: 'female',
    birthPlace: '99331',
    birthPlaceName: 'Mali',
    evenIfSimilar: true,
  };
  const made = await nurse.send('POST', '/api/patients', typed);
  assert.equal(made.status, 200, made.text);
  const stored = async () => (await software('GET', `/fhir/R4/Patient/${made.body.id}`)).body;
  const first = await stored();
  const place = first.extension.find((one: { url: string }) => one.url.endsWith('patient-birthPlace')).valueAddress;
  assert.deepEqual([place.extension[0].valueCoding.code, place.city, first.meta.profile], ['99331', 'Mali', undefined]);
  const identity = (await nurse.send('GET', `/api/patients/${made.body.id}/identity`)).body;
  const { birthPlaceName: _, ...unnamed } = typed;
  const corrected = await nurse.send('PUT', `/api/patients/${made.body.id}/identity`, {
    ...unnamed,
    birthDate: '1990-02-04',
    version: identity.version,
  });
  assert.equal(corrected.status, 200, corrected.text);
  const second = await stored();
  assert.equal(second.birthDate, '1990-02-04');
  if (!withoutFrench) for (const one of [first, second]) assert.deepEqual(errors(frenchValidator().validate(one)), []);
});
