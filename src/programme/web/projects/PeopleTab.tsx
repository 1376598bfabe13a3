import { ActionIcon, Button, Checkbox, Select, Textarea } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { call, reading, Refusal } from '../../../web/api.ts';
import { Card, Tag } from '../../../web/ui/bits.tsx';
import { RemoveIcon } from '../../../web/ui/icons.ts';
import { Failure, Nothing } from '../../../web/ui/states.tsx';
import { done, failed } from '../../../web/ui/undo.tsx';
import { programmeContract } from '../../contract.ts';
import css from '../programme.module.css';
import type { Project } from './tabs.ts';
import { changedProject, partyLabels, shareLabels } from './words.ts';

type Party = Project['parties'][number];
type Part = keyof typeof shareLabels;

/** Who of the region has a part in the project: its consultant, vendors asked for a quote, partners and what they are shown. */
export default function PeopleTab({ project }: { project: Project }) {
  const people = useQuery({
    ...reading(programmeContract.regionalPeople, { params: { project: project.id } }),
    enabled: project.may.team,
  });
  const give = useMutation({
    mutationFn: ({ practitioner, sees }: { practitioner: string; sees: Part[] }) =>
      call(programmeContract.putParty, { params: { project: project.id, practitioner }, body: { sees } }),
    onSuccess: changedProject,
    onError: failed,
  });
  const takeBack = (one: Party) =>
    void call(programmeContract.removeParty, { params: { project: project.id, practitioner: one.practitioner } }).then(
      () => {
        changedProject();
        done(
          `${one.name} n’a plus de part dans le projet.`,
          () => give.mutateAsync({ practitioner: one.practitioner, sees: one.sees as Part[] }),
          'Part rendue.',
        );
      },
      failed,
    );
  const writes = project.state === 'open';
  const given = new Set((people.data ?? []).map(({ role }) => role));
  const free = (people.data ?? []).filter(
    ({ practitioner }) => !project.parties.some((one) => one.practitioner === practitioner),
  );
  return (
    <div className={css.halves}>
      <div className="stack loose">
        {(Object.keys(partyLabels) as (keyof typeof partyLabels)[]).map((role) => {
          const here = project.parties.filter((one) => one.role === role);
          const choices = free.filter((one) => one.role === role);
          return (
            <Card
              key={role}
              title={role === 'consultant' ? 'Consultant' : `${partyLabels[role]}s`}
              count={role === 'consultant' ? undefined : here.length}
            >
              {here.length === 0 && (
                <Nothing>
                  {role === 'consultant'
                    ? 'Le consultant n’est pas encore nommé.'
                    : role === 'vendor'
                      ? 'Aucun éditeur n’est sollicité.'
                      : 'Le projet n’est partagé avec aucun partenaire.'}
                </Nothing>
              )}
              <div className={`${css.body} stack`}>
                {here.map((one) => (
                  <div key={one.practitioner} className="stack">
                    <div className="row wrap">
                      <span className="strong">{one.name}</span>
                      <Tag>{partyLabels[role]}</Tag>
                      <span className="grow" />
                      {writes && given.has(role) && (
                        <ActionIcon aria-label={`Retirer ${one.name}`} onClick={() => takeBack(one)}>
                          <RemoveIcon size={16} />
                        </ActionIcon>
                      )}
                    </div>
                    {role === 'partner' && (
                      <fieldset className="plain row wrap" disabled={!writes || !given.has(role)}>
                        <legend className="small dim">Voit</legend>
                        {(Object.keys(shareLabels) as Part[]).map((part) => (
                          <Checkbox
                            key={part}
                            size="xs"
                            label={shareLabels[part]}
                            checked={one.sees.includes(part)}
                            onChange={(event) =>
                              give.mutate({
                                practitioner: one.practitioner,
                                sees: (event.currentTarget.checked
                                  ? [...one.sees, part]
                                  : one.sees.filter((other) => other !== part)) as Part[],
                              })
                            }
                          />
                        ))}
                      </fieldset>
                    )}
                  </div>
                ))}
                {writes && given.has(role) && choices.length > 0 && (
                  <Select
                    aria-label={`Ajouter : ${partyLabels[role]}`}
                    placeholder={
                      role === 'consultant'
                        ? here.length
                          ? 'Nommer un autre consultant'
                          : 'Nommer le consultant'
                        : role === 'vendor'
                          ? 'Solliciter un éditeur'
                          : 'Partager avec un partenaire'
                    }
                    searchable
                    value={null}
                    data={choices.map(({ practitioner, name }) => ({ value: practitioner, label: name }))}
                    onChange={(practitioner) =>
                      practitioner && give.mutate({ practitioner, sees: role === 'partner' ? ['steps'] : [] })
                    }
                  />
                )}
              </div>
            </Card>
          );
        })}
        <Failure compact of={people} />
      </div>
      {project.may.lead && project.state !== 'closed' && <Stop project={project} />}
    </div>
  );
}

function Stop({ project }: { project: Project }) {
  const [reason, setReason] = useState('');
  const resume = () => call(programmeContract.resumeProject, { params: { project: project.id } }).then(changedProject);
  const stop = useMutation({
    mutationFn: () => call(programmeContract.stopProject, { params: { project: project.id }, body: { reason } }),
    onSuccess: () => {
      changedProject();
      setReason('');
      done('Projet arrêté.', resume, 'Projet repris.');
    },
  });
  if (project.state === 'stopped')
    return (
      <Card title="Reprendre le projet">
        <div className={`${css.body} stack`}>
          <p className="small dim">Le projet reprend où il s’était arrêté.</p>
          <div>
            <Button variant="default" onClick={() => void resume().then(() => done('Projet repris.'), failed)}>
              Reprendre le projet
            </Button>
          </div>
        </div>
      </Card>
    );
  return (
    <Card title="Arrêter le projet">
      <form
        className={`${css.body} stack`}
        onSubmit={(event) => {
          event.preventDefault();
          stop.mutate();
        }}
      >
        <p className="small dim">
          Quand l’équipe n’ira pas au terme. Rien n’est effacé, et le projet peut être repris.
        </p>
        <Textarea
          label="Motif"
          autosize
          minRows={2}
          value={reason}
          onChange={(event) => setReason(event.currentTarget.value)}
          error={stop.error instanceof Refusal ? stop.error.message : undefined}
        />
        <div>
          <Button type="submit" variant="default" disabled={reason.trim().length < 10} loading={stop.isPending}>
            Arrêter le projet
          </Button>
        </div>
      </form>
    </Card>
  );
}
