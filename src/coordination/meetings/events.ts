import type { Appointment, AppointmentResponse, Encounter } from '@medplum/fhirtypes';
import { staffOf, tellNotice } from '../../access/index.ts';
import type { Resource, WriteHook } from '../../fhir/index.ts';
import { type Consumer, publish } from '../../platform/index.ts';
import { dateLabel } from '../../record/index.ts';
import type { Room } from '../room.ts';
import { calendarFile } from './calendar.rules.ts';
import { dropAttendance, putAttendance } from './figures.store.ts';
import {
  attendanceOf,
  invitedOf,
  isDiscussion,
  isMeeting,
  isThere,
  isUrgent,
  meetingOf,
  patientOf,
  positionOf,
  proposedAt,
} from './meeting.rules.ts';
import { discussionRow, meetingRow, putDiscussion, putMeeting } from './meetings.store.ts';

/** Most Appointments and Encounters are of no meeting: a first version that is none was none before. */
const first = (resource: Resource | null): boolean => resource?.meta?.versionId === '1';

/** The index without words follows each write, whoever writes; those who look are told that something changed. */
export const onAppointment: WriteHook<Appointment> = async (sql, tenant, id, resource) => {
  if (!resource || !isMeeting(resource)) {
    if (first(resource) || !(await meetingRow(sql, tenant, id))) return;
    await putMeeting(sql, tenant, { id, state: null });
  } else {
    await putMeeting(sql, tenant, {
      id,
      state: resource.status,
      starts: resource.start ?? null,
      people: invitedOf(resource),
    });
  }
  await publish(sql, tenant, 'meeting.changed', { meeting: id });
};
export const onEncounter =
  (room: Room): WriteHook<Encounter> =>
  async (sql, tenant, id, resource) => {
    if (!resource || !isDiscussion(resource)) {
      if (first(resource) || !(await discussionRow(sql, tenant, id))) return;
      await putDiscussion(sql, tenant, { id, state: null });
      return publish(sql, tenant, 'meeting.changed', { meeting: null });
    }
    const meeting = meetingOf(resource);
    await putDiscussion(sql, tenant, {
      id,
      patient: patientOf(resource),
      meeting: meeting ?? '',
      state: resource.status,
      position: positionOf(resource),
      urgent: isUrgent(resource),
      proposed: proposedAt(resource) || room.now().toISOString(),
    });
    await publish(sql, tenant, 'meeting.changed', { meeting });
  };
export const onResponse: WriteHook<AppointmentResponse> = async (sql, tenant, id, response) => {
  const meeting = response?.appointment.reference?.split('/')[1];
  if (!response || !meeting || !(await meetingRow(sql, tenant, meeting)))
    return void (await dropAttendance(sql, tenant, id));
  const practitioner = response.actor?.reference?.startsWith('Practitioner/')
    ? response.actor.reference.slice('Practitioner/'.length)
    : null;
  await putAttendance(sql, tenant, { id, meeting, practitioner, there: isThere(attendanceOf(response)) });
  await publish(sql, tenant, 'meeting.changed', { meeting });
};

interface Told {
  meeting: string;
  people: string[];
  by: string;
  guest?: { email: string; name: string };
}
export const meetingConsumers = (room: Room): Consumer[] => [
  {
    // A hint that names no patient, to the whole practice: who looks asks again, under the rights of that moment.
    name: 'meetings-changed',
    topics: ['meeting.changed', 'meeting.closed', 'meeting.reopened'],
    handle: async (_, tenant, event) => () =>
      room.live.tellAll(tenant, { topic: 'meetings', meeting: (event.payload.meeting as string | null) ?? '' }),
  },
  {
    name: 'meetings-invite',
    topics: ['meeting.invited', 'meeting.cancelled'],
    async handle(sql, tenant, event) {
      // What `publish` was given under these topics.
      const { meeting: id, people, by, guest } = event.payload as unknown as Told;
      const house = room.house(tenant, 'invitation à une réunion', sql);
      const meeting = (await house.read('Appointment', id)).resource;
      if (!meeting.start) return;
      const off = event.topic === 'meeting.cancelled';
      const staff = (await staffOf(sql, tenant)).filter(
        (one) => people.includes(one.practitioner) && one.practitioner !== by,
      );
      const date = dateLabel(meeting.start, true);
      const words = off
        ? `La réunion du ${date} est annulée${meeting.cancelationReason?.text ? ` : ${meeting.cancelationReason.text}` : '.'}`
        : `Vous êtes invité à « ${meeting.description ?? 'Concertation'} », le ${date}${meeting.comment ? `, ${meeting.comment}` : ''}.`;
      for (const person of staff)
        await tellNotice(sql, tenant, { practitioner: person.practitioner, kind: 'meeting', patient: null, words });
      return async () => {
        for (const person of staff) room.live.tell(tenant, person.practitioner, { topic: 'notices' });
        if (!room.mail) return;
        const link = `${room.publicUrl}/coordination/reunions/${id}`;
        const file = {
          filename: 'reunion.ics',
          content: calendarFile(meeting, link, ''),
          contentType: `text/calendar; charset=utf-8; method=${off ? 'CANCEL' : 'PUBLISH'}`,
        };
        const sign =
          '\n\nCe message ne contient aucune information sur les patients. L’ordre du jour se lit dans Estran, selon vos droits :\n';
        // What was not asked for by mail is still in the notices: an address that refuses must not keep the others from being told.
        for (const { email } of staff)
          await room
            .mail(email, off ? 'Réunion annulée' : 'Invitation à une réunion', `${words}${sign}${link}`, [file])
            .catch(() => undefined);
        if (guest)
          await room
            .mail(
              guest.email,
              'Invitation à une réunion',
              `Bonjour ${guest.name},\n\n${words}\n\nCe message ne contient aucune information sur les patients.`,
              [file],
            )
            .catch(() => undefined);
      };
    },
  },
];
