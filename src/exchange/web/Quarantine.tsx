import { Button, SegmentedControl } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { call } from '../../web/api.ts';
import { useUrl } from '../../web/routes.tsx';
import { Card, Tag } from '../../web/ui/bits.tsx';
import { type Column, DataTable } from '../../web/ui/DataTable.tsx';
import { Failure, ListBones, Nothing } from '../../web/ui/states.tsx';
import { exchangeContract, type QuarantineLine } from '../contract.ts';
import css from './exchange.module.css';
import { causes, typeLabel } from './say.ts';
import { Where } from './Where.tsx';

const statuses = { open: 'À traiter', corrected: 'Corrigées', discarded: 'Écartées' } as const;
const columns: Column<QuarantineLine>[] = [
  { key: 'file', title: 'Fichier', render: (line) => <Where line={line} /> },
  { key: 'type', title: 'Nature', render: (line) => typeLabel(line.type), wide: true },
  {
    key: 'cause',
    title: 'Motif',
    render: (line) => <Tag tone="warning">{causes[line.cause] ?? line.cause}</Tag>,
    wide: true,
  },
  {
    key: 'words',
    title: 'Raison',
    render: (line) => (
      <span className="small" style={{ overflowWrap: 'anywhere' }}>
        {line.issues[0] && `${line.issues[0].path ? `${line.issues[0].path} : ` : ''}${line.issues[0].words}`}
        {line.issues.length > 1 && (
          <span className="dim">
            {' '}
            (et {line.issues.length - 1} autre{line.issues.length > 2 ? 's' : ''})
          </span>
        )}
      </span>
    ),
  },
];

/** What was set aside: each line can be corrected or discarded. */
export function Quarantine({
  run,
  chosen,
  onChoose,
}: {
  run: number;
  chosen: number | null;
  onChoose: (id: number) => void;
}) {
  const [url, setUrl] = useUrl();
  const status = url.quarantaine === 'corrigees' ? 'corrected' : url.quarantaine === 'ecartees' ? 'discarded' : 'open';
  const query = useInfiniteQuery({
    queryKey: [exchangeContract.quarantine.path, run, status],
    queryFn: ({ pageParam, signal }) =>
      call(exchangeContract.quarantine, { query: { run, status, after: pageParam, count: 100 } }, { signal }),
    initialPageParam: 0,
    getNextPageParam: (last) => last.next,
  });
  const lines = query.data?.pages.flatMap((page) => page.lines) ?? [];
  return (
    <Card
      title="Quarantaine"
      className={css.quarantine}
      count={query.data ? `${query.data.pages[0]!.open.toLocaleString('fr-FR')} à traiter` : undefined}
      action={
        <SegmentedControl
          size="xs"
          aria-label="Lignes à montrer"
          value={status}
          data={Object.entries(statuses).map(([value, label]) => ({ value, label }))}
          onChange={(value) =>
            setUrl({ quarantaine: { open: undefined, corrected: 'corrigees', discarded: 'ecartees' }[value] })
          }
        />
      }
    >
      <Failure compact of={query} />
      {query.isPending && <ListBones rows={4} />}
      {query.data && lines.length === 0 && (
        <Nothing>{status === 'open' ? 'Rien n’attend : tout est traité.' : 'Aucune ligne.'}</Nothing>
      )}
      {lines.length > 0 && (
        <DataTable
          caption="Lignes en quarantaine"
          rows={lines}
          columns={columns}
          rowKey={(line) => String(line.id)}
          onOpen={(line) => onChoose(line.id)}
          mark={(line) => (line.id === chosen ? 'chosen' : undefined)}
        />
      )}
      {query.hasNextPage && (
        <div className="pad">
          <Button variant="default" loading={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
            Montrer la suite
          </Button>
        </div>
      )}
    </Card>
  );
}
