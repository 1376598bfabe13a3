import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { isMainThread, Worker } from 'node:worker_threads';
import { gunzipSync } from 'node:zlib';
import type { Canvas } from '@napi-rs/canvas';
import type { OCREngine, TextItem } from 'tesseract-wasm';
import type { Asked, Recognised } from './recognise.ts';

/**
 * Reads the words of pictures, in a process of its own (recognise.ts): a page at a time, nothing from the network. Whatever a file does to it ends this process and no other; a thread beside
 * looks at its memory, since the one that works answers nothing while it works.
 */
const mostMemory = 1_000 * 1024 * 1024;
/** Of a page as it is drawn: A4 at 200 dots an inch has 3.9 million. */
const dots = { inch: 200, least: 1_400, most: 6_000_000, smallest: 160 };
/** Words that are less sure than this are none; a page that is less sure on the whole, or says less, is a picture. */
const sure = { word: 0.2, page: 0.5, words: 3, upright: 0.75 };
const endsLine = 2;

async function engineOf(): Promise<OCREngine> {
  const { createOCREngine } = await import('tesseract-wasm');
  const wasmBinary = await readFile(new URL('tesseract-core.wasm', import.meta.resolve('tesseract-wasm')));
  const engine = await createOCREngine({ wasmBinary });
  engine.loadModel(
    gunzipSync(
      await readFile(new URL(import.meta.resolve('@tesseract.js-data/fra/4.0.0_best_int/fra.traineddata.gz'))),
    ),
  );
  return engine;
}
/** As large as words need and no larger. */
const scaleFor = (width: number, height: number, wanted: number): number =>
  Math.min(Math.max(wanted, dots.least / Math.max(width, height)), Math.sqrt(dots.most / (width * height)));

async function pageOfPdf(bytes: Uint8Array, number: number): Promise<Canvas | null> {
  const [{ getDocument, VerbosityLevel }, { createCanvas }] = await Promise.all([
    import('pdfjs-dist/legacy/build/pdf.mjs'),
    import('@napi-rs/canvas'),
  ]);
  const own = fileURLToPath(new URL('../../', import.meta.resolve('pdfjs-dist/legacy/build/pdf.mjs')));
  const task = getDocument({
    data: new Uint8Array(bytes),
    verbosity: VerbosityLevel.ERRORS,
    wasmUrl: `${own}wasm/`,
    standardFontDataUrl: `${own}standard_fonts/`,
    cMapUrl: `${own}cmaps/`,
    enableXfa: false,
  });
  try {
    const page = await (await task.promise).getPage(number);
    const { width, height } = page.getViewport({ scale: 1 });
    const viewport = page.getViewport({ scale: scaleFor(width, height, dots.inch / 72) });
    const canvas = createCanvas(Math.max(1, Math.round(viewport.width)), Math.max(1, Math.round(viewport.height)));
    await page.render({ canvas: canvas as never, viewport, background: 'white' }).promise;
    return canvas;
  } finally {
    await task.destroy();
  }
}
async function picture(bytes: Uint8Array): Promise<Canvas | null> {
  const { createCanvas, loadImage } = await import('@napi-rs/canvas');
  const image = await loadImage(Buffer.from(bytes));
  if (Math.min(image.width, image.height) < dots.smallest) return null;
  const scale = scaleFor(image.width, image.height, 1);
  const canvas = createCanvas(Math.round(image.width * scale), Math.round(image.height * scale));
  const context = canvas.getContext('2d');
  context.fillStyle = 'white';
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.drawImage(image, 0, 0, canvas.width, canvas.height);
  return canvas;
}
function read(canvas: Canvas, engine: OCREngine): Recognised {
  engine.loadImage(canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height));
  return wordsIn(engine.getTextBoxes('word'));
}
/** As it lies; what is hardly words is perhaps a sheet that was laid upside down or on its side. A few lines tell too little of how they lie to be turned before they are tried. */
async function readAnyWay(canvas: Canvas, engine: OCREngine): Promise<Recognised> {
  const lies = read(canvas, engine);
  if (lies.confidence >= sure.upright) return lies;
  const { rotation } = engine.getOrientation();
  if (rotation === 0) return lies;
  const { createCanvas } = await import('@napi-rs/canvas');
  const turned =
    rotation % 180 === 0 ? createCanvas(canvas.width, canvas.height) : createCanvas(canvas.height, canvas.width);
  const context = turned.getContext('2d');
  context.translate(turned.width / 2, turned.height / 2);
  context.rotate((-rotation * Math.PI) / 180);
  context.drawImage(canvas, -canvas.width / 2, -canvas.height / 2);
  const stands = read(turned, engine);
  return stands.confidence > lies.confidence ? stands : lies;
}
function wordsIn(items: readonly TextItem[]): Recognised {
  const kept = items.filter(({ confidence, text }) => confidence >= sure.word && text.trim() !== '');
  const length = kept.reduce((sum, { text }) => sum + text.length, 0);
  const confidence = kept.reduce((sum, one) => sum + one.confidence * one.text.length, 0) / Math.max(1, length);
  if (kept.length < sure.words || confidence < sure.page) return { text: '', confidence: 0 };
  let text = '';
  let ended = false;
  for (const one of items) {
    if (kept.includes(one)) {
      text += `${text === '' ? '' : ended ? '\n' : ' '}${one.text.trim()}`;
      ended = false;
    }
    ended ||= (one.flags & endsLine) !== 0;
  }
  return { text, confidence };
}

async function main(): Promise<void> {
  let engine: OCREngine;
  try {
    await import('@napi-rs/canvas');
    engine = await engineOf();
  } catch {
    // This kind of machine has no build of it.
    process.send!({ missing: true });
    return process.disconnect();
  }
  process.send!({ ready: true });
  process.on('message', async ({ bytes, pdf, page }: Asked) => {
    try {
      const canvas = pdf ? await pageOfPdf(bytes, page) : await picture(bytes);
      if (!canvas) return void process.send!({ page: { text: '', confidence: 0 } });
      process.send!({ page: await readAnyWay(canvas, engine) });
    } catch {
      process.send!({ page: null });
    } finally {
      engine.clearImage();
    }
  });
}
if (!isMainThread)
  setInterval(() => process.memoryUsage.rss() > mostMemory && process.kill(process.pid, 'SIGKILL'), 50);
else if (process.send) {
  new Worker(new URL(import.meta.url)).unref();
  await main();
}
