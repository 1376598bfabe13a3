import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { Problem, textOfPdf } from '../index.ts';
import { mostTiff, tiffPages } from './tiff.ts';
import { pdfOfTiff } from './tiff-pdf.ts';
import { squarePage, tiffOf } from './tiff-for-tests.ts';

/** Two pages of 96 × 64 in Group 4, as libtiff writes them: a black square up to the left, then down to the right. */
const group4 = Buffer.from(
  'SUkqACIAAAAhYMn/////////+TUDwav/////////8AEAEA0AAAEDAAEAAABgAAAAAQEDAAEAAABAAAAAAgEDAAEAAAABAAAAAwEDAAEAAAAEAAAABgEDAAEAAAABAAAACgEDAAEAAAABAAAAEQEEAAEAAAAIAAAAEgEDAAEAAAABAAAAFQEDAAEAAAABAAAAFgEDAAEAAABAAAAAFwEEAAEAAAAaAAAAHAEDAAEAAAABAAAAKQEDAAIAAAAAAAAA4gAAACageDV//////////yDIF///////////////8AEAEA0AAAEDAAEAAABgAAAAAQEDAAEAAABAAAAAAgEDAAEAAAABAAAAAwEDAAEAAAAEAAAABgEDAAEAAAABAAAACgEDAAEAAAABAAAAEQEEAAEAAADEAAAAEgEDAAEAAAABAAAAFQEDAAEAAAABAAAAFgEDAAEAAABAAAAAFwEEAAEAAAAeAAAAHAEDAAEAAAABAAAAKQEDAAIAAAABAAAAAAAAAA==',
  'base64',
);
const statusOf = (bytes: Uint8Array): number => {
  try {
    tiffPages(bytes);
    return 200;
  } catch (error) {
    if (error instanceof Problem) return error.status;
    throw error;
  }
};
const gray = (width: number, height: number) => ({
  width,
  height,
  bits: 8,
  ink: 1,
  bytes: new Uint8Array(width * height).fill(200),
});
const pagesOfPdf = async (bytes: Buffer) => (await textOfPdf(bytes))?.pages;

