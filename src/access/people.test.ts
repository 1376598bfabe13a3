import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { SMTPServer } from 'smtp-server';
import { codeAt, enter, goodPassword, openTestHouse, type TestHouse } from './access.fixture.ts';
import { createMailer } from './mailer.ts';

// A suite of its own: its house opens when its turn comes, not with every other file's.
describe('people and practice', () => {
  let house: TestHouse;
  let code: string;
  const directory: { practitioner: string; active: boolean }[] = [];
  before(async () => {
    house = await openTestHouse(
      {},
      { hooks: { onPerson: async (_sql, _tenant, person) => void directory.push(person) } },
    );
    code = (await house.access.newSetupCode())!;
  });
  after(() => house.close());

  const practice = async () => (await house.access.listPractices())[0]!.tenant;
  const tokenOf = (link: string) => link.split('#')[1]!;
  const setUp = {
    practice: 'MSP des Dunes',
    owner: { login: 'chef@dunes.fr', family: 'Roux', given: 'Lise', password: goodPassword },
  };

  test('SEC-2 first run: the code printed by the server makes the practice and its owner, once', async () => {
    assert.match(code, /^([A-Z2-9]{4}-){3}[A-Z2-9]{4}$/);
    const browser = house.browser();
    assert.equal((await browser.get('/api/session')).body.setup, true);
    assert.equal((await browser.post('/api/setup', { ...setUp, code: 'AAAA-AAAA-AAAA-AAAA' })).status, 403);
    assert.equal(
      (await browser.post('/api/setup', { ...setUp, code, owner: { ...setUp.owner, password: 'court' } })).status,
      422,
    );
    const made = await browser.post('/api/setup', { ...setUp, code: code.toLowerCase() });
    assert.deepEqual(made.body, { state: 'pending', needs: 'enrol' });
    const { body } = await browser.post('/api/second-factor/enrol', {});
    await browser.post('/api/second-factor/confirm', { code: await codeAt(body.secret, house.now()) });
    const me = (await browser.get('/api/me')).body;
    assert.deepEqual(
      [me.roles, me.kind, me.practice.name, me.rights.history.reach],
      [['owner'], 'privileged', 'MSP des Dunes', 'none'],
    );
    assert.ok(me.acts.includes('people') && !me.acts.includes('emergency-access'));
    assert.equal((await house.browser().post('/api/setup', { ...setUp, code })).status, 409);
    assert.equal(await house.access.newSetupCode(), undefined);
  });

  test('SEC-2 people by invitation: one link, one use, seven days; then a password and a second factor', async () => {
    const owner = await enter(house, await practice(), {
      login: 'chef2@dunes.fr',
      family: 'Roux',
      profession: 'administrator',
      roles: ['owner'],
    });
    const invited = await owner.browser.post('/api/people', {
      login: 'Anne@Dunes.fr',
      family: 'Le Gall',
      given: 'Anne',
      profession: 'physician',
      rpps: '10100000001',
    });
    assert.deepEqual([invited.status, invited.body.person.status, invited.body.mailed], [200, 'invited', false]);
    assert.ok(directory.some((person) => person.practitioner === invited.body.person.practitioner && person.active));
    const token = tokenOf(invited.body.link);
    const guest = house.browser();
    const seen = await guest.post('/api/invitation', { token });
    assert.deepEqual(
      [seen.body.name, seen.body.login, seen.body.practice],
      ['Anne Le Gall', 'anne@dunes.fr', 'MSP des Dunes'],
    );
    assert.equal(
      (await guest.post('/api/sign-in/password', { login: 'anne@dunes.fr', password: goodPassword })).status,
      401,
      'not yet',
    );
    // A second invitation makes the first link useless.
    const again = tokenOf((await owner.browser.post(`/api/people/${invited.body.person.id}/invitation`, {})).body.link);
    assert.equal((await guest.post('/api/invitation', { token })).status, 410);
    for (const [password, words] of [
      ['court', '12 caractères au moins ; une phrase convient bien'],
      ['ababab-ababab', 'il répète trop les mêmes caractères'],
      ['le port de Anne!', 'il contient votre adresse'],
      ['azertyuiop2026', 'il est trop connu'],
    ] as const) {
      const refused = await guest.post('/api/invitation/accept', { token: again, password });
      assert.deepEqual([refused.status, refused.body.fields], [422, { password: words }], password);
    }
    assert.deepEqual((await guest.post('/api/invitation/accept', { token: again, password: goodPassword })).body, {
      state: 'pending',
      needs: 'enrol',
    });
    assert.equal((await guest.get('/api/me')).body.reason, 'pending');
    assert.equal(
      (await house.browser().post('/api/invitation/accept', { token: again, password: goodPassword })).status,
      410,
    );
    const late = await owner.browser.post('/api/people', {
      login: 'tard@dunes.fr',
      family: 'Tard',
      profession: 'nurse',
    });
    house.wait(8 * 86_400_000);
    assert.equal((await guest.post('/api/invitation', { token: tokenOf(late.body.link) })).status, 410);
    for (const wrong of ['x'.repeat(43), `1.${'x'.repeat(43)}`, `999.${'x'.repeat(43)}`])
      assert.equal((await guest.post('/api/invitation', { token: wrong })).status, 410);
  });

  test('SEC-2 the invitation goes by mail when mail is set up', async () => {
    const letters: string[] = [];
    const post = new SMTPServer({
      authOptional: true,
      disabledCommands: ['STARTTLS'],
      onData(stream, _session, done) {
        let text = '';
        stream.on('data', (chunk) => (text += chunk));
        stream.on('end', () => {
          letters.push(text);
          done();
        });
      },
    });
    await new Promise<void>((done) => post.listen(0, '127.0.0.1', done));
    const { port } = post.server.address() as { port: number };
    const mailed = await openTestHouse(
      {},
      { mailer: createMailer(`smtp://127.0.0.1:${port}?from=estran@dunes.fr`, 'http://localhost'), clock: house.now },
      house.db,
    );
    const made = await mailed.access.createUser(await practice(), {
      login: 'poste@dunes.fr',
      family: 'Poste',
      given: 'Zoé',
      profession: 'nurse',
    });
    assert.deepEqual([made.mailed, made.link], [true, undefined]);
    assert.match(letters[0]!, /To: poste@dunes\.fr/i);
    assert.match(letters[0]!.replace(/=\r?\n/g, ''), /\/invitation#/);
    post.close();
    // A mail server that is down does not lose the invitation: the link comes back to the owner.
    const down = await openTestHouse(
      {},
      { mailer: { send: async () => Promise.reject(new Error('down')) }, clock: house.now },
      house.db,
    );
    const other = await down.access.createUser(await practice(), {
      login: 'panne@dunes.fr',
      family: 'Panne',
      profession: 'nurse',
    });
    assert.deepEqual([other.mailed, typeof other.link], [false, 'string']);
    await mailed.close();
    await down.close();
  });

  test('SEC-1 privileged accounts are apart: no role over the practice on a care account, no clinical profession on a privileged one', async () => {
    const tenant = await practice();
    const owner = await enter(house, tenant, {
      login: 'chef3@dunes.fr',
      family: 'Roux',
      profession: 'administrator',
      roles: ['owner'],
    });
    const refused = async (more: object) =>
      (await owner.browser.post('/api/people', { login: 'x@dunes.fr', family: 'X', profession: 'physician', ...more }))
        .status;
    assert.equal(await refused({ roles: ['owner'] }), 422);
    assert.equal(await refused({ kind: 'privileged' }), 422);
    assert.equal(await refused({ kind: 'care', roles: ['administrator'] }), 422);
    assert.equal(await refused({ profession: 'witch' }), 422);
    assert.equal(await refused({ rpps: '12' }), 422);
    assert.equal(await refused({ login: 'not an address' }), 422);
    // The same person may hold one of each, at the same address, and chooses at the door.
    await house.access.createUser(tenant, {
      login: 'double@dunes.fr',
      family: 'D',
      profession: 'physician',
      password: goodPassword,
    });
    await house.access.createUser(tenant, {
      login: 'double@dunes.fr',
      family: 'D',
      profession: 'administrator',
      roles: ['administrator'],
      password: goodPassword,
    });
    await assert.rejects(
      house.access.createUser(tenant, {
        login: 'double@dunes.fr',
        family: 'D',
        profession: 'nurse',
        password: goodPassword,
      }),
      /déjà un compte/,
    );
    const answer = await house
      .browser()
      .post('/api/sign-in/password', { login: 'double@dunes.fr', password: goodPassword });
    assert.deepEqual(
      answer.body.choices.map((choice: { kind: string }) => choice.kind),
      ['care', 'privileged'],
    );
  });

  test('SEC-2 who may not: people, settings, sites and invitations are for owner and administrator; owners are in owners’ hands', async () => {
    const tenant = await practice();
    const owner = await enter(house, tenant, {
      login: 'chef4@dunes.fr',
      family: 'Roux',
      profession: 'administrator',
      roles: ['owner'],
    });
    const admin = await enter(house, tenant, {
      login: 'admin@dunes.fr',
      family: 'Admin',
      profession: 'administrator',
      roles: ['administrator'],
    });
    const doctor = await enter(house, tenant, { login: 'doc@dunes.fr', family: 'Doc', profession: 'physician' });
    for (const [method, url, body] of [
      ['POST', '/api/people', { login: 'y@dunes.fr', family: 'Y', profession: 'nurse' }],
      ['PATCH', '/api/practice', { name: 'À moi' }],
      ['POST', '/api/practice/sites', { name: 'S' }],
      ['POST', `/api/people/${owner.id}/disable`, {}],
      ['POST', `/api/people/${owner.id}/invitation`, { reset: true }],
      ['PATCH', `/api/people/${doctor.id}`, { roles: ['owner'] }],
    ] as const) {
      assert.equal((await doctor.browser.send(method, url, body)).status, 403, `${method} ${url}`);
      assert.equal((await house.browser().send(method, url, body)).status, 401, `${method} ${url}`);
    }
    assert.equal((await doctor.browser.get('/api/people')).status, 403);
    assert.ok((await doctor.browser.get('/api/colleagues')).body.some((one: { name: string }) => one.name === 'Doc'));
    assert.equal(
      (
        await admin.browser.post('/api/people', {
          login: 'z@dunes.fr',
          family: 'Z',
          profession: 'administrator',
          roles: ['owner'],
        })
      ).status,
      403,
    );
    assert.equal((await admin.browser.post(`/api/people/${owner.id}/disable`)).status, 403);
    assert.equal((await admin.browser.post(`/api/people/${owner.id}/invitation`, { reset: true })).status, 403);
    assert.equal((await admin.browser.send('PATCH', `/api/people/${admin.id}`, { roles: ['owner'] })).status, 403);
    assert.equal((await owner.browser.post(`/api/people/${owner.id}/disable`)).status, 409);
    // The refusals are in the ledger.
    const [refusals] = await house.db.tenant(tenant, (sql) =>
      sql.query<{ n: number }>(`select count(*)::int as n from audit.entry where actor = $1 and action = 'refused'`, [
        `Practitioner/${doctor.practitioner}`,
      ]),
    );
    assert.ok(refusals!.n >= 7);
  });

  test('SEC-2 the last owner of a practice stays one; with a second owner they may leave it', async () => {
    const { tenant } = await house.access.createPractice('MSP des Sables');
    const [owner, admin] = [
      await enter(house, tenant, {
        login: 'chef@sables.fr',
        family: 'Roux',
        profession: 'administrator',
        roles: ['owner'],
      }),
      await enter(house, tenant, {
        login: 'admin@sables.fr',
        family: 'Admin',
        profession: 'administrator',
        roles: ['administrator'],
      }),
    ];
    const give = (id: string, roles: string[]) => owner.browser.send('PATCH', `/api/people/${id}`, { roles });
    const refused = await give(owner.id, ['administrator']);
    assert.equal(refused.status, 409);
    assert.match(refused.body.detail, /^La structure doit garder au moins un responsable/);
    assert.equal((await give(admin.id, ['owner'])).status, 200);
    assert.deepEqual((await give(owner.id, ['administrator'])).body.roles, ['administrator']);
    assert.equal((await give(owner.id, ['owner'])).status, 403, 'nor do they come back by themselves');
  });

  test('SEC-2 two owners who leave, or who close each other’s account, at the same moment: one of them stays', async () => {
    for (const way of ['leave', 'close', 'leave', 'close']) {
      const { tenant } = await house.access.createPractice('MSP des Deux');
      const [one, other] = [
        await enter(house, tenant, {
          login: `une@${tenant}.fr`,
          family: 'Roux',
          profession: 'administrator',
          roles: ['owner'],
        }),
        await enter(house, tenant, {
          login: `autre@${tenant}.fr`,
          family: 'Bleu',
          profession: 'administrator',
          roles: ['owner'],
        }),
      ];
      const answers = await Promise.all(
        way === 'leave'
          ? [one, other].map((who) => who.browser.send('PATCH', `/api/people/${who.id}`, { roles: ['administrator'] }))
          : [one.browser.post(`/api/people/${other.id}/disable`), other.browser.post(`/api/people/${one.id}/disable`)],
      );
      const refused = answers.filter(({ status }) => status !== 200);
      assert.equal(refused.length, 1, way);
      // Closed between its question and its answer, the account is out before it is refused.
      assert.ok([409, 401].includes(refused[0]!.status), `${way} ${refused[0]!.status}`);
      const [left] = await house.db.tenant(tenant, (sql) =>
        sql.query<{ n: number }>(
          `select count(*)::int as n from access.account where tenant_id = $1 and status = 'active' and 'owner' = any(roles)`,
          [tenant],
        ),
      );
      assert.equal(left!.n, 1, way);
    }
  });

  test('SEC-2 a closed account is out at once; a reset forgets password and second factor', async () => {
    const tenant = await practice();
    const owner = await enter(house, tenant, {
      login: 'chef5@dunes.fr',
      family: 'Roux',
      profession: 'administrator',
      roles: ['owner'],
    });
    const nurse = await enter(house, tenant, { login: 'inf@dunes.fr', family: 'Inf', profession: 'nurse' });
    assert.equal((await owner.browser.post(`/api/people/${nurse.id}/disable`)).body.status, 'disabled');
    assert.equal((await nurse.browser.get('/api/me')).status, 401);
    assert.equal(
      (await house.browser().post('/api/sign-in/password', { login: 'inf@dunes.fr', password: goodPassword })).status,
      401,
    );
    assert.equal(directory.filter((person) => person.practitioner === nurse.practitioner).at(-1)!.active, false);
    assert.equal((await owner.browser.post(`/api/people/${nurse.id}/enable`)).body.status, 'active');
    assert.equal((await owner.browser.post(`/api/people/${nurse.id}/invitation`, {})).status, 409);
    const reset = await owner.browser.post(`/api/people/${nurse.id}/invitation`, { reset: true });
    assert.equal(
      (await house.browser().post('/api/sign-in/password', { login: 'inf@dunes.fr', password: goodPassword })).status,
      401,
    );
    assert.deepEqual(
      (
        await house
          .browser()
          .post('/api/invitation/accept', { token: tokenOf(reset.body.link), password: 'un autre grain de sel' })
      ).body,
      { state: 'pending', needs: 'enrol' },
    );
    const changed = await owner.browser.send('PATCH', `/api/people/${nurse.id}`, {
      profession: 'advanced-practice-nurse',
      given: 'Léo',
    });
    assert.deepEqual(
      [changed.body.profession, changed.body.given, changed.body.login],
      ['advanced-practice-nurse', 'Léo', 'inf@dunes.fr'],
    );
  });

  test('SEC-1 SEC-8 who resets an account and holds its link is named to its person, at the next sign-in and in a log that reading does not strike out; who may not', async () => {
    const { tenant } = await house.access.createPractice('MSP de la Clé');
    const owner = await enter(house, tenant, {
      login: 'chef14@dunes.fr',
      family: 'Roux',
      profession: 'administrator',
      roles: ['owner'],
    });
    const nurse = await enter(house, tenant, { login: 'soin14@dunes.fr', family: 'Vert', profession: 'nurse' });
    assert.equal((await nurse.browser.get('/api/me')).body.unreadNotices, 0);
    const { link } = (await owner.browser.post(`/api/people/${nurse.id}/invitation`, { reset: true })).body;
    assert.ok(link, 'no mail server: the link is in the owner’s hands');
    // Whoever comes in by it, the owner or the person, does so in the person's name.
    const browser = house.browser();
    await browser.post('/api/invitation/accept', { token: tokenOf(link), password: 'un autre grain de sel' });
    assert.ok((await browser.get('/api/account/log')).status >= 401, 'half signed in');
    const { secret } = (await browser.post('/api/second-factor/enrol', {})).body;
    await browser.post('/api/second-factor/confirm', { code: await codeAt(secret, house.now()) });
    assert.equal((await browser.get('/api/me')).body.unreadNotices, 1);
    const [notice] = (await browser.get('/api/notices')).body;
    assert.match(notice.words, /Roux a réinitialisé votre connexion/);
    await browser.post(`/api/notices/${notice.id}/read`, {});
    const log = (await browser.get('/api/account/log')).body as { words: string; byOther: boolean; address: string }[];
    assert.ok(
      log.some(({ words, byOther }) => byOther && /Roux a réinitialisé/.test(words)),
      'read, it is still told',
    );
    assert.ok(log.some(({ words, address }) => /^Lien d’invitation utilisé/.test(words) && address));
    assert.ok(log.some(({ words }) => words === 'Connexion'));
    const mine = (await owner.browser.get('/api/account/log')).body as { words: string }[];
    assert.ok(
      mine.every(({ words }) => !/réinitialisé|Lien d’invitation/.test(words)),
      'of another’s account nothing is told',
    );
  });

  test('SEC-2 an invitation that nobody has accepted keeps no practice: its last open owner stays, is not reset by mistake, and two who reset each other leave one', async () => {
    const { tenant } = await house.access.createPractice('MSP du Relais');
    const as = (login: string) =>
      enter(house, tenant, { login, family: 'Roux', profession: 'administrator', roles: ['owner'] });
    const owner = await as('chef15@dunes.fr');
    const invited = await owner.browser.post('/api/people', {
      login: 'chef16@dunes.fr',
      family: 'Bleu',
      profession: 'administrator',
      roles: ['owner'],
    });
    assert.equal(invited.body.person.status, 'invited');
    const leaves = () => owner.browser.send('PATCH', `/api/people/${owner.id}`, { roles: ['administrator'] });
    const left = await leaves();
    assert.equal(left.status, 409);
    assert.match(left.body.detail, /a accepté son invitation/);
    const alone = await owner.browser.post(`/api/people/${owner.id}/invitation`, { reset: true });
    assert.deepEqual([alone.status, (await owner.browser.get('/api/me')).status], [409, 200], 'still in');

    const other = await as('chef17@dunes.fr');
    const resets = await Promise.all([
      owner.browser.post(`/api/people/${other.id}/invitation`, { reset: true }),
      other.browser.post(`/api/people/${owner.id}/invitation`, { reset: true }),
    ]);
    assert.equal(resets.filter(({ status }) => status === 200).length, 1, resets.map(({ status }) => status).join());
    const [kept] = await house.db.tenant(tenant, (sql) =>
      sql.query<{ n: number }>(
        `select count(*)::int as n from access.account where tenant_id = $1 and status = 'active' and 'owner' = any(roles)`,
        [tenant],
      ),
    );
    assert.equal(kept!.n, 1);
  });

  test('SEC-1 who changes by what another’s account opens is named to its person; who changes their own is not', async () => {
    const { tenant } = await house.access.createPractice('MSP de la Porte');
    const owner = await enter(house, tenant, {
      login: 'chef18@dunes.fr',
      family: 'Roux',
      profession: 'administrator',
      roles: ['owner'],
    });
    const nurse = await enter(house, tenant, { login: 'soin18@dunes.fr', family: 'Vert', profession: 'nurse' });
    await owner.browser.send('PATCH', `/api/people/${nurse.id}`, { given: 'Ana' });
    await owner.browser.send('PATCH', `/api/people/${owner.id}`, { login: 'chef19@dunes.fr' });
    for (const who of [nurse, owner]) assert.deepEqual((await who.browser.get('/api/notices')).body, []);
    await owner.browser.send('PATCH', `/api/people/${nurse.id}`, { rpps: '10101010102', login: 'soin19@dunes.fr' });
    const [notice] = (await nurse.browser.get('/api/notices')).body;
    assert.match(notice.words, /Roux a changé l’adresse et le numéro RPPS de votre compte/);
    assert.ok(
      (await nurse.browser.get('/api/account/log')).body.some(
        ({ words, byOther }: { words: string; byOther: boolean }) => byOther && words === notice.words,
      ),
    );
  });

  test('SEC-2 sites and settings of the practice', async () => {
    const owner = await enter(house, await practice(), {
      login: 'chef6@dunes.fr',
      family: 'Roux',
      profession: 'administrator',
      roles: ['owner'],
    });
    const site = (await owner.browser.post('/api/practice/sites', { name: 'Maison du port', address: '1 quai' })).body;
    assert.equal(
      (await owner.browser.send('PATCH', `/api/practice/sites/${site.id}`, { name: 'Le port' })).body.name,
      'Le port',
    );
    await owner.browser.send('PATCH', `/api/people/${owner.id}`, { sites: [site.id, site.id] });
    assert.deepEqual((await owner.browser.get('/api/me')).body.sites, [{ id: site.id, name: 'Le port' }]);
    for (const sites of [['../x'], ['<b>'], ['another-practice-s']]) {
      const refused = await owner.browser.send('PATCH', `/api/people/${owner.id}`, { sites });
      assert.deepEqual([refused.status, Object.keys(refused.body.fields)[0]?.split('.')[0]], [422, 'sites'], sites[0]);
      const someone = { login: 'x@dunes.fr', family: 'X', profession: 'nurse', sites };
      assert.equal((await owner.browser.post('/api/people', someone)).status, 422, sites[0]);
    }
    const [me] = (await owner.browser.get('/api/people')).body.filter(({ id }: { id: string }) => id === owner.id);
    assert.deepEqual(me.sites, [site.id]);
    const renamed = await owner.browser.send('PATCH', '/api/practice', {
      name: 'Maison de santé',
      settings: { lockAfterMinutes: 15 },
    });
    assert.equal(renamed.status, 200, renamed.text);
    assert.deepEqual(
      [renamed.body.name, renamed.body.settings, renamed.body.sites.length],
      ['Maison de santé', { lockAfterMinutes: 15, massReading: 100 }, 1],
    );
    assert.equal((await owner.browser.send('DELETE', `/api/practice/sites/${site.id}`)).status, 204);
    assert.equal((await owner.browser.send('DELETE', `/api/practice/sites/${site.id}`)).status, 404);
  });

  test('SEC-11 two who set the practice at once: one is kept, the other is told by whom and sees both; what one leaves alone stays as it is', async () => {
    const tenant = await practice();
    const [one, other, nurse] = [
      await enter(house, tenant, {
        login: 'chef8@dunes.fr',
        family: 'Roux',
        profession: 'administrator',
        roles: ['owner'],
      }),
      await enter(house, tenant, {
        login: 'chef9@dunes.fr',
        family: 'Bleu',
        profession: 'administrator',
        roles: ['owner'],
      }),
      await enter(house, tenant, { login: 'soin8@dunes.fr', family: 'Vert', profession: 'nurse' }),
    ];
    const seen = (await one.browser.get('/api/practice')).body;
    const set = (by: typeof one, version: number | undefined, name: string, lockAfterMinutes: number) =>
      by.browser.send('PATCH', '/api/practice', { version, name, settings: { lockAfterMinutes, massReading: 80 } });
    const both = await Promise.all([set(one, seen.version, 'Maison A', 11), set(other, seen.version, 'Maison B', 12)]);
    assert.deepEqual(both.map(({ status }) => status).sort(), [200, 409]);
    const won = both.find(({ status }) => status === 200)!.body;
    const lost = both.find(({ status }) => status === 409)!.body;
    assert.deepEqual([lost.code, lost.theirs], ['edited-meanwhile', won]);
    assert.deepEqual([won.version, won.changed.who], [seen.version + 1, won.name === 'Maison A' ? 'Roux' : 'Bleu']);
    assert.match(lost.detail, new RegExp(won.changed.who));
    assert.deepEqual((await one.browser.get('/api/practice')).body, won);
    assert.equal((await set(nurse, won.version, 'À moi', 5)).status, 403);
    assert.equal((await set(one, seen.version + 2, 'De demain', 5)).status, 409);
    const again = (await set(other, won.version, 'Maison C', 13)).body;
    assert.deepEqual([again.name, again.version, again.changed.who], ['Maison C', won.version + 1, 'Bleu']);
    const mine = (await one.browser.send('PATCH', '/api/practice', { settings: { massReading: 90 } })).body;
    assert.deepEqual([mine.name, mine.settings], ['Maison C', { lockAfterMinutes: 13, massReading: 90 }]);
  });

  test('SEC-11 two who change the same person or the same site at once: one is kept, the other is told by whom and sees both; who may not', async () => {
    const { tenant } = await house.access.createPractice('MSP du Môle');
    const enterAs = (login: string, family: string, profession: 'administrator' | 'nurse', roles: 'owner'[] = []) =>
      enter(house, tenant, { login, family, profession, roles });
    const one = await enterAs('chef10@dunes.fr', 'Roux', 'administrator', ['owner']);
    const other = await enterAs('chef11@dunes.fr', 'Bleu', 'administrator', ['owner']);
    const nurse = await enterAs('soin10@dunes.fr', 'Vert', 'nurse');
    const site = (await one.browser.post('/api/practice/sites', { name: 'Le port', address: '1 quai' })).body;
    for (const [path, forms, read] of [
      [
        `/api/people/${nurse.id}`,
        [
          { family: 'Vertu', given: 'A' },
          { family: 'Verdure', given: 'B' },
        ],
        async () => (await one.browser.get('/api/people')).body.find(({ id }: { id: string }) => id === nurse.id),
      ],
      [
        `/api/practice/sites/${site.id}`,
        [
          { name: 'Port A', address: '1 quai' },
          { name: 'Port B', address: '2 quai' },
        ],
        async () => (await one.browser.get('/api/practice')).body.sites[0],
      ],
    ] as const) {
      const seen = await read();
      assert.equal(seen.changed, null, path);
      const set = (by: typeof one, version: number | undefined, form: object) =>
        by.browser.send('PATCH', path, { ...form, version });
      const both = await Promise.all([set(one, seen.version, forms[0]), set(other, seen.version, forms[1])]);
      assert.deepEqual(both.map(({ status }) => status).sort(), [200, 409], path);
      const won = both.find(({ status }) => status === 200)!.body;
      const lost = both.find(({ status }) => status === 409)!.body;
      assert.deepEqual([lost.code, lost.theirs], ['edited-meanwhile', won]);
      assert.deepEqual([won.version, won.changed.who], [seen.version + 1, both[0]!.status === 200 ? 'Roux' : 'Bleu']);
      assert.match(lost.detail, new RegExp(won.changed.who));
      assert.deepEqual(await read(), won, 'nothing was overwritten');
      const refused = await set(nurse, won.version, forms[0]);
      assert.deepEqual([refused.status, refused.body.theirs], [403, undefined], 'who may not is shown nothing');
      const over = (await set(other, won.version, forms[1])).body;
      assert.deepEqual([over.version, over.changed.who], [won.version + 1, 'Bleu']);
    }
  });

  test('SEC-11 SEC-12 a site that was taken away comes back as it was, for those who work there and under its number; who may not', async () => {
    const { tenant } = await house.access.createPractice('MSP du Phare');
    const owner = await enter(house, tenant, {
      login: 'chef12@dunes.fr',
      family: 'Roux',
      profession: 'administrator',
      roles: ['owner'],
    });
    const nurse = await enter(house, tenant, { login: 'soin12@dunes.fr', family: 'Vert', profession: 'nurse' });
    const stranger = await enter(house, await practice(), {
      login: 'chef13@ailleurs.fr',
      family: 'Gris',
      profession: 'administrator',
      roles: ['owner'],
    });
    const made = (await owner.browser.post('/api/practice/sites', { name: 'Le port', address: '1 quai' })).body;
    const at = `/api/practice/sites/${made.id}`;
    const site = (await owner.browser.send('PATCH', at, { name: 'Le grand port', address: '2 quai' })).body;
    await owner.browser.send('PATCH', `/api/people/${nurse.id}`, { sites: [site.id] });
    const sitesOf = async (who: typeof owner) => (await who.browser.get('/api/me')).body.sites;
    const here = [{ id: site.id, name: 'Le grand port' }];
    assert.deepEqual(await sitesOf(nurse), here);
    assert.equal((await owner.browser.post(`${at}/restore`, {})).status, 404, 'it stands');
    assert.equal((await owner.browser.send('DELETE', at)).status, 204);
    assert.deepEqual([await sitesOf(nurse), (await owner.browser.get('/api/practice')).body.sites], [[], []]);
    assert.equal((await owner.browser.send('PATCH', at, { name: 'Un autre' })).status, 404);
    assert.equal((await nurse.browser.post(`${at}/restore`, {})).status, 403);
    assert.equal((await stranger.browser.post(`${at}/restore`, {})).status, 404);
    assert.deepEqual((await owner.browser.post(`${at}/restore`, {})).body, site);
    assert.deepEqual([await sitesOf(nurse), (await owner.browser.get('/api/practice')).body.sites], [here, [site]]);
    const told = await house.db.tenant(tenant, (sql) =>
      sql.query<{ action: string }>(
        'select action from audit.entry where tenant_id = $1 and target = $2 order by seq',
        [tenant, `Site/${site.id}`],
      ),
    );
    assert.deepEqual(
      told.map((row) => row.action),
      ['create', 'update', 'delete', 'restore'],
    );
  });

  test('SEC-2 people and sites stand as a French reader looks for them: accents and capitals aside', async () => {
    const owner = await enter(house, await practice(), {
      login: 'chef7@dunes.fr',
      family: 'Martin',
      profession: 'administrator',
      roles: ['owner'],
    });
    for (const family of ['Zola', 'Évrard', 'de Kerret', 'Eon'])
      await owner.browser.post('/api/people', {
        login: `${family.replace(' ', '')}@ordre.fr`,
        given: 'Ana',
        family,
        profession: 'nurse',
      });
    const names: string[] = (await owner.browser.get('/api/people')).body.map((one: { family: string }) => one.family);
    const mine = ['de Kerret', 'Eon', 'Évrard', 'Martin', 'Zola'];
    assert.deepEqual(
      names.filter((name) => mine.includes(name)),
      mine,
    );
    for (const name of ['Vannes', 'Étel', 'elven', 'Erdeven'])
      await owner.browser.post('/api/practice/sites', { name, address: '' });
    assert.deepEqual(
      (await owner.browser.get('/api/practice')).body.sites.map((one: { name: string }) => one.name),
      ['elven', 'Erdeven', 'Étel', 'Vannes'],
    );
  });
});
