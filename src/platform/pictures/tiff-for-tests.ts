import { deflateSync } from 'node:zlib';

export interface TestPage {
  width: number;
  height: number;
  /** Rows as they stand uncompressed, or the compressed bytes when `compression` is none of ours. */
  bytes: Uint8Array;
  bits?: number;
  colors?: number;
  ink?: number;
  compression?: number;
  rowsPerStrip?: number;
  /** More tags, or others instead: number, type, values. */
  tags?: readonly [number, number, number[]][];
}
const packed = (row: Uint8Array): Buffer =>
  Buffer.concat(
    Array.from({ length: Math.ceil(row.length / 128) }, (_, nth) => row.subarray(nth * 128, nth * 128 + 128)).map(
      (part) => Buffer.concat([Buffer.from([part.length - 1]), part]),
    ),
  );

/** A TIFF of these pages, little-endian, as scanners write them. `chain`: where the last directory leads; 0: nowhere. */
export function tiffOf(pages: readonly TestPage[], chain: (directories: number[]) => number = () => 0): Buffer {
  const parts: Buffer[] = [Buffer.from([0x49, 0x49, 42, 0, 0, 0, 0, 0])];
  let length = 8;
  const put = (bytes: Uint8Array): number => {
    const at = length;
    const even = Buffer.concat([bytes, Buffer.alloc(bytes.length % 2)]);
    parts.push(even);
    length += even.length;
    return at;
  };
  const directories: number[] = [];
  const nexts: { part: Buffer; at: number }[] = [];
  for (const {
    width,
    height,
    bytes,
    bits = 1,
    colors = 1,
    ink = 0,
    compression = 1,
    rowsPerStrip = height,
    tags = [],
  } of pages) {
    const row = Math.ceil((width * bits * colors) / 8);
    const strips =
      compression === 1 || compression === 8 || compression === 32773
        ? Array.from({ length: Math.ceil(height / rowsPerStrip) }, (_, nth) =>
            bytes.subarray(nth * rowsPerStrip * row, Math.min(height, (nth + 1) * rowsPerStrip) * row),
          )
        : [bytes];
    const stored = strips.map((strip) =>
      compression === 8 ? deflateSync(strip) : compression === 32773 ? packed(strip) : strip,
    );
    const all = new Map<number, [type: number, values: number[]]>([
      [256, [4, [width]]],
      [257, [4, [height]]],
      [258, [3, Array.from({ length: colors }, () => bits)]],
      [259, [3, [compression]]],
      [262, [3, [ink]]],
      [273, [4, stored.map(put)]],
      [277, [3, [colors]]],
      [278, [4, [rowsPerStrip]]],
      [279, [4, stored.map((one) => one.length)]],
    ]);
    for (const [name, type, values] of tags) all.set(name, [type, values]);
    const entries = [...all]
      .sort(([one], [other]) => one - other)
      .map(([name, [type, values]]) => {
        const entry = Buffer.alloc(12);
        entry.writeUInt16LE(name, 0);
        entry.writeUInt16LE(type, 2);
        entry.writeUInt32LE(values.length, 4);
        const size = type === 3 ? 2 : type === 5 ? 8 : type === 4 ? 4 : 1;
        const written = Buffer.alloc(Math.max(4, values.length * size));
        for (const [nth, value] of values.entries()) {
          if (size === 2) written.writeUInt16LE(value, nth * 2);
          else if (size === 1) written[nth] = value;
          else written.writeUInt32LE(value, nth * size);
          if (size === 8) written.writeUInt32LE(1, nth * 8 + 4);
        }
        if (values.length * size <= 4) written.copy(entry, 8);
        else entry.writeUInt32LE(put(written), 8);
        return entry;
      });
    const directory = Buffer.concat([
      Buffer.from([entries.length & 255, entries.length >> 8]),
      ...entries,
      Buffer.alloc(4),
    ]);
    directories.push(put(directory));
    nexts.push({ part: parts.at(-1)!, at: directory.length - 4 });
  }
  for (const [nth, { part, at }] of nexts.entries()) part.writeUInt32LE(directories[nth + 1] ?? chain(directories), at);
  parts[0]!.writeUInt32LE(directories[0] ?? 0, 4);
  return Buffer.concat(parts);
}
/** A black square in the upper left corner of a white page, a bit a dot. */
export function squarePage(width = 64, height = 96): TestPage {
  const row = Math.ceil(width / 8);
  return {
    width,
    height,
    bytes: Uint8Array.from({ length: row * height }, (_, at) =>
      at % row < row / 2 && at < (row * height) / 2 ? 255 : 0,
    ),
  };
}
