import type { DecidedRow } from '../review/decisions.store.ts';

type Named = DecidedRow & { name: string };
/** Places of a decision that teams gave up, and who waits, in order. */
export function freed<Line extends Pick<DecidedRow, 'application' | 'outcome' | 'waiting'>>(
  lines: readonly Line[],
  renounced: ReadonlyMap<string, unknown>,
): { free: number; next: Line[] } {
  return {
    free: lines.filter(({ outcome, application }) => outcome === 'chosen' && renounced.has(application)).length,
    next: lines
      .filter(({ outcome, application }) => outcome === 'waiting' && !renounced.has(application))
      .toSorted((a, b) => a.waiting! - b.waiting!),
  };
}
const place = (n: number): string => (n === 1 ? '1ʳᵉ' : `${n}ᵉ`);
/**
 * The lines of the decision that gives the free places to the next of the waiting list: who was chosen stays chosen, who was refused stays refused, those who wait move up in their order, who gave up is in it
 * no more. Ranks, points and marks stay as they were decided.
 */
export function offered(
  lines: readonly Named[],
  renounced: ReadonlyMap<string, unknown>,
): { lines: DecidedRow[]; chosen: Named[] } {
  const { free, next } = freed(lines, renounced);
  const [chosen, still] = [next.slice(0, free), next.slice(free)];
  const kept = lines.filter(({ application }) => !renounced.has(application));
  const said = (one: Named, words: string): DecidedRow['because'] => ({
    ...one.because,
    words: [...one.because.words.filter((each) => !/^Rang \d/.test(each)), words],
  });
  return {
    chosen,
    lines: kept.map(({ name, ...one }): DecidedRow => {
      const waiting = still.findIndex(({ application }) => application === one.application);
      if (waiting >= 0)
        return {
          ...one,
          waiting: waiting + 1,
          because: said(
            { name, ...one },
            `Rang ${one.rank} : ${place(waiting + 1)} de la liste d’attente, après le désistement d’une équipe.`,
          ),
        };
      if (one.outcome !== 'waiting') return one;
      return {
        ...one,
        outcome: 'chosen',
        waiting: null,
        because: said(
          { name, ...one },
          `Rang ${one.rank}, ${place(one.waiting!)} de la liste d’attente : retenue sur une place libérée par un désistement.`,
        ),
      };
    }),
  };
}
