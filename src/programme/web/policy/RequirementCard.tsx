import { Button, SegmentedControl } from '@mantine/core';
import { call, urlOf } from '../../../web/api.ts';
import { sayDate } from '../../../web/say.ts';
import { Card, Tag } from '../../../web/ui/bits.tsx';
import { DocumentIcon, PlusIcon } from '../../../web/ui/icons.ts';
import { Nothing } from '../../../web/ui/states.tsx';
import { done, failed } from '../../../web/ui/undo.tsx';
import { programmeContract } from '../../contract.ts';
import { AddFile } from './DocumentsTab.tsx';
import own from './policy.module.css';
import { changedTrack, type PlanAction, type Track } from './words.ts';

type Requirement = Track['core']['requirements'][number];
const actionStates = {
  todo: { tone: 'neutral', words: 'À faire' },
  doing: { tone: 'accent', words: 'En cours' },
  done: { tone: 'success', words: 'Faite' },
} as const;
const kinds = { prerequisite: 'prérequis', core: 'socle' } as const;

/** The actions against one requirement of the core: who, for when, how far, with what proof. */
export function RequirementCard({
  track,
  requirement,
  writes,
  add,
  edit,
}: {
  track: Track;
  requirement: Requirement;
  writes: boolean;
  add: () => void;
  edit: (id: string) => void;
}) {
  const plan = track.plan.filter((one) => one.requirement === requirement.id);
  const turn = (action: string, on: boolean) =>
    call(on ? programmeContract.restoreAction : programmeContract.removeAction, {
      params: { track: track.id, action },
    }).then(changedTrack);
  const mark = (one: PlanAction, state: PlanAction['state']) =>
    call(programmeContract.changeAction, {
      params: { track: track.id, action: one.id },
      body: {
        requirement: one.requirement,
        section: one.section,
        title: one.title,
        who: one.who,
        due: one.due,
        state,
        seen: one.version,
      },
    }).then(changedTrack);
  return (
    <Card
      title={requirement.title}
      action={
        writes && (
          <Button
            size="compact-sm"
            variant="subtle"
            leftSection={<PlusIcon size={14} />}
            aria-label={`Ajouter une action : ${requirement.title}`}
            onClick={add}
          >
            Ajouter
          </Button>
        )
      }
    >
      <p className="small dim" style={{ padding: '0 16px 8px' }}>
        {requirement.axis}, {kinds[requirement.kind]}. {requirement.words} Preuve :{' '}
        {requirement.proof.charAt(0).toLowerCase() + requirement.proof.slice(1)}.
      </p>
      {plan.length === 0 && <Nothing>Aucune action prévue.</Nothing>}
      {plan.map((one) => (
        <div key={one.id} className={own.action}>
          <span>
            {writes ? (
              <button
                type="button"
                className="plain-button"
                style={{ textDecoration: 'underline', textUnderlineOffset: 2 }}
                onClick={() => edit(one.id)}
              >
                {one.title}
              </button>
            ) : (
              one.title
            )}
            <br />
            <span className="dim small">
              {one.who}, pour le {sayDate(one.due)}
              {one.doneOn && `, faite le ${sayDate(one.doneOn)}`}
              {one.section && ` · ${track.outline.sections.find(({ id }) => id === one.section)?.title ?? ''}`}
            </span>
          </span>
          {one.proofs.map((file) => (
            <a
              key={file.id}
              className="row small"
              href={urlOf(programmeContract.trackFile, { params: { track: track.id, file: file.id } })}
              target="_blank"
              rel="noreferrer"
            >
              <DocumentIcon size={15} /> <span className="clip">{file.name}</span>
            </a>
          ))}
          {one.late && <Tag tone="danger">en retard</Tag>}
          {writes ? (
            <>
              <SegmentedControl
                size="xs"
                aria-label={`Où en est : ${one.title}`}
                value={one.state}
                data={Object.entries(actionStates).map(([value, { words }]) => ({ value, label: words }))}
                onChange={(state) =>
                  void mark(one, state as PlanAction['state']).catch((error) => {
                    changedTrack();
                    failed(error);
                  })
                }
              />
              <AddFile track={track.id} kind={`proof-${one.id}`} label={`preuve de ${one.title}`} words="Preuve" />
              <Button
                size="compact-xs"
                variant="subtle"
                aria-label={`Retirer l’action : ${one.title}`}
                onClick={() =>
                  void turn(one.id, false).then(
                    () => done('Action retirée.', () => turn(one.id, true), 'Action remise.'),
                    failed,
                  )
                }
              >
                Retirer
              </Button>
            </>
          ) : (
            <Tag tone={actionStates[one.state].tone}>{actionStates[one.state].words}</Tag>
          )}
        </div>
      ))}
    </Card>
  );
}
