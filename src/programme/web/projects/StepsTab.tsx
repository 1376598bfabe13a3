import { Button, Textarea } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { call, Refusal, urlOf } from '../../../web/api.ts';
import { useUrl } from '../../../web/routes.tsx';
import { sayDate, tied } from '../../../web/say.ts';
import { Card, Tag } from '../../../web/ui/bits.tsx';
import { DateField } from '../../../web/ui/DateField.tsx';
import { CheckIcon, DocumentIcon } from '../../../web/ui/icons.ts';
import { PanelForm } from '../../../web/ui/PanelForm.tsx';
import { Note } from '../../../web/ui/states.tsx';
import { done, failed } from '../../../web/ui/undo.tsx';
import { programmeContract } from '../../contract.ts';
import css from '../programme.module.css';
import { AddFile } from './DocumentsTab.tsx';
import own from './projects.module.css';
import type { Project } from './tabs.ts';
import { changedProject, sayDays, sayPeriod, sayWho, type Step, stepStates } from './words.ts';

/** The steps on a line of time: dates, deliverables, what blocks each, who is late. */
export default function StepsTab({ project }: { project: Project }) {
  const [url, setUrl] = useUrl();
  const [act, id] = (url.volet ?? '').split(':');
  const step = project.steps.find((one) => one.id === id);
  const close = () => setUrl({ volet: undefined });
  const long = project.plannedMonths > project.mostMonths;
  return (
    <div className={css.two}>
      <div className={css.beside}>
        <Card title="Étapes" count={`${project.at} sur ${project.of}`}>
          <ol className={own.timeline}>
            {project.steps.map((one, at) => (
              <StepItem key={one.id} project={project} step={one} at={at} open={(volet) => setUrl({ volet })} />
            ))}
          </ol>
        </Card>
      </div>
      <div className={`${css.side} ${own.first}`}>
        <NextCard project={project} />
        <Card title="Durée">
          <div className={`${css.body} stack`}>
            <p className="small">
              Du lancement à la fin prévue le {sayDate(project.endsOn)} :{' '}
              <b className="num">{project.plannedMonths} mois</b>.
            </p>
            {long ? (
              <Note tone="warning">
                L’appel prévoit {project.mostMonths} mois au plus. Rapprochez les dates, ou dites à l’ARS ce qui retient
                le projet.
              </Note>
            ) : (
              <p className="small dim">L’appel prévoit {project.mostMonths} mois au plus.</p>
            )}
          </div>
        </Card>
      </div>
      {act === 'dates' && step && <DatesPanel project={project} step={step} onClose={close} />}
      {act === 'passer' && step && <SkipPanel project={project} step={step} onClose={close} />}
    </div>
  );
}

function NextCard({ project }: { project: Project }) {
  const next = project.steps.find(({ state }) => state === 'current' || state === 'late');
  if (!next || project.state !== 'open') return null;
  return (
    <Card title="Maintenant">
      <div className={`${css.body} stack`}>
        <p className="strong">{next.title}</p>
        <p className="small dim">
          Conduite par : {sayWho(next.who)}. À finir pour le {sayDate(next.to)}.
        </p>
        {next.blockers.length > 0 ? (
          <>
            <p className="small">Pour clore cette étape :</p>
            <ul className={css.reasons}>
              {next.blockers.map((words) => (
                <li key={words} className="small">
                  {tied(words)}
                </li>
              ))}
            </ul>
          </>
        ) : (
          <Note tone="success">Rien ne bloque : l’étape peut être close.</Note>
        )}
      </div>
    </Card>
  );
}

