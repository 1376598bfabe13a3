import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { anyone, testHouse } from '../../../test/app.ts';
import { inDays, openedProject, publish, submitted } from '../programme.fixture.ts';
import { communeIn, communeOf, communesLike, gazetteerOf, plain } from './communes.ts';
import { kept, type PracticeLine, shapeNamed } from './region.rules.ts';

const path = '/api/programme/region/practices';

describe('the region’s view', () => {
  test('ACT-1 ACT-2 ACT-3 officer, commission and GCS see every practice, a consultant their own projects, the others none; places come from the territory', async () => {
    const one = await openedProject({ 'team.territory': 'Lannilis, Landéda, Plouguerneau' });
    await publish(one.region, 'suite', { places: 3 });
    const applied = await submitted(
      one.region,
      'suite',
      { 'team.territory': 'Pays inconnu', 'team.sites': '3 place de l’Église, Douarnenez' },
      'Équipe du port',
    );
    const lines = async (who: typeof one.officer) => (await who.send('GET', path)).body.practices as PracticeLine[];
    const seen = await lines(one.officer);
    const project = seen.find(({ practice }) => practice === one.team.practice.id)!;
    assert.deepEqual(
      [project.status, project.step?.id, project.place?.label, project.place?.department, project.here],
      ['project', 'selection', 'Lannilis', '29', true],
    );
    const port = seen.find(({ practice }) => practice === applied.practice.id)!;
    assert.deepEqual([port.status, port.place?.label, port.call?.id], ['applied', 'Douarnenez', 'suite']);
    assert.ok(
      seen.some(({ status }) => status === 'none'),
      'a practice of the region that has done nothing yet is there',
    );
    assert.deepEqual((await lines(one.strangers.reviewer)).length, seen.length);
    assert.deepEqual([project.spending?.paidCents, project.use], [0, null]);
    assert.deepEqual(
      (await lines(one.strangers.reviewer)).filter(({ spending }) => spending),
      [],
      'the commission is not shown the money',
    );
    const month = (name: string, professions: number) =>
      one.consultant.send('PUT', `/api/programme/projects/${one.project}/use/${name}`, {
        seen: 0,
        records: 40,
        shared: 20,
        professionals: 6,
        professions,
        meetings: 2,
        protocols: 1,
        messages: 30,
        tasks: 5,
      });
    const { db } = await testHouse();
    await db.transaction(one.region.tenant, (sql) =>
      sql.query(`update programme.project set started_on = '2025-01-01' where tenant_id = $1`, [one.region.tenant]),
    );
    for (const [name, professions] of [
      ['2025-02', 1],
      ['2025-03', 3],
    ] as const)
      assert.equal((await month(name, professions)).status, 200);
    assert.deepEqual((await lines(one.gcs)).find(({ practice }) => practice === one.team.practice.id)?.use, {
      professions: 3,
      month: '2025-03',
    });
    assert.deepEqual(
      (await one.officer.send('GET', `${path}?use=shared`)).body.practices.map((line: PracticeLine) => line.practice),
      [one.team.practice.id],
    );
    const gcs = await lines(one.gcs);
    assert.deepEqual(
      [
        gcs.find(({ practice }) => practice === applied.practice.id)?.status,
        gcs.find(({ practice }) => practice === one.team.practice.id)?.application,
      ],
      ['none', null],
      'GCS reaches no application',
    );
    assert.deepEqual(
      (await lines(one.consultant)).map(({ practice }) => practice),
      [one.team.practice.id],
    );
    assert.deepEqual(await lines(one.strangers.consultant), []);
    for (const who of [one.strangers.vendor, one.strangers.partner, one.team.coordinator, one.nurse])
      assert.equal((await who.send('GET', path)).status, 403);
    assert.ok(!JSON.stringify(await lines(one.foreign)).includes(one.team.practice.id));
    assert.equal((await anyone('GET', path)).status, 401);
  });

  test('ACT-1 filters and order are those asked; the file holds the same lines', async () => {
    const one = await openedProject({ 'team.territory': 'Redon' });
    const late = await one.officer.send('GET', `${path}?delay=late`);
    const open = (await one.officer.send('GET', `${path}?status=project&department=35&q=projet`)).body;
    assert.deepEqual([open.practices.length, open.departments], [1, ['35']]);
    assert.equal(late.body.practices.length, open.practices[0].lateDays > 0 ? 1 : 0);
    assert.equal((await one.officer.send('GET', `${path}?status=closed`)).body.practices.length, 0);
    assert.equal((await one.officer.send('GET', `${path}?sort=nom`)).status, 400);
    const csv = (await one.officer.send('GET', `${path}/export?format=csv&status=project`)).text.split('\r\n');
    assert.match(csv[0]!, /Équipe;Territoire;Commune;Département;État/);
    assert.match(csv[1]!, /Redon;Redon;35;Projet en cours/);
    assert.equal(csv.length, 3);
    const xlsx = await one.consultant.send('GET', `${path}/export?format=xlsx`);
    assert.match(String(xlsx.headers['content-type']), /spreadsheetml/);
    assert.equal((await one.strangers.vendor.send('GET', `${path}/export?format=csv`)).status, 403);
  });

  test('ACT-1 ACT-2 a practice whose words say no commune is placed once, by a commune or on the map, and taken back; nobody else places', async () => {
    const one = await openedProject({ 'team.territory': 'Pays des Essais', 'team.sites': '1 rue de l’Essai' });
    const practice = one.team.practice.id;
    const placed = async () =>
      ((await one.officer.send('GET', path)).body.practices as PracticeLine[]).find(
        (line) => line.practice === practice,
      )!.place;
    assert.equal(await placed(), null);
    const found = (await one.officer.send('GET', '/api/programme/region/communes?q=saint%20malo')).body as {
      code: string;
      name: string;
    }[];
    assert.equal(found[0]?.name, 'Saint-Malo');
    assert.equal((await one.gcs.send('PUT', `${path}/${practice}/place`, { commune: found[0]!.code })).status, 204);
    assert.deepEqual([(await placed())?.label, (await placed())?.byHand], ['Saint-Malo', true]);
    assert.equal(
      (await one.officer.send('PUT', `${path}/${practice}/place`, { x: -1200, y: -22100, department: '22' })).status,
      204,
    );
    assert.deepEqual(await placed(), {
      x: -1200,
      y: -22100,
      label: 'placée sur la carte',
      department: '22',
      byHand: true,
    });
    assert.equal((await one.officer.send('PUT', `${path}/${practice}/place`, { commune: '99999' })).status, 422);
    assert.equal((await one.officer.send('PUT', `${path}/ailleurs/place`, { commune: '29105' })).status, 404);
    assert.equal((await one.foreign.send('PUT', `${path}/${practice}/place`, { commune: '29105' })).status, 404);
    for (const who of [
      one.consultant,
      one.strangers.reviewer,
      one.strangers.vendor,
      one.strangers.partner,
      one.team.coordinator,
    ])
      assert.equal((await who.send('PUT', `${path}/${practice}/place`, { commune: '29105' })).status, 403);
    assert.equal((await one.officer.send('DELETE', `${path}/${practice}/place`)).status, 204);
    assert.equal(await placed(), null);
    assert.equal((await one.officer.send('DELETE', `${path}/${practice}/place`)).status, 404);
  });

  test('ACT-1 ACT-2 ACT-3 ACT-5 ACT-6 each actor is told what waits for them today, with its list, and nothing of the others', async () => {
    const one = await openedProject();
    await publish(one.region, 'clos', { places: 1 });
    await submitted(one.region, 'clos', {}, 'Équipe à décider');
    await publish(one.region, 'clos', { places: 1, deadline: inDays(-1) });
    type Day = {
      as: string;
      waits: { count: number; words: string; to: string }[];
      projects: { id: string; blockers: string[] }[];
      steps: { id: string }[];
    };
    const day = async (who: typeof one.officer) => (await who.send('GET', '/api/programme/region/today')).body as Day;
    const words = ({ waits }: Day) => waits.map(({ count, words: said }) => `${count} ${said.replace(/ : .*/, '')}`);
    const late = (await day(one.consultant)).waits.some(({ words: said }) => said.startsWith('projet en retard'));
    const lateOnes = late ? ['1 projet en retard'] : [];
    assert.deepEqual(words(await day(one.officer)), ['1 candidature à décider', ...lateOnes]);
    assert.deepEqual((await day(one.officer)).waits[0]!.to, '/programme/dossiers/classement?appel=clos');
    assert.deepEqual(words(await day(one.strangers.reviewer)), ['1 candidature à noter']);
    assert.deepEqual([words(await day(one.gcs)), words(await day(one.consultant))], [lateOnes, lateOnes]);
    assert.deepEqual(
      [(await day(one.consultant)).projects.map(({ id }) => id), (await day(one.strangers.consultant)).projects],
      [[one.project], []],
    );
    assert.deepEqual([words(await day(one.strangers.vendor)), words(await day(one.strangers.partner))], [[], []]);
    await one.officer.send(
      'PUT',
      `/api/programme/projects/${one.project}/parties/${one.strangers.vendor.practitioner}`,
      { sees: [] },
    );
    await one.officer.send(
      'PUT',
      `/api/programme/projects/${one.project}/parties/${one.strangers.partner.practitioner}`,
      { sees: ['steps'] },
    );
    await one.officer.send('DELETE', `/api/programme/projects/${one.project}/parties/${one.consultant.practitioner}`);
    assert.deepEqual(
      [words(await day(one.strangers.vendor)), words(await day(one.strangers.partner))],
      [['1 équipe attend votre devis'], ['1 projet partagé avec vous']],
    );
    assert.ok(words(await day(one.officer)).includes('1 projet sans consultant'));
    await one.team.coordinator.send('POST', `/api/programme/applications/${one.team.application}/renounce`, {
      reason: 'L’équipe se sépare à l’été.',
    });
    assert.deepEqual((await day(one.gcs)).projects, [], 'a project that is stopped is not under way');
    const keeper = await one.region.person('administrator');
    assert.deepEqual(words(await day(keeper)), []);
    assert.equal((await one.team.coordinator.send('GET', '/api/programme/region/today')).status, 403);
    assert.equal((await anyone('GET', '/api/programme/region/today')).status, 401);
  });

  test('ACT-1 a commune is read from words, however they are written; what is shared by two says nothing; a region shows its own shapes', () => {
    assert.equal(communeIn('LANNILIS et alentours, Landéda', 'bretagne')?.name, 'Lannilis');
    assert.equal(communeIn('St Malo', 'bretagne')?.name, 'Saint-Malo');
    assert.equal(communeIn('Pays des Abers', 'bretagne'), undefined);
    assert.equal(communeIn('Lampaul', 'bretagne'), undefined, 'two communes begin so');
    assert.equal(communeIn('Saint-Nicolas, Gouarec', 'bretagne')?.name, 'Gouarec');
    assert.deepEqual(['ARS Bretagne (démonstration)', 'Agence de Normandie', 'Région 4'].map(shapeNamed), [
      'bretagne',
      'normandie',
      null,
    ]);
    assert.ok(communesLike('saint', 'bretagne').every(({ name }) => plain(name).includes('saint')));
    const { communes } = gazetteerOf('bretagne');
    const alone = communes.filter(
      ({ name, of }) => of === null && communes.filter((other) => plain(other.name) === plain(name)).length === 1,
    );
    assert.deepEqual(
      alone.filter(({ name, code }) => communeIn(`Quartier, ${name.toUpperCase()}`, 'bretagne')?.code !== code),
      [],
    );
  });

  test('ACT-1 any French commune is placed in its own region, by its name of today or of before a merger; a postal code or a département settles what several share', () => {
    const all = gazetteerOf(null);
    assert.ok(all.communes.filter(({ of }) => of === null).length > 35_000);
    assert.ok(
      all.communes.every(
        ({ code, name, x, y }) =>
          /^[0-9AB]{5}$/.test(code) && name !== '' && Number.isInteger(x) && Number.isInteger(y),
      ),
    );
    assert.equal(communeIn('Vire Normandie', 'normandie')?.department, '14');
    assert.deepEqual(
      [communeIn('Chemillé', 'pays-de-la-loire'), communeIn('Cherbourg-Octeville', 'normandie')].map(
        (found) => found?.department,
      ),
      ['49', '50'],
      'merged before 2018',
    );
    assert.equal(communeIn('Lannilis', 'normandie'), undefined, 'another region is another place');
    assert.equal(communeIn('Saint-Denis', null), undefined);
    assert.deepEqual(
      [
        communeIn('Saint-Denis (93)', null)?.code,
        communeIn('3 rue du Port, 93200 Saint-Denis cedex', null)?.code,
        communeIn('97400 Saint-Denis', null)?.code,
        communeIn('20090 Ajaccio', null)?.code,
      ],
      ['93066', '93066', '97411', '2A004'],
    );
    assert.equal(communesLike('Lannilis', 'normandie')[0]?.code, '29117', 'an officer finds any');
    assert.equal(
      new Set(communesLike('saint', null, 200).map(({ code }) => code)).size,
      communesLike('saint', null, 200).length,
    );
    // A commune is found by the département that is said, unless its name is another's there too.
    const once = [
      ...Map.groupBy(
        all.communes,
        ({ name, department }) => `${department} ${plain(name).replace(/^(le|la|les|l) /, '')}`,
      ).values(),
    ]
      .filter((those) => those.length === 1)
      .map(([first]) => first!);
    assert.ok(once.length > 37_000);
    assert.deepEqual(
      once
        .filter(({ code, name, department }) => communeIn(`${name} (${department})`, null)?.code !== code)
        .map(({ name }) => name),
      [],
      'each of them, «Eu», «Y» and «Castets et Castillon» too',
    );
    fc.assert(fc.property(fc.constantFrom(...once), ({ code }) => communeOf(code)?.code === code));
  });

  test('ACT-1 whatever the order asked, no practice is lost or shown twice', () => {
    const line = fc.record({
      practice: fc.uuid(),
      team: fc.string(),
      lateDays: fc.nat(90),
      status: fc.constantFrom('project' as const, 'none' as const),
    });
    fc.assert(
      fc.property(
        fc.uniqueArray(line, { selector: ({ practice }) => practice }),
        fc.constantFrom('team', '-late', 'status', '-use', 'department'),
        (some, sort) => {
          const all = some.map(
            (one): PracticeLine => ({
              ...one,
              here: true,
              territory: '',
              place: null,
              call: null,
              project: null,
              application: null,
              consultant: null,
              step: null,
              endsOn: null,
              spending: null,
              use: null,
            }),
          );
          const shown = kept(all, { q: '', sort });
          return (
            shown.length === all.length &&
            new Set(shown.map(({ practice }) => practice)).size === all.length &&
            (sort !== '-late' || shown.every((one, at) => at === 0 || shown[at - 1]!.lateDays >= one.lateDays))
          );
        },
      ),
    );
  });
});
