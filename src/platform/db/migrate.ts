import { readdir, readFile } from 'node:fs/promises';
import { CommandError } from '../cli/command.ts';
import { type Db, inTransaction, type Sql } from './db.ts';

const folder = new URL('../../../migrations/', import.meta.url);

/** Statements of a migration file: cut at the semicolons that end a line, outside dollar quotes. */
function statements(text: string): string[] {
  const found: string[] = [];
  let current = '';
  let quoted = false;
  for (const line of text.split('\n')) {
    if ((line.match(/\$\$/g)?.length ?? 0) % 2 === 1) quoted = !quoted;
    current += `${line}\n`;
    if (!quoted && line.replace(/--.*$/, '').trimEnd().endsWith(';')) {
      found.push(current);
      current = '';
    }
  }
  if (current.replace(/--.*$/gm, '').trim()) found.push(current);
  return found;
}

/** Names of the migrations of this version, in their order. */
export const migrationNames = async (): Promise<string[]> =>
  (await readdir(folder)).filter((name) => name.endsWith('.sql')).sort();
const textOf = (name: string): Promise<string> => readFile(new URL(name, folder), 'utf8');

/** Within the transaction it is given. */
export async function runMigration(sql: Sql, name: string): Promise<void> {
  for (const statement of statements(await textOf(name))) await sql.query(statement);
  await sql.query('insert into public.estran_migration (name) values ($1)', [name]);
}
/** Takes away all that migrations made, and makes it again as far as `names` go: empty, as a version of then had it. Within the transaction it is given. */
export async function layAnew(sql: Sql, names: readonly string[]): Promise<void> {
  const all = (await Promise.all((await migrationNames()).map(textOf))).join('\n');
  const ours = [...all.matchAll(/^create schema (\w+);/gm)].map(([, name]) => name!);
  await sql.query(`drop schema if exists ${ours.join(', ')} cascade`);
  await sql.query('delete from public.estran_migration');
  for (const name of [...names].sort()) await runMigration(sql, name);
}

/**
 * Brings the database to the newest schema; returns the migrations that ran. Each is one transaction.
 * @param alone keeps others away while there is something to run; returns the way to let them in again
 */
export async function migrate(db: Db, alone?: () => Promise<() => Promise<void>>): Promise<string[]> {
  return db.owner('migrations', async (sql) => {
    await sql.query(
      'create table if not exists public.estran_migration (name text primary key, at timestamptz not null default now())',
    );
    // Two servers may start together on one PostgreSQL: the second waits, then finds nothing to do.
    await sql.query('select pg_advisory_lock(727241)');
    try {
      const done = new Set(
        (await sql.query<{ name: string }>('select name from public.estran_migration')).map((row) => row.name),
      );
      const known = await migrationNames();
      const later = [...done].filter((name) => !known.includes(name));
      // Code of before would write into tables whose rules it does not know.
      if (later.length > 0)
        throw new CommandError(
          `Cette base vient d’une version plus récente d’Estran (${later.sort().join(', ')}) : mettez Estran à jour, ou restaurez dans une base neuve une sauvegarde d’avant. Rien n’a été modifié.`,
        );
      const files = known.filter((name) => !done.has(name));
      if (files.length === 0) return files;
      const letIn = await alone?.();
      try {
        for (const name of files) await inTransaction(sql, () => runMigration(sql, name));
      } finally {
        await letIn?.();
      }
      return files;
    } finally {
      await sql.query('select pg_advisory_unlock(727241)');
    }
  });
}
