import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { pictureSize } from './picture-size.ts';

const hex = (text: string) => Buffer.from(text.replaceAll(' ', ''), 'hex');
const png = (size: string) => hex(`89504e470d0a1a0a 0000000d 49484452 ${size} 0802000000`);

test('DOS-10 SEC-17 the size of a picture is read from its head, whatever comes before it and wherever it ends', () => {
  assert.deepEqual(pictureSize(png('0000000a 00000014')), { width: 10, height: 20 });
  assert.deepEqual(pictureSize(png('7fffffff 7fffffff')), { width: 2_147_483_647, height: 2_147_483_647 });
  const frame = 'ffc0 0011 08 0014 000a 03 012200 021101 031101';
  assert.deepEqual(pictureSize(hex(`ffd8 ffe0 0010 4a46494600010100000100010000 ${frame}`)), { width: 10, height: 20 });
  assert.deepEqual(pictureSize(hex(`ffd8 ffff ffc4 0004 0000 ffc2 0011 08 0014 000a 03 012200 021101 031101`)), {
    width: 10,
    height: 20,
  });
  for (const odd of [
    '',
    'ffd8',
    'ffd8 ffd9 00000000000000',
    'ffd8 ffe0 ffff 0000000000000000',
    '89504e470d0a1a0a',
    '89504e470d0a1a0a 0000000d 74455874 0000000a 0000000a',
  ])
    assert.equal(pictureSize(hex(odd)), null, odd);
  fc.assert(
    fc.property(
      fc.uint8Array({ maxLength: 60 }),
      fc.constantFrom('ffd8', '89504e470d0a1a0a', ''),
      (bytes, head) => pictureSize(Buffer.concat([hex(head), bytes])) !== undefined,
    ),
  );
});
