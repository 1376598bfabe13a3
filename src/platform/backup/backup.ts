import { createWriteStream } from 'node:fs';
import { open, readFile, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import type { Out } from '../cli/command.ts';
import { type Db, inTransaction, type Sql } from '../db/db.ts';
import { keyFile, sealing } from './format.ts';
import { type Table, tablesOfRooms } from './tables.ts';

/** Of a row as it is stored, bytes: a heavier one (a scan, a film) is taken alone, so that the memory holds one of them. */
const heavy = 32_768;
/** How many rows are taken at a time, of each sort. */
const takes = [
  { sort: `<= ${heavy}`, rows: 500 },
  { sort: `> ${heavy}`, rows: 1 },
];

async function* rowsOf(sql: Sql, { name, weight }: Table): AsyncGenerator<string[]> {
  for (const { sort, rows } of takes) {
    await sql.query(
      `declare estran_backup no scroll cursor for select to_jsonb(t)::text as row from ${name} t where ${weight} ${sort}`,
    );
    for (;;) {
      const found = await sql.query<{ row: string }>(`fetch ${rows} from estran_backup`);
      if (found.length === 0) break;
      yield found.map(({ row }) => row);
    }
    await sql.query('close estran_backup');
  }
}

/**
 * Writes every table of every room into one file, as of one moment, while the server goes on. Lines of JSON: a head (migrations, number of rows, and the server's key when a passphrase encrypts it),
 * then for each table a line that names it and its rows. A file that could not be finished is taken away.
 * @param folder the data folder, where the key is
 * @param path of the file
 * @param signal breaks it off; what stood under that name stays
 */
export async function backup(
  db: Db,
  folder: string,
  path: string,
  passphrase: string | undefined,
  out: Out,
  signal?: AbortSignal,
): Promise<{ rows: number; bytes: number; tables: number }> {
  const { header, cipher } = sealing(passphrase);
  const part = `${path}.part`;
  let done = 0;
  let count = 0;
  async function* lines(sql: Sql): AsyncGenerator<string> {
    const migrations = (
      await sql.query<{ name: string }>('select name from public.estran_migration order by name')
    ).map((row) => row.name);
    const key =
      passphrase === undefined ? undefined : await readFile(join(folder, keyFile), 'utf8').catch(() => undefined);
    const counted: (Table & { rows: number })[] = [];
    for (const table of await tablesOfRooms(sql))
      counted.push({
        ...table,
        rows: (await sql.query<{ rows: number }>(`select count(*) as rows from ${table.name}`))[0]!.rows,
      });
    const total = counted.reduce((sum, { rows }) => sum + rows, 0);
    count = counted.length;
    yield `${JSON.stringify({ migrations, at: new Date().toISOString(), rows: total, key })}\n`;
    for (const table of counted) {
      yield `${JSON.stringify({ table: table.name, rows: table.rows })}\n`;
      for await (const rows of rowsOf(sql, table)) {
        done += rows.length;
        out.progress(done, total, `${done} / ${total} lignes · ${table.name}`);
        yield `${rows.join('\n')}\n`;
      }
    }
  }
  try {
    await db.owner('backup', (sql) =>
      inTransaction(sql, async () => {
        await sql.query('set transaction isolation level repeatable read, read only');
        const file = createWriteStream(part, { mode: 0o600 });
        file.write(header);
        await pipeline(lines(sql), createGzip({ level: 5 }), cipher ?? new PassThrough(), file, { signal });
      }),
    );
    const end = await open(part, 'a');
    if (cipher) await end.write(cipher.getAuthTag());
    await end.sync();
    await end.close();
    await rename(part, path);
  } catch (error) {
    await rm(part, { force: true });
    throw error;
  }
  return { rows: done, bytes: (await stat(path)).size, tables: count };
}
