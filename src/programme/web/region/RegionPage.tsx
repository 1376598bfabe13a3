import { Button, SegmentedControl, Select, TextInput } from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { reading, urlOf } from '../../../web/api.ts';
import { useLive } from '../../../web/live.ts';
import { useUrl } from '../../../web/routes.tsx';
import { sayCount, sayDate } from '../../../web/say.ts';
import { Card, Tag } from '../../../web/ui/bits.tsx';
import { type Column, DataTable } from '../../../web/ui/DataTable.tsx';
import { DownloadIcon, SearchIcon } from '../../../web/ui/icons.ts';
import { EmptyState, ErrorState, ListBones, Nothing, Note } from '../../../web/ui/states.tsx';
import { failed } from '../../../web/ui/undo.tsx';
import { programmeContract } from '../../contract.ts';
import css from '../programme.module.css';
import { euros } from '../words.ts';
import {
  modesOf,
  type Practice,
  saySpending,
  sayLate,
  spendingWords,
  statusTones,
  statusWords,
  useWords,
} from './modes.ts';
import { changedRegion, PlacePanel, placeTeam } from './PlacePanel.tsx';
import { Mark, RegionMap } from './RegionMap.tsx';
import own from './region.module.css';

const options = (words: Record<string, string>) => Object.entries(words).map(([value, label]) => ({ value, label }));
const filterNames = ['q', 'status', 'step', 'delay', 'spending', 'use', 'call', 'department'] as const;

