import { Button } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { z } from 'zod';
import { call, queries, reading } from '../../../web/api.ts';
import { useUrl } from '../../../web/routes.tsx';
import { sayDateTime } from '../../../web/say.ts';
import { Card, Tag } from '../../../web/ui/bits.tsx';
import { CheckIcon } from '../../../web/ui/icons.ts';
import { EmptyState, Failure, ListBones, Nothing } from '../../../web/ui/states.tsx';
import { done, failed } from '../../../web/ui/undo.tsx';
import { recordContract } from '../../contract.ts';
import css from './merge.module.css';
import { PairView } from './PairView.tsx';

type Page = z.infer<typeof recordContract.duplicatePairs.reply>;
type Merge = Page['merges'][number];
type Brief = Page['pairs'][number]['one'];

/** After an act the lists and the pair in view are read again. */
export const readAgain = () =>
  queries.invalidateQueries({
    predicate: ({ queryKey }) =>
      String(queryKey[0]).startsWith(recordContract.duplicatePairs.path) ||
      queryKey[0] === recordContract.addedMeanwhile.path,
  });

/** `/patients/doublons`: those of the practice who may be one person, side by side; what was answered; what was merged. */
export default function DuplicatesPage() {
  const [url, setUrl] = useUrl();
  const query = useQuery(reading(recordContract.duplicatePairs, {}));
  const [one, other] = (url.paire ?? '').split('~');
  const page = query.data;
  return (
    <div className="page">
      <title>Doublons · Estran</title>
      <header className="page-head">
        <h1>Doublons</h1>
        <Button component={Link} to="/patients" variant="default">
          Tous les patients
        </Button>
      </header>
      <Failure of={query} />
      {one && other && (
        <PairView key={url.paire} one={one} other={other} onClose={() => setUrl({ paire: undefined })} />
      )}
      {query.isPending && <ListBones rows={8} />}
      {page && (
        <div className={css.lists}>
          <Card title="À comparer" count={page.pairs.length || undefined}>
            {page.pairs.length === 0 ? (
              <EmptyState icon={CheckIcon} title="Aucun doublon probable">
                Les patients de la structure sont comparés par nom, naissance, INS et téléphone. Ceux qui se ressemblent
                s’affichent ici.
              </EmptyState>
            ) : (
              <ul className="plain">
                {page.pairs.map((pair) => (
                  <li key={`${pair.one.id}~${pair.other.id}`} className={css.line}>
                    <div className="grow">
                      <Person brief={pair.one} />
                      <Person brief={pair.other} />
                      <span className="row wrap" style={{ gap: 4, marginTop: 3 }}>
                        {pair.reasons.map((reason) => (
                          <Tag key={reason}>{reason}</Tag>
                        ))}
                      </span>
                    </div>
                    <Button
                      variant="default"
                      aria-label={`Comparer ${pair.one.name} et ${pair.other.name}`}
                      onClick={() => setUrl({ paire: `${pair.one.id}~${pair.other.id}` })}
                    >
                      Comparer
                    </Button>
                  </li>
                ))}
              </ul>
            )}
            {page.more && <Nothing>D’autres paires suivront quand celles-ci seront traitées.</Nothing>}
          </Card>
          <Merges merges={page.merges} />
          <Apart apart={page.apart} />
        </div>
      )}
    </div>
  );
}

const Person = ({ brief }: { brief: Brief }) => (
  <span className={css.person}>
    <span className="strong">{brief.name}</span>{' '}
    <span className="dim small">
      {[brief.birthName, brief.sexLabel, `${brief.birthDateLabel} (${brief.age})`, brief.place]
        .filter(Boolean)
        .join(', ')}
    </span>
  </span>
);

function Merges({ merges }: { merges: readonly Merge[] }) {
  const separate = useMutation({
    mutationFn: (merge: Merge) => call(recordContract.separateRecords, { params: { merge: merge.id }, body: {} }),
    onSuccess: ({ toSort }) => {
      void readAgain();
      done(
        toSort
          ? `Dossiers séparés. ${toSort} ligne${toSort > 1 ? 's' : ''} ajoutée${toSort > 1 ? 's' : ''} entre-temps reste${toSort > 1 ? 'nt' : ''} à trier.`
          : 'Dossiers séparés : chacun a retrouvé ce qui était à lui.',
      );
    },
    onError: failed,
  });
  if (merges.length === 0) return null;
  return (
    <Card title="Dossiers réunis" count={merges.length}>
      <ul className="plain">
        {merges.map((merge) => (
          <li key={merge.id} className={css.line}>
            <div className="grow">
              {merge.goneName} →{' '}
              <Link to="/patients/$patient" params={{ patient: merge.kept }}>
                {merge.keptName}
              </Link>
              <span className="dim small" style={{ display: 'block' }}>
                {merge.name}, {sayDateTime(merge.at)}
                {merge.reason && ` : ${merge.reason}`}
                {merge.separated && ` · séparés par ${merge.separated.name}, ${sayDateTime(merge.separated.at)}`}
              </span>
            </div>
            {merge.separated ? (
              <Button component={Link} to={`/patients/fusions/${merge.id}`} variant="default">
                {merge.unsorted ? `Trier (${merge.unsorted})` : 'Revoir les lignes'}
              </Button>
            ) : (
              <Button
                variant="default"
                loading={separate.isPending && separate.variables?.id === merge.id}
                onClick={() => separate.mutate(merge)}
                aria-label={`Séparer ${merge.goneName} et ${merge.keptName}`}
              >
                Séparer
              </Button>
            )}
          </li>
        ))}
      </ul>
    </Card>
  );
}

function Apart({ apart }: { apart: Page['apart'] }) {
  const back = useMutation({
    mutationFn: (pair: Page['apart'][number]) =>
      call(recordContract.bringTogether, { params: { one: pair.one.id, other: pair.other.id } }),
    onSuccess: () => {
      void readAgain();
      done('La paire est de nouveau proposée.');
    },
    onError: failed,
  });
  if (apart.length === 0) return null;
  return (
    <Card title="Ce ne sont pas les mêmes" count={apart.length}>
      <ul className="plain">
        {apart.map((pair) => (
          <li key={`${pair.one.id}~${pair.other.id}`} className={css.line}>
            <div className="grow">
              <Person brief={pair.one} />
              <Person brief={pair.other} />
              <span className="dim small">
                {pair.name}, {sayDateTime(pair.at)}
              </span>
            </div>
            <Button
              variant="default"
              onClick={() => back.mutate(pair)}
              aria-label={`Proposer de nouveau ${pair.one.name} et ${pair.other.name}`}
            >
              Proposer de nouveau
            </Button>
          </li>
        ))}
      </ul>
    </Card>
  );
}
