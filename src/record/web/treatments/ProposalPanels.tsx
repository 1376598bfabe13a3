import { SegmentedControl, Select, Textarea, TextInput } from '@mantine/core';
import { useState } from 'react';
import { call } from '../../../web/api.ts';
import { Tag } from '../../../web/ui/bits.tsx';
import { PanelForm } from '../../../web/ui/PanelForm.tsx';
import { Note } from '../../../web/ui/states.tsx';
import { recordContract, type TreatmentLine, type TreatmentProposal, unitOfLabel } from '../../contract.ts';
import { TermField } from '../forms/TermField.tsx';
import { useSeen } from '../use-record.ts';
import { PosologyFields } from './PosologyFields.tsx';
import { useSend } from './use-send.ts';

/** A pharmacist's proposal to whoever prescribes. */
export function ProposePanel({
  patient,
  line: newest,
  onClose,
}: {
  patient: string;
  line: TreatmentLine | undefined;
  onClose: () => void;
}) {
  const [line, refused] = useSeen(newest);
  const [values, setValues] = useState({
    act: (line ? 'dose' : 'add') as 'stop' | 'dose' | 'add' | 'replace',
    label: '',
    code: null as string | null,
    system: null as string | null,
    dosage: '',
    reason: '',
  });
  const set = (patch: Partial<typeof values>) => setValues((now) => ({ ...now, ...patch }));
  const other = values.act === 'add' || values.act === 'replace';
  const about = line ? { type: line.type as 'MedicationRequest', id: line.id, version: line.version } : null;
  const { submit, pending, refusal } = useSend(
    patient,
    () =>
      call(recordContract.proposeTreatment, {
        params: { patient },
        body: {
          ...values,
          label: other ? values.label : '',
          dosage: values.act === 'stop' ? '' : values.dosage,
          about,
        },
      }),
    'Proposition envoyée : elle attend sur la journée de la personne qui prescrit.',
    refused,
    onClose,
  );
  return (
    <PanelForm
      title="Proposer un changement"
      subtitle={line?.label}
      verb="Proposer au prescripteur"
      ready={
        values.reason.trim().length > 2 &&
        (!other || !!values.label.trim()) &&
        (values.act !== 'dose' || !!values.dosage.trim())
      }
      pending={pending}
      refusal={refusal}
      onSubmit={submit}
      onClose={onClose}
    >
      {line && <p className="small">Au dossier : {line.dosage || 'posologie non notée'}.</p>}
      {line && (
        <Select
          label="Proposition"
          allowDeselect={false}
          data={[
            { value: 'dose', label: 'Changer la posologie' },
            { value: 'stop', label: 'Arrêter' },
            { value: 'replace', label: 'Remplacer par un autre' },
          ]}
          value={values.act}
          onChange={(act) => act && set({ act: act as typeof values.act })}
        />
      )}
      {other && (
        <TermField
          list="medicines"
          label={line ? 'Par' : 'Médicament'}
          value={values.label}
          error={refusal?.fields.label}
          onChange={(label, term) => set({ label, code: term?.code ?? null, system: term?.system ?? null })}
        />
      )}
      {values.act !== 'stop' && (
        <PosologyFields
          value={values.dosage}
          onChange={(dosage) => set({ dosage })}
          unit={unitOfLabel(other ? values.label : (line?.label ?? ''))}
          error={refusal?.fields.dosage}
        />
      )}
      <Textarea
        label="Pourquoi"
        description="Lu par la personne qui prescrit, et gardé au dossier."
        autosize
        minRows={2}
        maxLength={500}
        value={values.reason}
        error={refusal?.fields.reason}
        onChange={(event) => set({ reason: event.currentTarget.value })}
      />
    </PanelForm>
  );
}

/** The prescriber's answer: accepted, it is carried out at once. */
export function AnswerPanel({
  patient,
  proposal: newest,
  onClose,
}: {
  patient: string;
  proposal: TreatmentProposal;
  onClose: () => void;
}) {
  const [proposal, refused] = useSeen(newest);
  const [accept, setAccept] = useState(true);
  const [answer, setAnswer] = useState('');
  const [dosage, setDosage] = useState(proposal.dosage);
  const changes = proposal.act !== 'stop';
  const { submit, pending, refusal } = useSend(
    patient,
    () =>
      call(recordContract.answerProposal, {
        params: { patient, id: proposal.id },
        body: {
          version: proposal.version,
          accept,
          answer,
          seen: proposal.about?.version ?? null,
          dosage: accept && changes ? dosage : null,
        },
      }),
    accept ? 'Proposition acceptée et appliquée.' : 'Proposition refusée, avec votre réponse.',
    refused,
    onClose,
  );
  return (
    <PanelForm
      title="Répondre à la proposition"
      subtitle={`${proposal.actLabel} : ${proposal.label}`}
      verb={accept ? 'Accepter' : 'Refuser'}
      ready={accept || answer.trim().length > 1}
      pending={pending}
      refusal={refusal}
      onSubmit={submit}
      onClose={onClose}
    >
      <Note tone="info">
        {proposal.who?.name} : {proposal.reason}
      </Note>
      {proposal.about && proposal.act !== 'add' && (
        <p className="small">
          Au dossier :{' '}
          {[
            proposal.about.label !== proposal.label && proposal.about.label,
            proposal.about.dosage || 'posologie non notée',
          ]
            .filter(Boolean)
            .join(', ')}
          . {proposal.about.differenceLabel && <Tag>{proposal.about.differenceLabel}</Tag>}
        </p>
      )}
      <SegmentedControl
        aria-label="Réponse"
        fullWidth
        data={[
          { value: 'yes', label: 'Accepter' },
          { value: 'no', label: 'Refuser' },
        ]}
        value={accept ? 'yes' : 'no'}
        onChange={(value) => setAccept(value === 'yes')}
      />
      {accept && changes && (
        <PosologyFields
          value={dosage}
          onChange={setDosage}
          unit={unitOfLabel(proposal.label)}
          error={refusal?.fields.dosage}
        />
      )}
      <TextInput
        label={accept ? 'Un mot pour la personne qui a proposé' : 'Pourquoi'}
        maxLength={500}
        value={answer}
        error={refusal?.fields.answer}
        onChange={(event) => setAnswer(event.currentTarget.value)}
      />
      {accept && (proposal.act === 'add' || proposal.act === 'replace') && (
        <p className="small dim">Accepté, le traitement est noté « à prescrire » : l’ordonnance reste à faire.</p>
      )}
    </PanelForm>
  );
}
