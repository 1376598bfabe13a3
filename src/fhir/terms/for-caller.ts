import type { Db } from '../../platform/index.ts';
import { type ListName, listOfSystem, publicLists } from './lists.ts';
import { lookUp, type Looked, searchTerms } from './search.ts';
import { editionsOf, type FoundTerm } from './terms.store.ts';

/** The loaded lists as one practice reads them. */
export interface Lists {
  lookUp(system: string, code: string): Promise<Looked>;
  /** Terms of the whole list behind an implicit value set (`https://…/terminologie-bdpm?fhir_vs`); undefined: no such list is loaded here. */
  expand(
    url: string,
    filter: string,
    count: number,
  ): Promise<{ system: string; title: string; version: string; found: FoundTerm[] } | undefined>;
}
export const listsFor = (db: Db, tenant: number): Lists => ({
  lookUp: (system, code) => lookUp(db, tenant, system, code),
  async expand(url, filter, count) {
    const list = listOfImplicit(url);
    if (!list) return undefined;
    const [edition] = await db.tenant(tenant, (sql) => editionsOf(sql, [list]));
    if (!edition) return undefined;
    const { system, title } = publicLists[list];
    return { system, title, version: edition.version, found: await searchTerms(db, tenant, [list], filter, count) };
  },
});
/** The list whose codes are all of this value set: FHIR's way of naming it for SNOMED CT and LOINC, kept for ours. */
export const listOfImplicit = (url: string): ListName | undefined =>
  url.endsWith('?fhir_vs') ? listOfSystem(url.slice(0, -'?fhir_vs'.length))?.list : undefined;
