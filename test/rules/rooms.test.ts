import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import test from 'node:test';
import { cruise, type ICruiseResult } from 'dependency-cruiser';
import config from '../../.dependency-cruiser.mjs';

const { enhancedResolveOptions, ...options } = config.options;
const here = join(import.meta.dirname, '..', '..');

async function check(
  baseDir: string,
  folders: string[],
): Promise<{ modules: number; broken: { rule: string; from: string; to: string }[] }> {
  const { output } = await cruise(
    folders,
    { ...options, baseDir, validate: true, ruleSet: { forbidden: config.forbidden } } as never,
    enhancedResolveOptions as never,
  );
  const { summary } = output as ICruiseResult;
  return {
    modules: summary.totalCruised,
    broken: summary.violations.map(({ rule, from, to }) => ({ rule: rule.name, from, to })),
  };
}

test('every arrow between rooms is in the table of CONTRIBUTING.md', async () => {
  const { modules, broken } = await check(here, ['src', 'seeds', 'bench', 'scripts', 'test', 'e2e']);
  assert.deepEqual(
    broken.map(({ rule, from, to }) => `${rule}: ${from} → ${to}`),
    [],
  );
  // dependency-cruiser that finds no parser reads nothing and finds nothing wrong.
  assert.ok(modules > 400, `only ${modules} modules were read`);
});

/** One violation a rule: the file, and what it must not import. */
const violations: Record<string, [file: string, imports: string]> = {
  'platform-enters-no-room': ['src/platform/clock.ts', '../access/index.ts'],
  'access-enters-platform': ['src/access/people.ts', '../fhir/index.ts'],
  'fhir-enters-access-platform': ['src/fhir/read.ts', '../record/index.ts'],
  'clinical-rooms-enter-fhir-access-platform': ['src/agenda/slots.ts', '../record/index.ts'],
  'coordination-enters-record-fhir-access-platform': ['src/coordination/plans.ts', '../agenda/index.ts'],
  'programme-and-library-see-no-health-data': ['src/programme/calls.ts', '../fhir/index.ts'],
  'a-room-is-entered-by-its-index': ['src/record/page.ts', '../fhir/store.ts'],
  'the-house-is-entered-by-its-doors': ['seeds/seed.ts', '../src/fhir/store.ts'],
  'screens-enter-their-contract-and-the-shell': ['src/record/web/Page.tsx', '../index.ts'],
  'the-shell-knows-no-room': ['src/web/shell.tsx', '../record/contract.ts'],
  'the-site-map-knows-pages': ['src/web/pages.tsx', '../record/web/Page.tsx'],
  'words-of-access-need-nothing': ['src/access/professions.ts', '../platform/index.ts'],
  'the-wire-carries-no-server': ['src/record/contract.ts', '../platform/index.ts'],
  'the-wire-of-coordination-carries-no-server': ['src/coordination/contract.ts', '../record/index.ts'],
  'no-server-module-in-the-browser': ['src/web/files.ts', 'node:fs'],
  'the-server-knows-no-screen': ['src/fhir/screen.ts', './web/pages.tsx'],
  'nobody-enters-main': ['src/exchange/start.ts', '../main.ts'],
  'the-product-knows-no-test': ['src/indicators/figures.ts', './index.fixture.ts'],
  'rooms-know-no-seed': ['src/library/models.ts', '../../seeds/seed.ts'],
  'what-runs-is-declared': ['src/platform/tool.ts', 'only-for-tests'],
  'everything-imported-exists': ['src/platform/ghost.ts', './nowhere.ts'],
};
const bystanders = [
  'platform',
  'access',
  'fhir',
  'record',
  'agenda',
  'indicators',
  'exchange',
  'programme',
  'library',
].map((room) => `src/${room}/index.ts`);

test('each rule refuses what it is there to refuse', async () => {
  assert.deepEqual(
    Object.keys(violations).sort(),
    config.forbidden.map(({ name }) => name).sort(),
    'a rule without its violation',
  );
  const folder = mkdtempSync(join(tmpdir(), 'estran-rooms-'));
  const write = (path: string, text: string) => {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  };
  try {
    for (const file of [
      ...bystanders,
      'src/main.ts',
      'src/fhir/store.ts',
      'src/fhir/web/pages.tsx',
      'src/indicators/index.fixture.ts',
    ])
      write(file, 'export const one = 1;\n');
    for (const [file, imports] of Object.values(violations))
      write(file, `import { one } from '${imports}';\nexport const two = one;\n`);
    // An import of types only is an arrow too.
    write('src/library/types.ts', `import type { Resource } from '../fhir/index.ts';\nexport type Two = Resource;\n`);
    write('package.json', JSON.stringify({ type: 'module', devDependencies: { 'only-for-tests': '1.0.0' } }));
    write(
      'node_modules/only-for-tests/package.json',
      JSON.stringify({ name: 'only-for-tests', version: '1.0.0', main: 'index.js' }),
    );
    write('node_modules/only-for-tests/index.js', 'export const one = 1;\n');
    const { broken } = await check(folder, ['src', 'seeds']);
    for (const [rule, [from]] of Object.entries(violations))
      assert.ok(
        broken.some((one) => one.rule === rule && one.from === from),
        `${rule} let ${from} pass`,
      );
    assert.ok(
      broken.some(
        ({ rule, from }) => rule === 'programme-and-library-see-no-health-data' && from === 'src/library/types.ts',
      ),
      'an import of types passed',
    );
    const innocent = new Set(bystanders);
    assert.deepEqual(
      broken.filter(({ from }) => innocent.has(from)),
      [],
    );
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
