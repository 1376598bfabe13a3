/**
 * The import rules of the house (docs/adr/0001): which room may enter which, and by which door. `test/rules/rooms.test.ts` runs them on the
 * real tree and on a fixture with one violation a rule. An arrow added here is one line, with a decision record.
 */

/** Tests, and what only tests import, look at anything. */
const tests = '\\.(test|fixture)\\.tsx?$|-for-tests\\.ts$|-harness\\.ts$|/testing\\.ts$';
/** What the server and the screens share, of a room or of a sub-room: it ends up in the browser. */
const wire = '^src/[^/]+/(contract|data/|.+/contract(\\.ts$|/))';
const screens = ['^src/web/', '^src/[^/]+/web/'];
const door = '^src/[^/]+/index\\.ts$';
const siteMap = '^src/web/pages\\.tsx$';
/** Shapes of a contract without the server behind them: the index of platform would bring Fastify into the browser. */
const contractShapes = '^src/platform/http/contract\\.ts$';
/** French typography, elision (docs/adr/0039) and folding of accents: screens and server treat a text alike. Pure, without imports. */
const texts = '^src/platform/text/(tied|of|fold)\\.rules\\.ts$';

/** Lists of words of the access room: plain data without imports, which the shell and the seeds say in French. */
const vocabulary = '^src/access/(professions|practice-rights|kinds-of-data)\\.ts$';

const mayEnter = (name, rooms, others) => ({
  name,
  severity: 'error',
  from: { path: `^src/(${rooms})/`, pathNot: [tests, '^src/[^/]+/web/'] },
  to: { path: '^src/', pathNot: [`^src/($1${others ? `|${others}` : ''})/`] },
});

export default {
  forbidden: [
    mayEnter('platform-enters-no-room', 'platform', ''),
    mayEnter('access-enters-platform', 'access', 'platform'),
    mayEnter('fhir-enters-access-platform', 'fhir', 'access|platform'),
    mayEnter('clinical-rooms-enter-fhir-access-platform', 'record|agenda|indicators|exchange', 'fhir|access|platform'),
    // Coordination stands on the record (docs/adr/0010).
    mayEnter('coordination-enters-record-fhir-access-platform', 'coordination', 'record|fhir|access|platform'),
    mayEnter('programme-and-library-see-no-health-data', 'programme|library', 'access|platform'),
    {
      name: 'a-room-is-entered-by-its-index',
      severity: 'error',
      from: { path: '^src/([^/]+)/', pathNot: [tests, '^src/[^/]+/web/', '^src/web/', wire] },
      to: { path: '^src/[^/]+/', pathNot: ['^src/$1/', door] },
    },
    {
      // main.ts, seeds, bench, e2e and scripts come in by the doors too.
      name: 'the-house-is-entered-by-its-doors',
      severity: 'error',
      from: { path: '^(src/main\\.ts$|seeds/|bench/|e2e/)', pathNot: [tests] },
      to: { path: '^src/', pathNot: [door, '^src/main\\.ts$', '^src/[^/]+/contract\\.ts$', vocabulary] },
    },
    {
      name: 'screens-enter-their-contract-and-the-shell',
      severity: 'error',
      from: { path: '^src/([^/]+)/web/', pathNot: [tests] },
      to: { path: '^(src|seeds|test)/', pathNot: ['^src/$1/web/', '^src/$1/contract\\.ts$', '^src/web/'] },
    },
    {
      // The site map is apart (next rule). The shell carries the session, which is the access room's to say.
      name: 'the-shell-knows-no-room',
      severity: 'error',
      from: { path: '^src/web/', pathNot: [tests, siteMap] },
      to: {
        path: '^(src|seeds|test)/',
        pathNot: ['^src/web/', contractShapes, texts, '^src/access/contract\\.ts$', vocabulary],
      },
    },
    {
      // src/web/pages.tsx composes the rooms' pages.
      name: 'the-site-map-knows-pages',
      severity: 'error',
      from: { path: siteMap },
      to: { path: '^(src|seeds|test)/', pathNot: ['^src/web/', '^src/[^/]+/web/pages\\.tsx$'] },
    },
    {
      name: 'words-of-access-need-nothing',
      severity: 'error',
      from: { path: vocabulary },
      to: { pathNot: ['^src/access/caller\\.ts$'] },
    },
    {
      name: 'the-wire-carries-no-server',
      severity: 'error',
      from: { path: '^src/([^/]+)/(contract|data/|.+/contract(\\.ts$|/))', pathNot: [tests, '^src/coordination/'] },
      to: {
        path: '^(src|seeds|test)/',
        pathNot: ['^src/$1/(contract|data/|.+/contract(\\.ts$|/))', contractShapes, texts, vocabulary],
      },
    },
    {
      // The same, and the shapes of a line of the record: a person, a patient in brief.
      name: 'the-wire-of-coordination-carries-no-server',
      severity: 'error',
      from: { path: '^src/coordination/(contract|data/|.+/contract(\\.ts$|/))', pathNot: [tests] },
      to: {
        path: '^(src|seeds|test)/',
        pathNot: [
          '^src/coordination/(contract|data/|.+/contract(\\.ts$|/))',
          '^src/record/contract/common\\.ts$',
          contractShapes,
          texts,
          vocabulary,
        ],
      },
    },
    {
      name: 'no-server-module-in-the-browser',
      severity: 'error',
      from: { path: [...screens, wire], pathNot: [tests] },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'the-server-knows-no-screen',
      severity: 'error',
      from: { path: '^src/', pathNot: [tests, ...screens] },
      to: { path: screens },
    },
    {
      name: 'nobody-enters-main',
      severity: 'error',
      from: { path: '^src/', pathNot: [tests] },
      to: { path: '^src/main\\.ts$' },
    },
    {
      name: 'the-product-knows-no-test',
      severity: 'error',
      from: { path: '^(src|seeds)/', pathNot: [tests] },
      to: { path: ['^(test|e2e|bench|scripts)/', tests] },
    },
    {
      // main.ts seeds the demo region.
      name: 'rooms-know-no-seed',
      severity: 'error',
      from: { path: '^src/', pathNot: [tests, '^src/main\\.ts$'] },
      to: { path: '^seeds/' },
    },
    {
      name: 'what-runs-is-declared',
      severity: 'error',
      from: { path: '^(src|seeds)/', pathNot: [tests] },
      to: { dependencyTypes: ['npm-dev', 'npm-no-pkg', 'npm-unknown'], pathNot: ['@medplum/fhirtypes'] },
    },
    {
      name: 'everything-imported-exists',
      severity: 'error',
      from: {},
      // @medplum/fhirtypes holds types only: there is no module to find.
      to: { couldNotResolve: true, pathNot: ['^@medplum/fhirtypes$'] },
    },
  ],
  options: {
    // With TypeScript 7 alone dependency-cruiser reads no module at all and says that all is well: swc parses.
    parser: 'swc',
    tsPreCompilationDeps: true,
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '\\.(css|svg|json|pack)$' },
    enhancedResolveOptions: {
      extensions: ['.ts', '.tsx', '.d.ts', '.js', '.mjs', '.cjs', '.json'],
      conditionNames: ['import', 'node', 'default', 'types'],
      exportsFields: ['exports'],
    },
  },
};
