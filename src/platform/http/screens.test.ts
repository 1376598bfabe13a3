import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { brotliCompressSync, brotliDecompressSync, gunzipSync, gzipSync } from 'node:zlib';
import type { FastifyInstance } from 'fastify';
import { removeFormer } from '../../../scripts/former-screens.ts';
import { mountScreens } from './screens.ts';
import { createServer } from './server.ts';

describe('the screens as they are served', () => {
  const folder = mkdtempSync(join(tmpdir(), 'estran-screens-'));
  const script = `export const words = ${JSON.stringify('estran '.repeat(400))};\n`;
  let app: FastifyInstance;
  before(async () => {
    mkdirSync(join(folder, 'assets'));
    writeFileSync(
      join(folder, 'index.html'),
      '<!doctype html><script nonce="" type="module" src="/assets/a-1.js"></script>',
    );
    writeFileSync(join(folder, 'assets/a-1.js'), script);
    writeFileSync(join(folder, 'assets/a-1.js.br'), brotliCompressSync(script));
    writeFileSync(join(folder, 'assets/a-1.js.gz'), gzipSync(script));
    writeFileSync(join(folder, 'assets/b-2.css'), 'p{color:red}');
    writeFileSync(join(folder, 'scheme.js'), 'document.documentElement.dataset.x = 1;');
    app = await createServer({ logLevel: 'silent' });
    await mountScreens(app, folder);
  });
  after(async () => {
    await app.close();
    rmSync(folder, { recursive: true, force: true });
  });
  const get = (url: string, accepts?: string) =>
    app.inject({ method: 'GET', url, headers: accepts === undefined ? {} : { 'accept-encoding': accepts } });

  test('a file goes as small as the browser takes it, whole to one that takes nothing, for ever; a small file has no other form', async () => {
    const plain = await get('/assets/a-1.js');
    assert.deepEqual([plain.statusCode, plain.headers['content-encoding'], plain.body], [200, undefined, script]);
    const small = await get('/assets/a-1.js', 'gzip, deflate, br');
    assert.deepEqual(
      [small.headers['content-encoding'], brotliDecompressSync(small.rawPayload).toString()],
      ['br', script],
    );
    assert.match(String(small.headers['content-type']), /javascript/);
    assert.match(String(small.headers['cache-control']), /immutable/);
    assert.match(String(small.headers.vary), /accept-encoding/i);
    const other = await get('/assets/a-1.js', 'gzip');
    assert.deepEqual([other.headers['content-encoding'], gunzipSync(other.rawPayload).toString()], ['gzip', script]);
    const sheet = await get('/assets/b-2.css', 'br, gzip');
    assert.deepEqual([sheet.headers['content-encoding'], sheet.body], [undefined, 'p{color:red}']);
  });
  test('SEC-16 an address of a page gives the shell with its nonce, never kept; a file that is not there 404', async () => {
    const page = await get('/patients/x?volet=note', 'br');
    assert.deepEqual([page.statusCode, page.headers['cache-control']], [200, 'no-store']);
    assert.match(page.body, /nonce="[^"]{16,}"/);
    assert.equal((await get('/assets/none.js', 'br')).statusCode, 404);
  });

  test('SEC-16 a build under a running server takes nothing away from it: its own screens go out until it is started again', async () => {
    const before = await get('/', 'br');
    writeFileSync(join(folder, 'index.html'), '<script nonce="" src="/assets/new-9.js"></script>');
    writeFileSync(join(folder, 'assets/new-9.js'), 'export {}');
    const [today, lastWeek] = [new Date(), new Date(Date.now() - 7 * 24 * 3600 * 1000)];
    writeFileSync(join(folder, 'assets/old-3.js'), 'export {}');
    utimesSync(join(folder, 'assets/old-3.js'), lastWeek, lastWeek);
    await removeFormer(join(folder, 'assets'), today);
    assert.deepEqual(readdirSync(join(folder, 'assets')).sort(), [
      'a-1.js',
      'a-1.js.br',
      'a-1.js.gz',
      'b-2.css',
      'new-9.js',
    ]);
    const answer = await get('/assets/a-1.js', 'br');
    assert.deepEqual([answer.statusCode, brotliDecompressSync(answer.rawPayload).toString()], [200, script]);
    const bare = (text: string) => text.replace(/nonce="[^"]*"/, '');
    assert.equal(bare((await get('/patients', 'br')).body), bare(before.body));
  });

  test('SEC-17 only a file whose name carries a hash is kept for ever; another is asked for anew and costs nothing while it is the same', async () => {
    const named = await get('/scheme.js');
    assert.deepEqual([named.statusCode, named.headers['cache-control']], [200, 'no-cache']);
    assert.match(String(named.headers['content-security-policy']), /frame-ancestors 'none'/);
    const again = await app.inject({ url: '/scheme.js', headers: { 'if-none-match': String(named.headers.etag) } });
    assert.deepEqual([again.statusCode, again.body], [304, '']);
    const head = await app.inject({ method: 'HEAD', url: '/scheme.js' });
    assert.deepEqual([head.statusCode, head.body], [200, '']);
    for (const url of ['/../package.json', '/assets/../index.html', '/assets/%2e%2e/index.html', '//scheme.js/..'])
      assert.doesNotMatch((await get(url)).body, /"name"|p\{color/, url);
    for (const method of ['POST', 'PUT', 'DELETE'] as const)
      assert.equal((await app.inject({ method, url: '/scheme.js' })).statusCode, 404, method);
  });
});
