import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { codeAt, enter, goodPassword, openTestHouse, type TestHouse } from './access.fixture.ts';

describe('what is said at start', () => {
  let house: TestHouse;
  before(async () => {
    house = await openTestHouse();
  });
  after(() => house.close());

  test('SEC-2 an empty house has its code and no advice; one in which nobody can come in says so', async () => {
    assert.deepEqual(await house.access.startAdvice(), []);
    const practice = await house.access.createPractice('Cabinet sans compte');
    assert.match((await house.access.startAdvice()).join(), /Personne ne peut se connecter.*base neuve.*user create/);
    await house.access.createUser(practice.tenant, {
      login: 'seule@cabinet.example',
      family: 'Seule',
      profession: 'administrator',
      roles: ['owner'],
    });
    assert.deepEqual(await house.access.startAdvice(), [], 'an invitation is a way in');
    const clear = await openTestHouse({ publicUrl: 'http://192.168.1.20:3000' }, {}, house.db);
    assert.match((await clear.access.startAdvice()).join(), /en clair.*https/);
    await clear.close();
  });

  test('SEC-1 SEC-13 a server that lost its key says so at start, and to whoever types a code: with the ways that are left', async () => {
    const { tenant } = await house.access.createPractice('Cabinet déménagé');
    const login = 'code@cabinet.example';
    const { secret, recoveryCodes } = await enter(house, tenant, { login, family: 'Code', profession: 'nurse' });
    assert.equal(await house.access.keyFits(), true);
    const moved = await openTestHouse({}, {}, house.db);
    assert.equal(await moved.access.keyFits(), false);
    assert.match((await moved.access.startAdvice()).join(), /keys n’est pas celle de cette base.*« keys » d’origine/);
    const browser = moved.browser();
    await browser.post('/api/sign-in/password', { login, password: goodPassword });
    const answer = await browser.post('/api/second-factor/verify', {
      code: await codeAt(secret, new Date(moved.now().getTime() + 30_000)),
    });
    assert.equal(answer.status, 403, answer.text);
    assert.match(answer.body.detail, /clé du serveur a changé.*code de secours/);
    assert.equal((await browser.post('/api/second-factor/verify', { code: recoveryCodes[0] })).status, 200);
    await moved.close();
  });
});
