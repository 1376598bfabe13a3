import type { Appointment, Encounter, Extension, Reference } from '@medplum/fhirtypes';
import type { z } from 'zod';
import { rightsOf, type Staff, staffOf } from '../../access/index.ts';
import { type FhirStore, newId } from '../../fhir/index.ts';
import { forbidden, invalid, Problem, publish } from '../../platform/index.ts';
import { authorReference, parisInstant, wallClock, withoutEmpty } from '../../record/index.ts';
import type { MeetingDetail } from '../contract/meeting-shapes.ts';
import type { meetingEntries, planBody } from '../contract/meetings.ts';
import type { PersonCaller, Room } from '../room.ts';
import { meetingDetail } from './detail.ts';
import {
  attendanceOf,
  extensionOf,
  invitedOf,
  isThere,
  mayRun,
  meetingOf,
  meetingType,
  minutesOf,
  participantFor,
  positionOf,
  stateOf,
  urls,
} from './meeting.rules.ts';
import { discussionsOf, setCurrent } from './meetings.store.ts';
import { edited, ifMatch, mustStand } from './propose.ts';
import { openDiscussion, openMeeting, responsesOf } from './read.ts';

export type Body<K extends keyof typeof meetingEntries> = z.infer<
  Extract<(typeof meetingEntries)[K], { body: z.ZodType }>['body']
>;

/** Only whoever coordinates prepares, runs and closes. */
export async function mustRun(room: Room, caller: PersonCaller): Promise<void> {
  if (!mayRun(await rightsOf(room.db, caller.tenant, caller.profession), caller))
    throw forbidden(
      'La personne qui coordonne la structure prépare, anime et clôt les réunions. Rien n’a été modifié. Vous pouvez proposer un patient, signer votre présence et écrire le compte rendu.',
    );
}
export const over = () =>
  new Problem(409, 'Réunion terminée', 'Cette réunion est close ou annulée. Rien n’a été modifié.', {
    extra: { code: 'meeting-over' },
  });

/** `2026-12-01T12:30:00+01:00`; an instant without its offset is one of the wall clock in France. */
function instantIn(text: string): string {
  const bare = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d)(?::\d\d)?$/.exec(text);
  const date = bare
    ? new Date(parisInstant({ year: +bare[1]!, month: +bare[2]!, day: +bare[3]!, hour: +bare[4]!, minute: +bare[5]! }))
    : /^\d{4}-\d\d-\d\dT\d\d:\d\d/.test(text)
      ? new Date(text)
      : new Date(Number.NaN);
  if (Number.isNaN(date.getTime()) || date.getUTCFullYear() < 2000 || date.getUTCFullYear() > 2100)
    throw invalid(`« ${text} » n’est pas une date avec son heure. Rien n’a été enregistré.`, {
      start: 'Choisissez une date et une heure.',
    });
  return parisInstant(wallClock(date));
}
const endOf = (start: string, minutes: number): string =>
  parisInstant(wallClock(new Date(Date.parse(start) + minutes * 60_000)));

async function peopleOf(store: FhirStore, ids: readonly string[]): Promise<Staff[]> {
  const staff = await store.sql((sql) => staffOf(sql, store.caller.tenant));
  return [...new Set(ids)].map((id) => {
    const person = staff.find((one) => one.practitioner === id);
    if (!person)
      throw invalid('Une de ces personnes n’a pas de compte ouvert dans la structure. Rien n’a été enregistré.', {
        participants: 'Choisissez des personnes de la liste, ou invitez un extérieur.',
      });
    return person;
  });
}
const participantOf = (person: Staff) =>
  participantFor({ reference: `Practitioner/${person.practitioner}`, display: person.name });

