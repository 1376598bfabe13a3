import type { AppointmentResponse, Extension, Reference } from '@medplum/fhirtypes';
import { staffOf } from '../../access/index.ts';
import { FhirProblem, type FhirStore } from '../../fhir/index.ts';
import { invalid, Problem } from '../../platform/index.ts';
import { authorReference } from '../../record/index.ts';
import type { MeetingDetail } from '../contract/meeting-shapes.ts';
import type { PersonCaller, Room } from '../room.ts';
import { meetingDetail } from './detail.ts';
import { invitedOf, responseId, stateOf, urls } from './meeting.rules.ts';
import { type Body, mustRun, over } from './plan.ts';
import { type Opened, openMeeting } from './read.ts';

/** The one response of a person in a meeting, changed or made. The right to it was decided by the caller of this: it is written as the house. */
async function respond(
  store: FhirStore,
  meeting: string,
  actor: Reference & { key: string },
  change: (standing: AppointmentResponse) => AppointmentResponse,
  reason: string,
): Promise<void> {
  const house = store.asHouse(reason);
  const id = responseId(meeting, actor.key);
  const { key: _, ...reference } = actor;
  // Two people may write it at the same moment (one signs while the coordinator marks): the second one goes over the first's.
  for (let tries = 1; ; tries++) {
    const stored = await house.read('AppointmentResponse', id).catch((error: unknown) => {
      if (error instanceof FhirProblem && error.status === 404) return null;
      throw error;
    });
    const standing: AppointmentResponse = stored
      ? stored.resource
      : {
          resourceType: 'AppointmentResponse',
          id,
          appointment: { reference: `Appointment/${meeting}` },
          actor: reference as AppointmentResponse['actor'],
          participantStatus: 'needs-action',
        };
    try {
      await (stored
        ? house.update(change(standing), { ifMatch: `W/"${stored.version}"`, reason })
        : house.create(change(standing), { reason }));
      return;
    } catch (error) {
      if (tries >= 3 || !(error instanceof FhirProblem && (error.status === 412 || error.status === 409))) throw error;
    }
  }
}
const me = (caller: PersonCaller) => ({ ...authorReference(caller), key: caller.practitioner });

/** «Je viens», «je ne peux pas»: for oneself. */
export async function replyMeeting(
  room: Room,
  caller: PersonCaller,
  id: string,
  body: Body<'replyMeeting'>,
): Promise<MeetingDetail> {
  const { store, meeting } = await openMeeting(room, caller, id);
  if (!['booked', 'proposed'].includes(stateOf(meeting.status))) throw over();
  if (!invitedOf(meeting).includes(caller.practitioner))
    throw new Problem(
      409,
      'Vous n’êtes pas invité',
      'Demandez à la personne qui coordonne de vous ajouter aux participants. Rien n’a été enregistré.',
      { extra: { code: 'not-invited' } },
    );
  await respond(
    store,
    id,
    me(caller),
    (standing) => ({ ...standing, participantStatus: body.reply }),
    'réponse à une invitation',
  );
  return meetingDetail(room, caller, id);
}

/**
 * Attendance. One signs for oneself, in one's own session; whoever runs the meeting marks those who have no computer there, and the trace says
 * who marked. A presence that was signed is not unsigned by someone else.
 */
export async function signPresence(
  room: Room,
  caller: PersonCaller,
  id: string,
  body: Body<'signPresence'>,
): Promise<MeetingDetail> {
  const opened = await openMeeting(room, caller, id);
  if (!['booked', 'running'].includes(stateOf(opened.meeting.status))) throw over();
  const actor = await actorOf(room, caller, opened, body);
  const mark: Extension = {
    url: urls.attendance,
    extension: [
      { url: 'state', valueCode: body.state },
      { url: 'at', valueDateTime: room.now().toISOString() },
      { url: 'by', valueReference: authorReference(caller) },
    ],
  };
  await respond(
    opened.store,
    id,
    actor,
    (standing) => {
      const signed =
        standing.extension?.find((one) => one.url === urls.attendance)?.extension?.find((one) => one.url === 'by')
          ?.valueReference?.reference === `Practitioner/${actor.key}`;
      if (signed && actor.key !== caller.practitioner)
        throw new Problem(
          409,
          'Présence déjà signée',
          'Cette personne a signé elle-même sa présence : elle seule peut la changer. Rien n’a été modifié.',
          { extra: { code: 'signed' } },
        );
      const coming = body.state === 'present' || body.state === 'remote';
      return {
        ...standing,
        participantStatus: coming ? 'accepted' : 'declined',
        extension: [...(standing.extension ?? []).filter((one) => one.url !== urls.attendance), mark],
      };
    },
    actor.key === caller.practitioner ? 'présence signée' : 'présence portée par la coordination',
  );
  return meetingDetail(room, caller, id);
}
async function actorOf(
  room: Room,
  caller: PersonCaller,
  { store, meeting }: Opened,
  body: Body<'signPresence'>,
): Promise<Reference & { key: string }> {
  if (body.guest !== undefined) {
    await mustRun(room, caller);
    const guest = meeting.participant.find((one) => !one.actor?.reference && one.actor?.display === body.guest);
    if (!guest)
      throw invalid('Cette personne n’est pas invitée. Rien n’a été modifié.', { guest: 'Invitez-la d’abord.' });
    return { display: body.guest, key: `guest:${body.guest}` };
  }
  if (!body.practitioner || body.practitioner === caller.practitioner) return me(caller);
  await mustRun(room, caller);
  const person = (await store.sql((sql) => staffOf(sql, caller.tenant))).find(
    (one) => one.practitioner === body.practitioner,
  );
  if (!person)
    throw invalid('Cette personne n’a pas de compte ouvert dans la structure. Rien n’a été modifié.', {
      practitioner: 'Choisissez une personne de la liste.',
    });
  return { reference: `Practitioner/${person.practitioner}`, display: person.name, key: person.practitioner };
}
