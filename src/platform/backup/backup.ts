import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, open, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { PassThrough, type Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip, createGzip } from 'node:zlib';
import type { Out } from '../cli/command.ts';
import { type Db, inTransaction, type Sql } from '../db/db.ts';
import { headerLength, opening, sealing, tagLength } from './format.ts';

const schemas = ['platform', 'audit', 'access', 'fhir', 'record', 'exchange'];

interface Table {
  name: string;
  rows: number;
}

/** Tables of ours, as `schema.name`, parents first (there are few foreign keys; restoring disables none). */
async function tables(sql: Sql): Promise<Table[]> {
  const found = await sql.query<{ name: string }>(
    `select format('%I.%I', schemaname, tablename) as name from pg_tables where schemaname = any($1::text[]) order by schemaname = 'platform' desc, schemaname, tablename`,
    [schemas],
  );
  const counted: Table[] = [];
  for (const { name } of found)
    counted.push({ name, rows: Number((await sql.query<{ n: number }>(`select count(*) as n from ${name}`))[0]!.n) });
  return counted;
}

/** The server's key, without which one-time codes no longer open: it goes only into an encrypted backup. */
const keyFile = join('keys', 'secrets.key');

/** Writes every practice into one file, as of one moment, while the server goes on. Returns rows and bytes. */
export async function backup(
  db: Db,
  folder: string,
  path: string,
  passphrase: string | undefined,
  out: Out,
): Promise<{ rows: number; bytes: number; tables: number }> {
  const { header, cipher } = sealing(passphrase);
  const part = `${path}.part`;
  let rows = 0;
  let count = 0;
  try {
    await db.owner('backup', (sql) =>
      inTransaction(sql, async () => {
        await sql.query('set transaction isolation level repeatable read, read only');
        const list = await tables(sql);
        count = list.length;
        const total = list.reduce((sum, table) => sum + table.rows, 0);
        const migrations = (
          await sql.query<{ name: string }>('select name from public.estran_migration order by name')
        ).map((row) => row.name);
        async function* lines(): AsyncGenerator<string> {
          const key = passphrase === undefined ? undefined : await readFile(join(folder, keyFile), 'utf8').catch(() => undefined);
          yield `${JSON.stringify({ migrations, at: new Date().toISOString(), key })}
`;
          for (const table of list) {
            yield `${JSON.stringify({ table: table.name, rows: table.rows })}\n`;
            await sql.query(
              `declare estran_backup no scroll cursor for select to_jsonb(t)::text as row from ${table.name} t`,
            );
            for (;;) {
              const found = await sql.query<{ row: string }>('fetch 500 from estran_backup');
              if (found.length === 0) break;
              rows += found.length;
              out.progress(rows, total, `${rows} / ${total} lignes · ${table.name}`);
              yield `${found.map((row) => row.row).join('\n')}\n`;
            }
            await sql.query('close estran_backup');
          }
        }
        const file = createWriteStream(part, { mode: 0o600 });
        file.write(header);
        await pipeline(lines, createGzip({ level: 5 }), cipher ?? new PassThrough(), file);
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
  return { rows, bytes: (await stat(path)).size, tables: count };
}

/** Brings a backup back into a database that holds no practice. All or nothing. */
export async function restore(
  db: Db,
  folder: string,
  path: string,
  passphrase: string | undefined,
  out: Out,
): Promise<{ rows: number }> {
  return db.owner('restore', (sql) =>
    inTransaction(sql, async () => {
      const [held] = await sql.query<{ n: number }>('select count(*) as n from platform.tenant');
      if (Number(held!.n) > 0)
        throw new Error(
          'This database already holds practices: restore into an empty one (set ESTRAN_DATA to a new folder). Nothing was changed.',
        );
      let rows = 0;
      let total = 0;
      let table = '';
      let key: string | undefined;
      let batch: string[] = [];
      const filled: string[] = [];
      const write = async () => {
        if (batch.length === 0) return;
        await sql.query(
          `insert into ${table} overriding system value select * from jsonb_populate_recordset(null::${table}, $1::jsonb)`,
          [`[${batch.join(',')}]`],
        );
        rows += batch.length;
        out.progress(rows, total, `${rows} lignes · ${table}`);
        batch = [];
      };
      const known = new Set((await tables(sql)).map((t) => t.name));
      const done = new Set(
        (await sql.query<{ name: string }>('select name from public.estran_migration')).map((row) => row.name),
      );
      for await (const line of readable(createInterface({
        input: await plain(path, passphrase),
        crlfDelay: Number.POSITIVE_INFINITY }))) {
        if (line.startsWith('{"migrations"')) {
          const { migrations, key: kept } = JSON.parse(line) as { migrations: string[]; key?: string };
          key = kept;
          const missing = migrations.filter((name) => !done.has(name));
          if (missing.length > 0)
            throw new Error(
              `This backup comes from a newer version of Estran (${missing.join(', ')}): update first. Nothing was changed.`,
            );
        } else if (line.startsWith('{"table"')) {
          await write();
          const next = JSON.parse(line) as Table & { table: string };
          if (!known.has(next.table))
            throw new Error(`The backup holds a table that is not known here: ${next.table}.`);
          table = next.table;
          total += next.rows;
          // The backup holds what triggers derived, too: derived once more, it would be there twice.
          await sql.query(`alter table ${table} disable trigger user`);
          filled.push(table);
        } else {
          batch.push(line);
          if (batch.length >= 300) await write();
        }
      }
      await write();
      for (const one of filled) await sql.query(`alter table ${one} enable trigger user`);
      await continueNumbers(sql);
      if (key !== undefined) {
        await mkdir(dirname(join(folder, keyFile)), { recursive: true, mode: 0o700 });
        await writeFile(join(folder, keyFile), key, { mode: 0o600 });
      }
      return { rows };
    }),
  );
}

/** The lines, or words for the person when the file cannot be read to its end. */
async function* readable(lines: AsyncIterable<string>): AsyncGenerator<string> {
  try {
    yield* lines;
  } catch {
    throw new Error('The backup cannot be read: wrong passphrase or damaged file. Nothing was changed.');
  }
}

async function plain(path: string, passphrase: string | undefined): Promise<Readable> {
  const file = await open(path, 'r');
  const { size } = await file.stat();
  const start = Buffer.alloc(37);
  await file.read(start, 0, Math.min(37, size), 0);
  const tag = Buffer.alloc(tagLength);
  await file.read(tag, 0, tagLength, Math.max(0, size - tagLength));
  await file.close();
  const { cipher } = opening(start, tag, passphrase);
  const body = createReadStream(path, { start: headerLength(start), end: cipher ? size - tagLength - 1 : size - 1 });
  const output = new PassThrough();
  // A failure ends the output with its own error, which the reader meets.
  pipeline(body, cipher ?? new PassThrough(), createGunzip(), output).catch(() => undefined);
  return output;
}

/** Sequences go on after what was brought back. */
async function continueNumbers(sql: Sql): Promise<void> {
  await sql.query(
    `select setval('fhir.rid_block', greatest((select coalesce(max(rid), 0) from fhir.resource), 1) + 512)`,
  );
  await sql.query(
    `select setval('audit.txid_base', greatest((select coalesce(max(txid), 0) from audit.entry), (select coalesce(max(last_txid), 0) from audit.seal)))`,
  );
  const identities = await sql.query<{ name: string; column: string }>(
    `select format('%I.%I', table_schema, table_name) as name, column_name as column from information_schema.columns where is_identity = 'YES' and table_schema = any($1::text[])`,
    [schemas],
  );
  for (const { name, column } of identities)
    await sql.query(
      `select setval(pg_get_serial_sequence('${name}', '${column}'), greatest((select coalesce(max(${column}), 0) from ${name}), 1))`,
    );
}