describe('TIFF', () => {
  test('DOS-10 pages of a fax or a scanner become pages of a PDF, whatever their compression, their strips and their dots', async () => {
    assert.deepEqual(
      tiffPages(group4).map(({ width, height, compression, ink }) => [width, height, compression, ink]),
      [
        [96, 64, 'fax4', 'black-is-zero'],
        [96, 64, 'fax4', 'black-is-zero'],
      ],
    );
    assert.equal(await pagesOfPdf(pdfOfTiff(group4)), 2);
    for (const compression of [1, 8, 32773]) {
      const made = tiffOf([
        squarePage(),
        { ...squarePage(200, 100), compression, rowsPerStrip: 7 },
        { ...gray(30, 20), compression },
      ]);
      assert.deepEqual(
        tiffPages(made).map(({ strips }) => strips.length),
        [1, compression === 1 ? 1 : 15, 1],
      );
      assert.equal(await pagesOfPdf(pdfOfTiff(made)), 3);
    }
    // A fax in its coarse resolution: dots are twice as high as they are wide.
    const fax = pdfOfTiff(
      tiffOf([
        {
          ...squarePage(1728, 1078),
          tags: [
            [282, 5, [204]],
            [283, 5, [98]],
            [274, 3, [6]],
          ],
        },
      ]),
    ).toString('latin1');
    assert.match(fax, /MediaBox\[0 0 609\.882 792\.000\]\/Rotate 90/);
    assert.match(
      pdfOfTiff(tiffOf([{ ...gray(30, 20), colors: 1, tags: [[317, 3, [2]]], compression: 8 }])).toString('latin1'),
      /FlateDecode\/DecodeParms<<\/Predictor 2\/Colors 1/,
    );
    assert.match(
      pdfOfTiff(tiffOf([{ width: 4, height: 2, bits: 8, colors: 4, ink: 2, bytes: new Uint8Array(32) }])).toString(
        'latin1',
      ),
      /\/DeviceN\[\/C0\/C1\/C2\/C3\]\/DeviceRGB/,
    );
    // A thumbnail is no page.
    assert.equal(tiffPages(tiffOf([squarePage(), { ...gray(8, 8), tags: [[254, 4, [1]]] }])).length, 1);
  });
  test('DOS-10 SEC-17 what is damaged, endless, enormous or of an unknown form is refused before anything of it is made', () => {
    const page = squarePage();
    assert.equal(statusOf(tiffOf([page, page], ([first]) => first!)), 422, 'a chain that comes back upon itself');
    assert.equal(statusOf(tiffOf([page], () => 0xffff_fff0)), 422);
    assert.equal(
      statusOf(
        tiffOf([
          {
            ...page,
            tags: [
              [256, 4, [60_000]],
              [257, 4, [60_000]],
            ],
          },
        ]),
      ),
      413,
      'a few bytes that say they are 3.6 billion dots',
    );
    assert.equal(
      statusOf(
        tiffOf([
          {
            ...page,
            tags: [
              [256, 4, [0xffff_ffff]],
              [257, 4, [1]],
            ],
          },
        ]),
      ),
      413,
    );
    assert.equal(statusOf(tiffOf([{ ...page, tags: [[256, 4, [0]]] }])), 422);
    assert.equal(statusOf(tiffOf([{ ...page, tags: [[273, 4, [0x7fff_0000]]] }])), 422, 'a strip outside of the file');
    assert.equal(statusOf(tiffOf([{ ...page, tags: [[279, 4, [3]]] }])), 422, 'too few bytes for its dots');
    // The same bytes a hundred times: small to send, enormous to unpack.
    assert.equal(
      statusOf(
        tiffOf([
          {
            ...gray(2_000, 2_000),
            compression: 8,
            rowsPerStrip: 1,
            bytes: new Uint8Array(4_000_000),
            tags: [
              [273, 4, Array.from({ length: 2_000 }, () => 8)],
              [279, 4, Array.from({ length: 2_000 }, () => 900)],
            ],
          },
        ]),
      ),
      422,
    );
    assert.equal(
      statusOf(
        tiffOf([{ ...page, rowsPerStrip: 1, compression: 1, height: 60_000, width: 8, bytes: new Uint8Array(60_000) }]),
      ),
      413,
      `more than ${mostTiff.strips} strips`,
    );
    assert.equal(statusOf(tiffOf(Array.from({ length: mostTiff.pages + 1 }, () => squarePage(8, 8)))), 413);
    for (const tags of [
      [[259, 3, [34712]]],
      [[262, 3, [8]]],
      [[258, 3, [16]]],
      [
        [284, 3, [2]],
        [277, 3, [3]],
        [258, 3, [8, 8, 8]],
        [262, 3, [2]],
      ],
      [[317, 3, [3]]],
      [[259, 3, [6]]],
    ] as [number, number, number[]][][])
      assert.equal(statusOf(tiffOf([{ ...page, tags }])), 415, JSON.stringify(tags));
    for (const bytes of [Buffer.alloc(0), Buffer.from('II*\0'), Buffer.from('MM\0*\0\0\0\b\0\0'), tiffOf([])])
      assert.equal(statusOf(bytes), 422);
  });
  test('DOS-10 SEC-17 any byte of it may be wrong, and it may end anywhere: an answer of ours, at once, and no PDF much larger than the file', () => {
    const whole = tiffOf([
      squarePage(),
      { ...gray(30, 20), compression: 8, rowsPerStrip: 5 },
      {
        ...squarePage(),
        compression: 32773,
        tags: [
          [320, 3, [1, 2, 3]],
          [282, 5, [0]],
        ],
      },
    ]);
    const spoiled = fc.array(
      fc.tuple(fc.integer({ min: 4, max: whole.length - 1 }), fc.integer({ min: 0, max: 255 })),
      { minLength: 1, maxLength: 12 },
    );
    fc.assert(
      fc.property(spoiled, fc.integer({ min: 0, max: whole.length }), fc.boolean(), (wrong, length, cut) => {
        const bytes = Buffer.from(whole);
        for (const [at, byte] of wrong) bytes[at] = byte;
        const given = cut ? bytes.subarray(0, length) : bytes;
        const began = performance.now();
        try {
          assert.ok(pdfOfTiff(given).length < 4 * whole.length + 20_000);
        } catch (error) {
          if (!(error instanceof Problem) || error.status >= 500) throw error;
        }
        assert.ok(performance.now() - began < 1_000);
      }),
      { numRuns: 2_000 },
    );
  });
});
