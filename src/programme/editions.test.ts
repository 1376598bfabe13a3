import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { testHouse, type TestPerson } from '../../test/app.ts';
import type { Edition } from './calls/contract.ts';
import { attach, goodAnswers, inDays, newRegion, publish, submitted, team } from './programme.fixture.ts';

const read = async (who: TestPerson, id: string, version?: number) =>
  (await who.send('GET', `/api/programme/editions/${id}${version ? `?version=${version}` : ''}`)).body;
const save = (who: TestPerson, id: string, seen: number, edition: unknown) =>
  who.send('PUT', `/api/programme/editions/${id}/draft`, { seen, edition });
const publishIt = (who: TestPerson, id: string, seen: number, reason = '') =>
  who.send('POST', `/api/programme/editions/${id}/publish`, { seen, reason });

describe('a call edition is data', () => {
  test('AAP-1 AAP-7 AAP-8 an officer copies a call into a new year, changes it, and publishes it: teams then apply under the new rules', async () => {
    const region = await newRegion();
    const officer = await region.person('ars-officer', { given: 'Léa', family: 'Ars' });
    const copied = await officer.send('POST', '/api/programme/editions', {
      from: 'sip-2024',
      year: 2031,
      title: 'Appel SIP 2031',
    });
    assert.equal(copied.body.id, 'appel-sip-2031');
    const { draft } = await read(officer, 'appel-sip-2031');
    assert.deepEqual([draft.edition.year, draft.edition.deadline, draft.by], [2031, '2031-05-01T23:59:59', 'Léa Ars']);
    const coordinator = (await team(region, 'appel-sip-2031').catch(() => undefined))?.coordinator;
    assert.ok(
      coordinator && (await coordinator.send('GET', '/api/programme/mine')).body.calls.length === 0,
      'a draft is nobody’s business but the officer’s',
    );
    const edition = draft.edition as Edition;
    const changed: Edition = {
      ...edition,
      places: 4,
      eligibility: edition.eligibility.map((rule) =>
        rule.id === 'aci'
          ? {
              ...rule,
              test: { fact: 'coordination.protocols', atLeast: 5 },
              title: 'Cinq protocoles écrits',
              fails: 'Moins de cinq protocoles.',
              mend: 'Écrivez-les avec l’équipe.',
            }
          : rule,
      ),
    };
    assert.equal((await save(officer, 'appel-sip-2031', draft.version, changed)).status, 200);
    assert.equal((await publishIt(officer, 'appel-sip-2031', draft.version + 1)).body.version, 1);
    const one = await team(region, 'appel-sip-2031', {});
    const refused = await one.coordinator.send('POST', `/api/programme/applications/${one.application}/submit`);
    assert.deepEqual(
      refused.body.reasons.map(({ words }: { words: string }) => words),
      ['Moins de cinq protocoles.'],
    );
  });

  test('AAP-1 AAP-3 AAP-8 FIN-3 a call begins from nothing too: a frame without a flaw, under which a team applies, is ranked, chosen and notified, and has its project', async () => {
    const region = await newRegion('Agence d’essai');
    const officer = await region.person('ars-officer');
    const begun = await officer.send('POST', '/api/programme/editions', {
      from: null,
      year: 2031,
      title: 'Santé mentale',
    });
    assert.deepEqual([begun.status, begun.body.id], [200, 'sante-mentale'], begun.text);
    const { draft } = await read(officer, 'sante-mentale');
    const { edition } = draft as { edition: Edition };
    assert.deepEqual(
      [edition.title, edition.year, edition.publisher, edition.deadline, edition.funding.notBefore],
      ['Santé mentale', 2031, 'Agence d’essai', '2031-03-31T23:59:59', '2031-01-01'],
    );
    const open = { ...edition, deadline: inDays(20), year: new Date().getFullYear() };
    assert.deepEqual((await save(officer, 'sante-mentale', draft.version, open)).body.flaws, []);
    assert.equal((await publishIt(officer, 'sante-mentale', draft.version + 1)).body.version, 1);
    const one = await team(region, 'sante-mentale');
    const send = (method: string, path: string, body?: unknown) =>
      one.coordinator.send(method, `/api/programme/applications/${one.application}${path}`, body);
    const refused = await send('POST', '/submit');
    assert.equal(refused.status, 422, 'nothing is answered yet');
    const known = (await send('GET', '')).body.answers;
    for (const [field, value] of Object.entries({
      'team.sites': '1 rue de l’Essai',
      'team.territory': 'Pays des Essais',
      'team.members': { physician: 2, nurse: 1 },
      'signatory.name': 'Camille Riou',
      'signatory.role': 'Présidente',
      'healthProject.validated': true,
      'coordination.coordinator': true,
      'project.words': 'Un dossier commun.',
    })) {
      const saved = await send('PUT', `/answers/${field}`, { value, seen: known[field]?.version ?? 0 });
      assert.equal(saved.status, 200, `${field} ${saved.text}`);
    }
    await attach(one.coordinator, one.application, 'health-project');
    assert.equal((await send('POST', '/submit')).status, 200);
    const at = '/api/programme/editions/sante-mentale';
    const closed = await read(officer, 'sante-mentale');
    await save(officer, 'sante-mentale', closed.draftVersion, { ...closed.edition, deadline: inDays(-1) });
    await publishIt(officer, 'sante-mentale', closed.draftVersion + 1, 'Date limite avancée.');
    const { seen, ranked } = (await officer.send('GET', `${at}/ranking`)).body;
    assert.deepEqual(
      ranked.map((row: { outcome: string; figures: { scores: { points: number }[] } }) => [
        row.outcome,
        row.figures.scores.map(({ points }) => points),
      ]),
      [['chosen', [1]]],
    );
    assert.equal((await officer.send('POST', `${at}/decide`, { places: 10, seen })).status, 200);
    await officer.send('POST', `${at}/notify`, { signatory: 'Jeanne Ars', role: 'Directrice', note: '' });
    await officer.send('POST', `${at}/projects`);
    const [project] = (await officer.send('GET', '/api/programme/projects')).body.projects;
    const money = (await officer.send('GET', `/api/programme/projects/${project.id}/money`)).body;
    assert.equal(money.ceilingCents, 2 * 70_000 + 30_000);
  });

  test('AAP-1 a copy of a 29 February has a day that exists, and what is no day stays to be told', async () => {
    const region = await newRegion();
    const officer = await region.person('ars-officer');
    const { funding } = await publish(region, 'bissextile', {
      year: 2028,
      deadline: '2028-02-29T12:00:00',
    });
    const draftOf = async (title: string, year: number, from: string) => {
      const { id } = (await officer.send('POST', '/api/programme/editions', { from, year, title })).body;
      return read(officer, id);
    };
    const common = await draftOf('Appel de 2030', 2030, 'bissextile');
    assert.equal(common.draft.edition.deadline, '2030-02-28T12:00:00');
    const leap = await draftOf('Appel de 2032', 2032, 'bissextile');
    assert.equal(leap.draft.edition.deadline, '2032-02-29T12:00:00');
    await save(officer, leap.id, leap.draft.version, {
      ...leap.draft.edition,
      deadline: '2032-02-31T12:00:00',
      funding: { ...funding, notBefore: '2032-02-29' },
    });
    const wrong = await draftOf('Appel de 2033', 2033, leap.id);
    assert.deepEqual(
      [wrong.draft.edition.deadline, wrong.draft.edition.funding.notBefore],
      ['2033-02-31T12:00:00', '2033-02-28'],
    );
  });

  test('AAP-1 SEC-11 the same call begun twice, even at once, is one draft; one that was changed since is kept and another begins; a call given up frees its title', async () => {
    const region = await newRegion();
    const officer = await region.person('ars-officer');
    for (const from of ['sip-2024', null]) {
      const title = from ? 'Copie' : 'Vierge';
      const [base, second] = from ? ['copie', 'copie-2'] : ['vierge', 'vierge-2'];
      const begin = async () =>
        (await officer.send('POST', '/api/programme/editions', { from, year: 2031, title })).body.id;
      assert.deepEqual(await Promise.all([begin(), begin(), begin()]), [base, base, base]);
      const { draft } = await read(officer, base!);
      assert.equal(draft.version, 1, 'written once');
      await save(officer, base!, 1, { ...draft.edition, places: 3 });
      assert.equal(await begin(), second);
      assert.equal((await read(officer, base!)).draft.edition.places, 3, 'what was changed is kept');
      await officer.send('POST', `/api/programme/editions/${base}/draft/discard`, { seen: 2 });
      assert.deepEqual(await Promise.all([begin(), begin()]), [base, base]);
      const again = await read(officer, base!);
      assert.deepEqual([again.draft.edition.places, again.draft.version], [10, 4]);
      const late = await save(officer, base!, 3, draft.edition);
      assert.deepEqual(
        [late.status, late.body.reason],
        [409, 'edited-meanwhile'],
        'taking the discard back comes too late',
      );
    }
    // What was published keeps its name, and a copy of a draft under its own title is another call.
    await publishIt(officer, 'copie', 4);
    const copy = (from: string) =>
      officer.send('POST', '/api/programme/editions', { from, year: 2031, title: 'Copie' });
    assert.equal((await copy('sip-2024')).body.id, 'copie-2');
    assert.equal((await copy('copie-2')).body.id, 'copie-3');
  });

  test('AAP-10 what is published never changes: a change makes the next version, with a reason; what was submitted keeps its own', async () => {
    const region = await newRegion();
    const officer = await region.person('ars-officer');
    await publish(region, 'appel-v');
    const { application, coordinator } = await submitted(region, 'appel-v');
    const call = await read(officer, 'appel-v');
    const stricter = {
      ...call.edition,
      places: 3,
      eligibility: call.edition.eligibility.map((rule: { id: string }) =>
        rule.id === 'aci' ? { ...rule, test: { fact: 'coordination.protocols', atLeast: 50 } } : rule,
      ),
    };
    await save(officer, 'appel-v', call.draftVersion, stricter);
    assert.equal((await publishIt(officer, 'appel-v', call.draftVersion + 1)).status, 422, 'a reason is asked for');
    assert.equal(
      (await publishIt(officer, 'appel-v', call.draftVersion + 1, 'Correction du nombre de places.')).body.version,
      2,
    );
    assert.deepEqual(
      [(await read(officer, 'appel-v')).edition.places, (await read(officer, 'appel-v', 1)).edition.places],
      [3, 10],
    );
    const file = (await officer.send('GET', `/api/programme/files/${application}`)).body;
    assert.deepEqual([file.version, file.verdict], [1, 'eligible']);
    assert.equal((await coordinator.send('GET', `/api/programme/applications/${application}`)).body.version, 1);
    assert.equal((await read(officer, 'appel-v', 9)).status, 404);
    const { db } = await testHouse();
    await assert.rejects(
      db.tenant(region.tenant, (sql) =>
        sql.query(`update programme.edition_version set body = '{}' where tenant_id = $1`, [region.tenant]),
      ),
      /permission denied/,
    );
  });

  test('AAP-10 a draft is tried on typed cases and on applications already submitted before it is published: verdict, points, rank', async () => {
    const region = await newRegion();
    const officer = await region.person('ars-officer');
    await publish(region, 'appel-t');
    const [one, other] = [
      await submitted(region, 'appel-t'),
      await submitted(region, 'appel-t', { 'coordination.meetings': 1 }),
    ];
    const hidden = await team(region, 'appel-t', {});
    const { edition } = await read(officer, 'appel-t');
    const tried = await officer.send('POST', '/api/programme/editions/appel-t/check', {
      edition: { ...edition, places: 1 },
      cases: [
        {
          id: 'a',
          title: 'Sans coordinateur',
          facts: {
            ...goodAnswers,
            'team.members': 8,
            'coordination.coordinator': false,
            'coordination.referent': false,
          },
        },
      ],
      applications: [one.application, other.application, hidden.application],
    });
    assert.equal(tried.status, 200, tried.text);
    const line = (id: string) => tried.body.cases.find((found: { id: string }) => found.id === id);
    assert.deepEqual(
      [
        line('a').eligibility.verdict,
        line('a').rank,
        line(one.application).place,
        line(other.application).place,
        line(hidden.application),
      ],
      ['not-eligible', null, 'chosen', 'waiting', undefined],
    );
    assert.equal((await read(officer, 'appel-t')).edition.places, 10, 'nothing is kept');
  });

  test('AAP-9 SEC-11 SEC-16 a call with flaws is kept as a draft and not published, each flaw in words; who saves second is told; what is no call at all is refused', async () => {
    const region = await newRegion();
    const officer = await region.person('ars-officer');
    const { id } = (
      await officer.send('POST', '/api/programme/editions', { from: 'sip-2021', year: 2032, title: 'Appel à trous' })
    ).body;
    const { draft } = await read(officer, id);
    const edition = draft.edition as Edition;
    const broken: Edition = {
      ...edition,
      deadline: '2032-02-31T23:59:59',
      sections: edition.sections.map((section) => ({
        ...section,
        fields: section.fields.filter((field) => field.id !== 'aci.member'),
      })),
      funding: { ...edition.funding, payments: [{ percent: 70, when: 'à la signature' }] },
    };
    const saved = await save(officer, id, draft.version, broken);
    assert.equal(saved.status, 200);
    assert.ok(
      saved.body.flaws.some(({ words }: { words: string }) => words.includes('aci.member')) &&
        saved.body.flaws.some(({ words }: { words: string }) => words.includes('70 %')) &&
        saved.body.flaws.some(({ where }: { where: string }) => where === 'Dates'),
    );
    assert.equal((await publishIt(officer, id, draft.version + 1)).status, 422);
    const late = await save(officer, id, draft.version, edition);
    assert.deepEqual([late.status, late.body.reason], [409, 'edited-meanwhile']);
    for (const wrong of [
      {},
      { ...edition, places: 0 },
      { ...edition, deadline: 'demain' },
      { ...edition, eligibility: [] },
      { ...edition, sections: [{ id: 'x', title: 'x', fields: [{ id: 'É', label: '', type: 'spell' }] }] },
    ])
      assert.equal((await save(officer, id, draft.version + 1, wrong)).status, 422);
    assert.equal(
      (await officer.send('POST', `/api/programme/editions/${id}/draft/discard`, { seen: draft.version + 1 })).status,
      204,
    );
    const { calls } = (await officer.send('GET', '/api/programme/editions')).body;
    assert.ok(!calls.some((one: { id: string }) => one.id === id), 'a call that never was public is gone');
    const long = await officer.send('POST', '/api/programme/editions', {
      from: 'sip-2024',
      year: 2030,
      title: 'x'.repeat(201),
    });
    assert.deepEqual([long.status, long.body.fields.title], [422, '200 caractères au plus']);
  });

  test('ACT-1 ACT-4 who may not write a call: commission, GCS, consultant, vendor, partner, practices, another region', async () => {
    const [region, elsewhere] = [await newRegion(), await newRegion()];
    await publish(region, 'appel-x', { deadline: inDays(3) });
    const { edition } = await read(await region.person('ars-officer'), 'appel-x');
    const acts: [string, string, unknown][] = [
      ['POST', '/api/programme/editions', { from: 'appel-x', year: 2030, title: 'Autre' }],
      ['POST', '/api/programme/editions', { from: null, year: 2030, title: 'Vierge' }],
      ['PUT', '/api/programme/editions/appel-x/draft', { seen: 1, edition }],
      ['POST', '/api/programme/editions/appel-x/draft/discard', { seen: 1 }],
      ['POST', '/api/programme/editions/appel-x/check', { edition }],
      ['POST', '/api/programme/editions/appel-x/publish', { seen: 1 }],
    ];
    const practice = (await team(region, 'appel-x')).coordinator;
    for (const who of [
      await region.person('commission-member'),
      await region.person('gcs-officer'),
      await region.person('consultant'),
      await region.person('vendor'),
      await region.person('partner'),
      practice,
    ])
      for (const [method, path, body] of acts)
        assert.equal((await who.send(method, path, body)).status, 403, `${who.caller.profession} ${method} ${path}`);
    const foreign = await elsewhere.person('ars-officer');
    // Their own region is theirs to write in.
    const there = acts.filter(
      ([, path, body]) => !path.endsWith('check') && (body as { from?: unknown }).from !== null,
    );
    for (const [method, path, body] of there)
      assert.equal((await foreign.send(method, path, body)).status, 404, `other region ${method} ${path}`);
  });
});
