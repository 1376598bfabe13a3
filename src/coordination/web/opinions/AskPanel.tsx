import { Button, Checkbox, SegmentedControl, Select, Textarea, TextInput } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { call, Refusal, reading } from '../../../web/api.ts';
import { draftWords, useDraft } from '../../../web/drafts.ts';
import { sayCount, sayDate } from '../../../web/say.ts';
import type { RecordPanelProps } from '../../../web/slots.ts';
import { Kbd } from '../../../web/ui/bits.tsx';
import { DateField } from '../../../web/ui/DateField.tsx';
import { SidePanel } from '../../../web/ui/SidePanel.tsx';
import { Bone, Note } from '../../../web/ui/states.tsx';
import { done, failed } from '../../../web/ui/undo.tsx';
import { coordinationContract } from '../../contract.ts';
import css from './opinions.module.css';
import { opinionsChanged } from './use-opinions.ts';

interface Values {
  kind: 'opinion' | 'referral';
  to: string | null;
  question: string;
  detail: string;
  due: string;
  urgent: boolean;
  parts: string[];
  agreed: boolean;
}
const blank: Values = { kind: 'opinion', to: null, question: '', detail: '', due: '', urgent: false, parts: [], agreed: false };

/** `?volet=demander-avis`: whom, what, with which part of the record, until when. */
export default function AskPanel({ patient, patientName, onClose }: RecordPanelProps) {
  const { values, set, clear, state } = useDraft<Values>(`ask:${patient}`, { patient, form: 'ask', label: 'Demande d’avis' }, blank);
  const people = useQuery(reading(coordinationContract.addressees, { query: { patient } }));
  const parts = useQuery(reading(coordinationContract.partsToSend, { params: { patient } }));
  const colleagues = (people.data?.colleagues ?? []).filter((one) => !one.me);
  const chosen = values.to?.startsWith('p:') ? colleagues.find((one) => `p:${one.id}` === values.to) : undefined;
  const outside = chosen && !chosen.inTeam;
  const send = useMutation({
    mutationFn: () =>
      call(coordinationContract.askOpinion, {
        params: { patient },
        body: {
          kind: values.kind, question: values.question, detail: values.detail, due: values.due || null, priority: values.urgent ? 'urgent' : 'routine',
          addressee: values.to?.startsWith('r:') ? { to: 'profession', profession: values.to.slice(2) } : { to: 'person', practitioner: values.to?.slice(2) ?? '' },
          parts: values.parts.map((part) => ({ type: part.split('/')[0]!, id: part.split('/')[1]! })),
          ...(outside && values.agreed && { joinTeam: { agreed: true } }),
        },
      }),
    onSuccess: async (asked) => {
      clear();
      await opinionsChanged(patient);
      done(`Demande envoyée à ${asked.ownerLabel}.`);
      onClose();
    },
    onError: (error) => error instanceof Refusal || failed(error),
  });
  const refusal = send.error instanceof Refusal ? send.error : null;
  const ready = values.to !== null && values.question.trim() !== '' && (!outside || values.agreed);
  const id = 'form-ask-opinion';
  const toggle = (key: string) => set({ parts: values.parts.includes(key) ? values.parts.filter((one) => one !== key) : [...values.parts, key] });
  const person = (one: (typeof colleagues)[number]) => ({ value: `p:${one.id}`, label: `${one.name}, ${one.professionLabel}` });
  return (
    <SidePanel
      title={values.kind === 'referral' ? 'Adresser à un collègue' : 'Demander un avis'}
      subtitle={patientName}
      onClose={onClose}
      footer={
        <>
          <Button type="submit" form={id} loading={send.isPending} disabled={!ready} rightSection={<Kbd>Ctrl ↵</Kbd>}>
            Envoyer la demande
          </Button>
          <span className="dim tiny" role="status">
            {draftWords[state]}
          </span>
        </>
      }
    >
      <form
        id={id}
        className="stack"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          if (ready) send.mutate();
        }}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && (event.ctrlKey || event.metaKey) && ready) {
            event.preventDefault();
            send.mutate();
          }
        }}
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
        <Select
          label="À qui"
          searchable
          data-autofocus
          value={values.to}
          onChange={(to) => set({ to, agreed: false })}
          error={refusal?.fields.addressee}
          data={[
            { group: 'Son équipe de soins', items: colleagues.filter((one) => one.inTeam).map(person) },
            { group: 'Une profession de son équipe', items: (people.data?.professions ?? []).filter(({ code }) => colleagues.some((one) => one.inTeam && one.profession === code)).map(({ code, label }) => ({ value: `r:${code}`, label })) },
            { group: 'Autres collègues', items: colleagues.filter((one) => !one.inTeam).map(person) },
          ].filter((group) => group.items.length > 0)}
        />
        {outside && (
          <Note tone="warning">
            {chosen.name} n’est pas dans l’équipe de soins de ce patient.
            <Checkbox mt={8} label="Le patient est d’accord pour qu’elle ou il y entre" checked={values.agreed} onChange={(event) => set({ agreed: event.currentTarget.checked })} />
          </Note>
        )}
        <TextInput label={values.kind === 'referral' ? 'Motif' : 'Question'} value={values.question} onChange={(event) => set({ question: event.currentTarget.value })} error={refusal?.fields.question} />
        <Textarea label="Contexte" autosize minRows={3} value={values.detail} onChange={(event) => set({ detail: event.currentTarget.value })} />
        <div className={css.two}>
          <DateField label="Réponse avant le" value={values.due} onChange={(due) => set({ due })} error={refusal?.fields.due} />
          <Checkbox label="Urgent" checked={values.urgent} onChange={(event) => set({ urgent: event.currentTarget.checked })} mt={28} />
        </div>
        <section aria-label="Ce qui accompagne la question" className="stack" style={{ gap: 6 }}>
          <h3>Joindre du dossier{values.parts.length > 0 && <span className="dim"> · {sayCount(values.parts.length, 'élément')}</span>}</h3>
          {parts.isPending && <Bone h={80} />}
          {parts.data?.groups.length === 0 && <p className="dim small">Rien à joindre dans ce dossier.</p>}
          {parts.data?.groups.map((group) => (
            <details key={group.label} className={css.group} open={group.parts.some((part) => values.parts.includes(`${part.type}/${part.id}`)) || undefined}>
              <summary>
                {group.label} <span className="dim small num">{group.parts.length}</span>
              </summary>
              {group.parts.map((part) => (
                <Checkbox key={`${part.type}${part.id}`} size="sm" className={css.tick} label={<>{part.label} {part.at && <span className="dim tiny nowrap">{sayDate(part.at)}</span>}</>} checked={values.parts.includes(`${part.type}/${part.id}`)} onChange={() => toggle(`${part.type}/${part.id}`)} />
              ))}
            </details>
          ))}
        </section>
        {refusal && (
          <Note tone="danger" live>
            {refusal.message}
          </Note>
        )}
      </form>
    </SidePanel>
  );
}
