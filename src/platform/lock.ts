import { readFileSync } from 'node:fs';
import { mkdir, open, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';

export class FolderInUse extends Error {}

/** When a process began, in the kernel's ticks: tells a live owner from another process that was given its number later. */
function birth(pid: number): string {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? '';
  } catch {
    return '';
  }
}

function alive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/**
 * The embedded engine takes one process and has no lock of its own: two on one folder would lose writes. Throws FolderInUse when a live
 * process holds the folder; the lock of one that was killed is taken over.
 */
export async function lockFolder(folder: string): Promise<() => Promise<void>> {
  await mkdir(folder, { recursive: true });
  const path = join(folder, 'estran.lock');
  for (let attempt = 0; attempt < 3; attempt++) {
    try {
      const file = await open(path, 'wx');
      await file.writeFile(`${process.pid} ${birth(process.pid)}\n`);
      await file.close();
      return () => rm(path, { force: true });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
      const [pid = '', born = ''] = (await readFile(path, 'utf8').catch(() => '')).trim().split(' ');
      const owner = Number(pid);
      if (owner && owner !== process.pid && alive(owner) && (born === '' || birth(owner) === born))
        throw new FolderInUse(
          `The folder ${folder} is in use by process ${owner}. Stop it first, or set ESTRAN_DATA to another folder.`,
        );
      await rm(path, { force: true });
    }
  }
  throw new FolderInUse(`The folder ${folder} could not be locked: another process takes it at the same moment.`);
}
