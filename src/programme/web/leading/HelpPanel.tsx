import { Button, FileButton, SegmentedControl, Select, Textarea, TextInput } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { call, reading, Refusal, upload, urlOf } from '../../../web/api.ts';
import { sayDateTime } from '../../../web/say.ts';
import { Tag, WhoWhen } from '../../../web/ui/bits.tsx';
import { DocumentIcon, UploadIcon } from '../../../web/ui/icons.ts';
import { SidePanel } from '../../../web/ui/SidePanel.tsx';
import { Failure, ListBones, Note } from '../../../web/ui/states.tsx';
import { done, failed } from '../../../web/ui/undo.tsx';
import { programmeContract } from '../../contract.ts';
import own from './leading.module.css';
import {
  changedHelp,
  type HelpList,
  helpKinds,
  type HelpRequest,
  helpStates,
  noPatient,
  urgencyTones,
} from './words.ts';

/** One request, its history, and what one may do with it. */
export function HelpPanel({ id, targets, onClose }: { id: string; targets: HelpList['targets']; onClose: () => void }) {
  const query = useQuery(reading(programmeContract.helpRequest, { params: { request: id } }));
  const request = query.data;
  return (
    <SidePanel
      title={request?.title ?? 'Demande d’aide'}
      subtitle={request && `${request.reference} · ${request.team}`}
      onClose={onClose}
      wide
    >
      <Failure compact of={query} />
      {query.isPending && <ListBones rows={4} />}
      {request && <Conversation request={request} targets={targets} />}
    </SidePanel>
  );
}

function Conversation({ request, targets }: { request: HelpRequest; targets: HelpList['targets'] }) {
  const { id, version, may } = request;
  const params = { request: id };
  const [words, setWords] = useState('');
  const again = {
    onSuccess: changedHelp,
    onError: (error: unknown) => {
      changedHelp();
      failed(error);
    },
  };
  const write = useMutation({
    mutationFn: (solved: boolean) =>
      call(programmeContract.writeHelp, { params, body: { words, solved, seen: version } }),
    onSuccess: () => {
      setWords('');
      changedHelp();
    },
    onError: changedHelp,
  });
  const settle = useMutation({
    mutationFn: (state: HelpRequest['state']) =>
      call(programmeContract.settleHelp, { params, body: { state, seen: version } }),
    ...again,
  });
  const attach = useMutation({
    mutationFn: (file: File) => {
      const form = new FormData();
      form.append('file', file);
      return upload(programmeContract.addHelpFile, params, form);
    },
    ...again,
  });
  const refusal = write.error instanceof Refusal ? write.error : null;
  const urgency = targets.urgencies.find((one) => one.id === request.urgency)!;
  return (
    <div className="stack">
      <div className="row wrap">
        <Tag tone={helpStates[request.state].tone}>{helpStates[request.state].words}</Tag>
        <Tag tone={urgencyTones[request.urgency]}>{urgency.label}</Tag>
        <Tag>{helpKinds[request.kind]}</Tag>
        {request.asked && <Tag tone="info">chez {request.asked.name}</Tag>}
        {request.late && <Tag tone="danger">réponse en retard</Tag>}
      </div>
      <p className="small dim">
        {request.answeredAt
          ? `Première réponse le ${sayDateTime(request.answeredAt)}, attendue le ${sayDateTime(request.dueAt)}.`
          : `Première réponse attendue le ${sayDateTime(request.dueAt)}.`}
      </p>
      <ol className={own.history} aria-label="Échanges">
        {request.history.map((line) => (
          <li
            key={line.number}
            className={own.line}
            data-kind={line.kind}
            data-mine={(line.mine && line.kind !== 'state' && line.kind !== 'handed') || undefined}
          >
            {line.kind === 'file' ? (
              <a
                className="row"
                href={urlOf(programmeContract.helpFile, { params: { request: id, file: line.file! } })}
                target="_blank"
                rel="noreferrer"
              >
                <DocumentIcon size={14} /> {line.words}
              </a>
            ) : (
              <span>{line.words}</span>
            )}
            <WhoWhen
              who={{ name: line.by, role: line.side === 'practice' ? request.team : 'région', me: line.mine }}
              when={line.at}
            />
          </li>
        ))}
      </ol>
      {may.write && (
        <form
          className="stack"
          onSubmit={(event) => {
            event.preventDefault();
            write.mutate(false);
          }}
        >
          <Textarea
            label="Répondre"
            description={noPatient}
            autosize
            minRows={3}
            value={words}
            error={refusal?.fields.words}
            onChange={(event) => setWords(event.currentTarget.value)}
          />
          {refusal && (
            <Note tone="danger" live>
              {refusal.message}
            </Note>
          )}
          <div className="row wrap">
            <Button type="submit" disabled={words.trim() === ''} loading={write.isPending && !write.variables}>
              Envoyer
            </Button>
            {request.state === 'open' && (
              <Button
                variant="default"
                disabled={words.trim() === ''}
                loading={write.isPending && write.variables}
                onClick={() => write.mutate(true)}
              >
                Envoyer, et c’est résolu
              </Button>
            )}
            <FileButton accept="application/pdf" onChange={(file) => file && attach.mutate(file)}>
              {(props) => (
                <Button {...props} variant="subtle" loading={attach.isPending} leftSection={<UploadIcon size={16} />}>
                  Joindre un PDF
                </Button>
              )}
            </FileButton>
          </div>
        </form>
      )}
      <div className="row wrap">
        {may.settle && request.state === 'open' && (
          <Button size="compact-md" variant="subtle" onClick={() => settle.mutate('solved')}>
            C’est résolu
          </Button>
        )}
        {may.settle && request.state === 'solved' && request.history[0]?.side === 'practice' && request.may.mark && (
          <Button size="compact-md" variant="subtle" onClick={() => settle.mutate('closed')}>
            Clore
          </Button>
        )}
        {may.settle && request.state !== 'open' && (
          <Button size="compact-md" variant="subtle" onClick={() => settle.mutate('open')}>
            Rouvrir
          </Button>
        )}
      </div>
      {may.mark && <Mark key={request.mark} request={request} />}
      {!may.mark && request.mark !== null && (
        <p className="small">
          Avis de l’équipe : <b>{request.mark} sur 5</b>
          {request.markWords && `, « ${request.markWords} »`}
        </p>
      )}
      {may.hand && <Hand request={request} />}
    </div>
  );
}

