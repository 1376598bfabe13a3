import type { z } from 'zod';
import { professions } from '../../access/index.ts';
import type { FhirStore, ResourceType, Stored, StoredKey } from '../../fhir/index.ts';
import { Problem } from '../../platform/index.ts';
import type { TimelineItem, timelineGroup, timelineQuery, timelineReply } from '../contract.ts';
import { dateSpan, dayOf, parseDate } from '../dates.rules.ts';
import { labelOf, normalise } from '../fhir-words.ts';
import { highlight } from '../identity/search.rules.ts';
import type { PersonCaller, Room } from '../room.ts';
import type { Description } from './description.ts';
import { enter } from './enter.ts';
import { type Entries, type EntryFacts, lookNewest, lookThrough, saidOf, spaced, wordsOf } from './entry-facts.ts';
import { encounterLabel } from './labels.ts';
import { curveOf, valuesOf, worst } from './measures.rules.ts';
import { lineOf, type Reading } from './reading.ts';

const typesOf: Record<TimelineItem['what'], readonly ResourceType[]> = {
  encounter: ['Encounter'],
  note: ['Composition', 'ClinicalImpression'],
  problem: ['Condition'],
  allergy: ['AllergyIntolerance'],
  treatment: ['MedicationRequest', 'MedicationStatement', 'MedicationDispense', 'List'],
  measure: ['Observation'],
  result: ['Observation', 'DiagnosticReport', 'ImagingStudy'],
  document: ['DocumentReference'],
  vaccine: ['Immunization'],
  procedure: ['Procedure'],
  history: ['Condition', 'FamilyMemberHistory', 'Observation'],
  alert: ['Flag'],
  plan: ['CarePlan', 'Goal'],
  form: ['QuestionnaireResponse', 'Observation'],
  coordination: ['Communication', 'Task', 'ServiceRequest'],
  appointment: ['Appointment'],
};
const allTypes = [...new Set(Object.values(typesOf).flat())];
const deepest = 51_200;

interface Found {
  one: StoredKey;
  facts: EntryFacts;
  at: string;
}
function itemOf(r: Reading, stored: Stored, said: Description, words: readonly string[]): TimelineItem {
  const flag =
    stored.type === 'Observation' ? worst(valuesOf(stored.resource, r).map((value) => value.flag)) : 'unknown';
  return {
    ...lineOf(r, stored),
    what: said.what,
    whatLabel: said.whatLabel,
    title: said.title,
    details: said.details,
    highlights: { title: highlight(said.title, words), details: highlight(said.details, words) },
    flag,
    measureCode:
      stored.type === 'Observation' && valuesOf(stored.resource, r).some((value) => value.value !== null)
        ? curveOf(stored.resource)
        : null,
    contentUrl:
      stored.type === 'DocumentReference' ? `/api/patients/${r.patient}/documents/${stored.id}/content` : null,
  };
}
const encounterOf = (stored: Stored): string | null =>
  stored.type === 'Encounter' ? stored.id : (/"Encounter\/([^"]+)"/.exec(stored.text)?.[1] ?? null);

/** What a reader asks of the history. */
interface Asked {
  /** Kinds of lines; null: all. */
  what: readonly TimelineItem['what'][] | null;
  /** Professions of who wrote; empty: all. */
  professions: readonly string[];
  words: readonly string[];
  /** First and last day. */
  from: string | null;
  to: string | null;
  /** Lines after this one. */
  after: string | null;
  /** With what was entered in error. */
  errors: boolean;
  count: number;
}
function askedBy(query: z.infer<typeof timelineQuery>, now: Date): Asked {
  const what = query.kind?.split(',').filter((kind): kind is TimelineItem['what'] => Object.hasOwn(typesOf, kind));
  return {
    what: what?.length ? what : null,
    professions: query.profession?.split(',').filter(Boolean) ?? [],
    words: normalise(query.q ?? '')
      .split(' ')
      .filter(Boolean),
    from: bound(query.from, now, 0),
    to: bound(query.to, now, 1),
    after: parseCursor(query.cursor),
    errors: query.errors === 'true',
    count: query.count ?? 50,
  };
}

