import type { ProjectStep } from '../calls/contract.ts';
import { addDays, daysBetween } from '../../platform/index.ts';

/** What was written of one step. Days are ISO. */
export interface StepFacts {
  step: string;
  plannedFrom: string | null;
  plannedTo: string | null;
  state: 'open' | 'done' | 'skipped';
  reason: string;
  endedOn: string | null;
  version: number;
  by: string;
}
export type StepState = 'done' | 'skipped' | 'late' | 'current' | 'to-come';
export interface StepView {
  step: ProjectStep;
  from: string;
  to: string;
  /** The dates are not those of the call. */
  moved: boolean;
  state: StepState;
  lateDays: number;
  /** Why it cannot be closed, in words; empty once it can. */
  blockers: string[];
  missing: string[];
  facts: StepFacts | undefined;
}
const pad = (n: number) => String(n).padStart(2, '0');
/** First day of a month counted from January of a year. */
export const firstDay = (year: number, month: number): string =>
  `${year + Math.floor(month / 12)}-${pad((((month % 12) + 12) % 12) + 1)}-01`;
/** Last day of a month counted from January of a year. */
export const lastDay = (year: number, month: number): string => addDays(firstDay(year, month + 1), -1);

/**
 * The steps of a project on a day (PRJ-9): a step does not close without its deliverables, nor before those that come before it are closed or skipped, nor while one of its gates holds it.
 * @param have kinds of papers and files that are there
 * @param gates what else holds a step, in words, by step
 */
export function stepsOn(
  steps: readonly ProjectStep[],
  year: number,
  rows: readonly StepFacts[],
  have: ReadonlySet<string>,
  gates: Readonly<Record<string, readonly string[]>>,
  today: string,
): StepView[] {
  const written = new Map(rows.map((row) => [row.step, row]));
  const ended = (id: string) => (written.get(id)?.state ?? 'open') !== 'open';
  return steps.map((step, at) => {
    const facts = written.get(step.id);
    const from = facts?.plannedFrom ?? firstDay(year, step.fromMonth);
    const to = facts?.plannedTo ?? lastDay(year, step.toMonth);
    const before = steps.slice(0, at).filter(({ id }) => !ended(id));
    const missing = step.deliverables
      .filter(({ kind, required }) => required && !have.has(kind))
      .map(({ label }) => label);
    const open = !ended(step.id);
    const late = open && to < today;
    return {
      step,
      from,
      to,
      moved: Boolean(facts?.plannedFrom || facts?.plannedTo),
      facts,
      missing: open ? missing : [],
      state: !open ? (facts!.state as 'done' | 'skipped') : late ? 'late' : before.length === 0 ? 'current' : 'to-come',
      lateDays: late ? daysBetween(to, today) : 0,
      blockers: open
        ? [
            ...before.map(({ title }) => `L’étape « ${title} » n’est pas close.`),
            ...missing.map((label) => `Il manque : ${label.charAt(0).toLowerCase()}${label.slice(1)}.`),
            ...(gates[step.id] ?? []),
          ]
        : [],
    };
  });
}
/** The step where the project is: the first that is not ended. */
export const currentStep = (views: readonly StepView[]): StepView | undefined =>
  views.find(({ state }) => state !== 'done' && state !== 'skipped');

/** Months from the launch to the end that is planned, rounded up. */
export function plannedMonths(views: readonly StepView[]): number {
  const launch = views.find(({ step }) => step.id === 'launch') ?? views[0];
  const last = views.at(-1);
  return launch && last ? Math.ceil(daysBetween(launch.from, last.to) / 30.44) : 0;
}
