import assert from 'node:assert/strict';
import test from 'node:test';
import { parseAst } from 'rolldown/parseAst';
import type { Node } from '../../scripts/syntax.ts';
import { isOfShapes, wireWithout } from '../../scripts/wire.ts';
import { files, isTest, textOf } from './tree.ts';

const sources = files.filter((path) => /^(src|seeds|test|bench|e2e|scripts)\/.*\.tsx?$/.test(path));
const lines = (path: string) => textOf(path).split('\n').length - 1;

test('no file of src has more than 400 lines, tables of data included, tests excepted', () => {
  const excepted = (path: string) => isTest(path) || /\/generated\//.test(path);
  const long = files.filter((path) => /^src\/.*\.(ts|tsx|css)$/.test(path) && !excepted(path) && lines(path) > 400);
  assert.deepEqual(
    long.map((path) => `${path}: ${lines(path)} lines`),
    [],
  );
  assert.ok(sources.length > 300, `only ${sources.length} files were read`);
});

test('a relative import says its extension', () => {
  const found = sources.flatMap((path) =>
    [...textOf(path).matchAll(/^\s*(?:import|export)\b[^;'`]*?'(\.\.?\/[^']*)'|\bimport\('(\.\.?\/[^']*)'\)/gm)]
      .map((match) => match[1] ?? match[2] ?? '')
      .filter((to) => !/\.(ts|tsx|mjs|css|svg|json)$/.test(to))
      .map((to) => `${path}: ${to}`),
  );
  assert.deepEqual(found, []);
});

test('no screens outside web, no web without screens’ suffix', () => {
  assert.deepEqual(
    sources.filter((path) => path.endsWith('.tsx') && !/(^|\/)web\//.test(path)),
    [],
  );
});

test('SQL is written in stores', () => {
  // A statement, not a word of it in a sentence: what is read from or written to is a table with its schema.
  const statement =
    /[`'](select|insert into|update|delete from)\b[^`]*?\b(from|into|update)\s+(fhir|access|audit|record|exchange|platform)\.[a-z_]+/i;
  const homes = /\.store\.ts$|^src\/platform\/|^src\/fhir\/(store|search)\/|-command\.ts$|^src\/main\.ts$/;
  // The statement is the rule itself there: cut in two files, neither could be read.
  const besides = ['src/access/sign-in/brute-force.ts', 'src/access/relations.ts'];
  const elsewhere = sources.filter(
    (path) =>
      path.startsWith('src/') &&
      !besides.includes(path) &&
      !isTest(path) &&
      !homes.test(path) &&
      !/fixture|harness|for-tests/.test(path) &&
      statement.test(textOf(path)),
  );
  assert.deepEqual(elsewhere, []);
});

test('nothing is left for later without saying so elsewhere', () => {
  const mark = new RegExp(`\\b(${['TO', 'DO'].join('')}|${['FIX', 'ME'].join('')})\\b`);
  const found = files
    .filter((path) => /\.(tsx?|css|sql|mjs)$/.test(path) && !path.includes('/generated/'))
    .filter((path) => mark.test(textOf(path)));
  assert.deepEqual(found, []);
});

test('no path of one machine, no address of a registry', () => {
  const machine = /(^|[^\w.\-/])\/(work|root|home\/\w+|Users\/\w+)\/\w/m;
  const registry = /https?:\/\/([^\s/'"]*\.)?(registry|npmjs|yarnpkg|artifactory|nexus|verdaccio)\.[a-z]/i;
  const found = files
    .filter((path) => !/\.(png|pack|gz|woff2|ico)$|^src\/fhir\/.*\/generated\//.test(path))
    .filter((path) => machine.test(textOf(path)) || registry.test(textOf(path)));
  assert.deepEqual(found, []);
});

test('CONTRIBUTING.md: erasable TypeScript only', () => {
  const found = sources.filter((path) =>
    /^\s*(export\s+)?(declare\s+)?(const\s+)?(enum|namespace)\s+\w+\s*\{/m.test(textOf(path)),
  );
  assert.deepEqual(found, []);
});

test('what is built finds its files: import.meta is asked only for what scripts/build-server.ts puts right', () => {
  const server = sources.filter((path) => /^(src|seeds)\//.test(path) && !/\/web\//.test(path) && !isTest(path));
  const asked = server.flatMap((path) =>
    [...textOf(path).matchAll(/import\.meta(?:\.(\w+)|.)/g)].map((match) => ({ path, what: match[1] })),
  );
  const known = (path: string, what?: string) =>
    ['url', 'dirname', 'resolve'].includes(what ?? '') || (what === 'main' && path === 'src/main.ts');
  assert.deepEqual(
    asked.filter(({ path, what }) => !known(path, what)),
    [],
  );
  assert.ok(asked.length > 15, `only ${asked.length} were found`);
});

test('what the built form leaves out, replies and the shapes that only they name, no running server reads', () => {
  const source = `import { z } from 'zod';
const line = z.object({ id: z.string() });
export const entries = contract({
  lines: {
    method: 'GET', path: '/api/lines', may: 'signed-in', does: 'Lines.',
    reply: z.object({
      lines: z.array(line),
    }),
  },
  reply: { method: 'POST', path: '/api/reply', may: 'signed-in', body: line, does: 'Writes.' },
});
`;
  const program = parseAst(source, { lang: 'ts' }) as unknown as Node & { body: Node[] };
  const built = wireWithout(new Set(['does', 'reply']), source, program, isOfShapes);
  assert.doesNotMatch(built, /does|lines: z|Writes/);
  assert.match(built, /\n {2}reply: \{ method: 'POST', path: '\/api\/reply', may: 'signed-in', body: line, {2}\},\n/);
  assert.match(built, /const line = \/\*#__PURE__\*\/\(\(\) => \(z\.object/);
  assert.equal(built.split('\n').length, source.split('\n').length);
  const readers = sources
    .filter((path) => /^(src|seeds)\//.test(path) && !/\/web\/|contract/.test(path) && !isTest(path))
    .flatMap((path) =>
      [...textOf(path).matchAll(/(?<!typeof )\b\w*(?:entries|contract)\.\w+\.(?:reply|does)\b/gi)].map(() => path),
    );
  assert.deepEqual(readers, []);
});
