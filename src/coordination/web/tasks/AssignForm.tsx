import { Checkbox, SegmentedControl, Textarea, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { call, Refusal } from '../../../web/api.ts';
import { useDraft } from '../../../web/drafts.ts';
import { mayWrite, useMe } from '../../../web/session.ts';
import { DateField } from '../../../web/ui/DateField.tsx';
import { PanelForm } from '../../../web/ui/PanelForm.tsx';
import { Note } from '../../../web/ui/states.tsx';
import { done } from '../../../web/ui/undo.tsx';
import { type Addressee, coordinationContract, type TaskDetail, type TaskKind } from '../../contract.ts';
import { AddresseeField, useChosen } from '../AddresseeField.tsx';
import { PatientField } from '../PatientField.tsx';
import { refreshTasks } from './use-tasks.ts';

const kinds: { value: TaskKind; label: string }[] = [
  { value: 'request', label: 'À faire' },
  { value: 'call', label: 'Appel' },
  { value: 'appointment', label: 'Rendez-vous' },
  { value: 'paperwork', label: 'Papiers' },
];

/** Asks something of someone: what, of whom, until when. */
export function AssignForm({
  patient: given,
  patientName,
  title: about = '',
  onClose,
  onDone,
}: {
  patient?: string;
  patientName?: string;
  /** Words it begins with. */
  title?: string;
  onClose: () => void;
  onDone?: (made: TaskDetail) => void;
}) {
  const me = useMe();
  /** Someone without care contents writes for the secretariat only. */
  const plainOnly = !mayWrite(me, 'exchanges');
  const { values, set, clear, state } = useDraft(
    `confier:${given ?? 'structure'}${about && ':suite'}`,
    { patient: given ?? null, form: 'confier', label: 'Tâche à confier' },
    {
      kind: 'request' as TaskKind,
      title: about,
      detail: '',
      patient: given ?? (null as string | null),
      patientName: patientName ?? '',
      to: null as Addressee | null,
      due: '',
      urgent: false,
      administrative: plainOnly,
      agreed: false,
    },
  );
  const patient = values.patient ?? undefined;
  const chosen = useChosen(values.to, patient);
  const administrative = plainOnly || values.administrative;
  const toJoin = chosen?.outside === true && values.to?.to === 'person';
  const send = useMutation({
    mutationFn: () =>
      call(coordinationContract.assignTask, {
        body: {
          kind: values.kind,
          title: values.title,
          ...(values.detail.trim() && { detail: values.detail.trim() }),
          ...(patient && { patient }),
          addressee: values.to!,
          due: values.due || null,
          priority: values.urgent ? 'urgent' : 'routine',
          administrative: administrative && !!patient,
          ...(toJoin && values.agreed && { joinTeam: { agreed: true } }),
        },
      }),
    onSuccess: (made) => {
      clear();
      void refreshTasks(patient);
      done(`Tâche confiée à ${made.ownerLabel}.`, () =>
        call(coordinationContract.undoTask, { params: { id: made.id }, body: { version: made.version } }).then(() =>
          refreshTasks(patient),
        ),
      );
      onClose();
      onDone?.(made);
    },
  });
  const refusal = send.error instanceof Refusal ? send.error : null;
  const ready = values.title.trim() !== '' && values.to !== null && !(toJoin && !values.agreed);
  return (
    <PanelForm
      title="Confier une tâche"
      subtitle={patientName}
      verb="Confier la tâche"
      ready={ready}
      pending={send.isPending}
      draft={state}
      onDrop={clear}
      refusal={refusal}
      onSubmit={() => send.mutate()}
      onClose={onClose}
    >
      <TextInput
        label="Quoi"
        placeholder="Refaire le pansement, rappeler la fille…"
        data-autofocus
        maxLength={200}
        value={values.title}
        error={refusal?.fields.title}
        onChange={(event) => set({ title: event.currentTarget.value })}
      />
      {!given && (
        <PatientField
          label="Patient"
          description="Sans patient, la tâche concerne la structure et tous ses membres la lisent."
          value={values.patient}
          name={values.patientName}
          onChange={(id, name) => set({ patient: id, patientName: name, agreed: false })}
          error={refusal?.fields.patient}
        />
      )}
      <AddresseeField
        patient={patient}
        value={values.to}
        onChange={(to) => set({ to, agreed: false })}
        error={refusal?.fields.addressee}
      />
      {toJoin && (
        <Note tone="warning">
          {chosen.name} n’est pas dans l’équipe de soins de ce patient.
          <Checkbox
            mt={8}
            size="sm"
            label={`Le patient est d’accord pour que ${chosen.name} rejoigne son équipe de soins et lise son dossier`}
            checked={values.agreed}
            onChange={(event) => set({ agreed: event.currentTarget.checked })}
          />
        </Note>
      )}
      {chosen?.outside && values.to?.to === 'profession' && (
        <Note tone="warning">
          Personne de cette profession n’est dans l’équipe de soins : la tâche restera sans responsable et sera montrée
          au coordinateur.
        </Note>
      )}
      {chosen?.blind && !administrative && patient && (
        <Note tone="warning">
          {chosen.name} ne lit pas les contenus de soin. Écrivez sans rien de médical et cochez « Lisible par le
          secrétariat ».
        </Note>
      )}
      <DateField
        label="Pour quand"
        placeholder="demain, +3j, 28/11…"
        value={values.due}
        onChange={(due) => set({ due })}
        error={refusal?.fields.due}
      />
      <Checkbox
        size="sm"
        label="Urgent"
        checked={values.urgent}
        onChange={(event) => set({ urgent: event.currentTarget.checked })}
      />
      {patient && (
        <Checkbox
          size="sm"
          label="Lisible par le secrétariat"
          description="Ne rien écrire de médical : le secrétariat et la coordination liront ce texte."
          checked={administrative}
          disabled={plainOnly}
          error={refusal?.fields.administrative}
          onChange={(event) => set({ administrative: event.currentTarget.checked })}
        />
      )}
      <Textarea
        label="Précisions"
        autosize
        minRows={2}
        maxRows={10}
        value={values.detail}
        error={refusal?.fields.detail}
        onChange={(event) => set({ detail: event.currentTarget.value })}
      />
      <div>
        <div className="small strong" id="nature" style={{ marginBottom: 4 }}>
          Nature
        </div>
        <SegmentedControl
          fullWidth
          size="xs"
          aria-labelledby="nature"
          data={kinds}
          value={values.kind}
          onChange={(kind) => set({ kind: kind as TaskKind })}
        />
      </div>
    </PanelForm>
  );
}
