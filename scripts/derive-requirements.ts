import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';

const root = join(import.meta.dirname, '..');

export interface Requirement {
  id: string;
  room: string;
  texte: string;
}
export interface Proof {
  title: string;
  file: string;
  ids: string[];
}

/** The rows of docs/exigences.yaml. */
export const requirements = (): Requirement[] =>
  parse(readFileSync(join(root, 'docs/exigences.yaml'), 'utf8')) as Requirement[];

/** Written like a row's id, but the name of a standard. */
const standards = new Set(['UTF', 'ISO', 'SHA', 'AES', 'RFC', 'CIM', 'ICD', 'TRE', 'JDV']);

/** Titles of tests and groups that carry ids, by file. */
export function proofs(): Proof[] {
  const found: Proof[] = [];
  for (const file of globSync(['src/**/*.test.ts', 'seeds/**/*.test.ts', 'test/**/*.test.ts', 'e2e/**/*.test.ts'], {
    cwd: root,
  }).sort()) {
    const text = readFileSync(join(root, file), 'utf8');
    for (const [, , title = ''] of text.matchAll(
      /\b(?:test|it|describe|suite)(?:\.\w+)?\(\s*(['"`])((?:\\.|(?!\1)[^\\\n])*)\1/g,
    )) {
      const ids = [...title.matchAll(/\b([A-Z]{3})-\d+\b/g)]
        .filter(([, family = '']) => !standards.has(family))
        .map(([id]) => id);
      if (ids.length > 0) found.push({ title: title.replace(/\\(.)/g, '$1'), file, ids: [...new Set(ids)] });
    }
  }
  return found;
}

const cell = (text: string): string => text.replaceAll('|', '\\|');

/** Row × tests that prove it, as Markdown. */
export function requirementsTable(): string {
  const all = proofs();
  const rows = requirements();
  const proven = rows.filter(({ id }) => all.some(({ ids }) => ids.includes(id)));
  const lines = [
    '# Exigences et preuves',
    '',
    'Produit par `npm run derive` : les lignes viennent de `exigences.yaml`, les preuves des titres des tests ; ne pas modifier à la main.',
    'Un titre qui cite une ligne dit qu’un test en prouve quelque chose, pas que la ligne est complète.',
    '',
    `${rows.length} lignes, dont ${proven.length} citées par au moins un test.`,
  ];
  for (const room of [...new Set(rows.map((row) => row.room))]) {
    lines.push('', `## ${room}`, '', '| ligne | ce qui doit être vrai | tests |', '| --- | --- | --- |');
    for (const { id, texte } of rows.filter((row) => row.room === room)) {
      const tests = all
        .filter(({ ids }) => ids.includes(id))
        .map(
          ({ title, file }) => `${cell(title.replace(/^((?:[A-Z]{3}-\d+)[ ,]*)+:?\s*/, '') || title)} (\`${file}\`)`,
        );
      lines.push(`| ${id} | ${cell(texte)} | ${tests.join('<br>') || '–'} |`);
    }
  }
  return `${lines.join('\n')}\n`;
}
