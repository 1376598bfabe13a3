import { Checkbox, MultiSelect, Select, Textarea } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { call, Refusal } from '../../../web/api.ts';
import { useDraft } from '../../../web/drafts.ts';
import type { RecordPanelProps } from '../../../web/slots.ts';
import { PanelForm } from '../../../web/ui/PanelForm.tsx';
import { Note } from '../../../web/ui/states.tsx';
import { done } from '../../../web/ui/undo.tsx';
import { professionChoices } from '../../../web/words.ts';
import { coordinationContract } from '../../contract.ts';
import { refreshMeetings, useMeetings } from './use-meetings.ts';
import { sayWhen } from './words.ts';

const office = new Set(['administrator', 'coordinator', 'medical-secretary']);

/** Proposes the patient of this record for a case meeting: why, how pressing, with whom. */
export default function ProposePanel({ patient, patientName, onClose }: RecordPanelProps) {
  const { data } = useMeetings();
  const { values, set, clear, state } = useDraft(
    `proposer:${patient}`,
    { patient, form: 'proposer', label: 'Proposition en réunion' },
    { reason: '', urgent: false, wished: [] as string[], meeting: '' },
  );
  const standing = data?.waiting.find((one) => one.patient.id === patient);
  const send = useMutation({
    mutationFn: () =>
      call(coordinationContract.proposeForMeeting, {
        params: { patient },
        body: {
          reason: values.reason,
          urgent: values.urgent,
          wished: values.wished,
          ...(values.meeting && { meeting: values.meeting }),
        },
      }),
    onSuccess: (made) => {
      clear();
      void refreshMeetings();
      done(`${patientName} est proposé en réunion.`, () =>
        call(coordinationContract.withdrawProposal, { params: { id: made.id }, body: { version: made.version } }).then(
          () => refreshMeetings(),
        ),
      );
      onClose();
    },
  });
  const refusal = send.error instanceof Refusal ? send.error : null;
  const ready = values.reason.trim() !== '';
  return (
    <PanelForm
      title="Proposer en réunion"
      subtitle={patientName}
      verb="Proposer"
      ready={ready}
      pending={send.isPending}
      draft={state}
      refusal={refusal}
      onSubmit={() => send.mutate()}
      onClose={onClose}
    >
      {standing && (
        <Note tone="info">
          Ce patient est déjà proposé par {standing.proposer?.name ?? 'un collègue'} : « {standing.reason} ».
        </Note>
      )}
      <Textarea
        label="Motif"
        placeholder="Ce que vous attendez de la discussion"
        autosize
        minRows={4}
        data-autofocus
        value={values.reason}
        error={refusal?.fields.reason}
        onChange={(event) => set({ reason: event.currentTarget.value })}
      />
      <Checkbox
        label="Urgent : ne peut pas attendre une réunion lointaine"
        checked={values.urgent}
        onChange={(event) => set({ urgent: event.currentTarget.checked })}
      />
      <MultiSelect
        label="Professions souhaitées"
        placeholder={values.wished.length ? undefined : 'Toutes celles de l’équipe'}
        data={professionChoices.filter((one) => !office.has(one.value))}
        value={values.wished}
        onChange={(wished) => set({ wished })}
        searchable
        clearable
        hidePickedOptions
      />
      {(data?.coming.length ?? 0) > 0 && (
        <Select
          label="Réunion"
          placeholder="La coordination choisira"
          clearable
          data={data!.coming
            .filter((one) => one.state !== 'running')
            .map((one) => ({ value: one.id, label: sayWhen(one.start) }))}
          value={values.meeting || null}
          onChange={(meeting) => set({ meeting: meeting ?? '' })}
        />
      )}
      <p className="dim small">Le motif n’est lu que par l’équipe de soins de ce patient et par la coordination.</p>
    </PanelForm>
  );
}
