import { Checkbox, SegmentedControl, Textarea, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { call, Refusal } from '../../../web/api.ts';
import { useDraft } from '../../../web/drafts.ts';
import type { RecordPanelProps } from '../../../web/slots.ts';
import { DateField } from '../../../web/ui/DateField.tsx';
import { PanelForm } from '../../../web/ui/PanelForm.tsx';
import { Note } from '../../../web/ui/states.tsx';
import { done, failed } from '../../../web/ui/undo.tsx';
import { type Addressee, coordinationContract } from '../../contract.ts';
import { AddresseeField, useChosen } from '../AddresseeField.tsx';
import css from './opinions.module.css';
import { PartsToSend } from './PartsToSend.tsx';
import { opinionsChanged } from './use-opinions.ts';

interface Values {
  kind: 'opinion' | 'referral';
  to: Addressee | null;
  /** Someone who is not of the practice, instead of `to`. */
  away: boolean;
  name: string;
  role: string;
  contact: string;
  question: string;
  detail: string;
  due: string;
  urgent: boolean;
  parts: string[];
  agreed: boolean;
}
const blank: Values = {
  kind: 'opinion',
  to: null,
  away: false,
  name: '',
  role: '',
  contact: '',
  question: '',
  detail: '',
  due: '',
  urgent: false,
  parts: [],
  agreed: false,
};

/** `?volet=demander-avis`: whom, what, with which part of the record, until when. */
export default function AskPanel({ patient, patientName, onClose }: RecordPanelProps) {
  const { values, set, clear, state } = useDraft<Values>(
    `ask:${patient}`,
    { patient, form: 'ask', label: 'Demande d’avis' },
    blank,
  );
  const chosen = useChosen(values.to, patient);
  const outside = !values.away && chosen?.outside && values.to?.to === 'person';
  const navigate = useNavigate();
  const send = useMutation({
    mutationFn: () =>
      call(coordinationContract.askOpinion, {
        params: { patient },
        body: {
          kind: values.kind,
          question: values.question,
          detail: values.detail,
          due: values.due || null,
          priority: values.urgent ? 'urgent' : 'routine',
          addressee: values.away
            ? { to: 'outside', name: values.name, role: values.role, contact: values.contact }
            : values.to!,
          parts: values.parts.map((part) => ({ type: part.split('/')[0]!, id: part.split('/')[1]! })),
          ...(outside && values.agreed && { joinTeam: { agreed: true } }),
        },
      }),
    onSuccess: async (asked) => {
      clear();
      await opinionsChanged(patient);
      if (!asked.outside) {
        done(`Demande envoyée à ${asked.ownerLabel}.`);
        return onClose();
      }
      done(`Demande à ${asked.ownerLabel} notée. Relisez le courrier qui la porte, puis signez-le.`);
      await navigate({
        to: `/patients/${patient}/courriers/nouveau` as string,
        search: { demande: asked.id } as never,
      });
    },
    onError: (error) => error instanceof Refusal || failed(error),
  });
  const refusal = send.error instanceof Refusal ? send.error : null;
  const ready =
    (values.away ? values.name.trim() !== '' : values.to !== null) &&
    values.question.trim() !== '' &&
    (!outside || values.agreed);
  return (
    <PanelForm
      title={values.kind === 'referral' ? 'Adresser le patient' : 'Demander un avis'}
      subtitle={patientName}
      verb={values.away ? 'Noter la demande, écrire le courrier' : 'Envoyer la demande'}
      ready={ready}
      pending={send.isPending}
      draft={state}
      refusal={refusal}
      onSubmit={() => send.mutate()}
      onClose={onClose}
    >
      <SegmentedControl
        aria-label="Que demandez-vous"
        value={values.kind}
        onChange={(kind) => set({ kind: kind as Values['kind'] })}
        data={[
          { value: 'opinion', label: 'Un avis' },
          { value: 'referral', label: 'Une prise en charge' },
        ]}
      />
      <SegmentedControl
        aria-label="Où exerce la personne"
        value={values.away ? 'away' : 'here'}
        onChange={(where) => set({ away: where === 'away' })}
        data={[
          { value: 'here', label: 'De la structure' },
          { value: 'away', label: 'Hors de la structure' },
        ]}
      />
      {values.away ? (
        <AwayFields values={values} set={set} error={refusal?.fields['addressee.name']} />
      ) : (
        <AddresseeField
          patient={patient}
          one
          autoFocus
          value={values.to}
          onChange={(to) => set({ to, agreed: false })}
          error={refusal?.fields.addressee}
        />
      )}
      {outside && (
        <Note tone="warning">
          {chosen.name} n’est pas dans l’équipe de soins de ce patient.
          <Checkbox
            mt={8}
            label={`Le patient est d’accord pour que ${chosen.name} y entre et lise son dossier`}
            checked={values.agreed}
            onChange={(event) => set({ agreed: event.currentTarget.checked })}
          />
        </Note>
      )}
      <TextInput
        label={values.kind === 'referral' ? 'Motif' : 'Question'}
        value={values.question}
        onChange={(event) => set({ question: event.currentTarget.value })}
        error={refusal?.fields.question}
      />
      <Textarea
        label="Contexte"
        autosize
        minRows={3}
        value={values.detail}
        onChange={(event) => set({ detail: event.currentTarget.value })}
      />
      <div className={css.two}>
        <DateField
          label="Réponse avant le"
          value={values.due}
          onChange={(due) => set({ due })}
          error={refusal?.fields.due}
        />
        <Checkbox
          label="Urgent"
          checked={values.urgent}
          onChange={(event) => set({ urgent: event.currentTarget.checked })}
          mt={28}
        />
      </div>
      <PartsToSend patient={patient} chosen={values.parts} onChange={(parts) => set({ parts })} />
    </PanelForm>
  );
}

/** Someone who is not of the practice: no account, a letter carries the question. */
function AwayFields({
  values,
  set,
  error,
}: {
  values: Pick<Values, 'name' | 'role' | 'contact'>;
  set: (patch: Partial<Values>) => void;
  error: string | undefined;
}) {
  return (
    <>
      <TextInput
        label="Nom"
        value={values.name}
        maxLength={150}
        onChange={(event) => set({ name: event.currentTarget.value })}
        error={error}
      />
      <TextInput
        label="Profession ou service"
        placeholder="Cardiologue, service de gériatrie"
        value={values.role}
        maxLength={100}
        onChange={(event) => set({ role: event.currentTarget.value })}
      />
      <TextInput
        label="Coordonnées"
        value={values.contact}
        maxLength={300}
        onChange={(event) => set({ contact: event.currentTarget.value })}
      />
      <Note tone="info">
        Rien ne part tout seul : le courrier qui porte la question s’ouvre prérempli, à relire et à signer. La demande
        reste suivie ici, avec son délai, jusqu’à ce que vous notiez la réponse.
      </Note>
    </>
  );
}
