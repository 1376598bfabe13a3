import { ActionIcon } from '@mantine/core';
import { call } from '../../../web/api.ts';
import { Tag } from '../../../web/ui/bits.tsx';
import { EditIcon, RemoveIcon } from '../../../web/ui/icons.ts';
import { done, failed } from '../../../web/ui/undo.tsx';
import { programmeContract } from '../../contract.ts';
import css from './choice.module.css';
import { changedChoice, importanceLabels, importanceTones, type Requirement, sayProfession } from './words.ts';

/** One requirement: its sentence, its importance and why, for whom. */
export function RequirementItem({
  project,
  requirement: one,
  writes,
  edit,
}: {
  project: string;
  requirement: Requirement;
  writes: boolean;
  edit: () => void;
}) {
  const turn = (on: boolean) =>
    call(on ? programmeContract.restoreRequirement : programmeContract.removeRequirement, {
      params: { project, requirement: one.id },
    }).then(changedChoice);
  const remove = () =>
    void turn(false).then(() => done('Exigence retirée.', () => turn(true), 'Exigence remise.'), failed);
  return (
    <div className={css.requirement}>
      <div className="row" style={{ alignItems: 'start' }}>
        <span className="grow">{one.sentence}</span>
        {writes && (
          <>
            <ActionIcon aria-label={`Modifier : ${one.sentence}`} onClick={edit}>
              <EditIcon size={16} />
            </ActionIcon>
            <ActionIcon aria-label={`Retirer : ${one.sentence}`} onClick={remove}>
              <RemoveIcon size={16} />
            </ActionIcon>
          </>
        )}
      </div>
      <div className="row wrap small">
        <Tag tone={importanceTones[one.importance]}>{importanceLabels[one.importance]}</Tag>
        <span className="dim">
          {one.professions.length ? one.professions.map(sayProfession).join(', ') : 'Toutes les professions'}
        </span>
      </div>
      {one.because && <p className="tiny dim">{one.because}.</p>}
      {one.reason && (
        <p className="small">
          Importance changée ({one.computed && importanceLabels[one.computed].toLowerCase()} d’après les réponses) :{' '}
          {one.reason}
        </p>
      )}
    </div>
  );
}
