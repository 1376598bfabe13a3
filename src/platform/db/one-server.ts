import { hostname } from 'node:os';
import { setTimeout as wait } from 'node:timers/promises';
import pg from 'pg';
import { CommandError } from '../cli/command.ts';

export class DatabaseInUse extends CommandError {}

/** A lock of PostgreSQL that one session of this database holds; 727241 is that of the migrations. */
const key = 727_242;
/** Says who we are in the list of sessions (63 bytes), for whoever is refused. */
export const serverName = `estran ${process.pid} ${hostname()}`;
const holder = `select a.application_name as name, a.client_addr::text as address, a.backend_start as since
  from pg_locks l join pg_stat_activity a using (pid)
  where l.locktype = 'advisory' and l.granted and l.classid = 0 and l.objid = ${key} and l.objsubid = 1
    and l.database = (select oid from pg_database where datname = current_database())`;

export interface Holding {
  /** How long to wait for who may just be going away (killed a moment ago, stopping), ms. */
  patience?: number;
  /** Told once when it has to wait. */
  say(words: string): void;
  /** Another server took the database while the connection was cut. */
  lost(error: DatabaseInUse): void;
}

/**
 * Holds the database as its one server, from wherever: what one server tells browsers and remembers, another would not know (docs/adr/0054). On a
 * connection of its own; when it is cut (PostgreSQL restarts) it is taken again. Throws DatabaseInUse.
 */
export async function holdDatabase(
  url: string,
  { patience = 10_000, say, lost }: Holding,
): Promise<() => Promise<void>> {
  let client: pg.Client | undefined;
  let beat: NodeJS.Timeout | undefined;
  let released = false;

  async function take(): Promise<void> {
    const mine = new pg.Client({ connectionString: url, connectionTimeoutMillis: 10_000, query_timeout: 10_000 });
    mine.on('error', () => undefined);
    await mine.connect();
    try {
      // Of a machine that went off without a word, the lock is free in half a minute instead of two hours.
      await mine.query(
        'set tcp_keepalives_idle = 10; set tcp_keepalives_interval = 5; set tcp_keepalives_count = 3; set idle_session_timeout = 0',
      );
      await mine.query(`select set_config('application_name', $1, false)`, [serverName]);
      await locked(mine);
    } catch (error) {
      void mine.end();
      throw error;
    }
    client = mine;
    beat = setInterval(() => mine.query('select 1').catch(() => cut(mine)), 10_000).unref();
    mine.once('end', () => cut(mine));
  }

  async function locked(mine: pg.Client): Promise<void> {
    for (const began = performance.now(); ; await wait(200)) {
      const { rows } = await mine.query<{ held: boolean }>(`select pg_try_advisory_lock(${key}) as held`);
      if (rows[0]?.held) return;
      const waited = performance.now() - began;
      if (waited < 200 && patience > 200)
        say(
          `Un autre serveur Estran tient cette base : s’il s’arrête dans les ${patience / 1000} s, celui-ci le suit.`,
        );
      if (released || waited >= patience) throw new DatabaseInUse(saidOf((await mine.query(holder)).rows[0]));
    }
  }

  function cut(mine: pg.Client): void {
    if (client !== mine) return;
    client = undefined;
    clearInterval(beat);
    void mine.end();
    if (!released) void again();
  }

  async function again(): Promise<void> {
    while (!released)
      try {
        return await take();
      } catch (error) {
        if (error instanceof DatabaseInUse) return released ? undefined : lost(error);
        // The database is away: everyone is told so by what they ask.
        await wait(500);
      }
  }

  await take();
  return async () => {
    released = true;
    clearInterval(beat);
    const mine = client;
    client = undefined;
    // A wire that is dead says no goodbye.
    await Promise.race([mine?.end(), wait(1_000, undefined, { ref: false })]);
  };
}

/** Whether the server of this name is the one that holds the database; false too when nobody can be asked. */
export async function holdsDatabase(url: string, server: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 10_000, query_timeout: 10_000 });
  client.on('error', () => undefined);
  try {
    await client.connect();
    const { rows } = await client.query<{ same: boolean }>(
      `select h.name = $1::name::text as same from (${holder}) h`,
      [server],
    );
    return rows[0]?.same === true;
  } catch {
    return false;
  } finally {
    void client.end();
  }
}

function saidOf(row: { name: string | null; address: string | null; since: Date } | undefined): string {
  const [, pid, host] = /^estran (\d+) (.+)$/.exec(row?.name ?? '') ?? [];
  const where =
    host === undefined
      ? row?.address && ` (depuis ${row.address})`
      : ` (processus ${pid} ${host === hostname() ? 'de cette machine' : `de la machine ${host}`})`;
  return `Un autre serveur Estran tient déjà la base de DATABASE_URL${where || ''} : un seul la sert à la fois. Arrêtez-le d’abord, ou donnez à DATABASE_URL une autre base.`;
}
