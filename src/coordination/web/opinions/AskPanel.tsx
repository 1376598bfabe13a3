import { Checkbox, SegmentedControl, Textarea, TextInput } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { call, Refusal, reading } from '../../../web/api.ts';
import { useDraft } from '../../../web/drafts.ts';
import { sayCount, sayDate } from '../../../web/say.ts';
import type { RecordPanelProps } from '../../../web/slots.ts';
import { DateField } from '../../../web/ui/DateField.tsx';
import { PanelForm } from '../../../web/ui/PanelForm.tsx';
import { Bone, Note } from '../../../web/ui/states.tsx';
import { done, failed } from '../../../web/ui/undo.tsx';
import { type Addressee, coordinationContract } from '../../contract.ts';
import { AddresseeField, useChosen } from '../AddresseeField.tsx';
import css from './opinions.module.css';
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
  const parts = useQuery(reading(coordinationContract.partsToSend, { params: { patient } }));
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
  const toggle = (key: string) =>
    set({ parts: values.parts.includes(key) ? values.parts.filter((one) => one !== key) : [...values.parts, key] });
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
        <>
          <TextInput
            label="Nom"
            value={values.name}
            maxLength={150}
            onChange={(event) => set({ name: event.currentTarget.value })}
            error={refusal?.fields['addressee.name']}
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
            Rien ne part tout seul : le courrier qui porte la question s’ouvre prérempli, à relire et à signer. La
            demande reste suivie ici, avec son délai, jusqu’à ce que vous notiez la réponse.
          </Note>
        </>
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
      <section aria-label="Ce qui accompagne la question" className="stack" style={{ gap: 6 }}>
        <h3>
          Joindre du dossier
          {values.parts.length > 0 && <span className="dim"> · {sayCount(values.parts.length, 'élément')}</span>}
        </h3>
        {parts.isPending && <Bone h={80} />}
        {parts.data?.groups.length === 0 && <p className="dim small">Rien à joindre dans ce dossier.</p>}
        {parts.data?.groups.map((group) => (
          <details
            key={group.label}
            className={css.group}
            open={group.parts.some((part) => values.parts.includes(`${part.type}/${part.id}`)) || undefined}
          >
            <summary>
              {group.label} <span className="dim small num">{group.parts.length}</span>
            </summary>
            {group.parts.map((part) => (
              <Checkbox
                key={`${part.type}${part.id}`}
                size="sm"
                className={css.tick}
                label={
                  <>
                    {part.label} {part.at && <span className="dim tiny nowrap">{sayDate(part.at)}</span>}
                  </>
                }
                checked={values.parts.includes(`${part.type}/${part.id}`)}
                onChange={() => toggle(`${part.type}/${part.id}`)}
              />
            ))}
          </details>
        ))}
      </section>
    </PanelForm>
  );
}
