import type { z } from 'zod';
import { professions, staffOf } from '../../access/index.ts';
import type { FhirStore, ResourceType, Stored } from '../../fhir/index.ts';
import type { ToReadLine } from '../contract.ts';
import type { documentEntries } from '../contract/wire-documents.ts';
import { dayOf, daysBetween, today } from '../dates.rules.ts';
import { idOf } from '../fhir-words.ts';
import { briefsOf } from '../identity/search-patients.ts';
import { documentOf } from '../read/cards.ts';
import { emptyReading, readingAbout } from '../read/reading.ts';
import type { PersonCaller, Room } from '../room.ts';
import { anyone, awaitedOf } from './readers.rules.ts';
import { countReadings, type ReadingRow, readingsOf } from './reading.store.ts';
import { countWaiting } from './received.store.ts';

/** After so many days a document has waited too long. */
export const lateAfter = 7;
const most = 200;

/** Resources by id, asked for a hundred at a time. */
async function named<T extends ResourceType>(
  store: FhirStore,
  type: T,
  ids: ReadonlySet<string>,
): Promise<Map<string, Stored<T>>> {
  const found = new Map<string, Stored<T>>();
  const all = [...ids];
  for (let at = 0; at < all.length; at += 100) {
    const { resources } = await store.search(type, [
      ['_id', all.slice(at, at + 100).join(',')],
      ['_count', '100'],
    ]);
    for (const one of resources) found.set(one.id, one);
  }
  return found;
}
const patientOf = (one: Stored<'DocumentReference'>) => idOf(one.resource.subject, 'Patient') ?? '';

/** What waits for me, for those whom I stand in for, and for whoever takes care of my patients: oldest first. */
export async function toReadBy(
  room: Room,
  caller: PersonCaller,
): Promise<z.infer<typeof documentEntries.toRead.reply>> {
  const store = room.fhirFor(caller);
  const { directory } = room;
  const now = room.now();
  const day = today(now);
  const rows = await waitingFor(room, caller, store);
  const documents = await named(store, 'DocumentReference', new Set(rows.map(({ id }) => id)));
  await directory.learn(store, documents.values());
  await directory.learnPeople(
    store,
    rows.map(({ reader }) => reader).filter((reader) => reader !== anyone),
  );
  const askedOf = (row: ReadingRow) => {
    const one = documents.get(row.id);
    return one && awaitedOf(one.resource).find(({ reader }) => reader === row.reader);
  };
  const tasks = await named(store, 'Task', new Set(rows.flatMap((row) => askedOf(row)?.task ?? [])));
  const briefs = await briefsOf(store, [...documents.values()].map(patientOf).filter(Boolean), now);
  const nobody = emptyReading(directory, caller, day);
  const lines = rows.flatMap((row): ToReadLine[] => {
    const one = documents.get(row.id);
    const patient = one && briefs.get(patientOf(one));
    if (!one || !patient) return [];
    const since = new Date(row.since).toISOString();
    const days = Math.max(0, daysBetween(dayOf(since), day));
    const asked = askedOf(row);
    const task = tasks.get(asked?.task ?? '');
    const due = task?.resource.restriction?.period?.end ?? null;
    const team = row.reader === anyone;
    return [
      {
        ...documentOf(readingAbout(nobody, patient), one),
        patient,
        sign: row.sign,
        since,
        days,
        late: days > lateAfter || (due !== null && dayOf(due) < day),
        askedBy: asked?.by ? directory.who(caller, asked.by) : null,
        due,
        task: task?.id ?? null,
        team,
        forWhom:
          team || row.reader === caller.practitioner
            ? null
            : directory.who(caller, { reference: `Practitioner/${row.reader}` })!,
      },
    ];
  });
  return { lines };
}
/** Asked of one and of everyone: it waits once. */
async function waitingFor(room: Room, { tenant, practitioner }: PersonCaller, store: FhirStore) {
  const sight = await store.sight('read');
  const found = await store.sql(async (sql) =>
    readingsOf(sql, tenant, sight, [practitioner, ...(await room.standsFor(sql, tenant, practitioner))], most),
  );
  const ofSomeone = new Set(found.filter(({ reader }) => reader !== anyone).map(({ id }) => id));
  return found.filter(({ reader, id }) => reader !== anyone || !ofSomeone.has(id));
}
/** Numbers only: how many documents wait and since when, by professional. No patient, no title. */
export async function lateDocuments(
  room: Room,
  caller: PersonCaller,
): Promise<z.infer<typeof documentEntries.lateDocuments.reply>> {
  const now = room.now();
  return room.db.tenant(caller.tenant, async (sql) => {
    const staff = await staffOf(sql, caller.tenant);
    const nameOf = (id: string) => staff.find((one) => one.practitioner === id);
    const counts = await countReadings(
      sql,
      caller.tenant,
      new Date(now.getTime() - lateAfter * 86_400_000).toISOString(),
    );
    const { count, oldest } = await countWaiting(sql, caller.tenant, null);
    const people = counts.map(({ reader, waiting, late }) => {
      const one = nameOf(reader);
      return {
        name: reader === anyone ? 'À toute l’équipe de soins' : (one?.name ?? 'Compte fermé'),
        role: one ? professions[one.profession].fr : '',
        waiting,
        late,
      };
    });
    return {
      days: lateAfter,
      unsorted: count,
      oldestUnsorted: oldest ? new Date(oldest).toISOString() : null,
      people: people.sort((a, b) => b.late - a.late || b.waiting - a.waiting || a.name.localeCompare(b.name, 'fr')),
    };
  });
}
