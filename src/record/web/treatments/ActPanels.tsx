import { SegmentedControl, Select, Textarea, TextInput } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { call, reading, Refusal } from '../../../web/api.ts';
import { sayDateTime } from '../../../web/say.ts';
import { Tag } from '../../../web/ui/bits.tsx';
import { DateField } from '../../../web/ui/DateField.tsx';
import { PanelForm } from '../../../web/ui/PanelForm.tsx';
import { SidePanel } from '../../../web/ui/SidePanel.tsx';
import { Bone, ErrorState, Note } from '../../../web/ui/states.tsx';
import { failed } from '../../../web/ui/undo.tsx';
import {
  recordContract,
  type TreatmentAct,
  type TreatmentLine,
  type TreatmentProposal,
  unitOfLabel,
  type Written,
} from '../../contract.ts';
import { TermField } from '../forms/TermField.tsx';
import { refresh, useSeen, wrote } from '../use-record.ts';
import { PosologyFields } from './PosologyFields.tsx';
import css from './treatments.module.css';

/** Sends once; a refusal stays in the panel, with what was typed. */
function useSend(
  patient: string,
  send: () => Promise<Written>,
  message: string,
  refused: () => void,
  onClose: () => void,
) {
  const mutation = useMutation<Written, Error>({
    mutationFn: send,
    onSuccess: (written) => {
      wrote(patient, written, message);
      onClose();
    },
    onError: (error) => {
      if (!(error instanceof Refusal)) return failed(error);
      refused();
      if (error.status === 409) void refresh(patient);
    },
  });
  return {
    pending: mutation.isPending,
    refusal: mutation.error instanceof Refusal ? mutation.error : null,
    submit: () => mutation.mutate(),
  };
}

const words = {
  stop: {
    title: 'Arrêter le traitement',
    verb: 'Arrêter',
    said: 'Traitement arrêté.',
    why: 'Pourquoi',
    hint: 'effet indésirable, fin de la cure, inefficace…',
  },
  suspend: {
    title: 'Suspendre le traitement',
    verb: 'Suspendre',
    said: 'Traitement suspendu.',
    why: 'Pourquoi',
    hint: 'avant une intervention, déshydratation…',
  },
  resume: {
    title: 'Reprendre le traitement',
    verb: 'Reprendre',
    said: 'Traitement repris.',
    why: 'Précision',
    hint: '',
  },
  dose: {
    title: 'Changer la posologie',
    verb: 'Changer la posologie',
    said: 'Posologie changée. Les doses précédentes restent lisibles.',
    why: 'Pourquoi',
    hint: 'INR à 3,8 · tension à 160',
  },
} as const;

export function ActPanel({
  patient,
  line: newest,
  act,
  onClose,
}: {
  patient: string;
  line: TreatmentLine;
  act: TreatmentAct['act'];
  onClose: () => void;
}) {
  const [line, refused] = useSeen(newest);
  const [reason, setReason] = useState('');
  const [dosage, setDosage] = useState(line.dosage);
  const [at, setAt] = useState('');
  const said = words[act];
  const { version } = line;
  const body: TreatmentAct =
    act === 'stop'
      ? { act, version, reason, at: at || null }
      : act === 'suspend'
        ? { act, version, reason }
        : act === 'resume'
          ? { act, version, reason: reason || null }
          : { act, version, dosage, reason: reason || null };
  const { submit, pending, refusal } = useSend(
    patient,
    () =>
      call(recordContract.actOnTreatment, {
        params: { patient, type: line.type as 'MedicationRequest', id: line.id },
        body,
      }),
    said.said,
    refused,
    onClose,
  );
  const ready =
    act === 'dose' ? !!dosage.trim() && dosage.trim() !== line.dosage : act === 'resume' || reason.trim().length > 1;
  return (
    <PanelForm
      title={said.title}
      subtitle={`${line.label} : ${line.dosage || 'posologie non notée'}`}
      verb={said.verb}
      ready={ready}
      pending={pending}
      refusal={refusal}
      onSubmit={submit}
      onClose={onClose}
    >
      {act === 'dose' && (
        <PosologyFields
          value={dosage}
          onChange={setDosage}
          unit={unitOfLabel(line.label)}
          label="Nouvelle posologie"
          error={refusal?.fields.dosage}
        />
      )}
      <Textarea
        label={said.why}
        placeholder={said.hint}
        autosize
        minRows={2}
        maxLength={500}
        data-autofocus={act !== 'dose' || undefined}
        value={reason}
        error={refusal?.fields.reason}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
      {act === 'stop' && (
        <DateField
          label="Depuis le"
          placeholder="aujourd’hui"
          past
          value={at}
          onChange={setAt}
          error={refusal?.fields.at}
        />
      )}
      {act === 'dose' && line.source === 'prescription' && (
        <p className="small dim">
          L’ordonnance signée reste telle quelle ; pour une nouvelle ordonnance papier, passez par « Prescrire ».
        </p>
      )}
    </PanelForm>
  );
}

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

/** From which lists a reconciliation was made. */
export const saySources = (sources: readonly { title: string; fromLabel: string }[]): string =>
  sources.length === 0
    ? 'D’après le dossier'
    : `D’après ${sources.map(({ title, fromLabel }) => (fromLabel ? `${title} (${fromLabel.toLowerCase()})` : title)).join(', ')}`;
/** Every dose a treatment had, and what reconciliations decided of it, newest first. */
export function DosesPanel({ patient, line, onClose }: { patient: string; line: TreatmentLine; onClose: () => void }) {
  const query = useQuery(
    reading(recordContract.doseHistory, { params: { patient, type: line.type as 'MedicationRequest', id: line.id } }),
  );
  return (
    <SidePanel title="Doses dans le temps" subtitle={line.label} onClose={onClose}>
      {query.error ? (
        <ErrorState error={query.error} retry={() => void query.refetch()} compact />
      ) : !query.data ? (
        <Bone h={160} />
      ) : (
        <>
          <ol className={`plain ${css.doses}`}>
            {query.data.doses.map((dose) => (
              <li key={`${dose.at}${dose.dosage}${dose.stateLabel}`}>
                <span className="strong">{dose.dosage || 'Posologie non notée'}</span>
                <span className="small">
                  {dose.stateLabel}, le {sayDateTime(dose.at)}
                  {dose.who && `, ${dose.who.me ? 'vous' : dose.who.name}`}
                </span>
                {dose.reason && <span className="small dim">{dose.reason}</span>}
              </li>
            ))}
          </ol>
          {query.data.reconciled.length > 0 && (
            <>
              <h3 className={css.subhead}>Conciliations</h3>
              <ol className={`plain ${css.doses}`}>
                {query.data.reconciled.map((one) => (
                  <li key={`${one.at}${one.decisionLabel}`}>
                    <span className="strong">{one.decisionLabel}</span>
                    <span className="small">
                      le {sayDateTime(one.at)}
                      {one.who && `, par ${one.who.me ? 'vous' : one.who.name}`}
                    </span>
                    <span className="small dim">{saySources(one.sources)}</span>
                    {one.reason && <span className="small dim">{one.reason}</span>}
                  </li>
                ))}
              </ol>
            </>
          )}
        </>
      )}
    </SidePanel>
  );
}
