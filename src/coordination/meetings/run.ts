import type { z } from 'zod';
import { asCaller, mayReach, rightsOf, staffOf } from '../../access/index.ts';
import { invalid, isUpdate, notFound, Problem } from '../../platform/index.ts';
import type { FhirStore, Stored } from '../../fhir/index.ts';
import { addToTeam, enter, withoutEmpty } from '../../record/index.ts';
import type { MeetingDetail, Section } from '../contract/meeting-shapes.ts';
import type { meetingEntries } from '../contract/meetings.ts';
import type { PersonCaller, Room } from '../room.ts';
import { meetingDetail } from './detail.ts';
import { mayRun, meetingOf, patientOf, stateOf } from './meeting.rules.ts';
import { type DiscussionRow, discussionRow, discussionsOf, meetingRow, setCurrent } from './meetings.store.ts';
import { keepUpdate, updatesSince } from './minutes.store.ts';
import { type Body, mustNotBeHeld, mustRun, notDiscussed, over } from './plan.ts';
import { ifMatch, mustStand } from './propose.ts';
import { openDiscussion, openMeeting } from './read.ts';

export async function startMeeting(
  room: Room,
  caller: PersonCaller,
  id: string,
  { version, back }: Body<'startMeeting'>,
): Promise<MeetingDetail> {
  await mustRun(room, caller);
  const { store, stored, meeting } = await openMeeting(room, caller, id);
  const state = stateOf(meeting.status);
  if (back) return notYet(room, caller, store, stored, version);
  if (state === 'running') return meetingDetail(room, caller, id);
  mustStand(stored, version);
  if (state !== 'booked')
    throw state === 'proposed'
      ? new Problem(409, 'Sans date', 'Fixez la date de la réunion avant de l’ouvrir. Rien n’a été modifié.', {
          extra: { code: 'no-date' },
        })
      : over();
  await store.update({ ...meeting, status: 'arrived' }, { ...ifMatch(stored), reason: 'réunion ouverte' });
  return meetingDetail(room, caller, id);
}

/** It was opened by mistake: prepared as before, what was typed is kept. */
async function notYet(
  room: Room,
  caller: PersonCaller,
  store: FhirStore,
  stored: Stored<'Appointment'>,
  version: number,
): Promise<MeetingDetail> {
  const { id, resource: meeting } = stored;
  if (stateOf(meeting.status) === 'booked') return meetingDetail(room, caller, id);
  mustStand(stored, version);
  if (stateOf(meeting.status) !== 'running') throw over();
  await store.transaction(async (tx) => {
    await mustNotBeHeld(tx, meeting);
    await tx.update({ ...meeting, status: 'booked' }, { ...ifMatch(stored), reason: 'ouverte par erreur' });
    // Also those whom the person who takes it back may not see: they follow from the meeting.
    const house = tx.asHouse('réunion ouverte par erreur');
    for (const row of await tx.sql((sql) => discussionsOf(sql, caller.tenant, id))) {
      const one = await house.read('Encounter', row.id);
      const next = notDiscussed(one.resource);
      if (next !== one.resource) await house.update(withoutEmpty(next), ifMatch(one));
    }
    await tx.sql((sql) => setCurrent(sql, caller.tenant, id, null));
  });
  return meetingDetail(room, caller, id);
}

/** This patient is discussed now: the clock of the one before stops, those who follow see it. */
export async function discuss(
  room: Room,
  caller: PersonCaller,
  id: string,
  discussion: string,
): Promise<MeetingDetail> {
  await mustRun(room, caller);
  const { store, meeting, row } = await openMeeting(room, caller, id);
  if (stateOf(meeting.status) !== 'running')
    throw new Problem(
      409,
      'Réunion fermée',
      'Ouvrez la réunion avant de passer d’un patient à l’autre. Rien n’a été modifié.',
      { extra: { code: 'not-running' } },
    );
  const now = room.now().toISOString();
  await store.transaction(async (tx) => {
    const { stored, encounter } = await openDiscussion(tx, discussion);
    if (meetingOf(encounter) !== id) throw notFound('Ce patient dans la réunion');
    if (row.current && row.current !== discussion) {
      const house = tx.asHouse('réunion : patient suivant');
      const before = (await tx.sql((sql) => discussionsOf(sql, caller.tenant, id))).find(
        (one) => one.id === row.current,
      );
      const standing = before && (await house.read('Encounter', before.id));
      const last = standing && standing.resource;
      if (standing && last?.status === 'in-progress' && !last.period?.end)
        await house.update({ ...last, period: { ...last.period, end: now } }, ifMatch(standing));
    }
    if (encounter.status !== 'in-progress' || encounter.period?.end)
      await tx.update(
        withoutEmpty({ ...encounter, status: 'in-progress', period: { start: encounter.period?.start ?? now } }),
        {
          ...ifMatch(stored),
          reason: 'patient discuté',
        },
      );
    await tx.sql((sql) => setCurrent(sql, caller.tenant, id, discussion));
  });
  return meetingDetail(room, caller, id);
}

