import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { type Db, migrate, openPglite } from '../../src/platform/index.ts';

/** Tables that hold no practice's data, and why. */
const outside: Record<string, string> = {
  'public.estran_migration': 'which migrations ran: the same for every practice, closed to the server’s role',
};
/** Unique constraints that hold across practices, and why. */
const acrossPractices: Record<string, string> = {
  'platform.tenant tenant_pkey': 'the practice itself: tenant_id alone is its key',
  'platform.tenant tenant_id_key': 'its public name, chosen at random, looked up before the practice is known',
};

describe('tables of a migrated database', () => {
  let db: Db;
  const ask = <Row>(text: string) => db.owner('rules', (sql) => sql.query<Row>(text));
  before(async () => {
    db = await openPglite('memory://');
    await migrate(db);
  });
  after(() => db.close());

  const own = `n.nspname not in ('pg_catalog', 'information_schema', 'pg_toast') and c.relkind in ('r', 'p')`;

  test('SEC-7 every table begins with tenant_id, not null', async () => {
    const rows = await ask<{ name: string; first: string; required: boolean }>(
      `select n.nspname || '.' || c.relname as name, a.attname as first, a.attnotnull as required
       from pg_class c join pg_namespace n on n.oid = c.relnamespace join pg_attribute a on a.attrelid = c.oid and a.attnum = 1 where ${own}`,
    );
    assert.ok(rows.length > 25, `only ${rows.length} tables were read`);
    assert.deepEqual(
      rows
        .filter(({ name, first, required }) => !(name in outside) && !(first === 'tenant_id' && required))
        .map(({ name }) => name),
      [],
    );
  });

  test('SEC-7 tenant_id leads every primary key and unique index', async () => {
    const rows = await ask<{ name: string; first: string | null }>(
      `select n.nspname || '.' || c.relname || ' ' || i.relname as name, a.attname as first
       from pg_index x join pg_class i on i.oid = x.indexrelid join pg_class c on c.oid = x.indrelid join pg_namespace n on n.oid = c.relnamespace
       left join pg_attribute a on a.attrelid = c.oid and a.attnum = x.indkey[0] where x.indisunique and ${own}`,
    );
    assert.ok(rows.length > 25, `only ${rows.length} unique indexes were read`);
    const excepted = (name: string) =>
      name in acrossPractices || Object.keys(outside).some((table) => name.startsWith(`${table} `));
    const wrong = rows.filter(({ name, first }) => first !== 'tenant_id' && !excepted(name));
    assert.deepEqual(
      wrong.map(({ name }) => name),
      [],
    );
    const keyless = await ask<{ name: string }>(
      `select n.nspname || '.' || c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
       where ${own} and not exists (select from pg_index x where x.indrelid = c.oid and x.indisprimary)`,
    );
    assert.deepEqual(
      keyless.map(({ name }) => name),
      [],
    );
  });

  test('SEC-7 every table is closed by row-level security to any practice but the session’s', async () => {
    const rows = await ask<{ name: string; closed: boolean; policies: string[] | null }>(
      `select n.nspname || '.' || c.relname as name, c.relrowsecurity as closed,
         (select array_agg(coalesce(p.qual, '') || ' / ' || coalesce(p.with_check, '') order by p.policyname) from pg_policies p where p.schemaname = n.nspname and p.tablename = c.relname) as policies
       from pg_class c join pg_namespace n on n.oid = c.relnamespace where ${own}`,
    );
    const open = rows.filter(
      ({ name, closed, policies }) =>
        !(name in outside) &&
        !(closed && policies?.length && policies.every((policy) => policy.includes('tenant_id = platform.tenant()'))),
    );
    assert.deepEqual(
      open.map(({ name, policies }) => `${name}: ${policies?.join('; ') ?? 'no policy'}`),
      [],
    );
    const forgotten = Object.keys(outside).filter((name) => !rows.some((row) => row.name === name));
    assert.deepEqual(forgotten, [], 'an exception for a table that is not there');
  });

  test('SEC-7 the server’s role owns nothing, bypasses nothing and reads no table outside', async () => {
    const [role] = await ask<{ super: boolean; bypass: boolean }>(
      `select rolsuper as super, rolbypassrls as bypass from pg_roles where rolname = 'estran_app'`,
    );
    assert.deepEqual(role, { super: false, bypass: false });
    const owned = await ask(`select relname from pg_class where relowner = 'estran_app'::regrole`);
    assert.deepEqual(owned, []);
    for (const name of Object.keys(outside))
      assert.deepEqual(await ask(`select has_table_privilege('estran_app', '${name}', 'select') as may`), [
        { may: false },
      ]);
  });

  test('SEC-8 the server’s role can add to the ledger, not change it', async () => {
    const [may] = await ask<Record<string, boolean>>(
      `select has_table_privilege('estran_app', 'audit.entry', 'insert') as insert, has_table_privilege('estran_app', 'audit.entry', 'update') as update,
         has_table_privilege('estran_app', 'audit.entry', 'delete') as delete, has_table_privilege('estran_app', 'audit.entry', 'truncate') as truncate`,
    );
    assert.deepEqual(may, { insert: true, update: false, delete: false, truncate: false });
  });
});
