import { type Db, record } from '../../platform/index.ts';
import type { ListName } from './lists.ts';
import type { ReadList } from './read-files.ts';
import { dropEdition, dropList, insertTerms, insertWords, makeCurrent, openEdition } from './terms.store.ts';
import { indexWords } from './words.rules.ts';

export interface Loader {
  actor: string;
  actorName: string;
  role?: string;
}
/** Terms a statement: the engine is free for others between two. */
const batch = 500;

/**
 * Puts a list that was read whole beside the one in use, then changes over in one transaction: until then nobody sees anything of it, and an
 * error or a stop leaves what was there. `tenant` 0 is the whole installation.
 */
export async function loadList(
  db: Db,
  tenant: number,
  read: ReadList,
  by: Loader,
  tell: (done: number, total: number) => void = () => undefined,
  signal?: AbortSignal,
): Promise<{ list: ListName; version: string; terms: number }> {
  const { list, version, terms, files } = read;
  const edition = await db.transaction(tenant, (sql) => openEdition(sql, tenant, list, version, files, by.actorName));
  try {
    const words = new Set<string>();
    for (let at = 0; at < terms.length; at += batch) {
      signal?.throwIfAborted();
      const some = terms.slice(at, at + batch);
      for (const { label, more } of some)
        for (const word of indexWords(label, more)) if (!/^\d/.test(word)) words.add(word);
      await db.transaction(tenant, (sql) => insertTerms(sql, tenant, edition, some));
      tell(Math.min(at + batch, terms.length), terms.length);
    }
    const all = [...words];
    for (let at = 0; at < all.length; at += 5_000)
      await db.transaction(tenant, (sql) => insertWords(sql, tenant, edition, all.slice(at, at + 5_000)));
    await db.transaction(tenant, async (sql) => {
      await makeCurrent(sql, tenant, list, edition, terms.length);
      await record(sql, tenant, [
        { ...by, action: 'terms-load', target: `TermList/${list}`, details: { version, terms: terms.length, files } },
      ]);
    });
  } catch (error) {
    await db.transaction(tenant, (sql) => dropEdition(sql, tenant, edition));
    throw error;
  }
  // The embedded engine looks at no statistics by itself; without them the first searches are slow.
  await db.owner('statistics of the lists of terms', (sql) =>
    sql.query('analyze fhir.term, fhir.term_word, fhir.term_list'),
  );
  return { list, version, terms: terms.length };
}

/** Takes a list away; what is coded with it keeps its codes and labels. False when there is none. */
export const removeList = (db: Db, tenant: number, list: ListName, by: Loader): Promise<boolean> =>
  db.transaction(tenant, async (sql) => {
    const was = await dropList(sql, tenant, list);
    if (was) await record(sql, tenant, [{ ...by, action: 'terms-remove', target: `TermList/${list}` }]);
    return was;
  });
