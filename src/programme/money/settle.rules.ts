import type { Funding } from '../calls/contract.ts';
import { paymentsOf } from './money.rules.ts';

/** `share`: of the call; `supplement`: what an amendment adds once every share is ordered; `recovery`: what was paid too much, owed by the team. */
export type PaymentKind = 'share' | 'supplement' | 'recovery';
export interface Part {
  number: number;
  percent: number;
  occasion: string;
  /** Never below zero; a recovery comes off the others. */
  cents: number;
  kind: PaymentKind;
  state: 'due' | 'ordered' | 'paid';
}
/** What a part adds to the sum of the agreement. */
export const signedCents = ({ kind, cents }: Pick<Part, 'kind' | 'cents'>): number =>
  kind === 'recovery' ? -cents : cents;
const sum = (parts: readonly Pick<Part, 'kind' | 'cents'>[]): number =>
  parts.reduce((total, one) => total + signedCents(one), 0);

/**
 * The parts of an agreement whose amount has changed (FIN-7), to the cent: what is ordered stays as it is; what is due shares out the rest, the last share taking what is left; when the rest is below zero nothing is
 * due any more and the difference is to be paid back. Their sum is always the amount.
 * @param because ends the words of a line that comes with the change: «avenant n° 2»
 */
export function settle<P extends Part>(
  amountCents: number,
  call: Funding['payments'],
  held: readonly P[],
  because: string,
): (P | Part)[] {
  const due = held.filter(({ state }) => state === 'due');
  const shares = due.filter(({ kind }) => kind === 'share');
  const planned = new Map(paymentsOf(amountCents, call).map(({ number, cents }) => [number, cents]));
  let left = amountCents - sum(held.filter(({ state }) => state !== 'due'));
  const cents = new Map<number, number>();
  for (const share of shares) {
    const owed = Math.max(0, share === shares.at(-1) ? left : Math.min(left, planned.get(share.number) ?? 0));
    cents.set(share.number, owed);
    left -= owed;
  }
  const added: Part[] = [];
  const named = (kind: 'supplement' | 'recovery') =>
    `${kind === 'recovery' ? 'Trop-perçu à reverser' : 'Complément'}, ${because}`;
  for (const [kind, owed] of [
    ['supplement', Math.max(0, left)],
    ['recovery', Math.max(0, -left)],
  ] as const) {
    const there = due.filter((one) => one.kind === kind);
    for (const one of there) cents.set(one.number, one === there.at(-1) ? owed : 0);
    if (there.length === 0 && owed > 0)
      added.push({
        number: Math.max(0, ...held.map(({ number }) => number)) + 1,
        percent: 0,
        occasion: named(kind),
        cents: owed,
        kind,
        state: 'due',
      });
  }
  const now = (one: P): P => ({
    ...one,
    cents: cents.get(one.number)!,
    ...(one.kind !== 'share' && { occasion: named(one.kind) }),
  });
  return [...held.map((one) => (cents.has(one.number) ? now(one) : one)), ...added];
}
