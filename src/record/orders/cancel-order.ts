import { placeOf, type Stored } from '../../fhir/index.ts';
import { conflict, forbidden, invalid } from '../../platform/index.ts';
import type { Prescription } from '../contract/wire-orders.ts';
import type { Entered } from '../read/enter.ts';
import { author, stamped } from '../write/author.ts';
import { correctionUrl } from '../read/labels.ts';
import { replace } from '../write/save.ts';
import { endOf, lineRefsOf, withEnd } from './composition.rules.ts';
import { ended, isCancelled, isOrderType, renewedBy } from './line.rules.ts';
import { renewAgain } from './renew.ts';
import { isOpenTask } from './status.ts';
import { cancelledTask } from './task.rules.ts';
import { mayCancel, prescriptionOf, readPrescription, tasksOf } from './view.ts';

/** Takes back what is still open of a prescription, with the reason; what was done stays done and said. */
export async function cancelOrder(
  entered: Entered,
  id: string,
  body: { version: number; reason: string; lines?: string[] | null | undefined },
): Promise<Prescription> {
  const stored = await prescriptionOf(entered, id);
  if (body.lines?.some((one) => !lineRefsOf(stored.resource).includes(one)))
    throw invalid('Une de ces lignes n’est pas dans cette ordonnance. Rien n’a été annulé.');
  await entered.store.transaction((tx) =>
    takeBack(
      { ...entered, store: tx },
      stored,
      body.version,
      body.reason,
      'cancelled',
      body.lines?.length ? body.lines : undefined,
    ),
  );
  return readPrescription(entered, id);
}

/** Within a transaction. `kept`: earlier lines (`Type/id`) that what takes its place renews as well. */
export async function takeBack(
  entered: Entered,
  stored: Stored<'Composition'>,
  version: number,
  reason: string,
  how: 'cancelled' | 'replaced',
  some?: readonly string[],
  kept: ReadonlySet<string> = new Set(),
): Promise<void> {
  const composition = stored.resource;
  if (!mayCancel(entered, composition))
    throw forbidden(
      'Une ordonnance s’annule ou se remplace par qui l’a signée, ou par un médecin de l’équipe de soins. Rien n’a été modifié.',
    );
  if (endOf(composition) || composition.status === 'entered-in-error')
    throw conflict('Cette ordonnance est déjà annulée ou remplacée. Rien n’a été modifié.', { code: 'ended' });
  const { store } = entered;
  const refs = lineRefsOf(composition);
  const tasks = await tasksOf(store, entered.patientId);
  const open = (ref: string): boolean => tasks.has(ref) && isOpenTask(tasks.get(ref)!.resource);
  const wanted = (some ?? refs).filter(open);
  if (wanted.length === 0)
    throw conflict('Tout ce qui était prescrit là est déjà fait, délivré ou annulé. Rien n’a été modifié.', {
      code: 'over',
    });
  const now = entered.now.toISOString();
  // The document first: it holds the version that was seen.
  const whole = refs.filter(open).every((ref) => wanted.includes(ref));
  const next = whole ? withEnd(composition, how) : composition;
  await replace(
    entered,
    stored,
    version,
    { ...stamped(entered, next, { base: stored.resource, reason }), id: stored.id },
    reason,
  );
  // The prescriber, or a physician in their place, takes back what the prescription asked: each line and its follower with it, whatever the table of rights lets them write.
  const house = store.asHouse('ordonnance annulée');
  for (const ref of wanted) {
    const place = placeOf(ref);
    if (!place || !isOrderType(place.type)) continue;
    const line = await house.read(place.type, place.id);
    if (!isCancelled(line.resource)) {
      const extension = [
        ...(line.resource.extension ?? []).filter(({ url }) => url !== correctionUrl),
        { url: 'urn:estran:corrected-by', valueReference: author(entered) },
        { url: correctionUrl, valueString: reason },
      ];
      // Its Task ends with it (line-ended.ts).
      await house.update(
        { ...ended(line.resource, 'cancelled'), extension },
        { ifMatch: `W/"${line.version}"`, reason },
      );
    } else {
      const task = tasks.get(ref)!;
      await house.update(cancelledTask(task.resource, now), { ifMatch: `W/"${task.version}"`, reason });
    }
    const before = renewedBy(line.resource);
    if (before && !kept.has(before)) await renewAgain(house, before, tasks.get(before), now, reason);
  }
}
