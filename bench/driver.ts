/** The load: a process of its own, so that its cost is not taken for the server's. Started by run.ts with an IPC channel. */
import { Agent, request } from 'node:http';

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

async function run(task: Task): Promise<Outcome> {
  const agent = new Agent({ keepAlive: true, maxSockets: task.clients });
  const times: number[] = [];
  let at = 0;
  let failed = 0;
  let bytes = 0;
  let firstFailure: string | undefined;
  const began = performance.now();
  const end = began + task.seconds * 1000;
  const one = (shot: Shot) =>
    new Promise<void>((resolve) => {
      const start = performance.now();
      const fail = (why: string) => {
        failed++;
        firstFailure ??= `${shot.method} ${shot.path}: ${why}`;
        resolve();
      };
      const outgoing = request({ agent, host: '127.0.0.1', port: task.port, method: shot.method, path: shot.path, headers: { ...task.headers, ...shot.headers, ...(shot.body !== undefined && { 'content-length': String(Buffer.byteLength(shot.body)) }) } }, (incoming) => {
        const parts: Buffer[] = [];
        incoming.on('data', (part: Buffer) => parts.push(part));
        incoming.on('error', (error) => fail(String(error)));
        incoming.on('end', () => {
          for (const part of parts) bytes += part.length;
          times.push(performance.now() - start);
          if (incoming.statusCode! >= 300) return fail(`${incoming.statusCode} ${Buffer.concat(parts).toString().slice(0, 300)}`);
          resolve();
        });
      });
      outgoing.on('error', (error) => fail(String(error)));
      outgoing.end(shot.body);
    });
  await Promise.all(
    Array.from({ length: task.clients }, async () => {
      while (performance.now() < end && !(task.once && at >= task.shots.length)) await one(task.shots[at++ % task.shots.length]!);
    }),
  );
  const seconds = (performance.now() - began) / 1000;
  agent.destroy();
  times.sort((a, b) => a - b);
  const part = (p: number) => times[Math.min(times.length - 1, Math.floor(times.length * p))] ?? Number.NaN;
  return { done: times.length, failed, ...(firstFailure && { firstFailure }), seconds, p50: part(0.5), p95: part(0.95), p99: part(0.99), bytes };
}

process.on('message', (task: Task) => {
  run(task).then((outcome) => process.send!(outcome));
});
process.on('disconnect', () => process.exit(0));
