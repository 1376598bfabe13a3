/** The live minutes of a case meeting: what was acknowledged is there after the server was killed, and it goes on from there. */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, test } from 'node:test';
import * as Y from 'yjs';
import { freePort, Product } from './durability-server.ts';
import { postgresPrograms, startPostgres } from './postgres.ts';

const folders: string[] = [];
const stops: (() => void)[] = [];
after(() => {
  for (const stop of stops) stop();
  for (const one of folders) rmSync(one, { recursive: true, force: true });
});
async function engine(name: string): Promise<NodeJS.ProcessEnv> {
  const data = folders[folders.push(mkdtempSync(join(tmpdir(), 'estran-minutes-'))) - 1]!;
  if (name === 'pglite') return { ESTRAN_DATA: data, DATABASE_URL: '' };
  const { url, stop } = await startPostgres({});
  stops.push(stop);
  return { ESTRAN_DATA: data, DATABASE_URL: url };
}
const minutes = '/api/meetings/rcp-abers-next/discussions/rcp-abers-next-1/minutes';

describe('durability of minutes', () => {
  for (const name of postgresPrograms() === undefined ? ['pglite'] : ['pglite', 'postgres'])
    test(`COO-4 SEC-10 on ${name}, a server killed while two people type loses no word that it acknowledged`, {
      timeout: 240_000,
    }, async () => {
      const port = await freePort();
      const origin = `http://localhost:${port}`;
      const product = new Product(port, {
        ...(await engine(name)),
        ESTRAN_DEMO: '1',
        ESTRAN_DEMO_PATIENTS: '30,30',
        PUBLIC_URL: origin,
      });
      await product.start();
      const signIn = async (login: string) => {
        const accounts = JSON.parse((await product.send('GET', '/api/demo-accounts')).body) as {
          login: string;
          account: string;
        }[];
        const answer = await product.send(
          'POST',
          '/api/sign-in/demo',
          { account: accounts.find((one) => one.login === login)!.account },
          { origin, 'content-type': 'application/json' },
        );
        return String(answer.headers['set-cookie']).split(';')[0]!;
      };
      const told: string[] = [];
      const write = async (cookie: string, who: string, more: () => boolean) => {
        const doc = new Y.Doc();
        for (let n = 0; more(); n++) {
          const before = Y.encodeStateVector(doc);
          doc.getText('discussion').insert(doc.getText('discussion').length, `${who}${n} `);
          const update = Buffer.from(Y.encodeStateAsUpdate(doc, before)).toString('base64');
          const answer = await product
            .send('POST', minutes, { update }, { origin, cookie, 'content-type': 'application/json' })
            .catch(() => null);
          if (answer?.status !== 200) return;
          told.push(`${who}${n}`);
        }
      };
      const read = async (cookie: string) => {
        const { updates } = JSON.parse(
          (await product.send('GET', `${minutes}?since=0`, undefined, { origin, cookie })).body,
        ) as { updates: string[] };
        const doc = new Y.Doc();
        for (const update of updates) Y.applyUpdate(doc, new Uint8Array(Buffer.from(update, 'base64')));
        return doc.getText('discussion').toString().split(' ');
      };
      for (let round = 0; round < 2; round++) {
        const cookies = [await signIn('tristan.le-corre'), await signIn('anne.kermarrec')];
        const enough = told.length + 60;
        const writing = cookies.map((cookie, at) => write(cookie, `r${round}w${at}n`, () => true));
        while (told.length < enough) await new Promise((resolve) => setTimeout(resolve, 20));
        await product.end('SIGKILL');
        await Promise.all(writing);
        await product.start();
        const words = new Set(await read(await signIn('tristan.le-corre')));
        assert.deepEqual(
          told.filter((one) => !words.has(one)),
          [],
          'acknowledged, and gone',
        );
      }
      await product.end('SIGTERM');
    });
});
