import { Problem } from '../http/problem.ts';

/** A rectangle of a page as the file holds it: compressed, never unpacked here. */
export interface Strip {
  left: number;
  top: number;
  width: number;
  height: number;
  bytes: Uint8Array;
}
export interface TiffPage {
  width: number;
  height: number;
  /** Dots an inch; those of a fax are no squares. */
  dpi: [across: number, down: number];
  /** Quarter turns clockwise by which it is shown upright. */
  turns: 0 | 1 | 2 | 3;
  bits: number;
  /** Samples of a pixel; one more than its ink needs says how transparent it is, and is passed over. */
  colors: number;
  /** What samples mean. */
  ink: 'white-is-zero' | 'black-is-zero' | 'rgb' | 'ycc' | 'palette' | 'cmyk';
  /** Red, green, blue, one after the other, a byte each. */
  palette: Uint8Array | null;
  compression: 'none' | 'rle' | 'fax1' | 'fax2' | 'fax4' | 'lzw' | 'jpeg' | 'deflate' | 'packbits';
  /** Each row says by how much it differs from its left. */
  predicted: boolean;
  strips: Strip[];
}
/** Of one file. A page of A4 at 600 dots an inch has 35 million. */
export const mostTiff = { pages: 500, pixels: 40_000_000, strips: 20_000 };

const broken = () =>
  new Problem(
    422,
    'TIFF illisible',
    'Ce fichier TIFF est abîmé ou incomplet. Rien n’a été enregistré : demandez-le de nouveau, ou en PDF.',
    { fields: { file: 'TIFF abîmé.' } },
  );
const tooLarge = (words: string) =>
  new Problem(
    413,
    'TIFF trop volumineux',
    `${words} Rien n’a été enregistré : envoyez-le en PDF, ou en plusieurs fichiers.`,
    { fields: { file: 'TIFF trop volumineux.' } },
  );
const unknown = (words: string) =>
  new Problem(
    415,
    'Format non accepté',
    `Ce fichier TIFF est d’une forme qui ne s’affiche pas ici (${words}). Rien n’a été enregistré : envoyez-le en PDF, en PNG ou en JPEG.`,
    { fields: { file: 'Forme de TIFF non acceptée.' } },
  );

export const isTiff = (bytes: Uint8Array): boolean =>
  (bytes[0] === 0x49 && bytes[1] === 0x49 && bytes[2] === 42 && bytes[3] === 0) ||
  (bytes[0] === 0x4d && bytes[1] === 0x4d && bytes[2] === 0 && bytes[3] === 42);

const sizes: Record<number, number> = { 1: 1, 2: 1, 3: 2, 4: 4, 5: 8, 6: 1, 7: 1, 9: 4 };
const tag = {
  subfile: 254,
  width: 256,
  height: 257,
  bits: 258,
  compression: 259,
  ink: 262,
  fill: 266,
  offsets: 273,
  orientation: 274,
  samples: 277,
  rows: 278,
  counts: 279,
  across: 282,
  down: 283,
  planes: 284,
  fax: 292,
  unit: 296,
  predictor: 317,
  palette: 320,
  tileWidth: 322,
  tileHeight: 323,
  tileOffsets: 324,
  tileCounts: 325,
  tables: 347,
  jpegFrom: 513,
  jpegSize: 514,
};
type Tags = Map<number, number[]>;
const wanted = new Set<number>(Object.values(tag));

/** One directory: the tags that a page is made of, and where the next one stands. What lies outside of the file is no value. */
function directoryAt(bytes: Buffer, little: boolean, at: number): { tags: Tags; next: number } {
  const word = (place: number) => (little ? bytes.readUInt16LE(place) : bytes.readUInt16BE(place));
  const long = (place: number) => (little ? bytes.readUInt32LE(place) : bytes.readUInt32BE(place));
  if (at < 8 || at + 2 > bytes.length) throw broken();
  const count = word(at);
  const end = at + 2 + count * 12;
  if (count === 0 || end + 4 > bytes.length) throw broken();
  const tags: Tags = new Map();
  for (let entry = at + 2; entry < end; entry += 12) {
    const [name, type, values] = [word(entry), word(entry + 2), long(entry + 4)];
    const size = sizes[type];
    if (!wanted.has(name) || !size) continue;
    if (values > 1_000_000 || values * size > bytes.length) throw broken();
    const from = values * size <= 4 ? entry + 8 : long(entry + 8);
    if (from + values * size > bytes.length) throw broken();
    const read = (place: number) =>
      size === 1 ? bytes[place]! : size === 2 ? word(place) : size === 4 ? long(place) : long(place) / long(place + 4);
    tags.set(
      name,
      Array.from({ length: values }, (_, nth) => read(from + nth * size)),
    );
  }
  return { tags, next: long(end) };
}

