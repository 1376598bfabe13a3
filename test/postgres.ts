import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from './durability-server.ts';

/** Folder of PostgreSQL's server programs (15 or later) on this machine: that of ESTRAN_TEST_POSTGRES, else the newest; undefined when it has none. */
export function postgresPrograms(): string | undefined {
  const wanted = process.env.ESTRAN_TEST_POSTGRES;
  if (wanted) {
    if (existsSync(join(wanted, 'initdb')) && existsSync(join(wanted, 'postgres'))) return wanted;
    throw new Error(`ESTRAN_TEST_POSTGRES: ${wanted} holds no initdb and postgres.`);
  }
  const base = '/usr/lib/postgresql';
  const versions = existsSync(base)
    ? readdirSync(base)
        .map(Number)
        .filter((version) => version >= 15)
        .sort((a, b) => b - a)
    : [];
  const folders = [
    ...versions.map((version) => join(base, String(version), 'bin')),
    ...(process.env.PATH ?? '').split(':'),
  ];
  return folders.find((folder) => existsSync(join(folder, 'initdb')) && existsSync(join(folder, 'postgres')));
}

export interface TestPostgres {
  url: string;
  pid: number;
  /** Its data folder. */
  data: string;
  /** Ends it as an administrator does, and starts it again on the same port. */
  restart(): void;
  stop(): void;
}

/** A server of our own on loopback, its data in a temporary folder; as another user when we are root, who may not run it. */
export async function startPostgres(settings: Record<string, string> = {}): Promise<TestPostgres> {
  const programs = postgresPrograms();
  if (!programs) throw new Error('There is no PostgreSQL server on this machine.');
  const folder = mkdtempSync(join(tmpdir(), 'estran-pg-'));
  const root = process.getuid?.() === 0;
  const as = (program: string, args: string[]) => {
    const [file, all] = root
      ? ['setpriv', ['--reuid=postgres', '--regid=postgres', '--clear-groups', join(programs, program), ...args]]
      : [join(programs, program), args];
    const done = spawnSync(file, all, { encoding: 'utf8', cwd: folder, stdio: ['ignore', 'ignore', 'pipe'] });
    if (done.status !== 0) throw new Error(`${program}: ${done.stderr}`);
  };
  if (root) {
    const id = (flag: string) => Number(execFileSync('id', [flag, 'postgres'], { encoding: 'utf8' }));
    chownSync(folder, id('-u'), id('-g'));
  }
  chmodSync(folder, 0o700);
  const data = join(folder, 'data');
  const port = await freePort();
  as('initdb', ['-D', data, '-U', 'estran', '--auth=trust', '-E', 'UTF8', '--locale=C.UTF-8']);
  const all = {
    port: String(port),
    listen_addresses: '127.0.0.1',
    unix_socket_directories: folder,
    shared_buffers: '256MB',
    max_wal_size: '2GB',
    ...settings,
  };
  const options = Object.entries(all)
    .map(([name, value]) => `-c ${name}='${value}'`)
    .join(' ');
  as('pg_ctl', ['-D', data, '-w', '-l', join(folder, 'log'), '-o', options, 'start']);
  const pid = Number(execFileSync('head', ['-n1', join(data, 'postmaster.pid')], { encoding: 'utf8' }));
  let stopped = false;
  const stop = () => {
    if (stopped) return;
    stopped = true;
    try {
      as('pg_ctl', ['-D', data, '-m', 'immediate', '-w', 'stop']);
    } catch {
      // It has stopped already.
    }
    rmSync(folder, { recursive: true, force: true });
  };
  process.on('exit', stop);
  const restart = () => as('pg_ctl', ['-D', data, '-m', 'fast', '-w', '-l', join(folder, 'log'), 'restart']);
  return { url: `postgres://estran@127.0.0.1:${port}/postgres`, pid, data, restart, stop };
}
