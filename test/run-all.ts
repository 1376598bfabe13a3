/**
 * `npm test`: everything, one step at a time. A failing step hides no other; the last line says `N passed, N failed`.
 * `node test/run-all.ts rules pglite` runs only the steps named. `ESTRAN_TEST_LANES=1`: every step in one process.
 */
import { execFileSync, spawn } from 'node:child_process';
import {
  chmodSync,
  closeSync,
  existsSync,
  globSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
} from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { postgresPrograms } from './postgres.ts';

interface Step {
  name: string;
  what: string;
  minutes: number;
  /** A program of `node_modules/.bin` and its arguments: counts for one check. */
  program?: readonly string[];
  /** Test files: each test counts. A step that ran none has failed. */
  tests?: readonly string[];
  /** Its files are dealt to processes side by side, each with its own database, server and browser. */
  lanes?: number;
  /** A real browser on a busy machine: up to this many failed tests are tried once more, and the table names those that passed only then. */
  secondTry?: number;
  env?: Record<string, string>;
  /** Why this step cannot run on this machine. */
  unable?: string | undefined;
}
interface Outcome {
  passed: number;
  failed: number;
  skipped: number;
  notes: string[];
  /** Tests that passed only at their second try. */
  unsteady?: string[];
  /** Tests that failed. */
  broken?: readonly Seen[];
}
interface Seen {
  verdict: 'start' | 'pass' | 'fail' | 'skip';
  name: string;
  file: string;
  /** Why it failed. */
  words?: string;
}

const root = join(import.meta.dirname, '..');
const bin = join(root, 'node_modules', '.bin');
/** CI gives 90 minutes: no step may run past this. */
const deadline = Date.now() + 85 * 60_000;

const find = (...patterns: string[]): string[] => globSync(patterns, { cwd: root }).sort();
const apart = /^test\/(rules\/|durability)/;
const durability = find('test/durability*.test.ts', 'test/durability/**/*.test.ts');
const suite = find('src/**/*.test.ts', 'seeds/**/*.test.ts', 'test/**/*.test.ts').filter((file) => !apart.test(file));
const programs = postgresPrograms();
const version = programs
  ? (/\d[\d.]*/.exec(execFileSync(join(programs, 'postgres'), ['--version'], { encoding: 'utf8' }))?.[0] ?? '')
  : '';
/** More than two, and machines of two cores make waits of scenarios run out. */
const lanes = Number(process.env.ESTRAN_TEST_LANES) || Math.min(2, availableParallelism());
const noServer = programs ? undefined : 'no PostgreSQL server programs on this machine';

const steps: readonly Step[] = [
  { name: 'types', what: 'tsc -p .', minutes: 10, program: ['tsc', '-p', '.'] },
  {
    name: 'lint',
    what: 'biome check',
    minutes: 5,
    program: ['biome', 'check', '--diagnostic-level=error', '--max-diagnostics=100', '.'],
  },
  { name: 'rules', what: 'rules of the house and derived files', minutes: 10, tests: find('test/rules/**/*.test.ts') },
  { name: 'screens', what: 'vite build', minutes: 10, program: ['vite', 'build', '--logLevel', 'warn'] },
  { name: 'server', what: 'the server’s built form', minutes: 10, program: ['node', 'scripts/build-server.ts'] },
  {
    name: 'pglite',
    what: 'tests on the embedded engine',
    minutes: 25,
    tests: suite,
    lanes,
    env: { ESTRAN_TEST_ENGINE: 'pglite' },
  },
  {
    name: 'postgres',
    what: `the same tests on PostgreSQL ${version}`,
    minutes: 25,
    tests: suite,
    lanes,
    env: { ESTRAN_TEST_ENGINE: 'postgres' },
    unable: noServer,
  },
  { name: 'durability', what: 'nothing lost when killed, on each engine', minutes: 45, tests: durability },
  {
    name: 'browser',
    what: 'scenarios in a real browser',
    minutes: 40,
    tests: find('e2e/**/*.test.ts'),
    lanes,
    secondTry: 5,
  },
];

