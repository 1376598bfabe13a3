import { Chip, Textarea } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { call, Refusal } from '../../../web/api.ts';
import { useDraft } from '../../../web/drafts.ts';
import { useMe } from '../../../web/session.ts';
import { PanelForm } from '../../../web/ui/PanelForm.tsx';
import { Note } from '../../../web/ui/states.tsx';
import { done } from '../../../web/ui/undo.tsx';
import { type Addressee, coordinationContract } from '../../contract.ts';
import { AddresseeField, useAddressees, useChosen } from '../AddresseeField.tsx';
import css from './tasks.module.css';
import { refreshTasks } from './use-tasks.ts';

/** A note for whoever comes next, at the door or at the office: the text first, everything else has its usual answer. */
export function HandoverForm({
  patient,
  patientName,
  onClose,
}: {
  patient: string;
  patientName: string;
  onClose: () => void;
}) {
  const me = useMe();
  const people = useAddressees(patient).data;
  const { values, set, clear, state } = useDraft(
    `transmettre:${patient}`,
    { patient, form: 'transmettre', label: 'Transmission' },
    { text: '', to: null as Addressee | null, watch: false, urgent: false, tomorrow: false },
  );
  // Nurses write for the nurses of this patient, the others for the whole team.
  const mates = people?.colleagues.some((one) => one.inTeam && !one.me && one.profession === me.profession);
  const to: Addressee =
    values.to ??
    (mates && /nurse/.test(me.profession) ? { to: 'profession', profession: me.profession } : { to: 'team' });
  const chosen = useChosen(to, patient);
  const send = useMutation({
    mutationFn: () =>
      call(coordinationContract.handOver, {
        params: { patient },
        body: {
          text: values.text,
          addressee: to,
          watch: values.watch,
          urgent: values.urgent,
          tomorrow: values.tomorrow,
        },
      }),
    onSuccess: () => {
      clear();
      void refreshTasks(patient);
      done('Transmission envoyée.');
      onClose();
    },
  });
  const refusal = send.error instanceof Refusal ? send.error : null;
  const ready = values.text.trim() !== '' && !(chosen?.outside && to.to === 'person');
  return (
    <PanelForm
      title="Transmettre"
      subtitle={patientName}
      verb="Transmettre"
      ready={ready}
      pending={send.isPending}
      draft={state}
      refusal={refusal}
      onSubmit={() => send.mutate()}
      onClose={onClose}
    >
      <Textarea
        label="Ce qui est à savoir"
        aria-label="Texte de la transmission"
        data-autofocus
        autosize
        minRows={7}
        maxRows={18}
        lang="fr"
        autoCapitalize="sentences"
        spellCheck
        value={values.text}
        error={refusal?.fields.text}
        onChange={(event) => set({ text: event.currentTarget.value })}
      />
      <div className={css.chips}>
        <Chip size="sm" checked={values.watch} onChange={(watch) => set({ watch })}>
          À surveiller
        </Chip>
        <Chip size="sm" checked={values.urgent} onChange={(urgent) => set({ urgent })} color="red" variant="light">
          Urgent
        </Chip>
        <Chip size="sm" checked={values.tomorrow} onChange={(tomorrow) => set({ tomorrow })}>
          Pour demain matin
        </Chip>
      </div>
      <AddresseeField
        patient={patient}
        value={to}
        onChange={(chosenTo) => set({ to: chosenTo })}
        label="Pour"
        everyone
        error={refusal?.fields.addressee ?? refusal?.fields.administrative}
      />
      {chosen?.outside && (
        <Note tone="warning">
          {chosen.name} : personne de l’équipe de soins. Une transmission se lit dans l’équipe ; ajoutez d’abord la
          personne à l’équipe de soins.
        </Note>
      )}
    </PanelForm>
  );
}
