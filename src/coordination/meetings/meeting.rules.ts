import { createHash } from 'node:crypto';
import type {
  Appointment,
  AppointmentParticipant,
  AppointmentResponse,
  Encounter,
  Extension,
  Practitioner,
  Reference,
} from '@medplum/fhirtypes';
import type { PersonCaller, Rights } from '../../access/index.ts';
import { categorySystem, isResource, type Resource } from '../../fhir/index.ts';
import { attendanceState, type MeetingState } from '../contract/meeting-shapes.ts';
import type { z } from 'zod';

/** How a case meeting and a patient discussed in it are told from other Appointments and Encounters. */
const meetingSystem = 'urn:estran:meeting';
export const meetingCode = 'case-meeting';
export const meetingType = {
  coding: [{ system: meetingSystem, code: meetingCode, display: 'Concertation pluriprofessionnelle' }],
  text: 'Concertation pluriprofessionnelle',
};
export const discussionType = {
  coding: [{ system: categorySystem, code: meetingCode }],
  text: 'Concertation pluriprofessionnelle',
};
export const discussionClass = {
  system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode',
  code: 'VR',
  display: 'sans le patient',
};
export const urls = {
  organiser: 'urn:estran:meeting-organiser',
  closed: 'urn:estran:meeting-closed',
  reopened: 'urn:estran:meeting-reopened',
  attendance: 'urn:estran:attendance',
  role: 'urn:estran:guest-role',
  position: 'urn:estran:meeting-position',
  minutes: 'urn:estran:meeting-minutes',
  wished: 'urn:estran:meeting-wished',
  proposed: 'urn:estran:meeting-proposed',
} as const;
export const decisionSystem = 'urn:estran:decision';

const codes = (concepts: { coding?: { system?: string; code?: string }[] }[] | undefined, system: string) =>
  (concepts ?? [])
    .flatMap((one) => one.coding ?? [])
    .filter((coding) => coding.system === system)
    .map((coding) => coding.code);
export const isMeeting = (resource: Resource | null): boolean =>
  isResource(resource, 'Appointment') && codes(resource.serviceType, meetingSystem).includes(meetingCode);
export const isDiscussion = (resource: Resource | null): boolean =>
  isResource(resource, 'Encounter') && codes(resource.type, categorySystem).includes(meetingCode);

type Extended = { extension?: Extension[] };
export const extensionOf = (holder: Extended, url: string): Extension | undefined =>
  holder.extension?.find((one) => one.url === url);
export const withExtension = <T extends Extended>(holder: T, url: string, extensions: readonly Extension[]): T => {
  const rest = (holder.extension ?? []).filter((one) => one.url !== url);
  return { ...holder, extension: [...rest, ...extensions] };
};
export const part = (extension: Extension | undefined, url: string): Extension | undefined =>
  extension?.extension?.find((one) => one.url === url);

const states: Record<string, MeetingState> = {
  proposed: 'proposed',
  pending: 'proposed',
  booked: 'booked',
  arrived: 'running',
  'checked-in': 'running',
  fulfilled: 'closed',
  cancelled: 'cancelled',
  noshow: 'cancelled',
  'entered-in-error': 'cancelled',
  waitlist: 'proposed',
};
export const stateOf = (status: string): MeetingState => states[status] ?? 'booked';

/** Everyone invited who has an account, by Practitioner id. */
export const invitedOf = (meeting: Appointment): string[] =>
  (meeting.participant ?? []).flatMap(({ actor }) =>
    actor?.reference?.startsWith('Practitioner/') ? [actor.reference.slice('Practitioner/'.length)] : [],
  );
export const organiserOf = (meeting: Appointment): Reference<Practitioner> | undefined =>
  extensionOf(meeting, urls.organiser)?.valueReference as Reference<Practitioner> | undefined;
/** An id everyone finds again: one response for a person in a meeting, whoever writes it first. */
export const responseId = (meeting: string, actor: string): string =>
  createHash('sha256').update(`${meeting} ${actor}`).digest('hex').slice(0, 40);
export const participantFor = (reference: Reference, extension?: Extension[]): AppointmentParticipant => ({
  ...(extension && { extension }),
  actor: reference as Reference<Practitioner>,
  required: 'required',
  status: 'needs-action',
});

export interface Attendance {
  state: z.infer<typeof attendanceState>;
  at: string;
  by: Reference | undefined;
}
export function attendanceOf(response: AppointmentResponse | undefined): Attendance | null {
  const found = response && extensionOf(response, urls.attendance);
  const state = attendanceState.safeParse(part(found, 'state')?.valueCode);
  return state.success
    ? { state: state.data, at: part(found, 'at')?.valueDateTime ?? '', by: part(found, 'by')?.valueReference }
    : null;
}
export const isThere = (attendance: Attendance | null): boolean =>
  attendance?.state === 'present' || attendance?.state === 'remote';

export const positionOf = (encounter: Encounter): number => extensionOf(encounter, urls.position)?.valueInteger ?? 0;
export const minutesOf = (encounter: Encounter): number => extensionOf(encounter, urls.minutes)?.valueInteger ?? 10;
export const wishedOf = (encounter: Encounter): string[] =>
  (encounter.extension ?? []).flatMap((one) => (one.url === urls.wished && one.valueCode ? [one.valueCode] : []));
export const proposedAt = (encounter: Encounter): string =>
  extensionOf(encounter, urls.proposed)?.valueDateTime ?? encounter.meta?.lastUpdated ?? '';
export const isUrgent = (encounter: Encounter): boolean =>
  encounter.priority?.coding?.some((coding) => coding.code === 'UR') ?? false;
export const meetingOf = (encounter: Encounter): string | null =>
  encounter.appointment?.[0]?.reference?.split('/')[1] ?? null;
export const patientOf = (encounter: Encounter): string => encounter.subject?.reference?.split('/')[1] ?? '';
export const discussionStates: Record<string, string> = {
  planned: 'À discuter',
  'in-progress': 'En discussion',
  finished: 'Discuté',
  cancelled: 'Retiré',
};

/** Who prepares, runs and closes: the coordination of the whole practice, by profession or by role. */
export const mayRun = (rights: Rights, caller: Pick<PersonCaller, 'roles'>): boolean =>
  (rights.coordination.reach === 'practice' && rights.coordination.write) ||
  (caller.roles.includes('coordinator') && rights.coordination.write);
