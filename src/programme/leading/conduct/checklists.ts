import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { checklistShape } from './contract.ts';

/** What is to be done before, during and after (REC-2), as data. Throws when the file is not whole. */
export const checklists = checklistShape
  .array()
  .length(3)
  .parse(JSON.parse(readFileSync(join(import.meta.dirname, 'checklists.json'), 'utf8')));
export const itemIds: ReadonlySet<string> = new Set(checklists.flatMap(({ items }) => items.map(({ id }) => id)));
