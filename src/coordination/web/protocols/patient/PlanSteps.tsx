import { Button, Menu, TextInput } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { call } from '../../../../web/api.ts';
import { sayDate } from '../../../../web/say.ts';
import { Tag } from '../../../../web/ui/bits.tsx';
import { DateField } from '../../../../web/ui/DateField.tsx';
import { CheckIcon, ClockIcon, DoneIcon, DotIcon, MoreIcon, WarningIcon } from '../../../../web/ui/icons.ts';
import { done } from '../../../../web/ui/undo.tsx';
import { type Addressee, coordinationContract, type PlanStep } from '../../../contract.ts';
import { alsoAsked } from './also-asked.rules.ts';
import css from './patient.module.css';
import { groupSteps, open, type Plan, usePlanAct } from './use-plans.ts';
import { WhoField } from './WhoField.tsx';

const titles = { late: 'En retard', now: 'À faire', later: 'À venir', done: 'Fait', left: 'Laissé de côté' } as const;
const shownFirst = 6;

/** The steps of one patient, as one looks at them: late, asked, to come, done. */
export function PlanSteps({
  plan,
  plans,
  patient,
  mayChange,
}: {
  plan: Plan;
  plans: readonly Plan[];
  patient: string;
  mayChange: boolean;
}) {
  const groups = groupSteps(plan.steps);
  return (
    <>
      {(Object.keys(titles) as (keyof typeof titles)[]).map(
        (group) =>
          groups[group].length > 0 && (
            <Group
              key={group}
              title={titles[group]}
              steps={groups[group]}
              plan={plan}
              plans={plans}
              patient={patient}
              mayChange={mayChange}
              folded={group === 'later' || group === 'done' || group === 'left'}
            />
          ),
      )}
    </>
  );
}

function Group({
  title,
  steps,
  plan,
  plans,
  patient,
  mayChange,
  folded,
}: {
  title: string;
  steps: PlanStep[];
  plan: Plan;
  plans: readonly Plan[];
  patient: string;
  mayChange: boolean;
  folded: boolean;
}) {
  const [all, setAll] = useState(false);
  const shown = folded && !all ? steps.slice(0, shownFirst) : steps;
  return (
    <section aria-label={title}>
      <h3>
        {title} <span className="dim num">{steps.length}</span>
      </h3>
      <ul className="plain">
        {shown.map((step) => (
          <Step
            key={`${step.step}#${step.round}`}
            step={step}
            plan={plan}
            plans={plans}
            patient={patient}
            mayChange={mayChange}
          />
        ))}
      </ul>
      {steps.length > shownFirst && folded && (
        <Button size="compact-sm" variant="subtle" aria-expanded={all} onClick={() => setAll(!all)}>
          {all ? 'Voir moins' : `Voir les ${steps.length - shownFirst} autres`}
        </Button>
      )}
    </section>
  );
}

const icons = {
  completed: <DoneIcon size={18} className="success" />,
  late: <WarningIcon size={18} className="danger" />,
  open: <DotIcon size={18} />,
  later: <ClockIcon size={18} className="dim" />,
};

