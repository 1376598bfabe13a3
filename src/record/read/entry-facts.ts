import { setImmediate } from 'node:timers/promises';
import type { Reference } from '@medplum/fhirtypes';
import {
  type FhirStore,
  kindOfResource,
  placeOf,
  type ResourceType,
  type Stored,
  type StoredKey,
} from '../../fhir/index.ts';
import type { TimelineItem } from '../contract.ts';
import { dateSpan } from '../dates.rules.ts';
import type { Directory } from '../directory.ts';
import { normalise } from '../fhir-words.ts';
import { type Description, describe } from './describe.ts';
import { valuesOf } from './measures.rules.ts';
import { authorDateOf, clinicalDate, type Reading, statusOf } from './reading.ts';

/** What an entry says, as its line does. */
interface Words {
  what: TimelineItem['what'];
  /** Without accents, each word after a space. */
  title: string;
  details: string;
  /** Of a report: what it says beside its values. */
  conclusion: string;
  /** Of an observation: how a report says it. */
  lines: string;
}
/** What is asked of every entry by who looks through a record: nothing of who reads, nothing of what other entries say. */
export interface EntryFacts {
  /** What lines are sorted by. */
  readonly at: string;
  /** A task without words: told by its request. */
  readonly wordless: boolean;
  readonly wrong: boolean;
  /** Who is named as its author, and when they were who they were. */
  readonly author: Reference | undefined;
  readonly when: string | undefined;
  /** Of a report: whose values it says. */
  readonly results: readonly string[];
  readonly words: Words;
}

/** Instants compare as text once in one form; what has no date is oldest. */
function sortKey(stored: Stored): string {
  const at = clinicalDate(stored.resource) ?? '';
  return at.includes('T') ? new Date(at).toISOString() : at === '' ? '' : `${dateSpan(at)[0]}T00:00:00.000Z`;
}
const valueLines = (r: Reading, stored: Stored<'Observation'>): string[] =>
  valuesOf(stored.resource, r).map((value) =>
    `${value.label} : ${value.text} ${value.unit}${value.flagLabel ? ` (${value.flagLabel.toLowerCase()})` : ''}`.trim(),
  );

/** An entry as its line says it; a report says the values of its observations, of those that are seen. */
export function saidOf(r: Reading, stored: Stored, reported: ReadonlyMap<string, Stored>): Description {
  const said = describe(stored.resource, r);
  if (stored.type !== 'DiagnosticReport') return said;
  const report = stored.resource;
  const lines = (report.result ?? []).flatMap(({ reference }) => {
    const one = reported.get(reference ?? '');
    return one?.type === 'Observation' ? valueLines(r, one) : [];
  });
  return lines.length > 0 ? { ...said, details: [report.conclusion, ...lines].filter(Boolean).join('\n') } : said;
}