const whoWrote = (r: Reading, { author, when }: EntryFacts) => r.directory.who(r.caller, author, when);
type Fits = (one: EntryFacts, reported: ReadonlyMap<string, EntryFacts>) => boolean;
/** Whether a line is asked for by what it is, by who wrote it and by the words in it. */
function fitting(r: Reading, { what, professions, words, errors }: Asked): Fits {
  const wordStarts = words.map((word) => ` ${word}`);
  const names = new Map<string, string>();
  const nameOf = (one: EntryFacts): string => {
    const who = `${one.author?.reference}|${one.author?.display}`;
    let name = names.get(who);
    if (name === undefined) names.set(who, (name = spaced(whoWrote(r, one)?.name ?? '')));
    return name;
  };
  return (one, reported) => {
    if (one.wordless || (one.wrong && !errors) || (what && !what.includes(one.words.what))) return false;
    if (professions.length > 0 && !professions.includes(whoWrote(r, one)?.profession ?? '')) return false;
    if (wordStarts.length === 0) return true;
    const said = wordsOf(one, reported);
    return wordStarts.every((word) => said.some((text) => text.includes(word)) || nameOf(one).includes(word));
  };
}

/** Whether everything was given; otherwise the date beneath which some type may have more. */
function reachOf({ all, facts }: Entries, each: number): { complete: boolean; floor: string } {
  const seen = new Map<string, number>();
  let complete = true;
  let floor = '';
  for (const [n, { type }] of all.entries()) {
    const nth = (seen.get(type) ?? 0) + 1;
    seen.set(type, nth);
    if (nth < each) continue;
    complete = false;
    if (facts[n]!.at > floor) floor = facts[n]!.at;
  }
  return { complete, floor };
}
/** Values that a report says, by reference: they are a part of its line. */
function reportedIn({ all, facts }: Entries): Map<string, EntryFacts> {
  const reports = new Set(facts.flatMap((one) => one.results));
  const values = new Map<string, EntryFacts>();
  for (const [n, { type, id }] of all.entries())
    if (type === 'Observation' && reports.has(`${type}/${id}`)) values.set(`${type}/${id}`, facts[n]!);
  return values;
}

interface Looked {
  entries: Entries;
  kept: Found[];
  complete: boolean;
}
/** Looks at more and more of the newest, until what is asked for fills a page or nothing is left. */
async function lookFor(store: FhirStore, r: Reading, asked: Asked): Promise<Looked> {
  const { what, words, from, to, after, count } = asked;
  const types = what ? [...new Set(what.flatMap((kind) => typesOf[kind]))] : allTypes;
  const inReports = !what || what.includes('result');
  const fits = fitting(r, asked);
  const lookAt = words.length > 0 ? lookThrough(store, r) : lookNewest(store, r);
  // A look at what was looked at before is short; others are served meanwhile: ten thousand entries take long.
  // Words that are not in the newest are looked for in all.
  const [first, times] = words.length > 0 ? [Math.max(800, count * 2), 64] : [Math.max(100, count * 2), 8];
  for (let each = first; ; each *= times) {
    const entries = await lookAt({ types, each });
    const { complete, floor } = reachOf(entries, each);
    const values = reportedIn(entries);
    const kept: Found[] = [];
    for (const [n, one] of entries.all.entries()) {
      const facts = entries.facts[n]!;
      const { at } = facts;
      if (inReports && one.type === 'Observation' && values.has(`${one.type}/${one.id}`)) continue;
      if (at < floor || (after && key(at, one) >= after) || (from && day(at) < from) || (to && day(at) > to)) continue;
      if (fits(facts, values)) kept.push({ one, at, facts });
    }
    if (kept.length > count || complete || each >= deepest || (from && floor && day(floor) < from))
      return { entries, kept, complete };
  }
}

