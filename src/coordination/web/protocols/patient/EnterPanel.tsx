import { Button, Checkbox, TextInput } from '@mantine/core';
import { keepPreviousData, queryOptions, useQuery } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { call, failureOf } from '../../../../web/api.ts';
import { fold } from '../../../../web/palette.ts';
import { useUrl } from '../../../../web/routes.tsx';
import { sayCount, sayDate } from '../../../../web/say.ts';
import type { RecordPanelProps } from '../../../../web/slots.ts';
import { Tag } from '../../../../web/ui/bits.tsx';
import { DateField } from '../../../../web/ui/DateField.tsx';
import { BackIcon, ProtocolIcon, SearchIcon } from '../../../../web/ui/icons.ts';
import { SidePanel } from '../../../../web/ui/SidePanel.tsx';
import { Bone, EmptyState, Failure, Note } from '../../../../web/ui/states.tsx';
import { done } from '../../../../web/ui/undo.tsx';
import { inSentence } from '../../../../web/words.ts';
import { coordinationContract, type PlanStep, type ProtocolLine } from '../../../contract.ts';
import { protocolsQuery } from '../use-protocol.ts';
import { alsoAsked } from './also-asked.rules.ts';
import css from './patient.module.css';
import { Also } from './PlanSteps.tsx';
import { refreshPatient, usePlanAct, usePlans } from './use-plans.ts';

/** `?volet=inclure`: first gesture, which protocol; second, «Inclure» under what it will ask of whom. */
export default function EnterPanel({ patient, patientName, args, onClose }: RecordPanelProps) {
  const [, setUrl] = useUrl();
  const [chosen] = args;
  return chosen ? (
    <Preview
      key={chosen}
      patient={patient}
      patientName={patientName}
      protocol={chosen}
      onBack={() => setUrl({ volet: 'inclure' })}
      onClose={onClose}
      onEntered={(plan) => setUrl({ volet: `protocole:${plan}` })}
    />
  ) : (
    <Choose
      patient={patient}
      patientName={patientName}
      onChoose={(id) => setUrl({ volet: `inclure:${id}` })}
      onClose={onClose}
    />
  );
}

function Choose({
  patient,
  patientName,
  onChoose,
  onClose,
}: {
  patient: string;
  patientName: string;
  onChoose: (id: string) => void;
  onClose: () => void;
}) {
  const plans = usePlans(patient);
  const all = useQuery(protocolsQuery({ state: 'active' }));
  const [typed, setTyped] = useState('');
  const words = fold(typed).split(/\s+/).filter(Boolean);
  const fits = (line: ProtocolLine) =>
    words.every((word) => fold(`${line.title} ${line.themeLabel} ${line.summary}`).includes(word));
  const proposed = (plans.data?.proposed ?? []).filter(fits);
  const running = new Set(
    plans.data?.plans
      .filter((plan) => plan.state === 'active' || plan.state === 'on-hold')
      .map((plan) => plan.protocol.id),
  );
  const others = (all.data?.protocols ?? []).filter(
    (line) => fits(line) && !proposed.some((one) => one.id === line.id),
  );
  const pick = (line: ProtocolLine, why?: string) => (
    <li key={line.id}>
      <button type="button" className={css.pick} disabled={running.has(line.id)} onClick={() => onChoose(line.id)}>
        <span className="strong">{line.title}</span>
        {running.has(line.id) && <Tag>déjà suivi</Tag>}
        <span className="dim small">
          {why ??
            `${sayCount(line.steps, 'étape')}, ${line.roles
              .map((role) => inSentence(role.label))
              .slice(0, 4)
              .join(', ')}`}
        </span>
      </button>
    </li>
  );
  return (
    <SidePanel title="Inclure dans un protocole" subtitle={patientName} onClose={onClose}>
      <div className="stack">
        <TextInput
          data-autofocus
          aria-label="Chercher un protocole"
          placeholder="Chercher un protocole"
          leftSection={<SearchIcon size={16} />}
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
        />
        <Failure compact of={[plans, all]} />
        {(all.isPending || plans.isPending) && !failureOf(plans, all) && <Bone h={240} />}
        {proposed.length > 0 && (
          <section aria-label="D’après le dossier">
            <h3>D’après le dossier</h3>
            <ul className="plain">{proposed.map((line) => pick(line, line.why))}</ul>
          </section>
        )}
        {others.length > 0 && (
          <section aria-label="Tous les protocoles en vigueur">
            <h3>{proposed.length > 0 ? 'Les autres' : 'Protocoles en vigueur'}</h3>
            <ul className="plain">{others.map((line) => pick(line))}</ul>
          </section>
        )}
        {all.data && proposed.length + others.length === 0 && (
          <EmptyState icon={ProtocolIcon} title="Aucun protocole trouvé">
            {typed
              ? 'Essayez un autre mot.'
              : 'La structure n’a pas encore de protocole en vigueur : la coordination peut en écrire un.'}
          </EmptyState>
        )}
      </div>
    </SidePanel>
  );
}

