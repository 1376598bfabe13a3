import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { reading } from '../../web/api.ts';
import { sayAgo, sayCount, sayDateTime } from '../../web/say.ts';
import { useMe } from '../../web/session.ts';
import { Card, Tag } from '../../web/ui/bits.tsx';
import { type Column, DataTable } from '../../web/ui/DataTable.tsx';
import { Failure, ListBones, NoRight, Nothing } from '../../web/ui/states.tsx';
import { exchangeContract, type TakeOver } from '../contract.ts';
import { DropZone } from './DropZone.tsx';
import { atWork, sayBytes, states } from './say.ts';

const columns: Column<TakeOver>[] = [
  {
    key: 'id',
    title: 'Reprise',
    render: (run) => <Link to="/reprise/$run" params={{ run: String(run.id) }} tabIndex={-1}>{`n° ${run.id}`}</Link>,
  },
  { key: 'state', title: 'État', render: (run) => <Tag tone={states[run.state].tone}>{states[run.state].words}</Tag> },
  {
    key: 'when',
    title: 'Quand',
    render: (run) => (
      <time dateTime={run.createdAt} title={sayDateTime(run.createdAt)} className="nowrap">
        {sayAgo(run.createdAt)}
      </time>
    ),
  },
  { key: 'by', title: 'Par', render: (run) => run.by, wide: true },
  { key: 'source', title: 'Origine', render: (run) => run.source, wide: true },
  {
    key: 'files',
    title: 'Fichiers',
    render: (run) => (
      <span className="num nowrap">{`${run.files.toLocaleString('fr-FR')} (${sayBytes(run.bytes)})`}</span>
    ),
    wide: true,
  },
  {
    key: 'in',
    title: 'Entrées',
    align: 'right',
    wide: true,
    render: (run) => <span className="num">{(run.total.created + run.total.updated).toLocaleString('fr-FR')}</span>,
  },
  {
    key: 'rejected',
    title: 'Rejets',
    align: 'right',
    render: (run) => (
      <span className={`num ${run.total.rejected ? 'warning' : 'dim'}`}>
        {run.total.rejected.toLocaleString('fr-FR')}
      </span>
    ),
  },
];

/** `/reprise`: taking data in. */
export default function TakeOversPage() {
  const me = useMe();
  const navigate = useNavigate();
  const may = me.acts.includes('import');
  const query = useQuery({
    ...reading(exchangeContract.takeOvers),
    enabled: may,
    refetchInterval: (state) => (state.state.data?.some(atWork) ? 3000 : false),
  });
  if (!may)
    return (
      <div className="page">
        <NoRight detail="La reprise de données est réservée aux responsables de la structure. Demandez à l’un d’eux de la faire." />
      </div>
    );
  return (
    <div className="page">
      <title>Reprise de données · Estran</title>
      <header className="page-head">
        <h1>Reprise de données</h1>
      </header>
      <div className="stack loose">
        <DropZone />
        <Card title="Reprises" count={query.data ? sayCount(query.data.length, 'reprise') : undefined}>
          <Failure compact of={query} />
          {query.isPending && <ListBones rows={4} />}
          {query.data?.length === 0 && (
            <Nothing>Aucune reprise pour l’instant. Déposez des fichiers ci-dessus pour commencer.</Nothing>
          )}
          {query.data && query.data.length > 0 && (
            <DataTable
              caption="Reprises de données"
              rows={query.data}
              columns={columns}
              rowKey={(run) => String(run.id)}
              onOpen={(run) => void navigate({ to: '/reprise/$run', params: { run: String(run.id) } })}
            />
          )}
        </Card>
      </div>
    </div>
  );
}
