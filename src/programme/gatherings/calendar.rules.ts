import type { MailFile } from '../../access/index.ts';
import { eventFile } from '../../platform/index.ts';
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
/** A meeting for any calendar. */
export const calendarOf = ({ at, place, visio, ...meeting }: Meeting): string =>
  eventFile({ ...meeting, product: 'Programme', written: at, place: place || visio, link: visio });
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
