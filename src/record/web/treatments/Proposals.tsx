import { Button } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { call } from '../../../web/api.ts';
import { sayAgo } from '../../../web/say.ts';
import { Tag } from '../../../web/ui/bits.tsx';
import { failed } from '../../../web/ui/undo.tsx';
import { recordContract, type TreatmentProposal, type TreatmentsPage } from '../../contract.ts';
import { wrote } from '../use-record.ts';
import css from './treatments.module.css';

/** What is proposed to whoever prescribes, and what was answered. */
export function Proposals({
  patient,
  page,
  answer,
}: {
  patient: string;
  page: TreatmentsPage;
  answer: (proposal: TreatmentProposal) => void;
}) {
  const withdraw = useMutation({
    mutationFn: (proposal: TreatmentProposal) =>
      call(recordContract.withdrawProposal, {
        params: { patient, id: proposal.id },
        body: { version: proposal.version },
      }),
    onSuccess: (written) => wrote(patient, written, 'Proposition retirée.'),
    onError: failed,
  });
  return (
    <ul className="plain">
      {page.proposals.map((one) => (
        <li key={one.id} className={css.row} data-off={one.state !== 'waiting' || undefined}>
          <div className={css.what}>
            <span className="strong">
              {one.actLabel} : {one.label}
            </span>{' '}
            <Tag tone={one.state === 'waiting' ? 'warning' : one.state === 'accepted' ? 'success' : 'neutral'}>
              {one.stateLabel}
            </Tag>
            {one.dosage && <span className={css.dosage}>Proposé : {one.dosage}</span>}
            {one.about?.dosage && one.act !== 'add' && (
              <span className="small dim">
                Au dossier :{' '}
                {[one.about.label !== one.label && one.about.label, one.about.dosage].filter(Boolean).join(', ')}
                {one.about.differenceLabel && ` (${one.about.differenceLabel.toLowerCase()})`}
              </span>
            )}
            <span className="small">{one.reason}</span>
            {one.answer && (
              <span className="small dim">
                {one.answeredBy?.me ? 'Vous' : one.answeredBy?.name} : {one.answer}
              </span>
            )}
          </div>
          <div className={`${css.from} small`}>
            <span>{one.who?.me ? 'Vous' : one.who?.name}</span>
            {one.state === 'waiting' && (
              <span className="dim">à {one.askedOf?.me ? 'vous' : (one.askedOf?.name ?? 'l’équipe de soins')}</span>
            )}
            <span className="dim">{sayAgo(one.at)}</span>
          </div>
          <div className="row no-print">
            {one.state === 'waiting' && page.may.decide && (
              <Button size="compact-md" onClick={() => answer(one)}>
                Répondre
              </Button>
            )}
            {one.state === 'waiting' && one.mine && (
              <Button
                size="compact-md"
                variant="default"
                loading={withdraw.isPending}
                onClick={() => withdraw.mutate(one)}
              >
                Retirer
              </Button>
            )}
          </div>
        </li>
      ))}
    </ul>
  );
}