function StepItem({
  project,
  step,
  at,
  open,
}: {
  project: Project;
  step: Step;
  at: number;
  open: (volet: string) => void;
}) {
  const state = stepStates[step.state];
  const params = { project: project.id, step: step.id };
  const reopen = useMutation({
    mutationFn: (seen: number) => call(programmeContract.reopenStep, { params, body: { seen } }),
    onSuccess: changedProject,
    onError: failed,
  });
  const close = useMutation({
    mutationFn: () => call(programmeContract.closeStep, { params, body: { seen: step.version } }),
    onSuccess: () => {
      changedProject();
      done(`« ${step.title} » est close.`, () => reopen.mutateAsync(step.version + 1), 'Étape rouverte.');
    },
    onError: (error) => {
      changedProject();
      failed(error);
    },
  });
  const ended = step.state === 'done' || step.state === 'skipped';
  return (
    <li
      className={own.step}
      data-state={step.state}
      aria-current={step.state === 'current' || step.state === 'late' ? 'step' : undefined}
    >
      <span className={own.dot} aria-hidden>
        {step.state === 'done' ? <CheckIcon size={14} /> : at + 1}
      </span>
      <div className={own.stepBody}>
        <div className={own.stepHead}>
          <h3>{step.title}</h3>
          <Tag tone={state.tone}>{step.state === 'late' ? `${sayDays(step.lateDays)} de retard` : state.words}</Tag>
          <span className="dim small">
            {ended ? `le ${sayDate(step.endedOn!)}, par ${step.by}` : sayPeriod(step.from, step.to)}
          </span>
          {step.moved && !ended && <Tag title="Les dates ne sont plus celles de l’appel">dates changées</Tag>}
        </div>
        <p className="small dim">
          {sayWho(step.who)} · {step.expected}
        </p>
        {step.state === 'skipped' && <p className="small">Motif : {step.reason}</p>}
        <ul className={own.deliverables}>
          {step.deliverables.map((one) => (
            <li key={one.kind} className="small">
              <span className={one.held.length ? '' : 'dim'}>
                {one.label}
                {!one.required && ' (facultatif)'}
              </span>
              {one.held.map((held) => (
                <a
                  key={held.id}
                  className="row"
                  href={
                    held.type === 'paper'
                      ? urlOf(programmeContract.paperPdf, { params: { project: project.id, paper: held.id } })
                      : urlOf(programmeContract.projectFile, { params: { project: project.id, file: held.id } })
                  }
                  target="_blank"
                  rel="noreferrer"
                >
                  <DocumentIcon size={14} /> {held.reference ?? held.title}
                </a>
              ))}
              {one.held.length === 0 && one.kind === 'notification' && step.state === 'done' && (
                <Tag tone="success">envoyé</Tag>
              )}
              {one.held.length === 0 &&
                one.kind !== 'notification' &&
                !ended &&
                one.required &&
                (one.there ? <Tag tone="success">établi</Tag> : <Tag tone="warning">attendu</Tag>)}
              {!ended &&
                project.may.team &&
                project.state === 'open' &&
                one.kind !== 'notification' &&
                step.state !== 'to-come' && <AddFile project={project.id} kind={one.kind} label={one.label} />}
            </li>
          ))}
        </ul>
        <div className="row wrap">
          {step.may.close && (step.state === 'current' || step.state === 'late') && (
            <Button
              size="compact-md"
              variant={step.blockers.length ? 'default' : 'filled'}
              loading={close.isPending}
              onClick={() => close.mutate()}
            >
              Clore l’étape
            </Button>
          )}
          {project.may.support && project.state === 'open' && !ended && (
            <Button
              size="compact-md"
              variant="subtle"
              onClick={() => open(`dates:${step.id}`)}
              aria-label={`Changer les dates : ${step.title}`}
            >
              Dates
            </Button>
          )}
          {step.may.skip && (
            <Button
              size="compact-md"
              variant="subtle"
              onClick={() => open(`passer:${step.id}`)}
              aria-label={`Passer l’étape : ${step.title}`}
            >
              Passer
            </Button>
          )}
          {step.may.reopen && (
            <Button
              size="compact-md"
              variant="subtle"
              loading={reopen.isPending}
              onClick={() => reopen.mutate(step.version)}
              aria-label={`Rouvrir l’étape : ${step.title}`}
            >
              Rouvrir
            </Button>
          )}
        </div>
      </div>
    </li>
  );
}

function DatesPanel({ project, step, onClose }: { project: Project; step: Step; onClose: () => void }) {
  const [form, setForm] = useState({ from: step.from, to: step.to });
  const plan = useMutation({
    mutationFn: (body: { from: string; to: string; seen: number }) =>
      call(programmeContract.planStep, { params: { project: project.id, step: step.id }, body }),
    onSuccess: (_, { seen }) => {
      changedProject();
      done(
        'Dates changées.',
        () =>
          call(programmeContract.planStep, {
            params: { project: project.id, step: step.id },
            body: { from: step.from, to: step.to, seen: seen + 1 },
          }).then(changedProject),
        'Dates remises.',
      );
      onClose();
    },
  });
  const refusal = plan.error instanceof Refusal ? plan.error : null;
  return (
    <PanelForm
      title={step.title}
      subtitle="Dates prévues"
      verb="Changer les dates"
      pending={plan.isPending}
      ready={form.from !== '' && form.to !== ''}
      refusal={refusal}
      onSubmit={() => plan.mutate({ ...form, seen: step.version })}
      onClose={onClose}
    >
      <DateField
        label="Début"
        value={form.from}
        error={refusal?.fields.from}
        onChange={(from) => setForm({ ...form, from })}
      />
      <DateField label="Fin" value={form.to} error={refusal?.fields.to} onChange={(to) => setForm({ ...form, to })} />
    </PanelForm>
  );
}
function SkipPanel({ project, step, onClose }: { project: Project; step: Step; onClose: () => void }) {
  const [reason, setReason] = useState('');
  const skip = useMutation({
    mutationFn: () =>
      call(programmeContract.skipStep, {
        params: { project: project.id, step: step.id },
        body: { reason, seen: step.version },
      }),
    onSuccess: () => {
      changedProject();
      done(
        `« ${step.title} » est passée.`,
        () =>
          call(programmeContract.reopenStep, {
            params: { project: project.id, step: step.id },
            body: { seen: step.version + 1 },
          }).then(changedProject),
        'Étape rouverte.',
      );
      onClose();
    },
  });
  const refusal = skip.error instanceof Refusal ? skip.error : null;
  return (
    <PanelForm
      title={step.title}
      subtitle="Passer l’étape"
      verb="Passer l’étape"
      pending={skip.isPending}
      ready={reason.trim().length >= 10}
      refusal={refusal}
      onSubmit={() => skip.mutate()}
      onClose={onClose}
    >
      <p className="small dim">
        Une étape se passe quand ce qu’elle apporte est déjà là. Le motif reste dans le projet.
      </p>
      <Textarea
        label="Motif"
        autosize
        minRows={3}
        value={reason}
        error={refusal?.fields.reason}
        onChange={(event) => setReason(event.currentTarget.value)}
        placeholder="Par exemple : le logiciel est déjà choisi et installé."
      />
    </PanelForm>
  );
}
