import { useQuery } from '@tanstack/react-query';
import { call, queries, Refusal, reading } from '../../../web/api.ts';
import { done, failed } from '../../../web/ui/undo.tsx';
import { type CockpitPart, type CockpitReply, recordContract } from '../../contract.ts';

/** What my profession finds here, as I arranged it: read once, it changes when I change it. */
export const cockpitQuery = { ...reading(recordContract.cockpit), staleTime: 30 * 60_000, refetchOnWindowFocus: false };
export const useCockpit = () => useQuery(cockpitQuery);

type Part = Partial<Pick<CockpitReply, 'day' | 'entries' | 'cards'>>;
const kept = (cockpit: CockpitReply) => {
  queries.setQueryData(cockpitQuery.queryKey, cockpit);
  void queries.invalidateQueries({ queryKey: [recordContract.day.path] });
};
/** Shown at once, then kept; when another screen was faster, its order is shown. */
export async function arrange(now: CockpitReply, part: Part): Promise<void> {
  queries.setQueryData(cockpitQuery.queryKey, {
    ...now,
    ...part,
    own: [...new Set([...now.own, ...(Object.keys(part) as CockpitPart[])])],
  });
  try {
    kept(await call(recordContract.arrangeCockpit, { body: { version: now.version, ...part } }));
  } catch (error) {
    queries.setQueryData(
      cockpitQuery.queryKey,
      (error instanceof Refusal && (error.extra.theirs as CockpitReply | undefined)) || now,
    );
    failed(error);
  }
}
/** One part as it comes for my profession in this practice; my own order is one press away. */
export async function reset(before: CockpitReply, part: CockpitPart): Promise<void> {
  try {
    const now = await call(recordContract.resetCockpit, { query: { part } });
    kept(now);
    done(
      part === 'day' && now.practiceDay
        ? 'Ordre de la structure rétabli.'
        : 'Présentation de votre profession rétablie.',
      async () =>
        kept(await call(recordContract.arrangeCockpit, { body: { version: now.version, [part]: before[part] } })),
    );
  } catch (error) {
    failed(error);
  }
}

/** Names in order: mine first, then what nobody placed, without what is hidden. */
export function inOrder<T>(
  items: readonly T[],
  nameOf: (item: T) => string,
  { order, hidden }: { order: readonly string[]; hidden: readonly string[] },
): T[] {
  const place = new Map(order.map((name, at) => [name, at]));
  return items
    .filter((item) => !hidden.includes(nameOf(item)))
    .map((item, at) => ({ item, rank: place.get(nameOf(item)) ?? order.length + at }))
    .sort((a, b) => a.rank - b.rank)
    .map(({ item }) => item);
}
