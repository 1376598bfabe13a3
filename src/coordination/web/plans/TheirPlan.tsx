import { Button } from '@mantine/core';
import { useEffect } from 'react';
import { sayAgo } from '../../../web/say.ts';
import { Note } from '../../../web/ui/states.tsx';
import type { CarePlan } from '../../contract.ts';

/** Someone saved the plan meanwhile: theirs is shown over what is typed, and one of them is chosen. */
export function TheirPlan({
  theirs,
  pending,
  take,
  keepMine,
}: {
  theirs: CarePlan;
  pending: boolean;
  take: () => void;
  keepMine: () => void;
}) {
  // biome-ignore lint/correctness/useExhaustiveDependencies: each version of theirs is brought into sight
  useEffect(() => {
    document.getElementById('pps-conflict')?.scrollIntoView({ block: 'start' });
  }, [theirs]);
  return (
    <section className="stack" id="pps-conflict" aria-label="Deux versions">
      <Note tone="warning" live>
        <b>{theirs.by?.name ?? 'Une autre personne'}</b> a enregistré une autre version {sayAgo(theirs.updated)}. Votre
        saisie est conservée ci-dessous : complétez-la si besoin, puis choisissez.
      </Note>
      <div className="card pad small stack">
        <b>Sa version</b>
        {theirs.goals.map((goal) => (
          <span key={goal.id}>
            « {goal.words} » · {goal.stateLabel}
          </span>
        ))}
        {theirs.needs && <span className="dim">{theirs.needs}</span>}
        {theirs.actions.map((action) => (
          <span key={`${action.title}${action.whoLabel}`}>
            {[action.title, action.whoLabel, action.when].filter(Boolean).join(' · ')}
          </span>
        ))}
      </div>
      <div className="row wrap">
        <Button variant="default" onClick={take}>
          Reprendre sa version
        </Button>
        <Button variant="light" loading={pending} onClick={keepMine}>
          Enregistrer la mienne
        </Button>
      </div>
    </section>
  );
}