/** Runs a program in a process group of its own, its output streamed; what is left of the group is ended with it. */
function run(
  command: string,
  args: readonly string[],
  env: Record<string, string>,
  minutes: number,
  /** Where it writes; standard output unless told. */
  out = 1,
): Promise<{ code: number | null; late: boolean }> {
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      cwd: root,
      stdio: ['ignore', out, out],
      detached: true,
      env: { ...process.env, PATH: `${bin}:${process.env.PATH}`, FORCE_COLOR: '0', ...env },
    });
    const end = (signal: NodeJS.Signals) => {
      try {
        process.kill(-(child.pid ?? 0), signal);
      } catch {
        // The group has ended already.
      }
    };
    let late = false;
    const limit = setTimeout(
      () => {
        late = true;
        end('SIGTERM');
        setTimeout(() => end('SIGKILL'), 5_000).unref();
      },
      Math.max(1_000, Math.min(minutes * 60_000, deadline - Date.now())),
    );
    const stop = () => end('SIGKILL');
    process.once('exit', stop);
    child.once('error', (error) => process.stdout.write(`${error.message}\n`));
    child.once('close', (code) => {
      clearTimeout(limit);
      process.off('exit', stop);
      end('SIGKILL');
      resolve({ code, late });
    });
  });
}

/** Database servers are not of the group: one whose tests were killed is stopped by its pid file. */
function sweep(folder: string): void {
  for (const name of readdirSync(folder)) {
    const pidFile = join(folder, name, 'data', 'postmaster.pid');
    if (!existsSync(pidFile)) continue;
    try {
      process.kill(Number(readFileSync(pidFile, 'utf8').split('\n')[0]), 'SIGQUIT');
    } catch {
      // It has stopped already.
    }
  }
  rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
}

async function take(step: Step): Promise<Outcome> {
  if (step.program) {
    const [program = '', ...args] = step.program;
    const { code, late } = await run(join(bin, program), args, step.env ?? {}, step.minutes);
    return { passed: code === 0 ? 1 : 0, failed: code === 0 ? 0 : 1, skipped: 0, notes: late ? ['out of time'] : [] };
  }
  const files = step.tests ?? [];
  if (files.length === 0) return { passed: 0, failed: 1, skipped: 0, notes: ['there is no test file'] };
  const { seen, code, late } = await runTests(step, files);
  const count = (verdict: string) => seen.filter((event) => event.verdict === verdict).length;
  const outcome: Outcome = {
    passed: count('pass'),
    failed: count('fail'),
    skipped: count('skip'),
    notes: [],
    broken: seen.filter(({ verdict }) => verdict === 'fail'),
  };
  const ended = new Set(seen.filter(({ verdict }) => verdict !== 'start').map(({ name, file }) => `${file}\n${name}`));
  if (outcome.passed + outcome.failed === 0) outcome.notes.push('no test was run');
  if (late)
    outcome.notes.push(
      'out of time',
      ...seen
        .filter(({ verdict, name, file }) => verdict === 'start' && !ended.has(`${file}\n${name}`))
        .map(({ name }) => `unfinished: ${name}`),
    );
  if (code !== 0 && outcome.failed === 0 && !late) outcome.notes.push(`ended with code ${code} before its last test`);
  if (outcome.notes.length > 0) outcome.failed++;
  else if (outcome.failed > 0 && outcome.failed <= (step.secondTry ?? 0))
    await tryAgain(
      step,
      outcome,
      seen.filter(({ verdict }) => verdict === 'fail'),
    );
  return outcome;
}

async function tryAgain(step: Step, outcome: Outcome, failed: readonly Seen[]): Promise<void> {
  process.stdout.write(`\n── ${step.name}: second try of ${failed.map(({ name }) => name).join('; ')}\n`);
  const names = failed.map(({ name }) => `--test-name-pattern=^${name.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&')}$`);
  // All files of the step: a test says the file in which it was declared, and scenarios are declared by their harness.
  const { seen } = await runTests(step, step.tests ?? [], names);
  const passed = seen
    .filter(({ verdict, name }) => verdict === 'pass' && failed.some((one) => one.name === name))
    .map(({ name }) => name);
  outcome.unsteady = passed;
  outcome.broken = failed.filter(({ name }) => !passed.includes(name));
  outcome.passed += passed.length;
  outcome.failed -= passed.length;
}

interface Ran {
  seen: Seen[];
  code: number | null;
  late: boolean;
}
/** A walk of every page is a short file and a third of its step. */
const weightOf = (file: string): number =>
  statSync(join(root, file)).size * (file === 'e2e/every-page.test.ts' ? 4 : 1);
