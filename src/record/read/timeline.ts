import { setImmediate } from 'node:timers/promises';
import type { DiagnosticReport, Encounter, Observation } from '@medplum/fhirtypes';
import type { z } from 'zod';
import { professions } from '../../access/index.ts';
import { kindOfResource, type Stored } from '../../fhir/index.ts';
import { Problem } from '../../platform/index.ts';
import type { TimelineItem, timelineGroup, timelineQuery, timelineReply } from '../contract.ts';
import { dateSpan, dayOf, parseDate } from '../dates.rules.ts';
import { as, labelOf, normalise } from '../fhir-words.ts';
import { highlight } from '../identity/search.rules.ts';
import type { PersonCaller, Room } from '../room.ts';
import { describe } from './describe.ts';
import { enter } from './enter.ts';
import { encounterLabel } from './labels.ts';
import { curveOf, valuesOf, worst } from './measures.rules.ts';
import { clinicalDate, lineOf, lineWho, type Reading, statusOf } from './reading.ts';

const typesOf: Record<TimelineItem['what'], readonly string[]> = {
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
const deepest = 6400;
/** Entries that are looked at before the event loop may breathe. */
const breath = 400;

/** Values of the reports' observations, by reference: a report is one line that says them all. */
type Reported = ReadonlyMap<string, Stored>;
const saidOf = (r: Reading, stored: Stored, reported: Reported): Said =>
  stored.type === 'DiagnosticReport' ? withValues(r, stored, reported) : describe(stored.resource, r);
type Said = ReturnType<typeof describe>;
interface Found {
  stored: Stored;
  said: Said;
  /** What lines are sorted by. */
  at: string;
}
function itemOf(r: Reading, stored: Stored, said: Said, words: readonly string[]): TimelineItem {
  const flag = stored.type === 'Observation' ? worst(valuesOf(as(stored), r).map((value) => value.flag)) : 'unknown';
  return {
    ...lineOf(r, stored),
    what: said.what,
    whatLabel: said.whatLabel,
    title: said.title,
    details: said.details,
    highlights: { title: highlight(said.title, words), details: highlight(said.details, words) },
    flag,
    measureCode:
      stored.type === 'Observation' && valuesOf(as(stored), r).some((value) => value.value !== null)
        ? curveOf(as(stored))
        : null,
    contentUrl:
      stored.type === 'DocumentReference' ? `/api/patients/${r.patient}/documents/${stored.id}/content` : null,
  };
}
function withValues(r: Reading, stored: Stored, reported: Reported): Said {
  const said = describe(stored.resource, r);
  const report = as<DiagnosticReport>(stored);
  const lines = (report.result ?? []).flatMap((reference) => {
    const one = reported.get(reference.reference ?? '');
    if (!one) return [];
    return valuesOf(as<Observation>(one), r).map((value) =>
      `${value.label} : ${value.text} ${value.unit}${value.flagLabel ? ` (${value.flagLabel.toLowerCase()})` : ''}`.trim(),
    );
  });
  return lines.length > 0 ? { ...said, details: [report.conclusion, ...lines].filter(Boolean).join('\n') } : said;
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
  const look = (stored: Stored, at: string, reported: Reported): Found | null => {
    if (query.errors !== 'true' && statusOf(stored.resource) === 'entered-in-error') return null;
    const who = words.length > 0 || professionsWanted?.length ? lineWho(r, stored.resource) : undefined;
    if (professionsWanted?.length && !professionsWanted.includes(who?.profession ?? '')) return null;
    const said = saidOf(r, stored, reported);
    if (wanted?.length && !wanted.includes(said.what)) return null;
    return words.length > 0 && !matches(said, who?.name, words) ? null : { stored, said, at };
  };
  let kept: Found[] = [];
  let complete = true;
  // What was read before is not looked at again when more is asked for, and others are served meanwhile: ten thousand entries take long.
  const looked = new Map<string, Found | null>();
  for (let each = Math.max(100, count * 2); ; each *= 4) {
    const stored = await store.compartment(patientId, { types, each, toShow: true });
    await room.directory.learn(store, stored);
    const cut = types.map((type) => stored.filter((one) => one.type === type)).filter((all) => all.length >= each);
    // Beneath this date some type may have more that was not given.
    const floor =
      cut
        .map((all) => sortKey(all.at(-1)!))
        .sort()
        .at(-1) ?? '';
    complete = cut.length === 0;
    const reports = new Set(
      stored
        .filter((one) => one.type === 'DiagnosticReport')
        .flatMap((one) => (as<DiagnosticReport>(one).result ?? []).map((reference) => reference.reference)),
    );
    const reported = new Map(
      stored.filter((one) => reports.has(`Observation/${one.id}`)).map((one) => [`Observation/${one.id}`, one]),
    );
    kept = [];
    for (const [n, one] of stored.entries()) {
      if (n % breath === breath - 1) await setImmediate();
      // A task without words is told by its request.
      if (one.type === 'Task' && kindOfResource(one.resource) === 'tasks') continue;
      if (
        reported.has(`${one.type}/${one.id}`) &&
        (wanted === undefined || wanted.length === 0 || wanted.includes('result'))
      )
        continue;
      const at = sortKey(one);
      if ((after && key(at, one) >= after) || at < floor || (from && day(at) < from) || (to && day(at) > to)) continue;
      const place = `${one.type}/${one.id}/${one.version}`;
      let found = looked.get(place);
      // A report says values that may be read later.
      if (found === undefined || one.type === 'DiagnosticReport') looked.set(place, (found = look(one, at, reported)));
      if (found) kept.push(found);
    }
    if (kept.length > count || complete || each >= deepest || (from && floor && day(floor) < from)) break;
  }
  kept.sort((a, b) => (key(a.at, a.stored) < key(b.at, b.stored) ? 1 : -1));
  // Only what is shown is made a line of.
  const page = kept
    .slice(0, count)
    .map(({ stored, said, at }) => ({ item: itemOf(r, stored, said, words), stored, at }));
  const last = page.at(-1);
  const more = kept.length > count || !complete;
  const met = new Map(
    kept
      .map(({ stored }) => lineWho(r, stored.resource))
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

/** Instants compare as text once in one form; what has no date is oldest. */
const sortKey = (stored: Stored): string => {
  const at = clinicalDate(stored.resource) ?? '';
  return at.includes('T') ? new Date(at).toISOString() : at === '' ? '' : `${dateSpan(at)[0]}T00:00:00.000Z`;
};
const day = (at: string): string => at.slice(0, 10);
const key = (at: string, stored: Stored): string => `${at}|${stored.type}|${stored.id}`;
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
const matches = (said: Said, name: string | undefined, words: readonly string[]): boolean => {
  const text = ` ${normalise([said.title, said.details, said.whatLabel, name].join(' '))}`;
  return words.every((word) => text.includes(` ${word}`));
};

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
      const encounter = as<Encounter>(stored);
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