const compressions: Record<number, TiffPage['compression']> = {
  1: 'none',
  2: 'rle',
  3: 'fax1',
  4: 'fax4',
  5: 'lzw',
  6: 'jpeg',
  7: 'jpeg',
  8: 'deflate',
  32946: 'deflate',
  32773: 'packbits',
};
const inks: Record<number, TiffPage['ink']> = {
  0: 'white-is-zero',
  1: 'black-is-zero',
  2: 'rgb',
  3: 'palette',
  5: 'cmyk',
  6: 'ycc',
};
export const samplesOf: Record<TiffPage['ink'], number> = {
  'white-is-zero': 1,
  'black-is-zero': 1,
  rgb: 3,
  ycc: 3,
  palette: 1,
  cmyk: 4,
};
const turnsOf: Record<number, TiffPage['turns']> = { 3: 2, 4: 2, 5: 1, 6: 1, 7: 3, 8: 3 };
const reversed = Uint8Array.from({ length: 256 }, (_, byte) =>
  Number.parseInt(byte.toString(2).padStart(8, '0').split('').reverse().join(''), 2),
);

/**
 * Pages of a TIFF, as faxes and scanners write them. Only the directories are read: nothing is unpacked, so that a page says its size before anything of that size is made.
 * Errors: 413, 415, 422
 */
export function tiffPages(bytes: Uint8Array): TiffPage[] {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (!isTiff(file) || file.length < 16) throw broken();
  const little = file[0] === 0x49;
  const pages: TiffPage[] = [];
  const seen = new Set<number>();
  const left = { bytes: file.length, strips: mostTiff.strips };
  for (let at = little ? file.readUInt32LE(4) : file.readUInt32BE(4); at !== 0; ) {
    // A chain that comes back upon itself never ends.
    if (seen.has(at)) throw broken();
    seen.add(at);
    if (seen.size > mostTiff.pages) throw tooLarge(`Ce fichier TIFF a plus de ${mostTiff.pages} pages.`);
    const { tags, next } = directoryAt(file, little, at);
    at = next;
    // A thumbnail, or a mask over another page.
    if (((tags.get(tag.subfile)?.[0] ?? 0) & 0b101) === 0) pages.push(pageOf(file, tags, left));
  }
  if (pages.length === 0) throw broken();
  return pages;
}

function pageOf(file: Buffer, tags: Tags, left: { bytes: number; strips: number }): TiffPage {
  const one = (name: number, otherwise: number) => tags.get(name)?.[0] ?? otherwise;
  const [width, height] = [one(tag.width, 0), one(tag.height, 0)];
  if (width === 0 || height === 0) throw broken();
  if (width * height > mostTiff.pixels || width > 60_000 || height > 60_000)
    throw tooLarge(`Une page de ce fichier TIFF fait ${width} points sur ${height}.`);
  const number = one(tag.compression, 1);
  const fax = one(tag.fax, 0) & 1;
  const compression = number === 3 && fax ? 'fax2' : compressions[number];
  if (!compression) throw unknown(`compression ${number}`);
  const ink = inks[one(tag.ink, 0)];
  const [bits, colors] = [one(tag.bits, 1), one(tag.samples, 1)];
  if (
    !ink ||
    colors < samplesOf[ink] ||
    colors > samplesOf[ink] + (compression === 'jpeg' || bits < 8 ? 0 : 1) ||
    (tags.get(tag.bits) ?? []).some((other) => other !== bits)
  )
    throw unknown('couleurs');
  if (ink === 'ycc' && compression !== 'jpeg') throw unknown('couleurs');
  if (![1, 2, 4, 8].includes(bits) || (bits !== 1 && isFax(compression)) || (colors > 1 && bits !== 8))
    throw unknown(`${bits} bits par point`);
  if (colors > 1 && one(tag.planes, 1) !== 1) throw unknown('couleurs en plans séparés');
  const map = tags.get(tag.palette);
  if (ink === 'palette' && map?.length !== 3 << bits) throw broken();
  const page: TiffPage = {
    width,
    height,
    dpi: dotsOf(tags),
    turns: turnsOf[one(tag.orientation, 1)] ?? 0,
    bits,
    colors,
    ink,
    compression,
    predicted: one(tag.predictor, 1) === 2,
    strips: [],
    palette:
      ink === 'palette' && map
        ? Uint8Array.from(
            { length: map.length },
            (_, nth) => map[(nth % 3) * (map.length / 3) + Math.floor(nth / 3)]! >> 8,
          )
        : null,
  };
  if (one(tag.predictor, 1) > 2) throw unknown('prédiction');
  page.strips = stripsOf(file, tags, page, number, left);
  return page;
}
export const isFax = (compression: TiffPage['compression']): boolean =>
  compression === 'rle' || compression.startsWith('fax');

