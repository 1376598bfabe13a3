import { staffOf } from '../../access/index.ts';
import { newId } from '../../fhir/index.ts';
import { forbidden, invalid, notFound } from '../../platform/index.ts';
import { addDays, parisInstant, today } from '../../record/index.ts';
import type { Absence as AbsenceLine } from '../contract/messages.ts';
import { colleagues } from '../colleagues.ts';
import type { Ctx, PersonCaller, Room } from '../room.ts';
import { type Absence, isRunning } from './absence.rules.ts';
import { absenceById, absencesFrom, endAbsenceNow, insertAbsence } from './absences.store.ts';
import { coordinates, refreshBoxes } from './boxes.ts';
import { membersIn, withMembers } from './circles.ts';
import { circlesWithStandIn } from './threads.store.ts';

const midnight = (day: string): string => {
  const [year = 0, month = 0, date = 0] = day.split('-').map(Number);
  return parisInstant({ year, month, day: date, hour: 0, minute: 0 });
};

async function lineOf(room: Room, caller: PersonCaller, one: Absence): Promise<AbsenceLine> {
  await room.directory.learnPeople(room.fhirFor(caller), [one.practitioner, ...(one.delegate ? [one.delegate] : [])]);
  const who = (id: string) => room.directory.who(caller, { reference: `Practitioner/${id}` })!;
  const mine = one.practitioner === caller.practitioner;
  return {
    id: one.id,
    who: who(one.practitioner),
    standIn: one.delegate ? who(one.delegate) : null,
    from: new Date(one.starts).toISOString(),
    until: new Date(one.ends - 1000).toISOString(),
    running: isRunning(one, room.now().getTime()),
    mine,
    mayEnd: mine || coordinates(caller),
  };
}

export async function listAbsences(room: Room, ctx: Ctx) {
  const { caller } = ctx;
  const rows = await room.db.tenant(caller.tenant, (sql) => absencesFrom(sql, caller.tenant, room.now()));
  const absences: AbsenceLine[] = [];
  for (const row of rows) absences.push(await lineOf(room, caller, row));
  return {
    absences,
    mayDeclareForOthers: coordinates(caller),
    colleagues: (await colleagues(room, ctx, undefined)).colleagues.map(({ inTeam: _, ...one }) => one),
  };
}

/** COO-8: from one day to another someone is absent, and someone receives what is addressed to them. It opens no record: that is a delegation (SEC-6). */
export async function declareAbsence(
  room: Room,
  caller: PersonCaller,
  body: { practitioner?: string | undefined; from: string; until: string; standIn: string | null },
): Promise<AbsenceLine> {
  const practitioner = body.practitioner ?? caller.practitioner;
  if (practitioner !== caller.practitioner && !coordinates(caller))
    throw forbidden(
      'Chacun déclare ses absences ; qui coordonne la structure peut le faire pour un collègue. Rien n’a été modifié.',
    );
  const now = room.now();
  const wrong = (field: string, words: string) => invalid(`${words} Rien n’a été modifié.`, { [field]: words });
  if (Number.isNaN(Date.parse(`${body.from}T12:00:00Z`)) || Number.isNaN(Date.parse(`${body.until}T12:00:00Z`)))
    throw wrong('from', 'Cette date n’existe pas.');
  if (body.until < body.from) throw wrong('until', 'Le dernier jour est avant le premier.');
  if (body.until < today(now)) throw wrong('until', 'Cette absence est déjà passée.');
  if (body.until > addDays(today(now), 730)) throw wrong('until', 'Deux ans au plus.');
  if (body.standIn === practitioner)
    throw wrong('standIn', 'Choisissez quelqu’un d’autre : cette personne est absente.');
  const staff = (await room.db.tenant(caller.tenant, (sql) => staffOf(sql, caller.tenant))).filter(
    (one) => one.kind === 'care' || one.practitioner === caller.practitioner,
  );
  for (const [field, id] of [
    ['practitioner', practitioner],
    ['standIn', body.standIn],
  ] as const)
    if (id && !staff.some((one) => one.practitioner === id))
      throw wrong(field, 'Cette personne n’a pas de compte ouvert dans la structure.');
  const id = newId();
  await room.db.transaction(caller.tenant, (sql) =>
    insertAbsence(sql, caller.tenant, {
      id,
      practitioner,
      delegate: body.standIn,
      starts: midnight(body.from),
      ends: midnight(addDays(body.until, 1)),
      by: caller.practitioner,
    }),
  );
  await refreshBoxes(room, caller.tenant);
  room.live.tellAll(caller.tenant, { topic: 'absences' });
  return lineOf(room, caller, (await room.db.tenant(caller.tenant, (sql) => absenceById(sql, caller.tenant, id)))!);
}

/** Back sooner, or not gone: whoever stood in leaves the conversations they were brought into for it. */
export async function endAbsence(room: Room, caller: PersonCaller, id: string): Promise<AbsenceLine> {
  const absence = await room.db.tenant(caller.tenant, (sql) => absenceById(sql, caller.tenant, id));
  if (!absence) throw notFound('Cette absence');
  if (absence.practitioner !== caller.practitioner && !coordinates(caller))
    throw forbidden(
      'Seule la personne absente, ou qui coordonne la structure, met fin à cette absence. Rien n’a été modifié.',
    );
  const now = room.now();
  await room.db.transaction(caller.tenant, (sql) => endAbsenceNow(sql, caller.tenant, id, now));
  const house = room.house(caller.tenant, 'fin d’absence');
  for (const about of await room.db.tenant(caller.tenant, (sql) =>
    circlesWithStandIn(sql, caller.tenant, absence.practitioner),
  )) {
    const stored = await house.read('Group', about.slice('Group/'.length));
    const group = stored.resource;
    const members = membersIn(group).map((one) =>
      one.as === 'stand-in' && one.for === absence.practitioner && (!one.until || one.until > now.toISOString())
        ? { ...one, until: now.toISOString() }
        : one,
    );
    await house.update(withMembers(group, members), { ifMatch: `W/"${stored.version}"` });
  }
  await refreshBoxes(room, caller.tenant);
  room.live.tellAll(caller.tenant, { topic: 'absences' });
  return lineOf(room, caller, (await room.db.tenant(caller.tenant, (sql) => absenceById(sql, caller.tenant, id)))!);
}
