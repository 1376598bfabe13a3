import type { Sql } from '../db/db.ts';

/** Schemas of the rooms, as the database has them: a room that is added is in the next backup. `public` holds the list of migrations only. */
const rooms = `select nspname from pg_namespace where nspname !~ '^pg_' and nspname not in ('public', 'information_schema')`;

export interface Table {
  /** `schema.name`, quoted where it must be. */
  name: string;
  /** SQL of what the row `t` weighs as it is stored, bytes: nothing is unpacked to be weighed. */
  weight: string;
}

/** Tables of every room, those of `platform` first. */
export const tablesOfRooms = (sql: Sql): Promise<Table[]> =>
  sql.query<Table>(
    `select format('%I.%I', n.nspname, c.relname) as name,
            coalesce((select string_agg(format('coalesce(pg_column_size(t.%I), 0)', attname), ' + ') from pg_attribute where attrelid = c.oid and attnum > 0 and attlen = -1 and not attisdropped), '0') as weight
     from pg_class c join pg_namespace n on n.oid = c.relnamespace
     where c.relkind in ('r', 'p') and not c.relispartition and n.nspname in (${rooms})
     order by n.nspname = 'platform' desc, n.nspname, c.relname`,
  );

/** What our own sequences count, and the highest that is taken. */
const counted = {
  'fhir.rid_block': 'greatest((select coalesce(max(rid), 0) from fhir.resource), 1) + 512',
  'fhir.term_edition': 'greatest((select coalesce(max(edition), 0) from fhir.term_list), 1)',
  'audit.txid_base':
    'greatest((select coalesce(max(txid), 0) from audit.entry), (select coalesce(max(last_txid), 0) from audit.seal))',
};
/** Every sequence goes on after what the tables hold; those of an older version are fewer. */
export async function continueNumbers(sql: Sql): Promise<void> {
  for (const [sequence, highest] of Object.entries(counted)) {
    const [found] = await sql.query<{ there: boolean }>('select to_regclass($1) is not null as there', [sequence]);
    if (found!.there) await sql.query(`select setval('${sequence}', ${highest})`);
  }
  const identities = await sql.query<{ name: string; column: string }>(
    `select format('%I.%I', table_schema, table_name) as name, column_name as column from information_schema.columns where is_identity = 'YES' and table_schema in (${rooms})`,
  );
  for (const { name, column } of identities)
    await sql.query(
      `select setval(pg_get_serial_sequence('${name}', '${column}'), greatest((select coalesce(max(${column}), 0) from ${name}), 1))`,
    );
}
