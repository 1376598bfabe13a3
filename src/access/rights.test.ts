import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import fc from 'fast-check';
import { enter, openTestHouse, type TestHouse } from './access.fixture.ts';
import type { PersonCaller } from './caller.ts';
import { accessContract } from './contract.ts';
import { mayReach, rightsOf, sightOf, verdict } from './decide.ts';
import { type KindOfData, kindCodes, kindsOfData, maskOf } from './kinds-of-data.ts';
import { accessMatrix, deadEntries } from './matrix.ts';
import { type Profession, professionCodes } from './professions.ts';
import { oppositionsFromConsent, relationsFromCareTeam } from './relations.ts';
import { clinicalKinds, readyMadeRights } from './rights-table.ts';

// A suite of its own: its house opens when its turn comes, not with every other file's.
describe('rights', () => {
  let house: TestHouse;
  let tenant: number;
  let other: number;
  before(async () => {
    house = await openTestHouse();
    tenant = (await house.access.createPractice('MSP des Dunes')).tenant;
    other = (await house.access.createPractice('MSP du Phare')).tenant;
  });
  after(() => house.close());

  let n = 0;
  const caller = (profession: Profession, over: Partial<PersonCaller> = {}): PersonCaller => ({
    kind: 'person',
    tenant,
    practitioner: `pr${++n}`,
    profession,
    roles: [],
    name: 'X',
    session: 's',
    ...over,
  });
  const patientId = () => `pat${++n}`;
  const team = (patient: string, members: unknown[], more = {}) => ({
    resourceType: 'CareTeam',
    status: 'active',
    subject: { reference: `Patient/${patient}` },
    participant: members,
    ...more,
  });
  const member = (person: PersonCaller, period?: object) => ({
    member: { reference: `Practitioner/${person.practitioner}` },
    ...(period && { period }),
  });
  const putTeam = (id: string, json: object | null, where = tenant) =>
    house.db.transaction(where, (sql) =>
      relationsFromCareTeam(sql, where, json as Record<string, unknown> | null, id, async (reference) =>
        reference === 'PractitionerRole/role1' ? 'fromRole' : null,
      ),
    );
  const putConsent = (id: string, json: object | null) =>
    house.db.transaction(tenant, (sql) =>
      oppositionsFromConsent(sql, tenant, json as Record<string, unknown> | null, id),
    );
  const consent = (patient: string, provision: unknown, more = {}) => ({
    resourceType: 'Consent',
    status: 'active',
    scope: { coding: [{ code: 'patient-privacy' }] },
    patient: { reference: `Patient/${patient}` },
    provision,
    ...more,
  });
  const may = (who: PersonCaller, patient: string, kind: KindOfData = 'history', act: 'read' | 'write' = 'read') =>
    mayReach(house.db, who, patient, kind, act);

  test('SEC-3 the ready-made table: directory for all, identity for all but the account of the administrator, no clinical content for desks', () => {
    for (const profession of professionCodes) {
      const rights = readyMadeRights[profession];
      assert.equal(rights.identity.reach, profession === 'administrator' ? 'none' : 'practice', profession);
      assert.equal(rights.directory.reach, 'practice', profession);
      for (const kind of kindCodes)
        assert.ok(rights[kind].reach !== 'none' || !rights[kind].write, `${profession} writes ${kind} unread`);
      // Health content is never practice-wide: belonging to the practice is not belonging to every team (SEC-4).
      for (const kind of clinicalKinds)
        if (kind !== 'coordination') assert.notEqual(rights[kind].reach, 'practice', `${profession} ${kind}`);
    }
    for (const profession of ['medical-secretary', 'coordinator', 'administrator'] as const)
      for (const kind of clinicalKinds)
        if (!(profession === 'coordinator' && kind === 'coordination'))
          assert.equal(readyMadeRights[profession][kind].reach, 'none', `${profession} ${kind}`);
    const reached = (kind: KindOfData) =>
      professionCodes.filter((profession) => readyMadeRights[profession][kind].reach !== 'none');
    assert.deepEqual(reached('mental-health'), ['physician', 'nurse', 'advanced-practice-nurse', 'psychologist']);
    assert.deepEqual(reached('sexual-health'), ['physician', 'midwife', 'advanced-practice-nurse']);
  });

  test('SEC-4 CareTeam opens the record to its professionals, from its start to its end, and to nobody else', async () => {
    const patient = patientId();
    const [doctor, nurse, late, past, outsider] = [
      caller('physician'),
      caller('nurse'),
      caller('nurse'),
      caller('nurse'),
      caller('physician'),
    ];
    await putTeam(
      't1',
      team(patient, [
        member(doctor),
        member(nurse, { start: '2020', end: '2999-12' }),
        member(late, { start: '2998-01-01' }),
        member(past, { end: '2021-06-30' }),
        { member: { reference: 'PractitionerRole/role1' } },
        { member: { reference: 'Organization/x' } },
        {},
      ]),
    );
    assert.deepEqual(
      await Promise.all(
        [doctor, nurse, late, past, outsider, caller('physician', { practitioner: 'fromRole' })].map((who) =>
          may(who, patient),
        ),
      ),
      [true, true, false, false, false, true],
    );
    assert.equal(await may(nurse, patient, 'history', 'write'), false, 'a nurse reads problems, does not write them');
    assert.equal(await may(nurse, patient, 'measures', 'write'), true);
    assert.equal(await may(nurse, patient, 'sexual-health'), false);
    assert.equal(await may(outsider, patient, 'identity'), true);
    assert.equal(await may(doctor, patientId()), false, 'another patient');
    // The resource changes: so do the relations. Then it is no longer active, then deleted.
    await putTeam('t1', team(patient, [member(nurse)]));
    assert.deepEqual([await may(doctor, patient), await may(nurse, patient)], [false, true]);
    await putTeam('t1', team(patient, [member(nurse)], { status: 'suspended' }));
    assert.equal(await may(nurse, patient), false);
    await putTeam('t1', team(patient, [member(nurse)]));
    await putTeam('t1', null);
    assert.equal(await may(nurse, patient), false);
    // A team's own period bounds its members; one person twice is two spells, not one long one.
    await putTeam('t2', team(patient, [member(nurse)], { period: { end: '2020-01-01' } }));
    assert.equal(await may(nurse, patient), false);
    await putTeam('t2', team(patient, [member(nurse, { end: '2020-01-01' }), member(nurse, { start: '2998-01-01' })]));
    assert.equal(await may(nurse, patient), false);
    // t1 and t10 are not mistaken for one another.
    await putTeam('t20', team(patient, [member(nurse)]));
    await putTeam('t2', null);
    assert.equal(await may(nurse, patient), true);
  });

  test('SEC-4 an opposition to a person, a profession, a kind, or all closes the record even to the team', async () => {
    const patient = patientId();
    const [doctor, nurse, pharmacist] = [caller('physician'), caller('nurse'), caller('pharmacist')];
    await putTeam('t3', team(patient, [member(doctor), member(nurse), member(pharmacist)]));
    const reach = async (kind: KindOfData = 'treatments') =>
      Promise.all([doctor, nurse, pharmacist].map((who) => may(who, patient, kind)));
    assert.deepEqual(await reach(), [true, true, true]);
    await putConsent(
      'c1',
      consent(patient, {
        provision: [{ type: 'deny', actor: [{ reference: { reference: `Practitioner/${nurse.practitioner}` } }] }],
      }),
    );
    assert.deepEqual(await reach(), [true, false, true]);
    assert.equal(await may(nurse, patient, 'identity'), true, 'health content only, unless said');
    await putConsent(
      'c1',
      consent(patient, {
        type: 'deny',
        class: [
          { system: 'urn:estran:profession', code: 'pharmacist' },
          { system: 'urn:estran:kind-of-data', code: 'treatments' },
        ],
      }),
    );
    assert.deepEqual(
      [await reach(), await reach('allergies')],
      [
        [true, true, false],
        [true, true, true],
      ],
    );
    await putConsent(
      'c1',
      consent(patient, { type: 'deny', class: [{ system: 'urn:estran:kind-of-data', code: 'treatments' }] }),
    );
    assert.deepEqual(
      [await reach(), await reach('allergies')],
      [
        [false, false, false],
        [true, true, true],
      ],
    );
    await putConsent('c1', consent(patient, { type: 'deny' }));
    assert.deepEqual(
      [await reach(), await reach('allergies')],
      [
        [false, false, false],
        [false, false, false],
      ],
    );
    // Withdrawn, ended, of another kind, or about an organisation elsewhere: nothing is closed here.
    for (const open of [
      consent(patient, { type: 'deny' }, { status: 'inactive' }),
      consent(patient, { type: 'deny', period: { end: '2020' } }),
      consent(patient, { type: 'deny' }, { scope: { coding: [{ code: 'research' }] } }),
      consent(patient, { type: 'deny', actor: [{ reference: { reference: 'Organization/x' } }] }),
      null,
    ]) {
      await putConsent('c1', open);
      assert.deepEqual(await reach(), [true, true, true], JSON.stringify(open));
    }
    // An opposition that could not be applied is refused, not recorded in vain.
    await assert.rejects(
      putConsent(
        'c2',
        consent(patient, { type: 'deny', class: [{ system: 'urn:estran:kind-of-data', code: 'secrets' }] }),
      ),
      /inconnu/,
    );
  });

  test('SEC-4 outside the team a consent opens the record to the person it names, with an end', async () => {
    const patient = patientId();
    const [guest, stranger] = [caller('physiotherapist'), caller('physiotherapist')];
    const permit = (more = {}) =>
      consent(patient, {
        type: 'permit',
        actor: [{ reference: { reference: `Practitioner/${guest.practitioner}` } }],
        ...more,
      });
    await putConsent('c3', permit({ period: { end: '2999-01-01' } }));
    assert.deepEqual([await may(guest, patient), await may(stranger, patient)], [true, false]);
    await putConsent('c3', permit({ period: { end: '2020-01-01' } }));
    assert.equal(await may(guest, patient), false);
    await putConsent('c3', permit());
    const [row] = await house.db.tenant(tenant, (sql) =>
      sql.query<{ days: number }>(
        `select extract(day from valid_until - now())::int as days from access.care_relation where source = 'Consent/c3'`,
      ),
    );
    assert.ok(row!.days >= 360 && row!.days <= 366, `${row!.days} days`);
    await putConsent('c3', { ...permit(), dateTime: '2020-01-01' });
    assert.equal(await may(guest, patient), false, 'a year after it was given');
    await putConsent('c3', null);
    assert.equal(await may(guest, patient), false);
  });

  test('SEC-3 the verdict on any line is the table’s (property)', async () => {
    const patient = patientId();
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...professionCodes),
        fc.constantFrom(...kindCodes),
        fc.boolean(),
        fc.boolean(),
        async (profession, kind, inTeam, write) => {
          const who = caller(profession);
          if (inTeam) await putTeam(`t-${who.practitioner}`, team(patient, [member(who)]));
          const right = readyMadeRights[profession][kind];
          const expected =
            (right.reach === 'practice' || (right.reach === 'team' && inTeam)) && (!write || right.write);
          assert.equal(await may(who, patient, kind, write ? 'write' : 'read'), expected);
          assert.equal(
            verdict(readyMadeRights[profession], who, write ? { write: kind } : { read: kind }) === 'no',
            right.reach === 'none' || (write && !right.write),
          );
        },
      ),
      { numRuns: 60 },
    );
  });

  test('SEC-3 an act or a kind nobody defined is refused to everyone', () => {
    for (const unknown of [
      { practice: 'nuke' },
      { read: 'secrets' },
      { write: 'toString' },
      { practice: 'constructor' },
    ])
      for (const profession of professionCodes)
        assert.equal(
          verdict(
            readyMadeRights[profession],
            { profession, roles: ['owner', 'administrator', 'coordinator'] },
            unknown,
          ),
          'no',
        );
  });

  test('SEC-3 the practice changes a line: at once in force, traced, and only by owner or administrator', async () => {
    const owner = await enter(house, tenant, {
      login: 'chef@dunes.fr',
      family: 'Roux',
      given: 'Lise',
      profession: 'administrator',
      roles: ['owner'],
    });
    const doctor = await enter(house, tenant, { login: 'doc@dunes.fr', family: 'Le Gall', profession: 'physician' });
    assert.equal((await doctor.browser.get('/api/rights')).status, 403);
    assert.equal(
      (await doctor.browser.send('PUT', '/api/rights/physician/history', { reach: 'practice', write: true })).status,
      403,
    );
    assert.equal((await house.browser().get('/api/rights')).status, 401);
    const secretary = caller('medical-secretary');
    const patient = patientId();
    await putTeam('t5', team(patient, [member(secretary)]));
    assert.equal(await may(secretary, patient, 'documents'), false);
    assert.equal(
      (await owner.browser.send('PUT', '/api/rights/medical-secretary/documents', { reach: 'team', write: true }))
        .status,
      204,
    );
    assert.equal(await may(secretary, patient, 'documents', 'write'), true);
    assert.equal(await may(caller('medical-secretary'), patient, 'documents'), false);
    assert.equal(
      (await rightsOf(house.db, other, 'medical-secretary')).documents.reach,
      'none',
      'the other practice keeps its own',
    );
    const line = (await owner.browser.get('/api/rights')).body.find(
      (one: { profession: string; kind: string }) => one.profession === 'medical-secretary' && one.kind === 'documents',
    );
    assert.deepEqual([line.reach, line.readyMade.reach], ['team', 'none']);
    const [trace] = await house.db.tenant(tenant, (sql) =>
      sql.query<{ actor_name: string; target: string; details: unknown }>(
        `select actor_name, target, details from audit.entry where action = 'rights'`,
      ),
    );
    assert.deepEqual(trace, {
      actor_name: 'Lise Roux',
      target: 'medical-secretary/documents',
      details: { before: { reach: 'none', write: false }, after: { reach: 'team', write: true } },
    });
    assert.equal(
      (await owner.browser.send('PUT', '/api/rights/medical-secretary/documents', { reach: 'none', write: false }))
        .status,
      204,
    );
    assert.equal(await may(secretary, patient, 'documents'), false);
    assert.equal(
      (await owner.browser.send('PUT', '/api/rights/administrator/history', { reach: 'practice', write: false }))
        .status,
      422,
      'never for a privileged account',
    );
    assert.equal(
      (await owner.browser.send('PUT', '/api/rights/nurse/history', { reach: 'none', write: true })).status,
      422,
    );
    assert.equal(
      (await owner.browser.send('PUT', '/api/rights/witch/history', { reach: 'none', write: false })).status,
      400,
    );
  });

  test('SEC-1 a privileged account has no clinical sight, whatever the relations say', async () => {
    const admin = caller('administrator', { roles: ['owner', 'administrator'] });
    const patient = patientId();
    await putTeam('t6', team(patient, [member(admin)]));
    const sight = await sightOf(house.db, admin, 'read');
    assert.equal((sight.practiceMask | sight.teamMask) & maskOf(clinicalKinds), 0);
    for (const kind of clinicalKinds) assert.equal(await may(admin, patient, kind), false, kind);
  });

  test('SEC-6 a locum reaches the responsible person’s patients for the period, and follows every change', async () => {
    const coordinator = await enter(house, tenant, {
      login: 'coord@dunes.fr',
      family: 'Tanguy',
      profession: 'coordinator',
      roles: ['coordinator'],
    });
    const doctor = await enter(house, tenant, {
      login: 'titulaire@dunes.fr',
      family: 'Morvan',
      given: 'Paul',
      profession: 'physician',
    });
    const locum = await enter(house, tenant, {
      login: 'rempla@dunes.fr',
      family: 'Jaouen',
      given: 'Zoé',
      profession: 'physician',
    });
    const [before, later, gone] = [patientId(), patientId(), patientId()];
    const who = caller('physician', { practitioner: locum.practitioner });
    const chief = caller('physician', { practitioner: doctor.practitioner });
    await putTeam('d1', team(before, [member(chief)]));
    await putTeam('d2', team(gone, [member(chief)]));
    const body = {
      kind: 'locum',
      delegate: locum.practitioner,
      responsible: doctor.practitioner,
      from: new Date(Date.now() - 60_000).toISOString(),
      until: new Date(Date.now() + 86_400_000).toISOString(),
    };
    assert.equal((await doctor.browser.post('/api/delegations', body)).status, 403);
    assert.equal(await may(who, before), false);
    const made = await coordinator.browser.post('/api/delegations', body);
    assert.deepEqual([made.status, made.body.running, made.body.responsible.name], [200, true, 'Paul Morvan']);
    assert.equal(await may(who, before), true);
    await putTeam('d3', team(later, [member(chief)]));
    assert.equal(await may(who, later), true, 'a patient who came after');
    await putTeam('d2', null);
    assert.equal(await may(who, gone), false, 'a patient who left');
    await putTeam('d1', team(before, [member(chief, { end: '2020' })]));
    assert.equal(await may(who, before), false, 'an end given to the relation');
    assert.deepEqual((await locum.browser.get('/api/me')).body.onBehalfOf.name, 'Paul Morvan');
    // Not handed on to a third person, and not the other way round.
    const third = await enter(house, tenant, { login: 'tiers@dunes.fr', family: 'Bihan', profession: 'physician' });
    await coordinator.browser.post('/api/delegations', {
      ...body,
      delegate: third.practitioner,
      responsible: locum.practitioner,
    });
    assert.equal(await may(caller('physician', { practitioner: third.practitioner }), later), false);
    assert.equal((await coordinator.browser.post(`/api/delegations/${made.body.id}/end`)).status, 204);
    assert.equal(await may(who, later), false);
    await putTeam('d4', team(before, [member(chief)]));
    assert.equal(await may(who, before), false, 'nothing new after the end');
    assert.equal((await coordinator.browser.post('/api/delegations', { ...body, until: body.from })).status, 422);
    assert.equal(
      (await coordinator.browser.post('/api/delegations', { ...body, responsible: locum.practitioner })).status,
      422,
    );
    assert.equal((await coordinator.browser.post('/api/delegations', { ...body, delegate: 'unknown' })).status, 422);
  });

  test('SEC-7 practices never see one another: relations, people, sessions and rights stop at the border, in the database itself', async () => {
    const patient = patientId();
    const doctor = caller('physician');
    await putTeam('x1', team(patient, [member(doctor)]));
    assert.equal(await may(doctor, patient), true);
    assert.equal(await may({ ...doctor, tenant: other }, patient), false);
    const tables = await house.db.owner('the tables of this room', (sql) =>
      sql.query<{ name: string; rls: boolean }>(
        `select c.oid::regclass::text as name, c.relrowsecurity as rls from pg_class c join pg_namespace n on n.oid = c.relnamespace where n.nspname = 'access' and c.relkind = 'r'`,
      ),
    );
    assert.ok(tables.length >= 16);
    for (const { name, rls } of tables) {
      assert.ok(rls, `${name} has no row-level security`);
      const seen = await house.db.tenant(other, (sql) =>
        sql.query<{ n: number }>(`select count(*)::int as n from ${name} where tenant_id <> $1`, [other]),
      );
      assert.equal(seen[0]!.n, 0, name);
    }
    await assert.rejects(
      house.db.tenant(other, (sql) =>
        sql.query(`insert into access.site (tenant_id, id, name) values ($1, 'x', 'x')`, [tenant]),
      ),
      /row-level security/,
    );
    await assert.rejects(
      house.db.tenant(other, (sql) => sql.query('alter table access.site disable row level security')),
      /must be owner/,
    );
    // A delegation, a person, a right of one practice cannot be touched from the other.
    const owner = await enter(house, other, {
      login: 'chef@phare.fr',
      family: 'Guillou',
      profession: 'administrator',
      roles: ['owner'],
    });
    const stranger = await house.access.createUser(tenant, { login: 'z@dunes.fr', family: 'Z', profession: 'nurse' });
    assert.equal((await owner.browser.post(`/api/people/${stranger.id}/disable`)).status, 404);
    assert.ok(!(await owner.browser.get('/api/people')).text.includes('dunes.fr'));
  });

  test('SEC-3 the matrix comes from the deciding functions; no entry is beyond everyone', () => {
    const text = accessMatrix({ access: accessContract });
    assert.deepEqual(deadEntries({ access: accessContract }), []);
    const row = (name: string) =>
      text
        .split('\n')
        .find((line) => line.startsWith(`| ${name} |`))!
        .split('|')
        .map((cell) => cell.trim());
    const header = text
      .split('\n')
      .find((line) => line.startsWith('| entrée'))!
      .split('|')
      .map((cell) => cell.trim());
    const cell = (name: string, column: string) => row(name)[header.indexOf(column)];
    assert.deepEqual(
      [cell('accessLog', 'Médecin'), cell('accessLog', 'Secrétaire médical'), cell('accessLog', 'Responsable')],
      ['équipe', '·', '·'],
    );
    assert.deepEqual([cell('invitePerson', 'Médecin'), cell('invitePerson', 'Responsable')], ['·', 'oui']);
    assert.deepEqual(
      [
        cell('breakTheGlass', 'Médecin'),
        cell('breakTheGlass', 'Secrétaire médical'),
        cell('breakTheGlass', 'Responsable'),
      ],
      ['oui', '·', '·'],
    );
    assert.equal(deadEntries({ x: { y: { method: 'GET', path: '/', may: { read: 'nothing' }, does: '' } } }).length, 1);
    assert.equal(Object.keys(kindsOfData).length, 22);
  });
});
