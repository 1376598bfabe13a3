import { Button, SegmentedControl, Textarea } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { call, queries, Refusal } from '../../../web/api.ts';
import { useDraft } from '../../../web/drafts.ts';
import { sayAgo, sayDate } from '../../../web/say.ts';
import type { RecordPanelProps } from '../../../web/slots.ts';
import { DateField } from '../../../web/ui/DateField.tsx';
import { PlusIcon } from '../../../web/ui/icons.ts';
import { PanelForm } from '../../../web/ui/PanelForm.tsx';
import { SidePanel } from '../../../web/ui/SidePanel.tsx';
import { Bone, ErrorState } from '../../../web/ui/states.tsx';
import { done, failed } from '../../../web/ui/undo.tsx';
import { type CarePlan, coordinationContract } from '../../contract.ts';
import { ActionRow, type Action, GoalRow, type Goal } from './CarePlanRows.tsx';
import { EndPlan } from './EndPlan.tsx';
import css from './plans.module.css';
import { TheirPlan } from './TheirPlan.tsx';
import { useCarePlan } from './use-care-plan.ts';

interface Values {
  goals: Goal[];
  needs: string;
  actions: Action[];
  review: string;
  how: 'none' | 'oral' | 'written' | 'representative';
  version: number | null;
}
const blankGoal: Goal = { words: '', aim: '', due: null, state: 'active' };
const blankAction: Action = {
  title: '',
  detail: '',
  who: { kind: 'patient', practitioner: null, profession: null, name: '' },
  when: '',
  goal: null,
  state: 'not-started',
};
const valuesOf = (plan: CarePlan | null): Values =>
  plan
    ? {
        goals: plan.goals,
        needs: plan.needs,
        actions: plan.actions,
        review: plan.review ?? '',
        how: plan.agreement?.how ?? 'none',
        version: plan.version,
      }
    : { goals: [blankGoal], needs: '', actions: [], review: '', how: 'none', version: null };

/** What is done for the other goals stays with them. */
const withoutGoal = ({ goals, actions }: Values, at: number): Pick<Values, 'goals' | 'actions'> => ({
  goals: goals.filter((_, i) => i !== at),
  actions: actions.map((action) =>
    action.goal === null || action.goal < at
      ? action
      : { ...action, goal: action.goal === at ? null : action.goal - 1 },
  ),
});

/** `?volet=pps`: the plan written together, in the order in which one talks: what matters to you, what you need, who does what, when we meet again. */
export default function CarePlanPanel({ patient, patientName, onClose }: RecordPanelProps) {
  const { data, error, refetch } = useCarePlan(patient);
  if (!data)
    return (
      <SidePanel title="Plan personnalisé de santé" subtitle={patientName} onClose={onClose} wide>
        {error ? <ErrorState error={error} retry={() => void refetch()} /> : <Bone h={240} />}
      </SidePanel>
    );
  return (
    <Form patient={patient} patientName={patientName} onClose={onClose} plan={data.plan} mayWrite={data.mayWrite} />
  );
}

