/** What a practice takes away comes back whole (ECH-8): a practice of the demonstration, given back, taken in by another, and given back again. */
import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { seedDemo } from '../seeds/seed-command.ts';
import { assemble, type Estran } from '../src/main.ts';
import { migrate, openPglite, readConfig, runCommand } from '../src/platform/index.ts';

// biome-ignore lint/suspicious/noExplicitAny: resources of every shape
type Json = any;

describe('a practice of the demonstration, given back and taken in', () => {
  const at = mkdtempSync(join(tmpdir(), 'estran-round-'));
  let house: Estran;
  let there: string;
  before(async () => {
    const db = await openPglite('memory://');
    await migrate(db);
    house = await assemble({ ...readConfig({}), data: at, demo: true, ocr: false, logLevel: 'silent' }, db);
    const quiet = { line: () => undefined, json: () => undefined, progress: () => undefined };
    await seedDemo(house.context, quiet, '2026-11-20', [4, 4]);
    there = (await run('practice', 'create', '--name', 'Maison d’après')).id;
  });
  after(async () => {
    await house?.close();
    rmSync(at, { recursive: true, force: true });
  });

  async function run(...argv: string[]): Promise<Json> {
    const answers: Json[] = [];
    const wrong: string[] = [];
    const out = {
      line: () => undefined,
      progress: () => undefined,
      error: (text: string) => void wrong.push(text),
      json: (value: unknown) => void answers.push(value),
    };
    const code = await runCommand(house, [...argv, '--json'], at, out, new AbortController().signal);
    assert.equal(code, 0, `${argv.join(' ')} ${wrong.join('\n')} ${JSON.stringify(answers).slice(0, 2000)}`);
    return answers[0];
  }
  const lines = (folder: string, wanted: RegExp): Json[] =>
    readdirSync(join(at, folder))
      .filter((file) => wanted.test(file))
      .flatMap((file) =>
        readFileSync(join(at, folder, file), 'utf8')
          .split('\n')
          .filter(Boolean),
      )
      .map((line) => JSON.parse(line));
  const standing = (folder: string) =>
    new Map(lines(folder, /^[A-Z]\w+\.ndjson$/).map((one) => [`${one.resourceType}/${one.id}`, one]));
  const past = (folder: string) =>
    new Map(
      lines(folder, /^history\.ndjson$/)
        .flatMap(({ entry }) => entry.map(({ resource }: Json) => resource))
        .map((one: Json) => [`${one.resourceType}/${one.id}/_history/${one.meta.versionId}`, one]),
    );
  /** Where a first edition came in is this house's day; each practice keeps the circle of all its people itself. */
  const said = ({ meta: { lastUpdated, ...meta }, ...rest }: Json) => ({
    ...rest,
    meta: { ...meta, ...(meta.versionId !== '1' && { lastUpdated }) },
  });
  const own = (reference: string) => /^Group\/practice(\/|$)/.test(reference);

  test('ECH-8 ECH-7 every resource and every edition comes back as it was, the manifest among the files is no stranger, and a second pass writes nothing', async () => {
    const given = await run('export', 'first', '--practice', 'maison-de-sante-des-abers');
    assert.ok(given.resources > 500 && Object.keys(given.editions).length > 0, JSON.stringify(given).slice(0, 500));
    const taken = await run('import', 'first', '--practice', there);
    assert.deepEqual([taken.rejected, taken.ignoredFiles, taken.editions.left.total], [0, [], 0]);
    const again = await run('export', 'second', '--practice', there);
    const [was, is] = [standing('first'), standing('second')];
    assert.deepEqual(
      [...was.keys()].filter((reference) => !is.has(reference)),
      [],
    );
    for (const [reference, one] of was)
      if (!own(reference)) assert.deepEqual(said(is.get(reference)), said(one), reference);
    const [before, now] = [past('first'), past('second')];
    assert.deepEqual(
      [...before.keys()].filter((edition) => !own(edition) && !now.has(edition)),
      [],
    );
    for (const [edition, one] of before)
      if (!own(edition)) assert.deepEqual(said(now.get(edition)), said(one), edition);
    assert.equal(before.size > 0 && again.resources >= given.resources, true);
    const second = await run('import', 'first', '--practice', there);
    assert.deepEqual([second.created, second.updated, second.rejected, second.ignoredFiles], [0, 0, 0, []]);
  });

  test('ECH-8 an export of which a file was lost on the way is taken in as far as it goes, and what is missing is said', async () => {
    const other = (await run('practice', 'create', '--name', 'Maison d’à côté')).id;
    await run('export', 'cut', '--practice', 'maison-de-sante-des-abers');
    const lost = lines('cut', /^Observation\.ndjson$/).length;
    assert.ok(lost > 0);
    for (const name of ['Observation', 'history']) rmSync(join(at, 'cut', `${name}.ndjson`));
    for (const options of [['--dry-run'], []]) {
      const answers: Json[] = [];
      const out = {
        line: () => undefined,
        progress: () => undefined,
        error: () => undefined,
        json: (value: unknown) => void answers.push(value),
      };
      const argv = ['import', 'cut', '--practice', other, ...options, '--json'];
      assert.equal(await runCommand(house, argv, at, out, new AbortController().signal), 2);
      assert.equal(answers[0].rejects[0].file, 'manifest.json');
      assert.match(
        answers[0].rejects[0].words,
        new RegExp(
          `pas entier : il manque des fichiers .*Observation\\.ndjson \\(${lost.toLocaleString('fr-FR')} ressources\\), history\\.ndjson`,
        ),
      );
      assert.ok(answers[0].created > 100);
    }
  });
});