function Step({
  step,
  plan,
  plans,
  patient,
  mayChange,
}: {
  step: PlanStep;
  plan: Plan;
  plans: readonly Plan[];
  patient: string;
  mayChange: boolean;
}) {
  const [doing, setDoing] = useState<'move' | 'give' | 'skip' | null>(null);
  const change = (body: object, version = plan.version) =>
    call(coordinationContract.changePlanStep, {
      params: { patient, plan: plan.id },
      body: { version, step: step.step, round: step.round, ...body } as never,
    });
  const finish = usePlanAct(patient, async () => {
    const task = await call(coordinationContract.doneTask, {
      params: { id: step.task! },
      body: { version: step.version! },
    });
    done(
      `Fait : ${step.title}.`,
      () =>
        call(coordinationContract.changeTask, {
          params: { id: task.id },
          body: { version: task.version, reopen: true },
        }),
      'De nouveau à faire.',
    );
  });
  const skip = usePlanAct(patient, async (reason: string) => {
    const now = await change({ act: 'skip', reason });
    setDoing(null);
    done(`Étape laissée de côté : ${step.title}.`, () => change({ act: 'again' }, now.version), 'Étape reprise.');
  });
  const again = usePlanAct(patient, async () => {
    await change({ act: 'again' });
    done(`Étape reprise : ${step.title}.`);
  });
  const move = usePlanAct(patient, async (due: string) => {
    const now = await change({ act: 'move', due });
    setDoing(null);
    done(
      `Déplacée au ${sayDate(due)} : ${step.title}.`,
      step.due ? () => change({ act: 'move', due: step.due }, now.version) : undefined,
    );
  });
  const give = usePlanAct(patient, async (addressee: Addressee) => {
    await change({ act: 'give', addressee });
    setDoing(null);
    done(`Confiée à quelqu’un d’autre : ${step.title}.`);
  });
  const isOpen = open(step);
  const left = step.state === 'cancelled';
  const icon =
    step.state === 'completed' ? icons.completed : step.late ? icons.late : isOpen ? icons.open : icons.later;
  return (
    <li className={css.step} data-left={left || undefined}>
      <span className={css.icon} aria-hidden>
        {icon}
      </span>
      <div className="grow">
        <div className="row wrap" style={{ gap: '0 8px' }}>
          <span className="strong">{step.title}</span>
          {step.own && <Tag>pour ce patient</Tag>}
          {step.state === 'rejected' && <Tag tone="danger">refusée</Tag>}
          {step.state === 'on-hold' && <Tag tone="warning">en pause</Tag>}
        </div>
        <div className="small">
          <Said step={step} />
        </div>
        {isOpen && <Also asked={alsoAsked(plans, step.title, plan.id)} />}
        {isOpen && step.trouble && <div className="small warning">{step.trouble}.</div>}
        {step.condition && step.state !== 'completed' && (
          <div className="dim small">
            Seulement si : {step.condition} {step.conditionMet === true && <Tag tone="warning">c’est le cas</Tag>}
            {step.conditionMet === false && <Tag>pas à ce jour</Tag>}
          </div>
        )}
        {doing && (
          <Inline onClose={() => setDoing(null)}>
            {doing === 'move' && (
              <Move first={step.due ?? ''} pending={move.isPending} onMove={(due) => move.mutate(due)} />
            )}
            {doing === 'give' && <Give patient={patient} pending={give.isPending} onGive={(to) => give.mutate(to)} />}
            {doing === 'skip' && <Skip pending={skip.isPending} onSkip={(reason) => skip.mutate(reason)} />}
          </Inline>
        )}
      </div>
      {mayChange && (
        <div className={`row ${css.do}`}>
          {isOpen && step.mayFinish && (
            <Button
              size="compact-sm"
              variant={step.mine ? 'filled' : 'default'}
              leftSection={<CheckIcon size={14} />}
              loading={finish.isPending}
              onClick={() => finish.mutate(undefined)}
              aria-label={`Fait : ${step.title}`}
            >
              Fait
            </Button>
          )}
          {left ? (
            <Button
              size="compact-sm"
              variant="default"
              loading={again.isPending}
              onClick={() => again.mutate(undefined)}
              aria-label={`Reprendre : ${step.title}`}
            >
              Reprendre
            </Button>
          ) : (
            step.state !== 'completed' && (
              <Menu>
                <Menu.Target>
                  <Button size="compact-sm" variant="subtle" color="gray" aria-label={`Changer : ${step.title}`} px={6}>
                    <MoreIcon size={16} />
                  </Button>
                </Menu.Target>
                <Menu.Dropdown>
                  <Menu.Item onClick={() => setDoing('move')}>Changer la date</Menu.Item>
                  <Menu.Item onClick={() => setDoing('give')}>Confier à quelqu’un d’autre</Menu.Item>
                  <Menu.Item onClick={() => setDoing('skip')}>Laisser de côté</Menu.Item>
                </Menu.Dropdown>
              </Menu>
            )
          )}
        </div>
      )}
    </li>
  );
}

function Said({ step }: { step: PlanStep }) {
  if (step.state === 'completed')
    return (
      <span className="dim">
        {[
          step.doneBy && (step.doneBy.me ? 'Par vous' : `Par ${step.doneBy.name}`),
          step.doneAt && `le ${sayDate(step.doneAt)}`,
        ]
          .filter(Boolean)
          .join(' ')}
      </span>
    );
  return (
    <>
      <span className="dim">{step.mine ? 'Vous' : step.ownerLabel}</span>
      {step.due && (
        <span className={step.late ? 'danger strong' : 'dim'}>
          {' '}
          · {step.late ? 'attendue le' : 'pour le'} {sayDate(step.due)}
        </span>
      )}
    </>
  );
}

/** Another protocol of this patient asks for the same: one answer may serve both. */
export const Also = ({ asked }: { asked: ReturnType<typeof alsoAsked> }) =>
  asked.map(({ protocol, due }) => (
    <div key={protocol} className="dim small">
      Demandé aussi par « {protocol} »{due && `, pour le ${sayDate(due)}`}.
    </div>
  ));

/** A small form in its line; Escape leaves it without closing the panel. */
function Inline({ onClose, children }: { onClose: () => void; children: ReactNode }) {
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: only hears Escape of the fields in it
    <div
      className={css.lineForm}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return;
        event.stopPropagation();
        onClose();
      }}
    >
      {children}
      <Button size="compact-sm" variant="subtle" color="gray" onClick={onClose}>
        Annuler
      </Button>
    </div>
  );
}
function Move({ first, pending, onMove }: { first: string; pending: boolean; onMove: (due: string) => void }) {
  const [due, setDue] = useState(first.slice(0, 10));
  return (
    <>
      <DateField autoFocus label="Nouvelle date" placeholder="+2s, 12/03…" value={due} onChange={setDue} w={170} />
      <Button size="compact-md" disabled={!due} loading={pending} onClick={() => onMove(due)}>
        Déplacer
      </Button>
    </>
  );
}
function Give({ patient, pending, onGive }: { patient: string; pending: boolean; onGive: (to: Addressee) => void }) {
  const [to, setTo] = useState<Addressee | null>(null);
  return (
    <>
      <WhoField autoFocus label="Confier à" patient={patient} value={to} onChange={setTo} />
      <Button size="compact-md" disabled={!to} loading={pending} onClick={() => to && onGive(to)}>
        Confier
      </Button>
    </>
  );
}
function Skip({ pending, onSkip }: { pending: boolean; onSkip: (reason: string) => void }) {
  const [reason, setReason] = useState('');
  return (
    <>
      <TextInput
        autoFocus
        label="Pourquoi"
        maxLength={1000}
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
        style={{ flex: '1 1 200px' }}
      />
      <Button size="compact-md" disabled={!reason.trim()} loading={pending} onClick={() => onSkip(reason.trim())}>
        Laisser de côté
      </Button>
    </>
  );
}
