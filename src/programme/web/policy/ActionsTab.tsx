import { Button, NumberInput, Select, SegmentedControl, Textarea, TextInput } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { call, reading, Refusal, urlOf } from '../../../web/api.ts';
import { useUrl } from '../../../web/routes.tsx';
import { sayCount, sayDate } from '../../../web/say.ts';
import { Card, Tag } from '../../../web/ui/bits.tsx';
import { DateField } from '../../../web/ui/DateField.tsx';
import { DocumentIcon, GoalIcon, PlusIcon } from '../../../web/ui/icons.ts';
import { PanelForm } from '../../../web/ui/PanelForm.tsx';
import { EmptyState, ErrorState, Note, Nothing } from '../../../web/ui/states.tsx';
import { done, failed } from '../../../web/ui/undo.tsx';
import { programmeContract } from '../../contract.ts';
import css from '../programme.module.css';
import { euros } from '../words.ts';
import { AddFile } from './DocumentsTab.tsx';
import own from './policy.module.css';
import { useKept } from './use-kept.ts';
import { changedTrack, type PlanAction, type Track } from './words.ts';

type Requirement = Track['core']['requirements'][number];
const actionStates = {
  todo: { tone: 'neutral', words: 'À faire' },
  doing: { tone: 'accent', words: 'En cours' },
  done: { tone: 'success', words: 'Faite' },
} as const;
const kinds = { prerequisite: 'prérequis', core: 'socle' } as const;

/** Phase 3: the agreement of one year and its action plan, against the core of the ACI (POL-8). */
export default function ActionsTab({ track }: { track: Track }) {
  const [url, setUrl] = useUrl();
  const { requirements, source, title } = track.core;
  const writes = track.may.manage && !track.agreement?.closedOn;
  const [panel, arg] = url.volet?.split(':') ?? [];
  const open = panel === 'action' ? track.plan.find((one) => one.id === arg) : undefined;
  return (
    <div className={own.two}>
      <div className="stack loose">
        <Card
          title={title}
          count={track.plan.length ? `${track.actions.done} actions faites sur ${track.actions.of}` : undefined}
        >
          <p className="dim small" style={{ padding: '0 16px 8px' }}>
            {source}.
          </p>
          <Bars track={track} />
        </Card>
        {requirements.map((one) => (
          <Actions
            key={one.id}
            track={track}
            requirement={one}
            writes={writes}
            add={() => setUrl({ volet: `nouvelle:${one.id}` })}
            edit={(id) => setUrl({ volet: `action:${id}` })}
          />
        ))}
      </div>
      <aside className={own.side} aria-label="Convention">
        <Agreement track={track} />
      </aside>
      {panel === 'nouvelle' && writes && (
        <ActionPanel key={arg} track={track} requirement={arg ?? ''} onClose={() => setUrl({ volet: undefined })} />
      )}
      {open && (
        <ActionPanel
          key={open.id}
          track={track}
          action={open}
          requirement={open.requirement}
          onClose={() => setUrl({ volet: undefined })}
        />
      )}
    </div>
  );
}

/** How far each requirement is: done, under way, late, to do; the figures stand beside. */
function Bars({ track }: { track: Track }) {
  return (
    <>
      <div className={`${own.legend} small`} aria-hidden>
        <span>
          <i data-kind="done" /> faites
        </span>
        <span>
          <i data-kind="doing" /> en cours
        </span>
        <span>
          <i data-kind="late" /> en retard
        </span>
        <span>
          <i /> à faire
        </span>
      </div>
      <div className={own.bars}>
        {track.core.requirements.map((one) => {
          const plan = track.plan.filter(({ requirement }) => requirement === one.id);
          const count = {
            done: plan.filter(({ state }) => state === 'done').length,
            late: plan.filter(({ late }) => late).length,
            doing: plan.filter(({ state, late }) => state === 'doing' && !late).length,
          };
          return (
            <div key={one.id} className={own.bar}>
              <span className="small">{one.title}</span>
              <span
                className={own.track}
                role="img"
                aria-label={
                  plan.length
                    ? `${count.done} faites, ${count.doing} en cours, ${count.late} en retard sur ${plan.length}`
                    : 'Aucune action'
                }
              >
                {plan.length > 0 &&
                  (['done', 'doing', 'late'] as const).map((kind) => (
                    <span key={kind} data-kind={kind} style={{ width: `${(count[kind] / plan.length) * 100}%` }} />
                  ))}
              </span>
              <span className="small num dim">{plan.length ? `${count.done} sur ${plan.length}` : '—'}</span>
            </div>
          );
        })}
      </div>
    </>
  );
}

