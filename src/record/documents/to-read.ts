import type { Task } from '@medplum/fhirtypes';
import type { z } from 'zod';
import { professions, staffOf } from '../../access/index.ts';
import type { Stored } from '../../fhir/index.ts';
import type { ToReadLine, Who } from '../contract.ts';
import type { documentEntries } from '../contract/wire-documents.ts';
import { dayOf, daysBetween, today } from '../dates.rules.ts';
import { idOf } from '../fhir-words.ts';
import { briefsOf } from '../identity/search-patients.ts';
import { documentOf } from '../read/cards.ts';
import type { Reading } from '../read/reading.ts';
import type { PersonCaller, Room } from '../room.ts';
import { anyone, awaitedOf } from './readers.rules.ts';
import { countReadings, readingsOf } from './reading.store.ts';
import { countWaiting } from './received.store.ts';

/** After so many days a document has waited too long. */
export const lateAfter = 7;
const most = 200;

/** What waits for me, for those whom I stand in for, and for whoever takes care of my patients: oldest first. */
export async function toReadBy(
  room: Room,
  caller: PersonCaller,
): Promise<z.infer<typeof documentEntries.toRead.reply>> {
  const store = room.fhirFor(caller);
  const now = room.now();
  const day = today(now);
  const sight = await store.sight('read');
  const found = await store.sql(async (sql) =>
    readingsOf(
      sql,
      caller.tenant,
      sight,
      [caller.practitioner, ...(await room.standsFor(sql, caller.tenant, caller.practitioner))],
      most,
    ),
  );
  // Asked of one and of everyone: it waits once.
  const rows = found.filter(
    (row) => row.reader !== anyone || !found.some((other) => other.id === row.id && other.reader !== anyone),
  );
  const stored = new Map<string, Stored<'DocumentReference'>>();
  const ids = [...new Set(rows.map(({ id }) => id))];
  for (let at = 0; at < ids.length; at += 100)
    for (const one of (
      await store.search('DocumentReference', [
        ['_id', ids.slice(at, at + 100).join(',')],
        ['_count', '100'],
      ])
    ).resources)
      stored.set(one.id, one);
  await room.directory.learn(store, stored.values());
  await room.directory.learnPeople(
    store,
    rows.map(({ reader }) => reader).filter((reader) => reader !== anyone),
  );
  const askedOf = (row: { id: string; reader: string }) => {
    const one = stored.get(row.id);
    return one && awaitedOf(one.resource).find(({ reader }) => reader === row.reader);
  };
  const tasks = new Map<string, Task>();
  const followed = [...new Set(rows.flatMap((row) => askedOf(row)?.task ?? []))];
  for (let at = 0; at < followed.length; at += 100)
    for (const one of (
      await store.search('Task', [
        ['_id', followed.slice(at, at + 100).join(',')],
        ['_count', '100'],
      ])
    ).resources)
      tasks.set(one.id, one.resource);
  const patientOf = (one: Stored<'DocumentReference'>) => idOf(one.resource.subject, 'Patient') ?? '';
  const briefs = await briefsOf(store, [...stored.values()].map(patientOf).filter(Boolean), now);
  const who = (id: string): Who => room.directory.who(caller, { reference: `Practitioner/${id}` })!;
  const lines = rows.flatMap((row): ToReadLine[] => {
    const one = stored.get(row.id);
    const patient = one && briefs.get(patientOf(one));
    if (!one || !patient) return [];
    const r: Reading = {
      caller,
      directory: room.directory,
      patient: patient.id,
      birth: patient.birthDate ?? undefined,
      sex: patient.sex,
      today: day,
      lastVisit: null,
      add: new Set(),
    };
    const since = new Date(row.since).toISOString();
    const days = Math.max(0, daysBetween(dayOf(since), day));
    const asked = askedOf(row);
    const task = tasks.get(asked?.task ?? '');
    const due = task?.restriction?.period?.end ?? null;
    return [
      {
        ...documentOf(r, one),
        patient,
        sign: row.sign,
        since,
        days,
        late: days > lateAfter || (due !== null && dayOf(due) < day),
        askedBy: asked?.by ? room.directory.who(caller, asked.by) : null,
        due,
        task: task?.id ?? null,
        team: row.reader === anyone,
        forWhom: row.reader === anyone || row.reader === caller.practitioner ? null : who(row.reader),
      },
    ];
  });
  return { lines };
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
