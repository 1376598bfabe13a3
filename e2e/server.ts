/** The product itself, started as anyone would start it, in a folder of its own. */
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export const root = join(import.meta.dirname, '..');

export interface Server {
  url: string;
  /** Everything it has printed so far. */
  output(): string;
  /** What it prints, now or later, that matches. */
  says(pattern: RegExp): Promise<RegExpExecArray>;
  stop(): Promise<void>;
}

const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as { port: number };
      probe.close(() => resolve(port));
    });
  });

const running = new Set<{ child: ChildProcess; data: string }>();
// A run that is cut short leaves nothing behind.
process.on('exit', () => {
  for (const { child, data } of running) {
    child.kill('SIGKILL');
    rmSync(data, { recursive: true, force: true, maxRetries: 3 });
  }
});

/** Starts the product on a free port and waits until it answers; throws with its output when it ends before. */
export async function startServer(env: Record<string, string>): Promise<Server> {
  const port = await freePort();
  const data = mkdtempSync(join(tmpdir(), 'estran-e2e-'));
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', 'scripts/start.ts', 'start'], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      ...process.env,
      NODE_OPTIONS: '',
      NODE_TEST_CONTEXT: '',
      TZ: 'Europe/Paris',
      DATABASE_URL: '',
      SMTP_URL: '',
      PORT: String(port),
      HOST: '127.0.0.1',
      ESTRAN_DATA: data,
      PUBLIC_URL: `http://localhost:${port}`,
      ...env,
    },
  });
  const kept = { child, data };
  running.add(kept);
  const ended = new Promise<number | null>((resolve) => child.once('exit', resolve));
  let text = '';
  const url = `http://localhost:${port}`;
  await new Promise<void>((resolve, reject) => {
    const hear = (chunk: Buffer) => {
      text += chunk;
      if (text.includes('Estran répond sur')) resolve();
    };
    child.stdout?.on('data', hear);
    child.stderr?.on('data', hear);
    void ended.then((code) => reject(new Error(`The server ended with ${code} before it answered:\n${text}`)));
  });
  return {
    url,
    output: () => text,
    says: (pattern) =>
      new Promise((resolve, reject) => {
        const look = () => {
          const found = pattern.exec(text);
          if (!found) return;
          child.stdout?.off('data', look);
          resolve(found);
        };
        child.stdout?.on('data', look);
        void ended.then(() => reject(new Error(`The server ended without saying ${pattern}`)));
        look();
      }),
    async stop() {
      child.kill('SIGTERM');
      const late = setTimeout(() => child.kill('SIGKILL'), 5_000);
      await ended;
      clearTimeout(late);
      running.delete(kept);
      rmSync(data, { recursive: true, force: true, maxRetries: 3 });
    },
  };
}
