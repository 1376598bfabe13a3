import { Button, Textarea } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { call, reading, Refusal, failureOf } from '../../../web/api.ts';
import { useLive } from '../../../web/live.ts';
import { useUrl } from '../../../web/routes.tsx';
import { useMe } from '../../../web/session.ts';
import { sayAgo } from '../../../web/say.ts';
import { Card, Tag } from '../../../web/ui/bits.tsx';
import { ProblemIcon } from '../../../web/ui/icons.ts';
import { EmptyState, Failure, ListBones, Note } from '../../../web/ui/states.tsx';
import { done, failed } from '../../../web/ui/undo.tsx';
import { programmeContract } from '../../contract.ts';
import css from '../programme.module.css';
import { Assessment } from './Assessment.tsx';
import { Comparison } from './Comparison.tsx';
import { Improvements } from './Improvements.tsx';
import own from './leading.module.css';
import { changedMaturity, type Maturity } from './words.ts';

/** The organisation of a team: mine (`project` null), or that of a project. */
export function MaturityView({ project }: { project: string | null }) {
  const query = useQuery(
    project === null
      ? { ...reading(programmeContract.maturity) }
      : { ...reading(programmeContract.projectMaturity, { params: { project } }) },
  );
  useLive(['leading'], changedMaturity);
  const begin = useMutation({
    mutationFn: () => call(programmeContract.openAssessment, { body: { project } }),
    onSuccess: changedMaturity,
    onError: failed,
  });
  if (failureOf(query)) return <Failure of={query} />;
  if (!query.data) return <ListBones rows={8} />;
  const maturity: Maturity = query.data;
  const { open, past, may, matrix } = maturity;
  const reopen = (): void => {
    void call(programmeContract.reopenAssessment, {
      params: { assessment: past[0]!.id },
      body: { seen: past[0]!.version },
    }).then(changedMaturity, failed);
  };
  const start = may.open && !open && (
    <Button loading={begin.isPending} variant={past.length > 0 ? 'default' : 'filled'} onClick={() => begin.mutate()}>
      {past.length > 0 ? 'Refaire l’autoévaluation' : 'Commencer l’autoévaluation'}
    </Button>
  );
  return (
    <div className={css.two}>
      <div className={`${css.beside} stack loose`}>
        {past.length > 0 && <Readiness maturity={maturity} />}
        {past.length === 0 && (may.overrule || maturity.overrule) && <Unassessed maturity={maturity} />}
        {open && <Assessment key={open.id} maturity={maturity} open={open} />}
        {!open && past.length === 0 && (
          <div className="card">
            <EmptyState icon={ProblemIcon} title="L’organisation d’abord" action={start}>
              {may.open
                ? 'Avant de choisir un logiciel, l’équipe regarde comment elle travaille : seize dimensions, quatre niveaux décrits en mots. Chacun répond, puis l’équipe s’accorde.'
                : 'L’équipe n’a pas encore commencé son autoévaluation. La coordination l’ouvre.'}
            </EmptyState>
          </div>
        )}
        <Comparison maturity={maturity} onReopen={reopen} />
      </div>
      <div className={css.side}>
        {past.length > 0 && start && <div>{start}</div>}
        <Improvements maturity={maturity} />
        <Card title="Comment s’y prendre">
          <div className={`${css.body} stack small`}>
            <p>{matrix.method}</p>
            <p className="dim">{matrix.source}</p>
          </div>
        </Card>
      </div>
    </div>
  );
}

