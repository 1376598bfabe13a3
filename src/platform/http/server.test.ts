import assert from 'node:assert/strict';
import { type AddressInfo, connect } from 'node:net';
import { after, before, describe, test } from 'node:test';
import type { FastifyInstance } from 'fastify';
import { createServer } from './server.ts';

describe('what is no request yet', () => {
  let app: FastifyInstance;
  before(async () => {
    app = await createServer({
      logLevel: 'silent',
      refusalAt: (address) =>
        address.startsWith('/other/') ? { status: 400, type: 'text/x-other', text: 'their words' } : undefined,
    });
    app.get('/api/things/:id', async () => ({}));
    app.post('/api/files', async (request) => {
      for await (const part of request.parts()) if (part.type === 'file') await part.toBuffer();
      return {};
    });
    await app.listen({ port: 0, host: '127.0.0.1' });
  });
  after(() => app.close());

  const raw = (text: string): Promise<{ status: number; type: string; headers: string; body: string }> =>
    new Promise((resolve) => {
      const socket = connect((app.server.address() as AddressInfo).port, '127.0.0.1', () => socket.write(text));
      let answer = '';
      socket.on('data', (bytes) => {
        answer += bytes;
      });
      socket.on('error', () => undefined);
      socket.on('close', () => {
        const [headers = '', body = ''] = answer.split('\r\n\r\n');
        resolve({
          status: Number(headers.slice(9, 12)),
          type: /content-type: (.*)/i.exec(headers)?.[1] ?? '',
          headers,
          body,
        });
      });
    });
  const end = 'Host: localhost\r\nConnection: close\r\n\r\n';

  test('SEC-16 what is no HTTP, or too long for it, is a problem in the standard form that says what to do', async () => {
    const cases: [string, number][] = [
      [`GET /api/things/1?q=${'x'.repeat(20_000)} HTTP/1.1\r\n${end}`, 431],
      [`GET /api/things/1 HTTP/1.1\r\nx-long: ${'y'.repeat(20_000)}\r\n${end}`, 431],
      [`NONSENSE /api/things/1 HTTP/1.1\r\n${end}`, 400],
      [`GET /api/things/1 HTTP/9.9\r\n${end}`, 400],
      [`POST /api/files HTTP/1.1\r\nContent-Length: -5\r\n${end}`, 400],
      [`POST /api/files HTTP/1.1\r\nContent-Length: 2\r\nTransfer-Encoding: chunked\r\n${end}0\r\n\r\n`, 400],
      [`GET /api/things/1 HTTP/1.1\r\nx: a\0b\r\n${end}`, 400],
      ['\x16\x03\x01\x02\x00\x01\x00\x01', 400],
    ];
    for (const [text, status] of cases) {
      const answer = await raw(text);
      const about = text.slice(0, 40);
      assert.equal(answer.status, status, about);
      assert.equal(answer.type, 'application/problem+json; charset=utf-8', about);
      const problem = JSON.parse(answer.body);
      assert.deepEqual(
        [problem.status, problem.detail.includes('rien') || problem.detail.includes('Rien')],
        [status, true],
        about,
      );
      assert.match(answer.headers, /x-content-type-options: nosniff/i);
    }
    assert.equal((await raw(`GET /other/%ZZ HTTP/1.1\r\n${end}`)).type, 'text/x-other');
    assert.deepEqual(
      await raw(`GET /other/x?${'x'.repeat(20_000)} HTTP/1.1\r\n${end}`).then(({ type, body }) => [type, body]),
      ['text/x-other', 'their words'],
    );
  });

  test('SEC-16 an address that cannot be decoded, or whose part is too long: 4xx in words, with the safe headers', async () => {
    for (const [url, status] of [
      ['/api/things/%ZZ', 400],
      ['/api/things/%C3', 400],
      [`/api/things/${'a'.repeat(3000)}`, 414],
    ] as const) {
      const answer = await app.inject({ method: 'GET', url });
      assert.deepEqual([answer.statusCode, answer.json().status], [status, status], url);
      assert.match(String(answer.headers['content-security-policy']), /default-src 'none'/);
    }
  });

  test('SEC-1 SEC-8 behind a proxy a request comes from where the proxy says, not from where its sender says', async () => {
    const forged = { 'x-forwarded-for': '203.0.113.66, 198.51.100.7', 'x-forwarded-proto': 'https' };
    for (const [proxies, address, protocol] of [
      [0, '127.0.0.1', 'http'],
      [1, '198.51.100.7', 'https'],
      [2, '203.0.113.66', 'https'],
    ] as const) {
      const behind = await createServer({ logLevel: 'silent', proxies });
      behind.get('/api/where', async (request) => [request.ip, request.protocol]);
      const answer = await behind.inject({ method: 'GET', url: '/api/where', headers: forged });
      assert.deepEqual(answer.json(), [address, protocol], String(proxies));
      await behind.close();
    }
  });

  test('SEC-16 SEC-17 a form that is cut off, or has no boundary, is the sender’s mistake and not ours', async () => {
    const head =
      '--x\r\nContent-Disposition: form-data; name="file"; filename="a.pdf"\r\nContent-Type: application/pdf\r\n\r\n%PDF-1.4';
    for (const [body, type] of [
      ['--x', 'x'],
      [head, 'x'],
      [`${head}\r\n--x`, 'x'],
      [head, 'y'.repeat(300)],
      [head, ''],
    ] as const) {
      const answer = await app.inject({
        method: 'POST',
        url: '/api/files',
        headers: { 'content-type': `multipart/form-data${type === '' ? '' : `; boundary=${type}`}` },
        payload: body,
      });
      assert.ok(
        answer.statusCode >= 400 && answer.statusCode < 500,
        `${type.slice(0, 3)} ${body.slice(0, 10)} ${answer.statusCode} ${answer.body}`,
      );
      assert.match(answer.json().detail, /[Rr]ien n’a été|n’a rien modifié/);
    }
  });
});
