import type { CockpitReply } from '../contract/wire-cockpits.ts';

type Order = { readonly order: readonly string[]; readonly hidden: readonly string[] };
export const each = (names: readonly string[]): string[] => [...new Set(names)];

/** An order laid over another one: its own names first, then what it does not place; what is hidden leaves the order, and what it placed itself is shown although it was hidden below. */
export function laidOver(own: Order | undefined, below: Order): CockpitReply['day'] {
  const placed = each(own?.order ?? []);
  const off = each(own?.hidden ?? []);
  const hidden = each([...off, ...below.hidden.filter((name) => !placed.includes(name))]);
  return { order: each([...placed, ...below.order]).filter((name) => !hidden.includes(name)), hidden };
}
