import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { FolderInUse, lockFolder } from './index.ts';

/** A process that says whether it got the folder, and keeps it until it is ended. */
const taker = (folder: string) => {
  const words = `import { lockFolder } from ${JSON.stringify(new URL('./lock.ts', import.meta.url).href)}; lockFolder(process.argv[1]).then(() => console.log('mine'), (error) => console.log(error.message)); setInterval(() => {}, 1000);`;
  const child = spawn(process.execPath, ['--input-type=module', '--eval', words, folder], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const said = new Promise<string>((resolve) => child.stdout.once('data', (data) => resolve(String(data).trim())));
  const gone = new Promise((resolve) => child.once('exit', resolve));
  return { child, said, gone };
};

test('SEC-10 of several processes that find the folder of a killed one at the same moment, one takes it', async () => {
  for (const stale of ['999999999 1\n', '', null]) {
    const folder = await mkdtemp(join(tmpdir(), 'estran-lock-'));
    if (stale !== null) await writeFile(join(folder, 'estran.lock'), stale);
    const takers = Array.from({ length: 6 }, () => taker(folder));
    try {
      const said = await Promise.all(takers.map((one) => one.said));
      const winner = takers[said.indexOf('mine')];
      assert.equal(said.filter((words) => words === 'mine').length, 1, JSON.stringify(said));
      for (const words of said)
        assert.match(words, /^mine$|est déjà utilisé par le processus \d+|le prend au même moment/);
      assert.equal((await readFile(join(folder, 'estran.lock'), 'utf8')).split(' ')[0], String(winner?.child.pid));
      assert.deepEqual(await readdir(folder), ['estran.lock'], 'nothing is left beside it');
      await assert.rejects(lockFolder(folder), FolderInUse);
    } finally {
      for (const { child } of takers) child.kill('SIGKILL');
      await Promise.all(takers.map(({ gone }) => gone));
    }
    await (await lockFolder(folder))();
    assert.deepEqual(await readdir(folder), []);
    await rm(folder, { recursive: true });
  }
});
