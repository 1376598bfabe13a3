// docs/adr/0051-nobody-kept-out-is-addressed.md: a case meeting is planned, held and closed by its own acts; each answers for oneself.
import { isDeepStrictEqual } from 'node:util';
import type { Caller } from '../../access/index.ts';
import { FhirProblem } from '../outcome.ts';
import { categorySystem } from '../store/kind-of-type.ts';
import type { JsonResource } from '../store/store.ts';

// biome-ignore lint/suspicious/noExplicitAny: resources of every shape
type Json = any;
const list = (value: unknown): Json[] => (Array.isArray(value) ? value : value ? [value] : []);
const hasCode = (concepts: unknown, system: string): boolean =>
  list(concepts).some((concept) =>
    list(concept?.coding).some((one) => one?.system === system && one.code === 'case-meeting'),
  );
const isMeeting = (resource: JsonResource | null): boolean =>
  resource?.resourceType === 'Appointment' && hasCode(resource.serviceType, 'urn:estran:meeting');
/** A patient proposed for one, or discussed in it. */
const isDiscussion = (resource: JsonResource | null): boolean =>
  resource?.resourceType === 'Encounter' && hasCode(resource.type, categorySystem);
const attendanceOf = (resource: JsonResource | null): Json[] =>
  list(resource?.extension).filter(({ url }) => url === 'urn:estran:attendance');
const practitionerIn = (resource: JsonResource | null): string | undefined =>
  /(?:^|\/)(Practitioner\/[^/]+)$/.exec(String((resource?.actor as Json)?.reference ?? ''))?.[1];

const no = (text: string, expression: string): FhirProblem =>
  new FhirProblem(409, 'business-rule', `${text} Nothing was changed.`, { expression });
const notYours = (text: string, expression: string): FhirProblem =>
  new FhirProblem(403, 'forbidden', `${text} Nothing was changed.`, { expression });

/**
 * Why this may not be written by FHIR, null when it may.
 * @param standing null: it is new
 * @param next what it would be; without its elements when it would be deleted
 */
export function meetingRefusal(caller: Caller, standing: JsonResource | null, next: JsonResource): FhirProblem | null {
  const type = next.resourceType;
  if (type === 'AppointmentResponse') {
    if (!isDeepStrictEqual(attendanceOf(standing), attendanceOf(next)))
      return no(
        'Presence is signed in the meeting, by who was there or who runs it: leave “urn:estran:attendance” as it stands.',
        'AppointmentResponse.extension',
      );
    const me = caller.kind === 'person' ? `Practitioner/${caller.practitioner}` : undefined;
    return me && [standing, next].some((one) => (practitionerIn(one) ?? me) !== me)
      ? notYours('One answers an invitation in one’s own name.', 'AppointmentResponse.actor')
      : null;
  }
  if (![standing, next].some((one) => isMeeting(one) || isDiscussion(one))) return null;
  if (caller.kind === 'person')
    return notYours(
      'A case meeting is planned, held and closed, and patients are proposed for it, in its pages, where who may is checked.',
      type,
    );
  // What is counted as held, or as discussed, came of closing it.
  const counted = type === 'Appointment' ? 'fulfilled' : 'finished';
  return (standing?.status === counted) !== (next.status === counted)
    ? no(`A case meeting becomes “${counted}” by being closed in its page, with its minutes.`, `${type}.status`)
    : null;
}
