import type { FastifyReply, FastifyRequest } from 'fastify';
import { remembered } from './contract.ts';

/** A hint to one person's browsers: what changed, never its content. */
export interface Hint {
  topic: string;
  [name: string]: string | number | boolean | null;
}
interface Open {
  send(hint: Hint): void;
}

/**
 * Server-sent events, one stream a browser: hints that something of this person's changed, after which the page asks again, under its
 * rights of that moment. A stream that was cut is opened again by the browser, which then reads everything anew: a lost hint loses nothing.
 * Neither does one told before the stream was open: the opening says so.
 */
export class Live {
  #open = new Map<string, Set<Open>>();
  #stops = new Set<() => void>();
  /** When something was last told, by person and by practice. */
  #told = new Map<string, number>();
  #swept = 0;

  /** Number of streams that are open. */
  get size(): number {
    return this.#stops.size;
  }
  tell(tenant: number, practitioner: string, hint: Hint): void {
    const key = `${tenant} ${practitioner}`;
    this.#note(key);
    for (const one of this.#open.get(key) ?? []) one.send(hint);
  }
  /** To all of a practice. */
  tellAll(tenant: number, hint: Hint): void {
    const prefix = `${tenant} `;
    this.#note(prefix);
    for (const [key, set] of this.#open) if (key.startsWith(prefix)) for (const one of set) one.send(hint);
  }
  #note(key: string): void {
    const now = performance.now();
    this.#told.set(key, now);
    if (now - this.#swept < remembered) return;
    this.#swept = now;
    for (const [one, at] of this.#told) if (at < now - remembered) this.#told.delete(one);
  }
  /**
   * Takes the reply over until the browser leaves or the session ends.
   * @param stillOpen rejects when the session behind the stream no longer stands; asked every 20 s
   */
  stream(
    request: FastifyRequest,
    reply: FastifyReply,
    tenant: number,
    practitioner: string,
    stillOpen: () => Promise<unknown>,
  ): void {
    reply.hijack();
    const { raw } = reply;
    raw.writeHead(200, {
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
      'x-accel-buffering': 'no',
      connection: 'keep-alive',
    });
    // No event named «open»: a browser would take it for a second opening of the stream.
    raw.write('retry: 1000\n\n');
    const key = `${tenant} ${practitioner}`;
    const one: Open = { send: (hint) => void raw.write(`event: hint\ndata: ${JSON.stringify(hint)}\n\n`) };
    const set = this.#open.get(key) ?? new Set();
    this.#open.set(key, set);
    set.add(one);
    const told = Math.max(...[key, `${tenant} `].map((of) => this.#told.get(of) ?? -Infinity));
    const ago = Math.round(performance.now() - told);
    if (ago < remembered) one.send({ topic: 'reopened', ago });
    let busy = false;
    const beat = setInterval(() => {
      if (busy) return;
      busy = true;
      stillOpen().then(
        () => {
          busy = false;
          raw.write(': \n\n');
        },
        () => {
          raw.write('event: closed\ndata: {}\n\n');
          stop();
        },
      );
    }, 20_000);
    beat.unref();
    const stop = () => {
      clearInterval(beat);
      set.delete(one);
      if (set.size === 0 && this.#open.get(key) === set) this.#open.delete(key);
      this.#stops.delete(stop);
      raw.end();
    };
    this.#stops.add(stop);
    request.raw.on('close', stop);
  }
  /** Ends every stream: the server is closing. */
  close(): void {
    for (const stop of [...this.#stops]) stop();
  }
}
