import type { Appointment, AppointmentResponse, Encounter } from '@medplum/fhirtypes';
import { readMany } from '../tasks/task-lines.ts';
import type { z } from 'zod';
import { type Profession, professions, rightsOf } from '../../access/index.ts';
import { FhirProblem, type FhirStore, type ResourceType, type Stored } from '../../fhir/index.ts';
import { notFound } from '../../platform/index.ts';
import { addDays, briefsOf, today } from '../../record/index.ts';
import { attendanceStates, type MeetingCard, meetingStates, type Proposal } from '../contract/meeting-shapes.ts';
import type { meetingEntries } from '../contract/meetings.ts';
import type { PersonCaller, Room } from '../room.ts';
import {
  attendanceOf,
  discussionStates,
  invitedOf,
  isDiscussion,
  isMeeting,
  isThere,
  isUrgent,
  mayRun,
  minutesOf,
  organiserOf,
  part,
  extensionOf,
  patientOf,
  proposedAt,
  stateOf,
  urls,
  wishedOf,
} from './meeting.rules.ts';
import {
  comingMeetings,
  countsOf,
  type MeetingRow,
  meetingRow,
  pastMeetings,
  waitingDiscussions,
} from './meetings.store.ts';

const goodId = /^[A-Za-z0-9\-.]{1,64}$/;
const pageOfPast = 20;

/** A case meeting as the caller may read it, with its row of the index. */
export interface Opened {
  store: FhirStore;
  stored: Stored<'Appointment'>;
  meeting: Appointment;
  row: MeetingRow;
}
export async function openMeeting(room: Room, caller: PersonCaller, id: string): Promise<Opened> {
  if (!goodId.test(id)) throw notFound('Cette réunion');
  const store = room.fhirFor(caller);
  const stored = await store.read('Appointment', id).catch((error: unknown) => {
    if (error instanceof FhirProblem && (error.status === 404 || error.status === 410)) throw notFound('Cette réunion');
    throw error;
  });
  const row = isMeeting(stored.resource) ? await store.sql((sql) => meetingRow(sql, caller.tenant, id)) : undefined;
  if (!row) throw notFound('Cette réunion');
  return { store, stored, meeting: stored.resource, row };
}
/** An Encounter of a case meeting that the caller may see. */
export async function openDiscussion(
  store: FhirStore,
  id: string,
): Promise<{ stored: Stored<'Encounter'>; encounter: Encounter }> {
  if (!goodId.test(id)) throw notFound('Ce patient dans la réunion');
  const stored = await store.read('Encounter', id).catch((error: unknown) => {
    if (error instanceof FhirProblem && (error.status === 404 || error.status === 410))
      throw notFound('Ce patient dans la réunion');
    throw error;
  });
  if (!isDiscussion(stored.resource)) throw notFound('Ce patient dans la réunion');
  return { stored, encounter: stored.resource };
}

/** Resources of these ids that the caller may see, in the order of the ids. */
export async function byIds<T extends ResourceType>(
  store: FhirStore,
  type: T,
  ids: readonly string[],
): Promise<Stored<T>[]> {
  const found = await readMany(store, type, ids);
  return ids.map((id) => found.get(id)).filter((one) => one !== undefined);
}

/** Who has answered or signed, by Practitioner id or by the name of a guest. */
export async function responsesOf(
  store: FhirStore,
  meetings: readonly string[],
): Promise<Map<string, AppointmentResponse[]>> {
  const all = new Map<string, AppointmentResponse[]>();
  if (meetings.length === 0) return all;
  const { resources } = await store.search('AppointmentResponse', [
    ['appointment', meetings.map((id) => `Appointment/${id}`).join(',')],
    ['_count', '1000'],
  ]);
  for (const stored of resources) {
    const response = stored.resource;
    const meeting = response.appointment.reference?.split('/')[1] ?? '';
    all.set(meeting, [...(all.get(meeting) ?? []), response]);
  }
  return all;
}
export const actorOf = ({ reference, display }: { reference?: string; display?: string }): string =>
  reference?.split('/')[1] ?? `guest:${display ?? ''}`;

