import { Button } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { call } from '../../../web/api.ts';
import { useUrl } from '../../../web/routes.tsx';
import { sayCount, sayLongDate } from '../../../web/say.ts';
import { EmptyState, Failure, ListBones } from '../../../web/ui/states.tsx';
import { HistoryIcon } from '../../../web/ui/icons.ts';
import type { z } from 'zod';
import { recordContract, type RecordPage } from '../../contract.ts';
import { Filters, filterKeys, filtersOf } from './Filters.tsx';
import { TimelineLine } from './TimelineLine.tsx';
import { Views } from './Views.tsx';
import css from './timeline.module.css';

type Group = z.infer<typeof recordContract.timeline.reply>['groups'][number];

/** An encounter is the head of its group: it is not repeated as a line, unless it is alone. */
function withoutItself({ encounter, items }: Group): Group['items'] {
  const others = items.filter((item) => item.what !== 'encounter' || item.id !== encounter?.id);
  return others.length ? others : items;
}

/** Every line of the record, newest first, grouped by encounter or day; filters stay in the address. */
export function Timeline({ patient, total }: { patient: string; total: RecordPage['timeline'] }) {
  const [url, setUrl] = useUrl();
  const filters = filtersOf(url);
  const query = useInfiniteQuery({
    queryKey: [recordContract.timeline.path, { patient }, filters],
    queryFn: ({ pageParam, signal }) =>
      call(
        recordContract.timeline,
        { params: { patient }, query: { ...filters, cursor: pageParam, count: 40 } },
        { signal },
      ),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last) => last.next ?? undefined,
    placeholderData: (before) => before,
  });
  const groups = query.data?.pages.flatMap((page) => page.groups) ?? [];
  const professions = query.data?.pages.flatMap((page) => page.professions) ?? [];
  const filtered = Object.keys(filters).length > 0;
  let year = '';
  return (
    <section id="historique" aria-labelledby="historique-titre" className={css.timeline}>
      <header className={css.head}>
        <h2 id="historique-titre">
          Historique{' '}
          <span className="dim num">
            {total.atLeast ? `plus de ${sayCount(total.count, 'ligne')}` : sayCount(total.count, 'ligne')}
          </span>
        </h2>
        <Views />
        <Filters professions={professions} />
      </header>
      <Failure compact of={query} />
      {query.isPending && (
        <div className="card">
          <ListBones rows={8} height={44} />
        </div>
      )}
      {query.data && !groups.length && (
        <div className="card">
          {filtered ? (
            <EmptyState
              title="Rien ne correspond à ces filtres"
              action={
                <Button
                  variant="default"
                  onClick={() => setUrl(Object.fromEntries(filterKeys.map((key) => [key, undefined])))}
                >
                  Effacer les filtres
                </Button>
              }
            >
              Élargissez la période ou retirez un filtre.
            </EmptyState>
          ) : (
            <EmptyState icon={HistoryIcon} title="Le dossier est encore vide">
              La première mesure, note ou le premier document apparaîtra ici.
            </EmptyState>
          )}
        </div>
      )}
      <ol className="plain" aria-busy={query.isFetching} style={{ opacity: query.isPlaceholderData ? 0.6 : 1 }}>
        {groups.map((group, index) => {
          const newYear = group.day.slice(0, 4) !== year;
          year = group.day.slice(0, 4);
          return (
            // biome-ignore lint/suspicious/noArrayIndexKey: what one page begins the next one may go on with
            <li key={`${group.key}-${index}`} className={css.group}>
              {newYear && (
                <div className={css.year} aria-hidden>
                  {year}
                </div>
              )}
              <div className={css.day}>
                <time dateTime={group.day}>{sayLongDate(group.day)}</time>
                {group.encounter && (
                  <span className={css.encounter}>
                    <b>{group.encounter.label}</b>
                    {group.encounter.reason && <span>{group.encounter.reason}</span>}
                    {group.encounter.who && (
                      <span className="dim">
                        {group.encounter.who.name}, {group.encounter.who.role}
                      </span>
                    )}
                    {group.encounter.place && <span className="dim">{group.encounter.place}</span>}
                  </span>
                )}
              </div>
              <ul className={`plain card ${css.items}`}>
                {withoutItself(group).map((item) => (
                  <TimelineLine key={`${item.type}${item.id}`} item={item} day={group.day} />
                ))}
              </ul>
            </li>
          );
        })}
      </ol>
      {query.hasNextPage && (
        <div className={css.more}>
          <Button variant="default" loading={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
            Voir plus ancien
          </Button>
        </div>
      )}
    </section>
  );
}
