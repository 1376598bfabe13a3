import type { Appointment } from '@medplum/fhirtypes';
import { eventFile } from '../../platform/index.ts';

/** A meeting for any calendar: date, place, a link; no patient, no reason. */
export const calendarFile = (meeting: Appointment, link: string, practice: string): string =>
  eventFile({
    product: 'Concertations',
    uid: meeting.id!,
    sequence: Math.max(0, Number(meeting.meta?.versionId ?? 1) - 1),
    written: meeting.meta?.lastUpdated ?? meeting.created ?? meeting.start!,
    start: meeting.start!,
    end: meeting.end!,
    title: meeting.description ?? 'Concertation pluriprofessionnelle',
    place: meeting.comment ?? practice,
    words: `Ordre du jour dans Estran : ${link}`,
    link,
    cancelled: meeting.status === 'cancelled',
    closed: true,
  });