async function cardsOf(
  room: Room,
  store: FhirStore,
  caller: PersonCaller,
  ids: readonly string[],
): Promise<MeetingCard[]> {
  const stored = await byIds(store, 'Appointment', ids);
  await room.directory.learn(store, stored);
  const sight = await store.sight('read');
  const [counts, responses] = [
    await store.sql((sql) => countsOf(sql, caller.tenant, ids, sight)),
    await responsesOf(store, ids),
  ];
  return stored.map((one) =>
    cardOf(room, caller, one, counts.get(one.id) ?? { all: 0, seen: 0 }, responses.get(one.id) ?? []),
  );
}
export function cardOf(
  room: Room,
  caller: PersonCaller,
  stored: Stored<'Appointment'>,
  counts: { all: number; seen: number },
  responses: readonly AppointmentResponse[],
): MeetingCard {
  const meeting = stored.resource;
  const state = stateOf(meeting.status);
  const invited = invitedOf(meeting);
  const there = responses.filter((one) => isThere(attendanceOf(one))).map((one) => actorOf(one.actor ?? {}));
  const around = new Set(
    (state === 'closed' ? there : invited).map((id) => room.directory.professionOf(caller.tenant, id)).filter(Boolean),
  );
  return {
    id: stored.id,
    version: stored.version,
    title: meeting.description ?? 'Concertation pluriprofessionnelle',
    place: meeting.comment ?? null,
    start: meeting.start ?? null,
    end: meeting.end ?? null,
    state,
    stateLabel: meetingStates[state],
    organiser: room.directory.who(caller, organiserOf(meeting)),
    invited: meeting.participant.length,
    professions: around.size,
    mine: invited.includes(caller.practitioner),
    patients: counts.seen,
    others: counts.all - counts.seen,
  };
}

/** The proposals and discussions of these ids that the caller may see. */
export async function proposalsOf(
  room: Room,
  store: FhirStore,
  caller: PersonCaller,
  ids: readonly string[],
): Promise<{ stored: Stored<'Encounter'>; encounter: Encounter; proposal: Proposal }[]> {
  const stored = (await byIds(store, 'Encounter', ids)).filter((one) => isDiscussion(one.resource));
  await room.directory.learn(store, stored);
  const briefs = await briefsOf(
    store,
    stored.map((one) => patientOf(one.resource)),
    room.now(),
  );
  const rights = await rightsOf(room.db, caller.tenant, caller.profession);
  return stored.flatMap((one) => {
    const encounter = one.resource;
    const patient = briefs.get(patientOf(encounter));
    if (!patient) return [];
    const state =
      encounter.status === 'in-progress' || encounter.status === 'finished' || encounter.status === 'cancelled'
        ? encounter.status
        : 'planned';
    const proposal: Proposal = {
      id: one.id,
      version: one.version,
      patient,
      reason: encounter.reasonCode?.[0]?.text ?? '',
      urgent: isUrgent(encounter),
      wished: wishedOf(encounter).map((code) => ({
        code,
        label: Object.hasOwn(professions, code) ? professions[code as Profession].fr : code,
      })),
      proposer: room.directory.who(caller, encounter.participant?.[0]?.individual, proposedAt(encounter)),
      proposed: proposedAt(encounter),
      state,
      stateLabel: discussionStates[state]!,
      minutes: minutesOf(encounter),
      canEdit: rights.coordination.write && state !== 'finished',
    };
    return [{ stored: one, encounter, proposal }];
  });
}

