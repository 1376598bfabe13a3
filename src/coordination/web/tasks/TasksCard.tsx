import { ActionIcon, Button } from '@mantine/core';
import { useState } from 'react';
import { useUrl } from '../../../web/routes.tsx';
import { sayDue } from '../../../web/say.ts';
import { mayRead, mayWrite, useMe } from '../../../web/session.ts';
import { Card, Face } from '../../../web/ui/bits.tsx';
import { HandOverIcon, PlusIcon } from '../../../web/ui/icons.ts';
import { Bone, Failure, Nothing } from '../../../web/ui/states.tsx';
import type { TaskLine } from '../../contract.ts';
import { Handovers } from './Handovers.tsx';
import { QuickActs, TaskMarks, TaskTitle } from './TaskRow.tsx';
import css from './tasks.module.css';
import { usePatientTasks, useTasksLive } from './use-tasks.ts';

/** A record is looked through: what a protocol asks would push the rest away. */
const most = 12;

/** In a record: what was handed over and not read, then what is asked about this patient. */
export function TasksCard({ patient }: { patient: string }) {
  const me = useMe();
  const may = mayRead(me, 'tasks');
  return may ? <TheCard patient={patient} writes={mayWrite(me, 'tasks')} hands={mayWrite(me, 'exchanges')} /> : null;
}
function TheCard({ patient, writes, hands }: { patient: string; writes: boolean; hands: boolean }) {
  useTasksLive();
  const query = usePatientTasks(patient);
  const [, setUrl] = useUrl();
  const [past, setPast] = useState(false);
  const [all, setAll] = useState(false);
  const data = query.data;
  // Who wrote one sees for a day who has read it.
  const unread =
    data?.handovers.filter(
      (one) => one.toRead || (one.mine && (!one.over || Date.now() - Date.parse(one.sent) < 86_400_000)),
    ) ?? [];
  const read = data?.handovers.filter((one) => !unread.includes(one)) ?? [];
  const waiting = (data?.tasks.length ?? 0) + unread.length;
  const more = all ? 0 : (data?.tasks.length ?? 0) - most;
  return (
    <Card
      title="Tâches et transmissions"
      count={waiting || undefined}
      action={
        writes && (
          <span className="row no-print" style={{ gap: 2 }}>
            {hands && (
              <Button
                size="compact-sm"
                variant="subtle"
                leftSection={<HandOverIcon size={16} />}
                onClick={() => setUrl({ volet: 'transmettre' })}
              >
                Transmettre
              </Button>
            )}
            <ActionIcon size="md" aria-label="Confier une tâche" onClick={() => setUrl({ volet: 'confier' })}>
              <PlusIcon size={17} />
            </ActionIcon>
          </span>
        )
      }
    >
      <Failure compact of={query} />
      {query.isPending && (
        <div className="pad stack">
          <Bone w="70%" />
          <Bone w="90%" />
        </div>
      )}
      <Handovers lines={unread} />
      {data && !data.tasks.length && !unread.length && <Nothing>Rien n’est demandé pour ce patient.</Nothing>}
      <Lines lines={(data?.tasks ?? []).slice(0, all ? undefined : most)} />
      {more > 0 && (
        <>
          <button type="button" className={`${css.fold} no-print`} onClick={() => setAll(true)}>
            {more === 1 ? 'Voir l’autre' : `Voir les ${more} autres`}
          </button>
          <p className="print-only dim small" style={{ padding: '2px 10px 6px' }}>
            {more === 1 ? 'Et une autre' : `Et ${more} autres`}, à lire à l’écran.
          </p>
        </>
      )}
      {((data?.done.length ?? 0) > 0 || read.length > 0) && (
        <>
          <button type="button" className={`${css.fold} no-print`} onClick={() => setPast(!past)} aria-expanded={past}>
            Fait et lu dernièrement ({(data?.done.length ?? 0) + read.length})
          </button>
          {past && (
            <>
              <Handovers lines={read} />
              <Lines lines={data?.done ?? []} />
            </>
          )}
        </>
      )}
    </Card>
  );
}
function Lines({ lines }: { lines: readonly TaskLine[] }) {
  const [, setUrl] = useUrl();
  return (
    <ul className="plain">
      {lines.map((line) => (
        <li
          key={line.id}
          className={css.cardLine}
          data-ended={line.state === 'completed' || line.state === 'cancelled' || undefined}
        >
          <button type="button" className={css.open} onClick={() => setUrl({ volet: `tache:${line.id}` })}>
            <span className="grow">
              <span className={css.title}>
                <TaskTitle line={line} />
              </span>{' '}
              <TaskMarks line={line} />
              <span className={css.faced}>
                {line.owner && <Face name={line.owner.name} profession={line.owner.profession} size={18} quiet />}
                <span>{line.owner?.me ? 'Vous' : line.ownerLabel}</span>
                {line.due && (
                  <span className={css.due} data-late={line.late || undefined}>
                    · {sayDue(line.due)}
                  </span>
                )}
              </span>
            </span>
          </button>
          <QuickActs line={line} />
        </li>
      ))}
    </ul>
  );
}
