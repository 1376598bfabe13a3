import { Link } from '@tanstack/react-router';
import { Card, Tag } from '../../../web/ui/bits.tsx';
import { PatientsIcon } from '../../../web/ui/icons.ts';
import css from './meetings.module.css';
import { useMeetings } from './use-meetings.ts';
import { sayIn, sayPatients, sayWhen, toneOf } from './words.ts';

/** On the day's page: the meetings I am invited to, or run, soon. */
export default function MeetingsBlock() {
  const { data } = useMeetings();
  const soon = (data?.coming ?? [])
    .filter((one) => (one.mine || data?.may.run) && one.start && Date.parse(one.start) < Date.now() + 21 * 86_400_000)
    .slice(0, 3);
  if (soon.length === 0) return null;
  return (
    <Card title="Réunions" count={soon.length}>
      <ul className="plain">
        {soon.map((one) => (
          <li key={one.id} className={css.cardLine}>
            <PatientsIcon size={18} stroke={1.6} />
            <span className="grow">
              <Link to="/coordination/reunions/$id" params={{ id: one.id }} className={css.link}>
                {one.title}
              </Link>
              <span className={`dim small ${css.sub}`}>
                {sayWhen(one.start)} · {sayPatients(one)}
              </span>
            </span>
            <Tag tone={toneOf(one.state)}>{one.state === 'running' ? 'en cours' : sayIn(one.start)}</Tag>
          </li>
        ))}
      </ul>
    </Card>
  );
}
