import type { z } from 'zod';
import type { noteBody, Written } from '../contract.ts';
import type { Entered } from '../read/enter.ts';
import { statusOf } from '../read/reading.ts';
import { buildNote } from './build-note.ts';
import { tellAuthor } from './own-words.ts';
import { correct, entryOf } from './save.ts';

/** A signed note is its author's own words (own-words.ts): they are told that a colleague corrected it. */
export const correctNote = (
  entered: Entered,
  type: 'Composition' | 'ClinicalImpression',
  id: string,
  body: z.infer<typeof noteBody>,
): Promise<Written> =>
  entered.store.transaction(async (store) => {
    const within = { ...entered, store };
    const before = await entryOf(within, type, id);
    const done = await correct(within, type, id, body.version, body.reason, (base) => buildNote(within, body, base));
    if (statusOf(before.resource) !== 'draft')
      await tellAuthor(within, store, before, { kind: 'note-corrected', reason: body.reason ?? '' });
    return done;
  });
