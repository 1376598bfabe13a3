import { ActionIcon, Button, MultiSelect, Textarea, TextInput } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { call, reading, Refusal } from '../../../web/api.ts';
import { useUrl } from '../../../web/routes.tsx';
import { sayCount } from '../../../web/say.ts';
import { Card, Tag } from '../../../web/ui/bits.tsx';
import { EditIcon, NoteIcon, PlusIcon, RemoveIcon } from '../../../web/ui/icons.ts';
import { PanelForm } from '../../../web/ui/PanelForm.tsx';
import { EmptyState, ErrorState, ListBones, Note } from '../../../web/ui/states.tsx';
import { done, failed } from '../../../web/ui/undo.tsx';
import { professionChoices } from '../../../web/words.ts';
import { programmeContract } from '../../contract.ts';
import page from '../programme.module.css';
import type { Project } from '../projects/tabs.ts';
import css from './choice.module.css';
import { Papers, Pills, Words } from './parts.tsx';
import { changedChoice, importanceLabels, importanceTones, type Requirement, sayProfession } from './words.ts';

const importances = Object.entries(importanceLabels).map(([value, label]) => ({
  value: value as Requirement['importance'],
  label,
}));
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
  const issue = useMutation({
    mutationFn: () => call(programmeContract.issueSpecification, { params }),
    onSuccess: () => {
      changedChoice();
      done('Cahier des charges produit : les éditeurs sollicités lisent cette version.');
    },
    onError: failed,
  });
  const turn = (requirement: string, on: boolean) =>
    call(on ? programmeContract.restoreRequirement : programmeContract.removeRequirement, {
      params: { ...params, requirement },
    }).then(changedChoice);
  if (query.error) return <ErrorState error={query.error} retry={() => void query.refetch()} />;
  if (!query.data) return <ListBones rows={8} />;
  const { requirements, may, toBuild, papers, submitted, lead, end } = query.data;
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
                  <div key={one.id} className={css.requirement}>
                    <div className="row" style={{ alignItems: 'start' }}>
                      <span className="grow">{one.sentence}</span>
                      {may.write && (
                        <>
                          <ActionIcon
                            aria-label={`Modifier : ${one.sentence}`}
                            onClick={() => setUrl({ volet: `exigence:${one.id}` })}
                          >
                            <EditIcon size={16} />
                          </ActionIcon>
                          <ActionIcon
                            aria-label={`Retirer : ${one.sentence}`}
                            onClick={() =>
                              void turn(one.id, false).then(
                                () => done('Exigence retirée.', () => turn(one.id, true), 'Exigence remise.'),
                                failed,
                              )
                            }
                          >
                            <RemoveIcon size={16} />
                          </ActionIcon>
                        </>
                      )}
                    </div>
                    <div className="row wrap small">
                      <Tag tone={importanceTones[one.importance]}>{importanceLabels[one.importance]}</Tag>
                      <span className="dim">
                        {one.professions.length
                          ? one.professions.map(sayProfession).join(', ')
                          : 'Toutes les professions'}
                      </span>
                    </div>
                    {one.because && <p className="tiny dim">{one.because}.</p>}
                    {one.reason && (
                      <p className="small">
                        Importance changée ({one.computed && importanceLabels[one.computed].toLowerCase()} d’après les
                        réponses) : {one.reason}
                      </p>
                    )}
                  </div>
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
          <Card title="Exigences" count={requirements.length}>
            <div className={`${page.body} stack`}>
              <div className={page.figures} style={{ padding: 0 }}>
                {importances.map(({ value, label }) => (
                  <div key={value}>
                    <div className={page.figure}>
                      {requirements.filter(({ importance }) => importance === value).length}
                    </div>
                    <div className="dim small">{label.toLowerCase()}</div>
                  </div>
                ))}
              </div>
              {requirements.length > 0 && toBuild > 0 && (
                <Note tone="info">
                  {sayCount(
                    toBuild,
                    'besoin des réponses n’est pas encore repris',
                    'besoins des réponses ne sont pas encore repris',
                  )}
                  .
                </Note>
              )}
              <div className="row wrap">
                {submitted > 0 && requirements.length > 0 && (
                  <Button
                    variant="default"
                    loading={build.isPending}
                    disabled={toBuild === 0}
                    onClick={() => build.mutate()}
                  >
                    Reprendre les réponses
                  </Button>
                )}
                <Button
                  variant="default"
                  leftSection={<PlusIcon size={16} />}
                  onClick={() => setUrl({ volet: 'exigence' })}
                >
                  Ajouter une exigence
                </Button>
              </div>
            </div>
          </Card>
        )}
        {may.papers && (
          <Card title="Document">
            <div className={`${page.body} stack`}>
              <Papers
                project={project.id}
                papers={papers}
                empty="Le cahier des charges n’est pas encore produit : les éditeurs ne lisent rien."
              />
              {may.write && requirements.length > 0 && (
                <div>
                  <Button loading={issue.isPending} onClick={() => issue.mutate()}>
                    {papers.length
                      ? `Produire la version ${papers[0]!.version + 1}`
                      : 'Produire le cahier des charges (PDF)'}
                  </Button>
                </div>
              )}
              <p className="small dim">
                Les éditeurs sollicités (onglet « Personnes ») lisent la dernière version produite, et rien d’autre du
                projet.
              </p>
            </div>
          </Card>
        )}
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

