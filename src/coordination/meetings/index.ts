import { whenWritten } from '../../fhir/index.ts';
import type { meetingEntries } from '../contract/meetings.ts';
import type { Part } from '../part.ts';
import type { Room } from '../room.ts';
import { replyMeeting, signPresence } from './attend.ts';
import { closeMeeting, reopenMeeting } from './close.ts';
import { meetingDetail } from './detail.ts';
import { meetingConsumers, onAppointment, onEncounter, onResponse } from './events.ts';
import { meetingFigures } from './figures.ts';
import { findDate } from './find-date.ts';
import { dropOldMinutes } from './minutes.store.ts';
import { cancelMeeting, changeMeeting, inviteGuest, planMeeting, setAgenda } from './plan.ts';
import { preparation } from './preparation.ts';
import { meetingCalendar, meetingPdf, minutesPdf } from './print.ts';
import { changeProposal, patientMeetings, proposeForMeeting, withdrawProposal } from './propose.ts';
import { meetingsPage } from './read.ts';
import { discuss, joinForMeeting, liveMinutes, startMeeting, typeMinutes, typing } from './run.ts';

/** How long a computer that was cut off may still bring words for minutes that are closed. */
const keptFor = 90 * 86_400_000;

/**
 * Case meetings (COO-4, COO-5). A meeting is an Appointment (`serviceType` urn:estran:meeting), a patient discussed in it an Encounter (`type`
 * urn:estran:category|case-meeting, `appointment` → the meeting; without one it waits), who comes and who was there an AppointmentResponse, the
 * minutes of a patient a Composition, a decision a ServiceRequest and its Task. While a meeting runs the minutes are Yjs updates in a table of our own.
 */
export function openMeetings(room: Room): Part<typeof meetingEntries> {
  let tidied = 0;
  return {
    handlers: {
      meetings: ({ query }, { caller }) => meetingsPage(room, caller, query.before),
      meetingFigures: ({ query }, { caller }) => meetingFigures(room, caller, query.year),
      findDate: ({ query }, { caller }) => findDate(room, caller, query),
      meeting: ({ params }, { caller }) => meetingDetail(room, caller, params.id),
      planMeeting: ({ body }, { caller }) => planMeeting(room, caller, body),
      changeMeeting: ({ params, body }, { caller }) => changeMeeting(room, caller, params.id, body),
      cancelMeeting: ({ params, body }, { caller }) => cancelMeeting(room, caller, params.id, body),
      inviteGuest: ({ params, body }, { caller }) => inviteGuest(room, caller, params.id, body),
      setAgenda: ({ params, body }, { caller }) => setAgenda(room, caller, params.id, body),
      replyMeeting: ({ params, body }, { caller }) => replyMeeting(room, caller, params.id, body),
      signPresence: ({ params, body }, { caller }) => signPresence(room, caller, params.id, body),
      startMeeting: ({ params, body }, { caller }) => startMeeting(room, caller, params.id, body),
      closeMeeting: ({ params, body }, { caller }) => closeMeeting(room, caller, params.id, body.version),
      reopenMeeting: ({ params, body }, { caller }) => reopenMeeting(room, caller, params.id, body),
      meetingPdf: ({ params }, ctx) => meetingPdf(room, ctx, params.id),
      meetingCalendar: ({ params }, ctx) => meetingCalendar(room, ctx, params.id),

      discuss: ({ params }, { caller }) => discuss(room, caller, params.id, params.discussion),
      preparation: ({ params }, { caller }) => preparation(room, caller, params.id, params.discussion),
      joinForMeeting: ({ params, body }, { caller }) =>
        joinForMeeting(room, caller, params.id, params.discussion, body.practitioner),
      liveMinutes: ({ params, query }, { caller }) =>
        liveMinutes(room, caller, params.id, params.discussion, query.since),
      typeMinutes: ({ params, body }, { caller }) =>
        typeMinutes(room, caller, params.id, params.discussion, body.update),
      typingMinutes: ({ params, body }, { caller }) => typing(room, caller, params.id, params.discussion, body.section),

      proposeForMeeting: ({ params, body }, { caller }) => proposeForMeeting(room, caller, params.patient, body),
      patientMeetings: ({ params }, { caller }) => patientMeetings(room, caller, params.patient),
      minutesPdf: ({ params }, ctx) => minutesPdf(room, ctx, params.patient, params.id),
      changeProposal: ({ params, body }, { caller }) => changeProposal(room, caller, params.id, body),
      withdrawProposal: ({ params, body }, { caller }) => withdrawProposal(room, caller, params.id, body.version),
    },
    onWrite: [
      whenWritten(['Appointment'], onAppointment),
      whenWritten(['Encounter'], onEncounter(room)),
      whenWritten(['AppointmentResponse'], onResponse),
    ],
    consumers: meetingConsumers(room),
    async tick() {
      const now = room.now().getTime();
      if (now - tidied < 86_400_000) return;
      tidied = now;
      await room.db.owner('minutes that stand in the record', (sql) =>
        dropOldMinutes(sql, new Date(now - keptFor).toISOString()),
      );
    },
  };
}
