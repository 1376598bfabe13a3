import { Button } from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { reading, urlOf, failureOf } from '../../../web/api.ts';
import { useLive } from '../../../web/live.ts';
import { useUrl } from '../../../web/routes.tsx';
import { Card } from '../../../web/ui/bits.tsx';
import { DownloadIcon } from '../../../web/ui/icons.ts';
import { EmptyState, Failure, ListBones, Nothing } from '../../../web/ui/states.tsx';
import { programmeContract } from '../../contract.ts';
import { NoneLeft } from '../filters.tsx';
import css from '../programme.module.css';
import { ChosenTeam } from './ChosenTeam.tsx';
import type { Practice } from './modes.ts';
import { changedRegion, PlacePanel } from './PlacePanel.tsx';
import own from './region.module.css';
import { filterNames, RegionFilters } from './RegionFilters.tsx';
import { TeamsMap } from './TeamsMap.tsx';
import { TeamsTable } from './TeamsTable.tsx';

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
  if (failureOf(query)) return <Failure of={query} />;
  if (!region)
    return (
      <div className="page">
        <ListBones rows={12} />
      </div>
    );
  const all = region.practices;
  const chosen = all.find(({ practice }) => practice === url.equipe);
  const placing = all.find(({ practice }) => practice === url.placer);
  const lost = all.filter(({ place }) => place === null);
  const pointed = all.find(({ practice }) => practice === pointing);
  const open = (one: Practice) =>
    one.project
      ? void navigate({ to: `/programme/projets/${one.project}` as string })
      : one.application
        ? void navigate({ to: `/programme/dossiers/${one.application}` as string })
        : setUrl({ equipe: one.practice });
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
      <RegionFilters region={region} />
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
            <TeamsMap
              region={region}
              chosen={chosen?.practice}
              pointed={pointed}
              onPointed={() => setPointing(undefined)}
            />
            <div className="stack">
              {chosen ? (
                <ChosenTeam
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
              <NoneLeft title="Aucune équipe ne correspond à ces filtres" names={filterNames} />
            ) : (
              <TeamsTable
                region={region}
                chosen={url.equipe}
                sort={url.tri}
                onSort={(tri) => setUrl({ tri })}
                onOpen={open}
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
