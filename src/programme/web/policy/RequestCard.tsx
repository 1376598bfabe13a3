import { Button, Textarea } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { call, Refusal } from '../../../web/api.ts';
import { Card, Tag } from '../../../web/ui/bits.tsx';
import { SendIcon } from '../../../web/ui/icons.ts';
import { ErrorState, Note } from '../../../web/ui/states.tsx';
import { done, failed } from '../../../web/ui/undo.tsx';
import { programmeContract } from '../../contract.ts';
import css from '../programme.module.css';
import { changedTrack, type Track } from './words.ts';

/** The request for support: what it lacks, its sending, the answer of the ARS. */
export function RequestCard({ track }: { track: Track }) {
  const ask = useMutation({
    mutationFn: () =>
      call(programmeContract.askSupport, { params: { track: track.id }, body: { seen: track.version } }),
    onSuccess: () => {
      changedTrack();
      done('Demande de soutien envoyée à l’ARS.');
    },
    onError: failed,
  });
  if (track.state === 'requested')
    return (
      <Card title="Demande de soutien" action={<Tag tone="warning">envoyée</Tag>}>
        <div className={`${css.body} stack`}>
          {track.may.instruct ? (
            <Answer track={track} />
          ) : (
            <p className="small dim">L’ARS l’examine. Sa réponse arrive par courriel et s’affiche ici.</p>
          )}
        </div>
      </Card>
    );
  return (
    <Card
      title="Demande de soutien"
      action={
        track.lacks.length > 0 ? (
          <Tag tone="warning">{track.lacks.length} à compléter</Tag>
        ) : (
          <Tag tone="success">prête</Tag>
        )
      }
    >
      <div className={`${css.body} stack`}>
        {track.lacks.length > 0 ? (
          <ul className={css.steps}>
            {track.lacks.map((one) => (
              <li key={one} className="small">
                {one}
              </li>
            ))}
          </ul>
        ) : (
          <p className="small">
            Le territoire, les professionnels et l’association sont nommés : la demande peut partir.
          </p>
        )}
        {track.may.manage && track.state === 'meeting' && (
          <Button
            leftSection={<SendIcon size={16} />}
            disabled={track.lacks.length > 0}
            loading={ask.isPending}
            onClick={() => ask.mutate()}
          >
            Envoyer la demande de soutien
          </Button>
        )}
      </div>
    </Card>
  );
}

function Answer({ track }: { track: Track }) {
  const [reason, setReason] = useState('');
  const answer = useMutation({
    mutationFn: (accept: boolean) =>
      call(programmeContract.answerRequest, {
        params: { track: track.id },
        body: { accept, reason, seen: track.version },
      }),
    onSuccess: (_nothing, accept) => {
      changedTrack();
      done(
        accept
          ? 'Soutien accordé. La phase 2 est ouverte, le courrier part.'
          : 'Demande rendue à l’équipe, le courrier part.',
      );
    },
  });
  const unchecked = track.checks.filter((one) => one.answer !== true);
  return (
    <>
      {unchecked.length > 0 && (
        <Note tone="warning">
          Avant d’accepter, confirmez :{' '}
          {unchecked.map(({ title }) => title.charAt(0).toLowerCase() + title.slice(1)).join(' ; ')}.
        </Note>
      )}
      <Textarea
        label="Mot joint à la réponse"
        description="Obligatoire pour rendre la demande."
        autosize
        minRows={2}
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
        error={answer.error instanceof Refusal ? answer.error.fields.reason : undefined}
      />
      {answer.error && <ErrorState compact error={answer.error} />}
      <div className="row wrap">
        <Button
          loading={answer.isPending && answer.variables}
          disabled={unchecked.length > 0}
          onClick={() => answer.mutate(true)}
        >
          Accorder le soutien
        </Button>
        <Button variant="default" loading={answer.isPending && !answer.variables} onClick={() => answer.mutate(false)}>
          Rendre à l’équipe
        </Button>
      </div>
    </>
  );
}
