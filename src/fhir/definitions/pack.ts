import { readFileSync } from 'node:fs';
import { deflateRawSync, inflateRawSync } from 'node:zlib';

/**
 * A pack is one file of many small compressed JSON documents that are opened one at a time: 4 bytes (length of the index), the index, then the
 * documents. Start-up reads the file and the index only.
 */
export interface Pack {
  keys(): string[];
  has(key: string): boolean;
  /** The parsed document; parsed anew at each call (callers keep what they need). */
  read(key: string): unknown;
}

export function writePack(documents: Map<string, unknown>): Buffer {
  const index: Record<string, [number, number]> = {};
  const blobs: Buffer[] = [];
  let offset = 0;
  for (const [key, document] of documents) {
    const blob = deflateRawSync(JSON.stringify(document), { level: 9 });
    index[key] = [offset, blob.length];
    offset += blob.length;
    blobs.push(blob);
  }
  const head = deflateRawSync(JSON.stringify(index), { level: 9 });
  const length = Buffer.alloc(4);
  length.writeUInt32LE(head.length);
  return Buffer.concat([length, head, ...blobs]);
}

export function openPack(file: URL | string): Pack {
  const bytes = readFileSync(file);
  const start = 4 + bytes.readUInt32LE(0);
  const index = new Map<string, [number, number]>(
    Object.entries(JSON.parse(inflateRawSync(bytes.subarray(4, start)).toString('utf8'))),
  );
  return {
    keys: () => [...index.keys()],
    has: (key) => index.has(key),
    read: (key) => {
      const entry = index.get(key);
      if (!entry) return undefined;
      const from = start + entry[0];
      return JSON.parse(inflateRawSync(bytes.subarray(from, from + entry[1])).toString('utf8'));
    },
  };
}
