import type { Appointment } from '@medplum/fhirtypes';

const escaped = (text: string): string =>
  text.replace(/\\/g, '\\\\').replace(/;/g, '\\;').replace(/,/g, '\\,').replace(/\r?\n/g, '\\n');
const stamp = (instant: string): string => `${new Date(instant).toISOString().slice(0, 19).replace(/[-:]/g, '')}Z`;
/** Lines are folded at 75 octets (RFC 5545, 3.1), never inside a character. */
export function folded(line: string): string {
  const parts: string[] = [];
  let part = '';
  let size = 0;
  for (const sign of line) {
    const octets = Buffer.byteLength(sign);
    if (size + octets > (parts.length === 0 ? 75 : 74)) {
      parts.push(part);
      [part, size] = ['', 0];
    }
    part += sign;
    size += octets;
  }
  return [...parts, part].join('\r\n ');
}

/** A meeting for any calendar: date, place, a link; no patient, no reason. RFC 5545. */
export function calendarFile(meeting: Appointment, link: string, practice: string): string {
  const cancelled = meeting.status === 'cancelled';
  const lines = [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Estran//Concertations//FR',
    'CALSCALE:GREGORIAN',
    `METHOD:${cancelled ? 'CANCEL' : 'PUBLISH'}`,
    'BEGIN:VEVENT',
    `UID:${meeting.id}@estran`,
    `DTSTAMP:${stamp(meeting.meta?.lastUpdated ?? meeting.created ?? meeting.start!)}`,
    `SEQUENCE:${Math.max(0, Number(meeting.meta?.versionId ?? 1) - 1)}`,
    `DTSTART:${stamp(meeting.start!)}`,
    `DTEND:${stamp(meeting.end!)}`,
    `SUMMARY:${escaped(meeting.description ?? 'Concertation pluriprofessionnelle')}`,
    `LOCATION:${escaped(meeting.comment ?? practice)}`,
    `DESCRIPTION:${escaped(`Ordre du jour dans Estran : ${link}`)}`,
    `URL:${link}`,
    `STATUS:${cancelled ? 'CANCELLED' : 'CONFIRMED'}`,
    'CLASS:PRIVATE',
    'END:VEVENT',
    'END:VCALENDAR',
  ];
  return `${lines.map(folded).join('\r\n')}\r\n`;
}
