import { Button, NumberInput, Textarea, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { call, Refusal, urlOf } from '../../../web/api.ts';
import { sayCount, sayDate } from '../../../web/say.ts';
import { Card, Tag } from '../../../web/ui/bits.tsx';
import { DateField } from '../../../web/ui/DateField.tsx';
import { DocumentIcon, GoalIcon } from '../../../web/ui/icons.ts';
import { EmptyState, ErrorState, Note } from '../../../web/ui/states.tsx';
import { done, failed } from '../../../web/ui/undo.tsx';
import { programmeContract } from '../../contract.ts';
import css from '../programme.module.css';
import { euros } from '../words.ts';
import { changedTrack, type Track } from './words.ts';

/** The agreement of one year: its terms, its paper, its end. */
export function AgreementCard({ track }: { track: Track }) {
  const { agreement } = track;
  const [editing, setEditing] = useState(false);
  const [words, setWords] = useState('');
  const paper = useMutation({
    mutationFn: () => call(programmeContract.agreementPaper, { params: { track: track.id } }),
    onSuccess: () => {
      changedTrack();
      done('Convention établie et envoyée à l’équipe.');
    },
    onError: failed,
  });
  const close = useMutation({
    mutationFn: () =>
      call(programmeContract.closeAgreement, {
        params: { track: track.id },
        body: { words, seen: agreement!.version },
      }),
    onSuccess: () => {
      changedTrack();
      done('Phase 3 terminée.');
    },
  });
  if (!agreement && !track.may.instruct)
    return (
      <Card title="Convention d’un an">
        <EmptyState icon={GoalIcon} title="Convention à venir">
          L’ARS l’écrit avec vous ; le plan d’actions peut déjà se préparer.
        </EmptyState>
      </Card>
    );
  return (
    <Card
      title="Convention d’un an"
      action={agreement ? agreement.closedOn ? <Tag>terminée</Tag> : <Tag tone="accent">en cours</Tag> : undefined}
    >
      <div className={`${css.body} stack`}>
        {agreement && !editing && (
          <>
            <dl className={css.lines}>
              <dt>Durée</dt>
              <dd>
                du {sayDate(agreement.startsOn)} au {sayDate(agreement.endsOn)}
              </dd>
              <dt>Montant</dt>
              <dd className="num">{euros(agreement.amountCents)}</dd>
              <dt>Signataire</dt>
              <dd>
                {agreement.signatory}, {agreement.signatoryRole}
              </dd>
            </dl>
            {agreement.paper && (
              <a
                className="row"
                href={urlOf(programmeContract.trackPaper, { params: { track: track.id, paper: agreement.paper } })}
                target="_blank"
                rel="noreferrer"
              >
                <DocumentIcon size={16} /> Convention (PDF)
              </a>
            )}
            {track.actions.late > 0 && (
              <Note tone="warning">{sayCount(track.actions.late, 'action en retard', 'actions en retard')}.</Note>
            )}
            {agreement.closedOn && (
              <Note tone="success">
                Terminée le {sayDate(agreement.closedOn)}. {agreement.closing}
              </Note>
            )}
          </>
        )}
        {track.may.instruct && !agreement?.closedOn && (!agreement || editing) && (
          <AgreementForm track={track} end={() => setEditing(false)} />
        )}
        {track.may.instruct && agreement && !agreement.closedOn && !editing && (
          <>
            <div className="row wrap">
              <Button size="compact-md" variant="default" onClick={() => setEditing(true)}>
                Modifier
              </Button>
              <Button
                size="compact-md"
                loading={paper.isPending}
                disabled={track.plan.length === 0}
                onClick={() => paper.mutate()}
              >
                {agreement.paper ? 'Établir de nouveau' : 'Établir la convention'}
              </Button>
            </div>
            <details>
              <summary style={{ cursor: 'pointer' }} className="small">
                Terminer la phase 3
              </summary>
              <div className="stack" style={{ paddingTop: 8 }}>
                <Textarea
                  label="Ce qui est atteint"
                  autosize
                  minRows={2}
                  value={words}
                  error={close.error instanceof Refusal ? close.error.fields.words : undefined}
                  onChange={(event) => setWords(event.currentTarget.value)}
                />
                {close.error && !(close.error instanceof Refusal && close.error.fields.words) && (
                  <ErrorState compact error={close.error} />
                )}
                <div>
                  <Button size="compact-md" variant="default" loading={close.isPending} onClick={() => close.mutate()}>
                    Terminer
                  </Button>
                </div>
              </div>
            </details>
          </>
        )}
      </div>
    </Card>
  );
}

function AgreementForm({ track, end }: { track: Track; end: () => void }) {
  const before = track.agreement;
  const [form, setForm] = useState({
    startsOn: before?.startsOn ?? track.today,
    amount: before ? before.amountCents / 100 : ('' as number | ''),
    signatory: before?.signatory ?? '',
    signatoryRole: before?.signatoryRole ?? '',
  });
  const save = useMutation({
    mutationFn: () =>
      call(programmeContract.agreeTrack, {
        params: { track: track.id },
        body: {
          startsOn: form.startsOn,
          amountCents: form.amount === '' ? Number.NaN : Math.round(form.amount * 100),
          signatory: form.signatory,
          signatoryRole: form.signatoryRole,
          seen: before?.version ?? 0,
        },
      }),
    onSuccess: () => {
      changedTrack();
      end();
      done('Convention enregistrée.');
    },
  });
  const refusal = save.error instanceof Refusal ? save.error : null;
  return (
    <form
      className="stack"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        save.mutate();
      }}
    >
      <DateField
        label="Début"
        description="Un an, jour pour jour."
        value={form.startsOn}
        error={refusal?.fields.startsOn}
        onChange={(startsOn) => setForm({ ...form, startsOn })}
      />
      <NumberInput
        label="Montant, en euros"
        min={0}
        decimalScale={2}
        decimalSeparator=","
        thousandSeparator=" "
        value={form.amount}
        error={refusal?.fields.amountCents}
        onChange={(amount) => setForm({ ...form, amount: amount === '' ? '' : Number(amount) })}
      />
      <TextInput
        label="Signataire pour l’ARS"
        value={form.signatory}
        error={refusal?.fields.signatory}
        onChange={(event) => setForm({ ...form, signatory: event.currentTarget.value })}
      />
      <TextInput
        label="Qualité"
        value={form.signatoryRole}
        error={refusal?.fields.signatoryRole}
        onChange={(event) => setForm({ ...form, signatoryRole: event.currentTarget.value })}
      />
      {refusal && !Object.keys(refusal.fields).length && <ErrorState compact error={refusal} />}
      <div className="row wrap">
        <Button type="submit" loading={save.isPending}>
          Enregistrer la convention
        </Button>
        {before && (
          <Button variant="subtle" onClick={end}>
            Fermer
          </Button>
        )}
      </div>
    </form>
  );
}
