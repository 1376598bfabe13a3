import { Textarea } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { call } from '../../../web/api.ts';
import { useMe } from '../../../web/session.ts';
import { PanelForm } from '../../../web/ui/PanelForm.tsx';
import { Note } from '../../../web/ui/states.tsx';
import { done } from '../../../web/ui/undo.tsx';
import { programmeContract } from '../../contract.ts';
import type { Project } from '../projects/tabs.ts';
import { Foreseen } from './Amendments.tsx';
import { refusalOf, rereadOnConflict, useParties, useSigned } from './signing.tsx';
import { type Amendment, changedMoney, type Detail } from './words.ts';

/** Opens the figures of the agreement again, and says why. */
export function OpenAmendmentPanel({ project, onClose }: { project: string; onClose: () => void }) {
  const [reason, setReason] = useState('');
  const open = useMutation({
    mutationFn: () => call(programmeContract.openAmendment, { params: { project }, body: { reason } }),
    onSuccess: ({ seq }) => {
      changedMoney();
      done(
        'Avenant en préparation : les devis et la composition peuvent changer.',
        () =>
          call(programmeContract.cancelAmendment, {
            params: { project, seq },
            body: { reason: 'Ouvert par erreur, abandonné aussitôt.' },
          }).then(changedMoney),
        'Avenant abandonné.',
      );
      onClose();
    },
    onError: rereadOnConflict,
  });
  const refusal = refusalOf(open.error);
  return (
    <PanelForm
      title="Préparer un avenant"
      subtitle="La convention reste en vigueur jusqu’à la signature de l’avenant"
      verb="Préparer l’avenant"
      pending={open.isPending}
      ready={reason.trim().length >= 10}
      refusal={refusal}
      onSubmit={() => open.mutate()}
      onClose={onClose}
    >
      <p className="small dim">
        Les devis, leur validation et la composition changent de nouveau, selon les règles de l’appel sous lequel
        l’équipe a été retenue. Ce qui est ordonné est conservé ; le solde est recalculé au centime.
      </p>
      <Textarea
        label="Motif"
        description="Il est écrit dans l’avenant."
        autosize
        minRows={3}
        value={reason}
        error={refusal?.fields.reason}
        onChange={(event) => setReason(event.currentTarget.value)}
        placeholder="Par exemple : deux infirmiers ont rejoint l’équipe."
      />
    </PanelForm>
  );
}

/** Who the amendment is between; the rest is drawn from the figures on screen. */
export function IssueAmendmentPanel({
  project,
  detail,
  amendment,
  onClose,
}: {
  project: string;
  detail: Detail;
  amendment: Amendment;
  onClose: () => void;
}) {
  const { parties, ready, fields } = useParties({
    ...detail.signatory,
    name: detail.agreements[0]?.signedTeam || detail.signatory.name,
  });
  const issue = useMutation({
    mutationFn: () =>
      call(programmeContract.issueAmendment, {
        params: { project, seq: amendment.seq },
        body: { stamp: detail.stamp, ...parties },
      }),
    onSuccess: ({ reference }) => {
      changedMoney();
      done(`Avenant ${reference} établi et envoyé à l’équipe.`);
      onClose();
    },
    onError: rereadOnConflict,
  });
  return (
    <PanelForm
      title="Établir l’avenant"
      subtitle="Numéroté, daté, envoyé à l’équipe"
      verb="Établir l’avenant"
      pending={issue.isPending}
      ready={ready}
      refusal={refusalOf(issue.error)}
      onSubmit={() => issue.mutate()}
      onClose={onClose}
    >
      <Note>{amendment.reason}</Note>
      {detail.amending && <Foreseen amending={detail.amending} />}
      {fields}
    </PanelForm>
  );
}

/** That it is signed, by whom and when. */
export function SignAmendmentPanel({
  project,
  detail,
  amendment,
  onClose,
}: {
  project: Project;
  detail: Detail;
  amendment: Amendment;
  onClose: () => void;
}) {
  const me = useMe();
  const { form, ready, fields } = useSigned({
    on: project.today,
    team: detail.agreements[0]?.signedTeam ?? '',
    region: me.name,
  });
  const params = { project: project.id, seq: amendment.seq };
  const sign = useMutation({
    mutationFn: () => call(programmeContract.signAmendment, { params, body: form }),
    onSuccess: () => {
      changedMoney();
      done(
        'Signature de l’avenant enregistrée : les versements sont recalculés.',
        () => call(programmeContract.unsignAmendment, { params }).then(changedMoney),
        'Signature retirée.',
      );
      onClose();
    },
    onError: rereadOnConflict,
  });
  const refusal = refusalOf(sign.error);
  return (
    <PanelForm
      title="Enregistrer la signature de l’avenant"
      subtitle={amendment.reference}
      verb="Enregistrer la signature"
      pending={sign.isPending}
      ready={ready}
      refusal={refusal}
      onSubmit={() => sign.mutate()}
      onClose={onClose}
    >
      {fields('Signé le', refusal?.fields.on)}
    </PanelForm>
  );
}

/** Gives it up, with the reason: the agreement stays as it was. */
export function CancelAmendmentPanel({
  project,
  amendment,
  onClose,
}: {
  project: string;
  amendment: Amendment;
  onClose: () => void;
}) {
  const [reason, setReason] = useState('');
  const verb = amendment.state === 'open' ? 'Abandonner l’avenant' : 'Annuler l’avenant';
  const cancel = useMutation({
    mutationFn: () =>
      call(programmeContract.cancelAmendment, { params: { project, seq: amendment.seq }, body: { reason } }),
    onSuccess: () => {
      changedMoney();
      done('Avenant abandonné : la convention reste comme elle était.');
      onClose();
    },
    onError: rereadOnConflict,
  });
  const refusal = refusalOf(cancel.error);
  return (
    <PanelForm
      title={verb}
      subtitle={amendment.reference || 'En préparation'}
      verb={verb}
      pending={cancel.isPending}
      ready={reason.trim().length >= 10}
      refusal={refusal}
      onSubmit={() => cancel.mutate()}
      onClose={onClose}
    >
      <p className="small dim">
        La convention et ses versements restent comme ils sont. Ce qui a changé dans les devis et la composition pendant
        la préparation y reste : remettez-le avant, s’il y a lieu.
      </p>
      <Textarea
        label="Motif"
        autosize
        minRows={2}
        value={reason}
        error={refusal?.fields.reason}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
    </PanelForm>
  );
}
