import { answeredHistory } from '../src/record/index.ts';
import type { Chart, Visit } from './chart.ts';

/** What is known of risks, way of life and social situation, as the form of the record writes it: subject, answers, figures. */
export function situations(
  chart: Chart,
  visit: Visit,
  given: readonly (readonly [
    subject: string,
    answers: readonly string[],
    figures?: Parameters<typeof answeredHistory>[2],
  ])[],
): void {
  for (const [subject, answers, figures] of given) {
    const { code, ...parts } = answeredHistory(subject, answers, figures ?? {});
    chart.observation(visit, 'social-history', code, parts);
  }
}
