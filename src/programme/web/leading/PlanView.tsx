import { Button, Checkbox, MultiSelect, Select, Textarea, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { call, Refusal, urlOf } from '../../../web/api.ts';
import { useUrl } from '../../../web/routes.tsx';
import { sayCount, sayDate } from '../../../web/say.ts';
import { Card, Tag } from '../../../web/ui/bits.tsx';
import { DateField } from '../../../web/ui/DateField.tsx';
import { CalendarIcon, DocumentIcon } from '../../../web/ui/icons.ts';
import { PanelForm } from '../../../web/ui/PanelForm.tsx';
import { EmptyState, Note } from '../../../web/ui/states.tsx';
import { done, failed } from '../../../web/ui/undo.tsx';
import { professionChoices, professionLabel } from '../../../web/words.ts';
import { programmeContract } from '../../contract.ts';
import css from '../programme.module.css';
import { sayDays, sayPeriod } from '../projects/words.ts';
import { Gantt } from './Gantt.tsx';
import { PhasesCard } from './PhasesCard.tsx';
import {
  changedPlan,
  type Deployment,
  lineStates,
  noPatient,
  type PlanItem,
  readMinutes,
  sayMinutes,
} from './words.ts';

const kindLabels = {
  phase: 'Phase',
  module: 'Module de formation',
  'set-up': 'Réglage',
  'take-over': 'Reprise des données',
} as const;

/** The plan on a line of time, phase after phase (REC-6, PRJ-7). */
export function PlanView({ project, plan }: { project: string; plan: Deployment }) {
  const [url, setUrl] = useUrl();
  const [act, id] = (url.volet ?? '').split(':');
  const chosen = plan.items.find((one) => one.id === id);
  const close = () => setUrl({ volet: undefined });
  const issue = useMutation({
    mutationFn: () => call(programmeContract.issuePlan, { params: { project } }),
    onSuccess: ({ reference, version }) => {
      changedPlan();
      done(
        `Plan émis : ${reference}${version > 1 ? `, version ${version}` : ''}. Il est dans les documents du projet.`,
      );
    },
    onError: failed,
  });
  if (!plan.started) return <Start project={project} plan={plan} />;
  const newest = plan.papers[0];
  return (
    <div className="stack loose">
      <Card
        title="Plan de déploiement"
        count={plan.late > 0 ? sayCount(plan.late, 'ligne en retard', 'lignes en retard') : 'à l’heure'}
      >
        <div className={`${css.body} row wrap`}>
          {newest && (
            <a
              className="row small"
              href={urlOf(programmeContract.paperPdf, { params: { project, paper: newest.id } })}
              target="_blank"
              rel="noreferrer"
            >
              <DocumentIcon size={14} /> {newest.reference}
              {newest.version > 1 && ` v${newest.version}`}
            </a>
          )}
          {plan.writes && (
            <>
              <Button size="compact-sm" variant="default" loading={issue.isPending} onClick={() => issue.mutate()}>
                Émettre en PDF
              </Button>
              <Button size="compact-sm" variant="default" onClick={() => setUrl({ volet: 'ligne' })}>
                Ajouter une ligne
              </Button>
            </>
          )}
        </div>
        <ul className={`${css.body} small`} style={{ paddingLeft: 34 }}>
          {plan.summary.map((words) => (
            <li key={words}>{words}</li>
          ))}
        </ul>
        <Gantt plan={plan} onOpen={(item) => setUrl({ volet: `ligne:${item}` })} />
      </Card>
      <PhasesCard project={project} plan={plan} />
      {act === 'ligne' && (!id || chosen) && (
        <ItemPanel key={id ?? 'new'} project={project} plan={plan} item={chosen} onClose={close} />
      )}
    </div>
  );
}

function Start({ project, plan }: { project: string; plan: Deployment }) {
  const [form, setForm] = useState(plan.step);
  const start = useMutation({
    mutationFn: () => call(programmeContract.startPlan, { params: { project }, body: form }),
    onSuccess: changedPlan,
  });
  const refusal = start.error instanceof Refusal ? start.error : null;
  return (
    <div className="card">
      <EmptyState icon={CalendarIcon} title="Le plan de déploiement n’est pas commencé">
        Quatre phases : exercice individuel, exercice pluriprofessionnel, pilotage, gestion. Le modèle d’Estran pose les
        phases, les modules de formation des professions de l’équipe, les réglages et la reprise entre deux dates ;
        chaque ligne se change ensuite.
      </EmptyState>
      {plan.writes && (
        <form
          className={`${css.body} stack`}
          style={{ maxWidth: 420, marginInline: 'auto' }}
          onSubmit={(event) => {
            event.preventDefault();
            start.mutate();
          }}
        >
          <DateField
            label="Du"
            value={form.from}
            error={refusal?.fields.from}
            onChange={(from) => setForm({ ...form, from })}
          />
          <DateField
            label="Au"
            value={form.to}
            error={refusal?.fields.to}
            onChange={(to) => setForm({ ...form, to })}
          />
          {refusal && (
            <Note tone="danger" live>
              {refusal.message}
            </Note>
          )}
          <Button type="submit" loading={start.isPending} disabled={!form.from || !form.to}>
            Poser le plan
          </Button>
        </form>
      )}
    </div>
  );
}

function ItemPanel({
  project,
  plan,
  item,
  onClose,
}: {
  project: string;
  plan: Deployment;
  item: PlanItem | undefined;
  onClose: () => void;
}) {
  const first = {
    kind: item?.kind ?? ('set-up' as const),
    phase: item?.phase ?? plan.phases[0]!.id,
    title: item?.title ?? '',
    aim: item?.aim ?? '',
    professions: item?.professions ?? [],
    owner: item?.owner ?? '',
    minutes: item?.minutes ?? null,
    from: item?.from ?? plan.today,
    to: item?.to ?? plan.today,
    doneOn: item?.doneOn ?? null,
  };
  const [form, setForm] = useState({ ...first, time: item?.minutes ? sayMinutes(item.minutes) : '' });
  const written = (from: typeof first) => ({
    title: from.title,
    aim: from.aim,
    professions: from.professions,
    owner: from.owner,
    minutes: from.minutes,
    from: from.from,
    to: from.to,
  });
  const put = (from: typeof first, removed: boolean, seen: number) =>
    call(programmeContract.changePlanItem, {
      params: { project, item: item!.id },
      body: { ...written(from), doneOn: from.doneOn, removed, seen },
    });
  const minutes = form.time ? readMinutes(form.time) : null;
  const next = { ...form, minutes };
  const save = useMutation({
    mutationFn: async (removed: boolean): Promise<void> => {
      if (item) await put(next, removed, item.version);
      else if (form.kind !== 'phase')
        await call(programmeContract.addPlanItem, {
          params: { project },
          body: { ...written(next), kind: form.kind, phase: form.phase },
        });
    },
    onSuccess: (_, removed) => {
      changedPlan();
      if (item)
        done(
          removed ? 'Ligne retirée du plan.' : 'Enregistré.',
          () => put(first, false, item.version + 1).then(changedPlan),
          removed ? 'Ligne remise.' : 'Annulé.',
        );
      else done('Ligne ajoutée.');
      onClose();
    },
  });
  const refusal = save.error instanceof Refusal ? save.error : null;
  const state = item && lineStates[item.state];
  return (
    <PanelForm
      title={item ? item.title : 'Ajouter une ligne'}
      subtitle={item ? `${kindLabels[item.kind]}, ${sayPeriod(item.from, item.to)}` : 'Plan de déploiement'}
      verb={item ? 'Enregistrer' : 'Ajouter'}
      act={plan.writes}
      pending={save.isPending}
      ready={form.title.trim() !== '' && form.from !== '' && form.to !== '' && (form.time === '' || minutes !== null)}
      refusal={refusal}
      onSubmit={() => save.mutate(false)}
      onClose={onClose}
      beside={
        item &&
        item.kind !== 'phase' && (
          <Button variant="subtle" color="red" onClick={() => save.mutate(true)}>
            Retirer
          </Button>
        )
      }
    >
      {item && (
        <div className="row wrap">
          <Tag tone={state!.tone}>{item.state === 'late' ? `${sayDays(item.lateDays)} de retard` : state!.words}</Tag>
          {item.doneOn && <span className="small dim">le {sayDate(item.doneOn)}</span>}
        </div>
      )}
      {!item && (
        <>
          <Select
            label="Genre"
            value={form.kind}
            allowDeselect={false}
            data={(['module', 'set-up', 'take-over'] as const).map((value) => ({ value, label: kindLabels[value] }))}
            onChange={(kind) => kind && setForm({ ...form, kind: kind as 'module' | 'set-up' | 'take-over' })}
          />
          <Select
            label="Phase"
            value={form.phase}
            allowDeselect={false}
            data={plan.phases.map(({ id, title }) => ({ value: id, label: title }))}
            onChange={(phase) => phase && setForm({ ...form, phase: phase as PlanItem['phase'] })}
          />
        </>
      )}
      <TextInput
        label="Intitulé"
        disabled={!plan.writes}
        value={form.title}
        error={refusal?.fields.title}
        onChange={(event) => setForm({ ...form, title: event.currentTarget.value })}
      />
      <DateField
        label="Début"
        disabled={!plan.writes}
        value={form.from}
        error={refusal?.fields.from}
        onChange={(from) => setForm({ ...form, from })}
      />
      <DateField
        label="Fin"
        disabled={!plan.writes}
        value={form.to}
        error={refusal?.fields.to}
        onChange={(to) => setForm({ ...form, to })}
      />
      {form.kind === 'module' ? (
        <>
          <MultiSelect
            label="Professions"
            placeholder={form.professions.length ? undefined : 'Toutes'}
            disabled={!plan.writes}
            searchable
            value={form.professions}
            data={professionChoices}
            onChange={(professions) => setForm({ ...form, professions })}
          />
          <TextInput
            label="Durée"
            disabled={!plan.writes}
            value={form.time}
            error={refusal?.fields.minutes}
            onChange={(event) => setForm({ ...form, time: event.currentTarget.value })}
            placeholder="1 h 30"
          />
        </>
      ) : (
        form.kind !== 'phase' && (
          <TextInput
            label="Qui s’en charge"
            disabled={!plan.writes}
            value={form.owner}
            error={refusal?.fields.owner}
            onChange={(event) => setForm({ ...form, owner: event.currentTarget.value })}
          />
        )
      )}
      <Textarea
        label="But"
        description={noPatient}
        autosize
        minRows={2}
        disabled={!plan.writes}
        value={form.aim}
        error={refusal?.fields.aim}
        onChange={(event) => setForm({ ...form, aim: event.currentTarget.value })}
      />
      {item && item.kind !== 'phase' && (
        <Checkbox
          label="Terminé"
          disabled={!plan.writes}
          checked={form.doneOn !== null}
          onChange={(event) =>
            setForm({ ...form, doneOn: event.currentTarget.checked ? (item.doneOn ?? plan.today) : null })
          }
        />
      )}
      {item?.kind === 'module' && (
        <p className="small dim">
          Pour : {item.professions.length ? item.professions.map(professionLabel).join(', ') : 'toute l’équipe'}.
        </p>
      )}
    </PanelForm>
  );
}
