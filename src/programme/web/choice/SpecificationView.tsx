import { Button } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { call, reading, failureOf } from '../../../web/api.ts';
import { useUrl } from '../../../web/routes.tsx';
import { sayCount } from '../../../web/say.ts';
import { Card } from '../../../web/ui/bits.tsx';
import { NoteIcon } from '../../../web/ui/icons.ts';
import { EmptyState, Failure, ListBones } from '../../../web/ui/states.tsx';
import { done, failed } from '../../../web/ui/undo.tsx';
import { programmeContract } from '../../contract.ts';
import page from '../programme.module.css';
import type { Project } from '../projects/tabs.ts';
import { Words } from './parts.tsx';
import { RequirementItem } from './RequirementItem.tsx';
import { RequirementPanel } from './RequirementPanel.tsx';
import { RequirementsCard, SpecificationPaper } from './SpecificationSide.tsx';
import { changedChoice } from './words.ts';

const order = { must: 0, should: 1, could: 2 };

/** What the team asks of a software, in sentences that a vendor can answer, made of the answers (REC-4). */
export default function SpecificationView({ project }: { project: Project }) {
  const params = { project: project.id };
  const query = useQuery(reading(programmeContract.specification, { params }));
  const [url, setUrl] = useUrl();
  const build = useMutation({
    mutationFn: () => call(programmeContract.buildSpecification, { params }),
    onSuccess: ({ added, changed }) => {
      changedChoice();
      done(
        `${sayCount(added, 'exigence ajoutée', 'exigences ajoutées')}, ${sayCount(changed, 'recalculée', 'recalculées')}.`,
      );
    },
    onError: failed,
  });
  if (failureOf(query)) return <Failure of={query} />;
  if (!query.data) return <ListBones rows={8} />;
  const { requirements, may, submitted, lead, end } = query.data;
  const [act, id] = (url.volet ?? '').split(':');
  const edited = requirements.find((one) => one.id === id);
  const areas = [...Map.groupBy(requirements, ({ area }) => area)];
  return (
    <div className={page.two}>
      <div className={`${page.beside} stack loose`}>
        {requirements.length === 0 && (
          <EmptyState
            icon={NoteIcon}
            title="Cahier des charges vide"
            action={
              may.write && submitted > 0 ? (
                <Button loading={build.isPending} onClick={() => build.mutate()}>
                  Le construire des réponses
                </Button>
              ) : undefined
            }
          >
            {submitted > 0
              ? 'Chaque besoin exprimé devient une exigence, avec son importance et les professions concernées.'
              : 'Il se construit des réponses au questionnaire, quand elles arrivent.'}
          </EmptyState>
        )}
        {requirements.length > 0 && (may.write || lead?.words) && (
          <Card title="Présentation">
            <div className={page.body}>
              <Words
                project={project.id}
                part="specification.lead"
                label="Présentation"
                add="Écrire la présentation"
                words={lead}
                write={may.write}
                placeholder="L’équipe, ses sites, ses logiciels d’aujourd’hui, les données à reprendre."
              />
            </div>
          </Card>
        )}
        {areas.map(([area, those]) => (
          <Card key={area} title={area} count={those.length}>
            <div className={page.body}>
              {[...those]
                .sort((a, b) => order[a.importance] - order[b.importance])
                .map((one) => (
                  <RequirementItem
                    key={one.id}
                    project={project.id}
                    requirement={one}
                    writes={may.write}
                    edit={() => setUrl({ volet: `exigence:${one.id}` })}
                  />
                ))}
            </div>
          </Card>
        ))}
        {requirements.length > 0 && (may.write || end?.words) && (
          <Card title="Conditions et calendrier">
            <div className={page.body}>
              <Words
                project={project.id}
                part="specification.end"
                label="Conditions et calendrier"
                add="Écrire les conditions"
                words={end}
                write={may.write}
                placeholder="Date de réponse, démonstration, calendrier du déploiement, forme du devis."
              />
            </div>
          </Card>
        )}
      </div>
      <div className={page.side}>
        {may.write && (
          <RequirementsCard
            specification={query.data}
            building={build.isPending}
            build={() => build.mutate()}
            add={() => setUrl({ volet: 'exigence' })}
          />
        )}
        {may.papers && <SpecificationPaper project={project.id} specification={query.data} />}
      </div>
      {may.write && act === 'exigence' && (!id || edited) && (
        <RequirementPanel
          key={id ?? 'new'}
          project={project.id}
          areas={areas.map(([area]) => area)}
          requirement={edited}
          onClose={() => setUrl({ volet: undefined })}
        />
      )}
    </div>
  );
}
