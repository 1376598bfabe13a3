import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { contractsByRoom } from '../../scripts/derive-contracts.ts';
import { newPractice, testHouse } from '../../test/app.ts';
import { isPracticeAct, practiceActs, readyMadeRights, regionalCodes, verdict } from '../access/index.ts';
import { runCommand } from '../platform/index.ts';
import { newRegion, publish, submitted } from './programme.fixture.ts';

describe('a region', () => {
  test('ACT-1 ACT-2 ACT-3 ACT-5 ACT-6 SEC-7 no regional actor may call anything about a patient: not one entry of any contract asks for a right that they hold', async () => {
    const open: string[] = [];
    for (const [room, contract] of Object.entries(await contractsByRoom()))
      for (const [name, entry] of Object.entries(contract)) {
        // The directory holds no patient: their own colleagues.
        if (typeof entry.may === 'string' || ('read' in entry.may && entry.may.read === 'directory')) continue;
        const held = [
          ...regionalCodes.map((profession) => ({ profession, roles: [] })),
          {
            profession: 'administrator' as const,
            roles: ['owner' as const, 'administrator' as const],
            region: true as const,
          },
        ].some((who) => verdict(readyMadeRights[who.profession], who, entry.may) !== 'no');
        // Their accounts and their ledger; the acts of the region, which only the programme has.
        const act = (entry.may as { practice?: string }).practice ?? '';
        const ofRegion =
          room === 'programme' &&
          isPracticeAct(act) &&
          'where' in practiceActs[act] &&
          practiceActs[act].where === 'region';
        if (held && !ofRegion && !['people', 'settings', 'audit'].includes(act)) open.push(`${room}.${name}`);
      }
    assert.deepEqual(open, []);
  });
  test('SEC-7 a regional session reaches no patient by FHIR, by search or by id, and makes none', async () => {
    const practice = await newPractice();
    const doctor = await practice.person('physician');
    const patient = (
      await doctor.send('POST', '/api/patients', {
        birthFamily: 'Regional',
        birthGivens: 'Essai',
        birthDate: '12/03/1948',
        sex: 'female',
      })
    ).body.id;
    const region = await newRegion();
    for (const who of [
      await region.person('ars-officer'),
      await region.person('vendor'),
      await region.person('administrator', { roles: ['owner', 'administrator'] }),
    ]) {
      for (const path of [
        '/api/patients?q=regional',
        `/api/patients/${patient}`,
        `/api/patients/${patient}/access-log`,
      ])
        assert.ok([403, 404].includes((await who.send('GET', path)).status), path);
      const found = await who.send('GET', '/fhir/R4/Patient?name=regional');
      assert.ok(found.status === 403 || !found.body.entry?.length, found.text);
      assert.equal((await who.send('GET', `/fhir/R4/Patient/${patient}`)).status >= 403, true);
      assert.equal(
        (
          await who.send('POST', '/api/patients', {
            birthFamily: 'Fantome',
            birthGivens: 'Essai',
            birthDate: '12/03/1948',
            sex: 'female',
          })
        ).status,
        403,
      );
      assert.equal(
        (await who.send('POST', '/fhir/R4/Patient', { resourceType: 'Patient', name: [{ family: 'Fantome' }] }))
          .status >= 403,
        true,
      );
      for (const act of ['/api/clients', '/api/rights', '/api/take-overs'])
        assert.equal((await who.send('GET', act)).status, 403, act);
    }
  });
  test('SEC-2 SEC-3 a practice has no people of a region, a region none of a practice; the table of rights of a practice shows no regional role', async () => {
    const [practice, region] = [await newPractice(), await newRegion()];
    const [owner, keeper] = [
      await practice.person('administrator', { roles: ['owner'] }),
      await region.person('administrator', { roles: ['owner'] }),
    ];
    const invite = (who: typeof owner, profession: string, login: string) =>
      who.send('POST', '/api/people', { login, family: 'Essai', given: 'Ana', profession });
    assert.equal((await invite(owner, 'ars-officer', 'a@x.example')).status, 422);
    assert.equal((await invite(keeper, 'nurse', 'b@x.example')).status, 422);
    assert.equal((await invite(keeper, 'commission-member', 'c@x.example')).status, 200);
    const officer = (await invite(owner, 'nurse', 'd@x.example')).body.person;
    assert.equal((await owner.send('PATCH', `/api/people/${officer.id}`, { profession: 'vendor' })).status, 422);
    const table = (await owner.send('GET', '/api/rights')).body as { profession: string }[];
    assert.ok(table.length > 0 && !table.some(({ profession }) => regionalCodes.includes(profession as never)));
    assert.equal(
      (await owner.send('PUT', '/api/rights/ars-officer/summary', { reach: 'practice', write: false })).status,
      422,
    );
  });
  test('ACT-1 ACT-4 each side is told which it is; a region starts with the two calls of the product; a practice of no region is told so', async () => {
    const region = await newRegion('Région de l’Estran');
    const practice = await newPractice(undefined, { region: region.id });
    const [officer, coordinator] = [
      await region.person('ars-officer'),
      await practice.person('coordinator', { roles: ['coordinator'] }),
    ];
    assert.deepEqual((await officer.send('GET', '/api/me')).body.practice, {
      id: region.id,
      name: 'Région de l’Estran',
      kind: 'region',
      region: null,
    });
    assert.deepEqual((await coordinator.send('GET', '/api/me')).body.practice.region, {
      id: region.id,
      name: 'Région de l’Estran',
    });
    const { calls, writes } = (await officer.send('GET', '/api/programme/editions')).body;
    assert.deepEqual(
      [calls.map((one: { id: string; version: number }) => [one.id, one.version]), writes],
      [
        [
          ['sip-2024', 1],
          ['sip-2021', 1],
        ],
        true,
      ],
    );
    assert.equal((await officer.send('GET', '/api/programme/home')).body.as, 'officer');
    assert.deepEqual(
      [
        (await coordinator.send('GET', '/api/programme/home')).body.as,
        (await coordinator.send('GET', '/api/programme/editions')).status,
      ],
      ['practice', 403],
    );
    const alone = await (await (await newPractice()).person('coordinator')).send('GET', '/api/programme/mine');
    assert.equal(alone.status, 404);
    assert.match(alone.body.detail, /aucune région/);
  });
  test('ACT-2 ACT-3 ACT-5 ACT-6 GCS, consultant, vendor and partner see the calls and not one file; another region sees nothing of this one', async () => {
    const [region, other] = [await newRegion(), await newRegion()];
    await publish(region, 'appel-vu');
    const { application } = await submitted(region, 'appel-vu');
    for (const profession of ['gcs-officer', 'consultant', 'vendor', 'partner'] as const) {
      const who = await region.person(profession);
      const { calls } = (await who.send('GET', '/api/programme/editions')).body;
      assert.ok(calls.some((one: { id: string; counts: unknown }) => one.id === 'appel-vu' && one.counts === null));
      for (const path of [
        `/api/programme/applications/${application}`,
        '/api/programme/mine',
        `/api/programme/applications/${application}/receipts/1`,
      ])
        assert.ok([403, 404].includes((await who.send('GET', path)).status), `${profession} ${path}`);
    }
    const stranger = await other.person('ars-officer');
    assert.equal((await stranger.send('GET', '/api/programme/editions/appel-vu')).status, 404);
    assert.equal((await stranger.send('GET', `/api/programme/applications/${application}/receipts/1`)).status, 404);
  });
  test('ACT-1 commands make a region and let practices enter it', async () => {
    const estran = await testHouse();
    const practice = await newPractice();
    const said: unknown[] = [];
    const out = {
      line: (text: string) => said.push(text),
      error: (text: string) => said.push(text),
      progress: () => undefined,
      json: (value: unknown) => said.push(value),
    };
    const run = (...argv: string[]) => runCommand(estran, argv, '/', out, new AbortController().signal);
    assert.equal(await run('region', 'create', '--name', 'Région des Îles', '--practice', practice.id, '--json'), 0);
    assert.deepEqual((said[0] as { practices: string[] }).practices, [practice.id]);
    const id = (said[0] as { id: string }).id;
    assert.equal(await run('practice', 'create', '--name', 'MSP des Îles', '--region', id, '--json'), 0);
    assert.equal(
      await run(
        'user',
        'create',
        '--practice',
        id,
        '--login',
        'ars@iles.example',
        '--family',
        'Ars',
        '--given',
        'Léa',
        '--profession',
        'ars-officer',
        '--json',
      ),
      0,
    );
    assert.equal(await run('region', 'join', '--region', 'nulle-part', '--practice', practice.id), 1);
    const coordinator = await practice.person('coordinator', { roles: ['coordinator'] });
    assert.equal((await coordinator.send('GET', '/api/programme/mine')).body.region, 'Région des Îles');
  });
});
