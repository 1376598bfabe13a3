import type { phaseIds } from './contract.ts';
import type { DeploymentModel } from './model.ts';
import { dayNumber, withoutAccents } from '../../../platform/index.ts';

export type Phase = (typeof phaseIds)[number];
export interface PlanLine {
  kind: 'phase' | 'module' | 'set-up' | 'take-over';
  phase: Phase;
  title: string;
  aim: string;
  professions: readonly string[];
  owner: string;
  minutes: number | null;
  from: string;
  to: string;
}
const isoOf = (day: number): string => new Date(day * 86_400_000).toISOString().slice(0, 10);

/**
 * Lays the model between two days: phases one after the other by their weight, modules spread over their phase, tasks in its first half. Modules of professions that the team has not are left out.
 * @param professions those of the team; none known: all modules
 */
export function layOut(model: DeploymentModel, from: string, to: string, professions: ReadonlySet<string>): PlanLine[] {
  const [first, last] = [dayNumber(from), dayNumber(to)];
  const span = last - first + 1;
  const total = model.phases.reduce((sum, { weight }) => sum + weight, 0);
  const at = (share: number): number => Math.min(last, first + Math.floor((span * share) / total));
  const lines: PlanLine[] = [];
  let before = 0;
  for (const { id, title, lead, weight } of model.phases) {
    const begin = at(before);
    const end = Math.max(begin, before + weight >= total ? last : at(before + weight) - 1);
    lines.push({
      kind: 'phase',
      phase: id,
      title,
      aim: lead,
      professions: [],
      owner: '',
      minutes: null,
      from: isoOf(begin),
      to: isoOf(end),
    });
    const modules = model.modules
      .filter((one) => one.phase === id)
      .flatMap((one) => {
        const concerned =
          professions.size === 0
            ? one.professions
            : one.professions.filter((profession) => professions.has(profession));
        return one.professions.length > 0 && concerned.length === 0 ? [] : [{ ...one, professions: concerned }];
      });
    for (const [i, module] of modules.entries()) {
      const start = begin + Math.floor(((end - begin) * i) / Math.max(1, modules.length));
      lines.push({
        kind: 'module',
        phase: id,
        title: module.title,
        aim: module.aim,
        professions: module.professions,
        owner: '',
        minutes: module.minutes,
        from: isoOf(start),
        to: isoOf(Math.max(start, begin + Math.floor(((end - begin) * (i + 1)) / modules.length))),
      });
    }
    for (const task of model.tasks.filter((one) => one.phase === id))
      lines.push({
        kind: task.kind,
        phase: id,
        title: task.title,
        aim: '',
        professions: [],
        owner: task.owner,
        minutes: null,
        from: isoOf(begin),
        to: isoOf(begin + Math.ceil((end - begin) / 2)),
      });
    before += weight;
  }
  return lines;
}

export type LineState = 'done' | 'late' | 'current' | 'to-come';
export function lineState(
  { from, to, doneOn }: { from: string; to: string; doneOn: string | null },
  today: string,
): { state: LineState; lateDays: number } {
  if (doneOn !== null) return { state: 'done', lateDays: 0 };
  if (to < today) return { state: 'late', lateDays: dayNumber(today) - dayNumber(to) };
  return { state: from <= today ? 'current' : 'to-come', lateDays: 0 };
}

export interface Attendee {
  name: string;
  profession: string;
  present: boolean | null;
}
export interface Session {
  module: string;
  state: 'planned' | 'held' | 'cancelled';
  people: readonly Attendee[];
}
export interface Cell {
  module: string;
  profession: string;
  /** Different persons who were there. */
  trained: number;
  /** How many there are; null: not known. */
  expected: number | null;
  /** A session is to come for them. */
  planned: boolean;
  state: 'not-concerned' | 'none' | 'planned' | 'begun' | 'done';
}
const key = (name: string): string =>
  withoutAccents(name)
    .toLowerCase()
    .split(/[\s-]+/)
    .filter(Boolean)
    .sort()
    .join(' ');
/** Who was trained to what: a cell for each module and profession. Someone who comes twice counts once. */
export function heatOf(
  modules: readonly { id: string; professions: readonly string[] }[],
  professions: readonly { profession: string; people: number | null }[],
  sessions: readonly Session[],
): Cell[] {
  return modules.flatMap(({ id, professions: concerned }) =>
    professions.map(({ profession, people }): Cell => {
      const of = sessions.filter(({ module, state }) => module === id && state !== 'cancelled');
      const there = new Set(
        of
          .filter(({ state }) => state === 'held')
          .flatMap((one) =>
            one.people
              .filter((who) => who.profession === profession && who.present === true)
              .map(({ name }) => key(name)),
          ),
      );
      const planned = of.some(
        ({ state, people }) => state === 'planned' && people.some((who) => who.profession === profession),
      );
      const trained = there.size;
      const state =
        concerned.length > 0 && !concerned.includes(profession) && trained === 0
          ? 'not-concerned'
          : trained === 0
            ? planned
              ? 'planned'
              : 'none'
            : people !== null && trained < people
              ? 'begun'
              : people === null && planned
                ? 'begun'
                : 'done';
      return { module: id, profession, trained, expected: people, planned, state };
    }),
  );
}

/** Why a profession may not begin a phase without a reason: the one before it is not done. Null: nothing holds it. */
export function phaseWaits(
  phases: readonly { id: Phase; title: string }[],
  phase: Phase,
  progress: readonly { phase: string; doneOn: string | null }[],
): string | null {
  const before = phases[phases.findIndex(({ id }) => id === phase) - 1];
  return !before || progress.some((one) => one.phase === before.id && one.doneOn !== null)
    ? null
    : `La phase « ${before.title} » n’est pas terminée.`;
}
