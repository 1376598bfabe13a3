import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import type { z } from 'zod';
import { queries, reading } from '../../../web/api.ts';
import { useLive } from '../../../web/live.ts';
import { useUrl } from '../../../web/routes.tsx';
import { sayDate } from '../../../web/say.ts';
import { Tag } from '../../../web/ui/bits.tsx';
import { type Column, DataTable } from '../../../web/ui/DataTable.tsx';
import { CallIcon, PlusIcon } from '../../../web/ui/icons.ts';
import { EmptyState, Failure, ListBones } from '../../../web/ui/states.tsx';
import { programmeContract } from '../../contract.ts';
import { sayDeadline } from '../words.ts';
import { BeginPanel } from './BeginPanel.tsx';

export type Call = z.infer<typeof programmeContract.regionCalls.reply>['calls'][number];
export const stateOf = (call: Call) =>
  call.version === 0 ? (
    <Tag tone="warning">brouillon</Tag>
  ) : call.open ? (
    <Tag tone="success">ouvert</Tag>
  ) : call.notifiedAt ? (
    <Tag>notifié</Tag>
  ) : call.decidedAt ? (
    <Tag tone="info">décidé</Tag>
  ) : (
    <Tag>clos</Tag>
  );

/** `/programme/appels`: the calls of the region. */
export default function CallsPage() {
  const query = useQuery(reading(programmeContract.regionCalls));
  useLive(['calls'], () => void queries.invalidateQueries({ queryKey: [programmeContract.regionCalls.path] }));
  const navigate = useNavigate();
  const [url, setUrl] = useUrl();
  const open = (to: string) => void navigate({ to });
  const columns: Column<Call>[] = [
    {
      key: 'title',
      title: 'Appel',
      render: (call) => (
        <span className="row wrap">
          <span className="strong">{call.title}</span>
          {call.draft && call.version > 0 && <Tag tone="warning">modification en cours</Tag>}
        </span>
      ),
    },
    { key: 'state', title: 'État', width: 110, render: stateOf },
    {
      key: 'deadline',
      title: 'Date limite',
      wide: true,
      width: 190,
      render: (call) => <span className="num">{sayDeadline(call.deadline)}</span>,
    },
    {
      key: 'places',
      title: 'Places',
      align: 'right',
      wide: true,
      width: 80,
      render: (call) => <span className="num">{call.places}</span>,
    },
    ...(query.data?.calls.some((call) => call.counts)
      ? [
          {
            key: 'files',
            title: 'Déposées',
            align: 'right',
            width: 90,
            render: (call) => <span className="num">{call.counts?.submitted ?? ''}</span>,
          } satisfies Column<Call>,
        ]
      : []),
    {
      key: 'version',
      title: 'Version',
      align: 'right',
      wide: true,
      width: 80,
      render: (call) => <span className="num dim">{call.version || ''}</span>,
    },
    {
      key: 'results',
      title: 'Résultats',
      wide: true,
      width: 130,
      render: (call) => (call.resultsAt ? <span className="dim">publiés le {sayDate(call.resultsAt)}</span> : ''),
    },
  ];
  return (
    <div className="page">
      <title>Appels · Estran</title>
      <header className="page-head">
        <h1>Appels à candidatures</h1>
        {query.data?.writes && (
          <Button leftSection={<PlusIcon size={16} />} onClick={() => setUrl({ volet: 'nouveau' })}>
            Nouvel appel
          </Button>
        )}
      </header>
      <div className="card">
        <Failure of={query} />
        {query.isPending && <ListBones rows={4} />}
        {query.data?.calls.length === 0 && (
          <EmptyState icon={CallIcon} title="Aucun appel publié">
            Les appels de la région s’afficheront ici.
          </EmptyState>
        )}
        {query.data && query.data.calls.length > 0 && (
          <DataTable
            caption="Appels à candidatures"
            rows={query.data.calls}
            columns={columns}
            rowKey={(call) => call.id}
            onOpen={(call) => open(`/programme/appels/${call.id}`)}
          />
        )}
      </div>
      {url.volet === 'nouveau' && query.data?.writes && (
        <BeginPanel
          calls={query.data.calls}
          onClose={() => setUrl({ volet: undefined })}
          onMade={(id) => open(`/programme/appels/${id}/modifier`)}
        />
      )}
    </div>
  );
}
