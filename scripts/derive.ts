/**
 * `npm run derive`: writes the files that are drawn from the code, all committed. `test/rules/derived.test.ts` proves them fresh.
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { accessMatrix } from '../src/access/index.ts';
import { contractsByRoom, openApi } from './derive-contracts.ts';
import { factsToRead } from './derive-facts.ts';
import { requirementsTable } from './derive-requirements.ts';
import { roomGraph } from './derive-rooms.ts';
import { schemaDump } from './derive-schema.ts';

/** Every derived file, by path from the root, and what writes it. */
export const derived: Readonly<Record<string, () => Promise<string>>> = {
  'docs/exigences.md': async () => requirementsTable(),
  'docs/access-matrix.md': async () => accessMatrix(await contractsByRoom()),
  'docs/faits-a-relire.md': async () => factsToRead(),
  'docs/openapi.json': async () => openApi(await contractsByRoom()),
  'docs/salles.md': roomGraph,
  'docs/schema.sql': schemaDump,
};

if (import.meta.main) {
  const only = process.argv.slice(2);
  for (const [path, text] of Object.entries(derived)) {
    if (only.length > 0 && !only.includes(path)) continue;
    writeFileSync(join(import.meta.dirname, '..', path), await text());
    process.stdout.write(`${path}\n`);
  }
  process.exit(0);
}
