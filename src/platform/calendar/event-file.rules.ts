/** An event as any calendar takes it in (RFC 5545). */
export interface CalendarEvent {
  /** What makes the file, in one word. */
  product: string;
  /** Stays the same from one version to the next. */
  uid: string;
  /** From 0: a later one replaces the others in the calendar. */
  sequence: number;
  /** When it was written, when it begins and ends: instants, ISO. */
  written: string;
  start: string;
  end: string;
  title: string;
  place: string;
  words: string;
  link?: string;
  cancelled?: boolean;
  /** Shown to others as busy only. */
  closed?: boolean;
}

const escaped = (text: string): string =>
  text.replace(/\\/g, '\\\\').replace(/;/g, '\\;').replace(/,/g, '\\,').replace(/\r?\n/g, '\\n');
const stamp = (instant: string): string => `${new Date(instant).toISOString().slice(0, 19).replace(/[-:]/g, '')}Z`;
/** Lines are folded at 75 octets (RFC 5545, 3.1), never inside a character. */
function folded(line: string): string {
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

export function eventFile(event: CalendarEvent): string {
  const lines = [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    `PRODID:-//Estran//${event.product}//FR`,
    'CALSCALE:GREGORIAN',
    `METHOD:${event.cancelled ? 'CANCEL' : 'PUBLISH'}`,
    'BEGIN:VEVENT',
    `UID:${event.uid}@estran`,
    `DTSTAMP:${stamp(event.written)}`,
    `SEQUENCE:${event.sequence}`,
    `DTSTART:${stamp(event.start)}`,
    `DTEND:${stamp(event.end)}`,
    `SUMMARY:${escaped(event.title)}`,
    `LOCATION:${escaped(event.place)}`,
    `DESCRIPTION:${escaped(event.words)}`,
    ...(event.link ? [`URL:${event.link}`] : []),
    `STATUS:${event.cancelled ? 'CANCELLED' : 'CONFIRMED'}`,
    ...(event.closed ? ['CLASS:PRIVATE'] : []),
    'END:VEVENT',
    'END:VCALENDAR',
  ];
  return `${lines.map(folded).join('\r\n')}\r\n`;
}
