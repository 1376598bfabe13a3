import { resolve } from 'node:path';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

/** The screens: `vite build` writes `dist/`, which the server serves with the page's nonce; `vite` alone talks to a server on port 3000. */
export default defineConfig({
  root: resolve(import.meta.dirname, 'src/web'),
  publicDir: resolve(import.meta.dirname, 'src/web/public'),
  plugins: [react()],
  build: {
    outDir: resolve(import.meta.dirname, 'dist'),
    emptyOutDir: true,
    target: 'es2022',
    // light-dark() is left as it is: every browser of 2024 knows it.
    cssTarget: ['chrome123', 'firefox121', 'safari17.5'],
    // No data: address for scripts or styles: the Content-Security-Policy serves files only.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    chunkSizeWarningLimit: 900,
  },
  server: {
    fs: { allow: [import.meta.dirname] },
    proxy: { '^/api/': process.env.ESTRAN_SERVER ?? 'http://localhost:3000', '^/fhir/': process.env.ESTRAN_SERVER ?? 'http://localhost:3000' },
  },
});
