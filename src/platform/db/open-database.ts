import { join } from 'node:path';
import type { Config } from '../config.ts';
import { lockFolder } from '../lock.ts';
import { CommandError } from '../cli/command.ts';
import type { Db } from './db.ts';
import { migrate } from './migrate.ts';
import { openPglite } from './pglite.ts';
import { openPostgres } from './postgres.ts';

/** The engine of the configuration, migrated. The embedded one is locked for this process. */
export async function openDatabase(config: Config): Promise<{ db: Db; release(): Promise<void> }> {
  if (config.databaseUrl) {
    const db = await openPostgres(config.databaseUrl);
    try {
      await refuseUnfit(db);
      await migrate(db);
    } catch (error) {
      await db.close();
      throw error;
    }
    return { db, release: async () => undefined };
  }
  const release = await lockFolder(config.data);
  const db = await openPglite(join(config.data, 'pglite'));
  await migrate(db);
  return { db, release };
}

/** An older server fails halfway through the migrations, one of another encoding at the first accent: said before anything is made. */
async function refuseUnfit(db: Db): Promise<void> {
  const [found] = await db.owner('is this server fit', (sql) =>
    sql.query<{ version: number; told: string; encoding: string }>(
      `select current_setting('server_version_num')::int as version, current_setting('server_version') as told, current_setting('server_encoding') as encoding`,
    ),
  );
  const { version, told, encoding } = found!;
  if (version < 150_000)
    throw new CommandError(`Ce serveur est PostgreSQL ${told} : Estran demande la version 15 ou une plus récente.`);
  if (encoding !== 'UTF8')
    throw new CommandError(
      `La base est codée en ${encoding} : Estran demande UTF8. Créez-la ainsi : create database estran owner estran encoding 'UTF8' template template0.`,
    );
}
