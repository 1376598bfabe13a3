import { Button } from '@mantine/core';
import { call } from '../../../../web/api.ts';
import { Note } from '../../../../web/ui/states.tsx';
import { done } from '../../../../web/ui/undo.tsx';
import { coordinationContract } from '../../../contract.ts';
import css from './patient.module.css';
import { type Plan, usePlanAct } from './use-plans.ts';

/** A newer edition stands: what it changes in words, taken or left for this patient, never forced. */
export function Newer({ plan, patient }: { plan: Plan; patient: string }) {
  const newer = plan.newer!;
  const act = usePlanAct(
    patient,
    (take: boolean) =>
      call(coordinationContract.takeEdition, {
        params: { patient, plan: plan.id },
        body: { version: plan.version, take },
      }),
    (take) =>
      done(
        take
          ? `Édition ${newer.edition} prise pour ce patient. Ce qui est fait reste fait.`
          : `Ce patient reste à l’édition ${plan.protocol.edition}.`,
      ),
  );
  const list = (label: string, titles: readonly string[]) =>
    titles.length > 0 && (
      <div>
        <b>{label} : </b>
        {titles.join(' ; ')}
      </div>
    );
  return (
    <section aria-label="Nouvelle édition du protocole">
      <Note>
        <div className="stack tight">
          <div>
            <b>L’édition {newer.edition} est en vigueur.</b> {newer.note}
          </div>
          {list(newer.added.length > 1 ? 'Étapes ajoutées' : 'Étape ajoutée', newer.added)}
          {list(newer.removed.length > 1 ? 'Étapes retirées' : 'Étape retirée', newer.removed)}
          {list(newer.changed.length > 1 ? 'Étapes changées' : 'Étape changée', newer.changed)}
          <div className={css.choices}>
            <Button size="compact-sm" loading={act.isPending && act.variables} onClick={() => act.mutate(true)}>
              Prendre l’édition {newer.edition}
            </Button>
            <Button
              size="compact-sm"
              variant="default"
              loading={act.isPending && !act.variables}
              onClick={() => act.mutate(false)}
            >
              Rester à l’édition {plan.protocol.edition}
            </Button>
          </div>
        </div>
      </Note>
    </section>
  );
}
