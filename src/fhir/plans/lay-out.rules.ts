// https://hl7.org/fhir/R4/plandefinition.html
import type { PlanDefinition, PlanDefinitionAction, PlanDefinitionActionRelatedAction } from '@medplum/fhirtypes';
import { addLength, type Length } from './days.rules.ts';
import {
  type Course,
  type Day,
  endOfRounds,
  type Laid,
  lengthOf,
  past,
  type Placed,
  roundsFrom,
} from './rounds.rules.ts';

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

const never: Day = { day: null, settled: false, leftOut: false };
/** What follows several waits for the last of them; one without a day leaves it without. */
const latest = (days: readonly Day[]): Day => ({
  day: days.some((one) => one.day === null)
    ? null
    : days
        .map((one) => one.day!)
        .sort()
        .at(-1)!,
  settled: days.every((one) => one.settled),
  leftOut: days.every((one) => one.leftOut),
});
/** The day that the definition itself names. */
const namedDay = ({ timingDateTime, timingPeriod, timingTiming }: PlanDefinitionAction): string | undefined =>
  timingDateTime ?? timingPeriod?.start ?? timingTiming?.event?.[0];

const offsetOf = ({ offsetDuration, offsetRange }: PlanDefinitionActionRelatedAction): Length =>
  lengthOf(offsetDuration ?? offsetRange?.low);

const fromItsEnd = ({ relationship }: PlanDefinitionActionRelatedAction): boolean | undefined =>
  relationship?.endsWith('end') || relationship === 'after';
/** So long after, or before, the day of what it is related to. */
function related(to: Day, by: PlanDefinitionActionRelatedAction, pauses: Course['pauses']): Day {
  if (to.day === null) return to;
  const offset = offsetOf(by);
  const signed = by.relationship?.startsWith('before') ? { ...offset, value: -offset.value } : offset;
  return { ...to, day: past(pauses, to.day, addLength(to.day, signed)) };
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
  const rounds = new Map<string, Laid[]>();
  const starts = new Map<string, Day>();
  // What follows itself has no day.
  const visiting = new Set<string>();

  function startOf(placed: Placed): Day {
    const known = starts.get(placed.id);
    if (known) return known;
    if (visiting.has(placed.id)) return never;
    visiting.add(placed.id);
    const follows = (placed.action.relatedAction ?? []).map((by): Day => {
      const other = byId.get(by.actionId ?? '');
      return other ? related(fromItsEnd(by) ? endOf(other) : startOf(other), by, course.pauses) : never;
    });
    const named = namedDay(placed.action);
    const start =
      follows.length > 0
        ? latest(follows)
        : named
          ? { ...begun, day: named.slice(0, 10) }
          : placed.within
            ? startOf(placed.within)
            : begun;
    visiting.delete(placed.id);
    starts.set(placed.id, start);
    return start;
  }
  function endOf(placed: Placed): Day {
    if (placed.children.length > 0) return latest(placed.children.map(endOf));
    const end = `${placed.id} end`;
    if (visiting.has(end)) return never;
    visiting.add(end);
    const all = roundsOf(placed);
    visiting.delete(end);
    return endOfRounds(placed, all, course);
  }
  function roundsOf(placed: Placed): Laid[] {
    const known = rounds.get(placed.id);
    if (known) return known;
    const list = roundsFrom(placed, startOf(placed), course);
    rounds.set(placed.id, list);
    return list;
  }
  return leaves.flatMap(roundsOf);
}