function Actions({
  track,
  requirement,
  writes,
  add,
  edit,
}: {
  track: Track;
  requirement: Requirement;
  writes: boolean;
  add: () => void;
  edit: (id: string) => void;
}) {
  const plan = track.plan.filter((one) => one.requirement === requirement.id);
  const turn = (action: string, on: boolean) =>
    call(on ? programmeContract.restoreAction : programmeContract.removeAction, {
      params: { track: track.id, action },
    }).then(changedTrack);
  const mark = (one: PlanAction, state: PlanAction['state']) =>
    call(programmeContract.changeAction, {
      params: { track: track.id, action: one.id },
      body: {
        requirement: one.requirement,
        section: one.section,
        title: one.title,
        who: one.who,
        due: one.due,
        state,
        seen: one.version,
      },
    }).then(changedTrack);
  return (
    <Card
      title={requirement.title}
      action={
        writes && (
          <Button
            size="compact-sm"
            variant="subtle"
            leftSection={<PlusIcon size={14} />}
            aria-label={`Ajouter une action : ${requirement.title}`}
            onClick={add}
          >
            Ajouter
          </Button>
        )
      }
    >
      <p className="small dim" style={{ padding: '0 16px 8px' }}>
        {requirement.axis}, {kinds[requirement.kind]}. {requirement.words} Preuve :{' '}
        {requirement.proof.charAt(0).toLowerCase() + requirement.proof.slice(1)}.
      </p>
      {plan.length === 0 && <Nothing>Aucune action prévue.</Nothing>}
      {plan.map((one) => (
        <div key={one.id} className={own.action}>
          <span>
            {writes ? (
              <button
                type="button"
                className="plain-button"
                style={{ textDecoration: 'underline', textUnderlineOffset: 2 }}
                onClick={() => edit(one.id)}
              >
                {one.title}
              </button>
            ) : (
              one.title
            )}
            <br />
            <span className="dim small">
              {one.who}, pour le {sayDate(one.due)}
              {one.doneOn && `, faite le ${sayDate(one.doneOn)}`}
              {one.section && ` · ${track.outline.sections.find(({ id }) => id === one.section)?.title ?? ''}`}
            </span>
          </span>
          {one.proofs.map((file) => (
            <a
              key={file.id}
              className="row small"
              href={urlOf(programmeContract.trackFile, { params: { track: track.id, file: file.id } })}
              target="_blank"
              rel="noreferrer"
            >
              <DocumentIcon size={15} /> <span className="clip">{file.name}</span>
            </a>
          ))}
          {one.late && <Tag tone="danger">en retard</Tag>}
          {writes ? (
            <>
              <SegmentedControl
                size="xs"
                aria-label={`Où en est : ${one.title}`}
                value={one.state}
                data={Object.entries(actionStates).map(([value, { words }]) => ({ value, label: words }))}
                onChange={(state) =>
                  void mark(one, state as PlanAction['state']).catch((error) => (changedTrack(), failed(error)))
                }
              />
              <AddFile track={track.id} kind={`proof-${one.id}`} label={`preuve de ${one.title}`} words="Preuve" />
              <Button
                size="compact-xs"
                variant="subtle"
                aria-label={`Retirer l’action : ${one.title}`}
                onClick={() =>
                  void turn(one.id, false).then(
                    () => done('Action retirée.', () => turn(one.id, true), 'Action remise.'),
                    failed,
                  )
                }
              >
                Retirer
              </Button>
            </>
          ) : (
            <Tag tone={actionStates[one.state].tone}>{actionStates[one.state].words}</Tag>
          )}
        </div>
      ))}
    </Card>
  );
}

