/** Ancillary chunks of a PNG by which it is drawn; those of capitals are always needed. */
const drawnBy = new Set(['tRNS', 'gAMA', 'cHRM', 'sRGB', 'iCCP', 'cICP', 'sBIT', 'bKGD', 'pHYs']);

/**
 * A JPEG or a PNG without what a telephone writes beside it: the place (a patient's home), the device, the hour, words, thumbnails, a film after the picture. What is
 * drawn stays to the byte, the side that is up and the colours too. Anything else, and what cannot be read, comes back as it is.
 */
export function pictureAlone(bytes: Buffer): Buffer {
  if (bytes.length > 12 && bytes.readUInt32BE(0) === 0x89504e47) return pngAlone(bytes);
  return bytes.length > 4 && bytes.readUInt16BE(0) === 0xffd8 ? jpegAlone(bytes) : bytes;
}

/** https://www.w3.org/TR/png-3/#5Chunk-layout */
function pngAlone(bytes: Buffer): Buffer {
  const kept = [bytes.subarray(0, 8)];
  for (let at = 8; at + 12 <= bytes.length; ) {
    const name = bytes.toString('latin1', at + 4, at + 8);
    const end = at + 12 + bytes.readUInt32BE(at);
    if (end > bytes.length) return bytes;
    if (/^[A-Z]/.test(name) || drawnBy.has(name)) kept.push(bytes.subarray(at, end));
    if (name === 'IEND') return Buffer.concat(kept);
    at = end;
  }
  return bytes;
}

/** ITU-T T.81, B.1: segments one after the other; those of a scan are followed by its data. */
function jpegAlone(bytes: Buffer): Buffer {
  const kept = [bytes.subarray(0, 2)];
  let up: number | null = null;
  for (let at = 2; at + 4 <= bytes.length || at + 2 === bytes.length; ) {
    const marker = bytes[at + 1]!;
    if (bytes[at] !== 0xff) return bytes;
    if (marker === 0xff) {
      at += 1;
      continue;
    }
    if (marker === 0xd9) {
      kept.push(bytes.subarray(at, at + 2));
      return Buffer.concat(kept);
    }
    if (at + 4 > bytes.length) return bytes;
    const end = at + 2 + bytes.readUInt16BE(at + 2);
    if (end > bytes.length || end < at + 4) return bytes;
    const segment = bytes.subarray(at, end);
    if (up === null && marker === 0xe1) {
      up = sideUp(segment);
      if (up !== null) kept.push(orientation(up));
    }
    if (isDrawn(marker, segment)) kept.push(segment);
    at = end;
    if (marker === 0xda) {
      at = endOfScan(bytes, end);
      kept.push(bytes.subarray(end, at));
    }
  }
  // Cut short on its way: what there is of it is drawn.
  return Buffer.concat(kept);
}
function isDrawn(marker: number, segment: Buffer): boolean {
  const named = (name: string) => segment.toString('latin1', 4, 4 + name.length) === name;
  if (marker === 0xe0) return named('JFIF\0');
  if (marker === 0xe2) return named('ICC_PROFILE\0');
  if (marker === 0xee) return named('Adobe');
  return marker !== 0xfe && !(marker > 0xe0 && marker <= 0xef);
}
/** In the data of a scan a 0xff is followed by 0 or by the number of a restart; any other begins a segment. */
function endOfScan(bytes: Buffer, from: number): number {
  for (let at = bytes.indexOf(0xff, from); at >= 0 && at + 1 < bytes.length; at = bytes.indexOf(0xff, at + 1)) {
    const next = bytes[at + 1]!;
    if (next !== 0 && next !== 0xff && !(next >= 0xd0 && next <= 0xd7)) return at;
  }
  return bytes.length;
}

/** Exif 2.32, 4.6.4: `Orientation` (0x0112) of the first directory, 1 to 8; null when it does not say, or says nothing of use. */
function sideUp(segment: Buffer): number | null {
  if (segment.toString('latin1', 4, 10) !== 'Exif\0\0' || segment.length < 20) return null;
  const tiff = segment.subarray(10);
  const little = tiff.toString('latin1', 0, 2) === 'II';
  const short = (at: number) => (at + 2 > tiff.length ? 0 : little ? tiff.readUInt16LE(at) : tiff.readUInt16BE(at));
  const directory = little ? tiff.readUInt32LE(4) : tiff.readUInt32BE(4);
  for (let entry = 0; entry < Math.min(short(directory), 200); entry++) {
    const at = directory + 2 + entry * 12;
    if (short(at) === 0x0112) return short(at + 8) > 1 && short(at + 8) <= 8 ? short(at + 8) : null;
  }
  return null;
}
/** An Exif segment with this and nothing else. */
function orientation(up: number): Buffer {
  const segment = Buffer.from('ffe100224578696600004d4d002a00000008000101120003000000010000000000000000', 'hex');
  segment.writeUInt16BE(up, 28);
  return segment;
}
