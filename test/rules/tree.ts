import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The repository's folder. */
export const root = join(import.meta.dirname, '..', '..');

/** Files of the repository, those not yet added included, by path from the root. */
export const files: readonly string[] = execFileSync(
  'git',
  ['ls-files', '--cached', '--others', '--exclude-standard'],
  { cwd: root, encoding: 'utf8', maxBuffer: 1 << 26 },
)
  .split('\n')
  .filter((path) => path !== '' && existsSync(join(root, path)))
  .filter((path, at, all) => all.indexOf(path) === at)
  .sort();

export const textOf = (path: string): string => readFileSync(join(root, path), 'utf8');
export const isTest = (path: string): boolean => /\.test\.tsx?$/.test(path);
