import { gone, sqlState } from '../db/db.ts';
import { Problem } from '../http/problem.ts';
import { FolderInUse } from '../lock.ts';
import { CommandError } from './command.ts';

/** What the machine refused, in words that say what to do; `at` is the file or folder. */
const refusals: Readonly<Record<string, (at: string) => string>> = {
  ENOENT: (at) => `${at}: there is no such file or folder.`,
  ENOTDIR: (at) => `${at}: this path goes through a file as if it were a folder.`,
  EEXIST: (at) => `${at}: there is something of this name already.`,
  EISDIR: (at) => `${at}: this is a folder; give the name of a file.`,
  EACCES: (at) => `${at}: not permitted to the user who runs this. Give another place, or the rights on this one.`,
  EPERM: (at) => `${at}: not permitted to the user who runs this. Give another place, or the rights on this one.`,
  EROFS: (at) => `${at}: this disk can only be read.`,
  ENOSPC: (at) => `${at}: the disk is full. Make room or give another place, then repeat the command.`,
  EDQUOT: (at) => `${at}: the disk is full. Make room or give another place, then repeat the command.`,
};

/** PostgreSQL's refusals of a connection, by the beginning of their code. */
const connections: Readonly<Record<string, string>> = {
  [gone.unreached]: 'The database does not answer. Is it running, and is DATABASE_URL right?',
  [gone.lost]: 'The database went away meanwhile. What was acknowledged is kept: repeat the command when it is back.',
  '28': 'The database refuses the user or the password of DATABASE_URL.',
  '3D000': 'The database that DATABASE_URL names does not exist: create it first.',
  '42501': 'The role of DATABASE_URL may not do this: it must own the schema and may create roles (README.md).',
  '53300': 'The database has no connection left.',
  '57P03': 'The database is starting: try again in a moment.',
};

/** Words for the person at the keyboard; undefined for what is a fault of ours, whose stack says more. */
export function wordsOf(error: unknown): string | undefined {
  if (error instanceof CommandError || error instanceof FolderInUse || error instanceof Problem) return error.message;
  if (!(error instanceof Error)) return undefined;
  const { code, path, dest, syscall, port } = error as NodeJS.ErrnoException & { dest?: string; port?: number };
  if (code === 'EADDRINUSE')
    return `Port ${port ?? ''} is taken by another program: stop it, or set PORT to another one.`;
  if (code === 'EACCES' && syscall === 'listen')
    return `Port ${port ?? ''} is not permitted to the user who runs this: set PORT to another one, above 1023.`;
  const refusal = code === undefined || syscall === undefined ? undefined : refusals[code];
  if (refusal) return refusal(dest ?? path ?? 'The file');
  const state = sqlState(error) ?? '';
  const connection = connections[state] ?? connections[state.slice(0, 2)];
  return connection && `${connection} (${error.message})`;
}
