/**
 * The load: a process of its own, so that its cost is not taken for the server's. It shares the machine's cores with the server all the same: requests
 * are bytes made beforehand, written to sockets, and of an answer only its head and its length are read. Started by run.ts with an IPC channel.
 */
import { connect, type Socket } from 'node:net';

export interface Shot {
  method: string;
  path: string;
  body?: string;
  headers?: Record<string, string>;
}
export interface Task {
  port: number;
  clients: number;
  seconds: number;
  /** At most so many requests; they are sent in order and then begun anew. */
  shots: Shot[];
  headers: Record<string, string>;
  /** Each shot once and no more (creates with a body of their own). */
  once?: boolean;
}
export interface Outcome {
  done: number;
  failed: number;
  firstFailure?: string;
  seconds: number;
  p50: number;
  p95: number;
  p99: number;
  bytes: number;
}
interface Answer {
  status: number;
  body: Buffer;
}

const headEnd = Buffer.from('\r\n\r\n');
const lastChunk = Buffer.from('\r\n0\r\n\r\n');

/** HTTP/1.1 on the wire: https://www.rfc-editor.org/rfc/rfc9112 */
function wire({ method, path, body, headers }: Shot, task: Task): Buffer {
  const all = {
    host: `127.0.0.1:${task.port}`,
    ...task.headers,
    ...headers,
    ...(body !== undefined && { 'content-length': String(Buffer.byteLength(body)) }),
  };
  return Buffer.from(
    `${method} ${path} HTTP/1.1\r\n${Object.entries(all)
      .map(([name, value]) => `${name}: ${value}\r\n`)
      .join('')}\r\n${body ?? ''}`,
  );
}

/** Bytes of the body that follows this head; undefined when it comes in chunks, to the last one. */
function lengthOf(head: string, status: number): number | undefined {
  if (status === 204 || status === 304) return 0;
  const length = /\r\ncontent-length: (\d+)/i.exec(head)?.[1];
  if (length !== undefined) return Number(length);
  if (/\r\ntransfer-encoding: chunked/i.test(head)) return undefined;
  throw new Error(`an answer of unknown length: ${head.slice(0, 200)}`);
}

/** One client: a connection that is kept, one request at a time. */
class Client {
  readonly #socket: Socket;
  #parts: Buffer[] = [];
  #size = 0;
  #wait: { resolve(answer: Answer): void; reject(error: Error): void } | undefined;
  /** Of the answer under way: where its body begins, and its whole size when it is known. */
  #head: { status: number; at: number; whole: number | undefined } | undefined;

  constructor(port: number) {
    this.#socket = connect({ port, host: '127.0.0.1', noDelay: true });
    this.#socket.on('data', (part) => this.#take(part));
    this.#socket.on('error', (error) => this.#fail(error));
    this.#socket.on('close', () => this.#fail(new Error('the server closed the connection')));
  }

  ask(request: Buffer): Promise<Answer> {
    return new Promise((resolve, reject) => {
      this.#wait = { resolve, reject };
      this.#socket.write(request);
    });
  }

  end(): void {
    this.#socket.destroy();
  }

  #fail(error: Error): void {
    this.#wait?.reject(error);
    this.#wait = undefined;
  }

  #take(part: Buffer): void {
    this.#parts.push(part);
    this.#size += part.length;
    try {
      this.#head ??= this.#readHead();
      if (this.#head && this.#isWhole(this.#head)) this.#answer(this.#head);
    } catch (error) {
      this.#fail(error as Error);
    }
  }

  #readHead() {
    const text = this.#all();
    const end = text.indexOf(headEnd);
    if (end < 0) return undefined;
    const head = text.toString('latin1', 0, end + 2);
    const status = Number(head.slice(9, 12));
    const length = lengthOf(head, status);
    const at = end + headEnd.length;
    return { status, at, whole: length === undefined ? undefined : at + length };
  }

  #isWhole({ whole }: { whole: number | undefined }): boolean {
    return whole === undefined ? this.#all().subarray(-lastChunk.length).equals(lastChunk) : this.#size >= whole;
  }

  #answer({ status, at }: { status: number; at: number }): void {
    const body = this.#all().subarray(at);
    const wait = this.#wait;
    this.#parts = [];
    this.#size = 0;
    this.#head = undefined;
    this.#wait = undefined;
    wait?.resolve({ status, body });
  }

  /** What has come so far, in one piece. */
  #all(): Buffer {
    if (this.#parts.length > 1) this.#parts = [Buffer.concat(this.#parts)];
    return this.#parts[0]!;
  }
}

async function run(task: Task): Promise<Outcome> {
  const requests = task.shots.map((shot) => wire(shot, task));
  const times: number[] = [];
  let at = 0;
  let failed = 0;
  let bytes = 0;
  let firstFailure: string | undefined;
  const began = performance.now();
  const end = began + task.seconds * 1000;
  const one = async (client: Client) => {
    while (performance.now() < end && !(task.once && at >= requests.length)) {
      const which = at++ % requests.length;
      const fail = (why: string) => {
        failed++;
        firstFailure ??= `${task.shots[which]!.method} ${task.shots[which]!.path}: ${why}`;
      };
      const start = performance.now();
      try {
        const { status, body } = await client.ask(requests[which]!);
        times.push(performance.now() - start);
        bytes += body.length;
        if (status >= 300) fail(`${status} ${body.toString().slice(0, 300)}`);
      } catch (error) {
        fail(String(error));
        client.end();
        return one(new Client(task.port));
      }
    }
    client.end();
  };
  await Promise.all(Array.from({ length: task.clients }, () => one(new Client(task.port))));
  const seconds = (performance.now() - began) / 1000;
  times.sort((a, b) => a - b);
  const part = (p: number) => times[Math.min(times.length - 1, Math.floor(times.length * p))] ?? Number.NaN;
  return {
    done: times.length,
    failed,
    ...(firstFailure && { firstFailure }),
    seconds,
    p50: part(0.5),
    p95: part(0.95),
    p99: part(0.99),
    bytes,
  };
}

process.on('message', (task: Task) => {
  run(task).then((outcome) => process.send!(outcome));
});
process.on('disconnect', () => process.exit(0));
