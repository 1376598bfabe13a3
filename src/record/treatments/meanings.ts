import type { CodeableConcept } from '@medplum/fhirtypes';
import { type FoundTerm, loadedLists, publicLists, searchTerms } from '../../fhir/index.ts';
import type { Entered } from '../read/enter.ts';
import { isSubstance, type Meaning, meaningOf, nearMeaning } from './brands.rules.ts';
import { nameWords, substanceOf, substanceSystem } from './substance.rules.ts';

/** Names looked up at once; a record that names more keeps the rest as they are. */
const most = 60;
/** What the list answered lately, by practice, edition and name: the same few names come back at every reading of a record. */
const lately = new Map<string, readonly FoundTerm[]>();

/** Coded with its substances or its ATC code, it says itself what it is. */
const saysItself = (concept: CodeableConcept | undefined): boolean =>
  substanceOf(concept, '').atc !== null ||
  (concept?.coding ?? []).some(({ system, display }) => system === substanceSystem && display);

/** What the names of these medicines mean by the loaded public list, by our own everyday names, or only if they are misspelt; by label. */
export async function meaningsOf(
  entered: Entered,
  medicines: readonly { label: string; concept: CodeableConcept | undefined }[],
): Promise<ReadonlyMap<string, Meaning>> {
  const free = new Map(
    medicines
      .filter(({ concept }) => !saysItself(concept))
      .map(({ label, concept }) => [label, substanceOf(concept, label)]),
  );
  const unknown = [
    ...new Set([...free].filter(([, substance]) => !isSubstance(substance)).map(([label]) => nameWords(label))),
  ]
    .filter((name) => name.length > 2)
    .slice(0, most);
  const found = await listed(entered, unknown);
  const rowsOf = (label: string): readonly FoundTerm[] => found.get(nameWords(label)) ?? [];
  const { title } = publicLists.bdpm;
  const meanings = new Map(
    [...free].flatMap(([label, substance]) =>
      ((meaning) => (meaning ? [[label, meaning] as const] : []))(meaningOf(label, substance, rowsOf(label), title)),
    ),
  );
  const held = medicines.map(({ label, concept }) => ({
    label,
    substance: meanings.get(label)?.substance ?? substanceOf(concept, label),
    known: meanings.has(label) || saysItself(concept),
  }));
  const near = [...free.keys()]
    .filter((label) => !meanings.has(label))
    .flatMap((label) =>
      ((meaning) => (meaning ? [[label, meaning] as const] : []))(nearMeaning(label, rowsOf(label), title, held)),
    );
  return new Map([...meanings, ...near]);
}
/** What the list answers to each name, a slip of the finger included. */
async function listed(entered: Entered, names: readonly string[]): Promise<Map<string, readonly FoundTerm[]>> {
  const { db } = entered.room;
  const { tenant } = entered.caller;
  const found = new Map<string, readonly FoundTerm[]>();
  const edition =
    names.length > 0 ? (await loadedLists(db, tenant)).find(({ list }) => list === 'bdpm')?.edition : undefined;
  if (edition === undefined) return found;
  for (const name of names) {
    const key = `${tenant} ${edition} ${name}`;
    let rows = lately.get(key);
    if (!rows) {
      rows = await searchTerms(db, tenant, ['bdpm'], name, 40);
      if (lately.size >= 5000) lately.clear();
      lately.set(key, rows);
    }
    found.set(name, rows);
  }
  return found;
}
