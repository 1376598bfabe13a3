import { join } from 'node:path';
import type { Config } from '../config.ts';
import { lockFolder } from '../lock.ts';
import { CommandError } from '../cli/command.ts';
import type { Db } from './db.ts';
import { migrate } from './migrate.ts';
import { DatabaseInUse, type Holding, holdDatabase } from './one-server.ts';
import { openPglite } from './pglite.ts';
import { openPostgres } from './postgres.ts';

/**
 * The engine of the configuration, migrated. The embedded one is locked for this process.
 * @param server opened by a server: on PostgreSQL too it is then the only one of its folder and of its database. Commands work beside it.
 */
export async function openDatabase(config: Config, server?: Holding): Promise<{ db: Db; release(): Promise<void> }> {
  const { databaseUrl, data } = config;
  const ends: (() => Promise<void>)[] = [];
  const release = async () => {
    for (let end = ends.pop(); end; end = ends.pop()) await end();
  };
  if (server || !databaseUrl) ends.push(await lockFolder(data));
  try {
    const db = databaseUrl ? await openPostgres(databaseUrl) : await openPglite(join(data, 'pglite'));
    try {
      if (databaseUrl) await refuseUnfit(db);
      // Before the migrations: they are not for a database that another version serves at this moment.
      if (databaseUrl && server) ends.push(await holdDatabase(databaseUrl, server));
      await migrate(db, databaseUrl && !server ? () => withoutServer(databaseUrl) : undefined);
    } catch (error) {
      await db.close();
      throw error;
    }
    return { db, release };
  } catch (error) {
    await release();
    throw error;
  }
}

/** A server that is at work knows the database as it was when it started: no command changes it under its feet. */
const withoutServer = (url: string) =>
  holdDatabase(url, { patience: 0, say: () => undefined, lost: () => undefined }).catch((error: unknown) => {
    throw error instanceof DatabaseInUse
      ? new CommandError(
          `Cette version d’Estran a d’abord la base à mettre à jour, ce qui ne se fait pas pendant qu’un serveur la sert. ${error.message}`,
        )
      : error;
  });

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
