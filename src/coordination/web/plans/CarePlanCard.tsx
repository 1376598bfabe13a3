import { Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useUrl } from '../../../web/routes.tsx';
import { sayDate } from '../../../web/say.ts';
import { Card, Tag } from '../../../web/ui/bits.tsx';
import { EditIcon, PrintIcon } from '../../../web/ui/icons.ts';
import css from './plans.module.css';
import { useCarePlan } from './use-care-plan.ts';

/** The plan in the record: the goals as the patient says them, what is under way, and when it is read again. */
export default function CarePlanCard({ patient }: { patient: string; patientName: string }) {
  const { data } = useCarePlan(patient);
  const [, setUrl] = useUrl();
  const plan = data?.plan;
  if (!plan) return null;
  const open = plan.actions.filter((action) => action.state === 'not-started' || action.state === 'in-progress');
  return (
    <Card
      title="Plan de santé (PPS)"
      action={
        <span className={css.acts}>
          <Button
            component={Link}
            to={`/patients/${patient}/pps`}
            size="compact-sm"
            variant="subtle"
            leftSection={<PrintIcon size={15} />}
            aria-label="Page que le patient emporte"
          >
            Page
          </Button>
          {data.mayWrite && (
            <Button
              size="compact-sm"
              variant="subtle"
              leftSection={<EditIcon size={15} />}
              onClick={() => setUrl({ volet: 'pps' })}
            >
              Revoir
            </Button>
          )}
        </span>
      }
    >
      <ul className={`plain ${css.goals}`}>
        {plan.goals.map((goal) => (
          <li key={goal.id} data-off={goal.state === 'cancelled' || undefined}>
            <q>{goal.words}</q>{' '}
            {goal.state !== 'active' && (
              <Tag tone={goal.state === 'completed' ? 'success' : 'neutral'}>{goal.stateLabel}</Tag>
            )}
            {goal.aim && <span className="dim small"> · {goal.aim}</span>}
          </li>
        ))}
      </ul>
      <p className={`dim small ${css.foot}`}>
        {plan.state === 'draft' && <Tag tone="warning">Brouillon : accord du patient à recueillir</Tag>}
        {open.length > 0 && <span>{open.length === 1 ? '1 action en cours' : `${open.length} actions en cours`}</span>}
        {plan.review &&
          (plan.reviewLate ? (
            <Tag tone="danger">à revoir depuis le {sayDate(plan.review)}</Tag>
          ) : (
            <span>revue le {sayDate(plan.review)}</span>
          ))}
      </p>
    </Card>
  );
}
