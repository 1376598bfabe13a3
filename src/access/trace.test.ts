import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { record } from '../platform/index.ts';
import { accessLog } from './access-log.ts';
import { enter, openTestHouse, type TestHouse } from './access.fixture.ts';
import { mayReach } from './decide.ts';
import { noticesOf } from './notices.store.ts';
import type { PatientFacts } from './house.ts';
import { relationsFromCareTeam } from './relations.ts';

// A suite of its own: its house opens when its turn comes, not with every other file's.
describe('trace', () => {
  let house: TestHouse;
  let tenant: number;
  const names: Record<string, PatientFacts> = {
    p1: { family: 'Kermarrec', given: 'Jeanne', name: 'Jeanne Kermarrec' },
    p2: { family: 'LE  GALL', given: 'Louis', name: 'Louis Le Gall' },
    p3: { family: 'Morvan', given: 'Paul', name: 'Paul Morvan' },
    p4: { family: 'Le Gall', given: 'Anne', name: 'Anne Le Gall' },
  };
  let referents: string[] = [];
  before(async () => {
    house = await openTestHouse(
      {},
      {
        hooks: {
          describePatients: async (_sql, _tenant, ids) =>
            new Map(ids.filter((id) => names[id]).map((id) => [id, names[id]!])),
          referentsOf: async () => referents,
        },
      },
    );
    tenant = (await house.access.createPractice('MSP des Dunes')).tenant;
  });
  after(() => house.close());

  let n = 0;
  const person = (
    family: string,
    given: string,
    profession: 'physician' | 'nurse' | 'medical-secretary' | 'administrator',
    roles: ('owner' | 'administrator')[] = [],
  ) => enter(house, tenant, { login: `p${++n}@dunes.fr`, family, given, profession, roles });
  type Someone = Awaited<ReturnType<typeof person>>;
  const inTeam = (patient: string, people: Someone[]) =>
    house.db.transaction(tenant, (sql) =>
      relationsFromCareTeam(
        sql,
        tenant,
        {
          status: 'active',
          subject: { reference: `Patient/${patient}` },
          participant: people.map((one) => ({ member: { reference: `Practitioner/${one.practitioner}` } })),
        },
        `team-${patient}`,
      ),
    );
  const caller = (one: Someone) => ({
    kind: 'person' as const,
    tenant,
    practitioner: one.practitioner,
    profession: 'physician' as const,
    roles: [],
    name: '',
    session: '',
  });
  const opens = (one: Someone, patients: string[], actorName = '') =>
    house.db.transaction(tenant, (sql) =>
      record(sql, tenant, [
        {
          actor: `Practitioner/${one.practitioner}`,
          actorName,
          role: 'physician',
          action: 'search',
          target: 'Observation',
          patients,
        },
      ]),
    );

  test('SEC-5 emergency access: a typed reason, four hours, told to the referent, visible in the patient’s log, closed to non-carers', async () => {
    const [referent, colleague, urgent] = [
      await person('Morvan', 'Hélène', 'physician'),
      await person('Petit', 'Luc', 'nurse'),
      await person('Corre', 'Yann', 'physician'),
    ];
    const [secretary, owner] = [
      await person('Blanc', 'Eva', 'medical-secretary'),
      await person('Roux', 'Lise', 'administrator', ['owner']),
    ];
    await inTeam('p1', [referent, colleague]);
    assert.equal(await mayReach(house.db, caller(urgent), 'p1', 'history', 'read'), false);
    assert.equal((await urgent.browser.get('/api/patients/p1/access-log')).status, 403);
    const path = '/api/patients/p1/emergency-access';
    for (const reason of ['court', '            ', 'aaaaaaaaaaaaaaa'])
      assert.equal((await urgent.browser.post(path, { reason })).status, 422, reason);
    assert.equal((await secretary.browser.post(path, { reason: 'Je voudrais regarder' })).status, 403);
    assert.equal((await owner.browser.post(path, { reason: 'Je voudrais regarder' })).status, 403);
    assert.equal((await house.browser().post(path, { reason: 'Je voudrais regarder' })).status, 401);
    assert.equal(
      (await urgent.browser.post('/api/patients/unknown/emergency-access', { reason: 'Malaise au cabinet' })).status,
      404,
    );
    const opened = await urgent.browser.post(path, { reason: 'Malaise dans la salle d’attente' });
    assert.equal(opened.status, 200);
    const hours = (new Date(opened.body.until).getTime() - house.now().getTime()) / 3_600_000;
    assert.ok(hours > 3.9 && hours <= 4, `${hours} h`);
    assert.equal(await mayReach(house.db, caller(urgent), 'p1', 'history', 'read'), true);
    const notices = (await referent.browser.get('/api/notices')).body;
    assert.match(notices[0].words, /Yann Corre \(médecin\).*Malaise dans la salle d’attente/);
    assert.equal((await referent.browser.get('/api/me')).body.unreadNotices, 1);
    assert.deepEqual((await colleague.browser.get('/api/notices')).body, [], 'a physician is there to be told');
    assert.equal(
      (await colleague.browser.post(`/api/notices/${notices[0].id}/read`)).status,
      404,
      'someone else’s notice',
    );
    assert.equal((await referent.browser.post(`/api/notices/${notices[0].id}/read`)).status, 204);
    assert.equal((await referent.browser.get('/api/me')).body.unreadNotices, 0);
    const line = (await referent.browser.get('/api/patients/p1/access-log')).body.lines.find(
      (one: { emergency: boolean }) => one.emergency,
    );
    assert.deepEqual(
      [line.who, line.role, `${line.what} ${line.target}`.trim(), line.reason],
      ['Yann Corre', 'Médecin', 'a ouvert le dossier en urgence', 'Malaise dans la salle d’attente'],
    );
    // What was read in those hours is told as such, by that person in that record only; not what came before, what was refused, or what comes after.
    const logged = async () => {
      const { lines } = (await referent.browser.get('/api/patients/p1/access-log')).body;
      return lines.map((one: { who: string; what: string; emergency: boolean; reason: string | null }) => [
        one.who,
        one.what,
        one.emergency,
        one.reason,
      ]);
    };
    const [mine, hers] = ['Yann Corre', 'Hélène Morvan'];
    await opens(urgent, ['p1'], mine);
    await opens(urgent, ['p2', 'p1'], mine);
    await opens(referent, ['p1'], hers);
    await house.db.transaction(tenant, (sql) =>
      record(sql, tenant, [
        { actor: `Practitioner/${urgent.practitioner}`, actorName: mine, action: 'refused', patients: ['p1'] },
      ]),
    );
    const why = 'Malaise dans la salle d’attente';
    const listed = 'a consulté en liste';
    assert.deepEqual((await logged()).slice(0, 4), [
      [mine, 's’est vu refuser l’accès', false, null],
      [hers, listed, false, null],
      [mine, listed, true, why],
      [mine, listed, true, why],
    ]);
    assert.equal((await logged()).filter((one: unknown[]) => one[2]).length, 3, 'these and the opening');
    const { lines: elsewhere } = await house.db.tenant(tenant, (sql) =>
      accessLog({ hooks: {} }, sql, caller(referent), 'p2', { count: 50 }),
    );
    assert.ok(
      elsewhere.every((one) => !one.emergency),
      'the other record of the same list was not broken open',
    );
    await house.db.owner('time passes', (sql) =>
      sql.query(`update access.emergency_access set until = now() where patient = 'p1'`),
    );
    await opens(urgent, ['p1'], mine);
    assert.deepEqual((await logged())[0], [mine, listed, false, null]);
    // After its end nothing is left.
    await house.db.owner('time passes', (sql) =>
      sql.query(
        `update access.care_relation set valid_until = now() - interval '1 second' where source like 'emergency/%'`,
      ),
    );
    assert.equal(await mayReach(house.db, caller(urgent), 'p1', 'history', 'read'), false);
  });

  test('SEC-5 the referents named on the patient are told, and an opposition holds in an emergency', async () => {
    const [named, urgent] = [await person('Salaun', 'Marc', 'physician'), await person('Cadiou', 'Inès', 'physician')];
    referents = [named.practitioner];
    await house.db.owner('an opposition', (sql) =>
      sql.query(
        `insert into access.opposition (tenant_id, patient_key, source, line, practitioner_key, kinds) values ($1, access.key_of('Patient/p3'), 'Consent/o', 0, access.key_of('Practitioner/' || $2), 16)`,
        [tenant, urgent.practitioner],
      ),
    );
    assert.equal(
      (await urgent.browser.post('/api/patients/p3/emergency-access', { reason: 'Douleur thoracique' })).status,
      200,
    );
    assert.equal((await named.browser.get('/api/notices')).body.length, 1);
    assert.equal(await mayReach(house.db, caller(urgent), 'p3', 'history', 'read'), false);
    assert.equal(await mayReach(house.db, caller(urgent), 'p3', 'allergies', 'read'), true);
    // Of everything: there is nothing to open, and nobody is told that it was.
    await house.db.owner('an opposition to all', (sql) =>
      sql.query(`update access.opposition set kinds = 4194303 where tenant_id = $1 and source = 'Consent/o'`, [tenant]),
    );
    const refused = await urgent.browser.post('/api/patients/p3/emergency-access', {
      reason: 'Douleur thoracique encore',
    });
    assert.deepEqual([refused.status, refused.body.code], [403, 'opposed']);
    assert.equal((await named.browser.get('/api/notices')).body.length, 1);
    referents = [];
  });

  test('SEC-5 SEC-8 an emergency in a record that nobody follows is told to nobody: it is flagged for who keeps the practice', async () => {
    const owner = await person('Bihan', 'Soizic', 'administrator', ['owner']);
    const [alone, doctor] = [await person('Guen', 'Alan', 'physician'), await person('Prigent', 'Nora', 'physician')];
    referents = [];
    const open = (who: Someone, patient: string) =>
      who.browser.post(`/api/patients/${patient}/emergency-access`, { reason: 'Malaise au domicile' });
    await inTeam('p3', [doctor]);
    assert.equal((await open(alone, 'p3')).status, 200);
    assert.equal((await open(alone, 'p2')).status, 200);
    const flags = (await owner.browser.get('/api/unusual-accesses')).body.filter(
      (flag: { rule: string }) => flag.rule === 'emergency',
    );
    assert.deepEqual(
      flags.map((flag: { subject: string; actorName: string }) => [flag.subject, flag.actorName]),
      [['p2', 'Alan Guen']],
    );
    assert.match(flags[0].words, /a ouvert en urgence le dossier de Louis Le Gall, qui n’a ni référent ni équipe/);
  });

  test('SEC-8 a patient’s access log: who, in which role, what, when, page by page; for the team only, and reading it is traced', async () => {
    const [doctor, outsider, secretary] = [
      await person('Stephan', 'Rose', 'physician'),
      await person('Nedelec', 'Ugo', 'physician'),
      await person('Gris', 'Noé', 'medical-secretary'),
    ];
    await inTeam('p9', [doctor, secretary]);
    for (let i = 0; i < 5; i++) await opens(doctor, i % 2 ? ['p9'] : ['p8', 'p9'], 'Rose Stephan');
    for (const who of [outsider, secretary])
      assert.equal((await who.browser.get('/api/patients/p9/access-log')).status, 403);
    const first = (await doctor.browser.get('/api/patients/p9/access-log?count=4')).body;
    assert.equal(first.lines.length, 4);
    assert.deepEqual(
      [first.lines[3].what, first.lines[3].target, first.lines[3].who],
      ['a consulté en liste', 'les mesures et résultats', 'Rose Stephan'],
    );
    const second = (await doctor.browser.get(`/api/patients/p9/access-log?count=200&before=${first.next}`)).body;
    assert.equal(second.next, null);
    const all = [...first.lines, ...second.lines].map((line: { seq: number }) => line.seq);
    assert.deepEqual(
      all,
      [...new Set(all)].sort((a, b) => b - a),
    );
    assert.equal(all.length, 7, 'five openings and two refusals');
    assert.equal(
      (await doctor.browser.get('/api/patients/p9/access-log?count=1')).body.lines[0].target,
      'le journal des accès',
    );
    assert.equal((await doctor.browser.get('/api/patients/p9/access-log?count=0')).status, 400);
    // What the house does by itself is not told under the name of its reason.
    await house.db.transaction(tenant, (sql) =>
      record(sql, tenant, [
        {
          actor: 'System',
          actorName: 'texte des documents',
          role: 'system',
          action: 'read',
          target: 'Binary/b',
          patients: ['p9'],
        },
      ]),
    );
    const [line] = (await doctor.browser.get('/api/patients/p9/access-log?count=1')).body.lines;
    assert.deepEqual([line.who, line.reason], ['Estran', 'texte des documents']);
  });

  test('SEC-8 unusual accesses raise a flag: own family name, a colleague, oneself, many in an hour; for owner and administrator', async () => {
    const owner = await person('Pennec', 'Soizic', 'administrator', ['owner']);
    const reader = await person('Le Gall', 'Anne', 'physician');
    await person('Morvan', 'Paul', 'physician');
    await opens(reader, ['p2']);
    await opens(reader, ['p1', 'p3']);
    await opens(reader, ['p4']);
    assert.equal((await reader.browser.get('/api/unusual-accesses')).status, 403);
    const answer = await owner.browser.get('/api/unusual-accesses');
    assert.equal(answer.status, 200, answer.text);
    const flags = async () =>
      (await owner.browser.get('/api/unusual-accesses')).body.filter(
        (flag: { actor: string }) => flag.actor === `Practitioner/${reader.practitioner}`,
      );
    const found = await flags();
    assert.deepEqual(found.map((flag: { rule: string; subject: string }) => `${flag.rule} ${flag.subject}`).sort(), [
      'colleague p3',
      'family p2',
      'own-record p4',
    ]);
    assert.match(found.find((flag: { rule: string }) => flag.rule === 'family').words, /Louis Le Gall/);
    await owner.browser.send('PATCH', '/api/practice', { settings: { massReading: 10 } });
    await opens(
      reader,
      Array.from({ length: 6 }, (_, i) => `m${i}`),
    );
    assert.equal((await flags()).length, 3, 'ten patients in all, four of them before');
    await opens(
      reader,
      Array.from({ length: 8 }, (_, i) => `q${i}`),
    );
    const mass = (await flags()).find((flag: { rule: string }) => flag.rule === 'mass-reading');
    assert.ok(mass.count > 10);
    const key = { rule: 'family', actor: `Practitioner/${reader.practitioner}`, subject: 'p2' };
    assert.equal((await reader.browser.post('/api/unusual-accesses/review', { ...key, review: 'rien' })).status, 403);
    assert.equal(
      (await owner.browser.post('/api/unusual-accesses/review', { ...key, review: 'Homonyme, aucun lien.' })).status,
      204,
    );
    assert.equal(
      (await owner.browser.post('/api/unusual-accesses/review', { ...key, subject: 'zz', review: 'x' })).status,
      404,
    );
    const reviewed = (await flags()).find((flag: { rule: string }) => flag.rule === 'family');
    assert.deepEqual([reviewed.reviewedBy, reviewed.review], ['Soizic Pennec', 'Homonyme, aucun lien.']);
  });

  test('SEC-8 unusual accesses are looked for each morning whoever opens the page, and told once to each of those who answer for the practice', async () => {
    const [owner, admin] = [
      await person('Tallec', 'Soizic', 'administrator', ['owner']),
      await person('Tallec', 'Yann', 'administrator', ['administrator']),
    ];
    const reader = await person('Le Gall', 'Rozenn', 'physician');
    const told = async (who: Someone) =>
      (await house.db.tenant(tenant, (sql) => noticesOf(sql, tenant, who.practitioner))).filter(
        (one) => one.kind === 'unusual-access',
      );
    /** To the next six o’clock in France and a little more. */
    const morning = async () => {
      const [hour, minute] = house
        .now()
        .toLocaleTimeString('sv-SE', { timeZone: 'Europe/Paris' })
        .split(':')
        .map(Number);
      house.wait((((30 - hour!) % 24 || 24) * 60 - minute! + 5) * 60_000);
      await house.access.tick();
    };
    await morning();
    const before = [(await told(owner)).length, (await told(admin)).length];
    await opens(reader, ['p2']);
    await house.access.tick();
    assert.deepEqual([(await told(owner)).length, (await told(admin)).length], before, 'not before the hour');
    await morning();
    await house.access.tick();
    assert.deepEqual(
      [(await told(owner)).length, (await told(admin)).length],
      before.map((n) => n + 1),
    );
    assert.match((await told(owner))[0]!.words, /Un accès inhabituel/);
    assert.deepEqual(await told(reader), []);
    await opens(reader, ['p2']);
    await morning();
    assert.equal(
      (await told(owner)).length,
      before[0]! + 1,
      'the same one again, not looked at yet, is not told twice',
    );
    const key = { rule: 'family', actor: `Practitioner/${reader.practitioner}`, subject: 'p2', review: 'Cousine.' };
    // Sessions of yesterday are over.
    const looking = await person('Guyot', 'Lise', 'administrator', ['owner']);
    assert.equal((await looking.browser.post('/api/unusual-accesses/review', key)).status, 204);
    await opens(reader, ['p2']);
    assert.equal((await looking.browser.get('/api/unusual-accesses')).status, 200);
    assert.deepEqual(
      [(await told(looking)).length, (await told(admin)).length],
      [0, before[1]! + 2],
      'found by who opens the page: the other is told',
    );
  });
});
