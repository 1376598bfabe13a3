import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { brotliCompressSync, brotliDecompressSync, gunzipSync, gzipSync } from 'node:zlib';
import type { FastifyInstance } from 'fastify';
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
});