export async function meetingsPage(
  room: Room,
  caller: PersonCaller,
  before: string | undefined,
): Promise<z.infer<typeof meetingEntries.meetings.reply>> {
  const store = room.fhirFor(caller);
  const rights = await rightsOf(room.db, caller.tenant, caller.profession);
  // A meeting of this morning that was not closed is still to come for whoever must close it.
  const now = `${addDays(today(room.now()), -1)}T00:00:00Z`;
  const until = before && !Number.isNaN(Date.parse(before)) ? new Date(before).toISOString() : null;
  const [coming, past, waiting] = await store.sql(
    async (sql) =>
      [
        until ? [] : await comingMeetings(sql, caller.tenant, now, 50),
        await pastMeetings(sql, caller.tenant, now, until ?? 'infinity', pageOfPast + 1),
        until || rights.coordination.reach === 'none' ? [] : await waitingDiscussions(sql, caller.tenant, 100),
      ] as const,
  );
  return {
    coming: await cardsOf(room, store, caller, coming),
    past: await cardsOf(room, store, caller, past.slice(0, pageOfPast)),
    more: past.length > pageOfPast,
    waiting: (
      await proposalsOf(
        room,
        store,
        caller,
        waiting.map((row) => row.id),
      )
    ).map((one) => one.proposal),
    may: { run: mayRun(rights, caller), propose: rights.coordination.write },
  };
}

const replies = {
  accepted: 'Vient',
  declined: 'Ne vient pas',
  tentative: 'Peut-être',
  'needs-action': 'Pas de réponse',
} as const;
/** Everyone around the table: invited, those who came uninvited, guests. */
export function participantsOf(
  room: Room,
  caller: PersonCaller,
  meeting: Appointment,
  responses: readonly AppointmentResponse[],
) {
  const byActor = new Map(responses.map((one) => [actorOf(one.actor ?? {}), one]));
  const actors = meeting.participant.flatMap(({ actor, extension }) =>
    actor ? [{ actor, role: extension?.find((one) => one.url === urls.role)?.valueString }] : [],
  );
  const known = new Set(actors.map(({ actor }) => actorOf(actor)));
  for (const response of responses)
    if (response.actor && !known.has(actorOf(response.actor)))
      actors.push({ actor: response.actor as (typeof actors)[number]['actor'], role: undefined });
  return actors.map(({ actor, role }) => {
    const key = actorOf(actor);
    const response = byActor.get(key);
    const who = room.directory.who(caller, actor);
    const attendance = attendanceOf(response);
    const id = actor.reference ? key : null;
    const reply =
      response?.participantStatus === 'accepted' ||
      response?.participantStatus === 'declined' ||
      response?.participantStatus === 'tentative'
        ? response.participantStatus
        : ('needs-action' as const);
    const signed = attendance !== null && attendance.by?.reference === actor.reference && actor.reference !== undefined;
    return {
      id,
      name: who?.name ?? actor.display ?? 'Invité',
      profession: id ? (who?.profession ?? room.directory.professionOf(caller.tenant, id)) : null,
      role: role || (who?.role ?? '') || (id ? '' : 'Invité extérieur'),
      me: id === caller.practitioner,
      reply,
      replyLabel: replies[reply],
      attendance: attendance?.state ?? null,
      attendanceLabel: attendance ? attendanceStates[attendance.state] : '',
      attendanceAt: attendance?.at ?? null,
      signed,
      markedBy: attendance && !signed ? (room.directory.who(caller, attendance.by)?.name ?? null) : null,
    };
  });
}
/** When and by whom it was closed; why it was reopened; why it was cancelled. */
export function lifeOf(room: Room, caller: PersonCaller, meeting: Appointment) {
  const closed = extensionOf(meeting, urls.closed);
  return {
    closedAt: part(closed, 'at')?.valueDateTime ?? null,
    closedBy: room.directory.who(caller, part(closed, 'by')?.valueReference),
    reopened: part(extensionOf(meeting, urls.reopened), 'reason')?.valueString ?? null,
    cancelled: meeting.status === 'cancelled' ? (meeting.cancelationReason?.text ?? '') : null,
  };
}
