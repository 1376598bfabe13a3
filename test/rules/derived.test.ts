import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { derived } from '../../scripts/derive.ts';
import { contractsByRoom } from '../../scripts/derive-contracts.ts';
import { proofs, requirements } from '../../scripts/derive-requirements.ts';
import { deadEntries } from '../../src/access/index.ts';
import { root, textOf } from './tree.ts';

describe('derived files are fresh', () => {
  for (const [path, text] of Object.entries(derived))
    test(`${path} is what the code says: if not, npm run derive`, async () => {
      const fresh = await text();
      const kept = existsSync(join(root, path)) ? textOf(path) : '';
      const [now, before] = [fresh.split('\n'), kept.split('\n')];
      const line = now.findIndex((one, at) => one !== before[at]);
      assert.ok(fresh === kept, `stale at line ${line + 1}: ${now[line]?.slice(0, 200)}`);
    });
});

test('the ids in titles of tests are rows of docs/exigences.yaml', () => {
  const known = new Set(requirements().map(({ id }) => id));
  assert.ok(known.size > 100, `only ${known.size} rows were read`);
  const all = proofs();
  assert.ok(all.length > 100, `only ${all.length} titles were read`);
  assert.deepEqual(
    all.flatMap(({ ids, file, title }) => ids.filter((id) => !known.has(id)).map((id) => `${id}: ${title} (${file})`)),
    [],
  );
});

test('each row is once in docs/exigences.yaml, in a room of the house', () => {
  const rows = requirements();
  assert.equal(new Set(rows.map(({ id }) => id)).size, rows.length);
  const rooms = new Set([
    'platform',
    'access',
    'fhir',
    'record',
    'coordination',
    'agenda',
    'indicators',
    'exchange',
    'programme',
    'library',
    'web',
  ]);
  assert.deepEqual(
    rows.filter(({ room }) => !rooms.has(room)),
    [],
  );
});

test('SEC-3 no entry of a contract asks for a right that nobody can hold', async () => {
  assert.deepEqual(deadEntries(await contractsByRoom()), []);
});
