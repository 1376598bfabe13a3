import { mkdir, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';

const isFolder = (path: string): Promise<boolean> =>
  stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  );

/**
 * Makes a folder and those above it; nothing when it is there. Node's own `recursive` never comes back from a place where nothing can be
 * made (`/proc/x`): it asks for the folder above, is told that it exists, and asks again.
 */
export async function makeFolder(path: string, mode?: number): Promise<void> {
  const refusal = () =>
    mkdir(path, { mode }).then(
      () => undefined,
      (error: NodeJS.ErrnoException) => error,
    );
  let refused = await refusal();
  const above = dirname(path);
  if (refused?.code === 'ENOENT' && above !== path) {
    if (!(await isFolder(above))) await makeFolder(above, mode);
    refused = await refusal();
  }
  if (refused && !(await isFolder(path))) throw refused;
}

/** The running server's ear on this machine: the command line speaks to it instead of opening the database a second time. */
export const socketPath = (folder: string): string =>
  process.platform === 'win32'
    ? `\\\\.\\pipe\\estran-${folder.replace(/[^A-Za-z0-9]/g, '-')}`
    : join(folder, 'estran.sock');