function RequirementPanel({
  project,
  requirement,
  areas,
  onClose,
}: {
  project: string;
  requirement?: Requirement;
  areas: string[];
  onClose: () => void;
}) {
  const [form, setForm] = useState({
    area: requirement?.area ?? areas[0] ?? 'Autres exigences',
    sentence: requirement?.sentence ?? '',
    importance: requirement?.importance ?? ('should' as const),
    reason: requirement?.reason ?? '',
    professions: requirement?.professions ?? [],
  });
  const save = useMutation({
    mutationFn: async () => {
      if (requirement)
        await call(programmeContract.changeRequirement, {
          params: { project, requirement: requirement.id },
          body: { ...form, seen: requirement.version },
        });
      else await call(programmeContract.addRequirement, { params: { project }, body: form });
    },
    onSuccess: () => {
      changedChoice();
      done(requirement ? 'Exigence enregistrée.' : 'Exigence ajoutée.');
      onClose();
    },
    onError: changedChoice,
  });
  const refusal = save.error instanceof Refusal ? save.error : null;
  const differs = requirement?.computed && form.importance !== requirement.computed;
  return (
    <PanelForm
      title={requirement ? 'Exigence' : 'Nouvelle exigence'}
      subtitle={requirement?.because || undefined}
      verb={requirement ? 'Enregistrer' : 'Ajouter'}
      pending={save.isPending}
      ready={form.sentence.trim().length >= 10 && form.area.trim() !== ''}
      refusal={refusal}
      onSubmit={() => save.mutate()}
      onClose={onClose}
    >
      <Textarea
        label="Exigence"
        description="Une phrase qu’un éditeur peut vérifier"
        autosize
        minRows={3}
        maxLength={600}
        value={form.sentence}
        error={refusal?.fields.sentence}
        onChange={(event) => setForm({ ...form, sentence: event.currentTarget.value })}
      />
      <TextInput
        label="Domaine"
        list="domaines"
        value={form.area}
        maxLength={120}
        onChange={(event) => setForm({ ...form, area: event.currentTarget.value })}
      />
      <datalist id="domaines">
        {areas.map((area) => (
          <option key={area} value={area} />
        ))}
      </datalist>
      <Pills
        label="Importance"
        options={importances}
        value={form.importance}
        onChange={(importance) => importance && setForm({ ...form, importance })}
      />
      {differs && (
        <Textarea
          label={`Pourquoi pas « ${importanceLabels[requirement.computed!].toLowerCase()} », comme le disent les réponses ?`}
          autosize
          minRows={2}
          maxLength={1000}
          value={form.reason}
          error={refusal?.fields.reason}
          onChange={(event) => setForm({ ...form, reason: event.currentTarget.value })}
        />
      )}
      <MultiSelect
        label="Professions concernées"
        description="Aucune : toutes"
        data={professionChoices}
        searchable
        value={form.professions}
        onChange={(professions) => setForm({ ...form, professions })}
      />
    </PanelForm>
  );
}