function dotsOf(tags: Tags): TiffPage['dpi'] {
  const inch = tags.get(tag.unit)?.[0] === 3 ? 2.54 : 1;
  const [across, down] = [(tags.get(tag.across)?.[0] ?? 0) * inch, (tags.get(tag.down)?.[0] ?? 0) * inch];
  const likely = (dots: number) => dots >= 30 && dots <= 4_800;
  // Without a unit, two numbers still say how wide a dot is to its height.
  return likely(across) && likely(down) && across / down < 5 && down / across < 5 ? [across, down] : [200, 200];
}

function stripsOf(
  file: Buffer,
  tags: Tags,
  page: TiffPage,
  compression: number,
  left: { bytes: number; strips: number },
): Strip[] {
  const tiled = tags.has(tag.tileWidth);
  const [wide, high] = tiled
    ? [tags.get(tag.tileWidth)![0] ?? 0, tags.get(tag.tileHeight)?.[0] ?? 0]
    : [page.width, Math.min(tags.get(tag.rows)?.[0] ?? page.height, page.height)];
  if (wide < 1 || high < 1 || wide * high > mostTiff.pixels) throw broken();
  if (compression === 6) return [oldJpeg(file, tags, page, left)];
  const offsets = tags.get(tiled ? tag.tileOffsets : tag.offsets) ?? [];
  const counts = tags.get(tiled ? tag.tileCounts : tag.counts);
  const across = Math.ceil(page.width / wide);
  const expected = across * Math.ceil(page.height / high);
  const row = Math.ceil((wide * page.bits * page.colors) / 8);
  if (offsets.length < expected) throw broken();
  left.strips -= expected;
  if (left.strips < 0) throw tooLarge('Ce fichier TIFF est fait de trop de morceaux.');
  const tables = tags.get(tag.tables);
  const found = Array.from({ length: expected }, (_, nth): Strip => {
    const [x, y] = [(nth % across) * wide, Math.floor(nth / across) * high];
    const rows = tiled ? high : Math.min(high, page.height - y);
    const size =
      counts?.[nth] ?? (page.compression === 'none' ? row * rows : expected === 1 ? file.length - offsets[0]! : 0);
    return {
      left: x,
      top: y,
      width: wide,
      height: rows,
      bytes: taken(file, offsets[nth]!, size, left, page.compression === 'none' ? row * rows : 1),
    };
  });
  if (tags.get(tag.fill)?.[0] === 2 && page.bits === 1)
    for (const strip of found) strip.bytes = strip.bytes.map((byte) => reversed[byte]!);
  if (page.compression === 'jpeg' && tables)
    for (const strip of found) strip.bytes = withTables(Buffer.from(tables), strip.bytes);
  return page.compression === 'none' && !tiled
    ? [
        {
          left: 0,
          top: 0,
          width: page.width,
          height: page.height,
          bytes: Buffer.concat(found.map((strip) => strip.bytes.subarray(0, row * strip.height))),
        },
      ]
    : found;
}
/** Bytes of the file; those of all strips together are no more than the file: what is told twice would be a small file that becomes a large one. */
function taken(file: Buffer, from: number, size: number, left: { bytes: number }, least: number): Uint8Array {
  left.bytes -= size;
  if (size < least || from < 8 || from + size > file.length || left.bytes < 0) throw broken();
  return file.subarray(from, from + size);
}
/** A whole JPEG of its own inside of the file, as before 1995. */
function oldJpeg(file: Buffer, tags: Tags, page: TiffPage, left: { bytes: number }): Strip {
  const [from, size] = [tags.get(tag.jpegFrom)?.[0], tags.get(tag.jpegSize)?.[0]];
  if (!from || !size) throw unknown('ancien JPEG');
  return { left: 0, top: 0, width: page.width, height: page.height, bytes: taken(file, from, size, left, 4) };
}
/** What all strips share stands once in the file; each needs it to be a JPEG. */
function withTables(tables: Uint8Array, strip: Uint8Array): Uint8Array {
  const end = tables.at(-2) === 0xff && tables.at(-1) === 0xd9 ? -2 : undefined;
  return strip[0] === 0xff && strip[1] === 0xd8
    ? Buffer.concat([tables.subarray(0, end), strip.subarray(2)])
    : Buffer.concat([tables.subarray(0, end), strip]);
}
