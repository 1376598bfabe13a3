import { Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { Card } from '../../../web/ui/bits.tsx';
import { Bone, Failure, Nothing } from '../../../web/ui/states.tsx';
import { ChangeLines } from './ChangeLines.tsx';
import css from './changes.module.css';
import { useChanges } from './use-changes.ts';

/** On the day's page: the patients with something new, those that need me first. */
export default function ChangesBlock() {
  const query = useChanges({});
  const data = query.data;
  return (
    <Card
      title="Nouveautés"
      count={data?.total || undefined}
      action={
        data && data.total > 0 ? (
          <Button component={Link} to="/coordination/nouveautes" size="compact-sm" variant="subtle">
            Tout voir
          </Button>
        ) : undefined
      }
    >
      <Failure compact of={query} />
      {query.isPending && (
        <div className="pad stack">
          <Bone w="50%" />
          <Bone />
          <Bone w="70%" />
        </div>
      )}
      {data?.patients.length === 0 && <Nothing>Rien de nouveau chez vos patients.</Nothing>}
      <ul className="plain">
        {data?.patients.slice(0, 6).map((group) => (
          <li key={group.patient.id} className={css.group}>
            <Link to="/patients/$patient" params={{ patient: group.patient.id }} className={css.patient}>
              <span className="strong">{group.patient.name}</span>{' '}
              <span className="dim small nowrap">{group.patient.age}</span>
            </Link>
            <ChangeLines group={group} most={2} />
          </li>
        ))}
      </ul>
    </Card>
  );
}
