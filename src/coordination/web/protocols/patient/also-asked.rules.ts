import { fold } from '../../../../web/palette.ts';
import type { Plan } from './use-plans.ts';

type Following = Pick<Plan, 'id' | 'state' | 'stopped'> & {
  protocol: Pick<Plan['protocol'], 'id' | 'title'>;
  steps: readonly Pick<Plan['steps'][number], 'title' | 'state' | 'due' | 'round'>[];
};
const runs = (plan: Following): boolean => (plan.state === 'active' || plan.state === 'on-hold') && !plan.stopped;

/** What other protocols that run for this patient still ask under the same title: the nearest of each. */
export function alsoAsked(
  plans: readonly Following[],
  title: string,
  except: string | null,
): { protocol: string; due: string | null }[] {
  const words = fold(title);
  return plans.flatMap((plan) => {
    const same = plan.steps.filter(
      (step) => step.state !== 'completed' && step.state !== 'cancelled' && fold(step.title) === words,
    );
    const [first] = same.sort((a, b) => (a.due ?? '9').localeCompare(b.due ?? '9'));
    return plan.id !== except && runs(plan) && first ? [{ protocol: plan.protocol.title, due: first.due }] : [];
  });
}
/** Two records of one person are one now, and both followed it. */
export const followedTwice = (plans: readonly Following[], plan: Following): boolean =>
  runs(plan) && plans.some((one) => one.id !== plan.id && one.protocol.id === plan.protocol.id && runs(one));
