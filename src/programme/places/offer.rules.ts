import type { DecidedRow } from '../review/decisions.store.ts';

type Named = DecidedRow & { name: string };
export interface Freed<Line> {
  /** Places that teams gave up. */
  free: number;
  /** Who waits, in order. */
  next: Line[];
  /** Those of them who have a free place whatever is chosen. */
  sure: Line[];
  /** Those who share the place of the list at which the free places end, when they are more than what is left: nothing but a decision sets them apart. */
  equals: Line[];
  left: number;
}
/** Places of a decision that teams gave up, and who waits. */
export function freed<Line extends Pick<DecidedRow, 'application' | 'outcome' | 'waiting'>>(
  lines: readonly Line[],
  renounced: ReadonlyMap<string, unknown>,
): Freed<Line> {
  const free = lines.filter(({ outcome, application }) => outcome === 'chosen' && renounced.has(application)).length;
  const next = lines
    .filter(({ outcome, application }) => outcome === 'waiting' && !renounced.has(application))
    .toSorted((a, b) => a.waiting! - b.waiting!);
  const last = next[free - 1]?.waiting;
  const tied = last !== undefined && last === next[free]?.waiting;
  const sure = tied ? next.filter(({ waiting }) => waiting! < last!) : next.slice(0, free);
  return {
    free,
    next,
    sure,
    equals: tied ? next.filter(({ waiting }) => waiting === last) : [],
    left: tied ? free - sure.length : 0,
  };
}
/** Where each stands on a waiting list, from 1, by what orders them: equals share their place. */
export const placesOn = <Line>(
  list: readonly Line[],
  orderOf: (one: Line) => number,
): { place: number; shared: boolean }[] =>
  list.map((one) => ({
    place: 1 + list.filter((other) => orderOf(other) < orderOf(one)).length,
    shared: list.filter((other) => orderOf(other) === orderOf(one)).length > 1,
  }));
/** «2ᵉ ex æquo de la liste d’attente». */
export const sayPlace = (n: number, shared: boolean): string =>
  `${n === 1 ? '1ʳᵉ' : `${n}ᵉ`}${shared ? ' ex æquo' : ''} de la liste d’attente`;
/**
 * The lines of the decision that gives the free places to the next of the waiting list: who was chosen stays chosen, who was refused stays refused, those who wait move up in their order, who gave up is in it
 * no more. Ranks, points and marks stay as they were decided.
 * @param settled of the equals, those who are chosen, and why
 */
export function offered(
  lines: readonly Named[],
  renounced: ReadonlyMap<string, unknown>,
  settled: { who: ReadonlySet<string>; reason: string } = { who: new Set(), reason: '' },
): { lines: DecidedRow[]; chosen: Named[] } {
  const { next, sure, equals } = freed(lines, renounced);
  const chosen = [...sure, ...equals.filter(({ application }) => settled.who.has(application))];
  const still = next.filter((one) => !chosen.includes(one));
  const order = placesOn(still, ({ waiting }) => waiting!);
  const between = ({ application }: DecidedRow): string[] =>
    equals.some((one) => one.application === application)
      ? [`À égalité pour la place libérée ; départagée ainsi : ${settled.reason}`]
      : [];
  const kept = lines.filter(({ application }) => !renounced.has(application));
  const said = (one: DecidedRow, words: string): DecidedRow['because'] => ({
    ...one.because,
    words: [...one.because.words.filter((each) => !/^Rang \d/.test(each)), ...between(one), words],
  });
  return {
    chosen,
    lines: kept.map(({ name: _, ...one }): DecidedRow => {
      const at = order[still.findIndex(({ application }) => application === one.application)];
      if (at)
        return {
          ...one,
          waiting: at.place,
          because: said(one, `Rang ${one.rank} : ${sayPlace(at.place, at.shared)}, après le désistement d’une équipe.`),
        };
      if (one.outcome !== 'waiting') return one;
      return {
        ...one,
        outcome: 'chosen',
        waiting: null,
        because: said(
          one,
          `Rang ${one.rank}, ${sayPlace(one.waiting!, false)} : retenue sur une place libérée par un désistement.`,
        ),
      };
    }),
  };
}
