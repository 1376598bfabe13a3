import { loadedLists, publicLists, searchTerms } from '../../fhir/index.ts';
import type { Entered } from '../read/enter.ts';
import { isSubstance, type Meaning, meaningOf } from './brands.rules.ts';
import { nameWords, substanceSystem, substanceOf } from './substance.rules.ts';
import type { CodeableConcept } from '@medplum/fhirtypes';

/** Names looked up at once; a list that names more keeps the rest as they are. */
const most = 60;
/** Coded with its substances or its ATC code, it says itself what it is. */
const saysItself = (concept: CodeableConcept | undefined): boolean => substanceOf(concept, '').atc !== null || (concept?.coding ?? []).some(({ system, display }) => system === substanceSystem && display);

/** What the names of these medicines mean by the loaded public list, or by our own everyday names; by label. */
export async function meaningsOf(entered: Entered, medicines: readonly { label: string; concept: CodeableConcept | undefined }[]): Promise<ReadonlyMap<string, Meaning>> {
  const { db } = entered.room;
  const { tenant } = entered.caller;
  const free = new Map(medicines.filter(({ concept }) => !saysItself(concept)).map(({ label, concept }) => [label, substanceOf(concept, label)]));
  const unknown = [...new Set([...free].filter(([, substance]) => !isSubstance(substance)).map(([label]) => nameWords(label)))].filter((name) => name.length > 2).slice(0, most);
  const loaded = unknown.length > 0 && (await loadedLists(db, tenant)).some(({ list }) => list === 'bdpm');
  const found = new Map(loaded ? await Promise.all(unknown.map(async (name) => [name, await searchTerms(db, tenant, ['bdpm'], name, 40)] as const)) : []);
  return new Map([...free].flatMap(([label, substance]) => ((meaning) => (meaning ? [[label, meaning] as const] : []))(meaningOf(label, substance, found.get(nameWords(label)) ?? [], publicLists.bdpm.title))));
}
