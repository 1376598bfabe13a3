import { Textarea, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { call } from '../../../web/api.ts';
import { useUrl } from '../../../web/routes.tsx';
import { useMe } from '../../../web/session.ts';
import { PanelForm } from '../../../web/ui/PanelForm.tsx';
import { Note } from '../../../web/ui/states.tsx';
import { done } from '../../../web/ui/undo.tsx';
import { programmeContract } from '../../contract.ts';
import type { Project } from '../projects/tabs.ts';
import { euros } from '../words.ts';
import { refusalOf, rereadOnConflict, useParties, useSigned } from './signing.tsx';
import { changedMoney, type Detail, type Money } from './words.ts';

/** Who the agreement is between; the rest is drawn from the figures. */
export function AgreementPanel({
  project,
  money,
  detail,
  onClose,
}: {
  project: string;
  money: Money;
  detail: Detail;
  onClose: () => void;
}) {
  const { parties, ready, fields } = useParties(detail.signatory);
  const issue = useMutation({
    mutationFn: () =>
      call(programmeContract.issueAgreement, { params: { project }, body: { stamp: detail.stamp, ...parties } }),
    onSuccess: ({ reference }) => {
      changedMoney();
      done(`Convention ${reference} établie et envoyée à l’équipe.`);
      onClose();
    },
    onError: rereadOnConflict,
  });
  return (
    <PanelForm
      title="Établir la convention"
      subtitle="Numérotée, versionnée, envoyée à l’équipe"
      verb="Établir la convention"
      pending={issue.isPending}
      ready={ready}
      refusal={refusalOf(issue.error)}
      onSubmit={() => issue.mutate()}
      onClose={onClose}
    >
      <Note>
        Montant : <b className="num">{euros(money.totalCents)}</b>.{' '}
        {detail.planned
          .map((one) => `${euros(one.cents)} (${one.percent} %) : ${one.occasion.toLowerCase()}`)
          .join(' ; ')}
        . Tant que la convention est en vigueur, les devis et la composition ne changent plus.
      </Note>
      {fields}
    </PanelForm>
  );
}

/** That it is signed, by whom and when; or that it is cancelled, and why. */
export function SignPanel({ project, detail, onClose }: { project: Project; detail: Detail; onClose: () => void }) {
  const [url] = useUrl();
  const agreement = detail.agreements[0];
  const { form, ready, fields } = useSigned({ on: project.today, team: detail.signatory.name, region: '' });
  const [reason, setReason] = useState('');
  const params = { project: project.id, version: agreement?.version ?? 0 };
  const sign = useMutation({
    mutationFn: () => call(programmeContract.signAgreement, { params, body: form }),
    onSuccess: () => {
      changedMoney();
      done(
        'Signature enregistrée : le premier versement peut être ordonné.',
        () => call(programmeContract.unsignAgreement, { params }).then(changedMoney),
        'Signature retirée.',
      );
      onClose();
    },
    onError: rereadOnConflict,
  });
  const cancel = useMutation({
    mutationFn: () => call(programmeContract.cancelAgreement, { params, body: { reason } }),
    onSuccess: () => {
      changedMoney();
      done('Convention annulée. Elle reste au dossier ; une nouvelle version peut être établie.');
      onClose();
    },
    onError: rereadOnConflict,
  });
  if (!agreement) return null;
  if (url.volet === 'signature:annuler')
    return (
      <PanelForm
        title="Annuler la convention"
        subtitle={agreement.reference}
        verb="Annuler la convention"
        pending={cancel.isPending}
        ready={reason.trim().length >= 10}
        refusal={refusalOf(cancel.error)}
        onSubmit={() => cancel.mutate()}
        onClose={onClose}
      >
        <p className="small dim">
          Elle reste au dossier avec ce motif. Les devis et la composition pourront de nouveau changer, et la version
          suivante sera établie sur ces montants.
        </p>
        <Textarea
          label="Motif"
          autosize
          minRows={2}
          value={reason}
          onChange={(event) => setReason(event.currentTarget.value)}
        />
      </PanelForm>
    );
  const refusal = refusalOf(sign.error);
  return (
    <PanelForm
      title="Enregistrer la signature"
      subtitle={agreement.reference}
      verb="Enregistrer la signature"
      pending={sign.isPending}
      ready={ready}
      refusal={refusal}
      onSubmit={() => sign.mutate()}
      onClose={onClose}
    >
      {fields('Signée le', refusal?.fields.on)}
      <p className="small dim">L’exemplaire signé peut être joint en PDF à l’étape « Convention » du projet.</p>
    </PanelForm>
  );
}

export function CertificatePanel({
  project,
  cost,
  onClose,
}: {
  project: string;
  /** The call pays what is spent, not a flat amount. */
  cost: boolean;
  onClose: () => void;
}) {
  const me = useMe();
  const [form, setForm] = useState({ signatory: me.name, role: '', note: '' });
  const issue = useMutation({
    mutationFn: () => call(programmeContract.issueCertificate, { params: { project }, body: form }),
    onSuccess: ({ reference }) => {
      changedMoney();
      done(`Certificat ${reference} établi : le solde peut être ordonné.`);
      onClose();
    },
    onError: rereadOnConflict,
  });
  return (
    <PanelForm
      title="Certificat de service fait"
      subtitle="Il constate la convention et le procès-verbal"
      verb="Établir le certificat"
      pending={issue.isPending}
      ready={form.signatory.trim() !== '' && form.role.trim() !== ''}
      refusal={refusalOf(issue.error)}
      onSubmit={() => issue.mutate()}
      onClose={onClose}
    >
      {cost && (
        <p className="small dim">
          Le solde suit les devis validés. Si l’équipe a dépensé moins, préparez d’abord un avenant : corrigez les
          lignes du devis, le solde suit.
        </p>
      )}
      <TextInput
        label="Signataire"
        value={form.signatory}
        onChange={(event) => setForm({ ...form, signatory: event.currentTarget.value })}
      />
      <TextInput
        label="Qualité"
        value={form.role}
        onChange={(event) => setForm({ ...form, role: event.currentTarget.value })}
      />
      <Textarea
        label="Observation, facultative"
        autosize
        minRows={2}
        value={form.note}
        onChange={(event) => setForm({ ...form, note: event.currentTarget.value })}
      />
    </PanelForm>
  );
}