function Preview({
  patient,
  patientName,
  protocol,
  onBack,
  onClose,
  onEntered,
}: {
  patient: string;
  patientName: string;
  protocol: string;
  onBack: () => void;
  onClose: () => void;
  onEntered: (plan: string) => void;
}) {
  const [start, setStart] = useState('');
  const [without, setWithout] = useState<readonly string[]>([]);
  const query = useQuery(
    queryOptions({
      queryKey: [coordinationContract.previewPlan.path, { patient }, protocol, start],
      queryFn: ({ signal }) =>
        call(
          coordinationContract.previewPlan,
          { params: { patient }, body: { protocol, start: start || undefined } },
          { signal },
        ),
      placeholderData: keepPreviousData,
    }),
  );
  const enter = usePlanAct(patient, async () => {
    const plan = await call(coordinationContract.enterProtocol, {
      params: { patient },
      body: { protocol, start: start || undefined, without: without.length > 0 ? [...without] : undefined },
    });
    onEntered(plan.id);
    done(`Inclus : ${plan.protocol.title}.`, async () => {
      await call(coordinationContract.changePlan, {
        params: { patient, plan: plan.id },
        body: { version: plan.version, act: 'leave', reason: 'Inclusion annulée aussitôt.' },
      });
      onClose();
      await refreshPatient(patient);
    });
  });
  const data = query.data;
  const plans = usePlans(patient).data?.plans ?? [];
  // The second gesture is Enter.
  const button = useRef<HTMLButtonElement>(null);
  const ready = data !== undefined;
  useEffect(() => {
    if (ready) button.current?.focus();
  }, [ready]);
  const first = data?.steps.filter((step) => step.round === 1) ?? [];
  const rounds = new Map<string, number>();
  for (const step of data?.steps ?? []) rounds.set(step.step, Math.max(rounds.get(step.step) ?? 0, step.round));
  return (
    <SidePanel
      wide
      title={data?.protocol.title ?? 'Inclure dans un protocole'}
      subtitle={patientName}
      onClose={onClose}
      footer={
        <>
          <Button
            ref={button}
            disabled={!data || first.length === without.length}
            loading={enter.isPending}
            onClick={() => enter.mutate(undefined)}
          >
            Inclure dans le protocole
          </Button>
          <Button variant="subtle" color="gray" leftSection={<BackIcon size={15} />} onClick={onBack}>
            Choisir un autre
          </Button>
        </>
      }
    >
      <Failure of={query} />
      {query.isPending && <Bone h={360} />}
      {data && (
        <div className="stack" aria-busy={query.isFetching}>
          <p className="dim">{data.protocol.summary}</p>
          {data.missing.length > 0 && (
            <Note tone="warning">
              Personne dans l’équipe de soins n’est {data.missing.map((one) => inSentence(one.label)).join(', ni ')}.
              Ces étapes seront proposées à toute la profession, et la coordination verra celles que personne ne prend.
            </Note>
          )}
          <DateField
            label="Début du suivi"
            description="Laissez vide pour aujourd’hui."
            value={start}
            onChange={setStart}
            w={220}
          />
          <section aria-label="Ce qui sera demandé">
            <h3>Ce qui sera demandé, à qui, pour quand</h3>
            <ul className="plain">
              {first.map((step) => (
                <Asked
                  key={step.step}
                  step={step}
                  also={alsoAsked(plans, step.title, null)}
                  times={rounds.get(step.step) ?? 1}
                  off={without.includes(step.step)}
                  onOff={(off) =>
                    setWithout(off ? [...without, step.step] : without.filter((one) => one !== step.step))
                  }
                />
              ))}
            </ul>
          </section>
        </div>
      )}
    </SidePanel>
  );
}

function Asked({
  step,
  also,
  times,
  off,
  onOff,
}: {
  step: PlanStep;
  also: ReturnType<typeof alsoAsked>;
  times: number;
  off: boolean;
  onOff: (off: boolean) => void;
}) {
  return (
    <li className={css.asked} data-left={off || undefined}>
      <Checkbox
        checked={!off}
        onChange={(event) => onOff(!event.currentTarget.checked)}
        aria-label={`Garder l’étape : ${step.title}`}
      />
      <div className="grow">
        <span className="strong">{step.title}</span>
        <Also asked={also} />
        {step.condition && (
          <span className="dim small" style={{ display: 'block' }}>
            Seulement si : {step.condition} {step.conditionMet === true && <Tag tone="warning">c’est le cas</Tag>}
            {step.conditionMet === false && <Tag>pas à ce jour</Tag>}
          </span>
        )}
      </div>
      <div className={`${css.whoWhen} small`}>
        <div>{step.mine ? 'Vous' : step.ownerLabel}</div>
        <div className="dim num">
          {step.due ? sayDate(step.due) : 'plus tard'}
          {times > 1 && `, et ${times - 1} fois encore`}
        </div>
      </div>
    </li>
  );
}
