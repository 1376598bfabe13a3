import type { FhirStore } from '../../fhir/index.ts';
import { groupOf, isCancelled, type OrderResource } from './line.rules.ts';
import { isOpenTask } from './status.ts';
import type { Room } from '../room.ts';
import { askedRenewal, cancelledTask, isStopped, prescriptionsOnly, resumedTask } from './task.rules.ts';

/**
 * A line that is stopped, cancelled or marked as an error is waited for no more, nor its renewal asked, whoever says so and by whichever way; one that was only stopped, and runs on, is waited for as it was. In the transaction of its write.
 * @param house the store of the house: a connected program has no person behind it
 */
export async function lineEnded(
  room: Pick<Room, 'renewalTasks'>,
  house: FhirStore,
  id: string,
  resource: OrderResource | null,
  now: Date,
): Promise<void> {
  if (!resource || !groupOf(resource)) return;
  const over = isCancelled(resource);
  // What was just signed has its follower beside it.
  if (!over && (resource.status !== 'active' || resource.meta?.versionId === '1')) return;
  const { resources } = await house.search('Task', [
    ['focus', `${resource.resourceType}/${id}`],
    ['_count', '5'],
  ]);
  for (const stored of prescriptionsOnly(resources)) {
    const task = stored.resource;
    if (task.for?.reference !== resource.subject?.reference) continue;
    if (!over) {
      if (isStopped(task))
        await house.update(resumedTask(task, now.toISOString()), {
          ifMatch: `W/"${stored.version}"`,
          reason: 'ligne d’ordonnance reprise',
        });
      continue;
    }
    // Also of a line that was done to its end: the treatment runs on until it is stopped.
    const asked = askedRenewal(task)?.task;
    if (!isOpenTask(task)) {
      if (asked) await room.renewalTasks?.settle(house, null, now, asked, 'withdrawn');
      continue;
    }
    await house.update(cancelledTask(task, now.toISOString(), resource.status === 'stopped'), {
      ifMatch: `W/"${stored.version}"`,
      reason: 'ligne d’ordonnance arrêtée',
    });
    if (asked) await room.renewalTasks?.settle(house, null, now, asked, 'withdrawn');
  }
}
