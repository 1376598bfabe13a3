import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { reading } from '../../../web/api.ts';
import { sayAgo } from '../../../web/say.ts';
import { useMe } from '../../../web/session.ts';
import { Card, Tag } from '../../../web/ui/bits.tsx';
import { InboxIcon } from '../../../web/ui/icons.ts';
import { Nothing } from '../../../web/ui/states.tsx';
import { recordContract } from '../../contract.ts';
import css from './day.module.css';

/** What arrived and waits to be put into a record. */
export function ToSort() {
  const may = useMe().acts.includes('receive-documents');
  const { data } = useQuery({ ...reading(recordContract.inbox), enabled: may, refetchInterval: 60_000 });
  if (!may) return null;
  const waiting = data?.waiting ?? [];
  return (
    <Card
      title="Documents à classer"
      count={waiting.length || undefined}
      action={
        <Link to="/documents" search={{ vue: 'classer' }} className="small">
          {waiting.length > 0 ? 'Classer' : 'Déposer'}
        </Link>
      }
    >
      {data && waiting.length === 0 && <Nothing>Tout est classé.</Nothing>}
      <ul className="plain">
        {waiting.slice(0, 6).map((line) => (
          <li key={line.document} className={css.line}>
            <InboxIcon size={18} stroke={1.6} />
            <Link className={`grow ${css.target}`} to="/documents" search={{ vue: 'classer', doc: line.document }}>
              <span className="strong">{line.proposals[0]?.patient.name ?? line.name}</span>
              <span className={`dim small ${css.sub}`}>
                {line.proposals[0] ? line.guess.title : `reçu ${sayAgo(line.at)}`}
              </span>
            </Link>
            <span className={css.end}>{!line.proposals[0] && !line.reading && <Tag>patient à choisir</Tag>}</span>
          </li>
        ))}
      </ul>
    </Card>
  );
}
