import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import { newPractice, type Send, testHouse } from '../../../test/app.ts';
import { loadList } from './load.ts';
import { readFiles } from './read-files.ts';
import { runCommand, type Terminal } from '../../platform/index.ts';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const system = 'http://hl7.org/fhir/sid/icd-10';
const rows = [
  'E11 Diabète sucré de type 2',
  'E110 Diabète sucré de type 2, avec coma',
  'E10 Diabète sucré de type 1',
  'I10 Hypertension essentielle (primitive)',
  ...Array.from({ length: 10 }, (_, at) => `K0${at} Maladie d’essai ${at}`),
];
const text = [
  'code;lib_court;lib_long',
  ...rows.map((row) => `${row.slice(0, row.indexOf(' '))};;${row.slice(row.indexOf(' ') + 1)}`),
].join('\n');

describe('terms in FHIR and on the command line', () => {
  let here: Send;
  let elsewhere: Send;
  let practice: string;
  const ask = async (who: Send, path: string) => who('GET', `/fhir/R4${path}`);
  const parameter = (
    body: { parameter: { name: string; valueString?: string; valueBoolean?: boolean }[] },
    name: string,
  ) => body.parameter.find((one) => one.name === name);
  before(async () => {
    const { db } = await testHouse();
    const [mine, other] = [await newPractice(), await newPractice()];
    practice = mine.id;
    here = await mine.client('system/*.rs');
    elsewhere = await other.client('system/*.rs');
    const [list] = readFiles([{ name: 'cim 2025.csv', bytes: Buffer.from(text) }], '2026-11-26');
    await loadList(db, mine.tenant, list!, { actor: 'System', actorName: 'essai' });
  });

  test('ECH-1 DOS-2 $lookup and $validate-code answer from a loaded list, for the practice that loaded it', async () => {
    const found = await ask(here, `/CodeSystem/$lookup?system=${system}&code=E11.0`);
    assert.equal(found.status, 200, found.text);
    assert.equal(parameter(found.body, 'display')?.valueString, 'Diabète sucré de type 2, avec coma');
    assert.equal(parameter(found.body, 'version')?.valueString, '2025');
    assert.equal((await ask(elsewhere, `/CodeSystem/$lookup?system=${system}&code=E11.0`)).status, 404);
    assert.equal((await ask(here, `/CodeSystem/$lookup?system=${system}&code=E99.9`)).status, 404);
    const valid = await ask(
      here,
      `/CodeSystem/$validate-code?url=${system}&code=E11.0&display=diabete%20sucre%20de%20type%202%20avec%20coma`,
    );
    assert.deepEqual(
      [parameter(valid.body, 'result')?.valueBoolean, parameter(valid.body, 'message')],
      [true, undefined],
    );
    assert.equal(
      parameter((await ask(here, `/CodeSystem/$validate-code?url=${system}&code=E99.9`)).body, 'result')?.valueBoolean,
      false,
    );
    assert.match(
      parameter((await ask(elsewhere, `/CodeSystem/$validate-code?url=${system}&code=E99.9`)).body, 'message')
        ?.valueString ?? '',
      /not loaded/,
    );
  });

  test('ECH-1 DOS-2 $expand searches a whole list by a filter, and lists it never', async () => {
    const url = encodeURIComponent(`${system}?fhir_vs`);
    const found = await ask(here, `/ValueSet/$expand?url=${url}&filter=diabete%20coma&count=5`);
    assert.deepEqual(found.body.expansion.contains, [
      { system, code: 'E11.0', display: 'Diabète sucré de type 2, avec coma' },
    ]);
    const whole = await ask(here, `/ValueSet/$expand?url=${url}`);
    assert.equal(whole.status, 422);
    assert.equal(whole.body.issue[0].code, 'too-costly');
    assert.equal((await ask(elsewhere, `/ValueSet/$expand?url=${url}&filter=diabete`)).status, 404);
    assert.equal(
      parameter((await ask(here, `/ValueSet/$validate-code?url=${url}&code=E11`)).body, 'result')?.valueBoolean,
      true,
    );
    assert.equal(
      parameter((await ask(here, `/ValueSet/$validate-code?url=${url}&code=Z99`)).body, 'result')?.valueBoolean,
      false,
    );
  });

  test('SEC-16 codes of any kind are unknown, never an error', async () => {
    for (const code of ['%', "'", 'E11 ', 'x'.repeat(5000), 'é', '~']) {
      const answer = await ask(here, `/CodeSystem/$lookup?system=${system}&code=${encodeURIComponent(code)}`);
      assert.equal(answer.status, 404, `${code.slice(0, 10)}: ${answer.text}`);
    }
  });

  test('ECH-7 estran terms load and terms list: for one practice, with words for a bad file and nothing changed', async () => {
    const estran = await testHouse();
    const folder = mkdtempSync(join(tmpdir(), 'estran-terms-'));
    const said: string[] = [];
    const given: unknown[] = [];
    const out: Terminal = {
      line: (words) => said.push(words),
      error: (words) => said.push(words),
      progress: () => undefined,
      json: (value) => given.push(value),
    };
    const run = (...argv: string[]) => runCommand(estran, argv, folder, out, new AbortController().signal);
    try {
      writeFileSync(join(folder, 'cim 2026.csv'), `${text}\nE12;;Diabète sucré de malnutrition`);
      writeFileSync(join(folder, 'mauvais.csv'), text.replace('E11;', 'E1X;'));
      assert.equal(await run('terms', 'load', 'cim 2026.csv', '--practice', practice, '--json'), 0);
      assert.deepEqual(given[0], [{ list: 'cim10', version: '2026', terms: 15 }]);
      assert.equal(await run('terms', 'load', 'mauvais.csv', '--practice', practice), 1);
      assert.match(said.at(-1)!, /E1X/);
      assert.equal(await run('terms', 'load', 'absent.csv', '--practice', practice), 1);
      assert.equal(await run('terms', 'load'), 64);
      assert.equal(await run('terms', 'list', '--practice', practice, '--json'), 0);
      const [cim] = given.at(-1) as { list: string; version: string; terms: number; everyPractice: boolean }[];
      assert.deepEqual([cim!.version, cim!.terms, cim!.everyPractice], ['2026', 15, false]);
      assert.equal(await run('terms', 'list', '--practice', practice), 0);
      assert.match(said.find((line) => line.startsWith('CIM-10'))!, /édition 2026, 15 termes/);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});
