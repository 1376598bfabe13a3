import { parentPort, workerData } from 'node:worker_threads';
import { getDocument, VerbosityLevel } from 'pdfjs-dist/legacy/build/pdf.mjs';

/** Reads the text layer of a PDF beside the main thread (read-pdf.ts): words in their order, or nothing. */
const { bytes, pages, characters } = workerData as { bytes: Uint8Array; pages: number; characters: number };
async function read() {
  const file = await getDocument({ data: bytes, verbosity: VerbosityLevel.ERRORS, disableFontFace: true, useSystemFonts: false, useWasm: false, stopAtErrors: false, enableXfa: false }).promise;
  let text = '';
  for (let number = 1; number <= Math.min(file.numPages, pages) && text.length < characters; number++) {
    // One damaged page hides no other.
    const words = await file.getPage(number).then(async (page) => {
      const { items } = await page.getTextContent();
      page.cleanup();
      return items.map((item) => ('str' in item ? item.str + (item.hasEOL ? '\n' : '') : '')).join('');
    }).catch(() => '');
    text += (number > 1 ? '\f' : '') + words;
  }
  return { pages: file.numPages, text: text.slice(0, characters) };
}
parentPort!.postMessage(await read().catch(() => null));
