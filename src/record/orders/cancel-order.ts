import type { Composition, Task } from '@medplum/fhirtypes';
import type { FhirStore, Stored } from '../../fhir/index.ts';
import { conflict, forbidden, invalid } from '../../platform/index.ts';
import type { Prescription } from '../contract/wire-orders.ts';
import { as } from '../fhir-words.ts';
import type { Entered } from '../read/enter.ts';
import { author, stamped } from '../write/author.ts';
import { correctionUrl } from '../read/labels.ts';
import { replace } from '../write/save.ts';
import { endOf, lineRefsOf, withEnd } from './composition.rules.ts';
import { ended, isCancelled, type OrderResource, renewedBy } from './line.rules.ts';
import { isOpenTask } from './status.ts';
import { cancelledTask, renewedAt, unrenewedTask } from './task.rules.ts';
import { mayCancel, prescriptionOf, readPrescription, tasksOf } from './view.ts';

/** Takes back what is still open of a prescription, with the reason; what was done stays done and said. */
export async function cancelOrder(
  entered: Entered,
  id: string,
  body: { version: number; reason: string; lines?: string[] | null | undefined },
): Promise<Prescription> {
  const stored = await prescriptionOf(entered, id);
  if (body.lines?.some((one) => !lineRefsOf(as<Composition>(stored)).includes(one)))
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
  stored: Stored,
  version: number,
  reason: string,
  how: 'cancelled' | 'replaced',
  some?: readonly string[],
  kept: ReadonlySet<string> = new Set(),
): Promise<void> {
  const composition = as<Composition>(stored);
  if (!mayCancel(entered, composition))
    throw forbidden(
      'Une ordonnance s’annule ou se remplace par qui l’a signée, ou par un médecin de l’équipe de soins. Rien n’a été modifié.',
    );
  if (endOf(composition) || composition.status === 'entered-in-error')
    throw conflict('Cette ordonnance est déjà annulée ou remplacée. Rien n’a été modifié.', { code: 'ended' });
  const { store } = entered;
  const refs = lineRefsOf(composition);
  const tasks = await tasksOf(store, entered.patientId);
  const open = (ref: string): boolean => tasks.has(ref) && isOpenTask(as<Task>(tasks.get(ref)!));
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
    const [type = '', id = ''] = ref.split('/');
    const line = await house.read(type, id);
    if (!isCancelled(line.resource as { status?: string })) {
      const extension = [
        ...((line.resource.extension as { url?: string }[] | undefined) ?? []).filter(
          ({ url }) => url !== correctionUrl,
        ),
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
      await house.update(cancelledTask(as<Task>(task), now), { ifMatch: `W/"${task.version}"`, reason });
    }
    const before = renewedBy(line.resource as unknown as OrderResource);
    if (before && !kept.has(before)) await renewAgain(house, before, tasks.get(before), now, reason);
  }
}
/** A line whose renewal was taken back runs on as before, and may be renewed. */
async function renewAgain(
  house: FhirStore,
  ref: string,
  task: Stored | undefined,
  now: string,
  reason: string,
): Promise<void> {
  const at = task && renewedAt(as<Task>(task));
  if (!task || !at) return;
  await house.update(unrenewedTask(as<Task>(task), now), { ifMatch: `W/"${task.version}"`, reason });
  const [type = '', id = ''] = ref.split('/');
  if (type !== 'MedicationRequest') return;
  const line = await house.read(type, id);
  // Closed by the renewal, not by somebody before it.
  if (line.resource.status === 'completed' && line.updated >= at)
    await house.update(ended(line.resource, 'active'), { ifMatch: `W/"${line.version}"`, reason });
}
