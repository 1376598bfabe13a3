import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { crc32, deflateRawSync } from 'node:zlib';
import fc from 'fast-check';
import { readSheet } from './read-sheet.ts';
import { centsInFrench, csvOf, type SheetColumn, xlsxOf } from './write-sheet.ts';

interface Row {
  words: string;
  cents: number;
  day: string | null;
}
const columns: SheetColumn<Row>[] = [
  { title: 'Libellé', value: (row) => row.words },
  { title: 'Montant', kind: 'cents', value: (row) => row.cents },
  { title: 'Le', kind: 'day', value: (row) => row.day },
];
/** An archive of one entry, which may lie about its size. */
function zip(name: string, content: Buffer, said = content.length): Buffer {
  const packed = deflateRawSync(content);
  const [local, central, end] = [Buffer.alloc(30), Buffer.alloc(46), Buffer.alloc(22)];
  local.writeUInt32LE(0x04034b50, 0);
  central.writeUInt32LE(0x02014b50, 0);
  for (const [header, at] of [
    [local, 8],
    [central, 10],
  ] as const) {
    header.writeUInt16LE(8, at);
    header.writeUInt32LE(crc32(content), at + 6);
    header.writeUInt32LE(packed.length, at + 10);
    header.writeUInt32LE(said, at + 14);
    header.writeUInt16LE(name.length, at + 18);
  }
  const start = 30 + name.length + packed.length;
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(1, 8);
  end.writeUInt16LE(1, 10);
  end.writeUInt32LE(46 + name.length, 12);
  end.writeUInt32LE(start, 16);
  return Buffer.concat([local, Buffer.from(name), packed, central, Buffer.from(name), end]);
}
const status = (bytes: Buffer): Promise<number> =>
  readSheet(bytes).then(
    () => 200,
    (error: { status: number }) => error.status,
  );

describe('sheets', () => {
  test('FIN-8 a CSV is what a French spreadsheet opens: mark, semicolons, decimal comma; words are never run as a formula', () => {
    const text = csvOf(columns, [
      { words: '=1+1', cents: 123456, day: '2026-03-01' },
      { words: 'a;"b"', cents: -5, day: null },
    ]).toString();
    assert.equal(text, '\ufeffLibellé;Montant;Le\r\n\'=1+1;1234,56;01/03/2026\r\n"a;""b""";-0,05;\r\n');
    for (const words of ['+33', '-2', '@SUM(A1)', '\t=1', ' =1', '=HYPERLINK("x")'])
      assert.match(csvOf(columns, [{ words, cents: 0, day: null }]).toString(), /\n"?'/);
    fc.assert(
      fc.property(fc.integer({ min: -(10 ** 12), max: 10 ** 12 }), (cents) =>
        assert.equal(Number(centsInFrench(cents).replace(',', '')), cents),
      ),
    );
  });
  test('FIN-4 what was written is read back, from CSV and from XLSX, in UTF-8 and as older spreadsheets write it', async () => {
    const rows = [
      { words: 'Licence « pôle »', cents: 240000, day: '2026-03-01' },
      { words: '=A1', cents: 99, day: null },
    ];
    assert.deepEqual(
      (await readSheet(await xlsxOf('Feuille', columns, rows))).map(({ cells }) => cells.slice(0, 3)),
      [
        ['Libellé', 'Montant', 'Le'],
        ['Licence « pôle »', '2400', '2026-03-01'],
        ['=A1', '0.99', ''],
      ],
    );
    assert.deepEqual((await readSheet(csvOf(columns, rows)))[1], {
      line: 2,
      cells: ['Licence « pôle »', '2400,00', '01/03/2026'],
    });
    assert.deepEqual(
      (await readSheet(Buffer.from('Libell\xe9;Prix\r\n\r\nForfait;12,50\r\n', 'latin1'))).map(({ line, cells }) => [
        line,
        ...cells,
      ]),
      [
        [1, 'Libellé', 'Prix'],
        [3, 'Forfait', '12,50'],
      ],
    );
  });
  test('SEC-17 a file that lies, swells, or is something else is refused in bounded time', async () => {
    const whole = await xlsxOf('Feuille', columns, [{ words: 'x', cents: 1, day: null }]);
    assert.equal(await status(Buffer.alloc(3 * 1024 * 1024, 'a')), 413);
    assert.equal(await status(Buffer.from('<html><script>alert(1)</script>'.padEnd(200))), 415);
    assert.equal(await status(Buffer.from([0, 1, 2, 3, 4])), 415);
    assert.equal(await status(Buffer.alloc(0)), 415);
    assert.equal(await status(whole.subarray(0, whole.length - 40)), 415);
    assert.equal(await status(Buffer.from(`PK\u0003\u0004${'x'.repeat(100)}`)), 415);
    assert.equal(await status(Buffer.from('a;b\n'.repeat(3_000))), 413);
    const swollen = Buffer.alloc(200 * 1024 * 1024);
    assert.equal(await status(zip('xl/worksheets/sheet1.xml', swollen)), 413);
    assert.equal(await status(zip('xl/worksheets/sheet1.xml', swollen, 1_000)), 415, 'sizes are not believed');
    assert.equal(
      await status(zip('xl/workbook.xml', Buffer.from('<!DOCTYPE a [<!ENTITY b "bbbbbbbbbb">]><a>&b;</a>'))),
      415,
    );
  });
  test('SEC-17 whatever is sent, the answer is rows or a refusal (property)', async () => {
    const whole = await xlsxOf('Feuille', columns, [{ words: 'x', cents: 1, day: null }]);
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fc.nat(whole.length - 1), fc.nat(255)), { minLength: 1, maxLength: 6 }),
        async (edits) => {
          const bytes = Buffer.from(whole);
          for (const [at, value] of edits) bytes[at] = value;
          assert.ok([200, 413, 415].includes(await status(bytes)));
        },
      ),
      { numRuns: 25 },
    );
  });
});
