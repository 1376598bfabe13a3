import { Button, Select, Textarea } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { call, Refusal, reading } from '../../../web/api.ts';
import { draftWords, useDraft } from '../../../web/drafts.ts';
import { sayDate } from '../../../web/say.ts';
import { Tag, WhoWhen } from '../../../web/ui/bits.tsx';
import { Bone, ErrorState, Note } from '../../../web/ui/states.tsx';
import { done, failed } from '../../../web/ui/undo.tsx';
import { coordinationContract, type OpinionLine } from '../../contract.ts';
import css from './opinions.module.css';
import { opinionsChanged } from './use-opinions.ts';

/** A question whole: what goes with it, its answer, and what one may do. */
export function Opinion({ id }: { id: string }) {
  const query = useQuery(reading(coordinationContract.opinion, { params: { id } }));
  if (query.error && !query.data) return <ErrorState error={query.error} retry={() => void query.refetch()} compact />;
  if (!query.data) return <Bone h={220} />;
  return <Shown line={query.data} />;
}

const letterStates: Record<OpinionLine['letters'][number]['state'], string> = {
  draft: 'à signer',
  signed: 'signé',
  leaving: 'en cours d’envoi, demandé',
  sent: 'envoyé',
  failed: 'envoi échoué',
};

function Shown({ line }: { line: OpinionLine }) {
  const patient = line.patient?.id;
  const act = useMutation({
    mutationFn: (run: () => Promise<unknown>) => run(),
    onSuccess: () => void opinionsChanged(patient),
    onError: (error) => {
      failed(error);
      void opinionsChanged(patient);
    },
  });
  const [refusing, setRefusing] = useState<string | null>(null);
  const params = { id: line.id };
  const version = line.version;
  return (
    <div className="stack">
      <div className={css.heading}>
        <Tag>{line.kindLabel}</Tag>
        <Tag tone={line.state === 'completed' ? 'success' : line.state === 'rejected' ? 'danger' : 'info'}>
          {line.stateLabel}
        </Tag>
        {line.urgent && <Tag tone="warning">urgent</Tag>}
        {line.due && (
          <span className={`small num ${line.late ? css.late : ''}`}>
            réponse attendue avant le {sayDate(line.due)}
          </span>
        )}
      </div>
      <div>
        <h3 className={css.words}>{line.question}</h3>
        {line.detail && <p className={css.text}>{line.detail}</p>}
        <WhoWhen who={line.asker} when={line.asked} />
        <p className="dim small">
          à{' '}
          {line.owner
            ? [line.owner.name, line.owner.role, line.outside?.contact].filter(Boolean).join(', ')
            : line.ownerLabel}
        </p>
        {patient && line.letters.length > 0 && (
          <ul className={`plain ${css.parts}`} aria-label="Courriers de cette demande">
            {line.letters.map((letter) => (
              <li key={letter.id} className="small">
                <Link to={`/patients/${patient}/courriers/${letter.id}` as string}>{letter.title}</Link>{' '}
                <span className={letter.state === 'failed' ? css.late : 'dim'}>
                  {letterStates[letter.state]}
                  {letter.at && ` le ${sayDate(letter.at)}`}
                  {letter.way === 'mssante' && ' par messagerie sécurisée'}
                </span>
              </li>
            ))}
          </ul>
        )}
        {line.outside && !line.answer && patient && line.letters.length === 0 && (
          <p className="small">
            <Link to={`/patients/${patient}/courriers/nouveau` as string} search={{ demande: line.id } as never}>
              Écrire le courrier qui porte cette demande
            </Link>
          </p>
        )}
      </div>
      {(line.parts.length > 0 || line.hidden > 0) && (
        <section aria-label="Joint à la question">
          <h4 className="small">Joint à la question</h4>
          <ul className={`plain ${css.parts}`}>
            {line.parts.map((part) => (
              <li key={`${part.type}${part.id}`}>
                <Link
                  to="/patients/$patient"
                  params={{ patient: patient ?? '' }}
                  search={{
                    volet: `${part.type === 'DocumentReference' ? 'fichier' : `entree:${part.type}`}:${part.id}`,
                  }}
                >
                  {part.label}
                </Link>{' '}
                <span className="dim tiny">
                  {part.what}
                  {part.at && `, ${sayDate(part.at)}`}
                </span>
              </li>
            ))}
          </ul>
          {line.hidden > 0 && (
            <p className="dim small">
              {line.hidden === 1
                ? 'Un élément joint n’est pas ouvert'
                : `${line.hidden} éléments joints ne sont pas ouverts`}{' '}
              par vos droits.
            </p>
          )}
        </section>
      )}
      {line.refusal && (
        <Note tone="warning">
          <b>Refusé{line.refusal.who && ` par ${line.refusal.who.name}`}.</b> {line.refusal.text}
        </Note>
      )}
      {line.answer && (
        <section className={css.reply} aria-label="Réponse">
          <p className={css.text}>{line.answer.text}</p>
          <WhoWhen who={line.answer.who} when={line.answer.at} />
          {line.answer.notedBy && (
            <p className="dim small">Réponse notée par {line.answer.notedBy.me ? 'vous' : line.answer.notedBy.name}</p>
          )}
          {line.answer.document && patient && (
            <p className="small">
              <Link
                to="/patients/$patient"
                params={{ patient }}
                search={{ volet: `fichier:${line.answer.document.id}` }}
              >
                {line.answer.document.label}
              </Link>
            </p>
          )}
        </section>
      )}
      {line.may.acknowledge && !line.answer?.read && (
        <div>
          <Button
            loading={act.isPending}
            onClick={() =>
              act.mutate(() => call(coordinationContract.acknowledgeAnswer, { params, body: { version } }))
            }
          >
            J’ai lu la réponse
          </Button>
        </div>
      )}
      {line.may.answer && refusing === null && <Answer line={line} />}
      {refusing !== null && (
        <div className="stack">
          <Textarea
            label="Pourquoi"
            data-autofocus
            autosize
            minRows={2}
            value={refusing}
            onChange={(event) => setRefusing(event.currentTarget.value)}
          />
          <div className="row">
            <Button
              variant="light"
              disabled={!refusing.trim()}
              loading={act.isPending}
              onClick={() =>
                act.mutate(() =>
                  call(coordinationContract.refuseTask, { params, body: { version, reason: refusing } }).then(() =>
                    setRefusing(null),
                  ),
                )
              }
            >
              Refuser la demande
            </Button>
            <Button variant="subtle" onClick={() => setRefusing(null)}>
              Renoncer
            </Button>
          </div>
        </div>
      )}
      <div className="row wrap">
        {line.may.accept && (
          <Button
            variant="default"
            loading={act.isPending}
            onClick={() => act.mutate(() => call(coordinationContract.acceptTask, { params, body: { version } }))}
          >
            Je m’en charge
          </Button>
        )}
        {line.may.refuse && refusing === null && (
          <Button variant="subtle" color="gray" onClick={() => setRefusing('')}>
            Refuser…
          </Button>
        )}
        {line.may.cancel && (
          <Button
            variant="subtle"
            color="gray"
            loading={act.isPending}
            onClick={() =>
              act.mutate(() =>
                call(coordinationContract.changeTask, { params, body: { version, cancel: true } }).then(() =>
                  done('Demande annulée.'),
                ),
              )
            }
          >
            Annuler la demande
          </Button>
        )}
      </div>
    </div>
  );
}

function Answer({ line }: { line: OpinionLine }) {
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
  return (
    <form
      className="stack"
      onSubmit={(event) => {
        event.preventDefault();
        if (values.text.trim()) send.mutate();
      }}
      onKeyDown={(event) => {
        if (event.key === 'Enter' && (event.ctrlKey || event.metaKey) && values.text.trim()) {
          event.preventDefault();
          send.mutate();
        }
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
