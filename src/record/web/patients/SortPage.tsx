import { Button, SegmentedControl } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { call, queries, reading } from '../../../web/api.ts';
import { Card, Tag, WhoWhen } from '../../../web/ui/bits.tsx';
import { CheckIcon } from '../../../web/ui/icons.ts';
import { EmptyState, Failure, ListBones } from '../../../web/ui/states.tsx';
import { done, failed } from '../../../web/ui/undo.tsx';
import { recordContract } from '../../contract.ts';
import css from './merge.module.css';

/** `/patients/fusions/:merge`: what was added while two records were one, each line to its patient, by its author. */
export default function SortPage() {
  const { merge } = useParams({ strict: false }) as { merge: string };
  const asked = reading(recordContract.addedMeanwhile, { params: { merge } });
  const query = useQuery(asked);
  const sort = useMutation({
    mutationFn: ({ type, id, place }: { type: string; id: string; place: 'kept' | 'gone' }) =>
      call(recordContract.sortAdded, { params: { merge, type, id }, body: { place } }),
    onSuccess: (page) => {
      queries.setQueryData(asked.queryKey, page);
      done('Ligne rangée.');
    },
    onError: failed,
  });
  const page = query.data;
  return (
    <div className="page narrow">
      <title>Lignes à trier · Estran</title>
      <header className="page-head">
        <h1>Lignes à trier</h1>
        <Button component={Link} to="/patients/doublons" variant="default">
          Doublons
        </Button>
      </header>
      <Failure of={query} />
      {query.isPending && <ListBones rows={6} />}
      {page && (
        <Card title="Ajouté pendant que les dossiers étaient réunis" count={page.lines.length || undefined}>
          {page.lines.length === 0 && (
            <EmptyState icon={CheckIcon} title="Rien à trier">
              {page.merge.separated
                ? 'Rien n’a été ajouté entre la fusion et la séparation.'
                : 'Ces dossiers sont encore réunis.'}
            </EmptyState>
          )}
          {page.lines.length > 0 && (
            <ol className={css.which}>
              {(['kept', 'gone'] as const).map((side) => (
                <li key={side}>
                  <Link to="/patients/$patient" params={{ patient: page.merge[side] }}>
                    {page.merge[`${side}Name`]}
                  </Link>{' '}
                  <span className="dim small">{page.merge[`${side}Detail`]}</span>
                </li>
              ))}
            </ol>
          )}
          <ul className="plain">
            {page.lines.map((line) => (
              <li key={`${line.type}/${line.id}`} className={css.line}>
                <div className="grow">
                  <span className="strong">{line.title ?? 'Contenu réservé'}</span> <Tag>{line.kindLabel}</Tag>
                  <div>
                    <WhoWhen who={line.who} when={line.at} />
                  </div>
                  {!line.maySort && (
                    <span className="dim small">
                      À ranger par son auteur, ou par quelqu’un qui l’écrit dans les deux dossiers.
                    </span>
                  )}
                </div>
                <SegmentedControl
                  aria-label={`Dossier de la ligne ${line.title ?? line.kindLabel}`}
                  disabled={!line.maySort || sort.isPending}
                  value={line.place === 'unsorted' ? '' : line.place}
                  onChange={(place) => sort.mutate({ type: line.type, id: line.id, place: place as 'kept' | 'gone' })}
                  data={[
                    { value: 'kept', label: 'Reste au 1' },
                    { value: 'gone', label: 'Passe au 2' },
                  ]}
                />
              </li>
            ))}
          </ul>
        </Card>
      )}
    </div>
  );
}