function Mark({ request }: { request: HelpRequest }) {
  const [form, setForm] = useState({ mark: request.mark ?? 0, words: request.markWords });
  const give = useMutation({
    mutationFn: () =>
      call(programmeContract.markHelp, { params: { request: request.id }, body: { ...form, seen: request.version } }),
    onSuccess: () => {
      changedHelp();
      done('Merci de votre avis.');
    },
    onError: (error) => {
      changedHelp();
      failed(error);
    },
  });
  return (
    <form
      className="stack tight"
      onSubmit={(event) => {
        event.preventDefault();
        give.mutate();
      }}
    >
      <h3>Votre avis sur la réponse, de 1 à 5</h3>
      <div className="row wrap">
        <SegmentedControl
          aria-label="Note sur 5"
          value={form.mark === 0 ? '' : String(form.mark)}
          onChange={(mark) => setForm({ ...form, mark: Number(mark) })}
          data={['1', '2', '3', '4', '5']}
        />
        <TextInput
          className="grow"
          aria-label="Quelques mots"
          placeholder="Quelques mots"
          value={form.words}
          onChange={(event) => setForm({ ...form, words: event.currentTarget.value })}
        />
        <Button
          type="submit"
          variant="default"
          disabled={form.mark === 0 || (form.mark === request.mark && form.words === request.markWords)}
          loading={give.isPending}
        >
          Donner l’avis
        </Button>
      </div>
    </form>
  );
}

function Hand({ request }: { request: HelpRequest }) {
  const [form, setForm] = useState<{ practitioner: string | null; words: string }>({ practitioner: null, words: '' });
  const hand = useMutation({
    mutationFn: (practitioner: string | null) =>
      call(programmeContract.handHelp, {
        params: { request: request.id },
        body: { practitioner, words: form.words, seen: request.version },
      }),
    onSuccess: () => {
      setForm({ practitioner: null, words: '' });
      changedHelp();
    },
    onError: (error) => {
      changedHelp();
      failed(error);
    },
  });
  return (
    <details>
      <summary className="small">
        {request.asked
          ? `Chez ${request.asked.name} : transmettre à une autre personne, ou reprendre`
          : 'Transmettre à un éditeur, un partenaire, un consultant'}
      </summary>
      <div className="stack" style={{ marginTop: 8 }}>
        <Select
          label="À qui"
          searchable
          value={form.practitioner}
          data={request.people
            .filter(({ practitioner }) => practitioner !== request.asked?.practitioner)
            .map(({ practitioner, name, part }) => ({ value: practitioner, label: `${name}, ${part.toLowerCase()}` }))}
          onChange={(practitioner) => setForm({ ...form, practitioner })}
        />
        <TextInput
          label="Mot joint"
          description={noPatient}
          value={form.words}
          onChange={(event) => setForm({ ...form, words: event.currentTarget.value })}
        />
        <div className="row wrap">
          <Button
            variant="default"
            disabled={form.practitioner === null}
            loading={hand.isPending}
            onClick={() => hand.mutate(form.practitioner)}
          >
            Transmettre
          </Button>
          {request.asked && (
            <Button variant="subtle" onClick={() => hand.mutate(null)}>
              Reprendre la demande
            </Button>
          )}
        </div>
      </div>
    </details>
  );
}
