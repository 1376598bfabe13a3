import type { ProtocolModel } from '../contract/protocol-model.ts';

/** The number after this one: «1.0» for the first, then «1.1», «1.2»; a shipped edition that is further on keeps its own. */
export function nextEdition(current: string | undefined, shipped?: string): string {
  if (current === undefined) return shipped ?? '1.0';
  const [whole = '1', part = '0'] = current.split('.');
  const next = `${Number(whole) || 0}.${(Number(part) || 0) + 1}`;
  return shipped !== undefined && later(shipped, current) ? shipped : next;
}
/** Is the first edition further on than the second? */
export function later(one: string, other: string): boolean {
  const [a, b] = [one, other].map((text) => text.split('.').map((part) => Number(part) || 0));
  for (let at = 0; at < Math.max(a!.length, b!.length); at++)
    if ((a![at] ?? 0) !== (b![at] ?? 0)) return (a![at] ?? 0) > (b![at] ?? 0);
  return false;
}

export interface Difference {
  added: string[];
  removed: string[];
  changed: string[];
}
/** What an edition changes for who follows the older one, as titles of steps. */
export function difference(old: ProtocolModel, next: ProtocolModel): Difference {
  const before = new Map(old.steps.map((step) => [step.id, step]));
  const now = new Set(next.steps.map((step) => step.id));
  return {
    added: next.steps.filter((step) => !before.has(step.id)).map((step) => step.title),
    removed: old.steps.filter((step) => !now.has(step.id)).map((step) => step.title),
    changed: next.steps
      .filter((step) => before.has(step.id) && JSON.stringify(before.get(step.id)) !== JSON.stringify(step))
      .map((step) => step.title),
  };
}
/** Expressions that a model has and another had not: they are asked of patients' data. */
export function newExpressions(next: ProtocolModel, old: ProtocolModel | null): string[] {
  const of = (model: ProtocolModel | null) => (model?.steps ?? []).flatMap((step) => step.condition?.expression ?? []);
  const known = new Set(of(old));
  return of(next).filter((expression) => !known.has(expression));
}
