import { Button, Textarea } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { z } from 'zod';
import { call, Refusal } from '../../web/api.ts';
import { useDraft } from '../../web/drafts.ts';
import { Note } from '../../web/ui/states.tsx';
import { NoRightIcon, WarningIcon } from '../../web/ui/icons.ts';
import type { PatientBrief } from '../contract.ts';
import css from './no-access.module.css';
import { refresh } from './use-record.ts';

/** What the 403 of the record carries. */
export interface AccessRefusal {
  code?: 'not-in-team' | 'opposed' | 'no-right';
  todo?: string | string[];
  mayBreakGlass?: boolean;
  patient?: PatientBrief;
}
/** Emergency access is an entry of the access room; its wire is repeated here because a room's screens know only their own contract. */
const breakTheGlass = { method: 'POST', path: '/api/patients/:patient/emergency-access', may: { practice: 'emergency-access' }, does: 'Emergency access', params: z.object({ patient: z.string() }), body: z.object({ reason: z.string() }), reply: z.object({ until: z.string() }) } as const;

/** The record is closed to me: why, what to do, and the emergency way in with its reason. */
export function NoAccess({ patient, refusal, words }: { patient: string; refusal: AccessRefusal; words: string }) {
  const [emergency, setEmergency] = useState(false);
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
        {refusal.mayBreakGlass && !emergency && (
          <div>
            <Button variant="default" leftSection={<WarningIcon size={17} />} onClick={() => setEmergency(true)}>
              Ouvrir en urgence…
            </Button>
          </div>
        )}
        {refusal.mayBreakGlass && emergency && <Emergency patient={patient} onCancel={() => setEmergency(false)} />}
      </div>
    </div>
  );
}

function Emergency({ patient, onCancel }: { patient: string; onCancel: () => void }) {
  const { values, set, clear } = useDraft(`urgence:${patient}`, { patient, form: 'urgence', label: 'Accès en urgence' }, { reason: '' });
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
        open.mutate();
      }}
    >
      <Note tone="warning">L’accès dure 4 heures. Le médecin référent est prévenu, le motif reste écrit dans le dossier et le patient pourra le lire.</Note>
      <Textarea label="Motif de l’urgence" description="Quelques mots : ce qui se passe, pourquoi le dossier est nécessaire." autosize minRows={2} autoFocus value={values.reason} onChange={(event) => set({ reason: event.currentTarget.value })} error={open.error instanceof Refusal ? (open.error.fields.reason ?? open.error.message) : undefined} />
      <div className="row wrap">
        <Button type="submit" color="red" loading={open.isPending} disabled={values.reason.trim().length < 10}>
          Ouvrir le dossier en urgence
        </Button>
        <Button variant="subtle" onClick={onCancel}>
          Renoncer
        </Button>
      </div>
    </form>
  );
}
