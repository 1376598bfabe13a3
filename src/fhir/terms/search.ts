import type { Db, Sql } from '../../platform/index.ts';
import { type ListName, listNames, listOfSystem } from './lists.ts';
import { editionsOf, findTerms, type FoundTerm, nearWords } from './terms.store.ts';
import { asked, mistaken, plainOf, wordsOf } from './words.rules.ts';

/** Terms of the loaded lists that answer to what was typed: words in any order by their beginnings, a code by its own, one typing mistake a word. Best first. */
export async function searchTerms(
  db: Db,
  tenant: number,
  lists: readonly ListName[],
  typed: string,
  most: number,
): Promise<FoundTerm[]> {
  const words = wordsOf(typed).slice(0, 8);
  const code = codeLike(typed);
  if (lists.length === 0 || (words.length === 0 && !code)) return [];
  const query = words.every((word) => word.length < 2) ? null : asked(words);
  const plain = plainOf(typed);
  return db.tenant(tenant, async (sql) => {
    const found = await findTerms(sql, lists, plain, query?.query ?? '', query?.exact ?? '', code, most);
    if (found.length > 0 || !query) return inOrder(found, most);
    const near = await mistakes(sql, lists, words);
    if (near.size === 0) return [];
    const again = asked(words, near);
    return inOrder(await findTerms(sql, lists, plain, again.query, again.exact, '', most), most);
  });
}

const inOrder = (found: FoundTerm[], most: number): FoundTerm[] => {
  const seen = new Set<string>();
  return found
    .sort((a, b) => a.place - b.place || a.rank - b.rank)
    .filter(({ list, code }) => !seen.has(`${list} ${code}`) && seen.add(`${list} ${code}`))
    .slice(0, most);
};

/** «e11», «E11.9», «JQQP», «60234100»: the beginning of a code as the lists write it, or nothing. */
function codeLike(typed: string): string {
  const text = typed.trim().toUpperCase();
  if (/^[A-Z]\d{1,2}$/.test(text) || /^[A-Z]\d{2}\.[\dA-Z+]{0,6}$/.test(text)) return text;
  if (/^[A-Z]\d{3,5}$/.test(text)) return `${text.slice(0, 3)}.${text.slice(3)}`;
  return /^[A-Z]{4}\d{0,3}$/.test(text) || /^\d{3,8}$/.test(text) || /^VAC\d{1,5}$/.test(text) ? text : '';
}

/** For each word of four letters or more, the words of the lists that are one letter away. */
async function mistakes(
  sql: Sql,
  lists: readonly ListName[],
  words: readonly string[],
): Promise<Map<string, string[]>> {
  const near = new Map<string, string[]>();
  for (const word of words) {
    if (word.length < 4 || /\d/.test(word)) continue;
    const found = await nearWords(sql, lists, word, mistaken(word));
    if (found.length > 0) near.set(word, found);
  }
  return near;
}

export interface LoadedConcept {
  system: string;
  title: string;
  version: string;
  code: string;
  label: string;
}
export type Looked = LoadedConcept | 'not-loaded' | 'unknown';
/** A code of a loaded list: what it is called, or that the list does not have it, or that no list of this system is loaded. */
export async function lookUp(db: Db, tenant: number, system: string, code: string): Promise<Looked> {
  const list = listOfSystem(system);
  if (!list) return 'not-loaded';
  if (!/^[\x21-\x7e]{1,20}$/.test(code)) return 'unknown';
  return db.tenant(tenant, async (sql) => {
    const [edition] = await editionsOf(sql, [list.list]);
    if (!edition) return 'not-loaded';
    const found = (await findTerms(sql, [list.list], '', '', '', code, 1))[0];
    return found?.code === code
      ? { system, title: list.title, version: edition.version, code, label: found.label }
      : 'unknown';
  });
}

/** What a practice reads: its own editions before the installation's. */
export const loadedLists = (db: Db, tenant: number) => db.tenant(tenant, (sql) => editionsOf(sql, listNames));
