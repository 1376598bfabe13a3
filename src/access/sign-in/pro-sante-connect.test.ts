import assert from 'node:assert/strict';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, before, describe, test } from 'node:test';
import Provider from 'oidc-provider';
import { type Browser, enter, openTestHouse, type TestHouse } from '../access.fixture.ts';
import { rppsOf } from './psc-provider.ts';

// A suite of its own: its house opens when its turn comes, not with every other file's.
describe('Pro Santé Connect', () => {
  /** Pro Santé Connect, played by a certified OpenID provider on this machine. */
  const professionals: Record<string, Record<string, unknown>> = {
    anne: {
      SubjectNameID: '810100000001',
      given_name: 'Anne',
      family_name: 'Le Gall',
      SubjectRole: ['10^Médecin'],
      SubjectRefPro: { exercices: [{ codeProfession: '10' }] },
    },
    deux: { SubjectNameID: '810100000002', given_name: 'Yann', family_name: 'Corre' },
    nobody: { SubjectNameID: '810100000099', given_name: 'X', family_name: 'Y' },
    norpps: { SubjectNameID: 'F1234', given_name: 'X', family_name: 'Y' },
  };
  let house: TestHouse;
  let server: Server;
  // biome-ignore lint/suspicious/noExplicitAny: the provider has no types
  let provider: any;
  let tenant: number;
  let other: number;
  /** Who the provider signs in next, and how strongly. */
  let next = { account: 'anne', acr: 'eidas1' };
  const grants: string[] = [];
  /** What it is asked while it answers nothing; undefined: it answers. */
  let unanswered: string[] | undefined;
  const stopping = new AbortController();

  before(async () => {
    server = createServer();
    await new Promise<void>((done) => server.listen(0, 'localhost', done));
    const issuer = `http://localhost:${(server.address() as AddressInfo).port}`;
    provider = new Provider(issuer, {
      clients: [
        {
          client_id: 'estran',
          client_secret: 'a-secret-of-the-tests',
          redirect_uris: ['http://localhost/api/sign-in/psc/return'],
          grant_types: ['authorization_code', 'refresh_token'],
          response_types: ['code'],
        },
      ],
      scopes: ['openid', 'offline_access', 'scope_all'],
      claims: {
        openid: ['sub'],
        scope_all: ['SubjectNameID', 'SubjectRole', 'SubjectRefPro', 'given_name', 'family_name'],
      },
      acrValues: ['eidas1', 'weak'],
      cookies: { keys: ['tests'] },
      features: { devInteractions: { enabled: false } },
      interactions: { url: (_ctx: unknown, interaction: { uid: string }) => `/interaction/${interaction.uid}` },
      findAccount: (_ctx: unknown, id: string) => ({
        accountId: id,
        claims: async () => ({ sub: id, ...professionals[id] }),
      }),
      issueRefreshToken: () => true,
      // biome-ignore lint/suspicious/noExplicitAny: the provider has no types
      async loadExistingGrant(ctx: any) {
        const grant = new ctx.oidc.provider.Grant({
          clientId: ctx.oidc.client.clientId,
          accountId: ctx.oidc.session.accountId,
        });
        grant.addOIDCScope('openid offline_access scope_all');
        grants.push(await grant.save());
        return grant;
      },
    });
    const callback = provider.callback();
    server.on('request', async (request, response) => {
      if (unanswered) return void unanswered.push(request.url!);
      if (!request.url!.startsWith('/interaction/')) return callback(request, response);
      await provider.interactionFinished(
        request,
        response,
        { login: { accountId: next.account, acr: next.acr } },
        { mergeWithLastSubmission: false },
      );
    });
    house = await openTestHouse(
      { psc: { issuer, clientId: 'estran', clientSecret: 'a-secret-of-the-tests' } },
      { stopping: stopping.signal },
    );
    tenant = (await house.access.createPractice('MSP des Dunes')).tenant;
    other = (await house.access.createPractice('MSP du Phare')).tenant;
  });
  after(async () => {
    await house.close();
    server.closeAllConnections();
    server.close();
  });

  /** Follows the browser to the provider and back to our door; returns the last address it is sent to. */
  async function throughPsc(browser: Browser, tamper: (url: URL) => void = () => {}): Promise<string> {
    const start = await browser.get('/api/sign-in/psc');
    assert.equal(start.status, 302);
    const asked = new URL(String(start.headers.location));
    assert.deepEqual(
      [
        asked.searchParams.get('acr_values'),
        asked.searchParams.get('code_challenge_method'),
        asked.searchParams.get('scope'),
      ],
      ['eidas1', 'S256', 'openid scope_all'],
    );
    let url = asked.href;
    const cookies = new Map<string, string>();
    for (let hops = 0; hops < 10 && !url.startsWith('http://localhost/api/'); hops++) {
      const response = await fetch(url, {
        redirect: 'manual',
        headers: { cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; ') },
      });
      for (const line of response.headers.getSetCookie()) {
        const [, name, value] = /^([^=]+)=([^;]*)/.exec(line)!;
        cookies.set(name!, value!);
      }
      const location = response.headers.get('location');
      assert.ok(location, `${response.status} ${await response.text()}`);
      url = new URL(location, url).href;
    }
    const back = new URL(url);
    tamper(back);
    const returned = await browser.get(back.pathname + back.search);
    assert.equal(returned.status, 302, returned.text);
    return String(returned.headers.location);
  }

  const accountsOf = (login: string) =>
    house.db.tenant(tenant, (sql) =>
      sql.query<{ id: number }>('select id from access.account where login = $1', [login]),
    );

  test('SEC-1 Pro Santé Connect opens the account of the RPPS; name and profession are kept, no token is', async () => {
    const { practitioner } = await house.access.createUser(tenant, {
      login: 'anne@dunes.fr',
      family: 'Le Gall',
      given: 'Anne',
      profession: 'physician',
      rpps: '10100000001',
    });
    next = { account: 'anne', acr: 'eidas1' };
    const browser = house.browser();
    assert.equal((await browser.get('/api/session')).body.psc, true);
    assert.equal(await throughPsc(browser), '/');
    const me = (await browser.get('/api/me')).body;
    assert.deepEqual([me.practitioner, me.method, me.profession], [practitioner, 'psc', 'physician']);
    assert.ok(!browser.cookies.has('estran_psc'));
    const [row] = await house.db.tenant(tenant, (sql) =>
      sql.query<{ psc: Record<string, string>; status: string }>(
        'select psc, status from access.account where practitioner = $1',
        [practitioner],
      ),
    );
    assert.equal(row!.status, 'active', 'who proves the RPPS needs no invitation');
    assert.deepEqual(
      [row!.psc.rpps, row!.psc.name, row!.psc.profession, row!.psc.subject],
      ['10100000001', 'Anne Le Gall', '10', 'anne'],
    );
    const everything = await house.db.owner('nothing looks like a token', (sql) =>
      sql.query<{ row: string }>(
        'select a::text || s::text as row from access.account a join access.session s on s.account = a.id where a.practitioner = $1',
        [practitioner],
      ),
    );
    assert.ok(!/eyJ|refresh|access_token/.test(JSON.stringify(everything)));
  });

  test('SEC-1 the session ends when Pro Santé Connect no longer renews it', async () => {
    next = { account: 'anne', acr: 'eidas1' };
    const browser = house.browser();
    await throughPsc(browser);
    house.wait(5 * 60_000);
    await house.access.tick();
    assert.equal((await browser.get('/api/me')).status, 200, 'renewed');
    for (const grant of grants) await provider.RefreshToken.revokeByGrantId(grant);
    house.wait(5 * 60_000);
    await house.access.tick();
    assert.deepEqual(
      [(await browser.get('/api/me')).status, (await browser.get('/api/me')).body.reason],
      [401, 'no-session'],
    );
  });

  test('SEC-1 a session whose renewal nobody confirmed for too long ends', async () => {
    next = { account: 'anne', acr: 'eidas1' };
    const browser = house.browser();
    await throughPsc(browser);
    for (let i = 0; i < 3; i++) {
      house.wait(9 * 60_000);
      assert.equal((await browser.get('/api/me')).status, 200);
    }
    house.wait(9 * 60_000);
    assert.equal((await browser.get('/api/me')).body.reason, 'no-session');
  });

  test('SEC-1 one RPPS in two practices: the person chooses', async () => {
    await house.access.createUser(tenant, {
      login: 'yann@dunes.fr',
      family: 'Corre',
      profession: 'nurse',
      rpps: '10100000002',
    });
    const there = await house.access.createUser(other, {
      login: 'yann@phare.fr',
      family: 'Corre',
      profession: 'nurse',
      rpps: '10100000002',
    });
    next = { account: 'deux', acr: 'eidas1' };
    const browser = house.browser();
    const location = await throughPsc(browser);
    const ticket = new URL(location, 'http://localhost').searchParams.get('choix');
    assert.ok(ticket, location);
    assert.equal((await browser.get('/api/me')).status, 401);
    const offered = (await browser.post('/api/sign-in/choices', { ticket })).body.choices;
    assert.deepEqual(
      offered.map((choice: { practice: string }) => choice.practice),
      ['MSP des Dunes', 'MSP du Phare'],
    );
    assert.equal(
      (await browser.post('/api/sign-in/choice', { ticket, account: `${other}.${there.id}` })).body.state,
      'open',
    );
    assert.deepEqual((await browser.get('/api/me')).body.practice.name, 'MSP du Phare');
    assert.equal(
      (await house.browser().post('/api/sign-in/choice', { ticket, account: `${other}.${there.id}` })).status,
      410,
    );
  });

  test('SEC-1 refused: an unknown RPPS, no RPPS, a weak sign-in, a forged return, a replay, someone else’s flow, a privileged or closed account', async () => {
    const error = async (tamper?: (url: URL) => void, browser = house.browser()) => {
      const location = await throughPsc(browser, tamper);
      assert.equal((await browser.get('/api/me')).status, 401);
      return new URL(location, 'http://localhost').searchParams.get('erreur');
    };
    next = { account: 'nobody', acr: 'eidas1' };
    assert.equal(await error(), 'psc-inconnu');
    next = { account: 'norpps', acr: 'eidas1' };
    assert.equal(await error(), 'psc-sans-rpps');
    next = { account: 'anne', acr: 'weak' };
    assert.equal(await error(), 'psc-niveau');
    next = { account: 'anne', acr: 'eidas1' };
    assert.equal(await error((url) => url.searchParams.set('state', 'forged')), 'psc-refuse');
    assert.equal(await error((url) => url.searchParams.set('code', 'forged')), 'psc-refuse');
    let seen = '';
    const browser = house.browser();
    await throughPsc(browser, (url) => {
      seen = url.pathname + url.search;
    });
    assert.equal((await browser.get('/api/me')).status, 200);
    assert.match(
      String((await house.browser().get(seen)).headers.location),
      /erreur=expire/,
      'the return address alone opens nothing',
    );
    const privileged = await enter(house, tenant, {
      login: 'chef@dunes.fr',
      family: 'Roux',
      profession: 'administrator',
      roles: ['owner'],
      rpps: '10100000099',
    });
    next = { account: 'nobody', acr: 'eidas1' };
    assert.equal(await error(), 'psc-inconnu', 'a privileged account is not opened by a care identity');
    const [anne] = (await privileged.browser.get('/api/people')).body.filter(
      (person: { login: string }) => person.login === 'anne@dunes.fr',
    );
    await privileged.browser.post(`/api/people/${anne.id}/disable`);
    next = { account: 'anne', acr: 'eidas1' };
    assert.equal(await error(), 'psc-inconnu');
  });

  // The last that asks anything of the provider: what it breaks off stays so.
  test('SEC-1 SEC-10 a server that stops no longer waits for Pro Santé Connect; the sessions stand', async () => {
    next = { account: 'deux', acr: 'eidas1' };
    const { id } = (await accountsOf('yann@dunes.fr'))[0]!;
    for (let n = 0; n < 2; n++) {
      const browser = house.browser();
      const ticket = new URL(await throughPsc(browser), 'http://localhost').searchParams.get('choix');
      await browser.post('/api/sign-in/choice', { ticket, account: `${tenant}.${id}` });
    }
    house.wait(5 * 60_000);
    unanswered = [];
    const looked = house.access.tick();
    while (unanswered.length === 0) await new Promise((resolve) => setTimeout(resolve, 20));
    stopping.abort();
    await looked;
    assert.deepEqual(unanswered, ['/token'], 'nor asks after the next session');
    const open = await house.db.tenant(tenant, (sql) =>
      sql.query('select 1 from access.session where account = $1', [id]),
    );
    assert.ok(open.length >= 2);
  });

  test('SEC-1 the RPPS is read from the identity of Pro Santé Connect and nothing else', () => {
    assert.equal(rppsOf({ SubjectNameID: '899700218896' }), '99700218896');
    assert.equal(
      rppsOf({
        SubjectNameID: 'x',
        otherIds: [
          { origine: 'ADELI', identifiant: '1' },
          { origine: 'RPPS', identifiant: '899700218896' },
        ],
      }),
      '99700218896',
    );
    for (const info of [
      {},
      { SubjectNameID: 8 },
      { SubjectNameID: '7899700218896' },
      { otherIds: 'x' },
      { otherIds: [{ origine: 'RPPS', identifiant: 'abc' }] },
    ])
      assert.equal(rppsOf(info), undefined);
  });
});
