import type { z } from 'zod';
import { asJson, keyOf, patientsOf, type ResourceType, type Stored } from '../../fhir/index.ts';
import {
  addDays,
  briefsOf,
  clinicalDate,
  dayOf,
  describe,
  lineOf,
  type PersonCaller,
  type Reading,
  today,
  visitsOf,
} from '../../record/index.ts';
import { attentions, type changeEntry, type ChangedPatient } from '../contract/changes.ts';
import type { Room } from '../room.ts';
import { type Attention, attentionOf, weight } from './attention.rules.ts';
import { marksOf } from './changes.store.ts';

/** Tasks and messages have lists of their own. */
const types: readonly ResourceType[] = [
  'Observation',
  'Condition',
  'AllergyIntolerance',
  'MedicationRequest',
  'MedicationStatement',
  'Composition',
  'ClinicalImpression',
  'DocumentReference',
  'DiagnosticReport',
  'Immunization',
  'Flag',
  'Encounter',
  'Procedure',
  'Goal',
  'CarePlan',
  'QuestionnaireResponse',
  'FamilyMemberHistory',
];
const each = 120;
const mostPatients = 80;
const mostLines = 30;

export interface ChangesQuery {
  view: 'all' | 'attention';
  days: number;
  profession?: string | undefined;
}
/** When a professional wrote it down, as the entry itself says: what a take-over brings in today was not written today. */
const writtenElements = [
  'recordedDate',
  'recorded',
  'dateAsserted',
  'authoredOn',
  'authored',
  'issued',
  'created',
  'statusDate',
  'date',
  'dateTime',
  'sent',
];
function writtenOn({ resource, updated, version }: Stored): string {
  if (version > 1) return updated;
  const elements = asJson(resource);
  for (const element of writtenElements) {
    const written = elements[element];
    if (typeof written === 'string') return written;
  }
  return clinicalDate(resource) ?? updated;
}
/** A measure of the day before yesterday, typed this morning, is news; one of last year is history. */
const lateEntry = 3;

/** COO-10. Rights are the store's: `recent` gives only what this person may see of patients in whose care they take part. */
export async function listChanges(
  room: Room,
  caller: PersonCaller,
  query: ChangesQuery,
): Promise<{ patients: ChangedPatient[]; attention: number; total: number; more: boolean; until: string }> {
  const store = room.fhirFor(caller);
  const now = room.now();
  const day = today(now);
  const oldest = new Date(`${addDays(day, -query.days)}T00:00:00Z`).toISOString();
  const me = String(keyOf(`Practitioner/${caller.practitioner}`));
  const [visits, marks] = await store.sql(
    async (sql) => [await visitsOf(sql, caller.tenant, me), await marksOf(sql, caller.tenant, me)] as const,
  );
  const all = marks.get('0') ?? '';
  const since = all > oldest ? all : oldest;
  const found = await store.recent({ types, since, each });
  const sinceOf = new Map<string, string>();
  const sinceFor = (patient: string): string => {
    let known = sinceOf.get(patient);
    if (known === undefined)
      sinceOf.set(
        patient,
        (known = [since, visits.get(patient) ?? '', marks.get(String(keyOf(`Patient/${patient}`))) ?? '']
          .sort()
          .at(-1)!),
      );
    return known;
  };
  const fresh = found.flatMap((stored) => {
    const patient = patientsOf(stored.resource)[0];
    return patient &&
      stored.updated > sinceFor(patient) &&
      writtenOn(stored).slice(0, 10) >= addDays(dayOf(sinceFor(patient)), -lateEntry)
      ? [{ stored, patient }]
      : [];
  });
  await room.directory.learn(
    store,
    fresh.map(({ stored }) => stored),
  );
  const briefs = await briefsOf(
    store,
    fresh.map(({ patient }) => patient),
    now,
  );
  const groups = new Map<string, ChangedPatient>();
  for (const { stored, patient } of fresh.sort((a, b) => b.stored.updated.localeCompare(a.stored.updated))) {
    const brief = briefs.get(patient);
    if (!brief) continue;
    const reading: Reading = {
      caller,
      directory: room.directory,
      patient,
      birth: brief.birthDate ?? undefined,
      sex: brief.sex,
      today: day,
      lastVisit: sinceFor(patient),
      add: new Set(),
    };
    const line = entryOf(reading, stored, `Practitioner/${caller.practitioner}`);
    if (!line || (query.profession && line.profession !== query.profession)) continue;
    const group = groups.get(patient) ?? {
      patient: brief,
      since: sinceFor(patient),
      attention: 0,
      count: 0,
      changes: [],
    };
    group.count++;
    if (line.entry.attention) group.attention++;
    group.changes.push(line.entry);
    groups.set(patient, group);
  }
  const patients = [...groups.values()].filter((group) => query.view === 'all' || group.attention > 0);
  for (const group of patients) group.changes = group.changes.sort(byNeed).slice(0, mostLines);
  patients.sort((a, b) => need(a) - need(b) || (b.changes[0]?.at ?? '').localeCompare(a.changes[0]?.at ?? ''));
  const count = new Map<string, number>();
  for (const stored of found) count.set(stored.type, (count.get(stored.type) ?? 0) + 1);
  return {
    patients: patients.slice(0, mostPatients),
    attention: [...groups.values()].filter((group) => group.attention > 0).length,
    total: groups.size,
    more: patients.length > mostPatients || [...count.values()].some((n) => n >= each),
    until: now.toISOString(),
  };
}

type Entry = z.infer<typeof changeEntry>;
function entryOf(reading: Reading, stored: Stored, me: string): { entry: Entry; profession: string | null } | null {
  const line = lineOf(reading, stored);
  // Without a right to add anything the line says who and when; mine own corrections are no news.
  if (line.who?.me && stored.version === 1) return null;
  if (!line.fresh) return null;
  const said = describe(stored.resource, { birth: reading.birth, sex: reading.sex });
  const attention: Attention | null = line.status === 'entered-in-error' ? null : attentionOf(stored.resource, me);
  return {
    profession: line.who?.profession ?? null,
    entry: {
      type: stored.type,
      id: stored.id,
      version: stored.version,
      what: said.whatLabel,
      label: [said.title, said.details.split('\n')[0]]
        .filter((words, i) => words && (i === 0 || words !== said.title))
        .join(' — '),
      at: momentOf(stored),
      who: line.who,
      act: line.status === 'entered-in-error' ? 'removed' : stored.version > 1 ? 'changed' : 'added',
      attention,
      attentionLabel: attention ? attentions[attention] : '',
      sensitive: line.sensitive !== null,
    },
  };
}
/** Written down long before it came in: the earlier date is the one people mean. */
const momentOf = (stored: Stored): string => {
  const written = writtenOn(stored);
  return written.slice(0, 10) < dayOf(stored.updated) ? written : stored.updated;
};
const rank = (entry: Entry): number => (entry.attention ? weight[entry.attention] : 99);
const byNeed = (a: Entry, b: Entry): number => rank(a) - rank(b) || b.at.localeCompare(a.at);
const need = (group: ChangedPatient): number => Math.min(...group.changes.map(rank));