/** Is the organisation defined? When it is not: the steps that are missing, before any choice of a software. */
function Readiness({ maturity }: { maturity: Maturity }) {
  const { readiness, overrule, may, project, matrix } = maturity;
  const me = useMe();
  const [, setUrl] = useUrl();
  const inPractice = me.practice.kind === 'practice';
  return (
    <Card
      title="Prête à choisir un logiciel ?"
      action={
        <Tag tone={readiness.state === 'defined' ? 'success' : 'warning'}>
          {readiness.state === 'defined' ? 'organisation définie' : 'organisation non définie'}
        </Tag>
      }
    >
      <div className={`${css.body} stack`}>
        {readiness.state === 'defined' ? (
          <Note tone="success">
            L’organisation de l’équipe est définie : le choix d’un logiciel peut s’appuyer sur elle.
          </Note>
        ) : (
          <>
            <Note tone="warning">
              L’organisation de l’équipe n’est pas définie. Un logiciel choisi maintenant ne porterait aucune
              organisation : voici ce qui manque, dans l’ordre.
            </Note>
            <ul className="small dim">
              {readiness.reasons.map((words) => (
                <li key={words}>{words}</li>
              ))}
            </ul>
          </>
        )}
        <Overruled maturity={maturity} />
      </div>
      {readiness.missing.length > 0 && (
        <ol className={own.steps}>
          {readiness.missing.map(({ dimension, level, target, step }) => (
            <li key={dimension} className={own.missing}>
              <div className="row wrap between">
                <h3>{step.title}</h3>
                <span className="small dim nowrap">
                  niveau {level}, à porter au niveau {target}
                </span>
              </div>
              <dl>
                <dt>Pourquoi</dt>
                <dd>{step.why}</dd>
                <dt>Modèle</dt>
                <dd>{step.model}</dd>
                <dt>Aide</dt>
                <dd>{step.help}</dd>
              </dl>
              <div className="row wrap">
                {step.to && inPractice && <Link to={step.to as string}>{step.toWords ?? 'Ouvrir la page'}</Link>}
                {may.agree && (
                  <Button
                    size="compact-sm"
                    variant="subtle"
                    onClick={() => setUrl({ volet: 'action', pour: dimension })}
                    aria-label={`En faire une action : ${matrix.axes.flatMap(({ dimensions }) => dimensions).find(({ id }) => id === dimension)!.label}`}
                  >
                    En faire une action
                  </Button>
                )}
              </div>
            </li>
          ))}
        </ol>
      )}
      {readiness.state !== 'defined' && may.overrule && !overrule && <Overrule project={project!} />}
    </Card>
  );
}
/** A team that has not assessed anything yet: its choice is held all the same, and whoever supports it may say why it goes on. */
function Unassessed({ maturity }: { maturity: Maturity }) {
  return (
    <Card title="Prête à choisir un logiciel ?" action={<Tag tone="warning">organisation non évaluée</Tag>}>
      <div className={`${css.body} stack`}>
        <Note tone="warning">L’équipe n’a pas fait son autoévaluation : le choix d’un logiciel attend.</Note>
        <Overruled maturity={maturity} />
      </div>
      {maturity.may.overrule && !maturity.overrule && <Overrule project={maturity.project!} />}
    </Card>
  );
}
function Overruled({ maturity: { overrule, may, project } }: { maturity: Maturity }) {
  if (!overrule) return null;
  return (
    <Note
      tone="info"
      action={
        may.overrule && (
          <Button
            size="compact-sm"
            variant="subtle"
            onClick={() =>
              void call(programmeContract.withdrawOverrule, { params: { project: project! } }).then(
                changedMaturity,
                failed,
              )
            }
          >
            Revenir dessus
          </Button>
        )
      }
    >
      {overrule.by} laisse le choix se poursuivre ({sayAgo(overrule.at)}) : « {overrule.reason} »
    </Note>
  );
}
function Overrule({ project }: { project: string }) {
  const [reason, setReason] = useState('');
  const overrule = useMutation({
    mutationFn: () => call(programmeContract.overruleReadiness, { params: { project }, body: { reason } }),
    onSuccess: () => {
      changedMaturity();
      done(
        'Le choix peut se poursuivre ; le motif est gardé.',
        () => call(programmeContract.withdrawOverrule, { params: { project } }).then(changedMaturity),
        'Décision retirée.',
      );
    },
  });
  return (
    <details className={css.body}>
      <summary className="small">Passer outre, avec un motif</summary>
      <form
        className="stack"
        style={{ marginTop: 8 }}
        onSubmit={(event) => {
          event.preventDefault();
          overrule.mutate();
        }}
      >
        <Textarea
          label="Motif"
          autosize
          minRows={2}
          value={reason}
          onChange={(event) => setReason(event.currentTarget.value)}
          error={
            overrule.error instanceof Refusal ? (overrule.error.fields.reason ?? overrule.error.message) : undefined
          }
        />
        <div>
          <Button type="submit" variant="default" disabled={reason.trim().length < 10} loading={overrule.isPending}>
            Laisser le choix se poursuivre
          </Button>
        </div>
      </form>
    </details>
  );
}
