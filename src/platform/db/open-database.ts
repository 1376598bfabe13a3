import { join } from 'node:path';
import type { Config } from '../config.ts';
import { lockFolder } from '../lock.ts';
import type { Db } from './db.ts';
import { migrate } from './migrate.ts';
import { openPglite } from './pglite.ts';
import { openPostgres } from './postgres.ts';

/** The engine of the configuration, migrated. The embedded one is locked for this process. */
export async function openDatabase(config: Config): Promise<{ db: Db; release(): Promise<void> }> {
  if (config.databaseUrl) {
    const db = await openPostgres(config.databaseUrl);
    await migrate(db);
    return { db, release: async () => undefined };
  }
  const release = await lockFolder(config.data);
  const db = await openPglite(join(config.data, 'pglite'));
  await migrate(db);
  return { db, release };
}
