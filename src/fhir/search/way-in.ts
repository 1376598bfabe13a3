import type { Criterion } from './request.ts';

/** How few rows a criterion is likely to leave: the smallest leads in. 100 and more: it can only filter. */
export function rankOf(criterion: Criterion): number {
  switch (criterion.kind) {
    case 'ids':
      return 0;
    case 'patient':
      return 1;
    case 'tokens':
      return criterion.keys ? criterion.rank : 100;
    case 'strings':
      return criterion.how === 'contains' ? 8 : Math.min(...criterion.values.map((value) => value.length)) < 2 ? 7 : 4;
    case 'chain':
    case 'has':
      return Math.max(6, Math.min(99, ...criterion.criteria.map(rankOf)));
    case 'dates':
      return 7;
    case 'quantities':
      return 8;
    case 'or':
      return criterion.of.length === 0 ? 100 : Math.max(...criterion.of.map(rankOf), 4);
    case 'and':
      return Math.min(100, ...criterion.of.map(rankOf));
    default:
      return 100;
  }
}

export const flatten = (criteria: readonly Criterion[]): readonly Criterion[] =>
  criteria.flatMap((one) => (one.kind === 'and' ? one.of : [one]));
/** The criterion by whose rows a search enters; null: by none. */
export function leadOf(flat: readonly Criterion[]): Criterion | null {
  const [first] = flat.map((one) => ({ one, rank: rankOf(one) })).sort((a, b) => a.rank - b.rank);
  return first && first.rank < 100 ? first.one : null;
}

export type Strings = Extract<Criterion, { kind: 'strings' }>;
/** The beginning of a text by which these criteria lead in, when its index can be walked in the order of the texts: a page is cut where it is full. */
export function walkedBy(criteria: readonly Criterion[]): Strings | null {
  const lead = leadOf(flatten(criteria));
  return lead?.kind === 'strings' &&
    lead.how === 'prefix' &&
    !lead.label &&
    lead.params.length === 1 &&
    lead.values.length === 1
    ? lead
    : null;
}
