import type { MailFile } from '../../access/index.ts';
import type { PaperRow } from '../papers/papers.store.ts';

export interface Meeting {
  /** Stays the same from one version of the invitation to the next. */
  uid: string;
  /** From 0: a later one replaces the others in the calendar. */
  sequence: number;
  title: string;
  /** Instants, ISO. */
  start: string;
  end: string;
  place: string;
  visio: string;
  words: string;
  /** When it was written, ISO. */
  at: string;
}
const escaped = (text: string): string =>
  text.replace(/\\/g, '\\\\').replace(/;/g, '\\;').replace(/,/g, '\\,').replace(/\r?\n/g, '\\n');
const stamp = (instant: string): string => `${new Date(instant).toISOString().slice(0, 19).replace(/[-:]/g, '')}Z`;
/** Lines are folded at 75 octets (RFC 5545, 3.1), never inside a character. */
export function folded(line: string): string {
  const parts: string[] = [];
  let [part, size] = ['', 0];
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
/** A meeting for any calendar (RFC 5545). */
export function calendarOf(meeting: Meeting): string {
  const lines = [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Estran//Programme//FR',
    'CALSCALE:GREGORIAN',
    'METHOD:PUBLISH',
    'BEGIN:VEVENT',
    `UID:${meeting.uid}@estran`,
    `DTSTAMP:${stamp(meeting.at)}`,
    `SEQUENCE:${meeting.sequence}`,
    `DTSTART:${stamp(meeting.start)}`,
    `DTEND:${stamp(meeting.end)}`,
    `SUMMARY:${escaped(meeting.title)}`,
    `LOCATION:${escaped(meeting.place || meeting.visio)}`,
    `DESCRIPTION:${escaped(meeting.words)}`,
    ...(meeting.visio ? [`URL:${meeting.visio}`] : []),
    'STATUS:CONFIRMED',
    'END:VEVENT',
    'END:VCALENDAR',
  ];
  return `${lines.map(folded).join('\r\n')}\r\n`;
}
/** What goes with a paper in a mail: the meeting of an invitation. */
export function joinedTo({ kind, data }: Pick<PaperRow, 'kind' | 'data'>): MailFile[] {
  if (kind !== 'invitation' || !data.meeting) return [];
  return [
    {
      filename: 'reunion.ics',
      content: Buffer.from(calendarOf(data.meeting as Meeting)).toString('base64'),
      encoding: 'base64',
      contentType: 'text/calendar; charset=utf-8',
    },
  ];
}
