import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, describe, test } from 'node:test';
import { pdfOfTiff } from '../pictures/tiff-pdf.ts';
import { squarePage, tiffOf } from '../pictures/tiff-for-tests.ts';
import { Recogniser } from './recognise.ts';

/** Two pages as a fax sends them: 200 dots an inch, black and white, Group 4. */
const fax = readFileSync(join(import.meta.dirname, 'fax-for-tests.tif'));
const gone = async (pid: number): Promise<boolean> => {
  for (let tries = 0; tries < 200; tries++) {
    try {
      process.kill(pid, 0);
    } catch {
      return true;
    }
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
  return false;
};

describe('text recognition', () => {
  const recogniser = new Recogniser();
  after(() => recogniser.close());

  test('DOS-10 a page of a fax says its words, with names, dates and numbers, and how sure it is; a drawing says nothing', async () => {
    const pdf = pdfOfTiff(fax);
    const [first, second] = [
      await recogniser.page({ bytes: pdf, pdf: true, page: 1 }),
      await recogniser.page({ bytes: pdf, pdf: true, page: 2 }),
    ];
    for (const words of [
      'Madame KERSCANEL Yvonne, née le 12/03/1948',
      '2 48 03 29 232 045 90',
      'fraction d’éjection à 62 %',
      'Compte rendu de consultation',
    ])
      assert.ok(first!.text.replace(/['’]/g, '’').includes(words), `«${words}» in ${first!.text}`);
    assert.match(second!.text, /pneumopathie du lobe inférieur droit/);
    assert.ok(first!.confidence > 0.8 && first!.confidence <= 1);
    assert.deepEqual(
      await recogniser.page({ bytes: pdfOfTiff(tiffOf([squarePage(800, 1_000)])), pdf: true, page: 1 }),
      { text: '', confidence: 0 },
    );
  });
  test('DOS-10 SEC-17 what is damaged or has no such page is no words, and the next one is read', async () => {
    assert.equal(await recogniser.page({ bytes: Buffer.from('%PDF-1.4 rien'), pdf: true, page: 1 }), null);
    assert.equal(
      await recogniser.page({ bytes: Buffer.from([0x89, 0x50, 0x4e, 0x47, 1, 2, 3]), pdf: false, page: 1 }),
      null,
    );
    assert.equal(await recogniser.page({ bytes: pdfOfTiff(fax), pdf: true, page: 9 }), null);
    // A few words that say they are a picture of a gigabyte.
    const large = Buffer.from(
      '%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj 2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj 3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</XObject<</I 5 0 R>>>>>>endobj 4 0 obj<</Length 26>>stream\nq 595 0 0 842 0 0 cm/I Do Q\nendstream endobj 5 0 obj<</Type/XObject/Subtype/Image/Width 20000/Height 20000/ColorSpace/DeviceRGB/BitsPerComponent 8/Length 4>>stream\n0000\nendstream endobj trailer<</Root 1 0 R>>\n%%EOF',
    );
    assert.ok(!(await recogniser.page({ bytes: large, pdf: true, page: 1 }))?.text);
    assert.match((await recogniser.page({ bytes: pdfOfTiff(fax), pdf: true, page: 2 }))!.text, /télécopie/);
    assert.equal(recogniser.works, true);
  });
  test('DOS-10 SEC-11 too slow or killed: that page is given up, another process reads the next one; without work there is none', async () => {
    const hasty = new Recogniser({ patience: 5 });
    assert.equal(await hasty.page({ bytes: pdfOfTiff(fax), pdf: true, page: 1 }), null);
    assert.equal(hasty.pid, undefined);
    const other = new Recogniser({ idle: 200 });
    assert.ok(await other.page({ bytes: pdfOfTiff(fax), pdf: true, page: 2 }));
    const { pid } = other;
    const reading = other.page({ bytes: pdfOfTiff(fax), pdf: true, page: 1 });
    setTimeout(() => process.kill(pid!, 'SIGKILL'), 20);
    assert.equal(await reading, null);
    assert.ok(await other.page({ bytes: pdfOfTiff(fax), pdf: true, page: 2 }));
    assert.ok(other.pid && other.pid !== pid);
    assert.ok(await gone(other.pid), 'it ends by itself');
    await hasty.close();
    await other.close();
  });
});
