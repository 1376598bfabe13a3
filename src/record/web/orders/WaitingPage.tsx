import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useUrl } from '../../../web/routes.tsx';
import { useMe } from '../../../web/session.ts';
import { WhoWhen } from '../../../web/ui/bits.tsx';
import { CopyIcon, TreatmentIcon } from '../../../web/ui/icons.ts';
import { EmptyState, Failure, ListBones } from '../../../web/ui/states.tsx';
import { type OrdersWaiting, type OrderWaiting, prescribedBy } from '../../contract.ts';
import { OrderLineRow, StatusTag } from './OrderLineRow.tsx';
import css from './orders.module.css';
import { useWaitingLive, waitingQuery } from './use-orders.ts';

/** `/ordonnances`: what waits across my patients: asked of me, prescribed by me, to be renewed. */
export default function WaitingPage() {
  const [url, setUrl] = useUrl();
  const query = useQuery(waitingQuery(url.vue));
  useWaitingLive();
  const page = query.data;
  return (
    <div className="page">
      <title>Prescriptions en attente · Estran</title>
      <header className="page-head">
        <div style={{ flex: '1 1 320px' }}>
          <h1>Prescriptions en attente</h1>
          <p className="dim">Ce qui est en retard d’abord. Chaque ligne disparaît quand elle est à son terme.</p>
        </div>
        {prescribedBy(useMe().profession).length > 0 && (
          <Button
            component={Link}
            to={'/ordonnances/types' as string}
            variant="default"
            leftSection={<CopyIcon size={16} />}
          >
            Ordonnances types
          </Button>
        )}
      </header>
      {page && page.views.length > 1 && (
        <nav className={css.filter} aria-label="Listes de prescriptions">
          {page.views.map((one) => (
            <Button
              key={one.view}
              size="compact-md"
              variant={one.view === page.view ? 'light' : 'subtle'}
              aria-pressed={one.view === page.view}
              onClick={() => setUrl({ vue: one.view })}
            >
              {one.label} ({one.count})
            </Button>
          ))}
        </nav>
      )}
      <Failure of={query} />
      {query.isPending && <ListBones rows={8} />}
      {page && page.lines.length === 0 && (
        <div className="card">
          <EmptyState icon={TreatmentIcon} title="Rien n’attend">
            {page.views.length === 0
              ? 'Votre profession ne prescrit pas et ne réalise pas de prescription ici.'
              : 'Les prescriptions en attente s’afficheront ici, les plus en retard d’abord.'}
          </EmptyState>
        </div>
      )}
      {page && page.lines.length > 0 && (
        <section
          className="card"
          aria-label={page.views.find(({ view }) => view === page.view)?.label ?? 'Prescriptions'}
        >
          <WaitingLines page={page} lines={page.lines} />
        </section>
      )}
      {page?.more && (
        <p className="small dim">
          Les plus anciennes d’abord ; d’autres s’afficheront quand celles-ci seront à leur terme.
        </p>
      )}
    </div>
  );
}

export function WaitingLines({
  page,
  lines,
  brief,
}: {
  page: OrdersWaiting;
  lines: readonly OrderWaiting[];
  /** Without how: on the day's page. */
  brief?: boolean;
}) {
  return (
    <ul className="plain">
      {lines.map((one) => {
        const who = (
          <Link
            to={
              `/patients/${one.patient.id}/ordonnances${one.prescription ? `#ordonnance-${one.prescription}` : ''}` as string
            }
            className={`${css.patient} touch`}
          >
            <span className="strong">{one.patient.name}</span>{' '}
            <span className="dim small nowrap">{one.patient.age}</span>
          </Link>
        );
        if (!one.line)
          return (
            <li key={one.status.task} className={css.row}>
              <span className={css.words}>
                {who} Prescription <StatusTag status={one.status} />
              </span>
              <WhoWhen who={one.who} when={one.at} />
            </li>
          );
        const renew = page.view === 'renew';
        return (
          <OrderLineRow
            key={one.status.task}
            patient={one.patient.id}
            line={
              renew
                ? {
                    ...one.line,
                    status: { ...one.status, acts: [], renewal: { ...one.status.renewal, mayAsk: false } },
                  }
                : one.line
            }
            before={who}
            detail={!brief}
            after={
              renew ? (
                <Button
                  component={Link}
                  to={
                    `/patients/${one.patient.id}/ordonnances?volet=prescrire:ligne:${one.line.type}:${one.line.id}` as string
                  }
                  size="compact-md"
                  variant="default"
                  aria-label={`Renouveler : ${one.line.label}, ${one.patient.name}`}
                >
                  Renouveler
                </Button>
              ) : (
                <WhoWhen who={one.who} when={one.at} short />
              )
            }
          />
        );
      })}
    </ul>
  );
}
