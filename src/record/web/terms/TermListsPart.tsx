import { Button } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { call, queries, reading, upload, failureOf } from '../../../web/api.ts';
import { sayCount, sayDate } from '../../../web/say.ts';
import { Card, ProgressBar, Tag } from '../../../web/ui/bits.tsx';
import { FileFrame } from '../../../web/ui/FileFrame.tsx';
import { ErrorState, Failure, ListBones, Note } from '../../../web/ui/states.tsx';
import { done, failed } from '../../../web/ui/undo.tsx';
import { recordContract, type TermList, type TermLoading } from '../../contract.ts';
import css from './terms.module.css';

const refresh = () => {
  void queries.invalidateQueries({ queryKey: [recordContract.termLists.path] });
  void queries.invalidateQueries({ queryKey: [recordContract.terms.path] });
};

/** The public lists of terms: which are loaded, which edition, under which licence; and loading the publisher's files. */
export default function TermListsPart() {
  const query = useQuery(reading(recordContract.termLists));
  const running = query.data?.loading.state === 'running';
  const progress = useQuery({
    ...reading(recordContract.termLoading),
    enabled: running,
    refetchInterval: (asked) => (asked.state.data?.state === 'running' || !asked.state.data ? 700 : false),
    staleTime: 0,
  });
  const ended = running && progress.data && progress.data.state !== 'running';
  useEffect(() => {
    if (!ended) return;
    void queries.removeQueries({ queryKey: [recordContract.termLoading.path] });
    refresh();
  }, [ended]);
  if (failureOf(query)) return <Failure of={query} />;
  if (!query.data)
    return (
      <div className="card">
        <ListBones rows={4} height={64} />
      </div>
    );
  const loading = running ? (progress.data ?? query.data.loading) : query.data.loading;
  return (
    <div className="stack narrow">
      <Card title="Listes publiques">
        <ul className="plain">
          {query.data.lists.map((one) => (
            <ListLine key={one.list} list={one} />
          ))}
        </ul>
      </Card>
      <LoadCard loading={loading} />
      <Note tone="info">
        Sans aucune liste, la recherche propose déjà les problèmes, médicaments (par substance), examens et actes usuels
        du produit. La CISP-2 n’a pas de libellés français sous une licence claire : seuls ses codes accompagnent nos
        propres mots.
      </Note>
    </div>
  );
}

function ListLine({ list: { list, title, publisher, licence, source, files, edition } }: { list: TermList }) {
  const remove = useMutation({
    mutationFn: () => call(recordContract.removeTerms, { params: { list: list as 'cim10' } }),
    onSuccess: () => {
      done(`Liste retirée : ${title}. Ce qui est déjà codé garde ses codes.`);
      refresh();
    },
    onError: failed,
  });
  return (
    <li className={css.line}>
      <div className="grow">
        <div className="row wrap">
          <span className="strong">{title}</span>
          {edition ? <Tag tone="success">{sayCount(edition.terms, 'terme')}</Tag> : <Tag>Non chargée</Tag>}
        </div>
        <div className="small">
          {edition
            ? `Édition ${/^\d{4}-/.test(edition.version) ? `du ${sayDate(edition.version)}` : edition.version}, chargée le ${sayDate(edition.at)}${edition.everyPractice ? ' pour toutes les structures de cette installation' : edition.by ? ` par ${edition.by}` : ''}`
            : `À charger : ${files.join(', ')}`}
        </div>
        <div className="dim small">
          {publisher}. {licence}. {source}
        </div>
      </div>
      {edition && !edition.everyPractice && (
        <Button
          size="compact-sm"
          variant="subtle"
          color="red"
          loading={remove.isPending}
          onClick={() => remove.mutate()}
          aria-label={`Retirer ${title}`}
        >
          Retirer
        </Button>
      )}
    </li>
  );
}

function LoadCard({ loading }: { loading: TermLoading }) {
  const [sent, setSent] = useState<number | null>(null);
  const [error, setError] = useState<unknown>(null);
  const send = async (files: readonly File[]) => {
    setError(null);
    setSent(0);
    const form = new FormData();
    for (const file of files) form.append('file', file);
    try {
      await upload(recordContract.loadTerms, {}, form, setSent);
    } catch (problem) {
      setError(problem);
    }
    setSent(null);
    refresh();
  };
  const busy = sent !== null || loading.state === 'running';
  return (
    <Card title="Charger une liste">
      <div className={css.zone}>
        <FileFrame
          label="Fichiers d’une liste"
          words="Déposez ici les fichiers tels que leur éditeur les publie, compressés ou non. Une édition plus récente remplace la précédente ; un fichier qui ne convient pas ne change rien."
          multiple
          take={(files) => void send(files)}
          busy={
            busy &&
            (sent !== null ? (
              <ProgressBar share={sent} label={sent < 1 ? 'Envoi des fichiers' : 'Lecture des fichiers'} />
            ) : (
              <ProgressBar share={loading.total > 0 ? loading.done / loading.total : null} label={loading.words} />
            ))
          }
        />
      </div>
      {error !== null && <ErrorState error={error} compact />}
      {!busy && error === null && loading.state === 'done' && (
        <Note tone="success" live>
          {loading.words}
        </Note>
      )}
      {!busy && loading.state === 'failed' && (
        <Note tone="danger" live>
          {loading.words}
        </Note>
      )}
    </Card>
  );
}
