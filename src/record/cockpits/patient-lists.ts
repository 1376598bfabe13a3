import { maskOf } from '../../access/index.ts';
import type { FhirStore, Stored } from '../../fhir/index.ts';
import { notFound } from '../../platform/index.ts';
import type { PatientList } from '../contract/wire-cockpits.ts';
import { cockpitOf } from '../data/cockpits/cockpits.ts';
import { type List, listOf, type Rule } from '../data/cockpits/lists.ts';
import { addDays, dayOf, parisInstant, today } from '../dates.rules.ts';
import { idOf, labelOf } from '../fhir-words.ts';
import { incompletePatients } from '../identity/patient-index.store.ts';
import { briefNow, briefsOf } from '../identity/search-patients.ts';
import { emptyReading } from '../read/reading.ts';
import type { PersonCaller, Room } from '../room.ts';
import { recentVisits } from '../visits.store.ts';
import type { Known } from './known.ts';
import { linesOf } from './lines.ts';
import { patientsInMyCare } from './my-patients.store.ts';
import { together, wantedBy } from './wanted.rules.ts';

/** Patients looked at for a list on the page of the day, and for the list itself: those seen last come first. */
const [onDay, inList] = [120, 600];
/** Lines shown on the page of the day. */
const shownOnDay = 6;

/** The lists of this profession (`day`: those on the page of its day) whose kinds of data it reaches here. */
export async function listsOf(
  room: Room,
  caller: PersonCaller,
  where: 'day' | 'list' = 'list',
): Promise<{ name: string; list: List }[]> {
  const sight = await room.fhirFor(caller).sight('read');
  const { lists, day } = cockpitOf(caller.profession);
  const names =
    where === 'list'
      ? lists
      : day.filter((name) => name.startsWith('liste:')).map((name) => name.slice('liste:'.length));
  return names.flatMap((name) => ((list) => (list && reaches(sight, list) ? [{ name, list }] : []))(listOf(name)));
}
const reaches = (sight: { teamMask: number; practiceMask: number }, { needs }: List): boolean =>
  (maskOf(needs) & ~(sight.teamMask | sight.practiceMask)) === 0;

/** Lists whose emptiness is told as good news of every patient. */
const speaksOfAll: ReadonlySet<Rule['what']> = new Set(['due', 'quiet', 'vaccines']);
const followsNobody =
  'Vous ne suivez encore personne. On entre dans l’équipe de soins d’un patient en créant son dossier, ou quand un collègue vous y ajoute.';

/** Several lists at once: patients, appointments and what is read of each record are asked for together. */
export async function fillLists(
  room: Room,
  caller: PersonCaller,
  names: readonly string[],
  where: 'day' | 'list',
): Promise<PatientList[]> {
  const store = room.fhirFor(caller);
  const sight = await store.sight('read');
  const asked = names.flatMap((name) =>
    ((list) => (list && reaches(sight, list) ? [{ name, list }] : []))(listOf(name)),
  );
  if (asked.length === 0) return [];
  const now = room.now();
  const day = today(now);
  const rules = asked.map(({ list }) => list.rule);
  const { closed, ...known } = await gather(room, caller, store, rules, where === 'day' ? onDay : inList, day);
  const r = emptyReading(room.directory, caller, day);
  const identities = rules.some(({ what }) => what === 'identities')
    ? (await store.sql((sql) => incompletePatients(sql, caller.tenant, sight, 200))).map((found) => ({
        brief: briefNow(found, now),
        missing: found.brief.missing,
      }))
    : [];
  return asked.map(({ name, list }) => {
    const lines: PatientList['lines'] =
      list.rule.what === 'identities'
        ? identities.map(({ brief, missing }) => ({
            patient: brief,
            head: brief.insStatusLabel.replace('Identité ', ''),
            tone: brief.insStatus === 'provisional' ? 'warning' : 'neutral',
            details: missing,
            at: null,
            trend: [],
            enter: null,
          }))
        : linesOf(
            list,
            list.rule.what === 'seen-today' || list.rule.what === 'today'
              ? known.all
              : known.mine.filter(({ brief }) => ((closed.get(brief.id) ?? 0) & maskOf(list.needs)) === 0),
            day,
            r,
          );
    return {
      name,
      title: list.title,
      // «Tous vos patients…» would be true of nobody, and read as if all were well.
      empty: closed.size === 0 && speaksOfAll.has(list.rule.what) ? followsNobody : list.empty,
      lines: where === 'day' ? lines.slice(0, shownOnDay) : lines,
      count: lines.length,
    };
  });
}

