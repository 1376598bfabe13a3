/** Points of a picture that may come in: the largest telephone takes 108 million, a page of A4 at 600 dots an inch has 35. */
export const mostPixels = 120_000_000;

/** Width and height that a PNG or a JPEG says it has, without unpacking it; null when it does not say. */
export function pictureSize(bytes: Uint8Array): { width: number; height: number } | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  // https://www.w3.org/TR/png-3/#11IHDR
  if (view.byteLength >= 24 && view.getUint32(0) === 0x89504e47)
    return view.getUint32(12) === 0x49484452 ? { width: view.getUint32(16), height: view.getUint32(20) } : null;
  if (view.byteLength < 4 || view.getUint16(0) !== 0xffd8) return null;
  // ITU-T T.81, B.1 and B.2.2: segments one after the other, the frame's among the first.
  for (let at = 2; at + 9 <= view.byteLength && view.getUint8(at) === 0xff; ) {
    const marker = view.getUint8(at + 1);
    if (marker === 0xff) at += 1;
    else if (marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc)
      return { width: view.getUint16(at + 7), height: view.getUint16(at + 5) };
    else if (marker === 0xda || marker === 0xd9) return null;
    else if (marker === 0x01 || (marker >= 0xd0 && marker <= 0xd8)) at += 2;
    else at += 2 + Math.max(2, view.getUint16(at + 2));
  }
  return null;
}
