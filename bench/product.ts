/** The product and its database under measurement: processes of their own, counted from outside. */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startPostgres, type TestPostgres } from '../test/postgres.ts';

const root = join(import.meta.dirname, '..');

const freePort = (): Promise<number> =>
  new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as { port: number };
      server.close(() => resolve(port));
    });
  });

export interface Usage {
  /** CPU seconds of the server's process. */
  server: number;
  /** CPU seconds of the database server's processes (PostgreSQL). */
  database: number;
}
export interface Measured {
  engine: 'pglite' | 'postgres';
  port: number;
  folder: string;
  postgres?: TestPostgres;
  usage(): Usage;
  /** Resident memory now, MB; the database's counts its shared memory once. */
  memory(): { server: number; database: number };
  /** Bytes on disk of the whole database. */
  disk(): Promise<number>;
  sql<Row>(text: string): Promise<Row[]>;
  command(args: string[]): { code: number; out: string };
  /** The same for what takes long: what it printed. */
  commandLater(args: string[]): Promise<string>;
  restart(): Promise<void>;
  stop(): void;
}

const ticks = 100;
function stat(pid: number): { parent: number; own: number; waited: number } | undefined {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const f = text
      .slice(text.lastIndexOf(')') + 2)
      .split(' ')
      .map(Number);
    return { parent: f[1]!, own: (f[11]! + f[12]!) / ticks, waited: (f[13]! + f[14]!) / ticks };
  } catch {
    return undefined;
  }
}
const childrenOf = (pid: number): number[] =>
  readdirSync('/proc')
    .map(Number)
    .filter((one) => one > 0 && stat(one)?.parent === pid);
const field = (pid: number, name: string, file = 'status'): number => {
  try {
    return (
      Number(new RegExp(`^${name}:\\s+(\\d+)`, 'm').exec(readFileSync(`/proc/${pid}/${file}`, 'utf8'))?.[1] ?? 0) / 1024
    );
  } catch {
    return 0;
  }
};
const sizeOf = (path: string): number => {
  const found = statSync(path);
  return found.isDirectory() ? readdirSync(path).reduce((sum, name) => sum + sizeOf(join(path, name)), 0) : found.size;
};

export async function startProduct(engine: 'pglite' | 'postgres'): Promise<Measured> {
  const folder = mkdtempSync(join(tmpdir(), 'estran-bench-'));
  const postgres =
    engine === 'postgres'
      ? await startPostgres({ fsync: 'on', shared_buffers: '1GB', max_wal_size: '4GB', work_mem: '16MB' })
      : undefined;
  const port = await freePort();
  const env = {
    ...process.env,
    PORT: String(port),
    HOST: '127.0.0.1',
    PUBLIC_URL: `http://127.0.0.1:${port}`,
    ESTRAN_SCREENS: 'kept',
    ESTRAN_DEMO: '1',
    ESTRAN_DEMO_PATIENTS: '1,1',
    ESTRAN_DATA: folder,
    DATABASE_URL: postgres?.url ?? '',
    LOG_LEVEL: 'error',
  };
  const main = join(root, 'scripts/start.ts');
  let child: ChildProcess | undefined;
  // As `npm start` does.
  const start = () =>
    new Promise<void>((resolve, reject) => {
      child = spawn(process.execPath, [main, 'start'], { cwd: root, env, stdio: ['ignore', 'pipe', 'inherit'] });
      let out = '';
      child.stdout!.on('data', (data) => {
        out += String(data);
        if (out.includes('Estran répond')) resolve();
      });
      child.once('exit', (code) => reject(new Error(`the server ended (${code}): ${out}`)));
    });
  const end = async () => {
    const old = child!;
    const gone = new Promise((resolve) => old.once('exit', resolve));
    old.kill('SIGTERM');
    await gone;
  };
  await start();
  const client = async () => {
    const { default: pg } = await import('pg');
    const one = new pg.Client({ connectionString: postgres!.url });
    await one.connect();
    return one;
  };
  return {
    engine,
    port,
    folder,
    ...(postgres && { postgres }),
    usage() {
      const pid = postgres?.pid;
      const master = pid === undefined ? undefined : stat(pid);
      return {
        server: stat(child!.pid!)?.own ?? 0,
        database: master
          ? master.own + master.waited + childrenOf(pid!).reduce((sum, one) => sum + (stat(one)?.own ?? 0), 0)
          : 0,
      };
    },
    memory() {
      const all = postgres ? [postgres.pid, ...childrenOf(postgres.pid)] : [];
      return {
        server: Math.round(field(child!.pid!, 'VmRSS')),
        database: Math.round(all.reduce((sum, one) => sum + field(one, 'Pss', 'smaps_rollup'), 0)),
      };
    },
    async disk() {
      if (!postgres) return sizeOf(join(folder, 'pglite', 'base'));
      const one = await client();
      const { rows } = await one.query('select pg_database_size(current_database())::bigint as size');
      await one.end();
      return Number(rows[0].size);
    },
    async sql<Row>(text: string) {
      if (!postgres) return [];
      const one = await client();
      const { rows } = await one.query(text);
      await one.end();
      return rows as Row[];
    },
    command(args) {
      try {
        return {
          code: 0,
          out: execFileSync(process.execPath, [main, ...args], {
            cwd: root,
            env,
            encoding: 'utf8',
            maxBuffer: 256e6,
            stdio: ['ignore', 'pipe', 'inherit'],
          }),
        };
      } catch (error) {
        const { status, stdout } = error as { status: number; stdout: string };
        return { code: status, out: stdout };
      }
    },
    commandLater: (args) =>
      new Promise((resolve) => {
        const one = spawn(process.execPath, [main, ...args], { cwd: root, env, stdio: ['ignore', 'pipe', 'ignore'] });
        let out = '';
        one.stdout.on('data', (data) => (out += String(data)));
        one.once('close', () => resolve(out));
      }),
    async restart() {
      await end();
      await start();
    },
    stop() {
      child?.removeAllListeners('exit');
      child?.kill('SIGKILL');
      postgres?.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
