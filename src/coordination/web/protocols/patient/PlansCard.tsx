import { ActionIcon, Button, Tooltip } from '@mantine/core';
import { useState } from 'react';
import { Refusal, failureOf } from '../../../../web/api.ts';
import { useUrl } from '../../../../web/routes.tsx';
import { sayCount, sayDate } from '../../../../web/say.ts';
import { Card, ProgressBar, Tag } from '../../../../web/ui/bits.tsx';
import { PlusIcon } from '../../../../web/ui/icons.ts';
import { Bone, Failure, Nothing } from '../../../../web/ui/states.tsx';
import css from './patient.module.css';
import { type Plan, usePlans } from './use-plans.ts';

/** Protocols that this patient follows, on the record’s summary: how far, what comes next, what is late. */
export default function PlansCard({ patient }: { patient: string; patientName: string }) {
  const query = usePlans(patient);
  const [, setUrl] = useUrl();
  const [ended, setEnded] = useState(false);
  const openPanel = (volet: string) => setUrl({ volet });
  if (query.fetchStatus === 'idle' && !query.data && !failureOf(query)) return null;
  if (query.error instanceof Refusal && query.error.status === 403) return null;
  const { plans = [], proposed = [], mayEnter = false } = query.data ?? {};
  const running = plans.filter((plan) => plan.state === 'active' || plan.state === 'on-hold');
  const over = plans.filter((plan) => !running.includes(plan));
  return (
    <Card
      title="Protocoles en cours"
      count={running.length || undefined}
      action={
        mayEnter && (
          <Tooltip label="Inclure dans un protocole">
            <ActionIcon
              aria-label="Inclure dans un protocole"
              className="no-print"
              onClick={() => openPanel('inclure')}
            >
              <PlusIcon size={17} />
            </ActionIcon>
          </Tooltip>
        )
      }
    >
      {query.isPending && (
        <div className="pad stack">
          <Bone w="60%" />
          <Bone />
        </div>
      )}
      <Failure compact of={query} />
      {query.data && running.length === 0 && proposed.length === 0 && <Nothing>Aucun protocole en cours.</Nothing>}
      <ul className="plain">
        {running.map((plan) => (
          <Running key={plan.id} plan={plan} onOpen={() => openPanel(`protocole:${plan.id}`)} />
        ))}
      </ul>
      {mayEnter && proposed.length > 0 && (
        <ul className={`plain ${css.proposed} no-print`} aria-label="Protocoles qui conviendraient">
          {proposed.slice(0, 3).map((line) => (
            <li key={line.id} className="row">
              <span className="grow">
                <span className="strong">{line.title}</span>
                <span className="dim small" style={{ display: 'block' }}>
                  {line.why}
                </span>
              </span>
              <Button
                size="compact-sm"
                variant="light"
                onClick={() => openPanel(`inclure:${line.id}`)}
                aria-label={`Inclure dans ${line.title}`}
              >
                Inclure
              </Button>
            </li>
          ))}
        </ul>
      )}
      {over.length > 0 && (
        <>
          <button
            type="button"
            className={`${css.fold} no-print`}
            aria-expanded={ended}
            onClick={() => setEnded(!ended)}
          >
            Terminés ou arrêtés ({over.length})
          </button>
          {ended && (
            <ul className="plain">
              {over.map((plan) => (
                <li key={plan.id}>
                  <button type="button" className={css.open} onClick={() => openPanel(`protocole:${plan.id}`)}>
                    <span className="grow">{plan.protocol.title}</span>
                    <span className="dim small">
                      {plan.stateLabel} {plan.until && `le ${sayDate(plan.until)}`}
                    </span>
                  </button>
                </li>
              ))}
            </ul>
          )}
        </>
      )}
    </Card>
  );
}

function Running({ plan, onOpen }: { plan: Plan; onOpen: () => void }) {
  const paused = plan.state === 'on-hold';
  return (
    <li>
      <button type="button" className={css.plan} onClick={onOpen}>
        <span className="row wrap" style={{ gap: '2px 8px' }}>
          <span className="strong">{plan.protocol.title}</span>
          {paused && <Tag tone="warning">en pause</Tag>}
          {plan.stopped && <Tag>à arrêter</Tag>}
          {plan.late > 0 && <Tag tone="danger">{plan.late} en retard</Tag>}
          {plan.newer && <Tag tone="info">nouvelle édition</Tag>}
        </span>
        <Progress plan={plan} />
        {!paused && plan.next && (
          <span className="small">
            <span className="dim">Ensuite : </span>
            {plan.next.title}{' '}
            <span className="dim">
              {[plan.next.mine ? 'vous' : plan.next.ownerLabel, plan.next.due && sayDate(plan.next.due)]
                .filter(Boolean)
                .join(', ')}
            </span>
          </span>
        )}
        {paused && plan.reason && <span className="dim small">{plan.reason}</span>}
      </button>
    </li>
  );
}
/** How far, in words and as a bar: of what was due until now. */
export function Progress({ plan }: { plan: Pick<Plan, 'done' | 'total'> }) {
  return (
    <ProgressBar
      share={plan.total > 0 ? Math.min(1, plan.done / plan.total) : 0}
      label={`${sayCount(plan.done, 'étape faite', 'étapes faites')} sur ${plan.total}`}
    />
  );
}