/** Deals files to lanes, the longest first to the lane that has least: what a file holds says roughly how long it takes. */
function dealt(files: readonly string[], count: number): string[][] {
  const hands = Array.from({ length: Math.min(count, files.length) }, () => ({ size: 0, files: [] as string[] }));
  const sized = files.map((file) => ({ file, size: weightOf(file) }));
  for (const { file, size } of sized.sort((a, b) => b.size - a.size)) {
    const lane = hands.reduce((least, one) => (one.size < least.size ? one : least));
    lane.files.push(file);
    lane.size += size;
  }
  return hands.map((lane) => lane.files.sort());
}
/** Runs test files and says what was seen of each test, even when a process had to be ended. The first lane is seen as it runs, the others when they end. */
async function runTests(step: Step, files: readonly string[], more: readonly string[] = []): Promise<Ran> {
  const parts = dealt(files, more.length > 0 ? 1 : (step.lanes ?? 1));
  const ran = await Promise.all(parts.map((part, lane) => runLane(step, part, more, lane > 0)));
  return {
    seen: ran.flatMap(({ seen }) => seen),
    code: ran.find(({ code }) => code !== 0)?.code ?? (ran.every(({ code }) => code === 0) ? 0 : null),
    late: ran.some(({ late }) => late),
  };
}
async function runLane(step: Step, files: readonly string[], more: readonly string[], later: boolean): Promise<Ran> {
  const folder = mkdtempSync(join(tmpdir(), 'estran-run-'));
  chmodSync(folder, 0o755);
  const events = join(folder, 'events.ndjson');
  const output = join(folder, 'output');
  const out = later ? openSync(output, 'w') : undefined;
  try {
    const reporter = join(import.meta.dirname, 'rules', 'reporter.ts');
    const args = [
      '--disable-warning=ExperimentalWarning',
      '--import',
      join(import.meta.dirname, 'properties.ts'),
      '--test',
      '--test-isolation=none',
      '--test-force-exit',
      ...more,
      '--test-reporter=spec',
      '--test-reporter-destination=stdout',
      `--test-reporter=${reporter}`,
      '--test-reporter-destination=stderr',
      ...files,
    ];
    const env = { ...step.env, TMPDIR: folder, ESTRAN_TEST_EVENTS: events };
    const { code, late } = await run(join(bin, 'node'), args, env, step.minutes, out);
    const lines = existsSync(events) ? readFileSync(events, 'utf8').trimEnd().split('\n').filter(Boolean) : [];
    return { seen: lines.map((line) => JSON.parse(line) as Seen), code, late };
  } finally {
    if (out !== undefined) {
      closeSync(out);
      process.stdout.write(`\n── ${step.name}, beside\n${readFileSync(output, 'utf8')}`);
    }
    sweep(folder);
  }
}

const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !steps.some((step) => step.name === name));
if (unknown.length > 0) {
  process.stdout.write(
    `Unknown step: ${unknown.join(', ')}. There are: ${steps.map(({ name }) => name).join(', ')}.\n`,
  );
  process.exit(64);
}
const table: string[] = [];
const engines: string[] = [];
/** Said again at the end: a long output is often read from there only. */
const failures: string[] = [];
const total = { passed: 0, failed: 0, skipped: 0 };
for (const step of steps) {
  if (wanted.length > 0 && !wanted.includes(step.name)) continue;
  if (step.unable) {
    table.push(`  – ${step.name.padEnd(11)} not run: ${step.unable}`);
    continue;
  }
  process.stdout.write(`\n── ${step.name}: ${step.what}\n`);
  const began = Date.now();
  const { passed, failed, skipped, notes, unsteady = [], broken = [] } = await take(step);
  total.passed += passed;
  total.failed += failed;
  total.skipped += skipped;
  if (step.name === 'pglite') engines.push('embedded PGlite');
  if (step.name === 'postgres') engines.push(`PostgreSQL ${version}`);
  const figures = `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;
  table.push(
    `  ${failed === 0 ? '✔' : '✖'} ${step.name.padEnd(11)} ${figures.padEnd(28)} ${((Date.now() - began) / 1000).toFixed(0).padStart(4)} s  ${notes.join('; ')}`.trimEnd(),
  );
  failures.push(
    ...broken.map(
      ({ name, words }) =>
        `  ✖ ${step.name}: ${name}\n${(words ?? '').split('\n').slice(0, 25).join('\n').replace(/^/gm, '      ')}`,
    ),
  );
  for (const name of unsteady) table.push(`      passed only at its second try: ${name}`);
}
if (failures.length > 0) process.stdout.write(`\nWhat failed\n${failures.join('\n')}\n`);
process.stdout.write(
  `\n${table.join('\n')}\nDatabase engines the tests ran on: ${engines.join(' and ') || 'none'}\n\n`,
);
process.stdout.write(
  `${total.passed} passed, ${total.failed} failed${total.skipped > 0 ? `, ${total.skipped} skipped` : ''}\n`,
);
process.exitCode = total.failed === 0 && total.passed > 0 ? 0 : 1;
