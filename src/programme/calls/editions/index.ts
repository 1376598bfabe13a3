import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Edition, edition } from '../contract.ts';

const shipped = ['sip-2021', 'sip-2024'];
const read = (id: string) => JSON.parse(readFileSync(join(import.meta.dirname, `${id}.json`), 'utf8'));
/** The editions that come with the product; a copy of one may be the next call. Throws when a file is not a whole edition. */
export const shippedEditions: readonly Edition[] = shipped.map((id) => edition.parse(read(id)));

/** A call that copies none: the least that a call holds, ready to be changed. Teams apply before the steps begin, and nothing is paid that was spent before the year. */
export function blankEdition(call: Pick<Edition, 'id' | 'title' | 'year' | 'publisher'>): Edition {
  const frame = read('blank');
  return edition.parse({
    ...frame,
    ...call,
    deadline: `${call.year}-03-31T23:59:59`,
    funding: { ...frame.funding, notBefore: `${call.year}-01-01` },
  });
}
