import assert from 'node:assert/strict';
import { createHash, createSign, generateKeyPairSync, randomBytes } from 'node:crypto';
import { after, before, describe, test } from 'node:test';
import { enter, goodPassword, openTestHouse, type TestHouse } from '../access.fixture.ts';

// A suite of its own: its house opens when its turn comes, not with every other file's.
describe('passkeys', () => {
  let house: TestHouse;
  let tenant: number;
  before(async () => {
    house = await openTestHouse();
    tenant = (await house.access.createPractice('MSP des Dunes')).tenant;
  });
  after(() => house.close());

  /** A software authenticator (ES256, resident key, user verification), as WebAuthn level 2 describes it. */
  function authenticator(origin = 'http://localhost') {
    const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    const jwk = publicKey.export({ format: 'jwk' });
    const id = randomBytes(32);
    let counter = 0;
    let userHandle: string | undefined;
    const clientData = (type: string, challenge: string) =>
      Buffer.from(JSON.stringify({ type, challenge, origin, crossOrigin: false }));
    const authData = (rpId: string, flags: number, rest = Buffer.alloc(0)) => {
      const count = Buffer.alloc(4);
      count.writeUInt32BE(++counter);
      return Buffer.concat([createHash('sha256').update(rpId).digest(), Buffer.from([flags]), count, rest]);
    };
    const bytes = (value: Buffer) =>
      Buffer.concat([
        value.length < 256
          ? Buffer.from([0x58, value.length])
          : Buffer.from([0x59, value.length >> 8, value.length & 255]),
        value,
      ]);
    const text = (value: string) => Buffer.concat([Buffer.from([0x60 + value.length]), Buffer.from(value)]);
    return {
      // biome-ignore lint/suspicious/noExplicitAny: options as the server sends them
      create(options: any) {
        userHandle = options.user.id;
        const cose = Buffer.concat([
          Buffer.from([0xa5, 0x01, 0x02, 0x03, 0x26, 0x20, 0x01, 0x21]),
          bytes(Buffer.from(jwk.x!, 'base64url')),
          Buffer.from([0x22]),
          bytes(Buffer.from(jwk.y!, 'base64url')),
        ]);
        const length = Buffer.alloc(2);
        length.writeUInt16BE(id.length);
        const data = authData(options.rp.id, 0x45, Buffer.concat([Buffer.alloc(16), length, id, cose]));
        const attestationObject = Buffer.concat([
          Buffer.from([0xa3]),
          text('fmt'),
          text('none'),
          text('attStmt'),
          Buffer.from([0xa0]),
          text('authData'),
          bytes(data),
        ]);
        return {
          id: id.toString('base64url'),
          rawId: id.toString('base64url'),
          type: 'public-key',
          clientExtensionResults: {},
          response: {
            clientDataJSON: clientData('webauthn.create', options.challenge).toString('base64url'),
            attestationObject: attestationObject.toString('base64url'),
            transports: ['internal'],
          },
        };
      },
      // biome-ignore lint/suspicious/noExplicitAny: options as the server sends them
      get(options: any, { verified = true, handle = userHandle }: { verified?: boolean; handle?: string } = {}) {
        const data = authData(options.rpId, verified ? 0x05 : 0x01);
        const client = clientData('webauthn.get', options.challenge);
        const signature = createSign('sha256')
          .update(Buffer.concat([data, createHash('sha256').update(client).digest()]))
          .sign(privateKey);
        return {
          id: id.toString('base64url'),
          rawId: id.toString('base64url'),
          type: 'public-key',
          clientExtensionResults: {},
          response: {
            clientDataJSON: client.toString('base64url'),
            authenticatorData: data.toString('base64url'),
            signature: signature.toString('base64url'),
            userHandle: handle,
          },
        };
      },
    };
  }

  async function withPasskey(login: string) {
    const person = await enter(house, tenant, { login, family: 'Kerdoncuff', given: 'Maël', profession: 'nurse' });
    const key = authenticator();
    const { body } = await person.browser.post('/api/passkeys/options');
    const registered = await person.browser.post('/api/passkeys', {
      ticket: body.ticket,
      response: key.create(body.options),
      name: 'Mon téléphone',
    });
    assert.equal(registered.status, 200, registered.text);
    return { ...person, key };
  }

  test('SEC-1 a passkey is both factors at once, once a challenge', async () => {
    const { key, browser } = await withPasskey('a@dunes.fr');
    assert.deepEqual(
      (await browser.get('/api/passkeys')).body.map((one: { name: string }) => one.name),
      ['Mon téléphone'],
    );
    const fresh = house.browser();
    const { body } = await fresh.post('/api/sign-in/passkey/options');
    const response = key.get(body.options);
    const opened = await fresh.post('/api/sign-in/passkey', { ticket: body.ticket, response });
    assert.deepEqual([opened.status, opened.body.state], [200, 'open']);
    const me = await fresh.get('/api/me');
    assert.deepEqual([me.body.name, me.body.method], ['Maël Kerdoncuff', 'passkey']);
    const replay = await house.browser().post('/api/sign-in/passkey', { ticket: body.ticket, response });
    assert.equal(replay.status, 410);
  });

  test('SEC-1 a passkey of someone else, of another site, unverified or with a stale counter opens nothing', async () => {
    const mine = await withPasskey('b@dunes.fr');
    const theirs = await withPasskey('c@dunes.fr');
    const attempt = async (make: (options: { challenge: string; rpId: string }) => unknown) => {
      const browser = house.browser();
      const { body } = await browser.post('/api/sign-in/passkey/options');
      const answer = await browser.post('/api/sign-in/passkey', { ticket: body.ticket, response: make(body.options) });
      assert.equal((await browser.get('/api/me')).status, answer.status === 200 ? 200 : 401);
      return answer.status;
    };
    const handleOf = (id: string) => Buffer.from(`${tenant}.${id}`).toString('base64url');
    assert.equal(
      await attempt((options) => mine.key.get(options, { handle: handleOf(theirs.id) })),
      403,
      'another account',
    );
    assert.equal(await attempt((options) => mine.key.get(options, { verified: false })), 403, 'no user verification');
    assert.equal(
      await attempt((options) => mine.key.get({ ...options, challenge: randomBytes(32).toString('base64url') })),
      403,
      'another challenge',
    );
    assert.equal(await attempt((options) => mine.key.get({ ...options, rpId: 'evil.example' })), 403, 'another site');
    assert.equal(await attempt(() => ({ id: 'x', rawId: 'x', type: 'public-key', response: {} })), 403, 'nonsense');
    const stranger = authenticator();
    stranger.create({ rp: { id: 'localhost' }, user: { id: handleOf(mine.id) }, challenge: 'x' });
    assert.equal(await attempt((options) => stranger.get(options)), 403, 'never registered');
    await house.db.tenant(tenant, (sql) =>
      sql.query('update access.passkey set counter = 1000 where account = $1', [mine.id]),
    );
    assert.equal(await attempt((options) => mine.key.get(options)), 403, 'a counter that went back');
    assert.equal(await attempt((options) => theirs.key.get(options)), 200);
    await house.db.tenant(tenant, (sql) =>
      sql.query(`update access.account set status = 'disabled' where id = $1`, [theirs.id]),
    );
    assert.equal(await attempt((options) => theirs.key.get(options)), 403, 'an account that is closed');
  });

  test('SEC-1 a first sign-in may enrol a passkey instead of a code; then the password alone stays outside', async () => {
    await house.access.createUser(tenant, {
      login: 'd@dunes.fr',
      family: 'Roux',
      profession: 'midwife',
      password: goodPassword,
    });
    const browser = house.browser();
    assert.equal(
      (await browser.post('/api/sign-in/password', { login: 'd@dunes.fr', password: goodPassword })).body.needs,
      'enrol',
    );
    const key = authenticator();
    const { body } = await browser.post('/api/passkeys/options');
    assert.equal(
      (await browser.post('/api/passkeys', { ticket: body.ticket, response: key.create(body.options), name: 'Clé' }))
        .body.state,
      'open',
    );
    assert.equal((await browser.get('/api/me')).status, 200);
    const [{ id }] = (await browser.get('/api/passkeys')).body;
    assert.equal((await browser.send('DELETE', `/api/passkeys/${id}`)).status, 409);
    const thief = house.browser();
    assert.deepEqual(
      (await thief.post('/api/sign-in/password', { login: 'd@dunes.fr', password: goodPassword })).body,
      {
        state: 'pending',
        needs: 'passkey',
      },
    );
    assert.equal((await thief.post('/api/second-factor/enrol', {})).status, 403);
    assert.equal((await thief.post('/api/passkeys/options')).status, 403);
    assert.equal((await thief.get('/api/passkeys')).status, 401);
  });

  test('SEC-1 a key is added soon after one signed in, never on a session left open or taken; its person is told of each', async () => {
    const mine = await withPasskey('g@dunes.fr');
    const told = async () =>
      (await mine.browser.get('/api/notices')).body
        .filter((one: { kind: string }) => one.kind === 'second-factor')
        .map((one: { words: string }) => one.words);
    assert.match((await told())[0], /« Mon téléphone » a été ajoutée à votre compte/);
    const late = await mine.browser.post('/api/passkeys/options');
    house.wait(11 * 60_000);
    const thiefs = authenticator();
    const refused = await mine.browser.post('/api/passkeys/options');
    assert.deepEqual([refused.status, refused.body.reason], [403, 'sign-in-again']);
    assert.equal(
      (
        await mine.browser.post('/api/passkeys', {
          ticket: late.body.ticket,
          response: thiefs.create(late.body.options),
          name: 'Voleur',
        })
      ).status,
      403,
      'nor with a challenge of before',
    );
    assert.equal((await mine.browser.get('/api/passkeys')).body.length, 1);
    // The session itself goes on, and signing in again is enough.
    const { body } = await mine.browser.post('/api/sign-in/passkey/options');
    assert.equal(
      (await mine.browser.post('/api/sign-in/passkey', { ticket: body.ticket, response: mine.key.get(body.options) }))
        .status,
      200,
    );
    assert.equal((await mine.browser.post('/api/passkeys/options')).status, 200);
    assert.equal((await told()).length, 1);
  });

  test('SEC-1 a locked session opens with a passkey of its own person only', async () => {
    const mine = await withPasskey('e@dunes.fr');
    const theirs = await withPasskey('f@dunes.fr');
    await mine.browser.post('/api/lock');
    assert.deepEqual((await mine.browser.get('/api/session')).body.unlock, ['password', 'passkey']);
    const unlock = async (key: ReturnType<typeof authenticator>) => {
      const { body } = await mine.browser.post('/api/unlock/passkey/options');
      return (await mine.browser.post('/api/unlock/passkey', { ticket: body.ticket, response: key.get(body.options) }))
        .status;
    };
    assert.equal(await unlock(theirs.key), 403);
    assert.equal((await mine.browser.get('/api/me')).body.reason, 'locked');
    assert.equal(await unlock(mine.key), 200);
    assert.equal((await mine.browser.get('/api/me')).status, 200);
    // A challenge given to one session does not serve another.
    const { body } = await theirs.browser.post('/api/unlock/passkey/options');
    assert.equal(
      (await mine.browser.post('/api/unlock/passkey', { ticket: body.ticket, response: mine.key.get(body.options) }))
        .status,
      410,
    );
  });
});
