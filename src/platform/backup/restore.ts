import { createReadStream } from 'node:fs';
import { open, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { PassThrough, type Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import type { Out } from '../cli/command.ts';
import { type Db, inTransaction, type Sql } from '../db/db.ts';
import { layAnew, migrationNames, runMigration } from '../db/migrate.ts';
import { makeFolder } from '../folder.ts';
import { headerLength, keyFile, opening, tagLength } from './format.ts';
import { continueNumbers, tablesOfRooms } from './tables.ts';

/** Of one statement: rows, characters. */
const most = { rows: 300, characters: 4_000_000 };

/** The first line. `rows` in all: backups of before had none. */
interface Head {
  migrations: string[];
  rows?: number;
  key?: string;
}

/** Gathers the rows of one table after the other and writes them in large statements. `written` hears how many are there. */
function fillerOf(sql: Sql, known: ReadonlySet<string>, written: (rows: number, table: string) => void) {
  let table = '';
  let rows = 0;
  let batch: string[] = [];
  let characters = 0;
  const filled: string[] = [];
  async function write(): Promise<void> {
    if (batch.length === 0) return;
    await sql.query(
      `insert into ${table} overriding system value select * from jsonb_populate_recordset(null::${table}, $1::jsonb)`,
      [`[${batch.join(',')}]`],
    );
    rows += batch.length;
    written(rows, table);
    batch = [];
    characters = 0;
  }
  return {
    async begin(name: string): Promise<void> {
      await write();
      if (!known.has(name))
        throw new Error(
          `La sauvegarde contient une table inconnue ici : ${name}. Mettez Estran à jour, puis recommencez. Rien n’a été modifié.`,
        );
      table = name;
      // The backup holds what triggers derived, too: derived once more, it would be there twice.
      await sql.query(`alter table ${table} disable trigger user`);
      // A house that was started once has written of itself already.
      await sql.query(`truncate ${table}`);
      filled.push(table);
    },
    async add(row: string): Promise<void> {
      batch.push(row);
      characters += row.length;
      if (batch.length >= most.rows || characters >= most.characters) await write();
    },
    async end(): Promise<number> {
      await write();
      for (const one of filled) await sql.query(`alter table ${one} enable trigger user`);
      return rows;
    },
  };
}

/**
 * Brings a backup back into a database that holds no practice, and the server's key into its folder. All or nothing. One of an older version is brought into tables as they were then, and taken through the
 * migrations since, as the data of a server that is updated are. `signal` breaks it off: nothing of it stays. Errors, in words for the person: anything that is not an intact backup of this version or an older one.
 */
export async function restore(
  db: Db,
  folder: string,
  path: string,
  passphrase: string | undefined,
  out: Out,
  signal?: AbortSignal,
): Promise<{ rows: number }> {
  return db.owner('restore', (sql) =>
    inTransaction(sql, async () => {
      const held = await sql.query('select 1 from platform.tenant limit 1');
      if (held.length > 0)
        throw new Error(
          'Cette base contient déjà des structures : restaurez dans une base vide (un dossier ESTRAN_DATA neuf, ou une base PostgreSQL neuve dans DATABASE_URL). Rien n’a été modifié.',
        );
      const lines = linesOf(await unsealed(path, passphrase));
      const first = (await lines.next()).value ?? '';
      if (!first.startsWith('{"migrations"'))
        throw new Error('Ce fichier n’est pas une sauvegarde d’Estran. Rien n’a été modifié.');
      const head = JSON.parse(first) as Head;
      const since = await migrationsSince(head.migrations);
      if (since.length > 0) await layAnew(sql, head.migrations);
      const known = new Set((await tablesOfRooms(sql)).map(({ name }) => name));
      const filler = fillerOf(sql, known, (rows, table) =>
        out.progress(rows, head.rows ?? 0, `${rows} lignes · ${table}`),
      );
      for await (const line of lines) {
        signal?.throwIfAborted();
        if (line.startsWith('{"table"')) await filler.begin((JSON.parse(line) as { table: string }).table);
        else await filler.add(line);
      }
      const rows = await filler.end();
      if (head.rows !== undefined && head.rows !== rows)
        throw new Error(
          `La sauvegarde annonce ${head.rows} lignes et en contient ${rows} : elle est abîmée. Rien n’a été modifié.`,
        );
      await continueNumbers(sql);
      for (const name of since) {
        signal?.throwIfAborted();
        await runMigration(sql, name);
      }
      if (since.length > 0) await continueNumbers(sql);
      signal?.throwIfAborted();
      if (head.key !== undefined) {
        await makeFolder(dirname(join(folder, keyFile)), 0o700);
        await writeFile(join(folder, keyFile), head.key, { mode: 0o600 });
      }
      return { rows };
    }),
  );
}

/** What migrations came after a backup; throws for one of a newer version. */
async function migrationsSince(migrations: readonly string[]): Promise<string[]> {
  const here = await migrationNames();
  const missing = migrations.filter((name) => !here.includes(name));
  if (missing.length > 0)
    throw new Error(
      `Cette sauvegarde vient d’une version plus récente d’Estran (${missing.join(', ')}) : mettez d’abord Estran à jour. Rien n’a été modifié.`,
    );
  return here.filter((name) => !migrations.includes(name));
}

/** The lines, cut at line feeds alone: a text may hold the other signs that end lines. Words for the person when the file cannot be read to its end. */
async function* linesOf(input: AsyncIterable<Buffer>): AsyncGenerator<string> {
  let begun: Buffer[] = [];
  try {
    for await (const piece of input) {
      let from = 0;
      for (let end = piece.indexOf(10); end >= 0; end = piece.indexOf(10, from)) {
        yield Buffer.concat([...begun, piece.subarray(from, end)]).toString();
        begun = [];
        from = end + 1;
      }
      begun.push(piece.subarray(from));
    }
  } catch {
    throw new Error(
      'La sauvegarde ne se lit pas : la phrase n’est pas la bonne, ou le fichier est abîmé. Rien n’a été modifié.',
    );
  }
}

/** What the file holds, decrypted and unpacked. */
async function unsealed(path: string, passphrase: string | undefined): Promise<Readable> {
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
