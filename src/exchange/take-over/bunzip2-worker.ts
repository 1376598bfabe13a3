import { createReadStream } from 'node:fs';
import { parentPort } from 'node:worker_threads';
import { bunzip2 } from './bunzip2.ts';

/** Decompresses beside the main thread, a few pieces ahead of the reader. Messages: see bunzip2-thread.ts. */
const port = parentPort!;
const ahead = 6;
let current: { id: number; credits: number; wake: () => void; stopped: boolean } | undefined;

async function read(id: number, path: string): Promise<void> {
  const mine = { id, credits: ahead, wake: () => {}, stopped: false };
  current = mine;
  const file = createReadStream(path, { highWaterMark: 256 * 1024 });
  try {
    for await (const piece of bunzip2(file)) {
      while (mine.credits === 0 && !mine.stopped)
        await new Promise<void>((resolve) => {
          mine.wake = resolve;
        });
      if (mine.stopped) return;
      mine.credits--;
      const copy = piece.byteLength === piece.buffer.byteLength ? piece : piece.slice();
      port.postMessage({ id, piece: copy, read: file.bytesRead }, [copy.buffer as ArrayBuffer]);
      // Messages (stop, more) are only heard when the loop turns.
      await new Promise<void>((resolve) => setImmediate(resolve));
    }
    port.postMessage({ id, end: true });
  } catch (error) {
    port.postMessage({ id, error: error instanceof Error ? error.message : String(error) });
  } finally {
    file.destroy();
  }
}

let queue = Promise.resolve();
port.on('message', (message: { id: number; open?: string; more?: true; stop?: true }) => {
  if (message.open !== undefined) {
    const { open } = message;
    queue = queue.then(() => read(message.id, open));
  } else if (current?.id === message.id) {
    if (message.more) current.credits++;
    if (message.stop) current.stopped = true;
    current.wake();
  }
});
