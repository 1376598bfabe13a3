import { constants, readFileSync } from 'node:fs';
import { copyFile, link, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { connect } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { makeFolder, socketPath } from './folder.ts';

export class FolderInUse extends Error {}

/** When a process began, in the kernel's ticks: tells a live owner from another process that was given its number later. */
function birth(pid: number): string {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const [state, ...rest] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    // Ended, and nobody has asked after it yet: where nothing does (many containers), it stays so for ever.
    return /^[ZX]/.test(state!) ? 'ended' : (rest[18] ?? '');
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

const codeOf = (error: unknown): string | undefined => (error as NodeJS.ErrnoException).code;
const textOf = (path: string): Promise<string> => readFile(path, 'utf8').catch(() => '');

/** The number of the live process that a lock names; null when it names none. */
function ownerOf(lock: string): number | null {
  const [pid = '', born = ''] = lock.trim().split(' ');
  const owner = Number(pid);
  return owner && owner !== process.pid && alive(owner) && (born === '' || birth(owner) === born) ? owner : null;
}

/** Another container's processes are not to be seen from here, and ours may have their numbers; its socket is seen. That of a dead one refuses. */
const answers = (folder: string): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect(socketPath(folder));
    const say = (answered: boolean) => {
      socket.destroy();
      resolve(answered);
    };
    socket.once('connect', () => say(true)).once('error', () => say(false));
  });

/** Puts a whole file where there is none; false when there is one. */
async function placed(from: string, path: string): Promise<boolean> {
  try {
    // A file system without links gets a copy, which is not whole at once.
    await link(from, path).catch((error: unknown) => {
      if (codeOf(error) === 'EEXIST') throw error;
      return copyFile(from, path, constants.COPYFILE_EXCL);
    });
    return true;
  } catch (error) {
    if (codeOf(error) !== 'EEXIST') throw error;
    return false;
  }
}

/** Takes away the lock that was read and no other: one that took its place meanwhile is put back. */
async function setAside(path: string, found: string): Promise<void> {
  const aside = `${path}.${process.pid}.gone`;
  try {
    await rename(path, aside);
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return;
    throw error;
  }
  if ((await textOf(aside)) !== found) await placed(aside, path);
  await rm(aside, { force: true });
}

/**
 * The embedded engine takes one process and has no lock of its own: two on one folder would lose writes; two servers would take each other's
 * socket. Throws FolderInUse when a live
 * process holds the folder; the lock of one that was killed is taken over, by one of those who try at the same moment.
 */
export async function lockFolder(folder: string): Promise<() => Promise<void>> {
  await makeFolder(folder);
  const path = join(folder, 'estran.lock');
  const mine = `${process.pid} ${birth(process.pid)}\n`;
  const draft = `${path}.${process.pid}`;
  await writeFile(draft, mine);
  try {
    for (let attempt = 0; attempt < 5; attempt++) {
      if (await placed(draft, path)) {
        // Whoever judged the former lock dead before us may still be setting it aside.
        await wait(60);
        if ((await textOf(path)) === mine) return () => rm(path, { force: true });
        continue;
      }
      const found = await textOf(path);
      const owner = ownerOf(found);
      if (owner !== null)
        throw new FolderInUse(
          `Le dossier ${folder} est déjà utilisé par le processus ${owner}. Arrêtez-le d’abord, ou donnez à ESTRAN_DATA un autre dossier.`,
        );
      if (found === '' && attempt < 2) await wait(60);
      else if (await answers(folder))
        throw new FolderInUse(
          `Un serveur répond déjà dans le dossier ${folder}, sans doute d’un autre conteneur. Arrêtez-le d’abord, ou donnez à ESTRAN_DATA un autre dossier.`,
        );
      else await setAside(path, found);
    }
    throw new FolderInUse(
      `Le dossier ${folder} n’a pas pu être pris : un autre processus le prend au même moment. Recommencez.`,
    );
  } finally {
    await rm(draft, { force: true });
  }
}
