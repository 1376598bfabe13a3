/** A PostgreSQL that an administrator made: what it must have, and what is said when it has not. */
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { postgresPrograms, startPostgres, type TestPostgres } from '../../../test/postgres.ts';
import { type Db, migrate, openDatabase, openPglite, openPostgres, readConfig, type Sql, wordsOf } from '../index.ts';

const saidOf = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'nothing was refused',
    (error: unknown) => wordsOf(error) ?? String(error),
  );

test('SEC-10 a database that a later version wrote is not touched by an earlier one', async () => {
  const db = await openPglite('memory://');
  await migrate(db);
  await db.owner('test', (sql) => sql.query(`insert into public.estran_migration (name) values ('9999_demain.sql')`));
  assert.match(await saidOf(migrate(db)), /version plus récente d’Estran \(9999_demain\.sql\).*Rien n’a été modifié/);
  await db.close();
});

describe('a server of one’s own', { skip: !postgresPrograms() && 'no PostgreSQL server on this machine' }, () => {
  let server: TestPostgres;
  let admin: Db;
  const sql = (text: string) => admin.owner('test', (on) => on.query(text));
  const at = (role: string, base: string) => server.url.replace('estran@', `${role}@`).replace(/postgres$/, base);
  const open = (url: string) => openDatabase({ ...readConfig({}), databaseUrl: url });
  before(async () => {
    server = await startPostgres({ fsync: 'off' });
    admin = await openPostgres(server.url);
    await sql('create role simple login');
    await sql('create database simple owner simple');
  });
  after(async () => {
    await admin?.close();
    server?.stop();
  });

  test('SEC-13 a role without the right to make roles is told so; once it may take estran_app, it needs no other right', async () => {
    assert.match(await saidOf(open(at('simple', 'simple'))), /posséder la base, et pouvoir prendre le rôle estran_app/);
    await sql('create role estran_app nologin');
    await sql('grant estran_app to simple with admin option');
    const { db } = await open(at('simple', 'simple'));
    const [me] = await db.owner('test', (on) =>
      on.query<{ super: boolean; roles: boolean }>(
        'select rolsuper as super, rolcreaterole as roles from pg_roles where rolname = current_user',
      ),
    );
    assert.deepEqual(me, { super: false, roles: false });
    assert.deepEqual(await db.tenant(1, (on) => on.query('select * from platform.tenant')), []);
    await db.close();
  });

  test('SEC-13 a database of another encoding, one that does not exist, and one that nobody serves are told before anything is made', async () => {
    await sql(`create database latin owner simple encoding 'LATIN1' template template0 lc_collate 'C' lc_ctype 'C'`);
    assert.match(await saidOf(open(at('simple', 'latin'))), /codée en LATIN1 : Estran demande UTF8/);
    assert.match(await saidOf(open(at('simple', 'nulle'))), /n’existe pas : créez-la/);
    assert.match(await saidOf(open('postgres://simple@127.0.0.1:1/simple')), /ne répond pas/);
  });

  test('SEC-13 with fewer connections than it would open, the product waits for one instead of failing', async () => {
    await sql('alter role simple connection limit 3');
    const { db } = await open(at('simple', 'simple'));
    const one = (on: Sql) => on.query<{ n: number }>('select 1 as n from pg_sleep(0.02)');
    const answers = await Promise.all(
      Array.from({ length: 40 }, (_, i) => (i % 3 === 0 ? db.owner('test', one) : db.tenant(1, one))),
    );
    assert.ok(answers.every((rows) => rows[0]?.n === 1));
    await db.close();
    await sql('alter role simple connection limit -1');
  });
});
