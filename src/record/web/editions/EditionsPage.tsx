import { Button, FileButton, Select, TextInput } from '@mantine/core';
import { type UseQueryResult, useMutation } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { Refusal } from '../../../web/api.ts';
import { fold } from '../../../web/palette.ts';
import { useUrl } from '../../../web/routes.tsx';
import { Tag } from '../../../web/ui/bits.tsx';
import { type Column, DataTable } from '../../../web/ui/DataTable.tsx';
import { type DocumentIcon, PlusIcon, SearchIcon, UploadIcon } from '../../../web/ui/icons.ts';
import { EmptyState, Failure, ListBones } from '../../../web/ui/states.tsx';
import { failed } from '../../../web/ui/undo.tsx';
import { professionLabel } from '../../../web/words.ts';
import { type Edition, EditionTag, editionChoices } from './Edition.tsx';

type Line = Pick<Edition, 'id' | 'title' | 'edition' | 'status' | 'draft'> & {
  professions: readonly string[];
  newer: boolean;
};
interface Filter<L> {
  /** In the address; on screen. */
  key: string;
  label: string;
  choices: { value: string; label: string }[];
  keeps: (line: L, value: string) => boolean;
}
interface Kind<L, B> {
  /** `/volets`; «Volets», «Volet»; what they are, in a sentence. */
  path: string;
  list: string;
  noun: string;
  lead: string;
  icon: typeof DocumentIcon;
  /** What one of them is classed by: a column, and words that are searched. */
  classed: { title: string; of: (line: L) => string };
  filters: readonly Filter<L>[];
  /** What a file brought along is called, what begins one from it, what is said of one that cannot be read. */
  brought: { act: string; label: string; unreadable: string };
  fromFile: (file: unknown) => B;
  blank: B;
  begin: (body: B) => Promise<{ id: string }>;
  changed: () => void;
}

/** What the team writes in editions, as a list: searched, filtered by the address, opened, begun blank or from a file. */
export function EditionsPage<L extends Line, B>({
  kind,
  query,
  all,
  beside,
}: {
  kind: Kind<L, B>;
  query: UseQueryResult<{ writes: boolean }>;
  all: readonly L[];
  /** Other ways from here. */
  beside?: ReactNode;
}) {
  const [url, setUrl] = useUrl();
  const navigate = useNavigate();
  const noun = kind.noun.toLowerCase();
  const open = (id: string) => void navigate({ to: `${kind.path}/${id}` as string });
  const begin = useMutation({
    mutationFn: kind.begin,
    onSuccess: ({ id }) => {
      kind.changed();
      open(id);
    },
    onError: failed,
  });
  const bring = async (file: File | null) => {
    if (!file) return;
    try {
      begin.mutate(kind.fromFile(JSON.parse(await file.text())));
    } catch {
      failed(new Refusal(422, 'Fichier illisible', `${kind.brought.unreadable} Rien n’a été enregistré.`));
    }
  };
  const writes = query.data?.writes ?? false;
  const filters: readonly Filter<L>[] = [
    ...kind.filters,
    ...(writes
      ? [
          {
            key: 'etat',
            label: 'État',
            choices: editionChoices,
            keeps: (one: L, value: string) => one.status === value,
          },
        ]
      : []),
  ];
  const typed = fold(url.q ?? '');
  const rows = all.filter(
    (one) =>
      fold(`${one.title} ${kind.classed.of(one)} ${one.professions.map(professionLabel).join(' ')}`).includes(typed) &&
      filters.every(({ key, keeps }) => !url[key] || keeps(one, url[key])),
  );
  const columns: Column<L>[] = [
    { key: 'title', title: kind.noun, render: (one) => <span className="strong">{one.title}</span> },
    { key: 'classed', title: kind.classed.title, wide: true, width: 190, render: kind.classed.of },
    {
      key: 'professions',
      title: 'Professions',
      wide: true,
      render: (one) => <span className="dim">{one.professions.map(professionLabel).join(', ') || 'toutes'}</span>,
    },
    {
      key: 'edition',
      title: 'Édition',
      wide: true,
      width: 90,
      render: (one) => <span className="num">{one.edition || '—'}</span>,
    },
    {
      key: 'status',
      title: 'État',
      width: 210,
      render: (one) => (
        <span className="row wrap">
          <EditionTag status={one.status} />
          {one.draft && <Tag tone="info">brouillon ouvert</Tag>}
          {one.newer && <Tag>édition plus récente</Tag>}
        </span>
      ),
    },
  ];
  return (
    <div className="page">
      <title>{`${kind.list} · Estran`}</title>
      <header className="page-head">
        <div style={{ flex: '1 1 320px' }}>
          <h1>{kind.list}</h1>
          <p className="dim">{kind.lead}</p>
        </div>
        <div className="row wrap">
          {beside}
          {writes && (
            <>
              <FileButton
                accept="application/json,.json"
                onChange={(file) => void bring(file)}
                inputProps={{ 'aria-label': kind.brought.label }}
              >
                {(props) => (
                  <Button {...props} variant="default" leftSection={<UploadIcon size={16} />}>
                    {kind.brought.act}
                  </Button>
                )}
              </FileButton>
              <Button
                leftSection={<PlusIcon size={16} />}
                loading={begin.isPending}
                onClick={() => begin.mutate(kind.blank)}
              >
                Écrire un {noun}
              </Button>
            </>
          )}
        </div>
      </header>
      <div className="card">
        <div className="row wrap" style={{ padding: '12px 16px', borderBottom: '1px solid var(--line)' }}>
          <TextInput
            size="xs"
            w={230}
            aria-label={`Chercher un ${noun}`}
            placeholder={`Titre, ${kind.classed.title.toLowerCase()}, profession`}
            leftSection={<SearchIcon size={15} />}
            value={url.q ?? ''}
            onChange={(event) => setUrl({ q: event.currentTarget.value })}
          />
          {filters.map(({ key, label, choices }) => (
            <Select
              key={key}
              size="xs"
              w={180}
              aria-label={label}
              placeholder={label}
              clearable
              searchable={choices.length > 10}
              data={choices}
              value={url[key] ?? null}
              onChange={(value) => setUrl({ [key]: value ?? undefined })}
            />
          ))}
          <span className="grow" />
          <span className="dim small num">
            {rows.length} sur {all.length}
          </span>
        </div>
        <Failure of={query} />
        {query.isPending && <ListBones rows={8} />}
        {query.data && rows.length === 0 && (
          <EmptyState
            icon={kind.icon}
            title={`Aucun ${noun} ne correspond`}
            action={
              <Button
                variant="default"
                onClick={() =>
                  setUrl({ q: undefined, ...Object.fromEntries(filters.map(({ key }) => [key, undefined])) })
                }
              >
                Retirer les filtres
              </Button>
            }
          />
        )}
        {rows.length > 0 && (
          <DataTable
            caption={kind.list}
            rows={rows}
            columns={columns}
            rowKey={(one) => one.id}
            onOpen={(one) => open(one.id)}
          />
        )}
      </div>
    </div>
  );
}