async function gather(
  room: Room,
  caller: PersonCaller,
  store: FhirStore,
  rules: readonly Rule[],
  most: number,
  day: string,
): Promise<{ mine: Known[]; all: Known[]; closed: ReadonlyMap<string, number> }> {
  const sight = await store.sight('read');
  const has = (what: Rule['what']) => rules.some((rule) => rule.what === what);
  const care = await store.sql((sql) => patientsInMyCare(sql, caller.tenant, sight, most));
  const visited = has('seen-today')
    ? await store.sql((sql) => recentVisits(sql, caller.tenant, String(sight.practitionerKey), 100))
    : [];
  const bookings = has('today') || has('quiet') ? await appointmentsOf(store, caller, day, has('quiet') ? 120 : 1) : [];
  const booked = Map.groupBy(bookings, (one) => patientIn(one) ?? '');
  const seen = new Map([
    ...visited.map(({ patient, at }) => [patient, at] as const),
    ...care.flatMap(({ patient, seen: at }) => (at ? [[patient, at] as const] : [])),
  ]);
  const ids = [
    ...new Set([
      ...care.map(({ patient }) => patient),
      ...visited.map(({ patient }) => patient),
      ...[...booked.keys()].filter(Boolean),
    ]),
  ];
  const briefs = await briefsOf(store, ids, room.now());
  const wanted = together(
    rules.flatMap((rule) => wantedBy(rule, `Practitioner/${caller.practitioner}`, caller.profession)),
  );
  const found = Map.groupBy(
    await store.rounds({ patients: care.map(({ patient }) => patient).filter((id) => briefs.has(id)), wanted }),
    ({ patient }) => patient,
  );
  const all = ids.flatMap((id): Known[] => {
    const brief = briefs.get(id);
    if (!brief) return [];
    const own = (booked.get(id) ?? []).map((one) => one.resource);
    const now = own.find(({ start }) => start && dayOf(start) === day);
    return [
      {
        brief,
        seen: seen.get(id) ?? null,
        found: found.get(id) ?? [],
        booked: own.length > 0,
        today: now?.start
          ? { start: now.start, label: now.description ?? labelOf(now.serviceType?.[0], 'Rendez-vous') }
          : null,
      },
    ];
  });
  const closed = new Map(care.map((one) => [one.patient, one.closed]));
  return { all, mine: all.filter(({ brief }) => closed.has(brief.id)), closed };
}
const patientIn = (stored: Stored<'Appointment'>): string | undefined =>
  stored.resource.participant.map((one) => idOf(one.actor, 'Patient')).find(Boolean);

/** My appointments from today on; those of the whole practice for the desk. */
async function appointmentsOf(
  store: FhirStore,
  caller: PersonCaller,
  day: string,
  days: number,
): Promise<Stored<'Appointment'>[]> {
  const midnight = (text: string) => {
    const [year = 0, month = 0, date = 0] = text.split('-').map(Number);
    return parisInstant({ year, month, day: date, hour: 0, minute: 0 });
  };
  const query: [string, string][] = [
    ['date', `ge${midnight(day)}`],
    ['date', `lt${midnight(addDays(day, days))}`],
    ['_sort', 'date'],
    ['_count', '300'],
  ];
  const { resources } = await store.search(
    'Appointment',
    deskProfessions.has(caller.profession) ? query : [['actor', `Practitioner/${caller.practitioner}`], ...query],
  );
  return resources.filter(
    (one) => !['cancelled', 'entered-in-error', 'proposed', 'noshow'].includes(one.resource.status),
  );
}
/** Whose day is everybody's. */
export const deskProfessions: ReadonlySet<string> = new Set(['medical-secretary', 'coordinator', 'medical-assistant']);

/** One list, whole. Errors: 404 for a list that this profession has not, or may not read. */
export async function patientListOf(room: Room, caller: PersonCaller, name: string): Promise<PatientList> {
  const offered = await listsOf(room, caller);
  if (!offered.some((one) => one.name === name)) throw notFound('Cette liste');
  return (await fillLists(room, caller, [name], 'list'))[0]!;
}