/** `/programme/carte`: the practices of the region on a map and in a table: the same lines, the same filters, in the address. */
export default function RegionPage() {
  const [url, setUrl] = useUrl();
  const navigate = useNavigate();
  const [pointing, setPointing] = useState<string>();
  const sent = {
    ...Object.fromEntries(filterNames.flatMap((name) => (url[name] ? [[name, url[name]]] : []))),
    ...(url.tri && { sort: url.tri }),
  };
  const query = useQuery({
    ...reading(programmeContract.regionPractices, { query: sent as never }),
    placeholderData: keepPreviousData,
  });
  useLive(['region', 'projects', 'files', 'letters'], changedRegion);
  const region = query.data;
  if (query.error && !region) return <ErrorState error={query.error} retry={() => void query.refetch()} />;
  if (!region)
    return (
      <div className="page">
        <ListBones rows={12} />
      </div>
    );
  const all = region.practices;
  const modes = modesOf(region);
  const mode = modes.find(({ id }) => id === url.couleur) ?? modes[0]!;
  const chosen = all.find(({ practice }) => practice === url.equipe);
  const placing = all.find(({ practice }) => practice === url.placer);
  const lost = all.filter(({ place }) => place === null);
  const pointed = all.find(({ practice }) => practice === pointing);
  const filtered = filterNames.some((name) => url[name]);
  const clear = () => setUrl(Object.fromEntries(filterNames.map((name) => [name, undefined])));
  const open = (one: Practice) =>
    one.project
      ? void navigate({ to: `/programme/projets/${one.project}` as string })
      : one.application
        ? void navigate({ to: `/programme/dossiers/${one.application}` as string })
        : setUrl({ equipe: one.practice });
  const columns: Column<Practice>[] = [
    { key: 'team', title: 'Équipe', sortable: true, render: (one) => <span className="strong">{one.team}</span> },
    {
      key: 'department',
      title: 'Lieu',
      sortable: true,
      wide: true,
      render: (one) =>
        one.place ? (
          <span>
            {one.place.label} <span className="dim">{one.place.department}</span>
          </span>
        ) : (
          <span className="dim">à placer</span>
        ),
    },
    {
      key: 'status',
      title: 'État',
      sortable: true,
      width: 150,
      render: (one) => <Tag tone={statusTones[one.status]}>{statusWords[one.status]}</Tag>,
    },
    {
      key: 'step',
      title: 'Étape',
      sortable: true,
      wide: true,
      render: (one) =>
        one.step ? (
          <span>
            {one.step.title}{' '}
            <span className="dim num">
              {one.step.at + 1}/{one.step.of}
            </span>
          </span>
        ) : (
          <span className="dim">–</span>
        ),
    },
    {
      key: 'late',
      title: 'Retard',
      sortable: true,
      width: 120,
      render: (one) =>
        one.step ? (
          one.lateDays > 0 ? (
            <Tag tone="danger">{sayLate(one.lateDays)}</Tag>
          ) : (
            <span className="dim">à temps</span>
          )
        ) : (
          <span className="dim">–</span>
        ),
    },
    ...(region.columns.spending
      ? [
          {
            key: 'paid',
            title: 'Payé',
            sortable: true,
            wide: true,
            align: 'right' as const,
            width: 150,
            render: (one: Practice) =>
              one.spending ? (
                <span className="num" title={saySpending(one)}>
                  {euros(one.spending.paidCents)}
                </span>
              ) : (
                <span className="dim">–</span>
              ),
          },
        ]
      : []),
    ...(region.columns.use
      ? [
          {
            key: 'use',
            title: 'Usage',
            sortable: true,
            wide: true,
            width: 130,
            render: (one: Practice) =>
              one.use ? (
                one.use.professions === null ? (
                  <span className="dim">trop peu</span>
                ) : (
                  sayCount(one.use.professions, 'profession')
                )
              ) : (
                <span className="dim">–</span>
              ),
          },
        ]
      : []),
    {
      key: 'call',
      title: 'Appel',
      sortable: true,
      wide: true,
      render: (one) => <span className="dim">{one.call?.title.replace(/^Appel à candidatures /, '') ?? '–'}</span>,
    },
    {
      key: 'ends',
      title: 'Fin prévue',
      sortable: true,
      wide: true,
      width: 110,
      render: (one) => <span className="num">{one.endsOn ? sayDate(one.endsOn) : '–'}</span>,
    },
  ];
  const filter = (
    name: (typeof filterNames)[number],
    label: string,
    data: { value: string; label: string }[],
    width = 160,
  ) =>
    data.length > 0 && (
      <Select
        aria-label={label}
        placeholder={label}
        clearable
        size="xs"
        w={width}
        data={data}
        value={url[name] ?? null}
        onChange={(value) => setUrl({ [name]: value ?? undefined })}
      />
    );
  return (
    <div className="page">
      <title>Carte · Estran</title>
      <header className="page-head">
        <div className={css.title}>
          <h1>Carte</h1>
          <p className="dim">
            {region.as === 'consultant'
              ? 'Les équipes que vous accompagnez.'
              : 'Les équipes de la région : état, étape, retard, dépense, usage.'}
          </p>
        </div>
        <div className="row">
          {(['csv', 'xlsx'] as const).map((format) => (
            <Button
              key={format}
              component="a"
              variant="default"
              size="compact-md"
              leftSection={<DownloadIcon size={16} />}
              href={urlOf(programmeContract.regionExport, { query: { ...sent, format } })}
              download
            >
              {format.toUpperCase()}
            </Button>
          ))}
        </div>
      </header>
      <div className="card" style={{ marginBottom: 16 }}>
        <div className={css.filters} style={{ borderBottom: 0 }}>
          <TextInput
            size="xs"
            w={220}
            aria-label="Chercher une équipe"
            placeholder="Équipe, territoire, consultant"
            leftSection={<SearchIcon size={15} />}
            value={url.q ?? ''}
            onChange={(event) => setUrl({ q: event.currentTarget.value })}
          />
          {filter('status', 'État', options(statusWords))}
          {filter(
            'step',
            'Étape',
            region.steps.map(({ id, title }) => ({ value: id, label: title })),
            190,
          )}
          {filter(
            'delay',
            'Retard',
            [
              { value: 'late', label: 'En retard' },
              { value: 'on-time', label: 'À temps' },
            ],
            120,
          )}
          {region.columns.spending && filter('spending', 'Dépense', options(spendingWords))}
          {region.columns.use && filter('use', 'Usage', options(useWords))}
          {filter(
            'call',
            'Appel',
            region.calls.map(({ id, title }) => ({ value: id, label: title })),
            220,
          )}
          {filter(
            'department',
            'Département',
            region.departments.map((code) => ({ value: code, label: code })),
            130,
          )}
          {filtered && (
            <Button variant="subtle" size="compact-sm" onClick={clear}>
              Retirer les filtres
            </Button>
          )}
          <span className="grow" />
          <span className="dim small num" aria-live="polite">
            {all.length} sur {region.of}
          </span>
        </div>
      </div>
      {region.of === 0 ? (
        <div className="card">
          <EmptyState title="Aucune équipe">
            {region.as === 'consultant'
              ? 'Les équipes dont on vous confie le projet s’affichent ici.'
              : 'Les structures rattachées à la région, les candidatures et les projets s’affichent ici.'}
          </EmptyState>
        </div>
      ) : (
        <>
          <div className={own.grid}>
            <section className="card" aria-label="Carte des équipes">
              <div className={own.tools}>
                <SegmentedControl
                  aria-label="Colorer par"
                  size="xs"
                  value={mode.id}
                  onChange={(couleur) => setUrl({ couleur: couleur === modes[0]!.id ? undefined : couleur })}
                  data={modes.map(({ id, label }) => ({ value: id, label }))}
                />
                {pointed && (
                  <Note
                    tone="info"
                    live
                    action={
                      <Button size="compact-sm" variant="default" onClick={() => setPointing(undefined)}>
                        Laisser
                      </Button>
                    }
                  >
                    Montrez où est {pointed.team}.
                  </Note>
                )}
              </div>
              <RegionMap
                shape={region.shape}
                practices={all}
                mode={mode}
                chosen={chosen?.practice}
                onChoose={(equipe) => setUrl({ equipe })}
                pointing={
                  pointed
                    ? (at) => {
                        setPointing(undefined);
                        placeTeam(pointed, at).catch(failed);
                      }
                    : undefined
                }
              />
              <ul className={own.legend} aria-label="Légende">
                {mode.classes.map(({ id, label }, at) => {
                  const count = all.filter((one) => one.place && mode.classOf(one) === id).length;
                  return count > 0 ? (
                    <li key={id}>
                      <svg width={16} height={16} viewBox="0 0 16 16" aria-hidden>
                        <Mark at={at} x={8} y={8} r={6} />
                      </svg>
                      {label} <span className="dim num">{count}</span>
                    </li>
                  ) : null;
                })}
              </ul>
            </section>
            <div className="stack">
              {chosen ? (
                <Chosen
                  one={chosen}
                  mayPlace={region.may.place}
                  open={open}
                  onPlace={() => setUrl({ placer: chosen.practice })}
                />
              ) : (
                <Card title="Équipe">
                  <Nothing>Choisissez une équipe sur la carte.</Nothing>
                </Card>
              )}
              {lost.length > 0 && (
                <Card title="À placer" count={lost.length}>
                  <ul className={own.rows}>
                    {lost.slice(0, 12).map((one) => (
                      <li key={one.practice}>
                        <span className="small">{one.team}</span>
                        {region.may.place && (
                          <Button size="compact-xs" variant="subtle" onClick={() => setUrl({ placer: one.practice })}>
                            Placer
                          </Button>
                        )}
                      </li>
                    ))}
                  </ul>
                  {lost.length > 12 && <Nothing>Et {lost.length - 12} autres : filtrez pour les trouver.</Nothing>}
                </Card>
              )}
            </div>
          </div>
          <div className="card">
            {all.length === 0 ? (
              <EmptyState
                title="Aucune équipe ne correspond à ces filtres"
                action={
                  <Button variant="default" onClick={clear}>
                    Retirer les filtres
                  </Button>
                }
              />
            ) : (
              <DataTable
                caption="Équipes de la région"
                rows={all}
                columns={columns}
                rowKey={(one) => one.practice}
                sort={url.tri ?? 'team'}
                onSort={(tri) => setUrl({ tri })}
                onOpen={open}
                mark={(one) => (one.practice === url.equipe ? 'chosen' : undefined)}
              />
            )}
          </div>
        </>
      )}
      {placing && region.may.place && (
        <PlacePanel
          key={placing.practice}
          one={placing}
          shape={region.shape}
          onClose={() => setUrl({ placer: undefined })}
          onPoint={() => {
            setPointing(placing.practice);
            setUrl({ placer: undefined });
          }}
        />
      )}
    </div>
  );
}

