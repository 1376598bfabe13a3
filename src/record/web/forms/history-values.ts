import type { Sensitivity } from '../../contract.ts';
import { numberTyped, type Topic } from './history-topics.ts';

export const emptyHistory = (topic: Topic) => ({
  topic,
  noneKnown: false,
  label: '',
  code: null as string | null,
  system: null as string | null,
  also: [] as { system: string; code: string }[],
  subject: null as string | null,
  answers: [] as string[],
  perDay: '',
  years: '',
  packYears: '',
  stopped: '',
  glasses: '',
  relative: null as string | null,
  age: '',
  died: false,
  at: '',
  note: '',
  sensitive: null as Sensitivity | null,
  reason: '',
});
export type HistoryValues = ReturnType<typeof emptyHistory>;

/** What is coded, where the others are picked from subjects. */
export const isCoded = (topic: Topic): boolean => topic === 'personal' || topic === 'family' || topic === 'procedure';

/** As the server wants it: figures as numbers, what another topic left in the form taken out. */
export function historyBody(values: HistoryValues) {
  const family = values.topic === 'family';
  return {
    ...values,
    relative: family ? values.relative : null,
    died: family && values.died,
    age: family || values.topic === 'personal' ? numberTyped(values.age) : null,
    perDay: numberTyped(values.perDay),
    years: numberTyped(values.years),
    packYears: numberTyped(values.packYears),
    glasses: numberTyped(values.glasses),
    stopped: values.stopped || null,
    at: values.at || null,
    note: values.note || null,
    reason: values.reason || null,
  };
}
