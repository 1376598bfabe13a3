import { Link } from '@tanstack/react-router';
import type { z } from 'zod';
import { sayDate, tied } from '../../../web/say.ts';
import { Card, Tag } from '../../../web/ui/bits.tsx';
import { Bone, Nothing } from '../../../web/ui/states.tsx';
import type { programmeContract } from '../../contract.ts';
import css from '../programme.module.css';
import own from './region.module.css';

export type Day = z.infer<typeof programmeContract.today.reply>;

/** What waits, each with the list it is in. */
export function Waits({ waits }: { waits: Day['waits'] | undefined }) {
  return (
    <Card title="Aujourd’hui">
      {!waits && <Bone h={160} />}
      {waits?.length === 0 && <Nothing>Rien n’attend de vous aujourd’hui.</Nothing>}
      {waits && waits.length > 0 && (
        <ul className={own.waits}>
          {waits.map((one) => (
            <li key={one.to + one.words} data-tone={one.tone}>
              <a href={one.to}>
                <span className="num">{one.count}</span>
                <span>{one.words}</span>
              </a>
            </li>
          ))}
        </ul>
      )}
    </Card>
  );
}
/** Where the projects are: each bar opens its list. */
export function ByStep({ steps }: { steps: Day['steps'] }) {
  const most = Math.max(1, ...steps.map(({ onTime, late }) => onTime + late));
  const sum = steps.reduce((all, { onTime, late }) => ({ onTime: all.onTime + onTime, late: all.late + late }), {
    onTime: 0,
    late: 0,
  });
  return (
    <Card
      title="Projets en cours, par étape"
      count={sum.onTime + sum.late}
      action={<Link to={'/programme/carte' as string}>Carte</Link>}
    >
      <ul className={own.bars}>
        {steps.map((one) => (
          <li key={one.id}>
            <a href={`/programme/carte?step=${one.id}`}>
              <span>{one.title}</span>
              <span className={own.bar} aria-hidden>
                {one.onTime > 0 && <span data-late="no" style={{ width: `${(one.onTime / most) * 100}%` }} />}
                {one.late > 0 && <span data-late="yes" style={{ width: `${(one.late / most) * 100}%` }} />}
              </span>
              <span className="num small">
                {one.onTime + one.late}
                {one.late > 0 && <span className={own.lateWord}>, {one.late} en retard</span>}
              </span>
            </a>
          </li>
        ))}
      </ul>
    </Card>
  );
}
export function Followed({ projects, mine }: { projects: Day['projects']; mine: boolean }) {
  return (
    <Card
      title={mine ? 'Vos projets' : 'Projets à suivre'}
      count={projects.length || undefined}
      action={<Link to={'/programme/projets' as string}>Tous les projets</Link>}
    >
      {projects.length === 0 && (
        <Nothing>{mine ? 'Aucun projet ne vous est confié pour le moment.' : 'Aucun projet en cours.'}</Nothing>
      )}
      <ul className={`plain ${css.rules}`}>
        {projects.map((one) => (
          <li key={one.id}>
            <div className="row between wrap">
              <Link to={`/programme/projets/${one.id}` as string} className="strong">
                {one.team}
              </Link>
              {one.lateDays > 0 ? (
                <Tag tone="danger">{one.lateDays} j de retard</Tag>
              ) : (
                <span className="dim small">jusqu’au {sayDate(one.to)}</span>
              )}
            </div>
            <p className="small">{one.step}</p>
            {one.blockers.map((words) => (
              <p key={words} className="dim small">
                {tied(words)}
              </p>
            ))}
          </li>
        ))}
      </ul>
    </Card>
  );
}
