import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { reading, urlOf, failureOf } from '../../../web/api.ts';
import { sayDate } from '../../../web/say.ts';
import { Card, Tag } from '../../../web/ui/bits.tsx';
import { DocumentIcon } from '../../../web/ui/icons.ts';
import { Bone, EmptyState, Failure, ListBones, Nothing } from '../../../web/ui/states.tsx';
import { programmeContract } from '../../contract.ts';
import page from '../programme.module.css';
import css from './choice.module.css';
import { importanceLabels, importanceTones, sayProfession, sayWhen } from './words.ts';

/** For vendors who are asked. `/programme/cahier`: by which teams; `/programme/cahier/$project`: what one of them asks. */
export default function AskedPage() {
  const { project } = useParams({ strict: false }) as { project?: string };
  return project ? <Asked project={project} /> : <AskedList />;
}

function AskedList() {
  const query = useQuery(reading(programmeContract.askedSpecifications));
  return (
    <div className="page">
      <title>Cahiers des charges · Estran</title>
      <header className="page-head">
        <h1>Cahiers des charges</h1>
      </header>
      <Failure of={query} />
      {query.isPending && <ListBones rows={4} />}
      {query.data?.length === 0 && (
        <EmptyState icon={DocumentIcon} title="Aucune équipe ne vous sollicite">
          Quand une équipe vous sollicite, son cahier des charges s’affiche ici.
        </EmptyState>
      )}
      {query.data && query.data.length > 0 && (
        <Card title="Équipes qui vous sollicitent" count={query.data.length}>
          <ul className="plain divided">
            {query.data.map((one) => (
              <li key={one.project} className="row wrap" style={{ padding: '8px 16px', minHeight: 44 }}>
                {one.reference ? (
                  <Link to={`/programme/cahier/${one.project}` as string} className="strong touch">
                    {one.team}
                  </Link>
                ) : (
                  <span className="strong">{one.team}</span>
                )}
                <span className="grow" />
                <span className="dim small">
                  {one.reference
                    ? `${one.reference}, version ${one.version}, du ${sayDate(one.at?.slice(0, 10))}`
                    : 'cahier des charges en préparation'}
                </span>
              </li>
            ))}
          </ul>
        </Card>
      )}
    </div>
  );
}

/** The version that was issued, and nothing else of the project. */
function Asked({ project }: { project: string }) {
  const query = useQuery(reading(programmeContract.askedSpecification, { params: { project } }));
  if (failureOf(query)) return <Failure of={query} />;
  if (!query.data)
    return (
      <div className="page">
        <Bone h={420} />
      </div>
    );
  const { team, territory, reference, version, at, lead, end, requirements, demonstrations } = query.data;
  return (
    <div className="page">
      <title>{`Cahier des charges de ${team} · Estran`}</title>
      <header className="page-head">
        <div className={page.title}>
          <p className="small">
            <Link to={'/programme/cahier' as string}>Cahiers des charges</Link>
          </p>
          <h1>{team}</h1>
          <p className="dim">
            {reference}, version {version}, du {sayDate(at.slice(0, 10))}
            {territory && ` · ${territory}`}
          </p>
        </div>
        <Button
          component="a"
          href={urlOf(programmeContract.askedSpecificationPdf, { params: { project } })}
          target="_blank"
          rel="noreferrer"
          variant="default"
          leftSection={<DocumentIcon size={16} />}
        >
          PDF
        </Button>
      </header>
      <div className={page.two}>
        <div className={`${page.beside} stack loose`}>
          {lead && (
            <Card title="Présentation">
              <p className={page.body} style={{ whiteSpace: 'pre-line' }}>
                {lead}
              </p>
            </Card>
          )}
          {[...Map.groupBy(requirements, ({ area }) => area)].map(([area, those]) => (
            <Card key={area} title={area} count={those.length}>
              <div className={page.body}>
                {those.map((one) => (
                  <div key={one.number} className={css.requirement}>
                    <span>
                      <span className="num dim">{one.number}</span> {one.sentence}
                    </span>
                    <span className="row wrap small">
                      <Tag tone={importanceTones[one.importance]}>{importanceLabels[one.importance]}</Tag>
                      <span className="dim">
                        {one.professions.length
                          ? one.professions.map(sayProfession).join(', ')
                          : 'Toutes les professions'}
                      </span>
                    </span>
                  </div>
                ))}
              </div>
            </Card>
          ))}
          {end && (
            <Card title="Conditions et calendrier">
              <p className={page.body} style={{ whiteSpace: 'pre-line' }}>
                {end}
              </p>
            </Card>
          )}
        </div>
        <div className={page.side}>
          <Card title="Vos démonstrations">
            {demonstrations.length === 0 && <Nothing>Aucune date fixée.</Nothing>}
            <ul className="plain divided">
              {demonstrations.map((one) => (
                <li key={`${one.on} ${one.time}`} style={{ padding: '8px 16px' }}>
                  <span className="strong">{one.solution}</span>, le {sayWhen(one.on, one.time)}
                  {one.place && <div className="dim small">{one.place}</div>}
                </li>
              ))}
            </ul>
          </Card>
        </div>
      </div>
    </div>
  );
}
