import dayjs from 'dayjs';
import { sayCount, sayTime } from '../../../web/say.ts';
import type { MeetingCard, MeetingDetail } from '../../contract.ts';

/** «jeudi 12 novembre, 12 h 30»; with the year when it is another one. */
export const sayWhen = (start: string | null): string =>
  start
    ? `${dayjs(start).format(dayjs(start).year() === dayjs().year() ? 'dddd D MMMM' : 'dddd D MMMM YYYY')}, ${sayTime(start)}`
    : 'date à fixer';
export const sayShort = (start: string | null): string =>
  start ? `${dayjs(start).format('DD/MM/YYYY')} ${sayTime(start)}` : '';
/** «aujourd’hui», «demain», «dans 3 jours». */
export function sayIn(start: string | null): string {
  if (!start) return '';
  const days = dayjs(start).startOf('day').diff(dayjs().startOf('day'), 'day');
  return days === 0
    ? 'aujourd’hui'
    : days === 1
      ? 'demain'
      : days === -1
        ? 'hier'
        : days > 1
          ? `dans ${days} jours`
          : `il y a ${-days} jours`;
}
/** «4 patients, dont 2 que vous suivez»: what one may not see is a number. */
export function sayPatients({ patients, others }: Pick<MeetingCard, 'patients' | 'others'>): string {
  if (patients + others === 0) return 'aucun patient à l’ordre du jour';
  if (others === 0) return sayCount(patients, 'patient');
  if (patients === 0) return `${sayCount(others, 'patient')} d’autres équipes`;
  return `${sayCount(patients, 'patient')} de vos équipes, ${sayCount(others, 'autre')}`;
}
export const sayMinutes = (seconds: number): string =>
  `${Math.floor(seconds / 60)}:${String(Math.floor(seconds % 60)).padStart(2, '0')}`;
/** Somebody’s presence is signed, or its minutes are in the records: it is closed, neither taken back nor cancelled. */
export const wasHeld = (meeting: MeetingDetail): boolean =>
  meeting.closedAt !== null ||
  meeting.participants.some((one) => one.attendance === 'present' || one.attendance === 'remote');
export const toneOf = (state: MeetingCard['state']): 'accent' | 'success' | 'neutral' | 'warning' | 'info' =>
  ({
    proposed: 'warning' as const,
    booked: 'accent' as const,
    running: 'info' as const,
    closed: 'success' as const,
    cancelled: 'neutral' as const,
  })[state];
