import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import { newPractice, type Send, type TestPerson, testHouse } from '../../../test/app.ts';
import { rawLimit } from './binary.ts';

describe('raw Binary', () => {
  let house: Send;
  let treating: TestPerson;
  let outsider: TestPerson;
  let secretary: TestPerson;
  const pdf = Buffer.from('%PDF-1.7\n\u0000\u00ff octets', 'latin1');
  const fhir = { accept: 'application/fhir+json' };

  /** The bytes of an answer: `send` reads texts. */
  async function bytes(send: Send, path: string, headers: Record<string, string> = {}) {
    const answer = await send('GET', path, undefined, headers);
    return { ...answer, bytes: Buffer.from(answer.text, 'utf8') };
  }
  const put = async (type: string, id: string, rest: object) => {
    const answer = await house('PUT', `/fhir/R4/${type}/${id}`, { ...rest, resourceType: type, id });
    assert.equal(answer.status, 201, answer.text);
  };

  before(async () => {
    const practice = await newPractice();
    house = await practice.client('system/*.cruds');
    treating = await practice.person('physician');
    outsider = await practice.person('physician');
    secretary = await practice.person('medical-secretary');
    await put('Patient', 'raw-p', { name: [{ family: 'Octet' }] });
    await put('CareTeam', 'raw-t', {
      status: 'active',
      subject: { reference: 'Patient/raw-p' },
      participant: [{ member: { reference: `Practitioner/${treating.practitioner}` } }],
    });
    await put('DocumentReference', 'raw-d', {
      status: 'current',
      subject: { reference: 'Patient/raw-p' },
      content: [{ attachment: { title: 'x' } }],
    });
  });

  test('ECH-1 SEC-17 bytes go in and out as they are, with headers under which a browser runs nothing', async () => {
    const made = await house('POST', '/fhir/R4/Binary', pdf, {
      'content-type': 'application/pdf',
      'x-security-context': 'Patient/raw-p',
    });
    assert.equal(made.status, 201, made.text);
    assert.deepEqual(
      [made.body.contentType, made.body.securityContext.reference, made.body.data],
      ['application/pdf', 'Patient/raw-p', pdf.toString('base64')],
    );
    const path = `/fhir/R4/Binary/${made.body.id}`;
    const { app } = await testHouse();
    for (const accept of [
      'application/pdf',
      '*/*',
      'text/html,application/xhtml+xml,*/*;q=0.8',
      'application/fhir+json;q=0.1, application/pdf',
    ]) {
      const answer = await app.inject({ method: 'GET', url: path, headers: { accept, cookie: treating.cookie } });
      assert.equal(answer.statusCode, 200, answer.body);
      assert.ok(answer.rawPayload.equals(pdf), accept);
      assert.equal(answer.headers['content-type'], 'application/pdf');
      assert.match(String(answer.headers['content-disposition']), /^attachment; filename="Binary-[\w-]+"$/);
      assert.equal(answer.headers['x-content-type-options'], 'nosniff');
      assert.match(String(answer.headers['content-security-policy']), /default-src 'none'.*sandbox/);
      assert.equal(answer.headers['x-security-context'], 'Patient/raw-p');
      assert.equal(answer.headers.etag, 'W/"1"');
      assert.equal(answer.headers['cache-control'], 'private, no-cache');
    }
    assert.equal((await house('GET', path, undefined, { accept: '*/*', 'if-none-match': 'W/"1"' })).status, 304);
    const head = await house('HEAD', path, undefined, { accept: '*/*' });
    assert.deepEqual([head.status, head.headers['content-type'], head.text], [200, 'application/pdf', '']);
    for (const headers of [fhir, { accept: 'application/json, text/plain, */*' }])
      assert.equal((await house('GET', path, undefined, headers)).body.resourceType, 'Binary');
    assert.equal(
      (await house('GET', `${path}?_format=json`, undefined, { accept: 'application/pdf' })).body.resourceType,
      'Binary',
    );
    assert.equal((await house('GET', path, undefined, { accept: 'application/fhir+xml' })).status, 406);
    assert.equal(
      (await house('GET', '/fhir/R4/Binary', undefined, { accept: 'application/pdf' })).status,
      406,
      'a search is FHIR',
    );
    assert.equal(
      (await house('GET', '/fhir/R4/Patient/raw-p', undefined, { accept: 'application/pdf' })).status,
      406,
      'a Patient is FHIR',
    );
  });

  test('ECH-1 PUT of bytes is a new version that keeps its rights; vread gives each; a page that would run is a file', async () => {
    const html = '<script>alert(1)</script>';
    const send = (body: string, type: string, headers = {}) =>
      house('PUT', '/fhir/R4/Binary/raw-b', Buffer.from(body), { 'content-type': type, ...headers });
    assert.equal(
      (
        await send('un', 'text/plain; charset=utf-8', {
          'x-security-context': 'http://localhost:3000/fhir/R4/DocumentReference/raw-d',
        })
      ).status,
      201,
    );
    const second = await send(html, 'text/html', { 'if-match': 'W/"1"' });
    assert.deepEqual([second.status, second.body.securityContext.reference], [200, 'DocumentReference/raw-d']);
    assert.equal((await send('trois', 'text/plain', { 'if-match': 'W/"1"' })).status, 412);
    const first = await bytes(house, '/fhir/R4/Binary/raw-b/_history/1');
    assert.deepEqual([first.text, first.headers['content-type']], ['un', 'text/plain; charset=utf-8']);
    const page = await bytes(treating.send, '/fhir/R4/Binary/raw-b', { accept: 'text/html' });
    assert.equal(page.text, html);
    assert.match(page.headers['content-security-policy']!, /sandbox/);
    assert.match(page.headers['content-disposition']!, /^attachment/);
    const odd = await house('PUT', '/fhir/R4/Binary/raw-odd', {
      resourceType: 'Binary',
      id: 'raw-odd',
      contentType: 'text/html <x>',
      data: 'YQ==',
    });
    assert.equal(odd.status, 422, 'what is no media type is no header either');
  });

  test('SEC-16 raw bytes that cannot be taken: 4xx that says why, nothing stored', async () => {
    const count = async () => (await house('GET', '/fhir/R4/Binary?_summary=count', undefined, fhir)).body.total;
    const before = await count();
    const tries: [number, Buffer | string, Record<string, string>][] = [
      [413, Buffer.alloc(rawLimit + 1), { 'content-type': 'application/pdf' }],
      [413, Buffer.alloc(21 * 1024 * 1024), { 'content-type': 'application/pdf' }],
      [400, Buffer.alloc(0), { 'content-type': 'application/pdf' }],
      [415, pdf, { 'content-type': 'pdf' }],
      [415, pdf, { 'content-type': 'application/pdf', 'content-encoding': 'gzip' }],
      [415, pdf, { 'content-type': 'application/fhir+xml' }],
      [400, pdf, { 'content-type': 'application/pdf', 'x-security-context': 'the patient' }],
      [
        400,
        pdf,
        { 'content-type': 'application/pdf', 'x-security-context': 'https://elsewhere.example/fhir/Patient/1' },
      ],
      [422, pdf, { 'content-type': 'application/pdf', 'x-security-context': 'DocumentReference/unknown' }],
      [400, pdf, { 'content-type': 'application/pdf', 'if-none-exist': 'identifier=1' }],
      [400, '{"resourceType":"Patient"}', { 'content-type': 'application/fhir+json' }],
    ];
    for (const [status, body, headers] of tries) {
      const answer = await house('POST', '/fhir/R4/Binary', body, headers);
      assert.equal(answer.status, status, `${JSON.stringify(headers)} ${answer.text.slice(0, 300)}`);
      assert.equal(answer.body.resourceType, 'OperationOutcome');
    }
    assert.equal(
      (await house('POST', '/fhir/R4/Patient', pdf, { 'content-type': 'application/pdf' })).status,
      415,
      'only a Binary',
    );
    assert.equal(
      (
        await house('POST', '/fhir/R4/Binary', Buffer.alloc(rawLimit), {
          'content-type': 'application/octet-stream',
          prefer: 'return=minimal',
        })
      ).status,
      201,
      'the largest',
    );
    assert.equal(await count(), before + 1);
  });

  test('SEC-3 SEC-4 who may not: bytes follow the rights of what they belong to', async () => {
    const made = await treating.send('POST', '/fhir/R4/Binary', pdf, {
      'content-type': 'application/pdf',
      'x-security-context': 'DocumentReference/raw-d',
    });
    assert.equal(made.status, 201, made.text);
    const path = `/fhir/R4/Binary/${made.body.id}`;
    const other = await (await newPractice()).client('system/*.cruds');
    for (const [who, send] of [
      ['a physician outside the care team', outsider.send],
      ['a secretary', secretary.send],
      ['another practice', other],
    ] as const) {
      for (const accept of ['application/pdf', 'application/fhir+json'])
        assert.equal((await send('GET', path, undefined, { accept })).status, 404, who);
      for (const context of ['DocumentReference/raw-d', 'Patient/raw-p']) {
        const answer = await send('POST', '/fhir/R4/Binary', pdf, {
          'content-type': 'application/pdf',
          'x-security-context': context,
        });
        assert.ok(answer.status === 403 || answer.status === 422, `${who} ${context}: ${answer.status}`);
      }
      const over = await send('PUT', path, pdf, { 'content-type': 'application/pdf' });
      assert.ok(over.status === 403 || (who === 'another practice' && over.status === 201), `${who}: ${over.status}`);
    }
    const { app } = await testHouse();
    assert.equal((await app.inject({ method: 'GET', url: path })).statusCode, 401);
    const foreign = await app.inject({
      method: 'POST',
      url: '/fhir/R4/Binary',
      headers: { origin: 'https://elsewhere.example', cookie: treating.cookie, 'content-type': 'text/plain' },
      payload: 'x',
    });
    assert.equal(foreign.statusCode, 403, 'another site cannot write with a form');
    assert.equal((await treating.send('GET', path, undefined, fhir)).body.meta.versionId, '1');
  });
});
