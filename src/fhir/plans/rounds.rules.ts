// https://hl7.org/fhir/R4/plandefinition.html
import type { PlanDefinitionAction, TimingRepeat } from '@medplum/fhirtypes';
import { addDays, daysBetween } from '../../platform/index.ts';
import { addLength, type Length } from './days.rules.ts';

/** How far one patient has come, and what is certain about the days of the plan. Days are YYYY-MM-DD. */
export interface Course {
  start: string;
  /** Repeats without an end are laid out to this day. */
  until: string;
  /** Day on which a round was done or set aside, by `roundKey`. */
  ended?: ReadonlyMap<string, string>;
  /** Rounds set aside because they did not apply: the action comes back no more, and what only follows from it is left out too. */
  leftOut?: ReadonlySet<string>;
  /** Actions set aside from the start: they count as over on their day, or as not applying when they have a condition. */
  skipped?: ReadonlySet<string>;
  /** Days that stand: a round already asked of someone, or moved. They win over what the definition says. */
  fixed?: ReadonlyMap<string, string>;
  /** Time that does not count, in order. */
  pauses?: readonly { from: string; until: string }[];
  /** Whether the conditions of an action hold now; null: nobody can tell. Absent: null for whatever has a condition. */
  applies?(action: PlanDefinitionAction): boolean | null;
  /** Without it no round of a repeat has passed for want of its condition, and what is late is taken as done on its day. */
  today?: string;
}

/** One round of one action of a plan, at its day. */
export interface Laid {
  id: string;
  action: PlanDefinitionAction;
  round: number;
  /** Null: nothing says when (it follows what never ends, or itself). */
  due: string | null;
  /** What it follows has ended: it can be asked for. */
  settled: boolean;
  /** It follows only from what was left out. */
  leftOut: boolean;
  /** Null: no condition, or nobody can tell. */
  applies: boolean | null;
}

export const roundKey = (id: string, round: number): string => `${id}#${round}`;
/** More rounds than that of one action are a mistake. */
const most = 500;

/** A day of the plan, as far as it is known. */
export interface Day {
  day: string | null;
  settled: boolean;
  leftOut: boolean;
}
/** An action at its place in the plan. */
export interface Placed {
  action: PlanDefinitionAction;
  id: string;
  /** The group around it; null: none. */
  within: Placed | null;
  children: Placed[];
}

export const lengthOf = (value: { value?: number; code?: string; unit?: string } | undefined): Length => ({
  value: value?.value ?? 0,
  unit: value?.code ?? value?.unit ?? 'd',
});

interface Repeat {
  every: Length;
  times: number | null;
  repeat: TimingRepeat;
}
/** How often an action comes back; null: once. */
export function repeatOf(action: PlanDefinitionAction): Repeat | null {
  const repeat = action.timingTiming?.repeat;
  if (!repeat?.period || !repeat.periodUnit) return null;
  const days = { s: 0, min: 0, h: 1 / 24, d: 1, wk: 7, mo: 30, a: 365 }[repeat.periodUnit] ?? 1;
  const often = repeat.frequency ?? 1;
  const every =
    often > 1
      ? { value: Math.max(1, Math.round((repeat.period * days) / often)), unit: 'd' }
      : { value: repeat.period, unit: repeat.periodUnit };
  return { every, times: repeat.count ?? null, repeat };
}

/** The day itself when the time of pauses that began after `from` and before it does not count. */
export function past(pauses: Course['pauses'], from: string, day: string): string {
  let moved = day;
  for (const pause of pauses ?? [])
    if (pause.from >= from && pause.from < moved)
      moved = addDays(moved, Math.max(0, daysBetween(pause.from, pause.until)));
  return moved;
}

const isConditional = ({ action }: Placed): boolean =>
  (action.condition ?? []).some((condition) => condition.kind === 'applicability');
/** Of itself and of the groups around it, those that apply on a condition. */
function conditionsOver(placed: Placed): Placed[] {
  const found: Placed[] = [];
  for (let one: Placed | null = placed; one; one = one.within) if (isConditional(one)) found.push(one);
  return found;
}
/** Null: no condition, or nobody can tell. */
function applies(placed: Placed, course: Course): boolean | null {
  const answers = conditionsOver(placed).map((one) => course.applies?.(one.action) ?? null);
  return answers.includes(false) ? false : answers.includes(null) || answers.length === 0 ? null : true;
}

/** It is late: whatever comes after it is at the earliest counted from today. */
const waits = (
  placed: Placed,
  { round, due, applies }: Pick<Laid, 'round' | 'due' | 'applies'>,
  course: Course,
): boolean =>
  due !== null &&
  course.today !== undefined &&
  due < course.today &&
  applies !== false &&
  (course.fixed?.has(roundKey(placed.id, round)) || conditionsOver(placed).length === 0);
/** A round whose condition did not hold on its day has passed. */
const hasPassed = ({ id, round, due, applies }: Laid, { fixed, ended, today }: Course): boolean => {
  const key = roundKey(id, round);
  return (
    applies === false && !fixed?.has(key) && !ended?.has(key) && today !== undefined && due !== null && due < today
  );
};

/** The rounds of one action from its start, until it ends or the days to lay out are over. */
export function roundsFrom(placed: Placed, first: Day, course: Course): Laid[] {
  const { action, id } = placed;
  const holds = applies(placed, course);
  const repeat = repeatOf(action);
  const list: Laid[] = [];
  let { day: due, settled } = first;
  let anchor = due;
  const bound = repeat?.repeat.boundsDuration && due ? addLength(due, lengthOf(repeat.repeat.boundsDuration)) : null;
  for (let round = 1, step = 1; round <= most; round++) {
    const key = roundKey(id, round);
    const fixed = course.fixed?.get(key);
    const ended = course.ended?.get(key);
    if (fixed !== undefined) {
      due = anchor = fixed;
      step = 1;
    }
    const laid = { id, action, round, due, settled, leftOut: first.leftOut, applies: holds };
    list.push(laid);
    if (!repeat || due === null || round === repeat.times || course.leftOut?.has(key)) break;
    const over = ended ?? (waits(placed, laid, course) ? course.today : undefined);
    if (over !== undefined && over > due) {
      anchor = over;
      step = 1;
    }
    settled = (ended !== undefined || hasPassed(laid, course)) && first.settled;
    due = past(course.pauses, anchor!, addLength(anchor!, repeat.every, step++));
    if (bound !== null && due > bound) break;
    if (
      repeat.times === null &&
      due > course.until &&
      course.fixed?.get(roundKey(id, round + 1)) === undefined &&
      ended === undefined
    )
      break;
  }
  return list;
}

/** When one action is over: with its last round, or with its first when it comes back for ever. */
export function endOfRounds(placed: Placed, all: readonly Laid[], course: Course): Day {
  const { due, settled, leftOut } = all[0]!;
  if (course.skipped?.has(placed.id)) return { day: due, settled, leftOut: leftOut || isConditional(placed) };
  const repeat = repeatOf(placed.action);
  const endless = repeat !== null && repeat.times === null && !repeat.repeat.boundsDuration;
  const over = course.leftOut?.has(roundKey(placed.id, all.length)) ?? false;
  const last = endless && !over ? all[0]! : all.at(-1)!;
  const key = roundKey(placed.id, last.round);
  const ended = course.ended?.get(key);
  return {
    day: ended ?? (waits(placed, last, course) ? course.today! : last.due),
    settled: ended !== undefined,
    leftOut: last.leftOut || (course.leftOut?.has(key) ?? false),
  };
}
