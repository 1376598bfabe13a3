import type { Db } from './db.ts';

/**
 * The embedded engine has no autovacuum: dead rows and statistics are ours to look after. A table is cleaned once a tenth of it has changed, or once it
 * has grown by a fifth since the last time, because the engine forgets its counts when it stops. One table at a time: other work passes in between.
 */
export async function tidy(db: Db): Promise<void> {
  const due = await db.owner('what is to be tidied', async (sql) => {
    await sql.query('select pg_stat_force_next_flush()');
    return sql.query<{ name: string }>(
      `select format('%I.%I', s.schemaname, s.relname) as name
       from pg_stat_user_tables s join pg_class c on c.oid = s.relid
       where greatest(s.n_dead_tup, s.n_mod_since_analyze) > 200 + greatest(c.reltuples, 0) / 10
          or pg_relation_size(c.oid) > (c.relpages * 1.2 + 10) * current_setting('block_size')::int
       order by 1`,
    );
  });
  for (const { name } of due) await db.owner('vacuum', (sql) => sql.query(`vacuum (analyze) ${name}`));
}
