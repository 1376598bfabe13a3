import { type Db, migrate, openPglite } from '../src/platform/index.ts';

interface Table {
  oid: number;
  name: string;
  closed: boolean;
}
const ours = `n.nspname not in ('pg_catalog', 'information_schema', 'pg_toast')`;

async function tableText(db: Db, { oid, name, closed }: Table): Promise<string> {
  const ask = <Row>(text: string) => db.owner('schema', (sql) => sql.query<Row>(text, [oid]));
  const columns = await ask<{ text: string }>(
    `select a.attname || ' ' || format_type(a.atttypid, a.atttypmod) || case when a.attidentity <> '' then ' generated ' || case a.attidentity when 'a' then 'always' else 'by default' end || ' as identity' else '' end
       || case when a.attgenerated = 's' then ' generated always as (' || pg_get_expr(d.adbin, d.adrelid) || ') stored' when d.adbin is not null then ' default ' || pg_get_expr(d.adbin, d.adrelid) else '' end
       || case when a.attnotnull then ' not null' else '' end as text
     from pg_attribute a left join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum where a.attrelid = $1 and a.attnum > 0 and not a.attisdropped order by a.attnum`,
  );
  const constraints = await ask<{ text: string }>(
    `select pg_get_constraintdef(oid) as text from pg_constraint where conrelid = $1 and contype in ('p', 'u', 'f', 'c') order by contype = 'p' desc, conname`,
  );
  const indexes = await ask<{ text: string }>(
    `select pg_get_indexdef(x.indexrelid) as text from pg_index x where x.indrelid = $1 and not exists (select from pg_constraint where conindid = x.indexrelid) order by 1`,
  );
  const policies = await ask<{ text: string }>(
    `select format('policy %s for %s: using (%s)%s', p.policyname, lower(p.cmd), p.qual, case when p.with_check is null then '' else ' with check (' || p.with_check || ')' end) as text
     from pg_policies p join pg_namespace n on n.nspname = p.schemaname join pg_class c on c.relnamespace = n.oid and c.relname = p.tablename where c.oid = $1 order by p.policyname`,
  );
  const grants = await ask<{ text: string }>(
    `select string_agg(lower(privilege), ', ' order by privilege) as text from unnest(array['SELECT','INSERT','UPDATE','DELETE','TRUNCATE']) privilege where has_any_column_privilege('estran_app', $1::oid, case when privilege in ('DELETE','TRUNCATE') then 'SELECT' else privilege end)
       and (privilege not in ('DELETE','TRUNCATE') or has_table_privilege('estran_app', $1::oid, privilege))`,
  );
  return [
    `create table ${name} (`,
    [...columns, ...constraints].map(({ text }) => `  ${text}`).join(',\n'),
    ');',
    ...indexes.map(({ text }) => `${text};`),
    closed ? `-- row-level security; ${policies.map(({ text }) => text).join('; ')}` : '-- no row-level security',
    `-- estran_app may: ${grants[0]?.text ?? 'nothing'}`,
  ].join('\n');
}

/** Tables, indexes, policies and rights of a migrated database: what the migrations come to. */
export async function schemaDump(): Promise<string> {
  const db = await openPglite('memory://');
  try {
    await migrate(db);
    const tables = await db.owner('schema', (sql) =>
      sql.query<Table>(
        `select c.oid, n.nspname || '.' || c.relname as name, c.relrowsecurity as closed from pg_class c join pg_namespace n on n.oid = c.relnamespace where c.relkind in ('r', 'p') and ${ours} order by 2`,
      ),
    );
    const functions = await db.owner('schema', (sql) =>
      sql.query<{
        text: string;
      }>(`select '-- function ' || p.oid::regprocedure || ' returns ' || format_type(p.prorettype, null) as text from pg_proc p join pg_namespace n on n.oid = p.pronamespace
        where ${ours} and not exists (select from pg_depend d where d.objid = p.oid and d.deptype = 'e') order by 1`),
    );
    const head =
      '-- What the migrations come to, written by `npm run derive` from a migrated database; for reading, not for running.';
    return `${[head, functions.map(({ text }) => text).join('\n'), ...(await Promise.all(tables.map((table) => tableText(db, table))))].filter(Boolean).join('\n\n')}\n`;
  } finally {
    await db.close();
  }
}
