import { execFile } from 'node:child_process';
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';

/** Builds the screens when there are none, or when they are older than their sources; ESTRAN_SCREENS=kept takes them as they are. */
export async function buildScreens(root: string, screens: string, say: (text: string) => void): Promise<void> {
  if (process.env.ESTRAN_SCREENS === 'kept') return;
  const built = await stat(join(screens, 'index.html')).then(
    (file) => file.mtimeMs,
    () => 0,
  );
  const recipe = await Promise.all(
    ['vite.config.ts', 'scripts/wire-of-screens.ts', 'scripts/wire.ts'].map((file) => stat(join(root, file))),
  );
  let newest = Math.max(...recipe.map(({ mtimeMs }) => mtimeMs));
  for (const entry of await readdir(join(root, 'src'), { recursive: true, withFileTypes: true }))
    if (entry.isFile() && /(^|\/)web(\/|$)|contract|data/.test(join(entry.parentPath, entry.name).slice(root.length)))
      newest = Math.max(newest, (await stat(join(entry.parentPath, entry.name))).mtimeMs);
  if (built > newest) return;
  say('Préparation des écrans…');
  // A process of its own: a first start fills the demo meanwhile.
  await promisify(execFile)(
    process.execPath,
    [
      join(root, 'node_modules/vite/bin/vite.js'),
      'build',
      '--config',
      join(root, 'vite.config.ts'),
      '--logLevel',
      'warn',
    ],
    { cwd: root },
  ).catch((error: Error & { stderr?: string }) => {
    throw new Error(`Les écrans n’ont pas pu être préparés :\n${error.stderr || error.message}`);
  });
}
