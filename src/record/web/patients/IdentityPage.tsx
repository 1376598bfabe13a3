import { Button, TextInput } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import type { z } from 'zod';
import { call, queries, reading, Refusal, failureOf } from '../../../web/api.ts';
import { draftWords, useDraft } from '../../../web/drafts.ts';
import { sayDateTime } from '../../../web/say.ts';
import { Card, OnEachSheet, Tag, WhoWhen } from '../../../web/ui/bits.tsx';
import { ConflictPanel } from '../../../web/ui/ConflictPanel.tsx';
import { BackIcon, CheckIcon } from '../../../web/ui/icons.ts';
import { Bone, Note, Failure } from '../../../web/ui/states.tsx';
import { done } from '../../../web/ui/undo.tsx';
import { type IdentityInput, recordContract } from '../../contract.ts';
import type { Conflict } from '../forms/use-entry.ts';
import { refresh, useHeld, usePatientId, useRecordEvents } from '../use-record.ts';
import { Duplicates, useDuplicates } from './Duplicates.tsx';
import { cleaned, emptyIdentity, IdentityFields } from './IdentityFields.tsx';
import css from './patients.module.css';

type Page = z.infer<typeof recordContract.identity.reply>;

/** `/patients/:patient/identite`: the five traits, how to reach the person, the INS and what stands before its next status. */
export default function IdentityPage() {
  const patient = usePatientId();
  const query = useQuery({ ...reading(recordContract.identity, { params: { patient } }), refetchOnWindowFocus: false });
  useRecordEvents(patient, !!query.data);
  const [page, hold] = useHeld(patient, query.data);
  if (failureOf(query))
    return (
      <div className="page">
        <Failure of={query} />
      </div>
    );
  if (!page)
    return (
      <div className="page narrow" role="status" aria-label="Chargement">
        <h1 className="vh">Identité</h1>
        <Bone h={420} />
      </div>
    );
  return <Identity key={page.version} page={page} patient={patient} hold={hold} reload={() => void query.refetch()} />;
}

function Identity({
  page,
  patient,
  hold,
  reload,
}: {
  page: Page;
  patient: string;
  hold: (on: boolean) => void;
  reload: () => void;
}) {
  const { values, set, clear, state, seen } = useDraft<IdentityInput>(
    `identite:${patient}`,
    { patient, form: 'identite', label: 'Identité' },
    { ...emptyIdentity, ...page.form },
    page.version,
  );
  const [reason, setReason] = useState('');
  useEffect(() => {
    hold(state !== 'none' || reason !== '');
    return () => hold(false);
  }, [hold, state, reason]);
  const duplicates = useDuplicates(values, patient);
  const save = useMutation({
    mutationFn: (version: number) =>
      call(recordContract.correctIdentity, {
        params: { patient },
        body: { ...cleaned(values), version, reason: reason || null },
      }),
    onSuccess: (saved) => {
      clear();
      queries.setQueryData(reading(recordContract.identity, { params: { patient } }).queryKey, saved);
      void refresh(patient);
      done('Identité corrigée. La version précédente est conservée.');
    },
  });
  const refusal = save.error instanceof Refusal ? save.error : null;
  const conflict = refusal?.extra.code === 'edited-meanwhile' ? (refusal.extra as unknown as Conflict) : null;
  return (
    <div className="page">
      <title>{`Identité, ${page.patient.name} · Estran`}</title>
      <OnEachSheet name={page.patient.name} about={`${page.patient.birthDateLabel} (${page.patient.age})`} />
      <header className="page-head">
        <h1>
          {page.patient.name}{' '}
          <Tag
            tone={
              page.patient.insStatus === 'qualified'
                ? 'success'
                : page.patient.insStatus === 'provisional'
                  ? 'warning'
                  : 'info'
            }
          >
            {page.patient.insStatusLabel}
          </Tag>
        </h1>
        <Button component={Link} to={`/patients/${patient}`} variant="default" leftSection={<BackIcon size={16} />}>
          Revenir au dossier
        </Button>
      </header>
      <div className={css.split}>
        <form
          className={`card ${css.form}`}
          noValidate
          onSubmit={(event) => {
            event.preventDefault();
            save.mutate(seen ?? page.version);
          }}
        >
          {conflict && (
            <div className="pad">
              <ConflictPanel
                who={conflict.current.who?.name ?? 'Une autre personne'}
                when={conflict.current.recorded}
                rows={conflict.comparison}
                pending={save.isPending}
                onKeepMine={() => save.mutate(conflict.current.version)}
                onTakeTheirs={() => {
                  clear();
                  reload();
                }}
              />
            </div>
          )}
          <fieldset disabled={!page.canEdit} style={{ display: 'contents' }}>
            <IdentityFields existing values={values} set={set} error={(name) => refusal?.fields[name]} />
          </fieldset>
          {refusal && !conflict && (
            <div style={{ padding: '14px 20px 0' }}>
              <Note tone="danger" live>
                {refusal.message}
              </Note>
            </div>
          )}
          {page.canEdit ? (
            <div className={css.foot}>
              <TextInput
                className="grow"
                aria-label="Raison de la correction"
                placeholder="Raison de la correction (facultatif)"
                value={reason}
                onChange={(event) => setReason(event.currentTarget.value)}
                error={refusal?.fields.reason}
              />
              <span className="dim tiny" role="status">
                {draftWords[state]}
              </span>
              <Button type="submit" loading={save.isPending} disabled={state === 'none'}>
                Corriger l’identité
              </Button>
            </div>
          ) : (
            <div className={css.foot}>
              <span className="dim small">Vos droits permettent de lire l’identité, pas de la corriger.</span>
            </div>
          )}
        </form>
        <aside className={`stack ${css.aside}`} style={{ gap: 16 }} aria-label="Qualité de l’identité">
          <Card title="Qualité de l’identité">
            <div className="pad stack" style={{ paddingTop: 0 }}>
              {page.todo.length === 0 ? (
                <span className="success">
                  <CheckIcon size={16} style={{ verticalAlign: -3 }} /> Rien ne manque.
                </span>
              ) : (
                <ul style={{ paddingLeft: 18 }}>
                  {page.todo.map((one) => (
                    <li key={one}>{one}</li>
                  ))}
                </ul>
              )}
              <span className="dim tiny" title={sayDateTime(page.updated)}>
                Dernier changement : <WhoWhen who={page.who} when={page.updated} />
              </span>
            </div>
          </Card>
          <Duplicates query={duplicates} despite={[]} />
        </aside>
      </div>
    </div>
  );
}
