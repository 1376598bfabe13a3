import { Button } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { type ReactNode, useEffect, useState } from 'react';
import { Refusal } from '../../../web/api.ts';
import { Tag } from '../../../web/ui/bits.tsx';
import { Note } from '../../../web/ui/states.tsx';
import { done, failed } from '../../../web/ui/undo.tsx';

/** What the team writes in drafts and editions (sections, letter templates), as its lists and editors say it. */
export interface Edition {
  id: string;
  version: number;
  edition: string;
  title: string;
  status: 'draft' | 'active' | 'retired';
  shipped: boolean;
  draft: string | null;
  writes: boolean;
}
export const editionStates = {
  draft: { tone: 'info', words: 'Brouillon' },
  active: { tone: 'success', words: 'En service' },
  retired: { tone: 'neutral', words: 'Retiré' },
} as const;
export const editionChoices = Object.entries(editionStates).map(([value, { words }]) => ({ value, label: words }));
export const EditionTag = ({ status }: { status: Edition['status'] }) => (
  <Tag tone={editionStates[status].tone}>{editionStates[status].words}</Tag>
);

/** What is typed, kept in the tab until it is saved: it stands as long as nobody saved another version. */
export function useKept<T>(key: string, version: number, start: T) {
  const name = `estran-draft:${key}`;
  const [value, set] = useState<T>(() => {
    try {
      const kept = JSON.parse(sessionStorage.getItem(name) ?? 'null') as { version: number; value: T } | null;
      return kept?.version === version ? kept.value : start;
    } catch {
      return start;
    }
  });
  const dirty = value !== start && JSON.stringify(value) !== JSON.stringify(start);
  const forget = () => sessionStorage.removeItem(name);
  useEffect(() => {
    if (dirty) sessionStorage.setItem(name, JSON.stringify({ version, value }));
    else sessionStorage.removeItem(name);
  }, [dirty, name, version, value]);
  return { value, set, dirty, forget };
}

interface Kind<E extends Edition> {
  /** `/volets`; the list, in a word: «Volets»; «Volet»; what becomes of what was written with a withdrawn one. */
  path: string;
  list: string;
  noun: string;
  keptBehind: string;
  /** After anything moved: lists and details are read again. */
  changed: () => void;
  change: (version: number) => Promise<E>;
  publish: (id: string, version: number) => Promise<E>;
  retire: (version: number, back: boolean) => Promise<E>;
  drop: (version: number) => Promise<unknown>;
}
/** The acts on one edition; `dirty` and `forget` are those of `useKept`. */
export function useEdition<E extends Edition>(detail: E, kept: { dirty: boolean; forget: () => void }, kind: Kind<E>) {
  const navigate = useNavigate();
  const went = (next: E) => {
    kept.forget();
    kind.changed();
    if (next.id !== detail.id) void navigate({ to: `${kind.path}/${next.id}` as string });
  };
  const save = useMutation({
    mutationFn: () => kind.change(detail.version),
    onSuccess: (next) => {
      went(next);
      done('Brouillon enregistré.');
    },
  });
  const publish = useMutation({
    mutationFn: async () => {
      const saved = kept.dirty ? await kind.change(detail.version) : detail;
      // What was saved is a draft of its own already, whatever becomes of it next.
      if (saved.id !== detail.id) went(saved);
      return kind.publish(saved.id, saved.version);
    },
    onSuccess: (next) => {
      went(next);
      done(`« ${next.title} » est en service, édition ${next.edition}.`);
    },
    onError: kind.changed,
  });
  const retire = useMutation({
    mutationFn: (back: boolean) => kind.retire(detail.version, back),
    onSuccess: (next) => {
      went(next);
      done(next.status === 'retired' ? `${kind.noun} retiré : ${kind.keptBehind}` : `${kind.noun} remis en service.`);
    },
    onError: failed,
  });
  const drop = useMutation({
    mutationFn: () => kind.drop(detail.version),
    onSuccess: () => {
      kept.forget();
      kind.changed();
      void navigate({ to: kind.path as string });
      done('Brouillon jeté.');
    },
    onError: failed,
  });
  return {
    detail,
    kind,
    dirty: kept.dirty,
    save,
    publish,
    retire,
    drop,
    refusal: save.error ?? publish.error,
    writes: detail.writes && detail.status !== 'retired',
  };
}

/** The head of an editor: where one is, what state it is in, what one may do; then what was refused, and the draft that is open beside. */
export function EditionHead<E extends Edition>({
  edition,
  title,
  acts,
}: {
  edition: ReturnType<typeof useEdition<E>>;
  title: string;
  /** Acts of this kind alone, before the others. */
  acts?: ReactNode;
}) {
  const { detail, kind, dirty, save, publish, retire, drop, refusal, writes } = edition;
  const noun = kind.noun.toLowerCase();
  return (
    <>
      <title>{`${title || kind.noun} · ${kind.list} · Estran`}</title>
      <header className="page-head">
        <div style={{ flex: '1 1 320px', minWidth: 0 }}>
          <p className="small">
            <Link to={kind.path as string}>{kind.list}</Link>
          </p>
          <h1>{title || 'Sans titre'}</h1>
          <p className="row wrap">
            <EditionTag status={detail.status} />
            {detail.edition && <span className="dim small">édition {detail.edition}</span>}
            {detail.shipped && <Tag>livré avec le produit</Tag>}
            {dirty && <Tag tone="warning">modifié, non enregistré</Tag>}
          </p>
        </div>
        <div className="row wrap">
          {acts}
          {detail.writes && detail.status === 'retired' && (
            <Button variant="default" loading={retire.isPending} onClick={() => retire.mutate(true)}>
              Remettre en service
            </Button>
          )}
          {writes && detail.status === 'active' && !dirty && (
            <Button variant="subtle" loading={retire.isPending} onClick={() => retire.mutate(false)}>
              Retirer
            </Button>
          )}
          {writes && detail.status === 'draft' && (
            <Button variant="subtle" loading={drop.isPending} onClick={() => drop.mutate()}>
              Jeter le brouillon
            </Button>
          )}
          {writes && (
            <>
              <Button variant="default" disabled={!dirty} loading={save.isPending} onClick={() => save.mutate()}>
                {detail.status === 'active' ? 'Enregistrer un brouillon' : 'Enregistrer'}
              </Button>
              <Button
                disabled={!dirty && detail.status !== 'draft'}
                loading={publish.isPending}
                onClick={() => publish.mutate()}
              >
                Mettre en service
              </Button>
            </>
          )}
        </div>
      </header>
      {refusal && (
        <div style={{ marginBottom: 16 }}>
          <Note tone="danger" live>
            {refusal instanceof Refusal
              ? refusal.message
              : `Le ${noun} n’a pas pu être enregistré. Votre saisie reste sur cet écran.`}
          </Note>
        </div>
      )}
      {detail.draft && (
        <div style={{ marginBottom: 16 }}>
          <Note>
            Un brouillon de ce {noun} est ouvert.{' '}
            <Link to={`${kind.path}/${detail.draft}` as string}>Le continuer</Link>
          </Note>
        </div>
      )}
    </>
  );
}
