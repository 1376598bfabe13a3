import { Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { ofName, sayDue, sayOthers } from '../../../web/say.ts';
import { mayRead, useMe } from '../../../web/session.ts';
import { Card } from '../../../web/ui/bits.tsx';
import { Bone, Failure, Nothing } from '../../../web/ui/states.tsx';
import { Handovers } from './Handovers.tsx';
import { QuickActs, TaskMarks, TaskTitle } from './TaskRow.tsx';
import css from './tasks.module.css';
import { useHandovers, useTaskList, useTasksLive } from './use-tasks.ts';

const shown = 8;
/** On the day's page: what was handed over, then what waits for me. */
export default function DayBlock() {
  return mayRead(useMe(), 'tasks') ? <Block /> : null;
}
function Block() {
  useTasksLive();
  const handovers = useHandovers(true);
  const query = useTaskList({ view: 'mine' });
  const page = query.data?.pages[0];
  const notes = handovers.data?.handovers ?? [];
  const lines = page?.tasks.slice(0, shown) ?? [];
  const refused = page?.counts.refused ?? 0;
  return (
    <Card
      title="Mes tâches"
      count={(page?.counts.mine ?? 0) + notes.length || undefined}
      action={
        <Button component={Link} to="/coordination/taches" size="compact-sm" variant="subtle">
          Toutes les tâches
        </Button>
      }
    >
      <Failure compact of={query} />
      {query.isPending && (
        <div className="pad stack">
          <Bone w="60%" />
          <Bone w="80%" />
          <Bone w="70%" />
        </div>
      )}
      <Handovers lines={notes} withPatient />
      {page && lines.length === 0 && notes.length === 0 && <Nothing>Aucune tâche ne vous attend.</Nothing>}
      <ul className="plain">
        {lines.map((line) => (
          <li key={line.id} className={css.cardLine}>
            <Link to="/coordination/taches" search={{ volet: `tache:${line.id}` } as never} className={css.open}>
              <span className="grow">
                <span className={css.title}>
                  <TaskTitle line={line} />
                </span>{' '}
                <span className={css.marks}>
                  <TaskMarks line={line} />
                </span>
                <span className={css.sub}>
                  {line.patient ? `${line.patient.name}, ${line.patient.age}` : 'La structure'}
                  {line.due && (
                    <>
                      {' · '}
                      <span className={css.due} data-late={line.late || undefined}>
                        {sayDue(line.due)}
                      </span>
                    </>
                  )}
                  {line.requester && ` · ${ofName(line.requester.me ? 'vous' : line.requester.name, '\u00a0')}`}
                </span>
              </span>
            </Link>
            <QuickActs line={line} />
          </li>
        ))}
      </ul>
      {page && page.counts.mine! > lines.length && (
        <Link to="/coordination/taches" className={css.fold}>
          {sayOthers(page.counts.mine! - lines.length)}
        </Link>
      )}
      {refused > 0 && (
        <Link to="/coordination/taches" search={{ vue: 'asked' } as never} className={`${css.fold} ${css.refused}`}>
          {refused === 1
            ? 'Une tâche que vous avez demandée est refusée'
            : `${refused} tâches que vous avez demandées sont refusées`}
        </Link>
      )}
    </Card>
  );
}
