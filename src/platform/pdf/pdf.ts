import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { NodeCompiler } from '@myriaddreamin/typst-ts-node-compiler';
import { tied } from '../text/tied.rules.ts';

/**
 * PDF/A from a Typst template and data. The template is ours; everything that someone typed goes in as JSON and is never read as markup. Fonts are
 * those inside the compiler (Libertinus Serif): the same pages on every machine. Here words of the product and of people take the spaces of French typography, on paper only (docs/adr/0039).
 */
const folder = import.meta.dirname;
/** Loaded for the first letter: it is a large program of its own. */
const newCompiler = (): NodeCompiler => {
  const typst: typeof import('@myriaddreamin/typst-ts-node-compiler') = createRequire(import.meta.url)(
    '@myriaddreamin/typst-ts-node-compiler',
  );
  return typst.NodeCompiler.create({ workspace: folder });
};
let compiler: NodeCompiler | undefined;
const letter = readFileSync(join(folder, 'letter.typ'), 'utf8');
let uses = 0;

/** What the font has no sign for: PDF/A refuses a page on which a sign is missing. Latin, Greek, Cyrillic, punctuation, arrows and common signs are there. */
const printable =
  /^[\t\n\u0020-\u007E\u00A0-\u024F\u0250-\u02AF\u0370-\u03FF\u0400-\u045F\u2010-\u2027\u202F\u2030-\u203A\u2044\u2070-\u209C\u20AC\u2116\u2122\u2190-\u2193\u2212\u2248\u2260\u2264\u2265\u25CF\u2713\uFB00-\uFB04]$/u;
const asPrinted = (sign: string): string =>
  printable.test(sign) ? sign : /\p{M}|\p{Cf}|\p{Cc}/u.test(sign) ? '' : '\u25CF';
/** «2ᵉ» is printed «2e»: a sign that is another one raised, joined or widened is told by that one. */
const clean = (text: string): string =>
  Array.from(text.replace(/\r\n?/g, '\n').normalize('NFC'), (sign) =>
    printable.test(sign) ? sign : Array.from(sign.normalize('NFKC'), asPrinted).join(''),
  ).join('');
const cleaned = (value: unknown): unknown =>
  typeof value === 'string'
    ? tied(clean(value))
    : Array.isArray(value)
      ? value.map(cleaned)
      : typeof value === 'object' && value !== null
        ? Object.fromEntries(Object.entries(value).map(([key, one]) => [key, cleaned(one)]))
        : value;

/**
 * @param template Typst that begins where letter.typ ends: `letter`, `words`, `rich`, `label`, `rule` and `data` are there
 * @param at when the document is of
 * @param images pictures that the template shows by their names (`image("/logo.png")`): PNG or JPEG
 */
export function renderPdf(
  template: string,
  data: Record<string, unknown>,
  at: Date,
  images: Readonly<Record<string, Buffer>> = {},
): Buffer {
  // Pictures stand at the root of the template's world, which holds nothing else that it reads.
  compiler ??= newCompiler();
  for (const [name, bytes] of Object.entries(images)) compiler.mapShadow(join(folder, name), bytes);
  try {
    return render(compiler, template, data, at);
  } finally {
    for (const name of Object.keys(images)) compiler.unmapShadow(join(folder, name));
  }
}
function render(compiler: NodeCompiler, template: string, data: Record<string, unknown>, at: Date): Buffer {
  const pdf = compiler.pdf(
    { mainFileContent: `${letter}\n${tied(template)}`, inputs: { data: JSON.stringify(cleaned(data)) } },
    { pdfStandard: 'a-2a', creationTimestamp: Math.floor(at.getTime() / 1000) },
  );
  // Pages of before are not kept in memory for ever.
  if (++uses % 20 === 0) compiler.evictCache(10);
  return Buffer.from(pdf);
}