/**
 * The history, newest first. The store gives the newest of each type, so a page is complete down to the oldest date at which no type was
 * cut; when that is not far enough, more is asked for. The cursor is the last line shown.
 */
export async function timeline(
  room: Room,
  caller: PersonCaller,
  patientId: string,
  query: z.infer<typeof timelineQuery>,
): Promise<z.infer<typeof timelineReply>> {
  const { store, reading: r, now } = await enter(room, caller, patientId);
  const asked = askedBy(query, now);
  const { entries, kept, complete } = await lookFor(store, r, asked);
  kept.sort((a, b) => (key(a.at, a.one) < key(b.at, b.one) ? 1 : -1));
  // Only what is shown is made a line of.
  const shown = kept.slice(0, asked.count);
  const stored = await entries.stored(shown.flatMap(({ one, facts }) => [`${one.type}/${one.id}`, ...facts.results]));
  const page = shown.flatMap(({ one, at }) => {
    const its = stored.get(`${one.type}/${one.id}`);
    return its ? [{ item: itemOf(r, its, saidOf(r, its, stored), asked.words), stored: its, at }] : [];
  });
  const last = page.at(-1);
  const more = kept.length > asked.count || !complete;
  return {
    groups: grouped(page),
    next: more && last ? Buffer.from(key(last.at, last.stored)).toString('base64url') : null,
    professions: professionsMet(r, kept),
  };
}

const day = (at: string): string => at.slice(0, 10);
const key = (at: string, { type, id }: StoredKey): string => `${at}|${type}|${id}`;
function parseCursor(cursor: string | undefined): string | null {
  if (!cursor) return null;
  const text = Buffer.from(cursor, 'base64url').toString('utf8');
  if (!/^[\dT:.Z-]*\|[A-Za-z]+\|[A-Za-z0-9\-.]{1,64}$/.test(text))
    throw new Problem(400, 'Page introuvable', 'Ce lien de page est abîmé : revenez au début de l’historique.');
  return text;
}
function bound(typed: string | undefined, now: Date, end: 0 | 1): string | null {
  if (!typed) return null;
  const date = parseDate(typed, now);
  if (!date) throw new Problem(400, 'Date à corriger', `« ${typed} » n’est pas une date : écrivez JJ/MM/AAAA.`);
  return dateSpan(date)[end];
}
function grouped(page: readonly { item: TimelineItem; stored: Stored; at: string }[]): z.infer<typeof timelineGroup>[] {
  const groups: z.infer<typeof timelineGroup>[] = [];
  const byKey = new Map<string, z.infer<typeof timelineGroup>>();
  for (const { item, stored } of page) {
    const id = encounterOf(stored);
    const date = item.at ? dayOf(item.at) : '';
    const name = id ?? date;
    let group = byKey.get(name);
    if (!group) {
      group = { key: name, day: date, encounter: null, items: [] };
      byKey.set(name, group);
      groups.push(group);
    }
    if (stored.type === 'Encounter') {
      const encounter = stored.resource;
      group.encounter = {
        id: stored.id,
        label: encounterLabel(encounter),
        reason: (encounter.reasonCode ?? []).map((one) => labelOf(one)).join(', ') || null,
        who: item.who,
        place: encounter.location?.[0]?.location?.display ?? null,
      };
    }
    group.items.push(item);
  }
  return groups;
}
/** Of who wrote what was found, to choose among. */
function professionsMet(r: Reading, kept: readonly Found[]): z.infer<typeof timelineReply>['professions'] {
  const met = new Map<string, string>();
  for (const { facts } of kept) {
    const code = whoWrote(r, facts)?.profession;
    if (code) met.set(code, professions[code as keyof typeof professions]?.fr ?? code);
  }
  return [...met].map(([code, label]) => ({ code, label })).sort((a, b) => a.label.localeCompare(b.label, 'fr'));
}
