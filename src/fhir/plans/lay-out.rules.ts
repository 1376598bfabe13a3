// https://hl7.org/fhir/R4/plandefinition.html
import type {
  PlanDefinition,
  PlanDefinitionAction,
  PlanDefinitionActionRelatedAction,
  TimingRepeat,
} from '@medplum/fhirtypes';
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

interface Day {
  day: string | null;
  settled: boolean;
  leftOut: boolean;
}
interface Placed {
  action: PlanDefinitionAction;
  id: string;
  /** Ids of the groups around it, the nearest first. */
  within: Placed | null;
  children: Placed[];
}

/** Every action that asks for something, in the order in which they stand; a group asks for nothing itself. */
export function leavesOf(definition: PlanDefinition): Placed[] {
  const leaves: Placed[] = [];
  const visit = (actions: readonly PlanDefinitionAction[], within: Placed | null, path: string): Placed[] =>
    actions.map((action, at) => {
      const placed: Placed = { action, id: action.id ?? `${path}${at + 1}`, within, children: [] };
      if (action.action?.length) placed.children = visit(action.action, placed, `${placed.id}.`);
      else leaves.push(placed);
      return placed;
    });
  visit(definition.action ?? [], null, '');
  return leaves;
}

const lengthOf = (value: { value?: number; code?: string; unit?: string } | undefined): Length => ({
  value: value?.value ?? 0,
  unit: value?.code ?? value?.unit ?? 'd',
});
const offsetOf = ({ offsetDuration, offsetRange }: PlanDefinitionActionRelatedAction): Length =>
  lengthOf(offsetDuration ?? offsetRange?.low);

/** How often an action comes back; null: once. */
export function repeatOf(
  action: PlanDefinitionAction,
): { every: Length; times: number | null; repeat: TimingRepeat } | null {
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
function past(pauses: Course['pauses'], from: string, day: string): string {
  let moved = day;
  for (const pause of pauses ?? [])
    if (pause.from >= from && pause.from < moved)
      moved = addDays(moved, Math.max(0, daysBetween(pause.from, pause.until)));
  return moved;
}

/**
 * The rounds of a plan laid out in days, action by action. The next round of a repeat is counted from the day the one before was due, or done
 * when that was later, or from today while it is late: two rounds of the same thing are never due together. What follows a step is counted from its end: from its last round, or
 * from its first when it comes back for ever.
 */
export function layOut(definition: PlanDefinition, course: Course): Laid[] {
  const leaves = leavesOf(definition);
  const byId = new Map<string, Placed>();
  for (const leaf of leaves) for (let one: Placed | null = leaf; one; one = one.within) byId.set(one.id, one);
  const begun: Day = { day: course.start, settled: true, leftOut: false };
  const never: Day = { day: null, settled: false, leftOut: false };
  const rounds = new Map<string, Laid[]>();
  const starts = new Map<string, Day>();
  const visiting = new Set<string>();

  const latest = (days: readonly Day[]): Day =>
    days.length === 0
      ? begun
      : {
          day: days.some((one) => one.day === null)
            ? null
            : days
                .map((one) => one.day!)
                .sort()
                .at(-1)!,
          settled: days.every((one) => one.settled),
          leftOut: days.every((one) => one.leftOut),
        };
  function startOf(placed: Placed): Day {
    const known = starts.get(placed.id);
    if (known) return known;
    if (visiting.has(placed.id)) return never;
    visiting.add(placed.id);
    const { action } = placed;
    const said = action.timingDateTime ?? action.timingPeriod?.start ?? action.timingTiming?.event?.[0];
    const from = (action.relatedAction ?? []).map((related): Day => {
      const other = byId.get(related.actionId ?? '');
      if (!other) return never;
      const anchor =
        related.relationship?.endsWith('end') || related.relationship === 'after' ? endOf(other) : startOf(other);
      if (anchor.day === null) return anchor;
      const offset = offsetOf(related);
      const signed = related.relationship?.startsWith('before') ? { ...offset, value: -offset.value } : offset;
      return { ...anchor, day: past(course.pauses, anchor.day, addLength(anchor.day, signed)) };
    });
    const start =
      from.length > 0
        ? latest(from)
        : said
          ? { ...begun, day: said.slice(0, 10) }
          : placed.within
            ? startOf(placed.within)
            : begun;
    visiting.delete(placed.id);
    starts.set(placed.id, start);
    return start;
  }
  function endOf(placed: Placed): Day {
    if (placed.children.length > 0) return latest(placed.children.map(endOf));
    // Something that follows itself has no day.
    if (visiting.has(`${placed.id} end`)) return never;
    visiting.add(`${placed.id} end`);
    const all = roundsOf(placed);
    visiting.delete(`${placed.id} end`);
    if (course.skipped?.has(placed.id))
      return { day: all[0]!.due, settled: all[0]!.settled, leftOut: all[0]!.leftOut || isConditional(placed) };
    const repeat = repeatOf(placed.action);
    const endless = repeat !== null && repeat.times === null && !repeat.repeat.boundsDuration;
    const over = course.leftOut?.has(roundKey(placed.id, all.length)) ?? false;
    const last = endless && !over ? all[0]! : all.at(-1)!;
    const key = roundKey(placed.id, last.round);
    const ended = course.ended?.get(key);
    return {
      day: ended ?? (waits(placed, last) ? course.today! : last.due),
      settled: ended !== undefined,
      leftOut: last.leftOut || (course.leftOut?.has(key) ?? false),
    };
  }
  /** It is late: whatever comes after it is at the earliest counted from today. */
  const waits = (placed: Placed, { round, due, applies }: Pick<Laid, 'round' | 'due' | 'applies'>): boolean =>
    due !== null &&
    course.today !== undefined &&
    due < course.today &&
    applies !== false &&
    (course.fixed?.has(roundKey(placed.id, round)) || ![placed, ...around(placed)].some(isConditional));
  function roundsOf(placed: Placed): Laid[] {
    const known = rounds.get(placed.id);
    if (known) return known;
    const { action, id } = placed;
    const conditional = [placed, ...around(placed)].filter(isConditional);
    const answers = conditional.map((one) => course.applies?.(one.action) ?? null);
    const applies = answers.includes(false) ? false : answers.includes(null) || answers.length === 0 ? null : true;
    const first = startOf(placed);
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
      list.push({ id, action, round, due, settled, leftOut: first.leftOut, applies });
      if (!repeat || due === null || round === repeat.times || course.leftOut?.has(key)) break;
      // A round whose condition did not hold on its day has passed.
      const passed =
        applies === false &&
        fixed === undefined &&
        ended === undefined &&
        course.today !== undefined &&
        due < course.today;
      const over = ended ?? (waits(placed, { round, due, applies }) ? course.today : undefined);
      if (over !== undefined && over > due) {
        anchor = over;
        step = 1;
      }
      settled = (ended !== undefined || passed) && first.settled;
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
    rounds.set(id, list);
    return list;
  }
  return leaves.flatMap(roundsOf);
}

const isConditional = ({ action }: Placed): boolean =>
  (action.condition ?? []).some((condition) => condition.kind === 'applicability');
function around(placed: Placed): Placed[] {
  const groups: Placed[] = [];
  for (let one = placed.within; one; one = one.within) groups.push(one);
  return groups;
}
