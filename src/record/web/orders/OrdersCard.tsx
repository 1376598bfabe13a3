import { Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { sayOthers } from '../../../web/say.ts';
import { Card } from '../../../web/ui/bits.tsx';
import { PlusIcon } from '../../../web/ui/icons.ts';
import { usePanel } from '../use-record.ts';
import { OrderLineRow, StatusTag } from './OrderLineRow.tsx';
import css from './orders.module.css';
import { useOrders } from './use-orders.ts';

const shown = 6;
/** In the record: what is prescribed and not yet at its end, and what runs out. */
export default function OrdersCard({ patient }: { patient: string }) {
  const query = useOrders(patient);
  const [, setPanel] = usePanel();
  const page = query.data;
  if (!page) return null;
  const lines = page.prescriptions
    .flatMap((one) => (one.state === 'signed' ? one.lines : []))
    .filter(
      ({ status, cancelled }) =>
        cancelled === null && status && ['to-do', 'sampled', 'in-progress', 'partial'].includes(status.state),
    );
  const renew = page.renewals.filter(({ status }) => status?.toRenew).length;
  const wordless = page.wordless.filter(({ state }) => ['to-do', 'sampled', 'in-progress', 'partial'].includes(state));
  if (lines.length === 0 && renew === 0 && wordless.length === 0 && page.prescriptions.length === 0) return null;
  return (
    <Card
      title="Prescriptions en cours"
      count={lines.length + wordless.length || undefined}
      action={
        <>
          <Button
            component={Link}
            to={`/patients/${patient}/ordonnances` as string}
            size="compact-sm"
            variant="subtle"
            aria-label="Toutes les ordonnances"
          >
            Toutes
          </Button>
          {page.may.length > 0 && (
            <Button size="compact-sm" variant="subtle" aria-label="Prescrire" onClick={() => setPanel('prescrire')}>
              <PlusIcon size={16} />
            </Button>
          )}
        </>
      }
    >
      {lines.length === 0 && wordless.length === 0 && <p className={`small dim ${css.pad}`}>Rien n’est en attente.</p>}
      <ul className="plain">
        {lines.slice(0, shown).map((line) => (
          <OrderLineRow
            key={line.id}
            patient={patient}
            line={line}
            detail={false}
            sessions={(task) => setPanel(`seance:${task}`)}
          />
        ))}
        {wordless.slice(0, shown).map((one) => (
          <li key={one.task} className={css.row}>
            <span className={css.words}>
              Prescription <StatusTag status={one} />
            </span>
          </li>
        ))}
      </ul>
      {(lines.length > shown || renew > 0) && (
        <Link to={`/patients/${patient}/ordonnances` as string} className={`${css.fold} touch`}>
          {[lines.length > shown && sayOthers(lines.length - shown), renew > 0 && `${renew} à renouveler`]
            .filter(Boolean)
            .join(' · ')}
        </Link>
      )}
    </Card>
  );
}