/** With the patient's agreement, someone around the table joins the care team, and sees the patient from now on. */
export async function joinForMeeting(
  room: Room,
  caller: PersonCaller,
  id: string,
  discussion: string,
  practitioner: string,
): Promise<MeetingDetail> {
  const { store } = await openMeeting(room, caller, id);
  const { encounter } = await openDiscussion(store, discussion);
  if (meetingOf(encounter) !== id) throw notFound('Ce patient dans la réunion');
  await addToTeam(await enter(room, caller, patientOf(encounter)), { practitioner, treating: false });
  return meetingDetail(room, caller, id);
}

/** The row of a discussion of this meeting, when the caller may do this with its patient now: an opposition closes it at once. */
async function reach(
  room: Room,
  caller: PersonCaller,
  meeting: string,
  discussion: string,
  act: 'read' | 'write',
): Promise<DiscussionRow> {
  const row = await room.db.tenant(caller.tenant, (sql) => discussionRow(sql, caller.tenant, discussion));
  if (
    row?.meeting !== meeting ||
    row.state === 'cancelled' ||
    !(await mayReach(room.db, caller, row.patient, 'coordination', 'read'))
  )
    throw notFound('Ce patient dans la réunion');
  if (act === 'write' && !(await mayReach(room.db, caller, row.patient, 'coordination', 'write')))
    throw new Problem(
      403,
      'Accès refusé',
      'Vos droits permettent de lire ce compte rendu et non d’y écrire. Rien n’a été modifié.',
    );
  return row;
}

/** Updates since a number. The first look is a read of the patient's minutes and leaves its line in the ledger; what follows is the same look going on. */
export async function liveMinutes(
  room: Room,
  caller: PersonCaller,
  meeting: string,
  discussion: string,
  since: number,
): Promise<z.infer<typeof meetingEntries.liveMinutes.reply>> {
  const row = await reach(room, caller, meeting, discussion, 'read');
  if (since === 0) await room.fhirFor(caller).read('Encounter', discussion);
  const updates = await room.db.tenant(caller.tenant, (sql) => updatesSince(sql, caller.tenant, discussion, since));
  return {
    seq: updates.at(-1)?.seq ?? since,
    updates: updates.map((one) => Buffer.from(one.bytes).toString('base64')),
    open: row.state !== 'finished',
  };
}

export async function typeMinutes(
  room: Room,
  caller: PersonCaller,
  meeting: string,
  discussion: string,
  update: string,
): Promise<{ seq: number }> {
  const row = await reach(room, caller, meeting, discussion, 'write');
  if (row.state === 'finished')
    throw new Problem(
      409,
      'Réunion close',
      'La réunion a été close : ce compte rendu est dans le dossier. Vos mots restent sur cet écran ; pour les ajouter, faites rouvrir la réunion.',
      { extra: { code: 'meeting-closed' } },
    );
  const bytes = new Uint8Array(Buffer.from(update, 'base64'));
  if (!isUpdate(bytes))
    throw invalid('Cet envoi n’est pas une saisie du compte rendu. Rien n’a été enregistré.', { update: 'Illisible.' });
  const seq = await room.db.transaction(caller.tenant, async (sql) => {
    // Asked again where the close cannot come in between: it holds the same lock.
    const number = await keepUpdate(sql, caller.tenant, discussion, caller.practitioner, bytes);
    if ((await discussionRow(sql, caller.tenant, discussion))?.state === 'finished')
      throw new Problem(
        409,
        'Réunion close',
        'La réunion vient d’être close : ce compte rendu est dans le dossier. Vos mots restent sur cet écran ; pour les ajouter, faites rouvrir la réunion.',
        { extra: { code: 'meeting-closed' } },
      );
    return number;
  });
  await tellAround(room, caller, row, { topic: 'meeting.minutes', meeting, discussion, seq });
  return { seq };
}
export async function typing(
  room: Room,
  caller: PersonCaller,
  meeting: string,
  discussion: string,
  section: Section | null,
): Promise<undefined> {
  const row = await reach(room, caller, meeting, discussion, 'write');
  await tellAround(
    room,
    caller,
    row,
    { topic: 'meeting.typing', meeting, discussion, who: caller.practitioner, section: section ?? '' },
    true,
  );
}

/** To those around the table, and those who coordinate, who may see this patient at this very moment. */
async function tellAround(
  room: Room,
  caller: PersonCaller,
  row: DiscussionRow,
  hint: { topic: string } & Record<string, string | number>,
  others = false,
): Promise<void> {
  const { tenant } = caller;
  const [staff, meeting] = await room.db.tenant(
    tenant,
    async (sql) => [await staffOf(sql, tenant), await meetingRow(sql, tenant, row.meeting)] as const,
  );
  for (const person of staff) {
    if (others && person.practitioner === caller.practitioner) continue;
    if (
      !meeting?.people.includes(person.practitioner) &&
      person.practitioner !== caller.practitioner &&
      !mayRun(await rightsOf(room.db, tenant, person.profession), person)
    )
      continue;
    if (await mayReach(room.db, asCaller(tenant, person), row.patient, 'coordination', 'read'))
      room.live.tell(tenant, person.practitioner, hint);
  }
}
