import type { Command, Db } from '../../platform/index.ts';
import type { Fhir, ResourceOf } from '../../fhir/index.ts';
import { onTextsWritten, wordTypes } from './index-words.ts';
import { TextReader } from './text-reader.ts';
import { forgetWords, practicesWithWords, withoutWords } from './words.store.ts';

const batch = 200;
/**
 * Gives their words to documents and notes that have none: those of before there was an index, those of a take-over that was cut short. `everything`: forgets the words of all
 * first; `signal` stops it after the batch at hand. Returns how many were looked at; texts of files are read afterwards (TextReader).
 */
export async function indexAgain(db: Db, now: () => Date, everything = false, signal?: AbortSignal): Promise<number> {
  let done = 0;
  for (const tenant of await db.owner('words of documents', practicesWithWords)) {
    if (everything) await db.tenant(tenant, (sql) => forgetWords(sql, tenant));
    for (const type of wordTypes) {
      for (let last = '0'; !signal?.aborted; ) {
        const rows = await db.transaction(tenant, async (sql) => {
          const found = await withoutWords(sql, tenant, type, last, batch);
          await onTextsWritten(
            sql,
            tenant,
            found.map(({ id, content }) => ({ type, id, resource: JSON.parse(content) as ResourceOf<typeof type> })),
            now(),
          );
          return found;
        });
        done += rows.length;
        if (rows.length < batch) break;
        last = rows.at(-1)!.rid;
      }
    }
  }
  return done;
}

export const wordsCommand: Command<{ db: Db; fhir: Fhir }> = {
  name: 'documents words',
  usage: '[--json]',
  describe: 'Relit chaque document et chaque note, et refait l’index de leurs mots.',
  options: {},
  async run({ db, fhir }, { values, signal }, out) {
    const now = () => new Date();
    const reader = new TextReader(db, fhir.asSystem, now);
    signal.addEventListener('abort', () => void reader.stop(), { once: true });
    const documents = await indexAgain(db, now, true, signal);
    if (!signal.aborted) await reader.run();
    if (signal.aborted) {
      if (values.json) out.json({ documents, complete: false });
      else out.line('Arrêté : l’index des mots n’est refait qu’en partie. Relancez la commande pour l’avoir entier.');
      return 2;
    }
    if (values.json) out.json({ documents });
    else
      out.line(
        `${documents} ${documents < 2 ? 'document ou note' : 'documents et notes'} : l’index des mots est refait.`,
      );
    return 0;
  },
};
