import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import test from 'node:test';
import { textOf } from './tree.ts';

/**
 * Known flaws of what we depend on (SEC-17). Two sources, and what each is worth:
 * - the lock file keeps what a maintainer says of a version when it is withdrawn; it is as old as the last `npm install`;
 * - `npm audit` knows the advisories of the day, where its service can be reached. Where it cannot, this says so and refuses nothing: no list
 *   of advisories is kept here, it would be out of date the day after and say that all is well.
 */

/** Flaws that were looked at and do not reach us: package → why. */
const examined: Record<string, string> = {};

interface Report {
  vulnerabilities?: Record<
    string,
    { severity: string; range: string; via: (string | { title?: string; url?: string })[] }
  >;
  message?: string;
  error?: { summary?: string };
}

/** One line a flawed package; null when the answer is none. */
function flawsIn(answer: string): string[] | null {
  let report: Report;
  try {
    report = JSON.parse(answer) as Report;
  } catch {
    return null;
  }
  if (typeof report !== 'object' || report === null || typeof report.vulnerabilities !== 'object') return null;
  return Object.entries(report.vulnerabilities)
    .filter(([name]) => !Object.hasOwn(examined, name))
    .map(
      ([name, { severity, range, via }]) =>
        `${name} ${range} (${severity}): ${via.map((one) => (typeof one === 'string' ? `by ${one}` : `${one.title ?? ''} ${one.url ?? ''}`.trim())).join('; ')}`,
    );
}

/** What npm audit says of the lock file; empty when it says nothing within the time given. */
function ask(milliseconds: number): Promise<string> {
  return new Promise((resolve) => {
    let said = '';
    const npm = spawn(
      'npm',
      ['audit', '--json', '--package-lock-only', '--fetch-retries=0', `--fetch-timeout=${milliseconds}`],
      {
        cwd: join(import.meta.dirname, '../..'),
        stdio: ['ignore', 'pipe', 'ignore'],
        timeout: milliseconds,
        shell: process.platform === 'win32',
      },
    );
    npm.stdout.on('data', (part) => {
      said += part;
    });
    npm.once('error', () => resolve(''));
    npm.once('close', () => resolve(said));
  });
}

test('SEC-17 no dependency is known to be flawed, as far as npm audit can be asked', async (t) => {
  const flaws = flawsIn(await ask(20_000));
  if (flaws === null) return t.skip('npm audit could not be asked from here: advisories of the day were not checked');
  assert.deepEqual(flaws, [], 'Take a version without the flaw, or say in «examined» why it does not reach us.');
});

test('SEC-17 no version that its maintainer has withdrawn', () => {
  const { packages } = JSON.parse(textOf('package-lock.json')) as {
    packages: Record<string, { version?: string; deprecated?: string }>;
  };
  assert.deepEqual(
    Object.entries(packages)
      .filter(([, one]) => one.deprecated !== undefined)
      .map(([path, one]) => `${path} ${one.version}: ${one.deprecated}`),
    [],
  );
});

test('SEC-17 an answer of npm audit is read for what it is: a flaw is refused, silence is not taken for health', () => {
  const report = {
    auditReportVersion: 2,
    vulnerabilities: {
      'left-pad': {
        severity: 'high',
        range: '<1.3.0',
        via: [{ title: 'Pads too far', url: 'https://example.org/1' }, 'right-pad'],
      },
    },
    metadata: {},
  };
  assert.deepEqual(flawsIn(JSON.stringify(report)), [
    'left-pad <1.3.0 (high): Pads too far https://example.org/1; by right-pad',
  ]);
  assert.deepEqual(flawsIn(JSON.stringify({ ...report, vulnerabilities: {} })), []);
  for (const nothing of [
    '',
    'null',
    '{}',
    '{"message":"405 Method Not Allowed","error":{"summary":""}}',
    '<html>',
    '[]',
  ])
    assert.equal(flawsIn(nothing), null, nothing);
});
