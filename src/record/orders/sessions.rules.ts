import { addDays, dateLabel, dayOf, daysBetween } from '../dates.rules.ts';

/** How far a course of sessions is: «séance 7 sur 20, reste 13, fin prévue le…». */
export interface Course {
  done: number;
  of: number;
  left: number;
  /** YYYY-MM-DD: at the rhythm of its last sessions; before there is one, when what is prescribed ends. */
  expected: string | null;
  /** Few are left: a renewal, if there is to be one, is asked now. */
  few: boolean;
  words: string;
}
/** The rhythm is that of so many last sessions. */
const recent = 6;
/** Last tenth of a course, two at least; of a course of three or less nothing is said. */
const fewOf = (of: number): number => (of > 3 ? Math.max(2, Math.round(of / 10)) : 0);

/** @param days of the sessions done (YYYY-MM-DD, in any order); @param until last day prescribed, when a length was said; @param seen its renewal is asked for, or done: it is not to be asked any more */
export function courseOfSessions({
  days,
  of,
  until,
  today,
  unit,
  over = false,
  seen = false,
}: {
  days: readonly string[];
  of: number;
  until: string | null;
  today: string;
  unit: string;
  over?: boolean;
  seen?: boolean;
}): Course {
  const done = days.length;
  const left = Math.max(0, of - done);
  const last = days.map(dayOf).toSorted().slice(-recent);
  const span = last.length > 1 ? daysBetween(last[0]!, last.at(-1)!) : 0;
  // A day passed without the next session pushes the end, never the past forward.
  const next = span > 0 ? addDays(last.at(-1)!, Math.round((span / (last.length - 1)) * left)) : null;
  const ahead = left === 0 || over ? null : (next ?? (until && dayOf(until)));
  const expected = ahead && ahead >= today ? ahead : null;
  const few = !over && left > 0 && left <= fewOf(of);
  const words =
    over || left === 0
      ? `${done} ${unit}${done > 1 ? 's' : ''} sur ${of}`
      : [
          done > 0 ? `${unit} ${done} sur ${of}` : `${of} ${unit}${of > 1 ? 's' : ''} à faire`,
          done > 0 && `reste ${left}`,
          expected && `fin prévue le ${dateLabel(expected)}`,
          few && !seen && 'renouvellement à demander s’il y a lieu',
        ]
          .filter(Boolean)
          .join(', ');
  return { done, of, left, expected, few, words };
}
