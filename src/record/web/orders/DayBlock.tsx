import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { sayOthers } from '../../../web/say.ts';
import { Card } from '../../../web/ui/bits.tsx';
import { Bone, Failure, Nothing } from '../../../web/ui/states.tsx';
import css from './orders.module.css';
import { useWaitingLive, waitingQuery } from './use-orders.ts';
import { WaitingLines } from './WaitingPage.tsx';

const shown = 5;
/** On the day's page: what is asked of me, what I asked and waits, what runs out. */
export default function DayBlock() {
  const [view, setView] = useState<string>();
  const query = useQuery(waitingQuery(view));
  useWaitingLive();
  const page = query.data;
  if (page && page.views.length === 0) return null;
  // What holds nothing is not offered on the day; the page of prescriptions has it.
  const views = page?.views.filter((one) => one.count > 0 || one.view === page.view) ?? [];
  return (
    <Card
      title="Prescriptions"
      count={page?.views.find((one) => one.view === page.view)?.count || undefined}
      action={
        <Button component={Link} to={'/ordonnances' as string} size="compact-sm" variant="subtle">
          Toutes les prescriptions
        </Button>
      }
    >
      {page && views.length > 1 && (
        <div className={`${css.filter} ${css.pad}`} role="group" aria-label="Quelles prescriptions">
          {views.map((one) => (
            <Button
              key={one.view}
              size="compact-sm"
              variant={one.view === page.view ? 'light' : 'subtle'}
              aria-pressed={one.view === page.view}
              onClick={() => setView(one.view)}
            >
              {one.label} ({one.count})
            </Button>
          ))}
        </div>
      )}
      <Failure compact of={query} />
      {query.isPending && (
        <div className="pad stack">
          <Bone w="60%" />
          <Bone w="80%" />
        </div>
      )}
      {page && page.lines.length === 0 && (
        <Nothing>{page.view === 'renew' ? 'Rien à renouveler ce mois-ci.' : 'Aucune prescription n’attend.'}</Nothing>
      )}
      {page && <WaitingLines page={page} lines={page.lines.slice(0, shown)} brief />}
      {page && page.lines.length > shown && (
        <Link to={`/ordonnances?vue=${page.view}` as string} className={`${css.fold} touch`}>
          {sayOthers(page.lines.length - shown)}
        </Link>
      )}
    </Card>
  );
}
