import { parentPort } from 'node:worker_threads';
import { getDocument, VerbosityLevel } from 'pdfjs-dist/legacy/build/pdf.mjs';

/** Reads the text layer of PDFs beside the main thread, one after the other (read-pdf.ts): words in their order, or nothing. */
interface Asked {
  bytes: Uint8Array;
  pages: number;
  characters: number;
}
async function read({ bytes, pages, characters }: Asked) {
  const task = getDocument({
    data: bytes,
    verbosity: VerbosityLevel.ERRORS,
    disableFontFace: true,
    useSystemFonts: false,
    useWasm: false,
    stopAtErrors: false,
    enableXfa: false,
  });
  try {
    const file = await task.promise;
    let text = '';
    for (let number = 1; number <= Math.min(file.numPages, pages) && text.length < characters; number++) {
      // One damaged page hides no other.
      const words = await file
        .getPage(number)
        .then(async (page) => {
          const { items } = await page.getTextContent();
          page.cleanup();
          return items.map((item) => ('str' in item ? item.str + (item.hasEOL ? '\n' : '') : '')).join('');
        })
        .catch(() => '');
      text += (number > 1 ? '\f' : '') + words;
    }
    return { pages: file.numPages, text: text.slice(0, characters) };
  } finally {
    await task.destroy();
  }
}
parentPort!.on(
  'message',
  (asked: Asked) =>
    void read(asked)
      .catch(() => null)
      .then((answer) => parentPort!.postMessage(answer)),
);
