import assert from 'node:assert/strict';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { openPglite } from './pglite.ts';
import { tidy } from './tidy.ts';

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

test('SEC-10 what the embedded engine holds of a statement follows the tables: changed, changed and undone, failed, under another role', async () => {
  const db = await openPglite('memory://');
  const text = 'select * from thing where id >= $1 order by id';
  const all = () => db.owner('test', async (sql) => [await sql.query(text, [0]), await sql.query(text, [2])]);
  await db.owner('test', async (sql) => {
    await sql.query('create table thing (id int primary key, words jsonb, at timestamptz, big int8)');
    await sql.query('create role estran_app');
    await sql.query('grant select on thing to estran_app');
    for (const id of [1, 2, 3])
      await sql.query('insert into thing values ($1, $2, $3, $4)', [
        id,
        { said: ['l’été', id] },
        new Date(Date.UTC(2026, 0, id)),
        id === 3 ? '9223372036854775807' : 2 ** 40,
      ]);
  });
  const row = (id: number) => ({
    id,
    words: { said: ['l’été', id] },
    at: new Date(Date.UTC(2026, 0, id)),
    big: id === 3 ? '9223372036854775807' : 2 ** 40,
  });
  for (let round = 0; round < 3; round++)
    assert.deepEqual(await all(), [
      [row(1), row(2), row(3)],
      [row(2), row(3)],
    ]);

  // Refused in the middle of a transaction: told as it is, and the next ones run.
  const refused = (sql: { query(text: string, params: unknown[]): Promise<unknown> }) =>
    sql.query('insert into thing (id) values ($1)', [1]);
  for (let round = 0; round < 3; round++)
    await assert.rejects(
      db.owner('test', (sql) => refused(sql)),
      { code: '23505', constraint: 'thing_pkey' },
    );
  await assert.rejects(
    db.owner('test', (sql) => sql.query(text, ['two'])),
    { code: '22P02' },
  );
  assert.equal((await all())[0]!.length, 3);

  await db.owner('test', async (sql) => {
    await sql.query('begin');
    await sql.query('alter table thing drop column words');
    assert.deepEqual(Object.keys((await sql.query(text, [3]))[0]!), ['id', 'at', 'big']);
    assert.deepEqual(Object.keys((await sql.query(text, [3]))[0]!), ['id', 'at', 'big']);
    await sql.query('rollback');
  });
  assert.deepEqual((await all())[1], [row(2), row(3)], 'what was undone is as it was');
  await db.owner('test', (sql) => sql.query('alter table thing add column more text default $$more$$'));
  assert.deepEqual((await all())[1]![0], { ...row(2), more: 'more' });

  await db.owner('test', async (sql) => {
    await sql.query('alter table thing enable row level security');
    await sql.query(
      `create policy own on thing for select to estran_app using (id::text = current_setting('estran.tenant'))`,
    );
  });
  const ofTenant = (tenant: number) => db.tenant(tenant, (sql) => sql.query<{ id: number }>(text, [0]));
  for (let round = 0; round < 3; round++)
    for (const tenant of [2, 3, 2]) {
      assert.deepEqual(
        (await ofTenant(tenant)).map(({ id }) => id),
        [tenant],
      );
      assert.equal((await all())[0]!.length, 3, 'the owner sees all between');
    }
  await db.close();
});

test('SEC-10 the embedded engine cleans every table that changed, and those alone; what it had not counted before it stopped too', async () => {
  const folder = join(data, 'tidied');
  let db = await openPglite(folder);
  const query = <Row extends object>(text: string) => db.owner('test', (sql) => sql.query<Row>(text));
  const cleaned = async () =>
    Object.fromEntries(
      (
        await query<{ relname: string; times: number }>(
          'select relname, vacuum_count::int as times from pg_stat_user_tables order by 1',
        )
      ).map(({ relname, times }) => [relname, times]),
    );
  for (const name of ['busy', 'grown', 'quiet'])
    await query(`create table ${name} as select n, repeat('x', 100) as words from generate_series(1, 2000) n`);
  await tidy(db);
  assert.deepEqual(await cleaned(), { busy: 1, grown: 1, quiet: 1 });
  await query('update busy set words = n::text where n <= 1000');
  await query('update quiet set words = n::text where n <= 10');
  await tidy(db);
  await tidy(db);
  assert.deepEqual(await cleaned(), { busy: 2, grown: 1, quiet: 1 });
  await query(`insert into grown select n, repeat('x', 100) from generate_series(1, 2000) n`);
  await db.close();
  db = await openPglite(folder);
  await tidy(db);
  assert.deepEqual(await cleaned(), { busy: 0, grown: 1, quiet: 0 });
  const [{ estimate }] = (await query<{ estimate: number }>(
    `select reltuples::int as estimate from pg_class where relname = 'grown'`,
  )) as [{ estimate: number }];
  assert.equal(estimate, 4000);
  await db.close();
});
