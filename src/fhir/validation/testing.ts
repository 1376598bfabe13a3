/** Common to the tests of this folder. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import { readTar } from '../definitions/package.ts';
import { createValidator, type Issue, loadPackage, packagesOf, type Validator } from './index.ts';

export type Resource = Record<string, unknown> & { resourceType: string; id?: string };

const data = fileURLToPath(new URL('../../../../shared/data/', import.meta.url));
const french = `${data}fr-ig-packages/`;

/** Why a test must be skipped, or false. */
export const withoutFrench = existsSync(french)
  ? false
  : 'the French packages are not in ../shared/data/fr-ig-packages';
export const withoutData = (folder: string): string | false =>
  existsSync(data + folder) ? false : `the folder ../shared/data/${folder} is not there`;
export const dataFile = (path: string): string => data + path;

const packages = (): string[] => readdirSync(french).filter((name) => name.endsWith('.tgz'));

let made: Validator | undefined;
export function frenchValidator(): Validator {
  made ??= createValidator(packagesOf(...packages().map((name) => loadPackage(french + name))));
  return made;
}

/** The examples inside the French packages, under `package/name`. */
export function frenchExamples(): Map<string, Resource> {
  const found = new Map<string, Resource>();
  for (const name of packages()) {
    for (const { path, bytes } of readTar(readFileSync(french + name))) {
      if (!/^package\/example\/.*\.json$/.test(path)) continue;
      const resource = JSON.parse(bytes.toString('utf8'));
      if (resource.resourceType) found.set(`${name.replace('.tgz', '')}/${path.slice(16, -5)}`, resource);
    }
  }
  return found;
}

export const ndjson = (path: string): Resource[] =>
  gunzipSync(readFileSync(data + path))
    .toString('utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line))
    .map((item) => item.resource ?? item);

/** Errors as `code path`, sorted and without repeats: what a test compares. */
export const errors = (issues: Issue[]): string[] =>
  [...new Set(issues.filter((i) => i.severity === 'error').map((i) => `${i.code} ${i.expression}`))].sort();
export const warnings = (issues: Issue[]): string[] =>
  issues.filter((i) => i.severity === 'warning').map((i) => `${i.code} ${i.expression}`);
