import { Button, Textarea } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { call, Refusal } from '../../../web/api.ts';
import { useDraft } from '../../../web/drafts.ts';
import { DraftWords } from '../../../web/ui/PanelForm.tsx';
import { type CarePlan, coordinationContract } from '../../contract.ts';

/** Its goals are reached, or it is stopped and one says why. Closed and opened again it holds what was typed. */
export function EndPlan({
  patient,
  plan,
  open,
  onContinue,
  onEnded,
}: {
  patient: string;
  plan: CarePlan;
  open: boolean;
  onContinue: () => void;
  onEnded: () => Promise<void>;
}) {
  const { values, set, clear, state } = useDraft(
    `fin-de-plan:${patient}`,
    { patient, form: 'plan', label: 'Fin du plan de soins : le motif' },
    { reason: '' },
  );
  const { reason } = values;
  const end = useMutation({
    mutationFn: (reached: boolean) =>
      call(coordinationContract.endCarePlan, {
        params: { patient },
        body: { version: plan.version, reached, reason },
      }),
    onSuccess: () => {
      clear();
      return onEnded();
    },
  });
  if (!open) return null;
  return (
    <section className="card pad stack" aria-label="Terminer le plan">
      <Textarea
        label="Motif"
        description="Nécessaire si les objectifs ne sont pas atteints"
        autosize
        minRows={2}
        value={reason}
        onChange={(event) => set({ reason: event.currentTarget.value })}
        error={end.error instanceof Refusal ? (end.error.fields.reason ?? end.error.message) : undefined}
      />
      <div className="row wrap">
        <Button variant="light" onClick={() => end.mutate(true)} loading={end.isPending}>
          Objectifs atteints
        </Button>
        <Button variant="default" onClick={() => end.mutate(false)} loading={end.isPending}>
          Arrêter le plan
        </Button>
        <Button variant="subtle" onClick={onContinue}>
          Continuer le plan
        </Button>
        <DraftWords state={state} drop={clear} />
      </div>
    </section>
  );
}
