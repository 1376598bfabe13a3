import { Button, SegmentedControl, Textarea } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { call } from '../../../web/api.ts';
import { sayAgo } from '../../../web/say.ts';
import { Card, Tag } from '../../../web/ui/bits.tsx';
import { CheckIcon, WarningIcon } from '../../../web/ui/icons.ts';
import { failed } from '../../../web/ui/undo.tsx';
import { programmeContract } from '../../contract.ts';
import css from '../programme.module.css';
import own from './policy.module.css';
import { changedTrack, type Track } from './words.ts';

/** What the ARS confirms before it grants support. */
export function ChecksCard({ track }: { track: Track }) {
  return (
    <Card title="Vérifications">
      <div className={css.body}>
        {track.checks.map((check) => (
          <section key={check.subject} aria-label={check.title} style={{ paddingBottom: 12 }}>
            <div className="row between wrap">
              <h3>{check.title}</h3>
              {check.answer === null ? (
                <Tag>à vérifier</Tag>
              ) : check.answer ? (
                <Tag tone="success">confirmé</Tag>
              ) : (
                <Tag tone="danger">pas encore</Tag>
              )}
            </div>
            <ul className="plain stack tight" style={{ marginTop: 6 }}>
              {check.facts.map((fact) => (
                <li key={fact.words} className={`${own.fact} small`} data-ok={fact.ok || undefined}>
                  {fact.ok ? <CheckIcon size={14} aria-label="oui" /> : <WarningIcon size={14} aria-label="à voir" />}
                  <span>{fact.words}</span>
                </li>
              ))}
            </ul>
            {check.note && (
              <p className="small" style={{ marginTop: 6 }}>
                {check.note}
              </p>
            )}
            {check.by && (
              <p className="dim tiny">
                {check.by}, {sayAgo(check.at)}
              </p>
            )}
            {track.may.instruct && track.phase === 1 && track.state !== 'stopped' && (
              <CheckAnswer key={check.version} track={track} check={check} />
            )}
          </section>
        ))}
      </div>
    </Card>
  );
}

function CheckAnswer({ track, check }: { track: Track; check: Track['checks'][number] }) {
  const [note, setNote] = useState(check.note);
  const [asks, setAsks] = useState(false);
  const say = useMutation({
    mutationFn: (answer: boolean) =>
      call(programmeContract.answerCheck, {
        params: { track: track.id, subject: check.subject },
        body: { answer, note, seen: check.version },
      }),
    onSuccess: () => {
      setAsks(false);
      changedTrack();
    },
    onError: failed,
  });
  return (
    <div className="stack tight" style={{ marginTop: 8 }}>
      <SegmentedControl
        size="xs"
        aria-label={`${check.title} : votre réponse`}
        value={asks ? 'no' : check.answer === null ? '' : check.answer ? 'yes' : 'no'}
        disabled={say.isPending}
        data={[
          { value: 'yes', label: 'Confirmé' },
          { value: 'no', label: 'Pas encore' },
        ]}
        onChange={(value) => (value === 'yes' ? say.mutate(true) : setAsks(true))}
      />
      {asks && (
        <>
          <Textarea
            size="xs"
            label="Ce qui manque"
            autosize
            minRows={2}
            value={note}
            onChange={(event) => setNote(event.currentTarget.value)}
          />
          <div>
            <Button size="compact-sm" variant="default" loading={say.isPending} onClick={() => say.mutate(false)}>
              Enregistrer
            </Button>
          </div>
        </>
      )}
    </div>
  );
}
