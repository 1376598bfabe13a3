import { Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { call, failureOf } from '../../../../web/api.ts';
import { sayDate } from '../../../../web/say.ts';
import type { RecordPanelProps } from '../../../../web/slots.ts';
import { Tag, WhoWhen } from '../../../../web/ui/bits.tsx';
import { PauseIcon, PlayIcon, PlusIcon } from '../../../../web/ui/icons.ts';
import { SidePanel } from '../../../../web/ui/SidePanel.tsx';
import { Bone, EmptyState, Failure, Note } from '../../../../web/ui/states.tsx';
import { done } from '../../../../web/ui/undo.tsx';
import { professionLabel } from '../../../../web/words.ts';
import { coordinationContract } from '../../../contract.ts';
import { AddStep } from './AddStep.tsx';
import { followedTwice } from './also-asked.rules.ts';
import { Leave } from './Leave.tsx';
import { Newer } from './Newer.tsx';
import css from './patient.module.css';
import { PlanSteps } from './PlanSteps.tsx';
import { Progress } from './PlansCard.tsx';
import { type Plan, usePlanAct, usePlans } from './use-plans.ts';

/** `?volet=protocole:PLAN`: one protocol of one patient, step by step, and what one may change of it. */
export default function PlanPanel({ patient, patientName, args, onClose }: RecordPanelProps) {
  const query = usePlans(patient);
  const plan = query.data?.plans.find((one) => one.id === args[0]);
  if (!plan)
    return (
      <SidePanel wide title="Protocole" subtitle={patientName} onClose={onClose}>
        {failureOf(query) ? (
          <Failure of={query} />
        ) : query.data ? (
          <EmptyState title="Ce suivi n’est pas dans ce dossier">
            Il a peut-être été retiré. Les autres protocoles du patient sont sur la synthèse.
          </EmptyState>
        ) : (
          <Bone h={300} />
        )}
      </SidePanel>
    );
  return <Opened plan={plan} plans={query.data!.plans} patient={patient} patientName={patientName} onClose={onClose} />;
}

function Opened({
  plan,
  plans,
  patient,
  patientName,
  onClose,
}: {
  plan: Plan;
  plans: readonly Plan[];
  patient: string;
  patientName: string;
  onClose: () => void;
}) {
  const [doing, setDoing] = useState<'add' | 'leave' | null>(null);
  const send = (act: 'pause' | 'resume' | 'complete', version = plan.version) =>
    call(coordinationContract.changePlan, { params: { patient, plan: plan.id }, body: { version, act } });
  const act = usePlanAct(patient, async (asked: 'pause' | 'resume' | 'complete') => {
    const now = await send(asked);
    const again = (other: 'pause' | 'resume') => send(other, now.version);
    if (asked === 'pause')
      done(
        'Suivi mis en pause : rien n’est demandé tant qu’il n’est pas repris.',
        () => again('resume'),
        'Suivi repris.',
      );
    else if (asked === 'resume')
      done(
        'Suivi repris. Les dates sont décalées du temps de la pause.',
        () => again('pause'),
        'Suivi remis en pause.',
      );
    else done('Suivi terminé.');
  });
  const running = plan.state === 'active' || plan.state === 'on-hold';
  const waiting = running && plan.mayChange;
  return (
    <SidePanel wide title={plan.protocol.title} subtitle={patientName} onClose={onClose}>
      <div className="stack" style={{ gap: 16 }}>
        <div className="stack tight">
          <div className="row wrap small" style={{ gap: '2px 10px' }}>
            <Tag tone={plan.state === 'active' ? 'success' : plan.state === 'on-hold' ? 'warning' : 'neutral'}>
              {plan.stateLabel}
            </Tag>
            <span>depuis le {sayDate(plan.since)}</span>
            {plan.until && <span>jusqu’au {sayDate(plan.until)}</span>}
            <Link to="/coordination/protocoles/$id" params={{ id: plan.protocol.id }}>
              Lire le protocole, édition {plan.protocol.edition}
            </Link>
          </div>
          <WhoWhen who={plan.by} when={plan.since} />
          {plan.reason && <p>{plan.reason}</p>}
        </div>
        <Progress plan={plan} />
        {waiting && !plan.stopped && (
          <div className="row wrap" role="group" aria-label="Ce suivi">
            {plan.state === 'active' ? (
              <Button
                size="xs"
                variant="default"
                leftSection={<PauseIcon size={16} />}
                loading={act.isPending && act.variables === 'pause'}
                onClick={() => act.mutate('pause')}
              >
                Mettre en pause
              </Button>
            ) : (
              <Button
                size="xs"
                leftSection={<PlayIcon size={16} />}
                loading={act.isPending && act.variables === 'resume'}
                onClick={() => act.mutate('resume')}
              >
                Reprendre
              </Button>
            )}
            <Button size="xs" variant="default" leftSection={<PlusIcon size={16} />} onClick={() => setDoing('add')}>
              Ajouter une étape
            </Button>
            <Button size="xs" variant="subtle" color="gray" onClick={() => setDoing('leave')}>
              Sortir du protocole…
            </Button>
          </div>
        )}
        {plan.newer && waiting && <Newer plan={plan} patient={patient} />}
        {doing === 'leave' && (
          <Leave
            plan={plan}
            patient={patient}
            first={plan.stopped ? 'Patient décédé.' : ''}
            onClose={() => setDoing(null)}
          />
        )}
        {doing === 'add' && <AddStep plan={plan} patient={patient} onClose={() => setDoing(null)} />}
        {followedTwice(plans, plan) && (
          <Note tone="warning">
            Ce patient suit deux fois ce protocole, parce que deux dossiers ont été réunis. Gardez un suivi, arrêtez
            l’autre.
          </Note>
        )}
        {plan.stopped && (
          <Note
            action={
              waiting && (
                <Button size="compact-sm" onClick={() => setDoing('leave')}>
                  Arrêter le suivi…
                </Button>
              )
            }
          >
            Patient décédé : plus rien n’est demandé. Ce qui l’était reste ci-dessous tant que le suivi n’est pas
            arrêté.
          </Note>
        )}
        {plan.state === 'on-hold' && (
          <Note tone="warning">
            En pause : les étapes ne sont demandées à personne. Les dates seront décalées à la reprise.
          </Note>
        )}
        <PlanSteps plan={plan} plans={plans} patient={patient} mayChange={waiting} />
        {waiting && plan.total > 0 && plan.done >= plan.total && (
          <Note
            tone="success"
            action={
              <Button
                size="compact-sm"
                loading={act.isPending && act.variables === 'complete'}
                onClick={() => act.mutate('complete')}
              >
                Terminer le suivi
              </Button>
            }
          >
            Toutes les étapes prévues sont faites.
          </Note>
        )}
        {plan.alerts.length > 0 && (
          <section aria-label="Signes d’alerte">
            <h3>Signes d’alerte</h3>
            <ul className="plain">
              {plan.alerts.map((alert) => (
                <li key={alert.sign} className={css.alert}>
                  <b>{alert.sign}</b> : {alert.act}{' '}
                  <span className="dim small">{alert.roles.map(professionLabel).join(', ')}</span>
                </li>
              ))}
            </ul>
          </section>
        )}
        {plan.goals.length > 0 && (
          <section aria-label="Objectifs">
            <h3>Objectifs</h3>
            <ul className={css.bullets}>
              {plan.goals.map((goal) => (
                <li key={goal}>{goal}</li>
              ))}
            </ul>
          </section>
        )}
        {plan.story.length > 0 && (
          <section aria-label="Ce qui s’est passé">
            <h3>Ce qui s’est passé</h3>
            <ul className="plain">
              {plan.story.map((one) => (
                <li key={`${one.at}${one.text}`} className={css.said}>
                  <div>{one.text}</div>
                  <WhoWhen who={one.who} when={one.at} />
                </li>
              ))}
            </ul>
          </section>
        )}
      </div>
    </SidePanel>
  );
}
