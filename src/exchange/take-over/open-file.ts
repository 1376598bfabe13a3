import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { createGunzip } from 'node:zlib';
import type { Bunzip2Thread } from './bunzip2-thread.ts';
import { type Limits, UnreadableFile } from './limits.ts';

export type Wrapping = 'plain' | 'gzip' | 'bzip2';

/** How a file is wrapped, by its first bytes: names lie. */
export async function wrappingOf(path: string): Promise<Wrapping> {
  const file = await open(path, 'r');
  try {
    const head = Buffer.alloc(4);
    const { bytesRead } = await file.read(head, 0, 4, 0);
    if (bytesRead >= 2 && head[0] === 0x1f && head[1] === 0x8b) return 'gzip';
    if (bytesRead >= 4 && head.toString('latin1', 0, 3) === 'BZh' && head[3]! >= 0x31 && head[3]! <= 0x39)
      return 'bzip2';
    if (bytesRead >= 4 && head.readUInt32BE() === 0x504b0304)
      throw new UnreadableFile('C’est une archive ZIP : décompressez-la, puis donnez le dossier obtenu.', true);
    if (bytesRead >= 2 && (head.readUInt16BE() === 0xfeff || head.readUInt16BE() === 0xfffe))
      throw new UnreadableFile('Le texte est en UTF-16 : enregistrez le fichier en UTF-8.');
    return 'plain';
  } finally {
    await file.close();
  }
}

export interface OpenedFile {
  wrapping: Wrapping;
  /** Pieces of the text. Throws UnreadableFile when the file is broken or grows beyond what is allowed. */
  pieces: AsyncIterable<Uint8Array>;
  /** Bytes of the file as it lies on disk that were read so far. */
  read(): number;
}

/**
 * Opens a file whatever its wrapping.
 * @param start bytes of a plain file to pass over
 */
export async function openFile(path: string, thread: Bunzip2Thread, limits: Limits, start = 0): Promise<OpenedFile> {
  const wrapping = await wrappingOf(path);
  let read = 0;
  let raw: AsyncIterable<Uint8Array>;
  if (wrapping === 'bzip2')
    raw = thread.read(path, (bytes) => {
      read = bytes;
    });
  else {
    const file = createReadStream(path, { highWaterMark: 256 * 1024, start: wrapping === 'plain' ? start : 0 });
    file.on('data', () => {
      read = start + file.bytesRead;
    });
    if (wrapping === 'plain') raw = file;
    else {
      const gunzip = createGunzip({ chunkSize: 256 * 1024 });
      file.once('error', (error) => gunzip.destroy(error));
      gunzip.once('close', () => file.destroy());
      raw = file.pipe(gunzip);
    }
  }
  return { wrapping, pieces: guarded(raw, wrapping, () => read, limits), read: () => read };
}

async function* guarded(
  raw: AsyncIterable<Uint8Array>,
  wrapping: Wrapping,
  read: () => number,
  limits: Limits,
): AsyncGenerator<Uint8Array> {
  let out = 0;
  try {
    for await (const piece of raw) {
      out += piece.length;
      if (out > limits.lines)
        throw new UnreadableFile(
          `Le fichier dépasse ${size(limits.lines)} une fois décompressé : découpez-le en plusieurs fichiers.`,
        );
      if (wrapping !== 'plain' && out > 32_000_000 && out > limits.ratio * Math.max(read(), 1))
        throw new UnreadableFile(
          'Le fichier se décompresse anormalement (bombe de décompression) : il est laissé de côté.',
        );
      yield piece;
    }
  } catch (error) {
    if (error instanceof UnreadableFile) throw error;
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'EACCES' || code === 'EISDIR')
      throw new UnreadableFile('Le fichier n’est plus là ou ne peut pas être lu.');
    throw new UnreadableFile(
      `Le fichier ${wrapping === 'plain' ? 'ne peut pas être lu' : `${wrapping} est abîmé ou incomplet`} (${error instanceof Error ? error.message : 'erreur inconnue'}).`,
    );
  }
}

export const size = (bytes: number): string =>
  bytes >= 1e9 ? `${Math.round(bytes / 1e8) / 10} Go`.replace('.', ',') : `${Math.max(1, Math.round(bytes / 1e6))} Mo`;
