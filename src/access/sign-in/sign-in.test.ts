import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Db } from '../../platform/index.ts';
import { codeAt, enter, goodPassword, openTestHouse, type TestHouse } from '../access.fixture.ts';

// A suite of its own: its house opens when its turn comes, not with every other file's.
describe('sign-in', () => {
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
  const someone = (more = {}) => ({
    login: `p${++n}@dunes.fr`,
    family: 'Le Gall',
    given: 'Anne',
    profession: 'physician' as const,
    ...more,
  });
  const minutes = 60_000;

  test('SEC-1 password, then a one-time code, enrolled at the first sign-in', async () => {
    const user = someone();
    await house.access.createUser(tenant, { ...user, password: goodPassword });
    const browser = house.browser();
    const first = await browser.post('/api/sign-in/password', {
      login: user.login.toUpperCase(),
      password: goodPassword,
    });
    assert.deepEqual([first.status, first.body], [200, { state: 'pending', needs: 'enrol' }]);
    const cookie = String(first.headers['set-cookie']);
    assert.match(cookie, /^estran=\d+\.[\w-]{43}; Path=\/; HttpOnly; SameSite=Strict$/);
    // Pending: nothing but the second factor.
    assert.deepEqual(
      [(await browser.get('/api/me')).status, (await browser.get('/api/me')).body.reason],
      [401, 'pending'],
    );
    assert.equal((await browser.get('/api/session')).body.needs, 'enrol');
    const { body } = await browser.post('/api/second-factor/enrol', {});
    assert.match(body.uri, /^otpauth:\/\/totp\/Estran:/);
    const wrong = await browser.post('/api/second-factor/confirm', { code: '000000' });
    assert.equal(wrong.status, 403);
    const pendingCookie = browser.cookies.get('estran')!;
    const confirmed = await browser.post('/api/second-factor/confirm', {
      code: await codeAt(body.secret, house.now()),
    });
    assert.equal(confirmed.body.recoveryCodes.length, 10);
    const me = await browser.get('/api/me');
    assert.deepEqual(
      [me.status, me.body.name, me.body.profession, me.body.practice.name],
      [200, 'Anne Le Gall', 'physician', 'MSP des Dunes'],
    );
    // The cookie of the pending session is dead.
    assert.notEqual(browser.cookies.get('estran'), pendingCookie);
    assert.equal(
      (await house.browser().get('/api/me', { cookie: `estran=${pendingCookie}` })).body.reason,
      'no-session',
    );
  });

  test('SEC-1 a code serves once, a recovery code serves once, and a password alone does not change the second factor', async () => {
    const user = someone();
    const { secret, recoveryCodes } = await enter(house, tenant, user);
    house.wait(60_000);
    const again = house.browser();
    const first = await again.post('/api/sign-in/password', { login: user.login, password: goodPassword });
    assert.deepEqual(first.body, { state: 'pending', needs: 'code' });
    // Enrolling another one needs the one there is; so does a passkey.
    assert.equal((await again.post('/api/second-factor/enrol', {})).status, 403);
    assert.equal((await again.post('/api/passkeys/options')).status, 403);
    assert.equal((await again.post('/api/second-factor/verify', { code: '123456' })).status, 403);
    const code = await codeAt(secret, house.now());
    assert.equal((await again.post('/api/second-factor/verify', { code })).body.state, 'open');
    const replay = house.browser();
    await replay.post('/api/sign-in/password', { login: user.login, password: goodPassword });
    assert.equal((await replay.post('/api/second-factor/verify', { code })).status, 403);
    assert.equal((await replay.post('/api/second-factor/verify', { code: recoveryCodes[0] })).body.state, 'open');
    const twice = house.browser();
    await twice.post('/api/sign-in/password', { login: user.login, password: goodPassword });
    assert.equal((await twice.post('/api/second-factor/verify', { code: recoveryCodes[0] })).status, 403);
  });

  test('SEC-1 an unknown address and a wrong password get the same answer; both are slowed, by account and by address, never for good', async () => {
    const user = someone();
    await house.access.createUser(tenant, { ...user, password: goodPassword });
    const browser = house.browser('10.0.0.1');
    const wrong = await browser.post('/api/sign-in/password', { login: user.login, password: 'nope' });
    const unknown = await browser.post('/api/sign-in/password', { login: 'nobody@nowhere.fr', password: 'nope' });
    assert.deepEqual([wrong.status, wrong.body], [unknown.status, unknown.body]);
    const tries = [];
    for (let i = 0; i < 6; i++)
      tries.push((await browser.post('/api/sign-in/password', { login: user.login, password: 'nope' })).status);
    assert.deepEqual(tries, [401, 401, 401, 401, 429, 429]);
    // From another address too: the account is slowed.
    const elsewhere = await house
      .browser('10.0.0.2')
      .post('/api/sign-in/password', { login: user.login, password: goodPassword });
    assert.equal(elsewhere.status, 429);
    assert.ok(Number(elsewhere.headers['retry-after']) >= 1);
    house.wait(5 * minutes);
    assert.equal(
      (await house.browser('10.0.0.2').post('/api/sign-in/password', { login: user.login, password: goodPassword }))
        .status,
      200,
    );
    // One address that tries many accounts is slowed as well.
    const sprayer = house.browser('10.0.0.3');
    const statuses = [];
    for (let i = 0; i < 33; i++)
      statuses.push(
        (await sprayer.post('/api/sign-in/demo', { account: '1.x' })).status === 403 &&
          (await sprayer.post('/api/sign-in/password', { login: `x${i}@nowhere.fr`, password: 'x' })).status,
      );
    assert.deepEqual([statuses[0], statuses.at(-1)], [401, 429]);
    assert.equal(
      (await house.browser('10.0.0.4').post('/api/sign-in/password', { login: user.login, password: goodPassword }))
        .status,
      200,
    );
  });

  test('SEC-1 a refusal takes its time, whether or not the address is known: the clock tells nothing', async () => {
    const user = someone();
    await enter(house, tenant, user);
    for (const [at, one] of [user.login, 'personne@dunes.fr'].entries()) {
      const began = performance.now();
      assert.equal(
        (
          await house
            .browser(`10.44.0.${at}`)
            .post('/api/sign-in/password', { login: one, password: 'ce n’est pas le bon' })
        ).status,
        401,
      );
      assert.ok(performance.now() - began >= 149, one);
    }
  });

  test('SEC-1 a hundred guesses at once count as a hundred', async () => {
    const user = someone();
    await house.access.createUser(tenant, { ...user, password: goodPassword });
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, i) =>
        house.browser(`10.1.0.${i}`).post('/api/sign-in/password', { login: user.login, password: `guess ${i}` }),
      ),
    );
    assert.ok(answers.filter((answer) => answer.status === 401).length <= 6, 'few are even looked at');
  });

  test('SEC-1 a session locks when idle, keeps its place, and opens again with the password; it ends after 12 hours', async () => {
    const user = someone();
    const { browser } = await enter(house, tenant, user);
    house.wait(29 * minutes);
    assert.equal((await browser.get('/api/me')).status, 200);
    house.wait(29 * minutes);
    // Polling does not keep it awake.
    assert.equal((await browser.get('/api/me', { 'x-estran-background': '1' })).status, 200);
    house.wait(2 * minutes);
    const locked = await browser.get('/api/me');
    assert.deepEqual([locked.status, locked.body.reason], [401, 'locked']);
    const state = await browser.get('/api/session');
    assert.deepEqual([state.body.state, state.body.name, state.body.unlock], ['locked', 'Anne Le Gall', ['password']]);
    assert.equal((await browser.post('/api/unlock/password', { password: 'not this' })).status, 403);
    assert.equal((await browser.get('/api/me')).status, 401);
    assert.equal((await browser.post('/api/unlock/password', { password: goodPassword })).body.state, 'open');
    assert.equal((await browser.get('/api/me')).status, 200);
    assert.equal((await browser.post('/api/lock')).status, 204);
    assert.equal((await browser.get('/api/me')).body.reason, 'locked');
    assert.equal((await browser.post('/api/unlock/password', { password: goodPassword })).status, 200);
    house.wait(12 * 60 * minutes);
    assert.equal((await browser.get('/api/me')).body.reason, 'no-session');
    assert.equal((await browser.post('/api/unlock/password', { password: goodPassword })).status, 401);
  });

  test('SEC-1 a clock that was ahead and is set right keeps nobody out and leaves no session open longer than it may be', async () => {
    const user = someone();
    const year = 365 * 86_400_000;
    const { browser, secret, recoveryCodes } = await enter(house, tenant, user);
    house.wait(minutes);
    assert.equal((await browser.get('/api/me')).status, 200);
    // Set right by a little, as every night: nothing is seen of it.
    house.wait(-5 * minutes);
    assert.equal((await browser.get('/api/me')).status, 200);
    house.wait(5 * minutes);

    house.wait(year);
    const ahead = house.browser('10.0.9.1');
    for (let i = 0; i < 6; i++) await ahead.post('/api/sign-in/password', { login: user.login, password: 'nope' });
    assert.equal(
      (await ahead.post('/api/sign-in/password', { login: user.login, password: goodPassword })).status,
      429,
    );
    house.wait(10 * minutes);
    await ahead.post('/api/sign-in/password', { login: user.login, password: goodPassword });
    const spent = await codeAt(secret, house.now());
    assert.equal((await ahead.post('/api/second-factor/verify', { code: spent })).body.state, 'open');
    assert.equal((await ahead.get('/api/me')).status, 200);
    for (let i = 0; i < 6; i++)
      await house.browser('10.0.9.2').post('/api/sign-in/password', { login: user.login, password: 'nope' });

    house.wait(-year);
    assert.equal((await ahead.get('/api/me')).body.reason, 'no-session', 'a session of next year is none');
    const now = house.browser('10.0.9.1');
    const entered = await now.post('/api/sign-in/password', { login: user.login, password: goodPassword });
    assert.deepEqual([entered.status, entered.body.state], [200, 'pending']);
    const code = await codeAt(secret, house.now());
    assert.equal((await now.post('/api/second-factor/verify', { code })).body.state, 'open');
    // And everything holds as before: guesses are slowed, a code serves once.
    const again = house.browser('10.0.9.3');
    await again.post('/api/sign-in/password', { login: user.login, password: goodPassword });
    assert.equal((await again.post('/api/second-factor/verify', { code })).status, 403);
    assert.equal((await again.post('/api/second-factor/verify', { code: recoveryCodes[0] })).body.state, 'open');
    const guesses = [];
    for (let i = 0; i < 6; i++)
      guesses.push(
        (await house.browser('10.0.9.4').post('/api/sign-in/password', { login: user.login, password: 'x' })).status,
      );
    assert.equal(guesses.at(-1), 429);
  });

  test('SEC-1 a session that ends while a request of it is being read is over for the next one', async () => {
    let hold: Promise<void> | undefined;
    const slow: Db = {
      ...house.db,
      async tenant(id, work) {
        const wait = hold;
        hold = undefined;
        const found = await house.db.tenant(id, work);
        await wait;
        return found;
      },
    };
    const remembering = await openTestHouse({}, { remember: 60_000 }, slow);
    try {
      const { browser } = await enter(remembering, tenant, someone());
      const { promise, resolve } = Promise.withResolvers<void>();
      hold = promise;
      const begun = browser.get('/api/me');
      const cookie = browser.cookies.get('estran')!;
      await new Promise(setImmediate);
      assert.equal((await browser.post('/api/sign-out')).status, 204);
      resolve();
      await begun;
      const late = await remembering.browser().get('/api/me', { cookie: `estran=${cookie}` });
      assert.deepEqual([late.status, late.body.reason], [401, 'no-session']);
    } finally {
      await remembering.close();
    }
  });

  test('SEC-1 SEC-11 a page of one person neither reads nor writes as another who has opened the session since, in another tab of the same browser', async () => {
    const [one, two] = [someone(), someone({ family: 'Riou' })];
    const { browser } = await enter(house, tenant, one);
    const first = (await browser.get('/api/me')).body;
    const page = { 'x-estran-account': first.account };
    assert.equal((await browser.get('/api/me', page)).status, 200);
    assert.equal((await browser.get('/api/session')).body.account, first.account);
    const other = await enter(house, tenant, two);
    browser.cookies.set('estran', other.browser.cookies.get('estran')!);
    for (const answer of [
      await browser.get('/api/me', page),
      await browser.post('/api/lock', undefined, page),
      await browser.get('/api/notices', page),
    ])
      assert.deepEqual([answer.status, answer.body.reason], [401, 'someone-else']);
    const second = (await browser.get('/api/me')).body;
    assert.notEqual(second.account, first.account);
    assert.equal(
      (await browser.get('/api/me', { 'x-estran-account': second.account })).body.name,
      'Anne Riou',
      'not locked by the page of the other',
    );
    // The key of what is kept on a device is the account’s alone, the same at each session.
    assert.equal(Buffer.from(first.draftKey, 'base64').length, 32);
    assert.notEqual(first.draftKey, second.draftKey);
    await browser.post('/api/sign-out');
    assert.equal((await browser.get('/api/session')).body.account, undefined);
  });

  test('SEC-1 the delay before locking is the practice’s, two hours at most', async () => {
    const owner = await enter(house, other, {
      login: 'chef@phare.fr',
      family: 'Roux',
      profession: 'administrator',
      roles: ['owner'],
    });
    assert.equal(
      (await owner.browser.send('PATCH', '/api/practice', { settings: { lockAfterMinutes: 121 } })).status,
      422,
    );
    assert.equal(
      (await owner.browser.send('PATCH', '/api/practice', { settings: { lockAfterMinutes: 5 } })).status,
      200,
    );
    assert.equal((await owner.browser.get('/api/me')).body.lockAfterMinutes, 5);
    house.wait(6 * minutes);
    assert.equal((await owner.browser.get('/api/me')).body.reason, 'locked');
  });

  test('SEC-1 another person on the same computer: nothing of the first session is left', async () => {
    const first = await enter(house, tenant, someone());
    const old = first.browser.cookies.get('estran')!;
    const second = someone({ given: 'Yann' });
    await house.access.createUser(tenant, { ...second, password: goodPassword });
    assert.equal(
      (await first.browser.post('/api/sign-in/password', { login: second.login, password: goodPassword })).body.state,
      'pending',
    );
    assert.equal((await house.browser().get('/api/me', { cookie: `estran=${old}` })).body.reason, 'no-session');
    assert.equal((await first.browser.post('/api/sign-out')).status, 204);
    assert.equal((await first.browser.get('/api/session')).body.state, 'none');
  });

  test('SEC-1 a request that changes something must come from our own pages', async () => {
    const { browser } = await enter(house, tenant, someone());
    for (const origin of ['http://evil.example', 'null', 'http://localhost.evil.example', 'http://localhost:8080']) {
      const answer = await browser.post('/api/lock', undefined, { origin });
      assert.deepEqual([answer.status, answer.body.reason], [403, 'origin'], origin);
    }
    const none = await house.app.inject({
      method: 'POST',
      url: '/api/sign-in/password',
      payload: { login: 'a@b.fr', password: 'x' },
    });
    assert.equal(none.statusCode, 403);
    assert.equal((await browser.get('/api/me')).status, 200);
  });

  test('SEC-1 a forged or mangled cookie opens nothing and breaks nothing', async () => {
    const { browser } = await enter(house, tenant, someone());
    const good = browser.cookies.get('estran')!;
    const [number, random] = good.split('.') as [string, string];
    for (const cookie of [
      '',
      'x',
      `${other}.${random}`,
      `999999999.${random}`,
      `${number}.${random.slice(1)}A`,
      `0.${random}`,
      `-1.${random}`,
      `${number}.${'%00'.repeat(9)}`,
    ]) {
      assert.equal((await house.browser().get('/api/me', { cookie: `estran=${cookie}` })).status, 401, cookie);
    }
  });

  test('SEC-1 one address with accounts in two practices: the person chooses, once, among their own', async () => {
    const login = 'deux@exemple.fr';
    const a = await house.access.createUser(tenant, { ...someone({ login }), password: goodPassword });
    const b = await house.access.createUser(other, { ...someone({ login }), password: goodPassword });
    const stranger = await house.access.createUser(tenant, { ...someone(), password: goodPassword });
    const browser = house.browser();
    const first = await browser.post('/api/sign-in/password', { login, password: goodPassword });
    assert.equal(first.body.state, 'choose');
    assert.deepEqual(
      first.body.choices.map((choice: { account: string }) => choice.account).sort(),
      [`${tenant}.${a.id}`, `${other}.${b.id}`].sort(),
    );
    assert.equal(browser.cookies.size, 0);
    assert.equal(
      (await browser.post('/api/sign-in/choice', { ticket: first.body.ticket, account: `${tenant}.${stranger.id}` }))
        .status,
      410,
    );
    const second = await browser.post('/api/sign-in/password', { login, password: goodPassword });
    assert.equal(
      (await browser.post('/api/sign-in/choice', { ticket: second.body.ticket, account: `${other}.${b.id}` })).body
        .state,
      'pending',
    );
    assert.equal((await browser.get('/api/session')).body.practice, 'MSP du Phare');
    assert.equal(
      (await browser.post('/api/sign-in/choice', { ticket: second.body.ticket, account: `${other}.${b.id}` })).status,
      410,
    );
  });

  test('SEC-1 demo accounts open in one click in demo mode, and never outside it', async () => {
    const { id } = await house.access.createUser(tenant, { ...someone(), demo: true });
    const login = `p${n}@dunes.fr`;
    assert.deepEqual((await house.browser().get('/api/demo-accounts')).body, []);
    assert.equal((await house.browser().post('/api/sign-in/demo', { account: `${tenant}.${id}` })).status, 403);
    assert.equal((await house.browser().post('/api/sign-in/password', { login, password: 'demo' })).status, 401);
    const demo = await openTestHouse({ demo: true }, { clock: house.now }, house.db);
    const browser = demo.browser();
    const list = (await browser.get('/api/demo-accounts')).body;
    assert.deepEqual(
      list.map((account: { account: string }) => account.account),
      [`${tenant}.${id}`],
    );
    assert.equal((await browser.post('/api/sign-in/demo', { account: `${tenant}.${id}` })).body.state, 'open');
    assert.equal((await browser.get('/api/me')).body.demo, true);
    assert.equal((await demo.browser().post('/api/sign-in/password', { login, password: 'demo' })).body.state, 'open');
    // An account that is not flagged stays closed even in demo mode.
    const real = await house.access.createUser(tenant, { ...someone(), password: goodPassword });
    assert.equal((await demo.browser().post('/api/sign-in/demo', { account: `${tenant}.${real.id}` })).status, 403);
    await demo.close();
  });

  test('SEC-1 a changed password ends the other sessions; a weak one is refused', async () => {
    const user = someone();
    const { browser, secret } = await enter(house, tenant, user);
    house.wait(60_000);
    const elsewhere = house.browser();
    await elsewhere.post('/api/sign-in/password', { login: user.login, password: goodPassword });
    await elsewhere.post('/api/second-factor/verify', { code: await codeAt(secret, house.now()) });
    assert.equal((await elsewhere.get('/api/me')).status, 200);
    assert.equal((await browser.post('/api/password', { current: goodPassword, next: 'court' })).status, 422);
    assert.equal(
      (await browser.post('/api/password', { current: 'faux mot de passe', next: 'trente grains de sable' })).status,
      403,
    );
    assert.equal(
      (await browser.post('/api/password', { current: goodPassword, next: 'trente grains de sable' })).status,
      204,
    );
    assert.equal((await browser.get('/api/me')).status, 200);
    assert.equal((await elsewhere.get('/api/me')).status, 401);
  });

  test('SEC-1 SEC-8 guessing the password in a session that was left open is slowed as at the door, and in the ledger; a new one that is weak counts for nothing', async () => {
    const user = someone();
    const { browser, practitioner } = await enter(house, tenant, user);
    const next = 'trente grains de sable';
    const tried = async (current: string, wanted = next) =>
      (await browser.post('/api/password', { current, next: wanted })).status;
    for (let n = 0; n < 6; n++) assert.equal(await tried(goodPassword, 'court'), 422);
    const answers: number[] = [];
    for (let n = 0; n < 6; n++) answers.push(await tried(`devinette numéro ${n}`));
    assert.deepEqual([answers[0], answers.at(-1)], [403, 429]);
    assert.equal(await tried(goodPassword), 429, 'nor does the right one come through meanwhile');
    assert.equal(
      (await house.browser('192.0.2.77').post('/api/sign-in/password', { login: user.login, password: goodPassword }))
        .status,
      429,
      'of the same account, from wherever',
    );
    const [logged] = await house.db.tenant(tenant, (sql) =>
      sql.query<{ n: number }>(
        `select count(*)::int as n from audit.entry where tenant_id = $1 and actor = 'Practitioner/' || $2 and action = 'sign-in-refused' and details->>'method' = 'change-password'`,
        [tenant, practitioner],
      ),
    );
    assert.equal(logged!.n, answers.filter((status) => status === 403).length);
    house.wait(10 * 60_000);
    assert.equal(await tried(goodPassword), 204);
  });

  test('SEC-8 sign-ins, refusals, locks and sign-outs are in the ledger', async () => {
    const user = someone();
    const { browser, practitioner } = await enter(house, tenant, user);
    await house.browser('10.9.9.9').post('/api/sign-in/password', { login: user.login, password: 'nope' });
    await browser.post('/api/lock');
    await browser.post('/api/unlock/password', { password: 'pas le bon mot' });
    await browser.post('/api/unlock/password', { password: goodPassword });
    await browser.post('/api/sign-out');
    const lines = await house.db.tenant(tenant, (sql) =>
      sql.query<{ action: string; address: string }>(
        'select action, address from audit.entry where actor = $1 order by seq',
        [`Practitioner/${practitioner}`],
      ),
    );
    assert.deepEqual(
      lines.map((line) => line.action),
      [
        'sign-in-pending',
        'second-factor',
        'sign-in',
        'sign-in-refused',
        'lock',
        'sign-in-refused',
        'unlock',
        'sign-out',
      ],
    );
    assert.equal(lines[3]!.address, '10.9.9.9');
  });

  test('SEC-16 wrong input of the sign-in gets a clear refusal', async () => {
    for (const body of [
      {},
      { login: 'x' },
      { login: 'a@b.fr', password: 1 },
      { login: 'a@b.fr', password: 'x'.repeat(300) },
      [],
      'text',
      { login: 'a\u0000@b.fr', password: 'x' },
    ]) {
      const answer = await house.browser('10.7.7.7').post('/api/sign-in/password', body);
      assert.ok(answer.status >= 400 && answer.status < 500, `${JSON.stringify(body)}: ${answer.status}`);
      assert.doesNotMatch(answer.text, /\n *at /);
    }
  });
});
