import { Button } from '@mantine/core';
import type { OrdersPage, TreatmentLine } from '../../contract.ts';
import { useTreatments } from '../treatments/use-treatments.ts';
import css from './orders.module.css';
import type { Draft } from './order-draft.ts';

/** Medicines of the prescription that is renewed which run on and are not renewed with it: nothing says whether they were meant to end. */
export function useLeftOut(
  patient: string,
  page: OrdersPage,
  [act, id]: readonly string[],
  lines: Draft['lines'],
): { left: readonly TreatmentLine[]; mayStop: boolean } {
  const { data } = useTreatments(patient);
  const before = act === 'renouveler' ? page.prescriptions.find((one) => one.id === id) : undefined;
  const wanted = new Set(
    (before?.lines ?? [])
      .map((one) => `${one.type}/${one.id}`)
      .filter((ref) => !lines.some(({ renews }) => renews === ref)),
  );
  return {
    left: (data?.lines ?? []).filter((one) => one.state !== 'past' && wanted.has(`${one.type}/${one.id}`)),
    mayStop: data?.may.decide ?? false,
  };
}

/** Said while one writes; once signed, each is stopped from here. */
export function LeftOut({
  left,
  stop,
}: {
  left: readonly TreatmentLine[];
  stop?: ((line: TreatmentLine) => void) | undefined;
}) {
  if (left.length === 0) return null;
  return (
    <section aria-label="Non renouvelé, toujours en cours" className="stack">
      <p className="small strong">Non renouvelé, toujours en cours au dossier</p>
      <ul className={css.told}>
        {left.map((line) => (
          <li key={line.id} className="row wrap">
            <span className="grow">{line.label}</span>
            {stop && (
              <Button
                size="compact-md"
                variant="default"
                aria-label={`Arrêter : ${line.label}`}
                onClick={() => stop(line)}
              >
                Arrêter
              </Button>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}
