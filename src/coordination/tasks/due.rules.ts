import type { Trouble, TaskState } from '../contract/tasks.ts';
import { addDays, addMonths, parisInstant, today, wallClock } from '../../record/index.ts';

/** When a task is late, and when the coordinator must know: working days of France. */

const fixed = new Set(['01-01', '05-01', '05-08', '07-14', '08-15', '11-01', '11-11', '12-25']);
/** Easter Sunday of a year (Meeus), ISO. */
function easter(year: number): string {
  const a = year % 19;
  const b = Math.floor(year / 100);
  const c = year % 100;
  const d = (19 * a + b - Math.floor(b / 4) - Math.floor((b - Math.floor((b + 8) / 25) + 1) / 3) + 15) % 30;
  const e = (32 + 2 * (b % 4) + 2 * Math.floor(c / 4) - d - (c % 4)) % 7;
  const f = d + e - 7 * Math.floor((a + 11 * d + 22 * e) / 451) + 114;
  return `${year}-${String(Math.floor(f / 31)).padStart(2, '0')}-${String((f % 31) + 1).padStart(2, '0')}`;
}
/** Neither a weekend nor a public holiday of metropolitan France. */
export function isWorkday(day: string): boolean {
  const weekday = new Date(`${day}T12:00:00Z`).getUTCDay();
  if (weekday === 0 || weekday === 6 || fixed.has(day.slice(5))) return false;
  const sunday = easter(Number(day.slice(0, 4)));
  return ![1, 39, 50].some((days) => addDays(sunday, days) === day);
}
const at = (day: string, hour: number, minute: number): Date => {
  const [year = 0, month = 0, date = 0] = day.split('-').map(Number);
  return new Date(parisInstant({ year, month, day: date, hour, minute }));
};
/** The instant such that one working day lies between it and `now`: Monday at 10 → Friday at 10; on a Sunday, the end of Thursday. */
export function oneWorkingDayBefore(now: Date): Date {
  const wall = wallClock(now);
  const day = today(now);
  let before = addDays(day, -1);
  while (!isWorkday(before)) before = addDays(before, -1);
  if (isWorkday(day)) return at(before, wall.hour, wall.minute);
  // Nothing has moved since the end of the last working day.
  return at(before, 0, 0);
}
/** A FHIR date or instant as an instant; null when it is none. */
export function instantOf(text: string | undefined): Date | null {
  const found = new Date(text ?? '');
  return Number.isNaN(found.getTime()) ? null : found;
}
/** The instant from which something due then is late: the end of a day, or the moment itself. */
export function dueInstant(due: string | null | undefined): Date | null {
  if (!due || !/^[12]\d{3}/.test(due)) return null;
  if (due.includes('T')) return instantOf(due);
  // A month or a year is over with its last day.
  const last = due.length === 4 ? `${due}-12-31` : due.length === 7 ? addDays(addMonths(`${due}-01`, 1), -1) : due;
  return at(addDays(last, 1), 0, 0);
}

export interface Watched {
  state: TaskState;
  urgent: boolean;
  /** Null: nobody's. */
  owner: string | null;
  due: Date | null;
  /** Since when it waits for the same people in the same state. */
  since: Date;
  /** What is known of the owner. */
  ownerIs: 'here' | 'gone' | 'outside' | 'barred';
  /** The owner is away until then, and nobody stands in. */
  absentUntil: Date | null;
  /** A note to be read, not something to be done: nobody owns it. */
  handover: boolean;
}
const day = 86_400_000;
/** Why the coordinator must know of an open task now; null when there is nothing to tell. */
export function troubleOf(task: Watched, now: Date): Trouble | null {
  if (task.state === 'completed' || task.state === 'cancelled' || task.state === 'on-hold') return null;
  const waited = now.getTime() - task.since.getTime();
  if (task.state === 'rejected') return waited > day ? 'refused' : null;
  if (task.owner !== null && task.ownerIs !== 'here') return task.ownerIs;
  if (
    task.absentUntil &&
    (task.urgent || (task.due ? task.due <= task.absentUntil : task.absentUntil.getTime() - now.getTime() > 3 * day))
  )
    return 'absent';
  // A handover that somebody has read is not lost.
  if (task.handover && task.state !== 'requested') return null;
  if (task.urgent && task.state === 'requested' && waited > 2 * 3_600_000) return 'urgent';
  if (task.owner === null && task.since < oneWorkingDayBefore(now)) return 'unowned';
  if (!task.handover && task.due && now.getTime() - task.due.getTime() > day) return 'late';
  return null;
}
