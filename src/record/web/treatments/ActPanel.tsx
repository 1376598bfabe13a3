import { Textarea } from '@mantine/core';
import { call } from '../../../web/api.ts';
import { useDraft } from '../../../web/drafts.ts';
import { DateField } from '../../../web/ui/DateField.tsx';
import { PanelForm } from '../../../web/ui/PanelForm.tsx';
import { recordContract, type TreatmentAct, type TreatmentLine, unitOfLabel } from '../../contract.ts';
import { useSeen } from '../use-record.ts';
import { PosologyFields } from './PosologyFields.tsx';
import { useSend } from './use-send.ts';

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

/** Stops, suspends, resumes a treatment or changes its dose. */
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
  const said = words[act];
  const { values, set, clear, state } = useDraft(
    `traitement:${line.id}:${act}`,
    { patient, form: 'traitement', label: `${said.title} : ${line.label}`.slice(0, 200) },
    { reason: '', dosage: line.dosage, at: '' },
  );
  const { reason, dosage, at } = values;
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
    () => {
      clear();
      onClose();
    },
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
      draft={state}
      onDrop={clear}
      refusal={refusal}
      onSubmit={submit}
      onClose={onClose}
    >
      {act === 'dose' && (
        <PosologyFields
          value={dosage}
          onChange={(typed) => set({ dosage: typed })}
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
        onChange={(event) => set({ reason: event.currentTarget.value })}
      />
      {act === 'stop' && (
        <DateField
          label="Depuis le"
          placeholder="aujourd’hui"
          past
          value={at}
          onChange={(typed) => set({ at: typed })}
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
