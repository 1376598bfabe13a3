import { Button, SegmentedControl, Textarea } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { z } from 'zod';
import { call, Refusal } from '../../web/api.ts';
import { useDraft } from '../../web/drafts.ts';
import { useMe } from '../../web/session.ts';
import { DateField } from '../../web/ui/DateField.tsx';
import { Note } from '../../web/ui/states.tsx';
import { NoRightIcon, RightsIcon, WarningIcon } from '../../web/ui/icons.ts';
import { done } from '../../web/ui/undo.tsx';
import { type PatientBrief, recordContract } from '../contract.ts';
import { type Collected, collectedChoices } from './forms/choices.ts';
import css from './no-access.module.css';
import { refresh } from './use-record.ts';

/** What the 403 of the record carries. */
export interface AccessRefusal {
  code?: 'not-in-team' | 'opposed' | 'no-right';
  todo?: string | string[];
  mayBreakGlass?: boolean;
  mayRecordConsent?: boolean;
  patient?: PatientBrief;
}
/** Emergency access is an entry of the access room; its wire is repeated here because a room's screens know only their own contract. */
const breakTheGlass = {
  method: 'POST',
  path: '/api/patients/:patient/emergency-access',
  may: { practice: 'emergency-access' },
  does: 'Emergency access',
  params: z.object({ patient: z.string() }),
  body: z.object({ reason: z.string() }),
  reply: z.object({ until: z.string() }),
} as const;

/** The record is closed to me: why, what to do, and the emergency way in with its reason. */
export function NoAccess({ patient, refusal, words }: { patient: string; refusal: AccessRefusal; words: string }) {
  const [way, setWay] = useState<'agreement' | 'emergency' | null>(null);
  const agrees = refusal.code === 'not-in-team' && refusal.mayRecordConsent;
  const brief = refusal.patient;
  const todo = [refusal.todo ?? []].flat();
  return (
    <div className="page">
      <div className={`card ${css.card}`}>
        <div className={css.head}>
          <span className={css.badge}>
            <NoRightIcon size={26} stroke={1.6} />
          </span>
          <div>
            <h1>{brief ? brief.name : 'Dossier fermé'}</h1>
            {brief && (
              <p className="dim">
                {brief.sexLabel}, {brief.birthDateLabel} ({brief.age})
              </p>
            )}
          </div>
        </div>
        <p className={css.words}>{words}</p>
        {todo.length > 0 && (
          <ul className={css.todo}>
            {todo.map((one) => (
              <li key={one}>{one}</li>
            ))}
          </ul>
        )}
        {way === null && (
          <div className="row wrap">
            {agrees && (
              <Button variant="default" leftSection={<RightsIcon size={17} />} onClick={() => setWay('agreement')}>
                Noter l’accord du patient…
              </Button>
            )}
            {refusal.mayBreakGlass && (
              <Button variant="default" leftSection={<WarningIcon size={17} />} onClick={() => setWay('emergency')}>
                Ouvrir en urgence…
              </Button>
            )}
          </div>
        )}
        {way === 'agreement' && <Agreement patient={patient} onCancel={() => setWay(null)} />}
        {way === 'emergency' && <Emergency patient={patient} onCancel={() => setWay(null)} />}
      </div>
    </div>
  );
}

/** The patient agrees that I read their record, until a day (SEC-4): it opens at once. */
function Agreement({ patient, onCancel }: { patient: string; onCancel: () => void }) {
  const me = useMe();
  const [collected, setCollected] = useState<Collected>('oral');
  const [until, setUntil] = useState('');
  const record = useMutation({
    mutationFn: () =>
      call(recordContract.recordChoice, {
        params: { patient },
        body: { decision: 'agree', practitioner: me.practitioner, collected, until: until || null },
      }),
    onSuccess: () => {
      void refresh(patient);
      done('L’accord du patient est noté, avec sa fin.');
    },
  });
  const fields = record.error instanceof Refusal ? record.error.fields : {};
  return (
    <form
      className="stack"
      onSubmit={(event) => {
        event.preventDefault();
        record.mutate();
      }}
    >
      <SegmentedControl
        aria-label="Comment l’accord a été recueilli"
        value={collected}
        onChange={(how) => setCollected(how as Collected)}
        data={collectedChoices}
      />
      <DateField
        label="Jusqu’au"
        description="Un an si rien n’est écrit. Le patient peut y mettre fin à tout moment."
        placeholder="+3m, 31/12/2026…"
        value={until}
        onChange={setUntil}
        error={fields.until}
      />
      {record.error && !fields.until && (
        <Note tone="danger" live>
          {record.error.message}
        </Note>
      )}
      <div className="row wrap">
        <Button type="submit" loading={record.isPending}>
          Noter l’accord et ouvrir le dossier
        </Button>
        <Button variant="subtle" onClick={onCancel}>
          Renoncer
        </Button>
      </div>
    </form>
  );
}

/** What the server asks of a reason (access). */
const leastReason = 10;
function Emergency({ patient, onCancel }: { patient: string; onCancel: () => void }) {
  const { values, set, clear } = useDraft(
    `urgence:${patient}`,
    { patient, form: 'urgence', label: 'Accès en urgence' },
    { reason: '' },
  );
  const [short, setShort] = useState(false);
  const open = useMutation({
    mutationFn: () => call(breakTheGlass, { params: { patient }, body: { reason: values.reason } }),
    onSuccess: () => {
      clear();
      void refresh(patient);
    },
  });
  return (
    <form
      className="stack"
      onSubmit={(event) => {
        event.preventDefault();
        if (values.reason.trim().length < leastReason) return setShort(true);
        open.mutate();
      }}
    >
      <Note tone="warning">
        L’accès dure 4 heures. Le médecin référent est prévenu, le motif reste écrit dans le dossier et le patient
        pourra le lire.
      </Note>
      <Textarea
        label="Motif de l’urgence"
        description="Quelques mots : ce qui se passe, pourquoi le dossier est nécessaire."
        autosize
        minRows={2}
        autoFocus
        value={values.reason}
        onChange={(event) => set({ reason: event.currentTarget.value })}
        error={
          short && values.reason.trim().length < leastReason
            ? 'Quelques mots de plus : le patient et son médecin liront ce motif.'
            : open.error instanceof Refusal
              ? (open.error.fields.reason ?? open.error.message)
              : undefined
        }
      />
      <div className="row wrap">
        <Button type="submit" color="red" loading={open.isPending}>
          Ouvrir le dossier en urgence
        </Button>
        <Button variant="subtle" onClick={onCancel}>
          Renoncer
        </Button>
      </div>
    </form>
  );
}
