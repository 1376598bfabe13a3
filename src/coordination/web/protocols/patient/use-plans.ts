import { useMutation, useQuery } from '@tanstack/react-query';
import type { z } from 'zod';
import { queries, reading } from '../../../../web/api.ts';
import { useLive } from '../../../../web/live.ts';
import { mayRead, useMe } from '../../../../web/session.ts';
import { failed } from '../../../../web/ui/undo.tsx';
import { coordinationContract, type PlanStep } from '../../../contract.ts';

export type Plans = z.infer<typeof coordinationContract.plans.reply>;
export type Plan = Plans['plans'][number];

export const plansQuery = (patient: string) => reading(coordinationContract.plans, { params: { patient } });
/** Everything read about this patient is read again. */
export const refreshPatient = (patient: string) =>
  queries.invalidateQueries({
    predicate: ({ queryKey }) => (queryKey[1] as { patient?: string } | null)?.patient === patient,
  });

/** The plans of a patient, read again when a step, a task or a plan moves, whoever moved it. */
export function usePlans(patient: string) {
  const me = useMe();
  useLive(['plans', 'tasks', 'protocols'], (hint) => {
    if (hint.patient === undefined || hint.patient === patient)
      void queries.invalidateQueries({ queryKey: plansQuery(patient).queryKey });
  });
  return useQuery({ ...plansQuery(patient), enabled: mayRead(me, 'coordination') });
}

/** An act on a plan: what the server answers stands at once; refusals are told in its words. */
export function usePlanAct<Asked>(
  patient: string,
  act: (asked: Asked) => Promise<unknown>,
  told?: (asked: Asked) => void,
) {
  return useMutation({
    mutationFn: act,
    onSuccess: async (_answer, asked) => {
      await refreshPatient(patient);
      told?.(asked);
    },
    onError: (error) => {
      void refreshPatient(patient);
      failed(error);
    },
  });
}

export const open = (step: PlanStep): boolean =>
  ['requested', 'accepted', 'in-progress', 'rejected'].includes(step.state);
export interface Groups {
  late: PlanStep[];
  now: PlanStep[];
  later: PlanStep[];
  done: PlanStep[];
  left: PlanStep[];
}
/** As one looks at them: what is late, what is asked of someone, what comes, what was done, what was left out. */
export function groupSteps(steps: readonly PlanStep[]): Groups {
  const groups: Groups = { late: [], now: [], later: [], done: [], left: [] };
  for (const step of steps) {
    if (step.state === 'completed') groups.done.push(step);
    else if (step.state === 'cancelled') groups.left.push(step);
    else if (step.late) groups.late.push(step);
    else if (open(step)) groups.now.push(step);
    else groups.later.push(step);
  }
  const byDue = (a: PlanStep, b: PlanStep) =>
    (a.due ?? '9').localeCompare(b.due ?? '9') || a.title.localeCompare(b.title, 'fr');
  for (const list of [groups.late, groups.now, groups.later, groups.left]) list.sort(byDue);
  groups.done.sort((a, b) => (b.doneAt ?? '').localeCompare(a.doneAt ?? ''));
  return groups;
}