export async function planMeeting(
  room: Room,
  caller: PersonCaller,
  body: z.infer<typeof planBody>,
): Promise<MeetingDetail> {
  await mustRun(room, caller);
  const store = room.fhirFor(caller);
  const people = await peopleOf(store, body.participants);
  const start = body.start ? instantIn(body.start) : undefined;
  const id = newId();
  const meeting: Appointment = withoutEmpty({
    resourceType: 'Appointment',
    id,
    extension: [{ url: urls.organiser, valueReference: authorReference(caller) }],
    status: start ? 'booked' : 'proposed',
    serviceType: [meetingType],
    description: body.title || 'Concertation pluriprofessionnelle',
    comment: body.place,
    ...(start && { start, end: endOf(start, body.minutes) }),
    minutesDuration: body.minutes,
    created: room.now().toISOString(),
    participant: people.map(participantOf),
  } as Appointment);
  await store.transaction(async (tx) => {
    await tx.create(meeting, { reason: 'réunion prévue' });
    for (const [at, proposal] of body.patients.entries()) await place(tx, id, proposal, at + 1);
    if (start)
      await tx.sql((sql) =>
        publish(sql, caller.tenant, 'meeting.invited', {
          meeting: id,
          people: people.map((one) => one.practitioner),
          by: caller.practitioner,
        }),
      );
  });
  return meetingDetail(room, caller, id);
}

/** Puts a proposal that waits, or is here already, on the agenda. */
async function place(
  tx: FhirStore,
  meeting: string,
  id: string,
  position: number,
  version?: number,
  minutes?: number,
): Promise<void> {
  const { stored, encounter } = await openDiscussion(tx, id);
  const at = meetingOf(encounter);
  if (version !== undefined) mustStand(stored, version);
  if (encounter.status === 'cancelled' || encounter.status === 'finished' || (at !== null && at !== meeting))
    throw edited();
  if (
    at === meeting &&
    positionOf(encounter) === position &&
    (minutes ?? minutesOf(encounter)) === minutesOf(encounter)
  )
    return;
  const extension: Extension[] = (encounter.extension ?? []).filter(
    (one) => one.url !== urls.position && one.url !== urls.minutes,
  );
  extension.push(
    { url: urls.position, valueInteger: position },
    { url: urls.minutes, valueInteger: minutes ?? minutesOf(encounter) },
  );
  await tx.update(
    { ...encounter, extension, appointment: [{ reference: `Appointment/${meeting}` }] },
    { ...ifMatch(stored), reason: 'ordre du jour' },
  );
}
/** Back among those who wait. */
export function waitingAgain(encounter: Encounter): Encounter {
  const { appointment: _, ...rest } = encounter;
  const extension = (encounter.extension ?? []).filter((one) => one.url !== urls.position);
  return { ...rest, extension: extension.length > 0 ? extension : undefined };
}
/** Nobody spoke of them after all; what was typed is kept for when they are spoken of. */
export const notDiscussed = (encounter: Encounter): Encounter =>
  encounter.status === 'in-progress' ? { ...encounter, status: 'planned', period: undefined } : encounter;
/** Opened by mistake, or nobody came: it is no meeting that was held, and may be taken back. */
export async function mustNotBeHeld(store: FhirStore, meeting: Appointment): Promise<void> {
  const responses = (await responsesOf(store, [meeting.id!])).get(meeting.id!) ?? [];
  if (extensionOf(meeting, urls.closed) || responses.some((one) => isThere(attendanceOf(one))))
    throw new Problem(
      409,
      'Réunion commencée',
      'Des présences sont signées, ou ses comptes rendus sont déjà dans les dossiers : clôturez la réunion, elle se corrige ensuite. Rien n’a été modifié.',
      { extra: { code: 'held' } },
    );
}

export async function setAgenda(
  room: Room,
  caller: PersonCaller,
  id: string,
  body: Body<'setAgenda'>,
): Promise<MeetingDetail> {
  await mustRun(room, caller);
  const { store, meeting } = await openMeeting(room, caller, id);
  if (['closed', 'cancelled'].includes(stateOf(meeting.status))) throw over();
  await store.transaction(async (tx) => {
    for (const [at, item] of body.items.entries()) await place(tx, id, item.id, at + 1, item.version, item.minutes);
    for (const item of body.out) {
      const { stored, encounter } = await openDiscussion(tx, item.id);
      mustStand(stored, item.version);
      if (encounter.status !== 'planned' || meetingOf(encounter) !== id) throw edited();
      await tx.update(withoutEmpty(waitingAgain(encounter)), {
        ...ifMatch(stored),
        reason: 'retiré de l’ordre du jour',
      });
    }
  });
  return meetingDetail(room, caller, id);
}

