import assert from 'node:assert/strict';
import { test } from 'node:test';
import { newPractice } from '../../test/app.ts';

test('SEC-2 ECH-1 the address of a site that is struck out goes from its Location; what another program wrote beside it stays', async () => {
  const practice = await newPractice();
  const owner = await practice.person('administrator', { roles: ['owner'] });
  const software = await practice.client('system/*.cruds');
  const site = (await owner.send('POST', '/api/practice/sites', { name: 'Le port', address: '1 quai' })).body;
  const at = `/fhir/R4/Location/${site.id}`;
  const location = async () => (await software('GET', at)).body;
  assert.deepEqual((await location()).address, { text: '1 quai' });
  await software('PUT', at, { ...(await location()), address: { text: '1 quai', city: 'Brest' } });
  await owner.send('PATCH', `/api/practice/sites/${site.id}`, { name: 'Le port', address: '' });
  assert.deepEqual((await location()).address, { city: 'Brest' });
});
