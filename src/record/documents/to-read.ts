import type { DocumentReference } from '@medplum/fhirtypes';
import type { z } from 'zod';
import { professions, staffOf } from '../../access/index.ts';
import type { Stored } from '../../fhir/index.ts';
import { invalid, notFound } from '../../platform/index.ts';
import type { recordContract, ToReadLine, Who } from '../contract.ts';
import { addDays, dateLabel, dayOf, daysBetween, parseDate, today } from '../dates.rules.ts';
import { as, idOf } from '../fhir-words.ts';
import { briefsOf } from '../identity/search-patients.ts';
import { documentOf } from '../read/cards.ts';
import type { Reading } from '../read/reading.ts';
import type { PersonCaller, Room } from '../room.ts';
import { anyone } from './readers.rules.ts';
import { countReadings, delegateOf, dropDelegate, keepDelegate, readingsOf, standingIn, type DelegateRow } from './reading.store.ts';
import { countWaiting } from './received.store.ts';

/** After so many days a document has waited too long. */
export const lateAfter = 7;
const most = 200;

/** What waits for me, for those whom I stand in for, and for whoever takes care of my patients: oldest first. */
export async function toReadBy(room: Room, caller: PersonCaller): Promise<z.infer<typeof recordContract.toRead.reply>> {
  const store = room.fhirFor(caller);
  const now = room.now();
  const day = today(now);
  const sight = await store.sight('read');
  const { rows, mine } = await store.sql(async (sql) => {
    const standsFor = await standingIn(sql, caller.tenant, caller.practitioner, day);
    return { rows: await readingsOf(sql, caller.tenant, sight, [caller.practitioner, ...standsFor.map(({ reader }) => reader)], most), mine: await delegateOf(sql, caller.tenant, caller.practitioner, day) };
  });
  const stored = new Map<string, Stored>();
  const ids = [...new Set(rows.map(({ id }) => id))];
  for (let at = 0; at < ids.length; at += 100) for (const one of (await store.search('DocumentReference', [['_id', ids.slice(at, at + 100).join(',')], ['_count', '100']])).resources) stored.set(one.id, one);
  await room.directory.learn(store, stored.values());
  await room.directory.learnPeople(store, [...rows.map(({ reader }) => reader).filter((reader) => reader !== anyone), ...(mine ? [mine.delegate] : [])]);
  const patientOf = (one: Stored) => idOf(as<DocumentReference>(one).subject, 'Patient') ?? '';
  const briefs = await briefsOf(store, [...stored.values()].map(patientOf).filter(Boolean), now);
  const who = (id: string): Who => room.directory.who(caller, { reference: `Practitioner/${id}` })!;
  const lines = rows.flatMap((row): ToReadLine[] => {
    const one = stored.get(row.id);
    const patient = one && briefs.get(patientOf(one));
    if (!one || !patient) return [];
    const r: Reading = { caller, directory: room.directory, patient: patient.id, birth: patient.birthDate ?? undefined, sex: patient.sex, today: day, lastVisit: null, add: new Set() };
    const since = new Date(row.since).toISOString();
    const days = Math.max(0, daysBetween(dayOf(since), day));
    return [{ ...documentOf(r, one), patient, sign: row.sign, since, days, late: days > lateAfter, team: row.reader === anyone, forWhom: row.reader === anyone || row.reader === caller.practitioner ? null : who(row.reader) }];
  });
  return { lines, delegation: mine && delegationOf(mine, who(mine.delegate), day) };
}
const delegationOf = (row: DelegateRow, delegate: Who, day: string) => ({ delegate, from: row.from_day, until: row.until_day, running: row.from_day <= day && day <= row.until_day });

/** While I am away a colleague reads for me: each document under their own rights. */
export async function delegateReading(room: Room, caller: PersonCaller, body: { delegate: string; from: string; until: string }): Promise<z.infer<typeof recordContract.delegateReading.reply>> {
  const now = room.now();
  const day = today(now);
  const [from, until] = [parseDate(body.from, now), parseDate(body.until, now)];
  if (from?.length !== 10 || until?.length !== 10) throw invalid('Indiquez le premier et le dernier jour de l’absence. Rien n’a été modifié.', { [from?.length === 10 ? 'until' : 'from']: 'Écrivez la date ainsi : JJ/MM/AAAA.' });
  if (until < from || until < day) throw invalid('L’absence finit avant de commencer, ou elle est passée. Rien n’a été modifié.', { until: 'Après le premier jour, et à venir.' });
  if (daysBetween(from, until) > 366) throw invalid('Une absence dure un an au plus ; elle peut être renouvelée. Rien n’a été modifié.', { until: `Avant le ${dateLabel(addDays(from, 366))}.` });
  if (body.delegate === caller.practitioner) throw invalid('Choisissez un autre professionnel que vous. Rien n’a été modifié.', { delegate: 'Un autre professionnel.' });
  const row: DelegateRow = { reader: caller.practitioner, delegate: body.delegate, from_day: from, until_day: until };
  await room.db.transaction(caller.tenant, async (sql) => {
    const staff = (await staffOf(sql, caller.tenant)).find((one) => one.practitioner === body.delegate);
    if (!staff || staff.kind !== 'care') throw invalid('Ce professionnel n’a pas de compte de soin dans la structure. Rien n’a été modifié.', { delegate: 'Choisissez un professionnel de la structure.' });
    await keepDelegate(sql, caller.tenant, row);
  });
  await room.directory.learnPeople(room.fhirFor(caller), [body.delegate]);
  return delegationOf(row, room.directory.who(caller, { reference: `Practitioner/${body.delegate}` })!, day);
}
export async function endReadingDelegation(room: Room, caller: PersonCaller): Promise<void> {
  await room.db.tenant(caller.tenant, async (sql) => {
    if (!(await delegateOf(sql, caller.tenant, caller.practitioner, today(room.now())))) throw notFound('Cette délégation');
    await dropDelegate(sql, caller.tenant, caller.practitioner);
  });
}

/** Numbers only: how many documents wait and since when, by professional. No patient, no title. */
export async function lateDocuments(room: Room, caller: PersonCaller): Promise<z.infer<typeof recordContract.lateDocuments.reply>> {
  const now = room.now();
  const day = today(now);
  return room.db.tenant(caller.tenant, async (sql) => {
    const staff = await staffOf(sql, caller.tenant);
    const nameOf = (id: string) => staff.find((one) => one.practitioner === id);
    const away = new Map((await standingIn(sql, caller.tenant, null, day)).map((row) => [row.reader, nameOf(row.delegate)?.name ?? null]));
    const counts = await countReadings(sql, caller.tenant, new Date(now.getTime() - lateAfter * 86_400_000).toISOString());
    const { count, oldest } = await countWaiting(sql, caller.tenant, null);
    const people = counts.map(({ reader, waiting, late }) => {
      const one = nameOf(reader);
      return { name: reader === anyone ? 'À toute l’équipe de soins' : (one?.name ?? 'Compte fermé'), role: one ? professions[one.profession].fr : '', waiting, late, standIn: away.get(reader) ?? null };
    });
    return { days: lateAfter, unsorted: count, oldestUnsorted: oldest ? new Date(oldest).toISOString() : null, people: people.sort((a, b) => b.late - a.late || b.waiting - a.waiting || a.name.localeCompare(b.name, 'fr')) };
  });
}