/** Where a word begins there is a space before it. */
export function spaced(text: string): string {
  const words = normalise(text);
  return words && ` ${words}`;
}
function wordsIn(stored: Stored, r: Reading): Words {
  const said = describe(stored.resource, r);
  return {
    what: said.what,
    title: spaced(`${said.title} ${said.whatLabel}`),
    details: spaced(said.details),
    conclusion: stored.type === 'DiagnosticReport' ? spaced(stored.resource.conclusion ?? '') : '',
    lines: stored.type === 'Observation' ? spaced(valueLines(r, stored).join(' ')) : '',
  };
}
class Facts implements EntryFacts {
  readonly at: string;
  readonly wordless: boolean;
  readonly wrong: boolean;
  readonly author: Reference | undefined;
  readonly when: string | undefined;
  readonly results: readonly string[];
  #words: Words | (() => Words);
  /** @param now what is kept holds its words, and not what they are made of */
  constructor(stored: Stored, r: Reading, now: boolean) {
    const { resource } = stored;
    this.at = sortKey(stored);
    this.wordless = stored.type === 'Task' && kindOfResource(resource) === 'tasks';
    this.wrong = statusOf(resource) === 'entered-in-error';
    [this.author, this.when] = authorDateOf(resource);
    const report = stored.type === 'DiagnosticReport' ? stored.resource : undefined;
    this.results = (report?.result ?? []).flatMap(
      ({ reference }) => /^Observation\/[A-Za-z0-9\-.]{1,64}$/.exec(reference ?? '')?.[0] ?? [],
    );
    this.#words = now ? wordsIn(stored, r) : () => wordsIn(stored, r);
  }
  get words(): Words {
    if (typeof this.#words === 'function') this.#words = this.#words();
    return this.#words;
  }
}
/** Words of a line: of a report with those of its values that are seen. */
export function wordsOf({ words, results }: EntryFacts, reported: ReadonlyMap<string, EntryFacts>): string[] {
  const lines = results.flatMap((reference) => reported.get(reference)?.words.lines || []);
  return lines.length > 0 ? [words.title, words.conclusion, ...lines] : [words.title, words.details];
}

const most = 20_000;
type Known = Map<string, EntryFacts>;
/**
 * Of records that someone looks through, by patient and then by version: who types a word letter by letter asks of the same ten thousand entries each time. It
 * holds what versions say, which never changes; whether a person sees one is asked of the store each time.
 */
const remembered = new WeakMap<Directory, Map<string, Known>>();

function knownOf(r: Reading): Known {
  const all = remembered.get(r.directory) ?? new Map<string, Known>();
  remembered.set(r.directory, all);
  const patient = [r.caller.tenant, r.patient, r.birth, r.sex].join('|');
  const known: Known = all.get(patient) ?? new Map();
  if (known.size > most) known.clear();
  // The record looked through last is forgotten last.
  all.delete(patient);
  let held = known.size;
  for (const [other, { size }] of [...all].reverse()) if ((held += size) > most) all.delete(other);
  all.set(patient, known);
  return known;
}

/** A patient's entries, newest first of each type, and what they say. */
export interface Entries {
  all: readonly StoredKey[];
  facts: readonly EntryFacts[];
  /** Entries themselves, by `Type/id`. */
  stored(named: readonly string[]): Promise<ReadonlyMap<string, Stored>>;
}
type Look = (query: { types: readonly ResourceType[]; each: number }) => Promise<Entries>;
const versionOf = ({ type, id, version }: StoredKey): string => `${type}/${id}/${version}`;
const byName = (stored: readonly Stored[]) => new Map(stored.map((one) => [`${one.type}/${one.id}`, one]));

/** Looks at entries to show the newest of them. */
export const lookNewest =
  (store: FhirStore, r: Reading): Look =>
  async (query) => {
    const all = await store.compartment(r.patient, { ...query, toShow: true });
    await r.directory.learn(store, all);
    return { all, facts: await eachInTurn(all, (one) => new Facts(one, r, false)), stored: async () => byName(all) };
  };
/** Looks at all of them for words: what is known of a version is not read again. */
export const lookThrough = (store: FhirStore, r: Reading): Look => {
  const known = knownOf(r);
  return async (query) => {
    const all = await store.compartmentKeys(r.patient, query);
    const facts: EntryFacts[] = [];
    const unknown: StoredKey[] = [];
    for (const one of all) if (!known.has(versionOf(one))) unknown.push(one);
    const stored = await store.compartmentOf(r.patient, unknown);
    await r.directory.learn(
      store,
      stored.filter(({ type }) => type.startsWith('Medication')),
    );
    await eachInTurn(stored, (one) => known.set(versionOf(one), new Facts(one, r, true)));
    // What was written anew since its name was read has another version: it is found by the next look.
    const seen = all.filter((one) => {
      const its = known.get(versionOf(one));
      if (its) facts.push(its);
      return its !== undefined;
    });
    const authors = new Set(facts.map((one) => one.author?.reference));
    await r.directory.learn(store, [{ text: JSON.stringify([...authors]) }]);
    return {
      all: seen,
      facts,
      async stored(named) {
        const asked = named.flatMap((one) => placeOf(one) ?? []);
        const found = await store.compartmentOf(r.patient, asked);
        await r.directory.learn(store, found);
        return byName(found);
      },
    };
  };
};

/** Entries that are looked at before others are served. */
const breath = 400;
async function eachInTurn<T, U>(all: readonly T[], one: (each: T) => U): Promise<U[]> {
  const done: U[] = [];
  for (const each of all) {
    if (done.length % breath === breath - 1) await setImmediate();
    done.push(one(each));
  }
  return done;
}
