import { Worker } from 'node:worker_threads';
import { inflateRawSync } from 'node:zlib';
import Papa from 'papaparse';
import { Problem } from '../http/problem.ts';

/** A cell as it is typed: dates are ISO days, numbers keep their decimal point. */
export type Cell = string;
export interface SheetRow {
  /** Of the file, from 1. */
  line: number;
  cells: Cell[];
}
/** Of one file: bytes as sent, bytes once unpacked, rows, columns, characters of a cell. */
const most = { bytes: 2 * 1024 * 1024, unpacked: 24 * 1024 * 1024, rows: 2_000, columns: 40, cell: 500, entries: 500 };
const patience = 10_000;

const unread = () =>
  new Problem(
    415,
    'Format non accepté',
    'Ce fichier n’est ni un tableur .xlsx ni un fichier CSV, d’après son contenu. Rien n’a été enregistré : enregistrez-le dans un de ces formats puis recommencez.',
    { fields: { file: 'CSV ou XLSX' } },
  );
const tooMuch = (words: string) =>
  new Problem(413, 'Fichier trop volumineux', `${words} Rien n’a été enregistré : découpez-le puis recommencez.`);

/**
 * Rows of a CSV or of the first sheet of an XLSX, told by content. The file is hostile until read: an archive is unpacked once within limits before anyone trusts it, and a workbook is
 * read in a thread with its own memory, which is ended when it takes too long.
 * Errors: 413, 415
 */
export async function readSheet(bytes: Buffer): Promise<SheetRow[]> {
  if (bytes.length > most.bytes) throw tooMuch('Ce fichier dépasse 2 Mo.');
  const rows =
    bytes.subarray(0, 4).toString('latin1') === 'PK\u0003\u0004' ? await rowsOfWorkbook(bytes) : rowsOfText(bytes);
  if (rows.length > most.rows) throw tooMuch(`Ce fichier dépasse ${most.rows.toLocaleString('fr-FR')} lignes.`);
  return rows;
}

const clean = (value: string): string =>
  value
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must not come in
    .replace(/[\u0000-\u0008\u000b-\u001f\u007f\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, '')
    .trim()
    .slice(0, most.cell);
const kept = (rows: readonly (readonly string[])[]): SheetRow[] =>
  rows
    .map((cells, at) => ({ line: at + 1, cells: cells.slice(0, most.columns).map(clean) }))
    .filter(({ cells }) => cells.some((cell) => cell !== ''));

function rowsOfText(bytes: Buffer): SheetRow[] {
  if (bytes.length === 0 || bytes.includes(0)) throw unread();
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    // What French spreadsheets write when they are not told otherwise.
    text = new TextDecoder('windows-1252').decode(bytes);
  }
  if (/^\s*<(!doctype|html|\?xml|script)/i.test(text)) throw unread();
  // The heading tells: a comma is a decimal comma where semicolons part the columns.
  const heading = text.trimStart().split(/\r?\n/, 1)[0]!;
  const { data } = Papa.parse<string[]>(text, {
    delimiter: [';', '\t'].find((one) => heading.includes(one)) ?? ',',
    preview: most.rows + 1,
  });
  return kept(data);
}

/** Unpacks each entry of an archive within the limits, and throws the result away: what it says of its own sizes cannot be believed. */
function checkArchive(bytes: Buffer): void {
  const end = bytes.lastIndexOf(Buffer.from('PK\u0005\u0006', 'latin1'));
  if (end < 0 || end + 22 > bytes.length) throw unread();
  const count = bytes.readUInt16LE(end + 10);
  let at = bytes.readUInt32LE(end + 16);
  if (count === 0 || count > most.entries) throw unread();
  let left = most.unpacked;
  for (let entry = 0; entry < count; entry++) {
    if (at + 46 > bytes.length || bytes.readUInt32LE(at) !== 0x02014b50) throw unread();
    const [method, packed, size, start] = [
      bytes.readUInt16LE(at + 10),
      bytes.readUInt32LE(at + 20),
      bytes.readUInt32LE(at + 24),
      bytes.readUInt32LE(at + 42),
    ];
    if (start + 30 > bytes.length || bytes.readUInt32LE(start) !== 0x04034b50 || (method !== 0 && method !== 8))
      throw unread();
    const from = start + 30 + bytes.readUInt16LE(start + 26) + bytes.readUInt16LE(start + 28);
    if (from + packed > bytes.length) throw unread();
    if (size > left) throw tooMuch('Ce classeur est trop volumineux une fois ouvert.');
    try {
      const whole =
        method === 0
          ? packed
          : inflateRawSync(bytes.subarray(from, from + packed), { maxOutputLength: Math.max(1, size) }).length;
      if (whole !== size) throw unread();
    } catch (error) {
      throw error instanceof Problem ? error : unread();
    }
    left -= size;
    at += 46 + bytes.readUInt16LE(at + 28) + bytes.readUInt16LE(at + 30) + bytes.readUInt16LE(at + 32);
  }
}

let last: Promise<unknown> = Promise.resolve();
/** One workbook at a time: whoever sends many takes the memory of one. */
function inTurn<T>(work: () => Promise<T>): Promise<T> {
  const next = last.then(work);
  last = next.catch(() => undefined);
  return next;
}
function rowsOfWorkbook(bytes: Buffer): Promise<SheetRow[]> {
  checkArchive(bytes);
  return inTurn(() => readBeside(bytes));
}
async function readBeside(bytes: Buffer): Promise<SheetRow[]> {
  const worker = new Worker(new URL('./read-xlsx-worker.ts', import.meta.url), {
    workerData: new Uint8Array(bytes),
    resourceLimits: { maxOldGenerationSizeMb: 160, maxYoungGenerationSizeMb: 32 },
    stdout: true,
    stderr: true,
  });
  let timer: NodeJS.Timeout | undefined;
  try {
    const rows = await new Promise<string[][]>((resolve, reject) => {
      timer = setTimeout(() => reject(tooMuch('Ce classeur demande trop de temps à lire.')), patience);
      worker.once('message', (answer: { rows?: string[][] }) =>
        answer.rows ? resolve(answer.rows) : reject(unread()),
      );
      worker.once('error', (error) =>
        reject(
          (error as { code?: string }).code === 'ERR_WORKER_OUT_OF_MEMORY'
            ? tooMuch('Ce classeur est trop volumineux une fois ouvert.')
            : unread(),
        ),
      );
      worker.once('exit', () => reject(unread()));
    });
    return kept(rows);
  } finally {
    clearTimeout(timer);
    await worker.terminate();
  }
}
