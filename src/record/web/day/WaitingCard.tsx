import { Button } from '@mantine/core';
import type { UseQueryResult } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { type ReactNode, useState } from 'react';
import { failureOf } from '../../../web/api.ts';
import { sayCount } from '../../../web/say.ts';
import { Card } from '../../../web/ui/bits.tsx';
import { Bone, Failure, Nothing } from '../../../web/ui/states.tsx';
import css from './day.module.css';

interface Props<L> {
  title: string;
  query: Pick<UseQueryResult, 'data' | 'error' | 'refetch'>;
  lines: readonly L[];
  /** Beside the title: how many wait; `more`: the server has others. */
  waiting: number;
  more: boolean;
  /** What is said when there is none. */
  nothing: string;
  shown: number;
  /** The page that has them all; without one, the others unfold here. */
  to?: string;
  children: (line: L) => ReactNode;
}
/** A block of the day whose lines stay until someone has acted on them. */
export function WaitingCard<L>({ title, query, lines, waiting, more, nothing, shown, to, children }: Props<L>) {
  const [all, setAll] = useState(false);
  if (failureOf(query)) return <Failure compact of={query} />;
  if (!query.data)
    return (
      <Card title={title}>
        <div className="pad" role="status" aria-label="Chargement">
          <Bone h={48} />
        </div>
      </Card>
    );
  const others = lines.length - shown;
  return (
    <Card
      title={title}
      count={waiting ? `${waiting}${more ? '+' : ''}` : undefined}
      action={
        to &&
        lines.length > 0 && (
          <Link to={to as string} className="small touch">
            Tout voir
          </Link>
        )
      }
    >
      {lines.length === 0 && <Nothing>{nothing}</Nothing>}
      <ul className="plain">{lines.slice(0, all ? undefined : shown).map(children)}</ul>
      {others > 0 && to && (
        <p className={`dim small ${css.rest}`}>
          <Link to={to as string}>et {sayCount(others, 'autre')}</Link>
        </p>
      )}
      {others > 0 && !to && (
        <Button variant="subtle" size="compact-sm" className="touch" aria-expanded={all} onClick={() => setAll(!all)}>
          {all ? 'Replier' : `et ${sayCount(others, 'autre')}`}
        </Button>
      )}
    </Card>
  );
}