function ActionPanel({
  track,
  requirement,
  action,
  onClose,
}: {
  track: Track;
  requirement: string;
  action?: PlanAction;
  onClose: () => void;
}) {
  const known = track.core.requirements.find(({ id }) => id === requirement);
  const drawn = track.outline.sections.filter(({ id }) => known?.sections.includes(id));
  const form = useKept(`action:${track.id}:${action?.id ?? requirement}`, {
    title: action?.title ?? '',
    who: action?.who ?? '',
    due: action?.due ?? '',
    section: action?.section ?? drawn[0]?.id ?? null,
    state: action?.state ?? ('todo' as PlanAction['state']),
    seen: action?.version ?? 0,
  });
  const project = useQuery({
    ...reading(programmeContract.projectVersion, { params: { track: track.id, number: track.submitted } }),
  });
  const save = useMutation({
    mutationFn: async () => {
      const { seen, state, ...facts } = form.values;
      if (action)
        await call(programmeContract.changeAction, {
          params: { track: track.id, action: action.id },
          body: { ...facts, requirement, state, seen },
        });
      else await call(programmeContract.addAction, { params: { track: track.id }, body: { ...facts, requirement } });
    },
    onSuccess: () => {
      form.drop();
      changedTrack();
      onClose();
      done(action ? 'Action enregistrée.' : 'Action ajoutée.');
    },
  });
  const refusal = save.error instanceof Refusal ? save.error : null;
  const text = project.data?.parts.find(({ id }) => id === form.values.section)?.text;
  return (
    <PanelForm
      title={action ? 'Action' : 'Nouvelle action'}
      subtitle={known?.title}
      verb={action ? 'Enregistrer l’action' : 'Ajouter l’action'}
      pending={save.isPending}
      refusal={refusal}
      onSubmit={() => save.mutate()}
      onClose={onClose}
    >
      {refusal?.status === 409 && action && (
        <Button
          size="compact-sm"
          variant="default"
          onClick={() => form.set({ seen: track.plan.find(({ id }) => id === action.id)?.version ?? form.values.seen })}
        >
          J’ai relu, enregistrer la mienne ensuite
        </Button>
      )}
      <Select
        label="Tirée du projet de santé"
        clearable
        data={track.outline.sections.map(({ id, title }) => ({ value: id, label: title }))}
        value={form.values.section}
        onChange={(section) => form.set({ section })}
      />
      {text && (
        <blockquote
          className="small dim"
          style={{
            margin: 0,
            paddingLeft: 12,
            borderLeft: '3px solid var(--line-strong)',
            whiteSpace: 'pre-line',
            maxHeight: 180,
            overflow: 'auto',
          }}
          tabIndex={0}
          aria-label="Ce que dit le projet"
        >
          {text}
        </blockquote>
      )}
      <Textarea
        label="Action"
        autosize
        minRows={2}
        value={form.values.title}
        error={refusal?.fields.title}
        onChange={(event) => form.set({ title: event.currentTarget.value })}
        data-autofocus
      />
      <TextInput
        label="Qui"
        value={form.values.who}
        error={refusal?.fields.who}
        onChange={(event) => form.set({ who: event.currentTarget.value })}
      />
      <DateField
        label="Échéance"
        value={form.values.due}
        error={refusal?.fields.due}
        onChange={(due) => form.set({ due })}
      />
    </PanelForm>
  );
}

function Agreement({ track }: { track: Track }) {
  const { agreement } = track;
  const [editing, setEditing] = useState(false);
  const [words, setWords] = useState('');
  const paper = useMutation({
    mutationFn: () => call(programmeContract.agreementPaper, { params: { track: track.id } }),
    onSuccess: () => (changedTrack(), done('Convention établie et envoyée à l’équipe.')),
    onError: failed,
  });
  const close = useMutation({
    mutationFn: () =>
      call(programmeContract.closeAgreement, {
        params: { track: track.id },
        body: { words, seen: agreement!.version },
      }),
    onSuccess: () => (changedTrack(), done('Phase 3 terminée.')),
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
