import assert from 'node:assert/strict';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { openPglite } from './pglite.ts';

const data = mkdtempSync(join(tmpdir(), 'estran-pglite-'));
process.on('exit', () => rmSync(data, { recursive: true, force: true }));

test('SEC-10 a damaged folder of the embedded engine is told in words and never made anew over what is there; one that was never finished is', async () => {
  const folder = join(data, 'pglite');
  // Cut off while it was being made.
  mkdirSync(folder);
  writeFileSync(join(folder, 'half'), 'x');
  writeFileSync(`${folder}.begun`, '');
  const db = await openPglite(folder);
  await db.owner('test', (sql) => sql.query('create table kept as select 42 as n'));
  await db.close();
  assert.ok(!existsSync(`${folder}.begun`) && !existsSync(join(folder, 'half')));

  const version = readFileSync(join(folder, 'PG_VERSION'));
  rmSync(join(folder, 'PG_VERSION'));
  await assert.rejects(
    openPglite(folder),
    /est abîmée, ou n’en est pas une : elle est laissée telle quelle.*restore FICHIER/,
  );
  const control = readFileSync(join(folder, 'global/pg_control'));
  writeFileSync(join(folder, 'PG_VERSION'), version);
  writeFileSync(join(folder, 'global/pg_control'), Buffer.alloc(control.length, 7));
  await assert.rejects(openPglite(folder), /est abîmée, ou n’en est pas une/);
  writeFileSync(join(folder, 'global/pg_control'), control);
  const again = await openPglite(folder);
  assert.deepEqual(
    await again.owner('test', (sql) => sql.query('select n from kept')),
    [{ n: 42 }],
    'what was there is there',
  );
  await again.close();
});
