import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { reading, failureOf } from '../../../web/api.ts';
import { useLive } from '../../../web/live.ts';
import { useUrl } from '../../../web/routes.tsx';
import { sayDate } from '../../../web/say.ts';
import { Tag } from '../../../web/ui/bits.tsx';
import { Bone, Failure, Note } from '../../../web/ui/states.tsx';
import { programmeContract } from '../../contract.ts';
import { PartTabs } from '../parts.tsx';
import css from '../programme.module.css';
import own from './projects.module.css';
import { projectTabs } from './tabs.ts';
import { changedProject, projectStates, sayDays } from './words.ts';

/** `/programme/projets/$project`: one project, by tabs. */
export default function ProjectPage() {
  const { project: id } = useParams({ strict: false }) as { project: string };
  const [url, setUrl] = useUrl();
  const query = useQuery(reading(programmeContract.project, { params: { project: id } }));
  useLive(['projects', 'programme-mails'], changedProject);
  if (failureOf(query)) return <Failure of={query} />;
  if (!query.data)
    return (
      <div className="page">
        <Bone h={36} w={320} />
        <Bone h={420} style={{ marginTop: 16 }} />
      </div>
    );
  const project = query.data;
  const tabs = projectTabs.filter(({ shows }) => shows?.(project) ?? true);
  const tab = tabs.find((one) => one.id === url.onglet) ?? tabs[0];
  return (
    <div className="page">
      <title>{`${project.team} · Projet · Estran`}</title>
      <header className="page-head">
        <div className={css.title}>
          <p className="small">
            <Link to={(project.as === 'practice' ? '/programme' : '/programme/projets') as string}>
              {project.as === 'practice' ? 'Programme régional' : 'Projets'}
            </Link>
          </p>
          <h1>{project.team}</h1>
          <p className="dim">
            <span className="nowrap">{project.reference}</span> · {project.call}
            {project.territory && ` · ${project.territory}`}
          </p>
        </div>
        <div className="row wrap">
          {project.lateDays > 0 && <Tag tone="danger">{sayDays(project.lateDays)} de retard</Tag>}
          <Tag tone={projectStates[project.state].tone}>{projectStates[project.state].words}</Tag>
        </div>
      </header>
      {project.steps.length > 0 && (
        <div
          className={own.strip}
          role="img"
          aria-label={`${project.at} étapes terminées sur ${project.of}`}
          style={{ paddingInline: 0 }}
        >
          {project.steps.map((step) => (
            <span key={step.id} data-state={step.state} title={step.title} />
          ))}
        </div>
      )}
      {project.state === 'stopped' && (
        <div style={{ marginBottom: 16 }}>
          <Note tone="warning">
            Projet arrêté le {sayDate(project.endedOn!)} : {project.reason}
          </Note>
        </div>
      )}
      {tab && (
        <PartTabs
          label="Parties du projet"
          tabs={tabs}
          at={tab.id}
          onOpen={(onglet) => setUrl({ onglet, volet: undefined }, { push: true })}
        >
          <tab.Component project={project} />
        </PartTabs>
      )}
    </div>
  );
}
