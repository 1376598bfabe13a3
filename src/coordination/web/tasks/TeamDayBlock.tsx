import { Link } from '@tanstack/react-router';
import { sayDue } from '../../../web/say.ts';
import { useMe } from '../../../web/session.ts';
import { Card, Face, Tag } from '../../../web/ui/bits.tsx';
import { Bone, Failure, Nothing } from '../../../web/ui/states.tsx';
import { TaskMarks, TaskTitle } from './TaskRow.tsx';
import css from './tasks.module.css';
import { useTasksLive, useTeamDay } from './use-tasks.ts';

/** For those who see every task of the practice: what waits for whom, and what nobody has. */
export default function TeamDayBlock() {
  const me = useMe();
  return me.rights.tasks?.reach === 'practice' ? <Block /> : null;
}
function Block() {
  useTasksLive();
  const query = useTeamDay(true);
  const data = query.data;
  return (
    <Card title="La journée de l’équipe">
      <Failure compact of={query} />
      {query.isPending && (
        <div className="pad stack">
          <Bone w="60%" />
          <Bone w="80%" />
        </div>
      )}
      {data && (
        <>
          <div className={css.alerts}>
            <Link
              to="/coordination/taches"
              search={{ vue: 'unowned' } as never}
              data-alert={data.unowned > 0 || undefined}
            >
              <b className="num">{data.unowned}</b> sans responsable
            </Link>
            <Link to="/coordination/taches" search={{ vue: 'late' } as never} data-alert={data.late > 0 || undefined}>
              <b className="num">{data.late}</b> en retard
            </Link>
          </div>
          <ul className="plain">
            {data.today.slice(0, 6).map((line) => (
              <li key={line.id} className={css.cardLine}>
                <Link
                  to="/coordination/taches"
                  search={{ vue: 'team', volet: `tache:${line.id}` } as never}
                  className={css.open}
                >
                  <span className="grow">
                    <span className={css.title}>
                      <TaskTitle line={line} />
                    </span>{' '}
                    <TaskMarks line={line} />
                    <span className={css.sub}>
                      {`${line.patient?.name ?? 'La structure'} · ${line.ownerLabel}`}
                      {line.due && (
                        <>
                          {' · '}
                          <span className={css.due} data-late={line.late || undefined}>
                            {sayDue(line.due)}
                          </span>
                        </>
                      )}
                    </span>
                  </span>
                </Link>
              </li>
            ))}
          </ul>
          {data.people.length === 0 && <Nothing>Aucune tâche n’attend personne.</Nothing>}
          <ul className="plain">
            {data.people.slice(0, 10).map((one) => (
              <li key={one.who.id} className={css.person}>
                <Face name={one.who.name} profession={one.who.profession} size={24} quiet />
                <span className="grow">
                  {one.who.name}{' '}
                  <span className={`dim tiny num ${css.role}`}>
                    {[one.who.role, `${one.open} en cours`].filter(Boolean).join(' · ')}
                  </span>
                </span>
                {one.late > 0 && <Tag tone="danger">{one.late} en retard</Tag>}
                {one.today > 0 && <Tag tone="warning">{one.today} aujourd’hui</Tag>}
              </li>
            ))}
          </ul>
        </>
      )}
    </Card>
  );
}
