import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { reading } from '../../../web/api.ts';
import { sayAgo, sayCount } from '../../../web/say.ts';
import { mayRead, useMe } from '../../../web/session.ts';
import { Card } from '../../../web/ui/bits.tsx';
import { InboxIcon } from '../../../web/ui/icons.ts';
import { Nothing } from '../../../web/ui/states.tsx';
import { coordinationContract } from '../../contract.ts';
import css from './messages.module.css';
import { Row } from './ThreadList.tsx';
import { useCounts } from './use-messages.ts';

/** On the day's page: what I have not read, urgent first, and the boxes in which something waits. */
export default function MessagesBlock() {
  const me = useMe();
  const reads = mayRead(me, 'messages');
  const navigate = useNavigate();
  const unread = useQuery({ ...reading(coordinationContract.threads, { query: { view: 'unread' } }), enabled: reads });
  const latest = useQuery({
    ...reading(coordinationContract.threads, { query: { view: 'mine' } }),
    enabled: reads && unread.data?.threads.length === 0,
  });
  const boxes = useQuery({ ...reading(coordinationContract.boxes), enabled: reads });
  const counts = useCounts();
  if (!reads) return null;
  const waiting = [...(unread.data?.threads ?? [])].sort(
    (a, b) => Number(b.urgent) - Number(a.urgent) || Number(b.mentioned) - Number(a.mentioned),
  );
  const threads = waiting.length > 0 ? waiting.slice(0, 6) : (latest.data?.threads ?? []).slice(0, 3);
  const mine = (boxes.data?.boxes ?? []).filter((one) => (one.member && one.todo > 0) || (one.waiting?.count ?? 0) > 0);
  return (
    <Card
      title="Messages"
      count={counts.unread > 0 ? `${counts.unread} non ${counts.unread > 1 ? 'lus' : 'lu'}` : undefined}
      action={
        <Button component={Link} to="/coordination/messages" size="compact-sm" variant="subtle">
          Tout voir
        </Button>
      }
    >
      {unread.data && threads.length === 0 && mine.length === 0 && <Nothing>Aucun message.</Nothing>}
      {mine.map((box) => (
        <Link
          key={box.id}
          to="/coordination/messages"
          search={(box.member ? { vue: `boite:${box.id}` } : {}) as never}
          className={css.boxLine}
        >
          <InboxIcon size={17} stroke={1.6} />
          <span className="grow">
            <span className="strong">{box.name}</span>{' '}
            <span className="small">
              {box.member
                ? `${box.todo > 99 ? 'plus de 99 messages' : sayCount(box.todo, 'message')} à traiter${box.mine ? `, dont ${box.mine} à vous` : ''}`
                : ''}
              {(box.waiting?.count ?? 0) > 0 && (
                <span className="warning">
                  {box.member ? ' · ' : ''}
                  {sayCount(box.waiting!.count, 'message')} sans personne depuis plus d’une demi-journée,{' '}
                  {sayAgo(box.waiting!.since)}
                </span>
              )}
            </span>
          </span>
        </Link>
      ))}
      <ul className={`plain ${css.threads}`}>
        {threads.map((thread) => (
          <li key={thread.id}>
            <Row
              thread={thread}
              onOpen={() => void navigate({ to: '/coordination/messages', search: { fil: thread.id } as never })}
            />
          </li>
        ))}
      </ul>
    </Card>
  );
}
