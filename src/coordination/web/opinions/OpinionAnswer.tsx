import { Button, Select, Textarea } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { call, Refusal, reading } from '../../../web/api.ts';
import { draftWords, useDraft } from '../../../web/drafts.ts';
import { sayDate } from '../../../web/say.ts';
import { Note } from '../../../web/ui/states.tsx';
import { done, failed } from '../../../web/ui/undo.tsx';
import { coordinationContract, type OpinionLine } from '../../contract.ts';
import { opinionsChanged } from './use-opinions.ts';

/** What I answer, kept as I type; or what someone outside answered, noted with the letter that came. */
export function OpinionAnswer({ line }: { line: OpinionLine }) {
  const { values, set, clear, state } = useDraft(
    `answer:${line.id}`,
    { patient: line.patient?.id ?? null, form: 'answer', label: `Réponse : ${line.question.slice(0, 60)}` },
    { text: '', document: '' },
  );
  const parts = useQuery({
    ...reading(coordinationContract.partsToSend, { params: { patient: line.patient?.id ?? '' } }),
    enabled: line.outside !== null && line.patient !== null,
  });
  const documents = (parts.data?.groups ?? [])
    .flatMap((group) => group.parts)
    .filter((part) => part.type === 'DocumentReference');
  const send = useMutation({
    mutationFn: () =>
      call(coordinationContract.answerOpinion, {
        params: { id: line.id },
        body: {
          version: line.version,
          text: values.text,
          document: line.outside && values.document ? values.document : null,
        },
      }),
    onSuccess: async () => {
      clear();
      await opinionsChanged(line.patient?.id);
      done(
        line.outside
          ? 'Réponse notée ; elle reste dans le dossier, avec la question.'
          : 'Réponse envoyée ; elle reste dans le dossier, avec la question.',
      );
    },
    onError: (error) => {
      if (!(error instanceof Refusal)) failed(error);
      void opinionsChanged(line.patient?.id);
    },
  });
  const submit = () => {
    if (values.text.trim() && !send.isPending) send.mutate();
  };
  return (
    <form
      className="stack"
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
      onKeyDown={(event) => {
        if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return;
        event.preventDefault();
        submit();
      }}
    >
      <Textarea
        label={line.outside ? `Réponse de ${line.outside.name}` : 'Votre réponse'}
        autosize
        minRows={4}
        value={values.text}
        onChange={(event) => set({ text: event.currentTarget.value })}
      />
      {line.outside && documents.length > 0 && (
        <Select
          label="Courrier reçu"
          placeholder="Aucun"
          clearable
          searchable
          value={values.document || null}
          onChange={(document) => set({ document: document ?? '' })}
          data={documents.map((one) => ({
            value: one.id,
            label: [one.label, one.at && sayDate(one.at)].filter(Boolean).join(', '),
          }))}
        />
      )}
      {send.error instanceof Refusal && (
        <Note tone="danger" live>
          {send.error.message}
        </Note>
      )}
      <div className="row">
        <Button type="submit" loading={send.isPending} disabled={!values.text.trim()}>
          {line.outside ? 'Noter la réponse' : 'Répondre'}
        </Button>
        <span className="dim tiny" role="status">
          {draftWords[state]}
        </span>
      </div>
    </form>
  );
}
