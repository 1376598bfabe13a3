import { readFileSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';
import { formerScreens } from './scripts/former-screens.ts';
import { spacesOfScreens } from './scripts/spaces-of-screens.ts';
import { wireOfScreens } from './scripts/wire-of-screens.ts';

const pdfjs = resolve(import.meta.dirname, 'node_modules/pdfjs-dist');
const pdfFiles = `pdfjs-${(JSON.parse(readFileSync(resolve(pdfjs, 'package.json'), 'utf8')) as { version: string }).version}`;
/** Scans are JBIG2 and JPEG 2000 pictures inside a PDF: pdf.js looks for their decoders by name, in one folder. Plain scripts: the Content-Security-Policy lets no WebAssembly in. */
const pdfDecoders: Plugin = {
  name: 'pdf-decoders',
  generateBundle() {
    for (const name of ['jbig2_nowasm_fallback.js', 'openjpeg_nowasm_fallback.js'])
      this.emitFile({
        type: 'asset',
        fileName: `assets/${pdfFiles}/${name}`,
        source: readFileSync(resolve(pdfjs, 'wasm', name)),
      });
  },
};
/** The typeface of every page is asked for with the page, not once a script has drawn words: what is read does not move when it comes. */
const typeface: Plugin = {
  name: 'typeface',
  transformIndexHtml: {
    order: 'post',
    handler(_html, { bundle }) {
      const file = Object.keys(bundle ?? {}).find((name) => /inter-latin-wght-normal-[^/]*\.woff2$/.test(name));
      return file
        ? [
            {
              tag: 'link',
              attrs: { rel: 'preload', as: 'font', type: 'font/woff2', crossorigin: '', href: `/${file}` },
              injectTo: 'head',
            },
          ]
        : [];
    },
  },
};
const [brotli, zipped] = [promisify(brotliCompress), promisify(gzip)];
/** Beside each file, what the server sends to browsers that ask for it smaller (screens.ts): a quarter of the bytes on a telephone in a patient's home. */
const smaller: Plugin = {
  name: 'smaller',
  apply: 'build',
  async writeBundle({ dir = '' }, bundle) {
    const files = Object.keys(bundle).filter((name) => /\.(m?js|css|svg|json)$/.test(name));
    await Promise.all(
      files.map(async (name) => {
        const bytes = await readFile(join(dir, name));
        if (bytes.length < 1400) return;
        await writeFile(
          join(dir, `${name}.br`),
          await brotli(bytes, {
            params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length },
          }),
        );
        await writeFile(join(dir, `${name}.gz`), await zipped(bytes, { level: 9 }));
      }),
    );
  },
};

/** The screens: `vite build` writes `dist/`, which the server serves with the page's nonce; `vite` alone talks to a server on port 3000. */
export default defineConfig({
  root: resolve(import.meta.dirname, 'src/web'),
  publicDir: resolve(import.meta.dirname, 'src/web/public'),
  plugins: [react(), spacesOfScreens, wireOfScreens, pdfDecoders, typeface, smaller, formerScreens],
  define: { __PDF_FILES__: JSON.stringify(pdfFiles) },
  build: {
    outDir: resolve(import.meta.dirname, 'dist'),
    emptyOutDir: false,
    target: 'es2022',
    // light-dark() is left as it is: every browser of 2024 knows it.
    cssTarget: ['chrome123', 'firefox121', 'safari17.5'],
    // No data: address for scripts or styles: the Content-Security-Policy serves files only.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    rolldownOptions: {
      output: {
        codeSplitting: {
          // Few files and none that a page has no use for: what every page begins with (libraries apart, they change less often), the icons, what many pages share, the day with what is lent to it, the record
          // with its cards; each further page brings its own. What a group needs of another chunk stays there, or the data of all rooms would come with the first page.
          groups: [
            {
              name: 'libraries',
              tags: ['$initial'],
              test: /[\\/]node_modules[\\/]/,
              priority: 6,
              includeDependenciesRecursively: false,
            },
            { name: 'frame', tags: ['$initial'], priority: 5, includeDependenciesRecursively: false },
            { name: 'icons', test: /[\\/]@tabler[\\/]icons-react[\\/]/, priority: 4 },
            { name: 'common', minShareCount: 8, priority: 3, includeDependenciesRecursively: false },
            // The words of a record’s contract stand on nothing: in a chunk of screens they would be read before they are there.
            { name: 'words', test: /[\\/]src[\\/]record[\\/](contract|data)[\\/]/, minShareCount: 2, priority: 2.5 },
            { name: 'day', test: /[\\/]web[\\/].*(DayPage|Block|LettersToSign)\.tsx$/, priority: 2 },
            { name: 'record', test: /[\\/](record|coordination)[\\/]web[\\/].*(RecordPage|Card)\.tsx$/, priority: 1 },
          ],
        },
      },
    },
    chunkSizeWarningLimit: 900,
  },
  server: {
    fs: { allow: [import.meta.dirname] },
    proxy: {
      '^/api/': process.env.ESTRAN_SERVER ?? 'http://localhost:3000',
      '^/fhir/': process.env.ESTRAN_SERVER ?? 'http://localhost:3000',
    },
  },
});
