import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { targetsShape } from './contract.ts';

/** How soon a first answer is due, as data (REC-7). Throws when the file is not whole. */
export const targets = targetsShape.parse(JSON.parse(readFileSync(join(import.meta.dirname, 'targets.json'), 'utf8')));
