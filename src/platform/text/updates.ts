import type { Sql } from '../db/db.ts';
import { hash64 } from '../hash64.ts';
import { Problem } from '../http/problem.ts';
import { merged } from './merge.ts';

/** So many rows of one text are merged into one. */
const most = 64;
/** Bytes of one text, all its updates together. */
const biggestText = 1_500_000;

/**
 * The updates of texts that several people write at once (docs/adr/0015), in a table of the room: `tenant_id`, the text, `seq bigint`, who, `bytes bytea`; key of the first three.
 * @param table with its schema
 * @param text column that names the text
 * @param author column that says who, and how its parameter is read
 */
export function updatesIn({
  table,
  text,
  author,
  as = '',
}: {
  table: string;
  text: string;
  author: string;
  as?: '' | '::bigint';
}) {
  const where = `tenant_id = $1 and ${text} = $2`;
  /** One writer of one text at a time: numbers are given in the order of the commits, so that «since» misses nothing. Held to the end of the transaction. */
  const hold = async (sql: Sql, tenant: number, id: string): Promise<void> =>
    void (await sql.query('select pg_advisory_xact_lock($1::bigint)', [String(hash64(`${table} ${tenant} ${id}`))]));

  async function since(
    sql: Sql,
    tenant: number,
    id: string,
    seq: number,
  ): Promise<{ seq: number; bytes: Uint8Array }[]> {
    const rows = await sql.query<{ seq: number; bytes: string }>(
      `select seq, encode(bytes, 'base64') as bytes from ${table} where ${where} and seq > $3::bigint order by seq`,
      [tenant, id, String(seq)],
    );
    return rows.map((row) => ({ seq: Number(row.seq), bytes: new Uint8Array(Buffer.from(row.bytes, 'base64')) }));
  }
  /** Keeps an update and gives its number; inside a transaction. Long rows of updates become one, under the last number. Errors: 413 when the text would be too long */
  async function keep(sql: Sql, tenant: number, id: string, who: string, update: Uint8Array): Promise<number> {
    await hold(sql, tenant, id);
    const [last] = await sql.query<{ seq: number; count: number; size: number }>(
      `select coalesce(max(seq), 0) as seq, count(*)::int as count, coalesce(sum(length(bytes)), 0)::int as size from ${table} where ${where}`,
      [tenant, id],
    );
    if (last!.size + update.length > biggestText)
      throw new Problem(
        413,
        'Texte trop long',
        'Ce texte a atteint sa taille maximale. Vos derniers mots restent sur cet écran : raccourcissez le texte ou joignez un document.',
      );
    const seq = Number(last!.seq) + 1;
    let bytes = update;
    if (last!.count >= most) {
      bytes = merged([...(await since(sql, tenant, id, 0)).map((one) => one.bytes), update]);
      await sql.query(`delete from ${table} where ${where}`, [tenant, id]);
    }
    await sql.query(
      `insert into ${table} (tenant_id, ${text}, seq, ${author}, bytes) values ($1, $2, $3::bigint, $4${as}, decode($5, 'base64'))`,
      [tenant, id, String(seq), who, Buffer.from(bytes).toString('base64')],
    );
    return seq;
  }
  return { hold, since, keep };
}
