import { Button, Textarea } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { call, Refusal } from '../../../web/api.ts';
import { useUrl } from '../../../web/routes.tsx';
import { sayDate } from '../../../web/say.ts';
import { Card, Tag } from '../../../web/ui/bits.tsx';
import { DateField } from '../../../web/ui/DateField.tsx';
import { PanelForm } from '../../../web/ui/PanelForm.tsx';
import { Note, Nothing } from '../../../web/ui/states.tsx';
import { done } from '../../../web/ui/undo.tsx';
import { professionLabel } from '../../../web/words.ts';
import { programmeContract } from '../../contract.ts';
import css from '../programme.module.css';
import own from './leading.module.css';
import { changedPlan, type Deployment } from './words.ts';

type Phase = Deployment['phases'][number];
type Step = Phase['professions'][number];

/** Which phase each profession is in: one is begun once the one before it is done, or with a reason. */
export function PhasesCard({ project, plan }: { project: string; plan: Deployment }) {
  const [url, setUrl] = useUrl();
  const [act, phaseId, profession] = (url.volet ?? '').split(':');
  const phase = plan.phases.find(({ id }) => id === phaseId);
  const step = phase?.professions.find((one) => one.profession === profession);
  return (
    <Card title="Phases par profession">
      {plan.professions.length === 0 && (
        <Nothing>Les professions viennent de la candidature de l’équipe et de l’équipe projet.</Nothing>
      )}
      {plan.professions.length > 0 && (
        <div className={css.scroll}>
          <table className={own.table}>
            <thead>
              <tr>
                <th scope="col">Profession</th>
                {plan.phases.map(({ id, title }) => (
                  <th key={id} scope="col">
                    {title}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {plan.professions.map(({ profession: code, people }) => (
                <tr key={code}>
                  <th scope="row">
                    {professionLabel(code)}
                    {people !== null && <span className="dim"> ({people})</span>}
                  </th>
                  {plan.phases.map((one) => {
                    const at = one.professions.find((other) => other.profession === code)!;
                    const words = at.doneOn
                      ? `Terminée le ${sayDate(at.doneOn)}`
                      : at.begunOn
                        ? `Commencée le ${sayDate(at.begunOn)}`
                        : at.waits
                          ? 'Attend la précédente'
                          : 'Peut commencer';
                    const tone = at.doneOn ? 'success' : at.begunOn ? 'accent' : 'neutral';
                    return (
                      <td key={one.id}>
                        {plan.writes ? (
                          <button
                            type="button"
                            className="plain-button"
                            aria-label={`${professionLabel(code)}, ${one.title} : ${words}`}
                            onClick={() => setUrl({ volet: `phase:${one.id}:${code}` })}
                          >
                            <Tag tone={tone}>{words}</Tag>
                          </button>
                        ) : (
                          <Tag tone={tone}>{words}</Tag>
                        )}
                        {at.reason && <div className="tiny dim">{at.reason}</div>}
                      </td>
                    );
                  })}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      {act === 'phase' && phase && step && plan.writes && (
        <PhasePanel
          key={url.volet}
          project={project}
          plan={plan}
          phase={phase}
          step={step}
          onClose={() => setUrl({ volet: undefined })}
        />
      )}
    </Card>
  );
}
function PhasePanel({
  project,
  plan,
  phase,
  step,
  onClose,
}: {
  project: string;
  plan: Deployment;
  phase: Phase;
  step: Step;
  onClose: () => void;
}) {
  const first = { begunOn: step.begunOn ?? '', doneOn: step.doneOn ?? '', reason: step.reason };
  const [form, setForm] = useState({ ...first, begunOn: first.begunOn || (step.waits ? '' : plan.today) });
  const put = (from: typeof first, seen: number) =>
    call(programmeContract.movePhase, {
      params: { project, phase: phase.id, profession: step.profession },
      body: { begunOn: from.begunOn || null, doneOn: from.doneOn || null, reason: from.reason, seen },
    });
  const save = useMutation({
    mutationFn: () => put(form, step.version),
    onSuccess: () => {
      changedPlan();
      done('Enregistré.', () => put(first, step.version + 1).then(changedPlan));
      onClose();
    },
  });
  const refusal = save.error instanceof Refusal ? save.error : null;
  const early = step.waits !== null && step.begunOn === null && form.begunOn !== '';
  return (
    <PanelForm
      title={phase.title}
      subtitle={professionLabel(step.profession)}
      verb="Enregistrer"
      pending={save.isPending}
      refusal={refusal}
      onSubmit={() => save.mutate()}
      onClose={onClose}
    >
      <p className="small dim">{phase.lead}</p>
      {step.waits && step.begunOn === null && (
        <Note tone="warning">{step.waits} Pour commencer celle-ci quand même, dites pourquoi.</Note>
      )}
      <DateField
        label="Commencée le"
        value={form.begunOn}
        max={plan.today}
        error={refusal?.fields.begunOn}
        onChange={(begunOn) => setForm({ ...form, begunOn })}
      />
      <DateField
        label="Terminée le"
        value={form.doneOn}
        max={plan.today}
        error={refusal?.fields.doneOn}
        onChange={(doneOn) => setForm({ ...form, doneOn })}
      />
      {(early || form.reason) && (
        <Textarea
          label="Motif"
          autosize
          minRows={2}
          value={form.reason}
          error={refusal?.fields.reason}
          onChange={(event) => setForm({ ...form, reason: event.currentTarget.value })}
        />
      )}
      {form.begunOn && (
        <Button
          variant="subtle"
          size="compact-sm"
          onClick={() => setForm({ begunOn: '', doneOn: '', reason: form.reason })}
        >
          Effacer les dates
        </Button>
      )}
    </PanelForm>
  );
}
