import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import { enter, openTestHouse, type TestHouse } from '../access.fixture.ts';
import type { ClientCaller } from '../caller.ts';
import { sightOf } from '../decide.ts';
import { typesOf } from '../scopes.ts';

// A suite of its own: its house opens when its turn comes, not with every other file's.
describe('system clients', () => {
  let house: TestHouse;
  let tenant: number;
  before(async () => {
    house = await openTestHouse();
    tenant = (await house.access.createPractice('MSP des Dunes')).tenant;
  });
  after(() => house.close());

  const ask = async (
    form: Record<string, string>,
    headers: Record<string, string> = {},
    remoteAddress = '127.0.0.1',
  ) => {
    const response = await house.app.inject({
      method: 'POST',
      url: '/oauth2/token',
      remoteAddress,
      headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers },
      payload: new URLSearchParams(form).toString(),
    });
    return { status: response.statusCode, body: response.json(), headers: response.headers };
  };
  const basic = (id: string, secret: string) => ({
    authorization: `Basic ${Buffer.from(`${encodeURIComponent(id)}:${encodeURIComponent(secret)}`).toString('base64')}`,
  });

  test('ECH-1 a system client gets a token with its secret, in the header or the form, and is known by it for an hour', async () => {
    const { client_id, client_secret } = await house.access.createClient(tenant, {
      name: 'Laboratoire',
      scope: 'system/Observation.rs system/Patient.r',
    });
    const one = await ask({ grant_type: 'client_credentials' }, basic(client_id, client_secret!));
    assert.equal(one.status, 200);
    assert.deepEqual(
      [one.body.token_type, one.body.expires_in, one.body.scope, one.headers['cache-control']],
      ['Bearer', 3600, 'system/Observation.rs system/Patient.r', 'no-store'],
    );
    const two = await ask({
      grant_type: 'client_credentials',
      client_id,
      client_secret: client_secret!,
      scope: 'system/Observation.r',
    });
    assert.equal(two.body.scope, 'system/Observation.r');
    const caller = await house.access.callerFromBearer(two.body.access_token, '10.0.0.1');
    assert.deepEqual(
      [caller?.tenant, caller?.clientId, caller?.scopes, caller?.address],
      [tenant, client_id, ['system/Observation.r'], '10.0.0.1'],
    );
    house.wait(3601_000);
    assert.equal(await house.access.callerFromBearer(two.body.access_token), undefined);
  });

  test('ECH-1 errors of the token endpoint are OAuth’s', async () => {
    const { client_id, client_secret } = await house.access.createClient(tenant, {
      name: 'X',
      scope: 'system/Observation.rs',
    });
    const auth = basic(client_id, client_secret!);
    const cases: [Record<string, string>, Record<string, string>, number, string][] = [
      [{ grant_type: 'client_credentials' }, {}, 401, 'invalid_client'],
      [{ grant_type: 'client_credentials' }, basic(client_id, 'wrong'), 401, 'invalid_client'],
      [{ grant_type: 'client_credentials' }, basic('1-nobody', 'wrong'), 401, 'invalid_client'],
      [{ grant_type: 'client_credentials' }, basic('%', '%'), 401, 'invalid_client'],
      [{ grant_type: 'password' }, auth, 400, 'unsupported_grant_type'],
      [{}, auth, 400, 'invalid_request'],
      [{ grant_type: 'client_credentials', scope: 'system/*.rs' }, auth, 400, 'invalid_scope'],
      [{ grant_type: 'client_credentials', scope: 'system/Observation.rsd' }, auth, 400, 'invalid_scope'],
      [
        { grant_type: 'client_credentials', scope: 'system/Observation.rs?category=laboratory' },
        auth,
        400,
        'invalid_scope',
      ],
      [{ grant_type: 'client_credentials', client_id, client_secret: client_secret! }, auth, 400, 'invalid_request'],
      [
        {
          grant_type: 'client_credentials',
          client_assertion: 'x.y.z',
          client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
        },
        {},
        401,
        'invalid_client',
      ],
    ];
    for (const [form, headers, status, error] of cases) {
      const answer = await ask(form, headers, '10.2.0.1');
      assert.deepEqual([answer.status, answer.body.error], [status, error], JSON.stringify(form));
      assert.equal(answer.body.access_token, undefined);
    }
    const json = await house.app.inject({
      method: 'POST',
      url: '/oauth2/token',
      payload: { grant_type: 'client_credentials' },
    });
    assert.deepEqual([json.statusCode, json.json().error], [400, 'invalid_request']);
  });

  test('SEC-1 guessing a client’s secret is slowed', async () => {
    const { client_id } = await house.access.createClient(tenant, { name: 'X', scope: 'system/Observation.rs' });
    const statuses = [];
    for (let i = 0; i < 33; i++)
      statuses.push(
        (await ask({ grant_type: 'client_credentials' }, basic(client_id, `guess${i}`), '10.3.0.1')).status,
      );
    assert.deepEqual([statuses[0], statuses.at(-1)], [401, 429]);
  });

  test('ECH-1 private_key_jwt: signed by the registered key, for us, short-lived, each identifier once', async () => {
    const { privateKey, publicKey } = await generateKeyPair('ES384', { extractable: true });
    const stranger = await generateKeyPair('ES384');
    const jwk = { ...(await exportJWK(publicKey)), kid: 'k1', alg: 'ES384' };
    const made = await house.access.createClient(tenant, {
      name: 'Hôpital',
      scope: 'system/*.rs',
      jwks: { keys: [jwk] },
    });
    assert.equal(made.client_secret, undefined);
    const id = made.client_id;
    let jti = 0;
    const assertion = ({
      key = privateKey,
      aud = 'http://localhost/oauth2/token',
      life = 200,
      sub = id,
      j = `j${++jti}`,
    } = {}) => {
      const now = Math.floor(house.now().getTime() / 1000);
      return new SignJWT({})
        .setProtectedHeader({ alg: 'ES384', kid: 'k1' })
        .setIssuer(sub)
        .setSubject(sub)
        .setAudience(aud)
        .setJti(j)
        .setIssuedAt(now)
        .setExpirationTime(now + life)
        .sign(key);
    };
    const send = async (client_assertion: string) =>
      ask(
        {
          grant_type: 'client_credentials',
          client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
          client_assertion,
        },
        {},
        '10.4.0.1',
      );
    const good = await assertion();
    assert.equal((await send(good)).status, 200);
    assert.equal((await send(good)).body.error, 'invalid_client', 'replayed');
    assert.equal((await send(await assertion({ key: stranger.privateKey }))).body.error, 'invalid_client');
    assert.equal(
      (await send(await assertion({ aud: 'https://elsewhere.example/token' }))).body.error,
      'invalid_client',
    );
    assert.equal((await send(await assertion({ life: 3600 }))).body.error, 'invalid_client');
    assert.equal((await send(await assertion({ life: -60 }))).body.error, 'invalid_client');
    assert.equal((await send(await assertion({ sub: '1-other' }))).body.error, 'invalid_client');
    const none = `${Buffer.from('{"alg":"none"}').toString('base64url')}.${Buffer.from(JSON.stringify({ iss: id, sub: id, aud: 'http://localhost/oauth2/token', jti: 'n', exp: Date.now() })).toString('base64url')}.`;
    assert.equal((await send(none)).body.error, 'invalid_client');
    // A client with a key has no secret, and a private key is refused at registration.
    assert.equal((await ask({ grant_type: 'client_credentials' }, basic(id, ''), '10.4.0.2')).status, 401);
    await assert.rejects(
      house.access.createClient(tenant, {
        name: 'X',
        scope: 'system/*.rs',
        jwks: { keys: [{ ...(await exportJWK(privateKey)) }] },
      }),
      /privée/,
    );
  });

  test('ECH-1 a revoked client is out at once; only owner and administrator manage clients', async () => {
    const owner = await enter(house, tenant, {
      login: 'chef@dunes.fr',
      family: 'Roux',
      profession: 'administrator',
      roles: ['owner'],
    });
    const doctor = await enter(house, tenant, { login: 'doc@dunes.fr', family: 'Le Gall', profession: 'physician' });
    assert.equal((await doctor.browser.get('/api/clients')).status, 403);
    assert.equal((await doctor.browser.post('/api/clients', { name: 'X', scope: 'system/*.cruds' })).status, 403);
    assert.equal((await house.browser().get('/api/clients')).status, 401);
    const made = (await owner.browser.post('/api/clients', { name: 'Logiciel', scope: 'system/*.rs' })).body;
    const { body } = await ask({ grant_type: 'client_credentials' }, basic(made.client_id, made.client_secret));
    assert.ok(await house.access.callerFromBearer(body.access_token));
    assert.ok(!(await owner.browser.get('/api/clients')).text.includes(made.client_secret));
    assert.equal((await owner.browser.post(`/api/clients/${made.client_id}/revoke`)).status, 204);
    assert.equal(await house.access.callerFromBearer(body.access_token), undefined);
    assert.equal(
      (await ask({ grant_type: 'client_credentials' }, basic(made.client_id, made.client_secret))).status,
      401,
    );
    for (const scope of [
      '',
      'openid',
      'system/observation.rs',
      'system/Observation.xyz',
      'patient/*.r',
      'system/Observation.',
    ])
      assert.equal((await owner.browser.post('/api/clients', { name: 'X', scope })).status, 422, scope);
  });

  test('SEC-7 a token of one practice is nothing in another; a forged one is nothing anywhere', async () => {
    const other = (await house.access.createPractice('MSP du Phare')).tenant;
    const { client_id, client_secret } = await house.access.createClient(tenant, { name: 'X', scope: 'system/*.rs' });
    const { body } = await ask({ grant_type: 'client_credentials' }, basic(client_id, client_secret!));
    const random = body.access_token.split('.')[1];
    for (const token of [
      `${other}.${random}`,
      `0.${random}`,
      random,
      'x',
      '',
      `${tenant}.${random}x`,
      `${tenant}.${'A'.repeat(43)}`,
    ])
      assert.equal(await house.access.callerFromBearer(token), undefined, token);
  });

  test('SEC-3 scopes of versions 1 and 2 become letters and types; a patient-level client keeps to its patient', async () => {
    const client = (scope: string, patient?: string): ClientCaller => ({
      kind: 'client',
      tenant,
      clientId: 'x',
      name: 'x',
      scopes: scope.split(' '),
      patient,
    });
    const letters = (caller: ClientCaller, type: string) =>
      (['c', 'r', 'u', 'd', 's'] as const).filter((letter) => typesOf(caller, [letter])?.has(type) ?? true).join('');
    assert.equal(letters(client('system/Observation.rs'), 'Observation'), 'rs');
    assert.equal(letters(client('system/Observation.rs'), 'Patient'), '');
    assert.equal(letters(client('system/*.read'), 'Patient'), 'rs');
    assert.equal(letters(client('user/Patient.write'), 'Patient'), 'cud');
    assert.equal(letters(client('system/Patient.*'), 'Patient'), 'cruds');
    assert.equal(letters(client('patient/*.r'), 'Patient'), '');
    assert.equal(letters(client('patient/*.r', 'p1'), 'Patient'), 'r');
    assert.equal(
      letters(client('system/Observation.sr launch/patient'), 'Observation'),
      '',
      'letters out of order are not SMART',
    );
    const sight = await sightOf(house.db, client('patient/Observation.rs', 'p1'), 'read');
    assert.deepEqual(
      [[...sight.types!], typeof sight.onlyPatient, sight.everything],
      [['Observation'], 'bigint', false],
    );
    assert.deepEqual([...(await sightOf(house.db, client('patient/Observation.rs', 'p1'), 'write')).types!], []);
  });

  test('ECH-1 SMART discovery says what is there', async () => {
    const { body } = await house.browser().get('/fhir/R4/.well-known/smart-configuration');
    assert.equal(body.token_endpoint, 'http://localhost/oauth2/token');
    assert.ok(body.token_endpoint_auth_methods_supported.includes('private_key_jwt'));
  });
});