function Chosen({
  one,
  mayPlace,
  open,
  onPlace,
}: {
  one: Practice;
  mayPlace: boolean;
  open: (one: Practice) => void;
  onPlace: () => void;
}) {
  return (
    <Card title={one.team} action={<Tag tone={statusTones[one.status]}>{statusWords[one.status]}</Tag>}>
      <div className={`${css.body} stack`}>
        <dl className={css.lines}>
          {one.place && (
            <>
              <dt>Lieu</dt>
              <dd>
                {one.place.label} ({one.place.department})
              </dd>
            </>
          )}
          {one.territory && (
            <>
              <dt>Territoire</dt>
              <dd>{one.territory}</dd>
            </>
          )}
          {one.call && (
            <>
              <dt>Appel</dt>
              <dd>
                <Link to={`/programme/appels/${one.call.id}` as string}>{one.call.title}</Link>
              </dd>
            </>
          )}
          {one.step && (
            <>
              <dt>Étape</dt>
              <dd>
                {one.step.title}, à finir le {sayDate(one.step.to)}{' '}
                {one.lateDays > 0 && <Tag tone="danger">{sayLate(one.lateDays)}</Tag>}
              </dd>
            </>
          )}
          {one.consultant && (
            <>
              <dt>Consultant</dt>
              <dd>{one.consultant}</dd>
            </>
          )}
          {one.spending && (
            <>
              <dt>Dépense</dt>
              <dd>{saySpending(one)}</dd>
            </>
          )}
        </dl>
        <div className="row wrap">
          {(one.project || one.application) && (
            <Button size="compact-md" onClick={() => open(one)}>
              {one.project ? 'Ouvrir le projet' : 'Ouvrir le dossier'}
            </Button>
          )}
          {mayPlace && (
            <Button size="compact-md" variant="default" onClick={onPlace}>
              Placer ailleurs
            </Button>
          )}
        </div>
      </div>
    </Card>
  );
}
