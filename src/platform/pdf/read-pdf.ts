import { Worker } from 'node:worker_threads';

export interface PdfText {
  pages: number;
  /** Pages are parted by a form feed. Empty when the file holds images only. */
  text: string;
}
/** Of one file: pages and characters that are read, milliseconds. What lies beyond stays in the file. */
export const mostRead = { pages: 1_000, characters: 1_000_000, patience: 30_000 };

let last: Promise<unknown> = Promise.resolve();
let worker: Worker | null = null;
let idle: NodeJS.Timeout | undefined;
/**
 * The text layer of a PDF; null when it cannot be read (damaged, protected by a password, too heavy). The file is hostile until read: it is read one at a time in a thread with a memory of
 * its own, which is ended when a file takes too long or too much. Nothing of the file is ever run, drawn or loaded.
 * @param stopping rejects with its reason what is being read then: it was not found to be unreadable
 */
export function textOfPdf(
  bytes: Uint8Array,
  limits: Partial<typeof mostRead> = {},
  stopping?: AbortSignal,
): Promise<PdfText | null> {
  const next = last.then(() => readBeside(bytes, { ...mostRead, ...limits }, stopping));
  last = next.catch(() => undefined);
  return next;
}

async function readBeside(
  bytes: Uint8Array,
  { patience, ...limits }: typeof mostRead,
  stopping: AbortSignal | undefined,
): Promise<PdfText | null> {
  stopping?.throwIfAborted();
  clearTimeout(idle);
  const reader = (worker ??= begin());
  let timer: NodeJS.Timeout | undefined;
  let lost = true;
  let stop: (() => void) | undefined;
  try {
    return await new Promise<PdfText | null>((resolve, reject) => {
      stop = () => reject(stopping?.reason);
      stopping?.addEventListener('abort', stop, { once: true });
      timer = setTimeout(() => resolve(null), patience);
      reader.once('message', (answer: PdfText | null) => {
        lost = false;
        resolve(answer);
      });
      reader.once('error', () => resolve(null));
      reader.once('exit', () => resolve(null));
      reader.postMessage({ bytes: new Uint8Array(bytes), ...limits });
    });
  } finally {
    clearTimeout(timer);
    if (stop) stopping?.removeEventListener('abort', stop);
    // By name: the thread's own listeners stay.
    reader.removeAllListeners('message').removeAllListeners('error').removeAllListeners('exit');
    // What it still has to say is of no use.
    reader.on('error', () => undefined);
    if (lost) await end(reader);
    else idle = setTimeout(() => void end(reader), 5_000).unref();
  }
}
function begin(): Worker {
  const made = new Worker(new URL('./read-pdf-worker.ts', import.meta.url), {
    resourceLimits: { maxOldGenerationSizeMb: 320, maxYoungGenerationSizeMb: 32 },
    stdout: true,
    stderr: true,
  });
  made.unref();
  return made;
}
async function end(reader: Worker): Promise<void> {
  if (worker === reader) worker = null;
  await reader.terminate();
}