export async function changeMeeting(
  room: Room,
  caller: PersonCaller,
  id: string,
  body: Body<'changeMeeting'>,
): Promise<MeetingDetail> {
  await mustRun(room, caller);
  const { store, stored, meeting } = await openMeeting(room, caller, id);
  mustStand(stored, body.version);
  const state = stateOf(meeting.status);
  if (state === 'closed' || state === 'cancelled') throw over();
  const start = body.start ? instantIn(body.start) : meeting.start;
  const minutes = body.minutes ?? meeting.minutesDuration ?? 60;
  const before = new Set(invitedOf(meeting));
  let { participant } = meeting;
  if (body.participants) {
    const people = await peopleOf(store, body.participants);
    participant = [
      ...people.map(
        (one) =>
          meeting.participant.find((known) => known.actor?.reference === `Practitioner/${one.practitioner}`) ??
          participantOf(one),
      ),
      ...meeting.participant.filter((one) => !one.actor?.reference),
    ];
  }
  const next: Appointment = {
    ...meeting,
    ...(body.title && { description: body.title }),
    ...(body.place !== undefined && { comment: body.place }),
    minutesDuration: minutes,
    participant,
    ...(start && { start, end: endOf(start, minutes), status: state === 'proposed' ? 'booked' : meeting.status }),
  };
  const moved = start !== meeting.start;
  const told = invitedOf(next).filter((one) => moved || !before.has(one));
  await store.transaction(async (tx) => {
    await tx.update(withoutEmpty(next), { ...ifMatch(stored), reason: 'réunion modifiée' });
    if (start && told.length > 0)
      await tx.sql((sql) =>
        publish(sql, caller.tenant, 'meeting.invited', { meeting: id, people: told, by: caller.practitioner }),
      );
  });
  return meetingDetail(room, caller, id);
}

/** Its patients wait for another; the invited are told. */
export async function cancelMeeting(
  room: Room,
  caller: PersonCaller,
  id: string,
  body: Body<'cancelMeeting'>,
): Promise<MeetingDetail> {
  await mustRun(room, caller);
  const { store, stored, meeting } = await openMeeting(room, caller, id);
  mustStand(stored, body.version);
  if (['closed', 'cancelled'].includes(stateOf(meeting.status))) throw over();
  await store.transaction(async (tx) => {
    await mustNotBeHeld(tx, meeting);
    await tx.update(
      { ...meeting, status: 'cancelled', cancelationReason: { text: body.reason } },
      { ...ifMatch(stored), reason: 'réunion annulée' },
    );
    // Also those whom the person who cancels may not see: they follow from the meeting.
    const house = tx.asHouse('réunion annulée');
    for (const row of await tx.sql((sql) => discussionsOf(sql, caller.tenant, id))) {
      const one = await house.read('Encounter', row.id);
      await house.update(withoutEmpty(waitingAgain(notDiscussed(one.resource))), ifMatch(one));
    }
    await tx.sql((sql) => setCurrent(sql, caller.tenant, id, null));
    await tx.sql((sql) =>
      publish(sql, caller.tenant, 'meeting.cancelled', {
        meeting: id,
        people: invitedOf(meeting),
        by: caller.practitioner,
      }),
    );
  });
  return meetingDetail(room, caller, id);
}

/** Someone from outside, known by name: a mail with date and place, and not a word of patients. The address is used and not kept. */
export async function inviteGuest(
  room: Room,
  caller: PersonCaller,
  id: string,
  body: Body<'inviteGuest'>,
): Promise<MeetingDetail> {
  await mustRun(room, caller);
  const { store, stored, meeting } = await openMeeting(room, caller, id);
  if (['closed', 'cancelled'].includes(stateOf(meeting.status))) throw over();
  if (meeting.participant.some((one) => !one.actor?.reference && one.actor?.display === body.name))
    throw invalid('Cette personne est déjà invitée. Rien n’a été modifié.', { name: 'Déjà dans la liste.' });
  const guest = participantFor(
    { display: body.name } as Reference,
    body.role ? [{ url: urls.role, valueString: body.role }] : undefined,
  );
  await store.transaction(async (tx) => {
    await tx.update(
      { ...meeting, participant: [...meeting.participant, guest] },
      { ...ifMatch(stored), reason: 'invité extérieur' },
    );
    if (body.email && meeting.start)
      await tx.sql((sql) =>
        publish(sql, caller.tenant, 'meeting.invited', {
          meeting: id,
          people: [],
          guest: { email: body.email!, name: body.name },
          by: caller.practitioner,
        }),
      );
  });
  return meetingDetail(room, caller, id);
}
