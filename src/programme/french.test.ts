import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { inDays, newRegion, publish, submitted } from './programme.fixture.ts';

const names = ['MSP du Bout', 'Équipe du Bois', 'maison de santé du Gué', 'Eau-Vive', 'Maison de santé d’Arz'];
const french = ['Eau-Vive', 'Équipe du Bois', 'Maison de santé d’Arz', 'maison de santé du Gué', 'MSP du Bout'];

describe('French order', () => {
  test('AAP-8 AAP-10 lists stand as a French reader looks for them: accents and capitals aside, in files, projects and letters', async () => {
    const region = await newRegion('Région ordre');
    await publish(region, 'ordre', { places: 9, review: [], tie: 'none' });
    for (const name of names) await submitted(region, 'ordre', {}, name);
    const officer = await region.person('ars-officer');
    const at = '/api/programme/editions/ordre';
    const teams = (list: { team: string }[]) => list.map(({ team }) => team);
    assert.deepEqual(teams((await officer.send('GET', `${at}/files`)).body.files), french);
    await publish(region, 'ordre', { places: 9, review: [], tie: 'none', deadline: inDays(-1) });
    const { seen, ranked } = (await officer.send('GET', `${at}/ranking`)).body;
    assert.deepEqual(teams(ranked), french, 'equals');
    assert.equal((await officer.send('POST', `${at}/decide`, { places: 9, seen })).status, 200);
    assert.deepEqual(teams((await officer.send('GET', `${at}/decisions`)).body.lines), french);
    await officer.send('POST', `${at}/notify`, { signatory: 'Jeanne Ars', role: 'Directrice', note: '' });
    await officer.send('POST', `${at}/projects`);
    assert.deepEqual(teams((await officer.send('GET', '/api/programme/projects')).body.projects), french);
  });
});
