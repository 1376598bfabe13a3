import type { FhirStore } from '../../fhir/index.ts';
import { groupOf, isCancelled, type OrderResource } from './line.rules.ts';
import { isOpenTask } from './status.ts';
import { cancelledTask, prescriptionsOnly } from './task.rules.ts';

/**
 * A line that is stopped, cancelled or marked as an error is waited for no more, whoever says so and by whichever way. In the transaction of its write.
 * @param house the store of the house: a connected program has no person behind it
 */
export async function lineEnded(
  house: FhirStore,
  id: string,
  resource: OrderResource | null,
  now: Date,
): Promise<void> {
  if (!resource || !isCancelled(resource) || !groupOf(resource)) return;
  const { resources } = await house.search('Task', [
    ['focus', `${resource.resourceType}/${id}`],
    ['_count', '5'],
  ]);
  for (const stored of prescriptionsOnly(resources)) {
    const task = stored.resource;
    if (task.for?.reference !== resource.subject?.reference || !isOpenTask(task)) continue;
    await house.update(cancelledTask(task, now.toISOString()), {
      ifMatch: `W/"${stored.version}"`,
      reason: 'ligne d’ordonnance arrêtée',
    });
  }
}