function Form({
  patient,
  patientName,
  onClose,
  plan,
  mayWrite,
}: {
  patient: string;
  patientName: string;
  onClose: () => void;
  plan: CarePlan | null;
  mayWrite: boolean;
}) {
  // What stood when the form was opened: what arrives meanwhile must not change it under the hand.
  const [opened] = useState(() => valuesOf(plan));
  const { values, set, clear, state } = useDraft<Values>(
    `pps:${patient}`,
    { patient, form: 'pps', label: 'Plan personnalisé de santé' },
    opened,
  );
  const [ending, setEnding] = useState(false);
  const settled = async (words: string) => {
    clear();
    await queries.invalidateQueries({
      predicate: ({ queryKey }) => (queryKey[1] as { patient?: string } | null)?.patient === patient,
    });
    done(words);
    onClose();
  };
  const save = useMutation({
    mutationFn: (version: number | null) =>
      call(coordinationContract.writeCarePlan, {
        params: { patient },
        body: {
          version,
          goals: values.goals.filter((goal) => goal.words.trim()),
          needs: values.needs,
          actions: values.actions.filter((action) => action.title.trim()),
          review: values.review,
          agreement: values.how === 'none' ? null : { how: values.how },
        },
      }),
    onSuccess: (saved) =>
      settled(
        saved.state === 'draft'
          ? 'Plan enregistré en brouillon : l’accord du patient reste à recueillir.'
          : 'Plan personnalisé de santé enregistré.',
      ),
    onError: (error) => error instanceof Refusal || failed(error),
  });
  const refusal = save.error instanceof Refusal ? save.error : null;
  const theirs = refusal?.extra.code === 'edited-meanwhile' ? (refusal.extra.current as CarePlan) : null;
  const error = (name: string) => refusal?.fields[name];
  const goals = values.goals;
  const patchGoal = (at: number, patch: Partial<Goal>) =>
    set({ goals: goals.map((goal, i) => (i === at ? { ...goal, ...patch } : goal)) });
  const patchAction = (at: number, patch: Partial<Action>) =>
    set({ actions: values.actions.map((action, i) => (i === at ? { ...action, ...patch } : action)) });
  return (
    <PanelForm
      title="Plan personnalisé de santé"
      subtitle={
        plan ? `${patientName} · version ${plan.version}, ${plan.by?.name ?? ''} ${sayAgo(plan.updated)}` : patientName
      }
      verb="Enregistrer le plan"
      pending={save.isPending}
      draft={state}
      refusal={theirs ? null : refusal}
      onSubmit={() => save.mutate(values.version)}
      onClose={onClose}
      wide
      act={mayWrite}
      beside={
        <>
          <span className="grow" />
          {plan && !ending && (
            <Button variant="subtle" color="gray" onClick={() => setEnding(true)}>
              Terminer le plan…
            </Button>
          )}
        </>
      }
    >
      {theirs && (
        <TheirPlan
          theirs={theirs}
          pending={save.isPending}
          take={() => {
            clear();
            set(valuesOf(theirs));
            save.reset();
          }}
          keepMine={() => save.mutate(theirs.version)}
        />
      )}
      {plan && (
        <EndPlan
          patient={patient}
          plan={plan}
          open={ending}
          onContinue={() => setEnding(false)}
          onEnded={() => settled('Plan terminé. Il reste lisible dans l’historique.')}
        />
      )}
      <h3>Ce qui compte pour {patientName}</h3>
      {goals.map((goal, at) => (
        <GoalRow
          key={goal.id ?? at}
          goal={goal}
          at={at}
          error={error}
          onChange={(patch) => patchGoal(at, patch)}
          onRemove={() => set(withoutGoal(values, at))}
        />
      ))}
      <div>
        <Button
          variant="default"
          size="compact-md"
          leftSection={<PlusIcon size={15} />}
          onClick={() => set({ goals: [...goals, blankGoal] })}
        >
          Ajouter un objectif
        </Button>
      </div>
      <Textarea
        label="Besoins et situation"
        placeholder="Ce qui aide, ce qui gêne : logement, entourage, transports, moral…"
        autosize
        minRows={3}
        value={values.needs}
        onChange={(event) => set({ needs: event.currentTarget.value })}
      />
      <h3>Qui fait quoi</h3>
      {values.actions.map((action, at) => (
        <ActionRow
          // biome-ignore lint/suspicious/noArrayIndexKey: lines have no name of their own until they are saved
          key={at}
          patient={patient}
          action={action}
          at={at}
          goals={goals}
          error={error}
          onChange={(patch) => patchAction(at, patch)}
          onRemove={() => set({ actions: values.actions.filter((_, i) => i !== at) })}
        />
      ))}
      <div>
        <Button
          variant="default"
          size="compact-md"
          leftSection={<PlusIcon size={15} />}
          onClick={() => set({ actions: [...values.actions, blankAction] })}
        >
          Ajouter une action
        </Button>
      </div>
      <div className={css.two}>
        <DateField
          label="Revoir le plan ensemble le"
          value={values.review}
          onChange={(review) => set({ review })}
          error={error('review')}
        />
        <div>
          <div className="small strong" style={{ marginBottom: 4 }} id="pps-agreement">
            Accord du patient
          </div>
          <SegmentedControl
            aria-labelledby="pps-agreement"
            value={values.how}
            onChange={(how) => set({ how: how as Values['how'] })}
            data={[
              { value: 'none', label: 'Pas encore' },
              { value: 'oral', label: 'Oral' },
              { value: 'written', label: 'Écrit' },
              { value: 'representative', label: 'Représentant' },
            ]}
          />
        </div>
      </div>
      {plan?.agreement && (
        <p className="dim small">
          {plan.agreement.label}, le {sayDate(plan.agreement.on)}
          {plan.agreement.collectedBy && `, recueilli par ${plan.agreement.collectedBy.name}`}
        </p>
      )}
    </PanelForm>
  );
}
