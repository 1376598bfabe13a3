import type { z } from 'zod';
import { professions } from '../../access/index.ts';
import type { ResourceType, Stored, StoredKey } from '../../fhir/index.ts';
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
  const entered = await enter(room, caller, patientId);
  const { store, reading: r, now } = entered;
  const count = query.count ?? 50;
  const wanted = query.kind?.split(',').filter((kind): kind is TimelineItem['what'] => Object.hasOwn(typesOf, kind));
  const types = wanted?.length ? [...new Set(wanted.flatMap((kind) => typesOf[kind]))] : allTypes;
  const professionsWanted = query.profession?.split(',').filter(Boolean);
  const words = normalise(query.q ?? '')
    .split(' ')
    .filter(Boolean);
  const [from, to] = [bound(query.from, now, 0), bound(query.to, now, 1)];
  const after = parseCursor(query.cursor);
  const lookAt = words.length > 0 ? lookThrough(store, r) : lookNewest(store, r);
  const wordStarts = words.map((word) => ` ${word}`);
  const names = new Map<string, string>();
  const nameOf = ({ author, when }: EntryFacts): string => {
    const who = `${author?.reference}|${author?.display}`;
    let name = names.get(who);
    if (name === undefined) names.set(who, (name = spaced(r.directory.who(r.caller, author, when)?.name ?? '')));
    return name;
  };
  const asked = (one: EntryFacts, reported: ReadonlyMap<string, EntryFacts>): boolean => {
    if (one.wordless || (one.wrong && query.errors !== 'true') || (wanted?.length && !wanted.includes(one.words.what)))
      return false;
    if (
      professionsWanted?.length &&
      !professionsWanted.includes(r.directory.who(r.caller, one.author, one.when)?.profession ?? '')
    )
      return false;
    if (wordStarts.length === 0) return true;
    const said = wordsOf(one, reported);
    return wordStarts.every((word) => said.some((text) => text.includes(word)) || nameOf(one).includes(word));
  };
  let kept: Found[] = [];
  let complete = true;
  let entries: Entries;
  // A look at what was looked at before is short; others are served meanwhile: ten thousand entries take long.
  // Words that are not in the newest are looked for in all.
  const [first, times] = words.length > 0 ? [Math.max(800, count * 2), 64] : [Math.max(100, count * 2), 8];
  for (let each = first; ; each *= times) {
    entries = await lookAt({ types, each });
    const { all, facts } = entries;
    const seen = new Map<string, number>();
    // Beneath this date some type may have more that was not given.
    let floor = '';
    complete = true;
    for (const [n, { type }] of all.entries()) {
      const nth = (seen.get(type) ?? 0) + 1;
      seen.set(type, nth);
      if (nth < each) continue;
      complete = false;
      if (facts[n]!.at > floor) floor = facts[n]!.at;
    }
    // Values that a report says are a part of its line.
    const reports = new Set(facts.flatMap((one) => one.results));
    const values = new Map<string, EntryFacts>();
    for (const [n, { type, id }] of all.entries())
      if (type === 'Observation' && reports.has(`${type}/${id}`)) values.set(`${type}/${id}`, facts[n]!);
    const inReports = !wanted?.length || wanted.includes('result');
    kept = [];
    for (const [n, one] of all.entries()) {
      const { at } = facts[n]!;
      if (inReports && one.type === 'Observation' && values.has(`${one.type}/${one.id}`)) continue;
      if (at < floor || (after && key(at, one) >= after) || (from && day(at) < from) || (to && day(at) > to)) continue;
      if (asked(facts[n]!, values)) kept.push({ one, at, facts: facts[n]! });
    }
    if (kept.length > count || complete || each >= deepest || (from && floor && day(floor) < from)) break;
  }
  kept.sort((a, b) => (key(a.at, a.one) < key(b.at, b.one) ? 1 : -1));
  // Only what is shown is made a line of.
  const shown = kept.slice(0, count);
  const stored = await entries.stored(shown.flatMap(({ one, facts }) => [`${one.type}/${one.id}`, ...facts.results]));
  const page = shown.flatMap(({ one, at }) => {
    const its = stored.get(`${one.type}/${one.id}`);
    return its ? [{ item: itemOf(r, its, saidOf(r, its, stored), words), stored: its, at }] : [];
  });
  const last = page.at(-1);
  const more = kept.length > count || !complete;
  const met = new Map(
    kept
      .map(({ facts: { author, when } }) => r.directory.who(r.caller, author, when))
      .flatMap((who) =>
        who?.profession
          ? [[who.profession, professions[who.profession as keyof typeof professions]?.fr ?? who.profession] as const]
          : [],
      ),
  );
  return {
    groups: grouped(page),
    next: more && last ? Buffer.from(key(last.at, last.stored)).toString('base64url') : null,
    professions: [...met]
      .map(([code, label]) => ({ code, label }))
      .sort((a, b) => a.label.localeCompare(b.label, 'fr')),
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
