import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { reading, failureOf } from '../../../web/api.ts';
import { useLive } from '../../../web/live.ts';
import { useUrl } from '../../../web/routes.tsx';
import { MeetingIcon, PlusIcon } from '../../../web/ui/icons.ts';
import { EmptyState, ListBones, Failure } from '../../../web/ui/states.tsx';
import { programmeContract } from '../../contract.ts';
import css from '../programme.module.css';
import type { Project } from '../projects/tabs.ts';
import { ActionsCard } from './ActionsCard.tsx';
import { ChoosePanel } from './ChoosePanel.tsx';
import { InvitePanel } from './InvitePanel.tsx';
import { MinutesCard } from './MinutesCard.tsx';
import { MinutesEditor } from './MinutesEditor.tsx';
import { PollCard } from './PollCard.tsx';
import { PollPanel } from './PollPanel.tsx';
import { changedGatherings } from './words.ts';

/** Meetings of a project: dates, minutes, what was decided to do. `?compte-rendu=` opens minutes to write. */
export default function MeetingsTab({ project }: { project: Project }) {
  const [url, setUrl] = useUrl();
  const params = { project: project.id };
  const polls = useQuery(reading(programmeContract.datePolls, { params }));
  const minutes = useQuery(reading(programmeContract.projectMinutes, { params }));
  useLive(['projects'], (hint) => (hint.topic === 'reopened' || hint.project === project.id) && changedGatherings());
  if (failureOf(polls, minutes)) return <Failure of={[polls, minutes]} />;
  if (!polls.data || !minutes.data) return <ListBones rows={8} />;
  if (url['compte-rendu'] && minutes.data.writes)
    return <MinutesEditor project={project} id={url['compte-rendu']} actions={minutes.data.actions} />;
  const [act, id, slotId] = (url.volet ?? '').split(':');
  const { professions, usual, may, polls: all } = polls.data;
  const poll = all.find((one) => one.id === id);
  const slot = poll?.slots.find((one) => one.id === slotId);
  const close = () => setUrl({ volet: undefined });
  const newPoll = may.organise && (
    <Button
      leftSection={<PlusIcon size={16} />}
      variant={all.length ? 'default' : 'filled'}
      onClick={() => setUrl({ volet: 'sondage' })}
    >
      Proposer des dates
    </Button>
  );
  return (
    <div className={css.two}>
      <div className={`${css.beside} stack loose`}>
        {all.length === 0 && (
          <EmptyState icon={MeetingIcon} title="Aucune date proposée encore" action={newPoll}>
            {may.organise
              ? 'Proposez quelques dates : l’ARS, le GCS, le consultant et l’équipe répondent, avec ou sans compte. La meilleure date est celle où chaque profession du projet a quelqu’un.'
              : 'L’ARS, le GCS ou le consultant propose les dates de la réunion de lancement.'}
          </EmptyState>
        )}
        {all.map((one) => (
          <PollCard key={one.id} project={project} poll={one} professions={professions} usual={usual} may={may} />
        ))}
        {all.length > 0 && newPoll && <div>{newPoll}</div>}
      </div>
      <div className={css.side}>
        <MinutesCard project={project} minutes={minutes.data} polls={all} />
        <ActionsCard
          project={project}
          actions={minutes.data.actions}
          writes={minutes.data.writes}
          follows={minutes.data.follows}
        />
      </div>
      {act === 'sondage' && may.organise && <PollPanel project={project.id} poll={poll} onClose={close} />}
      {act === 'inviter' && poll && may.invite && (
        <InvitePanel project={project} poll={poll} professions={professions} onClose={close} />
      )}
      {act === 'choisir' && poll && slot && may.organise && (
        <ChoosePanel project={project.id} poll={poll} slot={slot} onClose={close} />
      )}
    </div>
  );
}
