import type { Condition, Leaf } from './contract.ts';
import { addMonths } from '../../platform/index.ts';

/**
 * Conditions of a call, as data that reads like its text: a leaf looks at one fact of an application, groups join leaves. No code: an
 * officer changes them on screen, and each answer says which facts decided.
 */

/** A fact's value. Dates are ISO days. */
export type Fact = string | number | boolean | null;
export type Facts = Readonly<Record<string, Fact>>;

/** Three answers: what is not known yet neither holds nor fails. */
export type Answer = 'yes' | 'no' | 'unknown';
/** ISO days by name: when the conditions must hold, when the answer was sent. */
export type Moments = Readonly<Record<string, string>>;

const dayNamed = (name: string, moments: Moments): string =>
  /^\d{4}-\d{2}-\d{2}$/.test(name) ? name : (moments[name] ?? '');

function holds(test: Leaf, value: Fact, moments: Moments): boolean {
  if ('is' in test) return value === test.is;
  if ('in' in test) return typeof value === 'string' && test.in.includes(value);
  if ('atLeast' in test) return typeof value === 'number' && value >= test.atLeast;
  if ('atMost' in test) return typeof value === 'number' && value <= test.atMost;
  if ('by' in test) {
    const limit = dayNamed(test.by, moments);
    return typeof value === 'string' && limit !== '' && value.slice(0, 10) <= limit;
  }
  if ('within' in test) {
    const from = dayNamed(test.within.of, moments);
    return typeof value === 'string' && from !== '' && value.slice(0, 10) <= addMonths(from, test.within.months);
  }
  return true;
}

/** Whether a condition holds, and the facts it looked at. */
export function answerOf(test: Condition, facts: Facts, moments: Moments): { answer: Answer; facts: string[] } {
  if ('all' in test || 'any' in test) {
    const parts = ('all' in test ? test.all : test.any).map((one) => answerOf(one, facts, moments));
    const [decides, otherwise]: [Answer, Answer] = 'all' in test ? ['no', 'yes'] : ['yes', 'no'];
    const answer = parts.some((part) => part.answer === decides)
      ? decides
      : parts.some((part) => part.answer === 'unknown')
        ? 'unknown'
        : otherwise;
    return { answer, facts: [...new Set(parts.flatMap((part) => part.facts))] };
  }
  if ('not' in test) {
    const inner = answerOf(test.not, facts, moments);
    return { answer: inner.answer === 'yes' ? 'no' : inner.answer === 'no' ? 'yes' : 'unknown', facts: inner.facts };
  }
  const value = facts[test.fact] ?? null;
  if ('known' in test)
    return { answer: (value !== null && value !== '') === test.known ? 'yes' : 'no', facts: [test.fact] };
  if (value === null || value === '') return { answer: 'unknown', facts: [test.fact] };
  return { answer: holds(test, value, moments) ? 'yes' : 'no', facts: [test.fact] };
}
