import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Edition, edition } from '../contract.ts';

const shipped = ['sip-2021', 'sip-2024'];
/** The editions that come with the product; a copy of one is the next call. Throws when a file is not a whole edition. */
export const shippedEditions: readonly Edition[] = shipped.map((id) =>
  edition.parse(JSON.parse(readFileSync(join(import.meta.dirname, `${id}.json`), 'utf8'))),
);
