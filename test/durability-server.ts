import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { request } from 'node:http';
import { createServer } from 'node:net';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..');
const main = join(root, 'src/main.ts');

/** A port nobody listens on, under those that outgoing connections are given: it stays free while its server is dead. */
export const freePort = async (): Promise<number> => {
  for (;;) {
    const port = 20_000 + Math.floor(Math.random() * 12_000);
    const free = await new Promise<boolean>((resolve) => {
      const server = createServer().once('error', () => resolve(false));
      server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
    });
    if (free) return port;
  }
};

export interface Reply {
  status: number;
  body: string;
  headers: Record<string, string | string[] | undefined>;
}

/** The product as a process of its own, as people run it; the same settings for its command line. */
export class Product {
  readonly env: NodeJS.ProcessEnv;
  readonly port: number;
  /** What it said on its error stream. */
  said = '';
  #child: ChildProcess | undefined;
  token = '';
  constructor(port: number, env: NodeJS.ProcessEnv) {
    this.port = port;
    this.env = {
      ...process.env,
      ESTRAN_SCREENS: 'kept',
      ESTRAN_DEMO: '0',
      LOG_LEVEL: 'error',
      HOST: '127.0.0.1',
      NODE_COMPILE_CACHE: join(root, 'node_modules/.cache/estran-compile'),
      PORT: String(port),
      ...env,
    };
  }
  get pid(): number | undefined {
    return this.#child?.pid;
  }

  /** Starts it and waits until it answers; ms it took. */
  async start(): Promise<number> {
    const began = performance.now();
    this.said = '';
    const child = spawn(process.execPath, [main, 'start'], {
      cwd: root,
      env: this.env,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.#child = child;
    child.stderr!.on('data', (data) => (this.said += String(data)));
    await new Promise<void>((resolve, reject) => {
      let out = '';
      child.stdout!.on('data', (data) => {
        out += String(data);
        if (out.includes('Estran répond')) resolve();
      });
      child.once('exit', (code, signal) =>
        reject(new Error(`The server ended before it answered (${code ?? signal}): ${out}${this.said}`)),
      );
    });
    return performance.now() - began;
  }

  /** Ends it without a warning, as a power cut of the machine's user would: SIGKILL; its exit code, where it has one. */
  async end(signal: NodeJS.Signals = 'SIGKILL'): Promise<number | null> {
    const child = this.#child;
    this.#child = undefined;
    if (!child || child.exitCode !== null || child.signalCode !== null) return null;
    const gone = new Promise<number | null>((resolve) => child.once('exit', resolve));
    child.kill(signal);
    return gone;
  }

  /** Runs a command; its answer as JSON. */
  command(...args: string[]): unknown {
    return JSON.parse(
      execFileSync(process.execPath, [main, ...args, '--json'], {
        cwd: root,
        env: this.env,
        encoding: 'utf8',
        maxBuffer: 64e6,
      }),
    );
  }

  /** One request; rejects when the connection breaks. */
  send(method: string, path: string, body?: unknown, headers: Record<string, string> = {}): Promise<Reply> {
    return new Promise((resolve, reject) => {
      const text = body === undefined ? undefined : typeof body === 'string' ? body : JSON.stringify(body);
      const outgoing = request(
        {
          host: '127.0.0.1',
          port: this.port,
          method,
          path,
          headers: {
            ...(this.token && { authorization: `Bearer ${this.token}` }),
            ...(text !== undefined && {
              'content-type': 'application/fhir+json',
              'content-length': String(Buffer.byteLength(text)),
            }),
            ...headers,
          },
        },
        (incoming) => {
          const parts: Buffer[] = [];
          incoming.on('data', (part: Buffer) => parts.push(part));
          incoming.on('end', () =>
            incoming.complete
              ? resolve({
                  status: incoming.statusCode!,
                  body: Buffer.concat(parts).toString(),
                  headers: incoming.headers,
                })
              : reject(new Error('cut off')),
          );
          incoming.on('error', reject);
        },
      );
      outgoing.on('error', reject);
      outgoing.end(text);
    });
  }

  /** Gets an access token for a client that was created before. */
  async signIn(client: { client_id: string; client_secret: string }): Promise<void> {
    const reply = await this.send('POST', '/oauth2/token', 'grant_type=client_credentials', {
      'content-type': 'application/x-www-form-urlencoded',
      authorization: `Basic ${Buffer.from(`${client.client_id}:${client.client_secret}`).toString('base64')}`,
    });
    if (reply.status !== 200) throw new Error(`no token: ${reply.status} ${reply.body}`);
    this.token = (JSON.parse(reply.body) as { access_token: string }).access_token;
  }
}
