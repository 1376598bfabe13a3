import { readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Plugin } from 'vite';

/** How long files of former builds stay, ms: a server that runs serves its own until it is started again, and a tab left open asks for the rest of its pages. */
const stay = 24 * 3600 * 1000;

/**
 * Takes away from the folder of the screens what no build of the last day made. A file that two builds have in common is that of the later one.
 * @param folder of the files whose names carry a hash
 */
export async function removeFormer(folder: string, now: Date): Promise<void> {
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name);
    if (entry.isFile() && now.getTime() - (await stat(path)).mtimeMs > stay) await rm(path);
  }
}

/** With `emptyOutDir: false`: a build leaves what it did not make, for a day. */
export const formerScreens: Plugin = {
  name: 'former-screens',
  apply: 'build',
  writeBundle: ({ dir = '' }) => removeFormer(join(dir, 'assets'), new Date()),
};
