/**
 * QR code (ISO/IEC 18004) of a short text: byte mode, error correction L, versions 1–10 (up to 271 bytes).
 * @returns rows of modules, true: dark; null when the text is too long
 */
export function qr(text: string): boolean[][] | null {
  const bytes = new TextEncoder().encode(text);
  // [data codewords, correction codewords of a block, blocks] for each version at level L.
  const plans = [
    [19, 7, 1],
    [34, 10, 1],
    [55, 15, 1],
    [80, 20, 1],
    [108, 26, 1],
    [136, 18, 2],
    [156, 20, 2],
    [194, 24, 2],
    [232, 30, 2],
    [274, 18, 4],
  ] as const;
  const at = plans.findIndex(([data], index) => bytes.length + (index < 9 ? 2 : 3) <= data);
  if (at < 0) return null;
  const version = at + 1;
  const [capacity, ecLength, blockCount] = plans[at]!;

  const bits: number[] = [];
  const push = (value: number, length: number) => {
    for (let bit = length - 1; bit >= 0; bit--) bits.push((value >>> bit) & 1);
  };
  push(4, 4);
  push(bytes.length, version < 10 ? 8 : 16);
  for (const byte of bytes) push(byte, 8);
  push(0, Math.min(4, capacity * 8 - bits.length));
  while (bits.length % 8) bits.push(0);
  const data: number[] = [];
  for (let bit = 0; bit < bits.length; bit += 8) data.push(Number.parseInt(bits.slice(bit, bit + 8).join(''), 2));
  for (let pad = 0xec; data.length < capacity; pad ^= 0xec ^ 0x11) data.push(pad);

  const short = Math.floor(capacity / blockCount);
  const long = capacity % blockCount;
  const blocks: number[][] = [];
  for (let block = 0, from = 0; block < blockCount; block++) {
    const length = short + (block >= blockCount - long ? 1 : 0);
    blocks.push(data.slice(from, from + length));
    from += length;
  }
  const divisor = generator(ecLength);
  const corrections = blocks.map((block) => remainder(block, divisor));
  const words: number[] = [];
  for (let index = 0; index <= short; index++)
    for (const block of blocks) if (index < block.length) words.push(block[index]!);
  for (let index = 0; index < ecLength; index++) for (const block of corrections) words.push(block[index]!);
  return draw(version, words);
}

function times(a: number, b: number): number {
  let product = 0;
  for (let bit = 7; bit >= 0; bit--) {
    product = (product << 1) ^ ((product >>> 7) * 0x11d);
    product ^= ((b >>> bit) & 1) * a;
  }
  return product;
}
function generator(degree: number): number[] {
  const result = new Array<number>(degree).fill(0);
  result[degree - 1] = 1;
  for (let index = 0, root = 1; index < degree; index++, root = times(root, 2))
    for (let term = 0; term < degree; term++)
      result[term] = times(result[term]!, root) ^ (term + 1 < degree ? result[term + 1]! : 0);
  return result;
}
function remainder(data: number[], divisor: number[]): number[] {
  const result = divisor.map(() => 0);
  for (const byte of data) {
    const factor = byte ^ result.shift()!;
    result.push(0);
    for (const [index, coefficient] of divisor.entries()) result[index]! ^= times(coefficient, factor);
  }
  return result;
}

function draw(version: number, words: number[]): boolean[][] {
  const size = version * 4 + 17;
  const cells = Array.from({ length: size }, () => new Array<boolean>(size).fill(false));
  const fixed = Array.from({ length: size }, () => new Array<boolean>(size).fill(false));
  const set = (x: number, y: number, dark: boolean) => {
    if (x < 0 || y < 0 || x >= size || y >= size) return;
    cells[y]![x] = dark;
    fixed[y]![x] = true;
  };
  for (let index = 0; index < size; index++) {
    set(6, index, index % 2 === 0);
    set(index, 6, index % 2 === 0);
  }
  for (const [cx, cy] of [
    [3, 3],
    [size - 4, 3],
    [3, size - 4],
  ] as const)
    for (let dy = -4; dy <= 4; dy++)
      for (let dx = -4; dx <= 4; dx++) {
        const ring = Math.max(Math.abs(dx), Math.abs(dy));
        set(cx + dx, cy + dy, ring !== 2 && ring !== 4);
      }
  const centres = version === 1 ? [] : version < 7 ? [6, size - 7] : [6, 2 * version + 8, size - 7];
  if (version >= 7 && version <= 10) centres[1] = [22, 24, 26, 28][version - 7]!;
  for (const cx of centres)
    for (const cy of centres) {
      if ((cx === 6 && cy === 6) || (cx === 6 && cy === size - 7) || (cx === size - 7 && cy === 6)) continue;
      for (let dy = -2; dy <= 2; dy++)
        for (let dx = -2; dx <= 2; dx++) set(cx + dx, cy + dy, Math.max(Math.abs(dx), Math.abs(dy)) !== 1);
    }
  if (version >= 7) {
    let rest = version;
    for (let index = 0; index < 12; index++) rest = (rest << 1) ^ ((rest >>> 11) * 0x1f25);
    const info = (version << 12) | rest;
    for (let index = 0; index < 18; index++) {
      const dark = ((info >>> index) & 1) === 1;
      const a = size - 11 + (index % 3);
      const b = Math.floor(index / 3);
      set(a, b, dark);
      set(b, a, dark);
    }
  }
  // Format: level L (01), mask 0.
  let rest = 1 << 3;
  for (let index = 0; index < 10; index++) rest = (rest << 1) ^ ((rest >>> 9) * 0x537);
  const format = (((1 << 3) << 10) | rest) ^ 0x5412;
  const bit = (index: number) => ((format >>> index) & 1) === 1;
  for (let index = 0; index <= 5; index++) set(8, index, bit(index));
  set(8, 7, bit(6));
  set(8, 8, bit(7));
  set(7, 8, bit(8));
  for (let index = 9; index < 15; index++) set(14 - index, 8, bit(index));
  for (let index = 0; index < 8; index++) set(size - 1 - index, 8, bit(index));
  for (let index = 8; index < 15; index++) set(8, size - 15 + index, bit(index));
  set(8, size - 8, true);

  let index = 0;
  for (let right = size - 1; right >= 1; right -= 2) {
    if (right === 6) right = 5;
    for (let step = 0; step < size; step++)
      for (let side = 0; side < 2; side++) {
        const x = right - side;
        const y = ((right + 1) & 2) === 0 ? size - 1 - step : step;
        if (fixed[y]![x]) continue;
        const dark = index < words.length * 8 && ((words[index >>> 3]! >>> (7 - (index & 7))) & 1) === 1;
        index++;
        cells[y]![x] = dark !== ((x + y) % 2 === 0);
      }
  }
  return cells;
}
