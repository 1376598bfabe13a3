import { Button } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import type { z } from 'zod';
import { call, reading } from '../../../web/api.ts';
import { useLive } from '../../../web/live.ts';
import { fold } from '../../../web/palette.ts';
import { useUrl } from '../../../web/routes.tsx';
import { sayCount, sayDate } from '../../../web/say.ts';
import { Tag } from '../../../web/ui/bits.tsx';
import { type Column, DataTable } from '../../../web/ui/DataTable.tsx';
import { ProtocolIcon } from '../../../web/ui/icons.ts';
import { EmptyState, Failure, ListBones, Note } from '../../../web/ui/states.tsx';
import { done, failed } from '../../../web/ui/undo.tsx';
import { programmeContract } from '../../contract.ts';
import { Filters, NoneLeft, Pick, sortedBy } from '../filters.tsx';
import { Batch } from '../jobs/Batch.tsx';
import css from '../programme.module.css';
import { changedProject, projectStates, sayDays } from './words.ts';

type Line = z.infer<typeof programmeContract.projects.reply>['projects'][number];

/** `/programme/projets`: the projects that the person may know of. */
export default function ProjectsPage() {
  const [url, setUrl] = useUrl();
  const navigate = useNavigate();
  const query = useQuery(reading(programmeContract.projects));
  useLive(['projects'], changedProject);
  const open = useMutation({
    mutationFn: (edition: string) => call(programmeContract.openProjects, { params: { edition } }),
    onSuccess: ({ opened }) => {
      changedProject();
      done(`${sayCount(opened, 'projet ouvert', 'projets ouverts')}.`);
    },
    onError: failed,
  });
  const all = query.data?.projects ?? [];
  const typed = fold(url.q ?? '');
  const kept = all.filter(
    (one) =>
      fold(`${one.team} ${one.territory} ${one.reference} ${one.consultant ?? ''}`).includes(typed) &&
      (!url.appel || one.edition === url.appel) &&
      (!url.etat || (url.etat === 'retard' ? one.lateDays > 0 : one.state === url.etat)),
  );
  // Those under way first, as long as no order is asked for.
  const over = (one: Line): number => (url.tri || one.state === 'open' ? 0 : 1);
  const rows = sortedBy(
    kept,
    url.tri,
    {
      team: (one) => one.team,
      step: (one) => one.at,
      late: (one) => one.lateDays,
      ends: (one) => one.endsOn,
      consultant: (one) => one.consultant ?? '',
    },
    over,
  );
  const columns: Column<Line>[] = [
    { key: 'team', title: 'Équipe', sortable: true, render: (one) => <span className="strong">{one.team}</span> },
    {
      key: 'territory',
      title: 'Territoire',
      wide: true,
      render: (one) => <span className="dim">{one.territory}</span>,
    },
    {
      key: 'step',
      title: 'Étape',
      sortable: true,
      render: (one) =>
        one.step ? (
          <span>
            {one.step.title}{' '}
            <span className="dim num">
              {one.at + 1}/{one.of}
            </span>
          </span>
        ) : (
          <Tag tone={projectStates[one.state].tone}>{projectStates[one.state].words}</Tag>
        ),
    },
    {
      key: 'late',
      title: 'Retard',
      sortable: true,
      width: 110,
      render: (one) =>
        one.lateDays > 0 ? (
          <Tag tone="danger">{sayDays(one.lateDays)}</Tag>
        ) : (
          one.state === 'open' && <span className="dim">à temps</span>
        ),
    },
    {
      key: 'ends',
      title: 'Fin',
      sortable: true,
      wide: true,
      width: 110,
      render: (one) => <span className="num">{sayDate(one.endedOn ?? one.endsOn)}</span>,
    },
    {
      key: 'consultant',
      title: 'Consultant',
      sortable: true,
      wide: true,
      render: (one) => one.consultant ?? (one.state === 'open' && <span className="dim">à nommer</span>),
    },
    {
      key: 'reference',
      title: 'Référence',
      wide: true,
      width: 200,
      render: (one) => <span className="num dim nowrap">{one.reference}</span>,
    },
  ];
  const calls = [...new Map(all.map((one) => [one.edition, one.call]))];
  return (
    <div className="page">
      <title>Projets · Estran</title>
      <header className="page-head">
        <div className={css.title}>
          <h1>Projets</h1>
          <p className="dim">Du choix des équipes à la preuve d’usage, étape par étape.</p>
        </div>
        {query.data?.leads && url.appel && <Batch edition={url.appel} kinds={['papers']} />}
      </header>
      {query.data?.toOpen.map((one) => (
        <div key={one.edition} style={{ marginBottom: 16 }}>
          <Note
            action={
              <Button size="compact-md" loading={open.isPending} onClick={() => open.mutate(one.edition)}>
                Ouvrir {one.teams > 1 ? 'les projets' : 'le projet'}
              </Button>
            }
          >
            {one.title} :{' '}
            {sayCount(
              one.teams,
              'équipe retenue et prévenue n’a pas encore son projet',
              'équipes retenues et prévenues n’ont pas encore leur projet',
            )}
            .
          </Note>
        </div>
      ))}
      <div className="card">
        <Filters
          label="Chercher un projet"
          placeholder="Équipe, territoire, consultant"
          count={`${rows.length} sur ${all.length}`}
        >
          {calls.length > 1 && <Pick name="appel" label="Appel" data={calls} width={230} />}
          <Pick
            name="etat"
            label="État"
            data={[
              ['open', 'En cours'],
              ['retard', 'En retard'],
              ['closed', 'Clos'],
              ['stopped', 'Arrêtés'],
            ]}
          />
        </Filters>
        <Failure of={query} />
        {query.isPending && <ListBones rows={8} />}
        {query.data && all.length === 0 && (
          <EmptyState icon={ProtocolIcon} title="Aucun projet">
            {query.data.leads
              ? 'Un projet s’ouvre pour chaque équipe retenue, une fois la décision notifiée.'
              : 'Les projets qui vous sont confiés ou partagés s’affichent ici.'}
          </EmptyState>
        )}
        {all.length > 0 && rows.length === 0 && (
          <NoneLeft title="Aucun projet ne correspond à ces filtres" names={['q', 'appel', 'etat']} />
        )}
        {rows.length > 0 && (
          <DataTable
            caption="Projets"
            rows={rows}
            columns={columns}
            rowKey={(one) => one.id}
            sort={url.tri ?? 'team'}
            onSort={(tri) => setUrl({ tri })}
            onOpen={(one) => void navigate({ to: `/programme/projets/${one.id}` as string })}
          />
        )}
      </div>
    </div>
  );
}
