import { Worker } from 'node:worker_threads';

export interface PdfText {
  pages: number;
  /** Pages are parted by a form feed. Empty when the file holds images only. */
  text: string;
}
/** Of one file: pages and characters that are read, milliseconds. What lies beyond stays in the file. */
export const mostRead = { pages: 1_000, characters: 1_000_000, patience: 30_000 };

let last: Promise<unknown> = Promise.resolve();
/**
 * The text layer of a PDF; null when it cannot be read (damaged, protected by a password, too heavy). The file is hostile until read: each has a thread of its own with a memory of
 * its own, one at a time, which is ended when it takes too long. Nothing of the file is ever run, drawn or loaded.
 */
export function textOfPdf(bytes: Uint8Array, limits: Partial<typeof mostRead> = {}): Promise<PdfText | null> {
  const next = last.then(() => readBeside(bytes, { ...mostRead, ...limits }));
  last = next.catch(() => undefined);
  return next;
}

async function readBeside(bytes: Uint8Array, limits: typeof mostRead): Promise<PdfText | null> {
  const worker = new Worker(new URL('./read-pdf-worker.ts', import.meta.url), { workerData: { bytes: new Uint8Array(bytes), ...limits }, resourceLimits: { maxOldGenerationSizeMb: 320, maxYoungGenerationSizeMb: 32 }, stdout: true, stderr: true });
  let timer: NodeJS.Timeout | undefined;
  try {
    return await new Promise<PdfText | null>((resolve) => {
      timer = setTimeout(() => resolve(null), limits.patience);
      worker.once('message', (answer: PdfText | null) => resolve(answer));
      worker.once('error', () => resolve(null));
      worker.once('exit', () => resolve(null));
    });
  } finally {
    clearTimeout(timer);
    await worker.terminate();
  }
}
