import { parentPort, workerData } from 'node:worker_threads';
import { readSheet } from 'read-excel-file/universal';

/** Reads the first sheet of a workbook beside the main thread (read-sheet.ts): rows of typed words, or nothing. */
const bytes = workerData as Uint8Array<ArrayBuffer>;
const shown = (value: unknown): string =>
  value === null || value === undefined
    ? ''
    : value instanceof Date
      ? value.toISOString().slice(0, 10)
      : String(value).slice(0, 2_000);
const answer = await readSheet(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength)).then(
  (rows) => ({ rows: rows.slice(0, 2_001).map((row) => row.slice(0, 60).map(shown)) }),
  () => ({}),
);
parentPort!.postMessage(answer);
