import { useEffect, useLayoutEffect, useState } from 'react';
import { queries } from '../../../web/api.ts';
import { recordCards } from '../../../web/slots.ts';
import { recordContract } from '../../contract.ts';

/** So long at most cards wait for a lent one that stands above them: a slow answer hides nothing for longer. */
const patience = 2_500;
/** What is read of this patient for the first time, but for the history: it stands under everything. */
const asked = (patient: string) =>
  queries.getQueryCache().findAll({
    predicate: ({ state, queryKey: [path, params] }) =>
      state.status === 'pending' &&
      path !== recordContract.timeline.path &&
      (params as { patient?: string } | null | undefined)?.patient === patient,
  });

/**
 * Whether the cards that other rooms lend have said what they hold, or that they hold nothing. They ask for it by themselves, once the record is there: until then
 * nobody knows how high they are, and what stands under them would move away under the hand.
 */
export function useLentSettled(patient: string): boolean {
  const [settled, settle] = useState<string>();
  // Coming back to a record whose cards were read a moment ago: nothing is waited for.
  useLayoutEffect(() => {
    if (asked(patient).length === 0) settle(patient);
  }, [patient]);
  useEffect(() => {
    if (settled === patient) return;
    const late = setTimeout(() => settle(patient), patience);
    const look = () => {
      if (asked(patient).every(({ state }) => state.fetchStatus === 'idle')) settle(patient);
    };
    let stop = () => {};
    let gone = false;
    void Promise.all(recordCards.map(({ Component }) => Component.preload?.())).then(() => {
      if (gone) return;
      // A card whose code has just come asks at its first drawing.
      const drawn = requestAnimationFrame(() => {
        stop = queries.getQueryCache().subscribe(look);
        look();
      });
      stop = () => cancelAnimationFrame(drawn);
    });
    return () => {
      gone = true;
      clearTimeout(late);
      stop();
    };
  }, [patient, settled]);
  return settled === patient;
}
