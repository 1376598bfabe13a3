import { Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { sayDate } from '../../../web/say.ts';
import { Card, Tag } from '../../../web/ui/bits.tsx';
import css from '../programme.module.css';
import { type Practice, saySpending, sayLate, statusTones, statusWords } from './modes.ts';

/** What is known of the team that is chosen on the map. */
export function ChosenTeam({
  one,
  mayPlace,
  open,
  onPlace,
}: {
  one: Practice;
  mayPlace: boolean;
  open: (one: Practice) => void;
  onPlace: () => void;
}) {
  return (
    <Card title={one.team} action={<Tag tone={statusTones[one.status]}>{statusWords[one.status]}</Tag>}>
      <div className={`${css.body} stack`}>
        <dl className={css.lines}>
          {one.place && (
            <>
              <dt>Lieu</dt>
              <dd>
                {one.place.label} ({one.place.department})
              </dd>
            </>
          )}
          {one.territory && (
            <>
              <dt>Territoire</dt>
              <dd>{one.territory}</dd>
            </>
          )}
          {one.call && (
            <>
              <dt>Appel</dt>
              <dd>
                <Link to={`/programme/appels/${one.call.id}` as string}>{one.call.title}</Link>
              </dd>
            </>
          )}
          {one.step && (
            <>
              <dt>Étape</dt>
              <dd>
                {one.step.title}, à finir le {sayDate(one.step.to)}{' '}
                {one.lateDays > 0 && <Tag tone="danger">{sayLate(one.lateDays)}</Tag>}
              </dd>
            </>
          )}
          {one.consultant && (
            <>
              <dt>Consultant</dt>
              <dd>{one.consultant}</dd>
            </>
          )}
          {one.spending && (
            <>
              <dt>Dépense</dt>
              <dd>{saySpending(one)}</dd>
            </>
          )}
        </dl>
        <div className="row wrap">
          {(one.project || one.application) && (
            <Button size="compact-md" onClick={() => open(one)}>
              {one.project ? 'Ouvrir le projet' : 'Ouvrir le dossier'}
            </Button>
          )}
          {mayPlace && (
            <Button size="compact-md" variant="default" onClick={onPlace}>
              Placer ailleurs
            </Button>
          )}
        </div>
      </div>
    </Card>
  );
}
