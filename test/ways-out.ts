import { contractsByRoom } from '../scripts/derive-contracts.ts';
import type { Entry } from '../src/platform/index.ts';

/** An id that nobody knows. */
export const unknown = '01a00000-0000-7000-8000-000000000000';
export interface Item {
  type: string;
  id: string;
}
export interface About {
  patient: string;
  /** Another patient who looks like this one. */
  twin: string;
  author: string;
  items: readonly Item[];
  /** Words looked for. */
  words: readonly string[];
}
export interface Way {
  /** `room.entry` of a screen, or `fhir`. */
  name: string;
  url: string;
}

const contracts = (await contractsByRoom()) as unknown as Record<string, Record<string, Entry>>;
/** The programme sees no health data by construction: its room may not enter fhir at all (test/rules). */
const rooms = Object.entries(contracts).filter(([room]) => room !== 'programme' && room !== 'library');
/** What stays open: its hints have a test of their own (DOS-1). */
const streams = new Set(['events', 'live', 'liveMinutes']);
export const entriesOf = (chosen: (entry: Entry) => boolean): { name: string; entry: Entry }[] =>
  rooms.flatMap(([room, contract]) =>
    Object.entries(contract)
      .filter(([name, entry]) => chosen(entry) && !streams.has(name))
      .map(([name, entry]) => ({ name: `${room}.${name}`, entry })),
  );

/** A route that takes one kind of thing only is walked with the first and the last: all of them would take minutes. */
const ends = (items: readonly Item[]): string[] => [...new Set([items[0]!.id, items.at(-1)!.id])];
/** What stands in the place of each `:name` of a path. A route with a name that is not here fails: say what it is to be walked with. */
const valuesFor = ({ patient, twin, items }: About): Record<string, readonly string[]> => ({
  patient: [patient],
  id: ends(items),
  code: ['8867-4'],
  one: [patient],
  other: [twin],
  key: [`note:${patient}`],
  section: ['douleur'],
  name: ['patients', 'recent'],
  list: ['cim10'],
  document: ends(items),
  kind: ['private-notes'],
  profession: ['nurse'],
  merge: [unknown],
  template: [unknown],
  task: [unknown],
  message: [unknown],
  file: [unknown],
  discussion: [unknown],
  plan: [unknown],
  run: [unknown],
});
export function filled(path: string, about: About): string[] {
  const values = valuesFor(about);
  const names = [...path.matchAll(/:(\w+)/g)].map(([, name]) => name!);
  const missing = names.filter((name) => name !== 'type' && !values[name]);
  if (missing.length > 0) throw new Error(`${path}: say in test/ways-out.ts what stands for :${missing.join(', :')}.`);
  if (path.includes(':type'))
    return about.items
      .slice(0, 3)
      .map(({ type, id }) =>
        path.replace(':type', type).replace(':id', id).replace(':patient', about.patient).replace(/:\w+/g, unknown),
      );
  return names.reduce<string[]>(
    (paths, name) =>
      paths.flatMap((one) => values[name]!.map((value) => one.replace(`:${name}`, encodeURIComponent(value)))),
    [path],
  );
}

/** Every GET of every room that may show health data, from the contracts, and every way of reading the FHIR server. */
export function waysOut(about: About): Way[] {
  const { patient, author, items, words } = about;
  const queries: Record<string, readonly string[]> = {
    searchPatients: ['?q=', ...words.map((word) => `?q=${word}`)],
    timeline: ['', ...words.map((word) => `?q=${word}`), '?kind=note', '?profession=physician', '?errors=true'],
    searchTexts: words.flatMap((word) => [`?q=${word}`, `?q=${word}&patient=${patient}`]),
    tasks: ['', ...words.map((word) => `?q=${word}`)],
    threads: ['', ...words.map((word) => `?q=${word}`)],
    changes: ['', '?days=30'],
    drafts: ['', `?patient=${patient}`],
    accessLog: ['?count=200'],
  };
  const screens = entriesOf(({ method }) => method === 'GET').flatMap(({ name, entry }) =>
    filled(entry.path, about).flatMap((path) =>
      (queries[name.split('.')[1]!] ?? ['']).map((query): Way => ({ name, url: path + query })),
    ),
  );
  return [
    ...screens,
    ...fhirWays(patient, author, items, words).map((path): Way => ({ name: 'fhir', url: `/fhir/R4/${path}` })),
  ];
}
function fhirWays(patient: string, author: string, items: readonly Item[], words: readonly string[]): string[] {
  const types = [...new Set(items.map(({ type }) => type))];
  return [
    ...[...types, 'Binary', 'Patient', 'Provenance', 'AuditEvent', 'List'].flatMap((type) => [
      `${type}?_count=200`,
      `${type}?_summary=count`,
      `${type}?_total=accurate&_count=0`,
      `${type}?_tag=urn:estran:tag|private-note`,
      `${type}/_history?_count=200`,
    ]),
    ...types.flatMap((type) => [
      `${type}?patient=${patient}&_include=*&_revinclude=*&_sort=-_lastUpdated`,
      `${type}?patient.name=Notariel`,
      `Patient/${patient}/${type}`,
      `Patient/${patient}/${type}?_summary=count`,
      `Patient?_has:${type}:subject:_tag=private-note`,
      `Patient?_id=${patient}&_revinclude=${type}:subject`,
      `Practitioner?_id=${author}&_revinclude=${type}:author`,
      `Practitioner/${author}/${type}`,
    ]),
    ...words.flatMap((word) => [
      `Composition?title=${word}`,
      `Composition?title:contains=${word}`,
      `Composition?_text=${word}`,
      `Composition?_content=${word}`,
    ]),
    `Composition?entry.patient=${patient}`,
    `Patient/${patient}`,
    `Patient/${patient}/_history`,
    `Patient/${patient}/_history/1`,
    `Patient/${patient}?_elements=identifier`,
    `Patient/${patient}/$everything?_count=500`,
    'Patient/$everything?_count=500',
    `Patient/${patient}/$summary`,
    '_history?_count=200',
    `?_type=${types.join(',')}&_count=100`,
    `Patient/${patient}/*`,
    'Encounter?_has:ClinicalImpression:encounter:_tag=private-note',
    `Observation?patient=${patient}&_include=Observation:patient`,
    ...items.flatMap(({ type, id }) => [
      `${type}/${id}`,
      `${type}/${id}/_history`,
      `${type}/${id}/_history/1`,
      `${type}/${id}/_history/2`,
      `${type}?_id=${id}`,
      `Provenance?target=${type}/${id}`,
    ]),
  ];
}

/** Several at a time, in order. */
export async function each<T>(list: readonly T[], work: (one: T) => Promise<void>, together = 12): Promise<void> {
  for (let at = 0; at < list.length; at += together) await Promise.all(list.slice(at, at + together).map(work));
}
