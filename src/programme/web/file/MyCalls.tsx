import { Button } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import type { z } from 'zod';
import { call, queries, reading, Refusal, failureOf } from '../../../web/api.ts';
import { useLive } from '../../../web/live.ts';
import { sayDate } from '../../../web/say.ts';
import { Card, ProgressBar, Tag } from '../../../web/ui/bits.tsx';
import { CallIcon, DocumentIcon, PlusIcon, ProtocolIcon } from '../../../web/ui/icons.ts';
import { EmptyState, Failure, ListBones } from '../../../web/ui/states.tsx';
import { failed } from '../../../web/ui/undo.tsx';
import { programmeContract } from '../../contract.ts';
import { LeadingCards } from '../leading/LeadingCards.tsx';
import { TrackCard } from '../policy/TrackCard.tsx';
import css from '../programme.module.css';
import { changedProject, projectStates } from '../projects/words.ts';
import { sayDeadline, sayInstant } from '../words.ts';

type Line = z.infer<typeof programmeContract.mine.reply>['calls'][number];
type Mine = NonNullable<Line['application']>;
const outcomes = {
  chosen: { tone: 'success', words: 'Retenue' },
  waiting: { tone: 'warning', words: 'Liste d’attente' },
  refused: { tone: 'danger', words: 'Non retenue' },
} as const;
export const OutcomeTag = ({ outcome }: { outcome: keyof typeof outcomes }) => (
  <Tag tone={outcomes[outcome].tone}>{outcomes[outcome].words}</Tag>
);
export function StateTag({ application: { state, told } }: { application: Pick<Mine, 'state' | 'told'> }) {
  if (told) return <OutcomeTag outcome={told.outcome} />;
  return state === 'submitted' ? (
    <Tag tone="success">Déposée</Tag>
  ) : state === 'withdrawn' ? (
    <Tag tone="warning">Retirée</Tag>
  ) : (
    <Tag tone="info">Brouillon</Tag>
  );
}

/** `/programme`: the calls of the region, and the team's own file in each. */
export default function MyCalls() {
  const query = useQuery(reading(programmeContract.mine));
  const projects = useQuery(reading(programmeContract.projects));
  useLive(['projects'], changedProject);
  // A practice of no region: nothing here is for it, and trying again would not change that.
  const failure = failureOf(query);
  const outside = failure instanceof Refusal && failure.status === 404 ? failure : null;
  const navigate = useNavigate();
  const open = useMutation({
    mutationFn: (edition: string) => call(programmeContract.openApplication, { body: { edition } }),
    onSuccess: ({ id }) => {
      void queries.invalidateQueries({ queryKey: [programmeContract.mine.path] });
      void navigate({ to: `/programme/dossier/${id}` });
    },
    onError: failed,
  });
  return (
    <div className="page">
      <title>Programme régional · Estran</title>
      <header className="page-head">
        <div className={css.title}>
          <h1>Programme régional</h1>
          {query.data && (
            <p className="dim">{query.data.region} finance et accompagne le système d’information des équipes.</p>
          )}
        </div>
        <Button component="a" variant="default" href="/programme/simulateur" target="_blank" rel="noreferrer">
          Simuler un financement
        </Button>
      </header>
      {!outside && <Failure of={query} />}
      {outside && (
        <div className="card">
          <EmptyState icon={CallIcon} title={outside.title}>
            {outside.message}
          </EmptyState>
        </div>
      )}
      {query.isPending && (
        <div className="card">
          <ListBones rows={5} />
        </div>
      )}
      {query.data?.calls.length === 0 && (
        <div className="card">
          {query.data.manages ? (
            <EmptyState icon={CallIcon} title="Aucun appel ouvert">
              Les appels de {query.data.region} s’afficheront ici dès leur ouverture, et vos dossiers y resteront.
            </EmptyState>
          ) : (
            <EmptyState icon={CallIcon} title="Aucun dossier ne vous est confié">
              Qui tient la candidature de votre équipe peut vous y ajouter ; le dossier s’affichera alors ici.
            </EmptyState>
          )}
        </div>
      )}
      {projects.data?.projects.map((project) => (
        <div key={project.id} style={{ marginBottom: 16 }}>
          <Card
            title="Votre projet"
            action={<Tag tone={projectStates[project.state].tone}>{projectStates[project.state].words}</Tag>}
          >
            <div className={`${css.body} stack`}>
              <p>
                {project.call}
                {project.step && (
                  <>
                    {' : étape '}
                    <b>{project.step.title}</b> ({project.at + 1} sur {project.of}), à finir pour le{' '}
                    {sayDate(project.step.to)}
                  </>
                )}
              </p>
              <Link to={`/programme/projets/${project.id}` as string} className="row">
                <ProtocolIcon size={16} /> Ouvrir le projet
              </Link>
            </div>
          </Card>
        </div>
      ))}
      <div className={css.cards}>
        {!outside && <TrackCard />}
        {!outside && <LeadingCards />}
        {query.data?.calls.map((line) => (
          <Card
            key={line.edition}
            title={line.title}
            action={
              line.application ? (
                <StateTag application={line.application} />
              ) : line.open ? (
                <Tag tone="success">ouvert</Tag>
              ) : (
                <Tag>clos</Tag>
              )
            }
          >
            <div className={`${css.body} stack`}>
              <p className="small dim">
                {line.publisher}.{' '}
                {line.open
                  ? `Candidatures jusqu’au ${sayDeadline(line.deadline)}.`
                  : `Clos le ${sayDeadline(line.deadline)}.`}{' '}
                {line.placesWords}
              </p>
              {line.application && line.application.state === 'draft' && (
                <ProgressBar share={line.application.share} label="Dossier rempli" />
              )}
              {line.application?.receipt && line.application.submittedAt && (
                <p className="small">
                  Récépissé <b className="nowrap">{line.application.receipt}</b>, déposé le{' '}
                  {sayInstant(line.application.submittedAt)}
                </p>
              )}
              {line.application ? (
                <Link to={`/programme/dossier/${line.application.id}` as string} className="row">
                  <DocumentIcon size={16} />{' '}
                  {line.application.state === 'draft' && line.open ? 'Continuer le dossier' : 'Ouvrir le dossier'}
                </Link>
              ) : (
                line.open &&
                query.data.manages && (
                  <div>
                    <Button
                      leftSection={<PlusIcon size={16} />}
                      loading={open.isPending && open.variables === line.edition}
                      onClick={() => open.mutate(line.edition)}
                    >
                      Candidater
                    </Button>
                  </div>
                )
              )}
            </div>
          </Card>
        ))}
      </div>
    </div>
  );
}
