import { type Answer, answerOf, type Facts, type Moments } from './conditions.rules.ts';
import type { Edition, EligibilityRule } from './contract.ts';
import { aheadInFrance } from '../../platform/index.ts';

export interface RuleResult {
  rule: EligibilityRule;
  answer: Answer;
  /** The facts that decided, as they stood. */
  facts: { id: string; label: string; value: Facts[string] }[];
}
export interface Eligibility {
  /** `unknown`: something asked for is not told yet, and nothing told so far refuses. */
  verdict: 'eligible' | 'not-eligible' | 'unknown';
  results: RuleResult[];
}

/** Every rule with the facts behind its answer (AAP-10). An application is never both eligible and refused. */
export function eligibilityOf(edition: Edition, facts: Facts, moments: Moments): Eligibility {
  const labels = new Map(edition.sections.flatMap((section) => section.fields).map((field) => [field.id, field.label]));
  const results = edition.eligibility.map((rule): RuleResult => {
    const { answer, facts: looked } = answerOf(rule.test, facts, moments);
    return { rule, answer, facts: looked.map((id) => ({ id, label: labels.get(id) ?? id, value: facts[id] ?? null })) };
  });
  const verdict = results.some(({ answer }) => answer === 'no')
    ? 'not-eligible'
    : results.some(({ answer }) => answer === 'unknown')
      ? 'unknown'
      : 'eligible';
  return { verdict, results };
}

/** What a complete form still lacks: required fields that are asked for here, and documents (AAP-9). */
export function missingFrom(
  edition: Edition,
  facts: Facts,
  documents: ReadonlySet<string>,
  moments: Moments,
): {
  fields: { id: string; label: string; section: string }[];
  documents: { id: string; label: string }[];
  share: number;
} {
  const asked = edition.sections
    .flatMap((section) => section.fields.map((field) => ({ field, section: section.title })))
    .filter(
      ({ field }) => field.required && (field.when === null || answerOf(field.when, facts, moments).answer === 'yes'),
    );
  const wanted = edition.documents.filter(
    (one) => one.required && (one.when === null || answerOf(one.when, facts, moments).answer === 'yes'),
  );
  const empty = asked.filter(({ field }) => {
    const value = facts[field.id];
    return value === undefined || value === null || value === '';
  });
  const absent = wanted.filter((one) => !documents.has(one.id));
  const total = asked.length + wanted.length;
  return {
    fields: empty.map(({ field, section }) => ({ id: field.id, label: field.label, section })),
    documents: absent.map(({ id, label }) => ({ id, label })),
    share: total === 0 ? 1 : (total - empty.length - absent.length) / total,
  };
}

/** Milliseconds of the deadline: the wall clock of France, summer and winter. */
export function deadlineInstant(wall: string): number {
  const asUtc = Date.parse(`${wall}Z`);
  let instant = asUtc;
  for (let turn = 0; turn < 2; turn++) instant = asUtc - aheadInFrance(instant) * 60_000;
  return instant;
}
/** In time to the very second of the deadline. */
export const inTime = (edition: Pick<Edition, 'deadline'>, sent: Date): boolean =>
  sent.getTime() < deadlineInstant(edition.deadline) + 1000;
