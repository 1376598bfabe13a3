import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { loadPackage, packagesOf } from './package.ts';

/** French packages (FHIR .tgz) laid into `packages/` of the data folder are validated against. */
export async function packagesIn(folder: string) {
  if (!existsSync(folder)) return undefined;
  const files = (await readdir(folder)).filter((name) => name.endsWith('.tgz')).sort();
  return files.length > 0 ? packagesOf(...files.map((name) => loadPackage(join(folder, name)))) : undefined;
}
