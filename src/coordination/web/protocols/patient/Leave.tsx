import { Button, Radio, TextInput } from '@mantine/core';
import { useState } from 'react';
import { call } from '../../../../web/api.ts';
import { useDraft } from '../../../../web/drafts.ts';
import { DraftWords } from '../../../../web/ui/PanelForm.tsx';
import { done } from '../../../../web/ui/undo.tsx';
import { coordinationContract } from '../../../contract.ts';
import css from './patient.module.css';
import { type Plan, usePlanAct } from './use-plans.ts';

/** Out of the protocol, with the reason: what was planned stops being asked, what was done stays in the record. */
export function Leave({
  plan,
  patient,
  first,
  onClose,
}: {
  plan: Plan;
  patient: string;
  /** The reason as far as it is known. */
  first: string;
  onClose: () => void;
}) {
  const [end, setEnd] = useState<'leave' | 'complete'>('leave');
  const { values, set, clear, state } = useDraft(
    `sortie:${plan.id}`,
    { patient, form: 'protocole', label: `Sortie du protocole ${plan.protocol.title}`.slice(0, 120) },
    { reason: first },
  );
  const { reason } = values;
  const act = usePlanAct(
    patient,
    () =>
      call(coordinationContract.changePlan, {
        params: { patient, plan: plan.id },
        body: { version: plan.version, act: end, reason: reason.trim() || undefined },
      }),
    () => {
      clear();
      onClose();
      done(end === 'leave' ? 'Suivi arrêté. Les tâches qui restaient sont retirées.' : 'Suivi terminé.');
    },
  );
  const ready = end === 'complete' || reason.trim() !== '';
  return (
    <form
      className={`${css.inline} stack`}
      aria-label="Sortir du protocole"
      onSubmit={(event) => {
        event.preventDefault();
        if (ready) act.mutate(undefined);
      }}
    >
      <Radio.Group label="Sortir du protocole" value={end} onChange={(value) => setEnd(value as typeof end)}>
        <div className="row wrap" style={{ paddingTop: 4, gap: 16 }}>
          <Radio value="leave" label="Arrêter avant la fin" />
          <Radio value="complete" label="Le suivi est terminé" />
        </div>
      </Radio.Group>
      <TextInput
        autoFocus
        label={end === 'leave' ? 'Pourquoi' : 'Un mot de conclusion'}
        placeholder={end === 'leave' ? 'Le patient ne le souhaite plus ; suivi repris à l’hôpital…' : ''}
        maxLength={1000}
        value={reason}
        onChange={(event) => set({ reason: event.currentTarget.value })}
      />
      <div className="row wrap">
        <Button type="submit" color={end === 'leave' ? 'red' : undefined} disabled={!ready} loading={act.isPending}>
          {end === 'leave' ? 'Arrêter le suivi' : 'Terminer le suivi'}
        </Button>
        <Button variant="subtle" color="gray" onClick={onClose}>
          Ne rien changer
        </Button>
        <DraftWords state={state} drop={clear} />
      </div>
    </form>
  );
}
