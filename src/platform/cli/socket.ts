import { chmod, rm } from 'node:fs/promises';
import { connect, createServer, type Socket } from 'node:net';
import { holdsDatabase, serverName } from '../db/one-server.ts';
import { socketPath } from '../folder.ts';
import { CommandError, type Terminal } from './command.ts';
import { wordsOf } from './words.ts';

type Message =
  | { line: string }
  | { error: string }
  | { progress: [number, number, string] }
  | { json: unknown }
  | { exit: number }
  /** Serves another address than the one that was named; it is the same database when `servedBy` holds it. */
  | { elsewhere: true; servedBy?: string };

export type Runner = (argv: string[], cwd: string, out: Terminal, signal: AbortSignal) => Promise<number>;

export interface Ear {
  /** Listens no more and asks the commands at work to stop, as Ctrl-C would; resolves when they have. */
  close(): Promise<void>;
  /** Lets go of those that do not stop, once they have had a second to say so. */
  cut(): void;
}

/** Listens until closed. Only the owner of the data folder may connect. `database`: the address of this server's own, when it is not the embedded engine. */
export async function listenForCommands(folder: string, run: Runner, database?: string): Promise<Ear> {
  const path = socketPath(folder);
  if (process.platform !== 'win32') await rm(path, { force: true });
  const callers = new Map<Socket, () => void>();
  const server = createServer((socket) => {
    callers.set(socket, serve(socket, run, database));
    socket.once('close', () => callers.delete(socket));
  });
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(path, resolve));
  if (process.platform !== 'win32') await chmod(path, 0o600);
  return {
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const stop of callers.values()) stop();
      }),
    cut: () =>
      void setTimeout(() => {
        for (const socket of callers.keys()) socket.destroy();
      }, 1_000),
  };
}

/** Returns what asks the command to stop; who has asked for none is let go. */
function serve(socket: Socket, run: Runner, database: string | undefined): () => void {
  const gone = new AbortController();
  socket.on('close', () => gone.abort());
  socket.on('error', () => gone.abort());
  const send = (message: Message) => {
    if (!socket.destroyed) socket.write(`${JSON.stringify(message)}\n`);
  };
  let text = '';
  let asked = false;
  socket.setEncoding('utf8');
  socket.on('data', (chunk: string) => {
    // Whatever comes after the question asks to stop.
    if (asked) return gone.abort();
    text += chunk;
    if (text.length > 1_000_000) return socket.destroy();
    const end = text.indexOf('\n');
    if (end < 0) return;
    asked = true;
    const question = questionOf(text.slice(0, end));
    if (!question) return socket.destroy();
    const { argv, cwd } = question;
    if (question.database !== undefined && question.database !== database) {
      send({ elsewhere: true, ...(database !== undefined && { servedBy: serverName }) });
      return socket.end();
    }
    const out: Terminal = {
      line: (line) => send({ line }),
      error: (error) => send({ error }),
      progress: (...progress) => send({ progress }),
      json: (json) => send({ json }),
    };
    run(argv, cwd, out, gone.signal)
      .catch((error: unknown) => {
        send({ error: wordsOf(error) ?? (error instanceof Error ? error.message : String(error)) });
        return 1;
      })
      .then((exit) => {
        send({ exit });
        socket.end();
      });
  });
  return () => (asked ? gone.abort() : socket.destroy());
}

function questionOf(line: string): { argv: string[]; cwd: string; database?: string } | undefined {
  try {
    const asked = JSON.parse(line) as { argv?: unknown; cwd?: unknown; database?: unknown } | null;
    return Array.isArray(asked?.argv) &&
      asked.argv.every((one) => typeof one === 'string') &&
      typeof asked.cwd === 'string'
      ? { argv: asked.argv, cwd: asked.cwd, ...(typeof asked.database === 'string' && { database: asked.database }) }
      : undefined;
  } catch {
    return undefined;
  }
}

/**
 * Runs a command in the server that holds `folder`; null when none listens there, or when it serves another database than the one that is named.
 * One database has many addresses (localhost, 127.0.0.1, a socket): where they are not written alike, the database itself says who serves it.
 * @param holds whether the server of this name serves the database that is named
 */
export async function askServer(
  folder: string,
  argv: readonly string[],
  out: Terminal,
  signal: AbortSignal,
  database?: string,
  holds: (server: string) => Promise<boolean> = (server) => holdsDatabase(database!, server),
): Promise<number | null> {
  const answer = await askOnce(folder, argv, out, signal, database);
  if (typeof answer === 'number') return answer;
  return answer?.servedBy !== undefined && (await holds(answer.servedBy)) ? askServer(folder, argv, out, signal) : null;
}

/** The exit code; who answers there when it serves another address than the one named; null when nobody does. */
function askOnce(
  folder: string,
  argv: readonly string[],
  out: Terminal,
  signal: AbortSignal,
  database: string | undefined,
): Promise<number | null | { servedBy?: string }> {
  return new Promise((resolve, reject) => {
    const socket = connect(socketPath(folder));
    let exit: number | { servedBy?: string } | undefined;
    let text = '';
    socket.setEncoding('utf8');
    let there = false;
    socket.once('error', (error: NodeJS.ErrnoException) => {
      if (there) return;
      if (error.code === 'ENOENT' || error.code === 'ECONNREFUSED' || error.code === 'ENOTDIR') return resolve(null);
      const closed = error.code === 'EACCES' || error.code === 'EPERM';
      reject(
        closed
          ? new CommandError(
              `Un serveur lancé par quelqu’un d’autre tient ${folder} : lancez la commande sous le même utilisateur que lui.`,
            )
          : error,
      );
    });
    socket.once('connect', () => {
      there = true;
      socket.write(`${JSON.stringify({ argv, cwd: process.cwd(), database })}\n`);
    });
    signal.addEventListener('abort', () => socket.write('stop\n'), { once: true });
    socket.on('data', (chunk: string) => {
      text += chunk;
      const lines = text.split('\n');
      text = lines.pop() ?? '';
      for (const line of lines) {
        const message = JSON.parse(line) as Message;
        if ('line' in message) out.line(message.line);
        else if ('error' in message) out.error(message.error);
        else if ('progress' in message) out.progress(...message.progress);
        else if ('json' in message) out.json(message.json);
        else exit = 'exit' in message ? message.exit : { servedBy: message.servedBy };
      }
    });
    socket.on('close', () => {
      if (exit !== undefined) resolve(exit);
      else if (there)
        reject(
          new CommandError(
            'Le serveur s’est arrêté avant la fin de la commande. Redémarrez-le et relancez la commande : ce qui était acquitté est gardé.',
          ),
        );
    });
  });
}
