import { Worker } from 'node:worker_threads';

interface Answer {
  id: number;
  piece?: Uint8Array;
  read?: number;
  end?: true;
  error?: string;
}

/** One thread that decompresses bzip2 files, one after the other, for one run. */
export class Bunzip2Thread {
  #worker: Worker | undefined;
  #next = 1;
  #listeners = new Map<number, (answer: Answer) => void>();

  #started(): Worker {
    if (!this.#worker) {
      this.#worker = new Worker(new URL('./bunzip2-worker.ts', import.meta.url));
      this.#worker.unref();
      this.#worker.on('message', (answer: Answer) => this.#listeners.get(answer.id)?.(answer));
      const failed = (error: unknown) => {
        this.#worker = undefined;
        for (const [id, listener] of this.#listeners)
          listener({ id, error: error instanceof Error ? error.message : 'the thread has ended' });
      };
      this.#worker.on('error', failed);
      this.#worker.on('exit', () => failed(undefined));
    }
    return this.#worker;
  }

  /** Pieces of the decompressed file; `onRead` hears how many compressed bytes were read. */
  async *read(path: string, onRead: (bytes: number) => void): AsyncGenerator<Uint8Array> {
    const id = this.#next++;
    const waiting: Answer[] = [];
    let wake = () => {};
    this.#listeners.set(id, (answer) => {
      waiting.push(answer);
      wake();
    });
    const worker = this.#started();
    worker.postMessage({ id, open: path });
    // A run that waits for its file keeps the process alive.
    worker.ref();
    let over = false;
    try {
      for (;;) {
        while (waiting.length === 0)
          await new Promise<void>((resolve) => {
            wake = resolve;
          });
        const answer = waiting.shift()!;
        if (answer.error !== undefined || answer.end) over = true;
        if (answer.error !== undefined) throw new Error(answer.error);
        if (answer.end) return;
        if (answer.read !== undefined) onRead(answer.read);
        yield answer.piece!;
        worker.postMessage({ id, more: true });
      }
    } finally {
      if (!over) worker.postMessage({ id, stop: true });
      this.#listeners.delete(id);
      if (this.#listeners.size === 0) worker.unref();
    }
  }

  async close(): Promise<void> {
    const worker = this.#worker;
    this.#worker = undefined;
    worker?.removeAllListeners('exit');
    await worker?.terminate();
  }
}
